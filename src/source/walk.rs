//! Walks a folder for files that may hold articles.

use std::ffi::OsStr;
use std::fmt;
use std::fs::{File, Metadata};
use std::io::{self, Read};
use std::path::{MAIN_SEPARATOR, Path, PathBuf};
use std::time::UNIX_EPOCH;

use serde::{Deserialize, Serialize};
use walkdir::{DirEntry, WalkDir};

use super::decode;
use super::split::line_ends;

/// The extensions of files that are read, without their dots. Files without any are read too.
const TEXT_EXTENSIONS: &[&str] = &["txt", "text", "md", "story"];

/// Past how many lines a file has to have text on them, and how many bytes at the least on average,
/// the end included. A line takes a hundred bytes of memory, however little is on it.
const MANY_LINES: usize = 1_000_000;
const LEAST_LINE: usize = 8;

/// A file that may hold articles.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SourceFile {
    /// Where it is.
    pub path: PathBuf,
    /// Its path below the folder, as text: `/` between the parts, a backslash doubled, and each
    /// byte that is no UTF-8 as `\xE9`. No two files of a folder have the same.
    pub key: String,
    /// Its size in bytes.
    pub size: u64,
    /// Its time of last change, in nanoseconds since 1970.
    pub modified: i64,
}

/// Why a file or folder was left out.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum SkipReason {
    /// Its name begins with a dot.
    Hidden,
    /// Its name has an extension that is not read.
    Extension,
    /// What it holds is no text.
    Binary,
    /// There are millions of lines in it with next to nothing on them.
    Hollow,
    /// It is larger than the limit, in bytes.
    TooLarge(u64),
    /// It is a link to a folder above it.
    LinkLoop,
    /// It is neither a file nor a folder.
    NotAFile,
    /// It was gone when it was to be read.
    Vanished,
    /// It changed while it was read.
    Changing,
    /// It could not be read, and why.
    Unreadable(String),
    /// Reading it made the program fail, and how.
    Failed(String),
}

impl SkipReason {
    /// Returns the reason in a word or two, the same for all files that it holds for.
    pub fn group(&self) -> &'static str {
        match self {
            Self::Hidden => "hidden",
            Self::Extension => "not a text file by its name",
            Self::Binary => "not text",
            Self::Hollow => "little but ends of lines",
            Self::TooLarge(_) => "too large",
            Self::LinkLoop => "a link back to a folder above",
            Self::NotAFile => "neither file nor folder",
            Self::Vanished => "gone before it was read",
            Self::Changing => "changed while it was read",
            Self::Unreadable(_) => "unreadable",
            Self::Failed(_) => "failed",
        }
    }

    /// Returns whether it is trouble that the user should mend.
    pub fn is_trouble(&self) -> bool {
        matches!(
            self,
            Self::Vanished | Self::Changing | Self::Unreadable(_) | Self::Failed(_)
        )
    }
}

impl fmt::Display for SkipReason {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::TooLarge(limit) => {
                write!(f, "larger than {} MiB (see --max-size)", limit / (1 << 20))
            }
            Self::Unreadable(why) | Self::Failed(why) => write!(f, "{}: {why}", self.group()),
            Self::Extension => write!(f, "{} (see --ext)", self.group()),
            _ => f.write_str(self.group()),
        }
    }
}

/// A file or folder that was left out.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Skipped {
    /// Its path below the folder, as in [`SourceFile::key`].
    pub key: String,
    /// Why.
    pub reason: SkipReason,
}

/// Which files are read.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Options {
    /// Extensions that are read beside the usual ones, without their dots.
    pub extensions: Vec<String>,
    /// The size past which a file is left out, in bytes.
    pub max_bytes: u64,
}

impl Default for Options {
    fn default() -> Self {
        Self {
            extensions: Vec::new(),
            max_bytes: 64 << 20,
        }
    }
}

/// What a walk comes upon.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Entry {
    /// A file to read.
    File(SourceFile),
    /// A file or folder that is left out.
    Skipped(Skipped),
}

