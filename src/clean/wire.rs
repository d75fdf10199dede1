//! Takes the control characters, and the header and trailer of each dispatch, out of wire copy.
//!
//! IPTC 7901 and ANPA 1312 frame a dispatch in the same way: SYN SYN SOH, the header (a number, a
//! priority, a category, a keyword), STX, the text, ETX, the trailer (the day and time of sending),
//! EOT. FS, GS, RS and US separate words, columns and lines; other control characters set fonts or
//! ring bells.

use std::borrow::Cow;

use super::{characters, mojibake};
use crate::article::{Removed, RemovedKind};
use crate::source::frames::frames;
use crate::text::words::push_collapsed;

/// A text without its control characters and frames.
#[derive(Debug)]
pub struct WithoutFrames<'a> {
    /// The text, with the same number of lines.
    pub text: Cow<'a, str>,
    /// What was taken out, in the order of the text.
    pub removed: Vec<Removed>,
}

/// Takes control characters, headers and trailers out of a text. Line ends, tabs and form feeds
/// stay.
pub fn lift(text: &str, first_line: u32) -> WithoutFrames<'_> {
    let is_control = controls_of(text);
    if !has_controls(text, is_control) {
        return WithoutFrames {
            text: Cow::Borrowed(text),
            removed: Vec::new(),
        };
    }
    let mut frames = frames(text).into_iter().peekable();
    let mut out = String::with_capacity(text.len());
    let mut line = TakenOut::default();
    let mut number = first_line;
    let mut removed = Vec::new();
    let mut chars = text.char_indices().peekable();
    while let Some((at, c)) = chars.next() {
        while frames.next_if(|(frame, _)| frame.end <= at).is_some() {}
        let frame = frames.peek().filter(|(frame, _)| frame.contains(&at));
        if is_control(c) {
            line.controls.push(c);
        }
        if matches!(c, '\n' | '\r') {
            out.push(c);
            if c == '\n' || chars.peek().is_none_or(|(_, next)| *next != '\n') {
                line.write(number, &mut removed);
                number += 1;
            }
            continue;
        }
        let kept = match c {
            '\u{1c}'..='\u{1f}' => Some(' '),
            c => Some(c).filter(|&c| !is_control(c)),
        };
        match frame {
            Some((_, kind)) => line.frame(*kind).extend(kept),
            // The space for a control character at the start of a line would look like an indent.
            None if kept == Some(' ')
                && c != ' '
                && !out.ends_with(|c: char| !c.is_whitespace()) => {}
            None => out.extend(kept),
        }
    }
    line.write(number, &mut removed);
    WithoutFrames {
        text: Cow::Owned(out),
        removed,
    }
}

/// What was taken out of one line.
#[derive(Default)]
struct TakenOut {
    controls: String,
    header: String,
    trailer: String,
}

impl TakenOut {
    fn frame(&mut self, kind: RemovedKind) -> &mut String {
        match kind {
            RemovedKind::Header => &mut self.header,
            _ => &mut self.trailer,
        }
    }

    /// Writes it to the receipt with the number of its line, and clears it.
    fn write(&mut self, line: u32, removed: &mut Vec<Removed>) {
        let mut write = |kind, text: String| {
            if !text.is_empty() {
                removed.push(Removed { line, kind, text });
            }
        };
        write(RemovedKind::Control, std::mem::take(&mut self.controls));
        for (kind, frame) in [
            (RemovedKind::Header, &mut self.header),
            (RemovedKind::Footer, &mut self.trailer),
        ] {
            let mut text = String::new();
            push_collapsed(&mut text, &characters::normalise(frame));
            frame.clear();
            write(kind, text);
        }
    }
}

/// Returns the test for control characters to take out of a text. Those beyond ASCII may be part of
/// mojibake, and most are a byte of Windows-1252 (see [`characters::normalise`]).
fn controls_of(text: &str) -> impl Fn(char) -> bool + Copy {
    let has_mojibake = mojibake::has_lead(text);
    move |c: char| {
        c.is_control()
            && !c.is_whitespace()
            && (c.is_ascii() || !has_mojibake && mojibake::meant_by_control(c).is_none())
    }
}

