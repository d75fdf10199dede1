//! What is refused, what is suggested, and the largest queries.

use std::sync::LazyLock;

use super::{Small, archive_of, article, request, small};
use crate::error::Error;
use crate::search::Request;

#[test]
fn refuses_empty_requests() {
    let small = small();
    let base = request("");
    for (request, expected) in [
        (base.clone(), "there is nothing to search for"),
        (
            Request {
                query: "OR".to_owned(),
                ..base.clone()
            },
            "there is no word to search for in OR",
        ),
        (
            Request {
                any: true,
                query: "?!".to_owned(),
                ..base.clone()
            },
            "there is nothing to search for",
        ),
        (
            Request {
                after: "2020".parse().ok(),
                before: "2018".parse().ok(),
                ..base.clone()
            },
            "the dates 2020 to 2018 end before they start",
        ),
        (
            Request {
                query: "related:ferr*".to_owned(),
                ..base.clone()
            },
            "related: can't take ferr*",
        ),
    ] {
        match small.ask(&request) {
            Err(Error::Query(error)) => assert_eq!(error.message, expected),
            other => panic!("{expected}: {other:?}"),
        }
    }
}

#[test]
fn suggests_what_would_find_something() {
    let small = small();
    for (query, expected) in [
        ("brigde", "no article has brigde; bridge is in 2 articles"),
        (
            "presidnet",
            "no article has presidnet; president is in 1 article",
        ),
        (
            "bridge watergate",
            "without watergate there would be 2 articles",
        ),
        (
            "bridge date:2001",
            "date:2001 leaves out the 2 articles found without it",
        ),
        (
            "bridge source:cnn",
            "nothing in the archive matches source:cnn",
        ),
        ("qqqqqq*", "nothing in the archive matches qqqqqq*"),
    ] {
        let notes = small.ask(&request(query)).unwrap().notes;
        assert!(
            notes.iter().any(|note| note == expected),
            "{query}: {notes:?}"
        );
    }
    assert!(small.ask(&request("bridge")).unwrap().notes.is_empty());
    let phrases = archive_of(vec![
        article("row.txt", "Order", &["The executive order was signed."]),
        article("apart.txt", "Order", &["An order of the executive."]),
    ]);
    for (query, expected) in [
        (
            "\"executive orders\"",
            "no article has these words so; \"executive orders\"~, in any form, finds 1 article",
        ),
        (
            "\"order executive\"",
            "no article has these words side by side; they are apart in 2 articles",
        ),
        (
            "order/executive",
            "no article has these words side by side; they are apart in 2 articles",
        ),
    ] {
        let notes = phrases.ask(&request(query)).unwrap().notes;
        assert_eq!(notes, [expected], "{query}");
    }
}

