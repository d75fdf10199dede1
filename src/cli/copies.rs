//! `morgue copies`: prints the articles of a story with what each cut, or the largest stories.

use std::ffi::OsString;

use clap::ColorChoice;
use morgue::render;
use morgue::search::story;

use super::format::Format;
use super::index_arg::IndexArg;
use super::outcome::{Failure, Outcome};
use super::output::Output;

/// Show the articles of one story, and what each cut, added and changed
#[derive(clap::Args, Debug)]
pub struct Args {
    /// An article's id, the path of its file, or a story's id; without it, the stories with the most
    /// articles are listed
    article: Option<OsString>,
    #[command(flatten)]
    index: IndexArg,
    /// The number of stories to list [default: 10, with --json all]
    #[arg(long, short = 'n', value_name = "N", conflicts_with = "article")]
    limit: Option<usize>,
    /// Write all passages in full, with what stayed
    #[arg(long, requires = "article")]
    full: bool,
    /// Print JSON, one object a story
    #[arg(long)]
    json: bool,
}

/// Runs the command.
pub fn run(args: Args, color: ColorChoice) -> Result<Outcome, Failure> {
    let archive = args.index.open()?;
    let format = Format::new(args.json, color);
    let mut out = Output::new();
    if let Some(article) = &args.article {
        let found = story::story(&archive, article)?;
        match format {
            Format::Json => render::json(&mut out, &found)?,
            Format::Text(style) => render::story(&mut out, &found, args.full, &style)?,
        }
        return out.end(Outcome::found_if(found.articles.len() > 1));
    }
    let limit = match format {
        Format::Json => args.limit.unwrap_or(usize::MAX),
        Format::Text(_) => args.limit.unwrap_or(10),
    };
    let (stories, total) = story::largest(&archive, limit)?;
    match format {
        Format::Json => {
            for story in &stories {
                render::json(&mut out, story)?;
            }
        }
        Format::Text(style) => render::stories(&mut out, &stories, total, &style)?,
    }
    out.end(Outcome::found_if(total > 0))
}
