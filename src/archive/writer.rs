//! Writes an index: adds, replaces and removes files with their articles.

use std::borrow::Borrow;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use rustc_hash::FxHashSet;
use tantivy::{TantivyDocument, Term};

use super::disk::sync_folder;
use super::failure::{failure, guard};
use super::generation::{clean_up, remove_replaced, start_engine};
use super::locks::WriteLock;
use super::manifest;
use super::manifest::{Manifest, Seal};
use super::opening;
use super::opening::{Anew, FileCounts, Opened, Opening, UNREADABLE};
use super::predecessor::Predecessor;
use super::queue::{self, Engine};
use super::reader::{DAMAGED, Snapshot, open_reader};
use super::review;
use super::schema;
use super::schema::Fields;
use super::state;
use super::state::{FileState, States};
use super::stories::{self, KnownOverlap, Stories};
use crate::article::Article;
use crate::clean::Knowledge;
use crate::error::{Error, Result};
use crate::machine::budget::Budget;
use crate::source::walk::WalkOptions;

/// An index that is open for writing. Nobody else can write to it meanwhile.
///
/// Changes are made through [`Writer::begin`].
pub struct Writer {
    fields: Fields,
    states: States,
    engine: Engine,
    /// What the documents that wait for the engine take parts of.
    room: Arc<Budget>,
    folder: PathBuf,
    manifest: Manifest,
    /// The number of a new generation until its first commit. It is not searched yet.
    building: Option<u64>,
    /// The live generation, if another is built beside it and it can be read.
    predecessor: Option<Predecessor>,
    anew: Option<Anew>,
    /// How many files the last run left in the index.
    before: FileCounts,
    /// How many files are in the generation that is written.
    files: AtomicUsize,
    /// The seal before the first change, empty until then.
    broken: Seal,
    lock: WriteLock,
}

impl Writer {
    /// Opens the index in `folder` of the articles in `articles` for writing, and creates it if
    /// there is none. On a rebuild, and if the index is damaged or of another version, a new
    /// generation is built beside the live one.
    ///
    /// # Errors
    /// [`Error::ForeignFolder`] if `folder` holds other files, [`Error::IndexLocked`] if another
    /// process is writing, [`Error::OtherFolder`] if the index is of another folder and is not
    /// rebuilt, and errors of reading and writing.
    pub fn open(folder: &Path, articles: &Path, opening: &Opening) -> Result<Self> {
        let Opened {
            manifest,
            is_manifest_stale,
            before,
            anew,
            target,
            lock,
        } = opening::open(folder, articles, opening)?;
        let current = target.building.unwrap_or(manifest.generation);
        let generation = manifest::generation_folder(folder, current);
        let engine = start_engine(&target.index, &opening.shares, &generation)?;
        if manifest.seal.is_none() || target.building.is_some() {
            clean_up(&engine, &generation)?;
        }
        let (_, fields) = schema::build();
        let files = match target.building {
            Some(_) => 0,
            None => target.states.len(),
        };
        let mut writer = Self {
            fields,
            states: target.states,
            engine,
            room: Budget::new(opening.shares.queue),
            folder: folder.to_owned(),
            manifest,
            building: target.building,
            predecessor: target.predecessor,
            anew,
            before,
            files: AtomicUsize::new(files),
            broken: Seal::new(),
            lock,
        };
        if writer.building.is_none() && is_manifest_stale {
            writer.manifest.write(folder)?;
        }
        Ok(writer)
    }

    /// Returns whether a new generation is written, which is not searched before its first commit.
    pub fn is_new(&self) -> bool {
        self.building.is_some()
    }

    /// Returns whether a new generation is written and files that can't be read now can be carried
    /// over from the live one.
    pub fn has_predecessor(&self) -> bool {
        self.predecessor.is_some()
    }

    /// Returns the rebuild or repair that the user did not ask for, if there was one.
    pub fn anew(&self) -> Option<&Anew> {
        self.anew.as_ref()
    }

    /// Returns how many files the last run left in the index, also if a new generation is written.
    pub fn before(&self) -> FileCounts {
        self.before
    }

