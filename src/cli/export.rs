//! `morgue export`: every article of the archive as JSON.

use morgue::render;

use super::{Failure, IndexArg, Outcome, Output};

/// Print every article's record as JSON, one object a line
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
