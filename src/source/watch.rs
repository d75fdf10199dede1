//! Follows a folder and its index: says when a run would find something changed.
//!
//! The system's watches hang on folders, not on paths: one that is moved away, unmounted or
//! replaced takes its watch with it. So each second the path is looked at as well, and where
//! another folder stands there, or folders in it came or moved, all is followed anew. A run comes
//! after that, so that nothing of the time between is missed.

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

/// How long nothing may change before what changed is read: a program that writes many files is
/// waited for.
const QUIET: Duration = Duration::from_millis(500);

/// How long changes are gathered at the most.
const LONGEST: Duration = Duration::from_millis(1500);

/// The same for a folder that has come in the place of another: it may be being copied, its index
/// with it.
const COMING: Duration = Duration::from_secs(60);

/// How often the path of the folder, the mounts and the index are looked at.
const TICK: Duration = Duration::from_secs(1);

/// After how long a run is due though nothing was heard: some file systems (NFS, FUSE) tell
/// nothing of what other machines change.
const SILENCE: Duration = Duration::from_secs(600);

/// The same where not all of the folder can be followed.
const BLIND: Duration = Duration::from_secs(5);

/// How many times as long as the last run a folder is left alone at the least, if nothing is heard.
const REST: u32 = 10;

/// How long the system is given to take back the watches of a folder.
const RETURN: Duration = Duration::from_secs(1);

/// A folder that is followed, from when this was made.
pub struct Watch {
    folder: PathBuf,
    index: PathBuf,
    following: Following,
    mounts: Mounts,
    /// The index as the last run left it.
    left: Vec<IndexEntry>,
    /// When waiting last ended: a run begins then.
    woken: Instant,
}

impl Watch {
    /// Follows `folder` with all in it that is read, and the folder `index` of its index. The
    /// folder need not be there yet.
    pub fn new(folder: &Path, index: &Path) -> Self {
        Self {
            folder: folder.to_owned(),
            index: index.to_owned(),
            mounts: Mounts::open(),
            following: Following::begin(folder, index),
            left: index_entries(index),
            woken: Instant::now(),
        }
    }

    /// Returns why not all of the folder can be followed, where that is so. It is looked through
    /// every few seconds then.
    pub fn flaw(&self) -> Option<&str> {
        self.following.flaw.as_deref()
    }

    /// Notes the index as a run has left it. What changes it afterwards is not this program, or
    /// is another run of it.
    pub fn note_index(&mut self) {
        self.left = index_entries(&self.index);
    }

    /// Waits until something has changed since the last time, and then until no more changes for
    /// a moment; or until a run is due, and no longer than `retry`.
    pub fn wait(&mut self, retry: Option<Duration>) {
        let patience = self.period().max(self.woken.elapsed() * REST);
        let end = Instant::now() + retry.map_or(patience, |retry| retry.min(patience));
        loop {
            let left = end.saturating_duration_since(Instant::now());
            if self.following.changes.recv_timeout(TICK.min(left)).is_ok()
                || self.is_outdated()
                || index_entries(&self.index) != self.left
            {
                self.settle();
                break;
            }
            if left.is_zero() {
                break;
            }
        }
        if self.following.since.elapsed() >= self.period() {
            self.renew();
        }
        self.woken = Instant::now();
    }

    /// Returns after how long a run is due, and the folder is followed anew.
    fn period(&self) -> Duration {
        if self.flaw().is_some() {
            BLIND
        } else {
            SILENCE
        }
    }

    /// Returns whether what is followed is no longer the whole of what is at the folder's path.
    pub fn is_outdated(&self) -> bool {
        if self.mounts.have_changed() {
            self.following.is_stale.store(true, Ordering::Relaxed);
        }
        self.following.is_stale.load(Ordering::Relaxed)
            || folder_id(&self.folder) != self.following.id
    }

    /// Follows the folder anew.
    fn renew(&mut self) {
        let none = Following::none();
        std::mem::replace(&mut self.following, none).end();
        self.following = Following::begin(&self.folder, &self.index);
    }

