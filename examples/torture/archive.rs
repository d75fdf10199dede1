//! A folder of articles that changes, and runs of the program on it.

use std::collections::BTreeMap;
use std::ffi::OsStr;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

use tempfile::TempDir;

const WORDS: &[&str] = &[
    "harbour", "ferry", "council", "storm", "treaty", "envoy", "timber", "mayor", "vote", "market",
    "the", "of", "and", "to", "in", "a", "was", "for", "that", "on", "said", "with", "by", "at",
];

/// Pseudorandom numbers from a seed (Steele, Lea and Flood's SplitMix64).
pub struct Dice(pub u64);

impl Dice {
    /// Returns a number below `end`, which must not be 0.
    pub fn below(&mut self, end: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        ((z ^ (z >> 31)) % end as u64) as usize
    }
}

/// The content of an archive: the mark of each file, by path.
pub type Content = BTreeMap<String, String>;

/// A folder of articles. Each has a unique mark in its text.
pub struct Archive {
    pub folder: TempDir,
    pub content: Content,
    pub dice: Dice,
    marks: usize,
}

impl Archive {
    pub fn new(files: usize, seed: u64) -> Result<Self, String> {
        let mut archive = Self {
            folder: tempfile::tempdir().map_err(|error| error.to_string())?,
            content: Content::new(),
            dice: Dice(seed),
            marks: 0,
        };
        for _ in 0..files {
            archive.add()?;
        }
        Ok(archive)
    }

    pub fn path(&self) -> &Path {
        self.folder.path()
    }

    /// Adds a file.
    pub fn add(&mut self) -> Result<(), String> {
        let name = format!("{:02}/{}.txt", self.marks % 20, self.marks);
        self.write(name)
    }

    fn write(&mut self, name: String) -> Result<(), String> {
        self.marks += 1;
        let mark = format!("q{}z", self.marks);
        let mut text = format!("Council hears of {mark}\n\n");
        for _ in 0..8 + self.dice.below(8) {
            for _ in 0..30 {
                text.push_str(WORDS[self.dice.below(WORDS.len())]);
                text.push(' ');
            }
            text.push_str("said Joren Pell of Brindle.\n\n");
        }
        let path = self.path().join(&name);
        fs::create_dir_all(path.parent().unwrap_or(self.path()))
            .and_then(|()| fs::write(path, text))
            .map_err(|error| error.to_string())?;
        self.content.insert(name, mark);
        Ok(())
    }

    /// Adds, changes, moves and removes a few files.
    pub fn change(&mut self) -> Result<(), String> {
        for _ in 0..1 + self.dice.below(6) {
            let names: Vec<String> = self.content.keys().cloned().collect();
            let name = names[self.dice.below(names.len())].clone();
            match self.dice.below(4) {
                0 => self.add()?,
                1 => self.write(name)?,
                2 => {
                    self.marks += 1;
                    let to = format!("moved/{}.txt", self.marks);
                    fs::create_dir_all(self.path().join("moved"))
                        .and_then(|()| fs::rename(self.path().join(&name), self.path().join(&to)))
                        .map_err(|error| error.to_string())?;
                    let mark = self.content.remove(&name).unwrap_or_default();
                    self.content.insert(to, mark);
                }
                _ => {
                    fs::remove_file(self.path().join(&name)).map_err(|error| error.to_string())?;
                    self.content.remove(&name);
                    self.add()?;
                }
            }
        }
        Ok(())
    }

