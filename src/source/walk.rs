//! Walks a folder for files that may hold articles.

use std::collections::VecDeque;
use std::ffi::{OsStr, OsString};
use std::fs::{self, File, Metadata};
use std::io::{self, Read};
use std::path::{Component, MAIN_SEPARATOR, Path, PathBuf};

use file_id::FileId;
use rustc_hash::FxHashSet;
use serde::{Deserialize, Serialize};
use walkdir::{DirEntry, WalkDir};

use super::decode;
use super::exclude;
use super::exclude::Excludes;
use super::part::line_ends;
use super::stamp::Stamp;
use crate::error::Result as Fallible;
use crate::error::SkipReason;

/// The extensions of files that are read, without their dots. Files without an extension are read
/// too.
const TEXT_EXTENSIONS: &[&str] = &["txt", "text", "md", "story"];

/// A file of more lines than this is refused if they have fewer bytes than [`LEAST_LINE`] on
/// average, line ends included. A line takes some hundred bytes of memory, even if it is empty.
const MANY_LINES: usize = 1_000_000;
const LEAST_LINE: usize = 8;

/// A file that may hold articles.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SourceFile {
    /// Its path in the file system.
    pub path: PathBuf,
    /// Its path below the folder, as text: `/` between the parts, backslashes doubled, and bytes
    /// that are not UTF-8 as `\xE9`. Keys are unique in a folder.
    pub key: String,
    /// Its size, times and inode.
    pub stamp: Stamp,
}

/// A file or folder that is not read.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Skipped {
    /// Its path below the folder, as in [`SourceFile::key`].
    pub key: String,
    /// The reason.
    pub reason: SkipReason,
}

/// Which files are read.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct WalkOptions {
    /// Extensions that are read in addition to the default ones, without their dots.
    pub extensions: Vec<String>,
    /// The size above which a file is left out, in bytes.
    pub max_bytes: u64,
    /// Patterns of files and folders to leave out, in the syntax of a line of `.gitignore`.
    #[serde(default)]
    pub excludes: Vec<String>,
}

impl Default for WalkOptions {
    fn default() -> Self {
        Self {
            extensions: Vec::new(),
            max_bytes: 64 << 20,
            excludes: Vec::new(),
        }
    }
}

/// What a walk returns.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Entry {
    /// A file to read.
    File(SourceFile),
    /// A file or folder that is not read.
    Skipped(Skipped),
}

/// A walk through a folder, sorted by name: each file that may hold articles, and each file or
/// folder that is left out, with the reason. A folder that is left out is one entry.
///
/// Links are followed. A folder that several links lead to is read once: under its own name if that
/// is in the folder, else under that of the first link. Linked folders come last.
pub struct Walk<'a> {
    folder: &'a Path,
    options: &'a WalkOptions,
    /// The current tree; `None` if the folder must not be read.
    entries: Option<walkdir::IntoIter>,
    /// Links to folders that were not followed yet.
    links: VecDeque<PathBuf>,
    /// Whether the current tree is that of a link.
    is_linked: bool,
    /// The folders that were entered.
    seen: FxHashSet<FileId>,
    excludes: Excludes,
    index: &'a Path,
    /// The identity of the index folder, if it exists.
    index_id: Option<FileId>,
    /// Entries to return before the next one of the tree.
    pending: VecDeque<Skipped>,
}

/// Walks a folder of articles. The index folder is passed over without an entry.
///
/// # Errors
/// [`crate::Error::Pattern`] if a pattern of the options is not valid.
pub fn walk<'a>(folder: &'a Path, index: &'a Path, options: &'a WalkOptions) -> Fallible<Walk<'a>> {
    let mut walk = Walk {
        folder,
        options,
        entries: Some(tree(folder)),
        links: VecDeque::new(),
        is_linked: false,
        seen: FxHashSet::default(),
        excludes: Excludes::new(folder, &options.excludes)?,
        index,
        index_id: file_id::get_file_id(index).ok(),
        pending: VecDeque::new(),
    };
    walk.seen.extend(file_id::get_file_id(folder));
    if let Err(reason) = walk.enter(folder) {
        walk.pending.push_back(Skipped {
            key: String::new(),
            reason,
        });
        walk.entries = None;
    }
    Ok(walk)
}

