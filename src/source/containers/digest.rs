//! Cuts a digest at its rules into its items, where each item is an article with its own head.
//!
//! A column of items without writers or outlets ("In brief", letters) stays one article, and so does
//! an article with rules in it.

use std::borrow::Cow;
use std::ops::Range;

use rustc_hash::{FxHashMap, FxHashSet};

use crate::article::{Removed, RemovedKind};
use crate::date::printed as dates;
use crate::source::export_marks::is_rule;
use crate::source::mail_head::head_at;
use crate::source::part::Part;
use crate::text::fold::folded;
use crate::text::words::{push_collapsed, strip_prefix_ignore_case, word_count};

/// The lines of an item in which its credit stands.
const HEAD_LINES: usize = 6;

/// The fewest words in an item.
const SHORTEST_ITEM: usize = 25;

/// The most words in a headline, and in a line with an outlet and a day.
const LONGEST_TITLE: usize = 25;
const LONGEST_CREDIT: usize = 12;

/// The most words in the lines that close a digest.
const LONGEST_CLOSING: usize = 60;

/// The most lines of a mail's head.
const MOST_HEAD_LINES: usize = 200;

/// The characters of a rule that is as wide as the text.
const LONG_RULE: usize = 25;

/// Cuts a text into the items of a digest, or returns it whole if it is none. What stands above the
/// first item (a mail's head, the list of headlines) and a short closing are handed over beside the
/// first and the last article.
pub fn cut(part: Part<'_>) -> Vec<Part<'_>> {
    match cut_at_rules(&part).or_else(|| cut_at_listed_titles(&part)) {
        Some(items) => items,
        None => vec![part],
    }
}

/// Cuts a text at the titles that it lists at its top, where each has a credit below it.
fn cut_at_listed_titles<'a>(part: &Part<'a>) -> Option<Vec<Part<'a>>> {
    let mut listed: FxHashSet<&str> = FxHashSet::default();
    let mut list_end = 0;
    let mut start = 0;
    for line in part.text.split_inclusive('\n').take(LIST_LINES) {
        start += line.len();
        if let Some(title) = list_item(line).filter(|title| word_count(title) >= 2) {
            // The first of the titles is there again: the list is over.
            if listed.contains(title) {
                break;
            }
            listed.insert(title);
            listed.insert(without_brackets(title));
            list_end = start;
        }
    }
    if listed.len() < 2 {
        return None;
    }
    let longest = listed.iter().map(|title| title.len()).max().unwrap_or(0);
    let mut starts = Vec::new();
    let mut start = list_end;
    for line in part.text[list_end..].split_inclusive('\n') {
        let bare = line.trim();
        if bare.len() <= longest + LONGEST_NUMBER {
            let title = list_item(line).unwrap_or(bare);
            let below = &part.text[start + line.len()..];
            if listed.contains(title) && has_credit(below) {
                starts.push(start);
            }
        }
        start += line.len();
    }
    (starts.len() >= 2).then(|| items(part, &starts, &starts[1..], part.text.len()))
}

/// Cuts a text at its rules.
fn cut_at_rules<'a>(part: &Part<'a>) -> Option<Vec<Part<'a>>> {
    let sections = sections(&part.text);
    if sections.len() < 2 {
        return None;
    }
    let cover = below_head(&part.text[sections[0].clone()]);
    let titles = listed_titles(cover);
    let below = sections[1..].iter();
    let mut is_item: Vec<bool> = below
        .map(|section| is_item(&part.text[section.clone()], &titles))
        .collect();
    // What stands above the first rule is an article, unless it lists the others.
    let listed = sections[1..].iter().filter(|section| {
        let title = part.text[(*section).clone()].trim_start().lines().next();
        titles.contains(&folded(title.unwrap_or_default()))
    });
    let listed = listed.count();
    let lists_others = listed >= 2 || listed == sections.len() - 1;
    is_item.insert(0, !lists_others && self::is_item(cover, &[]));
    let starts: Vec<usize> = (0..sections.len()).filter(|&i| is_item[i]).collect();
    if starts.len() < 2 {
        return None;
    }
    let last = sections.len() - 1;
    let is_closing =
        !is_item[last] && word_count(&part.text[sections[last].clone()]) <= LONGEST_CLOSING;
    let end = sections[if is_closing { last - 1 } else { last }].end;
    let ends: Vec<usize> = starts[1..]
        .iter()
        .map(|&next| sections[next - 1].end)
        .collect();
    let starts: Vec<usize> = starts.iter().map(|&start| sections[start].start).collect();
    Some(items(part, &starts, &ends, end))
}

