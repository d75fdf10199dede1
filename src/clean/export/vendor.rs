//! Reads the exports of newspaper databases by a description of each vendor's layout.
//!
//! All of them print the same parts in the same order: a cover, lines without labels in a fixed
//! order (outlet, day, headline), labelled headers, a mark where the text begins, the text, and
//! closing lines. A [`Vendor`] says how one database marks these parts; [`read`] does the rest.

use std::ops::Range;

use super::citation::{self, Citation};
use super::header::{Export, Form, Header, Label, TOP_LINES, header, is_notice};
use super::outline::{LONGEST_MARK, Outline, is_line};
use super::page_heads;
use crate::clean::credits::{is_bare_name, is_byline, is_trade};
use crate::text::sentence::ends_sentence;

/// How a database lays out its exports.
pub(super) struct Vendor {
    /// The form that it is.
    pub form: Form,
    /// Returns the first line of the head, below any cover, or `None` if a text is not an export of
    /// this vendor.
    pub start: fn(&Outline<'_>) -> Option<usize>,
    /// Reads the lines without labels at the top of the head, and returns the line after them.
    pub top: fn(&mut Head<'_>) -> usize,
    /// The labels as they are printed, with their meanings.
    pub labels: &'static [(&'static str, Label)],
    /// Whether any word in capitals before a colon is a label.
    pub has_labels_in_capitals: bool,
    /// The patterns (see [`is_line`]) of the line after which the text begins; the first one that is
    /// printed counts. Where none is, the text begins below the labelled headers.
    pub body_marks: &'static [&'static str],
    /// The patterns of the lines that end the text. Two labels one below the other end it too.
    pub closing: &'static [&'static str],
    /// Returns whether a line ends the text that no pattern describes.
    pub is_end: fn(&str) -> bool,
    /// Whether surnames stand first, as in "Writer, Ann; Smith, Jo".
    pub has_surnames_first: bool,
}

/// The [`Vendor::is_end`] of vendors that need none.
pub(super) fn never(_: &str) -> bool {
    false
}

/// The head of an export while it is read.
pub(super) struct Head<'a> {
    vendor: &'a Vendor,
    /// All lines of the text, as in [`Outline::lines`].
    pub lines: &'a [&'a str],
    /// The lines of the head. It ends where the text begins, or with the text if that is not
    /// marked.
    pub range: Range<usize>,
    /// The bytes of the longest line.
    width: usize,
    found: Vec<Header>,
}

/// The most lines in the value of one header: of lists and summaries, and of others.
const LONGEST_LIST: usize = 30;
const LONGEST_VALUE: usize = 3;

/// The most labelled headers above a text.
const MOST_LABELS: usize = 100;

/// The most bytes of a line that goes on with a value.
const LONGEST_LINE: usize = 160;

