//! File locks: a writer locks the index folder, and readers share the lock of a generation, so that
//! it is not removed while they read.

use std::fs::{self, File, TryLockError};
use std::io::{self, Write};
use std::path::Path;

use super::sharing::Sharing;
use crate::error::{Error, Result};

/// The file in a generation whose lock its readers share.
pub(super) const READERS: &str = "readers.lock";

/// The lock of an index folder, held until it is dropped.
pub(super) struct WriteLock {
    file: File,
    /// Whether the file system has locks. Without them a second run is not kept out.
    pub(super) is_exclusive: bool,
}

impl Drop for WriteLock {
    /// Gives the lock back at once: closing the file does so only when no process that was started meanwhile
    /// has it open any more.
    fn drop(&mut self) {
        let _ = self.file.unlock();
    }
}

/// The file that a writer locks in an index folder. It holds the number of the process.
pub(super) const WRITE_LOCK: &str = "lock";

/// Takes the lock of an index folder.
///
/// # Errors
/// [`Error::IndexLocked`] with the process that holds it, [`Error::Io`].
pub(super) fn lock(folder: &Path, sharing: Sharing) -> Result<WriteLock> {
    let path = folder.join(WRITE_LOCK);
    if path.is_symlink() {
        let error = io::Error::new(
            io::ErrorKind::InvalidInput,
            "a symbolic link, not a lock file",
        );
        return Err(Error::io(&path)(error));
    }
    let mut options = sharing.options();
    let file = (options.create(true).truncate(false).read(true))
        .open(&path)
        .map_err(Error::io(&path))?;
    let is_exclusive = match file.try_lock() {
        Ok(()) => true,
        Err(TryLockError::WouldBlock) => {
            let holder = fs::read_to_string(&path).unwrap_or_default();
            return Err(Error::IndexLocked {
                path: folder.to_owned(),
                process: holder.trim().parse().ok(),
            });
        }
        Err(TryLockError::Error(error)) if is_unsupported(&error) => false,
        Err(TryLockError::Error(error)) => return Err(Error::io(&path)(error)),
    };
    let mut lock = WriteLock { file, is_exclusive };
    // For the message of a run that is refused; the lock is the operating system's.
    let _ = lock
        .file
        .set_len(0)
        .and_then(|()| writeln!(lock.file, "{}", std::process::id()));
    Ok(lock)
}

/// Returns whether an error means that the file system has no locks, such as NFS without its lock
/// service (`ENOLCK`) and some network and FUSE file systems.
fn is_unsupported(error: &io::Error) -> bool {
    #[cfg(unix)]
    if error.raw_os_error() == Some(rustix::io::Errno::NOLCK.raw_os_error()) {
        return true;
    }
    error.kind() == io::ErrorKind::Unsupported
}

/// Creates the file that readers of a generation lock.
pub(super) fn create_readers_lock(generation: &Path, sharing: Sharing) -> Result<()> {
    sharing
        .create(&generation.join(READERS))
        .map(drop)
        .map_err(Error::io(generation))
}

/// Shares the lock of a generation, if possible.
pub(super) fn hold(generation: &Path) -> Option<File> {
    let file = File::open(generation.join(READERS)).ok()?;
    match file.try_lock_shared() {
        Ok(()) => Some(file),
        // The generation is being removed, or the file system has no locks.
        Err(TryLockError::WouldBlock | TryLockError::Error(_)) => None,
    }
}

/// Removes a generation, unless a reader holds it. The lock keeps new readers out meanwhile. A
/// generation that can't be removed now is left, which does no harm.
pub(super) fn remove_unheld(generation: &Path) {
    let readers = File::open(generation.join(READERS));
    let is_held = readers
        .as_ref()
        .is_ok_and(|file| matches!(file.try_lock(), Err(TryLockError::WouldBlock)));
    if is_held {
        return;
    }
    let removed = fs::remove_dir_all(generation);
    // Some file systems keep an open file, and so its folder, until it is closed.
    drop(readers);
    if removed.is_err() {
        let _ = fs::remove_dir_all(generation);
    }
}
