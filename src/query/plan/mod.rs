//! What a query asks of the index: the plan that a tree is turned into.

pub(crate) mod compile;
pub mod expand;
pub(crate) mod filters;
mod person_near;
mod places;
pub(crate) mod planner;
mod stored_text;
mod text;

use std::sync::Arc;

use rustc_hash::FxHashSet;
use tantivy::Term;
use tantivy::query::Query;

use crate::archive::schema::Fields;
use crate::identity::named::Meant;
use crate::passages::Mark;
use expand::Expansion;

/// What a query asks of the index.
#[derive(Default)]
pub struct Plan {
    /// Every word that ranks the hits, each once, in the order they were asked for.
    pub words: Vec<RankWord>,
    /// How many of the last of them were not asked for, but guessed.
    pub guessed: usize,
    /// Which of them have to match.
    pub shape: Shape,
    /// What else has to match.
    pub filters: Vec<Box<dyn Query>>,
    /// What must not match.
    pub excluded: Vec<Box<dyn Query>>,
    /// What to mark in passages; persons aside, whose forms differ from article to article.
    pub marks: Vec<Mark>,
    /// The keys that patterns of names stand for.
    pub person_keys: FxHashSet<String>,
    /// The persons asked for by name.
    pub persons: Vec<Arc<Meant>>,
    /// The words, spellings and outlets that were searched for what was typed.
    pub expansions: Vec<Expansion>,
    /// What the asker should know.
    pub notes: Vec<String>,
}

/// Which of the ranking words an article needs, in headline or body.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Shape {
    /// All of these, in order.
    All(Vec<usize>),
    /// Any of these, in order.
    Any(Vec<usize>),
}

impl Shape {
    /// Returns the words, in order.
    pub fn words(&self) -> &[usize] {
        match self {
            Self::All(words) | Self::Any(words) => words,
        }
    }
}

impl Default for Shape {
    fn default() -> Self {
        Self::All(Vec::new())
    }
}

/// A word that ranks the hits.
#[derive(Clone, Debug, PartialEq)]
pub struct RankWord {
    /// The word in the headline, where it is looked for there.
    pub headline: Option<Term>,
    /// The word in the body, or in both where `headline` is not given.
    pub body: Term,
    /// The folded word.
    pub plain: String,
    /// How often it was asked for; less than once where it was only guessed.
    pub weight: f32,
}

impl Plan {
    /// Takes a word that was not asked for among those that rank, after all that were; where it was
    /// asked for, it counts more. It is marked where it is one of a plan that only has such words.
    pub fn guess(&mut self, fields: &Fields, plain: String, stem: &str, weight: f32) {
        let body = Term::from_field_text(fields.body, stem);
        if let Some(asked) = self.words.iter_mut().find(|word| word.body == body) {
            asked.weight += weight;
            return;
        }
        if self.guessed == self.words.len() {
            self.marks.push(Mark::Stem(stem.to_owned()));
        }
        self.words.push(RankWord {
            headline: Some(Term::from_field_text(fields.headline, stem)),
            body,
            plain,
            weight,
        });
        self.guessed += 1;
    }

    /// Returns the words that rank and were asked for.
    pub fn asked(&self) -> &[RankWord] {
        &self.words[..self.words.len() - self.guessed]
    }
}
