//! Hyphenated words with a capital that are part of no name: `Houston-based`, `Fly-half`,
//! `AM-Reagan-Oil`, `X-To`, and `D-Santa` in `(D-Santa Ana)`.

use super::name_order::is_syllable;
use crate::text::lexicon::{Flags, Lexicon};

/// Returns whether a word has a capital inside that no particle of a name explains: `NatWest`, but
/// not `McKay`, `O'Brien`, `DeWitt`.
pub(super) fn is_run_together(word: &str, lexicon: &Lexicon) -> bool {
    let inner = word.char_indices().skip(1).find(|(_, c)| c.is_uppercase());
    let Some((inner, _)) = inner else {
        return false;
    };
    let first = word[..inner].to_lowercase();
    let is_prefix = matches!(first.as_str(), "mc" | "mac" | "fitz" | "le" | "la");
    first.chars().all(char::is_alphabetic)
        && first.chars().count() > 1
        && !is_prefix
        && !lexicon.flags(&first).any(Flags::PARTICLE)
}

/// Returns whether a word is a compound that is part of no name of a person.
pub(super) fn is_no_name(word: &str, lexicon: &Lexicon) -> bool {
    let is_hyphen = |c| matches!(c, '-' | '\u{2010}' | '\u{2011}');
    let (Some((first, rest)), Some(last)) =
        (word.split_once(is_hyphen), word.rsplit(is_hyphen).next())
    else {
        return false;
    };
    is_label(first, rest, lexicon)
        || is_adjective(first, last, word.split(is_hyphen).count(), lexicon)
}

/// Returns whether a compound is no name alone: one letter, a part in small letters that is no syllable of
/// a Chinese or Korean given name, or two ordinary words: `X-ray`, `Gasp-worthy`, `Hip-hop`, but not
/// `Ji-woo`.
pub(super) fn is_no_single_name(word: &str, lexicon: &Lexicon) -> bool {
    let is_hyphen = |c| matches!(c, '-' | '\u{2010}' | '\u{2011}');
    let Some((first, rest)) = word.split_once(is_hyphen) else {
        return false;
    };
    let is_small = rest.chars().all(char::is_lowercase);
    first.chars().count() == 1
        || (is_small && {
            let parts = [&first.to_lowercase(), rest];
            let is_word = |part: &str| lexicon.flags(part).any(Flags::WORD);
            !parts.iter().all(|part| is_syllable(part)) || parts.iter().all(|part| is_word(part))
        })
}

/// Returns whether one to three capitals before the hyphen label what is after it: a mail's header,
/// a party, an edition of the wire. Arabic articles in capitals are part of names.
fn is_label(first: &str, rest: &str, lexicon: &Lexicon) -> bool {
    let is_short =
        (1..=3).contains(&first.chars().count()) && first.chars().all(char::is_uppercase);
    let is_word = rest.chars().nth(1).is_some()
        && rest.starts_with(char::is_uppercase)
        && rest.chars().any(char::is_lowercase);
    is_short && is_word && !lexicon.flags(&first.to_lowercase()).any(Flags::PARTICLE)
}

/// Returns whether the last of the `parts` makes an adjective or a noun of the word. In
/// Korean and Chinese names that part is a syllable, which can be an ordinary word: `Ki-moon`.
fn is_adjective(first: &str, last: &str, parts: usize, lexicon: &Lexicon) -> bool {
    let flags = lexicon.flags(last);
    if !last.chars().all(char::is_lowercase) || !flags.any(Flags::WORD) {
        return false;
    }
    let is_participle =
        last.len() > 4 && last.ends_with("ed") || last.len() > 5 && last.ends_with("ing");
    // "Fifteen-year-old"
    let is_phrase = parts > 2;
    let is_prefixed = matches!(
        first.to_lowercase().as_str(),
        "co" | "ex" | "non" | "anti" | "vice"
    );
    let first = lexicon.flags(&first.to_lowercase());
    let kinds = Flags::WORD
        .or(Flags::PLACE)
        .or(Flags::COUNTRY)
        .or(Flags::DEMONYM);
    let is_syllable = flags.any(Flags::ANY_GIVEN.or(Flags::COMMON_SURNAME)) || last.len() < 4;
    is_participle || is_phrase || is_prefixed || !is_syllable && first.any(kinds)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn compounds_alone_are_told_from_names() {
        for (word, expected) in [
            ("X-ray", true),
            ("Gasp-worthy", true),
            ("Hip-hop", true),
            ("Hydrogen-rich", true),
            ("Ji-woo", false),
            ("Ying-chiao", false),
            ("Jean-Luc", false),
            ("Holm", false),
        ] {
            assert_eq!(is_no_single_name(word, Lexicon::get()), expected, "{word}");
        }
    }

    #[test]
    fn compounds_are_told_from_names() {
        for (word, expected) in [
            ("Norwich-based", true),
            ("State-owned", true),
            ("Fly-half", true),
            ("Semi-annual", true),
            ("Co-developer", true),
            ("Ten-year-old", true),
            ("Flemish-speaking", true),
            ("X-From", true),
            ("R-Orange", true),
            ("PM-Budget-Vote", true),
            ("Jean-Pierre", false),
            ("Jean-marie", false),
            ("Ki-moon", false),
            ("Dae-jung", false),
            ("J.-P.", false),
            ("AL-Sayed", false),
            ("Al-Sayed", false),
            ("Smith-Jones", false),
            ("HOLM-ROOS", false),
            ("Hale", false),
        ] {
            assert_eq!(is_no_name(word, Lexicon::get()), expected, "{word}");
        }
    }

    #[test]
    fn words_run_together_are_told_from_names() {
        for (word, expected) in [
            ("NatWest", true),
            ("AnnBHale", true),
            ("McKay", false),
            ("MacRae", false),
            ("O'Brien", false),
            ("DeWitt", false),
            ("VanDyke", false),
            ("FitzGerald", false),
            ("Jean-Pierre", false),
            ("Hale", false),
        ] {
            assert_eq!(is_run_together(word, Lexicon::get()), expected, "{word}");
        }
    }
}
