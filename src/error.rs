//! The error type of the library, and the reasons for which files are skipped.

use std::any::Any;
use std::fmt;
use std::net::{IpAddr, SocketAddr};
use std::path::PathBuf;

/// An error of the library. Its message names the file or the word; the binary adds a hint.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// The folder to index does not exist.
    #[error("{}: no such folder", .0.display())]
    FolderMissing(PathBuf),
    /// The folder to index is a file.
    #[error("{}: not a folder", .0.display())]
    NotAFolder(PathBuf),
    /// The folder to index holds no files at all.
    #[error("{}: this folder is empty", .0.display())]
    FolderEmpty(PathBuf),
    /// The folder held files when it was indexed, and is empty now.
    #[error("{}: this folder is empty, but was not when it was indexed", .0.display())]
    FolderEmptied(PathBuf),
    /// No line of the file is a record.
    #[error("{}: no line of it is a record of an article{}", path.display(), first_fault(first))]
    NoRecords {
        /// The file.
        path: PathBuf,
        /// What is wrong with the first line that is not blank.
        first: Option<SkipReason>,
    },
    /// The file to read is a folder.
    #[error("{}: a folder, not a file", .0.display())]
    NotAFile(PathBuf),
    /// The file to read would be left out of an index.
    #[error("{}: {reason}", path.display())]
    Refused {
        /// The file.
        path: PathBuf,
        /// The reason.
        reason: SkipReason,
    },
    /// A file or folder could not be read or written.
    #[error("{}: {source}", path.display())]
    Io {
        /// The file or folder.
        path: PathBuf,
        /// The error of the system.
        source: std::io::Error,
    },
    /// Pages can't be served at an address.
    #[error("{address}: {source}")]
    Listen {
        /// The address.
        address: SocketAddr,
        /// The error of the system.
        source: std::io::Error,
    },
    /// Pages would be served to other machines without a password.
    #[error("{0}: everyone who reaches this machine could read the archive")]
    Exposed(IpAddr),
    /// The file of the password has none.
    #[error("{}: its first line is no password", .0.display())]
    NoPassword(PathBuf),
    /// There is no index in this folder or any folder above.
    #[error("{}: no index here", .0.display())]
    IndexMissing(PathBuf),
    /// A rebuild would lose articles: files can't be read now, and neither can the old index.
    #[error(
        "{}: only {now} of the {before} indexed files can be read; the index is unchanged",
        path.display()
    )]
    FolderShrunk {
        /// The folder of articles.
        path: PathBuf,
        /// How many files can be read now.
        now: usize,
        /// How many files are in the index.
        before: usize,
    },
    /// Another process is writing to the index.
    #[error("{}: {} is writing to this index", path.display(), process_name(*process))]
    IndexLocked {
        /// The index.
        path: PathBuf,
        /// The number of that process, if known.
        process: Option<u32>,
    },
    /// The disk is full.
    #[error(
        "{}: {source}: about {} MB in all are needed; the articles indexed before are unchanged",
        path.display(),
        needed.div_ceil(1_000_000)
    )]
    DiskFull {
        /// The index.
        path: PathBuf,
        /// About how much disk space the run needs, in bytes.
        needed: u64,
        /// The error of the system.
        source: std::io::Error,
    },
    /// The index was written by another version of the program.
    #[error("{}: index format {found}, this program reads {expected}", path.display())]
    IndexVersion {
        /// The index.
        path: PathBuf,
        /// Its versions of format, analyzer and people model.
        found: String,
        /// The versions that this program reads.
        expected: String,
    },
    /// The index is of another folder of articles, or of an export.
    #[error("{}: this is the index of other articles, {}", path.display(), articles.display())]
    OtherFolder {
        /// The index.
        path: PathBuf,
        /// The folder of articles of the index, or the export.
        articles: PathBuf,
    },
    /// The index was made of an export, and can't be rebuilt without it.
    #[error("{}: this index was made of an export, {}", path.display(), export.display())]
    OfExport {
        /// The index.
        path: PathBuf,
        /// The export.
        export: PathBuf,
    },
    /// A file of the index is damaged.
    #[error("{}: the index is damaged: {detail}", path.display())]
    IndexDamaged {
        /// The index.
        path: PathBuf,
        /// What is wrong with it.
        detail: String,
    },
    /// The index could not be verified to the end, though all checksums are right.
    #[error("{}: the verification did not finish: {detail}", path.display())]
    Unverified {
        /// The index.
        path: PathBuf,
        /// The failure.
        detail: String,
    },
    /// The folder for the index holds other files.
    #[error("{}: this folder holds no index, but other files, such as {name}", path.display())]
    ForeignFolder {
        /// The folder.
        path: PathBuf,
        /// One of the names in it.
        name: String,
    },
    /// A pattern of files to leave out is not valid.
    #[error("{pattern}: not a pattern: {detail}")]
    Pattern {
        /// The pattern.
        pattern: String,
        /// What is wrong with it.
        detail: String,
    },
    /// The system allows no thread.
    #[error("no thread can be started: {0}")]
    NoThread(std::io::Error),
    /// The file with the user's decisions about persons is not valid.
    #[error("{}: {detail}", path.display())]
    Decisions {
        /// The file.
        path: PathBuf,
        /// What is wrong with it, with the line.
        detail: String,
    },
    /// A user's file is not a regular file or too large.
    #[error("{}: {detail}", path.display())]
    Unfit {
        /// The file.
        path: PathBuf,
        /// What is wrong with it.
        detail: String,
    },
    /// A list of names is not valid.
    #[error("{}: {detail}", path.display())]
    List {
        /// The file.
        path: PathBuf,
        /// What is wrong with it, with the line.
        detail: String,
    },
    /// The query is not valid.
    #[error(transparent)]
    Query(#[from] QueryError),
    /// No article has this id or path.
    #[error("{0}: no such article")]
    ArticleMissing(String),
    /// The search engine failed.
    #[error("search engine: {0}")]
    Engine(#[from] tantivy::TantivyError),
}

/// The reason why a file or folder was skipped.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum SkipReason {
    /// Its name begins with a dot.
    Hidden,
    /// It matches a pattern of `--exclude` or of a `.morgueignore`.
    Excluded,
    /// Its name has an extension that is not read.
    Extension,
    /// Its content is not text.
    Binary,
    /// It has millions of lines that are almost empty.
    Hollow,
    /// It held text when it was indexed, and holds no letter or digit now.
    Emptied,
    /// It is larger than the limit in bytes.
    TooLarge(u64),
    /// It is larger than the memory allows; the limit in bytes.
    OutOfMemory(u64),
    /// It is a link to a folder that is read under another name.
    Linked,
    /// It is neither a file nor a folder.
    NotAFile,
    /// It was gone before it was read.
    Vanished,
    /// It changed while it was read.
    Changing,
    /// It could not be read; the cause.
    Unreadable(String),
    /// The program panicked while it read the file; the message.
    Failed(String),
    /// A line of an export is no record of an article.
    NoRecord {
        /// The number of the line, from 1.
        line: usize,
        /// What is wrong with it.
        why: String,
    },
}

