//! What goes wrong is said in one line that tells what to do, and nothing is damaged.

use std::fs;

use morgue::archive::Manifest;

use crate::harness::{ARTICLE, Morgue};

fn indexed() -> Morgue {
    let morgue = Morgue::new().file("a.txt", ARTICLE);
    morgue.run(["index", ".", "--quiet"]).is(0, "", "");
    morgue
}

#[test]
fn folders() {
    let morgue = Morgue::new().file("a/a.txt", ARTICLE);
    fs::create_dir(morgue.path().join("empty")).unwrap();
    morgue
        .run(["index", "empty"])
        .fails("morgue: empty: this folder is empty; put the articles there as text files first");
    assert!(!morgue.path().join("empty/.morgue").exists());
    morgue
        .run(["index", "nowhere"])
        .fails("morgue: nowhere: no such folder; check the spelling of the folder");
    morgue.run(["index", "a/a.txt"]).fails(
        "morgue: a/a.txt: not a folder; name the folder that it is in, or read this file with \
         `morgue extract a/a.txt`",
    );
}

#[test]
fn a_missing_index() {
    let morgue = Morgue::new().file("a.txt", ARTICLE);
    for command in [
        &["search", "ferry"][..],
        &["people"],
        &["show", "a.txt"],
        &["stats"],
        &["export"],
    ] {
        morgue.run(command).fails(
            "morgue: .: no index here; make one with `morgue index FOLDER`, or name another with \
             --index DIR",
        );
    }
    morgue.run(["search", "ferry", "--index", "x"]).fails(
        "morgue: x: no index here; make one with `morgue index FOLDER`, or name another with \
         --index DIR",
    );
}

/// Windows lets nobody read a file that another process has locked.
#[cfg(unix)]
#[test]
fn a_locked_index() {
    let morgue = indexed();
    let path = morgue.path().join(".morgue/lock");
    fs::write(&path, "4711\n").unwrap();
    let lock = fs::File::open(path).unwrap();
    lock.lock().unwrap();
    for command in [&["index", "."][..], &["verify", "--index", "./.morgue"]] {
        morgue.run(command).fails(
            "morgue: ./.morgue: process 4711 is writing to this index; wait until it has ended, \
             then try again",
        );
    }
    assert_eq!(
        morgue.run(["search", "ferry"]).status,
        0,
        "readers never wait"
    );
}

#[test]
fn an_index_of_another_version() {
    let morgue = indexed();
    let index = morgue.path().join(".morgue");
    let mut manifest = Manifest::read(&index).unwrap();
    manifest.format = 99;
    manifest.write(&index).unwrap();
    let run = morgue.run(["search", "ferry"]);
    assert_eq!(run.status, 2);
    assert!(run.stderr.contains(": index format 99."), "{}", run.stderr);
    assert!(
        run.stderr
            .ends_with("; run `morgue index FOLDER` to rebuild it\n"),
        "{}",
        run.stderr
    );
    assert_eq!(run.stderr.lines().count(), 1);
    let run = morgue.run(["index", ".", "--quiet"]);
    assert_eq!((run.status, run.stdout.as_str()), (0, ""));
    assert!(
        run.stderr
            .starts_with("morgue: the index was of format 99.")
            && run.stderr.ends_with("; it was rebuilt\n"),
        "{}",
        run.stderr
    );
    assert_eq!(morgue.run(["search", "ferry"]).status, 0);

    // Persons that another model found can be searched all the same.
    let mut manifest = Manifest::read(&index).unwrap();
    manifest.people += 1;
    manifest.write(&index).unwrap();
    assert_eq!(morgue.run(["search", "ferry"]).status, 0);
    let run = morgue.run(["index", ".", "--quiet"]);
    assert!(
        run.stderr.starts_with("morgue: the index was of format "),
        "{}",
        run.stderr
    );
}

