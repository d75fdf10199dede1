//! Decides whether a paragraph asks the reader for something (to subscribe, to share, to accept
//! cookies) or is a remark of the page about itself.
//!
//! "Support our fishermen, the banner said" begins like a plea and is text; "Want more of this? Our
//! newsletter has it" is a plea and begins like text. So no phrase decides alone: a paragraph is
//! scored by what it speaks of, whom it addresses, how it begins and how long it is, and a word that
//! only a report has counts against it.

use std::sync::LazyLock;

use rustc_hash::FxHashMap;

use super::phrases::{LONGEST_WORD, NOTICE_OPENINGS, PLEA_OPENINGS, lower_word};
use crate::text::sentence::{ends_sentence, starts_upper};
use crate::text::word_list::WordList;
use crate::text::words::{is_longer, word_count};

/// The score from which a paragraph is a plea.
const THRESHOLD: i32 = 5;

/// The most words in a plea.
const LONGEST_PLEA: usize = 45;

/// The most words in a plea that begins with none of the usual phrases.
const LONGEST_UNOPENED: usize = 30;

/// The most words in a plea that counts as short.
const SHORT: usize = 12;

/// The most words in one that may be a label: it is no sentence.
const LABEL: usize = 9;

/// The score of a remark that pages make about themselves and reports do not begin with.
const NOTICE: i32 = 3;

/// The score of a word for what an outlet offers, and of a means by which readers reach it. Each
/// further one counts 1, up to `MOST_SERVICE` for all.
const SERVICE: i32 = 3;
const MEAN: i32 = 2;
const MOST_SERVICE: i32 = 5;

/// What a word that only a report has counts against a plea.
const REPORT: i32 = -4;

/// Returns whether a paragraph is a plea, wherever it stands.
pub fn is_plea(text: &str) -> bool {
    is_plea_with(text, 0)
}

/// Returns whether a paragraph that stands below the beginning of the text is a plea. There, a short one
/// that is no sentence is more likely a button than a title.
pub fn is_plea_in_text(text: &str) -> bool {
    is_plea_with(text, 1)
}

/// Returns whether a paragraph is a plea. `label` is the score of one that is short and no sentence.
fn is_plea_with(text: &str, label: i32) -> bool {
    let open = text.trim_start_matches(['(', '[', '*', '_', ' ', '•', '>', '»', '-', '–', '—']);
    if !starts_upper(open) || open.starts_with(['"', '“', '‘', '\'', '«', '„']) {
        return false;
    }
    let has_end = |rest: &str| !rest.starts_with(char::is_alphanumeric);
    let opening = if NOTICE_OPENINGS.of(open).any(|(_, rest)| has_end(rest)) {
        NOTICE
    } else {
        i32::from(PLEA_OPENINGS.of(open).any(|(_, rest)| has_end(rest)))
    };
    let longest = if opening == 0 {
        LONGEST_UNOPENED
    } else {
        LONGEST_PLEA
    };
    if is_longer(open, longest) {
        return false;
    }
    let found = Found::read(open, opening > 0);
    // Without an opening, what speaks for a plea does not outweigh a word of reports.
    if opening == 0 && (found.reports || !found.is_addressed()) {
        return false;
    }
    let words = word_count(open);
    let is_label = found.count > 0 && words <= LABEL && !ends_sentence(open);
    opening + i32::from(words <= SHORT) + i32::from(is_label) * label + found.score() >= THRESHOLD
}

/// What the words of a paragraph say.
#[derive(Debug, Default)]
struct Found {
    /// How many words there are for what an outlet offers and for means to reach it.
    count: i32,
    /// Whether one of them is for an offer.
    offers: bool,
    /// Whether one of them is for a means.
    has_means: bool,
    /// Whether the paragraph speaks of itself, as in "this article".
    is_about_page: bool,
    /// Whether it addresses the reader or speaks for the outlet.
    has_address: bool,
    /// Whether a sentence or a clause begins with a verb that asks for something.
    asks: bool,
    /// Whether it has a word that only a report has.
    reports: bool,
}

