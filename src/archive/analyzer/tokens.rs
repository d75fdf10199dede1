//! The engine's tokenizer.
//!
//! Tokens are sorted by word, not by position: all positions of one word, then those of the next.
//! The index is the same and is built faster, since the engine looks up each word's postings once
//! per text.

use tantivy::tokenizer::{Token, TokenStream, Tokenizer};

use super::language;
use super::word_cache::{TextWord, WordCache};

/// The form in which the words of a text are indexed.
#[derive(Clone, Copy)]
pub(super) enum TermForm {
    /// Folded words.
    Plain,
    /// The stems of words that are spelled otherwise (see [`super::stems_text`]).
    Stem,
    /// Pairs of frequent words (see [`super::pair`]), without duplicates.
    Pair,
    /// Starts of sentences and paragraphs.
    Unit,
    /// The stems of compounds, each alone and with the place of its hyphen (see [`super::compound`]),
    /// without duplicates.
    Compound,
}

/// A tokenizer. Tokens have no offsets, since the engine does not store them.
#[derive(Clone)]
pub(super) struct NewsTokenizer {
    pub form: TermForm,
}

impl Tokenizer for NewsTokenizer {
    type TokenStream<'a> = NewsTokens;

    fn token_stream(&mut self, text: &str) -> NewsTokens {
        let mut cache = WordCache::take();
        // The word and its position in one number, for sorting.
        let number =
            |number: u32, word: &TextWord| u64::from(number) << 32 | u64::from(word.position);
        let mut order: Vec<u64> = match self.form {
            TermForm::Plain => {
                let words = cache.spelt(text);
                words.map(|word| number(word.plain, &word)).collect()
            }
            TermForm::Stem => {
                let stems = match language::of_stems_text(text) {
                    (Some(language), text) => cache.stems_in(language, text),
                    (None, text) => cache.stems(text),
                };
                let stems = stems.into_iter();
                stems.map(|(stem, word)| number(stem, &word)).collect()
            }
            TermForm::Pair => {
                let mut order = Vec::new();
                // Positions of pairs are not indexed.
                cache.each_pair(text, |pair| order.push(u64::from(pair) << 32));
                order
            }
            TermForm::Unit => {
                let starts = cache.unit_starts(text).into_iter();
                starts
                    .map(|(term, position)| u64::from(term) << 32 | u64::from(position))
                    .collect()
            }
            TermForm::Compound => {
                let (language, text) = language::of_stems_text(text);
                let compounds = cache.compounds(language, text).into_iter();
                compounds.map(|term| u64::from(term) << 32).collect()
            }
        };
        order.sort_unstable();
        if matches!(self.form, TermForm::Pair | TermForm::Compound) {
            order.dedup();
        }
        NewsTokens {
            cache: Some(cache),
            order: order.into_iter(),
            last: None,
            token: Token::default(),
        }
    }
}

pub(super) struct NewsTokens {
    /// `None` only while the stream is dropped.
    cache: Option<Box<WordCache>>,
    order: std::vec::IntoIter<u64>,
    /// The number of the word in `token`.
    last: Option<u32>,
    token: Token,
}

impl TokenStream for NewsTokens {
    fn advance(&mut self) -> bool {
        let (Some(next), Some(cache)) = (self.order.next(), &self.cache) else {
            return false;
        };
        let word = (next >> 32) as u32;
        if self.last != Some(word) {
            self.last = Some(word);
            self.token.text.clear();
            self.token.text.push_str(cache.word(word));
        }
        self.token.position = next as u32 as usize;
        true
    }

    fn token(&self) -> &Token {
        &self.token
    }

    fn token_mut(&mut self) -> &mut Token {
        &mut self.token
    }
}

