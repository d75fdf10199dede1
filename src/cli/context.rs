//! `morgue context`: prints every occurrence of a query with the text around it.

use clap::ColorChoice;
use clap::builder::RangedU64ValueParser;
use morgue::render;
use morgue::search::Request;
use morgue::search::context::{self, ContextRequest, ContextSort};

use super::arguments;
use super::format::Format;
use super::index_arg::IndexArg;
use super::narrowing::Narrowing;
use super::outcome::{Failure, Outcome};
use super::output::{Output, say};

/// Print every occurrence of words, phrases and persons with the text around it
#[derive(clap::Args, Debug)]
pub struct Args {
    /// The query, as for `morgue search`
    words: Vec<String>,
    #[command(flatten)]
    index: IndexArg,
    #[command(flatten)]
    narrowing: Narrowing,
    /// The most characters before an occurrence; words are kept whole
    #[arg(long, value_name = "N", default_value_t = 40, value_parser = width())]
    left: usize,
    /// The most characters after an occurrence
    #[arg(long, value_name = "N", default_value_t = 40, value_parser = width())]
    right: usize,
    /// The order of the lines: article, date, left or right; left2 is the second word before, up to left9
    #[arg(long, value_name = "ORDER", default_value = "article")]
    sort: ContextSort,
    /// The number of lines to print [default: all]
    #[arg(long, short = 'n', value_name = "N")]
    limit: Option<usize>,
    /// The number of lines to skip first
    #[arg(long, value_name = "N", default_value_t = 0)]
    offset: usize,
    /// Print the lines as JSON, one object per line
    #[arg(long)]
    json: bool,
}

/// Reads a number of characters. Lines are padded to it, so it is bounded.
fn width() -> RangedU64ValueParser<usize> {
    RangedU64ValueParser::new().range(0..=10_000)
}

/// Runs the command.
pub fn run(args: Args, color: ColorChoice) -> Result<Outcome, Failure> {
    let archive = args.index.open()?;
    let options = <Args as clap::Args>::augment_args(clap::Command::new("context"));
    let note = |note: &String| say(&format!("note: {note}"));
    arguments::notes(&args.words, &options)
        .iter()
        .for_each(note);
    let (left, format) = (args.left, Format::new(args.json, color));
    let asked = ContextRequest {
        left,
        right: args.right,
        sort: args.sort,
        request: Request {
            limit: args.limit.unwrap_or(usize::MAX),
            offset: args.offset,
            ..args.narrowing.request(arguments::query(&args.words))
        },
    };
    let folder = archive.articles_folder();
    let mut out = Output::new();
    let found = context::context(&archive, &asked, |line| {
        let written = match format {
            Format::Json => render::json(&mut out, &line),
            Format::Text(style) => render::context_line(&mut out, &line, left, folder, &style),
        };
        out.keep_failure(written);
        out.is_open()
    })?;
    found.notes.iter().for_each(note);
    let Request { limit, offset, .. } = asked.request;
    if limit > 0 && found.occurrences > 0 && found.occurrences <= offset && found.is_whole() {
        let all = found.occurrences;
        say(&format!(
            "note: --offset {offset} leaves out all {all} that were found"
        ));
    }
    out.end(Outcome::found_if(found.occurrences > 0))
}
