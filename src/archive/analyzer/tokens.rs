//! The words of a text in the form the engine asks for.
//!
//! They come word by word, not as they stand in the text: all places of one word, in order, then all
//! of the next. An index is the same for it, and is built faster: the engine finds each word's
//! postings once a text.

use tantivy::tokenizer::{Token, TokenStream, Tokenizer};

use super::remembered::{Remembered, TextWord};

/// What becomes of the words of a text.
#[derive(Clone, Copy)]
pub(super) enum TermForm {
    /// They are as they are spelt.
    Plain,
    /// They are their stems.
    Stem,
    /// Those that are a pair with the next are that pair (see [`super::pair`]), each once.
    Pair,
}

/// Makes the words of a text into tokens, without offsets: the engine does not keep them.
#[derive(Clone)]
pub(super) struct NewsTokenizer {
    pub form: TermForm,
}

impl Tokenizer for NewsTokenizer {
    type TokenStream<'a> = NewsTokens;

    fn token_stream(&mut self, text: &str) -> NewsTokens {
        let mut remembered = Remembered::take();
        // Sorted as one number, a word's before its place.
        let number =
            |word: u32, place: &TextWord| u64::from(word) << 32 | u64::from(place.position);
        let mut order: Vec<u64> = match self.form {
            TermForm::Plain => {
                let places = remembered.text_words(text).iter();
                places.map(|place| number(place.plain, place)).collect()
            }
            TermForm::Stem => {
                let places = remembered.text_words(text).iter();
                places.map(|place| number(place.stem, place)).collect()
            }
            TermForm::Pair => {
                let mut order = Vec::new();
                // The index notes whether an article has a pair, and not where.
                remembered.each_pair(text, |pair| order.push(u64::from(pair) << 32));
                order
            }
        };
        order.sort_unstable();
        if matches!(self.form, TermForm::Pair) {
            order.dedup();
        }
        NewsTokens {
            remembered: Some(remembered),
            order: order.into_iter(),
            last: None,
            token: Token::default(),
        }
    }
}

pub(super) struct NewsTokens {
    /// It is there until the stream is dropped.
    remembered: Option<Box<Remembered>>,
    order: std::vec::IntoIter<u64>,
    /// The number of the word in `token`.
    last: Option<u32>,
    token: Token,
}

impl TokenStream for NewsTokens {
    fn advance(&mut self) -> bool {
        let (Some(next), Some(remembered)) = (self.order.next(), &self.remembered) else {
            return false;
        };
        let word = (next >> 32) as u32;
        if self.last != Some(word) {
            self.last = Some(word);
            self.token.text.clear();
            self.token.text.push_str(remembered.word(word));
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
        if let Some(remembered) = self.remembered.take() {
            remembered.give_back();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::{stem, words};
    use super::*;

    /// Returns the tokens of a text by their places.
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
    fn gives_the_engine_the_same_words() {
        let text = "Elections in the U.S.: COVID-19 cases\nthe elected, the cases";
        // Twice, since a text is remembered.
        for form in [TermForm::Stem, TermForm::Plain, TermForm::Stem] {
            let mut expected: Vec<_> = words(text)
                .into_iter()
                .map(|word| match form {
                    TermForm::Stem => (word.position, stem(&word.plain)),
                    _ => (word.position, word.plain),
                })
                .collect();
            expected.sort();
            let mut seen = tokens(text, form);
            seen.sort();
            assert_eq!(seen, expected);
        }
    }

    #[test]
    fn gives_a_words_places_in_a_row_and_in_order() {
        let seen = tokens("Talks: a talk, the talks\ntalk", TermForm::Stem);
        let places: Vec<_> = seen.iter().map(|(at, word)| (word.as_str(), *at)).collect();
        assert_eq!(
            places,
            [
                ("talk", 0),
                ("talk", 2),
                ("talk", 4),
                ("talk", 15),
                ("a", 1),
                ("the", 3)
            ]
        );
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
            // Frequent, but not together; a block ends.
            ("our new day to\nbe", &["day to"]),
            // Both parts of a joined word have its place.
            ("not a-10 but", &["a but", "not a"]),
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
