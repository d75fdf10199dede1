//! Which words of a name are its surname: the last, the first in Chinese and Korean, the last two
//! in Spanish and Portuguese.

use std::ops::Range;
use std::sync::LazyLock;

use rustc_hash::FxHashSet;

use super::titles::PARTICLES;
use crate::text::lexicon::{Flags, Lexicon};

/// Surnames of Spain, Colombia, Portugal and Brazil, folded: `last_names` of the providers `es_ES`,
/// `es_CO`, `pt_PT` and `pt_BR` of Faker 40.63 (MIT), all that are one word without particles.
static IBERIAN: LazyLock<FxHashSet<&str>> =
    LazyLock::new(|| include_str!("data/iberian-surnames.txt").lines().collect());

/// The initials of syllables in Pinyin (ISO 7098); the empty one comes last.
const PINYIN_INITIALS: &[&str] = &[
    "zh", "ch", "sh", "b", "p", "m", "f", "d", "t", "n", "l", "g", "k", "h", "j", "q", "x", "r",
    "z", "c", "s", "y", "w", "",
];

/// The finals of syllables in Pinyin (ISO 7098), without tones; `v` and `u` for `ü`.
const PINYIN_FINALS: &[&str] = &[
    "iang", "iong", "uang", "ang", "eng", "ian", "iao", "ing", "ong", "uai", "uan", "ai", "an",
    "ao", "ei", "en", "er", "ia", "ie", "in", "iu", "ou", "ua", "ue", "ui", "un", "uo", "a", "e",
    "i", "o", "u",
];

/// The length in letters of the longest syllable in Pinyin: `zhuang`.
const LONGEST_PINYIN: usize = 6;

/// Returns the range of the surname, with its particles, in the folded words of a name in natural
/// order. It is all of them where only a surname is known.
pub(super) fn surname_range(words: &[String]) -> Range<usize> {
    if is_surname_first(words) {
        return 0..1;
    }
    let end = words.len();
    let flags = |word: &str| Lexicon::of_names().flags(word);
    if end > 2 && is_surname_first(&words[end - 2..]) && words[end - 1].contains('-') {
        // Annie Wu Suk-ching, of Hong Kong. In Carrie Lam Cheng Yuet-ngor, Lam is her husband's surname.
        let married = &words[end - 3];
        let is_married = is_syllable(married) && !flags(married).any(Flags::COMMON_GIVEN);
        let surname = if is_married { end - 3 } else { end - 2 };
        return surname..surname + 1;
    }
    // Lavrov S. V., but not Thomas S., whose surname is not told.
    let is_initial = |word: &String| word.chars().count() == 1;
    if end > 1
        && words[1..].iter().all(is_initial)
        && !is_initial(&words[0])
        && !flags(&words[0]).any(Flags::ANY_GIVEN)
    {
        return 0..1;
    }
    let mut start = before_particles(words, end.saturating_sub(1));
    // Ortega y Gasset
    if let Some(and) = place_of_and(words) {
        start = before_particles(words, and - 1);
    } else if end >= 2 && start >= 1 && are_two_surnames(&words[start - 1], &words[end - 1]) {
        let first = before_particles(words, start - 1);
        // Peña Nieto, but not Martín Pérez.
        if first > 0 || !Lexicon::of_names().flags(&words[0]).any(Flags::ANY_GIVEN) {
            start = first;
        }
    }
    start..end
}

/// Returns the place of the word that joins two surnames: Ortega y Gasset, Silva e Sousa. A single
/// `e` is mostly an initial.
fn place_of_and(words: &[String]) -> Option<usize> {
    let is_iberian = |word: &String| IBERIAN.contains(word.as_str());
    (2..words.len().saturating_sub(1)).find(|&at| match words[at].as_str() {
        "y" => words[at - 1].chars().count() > 1,
        "e" => is_iberian(&words[at - 1]) && words[at + 1..].iter().any(is_iberian),
        _ => false,
    })
}

