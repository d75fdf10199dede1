//! The columns of the index that hold the persons of articles.

use std::ops::Range;
use std::sync::{Arc, OnceLock};

use rayon::prelude::*;
use rustc_hash::FxHashMap;
use tantivy::columnar::{Column, RowId, StrColumn};
use tantivy::postings::BlockSegmentPostings;
use tantivy::schema::IndexRecordOption;
use tantivy::{DocId, Searcher, SegmentReader, TantivyError};

use super::sightings::{Company, Sighting};
use crate::archive::outlets;
use crate::archive::schema::Fields;
use crate::archive::state::terms_in;
use crate::error::{Error, Result};

/// The person columns of an index.
pub struct PersonColumns<'a> {
    /// The columns of each segment; `None` for a segment without persons.
    pub segments: Vec<Option<SegmentColumns<'a>>>,
    /// The distinct titles of all segments.
    pub titles: Arc<[String]>,
}

impl<'a> PersonColumns<'a> {
    /// Opens the columns of every segment.
    pub fn open(searcher: &'a Searcher) -> Result<Self> {
        let segments = searcher.segment_readers().par_iter().enumerate();
        let opened = segments
            .with_max_len(1)
            .map(|(number, segment)| SegmentColumns::open(number, segment));
        let mut segments = Vec::new();
        let mut titles = Vec::new();
        let mut numbers: FxHashMap<String, u32> = FxHashMap::default();
        for opened in opened.collect::<Result<Vec<_>>>()? {
            segments.push(opened.map(|(mut columns, own)| {
                columns.title_numbers.reserve(own.len());
                for title in own {
                    let next = u32::try_from(titles.len()).expect("there are few titles");
                    let number = numbers.get(&title).copied().unwrap_or_else(|| {
                        titles.push(title.clone());
                        numbers.insert(title, next);
                        next
                    });
                    columns.title_numbers.push(number);
                }
                columns
            }));
        }
        Ok(Self {
            segments,
            titles: titles.into(),
        })
    }

    /// Reads the company of a person in some articles.
    pub(super) fn company(&self, sightings: &[Sighting]) -> Result<Company> {
        let mut company = Company::default();
        for own in sightings {
            if let Some(columns) = &self.segments[own.segment as usize] {
                columns.add_company(own, &mut company)?;
            }
        }
        Ok(company)
    }
}

/// The person columns of a segment. A person of an article has the same row in every multi-valued
/// column.
pub struct SegmentColumns<'a> {
    pub(super) segment: &'a SegmentReader,
    /// The ordinal of the segment.
    pub(super) number: u32,
    /// The keys of the persons of an article.
    pub keys: StrColumn,
    /// The number of mentions of each person.
    pub mentions: Column<u64>,
    /// The titles before the mentions of each person.
    titles: StrColumn,
    /// For each title ordinal, the index among [`PersonColumns::titles`].
    title_numbers: Vec<u32>,
    months: Column<u64>,
    /// Opened on first use.
    details: OnceLock<Details>,
}

/// The columns of a segment that only lists of persons need.
pub struct Details {
    /// The names of the persons, in the same rows as their keys.
    pub names: StrColumn,
    first_day: Column<u64>,
    last_day: Column<u64>,
}

impl Details {
    fn open(segment: &SegmentReader) -> Result<Self> {
        let columns = segment.fast_fields();
        let names = "person_name";
        Ok(Self {
            names: (columns.str(names)?)
                .ok_or_else(|| TantivyError::FieldNotFound(names.to_owned()))?,
            first_day: columns.u64("first_day")?,
            last_day: columns.u64("last_day")?,
        })
    }

    /// Returns the ordinal of the name in a row.
    pub fn name(&self, row: u32) -> u64 {
        self.names.ords().values.get_val(row)
    }

    /// Returns the year of the first day on which an article may have been published.
    pub fn year(&self, doc: DocId) -> Option<i16> {
        i16::try_from(self.days(doc)?.0 / 10_000).ok()
    }

    /// Returns the first and the last day of an article's date of publication, as numbers yyyymmdd.
    pub fn days(&self, doc: DocId) -> Option<(u64, u64)> {
        Some((self.first_day.first(doc)?, self.last_day.first(doc)?))
    }
}

