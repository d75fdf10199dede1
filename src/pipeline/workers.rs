//! Reads files on all threads and hands their articles to the writer, with bounded memory.

use std::cell::Cell;
use std::iter::Peekable;
use std::panic::{self, AssertUnwindSafe};
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::{Condvar, Mutex, MutexGuard};
use std::thread::{self, Scope};
use std::time::{Duration, Instant, SystemTime, UNIX_EPOCH};

use crossbeam_channel::{Receiver, Sender, bounded};
use rustc_hash::FxHashSet;

use super::missing::Missing;
use super::{Progress, Summary, articles};
use crate::archive::Writer;
use crate::archive::state::FileState;
use crate::article::Article;
use crate::clean::Knowledge;
use crate::error::{Error, Result, SkipReason, panic_message};
use crate::machine::Shares;
use crate::source;
use crate::source::decode::is_blank;
use crate::source::walk;
use crate::source::walk::{Skipped, SourceFile};

/// How many files wait for a worker at the most. They wait as paths, not as text.
const WAITING_FILES: usize = 1024;

/// How much text is read between two commits of a long run, in bytes, and how long it may last.
/// What a killed run has committed is not done again. A commit costs some twenty flushes to disk,
/// so they are far between.
const COMMIT_BYTES: u64 = 256 << 20;
const COMMIT_TIME: Duration = Duration::from_secs(60);

/// The length of a text in bytes past which its articles are not all held at once.
const LARGE: usize = 8 << 20;

/// A file to read, and its state in the index where there is one.
pub(super) struct Job {
    pub file: SourceFile,
    pub known: Option<FileState>,
}

/// How files are read.
#[derive(Clone, Copy)]
pub(super) struct Reading<'a> {
    pub options: &'a walk::Options,
    pub shares: Shares,
    pub progress: &'a dyn Progress,
    /// Whether every file that is left out is listed.
    pub is_listing: bool,
}

/// What the workers did, added up.
pub(super) struct Read {
    pub summary: Summary,
    /// The files that the index knows and that could not be read.
    pub missing: Missing,
    /// The hashes of the files that were read.
    pub hashes: FxHashSet<u64>,
}

impl Read {
    pub fn new(is_listing: bool) -> Self {
        Self {
            summary: Summary::new(is_listing),
            missing: Missing::default(),
            hashes: FxHashSet::default(),
        }
    }

    fn add(&mut self, other: Self) {
        self.summary.add(other.summary);
        self.missing.extend(other.missing);
        self.hashes.extend(other.hashes);
    }

    /// Notes that a file was not read, and why.
    fn skip(&mut self, job: &Job, reason: SkipReason) {
        let key = &job.file.key;
        if job.known.is_some() {
            self.missing.add(key.clone(), reason.means());
        }
        let skipped = Skipped {
            key: key.clone(),
            reason,
        };
        self.summary.skip(skipped, job.known.is_some());
    }
}

/// A stretch of work between two commits.
struct Stretch<'a> {
    writer: &'a Writer,
    reading: Reading<'a>,
    total: &'a Mutex<Read>,
    failure: &'a Mutex<Option<Error>>,
    text: &'a Budget,
    bytes: AtomicU64,
    stop: AtomicBool,
}

