//! Explains how a query was carried out, and a score.

use tantivy::Searcher;

use super::bm25f::Weights;
use super::rank;
use crate::archive::reader::Snapshot;
use crate::engine::top_hits::Ranked;
use crate::error::Result;
use crate::identity::named::Meant;
use crate::identity::sightings::Tier;
use crate::query::plan::expand::Expansion;
use crate::query::plan::{Plan, expand};

/// How many words or spellings the explanation of a pattern or a person lists.
const MOST_EXPLAINED: usize = 20;

/// Returns how the query was carried out, and where the best hit's score comes from, in lines.
pub(crate) fn explanation(
    snapshot: &Snapshot,
    plan: &Plan,
    weights: &Weights,
    best: Option<&Ranked>,
) -> Result<Vec<String>> {
    let mut lines = Vec::new();
    for expansion in &plan.expansions {
        lines.push(explained(&snapshot.searcher, expansion)?);
    }
    lines.extend(plan.persons.iter().map(|meant| explained_person(meant)));
    if let Some(best) = best.filter(|best| best.score > 0.0) {
        let parts = rank::explain(snapshot, plan, weights, best.address)?;
        lines.push(explained_score(best.score, &parts));
    }
    Ok(lines)
}

/// Returns where the score of the first hit comes from, in a line.
fn explained_score(score: f32, parts: &[(String, f32)]) -> String {
    let mut shown: Vec<String> = (parts.iter().take(MOST_EXPLAINED))
        .map(|(part, score)| format!("{part} {score:.2}"))
        .collect();
    if parts.len() > shown.len() {
        shown.push(format!("and {} more", parts.len() - shown.len()));
    }
    format!("the first hit's {score:.2}: {}", shown.join(", "))
}

/// Returns every spelling that a person was searched by, with its articles, in a line.
fn explained_person(meant: &Meant) -> String {
    let mut spellings: Vec<String> = (meant.spellings.iter())
        .filter(|(_, tier, _)| *tier != Tier::Bare || meant.is_loose)
        .map(|(key, tier, articles)| match tier {
            Tier::Full => format!("{key} ({articles})"),
            Tier::Linked => format!("{key} ({articles} linked)"),
            Tier::Bare => format!("{key} ({articles} alone)"),
        })
        .collect();
    if spellings.is_empty() {
        spellings.push("nothing in the archive".to_owned());
    }
    format!("person:{}: {}", meant.asked, spellings.join(", "))
}

/// Returns what a pattern was searched as, in a line.
fn explained(searcher: &Searcher, expansion: &Expansion) -> Result<String> {
    let mut words = Vec::new();
    for (word, _) in expansion.words.iter().take(MOST_EXPLAINED) {
        let articles = expand::articles_with(searcher, expansion.field, word)?;
        words.push(format!("{word} ({articles})"));
    }
    if expansion.total > words.len() {
        words.push(format!("and {} more", expansion.total - words.len()));
    }
    if words.is_empty() {
        words.push("nothing in the archive".to_owned());
    }
    Ok(format!("{}: {}", expansion.asked, words.join(", ")))
}