/// Walks the tree below a folder, which may be a link, without following links in it.
fn tree(folder: &Path) -> walkdir::IntoIter {
    WalkDir::new(folder)
        .min_depth(1)
        // Whole paths are compared: those in one folder differ only in their names, and taking the
        // names out would cost as much as the walk.
        .sort_by(|a, b| a.path().as_os_str().cmp(b.path().as_os_str()))
        .into_iter()
}

impl Iterator for Walk<'_> {
    type Item = Entry;

    fn next(&mut self) -> Option<Entry> {
        loop {
            if let Some(skipped) = self.pending.pop_front() {
                return Some(Entry::Skipped(skipped));
            }
            match self.entries.as_mut()?.next() {
                Some(Ok(entry)) => match self.visit(&entry) {
                    Ok(Some(file)) => return Some(Entry::File(file)),
                    Ok(None) => {}
                    Err(reason) => return Some(self.skipped(entry.path(), reason)),
                },
                Some(Err(error)) => {
                    let path = error.path().unwrap_or(self.folder).to_owned();
                    let reason = SkipReason::Unreadable(cause(&error));
                    return Some(self.skipped(&path, reason));
                }
                None => {
                    let link = self.links.pop_front()?;
                    if let Err(reason) = self.follow(&link) {
                        return Some(self.skipped(&link, reason));
                    }
                }
            }
        }
    }
}

