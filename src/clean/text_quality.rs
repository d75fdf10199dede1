//! Recognises text that cleaning can't repair: columns that were read across, errors of historic OCR,
//! and articles of which most was taken out. The article gets a warning; nothing is guessed.

use super::mojibake::is_damaged;
use crate::article::{Removed, RemovedKind};
use crate::text::words::{is_word_char, word_count};

/// The warning about columns that were read across.
pub const COLUMNS: &str = "two columns seem to have been read across: sentences may be mixed";

/// The warning about historic OCR.
pub const OCR: &str = "the text seems to come from OCR with many misread words";

/// The warning about characters that an encoding damaged.
pub const DAMAGED: &str =
    "some characters were damaged before the file was written, and could not be mended";

/// Returns the warnings for a text, given its lines too.
pub fn warnings(text: &str, raw: &[&str]) -> Vec<String> {
    let mut warnings = Vec::new();
    if memchr::memmem::find(text.as_bytes(), GAP.as_bytes()).is_some() && has_columns(raw) {
        warnings.push(COLUMNS.to_owned());
    }
    if is_poor_ocr(raw) {
        warnings.push(OCR.to_owned());
    }
    if is_damaged(text) {
        warnings.push(DAMAGED.to_owned());
    }
    warnings
}

/// Returns a warning if a body of `body` words is empty or has fewer words than the receipt, so that
/// an article that cleaning took apart is noticed. URLs are not counted.
pub fn warning_on_removed(body: usize, receipt: &[Removed]) -> Option<String> {
    let removed = receipt.iter().filter(|part| part.kind != RemovedKind::Url);
    let removed: usize = removed.map(|part| word_count(&part.text)).sum();
    match body {
        0 if removed > 0 => Some(format!(
            "no text is left: all words, {removed}, are on the receipt"
        )),
        _ if removed > body => Some(format!(
            "more words were taken out than are left: {removed} and {body}"
        )),
        _ => None,
    }
}

/// The most lines that are searched for columns.
const SAMPLE: usize = 400;

/// The fewest lines from which columns are recognised.
const FEWEST_LINES: usize = 8;

/// Returns whether a third of the lines have one wide gap, most of these at the same column.
fn has_columns(raw: &[&str]) -> bool {
    let mut lines = 0;
    let mut columns = Vec::new();
    for line in raw
        .iter()
        .filter(|line| line.bytes().any(|byte| !byte.is_ascii_whitespace()))
        .take(SAMPLE)
    {
        lines += 1;
        columns.extend(second_column(line));
    }
    if columns.len() < FEWEST_LINES || columns.len() * 3 < lines {
        return false;
    }
    columns.sort_unstable();
    let at_one_column = columns
        .chunk_by(|a, b| a == b)
        .map(<[usize]>::len)
        .max()
        .unwrap_or(0);
    at_one_column * 2 > columns.len()
}

/// The least gap between two columns.
const GAP: &str = "   ";

/// Returns the column at which the right-hand text begins, if exactly one gap of three or more
/// spaces separates two texts of 15 bytes or more.
fn second_column(line: &str) -> Option<usize> {
    let text = line.trim();
    let gap = text.find(GAP)?;
    let right = text[gap..].trim_start();
    let is_text = |part: &str| part.len() >= 15 && part.contains(' ');
    if !is_text(&text[..gap]) || !is_text(right) || right.contains(GAP) {
        return None;
    }
    let before = &line[..line.len() - (line.trim_start().len() - (text.len() - right.len()))];
    Some(before.chars().count())
}

/// The fewest words in a text that is judged.
const FEWEST_WORDS: usize = 60;

/// The most words that are read for it.
const MOST_WORDS: usize = 400;

/// Returns whether one word in twelve has an error that typists do not make.
fn is_poor_ocr(raw: &[&str]) -> bool {
    let (mut words, mut slips) = (0usize, 0usize);
    for word in raw
        .iter()
        .flat_map(|line| line.split_ascii_whitespace())
        .take(MOST_WORDS)
    {
        // Most words have only letters of ASCII, and perhaps a mark after them.
        let letters = word.strip_suffix([',', '.']).unwrap_or(word).as_bytes();
        if letters.len() > 1 && letters.iter().all(u8::is_ascii_alphabetic) {
            words += 1;
            slips += usize::from(is_misread(letters));
            continue;
        }
        if word.len() > 40 || word.bytes().any(|byte| byte == b':') && word.contains("://") {
            continue;
        }
        words += 1;
        slips += usize::from(is_slip(word));
    }
    words >= FEWEST_WORDS && slips * 12 > words
}