impl Head<'_> {
    /// Returns the label and the value of a labelled line.
    pub fn label_of<'l>(&self, line: &'l str) -> Option<(Label, &'l str)> {
        let (word, value) = line.split_once(':')?;
        let word = word.trim_end();
        let labels = self.vendor.labels;
        let known = labels.iter().find(|(known, _)| *known == word);
        let is_in_capitals = || {
            self.vendor.has_labels_in_capitals
                && word.len() >= 2
                && word.bytes().all(|b| b.is_ascii_uppercase() || b == b'-')
        };
        known
            .map(|&(_, label)| label)
            .or_else(|| is_in_capitals().then_some(Label::Other))
            .map(|label| (label, value.trim()))
    }

    /// Returns the first labelled line of the head from `start` on, or the end of the head.
    pub fn first_label(&self, start: usize) -> usize {
        let vendor = self.vendor;
        let is_known = |line: &str| {
            let word = line.split_once(':').map(|(word, _)| word.trim_end());
            word.is_some_and(|word| vendor.labels.iter().any(|(known, _)| *known == word))
        };
        (start..self.range.end)
            .find(|&i| is_known(self.lines[i]))
            .unwrap_or(self.range.end)
    }

    /// Returns whether the head has a labelled line with this meaning.
    pub fn has_label(&self, label: Label) -> bool {
        self.range.clone().any(|i| {
            self.label_of(self.lines[i])
                .is_some_and(|(found, _)| found == label)
        })
    }

    /// Returns the paragraphs in a range of lines.
    pub fn paragraphs(&self, range: Range<usize>) -> Vec<Range<usize>> {
        let mut found: Vec<Range<usize>> = Vec::new();
        for i in range {
            if self.lines[i].is_empty() {
                continue;
            }
            match found.last_mut() {
                Some(last) if last.end == i => last.end = i + 1,
                _ => found.push(i..i + 1),
            }
        }
        found
    }

    /// Adds the lines of a range as a header.
    pub fn add(&mut self, label: Label, range: Range<usize>) {
        if !range.is_empty() {
            self.found.push(header(label, self.lines, range));
        }
    }

    /// Adds a value that is a part of a line.
    pub fn add_part(&mut self, label: Label, value: &str, line: usize) {
        if !value.is_empty() {
            self.found.push(Header {
                label,
                value: value.to_owned(),
                lines: line..line + 1,
            });
        }
    }

    /// Adds the outlet, the day and the page of a line that has them together.
    pub fn add_citation(&mut self, citation: &Citation<'_>, line: usize) {
        self.add_part(
            Label::Source,
            &citation::straight_title(citation.outlet),
            line,
        );
        self.add_part(Label::Published, citation.day, line);
        self.add_part(Label::Page, citation.page, line);
    }

    /// Adds the labelled headers in a range of lines. A value goes on up to the next label, or to a
    /// blank line.
    pub fn add_labelled(&mut self, range: Range<usize>) {
        let mut open: Option<Label> = None;
        for i in range {
            let line = self.lines[i];
            if let Some((label, value)) = self.label_of(line) {
                let mut label = label;
                let mut value = value;
                // "Author: Ann Writer | Section: Local | Page: A6"
                while let Some((first, rest)) = value.split_once(" | ")
                    && let Some((next, next_value)) = self.label_of(rest.trim())
                {
                    self.push(label, first.trim(), i);
                    (label, value) = (next, next_value);
                }
                self.push(label, value, i);
                open = Some(label);
            } else if line.is_empty() {
                // A label may stand on a line of its own.
                let is_waiting = self.found.last().is_some_and(|last| last.value.is_empty());
                open = open.filter(|_| is_waiting);
            } else if open.is_some() && !self.is_closing(line) {
                if let Some(last) = self.found.last_mut() {
                    // Surnames first stand one on a line.
                    let is_name = self.vendor.has_surnames_first && last.label == Label::Byline;
                    if !last.value.is_empty() {
                        last.value.push_str(if is_name { "; " } else { " " });
                    }
                    last.value.push_str(line);
                    last.lines.end = i + 1;
                }
            } else {
                open = None;
            }
        }
    }

    fn push(&mut self, label: Label, value: &str, line: usize) {
        self.found.push(Header {
            label,
            value: value.to_owned(),
            lines: line..line + 1,
        });
    }

    /// Returns the line after the labelled headers from `start` on, where the text begins. The value
    /// of a header goes on over lines without a label only up to the next new label, so that a text
    /// directly below the last header is not taken for its value.
    pub fn end_of_labels(&self, start: usize) -> usize {
        let mut seen: Vec<&str> = Vec::new();
        let mut end = start;
        let mut i = start;
        while i < self.range.end && seen.len() < MOST_LABELS {
            let line = self.lines[i];
            if line.is_empty() {
                i += 1;
                continue;
            }
            if self.is_closing(line) {
                break;
            }
            let Some((label, value)) = self.label_of(line) else {
                break;
            };
            seen.push(&line[..line.len() - value.len()]);
            let is_next = |line: &str| {
                let label = self
                    .label_of(line)
                    .map(|(_, value)| &line[..line.len() - value.len()]);
                !self.is_closing(line) && label.is_some_and(|label| !seen.contains(&label))
            };
            // Lists of subjects and of writers stand one below the other; another value only goes on
            // where its line was full.
            let is_list = matches!(label, Label::Other | Label::Standfirst)
                || label == Label::Byline && self.vendor.has_surnames_first;
            let most = match (is_list, self.is_whole(i)) {
                (true, _) => LONGEST_LIST,
                (false, false) => LONGEST_VALUE,
                (false, true) => 0,
            };
            let limit = self.range.end.min(i + 1 + most);
            let stop = (i + 1..limit)
                .find(|&k| {
                    let line = self.lines[k];
                    line.is_empty()
                        || line.len() > LONGEST_LINE
                        || self.is_closing(line)
                        || self.label_of(line).is_some()
                })
                .unwrap_or(limit);
            let follows = (stop..self.range.end).find(|&k| !self.lines[k].is_empty());
            // The value of the last header is one line, or a short paragraph if it is free text.
            end = if follows.is_some_and(|k| is_next(self.lines[k]))
                || label.is_free_text() && self.lines.get(stop).is_some_and(|line| line.is_empty())
            {
                stop
            } else {
                i + 1
            };
            i = end;
        }
        end
    }

    /// Returns whether a line is the name of the outlet, or that of its owner as in the copyright
    /// notice.
    fn is_outlet_or_owner(&self, line: &str) -> bool {
        let is_outlet = |h: &Header| h.label == Label::Source && h.value == line;
        self.found.iter().any(is_outlet)
            || line.contains(' ')
                && line.len() <= LONGEST_MARK
                && self.lines[self.range.clone()]
                    .iter()
                    .take(TOP_LINES)
                    .any(|notice| is_notice(notice) && notice.contains(line))
    }

    /// Returns whether the first word of the next line would have fitted on a line, so that the two
    /// are not one text that was wrapped.
    pub fn is_whole(&self, line: usize) -> bool {
        let word = self
            .lines
            .get(line + 1)
            .and_then(|next| next.split(' ').next());
        word.is_none_or(|word| self.lines[line].len() + 1 + word.len() <= self.width)
    }

    /// Reads the headline, the first paragraph from `start` on, and the writer below it, if the next
    /// paragraph is nothing but names and trades. Returns the line where the text begins.
    pub fn headline_and_writer(&mut self, start: usize) -> usize {
        let near = self.range.end.min(start + TOP_LINES);
        let paragraphs = self.paragraphs(start..near);
        let Some(title) = paragraphs.first().cloned() else {
            return start;
        };
        let is_credit = |i: usize| {
            let line = self.lines[i];
            is_byline(line) || line.split("; ").all(is_bare_name) || is_trade(line)
        };
        // Without blank lines the headline ends at the writer.
        let inside = title.clone().skip(1).find(|&i| is_credit(i));
        let below = paragraphs.get(1).cloned().filter(|below| {
            below.len() <= 3
                && below
                    .clone()
                    .all(|i| is_credit(i) && !ends_sentence(self.lines[i]))
        });
        let (writer, end) = match (inside, below) {
            (Some(writer), _) => (
                writer..writer + 1,
                (writer..title.end)
                    .find(|&i| !is_credit(i))
                    .unwrap_or(title.end),
            ),
            (None, Some(below)) => (below.start..below.start + 1, below.end),
            (None, None) => (title.end..title.end, title.end),
        };
        // A summary stands right below the headline.
        let title = title.start..title.end.min(writer.start);
        let headline_end = title
            .clone()
            .find(|&i| i + 1 < title.end && self.is_whole(i));
        let headline_end = headline_end.map_or(title.end, |i| i + 1);
        self.add(Label::Headline, title.start..headline_end);
        self.add(Label::Standfirst, headline_end..title.end);
        self.add(Label::Byline, writer);
        end
    }

    /// Returns whether a line ends the text wherever it stands.
    fn is_closing(&self, line: &str) -> bool {
        let mut closing = self.vendor.closing.iter();
        closing.any(|pattern| is_line(line, pattern)) || (self.vendor.is_end)(line)
    }

    /// Returns the line at which the text that begins with `start` ends.
    fn end_of_body(&self, start: usize) -> usize {
        let is_weak = |line: &str| {
            is_notice(line) || line.starts_with("http") || self.label_of(line).is_some()
        };
        let count = self.lines.len();
        (start..count)
            .find(|&i| {
                let line = self.lines[i];
                !line.is_empty()
                    && (self.is_closing(line)
                        || is_weak(line)
                            && (i + 1..count)
                                .find(|&k| !self.lines[k].is_empty())
                                .is_none_or(|k| {
                                    self.is_closing(self.lines[k]) || is_weak(self.lines[k])
                                }))
            })
            .unwrap_or(count)
    }
}

