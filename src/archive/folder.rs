//! Checks that a folder may hold an index: it is empty or already holds one. Files of the user's
//! are never overwritten or removed.

use std::fs;
use std::io::ErrorKind;
use std::path::Path;

use super::locks::{READERS, WRITE_LOCK};
use super::manifest;
use super::manifest::{FILE_NAME, Manifest};
use super::sharing::{Sharing, TEMPORARY};
use crate::error::{Error, Result};
use crate::source::exclude;

/// Files that operating systems create in folders.
const OF_THE_SYSTEM: [&str; 4] = [".DS_Store", "Thumbs.db", "desktop.ini", "lost+found"];

/// The first bytes of a manifest.
const MANIFEST_START: &str = "{\n  \"format\": ";

/// The content of the `.morgueignore` in an index folder: a pattern that leaves out all files, so
/// that a run on a folder around it does not read them as articles.
const NO_ARTICLES: &str = "*\n";

/// Writes the `.morgueignore` of an index folder, if there is none.
pub(super) fn keep_out_walks(folder: &Path, sharing: Sharing) -> Result<()> {
    let path = folder.join(exclude::FILE_NAME);
    if path.exists() {
        return Ok(());
    }
    (sharing.replace(&path, NO_ARTICLES.as_bytes())).map_err(Error::io(&path))
}

/// The content of an index folder when a run begins.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Content {
    /// Nothing, or what a first run wrote before it was cut off.
    Nothing,
    /// An index.
    Index,
}

/// Returns the content of a folder, which need not exist yet.
///
/// # Errors
/// [`Error::ForeignFolder`] if it holds other files and no index, [`Error::Io`] if it can't be
/// read.
pub(super) fn content_of(folder: &Path) -> Result<Content> {
    match Manifest::read_unfinished(folder) {
        Ok(_) => return Ok(Content::Index),
        Err(Error::IndexMissing(_) | Error::IndexDamaged { .. }) => {}
        Err(error) => return Err(error),
    }
    let entries = match fs::read_dir(folder) {
        Ok(entries) => entries,
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok(Content::Nothing),
        Err(error) => return Err(Error::io(folder)(error)),
    };
    let mut foreign = None;
    for entry in entries {
        let name = entry.map_err(Error::io(folder))?.file_name();
        let name = name.to_string_lossy().into_owned();
        // A damaged manifest is ours if there is a generation beside it; else it may be any file.
        if is_generation(folder, &name) {
            return Ok(Content::Index);
        }
        if !is_beginning(folder, &name) && !OF_THE_SYSTEM.contains(&name.as_str()) {
            foreign.get_or_insert(name);
        }
    }
    match foreign {
        None => Ok(Content::Nothing),
        Some(name) => Err(Error::ForeignFolder {
            path: folder.to_owned(),
            name,
        }),
    }
}

/// Returns whether a name is that of a generation, and not of a folder of the user's.
pub(super) fn is_generation(folder: &Path, name: &str) -> bool {
    let Some(generation) = manifest::generation_of(name) else {
        return false;
    };
    let generation = manifest::generation_folder(folder, generation);
    ["meta.json", READERS, FILE_NAME]
        .iter()
        .filter(|name| generation.join(name).is_file())
        .count()
        >= 2
}

/// Returns whether a file is one that a first run writes before the manifest.
fn is_beginning(folder: &Path, name: &str) -> bool {
    let path = folder.join(name);
    if name == format!("{TEMPORARY}-{FILE_NAME}") {
        // A whole manifest or the beginning of one.
        let text = fs::read_to_string(&path).unwrap_or_else(|_| "none".to_owned());
        return MANIFEST_START.starts_with(&text) || text.starts_with(MANIFEST_START);
    }
    if name == exclude::FILE_NAME {
        return fs::read_to_string(&path).is_ok_and(|text| text == NO_ARTICLES);
    }
    if name == format!("{TEMPORARY}-{}", exclude::FILE_NAME) {
        // The process may have been killed while it wrote the file.
        return fs::read_to_string(&path).is_ok_and(|text| NO_ARTICLES.starts_with(&text));
    }
    // A lock holds the number of a process.
    name == WRITE_LOCK
        && path
            .metadata()
            .is_ok_and(|file| file.is_file() && file.len() <= 12)
        && fs::read_to_string(&path)
            .is_ok_and(|text| text.trim().bytes().all(|byte| byte.is_ascii_digit()))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Returns the content of a folder with these files, given by path and text; `None` if it may
    /// not hold an index.
    fn holds(files: &[(&str, &str)]) -> Option<Content> {
        let folder = tempfile::tempdir().unwrap();
        for (name, text) in files {
            let path = folder.path().join(name);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, text).unwrap();
        }
        match content_of(folder.path()) {
            Ok(content) => Some(content),
            Err(Error::ForeignFolder { .. }) => None,
            Err(error) => panic!("{error}"),
        }
    }

    #[test]
    fn recognises_its_own_files() {
        for (files, expected) in [
            (&[][..], Some(Content::Nothing)),
            (&[("lock", "4711\n")], Some(Content::Nothing)),
            (&[(".DS_Store", "x"), ("lock", "")], Some(Content::Nothing)),
            (&[("lock", "my notes on locks")], None),
            (&[("notes.txt", "mine")], None),
            (&[("morgue.json", "{}")], None),
            (&[("morgue.json", "{"), ("gen-7/x.txt", "mine")], None),
            (&[("gen-7/meta.json", "{}")], None),
            (&[("damaged", "list of books")], None),
            (&[(".tmp-morgue.json", "mine")], None),
            (&[(".morgueignore", "*\n")], Some(Content::Nothing)),
            (&[(".morgueignore", "drafts/\n")], None),
            (&[(".tmp-.morgueignore", "")], Some(Content::Nothing)),
            (&[(".tmp-.morgueignore", "drafts/\n")], None),
            (
                &[(".tmp-morgue.json", "{\n  \"form")],
                Some(Content::Nothing),
            ),
            (
                &[("gen-7/meta.json", "{}"), ("gen-7/readers.lock", "")],
                Some(Content::Index),
            ),
        ] {
            assert_eq!(holds(files), expected, "{files:?}");
        }
        assert_eq!(
            content_of(Path::new("no/such/folder")).unwrap(),
            Content::Nothing
        );
    }
}
