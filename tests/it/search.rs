//! `morgue search`, over the sample corpus and over small folders.

use serde_json::Value;

use crate::harness::Morgue;

fn keys(record: &Value) -> Vec<&str> {
    let mut keys: Vec<&str> = record
        .as_object()
        .unwrap()
        .keys()
        .map(String::as_str)
        .collect();
    keys.sort_unstable();
    keys
}

#[test]
fn answers_with_the_records_of_the_design() {
    let morgue = Morgue::with_sample_corpus();
    let run = morgue.run(["search", "breakwater council", "--json"]);
    assert_eq!(run.status, 0);
    let records: Vec<Value> = run.records().collect();
    assert_eq!(
        keys(&records[0]),
        [
            "notes",
            "query",
            "schema",
            "stories",
            "took_ms",
            "total",
            "understood"
        ]
    );
    assert_eq!(
        keys(&records[1]),
        [
            "byline",
            "headline",
            "headline_marked",
            "id",
            "passages",
            "path",
            "people",
            "published",
            "rank",
            "score",
            "source",
            "story"
        ]
    );
    assert_eq!(records[0]["stories"], records.len() - 1);
    assert_eq!(records[0]["total"], 4);
    assert_eq!(records[2]["copies"].as_array().unwrap().len(), 2);
    assert_eq!(records[1]["path"], "prints/breakwater.txt");
    assert_eq!(records[1]["published"], "2018-11-14");
}

#[test]
fn finds_by_words_phrases_fields_and_dates() {
    let morgue = Morgue::with_sample_corpus();
    for (query, expected) in [
        (&["eels ladder"][..], &["prints/eels.txt"][..]),
        (
            &["anchor OR organ"],
            &[
                "databases/factiva-tagged.txt",
                "old/two-columns.txt",
                "web/chapel-stage.txt",
            ],
        ),
        (&["ferrante -haddad"], &[]),
        (&["mooring fees"], &["databases/lexis.txt"]),
        (&["“listed chimney”"], &["prints/halden-mill.txt"]),
        (&["\"chimney listed\""], &[]),
        (&["headline:gull"], &["web/gull.txt"]),
        (
            &["byline:solberg date:2019"],
            &["prints/envoy-arrives.txt", "web/envoy-leaves.txt"],
        ),
        (
            &["source:oskvalleypost.example"],
            &["exports/ice.md", "prints/bridge.txt"],
        ),
        (
            &[
                "=frozen OR sledges",
                "--after",
                "2021-01",
                "--before",
                "2021-02",
            ],
            &["exports/ice.md"],
        ),
        (&["zeppelin"], &[]),
    ] {
        let mut arguments = vec!["search", "--json", "--limit", "100"];
        arguments.extend(query);
        let run = morgue.run(arguments);
        let mut paths = run.paths();
        paths.sort();
        assert_eq!(paths, expected, "{query:?}");
        assert_eq!(run.status, i32::from(expected.is_empty()), "{query:?}");
    }
}

#[test]
fn marks_what_it_found() {
    let morgue = Morgue::with_sample_corpus();
    let run = morgue.run(["search", "squall", "--json"]);
    let hit = run.records().nth(1).unwrap();
    let marked: Vec<&str> = hit["passages"][0]
        .as_array()
        .unwrap()
        .iter()
        .filter(|span| span["hit"] == true)
        .map(|span| span["text"].as_str().unwrap())
        .collect();
    assert_eq!(marked, ["squall"]);
}

#[test]
fn sorts_and_pages() {
    let morgue = Morgue::with_sample_corpus();
    let dates = |arguments: &[&str]| -> Vec<String> {
        let run = morgue.run([&["search", "brindle", "--json"], arguments].concat());
        run.records()
            .skip(1)
            .map(|hit| hit["published"].as_str().unwrap_or("undated").to_owned())
            .collect()
    };
    let newest = dates(&["--sort", "newest", "--limit", "100"]);
    let dated: Vec<&String> = newest.iter().filter(|date| *date != "undated").collect();
    assert!(
        dated.len() > 5 && dated.is_sorted_by(|a, b| a >= b),
        "{newest:?}"
    );
    let oldest = dates(&["--sort", "oldest", "--limit", "3"]);
    assert!(oldest.is_sorted(), "{oldest:?}");
    assert_eq!(
        dates(&["--sort", "newest", "--limit", "2", "--offset", "1"]),
        newest[1..3]
    );
}

