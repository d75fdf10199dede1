//! Searches an archive: request → plan → ranking → answer with passages and counts.

pub(crate) mod answer;
mod bm25f;
mod boosts;
pub mod browse;
pub mod context;
mod copies;
pub mod counts;
mod elsewhere;
mod every_hit;
mod explain;
mod feedback;
mod headline_as_typed;
mod key_terms;
pub mod links;
mod matches;
mod most;
pub mod name_list;
pub mod neighbours;
mod order;
mod proximity;
pub mod query_list;
mod rank;
mod recency;
mod request;
mod salience;
pub mod similar;
pub mod story;
mod suggest;
#[cfg(test)]
mod tests;
mod window;

use std::ops::Range;
use std::time::Instant;

use rayon::prelude::*;
use tantivy::DocAddress;

use crate::archive::Archive;
use crate::article::SCHEMA;
use crate::error::Result;
use crate::identity::decisions::Decisions;
use crate::identity::lookup::PersonOptions;
use crate::passages;
use crate::passages::Mark;
use crate::query::plan::{Plan, plan as planned};
pub use answer::{Answer, Hit};
use answer::{Places, hit, marks_in, story_id};
use bm25f::{RECENT, WEIGHTS};
use copies::Folding;
pub use copies::Prefer;
use counts::Counts;
pub use elsewhere::note_on_name;
use every_hit::Others;
use explain::explanation;
use most::MostOf;
pub use order::Sort;
use rank::{Order, Ranking, all_matches, rank};
pub use request::Request;
use request::{Understood, filters_of, understand};

/// Answers a request.
///
/// # Errors
///
/// Returns an error if the query can't be read (see [`parse`](fn@crate::query::parse)) or is empty, or
/// if the index can't be read.
pub fn search(archive: &Archive, request: &Request) -> Result<Answer> {
    let places = match request.for_page {
        true => Places::OnPage,
        false => Places::LeftOut,
    };
    archive.guard(|| answer(archive, request, places))
}

fn answer(archive: &Archive, request: &Request, places: Places) -> Result<Answer> {
    let start = Instant::now();
    // Spawning tasks from inside the Rayon pool is cheaper than from outside.
    rayon::scope(|_| {
        let found = Found::of(archive, request)?;
        let shown = request.offset..usize::MAX;
        let (hits, notes) = hits(archive, &found, shown, places)?;
        Ok(found.answer(request, start, hits, notes))
    })
}

/// Answers a request hit by hit: `each` gets every hit of the request, in order, and
/// returns whether it wants more. Of the articles, a few are held at a time. The answer that
/// is returned has no hits.
///
/// # Errors
///
/// Returns the errors of [`search()`].
pub fn stream(
    archive: &Archive,
    request: &Request,
    mut each: impl FnMut(Hit) -> bool,
) -> Result<Answer> {
    let start = Instant::now();
    let first = Request {
        limit: request.limit.min(RANKED_FIRST),
        ..request.clone()
    };
    let mut found = archive.guard(|| Found::of(archive, &first))?;
    let is_ranked_anew = request.limit > first.limit && !found.lacks.is_empty();
    if is_ranked_anew {
        // What an article lacks comes before its score.
        found = archive.guard(|| Found::of(archive, request))?;
    }
    let (mut notes, mut has_copies) = (Vec::new(), false);
    let mut pass_on = |hits: (Vec<Hit>, Vec<String>)| {
        notes.extend(hits.1);
        has_copies |= hits.0.iter().any(|hit| !hit.copies.is_empty());
        hits.0.into_iter().all(&mut each)
    };
    let all = found.ranking.hits.len();
    for from in (request.offset..all).step_by(AT_ONCE) {
        let shown = from..from + AT_ONCE;
        if !pass_on(archive.guard(|| hits(archive, &found, shown, Places::Told))?) {
            return Ok(found.answer(request, start, Vec::new(), notes));
        }
    }
    let is_whole = is_ranked_anew || all < request.offset.saturating_add(first.limit);
    if !is_whole {
        let wanted = request.limit - first.limit;
        archive.guard(|| each_other(archive, request, &found, wanted, &mut pass_on))?;
    }
    if has_copies && !found.notes.iter().any(|note| note == ON_COPIES) {
        notes.push(ON_COPIES.to_owned());
    }
    Ok(found.answer(request, start, Vec::new(), notes))
}

/// Passes on the hits after those that were ranked first, at most `wanted`, in batches. Of each hit a
/// few bytes are held until then.
fn each_other(
    archive: &Archive,
    request: &Request,
    found: &Found,
    wanted: usize,
    pass_on: &mut dyn FnMut((Vec<Hit>, Vec<String>)) -> bool,
) -> Result<()> {
    let order = order_of(archive, request)?;
    let mut others = Others::after(&found.ranking, &archive.snapshot, &found.plan, order)?;
    let mut passed = 0;
    while passed < wanted {
        let next = others.take(AT_ONCE.min(wanted - passed))?;
        let number = next.hits.len();
        let first = found.ranking.hits.len() + passed + 1;
        let read = read_hits(
            archive,
            &found.plan,
            (&next, 0..number, first),
            Places::Told,
        )?;
        passed += number;
        if number == 0 || !pass_on(read) {
            break;
        }
    }
    Ok(())
}

