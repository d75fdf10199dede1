//! Recognises the lines between a headline and the text: bylines, names, trades, dates.

use super::phrases::{BYLINE_OPENINGS, CALENDAR_SET, DATE_WORD_SET, is_one_of};
use crate::date::printed as dates;
use crate::text::sentence::{ends_sentence, starts_upper};
use crate::text::words::{is_longer, strip_prefix_ignore_case, word_count};

/// Returns the byte at which the names begin after a label such as "By" or "Written by".
pub fn byline_label(text: &str) -> Option<usize> {
    BYLINE_OPENINGS
        .of(text)
        .filter_map(|(label, rest)| {
            let names = rest.trim_start_matches([' ', ':']);
            (label.ends_with(':') || names.len() < rest.len() || names.is_empty())
                .then_some(text.len() - names.len())
        })
        .max()
}

/// Returns whether a line names the writers: "By Ann Writer and Jo Smith".
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

/// Returns whether a line is a byline label alone, with the names on the next line.
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

/// Returns whether a word may be in lower case inside a name, or stands between two names.
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

/// Returns whether a line is only a person's name, or several: two to five words each.
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
        let may_begin = first.is_uppercase() || words > 1 && is_name_particle(word);
        if !may_begin {
            return false;
        }
    }
    (2..=5).contains(&words) && !text.ends_with('.')
}

/// Returns whether a byline ends inside a name: its last name is one word, and the next line is one
/// or two words.
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

/// The most words in the name of an outlet before a date.
const LONGEST_OUTLET: usize = 5;

/// Returns whether a line is an outlet's name and a day, as in "The Herald, 6 September 2017".
pub fn is_outlet_and_date(text: &str) -> bool {
    if text.len() > 90 || !text.bytes().any(|b| b.is_ascii_digit()) {
        return false;
    }
    let found = dates::find(text);
    let (Some(first), Some(last)) = (found.first(), found.last()) else {
        return false;
    };
    // "May 2, 1994, Monday, Home Edition"
    let edition = text[first.range.end..].trim_start_matches([',', ' ']);
    if first.range.start == 0 && !is_longer(edition, 4) && edition.ends_with("dition") {
        return true;
    }
    let outlet = text[..last.range.start].trim_end();
    let name = outlet
        .trim_end_matches([',', '|', '-', '–', '—', '•', '·'])
        .trim_end();
    text[last.range.end..]
        .trim_matches(['.', ' ', ')'])
        .is_empty()
        && name.len() < outlet.len()
        && is_longer(name, 0)
        && !is_longer(name, LONGEST_OUTLET)
        && name.split(' ').all(|word| {
            word.starts_with(|c: char| c.is_uppercase() || !c.is_alphanumeric())
                || is_name_particle(word)
        })
}

/// The last words of lines that give a writer's trade, as in "Trade Correspondent".
const TRADES: &[&str] = &[
    "correspondent",
    "reporter",
    "editor",
    "writer",
    "staff",
    "columnist",
    "critic",
    "bureau",
];

/// Returns whether a line gives a writer's trade: up to five words, the last of `TRADES`.
pub fn is_trade(text: &str) -> bool {
    let last = text.rsplit(' ').next().unwrap_or(text);
    TRADES.iter().any(|trade| trade.eq_ignore_ascii_case(last))
        && !is_longer(text, 5)
        && starts_upper(text)
}

/// Returns whether a line gives a writer's employer and place, as in "BBC News, Wellington".
pub fn is_employer(text: &str) -> bool {
    !is_longer(text, 5)
        && most_words_are_capitalised(text)
        && !ends_sentence(text)
        && text.split([' ', ',']).any(|word| {
            ["News", "Press", "Agency", "Service", "Media"]
                .iter()
                .any(|known| known.eq_ignore_ascii_case(word))
        })
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
    fn outlets_with_days_and_trades() {
        for (text, expected) in [
            ("The Herald, 6 September 2017", true),
            ("Financial Observer | Sept. 6, 2017", true),
            ("Ferry runs again, 6 September 2017", false),
            ("Mayor Resigns on 6 September 2017", false),
            ("6 September 2017", false),
            ("May 2, 1994, Monday, Home Edition", true),
            ("May 2, 1994, was the day of the first edition", false),
        ] {
            assert_eq!(is_outlet_and_date(text), expected, "{text}");
        }
        assert!(is_bare_date_label("Published") && is_bare_date_label("6 hours ago"));
        assert!(!is_bare_date_label("6 hours") && !is_bare_date_label("Published here"));
        assert!(is_employer("BBC News, Wellington") && !is_employer("Ferry runs again"));
        assert!(is_trade("TRADE CORRESPONDENT") && is_trade("Herald staff"));
        assert!(!is_trade("Ferry") && !is_trade("He was no writer and no friend of any staff"));
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
