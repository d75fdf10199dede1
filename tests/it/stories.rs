//! Copies of articles are found to be one story, and nothing else is.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

use morgue::archive::Archive;

use morgue::stories::overlap::Overlap;
use morgue::text::shingles::{self, Word};

use crate::harness::Morgue;
use crate::made_copies::{Dice, Made, WAYS, Way, copy, invented};

/// Returns the story of each article, by path.
fn stories_of(index: &Path) -> BTreeMap<String, u64> {
    let archive = Archive::open(index).unwrap();
    let stories = archive.stories().unwrap();
    let mut of_paths = BTreeMap::new();
    for (segment, reader) in (0..).zip(archive.snapshot.searcher.segment_readers()) {
        for doc in reader.doc_ids_alive() {
            let address = tantivy::DocAddress::new(segment, doc);
            if let Some(story) = stories.story_of(address)
                && let Ok(article) = archive.article(address)
            {
                of_paths.insert(article.path, story);
            }
        }
    }
    of_paths
}

/// The texts that copies are made of: the longer ones of the sample corpus, or of the folder that the
/// variable `MORGUE_COPIES_OF` names, and invented ones.
fn originals() -> Vec<Made> {
    let folder = match std::env::var_os("MORGUE_COPIES_OF") {
        Some(folder) => folder.into(),
        None => Path::new(env!("CARGO_MANIFEST_DIR")).join("sample-corpus"),
    };
    let mut made = Vec::new();
    let mut known: Vec<Vec<Word>> = Vec::new();
    for entry in walkdir::WalkDir::new(folder).sort_by_file_name() {
        let entry = entry.unwrap();
        if !entry.file_type().is_file() {
            continue;
        }
        let path = entry.path().to_string_lossy().into_owned();
        for article in morgue::pipeline::extract(&path, &fs::read(entry.path()).unwrap()) {
            let words = shingles::words_of(article.body());
            // The corpus has copies of its own.
            let is_new = (known.iter()).all(|other| {
                Overlap::of(&words, other)
                    .first
                    .max(Overlap::of(other, &words).first)
                    < 300
            });
            if is_new && article.words >= 120 && article.body().count() > 2 {
                known.push(words);
                made.push(Made {
                    headline: article.headline.clone().unwrap_or_default(),
                    byline: "Ada Holm".to_owned(),
                    paragraphs: article.body().map(str::to_owned).collect(),
                    columns: 1_000,
                });
            }
        }
    }
    made.extend((0..40).map(invented));
    made
}

type Pairs = BTreeSet<(String, String)>;

fn pairs_of<K: Ord>(groups: impl Iterator<Item = (K, String)>) -> Pairs {
    let mut of_group: BTreeMap<K, BTreeSet<String>> = BTreeMap::new();
    for (group, path) in groups {
        of_group.entry(group).or_default().insert(path);
    }
    let mut pairs = Pairs::new();
    for group in of_group.values() {
        for a in group {
            pairs.extend(
                group
                    .iter()
                    .filter(|&b| a < b)
                    .map(|b| (a.clone(), b.clone())),
            );
        }
    }
    pairs
}

#[test]
fn finds_made_copies() {
    let morgue = Morgue::new();
    let originals = originals();
    let mut dice = Dice::new(19);
    let mut expected = Vec::new();
    for (number, original) in originals.iter().enumerate() {
        let second = &originals[(number + 1) % originals.len()];
        let mut write = |name: String, made: &Made| {
            morgue.write(&name, made.text(number), 1000);
            expected.push((number, name));
        };
        write(format!("{number:03}-original.txt"), original);
        for way in WAYS {
            let mut made = copy(original, way, second, &mut dice);
            // Some copies are copied again.
            if way != Way::Joined && dice.below(4) == 0 {
                made = copy(&made, Way::Misread, second, &mut dice);
            }
            write(format!("{number:03}-{way:?}.txt").to_lowercase(), &made);
        }
    }
    let run = morgue.run(["index", ".", "--quiet"]);
    assert_eq!(run.status, 0, "{}", run.stderr);
    let found = stories_of(&morgue.path().join(".morgue"));
    let found = pairs_of(found.into_iter().map(|(path, story)| (story, path)));
    let expected = pairs_of(expected.into_iter());
    let right = found.intersection(&expected).count() as f64;
    let (precision, recall) = (right / found.len() as f64, right / expected.len() as f64);
    let wrong: Vec<_> = found.difference(&expected).take(20).collect();
    let missing: Vec<_> = expected.difference(&found).take(20).collect();
    assert!(
        precision >= 0.99 && recall >= 0.95,
        "precision {precision:.4}, recall {recall:.4}\nwrong: {wrong:?}\nmissing: {missing:?}"
    );
}

