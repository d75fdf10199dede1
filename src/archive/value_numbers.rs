//! Numbers for the values of a text column that hold in all segments, as ordinals do in one.

use std::cmp::Reverse;
use std::collections::BinaryHeap;
use std::sync::{Arc, Mutex, PoisonError};

use rustc_hash::FxHashMap;
use tantivy::columnar::StrColumn;
use tantivy::{Searcher, TantivyError};

use super::state::terms_in;
use crate::error::Result;

/// The distinct values of a text column, numbered from 0 in the order of their bytes.
pub struct ValueNumbers {
    /// The column of each segment that has it.
    columns: Vec<Option<StrColumn>>,
    /// The number of the value of each ordinal, by segment.
    numbers: Vec<Vec<u32>>,
    /// A segment that has the value of each number, and its ordinal there.
    places: Vec<(usize, u64)>,
}

impl ValueNumbers {
    /// Reads all values of a column.
    fn read(searcher: &Searcher, name: &str) -> Result<Self> {
        let readers = searcher.segment_readers().iter();
        let columns = readers.map(|reader| reader.fast_fields().str(name));
        let columns = columns.collect::<tantivy::Result<Vec<_>>>()?;
        let mut numbers = vec![Vec::new(); columns.len()];
        let mut streams = Vec::new();
        for (segment, column) in columns.iter().enumerate() {
            if let Some(column) = column {
                numbers[segment].reserve(terms_in(column)?);
                let stream = column.dictionary().stream().map_err(TantivyError::from)?;
                streams.push((segment, stream));
            }
        }
        // The next value of each stream, the smallest on top.
        let mut next = BinaryHeap::new();
        for (place, (_, stream)) in streams.iter_mut().enumerate() {
            if stream.advance() {
                next.push(Reverse((stream.key().to_vec(), place)));
            }
        }
        let mut places = Vec::new();
        let (mut number, mut last): (u32, Option<Vec<u8>>) = (0, None);
        while let Some(Reverse((value, place))) = next.pop() {
            let (segment, stream) = &mut streams[place];
            if last.as_ref() != Some(&value) {
                number += u32::from(last.is_some());
                places.push((*segment, stream.term_ord()));
            }
            numbers[*segment].push(number);
            // The memory of the value before serves the one to come.
            let mut buffer = last.replace(value).unwrap_or_default();
            if stream.advance() {
                buffer.clear();
                buffer.extend_from_slice(stream.key());
                next.push(Reverse((buffer, place)));
            }
        }
        Ok(Self {
            columns,
            numbers,
            places,
        })
    }

    /// Returns how many values there are.
    pub fn count(&self) -> usize {
        self.places.len()
    }

    /// Returns the column of a segment, and the number of the value of each of its ordinals; `None` if
    /// the segment has no such column.
    pub fn in_segment(&self, segment: usize) -> Option<(&StrColumn, &[u32])> {
        let column = self.columns.get(segment)?.as_ref()?;
        Some((column, &self.numbers[segment]))
    }

    /// Returns the value of a number, which has to be less than [`ValueNumbers::count`].
    pub fn text(&self, number: usize) -> Result<String> {
        let (segment, ordinal) = self.places[number];
        let mut text = String::new();
        if let Some(column) = &self.columns[segment] {
            let read = column.ord_to_str(ordinal, &mut text);
            read.map_err(TantivyError::from)?;
        }
        Ok(text)
    }
}

/// The numbers of the columns that were asked for, kept while the index is open.
#[derive(Clone, Default)]
pub(super) struct KnownNumbers(Arc<Mutex<FxHashMap<&'static str, Arc<ValueNumbers>>>>);

impl KnownNumbers {
    /// Returns the numbers of a column. They are read at the first question, for which others wait.
    pub(super) fn of(&self, searcher: &Searcher, name: &'static str) -> Result<Arc<ValueNumbers>> {
        let mut known = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(numbers) = known.get(name) {
            return Ok(Arc::clone(numbers));
        }
        let numbers = Arc::new(ValueNumbers::read(searcher, name)?);
        known.insert(name, Arc::clone(&numbers));
        Ok(numbers)
    }
}