/// Returns whether a folded word is a surname of Spain, Portugal or their languages' countries.
pub(super) fn is_iberian_surname(word: &str) -> bool {
    IBERIAN.contains(word)
}

/// Returns the index of the first particle before a word. The first word of a name is a particle
/// only in a surname alone: van Gogh.
fn before_particles(words: &[String], mut start: usize) -> usize {
    while start > 0 && is_particle(&words[start - 1]) && (start > 1 || !is_given(words)) {
        start -= 1;
    }
    start
}

/// Returns whether the first word, which could be a particle or a title, is a given name:
/// Ben Hale, Al Hale, Don Hale, but not al Masri or Don Carlos.
pub(super) fn is_given(words: &[String]) -> bool {
    let [first, .., last] = words else {
        return false;
    };
    match first.as_str() {
        "ben" => true,
        "al" | "don" => is_common_surname(last),
        _ => false,
    }
}

/// Returns whether a folded word is a particle of surnames.
pub(super) fn is_particle(word: &str) -> bool {
    PARTICLES.contains(&word)
}

/// Returns whether a folded word is one of the most frequent surnames.
pub(super) fn is_common_surname(word: &str) -> bool {
    Lexicon::of_names().flags(word).any(Flags::COMMON_SURNAME)
}

/// Returns whether the last two words of a name are the two surnames of Spanish or Portuguese.
fn are_two_surnames(first: &str, second: &str) -> bool {
    let names = Lexicon::of_names();
    let mut parts = second.split('-');
    let is_second = parts.any(|part| IBERIAN.contains(part));
    let is_first = IBERIAN.contains(first);
    let flags = names.flags(first);
    if flags.any(Flags::COMMON_GIVEN) && !flags.any(Flags::COMMON_SURNAME) {
        return false;
    }
    if is_first {
        return is_second || !names.flags(second).any(Flags::NAME_LISTS);
    }
    is_second && first.chars().count() > 1 && !flags.any(Flags::NAME_LISTS) && !is_particle(first)
}

/// Returns whether the surname comes first by the form of a name: Wang Xiaoming, Park Ji-woo, Lee
/// Kuan Yew.
fn is_surname_first(words: &[String]) -> bool {
    // "Bin Laden" and "De Niro" have the form of Chinese names.
    let is_alone = |word: &String| is_particle(word) && word != "du";
    if words.first().is_some_and(is_alone) {
        return false;
    }
    let names = Lexicon::of_names();
    let flags = |word: &str| names.flags(word);
    let is_short = |word: &str| !word.contains('-') && is_syllable(word);
    match words {
        [first, last] if last.contains('-') => {
            let parts = last.split('-');
            is_short(first) && parts.clone().count() == 2 && parts.clone().all(is_syllable)
        }
        [first, last] => {
            // Li Na, where both are one syllable, is left to the lists.
            pinyin_syllables(first) == 1
                && !flags(first).any(Flags::COMMON_GIVEN)
                && match pinyin_syllables(last) {
                    2 => true,
                    1 => {
                        flags(first).any(Flags::COMMON_SURNAME)
                            && !flags(last).any(Flags::COMMON_SURNAME)
                    }
                    _ => false,
                }
        }
        [first, middle, last] => {
            is_short(first)
                && is_short(middle)
                && is_short(last)
                && flags(first).any(Flags::COMMON_SURNAME)
                && !flags(middle).any(Flags::COMMON_GIVEN)
                && !flags(last).any(Flags::COMMON_SURNAME.or(Flags::COMMON_GIVEN))
                && !is_particle(middle)
        }
        _ => false,
    }
}