/// Returns the articles that begin at these offsets; `ends` are the ends of all but the last.
fn items<'a>(part: &Part<'a>, starts: &[usize], ends: &[usize], last_end: usize) -> Vec<Part<'a>> {
    let mut lines = Numbers::of(part);
    let mut outside = part.outside.clone();
    outside.extend(lines.removed(0..starts[0]));
    let mut items: Vec<Part<'a>> = Vec::with_capacity(starts.len());
    for (i, &start) in starts.iter().enumerate() {
        let end = ends.get(i).copied().unwrap_or(last_end);
        items.push(lines.part(start..end, std::mem::take(&mut outside)));
    }
    if let Some(last) = items.last_mut() {
        last.outside
            .extend(lines.removed(last_end..part.text.len()));
    }
    items
}

/// Returns a text without the head of a mail at its top.
fn below_head(text: &str) -> &str {
    let lines: Vec<&str> = text.lines().take(MOST_HEAD_LINES).collect();
    let start = lines.iter().position(|line| !line.trim().is_empty());
    let Some(head) = start.and_then(|start| head_at(&lines, start)) else {
        return text;
    };
    let lines = text.split_inclusive('\n').take(head.end);
    &text[lines.map(str::len).sum::<usize>()..]
}

/// Returns the sections of a text between the rules that occur most often, as ranges of bytes
/// without the rules.
fn sections(text: &str) -> Vec<Range<usize>> {
    let mut rules: Vec<(Range<usize>, (u8, usize))> = Vec::new();
    let mut counts: FxHashMap<(u8, usize), usize> = FxHashMap::default();
    let mut most = 0;
    let mut start = 0;
    for line in text.split_inclusive('\n') {
        let bare = line.trim();
        if is_rule(bare) {
            // Long rules are one, whatever their length.
            let rule = (bare.as_bytes()[0], bare.len().min(LONG_RULE));
            rules.push((start..start + line.len(), rule));
            let count = counts.entry(rule).or_default();
            *count += 1;
            most = most.max(*count);
        }
        start += line.len();
    }
    // Of rules that occur equally often, the first one counts.
    let Some(&(_, rule)) = rules.iter().find(|(_, rule)| counts[rule] == most) else {
        return Vec::new();
    };
    let mut sections = Vec::with_capacity(most + 1);
    let mut start = 0;
    for (range, _) in rules.iter().filter(|(_, other)| *other == rule) {
        sections.push(start..range.start);
        start = range.end;
    }
    sections.push(start..text.len());
    sections
}

/// The lines at the top among which a list of titles is looked for.
const LIST_LINES: usize = 60;

/// The longest number or bullet of an item, in bytes.
const LONGEST_NUMBER: usize = 6;

/// Returns the text of a line after the number or bullet of a list: `1. `, `2) `, `* `.
fn list_item(line: &str) -> Option<&str> {
    let line = line.trim();
    let digits = line.bytes().take_while(u8::is_ascii_digit).count();
    let rest = match digits {
        0 => line.strip_prefix(['*', '-', '•', '·', '–', '+'])?,
        1..=3 => line[digits..].strip_prefix(['.', ')', ':'])?,
        _ => return None,
    };
    rest.starts_with([' ', '\t']).then(|| rest.trim())
}

/// Returns a title without the outlet's name in brackets after it.
fn without_brackets(title: &str) -> &str {
    match title.rsplit_once(" (") {
        Some((bare, outlet)) if outlet.ends_with(')') => bare.trim_end(),
        _ => title,
    }
}

/// Returns the folded titles that the lines above the first rule list, without numbers and bullets,
/// and with and without the outlet's name in brackets after them.
fn listed_titles(cover: &str) -> Vec<String> {
    let mut titles = Vec::new();
    for line in cover
        .lines()
        .filter(|line| word_count(line) <= LONGEST_TITLE)
    {
        let title = list_item(line).unwrap_or(line.trim());
        titles.push(folded(title));
        titles.push(folded(without_brackets(title)));
    }
    titles.retain(|title| title.len() >= 8);
    titles
}

/// Returns whether one of the first lines of a text is a credit.
fn has_credit(text: &str) -> bool {
    let lines = text.lines().filter(|line| !line.trim().is_empty());
    lines.take(2).any(is_credit)
}

