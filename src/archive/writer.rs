//! Writes the index: files come in with their articles, leave, or are found as they were.

use std::borrow::Borrow;
use std::fmt;
use std::fs;
use std::path::{Path, PathBuf};

use rustc_hash::FxHashSet;
use tantivy::indexer::{IndexWriterOptions, LogMergePolicy};
use tantivy::store::{Compressor, ZstdCompressor};
use tantivy::{Index, IndexSettings, IndexWriter, TantivyDocument, Term};

use super::disk::{Access, Disk, TEMPORARY, replace, sync_folder};
use super::folder::Content;
use super::locks::WriteLock;
use super::manifest::{Manifest, Seal};
use super::predecessor::Predecessor;
use super::reader::{DAMAGED, Snapshot, damaged, guard, open_index, open_reader};
use super::schema::Fields;
use super::sharing::Sharing;
use super::state::{FileState, States};
use super::verify::Depth;
use super::{analyzer, folder, locks, manifest, review, schema, state, verify};
use crate::article::Article;
use crate::clean::Knowledge;
use crate::error::{Error, Result};
use crate::machine::{Machine, Shares};
use crate::source::{exclude, walk};

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

/// The file that names what the last run could not read: pairs of a key and a reason, as JSON.
const UNREADABLE: &str = "unreadable";

/// How many files of an index are looked for in a folder, to tell whether it is the renamed one.
const RENAME_SAMPLE: usize = 200;

/// What was done to an index though nobody asked for it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Anew {
    /// It was built anew: a program of other versions wrote it, these.
    Version(String),
    /// It was built anew: it was damaged, and how.
    Damaged(String),
    /// Its manifest was damaged or gone, and was written again from its copy.
    Manifest(String),
}

impl fmt::Display for Anew {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Version(found) => {
                write!(f, "the index was of format {found}; it was built anew")
            }
            Self::Damaged(detail) => {
                write!(f, "the index was damaged: {detail}; it was built anew")
            }
            Self::Manifest(detail) => write!(
                f,
                "the index was damaged: {detail}; it was mended from its copy, and nothing is lost"
            ),
        }
    }
}

/// How many files an index knows.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Held {
    /// All files.
    pub files: usize,
    /// Those among them that were empty.
    pub empty: usize,
}

/// How an index is opened for writing.
#[derive(Clone, Copy, Debug)]
pub struct Opening {
    /// Whether a new generation is built beside the old one, which answers until the first commit.
    pub is_rebuild: bool,
    /// Who may read the index; as before where it is `None`.
    pub sharing: Option<Sharing>,
    /// The engine's part of the machine.
    pub shares: Shares,
}

