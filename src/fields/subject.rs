//! Reads the subject of a mail as a headline.

use rustc_hash::FxHashSet;

use crate::clean::export::Label;
use crate::clean::{Cleaned, Role};
use crate::text::fold::folded;

/// The paragraphs in which the words of a subject are looked for.
const PARAGRAPHS: usize = 10;

/// Returns the subject of a mail if it is about the text: two of its longer words or numbers stand
/// there again, or one of at most two. "Have you seen this?" and "news article" are no headlines.
pub fn headline(cleaned: &Cleaned) -> Option<&str> {
    let mut headers = cleaned.headers.iter();
    let subject = headers.find(|header| header.label == Label::Subject)?;
    let paragraphs = cleaned.blocks.iter().filter(|b| b.role == Role::Paragraph);
    let text: Vec<&str> = paragraphs
        .take(PARAGRAPHS)
        .map(|block| block.text.as_str())
        .collect();
    is_about(&subject.value, &text).then_some(subject.value.as_str())
}

fn is_about(subject: &str, text: &[&str]) -> bool {
    if !subject.trim().contains(' ') {
        return false;
    }
    let words = content_words(subject);
    let text: FxHashSet<String> = text.iter().flat_map(|text| content_words(text)).collect();
    let again = words.iter().filter(|word| text.contains(*word)).count();
    again >= 2 || again == 1 && words.len() <= 2
}

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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn subjects_that_are_about_the_text() {
        let text = [
            "A goat received 11 votes in the election of the council of Upper Dell, it said.",
            "Nobody was surprised.",
        ];
        for (subject, expected) in [
            ("Goat elected", true),
            ("Council of Upper Dell gets a goat", true),
            ("Goat", false),
            ("news article", false),
            ("Have you seen this?", false),
            ("What the council did not say today", false),
            ("", false),
        ] {
            assert_eq!(is_about(subject, &text), expected, "{subject}");
        }
    }
}
