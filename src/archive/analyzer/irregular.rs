//! Irregular forms of English nouns and verbs: `women` of `woman`, `sold` of `sell`.
//!
//! The table has the forms of the exception lists `noun.exc` and `verb.exc` of WordNet 3.0
//! (Princeton University, wordnet.princeton.edu), and of its rule for nouns in -man, that the stemmer gives another stem than their
//! lemma, for each lemma that occurs in WordNet's tagged texts (`cntlist.rev`) or ends in -woman. Of a lemma
//! with another form, the regular plural is one too (`buses`). The auxiliaries be,
//! have, do and may are left out: their forms are function words.
//!
//! Some forms are words of their own as well: `left`, `found` of `find`, `leaves` of `leaf`. A form
//! that occurs in the tagged texts as a noun or verb of its own less than a tenth as often as its
//! lemma is a form alone (`found`, `saw`, `men`). The others have a `+` (`left`, `shot`, `thought`,
//! `wound`): a question for the lemma finds them, and a question for them finds no lemma.

use std::sync::LazyLock;

use rustc_hash::FxHashMap;

/// A line for each lemma, in order, with its forms.
const TABLE: &str = include_str!("irregular.txt");

/// The lemma of an irregular form.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Lemma {
    pub word: &'static str,
    /// Whether the form is a word of its own as well.
    pub is_shared: bool,
}

/// The lemmas in order, each with its forms.
pub(super) static FORMS: LazyLock<Vec<(&'static str, &'static str)>> = LazyLock::new(|| {
    let lines = TABLE.lines();
    lines.filter_map(|line| line.split_once(' ')).collect()
});

static LEMMAS: LazyLock<FxHashMap<&'static str, Lemma>> = LazyLock::new(|| {
    let forms = FORMS.iter().flat_map(|&(word, forms)| {
        forms.split(' ').map(move |form| {
            let shared = form.strip_prefix('+');
            let is_shared = shared.is_some();
            (shared.unwrap_or(form), Lemma { word, is_shared })
        })
    });
    forms.collect()
});

/// Returns the lemma of a folded word, if it is an irregular form.
pub(super) fn lemma(form: &str) -> Option<Lemma> {
    LEMMAS.get(form).copied()
}

#[cfg(test)]
mod tests {
    use super::super::{irregular_forms, other_stem, stem};
    use super::*;

    #[test]
    fn the_table_adds_to_the_stemmer() {
        let lemmas: Vec<&str> = TABLE
            .lines()
            .filter_map(|line| line.split(' ').next())
            .collect();
        assert!(lemmas.is_sorted());
        for (form, lemma) in LEMMAS.iter().collect::<std::collections::BTreeMap<_, _>>() {
            let lemma_stem = stem(lemma.word);
            let above = self::lemma(lemma.word);
            assert!(above.is_none_or(|above| above.is_shared), "{form}");
            if lemma.is_shared {
                assert_ne!(stem(form), lemma_stem, "{form}");
                assert_eq!(other_stem(form).as_ref(), Some(&lemma_stem), "{form}");
            } else {
                assert_eq!(
                    (stem(form), other_stem(form)),
                    (lemma_stem.clone(), None),
                    "{form}"
                );
            }
            assert!(
                irregular_forms(&lemma_stem).any(|known| known == *form),
                "{form}"
            );
        }
    }

    #[test]
    fn irregular_forms_have_the_stem_of_their_lemma() {
        for (form, lemma, is_shared) in [
            ("went", "going", false),
            ("geese", "goose", false),
            ("spokeswomen", "spokeswoman", false),
            ("businesswomen", "businesswoman", false),
            ("buses", "bus", false),
            ("gases", "gas", false),
            ("knives", "knife", false),
            ("caught", "catches", false),
            ("spoken", "speaks", false),
            ("men", "man", false),
            ("saw", "seeing", false),
            ("left", "leaving", true),
            ("thought", "thinks", true),
            ("leaves", "leaf", true),
            ("wound", "winds", true),
        ] {
            assert_eq!(stem(form) == stem(lemma), !is_shared, "{form}");
            assert_eq!(other_stem(form).is_some(), is_shared, "{form}");
        }
        for word in ["harbour", "was", "has", "did", "ran the"] {
            assert_eq!(lemma(word), None, "{word}");
        }
        assert_eq!(
            irregular_forms("go").collect::<Vec<_>>(),
            ["goes", "gone", "went"]
        );
    }
}
