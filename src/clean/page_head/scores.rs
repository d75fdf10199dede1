//! What speaks for each unit of the page head, for its place and for the beginning of the text.

use super::evidence::{Evidence, Span};
use super::facts::Capitals;
use crate::clean::bullets::after_bullet;
use crate::clean::credits;
use crate::clean::emphasis::without_heading_marks;
use crate::clean::text_lines::Part;
use crate::text::sentence::{sentences, starts_lower, starts_upper};

/// A state of the labelling: what has been read before a line.
#[derive(Clone, Copy)]
pub struct State {
    /// The part of the unit before the line; `None` at the top.
    pub before: Option<Part>,
    /// Whether a headline has been read.
    pub has_headline: bool,
}

/// What it costs that text begins below lines of a page head without a headline.
const NO_HEADLINE: f32 = -2.0;

/// What it costs that no text begins at all.
const NO_TEXT: f32 = -6.0;

/// The fewest words of a paragraph that is text also where its end is not seen.
const LONG_PARAGRAPH: usize = 60;

/// Returns what speaks for the running text to begin at a line.
pub fn text(evidence: &Evidence<'_>, at: usize) -> f32 {
    let Some(first) = evidence.get(at) else {
        return NO_TEXT;
    };
    if first.furniture.is_some() {
        return f32::NEG_INFINITY;
    }
    let mut score = prose(evidence, at);
    if first.is_byline || first.is_date {
        score -= 5.0;
    }
    if evidence.has_credit_below(at) {
        score -= 4.0;
    }
    // Prose goes on as prose.
    let mut next = evidence.paragraph_end(at);
    for _ in 0..2 {
        while evidence
            .get(next)
            .is_some_and(|line| line.furniture.is_some())
        {
            next += 1;
        }
        if next >= evidence.lines() {
            break;
        }
        score += 0.4 * prose(evidence, next).clamp(-2.0, 2.0);
        next = evidence.paragraph_end(next);
    }
    score
}

/// Returns what speaks for the running text to begin after a state.
pub fn text_after(evidence: &Evidence<'_>, state: State) -> f32 {
    match state.before {
        Some(_) if !state.has_headline && !evidence.has_labelled_headline() => NO_HEADLINE,
        _ => 0.0,
    }
}

/// Returns what speaks for the paragraph that begins at a line to be running text.
fn prose(evidence: &Evidence<'_>, at: usize) -> f32 {
    let end = evidence.paragraph_end(at);
    let words = evidence.words_of_paragraph(at);
    let last = evidence.line(end - 1);
    let by_length = match words {
        0..=4 => -3.0,
        5..=8 => -1.5,
        9..=14 => 0.0,
        15..=24 => 1.0,
        _ => 2.0,
    };
    let by_end = if last.ends_statement || last.ends_sentence || words >= LONG_PARAGRAPH {
        1.5
    } else if end == evidence.lines() {
        0.0
    } else {
        -1.5
    };
    let by_beginning = if starts_lower(evidence.text(at)) {
        -0.5
    } else {
        0.0
    };
    by_length + by_end + by_beginning
}

/// Returns what speaks for a span to be a unit of a part, or `None` if it can't be.
pub fn unit(evidence: &Evidence<'_>, span: &Span<'_>, part: Part) -> Option<f32> {
    let is_furniture = evidence.line(span.start).furniture.is_some();
    if part == Part::Furniture {
        return is_furniture.then_some(2.0 + 1.5 * span.joints.min(0.0));
    }
    if span.words == 0 || is_furniture && part != Part::Headline {
        return None;
    }
    let score = match part {
        Part::Headline => headline(evidence, span)?,
        Part::Standfirst => standfirst(evidence, span)?,
        Part::Masthead => masthead(evidence, span)?,
        Part::Credit => credit(evidence, span)?,
        Part::Date => date(evidence, span)?,
        Part::Furniture => return None,
    };
    Some(score + span.joints + span.cut)
}

