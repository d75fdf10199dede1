//! `morgue search`: prints the best articles for a query, with passages.

use std::path::PathBuf;

use clap::{ColorChoice, ValueEnum};
use morgue::archive::Archive;
use morgue::render;
use morgue::search::{self, Answer, Prefer, Request};

use super::arguments;
use super::format::Format;
use super::hit_format::{self, HitFormat};
use super::index_arg::IndexArg;
use super::narrowing::Narrowing;
use super::outcome::{Failure, Outcome};
use super::output::{Output, say};
use super::query_list;
use super::query_syntax;

/// Search the archive by words, persons, dates and sources
#[derive(clap::Args, Debug)]
#[command(after_help = query_syntax::summary())]
pub struct Args {
    /// The query; all words must match unless it has OR or --any is given
    #[arg(conflicts_with = "queries")]
    words: Vec<String>,
    #[command(flatten)]
    index: IndexArg,
    #[command(flatten)]
    narrowing: Narrowing,
    /// Find only articles with all of the words, even where none has all
    #[arg(long, conflicts_with = "any")]
    all: bool,
    /// The order of the hits
    #[arg(long, value_name = "ORDER", default_value = "relevance")]
    sort: Sort,
    /// The number of hits to print [default: 10, with --format all]
    #[arg(long, short = 'n', value_name = "N")]
    limit: Option<usize>,
    /// The number of hits to skip first
    #[arg(long, value_name = "N", default_value_t = 0)]
    offset: usize,
    /// Show every article of a story, copies and cuts too
    #[arg(long)]
    all_copies: bool,
    /// Of each story, show the fullest article, the earliest, or an outlet's
    #[arg(
        long,
        value_name = "fullest|earliest|OUTLET",
        default_value = "fullest"
    )]
    prefer: String,
    /// Expand the query with terms from the top hits
    #[arg(long)]
    feedback: bool,
    /// Boost newer articles
    #[arg(long)]
    recent: bool,
    /// Count all articles found by month, outlet, person and writer
    #[arg(long)]
    counts: bool,
    /// Count the stories of all articles found too, also in each row of --counts
    #[arg(long)]
    stories: bool,
    /// Show how the query was parsed and what it was expanded to
    #[arg(long)]
    explain: bool,
    /// Print the answer as JSON, one object per line
    #[arg(long)]
    json: bool,
    /// Print every hit, to be used elsewhere
    #[arg(long, value_name = "FORMAT", conflicts_with_all = ["json", "counts"])]
    format: Option<HitFormat>,
    /// Answer a list of queries, one a line; '-' reads standard input
    #[arg(long, value_name = "FILE")]
    queries: Option<PathBuf>,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
enum Sort {
    Relevance,
    Newest,
    Oldest,
}

/// Runs the command.
pub fn run(args: Args, color: ColorChoice) -> Result<Outcome, Failure> {
    let archive = args.index.open()?;
    let Args {
        format, queries, ..
    } = &args;
    let (format, queries, is_json) = (*format, queries.clone(), args.json);
    let (words, limit) = (args.words.clone(), args.limit);
    let mut request = request(args);
    if let Some(list) = queries {
        request.limit = limit.unwrap_or(DEFAULT_LIMIT);
        return query_list::run(&archive, &list, &request, format);
    }
    let options = <Args as clap::Args>::augment_args(clap::Command::new("search"));
    let on_words = arguments::notes(&words, &options);
    if let Some(format) = format {
        on_words
            .iter()
            .for_each(|note| say(&format!("note: {note}")));
        request.limit = limit.unwrap_or(usize::MAX);
        return hit_format::run(&archive, &request, format);
    }
    request.limit = limit.unwrap_or(DEFAULT_LIMIT);
    let mut answer = search::search(&archive, &request)?;
    answer.notes.splice(0..0, on_words);
    write_answer(&answer, &archive, Format::new(is_json, color))
}

/// How many hits are printed if nothing else is asked for.
const DEFAULT_LIMIT: usize = 10;

/// Returns what the options ask for, but for the number of hits.
fn request(args: Args) -> Request {
    Request {
        all: args.all,
        sort: match args.sort {
            Sort::Relevance => search::Sort::Relevance,
            Sort::Newest => search::Sort::Newest,
            Sort::Oldest => search::Sort::Oldest,
        },
        limit: DEFAULT_LIMIT,
        offset: args.offset,
        all_copies: args.all_copies,
        prefer: match &*args.prefer {
            "fullest" => Prefer::Fullest,
            "earliest" => Prefer::Earliest,
            _ => Prefer::Outlet(args.prefer),
        },
        feedback: args.feedback,
        recent: args.recent,
        counts: args.counts,
        stories: args.stories,
        explain: args.explain,
        ..args.narrowing.request(arguments::query(&args.words))
    }
}

/// Writes an answer to standard output.
pub fn write_answer(
    answer: &Answer,
    archive: &Archive,
    format: Format,
) -> Result<Outcome, Failure> {
    let mut out = Output::new();
    match format {
        Format::Json => {
            render::json(&mut out, answer)?;
            if let Some(counts) = &answer.counts {
                render::json(&mut out, counts)?;
            }
            for hit in &answer.hits {
                render::json(&mut out, hit)?;
            }
        }
        Format::Text(style) => {
            render::answer(&mut out, answer, archive.articles_folder(), &style)?;
        }
    }
    out.end(Outcome::found_if(answer.total > 0))
}
