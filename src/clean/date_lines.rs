//! Recognises the lines of an article that are about a date: a date alone, with its label, with the
//! outlet and page, or with the place below the text.

use super::phrases::is_one_of;
use crate::date::labels::{DateLabel, is_beside_dates, is_calendar_word, label_named};
use crate::date::printed::{self as dates, PrintedDate};
use crate::text::sentence::ends_sentence;
use crate::text::words::is_longer;

/// The longest line about dates, in bytes.
const LONGEST: usize = 160;

/// Returns whether a line consists of dates, their labels and the time of day, in any language.
pub fn is_date_line(text: &str) -> bool {
    if text.len() > LONGEST || !has_digit(text) {
        return false;
    }
    let found = dates::find(text);
    let mut has_weekday_or_month = false;
    let mut from = 0;
    let ends = found.iter().map(|date| date.range.start);
    let nexts: Vec<usize> = found.iter().map(|date| date.range.end).collect();
    for (i, end) in ends.chain([text.len()]).enumerate() {
        for token in tokens(&text[from..end]) {
            if !is_part_of_dates(token) {
                return false;
            }
            has_weekday_or_month |= is_calendar_word(token);
        }
        from = nexts.get(i).copied().unwrap_or(end);
    }
    !found.is_empty() || has_weekday_or_month || is_labelled_number(text)
}

/// Returns whether a text is a label and a date that does not exist, as in "Published: 0000-00-00".
fn is_labelled_number(text: &str) -> bool {
    /// The digits of the shortest such date, `00/00/00`.
    const FEWEST_DIGITS: usize = 6;
    text.bytes().filter(u8::is_ascii_digit).count() >= FEWEST_DIGITS
        && tokens(text).next().and_then(label_named).is_some()
}

pub(super) fn has_digit(text: &str) -> bool {
    text.bytes().any(|b| b.is_ascii_digit())
        || !text.is_ascii() && text.chars().any(char::is_numeric)
}

fn tokens(text: &str) -> impl Iterator<Item = &str> {
    const SEPARATORS: [char; 11] = [' ', ',', '|', '(', ')', '/', '•', '·', '（', '）', '-'];
    text.split(SEPARATORS)
        .map(|token| {
            token.trim_matches(|c: char| !c.is_alphanumeric() && c != '+' && c != '\u{93e}')
        })
        .filter(|token| !token.is_empty())
}

/// Returns whether a token of a line may stand beside a date: a time, a time zone, a word.
fn is_part_of_dates(token: &str) -> bool {
    let is_numeric = token.starts_with(|c: char| c.is_numeric() || c == '+');
    is_numeric && token.len() <= 12 || is_time_zone(token) || is_beside_dates(token)
}

/// Returns whether a line is a labelled date, or a date and what belongs to it, with a few words
/// besides: "Published on 4 March 2021 at 7:12 (Paris)", "Mar 4, 2021 - Politics & Policy".
pub fn is_about_a_date(text: &str) -> bool {
    if text.len() > LONGEST || !has_digit(text) {
        return false;
    }
    if is_date_line(text) {
        return true;
    }
    let found = dates::find(text);
    let Some(first) = found.first() else {
        return false;
    };
    let last = found.last().map_or(first.range.end, |last| last.range.end);
    is_label(&text[..first.range.start]) && !is_longer(&text[last..], LONGEST_AFTER_LABELLED)
        || is_dates_and_rest(text, &found)
}

/// The most words between a label and its date, as in "Posted by the editors on May 4, 2021".
const LONGEST_LABEL: usize = 4;

/// The most words after a labelled date.
const LONGEST_AFTER_LABELLED: usize = 8;

/// Returns whether the words before a date label it.
fn is_label(before: &str) -> bool {
    const OPENINGS: [&str; 6] = ["last", "first", "originally", "was", "this", "article"];
    let mut words = tokens(before).skip_while(|token| is_one_of(token, &OPENINGS));
    let label = words.next().and_then(label_named);
    label.is_some_and(|label| label != DateLabel::Event) && words.count() <= LONGEST_LABEL
}

