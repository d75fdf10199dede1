//! Measures how wide lines were when they were set, to tell a line that is short because its
//! paragraph ended from one on which the next word did not fit.
//!
//! Counting characters does not measure a proportional typeface. Each file is measured with three
//! rulers (fixed width, a serif and a sans-serif typeface); the one with the straightest right
//! margin is kept.

use crate::text::sentence::{ends_sentence, starts_lower};
use crate::text::words::beyond_ascii;

/// What a line is measured with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ruler {
    /// All characters have the same width.
    Fixed,
    /// The widths of Times Roman.
    Serif,
    /// The widths of Helvetica.
    Sans,
}

const RULERS: [Ruler; 3] = [Ruler::Fixed, Ruler::Serif, Ruler::Sans];

/// Returns the widths of all bytes, given those from U+0020 to U+007E: 0 for those of characters beyond ASCII.
const fn of_ascii(printed: [u16; 95]) -> [u16; 256] {
    let mut widths = [0; 256];
    let mut byte = 0;
    while byte < 128 {
        let is_printed = byte >= 0x20 && byte < 0x20 + printed.len();
        widths[byte] = if is_printed {
            printed[byte - 0x20]
        } else {
            500
        };
        byte += 1;
    }
    widths
}

/// Widths of the characters from U+0020 to U+007E in thousandths of an em, from the Adobe Font
/// Metrics of Times-Roman (Core 14 AFM files).
#[rustfmt::skip]
static SERIF: [u16; 256] = of_ascii([
    250, 333, 408, 500, 500, 833, 778, 180, 333, 333, 500, 564, 250, 333, 250, 278,
    500, 500, 500, 500, 500, 500, 500, 500, 500, 500, 278, 278, 564, 564, 564, 444,
    921, 722, 667, 667, 722, 611, 556, 722, 722, 333, 389, 722, 611, 889, 722, 722,
    556, 722, 667, 556, 611, 722, 722, 944, 722, 722, 611, 333, 278, 333, 469, 500,
    333, 444, 500, 444, 500, 444, 333, 500, 500, 278, 278, 500, 278, 778, 500, 500,
    500, 500, 333, 389, 278, 500, 500, 722, 500, 500, 444, 480, 200, 480, 541,
]);

/// Widths of the characters from U+0020 to U+007E in thousandths of an em, from the Adobe Font
/// Metrics of Helvetica (Core 14 AFM files).
#[rustfmt::skip]
static SANS: [u16; 256] = of_ascii([
    278, 278, 355, 556, 556, 889, 667, 191, 333, 333, 389, 584, 278, 333, 278, 278,
    556, 556, 556, 556, 556, 556, 556, 556, 556, 556, 278, 278, 584, 584, 584, 556,
    1015, 667, 667, 722, 722, 667, 611, 778, 722, 278, 500, 667, 556, 833, 722, 778,
    667, 778, 722, 667, 611, 722, 667, 944, 667, 667, 611, 278, 278, 278, 469, 556,
    333, 556, 556, 500, 556, 556, 278, 556, 556, 222, 222, 500, 222, 833, 556, 556,
    556, 556, 333, 500, 278, 556, 500, 722, 500, 500, 500, 334, 260, 334, 584,
]);

/// The widths of one text by all rulers, in the order of `RULERS`, in thousandths of an em.
type Widths = [u32; RULERS.len()];

/// The widths of a space.
const SPACE: Widths = [500, 250, 278];

/// A line as it was set, with its widths: each line is compared with its neighbours many times.
#[derive(Clone, Copy, Debug)]
pub struct SetLine<'a> {
    text: &'a str,
    whole: Widths,
    /// The widths of a space and the first word.
    first_word: Widths,
}

impl<'a> SetLine<'a> {
    /// Measures a line.
    pub fn of(text: &'a str) -> Self {
        let (word, rest) = text.split_at(text.find(' ').unwrap_or(text.len()));
        let (word, rest) = (widths(word), widths(rest));
        Self {
            text,
            whole: sum(word, rest),
            first_word: sum(word, SPACE),
        }
    }

    fn width(&self, ruler: Ruler) -> u32 {
        self.whole[ruler as usize]
    }

