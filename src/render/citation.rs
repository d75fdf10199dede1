//! Writes hits as references: RIS and BibTeX.

use std::io::{self, Write};

use crate::passages::text_of;
use crate::people::name::Name;
use crate::search::answer::Hit;

/// Writes a hit as a record of RIS (Research Information Systems), which reference managers read.
pub fn ris(out: &mut impl Write, hit: &Hit) -> io::Result<()> {
    let mut tag = |tag: &str, value: &str| match value.is_empty() {
        true => Ok(()),
        false => write!(out, "{tag}  - {}\r\n", one_line(value)),
    };
    tag("TY", "NEWS")?;
    tag("ID", &hit.id)?;
    tag("TI", title(hit))?;
    for writer in &hit.byline {
        tag("AU", &surname_first(writer))?;
    }
    if let Some(published) = hit.published {
        let date = published.to_string();
        tag("PY", &date[..4])?;
        let mut parts: Vec<&str> = date.split('-').collect();
        parts.resize(3, "");
        tag("DA", &format!("{}/", parts.join("/")))?;
    }
    tag("T2", hit.source.as_deref().unwrap_or_default())?;
    tag("L1", &hit.path)?;
    for passage in passages(hit) {
        tag("N1", &passage)?;
    }
    out.write_all(b"ER  - \r\n\r\n")
}

/// Writes a hit as an entry of BibTeX.
pub fn bibtex(out: &mut impl Write, hit: &Hit) -> io::Result<()> {
    writeln!(out, "@article{{morgue-{},", hit.id)?;
    let mut field = |name: &str, value: &str| write_field(out, name, value);
    field("title", title(hit))?;
    let writers: Vec<String> = hit
        .byline
        .iter()
        .map(|writer| surname_first(writer))
        .collect();
    field("author", &writers.join(" and "))?;
    field("journal", hit.source.as_deref().unwrap_or_default())?;
    if let Some(published) = hit.published {
        let date = published.to_string();
        field("year", &date[..4])?;
        field("day", date.get(8..10).unwrap_or_default())?;
        let month = date.get(5..7).and_then(|month| month.parse::<usize>().ok());
        if let Some(month) = month.and_then(|month| MONTHS.get(month - 1)) {
            writeln!(out, "  month = {month},")?;
        }
    }
    let mut field = |name: &str, value: &str| write_field(out, name, value);
    field("file", &hit.path)?;
    field("note", &passages(hit).join(" … "))?;
    writeln!(out, "}}\n")
}

/// The names of months as macros, which the styles of BibTeX define.
const MONTHS: [&str; 12] = [
    "jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec",
];

fn write_field(out: &mut impl Write, name: &str, value: &str) -> io::Result<()> {
    match value.is_empty() {
        true => Ok(()),
        false => writeln!(out, "  {name} = {{{}}},", in_tex(&one_line(value))),
    }
}

fn title(hit: &Hit) -> &str {
    let beginning = hit.beginning.as_deref();
    hit.headline.as_deref().or(beginning).unwrap_or_default()
}

fn passages(hit: &Hit) -> Vec<String> {
    hit.passages.iter().map(text_of).collect()
}

/// Returns a name with its surname first, as references have it: `Holm, Ada`.
fn surname_first(name: &str) -> String {
    let family = Name::parse(name).family;
    let is_letter = |c: &char| c.is_alphanumeric();
    let letters = |text: &str| text.to_lowercase().chars().filter(is_letter).count();
    // The surname is the last words that have as many letters.
    let words: Vec<&str> = name.split_whitespace().collect();
    for first in (1..words.len()).rev() {
        let surname = words[first..].join(" ");
        if letters(&surname) == family.chars().count() {
            return format!("{surname}, {}", words[..first].join(" "));
        }
    }
    name.to_owned()
}

fn one_line(text: &str) -> String {
    text.split(char::is_control).collect::<Vec<_>>().join(" ")
}

/// Returns text with the characters escaped that mean something to TeX (Lamport, "LaTeX", 2.2).
fn in_tex(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '#' | '$' | '%' | '&' | '_' | '{' | '}' => {
                escaped.push('\\');
                escaped.push(c);
            }
            '\\' => escaped.push_str("\\textbackslash{}"),
            '~' => escaped.push_str("\\textasciitilde{}"),
            '^' => escaped.push_str("\\textasciicircum{}"),
            c => escaped.push(c),
        }
    }
    escaped
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_written_surname_first() {
        for (name, expected) in [
            ("Ada Holm", "Holm, Ada"),
            ("Jan van der Berg", "van der Berg, Jan"),
            ("J. R. Pell", "Pell, J. R."),
            ("Quay Herald Staff", "Staff, Quay Herald"),
            ("Holm", "Holm"),
        ] {
            assert_eq!(surname_first(name), expected);
        }
    }

    #[test]
    fn what_means_something_to_tex_is_escaped() {
        assert_eq!(in_tex("5 % of {AT&T}_1"), "5 \\% of \\{AT\\&T\\}\\_1");
    }
}
