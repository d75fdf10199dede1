//! Copies of articles are found to be one story, and nothing else is.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

use morgue::archive::{Archive, schema};

use morgue::stories::overlap::Overlap;
use morgue::text::shingles;

use crate::harness::Morgue;
use crate::made_copies::{Dice, Made, WAYS, Way, copy, invented};

/// Returns the story of each article, by path.
fn stories_of(index: &Path) -> BTreeMap<String, u64> {
    let archive = Archive::open(index).unwrap();
    let stories = archive.stories().unwrap();
    let mut of_paths = BTreeMap::new();
    for (segment, reader) in (0..).zip(archive.snapshot.searcher.segment_readers()) {
        let texts = reader.fast_fields().u64(schema::TEXT).unwrap();
        for doc in reader.doc_ids_alive() {
            let address = tantivy::DocAddress::new(segment, doc);
            if let Some(text) = texts.first(doc)
                && let Ok(article) = archive.article(address)
            {
                of_paths.insert(article.path, stories.story_of(text));
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
    let mut known: Vec<Vec<u32>> = Vec::new();
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
    if let Some(to) = std::env::var_os("MORGUE_KEEP") {
        crate::harness::copy(morgue.path(), Path::new(&to));
    }
    let run = morgue.run(["index", ".", "--quiet"]);
    assert_eq!(run.status, 0, "{}", run.stderr);
    let found = stories_of(&morgue.path().join(".morgue"));
    let found = pairs_of(found.into_iter().map(|(path, story)| (story, path)));
    let expected = pairs_of(expected.into_iter());
    let right = found.intersection(&expected).count() as f64;
    let (precision, recall) = (right / found.len() as f64, right / expected.len() as f64);
    let some = |pairs: &mut dyn Iterator<Item = &(String, String)>| -> Vec<(String, String)> {
        pairs
            .take(if std::env::var_os("MORGUE_ALL").is_some() {
                10000
            } else {
                20
            })
            .cloned()
            .collect()
    };
    let wrong = some(&mut found.difference(&expected));
    let missing = some(&mut expected.difference(&found));
    eprintln!(
        "{} originals, precision {precision:.4}, recall {recall:.4}\nwrong: {wrong:?}\nmissing: {missing:?}",
        originals.len()
    );
    assert!(
        precision >= 0.99 && recall >= 0.95,
        "precision {precision:.4}, recall {recall:.4}"
    );
}