impl Walk<'_> {
    fn skipped(&self, path: &Path, reason: SkipReason) -> Entry {
        Entry::Skipped(Skipped {
            key: key(self.folder, path),
            reason,
        })
    }

    /// Returns the file at an entry, `None` for a folder that is entered or the index, or the
    /// reason why the entry is left out.
    fn visit(&mut self, entry: &DirEntry) -> Result<Option<SourceFile>, SkipReason> {
        let path = entry.path();
        self.excludes.leave(path);
        let is_hidden = entry.file_name().as_encoded_bytes().starts_with(b".");
        if entry.file_type().is_dir() {
            let entered = self.visit_folder(path, is_hidden);
            if entered != Ok(true) {
                self.entries
                    .as_mut()
                    .map(walkdir::IntoIter::skip_current_dir);
            }
            return entered.map(|_| None);
        }
        let is_link = entry.file_type().is_symlink();
        if is_link && self.is_index(path, file_id::get_file_id(path).ok()) {
            return Ok(None);
        }
        if is_hidden {
            return Err(SkipReason::Hidden);
        }
        // A dead link with another extension is left out by its name, not as unreadable.
        let target = is_link.then(|| fs::metadata(path));
        let is_linked_folder = target
            .as_ref()
            .is_some_and(|target| target.as_ref().is_ok_and(Metadata::is_dir));
        if self.excludes.is_excluded(path, is_linked_folder) {
            return Err(SkipReason::Excluded);
        }
        if is_linked_folder {
            self.links.push_back(path.to_owned());
            return Ok(None);
        }
        let is_read = has_text_extension(path, self.options);
        let metadata = match target {
            Some(Err(_)) if !is_read => return Err(SkipReason::Extension),
            Some(target) => target.map_err(|error| unreadable(&error))?,
            None if !entry.file_type().is_file() => return Err(SkipReason::NotAFile),
            None if !is_read => return Err(SkipReason::Extension),
            None => entry
                .metadata()
                .map_err(|error| SkipReason::Unreadable(cause(&error)))?,
        };
        if !metadata.is_file() {
            return Err(SkipReason::NotAFile);
        }
        if !is_read {
            return Err(SkipReason::Extension);
        }
        if metadata.len() > self.options.max_bytes {
            return Err(SkipReason::TooLarge(self.options.max_bytes));
        }
        Ok(Some(SourceFile {
            path: path.to_owned(),
            key: key(self.folder, path),
            stamp: Stamp::of(&metadata).map_err(|error| unreadable(&error))?,
        }))
    }

    /// Returns whether a folder is entered, or the reason why it is left out. The index folder is
    /// not entered, and has no reason.
    fn visit_folder(&mut self, path: &Path, is_hidden: bool) -> Result<bool, SkipReason> {
        let id = file_id::get_file_id(path).ok();
        if self.is_index(path, id) {
            return Ok(false);
        }
        if is_hidden {
            return Err(SkipReason::Hidden);
        }
        if self.excludes.is_excluded(path, true) {
            return Err(SkipReason::Excluded);
        }
        let is_new = id.is_none_or(|id| self.seen.insert(id));
        // A folder in the folder of articles is read under its own name, even if the file system
        // gives two folders the same number.
        if !is_new && self.is_linked {
            return Err(SkipReason::Linked);
        }
        self.enter(path)?;
        Ok(true)
    }

    /// Continues with the tree of a link to a folder, or returns the reason why it is left out.
    fn follow(&mut self, link: &Path) -> Result<(), SkipReason> {
        let id = file_id::get_file_id(link).map_err(|error| unreadable(&error))?;
        if !self.seen.insert(id) {
            return Err(SkipReason::Linked);
        }
        self.enter(link)?;
        self.is_linked = true;
        self.entries = Some(tree(link));
        Ok(())
    }

    /// Reads the patterns of a folder. If they can't be read, the folder must not be entered.
    fn enter(&mut self, path: &Path) -> Result<(), SkipReason> {
        let troubles = self.excludes.enter(path).map_err(|error| {
            SkipReason::Unreadable(format!("its {}: {error}", exclude::FILE_NAME))
        })?;
        for trouble in troubles {
            self.pending.push_back(Skipped {
                key: key(self.folder, &path.join(exclude::FILE_NAME)),
                reason: SkipReason::Unreadable(trouble),
            });
        }
        Ok(())
    }

    /// Returns whether a folder is the index folder.
    fn is_index(&self, path: &Path, id: Option<FileId>) -> bool {
        match (id, self.index_id) {
            (Some(one), Some(other)) => one == other,
            _ => path == self.index,
        }
    }
}

/// Reads a file of a walk within the size limit, and refuses it if it holds no text. Returns its
/// bytes and its stamp.
pub fn read(file: &SourceFile, options: &WalkOptions) -> Result<(Vec<u8>, Stamp), SkipReason> {
    let open = File::open(&file.path).map_err(|error| match error.kind() {
        io::ErrorKind::NotFound => SkipReason::Vanished,
        _ => SkipReason::Unreadable(error.to_string()),
    })?;
    let now = || Stamp::of(&open.metadata()?);
    let (bytes, stamp) = read_steady(&open, now, options.max_bytes)
        .map_err(|error| SkipReason::Unreadable(error.to_string()))??;
    ensure_text(&bytes)?;
    Ok((bytes, stamp))
}

/// Reads a single file to its end, within the default size limit. Content that is refused in a
/// folder is refused here too.
pub fn read_text(from: impl Read) -> io::Result<Result<Vec<u8>, SkipReason>> {
    let limit = WalkOptions::default().max_bytes;
    let mut bytes = Vec::new();
    from.take(limit + 1).read_to_end(&mut bytes)?;
    if bytes.len() as u64 > limit {
        return Ok(Err(SkipReason::TooLarge(limit)));
    }
    Ok(ensure_text(&bytes).map(|()| bytes))
}

