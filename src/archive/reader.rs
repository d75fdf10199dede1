//! An index, opened for reading.

use std::fs::{self, File};
use std::panic::{self, AssertUnwindSafe};
use std::path::{Path, PathBuf};

use tantivy::schema::Value;
use tantivy::{DocAddress, Index, IndexReader, ReloadPolicy, Searcher, TantivyDocument};

use super::disk::{Access, Disk};
use super::manifest::Manifest;
use super::schema::Fields;
use super::{analyzer, locks, schema, writer};
use crate::article::Article;
use crate::error;
use crate::error::{Error, Result};

/// The name of the index folder inside the folder of articles.
pub const FOLDER_NAME: &str = ".morgue";

/// Returns the index folder of `start` or of the nearest folder above it.
pub fn find(start: &Path) -> Result<PathBuf> {
    let absolute = std::path::absolute(start).map_err(Error::io(start))?;
    absolute
        .ancestors()
        .map(|folder| folder.join(FOLDER_NAME))
        .find(|candidate| match fs::metadata(Manifest::path(candidate)) {
            Ok(manifest) => manifest.is_file(),
            // There is one, of another user.
            Err(error) => error.kind() == std::io::ErrorKind::PermissionDenied,
        })
        .ok_or_else(|| Error::IndexMissing(start.to_owned()))
}

/// Returns the folder of articles that the index in `folder` was made of, to repair it from. Where neither
/// its manifest nor the copy of that can be read, an index in its usual place says where that is.
///
/// # Errors
/// [`Error::IndexMissing`], or [`Error::IndexDamaged`] where it can't be told.
pub fn origin(folder: &Path) -> Result<PathBuf> {
    let error = match Manifest::read_or_copy(folder) {
        Ok(manifest) => return Ok(manifest.articles_folder(folder)),
        Err(error) => error,
    };
    let is_inside = folder.file_name().is_some_and(|name| name == FOLDER_NAME);
    match (error, folder.parent()) {
        // By its spelling, since the index folder may be a link.
        (Error::IndexDamaged { .. }, Some(parent)) if is_inside => Ok(match parent.as_os_str() {
            empty if empty.is_empty() => PathBuf::from("."),
            _ => parent.to_owned(),
        }),
        (error, _) => Err(error),
    }
}

/// An index at one commit: what every question reads, whatever is written meanwhile.
#[derive(Clone)]
pub struct Snapshot {
    /// Reads the segments.
    pub searcher: Searcher,
    /// The fields of the schema.
    pub fields: Fields,
}

/// An index, opened for reading.
pub struct Archive {
    /// The index at the commit that was the last when it was opened.
    pub snapshot: Snapshot,
    /// What wrote the index.
    pub manifest: Manifest,
    /// The index folder.
    pub folder: PathBuf,
    /// Keeps the generation from being removed.
    _hold: Option<File>,
}

/// How often opening is tried while a writer may be replacing files.
const ATTEMPTS: usize = 4;

/// The file that says what verification found to be wrong with an index, a finding a line.
pub(crate) const DAMAGED: &str = "damaged";

impl Archive {
    /// Opens the index in `folder`.
    ///
    /// # Errors
    /// [`Error::IndexMissing`], [`Error::IndexVersion`], [`Error::IndexDamaged`], or what the
    /// engine says.
    pub fn open(folder: &Path) -> Result<Self> {
        let mut manifest = Manifest::read(folder)?;
        let mut attempt = 1;
        loop {
            match guard(folder, || Self::open_generation(folder, &manifest)) {
                Err(error) => {
                    // A writer may have put something else in its place in the meantime.
                    let now = Manifest::read(folder)?;
                    let is_final = now == manifest && manifest.seal.is_some();
                    if is_final || attempt == ATTEMPTS {
                        return Err(error);
                    }
                    manifest = now;
                    attempt += 1;
                }
                opened => return opened,
            }
        }
    }

    fn open_generation(folder: &Path, manifest: &Manifest) -> Result<Self> {
        manifest.ensure_readable(folder)?;
        if let Ok(findings) = fs::read_to_string(folder.join(DAMAGED)) {
            let first = findings.lines().next().unwrap_or_default();
            return Err(Error::IndexDamaged {
                path: folder.to_owned(),
                detail: first.to_owned(),
            });
        }
        Self::open_marked(folder, manifest)
    }