/// Walks a folder in the order of its names and yields each file that may hold articles and each
/// that is left out. A hidden folder is left out whole. Links are followed, each folder once.
pub fn walk(folder: &Path, options: &Options) -> impl Iterator<Item = Entry> {
    let mut entries = WalkDir::new(folder)
        .follow_links(true)
        .min_depth(1)
        // The names in one folder, since all before them is the same; taking the paths apart for
        // it would cost as much as the walk.
        .sort_by(|a, b| a.path().as_os_str().cmp(b.path().as_os_str()))
        .into_iter();
    std::iter::from_fn(move || {
        loop {
            let entry = match entries.next()? {
                Ok(entry) => entry,
                Err(error) => return Some(Entry::Skipped(unwalkable(folder, &error))),
            };
            let is_hidden = entry.file_name().as_encoded_bytes().starts_with(b".");
            if is_hidden && entry.file_type().is_dir() {
                entries.skip_current_dir();
            }
            let reason = if is_hidden {
                SkipReason::Hidden
            } else if entry.file_type().is_dir() {
                continue;
            } else {
                match examine(folder, &entry, options) {
                    Ok(file) => return Some(Entry::File(file)),
                    Err(reason) => reason,
                }
            };
            let key = key(folder, entry.path());
            return Some(Entry::Skipped(Skipped { key, reason }));
        }
    })
}

/// Reads the file, bounded by the size limit, unless it holds no text. Returns its bytes and its
/// time of last change, in nanoseconds since 1970.
pub fn read(file: &SourceFile, options: &Options) -> Result<(Vec<u8>, i64), SkipReason> {
    let open = File::open(&file.path).map_err(|error| match error.kind() {
        io::ErrorKind::NotFound => SkipReason::Vanished,
        _ => SkipReason::Unreadable(error.to_string()),
    })?;
    let stamp = || {
        let metadata = open.metadata()?;
        Ok((metadata.len(), modified(&metadata)?))
    };
    let (bytes, modified) = read_steady(&open, stamp, options.max_bytes)
        .map_err(|error| SkipReason::Unreadable(error.to_string()))??;
    ensure_text(&bytes)?;
    Ok((bytes, modified))
}

/// Reads to the end what was named by itself, within the default limit of size. What is refused in a
/// folder is refused here too.
pub fn read_text(from: impl Read) -> io::Result<Result<Vec<u8>, SkipReason>> {
    let limit = Options::default().max_bytes;
    let mut bytes = Vec::new();
    from.take(limit + 1).read_to_end(&mut bytes)?;
    if bytes.len() as u64 > limit {
        return Ok(Err(SkipReason::TooLarge(limit)));
    }
    Ok(ensure_text(&bytes).map(|()| bytes))
}

/// Refuses the bytes of a file that holds no text, or millions of lines with next to nothing on them.
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

/// Reads to the end, unless the size and time that `stamp` returns change meanwhile.
fn read_steady(
    from: impl Read,
    stamp: impl Fn() -> io::Result<(u64, i64)>,
    max_bytes: u64,
) -> io::Result<Result<(Vec<u8>, i64), SkipReason>> {
    let before = stamp()?;
    let capacity = usize::try_from(before.0.min(max_bytes)).unwrap_or(0);
    let mut bytes = Vec::with_capacity(capacity + 1);
    // It may have grown since it was walked past.
    from.take(max_bytes + 1).read_to_end(&mut bytes)?;
    if bytes.len() as u64 > max_bytes {
        return Ok(Err(SkipReason::TooLarge(max_bytes)));
    }
    if stamp()? != before || bytes.len() as u64 != before.0 {
        return Ok(Err(SkipReason::Changing));
    }
    Ok(Ok((bytes, before.1)))
}

/// Returns the time of last change, in nanoseconds since 1970.
fn modified(metadata: &Metadata) -> io::Result<i64> {
    // Before 1970 the distance is an error that holds it, and counts backwards.
    Ok(match metadata.modified()?.duration_since(UNIX_EPOCH) {
        Ok(since) => i64::try_from(since.as_nanos()).unwrap_or(i64::MAX),
        Err(before) => -i64::try_from(before.duration().as_nanos()).unwrap_or(i64::MAX),
    })
}

/// Returns the file at an entry, or why it is left out.
fn examine(folder: &Path, entry: &DirEntry, options: &Options) -> Result<SourceFile, SkipReason> {
    if !entry.file_type().is_file() {
        return Err(SkipReason::NotAFile);
    }
    if !has_text_extension(entry.path(), options) {
        return Err(SkipReason::Extension);
    }
    let unreadable = |error: String| SkipReason::Unreadable(error);
    let metadata = entry.metadata().map_err(|e| unreadable(cause(&e)))?;
    if metadata.len() > options.max_bytes {
        return Err(SkipReason::TooLarge(options.max_bytes));
    }
    let modified = modified(&metadata).map_err(|e| unreadable(e.to_string()))?;
    Ok(SourceFile {
        path: entry.path().to_owned(),
        key: key(folder, entry.path()),
        size: metadata.len(),
        modified,
    })
}