/// Refuses bytes that are not text, and millions of lines that are almost empty.
fn ensure_text(bytes: &[u8]) -> Result<(), SkipReason> {
    if decode::looks_binary(bytes) {
        return Err(SkipReason::Binary);
    }
    let lines = line_ends(bytes);
    if lines > MANY_LINES && lines > bytes.len() / LEAST_LINE {
        return Err(SkipReason::Hollow);
    }
    Ok(())
}

/// Reads to the end, unless the size or the time that `stamp` returns changes meanwhile.
fn read_steady(
    from: impl Read,
    stamp: impl Fn() -> io::Result<Stamp>,
    max_bytes: u64,
) -> io::Result<Result<(Vec<u8>, Stamp), SkipReason>> {
    let before = stamp()?;
    let capacity = usize::try_from(before.size.min(max_bytes)).unwrap_or(0);
    let mut bytes = Vec::with_capacity(capacity + 1);
    // The file may have grown since the walk.
    from.take(max_bytes.saturating_add(1))
        .read_to_end(&mut bytes)?;
    if bytes.len() as u64 > max_bytes {
        return Ok(Err(SkipReason::TooLarge(max_bytes)));
    }
    let after = stamp()?;
    // The inode changes without the content if a link to the file is made.
    let is_same = (after.size, after.modified) == (before.size, before.modified);
    if !is_same || bytes.len() as u64 != before.size {
        return Ok(Err(SkipReason::Changing));
    }
    Ok(Ok((bytes, before)))
}

fn unreadable(error: &io::Error) -> SkipReason {
    SkipReason::Unreadable(error.to_string())
}

/// Returns whether a file has an extension that is read, or none.
fn has_text_extension(path: &Path, options: &WalkOptions) -> bool {
    let Some(extension) = path.extension() else {
        return true;
    };
    let is_one_of = |known: &str| extension.eq_ignore_ascii_case(OsStr::new(known));
    TEXT_EXTENSIONS.iter().any(|known| is_one_of(known))
        || options.extensions.iter().any(|known| is_one_of(known))
}

/// Returns the extension that was typed, without a dot: `htm` for `.htm` and `*.htm`.
///
/// # Errors
/// A message, if it is not an extension.
pub fn extension(typed: &str) -> Result<String, String> {
    let extension = typed.strip_prefix('*').unwrap_or(typed);
    let extension = extension.strip_prefix('.').unwrap_or(extension);
    if extension.is_empty() || extension.contains(['.', '/', '\\', '*', '?', '[', ' ', ',']) {
        return Err(format!("{typed} is no extension; write it as in --ext htm"));
    }
    Ok(extension.to_owned())
}

/// Returns the operating system's message for an error, without the path.
fn cause(error: &walkdir::Error) -> String {
    error
        .io_error()
        .map_or_else(|| error.to_string(), ToString::to_string)
}

/// Returns the path below the folder as text, as in [`SourceFile::key`].
pub(crate) fn key(folder: &Path, path: &Path) -> String {
    // Fast path: almost all paths are UTF-8 and need no escapes.
    if MAIN_SEPARATOR == '/'
        && let (Some(folder), Some(path)) = (folder.to_str(), path.to_str())
        && let Some(below) = path.strip_prefix(folder)
        && (folder.ends_with('/') || below.starts_with('/'))
        && !below.contains('\\')
    {
        return below.trim_start_matches('/').to_owned();
    }
    let below = path.strip_prefix(folder).unwrap_or(path);
    let mut key = String::new();
    for part in below {
        if !key.is_empty() {
            key.push('/');
        }
        for chunk in part.as_encoded_bytes().utf8_chunks() {
            key.push_str(&chunk.valid().replace('\\', r"\\"));
            for byte in chunk.invalid() {
                key.push_str(&format!(r"\x{byte:02X}"));
            }
        }
    }
    key
}

