//! Queries that filter articles: persons, outlets, languages, dates.

use std::sync::Arc;

use tantivy::query::{AllQuery, BooleanQuery, ExistsQuery, Occur, Query, TermSetQuery};
use tantivy::{DocId, SegmentReader, Term};

use super::expand;
use super::expand::Expansion;
use super::planner::{Planner, Scope, any_of, cannot_take};
use crate::archive::analyzer;
use crate::archive::schema::WORDS;
use crate::engine::doc_set;
use crate::error::Result;
use crate::fields::language;
use crate::identity::named::Meant;
use crate::query::dates::DateFilter;
use crate::query::length::LengthFilter;
use crate::query::pattern::{is_leaf_match, is_match};
use crate::query::tree::{FieldName, Leaf, Node, typed_name};

impl Planner<'_> {
    /// Returns a query for the articles that name the persons of a node.
    pub(super) fn person(&mut self, node: &Node, scope: Scope) -> Result<Box<dyn Query>> {
        if let Some(name) = typed_name(node) {
            return Ok(self.named(&name, scope)?.1);
        }
        let mut each = |nodes: &[Node]| {
            let queries = nodes.iter().map(|node| self.person(node, scope));
            queries.collect::<Result<Vec<_>>>()
        };
        match node {
            Node::Or(nodes) => Ok(any_of(each(nodes)?)),
            Node::And(nodes) => Ok(Box::new(BooleanQuery::intersection(each(nodes)?))),
            Node::Not(node) => Ok(all_but(self.person(node, scope.excluded())?)),
            Node::Leaf(leaf @ Leaf::Pattern(pattern)) => {
                let asked = format!("person:{leaf}");
                let persons = self.snapshot.fields.person;
                let keys = expand::terms_where(&self.snapshot.searcher, persons, asked, |key| {
                    key.split(' ').any(|word| is_match(pattern, word))
                })?;
                Ok(self.persons_by_key(keys, scope))
            }
            node => Err(cannot_take(Some(FieldName::Person), node)),
        }
    }

    /// Resolves a typed name, and returns the persons with a query for the articles that name them.
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
            // The words of the name rank: an article that has them often, and early, is about the
            // person.
            for word in analyzer::query_words(name) {
                self.rank_word(&word.plain, false)?;
            }
            self.plan.notes.extend(meant.note());
            self.plan.notes.extend(meant.note_on_persons());
            self.plan.notes.extend(meant.note_on_spelling());
            self.plan.persons.push(Arc::clone(&meant));
        }
        let naming = meant.query(&self.snapshot.searcher);
        Ok((meant, naming))
    }

    /// Returns a query for the articles that name any person with one of the keys.
    fn persons_by_key(&mut self, keys: Expansion, scope: Scope) -> Box<dyn Query> {
        if scope.is_wanted {
            let wanted = keys.words.iter().map(|(key, _)| key.clone());
            self.plan.person_keys.extend(wanted);
        }
        self.any_word_of(keys)
    }

    /// Returns a query for the articles that have any word of an expansion, and adds the expansion to
    /// the plan.
    fn any_word_of(&mut self, expansion: Expansion) -> Box<dyn Query> {
        let words = expansion.words.iter();
        let fields = &expansion.fields;
        let terms: Vec<Term> = words
            .flat_map(|(word, _)| {
                let fields = fields.iter();
                fields.map(move |&field| Term::from_field_text(field, word))
            })
            .collect();
        self.plan.expansions.push(expansion);
        Box::new(TermSetQuery::new(terms))
    }

    /// Returns a query for the articles of the outlets, or in the languages, of a node.
    pub(super) fn outlet_or_language(
        &mut self,
        node: &Node,
        scope: Scope,
    ) -> Result<Box<dyn Query>> {
        let (field, name) = match scope.field {
            Some(FieldName::Language) => (self.snapshot.fields.language, FieldName::Language),
            _ => (self.snapshot.fields.source, FieldName::Source),
        };
        let mut each = |nodes: &[Node]| {
            let queries = nodes
                .iter()
                .map(|node| self.outlet_or_language(node, scope));
            queries.collect::<Result<Vec<_>>>()
        };
        let leaves = match node {
            Node::Or(nodes) => return Ok(any_of(each(nodes)?)),
            Node::And(nodes) => return Ok(Box::new(BooleanQuery::intersection(each(nodes)?))),
            Node::Not(inside) => {
                return Ok(all_but(self.outlet_or_language(inside, scope.excluded())?));
            }
            Node::Leaf(leaf) => std::slice::from_ref(leaf),
            Node::Phrase { leaves, .. } => &leaves[..],
            node => return Err(cannot_take(Some(name), node)),
        };
        let asked = format!("{}:{node}", name.name());
        // `lang:English` is `lang:en`.
        let is_named = |code: &str| {
            let names = language::names(code).unwrap_or_default();
            name == FieldName::Language
                && names
                    .into_iter()
                    .any(|name| is_outlet(leaves, &name.to_lowercase()))
        };
        let found = expand::terms_where(&self.snapshot.searcher, field, asked, |term| {
            is_outlet(leaves, term) || is_named(term)
        })?;
        Ok(self.any_word_of(found))
    }
}