    /// Returns the width with a space and the first word of the next line.
    fn width_with(&self, next: &Self, ruler: Ruler) -> u32 {
        self.width(ruler)
            .saturating_add(next.first_word[ruler as usize])
    }
}

/// Returns the widths of a text.
fn widths(text: &str) -> Widths {
    let (mut serif, mut sans, mut chars) = (0, 0, text.len());
    for byte in text.bytes() {
        serif += u64::from(SERIF[usize::from(byte)]);
        sans += u64::from(SANS[usize::from(byte)]);
    }
    if !text.is_ascii() {
        for c in beyond_ascii(text) {
            let width = width_beyond_ascii(c);
            serif += width;
            sans += width;
            chars -= c.len_utf8() - 1;
        }
    }
    [500 * chars as u64, serif, sans].map(|width| u32::try_from(width).unwrap_or(u32::MAX))
}

fn sum(a: Widths, b: Widths) -> Widths {
    std::array::from_fn(|ruler| a[ruler].saturating_add(b[ruler]))
}

/// Returns the width of a character beyond ASCII in both typefaces.
fn width_beyond_ascii(c: char) -> u64 {
    match c {
        '‘' | '’' | '‐' | '\u{ad}' => 333,
        '“' | '”' => 444,
        '—' | '…' => 1000,
        _ if c.is_uppercase() => 700,
        _ => 500,
    }
}

/// The right margin of a file, measured from its lines. Widths are in thousandths of an em.
#[derive(Clone, Debug, PartialEq)]
pub struct Margin {
    /// The ruler that lines are measured with.
    pub ruler: Ruler,
    /// The least width of a line inside a paragraph together with the next line's first word. A
    /// smaller width means that the word would have fitted.
    pub reach: u32,
    /// The width of the widest lines.
    pub width: u32,
    /// The widths that `reach` was read from, in ascending order.
    reaches: Vec<u32>,
}

/// The fewest lines inside sentences from which a reach is read.
const ENOUGH_LINES: usize = 5;

/// The most lines that are measured with all rulers.
const SAMPLE: usize = 2_000;

