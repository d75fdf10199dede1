//! Exports of Factiva.

use std::ops::Range;

use super::header::{Export, Form, Header, Label, TOP_LINES, header, is_date, joined};
use crate::source::export_marks::is_factiva_number;

/// The tags of headers, with their meanings. Factiva has some forty others.
const HEADER_TAGS: &[(&str, Label)] = &[
    ("HD", Label::Headline),
    ("BY", Label::Byline),
    ("PD", Label::Published),
    ("SN", Label::Source),
    ("ET", Label::Other),
];

/// The tags of the lead paragraph and of the text after it.
const BODY_TAGS: [&str; 2] = ["LP", "TD"];

/// Reads an export with two-letter tags on lines of their own or before their values: `HD`, `BY`,
/// `LP`, `TD`.
pub(super) fn read_tagged(lines: &[&str]) -> Option<Export> {
    let tags: Vec<(usize, &str)> = lines
        .iter()
        .enumerate()
        .filter_map(|(i, line)| Some((i, tag(line)?)))
        .collect();
    let has = |tag: &str| tags.iter().any(|&(_, found)| found == tag);
    if !(has("HD") && (has("LP") || has("TD")) && tags.len() >= 4) {
        return None;
    }
    let mut found = Vec::new();
    let mut body: Option<Range<usize>> = None;
    let mut body_labels = Vec::new();
    for (k, &(start, tag)) in tags.iter().enumerate() {
        let end = tags.get(k + 1).map_or(lines.len(), |&(next, _)| next);
        if BODY_TAGS.contains(&tag) {
            let indent = lines[start].len() - lines[start].trim_start().len();
            body_labels.push((start, indent + tag.len()));
            body = Some(body.map_or(start, |b| b.start)..end);
            continue;
        }
        let label = HEADER_TAGS
            .iter()
            .find(|(known, _)| *known == tag)
            .map_or(Label::Other, |&(_, label)| label);
        let value = joined(&lines[start..end]);
        found.push(Header {
            label,
            value: value[tag.len()..].trim().to_owned(),
            lines: start..end,
        });
    }
    Some(Export {
        form: Form::FactivaTagged,
        headers: found,
        body: body?,
        body_labels,
        page_heads: Vec::new(),
    })
}

/// Returns the tag that a line is, or that stands before two spaces or a tab.
fn tag(line: &str) -> Option<&str> {
    let line = line.trim();
    let tag = line.get(..2)?;
    let is_tag = tag.bytes().all(|b| b.is_ascii_uppercase());
    let is_separate = line.len() == 2 || line[2..].starts_with("  ") || line[2..].starts_with('\t');
    (is_tag && is_separate).then_some(tag)
}

/// Reads an export without tags: headline, byline, `395 words`, date, outlet, its code, language
/// and copyright on a line each; the text; `Document …`.
pub(super) fn read_plain(lines: &[&str]) -> Option<Export> {
    let top = lines.len().min(TOP_LINES);
    let count = (1..top).find(|&i| is_word_count(lines[i]))?;
    let copyright = (count..top.min(count + 12)).find(|&i| {
        let line = lines[i].trim().to_lowercase();
        line.starts_with("(c)") || line.starts_with('©') || line.starts_with("copyright")
    })?;
    let first = (0..count).find(|&i| !lines[i].trim().is_empty())?;
    let byline = (first + 1..count).find(|&i| {
        lines[i]
            .trim()
            .get(..3)
            .is_some_and(|by| by.eq_ignore_ascii_case("by "))
    });
    let mut found = vec![header(
        Label::Headline,
        lines,
        first..byline.unwrap_or(count),
    )];
    if let Some(byline) = byline {
        found.push(header(Label::Byline, lines, byline..count));
    }
    found.push(header(Label::Other, lines, count..count + 1));
    let date = (count + 1..copyright).find(|&i| is_date(lines[i].trim()));
    if let Some(date) = date {
        found.push(header(Label::Published, lines, date..date + 1));
        let is_time = |i: &usize| {
            lines[*i]
                .trim()
                .bytes()
                .all(|b| b.is_ascii_digit() || b == b':')
        };
        if let Some(outlet) = (date + 1..copyright).find(|i| !is_time(i)) {
            found.push(header(Label::Source, lines, outlet..outlet + 1));
        }
    }
    let number = (copyright + 1..lines.len())
        .rev()
        .find(|&i| is_factiva_number(lines[i]));
    let mut body_end = number.unwrap_or(lines.len());
    // The outlet's name is repeated below the text.
    if number.is_some()
        && let Some(last) = (copyright + 1..body_end)
            .rev()
            .find(|&i| !lines[i].trim().is_empty())
        && found
            .iter()
            .any(|h| h.label == Label::Source && h.value == lines[last].trim())
    {
        body_end = last;
    }
    Some(Export {
        form: Form::FactivaPlain,
        headers: found,
        body: copyright + 1..body_end,
        body_labels: Vec::new(),
        page_heads: Vec::new(),
    })
}

/// Returns whether a line is a word count: `395 words`, `1,938 words`.
fn is_word_count(line: &str) -> bool {
    line.trim().strip_suffix(" words").is_some_and(|number| {
        number.starts_with(|c: char| c.is_ascii_digit())
            && number.bytes().all(|b| b.is_ascii_digit() || b == b',')
    })
}
