//! Recognises, one line at a time, what stands around running text on a printed or copied page:
//! pointers to other stories, navigation, sharing bars, pleas, credits, bylines, lines of dates.
//!
//! The word lists are what newspapers print, in English; a line that no list knows stays text.

use std::sync::LazyLock;

use rustc_hash::FxHashSet;

use super::text::{ends_sentence, starts_upper, strip_prefix_ignore_case, word_count};

/// Labels that stand before the title of another story, most of them with a colon.
const RELATED_LABELS: &[&str] = &[
    "related article",
    "related articles",
    "related story",
    "related stories",
    "related coverage",
    "related content",
    "related news",
    "related reading",
    "related link",
    "related links",
    "related post",
    "related posts",
    "related topics",
    "related video",
    "related",
    "read more",
    "read also",
    "read next",
    "read this",
    "read",
    "also read",
    "also see",
    "also on",
    "see also",
    "see more",
    "see related",
    "more",
    "more on this",
    "more on this story",
    "more news",
    "more stories",
    "more coverage",
    "more reading",
    "recommended",
    "recommended reading",
    "recommended stories",
    "don't miss",
    "don’t miss",
    "up next",
    "next",
    "watch",
    "watch also",
    "also watch",
    "watch more",
    "listen",
    "in pictures",
    "in case you missed it",
    "icymi",
    "you may also like",
    "you might also like",
    "you might be interested in",
    "further reading",
    "background",
    "full story",
    "full coverage",
    "also in the news",
    "continue reading",
    "earlier",
    "previously",
    "editor's picks",
    "editors' picks",
    "editor’s pick",
    "must read",
    "trending",
    "learn more",
    "find out more",
    "keep reading",
    "from the archive",
    "from our archives",
    "opinion piece",
    "special report",
    "read the full story",
    "top story",
];

/// Words that open a heading over a list of other stories.
const RELATED_HEADINGS: &[&str] = &[
    "more from",
    "more on",
    "more in",
    "more about",
    "more stories",
    "more news",
    "more top stories",
    "more headlines",
    "more coverage",
    "related articles",
    "related stories",
    "related coverage",
    "related content",
    "related news",
    "related links",
    "related topics",
    "related posts",
    "related reading",
    "related",
    "read more",
    "read next",
    "read also",
    "also read",
    "see also",
    "also in",
    "most read",
    "most popular",
    "most viewed",
    "most shared",
    "most watched",
    "popular now",
    "popular stories",
    "popular articles",
    "trending",
    "trending now",
    "trending stories",
    "top stories",
    "top news",
    "latest news",
    "latest stories",
    "latest from",
    "latest headlines",
    "recent stories",
    "recent articles",
    "recent posts",
    "recommended",
    "recommended for you",
    "recommended stories",
    "recommended articles",
    "recommended reading",
    "you may also like",
    "you might also like",
    "you may be interested in",
    "you might be interested in",
    "what to read next",
    "up next",
    "next in",
    "editors' picks",
    "editor's picks",
    "editors’ picks",
    "editor’s picks",
    "don't miss",
    "don’t miss",
    "in case you missed it",
    "around the web",
    "from around the web",
    "from the web",
    "elsewhere on",
    "further reading",
    "other stories",
    "other news",
    "in other news",
    "also in the news",
    "must reads",
    "sponsored stories",
    "promoted stories",
    "from our partners",
    "paid content",
    "explore more",
];