#[test]
fn answers_the_largest_queries() {
    use crate::query::limits::{DEEPEST, LONGEST_CHAIN, MOST_PATTERNS, MOST_PERSONS, MOST_WORDS};
    let small = small();
    let many = |number: usize, join: &str, one: &dyn Fn(usize) -> String| -> String {
        let all: Vec<String> = (1..number).map(one).collect();
        all.join(join)
    };
    let chain = |operand: &str, operator: &str| {
        format!("{operand} {operator} ").repeat(LONGEST_CHAIN) + operand
    };
    // Letters and digits would be separate words.
    let word = |i: usize| -> String {
        let digits = i.to_string().into_bytes().into_iter();
        let letters = digits.map(|digit| char::from(digit - b'0' + b'k'));
        format!("q{}q", letters.collect::<String>())
    };
    let nested = |open: &str, close: &str, number: usize| {
        format!("{}bridge{}", open.repeat(number), close.repeat(number))
    };
    for (query, expected) in [
        (format!("bridge OR {}", many(MOST_WORDS, " OR ", &word)), 2),
        (format!("bridge {}", many(MOST_WORDS, " ", &word)), 0),
        (format!("bridge {}", many(MOST_WORDS, " -", &word)), 0),
        (format!("bridge -{}", many(MOST_WORDS, " -", &word)), 2),
        (format!("\"bridge {}\"", many(MOST_WORDS, " ", &word)), 0),
        (
            format!("atleast2(bridge OR {})", many(MOST_WORDS, " OR ", &word)),
            2,
        ),
        (chain("bridge", "NEAR/500"), 0),
        (chain("(bridge OR the OR new)", "ADJ/500"), 0),
        (format!("headline:({})", chain("bridge", "NEAR/500")), 0),
        (chain("headline:bridge", "NEAR/500"), 0),
        (chain("person:\"Mara O'Brien\"", "NEAR/500"), 0),
        (chain("\"new bridge\"", "NEAR/500"), 0),
        (chain("caps(US)", "NEAR/500"), 0),
        (nested("(", ")", DEEPEST), 2),
        (nested("(the OR of ", ")", DEEPEST), 4),
        (nested("-(the OR of ", ")", DEEPEST / 2), 0),
        (nested("(bridge OR of NEAR/9 ", ")", DEEPEST), 2),
        (
            format!(
                "bri* OR {}",
                many(MOST_PATTERNS, " OR ", &|i| word(i) + "*")
            ),
            2,
        ),
        (
            format!("bri* {}", many(MOST_PATTERNS, " ", &|i| word(i) + "~2")),
            0,
        ),
        (
            format!(
                "person:(Banks OR {})",
                many(MOST_PERSONS, " OR ", &|i| format!("\"Ada Q{}\"", word(i)))
            ),
            2,
        ),
    ] {
        let shown: String = query.chars().take(60).collect();
        assert_eq!(
            small.ask(&request(&query)).unwrap().total,
            expected,
            "{shown}"
        );
    }
    let beside = Request {
        persons: vec!["Banks".to_owned(); MOST_PERSONS + 1],
        ..request("")
    };
    let error = small.ask(&beside).unwrap_err();
    assert_eq!(
        error.to_string(),
        "the query has 1001 persons, and 1000 are the most"
    );
}

/// Queries in which `_` is replaced by another query.
const AROUND: [&str; 14] = [
    "(_ OR ferry)",
    "(_ NEAR/3 bridge)",
    "(bridge ADJ/9 _)",
    "(_ OR \"tax on ferries\" OR bri*)",
    "(person:banks NEAR/30 _)",
    "(_ SAME-SENTENCE bridge)",
    "headline:(_)",
    "atleast2(_)",
    "(_ tax)",
    "(words>3 _)",
    "-(_)",
    "+(NOT _ OR bridge)",
    "(_ date:2018 -caps(US))",
    "(person:(banks OR \"Mara O'Brien\") OR ferry~1 _)",
];

proptest::proptest! {
    #![proptest_config(proptest::test_runner::Config::with_cases(100))]
    #[test]
    fn answers_or_refuses_any_tree(
        operand in 0..AROUND.len(),
        length in 0..110_usize,
        inner in proptest::collection::vec(0..6_usize, 0..50),
        outer in proptest::collection::vec(6..AROUND.len(), 0..40),
        any in proptest::bool::ANY,
    ) {
        static SMALL: LazyLock<Small> = LazyLock::new(small);
        let operand = AROUND[operand].replace('_', "bridge");
        let chain = format!("{operand} NEAR/4 ").repeat(length) + &operand;
        let around = inner.iter().chain(&outer);
        let query = around.fold(chain, |inside, &number| AROUND[number].replace('_', &inside));
        let asked = Request { any, ..request(&query) };
        match SMALL.ask(&asked) {
            Ok(answer) => assert_eq!(answer.hits.len(), answer.total.min(10), "{query}"),
            Err(Error::Query(error)) => assert!(!error.hint.is_empty() && !any, "{query}"),
            Err(error) => panic!("{query}: {error}"),
        }
    }
}
