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

/// Returns the number of words, or a number above `most` if there are more.
fn count_up_to(text: &str, most: usize) -> usize {
    let (mut words, mut has_letter) = (0, false);
    let mut rest = text;
    while !rest.is_empty() && words <= most {
        let (ascii, bytes) = ascii::of_eight(rest.as_bytes());
        if ascii > 0 {
            let (ended, is_open) = ascii::words_in(bytes, has_letter);
            words += ended;
            has_letter = is_open;
            rest = &rest[ascii..];
            continue;
        }
        let Some(c) = rest.chars().next() else {
            break;
        };
        if is_dense(c) {
            return dense_word_count(text);
        }
        let is_space = c.is_whitespace();
        words += usize::from(has_letter && is_space);
        has_letter = (has_letter || is_word_char(c)) && !is_space;
        rest = &rest[c.len_utf8()..];
    }
    words + usize::from(has_letter)
}

/// Returns how many letters of ASCII a text begins with.
pub fn ascii_letters(text: &[u8]) -> usize {
    let mut letters = 0;
    loop {
        let (_, bytes) = ascii::of_eight(&text[letters..]);
        let more = ascii::letters(bytes);
        letters += more;
        if more < 8 {
            return letters;
        }
    }
}

/// Words of ASCII read eight bytes at a time, each byte in its place of one number: no branch depends on
/// where words end, which a processor can't predict.
mod ascii {
    /// One in each byte.
    const ONES: u64 = u64::from_ne_bytes([1; 8]);
    /// The high bit of each byte, which no byte of ASCII has.
    const HIGH: u64 = ONES << 7;

    /// Returns how many of the next eight bytes are ASCII up to the first that is not, and these bytes with
    /// zeros behind them, the first lowest.
    pub fn of_eight(text: &[u8]) -> (usize, u64) {
        let mut eight = [0; 8];
        let length = text.len().min(eight.len());
        match text.first_chunk() {
            Some(chunk) => eight = *chunk,
            None => eight[..length].copy_from_slice(text),
        }
        let bytes = u64::from_le_bytes(eight);
        match bytes & HIGH {
            0 => (length, bytes),
            high => {
                let ascii = high.trailing_zeros() / 8;
                (ascii as usize, bytes & ((1 << (8 * ascii)) - 1))
            }
        }
    }

    /// Returns the number of words with a letter or digit that end before white space in these bytes, and
    /// whether the last word goes on and has one. `has_letter` says whether a word with one goes on here.
    pub fn words_in(bytes: u64, has_letter: bool) -> (usize, bool) {
        let spaces = between(bytes, b' ', b' ') | between(bytes, b'\t', b'\r');
        let letters = between(bytes, b'0', b'9') | between(bytes | ONES << 5, b'a', b'z');
        // All bits of a byte are set where no white space is. Adding a letter's bit carries a one through the
        // rest of its word, into the white space behind it.
        let (sum, carries) = (!((spaces >> 7) * 0xff)).overflowing_add(letters);
        let (sum, also_carries) = sum.overflowing_add(u64::from(has_letter));
        let ends = sum & (spaces >> 7);
        (
            (ends.wrapping_mul(ONES) >> 56) as usize,
            carries || also_carries,
        )
    }

    /// Returns how many of these bytes, from the first, are letters.
    pub fn letters(bytes: u64) -> usize {
        let letters = between(bytes | ONES << 5, b'a', b'z');
        ((!letters & HIGH).trailing_zeros() / 8) as usize
    }

    /// Returns the high bit of each byte that is from `low` to `high`, of ASCII.
    fn between(bytes: u64, low: u8, high: u8) -> u64 {
        let is_at_least = bytes + ONES * u64::from(0x80 - low);
        let is_above = bytes + ONES * u64::from(0x7f - high);
        is_at_least & !is_above & HIGH
    }
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
        _ => block::has_word_char(c),
    }
}

/// The tables of the standard library, in which one search takes as long as reading a line, remembered by
/// blocks of characters.
mod block {
    use std::sync::OnceLock;

    /// How many characters a block has: the bits of a number.
    const SIZE: u32 = u64::BITS;
    /// The blocks of the first plane of Unicode, each with a bit for each letter and digit.
    static BLOCKS: [OnceLock<u64>; 1024] = [const { OnceLock::new() }; 1024];

    /// Returns whether a character is a letter or a digit.
    pub fn has_word_char(c: char) -> bool {
        let code = u32::from(c);
        match BLOCKS.get((code / SIZE) as usize) {
            Some(block) => block.get_or_init(|| of(code / SIZE * SIZE)) >> (code % SIZE) & 1 == 1,
            None => c.is_alphanumeric(),
        }
    }

    /// Returns the block that begins at a code point.
    fn of(first: u32) -> u64 {
        let is_word = |&bit: &u32| char::from_u32(first + bit).is_some_and(char::is_alphanumeric);
        (0..SIZE)
            .filter(is_word)
            .fold(0, |block, bit| block | 1 << bit)
    }
}

/// Returns the characters of a text beyond ASCII.
pub fn beyond_ascii(text: &str) -> impl Iterator<Item = char> {
    const BLOCK: usize = 32;
    let mut rest = text;
    std::iter::from_fn(move || {
        // Whole blocks of ASCII are passed over at once.
        let blocks = rest.as_bytes().chunks_exact(BLOCK);
        let ascii = blocks.take_while(|block| block.is_ascii()).count();
        rest = &rest[ascii * BLOCK..];
        let at = rest.bytes().position(|byte| !byte.is_ascii())?;
        let c = rest[at..].chars().next()?;
        rest = &rest[at + c.len_utf8()..];
        Some(c)
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
    fn tells_letters_as_unicode_does() {
        let mut all = '\0'..='\u{2ffff}';
        assert_eq!(all.find(|c| is_word_char(*c) != c.is_alphanumeric()), None);
        assert_eq!(beyond_ascii("a’é b—").collect::<String>(), "’é—");
    }

    #[test]
    fn counts_the_letters_at_the_beginning() {
        for (text, letters) in [
            ("", 0),
            ("Az[", 2),
            ("zZ{", 2),
            ("@a", 0),
            ("`a", 0),
            ("1a", 0),
            ("eightlet", 8),
            ("eightlett", 9),
            ("eightlettersé", 12),
            ("né", 1),
        ] {
            assert_eq!(ascii_letters(text.as_bytes()), letters, "{text}");
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
            ("a\tb\u{a0}c – “d” é", 5),
            ("--- ... 'tis eight-byte-words, 1,000 of\nthem", 5),
            ("wordofsixteenchr", 1),
            ("seven7 nine’s", 2),
        ] {
            assert_eq!(word_count(text), words, "{text}");
            assert!(!is_longer(text, words), "{text}");
            assert!(words == 0 || is_longer(text, words - 1), "{text}");
        }
    }
}
