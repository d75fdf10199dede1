//! The command line: a file a subcommand. This is the only place that prints, and the only one
//! that turns an error into a message, a hint and an exit status.

mod completions;
mod export;
mod extract;
mod heap;
mod index;
mod man;
mod output;
mod people;
mod search;
mod show;
mod similar;
mod stats;
mod verify;
mod watch;

use std::backtrace::{Backtrace, BacktraceStatus};
use std::io::{self, IsTerminal};
use std::panic;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::{ColorChoice, CommandFactory, Parser, Subcommand};
use morgue::archive::{self, Archive};
use morgue::error::SkipReason;
use morgue::render::{Style, escape};
use morgue::{Error, error};
use output::{Output, say};

/// Makes a searchable archive out of a folder of news articles.
#[derive(Parser, Debug)]
#[command(name = "morgue", version, arg_required_else_help = true)]
struct Cli {
    #[command(subcommand)]
    command: Command,
    /// When to use colour.
    #[arg(long, global = true, value_name = "WHEN", default_value = "auto")]
    color: ColorChoice,
}

#[derive(Subcommand, Debug)]
enum Command {
    Index(index::Args),
    Search(search::Args),
    People(people::Args),
    Similar(similar::Args),
    Show(show::Args),
    Extract(extract::Args),
    Stats(stats::Args),
    Verify(verify::Args),
    Export(export::Args),
    Completions(completions::Args),
    Man(man::Args),
}

/// Where the index is, for the commands that read one.
#[derive(clap::Args, Debug)]
struct IndexArg {
    /// The index; else what the variable MORGUE_INDEX names, else the `.morgue` of this folder or of
    /// the nearest one above it
    #[arg(long = "index", value_name = "DIR")]
    dir: Option<PathBuf>,
}

impl IndexArg {
    /// Returns where it is.
    fn find(&self) -> Result<PathBuf, Error> {
        match self.dir.clone().or_else(index_variable) {
            Some(dir) => Ok(dir),
            None => archive::find(Path::new(".")),
        }
    }

    /// Opens it.
    fn open(&self) -> Result<Archive, Error> {
        Archive::open(&self.find()?)
    }
}

/// Returns the index that the variable `MORGUE_INDEX` names. An empty variable is as good as none.
fn index_variable() -> Option<PathBuf> {
    let value = std::env::var_os("MORGUE_INDEX")?;
    (!value.is_empty()).then(|| value.into())
}

/// Returns how results are written to standard output: with colour and links as a terminal allows,
/// plainly in a pipe.
fn style(color: ColorChoice) -> Style {
    let out = io::stdout();
    let is_terminal = out.is_terminal();
    let is_set = |name| std::env::var_os(name).is_some_and(|value| !value.is_empty());
    let is_dumb = std::env::var_os("TERM").is_some_and(|term| term == "dumb");
    Style {
        color: match color {
            ColorChoice::Always => true,
            ColorChoice::Never => false,
            // See no-color.org.
            ColorChoice::Auto => is_terminal && !is_set("NO_COLOR") && !is_dumb,
        },
        width: terminal_size::terminal_size_of(&out).map(|(width, _)| usize::from(width.0)),
        hyperlinks: is_terminal && supports_hyperlinks::on(supports_hyperlinks::Stream::Stdout),
        escape: is_terminal,
    }
}

/// How a command that ran to its end ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Outcome {
    /// It found or did what was asked.
    Found,
    /// It found nothing.
    NothingFound,
    /// It went on past trouble that it has already reported.
    Trouble,
}