impl Margin {
    /// Reads the margin from pairs of a line and the next. Only pairs inside a sentence count: the
    /// first line does not end one and the second begins in lower case.
    pub fn read<'a>(pairs: impl Iterator<Item = (SetLine<'a>, SetLine<'a>)>) -> Self {
        let pairs: Vec<(SetLine<'_>, SetLine<'_>)> = pairs.take(SAMPLE).collect();
        let longest = pairs.iter().map(|(a, _)| a.text.len()).max().unwrap_or(0);
        let is_long = |line: &SetLine<'_>| line.text.len() * 2 > longest;
        let inside: Vec<&(SetLine<'_>, SetLine<'_>)> = pairs
            .iter()
            .filter(|(a, b)| is_long(a) && !ends_sentence(a.text) && starts_lower(b.text))
            .collect();
        if inside.len() < ENOUGH_LINES {
            let long = pairs.iter().filter(|(a, _)| is_long(a));
            let width = right_edge(long.map(|(a, _)| a.width(Ruler::Serif)).collect());
            // A line that ends inside a sentence is as wide as lines are.
            let cut = inside.iter().map(|(a, _)| a.width(Ruler::Serif));
            let width = width.max(right_edge(cut.collect()));
            return Self {
                ruler: Ruler::Serif,
                reach: percent_of(width, 90),
                width,
                reaches: Vec::new(),
            };
        }
        RULERS
            .map(|ruler| {
                let widths: Vec<u32> = inside.iter().map(|(a, _)| a.width(ruler)).collect();
                let width = right_edge(widths.clone());
                // Headlines and captions have another margin and do not count.
                let near = percent_of(width, 88);
                let mut reaches: Vec<u32> = inside
                    .iter()
                    .map(|(a, b)| a.width_with(b, ruler))
                    .filter(|reach| *reach >= near)
                    .collect();
                let short = inside.len() - reaches.len();
                // With few lines, the shortest possible one is probably not among them.
                let doubt = u32::try_from(40 / inside.len()).unwrap_or(0);
                reaches.sort_unstable();
                let lowest = reaches.get(reaches.len() * 3 / 100).copied().unwrap_or(0);
                let margin = Self {
                    ruler,
                    reach: lowest.min(percent_of(width, 100 - doubt)),
                    width,
                    reaches,
                };
                (margin.straightness() - share(short, inside.len()), margin)
            })
            .into_iter()
            .max_by(|a, b| a.0.total_cmp(&b.0))
            .map_or(
                Self {
                    ruler: Ruler::Fixed,
                    reach: 0,
                    width: 0,
                    reaches: Vec::new(),
                },
                |(_, margin)| margin,
            )
    }

    /// Tunes the reach, the width threshold that separates ends of paragraphs from ends of
    /// sentences inside them, for a file with `ends` of the first and `inner` of the second.
    ///
    /// The last line of a paragraph may have any length, so a larger reach finds more ends in
    /// proportion to its width. It also takes lines inside paragraphs for ends where a sentence
    /// ends with the line, as about one in `words_a_line` does.
    pub fn tune(&mut self, ends: usize, inner: usize, words_a_line: f64) {
        let (ends, inner) = (whole(ends), whole(inner));
        let lines = whole(self.reaches.len());
        let gain = |place: usize, reach: u32| {
            let found =
                ends * f64::from(reach.saturating_sub(self.reach)) / f64::from(self.width.max(1));
            found - inner / words_a_line.max(1.0) * whole(place) / lines
        };
        let best = self
            .reaches
            .iter()
            .enumerate()
            .filter(|(_, reach)| (self.reach..=self.width).contains(*reach))
            .map(|(place, reach)| (gain(place, *reach), *reach))
            .max_by(|a, b| a.0.total_cmp(&b.0));
        if let Some((gain, reach)) = best
            && gain > 0.0
        {
            self.reach = reach;
        }
    }

    /// Returns how straight the margin is: 1 if every line inside a paragraph reaches it.
    fn straightness(&self) -> f64 {
        f64::from(self.reach) / f64::from(self.width.max(1))
    }

    /// Returns whether the margin was read from enough lines inside sentences: the text is wrapped.
    pub fn is_measured(&self) -> bool {
        !self.reaches.is_empty()
    }

    /// Returns whether the first word of `next` would still have fitted on `line`.
    pub fn fits(&self, line: SetLine<'_>, next: SetLine<'_>) -> bool {
        line.width_with(&next, self.ruler) < self.reach
    }

    /// Returns whether the first word of `next` would have fitted on `line` and left 8 % of the
    /// reach.
    pub fn fits_easily(&self, line: SetLine<'_>, next: SetLine<'_>) -> bool {
        line.width_with(&next, self.ruler) < percent_of(self.reach, 92)
    }

    /// Returns whether a line is set as a line inside a paragraph is: the first word of `next` would not
    /// have fitted on it, and it does not reach beyond the margin by more than 8 %.
    pub fn is_set_full(&self, line: SetLine<'_>, next: SetLine<'_>) -> bool {
        !self.fits(line, next) && line.width(self.ruler) <= percent_of(self.width, 108)
    }

    /// Returns whether a line takes at least 80 % of the width.
    pub fn is_full(&self, line: SetLine<'_>) -> bool {
        line.width(self.ruler) >= percent_of(self.width, 80)
    }
}

/// Returns the width of the widest lines. Widths far above the median are left out: an extractor
/// may write two lines as one.
fn right_edge(widths: Vec<u32>) -> u32 {
    let median = quantile(widths.clone(), 0.5);
    let limit = percent_of(median, 115);
    quantile(widths.into_iter().filter(|w| *w <= limit).collect(), 0.98)
}

/// Returns a percentage of a width.
fn percent_of(width: u32, percent: u32) -> u32 {
    u32::try_from(u64::from(width) * u64::from(percent) / 100).unwrap_or(u32::MAX)
}

#[expect(
    clippy::cast_precision_loss,
    reason = "a count of lines need not be exact"
)]
fn whole(count: usize) -> f64 {
    count as f64
}

fn share(part: usize, all: usize) -> f64 {
    whole(part) / whole(all.max(1))
}

/// Returns the quantile of the values at `share`, from 0 to 1; 0 if there are no values.
fn quantile(mut values: Vec<u32>, share: f64) -> u32 {
    if values.is_empty() {
        return 0;
    }
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "a share of a length is a small whole number"
    )]
    let place = ((values.len() - 1) as f64 * share).round() as usize;
    *values.select_nth_unstable(place).1
}
