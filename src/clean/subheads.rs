//! Recognises headings inside the body by their form.

use super::credits;
use super::date_lines;
use super::letterhead::is_contact;
use crate::text::sentence::ends_sentence;
use crate::text::words::is_longer;

/// The most words in a subhead.
const LONGEST_SUBHEAD: usize = 12;

/// Returns whether a text inside the body looks like a heading: a short line that ends no sentence, is
/// no date, page number, label or address, and consists of words.
pub fn is_subhead(text: &str) -> bool {
    text.len() <= 90
        && !is_longer(text, LONGEST_SUBHEAD)
        && !ends_sentence(text)
        && !text.ends_with([':', ',', ';', '-', '–', '—', '"', '”'])
        && !text.starts_with(['"', '“', '('])
        && !text.starts_with(char::is_lowercase)
        && consists_of_words(text)
        && !is_page_number(text)
        && !is_contact(text)
        && !date_lines::is_about_a_date(text)
        && !credits::is_outlet_and_date(text)
        && !date_lines::is_bare_date_label(text)
}

/// Returns whether most characters are letters, three or more of them in one word.
fn consists_of_words(text: &str) -> bool {
    let letters = text.chars().filter(|c| c.is_alphabetic()).count();
    let others = text
        .chars()
        .filter(|c| !c.is_alphabetic() && *c != ' ')
        .count();
    let is_word = |word: &str| word.chars().filter(|c| c.is_alphabetic()).count() >= 3;
    letters > others && text.split(' ').any(is_word)
}

/// Returns whether a text is the number of a page: "Page A12", "Seite 3", "p. 4 of 9".
fn is_page_number(text: &str) -> bool {
    let number = |word: &str| word.bytes().any(|byte| byte.is_ascii_digit());
    let mut words = text.split(' ');
    let label = words.next().unwrap_or_default().trim_end_matches('.');
    ["page", "pages", "pg", "pp", "seite", "pagina", "página"]
        .iter()
        .any(|page| label.eq_ignore_ascii_case(page))
        && words.next().is_some_and(number)
        && words.count() <= 2
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn subheads() {
        for (text, expected) in [
            ("Details unclear", true),
            ("9/11 and after", true),
            ("A third way?", false),
            ("He said:", false),
            ("– lower", true),
            ("and so on", false),
            ("Page A12", false),
            ("Page one", true),
            ("27 June 2018", false),
            ("Published 27 June 2018", false),
            ("Â", false),
            ("1,904.7", false),
            ("desk@quay.example", false),
        ] {
            assert_eq!(is_subhead(text), expected, "{text}");
        }
    }
}
