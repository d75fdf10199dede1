//! Reads the dateline that a report opens with, as in "MOSCOW, June 27 (Reuters) - ".

use crate::clean::agencies::agency_named;
use crate::clean::export::Label;
use crate::clean::{Cleaned, LabelledBlock, Role};
use crate::date::printed::Reading;
use crate::date::{labels, printed as dates};
use crate::text::sentence::starts_lower;
use crate::text::words::word_count;

/// A dateline as printed: its date may have no year.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PrintedDateline {
    /// The place.
    pub place: Option<String>,
    /// The date, and its text.
    pub date: Option<(Reading, String)>,
    /// The agency.
    pub agency: Option<String>,
}

/// The longest dateline, in characters.
const LONGEST: usize = 90;

/// The marks after a dateline.
const ENDS: &[&str] = &[
    " — ", " – ", " -- ", " - ", "— ", "– ", ": ", "—", "--", ".- ", " _ ",
];

/// Reads the dateline of an article: at the beginning of the first paragraph, else on a line of its
/// own, else in a labelled header.
pub fn read(cleaned: &Cleaned) -> Option<PrintedDateline> {
    let blocks = &cleaned.blocks;
    let first = blocks.iter().position(|b| b.role == Role::Paragraph);
    let opening = first.and_then(|first| {
        let found = at_start(&blocks[first].text)?;
        let is_sure = found.date.is_some() || found.agency.is_some();
        (is_sure || !is_no_place(found.place.as_deref()?, first, blocks)).then_some(found)
    });
    let alone = || {
        let first = first?;
        let above = blocks[..first].last().filter(|b| b.role == Role::Date);
        [Some(&blocks[first]), above]
            .into_iter()
            .flatten()
            .find_map(whole)
    };
    let in_header = || {
        let mut headers = cleaned.headers.iter();
        let header = headers.find(|header| header.label == Label::Dateline)?;
        labelled(&header.value)
    };
    opening.or_else(alone).or_else(in_header)
}

/// Reads the dateline that a block is, as in "Madras, July 27." With a year it is the date of the
/// article, and the place may be an outlet.
fn whole(block: &LabelledBlock) -> Option<PrintedDateline> {
    let text = block.text.trim_end_matches(['.', '-', '–', '—', ' ']);
    if text.len() > LONGEST {
        return None;
    }
    parse(text, true).filter(|found| {
        let is_yearless = matches!(found.date, Some((Reading::Yearless { .. }, _)));
        found.place.is_some() && is_yearless
    })
}

/// Returns whether the text shows that the word in capitals at the start of its first paragraph is
/// no place: it stands in capitals elsewhere, as an acronym does; it is the last word of a name; or
/// other paragraphs begin in the same way, with the names of speakers.
fn is_no_place(place: &str, first: usize, blocks: &[LabelledBlock]) -> bool {
    let city = place.split([',', '/']).next().unwrap_or(place).trim();
    let rest = &blocks[first].text[place.len()..];
    let others = || {
        blocks[first + 1..]
            .iter()
            .filter(|b| b.role.kind().is_body())
    };
    let texts = || std::iter::once(rest).chain(others().map(|b| b.text.as_str()));
    let is_speaker = |block: &LabelledBlock| {
        let label = block.text.split_once(": ").map(|(label, _)| label);
        label.is_some_and(|label| word_count(label) <= 3 && is_in_capitals(label))
    };
    let is_acronym = || !is_in_capitals(rest) && texts().any(|text| has_word(text, city));
    let is_person = || texts().any(|text| has_surname(text, city)) || others().any(is_speaker);
    is_acronym() || rest.starts_with(':') && is_person()
}

/// Returns whether a text has a word as it is written, apart from other letters.
fn has_word(text: &str, word: &str) -> bool {
    text.match_indices(word).any(|(at, _)| {
        let is_letter = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
        !is_letter(text[..at].chars().next_back())
            && !is_letter(text[at + word.len()..].chars().next())
    })
}

