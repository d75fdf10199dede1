//! Reads the page head: which lines stand above the running text, and what each of them is.
//!
//! The lines at the top are cut into units (a headline of one to four lines, a standfirst, a credit, a
//! date, …), and after the last unit the running text begins. Each way to do so has a score: what speaks
//! for each unit by itself, for its place after the unit before it, and for the text to begin where it
//! does. The way with the highest score is found by dynamic programming over the lines, so that no
//! line is decided before its neighbours. (Sarawagi, Cohen 2004, "Semi-Markov Conditional Random
//! Fields for Information Extraction", with weights set by hand.)
//!
//! A score of 1 is about the evidence of one clear sign, such as a headline's usual length.

mod evidence;
mod facts;
mod scores;

use super::known_titles::KnownTitles;
use super::measure::Margin;
use super::text_lines::{Part, TextLine, Unit};
use evidence::Evidence;
use scores::State;

const PARTS: [Part; 6] = [
    Part::Masthead,
    Part::Headline,
    Part::Standfirst,
    Part::Credit,
    Part::Date,
    Part::Furniture,
];

/// The page head of an article.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PageHead {
    /// Its units, in order, without gaps.
    pub units: Vec<Unit>,
    /// The line at which the running text begins.
    pub text: usize,
}

/// The most lines of one unit.
const MOST_LINES_OF_UNIT: usize = 4;

/// Reads the page head of an article from its lines, on which furniture is marked.
pub fn read(lines: &[TextLine<'_>], margin: &Margin, known: &KnownTitles) -> PageHead {
    best(&Evidence::of(lines, margin, known))
}

/// The number of states: each part with and without a headline before, and the top.
const STATES: usize = 2 * PARTS.len() + 1;
/// The state at the top.
const TOP: usize = STATES - 1;

/// Returns the state with a number.
fn state(number: usize) -> State {
    State {
        before: (number != TOP).then(|| PARTS[number % PARTS.len()]),
        has_headline: number != TOP && number >= PARTS.len(),
    }
}

/// The most by which a labelling is expected to make up for what it is behind the best.
const MOST_GAIN: f32 = 16.0;

/// The best labelling of the lines up to a place in a state.
#[derive(Clone, Copy)]
struct Best {
    score: f32,
    /// Where its last unit begins, and the state before that.
    from: (usize, usize),
}

/// Returns the labelling with the highest score.
fn best(evidence: &Evidence<'_>) -> PageHead {
    let lines = evidence.lines();
    let unreached = Best {
        score: f32::NEG_INFINITY,
        from: (0, TOP),
    };
    let mut best = vec![[unreached; STATES]; lines + 1];
    best[0][TOP].score = 0.0;
    let mut end = (f32::NEG_INFINITY, 0, TOP);
    for at in 0..=lines {
        let highest = best[at]
            .iter()
            .map(|best| best.score)
            .fold(f32::NEG_INFINITY, f32::max);
        if highest < end.0 - MOST_GAIN {
            continue;
        }
        let text = scores::text(evidence, at);
        for number in (0..STATES).filter(|&number| best[at][number].score > f32::NEG_INFINITY) {
            let score = best[at][number].score + text + scores::text_after(evidence, state(number));
            if score > end.0 {
                end = (score, at, number);
            }
        }
        for to in at + 1..=lines.min(at + MOST_LINES_OF_UNIT) {
            if !extend(evidence, &mut best, at, to) {
                break;
            }
        }
    }
    trace(&best, end.1, end.2)
}

/// Tries every part for the lines from `at` to `to` after every state at `at`. Returns whether more
/// lines may be one unit.
fn extend(evidence: &Evidence<'_>, best: &mut [[Best; STATES]], at: usize, to: usize) -> bool {
    let Some(span) = evidence.span(at, to) else {
        return false;
    };
    for (part_number, part) in PARTS.into_iter().enumerate() {
        let Some(unit) = scores::unit(evidence, &span, part) else {
            continue;
        };
        for number in 0..STATES {
            let so_far = best[at][number].score;
            if so_far == f32::NEG_INFINITY {
                continue;
            }
            let before = state(number);
            let Some(follows) = scores::follows(evidence, before, part, span.is_sentence) else {
                continue;
            };
            let has_headline = before.has_headline || part == Part::Headline;
            let next = part_number + PARTS.len() * usize::from(has_headline);
            let score = so_far + unit + follows;
            if score > best[to][next].score {
                best[to][next] = Best {
                    score,
                    from: (at, number),
                };
            }
        }
    }
    true
}

/// Returns the units of the labelling that ends before line `text` in a state.
fn trace(best: &[[Best; STATES]], text: usize, mut number: usize) -> PageHead {
    let mut units = Vec::new();
    let mut end = text;
    while let Some(part) = state(number).before {
        let (start, before) = best[end][number].from;
        units.push(Unit { part, start, end });
        (end, number) = (start, before);
    }
    units.reverse();
    PageHead { units, text }
}

#[cfg(test)]
mod tests;
