//! Turns results into text for a terminal or a pipe, and into JSON lines.
//!
//! One result, several writers: [`answer`], [`article`] and [`person`] write for people, each in a
//! [`Style`]; [`json`] writes any record for programs.

mod answer;
mod article;
mod counts;
mod person;

use std::borrow::Cow;
use std::fmt::Write as _;
use std::io::{self, Write};

use serde::Serialize;
use serde_json::Serializer;
use serde_json::ser::Formatter;

pub use answer::answer;
pub use article::article;
pub use person::{likely, listed, listed_heading, people, person, write_left};

/// The narrowest terminal that text is wrapped for, in columns. Below it, every line would be cut
/// in pieces.
const LEAST_WIDTH: usize = 30;

/// How results are written for people.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Style {
    /// Whether to use colour.
    pub color: bool,
    /// How many columns there are; without a width, lines are not wrapped.
    pub width: Option<usize>,
    /// Whether paths link to their files (OSC 8).
    pub hyperlinks: bool,
    /// Whether to spell out control and bidirectional characters in the text of articles, as is right
    /// for a terminal; elsewhere they always are.
    pub escape: bool,
}

impl Style {
    fn text<'a>(&self, text: &'a str) -> Cow<'a, str> {
        if self.escape && text.chars().any(is_unsafe) {
            Cow::Owned(escape(text))
        } else {
            Cow::Borrowed(text)
        }
    }

    /// Writes text, wrapped where there is a width, each line after so many spaces.
    fn paragraph(&self, out: &mut impl Write, indent: usize, text: &str) -> io::Result<()> {
        let margin = " ".repeat(indent);
        let Some(width) = self.width else {
            return writeln!(out, "{margin}{text}");
        };
        let options = textwrap::Options::new(width.max(LEAST_WIDTH))
            .initial_indent(&margin)
            .subsequent_indent(&margin)
            .break_words(false);
        for line in textwrap::wrap(text, options) {
            writeln!(out, "{line}")?;
        }
        Ok(())
    }

    /// Puts text between the codes of a colour and of its end (ECMA-48, SGR).
    fn paint(&self, ink: Ink, text: &str) -> String {
        if !self.color || text.is_empty() {
            return text.to_owned();
        }
        let code = match ink {
            Ink::Bold => "1",
            Ink::Dim => "2",
            Ink::Hit => "1;33",
            Ink::Path => "36",
        };
        format!("\x1b[{code}m{text}\x1b[0m")
    }

    /// Makes text a link to a URL where the terminal takes that.
    fn link(&self, url: &str, text: &str) -> String {
        if self.hyperlinks {
            format!("\x1b]8;;{url}\x1b\\{text}\x1b]8;;\x1b\\")
        } else {
            text.to_owned()
        }
    }
}

/// What a piece of text is shown as.
#[derive(Clone, Copy)]
enum Ink {
    Bold,
    Dim,
    Hit,
    Path,
}

/// Writes a record as one line of JSON. What acts on a terminal is written as JSON's own escapes,
/// which any reader turns back.
pub fn json(out: &mut impl Write, record: &impl Serialize) -> io::Result<()> {
    record.serialize(&mut Serializer::with_formatter(&mut *out, SafeJson))?;
    writeln!(out)
}

/// Compact JSON in which [`is_unsafe`] characters are escaped.
struct SafeJson;

impl Formatter for SafeJson {
    fn write_string_fragment<W>(&mut self, writer: &mut W, fragment: &str) -> io::Result<()>
    where
        W: ?Sized + Write,
    {
        let mut plain = fragment;
        while let Some(at) = plain.find(is_unsafe) {
            let mut rest = plain[at..].chars();
            let c = rest.next().map_or(0, u32::from);
            write!(writer, "{}\\u{c:04x}", &plain[..at])?;
            plain = rest.as_str();
        }
        writer.write_all(plain.as_bytes())
    }
}

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
/// direction of text or end a line or a paragraph (Unicode Standard Annex 9). All are in the Basic
/// Multilingual Plane.
fn is_unsafe(c: char) -> bool {
    c.is_control()
        || matches!(
            c,
            '\u{061c}' | '\u{200e}' | '\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2066}'..='\u{206f}'
        )
}

/// Returns a number with its noun, as in "1 article" and "2 articles".
pub fn count(number: usize, noun: &str) -> String {
    let ending = if number == 1 { "" } else { "s" };
    format!("{number} {noun}{ending}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spells_out_what_acts_on_a_terminal() {
        for (text, expected) in [
            ("plain é 東京", "plain é 東京"),
            ("\x1b[2J", "\\u{1b}[2J"),
            ("a\nb\u{202e}c", "a\\u{a}b\\u{202e}c"),
        ] {
            assert_eq!(escape(text), expected);
        }
    }

    #[test]
    fn json_does_nothing_to_a_terminal_and_says_the_same() {
        let text = "a\x1b\u{7f}\u{9b}2J “é” \\ \u{202e}東";
        let mut out = Vec::new();
        json(&mut out, &text).unwrap();
        let written = String::from_utf8(out).unwrap();
        assert_eq!(written, "\"a\\u001b\\u007f\\u009b2J “é” \\\\ \\u202e東\"\n");
        assert_eq!(serde_json::from_str::<String>(&written).unwrap(), text);
    }

    #[test]
    fn wraps_to_the_width() {
        let style = Style {
            width: Some(30),
            ..Style::default()
        };
        let mut out = Vec::new();
        style
            .paragraph(
                &mut out,
                4,
                "The council met on Tuesday to vote on the sale.",
            )
            .unwrap();
        let text = String::from_utf8(out).unwrap();
        assert_eq!(
            text,
            "    The council met on Tuesday\n    to vote on the sale.\n"
        );
    }
}
