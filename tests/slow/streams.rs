//! Standard output and standard error that are closed, full or not read: no command ends otherwise
//! for it, but one whose results are lost.
#![cfg(target_os = "linux")]

use std::ffi::OsStr;
use std::fs::{self, File};
use std::io;
use std::process::Stdio;

use crate::harness::{Morgue, Run};

/// Every subcommand, in runs that find something, find nothing and meet trouble.
const COMMANDS: &[&[&str]] = &[
    &[],
    &["--help"],
    &["--version"],
    &["help", "index"],
    &["nonsense"],
    &["index", "."],
    &["index", "good", "--index", "other"],
    &["index", "nowhere"],
    &["search", "ferry"],
    &["search", "ferry", "--json", "--counts"],
    &["search", "nothinglikeit"],
    &["search", "date:never"],
    &["search", "--limit", "x"],
    &["people"],
    &["people", "--json"],
    &["people", "Anna Thorne"],
    &["people", "Nobody Atall"],
    &["people", "--suggest"],
    &["people", "--names", "names"],
    &["people", "--names", "names", "--json"],
    &["people", "--names", "nobody"],
    &["people", "--names", "nowhere"],
    &["similar", "good/a.txt"],
    &["similar", "nowhere"],
    &["show", "good/a.txt"],
    &["show", "nowhere"],
    &["extract", "good/a.txt"],
    &["extract", "good/a.txt", "nowhere"],
    &["stats"],
    &["verify"],
    &["export"],
    &["completions", "bash"],
    &["man"],
];

/// An archive with a file that can't be read.
fn archive() -> Morgue {
    let article = "Mayor Anna Thorne said on Tuesday that the council would sell the ferry.\n";
    let morgue = Morgue::new()
        .file("good/a.txt", format!("Ferry is sold\n\n{article}"))
        .file("good/b.txt", format!("Ferry is to be sold\n\n{article}"))
        .file("names", "Anna Thorne\nJosé Roos\n")
        .file("nobody", b"Jos\xe9 Roos\n");
    std::os::unix::fs::symlink("nowhere", morgue.path().join("dead.txt")).unwrap();
    assert_eq!(morgue.run(["index", ".", "--quiet"]).status, 2);
    morgue
}

/// A pipe that nobody reads.
fn unread() -> Stdio {
    let (reader, writer) = io::pipe().unwrap();
    drop(reader);
    writer.into()
}

fn full() -> Stdio {
    File::options()
        .write(true)
        .open("/dev/full")
        .unwrap()
        .into()
}

#[test]
fn a_broken_standard_error_changes_nothing() {
    let morgue = archive();
    for command in COMMANDS {
        let expected = morgue.run(*command);
        for (name, stderr) in [("full", full as fn() -> Stdio), ("unread", unread)] {
            for backtrace in ["0", "1"] {
                let output = morgue
                    .command()
                    .args(*command)
                    .env("RUST_BACKTRACE", backtrace)
                    .stdin(Stdio::null())
                    .stderr(stderr())
                    .output()
                    .unwrap();
                let run = Run::from(output);
                assert_eq!(run.status, expected.status, "{command:?}, {name}");
                assert_eq!(
                    run.stdout.lines().count(),
                    expected.stdout.lines().count(),
                    "{command:?}, {name}"
                );
            }
        }
    }
}

/// Runs a command whose standard output is something else than a pipe that is read.
fn run_into(morgue: &Morgue, command: &[&str], stdout: impl Into<Stdio>) -> Run {
    let mut program = morgue.command();
    program.args(command).stdin(Stdio::null()).stdout(stdout);
    Run::from(program.output().unwrap())
}

#[test]
fn a_reader_that_is_gone_changes_nothing() {
    let morgue = archive();
    for command in COMMANDS {
        let expected = morgue.run(*command);
        let run = run_into(&morgue, command, unread());
        assert_eq!(
            (run.status, run.stderr),
            (expected.status, expected.stderr),
            "{command:?}"
        );
    }
}

#[test]
fn results_that_are_lost_are_trouble() {
    let morgue = archive();
    for command in COMMANDS {
        let expected = morgue.run(*command);
        let run = run_into(&morgue, command, full());
        let (status, lost) = if expected.stdout.is_empty() {
            (expected.status, "")
        } else {
            (
                2,
                "morgue: standard output: No space left on device (os error 28); free some space on \
                 that disk, then try again\n",
            )
        };
        assert_eq!(
            (run.status, run.stderr),
            (status, format!("{}{lost}", expected.stderr)),
            "{command:?}"
        );
    }
}

