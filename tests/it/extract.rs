//! `morgue extract` and `morgue show`: what a file comes out as.

use serde_json::json;

use crate::harness::Morgue;

const ARTICLE: &str = "Council sells the ferry\n\nBy Ada Holm\nJune 27, 2018\n\n\
    The council of Brindle agreed on Wednesday to sell its only ferry to a buyer from the capital.\n\n\
    Read more: What became of the old boat?\n\n\
    Mayor Piet Roos said that nobody would miss it. Roos then left by car.\n";

#[test]
fn writes_the_record() {
    let morgue = Morgue::new().file("a.txt", ARTICLE);
    let run = morgue.run(["extract", "--json", "a.txt"]);
    assert_eq!((run.status, run.stderr.as_str()), (0, ""));
    let records: Vec<_> = run.records().collect();
    assert_eq!(
        records,
        [json!({
            "schema": 3,
            "id": records[0]["id"],
            "path": "a.txt",
            "part": 0,
            "headline": "Council sells the ferry",
            "headline_from": "first-line",
            "byline": ["Ada Holm"],
            "contributors": [],
            "agency": null,
            "dateline": null,
            "published": "2018-06-27",
            "published_from": "byline",
            "dates": [{"date": "2018-06-27", "kind": "byline", "text": "June 27, 2018"}],
            "source": null,
            "source_domain": null,
            "section": null,
            "edition": null,
            "page": null,
            "url": null,
            "urls": [],
            "related": ["What became of the old boat?"],
            "line_layout": "one-paragraph-a-line",
            "blocks": [
                {"kind": "paragraph", "text": "The council of Brindle agreed on Wednesday to sell its only ferry to a buyer from the capital."},
                {"kind": "paragraph", "text": "Mayor Piet Roos said that nobody would miss it. Roos then left by car."},
            ],
            "people": [{"name": "Piet Roos", "key": "piet roos", "count": 2, "forms": {"Piet Roos": 1, "Roos": 1}, "titles": "mayor"}],
            "receipt": [
                {"line": 1, "kind": "header", "text": "Council sells the ferry"},
                {"line": 3, "kind": "header", "text": "By Ada Holm"},
                {"line": 4, "kind": "header", "text": "June 27, 2018"},
                {"line": 8, "kind": "related", "text": "Read more: What became of the old boat?"},
            ],
            "language": "en",
            "words": 32,
            "warnings": [],
            "evidence": {"other_names": ["brindle"]},
        })]
    );
}

#[test]
fn says_where_each_field_was_read_and_why() {
    let morgue = Morgue::new().file("a.txt", ARTICLE);
    let run = morgue.run(["extract", "--why", "a.txt"]);
    let (_, why) = run
        .stdout
        .split_once("Where the fields were read:\n")
        .expect("the origins");
    let why: Vec<&str> = why.lines().take_while(|line| !line.is_empty()).collect();
    assert_eq!(
        why,
        [
            "headline      line 1: \"Council sells the ferry\", first line of the text",
            "byline        line 3: \"By Ada Holm\", names a writer",
            "published     line 4: \"June 27, 2018\", beside the byline",
        ]
    );
    let record = |args: &[&str]| morgue.run(args).records().next().expect("a record");
    let explained = record(&["extract", "--json", "--why", "a.txt"]);
    assert_eq!(
        explained["why"][2],
        json!({"field": "published", "line": 4, "text": "June 27, 2018", "reason": "beside the byline"})
    );
    let plain = record(&["extract", "--json", "a.txt"]);
    assert_eq!(plain.get("why"), None);
}

#[test]
fn reads_standard_input_and_several_files() {
    let morgue = Morgue::new().file("a.txt", ARTICLE).file("b.txt", "");
    let run = morgue.run_with_input(
        &["extract", "--json", "-", "a.txt", "b.txt"],
        ARTICLE.as_bytes(),
    );
    let headlines: Vec<_> = run
        .records()
        .map(|record| record["headline"].clone())
        .collect();
    assert_eq!(
        headlines,
        [
            json!("Council sells the ferry"),
            json!("Council sells the ferry"),
            json!(null)
        ]
    );
}

#[test]
fn goes_on_past_a_missing_file() {
    let morgue = Morgue::new().file("a.txt", ARTICLE);
    let run = morgue.run(["extract", "--json", "missing.txt", "a.txt"]);
    assert_eq!(run.status, 2);
    // In the words of the system.
    let missing = std::io::Error::from_raw_os_error(2);
    assert_eq!(
        run.stderr,
        format!(
            "morgue: missing.txt: {missing}; check that it exists and that you may read and write it
"
        )
    );
    assert_eq!(run.records().count(), 1);
}

#[test]
fn shows_the_same_article_that_was_indexed() {
    let morgue = Morgue::new().file("a.txt", ARTICLE);
    morgue.run(["index", ".", "--quiet"]);
    let extracted = morgue.run(["extract", "--json", "a.txt"]).stdout;
    assert_eq!(morgue.run(["show", "--json", "a.txt"]).stdout, extracted);
    assert_eq!(morgue.run(["export"]).stdout, extracted);
    let id = serde_json::from_str::<serde_json::Value>(&extracted).unwrap()["id"].clone();
    let shown = morgue.run(["show", id.as_str().unwrap()]);
    assert_eq!(shown.stdout, morgue.run(["extract", "a.txt"]).stdout);
    assert!(
        shown.stdout.starts_with("Council sells the ferry\n\n"),
        "{}",
        shown.stdout
    );
    assert!(
        shown
            .stdout
            .contains("published 2018-06-27 (from byline)\n"),
        "{}",
        shown.stdout
    );
    assert!(
        shown
            .stdout
            .contains("     8  related     Read more: What became of the old boat?\n"),
        "{}",
        shown.stdout
    );
}
