//! How a folder is indexed.

use std::path::Path;

use crate::archive::{Manifest, Sharing};
use crate::source::walk::WalkOptions;

/// How a folder is indexed. The index records `extensions`, `excludes`, `max_bytes` and `sharing`;
/// `None` leaves them unchanged.
#[derive(Clone, Debug, Default)]
pub struct Options {
    /// Extensions that are read in addition to the default ones, without their dots.
    pub extensions: Option<Vec<String>>,
    /// Patterns of files and folders to leave out, in the syntax of a line of `.gitignore`.
    pub excludes: Option<Vec<String>>,
    /// The size above which a file is left out, in bytes.
    pub max_bytes: Option<u64>,
    /// Who may read the index.
    pub sharing: Option<Sharing>,
    /// Whether to read every file and rebuild the index.
    pub rebuild: bool,
    /// Whether to read every file, not only those whose size, times or inode differ.
    pub checksum: bool,
    /// Whether files that are gone from the folder are removed even if they are many.
    pub prune: bool,
    /// How many threads to use; one per core if `None`.
    pub threads: Option<usize>,
    /// Whether to list every file that is left out.
    pub list_skipped: bool,
}

impl Options {
    /// Returns which files are read: by these options, else by those that the index records.
    pub(super) fn walk(&self, index: &Path) -> WalkOptions {
        let kept = Manifest::read_or_copy(index).map(|manifest| manifest.walk);
        let kept = kept.unwrap_or_default();
        WalkOptions {
            extensions: self.extensions.clone().unwrap_or(kept.extensions),
            excludes: self.excludes.clone().unwrap_or(kept.excludes),
            max_bytes: self.max_bytes.unwrap_or(kept.max_bytes),
        }
    }
}
