//! What is to be seen of the lines at the top, on which the scores are based.

use std::borrow::Cow;

use super::facts::{Capitals, Facts, goes_on, has_lower_case, is_cut_off};
use crate::clean::credits;
use crate::clean::known_titles::{KnownTitles, slug_key};
use crate::clean::measure::Margin;
use crate::clean::text_lines::{Gap, TextLine};
use crate::text::fold::folded;
use crate::text::sentence::{ends_sentence, starts_lower};

/// The least that may speak for lines to be one unit.
const LEAST_JOINTS: f32 = -4.0;

/// The most lines that are looked at.
const MOST_LINES: usize = 120;

/// The most lines of a paragraph that are looked at.
const MOST_LINES_OF_PARAGRAPH: usize = 12;

/// The length of a line, in bytes, that may be a credit in lower case.
const SHORT_LINE: usize = 50;

/// The least length of a paragraph of running text, in bytes.
const LENGTH_OF_PROSE: usize = 70;

/// The longest line of a wrapped text, in bytes.
const LONGEST_WRAPPED_LINE: usize = 260;

/// The number of paragraphs of running text after which no page head is looked for.
const ENOUGH_PARAGRAPHS: usize = 2;

/// The most words of a unit.
const MOST_WORDS_OF_UNIT: usize = 70;

/// The most lines between a statement and a byline that shows that the text begins below it.
const LINES_ABOVE_CREDIT: usize = 3;

/// The number of lines at the top in which the headline may be printed again.
const LINES_WITH_TITLE: usize = 12;

/// The fewest and the most words of a headline that is printed again.
const FEWEST_WORDS_OF_TITLE: usize = 4;
const MOST_WORDS_OF_TITLE: usize = 24;

/// The most bytes that a line with the headline in it has besides.
const MOST_BESIDE_TITLE: usize = 60;

/// The most content words of a unit that are looked for in the text.
const MOST_REPEATED: usize = 40;

/// The number of paragraphs in which the words of a headline are looked for.
const TEXT_PARAGRAPHS: usize = 3;

/// The fewest words of a paragraph that looks like text.
const FEWEST_WORDS_OF_TEXT: usize = 9;

/// Lines that may be one unit.
pub struct Span<'a> {
    pub start: usize,
    pub end: usize,
    pub words: usize,
    /// Its text, with single spaces between the lines.
    pub text: Cow<'a, str>,
    /// The share of its content words that the next paragraph of text has: 0 to 1.
    pub in_next: f32,
    /// The share of its content words that the next three paragraphs of text have: 0 to 1.
    pub in_text: f32,
    pub is_statement: bool,
    /// Whether it ends as a sentence does, also in a question mark.
    pub is_sentence: bool,
    pub has_credit: bool,
    /// What speaks for its lines to belong together and for the next line not to.
    pub joints: f32,
    pub cut: f32,
}

/// The lines at the top of an article, and what is to be seen of them.
pub struct Evidence<'a> {
    lines: &'a [TextLine<'a>],
    margin: &'a Margin,
    known: &'a KnownTitles,
    /// The known titles, folded.
    titles: Vec<String>,
    facts: Vec<Facts>,
    /// For each line, the end of the paragraph that begins with it.
    ends: Vec<usize>,
    /// The lines near the top that may be the headline, printed again.
    titles_near_top: Vec<usize>,
    /// For each line, the first lines of the next paragraphs of text from it on.
    text: Vec<Vec<usize>>,
    /// For each line, what speaks for it to belong to the same unit as the line before it.
    joints: Vec<f32>,
    /// For each line, what speaks for a unit to end with it.
    cuts: Vec<f32>,
}

