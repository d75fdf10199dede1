//! The phrases that newspapers print around their text, in English, and how they are looked up.

use std::sync::LazyLock;

use rustc_hash::FxHashSet;

use super::phrases_abroad::{ADVERTISING_ABROAD, RELATED_LABELS_ABROAD, SHARING_ABROAD};
use crate::text::word_list::WordList;
use crate::text::words::strip_prefix_ignore_case;

/// PhraseSet that stand before the title of another story, most of them with a colon.
#[rustfmt::skip]
pub const RELATED_LABELS: &[&str] = &[
    "related article", "related articles", "related story", "related stories", "related coverage",
    "related content", "related news", "related reading", "related link", "related links",
    "previous", "previous article", "previous story", "next", "next article", "next story",
    "related post", "related posts", "related video", "related", "read more",
    "read also", "read next", "read this", "read", "also read", "also see", "also on", "see also",
    "see more", "see related", "more", "more on this", "more on this story", "more news",
    "more stories", "more coverage", "more reading", "recommended", "recommended reading",
    "recommended stories", "don't miss", "don’t miss", "up next", "watch", "watch also",
    "also watch", "watch more", "listen", "in pictures", "in case you missed it", "icymi",
    "you may also like", "you might also like", "you might be interested in", "further reading",
    "full story", "full coverage", "also in the news", "continue reading",
    "editor's picks", "editors' picks", "editor’s pick", "must read", "trending",
    "learn more", "find out more", "keep reading", "from the archive", "from our archives",
    "opinion piece", "special report", "read the full story", "top story", "what you need to know",
    "what to know", "explainer",
];

/// Beginnings of headings over a list of other stories.
#[rustfmt::skip]
pub const RELATED_HEADINGS: &[&str] = &[
    "more from", "more by", "more on", "more in", "more about", "more stories", "more news",
    "more top stories", "more headlines", "more coverage", "related articles", "related stories",
    "related coverage", "related content", "related news", "related links",
    "related posts", "related reading", "related", "read more", "read next", "read also",
    "also read", "see also", "also in", "most read", "most popular", "most viewed", "most shared",
    "most watched", "popular now", "popular stories", "popular articles", "trending",
    "trending now", "trending stories", "top stories", "top news", "latest news", "latest stories",
    "latest from", "latest headlines", "recent stories", "recent articles", "recent posts",
    "recommended", "recommended for you", "recommended stories", "recommended articles",
    "recommended reading", "you may also like", "you might also like", "you may be interested in",
    "you might be interested in", "what to read next", "up next", "next in", "editors' picks",
    "editor's picks", "editors’ picks", "editor’s picks", "don't miss", "don’t miss",
    "in case you missed it", "around the web", "from around the web", "from the web",
    "elsewhere on", "further reading", "other stories", "other news", "in other news",
    "also in the news", "must reads", "sponsored stories", "promoted stories", "from our partners",
    "paid content", "explore more",
];