    /// Returns whether the lock keeps other runs from writing to the index. A file system without
    /// locks can't.
    pub fn is_exclusive(&self) -> bool {
        self.lock.is_exclusive
    }

    /// Returns whether a run was cut off, and no other has sealed the index since.
    pub fn was_cut_off(&self) -> bool {
        self.building.is_none() && self.manifest.seal.is_none()
    }

    /// Returns whether the index records other options than these.
    pub fn keeps_other_options(&self, walk: &WalkOptions) -> bool {
        self.manifest.walk != *walk
    }

    /// Takes the state that every file had when the index was opened; of the predecessor's files if
    /// a new generation is written.
    pub fn take_states(&mut self) -> States {
        std::mem::take(&mut self.states)
    }

    /// Begins to change the index: breaks its seal, so that the next run notices if this one is cut
    /// off, and records which files are read. May be called again.
    pub fn begin(&mut self, walk: &WalkOptions) -> Result<Changes<'_>> {
        self.manifest.walk = walk.clone();
        if self.building.is_none()
            && let Some(seal) = self.manifest.seal.take()
        {
            self.broken = seal;
            self.manifest.write(&self.folder)?;
        }
        Ok(Changes { writer: self })
    }

    /// Waits for running merges, seals the index with the number of its files, `empty` of which are
    /// empty, and closes it.
    pub fn finish(mut self, empty: usize) -> Result<()> {
        let generation = self.manifest.generation_folder(&self.folder);
        self.engine
            .wait_merging_threads()
            .map_err(|error| failure(&generation, error))?;
        if self.manifest.seal.is_none() && self.building.is_none() {
            let seal = manifest::seal(&generation, &self.broken).map_err(Error::io(&generation))?;
            self.manifest.seal = Some(seal);
            self.manifest.holds = self.files.into_inner();
            self.manifest.empty = empty;
            self.manifest.write(&self.folder)?;
        }
        Ok(())
    }

    /// Returns the keys of the files and folders that the last run could not read, each with the
    /// reason.
    pub fn unreadable(&self) -> FxHashSet<(String, String)> {
        let text = fs::read(self.folder.join(UNREADABLE)).unwrap_or_default();
        serde_json::from_slice(&text).unwrap_or_default()
    }

    /// Records the keys of the files and folders that this run could not read, sorted, each with
    /// the reason.
    pub fn record_unreadable(&self, troubles: &[(String, String)]) -> Result<()> {
        let path = self.folder.join(UNREADABLE);
        let before = fs::read(&path).unwrap_or_default();
        if troubles.is_empty() && before.is_empty() {
            return Ok(());
        }
        let text = serde_json::to_vec(troubles).expect("strings are valid JSON");
        if text == before {
            return Ok(());
        }
        let sharing = self.manifest.sharing;
        sharing.replace(&path, &text).map_err(Error::io(&path))
    }
}

/// Changes of an index, made by several threads at once. Searches see none of them before
/// [`Changes::commit`].
pub struct Changes<'a> {
    writer: &'a mut Writer,
}

