//! Texts that are longer than any article.

use serde_json::json;

use crate::harness::{ARTICLE, Morgue};

#[test]
fn one_endless_word_and_one_endless_line() {
    let morgue = Morgue::new()
        .file("same.txt", "a".repeat(3_000_000))
        .file("line.txt", ARTICLE.trim().repeat(20_000));
    morgue.run(["index", ".", "--quiet"]).is(0, "", "");
    let found = morgue.run(["search", "ferry", "--json"]);
    assert_eq!(found.paths(), ["line.txt"]);
    assert_eq!(morgue.run(["verify"]).status, 0);
}

#[test]
fn a_text_longer_than_any_article_is_read_in_pieces() {
    let blank = format!("{}\n", " ".repeat(1000));
    let text = format!("{ARTICLE}{}{ARTICLE}", blank.repeat((4 << 20) / 1000));
    let morgue = Morgue::new().file("long.txt", &text);
    let run = morgue.run(["extract", "--json", "long.txt"]);
    let warning = "a piece of a longer text: it is cut after every 4 MiB at the latest";
    let mut words = 0;
    for record in run.records() {
        assert_eq!(record["warnings"], json!([warning]));
        words += record["words"].as_u64().unwrap();
    }
    assert_eq!(run.records().count(), 2);
    assert_eq!(words, 24);
    morgue.run(["index", ".", "--quiet"]).is(0, "", "");
    let sorted = |lines: &str| {
        let mut lines: Vec<_> = lines.lines().map(str::to_owned).collect();
        lines.sort_unstable();
        lines
    };
    let exported = morgue.run(["export"]).stdout;
    assert!(sorted(&exported) == sorted(&run.stdout));
}
