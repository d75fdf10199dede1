//! `morgue index --watch` goes on whatever becomes of the folder, the index and the terminal.
//!
//! On Windows a folder can be neither renamed nor removed while files in it are open.
#![cfg(unix)]

use std::fs::{self, File};
use std::path::{Path, PathBuf};
use std::process::{Child, Stdio};
use std::thread;
use std::time::Duration;

use crate::harness::{Morgue, without_times};

/// How often is looked, and how long between.
const LOOKS: usize = 600;
const BETWEEN: Duration = Duration::from_millis(100);

/// The program following the folder `news` in a folder of its own. It is ended with the test.
struct Watching {
    morgue: Morgue,
    child: Child,
}

impl Drop for Watching {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

impl Watching {
    /// Starts it on what `morgue` holds.
    fn start(morgue: Morgue) -> Self {
        let to = |name: &str| File::create(morgue.path().join(name)).unwrap();
        let child = morgue
            .command()
            .args(["index", "news", "--watch"])
            .stdin(Stdio::null())
            .stdout(to("out"))
            .stderr(to("err"))
            .spawn()
            .unwrap();
        Self { morgue, child }
    }

    /// Starts it on a lighthouse in `a.txt` and a windmill in `sub/b.txt`, and waits until both
    /// are found.
    fn on_two_articles() -> Self {
        let watching = Self::start(two_articles());
        watching.finds("windmill", &["sub/b.txt"]);
        watching
    }

    fn at(&self, path: &str) -> PathBuf {
        self.morgue.path().join(path)
    }

    fn write(&self, path: &str, word: &str) {
        self.morgue.write(path, article(word), 0);
    }

    fn read(&self, path: &str) -> String {
        fs::read_to_string(self.at(path)).unwrap()
    }

    /// Waits until a search finds these files alone.
    #[track_caller]
    fn finds(&self, word: &str, paths: &[&str]) {
        let search = ["search", "--index", "news/.morgue", "--json", word];
        let found = || {
            let run = self.morgue.run(search);
            if run.status < 2 {
                run.paths()
            } else {
                vec![run.stderr]
            }
        };
        assert!(eventually(|| found() == paths), "{word}: {:?}", found());
    }

    /// Returns what it has said on standard error, with the paths below its folder.
    fn said(&self) -> String {
        let folder = fs::canonicalize(self.morgue.path()).unwrap();
        self.read("err")
            .replace(&format!("{}/", folder.display()), "")
    }

