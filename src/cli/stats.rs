//! `morgue stats`: how much is in the archive.

use std::io::{self, Write};

use indicatif::DecimalBytes;
use morgue::archive::Stats;
use morgue::render::escape;

use super::{Failure, IndexArg, Outcome, Output};

/// How many outlets and languages are printed.
const MOST: usize = 10;

/// Say how much is in the archive
#[derive(clap::Args, Debug)]
pub struct Args {
    #[command(flatten)]
    index: IndexArg,
}

/// Runs the command.
pub fn run(args: Args) -> Result<Outcome, Failure> {
    let archive = args.index.open()?;
    let stats = archive.stats()?;
    let mut out = Output::new();
    write_stats(&mut out, &stats)?;
    let manifest = &archive.manifest;
    writeln!(
        out,
        "written by  morgue {}, format {}",
        escape(&manifest.program),
        manifest.versions()
    )?;
    out.end(if stats.articles > 0 {
        Outcome::Found
    } else {
        Outcome::NothingFound
    })
}

fn write_stats(out: &mut impl Write, stats: &Stats) -> io::Result<()> {
    writeln!(out, "articles    {}", stats.articles)?;
    writeln!(out, "files       {}", stats.files)?;
    match (stats.first, stats.last) {
        (Some(first), Some(last)) => {
            writeln!(out, "dated       {}, from {first} to {last}", stats.dated)?;
        }
        _ => writeln!(out, "dated       0")?,
    }
    writeln!(out, "sources     {}", list(&stats.sources))?;
    writeln!(out, "languages   {}", list(&stats.languages))?;
    writeln!(out, "names       {}", stats.names)?;
    writeln!(out, "size        {}", DecimalBytes(stats.bytes))
}

/// Returns the first few values with their counts in a row.
fn list(counts: &[(String, u64)]) -> String {
    let mut shown: Vec<String> = counts
        .iter()
        .take(MOST)
        .map(|(value, count)| format!("{} {count}", escape(value)))
        .collect();
    if counts.len() > MOST {
        shown.push(format!("and {} more", counts.len() - MOST));
    }
    if shown.is_empty() {
        return "none known".to_owned();
    }
    shown.join(", ")
}
