//! The lines of one article: their text, indent, page and fate.

use std::borrow::Cow;

use super::characters::LINE_BREAK;
use crate::article::RemovedKind;
use crate::text::words::{beyond_ascii, push_collapsed};

/// One line of the file.
#[derive(Clone, Debug, PartialEq)]
pub struct Line<'a> {
    /// Its number in the file, from 1.
    pub number: u32,
    /// Its text, trimmed and with one space between words.
    pub text: Cow<'a, str>,
    /// The text as it was set, if a part of it was taken out. Lines are measured by it.
    pub set: Option<String>,
    /// The columns of white space before it.
    pub indent: usize,
    /// Whether it is the first line of a page.
    pub starts_page: bool,
    /// What is done with it.
    pub fate: Fate,
}

/// What is done with a line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fate {
    /// It has no text.
    Blank,
    /// It is joined into a block.
    Text,
    /// It goes to the receipt.
    Out(RemovedKind),
}

impl Line<'_> {
    /// Returns whether the line is joined into a block.
    pub fn is_text(&self) -> bool {
        self.fate == Fate::Text
    }

    /// Returns the text as it was set.
    pub fn as_set(&self) -> &str {
        self.set.as_deref().unwrap_or(&self.text)
    }

    /// Replaces the text, and keeps the text as it was set.
    pub fn edit(&mut self, text: String) {
        if text.is_empty() {
            self.fate = Fate::Blank;
        }
        let set = std::mem::replace(&mut self.text, Cow::Owned(text));
        self.set.get_or_insert_with(|| set.into_owned());
    }
}

/// Splits a text into lines. `\n` and `\r\n` end a line, and `\r` if the text has no `\n`. A
/// [`LINE_BREAK`] ends one too, and stays at its end.
pub fn split(text: &str) -> Vec<&str> {
    let text = text.strip_suffix('\n').unwrap_or(text);
    let has_breaks = text.contains(LINE_BREAK);
    let end = if memchr::memchr(b'\n', text.as_bytes()).is_none() {
        b'\r'
    } else {
        b'\n'
    };
    let text = text
        .strip_suffix('\r')
        .filter(|_| end == b'\r')
        .unwrap_or(text);
    let ends = memchr::memchr_iter(end, text.as_bytes());
    let mut start = 0;
    let lines = ends.chain([text.len()]).map(|end| {
        let line = &text[start..end];
        start = end + 1;
        line.strip_suffix('\r').unwrap_or(line)
    });
    if !has_breaks {
        return lines.collect();
    }
    let mut pieces = Vec::new();
    for line in lines {
        pieces.extend(line.split_inclusive(LINE_BREAK));
        if line.is_empty() || line.ends_with(LINE_BREAK) {
            pieces.push(&line[line.len()..]);
        }
    }
    pieces
}

/// Trims the lines, measures their indents, and finds the starts of pages: form feeds and lone
/// leading spaces.
pub fn read<'a>(raw: &[&'a str], first_number: u32) -> Vec<Line<'a>> {
    let mut feed_before = false;
    let mut number = first_number;
    let mut lines: Vec<Line<'a>> = raw
        .iter()
        .map(|&raw| {
            let mut line = read_one(raw, number);
            number += u32::from(!raw.ends_with(LINE_BREAK));
            if line.is_text() {
                line.starts_page |= feed_before;
                feed_before = raw.trim_end_matches([' ', '\t']).ends_with('\u{c}');
            } else {
                line.starts_page = false;
                feed_before |= raw.contains('\u{c}');
            }
            line
        })
        .collect();
    mark_lone_spaces(&mut lines);
    lines
}

fn read_one(raw: &str, number: u32) -> Line<'_> {
    let text = raw.trim_start();
    let lead = &raw[..raw.len() - text.len()];
    let text = text.trim_end();
    let has_control = text
        .bytes()
        .fold(false, |found, byte| found | byte.is_ascii_control());
    let is_single_spaced = !has_control
        && !text.contains("  ")
        && (text.is_ascii() || !beyond_ascii(text).any(char::is_whitespace));
    let text = if let Some(closed_up) = close_up(text) {
        Cow::Owned(closed_up)
    } else if is_single_spaced {
        Cow::Borrowed(text)
    } else {
        let mut collapsed = String::with_capacity(text.len());
        push_collapsed(&mut collapsed, text);
        Cow::Owned(collapsed)
    };
    Line {
        number,
        fate: if text.is_empty() {
            Fate::Blank
        } else {
            Fate::Text
        },
        indent: lead.chars().filter(|c| *c != '\u{c}').count(),
        starts_page: lead.contains('\u{c}'),
        text,
        set: None,
    }
}

/// The fewest letters of a line that is set with spaces between its letters.
const FEWEST_SPACED: usize = 6;

/// The most capitals in a row that are one word without a sign of it.
const LONGEST_WORD: usize = 14;

