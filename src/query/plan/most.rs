//! The plan of a query of whose words most have to match.

use tantivy::query::{BooleanQuery, Occur, Query};

use super::compile::finished;
use super::planner::{Planner, Scope};
use super::search_plan::Plan;
use crate::archive::reader::Snapshot;
use crate::error::Result;
use crate::identity::lookup::PersonOptions;
use crate::query::most::Most;
use crate::query::tree::Node;

/// A word that counts, as typed, with a query for the articles that have it.
pub struct Countable {
    /// The word, as typed.
    pub typed: String,
    /// Matches the articles that have the word.
    pub query: Box<dyn Query>,
}

/// Makes the plan of a query of whose words most have to match. Also returns the words that count.
///
/// # Errors
///
/// Returns an error under the conditions of [`plan`](super::plan).
pub fn plan_most(
    snapshot: &Snapshot,
    options: PersonOptions<'_>,
    most: &Most,
) -> Result<(Plan, Vec<Countable>)> {
    let mut planner = Planner::new(snapshot, options);
    let ranked = most
        .words
        .iter()
        .map(|word| Node::Maybe(Box::new(word.node.clone())));
    let nodes: Vec<Node> = ranked.chain(most.strict.iter().cloned()).collect();
    if let Some(root) = Node::all(nodes) {
        planner.top(&root)?;
    }
    let unranked = Scope {
        field: None,
        is_wanted: false,
    };
    let mut countable = Vec::new();
    for word in most.words.iter().filter(|word| word.counts) {
        countable.push(Countable {
            typed: word.node.to_string(),
            query: planner.compile(&word.node, unranked)?,
        });
    }
    let clauses = countable
        .iter()
        .map(|word| (Occur::Should, word.query.box_clone()));
    planner
        .plan
        .filters
        .push(Box::new(BooleanQuery::with_minimum_required_clauses(
            clauses.collect(),
            most.least,
        )));
    Ok((finished(planner)?, countable))
}
