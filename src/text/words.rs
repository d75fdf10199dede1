//! Words of a text: counting them, comparing a prefix, collapsing the white space between them.

/// Returns the number of words: the runs between white space that have a letter or a digit. In
/// scripts that are written without spaces, two characters count as a word.
pub fn word_count(text: &str) -> usize {
    count_up_to(text, usize::MAX)
}

/// Returns whether a text has more than `words` words, as [`word_count`] counts them. Stops reading
/// when it has.
pub fn is_longer(text: &str, words: usize) -> bool {
    count_up_to(text, words) > words
}

/// What a byte of a text is: white space, a letter or digit, or a part of a character beyond ASCII.
const SPACE: u8 = 1;
const LETTER: u8 = 2;
const BEYOND_ASCII: u8 = 4;

/// What each byte is, since a look into a table is a quarter of the work of telling it from the byte.
static CLASSES: [u8; 256] = {
    let mut classes = [0; 256];
    let mut byte = 0;
    while byte < 256 {
        classes[byte] = match byte as u8 {
            b' ' | b'\t'..=b'\r' => SPACE,
            b'0'..=b'9' | b'A'..=b'Z' | b'a'..=b'z' => LETTER,
            0x80.. => BEYOND_ASCII,
            _ => 0,
        };
        byte += 1;
    }
    classes
};

/// Returns the number of words, or a number above `most` if there are more.
///
/// The loop has no branch that depends on where words end: a processor can't predict it.
fn count_up_to(text: &str, most: usize) -> usize {
    let bytes = text.as_bytes();
    let (mut words, mut at) = (0, 0);
    // 1 inside a word that has a letter.
    let mut has_letter = 0;
    while let Some(&byte) = bytes.get(at).filter(|_| words <= most) {
        let mut class = CLASSES[usize::from(byte)];
        at += 1;
        if class == BEYOND_ASCII {
            let c = text[at - 1..].chars().next().unwrap_or_default();
            if is_dense(c) {
                return dense_word_count(text);
            }
            at += c.len_utf8() - 1;
            class = u8::from(c.is_whitespace()) | u8::from(is_word_char(c)) << 1;
        }
        words += usize::from(has_letter & class & SPACE);
        has_letter = (has_letter | class >> 1) & !class & 1;
    }
    words + usize::from(has_letter)
}

/// Returns the number of words of a text with characters of scripts that are written without spaces.
fn dense_word_count(text: &str) -> usize {
    let words = text.split_whitespace().map(|word| {
        let dense = word.chars().filter(|c| is_dense(*c)).count();
        match dense {
            0 | 1 => usize::from(word.contains(is_word_char)),
            _ => dense.div_ceil(2),
        }
    });
    words.sum()
}

/// Returns whether a character is a letter or a digit. Most of those beyond ASCII that newspapers print
/// are Latin letters, dashes and quotation marks, for which the tables of Unicode are not needed.
pub fn is_word_char(c: char) -> bool {
    match c {
        '\0'..='\x7f' => c.is_ascii_alphanumeric(),
        '\u{c0}'..='\u{24f}' => !matches!(c, '×' | '÷'),
        '\u{2010}'..='\u{2027}' => false,
        _ => c.is_alphanumeric(),
    }
}

/// Returns the characters of a text beyond ASCII.
pub fn beyond_ascii(text: &str) -> impl Iterator<Item = char> {
    let mut rest = text;
    std::iter::from_fn(move || {
        let at = rest.bytes().position(|byte| !byte.is_ascii())?;
        let c = rest[at..].chars().next()?;
        rest = &rest[at + c.len_utf8()..];
        Some(c)
    })
}

/// Returns whether the character belongs to a script that is written without spaces.
fn is_dense(c: char) -> bool {
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
    fn tells_letters_as_unicode_does() {
        for c in ('\0'..='\u{2fff}').filter(|c| is_word_char(*c) != c.is_alphanumeric()) {
            panic!("{c:?}");
        }
        assert_eq!(beyond_ascii("a’é b—").collect::<String>(), "’é—");
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
}
