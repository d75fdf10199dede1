//! Runs the index stages in order, on all cores and with bounded memory: the one file that knows
//! them all.

#[cfg(test)]
mod tests;

use std::collections::BTreeMap;
use std::fs;
use std::io::ErrorKind;
use std::iter::Peekable;
use std::panic::{self, AssertUnwindSafe};
use std::path::Path;
use std::sync::Mutex;
use std::sync::atomic::{AtomicBool, AtomicU64, AtomicUsize, Ordering};
use std::thread;
use std::time::{Duration, Instant, SystemTime, UNIX_EPOCH};

use crossbeam_channel::{Receiver, Sender, bounded};

use rustc_hash::FxHashSet;

use crate::archive::state::{FileState, States};
use crate::archive::{Anew, Writer};
use crate::article::Article;
use crate::clean::Knowledge;
use crate::error::{Error, Result, panic_message};
use crate::source::walk::{self, Entry, SkipReason, Skipped, SourceFile};
use crate::{clean, fields, people, source};

/// How many files wait for a worker at the most. They wait as paths, not as text.
const WAITING_FILES: usize = 1024;

/// Past how many words, a book's worth several times over, no persons are looked for: each mention
/// takes half a kilobyte of memory.
const MOST_WORDS: u32 = 1_000_000;

/// The size in bytes of a file past which it is read while no other such is: cleaning takes some
/// ten times as much memory as the text.
const LARGE: u64 = 8 << 20;

/// How much text is read between two commits of a long run, in bytes, and how long it may last.
/// What a killed run has committed is not done again. A commit costs some twenty flushes to disk,
/// so they are far between.
const COMMIT_BYTES: u64 = 256 << 20;
const COMMIT_TIME: Duration = Duration::from_secs(60);

/// How many files may be gone from a folder without a question, whatever their share.
const FEW_GONE: usize = 10;

/// About how much room an index takes while it is built, in bytes for each byte of text: what it
/// holds in the end, and what is being merged.
const ROOM: u64 = 3;

/// Returns the articles in the bytes of the file at `path`, in order, read by themselves.
pub fn extract(path: &str, bytes: &[u8]) -> Vec<Article> {
    extract_knowing(path, bytes, &Knowledge::default())
}

/// Returns the articles in the bytes of the file at `path`, in order, with what the rest of its
/// archive knows.
fn extract_knowing(path: &str, bytes: &[u8], knowledge: &Knowledge) -> Vec<Article> {
    let text = source::decode::decode(bytes);
    let mut articles = Vec::new();
    for (part, piece) in (0..).zip(source::split::split(&text.text)) {
        let cleaned = clean::clean(piece.text, piece.first_line, knowledge);
        let mut article = fields::field(path, part, cleaned, knowledge);
        if text.undecodable > 0 {
            article.warnings.push(format!(
                "{} sequences of bytes could not be decoded as {}",
                text.undecodable, text.encoding
            ));
        }
        if article.words <= MOST_WORDS {
            article.people = people::find(&article);
        } else {
            article.warnings.push(format!(
                "no persons were looked for: {} words are more than any article has",
                article.words
            ));
        }
        articles.push(article);
    }
    articles
}

/// How a folder is indexed.
#[derive(Clone, Debug, Default)]
pub struct Options {
    /// Which files are read.
    pub walk: walk::Options,
    /// Whether to read every file and build the index anew.
    pub rebuild: bool,
    /// Whether files that are gone from the folder are removed however many they are.
    pub prune: bool,
    /// How many threads to use; as many as there are cores where it is `None`.
    pub threads: Option<usize>,
    /// The hashes of the files that the run before this one added. Files may have been moved while
    /// it looked, and were read under both names: those that are still here are not missed under
    /// the old ones.
    pub added_before: FxHashSet<u64>,
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
    /// Files that were left out, and why, in the order of their names. Those among them that the
    /// index knew from before are also in `kept` or `removed`.
    pub skipped: Vec<Skipped>,
    /// Files that are gone, or are no longer read, and whose articles were removed.
    pub removed: u64,
    /// Files that could not be read now, and whose articles were kept.
    pub kept: u64,
    /// Files that are gone from the folder, but so many that they were kept, in the order of their
    /// names: more likely a disk is missing.
    pub withheld: Vec<String>,
    /// Why the index was built anew, where that was not asked for.
    pub anew: Option<Anew>,
    /// The hashes of the files that were added.
    pub hashes: FxHashSet<u64>,
    /// Articles in the files that were added or changed.
    pub articles: u64,
    /// Bytes of the files that were read.
    pub bytes: u64,
    /// How long it took.
    pub time: Duration,
}