/// Reads the files on all threads and hands their articles to the writer, which is committed now
/// and then.
pub(super) fn run(
    writer: &mut Writer,
    mut jobs: Peekable<impl Iterator<Item = Job>>,
    reading: Reading<'_>,
) -> Result<Read> {
    let total = Mutex::new(Read::new(reading.is_listing));
    let failure: Mutex<Option<Error>> = Mutex::new(None);
    let text = Budget::new(reading.shares.text);
    while jobs.peek().is_some() {
        // The workers end with the stretch, so that no file is half in a commit.
        let stretch = Stretch {
            writer,
            reading,
            total: &total,
            failure: &failure,
            text: &text,
            bytes: AtomicU64::new(0),
            stop: AtomicBool::new(false),
        };
        stretch.run(&mut jobs)?;
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

impl Stretch<'_> {
    /// Works on files until there are none left or it is time to commit.
    fn run(&self, jobs: &mut impl Iterator<Item = Job>) -> Result<()> {
        let started = Instant::now();
        let (sender, receiver): (Sender<Job>, Receiver<Job>) = bounded(WAITING_FILES);
        thread::scope(|scope| {
            let work = || {
                let receiver = receiver.clone();
                move || self.work_on(receiver)
            };
            spawn_all(scope, self.reading.shares.threads, work)?;
            drop(receiver);
            while !self.stop.load(Ordering::Relaxed)
                && self.bytes.load(Ordering::Relaxed) < COMMIT_BYTES
                && started.elapsed() < COMMIT_TIME
                && let Some(job) = jobs.next()
            {
                if sender.send(job).is_err() {
                    break;
                }
            }
            drop(sender);
            Ok(())
        })
    }

    /// Works on files as they come.
    fn work_on(&self, jobs: Receiver<Job>) {
        let mut mine = Read::new(self.reading.is_listing);
        for job in jobs {
            if self.stop.load(Ordering::Relaxed) {
                continue;
            }
            let size = job.file.stamp.size;
            let _text = self.text.take(size);
            if let Err(error) = read_one(self.writer, &job, &self.reading, &mut mine) {
                self.stop.store(true, Ordering::Relaxed);
                lock(self.failure).get_or_insert(error);
            }
            self.bytes.fetch_add(size, Ordering::Relaxed);
            self.reading.progress.done(size);
        }
        lock(self.total).add(mine);
    }
}

/// Starts `count` threads, or as many as the system gives, at least one.
///
/// # Errors
/// [`Error::NoThread`] where it gives none.
pub(super) fn spawn_all<'scope, 'env, W: FnOnce() + Send + 'scope>(
    scope: &'scope Scope<'scope, 'env>,
    count: usize,
    work: impl Fn() -> W,
) -> Result<()> {
    for started in 0..count {
        match thread::Builder::new().spawn_scoped(scope, work()) {
            Ok(_) => {}
            Err(error) if started == 0 => return Err(Error::NoThread(error)),
            Err(_) => break,
        }
    }
    Ok(())
}

/// How much text may be worked on at once. Memory for cleaning grows with it, however many threads
/// there are.
struct Budget {
    left: Mutex<u64>,
    freed: Condvar,
    whole: u64,
}

/// A part of the budget, given back at its end.
struct Part<'a> {
    budget: &'a Budget,
    bytes: u64,
}

impl Budget {
    fn new(whole: u64) -> Self {
        Self {
            left: Mutex::new(whole),
            freed: Condvar::new(),
            whole,
        }
    }

    /// Waits until there is room for that many bytes of text. What is larger than the whole takes the whole.
    fn take(&self, bytes: u64) -> Part<'_> {
        let bytes = bytes.min(self.whole);
        let mut left = lock(&self.left);
        while *left < bytes {
            left = (self.freed.wait(left)).unwrap_or_else(|poisoned| poisoned.into_inner());
        }
        *left -= bytes;
        Part {
            budget: self,
            bytes,
        }
    }
}

impl Drop for Part<'_> {
    fn drop(&mut self) {
        *lock(&self.budget.left) += self.bytes;
        self.budget.freed.notify_all();
    }
}

/// Locks a mutex. A worker that panicked has left whole values behind, since it adds up at its end.
pub(super) fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex
        .lock()
        .unwrap_or_else(|poisoned| poisoned.into_inner())
}

