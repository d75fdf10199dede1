//! `morgue people`: who is in the archive.

use std::io::{self, Write};
use std::path::{Path, PathBuf};

use clap::ColorChoice;
use morgue::Error;
use morgue::archive::Archive;
use morgue::identity::{merge_suggestions, records};
use morgue::query::limits::ensure_name;
use morgue::render::{self, Style};
use morgue::search::name_list::{self, Names};
use morgue::source::beside;

use super::{Failure, IndexArg, Outcome, Output, report, say, style};

/// List who is in the archive, or tell about one person
#[derive(clap::Args, Debug)]
pub struct Args {
    /// A person's name; without one, everybody is listed
    name: Vec<String>,
    /// Answer each name of a list: one a line, or a table with a heading such as `name`; `-` reads
    /// standard input
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
    let mut out = Output::new();
    if let Some(list) = &args.names {
        return listed(&archive, list, &args, out, &style);
    }
    if args.suggest {
        let likely = merge_suggestions::likely_merges(&archive)?;
        render::likely(&mut out, &likely, args.limit)?;
        return out.end(if likely.is_empty() {
            Outcome::NothingFound
        } else {
            Outcome::Found
        });
    }
    let name = args.name.join(" ");
    if name.is_empty() && args.limit == 0 {
        let names = records::count_names(&archive)?;
        if !args.json {
            render::write_left(&mut out, ("", "name"), names, 0)?;
        }
        out.flush()?;
        return Ok(outcome(names, "anybody"));
    }
    if name.is_empty() && !args.json {
        let people = records::most_named(&archive, args.limit)?;
        render::people(&mut out, &people, &style)?;
        return out.end(outcome(people.len(), "anybody"));
    }
    let mut found = if name.is_empty() {
        let all = records::records_of_most_named(&archive, args.limit)?;
        all.into_iter().map(|person| (person, Vec::new())).collect()
    } else {
        records::named(&archive, &name)?
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
    let whom = if name.is_empty() { "anybody" } else { &name };
    out.end(outcome(total, whom))
}

/// Returns what became of a question for somebody, and says it where nobody was found.
fn outcome(found: usize, whom: &str) -> Outcome {
    if found > 0 {
        return Outcome::Found;
    }
    say(&format!("no article names {whom}"));
    Outcome::NothingFound
}

/// Reads a list of names, `-` for standard input, and says how where that may surprise.
fn read_names(list: &Path) -> Result<Vec<String>, Error> {
    let (path, bytes) = if list == Path::new("-") {
        let path = Path::new("standard input");
        (path, beside::read_from(io::stdin().lock(), path)?)
    } else {
        (list, beside::read(list)?)
    };
    let Names { names, notes } = name_list::read(&bytes).map_err(|detail| Error::List {
        path: path.to_owned(),
        detail,
    })?;
    for note in notes {
        say(&format!("{}: {note}", path.display()));
    }
    Ok(names)
}

/// Answers a list of names, each as soon as it is found.
fn listed(
    archive: &Archive,
    list: &Path,
    args: &Args,
    mut out: Output,
    style: &Style,
) -> Result<Outcome, Failure> {
    let names = read_names(list)?;
    if !args.json {
        render::listed_heading(&mut out)?;
    }
    let (mut has_found, mut has_trouble) = (false, false);
    for name in &names {
        if let Err(error) = ensure_name(name) {
            has_trouble = true;
            report(&Failure::Library(error.into()));
        }
        let listed = name_list::answer(archive, name, args.limit)?;
        if args.json {
            render::json(&mut out, &listed)?;
        } else {
            render::listed(&mut out, &listed, style)?;
        }
        has_found |= listed.articles > 0;
        if has_found && !out.is_open() {
            break;
        }
    }
    if !has_found && names.iter().any(|name| name.contains(',')) {
        say(&format!(
            "{}: each line was read as one name; a table needs a first line with a heading such as name",
            list.display()
        ));
    }
    out.end(match (has_trouble, has_found) {
        (true, _) => Outcome::Trouble,
        (false, true) => Outcome::Found,
        (false, false) => Outcome::NothingFound,
    })
}
