//! The articles that have any of some terms.

use tantivy::index::SegmentReader;
use tantivy::postings::SegmentPostings;
use tantivy::query::{EmptyQuery, Query, TermQuery, TermSetQuery};
use tantivy::schema::IndexRecordOption::Basic;
use tantivy::{DocId, DocSet, TERMINATED, Term};

use super::doc_set;
use super::doc_set::seek_to;

/// The most terms whose postings are read side by side. The engine marks the articles of more terms
/// in a set, for which it reads all postings.
const SIDE_BY_SIDE: usize = 8;

/// Returns a query for the articles that have any of some terms.
pub fn any_term(mut terms: Vec<Term>) -> Box<dyn Query> {
    match terms.len() {
        0 => Box::new(EmptyQuery),
        1 => Box::new(TermQuery::new(terms.remove(0), Basic)),
        2..=SIDE_BY_SIDE => doc_set::found(move |reader| AnyTerm::open(reader, &terms)),
        _ => Box::new(TermSetQuery::new(terms)),
    }
}

/// The document set of some terms in one segment.
struct AnyTerm {
    postings: Vec<SegmentPostings>,
    doc: DocId,
}

impl AnyTerm {
    fn open(reader: &SegmentReader, terms: &[Term]) -> tantivy::Result<Self> {
        let mut postings = Vec::with_capacity(terms.len());
        for term in terms {
            postings.extend(
                reader
                    .inverted_index(term.field())?
                    .read_postings(term, Basic)?,
            );
        }
        let doc = first(&postings);
        Ok(Self { postings, doc })
    }
}

/// Returns the first current document of some postings.
fn first(postings: &[SegmentPostings]) -> DocId {
    let docs = postings.iter().map(SegmentPostings::doc);
    docs.min().unwrap_or(TERMINATED)
}

impl DocSet for AnyTerm {
    fn advance(&mut self) -> DocId {
        for postings in &mut self.postings {
            if postings.doc() == self.doc {
                postings.advance();
            }
        }
        self.doc = first(&self.postings);
        self.doc
    }

    fn seek(&mut self, target: DocId) -> DocId {
        for postings in &mut self.postings {
            seek_to(postings, target);
        }
        self.doc = first(&self.postings);
        self.doc
    }

    fn doc(&self) -> DocId {
        self.doc
    }

    fn size_hint(&self) -> u32 {
        let sizes = self.postings.iter().map(SegmentPostings::doc_freq);
        sizes.sum()
    }
}
