//! Persons near each other, or near words: `person:"Ada Holm" NEAR/10 harbour`.
//!
//! The forms of a person's name in an article are in its stored record, so the record and the text
//! of the candidates are read.

use std::convert::Infallible;
use std::sync::Arc;

use rustc_hash::FxHashMap;
use tantivy::DocId;
use tantivy::index::{SegmentId, SegmentReader};
use tantivy::query::{BooleanQuery, Occur, Query};

use super::planner::{Planner, Scope, cannot_take};
use super::span_tree::span_tree;
use super::stored_text;
use super::stored_text::StoredText;
use crate::archive::analyzer;
use crate::archive::analyzer::Word;
use crate::article::{Article, Person};
use crate::engine::doc_set::tested;
use crate::engine::positions::SpanTree;
use crate::error::Result;
use crate::query::tree::{FieldName, Leaf, Node, typed_name};

/// A leaf of the span tree of NEAR.
#[derive(Clone)]
enum NearLeaf {
    Word(Leaf),
    /// The person with this index among the persons of the tree.
    Person(usize),
}

/// Returns whether a node is a person or NEAR with a person.
pub(super) fn names_person(node: &Node) -> bool {
    match node {
        Node::Near { left, right, .. } => names_person(left) || names_person(right),
        Node::Field { field, .. } => *field == FieldName::Person,
        _ => false,
    }
}

impl Planner<'_> {
    /// Returns a query for the articles in which persons are near each other, or near words.
    pub(super) fn person_near(&mut self, node: &Node, scope: Scope) -> Result<Box<dyn Query>> {
        let mut names = Vec::new();
        let tree = near_tree(node, &mut names).ok_or_else(|| cannot_take(scope.field, node))?;
        let mut candidates = Vec::with_capacity(names.len());
        let mut persons = Vec::with_capacity(names.len());
        for name in &names {
            let (meant, naming) = self.named(name, scope)?;
            candidates.push((Occur::Must, naming));
            persons.push(meant);
        }
        if scope.is_wanted {
            self.rank_and_mark(node, scope)?;
        }
        let persons = Arc::new(persons);
        let segments: FxHashMap<SegmentId, usize> =
            (self.snapshot.searcher.segment_readers().iter())
                .enumerate()
                .map(|(ordinal, segment)| (segment.segment_id(), ordinal))
                .collect();
        let fields = self.snapshot.fields;
        let candidates = Box::new(BooleanQuery::new(candidates));
        Ok(tested(candidates, move |reader: &SegmentReader| {
            let store = reader.get_store_reader(2)?;
            let (tree, persons) = (tree.clone(), Arc::clone(&persons));
            let segment = segments.get(&reader.segment_id()).copied();
            Ok(Box::new(move |doc: DocId| {
                let keys_of = |person: usize| -> Vec<&str> {
                    let keys = segment.map(|segment| persons[person].keys_in(segment, doc));
                    keys.into_iter().flatten().collect()
                };
                stored_text::article(&store, &fields, doc)
                    .is_some_and(|article| are_near(&article, &tree, &keys_of))
            }))
        }))
    }
}

/// Returns the span tree of a node, and collects the names in it.
fn near_tree(node: &Node, names: &mut Vec<String>) -> Option<SpanTree<NearLeaf>> {
    match node {
        Node::Field {
            field: FieldName::Person,
            node,
        } => {
            names.push(typed_name(node)?);
            Some(SpanTree::Leaf(NearLeaf::Person(names.len() - 1)))
        }
        Node::Near {
            left,
            right,
            within,
        } => Some(SpanTree::Near {
            left: Box::new(near_tree(left, names)?),
            right: Box::new(near_tree(right, names)?),
            within: *within,
        }),
        node => span_tree(node)?
            .map(&mut |leaf: &Leaf| Ok::<_, Infallible>(NearLeaf::Word(leaf.clone())))
            .ok(),
    }
}

/// Returns whether the headline or the body of an article matches the tree of NEAR. `keys_of` returns
/// the keys of a person in the article.
fn are_near<'a>(
    article: &Article,
    tree: &SpanTree<NearLeaf>,
    keys_of: &dyn Fn(usize) -> Vec<&'a str>,
) -> bool {
    let in_text = |text: &str, has_units: bool| {
        let words = &analyzer::words(text);
        let positions = |leaf: &mut NearLeaf| match leaf {
            NearLeaf::Word(leaf) => stored_text::positions(article, text, words, leaf),
            NearLeaf::Person(index) => {
                let keys = keys_of(*index);
                let people = article.people.iter();
                let people = people.filter(|person| keys.contains(&person.key.as_str()));
                positions_of(people, words)
            }
        };
        let spans = tree.clone().spans(&mut StoredText {
            text,
            words,
            has_units,
            positions,
        });
        !spans.is_empty()
    };
    let headline = article.headline.as_deref();
    headline.is_some_and(|headline| in_text(headline, false))
        || in_text(&stored_text::body_text(article), true)
}

/// Returns the positions of the first and the last word of each form of some persons' names.
fn positions_of<'a>(people: impl Iterator<Item = &'a Person>, words: &[Word]) -> Vec<u32> {
    let mut positions = Vec::new();
    for form in people.flat_map(|person| person.forms.keys()) {
        let form = analyzer::words(form);
        if form.is_empty() {
            continue;
        }
        for run in words.windows(form.len()) {
            if run.iter().zip(&form).all(|(a, b)| a.plain == b.plain) {
                for word in [&run[0], &run[run.len() - 1]] {
                    positions.push(u32::try_from(word.position).unwrap_or(u32::MAX));
                }
            }
        }
    }
    positions.sort_unstable();
    positions.dedup();
    positions
}
