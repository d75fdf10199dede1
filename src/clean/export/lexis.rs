//! Exports of LexisNexis.

use super::TOP_LINES;
use super::header::{
    Export, Form, Header, Label, header, headers, is_date, joined, label_of, paragraph_at,
};
use crate::source::export_marks::{is_end_of_document, is_lexis_count};

/// The labels that LexisNexis prints between `LENGTH:` and the text, where it does.
const LEXIS_LATE_LABELS: &[&str] = &[
    "HEADLINE",
    "BYLINE",
    "DATELINE",
    "HIGHLIGHT",
    "SERIES",
    "SOURCE",
    "SECTION",
];

/// The labels that LexisNexis prints below the text.
const LEXIS_CLOSING_LABELS: &[&str] = &[
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

/// The count of documents, which who saved a single one may have left off where `BODY:` is printed;
/// then paragraphs: outlet, date, headline; then labels up to `LENGTH:`, the body, and labels again.
pub(crate) fn lexis(lines: &[&str]) -> Option<Export> {
    let top = lines.len().min(TOP_LINES);
    let count = lines[..top].iter().position(|line| is_lexis_count(line));
    let starts = |i: usize, label: &str| lines[i].trim_start().starts_with(label);
    let length = (count.unwrap_or(0)..top).find(|&i| starts(i, "LENGTH:"))?;
    if count.is_none() && !(length..top).any(|i| starts(i, "BODY:")) {
        return None;
    }
    let first = count.map_or(0, |count| count + 1);
    let mut found = Vec::new();
    let mut at = first;
    while let Some(range) = paragraph_at(lines, at, length) {
        at = range.end;
        let is_labelled = label_of(lines[range.start].trim()).is_some();
        if is_labelled {
            break;
        }
        // The outlet may stand right below its copyright, and the edition below the date.
        let first_line = lines[range.start].trim();
        let range = if range.len() > 1 && (is_notice(first_line) || is_date(first_line)) {
            at = range.start + 1;
            range.start..at
        } else {
            range
        };
        let text = joined(&lines[range.clone()]);
        let has_date = |label| found.iter().any(|h: &Header| h.label == label);
        let label = if is_notice(&text) {
            Label::Other
        } else if !has_date(Label::Published) && is_date(&text) {
            Label::Published
        } else if !has_date(Label::Source) && !has_date(Label::Published) {
            Label::Source
        } else if !has_date(Label::Headline) && has_date(Label::Published) {
            Label::Headline
        } else {
            Label::Other
        };
        found.push(header(label, lines, range));
    }
    let first_labels = found.last().map_or(first, |h| h.lines.end);
    let mut body_start = length + 1;
    while let Some(range) = paragraph_at(lines, body_start, lines.len()) {
        let is_late = lines[range.start]
            .trim()
            .split_once(':')
            .is_some_and(|(word, _)| LEXIS_LATE_LABELS.contains(&word));
        if !is_late {
            break;
        }
        body_start = range.end;
    }
    found.extend(headers(lines, first_labels..body_start, true));
    // With a headline label, the paragraph that stands where others print theirs is an edition.
    if found.iter().filter(|h| h.label == Label::Headline).count() > 1
        && let Some(edition) = found.iter_mut().find(|h| h.label == Label::Headline)
    {
        edition.label = Label::Other;
    }
    let body_labels = (body_start..lines.len())
        .find(|&i| !lines[i].trim().is_empty())
        .filter(|&i| lines[i].trim_start().starts_with("BODY:"))
        .map(|i| {
            (
                i,
                lines[i].len() - lines[i].trim_start().len() + "BODY:".len(),
            )
        });
    let is_closing = |i: &usize| {
        let line = lines[*i].trim();
        LEXIS_CLOSING_LABELS
            .iter()
            .any(|label| line.starts_with(label))
    };
    let body_end = (body_start..lines.len())
        .find(is_closing)
        .unwrap_or(lines.len());
    found.extend(headers(lines, body_end..lines.len(), true));
    Some(Export {
        form: Form::Lexis,
        headers: found,
        body: body_start..body_end,
        body_labels: body_labels.into_iter().collect(),
    })
}

/// Returns whether a line above the outlet's name is its copyright notice.
fn is_notice(line: &str) -> bool {
    let line = line.to_lowercase();
    line.starts_with("copyright") || line.starts_with("all rights reserved")
}

/// The headline, the outlet and the date, a line each, labels, `Body`; then `Classification`.
pub(crate) fn nexis_uni(lines: &[&str]) -> Option<Export> {
    let top = lines.len().min(TOP_LINES);
    let body_label = (1..top).find(|&i| lines[i].trim() == "Body")?;
    let length = (0..body_label).find(|&i| lines[i].trim().starts_with("Length:"))?;
    let headline = (0..length).find(|&i| !lines[i].trim().is_empty())?;
    // The date stands on a line of its own; what is above it, but for the outlet, is headline.
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
    found.extend(headers(lines, first_labels..body_label, false));
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
    found.extend(headers(lines, body_end..lines.len(), false));
    Some(Export {
        form: Form::NexisUni,
        headers: found,
        body: body_start..body_end,
        body_labels: Vec::new(),
    })
}
