//! Random texts.

use crate::query::{parse, parse_any};

proptest::proptest! {
    #[test]
    fn survives_any_characters(text in "\\PC{0,80}") {
        parse_any(&text);
        if let Ok(query) = parse(&text)
            && let Some(root) = query.root
        {
            let shown = root.to_string();
            assert!(parse(&shown).is_ok(), "{text} → {shown}");
        }
    }
}

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
        "date:",
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
        if let Ok(query) = parse(&text)
            && let Some(root) = query.root
        {
            let shown = root.to_string();
            assert!(parse(&shown).is_ok(), "{text} → {shown}");
        }
        parse_any(&text);
    }
}
