//! `morgue index` and `morgue stats`.

use std::fs;
use std::process::Stdio;
use std::thread;
use std::time::Duration;

use crate::harness::Morgue;

const ARTICLE: &str = "Council sells the ferry\n\nBy Ada Holm\nJune 27, 2018\n\n\
    The council of Brindle agreed on Wednesday to sell its only ferry to a buyer from the capital.\n";

#[test]
fn counts_every_file() {
    let morgue = Morgue::new()
        .file("a.txt", ARTICLE)
        .file(
            "2018/b.story",
            "The harbour was closed on Monday after the storm had broken the wall.\n",
        )
        .file("picture.jpg", "not read")
        .file(".hidden", "not read")
        .file("data.txt", b"%PDF-1.4 \x00\x01")
        .file("empty.txt", "");
    morgue.run(["index", ".", "--verbose"]).is(
        0,
        "6 files seen: 3 added, 0 changed, 0 unchanged, 3 skipped\n\
         3 articles read from 217 B in T s\n\
         skipped, hidden: 1\n\
         skipped, not a text file by its name: 1 (1 .jpg)\n\
         skipped, not text: 1 (1 .txt)\n\
         \x20 .hidden: hidden\n\
         \x20 data.txt: not text\n\
         \x20 picture.jpg: not a text file by its name (see --ext)\n",
        "",
    );
    morgue.run(["index", ".", "--quiet"]).is(0, "", "");
}

#[test]
fn counts_articles_that_were_taken_apart() {
    let morgue = Morgue::new().file("a.txt", ARTICLE).file(
        "pleas.txt",
        "Sign up for our newsletter\n\nShare this story\n",
    );
    morgue.run(["index", "."]).is(
        0,
        "2 files seen: 2 added, 0 changed, 0 unchanged, 0 skipped\n\
         2 articles read from 192 B in T s\n\
         1 article without text, or with less of it than was taken out: `morgue extract FILE` shows what\n",
        "",
    );
}

#[test]
fn reads_again_only_what_changed() {
    let morgue = Morgue::new()
        .file("a.txt", ARTICLE)
        .file("b.txt", "The harbour was closed.\n");
    let first_line = |run: crate::harness::Run| run.stdout.lines().next().unwrap().to_owned();
    morgue.run(["index", "."]);
    assert_eq!(
        first_line(morgue.run(["index", "."])),
        "2 files seen: 0 added, 0 changed, 2 unchanged, 0 skipped"
    );
    morgue.write("a.txt", ARTICLE, 500);
    morgue.write("b.txt", "The harbour was opened.\n", 500);
    assert_eq!(
        first_line(morgue.run(["index", "."])),
        "2 files seen: 0 added, 1 changed, 1 unchanged, 0 skipped"
    );
    fs::remove_file(morgue.path().join("b.txt")).unwrap();
    morgue.run(["index", "."]).is(
        0,
        "1 file seen: 0 added, 0 changed, 1 unchanged, 0 skipped\n\
         1 file removed from the index: gone, or left out now\n\
         0 articles read from 0 B in T s\n",
        "",
    );
    assert_eq!(morgue.run(["search", "opened"]).status, 1);
}

#[test]
fn reads_other_extensions_and_sizes_when_asked() {
    let morgue = Morgue::new()
        .file("a.news", ARTICLE)
        .file("b.txt", "x".repeat(3 << 20));
    let run = morgue.run([
        "index",
        ".",
        "--ext",
        "*.news",
        "--max-size",
        "2",
        "--verbose",
    ]);
    assert_eq!(
        run.stdout.lines().next(),
        Some("2 files seen: 1 added, 0 changed, 0 unchanged, 1 skipped")
    );
    assert!(
        run.stdout
            .ends_with("b.txt: larger than 2 MiB (see --max-size)\n"),
        "{}",
        run.stdout
    );
}

#[test]
fn sums_up_what_is_skipped() {
    let morgue = Morgue::new().file("a.txt", ARTICLE);
    for i in 0..1200 {
        fs::write(morgue.path().join(format!("{i}.JPG")), "").unwrap();
    }
    for name in [
        "b.png", "c.png", "d.pdf", "e.docx", "f.xls", "g.zip", "h.gz",
    ] {
        fs::write(morgue.path().join(name), "").unwrap();
    }
    morgue.run(["index", "."]).is(
        0,
        "1,208 files seen: 1 added, 0 changed, 0 unchanged, 1,207 skipped\n\
         1 article read from 147 B in T s\n\
         skipped, not a text file by its name: 1,207 (1,200 .jpg, 2 .png, 1 .docx, 1 .gz, 1 .pdf, 2 \
         others)\n\
         use --verbose to list what was skipped\n",
        "",
    );
}