impl Summary {
    /// Returns how many files and left-out folders were seen: what was added, changed, unchanged
    /// and skipped.
    pub fn seen(&self) -> u64 {
        self.added + self.changed + self.unchanged + self.skipped.len() as u64
    }

    /// Returns how many files were skipped for each reason.
    pub fn skipped_by_reason(&self) -> BTreeMap<&'static str, u64> {
        let mut counts = BTreeMap::new();
        for skipped in &self.skipped {
            *counts.entry(skipped.reason.group()).or_default() += 1;
        }
        counts
    }

    fn add(&mut self, other: Self) {
        self.added += other.added;
        self.changed += other.changed;
        self.unchanged += other.unchanged;
        self.skipped.extend(other.skipped);
        self.articles += other.articles;
        self.bytes += other.bytes;
    }
}

/// A file to read, and its state in the index where there is one.
struct Job {
    file: SourceFile,
    known: Option<FileState>,
}

/// Builds the index of `folder` in `index`, or brings it up to date.
///
/// # Errors
/// [`Error::FolderMissing`], [`Error::NotAFolder`], [`Error::FolderEmpty`] where there is not one
/// file in the folder, [`Error::FolderShrunk`] and what the index meets.
pub fn index(
    folder: &Path,
    index: &Path,
    options: &Options,
    progress: &dyn Progress,
) -> Result<Summary> {
    update(folder, index, options, progress).map_err(|error| match error {
        Error::Io { path, source } if is_full(source.kind()) => {
            let (_, bytes) = size_of(folder, index, &options.walk);
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
    progress: &dyn Progress,
) -> Result<Summary> {
    let start = Instant::now();
    ensure_folder(folder, index, &options.walk)?;
    let threads = options
        .threads
        .or_else(|| thread::available_parallelism().ok().map(usize::from))
        .unwrap_or(1)
        .max(1);
    let mut writer = Writer::open(index, folder, threads, options.rebuild)?;
    let mut states = writer.take_states();
    let known = states.len();

    let mut summary = Summary {
        anew: writer.anew().cloned(),
        ..Summary::default()
    };
    let before = writer.held();
    if writer.is_new() && !options.prune && before > 0 {
        let (now, _) = size_of(folder, index, &options.walk);
        if is_many(before.saturating_sub(now), before) {
            return Err(Error::FolderShrunk {
                path: folder.to_owned(),
                now,
                before,
            });
        }
    }
    let mut still_here = FxHashSet::default();
    let jobs = entries(folder, index, &options.walk).filter_map(|entry| match entry {
        Entry::Skipped(skipped) => {
            summary.skipped.push(skipped);
            None
        }
        Entry::File(file) => {
            let known = states.remove(&file.key);
            if let Some(known) = known
                && (known.size, known.modified) == (file.size, file.modified)
            {
                if options.added_before.contains(&known.hash) {
                    still_here.insert(known.hash);
                }
                summary.unchanged += 1;
                progress.done(file.size);
                return None;
            }
            Some(Job { file, known })
        }
    });
    let mut jobs = jobs.peekable();
    let mut read = Read::default();
    let is_begun = jobs.peek().is_some() || writer.is_new();
    if is_begun {
        writer.begin(&options.walk)?;
        read = run(&mut writer, jobs, threads, &options.walk, progress)?;
    } else {
        drop(jobs);
    }
    let unreadable = keep_unreadable(&mut states, &summary.skipped);
    let may_remove = |gone: usize| options.prune || !is_many(gone, known);
    // What is there under another name is moved, and not missed.
    let was_added = |hash: &u64| options.added_before.contains(hash);
    still_here.extend(read.still_here.into_iter().filter(was_added));
    let (moved, gone): (States, States) = states.into_iter().partition(|(_, state)| {
        read.hashes.contains(&state.hash) || still_here.contains(&state.hash)
    });
    states = gone;
    if is_begun || !moved.is_empty() || (!states.is_empty() && may_remove(states.len())) {
        writer.begin(&options.walk)?;
        summary.removed += remove(&writer, moved);
        if may_remove(states.len()) {
            summary.removed += remove(&writer, std::mem::take(&mut states));
        }
        summary.add(read.summary);
        summary.kept += read.kept;
        summary.removed += read.removed;
        summary.hashes = read.hashes;
        writer.commit()?;
        settle_doubts(&mut writer, folder, index, threads, &options.walk)?;
    }
    summary.withheld = states.into_keys().collect();
    summary.withheld.sort_unstable();
    summary.kept += unreadable;
    summary.skipped.sort();
    writer.close(known + summary.added as usize - summary.removed as usize)?;
    summary.time = start.elapsed();
    Ok(summary)
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
    if entries(folder, index, options).next().is_none() {
        // A disk that is not mounted leaves an empty folder; what was indexed of it is kept.
        return Err(if crate::archive::Manifest::path(index).is_file() {
            Error::FolderEmptied(folder.to_owned())
        } else {
            Error::FolderEmpty(folder.to_owned())
        });
    }
    Ok(())
}

/// Returns how many files there are to read in a folder of articles whose index is in `index`, and how
/// many bytes they have.
pub fn size_of(folder: &Path, index: &Path, options: &walk::Options) -> (usize, u64) {
    let entries = entries(folder, index, options);
    entries.fold((0, 0), |(files, bytes), entry| match entry {
        Entry::File(file) => (files + 1, bytes + file.size),
        Entry::Skipped(_) => (files, bytes),
    })
}

/// Walks the folder of articles, and leaves out the index folder where it lies inside.
fn entries(folder: &Path, index: &Path, options: &walk::Options) -> impl Iterator<Item = Entry> {
    let whole = |path: &Path| fs::canonicalize(path).unwrap_or_else(|_| path.to_owned());
    let (folder_at, index_at) = (whole(folder), whole(index));
    let inside = index_at.strip_prefix(folder_at).ok().map(|inside| {
        let parts: Vec<_> = inside.iter().map(|part| part.to_string_lossy()).collect();
        parts.join("/")
    });
    walk::walk(folder, options).filter(move |entry| {
        let key = match entry {
            Entry::File(file) => &file.key,
            Entry::Skipped(skipped) => &skipped.key,
        };
        let is_index = |own: &str| {
            key.strip_prefix(own)
                .is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
        };
        !is_index(crate::archive::FOLDER_NAME) && !inside.as_deref().is_some_and(is_index)
    })
}

/// Takes out of the files that the walk did not come upon those in a folder that could not be
/// read, and those that could not be read themselves: they may be there. Returns how many.
fn keep_unreadable(vanished: &mut States, skipped: &[Skipped]) -> u64 {
    let unreadable: Vec<&str> = skipped
        .iter()
        .filter(|skipped| matches!(skipped.reason, SkipReason::Unreadable(_)))
        .map(|skipped| skipped.key.as_str())
        .collect();
    let before = vanished.len();
    vanished.retain(|path, _| {
        !unreadable.iter().any(|&at| {
            at.is_empty()
                || path
                    .strip_prefix(at)
                    .is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
        })
    });
    (before - vanished.len()) as u64
}

/// Returns whether so many files of a whole are more than are likely gone on purpose: a disk may
/// be missing.
fn is_many(gone: usize, of: usize) -> bool {
    gone > FEW_GONE.max(of / 10)
}

/// Removes files from the index, and returns how many.
fn remove(writer: &Writer, files: States) -> u64 {
    let mut paths: Vec<String> = files.into_keys().collect();
    paths.sort_unstable();
    for path in &paths {
        writer.remove(path);
    }
    paths.len() as u64
}

/// Reads again the files with articles that the whole archive, as it is now, tells to read otherwise
/// than they were: a word cut at a line's end, a line that is another article's headline, a date
/// that could be read in two ways. What is read for that was counted already.
fn settle_doubts(
    writer: &mut Writer,
    folder: &Path,
    index: &Path,
    threads: usize,
    options: &walk::Options,
) -> Result<()> {
    let (knowledge, outdated) = writer.review()?;
    if outdated.is_empty() {
        return Ok(());
    }
    let states = writer.states()?;
    let files: Vec<(SourceFile, FileState)> = entries(folder, index, options)
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
            let extracted = panic::catch_unwind(AssertUnwindSafe(|| {
                extract_knowing(&file.key, &bytes, &knowledge)
            }));
            if let Ok(articles) = extracted {
                shared.replace(&file.key, *state, &articles)?;
            }
        }
        Ok(())
    };
    thread::scope(|scope| -> Result<()> {
        let workers: Vec<_> = (1..threads).map(|_| scope.spawn(settle)).collect();
        settle()?;
        for worker in workers {
            match worker.join() {
                Ok(result) => result?,
                Err(panic) => panic::resume_unwind(panic),
            }
        }
        Ok(())
    })?;
    writer.commit()
}

/// What the workers did, added up.
#[derive(Default)]
struct Read {
    summary: Summary,
    kept: u64,
    removed: u64,
    /// The hashes of the files that were added.
    hashes: FxHashSet<u64>,
    /// The hashes of the files that were read and found to hold what they held.
    still_here: FxHashSet<u64>,
}

/// Reads the files on all threads and hands their articles to the writer, which is committed now
/// and then.
fn run(
    writer: &mut Writer,
    mut jobs: Peekable<impl Iterator<Item = Job>>,
    threads: usize,
    options: &walk::Options,
    progress: &dyn Progress,
) -> Result<Read> {
    let total = Mutex::new(Read::default());
    let failure: Mutex<Option<Error>> = Mutex::new(None);
    let large = Mutex::new(());
    while jobs.peek().is_some() {
        // One stretch of work between two commits. The workers end with it, so that no file is
        // half in a commit.
        let bytes = AtomicU64::new(0);
        let stop = AtomicBool::new(false);
        let started = Instant::now();
        let (sender, receiver): (Sender<Job>, Receiver<Job>) = bounded(WAITING_FILES);
        let shared: &Writer = writer;
        thread::scope(|scope| {
            for _ in 0..threads {
                let receiver = receiver.clone();
                let (total, failure, large) = (&total, &failure, &large);
                let (bytes, stop) = (&bytes, &stop);
                scope.spawn(move || {
                    let mut mine = Read::default();
                    for job in receiver {
                        if stop.load(Ordering::Relaxed) {
                            continue;
                        }
                        let size = job.file.size;
                        let _alone = (size > LARGE).then(|| lock(large));
                        if let Err(error) = work(shared, job, options, &mut mine) {
                            stop.store(true, Ordering::Relaxed);
                            lock(failure).get_or_insert(error);
                        }
                        bytes.fetch_add(size, Ordering::Relaxed);
                        progress.done(size);
                    }
                    let mut total = lock(total);
                    total.summary.add(mine.summary);
                    total.kept += mine.kept;
                    total.removed += mine.removed;
                    total.hashes.extend(mine.hashes);
                    total.still_here.extend(mine.still_here);
                });
            }
            drop(receiver);
            while !stop.load(Ordering::Relaxed)
                && bytes.load(Ordering::Relaxed) < COMMIT_BYTES
                && started.elapsed() < COMMIT_TIME
                && let Some(job) = jobs.next()
            {
                if sender.send(job).is_err() {
                    break;
                }
            }
            drop(sender);
        });
        if let Some(error) = lock(&failure).take() {
            return Err(error);
        }
        if jobs.peek().is_some() {
            writer.commit_early()?;
        }
    }
    Ok(total
        .into_inner()
        .unwrap_or_else(|poisoned| poisoned.into_inner()))
}

/// Locks a mutex. A worker that panicked has left whole values behind, since it adds up at its end.
fn lock<T>(mutex: &Mutex<T>) -> std::sync::MutexGuard<'_, T> {
    mutex
        .lock()
        .unwrap_or_else(|poisoned| poisoned.into_inner())
}

