//! Decides, once for a file and from its own statistics, how its lines make paragraphs.

use super::measure::Margin;
use super::pieces::{Gap, Piece};
use super::text::{ends_sentence, starts_lower};
use crate::article::Discipline;

/// The line length, in characters, from which on no one wraps text.
const WIDEST_WRAP: usize = 260;

/// The share of long lines that end inside a sentence from which on lines are wrapped. Even in
/// short paragraphs of two lines every other line does; in text that is not wrapped, only
/// headings and introductions to quotations do.
const CUT_SHARE: f64 = 0.25;

/// Decides on the discipline of a file's pieces of running text, in order, from which [`undouble`]
/// has taken a blank line after each if there was one.
pub fn decide(pieces: &[Piece<'_>], margin: &Margin, was_doubled: bool) -> Discipline {
    let mut lengths: Vec<usize> = pieces.iter().map(|p| p.text.chars().count()).collect();
    if lengths.len() < 2 {
        return Discipline::OneParagraphALine;
    }
    let high = (lengths.len() * 9 / 10).min(lengths.len() - 1);
    let long = *lengths.select_nth_unstable(high).1;
    if long > WIDEST_WRAP {
        return Discipline::OneParagraphALine;
    }
    let mut count = Counts::default();
    for pair in pieces.windows(2) {
        count.add(&pair[0], &pair[1], long, margin);
    }
    if share(count.cut, count.long) < CUT_SHARE {
        return Discipline::OneParagraphALine;
    }
    if was_doubled {
        return Discipline::DoubleSpaced;
    }
    if share(count.ended_then_blank, count.ended) >= 0.3 {
        return Discipline::Wrapped;
    }
    if share(count.ended_then_indent, count.ended) >= 0.4 {
        return Discipline::Indented;
    }
    Discipline::NoBlankLines
}

/// The fewest lines cut inside a sentence from which double spacing is recognised.
const FEWEST_CUTS: usize = 4;

/// Where most lines that are cut inside a sentence have one blank line after them, a blank line
/// parts nothing: takes one out of each gap, and returns whether that was so.
pub fn undouble(pieces: &mut [Piece<'_>]) -> bool {
    let (mut cuts, mut doubled) = (0, 0);
    for pair in pieces.windows(2) {
        if !ends_sentence(pair[0].text) && starts_lower(pair[1].text) && pair[1].gap != Gap::Seam {
            cuts += 1;
            doubled += usize::from(pair[1].gap == Gap::Blank);
        }
    }
    let is_doubled = cuts >= FEWEST_CUTS && share(doubled, cuts) > 0.5;
    if is_doubled {
        for piece in pieces {
            piece.gap = match piece.gap {
                Gap::Blank => Gap::None,
                Gap::Blanks => Gap::Blank,
                other => other,
            };
        }
    }
    is_doubled
}

/// How sentences and paragraphs lie in a file.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Prose {
    /// Sentences that end a paragraph for certain.
    pub ends: usize,
    /// Sentences that end inside a line.
    pub inner: usize,
    /// The words on a line, on average.
    pub words_a_line: f64,
}

impl Prose {
    /// Counts the sentences of running text.
    pub fn count(pieces: &[Piece<'_>], margin: &Margin) -> Self {
        let (mut ends, mut inner, mut words) = (0, 0, 0);
        for pair in pieces.windows(2) {
            let is_parted = matches!(pair[1].gap, Gap::Blank | Gap::Blanks);
            ends += usize::from(
                ends_sentence(pair[0].text) && (is_parted || margin.fits(pair[0].set, pair[1].set)),
            );
        }
        for piece in pieces {
            inner += inner_sentence_ends(piece.text);
            words += memchr::memchr_iter(b' ', piece.text.as_bytes()).count() + 1;
        }
        Self {
            ends,
            inner,
            words_a_line: share(words, pieces.len()),
        }
    }

    /// Returns whether a sentence that ends with a full line more likely ends its paragraph than
    /// not. Either may end just at the margin, so it is as likely as that any sentence does.
    pub fn sentences_end_paragraphs(&self) -> bool {
        self.ends > self.inner
    }

    /// Returns whether a sentence that ends with a full line at the end of a page more likely
    /// ends its paragraph than not.
    pub fn may_end_at_seam(&self) -> bool {
        self.ends * SEAM_FACTOR > self.inner
    }
}

/// How much more often a paragraph ends at the end of a page than elsewhere: browsers leave no
/// single lines of a paragraph behind. Set on half of our test files, checked on the other.
const SEAM_FACTOR: usize = 4;

/// Returns how many sentences end inside a line: a full stop, question or exclamation mark after
/// a word of four letters or more (shorter ones are often abbreviations), a space and a capital.
fn inner_sentence_ends(text: &str) -> usize {
    let bytes = text.as_bytes();
    let is_end = |space: usize| {
        if space > 0 && bytes[space - 1].is_ascii_alphanumeric() {
            return false;
        }
        let before = text[..space].trim_end_matches(['"', '\'', '”', '’', ')']);
        let after = text[space + 1..].trim_start_matches(['"', '\'', '“', '‘', '(']);
        let Some(word) = before.strip_suffix(['.', '!', '?']) else {
            return false;
        };
        let letters = word
            .chars()
            .rev()
            .take(4)
            .take_while(|c| c.is_alphanumeric())
            .count();
        letters == 4 && after.starts_with(char::is_uppercase)
    };
    memchr::memchr_iter(b' ', bytes)
        .filter(|&space| is_end(space))
        .count()
}

#[derive(Default)]
struct Counts {
    /// Lines more than half as long as the long ones.
    long: usize,
    /// Of those, the ones that end inside a sentence.
    cut: usize,
    /// Short lines that end a sentence, where no page seam follows; those of them that a blank
    /// line and a deeper indent follow.
    ended: usize,
    ended_then_blank: usize,
    ended_then_indent: usize,
}

impl Counts {
    fn add(&mut self, line: &Piece<'_>, next: &Piece<'_>, long: usize, margin: &Margin) {
        let is_long = line.text.chars().count() * 2 > long;
        let is_cut = !ends_sentence(line.text);
        let is_apart = matches!(next.gap, Gap::Seam | Gap::Aside);
        if is_long {
            self.long += 1;
            self.cut += usize::from(is_cut);
        }
        if is_apart {
            return;
        }
        let is_blank_between = matches!(next.gap, Gap::Blank | Gap::Blanks);
        if !is_cut && margin.fits(line.set, next.set) {
            self.ended += 1;
            self.ended_then_blank += usize::from(is_blank_between);
            self.ended_then_indent += usize::from(
                !is_blank_between && next.indent >= line.indent + 2
                    || next.indent >= 2 && line.indent >= 2,
            );
        }
    }
}

#[expect(clippy::cast_precision_loss, reason = "a share need not be exact")]
fn share(part: usize, whole: usize) -> f64 {
    part as f64 / whole.max(1) as f64
}