    /// Moves a folder with all its files, or all its files one by one.
    pub fn move_folder(&mut self, one_by_one: bool) -> Result<(), String> {
        let names: Vec<String> = self.content.keys().cloned().collect();
        let chosen = self.dice.below(names.len());
        let (folder, _) = names[chosen]
            .rsplit_once('/')
            .ok_or("a file in no folder")?;
        self.marks += 1;
        let to = format!("folder-{}", self.marks);
        let (old, new) = (format!("{folder}/"), self.path().join(&to));
        let moved: Vec<&str> = names
            .iter()
            .filter_map(|name| name.strip_prefix(&old))
            .collect();
        let renamed = if one_by_one {
            fs::create_dir(&new).and_then(|()| {
                moved.iter().try_for_each(|name| {
                    fs::rename(self.path().join(folder).join(name), new.join(name))
                })
            })
        } else {
            fs::rename(self.path().join(folder), &new)
        };
        renamed.map_err(|error| format!("{folder} to {to}: {error}"))?;
        for name in moved {
            let mark = self.content.remove(&format!("{old}{name}"));
            self.content
                .insert(format!("{to}/{name}"), mark.unwrap_or_default());
        }
        Ok(())
    }

    /// Returns a command that runs the program in the folder.
    pub fn command<A: AsRef<OsStr>>(&self, arguments: &[A]) -> Command {
        let mut command = Command::new(program());
        command
            .current_dir(self.path())
            .env_remove("MORGUE_INDEX")
            .stdin(Stdio::null())
            .args(arguments);
        command
    }

    /// Runs the program. A crash or a panic is an error.
    pub fn run<A: AsRef<OsStr>>(&self, arguments: &[A]) -> Result<Output, String> {
        let output = self
            .command(arguments)
            .output()
            .map_err(|error| error.to_string())?;
        let shown: Vec<_> = arguments.iter().map(|a| a.as_ref().to_owned()).collect();
        match output.status.code() {
            Some(0..=2) if !stderr_of(&output).contains("the program failed") => Ok(output),
            _ => Err(format!(
                "{shown:?}: {}, {}",
                output.status,
                stderr_of(&output)
            )),
        }
    }

    /// Runs the program. An exit status other than 0 is an error.
    pub fn succeed<A: AsRef<OsStr>>(&self, arguments: &[A]) -> Result<Output, String> {
        let output = self.run(arguments)?;
        if output.status.success() {
            return Ok(output);
        }
        let shown: Vec<_> = arguments.iter().map(|a| a.as_ref().to_owned()).collect();
        Err(format!(
            "{shown:?}: {}, {}",
            output.status,
            stderr_of(&output)
        ))
    }

    /// Returns the content of an index. A file that is in it twice is an error.
    pub fn indexed(&self, index: &Path) -> Result<Content, String> {
        let output = self.run(&["export".as_ref(), "--index".as_ref(), index.as_os_str()])?;
        if output.status.code() == Some(2) {
            return Err(format!("export: {}", stderr_of(&output)));
        }
        let mut content = Content::new();
        for line in String::from_utf8_lossy(&output.stdout).lines() {
            let record: serde_json::Value =
                serde_json::from_str(line).map_err(|error| error.to_string())?;
            let path = record["path"].as_str().unwrap_or_default().to_owned();
            let headline = record["headline"].as_str().unwrap_or_default();
            let mark = headline.rsplit(' ').next().unwrap_or_default().to_owned();
            if content.insert(path.clone(), mark).is_some() {
                return Err(format!("{path} is in the index twice"));
            }
        }
        Ok(content)
    }

    /// Asserts that an index has the content of the folder.
    pub fn is_indexed(&self, index: &Path) -> Result<(), String> {
        let indexed = self.indexed(index)?;
        if indexed == self.content {
            return Ok(());
        }
        let differs = |(path, mark): &(&String, &String)| indexed.get(*path) != Some(mark);
        let lost: Vec<_> = self.content.iter().filter(differs).take(3).collect();
        Err(format!(
            "{} articles in the index, {} in the folder; wrong: {lost:?}",
            indexed.len(),
            self.content.len()
        ))
    }
}

/// Returns the path of the program, which is in the folder above the examples.
pub fn program() -> PathBuf {
    let own = std::env::current_exe().unwrap_or_default();
    let release = own
        .parent()
        .and_then(Path::parent)
        .unwrap_or(Path::new("."));
    release.join("morgue")
}

/// Returns the standard error of a run.
pub fn stderr_of(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).trim().to_owned()
}
