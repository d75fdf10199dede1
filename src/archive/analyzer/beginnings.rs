//! The first letters of the words that are looked for in texts. By them most texts and words are passed over
//! unread.

use super::characters::{is_mark, is_word_char};
use super::forms::irregular_forms;
use crate::text::words::beyond_ascii;

/// The first two bytes of words, folded.
///
/// Stemming changes only the ends of words, so that the words of a stem begin as the stem does.
pub struct Beginnings {
    /// For each first byte, the second bytes.
    seconds: Box<[Seconds; 256]>,
    /// Those in letters of ASCII.
    pairs: Vec<[u8; 2]>,
    /// Whether a word may begin otherwise in a text than folded, so that no text is passed over.
    may_be_anywhere: bool,
}

/// The second bytes of words that share a first byte.
#[derive(Clone, Copy, Default)]
struct Seconds {
    /// A bit for each byte.
    bytes: [u64; 4],
}

impl Seconds {
    fn add(&mut self, byte: u8) {
        self.bytes[usize::from(byte >> 6)] |= 1 << (byte & 63);
    }

    fn has(&self, byte: u8) -> bool {
        self.bytes[usize::from(byte >> 6)] >> (byte & 63) & 1 == 1
    }
}

impl Default for Beginnings {
    fn default() -> Self {
        Self {
            seconds: Box::new([Seconds::default(); 256]),
            pairs: Vec::new(),
            may_be_anywhere: false,
        }
    }
}

/// How the units of numbers begin, which a text may write otherwise: `5bn` for `5 billion`.
const UNITS: [[u8; 2]; 3] = [*b"bi", *b"mi", *b"tr"];

impl Beginnings {
    /// Returns the beginnings of all words.
    pub fn all() -> Self {
        Self {
            seconds: Box::new(
                [Seconds {
                    bytes: [u64::MAX; 4],
                }; 256],
            ),
            pairs: Vec::new(),
            may_be_anywhere: true,
        }
    }

    /// Adds the beginnings of the words with a stem, irregular ones among them.
    pub fn add(&mut self, stem: &str) {
        self.add_one(stem);
        for form in irregular_forms(stem) {
            self.add_one(form);
        }
    }

    /// Adds the beginning of a word or a stem.
    fn add_one(&mut self, stem: &str) {
        match *stem.as_bytes() {
            [] => {}
            // The stem of "oed" is "o".
            [first] => {
                self.seconds[usize::from(first)].bytes = [u64::MAX; 4];
                self.may_be_anywhere = true;
            }
            [first, second, ..] => {
                self.add_pair([first, second]);
                // The stems of "dying", "lying" and "tying" begin with "di", "li" and "ti". Stemming
                // changes no other second letter.
                if second == b'i' {
                    self.add_pair([first, b'y']);
                }
            }
        }
    }

    fn add_pair(&mut self, pair: [u8; 2]) {
        let [first, second] = pair;
        self.seconds[usize::from(first)].add(second);
        if !first.is_ascii() {
            return;
        }
        self.may_be_anywhere |= !first.is_ascii_lowercase() || UNITS.contains(&pair);
        if !self.pairs.contains(&pair) {
            self.pairs.push(pair);
        }
    }

    /// Returns whether a folded word begins so, given its first two bytes, or its only one.
    pub(super) fn has(&self, first: &[u8]) -> bool {
        match *first {
            [] => false,
            // All second bytes were added with a stem of one byte.
            [first] => self.seconds[usize::from(first)].has(0),
            [first, second, ..] => self.seconds[usize::from(first)].has(second),
        }
    }

    /// Returns whether a text may have a word that begins so. If not, it has none.
    pub(super) fn may_be_in(&self, text: &str) -> bool {
        self.may_be_anywhere
            || beyond_ascii(text).any(|c| is_word_char(c) || is_mark(c))
            || text.contains('&')
            || (self.pairs.iter()).any(|&pair| may_begin(text.as_bytes(), pair))
    }
}

/// Returns whether a text may have a word that begins with two letters. Letters that are followed by neither
/// a letter nor the end of a word may be joined to others: `U.S.`, `O’Brien`, `e-mail`.
///
/// There is no branch, so that many bytes are compared at once.
fn may_begin(text: &[u8], [first, second]: [u8; 2]) -> bool {
    let begins = |before: u8, letter: u8, next: u8| {
        let is_end = (next == b' ') | (next == b',') | (next == b'"') | (next == b')');
        let is_second = (next | 0x20 == second) | !(next.is_ascii_alphabetic() | is_end);
        !before.is_ascii_alphabetic() & (letter | 0x20 == first) & is_second
    };
    let at_start = match *text {
        [letter, next, ..] => begins(b' ', letter, next),
        _ => false,
    };
    let inside = text
        .iter()
        .zip(text.iter().skip(1))
        .zip(text.iter().skip(2));
    inside.fold(at_start, |any, ((&before, &letter), &next)| {
        any | begins(before, letter, next)
    })
}
