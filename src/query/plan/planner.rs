//! Turns a tree into queries of the index: what has to match, and which words rank the matches.

use std::rc::Rc;
use std::sync::Arc;

use rustc_hash::{FxHashMap, FxHashSet};
use tantivy::Term;
use tantivy::query::{BooleanQuery, EmptyQuery, Query, TermQuery};
use tantivy::schema::{Field, IndexRecordOption};

use super::expand::Expansion;
use super::{Plan, RankWord};
use crate::archive::analyzer;
use crate::archive::reader::Snapshot;
use crate::error::{QueryError, Result};
use crate::identity::lookup;
use crate::identity::lookup::PersonOptions;
use crate::identity::named::Meant;
use crate::passages::Mark;
use crate::query::shortened;
use crate::query::tree::{FieldName, Leaf, Node};

/// A capitalised word is taken for a person's name where one article of so many that have it names
/// such a person: what is found as a person by mistake is rarer.
const LEAST_NAMED: u64 = 20;

pub(super) struct Planner<'a> {
    pub(super) snapshot: &'a Snapshot,
    pub(super) options: PersonOptions<'a>,
    pub(super) plan: Plan,
    /// Where each ranking word stands among them, by its term.
    places: FxHashMap<Term, usize>,
    /// What is marked.
    marked: FxHashSet<Mark>,
    /// Which words, as typed, are persons' names and searched as they are spelt.
    spelt: FxHashMap<String, bool>,
    /// What each pattern stands for in a field.
    pub(super) expanded: FxHashMap<(Field, Leaf), Rc<Expansion>>,
    /// The persons that each name means.
    pub(super) meant: FxHashMap<String, Arc<Meant>>,
}

/// Where a node is asked for, and how.
#[derive(Clone, Copy)]
pub(super) struct Scope {
    pub(super) field: Option<FieldName>,
    /// Whether its words rank and are marked; what is excluded does neither.
    pub(super) is_wanted: bool,
}

impl<'a> Planner<'a> {
    /// Returns a planner with an empty plan.
    pub(super) fn new(snapshot: &'a Snapshot, options: PersonOptions<'a>) -> Self {
        Self {
            snapshot,
            options,
            plan: Plan::default(),
            places: FxHashMap::default(),
            marked: FxHashSet::default(),
            spelt: FxHashMap::default(),
            expanded: FxHashMap::default(),
            meant: FxHashMap::default(),
        }
    }

    /// Returns whether a word is a person's name that its stem would lose: `Banks` is not a bank.
    pub(super) fn is_spelt(&mut self, plain: &str, typed: &str) -> Result<bool> {
        let may_be = self.options.keep_spelling && typed.starts_with(char::is_uppercase);
        if !may_be || analyzer::stem(plain) == plain {
            return Ok(false);
        }
        if let Some(&known) = self.spelt.get(typed) {
            return Ok(known);
        }
        let in_text = Term::from_field_text(self.snapshot.fields.plain, plain);
        let enough = self
            .snapshot
            .searcher
            .doc_freq(&in_text)?
            .div_ceil(LEAST_NAMED);
        let mut named = 0;
        for key in lookup::find(self.snapshot, typed)? {
            if named < enough && key.split(' ').any(|word| word == plain) {
                let person = Term::from_field_text(self.snapshot.fields.person, &key);
                named += self.snapshot.searcher.doc_freq(&person)?;
            }
        }
        let is_spelt = named > 0 && named >= enough;
        self.spelt.insert(typed.to_owned(), is_spelt);
        Ok(is_spelt)
    }

    /// Returns a query for a word as it is spelt. It ranks by its stem, which has positions.
    pub(super) fn spelt_word(&mut self, plain: &str, scope: Scope) -> Result<Box<dyn Query>> {
        let stem = analyzer::stem(plain);
        if scope.is_wanted {
            self.rank_stem(plain, &stem);
            self.add_mark(Mark::Plain(plain.to_owned()));
        }
        let term = Term::from_field_text(self.snapshot.fields.plain, plain);
        let as_spelt = self.snapshot.searcher.doc_freq(&term)?;
        // Where no article has another form, there is nothing to say.
        let stem = Term::from_field_text(self.snapshot.fields.body, &stem);
        if self.snapshot.searcher.doc_freq(&stem)? > as_spelt {
            let note = format!(
                "{plain} is a person's name here and was searched as it is spelt; \
                 write it in small letters to find its other forms as well"
            );
            if !self.plan.notes.contains(&note) {
                self.plan.notes.push(note);
            }
        }
        Ok(Box::new(TermQuery::new(term, IndexRecordOption::Basic)))
    }

    /// Takes a word among those that rank and are marked, and returns its place there.
    pub(super) fn rank_word(&mut self, plain: &str) -> usize {
        let stem = analyzer::stem(plain);
        self.add_mark(Mark::Stem(stem.clone()));
        self.rank_stem(plain, &stem)
    }

    /// Marks something, once.
    pub(super) fn add_mark(&mut self, mark: Mark) {
        if self.marked.insert(mark.clone()) {
            self.plan.marks.push(mark);
        }
    }

    /// Takes a word among those that rank, unmarked.
    pub(super) fn rank_stem(&mut self, plain: &str, stem: &str) -> usize {
        self.add_rank_word(RankWord {
            headline: Some(Term::from_field_text(self.snapshot.fields.headline, stem)),
            body: Term::from_field_text(self.snapshot.fields.body, stem),
            plain: plain.to_owned(),
            weight: 1.0,
        })
    }

    pub(super) fn add_rank_word(&mut self, word: RankWord) -> usize {
        let next = self.plan.words.len();
        let place = *self.places.entry(word.body.clone()).or_insert(next);
        if place < next {
            self.plan.words[place].weight += word.weight;
        } else {
            self.plan.words.push(word);
        }
        place
    }
}

pub(super) fn unwanted(scope: Scope) -> Scope {
    Scope {
        is_wanted: false,
        ..scope
    }
}

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

pub(super) fn any_of(mut clauses: Vec<Box<dyn Query>>) -> Box<dyn Query> {
    match clauses.pop() {
        None => Box::new(EmptyQuery),
        Some(only) if clauses.is_empty() => only,
        Some(last) => {
            clauses.push(last);
            Box::new(BooleanQuery::union(clauses))
        }
    }
}
