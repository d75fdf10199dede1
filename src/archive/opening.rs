//! Opens an index for writing: decides whether the live generation is updated or a new one is built
//! beside it.

use std::fmt;
use std::fs;
use std::path::Path;

use tantivy::Index;

use super::disk::Access;
use super::failure::{damaged, guard};
use super::folder;
use super::folder::Content;
use super::generation::{create, next_number, remove_replaced};
use super::locks;
use super::locks::WriteLock;
use super::manifest;
use super::manifest::Manifest;
use super::predecessor::Predecessor;
use super::reader::{DAMAGED, open_index, open_reader};
use super::sharing::Sharing;
use super::state;
use super::state::States;
use super::verify;
use super::verify::Depth;
use crate::error::{Error, Result};
use crate::machine::{Machine, Shares};
use crate::source::exclude;

/// The file that lists what the last run could not read: pairs of a key and a reason, as JSON.
pub(super) const UNREADABLE: &str = "unreadable";

/// How many files of an index are looked up in a folder to tell whether the folder was renamed.
const RENAME_SAMPLE: usize = 200;

/// A rebuild or repair that the user did not ask for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Anew {
    /// The index was rebuilt because other versions wrote it, these.
    Version(String),
    /// The index was rebuilt because it was damaged, and how.
    Damaged(String),
    /// The manifest was damaged or missing, and was restored from its copy.
    Manifest(String),
}

impl fmt::Display for Anew {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Version(found) => {
                write!(f, "the index had format {found}; it was rebuilt")
            }
            Self::Damaged(detail) => {
                write!(f, "the index was damaged: {detail}; it was rebuilt")
            }
            Self::Manifest(detail) => write!(
                f,
                "the index was damaged: {detail}; it was restored from its copy, and nothing is lost"
            ),
        }
    }
}

/// The number of files in an index.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct FileCounts {
    /// All files.
    pub files: usize,
    /// The empty ones among them.
    pub empty: usize,
}

/// Which generation a run writes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Mode {
    /// The live one, or a new one if that is damaged or of another version.
    #[default]
    Update,
    /// A new one. The live one is searched until the first commit.
    Rebuild,
}

/// How an index is opened for writing.
#[derive(Clone, Copy, Debug)]
pub struct Opening {
    /// Which generation is written.
    pub mode: Mode,
    /// Who may read the index; unchanged if `None`.
    pub sharing: Option<Sharing>,
    /// Whether the articles are those of an export, not of a folder.
    pub export: bool,
    /// The engine's share of the machine.
    pub shares: Shares,
}

impl Default for Opening {
    /// Updates the index with one thread, with its sharing unchanged.
    fn default() -> Self {
        Self {
            mode: Mode::default(),
            sharing: None,
            export: false,
            shares: Machine::here().share(Some(1)),
        }
    }
}

/// An index that is locked for writing, before the engine's writer is started.
pub(super) struct Opened {
    pub manifest: Manifest,
    /// Whether the manifest differs from the one on disk. It is not written yet.
    pub is_manifest_stale: bool,
    /// How many files the last run left in the index.
    pub before: FileCounts,
    pub anew: Option<Anew>,
    pub target: Target,
    pub lock: WriteLock,
}

/// The generation that is written.
pub(super) struct Target {
    pub index: Index,
    /// The state of every file that the index knows; of the predecessor's files in a new
    /// generation.
    pub states: States,
    /// The number of the generation, if it is new.
    pub building: Option<u64>,
    /// The live generation, if another is built beside it and it can be read.
    pub predecessor: Option<Predecessor>,
}

