//! Tests of whole runs.

use std::fs::{self, FileTimes};
use std::time::{Duration, SystemTime};

use super::*;
use crate::archive::Archive;

struct Silent;

impl Progress for Silent {
    fn done(&self, _bytes: u64) {}
}

struct Folder(tempfile::TempDir);

impl Folder {
    fn new() -> Self {
        Self(tempfile::tempdir().unwrap())
    }

    /// Writes a file with a time of last change so many seconds ago.
    fn write(&self, name: &str, text: &str, seconds_ago: u64) {
        let path = self.0.path().join(name);
        fs::write(&path, text).unwrap();
        let time = SystemTime::now() - Duration::from_secs(seconds_ago);
        let file = fs::File::options().write(true).open(path).unwrap();
        file.set_times(FileTimes::new().set_modified(time)).unwrap();
    }

    /// Runs and returns the counts: added, changed, unchanged, skipped, removed.
    fn index(&self) -> [u64; 5] {
        self.index_with(&Options::default())
    }

    fn index_with(&self, options: &Options) -> [u64; 5] {
        let folder = self.0.path();
        let summary = index(folder, &folder.join(".morgue"), options, &Silent).unwrap();
        [
            summary.added,
            summary.changed,
            summary.unchanged,
            summary.skipped_in_all(),
            summary.removed,
        ]
    }

    fn archive(&self) -> Archive {
        Archive::open(&self.0.path().join(".morgue")).unwrap()
    }
}

#[test]
fn reads_again_only_what_changed() {
    let folder = Folder::new();
    folder.write("a.txt", "The council met on Tuesday to vote.", 100);
    folder.write("b.txt", "The harbour was closed after the storm.", 100);
    folder.write("c.pdf", "left out", 100);
    assert_eq!(folder.index(), [2, 0, 0, 1, 0]);
    assert_eq!(folder.index(), [0, 0, 2, 1, 0]);
    folder.write("a.txt", "The council met on Tuesday to vote.", 50);
    assert_eq!(folder.index(), [0, 0, 2, 1, 0], "touched");
    assert_eq!(folder.index(), [0, 0, 2, 1, 0], "and the touch is known");
    folder.write("a.txt", "The council met on Wednesday.", 40);
    assert_eq!(folder.index(), [0, 1, 1, 1, 0], "changed");
    fs::remove_file(folder.0.path().join("b.txt")).unwrap();
    assert_eq!(folder.index(), [0, 0, 1, 1, 1], "removed");
    let archive = folder.archive();
    assert_eq!(archive.articles("a.txt").unwrap().len(), 1);
    assert!(matches!(
        archive.articles("b.txt"),
        Err(Error::ArticleMissing(_))
    ));
}

#[test]
fn hashes_a_file_again_that_was_written_just_now() {
    let folder = Folder::new();
    folder.write("a.txt", "The council met on Tuesday.", 0);
    assert_eq!(folder.index(), [1, 0, 0, 0, 0]);
    folder.write("a.txt", "The council met on Sundays.", 0);
    assert_eq!(folder.index(), [0, 1, 0, 0, 0]);
}

#[test]
fn rebuilds_into_a_new_generation() {
    let folder = Folder::new();
    folder.write("a.txt", "The council met on Tuesday.", 100);
    folder.index();
    let before = folder.archive().manifest;
    let rebuild = Options {
        rebuild: true,
        ..Options::default()
    };
    assert_eq!(folder.index_with(&rebuild), [1, 0, 0, 0, 0]);
    assert_eq!(folder.archive().manifest.generation, before.generation + 1);
    let at = folder.0.path().join(".morgue");
    assert!(!before.generation_folder(&at).exists());
    assert_eq!(folder.archive().articles("a.txt").unwrap().len(), 1);
}

/// An article with hyphenated lines.
const TYPESET: &str = "The harbour master said on Tuesday that he would ask the coun-\ncil for \
    another berth before the ferry came, and that it had better say yes this time.\n\nOld Mill to \
    Become a School\n\nThe council did not answer him, and nobody in the town was surprised by it \
    at all.\n";