/// Returns whether a text has a name in capitals after another name, as in "Joren Pell" for "PELL".
/// After a comma, a preposition or at the beginning of a sentence it may be a place.
fn has_surname(text: &str, name: &str) -> bool {
    let is_name = |word: &str| {
        word.len() > 1
            && word.starts_with(char::is_uppercase)
            && word.chars().all(|c| c.is_alphabetic() || c == '-')
    };
    let words: Vec<&str> = text.split(' ').collect();
    words.windows(2).any(|pair| {
        let last = pair[1].trim_matches(|c: char| !c.is_alphanumeric());
        let last = last.trim_end_matches("'s").trim_end_matches("’s");
        is_name(pair[0])
            && last != name
            && last.to_uppercase() == name
            && !is_before_places(pair[0])
    })
}

/// Returns whether a word in capitals stands before places: "East London", "In London".
fn is_before_places(word: &str) -> bool {
    const BEFORE_PLACES: &[&str] = &[
        "north", "south", "east", "west", "northern", "southern", "eastern", "western", "central",
        "greater", "inner", "outer", "old", "new", "upper", "lower", "port", "in", "from", "near",
        "to", "at", "of", "the", "and", "for", "outside", "across", "around", "when", "while",
        "but", "as", "if", "most", "all", "since", "after", "before",
    ];
    BEFORE_PLACES
        .iter()
        .any(|known| known.eq_ignore_ascii_case(word))
}

/// Reads the dateline at the beginning of a paragraph.
fn at_start(paragraph: &str) -> Option<PrintedDateline> {
    let reach = paragraph
        .char_indices()
        .nth(LONGEST)
        .map_or(paragraph.len(), |(i, _)| i);
    let start = &paragraph[..reach];
    let (mut end, mut mark) = first_mark(start, 0)?;
    // "QUAY--(NORTHWIRE)--The ferry"
    if let Some(close) = start[end + mark..].find(')')
        && start[end + mark..].starts_with('(')
        && let Some((next, next_mark)) = first_mark(start, end + mark + close)
    {
        (end, mark) = (next, next_mark);
    }
    // A report begins with a sentence. After "NATO — the alliance" the sentence continues.
    if starts_lower(paragraph[end + mark..].trim_start()) {
        return None;
    }
    let opening = start[..end].trim();
    let inside = opening
        .strip_prefix('(')
        .and_then(|text| text.strip_suffix(')'));
    let found = match inside {
        // "(Oslo, 2 May 2003) – The ferry"
        Some(inside) if has_day(inside) => parse(inside, true)?,
        _ => parse(&opening.replace("--", " "), false)?,
    };
    let is_rubric = found.place.as_deref().is_some_and(is_rubric);
    (!is_rubric).then_some(found)
}

/// Returns the place and length of the first mark of [`ENDS`] from a byte on; without one, that of
/// the space after an agency: "(AFP) The ferry", "/TASS/. The ferry".
fn first_mark(start: &str, from: usize) -> Option<(usize, usize)> {
    let text = &start[from..];
    let mark = ENDS
        .iter()
        .filter_map(|mark| Some((text.find(mark)?, mark.len())))
        .filter(|&(at, _)| at > 0)
        .min_by_key(|&(at, length)| (at, std::cmp::Reverse(length)));
    let after_agency = || {
        let bracket = text.find(") ").map(|at| (at + 1, 1));
        bracket.or_else(|| text.find("/. ").map(|at| (at + 1, 2)))
    };
    let (at, length) = mark.or_else(after_agency)?;
    Some((from + at, length))
}

