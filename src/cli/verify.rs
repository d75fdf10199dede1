//! `morgue verify`: whether the index is as it was written, and says what the articles say.

use std::io::Write;
use std::path::Path;

use morgue::archive::{self, Verified};
use morgue::pipeline::Options;

use super::index::{count, update};
use super::{Failure, IndexArg, Outcome, Output, say};

/// Check the index, file by file and article by article
#[derive(clap::Args, Debug)]
pub struct Args {
    #[command(flatten)]
    index: IndexArg,
    /// Where it is damaged, build it anew from the folder of articles
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
            "{}: damaged, and not searched until `morgue verify --repair` builds it anew",
            index.display()
        ));
        return Ok(Outcome::Trouble);
    }
    let folder = archive::origin(&index)?;
    let updated = update(&folder, &index, &Options::default(), false)?;
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
        "sound: {} of {}, {:.1} MB by their checksums, {} by every word",
        count(verified.articles, "article"),
        count(verified.files, "file"),
        verified.bytes as f64 / 1e6,
        count(verified.sampled, "article"),
    )?;
    if !verified.is_sealed {
        writeln!(
            out,
            "the last run was cut off; `morgue index FOLDER` goes on from there"
        )?;
    }
    out.end(Outcome::Found)
}
