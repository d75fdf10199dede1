//! `morgue show`: prints one article with its fields.

use std::ffi::OsString;
use std::io::{self, Write};

use clap::ColorChoice;
use morgue::Article;
use morgue::render;
use morgue::render::Style;
use morgue::search::links::LinkedArticle;

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
    let archive = args.index.open()?;
    let articles = archive.articles(&args.article)?;
    let format = Format::new(args.json, color);
    let mut out = Output::new();
    for (number, article) in articles.into_iter().enumerate() {
        let shown = LinkedArticle::of(&archive, article)?;
        match format {
            Format::Json => render::json(&mut out, &shown)?,
            Format::Text(style) => {
                write_rule(&mut out, number, &style)?;
                render::article(&mut out, &shown.article, &style)?;
                render::links(&mut out, &shown.links, &style)?;
            }
        }
    }
    out.end(Outcome::Found)
}

/// Writes a rule before each article but the first.
pub fn write_rule(out: &mut impl Write, number: usize, style: &Style) -> io::Result<()> {
    match number {
        0 => Ok(()),
        _ => writeln!(out, "\n{}\n", "─".repeat(style.width.unwrap_or(80))),
    }
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
                write_rule(out, i, &style)?;
                render::article(out, &article, &style)?;
            }
        }
    }
    Ok(())
}
