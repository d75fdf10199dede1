//! Tells the names of persons from other texts, and writes them as in the record.

use super::words::{
    bare_word, is_nobody, is_organisation, is_outlet_noun, is_place, is_suffix, is_trade_word,
    kinds,
};
use crate::text::lexicon::Flags;
use crate::text::word_list::WordList;

/// Words that may be in lower case inside a name.
#[rustfmt::skip]
static PARTICLES: WordList = WordList::of(&[
    "de", "da", "di", "del", "della", "dello", "der", "den", "des", "du", "la", "le", "van", "von",
    "bin", "bint", "ibn", "al", "el", "ter", "ten", "dos", "das", "do", "y", "e", "zu", "zum",
    "af", "av", "ap", "abu", "ben", "st", "san", "'t", "’t", "op", "in't", "vander", "lo",
]);

/// Function words with which no part of a name is written.
#[rustfmt::skip]
static FUNCTION_WORDS: WordList = WordList::of(&[
    "the", "of", "at", "in", "on", "or", "and", "for", "to", "from", "with", "by", "it", "its",
    "he", "she", "we", "they", "is", "are", "was", "were", "not", "how", "why", "what", "when",
    "where", "who", "if", "as", "but", "this", "that", "your", "all", "more", "most", "no", "other",
    "any", "into", "about", "after", "before",
]);

/// Returns whether a word may be in lower case inside a name.
pub fn is_particle(word: &str) -> bool {
    PARTICLES.has(word)
}

/// Returns whether a character is of a script without capitals.
fn is_uncased(c: char) -> bool {
    c.is_alphabetic() && !c.is_lowercase() && !c.is_uppercase()
}

/// Returns whether a word is an initial, several, or a short abbreviation: "J.", "J.R.", "Dr.".
pub fn is_initial(word: &str) -> bool {
    let letters = word.chars().filter(|c| c.is_alphabetic()).count();
    letters == 1 || word.ends_with('.') && (letters <= 3 || word.matches('.').count() == letters)
}

/// Returns whether all characters of a word may be part of a name.
fn is_of_letters(word: &str) -> bool {
    let mut has_letter = false;
    word.chars().all(|c| {
        has_letter |= c.is_alphabetic();
        c.is_alphabetic()
            || unicode_normalization::char::is_combining_mark(c)
            || matches!(
                c,
                '.' | '-' | '‐' | '\'' | '’' | '"' | '“' | '”' | '(' | ')'
            )
    }) && has_letter
}

/// Returns whether a word may be a part of a name where it stands: with a capital, a particle, or
/// in a script without capitals.
fn may_be_part(word: &str, is_first: bool) -> bool {
    let start = word.trim_start_matches(['"', '“', '\'', '‘']);
    let Some(first) = start.chars().next() else {
        return false;
    };
    let lower_start = || {
        start
            .split_once(['-', '\'', '’'])
            .is_some_and(|(particle, rest)| {
                particle.chars().count() <= 3 && rest.starts_with(char::is_uppercase)
            })
    };
    first.is_uppercase() || is_uncased(first) || !is_first && is_particle(word) || lower_start()
}

/// Returns whether a word of some kinds is an ordinary English word and no part of any listed name.
fn is_ordinary(kinds: Flags) -> bool {
    kinds.any(Flags::WORD)
        && !kinds.any(
            Flags::ANY_GIVEN
                .or(Flags::ANY_SURNAME)
                .or(Flags::WORLD_NAME),
        )
}

/// Returns whether a word of some kinds is an office and no surname: "President".
fn is_office(kinds: Flags) -> bool {
    kinds.any(Flags::ROLE) && !kinds.any(Flags::ANY_SURNAME)
}

/// Returns whether a text may be a person's name: two to six words, each with a capital or a
/// particle, none of them an ordinary word, a trade, or the noun of an organisation.
pub fn is_person(text: &str) -> bool {
    let words: Vec<&str> = text.split(' ').collect();
    if !(2..=6).contains(&words.len()) || text.len() > 60 {
        // Names in scripts without spaces have no second word.
        return words.len() == 1
            && (2..=6).contains(&text.chars().count())
            && text.chars().all(is_uncased);
    }
    let is_shaped = words
        .iter()
        .enumerate()
        .all(|(i, word)| is_of_letters(word) && may_be_part(word, i == 0));
    if !is_shaped || is_suffix(words[0]) {
        return false;
    }
    let full = words
        .iter()
        .filter(|word| !is_particle(word) && !is_suffix(word))
        .count();
    let is_vetoed = |(i, word): (usize, &&str)| {
        let bare = bare_word(word);
        if is_initial(word) || i == 0 && kinds(word).any(Flags::HONORIFIC) {
            return false;
        }
        let kinds = kinds(bare);
        FUNCTION_WORDS.has(bare)
            || bare.ends_with("'s")
            || bare.ends_with("’s")
            || is_ordinary(kinds)
            || i > 0 && (is_trade_word(word) || is_office(kinds))
    };
    let first = kinds(bare_word(words[0]));
    let is_title_and_surname =
        words.len() == 2 && first.any(Flags::TITLE) && !first.any(Flags::COMMON_GIVEN);
    full >= 2
        && words.iter().any(|word| !is_initial(word))
        && !is_title_and_surname
        && !words.iter().enumerate().any(is_vetoed)
        && !is_place(text)
        && !is_nobody(text)
        && (!is_organisation(text) || has_surname_of_outlet(&words))
}

