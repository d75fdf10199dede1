//! The forms of words: which stem a word has in a language, which words share one, and pairs of words
//! in any form.

use super::irregular::FORMS;
use super::language::stem_in;
use super::pairs::{are_pair, share_of, term};
use super::word_cache::{other_stem, stem};

/// Returns the irregular forms of the words with a stem.
pub fn irregular_forms(stem: &str) -> impl Iterator<Item = &'static str> {
    // Stemming changes no more than the last letter of what it leaves of a word.
    let mut letters = stem.chars();
    letters.next_back();
    let beginning = letters.as_str();
    let from = FORMS.partition_point(|&(lemma, _)| lemma < beginning);
    FORMS[from..]
        .iter()
        .take_while(move |(lemma, _)| lemma.starts_with(beginning))
        .filter(move |(lemma, _)| self::stem(lemma) == stem)
        .flat_map(|(_, forms)| forms.split(' '))
        .map(|form| form.trim_start_matches('+'))
}

/// Returns the term of the stem of a folded word in a language: in English if none is given, or if
/// it has no stemmer.
pub fn stem_as(code: Option<&str>, plain: &str) -> String {
    let other = code.and_then(|code| stem_in(code, plain));
    other.unwrap_or_else(|| stem(plain))
}

/// Returns whether a folded word of a text in a language is found by the term of a stem.
pub fn has_stem(code: Option<&str>, plain: &str, stem: &str) -> bool {
    stem_as(code, plain) == stem || other_stem(plain).is_some_and(|other| other == stem)
}

/// Returns the term of two adjacent folded words, if they are a pair.
pub fn pair(first: &str, second: &str) -> Option<String> {
    let share = |word: &str| share_of(word, &stem(word));
    are_pair(share(first), share(second)).then(|| term(first, second))
}
