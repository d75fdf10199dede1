//! Where a run reads articles from: a folder of text files, or the records of an export. A file of the
//! one is a path of the other; all stages after reading are the same.

use std::path::Path;

use super::articles::articles;
use super::folder;
use super::folder::ensure_folder;
use crate::article::Article;
use crate::clean::Knowledge;
use crate::error::{Result, SkipReason};
use crate::source;
use crate::source::decode::{Text, is_blank};
use crate::source::records::{self, Records};
use crate::source::stamp::Stamp;
use crate::source::walk::{self, Entry, SourceFile, WalkOptions};

/// Where a run reads articles from.
pub(super) enum Origin<'a> {
    /// A folder.
    Folder {
        /// The folder.
        folder: &'a Path,
        /// Its index, which is no article.
        index: &'a Path,
        /// Which files are read.
        options: &'a WalkOptions,
    },
    /// An export.
    Export {
        /// Its path.
        path: &'a Path,
        /// Its records.
        records: Records,
    },
}

impl<'a> Origin<'a> {
    /// Returns a folder that holds files.
    pub(super) fn of_folder(
        folder: &'a Path,
        index: &'a Path,
        options: &'a WalkOptions,
    ) -> Result<Self> {
        ensure_folder(folder, index, options)?;
        Ok(Self::Folder {
            folder,
            index,
            options,
        })
    }

    /// Returns an export that holds records.
    pub(super) fn of_export(path: &'a Path) -> Result<Self> {
        let records = Records::open(path)?;
        Ok(Self::Export { path, records })
    }

    /// Returns the path of the folder or the export.
    pub(super) fn path(&self) -> &'a Path {
        match self {
            Self::Folder { folder, .. } => folder,
            Self::Export { path, .. } => path,
        }
    }

    /// Returns whether articles are those of an export.
    pub(super) fn is_export(&self) -> bool {
        matches!(self, Self::Export { .. })
    }

    /// Returns the number and the total size in bytes of the files.
    pub(super) fn size(&self) -> (usize, u64) {
        match self {
            Self::Folder {
                folder,
                index,
                options,
            } => folder::size(folder, index, options),
            Self::Export { records, .. } => records.size(),
        }
    }

    /// Returns what there is to read, and what can't be read.
    pub(super) fn entries(&self) -> Result<Box<dyn Iterator<Item = Entry> + '_>> {
        Ok(match self {
            Self::Folder {
                folder,
                index,
                options,
            } => Box::new(walk::walk(folder, index, options)?),
            Self::Export { records, .. } => Box::new(records.entries()),
        })
    }

    /// Reads a file: its bytes and its stamp. `was_text` says whether the index knows it as text.
    pub(super) fn read(
        &self,
        file: &SourceFile,
        was_text: bool,
    ) -> Result<(Vec<u8>, Stamp), SkipReason> {
        match self {
            Self::Folder { options, .. } => match walk::read(file, options)? {
                (bytes, _) if was_text && is_blank(&bytes) => Err(SkipReason::Emptied),
                read => Ok(read),
            },
            Self::Export { records, .. } => records.read(&file.key),
        }
    }

    /// Returns the content of the bytes of a file.
    pub(super) fn content(&self, bytes: Vec<u8>) -> Content {
        match self {
            Self::Folder { .. } => Content::Text(source::decode::decode(&bytes)),
            Self::Export { .. } => Content::Records(bytes),
        }
    }
}

/// The content of a file.
pub(super) enum Content {
    /// Text.
    Text(Text),
    /// Records, one a line.
    Records(Vec<u8>),
}

impl Content {
    /// Returns the length in bytes.
    pub(super) fn len(&self) -> usize {
        match self {
            Self::Text(text) => text.text.len(),
            Self::Records(lines) => lines.len(),
        }
    }

    /// Returns the articles in the content of the file at `path`, in order. Records know already what
    /// their archive knew.
    pub(super) fn articles<'c>(
        &'c self,
        path: &'c str,
        knowledge: &'c Knowledge,
    ) -> Box<dyn Iterator<Item = Article> + 'c> {
        match self {
            Self::Text(text) => Box::new(articles(path, text, knowledge)),
            Self::Records(lines) => Box::new(records::articles(lines)),
        }
    }
}