/// Items of navigation bars and menus.
const NAVIGATION: &[&str] = &[
    "home",
    "homepage",
    "news",
    "world",
    "world news",
    "uk",
    "uk news",
    "us",
    "u.s.",
    "us news",
    "u.s. news",
    "africa",
    "americas",
    "asia",
    "australia",
    "europe",
    "middle east",
    "latin america",
    "national",
    "international",
    "local",
    "local news",
    "region",
    "regional",
    "politics",
    "election",
    "elections",
    "business",
    "economy",
    "markets",
    "money",
    "finance",
    "companies",
    "tech",
    "technology",
    "science",
    "environment",
    "climate",
    "health",
    "wellness",
    "education",
    "lifestyle",
    "life",
    "style",
    "life & style",
    "life and style",
    "food",
    "travel",
    "fashion",
    "culture",
    "arts",
    "books",
    "film",
    "films",
    "movies",
    "music",
    "tv",
    "tv & radio",
    "theatre",
    "theater",
    "entertainment",
    "celebrity",
    "celebrities",
    "sport",
    "sports",
    "football",
    "soccer",
    "cricket",
    "rugby",
    "tennis",
    "golf",
    "formula 1",
    "cycling",
    "racing",
    "scores",
    "weather",
    "traffic",
    "obituaries",
    "opinion",
    "opinions",
    "editorial",
    "editorials",
    "columnists",
    "columns",
    "comment",
    "commentary",
    "letters",
    "analysis",
    "cartoons",
    "crossword",
    "crosswords",
    "puzzles",
    "games",
    "horoscopes",
    "video",
    "videos",
    "watch",
    "live",
    "live tv",
    "audio",
    "radio",
    "podcast",
    "podcasts",
    "listen",
    "photos",
    "pictures",
    "photography",
    "gallery",
    "galleries",
    "galleries",
    "multimedia",
    "interactive",
    "magazine",
    "features",
    "investigations",
    "long reads",
    "explainers",
    "in depth",
    "special reports",
    "special report",
    "series",
    "data",
    "fact check",
    "newsletter",
    "newsletters",
    "subscribe",
    "subscriptions",
    "subscriber",
    "sign in",
    "sign up",
    "sign out",
    "log in",
    "login",
    "log out",
    "logout",
    "register",
    "my account",
    "account",
    "profile",
    "my profile",
    "search",
    "menu",
    "more",
    "sections",
    "all sections",
    "topics",
    "jobs",
    "careers",
    "classifieds",
    "cars",
    "property",
    "real estate",
    "homes",
    "shop",
    "store",
    "advertise",
    "advertise with us",
    "contact",
    "contact us",
    "about",
    "about us",
    "help",
    "faq",
    "support",
    "support us",
    "donate",
    "contribute",
    "events",
    "archive",
    "archives",
    "e-paper",
    "epaper",
    "epaper edition",
    "print edition",
    "digital edition",
    "editions",
    "edition",
    "rss",
    "sitemap",
    "site map",
    "apps",
    "mobile",
    "privacy",
    "privacy policy",
    "cookie policy",
    "cookies",
    "terms",
    "terms of use",
    "terms of service",
    "terms & conditions",
    "terms and conditions",
    "accessibility",
    "corrections",
    "skip to content",
    "skip to main content",
    "skip navigation",
    "latest",
    "breaking news",
    "trending",
    "most read",
    "top stories",
    "back to top",
    "close",
    "next",
    "previous",
    "show more",
    "load more",
    "view all",
    "see all",
    "read more",
    "english",
    "follow",
    "following",
    "saved",
    "notifications",
    "my news",
    "for you",
    "today's paper",
];

/// What sharing bars say.
const SHARING: &[&str] = &[
    "share",
    "share this",
    "share this article",
    "share this story",
    "share article",
    "share on facebook",
    "share on twitter",
    "share on x",
    "share on whatsapp",
    "share on linkedin",
    "share via email",
    "share by email",
    "share on reddit",
    "share full article",
    "sharing",
    "shares",
    "facebook",
    "twitter",
    "tweet",
    "x",
    "email",
    "e-mail",
    "email this",
    "email this article",
    "mail",
    "print",
    "print this",
    "print this page",
    "print article",
    "printer friendly",
    "printer-friendly version",
    "copy link",
    "copy url",
    "link",
    "link copied",
    "whatsapp",
    "linkedin",
    "reddit",
    "pinterest",
    "pin",
    "pin it",
    "tumblr",
    "telegram",
    "messenger",
    "instagram",
    "youtube",
    "flipboard",
    "pocket",
    "google+",
    "google plus",
    "digg",
    "stumbleupon",
    "delicious",
    "bluesky",
    "threads",
    "mastodon",
    "vk",
    "line",
    "sms",
    "bookmark",
    "save",
    "save article",
    "save for later",
    "saved",
    "like",
    "comment",
    "comments",
    "post a comment",
    "add a comment",
    "leave a comment",
    "text size",
    "increase text size",
    "decrease text size",
    "gift this article",
    "gift article",
    "listen to this article",
    "listen",
    "republish",
    "republish this article",
    "view comments",
    "show comments",
    "hide comments",
    "a a",
    "a",
    "more",
    "follow",
    "resize text",
    "reprints",
    "translate",
    "copy",
];

/// Lines that announce or apologise for an advertisement.
const ADVERTISING: &[&str] = &[
    "advertisement",
    "advertisements",
    "advertising",
    "advert",
    "ad",
    "ads",
    "sponsored",
    "sponsored content",
    "promoted",
    "promoted content",
    "skip advertisement",
    "skip ad",
    "advertisement - scroll to continue",
    "scroll to continue",
    "scroll to continue with content",
    "story continues below",
    "story continues below advertisement",
    "story continues below this advertisement",
    "story continues after advertisement",
    "article continues below",
    "article continues below advertisement",
    "article continues after advertisement",
    "article continues after ad",
    "story continues",
    "continue reading",
    "continue reading the main story",
    "continue reading below",
    "content continues below",
    "report this ad",
    "why this ad",
    "loading",
    "loading...",
    "remaining time -0:00",
    "this video is not available",
    "recommended videos",
    "placeholder",
];