impl Found {
    /// Reads the words of a paragraph, up to a word that only a report has if it begins with none of the
    /// usual phrases.
    fn read(text: &str, has_opening: bool) -> Self {
        let mut found = Self::default();
        let (mut now, mut last) = ([0; LONGEST_WORD], [0; LONGEST_WORD]);
        let is_in_capitals = !text.bytes().any(|byte| byte.is_ascii_lowercase());
        let has_at = text.contains('@');
        let mut before = 0;
        let mut starts_clause = true;
        for token in text.split_ascii_whitespace() {
            let word = lower_word(token, &mut now).unwrap_or_default();
            let class = WORDS.get(word).copied().unwrap_or_default();
            let first = &last[..before];
            let follows_this = first == b"this" && PAGE_WORDS.has(word);
            if class & OFFER != 0 || class & ENDS_PAIR != 0 && is_pair(first, word) {
                found.offers = true;
                found.count += 1;
            } else if class & MEANS_CLASS != 0 || follows_this {
                found.has_means = true;
                found.is_about_page |= follows_this;
                found.count += 1;
            } else if has_at && token.contains('@') && token.contains('.') {
                found.has_means |= has_opening;
                found.count += 1;
            }
            let stem = match word.split_once('\'') {
                Some((stem, _)) => WORDS.get(stem).copied().unwrap_or_default(),
                None => class,
            };
            // "US" in running text is the country.
            let is_country = word == "us" && token.starts_with("US") && !is_in_capitals;
            found.has_address |= stem & ADDRESS_CLASS != 0 && !is_country;
            found.asks |= starts_clause && class & REQUEST != 0;
            found.reports |= (stem | class) & REPORT_CLASS != 0;
            if found.reports && !has_opening {
                break;
            }
            starts_clause = token.ends_with([',', '.', '?', '!', ':', ';', '|', '–', '—']);
            before = word.len();
            std::mem::swap(&mut now, &mut last);
        }
        found
    }

    fn is_addressed(&self) -> bool {
        self.has_address || self.asks || self.is_about_page
    }

    fn score(&self) -> i32 {
        let service = match (self.offers, self.has_means) {
            (true, _) => SERVICE + self.count - 1,
            (false, true) => MEAN + self.count - 1,
            (false, false) => self.count,
        };
        service.min(MOST_SERVICE)
            + i32::from(self.has_address)
            + i32::from(self.asks)
            + if self.reports { REPORT } else { 0 }
    }
}

/// What a listed word is; a word may be several.
const OFFER: u8 = 1;
const ENDS_PAIR: u8 = 2;
const MEANS_CLASS: u8 = 4;
const ADDRESS_CLASS: u8 = 8;
const REQUEST: u8 = 16;
const REPORT_CLASS: u8 = 32;

/// All listed words with their classes.
static WORDS: LazyLock<FxHashMap<&'static str, u8>> = LazyLock::new(|| {
    let mut words = FxHashMap::default();
    for (list, class) in [
        (SERVICE_WORDS, OFFER),
        (MEANS, MEANS_CLASS),
        (ADDRESS, ADDRESS_CLASS),
        (REQUESTS, REQUEST),
        (REPORT_WORDS, REPORT_CLASS),
        (SAYING, REPORT_CLASS),
    ] {
        for word in list {
            *words.entry(*word).or_default() |= class;
        }
    }
    for (_, second) in SERVICE_PAIRS.iter().filter_map(|pair| pair.split_once(' ')) {
        *words.entry(second).or_default() |= ENDS_PAIR;
    }
    words
});

/// Returns whether two words are a pair for what an outlet offers.
fn is_pair(first: &[u8], second: &str) -> bool {
    SERVICE_PAIRS.iter().any(|pair| {
        pair.split_once(' ')
            .is_some_and(|(one, other)| one.as_bytes() == first && other == second)
    })
}

/// Words for what an outlet offers or asks on its page and a report seldom speaks of.
#[rustfmt::skip]
const SERVICE_WORDS: &[&str] = &[
    "newsletter", "newsletters", "subscribe", "subscriber", "subscribers", "subscription",
    "subscriptions", "subscribing", "unsubscribe", "inbox", "sign-up", "signup", "login", "cookie",
    "cookies", "javascript", "adblocker", "ad-blocker", "paywall", "reprints", "reprint", "ad-free",
    "e-paper", "recaptcha",
];

/// Pairs of words of the same kind.
#[rustfmt::skip]
const SERVICE_PAIRS: &[&str] = &[
    "sign up", "signing up", "log in", "sign in", "logged in", "signed in", "free trial",
    "free articles", "free article", "free stories", "unlimited access", "digital access",
    "breaking news", "latest news", "latest headlines", "latest updates", "top stories",
    "top headlines", "daily briefing", "morning briefing", "news alerts", "push alerts",
    "push notifications", "privacy policy", "cookie policy", "our terms", "our journalism",
    "our journalists", "our reporting", "cancel anytime", "ad blocker", "news tip", "news tips",
    "personal data", "our coverage", "comments section", "comment section", "your privacy",
    "desktop notifications", "confirmation email", "continue reading", "keep reading", "media player",
];