#[test]
fn carries_hits_away() {
    let morgue = Morgue::with_sample_corpus();
    let table = morgue.run(["search", "breakwater", "--format", "csv"]);
    let mut rows = csv::Reader::from_reader(table.stdout.as_bytes());
    let columns = rows.headers().unwrap().clone();
    let at = |name: &str| columns.iter().position(|column| column == name).unwrap();
    let records = morgue.run(["search", "breakwater", "--format", "ndjson"]);
    let first = records.records().next().unwrap();
    let row = rows.records().next().unwrap().unwrap();
    assert_eq!(row[at("id")], first["id"]);
    let place = &first["places"][0];
    assert_eq!(row[at("paragraph")], place["paragraph"].to_string());
    // The place is that of the passage in the paragraphs of the body.
    let shown = morgue.run(["show", &row[at("id")], "--json"]);
    let article = shown.records().next().unwrap();
    let body: Vec<String> = (article["blocks"].as_array().unwrap().iter())
        .map(|block| block["text"].as_str().unwrap().to_owned())
        .collect();
    let number = |key: &str| usize::try_from(place[key].as_u64().unwrap()).unwrap();
    let paragraph: Vec<char> = body[number("paragraph") - 1].chars().collect();
    let passage: String = paragraph[number("from")..number("to")].iter().collect();
    assert!(row[at("passage")].contains(&passage), "{passage}");
    let ris = morgue
        .run(["search", "breakwater council", "--format", "ris"])
        .stdout;
    assert!(
        ris.starts_with("TY  - NEWS\r\nID  - 42e291e2bd03\r\nTI  - Council backs")
            && ris.contains("\r\nAU  - Marlowe, Piet\r\nPY  - 2018\r\nDA  - 2018/11/14/\r\n"),
        "{ris}"
    );
    let bibtex = morgue
        .run(["search", "breakwater council", "--format", "bibtex"])
        .stdout;
    assert!(
        bibtex.starts_with("@article{morgue-42e291e2bd03,\n  title = {Council backs")
            && bibtex.contains("\n  author = {Marlowe, Piet},\n"),
        "{bibtex}"
    );
}

#[test]
fn answers_lists_of_queries() {
    let morgue = Morgue::with_sample_corpus();
    morgue.write(
        "list",
        "breakwater council\n\nzeppelins\n(ferry\nferry date:20x\n",
        1000,
    );
    let run = morgue.run(["search", "--queries", "list", "-n", "1"]);
    assert_eq!(run.status, 2, "{}", run.stderr);
    let shown: Vec<String> = run
        .records()
        .map(|answered| {
            let hits = answered["hits"].as_array().unwrap().len();
            let (total, error) = (&answered["total"], answered["error"].is_null());
            format!("{} {total} {hits} {error}", answered["line"])
        })
        .collect();
    assert_eq!(shown[0], "1 4 1 true");
    assert_eq!(shown[1], "3 0 0 true");
    assert_eq!(shown[3], "5 null 0 false");
    let table = morgue.run(["search", "--queries", "list", "--format", "csv"]);
    assert_eq!((table.status, table.stdout.is_empty()), (2, false));
}

