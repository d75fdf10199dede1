//! Cuts a line into words, numbers and signs, and reads the parts of dates off them.

use super::names::{YEARS, month_named, number_of, short};

/// A word, a number or a sign.
pub(super) struct Token<'a> {
    pub(super) text: &'a str,
    pub(super) start: usize,
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
        let kind = if c.is_ascii_digit() {
            Kind::Number
        } else if c.is_alphabetic() {
            Kind::Word
        } else if c.is_whitespace() {
            continue;
        } else {
            Kind::Sign(c)
        };
        let mut end = start + c.len_utf8();
        while let Some(&(at, next)) = chars.peek() {
            let goes_on = match kind {
                Kind::Number => next.is_ascii_digit(),
                Kind::Word => next.is_alphabetic(),
                Kind::Sign(_) => false,
            };
            if !goes_on {
                break;
            }
            end = at + next.len_utf8();
            chars.next();
        }
        found.push(Token {
            text: &text[start..end],
            start,
            kind,
        });
    }
    found
}

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
    /// Returns the month that token `i` names. In lower case, `may` and `march` are not months: they
    /// are also other words.
    pub(super) fn month(&self, i: usize) -> Option<i8> {
        let word = self.word(i)?;
        let month = month_named(word)?;
        let is_other_word = matches!(month, 3 | 5) && word.starts_with(char::is_lowercase);
        (!is_other_word).then_some(month)
    }

    pub(super) fn day(&self, i: usize) -> Option<i8> {
        let day = self.short(i)?;
        i8::try_from(day).ok().filter(|day| (1..=31).contains(day))
    }

    pub(super) fn year(&self, i: usize) -> Option<i16> {
        let token = self.all.get(i)?;
        number_of(token.text, 4).filter(|year| YEARS.contains(year))
    }

    /// Returns the value of token `i` if it is a number of one or two digits.
    pub(super) fn short(&self, i: usize) -> Option<i16> {
        short(self.all.get(i).filter(|t| t.kind == Kind::Number)?.text)
    }

    pub(super) fn number(&self, i: usize) -> Option<i16> {
        let token = self.all.get(i).filter(|t| t.kind == Kind::Number)?;
        token.text.parse().ok()
    }

    /// Returns the two numbers after token `i` and the sign before each, which is the same `-`, `/` or
    /// `.`, with no space around it.
    pub(super) fn separated(&self, i: usize) -> Option<(char, [&str; 2])> {
        let &Kind::Sign(separator @ ('-' | '/' | '.')) = &self.all.get(i + 1)?.kind else {
            return None;
        };
        let is_whole = self.all.get(i + 3)?.kind == Kind::Sign(separator)
            && [i + 2, i + 4]
                .iter()
                .all(|&at| self.all.get(at).is_some_and(|t| t.kind == Kind::Number))
            && (i..i + 4).all(|at| self.touches(at, at + 1));
        is_whole.then(|| (separator, [self.all[i + 2].text, self.all[i + 4].text]))
    }

    /// Returns whether a number continues at token `i` with another separator and digit, without a
    /// space.
    pub(super) fn goes_on(&self, i: usize, separator: char) -> bool {
        self.touches(i - 1, i)
            && self.is_sign(i, separator)
            && self.touches(i, i + 1)
            && self.number(i + 1).is_some()
    }

    /// Returns whether token `i` is not part of a path, a price or a longer number, by the character
    /// before it.
    pub(super) fn stands_free(&self, i: usize) -> bool {
        !self.text[..self.all[i].start].ends_with(['/', '.', '-', '$', '£', '€'])
    }

    /// Returns whether token `b` follows token `a` without white space.
    pub(super) fn touches(&self, a: usize, b: usize) -> bool {
        match (self.all.get(a), self.all.get(b)) {
            (Some(a), Some(b)) => a.start + a.text.len() == b.start,
            _ => false,
        }
    }

    pub(super) fn skip_sign(&self, i: usize, sign: char) -> usize {
        i + usize::from(self.is_sign(i, sign))
    }

    /// Skips the ending of an ordinal, as in `27th`.
    pub(super) fn skip_ordinal(&self, i: usize) -> usize {
        let is_ending = self.touches(i - 1, i)
            && self.word(i).is_some_and(|word| {
                ["st", "nd", "rd", "th"]
                    .iter()
                    .any(|e| word.eq_ignore_ascii_case(e))
            });
        i + usize::from(is_ending)
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
            .map(|token| token.text)
    }
}
