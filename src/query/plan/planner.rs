//! The planner: the plan as far as it was made, and what the planner has looked up for it.

use std::rc::Rc;
use std::sync::Arc;

use rayon::prelude::*;
use rustc_hash::{FxHashMap, FxHashSet};
use tantivy::query::{BooleanQuery, EmptyQuery, Query};
use tantivy::schema::Field;
use tantivy::{Searcher, Term};

use super::expand::Expansion;
use super::search_plan::{Plan, RankWord};
use crate::archive::reader::Snapshot;
use crate::engine::known_term::KnownTerm;
use crate::error::shortened;
use crate::error::{QueryError, Result};
use crate::identity::lookup::PersonOptions;
use crate::identity::named::Meant;
use crate::passages::Mark;
use crate::query::tree::{FieldName, Leaf, Node};

/// The weight of a word of another spelling, and of a part of `COVID-19`: two in a row are less than half of
/// the word as typed.
const LESSER: f32 = 0.2;

/// Makes a plan. The methods that read the nodes of a tree stand in the other files of this room.
pub(super) struct Planner<'a> {
    pub(super) snapshot: &'a Snapshot,
    pub(super) options: PersonOptions<'a>,
    pub(super) plan: Plan,
    /// The words that rank the hits.
    words: Vec<AskedWord>,
    /// The index of each of them, by its terms.
    ranked: FxHashMap<Vec<Term>, usize>,
    /// The marks of the plan.
    marked: FxHashSet<Mark>,
    /// For typed words, whether they are names of persons and searched as they are spelt.
    pub(super) spelt: FxHashMap<String, bool>,
    /// The words that each pattern matches, by the first field that is read for it.
    pub(super) expanded: FxHashMap<(Field, Leaf), Rc<Expansion>>,
    /// The words that are other spellings of those of the query, and rank less.
    pub(super) lesser: FxHashSet<String>,
    /// The terms of letters and digits that are written together in the query.
    pub(super) joints: Vec<String>,
    /// The persons that each typed name resolves to.
    pub(super) meant: FxHashMap<String, Arc<Meant>>,
}

/// How a node is searched.
#[derive(Clone, Copy)]
pub(super) struct Scope {
    /// The field, if the query names one.
    pub(super) field: Option<FieldName>,
    /// Whether the words of the node rank the hits and are marked. Those of excluded nodes are not.
    pub(super) is_wanted: bool,
}

impl Scope {
    /// Returns the scope of an excluded node.
    pub(super) fn excluded(self) -> Self {
        Self {
            is_wanted: false,
            ..self
        }
    }
}

impl<'a> Planner<'a> {
    /// Returns a planner with an empty plan.
    pub(super) fn new(snapshot: &'a Snapshot, options: PersonOptions<'a>) -> Self {
        Self {
            snapshot,
            options,
            plan: Plan::default(),
            words: Vec::new(),
            ranked: FxHashMap::default(),
            marked: FxHashSet::default(),
            spelt: FxHashMap::default(),
            expanded: FxHashMap::default(),
            lesser: FxHashSet::default(),
            joints: Vec::new(),
            meant: FxHashMap::default(),
        }
    }

    /// Adds a mark, once.
    pub(super) fn add_mark(&mut self, mark: Mark) {
        if self.marked.insert(mark.clone()) {
            self.plan.marks.push(mark);
        }
    }

    /// Adds a word that ranks the hits and is marked, and returns its index in the plan.
    pub(super) fn rank_and_mark_word(&mut self, plain: &str, exact: bool) -> Result<usize> {
        self.add_mark(if exact {
            Mark::Plain(plain.to_owned())
        } else {
            Mark::AnyForm(plain.to_owned())
        });
        self.rank_word(plain, exact)
    }

    /// Adds a word that ranks the hits, and returns its index in the plan.
    pub(super) fn rank_word(&mut self, plain: &str, exact: bool) -> Result<usize> {
        let fields = &self.snapshot.fields;
        let headline = self.word_terms(fields.headline, plain, exact)?;
        let body = self.word_terms(fields.body, plain, exact)?;
        Ok(self.add_rank_word(plain, headline, body, false))
    }

