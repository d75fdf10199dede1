//! `morgue export`: prints the articles of the archive, or those that match a query, as JSON or as a
//! table, by path.

use std::io::{self, Write};

use clap::ValueEnum;
use morgue::render::{self, Style};
use morgue::{Article, search};
use rayon::prelude::*;

use super::arguments;
use super::index_arg::IndexArg;
use super::narrowing::Narrowing;
use super::outcome::{Failure, Outcome};
use super::output::{Output, say};

/// Print the articles of the archive, or those that match a query, by path
#[derive(clap::Args, Debug)]
pub struct Args {
    /// A query, as for `morgue search`; without one every article is printed
    words: Vec<String>,
    #[command(flatten)]
    index: IndexArg,
    #[command(flatten)]
    narrowing: Narrowing,
    /// The format
    #[arg(long, value_name = "FORMAT", default_value = "ndjson")]
    format: ArticleFormat,
}

/// A format of articles.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum ArticleFormat {
    /// The records of articles as JSON, one object a line
    Ndjson,
    /// A table, a row an article
    Csv,
}

/// How many articles are read at once.
const AT_ONCE: usize = 256;

/// Runs the command.
pub fn run(args: Args) -> Result<Outcome, Failure> {
    let archive = args.index.open()?;
    let options = <Args as clap::Args>::augment_args(clap::Command::new("export"));
    let mut notes = arguments::notes(&args.words, &options);
    let addresses = if args.words.is_empty() && args.narrowing.is_empty() {
        archive.by_path(|_, _| true)?
    } else {
        let request = args.narrowing.request(arguments::query(&args.words));
        let (addresses, more) = search::matching(&archive, &request)?;
        notes.extend(more);
        addresses
    };
    notes.iter().for_each(|note| say(&format!("note: {note}")));
    let mut out = Output::new();
    if args.format == ArticleFormat::Csv {
        render::article_table_header(&mut out)?;
    }
    for some in addresses.chunks(AT_ONCE) {
        let read = some.par_iter().map(|&address| {
            let mut written = Vec::new();
            write(&mut written, &archive.article(address)?, args.format)?;
            Ok(written)
        });
        for written in read.collect::<Result<Vec<Vec<u8>>, Failure>>()? {
            out.write_all(&written)?;
        }
        if !out.is_open() {
            break;
        }
    }
    out.end(Outcome::found_if(!addresses.is_empty()))
}

fn write(out: &mut Vec<u8>, article: &Article, format: ArticleFormat) -> io::Result<()> {
    match format {
        ArticleFormat::Ndjson => render::json(out, article),
        ArticleFormat::Csv => render::article_table_row(out, article, &Style::default()),
    }
}
