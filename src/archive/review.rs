//! Answers the doubts of articles from the rest of the archive.
//!
//! Only articles without the doubt count, and those were read without an answer to it, so the
//! answers do not depend on the order in which files were added.

use std::collections::{BTreeMap, BTreeSet};

use rustc_hash::FxHashSet;
use tantivy::collector::Count;
use tantivy::query::{BooleanQuery, Occur, PhraseQuery, Query, TermQuery};
use tantivy::schema::{Field, IndexRecordOption};
use tantivy::{DocId, DocSet, Searcher, SegmentReader, TERMINATED, TantivyError, Term};

use super::analyzer;
use super::reader::Snapshot;
use super::schema;
use super::schema::Fields;
use crate::article::{Answer, Doubt};
use crate::clean::Knowledge;
use crate::error::Result;

/// How many articles must agree before a word or a date is read in their way.
const ENOUGH_ARTICLES: usize = 2;

/// Returns the answers to all doubts, and the paths of files with an article that was read with
/// other answers.
pub fn review(snapshot: &Snapshot) -> Result<(Knowledge, FxHashSet<String>)> {
    let mut answers: BTreeMap<String, Option<Answer>> = BTreeMap::new();
    for segment in snapshot.searcher.segment_readers() {
        let inverted = segment.inverted_index(snapshot.fields.doubt)?;
        let mut terms = inverted.terms().stream().map_err(TantivyError::from)?;
        while terms.advance() {
            let term = String::from_utf8_lossy(terms.key()).into_owned();
            answers.entry(term).or_default();
        }
    }
    let mut knowledge = Knowledge::default();
    for (term, answer) in &mut answers {
        let Some(doubt) = schema::doubt_of(term) else {
            continue;
        };
        *answer = settle(snapshot, &doubt)?;
        if let Some(answer) = answer {
            knowledge.learn(doubt, answer.clone());
        }
    }
    let mut paths = FxHashSet::default();
    for segment in snapshot.searcher.segment_readers() {
        collect_outdated(segment, &snapshot.fields, &answers, &mut paths)?;
    }
    Ok((knowledge, paths))
}

/// Returns the archive's answer to a doubt, if it has one.
fn settle(snapshot: &Snapshot, doubt: &Doubt) -> Result<Option<Answer>> {
    match doubt {
        Doubt::Language(outlet) => language_of(snapshot, doubt, outlet),
        Doubt::Headline(title) => {
            let is_headline =
                count(&snapshot.searcher, term_query(snapshot.fields.title, title))? > 0;
            Ok(is_headline.then_some(Answer::Yes))
        }
        Doubt::DayFirst(_) => {
            let count_read = |answer| {
                let order = schema::answer_term(doubt, &answer);
                count(
                    &snapshot.searcher,
                    term_query(snapshot.fields.date_order, &order),
                )
            };
            Ok(match (count_read(Answer::Yes)?, count_read(Answer::No)?) {
                (day, 0) if day >= ENOUGH_ARTICLES => Some(Answer::Yes),
                (0, month) if month >= ENOUGH_ARTICLES => Some(Answer::No),
                _ => None,
            })
        }
        Doubt::Solid(first, second) => {
            let word = format!("{first}{second}");
            let [solid] = &analyzer::query_words(&word)[..] else {
                return Ok(None);
            };
            let solid = Term::from_field_text(snapshot.fields.body, &solid.plain);
            if snapshot.searcher.doc_freq(&solid)? < ENOUGH_ARTICLES as u64 {
                return Ok(None);
            }
            let elsewhere = |query: Box<dyn Query>| {
                let doubting = term_query(snapshot.fields.doubt, &schema::doubt_term(doubt));
                let clauses = vec![(Occur::Must, query), (Occur::MustNot, doubting)];
                count(&snapshot.searcher, Box::new(BooleanQuery::new(clauses)))
            };
            let solid = TermQuery::new(solid, IndexRecordOption::Basic);
            let parts: Vec<Term> = analyzer::query_words(&format!("{first} {second}"))
                .iter()
                .map(|part| Term::from_field_text(snapshot.fields.body, &part.plain))
                .collect();
            let is_solid = elsewhere(Box::new(solid))? >= ENOUGH_ARTICLES
                && parts.len() > 1
                && elsewhere(Box::new(PhraseQuery::new(parts)))? == 0;
            Ok(is_solid.then_some(Answer::Yes))
        }
    }
}

