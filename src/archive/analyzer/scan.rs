//! Finds the words of a text and their positions.
//!
//! Letters and digits are separate words, whether they stand together, apart or beside a hyphen. So
//! `COVID-19`, `Covid19` and `covid 19` are the same two words.

use std::ops::Range;

use super::characters::{
    begins_word, is_apostrophe, is_arabic, is_currency, is_dash, is_decimal_point, is_digit,
    is_fraction, is_hyphen, is_letter, is_mark, is_space, is_thousands_comma, is_word_char,
    stands_alone,
};
use super::joints::{
    after_hebrew_prefixes, ampersand_end, has_umlaut, is_elided, is_lakh, is_name_with_ending,
    is_possessive, is_single_letter, is_thousand, is_vowel,
};
use super::numbers;
use crate::text::words::ascii_letters;

/// The number of positions between the last word of a block and the first of the next.
pub const BLOCK_GAP: usize = 10;

/// Parts the endings of Persian words without a space: کتاب‌های is a form of کتاب.
const ZERO_WIDTH_NON_JOINER: char = '\u{200C}';

/// What a word is in a text and in a query.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Role {
    /// A word of texts and of queries.
    Word,
    /// Another form of a word, which only the index has, at the position of the word: `élysée` is
    /// the word and `lélysée` the variant of `l’Élysée`.
    Variant,
    /// Two words with their hyphen, which only the index has, at the position of the second.
    Compound,
    /// Letters and digits that are written together, which only the index has, at the position of the second.
    Joint,
}

/// How a word is folded.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Folding {
    /// Without diacritics.
    Base,
    /// With umlauts spelled out: `mueller`.
    SpelledOut,
    /// As the term of a compound (see [`super::compound`]).
    Compound,
    /// As the term of letters and digits.
    Joint,
    /// As this unit of a number.
    Unit(&'static str),
}

/// The place of a word.
pub(super) struct ScannedWord {
    pub range: Range<usize>,
    pub position: usize,
    pub role: Role,
    pub folding: Folding,
}

/// Where letters end, and the parts of the word that an apostrophe tells apart.
struct Letters {
    end: usize,
    /// Where the word begins after an elided article.
    elided: Option<usize>,
    /// Where the name ends before the ending of `İstanbul’da`, or the Persian word before an ending that a
    /// zero-width non-joiner parts from it.
    name_end: Option<usize>,
}

/// An iterator over the words of a text.
pub(super) struct Scan<'a> {
    text: &'a str,
    at: usize,
    /// The position of the next word.
    position: usize,
    /// Forms that are returned before the next word, the last one first.
    more: Vec<ScannedWord>,
    /// The letters before a hyphen.
    left: Option<Range<usize>>,
    /// The last letters and the last digits.
    letters: Range<usize>,
    digits: Range<usize>,
    /// The end of a chain such as `AT&T`, whose parts have one position.
    chain: Option<Range<usize>>,
    /// The last number, which a unit may follow.
    number: Option<numbers::Number>,
    /// Whether the character at `at` is also part of the word before, in a script without spaces.
    in_run: bool,
}

impl<'a> Scan<'a> {
    pub(super) fn new(text: &'a str) -> Self {
        Self {
            text,
            at: 0,
            position: 0,
            more: Vec::new(),
            left: None,
            letters: 0..0,
            digits: 0..0,
            chain: None,
            number: None,
            in_run: false,
        }
    }

    /// Returns the next word.
    pub(super) fn next(&mut self) -> Option<ScannedWord> {
        if let Some(form) = self.more.pop() {
            return Some(form);
        }
        loop {
            let start = self.skip_to_word()?;
            let first = self.text.as_bytes()[start];
            if first.is_ascii_alphabetic() {
                if let Some(word) = self.letters(start) {
                    return Some(word);
                }
                continue;
            }
            let first = self.text[start..].chars().next()?;
            if stands_alone(first) {
                return Some(self.run(start));
            }
            if is_fraction(first) {
                self.at = start + first.len_utf8();
                return Some(self.word(start..self.at));
            }
            if is_digit(first) {
                return Some(self.number(start));
            }
            if let Some(word) = self.letters(start) {
                return Some(word);
            }
        }
    }

