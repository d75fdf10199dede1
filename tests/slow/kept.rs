//! What the index knows and can't be read now, or holds no text any more, stays in the index.

use std::fs;

#[cfg(unix)]
use morgue::archive::Manifest;

#[cfg(unix)]
use crate::harness::{ARTICLE, Morgue};
use crate::harness::{held, news};

/// Puts something that can't be read in the place of a file: a link that leads nowhere, as when the
/// disk that it leads to is gone. Modes would not stop root.
#[cfg(unix)]
fn make_unreadable(morgue: &Morgue, name: &str) {
    let path = morgue.path().join(name);
    fs::remove_file(&path).unwrap();
    std::os::unix::fs::symlink("/no/such/disk/a.txt", path).unwrap();
}

/// The files of the live generation of `news` whose names end in `ending`.
#[cfg(unix)]
fn live_files(morgue: &Morgue, ending: &str) -> Vec<std::path::PathBuf> {
    let index = morgue.path().join("news/.morgue");
    let generation = Manifest::read(&index).unwrap().generation_folder(&index);
    fs::read_dir(generation)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.to_string_lossy().ends_with(ending))
        .collect()
}

#[cfg(unix)]
#[test]
fn what_cannot_be_read_now_is_kept() {
    for options in [
        &[][..],
        &["--rebuild"],
        &["--prune"],
        &["--rebuild", "--prune"],
    ] {
        let morgue = news(6);
        for name in ["news/01.txt", "news/02.txt", "news/03.txt"] {
            make_unreadable(&morgue, name);
        }
        let run = morgue.run([&["index", "news", "--quiet"], options].concat());
        let line = |n: u32| {
            format!("morgue: 0{n}.txt: unreadable: No such file or directory (os error 2)\n")
        };
        assert_eq!(
            (run.status, run.stderr),
            (2, [line(1), line(2), line(3)].concat())
        );
        assert_eq!(held(&morgue, "news"), 6, "{options:?}");
        assert_eq!(morgue.run(["verify", "--index", "news/.morgue"]).status, 0);
        // Known from the last run, it makes no run fail.
        let run = morgue.run(["index", "news"]);
        run.is(
            0,
            "6 files seen: 0 added, 0 changed, 3 unchanged, 3 skipped\n\
             3 files kept in the index as last read: unreadable now\n\
             0 articles read from 0 B in T s\n\
             skipped, unreadable: 3 (3 .txt)\n\
             use --verbose to list what was skipped\n",
            "morgue: 3 files and folders could not be read, as in the last run; use --verbose to list them\n",
        );
        // Readable again, it is read again.
        fs::remove_file(morgue.path().join("news/01.txt")).unwrap();
        morgue.write("news/01.txt", "The ferry came back.\n", 10);
        let run = morgue.run(["index", "news"]);
        assert!(run.first_line().contains("1 changed"), "{}", run.stdout);
        assert_eq!(held(&morgue, "news"), 6);
    }
}

#[cfg(unix)]
#[test]
fn a_damaged_index_gives_what_the_folder_no_longer_does() {
    let damage = |morgue: &Morgue, ending: &str| {
        let path = live_files(morgue, ending).pop().unwrap();
        let mut bytes = fs::read(&path).unwrap();
        bytes[0] ^= 1;
        fs::write(path, bytes).unwrap();
        assert_eq!(morgue.run(["verify", "--index", "news/.morgue"]).status, 2);
    };
    // Its postings: the articles are there to be taken.
    let morgue = news(6);
    make_unreadable(&morgue, "news/01.txt");
    damage(&morgue, ".idx");
    let run = morgue.run(["index", "news", "--quiet"]);
    assert_eq!(run.status, 2);
    assert!(run.stderr.contains("; it was rebuilt\n"), "{}", run.stderr);
    assert_eq!(held(&morgue, "news"), 6);
    // The engine's list of its files, and a file of zeros: the same.
    let morgue = news(6);
    morgue.write("news/01.txt", [0; 90], 10);
    damage(&morgue, ".managed.json");
    let run = morgue.run(["verify", "--repair", "--index", "news/.morgue"]);
    assert_eq!(run.status, 2, "{}", run.stderr);
    assert_eq!(held(&morgue, "news"), 6);
    // Its articles: the run stops, and the index is kept until the files can be read.
    let morgue = news(6);
    morgue.write("news/01.txt", "", 10);
    damage(&morgue, ".store");
    assert_eq!(
        morgue.run(["index", "news", "--quiet"]).status,
        2,
        "emptied"
    );
    make_unreadable(&morgue, "news/01.txt");
    for arguments in [
        &["index", "news"][..],
        &["index", "news", "--rebuild"],
        &["verify", "--repair", "--index", "news/.morgue"],
    ] {
        let run = morgue.run(arguments);
        assert_eq!(run.status, 2);
        let expected = "only 5 of the 6 indexed files can be read; the index is unchanged; \
            mount the disk that they are on, or make them readable; if they are gone for good, run \
            `morgue index FOLDER --prune`\n";
        assert!(
            run.stderr.ends_with(expected),
            "{arguments:?}: {}",
            run.stderr
        );
    }
    assert!(!live_files(&morgue, ".store").is_empty());
    fs::remove_file(morgue.path().join("news/01.txt")).unwrap();
    morgue.write("news/01.txt", ARTICLE, 1000);
    assert_eq!(morgue.run(["index", "news", "--quiet"]).status, 0);
    assert_eq!(held(&morgue, "news"), 6);
}

