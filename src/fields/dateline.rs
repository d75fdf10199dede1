//! Reads the dateline that a report opens with, as in "MOSCOW, June 27 (Reuters) - ".

use crate::clean::agencies::agency_named;
use crate::date::printed as dates;
use crate::date::printed::Reading;
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
const ENDS: &[&str] = &[" — ", " – ", " -- ", " - ", "— ", "– ", ": ", "—", " _ "];

/// Reads the dateline at the beginning of the first paragraph.
pub fn read(paragraph: &str) -> Option<PrintedDateline> {
    let reach = paragraph
        .char_indices()
        .nth(LONGEST)
        .map_or(paragraph.len(), |(i, _)| i);
    let start = &paragraph[..reach];
    let end = ENDS
        .iter()
        .filter_map(|mark| Some((start.find(mark)?, mark.len())))
        .filter(|&(at, _)| at > 0)
        .min()
        .or_else(|| start.find(") ").map(|at| (at + 1, 1)));
    let (end, mark) = end?;
    // A report begins with a sentence. After "NATO — the alliance" the sentence continues.
    if starts_lower(paragraph[end + mark..].trim_start()) {
        return None;
    }
    parse(start[..end].trim()).filter(|found| !found.place.as_deref().is_some_and(is_rubric))
}

/// What newsrooms print in capitals before a text, and what is not a place.
const RUBRICS: &[&str] = &[
    "ANALYSIS",
    "ANSWER",
    "BREAKING",
    "BREAKING NEWS",
    "COMMENT",
    "CORRECTION",
    "EDITORIAL",
    "EXCLUSIVE",
    "EXPLAINER",
    "FACTBOX",
    "INTERVIEW",
    "LIVE",
    "OBITUARY",
    "OPINION",
    "QUESTION",
    "REVIEW",
    "UPDATE",
    "VIDEO",
    "WATCH",
];

fn is_rubric(place: &str) -> bool {
    RUBRICS.contains(&place)
}

/// Reads the value of a labelled header, as in "SPRINGFIELD, March 2". A value that is not a
/// dateline is a place.
pub fn labelled(value: &str) -> Option<PrintedDateline> {
    let value = value.trim();
    parse(value).or_else(|| {
        let is_place = !value.is_empty() && value.len() <= LONGEST && dates::find(value).is_empty();
        is_place.then(|| PrintedDateline {
            place: Some(value.to_owned()),
            date: None,
            agency: None,
        })
    })
}

fn parse(text: &str) -> Option<PrintedDateline> {
    let (before, agency) = match text.rfind('(') {
        Some(open) if text.ends_with(')') => {
            let inside = &text[open + 1..text.len() - 1];
            let before = text[..open].trim();
            // After a place and a day, a name in brackets is an agency, known or not.
            let agency = agency_named(inside)
                .or_else(|| (is_name(inside) && has_day(before)).then(|| inside.to_owned()))?;
            (before, Some(agency))
        }
        _ => (text, None),
    };
    let found = dates::find(before).into_iter().next();
    let (place, date) = match found {
        Some(date) => {
            let tail = before[date.range.end..].trim_matches([' ', ',', '.']);
            if !tail.is_empty() {
                return None;
            }
            let printed = before[date.range.clone()].to_owned();
            (&before[..date.range.start], Some((date.reading, printed)))
        }
        None => (before, None),
    };
    let place = place.trim_matches([' ', ',', '.', ';']);
    let is_placed = is_place(place, agency.is_some());
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
/// after a comma. Before an agency's name the place need not be in capitals.
fn is_place(text: &str, has_agency: bool) -> bool {
    let city = text.split([',', '/']).next().unwrap_or(text).trim();
    let letters = |c: char| c.is_alphabetic();
    let is_capitals = city.chars().filter(|c| letters(*c)).count() >= 3
        && city.chars().all(|c| !c.is_lowercase());
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
        && (is_capitals || has_agency)
        && is_capitalised
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_no_dateline() {
        for text in [
            "NATO — the alliance of thirty states — said so on Tuesday.",
            "THE HARBOUR BOARD — all eleven members of it — voted on Tuesday.",
            "EXCLUSIVE: The harbour board knew of it.",
            "BREAKING — The harbour board voted late on Tuesday.",
        ] {
            assert_eq!(read(text), None, "{text}");
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
                "NEW DELHI (AFP) The envoy left.",
                Some("NEW DELHI"),
                Some("AFP"),
            ),
        ] {
            let opening = read(text).unwrap_or_else(|| panic!("{text}"));
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
        ] {
            assert_eq!(read(text), None, "{text}");
        }
    }
}