/// Items of navigation bars and menus.
#[rustfmt::skip]
pub const NAVIGATION: &[&str] = &[
    "home", "homepage", "news", "world", "world news", "uk", "uk news", "us", "u.s", "us news",
    "u.s. news", "africa", "americas", "asia", "australia", "europe", "middle east",
    "latin america", "national", "international", "local", "local news", "region", "regional",
    "politics", "election", "elections", "business", "economy", "markets", "money", "finance",
    "companies", "tech", "technology", "science", "environment", "climate", "health", "wellness",
    "education", "lifestyle", "life", "style", "life & style", "life and style", "food", "travel",
    "fashion", "culture", "arts", "books", "film", "films", "movies", "music", "tv", "tv & radio",
    "theatre", "theater", "entertainment", "celebrity", "celebrities", "sport", "sports",
    "football", "soccer", "cricket", "rugby", "tennis", "golf", "formula 1", "cycling", "racing",
    "scores", "weather", "traffic", "obituaries", "opinion", "opinions", "editorial", "editorials",
    "columnists", "columns", "comment", "commentary", "letters", "analysis", "cartoons",
    "crossword", "crosswords", "puzzles", "games", "horoscopes", "video", "videos", "watch",
    "live", "live tv", "audio", "radio", "podcast", "podcasts", "listen", "photos", "pictures",
    "photography", "gallery", "galleries", "multimedia", "interactive", "magazine", "features",
    "investigations", "long reads", "explainers", "in depth", "special reports", "special report",
    "series", "data", "fact check", "newsletter", "newsletters", "subscribe", "subscriptions",
    "subscriber", "sign in", "sign up", "sign out", "log in", "login", "log out", "logout",
    "register", "my account", "account", "profile", "my profile", "search", "menu", "more",
    "sections", "all sections", "topics", "jobs", "careers", "classifieds", "cars", "property",
    "real estate", "homes", "shop", "store", "advertise", "advertise with us", "contact",
    "contact us", "about", "about us", "help", "faq", "support", "support us", "donate",
    "contribute", "events", "archive", "archives", "e-paper", "epaper", "epaper edition",
    "print edition", "digital edition", "editions", "edition", "rss", "sitemap", "site map",
    "apps", "mobile", "privacy", "privacy policy", "cookie policy", "cookies", "terms",
    "terms of use", "terms of service", "terms & conditions", "terms and conditions",
    "accessibility", "corrections", "skip to content", "skip to main content", "skip navigation",
    "latest", "breaking news", "trending", "most read", "top stories", "back to top", "close",
    "next", "previous", "show more", "load more", "view all", "see all", "read more", "english",
    "follow", "following", "saved", "notifications", "my news", "for you", "today's paper",
];

/// Buttons of sharing bars.
#[rustfmt::skip]
pub const SHARING: &[&str] = &[
    "share", "share this", "share this article", "share this story", "share article",
    "share on facebook", "share on twitter", "share on x", "share on whatsapp",
    "share on linkedin", "share via email", "share by email", "share on reddit",
    "share full article", "sharing", "shares", "facebook", "twitter", "tweet", "x", "email",
    "e-mail", "email this", "email this article", "mail", "print", "print this", "print this page",
    "print article", "printer friendly", "printer-friendly version", "copy link", "copy url",
    "link", "link copied", "whatsapp", "linkedin", "reddit", "pinterest", "pin", "pin it",
    "tumblr", "telegram", "messenger", "instagram", "youtube", "flipboard", "pocket", "google+",
    "google plus", "digg", "stumbleupon", "delicious", "bluesky", "threads", "mastodon", "vk",
    "line", "sms", "bookmark", "save", "save article", "save for later", "saved", "like",
    "comment", "comments", "post a comment", "add a comment", "leave a comment", "text size",
    "increase text size", "decrease text size", "gift this article", "gift article",
    "listen to this article", "listen", "republish", "republish this article", "view comments",
    "show comments", "hide comments", "a a", "a", "more", "follow", "resize text", "reprints",
    "translate", "copy",
];

/// Lines around advertisements.
#[rustfmt::skip]
pub const ADVERTISING: &[&str] = &[
    "advertisement", "advertisements", "advertising", "advert", "ad", "ads", "sponsored",
    "sponsored content", "promoted", "promoted content", "skip advertisement", "skip ad",
    "advertisement - scroll to continue", "scroll to continue", "scroll to continue with content",
    "story continues below", "story continues below advertisement",
    "story continues below this advertisement", "story continues after advertisement",
    "article continues below", "article continues below advertisement",
    "article continues after advertisement", "article continues after ad", "story continues",
    "continue reading", "continue reading the main story", "continue reading below",
    "content continues below", "report this ad", "why this ad", "loading",
    "remaining time -0:00", "this video is not available", "recommended videos", "placeholder",
];