#[test]
fn streams_that_are_closed_from_the_start_change_nothing() {
    let morgue = archive();
    for command in COMMANDS {
        let expected = morgue.run(*command);
        for closed in [">&-", "2>&-", ">&- 2>&-", "<&- >&- 2>&-"] {
            let mut shell = std::process::Command::new("sh");
            shell
                .args(["-c", &format!("\"$@\" {closed}"), "sh"])
                .arg(env!("CARGO_BIN_EXE_morgue"))
                .args(*command)
                .current_dir(morgue.path())
                .env_clear()
                .stdin(Stdio::null());
            let run = Run::from(shell.output().unwrap());
            assert_eq!(run.status, expected.status, "{command:?} {closed}");
        }
    }
}

/// What a run of `index` did is done, and its trouble told, when nobody takes its summary.
#[test]
fn an_index_whose_summary_is_lost() {
    for (stdout, lost) in [
        (unread as fn() -> Stdio, ""),
        (
            full,
            "morgue: standard output: No space left on device (os error 28); free some space on \
             that disk, then try again\n",
        ),
    ] {
        let morgue = archive();
        fs::remove_dir_all(morgue.path().join(".morgue")).unwrap();
        let output = morgue
            .command()
            .args(["index", "."])
            .stdout(stdout())
            .output()
            .unwrap();
        Run::from(output).is(
            2,
            "",
            &format!(
                "morgue: dead.txt: unreadable: No such file or directory (os error 2)\n{lost}"
            ),
        );
        assert_eq!(morgue.run(["search", "ferry"]).status, 0);
    }
}

#[test]
fn a_list_is_read_from_standard_input() {
    let morgue = archive();
    let arguments = ["people", "--names", "-", "--json"];
    let run = morgue.run_with_input(&arguments, b"Name;Office\nAnna Thorne;mayor\n");
    assert_eq!((run.status, run.stderr.as_str()), (0, ""));
    assert_eq!(run.records().next().unwrap()["name"], "Anna Thorne");
    let run = morgue.run_with_input(&arguments, b"Anna Thorne;mayor\n");
    run.fails(
        "morgue: standard input: line 1: there is a semicolon, and no heading says which column \
         holds names; write one name a line, or a table whose first line has a heading such as \
         `name`",
    );
}

/// Waiting for a pipe that nobody writes to, or reading a device to its end, would last for ever.
#[test]
fn lists_and_decisions_that_are_no_files() {
    let morgue = archive();
    let at = |name: &str| morgue.path().join(name);
    let fifo = |name: &str| {
        let made = std::process::Command::new("mkfifo").arg(at(name)).status();
        assert!(made.unwrap().success());
    };
    let is_refused = |arguments: &[&str], message: &str| morgue.run(arguments).fails(message);
    let hint = "give a file of at most 4 MB, or pass a list on standard input with `--names -`";
    fifo("fifo");
    fs::create_dir(at("folder")).unwrap();
    fs::write(at("large"), "Anna Thorne\n".repeat(400_000)).unwrap();
    for (name, what) in [
        ("fifo", "a pipe or a device, not a file"),
        ("/dev/zero", "a pipe or a device, not a file"),
        ("folder", "a folder, not a file"),
        ("large", "larger than 4 MB"),
    ] {
        is_refused(
            &["people", "--names", name],
            &format!("morgue: {name}: this is {what}; {hint}"),
        );
    }

    let hint = "correct it as the README shows, or move it away to search without it";
    let toml = at("people.toml");
    let refuses = |what: &str| {
        for command in [
            &["search", "--person", "Anna Thorne"][..],
            &["people"],
            &["people", "--names", "names"],
        ] {
            let run = morgue.run(command);
            let shown = fs::canonicalize(morgue.path()).unwrap().join("people.toml");
            assert_eq!(run.status, 2, "{command:?}");
            assert_eq!(
                run.stderr,
                format!("morgue: {}: {what}; {hint}\n", shown.display()),
                "{command:?}"
            );
        }
    };
    fifo("people.toml");
    refuses("this is a pipe or a device, not a file");
    fs::remove_file(&toml).unwrap();
    fs::create_dir(&toml).unwrap();
    refuses("this is a folder, not a file");
    fs::remove_dir(&toml).unwrap();
    std::os::unix::fs::symlink("/dev/zero", &toml).unwrap();
    refuses("this is a pipe or a device, not a file");
    fs::remove_file(&toml).unwrap();
    fs::write(&toml, "# A line.\n".repeat(500_000)).unwrap();
    refuses("this is larger than 4 MB");
    fs::write(&toml, b"nobody = [\"Jos\xe9\"]\n").unwrap();
    refuses("this is not UTF-8");
}

