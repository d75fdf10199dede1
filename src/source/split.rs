//! Cuts the text of a database export into the articles it holds.

use crate::clean::export;

/// The text of one article and where it stands in its file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Part<'a> {
    /// The article's text, with its labelled headers.
    pub text: &'a str,
    /// The number of its first line in the file, from 1.
    pub first_line: u32,
}

/// How a mark divides a file.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Mark {
    /// An article begins with it.
    Begins,
    /// An article ends with it.
    Ends,
}

/// Returns the articles of a file's text: one or more that cover it from end to end.
///
/// LexisNexis counts its documents (`1 of 7 DOCUMENTS`), Nexis Uni says where one ends (`End of
/// Document`), Factiva numbers them at their end (`Document …`), ProQuest rules them off. A file
/// with fewer than two such marks is one article.
pub fn split(text: &str) -> Vec<Part<'_>> {
    // A rule divides the sections of many a text; ProQuest's come with its labels.
    let has_proquest = memchr::memmem::find(text.as_bytes(), b"Full text:").is_some();
    let mut cuts = Vec::new();
    let mut start = 0;
    for (number, line) in (1u32..).zip(text.split_inclusive('\n')) {
        // Marks are short, and most lines are none: look at those that can be.
        let end = start + line.len();
        match mark_of(line, has_proquest) {
            Some(Mark::Begins) => cuts.push((start, number, Mark::Begins)),
            Some(Mark::Ends) => cuts.push((end, number + 1, Mark::Ends)),
            None => {}
        }
        start = end;
    }
    // One kind of mark decides: a Lexis file may print "End of Document" in an article.
    let Some(&(_, _, kind)) = cuts.first() else {
        return vec![whole(text)];
    };
    cuts.retain(|&(_, _, mark)| mark == kind);
    let mut parts = Vec::new();
    let mut part_start = (0, 1);
    for &(at, number, _) in &cuts {
        let piece = &text[part_start.0..at];
        // What stands before the first mark, or after the last, is no article by itself.
        let is_article = piece.lines().filter(|line| !line.trim().is_empty()).count() > 2;
        if is_article {
            parts.push(Part {
                text: piece,
                first_line: part_start.1,
            });
            part_start = (at, number);
        }
    }
    let rest = &text[part_start.0..];
    match parts.last_mut() {
        None => return vec![whole(text)],
        Some(last) if kind == Mark::Ends || rest.trim().is_empty() => {
            // The last article takes the lines that close the file.
            let from = text.len() - rest.len() - last.text.len();
            if rest.lines().filter(|line| !line.trim().is_empty()).count() > 2 {
                parts.push(Part {
                    text: rest,
                    first_line: part_start.1,
                });
            } else {
                last.text = &text[from..];
            }
        }
        Some(_) => parts.push(Part {
            text: rest,
            first_line: part_start.1,
        }),
    }
    parts
}

fn whole(text: &str) -> Part<'_> {
    Part {
        text,
        first_line: 1,
    }
}

/// Returns how a line divides its file, if it does.
fn mark_of(line: &str, has_proquest: bool) -> Option<Mark> {
    if export::is_lexis_count(line) || (has_proquest && export::is_proquest_rule(line)) {
        Some(Mark::Begins)
    } else if export::is_end_of_document(line) || export::is_factiva_number(line) {
        Some(Mark::Ends)
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
    fn cuts_by_the_databases_own_marks() {
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

    proptest! {
        #[test]
        fn loses_nothing(lines in prop::collection::vec(
            prop_oneof![
                Just("1 of 2 DOCUMENTS"), Just("End of Document"), Just("text"), Just(""),
                Just("Document LBA0000020191119efbj"),
            ], 0..20)) {
            let text = lines.join("\n");
            let parts = split(&text);
            let joined: String = parts.iter().map(|part| part.text).collect();
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
