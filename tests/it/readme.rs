//! The README is right: its commands run and print what it says, and every option is in it.

use std::fs;
use std::path::Path;
use std::process::Command;

use crate::harness::{Morgue, without_times};

fn readme() -> String {
    fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("README.md")).unwrap()
}

/// The blocks of a session: each `$ ` line with what is printed below it.
fn sessions(readme: &str) -> Vec<(String, String)> {
    let mut found: Vec<(String, String)> = Vec::new();
    let mut is_session = false;
    for line in readme.lines() {
        if line.starts_with("```") {
            is_session = line == "```console";
        } else if is_session {
            match line.strip_prefix("$ ") {
                Some(command) => found.push((command.to_owned(), String::new())),
                None => {
                    let (_, output) = found.last_mut().expect("a command comes first");
                    output.push_str(line);
                    output.push('\n');
                }
            }
        }
    }
    found
}

#[test]
fn commands_print_what_it_says() {
    let morgue = Morgue::with_sample_corpus();
    fs::remove_dir_all(morgue.path().join(".morgue")).unwrap();
    // The README's reader stands beside the folder.
    let place = morgue.path().join("place");
    fs::create_dir(&place).unwrap();
    let corpus = place.join("sample-corpus");
    fs::create_dir(&corpus).unwrap();
    for entry in fs::read_dir(morgue.path()).unwrap().map(Result::unwrap) {
        if entry.file_name() != "place" {
            fs::rename(entry.path(), corpus.join(entry.file_name())).unwrap();
        }
    }
    // The reader has indexed the folder by the first command of the README.
    let first = Command::new(env!("CARGO_BIN_EXE_morgue"))
        .args(["index", "sample-corpus"])
        .current_dir(&place)
        .env_clear()
        .output()
        .unwrap();
    assert!(first.status.success());
    let sessions = sessions(&readme());
    assert!(sessions.len() >= 3);
    for (command, expected) in sessions {
        let mut arguments = shell_words(&command).into_iter();
        assert_eq!(arguments.next().as_deref(), Some("morgue"), "{command}");
        let output = Command::new(env!("CARGO_BIN_EXE_morgue"))
            .args(arguments)
            .current_dir(&place)
            .env_clear()
            .output()
            .unwrap();
        let printed = String::from_utf8(output.stdout).unwrap();
        assert_eq!(
            without_times(&printed),
            without_times(&expected),
            "{command}"
        );
    }
}

/// Splits a command as a shell does, double quotes alone.
fn shell_words(command: &str) -> Vec<String> {
    let mut words = vec![String::new()];
    let mut is_quoted = false;
    for c in command.chars() {
        match c {
            '"' => is_quoted = !is_quoted,
            ' ' if !is_quoted => words.push(String::new()),
            _ => words.last_mut().unwrap().push(c),
        }
    }
    words
}

/// Every command, each with its options, by what `--help` prints.
pub fn commands() -> Vec<(String, Vec<String>)> {
    let morgue = Morgue::new();
    let help = morgue.run(["--help"]).stdout;
    let commands: Vec<&str> = help
        .lines()
        .skip_while(|line| *line != "Commands:")
        .skip(1)
        .take_while(|line| !line.is_empty())
        .filter_map(|line| line.split_whitespace().next())
        .filter(|command| *command != "help")
        .collect();
    assert!(commands.len() >= 8, "{help}");
    let options = |command: &str| {
        let help = morgue.run([command, "--help"]).stdout;
        help.lines()
            .map(str::trim_start)
            .filter(|line| line.starts_with('-'))
            .filter_map(|line| {
                line.split([' ', ',', '=', '['])
                    .find(|word| word.starts_with("--"))
            })
            .map(str::to_owned)
            .collect()
    };
    commands
        .into_iter()
        .map(|command| (command.to_owned(), options(command)))
        .collect()
}

#[test]
fn every_option_is_in_it() {
    let readme = readme();
    let mut missing = Vec::new();
    for (command, options) in commands() {
        if !readme.contains(&format!("`morgue {command}")) {
            missing.push(format!("morgue {command}"));
        }
        for option in options {
            if !matches!(&*option, "--help" | "--version")
                && !readme.contains(&format!("`{option}"))
            {
                missing.push(format!("{command} {option}"));
            }
        }
    }
    assert!(missing.is_empty(), "not in the README: {missing:?}");
}
