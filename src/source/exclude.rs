//! Files and folders to leave out: the patterns of the user's `--exclude` and of `.morgueignore` files,
//! in the syntax of `.gitignore`.

use std::path::{Path, PathBuf};

use ignore::Match;
use ignore::gitignore::{Gitignore, GitignoreBuilder};

use crate::error::{Error, Result};

/// The file of patterns for its folder and all folders below.
pub const FILE_NAME: &str = ".morgueignore";

/// The patterns in force where a walk is.
pub(super) struct Excludes {
    /// The user's, for the whole folder. They come before all others.
    typed: Gitignore,
    /// Those of the folders from the outermost to the one that is read, where they have any.
    files: Vec<(PathBuf, Gitignore)>,
}

impl Excludes {
    /// Reads patterns for a folder of articles.
    ///
    /// # Errors
    /// [`Error::Pattern`] where one can't be understood.
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

    /// Reads the `.morgueignore` of a folder that the walk enters. Returns what can't be understood of
    /// it, with its path.
    pub(super) fn enter(&mut self, folder: &Path) -> Option<(PathBuf, String)> {
        let path = folder.join(FILE_NAME);
        match path.metadata() {
            Ok(metadata) if metadata.is_file() => {}
            Ok(_) => return Some((path, "not a file".to_owned())),
            // There is none, or the folder can't be read at all, which the walk says.
            Err(_) => return None,
        }
        let mut builder = GitignoreBuilder::new(folder);
        let trouble = builder.add(&path);
        if let Ok(patterns) = builder.build() {
            self.files.push((folder.to_owned(), patterns));
        }
        trouble.map(|error| (path, without_path(&error)))
    }

    /// Forgets the patterns of folders that `path`, which the walk comes upon next, is not below.
    pub(super) fn leave(&mut self, path: &Path) {
        while self
            .files
            .last()
            .is_some_and(|(folder, _)| !path.starts_with(folder))
        {
            self.files.pop();
        }
    }

    /// Returns whether a file or folder is left out. The innermost pattern decides.
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

/// Returns what is wrong in a file of patterns, on one line and without its path.
fn without_path(error: &ignore::Error) -> String {
    match error {
        ignore::Error::Partial(errors) => {
            let all: Vec<String> = errors.iter().map(without_path).collect();
            all.join("; ")
        }
        ignore::Error::WithPath { err, .. } | ignore::Error::WithDepth { err, .. } => {
            without_path(err)
        }
        other => other.to_string().replace('\n', " "),
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
        assert_eq!(excludes.enter(folder.path()), None);
        assert_eq!(excludes.enter(&below), None);
        let is_excluded = |excludes: &Excludes, path: &Path| excludes.is_excluded(path, false);
        assert!(!is_excluded(&excludes, &below.join("a.md")));
        assert!(is_excluded(&excludes, &below.join("b.md")));
        assert!(is_excluded(&excludes, &below.join("y.md")));
        let beside = folder.path().join("a.md");
        excludes.leave(&beside);
        assert!(is_excluded(&excludes, &beside));
    }

    #[test]
    fn says_what_is_wrong_in_a_file() {
        let folder = tempfile::tempdir().unwrap();
        std::fs::write(folder.path().join(FILE_NAME), "*.md\na{b\n").unwrap();
        let mut excludes = Excludes::new(folder.path(), &[]).unwrap();
        let (path, trouble) = excludes.enter(folder.path()).unwrap();
        assert!(
            path.ends_with(FILE_NAME) && trouble.starts_with("line 2: "),
            "{trouble}"
        );
        assert!(excludes.is_excluded(&folder.path().join("b.md"), false));
    }
}
