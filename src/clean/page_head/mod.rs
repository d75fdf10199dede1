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
mod scores;

use super::known_titles::KnownTitles;
use super::measure::Margin;
use super::text_lines::TextLine;
use evidence::Evidence;

/// What a unit of the page head is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Part {
    /// The name of an outlet, a section or a series, or a letterhead.
    Masthead,
    /// The headline.
    Headline,
    /// The introduction between the headline and the text.
    Standfirst,
    /// The writers.
    Credit,
    /// A date.
    Date,
    /// Page furniture between the other units.
    Furniture,
}

const PARTS: [Part; 6] = [
    Part::Masthead,
    Part::Headline,
    Part::Standfirst,
    Part::Credit,
    Part::Date,
    Part::Furniture,
];

/// Lines of the page head that belong together.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Unit {
    /// What they are.
    pub part: Part,
    /// The first line.
    pub start: usize,
    /// The line after the last.
    pub end: usize,
}

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
    let e = Evidence::of(lines, margin, known);
    let b = best(&e);
    if std::env::var_os("DBG").is_some() {
        for u in &b.units {
            #[allow(clippy::print_stderr, reason = "d")]
            {
                eprintln!(
                    "{:?} {:?} {:?}",
                    u,
                    evidence_text(&e, u.start),
                    e.span(u.start, u.end)
                        .and_then(|s| scores::unit(&e, &s, u.part))
                );
            }
        }
    }
    b
}
fn evidence_text<'a>(e: &'a Evidence<'_>, at: usize) -> &'a str {
    e.text(at)
}

/// A state of the labelling: what has been read before a line.
#[derive(Clone, Copy)]
struct State {
    /// The part of the unit before the line; `None` at the top.
    before: Option<Part>,
    /// Whether a headline has been read.
    has_headline: bool,
}

/// The number of states: each part with and without a headline before, and the top.
const STATES: usize = 2 * PARTS.len() + 1;
/// The state at the top.
const TOP: usize = STATES - 1;

impl State {
    fn of(number: usize) -> Self {
        Self {
            before: (number != TOP).then(|| PARTS[number % PARTS.len()]),
            has_headline: number != TOP && number >= PARTS.len(),
        }
    }
}

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
        let text = scores::text(evidence, at);
        for number in (0..STATES).filter(|&number| best[at][number].score > f32::NEG_INFINITY) {
            let score =
                best[at][number].score + text + scores::text_after(evidence, State::of(number));
            if score > end.0 {
                end = (score, at, number);
            }
        }
        for to in at + 1..=lines.min(at + MOST_LINES_OF_UNIT) {
            extend(evidence, &mut best, at, to);
        }
    }
    trace(&best, end.1, end.2)
}

/// Tries every part for the lines from `at` to `to` after every state at `at`.
fn extend(evidence: &Evidence<'_>, best: &mut [[Best; STATES]], at: usize, to: usize) {
    let Some(span) = evidence.span(at, to) else {
        return;
    };
    for (part_number, part) in PARTS.into_iter().enumerate() {
        let Some(unit) = scores::unit(evidence, &span, part) else {
            continue;
        };
        for number in 0..STATES {
            let so_far = best[at][number].score;
            let state = State::of(number);
            let Some(follows) = scores::follows(evidence, state, part, span.is_sentence) else {
                continue;
            };
            let has_headline = state.has_headline || part == Part::Headline;
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
}

/// Returns the units of the labelling that ends before line `text` in a state.
fn trace(best: &[[Best; STATES]], text: usize, mut number: usize) -> PageHead {
    let mut units = Vec::new();
    let mut end = text;
    while let Some(part) = State::of(number).before {
        let (start, before) = best[end][number].from;
        units.push(Unit { part, start, end });
        (end, number) = (start, before);
    }
    units.reverse();
    PageHead { units, text }
}

#[cfg(test)]
mod tests;
