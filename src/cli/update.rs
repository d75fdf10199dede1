//! Runs an index update and reports what it did.

use std::io::Write;
use std::path::{Path, PathBuf};

use morgue::Error;
use morgue::pipeline::{self, Options, Summary};

use super::outcome::{Failure, Outcome};
use super::output::{Output, say};
use super::progress::Bar;
use super::summary::{say_notes, troubles, write_summary};
use super::verbosity::Verbosity;

/// What an index is made of.
pub enum Source {
    /// A folder of articles.
    Folder(PathBuf),
    /// The records that `morgue export` prints; `-` is standard input.
    Export(PathBuf),
}

/// Brings an index up to date and reports what became of the files.
pub fn update(
    source: &Source,
    index: &Path,
    options: &Options,
    verbosity: Verbosity,
) -> Result<Outcome, Failure> {
    let summary = update_with_bar(source, index, options, verbosity)?;
    if let Some(why) = &summary.anew {
        say(&why.to_string());
    }
    let mut out = Output::new();
    if verbosity != Verbosity::Quiet {
        say_notes(&summary, verbosity);
        write_summary(&mut out, &summary)?;
        out.flush()?;
    }
    let troubles = troubles(&summary, verbosity);
    for trouble in &troubles {
        say(trouble);
    }
    out.end(if troubles.is_empty() {
        Outcome::Found
    } else {
        Outcome::Trouble
    })
}

/// Brings an index up to date and shows only a progress bar.
pub fn update_with_bar(
    source: &Source,
    index: &Path,
    options: &Options,
    verbosity: Verbosity,
) -> Result<Summary, Error> {
    let bar = Bar::new(verbosity);
    let summary = match source {
        Source::Folder(folder) => {
            bar.measure(folder, index, options);
            pipeline::index(folder, index, options, &bar)
        }
        Source::Export(export) => pipeline::index_export(export, index, options, &bar),
    };
    bar.clear();
    summary
}