/// The most words after a date, as in "March 4, 2021 | Politics & Policy".
const LONGEST_REST: usize = 6;

/// Returns whether a text begins with its dates, and a sign and a few words follow that are no
/// sentence.
fn is_dates_and_rest(text: &str, found: &[PrintedDate]) -> bool {
    let mut from = 0;
    for date in found {
        if !tokens(&text[from..date.range.start]).all(is_part_of_dates) {
            return false;
        }
        from = date.range.end;
    }
    let is_day = |date: &PrintedDate| match date.reading {
        dates::Reading::Plain(date) => date.is_day(),
        _ => false,
    };
    let rest = text[from..].trim_start();
    // "09:01 IST - BRINDLE"
    let zone = rest.split(' ').next().filter(|word| is_time_zone(word));
    let rest = rest[zone.map_or(0, str::len)..].trim_start();
    let after_sign = rest.trim_start_matches(['|', '-', '–', '—', '•', '·', '/', ' ']);
    found.first().is_some_and(is_day)
        && after_sign.len() < rest.len()
        && !is_longer(after_sign, LONGEST_REST)
        && !ends_sentence(after_sign)
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
    is_age || is_label_alone(text)
}

/// Returns whether a text is the label of a date without the date, in any language.
fn is_label_alone(text: &str) -> bool {
    let is_label = |label| matches!(label, DateLabel::Published | DateLabel::Updated);
    !is_longer(text, 4)
        && tokens(text).all(|token| is_beside_dates(token) && !is_calendar_word(token))
        && tokens(text).filter_map(label_named).any(is_label)
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
            ("27.06.2018, 17.04 Uhr", true),
            ("Last updated on Wednesday, 3 March 2010 at 5:04 p.m.", true),
            ("Thu, 25 Mar 2021 06:00:00 +0000", true),
            ("Veröffentlicht am 18. Juli 2021", true),
            ("Publicado el jueves, 5 de abril de 2000 a las 10:15", true),
            (
                "Publié le 12 février 2007 à 7h12, mis à jour le 13 février",
                true,
            ),
            ("Опубликовано 3 марта 2019 г. в 10:15", true),
            ("2021年3月4日（木）", true),
            ("입력 2021. 3. 4. 11:20", true),
            ("20 Rajab 1442 / 4 March 2021", true),
            ("Published: 0000-00-00", true),
            ("12 killed in May", false),
            ("June was wet", false),
            ("2018", false),
            ("Ferry sinks on 27 June 2018", false),
            ("Database of 27 June 2018", false),
        ] {
            assert_eq!(is_date_line(text), expected, "{text}");
        }
    }

    #[test]
    fn lines_about_dates() {
        for (text, expected) in [
            ("Published on March 4, 2021, at 7:12 am (Paris)", true),
            ("Posted by the editors on May 4, 2021", true),
            ("May 4, 2021 | Quay and Harbour", true),
            ("May 4, 2021 - Quay", true),
            (
                "4 May 2021 07:12 | Updated 5 May 2021 09:01 IST - QUAY",
                true,
            ),
            ("May 4, 2021 was the day of the flood", false),
            ("Born May 4, 1921 in Oslo", false),
            (
                "Released on bail before May 4 trial over the loss of the last of the four ferries",
                false,
            ),
            (
                "Data show fewer ferries sailed after the storm of May 4, 2021",
                false,
            ),
        ] {
            assert_eq!(is_about_a_date(text), expected, "{text}");
        }
        for (text, expected) in [
            ("Published", true),
            ("Mis à jour le", true),
            ("6 hours ago", true),
            ("6 hours", false),
            ("Published here", false),
            ("May", false),
        ] {
            assert_eq!(is_bare_date_label(text), expected, "{text}");
        }
    }
}
