//! `morgue similar`: prints the articles that are most similar to one.

use std::ffi::OsString;

use clap::ColorChoice;
use morgue::search::similar;

use super::format::Format;
use super::index_arg::IndexArg;
use super::outcome::{Failure, Outcome};
use super::search::write_answer;

/// Find the articles that are most similar to one
#[derive(clap::Args, Debug)]
pub struct Args {
    /// The article's id, or the path of its file: absolute, or relative to the folder of articles or
    /// to the current one
    article: OsString,
    #[command(flatten)]
    index: IndexArg,
    /// The number of articles to print
    #[arg(long, short = 'n', value_name = "N", default_value_t = 10)]
    limit: usize,
    /// Print the answer as JSON, one object per line, as search does
    #[arg(long)]
    json: bool,
}

/// Runs the command.
pub fn run(args: Args, color: ColorChoice) -> Result<Outcome, Failure> {
    let archive = args.index.open()?;
    let answer = similar::similar(&archive, &args.article, args.limit)?;
    write_answer(&answer, &archive, Format::new(args.json, color))
}
