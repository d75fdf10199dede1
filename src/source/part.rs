//! The text of one article and its place in the file.

use std::borrow::Cow;

use crate::article::Removed;

/// The text of one article and its place in the file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Part<'a> {
    /// The text, with the headers of the export.
    pub text: Cow<'a, str>,
    /// The number of its first line in the file, from 1.
    pub first_line: u32,
    /// The line of the file on which each line of the text begins, if the text was taken out of a
    /// container. Empty if the lines are those of the file.
    pub lines: Vec<u32>,
    /// What the container holds between the articles, with the numbers of lines in the file.
    pub outside: Vec<Removed>,
    /// Whether it is a piece of a text longer than [`super::split::LONGEST`].
    pub is_piece: bool,
}

impl<'a> Part<'a> {
    /// Returns a part of a file that is no container.
    pub fn of_file(text: &'a str, first_line: u32) -> Self {
        Self {
            text: Cow::Borrowed(text),
            first_line,
            lines: Vec::new(),
            outside: Vec::new(),
            is_piece: false,
        }
    }

    /// Returns the line of the file for a line that was counted from `first_line` on.
    pub fn line_in_file(&self, counted: u32) -> u32 {
        let index = usize::try_from(counted.saturating_sub(self.first_line)).unwrap_or(usize::MAX);
        self.lines.get(index).copied().unwrap_or(counted)
    }
}

/// Returns the number of line ends in a text: `\n`, `\r\n` or `\r`.
pub fn line_ends(text: &[u8]) -> usize {
    memchr::memchr2_iter(b'\n', b'\r', text)
        .filter(|&at| text[at] == b'\n' || text.get(at + 1) != Some(&b'\n'))
        .count()
}
