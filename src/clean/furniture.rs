//! Marks the lines that are page furniture, so that a sentence can be joined across them.

use super::asides;
use super::bullets::without_bullet;
use super::measure::Margin;
use super::navigation::{is_navigation_item, is_sharing};
use super::page_head::PageHead;
use super::text_lines::{Furniture, Part, TextLine};
use crate::text::sentence::{ends_sentence, starts_upper};
use crate::text::words::word_count;

/// Marks the lines that are furniture by themselves, wherever they stand.
pub fn mark(lines: &mut [TextLine<'_>], margin: &Margin) {
    asides::mark(lines, margin);
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
