//! Exports of Westlaw and of Europresse, which print the headline and the writer below the outlet
//! without labels, and do not mark where the text begins.

use super::citation;
use super::header::{Form, Label, is_date, is_notice};
use super::vendor::{Head, Outline, Vendor, never};
use crate::clean::credits::{is_bare_name, is_byline, is_trade};
use crate::text::sentence::ends_sentence;

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
    closing: &["---- Index References*", "---- INDEX REFERENCES*", "END OF DOCUMENT"],
    is_end: never,
    has_surnames_first: false,
};

/// Returns whether a line is Westlaw's number of a document: `2007 WLNR 1769900`.
fn is_westlaw_number(line: &str) -> bool {
    let mut words = line.split_ascii_whitespace();
    let is_number = |word: Option<&str>| word.is_some_and(|w| w.bytes().all(|b| b.is_ascii_digit()));
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
    let above = head.lines[..start.saturating_sub(1)].iter().rposition(|l| !l.is_empty());
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
        if let Some((Label::Section, value)) = head.label_of(head.lines[below]) {
            let (section, page) = citation::section_and_page(value);
            head.add_part(Label::Section, section, below);
            head.add_part(Label::Page, page, below);
        }
        below += 1;
    }
    headline_and_writer(head, below)
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
    closing: &["© *", "news·*", "Catégorie*", "Taille :*"],
    is_end: never,
    has_surnames_first: false,
};

/// The first labels of an outlet, each on a line above its value.
const SOURCE_LABELS: &[&str] = &["Nom de la source", "Source name"];

/// Returns the first line below the labels of the outlet, or its notice.
fn europresse_start(outline: &Outline<'_>) -> Option<usize> {
    let has_source = outline.has(SOURCE_LABELS);
    let rights = "Tous droits réservés";
    let is_notice = |line: &str| line.starts_with('©') && line.contains(rights);
    let is_europresse = has_source && outline.has(&["Type de source", "Source type"])
        || outline.has(&["Catégorie*", "Taille*", "news·*"])
            && outline.lines.iter().any(|line| is_notice(line));
    outline.text_from(0).filter(|_| is_europresse)
}

fn europresse_top(head: &mut Head<'_>) -> usize {
    let start = head.range.start;
    let near = head.range.end.min(start + super::header::TOP_LINES);
    let day = |i: &usize| {
        let line = head.lines[*i];
        !is_notice(line) && !citation::read(line).day.is_empty()
    };
    let Some(date) = (start..near).find(day) else {
        return start;
    };
    // "Région, samedi 12 novembre 2022, p. 12" below the outlet, or the day alone above it.
    let line = head.lines[date];
    let found = citation::read(line);
    let mut below = date + 1;
    if is_date(line) {
        head.add(Label::Published, date..date + 1);
        let outlet = (below..near).find(|&i| !head.lines[i].is_empty());
        if let Some(outlet) = outlet {
            let value = head.lines[outlet].split('•').next().unwrap_or_default().trim();
            head.add_part(Label::Source, value, outlet);
            head.add_part(Label::Page, citation::page_in(&head.lines[outlet][value.len()..]), outlet);
            below = outlet + 1;
        }
    } else {
        let outlet = (start..date).rev().find(|&i| !head.lines[i].is_empty() && !is_notice(head.lines[i]));
        if let Some(outlet) = outlet {
            head.add(Label::Source, outlet..outlet + 1);
        }
        head.add_part(Label::Section, found.outlet, date);
        head.add_part(Label::Published, found.day, date);
        head.add_part(Label::Page, found.page, date);
    }
    headline_and_writer(head, below)
}

/// Reads the headline, the first paragraph from `start` on, and the writer below it, if the next
/// paragraph is nothing but names and trades. Returns the line where the text begins.
fn headline_and_writer(head: &mut Head<'_>, start: usize) -> usize {
    let near = head.range.end.min(start + super::header::TOP_LINES);
    let paragraphs = head.paragraphs(start..near);
    let Some(headline) = paragraphs.first().cloned() else {
        return start;
    };
    let is_credit = |i: usize| {
        let line = head.lines[i];
        is_byline(line) || is_bare_name(line) || is_trade(line)
    };
    // Without blank lines the headline ends at the writer.
    let writer = headline.clone().skip(1).find(|&i| is_credit(i));
    if let Some(writer) = writer {
        let end = (writer..headline.end).find(|&i| !is_credit(i)).unwrap_or(headline.end);
        head.add(Label::Headline, headline.start..writer);
        head.add(Label::Byline, writer..writer + 1);
        return end;
    }
    let mut end = headline.end;
    head.add(Label::Headline, headline);
    if let Some(below) = paragraphs.get(1)
        && below.len() <= 3
        && below.clone().all(|i| is_credit(i) && !ends_sentence(head.lines[i]))
    {
        end = below.end;
        head.add(Label::Byline, below.start..below.start + 1);
    }
    end
}

