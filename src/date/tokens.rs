//! Cuts a line into words, numbers and signs, and reads the parts of dates off them.

use std::borrow::Cow;

use unicode_normalization::char::canonical_combining_class;

use super::calendar::{self, Name};
use super::names::{YEARS, century, month_named, number_of, short};
use crate::text::digits::ascii_digit;

/// A word, a number or a sign.
pub(super) struct Token<'a> {
    /// The text; the digits of a number are ASCII digits.
    pub(super) text: Cow<'a, str>,
    pub(super) start: usize,
    pub(super) end: usize,
    pub(super) kind: Kind,
}

#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    Word,
    Number,
    /// One character that is neither a letter, a digit nor white space.
    Sign(char),
}

fn tokens(text: &str) -> Vec<Token<'_>> {
    let mut found = Vec::new();
    let mut chars = text.char_indices().peekable();
    while let Some((start, c)) = chars.next() {
        let kind = if ascii_digit(c).is_some() {
            Kind::Number
        } else if c.is_alphabetic() {
            Kind::Word
        } else if c.is_whitespace() || is_direction_mark(c) {
            continue;
        } else {
            Kind::Sign(c)
        };
        let mut end = start + c.len_utf8();
        while let Some(&(at, next)) = chars.peek() {
            let goes_on = match kind {
                Kind::Number => ascii_digit(next).is_some(),
                Kind::Word => next.is_alphabetic() || canonical_combining_class(next) != 0,
                Kind::Sign(_) => false,
            };
            if !goes_on {
                break;
            }
            end = at + next.len_utf8();
            chars.next();
        }
        let whole = &text[start..end];
        let text = if kind == Kind::Number && !whole.is_ascii() {
            Cow::Owned(whole.chars().filter_map(ascii_digit).collect())
        } else {
            Cow::Borrowed(whole)
        };
        found.push(Token {
            text,
            start,
            end,
            kind,
        });
    }
    part_times(&mut found);
    found
}

/// Cuts a year off the time of day that stands right after it in texts copied from a page: "June 4,
/// 20197:12 AM".
fn part_times(tokens: &mut Vec<Token<'_>>) {
    /// The digits of a year.
    const YEAR: usize = 4;
    let is_year_and_hour = |i: usize| {
        let token = &tokens[i];
        let minutes = |minutes: &Token<'_>| minutes.kind == Kind::Number && minutes.text.len() == 2;
        token.kind == Kind::Number
            && (YEAR + 1..=YEAR + 2).contains(&token.text.len())
            && token.end - token.start == token.text.len()
            && tokens
                .get(i + 1)
                .is_some_and(|next| next.kind == Kind::Sign(':'))
            && tokens.get(i + 2).is_some_and(minutes)
    };
    let Some(i) = (0..tokens.len()).find(|&i| is_year_and_hour(i)) else {
        return;
    };
    let token = &mut tokens[i];
    let hour = Token {
        text: Cow::Owned(token.text[YEAR..].to_owned()),
        start: token.start + YEAR,
        end: token.end,
        kind: Kind::Number,
    };
    token.end = hour.start;
    token.text = Cow::Owned(token.text[..YEAR].to_owned());
    tokens.insert(i + 1, hour);
}

/// Returns whether a character only sets the direction of writing, as around dates in Arabic.
fn is_direction_mark(c: char) -> bool {
    matches!(c, '\u{200e}' | '\u{200f}' | '\u{061c}')
}

/// A month as it is named.
#[derive(Clone, Copy)]
pub(super) struct Month {
    /// 1 to 12.
    pub(super) number: i8,
    pub(super) name: MonthName,
}

#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum MonthName {
    /// In English, in full or abbreviated.
    English,
    /// In English, where it may be another word: `may` and `march` in lower case.
    OtherWord,
    /// In another language, in full.
    Full,
    /// In another language, abbreviated. Many are other words elsewhere, as in "set" and "out".
    Short,
}

/// The most letters in the ending of an ordinal.
const LONGEST_ORDINAL: usize = 3;

/// The words between the day, the month and the year.
const PARTICLES: [&str; 6] = ["of", "de", "del", "do", "da", "d"];

/// The tokens of a line of text.
pub(super) struct Tokens<'a> {
    text: &'a str,
    pub(super) all: Vec<Token<'a>>,
}

impl<'a> Tokens<'a> {
    /// Cuts a text into tokens.
    pub(super) fn of(text: &'a str) -> Self {
        Self {
            text,
            all: tokens(text),
        }
    }
}

