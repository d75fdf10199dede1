//! Writes the index: files come in with their articles, leave, or are found as they were.

use std::fmt;
use std::fs::{self, File};
use std::path::{Path, PathBuf};

use rustc_hash::FxHashSet;
use tantivy::indexer::{IndexWriterOptions, LogMergePolicy};
use tantivy::store::{Compressor, ZstdCompressor};
use tantivy::{Index, IndexSettings, IndexWriter, TantivyDocument, Term};

use super::disk::{Disk, TEMPORARY};
use super::manifest::{self, Manifest, Seal};
use super::schema::{self, Fields};
use super::state::{self, FileState, States};
use super::verify::{self, Depth};
use super::{DAMAGED, analyzer, damaged, guard, knowledge, locks, open_index, open_reader};
use crate::article::Article;
use crate::clean::Knowledge;
use crate::error::{Error, Result};
use crate::source::walk;

/// How much memory the engine may fill before it writes a segment, in bytes, over all threads.
/// Below some 50 MB a thread its segments are so small that merging them doubles the CPU time; with
/// 80 MB a run over 200,000 articles takes more than 400 MB in all.
const MEMORY_BUDGET: usize = 100_000_000;

/// How many merges go on side by side. Each takes some 45 MB, and those of the engine's four take it at
/// once.
const MERGES_AT_A_TIME: usize = 1;

/// Up to how many articles segments are merged without regard to their sizes. With the engine's
/// 10,000, a run over a few files that changed now and then merges all that a small archive holds.
const SMALL_SEGMENT: u32 = 1_000;

/// How many bytes of articles are compressed together. The engine's 16 KB make the index a tenth
/// larger; larger blocks have to be unpacked whole for each article that is shown.
const STORE_BLOCK: usize = 1 << 15;

/// The share of deleted documents past which a segment is rewritten. The engine's default never
/// does so.
const DELETED_BEFORE_MERGE: f32 = 0.2;

/// Why an index is built anew though nobody asked for it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Anew {
    /// A program of other versions wrote it: these.
    Version(String),
    /// It is damaged, and how.
    Damaged(String),
}

impl fmt::Display for Anew {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Version(found) => write!(f, "the index was of format {found}"),
            Self::Damaged(detail) => write!(f, "the index was damaged: {detail}"),
        }
    }
}

/// The one writer of an index.
///
/// It may be shared by threads. It is to be told to [`begin`](Writer::begin) before anything else,
/// and nothing that it is told shows until [`Writer::commit`].
pub struct Writer {
    fields: Fields,
    states: States,
    engine: IndexWriter<TantivyDocument>,
    folder: PathBuf,
    manifest: Manifest,
    /// Whether `manifest` has still to be written: so it is until a new generation is committed.
    is_new: bool,
    /// Why it is new, where that was not asked for.
    anew: Option<Anew>,
    /// How many files the index knew when it was opened.
    held: usize,
    /// The seal that was broken to write.
    broken: Seal,
    /// Held for as long as the writer lives.
    _lock: File,
}

