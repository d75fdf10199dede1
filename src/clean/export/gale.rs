//! Exports of Gale and of EBSCO.

use super::header::{Form, Label};
use super::outline::Outline;
use super::vendor::{Head, Vendor, never};

/// Gale: the headline with a label or without one, labels, mostly `Full Text:`, the text, how to
/// cite it.
pub(super) const GALE: Vendor = Vendor {
    form: Form::Gale,
    start: gale_start,
    top: headline_above_labels,
    labels: &[
        ("Title", Label::Headline),
        ("Author", Label::Byline),
        ("Authors", Label::Byline),
        ("Author(s)", Label::Byline),
        ("Byline", Label::Byline),
        ("Date", Label::Published),
        ("Source", Label::Citation),
        ("From", Label::Citation),
        ("Section", Label::Section),
        ("Edition", Label::Edition),
        ("Dateline", Label::Dateline),
        ("Publisher", Label::Other),
        ("Document Type", Label::Other),
        ("Publication Type", Label::Other),
        ("Content Level", Label::Other),
        ("Lexile Measure", Label::Other),
        ("Length", Label::Other),
        ("Copyright", Label::Other),
        ("Abstract", Label::Standfirst),
        ("Article Preview", Label::Other),
        ("Geographic Code", Label::Other),
        ("Named Person", Label::Other),
        ("Topic", Label::Other),
        ("Subjects", Label::Other),
        ("ISSN", Label::Other),
        ("Disclaimer", Label::Other),
    ],
    has_labels_in_capitals: false,
    body_marks: &["Full Text:", "Full Text :", "Full Text"],
    closing: &["Source Citation*", "Gale Document Number:", "COPYRIGHT *"],
    is_end: never,
    has_surnames_first: false,
};

fn gale_start(outline: &Outline<'_>) -> Option<usize> {
    let has_mark = || outline.has(GALE.body_marks);
    let is_gale = outline.has(&["Gale Document Number:"])
        || outline.has(&["Source Citation*", "Document Type:"]) && has_mark();
    outline.text_from(0).filter(|_| is_gale)
}

/// EBSCO: labels, the text without a mark, the writer below a line of tildes, notices.
pub(super) const EBSCO: Vendor = Vendor {
    form: Form::Ebsco,
    start: ebsco_start,
    top: headline_above_labels,
    labels: &[
        ("Title", Label::Headline),
        ("Authors", Label::Byline),
        ("Author", Label::Byline),
        ("By", Label::Byline),
        ("Source", Label::Citation),
        ("Section", Label::Section),
        ("Edition", Label::Edition),
        ("Abstract", Label::Standfirst),
        ("Record", Label::Other),
        ("Document Type", Label::Other),
        ("Publication Type", Label::Other),
        ("Subject Terms", Label::Other),
        ("Subjects", Label::Other),
        ("Geographic Terms", Label::Other),
        ("People", Label::Other),
        ("Company/Entity", Label::Other),
        ("NAICS/Industry Codes", Label::Other),
        ("Author-Supplied Keywords", Label::Other),
        ("Full Text Word Count", Label::Other),
        ("Lexile", Label::Other),
        ("ISSN", Label::Other),
        ("DOI", Label::Other),
        ("Accession Number", Label::Other),
        ("Persistent link to this record (Permalink)", Label::Other),
        ("Cut and Paste", Label::Other),
        ("Database", Label::Other),
    ],
    has_labels_in_capitals: false,
    body_marks: &[],
    closing: &["~~~~*", "Copyright of *"],
    is_end: never,
    has_surnames_first: true,
};

fn ebsco_start(outline: &Outline<'_>) -> Option<usize> {
    outline.first(&["Accession Number:"])?;
    let is_ebsco = outline.has(&["Database:", "Source:"]) && outline.has(&["Title:"]);
    outline.text_from(0).filter(|_| is_ebsco)
}

/// Reads the headline, the first paragraph above the labels, if it has no label of its own.
fn headline_above_labels(head: &mut Head<'_>) -> usize {
    let start = head.range.start;
    let end = head.first_label(start);
    if !head.has_label(Label::Headline)
        && let Some(headline) = head.paragraphs(start..end).into_iter().next()
    {
        head.add(Label::Headline, headline);
    }
    end
}
