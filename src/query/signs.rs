//! The signs and operators of the query language, as its users and those of other search engines type
//! them.

use std::borrow::Cow;

use crate::engine::positions::{Reach, Unit, Within};

/// Quotation marks that open or close a phrase.
pub const QUOTES: [char; 12] = [
    '"', '“', '”', '„', '‟', '«', '»', '＂', '「', '」', '『', '』',
];

/// The distance of NEAR without a number, as in Xapian.
const DEFAULT_DISTANCE: u32 = 10;

/// An operator between or before words.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Operator {
    /// Both have to match.
    And,
    /// Either has to match.
    Or,
    /// What follows must not match.
    Not,
    /// Both have to match near each other.
    Near(Within),
}

/// Returns whether a character before a term excludes it: a hyphen, an exclamation mark, or one of the
/// dashes that word processors make of a hyphen.
pub fn is_minus(c: char) -> bool {
    matches!(
        c,
        '-' | '!' | '¬' | '≠' | '\u{2010}'..='\u{2015}' | '−' | '﹘' | '﹣' | '－' | '！'
    )
}

/// Returns whether a sign may stand between white space and a sign that excludes, as in `&!sale`.
pub fn may_precede_sign(c: char) -> bool {
    matches!(c, '&' | '[' | '{' | '<' | '=' | '~' | '^' | ',' | ';')
}

/// Returns a query with the wide brackets, colons and stars of Chinese and Japanese keyboards in ASCII.
pub fn in_ascii(text: &str) -> Cow<'_, str> {
    let ascii = |c: char| match c {
        '（' => '(',
        '）' => ')',
        '：' => ':',
        '＊' => '*',
        c => c,
    };
    if text.contains(['（', '）', '：', '＊']) {
        text.chars().map(ascii).collect::<String>().into()
    } else {
        text.into()
    }
}

/// Returns whether a character opens or closes a single quotation.
pub fn is_single_quote(c: char) -> bool {
    matches!(c, '\'' | '‘' | '’' | '‚' | '‹' | '›' | '`' | '´')
}

/// Returns the operator that a chunk is, if it is one.
pub fn operator(chunk: &str) -> Option<Operator> {
    match chunk {
        "AND" => return Some(Operator::And),
        "OR" => return Some(Operator::Or),
        "NOT" | "ANDNOT" | "AND-NOT" | "BUTNOT" | "BUT-NOT" => return Some(Operator::Not),
        _ => {}
    }
    let digits = chunk.trim_start_matches(|c: char| !c.is_ascii_digit());
    if digits.is_empty() || !digits.bytes().all(|b| b.is_ascii_digit()) {
        return None;
    }
    let name = &chunk[..chunk.len() - digits.len()];
    if matches!(name, "NEAR:" | "NEAR~" | "NEAR-" | "NEAR=" | "NEAR\\") {
        return Some(Operator::Near(Within {
            reach: Reach::Words(number(digits)),
            is_ordered: false,
        }));
    }
    let is_ordered = match name.to_ascii_lowercase().as_str() {
        "near" | "near/" | "w/" | "n/" | "/" => false,
        "adj" | "adj/" | "pre/" | "onear/" => true,
        _ => return None,
    };
    Some(Operator::Near(Within {
        reach: Reach::Words(number(digits)),
        is_ordered,
    }))
}

