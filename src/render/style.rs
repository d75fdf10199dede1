//! How text is styled: colour, wrapping, hyperlinks, escaping.

use std::borrow::Cow;
use std::io::{self, Write};

use super::escape::{escape, is_unsafe};

/// The smallest width, in columns, that text is wrapped to. On a narrower terminal, most lines would
/// hold one word.
const MIN_WIDTH: usize = 30;

/// How results are written as text.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Style {
    /// Whether to use colour.
    pub color: bool,
    /// The width in columns; text is not wrapped if it is `None`.
    pub width: Option<usize>,
    /// Whether paths are links to their files (OSC 8).
    pub hyperlinks: bool,
    /// Whether to [`escape`] the text of articles, which is right for a terminal. Paths and the echoed
    /// query are always escaped.
    pub escape: bool,
}

impl Style {
    /// Returns text of an article, escaped if the style asks for it.
    pub(super) fn text<'a>(&self, text: &'a str) -> Cow<'a, str> {
        if self.escape && text.chars().any(is_unsafe) {
            Cow::Owned(escape(text))
        } else {
            Cow::Borrowed(text)
        }
    }

    /// Writes a paragraph, wrapped to the width if there is one. Each line is indented by `indent`
    /// spaces.
    pub(super) fn paragraph(
        &self,
        out: &mut impl Write,
        indent: usize,
        text: &str,
    ) -> io::Result<()> {
        let margin = " ".repeat(indent);
        let Some(width) = self.width else {
            return writeln!(out, "{margin}{text}");
        };
        let options = textwrap::Options::new(width.max(MIN_WIDTH))
            .initial_indent(&margin)
            .subsequent_indent(&margin)
            .break_words(false);
        for line in textwrap::wrap(text, options) {
            writeln!(out, "{line}")?;
        }
        Ok(())
    }

    /// Returns text between the escape codes that start and reset a colour (ECMA-48, SGR).
    pub(super) fn paint(&self, ink: Ink, text: &str) -> String {
        if !self.color || text.is_empty() {
            return text.to_owned();
        }
        let code = match ink {
            Ink::Plain => return text.to_owned(),
            Ink::Bold => "1",
            Ink::Dim => "2",
            Ink::Hit => "1;33",
            Ink::Path => "36",
            Ink::Cut => "9;31",
            Ink::Added => "32",
        };
        format!("\x1b[{code}m{text}\x1b[0m")
    }

    /// Returns text as a hyperlink to a URL, if the terminal supports hyperlinks.
    pub(super) fn link(&self, url: &str, text: &str) -> String {
        if self.hyperlinks {
            format!("\x1b]8;;{url}\x1b\\{text}\x1b]8;;\x1b\\")
        } else {
            text.to_owned()
        }
    }
}

/// The colours and weights of text.
#[derive(Clone, Copy)]
pub(super) enum Ink {
    Plain,
    Bold,
    Dim,
    Hit,
    Path,
    Cut,
    Added,
}

#[cfg(test)]
mod tests {
    use super::*;

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
