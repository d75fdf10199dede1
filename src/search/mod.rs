//! Searches an archive: request → plan → ranking → answer with passages and counts.

pub(crate) mod answer;
mod bm25f;
mod boosts;
pub mod counts;
mod explain;
mod feedback;
mod key_terms;
mod matches;
mod most;
pub mod name_list;
mod order;
mod proximity;
mod rank;
mod recency;
mod request;
mod salience;
pub mod similar;
mod suggest;
#[cfg(test)]
mod tests;
mod window;

use std::time::Instant;

use rayon::prelude::*;

use crate::archive::Archive;
use crate::article::SCHEMA;
use crate::engine::top_hits::Ranked;
use crate::error::{Error, Result};
use crate::identity::decisions::Decisions;
use crate::identity::lookup::PersonOptions;
use crate::passages;
use crate::query::plan::{Plan, plan};
pub use answer::{Answer, Hit};
use answer::{hit, marks_in};
use bm25f::{RECENT, WEIGHTS};
use explain::explanation;
use most::MostOf;
pub use order::Sort;
use rank::rank;
pub use request::Request;
use request::{Understood, understand};

/// Answers a request.
///
/// # Errors
///
/// Returns an error if the query can't be read (see [`parse`](fn@crate::query::parse)) or is empty, or
/// if the index can't be read.
pub fn search(archive: &Archive, request: &Request) -> Result<Answer> {
    archive.guard(|| answer(archive, request))
}

fn answer(archive: &Archive, request: &Request) -> Result<Answer> {
    let start = Instant::now();
    let Understood {
        root,
        mut notes,
        takes_most,
    } = understand(request)?;
    let snapshot = &archive.snapshot;
    let options = PersonOptions {
        decisions: &Decisions::of(archive)?,
        is_loose: request.loose,
        // `--any` favours recall, so names are stemmed like other words.
        keep_spelling: !request.any,
    };
    let mut plan = plan(snapshot, options, &root)?;
    if request.feedback {
        notes.extend(feedback::add_words(archive, &mut plan)?);
    }
    // Spawning tasks from inside the Rayon pool is cheaper than from outside.
    let mut understood = root.to_string();
    let (total, counts, hits) = rayon::scope(|_| {
        let wanted = request.offset.saturating_add(request.limit);
        let weights = if request.recent { &RECENT } else { &WEIGHTS };
        let mut ranking = rank(snapshot, &plan, request.sort, wanted, weights)?;
        let mut lacks = Vec::new();
        if ranking.total == 0 && takes_most {
            let how = (request.sort, wanted, weights);
            if let Some(most) = MostOf::find(snapshot, options, &root, how)? {
                notes.push(most.note());
                notes.extend(suggest::misspelt(snapshot, &root)?);
                lacks = most.lacks(snapshot, request.offset)?;
                (plan, ranking, understood) = (most.plan, most.ranking, most.understood);
            }
        }
        let total = ranking.total;
        notes.extend(plan.notes.iter().cloned());
        if request.explain {
            let best = ranking.hits.first();
            notes.extend(explanation(snapshot, &plan, weights, best)?);
        }
        if total == 0 {
            notes.extend(suggest::suggestions(archive, options, &root, &plan)?);
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
        let (mut hits, more_notes) = hits(archive, &plan, &ranking.hits, request.offset)?;
        for (hit, lacks) in hits.iter_mut().zip(lacks) {
            hit.lacks = lacks;
        }
        notes.extend(more_notes);
        Ok::<_, Error>((total, counts, hits))
    })?;
    Ok(Answer {
        schema: SCHEMA,
        query: request.query.clone(),
        understood,
        total,
        took_ms: start.elapsed().as_secs_f64() * 1_000.0,
        notes,
        counts,
        hits,
    })
}

/// Reads the articles of hits after the first `offset`, and cuts their passages. Also returns notes.
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
                "only the first {kilobytes} KB of {} were searched for passages",
                hit.path
            ));
        }
        hits.push(hit);
    }
    Ok((hits, notes))
}
