//! The summary of the query syntax in `morgue search --help`.

/// Examples of queries, with what each finds. A test parses them all.
const EXAMPLES: [(&[&str], &str); 10] = [
    (
        &["harbour sale"],
        "both words, in any form: harbours, sales",
    ),
    (
        &["harbour -port", "(harbour OR port) sale"],
        "one without the other; either one",
    ),
    (
        &["\"harbour master\"", "\"harbour sale\"~3"],
        "a phrase; with up to 3 words between",
    ),
    (
        &["ferry NEAR/5 sale", "ferry ADJ/5 sale"],
        "at most 5 words apart; in this order",
    ),
    (
        &["harb*", "wom?n", "volkonov~1"],
        "a prefix; any letter; a misspelling",
    ),
    (&["headline:ferry", "lead:(ferry sale)"], "in one field"),
    (
        &["person:\"Anna Thorne\" NEAR/10 ferry"],
        "a person, near a word",
    ),
    (
        &["date:2018-06..2018-09", "before:2019"],
        "published in this period",
    ),
    (
        &["ferry SAME-SENTENCE sale", "words>500"],
        "in one sentence; longer articles",
    ),
    (
        &["caps(US)", "atleast3(ferry)"],
        "in these capitals; at least 3 times",
    ),
];

/// The fields that a query can name.
const FIELDS: [&str; 12] = [
    "headline", "lead", "body", "byline", "source", "url", "person", "place", "related", "receipt",
    "path", "lang",
];

/// Returns the summary, twelve lines below a heading.
pub fn summary() -> String {
    let mut summary =
        "Query syntax (quote the query if the shell would interpret it):\n".to_owned();
    for (queries, meaning) in EXAMPLES {
        summary.push_str(&format!("  {:<38}{meaning}\n", queries.join(", ")));
    }
    let (first, rest) = FIELDS.split_at(FIELDS.len() / 2);
    let (first, rest) = (first.join(" "), rest.join(" "));
    summary.push_str(&format!("  Fields: {first}\n          {rest}"));
    summary
}

#[cfg(test)]
mod tests {
    use morgue::query::{Node, parse};

    use super::*;

    #[test]
    fn every_example_parses() {
        for query in EXAMPLES.iter().flat_map(|(queries, _)| *queries) {
            let parsed = parse(query).unwrap();
            assert!(parsed.root.is_some(), "{query}");
            assert_eq!(parsed.notes, [""; 0], "{query}");
        }
    }

    #[test]
    fn every_field_exists() {
        for name in FIELDS {
            let parsed = parse(&format!("{name}:ferry")).unwrap();
            assert!(
                matches!(&parsed.root, Some(Node::Field { field, .. }) if field.name() == name),
                "{name}: {parsed:?}"
            );
        }
    }

    #[test]
    fn fits_in_80_columns() {
        let summary = summary();
        assert_eq!(summary.lines().count(), 13);
        for line in summary.lines() {
            assert!(line.len() <= 80, "{line}");
        }
    }
}
