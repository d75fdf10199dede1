//! Finds what a printer or browser added at the edges of pages, and takes it out.

use super::lines::{Fate, Line};
use crate::article::RemovedKind;
use crate::text::fold::folded;
use crate::text::sentence::ends_sentence;
use crate::text::words::word_count;

/// What the edges of printed pages say about the article.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct PageEdges {
    /// The title that a browser prints on each page.
    pub title: Option<String>,
    /// The days on which the page was printed, as printed.
    pub stamps: Vec<String>,
}

/// Takes browsers' page headers and footers and repeated running heads out of the lines.
pub fn lift(lines: &mut [Line<'_>]) -> PageEdges {
    let mut edges = PageEdges::default();
    lift_stamps(lines, &mut edges);
    lift_page_numbers(lines, !edges.stamps.is_empty());
    lift_running_heads(lines, &mut edges);
    edges
}

/// A stamp is the day and time of printing, with the page's title after it or on the next line.
fn lift_stamps(lines: &mut [Line<'_>], edges: &mut PageEdges) {
    for i in 0..lines.len() {
        if !lines[i].is_text() {
            continue;
        }
        let text = lines[i].text.as_ref();
        let Some(length) = stamp_length(text) else {
            continue;
        };
        edges.stamps.push(text[..length].to_owned());
        let title = text[length..].trim().to_owned();
        lines[i].fate = Fate::Out(RemovedKind::Footer);
        if !title.is_empty() {
            edges.title.get_or_insert(title);
        } else if let Some(next) = title_line_after(lines, i) {
            edges.title.get_or_insert(lines[next].text.to_string());
            lines[next].fate = Fate::Out(RemovedKind::Footer);
        }
    }
}

/// Returns the line after a stamp that stands alone, if it is the printed title: the stamp heads
/// the page, the line stands again in the file, or a page number or the page's address follows.
fn title_line_after(lines: &[Line<'_>], stamp: usize) -> Option<usize> {
    let is_near = |i: &usize| lines[*i].fate != Fate::Blank;
    let next = (stamp + 1..lines.len().min(stamp + 3)).find(is_near)?;
    let line = &lines[next];
    if !line.is_text() || line.text.len() > 300 || line.text.contains("://") {
        return None;
    }
    let is_footed = lines[next + 1..]
        .iter()
        .filter(|line| line.fate != Fate::Blank)
        .take(2)
        .any(|line| is_page_number(&line.text) || line.text.contains("://"));
    let title = folded(&line.text);
    let stands_again = || {
        let joined = lines[next + 1..]
            .iter()
            .filter(|line| line.is_text())
            .take(30)
            .map(|line| folded(&line.text))
            .collect::<Vec<_>>()
            .join(" ");
        joined.contains(&title)
    };
    let heads_page = lines[stamp].starts_page || lines[..stamp].iter().all(|l| !l.is_text());
    let is_title = word_count(&line.text) >= 3 && !ends_sentence(&line.text);
    (is_footed || heads_page && is_title || stands_again()).then_some(next)
}

/// Returns the length of the printing day and time that the text begins with, as in
/// `11/23/26, 5:54 PM`.
fn stamp_length(text: &str) -> Option<usize> {
    let bytes = text.as_bytes();
    let mut at = 0;
    for part in 0..3 {
        let digits = digits_at(bytes, at);
        if digits == 0 || digits > 4 {
            return None;
        }
        at += digits;
        if part < 2 {
            if !matches!(bytes.get(at), Some(b'/' | b'.' | b'-')) {
                return None;
            }
            at += 1;
        }
    }
    if bytes.get(at) == Some(&b',') {
        at += 1;
    }
    if bytes.get(at) != Some(&b' ') {
        return None;
    }
    at += 1;
    let hours = digits_at(bytes, at);
    if !(1..=2).contains(&hours) || !matches!(bytes.get(at + hours), Some(b':' | b'.')) {
        return None;
    }
    at += hours + 1;
    if digits_at(bytes, at) != 2 {
        return None;
    }
    at += 2;
    for meridiem in [" AM", " PM", " am", " pm", " a.m.", " p.m."] {
        if bytes[at..].starts_with(meridiem.as_bytes()) {
            at += meridiem.len();
            break;
        }
    }
    matches!(bytes.get(at), None | Some(b' ')).then_some(at)
}

fn digits_at(bytes: &[u8], at: usize) -> usize {
    bytes
        .get(at..)
        .unwrap_or_default()
        .iter()
        .take_while(|b| b.is_ascii_digit())
        .count()
}

fn lift_page_numbers(lines: &mut [Line<'_>], is_printed: bool) {
    for i in 0..lines.len() {
        if !lines[i].is_text() {
            continue;
        }
        let text = lines[i].text.as_ref();
        let (address, number) = match text.rsplit_once(' ') {
            Some((address, number)) if address.contains("://") && !address.contains(' ') => {
                (true, number)
            }
            _ => (false, text),
        };
        let is_at_edge = || {
            let before = lines[..i].iter().rev().find(|l| l.fate != Fate::Blank);
            let after = lines[i + 1..].iter().find(|l| l.fate != Fate::Blank);
            lines[i].starts_page
                || after.is_none_or(|l| l.starts_page)
                || is_printed
                    && (before.is_none_or(|l| !l.is_text()) || after.is_some_and(|l| !l.is_text()))
        };
        let is_counted = is_page_number(number);
        let is_footer = is_counted
            || text.starts_with("file://") && !text.contains(' ')
            || !address && is_lone_number(number) && is_at_edge();
        if is_footer {
            lines[i].fate = Fate::Out(RemovedKind::Footer);
        }
        // A browser's address and count of pages end a page.
        if is_counted
            && address
            && let Some(next) = lines[i + 1..].iter_mut().find(|l| l.fate != Fate::Blank)
        {
            next.starts_page = true;
        }
    }
}

/// The longest page number, in bytes, with its words.
const LONGEST_PAGE_NUMBER: usize = 24;

/// Returns whether the text is a page number of so many: `1/3`, `1 of 3`, `Page 1 of 3`, `- 1 -`.
fn is_page_number(text: &str) -> bool {
    if text.len() > LONGEST_PAGE_NUMBER {
        return false;
    }
    let text = text
        .strip_prefix("Page ")
        .or_else(|| text.strip_prefix("page "))
        .unwrap_or(text);
    let counted = text.split_once('/').or_else(|| text.split_once(" of "));
    if let Some((page, pages)) = counted
        && let (Ok(page), Ok(pages)) = (page.parse::<u16>(), pages.parse::<u16>())
    {
        return page >= 1 && page <= pages && pages < 1000;
    }
    text.strip_prefix("- ")
        .and_then(|text| text.strip_suffix(" -"))
        .is_some_and(is_lone_number)
}

fn is_lone_number(text: &str) -> bool {
    (1..=3).contains(&text.len()) && text.bytes().all(|b| b.is_ascii_digit())
}

/// The fewest pages on which a line at the same edge must stand to be a running head. Where it begins
/// with a day it is a browser's, and two are enough.
const RUNNING_HEAD_PAGES: usize = 3;

/// Takes out lines that stand, page numbers aside, at the top or foot of most pages.
fn lift_running_heads(lines: &mut [Line<'_>], edges: &mut PageEdges) {
    let mut tops = Vec::new();
    let mut feet = Vec::new();
    let mut last_text = None;
    for (i, line) in lines.iter().enumerate() {
        if line.is_text() {
            if line.starts_page || last_text.is_none() {
                tops.push(i);
                feet.extend(last_text);
            }
            last_text = Some(i);
        }
    }
    feet.extend(last_text);
    lift_dated_heads(lines, &tops, edges);
    for edge in [tops, feet] {
        if edge.len() < RUNNING_HEAD_PAGES {
            continue;
        }
        let key = |i: &usize| -> String {
            lines[*i]
                .text
                .chars()
                .filter(|c| !c.is_ascii_digit())
                .collect()
        };
        let mut keys: Vec<(String, usize)> = edge.iter().map(|i| (key(i), *i)).collect();
        keys.sort();
        let repeated: Vec<usize> = keys
            .chunk_by(|a, b| a.0 == b.0)
            .filter(|same| {
                same.len() >= RUNNING_HEAD_PAGES
                    && same.len() * 2 >= edge.len()
                    && same[0].0.len() < 150
            })
            .flatten()
            .map(|(_, i)| *i)
            .collect();
        for i in repeated {
            lines[i].fate = Fate::Out(RemovedKind::Footer);
        }
    }
}

/// Takes out the heads that print a day without the time and the page's title, the same on each page:
/// `4/12/2019  Ferry runs again - The Herald`.
fn lift_dated_heads(lines: &mut [Line<'_>], tops: &[usize], edges: &mut PageEdges) {
    let Some((day, title)) = tops.first().and_then(|&i| split_day(&lines[i].text)) else {
        return;
    };
    let (day, title) = (day.to_owned(), title.to_owned());
    let text = lines[tops[0]].text.to_string();
    if tops.len() < 2 || tops.iter().any(|&i| *lines[i].text != *text) {
        return;
    }
    for &i in tops {
        lines[i].fate = Fate::Out(RemovedKind::Footer);
        edges.stamps.push(day.clone());
    }
    edges.title.get_or_insert(title);
}

/// Parts the day in numbers that a text begins with from the rest.
fn split_day(text: &str) -> Option<(&str, &str)> {
    let (day, title) = text.split_once(' ')?;
    let mark = day.find(['/', '.', '-'])?;
    let mut parts = day.split(&day[mark..=mark]);
    let is_number = |part: &str| {
        (1..=4).contains(&part.len()) && part.bytes().all(|byte| byte.is_ascii_digit())
    };
    (parts.clone().count() == 3 && parts.all(is_number) && word_count(title) >= 2)
        .then_some((day, title))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::clean::lines::{read, split};

    fn kept(text: &str) -> (Vec<String>, PageEdges) {
        let raw = split(text);
        let mut lines = read(&raw, 1);
        let edges = lift(&mut lines);
        let kept = lines
            .iter()
            .filter(|l| l.is_text())
            .map(|l| l.text.to_string())
            .collect();
        (kept, edges)
    }

    #[test]
    fn stamps() {
        for (text, expected) in [
            ("11/23/26, 5:54 PM   A title", Some("11/23/26, 5:54 PM")),
            ("23/11/2026, 17:54", Some("23/11/2026, 17:54")),
            ("2026-11-23 17:54 A title", Some("2026-11-23 17:54")),
            ("11/23/26", None),
            ("5:54 PM", None),
            ("1/2", None),
        ] {
            assert_eq!(stamp_length(text).map(|n| &text[..n]), expected, "{text}");
        }
    }

    #[test]
    fn page_numbers() {
        for (text, expected) in [
            ("1/3", true),
            ("Page 2 of 3", true),
            ("- 4 -", true),
            ("3/2", false),
            ("24/7", false),
            ("1998", false),
        ] {
            assert_eq!(is_page_number(text), expected, "{text}");
        }
    }

    #[test]
    fn lifts_a_browsers_header_and_footer() {
        let (lines, edges) = kept(
            "11/23/26, 5:54 PM  Ferry runs again\nFerry runs again\nThe ferry left at\nhttps://a.example/x 1/2\n\u{c}11/23/26, 5:54 PM  Ferry runs again\nnoon.\nhttps://a.example/x 2/2",
        );
        assert_eq!(lines, ["Ferry runs again", "The ferry left at", "noon."]);
        assert_eq!(edges.title.as_deref(), Some("Ferry runs again"));
        assert_eq!(edges.stamps.len(), 2);
    }

    #[test]
    fn lifts_heads_with_a_day_alone() {
        let head = "4/12/2019   Ferry runs again - The Herald";
        let (lines, edges) = kept(&format!(
            "{head}\nFerry runs again\nThe ferry left at\nhttps://a.example/x 1/2\n{head}\nnoon.\n\
             https://a.example/x 2/2"
        ));
        assert_eq!(lines, ["Ferry runs again", "The ferry left at", "noon."]);
        assert_eq!(
            edges.title.as_deref(),
            Some("Ferry runs again - The Herald")
        );
        assert_eq!(edges.stamps, ["4/12/2019", "4/12/2019"]);
    }

    #[test]
    fn lifts_running_heads_but_no_text() {
        let (lines, _) =
            kept("The Herald 1\nOne.\n\u{c}The Herald 2\nTwo.\n\u{c}The Herald 3\nThree.");
        assert_eq!(lines, ["One.", "Two.", "Three."]);
    }
}