/// Means by which a page and its readers speak to each other, of which reports speak too.
#[rustfmt::skip]
const MEANS: &[&str] = &[
    "email", "e-mail", "emails", "website", "webpage", "podcast", "podcasts", "browser", "device",
    "comments", "comment", "click", "tap", "scroll", "whatsapp", "facebook", "twitter", "instagram",
    "telegram", "youtube", "tiktok", "linkedin", "notifications", "app", "membership", "journalism",
    "advertisement", "password", "account", "moderated", "sponsors", "advertisers",
];

/// Words for the text itself after "this".
static PAGE_WORDS: WordList = WordList::of(&[
    "article", "story", "page", "site", "website", "content", "post", "video", "report", "item",
    "material", "service", "feature",
]);

/// Words that address the reader or speak for the outlet.
const ADDRESS: &[&str] = &["you", "your", "yours", "us", "our", "we", "ours"];

/// Verbs that ask the reader for something.
#[rustfmt::skip]
const REQUESTS: &[&str] = &[
    "subscribe", "sign", "follow", "join", "get", "click", "tap", "try", "download", "read",
    "listen", "watch", "support", "donate", "become", "enter", "register", "share", "send", "email",
    "tell", "let", "contact", "visit", "find", "see", "please", "want", "enjoy", "enjoying", "like",
    "stay", "keep", "help", "start", "save", "unlock", "allow", "accept", "continue", "view", "log",
    "buy", "check", "discover", "explore", "receive", "write", "call", "choose", "upgrade", "renew",
    "activate", "login", "scroll", "refresh", "enable", "disable", "turn", "add", "manage", "update",
    "leave", "post", "browse", "learn", "give", "invest", "make", "consider", "never", "order", "reprint", "meet",
];

/// Pronouns and verbs of a story that is told, which a plea does not have.
const REPORT_WORDS: &[&str] = &[
    "he", "him", "his", "she", "her", "hers", "they", "was", "were", "had", "did",
];

/// Verbs of saying in the forms in which reports attribute speech (Associated Press and Reuters
/// handbooks: "said" and its substitutes).
#[rustfmt::skip]
const SAYING: &[&str] = &[
    "said", "says", "told", "tells", "asked", "asks", "wrote", "writes", "shouted", "cried", "called",
    "warned", "warns", "whispered", "replied", "answered", "added", "insisted", "argued", "argues",
    "recalled", "joked", "explained", "claimed", "claims", "declared", "announced", "urged", "begged",
    "reads", "ran", "chanted", "muttered", "murmured", "roared", "sang", "goes", "went", "promised", "admitted",
    "conceded", "complained", "demanded", "ordered", "testified", "noted", "stated", "remarked",
    "thought", "laughed", "sighed", "swore", "pleaded", "yelled", "screamed", "repeated",
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pleas() {
        for (text, expected) in [
            ("Sign up for our daily letter.", true),
            (
                "Two men in the US sent a million letters to newspaper subscribers.",
                false,
            ),
            ("Enjoyed this? Our newsletter has more of it.", true),
            ("You have two free articles left this month.", true),
            (
                "We use cookies and your personal data to improve the site.",
                true,
            ),
            ("To read this article, log in or register.", true),
            ("Please enable JavaScript", true),
            ("Thanks for reading our letter.", true),
            ("Have a tip? Write to desk@herald.example", true),
            ("Comment on this story on our Facebook page", true),
            ("Sign up now or hang, the sergeant said to the boys.", false),
            (
                "Follow us, the children cried, and the whole school went down to the beach.",
                false,
            ),
            ("Get our boys home, mothers say", false),
            ("What do you make of the verdict?", false),
            ("What do you think of the bridge?", false),
            ("Tell us about your childhood.", false),
            ("Share the bread, share the boat: so the song went.", false),
            (
                "The minister said subscribers to the newsletter had been warned.",
                false,
            ),
            ("“Subscribe to our newsletter,” it began.", false),
            (
                "The pilots write to their union at desk@union.example",
                false,
            ),
        ] {
            assert_eq!(is_plea_in_text(text), expected, "{text}");
        }
    }

    #[test]
    fn a_headline_is_no_plea() {
        for text in [
            "Email Trail Shows Board Knew",
            "Join the Ferry, See the Island",
        ] {
            assert!(!is_plea(text), "{text}");
        }
        assert!(is_plea("Sign up for our newsletter"));
    }
}