/// Beginnings of remarks that a page makes about itself, which reports seldom begin with.
#[rustfmt::skip]
pub const NOTICES: &[&str] = &[
    "story continues below", "article continues below", "advertisement -",
    "printable version", "on the net", "hide caption",
    "toggle caption", "enlarge this image", "view in gallery", "open in app", "our standards",
    "sorry, your browser", "your browser does not", "enable javascript", "please enable",
    "unlimited digital access", "terms of use", "terms of service", "terms and conditions",
    "privacy policy", "this material may not be published", "this article may not be reproduced",
    "reproduction in whole", "reproduced with permission", "no part of this", "we use cookies",
    "this site uses cookies", "this website uses cookies", "by signing up", "by subscribing",
    "your email address", "enter your email", "please enter", "sign up now", "sign up here",
    "subscribe now", "subscribe today", "register now", "buy now", "become a member",
    "become a subscriber", "become a supporter", "already a subscriber", "already a member",
    "not a subscriber", "thank you for reading", "thanks for reading",
    "this story is for subscribers", "this article is for subscribers", "to continue reading",
    "you have reached", "you've reached", "click here", "tap here", "log in to", "sign in to",
    "join the conversation", "join the discussion", "for more information, visit",
    "a version of this article",
   
    "our newsletter", "our daily newsletter",
    "daily newsletter", "delivered to your inbox",
];

/// Beginnings of requests to readers. Reports begin with them too.
#[rustfmt::skip]
pub const PLEAS: &[&str] = &[
    "sign up for", "sign up to", "subscribe to", "subscribe for", "get the latest", "get our",
    "get unlimited", "get breaking", "get more", "get the day's", "follow us", "follow @",
    "follow on", "like us on", "find us on", "join our", "support our", "support independent",
    "support quality", "make a donation", "donate to", "download our", "download the",
    "register for", "start your", "try our", "read our", "have a tip", "got a tip", "have a story",
    "do you have a", "contact us at", "write to us", "send us", "email us", "let us know",
    "tell us", "share your", "what do you think", "for more news", "for the latest",
    "stay informed", "stay up to date", "never miss", "receive our", "want more", "thanks for", "thank you for", "for reprint",
    "for reprints",
];

/// Labels before the topics of an article.
#[rustfmt::skip]
pub const TOPIC_LABELS: &[&str] = &[
    "keywords", "keyword", "tags", "tag", "topics", "topic", "related topics", "related tags",
    "filed under", "filed in", "filed to", "posted in", "tagged", "tagged with", "categories", "category", "subjects", "in this article",
    "topics in this article", "more on these topics", "explore more on these topics",
];

/// Beginnings of picture credits and captions.
#[rustfmt::skip]
pub const CAPTION_LABELS: &[&str] = &[
    "credit...", "credit…", "courtesy of", "courtesy:", "photo:", "photos:", "image:", "images:", "photograph:", "photographs:", "picture:",
    "pictures:", "illustration:", "graphic:", "credit:", "photo credit", "image credit",
    "picture credit", "image source", "photo source", "photo by", "photos by", "photograph by",
    "photographs by", "picture by", "image by", "illustration by", "photo courtesy",
    "image courtesy", "photo illustration", "file photo", "file photograph", "file image",
    "file picture", "caption:", "image caption", "media caption", "photo caption", "(photo",
    "(file photo", "(image", "(picture", "[photo", "[image", "photo/", "courtesy photo",
    "handout photo", "video:", "copyright image", "image copyright", "figure:", "map:", "chart:",
];

