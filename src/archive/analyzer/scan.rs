//! Finds the words of a text and their positions.

use std::ops::Range;

use unicode_normalization::char::is_combining_mark;

/// The number of positions between the last word of a block and the first of the next.
pub const BLOCK_GAP: usize = 10;

/// The place of a word.
pub(super) struct ScannedWord {
    pub range: Range<usize>,
    pub position: usize,
    pub joined: bool,
}

/// An iterator over the words of a text.
pub(super) struct Scan<'a> {
    text: &'a str,
    at: usize,
    /// The position of the next word.
    position: usize,
    /// The part before a hyphen, which may be joined with the next word.
    left: Option<Left>,
    /// The range of a joined form that is returned next.
    joined: Option<Range<usize>>,
}

/// The part of a word before its hyphen.
struct Left {
    range: Range<usize>,
    is_letters: bool,
}

impl<'a> Scan<'a> {
    pub(super) fn new(text: &'a str) -> Self {
        Self {
            text,
            at: 0,
            position: 0,
            left: None,
            joined: None,
        }
    }

    /// Returns the next word.
    pub(super) fn next(&mut self) -> Option<ScannedWord> {
        if let Some(range) = self.joined.take() {
            return Some(ScannedWord {
                range,
                position: self.position - 1,
                joined: true,
            });
        }
        let start = self.skip_to_word()?;
        let first = self.text[start..].chars().next()?;
        let end = if stands_alone(first) {
            start + first.len_utf8()
        } else {
            self.word_end(start)
        };
        let range = start..end;
        self.at = self.after_possessive(end);
        self.join(range.clone());
        let position = self.position;
        // The parts of a joined word have one position, so it only rises if no part is left to be
        // joined.
        if self.left.is_none() {
            self.position += 1;
        }
        Some(ScannedWord {
            range,
            position,
            joined: false,
        })
    }

    /// Records whether the word at `range` is the left or right part of letters and digits joined
    /// by a hyphen.
    fn join(&mut self, range: Range<usize>) {
        if self.left.is_none() && self.text.as_bytes().get(range.end) != Some(&b'-') {
            return;
        }
        let word = &self.text[range.clone()];
        let is_digits = word.bytes().all(|b| b.is_ascii_digit());
        let is_letters = word.chars().all(is_letter);
        if let Some(left) = self.left.take()
            && left.is_letters != is_letters
        {
            self.joined = Some(left.range.start..range.end);
            return;
        }
        let rest = &self.text[range.end..];
        let mut following = rest.chars();
        if (is_digits || is_letters)
            && following.next() == Some('-')
            && self.at == range.end
            && is_whole_part(following.as_str(), is_letters)
        {
            self.left = Some(Left { range, is_letters });
        }
    }

    /// Moves to the next character that can begin a word, and returns its offset.
    fn skip_to_word(&mut self) -> Option<usize> {
        let rest = &self.text[self.at..];
        let bytes = rest.as_bytes();
        let mut i = 0;
        while i < bytes.len() {
            let byte = bytes[i];
            if byte.is_ascii() {
                if byte.is_ascii_alphanumeric() {
                    break;
                }
                if byte == b'\n' && self.position > 0 {
                    self.position += BLOCK_GAP;
                }
                i += 1;
            } else {
                let c = rest[i..].chars().next()?;
                if begins_word(c) {
                    break;
                }
                i += c.len_utf8();
            }
        }
        self.at += i;
        (i < bytes.len()).then_some(self.at)
    }

