//! Answers a question: ranking, passages, counts.

mod best;
mod best_words;
pub mod counts;
mod feedback;
pub mod likely;
pub mod listed;
mod matches;
pub mod names;
mod nearness;
mod on_top;
pub mod passage;
pub mod people;
pub mod rank;
mod recency;
mod salience;
mod score;
#[cfg(test)]
mod search_tests;
mod sentences;
pub mod similar;
mod suggest;
mod walk;

use std::time::Instant;

use rayon::prelude::*;
use serde::Serialize;
use tantivy::{DocAddress, Searcher};

use crate::archive::Archive;
use crate::archive::schema::Fields;
use crate::article::{Article, SCHEMA};
use crate::date::PartialDate;
use crate::error::{Error, Result};
use crate::people::register::Tier;
use crate::query::dates::DateFilter;
use crate::query::expand::{self, Expansion};
use crate::query::limits::ensure_bounded;
use crate::query::meant::Meant;
use crate::query::persons::Options;
use crate::query::plan::{Plan, plan};
use crate::query::{self, FieldName, Mark, Node, QueryError};
use counts::Counts;
use passage::Passage;
use rank::{RECENT, Ranked, WEIGHTS, Weights, rank};

/// What a search is asked for.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Request {
    /// The query, as typed.
    pub query: String,
    /// Only articles that name all of these persons.
    pub persons: Vec<String>,
    /// Only articles published on or after this date.
    pub after: Option<PartialDate>,
    /// Only articles published on or before this date.
    pub before: Option<PartialDate>,
    /// Only articles of this outlet.
    pub source: Option<String>,
    /// Whether articles that print a person's surname alone, which may be anybody's, are found too.
    pub loose: bool,
    /// Whether any one of the words is enough.
    pub any: bool,
    /// The order of the hits.
    pub sort: Sort,
    /// How many hits to return.
    pub limit: usize,
    /// How many hits to leave out first.
    pub offset: usize,
    /// Whether to rank by the words of the best hits as well, which finds more and less exactly.
    pub feedback: bool,
    /// Whether newer articles come a little sooner than their words alone would have them.
    pub recent: bool,
    /// Whether to count the whole result by date, outlet, person and writer.
    pub counts: bool,
    /// Whether to explain how the query was understood.
    pub explain: bool,
}

/// The order of hits.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Sort {
    /// Best first.
    #[default]
    Relevance,
    /// Newest first; undated last.
    Newest,
    /// Oldest first; undated last.
    Oldest,
}

/// The answer to a [`Request`]: the first line of `search --json`.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Answer {
    /// [`crate::article::SCHEMA`].
    pub schema: u32,
    /// The query, as typed.
    pub query: String,
    /// How it was understood.
    pub understood: String,
    /// How many articles it matches in all.
    pub total: usize,
    /// How long it took, in milliseconds.
    pub took_ms: f64,
    /// What the asker should know: words taken as plain words, spellings searched, suggestions.
    pub notes: Vec<String>,
    /// The counts of the whole result, where they were asked for; in JSON on a line of their own.
    #[serde(skip)]
    pub counts: Option<Counts>,
    /// The hits, best first; in JSON each has a line of its own.
    #[serde(skip)]
    pub hits: Vec<Hit>,
}

/// One article found.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Hit {
    /// Its place in the order, from 1.
    pub rank: usize,
    /// Its score; higher is better, comparable within one answer only.
    pub score: f32,
    /// The article's id.
    pub id: String,
    /// The file's path below the folder.
    pub path: String,
    /// The headline.
    pub headline: Option<String>,
    /// The date of publication.
    pub published: Option<PartialDate>,
    /// The outlet.
    pub source: Option<String>,
    /// The writers.
    pub byline: Vec<String>,
    /// The persons named, most mentioned first.
    pub people: Vec<String>,
    /// Two or three passages.
    pub passages: Vec<Passage>,
    /// The id of the article that this one tells the same story as in the same words, where more
    /// like that one was asked for.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub copy_of: Option<String>,
}

