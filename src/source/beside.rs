//! Reads the small files that users write: `people.toml` and lists of names.

use std::fs::{self, File};
use std::io::Read;
use std::path::Path;

use crate::error::{Error, Result};

/// The largest size of such a file, in bytes.
const MOST_BYTES: u64 = 4_000_000;

/// Returns the bytes of a file. Its type is checked before it is opened, since opening a pipe
/// without a writer blocks for ever.
///
/// # Errors
/// [`Error::Unfit`] if it is not a regular file or too large, [`Error::Io`].
pub fn read(path: &Path) -> Result<Vec<u8>> {
    let file_type = fs::metadata(path).map_err(Error::io(path))?.file_type();
    if file_type.is_dir() {
        return Err(unfit(path, "this is a folder, not a file".to_owned()));
    }
    if !file_type.is_file() {
        let what = "this is a pipe or a device, not a file";
        return Err(unfit(path, what.to_owned()));
    }
    read_from(File::open(path).map_err(Error::io(path))?, path)
}

/// Returns the bytes of an open file. `path` is its path or name, for messages.
///
/// # Errors
/// [`Error::Unfit`] if it is too large, [`Error::Io`].
pub fn read_from(file: impl Read, path: &Path) -> Result<Vec<u8>> {
    let mut bytes = Vec::new();
    file.take(MOST_BYTES + 1)
        .read_to_end(&mut bytes)
        .map_err(Error::io(path))?;
    if bytes.len() as u64 > MOST_BYTES {
        let most = MOST_BYTES / 1_000_000;
        return Err(unfit(path, format!("this is larger than {most} MB")));
    }
    Ok(bytes)
}

fn unfit(path: &Path, detail: String) -> Error {
    Error::Unfit {
        path: path.to_owned(),
        detail,
    }
}

#[cfg(test)]
mod tests {
    use std::io;

    use super::*;

    #[test]
    fn reads_up_to_the_limit() {
        let path = Path::new("x");
        let read = |size| read_from(io::repeat(b'a').take(size), path).map(|bytes| bytes.len());
        assert_eq!(read(MOST_BYTES).unwrap(), 4_000_000);
        for size in [MOST_BYTES + 1, u64::MAX] {
            assert_eq!(
                read(size).unwrap_err().to_string(),
                "x: this is larger than 4 MB"
            );
        }
    }
}
