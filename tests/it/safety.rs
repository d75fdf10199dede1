//! The program runs on every machine, touches nothing that is not its own, and loses nothing that it
//! knew because it can't be read now.

use std::fs;
use std::path::Path;
use std::process::Command;

use morgue::archive::Manifest;

use crate::harness::{Morgue, Run, sample_corpus, without_times};

const ARTICLE: &str = "The council of Brindle agreed on Wednesday to sell its only ferry.\n";

/// A folder of that many articles in `news`, indexed.
fn news(articles: usize) -> Morgue {
    let morgue = Morgue::new();
    for i in 0..articles {
        let text = format!("Story {i}\n\n{ARTICLE}It is the story of word{i}.\n");
        morgue.write(format!("news/{i:02}.txt"), text, 1000);
    }
    morgue.run(["index", "news", "--quiet"]).is(0, "", "");
    morgue
}

/// How many articles the index in `folder` holds, by what a search finds.
#[track_caller]
fn held(morgue: &Morgue, folder: &str) -> usize {
    let index = format!("{folder}/.morgue");
    let arguments = ["search", "--index", &index, "ferry", "--json", "-n", "1000"];
    let run = morgue.run(arguments);
    assert!(run.status < 2, "{}", run.stderr);
    run.paths().len()
}

fn first_line(run: &Run) -> &str {
    run.stdout.lines().next().unwrap_or_default()
}

/// Puts something that can't be read in the place of a file: a link that leads nowhere, as when the
/// disk that it leads to is gone. Modes would not stop root.
#[cfg(unix)]
fn make_unreadable(morgue: &Morgue, name: &str) {
    let path = morgue.path().join(name);
    fs::remove_file(&path).unwrap();
    std::os::unix::fs::symlink("/no/such/disk/a.txt", path).unwrap();
}

/// The files of the live generation of `news` whose names end in `ending`.
fn live_files(morgue: &Morgue, ending: &str) -> Vec<std::path::PathBuf> {
    let index = morgue.path().join("news/.morgue");
    let generation = Manifest::read(&index).unwrap().generation_folder(&index);
    fs::read_dir(generation)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.to_string_lossy().ends_with(ending))
        .collect()
}

#[test]
fn any_number_of_threads_makes_the_same_archive() {
    let morgue = Morgue::new();
    let corpus = sample_corpus();
    let corpus = corpus.to_str().unwrap();
    let mut all = Vec::new();
    for threads in ["1", "2", "6", "7", "8", "16", "64", "256", "100000"] {
        let index = format!("index-{threads}");
        let run = morgue.run(["index", corpus, "--index", &index, "--threads", threads]);
        assert_eq!(run.status, 0, "{threads}: {}", run.stderr);
        let exported = morgue.run(["export", "--index", &index]).stdout;
        let mut lines: Vec<String> = exported.lines().map(str::to_owned).collect();
        lines.sort();
        all.push(lines);
    }
    assert!(all[0].len() > 30);
    assert!(all.iter().all(|lines| *lines == all[0]));
}

/// The number of cores is what the C library says, which a library of our own can say in its place.
#[cfg(all(target_os = "linux", target_env = "gnu"))]
#[test]
fn any_number_of_cores() {
    let morgue = Morgue::new().file("a.txt", ARTICLE);
    let source = include_str!("../fake-cores.c");
    fs::write(morgue.path().join("cores.c"), source).unwrap();
    let built = Command::new("cc")
        .args(["-shared", "-fPIC", "-o", "cores.so", "cores.c"])
        .current_dir(morgue.path())
        .status();
    assert!(
        built.unwrap().success(),
        "the tests need a C compiler, as the program does"
    );
    for cores in ["1", "6", "7", "8", "16", "64", "256"] {
        let output = morgue
            .command()
            .env("LD_PRELOAD", morgue.path().join("cores.so"))
            .env("CORES", cores)
            .args(["index", ".", "--rebuild", "--quiet"])
            .output()
            .unwrap();
        assert_eq!(String::from_utf8_lossy(&output.stderr), "", "{cores}");
        assert_eq!(output.status.code(), Some(0), "{cores}");
        let mut search = morgue.command();
        search
            .env("LD_PRELOAD", morgue.path().join("cores.so"))
            .env("CORES", cores)
            .args(["search", "ferry council"]);
        assert_eq!(search.output().unwrap().status.code(), Some(0), "{cores}");
    }
}

