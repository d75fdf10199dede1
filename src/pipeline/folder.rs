//! Checks the folder of articles before a run, and measures it.

use std::fs;
use std::io::ErrorKind;
use std::path::Path;

use super::options::Options;
use crate::archive::Manifest;
use crate::error::{Error, Result};
use crate::source::walk;
use crate::source::walk::{Entry, WalkOptions};

/// Refuses a path that is not a folder, and a folder without files.
pub(super) fn ensure_folder(folder: &Path, index: &Path, options: &WalkOptions) -> Result<()> {
    match fs::metadata(folder) {
        Ok(metadata) if metadata.is_dir() => {}
        Ok(_) => return Err(Error::NotAFolder(folder.to_owned())),
        Err(error) if error.kind() == ErrorKind::NotFound => {
            return Err(Error::FolderMissing(folder.to_owned()));
        }
        Err(error) => return Err(Error::io(folder)(error)),
    }
    if walk::walk(folder, index, options)?.next().is_none() {
        // The mount point of a disk that is not mounted is an empty folder.
        return Err(if Manifest::read_or_copy(index).is_ok() {
            Error::FolderEmptied(folder.to_owned())
        } else {
            Error::FolderEmpty(folder.to_owned())
        });
    }
    Ok(())
}

/// Returns the number and the total size in bytes of the files to read in a folder of articles
/// whose index is in `index`. What can't be walked is not counted.
pub fn size_of(folder: &Path, index: &Path, options: &Options) -> (usize, u64) {
    size(folder, index, &options.walk(index))
}

/// Returns the number and the total size in bytes of the files that options let a run read.
pub(super) fn size(folder: &Path, index: &Path, options: &WalkOptions) -> (usize, u64) {
    let Ok(entries) = walk::walk(folder, index, options) else {
        return (0, 0);
    };
    entries.fold((0, 0), |(files, bytes), entry| match entry {
        Entry::File(file) => (files + 1, bytes + file.stamp.size),
        Entry::Skipped(_) => (files, bytes),
    })
}