/// Reads a text as an export of a vendor, or returns `None` if it is not one.
pub(super) fn read(vendor: &Vendor, outline: &Outline<'_>) -> Option<Export> {
    let start = (vendor.start)(outline)?;
    let lines = outline.lines.as_slice();
    let mark = vendor.body_marks.iter().find_map(|pattern| {
        let mut marks = outline.marks.iter().copied();
        let i = marks.find(|&i| i >= start && is_line(lines[i], pattern))?;
        Some((i, pattern.trim_end_matches('*').len()))
    });
    let mut head = Head {
        vendor,
        lines,
        range: start..mark.map_or(lines.len(), |(i, _)| i),
        width: lines.iter().map(|line| line.len()).max().unwrap_or(0),
        found: Vec::new(),
    };
    let labels = (vendor.top)(&mut head);
    let mut body_labels = Vec::new();
    let body_start = match mark {
        Some((i, length)) if lines[i].len() > length => {
            body_labels.push((i, length));
            i
        }
        Some((i, _)) => i + 1,
        None => head.end_of_labels(labels),
    };
    head.add_labelled(labels..mark.map_or(body_start, |(i, _)| i));
    let first = body_start + usize::from(!body_labels.is_empty());
    let mut body_end = head.end_of_body(first);
    // The outlet or its owner may be named once more below the text.
    let last = (first..body_end).rev().find(|&i| !lines[i].is_empty());
    if let Some(last) = last.filter(|&last| head.is_outlet_or_owner(lines[last])) {
        body_end = last;
    }
    head.add_labelled(body_end..lines.len());
    if (body_start..body_end).all(|i| lines[i].is_empty()) {
        return None;
    }
    let mut headers = Vec::with_capacity(head.found.len());
    for header in head.found {
        resolve(vendor, header, &mut headers);
    }
    let mut page_heads = page_heads::find(lines, body_start..body_end, &headers);
    for i in &mut page_heads {
        *i = outline.places[*i];
    }
    let body = outline.placed(body_start..body_end);
    page_heads.extend(outline.page_lines.iter().filter(|i| body.contains(i)));
    for header in &mut headers {
        header.lines = outline.placed(header.lines.clone());
    }
    for (i, _) in &mut body_labels {
        *i = outline.places[*i];
    }
    Some(Export {
        form: vendor.form,
        headers,
        body,
        body_labels,
        page_heads,
    })
}

