//! Tells, line by line, what is not running text: so that a sentence can be joined across it.

use super::export::header::is_label_in_capitals;
use super::measure::Margin;
use super::pieces::{Aside, Gap, Piece};
use super::text::{
    ends_open, ends_sentence, ends_statement, starts_lower, starts_upper, word_count,
};
use super::{credits, labels};

/// Marks the pieces that are asides, and those that stand above the running text.
pub fn mark(pieces: &mut [Piece<'_>], margin: &Margin) {
    let head = head_length(pieces, margin);
    for piece in &mut pieces[..head] {
        piece.is_in_head = true;
    }
    mark_everywhere(pieces, margin);
    let (head_pieces, text) = pieces.split_at_mut(head);
    mark_head(head_pieces, text);
    mark_menus(pieces, head);
}

/// The most lines that are looked through for the beginning of the running text.
const LONGEST_HEAD: usize = 120;

/// Returns how many pieces stand above the running text.
fn head_length(pieces: &[Piece<'_>], margin: &Margin) -> usize {
    let start = (0..pieces.len().min(LONGEST_HEAD))
        .find(|&i| starts_running_text(&pieces[i..], margin))
        .unwrap_or(0);
    // A headline may be a sentence: a byline soon after it tells.
    let near = pieces[start..].iter().take(LINES_ABOVE_BYLINE + 1);
    match near
        .skip(1)
        .rposition(|piece| credits::is_byline(piece.text))
    {
        Some(byline) => start + byline + 2,
        None => start,
    }
}

/// The most lines of a headline and what stands under it that may be statements above a byline.
const LINES_ABOVE_BYLINE: usize = 3;

/// Returns whether running text begins with the first of these pieces: a line that ends a
/// statement, or several full lines one after the other.
fn starts_running_text(pieces: &[Piece<'_>], margin: &Margin) -> bool {
    let first = pieces[0].text;
    let words = word_count(first);
    if is_known_furniture(first) || words < 4 {
        return false;
    }
    if words >= 8 && ends_statement(first) || words >= 40 {
        return true;
    }
    let Some(second) = pieces.get(1).map(|p| p.text) else {
        return false;
    };
    // A line that ends no sentence, and after a blank line one that is a statement by itself.
    let is_parted = matches!(pieces[1].gap, Gap::Blank | Gap::Blanks);
    if is_parted && !ends_sentence(first) && starts_upper(second) && ends_statement(second) {
        return false;
    }
    if margin.fits_easily(pieces[0].set, pieces[1].set)
        || ends_sentence(first) && words < 8
        || is_head_line(second)
    {
        return false;
    }
    ends_statement(second)
        || words + word_count(second) >= 40
        || pieces.get(2).is_some_and(|third| {
            !margin.fits(pieces[1].set, third.set) && !is_head_line(third.text)
        })
}

fn is_known_furniture(text: &str) -> bool {
    is_head_line(text)
        || labels::related_label(text).is_some()
        || labels::is_boilerplate(text)
        || labels::is_caption(text)
        || labels::is_bar(text)
}

fn is_head_line(text: &str) -> bool {
    credits::is_byline(text) || credits::is_date_line(text)
}

fn mark_everywhere(pieces: &mut [Piece<'_>], margin: &Margin) {
    for i in 0..pieces.len() {
        let text = pieces[i].text;
        let is_inside_sentence = i > 0
            && pieces[i].gap == Gap::None
            && pieces[i - 1].aside.is_none()
            && !ends_sentence(pieces[i - 1].text);
        if is_inside_sentence && starts_lower(text) {
            continue;
        }
        // What looks like a plea or a credit may be the next line of a sentence.
        let is_running = is_inside_sentence && !margin.fits(pieces[i - 1].set, pieces[i].set);
        let bare = text.trim_start_matches('#').trim_start();
        let bare = labels::after_bullet(bare).unwrap_or(bare);
        pieces[i].aside = if let Some(start) = labels::related_label(bare) {
            Some(Aside::Related(text.len() - bare.len() + start))
        } else if labels::is_related_heading(bare) {
            Some(Aside::RelatedHeading)
        } else if labels::is_advertising(text) {
            Some(Aside::Boilerplate)
        } else if is_running {
            None
        } else if labels::is_boilerplate(text) || labels::is_bar(text) {
            Some(Aside::Boilerplate)
        } else if labels::is_caption(text)
            || i > 0 && labels::is_bare_caption_label(pieces[i - 1].text)
        {
            Some(Aside::Caption)
        } else {
            None
        };
    }
}

/// Marks bylines, dates and paths of sections above the text. A name that the text names too is
/// rather the end of the headline.
fn mark_head(head: &mut [Piece<'_>], text_below: &[Piece<'_>]) {
    for i in 0..head.len() {
        if head[i].aside.is_some() {
            continue;
        }
        let text = head[i].text;
        let follows_label =
            i > 0 && credits::is_bare_byline_label(head[i - 1].text) && credits::is_bare_name(text);
        head[i].aside = if credits::is_bare_byline_label(text)
            || credits::is_byline(text)
            || follows_label
            || is_name_beside_date(text)
        {
            Some(Aside::Byline)
        } else if credits::is_about_a_date(text)
            || credits::is_outlet_and_date(text)
            || credits::is_bare_date_label(text)
        {
            Some(Aside::Date)
        } else if labels::is_breadcrumb(text) || is_label_in_capitals(text) {
            Some(Aside::Boilerplate)
        } else {
            None
        };
    }
    for i in 1..head.len() {
        if head[i].aside.is_some() {
            continue;
        }
        let is_dated = head
            .get(i + 1)
            .is_some_and(|next| next.aside == Some(Aside::Date))
            || head[i - 1].aside == Some(Aside::Date);
        let cuts_the_headline = head[i].gap == Gap::None && ends_open(head[i - 1].text);
        // A name above or below what the writer is, or that below a byline.
        if let Some(next) = head.get(i + 1)
            && head[i].aside.is_none()
            && (credits::is_bare_name(head[i].text)
                && (credits::is_trade(next.text) || labels::agency_named(next.text).is_some())
                || credits::is_trade(head[i].text) && credits::is_bare_name(next.text))
        {
            head[i].aside = Some(Aside::Byline);
            head[i + 1].aside = Some(Aside::Byline);
            continue;
        }
        if head[i].aside.is_none()
            && head[i].gap == Gap::None
            && head[i - 1].aside == Some(Aside::Byline)
            && (credits::is_trade(head[i].text) || credits::is_employer(head[i].text))
        {
            head[i].aside = Some(Aside::Boilerplate);
            continue;
        }
        if head[i].aside.is_none()
            && is_dated
            && !cuts_the_headline
            && credits::is_bare_name(head[i].text)
            && !(head[i].gap == Gap::None && is_named_in(head[i].text, text_below))
        {
            head[i].aside = Some(Aside::Byline);
        }
    }
}

/// The most lines of the text that are looked through for a name.
const NAME_SEARCH: usize = 500;

fn is_named_in(name: &str, text: &[Piece<'_>]) -> bool {
    text.iter()
        .take(NAME_SEARCH)
        .any(|piece| piece.text.contains(name))
}

/// Returns whether the line is a name and a date, parted by a bar or a dot.
fn is_name_beside_date(text: &str) -> bool {
    [" | ", " • ", " · ", " – ", " — "].iter().any(|mark| {
        text.split_once(mark).is_some_and(|(name, date)| {
            (credits::is_bare_name(name) || credits::is_byline(name))
                && credits::is_about_a_date(date)
        })
    })
}

/// The fewest short lines in a row that are a menu although the lists know none of them.
const MENU_LENGTH: usize = 4;

/// Marks menus that stand one item a line: runs of known items, and above the text also runs of
/// short lines that no list knows.
fn mark_menus(pieces: &mut [Piece<'_>], head: usize) {
    let mut start = 0;
    while start < pieces.len() {
        let item = |i: usize| -> bool {
            let bare = labels::after_bullet(pieces[i].text).unwrap_or(pieces[i].text);
            pieces[i].aside.is_none_or(|a| a == Aside::Boilerplate)
                && (labels::is_navigation_item(bare)
                    || labels::is_sharing(bare)
                    || pieces[i].aside.is_some())
        };
        if !item(start) {
            start += 1;
            continue;
        }
        let mut end = start + 1;
        while end < pieces.len() && item(end) {
            end += 1;
        }
        if end - start >= 3 || start < head {
            for piece in &mut pieces[start..end] {
                piece.aside = Some(Aside::Boilerplate);
            }
        }
        start = end;
    }
    let mut start = 0;
    while start < head {
        let is_short = |i: usize| {
            let bare = labels::after_bullet(pieces[i].text).unwrap_or(pieces[i].text);
            matches!(pieces[i].aside, None | Some(Aside::Boilerplate))
                && word_count(bare) <= 2
                && !ends_sentence(bare)
                && starts_upper(bare)
        };
        let mut end = start;
        while end < head && is_short(end) {
            end += 1;
        }
        if end - start >= MENU_LENGTH {
            for piece in &mut pieces[start..end] {
                piece.aside = Some(Aside::Boilerplate);
            }
        }
        start = end + 1;
    }
}
