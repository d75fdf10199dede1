//! Whether a name that was taken for a person's can be none, by its own words and the marks beside it: a title
//! alone, `the Duke`; a god; a newspaper, `Dagens Alder`; a building, `Ada Holm Airport`; a work in a list,
//! `“Ada Holm” and “The Weir”`.

use std::ops::Range;
use std::sync::LazyLock;

use rustc_hash::FxHashSet;

use super::document::Labelled;
use super::fold::fold_word;
use super::name::is_title;
use super::observation::Observation;
use super::shape::Shape;
use super::things::is_kind_of_name;
use crate::text::lexicon::{Flags, word_hash};

/// The names of the one God in English-language news and in the languages of its quotations.
const GODS: [&str; 6] = ["god", "allah", "jehovah", "yahweh", "dieu", "dios"];

/// The first words of newspapers' names in other languages than English, which say "daily", "newspaper" or
/// "courier" and begin no person's name.
const PAPERS: [&str; 14] = [
    "dagens",
    "gazeta",
    "gazzetta",
    "corriere",
    "diario",
    "diário",
    "jornal",
    "folha",
    "courrier",
    "giornale",
    "aftenposten",
    "izvestia",
    "jyllands",
    "tages",
];

/// Returns the hashes of words.
fn hashes(words: &[&str]) -> FxHashSet<u64> {
    words
        .iter()
        .map(|word| word_hash(word.as_bytes()))
        .collect()
}

impl Labelled<'_> {
    /// Returns the names, of those taken for persons', that can be none.
    pub(super) fn no_persons(
        self,
        persons: &[Range<usize>],
    ) -> impl Iterator<Item = &Range<usize>> {
        persons.iter().filter(move |name| {
            let words = &self.document.words[(*name).clone()];
            match words {
                [word] => self.is_title_alone(name) || is_god(word),
                [first, .., last] => {
                    is_paper(first)
                        || is_god(last)
                        || ends_no_name(last)
                        || self.is_in_list_of_quotes(name)
                }
                [] => false,
            }
        })
    }

    /// Returns whether a name is a title alone. A title that is also a name has an article before it, or what it
    /// is of after it: `the Duke`, `Duke of Norwich`.
    fn is_title_alone(self, name: &Range<usize>) -> bool {
        let words = &self.document.words;
        let word = &words[name.start];
        let is_after_title = name.start > 0 && words[name.start - 1].flags.any(Flags::TITLE);
        if is_after_title || !is_title(&fold_word(self.token(name.start))) {
            return false;
        }
        let is_defined = || {
            name.start > 0 && matches!(self.token(name.start - 1), "the" | "The")
                || name.end < words.len() && self.token(name.end) == "of"
        };
        let is_name = Flags::ANY_GIVEN.or(Flags::ANY_SURNAME);
        !word.flags.any(is_name) || is_defined()
    }

    /// Returns whether a name is all that is between two quotation marks, beside another text in quotation
    /// marks, as works are listed: `“Ada Kline” and “The Weir”`. A full stop or a comma may be before the
    /// closing mark. Alone in quotation marks it may be what somebody is called.
    fn is_in_list_of_quotes(self, name: &Range<usize>) -> bool {
        let is_quote = |at: usize| {
            at < self.document.words.len()
                && matches!(self.token(at), "“" | "”" | "\"" | "«" | "»" | "„")
        };
        let is_one_of = |at: usize, texts: &[&str]| {
            at < self.document.words.len() && texts.contains(&self.token(at))
        };
        let Some(open) = name.start.checked_sub(1) else {
            return false;
        };
        let close = name.end + usize::from(is_one_of(name.end, &[",", "."]));
        if !is_quote(open) || !is_quote(close) {
            return false;
        }
        let joins = [",", "and", "or"];
        let is_before = is_one_of(close + 1, &joins) && is_quote(close + 2);
        is_before || (open > 1 && is_one_of(open - 1, &joins) && is_quote(open - 2))
    }
}

/// Returns whether a word is the name of a god.
fn is_god(word: &Observation) -> bool {
    static HASHES: LazyLock<FxHashSet<u64>> = LazyLock::new(|| hashes(&GODS));
    HASHES.contains(&word.hash)
}

/// Returns whether a newspaper's name begins with a word.
fn is_paper(word: &Observation) -> bool {
    static HASHES: LazyLock<FxHashSet<u64>> = LazyLock::new(|| hashes(&PAPERS));
    HASHES.contains(&word.hash)
}

/// Returns whether the last word of a name says what it names, and is no surname: `Airport`, `Secretary`.
fn ends_no_name(word: &Observation) -> bool {
    let is_name = Flags::ANY_GIVEN.or(Flags::ANY_SURNAME).or(Flags::SUFFIX);
    let says_what = word.flags.any(Flags::ORGANISATION.or(Flags::ROLE)) || is_kind_of_name(word);
    word.shape == Shape::Capitalised && !word.flags.any(is_name) && says_what
}

#[cfg(test)]
mod tests {
    use crate::people::crf::Label;
    use crate::people::document::{Document, Labelled};
    use crate::people::token::tokenize;
    use crate::text::lexicon::Lexicon;

    /// Returns whether the words `name` of a text, taken for a person's, can be no person's name.
    fn is_none(text: &str, name: &str) -> bool {
        let tokens = tokenize(text);
        let document = Document::read(text, &tokens, Lexicon::get());
        let labels = vec![Label::Single; tokens.tokens.len()];
        let labelled = Labelled {
            document: &document,
            labels: &labels,
        };
        let length = name.split(' ').count();
        let starts = 0..tokens.tokens.len();
        let mut ranges = starts.map(|start| start..(start + length).min(tokens.tokens.len()));
        let range = ranges
            .find(|range| labelled.text_of(range) == name)
            .unwrap();
        labelled.no_persons(&[range]).next().is_some()
    }

    #[test]
    fn words_of_a_name_say_that_it_is_none() {
        for (text, name, expected) in [
            ("He met the Duchess in town.", "Duchess", true),
            ("He met the Duke in town.", "Duke", true),
            ("Duke of Norwich was there.", "Duke", true),
            ("He met Duke in town.", "Duke", false),
            ("He met Mr. Duke in town.", "Duke", false),
            ("May God protect you.", "God", true),
            ("They read Dagens Alder every day.", "Dagens Alder", true),
            (
                "He flew to Ada Holm Airport on Monday.",
                "Ada Holm Airport",
                true,
            ),
            ("The Home Secretary said so.", "Home Secretary", true),
            ("They saw “Ada Kline” and “Piet Roos.”", "Ada Kline", true),
            ("They saw “Ada Kline” and “Piet Roos.”", "Piet Roos", true),
            ("They saw \"Ada Kline\" and \"Roos\".", "Ada Kline", true),
            ("They called her \"Ada Kline\" there.", "Ada Kline", false),
            ("“Ada Kline left,” he said.", "Ada Kline", false),
            ("They met Ada Church and left.", "Ada Church", false),
            ("They met Ada Hill and left.", "Ada Hill", false),
        ] {
            assert_eq!(is_none(text, name), expected, "{text} {name}");
        }
    }
}
