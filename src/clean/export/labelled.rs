//! Texts after a block of labelled lines.

use super::TOP_LINES;
use super::header::{Export, Form, Header, Label, headers, joined, label_of};

/// Lines such as `Title: …` from the first line on: two or more of which one says what an article
/// is known by, so that a text that begins with "Update: …" is no export.
pub(crate) fn labelled(lines: &[&str]) -> Option<Export> {
    let mut start = lines.iter().position(|line| !line.trim().is_empty())?;
    // A mailbox has a line of its own before the headers.
    if lines[start].trim_start_matches('>').starts_with("From ") {
        start += 1;
    }
    label_of(lines.get(start)?.trim())?;
    let mut end = start;
    let mut blank = 0;
    for (i, line) in lines.iter().enumerate().take(start + TOP_LINES).skip(start) {
        let line = line.trim();
        if line.is_empty() {
            blank += 1;
            // One blank line may stand between two headers, as some programs print them.
            if blank > 1 {
                break;
            }
            continue;
        }
        if label_of(line).is_none() {
            // A value that was wrapped goes on in a short line below it, with no blank between.
            let goes_on = blank == 0
                && i > start
                && lines
                    .get(i + 1)
                    .is_some_and(|next| label_of(next.trim()).is_some() || next.trim().is_empty());
            if !goes_on {
                break;
            }
        }
        blank = 0;
        end = i + 1;
    }
    let mut found = headers(lines, start..end, true);
    let named = |h: &Header, name: &str| {
        let line = lines[h.lines.start].trim_start();
        line.get(..name.len())
            .is_some_and(|start| start.eq_ignore_ascii_case(name))
    };
    // A message's subject is its headline.
    let is_message = found
        .iter()
        .any(|h| named(h, "newsgroups:") || named(h, "message-id:"));
    if is_message && !found.iter().any(|h| h.label == Label::Headline) {
        for header in &mut found {
            if named(header, "subject:") {
                header.label = Label::Headline;
            }
        }
    }
    let has = |label: Label| found.iter().any(|h| h.label == label);
    let is_export = found.len() >= 2
        && (has(Label::Headline)
            || has(Label::Url)
            || (has(Label::Published) && has(Label::Byline))
            || (has(Label::Published) && has(Label::Source)));
    is_export.then(|| Export {
        form: Form::Labelled,
        headers: found,
        body: end..lines.len(),
        body_labels: Vec::new(),
    })
}

/// A text that closes with `@highlight` lines, each followed by a sentence.
pub(crate) fn story(lines: &[&str]) -> Option<Export> {
    let body_end = lines.iter().position(|line| line.trim() == "@highlight")?;
    Some(Export {
        form: Form::Story,
        headers: vec![Header {
            label: Label::Other,
            value: joined(&lines[body_end..]),
            lines: body_end..lines.len(),
        }],
        body: 0..body_end,
        body_labels: Vec::new(),
    })
}