/// How requests to readers and remarks about the page begin.
const PLEAS: &[&str] = &[
    "sign up for",
    "sign up to",
    "sign up now",
    "sign up here",
    "subscribe to",
    "subscribe now",
    "subscribe for",
    "subscribe today",
    "get the latest",
    "get our",
    "get unlimited",
    "get breaking",
    "get more",
    "get the day's",
    "follow us",
    "follow @",
    "follow on",
    "like us on",
    "find us on",
    "join our",
    "join the conversation",
    "join the discussion",
    "support our",
    "support independent",
    "support quality",
    "become a member",
    "become a subscriber",
    "become a supporter",
    "make a donation",
    "donate to",
    "download our",
    "download the",
    "click here",
    "tap here",
    "register for",
    "register now",
    "log in to",
    "sign in to",
    "already a subscriber",
    "already a member",
    "not a subscriber",
    "start your",
    "try our",
    "buy now",
    "our standards",
    "read our",
    "have a tip",
    "got a tip",
    "have a story",
    "do you have a",
    "contact us at",
    "write to us",
    "send us",
    "email us",
    "let us know",
    "tell us",
    "share your",
    "what do you think",
    "thank you for reading",
    "thanks for reading",
    "this story is for subscribers",
    "this article is for subscribers",
    "to continue reading",
    "you have reached",
    "you've reached",
    "we use cookies",
    "this site uses cookies",
    "this website uses cookies",
    "by signing up",
    "by subscribing",
    "your email address",
    "enter your email",
    "please enter",
    "please enable",
    "enable javascript",
    "sorry, your browser",
    "your browser does not",
    "unlimited digital access",
    "terms of use",
    "terms and conditions",
    "privacy policy",
    "this material may not be published",
    "this article may not be reproduced",
    "reproduction in whole",
    "no part of this",
    "for more information, visit",
    "for more news",
    "for the latest",
    "stay informed",
    "stay up to date",
    "never miss",
    "receive our",
    "our newsletter",
    "our daily newsletter",
    "daily newsletter",
    "delivered to your inbox",
    "hide caption",
    "toggle caption",
    "enlarge this image",
    "view in gallery",
    "open in app",
];

/// How picture credits and captions begin.
const CAPTION_LABELS: &[&str] = &[
    "photo:",
    "photos:",
    "image:",
    "images:",
    "photograph:",
    "photographs:",
    "picture:",
    "pictures:",
    "illustration:",
    "graphic:",
    "credit:",
    "photo credit",
    "image credit",
    "picture credit",
    "image source",
    "photo source",
    "photo by",
    "photos by",
    "photograph by",
    "photographs by",
    "picture by",
    "image by",
    "illustration by",
    "photo courtesy",
    "image courtesy",
    "photo illustration",
    "file photo",
    "file photograph",
    "file image",
    "file picture",
    "caption:",
    "image caption",
    "media caption",
    "photo caption",
    "(photo",
    "(file photo",
    "(image",
    "(picture",
    "[photo",
    "[image",
    "photo/",
    "courtesy photo",
    "handout photo",
    "video:",
    "copyright image",
    "image copyright",
    "figure:",
    "map:",
    "chart:",
];

/// News agencies and picture agencies as credits name them, with what the record calls the news
/// agencies. An empty name is a picture agency or archive.
pub const AGENCIES: &[(&str, &str)] = &[
    ("reuters", "Reuters"),
    ("reuter", "Reuters"),
    ("thomson reuters", "Reuters"),
    ("ap", "AP"),
    ("a.p.", "AP"),
    ("associated press", "AP"),
    ("the associated press", "AP"),
    ("afp", "AFP"),
    ("agence france-presse", "AFP"),
    ("agence france presse", "AFP"),
    ("upi", "UPI"),
    ("united press international", "UPI"),
    ("united press", "UPI"),
    ("dpa", "dpa"),
    ("deutsche presse-agentur", "dpa"),
    ("efe", "EFE"),
    ("ansa", "ANSA"),
    ("tass", "TASS"),
    ("itar-tass", "TASS"),
    ("interfax", "Interfax"),
    ("ria novosti", "RIA Novosti"),
    ("xinhua", "Xinhua"),
    ("xinhua news agency", "Xinhua"),
    ("kyodo", "Kyodo"),
    ("kyodo news", "Kyodo"),
    ("yonhap", "Yonhap"),
    ("bloomberg", "Bloomberg"),
    ("bloomberg news", "Bloomberg"),
    ("dow jones", "Dow Jones"),
    ("dow jones newswires", "Dow Jones"),
    ("press association", "PA"),
    ("pa media", "PA"),
    ("pa", "PA"),
    ("pti", "PTI"),
    ("press trust of india", "PTI"),
    ("ians", "IANS"),
    ("ani", "ANI"),
    ("cp", "CP"),
    ("the canadian press", "CP"),
    ("canadian press", "CP"),
    ("aap", "AAP"),
    ("australian associated press", "AAP"),
    ("anadolu", "Anadolu"),
    ("anadolu agency", "Anadolu"),
    ("apa", "APA"),
    ("tt", "TT"),
    ("ntb", "NTB"),
    ("ritzau", "Ritzau"),
    ("stt", "STT"),
    ("anp", "ANP"),
    ("belga", "Belga"),
    ("ats", "ATS"),
    ("cna", "CNA"),
    ("irna", "IRNA"),
    ("mena", "MENA"),
    ("wam", "WAM"),
    ("inter press service", "IPS"),
    ("ips", "IPS"),
    ("getty images", ""),
    ("getty", ""),
    ("shutterstock", ""),
    ("alamy", ""),
    ("epa", ""),
    ("epa-efe", ""),
    ("rex", ""),
    ("corbis", ""),
    ("istock", ""),
    ("pool", ""),
    ("file", ""),
    ("handout", ""),
    ("unsplash", ""),
    ("wikimedia commons", ""),
    ("wikimedia", ""),
    ("nurphoto", ""),
    ("zuma", ""),
    ("zuma press", ""),
    ("imago", ""),
    ("sipa", ""),
    ("staff", ""),
    ("flickr", ""),
    ("creative commons", ""),
    ("public domain", ""),
    ("screengrab", ""),
    ("supplied", ""),
    ("contributed", ""),
    ("courtesy", ""),
    ("archive", ""),
    ("via reuters", ""),
    ("via ap", ""),
    ("via afp", ""),
    ("via getty images", ""),
];