#[test]
fn a_damaged_index() {
    let morgue = indexed();
    fs::write(morgue.path().join(".morgue/morgue.json"), "{").unwrap();
    let run = morgue.run(["search", "ferry"]);
    assert_eq!(run.status, 2);
    assert!(
        run.stderr.contains("the index is damaged"),
        "{}",
        run.stderr
    );
    assert!(
        run.stderr
            .ends_with("; run `morgue index FOLDER` to repair it\n"),
        "{}",
        run.stderr
    );
    let run = morgue.run(["index", ".", "--quiet"]);
    assert!(
        run.stderr
            .starts_with("morgue: the index was damaged: morgue.json: "),
        "{}",
        run.stderr
    );
    assert_eq!(morgue.run(["search", "ferry"]).status, 0);
}

/// A folder that nothing can be written to. Modes do not stop root, so this is a place where the
/// system itself allows no folder: below a file.
#[test]
fn a_place_that_cannot_be_written() {
    let morgue = Morgue::new().file("a/a.txt", ARTICLE).file("file", "");
    let run = morgue.run(["index", "a", "--index", "file/index"]);
    assert_eq!(run.status, 2);
    assert!(
        run.stderr.starts_with("morgue: file/index: "),
        "{}",
        run.stderr
    );
    assert!(
        run.stderr
            .ends_with("; check that it exists and that you may read and write it\n"),
        "{}",
        run.stderr
    );
    assert_eq!(run.stderr.lines().count(), 1);
}

#[cfg(target_os = "linux")]
#[test]
fn a_read_only_folder() {
    use std::os::unix::fs::PermissionsExt;
    let morgue = Morgue::new().file("a/a.txt", ARTICLE);
    let folder = morgue.path().join("a");
    fs::set_permissions(&folder, fs::Permissions::from_mode(0o555)).unwrap();
    // Root may write all the same: then the run has to succeed.
    let may_write = fs::write(folder.join(".probe"), "").is_ok();
    let run = morgue.run(["index", "a"]);
    fs::set_permissions(&folder, fs::Permissions::from_mode(0o755)).unwrap();
    if may_write {
        assert_eq!(run.status, 0);
    } else {
        assert_eq!(run.status, 2);
        assert!(
            run.stderr.starts_with("morgue: a/.morgue: "),
            "{}",
            run.stderr
        );
    }
}

/// A disk without space: a small file system in memory, where this may be mounted.
#[cfg(target_os = "linux")]
#[test]
fn a_full_disk() {
    use std::process::Command;
    let morgue = Morgue::new();
    for i in 0..400 {
        let words: String = (0..400)
            .map(|k| format!("word{} ", (i * 7919 + k * 104_729) % 1_000_003))
            .collect();
        morgue.write(format!("{i}.txt"), words, 1000);
    }
    let disk = morgue.path().join(".disk");
    fs::create_dir(&disk).unwrap();
    let mounted = Command::new("mount")
        .args(["-t", "tmpfs", "-o", "size=200k", "tmpfs"])
        .arg(&disk)
        .output()
        .is_ok_and(|output| output.status.success());
    if !mounted {
        println!("not run: no file system may be mounted here");
        return;
    }
    let run = morgue.run(["index", ".", "--index", ".disk/index"]);
    let is_unmounted = Command::new("umount")
        .arg(&disk)
        .status()
        .is_ok_and(|status| status.success());
    assert!(is_unmounted);
    assert_eq!(run.status, 2, "{}", run.stdout);
    assert_eq!(run.stderr.lines().count(), 1, "{}", run.stderr);
    assert!(run.stderr.contains(".disk/index"), "{}", run.stderr);
    assert!(
        run.stderr.contains("No space left on device"),
        "{}",
        run.stderr
    );
    assert!(
        run.stderr.contains(": about 6 MB in all are needed"),
        "{}",
        run.stderr
    );
}

