//! The patterns of files and folders to leave out, from `--exclude` and `.morgueignore` files, in
//! the syntax of `.gitignore`.

use std::fs;
use std::path::{Path, PathBuf};

use ignore::Match;
use ignore::gitignore::{Gitignore, GitignoreBuilder};

use super::decode;
use crate::error::{Error, Result};

/// The name of the file with patterns for its folder and all folders below.
pub const FILE_NAME: &str = ".morgueignore";

/// The patterns that apply at the current place of a walk.
pub(super) struct Excludes {
    /// The user's, for the whole folder. They take precedence.
    typed: Gitignore,
    /// Those of the folders from the outermost to the current one.
    files: Vec<(PathBuf, Gitignore)>,
}

impl Excludes {
    /// Parses the user's patterns for a folder of articles.
    ///
    /// # Errors
    /// [`Error::Pattern`] if one is not valid.
    pub(super) fn new(folder: &Path, patterns: &[String]) -> Result<Self> {
        let mut builder = GitignoreBuilder::new(folder);
        for pattern in patterns {
            let failure = |error: ignore::Error| Error::Pattern {
                pattern: pattern.clone(),
                detail: without_place(error).to_string(),
            };
            builder.add_line(None, pattern).map_err(failure)?;
        }
        let typed = builder.build().map_err(|error| Error::Pattern {
            pattern: patterns.join(" "),
            detail: error.to_string(),
        })?;
        Ok(Self {
            typed,
            files: Vec::new(),
        })
    }

    /// Reads the `.morgueignore` of a folder that the walk enters. Returns a message for each line
    /// that is not valid; the other lines apply.
    ///
    /// # Errors
    /// A message, if the file can't be read. Its patterns are unknown then, so the folder must not
    /// be read.
    pub(super) fn enter(&mut self, folder: &Path) -> std::result::Result<Vec<String>, String> {
        let path = folder.join(FILE_NAME);
        let bytes = match path.metadata() {
            Ok(metadata) if metadata.is_file() => {
                fs::read(&path).map_err(|error| error.to_string())?
            }
            Ok(_) => return Err("not a file".to_owned()),
            // There is none, or the folder can't be read, which the walk reports.
            Err(_) => return Ok(Vec::new()),
        };
        if decode::looks_binary(&bytes) {
            return Err("not text".to_owned());
        }
        let mut builder = GitignoreBuilder::new(folder);
        let mut troubles = Vec::new();
        let text = decode::decode(&bytes).text.replace("\r\n", "\n");
        for (line, number) in text.split(['\n', '\r']).zip(1..) {
            if let Err(error) = builder.add_line(None, line) {
                troubles.push(format!("line {number}: {}", without_place(error)));
            }
        }
        self.files.push((
            folder.to_owned(),
            builder.build().map_err(|error| error.to_string())?,
        ));
        Ok(troubles)
    }

    /// Drops the patterns of folders that `path`, the next of the walk, is not below.
    pub(super) fn leave(&mut self, path: &Path) {
        while self
            .files
            .last()
            .is_some_and(|(folder, _)| !path.starts_with(folder))
        {
            self.files.pop();
        }
    }

    /// Returns whether a file or folder is left out. The user's patterns decide, then the innermost
    /// ones.
    pub(super) fn is_excluded(&self, path: &Path, is_folder: bool) -> bool {
        let innermost_first = self.files.iter().rev().map(|(_, patterns)| patterns);
        std::iter::once(&self.typed)
            .chain(innermost_first)
            .map(|patterns| patterns.matched(path, is_folder))
            .find(|found| !found.is_none())
            .is_some_and(|found| matches!(found, Match::Ignore(_)))
    }
}

/// Returns an error about a pattern without its file and line.
fn without_place(error: ignore::Error) -> ignore::Error {
    match error {
        ignore::Error::WithPath { err, .. }
        | ignore::Error::WithLineNumber { err, .. }
        | ignore::Error::WithDepth { err, .. } => without_place(*err),
        other => other,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn takes_gitignores_syntax() {
        let folder = Path::new("news");
        let patterns =
            |lines: &[&str]| -> Vec<String> { lines.iter().map(|&line| line.to_owned()).collect() };
        for (lines, path, is_folder, expected) in [
            (&["*.bak"][..], "news/a/b.bak", false, true),
            (&["*.bak"], "news/a/b.txt", false, false),
            (&["drafts/"], "news/2018/drafts", true, true),
            (&["drafts/"], "news/2018/drafts", false, false),
            (&["/drafts"], "news/2018/drafts", true, false),
            (&["*.txt", "!a.txt"], "news/a.txt", false, false),
            (&["# a comment", ""], "news/a.txt", false, false),
        ] {
            let excludes = Excludes::new(folder, &patterns(lines)).unwrap();
            let found = excludes.is_excluded(Path::new(path), is_folder);
            assert_eq!(found, expected, "{lines:?} {path}");
        }
        let error = Excludes::new(folder, &patterns(&["a{b"])).err().unwrap();
        assert!(
            error.to_string().starts_with("a{b: not a pattern: "),
            "{error}"
        );
    }

    #[test]
    fn the_innermost_file_decides() {
        let folder = tempfile::tempdir().unwrap();
        let below = folder.path().join("below");
        std::fs::create_dir(&below).unwrap();
        std::fs::write(folder.path().join(FILE_NAME), "*.md\nx*\n").unwrap();
        std::fs::write(below.join(FILE_NAME), "!a.md\n").unwrap();
        let mut excludes = Excludes::new(folder.path(), &["y*".to_owned()]).unwrap();
        assert_eq!(excludes.enter(folder.path()), Ok(Vec::new()));
        assert_eq!(excludes.enter(&below), Ok(Vec::new()));
        let is_excluded = |excludes: &Excludes, path: &Path| excludes.is_excluded(path, false);
        assert!(!is_excluded(&excludes, &below.join("a.md")));
        assert!(is_excluded(&excludes, &below.join("b.md")));
        assert!(is_excluded(&excludes, &below.join("y.md")));
        let beside = folder.path().join("a.md");
        excludes.leave(&beside);
        assert!(is_excluded(&excludes, &beside));
    }

    #[test]
    fn reports_lines_that_are_not_valid() {
        let folder = tempfile::tempdir().unwrap();
        std::fs::write(folder.path().join(FILE_NAME), "*.md\na{b\n").unwrap();
        let mut excludes = Excludes::new(folder.path(), &[]).unwrap();
        let troubles = excludes.enter(folder.path()).unwrap();
        assert!(troubles[0].starts_with("line 2: "), "{troubles:?}");
        assert!(excludes.is_excluded(&folder.path().join("b.md"), false));
    }

    #[test]
    fn reads_files_of_any_editor_and_refuses_binary_ones() {
        let folder = tempfile::tempdir().unwrap();
        let utf16: Vec<u8> = "\u{feff}*.md\r\n"
            .encode_utf16()
            .flat_map(u16::to_le_bytes)
            .collect();
        for (bytes, expected) in [
            (&b"\xef\xbb\xbf*.md\n"[..], Some(true)),
            (&utf16, Some(true)),
            (b"*.md\r", Some(true)),
            (b"", Some(false)),
            (&[0; 10], None),
        ] {
            std::fs::write(folder.path().join(FILE_NAME), bytes).unwrap();
            let mut excludes = Excludes::new(folder.path(), &[]).unwrap();
            let entered = excludes.enter(folder.path()).ok();
            let found = entered.map(|_| excludes.is_excluded(&folder.path().join("a.md"), false));
            assert_eq!(found, expected, "{bytes:?}");
        }
    }
}