/// Returns whether a section is an article with its own head: a title, and a line with the writer
/// or the outlet and the day; or a title that is listed; or the head of a mail.
fn is_item(section: &str, listed: &[String]) -> bool {
    let lines: Vec<&str> = section
        .lines()
        .filter(|line| !line.trim().is_empty())
        .take(HEAD_LINES)
        .collect();
    let Some((title, below)) = lines.split_first() else {
        return false;
    };
    if word_count(section) < SHORTEST_ITEM {
        return false;
    }
    let all: Vec<&str> = section
        .lines()
        .skip_while(|line| line.trim().is_empty())
        .take(40)
        .collect();
    // Above the head there may be its number: "Message: 2".
    if head_at(&all, 0).or_else(|| head_at(&all, 1)).is_some() {
        return true;
    }
    if word_count(title) > LONGEST_TITLE || is_credit(title) {
        return false;
    }
    // One paragraph below a title without a credit is an item of a column.
    let is_listed = || listed.contains(&folded(title)) && paragraphs(section) > 2;
    below.iter().any(|line| is_credit(line)) || is_listed()
}

/// Returns the number of runs of lines without blank lines.
fn paragraphs(text: &str) -> usize {
    let mut count = 0;
    let mut was_blank = true;
    for line in text.lines() {
        let is_blank = line.trim().is_empty();
        count += usize::from(was_blank && !is_blank);
        was_blank = is_blank;
    }
    count
}

/// Returns whether a line names the writer, or an outlet and a day.
fn is_credit(line: &str) -> bool {
    let line = line.trim();
    if word_count(line) > LONGEST_CREDIT {
        return false;
    }
    let is_byline = strip_prefix_ignore_case(line, "by ")
        .is_some_and(|name| name.starts_with(char::is_uppercase));
    is_byline
        || dates::find(line).first().is_some_and(|date| {
            let outlet = line.get(..date.range.start).unwrap_or_default();
            outlet.starts_with(char::is_uppercase)
                && outlet.trim_end().ends_with([',', '|', '-', '–'])
                && !line.ends_with('.')
        })
}

/// Counts the lines of a part from its start on, for ranges that follow each other.
struct Numbers<'a, 'p> {
    part: &'p Part<'a>,
    at: usize,
    index: usize,
}

impl<'a, 'p> Numbers<'a, 'p> {
    fn of(part: &'p Part<'a>) -> Self {
        Self {
            part,
            at: 0,
            index: 0,
        }
    }

    /// Returns the index of the line at an offset, which does not stand before the last one.
    fn index_at(&mut self, offset: usize) -> usize {
        let passed = &self.part.text.as_bytes()[self.at..offset];
        self.index += memchr::memchr_iter(b'\n', passed).count();
        self.at = offset;
        self.index
    }

    /// Returns the lines of a range with the numbers that they have in the file.
    fn removed(&mut self, range: Range<usize>) -> Vec<Removed> {
        let first = self.index_at(range.start);
        let lines = self.part.text[range].lines().enumerate();
        lines
            .filter(|(_, line)| line.chars().any(char::is_alphanumeric))
            .map(|(i, line)| {
                let mut text = String::new();
                push_collapsed(&mut text, line);
                Removed {
                    line: self.number(first + i),
                    kind: RemovedKind::Header,
                    text,
                }
            })
            .collect()
    }

