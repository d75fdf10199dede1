//! Exports of Factiva.

use std::ops::Range;

use super::citation::{is_page, names_edition};
use super::header::{Export, Form, Header, Label, is_date, is_notice, joined};
use super::outline::Outline;
use super::vendor::{Head, Vendor};
use crate::clean::credits::{is_bare_name, is_byline};
use crate::source::export_marks::{is_factiva_number, is_word_count};
use crate::text::words::word_count;

/// The tags of an article's parts.
const TAGS: &[(&str, Label)] = &[
    ("HD", Label::Headline),
    ("BY", Label::Byline),
    ("PD", Label::Published),
    ("SN", Label::Source),
    ("SE", Label::Section),
    ("ED", Label::Edition),
    ("PG", Label::Page),
    ("ET", Label::Other),
    ("CLM", Label::Other),
    ("CR", Label::Other),
    ("WC", Label::Other),
    ("SC", Label::Other),
    ("VOL", Label::Other),
    ("LA", Label::Other),
    ("CY", Label::Other),
    ("CT", Label::Other),
    ("CX", Label::Other),
    ("RF", Label::Other),
    ("ART", Label::Other),
    ("CO", Label::Other),
    ("IN", Label::Other),
    ("NS", Label::Other),
    ("RE", Label::Other),
    ("IPC", Label::Other),
    ("IPD", Label::Other),
    ("PUB", Label::Other),
    ("AN", Label::Other),
];

/// The tags of the lead paragraph and of the text after it.
const BODY_TAGS: [&str; 2] = ["LP", "TD"];

/// The tags that stand above the text. Below it, a line that begins with one of them is text.
const HEAD_TAGS: [&str; 15] = [
    "HD", "BY", "PD", "SN", "SE", "ED", "PG", "ET", "CLM", "CR", "WC", "SC", "VOL", "LA", "CY",
];

/// Reads an export with tags of two or three letters, on lines of their own or before their values:
/// `HD`, `BY`, `LP`, `TD`.
pub(super) fn read_tagged(lines: &[&str]) -> Option<Export> {
    let tags = tags(lines);
    let has = |tag: &str| tags.iter().any(|&(_, found)| found == tag);
    if !(has("HD") && BODY_TAGS.iter().any(|tag| has(tag)) && tags.len() >= 4) {
        return None;
    }
    let mut found = Vec::new();
    let mut body: Option<Range<usize>> = None;
    let mut body_labels = Vec::new();
    for (k, &(start, tag)) in tags.iter().enumerate() {
        let end = tags.get(k + 1).map_or(lines.len(), |&(next, _)| next);
        if BODY_TAGS.contains(&tag) {
            let indent = lines[start].len() - lines[start].trim_start().len();
            body_labels.push((start, indent + tag.len()));
            body = Some(body.map_or(start, |b| b.start)..end);
            continue;
        }
        let known = TAGS.iter().find(|(known, _)| *known == tag);
        let value = joined(&lines[start..end]);
        found.push(Header {
            label: known.map_or(Label::Other, |&(_, label)| label),
            value: value[tag.len()..].trim().to_owned(),
            lines: start..end,
        });
    }
    Some(Export {
        form: Form::FactivaTagged,
        headers: found,
        body: body?,
        body_labels,
        page_heads: Vec::new(),
    })
}

/// Returns the tags of a text with their lines. A tag is a line, or stands before a tab or two
/// spaces; before one space only where the tags follow each other as Factiva prints them, since a
/// text may have a line that begins with "IN" or "AN".
fn tags<'a>(lines: &[&'a str]) -> Vec<(usize, &'a str)> {
    let mut found: Vec<(usize, &str)> = Vec::new();
    let mut is_below_text = false;
    for (i, line) in lines.iter().enumerate() {
        let Some((tag, gap)) = tag(line) else {
            continue;
        };
        let is_head = HEAD_TAGS.contains(&tag);
        let is_body = BODY_TAGS.contains(&tag);
        let is_loose = gap == Gap::Space;
        let follows_tag = found.last().is_some_and(|&(last, tag)| {
            !BODY_TAGS.contains(&tag)
                && lines[last + 1..i].iter().all(|line| line.trim().is_empty())
        });
        let value = line.trim()[tag.len()..].trim();
        let is_here = if is_below_text && !is_body {
            let is_code = value.contains(" : ") || value.starts_with("Document ");
            !is_head && (!is_loose || follows_tag || is_code)
        } else {
            !is_loose || is_body || follows_tag || found.is_empty() && is_followed_by_tag(lines, i)
        };
        if is_here {
            is_below_text |= is_body;
            found.push((i, tag));
        }
    }
    found
}

/// Returns whether the next line with text begins with a tag.
fn is_followed_by_tag(lines: &[&str], i: usize) -> bool {
    let next = lines[i + 1..].iter().find(|line| !line.trim().is_empty());
    next.is_some_and(|line| tag(line).is_some())
}

/// What stands behind a tag.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Gap {
    LineEnd,
    Tab,
    Space,
}

