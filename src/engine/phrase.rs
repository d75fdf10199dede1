//! Words in a row with nothing in between.
//!
//! The positions of all articles in a block of the index are read together, and those of the more
//! frequent word are marked where a look finds them, with no branches for the processor to guess
//! wrong: for two words that most articles have, that takes less than half the time of the engine's
//! own phrases. Pairs of frequent words are in the index themselves, and need no positions.

use std::ops::Range;

use tantivy::directory::CompositeFile;
use tantivy::index::{SegmentComponent, SegmentReader};
use tantivy::positions::PositionReader;
use tantivy::postings::{BlockSegmentPostings, SegmentPostings};
use tantivy::query::{Query, TermQuery};
use tantivy::schema::Field;
use tantivy::schema::IndexRecordOption::{Basic, WithFreqsAndPositions};
use tantivy::{DocId, DocSet, TERMINATED, Term};

use super::doc_set;
use crate::archive::analyzer;

/// Returns a query for the articles that have these terms of one field in a row. The pairs of frequent
/// words of that field are in the field `pairs`, where it has such.
pub fn phrase(terms: Vec<Term>, pairs: Option<Field>) -> Box<dyn Query> {
    let pairs: Vec<Term> = pairs.map_or(Vec::new(), |field| {
        let rows = terms.windows(2);
        rows.filter_map(|row| {
            let pair = analyzer::pair(text(&row[0])?, text(&row[1])?)?;
            Some(Term::from_field_text(field, &pair))
        })
        .collect()
    });
    match &pairs[..] {
        [pair] if terms.len() == 2 => Box::new(TermQuery::new(pair.clone(), Basic)),
        _ => doc_set::found(move |reader| Phrase::open(reader, &terms, &pairs)),
    }
}

fn text(term: &Term) -> Option<&str> {
    std::str::from_utf8(term.serialized_value_bytes()).ok()
}

/// A walk over the documents of a segment that have a phrase.
struct Phrase {
    /// The words, the rarest first; none where one of them is not in the segment.
    words: Vec<Word>,
    /// The pairs of its words that are in the index themselves.
    pairs: Vec<SegmentPostings>,
    doc: DocId,
    /// Where the phrase may start in a document, by the words that were looked at.
    starts: Vec<u32>,
}

impl Phrase {
    fn open(reader: &SegmentReader, terms: &[Term], pairs: &[Term]) -> tantivy::Result<Self> {
        let positions = CompositeFile::open(&reader.open_read(SegmentComponent::Positions)?)?;
        let mut words = Vec::with_capacity(terms.len());
        for (place, term) in (0..).zip(terms) {
            words.extend(Word::open(reader, &positions, term, place)?);
        }
        if words.len() < terms.len() {
            words.clear();
        }
        words.sort_by_key(|word| word.postings.doc_freq());
        let mut opened = Vec::with_capacity(pairs.len());
        for pair in pairs {
            let postings = reader
                .inverted_index(pair.field())?
                .read_postings(pair, Basic)?;
            opened.push(postings.unwrap_or_else(SegmentPostings::empty));
        }
        opened.sort_by_key(SegmentPostings::doc_freq);
        let mut phrase = Self {
            doc: if words.is_empty() { TERMINATED } else { 0 },
            words,
            pairs: opened,
            starts: Vec::new(),
        };
        phrase.seek(phrase.doc);
        Ok(phrase)
    }

    /// Returns whether the document that all words are at has the phrase.
    fn is_here(&mut self) -> bool {
        let Some((first, others)) = self.words.split_first_mut() else {
            return false;
        };
        let Some((second, others)) = others.split_first_mut() else {
            return true;
        };
        second.mark();
        let (place, steps) = (first.place, first.steps());
        let starts = &mut self.starts;
        starts.resize(steps.len(), 0);
        let (mut at, mut found) = (0, 0);
        for step in steps {
            at += step;
            // Where it is before the document, the first word of the phrase is not found.
            let start = at.wrapping_sub(place);
            starts[found] = start;
            found += usize::from(second.is_part(start));
        }
        starts.truncate(found);
        for word in others {
            if starts.is_empty() {
                return false;
            }
            word.mark();
            starts.retain(|&start| word.is_part(start));
        }
        !starts.is_empty()
    }
}

impl DocSet for Phrase {
    fn advance(&mut self) -> DocId {
        self.seek(self.doc.saturating_add(1))
    }