#[cfg(target_os = "linux")]
#[test]
fn little_memory_takes_fewer_threads_and_says_so() {
    let morgue = news(20);
    let run = Command::new("sh")
        .args([
            "-c",
            "ulimit -v 1000000; exec \"$0\" index news --rebuild --threads 256",
        ])
        .arg(env!("CARGO_BIN_EXE_morgue"))
        .current_dir(morgue.path())
        .output()
        .unwrap();
    let run = Run::from(run);
    run.is(
        0,
        "20 files seen: 20 added, 0 changed, 0 unchanged, 0 skipped\n\
         20 articles read from 2.06 kB in T s\n",
        "morgue: using 13 threads instead of 256: there is not enough memory for more\n",
    );
    assert_eq!(held(&morgue, "news"), 20);
}

#[test]
fn nothing_but_its_own_is_touched() {
    let morgue = Morgue::new()
        .file("home/gen-ealogy/tree.txt", "thirty years of work")
        .file("home/gen-7/x.txt", "mine")
        .file("home/lock", "my notes on locks")
        .file("home/damaged", "list of damaged books")
        .file("home/morgue.json", "{\"mine\": true}")
        .file("news/a.txt", ARTICLE);
    let foreign = |run: Run, index: &str| {
        assert_eq!((run.status, run.stdout.as_str()), (2, ""), "{index}");
        let start =
            format!("morgue: {index}: this folder holds no index, but other files, such as ");
        assert!(run.stderr.starts_with(&start), "{}", run.stderr);
        let end = "; name an empty or a new folder with --index DIR\n";
        assert!(run.stderr.ends_with(end), "{}", run.stderr);
    };
    let before = everything_in(&morgue.path().join("home"));
    for options in [&[][..], &["--rebuild"], &["--prune"]] {
        let arguments = [&["index", "news", "--index", "home"], options].concat();
        foreign(morgue.run(arguments), "home");
    }
    foreign(morgue.run(["index", "news", "--index", "news"]), "news");
    foreign(morgue.run(["verify", "--index", "home"]), "home");
    foreign(
        morgue.run(["verify", "--repair", "--index", "home"]),
        "home",
    );
    assert_eq!(everything_in(&morgue.path().join("home")), before);

    // What the user puts into an index stays there, whatever its name.
    morgue.run(["index", "news", "--quiet"]).is(0, "", "");
    morgue.write("news/.morgue/gen-77/x.txt", "mine", 0);
    morgue.write("news/.morgue/gen-ealogy/x.txt", "mine", 0);
    for _ in 0..2 {
        let run = morgue.run(["index", "news", "--rebuild", "--quiet"]);
        run.is(0, "", "");
    }
    for name in ["gen-77/x.txt", "gen-ealogy/x.txt"] {
        let path = morgue.path().join("news/.morgue").join(name);
        assert_eq!(fs::read_to_string(path).unwrap(), "mine");
    }
    let generations = fs::read_dir(morgue.path().join("news/.morgue")).unwrap();
    let generations = generations.filter(|entry| {
        let name = entry.as_ref().unwrap().file_name();
        name.to_string_lossy().starts_with("gen-")
    });
    assert_eq!(generations.count(), 3, "its own old ones are gone");
}

/// Returns all files below a folder with their content, in order.
fn everything_in(folder: &Path) -> Vec<(String, Vec<u8>)> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            found.extend(everything_in(&path));
        } else {
            let content = fs::read(&path).unwrap();
            found.push((path.to_string_lossy().into_owned(), content));
        }
    }
    found.sort();
    found
}

#[cfg(unix)]
#[test]
fn a_lock_that_is_a_link_is_not_written_through() {
    let morgue = news(1);
    morgue.write("mine.txt", "precious", 10);
    fs::remove_file(morgue.path().join("news/.morgue/lock")).unwrap();
    std::os::unix::fs::symlink("../../mine.txt", morgue.path().join("news/.morgue/lock")).unwrap();
    let run = morgue.run(["index", "news"]);
    assert_eq!(run.status, 2);
    assert!(
        run.stderr.contains("a symbolic link, not a lock file"),
        "{}",
        run.stderr
    );
    let mine = fs::read_to_string(morgue.path().join("mine.txt")).unwrap();
    assert_eq!(mine, "precious");
}

