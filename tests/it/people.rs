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

/// An archive in which "Holm" alone is mostly Ada.
fn holms() -> Morgue {
    let article = |date: &str, headline: &str, body: &str| {
        format!("Title: {headline}\nDate: {date}\n\n{body}\n")
    };
    Morgue::new()
        .file(
            "a.txt",
            article(
                "2019-03-05",
                "Harbour plan is ready",
                "President Ada Holm presented the plan on Tuesday. Holm said that it was late.",
            ),
        )
        .file(
            "b.txt",
            article(
                "2019-03-12",
                "Harbour plan is criticised",
                "The plan of President Holm was criticised by fishermen on Tuesday.",
            ),
        )
        .file(
            "c.txt",
            article(
                "2019-04-01",
                "Boxer wins",
                "The boxer Piet Holm won his third fight on Monday, said Mr Roos.",
            ),
        )
        .file(
            "d.txt",
            article(
                "1950-04-01",
                "Old letters found",
                "A letter was found in the attic, said Mr Holm on Monday.",
            ),
        )
}

fn found(morgue: &Morgue, arguments: &[&str]) -> Vec<String> {
    let mut paths = morgue
        .run([&["search", "--json"], arguments].concat())
        .paths();
    paths.sort();
    paths
}

fn notes(morgue: &Morgue, arguments: &[&str]) -> serde_json::Value {
    let run = morgue.run([&["search", "--json"], arguments].concat());
    let answer = run.records().next().unwrap();
    answer["notes"].clone()
}

