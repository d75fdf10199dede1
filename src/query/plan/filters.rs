//! Queries that narrow the articles down: persons, outlets, languages, dates.

use std::sync::Arc;

use tantivy::query::{AllQuery, BooleanQuery, ExistsQuery, Occur, Query, TermSetQuery};
use tantivy::{DocId, SegmentReader, Term};

use super::expand;
use super::expand::Expansion;
use super::planner::{Planner, Scope, any_of, cannot_take, unwanted};
use crate::archive::analyzer;
use crate::engine::doc_set;
use crate::error::Result;
use crate::identity::named::Meant;
use crate::query::dates::DateFilter;
use crate::query::pattern::is_match;
use crate::query::tree::{FieldName, Leaf, Node, typed_name};

impl Planner<'_> {
    pub(super) fn person(&mut self, node: &Node, scope: Scope) -> Result<Box<dyn Query>> {
        match node {
            Node::Or(nodes) => {
                let mut clauses = Vec::with_capacity(nodes.len());
                for node in nodes {
                    clauses.push(self.person(node, scope)?);
                }
                Ok(any_of(clauses))
            }
            Node::Not(node) => {
                let inside = self.person(node, unwanted(scope))?;
                Ok(Box::new(BooleanQuery::new(vec![
                    (Occur::Must, articles()),
                    (Occur::MustNot, inside),
                ])))
            }
            node => match typed_name(node) {
                Some(name) => Ok(self.named(&name, scope)?.1),
                // Words and more in one group: all of it.
                None => match node {
                    Node::And(nodes) => {
                        let mut clauses = Vec::with_capacity(nodes.len());
                        for node in nodes {
                            clauses.push((Occur::Must, self.person(node, scope)?));
                        }
                        Ok(Box::new(BooleanQuery::new(clauses)))
                    }
                    Node::Leaf(leaf @ Leaf::Pattern(pattern)) => {
                        let asked = format!("person:{leaf}");
                        let persons = self.snapshot.fields.person;
                        let keys =
                            expand::terms_where(&self.snapshot.searcher, persons, asked, |key| {
                                key.split(' ').any(|word| is_match(pattern, word))
                            })?;
                        Ok(self.persons(keys, scope))
                    }
                    node => Err(cannot_take(Some(FieldName::Person), node)),
                },
            },
        }
    }

    /// Returns whom a name means, and a query for the articles that name them.
    pub(super) fn named(
        &mut self,
        name: &str,
        scope: Scope,
    ) -> Result<(Arc<Meant>, Box<dyn Query>)> {
        let meant = match self.meant.get(name) {
            Some(known) => Arc::clone(known),
            None => Arc::new(Meant::find(self.snapshot, self.options, name)?),
        };
        self.meant.insert(name.to_owned(), Arc::clone(&meant));
        let is_new = |known: &Arc<Meant>| !Arc::ptr_eq(known, &meant);
        if scope.is_wanted && self.plan.persons.iter().all(is_new) {
            // The name ranks: an article that names a person often, and early, is about them.
            for word in analyzer::query_words(name) {
                let stem = analyzer::stem(&word.plain);
                self.rank_stem(&word.plain, &stem);
            }
            self.plan.notes.extend(meant.note());
            self.plan.notes.extend(meant.note_on_persons());
            self.plan.persons.push(Arc::clone(&meant));
        }
        let naming = meant.query(&self.snapshot.searcher);
        Ok((meant, naming))
    }

    pub(super) fn persons(&mut self, found: Expansion, scope: Scope) -> Box<dyn Query> {
        let terms: Vec<Term> = found
            .words
            .iter()
            .map(|(key, _)| Term::from_field_text(self.snapshot.fields.person, key))
            .collect();
        if scope.is_wanted {
            let keys = found.words.iter().map(|(key, _)| key.clone());
            self.plan.person_keys.extend(keys);
        }
        self.plan.expansions.push(found);
        Box::new(TermSetQuery::new(terms))
    }

    pub(super) fn outlet_or_language(
        &mut self,
        node: &Node,
        scope: Scope,
    ) -> Result<Box<dyn Query>> {
        let (field, name) = match scope.field {
            Some(FieldName::Language) => (self.snapshot.fields.language, FieldName::Language),
            _ => (self.snapshot.fields.source, FieldName::Source),
        };
        let mut all = |nodes: &[Node]| {
            nodes
                .iter()
                .map(|node| self.outlet_or_language(node, scope))
                .collect::<Result<Vec<_>>>()
        };
        let words = match node {
            Node::Or(nodes) => return Ok(any_of(all(nodes)?)),
            Node::And(nodes) => {
                let clauses = all(nodes)?;
                return Ok(Box::new(BooleanQuery::intersection(clauses)));
            }
            Node::Not(inside) => {
                let inside = self.outlet_or_language(inside, unwanted(scope))?;
                return Ok(Box::new(BooleanQuery::new(vec![
                    (Occur::Must, articles()),
                    (Occur::MustNot, inside),
                ])));
            }
            Node::Leaf(leaf) => std::slice::from_ref(leaf),
            Node::Phrase { leaves, .. } => &leaves[..],
            node => return Err(cannot_take(Some(name), node)),
        };
        let asked = format!("{}:{node}", name.name());
        let found = expand::terms_where(&self.snapshot.searcher, field, asked, |outlet| {
            is_outlet(words, outlet)
        })?;
        let terms: Vec<Term> = found
            .words
            .iter()
            .map(|(word, _)| Term::from_field_text(field, word))
            .collect();
        self.plan.expansions.push(found);
        Ok(Box::new(TermSetQuery::new(terms)))
    }
}