/// Returns whether a word has the form of one syllable of a Chinese or Korean name: up to three
/// consonants, vowels, up to two consonants of those that end a syllable.
pub(super) fn is_syllable(word: &str) -> bool {
    let is_vowel = |letter: &u8| b"aeiouy".contains(letter);
    let letters = word.as_bytes();
    if !(2..=LONGEST_PINYIN).contains(&letters.len()) {
        return false;
    }
    let start = letters
        .iter()
        .take_while(|letter| !is_vowel(letter) || **letter == b'y');
    let start = start.count();
    let vowels = letters[start..]
        .iter()
        .take_while(|letter| is_vowel(letter))
        .count();
    let end = &word[start + vowels..];
    start <= 3
        && (1..=3).contains(&vowels)
        && matches!(
            end,
            "" | "n" | "ng" | "k" | "l" | "m" | "p" | "t" | "h" | "r" | "rk" | "hn" | "w"
        )
}

/// Returns whether a folded word of capitals may be a short name: a listed one, or a syllable.
pub(super) fn is_name_or_syllable(word: &str) -> bool {
    let flags = Lexicon::of_names().flags(word);
    flags.any(Flags::NAME_LISTS) || is_particle(word) || is_syllable(word)
}

/// Returns the number of syllables of a word in Pinyin, 1 or 2; 0 for any other word.
fn pinyin_syllables(word: &str) -> usize {
    let is_syllable = |text: &str| {
        PINYIN_INITIALS.iter().any(|initial| {
            text.strip_prefix(initial)
                .is_some_and(|last| PINYIN_FINALS.contains(&last))
        })
    };
    if !word.is_ascii() || word.len() > 2 * LONGEST_PINYIN {
        return 0;
    }
    if word.len() > 1 && is_syllable(word) {
        return 1;
    }
    let is_cut = |at: usize| is_syllable(&word[..at]) && is_syllable(&word[at..]);
    if (1..word.len()).any(is_cut) { 2 } else { 0 }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn finds_the_surname() {
        for (name, expected) in [
            ("ada holm", "holm"),
            ("holm", "holm"),
            ("ada van der holm", "van der holm"),
            ("van holm", "van holm"),
            ("ben holm", "holm"),
            // Chinese and Korean.
            ("wang xiaoming", "wang"),
            ("xiaoming wang", "wang"),
            ("zhao lei", "zhao"),
            ("choi min-jun", "choi"),
            ("min-jun choi", "choi"),
            ("lee kuan yew", "lee"),
            ("tsai ing-wen", "tsai"),
            ("ken tanaka", "tanaka"),
            ("dan brown", "brown"),
            ("rebecca long-bailey", "long-bailey"),
            ("pierre jean-louis", "jean-louis"),
            ("mary ann lee", "lee"),
            ("ada wu suk-ching", "wu"),
            ("omar al ha-san", "al ha-san"),
            ("john le mesurier", "le mesurier"),
            ("bin holm", "bin holm"),
            ("bin laden", "bin laden"),
            ("du guozhen", "du"),
            ("maria silva e sousa", "silva e sousa"),
            ("maria e sousa", "sousa"),
            // Spanish and Portuguese.
            ("elena ruiz perez-castejon", "ruiz perez-castejon"),
            ("elena ruiz ortega", "ruiz ortega"),
            ("elena maria ruiz ortega", "ruiz ortega"),
            ("elena ruiz", "ruiz"),
            ("ruiz ortega", "ruiz ortega"),
            ("jose ortega y gasset", "ortega y gasset"),
            ("maria de los santos pereira", "de los santos pereira"),
            ("john fitzgerald kennedy", "kennedy"),
            ("hillary rodham clinton", "clinton"),
            ("maria carmen ruiz", "ruiz"),
        ] {
            let words: Vec<String> = name.split(' ').map(str::to_owned).collect();
            let surname = words[surname_range(&words)].join(" ");
            assert_eq!(surname, expected, "{name}");
        }
    }

    #[test]
    fn counts_pinyin_syllables() {
        for (word, expected) in [
            ("wang", 1),
            ("xiaoming", 2),
            ("guozhen", 2),
            ("brown", 0),
            ("tanaka", 0),
            ("a", 0),
        ] {
            assert_eq!(pinyin_syllables(word), expected, "{word}");
        }
    }
}