#[test]
fn which_files_are_read_is_kept_until_it_is_given_anew() {
    let morgue = Morgue::new()
        .file("a.news", ARTICLE)
        .file("b.txt", format!("x {}", "harbour-master ".repeat(80_000)))
        .file("drafts/c.txt", ARTICLE)
        .file(".morgueignore", "private*\n")
        .file("private.txt", ARTICLE)
        .file("d.txt", ARTICLE);
    let paths = |options: &[&str]| {
        let run = morgue.run([&["index", ".", "--quiet"], options].concat());
        assert_eq!((run.status, run.stderr.as_str()), (0, ""), "{options:?}");
        let mut paths = morgue
            .run(["search", "ferry OR x", "--all-copies", "--json"])
            .paths();
        paths.sort();
        paths
    };
    let options = ["--ext", ".news", "--max-size", "1", "--exclude", "drafts/"];
    assert_eq!(paths(&options), ["a.news", "d.txt"]);
    assert_eq!(paths(&[]), ["a.news", "d.txt"]);
    assert_eq!(paths(&["--rebuild"]), ["a.news", "d.txt"]);
    assert_eq!(paths(&["--exclude", "*.news"]), ["d.txt", "drafts/c.txt"]);
    assert_eq!(
        paths(&["--exclude", "", "--max-size", "4"]),
        ["a.news", "b.txt", "d.txt", "drafts/c.txt"]
    );
    assert_eq!(paths(&["--ext", ""]), ["b.txt", "d.txt", "drafts/c.txt"]);
    for (options, said) in [
        (
            &["--max-size", "99999999999999999"][..],
            "is not in 1..=17592186044415",
        ),
        (&["--max-size", "0"], "is not in 1..=17592186044415"),
        (&["--threads", "0"], "at least one thread"),
        (&["--ext", "*"], "is no extension"),
        (&["--exclude", "a{b"], "a{b: not a pattern"),
    ] {
        let run = morgue.run([&["index", "."], options].concat());
        assert_eq!((run.status, run.stdout.as_str()), (2, ""), "{options:?}");
        assert!(run.stderr.contains(said), "{options:?}: {}", run.stderr);
    }
}

#[cfg(unix)]
#[test]
fn notices_changes_that_leave_size_and_time_as_they_were() {
    let morgue = Morgue::new().file("a.txt", ARTICLE);
    let first_line = |options: &[&str]| {
        let run = morgue.run([&["index", "."], options].concat());
        run.stdout.lines().next().unwrap().to_owned()
    };
    first_line(&[]);
    // Its inode was changed just now, so it is hashed once more.
    first_line(&[]);
    let time = fs::metadata(morgue.path().join("a.txt"))
        .unwrap()
        .modified()
        .unwrap();
    let changed = ARTICLE.replace("Wednesday", "Wednesdax");
    fs::write(morgue.path().join("a.txt"), changed).unwrap();
    let file = fs::File::options()
        .write(true)
        .open(morgue.path().join("a.txt"))
        .unwrap();
    file.set_times(fs::FileTimes::new().set_modified(time))
        .unwrap();
    assert_eq!(
        first_line(&[]),
        "1 file seen: 0 added, 1 changed, 0 unchanged, 0 skipped"
    );
    assert_eq!(
        first_line(&["--checksum"]),
        "1 file seen: 0 added, 0 changed, 1 unchanged, 0 skipped"
    );
}

/// On macOS all names are UTF-8.
#[cfg(target_os = "linux")]
#[test]
fn reads_names_that_are_no_utf_8() {
    use std::ffi::OsStr;
    use std::os::unix::ffi::OsStrExt;
    let morgue = Morgue::new().file(OsStr::from_bytes(b"caf\xe9.txt"), ARTICLE);
    morgue.run(["index", ".", "--quiet"]).is(0, "", "");
    assert_eq!(
        morgue.run(["search", "ferry", "--json"]).paths(),
        [r"caf\xE9.txt"]
    );
    assert_eq!(morgue.run(["show", r"caf\xE9.txt"]).status, 0);
}