    /// Returns the article in a range.
    fn part(&mut self, range: Range<usize>, outside: Vec<Removed>) -> Part<'a> {
        let first = self.index_at(range.start);
        let text = match &self.part.text {
            Cow::Borrowed(text) => Cow::Borrowed(&text[range]),
            Cow::Owned(text) => Cow::Owned(text[range].to_owned()),
        };
        let lines = self.part.lines.get(first..).unwrap_or_default();
        let count = text.split_inclusive('\n').count().min(lines.len());
        Part {
            first_line: self.number(first),
            lines: lines[..count].to_vec(),
            outside,
            is_piece: false,
            text,
        }
    }

    fn number(&self, index: usize) -> u32 {
        let counted = self
            .part
            .first_line
            .saturating_add(u32::try_from(index).unwrap_or(u32::MAX));
        self.part.line_in_file(counted)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn shown(text: &str) -> Vec<String> {
        cut(Part::of_file(text, 1))
            .into_iter()
            .map(|part| {
                let title = part.text.lines().find(|line| !line.trim().is_empty());
                let outside: Vec<&str> = part.outside.iter().map(|r| r.text.as_str()).collect();
                format!(
                    "{} {} / {}",
                    part.first_line,
                    title.unwrap_or(""),
                    outside.join("|")
                )
            })
            .collect()
    }

    const TEXT: &str = "\nThe council of Upper Dell met on Monday to speak about the bridge, the goat and the price of \
        salt, and parted without a word about the ferry, which had been sold.\n";

    #[test]
    fn cuts_digests_alone() {
        let item = |title: &str, credit: &str| format!("{title}\n{credit}\n{TEXT}");
        let rule = "==========\n";
        let herald = "The Quay Herald, March 3, 2020";
        let (goat, salt) = (
            item("Goat elected", herald),
            item("Bakers strike", "By Mara Tell"),
        );
        let bare = item("Goat elected", "");
        for (text, expected) in [
            (
                format!(
                    "Clips\n\n1. Goat elected (Herald)\n2. Bakers strike\n\n{rule}{goat}{rule}{salt}"
                ),
                vec![
                    "7 Goat elected / Clips|1. Goat elected (Herald)|2. Bakers strike",
                    "12 Bakers strike / ",
                ],
            ),
            (
                format!("{goat}{rule}{salt}{rule}To leave the list, write to us.\n"),
                vec![
                    "1 Goat elected / ",
                    "6 Bakers strike / To leave the list, write to us.",
                ],
            ),
            // A rule of another kind inside an item, and one inside an article.
            (
                format!("{goat}----------\nMore.\n{rule}{salt}{rule}{goat}"),
                vec![
                    "1 Goat elected / ",
                    "8 Bakers strike / ",
                    "13 Goat elected / ",
                ],
            ),
            (
                format!("{goat}{rule}{TEXT}{rule}{TEXT}"),
                vec!["1 Goat elected / "],
            ),
            // A column: no item has a writer or an outlet.
            (
                format!("In brief\n\n{bare}{rule}{bare}{rule}{bare}"),
                vec!["1 In brief / "],
            ),
            (goat.clone(), vec!["1 Goat elected / "]),
            (String::new(), vec!["1  / "]),
        ] {
            assert_eq!(shown(&text), expected, "{text}");
        }
    }

    #[test]
    fn cuts_at_listed_titles() {
        let item = |title: &str, credit: &str| format!("{title}\n{credit}\n{TEXT}\n");
        let (goat, salt) = (
            item("Goat elected", "The Quay Herald, March 3, 2020"),
            item("2. Bakers strike", "By Mara Tell"),
        );
        let list = "Clips\n\n1. Goat elected (The Quay Herald)\n2. Bakers strike\n\n";
        assert_eq!(
            shown(&format!("{list}{goat}{salt}")),
            [
                "6 Goat elected / Clips|1. Goat elected (The Quay Herald)|2. Bakers strike",
                "11 2. Bakers strike / ",
            ]
        );
        let bare = item("Goat elected", "") + &item("Bakers strike", "");
        assert_eq!(shown(&format!("{list}{bare}")), ["1 Clips / "]);
    }

    proptest! {
        #[test]
        fn every_letter_is_in_an_item_or_outside(
            lines in prop::collection::vec(prop_oneof![
                Just("=========="), Just("-----"), Just("By Mara Tell"), Just("Goat elected"), Just(""),
                Just("The Quay Herald, March 3, 2020"), Just("1. Goat elected (Herald)"), Just(TEXT),
                Just("From: Ada Holm <ada@quay.example>"), Just("To: piet@quay.example"), Just("Subject: Goat"),
            ], 0..40)
        ) {
            let text = lines.join("\n");
            let letters = |text: &str| text.chars().filter(|c| c.is_alphanumeric()).count();
            let parts = cut(Part::of_file(&text, 1));
            let found: usize = parts
                .iter()
                .map(|part| {
                    let outside = part.outside.iter().map(|r| letters(&r.text));
                    letters(&part.text) + outside.sum::<usize>()
                })
                .sum();
            prop_assert_eq!(found, letters(&text));
            for part in &parts {
                let first = part.text.lines().next().unwrap_or_default();
                let number = usize::try_from(part.first_line).unwrap();
                prop_assert_eq!(text.lines().nth(number - 1).unwrap_or_default(), first);
            }
        }
    }
}
