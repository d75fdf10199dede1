//! Any text is read as a query or refused in words, and what is printed of it reads the same.

#![no_main]

use libfuzzer_sys::fuzz_target;
use morgue::query::{parse, parse_any};

fuzz_target!(|text: &str| {
    parse_any(text);
    let Ok(query) = parse(text) else { return };
    let Some(root) = query.root else { return };
    let printed = root.to_string();
    let again = parse(&printed).expect("what was printed can be read");
    let again = again.root.map(|root| root.to_string());
    // caps() of several words has no form of its own, and half-width letters are cut otherwise than
    // the letters they are printed as.
    let is_half_width = |c: char| ('\u{ff00}'..='\u{ffef}').contains(&c);
    if !printed.contains("caps(") && !text.contains(is_half_width) {
        assert_eq!(again, Some(printed));
    }
});
