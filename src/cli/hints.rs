//! Reports failures, with a hint on what to do about each.

use std::borrow::Cow;
use std::io;

use morgue::Error;
use morgue::error::SkipReason;

use super::outcome::Failure;
use super::output::say;

/// Prints a failure and its hint on one line of standard error.
pub fn report(failure: &Failure) {
    say(&with_hint(failure));
}

/// Prints an error of the library and its hint, as [`report`] does.
pub fn report_error(error: &Error) {
    say(&hinted(error.to_string(), library_hint(error)));
}

/// Returns the message of a failure, followed by its hint if it has one.
pub fn with_hint(failure: &Failure) -> String {
    let hint = match failure {
        Failure::Library(error) => library_hint(error),
        Failure::Output(error) => io_hint(error).map(Cow::from),
        Failure::Protocol(_) => Some(
            "`morgue mcp` is started by an assistant that speaks the Model Context Protocol".into(),
        ),
        Failure::Panic(_) => Some(CHECK.into()),
    };
    hinted(failure.to_string(), hint)
}

fn hinted(message: String, hint: Option<Cow<'_, str>>) -> String {
    match hint {
        Some(hint) => format!("{message}; {hint}"),
        None => message,
    }
}

const CHECK: &str = "run `morgue verify` to check the index for damage";
const FREE_SPACE: &str = "free some space on that disk, then try again";
const MORE_MEMORY: &str = "try again with more memory";

fn library_hint(error: &Error) -> Option<Cow<'static, str>> {
    let hint = match error {
        Error::FolderMissing(_) => "check the spelling of the folder",
        Error::NotAFolder(path) => {
            let path = path.display();
            return Some(
                format!(
                    "name the folder that it is in, or read this file with `morgue extract {path}`"
                )
                .into(),
            );
        }
        Error::NotAFile(path) => {
            return Some(format!("index it with `morgue index {}`", path.display()).into());
        }
        Error::Refused { reason, .. } => return refusal_hint(reason).map(Cow::from),
        Error::NoRecords { .. } => "give what `morgue export` prints, one JSON object a line",
        Error::OfExport { .. } => {
            "to make it again, run `morgue index --from-ndjson FILE --index DIR --rebuild`"
        }
        Error::FolderEmpty(_) => "put the articles there as text files first",
        Error::FolderEmptied(_) => {
            "if its disk is not mounted, mount it; otherwise remove the index"
        }
        Error::IndexMissing(_) => {
            "make one with `morgue index FOLDER`, or name another with --index DIR"
        }
        Error::FolderShrunk { .. } => {
            "mount the disk that they are on, or make them readable; if they are gone for good, run \
             `morgue index FOLDER --prune`"
        }
        Error::IndexLocked { .. } => "wait until it has ended, then try again",
        Error::IndexVersion { .. } => "run `morgue index FOLDER` to rebuild it",
        Error::DiskFull { .. } => FREE_SPACE,
        Error::OtherFolder { .. } => {
            "put the index elsewhere with --index DIR, or replace this one with --rebuild"
        }
        Error::IndexDamaged { .. } => "run `morgue index FOLDER` to repair it",
        Error::Unverified { .. } => "try again with more memory; nothing was marked as damaged",
        Error::ForeignFolder { .. } => "name an empty or a new folder with --index DIR",
        Error::Pattern { .. } => "use the syntax of .gitignore",
        Error::NoThread(_) => "close other programs, or raise the limits on processes and memory",
        Error::Decisions { .. } => {
            "correct it as the README shows, or move it away to search without it"
        }
        Error::Unfit { .. } => {
            "give a file of at most 4 MB, or pass a list on standard input with `--names -`"
        }
        Error::List { .. } => {
            "write one name a line, or a table whose first line has a heading such as `name`"
        }
        Error::Query(error) => return Some(error.hint.clone().into()),
        Error::Listen { source, .. } => match source.kind() {
            io::ErrorKind::AddrInUse => "another program has this port; give another with --port",
            _ => "check --listen and --port; ports below 1024 are the system's",
        },
        Error::NoPassword(_) => "write the password there, of at least 8 characters",
        Error::Exposed(_) => {
            "give --password-file FILE, or --public if that is what you want; without --listen, only \
             this machine reaches it"
        }
        Error::ArticleMissing(_) => "`morgue search` prints ids and paths",
        Error::Io { source, .. } => {
            io_hint(source).unwrap_or("check that it exists and that you may read and write it")
        }
        Error::Engine(_) => CHECK,
    };
    Some(hint.into())
}

/// Returns the hint for a system error that the user can resolve, whatever was being read or written.
fn io_hint(error: &io::Error) -> Option<&'static str> {
    match error.kind() {
        io::ErrorKind::StorageFull => Some(FREE_SPACE),
        io::ErrorKind::OutOfMemory => Some(MORE_MEMORY),
        io::ErrorKind::PermissionDenied => Some(
            "check that you may read and write it; only its owner may read an index that was made \
             without --share",
        ),
        _ => None,
    }
}

/// Returns the hint for a file that is not read.
fn refusal_hint(reason: &SkipReason) -> Option<&'static str> {
    match reason {
        SkipReason::Binary => Some("save its text as a plain text file first"),
        SkipReason::Hollow => Some("remove the empty lines first"),
        SkipReason::TooLarge(_) => Some("split it into smaller files first"),
        SkipReason::NotAFile => Some("write `-` to read from standard input"),
        _ => None,
    }
}
