//! Reads the outlet and the page from lines that name them: "The Quay Herald, 6 May 1931, Page 4",
//! "Special to The Quay Herald", "© 2031 The Quay Herald".

use super::names::{is_name_particle, is_particle};
use super::words::{is_outlet, is_outlet_noun, kinds};
use crate::clean::agencies::agency_named;
use crate::clean::phrases::NAVIGATION_SET;
use crate::date::printed as dates;
use crate::text::lexicon::Flags;
use crate::text::word_list::WordList;
use crate::text::words::{is_longer, strip_prefix_ignore_case};

/// An outlet beside a date or a page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OutletLine {
    /// The outlet's name.
    pub name: String,
    /// The page, as printed: `A6`, `12-13`.
    pub page: Option<String>,
}

/// The most words in the name of an outlet.
const LONGEST_OUTLET: usize = 8;

/// The most words in a name before a date that has no noun of newspapers' names.
const LONGEST_UNKNOWN_OUTLET: usize = 5;

/// The longest line with an outlet and a day, in bytes.
const LONGEST_LINE: usize = 140;

/// Punctuation between an outlet, a day and a page.
const BETWEEN: [char; 14] = [
    ',', '|', '-', '–', '—', '•', '·', ';', '.', ':', ' ', '*', '_', '/',
];

/// Returns whether a line is an outlet's name and a day, as in "The Herald, 6 September 2017".
pub fn is_outlet_and_date(text: &str) -> bool {
    beside_date(text).is_some() || is_edition_line(text)
}

/// Returns the outlet and the page of a line that consists of an outlet's name, a day and perhaps a
/// page. The name must have a noun of newspapers' names, or a page must stand there: other names
/// before a day are also those of places.
pub fn outlet_line(text: &str) -> Option<OutletLine> {
    let (name, page) = beside_date(text)?;
    (is_outlet(name) || page.is_some()).then(|| OutletLine {
        name: in_record_form(name),
        page: page.map(str::to_owned),
    })
}

/// Returns the outlet and the page of the value of a source header: "Quay Herald, Page 4", "Quay
/// Herald. 8/26/2003, p6. 1p.", "Quay Herald (June 10, 2002): p6."
pub fn source_value(value: &str) -> OutletLine {
    let value = value.trim();
    let date = dates::find(value).into_iter().next();
    let end = date.map_or(value.len(), |date| date.range.start);
    let (name, page) = match before_page(value) {
        Some((before, page)) => (&value[..before.min(end)], Some(page)),
        None => (&value[..end], None),
    };
    let name = name.trim_end_matches(BETWEEN).trim_end_matches(['(', ' ']);
    let name = if name.is_empty() { value } else { name };
    // "Quay Herald; Oslo, Norway"
    let name = name.split(';').next().unwrap_or(name).trim_end();
    OutletLine {
        name: name.to_owned(),
        page: page.map(str::to_owned),
    }
}

/// "May 2, 1994, Monday, Home Edition"
fn is_edition_line(text: &str) -> bool {
    if text.len() > LONGEST_LINE || !text.ends_with("dition") {
        return false;
    }
    dates::find(text).first().is_some_and(|first| {
        let edition = text[first.range.end..].trim_start_matches([',', ' ']);
        first.range.start == 0 && !is_longer(edition, 4)
    })
}

