//! Watches a folder and its index, and waits until a run would find a change.
//!
//! The system's watches are on folders, not on paths: a folder that is moved away, unmounted or
//! replaced keeps its watch. So the path is checked every second as well, and if there is another
//! folder, or folders in it were added or moved, all watches are set again. The run comes after
//! that, so that no change in between is missed.

use std::ffi::{OsStr, OsString};
use std::fs;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{self, Receiver, SyncSender};
use std::time::{Duration, Instant, SystemTime};

use file_id::FileId;
use notify::event::{AccessKind, AccessMode};
use notify::{Event, EventKind, RecommendedWatcher, RecursiveMode, Watcher as _, WatcherKind};
use walkdir::WalkDir;

use super::exclude;

/// How long there must be no change before a run, so that a program can finish writing many files.
const QUIET: Duration = Duration::from_millis(500);

/// How long changes are collected at the most.
const LONGEST: Duration = Duration::from_millis(1500);

/// The same for a folder that replaced another: it may still be being copied, with its index.
const COMING: Duration = Duration::from_secs(60);

/// How often the path of the folder, the mounts and the index are checked.
const TICK: Duration = Duration::from_secs(1);

/// After how long a run is due without an event: some file systems (NFS, FUSE) send none for
/// changes by other machines.
const SILENCE: Duration = Duration::from_secs(600);

/// The same if not all of the folder can be watched.
const BLIND: Duration = Duration::from_secs(5);

/// The least time between two runs without an event, as a multiple of the time that the last run
/// took.
const REST: u32 = 10;

/// How long to wait for the system to release the watches of a folder.
const RETURN: Duration = Duration::from_secs(1);

/// A watch on a folder and its index, from when it was created.
pub struct Watch {
    folder: PathBuf,
    index: PathBuf,
    watches: Watches,
    mounts: Mounts,
    /// The index as the last run left it.
    index_left: Vec<IndexEntry>,
    /// When the last wait ended, and a run began.
    woken: Instant,
}

impl Watch {
    /// Watches `folder` with all folders in it that are read, and the folder `index` of its index.
    /// The folder need not exist yet.
    pub fn new(folder: &Path, index: &Path) -> Self {
        Self {
            folder: folder.to_owned(),
            index: index.to_owned(),
            mounts: Mounts::open(),
            watches: Watches::begin(folder, index),
            index_left: index_entries(index),
            woken: Instant::now(),
        }
    }

    /// Returns why not all of the folder can be watched, if so. A run is due every few seconds
    /// then.
    pub fn flaw(&self) -> Option<&str> {
        self.watches.flaw.as_deref()
    }

    /// Records the index as a run left it. A later change is by another run or another program.
    /// Returns whether it is another than the one recorded before.
    pub fn note_index(&mut self) -> bool {
        let before = std::mem::replace(&mut self.index_left, index_entries(&self.index));
        self.index_left != before
    }

    /// Waits until something changed since the last wait and the changes have stopped, or until a
    /// run is due, but no longer than `retry`.
    pub fn wait(&mut self, retry: Option<Duration>) {
        let patience = self.period().max(self.woken.elapsed() * REST);
        let end = Instant::now() + retry.map_or(patience, |retry| retry.min(patience));
        loop {
            let left = end.saturating_duration_since(Instant::now());
            if self.watches.changes.recv_timeout(TICK.min(left)).is_ok()
                || self.is_outdated()
                || index_entries(&self.index) != self.index_left
            {
                self.settle();
                break;
            }
            if left.is_zero() {
                break;
            }
        }
        if self.watches.since.elapsed() >= self.period() {
            self.renew();
        }
        self.woken = Instant::now();
    }

    /// Returns after how long a run is due and the watches are set again.
    fn period(&self) -> Duration {
        if self.flaw().is_some() {
            BLIND
        } else {
            SILENCE
        }
    }

