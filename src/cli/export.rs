//! `morgue export`: prints every article of the archive as JSON.

use morgue::render;

use super::index_arg::IndexArg;
use super::outcome::{Failure, Outcome};
use super::output::Output;

/// Print every article's record as JSON, one object per line
#[derive(clap::Args, Debug)]
pub struct Args {
    #[command(flatten)]
    index: IndexArg,
}

/// Runs the command.
pub fn run(args: Args) -> Result<Outcome, Failure> {
    let archive = args.index.open()?;
    let mut out = Output::new();
    let mut outcome = Outcome::NothingFound;
    for article in archive.all_articles() {
        render::json(&mut out, &article?)?;
        outcome = Outcome::Found;
        if !out.is_open() {
            break;
        }
    }
    out.end(outcome)
}
