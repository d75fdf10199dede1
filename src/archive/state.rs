//! What the index knows of every file, so that a file that did not change is not read again.

use rustc_hash::FxHashMap;
use tantivy::columnar::StrColumn;
use tantivy::{Searcher, TantivyError};

use crate::error::Result;

/// The state of a file when it was indexed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct FileState {
    /// Its size in bytes.
    pub size: u64,
    /// Its time of last change, in nanoseconds since 1970, or [`FileState::RACY`].
    pub modified: i64,
    /// The XXH3 hash of its bytes.
    pub hash: u64,
}

impl FileState {
    /// The time of a file that was written so short a time before it was read that a later change
    /// could leave size and time as they are. It is no file's time, so that the file is hashed
    /// once more (git calls such entries of its index "racy").
    pub const RACY: i64 = i64::MIN;

    /// How long before it is read a file may have been changed to be safe from that, in
    /// nanoseconds: two seconds, the coarsest time stamp in use (FAT's).
    pub const RACY_NANOSECONDS: i64 = 2_000_000_000;

    /// Returns the state of a file with these bytes, whose time of last change was `modified`, as
    /// read at the time `now`, both in nanoseconds since 1970.
    pub fn new(bytes: &[u8], modified: i64, now: i64) -> Self {
        let is_racy = modified > now.saturating_sub(Self::RACY_NANOSECONDS);
        Self {
            size: bytes.len() as u64,
            modified: if is_racy { Self::RACY } else { modified },
            hash: xxhash_rust::xxh3::xxh3_64(bytes),
        }
    }

    /// Returns whether a file with these bytes is the one whose state this is.
    pub fn is_of(&self, bytes: &[u8]) -> bool {
        self.size == bytes.len() as u64 && self.hash == xxhash_rust::xxh3::xxh3_64(bytes)
    }
}

/// The state of every file in the index, by path.
pub type States = FxHashMap<String, FileState>;

/// Reads the state of every file in one pass over the columns.
pub fn read(searcher: &Searcher) -> Result<States> {
    let mut states = States::default();
    let mut overriding = States::default();
    for segment in searcher.segment_readers() {
        let columns = segment.fast_fields();
        let Some(paths) = columns.str("path")? else {
            continue;
        };
        let names = paths_in(&paths)?;
        let (sizes, times, hashes, parts) = (
            columns.u64("size")?,
            columns.i64("modified")?,
            columns.u64("hash")?,
            columns.u64("part")?,
        );
        states.reserve(names.len());
        for doc in segment.doc_ids_alive() {
            let (Some(ordinal), Some(size), Some(modified), Some(hash)) = (
                paths.ords().first(doc),
                sizes.first(doc),
                times.first(doc),
                hashes.first(doc),
            ) else {
                continue;
            };
            let name = usize::try_from(ordinal)
                .ok()
                .and_then(|ordinal| names.get(ordinal));
            let Some(name) = name else { continue };
            let state = FileState {
                size,
                modified,
                hash,
            };
            let is_state_only = parts.first(doc).is_none();
            let into = if is_state_only {
                &mut overriding
            } else {
                &mut states
            };
            into.insert(name.clone(), state);
        }
    }
    states.extend(overriding);
    Ok(states)
}

/// Returns the paths of a segment's column by their ordinals.
///
/// They come as a stream of the column's dictionary: looking each up by its ordinal costs ninety
/// times as much.
pub(super) fn paths_in(column: &StrColumn) -> Result<Vec<String>> {
    let mut names = Vec::with_capacity(column.num_terms());
    let mut stream = column.dictionary().stream().map_err(TantivyError::from)?;
    while stream.advance() {
        names.push(String::from_utf8_lossy(stream.key()).into_owned());
    }
    Ok(names)
}