/// Returns the order in which a request wants its hits.
fn order_of<'a>(archive: &'a Archive, request: &'a Request) -> Result<Order<'a>> {
    Ok(Order {
        sort: request.sort,
        weights: if request.recent { &RECENT } else { &WEIGHTS },
        folding: match request.all_copies {
            true => None,
            false => Some(Folding {
                stories: archive.stories()?,
                prefer: &request.prefer,
            }),
        },
    })
}

/// How many hits of a stream are ranked like those of a search. Those after them are held in fewer bytes.
const RANKED_FIRST: usize = 256;
const _: () = assert!(RANKED_FIRST >= WEIGHTS.reranked && RANKED_FIRST >= RECENT.reranked);

/// Returns the articles that match a request, by path and part, and notes on how it was read. Its order,
/// numbers and copies are no matter, and every word counts.
///
/// # Errors
///
/// Returns the errors of [`search()`].
pub fn matching(archive: &Archive, request: &Request) -> Result<(Vec<DocAddress>, Vec<String>)> {
    let found = archive.guard(|| Matching::of(archive, request))?;
    Ok((found.addresses, found.notes))
}

/// The articles that match a request.
struct Matching {
    plan: Plan,
    /// Their addresses, by path and part.
    addresses: Vec<DocAddress>,
    understood: String,
    notes: Vec<String>,
}

impl Matching {
    fn of(archive: &Archive, request: &Request) -> Result<Self> {
        let Understood {
            root, mut notes, ..
        } = understand(request)?;
        let options = PersonOptions {
            decisions: &Decisions::of(archive)?,
            is_loose: request.loose,
            keep_spelling: !request.any,
        };
        let plan = planned(&archive.snapshot, options, &root)?;
        notes.extend(plan.notes.iter().cloned());
        let matches = all_matches(&archive.snapshot, &plan)?;
        if matches.iter().all(Vec::is_empty) {
            notes.extend(suggest::suggestions(archive, options, &root, &plan)?);
        }
        let is_match = |segment: u32, doc| matches[segment as usize].binary_search(&doc).is_ok();
        Ok(Self {
            addresses: archive.by_path(is_match)?,
            understood: root.to_string(),
            plan,
            notes,
        })
    }
}

/// Returns what a request marks in an article: the words of its query, and the names of its persons.
///
/// # Errors
///
/// Returns the errors of [`search()`].
pub fn marks(archive: &Archive, request: &Request, address: DocAddress) -> Result<Vec<Mark>> {
    archive.guard(|| {
        let options = PersonOptions {
            decisions: &Decisions::of(archive)?,
            is_loose: request.loose,
            keep_spelling: !request.any,
        };
        let plan = planned(&archive.snapshot, options, &understand(request)?.root)?;
        Ok(marks_in(&plan, &archive.article(address)?, address))
    })
}

/// How many hits of a stream are read at once.
const AT_ONCE: usize = 64;

/// What a request has found, before its articles are read.
struct Found {
    plan: Plan,
    ranking: Ranking,
    understood: String,
    notes: Vec<String>,
    counts: Option<Counts>,
    /// The words that each hit after the offset lacks.
    lacks: Vec<Vec<String>>,
}

impl Found {
    fn of(archive: &Archive, request: &Request) -> Result<Self> {
        let Understood {
            root,
            mut notes,
            takes_most,
            may_be_headline,
        } = understand(request)?;
        let snapshot = &archive.snapshot;
        let options = PersonOptions {
            decisions: &Decisions::of(archive)?,
            is_loose: request.loose,
            // `--any` favours recall, so names are stemmed like other words.
            keep_spelling: !request.any,
        };
        let mut plan = planned(snapshot, options, &root)?;
        if request.feedback {
            notes.extend(feedback::add_words(archive, &mut plan)?);
        }
        let mut understood = root.to_string();
        let wanted = request.offset.saturating_add(request.limit);
        let order = order_of(archive, request)?;
        let mut ranking = rank(snapshot, &plan, order, wanted)?;
        let filters = || match filters_of(request)? {
            Some(filters) => planned(snapshot, options, &filters),
            None => Ok(Plan::default()),
        };
        if may_be_headline {
            let plans = (&mut plan, filters);
            let typed = &request.query;
            headline_as_typed::put_first(snapshot, typed, plans, (order, wanted), &mut ranking)?;
        }
        let mut lacks = Vec::new();
        if ranking.total == 0 && takes_most {
            let found = MostOf::find(snapshot, options, &root, (order, wanted))?;
            if let Some(most) = found {
                notes.push(most.note());
                notes.extend(suggest::misspelt(snapshot, &root)?);
                lacks = most.lacks(snapshot, request.offset)?;
                (plan, ranking, understood) = (most.plan, most.ranking, most.understood);
            }
        }
        let total = ranking.total;
        notes.extend(plan.notes.iter().cloned());
        if has_copies(&ranking) {
            notes.push(ON_COPIES.to_owned());
        }
        if request.explain {
            let best = ranking.hits.first();
            notes.extend(explanation(snapshot, &plan, order.weights, best)?);
        }
        if total == 0 {
            notes.extend(suggest::suggestions(archive, options, &root, &plan)?);
        }
        let counts = counted(archive, request, &plan, &mut ranking)?;
        if request.limit > 0 && total > 0 && ranking.hits.len() <= request.offset {
            notes.push(format!(
                "--offset {} leaves out all {total} that were found",
                request.offset
            ));
        }
        Ok(Self {
            plan,
            ranking,
            understood,
            notes,
            counts,
            lacks,
        })
    }