#[test]
fn writes_plainly_into_a_pipe_and_colours_when_told() {
    let morgue = Morgue::new().file(
        "a.txt",
        "Council sells the ferry\n\nBy Ada Holm\nJune 27, 2018\n\n\
         The council of Brindle agreed on Wednesday to sell its only ferry to a buyer from the capital.\n",
    );
    morgue.run(["index", ".", "--quiet"]);
    let run = morgue.run(["search", "ferry"]);
    let id = morgue
        .run(["search", "ferry", "--json"])
        .records()
        .nth(1)
        .unwrap()["id"]
        .clone();
    let id = id.as_str().unwrap();
    run.is(
        0,
        &format!(
            "1 article for ferry\n\n 1. Council sells the ferry\n    2018-06-27 · Ada Holm · a.txt · {id}\n    \
             “The council of Brindle agreed on Wednesday to sell its only ferry to a buyer from the capital.”\n"
        ),
        "",
    );
    let coloured = morgue.run(["search", "ferry", "--color", "always"]).stdout;
    assert!(
        coloured.contains("\u{1b}[1;33mferry\u{1b}[0m"),
        "{coloured}"
    );
}

#[test]
fn says_when_nothing_is_found() {
    let morgue = Morgue::with_sample_corpus();
    let run = morgue.run(["search", "breakwatr"]);
    assert_eq!(run.status, 1);
    assert!(
        run.stdout.starts_with("no article for breakwatr\n"),
        "{}",
        run.stdout
    );
    assert!(
        run.stdout.contains("breakwater"),
        "offers a spelling: {}",
        run.stdout
    );
}

#[test]
fn offers_what_would_be_found() {
    let morgue = Morgue::with_sample_corpus();
    for (arguments, expected) in [
        (
            &["breakwatr"][..],
            "no article for breakwatr\n\
             note: no article has breakwatr; breakwater is in 5 articles\n",
        ),
        (
            &["breakwater sledges"],
            "no article for breakwater AND sledges\n\
             note: without sledges there would be 5 articles\n",
        ),
        (
            &["breakwater", "--before", "1999"],
            "no article for breakwater AND date:..1999-12-31\n\
             note: date:..1999-12-31 leaves out the 5 articles found without it\n",
        ),
    ] {
        let run = morgue.run([&["search"], arguments].concat());
        run.is(1, expected, "");
    }
}

#[test]
fn counts_all_that_was_found() {
    let morgue = Morgue::with_sample_corpus();
    let run = morgue.run(["search", "breakwater", "--counts", "--limit", "0"]);
    run.is(
        0,
        "5 articles for breakwater\n\n      JFMAMJJASOND\n2018  ·····█····█·  2\n\
         2021  █···········  1\nundated  2\nOutlets: Brindle Courier 3\n\
         People: Joren Pell 5, Anna Thorne 4, Victor Thorne 3, Lena Brandt 1, Mei Tanaka 1\n\
         Writers: Piet Marlowe 1, Tomas Berg 1\n",
        "",
    );
    let run = morgue.run(["search", "breakwater", "--counts", "--json", "--limit", "1"]);
    let records: Vec<Value> = run.records().collect();
    assert_eq!(records.len(), 3);
    assert_eq!(
        keys(&records[1]),
        ["bylines", "months", "people", "sources", "undated", "years"]
    );
    assert_eq!(records[1]["years"]["2018"], 2);
    assert_eq!(records[2]["rank"], 1);
}

