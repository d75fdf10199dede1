//! Runs the index stages in order, on all cores and with bounded memory: the one file that knows
//! them all.

mod missing;
#[cfg(test)]
mod tests;
mod workers;

use std::cmp::Reverse;
use std::collections::BTreeMap;
use std::fs;
use std::io::ErrorKind;
use std::path::Path;
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;
use std::time::{Duration, Instant};

use rustc_hash::FxHashSet;

use crate::archive::state::FileState;
use crate::archive::{Anew, Held, Manifest, Opening, Sharing, Writer};
use crate::article::Article;
use crate::clean::Knowledge;
use crate::error::{Error, Means, Result, SkipReason};
use crate::machine::{Machine, Shares};
use crate::source::decode::Text;
use crate::source::walk;
use crate::source::walk::{Entry, Skipped, SourceFile};
use crate::{clean, fields, people, source};
use missing::{Folders, Missing, Verdict, is_many};
use workers::{Job, Read, Reading};

/// About how much room an index takes while it is built, in bytes for each byte of text: what it
/// holds in the end, and what is being merged.
const ROOM: u64 = 3;

/// Returns the articles in the bytes of the file at `path`, in order, read by themselves.
pub fn extract(path: &str, bytes: &[u8]) -> Vec<Article> {
    articles(path, &source::decode::decode(bytes), &Knowledge::default()).collect()
}

/// Returns the articles in the text of the file at `path`, in order and each when it is asked for,
/// with what the rest of its archive knows.
pub fn articles<'a>(
    path: &'a str,
    text: &'a Text,
    knowledge: &'a Knowledge,
) -> impl Iterator<Item = Article> {
    let parts = (0..).zip(source::split::split(&text.text));
    parts.map(move |(part, piece)| {
        let cleaned = clean::clean(piece.text, piece.first_line, knowledge);
        let mut article = fields::field(path, part, cleaned, knowledge);
        if text.undecodable > 0 {
            article.warnings.push(format!(
                "{} sequences of bytes could not be decoded as {}",
                text.undecodable, text.encoding
            ));
        }
        if piece.is_piece {
            article.warnings.push(format!(
                "a piece of a longer text: it is cut after every {} MiB at the latest",
                source::split::LONGEST >> 20
            ));
        }
        match people::find(&article) {
            Some(people) => article.people = people,
            None => article.warnings.push(format!(
                "no persons were told apart: there are more than {} mentions",
                people::MOST_MENTIONS
            )),
        }
        article
    })
}

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
    fn walk(&self, index: &Path) -> walk::Options {
        let kept = Manifest::read_or_copy(index).map(|manifest| manifest.walk);
        let kept = kept.unwrap_or_default();
        walk::Options {
            extensions: self.extensions.clone().unwrap_or(kept.extensions),
            excludes: self.excludes.clone().unwrap_or(kept.excludes),
            max_bytes: self.max_bytes.unwrap_or(kept.max_bytes),
        }
    }
}

/// What a run is told while it goes on.
pub trait Progress: Sync {
    /// A file of so many bytes is done, or was found as it was.
    fn done(&self, bytes: u64);
}

/// What became of the files of a folder.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Summary {
    /// Files that the index did not know.
    pub added: u64,
    /// Files whose content changed.
    pub changed: u64,
    /// Files that hold what they held.
    pub unchanged: u64,
    /// How many files and folders were left out, by the reason and the kind of file (see [`kind_of`]).
    pub skipped: BTreeMap<(&'static str, String), u64>,
    /// What was left out on purpose, in the order of the names, where [`Options::list_skipped`] asks for
    /// it.
    pub listed: Vec<Skipped>,
    is_listing: bool,
    /// What could not be read, in the order of the names.
    pub troubles: Vec<Skipped>,
    /// What could not be read in the last run either, in the order of the names.
    pub old_troubles: Vec<Skipped>,
    /// Files that are gone, or are left out now, and whose articles were removed.
    pub removed: u64,
    /// Files that could not be read now, and whose articles were kept.
    pub kept: u64,
    /// Files that hold no text any more, and whose articles were kept.
    pub without_text: u64,
    /// Files that are gone from the folder, but so many that they were kept, in the order of their
    /// names: more likely a disk is missing.
    pub withheld: Vec<String>,
    /// What was done to the index though nobody asked for it.
    pub anew: Option<Anew>,
    /// How many threads were wanted and how many were used, where the memory is not enough for all.
    pub fewer_threads: Option<(usize, usize)>,
    /// Whether the index is on a file system without locks, so that another run could write to it.
    pub is_unlocked: bool,
    /// Articles in the files that were added or changed.
    pub articles: u64,
    /// Bytes of the files that were read.
    pub bytes: u64,
    /// How long it took.
    pub time: Duration,
}

