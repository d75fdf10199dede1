//! `morgue export`: every article of the archive as JSON.

use std::io::{self, BufWriter, Write};

use morgue::render;

use super::{Failure, IndexArg, Outcome};

/// Print every article's record as JSON, one object a line
#[derive(clap::Args, Debug)]
pub struct Args {
    #[command(flatten)]
    index: IndexArg,
}

/// Runs the command.
pub fn run(args: Args) -> Result<Outcome, Failure> {
    let archive = args.index.open()?;
    let mut out = BufWriter::new(io::stdout().lock());
    let mut outcome = Outcome::NothingFound;
    for article in archive.all_articles() {
        render::json(&mut out, &article?)?;
        outcome = Outcome::Found;
    }
    out.flush()?;
    Ok(outcome)
}