#[test]
fn patterns_that_are_lost_let_nothing_in() {
    let morgue = Morgue::new()
        .file("news/a.txt", ARTICLE)
        .file("news/private/b.txt", ARTICLE)
        .file("news/sub/c.txt", ARTICLE)
        .file("news/.morgueignore", "private/\n");
    morgue.run(["index", "news", "--quiet"]).is(0, "", "");
    morgue.write("news/.morgueignore", [0; 9], 0);
    for options in [&[][..], &["--rebuild"]] {
        let run = morgue.run([&["index", "news", "--quiet"], options].concat());
        let said = "morgue: .: unreadable: its .morgueignore: not text\n";
        assert_eq!(
            (run.status, run.stderr.as_str()),
            (
                if options.is_empty() { 2 } else { 0 },
                if options.is_empty() { said } else { "" }
            )
        );
        assert_eq!(held(&morgue, "news"), 2, "as they were");
    }
    morgue.write("news/.morgueignore", "sub/\n", 0);
    morgue.run(["index", "news", "--quiet"]).is(0, "", "");
    assert_eq!(held(&morgue, "news"), 2, "a.txt and private/b.txt");
}

#[cfg(unix)]
#[test]
fn an_index_folder_may_be_a_link_to_an_index() {
    use std::os::unix::fs::symlink;
    let morgue = Morgue::new()
        .file("news/a.txt", ARTICLE)
        .file("big/other/b.txt", "The harbour was closed.\n")
        .file("big/notes/mine.txt", "mine");
    // To a folder of the user's: refused.
    symlink("../big/notes", morgue.path().join("news/.morgue")).unwrap();
    assert_eq!(morgue.run(["index", "news"]).status, 2);
    assert!(!morgue.path().join("big/notes/morgue.json").exists());
    // To an empty one: used, and repaired from the folder that it was made of.
    fs::remove_file(morgue.path().join("news/.morgue")).unwrap();
    fs::create_dir(morgue.path().join("big/index")).unwrap();
    symlink("../big/index", morgue.path().join("news/.morgue")).unwrap();
    morgue.run(["index", "news", "--quiet"]).is(0, "", "");
    let repaired = |damage: &dyn Fn()| {
        damage();
        let run = morgue.run(["verify", "--repair", "--index", "news/.morgue"]);
        assert_eq!(run.status, 0, "{}", run.stderr);
        let found = morgue.run([
            "search",
            "--index",
            "news/.morgue",
            "ferry OR harbour",
            "--json",
        ]);
        assert_eq!(found.paths(), ["a.txt"]);
    };
    let index = morgue.path().join("news/.morgue");
    repaired(&|| fs::write(index.join("morgue.json"), "{").unwrap());
    repaired(&|| {
        let generation = Manifest::read(&index).unwrap().generation_folder(&index);
        fs::write(generation.join("meta.json"), "{").unwrap();
    });
    // Moved behind a link, an index is still that of its folder.
    let moved = Morgue::new()
        .file("news/a.txt", ARTICLE)
        .file("disk/b.txt", ARTICLE);
    moved.run(["index", "news", "--quiet"]).is(0, "", "");
    let at = |name: &str| moved.path().join(name);
    fs::rename(at("news/.morgue"), at("disk/index")).unwrap();
    symlink("../disk/index", at("news/.morgue")).unwrap();
    let run = moved.run(["index", "news"]);
    assert_eq!(
        first_line(&run),
        "1 file seen: 0 added, 0 changed, 1 unchanged, 0 skipped",
        "{}",
        run.stderr
    );
}

#[cfg(unix)]
#[test]
fn an_index_never_reads_itself() {
    use std::ffi::OsStr;
    use std::os::unix::ffi::OsStrExt;
    for name in [&b"back\\slash"[..], b"caf\xe9", b"plain", b"a b"] {
        let morgue = Morgue::new().file("a.txt", ARTICLE);
        let index = OsStr::from_bytes(name);
        for _ in 0..2 {
            let run = morgue.run([
                OsStr::new("index"),
                OsStr::new("."),
                OsStr::new("--index"),
                index,
            ]);
            assert_eq!(run.status, 0, "{}", run.stderr);
            assert!(run.stdout.starts_with("1 file seen: "), "{}", run.stdout);
        }
    }
}

#[test]
fn an_index_in_the_folder_of_another_is_not_read() {
    let morgue = Morgue::new().file("a.txt", ARTICLE);
    morgue
        .run(["index", ".", "--index", "one", "--quiet"])
        .is(0, "", "");
    morgue.run(["index", ".", "--quiet"]).is(0, "", "");
    let found = morgue.run(["search", "a OR the OR path:one", "--json"]);
    assert_eq!(found.paths(), ["a.txt"]);
}

