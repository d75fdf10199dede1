//! Which files are text, and that a file named by itself is refused as one in a folder is.

use std::path::Path;

use serde_json::json;

use crate::harness::{ARTICLE, Morgue};

/// A dispatch as it comes off the wire.
const DISPATCH: &str = "\u{16}\u{16}\u{1}ABC0123 4 POL 0080 KRONSBERG\r\n\
    \u{2}Council sells the ferry\r\n\r\n\
    The council of Brindle agreed on Wednesday to sell its only ferry, the\r\n\
    mayor said.\r\n\u{1f}\u{f}\r\n\
    Nobody would miss it, the harbour master said.\r\n\
    \u{3}\r\n091415 MAR 19\u{4}\r\n";

#[test]
fn extract_refuses_what_index_refuses() {
    let hollow = "\n".repeat(1_000_001);
    let large = "a ferry ".repeat(8 << 20) + "and more";
    for (name, content, words, hint) in [
        (
            "print.txt",
            b"%PDF-1.4\n\x01\x02".to_vec(),
            "not text",
            "save its text as a plain text file first",
        ),
        (
            "hollow.txt",
            hollow.into_bytes(),
            "almost only empty lines",
            "remove the empty lines first",
        ),
        (
            "large.txt",
            large.into_bytes(),
            "larger than 64 MiB (see --max-size)",
            "split it into smaller files first",
        ),
    ] {
        let morgue = Morgue::new().file(name, &content).file("a.txt", ARTICLE);
        let run = morgue.run(["index", ".", "--verbose"]);
        assert!(
            run.stdout.contains(&format!("  {name}: {words}\n")),
            "{name}: {}",
            run.stdout
        );
        let run = morgue.run(["extract", "--json", name, "a.txt"]);
        assert_eq!(run.stderr, format!("morgue: {name}: {words}; {hint}\n"));
        assert_eq!((run.status, run.records().count()), (2, 1), "{name}");
    }
    let morgue = Morgue::new();
    morgue
        .run_with_input(&["extract", "-"], &[0; 600])
        .fails("morgue: standard input: not text; save its text as a plain text file first");
}

#[test]
fn extract_reads_files_alone() {
    let morgue = Morgue::new().file("a/a.txt", ARTICLE);
    morgue
        .run(["extract", "a"])
        .fails("morgue: a: a folder, not a file; index it with `morgue index a`");
    if Path::new("/dev/zero").exists() {
        morgue.run(["extract", "/dev/zero"]).fails(
            "morgue: /dev/zero: neither file nor folder; write `-` to read from standard input",
        );
    }
}

#[test]
fn wire_copy_is_text_and_its_frame_is_on_the_receipt() {
    let morgue = Morgue::new().file("wire.txt", DISPATCH);
    morgue.run(["index", ".", "--quiet"]).is(0, "", "");
    let record = morgue
        .run(["extract", "--json", "wire.txt"])
        .records()
        .next()
        .unwrap();
    assert_eq!(record["headline"], "Council sells the ferry");
    assert_eq!(
        record["blocks"],
        json!([
            {"kind": "paragraph", "text": "The council of Brindle agreed on Wednesday to sell its \
                only ferry, the mayor said."},
            {"kind": "paragraph", "text": "Nobody would miss it, the harbour master said."},
        ])
    );
    assert_eq!(
        record["receipt"],
        json!([
            {"line": 1, "kind": "control", "text": "\u{16}\u{16}\u{1}"},
            {"line": 1, "kind": "header", "text": "ABC0123 4 POL 0080 KRONSBERG"},
            {"line": 2, "kind": "control", "text": "\u{2}"},
            {"line": 2, "kind": "header", "text": "Council sells the ferry"},
            {"line": 6, "kind": "control", "text": "\u{1f}\u{f}"},
            {"line": 8, "kind": "control", "text": "\u{3}"},
            {"line": 9, "kind": "control", "text": "\u{4}"},
            {"line": 9, "kind": "footer", "text": "091415 MAR 19"},
        ])
    );
    let shown = morgue.run(["extract", "wire.txt"]).stdout;
    assert!(
        shown.ends_with("     9  control     \\u{4}\n     9  footer      091415 MAR 19\n"),
        "{shown}"
    );
}

#[test]
fn several_dispatches_of_a_file_are_as_many_articles() {
    let morgue = Morgue::new().file("wire.txt", DISPATCH.repeat(3));
    let run = morgue.run(["extract", "--json", "wire.txt"]);
    let lines: Vec<_> = run
        .records()
        .map(|record| {
            (
                record["headline"].clone(),
                record["receipt"][0]["line"].clone(),
            )
        })
        .collect();
    let headline = json!("Council sells the ferry");
    assert_eq!(
        lines,
        [1, 10, 19].map(|line| (headline.clone(), json!(line)))
    );
}