    /// Opens the generation that `manifest` names, whatever verification has found it to be.
    pub(crate) fn open_marked(folder: &Path, manifest: &Manifest) -> Result<Self> {
        let hold = locks::hold(&manifest.generation_folder(folder));
        let (_, fields) = schema::build();
        let index = open_index(folder, manifest, Access::Read)?;
        let reader = open_reader(&index).map_err(|error| damaged(folder, &error))?;
        let searcher = reader.searcher();
        Ok(Self {
            snapshot: Snapshot { searcher, fields },
            manifest: manifest.clone(),
            folder: folder.to_owned(),
            _hold: hold,
        })
    }

    /// Runs what reads the index. A panic in it, such as the engine's at damaged files, is an
    /// error.
    pub fn guard<T>(&self, work: impl FnOnce() -> Result<T>) -> Result<T> {
        guard(&self.folder, work)
    }

    /// Returns the article of a document.
    pub fn article(&self, address: DocAddress) -> Result<Article> {
        let document: TantivyDocument = self.snapshot.searcher.doc(address)?;
        let record = document
            .get_first(self.snapshot.fields.record)
            .and_then(|value| value.as_bytes().map(<[u8]>::to_vec))
            .ok_or_else(|| self.damage("a document has no article"))?;
        serde_json::from_slice(&record).map_err(|error| self.damage(&error.to_string()))
    }

    /// Returns every article, in the order of the index. One that can't be read is an error in its
    /// place.
    pub fn all_articles(&self) -> impl Iterator<Item = Result<Article>> {
        let mut addresses = Vec::new();
        for (segment_ord, segment) in (0..).zip(self.snapshot.searcher.segment_readers()) {
            addresses.extend(
                segment
                    .doc_ids_alive()
                    .map(|doc_id| DocAddress::new(segment_ord, doc_id)),
            );
        }
        addresses.into_iter().filter_map(move |address| {
            self.guard(|| {
                let is_article = self.is_article(address)?;
                is_article.then(|| self.article(address)).transpose()
            })
            .transpose()
        })
    }

    /// Returns the folder of articles, where the index lies in it.
    pub fn articles_folder(&self) -> Option<&Path> {
        let is_inside = self.folder.file_name()? == FOLDER_NAME;
        self.folder.parent().filter(|_| is_inside)
    }

    /// Returns whether a document is an article and not the mere state of a file.
    pub fn is_article(&self, address: DocAddress) -> Result<bool> {
        let parts = (self.snapshot.searcher)
            .segment_reader(address.segment_ord)
            .fast_fields()
            .u64("part")?;
        Ok(parts.first(address.doc_id).is_some())
    }

    fn damage(&self, detail: &str) -> Error {
        Error::IndexDamaged {
            path: self.folder.clone(),
            detail: detail.to_owned(),
        }
    }
}

/// Opens the live generation of an index folder, for the writer or for a reader.
pub(crate) fn open_index(folder: &Path, manifest: &Manifest, access: Access) -> Result<Index> {
    let index = Disk::open(&manifest.generation_folder(folder), access)
        .and_then(Index::open)
        .map_err(|error| damaged(folder, &error))?;
    analyzer::register(&index);
    Ok(index)
}

/// Opens a reader of an index as it is now. The engine's usual one has a thread that looks for
/// commits.
pub(crate) fn open_reader(index: &Index) -> tantivy::Result<IndexReader> {
    index
        .reader_builder()
        .reload_policy(ReloadPolicy::Manual)
        .try_into()
}

/// Runs what reads the index in `folder`. A panic in it is an error.
pub(crate) fn guard<T>(folder: &Path, work: impl FnOnce() -> Result<T>) -> Result<T> {
    panic::catch_unwind(AssertUnwindSafe(work)).unwrap_or_else(|payload| {
        Err(Error::IndexDamaged {
            path: folder.to_owned(),
            detail: format!("reading it failed: {}", error::panic_message(&*payload)),
        })
    })
}

/// Turns the engine's error on reading an index into one of the system or one of damage.
pub(crate) fn damaged(folder: &Path, error: &tantivy::TantivyError) -> Error {
    match writer::system_error(&error.to_string()) {
        Some(source) if source.kind() != std::io::ErrorKind::NotFound => Error::io(folder)(source),
        _ => Error::IndexDamaged {
            path: folder.to_owned(),
            detail: error.to_string(),
        },
    }
}
