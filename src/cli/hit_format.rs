//! The formats in which every hit of a search is carried away: `search --format`.

use std::io::{self, Write};

use clap::ValueEnum;
use morgue::archive::Archive;
use morgue::render::{self, Style};
use morgue::search::{self, Answer, Hit, Request};

use super::outcome::{Failure, Outcome};
use super::output::{Output, say};

/// A format of hits.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum HitFormat {
    /// A table, a row a passage
    Csv,
    /// References for reference managers
    Ris,
    /// References for TeX
    Bibtex,
    /// JSON, an object a hit
    Ndjson,
}

/// Writes every hit of a request, as it is read. Notes go to standard error.
pub fn run(archive: &Archive, request: &Request, format: HitFormat) -> Result<Outcome, Failure> {
    let mut out = Output::new();
    if format == HitFormat::Csv {
        render::hit_table_header(&mut out)?;
    }
    let mut failure = None;
    let Answer { total, notes, .. } = search::stream(archive, request, |hit| {
        failure = write(&mut out, &hit, format).err();
        failure.is_none() && out.is_open()
    })?;
    if let Some(failure) = failure {
        return Err(failure.into());
    }
    out.flush()?;
    notes.iter().for_each(|note| say(&format!("note: {note}")));
    out.end(Outcome::found_if(total > 0))
}

fn write(out: &mut Output, hit: &Hit, format: HitFormat) -> io::Result<()> {
    match format {
        HitFormat::Csv => render::hit_table_rows(out, hit, &Style::default()),
        HitFormat::Ris => render::ris(out, hit),
        HitFormat::Bibtex => render::bibtex(out, hit),
        HitFormat::Ndjson => render::json(out, hit),
    }
}
