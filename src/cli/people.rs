//! `morgue people`: lists the persons in the archive, or shows one.

use std::io::Write;
use std::path::{Path, PathBuf};

use clap::ColorChoice;
use morgue::Error;
use morgue::archive::Archive;
use morgue::identity::lookup::ensure_name;
use morgue::identity::{merge_suggestions, records};
use morgue::render;
use morgue::search::name_list::{self, Names};
use morgue::search::note_on_name;

use super::format::Format;
use super::hints::report;
use super::index_arg::IndexArg;
use super::list_file;
use super::outcome::{Failure, Outcome};
use super::output::{Output, say};

/// List the persons in the archive, or show one
#[derive(clap::Args, Debug)]
pub struct Args {
    /// A person's name; without it, the persons in most articles are listed
    name: Vec<String>,
    /// Find the articles for each name of a list: one name per line, or a table with a heading such as
    /// `name`; `-` reads standard input
    #[arg(long, value_name = "FILE", conflicts_with_all = ["name", "suggest"])]
    names: Option<PathBuf>,
    /// Suggest names that are likely one person's, as entries of people.toml
    #[arg(long, conflicts_with_all = ["name", "json"])]
    suggest: bool,
    #[command(flatten)]
    index: IndexArg,
    /// The number of persons to print; with --names, of articles for each name
    #[arg(long, short = 'n', value_name = "N", default_value_t = 20)]
    limit: usize,
    /// Count stories beside articles
    #[arg(long, conflicts_with = "suggest")]
    stories: bool,
    /// Print the persons, or the answers to a list, as JSON, one object per line
    #[arg(long)]
    json: bool,
}

/// Runs the command.
pub fn run(args: Args, color: ColorChoice) -> Result<Outcome, Failure> {
    let archive = args.index.open()?;
    let format = Format::new(args.json, color);
    let name = args.name.join(" ");
    if let Some(list) = &args.names {
        answer_list(&archive, list, (args.limit, args.stories), format)
    } else if args.suggest {
        suggest_merges(&archive, args.limit)
    } else if !name.is_empty() {
        show_person(&archive, &name, (args.limit, args.stories), format)
    } else if args.limit == 0 {
        count_persons(&archive, format)
    } else {
        list_persons(&archive, (args.limit, args.stories), format)
    }
}

fn suggest_merges(archive: &Archive, limit: usize) -> Result<Outcome, Failure> {
    let mut out = Output::new();
    let suggestions = merge_suggestions::merge_suggestions(archive)?;
    render::merge_suggestions(&mut out, &suggestions, limit)?;
    out.end(Outcome::found_if(!suggestions.is_empty()))
}

fn count_persons(archive: &Archive, format: Format) -> Result<Outcome, Failure> {
    let mut out = Output::new();
    let names = records::count_names(archive)?;
    if matches!(format, Format::Text(_)) {
        render::write_left_out(&mut out, ("", "name"), names, 0)?;
    }
    end(out, names, "anybody")
}

fn list_persons(
    archive: &Archive,
    (limit, wants_stories): (usize, bool),
    format: Format,
) -> Result<Outcome, Failure> {
    let mut out = Output::new();
    let number = match format {
        Format::Json => {
            let people = records::records_of_most_named(archive, limit, wants_stories)?;
            for person in &people {
                render::json(&mut out, person)?;
            }
            people.len()
        }
        Format::Text(style) => {
            let people = records::most_named(archive, limit, wants_stories)?;
            render::person_list(&mut out, &people, &style)?;
            people.len()
        }
    };
    end(out, number, "anybody")
}

fn show_person(
    archive: &Archive,
    name: &str,
    (limit, wants_stories): (usize, bool),
    format: Format,
) -> Result<Outcome, Failure> {
    let mut out = Output::new();
    let found = records::named(archive, name, wants_stories)?;
    for (i, (person, years)) in found.iter().take(limit).enumerate() {
        match format {
            Format::Json => render::json(&mut out, person)?,
            Format::Text(style) => {
                if i > 0 {
                    writeln!(out)?;
                }
                render::person(&mut out, person, years, &style)?;
            }
        }
    }
    if matches!(format, Format::Text(_)) {
        render::write_left_out(&mut out, ("", "person"), found.len(), limit)?;
    }
    if found.is_empty()
        && let Some(note) = note_on_name(archive, name)?
    {
        out.flush()?;
        say(&note);
        return out.end(Outcome::NothingFound);
    }
    end(out, found.len(), name)
}

/// Ends the command, with a message if no person was found.
fn end(mut out: Output, found: usize, name: &str) -> Result<Outcome, Failure> {
    out.flush()?;
    if found == 0 {
        say(&format!("no article names {name}"));
    }
    out.end(Outcome::found_if(found > 0))
}

/// Reads a list of names from a file, or from standard input for `-`. Prints notes on how it was read.
fn read_names(list: &Path) -> Result<Vec<String>, Error> {
    let (path, bytes) = list_file::read(list)?;
    let Names { names, notes } = name_list::read(&bytes).map_err(|detail| Error::List {
        path: path.to_owned(),
        detail,
    })?;
    for note in notes {
        say(&format!("{}: {note}", path.display()));
    }
    Ok(names)
}

/// Answers each name of a list and writes each answer at once. The text format is CSV.
fn answer_list(
    archive: &Archive,
    list: &Path,
    (limit, wants_stories): (usize, bool),
    format: Format,
) -> Result<Outcome, Failure> {
    let names = read_names(list)?;
    let mut out = Output::new();
    if matches!(format, Format::Text(_)) {
        render::name_table_header(&mut out, wants_stories)?;
    }
    let (mut has_found, mut has_trouble) = (false, false);
    for name in &names {
        if let Err(error) = ensure_name(name) {
            has_trouble = true;
            report(&Failure::Library(error.into()));
        }
        let listed = name_list::answer(archive, name, limit, wants_stories)?;
        match format {
            Format::Json => render::json(&mut out, &listed)?,
            Format::Text(style) => render::name_table_rows(&mut out, &listed, &style)?,
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