/// Words that stand before a writer's name.
pub const BYLINE_LABELS: &[&str] = &[
    "by",
    "written by",
    "story by",
    "reported by",
    "report by",
    "reporting by",
    "words by",
    "text by",
    "article by",
    "posted by",
    "published by",
    "submitted by",
    "analysis by",
    "opinion by",
    "comment by",
    "commentary by",
    "review by",
    "interview by",
    "a report by",
    "author:",
    "authors:",
    "byline:",
    "reporter:",
    "writer:",
    "contributed by",
    "special report by",
    "exclusive by",
    "from our correspondent",
];

/// Words that label a date, or stand beside one on a line of its own.
const DATE_WORDS: &[&str] = &[
    "published",
    "publication",
    "posted",
    "updated",
    "update",
    "modified",
    "last",
    "first",
    "created",
    "date",
    "dated",
    "on",
    "at",
    "issued",
    "issue",
    "filed",
    "added",
    "the",
    "edition",
    "print",
    "am",
    "pm",
    "a.m",
    "p.m",
    "a.m.",
    "p.m.",
    "noon",
    "midnight",
    "original",
    "originally",
    "of",
    "and",
    "uhr",
    "h",
    "hrs",
    "hours",
    "time",
    "local",
    "today",
    "yesterday",
    "ago",
    "day",
    "days",
    "hour",
    "minutes",
    "ist",
    "mins",
    "min",
    "release",
    "released",
    "version",
    "web",
    "posted:",
    "story",
    "article",
    "was",
];

/// Month names and their abbreviations, and week days.
const CALENDAR_WORDS: &[&str] = &[
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
    "jan",
    "feb",
    "mar",
    "apr",
    "jun",
    "jul",
    "aug",
    "sep",
    "sept",
    "oct",
    "nov",
    "dec",
    "monday",
    "tuesday",
    "wednesday",
    "thursday",
    "friday",
    "saturday",
    "sunday",
    "mon",
    "tue",
    "tues",
    "wed",
    "thu",
    "thur",
    "thurs",
    "fri",
    "sat",
    "sun",
];

/// Returns where the title begins after a label such as "Related article:".
pub fn related_label(text: &str) -> Option<usize> {
    if !starts_upper(text) {
        return None;
    }
    let at = text
        .char_indices()
        .take(40)
        .find_map(|(i, c)| matches!(c, ':' | '|' | '»' | '>' | '–' | '—').then_some((i, c)));
    let (i, mark) = at?;
    let label = text[..i].trim();
    let title = text[i..].trim_start_matches(|c: char| c == mark || c == ' ');
    if title.is_empty() || !RELATED_LABEL_SET.have(label) {
        return None;
    }
    // "Read – and weep" is a sentence: a dash follows only the plainest labels.
    let is_plain = mark == ':'
        || strip_prefix_ignore_case(label, "relat").is_some()
        || strip_prefix_ignore_case(label, "also").is_some()
        || label.contains(' ') && mark != '–' && mark != '—';
    is_plain.then_some(text.len() - title.len())
}

/// Returns whether the line is a heading over a list of other stories, as in "More from …".
pub fn is_related_heading(text: &str) -> bool {
    let heading = text.trim_end_matches([':', ' ', '»', '>', '…']);
    if heading.len() > 80
        || word_count(heading) > 7
        || ends_sentence(heading)
        || !starts_upper(heading)
    {
        return false;
    }
    RELATED_HEADINGS.iter().any(|opening| {
        strip_prefix_ignore_case(heading, opening).is_some_and(|rest| {
            rest.is_empty()
                || rest.starts_with(' ')
                    && (opening.starts_with("more ")
                        || opening.starts_with("latest ")
                        || opening.starts_with("most ")
                        || opening.starts_with("next ")
                        || opening.starts_with("elsewhere")
                        || opening.starts_with("also in"))
        })
    })
}

/// Returns whether the line is an item of a menu, or several of them.
pub fn is_navigation_item(text: &str) -> bool {
    NAVIGATION_SET.have(text)
}

/// Returns whether the whole line is a bar of three or more menu items or sharing buttons.
pub fn is_bar(text: &str) -> bool {
    items_covering(text).is_some_and(|items| items >= 3)
}

