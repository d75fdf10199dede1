//! Persons near each other, or near words: `person:"Ada Holm" NEAR/10 harbour`.
//!
//! The forms by which an article names a person are in its record, so that this reads the stored
//! text of the articles that name them.

use std::sync::Arc;

use rustc_hash::FxHashMap;
use tantivy::DocId;
use tantivy::index::{SegmentId, SegmentReader};
use tantivy::query::{BooleanQuery, Occur, Query};

use super::places::places;
use super::planner::{Planner, Scope, cannot_take};
use super::stored_text;
use crate::archive::analyzer;
use crate::archive::analyzer::Word;
use crate::article::{Article, Person};
use crate::engine::doc_set::tested;
use crate::engine::positions::Places;
use crate::error::Result;
use crate::query::tree::{FieldName, Leaf, Node, typed_name};

/// What stands near something.
#[derive(Clone)]
enum Part {
    Word(Leaf),
    /// The person with this number among those asked for.
    Person(usize),
}

/// Returns whether a person stands near something in a node.
pub(super) fn names_person(node: &Node) -> bool {
    match node {
        Node::Near { left, right, .. } => names_person(left) || names_person(right),
        Node::Field { field, .. } => *field == FieldName::Person,
        _ => false,
    }
}

impl Planner<'_> {
    /// Returns a query for the articles in which persons stand near each other, or near words.
    pub(super) fn beside(&mut self, node: &Node, scope: Scope) -> Result<Box<dyn Query>> {
        let mut names = Vec::new();
        let parts = parts(node, &mut names).ok_or_else(|| cannot_take(scope.field, node))?;
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
        let fields = *&self.snapshot.fields;
        let candidates = Box::new(BooleanQuery::new(candidates));
        Ok(tested(candidates, move |reader: &SegmentReader| {
            let store = reader.get_store_reader(2)?;
            let (parts, persons) = (parts.clone(), Arc::clone(&persons));
            let segment = segments.get(&reader.segment_id()).copied();
            Ok(Box::new(move |doc: DocId| {
                let keys_of = |person: usize| -> Vec<&str> {
                    let keys = segment.map(|segment| persons[person].keys_in(segment, doc));
                    keys.into_iter().flatten().collect()
                };
                stored_text::article(&store, &fields, doc)
                    .is_some_and(|article| stand_near(&article, &parts, &keys_of))
            }))
        }))
    }
}

/// Returns the places that a node stands for, and collects the names in it.
fn parts(node: &Node, names: &mut Vec<String>) -> Option<Places<Part>> {
    match node {
        Node::Field {
            field: FieldName::Person,
            node,
        } => {
            names.push(typed_name(node)?);
            Some(Places::Leaf(Part::Person(names.len() - 1)))
        }
        Node::Near {
            left,
            right,
            distance,
            is_ordered,
        } => Some(Places::Near {
            left: Box::new(parts(left, names)?),
            right: Box::new(parts(right, names)?),
            distance: *distance,
            is_ordered: *is_ordered,
        }),
        node => places(node)?
            .map(&mut |leaf: &Leaf| Ok::<_, std::convert::Infallible>(Part::Word(leaf.clone())))
            .ok(),
    }
}

/// Returns whether the parts stand as they should in the headline or in the body of an article.
fn stand_near<'a>(
    article: &Article,
    parts: &Places<Part>,
    keys_of: &dyn Fn(usize) -> Vec<&'a str>,
) -> bool {
    let in_text = |text: &str| {
        let words = analyzer::words(text);
        let spans = parts.clone().spans(&mut |part: &mut Part| match part {
            Part::Word(leaf) => stored_text::positions(text, &words, leaf),
            Part::Person(number) => {
                let keys = keys_of(*number);
                let people = article.people.iter();
                let people = people.filter(|person| keys.contains(&person.key.as_str()));
                positions_of(people, &words)
            }
        });
        !spans.is_empty()
    };
    let mut body = String::new();
    for block in article.body() {
        body.push_str(block);
        body.push('\n');
    }
    article.headline.as_deref().is_some_and(in_text) || in_text(&body)
}

/// Returns where the first and the last words of persons' forms stand.
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