    fn answer(
        self,
        request: &Request,
        start: Instant,
        hits: Vec<Hit>,
        more_notes: Vec<String>,
    ) -> Answer {
        let mut notes = self.notes;
        notes.extend(more_notes);
        Answer {
            schema: SCHEMA,
            query: request.query.clone(),
            understood: self.understood,
            total: self.ranking.total,
            stories: (self.ranking.all_stories)
                .filter(|&stories| request.stories || stories < self.ranking.total),
            took_ms: start.elapsed().as_secs_f64() * 1_000.0,
            notes,
            counts: self.counts,
            hits,
        }
    }
}

/// Reads the articles of some of the hits, and cuts their passages. Also returns notes.
fn hits(
    archive: &Archive,
    found: &Found,
    shown: Range<usize>,
    places: Places,
) -> Result<(Vec<Hit>, Vec<String>)> {
    let Found {
        plan,
        ranking,
        lacks,
        ..
    } = found;
    let (mut read, notes) = read_hits(archive, plan, (ranking, shown.clone(), 1), places)?;
    let first_lacks = ranking.hits.len() - lacks.len();
    for (at, hit) in shown.zip(&mut read) {
        let lacks = at.checked_sub(first_lacks).and_then(|at| lacks.get(at));
        hit.lacks = lacks.cloned().unwrap_or_default();
    }
    Ok((read, notes))
}

/// Reads the articles of some of the hits of a ranking, whose first hit has a rank, and cuts their
/// passages. Also returns notes.
fn read_hits(
    archive: &Archive,
    plan: &Plan,
    (ranking, shown, first): (&Ranking, Range<usize>, usize),
    places: Places,
) -> Result<(Vec<Hit>, Vec<String>)> {
    let stories = archive.stories()?;
    let ranked = ranking.hits.iter().zip(&ranking.copies).enumerate();
    let wanted: Vec<_> = ranked.skip(shown.start).take(shown.len()).collect();
    let read = wanted.par_iter().map(|&(at, (found, copies))| {
        let article = archive.article(found.address)?;
        let marks = marks_in(plan, &article, found.address);
        let is_bounded = passages::is_bounded(&article);
        let hit = Hit {
            copies: archive.paths(copies)?,
            story: stories.story_of(found.address).map(story_id),
            ..hit(article, (first + at, found.score), &marks, places)
        };
        Ok((hit, is_bounded))
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

/// Counts the whole result as requested; its stories are added to the ranking.
fn counted(
    archive: &Archive,
    request: &Request,
    plan: &Plan,
    ranking: &mut Ranking,
) -> Result<Option<Counts>> {
    if !request.counts && !request.stories {
        return Ok(None);
    }
    let matches = all_matches(&archive.snapshot, plan)?;
    let mut by_story = None;
    if request.stories {
        let articles = (0..)
            .zip(&matches)
            .flat_map(|(segment, docs)| docs.iter().map(move |&doc| DocAddress::new(segment, doc)));
        let articles = archive.stories()?.by_story(articles);
        ranking.all_stories = Some(articles.chunk_by(|a, b| a.0 == b.0).count());
        by_story = Some(articles);
    }
    let counts =
        (request.counts).then(|| counts::count(&archive.snapshot, &matches, by_story.as_deref()));
    counts.transpose()
}

/// The note on the copies in an answer.
pub const ON_COPIES: &str =
    "each story is shown once; --all-copies shows every article, `morgue copies ID` what each cut";

/// Returns whether an answer leaves out copies.
fn has_copies(ranking: &Ranking) -> bool {
    let has_more = (ranking.all_stories).is_some_and(|stories| stories < ranking.total);
    has_more || ranking.copies.iter().any(|copies| !copies.is_empty())
}