impl<'a> SegmentColumns<'a> {
    /// Opens the columns of a segment, and reads its titles. Returns `None` where it has no
    /// persons.
    fn open(number: usize, segment: &'a SegmentReader) -> Result<Option<(Self, Vec<String>)>> {
        let columns = segment.fast_fields();
        let (Some(keys), Some(titles)) = (columns.str("person")?, columns.str("person_titles")?)
        else {
            return Ok(None);
        };
        let title_texts = texts(&titles)?;
        let columns = Self {
            segment,
            number: u32::try_from(number).expect("an index has fewer than 2^32 segments"),
            keys,
            mentions: columns.u64("person_mentions")?,
            titles,
            title_numbers: Vec::new(),
            months: columns.u64("month")?,
            details: OnceLock::new(),
        };
        Ok(Some((columns, title_texts)))
    }

    /// Looks up keys, and returns the postings of those that the segment has.
    pub(super) fn find(&self, wanted: &[String], fields: &Fields) -> Result<Vec<KeyPostings>> {
        let inverted = self.segment.inverted_index(fields.person)?;
        let (terms, texts) = (inverted.terms(), self.keys.dictionary());
        // The inverted index and the column have the same keys with the same ordinals, and a
        // look-up in the column is many times slower. It is the fallback should the two ever
        // differ.
        let are_same = terms.num_terms() == texts.num_terms();
        let mut found = Vec::new();
        for (key, text) in (0..).zip(wanted) {
            let ordinal = if are_same {
                terms.term_ord(text)
            } else {
                texts.term_ord(text)
            };
            if let Some(ordinal) = ordinal.map_err(engine)?
                && let Some(articles) = terms.get(text).map_err(engine)?
            {
                let postings =
                    inverted.read_block_postings_from_terminfo(&articles, IndexRecordOption::Basic);
                found.push(KeyPostings {
                    key,
                    ordinal,
                    docs: docs_in(postings.map_err(engine)?),
                });
            }
        }
        Ok(found)
    }

    /// Reads the sightings of a key in some of its documents into the front of `sightings`, in
    /// order. Returns their number, which is smaller than that of the documents where some are
    /// deleted.
    pub(super) fn read_sightings(
        &self,
        postings: &KeyPostings,
        docs: &[DocId],
        sightings: &mut [Sighting],
    ) -> usize {
        let (docs, rows) = self.rows_of(postings, docs);
        // A bulk read takes a third of the time of single reads.
        let mut titles = vec![0; rows.len()];
        self.titles.ords().values.get_vals(&rows, &mut titles);
        let mut months = vec![None; docs.len()];
        self.months.first_vals(&docs, &mut months);
        for (at, sighting) in sightings[..rows.len()].iter_mut().enumerate() {
            *sighting = Sighting {
                segment: self.number,
                doc: docs[at],
                row: rows[at],
                key: postings.key,
                title: self.title_numbers[titles[at] as usize],
                month: months[at].and_then(known),
            };
        }
        rows.len()
    }

    /// Returns the documents that have the key and are not deleted, and the row of the key in each.
    fn rows_of(&self, postings: &KeyPostings, docs: &[DocId]) -> (Vec<DocId>, Vec<RowId>) {
        let keys = self.keys.ords();
        let all: Vec<Range<RowId>> = (docs.iter())
            .map(|&doc| keys.index.value_row_ids(doc))
            .collect();
        let longest = all.iter().map(Range::len).max();
        let last = keys.values.num_vals().saturating_sub(1);
        // Tests one row per document per pass, without branches, since the row that has the key
        // cannot be predicted. This takes half the time of a loop per document.
        let mut rows = vec![RowId::MAX; docs.len()];
        let mut next: Vec<RowId> = all.iter().map(|own| own.start).collect();
        let mut left: Vec<usize> = (0..docs.len()).collect();
        let mut ordinals = vec![0; docs.len()];
        for _ in 0..longest.unwrap_or(0) {
            keys.values.get_vals(&next, &mut ordinals[..next.len()]);
            let mut kept = 0;
            for at in 0..left.len() {
                let (document, row) = (left[at], next[at]);
                rows[document] = row;
                (left[kept], next[kept]) = (document, last.min(row + 1));
                kept += usize::from(ordinals[at] != postings.ordinal);
            }
            left.truncate(kept);
            next.truncate(kept);
            if left.is_empty() {
                break;
            }
        }
        for document in left {
            rows[document] = RowId::MAX;
        }
        let found = docs.iter().zip(all).zip(rows);
        let found =
            found.filter(|((doc, own), row)| own.contains(row) && !self.segment.is_deleted(**doc));
        found.map(|((&doc, _), row)| (doc, row)).unzip()
    }

