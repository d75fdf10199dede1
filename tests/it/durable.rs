//! The archive outlives damage, other versions, missing disks and files that move.

use std::fs;
use std::path::{Path, PathBuf};
#[cfg(unix)]
use std::process::Command;

use morgue::archive::{Archive, Manifest};

use crate::harness::{ARTICLE, Morgue, without_times};

fn indexed() -> Morgue {
    let morgue = Morgue::new().file("a.txt", ARTICLE);
    morgue.run(["index", ".", "--quiet"]).is(0, "", "");
    morgue
}

/// Returns the files of the live generation whose names end in `ending`.
fn files(morgue: &Morgue, ending: &str) -> Vec<PathBuf> {
    let index = morgue.path().join(".morgue");
    let generation = Manifest::read(&index).unwrap().generation_folder(&index);
    let mut files: Vec<PathBuf> = fs::read_dir(generation)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.to_string_lossy().ends_with(ending))
        .collect();
    files.sort();
    files
}

fn flip(path: &Path) {
    let mut bytes = fs::read(path).unwrap();
    let middle = bytes.len() / 2;
    bytes[middle] ^= 1;
    fs::write(path, bytes).unwrap();
}

#[test]
fn a_sound_index() {
    let morgue = indexed();
    let run = morgue.run(["verify"]);
    assert_eq!((run.status, run.stderr.as_str()), (0, ""), "{}", run.stdout);
    let size = regex::Regex::new(r"\d+\.\d MB").unwrap();
    assert_eq!(
        size.replace(&run.stdout, "N MB"),
        "sound: 1 article of 1 file, N MB checked by checksum, 1 article checked word by word\n"
    );
    let corpus = Morgue::with_sample_corpus();
    let run = corpus.run(["verify"]);
    assert_eq!((run.status, run.stderr.as_str()), (0, ""));
}

#[test]
fn damage_is_found_and_repaired() {
    let morgue = indexed();
    for ending in [".store", ".idx", "meta.json", ".managed.json"] {
        let path = files(&morgue, ending).pop().unwrap();
        flip(&path);
        let name = path.file_name().unwrap().to_str().unwrap().to_owned();
        let run = morgue.run(["verify"]);
        assert_eq!((run.status, run.stdout.as_str()), (2, ""), "{ending}");
        assert!(run.stderr.contains(&name), "{ending}: {}", run.stderr);
        let refused = morgue.run(["search", "ferry"]);
        assert_eq!(
            (refused.status, refused.stdout.as_str()),
            (2, ""),
            "{ending}"
        );
        assert!(
            refused.stderr.contains("the index is damaged") && refused.stderr.contains(&name),
            "{ending}: {}",
            refused.stderr
        );
        let run = morgue.run(["verify", "--repair"]);
        assert_eq!(run.status, 0, "{ending}: {}", run.stderr);
        assert!(run.stdout.contains("sound: 1 article of 1 file"));
        assert_eq!(morgue.run(["search", "ferry"]).status, 0);
    }
}

#[test]
fn repair_reads_the_files_that_were_read() {
    let morgue = Morgue::new().file("a.news", ARTICLE);
    morgue
        .run(["index", ".", "--ext", "news", "--quiet"])
        .is(0, "", "");
    flip(&files(&morgue, ".store")[0]);
    assert_eq!(morgue.run(["verify", "--repair"]).status, 0);
    assert_eq!(
        morgue.run(["search", "ferry", "--json"]).paths(),
        ["a.news"]
    );
}

#[test]
fn an_unclean_end_is_looked_into() {
    let morgue = indexed();
    let index = morgue.path().join(".morgue");
    let break_seal = || {
        let mut manifest = Manifest::read(&index).unwrap();
        manifest.seal = None;
        manifest.write(&index).unwrap();
    };
    break_seal();
    let run = morgue.run(["verify"]);
    assert_eq!(run.status, 0);
    assert!(
        run.stdout.contains("the last run was interrupted"),
        "{}",
        run.stdout
    );
    morgue.run(["index", ".", "--quiet"]).is(0, "", "");
    assert!(Manifest::read(&index).unwrap().seal.is_some());

    break_seal();
    flip(&files(&morgue, ".store")[0]);
    let run = morgue.run(["index", "."]);
    assert_eq!(run.status, 0);
    assert!(
        run.stderr
            .starts_with("morgue: the index was damaged: gen-1/"),
        "{}",
        run.stderr
    );
    assert!(run.stderr.ends_with("; it was rebuilt\n"), "{}", run.stderr);
    assert_eq!(morgue.run(["verify"]).status, 0);
}