    /// Adds a part of a word such as `COVID-19`, which ranks less than the whole, since articles have it
    /// apart as well. `is_joined` is whether the part before is one of the same word.
    pub(super) fn rank_part(&mut self, plain: &str, is_joined: bool) -> Result<()> {
        let known = self.words.len();
        let at = self.rank_word(plain, false)?;
        if at == known {
            let word = &mut self.words[at];
            word.weight *= LESSER;
            word.is_joined = is_joined;
        }
        Ok(())
    }

    /// Adds a word of a pattern, which ranks the hits, and returns its index in the plan.
    pub(super) fn rank_word_of_pattern(&mut self, plain: &str) -> usize {
        let fields = &self.snapshot.fields;
        let [headline, body] =
            [fields.headline, fields.body].map(|field| vec![Term::from_field_text(field, plain)]);
        self.add_rank_word(plain, headline, body, true)
    }

    /// Returns the terms of a field that a word stands for. `exact` is whether other forms of it are
    /// not found.
    pub(super) fn word_terms(&self, field: Field, plain: &str, exact: bool) -> Result<Vec<Term>> {
        if exact {
            Ok(vec![Term::from_field_text(field, plain)])
        } else {
            self.snapshot.any_form(field, plain)
        }
    }

    fn add_rank_word(
        &mut self,
        plain: &str,
        headline: Vec<Term>,
        body: Vec<Term>,
        is_of_pattern: bool,
    ) -> usize {
        let is_lesser = self.lesser.contains(plain);
        let weight = if is_lesser { LESSER } else { 1.0 };
        let next = self.words.len();
        let index = *self.ranked.entry(body.clone()).or_insert(next);
        if index < next {
            self.words[index].weight += weight;
        } else {
            self.words.push(AskedWord {
                headline,
                body,
                is_of_pattern,
                plain: plain.to_owned(),
                weight,
                is_joined: false,
            });
        }
        index
    }

    /// Returns the ranking words with what the index has of their terms.
    pub(super) fn known_words(&mut self) -> Result<Vec<RankWord>> {
        let searcher = &self.snapshot.searcher;
        let words = std::mem::take(&mut self.words).into_par_iter();
        // One word takes some 50 µs in an archive of ten segments, more than a thread costs.
        words.map(|word| word.known(searcher)).collect()
    }
}

/// A word that ranks the hits, before its terms are looked up.
struct AskedWord {
    headline: Vec<Term>,
    body: Vec<Term>,
    is_of_pattern: bool,
    plain: String,
    weight: f32,
    is_joined: bool,
}

impl AskedWord {
    fn known(self, searcher: &Searcher) -> Result<RankWord> {
        Ok(RankWord {
            headline: KnownTerm::find_all(searcher, self.headline)?,
            body: KnownTerm::find_all(searcher, self.body)?,
            is_of_pattern: self.is_of_pattern,
            plain: self.plain,
            weight: self.weight,
            is_joined: self.is_joined,
        })
    }
}

/// Returns the error for a node that a field can't take.
pub(super) fn cannot_take(field: Option<FieldName>, node: &Node) -> crate::Error {
    let field = field.map_or("text", FieldName::name);
    QueryError {
        message: format!("{field} can't take {}", shortened(&node.to_string())),
        hint: "a field takes words, phrases and groups of them, as in headline:(one OR two)"
            .to_owned(),
        at: 0,
    }
    .into()
}

/// Returns a query that matches what any of the queries matches.
pub(super) fn any_of(mut queries: Vec<Box<dyn Query>>) -> Box<dyn Query> {
    match queries.pop() {
        None => Box::new(EmptyQuery),
        Some(only) if queries.is_empty() => only,
        Some(last) => {
            queries.push(last);
            Box::new(BooleanQuery::union(queries))
        }
    }
}
