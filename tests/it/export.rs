//! What is carried away comes back: an export makes the same archive, and tables and records hold what
//! they say.

use std::collections::BTreeMap;
use std::fs;

use crate::harness::{ARTICLE, Morgue, held};

/// Answers that two archives of the same articles give alike.
const ASKED: [&[&str]; 5] = [
    &["people", "--json"],
    &["copies", "--json"],
    &["search", "council", "--format", "ndjson"],
    &["search", "ferry OR harbour", "--format", "csv"],
    &["people", "--suggest"],
];

#[test]
fn an_export_makes_the_same_archive() {
    let morgue = Morgue::with_sample_corpus();
    let export = morgue.run(["export"]).stdout;
    assert!(export.contains("\"doubts\""), "some article has a doubt");
    assert!(export.contains("\"titles\":\"mayor\""));
    let paths: Vec<&str> = export
        .lines()
        .filter_map(|line| line.split("\"path\":\"").nth(1)?.split('"').next())
        .collect();
    assert!(paths.len() > 40 && paths.is_sorted(), "{paths:?}");
    // The order of lines, line ends and a byte order mark are no matter.
    let mut lines: Vec<&str> = export.lines().rev().collect();
    lines.push("  ");
    fs::write(morgue.path().join("turned.ndjson"), lines.join("\r\n")).unwrap();
    let marked = format!("\u{feff}{export}");
    fs::write(morgue.path().join("export.ndjson"), &marked).unwrap();
    for (name, input) in [
        ("export.ndjson", ""),
        ("turned.ndjson", ""),
        ("-", export.as_str()),
    ] {
        let _ = fs::remove_dir_all(morgue.path().join("again"));
        let arguments = ["index", "--from-ndjson", name, "--index", "again", "-q"];
        (morgue.run_with_input(&arguments, input.as_bytes())).is(0, "", "");
        let again = morgue.run(["export", "--index", "again"]).stdout;
        assert!(again == export, "{name}");
    }
    for asked in ASKED {
        let own = morgue.run(asked).stdout;
        let again = morgue.run([asked, &["--index", "again"]].concat()).stdout;
        assert_eq!(again, own, "{asked:?}");
    }
    let run = morgue.run(["verify", "--index", "again"]);
    assert!(run.stdout.starts_with("sound: "), "{}", run.stderr);
    let arguments = [
        "index",
        "--from-ndjson",
        "turned.ndjson",
        "--index",
        "again",
    ];
    let run = morgue.run(arguments);
    assert!(
        run.first_line()
            .ends_with("0 added, 0 changed, 44 unchanged, 0 skipped")
    );
}

/// Returns records of one article each, by path.
fn records() -> BTreeMap<String, String> {
    let morgue = Morgue::new();
    for i in 0..4 {
        morgue.write(format!("{i}.txt"), format!("Story {i}\n\n{ARTICLE}"), 1000);
    }
    morgue.run(["index", ".", "-q"]).is(0, "", "");
    let export = morgue.run(["export"]).stdout;
    let lines = export.lines().enumerate();
    lines
        .map(|(i, line)| (format!("{i}.txt"), line.to_owned()))
        .collect()
}

#[test]
fn an_export_that_has_changed_updates_the_archive() {
    let records = records();
    let morgue = Morgue::new();
    let index = |lines: &[&str], more: &[&str]| {
        fs::write(morgue.path().join("x.ndjson"), lines.join("\n")).unwrap();
        morgue.run([&["index", "--from-ndjson", "x.ndjson"], more].concat())
    };
    let all: Vec<&str> = records.values().map(String::as_str).collect();
    assert_eq!(
        index(&all, &[]).first_line(),
        "4 files seen: 4 added, 0 changed, 0 unchanged, 0 skipped"
    );
    let renamed = all[0].replace("Story 0", "Story nought");
    let run = index(&[&renamed, all[1], all[2]], &[]);
    assert_eq!(run.status, 0, "{}", run.stderr);
    assert!(
        run.stdout.starts_with(
            "3 files seen: 0 added, 1 changed, 2 unchanged, 0 skipped\n\
             1 file removed from the index: gone, or left out now\n"
        ),
        "{}",
        run.stdout
    );
    assert_eq!(held(&morgue, "."), 3);
    assert_eq!(
        morgue.run(["search", "nought", "--json"]).paths(),
        ["0.txt"]
    );
    // A path that is changed gives the article another id.
    let moved = all[1].replace("1.txt", "moved/1.txt");
    index(&[&renamed, &moved, all[2]], &[]);
    assert!(
        morgue
            .run(["show", "moved/1.txt"])
            .stdout
            .contains("Story 1")
    );
    // Many that are gone are kept until --prune.
    let run = index(&all[3..], &[]);
    assert_eq!((run.status, held(&morgue, ".")), (2, 4), "{}", run.stderr);
    index(&all[3..], &["--prune"]);
    assert_eq!(held(&morgue, "."), 1);
}

