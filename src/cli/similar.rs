//! `morgue similar`: more like this.

use std::ffi::OsString;

use clap::ColorChoice;
use morgue::search::similar;

use super::{Failure, IndexArg, Outcome, search};

/// Find the articles that are most like one
#[derive(clap::Args, Debug)]
pub struct Args {
    /// The article's id, or a path of its file: from the folder of articles, from here, or absolute
    article: OsString,
    #[command(flatten)]
    index: IndexArg,
    /// How many articles to print
    #[arg(long, short = 'n', value_name = "N", default_value_t = 10)]
    limit: usize,
    /// Print the answer as JSON, one object a line, as search does
    #[arg(long)]
    json: bool,
}

/// Runs the command.
pub fn run(args: Args, color: ColorChoice) -> Result<Outcome, Failure> {
    let archive = args.index.open()?;
    let answer = similar::similar(&archive, &args.article, args.limit)?;
    search::write(&answer, &archive, args.json, color)
}
