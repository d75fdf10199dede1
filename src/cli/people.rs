//! `morgue people`: who is in the archive.

use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};

use clap::ColorChoice;
use morgue::archive::Archive;
use morgue::query::limits::ensure_name;
use morgue::search::{likely, listed, people};
use morgue::{Error, render};

use super::{Failure, IndexArg, Outcome, report, style};

/// List who is in the archive, or tell about one person
#[derive(clap::Args, Debug)]
pub struct Args {
    /// A person's name; without one, everybody is listed
    name: Vec<String>,
    /// Answer each name of a list: one a line, or the first column of a CSV file
    #[arg(long, value_name = "FILE", conflicts_with_all = ["name", "suggest"])]
    names: Option<PathBuf>,
    /// Print names that are likely one person's, in the form of people.toml
    #[arg(long, conflicts_with_all = ["name", "json"])]
    suggest: bool,
    #[command(flatten)]
    index: IndexArg,
    /// How many persons to print; with --names, how many articles for each
    #[arg(long, short = 'n', value_name = "N", default_value_t = 20)]
    limit: usize,
    /// Print the persons, or the names of a list, as JSON, one object a line
    #[arg(long)]
    json: bool,
}

/// Runs the command.
pub fn run(args: Args, color: ColorChoice) -> Result<Outcome, Failure> {
    let archive = args.index.open()?;
    let style = style(color);
    let mut out = BufWriter::new(io::stdout().lock());
    if let Some(list) = &args.names {
        return listed(&archive, list, &args, &mut out);
    }
    if args.suggest {
        let likely = likely::likely_merges(&archive)?;
        render::likely(&mut out, &likely, args.limit)?;
        out.flush()?;
        return Ok(if likely.is_empty() {
            Outcome::NothingFound
        } else {
            Outcome::Found
        });
    }
    let name = args.name.join(" ");
    if name.is_empty() && args.limit == 0 {
        let names = people::count_names(&archive)?;
        if !args.json {
            render::write_left(&mut out, ("", "name"), names, 0)?;
        }
        out.flush()?;
        return Ok(outcome(names, "anybody"));
    }
    if name.is_empty() && !args.json {
        let people = people::most_named(&archive, args.limit)?;
        render::people(&mut out, &people, &style)?;
        out.flush()?;
        return Ok(outcome(people.len(), "anybody"));
    }
    let mut found = if name.is_empty() {
        let all = people::records_of_most_named(&archive, args.limit)?;
        all.into_iter().map(|person| (person, Vec::new())).collect()
    } else {
        people::named(&archive, &name)?
    };
    let total = found.len();
    found.truncate(args.limit);
    if args.json {
        for (person, _) in &found {
            render::json(&mut out, person)?;
        }
    } else {
        for (i, (person, years)) in found.iter().enumerate() {
            if i > 0 {
                writeln!(out)?;
            }
            render::person(&mut out, person, years, &style)?;
        }
        render::write_left(&mut out, ("", "person"), total, args.limit)?;
    }
    out.flush()?;
    let whom = if name.is_empty() { "anybody" } else { &name };
    Ok(outcome(total, whom))
}

/// Returns what became of a question for somebody, and says it where nobody was found.
fn outcome(found: usize, whom: &str) -> Outcome {
    if found > 0 {
        return Outcome::Found;
    }
    eprintln!("morgue: no article names {}", render::escape(whom));
    Outcome::NothingFound
}

/// Answers a list of names, each as soon as it is found.
fn listed(
    archive: &Archive,
    list: &Path,
    args: &Args,
    out: &mut impl Write,
) -> Result<Outcome, Failure> {
    let bytes = std::fs::read(list).map_err(Error::io(list))?;
    let names = listed::names_in(&String::from_utf8_lossy(&bytes));
    let (mut has_found, mut has_trouble) = (false, false);
    let mut failure = None;
    let answers = names.iter().map_while(|name| {
        if let Err(error) = ensure_name(name) {
            has_trouble = true;
            report(&Failure::Library(error.into()));
        }
        match listed::answer(archive, name, args.limit) {
            Ok(listed) => {
                has_found |= listed.articles > 0;
                Some(listed)
            }
            Err(error) => {
                failure = Some(error);
                None
            }
        }
    });
    if args.json {
        for listed in answers {
            render::json(out, &listed)?;
        }
    } else {
        render::listed(&mut *out, answers)?;
    }
    out.flush()?;
    match failure {
        Some(error) => Err(error.into()),
        None if has_trouble => Ok(Outcome::Trouble),
        None if has_found => Ok(Outcome::Found),
        None => Ok(Outcome::NothingFound),
    }
}