    /// Moves past the words that `is_wanted` rejects by their first two letters, in small letters, as long
    /// as they are letters of ASCII and nothing before or after them could join them: the words of an
    /// English text, but for a few.
    pub(super) fn skip_unwanted(&mut self, is_wanted: impl Fn(&[u8]) -> bool) {
        let is_between = self.left.is_some() || self.number.is_some() || self.chain.is_some();
        if is_between || self.in_run || !self.more.is_empty() {
            return;
        }
        while let Some(start) = self.skip_to_word() {
            let bytes = self.text.as_bytes();
            let end = start + ascii_letters(&bytes[start..]);
            let follows_currency = start > 0 && bytes[start - 1] == b'$';
            if end == start || follows_currency || !ends_word(&bytes[end..]) {
                return;
            }
            let second = bytes[start..end].get(1).copied().unwrap_or_default();
            let first = [bytes[start], second].map(|byte| byte.to_ascii_lowercase());
            if is_wanted(&first[..(end - start).min(2)]) {
                return;
            }
            self.at = end;
            self.position += 1;
        }
    }

    /// Returns a word at the next position.
    fn word(&mut self, range: Range<usize>) -> ScannedWord {
        let position = self.position;
        self.position += 1;
        ScannedWord {
            range,
            position,
            role: Role::Word,
            folding: Folding::Base,
        }
    }

    /// Returns the letters that start at `start`; `None` if they are part of a currency, as in
    /// `US$5`.
    fn letters(&mut self, start: usize) -> Option<ScannedWord> {
        let Letters {
            end,
            elided,
            name_end,
        } = self.letters_end(start);
        let bytes = self.text.as_bytes();
        if (bytes.get(end) == Some(&b'$') || start > 0 && bytes[start - 1] == b'$')
            && numbers::is_currency_code(self.text, start..end)
        {
            self.at = end;
            return None;
        }
        self.at = self.after_possessive(end);
        if let Some(number) = self.number.take()
            && let Some(unit) = number.unit(self.text, start..end)
        {
            let mut word = self.word(start..end);
            word.folding = Folding::Unit(unit);
            return Some(word);
        }
        let mut word = self.word(start..end);
        self.join(self.digits.clone(), &word);
        self.letters = start..end;
        if self.left.is_some() || bytes.get(end).is_some_and(|&b| b == b'-' || !b.is_ascii()) {
            self.compound(&word);
        }
        if let Some(elided) = elided {
            self.elide(&mut word, elided);
        }
        if let Some(name_end) = name_end {
            self.variant(start..name_end, &word, Folding::Base);
        }
        if !self.text.as_bytes()[start].is_ascii() {
            for rest in after_hebrew_prefixes(&self.text[start..end]) {
                self.variant(start + rest..end, &word, Folding::Base);
            }
        }
        if !self.text.as_bytes()[start..end].is_ascii() && has_umlaut(&self.text[start..end]) {
            self.variant(start..end, &word, Folding::SpelledOut);
        }
        if self.chain.is_some() || end - start <= 2 {
            self.join_chain(&mut word);
        }
        Some(word)
    }

    /// Adds another form of a word.
    fn variant(&mut self, range: Range<usize>, word: &ScannedWord, folding: Folding) {
        self.more.push(ScannedWord {
            range,
            position: word.position,
            role: Role::Variant,
            folding,
        });
    }

    /// Takes the article from a word such as `l’Élysée`, whose rest starts at `rest`. Both forms are
    /// at one position. In a query, d’Angelo is a name and keeps its first letter.
    fn elide(&mut self, word: &mut ScannedWord, rest: usize) {
        let whole = word.range.clone();
        let is_name = matches!(self.text.as_bytes()[whole.start], b'd' | b'D')
            && self.text[whole.start + 1..rest].chars().count() == 1
            && self.text[rest..].starts_with(char::is_uppercase);
        let bare = ScannedWord {
            range: rest..whole.end,
            position: word.position,
            role: if is_name { Role::Variant } else { Role::Word },
            folding: Folding::Base,
        };
        word.role = if is_name { Role::Word } else { Role::Variant };
        self.more.push(bare);
    }

