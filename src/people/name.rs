//! Reads a name into given names, surname and suffix, and makes the keys that names are stored and
//! looked up by.

use super::fold::fold_word;
use super::given_names;
use super::titles::{HONORIFICS, PARTICLES, PEERAGE, REGNAL, SUFFIXES};
use super::transliteration::{consonants, letters_of};
use crate::text::lexicon::{Flags, Lexicon};

/// A name, read into its parts, all folded.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Name {
    /// Given names and initials, in order. A hyphenated name is one.
    pub given: Vec<String>,
    /// The words of the surname without particles.
    pub surname: Vec<String>,
    /// Jr, Sr, II and the like.
    pub suffix: Option<String>,
    /// All words in order, with particles, without the suffix.
    pub words: Vec<String>,
    /// What a title, or the words after the name, say about a name of one word.
    pub single: Single,
}

/// The kind of a name of one word.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub enum Single {
    /// Unknown: it may be a surname or a given name.
    #[default]
    Any,
    /// A surname, since it follows a title: `Senator Hale`.
    Surname,
    /// A whole name: `Queen Anne`, `Philip of Norwich`, `Anne II`.
    Whole,
}

impl Name {
    /// Reads a name in either order: `John R. Bolton`, `Bolton, John R.`
    pub fn parse(written: &str) -> Self {
        let (written, is_whole) = without_peerage(written);
        let (before, after) = match written.split_once(',') {
            Some((before, after)) => (Part::read(before), Part::read(after)),
            None => (Part::read(written), Part::default()),
        };
        let mut suffix = after.suffix.or(before.suffix);
        let single = before.single.max(after.single);
        let single = if is_whole { Single::Whole } else { single };
        let (given, surname) = match after.words.as_slice() {
            [] => in_order(before.words),
            // "John Bolton, Jr."
            [only] if SUFFIXES.contains(&only.as_str()) => {
                suffix = Some(only.clone());
                in_order(before.words)
            }
            _ => (after.words, before.words),
        };
        Self::from_parts(given, surname, suffix, single)
    }

    fn from_parts(
        given: Vec<String>,
        surname: Vec<String>,
        suffix: Option<String>,
        single: Single,
    ) -> Self {
        let words: Vec<String> = given.iter().chain(&surname).cloned().collect();
        let is_particle = |word: &String| PARTICLES.contains(&word.as_str());
        let mut bare: Vec<String> = surname
            .iter()
            .filter(|word| !is_particle(word))
            .cloned()
            .collect();
        if bare.is_empty() {
            bare = surname;
        }
        let starts_given = is_given(&words);
        let given = given
            .into_iter()
            .enumerate()
            .filter(|(at, word)| (*at == 0 && starts_given) || !is_particle(word))
            .map(|(_, word)| word);
        Self {
            given: given.collect(),
            surname: bare,
            suffix,
            words,
            single,
        }
    }
}

/// The part of a written name before or after its comma.
#[derive(Default)]
struct Part {
    words: Vec<String>,
    suffix: Option<String>,
    single: Single,
}

impl Part {
    /// Reads the words, without the titles before them and the suffixes after them.
    fn read(part: &str) -> Self {
        let mut words = folded_words(part);
        let mut suffix = None;
        let mut single = Single::Any;
        let titles = (0..words.len().saturating_sub(1))
            .take_while(|&at| HONORIFICS.contains(&words[at].as_str()) && !is_given(&words[at..]))
            .count();
        if words[..titles]
            .iter()
            .any(|title| REGNAL.contains(&title.as_str()))
        {
            single = Single::Whole;
        } else if titles > 0 {
            single = Single::Surname;
        }
        words.drain(..titles);
        while words.len() > 1
            && let Some(found) = words.pop_if(|word| SUFFIXES.contains(&word.as_str()))
        {
            if words.len() == 1 && matches!(found.as_str(), "ii" | "iii" | "iv") {
                single = Single::Whole;
            }
            suffix = Some(match found.as_str() {
                "junior" => "jr".to_owned(),
                "senior" => "sr".to_owned(),
                _ => found,
            });
        }
        Self {
            words,
            suffix,
            single,
        }
    }
}

/// Splits the words of a name in natural order into given names and surname.
fn in_order(mut words: Vec<String>) -> (Vec<String>, Vec<String>) {
    let surname = words.split_off(surname_start(&words));
    (words, surname)
}

impl Name {
    /// Returns the first letters of the given names in all their forms, as bits. Two names with the
    /// same surname that agree have a bit in common.
    pub fn initials(&self) -> u32 {
        let given = self.given.iter().take(2).chain(self.words.first());
        given
            .flat_map(|word| {
                let forms = given_names::forms_of(word).map(letters_of);
                forms.chain([letters_of(word)])
            })
            .fold(0, |all, letters| all | letters)
    }

