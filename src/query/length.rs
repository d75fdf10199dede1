//! The filter on the length of articles: `words>500`, `words:300..500`.

use std::fmt;

use crate::error::QueryError;

/// The name of the filter.
pub(super) const NAME: &str = "words";

/// Articles with so many words in the body, both ends included.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct LengthFilter {
    /// The fewest words.
    pub from: u64,
    /// The most words.
    pub to: u64,
}

/// What stands at the start of a text.
pub(super) enum Length<'a> {
    /// A filter, with its length as typed.
    Filter(LengthFilter, usize),
    /// The name and a sign, with a value that is no number of words: both, and the value.
    NoNumber(&'a str, &'a str),
}

/// Reads a filter at the start of a text, with or without white space around its sign; `None` if its
/// name and a sign are not there.
pub(super) fn at_start(text: &str) -> Option<Length<'_>> {
    let name = text.get(..NAME.len())?;
    if !name.eq_ignore_ascii_case(NAME) {
        return None;
    }
    let after_name = &text[NAME.len()..];
    let spaced = after_name.trim_start();
    let signs = [
        ":>=", ":<=", ":>", ":<", ">=", "<=", "≥", "≤", ">", "<", ":", "=",
    ];
    let sign = *signs.iter().find(|sign| spaced.starts_with(**sign))?;
    if after_name.len() > spaced.len() && !sign.starts_with(['<', '>', '≤', '≥']) {
        return None;
    }
    let after_sign = spaced[sign.len()..].trim_start();
    let end = after_sign.find(|c: char| c.is_whitespace() || matches!(c, '(' | ')' | '|'));
    let value = &after_sign[..end.unwrap_or(after_sign.len())];
    let typed = text.len() - after_sign.len() + value.len();
    match range(sign.trim_start_matches(':'), value) {
        Some((from, to)) => Some(Length::Filter(LengthFilter { from, to }, typed)),
        None if after_name.starts_with(sign) => Some(Length::NoNumber(&text[..typed], value)),
        None => None,
    }
}

/// Returns the fewest and the most words that a sign and a value allow.
fn range(sign: &str, value: &str) -> Option<(u64, u64)> {
    let one = |typed: &str| {
        let digits = typed.replace(',', "");
        let is_number = !digits.is_empty() && digits.bytes().all(|b| b.is_ascii_digit());
        is_number.then(|| digits.parse().unwrap_or(u64::MAX))
    };
    Some(match sign {
        ">" => (one(value)?.saturating_add(1), u64::MAX),
        ">=" | "≥" => (one(value)?, u64::MAX),
        "<" => match one(value)?.checked_sub(1) {
            Some(most) => (0, most),
            None => (1, 0),
        },
        "<=" | "≤" => (0, one(value)?),
        _ => {
            let parts = ["..", "-", "–"]
                .iter()
                .find_map(|sign| value.split_once(sign));
            match parts {
                Some(("", to)) => (0, one(to)?),
                Some((from, "")) => (one(from)?, u64::MAX),
                Some((from, to)) => (one(from)?, one(to)?),
                None => one(value).map(|words| (words, words))?,
            }
        }
    })
}

impl LengthFilter {
    /// Refuses a filter that no article passes. It stands at byte `at` of the query.
    pub(super) fn ensure_possible(self, at: usize) -> Result<Self, QueryError> {
        if self.from <= self.to {
            return Ok(self);
        }
        Err(QueryError {
            message: format!("{self} ends before it starts"),
            hint: "give the smaller number first, as in words:300..500".to_owned(),
            at,
        })
    }

    /// Returns whether an article with so many words passes.
    pub fn has(self, words: u64) -> bool {
        (self.from..=self.to).contains(&words)
    }
}

impl fmt::Display for LengthFilter {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { from, to } = self;
        match (from, to) {
            (from, &u64::MAX) => write!(f, "{NAME}:{from}.."),
            (0, to) => write!(f, "{NAME}:..{to}"),
            (from, to) if from == to => write!(f, "{NAME}:{from}"),
            (from, to) => write!(f, "{NAME}:{from}..{to}"),
        }
    }
}
