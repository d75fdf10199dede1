//! Turns the engine's errors and panics into the library's errors.

use std::fs;
use std::io;
use std::panic::{self, AssertUnwindSafe};
use std::path::Path;

use tantivy::TantivyError;

use super::sharing::TEMPORARY;
use crate::error;
use crate::error::{Error, Result};

/// Runs `work`, which reads the index in `folder`. An engine error in it is turned into one of the
/// system or of damage, and so is a panic: the engine panics on damaged files.
pub(super) fn guard<T>(folder: &Path, work: impl FnOnce() -> Result<T>) -> Result<T> {
    match panic::catch_unwind(AssertUnwindSafe(work)) {
        Ok(Err(Error::Engine(error))) => Err(damaged(folder, &error)),
        Ok(done) => done,
        Err(payload) => Err(Error::IndexDamaged {
            path: folder.to_owned(),
            detail: format!("reading it failed: {}", error::panic_message(&*payload)),
        }),
    }
}

/// Turns an engine error from reading an index into one of the system or of damage. A missing file
/// is damage.
pub(super) fn damaged(folder: &Path, error: &TantivyError) -> Error {
    match system_error(&error.to_string()) {
        Some(source) if source.kind() != io::ErrorKind::NotFound => Error::io(folder)(source),
        _ => Error::IndexDamaged {
            path: folder.to_owned(),
            detail: error.to_string(),
        },
    }
}

/// Turns an engine error from writing to the folder `at` into one of the system, if a file caused
/// it.
pub(super) fn failure(at: &Path, error: TantivyError) -> Error {
    let cause = system_error(&error.to_string()).or_else(|| match &error {
        TantivyError::IoError(source) => Some(io::Error::new(source.kind(), source.to_string())),
        // An engine thread that could not write may report only that it ended. Writing a little
        // beside it gives the reason.
        TantivyError::ErrorInThread(_) => probe(at).err(),
        _ => None,
    });
    match cause {
        Some(source) => Error::io(at)(source),
        None => Error::Engine(error),
    }
}

/// Returns the operating system's error that an engine's message quotes by its number, as in "No
/// space left on device (os error 28)" or `Os { code: 28, kind: StorageFull … }`.
pub(super) fn system_error(message: &str) -> Option<io::Error> {
    let (_, after) = ["(os error ", "Os { code: "]
        .iter()
        .find_map(|before| message.rsplit_once(before))?;
    let number = after.split([')', ',']).next()?.parse().ok()?;
    Some(io::Error::from_raw_os_error(number))
}

/// Writes a file to a folder and removes it again.
fn probe(folder: &Path) -> io::Result<()> {
    let path = folder.join(format!("{TEMPORARY}-probe"));
    let written = fs::write(&path, vec![0x5a; 1 << 16]);
    let removed = fs::remove_file(&path);
    written.and(removed)
}
