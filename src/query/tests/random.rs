//! Random texts: nothing panics, nothing is lost, and what is printed is read the same.

use std::collections::BTreeSet;

use proptest::test_runner::Config as ProptestConfig;

use crate::archive::analyzer;
use crate::query::lex::Reading;
use crate::query::parse::read;
use crate::query::{parse, parse_any};

/// The number of texts of each property.
const CASES: u32 = 512;

/// Returns the folded words of a text, those of its parts between white space alone.
fn typed_words(text: &str) -> impl Iterator<Item = String> {
    let chunks = text.split_whitespace();
    chunks.flat_map(|chunk| {
        analyzer::query_words(chunk)
            .into_iter()
            .map(|word| word.plain)
    })
}

/// Returns the folded words of a text and their variants, those that white space is in included.
fn words_of(text: &str) -> BTreeSet<String> {
    let words = analyzer::words(text).into_iter().map(|word| word.plain);
    words.chain(typed_words(text)).collect()
}

/// Fails unless a query is printed as it is read. Returns the printed form and the notes.
fn ensure_read_again(text: &str) -> Option<(String, Vec<String>)> {
    let query = read(text, Reading::All).ok()?;
    let root = query.root.map_or(String::new(), |root| root.to_string());
    let again = parse(&root).map(|query| query.root.map_or(String::new(), |r| r.to_string()));
    assert_eq!(again.as_ref(), Ok(&root), "{text} → {root}");
    Some((root, query.notes))
}

/// Fails unless each word of a query is in the query as it was understood or in a note, and what is
/// printed is read the same.
fn ensure_nothing_is_lost(text: &str) {
    let Some((root, notes)) = ensure_read_again(text) else {
        return;
    };
    let mut said = words_of(&root);
    said.extend(notes.iter().flat_map(|note| words_of(note)));
    // "and not" and "but not" are NOT.
    let is_negation =
        |word: &str| ["but", "andnot", "butnot"].contains(&word) && root.contains("NOT");
    for word in typed_words(text) {
        if is_negation(&word) {
            continue;
        }
        assert!(
            said.iter().any(|said| said.contains(&word)),
            "{word} of {text} is not in {root} {notes:?}"
        );
    }
}

proptest::proptest! {
    #![proptest_config(ProptestConfig {
        failure_persistence: None,
        ..ProptestConfig::with_cases(CASES)
    })]

    #[test]
    fn survives_any_characters(text in "\\PC{0,80}") {
        parse_any(&text);
        ensure_read_again(&text);
    }

    #[test]
    fn loses_no_word_of_a_query(pieces in proptest::collection::vec(0..PIECES.len(), 0..12)) {
        let pieces: Vec<&str> = pieces.into_iter().map(|piece| PIECES[piece]).collect();
        ensure_nothing_is_lost(&pieces.concat());
        ensure_nothing_is_lost(&pieces.join(" "));
    }
}

/// Pieces of queries. Operators are in the form in which they are printed, so that their words are, too.
const PIECES: [&str; 58] = [
    "ferry",
    "Harbour",
    "O'Brien",
    "U.S.",
    "covid-19",
    "sit-down",
    "1,500",
    "café",
    "was",
    "not",
    "Not",
    "and",
    "or",
    "near",
    "but",
    "(",
    ")",
    "\"",
    "'",
    "“",
    "”",
    "-",
    "–",
    "!",
    "+",
    "=",
    "~",
    "~1",
    "~2",
    "^2",
    "*",
    "?",
    "|",
    "&&",
    "&",
    ":",
    "/",
    ".",
    ",",
    ";",
    " ",
    " ",
    " ",
    "AND",
    "OR",
    "NOT",
    "NEAR/3",
    "ADJ/2",
    "headline:",
    "source:",
    "atleast2(",
    "caps(",
    "harb*",
    "wom?n",
    "$",
    "%",
    "東京",
    "Москва",
];

#[test]
fn survives_anything() {
    let pieces = [
        "a",
        "(",
        ")",
        "\"",
        "-",
        "+",
        "OR",
        "AND",
        "NOT",
        "NEAR/3",
        "headline:",
        "[",
        "caps(",
        "atleast2(",
        "*",
        "?",
        "~",
        " ",
        " ",
        "é",
        "’",
        "»",
        "2018",
        ":",
        "/",
        ".",
    ];
    // A fixed pseudo-random choice of pieces, different in each round.
    for round in 0..2_000_usize {
        let mut state = round.wrapping_mul(2_654_435_761);
        let mut text = String::new();
        for _ in 0..round % 40 {
            state = state
                .wrapping_mul(6_364_136_223_846_793_005)
                .wrapping_add(1);
            text.push_str(pieces[(state >> 33) % pieces.len()]);
        }
        ensure_nothing_is_lost(&text);
        parse_any(&text);
    }
}