impl Writer {
    /// Opens the index in `folder` of the folder `articles` for writing, or makes one. With `anew`,
    /// and where it is damaged or of another version, a new generation is built beside the old,
    /// which answers until the first commit.
    ///
    /// # Errors
    /// [`Error::IndexLocked`] where another process is writing, [`Error::OtherFolder`] where it is
    /// another folder's and `anew` is false, and whatever reading and writing meet.
    pub fn open(folder: &Path, articles: &Path, threads: usize, anew: bool) -> Result<Self> {
        make(folder, articles).map_err(Error::io(folder))?;
        let lock = locks::lock(folder)?;
        let articles = Manifest::name_of(articles, folder)?;
        let (old, mut reason) = match Manifest::read(folder) {
            Ok(manifest) => (Some(manifest), None),
            Err(Error::IndexMissing(_)) => (None, None),
            Err(Error::IndexDamaged { detail, .. }) => (None, Some(Anew::Damaged(detail))),
            Err(error) => return Err(error),
        };
        let live = old.as_ref().map(|old| old.generation_folder(folder));
        remove_generations_but(folder, live.as_deref());
        let held = old.as_ref().map_or(0, |old| old.holds);
        let mut reused = None;
        if let Some(old) = old.filter(|_| !anew) {
            // Bringing it up to date with another folder would remove all that it holds.
            if old.articles != articles {
                return Err(Error::OtherFolder {
                    path: folder.to_owned(),
                    articles: old.articles,
                });
            }
            match reuse(folder, &old)? {
                Ok(index) => reused = Some((old, index)),
                Err(why) => reason = Some(why),
            }
        }
        let is_new = reused.is_none();
        let (manifest, (index, states)) = match reused {
            Some(reused) => reused,
            None => {
                let manifest = Manifest::current(&articles, next_generation(folder)?);
                let index = create(&manifest.generation_folder(folder))?;
                (manifest, (index, States::default()))
            }
        };
        let generation = manifest.generation_folder(folder);
        let threads = threads.clamp(1, 8);
        let options = IndexWriterOptions::builder()
            .num_worker_threads(threads)
            .memory_budget_per_thread(MEMORY_BUDGET / threads)
            .num_merge_threads(MERGES_AT_A_TIME)
            .build();
        let engine = index
            .writer_with_options(options)
            .map_err(|error| failure(&generation, error))?;
        let mut merging = LogMergePolicy::default();
        merging.set_del_docs_ratio_before_merge(DELETED_BEFORE_MERGE);
        merging.set_min_layer_size(SMALL_SEGMENT);
        engine.set_merge_policy(Box::new(merging));
        // The engine's first operation has the number of the last commit, and segments whose last
        // deletion was in that commit are taken to have it behind them when they are merged: a
        // deletion must not be the first.
        engine
            .run(Vec::new())
            .map_err(|error| failure(&generation, error))?;
        if manifest.seal.is_none() {
            // A run that was killed in mid-commit leaves a file of deletions behind, which the next
            // commit would trip over for ever.
            sweep(&generation)?;
            engine
                .garbage_collect_files()
                .wait()
                .map_err(|error| failure(&generation, error))?;
        }
        let (_, fields) = schema::build();
        Ok(Self {
            fields,
            states,
            engine,
            folder: folder.to_owned(),
            manifest,
            is_new,
            anew: reason.filter(|_| !anew),
            held,
            broken: Seal::new(),
            _lock: lock,
        })
    }

    /// Returns whether a generation is being built that nobody reads yet.
    pub fn is_new(&self) -> bool {
        self.is_new
    }

    /// Returns why the index is built anew, where that was not asked for.
    pub fn anew(&self) -> Option<&Anew> {
        self.anew.as_ref()
    }

    /// Returns how many files the index knew when it was opened, that of an older generation
    /// included.
    pub fn held(&self) -> usize {
        self.held
    }

    /// Breaks the seal of the index, so that a run that is cut off from here on is noticed, and
    /// notes which files of the folder are read.
    pub fn begin(&mut self, walk: &walk::Options) -> Result<()> {
        self.manifest.walk = walk.clone();
        if let Some(seal) = self.manifest.seal.take() {
            self.broken = seal;
            self.manifest.write(&self.folder)?;
        }
        Ok(())
    }

    /// Takes the state of every file as of when the index was opened.
    pub fn take_states(&mut self) -> States {
        std::mem::take(&mut self.states)
    }

    /// Returns the state of every file as of the last commit.
    pub fn states(&self) -> Result<States> {
        state::read(&open_reader(self.engine.index())?.searcher())
    }

    /// Returns what the last commit knows of its articles' doubts, and the files whose articles were
    /// read with other answers.
    pub fn review(&self) -> Result<(Knowledge, FxHashSet<String>)> {
        knowledge::review(&open_reader(self.engine.index())?.searcher(), &self.fields)
    }

    /// Adds a file that the index does not know, with its articles.
    pub fn add(&self, path: &str, state: FileState, articles: &[Article]) -> Result<()> {
        if articles.is_empty() {
            return self.add_document(schema::state_document(&self.fields, path, state));
        }
        for (i, article) in articles.iter().enumerate() {
            let state = (i == 0).then_some(state);
            self.add_document(schema::document(&self.fields, article, state))?;
        }
        Ok(())
    }

    /// Puts a file's new articles in the place of its old ones.
    pub fn replace(&self, path: &str, state: FileState, articles: &[Article]) -> Result<()> {
        self.remove(path);
        self.add(path, state, articles)
    }

    /// Notes the new state of a file that was touched but holds what it held.
    pub fn touch(&self, path: &str, state: FileState) -> Result<()> {
        self.engine
            .delete_term(Term::from_field_text(self.fields.state_only, path));
        self.add_document(schema::state_document(&self.fields, path, state))
    }

    /// Removes a file with all its articles.
    pub fn remove(&self, path: &str) {
        self.engine
            .delete_term(Term::from_field_text(self.fields.path, path));
    }