/// Reads one file and hands its articles to the writer.
fn read_one(writer: &Writer, job: &Job, reading: &Reading<'_>, read: &mut Read) -> Result<()> {
    let Job { file, known } = job;
    if file.stamp.size > reading.shares.largest_file {
        read.skip(job, SkipReason::OutOfMemory(reading.shares.largest_file));
        return Ok(());
    }
    let (bytes, stamp) = match walk::read(file, reading.options) {
        Ok((bytes, _)) if known.is_some_and(|k| k.stamp.size > 0) && is_blank(&bytes) => {
            read.skip(job, SkipReason::Emptied);
            return Ok(());
        }
        Ok(read) => read,
        Err(reason) => {
            read.skip(job, reason);
            return Ok(());
        }
    };
    let state = FileState::new(&bytes, stamp, now());
    read.hashes.insert(state.hash);
    // A generation that is being built holds nothing yet.
    let in_place = known.filter(|_| !writer.is_new());
    if let Some(known) = in_place
        && (known.stamp.size, known.hash) == (stamp.size, state.hash)
    {
        read.summary.unchanged += 1;
        return if known.stamp == state.stamp {
            Ok(())
        } else {
            writer.touch(&file.key, state)
        };
    }
    let nothing = Knowledge::default();
    match hand_over(writer, file, in_place.is_some(), state, bytes, &nothing)? {
        Ok(articles) => read.summary.articles += articles,
        Err(failed) => {
            if failed.is_removed && job.known.is_some() {
                read.missing.left_out.push(file.key.clone());
                let reason = SkipReason::Failed(failed.message);
                let key = file.key.clone();
                read.summary.skip(Skipped { key, reason }, true);
            } else {
                read.skip(job, SkipReason::Failed(failed.message));
            }
            return Ok(());
        }
    }
    read.summary.bytes += stamp.size;
    if in_place.is_some() {
        read.summary.changed += 1;
    } else {
        read.summary.added += 1;
    }
    Ok(())
}

/// How reading a file made the program fail.
pub(super) struct Failed {
    message: String,
    /// Whether nothing of the file is in the index any longer, as some of its articles had been handed
    /// over.
    is_removed: bool,
}

/// Hands the articles of a file to the writer, in the place of those that the index knows, and returns
/// how many. Those of a large file are handed over one by one, lest all are in memory at once; of others
/// all or none.
pub(super) fn hand_over(
    writer: &Writer,
    file: &SourceFile,
    is_known: bool,
    state: FileState,
    bytes: Vec<u8>,
    knowledge: &Knowledge,
) -> Result<std::result::Result<u64, Failed>> {
    let handed = Cell::new(0);
    let ended = panic::catch_unwind(AssertUnwindSafe(|| {
        let text = source::decode::decode(&bytes);
        drop(bytes);
        let articles = articles(&file.key, &text, knowledge);
        let write = |articles: &mut dyn Iterator<Item = Article>| {
            let articles = articles.inspect(|_| handed.set(handed.get() + 1));
            if is_known {
                writer.replace(&file.key, state, articles)
            } else {
                writer.add(&file.key, state, articles)
            }
        };
        if text.text.len() > LARGE {
            let mut articles = articles;
            write(&mut articles)
        } else {
            let all: Vec<Article> = articles.collect();
            write(&mut all.into_iter())
        }
    }));
    match ended {
        Ok(result) => result.map(|()| Ok(handed.get())),
        Err(payload) => {
            let is_removed = handed.get() > 0;
            if is_removed {
                writer.remove(&file.key);
            }
            let message = panic_message(payload.as_ref());
            Ok(Err(Failed {
                message,
                is_removed,
            }))
        }
    }
}

/// Returns the time in nanoseconds since 1970.
fn now() -> i64 {
    SystemTime::now()
        .duration_since(UNIX_EPOCH)
        .map_or(0, |since| {
            i64::try_from(since.as_nanos()).unwrap_or(i64::MAX)
        })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_at_once_stays_within_the_budget() {
        let budget = Budget::new(10);
        let most = AtomicU64::new(0);
        let at_once = AtomicU64::new(0);
        thread::scope(|scope| {
            for size in [3, 10, 4, 25, 1, 7, 10, 2] {
                let (budget, most, at_once) = (&budget, &most, &at_once);
                scope.spawn(move || {
                    for _ in 0..50 {
                        let part = budget.take(size);
                        let now = at_once.fetch_add(part.bytes, Ordering::SeqCst) + part.bytes;
                        most.fetch_max(now, Ordering::SeqCst);
                        thread::yield_now();
                        at_once.fetch_sub(part.bytes, Ordering::SeqCst);
                    }
                });
            }
        });
        assert_eq!(*lock(&budget.left), 10, "all is given back");
        assert!((1..=10).contains(&most.into_inner()));
    }
}
