//! Trims sentences to the length of a passage, and cuts them into marked and unmarked spans.

use std::ops::Range;

use serde::Serialize;

use super::highlight::Highlight;
use crate::text::sentence::{ends_in_mark, sentences};

/// A passage: consecutive spans of text.
pub type Passage = Vec<Span>;

/// Returns the text of a passage, without its marks.
pub fn text_of(passage: &Passage) -> String {
    passage.iter().map(|span| span.text.as_str()).collect()
}

/// How long passages are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Length {
    /// The most characters of a passage of more than one sentence, or from the middle of a long one.
    pub(super) most: usize,
    /// The most characters of a passage that begins where its sentence begins.
    pub(super) most_of_sentence: usize,
    /// A passage with fewer characters is shown with the next sentence.
    short: usize,
    /// The most sentences that are added after it.
    added: usize,
    /// The most sentences that are added before it, where those after it are too few.
    before: usize,
}

impl Length {
    /// A passage for a terminal: three lines of 80 columns.
    pub const TERMINAL: Self = Self {
        most: 240,
        most_of_sentence: 300,
        short: 70,
        added: 1,
        before: 0,
    };

    /// A passage for a page, by which an article can be judged: some 300 characters.
    pub const PAGE: Self = Self {
        most: 320,
        most_of_sentence: 340,
        short: 230,
        added: 4,
        before: 3,
    };
}

/// The most highlights of a range that are tried as the first of a passage. A range with more has the
/// same words again and again.
const MOST_STARTS: usize = 42;

/// The mark of words that are omitted from a sentence.
const ELLIPSIS: &str = "…";

/// Characters between a passage and omitted words, which are omitted too.
const APART: [char; 7] = [',', ';', ':', ' ', '—', '–', '-'];

/// A part of a passage.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Span {
    /// The text.
    pub text: String,
    /// Whether the text matches the query.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub hit: bool,
}

/// Returns the marks of highlights, each once, in order.
pub(super) fn distinct(highlights: &[&Highlight]) -> Vec<usize> {
    let mut marks: Vec<usize> = highlights.iter().map(|highlight| highlight.mark).collect();
    marks.sort_unstable();
    marks.dedup();
    marks
}

/// Extends a short sentence by the next ones, and then by those before it, as far as they fit.
pub(super) fn widen(text: &str, sentence: &Range<usize>, length: Length) -> Range<usize> {
    let chars = |range: &Range<usize>| text[range.clone()].chars().count();
    let mut wide = sentence.clone();
    if chars(&wide) >= length.short {
        return wide;
    }
    let after = sentences(&text[sentence.end..])
        .into_iter()
        .take(length.added);
    let after = after.map(|next| wide.start..sentence.end + next.end);
    for longer in after.collect::<Vec<_>>() {
        if chars(&wide) >= length.short || chars(&longer) > length.most {
            break;
        }
        wide = longer;
    }
    if length.before == 0 {
        return wide;
    }
    let before = sentences(&text[..sentence.start]).into_iter().rev();
    for last in before.take(length.before) {
        let longer = last.start..wide.end;
        if chars(&wide) >= length.short || chars(&longer) > length.most {
            break;
        }
        wide = longer;
    }
    wide
}

/// Narrows a range to the longest passage, around the words that have the most distinct marks. A
/// sentence says first whom it is about, so that its beginning stays if the words are near enough.
pub(super) fn fit(
    text: &str,
    highlights: &[Highlight],
    range: Range<usize>,
    length: Length,
) -> Range<usize> {
    if text[range.clone()].chars().count() <= length.most_of_sentence {
        return range;
    }
    let inside: Vec<&Highlight> = highlights
        .iter()
        .filter(|highlight| contains(&range, &highlight.range))
        .collect();
    let core = richest(text, &inside, length).unwrap_or(range.start..range.start);
    let within = text[core.clone()].chars().count();
    let before = text[range.start..core.start].chars().count();
    let after = text[core.end..range.end].chars().count();
    let is_near = before + within <= length.most_of_sentence;
    let room = if is_near {
        length.most_of_sentence
    } else {
        length.most
    }
    .saturating_sub(within);
    // Room that one side does not need goes to the other.
    let half = if is_near { before } else { room / 2 };
    let left = before.min(half.max(room.saturating_sub(after)));
    let right = after.min(room - left);
    let start = chars_before(text, core.start, left);
    let end = chars_after(text, core.end, right);
    let start = if start <= range.start {
        range.start
    } else {
        (start..core.start)
            .find(|&at| is_cut(text, at))
            .map_or(core.start, |at| {
                // Punctuation after the omitted words is omitted too.
                let rest = &text[at..core.start];
                core.start - rest.trim_start_matches(APART).len()
            })
    };
    let end = if end >= range.end {
        range.end
    } else {
        (core.end..=end)
            .rev()
            .find(|&at| is_cut(text, at))
            .unwrap_or(end)
    };
    start..end
}

