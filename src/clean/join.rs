//! Joins lines into blocks: where a paragraph goes on, and where it ends.

use super::hyphens::Hyphens;
use super::line_layout::Prose;
use super::measure::Margin;
use super::pieces::{Aside, Gap, Piece};
use super::text::{ends_open, ends_sentence, ends_statement, starts_lower, word_count};
use super::{credits, labels};
use crate::article::Discipline;

/// Lines joined into one text, not yet labelled for good.
#[derive(Clone, Debug)]
pub struct Draft {
    /// The text, on one line.
    pub text: String,
    /// The places of its lines among the article's lines, in order.
    pub lines: Vec<usize>,
    /// What stands before it.
    pub gap: Gap,
    /// What it is, where that shows from its first line alone.
    pub aside: Option<Aside>,
    /// Whether it stands above the running text.
    pub is_in_head: bool,
}

/// Joins pieces into drafts, each at the place of its first line.
pub fn join(
    pieces: &[Piece<'_>],
    discipline: Discipline,
    margin: &Margin,
    prose: &Prose,
    hyphens: &Hyphens,
) -> Vec<Draft> {
    let base = common_indent(pieces);
    let joiner = Joiner {
        discipline,
        margin,
        base,
        prose,
    };
    let mut drafts: Vec<Draft> = Vec::new();
    // The draft of running text that may go on, with its last piece.
    let mut open: Option<(usize, &Piece<'_>)> = None;
    // The aside that may go on.
    let mut open_aside: Option<&Piece<'_>> = None;
    // Whether the lines stand under a heading over other stories, each title for itself.
    let mut is_list = false;
    let mut gap = Gap::None;
    for (i, piece) in pieces.iter().enumerate() {
        gap = gap.max(piece.gap);
        if let Some(aside) = piece.aside {
            is_list = aside == Aside::RelatedHeading || is_list && aside != Aside::Caption;
            drafts.push(Draft::of(piece));
            open_aside = Some(piece);
            gap = gap.max(Gap::Aside);
            continue;
        }
        if let Some(aside) = open_aside
            && joiner.continues_aside(aside, piece, pieces.get(i + 1))
            && let Some(last) = drafts.last_mut()
        {
            last.push(piece, hyphens);
            open_aside = Some(piece);
            continue;
        }
        open_aside = None;
        is_list &= !ends_statement(piece.text);
        match open {
            Some((draft, last)) if !joiner.breaks(&drafts[draft], last, piece, gap, is_list) => {
                drafts[draft].push(piece, hyphens);
                open = Some((draft, piece));
            }
            _ => {
                drafts.push(Draft {
                    gap,
                    ..Draft::of(piece)
                });
                open = Some((drafts.len() - 1, piece));
            }
        }
        gap = Gap::None;
    }
    drafts
}

impl Draft {
    fn of(piece: &Piece<'_>) -> Self {
        Self {
            text: piece.text.to_owned(),
            lines: vec![piece.line],
            gap: piece.gap,
            aside: piece.aside,
            is_in_head: piece.is_in_head,
        }
    }

    fn push(&mut self, piece: &Piece<'_>, hyphens: &Hyphens) {
        hyphens.append(&mut self.text, piece.text);
        self.lines.push(piece.line);
    }
}

struct Joiner<'a> {
    discipline: Discipline,
    margin: &'a Margin,
    base: usize,
    prose: &'a Prose,
}

impl Joiner<'_> {
    /// Returns whether a draft ends between its last piece and the next one of running text.
    fn breaks(
        &self,
        draft: &Draft,
        last: &Piece<'_>,
        next: &Piece<'_>,
        gap: Gap,
        is_list: bool,
    ) -> bool {
        if last.text.ends_with(['\u{2010}', '\u{ad}']) && gap != Gap::Blanks {
            return false;
        }
        if last.is_in_head != next.is_in_head || last.is_in_head && gap == Gap::Aside {
            return true;
        }
        let ends = ends_sentence(last.text);
        let goes_on = starts_lower(next.text) && !ends;
        if self.starts_item(draft, last, next, ends || is_list) {
            return true;
        }
        if self.discipline == Discipline::OneParagraphALine {
            return !goes_on;
        }
        if is_list {
            return gap != Gap::None || self.starts_title(last, next);
        }
        match gap {
            Gap::Seam => {
                if ends {
                    self.margin.fits(last.set, next.set)
                        || !starts_lower(next.text) && self.prose.may_end_at_seam()
                } else {
                    !goes_on && !self.margin.is_full(last.set)
                }
            }
            Gap::Aside => {
                ends || !goes_on && (closes_quotation(last.text) || !self.margin.is_full(last.set))
            }
            Gap::Blanks => !goes_on,
            Gap::Blank => !goes_on || self.margin.fits(last.set, next.set),
            Gap::None => self.breaks_within(draft, last, next, ends),
        }
    }

    /// Returns whether a block ends between two lines that nothing parts.
    fn breaks_within(&self, draft: &Draft, last: &Piece<'_>, next: &Piece<'_>, ends: bool) -> bool {
        if starts_lower(next.text) {
            return false;
        }
        if self.is_indented(next)
            && !self.is_indented(last)
            && (ends || self.margin.fits(last.set, next.set))
        {
            return true;
        }
        if self.discipline == Discipline::Indented && self.is_indented(next) && ends {
            return true;
        }
        if ends || last.is_in_head {
            let has_no_other_sign = matches!(
                self.discipline,
                Discipline::NoBlankLines | Discipline::DoubleSpaced
            );
            return self.margin.fits(last.set, next.set)
                || ends && has_no_other_sign && self.prose.sentences_end_paragraphs();
        }
        // A heading or a line of verse stands alone; a short line inside a sentence that began
        // on the line before is only a line that an extractor cut.
        let may_stand_alone =
            draft.lines.len() == 1 || last.text.ends_with(':') || closes_quotation(last.text);
        may_stand_alone && self.margin.fits_easily(last.set, next.set)
    }

    /// Returns whether the next line under a heading over other stories is another title: it does
    /// not go on in lower case or after an open end, nor is it the last words of a long title.
    fn starts_title(&self, last: &Piece<'_>, next: &Piece<'_>) -> bool {
        let is_rest = !self.margin.fits(last.set, next.set) && word_count(next.text) <= 4;
        !starts_lower(next.text) && !ends_open(last.text) && !is_rest
    }

    /// Returns whether the next line is an item of a list. A dash may also stand inside a
    /// sentence, so it begins an item only after a sentence, a short line or another item.
    fn starts_item(&self, draft: &Draft, last: &Piece<'_>, next: &Piece<'_>, ends: bool) -> bool {
        let Some(item) = labels::after_bullet(next.text) else {
            return false;
        };
        if !next.text.starts_with(['-', '–']) {
            return true;
        }
        let follows_item = labels::after_bullet(&draft.text).is_some();
        !item.is_empty()
            && !next.text.starts_with('–')
            && (ends
                || follows_item
                || last.text.ends_with(':')
                || self.margin.fits(last.set, next.set))
    }

    fn is_indented(&self, piece: &Piece<'_>) -> bool {
        (self.base + 2..=self.base + 12).contains(&piece.indent)
    }

    /// Returns whether a line is the rest of the aside whose last line is given: it begins in
    /// lower case, or its first word did not fit and it is no full line of a paragraph itself.
    fn continues_aside(
        &self,
        aside: &Piece<'_>,
        next: &Piece<'_>,
        after: Option<&Piece<'_>>,
    ) -> bool {
        if aside.aside == Some(Aside::Byline) {
            return next.gap == Gap::None
                && next.is_in_head
                && credits::cuts_a_name(aside.text, next.text);
        }
        let is_closed = aside.aside == Some(Aside::Caption) && aside.text.ends_with([')', ']']);
        let may_wrap = aside.aside.is_none_or(Aside::may_wrap) && !is_closed;
        if !may_wrap || next.gap != Gap::None || self.discipline == Discipline::OneParagraphALine {
            return false;
        }
        if labels::after_bullet(next.text).is_some() {
            return false;
        }
        if starts_lower(next.text) {
            return !ends_sentence(aside.text);
        }
        let starts_paragraph = after.is_some_and(|after| {
            after.aside.is_none()
                && after.gap == Gap::None
                && !self.margin.fits(next.set, after.set)
        });
        !self.margin.fits(aside.set, next.set) && !starts_paragraph && !ends_sentence(next.text)
    }
}

/// Returns whether the text ends with a closing quotation mark.
fn closes_quotation(text: &str) -> bool {
    text.ends_with(['"', '”', '’', '»'])
}

/// Returns the indent that most lines have which go on with a sentence, and where there is no such
/// line, most of all: in short paragraphs, as many lines are a first line as are not.
fn common_indent(pieces: &[Piece<'_>]) -> usize {
    let mut counts = [0usize; 41];
    let goes_on = pieces
        .windows(2)
        .filter(|pair| pair[1].gap == Gap::None && !ends_sentence(pair[0].text));
    for pair in goes_on {
        counts[pair[1].indent.min(40)] += 1;
    }
    if counts.iter().all(|count| *count == 0) {
        for piece in pieces {
            counts[piece.indent.min(40)] += 1;
        }
    }
    (0..counts.len())
        .max_by_key(|i| (counts[*i], 40 - i))
        .unwrap_or(0)
}
