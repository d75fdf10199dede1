//! Properties that hold for every text, tested on generated files.

use proptest::collection::vec;
use proptest::prelude::*;

use super::{Cleaned, Knowledge, characters};

fn clean(text: &str, first_line: u32) -> Cleaned {
    super::clean(text, first_line, &Knowledge::default())
}

/// Lines such as those of real files, so that generated files reach every rule.
const LINES: &[&str] = &[
    "",
    "",
    "",
    "The ferry to Halden Island ran again on Monday, two weeks after the storm that tore its",
    "landing stage away, and the first passengers were cheered from the quay. Nobody had been",
    "hurt, said the harbour master.",
    "\"We are glad,\" she said.",
    " punished the harbour for what the mayor called its",
    "\u{c}Related article: Storm Tears Away the Landing Stage",
    "READ MORE: Mayor Blames the Wind,",
    "Not the Engineers",
    "https://www.haldenherald.example/author/reuters",
    "https://www.haldenherald.example/2031/07/16/storm-tears-away-the-",
    "landing-stage",
    "Source: https://www.haldenherald.example/2031/07/30/ferry-runs-again",
    "11/23/31, 5:54 PM   Ferry Runs Again",
    "https://www.haldenherald.example/x 1/2",
    "Ferry Runs Again",
    "By Ann Weaver and Jo Smith",
    "July 30, 2031",
    "Advertisement",
    "See FERRY, Page A12",
    "FERRY, From Page A1",
    "Share this story",
    "Sign up for our newsletter,",
    "2 Comments",
    "Ann (01/02/31 at 09:15):",
    "Seite 1 von 2",
    "https://www.haldenherald.example/x[16.07.2031 15:04:12]",
    "T",
    "he boats sailed again two-",
    "or three times\u{2028}a day\u{b}or more",
    "âIt doesnât matter,â he said",
    "Â",
    "M E D I A  R E L E A S E",
    "- ENDS -",
    "Home News Sport Sign in",
    "Photo: Jo Smith / AP",
    "More from The Halden Herald",
    "• Mayor blames the wind",
    "-   [Mayor blames",
    "the wind](https://www.haldenherald.example/mayor-blames-the-wind) and",
    "    * [1]Opinion",
    "References",
    "   1. https://www.haldenherald.example/opinion",
    "self-",
    "governing some\u{2010}",
    "what",
    "::: rel",
    "# Heading",
    "Title: Ferry runs again",
    "Date: 2031-07-30",
    "Details unclear",
    "HALDEN, July 30 (Reuters) - The ferry",
    "Reuter",
    "© 2031 The Halden Herald. All rights reserved.",
    "1 of 7 DOCUMENTS",
    "BYLINE: Ann Weaver",
    "The ferry has been out of work since March.By ANN WEAVER",
    "Special to The Halden Herald",
    "Ann Weaver, Harbour Correspondent",
    "LENGTH: 312 words",
    "LOAD-DATE: July 31, 2031",
    "---",
    "@highlight",
    "HD",
    "LP",
    "Full text: The ferry ran again.",
    "Document HLDN000020310730",
    "Body",
    "Length: 312 words",
    "End of Document",
    "Page 2 of 7",
    "312 words",
    "(c) 2031 The Halden Herald",
    "Gale Document Number: GALE|A1",
    "Accession Number: 2031",
    "Title: Ferry Runs Again",
    "Source: The Halden Herald. 7/30/2031, p6. 1p.",
    "Author/Byline: ANN WEAVER, Staff Writer",
    "The Halden Herald (HA) - July 30, 2031",
    "Record Number: 3107300012",
    "2031 WLNR 1769900",
    "Document 1 de 7",
    "Catégorie : Société",
    "\u{16}\u{16}\u{1}ABC0123\u{1f}pol KRONSBERG",
    "\u{2}Ferry runs again",
    "The \u{f}ferry\u{1c}sails\u{3}",
    "091415 JUL 31\u{4}",
];