    /// Returns the end of the word that starts at `start`.
    fn word_end(&self, start: usize) -> usize {
        let text = self.text;
        // Fast path: almost all words are ASCII letters without a character after them that joins
        // more.
        let bytes = text.as_bytes();
        let mut end = start;
        while bytes.get(end).is_some_and(u8::is_ascii_alphanumeric) {
            end += 1;
        }
        let is_joint = |byte: u8| matches!(byte, b'\'' | b'`' | b'.' | b',' | b'&');
        let goes_on = |byte: &u8| byte.is_ascii_alphanumeric() || !byte.is_ascii();
        if match bytes.get(end) {
            None => true,
            Some(&byte) if is_joint(byte) => !bytes.get(end + 1).is_some_and(goes_on),
            Some(byte) => byte.is_ascii(),
        } {
            return end;
        }
        end = start;
        let mut before = '\0';
        // The number of characters since the last joint: full stops join single letters.
        let mut run = 0;
        let mut chars = text[start..].char_indices().peekable();
        while let Some((offset, c)) = chars.next() {
            let at = start + offset;
            let next = chars.peek().map(|&(_, c)| c);
            if is_word_char(c) {
                if stands_alone(c) {
                    break;
                }
                run += 1;
                end = at + c.len_utf8();
            } else {
                let joins = match (c, next) {
                    (c, Some(next)) if is_apostrophe(c) => {
                        is_letter(before)
                            && is_letter(next)
                            && !is_possessive(&text[at + c.len_utf8()..])
                    }
                    ('.', Some(next)) if is_letter(before) => {
                        run == 1 && is_letter(next) && is_single_letter(&text[at + 1..])
                    }
                    ('.' | ',', Some(next)) => {
                        before.is_ascii_digit()
                            && next.is_ascii_digit()
                            && (c == '.' || is_thousand(&text[at + 1..]))
                    }
                    ('&', Some(next)) => is_letter(before) && is_letter(next),
                    _ => false,
                };
                if !joins {
                    break;
                }
                run = 0;
            }
            before = c;
        }
        end
    }

    /// Returns the end of a possessive 's that begins at `end`, or `end` itself.
    fn after_possessive(&self, end: usize) -> usize {
        let rest = &self.text[end..];
        let mut chars = rest.chars();
        match chars.next() {
            Some(c) if is_apostrophe(c) && is_possessive(chars.as_str()) => end + c.len_utf8() + 1,
            _ => end,
        }
    }
}

/// Returns whether a character is used as an apostrophe. One of them, U+02BC, is a letter in
/// Unicode.
pub fn is_apostrophe(c: char) -> bool {
    matches!(c, '\'' | '’' | 'ʼ' | '‘' | '`')
}

/// Returns whether a character is always part of a word.
pub fn is_word_char(c: char) -> bool {
    begins_word(c) || (!c.is_ascii() && is_combining_mark(c))
}

pub(super) fn begins_word(c: char) -> bool {
    c.is_alphanumeric() && !is_apostrophe(c)
}

/// Returns whether a character is a letter that forms words with others.
fn is_letter(c: char) -> bool {
    c.is_alphabetic() && !is_apostrophe(c) && !stands_alone(c)
}

/// Returns whether the text after an apostrophe begins with a possessive s.
fn is_possessive(after: &str) -> bool {
    let mut chars = after.chars();
    matches!(chars.next(), Some('s' | 'S')) && !chars.next().is_some_and(is_word_char)
}

/// Returns whether a text begins with a single letter, like those of `U.S.`.
fn is_single_letter(text: &str) -> bool {
    let mut chars = text.chars();
    chars.next().is_some_and(is_letter) && !chars.next().is_some_and(is_word_char)
}

/// Returns whether a text begins with exactly three digits, like those after the comma of 1,200.
fn is_thousand(text: &str) -> bool {
    let digits = text.bytes().take_while(u8::is_ascii_digit).count();
    digits == 3
}

/// Returns whether a text begins with a part that letters (or digits) are joined with: only digits
/// (or only letters) to the end of the word.
fn is_whole_part(text: &str, after_letters: bool) -> bool {
    let part: &str = text
        .find(|c: char| !is_word_char(c))
        .map_or(text, |end| &text[..end]);
    let rest = &text[part.len()..];
    let mut following = rest.chars();
    let goes_on = following
        .next()
        .is_some_and(|c| matches!(c, '-' | '.' | ',') || is_apostrophe(c))
        && following.next().is_some_and(is_word_char);
    !part.is_empty()
        && !goes_on
        && if after_letters {
            part.bytes().all(|b| b.is_ascii_digit())
        } else {
            part.chars().all(is_letter)
        }
}

/// Returns whether a character is a word by itself, in scripts without spaces. The ranges are the
/// blocks of these scripts in the Unicode Character Database.
fn stands_alone(c: char) -> bool {
    matches!(c,
        '\u{0E00}'..='\u{0EFF}'     // Thai, Lao
        | '\u{1000}'..='\u{109F}'   // Myanmar
        | '\u{1780}'..='\u{17FF}'   // Khmer
        | '\u{3040}'..='\u{30FF}'   // Hiragana, Katakana
        | '\u{3400}'..='\u{4DBF}'   // CJK Extension A
        | '\u{4E00}'..='\u{9FFF}'   // CJK
        | '\u{F900}'..='\u{FAFF}'   // CJK compatibility
        | '\u{20000}'..='\u{323AF}' // CJK Extensions B to H
    ) && c.is_alphanumeric()
}