    /// Makes everything since the last commit lasting and visible, in one step.
    pub fn commit(&mut self) -> Result<()> {
        let generation = self.manifest.generation_folder(&self.folder);
        self.engine
            .commit()
            .map_err(|error| failure(&generation, error))?;
        // The engine makes its own files lasting; the names in the folder have to be as well.
        File::open(&generation)
            .and_then(|folder| folder.sync_all())
            .map_err(Error::io(&generation))?;
        if self.is_new {
            self.manifest.write(&self.folder)?;
            self.is_new = false;
            let _ = fs::remove_file(self.folder.join(DAMAGED));
            remove_generations_but(&self.folder, Some(&generation));
        }
        Ok(())
    }

    /// Commits what there is so far, so that a run that is killed later goes on from here, unless
    /// an older generation answers that has more.
    pub fn commit_early(&mut self) -> Result<()> {
        if self.is_new && Manifest::path(&self.folder).exists() {
            return Ok(());
        }
        self.commit()
    }

    /// Waits for merges that are under way, seals the index, which knows so many files now, and
    /// closes it.
    pub fn close(mut self, holds: usize) -> Result<()> {
        let generation = self.manifest.generation_folder(&self.folder);
        self.engine
            .wait_merging_threads()
            .map_err(|error| failure(&generation, error))?;
        if self.manifest.seal.is_none() && !self.is_new {
            let seal = manifest::seal(&generation, &self.broken).map_err(Error::io(&generation))?;
            self.manifest.seal = Some(seal);
            self.manifest.holds = holds;
            self.manifest.write(&self.folder)?;
        }
        Ok(())
    }

    fn add_document(&self, document: TantivyDocument) -> Result<()> {
        self.engine
            .add_document(document)
            .map(drop)
            .map_err(|error| failure(&self.folder, error))
    }
}

/// Makes the folder of an index, but never the folder of articles that it lies in: that one may
/// have been moved away just now, and could not be moved back onto another.
fn make(folder: &Path, articles: &Path) -> std::io::Result<()> {
    if folder.parent() != Some(articles) {
        return fs::create_dir_all(folder);
    }
    match fs::create_dir(folder) {
        Err(_) if folder.is_dir() => Ok(()),
        made => made,
    }
}

/// Opens the index that `manifest` names for writing, or returns why it has to be built anew.
fn reuse(folder: &Path, manifest: &Manifest) -> Result<Result<(Index, States), Anew>> {
    if !manifest.is_current() {
        return Ok(Err(Anew::Version(manifest.versions())));
    }
    if let Ok(findings) = fs::read_to_string(folder.join(DAMAGED)) {
        let first = findings.lines().next().unwrap_or_default().to_owned();
        return Ok(Err(Anew::Damaged(first)));
    }
    let opened = guard(folder, || {
        let index = open_index(folder, manifest, true)?;
        // An index of another format opens, and even gives a writer: only a reader fails.
        let reader = open_reader(&index).map_err(|error| damaged(folder, &error))?;
        let generation = manifest.generation_folder(folder);
        let findings = match &manifest.seal {
            Some(seal) => verify::differences(&generation, seal, Depth::Quick),
            // The last run was cut off.
            None => verify::damaged_files(&index, &generation)?,
        };
        if let Some(finding) = findings.into_iter().next() {
            return Ok(Err(Anew::Damaged(finding)));
        }
        let states = state::read(&reader.searcher())?;
        Ok(Ok((index, states)))
    });
    match opened {
        Ok(opened) => Ok(opened),
        Err(Error::IndexDamaged { detail, .. }) => Ok(Err(Anew::Damaged(detail))),
        Err(Error::Engine(error)) => Ok(Err(Anew::Damaged(error.to_string()))),
        Err(error) => Err(error),
    }
}

/// Makes an empty index in `folder`.
fn create(folder: &Path) -> Result<Index> {
    fs::create_dir_all(folder).map_err(Error::io(folder))?;
    let (schema, _) = schema::build();
    let settings = IndexSettings {
        docstore_compression: Compressor::Zstd(ZstdCompressor {
            compression_level: Some(3),
        }),
        docstore_blocksize: STORE_BLOCK,
        ..IndexSettings::default()
    };
    locks::make_holdable(folder)?;
    let index = Disk::open(folder, true)
        .and_then(|disk| {
            Index::builder()
                .schema(schema)
                .settings(settings)
                .open_or_create(disk)
        })
        .map_err(|error| failure(folder, error))?;
    analyzer::register(&index);
    Ok(index)
}

/// Returns a number that no generation in the folder has.
fn next_generation(folder: &Path) -> Result<u64> {
    let mut last = 0;
    for entry in fs::read_dir(folder).map_err(Error::io(folder))? {
        let entry = entry.map_err(Error::io(folder))?;
        let number = entry
            .file_name()
            .to_str()
            .and_then(|name| name.strip_prefix("gen-")?.parse().ok());
        last = last.max(number.unwrap_or(0));
    }
    Ok(last + 1)
}

