//! Any text is read as a query or refused in words, and what is printed of it reads the same.

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
    // What is printed has brackets that need not be typed, and may have too many of them.
    if printed.matches('(').count() > DEEPEST {
        return;
    }
    let again = parse(&printed).expect("what was printed can be read");
    let again = again.root.map(|root| root.to_string());
    // caps() of several words has no form of its own, and letters that are printed as others, as
    // half-width ones are, may be cut into words otherwise than those.
    if !printed.contains("caps(") && is_nfkc(text) {
        assert_eq!(again, Some(printed));
    }
});