#[test]
fn a_line_that_is_no_record_is_named_and_the_rest_goes_on() {
    let records = records();
    let morgue = Morgue::new();
    let all: Vec<&str> = records.values().map(String::as_str).collect();
    let write = |lines: &[&str]| {
        fs::write(morgue.path().join("x.ndjson"), lines.join("\n")).unwrap();
    };
    let arguments = ["index", "--from-ndjson", "x.ndjson"];
    write(&all);
    assert_eq!(morgue.run(arguments).status, 0);
    let old = all[1].replace("\"schema\":3", "\"schema\":2");
    let nameless = all[2].replace("\"path\":\"2.txt\"", "\"path\":\"\"");
    write(&[
        all[0],
        &old,
        "",
        "no JSON",
        &nameless,
        all[0],
        "{\"schema\":3}",
        &all[3][..40],
    ]);
    let run = morgue.run(arguments);
    assert_eq!(run.status, 2);
    assert_eq!(
        run.stderr,
        "morgue: x.ndjson: line 2 is no record: its schema is 2, and this program reads 3; export it \
         again with this version\n\
         morgue: x.ndjson: line 4 is no record: expected ident at column 2\n\
         morgue: x.ndjson: line 5 is no record: its path is empty or longer than 32768 bytes\n\
         morgue: x.ndjson: line 6 is no record: it has the path and part of line 1\n\
         morgue: x.ndjson: line 7 is no record: missing field `id` at column 12\n\
         morgue: x.ndjson: line 8 is no record: EOF while parsing a string at column 40\n"
    );
    // What the lines are of that can't be read is not known, so nothing is removed.
    assert_eq!(held(&morgue, "."), 4);
    write(&["{}", "[]"]);
    morgue.run(arguments).fails(
        "morgue: x.ndjson: no line of it is a record of an article; line 1 is no record: missing field \
         `schema` at column 2; give what `morgue export` prints, one JSON object a line",
    );
}

#[test]
fn a_folder_and_an_export_are_not_mixed_up() {
    let morgue = Morgue::new().file("news/a.txt", ARTICLE);
    morgue.run(["index", "news", "-q"]).is(0, "", "");
    let export = morgue.run(["export", "--index", "news/.morgue"]).stdout;
    fs::write(morgue.path().join("x.ndjson"), export).unwrap();
    let from = ["index", "--from-ndjson", "x.ndjson"];
    morgue.run([&from[..], &["-q"]].concat()).is(0, "", "");
    for (arguments, message) in [
        (
            &["index", "news", "--index", ".morgue"][..],
            "this is the index of other articles",
        ),
        (
            &[
                "index",
                "--from-ndjson",
                "x.ndjson",
                "--index",
                "news/.morgue",
            ],
            "this is the index of other articles",
        ),
        (
            &["index", "--from-ndjson", "x.ndjson", "--watch"],
            "--watch follows a folder",
        ),
        (
            &["index", "--from-ndjson", "x.ndjson", "--ext", "htm"],
            "cannot be used with",
        ),
        (
            &["index", "--from-ndjson", "news"],
            "news: a folder, not a file",
        ),
    ] {
        let run = morgue.run(arguments);
        assert_eq!(run.status, 2, "{arguments:?}");
        assert!(
            run.stderr.contains(message),
            "{arguments:?}: {}",
            run.stderr
        );
    }
    // What is damaged is made again from the export, and only from that.
    let generation = morgue.path().join(".morgue/gen-1");
    let store = fs::read_dir(&generation)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .find(|path| {
            path.extension()
                .is_some_and(|extension| extension == "store")
        });
    fs::write(store.unwrap(), b"nothing").unwrap();
    let run = morgue.run(["verify", "--repair"]);
    assert_eq!(run.status, 2);
    assert!(
        run.stderr.contains("this index was made of an export"),
        "{}",
        run.stderr
    );
    morgue.run([&from[..], &["-q"]].concat());
    assert_eq!(held(&morgue, "."), 1);
}

