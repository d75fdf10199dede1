//! Writes the index: files come in with their articles, leave, or are found as they were.

use std::fs::{self, File, TryLockError};
use std::io::Write;
use std::path::{Path, PathBuf};

use rustc_hash::FxHashSet;
use tantivy::indexer::LogMergePolicy;
use tantivy::store::{Compressor, ZstdCompressor};
use tantivy::{Index, IndexSettings, IndexWriter, TantivyDocument, Term};

use super::manifest::Manifest;
use super::schema::{self, Fields};
use super::state::{self, FileState, States};
use super::{analyzer, knowledge, open_generation};
use crate::article::Article;
use crate::clean::Knowledge;
use crate::error::{Error, Result};

/// How much memory the engine may fill before it writes a segment, in bytes, over all threads.
/// Below some 50 MB a thread its segments are so small that merging them doubles the CPU time.
const MEMORY_BUDGET: usize = 160_000_000;

/// The share of deleted documents past which a segment is rewritten. The engine's default never
/// does so.
const DELETED_BEFORE_MERGE: f32 = 0.2;

/// The one writer of an index.
///
/// It may be shared by threads. Nothing that it is told shows until [`Writer::commit`].
pub struct Writer {
    fields: Fields,
    index: Index,
    engine: IndexWriter<TantivyDocument>,
    folder: PathBuf,
    manifest: Manifest,
    /// Whether `manifest` has still to be written: so it is until a new generation is committed.
    is_new: bool,
    /// Held for as long as the writer lives.
    _lock: File,
}

impl Writer {
    /// Opens the index in `folder` of the folder `articles` for writing, or makes one. With `anew`
    /// a new generation is built beside the old, which answers until the first commit.
    ///
    /// # Errors
    /// [`Error::IndexLocked`] where another process is writing, [`Error::IndexVersion`] where
    /// another version wrote the index and [`Error::OtherFolder`] where it is another folder's,
    /// both only where `anew` is false, and whatever reading and writing meet.
    pub fn open(folder: &Path, articles: &Path, threads: usize, anew: bool) -> Result<Self> {
        fs::create_dir_all(folder).map_err(Error::io(folder))?;
        let lock = lock(folder)?;
        let articles = Manifest::name_of(articles, folder)?;
        let old = match Manifest::read(folder) {
            Ok(manifest) => Some(manifest),
            Err(Error::IndexMissing(_)) => None,
            // A new generation does not need to know what the old one was.
            Err(Error::IndexDamaged { .. }) if anew => None,
            Err(error) => return Err(error),
        };
        let (manifest, index, is_new) = match old {
            Some(manifest) if !anew => {
                manifest.ensure_readable(folder)?;
                // Bringing it up to date with another folder would remove all that it holds.
                if manifest.articles != articles {
                    return Err(Error::OtherFolder {
                        path: folder.to_owned(),
                        articles: manifest.articles,
                    });
                }
                let index = open_generation(folder, &manifest)?;
                // An index of another format opens, and even gives a writer: only a reader fails.
                index.reader()?;
                (manifest, index, false)
            }
            _ => {
                let manifest = Manifest::current(&articles, next_generation(folder)?);
                let index = create(&manifest.generation_folder(folder))?;
                (manifest, index, true)
            }
        };
        let generation = manifest.generation_folder(folder);
        sweep(&generation)?;
        let engine = index
            .writer_with_num_threads(threads.clamp(1, 8), MEMORY_BUDGET)
            .map_err(|error| failure(&generation, error))?;
        let mut merging = LogMergePolicy::default();
        merging.set_del_docs_ratio_before_merge(DELETED_BEFORE_MERGE);
        engine.set_merge_policy(Box::new(merging));
        // A run that was killed in mid-commit leaves a file of deletions behind, which the next
        // commit would trip over for ever.
        engine
            .garbage_collect_files()
            .wait()
            .map_err(|error| failure(&generation, error))?;
        let (_, fields) = schema::build();
        Ok(Self {
            fields,
            index,
            engine,
            folder: folder.to_owned(),
            manifest,
            is_new,
            _lock: lock,
        })
    }

    /// Returns the state of every file as of the last commit.
    pub fn states(&self) -> Result<States> {
        state::read(&self.index.reader()?.searcher())
    }

