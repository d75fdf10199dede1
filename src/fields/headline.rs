//! Chooses the headline: that of a labelled header, else the one above the text, else the title
//! that a browser printed, else the subject of a mail.

use super::subject;
use crate::article::HeadlineFrom;
use crate::clean::credits::is_newspaper;
use crate::clean::export::Label;
use crate::clean::letterhead::release_label;
use crate::clean::{Cleaned, Role};
use crate::text::fold::folded;
use crate::text::words::word_count;

/// Returns the headline and where it was read.
pub fn read(cleaned: &Cleaned) -> Option<(String, HeadlineFrom)> {
    let header = cleaned
        .headers
        .iter()
        .find(|h| h.label == Label::Headline && !h.value.trim().is_empty());
    if let Some(header) = header {
        return Some((header.value.trim().to_owned(), HeadlineFrom::Header));
    }
    let above = cleaned.blocks.iter().find(|b| b.role == Role::Headline);
    let above = above.map(|block| without_label(without_outlet(&block.text)));
    let printed = cleaned.page.title.as_deref().and_then(printed_title);
    match (above, printed) {
        (Some(above), Some(printed)) if is_beginning_of(above, printed) => {
            Some((printed.to_owned(), HeadlineFrom::PrintHeader))
        }
        (Some(above), _) => Some((above.to_owned(), HeadlineFrom::FirstLine)),
        (None, Some(printed)) => Some((printed.to_owned(), HeadlineFrom::PrintHeader)),
        (None, None) => {
            let subject = subject::headline(cleaned)?;
            Some((subject.to_owned(), HeadlineFrom::Header))
        }
    }
}

/// Returns a headline without the label of a press release before it.
fn without_label(headline: &str) -> &str {
    let rest = release_label(headline).and_then(|end| headline[end..].strip_prefix(':'));
    rest.map(str::trim_start)
        .filter(|rest| !rest.is_empty())
        .unwrap_or(headline)
}

/// Returns a headline without the outlet's name after it: up to five words after a bar or the like,
/// or a newspaper's name after a dash.
fn without_outlet(headline: &str) -> &str {
    for mark in [" | ", " :: ", " « ", " – ", " — ", " - "] {
        if let Some((head, outlet)) = headline.rsplit_once(mark)
            && word_count(head) >= 2
            && word_count(outlet) <= 5
            && (!matches!(mark, " – " | " — " | " - ") || is_newspaper(outlet))
        {
            return head.trim_end();
        }
    }
    headline
}

/// Returns whether the text above the article is only the beginning of the printed title.
fn is_beginning_of(above: &str, printed: &str) -> bool {
    let (above, printed) = (folded(above), folded(printed));
    printed.len() > above.len() && printed.starts_with(&above) && above.len() >= 10
}

/// Returns the title of a printed page without the outlet's name after a bar or dash, or `None` if
/// the rest was cut short or is not a title.
fn printed_title(title: &str) -> Option<&str> {
    let mut title = title.trim();
    for mark in [" | ", " – ", " — ", " - ", " :: ", " « "] {
        if let Some((head, outlet)) = title.rsplit_once(mark)
            && word_count(head) >= 4
            && word_count(outlet) <= 5
        {
            title = head.trim();
        }
    }
    let is_whole = !title.ends_with(['…']) && !title.ends_with("...");
    (is_whole && word_count(title) >= 2 && !title.contains("://")).then_some(title)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn headlines_without_outlets_and_labels() {
        for (headline, expected) in [
            ("Ferry runs again | The Quay Herald", "Ferry runs again"),
            ("Ferry runs again — Quay Herald", "Ferry runs again"),
            ("Ferry runs again — at last", "Ferry runs again — at last"),
            ("Ferry runs again « Grey Sound Blog", "Ferry runs again"),
            ("News release: Ferry runs again", "Ferry runs again"),
        ] {
            assert_eq!(without_label(without_outlet(headline)), expected);
        }
    }

    #[test]
    fn titles_of_printed_pages() {
        for (title, expected) in [
            (
                "Ferry runs again after the storm | The Herald",
                Some("Ferry runs again after the storm"),
            ),
            ("Ferry runs again", Some("Ferry runs again")),
            ("Ferry runs again after the …", None),
            ("https://a.example/x", None),
            ("Herald", None),
        ] {
            assert_eq!(printed_title(title), expected);
        }
    }
}