/// Returns whether a name of two words ends in a common surname that is also a noun of newspapers'
/// names, after a given name that is no town's: "Emily Post", but not "Denver Post".
fn has_surname_of_outlet(words: &[&str]) -> bool {
    let [first, last] = words else {
        return false;
    };
    let given = kinds(first);
    is_outlet_noun(last)
        && kinds(last).any(Flags::COMMON_SURNAME)
        && given.any(Flags::COMMON_GIVEN)
        && !given.any(Flags::PLACE)
}

/// Returns whether a word is listed as a given name and is no ordinary word.
pub fn is_given_name(word: &str) -> bool {
    let kinds = kinds(bare_word(word));
    kinds.any(Flags::ANY_GIVEN.or(Flags::WORLD_NAME)) && !kinds.any(Flags::WORD)
}

/// Returns a name as in the record: words in capitals in title case, particles in lower case.
pub fn in_record_case(name: &str) -> String {
    let is_upper = |word: &str| !without_mac(word).chars().any(char::is_lowercase);
    let is_all_upper = name.split(' ').all(is_upper);
    if is_all_upper && name.split(' ').all(|word| word.len() <= 2) {
        return name.to_owned();
    }
    let words: Vec<&str> = name.split(' ').collect();
    let mut out = String::with_capacity(name.len());
    for (i, word) in words.iter().enumerate() {
        if i > 0 {
            out.push(' ');
        }
        let letters = word.chars().filter(|c| c.is_alphabetic()).count();
        let is_inside = i > 0 && i + 1 < words.len();
        if !is_upper(word)
            || word.bytes().all(|byte| matches!(byte, b'I' | b'V'))
            || !is_all_upper && letters < 3
            || letters == 2 && !word.contains(['A', 'E', 'I', 'O', 'U', 'Y'])
        {
            out.push_str(word);
        } else if is_inside && is_particle(word) {
            out.extend(word.chars().flat_map(char::to_lowercase));
        } else {
            push_title_case(&mut out, word);
        }
    }
    out
}

/// Returns the rest of a word after "Mc" or "Mac".
fn without_mac(word: &str) -> &str {
    ["Mc", "Mac"]
        .iter()
        .find_map(|mac| {
            word.strip_prefix(mac)
                .filter(|rest| rest.starts_with(char::is_uppercase))
        })
        .unwrap_or(word)
}

/// Appends a word in title case: "O’Hara", "Jo-Ann", "J.R.R.", "McWeaver".
fn push_title_case(out: &mut String, word: &str) {
    let rest = without_mac(word);
    let rest = if rest.len() < word.len() {
        out.push_str(&word[..word.len() - rest.len()]);
        rest
    } else if let Some(rest) = word.strip_prefix("MC").filter(|rest| rest.len() >= 3) {
        out.push_str("Mc");
        rest
    } else {
        word
    };
    let mut starts_part = true;
    for c in rest.chars() {
        if starts_part {
            out.push(c);
        } else {
            out.extend(c.to_lowercase());
        }
        starts_part = !c.is_alphabetic();
    }
}

/// Words that may be in lower case inside the name of an outlet, or between two names.
static SMALL_WORDS: WordList = WordList::of(&["and", "&", "in", "for", "with", "of", "the", "at"]);

/// Returns whether a word may be in lower case inside a name, of a person or an outlet, or between
/// two.
pub fn is_name_particle(word: &str) -> bool {
    SMALL_WORDS.has(word) || is_particle(word)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn persons() {
        for (text, expected) in [
            ("Ann Weaver", true),
            ("T. J. Weaver", true),
            ("Ann van der Weaver", true),
            ("Ahmed al-Weaver", true),
            ("Ann \"Annie\" Weaver", true),
            ("Emily Post", true),
            ("Tom Post", true),
            ("Denver Post", false),
            ("Łucja Żak", true),
            ("سامي الحداد", true),
            ("Weaver", false),
            ("Bread Alone", false),
            ("Land or Sea", false),
            ("Morning Post", false),
            ("Star Weaver", true),
            ("T. J.", false),
            ("Senator Weaver", false),
            ("COUNTRY RUN POSTPONED.", false),
            ("Quay Courier", false),
            ("Town Council", false),
            ("Global Voices", false),
            ("Hong Kong", false),
            ("Log in", false),
            ("Today’s Paper", false),
            ("Staff Writer", false),
            ("No Answer", false),
        ] {
            assert_eq!(is_person(text), expected, "{text}");
        }
    }

    #[test]
    fn names_in_capitals() {
        for (name, expected) in [
            ("ANN MCWEAVER", "Ann McWeaver"),
            ("ANN McWEAVER", "Ann McWeaver"),
            ("ANN O'WEAVER", "Ann O'Weaver"),
            ("JO-ANN WEAVER", "Jo-Ann Weaver"),
            ("SASKIA DE VRIES", "Saskia de Vries"),
            ("J.R.R. WEAVER", "J.R.R. Weaver"),
            ("TJ WEAVER", "TJ Weaver"),
            ("JO WEAVER", "Jo Weaver"),
            ("Ann WEAVER", "Ann Weaver"),
            ("Ann Weaver III", "Ann Weaver III"),
            ("Ann Weaver", "Ann Weaver"),
            ("BO LI", "BO LI"),
        ] {
            assert_eq!(in_record_case(name), expected, "{name}");
        }
    }
}