/// Returns the operator that a chunk without a number stands for: `NEAR`, `ADJ`, `SAME-SENTENCE`,
/// `SAME-PARAGRAPH`, and what Lexis and Westlaw write for the last two.
pub fn without_number(chunk: &str) -> Option<Within> {
    let within = |reach, is_ordered| Some(Within { reach, is_ordered });
    let (sentence, paragraph) = (Reach::Same(Unit::Sentence), Reach::Same(Unit::Paragraph));
    match chunk {
        "NEAR" => return within(Reach::Words(DEFAULT_DISTANCE), false),
        "ADJ" => return within(Reach::Words(1), true),
        "SAME-SENTENCE" | "SAME_SENTENCE" | "SAMESENTENCE" => return within(sentence, false),
        "SAME-PARAGRAPH" | "SAME_PARAGRAPH" | "SAMEPARAGRAPH" => return within(paragraph, false),
        _ => {}
    }
    match chunk.to_ascii_lowercase().as_str() {
        "/s" | "w/s" | "w/sent" | "w/sentence" => within(sentence, false),
        "/p" | "w/p" | "w/para" | "w/paragraph" => within(paragraph, false),
        "pre/s" => within(sentence, true),
        "pre/p" => within(paragraph, true),
        _ => None,
    }
}

/// Returns the name of an operator of nearness, which a number follows where it counts words.
pub fn name_of(within: Within) -> &'static str {
    match (within.reach, within.is_ordered) {
        (Reach::Words(_), false) => "NEAR",
        (Reach::Words(_), true) => "ADJ",
        (Reach::Same(Unit::Sentence), false) => "SAME-SENTENCE",
        (Reach::Same(Unit::Sentence), true) => "pre/s",
        (Reach::Same(Unit::Paragraph), false) => "SAME-PARAGRAPH",
        (Reach::Same(Unit::Paragraph), true) => "pre/p",
    }
}

/// Returns the digits of `atleast3`.
pub fn at_least(chunk: &str) -> Option<&str> {
    let name = chunk.get(..7)?;
    let digits = &chunk[7..];
    (name.eq_ignore_ascii_case("atleast") && is_whole(digits)).then_some(digits)
}

/// Returns whether a text is a whole number.
pub fn is_whole(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit())
}

/// Returns whether a chunk is an operator of nearness.
pub fn is_near(chunk: &str) -> bool {
    matches!(operator(chunk), Some(Operator::Near(_))) || without_number(chunk).is_some()
}

/// Returns the number that digits stand for, or the largest `u32` if it is larger; the parser
/// refuses that value.
pub fn number(digits: &str) -> u32 {
    digits.parse().unwrap_or(u32::MAX)
}

/// Returns the words that plus signs, commas and semicolons join without a space: `ferry+sale`. `A+E` and
/// `1,500` are one word.
pub fn parted(chunk: &str) -> Option<Vec<&str>> {
    let chunk = chunk.trim_matches(|c: char| !c.is_alphanumeric());
    let parts: Vec<&str> = chunk.split(['+', ',', ';']).collect();
    let is_word = |part: &&str| {
        part.chars().count() > 1
            && part.starts_with(char::is_alphabetic)
            && part.ends_with(char::is_alphabetic)
    };
    (parts.len() > 1 && parts.iter().all(is_word)).then_some(parts)
}

/// Returns whether an operand begins a text.
pub fn begins_operand(text: &str) -> bool {
    let chunk = chunk_of(text);
    text.starts_with('(')
        || text.starts_with(QUOTES)
        || (chunk.contains(char::is_alphanumeric)
            && operator(chunk).is_none()
            && without_number(chunk).is_none())
}

/// Returns the text up to white space, a bracket, a quotation mark, or an operator without letters.
pub fn chunk_of(text: &str) -> &str {
    let chunk = until(text, |c| {
        c.is_whitespace() || matches!(c, '(' | ')' | '|') || QUOTES.contains(&c)
    });
    chunk.split_once("&&").map_or(chunk, |(chunk, _)| chunk)
}

/// Returns a text up to the first character that ends it.
pub fn until(text: &str, is_end: impl Fn(char) -> bool) -> &str {
    &text[..text.find(is_end).unwrap_or(text.len())]
}

/// Returns the number at the start of a text, with its points and commas.
pub fn leading_number(text: &str) -> &str {
    until(text, |c| !c.is_ascii_digit() && !matches!(c, '.' | ',')).trim_end_matches(['.', ','])
}