#[test]
fn counts_stories_beside_articles() {
    let morgue = Morgue::with_sample_corpus();
    let counted = [
        "search",
        "breakwater OR council",
        "--limit",
        "0",
        "--stories",
    ];
    let run = morgue.run([&counted[..], &["--counts"]].concat());
    let lines: Vec<&str> = run.stdout.lines().collect();
    assert_eq!(lines[0], "9 articles, 7 stories for breakwater OR council");
    for expected in [
        "      JFMAMJJASOND  articles (stories)",
        "2021  ██··········  2 (2)",
        "undated  2 (1)",
        "Writers: Piet Marlowe 2 (2), Tomas Berg 2 (2), Josefine Falk 1 (1), Torvald Engen 1 (1)",
    ] {
        assert!(lines.contains(&expected), "{expected}\n{}", run.stdout);
    }
    let run = morgue.run([&counted[..], &["--counts", "--json"]].concat());
    let records: Vec<_> = run.records().collect();
    assert_eq!(records[0]["stories"], 7);
    assert_eq!(records[1]["year_stories"]["2021"], 2);
    assert_eq!(records[1]["people"][0]["stories"], 3);
    // Without the option no key is new.
    let run = morgue.run(["search", "council", "--counts", "--json"]);
    assert!(!run.stdout.contains("_stories"), "{}", run.stdout);

    let listed = morgue.run(["people", "--stories", "--limit", "1"]).stdout;
    assert_eq!(
        listed,
        "Joren Pell  11 articles, 9 stories  2018-04-03 to 2021-03-30\n"
    );
    let person = morgue.run(["people", "Joren Pell", "--stories"]).stdout;
    assert!(
        person.contains("\n  articles   11\n  stories    9\n  mentions   16\n")
            && person.contains("\n  with       Anna Thorne 4 (2), Victor Thorne 3 (1), "),
        "{person}"
    );
    let run = morgue.run(["people", "Joren Pell", "--stories", "--json"]);
    let record = run.records().next().unwrap();
    assert_eq!(record["stories"], 9);
    assert_eq!(record["spelling_stories"]["Joren Pell"], 9);
    assert_eq!(record["with"][0]["stories"], 2);
    morgue.write("names", "Joren Pell\nNobody Atall\n", 1000);
    let table = morgue
        .run(["people", "--names", "names", "--stories", "-n", "1"])
        .stdout;
    let mut rows = csv::Reader::from_reader(table.as_bytes());
    let stories = |row: csv::StringRecord| row[row.len() - 1].to_owned();
    assert_eq!(stories(rows.headers().unwrap().clone()), "stories");
    let stories: Vec<String> = rows.records().map(|row| stories(row.unwrap())).collect();
    assert_eq!(stories, ["9", "0"]);
}

#[test]
fn tells_what_each_article_of_a_story_cut() {
    let morgue = Morgue::with_sample_corpus();
    let run = morgue.run(["copies", "wire/ferry-sale.txt", "--json"]);
    let story = run.records().next().unwrap();
    let articles = story["articles"].as_array().unwrap();
    let paths: Vec<&str> = (articles.iter())
        .map(|article| article["path"].as_str().unwrap())
        .collect();
    let expected = [
        "valley-post/2018/ferry-sale.txt",
        "prints/ferry-sale.txt",
        "wire/ferry-sale.txt",
    ];
    assert_eq!(paths, expected);
    assert_eq!(articles[0]["kind"], "first");
    assert_eq!(
        (&articles[1]["cut"], &articles[1]["added"]),
        (&0.into(), &66.into())
    );
    let listed = morgue.run(["copies", "--json"]);
    assert_eq!(listed.records().next().unwrap()["story"], story["story"]);
    let text = morgue.run(["copies", "wire/ferry-sale.txt"]).stdout;
    assert!(
        text.contains(
            "    A copy: 162 words stayed, 5 added\n    added    BRINDLE, June 27 (Northwire) -\n"
        ),
        "{text}"
    );
    morgue
        .run(["copies", "nowhere.txt"])
        .fails("morgue: nowhere.txt: no such article; `morgue search` prints ids and paths");
}
