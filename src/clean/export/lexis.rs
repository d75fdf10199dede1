//! Exports of LexisNexis: LexisNexis Academic and Nexis Uni.

use super::header::{
    Export, Form, Header, Label, TOP_LINES, Values, header, headers, is_date, joined, label_of,
    paragraph_at,
};
use crate::source::export_marks::{is_end_of_document, is_lexis_count};

/// The labels that may stand between `LENGTH:` and the text.
const LATE_LABELS: &[&str] = &[
    "HEADLINE",
    "BYLINE",
    "DATELINE",
    "HIGHLIGHT",
    "SERIES",
    "SOURCE",
    "SECTION",
];

/// The labels below the text.
const CLOSING_LABELS: &[&str] = &[
    "LOAD-DATE:",
    "LANGUAGE:",
    "PUBLICATION-TYPE:",
    "DOCUMENT-TYPE:",
    "GRAPHIC:",
    "JOURNAL-CODE:",
    "CORRECTION-DATE:",
    "SUBJECT:",
    "URL:",
];

/// Reads an export of LexisNexis Academic: the document count, sometimes absent from single-document
/// saves, where `BODY:` is printed; paragraphs with outlet, date and headline; labels up to `LENGTH:`; the
/// text; labels.
pub(super) fn read(lines: &[&str]) -> Option<Export> {
    let top = lines.len().min(TOP_LINES);
    let count = lines[..top].iter().position(|line| is_lexis_count(line));
    let starts = |i: usize, label: &str| lines[i].trim_start().starts_with(label);
    let length = (count.unwrap_or(0)..top).find(|&i| starts(i, "LENGTH:"))?;
    if count.is_none() && !(length..top).any(|i| starts(i, "BODY:")) {
        return None;
    }
    let first = count.map_or(0, |count| count + 1);
    let mut found = unlabelled_headers(lines, first, length);
    let first_label = found.last().map_or(first, |h| h.lines.end);
    let body_start = after_late_labels(lines, length + 1);
    found.extend(headers(lines, first_label..body_start, Values::Wrapped));
    // With a labelled headline, the paragraph in the headline's place is the edition.
    if found.iter().filter(|h| h.label == Label::Headline).count() > 1
        && let Some(edition) = found.iter_mut().find(|h| h.label == Label::Headline)
    {
        edition.label = Label::Other;
    }
    let body_labels = (body_start..lines.len())
        .find(|&i| !lines[i].trim().is_empty())
        .filter(|&i| starts(i, "BODY:"))
        .map(|i| {
            let indent = lines[i].len() - lines[i].trim_start().len();
            (i, indent + "BODY:".len())
        });
    let is_closing = |i: &usize| {
        let line = lines[*i].trim();
        CLOSING_LABELS.iter().any(|label| line.starts_with(label))
    };
    let body_end = (body_start..lines.len())
        .find(is_closing)
        .unwrap_or(lines.len());
    found.extend(headers(lines, body_end..lines.len(), Values::Wrapped));
    Some(Export {
        form: Form::Lexis,
        headers: found,
        body: body_start..body_end,
        body_labels: body_labels.into_iter().collect(),
    })
}

/// Reads the paragraphs above the first label by their order: outlet, date, headline.
fn unlabelled_headers(lines: &[&str], first: usize, length: usize) -> Vec<Header> {
    let mut found: Vec<Header> = Vec::new();
    let mut at = first;
    while let Some(range) = paragraph_at(lines, at, length) {
        at = range.end;
        if label_of(lines[range.start].trim()).is_some() {
            break;
        }
        // The outlet may stand right below its copyright notice, and the edition below the date.
        let first_line = lines[range.start].trim();
        let range = if range.len() > 1 && (is_notice(first_line) || is_date(first_line)) {
            at = range.start + 1;
            range.start..at
        } else {
            range
        };
        let text = joined(&lines[range.clone()]);
        let has = |label| found.iter().any(|h| h.label == label);
        let label = if is_notice(&text) {
            Label::Other
        } else if !has(Label::Published) && is_date(&text) {
            Label::Published
        } else if !has(Label::Source) && !has(Label::Published) {
            Label::Source
        } else if !has(Label::Headline) && has(Label::Published) {
            Label::Headline
        } else {
            Label::Other
        };
        found.push(header(label, lines, range));
    }
    found
}

/// Returns the first line after the paragraphs from `start` on that begin with one of [`LATE_LABELS`].
fn after_late_labels(lines: &[&str], start: usize) -> usize {
    let mut end = start;
    while let Some(range) = paragraph_at(lines, end, lines.len()) {
        let is_late = lines[range.start]
            .trim()
            .split_once(':')
            .is_some_and(|(word, _)| LATE_LABELS.contains(&word));
        if !is_late {
            break;
        }
        end = range.end;
    }
    end
}

/// Returns whether a line is a copyright notice, as above the outlet's name.
fn is_notice(line: &str) -> bool {
    let line = line.to_lowercase();
    line.starts_with("copyright") || line.starts_with("all rights reserved")
}

/// Reads an export of Nexis Uni: headline, outlet and date on a line each, labels, `Body`, the text,
/// `Classification`.
pub(super) fn read_nexis_uni(lines: &[&str]) -> Option<Export> {
    let top = lines.len().min(TOP_LINES);
    let body_label = (1..top).find(|&i| lines[i].trim() == "Body")?;
    let length = (0..body_label).find(|&i| lines[i].trim().starts_with("Length:"))?;
    let headline = (0..length).find(|&i| !lines[i].trim().is_empty())?;
    // The date has a line of its own, the outlet stands above it, the headline above the outlet.
    let date = (headline + 1..length).find(|&i| is_date(lines[i].trim()));
    let mut found = Vec::new();
    match date {
        Some(date) if date > headline + 1 => {
            found.push(header(Label::Headline, lines, headline..date - 1));
            found.push(header(Label::Source, lines, date - 1..date));
            found.push(header(Label::Published, lines, date..date + 1));
        }
        _ => found.push(header(Label::Headline, lines, headline..headline + 1)),
    }
    let first_labels = found.last().map_or(0, |h| h.lines.end);
    found.extend(headers(lines, first_labels..body_label, Values::OneLine));
    let body_start = body_label + 1;
    let is_closing = |i: &usize| {
        let line = lines[*i].trim();
        line == "Classification"
            || line.starts_with("Load-Date:")
            || line == "Graphic"
            || is_end_of_document(line)
    };
    let body_end = (body_start..lines.len())
        .find(is_closing)
        .unwrap_or(lines.len());
    found.extend(headers(lines, body_end..lines.len(), Values::OneLine));
    Some(Export {
        form: Form::NexisUni,
        headers: found,
        body: body_start..body_end,
        body_labels: Vec::new(),
    })
}