/// News agencies and picture agencies as they are credited, with the news agency's name in the
/// record. The name is empty for picture agencies and archives.
#[rustfmt::skip]
pub const AGENCIES: &[(&str, &str)] = &[
    ("reuters", "Reuters"), ("reuter", "Reuters"), ("thomson reuters", "Reuters"), ("ap", "AP"),
    ("a.p.", "AP"), ("associated press", "AP"), ("the associated press", "AP"), ("afp", "AFP"),
    ("agence france-presse", "AFP"), ("agence france presse", "AFP"), ("upi", "UPI"),
    ("united press international", "UPI"), ("united press", "UPI"), ("dpa", "dpa"),
    ("deutsche presse-agentur", "dpa"), ("efe", "EFE"), ("ansa", "ANSA"), ("tass", "TASS"),
    ("itar-tass", "TASS"), ("interfax", "Interfax"), ("ria novosti", "RIA Novosti"),
    ("xinhua", "Xinhua"), ("xinhua news agency", "Xinhua"), ("kyodo", "Kyodo"),
    ("kyodo news", "Kyodo"), ("yonhap", "Yonhap"), ("bloomberg", "Bloomberg"),
    ("bloomberg news", "Bloomberg"), ("dow jones", "Dow Jones"),
    ("dow jones newswires", "Dow Jones"), ("press association", "PA"), ("pa media", "PA"),
    ("pa", "PA"), ("pti", "PTI"), ("press trust of india", "PTI"), ("ians", "IANS"),
    ("ani", "ANI"), ("cp", "CP"), ("the canadian press", "CP"), ("canadian press", "CP"),
    ("aap", "AAP"), ("australian associated press", "AAP"), ("anadolu", "Anadolu"),
    ("anadolu agency", "Anadolu"), ("apa", "APA"), ("tt", "TT"), ("ntb", "NTB"),
    ("ritzau", "Ritzau"), ("stt", "STT"), ("anp", "ANP"), ("belga", "Belga"), ("ats", "ATS"),
    ("cna", "CNA"), ("irna", "IRNA"), ("mena", "MENA"), ("wam", "WAM"),
    ("inter press service", "IPS"), ("ips", "IPS"), ("getty images", ""), ("getty", ""),
    ("shutterstock", ""), ("alamy", ""), ("epa", ""), ("epa-efe", ""), ("rex", ""), ("corbis", ""),
    ("istock", ""), ("pool", ""), ("file", ""), ("handout", ""), ("unsplash", ""),
    ("wikimedia commons", ""), ("wikimedia", ""), ("nurphoto", ""), ("zuma", ""),
    ("zuma press", ""), ("imago", ""), ("sipa", ""), ("staff", ""), ("flickr", ""),
    ("creative commons", ""), ("public domain", ""), ("screengrab", ""), ("supplied", ""),
    ("contributed", ""), ("courtesy", ""), ("archive", ""), ("via reuters", ""), ("via ap", ""),
    ("via afp", ""), ("via getty images", ""),
];

/// The longest word, in bytes, that [`lower_word`] writes.
pub const LONGEST_WORD: usize = 24;

/// Returns a word in lower case, written to a buffer, without the marks around it; `None` if it is
/// longer than any listed word or not ASCII. A curly apostrophe becomes a straight one.
pub fn lower_word<'b>(word: &str, buffer: &'b mut [u8; LONGEST_WORD]) -> Option<&'b str> {
    if word.is_ascii() {
        let letters = || word.as_bytes().iter().map(u8::is_ascii_alphanumeric);
        let first = letters()
            .position(|is_letter| is_letter)
            .unwrap_or(word.len());
        let end = letters()
            .rposition(|is_letter| is_letter)
            .map_or(first, |last| last + 1);
        return lower_ascii(&word[first..end], buffer);
    }
    let word = word.trim_matches(|c: char| !c.is_alphanumeric());
    let mut length = 0;
    for c in word.chars() {
        let c = if c == '’' { '\'' } else { c };
        *buffer.get_mut(length)? = u8::try_from(c)
            .ok()
            .filter(u8::is_ascii)?
            .to_ascii_lowercase();
        length += 1;
    }
    std::str::from_utf8(&buffer[..length]).ok()
}

/// Returns an ASCII word in lower case, written to a buffer; `None` if it is too long or not ASCII.
pub fn lower_ascii<'b>(word: &str, buffer: &'b mut [u8; LONGEST_WORD]) -> Option<&'b str> {
    let lower = buffer.get_mut(..word.len()).filter(|_| word.is_ascii())?;
    lower.copy_from_slice(word.as_bytes());
    lower.make_ascii_lowercase();
    std::str::from_utf8(lower).ok()
}

/// A set of phrases in which whole texts are looked up.
pub struct PhraseSet(WordList);

