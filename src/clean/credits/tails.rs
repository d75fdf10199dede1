//! Splits a name from a trade or an employer beside it, and tells names from places.

use super::names::{is_given_name, is_person};
use super::words::{
    bare_word, is_acronym, is_organisation, is_suffix, is_trade_modifier, is_trade_word, kinds,
};
use crate::clean::agencies::agency_named;
use crate::text::lexicon::Flags;
use crate::text::word_list::WordList;
use crate::text::words::is_longer;

/// Splits a text into a name and a trade or employer that stands beside it without a comma: "Ann
/// Weaver Staff Writer", "Northwire writer Ann Weaver". Returns the whole text as the name where
/// nothing is beside it.
pub fn name_and_tail(text: &str) -> (&str, &str) {
    let starts: Vec<usize> = std::iter::once(0)
        .chain(text.match_indices(' ').map(|(at, _)| at + 1))
        .collect();
    let words = starts.len();
    let from = |i: usize| &text[starts[i]..];
    let until = |i: usize| text[..starts[i]].trim_end();
    let word = |i: usize| from(i).split(' ').next().unwrap_or_default();
    if words > 10 {
        return (text, "");
    }
    // A trade in front of the name.
    if let Some(last) = (0..words.saturating_sub(2))
        .rev()
        .find(|&i| is_trade_word(word(i)))
        && is_person(from(last + 1))
    {
        return (from(last + 1), until(last + 1));
    }
    let is_case_change = |i: usize| {
        is_upper(until(i)) && !is_upper(from(i)) && word(i).chars().count() > 1
            || is_acronym(word(i)) && !is_upper(until(i)) && !is_suffix(word(i))
    };
    let names = || (2..words).filter(|&i| is_person(until(i)) && may_begin_name(text));
    let is_trade = is_trade_word(word(words - 1));
    let is_of_trade = |j: usize| is_trade_modifier(word(j)) || is_trade_word(word(j));
    let whole_trade = names().find(|&i| is_trade && i + 1 < words && (i..words).all(is_of_trade));
    // "Ann Weaver Harbour correspondent", but not "Ann Weaver Sacks Chief Editor".
    let may_be_tail = |i: usize| {
        let is_part = |j: usize| word(j).starts_with(char::is_uppercase) || is_of_trade(j);
        (i..words).all(is_part) && (is_of_trade(i) || !word(i).ends_with('s') || !is_trade)
    };
    let starts_outlet = |i: usize| PLACE_OPENINGS.has(word(i)) || OUTLET_OPENINGS.has(word(i));
    let named = names().find(|&i| i + 1 < words && starts_outlet(i) && is_organisation(from(i)));
    let cut = whole_trade.or(named).or_else(|| {
        names().filter(|&i| may_be_tail(i)).find(|&i| {
            is_case_change(i)
                || is_trade
                || agency_named(from(i)).is_some()
                || i + 1 < words && is_organisation(from(i)) && is_given_name(word(0))
        })
    });
    match cut {
        Some(i) if whole_trade.is_some() || is_case_change(i) || !is_person(text) => {
            (until(i), from(i))
        }
        _ => (text, ""),
    }
}

fn is_upper(text: &str) -> bool {
    text.chars().any(char::is_uppercase) && !text.chars().any(char::is_lowercase)
}

/// Returns an employer without the trade after it: "Associated Press Writer".
pub fn without_trade(text: &str) -> &str {
    let mut text = text;
    while let Some((before, last)) = text.rsplit_once(' ')
        && (is_trade_word(last) || is_trade_modifier(last))
    {
        text = before;
    }
    text
}

/// Returns whether the first word of a text may begin a name where a place could stand as well: it
/// is no ordinary word, or a listed given name.
pub fn may_begin_name(text: &str) -> bool {
    let first = bare_word(text.split(' ').next().unwrap_or(text));
    let kinds = kinds(first);
    first.chars().count() == 1 || !kinds.any(Flags::WORD) || kinds.any(Flags::ANY_GIVEN)
}

/// Words that end the names of places.
static PLACE_NOUNS: WordList = WordList::of(&[
    "bay", "beach", "city", "coast", "county", "falls", "harbor", "harbour", "heights", "island",
    "islands", "province", "river", "springs", "valley", "village",
]);

/// Words that begin the names of places.
static PLACE_OPENINGS: WordList = WordList::of(&[
    "new", "north", "south", "east", "west", "upper", "lower", "port", "fort", "saint", "st.",
    "san", "santa", "los", "las", "mount", "cape", "lake", "puerto", "villa",
]);

/// Words that begin the names of newspapers.
static OUTLET_OPENINGS: WordList =
    WordList::of(&["the", "daily", "sunday", "evening", "morning", "weekly"]);

/// Returns whether the words of a text are those of places: "Calder Bay", "Port Maddern".
pub fn is_named_like_a_place(text: &str) -> bool {
    let Some((first, rest)) = text.split_once(' ') else {
        return false;
    };
    let last = rest.rsplit(' ').next().unwrap_or(rest);
    !is_longer(text, 3)
        && (PLACE_OPENINGS.has(first)
            || PLACE_NOUNS.has(last) && !kinds(first).any(Flags::COMMON_GIVEN))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_and_what_stands_beside_them() {
        for (text, name, tail) in [
            ("Ann Weaver", "Ann Weaver", ""),
            ("Ann Weaver Staff Writer", "Ann Weaver", "Staff Writer"),
            (
                "Mary Ann Weaver Chief Reporter",
                "Mary Ann Weaver",
                "Chief Reporter",
            ),
            ("Staff Writer Ann Weaver", "Ann Weaver", "Staff Writer"),
            (
                "ANN WEAVER Associated Press",
                "ANN WEAVER",
                "Associated Press",
            ),
            ("Ann Weaver QBC", "Ann Weaver", "QBC"),
            ("Petra Weaver Quay News", "Petra Weaver", "Quay News"),
            ("Port Weaver Mail", "Port Weaver Mail", ""),
            (
                "Luis Ortega Weaver Port Quay Mail",
                "Luis Ortega Weaver",
                "Port Quay Mail",
            ),
            (
                "Ann Weaver Harbour correspondent",
                "Ann Weaver",
                "Harbour correspondent",
            ),
            (
                "Ann Weaver sacks senior editor",
                "Ann Weaver sacks senior editor",
                "",
            ),
            (
                "Petra Weaver elected party leader",
                "Petra Weaver elected party leader",
                "",
            ),
        ] {
            assert_eq!(name_and_tail(text), (name, tail), "{text}");
        }
        assert_eq!(without_trade("Associated Press Writer"), "Associated Press");
        assert!(is_named_like_a_place("Calder Bay") && is_named_like_a_place("Port Maddern"));
        assert!(!is_named_like_a_place("Ann Lake") && !is_named_like_a_place("Ann Weaver"));
    }
}