    /// Waits until this is all that it has said on standard error.
    #[track_caller]
    fn says(&self, lines: &str) {
        assert!(eventually(|| self.said() == lines), "{}", self.said());
    }
}

fn eventually(is_so: impl Fn() -> bool) -> bool {
    (0..LOOKS).any(|_| {
        let is_so = is_so();
        if !is_so {
            thread::sleep(BETWEEN);
        }
        is_so
    })
}

fn article(word: &str) -> String {
    format!("About the {word}\n\nThe keeper of the {word} met the council on Tuesday.\n")
}

fn two_articles() -> Morgue {
    Morgue::new()
        .file("news/a.txt", article("lighthouse"))
        .file("news/sub/b.txt", article("windmill"))
}

fn copy_all(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for entry in fs::read_dir(from).unwrap() {
        let entry = entry.unwrap();
        let to = to.join(entry.file_name());
        if entry.file_type().unwrap().is_dir() {
            copy_all(&entry.path(), &to);
        } else {
            fs::copy(entry.path(), to).unwrap();
        }
    }
}

#[test]
fn a_run_that_changes_nothing_prints_nothing() {
    let watching = Watching::on_two_articles();
    watching.write("news/a.txt", "lighthouse");
    watching.write("news/picture.jpg", "picture");
    thread::sleep(Duration::from_secs(3));
    watching.write("news/c.txt", "ferry");
    watching.finds("ferry", &["c.txt"]);
    let expected = "2 files seen: 2 added, 0 changed, 0 unchanged, 0 skipped\n\
                    2 articles read from 154 B in T s\n\
                    4 files seen: 1 added, 0 changed, 2 unchanged, 1 skipped\n\
                    1 article read from 69 B in T s\n\
                    skipped, not a text file by its name: 1 (1 .jpg)\n\
                    use --verbose to list what was skipped\n";
    // It is found a moment before the run ends.
    let printed = || without_times(&watching.read("out"));
    assert!(eventually(|| printed() == expected), "{}", printed());
    watching.says("");
}

#[test]
fn the_folder_is_replaced() {
    let watching = Watching::on_two_articles();
    fs::rename(watching.at("news"), watching.at("away")).unwrap();
    copy_all(&watching.at("away"), &watching.at("news"));
    watching.write("news/c.txt", "ferry");
    watching.finds("ferry", &["c.txt"]);
    // And once what was there is known.
    watching.write("news/sub/d.txt", "harbour");
    watching.finds("harbour", &["sub/d.txt"]);
}

const BACK: &str = "morgue: news: the folder is back\n";

#[test]
fn the_folder_is_gone_for_a_while() {
    let watching = Watching::on_two_articles();
    fs::rename(watching.at("news"), watching.at("away")).unwrap();
    let gone = "morgue: news: no such folder; waiting for the folder to come back\n";
    watching.says(gone);
    // As where a disk was mounted.
    fs::create_dir(watching.at("news")).unwrap();
    let empty = "morgue: news: this folder is empty; waiting for the folder to come back\n";
    watching.says(&format!("{gone}{empty}"));
    copy_all(&watching.at("away"), &watching.at("news"));
    watching.write("news/c.txt", "ferry");
    watching.finds("ferry", &["c.txt"]);
    watching.finds("lighthouse", &["a.txt"]);
    watching.says(&format!("{gone}{empty}{BACK}"));
}

#[test]
fn a_file_takes_the_place_of_the_folder() {
    let watching = Watching::on_two_articles();
    fs::rename(watching.at("news"), watching.at("away")).unwrap();
    fs::write(watching.at("news"), "a file").unwrap();
    // It may have been looked for between the two.
    assert!(eventually(|| watching
        .said()
        .ends_with("waiting for the folder to come back\n")));
    fs::remove_file(watching.at("news")).unwrap();
    fs::rename(watching.at("away"), watching.at("news")).unwrap();
    watching.write("news/c.txt", "ferry");
    watching.finds("ferry", &["c.txt"]);
    // It is found a moment before the run ends.
    let times_back = || watching.said().matches(BACK).count();
    assert!(eventually(|| times_back() == 1), "{}", times_back());
}

#[test]
fn a_link_is_pointed_elsewhere() {
    use std::os::unix::fs::symlink;
    let morgue = Morgue::new()
        .file("one/a.txt", article("lighthouse"))
        .file("two/b.txt", article("windmill"));
    symlink("one", morgue.path().join("news")).unwrap();
    let watching = Watching::start(morgue);
    watching.finds("lighthouse", &["a.txt"]);
    fs::remove_file(watching.at("news")).unwrap();
    symlink("two", watching.at("news")).unwrap();
    watching.finds("windmill", &["b.txt"]);
    watching.write("two/c.txt", "ferry");
    watching.finds("ferry", &["c.txt"]);
}

#[test]
fn a_folder_in_it_is_replaced() {
    let watching = Watching::on_two_articles();
    fs::rename(watching.at("news/sub"), watching.at("away")).unwrap();
    copy_all(&watching.at("away"), &watching.at("news/sub"));
    watching.write("news/sub/c.txt", "ferry");
    watching.finds("ferry", &["sub/c.txt"]);
    fs::rename(watching.at("news/sub"), watching.at("news/moved")).unwrap();
    watching.finds("windmill", &["moved/b.txt"]);
    watching.write("news/moved/d.txt", "harbour");
    watching.finds("harbour", &["moved/d.txt"]);
}

#[test]
fn another_run_holds_the_lock() {
    let morgue = two_articles();
    fs::create_dir(morgue.path().join("news/.morgue")).unwrap();
    let lock = File::create(morgue.path().join("news/.morgue/lock")).unwrap();
    lock.lock().unwrap();
    let watching = Watching::start(morgue);
    let locked = "morgue: news/.morgue: another run is writing to this index; retrying until it \
                  has ended\n";
    watching.says(locked);
    lock.unlock().unwrap();
    watching.finds("windmill", &["sub/b.txt"]);
    lock.lock().unwrap();
    watching.write("news/c.txt", "ferry");
    let again = |text: &str| text.matches("retrying until it has ended").count();
    assert!(eventually(|| again(&watching.said()) == 2));
    // Longer than the first few pauses.
    thread::sleep(Duration::from_secs(2));
    lock.unlock().unwrap();
    watching.finds("ferry", &["c.txt"]);
    assert_eq!(again(&watching.said()), 2);
}

#[test]
fn nobody_reads_what_it_prints() {
    let morgue = two_articles();
    let mut child = morgue
        .command()
        .args(["index", "news", "--watch"])
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    drop((child.stdout.take(), child.stderr.take()));
    let watching = Watching { morgue, child };
    watching.finds("windmill", &["sub/b.txt"]);
    std::os::unix::fs::symlink("nowhere", watching.at("news/dead.txt")).unwrap();
    fs::rename(watching.at("news"), watching.at("away")).unwrap();
    thread::sleep(Duration::from_secs(2));
    fs::rename(watching.at("away"), watching.at("news")).unwrap();
    watching.write("news/c.txt", "ferry");
    watching.finds("ferry", &["c.txt"]);
}

#[test]
fn thousands_of_files_are_renamed() {
    const FILES: usize = 2_000;
    let morgue = two_articles();
    for i in 0..FILES {
        morgue.write(
            format!("news/old/{i}.txt"),
            article(&format!("q{i}z")),
            1000,
        );
    }
    let watching = Watching::start(morgue);
    watching.finds("q1999z", &["old/1999.txt"]);
    fs::create_dir(watching.at("news/new")).unwrap();
    for i in 0..FILES {
        let at = |folder: &str| watching.at(&format!("news/{folder}/{i}.txt"));
        fs::rename(at("old"), at("new")).unwrap();
        if i % 20 == 0 {
            thread::sleep(Duration::from_millis(20));
        }
    }
    let paths = || -> Vec<String> {
        let run = watching.morgue.run(["export", "--index", "news/.morgue"]);
        let mut paths: Vec<String> = run
            .records()
            .map(|record| record["path"].as_str().unwrap().to_owned())
            .collect();
        paths.sort();
        paths
    };
    let mut expected: Vec<String> = (0..FILES).map(|i| format!("new/{i}.txt")).collect();
    expected.extend(["a.txt".to_owned(), "sub/b.txt".to_owned()]);
    expected.sort();
    assert!(eventually(|| paths() == expected), "{:?}", paths());
}

#[test]
fn the_index_is_removed_and_restored() {
    let watching = Watching::on_two_articles();
    // They are found a moment before the run ends.
    assert!(eventually(|| watching.read("out").contains("2 articles")));
    let index = watching.at("news/.morgue");
    copy_all(&index, &watching.at("saved"));
    fs::rename(&index, watching.at("removed")).unwrap();
    watching.finds("windmill", &["sub/b.txt"]);
    watching.write("news/c.txt", "ferry");
    watching.finds("ferry", &["c.txt"]);
    fs::rename(&index, watching.at("newer")).unwrap();
    fs::rename(watching.at("saved"), &index).unwrap();
    watching.finds("ferry", &["c.txt"]);
    watching.finds("windmill", &["sub/b.txt"]);
}

#[test]
fn a_folder_that_is_not_there_is_no_folder_to_follow() {
    let morgue = Morgue::new();
    let news = fs::canonicalize(morgue.path()).unwrap().join("news");
    morgue.run(["index", "news", "--watch"]).fails(&format!(
        "morgue: {}: no such folder; check the spelling of the folder",
        news.display()
    ));
}

#[test]
fn the_working_folder_is_replaced() {
    let morgue = two_articles();
    let mut child = morgue.command();
    child
        .current_dir(morgue.path().join("news"))
        .args(["index", ".", "--watch", "--quiet"]);
    let child = child.spawn().unwrap();
    let watching = Watching { morgue, child };
    watching.finds("windmill", &["sub/b.txt"]);
    fs::rename(watching.at("news"), watching.at("away")).unwrap();
    copy_all(&watching.at("away"), &watching.at("news"));
    watching.write("news/c.txt", "ferry");
    watching.finds("ferry", &["c.txt"]);
}