/// Adds a header, or the headers that its value holds: a page after the section, an outlet with its
/// day and page, an edition after a day.
fn resolve(vendor: &Vendor, header: Header, headers: &mut Vec<Header>) {
    let mut add = |label, value: &str| {
        if !value.is_empty() {
            headers.push(Header {
                label,
                value: value.to_owned(),
                lines: header.lines.clone(),
            });
        }
    };
    match header.label {
        Label::Section => {
            let (section, page) = citation::section_and_page(&header.value);
            add(Label::Section, &section);
            add(Label::Page, page);
        }
        Label::Citation => {
            let found = citation::read(&header.value);
            let (outlet, edition) = citation::title_and_edition(found.outlet);
            add(Label::Source, &citation::straight_title(outlet));
            add(Label::Edition, edition);
            let day = if vendor.form == Form::Ebsco {
                citation::month_first(found.day)
            } else {
                found.day.to_owned()
            };
            add(Label::Published, &day);
            add(Label::Page, found.page);
        }
        Label::Published => {
            add(Label::Published, &header.value);
            add(Label::Edition, citation::edition_after_day(&header.value));
        }
        Label::Source => add(Label::Source, &citation::straight_title(&header.value)),
        Label::Byline if vendor.has_surnames_first => {
            let names = header.value.split(';').map(straight_name);
            add(Label::Byline, &names.collect::<Vec<_>>().join("; "));
        }
        label => headers.push(Header { label, ..header }),
    }
}

/// Returns "Ann Writer" for "Writer, Ann", and other texts unchanged.
fn straight_name(name: &str) -> String {
    let name = name.trim();
    match name.split_once(", ") {
        Some((last, first)) if !first.contains(',') => format!("{first} {last}"),
        _ => name.to_owned(),
    }
}
