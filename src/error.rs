//! Everything that can go wrong, as one type.

use std::any::Any;
use std::fmt;
use std::path::PathBuf;

/// A failure of the library. Its message names the file or the word; the binary adds a hint.
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
    /// The folder held files when it was indexed, and holds none now.
    #[error("{}: this folder is empty now, and was not when it was indexed", .0.display())]
    FolderEmptied(PathBuf),
    /// The file to read is a folder.
    #[error("{}: a folder, not a file", .0.display())]
    NotAFile(PathBuf),
    /// The file to read is one that is left out of an index as well.
    #[error("{}: {reason}", path.display())]
    Refused {
        /// The file.
        path: PathBuf,
        /// Why it is left out.
        reason: SkipReason,
    },
    /// A file or folder could not be read or written.
    #[error("{}: {source}", path.display())]
    Io {
        /// What was being read or written.
        path: PathBuf,
        /// Why that failed.
        source: std::io::Error,
    },
    /// There is no index here or in any folder above.
    #[error("{}: no index here", .0.display())]
    IndexMissing(PathBuf),
    /// A new index would lose what the old one holds of files that can't be read now, and the old one
    /// can't be read either.
    #[error(
        "{}: {now} files can be read of the {before} that were indexed; the index is kept as it is",
        path.display()
    )]
    FolderShrunk {
        /// The folder of articles.
        path: PathBuf,
        /// How many of its files can be read now.
        now: usize,
        /// How many files the index knows.
        before: usize,
    },
    /// Another process is writing to the index.
    #[error("{}: {} is writing to this index", path.display(), process_name(*process))]
    IndexLocked {
        /// The index.
        path: PathBuf,
        /// The number of that process, where it is known.
        process: Option<u32>,
    },
    /// There is no more room for the index.
    #[error(
        "{}: {source}: about {} MB in all are needed; what was indexed before is as it was",
        path.display(),
        needed.div_ceil(1_000_000)
    )]
    DiskFull {
        /// The index.
        path: PathBuf,
        /// How much room this run takes, in bytes, roughly.
        needed: u64,
        /// The system's own words.
        source: std::io::Error,
    },
    /// The index was written by another version of the program.
    #[error("{}: index format {found}, this program reads {expected}", path.display())]
    IndexVersion {
        /// The index.
        path: PathBuf,
        /// The format it is in.
        found: String,
        /// The format that this program reads.
        expected: String,
    },
    /// The index is of another folder of articles.
    #[error("{}: this is the index of another folder, {}", path.display(), articles.display())]
    OtherFolder {
        /// The index.
        path: PathBuf,
        /// The folder that it is of.
        articles: PathBuf,
    },
    /// A file of the index is damaged.
    #[error("{}: the index is damaged: {detail}", path.display())]
    IndexDamaged {
        /// The index.
        path: PathBuf,
        /// What is wrong with it.
        detail: String,
    },
    /// The index could not be checked to the end, though no byte of it was found wrong.
    #[error("{}: it could not be checked to the end: {detail}", path.display())]
    Unverified {
        /// The index.
        path: PathBuf,
        /// What stood in the way.
        detail: String,
    },
    /// The folder that is to hold the index holds something else.
    #[error("{}: this folder holds no index, but other files, such as {name}", path.display())]
    ForeignFolder {
        /// The folder.
        path: PathBuf,
        /// One of the names in it.
        name: String,
    },
    /// A pattern of files to leave out can't be understood.
    #[error("{pattern}: not a pattern: {detail}")]
    Pattern {
        /// The pattern.
        pattern: String,
        /// What is wrong with it.
        detail: String,
    },
    /// No thread can be started.
    #[error("no thread can be started: {0}")]
    NoThread(std::io::Error),
    /// The file with the user's decisions about persons can't be understood.
    #[error("{}: {detail}", path.display())]
    Decisions {
        /// The file.
        path: PathBuf,
        /// What is wrong with it, and in which line.
        detail: String,
    },
    /// A file that the user wrote beside the articles is none that is read.
    #[error("{}: {detail}", path.display())]
    Unfit {
        /// The file.
        path: PathBuf,
        /// What it is instead.
        detail: String,
    },
    /// A list of names can't be understood.
    #[error("{}: {detail}", path.display())]
    List {
        /// The file.
        path: PathBuf,
        /// What is wrong with it, and in which line.
        detail: String,
    },
    /// The query can't be understood.
    #[error(transparent)]
    Query(#[from] QueryError),
    /// No article has this id or path.
    #[error("{0}: no such article")]
    ArticleMissing(String),
    /// The search engine failed.
    #[error("search engine: {0}")]
    Engine(#[from] tantivy::TantivyError),
}

/// Why a file or folder was left out.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum SkipReason {
    /// Its name begins with a dot.
    Hidden,
    /// A pattern of `--exclude` or of a `.morgueignore` leaves it out.
    Excluded,
    /// Its name has an extension that is not read.
    Extension,
    /// What it holds is no text.
    Binary,
    /// There are millions of lines in it with next to nothing on them.
    Hollow,
    /// It held something when it was indexed, and not a letter or digit now.
    Emptied,
    /// It is larger than the limit, in bytes.
    TooLarge(u64),
    /// It is larger than the memory of this machine allows, in bytes.
    OutOfMemory(u64),
    /// It is a link to a folder that is read under another name.
    Linked,
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

/// What a reason says of the articles that the index holds of a file from before.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Means {
    /// The file is left out on purpose, and so are they.
    LeftOut,
    /// The file is gone.
    Gone,
    /// The file is there and holds no text any more.
    NoText,
    /// The file can't be read now.
    Unreadable,
}

impl SkipReason {
    /// Returns the reason in a word or two, the same for all files that it holds for.
    pub fn group(&self) -> &'static str {
        match self {
            Self::Hidden => "hidden",
            Self::Excluded => "excluded",
            Self::Extension => "not a text file by its name",
            Self::Binary => "not text",
            Self::Hollow => "little but ends of lines",
            Self::Emptied => "empty now",
            Self::TooLarge(_) => "too large",
            Self::OutOfMemory(_) => "too large for the memory",
            Self::Linked => "a link to a folder that is read under another name",
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
            Self::OutOfMemory(_)
                | Self::Vanished
                | Self::Changing
                | Self::Unreadable(_)
                | Self::Failed(_)
        )
    }

    /// Returns what it says of the articles that the index holds of the file.
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
            Self::OutOfMemory(_) | Self::Changing | Self::Unreadable(_) | Self::Failed(_) => {
                Means::Unreadable
            }
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
            _ => f.write_str(self.group()),
        }
    }
}

/// A query that can't be understood.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{message}")]
pub struct QueryError {
    /// What is wrong, naming the word.
    pub message: String,
    /// What would be right.
    pub hint: String,
    /// Where it stands in the query, in bytes.
    pub at: usize,
}

impl Error {
    /// Returns a closure that wraps an I/O error with the path it concerns.
    pub fn io(path: impl Into<PathBuf>) -> impl FnOnce(std::io::Error) -> Self {
        let path = path.into();
        move |source| Self::Io { path, source }
    }
}

/// The result of a fallible operation of this library.
pub type Result<T, E = Error> = std::result::Result<T, E>;

/// Returns what to call the process that holds a lock.
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
