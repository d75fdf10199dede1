//! Exports of LexisNexis: LexisNexis Academic and Nexis Uni.

use super::citation;
use super::header::{Form, Label, is_date, is_notice};
use super::outline::Outline;
use super::vendor::{Head, Vendor, never};
use crate::source::export_marks::is_lexis_count;
use crate::text::sentence::ends_sentence;

/// The labels of lengths, of which nearly every document has one.
const LENGTHS: &[&str] = &["LENGTH:", "LÄNGE:", "LONGUEUR:", "LENGTE:"];

/// LexisNexis Academic: the document count, sometimes absent from single-document saves, where
/// `BODY:` is printed; outlet, date, edition and headline without labels; labels in capitals; the
/// text; labels.
pub(super) const LEXIS: Vendor = Vendor {
    form: Form::Lexis,
    start: lexis_start,
    top: lexis_top,
    // In English, German, French and Dutch, as in the keywords of the package LexisNexisTools.
    labels: &[
        ("HEADLINE", Label::Headline),
        ("TITRE", Label::Headline),
        ("KOP", Label::Headline),
        ("BYLINE", Label::Byline),
        ("AUTOR", Label::Byline),
        ("AUTEUR", Label::Byline),
        ("DATELINE", Label::Dateline),
        ("SECTION", Label::Section),
        ("RUBRIK", Label::Section),
        ("RUBRIQUE", Label::Section),
        ("SECTIE", Label::Section),
        ("HIGHLIGHT", Label::Standfirst),
        ("ENCART", Label::Standfirst),
        ("URL", Label::Url),
        ("LOAD-DATE", Label::LoadDate),
        ("UPDATE", Label::LoadDate),
        ("DATE-CHARGEMENT", Label::LoadDate),
        ("LENGTH", Label::Other),
        ("LÄNGE", Label::Other),
        ("LONGUEUR", Label::Other),
        ("LENGTE", Label::Other),
        ("SERIES", Label::Other),
        ("SOURCE", Label::Other),
    ],
    has_labels_in_capitals: true,
    body_marks: &["BODY:"],
    closing: &[
        "LOAD-DATE:",
        "LANGUAGE:",
        "PUBLICATION-TYPE:",
        "DOCUMENT-TYPE:",
        "GRAPHIC:",
        "JOURNAL-CODE:",
        "CORRECTION-DATE:",
        "SUBJECT:",
        "URL:",
        "UPDATE:",
        "SPRACHE:",
        "GRAFIK:",
        "DATE-CHARGEMENT:",
        "LANGUE:",
        "TYPE-PUBLICATION:",
    ],
    is_end: never,
    has_surnames_first: false,
};

fn lexis_start(outline: &Outline<'_>) -> Option<usize> {
    let length = outline
        .first(LENGTHS)
        .or_else(|| outline.first(&["HEADLINE:", "BODY:"]))?;
    match outline.find_last_above(length, is_lexis_count) {
        Some(count) => Some(count + 1),
        None if outline.has(LENGTHS) && outline.has(&["BODY:"]) => outline.text_from(0),
        None => None,
    }
}

/// Reads the lines above the first label by their order: notices, the outlet, the date, and below
/// that the edition and the headline. Where the headline has a label, all that stands below the
/// date is the edition.
fn lexis_top(head: &mut Head<'_>) -> usize {
    let start = head.range.start;
    let end = head.first_label(start);
    let date = (start..end).find(|&i| is_day(head.lines[i]));
    let above = date.unwrap_or(end);
    let names = head.paragraphs(start..above).into_iter().find_map(|lines| {
        // The outlet may stand right below its copyright notice, which may go on over lines. A
        // paragraph of sentences is another notice.
        let last = lines.rev().find(|&i| !is_notice(head.lines[i]))?;
        (!ends_sentence(head.lines[last])).then_some(last)
    });
    if let Some(outlet) = names {
        head.add(Label::Source, outlet..outlet + 1);
    }
    let Some(date) = date else {
        return end;
    };
    head.add(Label::Published, date..date + 1);
    let below = head.paragraphs(date + 1..end);
    if head.has_label(Label::Headline) {
        let is_edition = |lines: &std::ops::Range<usize>| {
            !is_notice(head.lines[lines.start])
                && !head.lines[lines.start].starts_with("Correction")
        };
        for lines in below.into_iter().filter(is_edition).collect::<Vec<_>>() {
            head.add(Label::Edition, lines);
        }
        return end;
    }
    let is_attached = |lines: &std::ops::Range<usize>| lines.start == date + 1;
    let edition = match below.as_slice() {
        [first, _, ..] if is_attached(first) => first.clone(),
        // Without blank lines, an edition is known by its name alone.
        [only] if only.len() > 1 && citation::names_edition(head.lines[only.start]) => {
            only.start..only.start + 1
        }
        _ => date + 1..date + 1,
    };
    let headline = below
        .iter()
        .map(|lines| lines.start.max(edition.end)..lines.end)
        .find(|lines| !lines.is_empty() && !is_notice(head.lines[lines.start]));
    head.add(Label::Edition, edition);
    if let Some(headline) = headline {
        head.add(Label::Headline, headline);
    }
    end
}