impl Summary {
    /// Returns a summary of nothing, to which what is left out on purpose is added file by file or only
    /// counted.
    fn new(is_listing: bool) -> Self {
        Self {
            is_listing,
            ..Self::default()
        }
    }

    /// Returns how many files and folders were left out.
    pub fn skipped_in_all(&self) -> u64 {
        self.skipped.values().sum()
    }

    /// Returns how many files and folders were left out for a reason.
    fn skipped_for(&self, reason: &SkipReason) -> u64 {
        let of_reason = (self.skipped.iter()).filter(|((group, _), _)| *group == reason.group());
        of_reason.map(|(_, count)| count).sum()
    }

    /// Returns how many files of each kind were left out for each reason, most first.
    pub fn skipped_by_reason(&self) -> BTreeMap<&'static str, Vec<(&str, u64)>> {
        let mut reasons: BTreeMap<&str, Vec<(&str, u64)>> = BTreeMap::new();
        for ((reason, kind), count) in &self.skipped {
            reasons.entry(reason).or_default().push((kind, *count));
        }
        for kinds in reasons.values_mut() {
            kinds.sort_by_key(|&(kind, count)| (Reverse(count), kind));
        }
        reasons
    }

    /// Returns how many files and left-out folders were seen: what was added, changed, unchanged
    /// and skipped.
    pub fn seen(&self) -> u64 {
        self.added + self.changed + self.unchanged + self.skipped_in_all()
    }

    /// Returns whether the run changed anything in the archive.
    pub fn has_changes(&self) -> bool {
        self.added + self.changed + self.removed > 0 || self.anew.is_some()
    }

    /// Notes what was left out, and whether the index knows it. That a file which held text holds none any
    /// more is trouble.
    fn skip(&mut self, skipped: Skipped, is_known: bool) {
        let kind = (skipped.reason.group(), kind_of(&skipped.key));
        *self.skipped.entry(kind).or_default() += 1;
        let is_lost = is_known && skipped.reason.means() == Means::NoText;
        if skipped.reason.is_trouble() || is_lost {
            self.troubles.push(skipped);
        } else if self.is_listing {
            self.listed.push(skipped);
        }
    }

    fn add(&mut self, other: Self) {
        self.added += other.added;
        self.changed += other.changed;
        self.unchanged += other.unchanged;
        for (kind, count) in other.skipped {
            *self.skipped.entry(kind).or_default() += count;
        }
        self.listed.extend(other.listed);
        self.troubles.extend(other.troubles);
        self.articles += other.articles;
        self.bytes += other.bytes;
    }
}

/// Returns the kind of a file by its key, as in `.jpg`; empty for one whose name has no extension.
pub fn kind_of(key: &str) -> String {
    let name = key.rsplit('/').next().unwrap_or(key);
    match name.rsplit_once('.') {
        Some((stem, extension)) if !stem.is_empty() && extension.len() <= 12 => {
            format!(".{}", extension.to_lowercase())
        }
        _ => String::new(),
    }
}

/// Builds the index of `folder` in `index`, or brings it up to date.
///
/// # Errors
/// [`Error::FolderMissing`], [`Error::NotAFolder`], [`Error::FolderEmpty`] where there is not one
/// file in the folder, [`Error::FolderShrunk`], [`Error::Pattern`] and what the index meets.
pub fn index(
    folder: &Path,
    index: &Path,
    options: &Options,
    progress: &dyn Progress,
) -> Result<Summary> {
    let walk = options.walk(index);
    update(folder, index, options, &walk, progress).map_err(|error| match error {
        Error::Io { path, source } if is_full(source.kind()) => {
            let (_, bytes) = size_of(folder, index, options);
            Error::DiskFull {
                path,
                needed: ROOM * bytes,
                source,
            }
        }
        error => error,
    })
}

fn is_full(kind: ErrorKind) -> bool {
    matches!(kind, ErrorKind::StorageFull | ErrorKind::QuotaExceeded)
}

