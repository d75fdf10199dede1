//! `morgue search --queries`: answers a list of queries.

use std::io::Write;
use std::path::Path;

use morgue::archive::Archive;
use morgue::render::{self, Style};
use morgue::search::{Request, query_list};

use super::hit_format::HitFormat;
use super::list_file;
use super::outcome::{Failure, Outcome};
use super::output::{Output, say};

/// Answers each query of a list, and writes each answer at once.
pub fn run(
    archive: &Archive,
    list: &Path,
    request: &Request,
    format: Option<HitFormat>,
) -> Result<Outcome, Failure> {
    let is_table = match format {
        None | Some(HitFormat::Ndjson) => false,
        Some(HitFormat::Csv) => true,
        Some(HitFormat::Ris | HitFormat::Bibtex) => {
            say("--queries answers in --format ndjson or csv");
            return Ok(Outcome::Trouble);
        }
    };
    let (_, bytes) = list_file::read(list)?;
    let mut out = Output::new();
    if is_table {
        render::query_table_header(&mut out)?;
    }
    let (mut has_hits, mut has_errors) = (false, false);
    for (line, query) in query_list::read(&bytes) {
        let answered = query_list::answer(archive, line, &query, request)?;
        has_hits |= answered.total.is_some_and(|total| total > 0);
        has_errors |= answered.error.is_some();
        match is_table {
            true => render::query_table_rows(&mut out, &answered, &Style::default())?,
            false => render::json(&mut out, &answered)?,
        }
        out.flush()?;
        if !out.is_open() {
            break;
        }
    }
    out.end(match has_errors {
        true => Outcome::Trouble,
        false => Outcome::found_if(has_hits),
    })
}
