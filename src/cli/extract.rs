//! `morgue extract`: shows the articles that indexing would read from files, without an index.

use std::fs::{self, File};
use std::io::{self, Read};
use std::path::{Path, PathBuf};

use clap::ColorChoice;
use morgue::clean::Knowledge;
use morgue::error::SkipReason;
use morgue::source::decode::decode;
use morgue::source::walk;
use morgue::{Error, pipeline};

use super::format::Format;
use super::hints::report;
use super::outcome::{Failure, Outcome};
use super::output::Output;
use super::show::write_articles;

/// Show the articles that indexing would read from files, without an index
#[derive(clap::Args, Debug)]
pub struct Args {
    /// The files; `-` reads standard input
    #[arg(required = true, value_name = "FILE")]
    files: Vec<PathBuf>,
    /// Print each article's record as JSON, one object per line
    #[arg(long)]
    json: bool,
    /// Also print for each field the line that it was read from and the reason
    #[arg(long)]
    why: bool,
}

/// Runs the command.
pub fn run(args: Args, color: ColorChoice) -> Result<Outcome, Failure> {
    let mut out = Output::new();
    let mut outcome = Outcome::Found;
    let format = Format::new(args.json, color);
    let knowledge = Knowledge::default();
    for file in &args.files {
        let bytes = match read(file) {
            Ok(bytes) => bytes,
            Err(error) => {
                report(&error.into());
                outcome = Outcome::Trouble;
                continue;
            }
        };
        let text = decode(&bytes);
        drop(bytes);
        let path = file.to_string_lossy();
        if args.why {
            let articles = pipeline::articles_with_origins(&path, &text, &knowledge);
            write_articles(&mut out, articles, format)?;
        } else {
            let articles = pipeline::articles(&path, &text, &knowledge);
            write_articles(&mut out, articles, format)?;
        }
    }
    out.end(outcome)
}

/// Returns the bytes of a text file, or of standard input for `-`.
fn read(file: &Path) -> Result<Vec<u8>, Error> {
    if file == Path::new("-") {
        return read_text("standard input", io::stdin().lock());
    }
    // A pipe or a device is refused before it is opened, because opening it may block.
    let metadata = fs::metadata(file).map_err(Error::io(file))?;
    if metadata.is_dir() {
        return Err(Error::NotAFile(file.to_owned()));
    }
    if !metadata.is_file() {
        return Err(refused(file, SkipReason::NotAFile));
    }
    read_text(file, File::open(file).map_err(Error::io(file))?)
}

fn read_text(name: impl AsRef<Path>, from: impl Read) -> Result<Vec<u8>, Error> {
    let name = name.as_ref();
    walk::read_text(from)
        .map_err(Error::io(name))?
        .map_err(|reason| refused(name, reason))
}

fn refused(path: &Path, reason: SkipReason) -> Error {
    Error::Refused {
        path: path.to_owned(),
        reason,
    }
}
