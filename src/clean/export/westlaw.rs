//! Exports of Westlaw and of Europresse, which print the headline and the writer below the outlet
//! without labels, and do not mark where the text begins.

use super::citation;
use super::header::{Form, Label, TOP_LINES, is_date, is_notice};
use super::outline::Outline;
use super::vendor::{Head, Vendor, never};

/// Westlaw: day, outlet and page; the number of the document; outlet, notice, day, section,
/// headline, writer; the text; `---- Index References ----`.
pub(super) const WESTLAW: Vendor = Vendor {
    form: Form::Westlaw,
    start: westlaw_start,
    top: westlaw_top,
    labels: &[
        ("Section", Label::Section),
        ("Edition", Label::Edition),
        ("Dateline", Label::Dateline),
        ("Company", Label::Other),
        ("News Subject", Label::Other),
        ("Industry", Label::Other),
        ("Region", Label::Other),
        ("Language", Label::Other),
        ("Other Indexing", Label::Other),
        ("Keywords", Label::Other),
        ("Word Count", Label::Other),
    ],
    has_labels_in_capitals: false,
    body_marks: &[],
    closing: &[
        "---- Index References*",
        "---- INDEX REFERENCES*",
        "END OF DOCUMENT",
    ],
    is_end: never,
    has_surnames_first: false,
};

/// Returns whether a line is Westlaw's number of a document: `2007 WLNR 1769900`.
fn is_westlaw_number(line: &str) -> bool {
    let mut words = line.split_ascii_whitespace();
    let is_number =
        |word: Option<&str>| word.is_some_and(|w| w.bytes().all(|b| b.is_ascii_digit()));
    is_number(words.next()) && words.next() == Some("WLNR") && is_number(words.next())
}

fn westlaw_start(outline: &Outline<'_>) -> Option<usize> {
    outline.find(is_westlaw_number).map(|number| number + 1)
}

fn westlaw_top(head: &mut Head<'_>) -> usize {
    let start = head.range.start;
    let near = head.range.end.min(start + 12);
    let Some(date) = (start..near).find(|&i| is_date(head.lines[i]) && !is_notice(head.lines[i]))
    else {
        return start;
    };
    let outlet = (start..date).find(|&i| !head.lines[i].is_empty() && !is_notice(head.lines[i]));
    if let Some(outlet) = outlet {
        head.add(Label::Source, outlet..outlet + 1);
    }
    // The page stands behind the outlet in the line above the document's number.
    let above = head.lines[..start.saturating_sub(1)]
        .iter()
        .rposition(|l| !l.is_empty());
    if let (Some(above), Some(outlet)) = (above, outlet)
        && let Some((_, page)) = head.lines[above].split_once(head.lines[outlet])
    {
        head.add_part(Label::Page, citation::page_in(page), above);
    }
    head.add(Label::Published, date..date + 1);
    let mut below = date + 1;
    while below < head.range.end
        && (head.lines[below].is_empty() || head.label_of(head.lines[below]).is_some())
    {
        below += 1;
    }
    head.add_labelled(date + 1..below);
    head.headline_and_writer(below)
}

/// Europresse: the labels of the outlet or its notice; outlet, day and page; headline, writer; the
/// text; notice, number.
pub(super) const EUROPRESSE: Vendor = Vendor {
    form: Form::Europresse,
    start: europresse_start,
    top: europresse_top,
    labels: &[
        ("Catégorie", Label::Other),
        ("Sujets", Label::Other),
        ("Sujet - Europresse.com", Label::Other),
        ("Lieu(x) géographique(s) - Europresse.com", Label::Other),
        ("Type", Label::Other),
        ("Taille", Label::Other),
        ("Note(s)", Label::Other),
        ("Doc.", Label::Other),
    ],
    has_labels_in_capitals: false,
    body_marks: &[],
    closing: &[
        "© *",
        "news·*",
        "Catégorie*",
        "Taille :*",
        "Illustration(s)*",
        "Note(s) :*",
    ],
    is_end: never,
    has_surnames_first: false,
};

/// The first labels of an outlet, each on a line above its value.
const SOURCE_LABELS: &[&str] = &["Nom de la source", "Source name"];

/// The most lines of text above the day where the outlet has no labels: the count, the notice, the
/// outlet.
const MOST_LINES_ABOVE: usize = 4;

fn europresse_start(outline: &Outline<'_>) -> Option<usize> {
    let start = outline.text_from(0)?;
    let lines = outline.lines.as_slice();
    let has_labels = outline.has(SOURCE_LABELS) && outline.has(&["Type de source", "Source type"]);
    if !has_labels && !outline.has(&["Catégorie :", "Taille :"]) {
        return None;
    }
    let day = day_below(lines, start)?;
    let above = || lines[start..day].iter().filter(|line| !line.is_empty());
    let has_notice = || above().count() <= MOST_LINES_ABOVE && above().any(|line| is_notice(line));
    (has_labels || has_notice()).then_some(start)
}

/// Returns the line with the day of an article of Europresse.
fn day_below(lines: &[&str], start: usize) -> Option<usize> {
    let has_day = |line: &str| !is_notice(line) && !citation::read(line).day.is_empty();
    (start..lines.len().min(start + TOP_LINES)).find(|&i| has_day(lines[i]))
}

fn europresse_top(head: &mut Head<'_>) -> usize {
    let start = head.range.start;
    let near = head.range.end.min(start + TOP_LINES);
    let Some(date) = day_below(head.lines, start) else {
        return start;
    };
    // "Région, samedi 12 novembre 2022, p. 12" below the outlet, or the day alone above it.
    let line = head.lines[date];
    let found = citation::read(line);
    let mut below = date + 1;
    if line.starts_with(found.day) {
        head.add(Label::Published, date..date + 1);
        let outlet = (below..near).find(|&i| !head.lines[i].is_empty());
        if let Some(outlet) = outlet {
            let cited = citation::read(head.lines[outlet]);
            head.add_citation(&cited, outlet);
            below = outlet + 1;
        }
    } else {
        let outlet = (start..date)
            .rev()
            .find(|&i| !head.lines[i].is_empty() && !is_notice(head.lines[i]));
        if let Some(outlet) = outlet {
            head.add(Label::Source, outlet..outlet + 1);
        }
        head.add_part(Label::Section, found.outlet, date);
        head.add_part(Label::Published, found.day, date);
        head.add_part(Label::Page, found.page, date);
    }
    head.headline_and_writer(below)
}
