//! Writes numbers of results in words.

use std::io::{self, Write};

/// Returns a number with its noun, as in "1 article" and "2 articles".
pub(super) fn count(number: u64, noun: &str) -> String {
    let ending = if number == 1 { "" } else { "s" };
    format!("{number} {noun}{ending}")
}

/// Returns a number of stories with its noun.
pub(super) fn count_stories(stories: u64) -> String {
    match stories {
        1 => "1 story".to_owned(),
        stories => format!("{stories} stories"),
    }
}

/// Returns a number of articles, and in brackets that of their stories if they were counted.
pub(super) fn with_stories(articles: u64, stories: Option<u64>) -> String {
    match stories {
        Some(stories) => format!("{articles} ({stories})"),
        None => articles.to_string(),
    }
}

/// Writes how many of `total` results `--limit` left out, if any, as a line that starts with `prefix`.
/// The `noun` is the singular of what the results are.
pub fn write_left_out(
    out: &mut impl Write,
    (prefix, noun): (&str, &str),
    total: usize,
    limit: usize,
) -> io::Result<()> {
    match total.checked_sub(limit) {
        None | Some(0) => Ok(()),
        Some(_) if limit == 0 => {
            writeln!(
                out,
                "{prefix}{} in all (see --limit)",
                count(total as u64, noun)
            )
        }
        Some(left) => writeln!(out, "\n{prefix}{left} more (see --limit)"),
    }
}