impl Drop for NewsTokens {
    fn drop(&mut self) {
        if let Some(cache) = self.cache.take() {
            cache.give_back();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::{stem, stems_text, words};
    use super::*;

    /// Returns the tokens of a text with their positions.
    fn tokens(text: &str, form: TermForm) -> Vec<(usize, String)> {
        let mut tokenizer = NewsTokenizer { form };
        let mut stream = tokenizer.token_stream(text);
        let mut seen = Vec::new();
        while stream.advance() {
            seen.push((stream.token().position, stream.token().text.clone()));
        }
        seen
    }

    #[test]
    fn returns_the_same_words() {
        let text = "Elections in the U.S.: COVID-19 cases\nthe elected, the cases";
        // Twice, since the text is cached.
        for form in [TermForm::Stem, TermForm::Plain, TermForm::Stem] {
            let mut expected: Vec<_> = words(text)
                .into_iter()
                .filter_map(|word| match form {
                    TermForm::Stem => {
                        let stem = stem(&word.plain);
                        (stem != word.plain).then_some((word.position, stem))
                    }
                    _ => Some((word.position, word.plain)),
                })
                .collect();
            expected.sort();
            let mut seen = tokens(text, form);
            seen.sort();
            assert_eq!(seen, expected);
        }
    }

    #[test]
    fn returns_all_positions_of_a_word_in_order() {
        let text = "Talk: a talk, the talks\ntalk";
        for (form, expected) in [
            (
                TermForm::Plain,
                &[
                    ("talk", 0),
                    ("talk", 2),
                    ("talk", 15),
                    ("a", 1),
                    ("the", 3),
                    ("talks", 4),
                ][..],
            ),
            (TermForm::Stem, &[("talk", 4)]),
        ] {
            let seen = tokens(text, form);
            let places: Vec<_> = seen.iter().map(|(at, word)| (word.as_str(), *at)).collect();
            assert_eq!(places, expected);
        }
    }

    #[test]
    fn stems_in_the_language_of_the_text() {
        for (language, text, expected) in [
            (None, "Ships, a ship", &["0 ship"][..]),
            (Some("en"), "Ships, a ship", &["0 ship"]),
            (None, "women left", &["0 woman", "1 leav"]),
            // No stemmer: as English.
            (Some("ja"), "Ships, a ship", &["0 ship"]),
            // Every stem has its language, since its spelling alone does not tell it.
            (
                Some("fr"),
                "Nations, nation",
                &["0 fr:nation", "1 fr:nation"],
            ),
            (
                Some("pt"),
                "informação informações leão leões mão",
                &[
                    "0 pt:inform",
                    "1 pt:inform",
                    "2 pt:lea",
                    "3 pt:lea",
                    "4 pt:mao",
                ],
            ),
        ] {
            let seen = tokens(&stems_text(language, text), TermForm::Stem);
            let mut seen: Vec<String> = (seen.into_iter())
                .map(|(at, stem)| format!("{at} {stem}"))
                .collect();
            seen.sort();
            assert_eq!(seen, expected, "{language:?} {text}");
        }
    }

    #[test]
    fn compounds_are_terms_of_their_own() {
        let text = "Cease-fires, a cease-fire: the break-in of 9-to-5 oxmen-like men";
        for (form, expected) in [
            (
                TermForm::Compound,
                &[
                    "breakin",
                    "breakin-5",
                    "ceasefir",
                    "ceasefir-5",
                    "oxmenlik",
                    "oxmenlik-5",
                ][..],
            ),
            (TermForm::Stem, &["ceas", "fire", "man"]),
        ] {
            let mut seen: Vec<String> = (tokens(text, form).into_iter())
                .map(|(_, term)| term)
                .collect();
            seen.sort();
            seen.dedup();
            assert_eq!(seen, expected);
        }
        let spelt = tokens(text, TermForm::Plain);
        assert!(spelt.iter().all(|(_, word)| !word.contains('-')));
        assert_eq!(spelt.len(), 17);
    }

    #[test]
    fn two_streams_at_once_do_not_disturb_each_other() {
        let mut tokenizer = NewsTokenizer {
            form: TermForm::Plain,
        };
        let mut first = tokenizer.token_stream("one two");
        assert!(first.advance());
        assert_eq!(tokens("three", TermForm::Plain), [(0, "three".to_owned())]);
        assert!(first.advance());
        assert_eq!(first.token().text, "two");
    }

    #[test]
    fn pairs_frequent_words_in_a_row() {
        for (text, expected) in [
            (
                "Of all the ferries, the one of ALL the\nStates",
                &["all the", "of all", "one of", "the one"][..],
            ),
            ("the harbour of Brindle: the, the", &["the the"]),
            // Frequent, but not together; and the end of a block.
            ("our new day to\nbe", &["day to"]),
            // The parts of such a word have one position.
            ("not A&B but", &["a but", "not a"]),
            ("", &[]),
        ] {
            let mut seen: Vec<String> = (tokens(text, TermForm::Pair).into_iter())
                .map(|(_, pair)| pair)
                .collect();
            seen.sort();
            assert_eq!(seen, expected, "{text:?}");
        }
    }
}
