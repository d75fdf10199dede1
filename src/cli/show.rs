//! `morgue show`: one article, cleaned and fielded.

use clap::ColorChoice;
use morgue::Error;

use super::{Failure, IndexArg, Outcome};

/// Show one article, cleaned and fielded
#[derive(clap::Args, Debug)]
pub struct Args {
    /// The article's id, or its file's path below the indexed folder
    article: String,
    #[command(flatten)]
    index: IndexArg,
    /// Print the article's record as JSON
    #[arg(long)]
    json: bool,
}

/// Runs the command.
pub fn run(args: Args, _color: ColorChoice) -> Result<Outcome, Failure> {
    Err(Error::ArticleMissing(args.article).into())
}
