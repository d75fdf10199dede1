//! Pages of Chronicling America, the Library of Congress's archive of old newspapers.

use super::citation;
use super::header::{Form, Label};
use super::outline::Outline;
use super::vendor::{Head, Vendor, never};

/// The title as the library prints it, with place, years, day and image, above the text of a page:
/// `The Quay herald. [volume] (Quay, G.S.) 1874-1922, March 04, 1899, Image 3`. A page has many
/// articles, so it has no headline.
pub(super) const CHRONICLING_AMERICA: Vendor = Vendor {
    form: Form::ChroniclingAmerica,
    start,
    top,
    labels: &[],
    has_labels_in_capitals: false,
    body_marks: &[],
    closing: &[],
    is_end: never,
    has_surnames_first: false,
};

fn is_title(line: &str) -> bool {
    let image = line.rsplit_once(", Image ").map(|(_, image)| image);
    let is_number = |image: &str| !image.is_empty() && image.bytes().all(|b| b.is_ascii_digit());
    image.is_some_and(is_number) && line.contains(" (") && !citation::read(line).day.is_empty()
}

fn start(outline: &Outline<'_>) -> Option<usize> {
    outline
        .text_from(0)
        .filter(|&first| is_title(outline.lines[first]))
}

fn top(head: &mut Head<'_>) -> usize {
    let line = head.range.start;
    let text = head.lines[line];
    let title = text.split(" (").next().unwrap_or_default();
    let title = title.trim_end_matches(" [volume]").trim_end_matches('.');
    head.add_part(Label::Source, title, line);
    head.add_part(Label::Published, citation::read(text).day, line);
    line + 1
}