    /// Returns short keys of the words of the surname. Two spellings of the same surname have a key
    /// in common.
    pub fn surname_keys(&self) -> Vec<String> {
        keys_of(self.surname.iter())
    }
}

/// Returns a name without `of …` and without a peerage after a comma, and whether it had either:
/// then a name of one word is a whole name.
fn without_peerage(written: &str) -> (&str, bool) {
    let mut name = written;
    let mut is_whole = false;
    if let Some((before, after)) = name.split_once(',')
        && folded_words(after)
            .first()
            .is_some_and(|word| PEERAGE.contains(&word.as_str()))
    {
        name = before;
        is_whole = true;
    }
    if let Some((before, _)) = name.split_once(" of ")
        && !before.trim().is_empty()
    {
        name = before;
        is_whole = true;
    }
    (name, is_whole)
}

/// Returns whether the first word, which could be a particle or a title, is a given name:
/// Ben Hale, Al Hale, Don Hale, but not al Masri or Don Carlos.
fn is_given(words: &[String]) -> bool {
    let [first, .., last] = words else {
        return false;
    };
    match first.as_str() {
        "ben" => true,
        "al" | "don" => is_common_surname(last),
        _ => false,
    }
}

/// Returns the words of a name, folded, with joined initials split.
fn folded_words(part: &str) -> Vec<String> {
    let mut words = Vec::new();
    for word in part.split_whitespace() {
        let is_initials =
            word.contains('.') && word.split('.').all(|initial| initial.chars().count() <= 1);
        if is_initials {
            words.extend(word.split('.').map(fold_word).filter(|w| !w.is_empty()));
        } else {
            let mut folded = fold_word(word);
            // The Arabic article is written with a hyphen, with a space or not at all.
            for article in ["al-", "el-", "ul-"] {
                if let Some(rest) = folded.strip_prefix(article) {
                    folded = rest.to_owned();
                }
            }
            if !folded.is_empty() {
                words.push(folded);
            }
        }
    }
    words
}

/// Returns the index of the first word of the surname, for a name in natural order.
fn surname_start(words: &[String]) -> usize {
    let mut start = words.len().saturating_sub(1);
    while start > 1 && PARTICLES.contains(&words[start - 1].as_str()) {
        start -= 1;
    }
    start
}

/// Returns the folded form that spellings are compared by: `John R. Bolton`, `Mr. John R. Bolton`
/// and `Bolton, John R.` → `john r bolton`. The key of a key is itself.
pub fn key(name: &str) -> String {
    let name = Name::parse(name);
    let words: Vec<String> = name
        .words
        .iter()
        .chain(&name.suffix)
        .map(|word| word.replace('-', " "))
        .collect();
    words.join(" ")
}

/// Returns short keys of the words of a name. Two names that agree have a key in common, and so
/// have a surname and every name with it: the candidates for a typed name are those that share a
/// key.
pub fn lookup_keys(name: &str) -> Vec<String> {
    keys_of(Name::parse(name).words.iter())
}

fn keys_of<'a>(words: impl Iterator<Item = &'a String>) -> Vec<String> {
    let mut keys: Vec<String> = words
        .filter(|word| word.chars().count() > 1 && !PARTICLES.contains(&word.as_str()))
        .flat_map(|word| {
            let parts = word
                .split('-')
                .filter(|part| part.len() > 1)
                .map(consonants);
            parts
                .chain([consonants(&word.replace('-', ""))])
                .collect::<Vec<_>>()
        })
        .collect();
    keys.sort();
    keys.dedup();
    keys
}

/// Returns whether a folded word is one of the most frequent surnames.
pub(super) fn is_common_surname(word: &str) -> bool {
    Lexicon::of_names().flags(word).any(Flags::COMMON_SURNAME)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn folds_to_a_key() {
        for (name, expected) in [
            ("Ada Holm", "ada holm"),
            ("Holm, Ada B.", "ada b holm"),
            ("Mr. A.B. Holm", "a b holm"),
            ("Piet Roos Jr.", "piet roos jr"),
            ("Jean-Paul O’Dowd", "jean paul odowd"),
            ("Łucja von der Żak", "lucja von der zak"),
            ("Holm", "holm"),
            ("President Holm", "holm"),
            ("", ""),
        ] {
            assert_eq!(key(name), expected, "{name}");
            assert_eq!(key(expected), expected, "the key of a key");
        }
    }
}
