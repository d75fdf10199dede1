//! The program touches nothing that is not its own, wherever it is, and reads nothing that is left out.

use std::fs;
use std::path::Path;

#[cfg(unix)]
use morgue::archive::Manifest;

use crate::harness::{ARTICLE, Morgue, Run, held, without_times};

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
    let morgue = crate::harness::news(1);
    morgue.write("mine.txt", "precious", 10);
    fs::remove_file(morgue.path().join("news/.morgue/lock")).unwrap();
    std::os::unix::fs::symlink("../../mine.txt", morgue.path().join("news/.morgue/lock")).unwrap();
    let run = morgue.run(["index", "news"]);
    assert_eq!(run.status, 2);
    assert!(run.stderr.contains("a link, and no lock"), "{}", run.stderr);
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
        run.first_line(),
        "1 file seen: 0 added, 0 changed, 1 unchanged, 0 skipped",
        "{}",
        run.stderr
    );
}

/// On macOS all names are UTF-8.
#[cfg(target_os = "linux")]
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

/// On macOS all names are UTF-8.
#[cfg(target_os = "linux")]
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
        run.first_line(),
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
