//! Locks of files: one writer has an index folder, and any readers hold a generation, so that it is
//! not removed while they read.

use std::fs::{self, File, TryLockError};
use std::io::{self, Write};
use std::path::Path;

use super::sharing::Sharing;
use crate::error::{Error, Result};

/// The file of a generation whose lock readers share, so that the generation stays.
pub(super) const READERS: &str = "readers.lock";

/// The right to write an index, for as long as it lives.
pub(super) struct WriteLock {
    file: File,
    /// Whether the file system has locks. Without them nothing keeps a second run away.
    pub(super) is_exclusive: bool,
}

/// The name of the file that is locked in an index folder. It holds the number of the process.
pub(super) const WRITE_LOCK: &str = "lock";

/// Takes the lock of an index folder, or says which process has it.
pub(super) fn lock(folder: &Path, sharing: Sharing) -> Result<WriteLock> {
    let path = folder.join(WRITE_LOCK);
    if path.is_symlink() {
        let error = io::Error::new(
            io::ErrorKind::InvalidInput,
            "a link, and no lock of an index",
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
    // For the message of a run that is refused; the lock itself is the operating system's.
    let _ = lock
        .file
        .set_len(0)
        .and_then(|()| writeln!(lock.file, "{}", std::process::id()));
    Ok(lock)
}

/// Returns whether an error says that the file system has no locks, as NFS without its lock service
/// (`ENOLCK`) and some network and FUSE file systems.
fn is_unsupported(error: &io::Error) -> bool {
    #[cfg(unix)]
    if error.raw_os_error() == Some(rustix::io::Errno::NOLCK.raw_os_error()) {
        return true;
    }
    error.kind() == io::ErrorKind::Unsupported
}

/// Makes the file that readers of a generation hold.
pub(super) fn make_holdable(generation: &Path, sharing: Sharing) -> Result<()> {
    sharing
        .create(&generation.join(READERS))
        .map(drop)
        .map_err(Error::io(generation))
}

/// Shares the lock of a generation, where that can be done.
pub(super) fn hold(generation: &Path) -> Option<File> {
    let file = File::open(generation.join(READERS)).ok()?;
    match file.try_lock_shared() {
        Ok(()) => Some(file),
        // It is being removed, or locks are not to be had here.
        Err(TryLockError::WouldBlock | TryLockError::Error(_)) => None,
    }
}

/// Removes a generation, unless a reader holds it. No reader can take hold of it meanwhile. One that
/// can't be removed now is left: it does no harm.
pub(super) fn remove_unheld(generation: &Path) {
    let readers = File::open(generation.join(READERS));
    let is_held = readers
        .as_ref()
        .is_ok_and(|file| matches!(file.try_lock(), Err(TryLockError::WouldBlock)));
    if is_held {
        return;
    }
    let removed = fs::remove_dir_all(generation);
    // Some file systems keep an open file, and so its folder.
    drop(readers);
    if removed.is_err() {
        let _ = fs::remove_dir_all(generation);
    }
}
