//! `--explain`: the words and spellings that were searched, and the parts of the best score.

use tantivy::{DocAddress, Searcher};

use super::bm25f::{Bm25f, Weights};
use super::matches::SegmentMatches;
use super::proximity::second_score;
use super::recency::{Recency, newest_day};
use super::salience::Salience;
use crate::archive::reader::Snapshot;
use crate::engine::top_hits::Ranked;
use crate::error::Result;
use crate::identity::named::Meant;
use crate::identity::sightings::Tier;
use crate::query::plan::expand::Expansion;
use crate::query::plan::{Plan, expand};

/// A score is higher by more than this than its parts, which are rounded, if the article was put first.
const LEAST_LIFT: f32 = 0.05;

/// The most words or spellings of a pattern or a person that are listed.
const MOST_EXPLAINED: usize = 20;

/// Returns the lines of an explanation: one for each pattern and person, and one for the best score.
pub(super) fn explanation(
    snapshot: &Snapshot,
    plan: &Plan,
    weights: &Weights,
    best: Option<&Ranked>,
) -> Result<Vec<String>> {
    let mut lines = Vec::new();
    for expansion in &plan.expansions {
        lines.push(explained_expansion(&snapshot.searcher, expansion)?);
    }
    for variants in &plan.variants {
        lines.push(format!(
            "{}: also {}, ranked below it",
            variants.asked,
            variants.also.join(", ")
        ));
    }
    lines.extend(plan.persons.iter().map(|meant| explained_person(meant)));
    if let Some(best) = best.filter(|best| best.score > 0.0) {
        let mut parts = score_parts(snapshot, plan, weights, best.address)?;
        let sum: f32 = parts.iter().map(|(_, score)| score).sum();
        // The score of an article that was put first is that of the best other one.
        if best.score - sum > LEAST_LIFT {
            parts.push(("the headline as typed".to_owned(), best.score - sum));
        }
        lines.push(explained_score(best.score, &parts));
    }
    Ok(lines)
}

/// Returns the parts of the score of a hit, largest first: those of words, of boosts and of the second
/// scoring.
fn score_parts(
    snapshot: &Snapshot,
    plan: &Plan,
    weights: &Weights,
    address: DocAddress,
) -> Result<Vec<(String, f32)>> {
    let bm25f = Bm25f::new(snapshot, plan, weights)?;
    let reader = snapshot.searcher.segment_reader(address.segment_ord);
    let searcher = &snapshot.searcher;
    let mut matches = SegmentMatches::open(searcher, address.segment_ord, plan, &bm25f)?;
    let scores = matches.word_scores(address.doc_id);
    let words = plan.words.iter().map(|word| word.plain.clone());
    let mut parts: Vec<(String, f32)> = words.zip(scores).collect();
    let second = second_score(&snapshot.searcher, plan, &bm25f, address)?;
    let segment = usize::try_from(address.segment_ord).unwrap_or(usize::MAX);
    let mut salience = Salience::new(segment, address.doc_id, plan, weights);
    let newest = newest_day(&snapshot.searcher, weights)?;
    let recency = Recency::open(reader, newest, &bm25f)?;
    parts.extend([
        ("persons named".to_owned(), salience.of(address.doc_id)),
        ("its date".to_owned(), recency.of(address.doc_id)),
        ("words in the lead".to_owned(), second.lead),
        ("words side by side".to_owned(), second.pairs),
        ("words near each other".to_owned(), second.near),
        ("umlauts as typed".to_owned(), second.umlauts),
    ]);
    // Parts that would be printed as 0.00 are omitted.
    parts.retain(|(_, score)| *score >= 0.005);
    parts.sort_by(|a, b| b.1.total_cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
    Ok(parts)
}

/// Returns the line of the best score.
fn explained_score(score: f32, parts: &[(String, f32)]) -> String {
    let mut shown: Vec<String> = (parts.iter().take(MOST_EXPLAINED))
        .map(|(part, score)| format!("{part} {score:.2}"))
        .collect();
    if parts.len() > shown.len() {
        shown.push(format!("and {} more", parts.len() - shown.len()));
    }
    format!("the first hit's {score:.2}: {}", shown.join(", "))
}

/// Returns the line of a person: all spellings that were searched, with their articles.
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

/// Returns the line of a pattern: the words that were searched, with their articles.
fn explained_expansion(searcher: &Searcher, expansion: &Expansion) -> Result<String> {
    let mut words = Vec::new();
    for (word, _) in expansion.words.iter().take(MOST_EXPLAINED) {
        let articles = expand::articles_with(searcher, &expansion.fields, word)?;
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