impl PhraseSet {
    /// Returns whether a text is one of the phrases, without regard to case and to colons, full
    /// stops and spaces at its end.
    pub fn contains(&self, text: &str) -> bool {
        self.0.has(bare_phrase(text))
    }
}

fn bare_phrase(text: &str) -> &str {
    text.trim_end_matches([':', '.', ' ']).trim_start()
}

/// [`RELATED_LABELS`] and [`RELATED_LABELS_ABROAD`] as a set.
pub static RELATED_LABEL_SET: PhraseSet =
    PhraseSet(WordList::of_both(RELATED_LABELS, RELATED_LABELS_ABROAD));
/// [`NAVIGATION`] as a set.
pub static NAVIGATION_SET: PhraseSet = PhraseSet(WordList::of(NAVIGATION));
/// [`SHARING`] and [`SHARING_ABROAD`] as a set.
pub static SHARING_SET: PhraseSet = PhraseSet(WordList::of_both(SHARING, SHARING_ABROAD));
/// [`ADVERTISING`] and [`ADVERTISING_ABROAD`] as a set.
pub static ADVERTISING_SET: PhraseSet =
    PhraseSet(WordList::of_both(ADVERTISING, ADVERTISING_ABROAD));
/// [`TOPIC_LABELS`] as a set.
pub static TOPIC_LABEL_SET: PhraseSet = PhraseSet(WordList::of(TOPIC_LABELS));

/// The first words of the items of [`NAVIGATION_SET`] and [`SHARING_SET`].
static FIRST_WORDS_OF_ITEMS: LazyLock<FxHashSet<&str>> = LazyLock::new(|| {
    let items = [NAVIGATION, SHARING, SHARING_ABROAD].into_iter().flatten();
    let first = items.filter_map(|item| item.split([' ', '|', '•', '·', '/', ',']).next());
    first.map(bare_phrase).collect()
});

/// Returns whether an item of [`NAVIGATION_SET`] or [`SHARING_SET`] may begin with a word.
pub fn begins_item(word: &str) -> bool {
    FIRST_WORDS_OF_ITEMS.contains(bare_phrase(word).to_lowercase().as_str())
}

/// A list of beginnings, grouped by first byte, since every line is tested for all of them.
pub struct Openings(LazyLock<Vec<Vec<&'static str>>>);

impl Openings {
    /// Returns the beginnings of the list that a text has, without regard to ASCII case, each with
    /// the rest of the text.
    pub fn of<'t>(&self, text: &'t str) -> impl Iterator<Item = (&'static str, &'t str)> {
        let first = text.as_bytes().first().map(u8::to_ascii_lowercase);
        let candidates = first.and_then(|first| self.0.get(usize::from(first)));
        candidates
            .into_iter()
            .flatten()
            .filter_map(move |opening| Some((*opening, strip_prefix_ignore_case(text, opening)?)))
    }
}

fn by_first_letter(list: &[&'static str]) -> Vec<Vec<&'static str>> {
    let mut sorted = vec![Vec::new(); 256];
    for opening in list {
        sorted[usize::from(opening.as_bytes()[0])].push(*opening);
    }
    sorted
}

/// [`NOTICES`] as openings.
pub static NOTICE_OPENINGS: Openings = Openings(LazyLock::new(|| by_first_letter(NOTICES)));
/// [`PLEAS`] as openings.
pub static PLEA_OPENINGS: Openings = Openings(LazyLock::new(|| by_first_letter(PLEAS)));
/// [`CAPTION_LABELS`] as openings.
pub static CAPTION_OPENINGS: Openings = Openings(LazyLock::new(|| by_first_letter(CAPTION_LABELS)));
/// [`RELATED_HEADINGS`] as openings.
pub static RELATED_OPENINGS: Openings =
    Openings(LazyLock::new(|| by_first_letter(RELATED_HEADINGS)));

/// Returns whether a text is in a short list, compared as in [`PhraseSet::contains`].
pub fn is_one_of(text: &str, list: &[&str]) -> bool {
    let text = bare_phrase(text);
    list.iter().any(|entry| entry.eq_ignore_ascii_case(text))
}