impl Tokens<'_> {
    /// Returns the month that token `i` names.
    pub(super) fn month(&self, i: usize) -> Option<Month> {
        let word = self.word(i)?;
        if let Some(number) = month_named(word) {
            let is_other_word = matches!(number, 3 | 5) && word.starts_with(char::is_lowercase);
            let name = match is_other_word {
                true => MonthName::OtherWord,
                false => MonthName::English,
            };
            return Some(Month { number, name });
        }
        let (number, name) = match calendar::named(word)? {
            Name::Month(number) => (number, MonthName::Full),
            Name::ShortMonth(number) => (number, MonthName::Short),
            Name::Weekday(_) => return None,
        };
        Some(Month { number, name })
    }

    pub(super) fn day(&self, i: usize) -> Option<i8> {
        let day = self.short(i)?;
        i8::try_from(day).ok().filter(|day| (1..=31).contains(day))
    }

    pub(super) fn year(&self, i: usize) -> Option<i16> {
        let token = self.all.get(i)?;
        number_of(&token.text, 4).filter(|year| YEARS.contains(year))
    }

    /// Returns the year that begins with token `i`, and the index after it: `2018`, `’18`.
    pub(super) fn year_or_short(&self, i: usize) -> Option<(i16, usize)> {
        if let Some(year) = self.year(i) {
            return Some((year, i + 1));
        }
        let is_short =
            matches!(self.all.get(i)?.kind, Kind::Sign('\'' | '’' | '‘')) && self.touches(i, i + 1);
        let year = number_of(&self.all.get(i + 1)?.text, 2).filter(|_| is_short)?;
        Some((century(year), i + 2))
    }

    /// Returns the digits of token `i`, if it is a number.
    pub(super) fn digits(&self, i: usize) -> Option<&str> {
        let token = self.all.get(i).filter(|t| t.kind == Kind::Number)?;
        Some(&*token.text)
    }

    /// Returns token `i` if it is a hyphen or a slash between the parts of a date, without a space
    /// around it.
    pub(super) fn separator(&self, i: usize) -> Option<char> {
        match self.all.get(i)?.kind {
            Kind::Sign(sign @ ('-' | '/')) if self.touches(i - 1, i) && self.touches(i, i + 1) => {
                Some(sign)
            }
            _ => None,
        }
    }

    /// Returns the value of token `i` if it is a number of one or two digits.
    pub(super) fn short(&self, i: usize) -> Option<i16> {
        short(&self.all.get(i).filter(|t| t.kind == Kind::Number)?.text)
    }

    pub(super) fn number(&self, i: usize) -> Option<i16> {
        let token = self.all.get(i).filter(|t| t.kind == Kind::Number)?;
        token.text.parse().ok()
    }

    /// Returns the two numbers after token `i` and the sign before each, which is the same `-`, `/`
    /// or `.`, with no space around it.
    pub(super) fn separated(&self, i: usize) -> Option<(char, [&str; 2])> {
        let &Kind::Sign(separator @ ('-' | '/' | '.')) = &self.all.get(i + 1)?.kind else {
            return None;
        };
        let is_whole = self.all.get(i + 3)?.kind == Kind::Sign(separator)
            && [i + 2, i + 4]
                .iter()
                .all(|&at| self.all.get(at).is_some_and(|t| t.kind == Kind::Number))
            && (i..i + 4).all(|at| self.touches(at, at + 1));
        is_whole.then(|| (separator, [&*self.all[i + 2].text, &*self.all[i + 4].text]))
    }

    /// Returns whether a number continues at token `i` with another separator and digit, without a
    /// space.
    pub(super) fn goes_on(&self, i: usize, separator: char) -> bool {
        self.touches(i - 1, i)
            && self.is_sign(i, separator)
            && self.touches(i, i + 1)
            && self.number(i + 1).is_some()
    }

    /// Returns whether token `i` is not part of a path, a price or a longer number, by the
    /// character before it.
    pub(super) fn stands_free(&self, i: usize) -> bool {
        !self.text[..self.all[i].start].ends_with(['/', '.', '-', '$', '£', '€'])
    }

    /// Returns whether token `b` follows token `a` without white space.
    pub(super) fn touches(&self, a: usize, b: usize) -> bool {
        match (self.all.get(a), self.all.get(b)) {
            (Some(a), Some(b)) => a.end == b.start,
            _ => false,
        }
    }

    pub(super) fn skip_sign(&self, i: usize, sign: char) -> usize {
        i + usize::from(self.is_sign(i, sign))
    }

    /// Skips the ending of an ordinal, as in `27th`, `1er`, `1º`, `3-го` and `3:e`.
    pub(super) fn skip_ordinal(&self, i: usize) -> usize {
        let is_ending = |at: usize| {
            self.touches(at - 1, at)
                && self.word(at).is_some_and(|word| {
                    word.chars().count() <= LONGEST_ORDINAL && self.month(at).is_none()
                })
        };
        let is_joined = matches!(
            self.all.get(i).map(|token| token.kind),
            Some(Kind::Sign('-' | ':' | '°'))
        );
        if self.touches(i - 1, i) && self.is_sign(i, '°') || is_ending(i) {
            i + 1
        } else if self.touches(i - 1, i) && is_joined && is_ending(i + 1) {
            i + 2
        } else {
            i
        }
    }

    /// Skips the word that stands before a month or year: "of" and its Romance likes, as in `3 de
    /// marzo del 2019` and `3 d’abril`.
    pub(super) fn skip_of(&self, i: usize) -> usize {
        let is_of = self
            .word(i)
            .is_some_and(|word| PARTICLES.iter().any(|p| word.eq_ignore_ascii_case(p)));
        if !is_of {
            return i;
        }
        self.skip_sign(self.skip_sign(i + 1, '\''), '’')
    }

    pub(super) fn is_sign(&self, i: usize, sign: char) -> bool {
        self.all.get(i).is_some_and(|t| t.kind == Kind::Sign(sign))
    }

    pub(super) fn is_word(&self, i: usize, word: &str) -> bool {
        self.word(i)
            .is_some_and(|found| found.eq_ignore_ascii_case(word))
    }

    pub(super) fn word(&self, i: usize) -> Option<&str> {
        self.all
            .get(i)
            .filter(|token| token.kind == Kind::Word)
            .map(|token| &*token.text)
    }
}