impl Changes<'_> {
    /// Returns whether a new generation is written, which holds no files yet.
    pub fn is_new(&self) -> bool {
        self.writer.is_new()
    }

    /// Adds a file that the index does not know, with its articles.
    pub fn add(
        &self,
        path: &str,
        state: FileState,
        articles: impl IntoIterator<Item = impl Borrow<Article>>,
    ) -> Result<()> {
        self.add_documents(path, state, articles)?;
        self.writer.files.fetch_add(1, Ordering::Relaxed);
        Ok(())
    }

    /// Replaces a file's articles, once the first of the new ones was made.
    pub fn replace(
        &self,
        path: &str,
        state: FileState,
        articles: impl IntoIterator<Item = impl Borrow<Article>>,
    ) -> Result<()> {
        let mut articles = articles.into_iter().peekable();
        let _ = articles.peek();
        self.discard(path);
        self.add_documents(path, state, articles)
    }

    fn add_documents(
        &self,
        path: &str,
        state: FileState,
        articles: impl IntoIterator<Item = impl Borrow<Article>>,
    ) -> Result<()> {
        let fields = &self.writer.fields;
        let mut state = Some(state);
        for article in articles {
            self.add_document(schema::document(fields, article.borrow(), state.take()))?;
        }
        match state {
            Some(state) => self.add_document(schema::state_document(fields, path, state)),
            None => Ok(()),
        }
    }

    /// Records the new state of a file that was touched and has the same content.
    pub fn touch(&self, path: &str, state: FileState) -> Result<()> {
        let term = Term::from_field_text(self.writer.fields.state_only, path);
        self.writer.engine.delete_term(term);
        self.add_document(schema::state_document(&self.writer.fields, path, state))
    }

    /// Removes a file with all its articles.
    pub fn remove(&self, path: &str) {
        self.discard(path);
        self.writer.files.fetch_sub(1, Ordering::Relaxed);
    }

    /// Removes the documents of a file that could not be added or replaced in full. The file is
    /// still counted if the index knew it.
    pub fn discard(&self, path: &str) {
        let term = Term::from_field_text(self.writer.fields.path, path);
        self.writer.engine.delete_term(term);
    }

    /// Carries the articles of files over from the live generation into the one that is built.
    ///
    /// # Errors
    /// [`Error::IndexDamaged`] if they can't be read there.
    pub fn carry_over(&self, paths: &FxHashSet<&str>) -> Result<()> {
        match &self.writer.predecessor {
            Some(predecessor) => predecessor.for_each(paths, |path, state, articles| {
                self.add(path, state, articles)
            }),
            None => Ok(()),
        }
    }

    /// Makes all changes since the last commit durable and visible, in one step.
    pub fn commit(&mut self) -> Result<()> {
        let generation = self.generation();
        let writer = &mut *self.writer;
        writer
            .engine
            .commit()
            .map_err(|error| failure(&generation, error))?;
        // The engine syncs its files, but not their names in the folder.
        sync_folder(&generation).map_err(Error::io(&generation))?;
        if let Some(building) = writer.building.take() {
            writer.manifest = writer.manifest.with_generation(building);
            writer.manifest.write(&writer.folder)?;
            writer.predecessor = None;
            let _ = fs::remove_file(writer.folder.join(DAMAGED));
            remove_replaced(&mut writer.manifest, &writer.folder);
        }
        Ok(())
    }

    /// Commits in the middle of a run, so that the next run goes on from here if this one is
    /// killed. A generation that is built beside a live one is not committed, since it holds less.
    pub fn commit_early(&mut self) -> Result<()> {
        if self.writer.building.is_some() && self.writer.manifest.generation > 0 {
            return Ok(());
        }
        self.commit()
    }

    /// Returns the state of every file as of the last commit.
    pub fn states(&self) -> Result<States> {
        guard(&self.writer.folder, || {
            state::read(&self.snapshot()?.searcher)
        })
    }

    /// Returns the answers of the last commit to its articles' doubts, and the paths of files whose
    /// articles were read with other answers.
    pub fn review(&self) -> Result<(Knowledge, FxHashSet<String>)> {
        guard(&self.writer.folder, || review::review(&self.snapshot()?))
    }

    /// Returns the stories that the last run found; `None` if it was cut off before, or they are
    /// damaged.
    pub fn stories(&self) -> Option<Stories> {
        let generation = self.generation();
        (generation.join(stories::STORIES).exists())
            .then(|| Stories::read(&generation).ok())
            .flatten()
    }

    /// Returns the overlaps that the last run found or knew.
    pub fn overlaps(&self) -> Vec<KnownOverlap> {
        stories::read_overlaps(&self.generation())
    }

    /// Writes the stories of the last commit, and the overlaps by which they were found.
    pub fn write_stories(&self, stories: &Stories, overlaps: &[KnownOverlap]) -> Result<()> {
        let (generation, sharing) = (self.generation(), self.writer.manifest.sharing);
        stories::write_overlaps(&generation, sharing, overlaps)?;
        stories.write(&generation, sharing)?;
        sync_folder(&generation).map_err(Error::io(&generation))
    }

    /// Returns the folder of the generation that is written.
    fn generation(&self) -> PathBuf {
        let writer = &*self.writer;
        let current = writer.building.unwrap_or(writer.manifest.generation);
        manifest::generation_folder(&writer.folder, current)
    }

    /// Runs `work`, which reads what was written. An engine error or a panic in it is damage.
    pub fn guard<T>(&self, work: impl FnOnce() -> Result<T>) -> Result<T> {
        guard(&self.writer.folder, work)
    }

    /// Returns the index at its last commit.
    pub fn snapshot(&self) -> Result<Snapshot> {
        let searcher = open_reader(self.writer.engine.index())?.searcher();
        Ok(Snapshot::new(searcher, self.writer.fields))
    }

    fn add_document(&self, document: TantivyDocument) -> Result<()> {
        queue::add(&self.writer.engine, &self.writer.room, document)
            .map_err(|error| failure(&self.writer.folder, error))
    }
}