/// Returns a line that is set with a space between all letters as it is read, as in `N E W S  R E L E A S E` or
/// `4 J u n e 2 0 2 1`; `None` if it is set otherwise. Words are apart by two spaces, or begin with a capital or
/// a digit after other characters; where neither shows them, a line longer than a word stays as it is.
fn close_up(text: &str) -> Option<String> {
    let spaces = memchr::memchr_iter(b' ', text.as_bytes()).count();
    if spaces * 5 < text.len() * 2 || spaces + 1 < FEWEST_SPACED {
        return None;
    }
    let is_single = |token: &str| token.chars().count() == 1;
    let tokens = || text.split_whitespace();
    let singles = tokens().filter(|token| is_single(token)).count();
    if singles < FEWEST_SPACED || singles * 5 < tokens().count() * 4 {
        return None;
    }
    let mut out = String::with_capacity(text.len());
    for word in text
        .split("  ")
        .map(str::trim)
        .filter(|word| !word.is_empty())
    {
        let mut last = ' ';
        let mut length = 0;
        for token in word.split_whitespace() {
            let first = token.chars().next().unwrap_or(' ');
            let begins = first.is_uppercase() && last.is_lowercase()
                || first.is_numeric() != last.is_numeric()
                    && first.is_alphanumeric()
                    && last.is_alphanumeric()
                || !is_single(token);
            if (begins || last == ' ') && !out.is_empty() {
                out.push(' ');
                length = 0;
            }
            out.push_str(token);
            length += 1;
            last = token.chars().next_back().unwrap_or(' ');
        }
        if length > LONGEST_WORD {
            return None;
        }
    }
    Some(out)
}

/// Marks lines with a single leading space as starts of pages, if other lines have no indent: some
/// extractors write a space where a page begins.
fn mark_lone_spaces(lines: &mut [Line<'_>]) {
    let (mut flush, mut single, mut deeper) = (0usize, 0usize, 0usize);
    for line in lines.iter().filter(|line| line.is_text()) {
        match line.indent {
            0 => flush += 1,
            1 => single += 1,
            _ => deeper += 1,
        }
    }
    if single == 0 || single * 5 > flush + 5 || deeper > flush {
        return;
    }
    for line in lines.iter_mut().filter(|line| line.is_text()) {
        if line.indent == 1 {
            line.indent = 0;
            line.starts_page = true;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cuts_at_every_kind_of_line_end() {
        for (text, expected) in [
            ("a\nb\n", vec!["a", "b"]),
            ("a\r\nb\r\n", vec!["a", "b"]),
            ("a\rb", vec!["a", "b"]),
            ("a\n\n", vec!["a", ""]),
            ("", vec![""]),
            ("a\u{2028}b\n\nc", vec!["a\u{2028}", "b", "", "c"]),
        ] {
            assert_eq!(split(text), expected, "{text:?}");
        }
    }

    #[test]
    fn a_form_feed_or_a_lone_space_starts_a_page() {
        let raw = split("One\n\u{c}Two\nThree\n \u{c}\nFour\n five\n\u{c}\n");
        let lines = read(&raw, 7);
        let starts: Vec<_> = lines
            .iter()
            .filter(|l| l.starts_page)
            .map(|l| (l.number, l.text.as_ref()))
            .collect();
        assert_eq!(starts, [(8, "Two"), (11, "Four"), (12, "five")]);
        assert!(lines.iter().all(|l| l.indent == 0 || !l.is_text()));
    }

    #[test]
    fn breaks_inside_a_line_do_not_count() {
        let raw = split("a\u{2028}\u{2028}b\nc");
        let lines = read(&raw, 3);
        let numbers: Vec<_> = lines.iter().map(|l| (l.number, l.text.as_ref())).collect();
        assert_eq!(numbers, [(3, "a"), (3, ""), (3, "b"), (4, "c")]);
    }

    #[test]
    fn closes_up_spaced_letters() {
        for (text, expected) in [
            ("M E D I A  R E L E A S E", Some("MEDIA RELEASE")),
            ("24 N o v e m b e r 2 0 2 1", Some("24 November 2021")),
            ("N O T I C E", Some("NOTICE")),
            ("T H E B O A R D S H U T S T H E S T A I R S", None),
            ("a b c", None),
            ("I am a man of no means", None),
            ("1 2 3 4 5", None),
        ] {
            assert_eq!(close_up(text).as_deref(), expected, "{text}");
        }
    }

    #[test]
    fn a_margin_of_one_is_no_seam() {
        let raw = [" a", " b", " c", " d", " e", " f", "g"];
        assert!(read(&raw, 1).iter().all(|l| !l.starts_page));
    }

    #[test]
    fn single_spaces_the_text() {
        let raw = ["   a\tb   c  ", "d e"];
        let lines = read(&raw, 1);
        assert_eq!(lines[0].text, "a b c");
        assert_eq!(lines[0].indent, 3);
        assert_eq!(lines[1].text, "d e");
    }
}
