//! Marks the lines that are page furniture, so that a sentence can be joined across them.

use std::ops::Range;

use super::agencies::agency_named;
use super::boilerplate::{is_advertising, is_boilerplate};
use super::bullets::without_bullet;
use super::captions::{is_bare_caption_label, is_caption};
use super::credits;
use super::export::header::is_label_in_capitals;
use super::measure::Margin;
use super::navigation::{is_bar, is_breadcrumb, is_navigation_item, is_sharing};
use super::related::{is_related_heading, related_label};
use super::text_lines::{Furniture, Gap, TextLine};
use crate::text::sentence::{ends_open, ends_sentence, ends_statement, starts_lower, starts_upper};
use crate::text::words::word_count;

/// Marks the lines that are furniture, and those above the running text.
pub fn mark(lines: &mut [TextLine<'_>], margin: &Margin) {
    let above = count_above_text(lines, margin);
    for line in &mut lines[..above] {
        line.is_above_text = true;
    }
    mark_everywhere(lines, margin);
    let (lines_above, below) = lines.split_at_mut(above);
    mark_credits(lines_above, below);
    mark_menus(lines, above);
}

/// The most lines that are searched for the beginning of the running text.
const MOST_LINES_ABOVE_TEXT: usize = 120;

/// Returns the number of lines above the running text.
fn count_above_text(lines: &[TextLine<'_>], margin: &Margin) -> usize {
    let start = (0..lines.len().min(MOST_LINES_ABOVE_TEXT))
        .find(|&i| starts_running_text(&lines[i..], margin))
        .unwrap_or(0);
    // A headline may be a sentence: a byline soon after it shows that.
    let near = lines[start..].iter().take(LINES_ABOVE_BYLINE + 1);
    match near.skip(1).rposition(|line| credits::is_byline(line.text)) {
        Some(byline) => start + byline + 2,
        None => start,
    }
}

/// The most lines between the first statement and a byline that shows it to be a headline.
const LINES_ABOVE_BYLINE: usize = 3;

/// Returns whether running text begins with the first of these lines: a line that ends in a
/// statement, or several full lines in a row.
fn starts_running_text(lines: &[TextLine<'_>], margin: &Margin) -> bool {
    let first = lines[0].text;
    let words = word_count(first);
    if is_known_furniture(first) || words < 4 {
        return false;
    }
    if words >= 8 && ends_statement(first) || words >= 40 {
        return true;
    }
    let Some(second) = lines.get(1).map(|p| p.text) else {
        return false;
    };
    // A line that does not end a sentence, a blank line, and a statement of its own.
    let is_separated = matches!(lines[1].gap, Gap::Blank | Gap::Blanks);
    if is_separated && !ends_sentence(first) && starts_upper(second) && ends_statement(second) {
        return false;
    }
    if margin.fits_easily(lines[0].set, lines[1].set)
        || ends_sentence(first) && words < 8
        || is_byline_or_date(second)
    {
        return false;
    }
    ends_statement(second)
        || words + word_count(second) >= 40
        || lines.get(2).is_some_and(|third| {
            !margin.fits(lines[1].set, third.set) && !is_byline_or_date(third.text)
        })
}

fn is_known_furniture(text: &str) -> bool {
    is_byline_or_date(text)
        || related_label(text).is_some()
        || is_boilerplate(text)
        || is_caption(text)
        || is_bar(text)
}

fn is_byline_or_date(text: &str) -> bool {
    credits::is_credit(text) || credits::is_date_line(text)
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

/// Marks bylines, dates and section paths above the text.
fn mark_credits(above: &mut [TextLine<'_>], below: &[TextLine<'_>]) {
    for i in 0..above.len() {
        if above[i].furniture.is_none() {
            let before = i.checked_sub(1).map(|before| above[before].text);
            above[i].furniture = credit(above[i].text, before);
        }
    }
    for i in 1..above.len() {
        if above[i].furniture.is_none() {
            mark_name_or_trade(above, i, below);
        }
    }
}

/// Returns the furniture that a line above the text is, given the line before it.
fn credit(text: &str, before: Option<&str>) -> Option<Furniture> {
    let follows_label =
        before.is_some_and(credits::is_bare_byline_label) && credits::is_bare_name(text);
    if credits::is_bare_byline_label(text) || credits::is_credit(text) || follows_label {
        Some(Furniture::Byline)
    } else if credits::is_about_a_date(text)
        || credits::is_outlet_and_date(text)
        || credits::is_bare_date_label(text)
    {
        Some(Furniture::Date)
    } else if is_breadcrumb(text) || is_label_in_capitals(text) {
        Some(Furniture::Boilerplate)
    } else {
        None
    }
}

/// Marks line `i` if it is a writer's name, trade or employer, by the lines before and after it.
fn mark_name_or_trade(above: &mut [TextLine<'_>], i: usize, below: &[TextLine<'_>]) {
    let (line, before, after) = (above[i], above[i - 1], above.get(i + 1).copied());
    let is_name = credits::is_bare_name(line.text);
    let is_trade = credits::is_trade(line.text);
    // A name above or below a trade or an agency.
    if let Some(after) = after
        && (is_name && (credits::is_trade(after.text) || agency_named(after.text).is_some())
            || is_trade && credits::is_bare_name(after.text))
    {
        above[i].furniture = Some(Furniture::Byline);
        above[i + 1].furniture = Some(Furniture::Byline);
        return;
    }
    if line.gap == Gap::None
        && before.furniture == Some(Furniture::Byline)
        && (is_trade || credits::is_employer(line.text))
    {
        above[i].furniture = Some(Furniture::Boilerplate);
        return;
    }
    let is_dated = before.furniture == Some(Furniture::Date)
        || after.is_some_and(|after| after.furniture == Some(Furniture::Date));
    let cuts_the_headline = line.gap == Gap::None && ends_open(before.text);
    // A name that the text has too more likely ends the headline.
    if is_name
        && is_dated
        && !cuts_the_headline
        && !(line.gap == Gap::None && is_named_in(line.text, below))
    {
        above[i].furniture = Some(Furniture::Byline);
    }
}

/// The most lines of the text that are searched for a name.
const NAME_SEARCH: usize = 500;

fn is_named_in(name: &str, text: &[TextLine<'_>]) -> bool {
    text.iter()
        .take(NAME_SEARCH)
        .any(|line| line.text.contains(name))
}

/// The fewest short lines in a row that are taken for a menu of unknown items.
const MENU_LENGTH: usize = 4;

/// Marks menus with one item a line: runs of known items, and above the text also runs of short
/// lines that no list has.
fn mark_menus(lines: &mut [TextLine<'_>], above: usize) {
    mark_runs(lines, is_menu_item, |run| {
        run.len() >= 3 || run.start < above
    });
    mark_runs(&mut lines[..above], is_short_line, |run| {
        run.len() >= MENU_LENGTH
    });
}

/// Marks as boilerplate the runs of lines that satisfy `is_part`, if the run satisfies `is_menu`.
fn mark_runs(
    lines: &mut [TextLine<'_>],
    is_part: fn(&TextLine<'_>) -> bool,
    is_menu: impl Fn(&Range<usize>) -> bool,
) {
    let mut start = 0;
    while start < lines.len() {
        let length = lines[start..]
            .iter()
            .take_while(|line| is_part(line))
            .count();
        let run = start..start + length;
        start = run.end + 1;
        if length > 0 && is_menu(&run) {
            for line in &mut lines[run] {
                line.furniture = Some(Furniture::Boilerplate);
            }
        }
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
