//! The words of credit lines that are no names: trades, organisations, places, titles after names.

use std::borrow::Cow;

use crate::clean::agencies::agency_named;
use crate::clean::phrases::{LONGEST_WORD, lower_ascii};
use crate::text::lexicon::{Flags, Lexicon};
use crate::text::word_list::WordList;
use crate::text::words::is_word_char;

/// Trades of those who make a newspaper, in the languages that credits are often printed in.
#[rustfmt::skip]
static TRADES: WordList = WordList::of(&[
    "writer", "writers", "reporter", "reporters", "correspondent", "correspondents", "editor",
    "editors", "columnist", "columnists", "contributor", "contributors", "critic", "critics",
    "staff", "staffer", "bureau", "desk", "journalist", "journalists", "photographer",
    "photographers", "producer", "producers", "presenter", "blogger", "stringer", "intern",
    "researcher", "analyst", "commentator", "newsroom", "agencies", "wires", "freelance",
    "freelancer", "author", "authors", "cartoonist", "reviewer", "essayist", "anchor", "newsdesk",
    "fellow", "professor", "director", "lecturer",
    "redaktion", "redakteur", "redakteurin", "korrespondent", "korrespondentin", "redaktör",
    "journaliste", "correspondant", "correspondante", "rédaction", "envoyé", "corresponsal",
    "redacción", "periodista", "redazione", "inviato", "inviata", "corrispondente", "redactie",
    "redacteur", "correspondente", "redação", "toimittaja", "journalisten", "redakce", "redakcja",
]);

/// Words before a trade that belong to it: "Senior Staff Writer".
#[rustfmt::skip]
static TRADE_MODIFIERS: WordList = WordList::of(&[
    "senior", "staff", "chief", "special", "political", "diplomatic", "foreign", "deputy", "associate",
    "assistant", "managing", "executive", "contributing", "national", "international", "guest",
    "investigative", "our", "own", "sports", "business", "health", "science", "education",
    "religion", "metro", "city", "crime", "courts", "economics", "opinion", "news", "feature",
    "features", "politics", "arts", "books", "markets", "web", "online", "digital", "former", "junior", "the", "a",
]);

/// The nouns of newspapers' names and of broadcasters, as they are in the directories of the
/// trade; most are English.
#[rustfmt::skip]
static OUTLET_NOUNS: WordList = WordList::of(&[
    "advance", "advertiser", "advocate", "age", "argus", "banner", "beacon", "bee", "bulletin",
    "call", "chronicle", "citizen", "courier", "crier", "daily", "democrat", "despatch",
    "dispatch", "echo", "enquirer", "examiner", "express", "free press", "gazette", "globe",
    "guardian", "herald", "independent", "inquirer", "intelligencer", "journal", "leader",
    "ledger", "magazine", "mail", "mercury", "messenger", "mirror", "monitor", "news", "newspaper",
    "newspapers", "newswire", "observer", "outlook", "patriot", "picayune", "pioneer", "post",
    "press", "quarterly", "record", "recorder", "register", "reporter", "republican", "review",
    "sentinel", "spectator", "standard", "star", "statesman", "sun", "telegram", "telegraph",
    "times", "today", "tribune", "union", "voice", "voices", "weekly", "wire", "world",
    "radio", "television", "tv", "channel", "network", "broadcasting", "podcast",
    "zeitung", "tageblatt", "tagblatt", "anzeiger", "kurier", "nachrichten", "rundschau", "presse",
    "journalen", "tidende", "tidningen", "bladet", "posten", "avisen", "courant", "dagblad",
    "diario", "periódico", "mundo", "país", "correio", "jornal", "giornale", "corriere",
    "gazzetta", "gazeta", "quotidien", "courrier", "monde", "dépêche", "hebdo", "sanomat",
]);

/// Outlets without a noun of `OUTLET_NOUNS` that are credited all over the world: the public
/// broadcasters' foreign services.
#[rustfmt::skip]
static BROADCASTERS: WordList = WordList::of(&[
    "bbc", "al jazeera", "deutsche welle", "dw", "france 24", "rfi", "nhk", "swissinfo",
    "voice of america", "voa", "rfe/rl", "euronews", "propublica", "sky news", "cgtn", "trt world",
]);