/// An index that the first format of the program wrote: searched or refused with what to run, and
/// rebuilt by the next run.
#[test]
fn an_index_of_the_first_format() {
    let kept = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/format-1");
    let morgue = Morgue::new();
    for name in ["ferry.txt", "harbour.txt", "empty.txt"] {
        let text = fs::read(kept.join("articles").join(name)).unwrap();
        morgue.write(name, text, 1000);
    }
    let generation = morgue.path().join(".morgue/gen-1");
    fs::create_dir_all(&generation).unwrap();
    fs::copy(
        kept.join("index/morgue.json"),
        generation.join("../morgue.json"),
    )
    .unwrap();
    for entry in fs::read_dir(kept.join("index/gen-1")).unwrap() {
        let entry = entry.unwrap();
        fs::copy(entry.path(), generation.join(entry.file_name())).unwrap();
    }
    for command in [&["search", "ferry"][..], &["verify"], &["people"]] {
        let run = morgue.run(command);
        assert_eq!((run.status, run.stdout.as_str()), (2, ""), "{command:?}");
        assert!(run.stderr.contains("index format 1."), "{}", run.stderr);
        assert!(
            run.stderr
                .ends_with("; run `morgue index FOLDER` to rebuild it\n"),
            "{}",
            run.stderr
        );
    }
    let run = morgue.run(["index", "."]);
    assert_eq!(
        (run.status, without_times(&run.stdout).as_str()),
        (
            0,
            "3 files seen: 3 added, 0 changed, 0 unchanged, 0 skipped\n\
             3 articles read from 359 B in T s\n"
        )
    );
    assert!(
        run.stderr.starts_with("morgue: the index had format 1.1.")
            && run.stderr.ends_with("; it was rebuilt\n"),
        "{}",
        run.stderr
    );
    assert!(!generation.exists());
    assert_eq!(morgue.run(["search", "ferry"]).status, 0);
    morgue.run(["index", ".", "--quiet"]).is(0, "", "");
}

#[test]
fn a_generation_that_is_read_stays() {
    let morgue = indexed();
    let index = morgue.path().join(".morgue");
    let reading = Archive::open(&index).unwrap();
    morgue
        .run(["index", ".", "--rebuild", "--quiet"])
        .is(0, "", "");
    assert!(index.join("gen-1").exists(), "somebody reads it");
    assert_eq!(reading.articles("a.txt").unwrap().len(), 1);
    assert_eq!(morgue.run(["search", "ferry"]).status, 0);
    drop(reading);
    morgue.run(["index", ".", "--quiet"]).is(0, "", "");
    assert!(!index.join("gen-1").exists());
}

#[test]
#[cfg(unix)]
fn the_owner_alone_reads_an_index_unless_it_is_shared() {
    use std::os::unix::fs::PermissionsExt;
    let morgue = Morgue::new().file("a.txt", ARTICLE);
    let index = |options: &[&str]| {
        let status = Command::new("sh")
            .args(["-c", "umask 027; exec \"$0\" index . --quiet \"$@\""])
            .arg(env!("CARGO_BIN_EXE_morgue"))
            .args(options)
            .current_dir(morgue.path())
            .status()
            .unwrap();
        assert!(status.success(), "{options:?}");
    };
    let modes = |options: &[&str]| {
        index(options);
        let mode = |path: &Path| fs::metadata(path).unwrap().permissions().mode() & 0o777;
        let folder = morgue.path().join(".morgue");
        let mut found = vec![mode(&folder)];
        for name in ["morgue.json", "lock"] {
            found.push(mode(&folder.join(name)));
        }
        let generation = files(&morgue, "");
        assert!(generation.iter().any(|path| path.ends_with("meta.json")));
        found.push(mode(generation[0].parent().unwrap()));
        found.extend(generation.iter().map(|path| mode(path)));
        found.sort_unstable();
        found.dedup();
        found
    };
    assert_eq!(modes(&[]), [0o600, 0o700], "as it is made");
    assert_eq!(modes(&["--share"]), [0o640, 0o750], "shared afterwards");
    morgue.write("b.txt", ARTICLE, 10);
    assert_eq!(modes(&[]), [0o640, 0o750], "and it stays so");
    assert_eq!(modes(&["--rebuild"]), [0o640, 0o750], "in a new generation");
    assert_eq!(modes(&["--share=false"]), [0o600, 0o700], "until it ends");
}

