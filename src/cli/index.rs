//! `morgue index`: builds the index of a folder, or brings it up to date.

use std::path::PathBuf;

use morgue::Error;

use super::{Failure, Outcome};

/// Build the index of a folder, or bring it up to date
#[derive(clap::Args, Debug)]
pub struct Args {
    /// The folder of articles
    folder: PathBuf,
    /// Keep the index in this folder instead of FOLDER/.morgue
    #[arg(long = "index", value_name = "DIR", env = "MORGUE_INDEX")]
    dir: Option<PathBuf>,
    /// Also read files that end in .EXT (repeatable)
    #[arg(long = "ext", value_name = "EXT")]
    extensions: Vec<String>,
    /// Leave out files larger than this many MiB
    #[arg(long, value_name = "MIB", default_value_t = 64)]
    max_size: u64,
    /// Read every file again and build the index anew
    #[arg(long)]
    rebuild: bool,
    /// How many threads to use; all cores by default
    #[arg(long, value_name = "N")]
    threads: Option<usize>,
    /// Print errors alone
    #[arg(long, short)]
    quiet: bool,
}

/// Runs the command.
pub fn run(args: Args) -> Result<Outcome, Failure> {
    Err(Error::IndexMissing(args.folder).into())
}