    /// Adds the compound of the letters before a hyphen and `word`, and notes whether a hyphen
    /// follows. Compounds have two parts.
    fn compound(&mut self, word: &ScannedWord) {
        let hyphen = self.text[word.range.end..].chars().next();
        let hyphen = hyphen.filter(|&c| is_hyphen(c) && self.at == word.range.end);
        let goes_on = hyphen.is_some_and(|c| {
            let mut rest = self.text[word.range.end + c.len_utf8()..].chars();
            rest.next().is_some_and(begins_word)
        });
        let before = self.text[..word.range.start].chars().next_back();
        let before = before.filter(|&c| is_hyphen(c));
        let left = self.left.take();
        if let (Some(left), Some(before)) = (left, before)
            && left.end + before.len_utf8() == word.range.start
            && !goes_on
        {
            self.more.push(ScannedWord {
                range: left.start..word.range.end,
                position: word.position,
                role: Role::Compound,
                folding: Folding::Compound,
            });
        }
        if goes_on && before.is_none() {
            self.left = Some(word.range.clone());
        }
    }

    /// Notes that `word` is part of a chain such as `AT&T`. The parts are variants; the chain is the
    /// word, at the same position.
    fn join_chain(&mut self, word: &mut ScannedWord) {
        if self.chain.is_none()
            && let Some(end) = ampersand_end(self.text, word.range.clone())
        {
            self.chain = Some(word.range.start..end);
        }
        let Some(chain) = &self.chain else {
            return;
        };
        word.role = Role::Variant;
        if word.range.end < chain.end {
            self.position = word.position;
            return;
        }
        self.more.push(ScannedWord {
            range: chain.clone(),
            position: word.position,
            role: Role::Word,
            folding: Folding::Base,
        });
        self.chain = None;
    }

    /// Returns the word at `start` in a script without spaces: two characters, of which the second
    /// is also the first of the next word. The last one of a run is a variant of its own.
    fn run(&mut self, start: usize) -> ScannedWord {
        let end = self.cluster_end(start);
        self.at = end;
        let has_next = self.text[end..].chars().next().is_some_and(stands_alone);
        if has_next {
            self.in_run = true;
            let second = self.cluster_end(end);
            return self.word(start..second);
        }
        if !std::mem::take(&mut self.in_run) {
            return self.word(start..end);
        }
        ScannedWord {
            range: start..end,
            position: self.position.saturating_sub(1),
            role: Role::Variant,
            folding: Folding::Base,
        }
    }

    /// Returns the end of the character at `start` with its marks.
    fn cluster_end(&self, start: usize) -> usize {
        let mut chars = self.text[start..].char_indices().skip(1);
        let end = chars.find(|&(_, c)| !is_mark(c));
        end.map_or(self.text.len(), |(offset, _)| start + offset)
    }

    /// Returns the number that starts at `start`.
    fn number(&mut self, start: usize) -> ScannedWord {
        let digits = self.digits_end(start);
        let (end, at) = numbers::with_suffix(self.text, start..digits);
        self.at = self.after_possessive(at);
        let has_currency = self.text[..start].trim_end_matches(' ').chars().next_back();
        self.number = (end == digits).then(|| numbers::Number {
            end,
            has_currency: has_currency.is_some_and(is_currency)
                || numbers::follows_currency_code(self.text, start),
        });
        let word = self.word(start..end);
        if self.text[digits..end].starts_with(is_apostrophe) {
            // `1990’s` is the decade, and may be the year.
            self.variant(start..digits, &word, Folding::Base);
        }
        self.join(self.letters.clone(), &word);
        self.digits = start..end;
        word
    }