    /// Reads the sighting in a row of an article. `month` is the month of the article.
    pub(super) fn sighting(&self, doc: DocId, row: u32, key: u32, month: Option<i16>) -> Sighting {
        Sighting {
            segment: self.number,
            doc,
            row,
            key,
            title: self.title_numbers[self.titles.ords().values.get_val(row) as usize],
            month,
        }
    }

    /// Returns the month that an article was published in, counted from the year 0.
    pub(super) fn month(&self, doc: DocId) -> Option<i16> {
        self.months.first(doc).and_then(known)
    }

    /// Adds what an article has beside a person.
    fn add_company(&self, own: &Sighting, company: &mut Company) -> Result<()> {
        let keys = self.keys.ords();
        for row in keys
            .index
            .value_row_ids(own.doc)
            .filter(|row| *row != own.row)
        {
            let key = text(&self.keys, keys.values.get_val(row))?;
            company
                .persons
                .extend(key.split(' ').next_back().map(str::to_owned));
        }
        let columns = self.segment.fast_fields();
        for (name, values) in [
            (outlets::COLUMN, &mut company.outlets),
            ("language", &mut company.languages),
        ] {
            let Some(column) = columns.str(name)? else {
                continue;
            };
            for ordinal in column.term_ords(own.doc) {
                values.insert(text(&column, ordinal)?);
            }
        }
        Ok(())
    }

    /// Returns the columns that only lists of persons need.
    pub fn details(&self) -> Result<&Details> {
        if let Some(details) = self.details.get() {
            return Ok(details);
        }
        let details = Details::open(self.segment)?;
        Ok(self.details.get_or_init(|| details))
    }
}

/// Returns the month of a value of the column; `None` for an unknown one.
fn known(month: u64) -> Option<i16> {
    i16::try_from(month).ok().filter(|&month| month > 0)
}

/// The postings of a key in a segment.
pub(super) struct KeyPostings {
    /// The key, as an index of the keys that were looked up.
    pub(super) key: u32,
    /// The ordinal in the column of keys.
    ordinal: u64,
    /// The documents that have the key, deleted ones included.
    pub(super) docs: Vec<DocId>,
}

/// The number of documents that are read together: few enough to share them among all cores and to
/// keep what is read in the first-level cache.
pub(super) const READ_TOGETHER: usize = if cfg!(test) { 2 } else { 1024 };

/// Returns the documents of a posting list.
fn docs_in(mut postings: BlockSegmentPostings) -> Vec<DocId> {
    let mut docs = Vec::with_capacity(postings.doc_freq() as usize);
    while !postings.docs().is_empty() {
        docs.extend_from_slice(postings.docs());
        postings.advance();
    }
    docs
}

/// Returns the texts of all ordinals of a column.
fn texts(column: &StrColumn) -> Result<Vec<String>> {
    let mut texts = Vec::with_capacity(terms_in(column)?);
    let mut stream = column.dictionary().stream().map_err(engine)?;
    while stream.advance() {
        texts.push(String::from_utf8_lossy(stream.key()).into_owned());
    }
    Ok(texts)
}

/// Returns the texts of sorted ordinals of a column. Much faster than single look-ups, each of
/// which reads a block of the dictionary.
pub fn texts_of(column: &StrColumn, ordinals: &[u64]) -> Result<Vec<String>> {
    let mut texts = Vec::with_capacity(ordinals.len());
    column
        .dictionary()
        .sorted_ords_to_term_cb(ordinals, |term| {
            texts.push(String::from_utf8_lossy(term).into_owned());
        })
        .map_err(engine)?;
    Ok(texts)
}

/// Returns the text of an ordinal of a column.
pub fn text(column: &StrColumn, ordinal: u64) -> Result<String> {
    let mut text = String::new();
    column.ord_to_str(ordinal, &mut text).map_err(engine)?;
    Ok(text)
}

/// Wraps an error of the engine's dictionaries.
pub(super) fn engine(error: std::io::Error) -> Error {
    Error::Engine(TantivyError::from(error))
}
