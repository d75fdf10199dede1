//! `morgue people`: who is in the archive.

use std::io::{self, BufWriter, Write};

use clap::ColorChoice;
use morgue::render;
use morgue::search::people;

use super::{Failure, IndexArg, Outcome, style};

/// List who is in the archive, or tell about one person
#[derive(clap::Args, Debug)]
pub struct Args {
    /// A person's name; without one, everybody is listed
    name: Vec<String>,
    #[command(flatten)]
    index: IndexArg,
    /// How many persons to print
    #[arg(long, short = 'n', value_name = "N", default_value_t = 20)]
    limit: usize,
    /// Print the persons as JSON, one object a line
    #[arg(long)]
    json: bool,
}

/// Runs the command.
pub fn run(args: Args, color: ColorChoice) -> Result<Outcome, Failure> {
    let archive = args.index.open()?;
    let style = style(color);
    let mut out = BufWriter::new(io::stdout().lock());
    let name = args.name.join(" ");
    let mut found = if name.is_empty() {
        let all = people::most_named(&archive, args.limit)?;
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
    } else if name.is_empty() {
        let people: Vec<_> = found.iter().map(|(person, _)| person.clone()).collect();
        render::people(&mut out, &people, &style)?;
    } else {
        for (i, (person, years)) in found.iter().enumerate() {
            if i > 0 {
                writeln!(out)?;
            }
            render::person(&mut out, person, years, &style)?;
        }
        if total > found.len() {
            writeln!(out, "\n{} more (see --limit)", total - found.len())?;
        }
    }
    out.flush()?;
    if found.is_empty() {
        let whom = if name.is_empty() { "anybody" } else { &name };
        eprintln!("morgue: no article names {}", render::escape(whom));
        return Ok(Outcome::NothingFound);
    }
    Ok(Outcome::Found)
}
