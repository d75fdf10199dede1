//! Turns the engine's errors and panics into the library's errors.

use std::fs;
use std::io;
use std::panic::{self, AssertUnwindSafe};
use std::path::Path;

use tantivy::TantivyError;

use super::sharing::TEMPORARY;
use crate::error;
use crate::error::{Error, Result};

/// Runs what reads the index in `folder`. A panic in it is an error.
pub(super) fn guard<T>(folder: &Path, work: impl FnOnce() -> Result<T>) -> Result<T> {
    panic::catch_unwind(AssertUnwindSafe(work)).unwrap_or_else(|payload| {
        Err(Error::IndexDamaged {
            path: folder.to_owned(),
            detail: format!("reading it failed: {}", error::panic_message(&*payload)),
        })
    })
}

/// Turns the engine's error on reading an index into one of the system or one of damage.
pub(super) fn damaged(folder: &Path, error: &TantivyError) -> Error {
    match system_error(&error.to_string()) {
        Some(source) if source.kind() != io::ErrorKind::NotFound => Error::io(folder)(source),
        _ => Error::IndexDamaged {
            path: folder.to_owned(),
            detail: error.to_string(),
        },
    }
}

/// Turns the engine's error into one that names the place where it is about a file.
pub(super) fn failure(at: &Path, error: TantivyError) -> Error {
    let cause = system_error(&error.to_string()).or_else(|| match &error {
        TantivyError::IoError(source) => Some(io::Error::new(source.kind(), source.to_string())),
        // A thread of the engine that could not write may say no more than that it ended. Writing
        // a little beside it tells why.
        TantivyError::ErrorInThread(_) => probe(at).err(),
        _ => None,
    });
    match cause {
        Some(source) => Error::io(at)(source),
        None => Error::Engine(error),
    }
}

/// Returns the operating system's error that the engine has put into words: its number survives,
/// as in "No space left on device (os error 28)" or in `Os { code: 28, kind: StorageFull … }`.
pub(super) fn system_error(message: &str) -> Option<io::Error> {
    let (_, after) = ["(os error ", "Os { code: "]
        .iter()
        .find_map(|before| message.rsplit_once(before))?;
    let number = after.split([')', ',']).next()?.parse().ok()?;
    Some(io::Error::from_raw_os_error(number))
}

/// Writes a block to a folder and takes it away again.
fn probe(folder: &Path) -> io::Result<()> {
    let path = folder.join(format!("{TEMPORARY}-probe"));
    let written = fs::write(&path, vec![0x5a; 1 << 16]);
    let removed = fs::remove_file(&path);
    written.and(removed)
}