/// What newsrooms print in capitals before a text, and what is not a place: the tags of news
/// agencies' slugs, in the main those of the Reuters Handbook of Journalism, and the rubrics of
/// newspapers.
#[rustfmt::skip]
const RUBRICS: &[&str] = &[
    "ADVERTISEMENT", "ADVISORY", "ALERT", "ANALYSIS", "ANSWER", "ARCHIVE", "AUDIO", "BREAKING",
    "BREAKING NEWS", "BREAKINGVIEWS", "BRIEF", "BRIEFING", "BRIEFS", "BULLETIN", "BUSINESS",
    "CAPTION", "CHART", "CHRONOLOGY", "CLARIFICATION", "COLUMN", "COMMENT", "COMMENTARY",
    "CORRECTED", "CORRECTION", "CULTURE", "DEVELOPING", "DIARY", "EDITOR'S NOTE", "EDITORIAL",
    "EDITOR’S NOTE", "EMBARGOED", "ESSAY", "EXCLUSIVE", "EXPLAINED", "EXPLAINER", "FACT CHECK",
    "FACTBOX", "FEATURE", "FLASH", "FOCUS", "GALLERY", "GRAPHIC", "GUIDE", "HEALTH", "HIGHLIGHTS",
    "IN PICTURES", "INSIGHT", "INSTANT VIEW", "INTERVIEW", "INVESTIGATION", "JUST IN", "LATEST",
    "LETTER", "LETTERS", "LISTEN", "LIVE", "LIVE UPDATES", "LONG READ", "MEDIA ADVISORY",
    "MEDIA RELEASE", "MORE", "NEWS", "NEWS ANALYSIS", "NEWS BRIEF", "NEWS RELEASE", "NEWSMAKER",
    "NOTE", "OBITUARIES", "OBITUARY", "ON THIS DAY", "OPINION", "PAID POST", "PARTNER CONTENT",
    "PERSPECTIVE", "PHOTO", "PHOTOS", "PICTURES", "PODCAST", "POEM", "POLITICS", "POLL",
    "PRESS RELEASE", "PREVIEW", "PROFILE", "PROMOTED", "QUESTION", "QUIZ", "QUOTES", "READ",
    "READ MORE", "RECAP", "RECIPE", "REFILE", "RELATED", "REPORT", "RESULTS", "REVIEW", "ROUNDUP",
    "RULING", "SCENARIOS", "SCIENCE", "SCOOP", "SEE ALSO", "SERIES", "SIDEBAR", "SNAPSHOT",
    "SPECIAL REPORT", "SPOILER", "SPONSORED", "SPORT", "SPORTS", "SPOTLIGHT", "STATEMENT",
    "SUMMARY", "TABLE", "TEXT", "TIMELINE", "TRANSCRIPT", "TRAVEL", "TRENDING", "UPDATE", "UPDATED",
    "URGENT", "VERDICT", "VIDEO", "VIEWPOINT", "WARNING", "WATCH", "WEATHER", "WITNESS", "WRAPUP",
];

/// Returns whether a place is a rubric, perhaps with a number.
fn is_rubric(place: &str) -> bool {
    let bare = place.trim_end_matches(|c: char| c.is_numeric() || c == ' ');
    RUBRICS.contains(&bare)
}

/// Reads the value of a labelled header, as in "SPRINGFIELD, March 2". A value that is not a
/// dateline is a place.
fn labelled(value: &str) -> Option<PrintedDateline> {
    let value = value.trim();
    parse(value, false).or_else(|| {
        let is_place = !value.is_empty() && value.len() <= LONGEST && dates::find(value).is_empty();
        is_place.then(|| PrintedDateline {
            place: Some(value.to_owned()),
            date: None,
            agency: None,
        })
    })
}