/// Returns whether the line is a path of sections, as in "Home > News > World".
pub fn is_breadcrumb(text: &str) -> bool {
    for mark in [" > ", " » ", " › ", " / "] {
        let steps = text.split(mark).count();
        if steps < 2 {
            continue;
        }
        let are_short = text
            .split(mark)
            .all(|step| (1..=5).contains(&word_count(step)));
        let last = text.rsplit(mark).next().unwrap_or_default();
        let first = text.split(mark).next().unwrap_or_default();
        let names_a_section = is_navigation_item(last) || is_navigation_item(first);
        if are_short && !ends_sentence(text) && (names_a_section || steps > 2 && mark != " / ") {
            return true;
        }
    }
    false
}

/// Returns how many menu items or sharing buttons the line is made of, or `None` where something
/// else is on it.
fn items_covering(text: &str) -> Option<usize> {
    if text.len() > 400 || ends_sentence(text) {
        return None;
    }
    let parts = || {
        text.split([' ', '|', '•', '·', '/', ','])
            .filter(|word| !word.is_empty())
    };
    // Most items are capitalised; running text is told from them at a glance.
    let capitals = parts()
        .filter(|word| !word.starts_with(char::is_lowercase))
        .count();
    let words: Vec<&str> = parts().collect();
    if capitals * 2 < words.len() {
        return None;
    }
    let mut items = 0;
    let mut rest = words.as_slice();
    while !rest.is_empty() {
        let taken = (1..=rest.len().min(5)).rev().find(|&n| {
            let item = rest[..n].join(" ");
            NAVIGATION_SET.have(&item) || SHARING_SET.have(&item)
        })?;
        items += 1;
        rest = &rest[taken..];
    }
    Some(items)
}

/// Returns whether the line is a button of a sharing bar.
pub fn is_sharing(text: &str) -> bool {
    SHARING_SET.have(text)
}

/// Returns whether the line is furniture of the page wherever it stands: an advertisement's
/// announcement, a plea, a copyright notice, a count of comments.
pub fn is_boilerplate(text: &str) -> bool {
    if text.len() > 600 {
        return false;
    }
    ADVERTISING_SET.have(text)
        || is_plea(text)
        || is_copyright(text)
        || is_comment_count(text)
        || is_reading_time(text)
        || is_tags(text)
        || text.chars().all(|c| !c.is_alphanumeric()) && !text.contains(['—', '█', '*', '#'])
}

/// Returns whether the line is made of HTML tags alone.
fn is_tags(text: &str) -> bool {
    let mut rest = text;
    while let Some(tag) = rest.strip_prefix('<') {
        let starts_tag =
            tag.starts_with(|c: char| c.is_ascii_alphabetic() || matches!(c, '/' | '!'));
        let Some(end) = tag.find('>').filter(|_| starts_tag) else {
            return false;
        };
        rest = tag[end + 1..].trim_start();
    }
    rest.is_empty() && !text.is_empty()
}

fn is_plea(text: &str) -> bool {
    let open = text.trim_start_matches(['(', '[', '*', '_', ' ', '•', '>', '"', '“']);
    starts_upper(open)
        && PLEAS.iter().any(|plea| {
            strip_prefix_ignore_case(open, plea)
                .is_some_and(|rest| !rest.starts_with(char::is_alphanumeric))
        })
        && word_count(open) <= 40
}

fn is_copyright(text: &str) -> bool {
    let opens = text.starts_with('©')
        || ["copyright", "(c)", "© "]
            .iter()
            .any(|c| strip_prefix_ignore_case(text, c).is_some_and(|rest| has_year_or_mark(rest)));
    let reserves = [
        "ights reserved",
        "ights Reserved",
        "IGHTS RESERVED",
        "may not be published, broadcast",
    ]
    .iter()
    .any(|phrase| text.contains(phrase));
    (opens || reserves) && word_count(text) <= 60
}

fn has_year_or_mark(rest: &str) -> bool {
    let rest = rest.trim_start_matches([' ', ':', ',']);
    rest.starts_with(['©', '(']) || rest.starts_with(|c: char| c.is_ascii_digit())
}

fn is_comment_count(text: &str) -> bool {
    if text.len() > 40 {
        return false;
    }
    let bare: String = text
        .chars()
        .filter(|c| !c.is_ascii_digit() && !matches!(c, '(' | ')' | ',' | ':'))
        .collect();
    let had_number = bare.len() < text.len();
    let bare = bare.trim();
    (had_number
        && (is_one_of(
            bare,
            &["comment", "comments", "shares", "share", "likes", "views"],
        )))
        || is_one_of(
            bare,
            &[
                "comments",
                "view comments",
                "show comments",
                "leave a comment",
                "post a comment",
                "add a comment",
                "comments are closed",
                "no comments",
            ],
        )
}

fn is_reading_time(text: &str) -> bool {
    let mut words = text.split(' ');
    words
        .next()
        .is_some_and(|n| n.bytes().all(|b| b.is_ascii_digit()))
        && {
            let rest = words.collect::<Vec<_>>().join(" ");
            is_one_of(
                &rest,
                &[
                    "min read",
                    "mins read",
                    "minute read",
                    "minutes read",
                    "min. read",
                    "minutes to read",
                ],
            )
        }
        || strip_prefix_ignore_case(text, "reading time").is_some() && text.len() < 40
}