fn update(
    folder: &Path,
    index: &Path,
    options: &Options,
    walk: &walk::Options,
    progress: &dyn Progress,
) -> Result<Summary> {
    let start = Instant::now();
    ensure_folder(folder, index, walk)?;
    let machine = Machine::here();
    let shares = machine.share(options.threads);
    let opening = Opening {
        is_rebuild: options.rebuild,
        sharing: options.sharing,
        shares,
    };
    let mut writer = Writer::open(index, folder, &opening)?;
    let mut states = writer.take_states();
    let known = states.len();
    let wanted = options.threads.unwrap_or(machine.cores);
    let mut summary = Summary {
        anew: writer.anew().cloned(),
        fewer_threads: (wanted > shares.threads).then_some((wanted, shares.threads)),
        is_unlocked: !writer.is_exclusive(),
        ..Summary::new(options.list_skipped)
    };
    if writer.is_new() && !writer.has_predecessor() && !options.prune {
        // What it held can't be told file by file.
        let (now, _) = size_of(folder, index, options);
        ensure_not_shrunk(folder, now, writer.held().files)?;
    }
    let is_new = writer.is_new();
    // The hashes of the files that are as they were.
    let mut present = FxHashSet::default();
    let mut empty = 0;
    let mut missing = Missing::default();
    let mut folders = Folders::default();
    let jobs = walk::walk(folder, index, walk)?.filter_map(|entry| match entry {
        Entry::Skipped(skipped) => {
            let is_known = states.remove(&skipped.key).is_some();
            if is_known {
                missing.add(skipped.key.clone(), skipped.reason.means());
            }
            folders.note(&skipped);
            summary.skip(skipped, is_known);
            None
        }
        Entry::File(file) => {
            let known = states.remove(&file.key);
            empty += usize::from(file.stamp.size == 0);
            if let Some(known) = known
                && known.stamp == file.stamp
                && !options.checksum
                && !is_new
            {
                present.insert(known.hash);
                summary.unchanged += 1;
                progress.done(file.stamp.size);
                return None;
            }
            Some(Job { file, known })
        }
    });
    let mut jobs = jobs.peekable();
    let mut read = Read::new(options.list_skipped);
    let mut is_begun = jobs.peek().is_some() || is_new;
    if is_begun {
        writer.begin(walk)?;
        let reading = Reading {
            options: walk,
            shares,
            progress,
            is_listing: options.list_skipped,
        };
        read = workers::run(&mut writer, jobs, reading)?;
    } else {
        drop(jobs);
    }
    // What is there under another name is moved, and not missed, whichever run added that.
    present.extend(&read.hashes);
    missing.add_unseen(states, &folders, &present);
    missing.extend(read.missing);
    let verdict = missing.judge(known, options.prune);
    is_begun |= !verdict.removed.is_empty();
    summary.add(read.summary);
    if is_begun {
        writer.begin(walk)?;
        if is_new {
            let now = Held {
                files: summary.added as usize,
                empty,
            };
            keep(&writer, &verdict, folder, now, &summary, options.prune)?;
        } else {
            for path in &verdict.removed {
                writer.remove(path);
            }
        }
        writer.commit()?;
        settle_doubts(&mut writer, folder, index, shares, walk)?;
    } else if writer.keeps_other_options(walk) {
        writer.begin(walk)?;
    }
    summary.removed = verdict.removed.len() as u64;
    summary.kept = verdict.kept.len() as u64;
    summary.without_text = verdict.without_text.len() as u64;
    note_troubles(&writer, &mut summary)?;
    let before = if is_new {
        verdict.kept.len() + verdict.without_text.len() + verdict.withheld.len()
    } else {
        known - verdict.removed.len()
    };
    let holds = Held {
        files: before + summary.added as usize,
        // Those whose articles were kept are not empty in the index.
        empty: empty.saturating_sub(summary.skipped_for(&SkipReason::Emptied) as usize),
    };
    summary.withheld = verdict.withheld;
    summary.listed.sort();
    writer.close(holds)?;
    summary.time = start.elapsed();
    Ok(summary)
}

/// Takes what can't be read now from the generation of before into the new one.
fn keep(
    writer: &Writer,
    verdict: &Verdict,
    folder: &Path,
    now: Held,
    summary: &Summary,
    prune: bool,
) -> Result<()> {
    let kept: FxHashSet<&str> = (verdict.kept.iter())
        .chain(&verdict.without_text)
        .chain(&verdict.withheld)
        .map(String::as_str)
        .collect();
    if !writer.has_predecessor() {
        let before = writer.held();
        // Of a file that can't be read, or holds no text now, it is not known whether the old index held
        // an article.
        let without_text = [SkipReason::Binary, SkipReason::Hollow];
        let is_unknown = !summary.troubles.is_empty()
            || without_text
                .iter()
                .any(|reason| summary.skipped_for(reason) > 0);
        let is_short = is_unknown && now.files < before.files;
        let emptied = now.empty.saturating_sub(before.empty);
        if prune || before.files == 0 {
            return Ok(());
        }
        if is_short || emptied > 0 {
            return Err(shrunk(
                folder,
                now.files - emptied.min(now.files),
                before.files,
            ));
        }
        return ensure_not_shrunk(folder, now.files, before.files);
    }
    writer.carry_over(&kept).map_err(|error| match error {
        Error::IndexDamaged { .. } => shrunk(folder, now.files, now.files + kept.len()),
        error => error,
    })
}