    /// Returns whether the watches no longer cover all that is at the folder's path.
    pub fn is_outdated(&self) -> bool {
        if self.mounts.have_changed() {
            self.watches.is_stale.store(true, Ordering::Relaxed);
        }
        self.watches.is_stale.load(Ordering::Relaxed) || folder_id(&self.folder) != self.watches.id
    }

    /// Sets all watches again.
    fn renew(&mut self) {
        let none = Watches::none();
        std::mem::replace(&mut self.watches, none).end();
        self.watches = Watches::begin(&self.folder, &self.index);
    }

    /// Waits until the changes have stopped. New folders are watched meanwhile, so that changes in
    /// them count.
    fn settle(&mut self) {
        let mut end = Instant::now() + LONGEST;
        loop {
            if self.is_outdated() {
                let id = folder_id(&self.folder);
                if id.is_some() && id != self.watches.id {
                    end = Instant::now() + COMING;
                }
                self.renew();
            }
            self.gather(end);
            if !self.is_outdated() || Instant::now() >= end {
                return;
            }
        }
    }

    /// Waits until there is no change in the folder or in the index for [`QUIET`], but not past
    /// `end`.
    fn gather(&self, end: Instant) {
        loop {
            let index = index_entries(&self.index);
            let left = end.saturating_duration_since(Instant::now());
            let is_changing = self.watches.changes.recv_timeout(QUIET.min(left)).is_ok()
                || index_entries(&self.index) != index;
            if left.is_zero() || !is_changing {
                return;
            }
        }
    }
}

/// The watches of the folder that was found at the path.
struct Watches {
    /// The identity of the folder, if there was one.
    id: Option<FileId>,
    since: Instant,
    watcher: Option<RecommendedWatcher>,
    changes: Receiver<()>,
    /// Keeps `changes` open if there is no watcher.
    sender: SyncSender<()>,
    /// Whether folders were added or moved, or events were lost.
    is_stale: Arc<AtomicBool>,
    flaw: Option<String>,
}

impl Watches {
    /// Watches nothing.
    fn none() -> Self {
        // One pending change is enough.
        let (sender, changes) = mpsc::sync_channel(1);
        Self {
            id: None,
            since: Instant::now(),
            watcher: None,
            changes,
            sender,
            is_stale: Arc::new(AtomicBool::new(false)),
            flaw: None,
        }
    }

    fn begin(folder: &Path, index: &Path) -> Self {
        let mut this = Self::none();
        // Read first: if the folder is replaced meanwhile, the next check finds another identity.
        this.id = folder_id(folder);
        if this.id.is_none() {
            return this;
        }
        let paths = Paths::new(folder, index);
        let (sender, is_stale) = (this.sender.clone(), Arc::clone(&this.is_stale));
        let relevant = paths.clone();
        let watcher = notify::recommended_watcher(move |event: notify::Result<Event>| {
            match event {
                Ok(event) if !relevant.is_change(&event) => return,
                Ok(event) if !relevant.is_about_folders(&event) => {}
                _ => is_stale.store(true, Ordering::Relaxed),
            }
            // It is full if a change is pending.
            let _ = sender.try_send(());
        });
        let watched = watcher.and_then(|watcher| watch_tree(this.watcher.insert(watcher), &paths));
        this.flaw = watched.err().map(|error| reason(&error.kind));
        this
    }

    /// Releases the watches, and waits until that is done: the system's number is limited.
    fn end(self) {
        let end = Instant::now() + RETURN;
        drop((self.watcher, self.sender));
        // The watcher's thread closes the channel when it ends.
        while let left = end.saturating_duration_since(Instant::now())
            && self.changes.recv_timeout(left).is_ok()
        {}
    }
}