/// Returns the path of the file with a key below a folder; `None` if the key leads out of the folder, as
/// none of a walk does, or if no name here has its bytes.
pub(crate) fn path_of_key(folder: &Path, key: &str) -> Option<PathBuf> {
    let mut path = folder.to_owned();
    for part in key.split('/') {
        let name = name_of(part)?;
        let mut parts = Path::new(&name).components();
        match (parts.next(), parts.next()) {
            (Some(Component::Normal(only)), None) if only == name => path.push(&name),
            _ => return None,
        }
    }
    Some(path)
}

/// Returns the name of a file or folder that a part of a key stands for.
fn name_of(part: &str) -> Option<OsString> {
    let (mut bytes, mut rest) = (Vec::with_capacity(part.len()), part);
    while let Some((before, after)) = rest.split_once('\\') {
        bytes.extend(before.bytes());
        if let Some(after) = after.strip_prefix('\\') {
            bytes.push(b'\\');
            rest = after;
        } else {
            let digits = after.strip_prefix('x')?.get(..2)?;
            bytes.push(u8::from_str_radix(digits, 16).ok()?);
            rest = &after[3..];
        }
    }
    bytes.extend(rest.bytes());
    #[cfg(unix)]
    return Some(std::os::unix::ffi::OsStringExt::from_vec(bytes));
    #[cfg(not(unix))]
    return String::from_utf8(bytes).ok().map(OsString::from);
}

#[cfg(test)]
mod tests {
    use std::fs;

    #[test]
    fn finds_the_path_of_a_key_again() {
        let folder = Path::new("/articles");
        for name in ["a.txt", "2018/ferry sale.txt", "caf\u{e9}", "x y/..z/a"] {
            let path = folder.join(name);
            assert_eq!(path_of_key(folder, &key(folder, &path)), Some(path));
        }
        for name in ["", "..", "a/../b", "/etc/passwd", "a//b", "./a", "a\\q"] {
            assert_eq!(path_of_key(folder, name), None, "{name}");
        }
    }

    #[cfg(unix)]
    #[test]
    fn finds_the_path_of_any_bytes_again() {
        use std::os::unix::ffi::OsStrExt;

        let folder = Path::new("/articles");
        for name in [&b"caf\xe9.txt"[..], b"a\\b", b"a\\xE9", b"\xff\\\xfe"] {
            let path = folder.join(OsStr::from_bytes(name));
            assert_eq!(path_of_key(folder, &key(folder, &path)), Some(path));
        }
    }

    use super::*;

    fn shown(folder: &Path, options: &WalkOptions) -> Vec<String> {
        walk(folder, &folder.join(".morgue"), options)
            .unwrap()
            .map(|entry| match entry {
                Entry::File(file) => file.key,
                Entry::Skipped(skipped) => format!("{}: {}", skipped.key, skipped.reason),
            })
            .collect()
    }

    #[test]
    fn walks_in_order_and_returns_what_it_leaves_out() {
        let folder = tempfile::tempdir().unwrap();
        let at = |name: &str| folder.path().join(name);
        fs::create_dir_all(at("b/.git")).unwrap();
        fs::create_dir_all(at(".morgue/gen-1")).unwrap();
        for name in [
            "b/z.txt",
            "b/a.TXT",
            "a.story",
            "README",
            "c.pdf",
            ".hidden",
            "b/.git/x",
            ".morgue/m",
            "long.txt",
            "d.news",
        ] {
            fs::write(at(name), "text").unwrap();
        }
        fs::write(at("long.txt"), "x".repeat(100)).unwrap();
        let options = WalkOptions {
            max_bytes: 99,
            extensions: vec!["news".to_owned()],
            ..WalkOptions::default()
        };
        assert_eq!(
            shown(folder.path(), &options),
            [
                ".hidden: hidden",
                "README",
                "a.story",
                "b/.git: hidden",
                "b/a.TXT",
                "b/z.txt",
                "c.pdf: not a text file by its name (see --ext)",
                "d.news",
                "long.txt: larger than 0 MiB (see --max-size)",
            ]
        );
    }