impl Default for Opening {
    /// Brings an index up to date, as it is shared, with one thread.
    fn default() -> Self {
        Self {
            is_rebuild: false,
            sharing: None,
            shares: Machine::here().share(Some(1)),
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
    /// The generation that is being built and answers nobody yet: so it is until it is committed.
    building: Option<u64>,
    /// The generation of before, where one is built and the old one can be read.
    predecessor: Option<Predecessor>,
    /// What was done though nobody asked for it.
    anew: Option<Anew>,
    /// How many files the index knew when it was opened.
    held: Held,
    /// The seal that was broken to write.
    broken: Seal,
    /// Held for as long as the writer lives.
    lock: WriteLock,
}

impl Writer {
    /// Opens the index in `folder` of the folder `articles` for writing, or makes one. On a rebuild, and
    /// where the index is damaged or of another version, a new generation is built beside the old.
    ///
    /// # Errors
    /// [`Error::ForeignFolder`] where `folder` holds something else, [`Error::IndexLocked`] where another
    /// process is writing, [`Error::OtherFolder`] where it is another folder's and is not rebuilt, and
    /// what reading and writing meet.
    pub fn open(folder: &Path, articles: &Path, opening: &Opening) -> Result<Self> {
        let is_there = folder::content_of(folder)?;
        make_folder(folder, articles, opening.sharing.unwrap_or_default())?;
        let lock = locks::lock(folder, opening.sharing.unwrap_or_default())?;
        let Old {
            manifest: old,
            mut anew,
        } = Old::read(folder, is_there)?;
        let mut manifest = match &old {
            Some(old) => old.clone(),
            None => Manifest::new(Path::new("")),
        };
        let is_same = match &old {
            Some(old) if old.generation > 0 => is_of(old, folder, articles)?,
            _ => true,
        };
        if !is_same && !opening.is_rebuild {
            // Bringing it up to date with another folder would remove all that it holds.
            return Err(Error::OtherFolder {
                path: folder.to_owned(),
                articles: manifest.articles_folder(folder),
            });
        }
        manifest.sharing = opening.sharing.unwrap_or(manifest.sharing);
        manifest.rename(articles, folder)?;
        remove_replaced(&mut manifest, folder);
        let is_applied = opening.sharing.is_some() || manifest.sharing == Sharing::Private;
        if is_applied {
            let own = [
                manifest::FILE_NAME,
                locks::WRITE_LOCK,
                DAMAGED,
                UNREADABLE,
                exclude::FILE_NAME,
            ];
            manifest.sharing.apply(folder, |name| own.contains(&name));
        }
        folder::keep_out_walks(folder, manifest.sharing)?;
        let mut reused = None;
        if let Some(old) = old
            .as_ref()
            .filter(|old| old.generation > 0 && !opening.is_rebuild)
        {
            let depth = match anew {
                Some(_) => Depth::Whole,
                None => Depth::Quick,
            };
            match reuse(folder, old, manifest.sharing, depth)? {
                Ok(index) => reused = Some(index),
                Err(why) => anew = Some(why),
            }
        }
        let (building, predecessor, index, states) = match reused {
            Some((index, states)) => {
                if is_applied {
                    let generation = manifest.generation_folder(folder);
                    manifest.sharing.apply(&generation, |_| true);
                }
                (None, None, index, states)
            }
            None => {
                let predecessor = (old.as_ref())
                    .filter(|old| old.generation > 0 && is_same)
                    .and_then(|old| Predecessor::open(folder, old).ok());
                let states = predecessor.as_ref().map(Predecessor::states);
                let generation = next_generation(folder)?;
                // Recorded before it is made, so that it is known for ours if the run is cut off.
                manifest.generations.push(generation);
                let mut recorded = old.clone().unwrap_or_else(|| manifest.clone());
                recorded.generations.clone_from(&manifest.generations);
                recorded.write(folder)?;
                let index = create(
                    &manifest::generation_folder(folder, generation),
                    manifest.sharing,
                )?;
                match states {
                    Some(Ok(states)) => (Some(generation), predecessor, index, states),
                    _ => (Some(generation), None, index, States::default()),
                }
            }
        };
        let held = old.as_ref().map_or_else(Held::default, |old| Held {
            files: old.holds,
            empty: old.empty,
        });
        let current = building.unwrap_or(manifest.generation);
        let generation = manifest::generation_folder(folder, current);
        let engine = start_engine(&index, &opening.shares, &generation)?;
        if manifest.seal.is_none() || building.is_some() {
            // A run that was killed in mid-commit leaves a file of deletions behind, which the next
            // commit would trip over for ever.
            sweep(&generation)?;
            engine
                .garbage_collect_files()
                .wait()
                .map_err(|error| failure(&generation, error))?;
        }
        let (_, fields) = schema::build();
        let is_manifest_mended = matches!(anew, Some(Anew::Manifest(_)));
        let mut writer = Self {
            fields,
            states,
            engine,
            folder: folder.to_owned(),
            manifest,
            building,
            predecessor,
            anew: anew.filter(|_| !opening.is_rebuild),
            held,
            broken: Seal::new(),
            lock,
        };
        let is_renamed = old.is_some_and(|old| {
            let named =
                |manifest: &Manifest| (manifest.articles.clone(), manifest.articles_at.clone());
            named(&old) != named(&writer.manifest) || old.sharing != writer.manifest.sharing
        });
        if writer.building.is_none() && (is_manifest_mended || is_renamed) {
            writer.manifest.write(folder)?;
        }
        Ok(writer)
    }

    /// Returns whether a generation is being built that nobody reads yet.
    pub fn is_new(&self) -> bool {
        self.building.is_some()
    }

    /// Returns whether the articles of files that can't be read now can be carried over from the
    /// generation of before: not where that can't be read either.
    pub fn has_predecessor(&self) -> bool {
        self.predecessor.is_some()
    }

    /// Returns what was done to the index though nobody asked for it.
    pub fn anew(&self) -> Option<&Anew> {
        self.anew.as_ref()
    }

    /// Returns how many files the index knew when it was opened, that of an older generation
    /// included.
    pub fn held(&self) -> Held {
        self.held
    }

    /// Returns whether no other run can write to the index meanwhile. Not so on a file system without
    /// locks.
    pub fn is_exclusive(&self) -> bool {
        self.lock.is_exclusive
    }

    /// Breaks the seal of the index, so that a run that is cut off from here on is noticed, and
    /// notes which files of the folder are read.
    pub fn begin(&mut self, walk: &walk::Options) -> Result<()> {
        self.manifest.walk = walk.clone();
        if self.building.is_none()
            && let Some(seal) = self.manifest.seal.take()
        {
            self.broken = seal;
            self.manifest.write(&self.folder)?;
        }
        Ok(())
    }

    /// Returns whether the index says that other files are read than by these options.
    pub fn keeps_other_options(&self, walk: &walk::Options) -> bool {
        self.manifest.walk != *walk
    }

    /// Takes the state of every file as of when the index was opened: those of the generation of before
    /// where a new one is built.
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
        review::review(&Snapshot {
            searcher: open_reader(self.engine.index())?.searcher(),
            fields: self.fields.clone(),
        })
    }

    /// Adds a file that the index does not know, with its articles.
    pub fn add(
        &self,
        path: &str,
        state: FileState,
        articles: impl IntoIterator<Item = impl Borrow<Article>>,
    ) -> Result<()> {
        let mut state = Some(state);
        for article in articles {
            self.add_document(schema::document(
                &self.fields,
                article.borrow(),
                state.take(),
            ))?;
        }
        match state {
            Some(state) => self.add_document(schema::state_document(&self.fields, path, state)),
            None => Ok(()),
        }
    }

    /// Puts a file's new articles in the place of its old ones, once the first of them was made.
    pub fn replace(
        &self,
        path: &str,
        state: FileState,
        articles: impl IntoIterator<Item = impl Borrow<Article>>,
    ) -> Result<()> {
        let mut articles = articles.into_iter().peekable();
        let _ = articles.peek();
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

    /// Takes the articles of files from the generation of before into the one that is being built.
    ///
    /// # Errors
    /// [`Error::IndexDamaged`] where they can't be read there.
    pub fn carry_over(&self, paths: &FxHashSet<&str>) -> Result<()> {
        match &self.predecessor {
            Some(predecessor) => predecessor.for_each(paths, |path, state, articles| {
                self.add(path, state, articles)
            }),
            None => Ok(()),
        }
    }

    /// Makes everything since the last commit lasting and visible, in one step.
    pub fn commit(&mut self) -> Result<()> {
        let current = self.building.unwrap_or(self.manifest.generation);
        let generation = manifest::generation_folder(&self.folder, current);
        self.engine
            .commit()
            .map_err(|error| failure(&generation, error))?;
        // The engine makes its own files lasting; the names in the folder have to be as well.
        sync_folder(&generation).map_err(Error::io(&generation))?;
        if let Some(building) = self.building.take() {
            self.manifest = self.manifest.with_generation(building);
            self.manifest.write(&self.folder)?;
            self.predecessor = None;
            let _ = fs::remove_file(self.folder.join(DAMAGED));
            remove_replaced(&mut self.manifest, &self.folder);
        }
        Ok(())
    }

    /// Commits what there is so far, so that a run that is killed later goes on from here, unless
    /// an older generation answers that has more.
    pub fn commit_early(&mut self) -> Result<()> {
        if self.building.is_some() && self.manifest.generation > 0 {
            return Ok(());
        }
        self.commit()
    }

    /// Waits for merges that are under way, seals the index, which knows so many files now, and
    /// closes it.
    pub fn close(mut self, holds: Held) -> Result<()> {
        let generation = self.manifest.generation_folder(&self.folder);
        self.engine
            .wait_merging_threads()
            .map_err(|error| failure(&generation, error))?;
        if self.manifest.seal.is_none() && self.building.is_none() {
            let seal = manifest::seal(&generation, &self.broken).map_err(Error::io(&generation))?;
            self.manifest.seal = Some(seal);
            self.manifest.holds = holds.files;
            self.manifest.empty = holds.empty;
            self.manifest.write(&self.folder)?;
        }
        Ok(())
    }

    /// Returns the keys of the files and folders that the last run could not read, each with the reason.
    pub fn unreadable(&self) -> FxHashSet<(String, String)> {
        let text = fs::read(self.folder.join(UNREADABLE)).unwrap_or_default();
        serde_json::from_slice(&text).unwrap_or_default()
    }

    /// Notes the keys of the files and folders that this run could not read, each with the reason, in
    /// order.
    pub fn note_unreadable(&self, troubles: &[(String, String)]) -> Result<()> {
        let path = self.folder.join(UNREADABLE);
        let before = fs::read(&path).unwrap_or_default();
        if troubles.is_empty() && before.is_empty() {
            return Ok(());
        }
        let text = serde_json::to_vec(troubles).expect("it has no keys");
        if text == before {
            return Ok(());
        }
        replace(&path, &text, self.manifest.sharing).map_err(Error::io(&path))
    }

    fn add_document(&self, document: TantivyDocument) -> Result<()> {
        self.engine
            .add_document(document)
            .map(drop)
            .map_err(|error| failure(&self.folder, error))
    }
}

/// What an index folder says of itself.
struct Old {
    manifest: Option<Manifest>,
    /// What was done to read it.
    anew: Option<Anew>,
}

impl Old {
    /// Reads the manifest of an index folder, or its copy where it is damaged or gone.
    fn read(folder: &Path, content: Content) -> Result<Self> {
        let detail = match Manifest::read_unfinished(folder) {
            Ok(mut manifest) => {
                let live = manifest.generation;
                // Manifests of before format 5 list no generations.
                if live > 0 && !manifest.generations.contains(&live) {
                    manifest.generations.push(live);
                }
                return Ok(Self {
                    manifest: Some(manifest),
                    anew: None,
                });
            }
            Err(Error::IndexMissing(_)) if content == Content::Nothing => {
                return Ok(Self {
                    manifest: None,
                    anew: None,
                });
            }
            Err(Error::IndexMissing(_)) => format!("{}: gone", manifest::FILE_NAME),
            Err(Error::IndexDamaged { detail, .. }) => detail,
            Err(error) => return Err(error),
        };
        Ok(match Manifest::read_copy(folder) {
            Some(mut copy) => {
                // Those that the copy does not know of yet.
                let ours = |&generation: &u64| !copy.generations.contains(&generation);
                let more: Vec<u64> = (manifest::generations_in(folder)?.into_iter())
                    .filter(|generation| {
                        folder::is_generation(folder, &format!("gen-{generation}"))
                    })
                    .filter(ours)
                    .collect();
                copy.generations.extend(more);
                Self {
                    manifest: Some(copy),
                    anew: Some(Anew::Manifest(detail)),
                }
            }
            None => Self {
                manifest: None,
                anew: Some(Anew::Damaged(format!(
                    "{detail}, and its copy is as well, so that --ext, --exclude, --max-size and --share \
                     are as in a new one"
                ))),
            },
        })
    }
}

/// Makes the index folder, or takes the empty one that is there. The folder of articles is never made: it
/// may have been moved away just now, and could not be moved back onto another.
fn make_folder(folder: &Path, articles: &Path, sharing: Sharing) -> Result<()> {
    if folder.is_dir() {
        return Ok(());
    }
    if let Some(parent) = folder.parent()
        && parent != Path::new("")
        && parent != articles
    {
        fs::create_dir_all(parent).map_err(Error::io(folder))?;
    }
    match sharing.create_folder(folder) {
        // Another run may have made it just now.
        Err(_) if folder.is_dir() => Ok(()),
        made => made.map_err(Error::io(folder)),
    }
}

/// Returns whether an index is of the folder `articles`, under its name of now or of before.
///
/// A folder is taken for the renamed one where that is gone and most of the files that the index knows
/// are here.
fn is_of(manifest: &Manifest, folder: &Path, articles: &Path) -> Result<bool> {
    if manifest.is_of(articles, folder)? {
        return Ok(true);
    }
    if manifest.articles_folder(folder).exists() {
        return Ok(false);
    }
    let Ok(states) = Predecessor::open(folder, manifest).and_then(|index| index.states()) else {
        return Ok(false);
    };
    let mut known: Vec<_> = states.into_iter().collect();
    known.sort_unstable_by(|a, b| a.0.cmp(&b.0));
    let step = known.len().div_ceil(RENAME_SAMPLE).max(1);
    let sample: Vec<_> = known.into_iter().step_by(step).collect();
    let are_here = sample.iter().filter(|(key, state)| {
        fs::metadata(articles.join(key)).is_ok_and(|file| file.len() == state.stamp.size)
    });
    Ok(are_here.count() * 2 > sample.len())
}

/// Opens the index that `manifest` names for writing, or returns why it has to be built anew.
fn reuse(
    folder: &Path,
    manifest: &Manifest,
    sharing: Sharing,
    depth: Depth,
) -> Result<Result<(Index, States), Anew>> {
    if !manifest.is_current() {
        return Ok(Err(Anew::Version(manifest.versions())));
    }
    if let Ok(findings) = fs::read_to_string(folder.join(DAMAGED)) {
        let first = findings.lines().next().unwrap_or_default().to_owned();
        return Ok(Err(Anew::Damaged(first)));
    }
    let opened = guard(folder, || {
        let index = open_index(folder, manifest, Access::Write(sharing))?;
        // An index of another format opens, and even gives a writer: only a reader fails.
        let reader = open_reader(&index).map_err(|error| damaged(folder, &error))?;
        let findings = match &manifest.seal {
            Some(seal) => verify::differences(&manifest.generation_folder(folder), seal, depth)?,
            // The last run was cut off.
            None => verify::damaged_files(folder, manifest)?,
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
        Err(Error::Engine(error)) => match system_error(&error.to_string()) {
            Some(source) => Err(Error::io(folder)(source)),
            None => Ok(Err(Anew::Damaged(error.to_string()))),
        },
        Err(error) => Err(error),
    }
}

/// Starts the engine's threads on the index in the folder `generation`.
fn start_engine(
    index: &Index,
    shares: &Shares,
    generation: &Path,
) -> Result<IndexWriter<TantivyDocument>> {
    let options = IndexWriterOptions::builder()
        .num_worker_threads(shares.engine_threads)
        .memory_budget_per_thread(shares.arena)
        .num_merge_threads(MERGES_AT_A_TIME)
        .build();
    let engine = index
        .writer_with_options(options)
        .map_err(|error| failure(generation, error))?;
    let mut merging = LogMergePolicy::default();
    merging.set_del_docs_ratio_before_merge(DELETED_BEFORE_MERGE);
    merging.set_min_layer_size(SMALL_SEGMENT);
    engine.set_merge_policy(Box::new(merging));
    // The engine's first operation has the number of the last commit, and segments whose last
    // deletion was in that commit are taken to have it behind them when they are merged: a
    // deletion must not be the first.
    engine
        .run(Vec::new())
        .map_err(|error| failure(generation, error))?;
    Ok(engine)
}

/// Makes an empty index in `folder`, which is not there yet.
fn create(folder: &Path, sharing: Sharing) -> Result<Index> {
    sharing.create_folder(folder).map_err(Error::io(folder))?;
    let (schema, _) = schema::build();
    let settings = IndexSettings {
        docstore_compression: Compressor::Zstd(ZstdCompressor {
            compression_level: Some(3),
        }),
        docstore_blocksize: STORE_BLOCK,
        ..IndexSettings::default()
    };
    locks::make_holdable(folder, sharing)?;
    let index = Disk::open(folder, Access::Write(sharing))
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

/// Returns a number that no generation in the folder has, nor anything else there by its name.
fn next_generation(folder: &Path) -> Result<u64> {
    let last = manifest::generations_in(folder)?.into_iter().max();
    Ok(last.unwrap_or(0) + 1)
}

/// Removes the generations of an index that are no longer live, and those that a killed run left
/// unfinished, but not one that is being read. Only those that the manifest records are the index's own.
fn remove_replaced(manifest: &mut Manifest, folder: &Path) {
    let live = manifest.generation;
    manifest.generations.retain(|&generation| {
        let path = manifest::generation_folder(folder, generation);
        if generation != live {
            locks::remove_unheld(&path);
        }
        path.exists()
    });
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
    let cause = system_error(&error.to_string()).or_else(|| match &error {
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
pub(super) fn system_error(message: &str) -> Option<std::io::Error> {
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
        let state = FileState::OUTDATED;
        let knowledge = Knowledge::default();
        let read = |path: &str| {
            let cleaned = clean::clean("The council met on Tuesday.", 1, &knowledge);
            [fields::field(path, 0, cleaned, &knowledge)]
        };
        // Each run is cut off after its commit, before it could merge.
        let cut_off = |work: &dyn Fn(&Writer)| {
            let mut writer =
                Writer::open(folder.path(), folder.path(), &Opening::default()).unwrap();
            writer.engine.set_merge_policy(Box::new(NoMergePolicy));
            work(&writer);
            writer.commit().unwrap();
        };
        let add = |writer: &Writer, names: &[&str]| {
            for path in names {
                writer.add(path, state, read(path)).unwrap();
            }
        };
        cut_off(&|writer| add(writer, &["a", "b", "c", "d", "e"]));
        cut_off(&|writer| add(writer, &["f", "g", "h"]));
        cut_off(&|writer| writer.replace("f", state, read("f")).unwrap());
        // The next merges as soon as it has written something, before it commits.
        let mut writer = Writer::open(folder.path(), folder.path(), &Opening::default()).unwrap();
        writer.replace("g", state, read("g")).unwrap();
        writer.commit().unwrap();
        let held = Held { files: 8, empty: 0 };
        writer.close(held).unwrap();
        let archive = Archive::open(folder.path()).unwrap();
        let articles = archive.all_articles().map(Result::unwrap);
        let mut paths: Vec<String> = articles.map(|article| article.path).collect();
        paths.sort_unstable();
        assert_eq!(paths, ["a", "b", "c", "d", "e", "f", "g", "h"]);
    }
}