/// Watches a folder and the folders in it that are read, except those that can't be watched.
fn watch_tree(watcher: &mut RecommendedWatcher, paths: &Paths) -> notify::Result<()> {
    if RecommendedWatcher::kind() != WatcherKind::Inotify {
        return watcher.watch(&paths.root, RecursiveMode::Recursive);
    }
    // One by one: the watcher's own walk ends at the first unreadable folder, and enters hidden
    // ones and the index.
    let folders = WalkDir::new(&paths.root)
        .follow_links(true)
        .into_iter()
        .filter_entry(|entry| entry.file_type().is_dir() && !paths.is_ignored(entry.path()));
    for folder in folders.flatten() {
        match watcher.watch(folder.path(), RecursiveMode::NonRecursive) {
            Err(error) if !is_about_one_folder(&error) => return Err(error),
            _ => {}
        }
    }
    Ok(())
}

/// Returns why a folder can't be watched, without naming it.
fn reason(kind: &notify::ErrorKind) -> String {
    match kind {
        notify::ErrorKind::MaxFilesWatch => {
            "the system's limit of watches is reached (on Linux fs.inotify.max_user_watches)"
                .to_owned()
        }
        notify::ErrorKind::Io(error) => error.to_string(),
        other => format!("{other:?}"),
    }
}

/// Returns whether an error is that one folder is gone or not readable. Its parent's watch reports
/// when that changes.
fn is_about_one_folder(error: &notify::Error) -> bool {
    match &error.kind {
        notify::ErrorKind::PathNotFound => true,
        notify::ErrorKind::Io(error) => matches!(
            error.kind(),
            ErrorKind::NotFound | ErrorKind::NotADirectory | ErrorKind::PermissionDenied
        ),
        _ => false,
    }
}

/// The paths that are watched.
#[derive(Clone, Debug)]
struct Paths {
    /// The folder of articles.
    root: PathBuf,
    /// The index folder, if it is below `root`.
    index: Option<PathBuf>,
}

impl Paths {
    fn new(folder: &Path, index: &Path) -> Self {
        let root = real(folder);
        let index = Some(real(index)).filter(|index| index.starts_with(&root) && *index != root);
        Self { root, index }
    }

    /// Returns whether a path is never read: it is hidden, or in the index.
    fn is_ignored(&self, path: &Path) -> bool {
        let is_hidden =
            |part: &OsStr| part.as_encoded_bytes().starts_with(b".") && part != exclude::FILE_NAME;
        self.index
            .as_ref()
            .is_some_and(|index| path.starts_with(index))
            || path
                .strip_prefix(&self.root)
                .is_ok_and(|below| below.iter().any(is_hidden))
    }

    /// Returns whether an event is a change of a path that is read.
    fn is_change(&self, event: &Event) -> bool {
        let is_reading = match event.kind {
            EventKind::Access(AccessKind::Close(AccessMode::Write)) => false,
            EventKind::Access(_) => true,
            _ => false,
        };
        event.need_rescan()
            || (!is_reading && !event.paths.iter().all(|path| self.is_ignored(path)))
    }

    /// Returns whether an event may add or move folders.
    fn is_about_folders(&self, event: &Event) -> bool {
        event.need_rescan() || (event.paths.iter()).any(|path| *path == self.root || path.is_dir())
    }
}

/// Returns the canonical path; its last component need not exist.
fn real(path: &Path) -> PathBuf {
    let of_parent = || {
        Some(
            fs::canonicalize(path.parent()?)
                .ok()?
                .join(path.file_name()?),
        )
    };
    fs::canonicalize(path)
        .ok()
        .or_else(of_parent)
        .unwrap_or_else(|| path.to_owned())
}

/// Returns the identity of the folder at a path, if there is one.
fn folder_id(path: &Path) -> Option<FileId> {
    path.is_dir().then(|| file_id::get_file_id(path).ok())?
}

/// A file or folder of the index: its name, its identity, and for a file its time of last change.
type IndexEntry = (OsString, Option<FileId>, Option<SystemTime>);

