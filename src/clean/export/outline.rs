//! The lines of a text that may be the marks and labels of a database.

use std::ops::Range;

use super::page_heads;
use crate::text::sentence::{ends_sentence, starts_lower};

/// The most bytes of a line, and of the text before a colon, for it to be looked at as a mark.
pub(super) const LONGEST_MARK: usize = 60;

/// The lines of a text that may be marks or labels: the first one, short lines, and those that begin
/// with a few words and a colon.
pub(super) struct Outline<'a> {
    /// All lines of the text, trimmed. Those that number a printed page are empty. Of double-spaced
    /// text, the empty line behind each line is left out.
    pub lines: Vec<&'a str>,
    /// The indexes of these lines in the text.
    pub places: Vec<usize>,
    /// The lines that number a printed page.
    pub page_lines: Vec<usize>,
    /// The lines that may be marks.
    pub marks: Vec<usize>,
}

impl<'a> Outline<'a> {
    /// Reads the outline of a text, or returns `None` if it has no lines with text.
    pub fn of(raw: &[&'a str]) -> Option<Self> {
        let first_text = raw.iter().position(|line| !line.trim().is_empty())?;
        let is_double = is_double_spaced(raw);
        let mut lines = Vec::with_capacity(raw.len());
        let mut places = Vec::with_capacity(raw.len());
        let (mut page_lines, mut marks) = (Vec::new(), Vec::new());
        let mut is_behind_text = false;
        for (i, line) in raw.iter().enumerate() {
            let mut line = line.trim();
            if is_double && line.is_empty() && std::mem::take(&mut is_behind_text) {
                continue;
            }
            is_behind_text = !line.is_empty();
            if page_heads::is_page_line(line) {
                line = "";
                page_lines.push(i);
            }
            // The first line may be a long title.
            if i == first_text || may_be_mark(line) {
                marks.push(lines.len());
            }
            lines.push(line);
            places.push(i);
        }
        Some(Self {
            lines,
            places,
            page_lines,
            marks,
        })
    }

    /// Returns a range of lines as lines of the text.
    pub fn placed(&self, range: Range<usize>) -> Range<usize> {
        let place = |i: usize| self.places.get(i).copied();
        let end = range.end.checked_sub(1).and_then(place);
        let start = place(range.start).or(end.map(|end| end + 1));
        start.unwrap_or(0)..end.map_or(0, |end| end + 1)
    }

    /// Returns the first line that matches one of the patterns.
    pub fn first(&self, patterns: &[&str]) -> Option<usize> {
        self.find(|line| patterns.iter().any(|pattern| is_line(line, pattern)))
    }

    /// Returns the first line of those that may be marks for which a test holds.
    pub fn find(&self, test: impl Fn(&str) -> bool) -> Option<usize> {
        self.marks.iter().copied().find(|&i| test(self.lines[i]))
    }

    /// Returns the last line above `end` of those that may be marks for which a test holds.
    pub fn find_last_above(&self, end: usize, test: impl Fn(&str) -> bool) -> Option<usize> {
        let above = self.marks.partition_point(|&i| i < end);
        let mut above = self.marks[..above].iter().rev().copied();
        above.find(|&i| test(self.lines[i]))
    }

    /// Returns whether a line matches one of the patterns.
    pub fn has(&self, patterns: &[&str]) -> bool {
        self.first(patterns).is_some()
    }

    /// Returns the first line from `start` on that has text.
    pub fn text_from(&self, start: usize) -> Option<usize> {
        (start..self.lines.len()).find(|&i| !self.lines[i].is_empty())
    }
}

fn may_be_mark(line: &str) -> bool {
    !line.is_empty()
        && (line.len() <= LONGEST_MARK
            || memchr::memchr(b':', &line.as_bytes()[..LONGEST_MARK]).is_some())
}

/// The fewest sentences over two lines from which double spacing is recognised.
const FEWEST_CUTS: usize = 3;

/// Returns whether an empty line stands behind each line: inside most sentences that go on over two
/// lines.
fn is_double_spaced(lines: &[&str]) -> bool {
    let (mut cuts, mut doubled) = (0, 0);
    let mut last: Option<(usize, &str)> = None;
    for (i, line) in lines.iter().enumerate() {
        let line = line.trim();
        if line.is_empty() {
            continue;
        }
        if starts_lower(line)
            && let Some((at, last)) = last
            && !ends_sentence(last)
        {
            cuts += 1;
            doubled += usize::from(i == at + 2);
        }
        last = Some((i, line));
    }
    cuts >= FEWEST_CUTS && doubled * 2 > cuts
}

/// Returns whether a line matches a pattern: it begins with one that ends in a colon or an asterisk,
/// and equals any other.
pub(super) fn is_line(line: &str, pattern: &str) -> bool {
    if line.as_bytes().first() != pattern.as_bytes().first() {
        return false;
    }
    match pattern.strip_suffix('*') {
        Some(start) => line.starts_with(start),
        None if pattern.ends_with(':') => line.starts_with(pattern),
        None => line == pattern,
    }
}