fn headline(evidence: &Evidence<'_>, span: &Span<'_>) -> Option<f32> {
    let confirmed = evidence.confirmed(&span.text);
    if evidence.has_labelled_headline() && confirmed < 0.5 {
        return None;
    }
    let first = evidence.line(span.start);
    let bare = without_heading_marks(&span.text);
    let mut score = match span.words {
        1 => -2.0,
        2 => -1.3,
        3 => -0.4,
        4..=15 => 1.2,
        16..=20 => -0.3,
        21..=28 => -1.0,
        _ => -4.0,
    };
    score += 6.0 * confirmed;
    if bare.len() < span.text.len() {
        score += 2.0;
    }
    if evidence.is_printed_again(span) {
        score += 3.0;
    }
    if span.is_statement {
        // A sentence is not written in the capitals of a title.
        score -= match first.capitals {
            Capitals::Titles | Capitals::All => 0.8,
            _ if span.words < 8 => 1.5,
            _ => 5.0,
        };
        if sentences(bare).len() > 1 {
            score -= 2.0;
        }
    } else {
        score += 2.0 * span.in_text.min(0.6);
    }
    if !starts_upper(bare) {
        // What begins in lower case and ends in a full stop is a sentence.
        score -= if span.is_statement { 3.0 } else { 0.8 };
    }
    if bare.ends_with(':') || after_bullet(bare).is_some() || first.is_agency {
        score -= 3.0;
    }
    if span.end < evidence.paragraph_end(span.start) {
        score -= 2.0;
    }
    // "By Land or Sea" may be a headline if another line has the byline.
    let is_by_twice = first.is_byline && !first.has_date && evidence.has_byline_below(span.start);
    if span.has_credit && !is_by_twice {
        score -= 4.0;
    }
    if first.has_date || first.is_contact || evidence.is_in_labels(span.start) {
        score -= 2.5;
    }
    if first.is_section {
        score -= 2.0;
    }
    if evidence.has_title_in_it(span) {
        score -= 3.0;
    }
    if first.is_standing_head && span.end == span.start + 1 {
        score += if evidence.has_items_below(span.start) {
            6.0
        } else {
            2.5
        };
    }
    if first.is_newspaper {
        score -= 1.5;
    }
    if first.is_release_label {
        score -= 3.0;
    }
    if first.furniture.is_some() {
        score -= 1.0;
    }
    Some(score)
}

fn standfirst(evidence: &Evidence<'_>, span: &Span<'_>) -> Option<f32> {
    if !(4..=60).contains(&span.words) || span.has_credit {
        return None;
    }
    let mut score = match span.words {
        4..=6 => -2.5,
        7..=28 => -1.0,
        29..=38 => -2.0,
        _ => -3.5,
    };
    if span.is_statement {
        // A first paragraph is a statement too; a standfirst says beforehand what the text says.
        score += match span.in_next {
            0.5.. if span.words <= 8 => -0.5,
            _ => -2.5,
        };
    } else {
        score += 2.2;
        if span.in_text >= 0.3 {
            score += 0.5;
        }
    }
    let is_marked = span
        .text
        .starts_with(|c: char| !c.is_alphanumeric() && !is_quotation_mark(c));
    if is_marked && after_bullet(&span.text).is_none() {
        score -= 2.0;
    }
    if span.end < evidence.paragraph_end(span.start) {
        score -= 3.0;
    }
    let first = evidence.line(span.start);
    if matches!(first.capitals, Capitals::Titles | Capitals::All) {
        score -= 2.0;
    }
    if first.has_date || first.is_contact || first.is_release_label {
        score -= 2.5;
    }
    if evidence.words_of_paragraph(span.end) > 2 * span.words {
        score += 0.5;
    }
    Some(score)
}

fn is_quotation_mark(c: char) -> bool {
    matches!(
        c,
        '"' | '\'' | '“' | '‘' | '«' | '„' | '(' | '*' | '_' | '>' | '#'
    )
}

