//! `morgue stats`: prints how much is in the archive.

use std::io::{self, Write};

use indicatif::DecimalBytes;
use morgue::archive::Stats;
use morgue::render::escape;

use super::index_arg::IndexArg;
use super::outcome::{Failure, Outcome};
use super::output::Output;

/// The most outlets and languages that are listed.
const MAX_LISTED: usize = 10;

/// Show how much is in the archive
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
    out.end(Outcome::found_if(stats.articles > 0))
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

/// Returns the first few values with their counts, and how many more there are.
fn list(counts: &[(String, u64)]) -> String {
    let mut shown: Vec<String> = counts
        .iter()
        .take(MAX_LISTED)
        .map(|(value, count)| format!("{} {count}", escape(value)))
        .collect();
    if counts.len() > MAX_LISTED {
        shown.push(format!("and {} more", counts.len() - MAX_LISTED));
    }
    if shown.is_empty() {
        return "none known".to_owned();
    }
    shown.join(", ")
}
