//! Extracts articles from arbitrary bytes: no panic, the same result twice, no empty block.

#![no_main]

use libfuzzer_sys::fuzz_target;
use morgue::pipeline::extract;

fuzz_target!(|bytes: &[u8]| {
    let articles = extract("fuzz.txt", bytes);
    assert_eq!(articles, extract("fuzz.txt", bytes), "the same bytes, the same records");
    for article in &articles {
        for text in article.body() {
            assert!(!text.contains('\n') && !text.trim().is_empty(), "{text:?}");
        }
        for date in &article.dates {
            assert!(date.date.first_day() <= date.date.last_day());
        }
    }
});