impl<'a> Evidence<'a> {
    /// Gathers the evidence on the first lines, as far as they may belong to the page head.
    pub fn of(lines: &'a [TextLine<'a>], margin: &'a Margin, known: &'a KnownTitles) -> Self {
        let mut facts: Vec<Facts> = Vec::new();
        let mut ends = Vec::new();
        let mut paragraphs = 0;
        let mut paragraph = 0;
        let mut all = Paragraphs::new(lines, margin);
        for i in 0..lines.len().min(MOST_LINES) {
            if paragraphs == ENOUGH_PARAGRAPHS && i >= paragraph {
                break;
            }
            let end = all.end(i);
            // A line that continues a paragraph or fills the column is no line of the page head.
            let is_inside = i < paragraph
                && lines[i].furniture.is_none()
                && (starts_lower(lines[i].text) && lines[i].text.len() > SHORT_LINE
                    || margin.is_measured() && margin.is_full(lines[i].set));
            let is_text = is_inside || begins_text(&lines[i..end.max(i + 1)]);
            facts.push(Facts {
                is_inside,
                ..if is_text {
                    Facts::of_text(&lines[i])
                } else {
                    Facts::of(&lines[i])
                }
            });
            ends.push(end);
            if i >= paragraph {
                paragraph = end;
                let length: usize = lines[i..end].iter().map(|line| line.text.len()).sum();
                let is_prose = facts[i].furniture.is_none()
                    && !facts[i].is_byline
                    && length >= LENGTH_OF_PROSE
                    && ends_sentence(lines[end - 1].text);
                paragraphs += usize::from(is_prose);
            }
        }
        let count = facts.len();
        for (start, end) in ends.iter_mut().enumerate() {
            let is_credit = |at: &usize| facts[*at].is_byline || facts[*at].is_date;
            let last = (*end).min(count);
            *end = (start + 1..last).find(is_credit).unwrap_or(last);
        }
        let titles = known.headline.iter().chain(&known.page_title);
        let mut evidence = Self {
            lines: &lines[..count],
            margin,
            titles: titles.map(|title| folded(title)).collect(),
            known,
            facts,
            ends,
            titles_near_top: Vec::new(),
            text: Vec::new(),
            joints: Vec::new(),
            cuts: Vec::new(),
        };
        let near_top = 0..count.min(LINES_WITH_TITLE);
        evidence.titles_near_top = near_top.filter(|&at| evidence.may_be_title(at)).collect();
        evidence.text = (0..=count).map(|at| evidence.text_from(at)).collect();
        let joints = (0..count).map(|at| match at {
            0 => 0.0,
            _ => evidence.joint(at),
        });
        evidence.joints = joints.collect();
        evidence.cuts = (1..=count).map(|end| evidence.cut(end)).collect();
        evidence
    }

    /// Returns the number of lines.
    pub fn lines(&self) -> usize {
        self.facts.len()
    }

    /// Returns whether the headline is known from a labelled header.
    pub fn has_labelled_headline(&self) -> bool {
        self.known.headline.is_some()
    }

    pub fn line(&self, at: usize) -> &Facts {
        &self.facts[at]
    }

    pub fn get(&self, at: usize) -> Option<&Facts> {
        self.facts.get(at)
    }

    pub fn text(&self, at: usize) -> &'a str {
        self.lines[at].text
    }

    /// Returns the end of the paragraph that begins with a line.
    pub fn paragraph_end(&self, at: usize) -> usize {
        self.ends[at]
    }

    /// Returns the number of words of the paragraph that begins with a line, 0 past the end.
    pub fn words_of_paragraph(&self, at: usize) -> usize {
        self.ends.get(at).map_or(0, |&end| {
            self.facts[at..end].iter().map(|line| line.words).sum()
        })
    }

    /// Returns the lines from `start` to `end` as a span, unless they can't be one unit.
    pub fn span(&self, start: usize, end: usize) -> Option<Span<'a>> {
        let facts = &self.facts[start..end];
        let words = facts.iter().map(|line| line.words).sum();
        let is_one_thing = end == start + 1
            || facts[1..].iter().all(|line| line.furniture.is_none())
                && self.lines[start + 1..end]
                    .iter()
                    .all(|line| line.gap <= Gap::Blank);
        let joints = self.joints[start + 1..end].iter().sum();
        if words > MOST_WORDS_OF_UNIT
            || facts[0].is_inside
            || !is_one_thing
            || joints < LEAST_JOINTS
        {
            return None;
        }
        let text = match &self.lines[start..end] {
            [line] => Cow::Borrowed(line.text),
            lines => {
                let lines: Vec<&str> = lines.iter().map(|line| line.text).collect();
                Cow::Owned(lines.join(" "))
            }
        };
        let (in_next, in_text) = self.repeated(start, end);
        let last = &facts[facts.len() - 1];
        Some(Span {
            start,
            end,
            words,
            is_sentence: last.ends_sentence || last.ends_statement,
            is_statement: (last.ends_statement || last.ends_sentence && words > 12)
                && !text.ends_with(".."),
            text,
            in_next,
            in_text,
            has_credit: facts.iter().any(|line| line.is_byline || line.is_date),
            joints,
            cut: self.cuts[end - 1],
        })
    }

    /// Returns what speaks for a line to belong to the same unit as the line before it.
    fn joint(&self, at: usize) -> f32 {
        let (last, next) = (&self.lines[at - 1], &self.lines[at]);
        let is_open = goes_on(next.text) || is_cut_off(last.text);
        let mut score = match (next.gap, is_open) {
            (Gap::None, true) => 0.0,
            // The rest of a headline is shorter than its first line.
            (Gap::None, false) if !self.margin.is_measured() => -1.5,
            (Gap::None, false) if next.text.len() < last.text.len() => -0.4,
            (Gap::None, false) => -1.0,
            (_, true) => -1.2,
            (_, false) => return -3.5,
        };
        if ends_sentence(last.text) && !is_open {
            score -= 2.0;
        }
        // The lines of one unit are set in one style.
        score += match (self.facts[at - 1].capitals, self.facts[at].capitals) {
            (Capitals::Unclear, _) | (_, Capitals::Unclear) => 0.0,
            (Capitals::Sentence, Capitals::Sentence) => 0.0,
            (Capitals::All, Capitals::All) if !is_open => 1.2,
            (last, next) if last == next && !is_open => 0.6,
            (last, next) if last == next => 0.0,
            (Capitals::All, _) | (_, Capitals::All) => -1.5,
            _ if self.facts[at].words <= 3 => 0.0,
            _ => -0.5,
        };
        score
    }

    /// Returns what speaks for a unit to end before a line. A sentence may go on below furniture.
    fn cut(&self, at: usize) -> f32 {
        let last = &self.lines[at - 1];
        let next = (at..self.lines.len()).find(|&i| self.facts[i].furniture.is_none());
        let Some(next) = next.map(|i| (&self.facts[i], &self.lines[i])) else {
            return 0.0;
        };
        if next.0.is_byline || next.0.is_date {
            return 0.0;
        }
        let ends = ends_sentence(last.text);
        let is_cut = next.1.gap == Gap::None || may_be_cut(self.margin, last, next.1);
        if !ends && is_cut && starts_lower(next.1.text) {
            return -4.0;
        }
        if !ends && next.1.gap == Gap::None && goes_on(next.1.text) {
            return -2.0;
        }
        if is_cut_off(last.text) && !last.text.ends_with(':') {
            // A blank line may stand after "A battle drags on".
            return if next.1.gap == Gap::Blank { -1.2 } else { -2.5 };
        }
        if next.1.gap != Gap::None {
            return 0.3;
        }
        if self.margin.is_full(last.set) && !self.margin.fits(last.set, next.1.set) {
            return -2.5;
        }
        0.0
    }

    /// Returns how much of a title that is known from elsewhere a text is: 0 to 1.
    pub fn confirmed(&self, text: &str) -> f32 {
        if self.titles.is_empty() && self.known.own.is_none() {
            return 0.0;
        }
        let key = folded(text.trim_start_matches(['#', ' ']));
        let shared = |title: &String| {
            let is_title = title == &key
                || key.len() >= 8
                    && (title.starts_with(&key)
                        || !title.is_empty() && key.starts_with(title.as_str()));
            if !is_title {
                return 0.0;
            }
            let (short, long) = (title.len().min(key.len()), title.len().max(key.len()));
            short as f32 / long as f32
        };
        let shared = self.titles.iter().map(shared).fold(0.0, f32::max);
        if self.known.own.is_some() && slug_key(text) == self.known.own {
            return shared.max(0.9);
        }
        shared
    }

    /// Returns whether other lines near the top have the lines of a span in them, as running heads
    /// and page titles have the headline.
    pub fn is_printed_again(&self, span: &Span<'_>) -> bool {
        span.words >= FEWEST_WORDS_OF_TITLE
            && (span.start..span.end).all(|line| {
                self.other_titles(span).any(|other| {
                    let (line, other) = (self.lines[line].text, self.lines[other].text);
                    other.len() <= line.len() + MOST_BESIDE_TITLE && has(other, line)
                })
            })
    }

    /// Returns whether a span has another line near the top and something else in it, as a page's
    /// title has the headline and the outlet.
    pub fn has_title_in_it(&self, span: &Span<'_>) -> bool {
        self.other_titles(span).any(|other| {
            let text = self.lines[other].text;
            self.facts[other].words >= FEWEST_WORDS_OF_TITLE
                && text.len() < span.text.len()
                && has(&span.text, text)
        })
    }

    /// Returns whether a line has at most as many words as a title and is in no longer paragraph.
    fn may_be_title(&self, at: usize) -> bool {
        self.facts[at].words <= MOST_WORDS_OF_TITLE
            && !self.facts[self.ends[at] - 1].ends_statement
            && self.words_of_paragraph(at) <= 2 * MOST_WORDS_OF_TITLE
    }

    /// Returns the lines near the top that may be titles and are outside a span.
    fn other_titles(&self, span: &Span<'_>) -> impl Iterator<Item = usize> {
        let lines = span.start..span.end;
        let near_top = self.titles_near_top.iter().copied();
        near_top.filter(move |at| !lines.contains(at))
    }

    /// Returns whether a line is one of several labels with values below each other.
    pub fn is_in_labels(&self, at: usize) -> bool {
        let is_labelled = |at: usize| self.facts.get(at).is_some_and(|line| line.is_labelled);
        is_labelled(at) && (at > 0 && is_labelled(at - 1) || is_labelled(at + 1))
    }

    /// Returns whether short items with a title each stand below a line.
    pub fn has_items_below(&self, at: usize) -> bool {
        let mut items = 0;
        let mut line = at + 1;
        while line < self.facts.len() {
            let facts = &self.facts[line];
            let is_title = facts.furniture.is_none()
                && !facts.ends_sentence
                && !facts.is_date
                && self.words_of_paragraph(line) <= MOST_WORDS_OF_TITLE;
            let end = self.ends[line];
            items += usize::from(
                is_title
                    && self
                        .text
                        .get(end)
                        .is_some_and(|text| text.first() == Some(&end)),
            );
            line = end;
        }
        items >= 2
    }

    /// Returns whether a byline stands on one of the lines right below a line.
    pub fn has_byline_below(&self, at: usize) -> bool {
        let mut below = self.facts.iter().skip(at + 1).take(LINES_ABOVE_CREDIT);
        below.any(|line| line.is_byline)
    }

    /// Returns whether a byline or date stands on one of the lines right below a line.
    pub fn has_credit_below(&self, at: usize) -> bool {
        let below = self.facts.iter().skip(at + 1).take(LINES_ABOVE_CREDIT);
        below
            .take_while(|line| line.words < 60)
            .any(|line| line.is_byline || line.is_date)
    }

    /// Returns the shares of the content words of lines that the next paragraph of text has, and that
    /// the next three have.
    fn repeated(&self, start: usize, end: usize) -> (f32, f32) {
        let own: usize = self.facts[start..end]
            .iter()
            .map(|line| line.content.len())
            .sum();
        if !(2..=MOST_REPEATED).contains(&own) {
            return (0.0, 0.0);
        }
        let (mut in_next, mut in_text) = (0, 0);
        let lines = self.facts[start..end].iter();
        for word in lines.flat_map(|line| line.content.keys()) {
            let mut below = self.text[end].iter();
            let place = below.position(|&text| {
                let mut lines = self.facts[text..self.ends[text]].iter();
                lines.any(|line| line.content.has(word))
            });
            in_next += u8::from(place == Some(0));
            in_text += u8::from(place.is_some());
        }
        let share = |count: u8| f32::from(count) / own as f32;
        (share(in_next), share(in_text))
    }

    /// Returns the first lines of the next paragraphs from a line on that look like text.
    fn text_from(&self, mut at: usize) -> Vec<usize> {
        let mut text = Vec::with_capacity(TEXT_PARAGRAPHS);
        while at < self.facts.len() && text.len() < TEXT_PARAGRAPHS {
            let line = &self.facts[at];
            let is_text = line.furniture.is_none() && !line.is_byline && !line.is_date;
            if is_text && self.words_of_paragraph(at) >= FEWEST_WORDS_OF_TEXT {
                text.push(at);
                at = self.ends[at];
            } else {
                at += 1;
            }
        }
        text
    }

    /// Returns whether a date, a trade or an agency stands right above or below a line.
    pub fn is_beside_credit(&self, at: usize) -> bool {
        let is_credit = |at: usize| {
            self.facts.get(at).is_some_and(|line| {
                line.is_date || line.is_dated || line.is_trade || line.is_agency
            })
        };
        at > 0 && is_credit(at - 1) || is_credit(at + 1)
    }

    /// Returns whether a name right below a line may be the end of that line: both are in capitals,
    /// or the text has the name too.
    pub fn ends_headline(&self, at: usize) -> bool {
        let line = &self.lines[at];
        let is_named = |other: &TextLine<'_>| {
            other.text.len() > line.text.len() + 20 && has(other.text, line.text)
        };
        at > 0
            && line.gap == Gap::None
            && (!has_lower_case(line.text) && !has_lower_case(self.lines[at - 1].text)
                || self.lines[at + 1..].iter().any(is_named))
    }
}

