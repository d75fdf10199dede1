//! Finds the page numbers and running heads that the print of an export left in its text.

use std::ops::Range;

use super::header::{Header, Label};
use crate::text::fold::folded;

/// The words for a page and for the number of pages, in the languages of the databases.
const PAGE: [&str; 4] = ["Page", "page", "Seite", "Pagina"];
const OF: [&str; 4] = ["of", "sur", "von", "van"];

/// Returns whether a line numbers a page: `Page 445`, `Page 2 of 7`, the latter with the vendor's
/// copyright behind it.
pub(super) fn is_page_line(line: &str) -> bool {
    let mut words = line.split_ascii_whitespace();
    let is_number =
        |word: &str| (1..=5).contains(&word.len()) && word.bytes().all(|b| b.is_ascii_digit());
    if !words.next().is_some_and(|word| PAGE.contains(&word))
        || !words.next().is_some_and(is_number)
    {
        return false;
    }
    let is_counted = match words.next() {
        None => return true,
        Some(of) => OF.contains(&of) && words.next().is_some_and(is_number),
    };
    is_counted
        && words
            .next()
            .is_none_or(|next| matches!(next, "©" | "(c)" | "Copyright"))
}

/// The most lines of a running head.
const LONGEST_HEAD: usize = 4;

/// Returns the lines of running heads in the body: below the number of a page, which the outline
/// has made empty, the headline, with the outlet and the day behind it or not.
pub(super) fn find(lines: &[&str], body: Range<usize>, headers: &[Header]) -> Vec<usize> {
    let mut found = Vec::new();
    let value = |label: Label| headers.iter().find(|h| h.label == label);
    let Some(headline) = value(Label::Headline).map(|h| folded(&h.value)) else {
        return found;
    };
    if headline.is_empty() {
        return found;
    }
    let behind: Vec<String> = [Label::Source, Label::Published, Label::Edition]
        .into_iter()
        .filter_map(value)
        .flat_map(|h| {
            let words = folded(&h.value);
            words.split(' ').map(str::to_owned).collect::<Vec<_>>()
        })
        .collect();
    // Of a headline with a second part, the running head may have the first alone.
    let first_part = value(Label::Headline).and_then(|h| h.value.split_once(';'));
    let first_part = first_part.map(|(part, _)| folded(part));
    let titles = [Some(headline.as_str()), first_part.as_deref()];
    let is_head = |text: &str| {
        titles.iter().flatten().any(|title| {
            let rest = text.strip_prefix(title).unwrap_or("-");
            rest.is_empty()
                || rest.starts_with(' ')
                    && rest
                        .split(' ')
                        .all(|word| word.is_empty() || behind.iter().any(|known| known == word))
        })
    };
    let first_word = headline.split(' ').next().unwrap_or_default();
    let begins = |line: &str| {
        let word = line.split_whitespace().next();
        word.is_some_and(|word| folded(word).starts_with(first_word))
    };
    let mut i = body.start;
    while i < body.end {
        let mut head_end = None;
        if stands_at_edge(lines, i) && begins(lines[i]) {
            let mut text = String::new();
            for (k, line) in lines
                .iter()
                .enumerate()
                .take(body.end.min(i + LONGEST_HEAD))
                .skip(i)
            {
                let line = folded(line);
                if line.is_empty() {
                    break;
                }
                if !text.is_empty() {
                    text.push(' ');
                }
                text.push_str(&line);
                if is_head(&text) {
                    head_end = Some(k + 1);
                }
            }
        }
        match head_end {
            Some(end) => {
                found.extend(i..end);
                i = end;
            }
            None => i += 1,
        }
    }
    found
}

/// Returns whether the number of a page may stand above a line: the line before it is empty.
fn stands_at_edge(lines: &[&str], i: usize) -> bool {
    i == 0 || lines[i - 1].is_empty()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_that_number_a_page() {
        for (line, expected) in [
            ("Page 445", true),
            ("Page 2 of 7", true),
            ("Page 2 sur 7", true),
            (
                "Page 2 of 7 © 2019 Factiva, Inc. All rights reserved.",
                true,
            ),
            ("Page 3 of 7 was torn out.", false),
            ("Page 12 reports", false),
            ("Page A12", false),
            ("Page", false),
        ] {
            assert_eq!(is_page_line(line), expected, "{line}");
        }
    }

    #[test]
    fn running_heads() {
        let header = |label, value: &str| Header {
            label,
            value: value.to_owned(),
            lines: 0..1,
        };
        let headers = [
            header(Label::Headline, "Ferry line sold; Its rival paid a crown"),
            header(Label::Source, "The Quay Herald (Quay)"),
            header(Label::Published, "July 25, 2020 Saturday"),
        ];
        for (lines, expected) in [
            (
                &[
                    "The ferry was",
                    "",
                    "Ferry line sold; Its rival",
                    "paid a crown The Quay Herald (Quay) July 25, 2020 Saturday",
                    "sold.",
                ][..],
                vec![2, 3],
            ),
            (
                &["", "Ferry line sold; Its rival paid a crown", "sold."],
                vec![1],
            ),
            (
                &[
                    "",
                    "Ferry line sold; Its rival paid a crown and more",
                    "sold.",
                ],
                vec![],
            ),
            (
                &["so", "Ferry line sold; Its rival paid a crown", "sold."],
                vec![],
            ),
        ] {
            assert_eq!(find(lines, 0..lines.len(), &headers), expected, "{lines:?}");
        }
    }
}