#[test]
fn finds_more_like_one_article() {
    let morgue = Morgue::with_sample_corpus();
    let run = morgue.run(["similar", "wire/ferry-sale.txt", "--json"]);
    assert_eq!(run.status, 0);
    let records: Vec<Value> = run.records().collect();
    let mut copies: Vec<&str> = (records.iter())
        .filter(|record| record.get("copy_of").is_some())
        .map(|record| record["path"].as_str().unwrap())
        .collect();
    copies.sort_unstable();
    assert_eq!(
        copies,
        ["prints/ferry-sale.txt", "valley-post/2018/ferry-sale.txt"]
    );
    assert!(records.len() > 3, "{}", run.stdout);
    let paths = run.paths();
    assert!(!paths.contains(&"wire/ferry-sale.txt".to_owned()), "itself");
    assert!(copies.contains(&&*paths[0]) && copies.contains(&&*paths[1]));
    let printed = morgue
        .run(["similar", "wire/ferry-sale.txt", "-n", "2"])
        .stdout;
    assert!(
        printed.starts_with(
            "4 articles for similar 33c1d953fc62\nnote: the first 2 are the same story: `morgue copies` shows what each cut\n"
        ),
        "{printed}"
    );
    morgue
        .run(["similar", "nowhere.txt"])
        .fails("morgue: nowhere.txt: no such article; `morgue search` prints ids and paths");
}

#[test]
fn limits_that_list_nothing() {
    let morgue = Morgue::with_sample_corpus();
    let all = usize::MAX.to_string();
    for (arguments, status, stdout) in [
        (
            &["search", "breakwater", "--limit", "0"][..],
            0,
            "5 articles for breakwater\n",
        ),
        (
            &["search", "zeppelins", "--limit", "0"],
            1,
            "no article for zeppelins\nnote: no article has zeppelins\n",
        ),
        (
            &["search", "breakwater", "--offset", "5"],
            0,
            "5 articles, 3 stories for breakwater\nnote: each story is shown once; --all-copies shows every \
             article, `morgue copies ID` what each cut\nnote: --offset 5 leaves out all 5 that were found\n",
        ),
        (
            &["search", "breakwater", "--offset", &all, "--limit", &all],
            0,
            "5 articles, 3 stories for breakwater\nnote: each story is shown once; --all-copies shows every \
             article, `morgue copies ID` what each cut\nnote: --offset 18446744073709551615 leaves out \
             all 5 that were found\n",
        ),
        (
            &["people", "--limit", "0"],
            0,
            "45 names in all (see --limit)\n",
        ),
        (&["people", "--limit", "0", "--json"], 0, ""),
        (
            &["people", "thorne", "--limit", "0"],
            0,
            "4 persons in all (see --limit)\n",
        ),
        (&["people", "thorne", "--limit", "0", "--json"], 0, ""),
    ] {
        morgue.run(arguments).is(status, stdout, "");
    }
    morgue.run(["people", "zeppelin", "--limit", "0"]).is(
        1,
        "",
        "morgue: no article names zeppelin\n",
    );
    let listed = |limit: &str| {
        let run = morgue.run(["similar", "wire/ferry-sale.txt", "--limit", limit]);
        assert_eq!((run.status, run.stderr.as_str()), (0, ""), "{limit}");
        let total = run.stdout.lines().next().unwrap_or_default().to_owned();
        (total, run.stdout.contains("\n    “"))
    };
    let (total, has_hits) = listed(&all);
    assert!(has_hits && !total.starts_with("1 "), "{total}");
    assert_eq!(listed("0"), (total, false));
}

#[test]
fn a_closed_pipe_is_no_failure() {
    let morgue = Morgue::with_sample_corpus();
    let mut child = morgue
        .command()
        .args(["export"])
        .stdout(std::process::Stdio::piped())
        .stderr(std::process::Stdio::piped())
        .spawn()
        .unwrap();
    drop(child.stdout.take());
    let output = child.wait_with_output().unwrap();
    assert_eq!(output.status.code(), Some(0));
    assert!(output.stderr.is_empty());
}
