//! `morgue show`: one article, cleaned and fielded.

use std::ffi::OsString;
use std::io::{self, Write};

use clap::ColorChoice;
use morgue::Article;
use morgue::render::{self, Style};

use super::{Failure, IndexArg, Outcome, Output, style};

/// Show one article, cleaned and fielded
#[derive(clap::Args, Debug)]
pub struct Args {
    /// The article's id, or a path of its file: from the folder of articles, from here, or absolute
    article: OsString,
    #[command(flatten)]
    index: IndexArg,
    /// Print the article's record as JSON
    #[arg(long)]
    json: bool,
}

/// Runs the command.
pub fn run(args: Args, color: ColorChoice) -> Result<Outcome, Failure> {
    let articles = args.index.open()?.articles(&args.article)?;
    let mut out = Output::new();
    write_articles(&mut out, articles, args.json, &style(color))?;
    out.end(Outcome::Found)
}

/// Writes articles one after the other: as JSON, or for people, with a rule in between.
pub fn write_articles(
    out: &mut impl Write,
    articles: impl IntoIterator<Item = Article>,
    as_json: bool,
    style: &Style,
) -> io::Result<()> {
    for (i, article) in articles.into_iter().enumerate() {
        if as_json {
            render::json(out, &article)?;
        } else {
            if i > 0 {
                writeln!(out, "\n{}\n", "─".repeat(style.width.unwrap_or(80)))?;
            }
            render::article(out, &article, style)?;
        }
    }
    Ok(())
}