#[test]
fn queries() {
    let morgue = indexed();
    let is_refused = |arguments: &[&str], message: &str| {
        let run = morgue.run(arguments);
        assert_eq!((run.status, run.stdout.as_str()), (2, ""), "{arguments:?}");
        assert_eq!(run.stderr.lines().count(), 1, "{}", run.stderr);
        assert!(
            run.stderr.starts_with(&format!("morgue: {message}")),
            "{arguments:?}: {}",
            run.stderr
        );
        assert!(run.stderr.contains("; "), "says what to do: {}", run.stderr);
    };
    is_refused(&["search"], "there is nothing to search for");
    is_refused(&["search", "AND OR"], "");
    is_refused(&["search", "date:yesterdayish"], "");
    is_refused(&["search", "ferry", "--person", "?!"], "");
    is_refused(
        &["search", &"ferry NEAR/5 ".repeat(2_000)],
        "more than 100 NEAR or ADJ inside one another",
    );
    is_refused(
        &["search", &"q ".repeat(30_000)],
        "the query has 30000 words, and 10000 are the most",
    );
    is_refused(
        &["search", &"q* ".repeat(16_000)],
        "the query has 16000 patterns and caps(), and 500 are the most",
    );
    let names = ["--person", "Ada Holm"].repeat(2_000);
    is_refused(
        &[&["search"], &names[..]].concat(),
        "the query has 2000 persons, and 1000 are the most",
    );
    let long = "Ada ".repeat(25_000);
    for arguments in [&["search", "--person", &long][..], &["people", &long]] {
        is_refused(arguments, "Ada Ada Ada Ada ");
    }
    is_refused(
        &["search", "ferry w/0 sale"],
        "the number of w/0 has to be 1 or more",
    );
    let run = morgue.run(["search", "ferry", "--after", "yesterdayish"]);
    assert_eq!(run.status, 2);
    assert!(
        run.stderr.contains("write 2018, 2018-06 or 2018-06-27"),
        "{}",
        run.stderr
    );
}

#[test]
fn a_name_in_a_list_that_is_no_name() {
    let long = "Ada ".repeat(250_000);
    let morgue = indexed().file("names.csv", format!("{long}\nNobody Atall\n"));
    let name = long.trim();
    morgue.run(["people", "--names", "names.csv"]).is(
        2,
        &format!(
            "name,articles,id,path,published,source,headline,passage\n{name},0,,,,,,\n\
             Nobody Atall,0,,,,,,\n"
        ),
        &format!(
            "morgue: {}… is longer than the 1000 characters of the longest name; give the name of \
             one person\n",
            "Ada ".repeat(20)
        ),
    );
}

#[test]
fn queries_that_can_still_be_understood() {
    let morgue = indexed();
    for query in [
        "\"only ferry",
        "colour:ferry OR ferry",
        "Re: ferry OR ferry",
        "(ferry",
    ] {
        let run = morgue.run(["search", query]);
        assert_eq!(run.status, 0, "{query}: {}", run.stderr);
        assert!(run.stdout.contains("note: "), "{query}: {}", run.stdout);
    }
}

#[test]
fn an_article_that_is_not_there() {
    indexed()
        .run(["show", "b.txt"])
        .fails("morgue: b.txt: no such article; `morgue search` prints ids and paths");
}

#[cfg(unix)]
#[test]
fn a_file_that_cannot_be_read() {
    let morgue = Morgue::new().file("a.txt", ARTICLE);
    std::os::unix::fs::symlink("nowhere", morgue.path().join("dead.txt")).unwrap();
    let run = morgue.run(["index", "."]);
    assert_eq!(
        run.status, 2,
        "the run went on, and says that it met trouble"
    );
    assert_eq!(
        run.stderr,
        "morgue: dead.txt: unreadable: No such file or directory (os error 2)\n"
    );
    assert!(
        run.stdout
            .starts_with("2 files seen: 1 added, 0 changed, 0 unchanged, 1 skipped\n")
    );
    assert_eq!(morgue.run(["search", "ferry"]).status, 0);
}

#[cfg(unix)]
#[test]
fn names_and_text_that_act_on_a_terminal() {
    let morgue = Morgue::new()
        .file("a\u{1b}[2J.jpg", "x")
        .file("b.txt", ARTICLE);
    let run = morgue.run(["index", ".", "--verbose"]);
    assert!(run.stdout.contains("a\\u{1b}[2J.jpg"), "{}", run.stdout);
    assert!(morgue.path().join(".morgue").exists());
}