#[test]
fn short_articles_have_the_language_of_their_outlet() {
    let text = |of: &str, body: &str| format!("{of}\n\nhttps://www.{of}.test/a\n\n{body}\n");
    let long = "Les habitants ont protesté devant la mairie parce que les travaux coûtent trop \
        cher, disent-ils, et le maire a répondu que tout serait payé par la région.";
    let english = "The people who live there said that the works, which were begun by the mayor, \
        had been too dear for their town, and that they would not pay.";
    let languages = |folder: &Folder| -> Vec<Option<String>> {
        let of = |path| folder.archive().articles(path).unwrap()[0].language.clone();
        ["short.txt", "russian.txt", "other.txt", "alone.txt"]
            .map(of)
            .into()
    };
    let folder = Folder::new();
    folder.write("short.txt", &text("gazette", "Un bateau coule."), 100);
    folder.write("russian.txt", &text("gazette", "Корабль утонул."), 100);
    folder.write("other.txt", &text("herald", "A boat sinks."), 100);
    folder.write("alone.txt", "Un bateau coule.\n", 100);
    folder.index();
    assert_eq!(languages(&folder), [None, None, None, None]);
    for n in 0..2 {
        folder.write(&format!("{n}.txt"), &text("gazette", long), 100);
        folder.write(&format!("h{n}.txt"), &text("herald", english), 100);
    }
    let settled = [Some("fr".to_owned()), None, Some("en".to_owned()), None];
    folder.index();
    assert_eq!(languages(&folder), settled);
    // A rebuild gives the same, and an outlet of two languages tells nothing.
    let rebuild = Options {
        rebuild: true,
        ..Options::default()
    };
    folder.index_with(&rebuild);
    assert_eq!(languages(&folder), settled);
    folder.write("2.txt", &text("gazette", english), 100);
    folder.index();
    assert_eq!(
        languages(&folder),
        [None, None, Some("en".to_owned()), None]
    );
}

#[test]
fn settles_doubts_by_the_rest_of_the_archive() {
    let body = |folder: &Folder| -> Vec<String> {
        let article = &folder.archive().articles("typeset.txt").unwrap()[0];
        article.body().map(str::to_owned).collect()
    };
    let mill = "Old Mill to Become a School\n\nThe old mill will become a school, it was said.\n";
    let typeset = TYPESET.replace("The council did", "It did");
    let folder = Folder::new();
    folder.write("typeset.txt", &typeset, 100);
    folder.index();
    assert!(body(&folder)[0].contains("the coun-cil for"));
    assert_eq!(body(&folder)[1], "Old Mill to Become a School");
    // Add articles with the word, and one with that headline.
    folder.write("a.txt", "The council met on Tuesday to vote.", 100);
    folder.write("b.txt", "The council met on Wednesday.", 100);
    folder.write("mill.txt", mill, 100);
    assert_eq!(folder.index(), [3, 0, 1, 0, 0]);
    let settled = body(&folder);
    assert!(settled[0].contains("the council for"), "{settled:?}");
    assert_eq!(settled.len(), 2, "{settled:?}");
    let article = &folder.archive().articles("typeset.txt").unwrap()[0];
    assert_eq!(article.related, ["Old Mill to Become a School"]);
    // A rebuild gives the same, and removing them undoes it.
    let rebuild = Options {
        rebuild: true,
        ..Options::default()
    };
    folder.index_with(&rebuild);
    assert_eq!(body(&folder), settled);
    fs::remove_file(folder.0.path().join("a.txt")).unwrap();
    fs::remove_file(folder.0.path().join("mill.txt")).unwrap();
    let prune = Options {
        prune: true,
        ..Options::default()
    };
    assert_eq!(folder.index_with(&prune), [0, 0, 2, 0, 2]);
    assert!(body(&folder)[0].contains("the coun-cil for"));
    assert_eq!(body(&folder).len(), 3);
}

#[test]
fn settles_dates_by_the_outlet() {
    let folder = Folder::new();
    let dated = |date: &str| {
        format!(
            "Ferry runs again\n\nPublished {date}\n\nThe ferry ran again on Monday, and nobody \
             was surprised.\n\nhttps://www.haldenherald.example/news/ferry\n"
        )
    };
    folder.write("open.txt", &dated("03/04/2018"), 100);
    folder.index();
    let published = |folder: &Folder| folder.archive().articles("open.txt").unwrap()[0].published;
    assert_eq!(published(&folder), "2018".parse().ok());
    folder.write("a.txt", &dated("27/06/2018"), 100);
    folder.write("b.txt", &dated("30/07/2018"), 100);
    folder.index();
    assert_eq!(published(&folder), "2018-04-03".parse().ok());
}