/// Refuses to put an index of `now` files in the place of one of `before`, where that loses more than
/// may have been removed on purpose.
fn ensure_not_shrunk(folder: &Path, now: usize, before: usize) -> Result<()> {
    if is_many(before.saturating_sub(now), before) {
        return Err(shrunk(folder, now, before));
    }
    Ok(())
}

fn shrunk(folder: &Path, now: usize, before: usize) -> Error {
    Error::FolderShrunk {
        path: folder.to_owned(),
        now,
        before,
    }
}

/// Parts what could not be read in the last run either from what is new, and notes all for the next.
fn note_troubles(writer: &Writer, summary: &mut Summary) -> Result<()> {
    summary.troubles.sort();
    let before = writer.unreadable();
    let named = |skipped: &Skipped| (skipped.key.clone(), skipped.reason.to_string());
    let all: Vec<(String, String)> = summary.troubles.iter().map(named).collect();
    writer.note_unreadable(&all)?;
    let troubles = std::mem::take(&mut summary.troubles);
    (summary.old_troubles, summary.troubles) =
        (troubles.into_iter()).partition(|skipped| before.contains(&named(skipped)));
    Ok(())
}

/// Refuses what is no folder with files in it.
fn ensure_folder(folder: &Path, index: &Path, options: &walk::Options) -> Result<()> {
    match fs::metadata(folder) {
        Ok(metadata) if metadata.is_dir() => {}
        Ok(_) => return Err(Error::NotAFolder(folder.to_owned())),
        Err(error) if error.kind() == ErrorKind::NotFound => {
            return Err(Error::FolderMissing(folder.to_owned()));
        }
        Err(error) => return Err(Error::io(folder)(error)),
    }
    if walk::walk(folder, index, options)?.next().is_none() {
        // A disk that is not mounted leaves an empty folder; what was indexed of it is kept.
        return Err(if Manifest::read_or_copy(index).is_ok() {
            Error::FolderEmptied(folder.to_owned())
        } else {
            Error::FolderEmpty(folder.to_owned())
        });
    }
    Ok(())
}

/// Returns how many files there are to read in a folder of articles whose index is in `index`, and how
/// many bytes they have. What can't be walked counts for nothing.
pub fn size_of(folder: &Path, index: &Path, options: &Options) -> (usize, u64) {
    let walk = options.walk(index);
    let Ok(entries) = walk::walk(folder, index, &walk) else {
        return (0, 0);
    };
    entries.fold((0, 0), |(files, bytes), entry| match entry {
        Entry::File(file) => (files + 1, bytes + file.stamp.size),
        Entry::Skipped(_) => (files, bytes),
    })
}

/// Reads again the files with articles that the whole archive, as it is now, tells to read otherwise
/// than they were: a word cut at a line's end, a line that is another article's headline, a date
/// that could be read in two ways. What is read for that was counted already.
fn settle_doubts(
    writer: &mut Writer,
    folder: &Path,
    index: &Path,
    shares: Shares,
    options: &walk::Options,
) -> Result<()> {
    let (knowledge, outdated) = writer.review()?;
    if outdated.is_empty() {
        return Ok(());
    }
    let states = writer.states()?;
    let files: Vec<(SourceFile, FileState)> = walk::walk(folder, index, options)?
        .filter_map(|entry| match entry {
            Entry::File(file) if outdated.contains(&file.key) => {
                let state = *states.get(&file.key)?;
                Some((file, state))
            }
            _ => None,
        })
        .collect();
    let next = AtomicUsize::new(0);
    let shared: &Writer = writer;
    let settle = || -> Result<()> {
        while let Some((file, state)) = files.get(next.fetch_add(1, Ordering::Relaxed)) {
            // A file that changed since, or can't be read now, is left to the next run.
            let Ok((bytes, _)) = walk::read(file, options) else {
                continue;
            };
            if !state.is_of(&bytes) {
                continue;
            }
            // One that fails now keeps the articles it had, or the next run reads it.
            let _ = workers::hand_over(shared, file, true, *state, bytes, &knowledge)?;
        }
        Ok(())
    };
    let failure = Mutex::new(None);
    thread::scope(|scope| {
        workers::spawn_all(scope, shares.threads, || {
            || {
                if let Err(error) = settle() {
                    workers::lock(&failure).get_or_insert(error);
                }
            }
        })
    })?;
    if let Some(error) = workers::lock(&failure).take() {
        return Err(error);
    }
    writer.commit()
}
