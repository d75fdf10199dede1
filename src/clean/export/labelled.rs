//! Texts with labelled lines at the top, such as `Title: …`.

use std::ops::Range;

use super::header::{Export, Form, Label, TOP_LINES, Values, headers, label_of};

/// Reads lines such as `Title: …` from the first line on. There must be two or more, one of them of
/// the labels that identify an article: a text that begins with "Update: …" is not an export.
pub(super) fn read(lines: &[&str]) -> Option<Export> {
    let start = lines.iter().position(|line| !line.trim().is_empty())?;
    label_of(lines[start].trim())?;
    let range = labelled_lines(lines, start);
    let body = range.end..lines.len();
    let found = headers(lines, range, Values::Wrapped);
    let has = |label: Label| found.iter().any(|h| h.label == label);
    let is_export = found.len() >= 2
        && (has(Label::Headline)
            || has(Label::Url)
            || (has(Label::Published) && has(Label::Byline))
            || (has(Label::Published) && has(Label::Source)));
    is_export.then(|| Export {
        form: Form::Labelled,
        headers: found,
        body,
        body_labels: Vec::new(),
    })
}

/// Returns the range of the labelled lines from `start` on, with wrapped values.
fn labelled_lines(lines: &[&str], start: usize) -> Range<usize> {
    let mut end = start;
    let mut blank = 0;
    for (i, line) in lines.iter().enumerate().take(start + TOP_LINES).skip(start) {
        let line = line.trim();
        if line.is_empty() {
            blank += 1;
            // Some programs print one blank line between two headers.
            if blank > 1 {
                break;
            }
            continue;
        }
        if label_of(line).is_none() {
            // A wrapped value continues on the next line and ends before a label or a blank line.
            let is_wrapped = blank == 0
                && i > start
                && lines
                    .get(i + 1)
                    .is_some_and(|next| label_of(next.trim()).is_some() || next.trim().is_empty());
            if !is_wrapped {
                break;
            }
        }
        blank = 0;
        end = i + 1;
    }
    start..end
}