/// Returns the name beside the day of a line, and the page.
fn beside_date(text: &str) -> Option<(&str, Option<&str>)> {
    let text = text.trim_matches(['*', '_', ' ', '#']);
    if text.len() > LONGEST_LINE || !text.bytes().any(|byte| byte.is_ascii_digit()) {
        return None;
    }
    let found = dates::find(text);
    let last = found.last()?;
    let before = text[..last.range.start].trim_end();
    let after = text[last.range.end..].trim();
    let (after, page) = match before_page(after) {
        Some((end, page)) => (&after[..end], Some(page)),
        None => (after, None),
    };
    let trimmed_after = after.trim_matches(BETWEEN);
    if last.range.start == 0 {
        let has_mark = after.starts_with(['|', '•', '·', '–', '—']);
        return (has_mark && is_outlet_name(trimmed_after) && is_outlet(trimmed_after))
            .then_some((trimmed_after, page));
    }
    let name = without_town(without_years(before.trim_end_matches(BETWEEN)));
    // A colon stands behind a label: "Expires: December 31, 2026".
    let has_mark = name.len() < before.len() && !before.ends_with(':');
    let is_name = is_outlet_name(name)
        && (is_outlet(name) || has_mark && !is_longer(name, LONGEST_UNKNOWN_OUTLET));
    // "Home Edition", "Sunday": words of the edition may stand behind the day.
    (is_name && (trimmed_after.is_empty() || trimmed_after.ends_with("dition")))
        .then_some((name, page))
}

/// Returns a name without the years in which the paper appeared: "Quay Argus (1871-1949)".
fn without_years(name: &str) -> &str {
    name.strip_suffix(')')
        .and_then(|open| open.rsplit_once(" ("))
        .filter(|(_, years)| {
            years
                .bytes()
                .all(|byte| byte.is_ascii_digit() || byte == b'-')
        })
        .map_or(name, |(name, _)| name)
}

/// Returns a name without the town after it: "The Quay Herald, Oslo".
fn without_town(name: &str) -> &str {
    name.split_once(',')
        .filter(|(name, town)| is_masthead(name) && !is_longer(town, 3))
        .map_or(name, |(name, _)| name)
}

/// Returns whether all words of a text may be part of an outlet's name. A name in brackets may be
/// that of its town, or the years in which it appeared.
fn is_outlet_name(text: &str) -> bool {
    is_longer(text, 0)
        && !is_longer(text, LONGEST_OUTLET)
        && !text.contains([':', ',', '>', '@'])
        && text.split(' ').all(|word| {
            word.starts_with(|c: char| c.is_uppercase() || !c.is_alphanumeric())
                || matches!(word, "and" | "of" | "the" | "for" | "in")
                || is_particle(word)
        })
}

/// Returns the byte at which "Page 4", "p. 4" or "pg. A6" begins at the end of a text, and the
/// page.
fn before_page(text: &str) -> Option<(usize, &str)> {
    let mut at = 0;
    for word in text.split(' ') {
        let start = at;
        at += word.len() + 1;
        let label = word.trim_start_matches(['(', ':', ',', ';']);
        let rest = ["pages", "page", "pp.", "pg.", "p."]
            .iter()
            .find_map(|label_word| strip_prefix_ignore_case(label, label_word))
            .or_else(|| label.strip_prefix('p').filter(|rest| is_page(rest)));
        let Some(rest) = rest else {
            continue;
        };
        let page = if rest.is_empty() {
            let behind = text.get(at..).unwrap_or_default();
            behind.split(' ').next().unwrap_or_default()
        } else {
            rest
        };
        let page = page.trim_matches([',', '.', ';', ':', ')', '(']);
        if is_page(page) {
            return Some((start, page));
        }
    }
    None
}

/// Returns the page of a line that is only a page: "Page A12".
pub fn page_line(text: &str) -> Option<&str> {
    let text = text.trim_matches(['*', '_', ' ', '(', ')', '.']);
    let (start, page) = before_page(text)?;
    let has_label = text.starts_with(char::is_alphabetic) && !text.starts_with(page);
    (start == 0 && has_label && text.ends_with(page) && text.len() <= page.len() + 7)
        .then_some(page)
}

/// Returns whether a text is a page's number: "4", "A6", "12-13".
fn is_page(text: &str) -> bool {
    let text = text.trim_end_matches([',', '.', ';', ')']);
    (1..=7).contains(&text.len())
        && text.bytes().any(|byte| byte.is_ascii_digit())
        && text
            .bytes()
            .all(|byte| byte.is_ascii_digit() || byte.is_ascii_uppercase() || byte == b'-')
}