/// Returns whether the line credits or describes a picture.
pub fn is_caption(text: &str) -> bool {
    if text.len() > 500 {
        return false;
    }
    let open = text.trim_start_matches(['•', '*', ' ']);
    CAPTION_LABELS.iter().any(|label| {
        strip_prefix_ignore_case(open, label)
            .is_some_and(|rest| !rest.starts_with(char::is_lowercase))
    }) && (word_count(open) <= 25 || open.starts_with(['(', '[']) || !ends_sentence(open))
        || is_credit(open)
        || ends_in_credit(open)
}

/// Returns whether the line is a credit alone, as in "Jo Smith / Reuters" or "AP/File".
fn is_credit(text: &str) -> bool {
    let text = text.trim_matches(['(', ')', '[', ']', '|', ' ']);
    let words = word_count(text);
    if words > 8 || ends_sentence(text) {
        return false;
    }
    if is_one_of(
        text,
        &[
            "getty images",
            "shutterstock",
            "wikimedia commons",
            "ap photo",
            "reuters photo",
            "file photo",
        ],
    ) {
        return true;
    }
    let mut sides = text.rsplit(['/', '|']).map(str::trim);
    let last = sides.next().unwrap_or_default();
    sides.next().is_some_and(|side| !side.is_empty())
        && (agency_named(last).is_some() || is_picture_source(last))
}

/// Returns whether a longer text ends in a picture credit, as in "… (Jo Smith/Reuters)".
fn ends_in_credit(text: &str) -> bool {
    let Some(open) = text.rfind(['(', '[']) else {
        return false;
    };
    if !text.ends_with([')', ']']) || text.len() - open > 80 || word_count(text) > 70 {
        return false;
    }
    let inside = text[open + 1..].trim_end_matches([')', ']']);
    let lower = inside.to_lowercase();
    lower.starts_with("photo")
        || lower.starts_with("ap photo")
        || lower.starts_with("image:")
        || lower.starts_with("credit:")
        || lower.starts_with("picture:")
        || inside.contains('/') && is_credit(inside)
        || lower.ends_with("via ap")
        || lower.ends_with("getty images")
}

fn is_picture_source(text: &str) -> bool {
    let lower = text.to_lowercase();
    AGENCIES.iter().any(|(name, _)| *name == lower)
}

/// Returns the news agency that the text names, as the record calls it.
pub fn agency_named(text: &str) -> Option<&'static str> {
    let lower = text.trim().trim_end_matches('.').to_lowercase();
    AGENCIES
        .iter()
        .find(|(name, record)| !record.is_empty() && *name == lower)
        .map(|(_, record)| *record)
}

/// Returns where the names begin after a label such as "By" or "Written by".
pub fn byline_label(text: &str) -> Option<usize> {
    BYLINE_LABELS
        .iter()
        .filter_map(|label| {
            let rest = strip_prefix_ignore_case(text, label)?;
            let names = rest.trim_start_matches([' ', ':']);
            (label.ends_with(':') || names.len() < rest.len() || names.is_empty())
                .then_some(text.len() - names.len())
        })
        .max()
}

/// Returns whether the line names the writers: "By Ann Writer and Jo Smith".
pub fn is_byline(text: &str) -> bool {
    let Some(start) = byline_label(text) else {
        return false;
    };
    let names = &text[start..];
    let words = word_count(names);
    (1..=24).contains(&words)
        && starts_upper(names)
        && names.chars().next().is_some_and(char::is_alphabetic)
        && !ends_in_running_text(names)
        && most_words_are_capitalised(names)
}

/// Returns whether a byline label stands alone, with the names on the next line.
pub fn is_bare_byline_label(text: &str) -> bool {
    byline_label(text) == Some(text.len())
}

fn ends_in_running_text(names: &str) -> bool {
    ends_sentence(names) && word_count(names) > 8
}

fn most_words_are_capitalised(text: &str) -> bool {
    let (mut capitals, mut others) = (0, 0);
    for word in text.split(' ') {
        match word.chars().find(|c| c.is_alphanumeric()) {
            Some(c) if c.is_uppercase() || c.is_numeric() => capitals += 1,
            Some(_) if !is_name_particle(word) => others += 1,
            _ => {}
        }
    }
    capitals > others * 2
}

/// Returns whether the word stands inside names in lower case, or between two of them.
pub fn is_name_particle(word: &str) -> bool {
    is_one_of(
        word,
        &[
            "and", "&", "de", "da", "di", "del", "della", "der", "den", "des", "du", "la", "le",
            "van", "von", "bin", "bint", "ibn", "al", "el", "ter", "ten", "dos", "das", "do", "y",
            "e", "zu", "af", "av", "ap", "in", "for", "with", "of", "the", "at",
        ],
    )
}

/// Returns whether the line is a person's name and no more: two to four capitalised words.
pub fn is_bare_name(text: &str) -> bool {
    is_name(text)
        || [" and ", " & ", ", "]
            .iter()
            .any(|mark| text.contains(mark) && text.split(mark).all(is_name))
}

