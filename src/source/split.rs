//! Splits the text of a file into articles: database exports and dispatches by their own marks, and
//! very long texts into pieces.

use std::borrow::Cow;

use super::containers;
use super::export_marks;
use super::frames;
use super::part::{Part, line_ends};

/// The longest text of one article in bytes, more than a long book: cleaning and tagging may take a
/// hundred times as much memory.
pub const LONGEST: usize = 4 << 20;

/// Which boundary of an article a mark is.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Boundary {
    /// The mark begins an article.
    Start,
    /// The mark ends an article.
    End,
}

/// Returns the articles of a file's text, one or more: those of a container (see [`containers`]),
/// or parts that cover the text from end to end.
///
/// The marks: LexisNexis numbers its documents (`1 of 7 DOCUMENTS`), Nexis Uni ends one with `End
/// of Document`, Factiva with `Document …`, ProQuest puts a rule between two, and the dispatch of a
/// news agency begins with its header. A file with fewer than two marks is one article, unless it
/// is longer than [`LONGEST`].
pub fn split(text: &str) -> Vec<Part<'_>> {
    let parts = containers::open(text).unwrap_or_else(|| {
        let dispatches = frames::starts(text);
        if dispatches.len() > 1 {
            cut(Part::of_file(text, 1), &dispatches[1..])
        } else {
            let parts = split_export(text);
            if parts.len() > 1 {
                parts
            } else {
                containers::items(text)
            }
        }
    });
    if parts.iter().all(|part| part.text.len() <= LONGEST) {
        return parts;
    }
    parts.into_iter().flat_map(cut_long).collect()
}

/// Cuts a part at these offsets, which are sorted.
fn cut<'a>(part: Part<'a>, places: &[usize]) -> Vec<Part<'a>> {
    let mut parts: Vec<Part<'a>> = Vec::with_capacity(places.len() + 1);
    let (mut start, mut first_line) = (0, part.first_line);
    let mut lines = part.lines.as_slice();
    let mut outside = part.outside;
    for &end in places.iter().chain([&part.text.len()]) {
        let text = match &part.text {
            Cow::Borrowed(text) => Cow::Borrowed(&text[start..end]),
            Cow::Owned(text) => Cow::Owned(text[start..end].to_owned()),
        };
        let count = line_ends(text.as_bytes());
        let (own, rest) = lines.split_at(count.min(lines.len()));
        parts.push(Part {
            text,
            first_line,
            lines: own.to_vec(),
            outside: std::mem::take(&mut outside),
            is_piece: part.is_piece,
        });
        let count = u32::try_from(count).unwrap_or(u32::MAX);
        first_line = first_line.saturating_add(count);
        lines = rest;
        start = end;
    }
    parts
}

/// Cuts a part into pieces of at most [`LONGEST`] bytes, each at the end of a paragraph, else of a
/// line, else of a word.
fn cut_long(part: Part<'_>) -> Vec<Part<'_>> {
    let mut places = Vec::new();
    let mut start = 0;
    while part.text.len() - start > LONGEST {
        let end = part.text.floor_char_boundary(start + LONGEST);
        start += end_of_piece(&part.text[start..end]);
        places.push(start);
    }
    let is_piece = !places.is_empty();
    cut(Part { is_piece, ..part }, &places)
}

/// Returns the best offset in the second half of a text to cut it at.
fn end_of_piece(text: &str) -> usize {
    let half = text.len() / 2;
    let second = &text.as_bytes()[half..];
    [&b"\n\n"[..], b"\r\n\r\n", b"\n", b"\r", b" "]
        .iter()
        .find_map(|end| Some(memchr::memmem::rfind(second, end)? + end.len()))
        .map_or(text.len(), |end| half + end)
}

/// Returns the articles of a database export, or the whole text if it is not an export.
fn split_export(text: &str) -> Vec<Part<'_>> {
    // Rules occur in other texts too; ProQuest's come with its labels.
    let has_proquest = memchr::memmem::find(text.as_bytes(), b"Full text:").is_some();
    let mut cuts = Vec::new();
    let mut start = 0;
    for (number, line) in (1u32..).zip(text.split_inclusive('\n')) {
        let end = start + line.len();
        match boundary_of(line, has_proquest) {
            Some(Boundary::Start) => cuts.push((start, number, Boundary::Start)),
            Some(Boundary::End) => cuts.push((end, number + 1, Boundary::End)),
            None => {}
        }
        start = end;
    }
    // All marks are of the kind of the first: an article may quote "End of Document" in a Lexis
    // file.
    let Some(&(_, _, kind)) = cuts.first() else {
        return vec![Part::of_file(text, 1)];
    };
    cuts.retain(|&(_, _, boundary)| boundary == kind);
    let mut parts = Vec::new();
    let mut part_start = (0, 1);
    for &(at, number, _) in &cuts {
        let piece = &text[part_start.0..at];
        // A few lines before the first mark or after the last one are not an article.
        let is_article = piece.lines().filter(|line| !line.trim().is_empty()).count() > 2;
        if is_article {
            parts.push(Part::of_file(piece, part_start.1));
            part_start = (at, number);
        }
    }
    let rest = &text[part_start.0..];
    match parts.last_mut() {
        None => return vec![Part::of_file(text, 1)],
        Some(last) if kind == Boundary::End || rest.trim().is_empty() => {
            // The last article takes the lines that close the file.
            let from = text.len() - rest.len() - last.text.len();
            if rest.lines().filter(|line| !line.trim().is_empty()).count() > 2 {
                parts.push(Part::of_file(rest, part_start.1));
            } else {
                last.text = Cow::Borrowed(&text[from..]);
            }
        }
        Some(_) => parts.push(Part::of_file(rest, part_start.1)),
    }
    parts
}

