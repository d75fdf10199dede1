//! Small questions about a piece of text: does it end a sentence, how many words has it.

/// Quotation marks and brackets that may close after the end of a sentence.
const CLOSERS: &[char] = &[
    '"', '\'', '”', '’', '»', '›', '“', ')', ']', '}', '*', '_', '」', '』',
];

/// Quotation marks and brackets that may open before the first word of a sentence.
const OPENERS: &[char] = &[
    '"', '\'', '“', '‘', '«', '‹', '„', '(', '[', '{', '*', '_', '「', '『', '¿', '¡',
];

/// Returns whether the text ends in a full stop, question mark, exclamation mark or ellipsis,
/// closing quotation marks and brackets aside.
pub fn ends_sentence(text: &str) -> bool {
    matches!(
        text.trim_end_matches(CLOSERS).chars().next_back(),
        Some('.' | '!' | '?' | '…' | '。' | '！' | '？' | '।' | '؟')
    )
}

/// Returns whether the text ends as a statement does: in a full stop or an ellipsis that is not
/// an initialism's ("Putin visits U.S." does not).
pub fn ends_statement(text: &str) -> bool {
    let text = text.trim_end_matches(CLOSERS);
    match text.chars().next_back() {
        Some('.') => !ends_in_initialism(text),
        Some('…' | '。' | '।') => true,
        _ => false,
    }
}

fn ends_in_initialism(text: &str) -> bool {
    let last = text.rsplit(' ').next().unwrap_or(text);
    let last = last.trim_start_matches(OPENERS);
    let mut letters = 0;
    for (place, c) in last.chars().enumerate() {
        match place % 2 {
            0 if c.is_uppercase() => letters += 1,
            1 if c == '.' => {}
            _ => return false,
        }
    }
    letters >= 2
}

/// Returns whether the first character is a lower-case letter.
pub fn starts_lower(text: &str) -> bool {
    text.chars().next().is_some_and(char::is_lowercase)
}

/// Returns whether the first letter or digit, after quotation marks and brackets, is a capital or
/// a digit, or belongs to a script that has no capitals.
pub fn starts_upper(text: &str) -> bool {
    text.trim_start_matches(OPENERS)
        .chars()
        .next()
        .is_some_and(|c| c.is_alphanumeric() && !c.is_lowercase())
}

/// Words after which a title goes on.
const OPEN_ENDS: &[&str] = &[
    "a", "an", "the", "of", "in", "on", "at", "to", "for", "from", "by", "with", "and", "or", "as",
    "after", "over", "into", "near", "is", "are", "says", "say", "against", "amid", "but", "than",
];

/// Returns whether a title can't end here: it goes on after a comma, a dash or a small word.
pub fn ends_open(text: &str) -> bool {
    let last = text.rsplit(' ').next().unwrap_or(text);
    text.ends_with([',', ':', '-', '–', '—'])
        || OPEN_ENDS.iter().any(|word| word.eq_ignore_ascii_case(last))
}

/// Returns the number of words: runs between white space with a letter or digit in them. Where a
/// script is written without spaces, every two of its characters count as a word.
pub fn word_count(text: &str) -> usize {
    if text.is_ascii() {
        return ascii_word_count(text.as_bytes());
    }
    let (mut words, mut dense, mut has_letter) = (0, 0_usize, false);
    let words_in = |dense: usize, has_letter| match dense {
        0 | 1 => usize::from(has_letter),
        _ => dense.div_ceil(2),
    };
    for c in text.chars() {
        if c.is_whitespace() {
            words += words_in(dense, has_letter);
            (dense, has_letter) = (0, false);
        } else {
            has_letter = has_letter || c.is_alphanumeric();
            dense += usize::from(!c.is_ascii() && is_dense(c));
        }
    }
    words + words_in(dense, has_letter)
}

/// Returns the number of words of a text in ASCII, as most lines are. It has no branches that depend
/// on where words end, since no processor foresees that.
fn ascii_word_count(text: &[u8]) -> usize {
    let (mut words, mut has_letter) = (0, false);
    for &byte in text {
        let is_space = matches!(byte, b' ' | b'\t'..=b'\r');
        words += usize::from(has_letter & is_space);
        has_letter = (has_letter | byte.is_ascii_alphanumeric()) & !is_space;
    }
    words + usize::from(has_letter)
}

/// Returns whether a text has more than so many words (see [`word_count`]). A long one is not read
/// to its end for it.
pub fn is_longer(text: &str, words: usize) -> bool {
    let mut count = 0;
    text.split_inclusive(' ').any(|word| {
        count += word_count(word);
        count > words
    })
}

/// Returns whether the character belongs to a script that is written without spaces.
fn is_dense(c: char) -> bool {
    matches!(c, '\u{3040}'..='\u{30ff}' | '\u{3400}'..='\u{9fff}' | '\u{0e00}'..='\u{0e7f}')
}

/// Returns the text's letters and digits in lower case, words parted by one space: the form in
/// which titles are compared.
pub fn folded(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut pending_space = false;
    for c in text.chars() {
        if c.is_alphanumeric() {
            if pending_space && !out.is_empty() {
                out.push(' ');
            }
            pending_space = false;
            out.extend(c.to_lowercase());
        } else if !matches!(c, '\'' | '’') {
            pending_space = true;
        }
    }
    out
}

/// Returns the text after `prefix`, letter case aside, or `None` where it does not start so.
pub fn strip_prefix_ignore_case<'a>(text: &'a str, prefix: &str) -> Option<&'a str> {
    let first = |text: &str| text.as_bytes().first().map(u8::to_ascii_lowercase);
    if first(text) != first(prefix) {
        return None;
    }
    let head = text.get(..prefix.len())?;
    head.eq_ignore_ascii_case(prefix)
        .then(|| &text[prefix.len()..])
}

/// Appends `text` to `out` with each run of white space as one space.
pub fn push_collapsed(out: &mut String, text: &str) {
    for (i, word) in text.split_whitespace().enumerate() {
        if i > 0 {
            out.push(' ');
        }
        out.push_str(word);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sentence_ends() {
        for (text, sentence, statement) in [
            ("He left.", true, true),
            ("\"He left.\"", true, true),
            ("“He left”.", true, true),
            ("Who left?’", true, false),
            ("He left", false, false),
            ("He left:", false, false),
            ("Envoy flies to the U.S.", true, false),
            ("(He left.)", true, true),
            ("", false, false),
            ("...", true, true),
        ] {
            assert_eq!(ends_sentence(text), sentence, "{text}");
            assert_eq!(ends_statement(text), statement, "{text}");
        }
    }

    #[test]
    fn counts_words() {
        for (text, words) in [
            ("", 0),
            ("one", 1),
            ("one – two", 2),
            ("  a  b\tc ", 3),
            ("新聞記事", 2),
        ] {
            assert_eq!(word_count(text), words, "{text}");
            assert!(!is_longer(text, words), "{text}");
            assert!(words == 0 || is_longer(text, words - 1), "{text}");
        }
    }

    #[test]
    fn folds_titles() {
        for (text, expected) in [
            ("Envoys’ Talks: A Summit?", "envoys talks a summit"),
            ("  “Quoted”  ", "quoted"),
            ("re-election", "re election"),
            ("", ""),
        ] {
            assert_eq!(folded(text), expected);
        }
    }
}