/// Reads a dateline. With `is_apart`, the text stands apart from the report, so the place beside a
/// day need not be in capitals.
fn parse(text: &str, is_apart: bool) -> Option<PrintedDateline> {
    let (before, mut agency) = match text.rfind('(') {
        Some(open) if text.ends_with(')') => {
            let inside = &text[open + 1..text.len() - 1];
            let before = text[..open].trim();
            // After a place and a day, or a place in capitals, a name in brackets is an agency, known
            // or not.
            let is_agency = || {
                is_name(inside) && has_day(before)
                    || is_in_capitals(inside)
                        && is_place(before, false)
                        && !abbreviates(inside, before)
            };
            let agency = agency_named(inside).or_else(|| is_agency().then(|| inside.to_owned()))?;
            (before, Some(agency))
        }
        _ => (text, None),
    };
    let found = dates::find(before).into_iter().next();
    let (place, date) = match found {
        Some(date) => {
            // "TOKYO, March 3, Kyodo", "MOSCOW, June 27. /TASS/"
            let tail = before[date.range.end..].trim_matches([' ', ',', '.', '/']);
            if !tail.is_empty() {
                agency = Some(agency_named(tail).filter(|_| agency.is_none())?);
            }
            let printed = before[date.range.clone()].to_owned();
            (&before[..date.range.start], Some((date.reading, printed)))
        }
        None => (before, None),
    };
    let place = place.trim_matches([' ', ',', '.', ';', ':']);
    let is_placed = is_place(place, agency.is_some() || is_apart && date.is_some())
        && labels::label_in(place).is_none();
    let is_agency_alone = place.is_empty() && agency.is_some();
    if !is_placed && !is_agency_alone {
        return None;
    }
    Some(PrintedDateline {
        place: is_placed.then(|| place.to_owned()),
        date,
        agency,
    })
}

/// Returns whether letters are the initials of a name, as "UN" of "THE UNITED NATIONS".
fn abbreviates(letters: &str, name: &str) -> bool {
    let is_initial = |c: &char| {
        let mut words = name.split([' ', '-']);
        words.any(|word| word.starts_with(*c))
    };
    let words = word_count(name);
    words > 1 && letters.chars().count() <= words && letters.chars().all(|c| is_initial(&c))
}

/// Returns whether a text is one to three capitalised words.
fn is_name(text: &str) -> bool {
    (1..=3).contains(&word_count(text))
        && text
            .split(' ')
            .all(|word| word.starts_with(char::is_uppercase))
}

/// Returns whether a text ends with a day, as in "MOSCOW, June 27".
fn has_day(text: &str) -> bool {
    let last = dates::find(text).pop();
    last.is_some_and(|date| {
        text[date.range.end..]
            .trim_matches([' ', ',', '.'])
            .is_empty()
    })
}

/// Returns whether a text is a place as in datelines: in capitals, perhaps with a country or state
/// after a comma. With `is_marked`, before an agency's name, the place need not be in capitals.
fn is_place(text: &str, is_marked: bool) -> bool {
    let city = text.split([',', '/']).next().unwrap_or(text).trim();
    let is_capitalised = text.split(' ').all(|word| {
        word.chars()
            .next()
            .is_some_and(|c| c.is_uppercase() || !c.is_alphabetic())
            || matches!(
                word,
                "de" | "la" | "of" | "and" | "al" | "el" | "on" | "the" | "in" | "aboard"
            )
    });
    let words = word_count(text);
    (1..=7).contains(&words)
        && text.starts_with(char::is_uppercase)
        && text
            .chars()
            .all(|c| c.is_alphabetic() || matches!(c, ' ' | ',' | '.' | '-' | '\'' | '’' | '/'))
        && (is_in_capitals(city) && !is_long_name(city) || is_marked)
        && is_capitalised
}

/// Returns whether a text is in capitals, with three letters or more.
fn is_in_capitals(text: &str) -> bool {
    text.chars().filter(|c| c.is_alphabetic()).count() >= 3
        && text.chars().all(|c| !c.is_lowercase())
}

