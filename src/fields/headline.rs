//! Chooses the headline: that of a labelled header, else the one above the text, else the title
//! that a browser printed, else the subject of a mail.

use crate::article::HeadlineFrom;
use crate::clean::export::Label;
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
    let printed = cleaned.page.title.as_deref().and_then(printed_title);
    match (above, printed) {
        (Some(above), Some(printed)) if is_beginning_of(&above.text, printed) => {
            Some((printed.to_owned(), HeadlineFrom::PrintHeader))
        }
        (Some(above), _) => Some((above.text.clone(), HeadlineFrom::FirstLine)),
        (None, Some(printed)) => Some((printed.to_owned(), HeadlineFrom::PrintHeader)),
        (None, None) => subject(cleaned).map(|title| (title, HeadlineFrom::Header)),
    }
}

/// The fewest words in the subject of a mail that is a headline.
const SHORTEST_SUBJECT: usize = 3;

/// Returns the subject of a mail that may be a headline: "news article" is none.
fn subject(cleaned: &Cleaned) -> Option<String> {
    let mut headers = cleaned.headers.iter();
    let subject = headers.find(|header| header.label == Label::Subject)?;
    (word_count(&subject.value) >= SHORTEST_SUBJECT).then(|| subject.value.clone())
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