#[test]
fn links_a_surname_where_the_archive_supports_it() {
    let morgue = holms();
    assert_eq!(morgue.run(["index", ".", "--quiet"]).status, 0);
    assert_eq!(
        found(&morgue, &["--person", "Ada Holm"]),
        ["a.txt", "b.txt"]
    );
    assert_eq!(found(&morgue, &["--person", "Piet Holm"]), ["c.txt"]);
    assert_eq!(
        found(&morgue, &["--person", "Ada Holm", "--loose"]),
        ["a.txt", "b.txt", "d.txt"]
    );
    assert_eq!(found(&morgue, &["plan", "-person:\"Ada Holm\""]), [""; 0]);
    assert_eq!(
        notes(&morgue, &["--person", "Ada Holm"]),
        serde_json::json!([
            "Ada Holm: full name 1, surname linked 1; 1 more prints the surname alone: --loose"
        ])
    );
    let explained = notes(&morgue, &["--person", "Ada Holm", "--explain"]);
    assert_eq!(
        explained[1],
        "person:Ada Holm: ada holm (1), holm (1 linked)"
    );
    let run = morgue.run(["search", "--json", "--person", "Ada Holm", "criticised"]);
    let passages = run.records().nth(1).unwrap()["passages"].to_string();
    assert!(
        passages.contains(r#"{"hit":true,"text":"Holm"}"#),
        "the linked surname is marked: {passages}"
    );
    let record = morgue.run(["people", "Ada Holm", "--json"]);
    let record = record.records().next().unwrap();
    assert_eq!(record["articles"], 2);
    assert_eq!(
        record["spellings"],
        serde_json::json!({"Ada Holm": 1, "Holm": 1})
    );
}

#[test]
fn the_list_says_what_is_said_of_each_person() {
    for morgue in [holms(), Morgue::with_sample_corpus()] {
        assert_eq!(morgue.run(["index", ".", "--quiet"]).status, 0);
        let listed = morgue.run(["people", "--limit", "200"]).stdout;
        let all = morgue.run(["people", "--json", "--limit", "200"]);
        let records: Vec<_> = all.records().collect();
        assert_eq!(listed.lines().count(), records.len());
        for (line, record) in listed.lines().zip(&records) {
            let name = record["name"].as_str().unwrap();
            let words: Vec<&str> = line
                .strip_prefix(name)
                .unwrap()
                .split_whitespace()
                .collect();
            assert_eq!(words[0], record["articles"].to_string(), "{line}");
            let dates: Vec<&str> = ["first", "last"]
                .iter()
                .filter_map(|day| record[day].as_str())
                .collect();
            assert!(
                dates.iter().all(|day| words.contains(day)),
                "{line}: {dates:?}"
            );
            // Asked for alone, a person is read from the index in another way.
            let alone = morgue.run(["people", name, "--json", "--limit", "200"]);
            assert!(
                alone.records().any(|other| other == *record),
                "{record} is not among {}",
                alone.stdout
            );
        }
        let first = morgue.run(["people", "--limit", "1"]).stdout;
        assert_eq!(
            first.split_whitespace().collect::<Vec<_>>(),
            listed
                .lines()
                .next()
                .unwrap()
                .split_whitespace()
                .collect::<Vec<_>>()
        );
    }
}

#[test]
fn the_same_people_whatever_the_order() {
    let listed = |morgue: &Morgue| morgue.run(["people", "--json", "--limit", "100"]).stdout;
    let at_once = holms();
    assert_eq!(at_once.run(["index", ".", "--quiet"]).status, 0);
    let expected = listed(&at_once);
    assert!(expected.contains("Ada Holm"), "{expected}");

    let one_by_one = holms();
    let names = ["a.txt", "b.txt", "c.txt", "d.txt"];
    let folder = one_by_one.path().join("folder");
    std::fs::create_dir(&folder).unwrap();
    for name in names.iter().rev() {
        std::fs::rename(one_by_one.path().join(name), folder.join(name)).unwrap();
        let run = one_by_one.run(["index", "folder", "--index", "index", "--quiet"]);
        assert_eq!(run.status, 0, "{}", run.stderr);
    }
    let listed_in = |index: &str| {
        one_by_one
            .run(["people", "--json", "--limit", "100", "--index", index])
            .stdout
    };
    assert_eq!(listed_in("index"), expected);
    let rebuilt = one_by_one.run([
        "index",
        "folder",
        "--index",
        "index",
        "--rebuild",
        "--quiet",
    ]);
    assert_eq!(rebuilt.status, 0);
    assert_eq!(listed_in("index"), expected);
}

#[test]
fn a_name_that_is_mostly_a_firms_is_not_listed() {
    let article = |name: &str, text: &str| {
        (
            name.to_owned(),
            format!("Talks go on in {name}\n\nThe meeting was long.\n\n{text}\n\nIt ended late.\n"),
        )
    };
    let mut morgue = Morgue::new();
    for (name, text) in [
        article(
            "one.txt",
            "Ashby Kline said on Monday that Anna Hale would go.",
        ),
        article(
            "two.txt",
            "Anna Hale said that Ashby Kline Inc was her firm.",
        ),
        article("three.txt", "The shares of Ashby Kline & Co fell."),
        article("four.txt", "He worked for Ashby Kline Corp in 2010."),
    ] {
        morgue = morgue.file(name, text);
    }
    assert_eq!(morgue.run(["index", ".", "--quiet"]).status, 0);
    let listed = || morgue.run(["people", "--limit", "10"]).stdout;
    let both = listed();
    assert!(
        both.contains("Anna Hale") && !both.contains("Ashby"),
        "{both}"
    );
    // Asked for, it is shown.
    let named = morgue.run(["people", "Ashby Kline"]).stdout;
    assert!(named.contains("Ashby Kline"), "{named}");
    // Articles that are gone no longer count.
    for name in ["two.txt", "three.txt", "four.txt"] {
        std::fs::remove_file(morgue.path().join(name)).unwrap();
    }
    let run = morgue.run(["index", ".", "--quiet", "--prune"]);
    assert_eq!(run.status, 0, "{}", run.stderr);
    let left = listed();
    assert!(left.contains("Ashby Kline"), "{left}");
}

#[test]
fn keeps_to_the_users_decisions() {
    let morgue = holms();
    assert_eq!(morgue.run(["index", ".", "--quiet"]).status, 0);
    let decide = |text: &str| std::fs::write(morgue.path().join("people.toml"), text).unwrap();
    decide("[[one]]\nnames = [\"Piet Holm\", \"Roos\"]\ncalled = \"Piet the Boxer\"\n");
    assert_eq!(found(&morgue, &["--person", "Roos"]), ["c.txt"]);
    let run = morgue.run(["people", "Piet Holm"]);
    assert!(run.stdout.starts_with("Piet the Boxer\n"), "{}", run.stdout);
    decide("nobody = [\"Ada Holm\"]\n");
    assert_eq!(found(&morgue, &["--person", "Ada Holm"]), [""; 0]);
    decide("[[apart]]\nnames = [\"Ada Holm\", \"Holm\"]\n");
    assert_eq!(found(&morgue, &["--person", "Ada Holm"]), ["a.txt"]);
    decide("[[won]]\n");
    let run = morgue.run(["people"]);
    assert_eq!(run.status, 2);
    assert!(
        run.stderr.contains("people.toml: line 1: ") && run.stderr.contains("README"),
        "{}",
        run.stderr
    );
}

#[test]
fn persons_stand_near_words_and_each_other() {
    let morgue = holms();
    assert_eq!(morgue.run(["index", ".", "--quiet"]).status, 0);
    for (query, expected) in [
        ("person:\"Ada Holm\" NEAR/2 presented", vec!["a.txt"]),
        ("person:\"Ada Holm\" NEAR/2 criticised", vec!["b.txt"]),
        ("criticised ADJ/5 person:\"Ada Holm\"", vec![]),
        ("person:\"Piet Holm\" NEAR/9 person:Roos", vec!["c.txt"]),
        ("person:\"Piet Holm\" NEAR/3 person:Roos", vec![]),
        ("person:\"Ada Holm\" NEAR/50 person:Roos", vec![]),
    ] {
        assert_eq!(found(&morgue, &[query]), expected, "{query}");
    }
}

#[test]
fn suggests_what_is_likely() {
    let morgue = holms();
    assert_eq!(morgue.run(["index", ".", "--quiet"]).status, 0);
    let run = morgue.run(["people", "--suggest"]);
    assert_eq!(run.status, 0, "{}", run.stderr);
    assert!(
        run.stdout
            .contains("[[one]]\nnames = [\"Ada Holm\",\"Holm\"]\n"),
        "{}",
        run.stdout
    );
    let pairs = run.stdout.matches("[[one]]").count();
    assert!(pairs > 1, "{}", run.stdout);
    morgue.run(["people", "--suggest", "--limit", "0"]).is(
        0,
        &format!("# {pairs} pairs in all (see --limit)\n"),
        "",
    );
    // What is printed can be pasted as it is.
    std::fs::write(morgue.path().join("people.toml"), &run.stdout).unwrap();
    assert!(found(&morgue, &["--person", "Ada Holm"]).contains(&"d.txt".to_owned()));
}

#[test]
fn answers_a_list_of_names() {
    let morgue = holms().file(
        "names.csv",
        "Name,Office\n\"Holm, Ada\",president\nNobody Atall,\n",
    );
    assert_eq!(morgue.run(["index", ".", "--quiet"]).status, 0);
    let run = morgue.run(["people", "--names", "names.csv"]);
    let lines: Vec<&str> = run.stdout.lines().collect();
    assert_eq!(run.status, 0);
    assert_eq!(
        lines[0],
        "name,articles,id,path,published,source,headline,passage"
    );
    assert_eq!(lines.len(), 4, "{}", run.stdout);
    assert!(lines[1].starts_with("\"Holm, Ada\",2,"), "{}", lines[1]);
    assert_eq!(lines[3], "Nobody Atall,0,,,,,,");
    let run = morgue.run(["people", "--names", "names.csv", "--json"]);
    let records: Vec<_> = run.records().collect();
    assert_eq!(records[0]["name"], "Holm, Ada");
    assert_eq!(records[0]["hits"].as_array().unwrap().len(), 2);
    assert_eq!(records[1]["articles"], 0);
}

#[test]
fn a_list_is_read_in_its_encoding_and_answered_without_formulas() {
    let morgue = holms()
        .file(
            "=1+1.txt",
            "Title: =Council meets\nDate: 2019-03-05\n\nJosé Ibarra met Ada Lind on Tuesday, said Mayor José Ibarra.\n",
        )
        .file("excel.csv", b"Name;Office\r\nJos\xe9 Ibarra;mayor\r\n=1+1;\r\n")
        .file("lines.csv", "Lind, Ada\n");
    assert_eq!(morgue.run(["index", ".", "--quiet"]).status, 0);
    let run = morgue.run(["people", "--names", "excel.csv"]);
    assert_eq!(
        run.stderr,
        "morgue: excel.csv: read as windows-1252, not as UTF-8\n"
    );
    let mut table = csv::Reader::from_reader(run.stdout.as_bytes());
    let rows: Vec<_> = table.records().map(Result::unwrap).collect();
    assert_eq!(rows.len(), 2, "{}", run.stdout);
    assert_eq!((&rows[0][0], &rows[0][1]), ("José Ibarra", "1"));
    assert_eq!((&rows[0][3], &rows[0][6]), ("'=1+1.txt", "'=Council meets"));
    assert_eq!((&rows[1][0], &rows[1][1]), ("'=1+1", "0"));
    let run = morgue.run(["people", "--names", "lines.csv", "--json"]);
    let record = run.records().next().unwrap();
    assert_eq!(
        (&record["name"], &record["articles"]),
        (&"Lind, Ada".into(), &1.into())
    );
}
