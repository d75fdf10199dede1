//! Runs the program on a folder of its own, in an environment of its own.
#![allow(dead_code, reason = "a test program, or a system, uses a part of it")]

use std::ffi::OsStr;
use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};
use std::time::{Duration, SystemTime};

use tempfile::TempDir;

/// An article of one sentence.
pub const ARTICLE: &str = "The council of Brindle agreed on Wednesday to sell its only ferry.\n";

/// A folder of articles to run the program in.
pub struct Morgue {
    folder: TempDir,
}

/// What a run printed, and how it ended.
pub struct Run {
    pub stdout: String,
    pub stderr: String,
    pub status: i32,
}

impl Morgue {
    /// An empty folder.
    pub fn new() -> Self {
        Self {
            folder: tempfile::tempdir().unwrap(),
        }
    }

    /// A folder with a copy of the sample corpus, indexed.
    pub fn with_sample_corpus() -> Self {
        let morgue = Self::new();
        copy(&sample_corpus(), morgue.path());
        assert_eq!(morgue.run(["index", ".", "--quiet"]).status, 0);
        morgue
    }

    pub fn path(&self) -> &Path {
        self.folder.path()
    }

    /// Writes a file that was last changed long enough ago for its time to be trusted.
    pub fn file(self, name: impl AsRef<Path>, content: impl AsRef<[u8]>) -> Self {
        self.write(name, content, 1000);
        self
    }

    pub fn write(&self, name: impl AsRef<Path>, content: impl AsRef<[u8]>, seconds_ago: u64) {
        let path = self.path().join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(&path, content).unwrap();
        let time = SystemTime::now() - Duration::from_secs(seconds_ago);
        let file = fs::File::options().write(true).open(&path).unwrap();
        file.set_times(fs::FileTimes::new().set_modified(time))
            .unwrap();
    }

    /// The program, to be run in the folder, with nothing of the outer environment.
    pub fn command(&self) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_morgue"));
        command
            .current_dir(self.path())
            .env_clear()
            .env("COLUMNS", "100");
        // Windows finds its own libraries by it.
        if let Some(root) = std::env::var_os("SystemRoot") {
            command.env("SystemRoot", root);
        }
        command
    }

    pub fn run<A: AsRef<OsStr>>(&self, arguments: impl IntoIterator<Item = A>) -> Run {
        Run::from(
            self.command()
                .args(arguments)
                .stdin(Stdio::null())
                .output()
                .unwrap(),
        )
    }

    pub fn run_with_input(&self, arguments: &[&str], input: &[u8]) -> Run {
        let mut child = self
            .command()
            .args(arguments)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        child.stdin.take().unwrap().write_all(input).unwrap();
        Run::from(child.wait_with_output().unwrap())
    }
}

impl From<Output> for Run {
    fn from(output: Output) -> Self {
        Self {
            stdout: String::from_utf8(output.stdout).unwrap(),
            stderr: String::from_utf8(output.stderr).unwrap(),
            status: output.status.code().unwrap_or(-1),
        }
    }
}

impl Run {
    /// Asserts everything that the run printed, times left out, and how it ended.
    #[track_caller]
    pub fn is(&self, status: i32, stdout: &str, stderr: &str) {
        assert_eq!(
            (
                self.status,
                without_times(&self.stdout).as_str(),
                self.stderr.as_str()
            ),
            (status, stdout, stderr),
        );
    }

    /// Asserts that the run failed with exactly this line on standard error.
    #[track_caller]
    pub fn fails(&self, line: &str) {
        self.is(2, "", &format!("{line}\n"));
    }

    pub fn first_line(&self) -> &str {
        self.stdout.lines().next().unwrap_or_default()
    }

    /// The paths of the hits of `search --json`.
    pub fn paths(&self) -> Vec<String> {
        self.records()
            .filter(|record| record.get("rank").is_some())
            .map(|record| record["path"].as_str().unwrap().to_owned())
            .collect()
    }

    /// The records of a `--json` answer.
    pub fn records(&self) -> impl Iterator<Item = serde_json::Value> {
        self.stdout
            .lines()
            .map(|line| serde_json::from_str(line).unwrap())
    }
}

/// A folder with this number of articles in `news`, indexed.
pub fn news(articles: usize) -> Morgue {
    let morgue = Morgue::new();
    for i in 0..articles {
        let text = format!("Story {i}\n\n{ARTICLE}It is the story of word{i}.\n");
        morgue.write(format!("news/{i:02}.txt"), text, 1000);
    }
    morgue.run(["index", "news", "--quiet"]).is(0, "", "");
    morgue
}

/// The number of articles in the index of `folder` that mention a ferry, as [`ARTICLE`] does.
#[track_caller]
pub fn held(morgue: &Morgue, folder: &str) -> usize {
    let index = format!("{folder}/.morgue");
    let arguments = [
        "search",
        "--index",
        &index,
        "ferry",
        "--all-copies",
        "--json",
        "-n",
        "1000",
    ];
    let run = morgue.run(arguments);
    assert!(run.status < 2, "{}", run.stderr);
    run.paths().len()
}

/// Puts `T` in the place of the seconds that a run took.
pub fn without_times(text: &str) -> String {
    let seconds = regex::Regex::new(r"in \d+\.\d s").unwrap();
    seconds.replace_all(text, "in T s").into_owned()
}

/// Where the sample corpus is.
pub fn sample_corpus() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("sample-corpus")
}

/// Copies a folder with all that is in it, except the index of a folder of articles.
pub fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for entry in fs::read_dir(from).unwrap() {
        let entry = entry.unwrap();
        let target = to.join(entry.file_name());
        if entry.file_type().unwrap().is_dir() {
            if entry.file_name() != ".morgue" {
                copy(&entry.path(), &target);
            }
        } else {
            fs::copy(entry.path(), target).unwrap();
        }
    }
}
