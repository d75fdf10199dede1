//! Exports of ProQuest.

use super::citation;
use super::header::{Form, Label};
use super::outline::Outline;
use super::vendor::{Head, Vendor, never};
use crate::source::export_marks::{is_proquest_count, is_proquest_rule};

/// A rule or the document count, the headline, labels, `Full text:` and the text, labels. Newer
/// exports print the labels of the parts in capitals: `ABSTRACT`, `FULL TEXT`, `DETAILS`, `LINKS`.
pub(super) const PROQUEST: Vendor = Vendor {
    form: Form::ProQuest,
    start,
    top,
    labels: &[
        ("Title", Label::Headline),
        ("Author", Label::Byline),
        ("Authors", Label::Byline),
        ("Publication date", Label::Published),
        ("Date", Label::Published),
        ("Last updated", Label::Updated),
        ("Publication info", Label::Citation),
        ("Publication title", Label::Citation),
        ("Document URL", Label::Url),
        ("Section", Label::Section),
        ("Edition", Label::Edition),
        ("Pages", Label::Page),
        ("First page", Label::Page),
        ("Abstract", Label::Standfirst),
        ("Abstract (summary)", Label::Standfirst),
        ("Subject", Label::Other),
        ("Business indexing term", Label::Other),
        ("Location", Label::Other),
        ("People", Label::Other),
        ("Company / organization", Label::Other),
        ("Classification", Label::Other),
        ("Identifier / keyword", Label::Other),
        ("Column", Label::Other),
        ("Volume", Label::Other),
        ("Issue", Label::Other),
        ("Links", Label::Other),
        ("Credit", Label::Other),
        ("Source", Label::Other),
        ("Publication year", Label::Other),
        ("Publisher", Label::Other),
        ("Place of publication", Label::Other),
        ("Country of publication", Label::Other),
        ("Publication subject", Label::Other),
        ("ISSN", Label::Other),
        ("Source type", Label::Other),
        ("Language of publication", Label::Other),
        ("Document type", Label::Other),
        ("Document feature", Label::Other),
        ("Dateline", Label::Dateline),
        ("ProQuest document ID", Label::Other),
        ("Copyright", Label::Other),
        ("Database", Label::Other),
    ],
    has_labels_in_capitals: false,
    // A record without the text has its abstract.
    body_marks: &[
        "Full text:",
        "Full Text:",
        "FULL TEXT:",
        "FULL TEXT",
        "Abstract:",
        "Abstract (summary):",
        "ABSTRACT",
    ],
    closing: &[
        "DETAILS",
        "LINKS",
        "Bibliography",
        "ProQuest document ID:",
        "Credit:",
        "CREDIT:",
    ],
    is_end: never,
    has_surnames_first: true,
};

fn start(outline: &Outline<'_>) -> Option<usize> {
    let is_proquest = outline.has(&[
        "ProQuest document link",
        "Publication info:",
        "Publication title:",
        "ProQuest document ID:",
    ]);
    let body = outline.first(PROQUEST.body_marks).filter(|_| is_proquest)?;
    let is_edge = |line: &str| is_proquest_rule(line) || is_proquest_count(line);
    let edge = outline.find_last_above(body, is_edge);
    outline.text_from(edge.map_or(0, |edge| edge + 1))
}

/// Reads the headline, the first paragraph above the labels. In newer exports the writer, the outlet
/// and the day stand below it, and again among the labels.
fn top(head: &mut Head<'_>) -> usize {
    const LINK: &str = "ProQuest document link";
    let start = head.range.start;
    let label = head.first_label(start);
    let end = (start..label)
        .find(|&i| head.lines[i] == LINK || head.lines[i].starts_with("ABSTRACT"))
        .unwrap_or(label);
    let is_citation = |line: &str| line.contains(" ; ") && line.contains('[');
    let cited = (start..end).find(|&i| is_citation(head.lines[i]));
    let title = head
        .paragraphs(start..cited.unwrap_or(end))
        .into_iter()
        .next();
    if let Some(title) = title {
        head.add(Label::Headline, title);
    }
    if let Some(cited) = cited {
        // "Writer, Ann . The Herald ; Quay [Quay]. 2 Apr 2007: B.7."
        let line = head.lines[cited];
        let place = line.find(" ; ").unwrap_or(line.len());
        let outlet = line[..place].rfind(". ").map_or(0, |dot| dot + 2);
        let writers = line[..outlet].trim_end_matches([' ', '.']);
        head.add_part(Label::Byline, writers, cited);
        head.add_citation(&citation::read(&line[outlet..]), cited);
    }
    label
}