/// How many words or spellings the explanation of a pattern or a person lists.
const MOST_EXPLAINED: usize = 20;

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
    let searcher = archive.searcher();
    let fields = &archive.fields;
    let options = Options {
        decisions: &archive.decisions()?,
        is_loose: request.loose,
        // Whoever asks for any of the words wants more, and has the better ones first.
        keep_spelling: !request.any,
    };
    let mut plan = plan(&searcher, fields, options, &root)?;
    if request.feedback {
        notes.extend(feedback::add_words(archive, &searcher, &mut plan)?);
    }
    // What is shared out to all cores is handed on sooner by one of them than from outside.
    let (total, counts, hits) = rayon::scope(|_| {
        let wanted = request.offset.saturating_add(request.limit);
        let weights = if request.recent { &RECENT } else { &WEIGHTS };
        let (ranked, total) = rank(&searcher, fields, &plan, request.sort, wanted, weights)?;
        notes.extend(plan.notes.iter().cloned());
        if request.explain {
            let best = ranked.first();
            notes.extend(explanation(&searcher, fields, &plan, weights, best)?);
        }
        if total == 0 {
            notes.extend(suggest::suggestions(
                &searcher, fields, options, &root, &plan,
            )?);
        }
        let counts = (request.counts)
            .then(|| counts::count(&searcher, fields, &plan))
            .transpose()?;
        if request.limit > 0 && (1..=request.offset).contains(&total) {
            notes.push(format!(
                "--offset {} leaves out all {total} that were found",
                request.offset
            ));
        }
        let (hits, said) = hits(archive, &searcher, &plan, &ranked, request.offset)?;
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

/// Returns how the query was carried out, and where the best hit's score comes from, in lines.
fn explanation(
    searcher: &Searcher,
    fields: &Fields,
    plan: &Plan,
    weights: &Weights,
    best: Option<&Ranked>,
) -> Result<Vec<String>> {
    let mut lines = Vec::new();
    for expansion in &plan.expansions {
        lines.push(explained(searcher, expansion)?);
    }
    lines.extend(plan.persons.iter().map(|meant| explained_person(meant)));
    if let Some(best) = best.filter(|best| best.score > 0.0) {
        let parts = rank::explain(searcher, fields, plan, weights, best.address)?;
        lines.push(explained_score(best.score, &parts));
    }
    Ok(lines)
}

/// Reads the articles that were found, but for the first `offset`, and cuts passages from them.
/// Returns what there is to say of that as well.
fn hits(
    archive: &Archive,
    searcher: &Searcher,
    plan: &Plan,
    ranked: &[Ranked],
    offset: usize,
) -> Result<(Vec<Hit>, Vec<String>)> {
    let wanted: Vec<(usize, &Ranked)> = (1..).zip(ranked).skip(offset).collect();
    let read = wanted.par_iter().map(|&(rank, found)| {
        let article = archive.article(searcher, found.address)?;
        let marks = marks_in(plan, &article, found.address);
        let is_bounded = passage::is_bounded(&article);
        Ok((hit(article, rank, found.score, &marks), is_bounded))
    });
    let (mut hits, mut notes) = (Vec::with_capacity(wanted.len()), Vec::new());
    for (hit, is_bounded) in read.collect::<Result<Vec<(Hit, bool)>>>()? {
        if is_bounded {
            let kilobytes = passage::SCANNED_BYTES >> 10;
            notes.push(format!(
                "only the first {kilobytes} KB of {} were looked through for passages",
                hit.path
            ));
        }
        hits.push(hit);
    }
    Ok((hits, notes))
}

/// Returns an article as a hit.
fn hit(article: Article, rank: usize, score: f32, marks: &[Mark]) -> Hit {
    let passages = passage::cut(&article, marks);
    let people = article.people.into_iter().map(|person| person.name);
    Hit {
        rank,
        score,
        id: article.id,
        path: article.path,
        headline: article.headline,
        published: article.published,
        source: article.source,
        byline: article.byline,
        people: people.collect(),
        passages,
        copy_of: None,
    }
}

/// Reads the query and adds the filters that were asked for beside it.
fn understand(request: &Request) -> Result<(Node, Vec<String>)> {
    let query = if request.any {
        query::parse_any(&request.query)
    } else {
        query::parse(&request.query)?
    };
    let mut nodes = Vec::new();
    match query.root {
        Some(Node::And(parts)) => nodes.extend(parts),
        root => nodes.extend(root),
    }
    let mut asked_beside = Vec::new();
    let mut add = |field: FieldName, typed: &str| -> Result<()> {
        let Some(node) = query::phrase(typed, 0) else {
            return Err(QueryError {
                message: format!("there is no word in {}: {typed:?}", field.name()),
                hint: format!("give a name to --{}", field.name()),
                at: 0,
            }
            .into());
        };
        asked_beside.push(Node::Field {
            field,
            node: Box::new(node),
        });
        Ok(())
    };
    for person in &request.persons {
        add(FieldName::Person, person)?;
    }
    if let Some(source) = &request.source {
        add(FieldName::Source, source)?;
    }
    ensure_bounded(&asked_beside)?;
    nodes.extend(asked_beside);
    if request.after.is_some() || request.before.is_some() {
        if let (Some(after), Some(before)) = (request.after, request.before)
            && before.last_day() < after.first_day()
        {
            return Err(QueryError {
                message: format!("the dates {after} to {before} end before they start"),
                hint: "give the earlier date to --after".to_owned(),
                at: 0,
            }
            .into());
        }
        nodes.push(Node::Date(DateFilter::between(
            request.after,
            request.before,
        )));
    }
    let root = Node::all(nodes).ok_or_else(|| QueryError {
        message: "there is nothing to search for".to_owned(),
        hint: "give words, --person NAME, --source S, --after or --before".to_owned(),
        at: 0,
    })?;
    Ok((root, query.notes))
}

/// Returns what to mark in an article: the query's words, and the persons asked for in all the
/// forms that this article names them by.
fn marks_in(plan: &Plan, article: &Article, address: DocAddress) -> Vec<Mark> {
    let mut marks = plan.marks.clone();
    let is_meant = |key: &String| {
        plan.persons.iter().any(|meant| {
            let mut keys = meant.keys_in(address.segment_ord as usize, address.doc_id);
            keys.any(|other| other == key)
        })
    };
    for person in &article.people {
        if plan.person_keys.contains(&person.key) || is_meant(&person.key) {
            marks.push(Mark::Person(person.forms.keys().cloned().collect()));
        }
    }
    marks
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
