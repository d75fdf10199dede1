//! `morgue verify`: checks that the index is as it was written, and that it matches the articles.

use std::io::Write;
use std::path::Path;

use morgue::archive::{self, Verified};
use morgue::pipeline::Options;

use super::index_arg::IndexArg;
use super::outcome::{Failure, Outcome};
use super::output::{Output, say};
use super::summary::count;
use super::update::{Source, update};
use super::verbosity::Verbosity;

/// Check the index for damage
#[derive(clap::Args, Debug)]
pub struct Args {
    #[command(flatten)]
    index: IndexArg,
    /// If the index is damaged, rebuild it from the folder of articles
    #[arg(long)]
    repair: bool,
}

/// Runs the command.
pub fn run(args: Args) -> Result<Outcome, Failure> {
    let index = args.index.find()?;
    let verified = archive::verify(&index)?;
    if verified.findings.is_empty() {
        return report_sound(&verified);
    }
    report(&index, &verified);
    if !args.repair {
        say(&format!(
            "{}: damaged; it can't be searched until `morgue verify --repair` rebuilds it",
            index.display()
        ));
        return Ok(Outcome::Trouble);
    }
    let folder = archive::origin(&index)?;
    let updated = update(
        &Source::Folder(folder),
        &index,
        &Options::default(),
        Verbosity::Normal,
    )?;
    let verified = archive::verify(&index)?;
    if verified.findings.is_empty() {
        report_sound(&verified)?;
        return Ok(updated);
    }
    report(&index, &verified);
    Ok(Outcome::Trouble)
}

fn report(index: &Path, verified: &Verified) {
    for finding in &verified.findings {
        say(&format!("{}: {finding}", index.display()));
    }
}

fn report_sound(verified: &Verified) -> Result<Outcome, Failure> {
    let mut out = Output::new();
    writeln!(
        out,
        "sound: {} of {}, {:.1} MB checked by checksum, {} checked word by word",
        count(verified.articles, "article"),
        count(verified.files, "file"),
        verified.bytes as f64 / 1e6,
        count(verified.sampled, "article"),
    )?;
    if !verified.is_sealed {
        writeln!(
            out,
            "the last run was interrupted; `morgue index FOLDER` continues it"
        )?;
    }
    out.end(Outcome::Found)
}