/// Returns whether a text has a line in it. Most have not even the beginning of the line, which is found
/// without the preparations for a long search.
fn has(text: &str, line: &str) -> bool {
    const BEGINNING: usize = 16;
    let end = line.char_indices().nth(BEGINNING);
    text.contains(end.map_or(line, |(end, _)| &line[..end])) && text.contains(line)
}

/// Returns whether a blank line may cut a sentence between two lines: the first was full, or both are
/// about as long.
fn may_be_cut(margin: &Margin, last: &TextLine<'_>, next: &TextLine<'_>) -> bool {
    !margin.fits_easily(last.set, next.set) || next.text.len() <= 2 * last.text.len()
}

/// Returns whether a paragraph is too long for one of the page head and begins with no credit or date,
/// so that its first line is not searched for them.
fn begins_text(lines: &[TextLine<'_>]) -> bool {
    let first = lines[0].text;
    let length: usize = lines.iter().map(|line| line.text.len()).sum();
    length > LONGEST_WRAPPED_LINE
        && first.len() > SHORT_LINE
        && !first.bytes().any(|byte| byte.is_ascii_digit())
        && !credits::has_label(first)
}

/// Finds the ends of paragraphs. A sentence goes on below furniture.
struct Paragraphs<'a> {
    lines: &'a [TextLine<'a>],
    margin: &'a Margin,
    /// For each line, whether it begins a paragraph after the last line that is no furniture, once known.
    begins: Vec<Option<bool>>,
}

