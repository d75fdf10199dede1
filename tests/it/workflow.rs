//! The workflow of GitHub runs on the Rust that Cargo.toml asks for, runs nothing that can change
//! under it, and is given no rights. `.ci/run` checks that it is YAML.

use std::fs;
use std::path::Path;

fn read(name: &str) -> String {
    fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join(name)).unwrap()
}

fn workflow() -> String {
    read(".github/workflows/ci.yml")
}

/// Returns the versions of Rust, such as `1.95`, that stand in a text.
fn rust_versions(text: &str) -> Vec<&str> {
    text.split(|c: char| !c.is_ascii_digit() && c != '.')
        .filter(|word| word.starts_with("1.") && word.len() > 2)
        .collect()
}

#[test]
fn runs_on_the_minimum_rust_and_on_the_current_one() {
    let manifest = read("Cargo.toml");
    let line = manifest
        .lines()
        .find(|line| line.starts_with("rust-version"));
    let minimum = rust_versions(line.unwrap())[0];
    let workflow = workflow();
    assert!(
        workflow.contains(&format!("rust: [\"{minimum}\", \"stable\"]\n")),
        "the matrix of .github/workflows/ci.yml has another minimum than {minimum}, the rust-version of \
         Cargo.toml"
    );
    let versions = rust_versions(&workflow);
    assert!(
        versions.iter().all(|version| *version == minimum),
        "{versions:?} are not all {minimum}"
    );
}

#[test]
fn runs_actions_by_their_commits() {
    let workflow = workflow();
    let actions: Vec<&str> = workflow
        .lines()
        .filter_map(|line| line.split_once("uses: "))
        .map(|(_, action)| action)
        .collect();
    assert!(actions.len() > 4, "{actions:?}");
    let pinned = regex::Regex::new(r"^[\w-]+/[\w-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$").unwrap();
    for action in actions {
        assert!(pinned.is_match(action), "{action}");
    }
}

#[test]
fn has_no_rights_and_no_secrets() {
    let workflow = workflow();
    assert!(workflow.contains("\npermissions:\n  contents: read\n\n"));
    assert_eq!(workflow.matches("permissions:").count(), 1);
    assert!(!workflow.contains("secrets.") && !workflow.contains("pull_request_target"));
    assert_eq!(
        workflow.matches("actions/checkout@").count(),
        workflow.matches("persist-credentials: false").count()
    );
}
