//! Chooses the headline: that of a labelled header, else the one above the text, else the title
//! that a browser printed, else the subject of a mail.

use rustc_hash::FxHashSet;

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

/// Returns the subject of a mail if it is about the text: two of its longer words or numbers stand
/// there again, or one of at most two. "Have you seen this?" and "news article" are no headlines.
fn subject(cleaned: &Cleaned) -> Option<String> {
    let mut headers = cleaned.headers.iter();
    let subject = headers.find(|header| header.label == Label::Subject)?;
    if word_count(&subject.value) < 2 {
        return None;
    }
    let words = content_words(&subject.value);
    let paragraphs = cleaned.blocks.iter().filter(|b| b.role == Role::Paragraph);
    let text: FxHashSet<String> = paragraphs
        .take(SUBJECT_PARAGRAPHS)
        .flat_map(|block| content_words(&block.text))
        .collect();
    let again = words.iter().filter(|word| text.contains(*word)).count();
    (again >= 2 || again == 1 && words.len() <= 2).then(|| subject.value.clone())
}

/// The paragraphs in which the words of a subject are looked for.
const SUBJECT_PARAGRAPHS: usize = 10;

/// Returns the numbers of a text, and the first five letters of its words of four or more.
fn content_words(text: &str) -> Vec<String> {
    let words = folded(text);
    words
        .split(' ')
        .filter(|word| {
            word.chars().count() >= 4 || word.len() >= 2 && word.bytes().all(|b| b.is_ascii_digit())
        })
        .map(|word| word.chars().take(5).collect())
        .collect()
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