fn is_name(text: &str) -> bool {
    let mut words = 0;
    for word in text.split(' ') {
        let Some(first) = word.chars().next() else {
            return false;
        };
        if !word
            .chars()
            .all(|c| c.is_alphabetic() || matches!(c, '.' | '-' | '\'' | '’'))
        {
            return false;
        }
        words += 1;
        if !first.is_uppercase() && !(words > 1 && is_name_particle(word)) {
            return false;
        }
    }
    (2..=5).contains(&words) && !text.ends_with('.')
}

/// Returns whether the end of a byline's line cuts a name: one word of it stands there, and one
/// or two more make up the next line.
pub fn cuts_a_name(byline: &str, next: &str) -> bool {
    let names = byline_label(byline).map_or("", |start| &byline[start..]);
    let last = names.rsplit([',', '&', ';']).next().unwrap_or(names);
    let last = last.rsplit(" and ").next().unwrap_or(last).trim();
    let is_word = |word: &str| {
        word.starts_with(char::is_uppercase)
            && word
                .chars()
                .all(|c| c.is_alphabetic() || matches!(c, '-' | '\'' | '’' | '.'))
    };
    is_word(last) && next.split(' ').count() <= 2 && next.split(' ').all(is_word)
}

/// Returns whether the line is made of a date, its label and the time of day.
pub fn is_date_line(text: &str) -> bool {
    if text.len() > 120 || !text.bytes().any(|b| b.is_ascii_digit()) {
        return false;
    }
    let (mut calendar, mut numbers, mut others) = (0, 0, 0);
    for token in text.split([' ', ',', '|', '(', ')', '/', '•', '·']) {
        let token = token.trim_matches(['.', ':', ';', '-', '–', '—', '[', ']']);
        if token.is_empty() {
            continue;
        }
        let is_numeric = token.starts_with(|c: char| c.is_ascii_digit());
        if is_numeric {
            numbers += 1;
            if is_number_date(token) {
                calendar += 1;
            }
        } else if CALENDAR_SET.have(token) {
            calendar += 1;
        } else if !DATE_WORD_SET.have(token) && !is_time_zone(token) {
            others += 1;
        }
    }
    let has_slash_date = text.split(' ').any(is_number_date);
    numbers > 0 && (calendar > 0 || has_slash_date) && others == 0
}

/// Returns whether the line carries a date and at most a few words besides.
pub fn is_about_a_date(text: &str) -> bool {
    is_date_line(text)
        || text
            .split([' ', '|'])
            .map(|t| t.trim_matches(['.', ',', ':', ';', '-', '(', ')']))
            .any(|t| CALENDAR_SET.have(t) || is_number_date(t))
            && text.bytes().any(|b| b.is_ascii_digit())
            && word_count(text) <= 14
            && [
                "published",
                "posted",
                "updated",
                "last updated",
                "last modified",
                "first published",
                "date",
            ]
            .iter()
            .any(|label| strip_prefix_ignore_case(text, label).is_some())
}

/// Returns whether the token is a date in numbers, as in `2018-06-27`, `27.06.2018`, `6/27/2018`.
fn is_number_date(token: &str) -> bool {
    let day = token.split(['T', 't']).next().unwrap_or(token);
    let mark = ['-', '.', '/'].into_iter().find(|m| day.contains(*m));
    mark.is_some_and(|mark| {
        let parts: Vec<&str> = day.split(mark).collect();
        parts.len() == 3
            && parts
                .iter()
                .all(|p| (1..=4).contains(&p.len()) && p.bytes().all(|b| b.is_ascii_digit()))
    })
}

fn is_time_zone(token: &str) -> bool {
    (1..=5).contains(&token.len()) && token.bytes().all(|b| b.is_ascii_uppercase())
        || token.starts_with("UTC")
        || token.starts_with("GMT")
}

/// A list of labels that whole texts are looked up in.
struct Labels(LazyLock<FxHashSet<String>>);

/// The longest label, in bytes.
const LONGEST_LABEL: usize = 60;

impl Labels {
    /// Returns whether the text is one of the labels, letter case and a final colon, full stop or
    /// dots aside.
    fn have(&self, text: &str) -> bool {
        let text = bare_label(text);
        if text.is_empty() || text.len() > LONGEST_LABEL {
            return false;
        }
        if text.bytes().any(|b| b.is_ascii_uppercase()) {
            self.0.contains(text.to_ascii_lowercase().as_str())
        } else {
            self.0.contains(text)
        }
    }
}

fn bare_label(text: &str) -> &str {
    text.trim_end_matches([':', '.', ' ']).trim_start()
}

fn set_of(list: &[&str]) -> FxHashSet<String> {
    list.iter()
        .map(|entry| bare_label(entry).to_owned())
        .collect()
}

static RELATED_LABEL_SET: Labels = Labels(LazyLock::new(|| set_of(RELATED_LABELS)));
static NAVIGATION_SET: Labels = Labels(LazyLock::new(|| set_of(NAVIGATION)));
static SHARING_SET: Labels = Labels(LazyLock::new(|| set_of(SHARING)));
static ADVERTISING_SET: Labels = Labels(LazyLock::new(|| set_of(ADVERTISING)));
static DATE_WORD_SET: Labels = Labels(LazyLock::new(|| set_of(DATE_WORDS)));
static CALENDAR_SET: Labels = Labels(LazyLock::new(|| set_of(CALENDAR_WORDS)));