impl<'a> Paragraphs<'a> {
    fn new(lines: &'a [TextLine<'a>], margin: &'a Margin) -> Self {
        let most = lines.len().min(MOST_LINES + MOST_LINES_OF_PARAGRAPH);
        Self {
            lines,
            margin,
            begins: vec![None; most],
        }
    }

    /// Returns the line after the last of the paragraph that begins with a line.
    fn end(&mut self, start: usize) -> usize {
        let mut last = start;
        let below = start + 1..self.lines.len().min(start + 1 + MOST_LINES_OF_PARAGRAPH);
        for next in below.filter(|&next| self.lines[next].furniture.is_none()) {
            let is_new = match self.begins[next] {
                Some(is_new) if self.lines[last].furniture.is_none() => is_new,
                _ => is_new_paragraph(self.lines, self.margin, last, next),
            };
            if self.lines[last].furniture.is_none() {
                self.begins[next] = Some(is_new);
            }
            if is_new {
                break;
            }
            last = next;
        }
        last + 1
    }
}

/// Returns whether a paragraph begins with line `next` below line `last`, with furniture alone between them.
fn is_new_paragraph(lines: &[TextLine<'_>], margin: &Margin, last: usize, next: usize) -> bool {
    let is_below_furniture = next > last + 1;
    let (last, next) = (&lines[last], &lines[next]);
    let ends = ends_sentence(last.text);
    let is_apart = is_below_furniture || next.gap != Gap::None;
    let is_open = || is_cut_off(last.text) && (is_below_furniture || next.gap != Gap::Blank);
    let is_cut = !is_apart || may_be_cut(margin, last, next);
    if !ends && is_cut && (starts_lower(next.text) || is_open()) {
        return false;
    }
    is_apart
        || margin.fits_easily(last.set, next.set)
        || ends && last.text.len() > LONGEST_WRAPPED_LINE
        || next.text.len() > LONGEST_WRAPPED_LINE.max(2 * last.text.len())
}
