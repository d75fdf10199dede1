//! Texts with labelled lines at the top, such as `Title: …`, and messages with mail headers.

use std::ops::Range;

use super::header::{Export, Form, Header, Label, TOP_LINES, headers, label_of};

/// Reads lines such as `Title: …` from the first line on. There must be two or more, one of them of
/// the labels that identify an article: a text that begins with "Update: …" is not an export.
pub(super) fn read(lines: &[&str]) -> Option<Export> {
    let mut start = lines.iter().position(|line| !line.trim().is_empty())?;
    // Mailboxes have a "From " line before the headers.
    if lines[start].trim_start_matches('>').starts_with("From ") {
        start += 1;
    }
    label_of(lines.get(start)?.trim())?;
    let range = labelled_lines(lines, start);
    let body = range.end..lines.len();
    let mut found = headers(lines, range);
    use_subject_as_headline(&mut found, lines);
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
        page_heads: Vec::new(),
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

/// Makes the subject of a message its headline, if it has no other.
fn use_subject_as_headline(found: &mut [Header], lines: &[&str]) {
    let is_named = |h: &Header, name: &str| {
        let line = lines[h.lines.start].trim_start();
        line.get(..name.len())
            .is_some_and(|start| start.eq_ignore_ascii_case(name))
    };
    let is_message = found
        .iter()
        .any(|h| is_named(h, "newsgroups:") || is_named(h, "message-id:"));
    if is_message && !found.iter().any(|h| h.label == Label::Headline) {
        for header in found {
            if is_named(header, "subject:") {
                header.label = Label::Headline;
            }
        }
    }
}
