//! Marks the lines that are page furniture, so that a sentence can be joined across them.

use super::boilerplate::{is_advertising, is_boilerplate};
use super::bullets::without_bullet;
use super::captions::{is_bare_caption_label, is_caption};
use super::measure::Margin;
use super::navigation::{is_bar, is_navigation_item, is_sharing};
use super::page_head::PageHead;
use super::related::{is_related_heading, related_label};
use super::text_lines::{Furniture, Gap, Part, TextLine};
use crate::text::sentence::{ends_sentence, starts_lower, starts_upper};
use crate::text::words::word_count;

/// Marks the lines that are furniture by themselves, wherever they stand.
pub fn mark(lines: &mut [TextLine<'_>], margin: &Margin) {
    mark_everywhere(lines, margin);
    mark_runs(lines, is_menu_item, 3);
}

/// Marks the units of the page head, and as furniture the menus among them.
pub fn mark_head(lines: &mut [TextLine<'_>], head: &PageHead) {
    for unit in &head.units {
        for line in &mut lines[unit.start..unit.end] {
            line.unit = Some(*unit);
        }
    }
    let above = &mut lines[..head.text];
    mark_runs(above, |line| is_masthead(line) && is_menu_item(line), 1);
    mark_runs(
        above,
        |line| is_masthead(line) && is_short_line(line),
        MENU_LENGTH,
    );
}

fn is_masthead(line: &TextLine<'_>) -> bool {
    line.unit
        .is_some_and(|unit| matches!(unit.part, Part::Masthead | Part::Furniture))
}

fn mark_everywhere(lines: &mut [TextLine<'_>], margin: &Margin) {
    for i in 0..lines.len() {
        let text = lines[i].text;
        let is_inside_sentence = i > 0
            && lines[i].gap == Gap::None
            && lines[i - 1].furniture.is_none()
            && !ends_sentence(lines[i - 1].text);
        if is_inside_sentence && starts_lower(text) {
            continue;
        }
        // What looks like a plea or a credit may be the next line of a sentence.
        let is_running = is_inside_sentence && !margin.fits(lines[i - 1].set, lines[i].set);
        let bare = text.trim_start_matches('#').trim_start();
        let bare = without_bullet(bare);
        lines[i].furniture = if let Some(start) = related_label(bare) {
            Some(Furniture::Related(text.len() - bare.len() + start))
        } else if is_related_heading(bare) {
            Some(Furniture::RelatedHeading)
        } else if is_advertising(text) {
            Some(Furniture::Boilerplate)
        } else if is_running {
            None
        } else if is_boilerplate(text) || is_bar(text) {
            Some(Furniture::Boilerplate)
        } else if is_caption(text) || i > 0 && is_bare_caption_label(lines[i - 1].text) {
            Some(Furniture::Caption)
        } else {
            None
        };
    }
}

/// The fewest short lines in a row that are taken for a menu of unknown items.
const MENU_LENGTH: usize = 4;

/// Marks as boilerplate the runs of at least `fewest` lines that satisfy `is_part`.
fn mark_runs(lines: &mut [TextLine<'_>], is_part: impl Fn(&TextLine<'_>) -> bool, fewest: usize) {
    let mut start = 0;
    while start < lines.len() {
        let run = lines[start..].iter().take_while(|line| is_part(line));
        let end = start + run.count();
        if end - start >= fewest {
            for line in &mut lines[start..end] {
                line.furniture = Some(Furniture::Boilerplate);
            }
        }
        start = end + 1;
    }
}

fn is_menu_item(line: &TextLine<'_>) -> bool {
    let bare = without_bullet(line.text);
    match line.furniture {
        None => is_navigation_item(bare) || is_sharing(bare),
        kind => kind == Some(Furniture::Boilerplate),
    }
}

fn is_short_line(line: &TextLine<'_>) -> bool {
    let bare = without_bullet(line.text);
    matches!(line.furniture, None | Some(Furniture::Boilerplate))
        && word_count(bare) <= 2
        && !ends_sentence(bare)
        && starts_upper(bare)
}