fn file() -> impl Strategy<Value = String> {
    let line = prop_oneof![
        8 => proptest::sample::select(LINES).prop_map(str::to_owned),
        1 => "\\PC{0,60}",
        1 => "[a-zA-Z0-9 .,:;/\\[\\]()<>#*\\\\|!?\u{c}\t\u{2010}-]{0,80}",
    ];
    (
        vec(line, 0..60),
        prop_oneof![Just("\n"), Just("\r\n"), Just("\n\n")],
    )
        .prop_map(|(lines, end)| lines.join(end))
}

/// Returns the count of each letter and digit in the texts.
fn letters<'a>(texts: impl Iterator<Item = &'a str>) -> std::collections::BTreeMap<char, usize> {
    let mut counts = std::collections::BTreeMap::new();
    for c in texts.flat_map(str::chars).filter(|c| c.is_alphanumeric()) {
        *counts.entry(c).or_default() += 1;
    }
    counts
}

fn body(cleaned: &Cleaned) -> impl Iterator<Item = &str> {
    cleaned
        .blocks
        .iter()
        .filter(|block| block.role.kind().is_body())
        .map(|block| block.text.as_str())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    #[test]
    fn every_letter_is_in_the_body_or_on_the_receipt(text in file()) {
        let cleaned = clean(&text, 1);
        let kept = body(&cleaned).chain(cleaned.receipt.iter().map(|r| r.text.as_str()));
        prop_assert_eq!(letters(kept), letters(std::iter::once(&*characters::normalise(&text))));
    }

    #[test]
    fn the_same_text_gives_the_same_result(text in file()) {
        prop_assert_eq!(clean(&text, 1), clean(&text, 1));
    }

    #[test]
    fn every_receipt_line_is_a_line_of_the_file(text in file(), first in 1u32..1000) {
        let lines = u32::try_from(text.split(['\n', '\r']).count()).unwrap();
        for removed in clean(&text, first).receipt {
            prop_assert!((first..first + lines).contains(&removed.line));
            prop_assert!(!removed.text.trim().is_empty());
        }
    }

    #[test]
    fn blocks_are_single_spaced_lines(text in file()) {
        for block in clean(&text, 1).blocks {
            prop_assert!(!block.lines.is_empty());
            prop_assert_eq!(block.text.split_whitespace().collect::<Vec<_>>().join(" "), block.text.trim());
        }
    }

    #[test]
    fn cleaning_what_is_clean_changes_nothing(
        paragraphs in vec(vec(proptest::sample::select(SENTENCES), 2..6), 2..12),
        width in prop_oneof![Just(60usize), Just(72), Just(88)],
    ) {
        let paragraphs: Vec<String> = paragraphs.iter().map(|p| p.join(" ")).collect();
        let straight = clean(&paragraphs.join("\n\n"), 1);
        prop_assert_eq!(body(&straight).collect::<Vec<_>>(), paragraphs.clone());
        // A sentence may end where a line does, so wrapped text can be read in two ways. The result
        // is stable.
        let wrapped: Vec<String> = paragraphs.iter().map(|p| wrap(p, width)).collect();
        let once = clean(&wrapped.join("\n\n"), 1);
        let again = clean(&body(&once).collect::<Vec<_>>().join("\n\n"), 1);
        prop_assert_eq!(body(&again).collect::<Vec<_>>(), body(&once).collect::<Vec<_>>());
        prop_assert!(again.receipt.is_empty());
    }
}

/// Sentences of ordinary running text.
const SENTENCES: &[&str] = &[
    "The ferry to Halden Island ran again on Monday, two weeks after the storm.",
    "Nobody had been hurt, the harbour master told reporters who had come for the day.",
    "\"We are glad, and a little tired,\" said Ann Weaver, who sells fish on the quay.",
    "The mayor blamed the wind, the engineers blamed the mayor, and the council blamed both.",
    "A new landing stage will cost $4.2 million, more than twice what the first had cost.",
    "It opens in June.",
];

/// Wraps a paragraph at `width` bytes.
fn wrap(paragraph: &str, width: usize) -> String {
    let mut out = String::new();
    let mut column = 0;
    for word in paragraph.split(' ') {
        if column > 0 && column + 1 + word.len() > width {
            out.push('\n');
            column = 0;
        } else if column > 0 {
            out.push(' ');
            column += 1;
        }
        out.push_str(word);
        column += word.len();
    }
    out
}