#[test]
fn finds_the_index_from_a_folder_below() {
    let morgue = Morgue::new().file("2018/06/a.txt", ARTICLE);
    morgue.run(["index", ".", "--quiet"]);
    let mut below = morgue.command();
    below
        .current_dir(morgue.path().join("2018/06"))
        .args(["search", "ferry"]);
    assert_eq!(below.output().unwrap().status.code(), Some(0));
    let mut elsewhere = morgue.command();
    elsewhere
        .current_dir("/")
        .env("MORGUE_INDEX", morgue.path().join(".morgue"))
        .args(["search", "ferry"]);
    assert_eq!(elsewhere.output().unwrap().status.code(), Some(0));
}

#[test]
fn says_how_much_there_is() {
    let morgue = Morgue::new()
        .file("a.txt", ARTICLE)
        .file("b.txt", "The harbour was closed.\n");
    morgue.run(["index", ".", "--quiet"]);
    let run = morgue.run(["stats"]);
    assert_eq!(run.status, 0);
    for line in [
        "articles    2",
        "files       2",
        "dated       1, from 2018-06-27 to 2018-06-27",
        "sources     none known",
    ] {
        assert!(
            run.stdout.lines().any(|found| found == line),
            "{line}\n{}",
            run.stdout
        );
    }
}

/// A run that is killed leaves the archive as it was or further on, and the next one ends where an
/// undisturbed one would have.
#[test]
fn survives_being_killed() {
    let morgue = Morgue::new();
    for i in 0..400 {
        let text =
            format!("{ARTICLE}\nParagraph of file q{i}z, with words enough to be read as text.\n");
        morgue.write(format!("{:02}/{i}.txt", i % 10), text, 1000);
    }
    for round in 0..6 {
        let mut child = morgue
            .command()
            .args(["index", ".", "--quiet"])
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        thread::sleep(Duration::from_millis(15 * round));
        child.kill().unwrap();
        child.wait().unwrap();
    }
    assert_eq!(morgue.run(["index", ".", "--quiet"]).status, 0);
    let run = morgue.run(["index", "."]);
    assert_eq!(
        run.stdout.lines().next(),
        Some("400 files seen: 0 added, 0 changed, 400 unchanged, 0 skipped")
    );
    let answer = morgue.run(["search", "council ferry", "--json", "--limit", "1000"]);
    let mut paths = answer.paths();
    paths.sort();
    paths.dedup();
    assert_eq!(paths.len(), 400);
}

/// The program, which is ended with the test.
struct Running(std::process::Child);

impl Drop for Running {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

#[test]
fn watch_finds_what_is_added_and_what_goes() {
    let morgue = Morgue::new().file("a.txt", "A lighthouse\n\nThe keeper left the lighthouse.\n");
    let _running = Running(
        morgue
            .command()
            .args(["index", ".", "--quiet", "--watch"])
            .spawn()
            .unwrap(),
    );
    let finds = |word: &str, expected: &[&str]| {
        for _ in 0..600 {
            let run = morgue.run(["search", "--json", word]);
            if run.status < 2 && run.paths() == expected {
                return true;
            }
            thread::sleep(Duration::from_millis(100));
        }
        false
    };
    assert!(finds("lighthouse", &["a.txt"]));
    morgue.write(
        "new/b.txt",
        "A windmill\n\nThe miller left the windmill.\n",
        0,
    );
    assert!(finds("windmill", &["new/b.txt"]));
    fs::remove_file(morgue.path().join("a.txt")).unwrap();
    assert!(finds("lighthouse", &[]));
}

#[test]
fn one_thread_and_all_make_the_same_archive() {
    let morgue = Morgue::with_sample_corpus();
    let one = ["index", ".", "--index", ".one", "--threads", "1", "--quiet"];
    assert_eq!(morgue.run(one).status, 0);
    let ask = |index: &str, words: &[&str]| {
        let mut arguments = words.to_vec();
        arguments.extend(["--index", index]);
        let mut lines: Vec<String> = morgue
            .run(arguments)
            .records()
            .map(|mut record| {
                record["took_ms"].take();
                record.to_string()
            })
            .collect();
        assert!(!lines.is_empty(), "{words:?}");
        lines.sort();
        lines
    };
    for words in [
        &["export"][..],
        &["people", "--json"],
        &["search", "--json", "harbour OR ferry"],
        &["search", "--json", "harb* fery~1"],
        &["search", "--json", "--person", "Anna Thorne"],
    ] {
        assert_eq!(ask(".one", words), ask(".morgue", words), "{words:?}");
    }
}
