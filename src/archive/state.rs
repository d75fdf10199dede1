//! The state of every file in the index, by which a run recognises unchanged files.

use rustc_hash::FxHashMap;
use tantivy::columnar::StrColumn;
use tantivy::error::DataCorruption;
use tantivy::{DocId, Searcher, SegmentReader, TantivyError};

use crate::error::Result;
use crate::source::stamp::Stamp;

/// The state of a file when it was indexed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct FileState {
    /// Its metadata.
    pub stamp: Stamp,
    /// The XXH3 hash of its bytes.
    pub hash: u64,
}

impl FileState {
    /// The state of a file whose articles another version of the program read. No file has it, so
    /// the file is read again.
    pub const OUTDATED: Self = Self {
        stamp: Stamp {
            size: u64::MAX,
            modified: Stamp::RACY,
            changed: 0,
            inode: 0,
        },
        hash: 0,
    };

    /// Returns the state of a file with these bytes and this stamp that was read at the time `now`,
    /// in nanoseconds since 1970.
    pub fn new(bytes: &[u8], stamp: Stamp, now: i64) -> Self {
        Self {
            stamp: stamp.read_at(now),
            hash: xxhash_rust::xxh3::xxh3_64(bytes),
        }
    }

    /// Returns whether this is the state of a file with these bytes.
    pub fn is_of(&self, bytes: &[u8]) -> bool {
        self.stamp.size == bytes.len() as u64 && self.hash == xxhash_rust::xxh3::xxh3_64(bytes)
    }
}

/// The state of every file in the index, by path.
pub type States = FxHashMap<String, FileState>;

/// Reads the state of every file in one pass over the columns.
pub(super) fn read(searcher: &Searcher) -> Result<States> {
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
        // Formats before 5 do not have these columns.
        let changes = columns.column_opt::<i64>("changed")?;
        let inodes = columns.column_opt::<u64>("inode")?;
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
            let stamp = Stamp {
                size,
                modified,
                changed: changes
                    .as_ref()
                    .and_then(|column| column.first(doc))
                    .unwrap_or(0),
                inode: inodes
                    .as_ref()
                    .and_then(|column| column.first(doc))
                    .unwrap_or(0),
            };
            let state = FileState { stamp, hash };
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

/// Returns the state of the file of a document.
pub(super) fn of_document(
    segment: &SegmentReader,
    doc: DocId,
) -> tantivy::Result<Option<FileState>> {
    let columns = segment.fast_fields();
    let (size, hash) = (
        columns.u64("size")?.first(doc),
        columns.u64("hash")?.first(doc),
    );
    let (modified, changed, inode) = (
        columns.i64("modified")?.first(doc),
        columns
            .column_opt::<i64>("changed")?
            .and_then(|column| column.first(doc)),
        columns
            .column_opt::<u64>("inode")?
            .and_then(|column| column.first(doc)),
    );
    let (Some(size), Some(hash), Some(modified)) = (size, hash, modified) else {
        return Ok(None);
    };
    let stamp = Stamp {
        size,
        modified,
        changed: changed.unwrap_or(0),
        inode: inode.unwrap_or(0),
    };
    Ok(Some(FileState { stamp, hash }))
}

/// Returns the number of terms in the dictionary of a column, to allocate that many values. A damaged
/// number could be larger than any memory, and a failed allocation aborts the program.
pub(crate) fn terms_in(column: &StrColumn) -> Result<usize> {
    let terms = column.num_terms();
    if terms > column.ords().values.num_vals() as usize {
        let damage = DataCorruption::comment_only("a column has more terms than values");
        return Err(TantivyError::from(damage).into());
    }
    Ok(terms)
}

/// Returns the paths of a segment's column by their ordinals.
///
/// The dictionary of the column is streamed: looking up each ordinal costs ninety times as much.
pub(super) fn paths_in(column: &StrColumn) -> Result<Vec<String>> {
    let mut names = Vec::with_capacity(terms_in(column)?);
    let mut stream = column.dictionary().stream().map_err(TantivyError::from)?;
    while stream.advance() {
        names.push(String::from_utf8_lossy(stream.key()).into_owned());
    }
    Ok(names)
}
