//! The text of an article as it is written out of a container, with the line of the file on which
//! each of its lines begins.

use crate::source::part::line_ends;

/// Counts the lines of a text up to growing offsets.
pub struct LineCounter<'a> {
    text: &'a str,
    at: usize,
    number: u32,
}

impl<'a> LineCounter<'a> {
    /// Returns a counter at the start of a text whose first line has this number.
    pub fn new(text: &'a str, first_line: u32) -> Self {
        Self {
            text,
            at: 0,
            number: first_line,
        }
    }

    /// Returns the number of the line at a byte offset, not before those that were asked for.
    pub fn line_at(&mut self, offset: usize) -> u32 {
        let passed = self.text.as_bytes().get(self.at..offset);
        let lines = u32::try_from(passed.map_or(0, line_ends)).unwrap_or(u32::MAX);
        self.at = self.at.max(offset);
        self.number = self.number.saturating_add(lines);
        self.number
    }
}

/// A text that grows, with the line of the file for each of its lines.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Paper {
    /// The text.
    pub text: String,
    /// The line of the file on which each line begins.
    pub lines: Vec<u32>,
}

impl Paper {
    /// Adds a line.
    pub fn push_line(&mut self, line: &str, number: u32) {
        self.end_line();
        self.text.push_str(line);
        self.lines.push(number);
        self.text.push('\n');
    }

    /// Adds text as it is, from a line of the file on.
    pub fn push(&mut self, text: &str, number: u32) {
        for (number, line) in (number..).zip(text.split_inclusive('\n')) {
            if self.is_at_line_start() {
                self.lines.push(number);
            }
            let bare = line.trim_end_matches(['\n', '\r']);
            self.text.push_str(bare);
            if bare.len() < line.len() {
                self.text.push('\n');
            }
        }
    }

    /// Adds text of a paragraph, in which every white space is one space.
    pub fn push_running(&mut self, text: &str, number: u32) {
        let mut number = number;
        for c in text.chars() {
            if c == '\n' {
                number = number.saturating_add(1);
            }
            if self.is_at_line_start() {
                if c.is_whitespace() {
                    continue;
                }
                self.lines.push(number);
            }
            if !c.is_whitespace() {
                self.text.push(c);
            } else if !self.text.ends_with(' ') {
                self.text.push(' ');
            }
        }
    }

    /// Ends the line that is open, if one is.
    pub fn end_line(&mut self) {
        if !self.is_at_line_start() {
            self.text.push('\n');
        }
    }

    /// Ends a paragraph with a blank line, if one is open.
    pub fn end_paragraph(&mut self, number: u32) {
        self.end_line();
        if !self.text.is_empty() && !self.text.ends_with("\n\n") {
            self.lines.push(number);
            self.text.push('\n');
        }
    }

    fn is_at_line_start(&self) -> bool {
        self.text.is_empty() || self.text.ends_with('\n')
    }
}
