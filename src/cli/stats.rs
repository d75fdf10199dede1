//! `morgue stats`: how much is in the archive.

use morgue::Error;

use super::{Failure, IndexArg, Outcome};

/// Say how much is in the archive
#[derive(clap::Args, Debug)]
pub struct Args {
    #[command(flatten)]
    index: IndexArg,
}

/// Runs the command.
pub fn run(_args: Args) -> Result<Outcome, Failure> {
    Err(Error::IndexMissing("x".into()).into())
}
