//! Writes merge suggestions as entries of `people.toml`.

use std::io::{self, Write};

use super::escape::escape;
use super::json::json;
use super::numbers::{count, write_left_out};
use crate::identity::merge_suggestions::MergeSuggestion;
use crate::identity::records::PersonRecord;

/// The most common companions that a comment lists.
const MAX_COMPANIONS: usize = 8;

/// Writes the first `limit` merge suggestions as entries of `people.toml`, each with its evidence in
/// comments, and how many suggestions the limit left out.
pub fn merge_suggestions(
    out: &mut impl Write,
    suggestions: &[MergeSuggestion],
    limit: usize,
) -> io::Result<()> {
    for (i, suggestion) in suggestions.iter().take(limit).enumerate() {
        if i > 0 {
            writeln!(out)?;
        }
        let (first, second) = (&suggestion.first, &suggestion.second);
        writeln!(out, "# {}", suggestion.reason)?;
        write_person(out, first)?;
        write_person(out, second)?;
        let shared: Vec<&str> = (first.with.iter())
            .filter(|other| second.with.iter().any(|o| o.name == other.name))
            .map(|other| other.name.as_str())
            .take(MAX_COMPANIONS)
            .collect();
        if !shared.is_empty() {
            writeln!(out, "# both with {}", escape(&shared.join(", ")))?;
        }
        writeln!(out, "[[one]]")?;
        write!(out, "names = ")?;
        // A JSON array of strings is also a TOML array.
        json(out, &[&first.name, &second.name])?;
    }
    write_left_out(out, ("# ", "pair"), suggestions.len(), limit)
}

/// Writes a person's name, number of articles and dates as a comment.
fn write_person(out: &mut impl Write, person: &PersonRecord) -> io::Result<()> {
    let dates = match (person.first, person.last) {
        (Some(first), Some(last)) => format!(", {first} to {last}"),
        _ => String::new(),
    };
    writeln!(
        out,
        "# {}: {}{dates}",
        escape(&person.name),
        count(person.articles, "article")
    )
}