/// Nexis Uni: headline, outlet, date and edition on a line each, labels, `Body`, the text,
/// `Classification`.
pub(super) const NEXIS_UNI: Vendor = Vendor {
    form: Form::NexisUni,
    start: nexis_uni_start,
    top: nexis_uni_top,
    labels: &[
        ("Section", Label::Section),
        ("Length", Label::Other),
        ("Byline", Label::Byline),
        ("Dateline", Label::Dateline),
        ("Highlight", Label::Standfirst),
        ("Series", Label::Other),
        ("Load-Date", Label::LoadDate),
    ],
    has_labels_in_capitals: false,
    body_marks: &["Body"],
    closing: &[
        "Classification",
        "Graphic",
        "Notes",
        "Correction-Date:",
        "Load-Date:",
        "End of Document",
    ],
    is_end: never,
    has_surnames_first: false,
};

/// Returns the line of a Nexis Uni date: the last one above the first label of the article, below
/// any cover.
fn nexis_uni_date(lines: &[&str], end: usize) -> Option<usize> {
    (0..end)
        .rev()
        .find(|&i| !lines[i].contains(": ") && is_day(lines[i]))
}

/// The most words of a day, with weekday, edition, time and time zone.
const LONGEST_DAY: usize = 9;

/// Returns whether a line stands where the day does: it is a date, or has a year and few words in a
/// language whose months are not known.
fn is_day(line: &str) -> bool {
    let is_year = |word: &str| word.len() == 4 && word.bytes().all(|b| b.is_ascii_digit());
    let mut words = line.split([' ', ',']).filter(|word| !word.is_empty());
    !is_notice(line)
        && (is_date(line)
            || line.starts_with(|c: char| c.is_alphanumeric())
                && words.clone().count() <= LONGEST_DAY
                && words.clone().count() >= 3
                && words
                    .clone()
                    .any(|word| word.len() <= 3 && word.starts_with(|c: char| c.is_ascii_digit()))
                && words.any(is_year))
}

fn nexis_uni_start(outline: &Outline<'_>) -> Option<usize> {
    let body = outline.first(&["Body"])?;
    if !outline.has(&["Length:", "Load-Date:", "End of Document"]) {
        return None;
    }
    let lines = outline.lines.as_slice();
    let first_text = outline.text_from(0)?;
    let Some(date) = nexis_uni_date(lines, body) else {
        return (first_text < body).then_some(first_text);
    };
    // The headline is the paragraph above the outlet, which stands above the date.
    let above = |end: usize| (0..end).rev().find(|&i| !lines[i].is_empty());
    let is_headline = |i: &usize| !lines[*i].is_empty() && !is_of_cover(lines[*i]);
    let outlet = above(date)?;
    let last = above(outlet).filter(is_headline).unwrap_or(outlet);
    let first = (0..last).rev().take_while(is_headline).last();
    let first = first.unwrap_or(last);
    // A print has the headline at the top of the page, and once more.
    let (head, headline) = lines[first..=last].split_at((last + 1 - first) / 2);
    let is_twice = head == headline;
    Some(if is_twice { first + head.len() } else { first })
}

/// Returns whether a line is one of a cover page: a label with its value, an item of the list of
/// documents.
fn is_of_cover(line: &str) -> bool {
    const LABELS: &[&str] = &[
        "User Name:",
        "Date and Time:",
        "Job Number:",
        "Client/Matter:",
        "Search Terms:",
        "Search Type:",
        "Narrowed by:",
        "Content Type",
        "Documents (*",
        "Document (*",
    ];
    let number = line.bytes().take_while(u8::is_ascii_digit).count();
    number > 0 && line[number..].starts_with(". ")
        || LABELS
            .iter()
            .any(|label| super::outline::is_line(line, label))
}

fn nexis_uni_top(head: &mut Head<'_>) -> usize {
    let start = head.range.start;
    let end = head.first_label(start);
    match nexis_uni_date(head.lines, end).filter(|&date| date > start) {
        Some(date) => {
            let outlet = (start..date).rev().find(|&i| !head.lines[i].is_empty());
            let outlet = outlet.unwrap_or(start);
            head.add(Label::Headline, start..outlet);
            head.add(Label::Source, outlet..outlet + 1);
            head.add(Label::Published, date..date + 1);
            for i in date + 1..end {
                if !head.lines[i].is_empty() && !is_notice(head.lines[i]) {
                    head.add(Label::Edition, i..i + 1);
                }
            }
        }
        None => head.add(Label::Headline, start..start + 1),
    }
    end
}
