//! Text as it is read: its patterns folded, and without the wildcards and signs that mean nothing in it.
//!
//! What is printed of a query is cleaned text, and cleaned text stays as it is when it is cleaned again:
//! so what is printed is read the same.

use std::ops::Range;

use super::function_words::function_words;
use super::tree::Leaf;
use crate::archive::analyzer::{self, query_words};

/// The most times that a text is cleaned. Each time but the first drops what the one before laid bare.
const MOST_PASSES: usize = 8;

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

/// A part of a cleaned text.
pub enum Part {
    /// Words, by their bytes in the text.
    Text(Range<usize>),
    /// A pattern, or a word with its near spellings.
    Pattern(Leaf),
}

/// A cleaned text.
#[derive(Default)]
pub struct Cleaned {
    /// The text.
    pub typed: String,
    /// Its parts, in order.
    pub parts: Vec<Part>,
    /// The number of stars between its words, each of which stands for up to one word.
    pub stars: u32,
}

impl Cleaned {
    /// Cleans a text, in which `question` is the meaning of question marks.
    pub fn of(text: &str, question: QuestionMark) -> Self {
        if !text.contains(['*', '?', '~']) {
            let mut cleaned = Self::default();
            cleaned.push_text(text.trim_start());
            cleaned.trim_end();
            return cleaned;
        }
        let mut cleaned = Self::once(text, question);
        for _ in 0..MOST_PASSES {
            let again = Self::once(&cleaned.typed, in_quotes(&cleaned.typed));
            let is_same = again.typed == cleaned.typed;
            let stars = cleaned.stars.saturating_add(again.stars);
            cleaned = Self { stars, ..again };
            if is_same {
                break;
            }
        }
        cleaned
    }

    fn once(text: &str, question: QuestionMark) -> Self {
        let mut cleaned = Self::default();
        let mut rest = text;
        let mut pending = 0;
        let (mut has_words, mut follows_star) = (false, false);
        loop {
            let chunk = rest.trim_start();
            let space = &rest[..rest.len() - chunk.len()];
            let end = chunk.find(char::is_whitespace).unwrap_or(chunk.len());
            let (chunk, after) = chunk.split_at(end);
            rest = after;
            if chunk.is_empty() {
                break;
            }
            if is_star(chunk) {
                pending += 1;
                follows_star = true;
                continue;
            }
            if !cleaned.typed.is_empty() {
                cleaned.push_text(if follows_star { " " } else { space });
            }
            follows_star = false;
            if !query_words(chunk).is_empty() {
                if has_words {
                    cleaned.stars += pending;
                }
                has_words = true;
                pending = 0;
            }
            cleaned.push_chunk(chunk, question);
        }
        cleaned.trim_end();
        cleaned
    }

    /// Drops the punctuation after the last word.
    fn trim_end(&mut self) {
        let Some(Part::Text(range)) = self.parts.last_mut() else {
            return;
        };
        let end = self.typed.trim_end_matches(|c| c == '?' || may_follow(c));
        range.end = end.len().max(range.start);
        self.typed.truncate(range.end);
    }

    fn push_text(&mut self, text: &str) {
        let start = self.typed.len();
        self.typed.push_str(text);
        let end = self.typed.len();
        match self.parts.last_mut() {
            Some(Part::Text(range)) => range.end = end,
            _ => self.parts.push(Part::Text(start..end)),
        }
    }

    fn push_pattern(&mut self, leaf: Leaf) {
        self.typed.push_str(&leaf.to_string());
        self.parts.push(Part::Pattern(leaf));
    }

    /// Adds a text without white space.
    fn push_chunk(&mut self, chunk: &str, question: QuestionMark) {
        let is_edge = |c: char| !is_letter(c);
        let near = chunk
            .trim_start_matches(is_edge)
            .trim_end_matches(|c| is_edge(c) && c != '~');
        if !near.contains(['*', '?'])
            && let Some(near) = near_spellings(near)
        {
            self.push_pattern(near);
            return;
        }
        let (begins, ends) = match question {
            QuestionMark::Letter => (true, true),
            QuestionMark::Punctuation => (true, false),
            QuestionMark::RunningText => (false, false),
        };
        let core = chunk
            .trim_start_matches(|c| is_edge(c) && !(begins && c == '?'))
            .trim_end_matches(|c| is_edge(c) && !(ends && c == '?'));
        // A question mark in a URL is punctuation.
        let takes_questions = begins && core.chars().all(|c| is_part(c) || c == '?');
        let is_wildcard = |c: char| c == '*' || c == '?' && takes_questions;
        if !core.contains(is_wildcard) || query_words(core).is_empty() {
            match question {
                QuestionMark::Letter => self.push_text(chunk),
                QuestionMark::Punctuation => self.push_text(chunk.trim_end_matches('?')),
                QuestionMark::RunningText => self.push_text(&chunk.replace('?', " ")),
            }
            return;
        }
        let runs = runs(core, is_wildcard);
        for (i, (kind, run)) in runs.iter().enumerate() {
            let is_script = |at: Option<usize>| {
                let run = at.and_then(|at| runs.get(at));
                run.is_some_and(|(kind, _)| *kind == Kind::Characters)
            };
            if *kind == Kind::Letters && run.contains(is_wildcard) {
                let folded = folded(run);
                if folded.contains(|c| !matches!(c, '*' | '?')) {
                    self.push_pattern(Leaf::Pattern(folded));
                } else if is_script(i.checked_sub(1)) && is_script(Some(i + 1)) {
                    self.push_text(" ");
                    self.stars += 1;
                }
            } else if *run == "?" && question == QuestionMark::RunningText {
                self.push_text(" ");
            } else {
                self.push_text(run);
            }
        }
    }
}