#[cfg(unix)]
#[test]
fn folders_of_any_name_and_archives_that_move() {
    use std::ffi::OsStr;
    use std::os::unix::ffi::OsStrExt;
    let morgue = Morgue::new();
    let folder = OsStr::from_bytes(b"caf\xe9");
    for i in 0..4 {
        let path = Path::new(folder).join(format!("{i}.txt"));
        morgue.write(path, format!("{ARTICLE}word{i}\n"), 1000);
    }
    let index = |folder: &OsStr| {
        morgue.run([
            OsStr::new("index"),
            folder,
            OsStr::new("--index"),
            OsStr::new("idx"),
        ])
    };
    assert_eq!(index(folder).status, 0);
    let verified = morgue.run(["verify", "--index", "idx"]);
    assert_eq!(verified.status, 0, "{}", verified.stderr);
    // Renamed, it keeps its index, which knows its new name from then on.
    fs::rename(morgue.path().join(folder), morgue.path().join("renamed")).unwrap();
    let run = index(OsStr::new("renamed"));
    assert_eq!(
        first_line(&run),
        "4 files seen: 0 added, 0 changed, 4 unchanged, 0 skipped",
        "{}",
        run.stderr
    );
    let manifest = Manifest::read(&morgue.path().join("idx")).unwrap();
    assert!(manifest.articles.ends_with("renamed"));
    // Another folder is another archive.
    morgue.write("other/z.txt", ARTICLE, 1000);
    assert_eq!(index(OsStr::new("other")).status, 2);
    fs::remove_dir_all(morgue.path().join("renamed")).unwrap();
    assert_eq!(
        index(OsStr::new("other")).status,
        2,
        "not even where that is gone"
    );
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
        assert!(first_line(&run).contains("1 changed"), "{}", run.stdout);
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
    assert!(first_line(&run).contains("1 changed"), "{}", run.stdout);
}

#[test]
fn a_damaged_manifest_costs_nothing() {
    for (content, said) in [
        (
            Some("{"),
            "morgue: the index was damaged: morgue.json: EOF while parsing",
        ),
        (
            Some(""),
            "morgue: the index was damaged: morgue.json: EOF while parsing",
        ),
        (
            None,
            "morgue: the index was damaged: morgue.json: gone; it was restored from its copy",
        ),
    ] {
        let morgue = Morgue::new();
        for i in 0..3 {
            morgue.write(format!("news/{i}.news"), ARTICLE, 1000);
        }
        morgue
            .run(["index", "news", "--ext", "news", "--quiet"])
            .is(0, "", "");
        morgue.run(["index", "news", "--quiet"]).is(0, "", "");
        let manifest = morgue.path().join("news/.morgue/morgue.json");
        match content {
            Some(content) => fs::write(&manifest, content).unwrap(),
            None => fs::remove_file(&manifest).unwrap(),
        }
        let found = morgue.run(["verify", "--index", "news/.morgue"]);
        assert_eq!(found.status, 2, "{}", found.stderr);
        let run = morgue.run(["index", "news"]);
        assert!(run.stderr.starts_with(said), "{}", run.stderr);
        assert_eq!(
            (run.status, without_times(&run.stdout).as_str()),
            (
                0,
                "3 files seen: 0 added, 0 changed, 3 unchanged, 0 skipped\n\
                 0 articles read from 0 B in T s\n"
            )
        );
        assert_eq!(held(&morgue, "news"), 3);
        assert_eq!(morgue.run(["verify", "--index", "news/.morgue"]).status, 0);
    }
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

#[cfg(target_os = "linux")]
#[test]
fn verification_short_of_memory_marks_nothing() {
    let morgue = news(30);
    let words: String = (0..400_000_u64)
        .map(|i: u64| format!("w{:x} ", i * 7919 % 999_983))
        .collect();
    morgue.write("news/long.txt", words, 1000);
    morgue.run(["index", "news", "--quiet"]).is(0, "", "");
    let mut refused = 0;
    for kilobytes in [
        20_000, 40_000, 60_000, 80_000, 100_000, 150_000, 200_000, 400_000,
    ] {
        let limited = format!("ulimit -v {kilobytes}; exec \"$0\" verify --index news/.morgue");
        let output = Command::new("sh")
            .args(["-c", &limited])
            .arg(env!("CARGO_BIN_EXE_morgue"))
            .current_dir(morgue.path())
            .output()
            .unwrap();
        refused += u32::from(!output.status.success());
        let mark = morgue.path().join("news/.morgue/damaged");
        assert!(
            !mark.exists(),
            "{kilobytes}: {}",
            String::from_utf8_lossy(&output.stderr)
        );
    }
    assert!(refused > 0, "the smallest of these is too little");
    assert_eq!(held(&morgue, "news"), 30);
}