    #[test]
    #[cfg(target_os = "linux")]
    fn survives_link_loops_dead_links_and_odd_names() {
        use std::os::unix::ffi::OsStrExt;
        let folder = tempfile::tempdir().unwrap();
        let at = |name: &OsStr| folder.path().join(name);
        std::os::unix::fs::symlink(folder.path(), at(OsStr::new("loop"))).unwrap();
        std::os::unix::fs::symlink("nowhere", at(OsStr::new("dead.txt"))).unwrap();
        fs::write(at(OsStr::from_bytes(b"caf\xE9.txt")), "text").unwrap();
        fs::write(at(OsStr::new(r"caf\xE9.txt")), "text").unwrap();
        assert_eq!(
            shown(folder.path(), &WalkOptions::default()),
            [
                r"caf\\xE9.txt",
                r"caf\xE9.txt",
                "dead.txt: unreadable: No such file or directory (os error 2)",
                "loop: a link to a folder that is read under another name",
            ]
        );
    }

    #[test]
    fn reads_text_alone() {
        let folder = tempfile::tempdir().unwrap();
        fs::write(folder.path().join("a.txt"), "text").unwrap();
        fs::write(folder.path().join("b.txt"), b"%PDF-1.4\n\x00\x01\x02").unwrap();
        let options = WalkOptions::default();
        let read: Vec<_> = walk(folder.path(), Path::new("no index"), &options)
            .unwrap()
            .map(|entry| match entry {
                Entry::File(file) => read(&file, &options).map(|(bytes, _)| bytes),
                Entry::Skipped(skipped) => panic!("{skipped:?}"),
            })
            .collect();
        assert_eq!(read, [Ok(b"text".to_vec()), Err(SkipReason::Binary)]);
    }

