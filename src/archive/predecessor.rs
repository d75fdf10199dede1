//! The live generation while a new one is built beside it. Its articles of files that can't be read
//! now are carried over.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use rustc_hash::FxHashSet;
use tantivy::schema::Value;
use tantivy::{DocAddress, Searcher, TantivyDocument};

use super::disk::{Access, MANAGED};
use super::failure::{damaged, guard};
use super::manifest::{Manifest, Seal};
use super::reader::{open_index, open_reader};
use super::state;
use super::state::{FileState, States};
use super::stories::{OVERLAPS, STORIES};
use super::verify;
use super::verify::Depth;
use crate::article::{Article, SCHEMA};
use crate::error::{Error, Result};

/// The live generation, of this or another version of the program, open for reading.
pub(super) struct Predecessor {
    searcher: Searcher,
    folder: PathBuf,
    /// Whether this version of the program wrote it.
    is_current: bool,
}

impl Predecessor {
    /// Opens the generation that a manifest names.
    ///
    /// # Errors
    /// [`Error::IndexDamaged`] if its stored articles or states can't be read in full.
    pub(super) fn open(folder: &Path, manifest: &Manifest) -> Result<Self> {
        guard(folder, || {
            let index = open_index(folder, manifest, Access::Salvage)?;
            ensure_stored(folder, manifest)?;
            let reader = open_reader(&index).map_err(|error| damaged(folder, &error))?;
            Ok(Self {
                searcher: reader.searcher(),
                folder: folder.to_owned(),
                is_current: manifest.is_current(),
            })
        })
    }

    /// Returns the state of every file.
    pub(super) fn states(&self) -> Result<States> {
        guard(&self.folder, || state::read(&self.searcher))
    }

    /// Calls `then` for each file in `paths` that this generation holds, with the file's state in
    /// the new generation and its articles. A file that another version of the program read gets a
    /// state that no file has, so that it is read again as soon as possible.
    pub(super) fn for_each(
        &self,
        paths: &FxHashSet<&str>,
        mut then: impl FnMut(&str, FileState, &[Article]) -> Result<()>,
    ) -> Result<()> {
        if paths.is_empty() {
            return Ok(());
        }
        let states = self.states()?;
        for (path, addresses) in guard(&self.folder, || self.addresses(paths))? {
            let mut articles = guard(&self.folder, || self.articles(&addresses))?;
            articles.sort_by_key(|article| article.part);
            let Some(&state) = states.get(&path) else {
                continue;
            };
            let state = if self.is_current {
                state
            } else {
                FileState::OUTDATED
            };
            then(&path, state, &articles)?;
        }
        Ok(())
    }

    /// Returns the addresses of the documents of files. They are found by the path column, since
    /// the terms may be damaged while the stored articles are not.
    fn addresses(&self, paths: &FxHashSet<&str>) -> Result<BTreeMap<String, Vec<DocAddress>>> {
        let mut found: BTreeMap<String, Vec<DocAddress>> = BTreeMap::new();
        for (segment_ord, segment) in (0..).zip(self.searcher.segment_readers()) {
            let Some(column) = segment.fast_fields().str("path")? else {
                continue;
            };
            let names = state::paths_in(&column)?;
            for doc in segment.doc_ids_alive() {
                let ordinal = column.ords().first(doc);
                let name = ordinal.and_then(|ordinal| names.get(usize::try_from(ordinal).ok()?));
                if let Some(name) = name.filter(|name| paths.contains(String::as_str(name))) {
                    let address = DocAddress::new(segment_ord, doc);
                    found.entry(name.clone()).or_default().push(address);
                }
            }
        }
        Ok(found)
    }

    /// Returns the articles among documents. The others are states of files.
    fn articles(&self, addresses: &[DocAddress]) -> Result<Vec<Article>> {
        let record = self.searcher.schema().get_field("record")?;
        let mut articles = Vec::new();
        for &address in addresses {
            let document: TantivyDocument = self.searcher.doc(address)?;
            let value = document.get_first(record);
            let text = value.and_then(|value| value.as_str().map(str::as_bytes));
            // Formats before 11 have bytes.
            let Some(bytes) = text.or_else(|| value.and_then(|value| value.as_bytes())) else {
                continue;
            };
            let mut article: Article =
                serde_json::from_slice(bytes).map_err(|error| Error::IndexDamaged {
                    path: self.folder.clone(),
                    detail: format!("an article can't be read: {error}"),
                })?;
            // Its keys are those of today's record, whichever version wrote it.
            article.schema = SCHEMA;
            articles.push(article);
        }
        Ok(articles)
    }
}

/// Refuses a generation whose stored articles or states of files are damaged. Its postings and the
/// engine's list of files are not needed.
fn ensure_stored(folder: &Path, manifest: &Manifest) -> Result<()> {
    let Some(seal) = &manifest.seal else {
        return Ok(());
    };
    let stored: Seal = seal
        .iter()
        .filter(|(name, _)| {
            let others = [".idx", ".pos", ".term", ".fieldnorm", MANAGED];
            let mut others = others.iter().chain(&[STORIES, OVERLAPS]);
            !others.any(|ending| name.ends_with(ending))
        })
        .map(|(name, sealed)| (name.clone(), *sealed))
        .collect();
    let generation = manifest.generation_folder(folder);
    match verify::differences(&generation, &stored, Depth::Whole)?
        .into_iter()
        .next()
    {
        None => Ok(()),
        Some(detail) => Err(Error::IndexDamaged {
            path: folder.to_owned(),
            detail,
        }),
    }
}
