//! The lines of an article's file, with what was taken out of them.

use std::collections::BTreeMap;

use crate::article::RemovedKind;
use crate::pipeline::filed::{Filed, FiledLine, Unfiled};

/// A line.
pub(super) struct Line {
    pub(super) number: u32,
    /// Whether it is the first with its number, and so the one that links lead to.
    pub(super) is_first: bool,
    pub(super) pieces: Vec<Piece>,
    /// Why something was taken out of it.
    pub(super) why: String,
}

/// A piece of a line, taken out or not.
pub(super) struct Piece {
    pub(super) text: String,
    pub(super) is_taken: bool,
}

/// Returns the lines of an article's file.
pub(super) fn lines(filed: &Filed) -> Vec<Line> {
    let mut read: BTreeMap<u32, Vec<&str>> = BTreeMap::new();
    for origin in &filed.origins {
        if let Some(line) = origin.line {
            read.entry(line).or_default().push(&origin.field);
        }
    }
    let mut before = None;
    let lines = filed.lines.iter();
    lines
        .map(|line| {
            let is_first = before.replace(line.number) != Some(line.number);
            let fields = read.get(&line.number).filter(|_| is_first);
            Line {
                number: line.number,
                is_first,
                pieces: pieces(line),
                why: why(line, fields.map(Vec::as_slice).unwrap_or_default()),
            }
        })
        .collect()
}

fn pieces(line: &FiledLine) -> Vec<Piece> {
    let mut pieces = Vec::new();
    let mut push = |text: &str, is_taken| {
        if !text.is_empty() {
            pieces.push(Piece {
                text: text.to_owned(),
                is_taken,
            });
        }
    };
    let mut at = 0;
    for (range, _) in &line.taken {
        push(&line.text[at..range.start], false);
        push(&line.text[range.clone()], true);
        at = range.end;
    }
    push(&line.text[at..], false);
    pieces
}

/// Returns why something was taken out of a line, and which fields were read from it.
fn why(line: &FiledLine, fields: &[&str]) -> String {
    let mut reasons: Vec<&str> = Vec::new();
    for (_, kind) in &line.taken {
        let reason = match kind {
            RemovedKind::Header => "header",
            kind => in_words(*kind),
        };
        // The field that was read from a header says more.
        let is_said = *kind == RemovedKind::Header && !fields.is_empty();
        if !is_said && !reasons.contains(&reason) {
            reasons.push(reason);
        }
    }
    let mut named: Vec<&str> = fields.to_vec();
    named.dedup();
    named.extend(reasons);
    named.join(", ")
}

fn in_words(kind: RemovedKind) -> &'static str {
    match kind {
        RemovedKind::Url => "address",
        RemovedKind::Related => "another story",
        RemovedKind::Header => "header",
        RemovedKind::Footer => "page header or footer",
        RemovedKind::Caption => "caption",
        RemovedKind::Boilerplate => "notice or menu",
        RemovedKind::Control => "control characters",
    }
}

/// Returns why an article can't be shown as it was filed.
pub(super) fn reason(unfiled: Unfiled) -> &'static str {
    match unfiled {
        Unfiled::OfExport => {
            "The archive was made of an export, which has the cleaned text and no files."
        }
        Unfiled::Changed => {
            "The file is not there, or has changed since it was indexed; `morgue index` reads it again."
        }
        Unfiled::TooLarge => "The file is too large to be shown; `morgue extract --why` reads it.",
    }
}