/// Returns the entries of an index folder except the lock, which every run takes, even one without
/// changes.
fn index_entries(index: &Path) -> Vec<IndexEntry> {
    let mut entries: Vec<IndexEntry> = fs::read_dir(index)
        .into_iter()
        .flatten()
        .flatten()
        .filter(|entry| entry.file_name() != "lock")
        .map(|entry| {
            let file = entry.metadata().ok().filter(fs::Metadata::is_file);
            (
                entry.file_name(),
                file_id::get_file_id(entry.path()).ok(),
                file.and_then(|file| file.modified().ok()),
            )
        })
        .collect();
    entries.sort_unstable_by(|a, b| a.0.cmp(&b.0));
    entries
}

/// The mounts of the system. Mounting and unmounting sends no event, and a file system that is
/// mounted again at once has the same identity.
struct Mounts {
    #[cfg(target_os = "linux")]
    table: Option<fs::File>,
}

impl Mounts {
    #[cfg(target_os = "linux")]
    fn open() -> Self {
        Self {
            table: fs::File::open("/proc/self/mountinfo").ok(),
        }
    }

    #[cfg(not(target_os = "linux"))]
    fn open() -> Self {
        Self {}
    }

    /// Returns whether anything was mounted or unmounted since the last call. The kernel reports
    /// that by a flag of the open table; see proc_pid_mounts(5).
    #[cfg(target_os = "linux")]
    fn have_changed(&self) -> bool {
        use rustix::event::{PollFd, PollFlags, Timespec, poll};
        let Some(table) = &self.table else {
            return false;
        };
        let mut asked = [PollFd::new(table, PollFlags::PRI)];
        let at_once = Timespec::default();
        poll(&mut asked, Some(&at_once)).is_ok() && asked[0].revents().contains(PollFlags::PRI)
    }

    #[cfg(not(target_os = "linux"))]
    fn have_changed(&self) -> bool {
        false
    }
}

#[cfg(test)]
mod tests {
    use notify::event::{CreateKind, Flag};

    use super::*;

    const PATIENCE: Option<Duration> = Some(Duration::from_secs(60));

    #[test]
    fn recognises_changes() {
        let paths = Paths {
            root: PathBuf::from("/.home/news"),
            index: Some(PathBuf::from("/.home/news/index")),
        };
        let created = EventKind::Create(CreateKind::File);
        let closed = |mode| EventKind::Access(AccessKind::Close(mode));
        for (kind, path, expected) in [
            (created, "/.home/news/a.txt", true),
            (created, "/.home/news", true),
            (created, "/.home/news/index2/a.txt", true),
            (created, "/.home/news/index/lock", false),
            (created, "/.home/news/.morgue/lock", false),
            (created, "/.home/news/b/.git/x", false),
            (created, "/.home/news/b/.morgueignore", true),
            (closed(AccessMode::Write), "/.home/news/a.txt", true),
            (closed(AccessMode::Read), "/.home/news/a.txt", false),
        ] {
            let event = Event::new(kind).add_path(PathBuf::from(path));
            assert_eq!(paths.is_change(&event), expected, "{kind:?} {path}");
        }
        let renamed = Event::new(EventKind::Any)
            .add_path(PathBuf::from("/.home/news/.a.part"))
            .add_path(PathBuf::from("/.home/news/a.txt"));
        assert!(paths.is_change(&renamed));
        let lost = Event::new(EventKind::Other).set_flag(Flag::Rescan);
        assert!(paths.is_change(&lost) && paths.is_about_folders(&lost));
    }

    #[test]
    fn recognises_an_index_outside_the_folder() {
        let folder = tempfile::tempdir().unwrap();
        let root = fs::canonicalize(folder.path()).unwrap();
        let articles = root.join("articles");
        fs::create_dir(&articles).unwrap();
        for (index, expected) in [
            (root.clone(), None),
            (articles.clone(), None),
            (articles.join("index"), Some(articles.join("index"))),
        ] {
            assert_eq!(Paths::new(&articles, &index).index, expected, "{index:?}");
        }
    }