#[test]
fn exports_what_a_query_finds() {
    let morgue = Morgue::with_sample_corpus();
    for query in [
        &["council"][..],
        &["ferry", "-sale"],
        &["ferry OR lamp*", "--after", "2018"],
        &["--person", "Anna Thorne"],
        &["harbour", "--any", "lamp"],
    ] {
        let all = [&["search", "--json", "--all-copies", "-n", "100"], query].concat();
        let mut found = morgue.run(all).paths();
        found.sort_unstable();
        assert!(!found.is_empty(), "{query:?}");
        let run = morgue.run([&["export"], query].concat());
        let exported: Vec<String> = (run.records())
            .map(|record| record["path"].as_str().unwrap().to_owned())
            .collect();
        assert_eq!(exported, found, "{query:?}");
        let run = morgue.run([&["export", "--format", "csv"], query].concat());
        let mut table = csv::Reader::from_reader(run.stdout.as_bytes());
        let paths: Vec<String> = table
            .records()
            .map(|row| row.unwrap()[1].to_owned())
            .collect();
        assert_eq!(paths, found, "{query:?}");
    }
    morgue
        .run(["export", "zzyzx"])
        .is(1, "", "morgue: note: no article has zzyzx\n");
}

#[test]
fn references_have_the_fields_of_their_formats() {
    let text = "Weir at Ash Mill sold for 5 % less\n\nBy Ada van der Holm\n\nJune 27, 2018\n\nThe weir at Ash \
                Mill was sold on Wednesday.\n";
    let morgue = Morgue::new().file("weir_1.txt", text);
    morgue.run(["index", ".", "-q"]).is(0, "", "");
    let run = morgue.run(["search", "weir", "--format", "ris"]);
    let id = run
        .stdout
        .lines()
        .nth(1)
        .unwrap()
        .split(" - ")
        .nth(1)
        .unwrap();
    assert_eq!(
        run.stdout,
        format!(
            "TY  - NEWS\r\nID  - {id}\r\nTI  - Weir at Ash Mill sold for 5 % less\r\n\
             AU  - van der Holm, Ada\r\nPY  - 2018\r\nDA  - 2018/06/27/\r\nL1  - weir_1.txt\r\n\
             N1  - The weir at Ash Mill was sold on Wednesday.\r\nER  - \r\n\r\n"
        )
    );
    morgue.run(["search", "weir", "--format", "bibtex"]).is(
        0,
        &format!(
            "@article{{morgue-{id},\n  title = {{Weir at Ash Mill sold for 5 \\% less}},\n  \
             author = {{van der Holm, Ada}},\n  year = {{2018}},\n  day = {{27}},\n  month = jun,\n  \
             file = {{weir\\_1.txt}},\n  note = {{The weir at Ash Mill was sold on Wednesday.}},\n}}\n\n"
        ),
        "",
    );
}

#[test]
fn cells_keep_their_lines_and_run_no_formulas() {
    let text = "=cmd|'/c calc'!A1\n\nBy Ada Holm\n\nThe \"weir\" at Ash, and more.\n\nA second paragraph, \
                which ends here.\n";
    let morgue = Morgue::new().file("-weir.txt", text);
    morgue.run(["index", ".", "-q"]).is(0, "", "");
    let run = morgue.run(["export", "--format", "csv"]);
    assert!(run.stdout.starts_with("id,path,"), "no byte order mark");
    let mut table = csv::Reader::from_reader(run.stdout.as_bytes());
    let row = table.records().next().unwrap().unwrap();
    assert_eq!(&row[1], "'-weir.txt");
    assert_eq!(&row[3], "'=cmd|'/c calc'!A1");
    assert_eq!(
        &row[19],
        "The \"weir\" at Ash, and more.\nA second paragraph, which ends here."
    );
}
