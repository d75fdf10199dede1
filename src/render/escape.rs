//! Escapes characters that act on a terminal.

use std::fmt::Write;

/// Returns the text with its control and bidirectional characters spelled out, as in `\u{1b}`. File
/// names and article text may contain characters that move the cursor of a terminal or reverse the
/// direction of a line.
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

/// Returns whether a character acts on a terminal: a control character, or a character that changes
/// the direction of text or ends a line or a paragraph (Unicode Standard Annex 9). All of these are
/// in the Basic Multilingual Plane.
pub(super) fn is_unsafe(c: char) -> bool {
    c.is_control()
        || matches!(
            c,
            '\u{061c}' | '\u{200e}' | '\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2066}'..='\u{206f}'
        )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spells_out_unsafe_characters() {
        for (text, expected) in [
            ("plain é 東京", "plain é 東京"),
            ("\x1b[2J", "\\u{1b}[2J"),
            ("a\nb\u{202e}c", "a\\u{a}b\\u{202e}c"),
        ] {
            assert_eq!(escape(text), expected);
        }
    }
}
