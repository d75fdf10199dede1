//! Every file of the sample corpus, against what a careful editor would say of it.

use std::collections::BTreeMap;
use std::fs;
use std::path::MAIN_SEPARATOR;

use morgue::article::BlockKind;
use morgue::{Article, pipeline};
use serde_json::{Value, json};

use crate::harness::sample_corpus;

#[test]
fn comes_out_as_an_editor_would_have_it() {
    let mut articles = BTreeMap::new();
    for entry in walkdir::WalkDir::new(sample_corpus())
        .into_iter()
        .map(Result::unwrap)
    {
        let path = entry.path().strip_prefix(sample_corpus()).unwrap();
        let path = &path.to_str().unwrap().replace(MAIN_SEPARATOR, "/");
        if entry.file_type().is_file() && !path.starts_with('.') {
            for article in pipeline::extract(path, &fs::read(entry.path()).unwrap()) {
                articles.insert((path.to_owned(), u64::from(article.part)), article);
            }
        }
    }
    let expectations = include_str!("sample-corpus.jsonl");
    let mut differences = Vec::new();
    let mut expected_keys = Vec::new();
    for line in expectations.lines() {
        let expected: Value = serde_json::from_str(line).unwrap();
        let key = (
            expected["path"].as_str().unwrap().to_owned(),
            expected["part"].as_u64().unwrap(),
        );
        match articles.get(&key) {
            None => differences.push(format!("{key:?}: no such article")),
            Some(article) => {
                for (field, expected) in expected.as_object().unwrap() {
                    let found = field_of(article, field);
                    if !agrees(field, expected, &found) {
                        differences.push(format!(
                            "{key:?} {field}:\n  expected {expected}\n  found    {found}"
                        ));
                    }
                }
            }
        }
        expected_keys.push(key);
    }
    for key in articles.keys().filter(|key| !expected_keys.contains(key)) {
        differences.push(format!("{key:?}: not expected"));
    }
    assert!(differences.is_empty(), "{}", differences.join("\n"));
}

/// Returns what the article has for a field of an expectation.
fn field_of(article: &Article, field: &str) -> Value {
    let words: Vec<&str> = article
        .blocks
        .iter()
        .filter(|block| block.kind != BlockKind::Subhead)
        .flat_map(|block| block.text.split_whitespace())
        .collect();
    let of_kind = |is: fn(BlockKind) -> bool| -> Vec<&str> {
        article
            .blocks
            .iter()
            .filter(|b| is(b.kind))
            .map(|b| b.text.as_str())
            .collect()
    };
    match field {
        "urls" => json!(article.urls.len()),
        "first" => json!(words[..words.len().min(5)].join(" ")),
        "last" => json!(words[words.len().saturating_sub(5)..].join(" ")),
        "paragraphs" => json!(of_kind(|kind| kind != BlockKind::Subhead).len()),
        "subheads" => json!(of_kind(|kind| kind == BlockKind::Subhead)),
        "people" => {
            let mut names: Vec<&str> = article.people.iter().map(|p| p.name.as_str()).collect();
            names.sort_unstable();
            json!(names)
        }
        "warning" => json!(article.warnings.join("; ")),
        _ => serde_json::to_value(article).unwrap()[field].clone(),
    }
}

/// Returns whether a field is as expected; of the warnings one has to hold the expected word.
fn agrees(field: &str, expected: &Value, found: &Value) -> bool {
    match field {
        "warning" => found.as_str().unwrap().contains(expected.as_str().unwrap()),
        _ => expected == found,
    }
}
