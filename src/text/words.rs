//! Words of a text: counting them, comparing a prefix, collapsing the white space between them.

/// Returns the number of words: the runs between white space that have a letter or a digit. In
/// scripts that are written without spaces, two characters count as a word.
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

/// Returns the number of words of an ASCII text, as most lines are. The loop has no branch that
/// depends on where words end: a processor can't predict it.
fn ascii_word_count(text: &[u8]) -> usize {
    let (mut words, mut has_letter) = (0, false);
    for &byte in text {
        let is_space = matches!(byte, b' ' | b'\t'..=b'\r');
        words += usize::from(has_letter & is_space);
        has_letter = (has_letter | byte.is_ascii_alphanumeric()) & !is_space;
    }
    words + usize::from(has_letter)
}

/// Returns whether a text has more than `words` words, as [`word_count`] counts them. Stops reading
/// when it has.
pub fn is_longer(text: &str, words: usize) -> bool {
    let mut count = 0;
    text.split_inclusive(' ').any(|word| {
        count += word_count(word);
        count > words
    })
}

/// Returns whether the character belongs to a script that is written without spaces.
pub(super) fn is_dense(c: char) -> bool {
    matches!(c, '\u{3040}'..='\u{30ff}' | '\u{3400}'..='\u{9fff}' | '\u{0e00}'..='\u{0e7f}')
}

/// Returns the text after `prefix`, compared without regard to ASCII case, or `None` if the text
/// does not start with it.
pub fn strip_prefix_ignore_case<'a>(text: &'a str, prefix: &str) -> Option<&'a str> {
    let first = |text: &str| text.as_bytes().first().map(u8::to_ascii_lowercase);
    if first(text) != first(prefix) {
        return None;
    }
    let head = text.get(..prefix.len())?;
    head.eq_ignore_ascii_case(prefix)
        .then(|| &text[prefix.len()..])
}

/// Appends `text` to `out`, trimmed and with one space for each run of white space.
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
}