fn masthead(evidence: &Evidence<'_>, span: &Span<'_>) -> Option<f32> {
    if span.words > 14 || span.end > span.start + 2 {
        return None;
    }
    let mut score = match span.words {
        1..=4 => 0.2,
        5..=6 => -0.6,
        _ => -1.6,
    };
    let first = evidence.line(span.start);
    if first.is_section {
        score += 1.0;
    }
    if evidence.has_title_in_it(span) {
        score += 2.5;
    }
    if first.is_newspaper || first.is_release_label {
        score += 2.0;
    }
    if first.is_contact || first.has_date || evidence.is_in_labels(span.start) {
        score += 1.0;
    }
    if span.is_statement {
        score -= 3.5;
    }
    if span.has_credit {
        score -= 3.0;
    }
    Some(score - 1.2 * span.in_text)
}

fn credit(evidence: &Evidence<'_>, span: &Span<'_>) -> Option<f32> {
    let first = evidence.line(span.start);
    let last = evidence.line(span.end - 1);
    let is_one_line = span.end == span.start + 1;
    if first.is_byline && is_one_line {
        return Some(4.0);
    }
    if first.is_byline {
        let (line, next) = (evidence.text(span.start), evidence.text(span.end - 1));
        let goes_on = last.is_trade
            || last.is_name
            || next.starts_with("and ")
            || next.starts_with("& ")
            || credits::cuts_a_name(line, next);
        return (span.end == span.start + 2 && goes_on).then_some(4.5);
    }
    if is_one_line && first.is_name {
        // A name that the text has too more likely ends the headline.
        let is_other = evidence.ends_headline(span.start)
            || evidence.get(span.end).is_some_and(|next| next.is_byline);
        return match evidence.is_beside_credit(span.start) {
            _ if is_other => None,
            true => Some(1.2),
            false => Some(0.1),
        };
    }
    if is_one_line && first.is_agency {
        return Some(1.5);
    }
    (is_one_line && first.is_trade).then_some(0.5)
}

fn date(evidence: &Evidence<'_>, span: &Span<'_>) -> Option<f32> {
    let first = evidence.line(span.start);
    if span.end > span.start + 1 || first.is_byline {
        return None;
    }
    if first.is_date {
        return Some(4.0);
    }
    first.is_dated.then_some(2.5)
}

/// Returns what speaks for a unit of a part to follow a state, or `None` if it can't.
pub fn follows(
    evidence: &Evidence<'_>,
    state: State,
    part: Part,
    is_sentence: bool,
) -> Option<f32> {
    use Part::{Credit, Date, Furniture, Headline, Masthead, Standfirst};
    let before = state.before;
    Some(match part {
        Headline if state.has_headline => return None,
        Headline => match before {
            Some(Credit) => -1.5,
            Some(Date) => -0.7,
            _ => 0.0,
        },
        Standfirst if !state.has_headline && !evidence.has_labelled_headline() => return None,
        Standfirst => match before {
            Some(Headline) => 0.0,
            Some(Standfirst) => -3.5,
            _ if is_sentence => -4.0,
            _ => -2.0,
        },
        Credit => match before {
            Some(Standfirst) => 1.5,
            Some(Headline | Date) => 1.0,
            Some(Credit) => 0.3,
            None => -1.5,
            _ => 0.0,
        },
        Date => match before {
            Some(Standfirst) => 1.5,
            Some(Headline | Credit) => 1.0,
            _ => 0.0,
        },
        // A section or an outlet below the headline, between it and the credits.
        Masthead if state.has_headline && is_sentence => -7.0,
        Masthead if state.has_headline => match before {
            Some(Masthead) => -1.2,
            _ => -1.0,
        },
        Masthead => match before {
            Some(Masthead) => -0.4,
            _ => 0.0,
        },
        Furniture => 0.0,
    })
}
