//! `morgue search`: ranked passages.

use clap::{ColorChoice, ValueEnum};
use morgue::archive::Archive;
use morgue::search::{self, Answer, Request};
use morgue::{PartialDate, render};

use super::{Failure, IndexArg, Outcome, Output, style};

/// Search the archive by words, persons, dates and sources
#[derive(clap::Args, Debug)]
pub struct Args {
    /// The query; all words must match unless you write OR or --any
    words: Vec<String>,
    #[command(flatten)]
    index: IndexArg,
    /// Only articles that name this person (repeatable: all of them)
    #[arg(long, value_name = "NAME")]
    person: Vec<String>,
    /// Only articles published on or after this date: 2018, 2018-06 or 2018-06-27
    #[arg(long, value_name = "DATE")]
    after: Option<PartialDate>,
    /// Only articles published on or before this date
    #[arg(long, value_name = "DATE")]
    before: Option<PartialDate>,
    /// Only articles of this outlet, as in themoscowtimes.com
    #[arg(long, value_name = "OUTLET")]
    source: Option<String>,
    /// With --person: also articles that print the surname alone, whoever may be meant
    #[arg(long)]
    loose: bool,
    /// Rank by any of the words instead of asking for all
    #[arg(long)]
    any: bool,
    /// The order of the hits
    #[arg(long, value_name = "ORDER", default_value = "relevance")]
    sort: Sort,
    /// How many hits to print
    #[arg(long, short = 'n', value_name = "N", default_value_t = 10)]
    limit: usize,
    /// How many hits to leave out first
    #[arg(long, value_name = "N", default_value_t = 0)]
    offset: usize,
    /// Rank by words of the best hits as well: finds more, less exactly
    #[arg(long)]
    feedback: bool,
    /// Let newer articles come a little sooner
    #[arg(long)]
    recent: bool,
    /// Count all that was found by month, outlet, person and writer
    #[arg(long)]
    counts: bool,
    /// Say how the query was understood and what it was expanded to
    #[arg(long)]
    explain: bool,
    /// Print the answer as JSON, one object a line
    #[arg(long)]
    json: bool,
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
    let request = Request {
        query: args.words.join(" "),
        persons: args.person,
        after: args.after,
        before: args.before,
        source: args.source,
        loose: args.loose,
        any: args.any,
        sort: match args.sort {
            Sort::Relevance => search::Sort::Relevance,
            Sort::Newest => search::Sort::Newest,
            Sort::Oldest => search::Sort::Oldest,
        },
        limit: args.limit,
        offset: args.offset,
        feedback: args.feedback,
        recent: args.recent,
        counts: args.counts,
        explain: args.explain,
    };
    let answer = search::search(&archive, &request)?;
    write(&answer, &archive, args.json, color)
}

/// Writes an answer, as JSON or for people, and returns whether it has anything.
pub fn write(
    answer: &Answer,
    archive: &Archive,
    as_json: bool,
    color: ColorChoice,
) -> Result<Outcome, Failure> {
    let mut out = Output::new();
    if as_json {
        render::json(&mut out, answer)?;
        if let Some(counts) = &answer.counts {
            render::json(&mut out, counts)?;
        }
        for hit in &answer.hits {
            render::json(&mut out, hit)?;
        }
    } else {
        render::answer(&mut out, answer, archive.articles_folder(), &style(color))?;
    }
    out.end(if answer.total > 0 {
        Outcome::Found
    } else {
        Outcome::NothingFound
    })
}
