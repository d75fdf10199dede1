//! Joins lines into blocks: decides where a paragraph continues and where it ends.

use super::bullets::after_bullet;
use super::hyphens::Hyphens;
use super::line_layout::Layout;
use super::text_lines::{Furniture, Gap, Part, TextLine};
use crate::article::LineLayout;
use crate::text::sentence::{ends_open, ends_sentence, ends_statement, starts_lower};
use crate::text::words::word_count;

/// Lines joined into one text, before its role is decided.
#[derive(Clone, Debug)]
pub struct Draft {
    /// The text, on one line.
    pub text: String,
    /// The indexes of its lines among the article's lines, in order.
    pub lines: Vec<usize>,
    /// The kind of furniture that its first line is.
    pub furniture: Option<Furniture>,
    /// What part of the page head it is.
    pub part: Option<Part>,
}

/// Joins lines into drafts, in the order of their first lines.
pub fn join(lines: &[TextLine<'_>], layout: &Layout, hyphens: &Hyphens) -> Vec<Draft> {
    let joiner = Joiner {
        layout,
        base_indent: common_indent(lines),
    };
    let mut drafts: Vec<Draft> = Vec::new();
    // The draft of running text that may continue, and its last line.
    let mut open: Option<(usize, &TextLine<'_>)> = None;
    // The last line of the furniture that may continue.
    let mut open_furniture: Option<&TextLine<'_>> = None;
    // Whether the lines are titles under a heading over other stories.
    let mut is_list = false;
    let mut gap = Gap::None;
    for (i, line) in lines.iter().enumerate() {
        gap = gap.max(line.gap);
        if let Some(unit) = line.unit {
            match drafts.last_mut() {
                Some(draft) if unit.start < i => draft.push(line, hyphens),
                _ => drafts.push(Draft::of(line)),
            }
            open_furniture = Some(line).filter(|_| unit.part == Part::Furniture);
            continue;
        }
        if let Some(kind) = line.furniture {
            is_list = kind == Furniture::RelatedHeading || is_list && kind != Furniture::Caption;
            drafts.push(Draft::of(line));
            open_furniture = Some(line);
            gap = gap.max(Gap::Furniture);
            continue;
        }
        if let Some(last) = open_furniture
            && joiner.continues_furniture(last, line, lines.get(i + 1))
            && let Some(draft) = drafts.last_mut()
        {
            draft.push(line, hyphens);
            open_furniture = Some(line);
            continue;
        }
        open_furniture = None;
        is_list &= !ends_statement(line.text);
        match open {
            Some((draft, last)) if !joiner.breaks(&drafts[draft], last, line, gap, is_list) => {
                drafts[draft].push(line, hyphens);
                open = Some((draft, line));
            }
            _ => {
                drafts.push(Draft::of(line));
                open = Some((drafts.len() - 1, line));
            }
        }
        gap = Gap::None;
    }
    drafts
}

impl Draft {
    fn of(line: &TextLine<'_>) -> Self {
        Self {
            text: line.text.to_owned(),
            lines: vec![line.index],
            furniture: line.furniture,
            part: line.unit.map(|unit| unit.part),
        }
    }

    fn push(&mut self, line: &TextLine<'_>, hyphens: &Hyphens) {
        hyphens.append(&mut self.text, line.text);
        self.lines.push(line.index);
    }
}

struct Joiner<'a> {
    layout: &'a Layout,
    /// The columns of white space before most lines.
    base_indent: usize,
}

impl Joiner<'_> {
    /// Returns whether a draft ends between its last line and the next line of running text.
    fn breaks(
        &self,
        draft: &Draft,
        last: &TextLine<'_>,
        next: &TextLine<'_>,
        gap: Gap,
        is_list: bool,
    ) -> bool {
        if last.text.ends_with(['\u{2010}', '\u{ad}']) && gap != Gap::Blanks {
            return false;
        }
        let ends = ends_sentence(last.text);
        let continues = starts_lower(next.text) && !ends;
        if self.starts_item(draft, last, next, ends || is_list) {
            return true;
        }
        if self.layout.lines == LineLayout::OneParagraphALine {
            return !continues;
        }
        if is_list {
            return gap != Gap::None || self.starts_title(last, next);
        }
        match gap {
            Gap::Seam => {
                if ends {
                    self.layout.margin.fits(last.set, next.set)
                        || !starts_lower(next.text) && self.layout.prose.may_end_at_seam()
                } else {
                    !continues && !self.layout.margin.is_full(last.set)
                }
            }
            Gap::Furniture => {
                ends || !continues
                    && (closes_quotation(last.text) || !self.layout.margin.is_full(last.set))
            }
            Gap::Blanks => !continues,
            Gap::Blank => !continues || self.layout.margin.fits(last.set, next.set),
            Gap::None => self.breaks_within(draft, last, next, ends),
        }
    }

    /// Returns whether a draft ends between two lines with nothing between them.
    fn breaks_within(
        &self,
        draft: &Draft,
        last: &TextLine<'_>,
        next: &TextLine<'_>,
        ends: bool,
    ) -> bool {
        if starts_lower(next.text) {
            return false;
        }
        if self.is_indented(next)
            && !self.is_indented(last)
            && (ends || self.layout.margin.fits(last.set, next.set))
        {
            return true;
        }
        if self.layout.lines == LineLayout::Indented && self.is_indented(next) && ends {
            return true;
        }
        if ends {
            let has_no_other_sign = matches!(
                self.layout.lines,
                LineLayout::NoBlankLines | LineLayout::DoubleSpaced
            );
            return self.layout.margin.fits(last.set, next.set)
                || ends && has_no_other_sign && self.layout.prose.sentences_end_paragraphs();
        }
        // A heading or a line of verse stands alone. A short line inside a sentence that began on
        // the line before was only cut by the extractor.
        let may_stand_alone =
            draft.lines.len() == 1 || last.text.ends_with(':') || closes_quotation(last.text);
        may_stand_alone && self.layout.margin.fits_easily(last.set, next.set)
    }

    /// Returns whether the next line under a heading over other stories is another title. A title
    /// continues in lower case, after a function word or a comma, and in the last words of a long
    /// title.
    fn starts_title(&self, last: &TextLine<'_>, next: &TextLine<'_>) -> bool {
        let is_rest = !self.layout.margin.fits(last.set, next.set) && word_count(next.text) <= 4;
        !starts_lower(next.text) && !ends_open(last.text) && !is_rest
    }

    /// Returns whether the next line is an item of a list. A dash may also stand inside a sentence:
    /// it begins an item only after the end of a sentence, a short line or another item.
    fn starts_item(
        &self,
        draft: &Draft,
        last: &TextLine<'_>,
        next: &TextLine<'_>,
        ends: bool,
    ) -> bool {
        let Some(item) = after_bullet(next.text) else {
            return false;
        };
        if !next.text.starts_with(['-', '–']) {
            return true;
        }
        let follows_item = after_bullet(&draft.text).is_some();
        !item.is_empty()
            && !next.text.starts_with('–')
            && (ends
                || follows_item
                || last.text.ends_with(':')
                || self.layout.margin.fits(last.set, next.set))
    }

    fn is_indented(&self, line: &TextLine<'_>) -> bool {
        (self.base_indent + 2..=self.base_indent + 12).contains(&line.indent)
    }

    /// Returns whether a line continues the furniture whose last line is `last`: it begins in lower
    /// case, or its first word did not fit on `last` and it does not start a paragraph.
    fn continues_furniture(
        &self,
        last: &TextLine<'_>,
        next: &TextLine<'_>,
        after: Option<&TextLine<'_>>,
    ) -> bool {
        let is_closed =
            last.furniture == Some(Furniture::Caption) && last.text.ends_with([')', ']']);
        let may_wrap = last.furniture.is_none_or(Furniture::may_wrap) && !is_closed;
        if !may_wrap || next.gap != Gap::None || self.layout.lines == LineLayout::OneParagraphALine
        {
            return false;
        }
        if after_bullet(next.text).is_some() {
            return false;
        }
        if starts_lower(next.text) {
            return !ends_sentence(last.text);
        }
        let starts_paragraph = after.is_some_and(|after| {
            after.furniture.is_none()
                && after.gap == Gap::None
                && !self.layout.margin.fits(next.set, after.set)
        });
        !self.layout.margin.fits(last.set, next.set)
            && !starts_paragraph
            && !ends_sentence(next.text)
    }
}

/// Returns whether a text ends with a closing quotation mark.
fn closes_quotation(text: &str) -> bool {
    text.ends_with(['"', '”', '’', '»'])
}

/// Returns the commonest indent of the lines that continue a sentence, or of all lines if none
/// does. In short paragraphs, half of all lines are first lines, which may be indented.
fn common_indent(lines: &[TextLine<'_>]) -> usize {
    let mut counts = [0usize; 41];
    let continuing = lines
        .windows(2)
        .filter(|pair| pair[1].gap == Gap::None && !ends_sentence(pair[0].text));
    for pair in continuing {
        counts[pair[1].indent.min(40)] += 1;
    }
    if counts.iter().all(|count| *count == 0) {
        for line in lines {
            counts[line.indent.min(40)] += 1;
        }
    }
    (0..counts.len())
        .max_by_key(|i| (counts[*i], 40 - i))
        .unwrap_or(0)
}