/// Returns whether a text is "the" and two words or more, as in "THE HARBOUR BOARD". Places such as
/// "THE HAGUE" have one.
fn is_long_name(text: &str) -> bool {
    text.starts_with("THE ") && word_count(text) > 2
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::clean::{Knowledge, clean};

    #[test]
    fn what_is_no_dateline() {
        for text in [
            "NATO — the alliance of thirty states — said so on Tuesday.",
            "THE HARBOUR BOARD — all eleven members of it — voted on Tuesday.",
            "EXCLUSIVE: The harbour board knew of it.",
            "BREAKING — The harbour board voted late on Tuesday.",
            "(CNN) -- The harbour board voted late on Tuesday.",
            "UPDATE 2: The harbour board voted late on Tuesday.",
            "THE HARBOUR BOARD — All eleven members voted on Tuesday.",
        ] {
            assert_eq!(at_start(text), None, "{text}");
        }
    }

    #[test]
    fn places_and_agencies() {
        for (text, place, agency) in [
            (
                "MOSCOW (Reuters) - The envoy left.",
                Some("MOSCOW"),
                Some("Reuters"),
            ),
            (
                "NAIROBI, Kenya (AP) — The envoy left.",
                Some("NAIROBI, Kenya"),
                Some("AP"),
            ),
            ("LONDON — The envoy left.", Some("LONDON"), None),
            (
                "QUAY, June 27 (Sound Telegraph) - The envoy left.",
                Some("QUAY"),
                Some("Sound Telegraph"),
            ),
            ("(Reuters) - The envoy left.", None, Some("Reuters")),
            (
                "TOKYO, March 3, Kyodo - The envoy left.",
                Some("TOKYO"),
                Some("Kyodo"),
            ),
            (
                "MOSCOW, June 27. /TASS/ - The envoy left.",
                Some("MOSCOW"),
                Some("TASS"),
            ),
            ("LONDON, Aug. 8.--The envoy left.", Some("LONDON"), None),
            (
                "QUAY--(NORTHWIRE)--The envoy left.",
                Some("QUAY"),
                Some("NORTHWIRE"),
            ),
            ("(Oslo, 2 May 2003) – The envoy left.", Some("Oslo"), None),
            (
                "MADRID, 3 de marzo (EFE).- The envoy left.",
                Some("MADRID"),
                Some("EFE"),
            ),
            (
                "MOSCOW, June 27. /TASS/. The envoy left.",
                Some("MOSCOW"),
                Some("TASS"),
            ),
            (
                "VATICAN CITY (CNS) -- The envoy left.",
                Some("VATICAN CITY"),
                Some("CNS"),
            ),
            (
                "QUAY, Norway--(NORTH PRESS)--The envoy left.",
                Some("QUAY, Norway"),
                Some("NORTH PRESS"),
            ),
            ("THE HAGUE — The envoy left.", Some("THE HAGUE"), None),
            (
                "NEW DELHI (AFP) The envoy left.",
                Some("NEW DELHI"),
                Some("AFP"),
            ),
        ] {
            let opening = at_start(text).unwrap_or_else(|| panic!("{text}"));
            assert_eq!(opening.place.as_deref(), place, "{text}");
            assert_eq!(opening.agency.as_deref(), agency, "{text}");
        }
        for text in [
            "The envoy – a hawk – left.",
            "U.S. officials (and others) left.",
            "He left.",
            "Ann Writer: the envoy left.",
            "",
            "NATO (North Atlantic) left.",
            "UNITED NATIONS (UN) — The envoy left.",
        ] {
            assert_eq!(at_start(text), None, "{text}");
        }
    }

    #[test]
    fn the_text_shows_what_is_no_place() {
        let place = |text: &str| {
            let cleaned = clean(text, 1, &Knowledge::default());
            read(&cleaned).and_then(|found| found.place)
        };
        let headline = "Ferry runs again after the storm\n\n";
        for (text, expected) in [
            (
                "LONDON: The ferry ran again on Monday, said Ann London's office in London.",
                None,
            ),
            (
                "HALDEN: The ferry ran again on Monday, officials in Halden said.",
                Some("HALDEN"),
            ),
            (
                "PELL: The ferry ran again on Monday, and I am sorry.\n\nJoren Pell spoke first on Monday.",
                None,
            ),
            (
                "UNFO — The ferry ran again on Monday.\n\nThe head of UNFO said nothing on Monday.",
                None,
            ),
            (
                "ROOS: The ferry ran again on Monday.\n\nHOLM: It did so on Monday, as I said.",
                None,
            ),
        ] {
            assert_eq!(
                place(&format!("{headline}{text}\n")).as_deref(),
                expected,
                "{text}"
            );
        }
        let apart = format!(
            "{headline}Madras, July 27.\n\nThe ferry ran again on Monday, said the mayor.\n"
        );
        assert_eq!(place(&apart).as_deref(), Some("Madras"));
    }
}