/// Nothing that a user, a file or its name holds reaches a terminal as it is, but for the text of
/// articles in a pipe.
#[test]
fn messages_do_nothing_to_a_terminal() {
    const BAD: &str = "\u{1b}]0;x\u{7}\u{9b}\u{202e}\u{2028}\r\ny";
    let morgue = archive();
    let nowhere = format!("nowhere{BAD}");
    let toml = morgue.path().join("people.toml");
    morgue.write(
        format!("good/{BAD}.txt"),
        "Ferry\n\nThe ferry is sold.\n",
        1000,
    );
    morgue.write(format!("good/{BAD}.jpg"), "", 1000);
    std::os::unix::fs::symlink("nowhere", morgue.path().join(format!("{BAD}.txt"))).unwrap();
    let path = format!("good/{BAD}.txt");
    let is_plain = |run: Run, what: &dyn std::fmt::Debug| {
        let printed = format!("{}{}", run.stdout, run.stderr);
        let found = printed
            .find(|c: char| c.is_control() && c != '\n' || matches!(c, '\u{2028}'..='\u{202e}'));
        assert_eq!(found, None, "{what:?}: {printed:?}");
        assert!(!printed.is_empty(), "{what:?}");
    };
    for command in [
        &["index", "."][..],
        &["index", &nowhere],
        &["search", &nowhere],
        &["search", "ferry", "--source", &nowhere],
        &["search", "ferry", "--person", &nowhere],
        &["search", "ferry", "--after", &nowhere],
        &["search", "ferry", "--limit", &nowhere],
        &["search", "ferry", "--sort", &nowhere],
        &["search", &format!("colour:{BAD} OR \"ferry")],
        &["search", &format!("date:{BAD}")],
        &["search", "ferry", "--json"],
        &["search", "ferry"],
        &["people", &nowhere],
        &["people", "--names", &nowhere],
        &["people", "--limit", &nowhere],
        &["similar", &nowhere],
        &["similar", &path],
        &["show", &nowhere],
        &["show", &path],
        &["extract", &nowhere],
        &["extract", &path],
        &["stats", &nowhere],
        &["stats", "--index", &nowhere],
        &["verify", "--index", &nowhere],
        &["export", &format!("--{nowhere}")],
        &["completions", &nowhere],
        &["--color", &nowhere, "stats"],
        &[&nowhere],
    ] {
        is_plain(morgue.run(command), &command);
    }
    for decisions in [
        r#""\u001b]0;\u0007\u202E" = 1"#,
        r#"nobody = "\u001b]0;\u0007""#,
        "\u{1b} = 1",
    ] {
        fs::write(&toml, decisions).unwrap();
        is_plain(morgue.run(["people"]), &decisions);
    }
    fs::remove_file(&toml).unwrap();
    fs::write(morgue.path().join(".morgue/damaged"), BAD).unwrap();
    is_plain(morgue.run(["search", "ferry"]), &"damaged");
}

#[test]
fn an_empty_variable_names_no_index() {
    let morgue = archive();
    let run = |arguments: &[&str], index: &str| {
        let output = morgue
            .command()
            .args(arguments)
            .env("MORGUE_INDEX", OsStr::new(index))
            .output();
        Run::from(output.unwrap())
    };
    for command in COMMANDS {
        let expected = morgue.run(*command);
        let with_empty = run(command, "");
        assert_eq!(
            (with_empty.status, with_empty.stderr),
            (expected.status, expected.stderr),
            "{command:?}"
        );
    }
    assert_eq!(run(&["index", "good", "--quiet"], "elsewhere").status, 0);
    assert!(!morgue.path().join("good/.morgue").exists());
    assert_eq!(run(&["index", "good", "--quiet"], "").status, 0);
    assert!(morgue.path().join("good/.morgue").exists());
    assert_eq!(run(&["search", "ferry"], "elsewhere").status, 0);
    run(&["search", "ferry"], "nowhere").fails(
        "morgue: nowhere: no index here; make one with `morgue index FOLDER`, or name another with \
         --index DIR",
    );
    for command in ["index", "search", "verify"] {
        assert!(
            morgue
                .run([command, "--help"])
                .stdout
                .contains("MORGUE_INDEX")
        );
    }
}
