//! The names that are nobody's: the archive gives them to a firm or a place more often than to a
//! person.
//!
//! Where articles say that a name is a thing, they are weighed against those that name it as only persons
//! are named; else all articles count. On a tie a single word is nobody's name, nor is a name that no article
//! gives as only persons are named, unless it begins with a given name and no words around it say what it is.
//! Such a name that is once given as only persons are named stays a person's up to twice as many others. Only lists of persons leave them out. A name that is asked for is looked up, whatever it is.

use tantivy::schema::{Field, IndexRecordOption};
use tantivy::{DocSet, SegmentReader, TERMINATED, Term};

use super::columns::engine;
use super::decisions::Decisions;
use crate::archive::reader::Snapshot;
use crate::error::Result;
use crate::people::name::is_title;
use crate::text::lexicon::{Flags, Lexicon};

/// Tells the names of persons from others, by the user's decisions and the whole archive.
pub struct Nobodies<'a> {
    snapshot: &'a Snapshot,
    /// The user's decisions.
    pub decisions: &'a Decisions,
}

impl<'a> Nobodies<'a> {
    pub(super) fn new(snapshot: &'a Snapshot, decisions: &'a Decisions) -> Self {
        Self {
            snapshot,
            decisions,
        }
    }

    /// Returns whether a key is no person's name.
    pub(super) fn has(&self, key: &str) -> Result<bool> {
        if self.decisions.is_nobody(key) {
            return Ok(true);
        }
        if self.decisions.one_with(key).is_some() {
            return Ok(false);
        }
        let fields = &self.snapshot.fields;
        // Other articles may have the name without anything that tells what it is.
        let things = self.articles_with(fields.thing, key)?;
        let sure = self.articles_with(fields.sure_person, key)?;
        if things > sure {
            return Ok(true);
        }
        let others = self.articles_with(fields.other_name, key)?;
        if others == 0 {
            return Ok(false);
        }
        let named = self.articles_with(fields.person, key)?;
        let is_full = key.contains(' ');
        let is_given = is_full && things == 0 && begins_with_given_name(key);
        let most = if is_given && sure > 0 {
            2 * named
        } else {
            named
        };
        let may_be_person = is_given || (is_full && sure > 0);
        Ok(others > most || (others == most && !may_be_person))
    }

    /// Returns the number of articles that have a term.
    fn articles_with(&self, field: Field, text: &str) -> Result<u64> {
        let term = Term::from_field_text(field, text);
        let mut articles = 0;
        for segment in self.snapshot.searcher.segment_readers() {
            articles += articles_in(segment, &term)?;
        }
        Ok(articles)
    }
}

/// The shortest given name that tells a person, in letters: Al and El also begin the names of papers.
const SHORTEST_GIVEN: usize = 3;

/// Returns whether a key begins with a given name of a list that is no title.
fn begins_with_given_name(key: &str) -> bool {
    let first = key.split(' ').next().unwrap_or_default();
    first.chars().count() >= SHORTEST_GIVEN
        && !is_title(first)
        && Lexicon::of_names().flags(first).any(Flags::ANY_GIVEN)
}

/// Returns the number of documents of a segment that have a term and are not deleted: deleted ones
/// must not count, or an archive that was updated would have other persons than one that was built
/// anew.
fn articles_in(segment: &SegmentReader, term: &Term) -> Result<u64> {
    let inverted = segment.inverted_index(term.field())?;
    let Some(alive) = segment.alive_bitset() else {
        return Ok(u64::from(inverted.doc_freq(term).map_err(engine)?));
    };
    let postings = inverted.read_postings(term, IndexRecordOption::Basic);
    let Some(mut postings) = postings.map_err(engine)? else {
        return Ok(0);
    };
    let mut articles = 0;
    while postings.doc() != TERMINATED {
        articles += u64::from(alive.is_alive(postings.doc()));
        postings.advance();
    }
    Ok(articles)
}
