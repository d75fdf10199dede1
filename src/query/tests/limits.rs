//! Queries at the limits of size and depth, and beyond.

use crate::identity::lookup::LONGEST_NAME;
use crate::query::limits::{DEEPEST, LONGEST_CHAIN, MOST_PATTERNS, MOST_PERSONS, MOST_WORDS};
use crate::query::{Node, parse, parse_any};

/// Texts of ten thousand characters that make a parser backtrack, nest or reread.
fn endless() -> Vec<String> {
    let pieces = [
        "a ",
        "(",
        ")",
        "\"",
        "\"a",
        "-",
        "NOT ",
        "OR ",
        "a OR ",
        "a NEAR/3 ",
        "headline:",
        "headline:(",
        "date:[",
        "date:",
        "caps(",
        "atleast2(",
        "atleast2(a ",
        "a*",
        "*",
        "?a",
        "a~",
        "a-1",
        "a.b.",
        "’s",
        "é",
        "12,345",
        "x:y",
        "(a OR -(",
        "\"a b\"~3 ",
        "東",
    ];
    let whole = |piece: &&str| piece.chars().cycle().take(10_000).collect();
    pieces.iter().map(whole).collect()
}

#[test]
fn reads_or_refuses_endless_texts() {
    for text in endless() {
        let start: String = text.chars().take(20).collect();
        match parse(&text) {
            Ok(query) => assert!(query.notes.len() <= 11, "{start}"),
            Err(error) => assert!(!error.hint.is_empty(), "{start}"),
        }
        assert!(parse_any(&text).notes.len() <= 11, "{start}");
    }
    for (piece, message) in [
        (
            "(a OR -(",
            "more than 64 brackets or signs inside one another",
        ),
        (
            "atleast2(a ",
            "more than 64 brackets or signs inside one another",
        ),
        (
            "headline:(",
            "more than 64 brackets or signs inside one another",
        ),
    ] {
        let error = parse(&piece.repeat(1_000)).unwrap_err();
        assert_eq!(error.message, message, "{piece}");
    }
}

#[test]
fn bounds_nesting() {
    let deep = |n: usize| format!("{}a{}", "(".repeat(n), ")".repeat(n));
    assert!(parse(&deep(DEEPEST)).is_ok());
    let error = parse(&deep(DEEPEST + 1)).unwrap_err();
    assert_eq!(
        error.message,
        "more than 64 brackets or signs inside one another"
    );
    assert!(parse(&"NOT ".repeat(5_000)).is_err());
    assert_eq!(parse_any(&deep(5_000)).root, Some(Node::word("a")));
}

#[test]
fn bounds_chains_of_near() {
    for operand in [
        "ferry",
        "\"ferry sale\"",
        "headline:ferry",
        "person:\"Ada Holm\"",
        "(a OR b NEAR/2 c)",
    ] {
        for operator in ["NEAR/5", "ADJ/5", "w/5", "pre/5"] {
            // One operand contains a NEAR.
            let own = usize::from(operand.contains("NEAR"));
            let chain = |operators: usize| {
                let joined = format!("{operand} {operator} ").repeat(operators);
                format!("({joined}{operand}) OR date:2018")
            };
            assert!(parse(&chain(LONGEST_CHAIN - own)).is_ok(), "{operand}");
            let error = parse(&chain(LONGEST_CHAIN + 1)).unwrap_err();
            assert_eq!(
                error.message, "more than 100 NEAR or ADJ inside one another",
                "{operand} {operator}"
            );
            assert!(parse(&chain(30_000)).is_err(), "{operand} {operator}");
        }
    }
    // Short chains, each nested in the next.
    let after = " NEAR/2 b NEAR/2 c)";
    let text = |n: usize| format!("{}a{}", "(".repeat(n), after.repeat(n));
    assert!(parse(&text(50)).is_ok());
    assert!(parse(&text(51)).is_err());
}

#[test]
fn bounds_words_patterns_and_persons() {
    // `#` is replaced by the number of the repetition, in letters: digits would be words.
    let letters = |i: usize| -> String {
        let digits = i.to_string().into_bytes().into_iter();
        digits
            .map(|digit| char::from(digit - b'0' + b'k'))
            .collect()
    };
    let many = |one: &str, number: usize, join: &str| -> String {
        let all: Vec<String> = (0..number).map(|i| one.replace('#', &letters(i))).collect();
        all.join(join)
    };
    for (before, one, join, after, most, what) in [
        ("", "q#q", " ", "", MOST_WORDS, "words"),
        ("", "q#q", " OR ", "", MOST_WORDS, "words"),
        ("-(", "q#q", " OR ", ")", MOST_WORDS, "words"),
        ("\"", "q#q", " ", "\"", MOST_WORDS, "words"),
        ("headline:(", "q#q", " ", ")", MOST_WORDS, "words"),
        ("", "date:2018", " OR ", "", MOST_WORDS, "words"),
        ("", "q#q*", " ", "", MOST_PATTERNS, "patterns and caps()"),
        (
            "\"",
            "q#q*",
            " ",
            "\"",
            MOST_PATTERNS,
            "patterns and caps()",
        ),
        (
            "",
            "q#q~1",
            " OR ",
            "",
            MOST_PATTERNS,
            "patterns and caps()",
        ),
        (
            "caps(",
            "Q#Q",
            " ",
            ")",
            MOST_PATTERNS,
            "patterns and caps()",
        ),
        (
            "person:(",
            "\"Ada Q#q\"",
            " OR ",
            ")",
            MOST_PERSONS,
            "persons",
        ),
        ("", "person:(Ada Q#q)", " ", "", MOST_PERSONS, "persons"),
    ] {
        let text = |number: usize| format!("{before}{}{after}", many(one, number, join));
        assert!(parse(&text(most)).is_ok(), "{}", text(3));
        let error = parse(&text(most + 1)).unwrap_err();
        let expected = format!("the query has {} {what}, and {most} are the most", most + 1);
        assert_eq!(error.message, expected, "{}", text(3));
    }
    let name = "a".repeat(LONGEST_NAME + 1);
    let error = parse(&format!("person:{name}")).unwrap_err();
    assert_eq!(
        error.message,
        format!(
            "{}… is longer than the 1000 characters of the longest name",
            "a".repeat(80)
        )
    );
    let read = parse_any(&many("q#q", 100_000, " "));
    assert_eq!(
        read.notes,
        [
            "searched as plain words: the query has 100000 words, and 10000 are the most",
            "the first 10000 words were searched"
        ]
    );
    let Some(Node::Or(words)) = read.root else {
        panic!("words of which any is enough");
    };
    assert_eq!(words.len(), MOST_WORDS);
}
