//! Finds articles by id or path.

use std::ffi::OsStr;
use std::fs;
use std::path::{Component, Path, PathBuf};

use tantivy::collector::DocSetCollector;
use tantivy::query::TermQuery;
use tantivy::schema::{Field, IndexRecordOption};
use tantivy::{DocAddress, Searcher, TantivyError, Term};
use unicode_normalization::UnicodeNormalization;

use super::reader::Archive;
use super::state;
use super::state::FileState;
use crate::article::Article;
use crate::error::{Error, Result};
use crate::source::walk;

impl Archive {
    /// Returns the articles with an id or of a path, sorted by path and part. Two articles may have
    /// the same id by chance.
    ///
    /// An id and a path as search prints it take precedence. Any other path is resolved from the
    /// current folder; outside the folder of articles, a relative one also from that. Letters may
    /// be composed or decomposed (NFC or NFD).
    ///
    /// # Errors
    /// [`Error::ArticleMissing`] if there is none.
    pub fn articles(&self, id_or_path: impl AsRef<OsStr>) -> Result<Vec<Article>> {
        let id_or_path = id_or_path.as_ref();
        self.guard(|| self.find_articles(id_or_path))
    }

    fn find_articles(&self, id_or_path: &OsStr) -> Result<Vec<Article>> {
        let addresses = self.find_addresses(id_or_path)?;
        let articles = addresses.into_iter().map(|address| self.article(address));
        let mut articles: Vec<Article> = articles.collect::<Result<_>>()?;
        articles.sort_by(|a, b| (&a.path, a.part).cmp(&(&b.path, b.part)));
        Ok(articles)
    }

    /// Returns the addresses of the articles with an id or of a path, as [`Archive::articles`] finds them.
    ///
    /// # Errors
    /// [`Error::ArticleMissing`] if there is none.
    pub(crate) fn addresses(&self, id_or_path: &OsStr) -> Result<Vec<DocAddress>> {
        self.guard(|| self.find_addresses(id_or_path))
    }

    /// Returns the article with an id, and its document; `None` if there is none. Nothing but an id is
    /// looked up.
    pub fn with_id(&self, id: &str) -> Result<Option<(DocAddress, Article)>> {
        self.guard(|| {
            let found = self.addresses_with(self.snapshot.fields.id, id)?;
            let mut found = self.articles_at(found)?;
            found.sort_by(|(_, a), (_, b)| (&a.path, a.part).cmp(&(&b.path, b.part)));
            Ok(found.into_iter().next())
        })
    }

    /// Returns the state of an article's file when it was indexed. The articles of an export have none.
    pub fn state_of_file(&self, address: DocAddress) -> Result<Option<FileState>> {
        self.guard(|| {
            let reader = self.snapshot.searcher.segment_reader(address.segment_ord);
            Ok(state::of_document(reader, address.doc_id)?)
        })
    }

    /// Returns whether the document at an address is not deleted.
    pub(crate) fn is_alive(&self, address: DocAddress) -> bool {
        let reader = self.snapshot.searcher.segment_reader(address.segment_ord);
        !reader.is_deleted(address.doc_id)
    }

    fn find_addresses(&self, id_or_path: &OsStr) -> Result<Vec<DocAddress>> {
        let searcher = &self.snapshot.searcher;
        if let Some(text) = id_or_path.to_str() {
            for field in [self.snapshot.fields.id, self.snapshot.fields.path] {
                let found = self.addresses_with(field, text)?;
                if !found.is_empty() {
                    return Ok(found);
                }
            }
        }
        for key in self.keys(Path::new(id_or_path))? {
            for key in spelled_like(searcher, self.snapshot.fields.path, &key)? {
                let found = self.addresses_with(self.snapshot.fields.path, &key)?;
                if !found.is_empty() {
                    return Ok(found);
                }
            }
        }
        let shown = id_or_path.to_string_lossy().into_owned();
        Err(Error::ArticleMissing(shown))
    }

    /// Returns the paths of the files of articles, sorted.
    pub(crate) fn paths(&self, addresses: &[DocAddress]) -> Result<Vec<String>> {
        if addresses.is_empty() {
            return Ok(Vec::new());
        }
        let columns = self.path_columns()?;
        let paths = addresses.iter().map(|address| {
            let column = columns.get(address.segment_ord as usize);
            column.map_or_else(|| Ok(String::new()), |column| column.path(address.doc_id))
        });
        let mut paths = paths.collect::<Result<Vec<_>>>()?;
        paths.sort_unstable();
        Ok(paths)
    }

    fn addresses_with(&self, field: Field, text: &str) -> Result<Vec<DocAddress>> {
        let term = Term::from_field_text(field, text);
        let query = TermQuery::new(term, IndexRecordOption::Basic);
        let mut found = Vec::new();
        #[allow(clippy::iter_over_hash_type, reason = "sorted below")]
        for address in self.snapshot.searcher.search(&query, &DocSetCollector)? {
            if self.is_article(address)? {
                found.push(address);
            }
        }
        found.sort_unstable();
        Ok(found)
    }

