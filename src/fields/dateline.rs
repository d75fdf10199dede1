//! Reads the dateline that a report opens with, as in "MOSCOW, June 27 (Reuters) - ".

use crate::clean::agencies::agency_named;
use crate::date::printed as dates;
use crate::date::printed::Reading;
use crate::text::words::word_count;

/// A dateline as printed: its date may lack the year.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Opening {
    /// The place.
    pub place: Option<String>,
    /// The date, and how it is printed.
    pub date: Option<(Reading, String)>,
    /// The agency.
    pub agency: Option<String>,
}

/// How far into the text a dateline may reach, in characters.
const LONGEST: usize = 90;

/// The marks that end a dateline.
const ENDS: &[&str] = &[" — ", " – ", " -- ", " - ", "— ", "– ", ": ", "—", " _ "];

/// Reads the dateline at the beginning of the first paragraph.
pub fn read(paragraph: &str) -> Option<Opening> {
    let reach = paragraph
        .char_indices()
        .nth(LONGEST)
        .map_or(paragraph.len(), |(i, _)| i);
    let start = &paragraph[..reach];
    let end = ENDS
        .iter()
        .filter_map(|mark| start.find(mark))
        .filter(|&i| i > 0)
        .min()
        .or_else(|| start.find(") ").map(|i| i + 1))?;
    parse(start[..end].trim())
}

/// Reads the value of a labelled header, as in "SPRINGFIELD, March 2": what it names is a place.
pub fn labelled(value: &str) -> Option<Opening> {
    let value = value.trim();
    parse(value).or_else(|| {
        let is_place = !value.is_empty() && value.len() <= LONGEST && dates::find(value).is_empty();
        is_place.then(|| Opening {
            place: Some(value.to_owned()),
            date: None,
            agency: None,
        })
    })
}

fn parse(text: &str) -> Option<Opening> {
    let (before, agency) = match text.rfind('(') {
        Some(open) if text.ends_with(')') => {
            let inside = &text[open + 1..text.len() - 1];
            let before = text[..open].trim();
            // Beside a place and a day, a bracket holds the agency, whatever its name.
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
    Some(Opening {
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

/// Returns whether a text is a place as datelines print it: in capitals, with a country or state
/// after a comma at most. Beside an agency's name the place may be in small letters too.
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
