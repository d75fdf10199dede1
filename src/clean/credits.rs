//! Recognises the lines between a headline and the text: bylines, names, trades, dates.

use super::phrases::{BYLINE_OPENINGS, is_one_of};
use crate::text::sentence::{ends_sentence, starts_upper};
use crate::text::words::{is_longer, word_count};

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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn trades_and_employers() {
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
}