/// Returns the tag that a line is or begins with.
fn tag(line: &str) -> Option<(&str, Gap)> {
    let line = line.trim();
    let length = line
        .bytes()
        .take(4)
        .take_while(u8::is_ascii_uppercase)
        .count();
    let tag = line.get(..length)?;
    let is_known = BODY_TAGS.contains(&tag) || TAGS.iter().any(|(known, _)| *known == tag);
    let rest = &line[length..];
    let gap = if rest.is_empty() {
        Gap::LineEnd
    } else if rest.starts_with('\t') || rest.starts_with("  ") {
        Gap::Tab
    } else if rest.starts_with(' ') {
        Gap::Space
    } else {
        return None;
    };
    is_known.then_some((tag, gap))
}

/// Factiva without tags: section, headline, byline, `395 words`, date, time, outlet, its code, page,
/// edition, language and copyright on a line each; the text; `Document …`.
pub(super) const FACTIVA: Vendor = Vendor {
    form: Form::FactivaPlain,
    start,
    top,
    labels: &[],
    has_labels_in_capitals: false,
    body_marks: &[],
    closing: &[],
    is_end: is_factiva_number,
    has_surnames_first: false,
};

/// The most lines between the word count and the copyright notice.
const MOST_LINES: usize = 14;

fn start(outline: &Outline<'_>) -> Option<usize> {
    let count = outline.find(is_word_count)?;
    let lines = outline.lines.as_slice();
    let near = count + 1..lines.len().min(count + MOST_LINES);
    near.clone().find(|&i| is_date(lines[i]))?;
    near.clone().find(|&i| is_notice(lines[i]))?;
    outline.text_from(0).filter(|&first| first < count)
}

fn top(head: &mut Head<'_>) -> usize {
    let lines = head.lines;
    let start = head.range.start;
    let (Some(count), end) = (
        (start..head.range.end).find(|&i| is_word_count(lines[i])),
        head.range.end,
    ) else {
        return start;
    };
    title_and_credit(head, start, count);
    let near = count + 1..end.min(count + MOST_LINES);
    let Some(notice) = near.clone().find(|&i| is_notice(lines[i])) else {
        return count + 1;
    };
    let is_time = |line: &str| line.bytes().all(|b| b.is_ascii_digit() || b == b':');
    if let Some(date) = (count + 1..notice).find(|&i| is_date(lines[i])) {
        head.add(Label::Published, date..date + 1);
        let mut below = (date + 1..notice).filter(|&i| !is_time(lines[i]));
        if let Some(outlet) = below.next() {
            head.add(Label::Source, outlet..outlet + 1);
        }
        // The first line is the outlet's code, the last the language.
        let between: Vec<usize> = below.skip(1).collect();
        for &i in between.split_last().map_or(&[][..], |(_, between)| between) {
            if is_page(lines[i]) {
                head.add(Label::Page, i..i + 1);
            } else if is_edition(lines[i]) {
                head.add(Label::Edition, i..i + 1);
            }
        }
    }
    // The notice may go on.
    let is_rights = |line: &str| line.to_lowercase().ends_with("reserved.");
    let wrapped = (notice + 1..end.min(notice + 3)).find(|&i| is_rights(lines[i]));
    wrapped
        .filter(|&i| !lines[notice + 1..=i].contains(&""))
        .unwrap_or(notice)
        + 1
}

/// Reads the lines above the word count: the section, the headline, a summary, the byline.
fn title_and_credit(head: &mut Head<'_>, start: usize, count: usize) {
    let lines = head.lines;
    let paragraphs = head.paragraphs(start..count);
    let Some(mut title) = paragraphs.first().cloned() else {
        return;
    };
    let last = paragraphs.last().cloned().filter(|last| last.end == count);
    let credit = match last {
        Some(last) if last != title => last,
        Some(last) => {
            let mut below = last.clone().skip(1);
            // A name without "By" is told from a headline below its section by the line above it.
            let is_name = |i: usize| {
                lines[i].split("; ").all(is_bare_name)
                    && (i > start + 1 || word_count(lines[start]) > 3)
            };
            let credit = below
                .find(|&i| is_byline(lines[i]))
                .or_else(|| (last.len() > 1 && is_name(count - 1)).then_some(count - 1));
            credit.unwrap_or(count)..count
        }
        None => count..count,
    };
    title.end = title.end.min(credit.start);
    if title.len() > 1 && lines[title.start].len() <= LONGEST_SECTION && head.is_whole(title.start)
    {
        head.add(Label::Section, title.start..title.start + 1);
        title.start += 1;
    }
    let below = title.end..credit.start;
    head.add(Label::Headline, title);
    if let Some(summary) = head.paragraphs(below).into_iter().next() {
        head.add(Label::Standfirst, summary);
    }
    head.add(Label::Byline, credit);
}

/// The longest name of a section, in bytes.
const LONGEST_SECTION: usize = 40;

/// Returns whether a line below the outlet's code is the edition: it is neither another code nor the
/// number of a volume.
fn is_edition(line: &str) -> bool {
    names_edition(line)
        || line.contains(char::is_lowercase)
            && !line.starts_with("Vol")
            && !line.starts_with("Issue")
}