    /// Waits until nothing changes for a moment. New folders are followed meanwhile, so that what
    /// happens in them is heard.
    fn settle(&mut self) {
        let mut end = Instant::now() + LONGEST;
        loop {
            if self.is_outdated() {
                let id = folder_id(&self.folder);
                if id.is_some() && id != self.following.id {
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

    /// Waits until nothing changes for a moment, in the folder or in the index, but not past `end`.
    fn gather(&self, end: Instant) {
        loop {
            let index = index_entries(&self.index);
            let left = end.saturating_duration_since(Instant::now());
            let is_changing = self.following.changes.recv_timeout(QUIET.min(left)).is_ok()
                || index_entries(&self.index) != index;
            if left.is_zero() || !is_changing {
                return;
            }
        }
    }
}

/// The watches of one folder, as it was found at its path.
struct Following {
    /// The folder, where there is one.
    id: Option<FileId>,
    since: Instant,
    watcher: Option<RecommendedWatcher>,
    changes: Receiver<()>,
    /// Held so that `changes` is not closed where there is no watcher.
    sender: SyncSender<()>,
    /// Whether folders came or moved, or events were lost.
    is_stale: Arc<AtomicBool>,
    flaw: Option<String>,
}

impl Following {
    /// Follows nothing.
    fn none() -> Self {
        // One change is as good as many.
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
        // Taken first: if the folder is replaced in the meantime, it differs at the next look.
        this.id = folder_id(folder);
        if this.id.is_none() {
            return this;
        }
        let paths = Paths::new(folder, index);
        let (sender, is_stale) = (this.sender.clone(), Arc::clone(&this.is_stale));
        let told = paths.clone();
        let watcher = notify::recommended_watcher(move |event: notify::Result<Event>| {
            match event {
                Ok(event) if !told.is_change(&event) => return,
                Ok(event) if !told.is_about_folders(&event) => {}
                _ => is_stale.store(true, Ordering::Relaxed),
            }
            // It is full where a change is waiting already.
            let _ = sender.try_send(());
        });
        let followed = watcher.and_then(|watcher| follow(this.watcher.insert(watcher), &paths));
        this.flaw = followed.err().map(|error| reason(&error.kind));
        this
    }

    /// Ends it, and waits until the watches are returned: the system lends only so many.
    fn end(self) {
        let end = Instant::now() + RETURN;
        drop((self.watcher, self.sender));
        // The channel is closed when the watcher's thread has ended.
        while let left = end.saturating_duration_since(Instant::now())
            && self.changes.recv_timeout(left).is_ok()
        {}
    }
}

/// Follows a folder and the folders in it that are read, as far as that can be done.
fn follow(watcher: &mut RecommendedWatcher, paths: &Paths) -> notify::Result<()> {
    if RecommendedWatcher::kind() != WatcherKind::Inotify {
        return watcher.watch(&paths.root, RecursiveMode::Recursive);
    }
    // Folder by folder: the watcher's own walk ends at the first folder that can't be read, and
    // goes into hidden ones, the index among them.
    let folders = WalkDir::new(&paths.root)
        .follow_links(true)
        .into_iter()
        .filter_entry(|entry| entry.file_type().is_dir() && !paths.is_ignored(entry.path()));
    for folder in folders.flatten() {
        match watcher.watch(folder.path(), RecursiveMode::NonRecursive) {
            Err(error) if !is_of_one_folder(&error) => return Err(error),
            _ => {}
        }
    }
    Ok(())
}

/// Returns why a folder can't be followed, in words that are the same for all folders.
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

/// Returns whether a folder is gone or may not be read. The folder that it is in tells when that
/// changes.
fn is_of_one_folder(error: &notify::Error) -> bool {
    match &error.kind {
        notify::ErrorKind::PathNotFound => true,
        notify::ErrorKind::Io(error) => matches!(
            error.kind(),
            ErrorKind::NotFound | ErrorKind::NotADirectory | ErrorKind::PermissionDenied
        ),
        _ => false,
    }
}

/// Which paths are followed.
#[derive(Clone, Debug)]
struct Paths {
    /// The folder of articles.
    root: PathBuf,
    /// The folder of the index, where it lies in that.
    index: Option<PathBuf>,
}

impl Paths {
    fn new(folder: &Path, index: &Path) -> Self {
        let root = real(folder);
        let index = Some(real(index)).filter(|index| index.starts_with(&root) && *index != root);
        Self { root, index }
    }

    /// Returns whether nothing at a path is read: it is hidden, or of the index.
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

    /// Returns whether an event is a change of what is read, and not a mere reading of it.
    fn is_change(&self, event: &Event) -> bool {
        let is_reading = match event.kind {
            EventKind::Access(AccessKind::Close(AccessMode::Write)) => false,
            EventKind::Access(_) => true,
            _ => false,
        };
        event.need_rescan()
            || (!is_reading && !event.paths.iter().all(|path| self.is_ignored(path)))
    }

    /// Returns whether after a change other folders have to be followed.
    fn is_about_folders(&self, event: &Event) -> bool {
        event.need_rescan() || (event.paths.iter()).any(|path| *path == self.root || path.is_dir())
    }
}

/// Returns where a path leads; the last part of it need not be there yet.
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

/// Returns which folder is at a path, if any is.
fn folder_id(path: &Path) -> Option<FileId> {
    path.is_dir().then(|| file_id::get_file_id(path).ok())?
}

/// What is seen of a file or folder of the index from outside: its name, which it is, and of a
/// file when it was last changed.
type IndexEntry = (OsString, Option<FileId>, Option<SystemTime>);

/// Returns what is in an index folder, but for the lock: each run takes that, also one that
/// changes nothing.
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

/// What is mounted where. A file system that is unmounted, or mounted over a folder, sends no
/// event, and one that is mounted again at once looks like the one before.
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

    /// Returns whether anything was mounted or unmounted since this was last asked. The kernel
    /// marks the open table for that; see proc_pid_mounts(5).
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
    fn tells_changes_from_the_rest() {
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
    fn knows_an_index_that_is_not_in_the_folder() {
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

    /// A folder that is followed. Each wait below has to end long before it would by itself.
    struct Followed {
        folder: tempfile::TempDir,
        watch: Watch,
    }

    impl Followed {
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

        #[track_caller]
        fn notices_nothing(&mut self, why: &str) {
            let (start, pause) = (Instant::now(), Duration::from_secs(3));
            self.watch.wait(Some(pause));
            assert!(start.elapsed() >= pause, "{why}");
        }
    }

    #[test]
    fn sees_new_files_in_new_folders() {
        let mut followed = Followed::new();
        fs::create_dir_all(followed.at("news/new/newer")).unwrap();
        followed.notices("a folder in a new folder");
        fs::write(followed.at("news/new/newer/a.txt"), "text").unwrap();
        followed.notices("a file in it");
        fs::create_dir(followed.at("news/new/.git")).unwrap();
        followed.notices_nothing("what is hidden is not read");
    }

    #[test]
    fn sees_that_the_folder_is_another() {
        let mut followed = Followed::new();
        fs::rename(followed.at("news"), followed.at("away")).unwrap();
        followed.notices("the folder is gone");
        fs::write(followed.at("news"), "a file").unwrap();
        fs::remove_file(followed.at("news")).unwrap();
        fs::create_dir_all(followed.at("news")).unwrap();
        followed.notices("another is in its place");
        fs::write(followed.at("news/a.txt"), "text").unwrap();
        followed.notices("a file in it");
        fs::remove_dir_all(followed.at("news")).unwrap();
        fs::create_dir_all(followed.at("news")).unwrap();
        followed.notices("it was made again, perhaps under the same number");
        fs::write(followed.at("news/a.txt"), "text").unwrap();
        followed.notices("a file in it");
    }

    #[test]
    fn sees_folders_in_the_place_of_others() {
        let mut followed = Followed::new();
        fs::rename(followed.at("news/sub"), followed.at("news/old")).unwrap();
        fs::create_dir(followed.at("news/sub")).unwrap();
        followed.notices("a folder is moved");
        for name in ["news/sub/a.txt", "news/old/a.txt"] {
            fs::write(followed.at(name), "text").unwrap();
            followed.notices(name);
        }
    }

    #[test]
    fn sees_that_the_index_is_another() {
        let mut followed = Followed::new();
        let index = followed.at("news/.morgue");
        fs::create_dir_all(index.join("gen-1")).unwrap();
        fs::write(index.join("morgue.json"), "{}").unwrap();
        followed.notices("another run made it");
        fs::write(index.join("lock"), "1").unwrap();
        fs::write(index.join("gen-1/x"), "1").unwrap();
        followed.notices_nothing("another run held the lock");
        fs::rename(&index, followed.at("saved")).unwrap();
        followed.notices("it is gone");
        fs::rename(followed.at("saved"), &index).unwrap();
        followed.notices("it is back");
    }
}
