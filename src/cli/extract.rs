//! `morgue extract`: what indexing would make of a file, without an index.

use std::fs;
use std::io::{self, Read};
use std::path::{Path, PathBuf};

use clap::ColorChoice;
use morgue::{Error, pipeline};

use super::show::write_articles;
use super::{Failure, Outcome, Output, report, style};

/// Show what indexing would make of files, without an index
#[derive(clap::Args, Debug)]
pub struct Args {
    /// The files; `-` reads standard input
    #[arg(required = true, value_name = "FILE")]
    files: Vec<PathBuf>,
    /// Print each article's record as JSON, one object a line
    #[arg(long)]
    json: bool,
}

/// Runs the command.
pub fn run(args: Args, color: ColorChoice) -> Result<Outcome, Failure> {
    let mut out = Output::new();
    let mut outcome = Outcome::Found;
    let style = style(color);
    for file in &args.files {
        let bytes = match read(file) {
            Ok(bytes) => bytes,
            Err(error) => {
                report(&error.into());
                outcome = Outcome::Trouble;
                continue;
            }
        };
        let articles = pipeline::extract(&file.to_string_lossy(), &bytes);
        write_articles(&mut out, &articles, args.json, &style)?;
    }
    out.end(outcome)
}

/// Returns the bytes of a file, or of standard input for `-`.
fn read(file: &Path) -> Result<Vec<u8>, Error> {
    if file == Path::new("-") {
        let mut bytes = Vec::new();
        io::stdin()
            .lock()
            .read_to_end(&mut bytes)
            .map_err(Error::io("standard input"))?;
        return Ok(bytes);
    }
    fs::read(file).map_err(Error::io(file))
}