/// How old papers credit a report from another place to themselves.
const SENT_TO: &[&str] = &[
    "special to ",
    "special cable to ",
    "special dispatch to ",
    "special despatch to ",
    "special wireless to ",
    "special correspondence of ",
    "special correspondence to ",
    "special telegram to ",
    "wireless to ",
    "by wireless to ",
    "by cable to ",
    "by telegraph to ",
    "by telephone to ",
    "by air mail to ",
    "cable to ",
];

/// Returns the outlet of a line such as "Special to The Quay Herald".
pub fn sent_to(text: &str) -> Option<String> {
    let text = text.trim_matches(['(', ')', '.', ' ', '*', '_']);
    let name = SENT_TO
        .iter()
        .find_map(|opening| strip_prefix_ignore_case(text, opening))?;
    let names_outlet = is_outlet(name)
        || strip_prefix_ignore_case(name, "the ").is_some()
        || name.bytes().all(|byte| byte.is_ascii_uppercase());
    (is_outlet_name(name) && names_outlet).then(|| in_record_form(name))
}

/// Words of publishing companies, which are no outlets.
static COMPANY_WORDS: WordList = WordList::of(&[
    "ltd",
    "limited",
    "llc",
    "inc",
    "group",
    "publishing",
    "publications",
    "publishers",
    "newspapers",
    "company",
    "co",
    "corp",
    "corporation",
    "plc",
    "holdings",
    "media",
    "gmbh",
    "ag",
    "communications",
    "pty",
    "partners",
    "enterprises",
]);

/// Returns the outlet that holds the copyright, of a line such as "© 2031 The Quay Herald. All
/// rights reserved."
pub fn copyright_holder(text: &str) -> Option<String> {
    let text = text.trim_matches(['*', '_', ' ', '(', '—', '-']);
    let mut rest = text;
    let mut has_mark = false;
    loop {
        rest = rest.trim_start_matches([',', ' ', ')', '.', ':', '-', '–']);
        let next = ["copyright", "©", "(c", "c)", "by "]
            .iter()
            .filter(|mark| has_mark || **mark != "by ")
            .find_map(|mark| strip_prefix_ignore_case(rest, mark));
        let is_year = |c: char| c.is_ascii_digit();
        match next {
            Some(behind) => {
                has_mark = true;
                rest = behind;
            }
            None if has_mark && rest.starts_with(is_year) => {
                rest = rest.trim_start_matches(is_year)
            }
            None => break,
        }
    }
    if !has_mark {
        return None;
    }
    let end = [
        "All rights",
        "all rights",
        "ALL RIGHTS",
        " | ",
        " · ",
        ". ",
        "; ",
    ]
    .iter()
    .filter_map(|mark| rest.find(mark))
    .min();
    let name = &rest[..end.unwrap_or(rest.len())];
    let name = name.trim_matches(['.', ',', ' ', '|', '-', '–', '—', '(', ')']);
    let name = name.trim_end_matches(|c: char| c.is_ascii_digit() || matches!(c, ' ' | ','));
    let is_company = name.split([' ', ',']).any(|word| {
        let word = word.trim_end_matches('.');
        COMPANY_WORDS.has(word)
    });
    (name.contains(' ') && is_outlet_name(name) && is_outlet(name) && !is_company)
        .then(|| in_record_form(name))
        .filter(|name| agency_named(name).is_none())
}

/// Returns the outlet at the end of a page's title: "Ferry Runs Again | The Quay Herald".
pub fn title_ending(title: &str) -> Option<(&str, &str)> {
    [" | ", " - ", " – ", " — ", " :: "]
        .iter()
        .filter(|mark| title.contains(**mark))
        .find_map(|mark| {
            let (headline, name) = title.rsplit_once(mark)?;
            (is_outlet_name(name) && is_outlet(name) && is_longer(headline, 1))
                .then_some((headline.trim_end(), name))
        })
}

