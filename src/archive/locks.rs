//! Locks of files: one writer has an index folder, and any readers hold a generation, so that it is
//! not removed while they read.

use std::fs::{self, File, TryLockError};
use std::io::Write;
use std::path::Path;

use crate::error::{Error, Result};

/// The file of a generation whose lock readers share, so that the generation stays.
const READERS: &str = "readers.lock";

/// Takes the lock of an index folder, or says which process has it.
pub(super) fn lock(folder: &Path) -> Result<File> {
    let path = folder.join("lock");
    let mut file = File::options()
        .create(true)
        .truncate(false)
        .read(true)
        .write(true)
        .open(&path)
        .map_err(Error::io(&path))?;
    match file.try_lock() {
        Ok(()) => {}
        Err(TryLockError::WouldBlock) => {
            let holder = fs::read_to_string(&path).unwrap_or_default();
            return Err(Error::IndexLocked {
                path: folder.to_owned(),
                process: holder.trim().parse().ok(),
            });
        }
        Err(TryLockError::Error(error)) => return Err(Error::io(&path)(error)),
    }
    // For whoever is refused; the lock itself is the operating system's.
    let _ = file
        .set_len(0)
        .and_then(|()| writeln!(file, "{}", std::process::id()));
    Ok(file)
}

/// Makes the file that readers of a generation hold.
pub(super) fn make_holdable(generation: &Path) -> Result<()> {
    File::create(generation.join(READERS))
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

/// Removes a generation, unless somebody holds it. Nobody can take hold of it meanwhile. One that
/// can't be removed now is left: it does no harm.
pub(super) fn remove_unheld(generation: &Path) {
    let readers = File::open(generation.join(READERS));
    let is_held = readers
        .as_ref()
        .is_ok_and(|file| matches!(file.try_lock(), Err(TryLockError::WouldBlock)));
    if !is_held {
        let _ = fs::remove_dir_all(generation);
    }
}
