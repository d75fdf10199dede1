//! Turns a tree into a plan: words and patterns at the top of the tree rank and match by their
//! postings, the other parts become filters.

use tantivy::query::{BooleanQuery, Occur, Query};

use super::expand::Expansion;
use super::filters::{all_but, articles, date_query, length_query};
use super::planner::{Planner, Scope, any_of};
use super::search_plan::{Plan, RankWord, Shape, Umlaut};
use super::variants::Speller;
use crate::archive::reader::Snapshot;
use crate::error::Result;
use crate::identity::lookup::PersonOptions;
use crate::query::notes::first_notes;
use crate::query::tree::{FieldName, Leaf, Node};

/// Makes the plan of a tree.
///
/// # Errors
///
/// Returns an error if a field of the tree has a value that it can't take, or if the index can't be
/// read.
pub fn plan(snapshot: &Snapshot, options: PersonOptions<'_>, root: &Node) -> Result<Plan> {
    let mut planner = Planner::new(snapshot, options);
    let root = planner.with_kept_spelling(root)?;
    let mut speller = Speller::new(snapshot);
    let root = speller.spelled(&root)?;
    planner.plan.variants = std::mem::take(&mut speller.found);
    planner.lesser = speller.added();
    planner.top(&root)?;
    let mut plan = finished(planner)?;
    plan.umlauts = umlauts(&plan.words, &speller.umlauts);
    Ok(plan)
}

/// Returns the umlauts that are spelled in two ways.
fn umlauts(words: &[RankWord], spelled: &[(String, String, bool)]) -> Vec<Umlaut> {
    let umlauts = spelled.iter().filter_map(|(typed, other, has_umlaut)| {
        Some(Umlaut {
            word: words.iter().position(|word| word.plain == *typed)?,
            typed: typed.clone(),
            other: other.clone(),
            has_umlaut: *has_umlaut,
        })
    });
    umlauts.collect()
}

/// Returns the plan of a planner, with its notes. A plan without words and filters matches all articles.
pub(super) fn finished(mut planner: Planner<'_>) -> Result<Plan> {
    let words = planner.known_words()?;
    let mut plan = planner.plan;
    plan.words = words;
    for joint in planner.joints {
        plan.guess(planner.snapshot, joint, 1.0)?;
    }
    let has_words = !matches!(&plan.shape, Shape::All(words) if words.is_empty());
    if plan.filters.is_empty() && !has_words {
        plan.filters.push(articles());
    }
    let on_expansions = plan.expansions.iter().filter_map(Expansion::note);
    plan.notes = first_notes(plan.notes.into_iter().chain(on_expansions).collect());
    Ok(plan)
}

impl Planner<'_> {
    /// Compiles the top of a tree. Words that all have to match, or any of which has to match, make
    /// the shape of the plan; the other parts are filters and exclusions.
    pub(super) fn top(&mut self, root: &Node) -> Result<()> {
        let wanted = Scope {
            field: None,
            is_wanted: true,
        };
        let nodes = match root {
            Node::And(nodes) => &nodes[..],
            node => std::slice::from_ref(node),
        };
        let mut required = Vec::new();
        let mut any: Option<Vec<usize>> = None;
        let has_required_word = nodes.iter().any(|node| as_word(node).is_some());
        let patterns = nodes.iter().filter(|node| is_pattern(node)).count();
        for node in nodes {
            if any.is_none()
                && !has_required_word
                && let Node::Or(alternatives) = node
                && alternatives.iter().all(|node| as_word(node).is_some())
            {
                let words = alternatives.iter().filter_map(as_word);
                let words = words.map(|(plain, exact)| self.rank_and_mark_word(plain, exact));
                any = Some(words.collect::<Result<_>>()?);
                continue;
            }
            match node {
                Node::Not(inside) => {
                    let query = self.compile(inside, wanted.excluded())?;
                    self.plan.excluded.push(query);
                }
                Node::Maybe(inside) => {
                    self.compile(inside, wanted)?;
                }
                // A single pattern matches any of its words.
                Node::Leaf(leaf)
                    if any.is_none() && !has_required_word && patterns == 1 && is_pattern(node) =>
                {
                    let expansion = self.expansion(self.snapshot.fields.body, leaf)?;
                    self.mark_expansion(&expansion);
                    let words = expansion.words.iter();
                    let words = words.map(|(word, _)| self.rank_word_of_pattern(word));
                    any = Some(words.collect());
                }
                node => match as_word(node) {
                    Some((plain, exact)) => required.push(self.rank_and_mark_word(plain, exact)?),
                    None => {
                        let query = self.compile(node, wanted)?;
                        self.plan.filters.push(query);
                    }
                },
            }
        }
        required.sort_unstable();
        required.dedup();
        self.plan.shape = match any {
            Some(mut words) => {
                words.sort_unstable();
                words.dedup();
                Shape::Any(words)
            }
            None => Shape::All(required),
        };
        Ok(())
    }

    /// Compiles a node to a query.
    pub(super) fn compile(&mut self, node: &Node, scope: Scope) -> Result<Box<dyn Query>> {
        match node {
            Node::Leaf(_) | Node::Phrase { .. } | Node::Near { .. } => {
                self.asked_text(node, scope, 1)
            }
            Node::AtLeast { count, node } => {
                self.asked_text(node, scope, usize::try_from(*count).unwrap_or(usize::MAX))
            }
            Node::Field { field, node } => {
                let scope = Scope {
                    field: Some(*field),
                    ..scope
                };
                match field {
                    FieldName::Person => self.person(node, scope),
                    FieldName::Source | FieldName::Language => self.outlet_or_language(node, scope),
                    field if field.is_whole_name() => self.whole_name(*field, node, scope),
                    _ => self.compile(node, scope),
                }
            }
            Node::Date(filter) => Ok(date_query(*filter)),
            Node::Length(filter) => Ok(length_query(*filter)),
            Node::And(nodes) => {
                // The engine orders the clauses. It needs a clause to exclude from.
                let mut clauses = Vec::with_capacity(nodes.len() + 1);
                for node in nodes {
                    clauses.push(match node {
                        Node::Not(inside) => {
                            (Occur::MustNot, self.compile(inside, scope.excluded())?)
                        }
                        node => (Occur::Must, self.compile(node, scope)?),
                    });
                }
                if clauses.iter().all(|(occur, _)| *occur == Occur::MustNot) {
                    clauses.push((Occur::Must, articles()));
                }
                Ok(Box::new(BooleanQuery::new(clauses)))
            }
            Node::Or(nodes) => {
                let mut clauses = Vec::with_capacity(nodes.len());
                for node in nodes {
                    clauses.push(self.compile(node, scope)?);
                }
                Ok(any_of(clauses))
            }
            Node::Not(node) => {
                let inside = self.compile(node, scope.excluded())?;
                Ok(all_but(inside))
            }
            Node::Maybe(node) => {
                self.compile(node, scope)?;
                Ok(articles())
            }
        }
    }
}

/// Returns the folded word of a node that is one word, and whether its other forms are not found.
fn as_word(node: &Node) -> Option<(&str, bool)> {
    match node {
        Node::Leaf(Leaf::Word { plain, exact, .. }) => Some((plain, *exact)),
        _ => None,
    }
}

/// Returns whether a node is a single pattern.
fn is_pattern(node: &Node) -> bool {
    matches!(node, Node::Leaf(Leaf::Pattern(_) | Leaf::Fuzzy { .. }))
}