/// Returns the range from one highlight to another that has the most distinct marks and leaves a
/// quarter of a passage for the words around it; of equals, the first.
fn richest(text: &str, highlights: &[&Highlight], length: Length) -> Option<Range<usize>> {
    let mut best: Option<(usize, Range<usize>)> = None;
    for (i, first) in highlights.iter().enumerate().take(MOST_STARTS) {
        for last in &highlights[i..] {
            let range = first.range.start..last.range.end;
            if text[range.clone()].chars().count() > length.most * 3 / 4 {
                break;
            }
            let within: Vec<&Highlight> = (highlights.iter().copied())
                .filter(|highlight| contains(&range, &highlight.range))
                .collect();
            let count = distinct(&within).len();
            if best.as_ref().is_none_or(|(most, _)| count > *most) {
                best = Some((count, range));
            }
        }
    }
    best.map(|(_, range)| range)
}

fn contains(outer: &Range<usize>, inner: &Range<usize>) -> bool {
    outer.start <= inner.start && inner.end <= outer.end
}

/// Returns the byte that is `chars` characters before `at`, or the start.
fn chars_before(text: &str, at: usize, chars: usize) -> usize {
    text[..at]
        .char_indices()
        .rev()
        .take(chars)
        .last()
        .map_or(at, |(start, _)| start)
}

/// Returns the byte that is `chars` characters after `at`, or the end.
fn chars_after(text: &str, at: usize, chars: usize) -> usize {
    text[at..]
        .char_indices()
        .nth(chars)
        .map_or(text.len(), |(offset, _)| at + offset)
}

/// Returns whether a passage may begin or end at the space at `at`: not between two capitalised
/// words, which may be one name, nor beside a number, which has a unit.
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

/// Cuts a range of a text into marked and unmarked spans, with an ellipsis where the range begins or
/// ends inside a sentence. Also returns the range of the text that is shown.
pub(super) fn spans(
    text: &str,
    highlights: &[Highlight],
    range: Range<usize>,
) -> (Passage, Range<usize>) {
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
    for highlight in highlights {
        if highlight.range.start < at || highlight.range.end > range.end {
            continue;
        }
        plain.push_str(&text[at..highlight.range.start]);
        push(&plain, false);
        plain.clear();
        push(&text[highlight.range.clone()], true);
        at = highlight.range.end;
    }
    let is_inner_end = range.end < text.trim_end().len() && !ends_in_mark(&text[..range.end]);
    let rest = &text[at..range.end];
    let shown = match is_inner_end {
        true => rest.trim_end_matches(APART),
        false => rest.trim_end(),
    };
    plain.push_str(if is_inner_end { shown } else { rest });
    if is_inner_end {
        plain.push(' ');
        plain.push_str(ELLIPSIS);
    }
    push(&plain, false);
    (passage, range.start..at + shown.len())
}

/// Returns whether a sentence starts at `at`: at the start of the text, or after the end of a
/// sentence.
fn starts_sentence(text: &str, at: usize) -> bool {
    text[..at].trim_end().is_empty() || ends_in_mark(text[..at].trim_end())
}

/// Returns the longest prefix of a text that has at most `bytes` bytes.
pub(super) fn prefix(text: &str, bytes: usize) -> &str {
    &text[..text.floor_char_boundary(bytes)]
}