/// A medium that can't be written: a small file system in memory, where this may be mounted.
#[cfg(target_os = "linux")]
#[test]
fn a_read_only_medium() {
    let morgue = Morgue::new().file("a.txt", ARTICLE);
    let disk = morgue.path().join(".disk");
    fs::create_dir(&disk).unwrap();
    let mount = |arguments: &[&str]| {
        Command::new("mount")
            .args(arguments)
            .arg(&disk)
            .output()
            .is_ok_and(|output| output.status.success())
    };
    if !mount(&["-t", "tmpfs", "-o", "size=4m", "tmpfs"]) {
        println!("not run: no file system may be mounted here");
        return;
    }
    let written = morgue.run(["index", ".", "--index", ".disk/index", "--quiet"]);
    let is_read_only = mount(&["-o", "remount,ro"]);
    let runs = [
        &["search", "ferry"][..],
        &["verify"],
        &["stats"],
        &["people", "Brindle"],
    ]
    .map(|command| {
        let run = morgue.run([command, &["--index", ".disk/index"]].concat());
        (command, run.status, run.stderr)
    });
    let refused = morgue.run(["index", ".", "--index", ".disk/index"]);
    let is_unmounted = Command::new("umount")
        .arg(&disk)
        .status()
        .is_ok_and(|status| status.success());
    assert!(is_unmounted && is_read_only);
    assert_eq!(written.status, 0, "{}", written.stderr);
    for (command, status, said) in runs {
        assert!(
            status == 0 || command[0] == "people" && status == 1,
            "{command:?}: {said}"
        );
    }
    assert_eq!(refused.status, 2);
    assert_eq!(refused.stderr.lines().count(), 1, "{}", refused.stderr);
}

/// A folder of 40 files, of which 30 are below `disk`.
fn with_a_disk() -> Morgue {
    let morgue = Morgue::new();
    for i in 0..40 {
        let folder = if i < 30 { "disk" } else { "here" };
        let text = format!("{ARTICLE}Paragraph of file q{i}z.\n");
        morgue.write(format!("{folder}/{i}.txt"), text, 1000);
    }
    morgue.run(["index", ".", "--quiet"]).is(0, "", "");
    morgue
}

fn articles(morgue: &Morgue) -> usize {
    morgue
        .run(["search", "ferry", "--json", "--limit", "100"])
        .paths()
        .len()
}

const GONE: &str = "morgue: 30 files that are gone were kept in the index, because more than \
    a tenth of all files are gone or unreadable: disk/0.txt to disk/9.txt; to remove them, run again \
    with --prune\n";

#[test]
fn a_disk_that_is_gone_does_not_empty_the_archive() {
    let morgue = with_a_disk();
    fs::remove_dir_all(morgue.path().join("disk")).unwrap();
    morgue.run(["index", "."]).is(
        2,
        "10 files seen: 0 added, 0 changed, 10 unchanged, 0 skipped\n\
         0 articles read from 0 B in T s\n",
        GONE,
    );
    assert_eq!(articles(&morgue), 40);
    // Built anew, it keeps what the folder no longer has.
    morgue.run(["index", ".", "--rebuild"]).is(
        2,
        "10 files seen: 10 added, 0 changed, 0 unchanged, 0 skipped\n\
         10 articles read from 910 B in T s\n",
        GONE,
    );
    assert_eq!(articles(&morgue), 40);
    assert_eq!(morgue.run(["verify"]).status, 0);
    morgue.run(["index", ".", "--prune"]).is(
        0,
        "10 files seen: 0 added, 0 changed, 10 unchanged, 0 skipped\n\
         30 files removed from the index: gone, or left out now\n\
         0 articles read from 0 B in T s\n",
        "",
    );
    assert_eq!(articles(&morgue), 10);
}

#[test]
fn a_folder_that_is_moved_is_not_missed() {
    let morgue = with_a_disk();
    fs::rename(morgue.path().join("disk"), morgue.path().join("moved")).unwrap();
    let run = morgue.run(["index", "."]);
    assert_eq!((run.status, run.stderr.as_str()), (0, ""), "{}", run.stdout);
    assert!(
        run.stdout.contains("30 files removed from the index"),
        "{}",
        run.stdout
    );
    assert_eq!(articles(&morgue), 40);
}

/// Elsewhere no path is as long, and Windows has no names of control characters.
#[cfg(target_os = "linux")]
#[test]
fn names_and_text_made_to_hurt() {
    let deep = "folder-of-folders/".repeat(200);
    let morgue = Morgue::new()
        .file("-n.txt", ARTICLE)
        .file("\u{202e}txt.\u{1b}[31m", ARTICLE)
        .file("bidi.txt", "The ferry \u{202e}\u{1b}[2J was sold.\n")
        .file(format!("{deep}a.txt"), ARTICLE);
    let run = morgue.run(["index", ".", "--verbose"]);
    assert_eq!((run.status, run.stderr.as_str()), (0, ""));
    assert!(
        run.stdout.contains("\\u{202e}txt.\\u{1b}[31m"),
        "{}",
        run.stdout
    );
    let paths = morgue
        .run(["search", "ferry", "--all-copies", "--json"])
        .paths();
    assert_eq!(paths.len(), 3, "{paths:?}");
    assert_eq!(morgue.run(["extract", "--", "-n.txt"]).status, 0);
    assert_eq!(morgue.run(["show", "--", "-n.txt"]).status, 0);
    assert_eq!(morgue.run(["verify"]).status, 0);
}