/// Nouns of newspapers' names that are also the names of sections: "World News".
const SECTION_NOUNS: &[&str] = &[
    "news",
    "today",
    "world",
    "review",
    "press",
    "voice",
    "voices",
    "union",
    "network",
    "channel",
    "radio",
    "tv",
    "television",
    "podcast",
    "magazine",
    "daily",
    "weekly",
];

/// Returns whether a text reads as the name of a newspaper: capitalised, of two words and more, the
/// last a noun of newspapers' names.
pub fn is_newspaper(text: &str) -> bool {
    let name = text.trim_end_matches(|c: char| !c.is_alphanumeric());
    let last = name.rsplit(' ').next().unwrap_or(name);
    let has_capital = |word: &str| {
        word.starts_with(|c: char| !c.is_alphabetic() || c.is_uppercase()) || is_name_particle(word)
    };
    name.len() < LONGEST_NEWSPAPER
        && name.contains(' ')
        && is_outlet_noun(last)
        && name.split(' ').all(has_capital)
}

/// The longest name of a newspaper, in bytes.
const LONGEST_NEWSPAPER: usize = 80;

/// Returns whether a line reads as a masthead: an outlet's name of two words and more that ends in
/// a noun of newspapers' names. Those that sections have too count after "The".
pub fn is_masthead(text: &str) -> bool {
    let name = without_brackets(text.trim_matches(['*', '_', '#', ' ', '.', ',']));
    let last = name.rsplit(' ').next().unwrap_or(name);
    let is_section = SECTION_NOUNS
        .iter()
        .any(|noun| noun.eq_ignore_ascii_case(last));
    name.contains(' ')
        && !name.contains('/')
        && is_outlet_name(name)
        && is_outlet_noun(last)
        && (!is_section || strip_prefix_ignore_case(name, "the ").is_some())
        && !NAVIGATION_SET.contains(name)
}

/// Returns a name without a town or years in brackets after it.
fn without_brackets(name: &str) -> &str {
    name.strip_suffix(')')
        .and_then(|open| open.rsplit_once(" ("))
        .map_or(name, |(name, _)| name)
}

