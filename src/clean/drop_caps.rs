//! Joins a drop cap with the rest of its word: the large first letter of a text, which extractors print
//! alone, as in "T he stairs were built".

use super::join::Draft;
use crate::text::sentence::starts_lower;
use crate::text::words::is_word_char;

/// The most drop caps of a file.
const MOST: usize = 16;

/// Joins the drop caps of drafts with the words that they begin. A letter is one if the file has the
/// whole word elsewhere, or if it stands on a line of its own and the file does not have the rest as a
/// word: "T cells" and "A boat" stay as they are.
pub fn join(drafts: &mut [Draft]) {
    let candidates: Vec<usize> = (0..drafts.len())
        .filter(|&i| {
            drafts[i].furniture.is_none()
                && drafts[i].part.is_none()
                && split(&drafts[i].text).is_some()
        })
        .take(MOST)
        .collect();
    for i in candidates {
        let Some((letter, rest)) = split(&drafts[i].text) else {
            continue;
        };
        let end = rest
            .find(|c: char| !c.is_alphanumeric())
            .unwrap_or(rest.len());
        let word = rest[..end].to_lowercase();
        let whole = format!("{}{word}", letter.to_lowercase());
        let stands_alone = drafts[i].lines.len() > 1 && drafts[i].starts_with_letter;
        if has_word(drafts, &whole)
            || stands_alone && !is_word(letter) && !has_word_beside(drafts, &word, i)
        {
            let at = letter.len();
            drafts[i].text.remove(at);
        }
    }
}

/// Splits a text after a capital that stands alone before a word in lower case.
fn split(text: &str) -> Option<(&str, &str)> {
    let letter = text.chars().next().filter(|c| c.is_uppercase())?.len_utf8();
    let rest = text[letter..].strip_prefix(' ')?;
    starts_lower(rest).then(|| (&text[..letter], rest))
}

/// Returns whether a letter is a word of English.
fn is_word(letter: &str) -> bool {
    matches!(letter, "A" | "I" | "O")
}

fn has_word(drafts: &[Draft], word: &str) -> bool {
    drafts.iter().any(|draft| holds(&draft.text, word))
}

/// Returns whether a draft has a word, apart from the first two words of draft `i`.
fn has_word_beside(drafts: &[Draft], word: &str, i: usize) -> bool {
    drafts.iter().enumerate().any(|(at, draft)| {
        let text = match split(&draft.text) {
            Some((_, rest)) if at == i => rest.split_once(' ').map_or("", |(_, rest)| rest),
            _ => draft.text.as_str(),
        };
        holds(text, word)
    })
}

fn holds(text: &str, word: &str) -> bool {
    let (Some(first), true) = (word.bytes().next(), word.is_ascii()) else {
        let is_word = |one: &str| one.len() == word.len() && one.to_lowercase() == word;
        return text.split(|c: char| !is_word_char(c)).any(is_word);
    };
    memchr::memchr2_iter(first, first.to_ascii_uppercase(), text.as_bytes()).any(|at| {
        let end = at + word.len();
        text.get(at..end)
            .is_some_and(|one| one.eq_ignore_ascii_case(word))
            && !text[..at].ends_with(is_word_char)
            && !text[end..].starts_with(is_word_char)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn drop_caps() {
        for (text, starts_with_letter, others, expected) in [
            (
                "T he boats sailed.",
                false,
                "All the boats.",
                "The boats sailed.",
            ),
            ("A fter the storm", false, "And after it", "After the storm"),
            ("H arold sailed.", true, "So it was.", "Harold sailed."),
            (
                "T cells are counted.",
                false,
                "The doctors",
                "T cells are counted.",
            ),
            ("A boat sailed.", true, "The storm", "A boat sailed."),
            ("T boats sailed.", true, "The boats", "T boats sailed."),
            ("J Smith sailed.", true, "The boats", "J Smith sailed."),
        ] {
            let draft = |text: &str| Draft {
                text: text.to_owned(),
                lines: vec![0, 1],
                furniture: None,
                part: None,
                starts_with_letter,
            };
            let mut drafts = [draft(text), draft(others)];
            join(&mut drafts);
            assert_eq!(drafts[0].text, expected, "{text}");
        }
    }
}
