//! The plan of a query: what a search runs.

use std::sync::Arc;

use rustc_hash::FxHashSet;
use tantivy::Term;
use tantivy::query::Query;

use super::expand::Expansion;
use super::variants::Variants;
use crate::archive::reader::Snapshot;
use crate::engine::known_term::KnownTerm;
use crate::error::Result;
use crate::identity::named::Meant;
use crate::passages::Mark;

/// What a search runs: words, filters, exclusions, and what the answer shows of them.
#[derive(Default)]
pub struct Plan {
    /// The words that rank the hits, each once, in the order of the query. Those of the query come
    /// first.
    pub words: Vec<RankWord>,
    /// How many of the last words are not in the query but were added.
    pub guessed: usize,
    /// Which of the words have to match.
    pub shape: Shape,
    /// What else has to match.
    pub filters: Vec<Box<dyn Query>>,
    /// What must not match.
    pub excluded: Vec<Box<dyn Query>>,
    /// What passages mark, except persons, whose forms differ between articles.
    pub marks: Vec<Mark>,
    /// The keys of persons that patterns of names match.
    pub person_keys: FxHashSet<String>,
    /// The persons of the query, resolved.
    pub persons: Vec<Arc<Meant>>,
    /// The words, names and outlets that patterns match.
    pub expansions: Vec<Expansion>,
    /// The words of which other spellings are searched as well.
    pub variants: Vec<Variants>,
    /// The words of which an umlaut is spelled in two ways.
    pub umlauts: Vec<Umlaut>,
    /// Notes for the user.
    pub notes: Vec<String>,
}

/// Two folded words that are spellings of one: `zurich` and `zuerich`. The index has both where a text has
/// `Zürich`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Umlaut {
    /// The index of the ranking word that was typed.
    pub word: usize,
    /// That word.
    pub typed: String,
    /// The other spelling.
    pub other: String,
    /// Whether the umlaut was typed.
    pub has_umlaut: bool,
}

/// Which of the ranking words an article needs in headline or body, as indexes in order.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Shape {
    /// All of these words.
    All(Vec<usize>),
    /// Any of these words.
    Any(Vec<usize>),
}

impl Shape {
    /// Returns the indexes of the words, in order.
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
    /// The terms in the headline, any of which is the word.
    pub headline: Vec<KnownTerm>,
    /// The terms in the body, any of which is the word.
    pub body: Vec<KnownTerm>,
    /// Whether it is one of the words that a pattern matches.
    pub is_of_pattern: bool,
    /// The folded word.
    pub plain: String,
    /// How many times the query has the word; less than 1 for an added word.
    pub weight: f32,
    /// Whether it is written in one with the word before it, as the digits of `COVID-19` are.
    pub is_joined: bool,
}

impl RankWord {
    /// Returns whether these are its terms in the body.
    fn has_body(&self, terms: &[Term]) -> bool {
        self.body.iter().map(|known| &known.term).eq(terms)
    }
}

impl Plan {
    /// Adds a ranking word that is not in the query, or adds `weight` to the word if it is. The word
    /// is marked in passages if the plan has no word of a query.
    ///
    /// # Errors
    ///
    /// Returns an error if the index can't be read.
    pub fn guess(&mut self, snapshot: &Snapshot, plain: String, weight: f32) -> Result<()> {
        let headline = snapshot.any_form(snapshot.fields.headline, &plain)?;
        let body = snapshot.any_form(snapshot.fields.body, &plain)?;
        if let Some(known) = self.words.iter_mut().find(|word| word.has_body(&body)) {
            known.weight += weight;
            return Ok(());
        }
        if self.guessed == self.words.len() {
            self.marks.push(Mark::AnyForm(plain.clone()));
        }
        self.words.push(RankWord {
            headline: KnownTerm::find_all(&snapshot.searcher, headline)?,
            body: KnownTerm::find_all(&snapshot.searcher, body)?,
            is_of_pattern: false,
            plain,
            weight,
            is_joined: false,
        });
        self.guessed += 1;
        Ok(())
    }

    /// Returns the ranking words of the query.
    pub fn asked(&self) -> &[RankWord] {
        &self.words[..self.words.len() - self.guessed]
    }
}
