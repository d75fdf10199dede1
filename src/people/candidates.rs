//! The words that may be part of a name, and the runs of them that the model labels.

use std::ops::Range;

use super::observation::Observation;
use super::shape::Shape;
use crate::text::lexicon::{Flags, word_hash};

/// A sentence of a document.
#[derive(Clone, Debug)]
pub struct Sentence {
    /// The range of its tokens.
    pub tokens: Range<usize>,
    /// Whether it is set in capitals, as headlines are.
    pub is_all_capitals: bool,
}

impl Sentence {
    /// Reads the sentence with these tokens, and marks its candidates in `words`, the observations
    /// of the whole document.
    pub(super) fn read(tokens: &Range<usize>, words: &mut [Observation]) -> Self {
        let words = &mut words[tokens.clone()];
        mark_candidates(words);
        Self {
            tokens: tokens.clone(),
            is_all_capitals: is_all_capitals(words),
        }
    }

    /// Returns the runs of candidates in the sentence, in order, as ranges of `words`.
    pub(super) fn runs(&self, words: &[Observation]) -> impl Iterator<Item = Range<usize>> {
        let mut at = self.tokens.start;
        let words = &words[..self.tokens.end];
        std::iter::from_fn(move || {
            at += words[at..].iter().position(|word| word.is_candidate)?;
            let start = at;
            at += words[at..]
                .iter()
                .position(|word| !word.is_candidate)
                .unwrap_or(words.len() - at);
            Some(start..at)
        })
    }
}

/// Marks the candidates of a sentence: capitalised words except function words and titles before a
/// name, and the particles between them.
fn mark_candidates(words: &mut [Observation]) {
    for at in 0..words.len() {
        let word = &words[at];
        let is_letter = word.shape == Shape::Initial || (word.shape == Shape::OneCapital && at > 0);
        let is_candidate = word.is_capitalised() && (is_letter || !word.flags.any(Flags::FUNCTION));
        words[at].is_candidate =
            is_candidate && !word.is_no_name && !is_title_before_name(words, at);
    }
    unmark_party_and_place(words);
    for at in 0..words.len() {
        if let Some(end) = office_end(words, at) {
            for word in &mut words[at..end] {
                word.is_candidate = false;
            }
        }
    }
    for at in 1..words.len() {
        let word = &words[at];
        if word.is_capitalised()
            && word.flags.any(Flags::PARTICLE)
            && !word.flags.any(Flags::TITLE)
            && words[at - 1].is_candidate
        {
            words[at].is_candidate = true;
        }
    }
    let mut at = 1;
    while at < words.len() {
        let is_particle =
            |word: &Observation| !word.is_candidate && word.flags.any(Flags::PARTICLE);
        let len = words[at..]
            .iter()
            .take_while(|word| is_particle(word))
            .count();
        let end = at + len;
        if (1..=3).contains(&len)
            && words[at - 1].is_candidate
            && words.get(end).is_some_and(|word| word.is_candidate)
        {
            for word in &mut words[at..end] {
                word.is_candidate = true;
            }
        }
        at = end + 1;
    }
}

/// Unmarks the rest of a place after its party in brackets: `Ana` in `(D-Santa Ana)`.
fn unmark_party_and_place(words: &mut [Observation]) {
    let bracket = word_hash(b"(");
    for at in 1..words.len() {
        if words[at].is_no_name && words[at - 1].hash == bracket {
            let rest = words[at..].iter_mut().skip(1);
            for word in rest.take_while(|word| word.is_capitalised()) {
                word.is_candidate = false;
            }
        }
    }
}

/// Returns the end of an office that begins with the title at `at` and contains "of" or "for": in
/// `Secretary of State Ada Hale`, the index after `State`. A common given name is not part of the
/// office, since the holder's name begins there.
fn office_end(words: &[Observation], at: usize) -> Option<usize> {
    let is_title = words[at].flags.any(Flags::TITLE) && words[at].is_capitalised();
    let links = |word: &Observation| {
        !word.is_capitalised()
            && [b"of".as_slice(), b"for"]
                .iter()
                .any(|w| word_hash(w) == word.hash)
    };
    if !is_title || !words.get(at + 1).is_some_and(links) {
        return None;
    }
    let end = (at + 2..words.len())
        .take_while(|&k| {
            let word = &words[k];
            word.is_capitalised()
                && word.flags.any(Flags::WORD)
                && !word.flags.any(Flags::COMMON_GIVEN)
        })
        .last()?
        + 1;
    let name_follows = words.get(end).is_some_and(Observation::is_capitalised);
    name_follows.then_some(end)
}

/// Returns whether a word is an honorific or a role that a name follows: `President` in `President
/// Hale`, but not `Dean` in `Howard Dean Hale`.
fn is_title_before_name(words: &[Observation], at: usize) -> bool {
    let word = &words[at];
    if !word.flags.any(Flags::TITLE) || word.shape == Shape::Initial {
        return false;
    }
    let name_follows = words.get(at + 1).is_some_and(|next| {
        next.is_capitalised() && !next.flags.any(Flags::ORGANISATION.or(Flags::FUNCTION))
    });
    let is_middle_name = at > 0
        && words[at - 1].is_candidate
        && words[at - 1].flags.any(Flags::ANY_GIVEN)
        && word.flags.any(Flags::COMMON_SURNAME);
    name_follows && !is_middle_name
}

/// Returns whether at least seven in ten words of a sentence are in capitals.
fn is_all_capitals(words: &[Observation]) -> bool {
    let (mut all, mut capitals) = (0, 0);
    for word in words {
        match word.shape {
            Shape::AllCapitals => capitals += 1,
            Shape::Lower | Shape::Capitalised | Shape::Mixed => {}
            _ => continue,
        }
        all += 1;
    }
    all >= 2 && capitals * 10 >= all * 7
}

#[cfg(test)]
mod tests {
    use crate::people::document::Document;
    use crate::people::token::tokenize;
    use crate::text::lexicon::Lexicon;

    #[test]
    fn runs_leave_titles_out_and_keep_particles() {
        for (text, expected) in [
            ("the talks went on", vec![]),
            (
                "When President Ana Ruiz met Mr. Hale",
                vec!["Ana Ruiz", "Hale"],
            ),
            ("so Charles de la Tour spoke", vec!["Charles de la Tour"]),
            (
                "then J. R. R. Hale of Norwich",
                vec!["J. R. R. Hale", "Norwich"],
            ),
            ("de la Tour spoke", vec!["Tour"]),
        ] {
            let tokens = tokenize(text);
            let document = Document::read(text, &tokens, Lexicon::get());
            let runs: Vec<&str> = document
                .sentences
                .iter()
                .flat_map(|sentence| document.runs(sentence))
                .map(|run| {
                    let (first, last) = (tokens.tokens[run.start], tokens.tokens[run.end - 1]);
                    &text[first.start as usize..last.end as usize]
                })
                .collect();
            assert_eq!(runs, expected, "{text}");
        }
    }
}
