//! Reads words, phrases and patterns.

use std::ops::Range;

use super::cleaned::{Cleaned, Part, QuestionMark, in_quotes, may_follow};
use super::tree::{Leaf, Node};
use crate::archive::analyzer;
use crate::archive::analyzer::Word;

/// Returns the words of a text as leaves that are found in any form.
pub fn words(text: &str) -> Vec<Leaf> {
    leaves_of(text, false)
}

/// Returns the words of a text, those that letters and digits are written together in as one: `COVID-19`
/// and `F16` are phrases, `sit-down` is two words.
pub fn units(text: &str) -> Vec<Node> {
    let found = analyzer::query_words(text);
    let joined = |a: &Word, b: &Word| {
        // In scripts without spaces, words overlap.
        let between = text.get(a.range.end..b.range.start).unwrap_or(" ");
        let is_number = |word: &Word| word.plain.starts_with(char::is_numeric);
        is_number(a) != is_number(b) && between.chars().all(analyzer::is_dash)
    };
    found
        .chunk_by(joined)
        .filter_map(|words| {
            let (first, last) = (words.first()?, words.last()?);
            let typed = &text[first.range.start..last.range.end];
            row(leaves_of(typed, false), 0, true, typed)
        })
        .collect()
}

/// Returns the words of a text as leaves, as they are spelled or in any form.
fn leaves_of(text: &str, exact: bool) -> Vec<Leaf> {
    let mut end = 0;
    analyzer::query_words(text)
        .into_iter()
        .map(|word| {
            // The words of such a script have two characters.
            if analyzer::is_one_character(&word.plain) {
                return Leaf::Pattern(word.plain + "*");
            }
            let range = with_article(text, end, word.range);
            end = range.end;
            let typed = with_last_stop(text, range).to_owned();
            Leaf::Word {
                plain: word.plain,
                typed,
                exact,
            }
        })
        .collect()
}

/// Returns the range of a word with the elided article before it, as in `l’Élysée`. `end` is where the word
/// before ends.
fn with_article(text: &str, end: usize, range: Range<usize>) -> Range<usize> {
    // In scripts without spaces, words overlap.
    let before = text.get(end..range.start).unwrap_or_default();
    let article = before.trim_end_matches(analyzer::is_apostrophe);
    let letters = article.trim_end_matches(char::is_alphabetic).len();
    if article.len() < before.len() && letters < article.len() {
        end + letters..range.end
    } else {
        range
    }
}

/// Returns a word with the full stop after it if it is an abbreviation such as `U.S.`.
fn with_last_stop(text: &str, range: Range<usize>) -> &str {
    let word = text.get(range.clone()).unwrap_or_default();
    let is_abbreviation = word.contains('.') && word.ends_with(char::is_alphabetic);
    if is_abbreviation && text[range.end..].starts_with('.') {
        &text[range.start..=range.end]
    } else {
        word
    }
}

/// Returns the words and patterns of a text in quotes as a phrase; a single one as a leaf. `forms` is
/// whether other forms of the words are found too. A star alone stands for up to one word.
pub fn phrase(text: &str, slop: u32, forms: bool) -> Option<Node> {
    node_of(Cleaned::of(text, in_quotes(text)), slop, forms)
}

/// Returns the words and patterns of a chunk; `sit-down` and `sit-down*` are phrases.
pub fn chunk(text: &str, question: QuestionMark) -> Option<Node> {
    node_of(Cleaned::of(text, question), 0, true)
}

/// Returns what a chunk is if it has a pattern in it: `putin*`, `wom?n`, `name~1`, `sit-down*`.
pub fn pattern(text: &str, question: QuestionMark) -> Option<Node> {
    let cleaned = Cleaned::of(text, question);
    let has_pattern = (cleaned.parts.iter()).any(|part| matches!(part, Part::Pattern(_)));
    has_pattern.then(|| node_of(cleaned, 0, true)).flatten()
}

/// Returns the leaves of a cleaned text.
fn node_of(cleaned: Cleaned, slop: u32, forms: bool) -> Option<Node> {
    let mut leaves = Vec::new();
    for part in cleaned.parts {
        match part {
            Part::Text(range) => leaves.extend(leaves_of(&cleaned.typed[range], !forms)),
            Part::Pattern(leaf) => leaves.push(leaf),
        }
    }
    row(
        leaves,
        slop.saturating_add(cleaned.stars),
        forms,
        &cleaned.typed,
    )
}

/// Returns leaves as a phrase; a single one as a leaf.
pub fn row(mut leaves: Vec<Leaf>, slop: u32, forms: bool, typed: &str) -> Option<Node> {
    match leaves.len() {
        0 | 1 => leaves.pop().map(Node::Leaf),
        _ => Some(Node::Phrase {
            leaves,
            slop,
            forms,
            typed: typed.trim_start().trim_end_matches(may_follow).to_owned(),
        }),
    }
}