    /// Adds the term of letters and digits, of which `left` come first, if nothing but a hyphen or a dash is
    /// between them.
    fn join(&mut self, left: Range<usize>, word: &ScannedWord) {
        let mut between = self.text[left.end..word.range.start].chars();
        let joint = between.next();
        if left.is_empty() || between.next().is_some() || joint.is_some_and(|c| !is_dash(c)) {
            return;
        }
        self.more.push(ScannedWord {
            range: left.start..word.range.end,
            position: word.position,
            role: Role::Joint,
            folding: Folding::Joint,
        });
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

    /// Returns the end of the digits that start at `start`, with points and commas between them.
    fn digits_end(&self, start: usize) -> usize {
        let text = self.text;
        let mut end = start;
        let mut run = 0;
        let mut chars = text[start..].char_indices().peekable();
        while let Some((offset, c)) = chars.next() {
            let at = start + offset;
            if is_digit(c) {
                run += 1;
                end = at + c.len_utf8();
                continue;
            }
            let rest = &text[at + c.len_utf8()..];
            let joins = chars.peek().is_some_and(|&(_, next)| is_digit(next))
                && match c {
                    c if is_decimal_point(c) => true,
                    c if is_thousands_comma(c) => is_thousand(rest) || (run <= 2 && is_lakh(rest)),
                    c => (is_space(c) || is_apostrophe(c)) && run <= 3 && is_thousand(rest),
                };
            if !joins {
                break;
            }
            run = 0;
        }
        end
    }

    /// Returns where the letters that start at `start` end.
    fn letters_end(&self, start: usize) -> Letters {
        let text = self.text;
        // Fast path: almost all words are ASCII letters without a character after them that joins
        // more.
        let bytes = text.as_bytes();
        let mut end = start + ascii_letters(&bytes[start..]);
        let is_joint = |byte: u8| matches!(byte, b'\'' | b'`' | b'.');
        let goes_on = |byte: &u8| byte.is_ascii_alphabetic() || !byte.is_ascii();
        if match bytes.get(end) {
            None => true,
            Some(&byte) if is_joint(byte) => !bytes.get(end + 1).is_some_and(goes_on),
            Some(byte) => byte.is_ascii(),
        } {
            return Letters {
                end,
                elided: None,
                name_end: None,
            };
        }
        end = start;
        let mut elided = None;
        let mut apostrophe = None;
        let mut stem_end = None;
        let mut before = '\0';
        // The number of characters since the last joint: full stops join single letters.
        let mut run = 0;
        let mut chars = text[start..].char_indices().peekable();
        while let Some((offset, c)) = chars.next() {
            let at = start + offset;
            let next = chars.peek().map(|&(_, c)| c);
            if is_word_char(c) {
                if stands_alone(c) || is_digit(c) || is_fraction(c) {
                    break;
                }
                if c == ZERO_WIDTH_NON_JOINER && run > 1 && is_arabic(before) {
                    stem_end = stem_end.or(Some(at));
                }
                run += 1;
                end = at + c.len_utf8();
            } else {
                let rest = &text[at + c.len_utf8()..];
                let joins = match (c, next) {
                    (c, Some(next)) if is_apostrophe(c) => {
                        is_letter(before) && is_letter(next) && !is_possessive(rest)
                    }
                    ('.', Some(next)) if is_letter(before) => {
                        run == 1 && is_letter(next) && is_single_letter(rest)
                    }
                    _ => false,
                };
                if !joins {
                    break;
                }
                if c != '.' && is_elided(&text[start..at]) && next.is_some_and(is_vowel) {
                    elided = Some(at + c.len_utf8());
                } else if c != '.' {
                    apostrophe = Some((at, at + c.len_utf8()));
                }
                run = 0;
            }
            before = c;
        }
        let name = apostrophe.filter(|&(name_end, ending)| {
            elided.is_none() && is_name_with_ending(&text[start..name_end], &text[ending..end])
        });
        Letters {
            end,
            elided,
            name_end: name.map(|(name_end, _)| name_end).or(stem_end),
        }
    }

    /// Returns the end of a possessive 's that begins at `end`, or `end` itself.
    fn after_possessive(&self, end: usize) -> usize {
        let rest = &self.text[end..];
        // Almost all words are followed by a space or a sign.
        if (rest.as_bytes().first())
            .is_none_or(|&byte| byte.is_ascii() && !is_apostrophe(byte.into()))
        {
            return end;
        }
        let mut chars = rest.chars();
        match chars.next() {
            Some(c) if is_apostrophe(c) && is_possessive(chars.as_str()) => end + c.len_utf8() + 1,
            _ => end,
        }
    }
}

/// Returns whether a word of ASCII letters surely ends before this text. A space before an ampersand may be
/// part of `Q & A`.
fn ends_word(after: &[u8]) -> bool {
    match after {
        [b' ', next, ..] => *next != b'&',
        [b'.', next, ..] => next.is_ascii() && !next.is_ascii_alphanumeric(),
        [b',' | b';' | b':' | b'?' | b'!' | b'"' | b')' | b'\n', ..] | [b' ' | b'.'] | [] => true,
        _ => false,
    }
}
