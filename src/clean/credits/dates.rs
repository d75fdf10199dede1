//! Recognises lines of dates and their labels.

use crate::clean::phrases::{CALENDAR_SET, DATE_WORD_SET, is_one_of};
use crate::text::words::{strip_prefix_ignore_case, word_count};

/// Returns whether a line consists of a date, its label and the time of day.
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
        } else if CALENDAR_SET.contains(token) {
            calendar += 1;
        } else if !DATE_WORD_SET.contains(token) && !is_time_zone(token) {
            others += 1;
        }
    }
    let has_slash_date = text.split(' ').any(is_number_date);
    numbers > 0 && (calendar > 0 || has_slash_date) && others == 0
}

/// Returns whether a line is a labelled date with at most a few words besides.
pub fn is_about_a_date(text: &str) -> bool {
    is_date_line(text)
        || text
            .split([' ', '|'])
            .map(|t| t.trim_matches(['.', ',', ':', ';', '-', '(', ')']))
            .any(|t| CALENDAR_SET.contains(t) || is_number_date(t))
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

/// Returns whether a line is a date label alone or an age: "Published", "6 hours ago".
pub fn is_bare_date_label(text: &str) -> bool {
    let mut words = text.split(' ');
    let is_age = words
        .next()
        .is_some_and(|n| n.bytes().all(|b| b.is_ascii_digit()))
        && words.next().is_some_and(|unit| {
            is_one_of(
                unit.trim_end_matches('s'),
                &[
                    "minute", "min", "hour", "hr", "day", "week", "month", "year",
                ],
            )
        })
        && words.next() == Some("ago")
        && words.next().is_none();
    is_age
        || is_one_of(
            text,
            &[
                "published",
                "posted",
                "updated",
                "last updated",
                "first published",
            ],
        )
}

/// Returns whether a token is a numeric date, as in `2018-06-27`, `27.06.2018`, `6/27/2018`.
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

#[cfg(test)]
mod tests {
    use super::*;

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
        assert!(is_bare_date_label("Published") && is_bare_date_label("6 hours ago"));
        assert!(!is_bare_date_label("6 hours") && !is_bare_date_label("Published here"));
    }
}