    /// Returns what the last commit knows of its articles' doubts, and the files whose articles were
    /// read with other answers.
    pub fn review(&self) -> Result<(Knowledge, FxHashSet<String>)> {
        knowledge::review(&self.index.reader()?.searcher(), &self.fields)
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
            remove_other_generations(&self.folder, &generation);
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

    /// Waits for merges that are under way and closes the index.
    pub fn close(self) -> Result<()> {
        let generation = self.manifest.generation_folder(&self.folder);
        self.engine
            .wait_merging_threads()
            .map_err(|error| failure(&generation, error))
    }

    fn add_document(&self, document: TantivyDocument) -> Result<()> {
        self.engine
            .add_document(document)
            .map(drop)
            .map_err(|error| failure(&self.folder, error))
    }
}

/// Takes the lock of an index folder, or says that another process has it.
fn lock(folder: &Path) -> Result<File> {
    let path = folder.join("lock");
    let mut file = File::options()
        .create(true)
        .truncate(false)
        .write(true)
        .open(&path)
        .map_err(Error::io(&path))?;
    match file.try_lock() {
        Ok(()) => {}
        Err(TryLockError::WouldBlock) => return Err(Error::IndexLocked(folder.to_owned())),
        Err(TryLockError::Error(error)) => return Err(Error::io(&path)(error)),
    }
    // For people who wonder who holds it; the lock itself is the operating system's.
    file.set_len(0)
        .and_then(|()| writeln!(file, "{}", std::process::id()))
        .map_err(Error::io(&path))?;
    Ok(file)
}

/// Makes an empty index in `folder`.
fn create(folder: &Path) -> Result<Index> {
    fs::create_dir_all(folder).map_err(Error::io(folder))?;
    let (schema, _) = schema::build();
    let settings = IndexSettings {
        docstore_compression: Compressor::Zstd(ZstdCompressor {
            compression_level: Some(3),
        }),
        ..IndexSettings::default()
    };
    let index = Index::builder()
        .schema(schema)
        .settings(settings)
        .create_in_dir(folder)
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

/// Removes generations that are no longer live, and those that a killed run left unfinished.
/// One that can't be removed now is left for the next time: it does no harm.
fn remove_other_generations(folder: &Path, live: &Path) {
    let Ok(entries) = fs::read_dir(folder) else {
        return;
    };
    for entry in entries.flatten() {
        let is_generation = entry.file_name().to_string_lossy().starts_with("gen-");
        if is_generation && entry.path() != live {
            let _ = fs::remove_dir_all(entry.path());
        }
    }
}

/// Removes the temporary files of a run that was killed; the engine's own collection of garbage
/// does not know them.
fn sweep(generation: &Path) -> Result<()> {
    for entry in fs::read_dir(generation).map_err(Error::io(generation))? {
        let entry = entry.map_err(Error::io(generation))?;
        if entry.file_name().to_string_lossy().starts_with(".tmp") {
            fs::remove_file(entry.path()).map_err(Error::io(entry.path()))?;
        }
    }
    Ok(())
}

/// Turns the engine's error into one that names the place where it is about a file.
fn failure(at: &Path, error: tantivy::TantivyError) -> Error {
    use tantivy::TantivyError;
    let cause = match &error {
        TantivyError::IoError(source) => {
            Some(std::io::Error::new(source.kind(), source.to_string()))
        }
        // A thread of the engine that could not write may say no more than that it ended. Writing
        // a little beside it tells why.
        TantivyError::ErrorInThread(_) => system_error(&error).or_else(|| probe(at).err()),
        _ => system_error(&error),
    };
    match cause {
        Some(source) => Error::io(at)(source),
        None => Error::Engine(error),
    }
}

/// Returns the operating system's error that the engine has put into words: its number survives,
/// as in "No space left on device (os error 28)".
fn system_error(error: &tantivy::TantivyError) -> Option<std::io::Error> {
    let message = error.to_string();
    let (_, after) = message.rsplit_once("(os error ")?;
    let number = after.split(')').next()?.parse().ok()?;
    Some(std::io::Error::from_raw_os_error(number))
}

/// Writes a block to a folder and takes it away again.
fn probe(folder: &Path) -> std::io::Result<()> {
    let path = folder.join(".tmp-probe");
    let written = fs::write(&path, vec![0x5a; 1 << 16]);
    let removed = fs::remove_file(&path);
    written.and(removed)
}
