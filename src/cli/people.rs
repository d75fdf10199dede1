//! `morgue people`: who is in the archive.

use clap::ColorChoice;
use morgue::Error;

use super::{Failure, IndexArg, Outcome};

/// List who is in the archive, or tell about one person
#[derive(clap::Args, Debug)]
pub struct Args {
    /// A person's name; without one, everybody is listed
    name: Vec<String>,
    #[command(flatten)]
    index: IndexArg,
    /// How many persons to print
    #[arg(long, short = 'n', value_name = "N", default_value_t = 20)]
    limit: usize,
    /// Print the persons as JSON, one object a line
    #[arg(long)]
    json: bool,
}

/// Runs the command.
pub fn run(_args: Args, _color: ColorChoice) -> Result<Outcome, Failure> {
    Err(Error::IndexMissing("x".into()).into())
}
