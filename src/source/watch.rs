//! Follows a folder: says when something in it has changed.

use std::path::{Path, PathBuf};
use std::sync::mpsc::{self, Receiver, RecvTimeoutError};
use std::time::{Duration, Instant};

use notify::{Event, EventKind, RecursiveMode, Watcher as _};

use crate::error::{Error, Result};

/// How long nothing may change before what changed is read: a program that writes many files is
/// waited for.
const QUIET: Duration = Duration::from_millis(500);

/// How long changes are gathered at the most.
const LONGEST: Duration = Duration::from_millis(1500);

/// A folder that is followed, from when this was made.
pub struct Watch {
    changes: Receiver<()>,
    _watcher: notify::RecommendedWatcher,
}

impl Watch {
    /// Follows `folder` with all that is in it, but for `index`, the index folder.
    ///
    /// # Errors
    /// [`Error::Unwatchable`].
    pub fn new(folder: &Path, index: &Path) -> Result<Self> {
        let unwatchable = |error: notify::Error| Error::Unwatchable {
            path: folder.to_owned(),
            source: error,
        };
        let (sender, changes) = mpsc::channel();
        let own = [real(index), index.to_owned()];
        let mut watcher = notify::recommended_watcher(move |event: notify::Result<Event>| {
            // What could not be followed may have changed.
            if event.is_ok_and(|event| !is_change(&event, &own)) {
                return;
            }
            // Nobody listens any more when the program ends.
            let _ = sender.send(());
        })
        .map_err(unwatchable)?;
        watcher
            .watch(&real(folder), RecursiveMode::Recursive)
            .map_err(unwatchable)?;
        Ok(Self {
            changes,
            _watcher: watcher,
        })
    }

    /// Waits until something has changed since the last time, and then until no more changes for a
    /// moment.
    pub fn wait(&self) {
        if self.changes.recv().is_err() {
            return;
        }
        let end = Instant::now() + LONGEST;
        loop {
            let left = end.saturating_duration_since(Instant::now());
            match self.changes.recv_timeout(QUIET.min(left)) {
                Ok(()) if !left.is_zero() => {}
                Ok(()) | Err(RecvTimeoutError::Timeout | RecvTimeoutError::Disconnected) => return,
            }
        }
    }
}

/// Returns where a path leads, which need not be there yet.
fn real(path: &Path) -> PathBuf {
    std::fs::canonicalize(path).unwrap_or_else(|_| path.to_owned())
}

/// Returns whether an event is a change of the folder, and not a mere reading of it or one of the
/// index's own.
fn is_change(event: &Event, own: &[PathBuf]) -> bool {
    if event.need_rescan() {
        return true;
    }
    let is_own = |path: &PathBuf| own.iter().any(|own| path.starts_with(own));
    !matches!(event.kind, EventKind::Access(_)) && !event.paths.iter().all(is_own)
}

#[cfg(test)]
mod tests {
    use notify::event::{AccessKind, CreateKind, Flag};

    use super::*;

    #[test]
    fn tells_changes_from_the_rest() {
        let own = [PathBuf::from("/news/.morgue")];
        let created = EventKind::Create(CreateKind::File);
        for (kind, path, expected) in [
            (created, "/news/a.txt", true),
            (created, "/news/.morgue/lock", false),
            (EventKind::Access(AccessKind::Read), "/news/a.txt", false),
        ] {
            let event = Event::new(kind).add_path(PathBuf::from(path));
            assert_eq!(is_change(&event, &own), expected, "{kind:?} {path}");
        }
        let lost = Event::new(EventKind::Other).set_flag(Flag::Rescan);
        assert!(is_change(&lost, &own));
    }

    #[test]
    fn sees_a_new_file_in_a_new_folder() {
        let folder = tempfile::tempdir().unwrap();
        let watch = Watch::new(folder.path(), &folder.path().join(".morgue")).unwrap();
        std::fs::create_dir(folder.path().join("new")).unwrap();
        watch.wait();
        std::fs::write(folder.path().join("new/a.txt"), "text").unwrap();
        watch.wait();
    }
}
