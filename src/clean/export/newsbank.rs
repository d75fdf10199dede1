//! Exports of NewsBank.

use super::citation;
use super::header::{Form, Label, is_date, is_notice};
use super::outline::Outline;
use super::vendor::{Head, Vendor, never};

/// The headline, outlet and day on a line, labels, the text, labels; or labels alone.
pub(super) const NEWSBANK: Vendor = Vendor {
    form: Form::NewsBank,
    start,
    top,
    labels: &[
        ("Title", Label::Headline),
        ("Headline", Label::Headline),
        ("Author/Byline", Label::Byline),
        ("Author", Label::Byline),
        ("Byline", Label::Byline),
        ("Date", Label::Published),
        ("Paper", Label::Source),
        ("Publication", Label::Source),
        ("Source", Label::Source),
        ("Section", Label::Section),
        ("Page", Label::Page),
        ("Edition", Label::Edition),
        ("Dateline", Label::Dateline),
        ("Series", Label::Other),
        ("Column", Label::Other),
        ("Readability", Label::Other),
        ("Estimated printed pages", Label::Other),
        ("Index terms", Label::Other),
        ("Subject(s)", Label::Other),
        ("Location(s)", Label::Other),
        ("OpenURL Link", Label::Other),
        ("Memo", Label::Other),
        ("Caption", Label::Other),
        ("Record", Label::Other),
        ("Record Number", Label::Other),
    ],
    has_labels_in_capitals: false,
    body_marks: &["Article Text:", "Article text:"],
    closing: &[
        "Record Number:",
        "Record:",
        "Memo:",
        "Citation (*",
        "• Citation (*",
    ],
    is_end: never,
    has_surnames_first: false,
};

fn start(outline: &Outline<'_>) -> Option<usize> {
    let has_title = || outline.has(&["Title:", "Headline:"]);
    let has_place = || outline.has(&["Section:", "Page:", "Date:"]);
    let is_newsbank = outline.has(&["Author/Byline:", "OpenURL Link:", "Readability:"])
        || outline.has(&["Paper:"]) && has_title() && has_place()
        || outline.find(is_record_number).is_some() && has_place()
        || outline.find(has_several_labels).is_some();
    outline.text_from(0).filter(|_| is_newsbank)
}

/// Returns whether a line is NewsBank's number of an article: `Record Number: 9504020012`.
fn is_record_number(line: &str) -> bool {
    let number = line
        .strip_prefix("Record Number:")
        .or_else(|| line.strip_prefix("Record:"));
    number.is_some_and(|number| number.bytes().filter(u8::is_ascii_digit).count() >= 6)
}

/// Returns whether a line has several labels: `Section: Local | Page: A6`.
fn has_several_labels(line: &str) -> bool {
    line.contains(" | Section: ") || line.contains(" | Page: ")
}

/// Reads the headline, and below it the outlet and the day on one line. In older exports the outlet
/// and the day stand above the labels, and the headline and the writer below them.
fn top(head: &mut Head<'_>) -> usize {
    let start = head.range.start;
    let end = head.first_label(start);
    let is_citation = |i: &usize| {
        let line = head.lines[*i];
        let found = citation::read(line);
        (line.contains(" - ") || line.contains(" | "))
            && !found.day.is_empty()
            && !found.outlet.is_empty()
    };
    let cited = (start..end).find(is_citation);
    let day = (start + 1..end).find(|&i| is_date(head.lines[i]));
    if let (None, Some(day), false) = (cited, day, head.has_label(Label::Headline)) {
        head.add(Label::Source, start..start + 1);
        head.add(Label::Published, day..day + 1);
        let below = head.end_of_labels(end);
        head.add_labelled(end..below);
        return head.headline_and_writer(below);
    }
    let above = cited.unwrap_or(end);
    let is_name = |line: &str| line.starts_with("NewsBank") || line == "Access World News";
    let headline = head
        .paragraphs(start..above)
        .into_iter()
        .find(|lines| !is_name(head.lines[lines.start]) && !is_notice(head.lines[lines.start]));
    if let Some(headline) = headline
        && !head.has_label(Label::Headline)
    {
        head.add(Label::Headline, headline);
    }
    if let Some(cited) = cited {
        let found = citation::read(head.lines[cited]);
        head.add_citation(&found, cited);
    }
    end
}