#[test]
fn an_index_inside_the_folder_is_not_read() {
    let folder = Folder::new();
    folder.write("a.txt", "The council met on Tuesday.", 100);
    let at = folder.0.path().join("one");
    for seen in [1, 1] {
        let summary = index(folder.0.path(), &at, &Options::default(), &Silent).unwrap();
        assert_eq!((summary.seen(), summary.skipped_in_all()), (seen, 0));
    }
}

#[test]
fn refuses_a_path_without_articles() {
    let folder = Folder::new();
    let index_at = folder.0.path().join("index");
    let run = |at: &Path| index(at, &index_at, &Options::default(), &Silent).unwrap_err();
    assert!(matches!(run(folder.0.path()), Error::FolderEmpty(_)));
    assert!(matches!(
        run(&folder.0.path().join("x")),
        Error::FolderMissing(_)
    ));
    folder.write("a.txt", "text", 100);
    assert!(matches!(
        run(&folder.0.path().join("a.txt")),
        Error::NotAFolder(_)
    ));
    assert!(!index_at.exists());
}

#[test]
fn keeps_the_articles_of_an_unmounted_disk() {
    let folder = Folder::new();
    folder.write("a.txt", "The council met on Tuesday.", 100);
    folder.index();
    fs::remove_file(folder.0.path().join("a.txt")).unwrap();
    let at = folder.0.path().join(".morgue");
    let run = index(folder.0.path(), &at, &Options::default(), &Silent);
    assert!(matches!(run, Err(Error::FolderEmptied(_))));
    assert_eq!(folder.archive().articles("a.txt").unwrap().len(), 1);
}

#[test]
fn refuses_the_index_of_another_folder() {
    let (one, other) = (Folder::new(), Folder::new());
    one.write("a.txt", "The council met on Tuesday.", 100);
    other.write("b.txt", "The council met on Sunday.", 100);
    let at = one.0.path().join("index");
    let run = |folder: &Folder| index(folder.0.path(), &at, &Options::default(), &Silent);
    run(&one).unwrap();
    assert!(matches!(run(&other), Err(Error::OtherFolder { .. })));
    assert_eq!(
        Archive::open(&at).unwrap().articles("a.txt").unwrap().len(),
        1
    );
}

#[test]
fn refuses_a_second_writer() {
    let folder = Folder::new();
    folder.write("a.txt", "text", 100);
    folder.index();
    let at = folder.0.path().join(".morgue");
    let _writer = Writer::open(&at, folder.0.path(), &Opening::default()).unwrap();
    let second = index(folder.0.path(), &at, &Options::default(), &Silent);
    let own = std::process::id();
    assert!(matches!(
        second,
        Err(Error::IndexLocked { process: Some(process), .. }) if process == own
    ));
}

#[test]
fn removes_the_old_names_of_files_that_were_read_under_both() {
    let folder = Folder::new();
    let rooms =
        |name: &str| -> Vec<String> { (0..20).map(|i| format!("{name}-{i}.txt")).collect() };
    let write = |name: &str| {
        for file in rooms(name) {
            let room = file.rsplit('-').next().unwrap();
            folder.write(&file, &format!("The council met in room {room}."), 100);
        }
    };
    let remove = |name: &str| {
        for file in rooms(name) {
            fs::remove_file(folder.0.path().join(file)).unwrap();
        }
    };
    // A run that walks each file before and after it is moved sees both names.
    write("old");
    write("new");
    assert_eq!(folder.index(), [40, 0, 0, 0, 0]);
    remove("old");
    assert_eq!(folder.index(), [0, 0, 20, 0, 20], "moved");
    folder.write("last.txt", "The council met outside.", 100);
    folder.index();
    remove("new");
    assert_eq!(folder.index(), [0, 0, 1, 0, 0], "gone under both names");
}
