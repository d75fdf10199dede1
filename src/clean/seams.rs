//! Takes out what a printer or browser added at the edges of pages.

use super::date_lines::is_about_a_date;
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
    /// The stamps: the days on which the page was printed, as printed.
    pub stamps: Vec<String>,
}

/// Takes page headers, page footers and running heads out of the lines.
pub fn lift(lines: &mut [Line<'_>]) -> PageEdges {
    let mut edges = PageEdges::default();
    lift_stamps(lines, &mut edges);
    lift_page_numbers(lines, &mut edges);
    lift_running_heads(lines, &mut edges);
    lift_repeated_titles(lines);
    edges
}

/// Takes out the first line of the file where it stands again at the head of a page, after the foot of the one
/// before.
fn lift_repeated_titles(lines: &mut [Line<'_>]) {
    let Some(first) = lines.iter().find(|line| line.is_text()) else {
        return;
    };
    let (number, title) = (first.number, first.text.to_string());
    if word_count(&title) < 3 {
        return;
    }
    let mut after_foot = false;
    for line in lines.iter_mut().filter(|line| line.fate != Fate::Blank) {
        let is_foot = line.fate == Fate::Out(RemovedKind::Footer);
        if after_foot && line.number != number && *line.text == *title {
            line.fate = Fate::Out(RemovedKind::Footer);
        }
        after_foot = is_foot;
    }
}

/// Takes out stamps: the day and time of printing, with the page's title after it or on the next
/// line.
fn lift_stamps(lines: &mut [Line<'_>], edges: &mut PageEdges) {
    for i in 0..lines.len() {
        if !lines[i].is_text() {
            continue;
        }
        let text = lines[i].text.as_ref();
        let Some(length) = stamp_length(text) else {
            continue;
        };
        let (stamp, title) = (text[..length].to_owned(), text[length..].trim().to_owned());
        let next = title_line_after(lines, i);
        if title.is_empty() && next.is_none() && !is_at_edge_of_page(lines, i)
            || !title.is_empty() && is_about_a_date(text)
        {
            // A day and a time beside the byline are those of the article.
            continue;
        }
        edges.stamps.push(stamp);
        lines[i].fate = Fate::Out(RemovedKind::Footer);
        if !title.is_empty() {
            edges.title.get_or_insert(title);
        } else if let Some(next) = next {
            edges.title.get_or_insert(lines[next].text.to_string());
            lines[next].fate = Fate::Out(RemovedKind::Footer);
        }
    }
}

/// Returns whether line `i` is the first or last of a page, beside a page number, or stands again.
fn is_at_edge_of_page(lines: &[Line<'_>], i: usize) -> bool {
    let is_printed = |line: &&Line<'_>| line.fate != Fate::Blank;
    let before = lines[..i].iter().rev().find(is_printed);
    let after = lines[i + 1..].iter().find(is_printed);
    // "https://… 1/2" or "1/2"
    let is_number = |line: &Line<'_>| {
        let number = line.text.rsplit(' ').next().unwrap_or_default();
        is_page_number(&line.text) || line.text.contains("://") && is_page_number(number)
    };
    lines[i].starts_page
        || before.is_none_or(is_number)
        || after.is_none_or(|line| line.starts_page || is_number(line))
        || lines
            .iter()
            .enumerate()
            .any(|(other, line)| other != i && line.text == lines[i].text)
}

/// Returns the line after a stamp if it is the printed title: the stamp begins a page, the line is
/// repeated in the file, or a page number or the page's address follows.
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

/// Returns the length in bytes of the stamp at the start of a text, as in `11/23/26, 5:54 PM`.
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

fn lift_page_numbers(lines: &mut [Line<'_>], edges: &mut PageEdges) {
    let is_printed = !edges.stamps.is_empty();
    for i in 0..lines.len() {
        if !lines[i].is_text() {
            continue;
        }
        let text = lines[i].text.as_ref();
        if let Some(stamp) = after_address(text) {
            let is_counted = is_page_number(stamp);
            if !is_counted {
                edges.stamps.push(stamp.to_owned());
            }
            lines[i].fate = Fate::Out(RemovedKind::Footer);
            // The address and page number of a browser end a page.
            if let Some(next) = lines[i + 1..].iter_mut().find(|l| l.fate != Fate::Blank) {
                next.starts_page = true;
            }
            continue;
        }
        if let Some(title) = before_page_count(text) {
            edges.title.get_or_insert(title.to_owned());
            lines[i].fate = Fate::Out(RemovedKind::Footer);
            continue;
        }
        let is_at_edge = || {
            let before = lines[..i].iter().rev().find(|l| l.fate != Fate::Blank);
            let after = lines[i + 1..].iter().find(|l| l.fate != Fate::Blank);
            lines[i].starts_page
                || after.is_none_or(|l| l.starts_page)
                || is_printed
                    && (before.is_none_or(|l| !l.is_text()) || after.is_some_and(|l| !l.is_text()))
        };
        let is_footer = is_page_number(text)
            || text.starts_with("file://") && !text.contains(' ')
            || is_lone_number(text) && (is_at_edge() || cuts_sentence(lines, i));
        if is_footer {
            lines[i].fate = Fate::Out(RemovedKind::Footer);
        }
    }
}

/// Returns what a browser printed after the page's address at the foot of a page: a page number, or the day
/// and time, with or without brackets.
fn after_address(text: &str) -> Option<&str> {
    let schemes = ["https://", "http://", "file://"];
    if !schemes.iter().any(|scheme| text.starts_with(scheme)) {
        return None;
    }
    let end = text.find([' ', '['])?;
    let stamp = text[end..].trim_matches([' ', '[', ']']);
    let is_stamp = stamp.bytes().all(|b| {
        b.is_ascii_digit()
            || matches!(
                b,
                b'/' | b'.' | b':' | b',' | b'-' | b' ' | b'A' | b'P' | b'M'
            )
    });
    (is_page_number(stamp) || is_stamp && digits_at(stamp.as_bytes(), 0) > 0 && stamp.len() >= 8)
        .then_some(stamp)
}

/// Returns the title before a count of pages at the head of a page, as in "Ferry runs again Page 1 of 2".
fn before_page_count(text: &str) -> Option<&str> {
    // Most lines do not end in a number.
    let at = text
        .ends_with(|c: char| c.is_ascii_digit())
        .then(|| text.rfind(" Page "))??;
    let title = text[..at].trim_end();
    (is_page_number(text[at..].trim_start()) && word_count(title) >= 2 && !ends_sentence(title))
        .then_some(title)
}

/// Returns whether line `i` stands between blank lines, and the line before it does not end a sentence.
fn cuts_sentence(lines: &[Line<'_>], i: usize) -> bool {
    let is_blank = |line: Option<&Line<'_>>| line.is_some_and(|line| line.fate == Fate::Blank);
    let before = lines[..i]
        .iter()
        .rev()
        .find(|line| line.fate != Fate::Blank);
    is_blank(i.checked_sub(1).and_then(|before| lines.get(before)))
        && is_blank(lines.get(i + 1))
        && before.is_some_and(|before| {
            before.is_text()
                && word_count(&before.text) > 5
                && !ends_sentence(&before.text)
                && !before.text.ends_with(':')
        })
}

/// The longest page number, in bytes.
const LONGEST_PAGE_NUMBER: usize = 24;

/// The word for a page in the languages whose browsers print "Page 1 of 3", and what stands between the
/// numbers.
const PAGE_WORDS: &[&str] = &[
    "page", "seite", "página", "pagina", "sida", "side", "strona", "sivu", "strana", "stránka",
    "oldal", "sayfa", "faqe",
];
const BETWEEN: &[&str] = &[
    "of", "von", "de", "di", "van", "av", "af", "z", "ze", "sur", "/", "dari", "nga",
];

/// Returns whether a text is a page number: `1/3`, `1 of 3`, `Page 1 of 3`, `Seite 1 von 3`, `- 1 -`.
fn is_page_number(text: &str) -> bool {
    if text.len() > LONGEST_PAGE_NUMBER {
        return false;
    }
    if let Some(number) = text
        .strip_prefix("- ")
        .and_then(|text| text.strip_suffix(" -"))
    {
        return is_lone_number(number);
    }
    let is_counted = |page: &str, pages: &str| match (page.parse::<u16>(), pages.parse::<u16>()) {
        (Ok(page), Ok(pages)) => page >= 1 && page <= pages && pages < 1000,
        _ => false,
    };
    let mut words = text.split(' ');
    let first = words.next().unwrap_or_default();
    let says_page = !first.starts_with(|c: char| c.is_ascii_digit()) && {
        let first = first.to_lowercase();
        PAGE_WORDS.contains(&first.as_str())
    };
    let page = if says_page {
        words.next().unwrap_or_default()
    } else {
        first
    };
    match (words.next(), words.next(), words.next()) {
        (None, ..) => page
            .split_once('/')
            .is_some_and(|(page, pages)| is_counted(page, pages)),
        (Some(between), Some(pages), None) => {
            (says_page || matches!(between, "of" | "/"))
                && BETWEEN.contains(&between)
                && is_counted(page, pages)
        }
        _ => false,
    }
}

fn is_lone_number(text: &str) -> bool {
    (1..=3).contains(&text.len()) && text.bytes().all(|b| b.is_ascii_digit())
}

/// The fewest pages with the same line at the same edge for a running head. For one that begins
/// with a day, as browsers print it, two are enough.
const RUNNING_HEAD_PAGES: usize = 3;

/// Takes out lines that are the same, without digits, at the top or foot of half of the pages.
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

/// Takes out running heads of a day without a time and the page's title, the same on each page:
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

/// Splits a text after the numeric day at its start.
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
    fn a_day_and_time_beside_the_byline_is_no_stamp() {
        for text in [
            "Ferry runs again\n27.06.2018 17:04\nThe ferry left at noon.\n",
            "Ferry runs again\nBy Ann Writer\n06/27/2018 05:04 PM EST\nThe ferry left.\n",
        ] {
            let (lines, edges) = kept(text);
            assert_eq!(lines.len(), text.lines().count(), "{text}");
            assert_eq!(edges.stamps, Vec::<String>::new());
        }
        let (lines, edges) = kept("The ferry left at\nPage 1 of 3\n7/16/25, 3:04 PM\nnoon.\n");
        assert_eq!((lines.len(), edges.stamps.len()), (2, 1));
    }

    #[test]
    fn page_numbers() {
        for (text, expected) in [
            ("1/3", true),
            ("Page 2 of 3", true),
            ("- 4 -", true),
            ("Seite 1 von 2", true),
            ("Página 2 de 3", true),
            ("3 de 4", false),
            ("Page 2 to 3", false),
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
    fn lifts_addresses_with_a_stamp_and_titles_with_a_count() {
        let (lines, edges) = kept(
            "Ferry runs again Page 1 of 2\nThe ferry left at\nhttps://a.example/x   7/16/2025\n\
             Ferry runs again Page 2 of 2\nnoon.\nhttps://a.example/x[16.07.2025 15:04:12]",
        );
        assert_eq!(lines, ["The ferry left at", "noon."]);
        assert_eq!(edges.title.as_deref(), Some("Ferry runs again"));
        assert_eq!(edges.stamps, ["7/16/2025", "16.07.2025 15:04:12"]);
        let (lines, _) = kept("See https://a.example/x 7/16/2025\nhttps://a.example/x is the page");
        assert_eq!(lines.len(), 2);
    }

    #[test]
    fn a_number_that_cuts_a_sentence_is_a_page() {
        let (lines, _) = kept("The ferry left the harbour with\n\n2\n\nAnn Smith on board.");
        assert_eq!(
            lines,
            ["The ferry left the harbour with", "Ann Smith on board."]
        );
        let (lines, _) =
            kept("The ferry left the harbour at noon.\n\n2\n\nAnn Smith was on board.");
        assert_eq!(lines.len(), 3);
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
