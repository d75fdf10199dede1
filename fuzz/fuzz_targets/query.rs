//! Parses arbitrary text as a query: no panic, and a parsed query parses again from its printed form.

#![no_main]

use libfuzzer_sys::fuzz_target;
use morgue::query::limits::DEEPEST;
use morgue::query::{parse, parse_any};
use unicode_normalization::is_nfkc;

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
    // Not compared: caps() of several words, which has no printed form of its own, and text that is not
    // normalised, such as half-width letters, which may be split into words in another way.
    if !printed.contains("caps(") && is_nfkc(text) {
        assert_eq!(again, Some(printed));
    }
});