/// Returns whether words name an outlet: `bbc` is `bbc.co.uk`, `"moscow times"` is
/// `themoscowtimes.com`.
fn is_outlet(asked: &[Leaf], outlet: &str) -> bool {
    let words: Vec<String> = analyzer::query_words(outlet)
        .into_iter()
        .map(|word| word.plain)
        .collect();
    let is_run = words.windows(asked.len()).any(|run| {
        let mut pairs = asked.iter().zip(run);
        pairs.all(|(leaf, word)| is_leaf_match(leaf, word))
    });
    if is_run || asked.len() < 2 {
        return is_run;
    }
    let plain = |leaf: &Leaf| match leaf {
        Leaf::Word { plain, .. } => plain.clone(),
        leaf => leaf.to_string(),
    };
    let joined: String = asked.iter().map(plain).collect();
    words.iter().any(|word| word.contains(&joined))
}

/// Returns a query for all articles. Documents that only hold the state of a file have no `part`.
pub(super) fn articles() -> Box<dyn Query> {
    doc_set::tested(Box::new(AllQuery), move |reader: &SegmentReader| {
        let parts = reader.fast_fields().u64("part")?;
        Ok(Box::new(move |doc: DocId| parts.first(doc).is_some()))
    })
}

/// Returns a query for the articles that another query does not match.
pub(super) fn all_but(excluded: Box<dyn Query>) -> Box<dyn Query> {
    Box::new(BooleanQuery::new(vec![
        (Occur::Must, articles()),
        (Occur::MustNot, excluded),
    ]))
}

/// Returns a query for the articles whose body has as many words as a filter allows.
pub(super) fn length_query(filter: LengthFilter) -> Box<dyn Query> {
    doc_set::tested(Box::new(AllQuery), move |reader: &SegmentReader| {
        let words = reader.fast_fields().u64(WORDS)?;
        Ok(Box::new(move |doc: DocId| {
            words.first(doc).is_some_and(|words| filter.has(words))
        }))
    })
}

/// Returns a query for the articles whose date of publication may pass a filter.
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
        DateFilter::Within(first, last) => {
            let (first, last) = DateFilter::as_numbers(Some(first), Some(last));
            doc_set::tested(Box::new(AllQuery), move |reader: &SegmentReader| {
                let first_days = reader.fast_fields().u64("first_day")?;
                let last_days = reader.fast_fields().u64("last_day")?;
                Ok(Box::new(move |doc: DocId| {
                    first_days.first(doc).is_some_and(|day| day >= first)
                        && last_days.first(doc).is_some_and(|day| day <= last)
                }))
            })
        }
        DateFilter::Unknown => all_but(Box::new(ExistsQuery::new("first_day".to_owned(), false))),
    }
}