    /// Returns the keys that a path may stand for, the most likely first.
    fn keys(&self, path: &Path) -> Result<Vec<String>> {
        let absolute = |path: &Path| std::path::absolute(path).map_err(Error::io(path));
        let current = absolute(Path::new("."))?;
        let index = without_dots(&absolute(&self.folder)?);
        let folder = without_dots(&absolute(&self.manifest.articles_folder(&index))?);
        let mut keys = keys(path, &current, &folder);
        // The same with links resolved.
        if let (Ok(current), Ok(folder)) = (fs::canonicalize(&current), fs::canonicalize(&folder)) {
            let whole = current.join(path);
            if let (Some(parent), Some(name)) = (whole.parent(), whole.file_name())
                && let Ok(parent) = fs::canonicalize(parent)
            {
                keys.extend(key_below(&folder, &parent.join(name)));
            }
            if let Ok(file) = fs::canonicalize(&whole) {
                keys.extend(key_below(&folder, &file));
            }
        }
        Ok(keys)
    }
}

/// Returns the keys that a path typed in the folder `current` may stand for among the articles
/// below `folder`, without resolving links.
fn keys(path: &Path, current: &Path, folder: &Path) -> Vec<String> {
    let from = |start: &Path| key_below(folder, &without_dots(&start.join(path)));
    let mut keys = Vec::from_iter(from(current));
    if path.is_relative() && below(folder, current).is_none() {
        keys.extend(from(folder));
    }
    keys
}

/// Returns the key of a file below `folder`.
fn key_below(folder: &Path, file: &Path) -> Option<String> {
    below(folder, file).map(|rest| walk::key(Path::new(""), rest))
}

/// Returns the rest of `path` below `folder`. Names that differ only in composed and decomposed
/// letters are the same.
fn below<'a>(folder: &Path, path: &'a Path) -> Option<&'a Path> {
    let mut rest = path.components();
    for part in folder.components() {
        if !is_same_name(part, rest.next()?) {
            return None;
        }
    }
    Some(rest.as_path())
}

fn is_same_name(a: Component<'_>, b: Component<'_>) -> bool {
    let (a, b) = (a.as_os_str(), b.as_os_str());
    match (a.to_str(), b.to_str()) {
        (Some(a), Some(b)) => a.nfc().eq(b.nfc()),
        _ => a == b,
    }
}

/// Returns a path without `.` and `..`, without resolving links.
fn without_dots(path: &Path) -> PathBuf {
    let mut plain = PathBuf::new();
    for part in path.components() {
        match part {
            Component::CurDir => {}
            Component::ParentDir => {
                plain.pop();
            }
            part => plain.push(part),
        }
    }
    plain
}

/// Returns the key and, if it is not ASCII, the keys of the index that differ from it only in
/// composed and decomposed letters.
fn spelled_like(searcher: &Searcher, paths: Field, key: &str) -> Result<Vec<String>> {
    let mut keys = vec![key.to_owned()];
    if key.is_ascii() {
        return Ok(keys);
    }
    for segment in searcher.segment_readers() {
        let inverted = segment.inverted_index(paths)?;
        let mut stored = inverted.terms().stream().map_err(TantivyError::from)?;
        while stored.advance() {
            let is_like = |stored: &&str| !stored.is_ascii() && stored.nfc().eq(key.nfc());
            let stored = std::str::from_utf8(stored.key()).ok().filter(is_like);
            keys.extend(stored.map(str::to_owned));
        }
    }
    Ok(keys)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn resolves_paths_like_the_system() {
        for (path, current, expected) in [
            ("a.txt", "/n", &["a.txt"][..]),
            ("./a.txt", "/n", &["a.txt"]),
            ("sub//../a.txt", "/n", &["a.txt"]),
            ("a.txt", "/n/sub", &["sub/a.txt"]),
            ("../a.txt", "/n/sub", &["a.txt"]),
            ("../../n/a.txt", "/n/sub", &["a.txt"]),
            ("/n/sub/a.txt", "/elsewhere", &["sub/a.txt"]),
            ("/n/./sub/../a.txt", "/n/sub", &["a.txt"]),
            ("n/a.txt", "/", &["a.txt", "n/a.txt"]),
            ("./a.txt", "/beside", &["a.txt"]),
            ("../n/a.txt", "/beside", &["a.txt", "a.txt"]),
            ("../beside/a.txt", "/n", &[]),
            ("/nn/a.txt", "/n", &[]),
            (r"a\b.txt", "/n", &[r"a\\b.txt"]),
        ] {
            assert_eq!(
                keys(Path::new(path), Path::new(current), Path::new("/n")),
                expected,
                "{path} in {current}"
            );
        }
    }

    #[test]
    fn matches_composed_and_decomposed_names_of_folders() {
        let (composed, decomposed) = ("/caf\u{e9}", "/cafe\u{301}");
        for (folder, path) in [(composed, decomposed), (decomposed, composed)] {
            let path = PathBuf::from(path).join("a.txt");
            assert_eq!(
                keys(&path, Path::new("/"), Path::new(folder)),
                ["a.txt"],
                "{path:?}"
            );
        }
    }
}
