//! Answers a question: ranking, passages, counts.

pub(crate) mod answer;
pub(crate) mod bm25f;
mod boosts;
pub mod counts;
mod explain;
mod feedback;
mod key_terms;
mod matches;
pub mod name_list;
mod proximity;
pub mod rank;
mod recency;
mod request;
mod salience;
#[cfg(test)]
mod search_tests;
pub mod similar;
mod suggest;

use std::time::Instant;

use rayon::prelude::*;

use crate::archive::Archive;
use crate::article::SCHEMA;
use crate::error::{Error, Result};
use crate::identity::decisions::Decisions;
use crate::identity::lookup::PersonOptions;
use crate::passages;
use crate::query::plan::Plan;
use crate::query::plan::compile::plan;
pub use answer::{Answer, Hit};
use answer::{hit, marks_in};
use explain::explanation;
pub use rank::Sort;
use rank::{RECENT, Ranked, WEIGHTS, rank};
pub use request::Request;
use request::understand;

/// Answers a question.
///
/// # Errors
///
/// Returns an error where the query can't be understood (see [`fn@query::parse`]) or asks for
/// nothing, and where the index can't be read.
pub fn search(archive: &Archive, request: &Request) -> Result<Answer> {
    archive.guard(|| answer(archive, request))
}

fn answer(archive: &Archive, request: &Request) -> Result<Answer> {
    let start = Instant::now();
    let (root, mut notes) = understand(request)?;
    let snapshot = &archive.snapshot;
    let options = PersonOptions {
        decisions: &Decisions::of(archive)?,
        is_loose: request.loose,
        // Whoever asks for any of the words wants more, and has the better ones first.
        keep_spelling: !request.any,
    };
    let mut plan = plan(snapshot, options, &root)?;
    if request.feedback {
        notes.extend(feedback::add_words(archive, &mut plan)?);
    }
    // What is shared out to all cores is handed on sooner by one of them than from outside.
    let (total, counts, hits) = rayon::scope(|_| {
        let wanted = request.offset.saturating_add(request.limit);
        let weights = if request.recent { &RECENT } else { &WEIGHTS };
        let (ranked, total) = rank(snapshot, &plan, request.sort, wanted, weights)?;
        notes.extend(plan.notes.iter().cloned());
        if request.explain {
            let best = ranked.first();
            notes.extend(explanation(snapshot, &plan, weights, best)?);
        }
        if total == 0 {
            notes.extend(suggest::suggestions(snapshot, options, &root, &plan)?);
        }
        let counts = (request.counts)
            .then(|| counts::count(snapshot, &plan))
            .transpose()?;
        if request.limit > 0 && (1..=request.offset).contains(&total) {
            notes.push(format!(
                "--offset {} leaves out all {total} that were found",
                request.offset
            ));
        }
        let (hits, said) = hits(archive, &plan, &ranked, request.offset)?;
        notes.extend(said);
        Ok::<_, Error>((total, counts, hits))
    })?;
    Ok(Answer {
        schema: SCHEMA,
        query: request.query.clone(),
        understood: root.to_string(),
        total,
        took_ms: start.elapsed().as_secs_f64() * 1_000.0,
        notes,
        counts,
        hits,
    })
}

/// Reads the articles that were found, but for the first `offset`, and cuts passages from them.
/// Returns what there is to say of that as well.
fn hits(
    archive: &Archive,
    plan: &Plan,
    ranked: &[Ranked],
    offset: usize,
) -> Result<(Vec<Hit>, Vec<String>)> {
    let wanted: Vec<(usize, &Ranked)> = (1..).zip(ranked).skip(offset).collect();
    let read = wanted.par_iter().map(|&(rank, found)| {
        let article = archive.article(found.address)?;
        let marks = marks_in(plan, &article, found.address);
        let is_bounded = passages::is_bounded(&article);
        Ok((hit(article, rank, found.score, &marks), is_bounded))
    });
    let (mut hits, mut notes) = (Vec::with_capacity(wanted.len()), Vec::new());
    for (hit, is_bounded) in read.collect::<Result<Vec<(Hit, bool)>>>()? {
        if is_bounded {
            let kilobytes = passages::SCANNED_BYTES >> 10;
            notes.push(format!(
                "only the first {kilobytes} KB of {} were looked through for passages",
                hit.path
            ));
        }
        hits.push(hit);
    }
    Ok((hits, notes))
}
