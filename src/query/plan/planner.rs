//! The planner: the plan as far as it was made, and what the planner has looked up for it.

use std::rc::Rc;
use std::sync::Arc;

use rustc_hash::{FxHashMap, FxHashSet};
use tantivy::Term;
use tantivy::query::{BooleanQuery, EmptyQuery, Query};
use tantivy::schema::Field;

use super::expand::Expansion;
use super::search_plan::{Plan, RankWord};
use crate::archive::analyzer;
use crate::archive::reader::Snapshot;
use crate::error::QueryError;
use crate::error::shortened;
use crate::identity::lookup::PersonOptions;
use crate::identity::named::Meant;
use crate::passages::Mark;
use crate::query::tree::{FieldName, Leaf, Node};

/// The weight of a word of another spelling: two in a row are less than half of the word as typed.
const LESSER: f32 = 0.2;

/// Makes a plan. The methods that read the nodes of a tree stand in the other files of this room.
pub(super) struct Planner<'a> {
    pub(super) snapshot: &'a Snapshot,
    pub(super) options: PersonOptions<'a>,
    pub(super) plan: Plan,
    /// The index of each ranking word in the plan, by its term.
    ranked: FxHashMap<Term, usize>,
    /// The marks of the plan.
    marked: FxHashSet<Mark>,
    /// For typed words, whether they are names of persons and searched unstemmed.
    pub(super) spelt: FxHashMap<String, bool>,
    /// The words of a field that each pattern matches.
    pub(super) expanded: FxHashMap<(Field, Leaf), Rc<Expansion>>,
    /// The words that are other spellings of those of the query, and rank less.
    pub(super) lesser: FxHashSet<String>,
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
            ranked: FxHashMap::default(),
            marked: FxHashSet::default(),
            spelt: FxHashMap::default(),
            expanded: FxHashMap::default(),
            lesser: FxHashSet::default(),
            meant: FxHashMap::default(),
        }
    }

    /// Adds a mark, once.
    pub(super) fn add_mark(&mut self, mark: Mark) {
        if self.marked.insert(mark.clone()) {
            self.plan.marks.push(mark);
        }
    }

    /// Adds a word that ranks the hits by its stem and is marked, and returns its index in the plan.
    pub(super) fn rank_word(&mut self, plain: &str) -> usize {
        let stem = analyzer::stem(plain);
        self.add_mark(Mark::Stem(stem.clone()));
        self.rank_stem(plain, &stem)
    }

    /// Adds a word that ranks the hits by its stem, and returns its index in the plan.
    pub(super) fn rank_stem(&mut self, plain: &str, stem: &str) -> usize {
        self.add_rank_word(RankWord {
            headline: Some(Term::from_field_text(self.snapshot.fields.headline, stem)),
            body: Term::from_field_text(self.snapshot.fields.body, stem),
            plain: plain.to_owned(),
            weight: 1.0,
        })
    }

    /// Adds a word that ranks the hits unstemmed, and returns its index in the plan.
    pub(super) fn rank_plain(&mut self, plain: &str) -> usize {
        self.add_rank_word(RankWord {
            headline: None,
            body: Term::from_field_text(self.snapshot.fields.plain, plain),
            plain: plain.to_owned(),
            weight: 1.0,
        })
    }

    fn add_rank_word(&mut self, mut word: RankWord) -> usize {
        if self.lesser.contains(&word.plain) {
            word.weight *= LESSER;
        }
        let next = self.plan.words.len();
        let index = *self.ranked.entry(word.body.clone()).or_insert(next);
        if index < next {
            self.plan.words[index].weight += word.weight;
        } else {
            self.plan.words.push(word);
        }
        index
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
