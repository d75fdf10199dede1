//! The frames of agency dispatches: finds their headers and trailers in a text.
//!
//! IPTC 7901 and ANPA 1312 frame a dispatch in the same way: SYN SYN SOH, the header (a number, a
//! priority, a category, a keyword), STX, the text, ETX, the trailer (the day and time of sending),
//! EOT.

use std::ops::Range;

use crate::article::RemovedKind;

const SOH: char = '\u{1}';
const STX: char = '\u{2}';
const ETX: char = '\u{3}';
const EOT: char = '\u{4}';
const SYN: char = '\u{16}';

/// The most lines in a header and in a trailer. If a control character of the frame is lost, this
/// keeps the text from being taken for a header or trailer.
const MOST_HEADER_LINES: usize = 12;
const MOST_TRAILER_LINES: usize = 4;

/// Returns the byte offsets of the dispatches in a text that have a header and a text.
pub fn starts(text: &str) -> Vec<usize> {
    if memchr::memchr(SOH as u8, text.as_bytes()).is_none() {
        return Vec::new();
    }
    let headers = frames(text).into_iter();
    headers
        .filter(|(_, kind)| *kind == RemovedKind::Header)
        .map(|(header, _)| text[..header.start].trim_end_matches([SOH, SYN]).len())
        .collect()
}

/// Returns the headers and trailers of a text in order, without the control characters around them.
pub(crate) fn frames(text: &str) -> Vec<(Range<usize>, RemovedKind)> {
    let mut frames = Vec::new();
    let mut open: Option<(usize, RemovedKind)> = None;
    let mut has_text = false;
    for (at, mark) in text.match_indices([SOH, STX, ETX, EOT]) {
        let (ends, begins) = match mark.chars().next() {
            Some(SOH) => (RemovedKind::Footer, Some(RemovedKind::Header)),
            Some(STX) => (RemovedKind::Header, None),
            // Only after a text.
            Some(ETX) => (
                RemovedKind::Footer,
                Some(RemovedKind::Footer).filter(|_| has_text),
            ),
            _ => (RemovedKind::Footer, None),
        };
        if let Some((start, kind)) = open.filter(|(_, kind)| *kind == ends) {
            frames.push((start..at, kind));
        }
        has_text = mark.starts_with(STX);
        open = begins.map(|kind| (at + 1, kind));
    }
    if let Some((start, RemovedKind::Footer)) = open {
        frames.push((start..text.len(), RemovedKind::Footer));
    }
    frames.retain(|(frame, kind)| {
        let most = match kind {
            RemovedKind::Header => MOST_HEADER_LINES,
            _ => MOST_TRAILER_LINES,
        };
        let lines = text[frame.clone()].split(['\n', '\r']);
        lines
            .filter(|line| !line.trim().is_empty())
            .nth(most)
            .is_none()
    });
    frames
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn finds_where_dispatches_begin() {
        let one = "\u{16}\u{16}\u{1}a0001\n\u{2}Text\u{3}\n0309\u{4}\n";
        assert_eq!(starts(&one.repeat(3)), [0, one.len(), one.len() * 2]);
        assert_eq!(starts("He\u{1} left\u{3} town."), [0usize; 0]);
    }
}