/// Returns what a question mark after a word means in quotes.
pub fn in_quotes(text: &str) -> QuestionMark {
    if text.contains('?') && is_prose(text) {
        QuestionMark::Punctuation
    } else {
        QuestionMark::Letter
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
    let words: Vec<_> = chunks.map(query_words).collect();
    let chunks = words.iter().filter(|words| !words.is_empty()).count();
    let plain: Vec<&str> = words.iter().flatten().map(|word| &*word.plain).collect();
    chunks > 1 && !function_words(&plain).is_empty()
}

/// Returns whether a chunk of a phrase stands for any word.
pub fn is_star(chunk: &str) -> bool {
    !chunk.is_empty() && chunk.chars().all(|c| c == '*')
}

/// Returns whether a wildcard of a text stands between or after characters of a script without spaces,
/// where it stands for no letters of a word.
pub fn has_idle_wildcard(text: &str) -> bool {
    let is_wildcard = |c: char| matches!(c, '*' | '?');
    let mut chunks = text.split_whitespace();
    chunks.any(|chunk| {
        let runs = runs(chunk.trim_end_matches('?'), is_wildcard);
        let mut pairs = runs.windows(2);
        pairs.any(|pair| {
            let is_bare = |run: &(Kind, &str)| run.1.chars().all(is_wildcard);
            pair[0].0 == Kind::Characters && is_bare(&pair[1])
                || is_bare(&pair[0]) && pair[1].0 == Kind::Characters
        })
    })
}

/// Returns whether a character after the last word of a phrase is no part of it.
pub fn may_follow(c: char) -> bool {
    c.is_whitespace() || matches!(c, ',' | ';' | ':' | '!')
}

fn is_letter(c: char) -> bool {
    analyzer::is_word_char(c) || c == '*'
}

/// Returns whether a character is part of a word with a pattern.
fn is_part(c: char) -> bool {
    is_letter(c) || analyzer::is_apostrophe(c)
}

/// The kind of a run of characters.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    /// Letters, digits and wildcards.
    Letters,
    /// Characters of a script without spaces, of which no pattern is made.
    Characters,
    /// What parts words, one character a run.
    Between,
}

/// Cuts a chunk into runs.
fn runs(chunk: &str, is_wildcard: impl Fn(char) -> bool) -> Vec<(Kind, &str)> {
    let mut runs: Vec<(Kind, Range<usize>)> = Vec::new();
    for (at, c) in chunk.char_indices() {
        let end = at + c.len_utf8();
        let last = runs.last_mut();
        let follows = last.as_ref().map(|(kind, _)| *kind);
        let is_mark = analyzer::is_mark(c) && follows == Some(Kind::Characters);
        let kind = if analyzer::stands_alone(c) || is_mark {
            Kind::Characters
        } else if is_wildcard(c)
            || is_part(c)
            || c == '.' && joins(&chunk[..at], &chunk[end..])
            || c == '&' && joins_initials(&chunk[..at], &chunk[end..])
        {
            Kind::Letters
        } else {
            Kind::Between
        };
        match last {
            Some((of_last, range)) if *of_last == kind && kind != Kind::Between => range.end = end,
            _ => runs.push((kind, at..end)),
        }
    }
    let text = |(kind, range): (Kind, Range<usize>)| (kind, &chunk[range]);
    runs.into_iter().map(text).collect()
}

/// Returns whether a full stop between two texts is part of a word: that of `U.S*` and `1.5*`.
fn joins(before: &str, after: &str) -> bool {
    let (mut before, mut after) = (before.chars().rev(), after.chars());
    let (Some(left), Some(right)) = (before.next(), after.next()) else {
        return false;
    };
    let is_single = |next: Option<char>| !next.is_some_and(analyzer::is_word_char);
    left.is_numeric() && right.is_numeric()
        || left.is_alphabetic()
            && right.is_alphabetic()
            && is_single(before.next())
            && is_single(after.next())
}

/// Returns whether an ampersand between two texts is part of a word: that of `AT&T*`, but not of
/// `Marks&Spen*`.
fn joins_initials(before: &str, after: &str) -> bool {
    let are_few = |letters: usize| (1..=analyzer::LONGEST_INITIALS).contains(&letters);
    let is_letter = |c: &char| c.is_ascii_alphabetic();
    let left = before.chars().rev().take_while(is_letter).count();
    let right = after.chars().take_while(is_letter).count();
    let is_end = |next: Option<char>| !next.is_some_and(analyzer::is_word_char);
    are_few(left)
        && are_few(right)
        && is_end(before.chars().nth_back(left))
        && is_end(after.chars().nth(right))
}

/// Reads `name~`, `name~1` and `name~2`.
fn near_spellings(chunk: &str) -> Option<Leaf> {
    let (word, digits) = chunk.rsplit_once('~')?;
    let distance = match digits {
        "" | "1" => 1,
        "2" => 2,
        _ => return None,
    };
    match &query_words(word)[..] {
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
    let mut out = folded_once(pattern);
    for _ in 0..MOST_PASSES {
        let again = folded_once(&out);
        if again == out {
            break;
        }
        out = again;
    }
    out
}

fn folded_once(pattern: &str) -> String {
    let mut out = String::with_capacity(pattern.len());
    for piece in pattern.split_inclusive(['*', '?']) {
        let letters = piece.trim_end_matches(['*', '?']);
        let words = query_words(letters).into_iter();
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
