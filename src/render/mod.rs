//! Turns results into text for a terminal or a pipe, and into JSON lines.

use std::fmt::Write;

/// Returns a text with its control and bidirectional characters spelled out, as `\u{1b}`: names
/// and text of files may hold what would move the cursor of a terminal or turn a line around.
pub fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        if is_unsafe(c) {
            // Writing to a string cannot fail.
            let _ = write!(out, "\\u{{{:x}}}", u32::from(c));
        } else {
            out.push(c);
        }
    }
    out
}

/// Returns whether a character acts on a terminal: control characters, and those that change the
/// direction of text (Unicode Standard Annex 9).
fn is_unsafe(c: char) -> bool {
    c.is_control()
        || matches!(c, '\u{061c}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}
