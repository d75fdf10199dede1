//! A text prepared for the tagger: its words, its sentences and its evidence.

use std::ops::Range;

use super::candidates::Sentence;
use super::crf::Label;
use super::evidence::Evidence;
use super::observation::Observation;
use super::token::Tokens;
use crate::text::lexicon::Lexicon;

/// A document with its labels.
#[derive(Clone, Copy)]
pub(super) struct Labelled<'a> {
    pub(super) document: &'a Document<'a>,
    /// A label for each token.
    pub(super) labels: &'a [Label],
}

impl<'a> Labelled<'a> {
    /// Returns the text of a token.
    pub(super) fn token(self, at: usize) -> &'a str {
        self.document.tokens.tokens[at].text(self.document.text)
    }
}

/// A text prepared for the tagger.
pub struct Document<'t> {
    pub(super) text: &'t str,
    pub(super) tokens: &'t Tokens,
    /// The words of the text, one for each token.
    pub words: Vec<Observation>,
    /// The sentences in order.
    pub sentences: Vec<Sentence>,
    pub(super) evidence: Evidence,
}

impl<'t> Document<'t> {
    /// Looks up every word, marks the candidates and collects the evidence.
    pub fn read(text: &'t str, tokens: &'t Tokens, lexicon: &Lexicon) -> Self {
        let mut lower = Vec::new();
        let mut words: Vec<Observation> = tokens
            .tokens
            .iter()
            .map(|token| Observation::read(token.text(text), lexicon, &mut lower))
            .collect();
        let sentences: Vec<Sentence> = (tokens.sentences.iter())
            .map(|tokens| Sentence::read(tokens, &mut words))
            .collect();
        let evidence = Evidence::collect(&words, &sentences);
        Self {
            text,
            tokens,
            words,
            sentences,
            evidence,
        }
    }

    /// Returns the sentence of the token at `at`.
    pub(super) fn sentence_of(&self, at: usize) -> &Sentence {
        let after = (self.sentences).partition_point(|sentence| sentence.tokens.end <= at);
        &self.sentences[after]
    }

    /// Returns the runs of candidates in a sentence, in order, as ranges of tokens.
    pub fn runs(&self, sentence: &Sentence) -> impl Iterator<Item = Range<usize>> {
        sentence.runs(&self.words)
    }
}