/// Returns whether the text is one of a few entries, letter case and final marks aside.
fn is_one_of(text: &str, list: &[&str]) -> bool {
    let text = bare_label(text);
    list.iter().any(|entry| entry.eq_ignore_ascii_case(text))
}

/// Returns the text after a list item's marker, as in "• One" or "-   One".
pub fn after_bullet(text: &str) -> Option<&str> {
    let mut chars = text.chars();
    let mark = chars.next()?;
    let rest = chars.as_str();
    let is_bullet = matches!(
        mark,
        '•' | '▪'
            | '◦'
            | '‣'
            | '●'
            | '○'
            | '■'
            | '□'
            | '➤'
            | '►'
            | '▶'
            | '·'
            | '✓'
            | '➢'
    );
    let may_be_bullet = matches!(mark, '*' | '-' | '+' | '–') && rest.starts_with(' ');
    (is_bullet || may_be_bullet).then(|| rest.trim_start())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn related_labels() {
        for (text, title) in [
            ("Related article: A Summit", Some("A Summit")),
            ("READ MORE: A Summit", Some("A Summit")),
            ("Also read : A Summit", Some("A Summit")),
            ("Related | A Summit", Some("A Summit")),
            ("More: A Summit", Some("A Summit")),
            ("related: a summit", None),
            ("Related:", None),
            ("He said: A Summit", None),
            ("Read – and weep", None),
            ("More than 30: a record", None),
        ] {
            assert_eq!(related_label(text).map(|i| &text[i..]), title, "{text}");
        }
    }

    #[test]
    fn related_headings() {
        for (text, expected) in [
            ("More from The Herald", true),
            ("Related stories", true),
            ("YOU MAY ALSO LIKE", true),
            ("Most read", true),
            ("More than ever", false),
            ("Related to the king", false),
            ("More from the envoy is expected on Monday.", false),
        ] {
            assert_eq!(is_related_heading(text), expected, "{text}");
        }
    }

    #[test]
    fn page_furniture() {
        for (text, expected) in [
            ("Advertisement", true),
            ("ADVERTISEMENT", true),
            ("Sign up for our daily letter.", true),
            ("© 2018 The Herald. All rights reserved.", true),
            ("Copyright 2018 The Herald", true),
            ("Copyright law is to change, ministers say", false),
            ("Comments (12)", true),
            ("4 min read", true),
            ("The advertisement was withdrawn.", false),
            ("Get our boys home, mothers say", true),
            ("Comments by the minister", false),
            ("* * *", false),
            ("• •", true),
            ("</div><div class=\"ad\">", true),
            ("<3 is a heart", false),
        ] {
            assert_eq!(is_boilerplate(text), expected, "{text}");
        }
    }

    #[test]
    fn bars_and_breadcrumbs() {
        assert!(is_bar("Home News Sign in Opinion Copy link"));
        assert!(is_bar("Home | World | Politics"));
        assert!(!is_bar("World Politics"));
        assert!(!is_bar("World News from Herald"));
        assert!(is_breadcrumb("The Herald > News"));
        assert!(is_breadcrumb("Home / Politics"));
        assert!(!is_breadcrumb("A > B is what the teacher wrote"));
    }

    #[test]
    fn captions() {
        for (text, expected) in [
            ("Photo: AP/File", true),
            ("Jo Smith / Reuters", true),
            ("(Photo by Staff)", true),
            ("Getty Images", true),
            ("Soldiers at the gate (Jo Smith/AFP)", true),
            ("Photographs were banned.", false),
            ("The either/or of it", false),
            ("He joined Reuters in 1998 (and left AP)", false),
        ] {
            assert_eq!(is_caption(text), expected, "{text}");
        }
    }

    #[test]
    fn bylines_and_names() {
        for (text, expected) in [
            ("By Ann Writer", true),
            ("BY ANN WRITER AND JO SMITH", true),
            ("Written by Ann Writer", true),
            ("by Ann Writer, Herald Staff Writer", true),
            ("By the time he left, it was dark.", false),
            ("By Monday the troops had gone", false),
            ("Byron Writes", false),
        ] {
            assert_eq!(is_byline(text), expected, "{text}");
        }
        for (text, expected) in [
            ("Ann Writer", true),
            ("Ann van der Writer", true),
            ("Ann Writer and Jo Smith", true),
            ("Talks fail", false),
            ("Moscow", false),
            ("Ann Writer 2018", false),
        ] {
            assert_eq!(is_bare_name(text), expected, "{text}");
        }
    }

    #[test]
    fn date_lines() {
        for (text, expected) in [
            ("June 27, 2018", true),
            ("Published 12:00 EST, 22 August 2019", true),
            ("Posted 2009-06-25T20:54:00Z", true),
            ("Tue 22 Feb 2011 06.46 GMT", true),
            ("22/11/2020", true),
            ("27.06.2018", true),
            ("Last updated on Wednesday, 3 March 2010 at 5:04 p.m.", true),
            ("12 killed in May", false),
            ("June was wet", false),
            ("2018", false),
        ] {
            assert_eq!(is_date_line(text), expected, "{text}");
        }
    }
}