/// Returns the boundary that a line marks, if any.
fn boundary_of(line: &str, has_proquest: bool) -> Option<Boundary> {
    if export_marks::is_lexis_count(line) || (has_proquest && export_marks::is_proquest_rule(line))
    {
        Some(Boundary::Start)
    } else if export_marks::is_end_of_document(line) || export_marks::is_factiva_number(line) {
        Some(Boundary::End)
    } else {
        None
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn shown(text: &str) -> Vec<(u32, String)> {
        split(text)
            .into_iter()
            .map(|part| {
                let words: Vec<&str> = part.text.split_whitespace().collect();
                (part.first_line, words.join(" "))
            })
            .collect()
    }

    #[test]
    fn cuts_at_the_marks_of_databases() {
        let rule = "_".repeat(60);
        for (text, expected) in [
            ("", vec![(1, "")]),
            ("One.\n\nTwo.\n", vec![(1, "One. Two.")]),
            (
                "1 of 1 DOCUMENTS\na\nb\nc\n",
                vec![(1, "1 of 1 DOCUMENTS a b c")],
            ),
            (
                "\n 1 of 2 DOCUMENTS\na\nb\n\n 2 of 2 DOCUMENTS\nc\nd\n",
                vec![(1, "1 of 2 DOCUMENTS a b"), (6, "2 of 2 DOCUMENTS c d")],
            ),
            (
                "a\nb\nc\nEnd of Document\n\n\nd\ne\nf\nEnd of Document\n\n",
                vec![(1, "a b c End of Document"), (5, "d e f End of Document")],
            ),
            (
                "a\nb\nc\nDocument LBA0000020191119efbj\nd\ne\nf\nDocument LBA0000020191120efbk\nPage 1\n",
                vec![
                    (1, "a b c Document LBA0000020191119efbj"),
                    (5, "d e f Document LBA0000020191120efbk Page 1"),
                ],
            ),
            (
                &format!("{rule}\na\nb\nFull text: c\n{rule}\nd\ne\nf\n"),
                vec![
                    (1, &*format!("{rule} a b Full text: c")),
                    (5, &*format!("{rule} d e f")),
                ],
            ),
            (
                &format!("{rule}\na\nb\nc\n{rule}\nd\ne\nf\n"),
                vec![(1, &*format!("{rule} a b c {rule} d e f"))],
            ),
        ] {
            let expected: Vec<(u32, String)> = expected
                .into_iter()
                .map(|(line, words)| (line, words.to_owned()))
                .collect();
            assert_eq!(shown(text), expected, "{text}");
        }
    }

    #[test]
    fn cuts_between_dispatches() {
        let one = "\u{16}\u{1}a0001\r\n\u{2}Text\u{3}\r\n0309\u{4}\r\n";
        let parts = split(one);
        assert_eq!((parts.len(), parts[0].first_line), (1, 1));
        let three = one.repeat(3);
        let parts: Vec<_> = split(&three)
            .into_iter()
            .map(|part| (part.first_line, part.text))
            .collect();
        assert_eq!(parts, [1, 4, 7].map(|line| (line, Cow::Borrowed(one))));
    }

    #[test]
    fn cuts_very_long_texts() {
        for (unit, places) in [
            ("The ferry left.\n\nIt was late.\n", "\n\n"),
            ("The ferry left.\r\n\r\nIt was late.\r\n", "\r\n\r\n"),
            ("The ferry left.\r\n", "\n"),
            ("The ferry left.\r", "\r"),
            ("The ferry left. ", " "),
            ("渡輪", ""),
        ] {
            let text = unit.repeat(LONGEST * 5 / 2 / unit.len());
            let parts = split(&text);
            let joined: String = parts.iter().map(|part| &*part.text).collect();
            assert!(joined == text, "{unit:?}");
            assert!((3..=5).contains(&parts.len()), "{unit:?}: {}", parts.len());
            for part in &parts[..parts.len() - 1] {
                assert!(part.is_piece && part.text.len() <= LONGEST);
                assert!(part.text.ends_with(places), "{unit:?}");
            }
        }
        let long = "a".repeat(LONGEST + 1);
        assert_eq!(split(&long).len(), 2);
        assert!(!split(&long[1..])[0].is_piece);
    }

    proptest! {
        #[test]
        fn loses_nothing(lines in prop::collection::vec(
            prop_oneof![
                Just("1 of 2 DOCUMENTS"), Just("End of Document"), Just("text"), Just(""),
                Just("Document LBA0000020191119efbj"),
            ], 0..20)) {
            let text = lines.join("\n");
            let parts = split(&text);
            let joined: String = parts.iter().map(|part| &*part.text).collect();
            prop_assert_eq!(&joined, &text);
            let mut at = 0;
            for part in parts {
                let line = text[..at].matches('\n').count() + 1;
                prop_assert_eq!(part.first_line as usize, line);
                at += part.text.len();
            }
        }
    }
}