    fn seek(&mut self, target: DocId) -> DocId {
        self.doc = target.min(TERMINATED);
        'doc: while self.doc < TERMINATED {
            for pair in &mut self.pairs {
                if pair.doc() < self.doc {
                    pair.seek(self.doc);
                }
                if pair.doc() > self.doc {
                    self.doc = pair.doc();
                    continue 'doc;
                }
            }
            for word in &mut self.words {
                let next = word.seek(self.doc);
                if next > self.doc {
                    self.doc = next;
                    continue 'doc;
                }
            }
            if self.is_here() {
                return self.doc;
            }
            self.doc += 1;
        }
        TERMINATED
    }

    fn doc(&self) -> DocId {
        self.doc
    }

    fn size_hint(&self) -> u32 {
        self.words
            .first()
            .map_or(0, |word| word.postings.doc_freq())
    }

    fn cost(&self) -> u64 {
        // As the engine reckons for its own: to read positions takes ten times a step.
        u64::from(self.size_hint()) * 10 * self.words.len() as u64
    }
}

/// A walk over the documents that have a word, with its positions.
struct Word {
    postings: BlockSegmentPostings,
    /// The place in the block.
    at: usize,
    positions: PositionReader,
    /// How many positions come before those of the block.
    before: u64,
    /// For each document of the block, how many positions of the block come before its own; nothing
    /// until it is asked for.
    bounds: Vec<u32>,
    /// The positions of the block, in each document as steps from one to the next.
    steps: Vec<u32>,
    /// For each position, the last document that was marked to have the word there.
    marks: Vec<DocId>,
    /// Which word of the phrase it is.
    place: u32,
}

impl Word {
    fn open(
        reader: &SegmentReader,
        positions: &CompositeFile,
        term: &Term,
        place: u32,
    ) -> tantivy::Result<Option<Self>> {
        let inverted = reader.inverted_index(term.field())?;
        let Some(info) = inverted.get_term_info(term)? else {
            return Ok(None);
        };
        let Some(positions) = positions.open_read(term.field()) else {
            return Ok(None);
        };
        let positions = positions.read_bytes_slice(info.positions_range.clone())?;
        Ok(Some(Self {
            postings: inverted.read_block_postings_from_terminfo(&info, WithFreqsAndPositions)?,
            at: 0,
            positions: PositionReader::open(positions)?,
            before: 0,
            bounds: Vec::new(),
            steps: Vec::new(),
            marks: Vec::new(),
            place,
        }))
    }

    /// Moves to the first document at or after `target`, unless it is past it, and returns it.
    fn seek(&mut self, target: DocId) -> DocId {
        loop {
            let Some(&last) = self.postings.docs().last() else {
                return TERMINATED;
            };
            if last >= target {
                break;
            }
            self.before += self
                .postings
                .freqs()
                .iter()
                .map(|&count| u64::from(count))
                .sum::<u64>();
            self.postings.advance();
            self.at = 0;
            self.bounds.clear();
        }
        let docs = &self.postings.docs()[self.at..];
        // It is mostly near.
        let near = docs
            .iter()
            .take(NEAR)
            .take_while(|&&doc| doc < target)
            .count();
        self.at += if near < NEAR {
            near
        } else {
            docs.partition_point(|&doc| doc < target)
        };
        self.postings.doc(self.at)
    }

    /// Returns the positions in the document that it is at: the first, and the step to each next.
    fn steps(&mut self) -> &[u32] {
        let own = self.read();
        &self.steps[own]
    }

    /// Marks the positions in the document that it is at.
    fn mark(&mut self) {
        let doc = self.postings.doc(self.at);
        let own = self.read();
        let mut at = 0;
        for step in &self.steps[own] {
            at += step;
            let at = at as usize;
            if at >= self.marks.len() {
                self.marks.resize(2 * at + 1, TERMINATED);
            }
            self.marks[at] = doc;
        }
    }

    /// Returns whether the word stands in its place, in the document that it is at and that is
    /// marked, where the phrase starts at a position.
    fn is_part(&self, start: u32) -> bool {
        let at = start.wrapping_add(self.place);
        self.marks.get(at as usize) == Some(&self.postings.doc(self.at))
    }

    /// Reads the positions of the block, unless it is done, and returns which of them are those of
    /// the document that it is at.
    fn read(&mut self) -> Range<usize> {
        if self.bounds.is_empty() {
            let mut sum = 0;
            self.bounds.push(0);
            self.bounds
                .extend(self.postings.freqs().iter().map(|count| {
                    sum += count;
                    sum
                }));
            self.steps.resize(sum as usize, 0);
            self.positions.read(self.before, &mut self.steps);
        }
        self.bounds[self.at] as usize..self.bounds[self.at + 1] as usize
    }
}

/// How many steps take less time than a search by halves.
const NEAR: usize = 4;