/// Words of the names of other organisations.
#[rustfmt::skip]
static ORGANISATION_WORDS: WordList = WordList::of(&[
    "academy", "administration", "agency", "alliance", "assembly", "association", "authority",
    "bank", "board", "bureau", "center", "centre", "chamber", "city hall", "club", "co", "college",
    "commission", "committee", "company", "consortium", "corp", "corporation", "council",
    "department", "division", "embassy", "federation", "forum", "foundation", "fund", "gmbh",
    "government", "group", "holdings", "hospital", "inc", "institute", "institution", "laboratory",
    "league", "library", "limited", "llc", "llp", "ltd", "media", "ministry", "museum", "office",
    "organisation", "organization", "partners", "plc", "productions", "project", "publications",
    "publishing", "school", "secretariat", "service", "services", "society", "studio", "studios",
    "team", "trust", "university", "contributors", "readers", "relations",
]);

/// Credits without a writer that stand on a line of their own.
static STAFF_REPORTS: WordList = WordList::of(&[
    "staff report",
    "staff reports",
    "from staff reports",
    "from staff and wire reports",
    "staff and wire reports",
    "wire report",
    "wire reports",
    "from wire reports",
    "wire services",
    "from wire services",
    "news services",
    "from news services",
    "staff and agencies",
    "agencies",
]);

/// What stands in a credit instead of a name.
static NOBODY: WordList = WordList::of(&[
    "admin",
    "administrator",
    "anonymous",
    "advertiser content",
    "byline withheld",
    "name withheld",
    "paid content",
    "partner content",
    "press release",
    "promoted content",
    "sponsored",
    "sponsored content",
    "staff",
    "unknown",
    "wire reports",
    "wire services",
]);

/// Titles, degrees and orders after a name.
#[rustfmt::skip]
static TITLES_AFTER: WordList = WordList::of(&[
    "md", "phd", "dphil", "ma", "msc", "bsc", "ba", "jd", "llb", "llm", "mba", "mph", "rn", "dds",
    "dvm", "esq", "mp", "mep", "msp", "qc", "kc", "obe", "mbe", "cbe", "frs", "do", "np", "cpa",
]);

/// Suffixes that are part of a name.
static SUFFIXES: WordList = WordList::of(&["jr", "sr", "ii", "iii", "iv"]);

/// Places of two words and more that stand without a country in datelines by the Associated
/// Press's stylebook, capitals of the members of the United Nations, and countries and states of
/// two words.
#[rustfmt::skip]
static PLACES: WordList = WordList::of(&[
    "abu dhabi", "addis ababa", "andorra la vella", "basse-terre", "buenos aires", "cape town",
    "costa rica", "czech republic", "dar es salaam", "dominican republic", "east jerusalem",
    "el salvador", "guatemala city", "hong kong", "ivory coast", "kuala lumpur", "kuwait city",
    "la paz", "las vegas", "los angeles", "mexico city", "new delhi", "new hampshire",
    "new jersey", "new mexico", "new orleans", "new york", "new york city", "new zealand",
    "north carolina", "north dakota", "north korea", "northern ireland", "oklahoma city",
    "panama city", "phnom penh", "port louis", "port moresby", "port of spain", "port-au-prince",
    "porto novo", "puerto rico", "quebec city", "rhode island", "rio de janeiro",
    "salt lake city", "san antonio", "san diego", "san francisco", "san jose", "san josé",
    "san juan", "san marino", "san salvador", "santo domingo", "sao paulo", "são paulo",
    "saudi arabia", "sierra leone", "south africa", "south carolina", "south dakota",
    "south korea", "south sudan", "sri lanka", "st. louis", "st. petersburg", "tel aviv",
    "the hague", "united arab emirates", "united kingdom", "united nations", "united states",
    "vatican city", "washington dc", "washington, d.c", "west bank", "west virginia",
]);

/// Returns a word without the punctuation around it.
pub fn bare_word(word: &str) -> &str {
    word.trim_matches(|c: char| !c.is_alphanumeric())
}

/// Returns the kinds of a word in the lexicon, those of its parts if it has a hyphen.
pub fn kinds(word: &str) -> Flags {
    let mut buffer = [0; LONGEST_WORD];
    let lower = match lower_ascii(word, &mut buffer) {
        Some(lower) => Cow::Borrowed(lower),
        None => Cow::Owned(word.to_lowercase().replace('’', "'")),
    };
    let lexicon = Lexicon::get();
    let whole = lexicon.flags(&lower);
    if whole != Flags::default() {
        return whole;
    }
    lower
        .split('-')
        .map(|part| lexicon.flags(part))
        .fold(Flags::default(), Flags::or)
}

/// Returns whether a word is a trade of the press: "correspondent".
pub fn is_trade_word(word: &str) -> bool {
    TRADES.has(bare_word(word))
}

/// Returns whether a word stands before a trade and belongs to it: "senior".
pub fn is_trade_modifier(word: &str) -> bool {
    TRADE_MODIFIERS.has(bare_word(word))
}