#[cfg(test)]
mod tests {
    use tantivy::indexer::NoMergePolicy;

    use super::super::opening::Mode;
    use super::super::reader::Archive;
    use super::*;
    use crate::{clean, fields};

    #[test]
    fn replaces_what_is_merged_meanwhile() {
        let folder = tempfile::tempdir().unwrap();
        let state = FileState::OUTDATED;
        let knowledge = Knowledge::default();
        let read = |path: &str| {
            let cleaned = clean::clean("The council met on Tuesday.", 1, &knowledge);
            [fields::field(path, 0, cleaned, &knowledge)]
        };
        // Each run is cut off after its commit, before it could merge.
        let walk = WalkOptions::default();
        let open = || Writer::open(folder.path(), folder.path(), &Opening::default()).unwrap();
        let cut_off = |work: &dyn Fn(&Changes<'_>)| {
            let mut writer = open();
            writer.engine.set_merge_policy(Box::new(NoMergePolicy));
            let mut changes = writer.begin(&walk).unwrap();
            work(&changes);
            changes.commit().unwrap();
        };
        let add = |changes: &Changes<'_>, names: &[&str]| {
            for path in names {
                changes.add(path, state, read(path)).unwrap();
            }
        };
        cut_off(&|changes| add(changes, &["a", "b", "c", "d", "e"]));
        cut_off(&|changes| add(changes, &["f", "g", "h"]));
        cut_off(&|changes| changes.replace("f", state, read("f")).unwrap());
        // The next merges as soon as it has written something, before it commits.
        let mut writer = open();
        let mut changes = writer.begin(&walk).unwrap();
        changes.replace("g", state, read("g")).unwrap();
        changes.commit().unwrap();
        writer.finish(0).unwrap();
        let archive = Archive::open(folder.path()).unwrap();
        let articles = archive.all_articles().map(Result::unwrap);
        let mut paths: Vec<String> = articles.map(|article| article.path).collect();
        paths.sort_unstable();
        assert_eq!(paths, ["a", "b", "c", "d", "e", "f", "g", "h"]);
        assert_eq!(archive.manifest.holds, 8);
    }

    #[test]
    fn counts_the_files_of_the_index() {
        let folder = tempfile::tempdir().unwrap();
        let state = FileState::OUTDATED;
        let none: [Article; 0] = [];
        let holds = |mode: Mode, change: &dyn Fn(&Changes<'_>)| {
            let opening = Opening {
                mode,
                ..Opening::default()
            };
            let mut writer = Writer::open(folder.path(), folder.path(), &opening).unwrap();
            let mut changes = writer.begin(&WalkOptions::default()).unwrap();
            change(&changes);
            changes.commit().unwrap();
            writer.finish(0).unwrap();
            Manifest::read(folder.path()).unwrap().holds
        };
        let added = holds(Mode::Update, &|changes| {
            for path in ["a", "b", "c", "d"] {
                changes.add(path, state, &none).unwrap();
            }
            changes.discard("e");
        });
        assert_eq!(added, 4);
        let changed = holds(Mode::Update, &|changes| {
            changes.replace("a", state, &none).unwrap();
            changes.touch("b", state).unwrap();
            changes.remove("c");
        });
        assert_eq!(changed, 3);
        let carried = holds(Mode::Rebuild, &|changes| {
            changes.carry_over(&FxHashSet::from_iter(["a"])).unwrap();
            changes.add("f", state, &none).unwrap();
        });
        assert_eq!(carried, 2);
    }
}