fn has_text_extension(path: &Path, options: &Options) -> bool {
    let Some(extension) = path.extension() else {
        return true;
    };
    let is_one_of = |known: &str| extension.eq_ignore_ascii_case(OsStr::new(known));
    TEXT_EXTENSIONS.iter().any(|known| is_one_of(known))
        || options
            .extensions
            .iter()
            .any(|known| is_one_of(known.trim_start_matches('.')))
}

/// Returns what could not be walked, and why.
fn unwalkable(folder: &Path, error: &walkdir::Error) -> Skipped {
    let reason = if error.loop_ancestor().is_some() {
        SkipReason::LinkLoop
    } else {
        SkipReason::Unreadable(cause(error))
    };
    let key = error.path().map_or_else(String::new, |p| key(folder, p));
    Skipped { key, reason }
}

/// Returns the operating system's words for an error, without the path.
fn cause(error: &walkdir::Error) -> String {
    error
        .io_error()
        .map_or_else(|| error.to_string(), ToString::to_string)
}

/// Returns the path below the folder as text, as in [`SourceFile::key`].
fn key(folder: &Path, path: &Path) -> String {
    // Almost all paths are plain text, and taken as they are.
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

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;

    fn shown(folder: &Path, options: &Options) -> Vec<String> {
        walk(folder, options)
            .map(|entry| match entry {
                Entry::File(file) => file.key,
                Entry::Skipped(skipped) => format!("{}: {}", skipped.key, skipped.reason),
            })
            .collect()
    }

    #[test]
    fn walks_in_order_and_says_what_it_leaves_out() {
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
        let options = Options {
            max_bytes: 99,
            extensions: vec![".news".to_owned()],
        };
        assert_eq!(
            shown(folder.path(), &options),
            [
                ".hidden: hidden",
                ".morgue: hidden",
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
    #[cfg(unix)]
    fn survives_link_loops_dead_links_and_odd_names() {
        use std::os::unix::ffi::OsStrExt;
        let folder = tempfile::tempdir().unwrap();
        let at = |name: &OsStr| folder.path().join(name);
        std::os::unix::fs::symlink(folder.path(), at(OsStr::new("loop"))).unwrap();
        std::os::unix::fs::symlink("nowhere", at(OsStr::new("dead.txt"))).unwrap();
        fs::write(at(OsStr::from_bytes(b"caf\xE9.txt")), "text").unwrap();
        fs::write(at(OsStr::new(r"caf\xE9.txt")), "text").unwrap();
        assert_eq!(
            shown(folder.path(), &Options::default()),
            [
                r"caf\\xE9.txt",
                r"caf\xE9.txt",
                "dead.txt: unreadable: No such file or directory (os error 2)",
                "loop: a link back to a folder above",
            ]
        );
    }

    #[test]
    fn reads_text_alone() {
        let folder = tempfile::tempdir().unwrap();
        fs::write(folder.path().join("a.txt"), "text").unwrap();
        fs::write(folder.path().join("b.txt"), b"%PDF-1.4\n\x00\x01\x02").unwrap();
        let options = Options::default();
        let read: Vec<_> = walk(folder.path(), &options)
            .map(|entry| match entry {
                Entry::File(file) => read(&file, &options).map(|(bytes, _)| bytes),
                Entry::Skipped(skipped) => panic!("{skipped:?}"),
            })
            .collect();
        assert_eq!(read, [Ok(b"text".to_vec()), Err(SkipReason::Binary)]);
    }

    #[test]
    fn leaves_out_what_is_little_but_lines() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.txt");
        let options = Options::default();
        let reads = |text: String| {
            fs::write(&path, text).unwrap();
            let Some(Entry::File(file)) = walk(folder.path(), &options).next() else {
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
    fn leaves_out_what_moves_under_its_hands() {
        let read_with = |stamps: [(u64, i64); 2]| {
            let seen = std::cell::Cell::new(0);
            let stamp = || Ok(stamps[seen.replace(1)]);
            read_steady(&b"text"[..], stamp, 100).unwrap()
        };
        assert_eq!(read_with([(4, 7), (4, 7)]), Ok((b"text".to_vec(), 7)));
        for stamps in [[(4, 7), (4, 8)], [(4, 7), (5, 7)], [(5, 7), (5, 7)]] {
            assert_eq!(read_with(stamps), Err(SkipReason::Changing), "{stamps:?}");
        }
        let gone = SourceFile {
            path: PathBuf::from("nowhere/a.txt"),
            key: "a.txt".to_owned(),
            size: 4,
            modified: 7,
        };
        assert_eq!(read(&gone, &Options::default()), Err(SkipReason::Vanished));
    }
}
