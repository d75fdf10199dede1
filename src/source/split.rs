//! Splits the text of a file into articles: database exports and dispatches by their own marks, and
//! very long texts into pieces.

use std::borrow::Cow;

use super::containers;
use super::export_marks::{self, Boundary, Mark, Marks};
use super::frames;
use super::part::{Part, line_ends};

/// The longest text of one article in bytes, more than a long book: cleaning and tagging may take a
/// hundred times as much memory.
pub const LONGEST: usize = 4 << 20;

/// Returns the articles of a file's text, one or more: those of a container (see [`containers`]),
/// or parts that cover the text from end to end.
///
/// Databases mark where an article begins or ends (see [`Mark`]), and the dispatch of a news agency
/// begins with its header. A file without such marks is one article, unless it is longer than
/// [`LONGEST`].
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
///
/// A piece between two marks that is no article is a cover page, a list of documents or a summary of
/// the search: it goes with the article after it, or, behind the last one, with that before it.
fn split_export(text: &str) -> Vec<Part<'_>> {
    let marks = Marks::of(text);
    let mut cuts = Vec::new();
    let mut start = 0;
    for (number, line) in (1u32..).zip(text.split_inclusive('\n')) {
        let end = start + line.len();
        if let Some(mark) = marks.mark_of(line) {
            cuts.push(match mark.boundary() {
                Boundary::Start => (start, number, mark),
                Boundary::End => (end, number + 1, mark),
            });
        }
        start = end;
    }
    // All marks are of the kind of the first: an article may quote "End of Document" in a Lexis
    // file.
    let Some(&(_, _, first)) = cuts.first() else {
        return vec![Part::of_file(text, 1)];
    };
    cuts.retain(|&(_, _, mark)| mark == first);
    let mut parts: Vec<Part<'_>> = Vec::new();
    let mut part_start = (0, 1);
    let mut piece = Piece::default();
    let mut read_to = 0;
    let ends = cuts.iter().map(|&(at, number, _)| (at, number, true));
    for (at, number, is_mark) in ends.chain([(text.len(), 0, false)]) {
        piece.read(&text[read_to..at]);
        read_to = at;
        piece.is_marked |= is_mark && first.boundary() == Boundary::End;
        if piece.is_article(first) {
            parts.push(Part::of_file(&text[part_start.0..at], part_start.1));
            part_start = (at, number);
            piece = Piece::default();
        }
        piece.is_marked |= first.boundary() == Boundary::Start;
    }
    match parts.last_mut() {
        None => return vec![Part::of_file(text, 1)],
        Some(last) => {
            let from = part_start.0 - last.text.len();
            last.text = Cow::Borrowed(&text[from..]);
        }
    }
    parts
}

/// What is known of the text since the last article.
#[derive(Default)]
struct Piece {
    /// The number of lines with text, up to three.
    lines: usize,
    /// Whether a mark stands at its beginning or end.
    is_marked: bool,
    /// Whether it has a line by which an article of a database is known.
    has_head: bool,
}

impl Piece {
    /// Reads more of the text.
    fn read(&mut self, text: &str) {
        let lines = text.lines().filter(|line| !line.trim().is_empty());
        self.lines = (self.lines + lines.take(3).count()).min(3);
        self.has_head |= text.lines().any(export_marks::is_of_head);
    }

    /// Returns whether the text is an article: it has three lines or more, and a mark or the lines
    /// by which one is known. ProQuest's rules also stand around other pages.
    fn is_article(&self, mark: Mark) -> bool {
        self.lines == 3 && (self.has_head || self.is_marked && mark != Mark::ProQuest)
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
                &format!("{rule}\na\nb\nFull text: c\n{rule}\nd\nFull text: e\nf\n"),
                vec![
                    (1, &*format!("{rule} a b Full text: c")),
                    (5, &*format!("{rule} d Full text: e f")),
                ],
            ),
            (
                "Report\n\nDocument 1 of 2\na\nb\nFull text: c\nDocument 2 of 2\nd\ne\nFull text: f\n\n\
                 Bibliography\ng\nh\n",
                vec![
                    (1, "Report Document 1 of 2 a b Full text: c"),
                    (7, "Document 2 of 2 d e Full text: f Bibliography g h"),
                ],
            ),
            // Pages before the first and behind the last article.
            (
                "Request: All\nTerms: ferry\n1. a\n2. c\n 1 of 2 DOCUMENTS\na\nb\n\n 2 of 2 DOCUMENTS\nc\nd\n",
                vec![
                    (
                        1,
                        "Request: All Terms: ferry 1. a 2. c 1 of 2 DOCUMENTS a b",
                    ),
                    (9, "2 of 2 DOCUMENTS c d"),
                ],
            ),
            (
                "a\n9 words\nb\nDocument LBA0000020191119efbj\n\nSearch Summary\nText\nferry\nDate\nAll Dates\n",
                vec![(
                    1,
                    "a 9 words b Document LBA0000020191119efbj Search Summary Text ferry Date All Dates",
                )],
            ),
            // A last article without its mark.
            (
                "a\n9 words\nb\nDocument LBA0000020191119efbj\nc\n9 words\nd\ne\n",
                vec![
                    (1, "a 9 words b Document LBA0000020191119efbj"),
                    (5, "c 9 words d e"),
                ],
            ),
            (
                "a\nb\nEND OF DOCUMENT\nc\nd\nEND OF DOCUMENT\n",
                vec![(1, "a b END OF DOCUMENT"), (4, "c d END OF DOCUMENT")],
            ),
            (
                "a\nb\nGale Document Number: GALE|A1\nc\nd\nGale Document Number: GALE|A2\n",
                vec![
                    (1, "a b Gale Document Number: GALE|A1"),
                    (4, "c d Gale Document Number: GALE|A2"),
                ],
            ),
            (
                "Document 1 de 2\n© Tous droits réservés.\nb\nDocument 2 de 2\nc\nd\n",
                vec![
                    (1, "Document 1 de 2 © Tous droits réservés. b"),
                    (4, "Document 2 de 2 c d"),
                ],
            ),
            (
                "Document 1 of 2\na\nDocument 2 of 2\nb\nc\n",
                vec![(1, "Document 1 of 2 a Document 2 of 2 b c")],
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
