//! How a folder is indexed.

use std::path::Path;

use crate::archive::{Manifest, Sharing};
use crate::source::walk::WalkOptions;

/// How a folder is indexed. Which files are read is kept in the index, and is as it was the last time
/// where it is `None`.
#[derive(Clone, Debug, Default)]
pub struct Options {
    /// Extensions that are read beside the usual ones, without their dots.
    pub extensions: Option<Vec<String>>,
    /// Patterns of files and folders to leave out, in the syntax of a line of `.gitignore`.
    pub excludes: Option<Vec<String>>,
    /// The size past which a file is left out, in bytes.
    pub max_bytes: Option<u64>,
    /// Who may read the index.
    pub sharing: Option<Sharing>,
    /// Whether to read every file and build the index anew.
    pub rebuild: bool,
    /// Whether to read every file, and not those alone whose size, times or inode differ.
    pub checksum: bool,
    /// Whether files that are gone from the folder are removed however many they are.
    pub prune: bool,
    /// How many threads to use; as many as there are cores where it is `None`.
    pub threads: Option<usize>,
    /// Whether every file that is left out is listed.
    pub list_skipped: bool,
}

impl Options {
    /// Returns which files are read by these options and those of the index that is there.
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