/// Returns whether a word was misread: it is a known misreading, has a symbol or digit between
/// lower-case letters, or is a single letter or sign that is not a word.
fn is_slip(word: &str) -> bool {
    let core = word.trim_matches(|c: char| !is_word_char(c));
    if is_misread(core.as_bytes()) {
        return true;
    }
    if core.is_empty() {
        return word
            .chars()
            .any(|c| matches!(c, '■' | '^' | '~' | '|' | '\\' | '«' | '»' | '{' | '}'))
            && word.chars().count() <= 2;
    }
    let mut letters = core.chars();
    let (Some(mut before), Some(mut inside)) = (letters.next(), letters.next()) else {
        let only = core.chars().next();
        return only.is_some_and(|c| c.is_lowercase() && !LONE_LETTERS.contains(c));
    };
    for after in letters {
        if before.is_lowercase() && after.is_lowercase() && is_misreading(inside) {
            return true;
        }
        (before, inside) = (inside, after);
    }
    false
}

/// The shortest and the longest of [`MISREAD`].
const LENGTHS_OF_MISREAD: std::ops::RangeInclusive<usize> = 2..=6;

/// Common English words with h read as li or b, n as u, or e as c.
const MISREAD: &[&[u8]] = &[
    b"tlie", b"tbe", b"thc", b"tlic", b"aud", b"tliat", b"tbat", b"tliis", b"tbis", b"whicli",
    b"wliich", b"witli", b"liave", b"liad", b"lias", b"liis", b"lier", b"uot", b"oue", b"upou",
    b"beeu", b"iu",
];

/// For each first letter, less its case, a bit for each second letter of one of [`MISREAD`].
static BEGINNINGS: [u32; 32] = {
    let mut seconds = [0; 32];
    let mut i = 0;
    while i < MISREAD.len() {
        let word = MISREAD[i];
        seconds[(word[0] & 31) as usize] |= 1 << (word[1] & 31);
        i += 1;
    }
    seconds
};

/// Returns whether a word is one of [`MISREAD`].
fn is_misread(word: &[u8]) -> bool {
    LENGTHS_OF_MISREAD.contains(&word.len())
        && BEGINNINGS[usize::from(word[0] & 31)] >> (word[1] & 31) & 1 == 1
        && MISREAD
            .iter()
            .any(|misread| misread.eq_ignore_ascii_case(word))
}

/// Letters that are words, in English and other Western European languages.
const LONE_LETTERS: &str = "aoeyiàéè";

/// Returns whether a character between two lower-case letters is a misreading.
fn is_misreading(c: char) -> bool {
    matches!(
        c,
        '0'..='9'
            | ':'
            | ';'
            | '^'
            | '~'
            | '|'
            | '\\'
            | '■'
            | '*'
            | '»'
            | '«'
            | '!'
            | '?'
            | '<'
            | '>'
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn warns_of_texts_that_were_taken_out() {
        let removed = |kind, text: &str| Removed {
            line: 1,
            kind,
            text: text.to_owned(),
        };
        let header = |text| [removed(RemovedKind::Header, text)];
        assert_eq!(warning_on_removed(4, &header("four words of header")), None);
        assert_eq!(
            warning_on_removed(4, &header("five words of a header")).as_deref(),
            Some("more words were taken out than are left: 5 and 4")
        );
        assert_eq!(
            warning_on_removed(0, &header("three header words")).as_deref(),
            Some("no text is left: all words, 3, are on the receipt")
        );
        assert_eq!(
            warning_on_removed(0, &[removed(RemovedKind::Url, "https://a.example")]),
            None
        );
    }

    #[test]
    fn columns_read_across() {
        let across: Vec<String> = (0..12)
            .map(|_| {
                format!(
                    "{:<46}{}",
                    "the ferry left the old harbour at", "and the mayor, who was late, swam"
                )
            })
            .collect();
        let lines: Vec<&str> = across.iter().map(String::as_str).collect();
        assert!(has_columns(&lines));
        let justified = ["the   ferry   left   the  old   harbour   at  noon"; 12];
        assert!(!has_columns(&justified));
        assert!(!has_columns(
            &["the ferry left the old harbour at noon"; 12]
        ));
    }

    #[test]
    fn slips_of_ocr() {
        for (word, expected) in [
            ("tbe", true),
            ("Tbe,", true),
            ("tbeir", false),
            ("wh:ch", true),
            ("pr1nce", true),
            ("t", true),
            ("a", false),
            ("covid-19", false),
            ("McDonald", false),
            ("■", true),
        ] {
            assert_eq!(is_slip(word), expected, "{word}");
        }
    }
}
