//! Recognises the place and the day of a statement below its text.

use super::labels::opening;
use super::names::is_name_particle;
use super::outlets::is_outlet_and_date;
use crate::clean::date_lines::{has_digit, is_date_line};
use crate::date::printed as dates;
use crate::text::sentence::ends_sentence;
use crate::text::words::{is_longer, word_count};

/// The longest line, in bytes, with a place and a day.
const LONGEST: usize = 160;

/// Returns whether a line below the text is its day: alone or labelled, with the place of a statement
/// or with the outlet.
pub fn is_day_of_statement(text: &str) -> bool {
    is_date_line(text) || is_place_and_date(text) || is_outlet_and_date(text)
}

/// The most words of the place beside a date below the text.
const LONGEST_PLACE: usize = 4;

/// Returns whether a line below the text is the place and day of a statement, in either order:
/// "CANBERRA 13 December 1978", "Oslo, 2 May 2003".
fn is_place_and_date(text: &str) -> bool {
    if text.len() > LONGEST || !has_digit(text) {
        return false;
    }
    let found = dates::find(text);
    let [date] = &found[..] else {
        return false;
    };
    let is_day = matches!(date.reading, dates::Reading::Plain(day) if day.is_day());
    let signs: &[char] = &[',', ' ', '.', ':', ';', '(', ')', '–', '—', '-'];
    let before = text[..date.range.start].trim_matches(signs);
    let after = text[date.range.end..].trim_matches(signs);
    let is_place = |place: &str| {
        word_count(place) <= LONGEST_PLACE
            && place.split(' ').all(|word| {
                word.starts_with(char::is_uppercase) && !word.contains(|c: char| c.is_numeric())
                    || is_name_particle(word)
            })
    };
    is_day
        && (before.is_empty() || after.is_empty())
        && (before.is_empty() || is_place(before) && opening(before).is_none())
        && (after.is_empty() || is_place(after))
}

/// Returns whether a line is the name of a place alone, as it may stand below the day of a statement.
pub fn is_place(text: &str) -> bool {
    !is_longer(text, LONGEST_PLACE)
        && !ends_sentence(text)
        && !has_digit(text)
        && text.split(' ').all(|word| {
            word.starts_with(char::is_uppercase)
                && word
                    .chars()
                    .all(|c| c.is_alphabetic() || "-'’,.".contains(c))
                || is_name_particle(word)
        })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_with_outlets_and_places() {
        for (text, expected) in [
            ("The Herald, 6 September 2017", true),
            ("Financial Observer | Sept. 6, 2017", true),
            ("**Quay Courier**, 6 September 1917, p. 9", true),
            ("*Quay Courier, September 6, 1917, Page 4*", true),
            ("Quay Courier 6 September 1917 Page 12", true),
            ("The Quay Courier (1871-1949); Sept. 6, 1917;", true),
            ("Nord, samedi 12 novembre 2022, p. 12", true),
            ("Ferry runs again, 6 September 2017", false),
            ("Mayor Resigns on 6 September 2017", false),
            ("6 September 2017", false),
            ("May 2, 1994, Monday, Home Edition", true),
            ("May 2, 1994, was the day of the first edition", false),
        ] {
            assert_eq!(is_outlet_and_date(text), expected, "{text}");
        }
        for (text, expected) in [
            ("CANBERRA 13 December 1978", true),
            ("Oslo, 2 May 2003", true),
            ("Thursday, 16 October 2003 Halden", true),
            ("16 October 2003", true),
            ("They met in Oslo on 2 May 2003.", false),
            ("Oslo, 2 May", false),
            ("By Ann Writer 2 May 2003", false),
        ] {
            assert_eq!(is_place_and_date(text), expected, "{text}");
        }
    }
}