    /// A folder that is watched. Each wait below has to end long before its limit.
    struct Watched {
        folder: tempfile::TempDir,
        watch: Watch,
    }

    impl Watched {
        fn new() -> Self {
            let folder = tempfile::tempdir().unwrap();
            fs::create_dir_all(folder.path().join("news/sub")).unwrap();
            let articles = folder.path().join("news");
            Self {
                watch: Watch::new(&articles, &articles.join(".morgue")),
                folder,
            }
        }

        fn at(&self, path: &str) -> PathBuf {
            self.folder.path().join(path)
        }

        #[track_caller]
        fn notices(&mut self, change: &str) {
            let start = Instant::now();
            self.watch.wait(PATIENCE);
            assert!(start.elapsed() < Duration::from_secs(30), "{change}");
            self.watch.note_index();
        }

        /// Waits for the late events of earlier changes: a busy system reports a write in parts.
        fn settle(&mut self) {
            let pause = Duration::from_secs(2);
            for _ in 0..10 {
                let start = Instant::now();
                self.watch.wait(Some(pause));
                if start.elapsed() >= pause {
                    break;
                }
            }
        }

        #[track_caller]
        fn notices_nothing(&mut self, why: &str) {
            let (start, pause) = (Instant::now(), Duration::from_secs(3));
            self.watch.wait(Some(pause));
            assert!(start.elapsed() >= pause, "{why}");
        }
    }

    #[test]
    fn sees_new_files_in_new_folders() {
        let mut watched = Watched::new();
        fs::create_dir_all(watched.at("news/new/newer")).unwrap();
        watched.notices("a folder in a new folder");
        fs::write(watched.at("news/new/newer/a.txt"), "text").unwrap();
        watched.notices("a file in it");
        watched.settle();
        fs::create_dir(watched.at("news/new/.git")).unwrap();
        watched.notices_nothing("what is hidden is not read");
    }

    #[test]
    fn sees_that_the_folder_was_replaced() {
        let mut watched = Watched::new();
        fs::rename(watched.at("news"), watched.at("away")).unwrap();
        watched.notices("the folder is gone");
        fs::write(watched.at("news"), "a file").unwrap();
        fs::remove_file(watched.at("news")).unwrap();
        fs::create_dir_all(watched.at("news")).unwrap();
        watched.notices("another is in its place");
        fs::write(watched.at("news/a.txt"), "text").unwrap();
        watched.notices("a file in it");
        fs::remove_dir_all(watched.at("news")).unwrap();
        fs::create_dir_all(watched.at("news")).unwrap();
        watched.notices("it was made again, perhaps under the same number");
        fs::write(watched.at("news/a.txt"), "text").unwrap();
        watched.notices("a file in it");
    }

    #[test]
    fn sees_folders_that_replace_others() {
        let mut watched = Watched::new();
        fs::rename(watched.at("news/sub"), watched.at("news/old")).unwrap();
        fs::create_dir(watched.at("news/sub")).unwrap();
        watched.notices("a folder is moved");
        for name in ["news/sub/a.txt", "news/old/a.txt"] {
            fs::write(watched.at(name), "text").unwrap();
            watched.notices(name);
        }
    }

    #[test]
    fn sees_that_the_index_was_replaced() {
        let mut watched = Watched::new();
        let index = watched.at("news/.morgue");
        fs::create_dir_all(index.join("gen-1")).unwrap();
        fs::write(index.join("morgue.json"), "{}").unwrap();
        watched.notices("another run made it");
        fs::write(index.join("lock"), "1").unwrap();
        fs::write(index.join("gen-1/x"), "1").unwrap();
        watched.notices_nothing("another run held the lock");
        fs::rename(&index, watched.at("saved")).unwrap();
        watched.notices("it is gone");
        fs::rename(watched.at("saved"), &index).unwrap();
        watched.notices("it is back");
    }
}
