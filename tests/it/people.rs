//! Persons: `morgue people`, `--person` and `person:`.

use crate::harness::Morgue;

#[test]
fn finds_a_person_however_the_name_is_written() {
    let morgue = Morgue::with_sample_corpus();
    let find = |name: &str| -> Vec<String> {
        let mut paths = morgue
            .run(["search", "--json", "--limit", "100", "--person", name])
            .paths();
        paths.sort();
        paths
    };
    let envoy = ["prints/envoy-arrives.txt", "web/envoy-leaves.txt"];
    for name in [
        "Dmitri Volkonov",
        "Dmitry Volkonov",
        "Volkonov, Dmitri",
        "volkonov",
        "D. Volkonov",
    ] {
        assert_eq!(find(name), envoy, "{name}");
    }
    assert!(find("Boris Volkonov").is_empty());
    let typed = morgue
        .run(["search", "--json", "person:\"Dmitri Volkonov\" palace"])
        .paths();
    assert_eq!(typed, ["prints/envoy-arrives.txt"]);
}

#[test]
fn tells_apart_who_shares_a_surname() {
    let morgue = Morgue::with_sample_corpus();
    let find = |name: &str| {
        morgue
            .run(["search", "--json", "--limit", "100", "--person", name])
            .paths()
    };
    let anna = find("Anna Thorne");
    let hugo = find("Hugo Thorne");
    assert!(!anna.is_empty() && !hugo.is_empty());
    assert!(
        anna.iter().all(|path| !hugo.contains(path)),
        "{anna:?} {hugo:?}"
    );
    assert!(find("Grace Halden").contains(&"prints/halden-mill.txt".to_owned()));
    assert!(
        !find("Grace Halden").contains(&"prints/bridge.txt".to_owned()),
        "the town is no person"
    );
}

#[test]
fn lists_who_is_in_the_archive() {
    let morgue = Morgue::with_sample_corpus();
    let run = morgue.run(["people", "--json", "--limit", "100"]);
    assert_eq!(run.status, 0);
    let records: Vec<_> = run.records().collect();
    let record = |name: &str| {
        records
            .iter()
            .find(|record| record["name"] == name)
            .unwrap()
    };
    let pell = record("Joren Pell");
    assert!(pell["articles"].as_u64().unwrap() >= 6, "{pell}");
    assert_eq!(pell["key"], "joren pell");
    let articles: Vec<u64> = records
        .iter()
        .map(|r| r["articles"].as_u64().unwrap())
        .collect();
    assert!(articles.is_sorted_by(|a, b| a >= b), "{articles:?}");
}

#[test]
fn tells_about_one_person() {
    let morgue = Morgue::with_sample_corpus();
    let run = morgue.run(["people", "volkonov", "--json"]);
    let records: Vec<_> = run.records().collect();
    assert_eq!(records.len(), 1, "{}", run.stdout);
    assert_eq!(records[0]["articles"], 2);
    assert_eq!(records[0]["first"], "2019-03-05");
    assert_eq!(records[0]["last"], "2019-03-09");
    assert_eq!(
        records[0]["spellings"],
        serde_json::json!({"Dmitri Volkonov": 1, "Dmitry Volkonov": 1})
    );
    let plain = morgue.run(["people", "Dmitri", "Volkonov"]).stdout;
    assert!(
        plain.contains("  dates      2019-03-05 to 2019-03-09\n"),
        "{plain}"
    );
    let nobody = morgue.run(["people", "Nobody Atall"]);
    assert_eq!((nobody.status, nobody.stdout.as_str()), (1, ""));
    assert_eq!(nobody.stderr, "morgue: no article names Nobody Atall\n");
}