/// Removes generations that are no longer live, and those that a killed run left unfinished, but
/// not one that somebody reads.
fn remove_generations_but(folder: &Path, live: Option<&Path>) {
    let Ok(entries) = fs::read_dir(folder) else {
        return;
    };
    for entry in entries.flatten() {
        let path = entry.path();
        let is_generation = entry.file_name().to_string_lossy().starts_with("gen-");
        if is_generation && Some(path.as_path()) != live {
            locks::remove_unheld(&path);
        }
    }
}

/// Removes the temporary files of a run that was killed; the engine's own collection of garbage
/// does not know them.
fn sweep(generation: &Path) -> Result<()> {
    for entry in fs::read_dir(generation).map_err(Error::io(generation))? {
        let entry = entry.map_err(Error::io(generation))?;
        if entry.file_name().to_string_lossy().starts_with(TEMPORARY) {
            fs::remove_file(entry.path()).map_err(Error::io(entry.path()))?;
        }
    }
    Ok(())
}

/// Turns the engine's error into one that names the place where it is about a file.
fn failure(at: &Path, error: tantivy::TantivyError) -> Error {
    use tantivy::TantivyError;
    let cause = system_error(&error).or_else(|| match &error {
        TantivyError::IoError(source) => {
            Some(std::io::Error::new(source.kind(), source.to_string()))
        }
        // A thread of the engine that could not write may say no more than that it ended. Writing
        // a little beside it tells why.
        TantivyError::ErrorInThread(_) => probe(at).err(),
        _ => None,
    });
    match cause {
        Some(source) => Error::io(at)(source),
        None => Error::Engine(error),
    }
}

/// Returns the operating system's error that the engine has put into words: its number survives,
/// as in "No space left on device (os error 28)" or in `Os { code: 28, kind: StorageFull … }`.
pub(super) fn system_error(error: &tantivy::TantivyError) -> Option<std::io::Error> {
    let message = error.to_string();
    let (_, after) = ["(os error ", "Os { code: "]
        .iter()
        .find_map(|before| message.rsplit_once(before))?;
    let number = after.split([')', ',']).next()?.parse().ok()?;
    Some(std::io::Error::from_raw_os_error(number))
}

/// Writes a block to a folder and takes it away again.
fn probe(folder: &Path) -> std::io::Result<()> {
    let path = folder.join(format!("{TEMPORARY}-probe"));
    let written = fs::write(&path, vec![0x5a; 1 << 16]);
    let removed = fs::remove_file(&path);
    written.and(removed)
}

#[cfg(test)]
mod tests {
    use tantivy::indexer::NoMergePolicy;

    use super::*;
    use crate::archive::Archive;
    use crate::{clean, fields};

    #[test]
    fn replaces_what_is_merged_meanwhile() {
        let folder = tempfile::tempdir().unwrap();
        let state = FileState::new(b"", 0, i64::MAX);
        let knowledge = Knowledge::default();
        let read = |path: &str| {
            let cleaned = clean::clean("The council met on Tuesday.", 1, &knowledge);
            [fields::field(path, 0, cleaned, &knowledge)]
        };
        // Each run is cut off after its commit, before it could merge.
        let cut_off = |work: &dyn Fn(&Writer)| {
            let mut writer = Writer::open(folder.path(), folder.path(), 1, false).unwrap();
            writer.engine.set_merge_policy(Box::new(NoMergePolicy));
            work(&writer);
            writer.commit().unwrap();
        };
        let add = |writer: &Writer, names: &[&str]| {
            for path in names {
                writer.add(path, state, &read(path)).unwrap();
            }
        };
        cut_off(&|writer| add(writer, &["a", "b", "c", "d", "e"]));
        cut_off(&|writer| add(writer, &["f", "g", "h"]));
        cut_off(&|writer| writer.replace("f", state, &read("f")).unwrap());
        // The next merges as soon as it has written something, before it commits.
        let mut writer = Writer::open(folder.path(), folder.path(), 1, false).unwrap();
        writer.replace("g", state, &read("g")).unwrap();
        writer.commit().unwrap();
        writer.close(8).unwrap();
        let archive = Archive::open(folder.path()).unwrap();
        let articles = archive.all_articles().map(Result::unwrap);
        let mut paths: Vec<String> = articles.map(|article| article.path).collect();
        paths.sort_unstable();
        assert_eq!(paths, ["a", "b", "c", "d", "e", "f", "g", "h"]);
    }
}