/// Returns whether words name an outlet: `bbc` is `bbc.co.uk`, `"moscow times"` is
/// `themoscowtimes.com`.
fn is_outlet(asked: &[Leaf], outlet: &str) -> bool {
    let words: Vec<String> = analyzer::query_words(outlet)
        .into_iter()
        .map(|word| word.plain)
        .collect();
    let is_word = |leaf: &Leaf, word: &String| match leaf {
        Leaf::Word { plain, .. } => plain == word,
        Leaf::Pattern(pattern) => is_match(pattern, word),
        Leaf::Fuzzy { plain, distance } => {
            crate::query::pattern::edit_distance(plain, word) <= usize::from(*distance)
        }
        Leaf::Caps(_) => false,
    };
    let is_run = words.windows(asked.len()).any(|run| {
        asked
            .iter()
            .zip(run)
            .all(|(leaf, word)| is_word(leaf, word))
    });
    if is_run || asked.len() < 2 {
        return is_run;
    }
    let joined: String = asked.iter().map(ToString::to_string).collect();
    words.iter().any(|word| word.contains(&joined))
}

/// Returns a query for all articles. A document that only holds the state of a file has no part.
pub(super) fn articles() -> Box<dyn Query> {
    doc_set::tested(Box::new(AllQuery), move |reader: &SegmentReader| {
        let parts = reader.fast_fields().u64("part")?;
        Ok(Box::new(move |doc: DocId| parts.first(doc).is_some()))
    })
}

/// Returns a query for articles whose date of publication may lie in a span of days.
pub(super) fn date_query(filter: DateFilter) -> Box<dyn Query> {
    match filter {
        DateFilter::Between(first, last) => {
            let (first, last) = DateFilter::as_numbers(first, last);
            doc_set::tested(Box::new(AllQuery), move |reader: &SegmentReader| {
                let first_days = reader.fast_fields().u64("first_day")?;
                let last_days = reader.fast_fields().u64("last_day")?;
                Ok(Box::new(move |doc: DocId| {
                    first_days.first(doc).is_some_and(|day| day <= last)
                        && last_days.first(doc).is_some_and(|day| day >= first)
                }))
            })
        }
        DateFilter::Unknown => Box::new(BooleanQuery::new(vec![
            (Occur::Must, articles()),
            (
                Occur::MustNot,
                Box::new(ExistsQuery::new("first_day".to_owned(), false)),
            ),
        ])),
    }
}
