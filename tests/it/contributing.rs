//! The files, functions and tests that CONTRIBUTING.md and RELEASE-CHECKLIST.md name are there.

use std::fs;
use std::path::Path;

/// Returns every file of the repository's code and documents, by its path below the root with `/`
/// between the parts, with its text where it is code.
fn files() -> Vec<(String, String)> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut files = Vec::new();
    for entry in fs::read_dir(root).unwrap().map(Result::unwrap) {
        let name = entry.file_name();
        if name == "target" || name == ".git" {
            continue;
        }
        for entry in walkdir::WalkDir::new(entry.path()).into_iter().flatten() {
            let path = entry.path().strip_prefix(root).unwrap();
            let path = path.to_string_lossy().replace('\\', "/");
            let text = if path.ends_with(".rs") {
                fs::read_to_string(entry.path()).unwrap()
            } else {
                String::new()
            };
            files.push((path, text));
        }
    }
    files
}

/// Returns what stands in single backquotes in a document, code blocks left out.
fn quoted(document: &str) -> Vec<&str> {
    document
        .split("```")
        .step_by(2)
        .flat_map(|text| text.split('`').skip(1).step_by(2))
        .collect()
}

#[test]
fn what_the_documents_name_is_there() {
    let files = files();
    let has_path = |path: &str| {
        let end = format!("/{path}");
        files
            .iter()
            .any(|(file, _)| file == path || file.ends_with(&end))
    };
    let has_word = |word: &str| {
        let whole = regex::Regex::new(&format!(r"\b{word}\b")).unwrap();
        files.iter().any(|(_, text)| whole.is_match(text))
    };
    // Capitals stand for a name that the reader chooses.
    let placeholder = regex::Regex::new(r"[A-Z]{3,}\.rs|format-F").unwrap();
    let path =
        regex::Regex::new(r"^[\w.-]+(/[\w.-]+)*(\.(rs|md|py|sh|toml|jsonl|yml)|/)$").unwrap();
    let name = regex::Regex::new(r"^([A-Za-z]\w+::)*[A-Za-z]\w{2,}(\(\))?$").unwrap();
    let mut missing = Vec::new();
    let mut known = 0;
    for document in ["CONTRIBUTING.md", "RELEASE-CHECKLIST.md"] {
        let text =
            fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join(document)).unwrap();
        for word in quoted(&text) {
            let is_there = if placeholder.is_match(word) {
                continue;
            } else if path.is_match(word) {
                has_path(word.trim_end_matches('/'))
            } else if name.is_match(word) {
                word.trim_end_matches("()").split("::").all(has_word)
            } else {
                continue;
            };
            known += usize::from(is_there);
            if !is_there {
                missing.push(format!("{document}: {word}"));
            }
        }
    }
    assert!(known > 100, "{known} names are known");
    assert!(missing.is_empty(), "{missing:#?}");
}
