//! Reads files on all threads and passes their articles to the index, with bounded memory.

use std::cell::Cell;
use std::iter::Peekable;
use std::panic::{self, AssertUnwindSafe};
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::{Arc, Mutex, MutexGuard};
use std::thread::{self, Scope};
use std::time::{Duration, Instant};

use crossbeam_channel::{Receiver, Sender, bounded};
use rustc_hash::FxHashSet;

use super::missing::Missing;
use super::origin::{Content, Origin};
use super::summary::{Progress, Summary};
use crate::archive::Changes;
use crate::archive::state::FileState;
use crate::article::Article;
use crate::clean::Knowledge;
use crate::error::{Error, Result, SkipReason, panic_message};
use crate::fields;
use crate::machine::Shares;
use crate::machine::budget::Budget;
use crate::source::stamp;
use crate::source::walk::{Skipped, SourceFile};

/// The most files in the queue of the workers. They wait as paths, not as text.
const WAITING_FILES: usize = 1024;

/// How much text is read between two commits of a long run, in bytes, and how long at the most.
/// After a kill the next run goes on from the last commit. A commit costs some twenty syncs to
/// disk.
const COMMIT_BYTES: u64 = 256 << 20;
const COMMIT_TIME: Duration = Duration::from_secs(60);

/// The length of a text in bytes above which its articles are added one by one.
const LARGE: usize = 8 << 20;

/// A file to read, and its state in the index, if there is one.
pub(super) struct Job {
    pub file: SourceFile,
    pub known: Option<FileState>,
}

/// How files are read.
#[derive(Clone, Copy)]
pub(super) struct Reading<'a> {
    pub origin: &'a Origin<'a>,
    pub shares: Shares,
    pub progress: &'a dyn Progress,
    /// Whether to list every file that is left out.
    pub is_listing: bool,
}

/// The result of the workers.
pub(super) struct Tally {
    pub summary: Summary,
    /// The files of the index that were not read.
    pub missing: Missing,
    /// The hashes of the files that were read.
    pub hashes: FxHashSet<u64>,
}

impl Tally {
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

    /// Records that a file was not read.
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

/// The work between two commits.
struct Stretch<'a> {
    changes: &'a Changes<'a>,
    reading: Reading<'a>,
    total: &'a Mutex<Tally>,
    failure: &'a Mutex<Option<Error>>,
    /// Limits the text that all threads work on at once, and so the memory of cleaning.
    text: &'a Arc<Budget>,
    bytes: AtomicU64,
    stop: AtomicBool,
}

/// Reads the files on all threads and passes their articles to the index, with commits in between.
pub(super) fn run(
    changes: &mut Changes<'_>,
    mut jobs: Peekable<impl Iterator<Item = Job>>,
    reading: Reading<'_>,
) -> Result<Tally> {
    let total = Mutex::new(Tally::new(reading.is_listing));
    let failure: Mutex<Option<Error>> = Mutex::new(None);
    let text = Budget::new(reading.shares.text);
    while jobs.peek().is_some() {
        // The workers end before a commit, so that it holds no file in part.
        let stretch = Stretch {
            changes,
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
            changes.commit_early()?;
        }
    }
    Ok(total
        .into_inner()
        .unwrap_or_else(|poisoned| poisoned.into_inner()))
}

impl Stretch<'_> {
    /// Reads files until there are none left or a commit is due.
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

    /// Reads the files of the queue.
    fn work_on(&self, jobs: Receiver<Job>) {
        let mut mine = Tally::new(self.reading.is_listing);
        for job in jobs {
            if self.stop.load(Ordering::Relaxed) {
                continue;
            }
            let size = job.file.stamp.size;
            let _text = self.text.take(size);
            if let Err(error) = read_one(self.changes, &job, &self.reading, &mut mine) {
                self.stop.store(true, Ordering::Relaxed);
                lock(self.failure).get_or_insert(error);
            }
            self.bytes.fetch_add(size, Ordering::Relaxed);
            self.reading.progress.done(size);
        }
        lock(self.total).add(mine);
    }
}