/// Returns the name of an outlet as in the record: without the full stop of a masthead, and in
/// title case where it is set in capitals.
pub fn in_record_form(name: &str) -> String {
    let name = name.trim_end_matches(['.', ',', ' ']);
    if name.chars().any(char::is_lowercase) || !name.contains(' ') {
        return name.to_owned();
    }
    let mut out = String::with_capacity(name.len());
    for (i, word) in name.split(' ').enumerate() {
        if i > 0 {
            out.push(' ');
        }
        let is_word = kinds(word).any(Flags::WORD.or(Flags::ANY_SURNAME))
            || word.chars().count() > 4
            || is_outlet_noun(word);
        if i > 0 && matches!(word, "AND" | "OF" | "THE") {
            out.extend(word.chars().flat_map(char::to_lowercase));
        } else if is_word {
            let mut letters = word.chars();
            out.extend(letters.next());
            out.extend(letters.flat_map(char::to_lowercase));
        } else {
            out.push_str(word);
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn newspapers() {
        for (text, expected) in [
            ("The Brindle Courier", true),
            ("Grey Sound Advertiser and Harbour News", true),
            ("THE QUAY HERALD.", true),
            ("Ferry boss meets the press", false),
            ("Herald", false),
            ("Mayor Resigns", false),
        ] {
            assert_eq!(is_newspaper(text), expected, "{text}");
        }
    }

    #[test]
    fn outlets_beside_days() {
        for (text, name, page) in [
            ("The Herald, 6 September 2017", Some("The Herald"), None),
            (
                "Financial Observer | Sept. 6, 2017",
                Some("Financial Observer"),
                None,
            ),
            (
                "Quay Tribune 28 July 1938 Page 15",
                Some("Quay Tribune"),
                Some("15"),
            ),
            (
                "**Quay Press and Mercantile Advertiser**, 13 December 1923, p. 9",
                Some("Quay Press and Mercantile Advertiser"),
                Some("9"),
            ),
            (
                "*Quay Gazette, July 8, 1945, Page A4*",
                Some("Quay Gazette"),
                Some("A4"),
            ),
            (
                "February 16, 2031 | Quay Tribune (FL)",
                Some("Quay Tribune (FL)"),
                None,
            ),
            (
                "The Quay Herald, Oslo, 3 March 1938",
                Some("The Quay Herald"),
                None,
            ),
            ("Oslo, 6 September 2017", None, None),
            ("Ferry runs again, 6 September 2017", None, None),
            ("Mayor Resigns on 6 September 2017", None, None),
            ("6 September 2017", None, None),
        ] {
            let line = outlet_line(text);
            assert_eq!(line.as_ref().map(|line| line.name.as_str()), name, "{text}");
            assert_eq!(line.and_then(|line| line.page).as_deref(), page, "{text}");
        }
        assert!(is_outlet_and_date("May 2, 1994, Monday, Home Edition"));
        assert!(!is_outlet_and_date(
            "May 2, 1994, was the day of the first edition"
        ));
    }

    #[test]
    fn values_of_source_headers() {
        for (value, name, page) in [
            ("Quay Herald, Page 13", "Quay Herald", Some("13")),
            ("Quay Herald. 8/26/2003, p6. 1p.", "Quay Herald", Some("6")),
            ("Quay Herald (June 10, 2002): p6.", "Quay Herald", Some("6")),
            (
                "Quay Herald, 20 February 2022, p. 6.",
                "Quay Herald",
                Some("6"),
            ),
            ("Quay Herald (Oslo)", "Quay Herald (Oslo)", None),
            ("Quay Herald; Oslo, Norway", "Quay Herald", None),
            ("quay.example", "quay.example", None),
        ] {
            let line = source_value(value);
            assert_eq!(line.name, name, "{value}");
            assert_eq!(line.page.as_deref(), page, "{value}");
        }
    }

    #[test]
    fn other_lines_that_name_outlets() {
        for (text, expected) in [
            ("Special to The Quay Herald", Some("The Quay Herald")),
            ("Wireless to THE QUAY ARGUS.", Some("The Quay Argus")),
            ("Special to the mayor", None),
        ] {
            assert_eq!(sent_to(text).as_deref(), expected, "{text}");
        }
        for (text, expected) in [
            ("© 2031 Quay Mail", Some("Quay Mail")),
            (
                "Copyright 2006 Quay Gazette. All rights reserved.",
                Some("Quay Gazette"),
            ),
            (
                "Copyright, 1917, by The Quay Sentinel.",
                Some("The Quay Sentinel"),
            ),
            ("Copyright (c) 1998-2026 Quay Publishing Group LLC", None),
            ("© 2031 Quay News Ltd", None),
            ("Copyright law is a news topic", None),
            ("By the Quay Sentinel", None),
        ] {
            assert_eq!(copyright_holder(text).as_deref(), expected, "{text}");
        }
        assert_eq!(
            title_ending("Ferry Runs Again | The Quay Herald"),
            Some(("Ferry Runs Again", "The Quay Herald"))
        );
        assert_eq!(title_ending("Ferry runs again - and stops"), None);
        assert_eq!(page_line("Page A12"), Some("A12"));
        assert_eq!(page_line("Page 12 of the report"), None);
        assert!(is_masthead("THE QUAY COURIER.") && is_masthead("Quay Gazette (Oslo)"));
        assert!(!is_masthead("World News") && !is_masthead("Gazette"));
        assert_eq!(in_record_form("USA TODAY"), "USA Today");
    }
}
