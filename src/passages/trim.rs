//! Fits a sentence into a passage, and marks what was found in it.

use std::ops::Range;

use serde::Serialize;

use super::highlight::Hit;
use super::sentences::sentences;

/// A passage: pieces of text that make it up when put one after the other.
pub type Passage = Vec<Span>;

/// The longest passage in characters: three lines of a terminal of 80 columns.
pub(crate) const MOST_CHARS: usize = 240;

/// A sentence shorter than this, in characters, is shown with the one after it.
const SHORT_SENTENCE: usize = 70;

/// What stands where a passage leaves something out of a sentence.
const ELLIPSIS: &str = "…";

/// What stands between the words that a passage has and those that it leaves out.
const APART: [char; 7] = [',', ';', ':', ' ', '—', '–', '-'];

/// A piece of a passage.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Span {
    /// The text.
    pub text: String,
    /// Whether it is what was asked for.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub hit: bool,
}

pub(crate) fn distinct(hits: &[&Hit]) -> Vec<usize> {
    let mut marks: Vec<usize> = hits.iter().map(|hit| hit.mark).collect();
    marks.sort_unstable();
    marks.dedup();
    marks
}

/// Widens a short sentence by the one after it, where both fit.
pub(crate) fn widen(text: &str, sentence: &Range<usize>) -> Range<usize> {
    let is_short = text[sentence.clone()].chars().count() < SHORT_SENTENCE;
    let next = sentences(&text[sentence.end..])
        .into_iter()
        .next()
        .filter(|_| is_short);
    match next {
        Some(next) => {
            let end = sentence.end + next.end;
            if text[sentence.start..end].chars().count() <= MOST_CHARS {
                sentence.start..end
            } else {
                sentence.clone()
            }
        }
        None => sentence.clone(),
    }
}

/// Narrows a range to the longest passage, around the words that hold most of what was asked for.
pub(crate) fn fit(text: &str, hits: &[Hit], range: Range<usize>) -> Range<usize> {
    if text[range.clone()].chars().count() <= MOST_CHARS {
        return range;
    }
    let inside: Vec<&Hit> = hits
        .iter()
        .filter(|hit| range.start <= hit.range.start && hit.range.end <= range.end)
        .collect();
    // The stretch of hits with most distinct marks that leaves room for words around it.
    let mut best = (0, range.start..range.start);
    for (i, first) in inside.iter().enumerate() {
        for last in &inside[i..] {
            let stretch = first.range.start..last.range.end;
            if text[stretch.clone()].chars().count() > MOST_CHARS * 3 / 4 {
                break;
            }
            let count = distinct(&inside[i..])
                .into_iter()
                .filter(|&mark| {
                    inside.iter().any(|hit| {
                        hit.mark == mark
                            && stretch.start <= hit.range.start
                            && hit.range.end <= stretch.end
                    })
                })
                .count();
            if count > best.0 {
                best = (count, stretch);
            }
        }
        // A range with very many hits shows the same words again and again.
        if i > 40 {
            break;
        }
    }
    let stretch = best.1;
    let room = MOST_CHARS.saturating_sub(text[stretch.clone()].chars().count());
    let before = text[range.start..stretch.start].chars().count();
    let after = text[stretch.end..range.end].chars().count();
    // What one side does not need, the other gets.
    let left = before.min((room / 2).max(room.saturating_sub(after)));
    let right = after.min(room - left);
    let start = back(text, stretch.start, left);
    let end = forth(text, stretch.end, right);
    let start = if start <= range.start {
        range.start
    } else {
        (start..stretch.start)
            .find(|&at| is_cut(text, at))
            .map_or(stretch.start, |at| {
                // What parts it from the words that are left out is left out with them.
                let rest = &text[at..stretch.start];
                stretch.start - rest.trim_start_matches(APART).len()
            })
    };
    let end = if end >= range.end {
        range.end
    } else {
        (stretch.end..=end)
            .rev()
            .find(|&at| is_cut(text, at))
            .unwrap_or(end)
    };
    start..end
}

/// Returns the place so many characters before `at`.
fn back(text: &str, at: usize, chars: usize) -> usize {
    text[..at]
        .char_indices()
        .rev()
        .take(chars)
        .last()
        .map_or(at, |(start, _)| start)
}

/// Returns the place so many characters after `at`.
fn forth(text: &str, at: usize, chars: usize) -> usize {
    text[at..]
        .char_indices()
        .nth(chars)
        .map_or(text.len(), |(offset, _)| at + offset)
}

/// Returns whether a passage may begin or end at the space at `at`: not between two capitalised
/// words, which may be one name, and not beside a number, which needs its unit.
fn is_cut(text: &str, at: usize) -> bool {
    if text.as_bytes()[at] != b' ' {
        return false;
    }
    let before = text[..at].rsplit(' ').next().unwrap_or_default();
    let after = text[at + 1..].split(' ').next().unwrap_or_default();
    let is_name = |word: &str| word.starts_with(char::is_uppercase);
    let is_number = |word: &str| word.bytes().any(|b| b.is_ascii_digit());
    !((is_name(before) && is_name(after)) || is_number(before) || is_number(after))
}

/// Cuts a range of a text into marked and unmarked pieces. An ellipsis stands where it begins or
/// ends inside a sentence.
pub(crate) fn spans(text: &str, hits: &[Hit], range: Range<usize>) -> Passage {
    let mut passage = Vec::new();
    let mut push = |text: &str, hit: bool| {
        if !text.is_empty() {
            passage.push(Span {
                text: text.to_owned(),
                hit,
            });
        }
    };
    let is_inner_start = !starts_sentence(text, range.start);
    let lead_in = if is_inner_start {
        format!("{ELLIPSIS} ")
    } else {
        String::new()
    };
    let mut at = range.start;
    let mut plain = lead_in;
    for hit in hits {
        if hit.range.start < at || hit.range.end > range.end {
            continue;
        }
        plain.push_str(&text[at..hit.range.start]);
        push(&plain, false);
        plain.clear();
        push(&text[hit.range.clone()], true);
        at = hit.range.end;
    }
    plain.push_str(&text[at..range.end]);
    if range.end < text.trim_end().len() && !ends_sentence(&text[..range.end]) {
        plain.truncate(plain.trim_end_matches(APART).len());
        plain.push(' ');
        plain.push_str(ELLIPSIS);
    }
    push(&plain, false);
    passage
}

/// Returns whether a sentence starts at `at`: it is the start of the text, or a sentence ends
/// before it.
fn starts_sentence(text: &str, at: usize) -> bool {
    text[..at].trim_end().is_empty() || ends_sentence(text[..at].trim_end())
}

fn ends_sentence(text: &str) -> bool {
    text.trim_end_matches(['"', '\'', '”', '’', '»', ')', ']'])
        .ends_with(['.', '!', '?', '…'])
}

/// Returns the start of a text, cut at a character.
pub(crate) fn prefix(text: &str, bytes: usize) -> &str {
    let mut end = bytes.min(text.len());
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    &text[..end]
}