/// Starts `count` threads, or as many as the system allows.
///
/// # Errors
/// [`Error::NoThread`] if it allows none.
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

/// Locks a mutex. A poisoned one is fine: workers change the values only in single steps.
pub(super) fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex
        .lock()
        .unwrap_or_else(|poisoned| poisoned.into_inner())
}

/// Reads one file and passes its articles to the index.
fn read_one(
    changes: &Changes<'_>,
    job: &Job,
    reading: &Reading<'_>,
    read: &mut Tally,
) -> Result<()> {
    let Job { file, known } = job;
    if file.stamp.size > reading.shares.largest_file {
        read.skip(job, SkipReason::OutOfMemory(reading.shares.largest_file));
        return Ok(());
    }
    let was_text = known.is_some_and(|known| known.stamp.size > 0);
    let (bytes, stamp) = match reading.origin.read(file, was_text) {
        Ok(read) => read,
        Err(reason) => {
            read.skip(job, reason);
            return Ok(());
        }
    };
    let state = FileState::new(&bytes, stamp, stamp::now());
    read.hashes.insert(state.hash);
    // A new generation holds no files yet.
    let in_place = known.filter(|_| !changes.is_new());
    if let Some(known) = in_place
        && (known.stamp.size, known.hash) == (stamp.size, state.hash)
    {
        read.summary.unchanged += 1;
        return if known.stamp == state.stamp {
            Ok(())
        } else {
            changes.touch(&file.key, state)
        };
    }
    let store = match in_place {
        Some(_) => Store::Replace,
        None => Store::Add,
    };
    let nothing = Knowledge::default();
    let content = || reading.origin.content(bytes);
    match write_articles(changes, file, store, state, content, &nothing)? {
        Ok(written) => {
            read.summary.articles += written.articles;
            read.summary.mostly_removed += written.mostly_removed;
        }
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

/// What is done with the articles of a file.
#[derive(Clone, Copy)]
pub(super) enum Store {
    /// They are added: the generation that is written holds none of the file.
    Add,
    /// They replace those that the generation holds.
    Replace,
}

/// A panic while a file was read.
pub(super) struct Failed {
    message: String,
    /// Whether the file was removed from the index, since some of its articles had been added.
    is_removed: bool,
}

/// What was written of a file.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Written {
    /// How many articles.
    articles: u64,
    /// How many of them have less text than was taken out, or none.
    mostly_removed: u64,
}

/// Adds the articles of a file to the index and counts them. Those of a large file are
/// added one by one, so that not all are in memory at once; those of other files all or none.
pub(super) fn write_articles(
    changes: &Changes<'_>,
    file: &SourceFile,
    store: Store,
    state: FileState,
    content: impl FnOnce() -> Content,
    knowledge: &Knowledge,
) -> Result<std::result::Result<Written, Failed>> {
    let written = Cell::new(Written::default());
    let ended = panic::catch_unwind(AssertUnwindSafe(|| {
        let content = content();
        let articles = content.articles(&file.key, knowledge);
        let write = |articles: &mut dyn Iterator<Item = Article>| {
            let articles = articles.inspect(|article| {
                let Written {
                    articles,
                    mostly_removed,
                } = written.get();
                written.set(Written {
                    articles: articles + 1,
                    mostly_removed: mostly_removed + u64::from(fields::is_mostly_removed(article)),
                });
            });
            match store {
                Store::Add => changes.add(&file.key, state, articles),
                Store::Replace => changes.replace(&file.key, state, articles),
            }
        };
        if content.len() > LARGE {
            let mut articles = articles;
            write(&mut articles)
        } else {
            let all: Vec<Article> = articles.collect();
            write(&mut all.into_iter())
        }
    }));
    match ended {
        Ok(result) => result.map(|()| Ok(written.get())),
        Err(payload) => {
            let is_removed = written.get().articles > 0;
            if is_removed {
                changes.discard(&file.key);
            }
            let message = panic_message(payload.as_ref());
            Ok(Err(Failed {
                message,
                is_removed,
            }))
        }
    }
}
