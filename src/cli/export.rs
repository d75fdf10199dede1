//! `morgue export`: every article of the archive as JSON.

use morgue::Error;

use super::{Failure, IndexArg, Outcome};

/// Print every article's record as JSON, one object a line
#[derive(clap::Args, Debug)]
pub struct Args {
    #[command(flatten)]
    index: IndexArg,
}

/// Runs the command.
pub fn run(_args: Args) -> Result<Outcome, Failure> {
    Err(Error::IndexMissing("x".into()).into())
}