/// Returns the language of nine in ten articles of an outlet whose language is certain.
fn language_of(snapshot: &Snapshot, doubt: &Doubt, outlet: &str) -> Result<Option<Answer>> {
    let fields = &snapshot.fields;
    let mut codes = BTreeSet::new();
    for segment in snapshot.searcher.segment_readers() {
        let inverted = segment.inverted_index(fields.language)?;
        let mut terms = inverted.terms().stream().map_err(TantivyError::from)?;
        while terms.advance() {
            codes.insert(String::from_utf8_lossy(terms.key()).into_owned());
        }
    }
    let certain = |language: Option<&str>| {
        let own = term_query(fields.source, &outlet.to_lowercase());
        let doubting = term_query(fields.doubt, &schema::doubt_term(doubt));
        let mut clauses = vec![(Occur::Must, own), (Occur::MustNot, doubting)];
        clauses.extend(language.map(|code| (Occur::Must, term_query(fields.language, code))));
        count(&snapshot.searcher, Box::new(BooleanQuery::new(clauses)))
    };
    let all = certain(None)?;
    for code in codes {
        let articles = certain(Some(&code))?;
        if articles >= ENOUGH_ARTICLES && articles * 10 >= all * 9 {
            return Ok(Some(Answer::Language(code)));
        }
    }
    Ok(None)
}

fn term_query(field: Field, text: &str) -> Box<dyn Query> {
    let term = Term::from_field_text(field, text);
    Box::new(TermQuery::new(term, IndexRecordOption::Basic))
}

fn count(searcher: &Searcher, query: Box<dyn Query>) -> Result<usize> {
    Ok(searcher.search(&query, &Count)?)
}

/// Adds the paths of a segment's articles that were read with answers other than these.
fn collect_outdated(
    segment: &SegmentReader,
    fields: &Fields,
    answers: &BTreeMap<String, Option<Answer>>,
    paths: &mut FxHashSet<String>,
) -> Result<()> {
    let Some(column) = segment.fast_fields().str("path")? else {
        return Ok(());
    };
    for (term, answer) in answers {
        let Some(doubt) = schema::doubt_of(term) else {
            continue;
        };
        let doubting = live_docs(segment, fields.doubt, term)?;
        if doubting.is_empty() {
            continue;
        }
        let read_with = match answer {
            Some(answer) => schema::answer_term(&doubt, answer),
            None => term.clone(),
        };
        let read_with = live_docs(segment, fields.settled, &read_with)?;
        for doc in doubting {
            // Without an answer now, it was read with none.
            if read_with.binary_search(&doc).is_ok() != answer.is_some()
                && let Some(ordinal) = column.ords().first(doc)
            {
                let mut path = String::new();
                column
                    .ord_to_str(ordinal, &mut path)
                    .map_err(TantivyError::from)?;
                paths.insert(path);
            }
        }
    }
    Ok(())
}

/// Returns the live documents of a segment that have a term, sorted.
fn live_docs(segment: &SegmentReader, field: Field, text: &str) -> Result<Vec<DocId>> {
    let mut found = Vec::new();
    let term = Term::from_field_text(field, text);
    let inverted = segment.inverted_index(field)?;
    let postings = inverted
        .read_postings(&term, IndexRecordOption::Basic)
        .map_err(TantivyError::from)?;
    if let Some(mut postings) = postings {
        let mut doc = postings.doc();
        while doc != TERMINATED {
            if !segment.is_deleted(doc) {
                found.push(doc);
            }
            doc = postings.advance();
        }
    }
    Ok(found)
}
