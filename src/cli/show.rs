//! `morgue show`: prints one article with its fields.

use std::ffi::OsString;
use std::io::{self, Write};

use clap::ColorChoice;
use morgue::Article;
use morgue::render;

use super::format::Format;
use super::index_arg::IndexArg;
use super::outcome::{Failure, Outcome};
use super::output::Output;

/// Show one article with its fields
#[derive(clap::Args, Debug)]
pub struct Args {
    /// The article's id, or the path of its file: absolute, or relative to the folder of articles or
    /// to the current one
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
    write_articles(&mut out, articles, Format::new(args.json, color))?;
    out.end(Outcome::Found)
}

/// Writes articles: as JSON, or as text with a rule between them.
pub fn write_articles(
    out: &mut impl Write,
    articles: impl IntoIterator<Item = Article>,
    format: Format,
) -> io::Result<()> {
    for (i, article) in articles.into_iter().enumerate() {
        match format {
            Format::Json => render::json(out, &article)?,
            Format::Text(style) => {
                if i > 0 {
                    writeln!(out, "\n{}\n", "─".repeat(style.width.unwrap_or(80)))?;
                }
                render::article(out, &article, &style)?;
            }
        }
    }
    Ok(())
}