#[cfg(unix)]
#[test]
fn another_version_takes_what_the_folder_no_longer_gives() {
    let morgue = news(6);
    make_unreadable(&morgue, "news/01.txt");
    let index = morgue.path().join("news/.morgue");
    let mut manifest = Manifest::read(&index).unwrap();
    manifest.format = 99;
    manifest.write(&index).unwrap();
    let run = morgue.run(["index", "news", "--quiet"]);
    assert_eq!(run.status, 2);
    assert_eq!(held(&morgue, "news"), 6);
    // It is read anew as soon as it can be.
    fs::remove_file(morgue.path().join("news/01.txt")).unwrap();
    let text = format!("Story 1\n\n{ARTICLE}It is the story of word1.\n");
    morgue.write("news/01.txt", text, 1000);
    let run = morgue.run(["index", "news"]);
    assert!(run.first_line().contains("1 changed"), "{}", run.stdout);
}

#[test]
fn files_of_zeros_or_noise_are_kept_as_they_were() {
    let zeros = vec![0; 400];
    let mut state = 1_u64;
    let noise: Vec<u8> = std::iter::repeat_with(|| {
        state = state
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1);
        (state >> 56) as u8
    })
    .take(600)
    .collect();
    for (content, reason) in [
        (zeros, "not text"),
        (noise, "not text"),
        (Vec::new(), "empty now"),
        (b"\xef\xbb\xbf \r\n".to_vec(), "empty now"),
    ] {
        for options in [&[][..], &["--rebuild"]] {
            let morgue = news(30);
            for i in 0..29 {
                morgue.write(format!("news/{i:02}.txt"), &content, 10);
            }
            let run = morgue.run([&["index", "news", "--quiet"], options].concat());
            assert_eq!(run.status, 2);
            let first = format!("morgue: 00.txt: {reason}\n");
            assert!(run.stderr.starts_with(&first), "{}", run.stderr);
            let last = "morgue: and 9 more; use --verbose to list all\n";
            assert!(run.stderr.ends_with(last), "{}", run.stderr);
            assert_eq!(held(&morgue, "news"), 30, "{reason} {options:?}");
            let run = morgue.run(["index", "news", "--prune", "--quiet"]);
            assert_eq!(run.status, 0, "{}", run.stderr);
            assert_eq!(held(&morgue, "news"), 1, "{reason} {options:?}");
        }
    }
}

#[test]
fn more_than_a_tenth_and_more_than_one_are_kept() {
    for (articles, gone, kept) in [(2, 1, false), (3, 2, true), (11, 10, true), (20, 2, false)] {
        let morgue = news(articles);
        for i in 0..gone {
            fs::remove_file(morgue.path().join(format!("news/{i:02}.txt"))).unwrap();
        }
        let run = morgue.run(["index", "news", "--quiet"]);
        assert_eq!(run.status, if kept { 2 } else { 0 }, "{}", run.stderr);
        let expected = if kept { articles } else { articles - gone };
        assert_eq!(held(&morgue, "news"), expected, "{gone} of {articles}");
    }
}