/// Reads one file and hands its articles to the writer.
fn work(writer: &Writer, job: Job, options: &walk::Options, read: &mut Read) -> Result<()> {
    let Job { file, known } = job;
    let skip = |read: &mut Read, reason: SkipReason| {
        if known.is_some() && reason.is_trouble() {
            read.kept += 1;
        } else if known.is_some() {
            writer.remove(&file.key);
            read.removed += 1;
        }
        read.summary.skipped.push(Skipped {
            key: file.key.clone(),
            reason,
        });
    };
    let now = SystemTime::now()
        .duration_since(UNIX_EPOCH)
        .map_or(0, |since| {
            i64::try_from(since.as_nanos()).unwrap_or(i64::MAX)
        });
    let (bytes, modified) = match walk::read(&file, options) {
        Ok(read) => read,
        Err(reason) => {
            skip(read, reason);
            return Ok(());
        }
    };
    let state = FileState::new(&bytes, modified, now);
    if let Some(known) = known
        && (known.size, known.hash) == (state.size, state.hash)
    {
        read.summary.unchanged += 1;
        read.still_here.insert(state.hash);
        return if known.modified == state.modified {
            Ok(())
        } else {
            writer.touch(&file.key, state)
        };
    }
    let extracted = panic::catch_unwind(AssertUnwindSafe(|| extract(&file.key, &bytes)));
    let articles = match extracted {
        Ok(articles) => articles,
        Err(payload) => {
            skip(read, SkipReason::Failed(panic_message(payload.as_ref())));
            return Ok(());
        }
    };
    read.summary.articles += articles.len() as u64;
    read.summary.bytes += state.size;
    if known.is_some() {
        read.summary.changed += 1;
        writer.replace(&file.key, state, &articles)
    } else {
        read.summary.added += 1;
        read.hashes.insert(state.hash);
        writer.add(&file.key, state, &articles)
    }
}