/// A failure of a command.
#[derive(Debug, thiserror::Error)]
enum Failure {
    #[error(transparent)]
    Library(#[from] Error),
    /// The results could not be written out.
    #[error("standard output: {0}")]
    Output(#[from] io::Error),
    /// There is a fault in the program, which said this.
    #[error("the program failed: {0}")]
    Panic(String),
}

/// Runs the command line and returns the exit status: 0 found, 1 nothing found, 2 trouble.
pub fn main() -> ExitCode {
    panic::set_hook(Box::new(report_backtrace));
    let ended = panic::catch_unwind(|| match Cli::try_parse() {
        Ok(cli) => run(cli),
        Err(error) => refuse(error),
    })
    .unwrap_or_else(|payload| Err(Failure::Panic(error::panic_message(&*payload))));
    match ended {
        Ok(Outcome::Found) => ExitCode::SUCCESS,
        Ok(Outcome::NothingFound) => ExitCode::from(1),
        Ok(Outcome::Trouble) => ExitCode::from(2),
        Err(failure) => {
            report(&failure);
            ExitCode::from(2)
        }
    }
}

/// Prints where a panic came from, if `RUST_BACKTRACE` asks for that. The panic itself is reported
/// as an error: with the file that it cost, or as the end of the command.
fn report_backtrace(panic: &panic::PanicHookInfo<'_>) {
    let backtrace = Backtrace::capture();
    if backtrace.status() == BacktraceStatus::Captured {
        format!("{panic}\n{backtrace}").lines().for_each(say);
    }
}

/// Prints the help or the version where they were asked for, else what is wrong with the arguments.
fn refuse(error: clap::Error) -> Result<Outcome, Failure> {
    if error.use_stderr() {
        // The message quotes arguments in many places, so it is made anew from escaped ones.
        let escaped = std::env::args_os().map(|argument| escape(&argument.to_string_lossy()));
        let error = Cli::try_parse_from(escaped).err().unwrap_or(error);
        let _ = error.print();
        return Ok(Outcome::Trouble);
    }
    let mut out = Output::new();
    out.keep_failure(error.print());
    out.end(Outcome::Found)
}

fn run(cli: Cli) -> Result<Outcome, Failure> {
    match cli.command {
        Command::Index(args) => index::run(args),
        Command::Search(args) => search::run(args, cli.color),
        Command::People(args) => people::run(args, cli.color),
        Command::Similar(args) => similar::run(args, cli.color),
        Command::Show(args) => show::run(args, cli.color),
        Command::Extract(args) => extract::run(args, cli.color),
        Command::Stats(args) => stats::run(args),
        Command::Verify(args) => verify::run(args),
        Command::Export(args) => export::run(args),
        Command::Completions(args) => completions::run(args, &mut Cli::command()),
        Command::Man(man::Args {}) => man::run(Cli::command()),
    }
}

/// Prints a failure on one line of standard error, with what to do about it.
fn report(failure: &Failure) {
    match hint(failure) {
        Some(hint) => say(&format!("{failure}; {hint}")),
        None => say(&failure.to_string()),
    }
}

/// Returns what to do about a failure.
fn hint(failure: &Failure) -> Option<String> {
    let error = match failure {
        Failure::Library(error) => error,
        Failure::Output(error) => return io_hint(error).map(str::to_owned),
        Failure::Panic(_) => {
            return Some("`morgue verify` tells whether the index is damaged".to_owned());
        }
    };
    match error {
        Error::FolderMissing(_) => Some("check the spelling of the folder".to_owned()),
        Error::NotAFolder(path) => Some(format!(
            "give the folder it is in, or read this one file with `morgue extract {}`",
            path.display()
        )),
        Error::NotAFile(path) => Some(format!(
            "make an index of it with `morgue index {}`",
            path.display()
        )),
        Error::Refused { reason, .. } => refusal_hint(reason),
        Error::FolderEmpty(_) => Some("put the articles there as text files first".to_owned()),
        Error::FolderEmptied(_) => Some(
            "if it should be on a disk that is not there now, mount that; else remove the index"
                .to_owned(),
        ),
        Error::IndexMissing(_) => {
            Some("make one with `morgue index FOLDER`, or name another with --index DIR".to_owned())
        }
        Error::FolderShrunk { .. } => Some(
            "mount the disk that they are on, or make them readable; if they are gone for good, run \
             `morgue index FOLDER --prune`"
                .to_owned(),
        ),
        Error::IndexLocked { .. } => Some("wait until it has ended, then try again".to_owned()),
        Error::IndexVersion { .. } => {
            Some("run `morgue index FOLDER`, which builds it anew".to_owned())
        }
        Error::DiskFull { .. } => Some("make room on that disk, then run it again".to_owned()),
        Error::OtherFolder { .. } => Some(
            "name another place with --index DIR, or give it to this folder with --rebuild"
                .to_owned(),
        ),
        Error::IndexDamaged { .. } => {
            Some("run `morgue index FOLDER`, which repairs it".to_owned())
        }
        Error::Unverified { .. } => {
            Some("try again with more memory; nothing was marked as damaged".to_owned())
        }
        Error::ForeignFolder { .. } => {
            Some("name an empty or a new folder with --index DIR".to_owned())
        }
        Error::Pattern { .. } => Some("write it as a line of .gitignore".to_owned()),
        Error::NoThread(_) => {
            Some("end other programs, or raise the limit of processes or memory".to_owned())
        }
        Error::Decisions { .. } => {
            Some("mend it as the README shows, or move it away to search without it".to_owned())
        }
        Error::Unfit { .. } => Some(
            "give a file of at most 4 MB, or pass a list on standard input with `--names -`"
                .to_owned(),
        ),
        Error::List { .. } => Some(
            "write one name a line, or a table whose first line has a heading such as `name`"
                .to_owned(),
        ),
        Error::Query(error) => Some(error.hint.clone()),
        Error::ArticleMissing(_) => {
            Some("ids and paths are in the answers of `morgue search`".to_owned())
        }
        Error::Io { source, .. } => Some(
            io_hint(source)
                .unwrap_or("check that it is there and may be read and written")
                .to_owned(),
        ),
        Error::Engine(_) => Some("`morgue verify` tells whether the index is damaged".to_owned()),
    }
}

/// Returns what to do about an error of the system that a user can mend wherever it is met.
fn io_hint(error: &io::Error) -> Option<&'static str> {
    match error.kind() {
        io::ErrorKind::StorageFull => Some("make room on that disk, then run it again"),
        io::ErrorKind::OutOfMemory => Some("try again with more memory"),
        io::ErrorKind::PermissionDenied => Some(
            "check that it may be read and written; an index is its owner's alone unless it is made with \
             --share",
        ),
        _ => None,
    }
}

/// Returns what to do about a file that is left out of an index.
fn refusal_hint(reason: &SkipReason) -> Option<String> {
    let hint = match reason {
        SkipReason::Binary => "save what it says as plain text first",
        SkipReason::Hollow => "take out the empty lines first",
        SkipReason::TooLarge(_) => "cut it into smaller files first",
        SkipReason::NotAFile => "write `-` to read from standard input",
        _ => return None,
    };
    Some(hint.to_owned())
}