    #[test]
    fn refuses_millions_of_almost_empty_lines() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.txt");
        let options = WalkOptions::default();
        let reads = |text: String| {
            fs::write(&path, text).unwrap();
            let mut walk = walk(folder.path(), Path::new("no index"), &options).unwrap();
            let Some(Entry::File(file)) = walk.next() else {
                panic!("a file");
            };
            read(&file, &options).map(drop)
        };
        assert_eq!(reads("\n".repeat(MANY_LINES + 1)), Err(SkipReason::Hollow));
        assert_eq!(reads("\n".repeat(MANY_LINES)), Ok(()));
        assert_eq!(reads("a ferry\n".repeat(MANY_LINES + 1)), Ok(()));
        assert_eq!(reads("a boat\r\n".repeat(MANY_LINES + 1)), Ok(()));
    }

    #[test]
    fn refuses_a_file_that_changes_while_it_is_read() {
        let stamp = |size, modified| Stamp {
            size,
            modified,
            changed: 0,
            inode: 0,
        };
        let read_with = |stamps: [(u64, i64); 2]| {
            let seen = std::cell::Cell::new(0);
            let now = || {
                let (size, modified) = stamps[seen.replace(1)];
                Ok(stamp(size, modified))
            };
            read_steady(&b"text"[..], now, 100).unwrap()
        };
        let expected = (b"text".to_vec(), stamp(4, 7));
        assert_eq!(read_with([(4, 7), (4, 7)]), Ok(expected));
        for stamps in [[(4, 7), (4, 8)], [(4, 7), (5, 7)], [(5, 7), (5, 7)]] {
            assert_eq!(read_with(stamps), Err(SkipReason::Changing), "{stamps:?}");
        }
        let gone = SourceFile {
            path: PathBuf::from("nowhere/a.txt"),
            key: "a.txt".to_owned(),
            stamp: stamp(4, 7),
        };
        assert_eq!(
            read(&gone, &WalkOptions::default()),
            Err(SkipReason::Vanished)
        );
    }

    #[test]
    #[cfg(unix)]
    fn reads_each_folder_once() {
        use std::os::unix::fs::symlink;
        let outer = tempfile::tempdir().unwrap();
        let at = |name: &str| outer.path().join(name);
        for name in [
            "news/a/a.txt",
            "news/b/b.txt",
            "outside/in/c.txt",
            "index/meta.json",
        ] {
            fs::create_dir_all(at(name).parent().unwrap()).unwrap();
            fs::write(at(name), "text").unwrap();
        }
        for (target, link) in [
            ("../b", "news/a/to-b"),
            ("../a", "news/b/to-a"),
            ("../outside/in", "news/1-in"),
            ("../outside", "news/2-out"),
            ("../outside", "news/3-out"),
            ("../../news", "outside/in/back"),
            ("../index", "news/index-link"),
            ("user@host.4242", "news/.#a.txt"),
            ("gone.jpg", "news/photo.jpg"),
            ("b/b.txt", "news/one-file.txt"),
        ] {
            symlink(target, at(link)).unwrap();
        }
        let found: Vec<String> = walk(&at("news"), &at("index"), &WalkOptions::default())
            .unwrap()
            .map(|entry| match entry {
                Entry::File(file) => file.key,
                Entry::Skipped(skipped) => format!("{}: {}", skipped.key, skipped.reason),
            })
            .collect();
        let linked = "a link to a folder that is read under another name";
        assert_eq!(
            found,
            [
                ".#a.txt: hidden".to_owned(),
                "a/a.txt".to_owned(),
                "b/b.txt".to_owned(),
                "one-file.txt".to_owned(),
                "photo.jpg: not a text file by its name (see --ext)".to_owned(),
                "1-in/c.txt".to_owned(),
                format!("2-out/in: {linked}"),
                format!("3-out: {linked}"),
                format!("a/to-b: {linked}"),
                format!("b/to-a: {linked}"),
                format!("1-in/back: {linked}"),
            ]
        );
    }

    #[test]
    fn leaves_out_files_that_match_patterns() {
        let folder = tempfile::tempdir().unwrap();
        for (name, text) in [
            ("a.txt", "text"),
            ("drafts/b.txt", "text"),
            ("2018/c.txt", "text"),
            ("2018/old.txt", "text"),
            ("2018/.morgueignore", "old*\n"),
        ] {
            let path = folder.path().join(name);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, text).unwrap();
        }
        let options = WalkOptions {
            excludes: vec!["drafts/".to_owned()],
            ..WalkOptions::default()
        };
        assert_eq!(
            shown(folder.path(), &options),
            [
                "2018/.morgueignore: hidden",
                "2018/c.txt",
                "2018/old.txt: excluded",
                "a.txt",
                "drafts: excluded",
            ]
        );
    }

    #[test]
    fn reads_no_folder_whose_patterns_are_unreadable() {
        let folder = tempfile::tempdir().unwrap();
        for name in ["a.txt", "sub/b.txt"] {
            let path = folder.path().join(name);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, "text").unwrap();
        }
        let lost = "unreadable: its .morgueignore: not text";
        fs::write(folder.path().join("sub/.morgueignore"), [0; 9]).unwrap();
        let options = WalkOptions::default();
        assert_eq!(
            shown(folder.path(), &options),
            ["a.txt".to_owned(), format!("sub: {lost}")]
        );
        fs::write(folder.path().join(".morgueignore"), [0; 9]).unwrap();
        assert_eq!(shown(folder.path(), &options), [format!(": {lost}")]);
    }

    #[test]
    fn reads_extensions_with_and_without_a_dot() {
        for (typed, expected) in [
            ("htm", Some("htm")),
            (".htm", Some("htm")),
            ("*.htm", Some("htm")),
            ("HTM", Some("HTM")),
            ("*", None),
            ("*.*", None),
            ("tar.gz", None),
            ("htm,html", None),
        ] {
            assert_eq!(extension(typed).ok().as_deref(), expected, "{typed}");
        }
    }
}
