//! Numbers: what follows and precedes their digits.

use std::ops::Range;

use super::characters::{is_apostrophe, is_hyphen, is_word_char};
use super::joints::is_possessive;

/// A number of a text, which a unit may follow.
pub(super) struct Number {
    /// Its end, in bytes.
    pub end: usize,
    /// Whether the sign of a currency precedes it.
    pub has_currency: bool,
}

impl Number {
    /// Returns the unit in words that the letters at `range` stand for, if they follow the number:
    /// those of the style books of Reuters, the Guardian and the Economist. `m` is a million only of
    /// money, since it may be metres.
    pub(super) fn unit(&self, text: &str, range: Range<usize>) -> Option<&'static str> {
        if range.start > self.end + 1 || range.len() > 4 {
            return None;
        }
        if !matches!(&text[self.end..range.start], "" | " ") {
            return None;
        }
        let is = |unit: &str| text[range.clone()].eq_ignore_ascii_case(unit);
        let is_of_money = |unit: &str| self.has_currency && is(unit);
        if is("bn") || is("bln") || is_of_money("b") || is_of_money("bil") {
            Some("billion")
        } else if is("mln") || is("mn") || is_of_money("m") || is_of_money("mil") {
            Some("million")
        } else if is("tn") || is("trn") || is("trln") {
            Some("trillion")
        } else {
            None
        }
    }
}

/// Returns the end of the number at `digits` with its suffix, and where the next word may begin:
/// `20th` and the decades `1990s` and `1990’s` are words, the s of `737s` is a plural.
pub(super) fn with_suffix(text: &str, digits: Range<usize>) -> (usize, usize) {
    let rest = &text[digits.end..];
    if let Some(apostrophe) = rest.chars().next().filter(|&c| is_apostrophe(c))
        && is_possessive(&rest[apostrophe.len_utf8()..])
        && is_decade(text, digits.clone())
    {
        let whole = digits.end + apostrophe.len_utf8() + 1;
        return (whole, whole);
    }
    let letters = rest.bytes().take_while(u8::is_ascii_alphabetic).count();
    let suffix = &rest[..letters];
    let is = |known: &str| suffix.eq_ignore_ascii_case(known);
    let whole = digits.end + letters;
    let is_suffix = ["s", "st", "nd", "rd", "th"].into_iter().any(is);
    if !is_suffix || rest[letters..].chars().next().is_some_and(is_word_char) {
        (digits.end, digits.end)
    } else if is("s") && !is_decade(text, digits.clone()) {
        (digits.end, whole)
    } else {
        (whole, whole)
    }
}

/// Returns whether digits before an s are a decade: `80s` and `1980s`, but not those of `T-90s`.
fn is_decade(text: &str, digits: Range<usize>) -> bool {
    let number = &text[digits.clone()];
    number.ends_with('0')
        && match number.len() {
            4 => number.starts_with(['1', '2']),
            2 => !follows_model(&text[..digits.start]),
            _ => false,
        }
}

/// Returns whether a text ends in the one or two letters of a model: `T-`.
fn follows_model(before: &str) -> bool {
    let before = before.strip_suffix(is_hyphen).unwrap_or(before);
    let letters = before.chars().rev().take_while(|c| c.is_alphabetic());
    (1..=2).contains(&letters.take(3).count())
}

/// Returns whether letters are those of a currency such as `US$5` or `$US5`.
pub(super) fn is_currency_code(text: &str, range: Range<usize>) -> bool {
    let bytes = text.as_bytes();
    let is_code = range.len() <= 3 && bytes[range.clone()].iter().all(u8::is_ascii_uppercase);
    let amount = match bytes.get(range.end) {
        Some(b'$') => range.end + 1,
        _ => range.end,
    };
    is_code && bytes.get(amount).is_some_and(u8::is_ascii_digit)
}

/// Returns whether the number at `start` follows `$US`.
pub(super) fn follows_currency_code(text: &str, start: usize) -> bool {
    let before = text[..start].trim_end_matches(|c: char| c.is_ascii_uppercase());
    before.len() < start && before.ends_with('$')
}
