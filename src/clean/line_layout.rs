//! Decides how the lines of a file make paragraphs: once for the file, from its own statistics.

use super::measure::Margin;
use super::text_lines::{Gap, TextLine};
use crate::article::LineLayout;
use crate::text::sentence::{ends_sentence, starts_lower};

/// How the lines of a file make paragraphs, with the figures that this was decided from.
#[derive(Clone, Debug)]
pub struct Layout {
    /// How lines make paragraphs.
    pub lines: LineLayout,
    /// The right margin.
    pub margin: Margin,
    /// Where sentences end.
    pub prose: Prose,
}

impl Layout {
    /// Reads the layout from the lines of running text.
    pub fn read(running: &[TextLine<'_>], mut margin: Margin, spacing: Spacing) -> Self {
        let lines = decide(running, &margin, spacing);
        let prose = Prose::count(running, &margin);
        if matches!(lines, LineLayout::NoBlankLines | LineLayout::DoubleSpaced) {
            margin.tune(prose.ends, prose.inner, prose.words_a_line);
        }
        Self {
            lines,
            margin,
            prose,
        }
    }
}

/// Whether a blank line follows each line of running text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Spacing {
    /// None does: a blank line separates.
    Single,
    /// One does: it separates nothing.
    Double,
}

/// The greatest length of a wrapped line, in characters.
const WIDEST_WRAP: usize = 260;

/// The least share of long lines that end inside a sentence in wrapped text. In paragraphs of two
/// lines every other line does; in text that is not wrapped, only headings and introductions to
/// quotations do.
const CUT_SHARE: f64 = 0.25;

/// Decides how lines of running text make paragraphs.
fn decide(lines: &[TextLine<'_>], margin: &Margin, spacing: Spacing) -> LineLayout {
    let lengths: Vec<usize> = lines.iter().map(|p| p.text.chars().count()).collect();
    if lengths.len() < 2 {
        return LineLayout::OneParagraphALine;
    }
    let high = (lengths.len() * 9 / 10).min(lengths.len() - 1);
    let long = *lengths.clone().select_nth_unstable(high).1;
    if long > WIDEST_WRAP {
        return LineLayout::OneParagraphALine;
    }
    let mut count = Counts::default();
    for (pair, length) in lines.windows(2).zip(lengths) {
        count.add(&pair[0], &pair[1], length * 2 > long, margin);
    }
    if share(count.cut, count.long) < CUT_SHARE {
        return LineLayout::OneParagraphALine;
    }
    if spacing == Spacing::Double {
        return LineLayout::DoubleSpaced;
    }
    if share(count.ended_then_blank, count.ended) >= 0.3 {
        return LineLayout::Wrapped;
    }
    if share(count.ended_then_indent, count.ended) >= 0.4 {
        return LineLayout::Indented;
    }
    LineLayout::NoBlankLines
}

/// The fewest lines cut inside a sentence from which double spacing is recognised.
const FEWEST_CUTS: usize = 4;

/// Returns the spacing of the lines. In double-spaced text, where most lines that end inside a
/// sentence have one blank line after them, takes one blank line out of each gap.
pub fn undouble(lines: &mut [TextLine<'_>]) -> Spacing {
    let (mut cuts, mut doubled) = (0, 0);
    for pair in lines.windows(2) {
        if !ends_sentence(pair[0].text) && starts_lower(pair[1].text) && pair[1].gap != Gap::Seam {
            cuts += 1;
            doubled += usize::from(pair[1].gap == Gap::Blank);
        }
    }
    if cuts < FEWEST_CUTS || share(doubled, cuts) <= 0.5 {
        return Spacing::Single;
    }
    for line in lines {
        line.gap = match line.gap {
            Gap::Blank => Gap::None,
            Gap::Blanks => Gap::Blank,
            other => other,
        };
    }
    Spacing::Double
}

/// Where the sentences of a file end.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Prose {
    /// The number of sentences that end at the certain end of a paragraph.
    pub ends: usize,
    /// The number of sentences that end inside a line.
    pub inner: usize,
    /// The mean number of words on a line.
    pub words_a_line: f64,
}

impl Prose {
    /// Counts the sentences of running text.
    pub fn count(lines: &[TextLine<'_>], margin: &Margin) -> Self {
        let (mut ends, mut inner, mut words) = (0, 0, 0);
        for pair in lines.windows(2) {
            let is_separated = matches!(pair[1].gap, Gap::Blank | Gap::Blanks);
            ends += usize::from(
                ends_sentence(pair[0].text)
                    && (is_separated || margin.fits(pair[0].set, pair[1].set)),
            );
        }
        for line in lines {
            inner += inner_sentence_ends(line.text);
            words += memchr::memchr_iter(b' ', line.text.as_bytes()).count() + 1;
        }
        Self {
            ends,
            inner,
            words_a_line: share(words, lines.len()),
        }
    }

    /// Returns whether a sentence that ends with a full line more likely ends its paragraph than
    /// not. Any sentence may end at the margin, so the odds are those of all sentences.
    pub fn sentences_end_paragraphs(&self) -> bool {
        self.ends > self.inner
    }

    /// Returns whether a sentence that ends with a full line at the end of a page more likely ends
    /// its paragraph than not.
    pub fn may_end_at_seam(&self) -> bool {
        self.ends * SEAM_FACTOR > self.inner
    }
}

/// How much more often a paragraph ends at the end of a page than elsewhere, since browsers keep
/// widows and orphans together. Fitted on half of our test files, checked on the other half.
const SEAM_FACTOR: usize = 4;

/// Returns the number of sentences that end inside a line: a full stop, question mark or
/// exclamation mark after a word of four letters or more (shorter ones are often abbreviations), a
/// space and a capital.
fn inner_sentence_ends(text: &str) -> usize {
    let is_end = |mark: &usize| {
        let after = text[mark + 1..].trim_start_matches(['"', '\'', '”', '’', ')']);
        let Some(after) = after.strip_prefix(' ') else {
            return false;
        };
        let next = after.trim_start_matches(['"', '\'', '“', '‘', '(']);
        let letters = text[..*mark].chars().rev().take(4);
        let letters = letters.take_while(|c| c.is_alphanumeric()).count();
        letters == 4 && next.starts_with(char::is_uppercase)
    };
    memchr::memchr3_iter(b'.', b'!', b'?', text.as_bytes())
        .filter(is_end)
        .count()
}

#[derive(Default)]
struct Counts {
    /// Lines more than half as long as the 90th percentile.
    long: usize,
    /// Of these, the lines that end inside a sentence.
    cut: usize,
    /// Short lines that end a sentence and are not followed by a seam or furniture.
    ended: usize,
    /// Of these, the lines before a blank line.
    ended_then_blank: usize,
    /// Of these, the lines before a deeper indent.
    ended_then_indent: usize,
}

impl Counts {
    fn add(&mut self, line: &TextLine<'_>, next: &TextLine<'_>, is_long: bool, margin: &Margin) {
        let is_cut = !ends_sentence(line.text);
        let is_separated = matches!(next.gap, Gap::Seam | Gap::Furniture);
        if is_long {
            self.long += 1;
            self.cut += usize::from(is_cut);
        }
        if is_separated {
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
