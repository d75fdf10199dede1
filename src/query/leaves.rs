//! Reads words, phrases and patterns.

use std::ops::Range;

use super::function_words::function_words;
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

/// Returns whether a text is a sentence rather than a list of words, so that a question mark after a
/// word is punctuation. One chunk is none, and a question mark inside a chunk is a pattern.
pub fn is_prose(text: &str) -> bool {
    let chunks = text.split_whitespace();
    let is_pattern = |chunk: &str| {
        let mut after = chunk.split('?').skip(1);
        after.any(|after| after.starts_with(analyzer::is_word_char))
    };
    let chunks = chunks.filter(|chunk| !is_pattern(chunk));
    let words: Vec<_> = chunks.map(analyzer::query_words).collect();
    let chunks = words.iter().filter(|words| !words.is_empty()).count();
    let plain: Vec<&str> = words.iter().flatten().map(|word| &*word.plain).collect();
    chunks > 1 && !function_words(&plain).is_empty()
}

/// Returns the words and patterns of a text as a phrase; a single one as a leaf. `forms` is whether
/// other forms of the words are found too. A star alone stands for up to one word.
pub fn phrase(text: &str, slop: u32, forms: bool) -> Option<Node> {
    let text = text.trim_end_matches(may_follow);
    if !text.contains(['*', '?', '~']) {
        return row(leaves_of(text, !forms), slop, forms, text);
    }
    let question = if is_prose(text) {
        QuestionMark::Punctuation
    } else {
        QuestionMark::Letter
    };
    let mut leaves = Vec::new();
    let mut kept = Vec::new();
    let mut stars = 0;
    let mut pending = 0;
    for chunk in text.split_whitespace() {
        if is_star(chunk) {
            pending += 1;
            continue;
        }
        let mut found = match pattern(chunk, question) {
            Some(Node::Leaf(leaf)) => vec![leaf],
            Some(Node::Phrase { leaves, .. }) => leaves,
            _ => leaves_of(chunk, !forms),
        };
        for leaf in &mut found {
            if let Leaf::Word { exact, .. } = leaf {
                *exact = !forms;
            }
        }
        if !found.is_empty() && !leaves.is_empty() {
            stars += pending;
        }
        if !found.is_empty() {
            pending = 0;
        }
        leaves.extend(found);
        kept.push(chunk);
    }
    let mut typed = kept.join(" ");
    if question == QuestionMark::Punctuation {
        let is_mark = |c| c == '?' || may_follow(c);
        typed.truncate(typed.trim_end_matches(is_mark).len());
    }
    row(leaves, slop.saturating_add(stars), forms, &typed)
}

/// Returns whether a chunk of a phrase stands for any word.
pub fn is_star(chunk: &str) -> bool {
    !chunk.is_empty() && chunk.chars().all(|c| c == '*')
}

/// Returns whether a character after the last word of a phrase is no part of it.
fn may_follow(c: char) -> bool {
    c.is_whitespace() || matches!(c, ',' | ';' | ':' | '!')
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

/// What a question mark at the end of a word means.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum QuestionMark {
    /// One letter.
    Letter,
    /// The end of a question.
    Punctuation,
    /// In running text no question mark is a pattern.
    RunningText,
}

/// Reads `putin*`, `wom?n` and `name~1`. A question mark in a URL is punctuation. Returns `None` if
/// the chunk has no pattern in it.
pub fn pattern(chunk: &str, question: QuestionMark) -> Option<Node> {
    let asked = chunk.trim_end_matches('?');
    if !asked.contains(['*', '?'])
        && let Some(fuzzy) = fuzzy(asked)
    {
        return Some(Node::Leaf(fuzzy));
    }
    let is_letter = |c: char| analyzer::is_word_char(c) || c == '*';
    let is_part = |c: char| is_letter(c) || analyzer::is_apostrophe(c);
    let has_end = question == QuestionMark::Letter;
    let chunk = chunk
        .trim_start_matches(|c: char| {
            !is_letter(c) && (c != '?' || question == QuestionMark::RunningText)
        })
        .trim_end_matches(|c: char| !is_letter(c) && (c != '?' || !has_end));
    let is_one_word = chunk.chars().all(|c| is_part(c) || c == '?');
    let takes_questions = question != QuestionMark::RunningText;
    let has_pattern =
        chunk.contains('*') || (chunk.contains('?') && is_one_word && takes_questions);
    if !has_pattern || words(chunk).is_empty() {
        return None;
    }
    if is_one_word && takes_questions {
        let folded = folded(chunk);
        // Without letters, the wildcard is punctuation.
        let is_pattern = folded.contains(['*', '?']);
        return is_pattern.then_some(Node::Leaf(Leaf::Pattern(folded)));
    }
    // `sit-down*`: a phrase of words and patterns.
    let mut leaves = Vec::new();
    let (mut at, mut read) = (0, 0);
    for part in chunk.split_inclusive(|c| !is_part(c)) {
        let word = part.trim_end_matches(|c| !is_part(c));
        if word.contains('*') && !words(word).is_empty() {
            // What stands between patterns is read as a whole: `R&D` is one word.
            leaves.extend(words(&chunk[read..at]));
            leaves.push(Leaf::Pattern(folded(word)));
            read = at + word.len();
        }
        at += part.len();
    }
    leaves.extend(words(&chunk[read..]));
    // A question mark parts words here, and is a letter where the phrase is read again.
    let parts = chunk.split('?').filter(|part| !words(part).is_empty());
    row(leaves, 0, true, &parts.collect::<Vec<_>>().join(" "))
}

/// Reads `name~`, `name~1` and `name~2`.
fn fuzzy(chunk: &str) -> Option<Leaf> {
    let (word, digits) = chunk.rsplit_once('~')?;
    let distance = match digits {
        "" | "1" => 1,
        "2" => 2,
        _ => return None,
    };
    match &analyzer::query_words(word)[..] {
        [word] => Some(Leaf::Fuzzy {
            plain: word.plain.clone(),
            distance,
        }),
        _ => None,
    }
}

/// Returns a pattern with its letters folded like the words of the archive. What is left of letters that
/// are folded may be read as another word, as the s of `1s` is, so that it is folded again.
fn folded(pattern: &str) -> String {
    let once = folded_once(pattern);
    folded_once(&once)
}

fn folded_once(pattern: &str) -> String {
    let mut out = String::with_capacity(pattern.len());
    for piece in pattern.split_inclusive(['*', '?']) {
        let letters = piece.trim_end_matches(['*', '?']);
        let words = analyzer::query_words(letters).into_iter();
        let word: String = words.map(|word| word.plain).collect();
        // The analyzer cuts longer words too.
        out.push_str(&word[..word.floor_char_boundary(analyzer::MAX_TERM_BYTES)]);
        match &piece[letters.len()..] {
            "*" if out.ends_with('*') => {}
            wildcard => out.push_str(wildcard),
        }
    }
    out
}
