//! `morgue index`: builds the index of a folder, or brings it up to date.

use std::path::PathBuf;

use morgue::archive::{self, Sharing};
use morgue::pipeline::Options;
use morgue::source::walk;

use super::heap;
use super::index_arg::index_variable;
use super::outcome::{Failure, Outcome};
use super::output::say;
use super::update::{Source, update};
use super::verbosity::Verbosity;
use super::watch;

/// Build the index of a folder, or bring it up to date
#[derive(clap::Args, Debug)]
pub struct Args {
    /// The folder of articles
    #[arg(required_unless_present = "export", conflicts_with = "export")]
    folder: Option<PathBuf>,
    /// Read the records that `morgue export` prints instead of a folder; '-' reads standard input
    #[arg(
        long = "from-ndjson",
        id = "export",
        value_name = "FILE",
        conflicts_with_all = ["extensions", "excludes", "max_size", "checksum"]
    )]
    export: Option<PathBuf>,
    /// The index folder [default: the one that the variable MORGUE_INDEX names, else FOLDER/.morgue, or
    /// .morgue here with --from-ndjson]
    #[arg(long = "index", value_name = "DIR")]
    dir: Option<PathBuf>,
    /// Also read files with this extension (repeatable). Kept in the index for later runs until it is
    /// given again; '' clears it
    #[arg(long = "ext", value_name = "EXT", value_parser = extension)]
    extensions: Option<Vec<String>>,
    /// Leave out files and folders that match, as in .gitignore (repeatable). Kept like --ext, and so
    /// are the patterns of .morgueignore files
    #[arg(long = "exclude", value_name = "GLOB")]
    excludes: Option<Vec<String>>,
    /// Leave out files larger than this many MiB [default: 64]. Kept like --ext
    #[arg(long, value_name = "MIB", value_parser = clap::value_parser!(u64).range(1..=MAX_MIB))]
    max_size: Option<u64>,
    /// Let others read the index, as far as the umask allows; otherwise only its owner may. Kept like
    /// --ext
    #[arg(
        long,
        value_name = "BOOL",
        num_args = 0..=1,
        require_equals = true,
        default_missing_value = "true"
    )]
    share: Option<bool>,
    /// Read every file, not only those whose size, times or inode have changed
    #[arg(long)]
    checksum: bool,
    /// Read every file again and rebuild the index
    #[arg(long)]
    rebuild: bool,
    /// Remove files that are gone from the folder even if they are more than a tenth of all files
    #[arg(long)]
    prune: bool,
    /// Keep running, and update the index whenever a file changes; Ctrl-C ends it
    #[arg(long)]
    watch: bool,
    /// The number of threads [default: the number of cores]
    #[arg(long, value_name = "N", value_parser = at_least_one)]
    threads: Option<usize>,
    /// List every file that is left out or can't be read
    #[arg(long, short, conflicts_with = "quiet")]
    verbose: bool,
    /// Print only errors
    #[arg(long, short)]
    quiet: bool,
}

/// The largest size in MiB whose bytes a `u64` can hold.
const MAX_MIB: u64 = u64::MAX >> 20;

/// Parses an extension. An empty one is allowed: it clears the list.
fn extension(typed: &str) -> Result<String, String> {
    if typed.is_empty() {
        return Ok(String::new());
    }
    walk::extension(typed)
}

fn at_least_one(typed: &str) -> Result<usize, String> {
    match typed.parse() {
        Ok(0) => Err("at least one thread is needed".to_owned()),
        Ok(threads) => Ok(threads),
        Err(_) => Err("not a number of threads".to_owned()),
    }
}

/// Removes the empty values of a list, which only replace the list of earlier runs.
fn without_empty(list: Option<Vec<String>>) -> Option<Vec<String>> {
    list.map(|list| list.into_iter().filter(|word| !word.is_empty()).collect())
}

/// Runs the command.
pub fn run(args: Args) -> Result<Outcome, Failure> {
    heap::limit_memory();
    let source = match (args.folder, args.export) {
        (_, Some(export)) => Source::Export(export),
        (folder, None) => Source::Folder(folder.unwrap_or_default()),
    };
    let index = (args.dir.or_else(index_variable)).unwrap_or_else(|| match &source {
        Source::Folder(folder) => folder.join(archive::FOLDER_NAME),
        Source::Export(_) => archive::FOLDER_NAME.into(),
    });
    let verbosity = match (args.quiet, args.verbose) {
        (true, _) => Verbosity::Quiet,
        (false, true) => Verbosity::Verbose,
        (false, false) => Verbosity::Normal,
    };
    let options = Options {
        extensions: without_empty(args.extensions),
        excludes: without_empty(args.excludes),
        max_bytes: args.max_size.map(|mib| mib << 20),
        sharing: args.share.map(|is_shared| match is_shared {
            true => Sharing::Shared,
            false => Sharing::Private,
        }),
        rebuild: args.rebuild,
        checksum: args.checksum,
        prune: args.prune,
        threads: args.threads,
        list_skipped: verbosity == Verbosity::Verbose,
    };
    match &source {
        Source::Folder(folder) if args.watch => watch::run(folder, &index, options, verbosity),
        Source::Export(_) if args.watch => {
            say(
                "--watch follows a folder; when the export has changed, run `morgue index --from-ndjson` again",
            );
            Ok(Outcome::Trouble)
        }
        source => update(source, &index, &options, verbosity),
    }
}