/// Locks the index in `folder` of the articles in `articles` for writing, and creates it if there
/// is none.
pub(super) fn open(folder: &Path, articles: &Path, opening: &Opening) -> Result<Opened> {
    let content = folder::content_of(folder)?;
    make_folder(folder, articles, opening.sharing.unwrap_or_default())?;
    let lock = locks::lock(folder, opening.sharing.unwrap_or_default())?;
    let old = Old::read(folder, content)?;
    let is_same = old.is_of(folder, articles, opening.export)?;
    if let Some(live) = old.live()
        && !is_same
        && opening.mode == Mode::Update
    {
        // An update with another folder would remove all articles.
        return Err(Error::OtherFolder {
            path: folder.to_owned(),
            articles: live.articles_folder(folder),
        });
    }
    let mut manifest = (old.manifest.clone()).unwrap_or_else(|| Manifest::new(Path::new("")));
    manifest.sharing = opening.sharing.unwrap_or(manifest.sharing);
    manifest.rename(articles, folder, opening.export)?;
    remove_replaced(&mut manifest, folder);
    // The modes of a shared index are set only if the user asks for it.
    let sets_modes = opening.sharing.is_some() || manifest.sharing == Sharing::Private;
    if sets_modes {
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
    let mut anew = old.anew.clone();
    let mut live = None;
    if opening.mode == Mode::Update
        && let Some(old) = old.live()
    {
        let depth = match anew {
            Some(_) => Depth::Whole,
            None => Depth::Quick,
        };
        match reuse(folder, old, manifest.sharing, depth)? {
            Ok(reused) => live = Some(reused),
            Err(why) => anew = Some(why),
        }
    }
    let target = match live {
        Some(live) => {
            if sets_modes {
                let generation = manifest.generation_folder(folder);
                manifest.sharing.apply(&generation, |_| true);
            }
            live
        }
        None => build(folder, &old, is_same, &mut manifest)?,
    };
    let is_manifest_stale = matches!(anew, Some(Anew::Manifest(_)))
        || old.manifest.as_ref().is_some_and(|old| {
            (&old.articles, &old.articles_at, old.sharing)
                != (&manifest.articles, &manifest.articles_at, manifest.sharing)
        });
    Ok(Opened {
        is_manifest_stale,
        before: old.counts(),
        anew: anew.filter(|_| opening.mode == Mode::Update),
        manifest,
        target,
        lock,
    })
}

/// What an index folder holds before a run.
struct Old {
    manifest: Option<Manifest>,
    /// What it took to read the manifest.
    anew: Option<Anew>,
}

impl Old {
    /// Reads the manifest of an index folder, or its copy if that is damaged or missing.
    fn read(folder: &Path, content: Content) -> Result<Self> {
        let detail = match Manifest::read_unfinished(folder) {
            Ok(mut manifest) => {
                let live = manifest.generation;
                // Manifests before format 5 list no generations.
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
                // The copy may be older than the newest generations.
                let newer: Vec<u64> = (manifest::generations_in(folder)?.into_iter())
                    .filter(|generation| !copy.generations.contains(generation))
                    .filter(|generation| {
                        folder::is_generation(folder, &format!("gen-{generation}"))
                    })
                    .collect();
                copy.generations.extend(newer);
                Self {
                    manifest: Some(copy),
                    anew: Some(Anew::Manifest(detail)),
                }
            }
            None => Self {
                manifest: None,
                anew: Some(Anew::Damaged(format!(
                    "{detail}, and so is its copy, so that --ext, --exclude, --max-size and --share have \
                     their default values"
                ))),
            },
        })
    }

    /// Returns the manifest, if it names a live generation.
    fn live(&self) -> Option<&Manifest> {
        self.manifest.as_ref().filter(|old| old.generation > 0)
    }

    /// Returns how many files the last run left in the index.
    fn counts(&self) -> FileCounts {
        self.manifest
            .as_ref()
            .map_or_else(FileCounts::default, |old| FileCounts {
                files: old.holds,
                empty: old.empty,
            })
    }

    /// Returns whether the index is of the folder `articles`, under its present or an earlier name.
    /// A new index is of any folder. One of an export is of any export: each has another name.
    ///
    /// The folder is taken for a renamed one if no folder has the old name and most files of the
    /// index are in it.
    fn is_of(&self, folder: &Path, articles: &Path, export: bool) -> Result<bool> {
        let Some(manifest) = self.live() else {
            return Ok(true);
        };
        if manifest.export || export {
            return Ok(manifest.export == export);
        }
        if manifest.is_of(articles, folder)? {
            return Ok(true);
        }
        if manifest.articles_folder(folder).exists() {
            return Ok(false);
        }
        let Ok(states) = Predecessor::open(folder, manifest).and_then(|index| index.states())
        else {
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
}

/// Creates the index folder, or takes the empty one that is there. The folder of articles is never
/// created: it may just have been moved away, and could then not be moved back.
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
        // Another run may have created it in the meantime.
        Err(_) if folder.is_dir() => Ok(()),
        made => made.map_err(Error::io(folder)),
    }
}

/// Opens the live generation for writing, or returns why it has to be rebuilt.
fn reuse(
    folder: &Path,
    manifest: &Manifest,
    sharing: Sharing,
    depth: Depth,
) -> Result<Result<Target, Anew>> {
    if !manifest.is_current() {
        return Ok(Err(Anew::Version(manifest.versions())));
    }
    if let Ok(findings) = fs::read_to_string(folder.join(DAMAGED)) {
        let first = findings.lines().next().unwrap_or_default().to_owned();
        return Ok(Err(Anew::Damaged(first)));
    }
    let opened = guard(folder, || {
        let index = open_index(folder, manifest, Access::Write(sharing))?;
        // The engine opens an index of another format, and even starts a writer on it; only a
        // reader fails.
        let reader = open_reader(&index).map_err(|error| damaged(folder, &error))?;
        let findings = match &manifest.seal {
            Some(seal) => verify::differences(&manifest.generation_folder(folder), seal, depth)?,
            // The last run was cut off.
            None => verify::damaged_files(folder, manifest)?,
        };
        if let Some(finding) = findings.into_iter().next() {
            return Ok(Err(Anew::Damaged(finding)));
        }
        Ok(Ok(Target {
            states: state::read(&reader.searcher())?,
            index,
            building: None,
            predecessor: None,
        }))
    });
    match opened {
        Ok(opened) => Ok(opened),
        Err(Error::IndexDamaged { detail, .. }) => Ok(Err(Anew::Damaged(detail))),
        Err(error) => Err(error),
    }
}

/// Creates a new generation beside the live one, if there is one. Files can only be carried over
/// from an index of the same folder.
fn build(folder: &Path, old: &Old, is_same: bool, manifest: &mut Manifest) -> Result<Target> {
    let predecessor =
        (old.live().filter(|_| is_same)).and_then(|live| Predecessor::open(folder, live).ok());
    let states = predecessor.as_ref().map(Predecessor::states);
    let generation = next_number(folder)?;
    // Listed before it is created, so that a later run removes it if this one is cut off.
    manifest.generations.push(generation);
    let mut listed = old.manifest.clone().unwrap_or_else(|| manifest.clone());
    listed.generations.clone_from(&manifest.generations);
    listed.write(folder)?;
    let index = create(
        &manifest::generation_folder(folder, generation),
        manifest.sharing,
    )?;
    let (predecessor, states) = match states {
        Some(Ok(states)) => (predecessor, states),
        _ => (None, States::default()),
    };
    Ok(Target {
        index,
        states,
        building: Some(generation),
        predecessor,
    })
}