/// Returns whether a text gives what someone is: "Harbour Reporter", "author of Harbour Notes",
/// "Minister for Ports".
pub fn is_role(text: &str) -> bool {
    let mut words = text.split(' ');
    let first = bare_word(words.next().unwrap_or_default());
    let last = bare_word(text.rsplit(' ').next().unwrap_or_default());
    let is_office = |word: &str| {
        let kinds = kinds(word);
        kinds.any(Flags::ROLE) && !kinds.any(Flags::ANY_SURNAME)
    };
    is_trade_word(last)
        || is_office(last)
        || (is_trade_word(first) || is_office(first) || kinds(first).any(Flags::ROLE))
            && words.any(|word| matches!(word, "of" | "for" | "at" | "in" | "and" | "to" | "on"))
}

/// Returns whether a word is a noun of newspapers' names: "Herald".
pub fn is_outlet_noun(word: &str) -> bool {
    let word = bare_word(word);
    OUTLET_NOUNS.has(word)
        || word
            .rsplit_once('-')
            .is_some_and(|(_, last)| OUTLET_NOUNS.has(last))
}

/// Returns whether a text has a noun of newspapers' names among its words.
pub fn has_outlet_noun(text: &str) -> bool {
    text.split(|c: char| !is_word_char(c))
        .any(|word| OUTLET_NOUNS.has(word))
}

/// Returns whether a text reads as the name of an outlet: capitalised, and a noun of newspapers'
/// names among its words, or one of the public broadcasters.
pub fn is_outlet(text: &str) -> bool {
    let text = text.trim_end_matches('.');
    BROADCASTERS.has(text)
        || text.split(' ').any(is_outlet_noun)
            && text.split(' ').all(|word| {
                word.starts_with(|c: char| c.is_uppercase() || !c.is_alphabetic())
                    || matches!(
                        word,
                        "and" | "of" | "de" | "des" | "la" | "le" | "der" | "the"
                    )
            })
}

/// Returns whether a text reads as the name of an organisation, outlets included.
pub fn is_organisation(text: &str) -> bool {
    let text = text.trim_end_matches('.');
    BROADCASTERS.has(text)
        || agency_named(text).is_some()
        || text.split(' ').enumerate().any(|(i, word)| {
            let word = bare_word(word);
            ORGANISATION_WORDS.has(word)
                || OUTLET_NOUNS.has(word) && (i > 0 || text.matches(' ').count() != 1)
        })
        || is_acronym(text)
}

/// Returns whether a text is one word of two to six capitals, as in "CNN".
pub fn is_acronym(text: &str) -> bool {
    (2..=6).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_uppercase())
}

/// Returns whether a text says that there is no writer: "Name Withheld", "Staff".
pub fn is_nobody(text: &str) -> bool {
    NOBODY.has(text.trim_matches(['.', ' ']))
}

/// Returns whether a line credits the staff or the agencies: "Staff report", "From wire services".
pub fn is_staff_report(text: &str) -> bool {
    STAFF_REPORTS.has(text.trim_matches(['.', ' ', '(', ')']))
}

/// Returns whether a text is the name of a known place of two words and more.
pub fn is_place(text: &str) -> bool {
    PLACES.has(text.trim_matches(['.', ' ']))
}

/// Returns whether a text is a title, a degree or an order after a name: "Ph.D.", "MP".
pub fn is_title_after(text: &str) -> bool {
    let letters: String = text.chars().filter(|c| c.is_alphanumeric()).collect();
    letters.len() <= 5 && TITLES_AFTER.has(&letters)
}

/// Returns whether a text is a suffix that is part of a name: "Jr.", "III".
pub fn is_suffix(text: &str) -> bool {
    SUFFIXES.has(text.trim_end_matches('.'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn roles_and_organisations() {
        for (text, expected) in [
            ("Staff Writer", true),
            ("Diplomatic editor", true),
            ("author of Harbour Notes", true),
            ("Minister for Ports", true),
            ("Ann Weaver", false),
            ("Oslo", false),
        ] {
            assert_eq!(is_role(text), expected, "{text}");
        }
        for (text, expected) in [
            ("The Quay Herald", true),
            ("Town Council", true),
            ("Quay Media Ltd", true),
            ("Radio Free Islands", true),
            ("QBC", true),
            ("Ann Weaver", false),
        ] {
            assert_eq!(is_organisation(text), expected, "{text}");
        }
        assert!(is_outlet("Quay Gazette and Island Chronicle") && !is_outlet("Harvest Law School"));
        assert!(!is_outlet("the news of the day"));
        assert!(is_title_after("Ph.D.") && is_title_after("MP") && !is_title_after("Weaver"));
        assert!(is_suffix("Jr.") && is_place("Hong Kong") && is_nobody("Name withheld"));
    }
}