/// Returns whether a text has such a control character. Hardly any text has.
fn has_controls(text: &str, is_control: impl Fn(char) -> bool) -> bool {
    let bytes = text.as_bytes();
    let is_ascii_control =
        |&byte: &u8| byte < b' ' && !matches!(byte, b'\t'..=b'\r') || byte == 0x7f;
    let is_control_at = |at: usize| text[at..].starts_with(&is_control);
    // In UTF-8 those beyond ASCII are two bytes, the first 0xC2.
    // Without a branch for each byte, a processor tests many at once.
    let has_ascii_control = bytes
        .iter()
        .fold(false, |found, byte| found | is_ascii_control(byte));
    has_ascii_control || memchr::memchr_iter(0xc2, bytes).any(is_control_at)
}

#[cfg(test)]
mod tests {
    use RemovedKind::{Control, Footer, Header};

    use super::*;

    #[test]
    fn lifts_controls_and_frames() {
        for (text, expected, removed) in [
            (
                "plain\ttext\r\n\u{c}page",
                "plain\ttext\r\n\u{c}page",
                vec![],
            ),
            (
                "\u{16}\u{16}\u{1}ABC0123 4 POL\r\n\u{2}Envoy leaves\r\n\u{1f}\u{f}\r\nHe left.\u{3}\r\n091415 MAR 19\u{4}\r\n",
                "\r\nEnvoy leaves\r\n\r\nHe left.\r\n\r\n",
                vec![
                    (1, Control, "\u{16}\u{16}\u{1}"),
                    (1, Header, "ABC0123 4 POL"),
                    (2, Control, "\u{2}"),
                    (3, Control, "\u{1f}\u{f}"),
                    (4, Control, "\u{3}"),
                    (5, Control, "\u{4}"),
                    (5, Footer, "091415 MAR 19"),
                ],
            ),
            (
                "\u{1}a0001\u{1f}abc\nu i\u{13}\u{11} bc-ferry\u{2}Ferry sold\u{3}0309\u{4}",
                "\nFerry sold",
                vec![
                    (1, Control, "\u{1}\u{1f}"),
                    (1, Header, "a0001 abc"),
                    (2, Control, "\u{13}\u{11}\u{2}\u{3}\u{4}"),
                    (2, Header, "u i bc-ferry"),
                    (2, Footer, "0309"),
                ],
            ),
            (
                "one\u{1c}two\u{1e}three\n\u{1d}four\u{7f}\u{7}",
                "one two three\nfour",
                vec![
                    (1, Control, "\u{1c}\u{1e}"),
                    (2, Control, "\u{1d}\u{7f}\u{7}"),
                ],
            ),
            // Single marks of a frame are taken out as control characters.
            (
                "He\u{1} left\u{3} town.",
                "He left town.",
                vec![(1, Control, "\u{1}\u{3}")],
            ),
            (
                "caf\u{92}e \u{81}",
                "caf\u{92}e ",
                vec![(1, Control, "\u{81}")],
            ),
            ("quoteâ€\u{9d}", "quoteâ€\u{9d}", vec![]),
            (
                "a\rb\u{2}\rc\u{3}",
                "a\rb\rc",
                vec![(2, Control, "\u{2}"), (3, Control, "\u{3}")],
            ),
        ] {
            let lifted = lift(text, 1);
            let found: Vec<_> = lifted
                .removed
                .iter()
                .map(|removed| (removed.line, removed.kind, removed.text.as_str()))
                .collect();
            assert_eq!((&*lifted.text, found), (expected, removed), "{text:?}");
        }
    }

    #[test]
    fn a_lost_mark_removes_no_text() {
        let text = format!("\u{1}{}\u{2}c\u{3}{}", "a\n".repeat(13), "d\n".repeat(5));
        let lifted = lift(&text, 1);
        assert_eq!(
            lifted.text,
            format!("{}c{}", "a\n".repeat(13), "d\n".repeat(5))
        );
    }
}
