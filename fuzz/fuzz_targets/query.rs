//! Parses arbitrary text as a query: no panic, and what is printed of a query is read as the same query.

#![no_main]

use libfuzzer_sys::fuzz_target;
use morgue::query::limits::DEEPEST;
use morgue::query::{parse, parse_any};

fuzz_target!(|text: &str| {
    parse_any(text);
    let Ok(query) = parse(text) else { return };
    let Some(root) = query.root else { return };
    let printed = root.to_string();
    // The printed form has brackets that the text need not have, and can exceed their limit.
    if printed.matches('(').count() > DEEPEST {
        return;
    }
    let again = parse(&printed).expect("a printed query can be parsed");
    let again = again.root.map(|root| root.to_string());
    assert_eq!(again, Some(printed));
});