/// The meaning of a reason for the articles of a file that are in the index.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Means {
    /// The file is left out on purpose. They are removed.
    LeftOut,
    /// The file is gone.
    Gone,
    /// The file is there but no longer holds text.
    NoText,
    /// The file can't be read now.
    Unreadable,
}

impl SkipReason {
    /// Returns the reason in a few words, without details.
    pub fn group(&self) -> &'static str {
        match self {
            Self::Hidden => "hidden",
            Self::Excluded => "excluded",
            Self::Extension => "not a text file by its name",
            Self::Binary => "not text",
            Self::Hollow => "almost only empty lines",
            Self::Emptied => "empty now",
            Self::TooLarge(_) => "too large",
            Self::OutOfMemory(_) => "too large for the memory",
            Self::Linked => "a link to a folder that is read under another name",
            Self::NotAFile => "neither file nor folder",
            Self::Vanished => "gone before it was read",
            Self::Changing => "changed while it was read",
            Self::Unreadable(_) => "unreadable",
            Self::Failed(_) => "failed",
            Self::NoRecord { .. } => "lines that are no records",
        }
    }

    /// Returns whether it is a problem that the user should solve.
    pub fn is_trouble(&self) -> bool {
        matches!(
            self,
            Self::OutOfMemory(_)
                | Self::Vanished
                | Self::Changing
                | Self::Unreadable(_)
                | Self::Failed(_)
                | Self::NoRecord { .. }
        )
    }

    /// Returns the meaning for the articles of the file that are in the index.
    pub fn means(&self) -> Means {
        match self {
            Self::Hidden
            | Self::Excluded
            | Self::Extension
            | Self::TooLarge(_)
            | Self::Linked
            | Self::NotAFile => Means::LeftOut,
            Self::Vanished => Means::Gone,
            Self::Binary | Self::Hollow | Self::Emptied => Means::NoText,
            Self::OutOfMemory(_)
            | Self::Changing
            | Self::Unreadable(_)
            | Self::Failed(_)
            | Self::NoRecord { .. } => Means::Unreadable,
        }
    }
}

impl fmt::Display for SkipReason {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::TooLarge(limit) => {
                write!(f, "larger than {} MiB (see --max-size)", limit / (1 << 20))
            }
            Self::OutOfMemory(limit) => write!(
                f,
                "larger than {} MiB, which the memory here allows",
                limit / (1 << 20)
            ),
            Self::Unreadable(why) | Self::Failed(why) => write!(f, "{}: {why}", self.group()),
            Self::Extension => write!(f, "{} (see --ext)", self.group()),
            Self::NoRecord { line, why } => write!(f, "line {line} is no record: {why}"),
            _ => f.write_str(self.group()),
        }
    }
}

/// A query that is not valid.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{message}")]
pub struct QueryError {
    /// What is wrong, naming the word.
    pub message: String,
    /// How to correct it.
    pub hint: String,
    /// The byte offset in the query.
    pub at: usize,
}

impl Error {
    /// Returns a closure that adds a path to an I/O error.
    pub fn io(path: impl Into<PathBuf>) -> impl FnOnce(std::io::Error) -> Self {
        let path = path.into();
        move |source| Self::Io { path, source }
    }
}

/// The result of a fallible operation of this library.
pub type Result<T, E = Error> = std::result::Result<T, E>;

/// Returns what is wrong with the first line of a file without records, for messages.
fn first_fault(first: &Option<SkipReason>) -> String {
    let first = first.as_ref();
    first.map(|first| format!("; {first}")).unwrap_or_default()
}

/// Returns the name of the process that holds a lock, for messages.
fn process_name(process: Option<u32>) -> String {
    process.map_or_else(
        || "another run".to_owned(),
        |process| format!("process {process}"),
    )
}

/// Returns the message of a panic.
pub fn panic_message(payload: &(dyn Any + Send)) -> String {
    payload
        .downcast_ref::<&str>()
        .map(ToString::to_string)
        .or_else(|| payload.downcast_ref::<String>().cloned())
        .unwrap_or_else(|| "no message".to_owned())
}

/// The most characters of a query that a message quotes.
const MOST_QUOTED: usize = 80;

/// Returns the start of a text, to be quoted in a message.
pub(crate) fn shortened(text: &str) -> String {
    let mut short: String = text.chars().take(MOST_QUOTED).collect();
    if short.len() < text.len() {
        short.push('…');
    }
    short
}
