//! `morgue.json`: what wrote an index, which of its generations is live, and the seal of its files.

use std::collections::BTreeMap;
use std::fs::{self, File};
use std::io::{self, ErrorKind, Read};
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};
use xxhash_rust::xxh3::{Xxh3, xxh3_64};

use super::analyzer;
use super::disk::{TEMPORARY, replace};
use crate::error::{Error, Result};
use crate::people::model::MODEL_VERSION;
use crate::source::walk;

/// The version of the schema and of the files in the index folder.
const FORMAT: u32 = 4;

/// The check of a manifest as it stands in the bytes that it is the check of.
const NO_CHECK: &str = "0000000000000000";

/// The first format whose manifests have a check.
const FIRST_CHECKED: u32 = 2;

/// The size in bytes and the XXH3 hash of each file of a generation, by name.
pub type Seal = BTreeMap<String, (u64, u64)>;

/// What wrote an index. Where any of the versions differs, the index is built anew.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Manifest {
    /// The version of the schema and of the files in the index folder.
    pub format: u32,
    /// The version of the rules that make words into terms.
    pub analyzer: u32,
    /// The version of the model that finds persons.
    pub people: u32,
    /// The version of the program, for people to read.
    pub program: String,
    /// The folder of articles: `..` where the index lies in it, else its absolute path.
    pub articles: PathBuf,
    /// The live generation: the number N of `gen-N`.
    pub generation: u64,
    /// How many files of articles it knows.
    #[serde(default)]
    pub holds: usize,
    /// Which files of the folder were read.
    #[serde(default)]
    pub walk: walk::Options,
    /// The files of the live generation as they were when the last run ended; nothing while one
    /// writes, and where one was cut off.
    #[serde(default)]
    pub seal: Option<Seal>,
    /// The XXH3 hash of the manifest's bytes, in sixteen hexadecimal digits, with zeros in its own
    /// place.
    #[serde(default)]
    check: String,
}

impl Manifest {
    /// Returns what this program writes of the folder `articles`, as generation `generation`.
    pub fn current(articles: &Path, generation: u64) -> Self {
        Self {
            format: FORMAT,
            analyzer: analyzer::VERSION,
            people: MODEL_VERSION,
            program: env!("CARGO_PKG_VERSION").to_owned(),
            articles: articles.to_owned(),
            generation,
            holds: 0,
            walk: walk::Options::default(),
            seal: None,
            check: String::new(),
        }
    }

    /// Returns the path of the manifest in an index folder.
    pub fn path(folder: &Path) -> PathBuf {
        folder.join("morgue.json")
    }

    /// Returns the folder of the live generation.
    pub fn generation_folder(&self, folder: &Path) -> PathBuf {
        folder.join(format!("gen-{}", self.generation))
    }

    /// Reads the manifest of an index folder.
    pub fn read(folder: &Path) -> Result<Self> {
        let path = Self::path(folder);
        let bytes = fs::read(&path).map_err(|error| match error.kind() {
            ErrorKind::NotFound | ErrorKind::NotADirectory => {
                Error::IndexMissing(folder.to_owned())
            }
            _ => Error::Io {
                path: path.clone(),
                source: error,
            },
        })?;
        let damage = |detail: String| Error::IndexDamaged {
            path: folder.to_owned(),
            detail: format!("morgue.json: {detail}"),
        };
        let manifest: Self =
            serde_json::from_slice(&bytes).map_err(|error| damage(error.to_string()))?;
        if (manifest.format >= FIRST_CHECKED || !manifest.check.is_empty())
            && manifest.check != check_of(&bytes, &manifest.check)
        {
            return Err(damage("its check is wrong".to_owned()));
        }
        Ok(manifest)
    }

    /// Returns whether this version of the program wrote the index: else it is built anew.
    pub fn is_current(&self) -> bool {
        self.versions() == Self::current(&self.articles, self.generation).versions()
    }

    /// Refuses an index that this version of the program can't search. One whose persons another
    /// model found can be.
    pub fn ensure_readable(&self, folder: &Path) -> Result<()> {
        let current = Self::current(&self.articles, self.generation);
        if (self.format, self.analyzer) == (current.format, current.analyzer) {
            return Ok(());
        }
        Err(Error::IndexVersion {
            path: folder.to_owned(),
            found: self.versions(),
            expected: current.versions(),
        })
    }

    /// Returns the versions of format, analyzer and people model, as in `1.1.1`.
    pub fn versions(&self) -> String {
        format!("{}.{}.{}", self.format, self.analyzer, self.people)
    }

    /// Returns how a manifest in the index folder `index` names the folder `articles`: an index
    /// inside its folder moves with it.
    pub fn name_of(articles: &Path, index: &Path) -> Result<PathBuf> {
        let whole = |path: &Path| fs::canonicalize(path).map_err(Error::io(path));
        let articles = whole(articles)?;
        let is_inside = whole(index)?.parent() == Some(&articles);
        Ok(if is_inside {
            PathBuf::from("..")
        } else {
            articles
        })
    }

    /// Returns the folder of articles of the index in `folder`.
    pub fn articles_folder(&self, folder: &Path) -> PathBuf {
        let parent = || folder.parent().filter(|parent| *parent != Path::new(""));
        if self.articles == Path::new("..") {
            parent().map_or_else(|| PathBuf::from("."), Path::to_owned)
        } else {
            self.articles.clone()
        }
    }

    /// Writes the manifest in one step: whoever reads sees the old one or the new one.
    pub fn write(&mut self, folder: &Path) -> Result<()> {
        let path = Self::path(folder);
        self.check = NO_CHECK.to_owned();
        let mut text = serde_json::to_string_pretty(self).expect("it has string keys alone");
        text.push('\n');
        self.check = check_of(text.as_bytes(), NO_CHECK);
        let own_place = |check: &str| format!("\"check\": \"{check}\"");
        let text = text.replace(&own_place(NO_CHECK), &own_place(&self.check));
        replace(&path, text.as_bytes())
            .and_then(|()| File::open(folder)?.sync_all())
            .map_err(Error::io(&path))
    }
}

/// Returns the check of a manifest's bytes that name `check` as theirs.
fn check_of(bytes: &[u8], check: &str) -> String {
    let text = String::from_utf8_lossy(bytes);
    let own_place = |check: &str| format!("\"check\": \"{check}\"");
    let text = text.replace(&own_place(check), &own_place(NO_CHECK));
    format!("{:016x}", xxh3_64(text.as_bytes()))
}

/// Returns the seal of a generation. What `known` says of files that never change is believed.
pub fn seal(generation: &Path, known: &Seal) -> io::Result<Seal> {
    let mut seal = Seal::new();
    for entry in fs::read_dir(generation)? {
        let entry = entry?;
        let name = entry.file_name().to_string_lossy().into_owned();
        if name.ends_with(".lock") || name.starts_with(TEMPORARY) {
            continue;
        }
        let size = entry.metadata()?.len();
        let is_replaced = name.ends_with(".json");
        let sealed = match known.get(&name) {
            Some(&known) if known.0 == size && !is_replaced => known,
            _ => fingerprint(&entry.path())?,
        };
        seal.insert(name, sealed);
    }
    Ok(seal)
}

/// Returns the size and the hash of a file.
pub fn fingerprint(path: &Path) -> io::Result<(u64, u64)> {
    let mut file = File::open(path)?;
    let mut hasher = Xxh3::new();
    let mut buffer = vec![0; 1 << 18];
    let mut size = 0;
    loop {
        let read = match file.read(&mut buffer) {
            Ok(0) => return Ok((size, hasher.digest())),
            Ok(read) => read,
            Err(error) if error.kind() == ErrorKind::Interrupted => continue,
            Err(error) => return Err(error),
        };
        hasher.update(&buffer[..read]);
        size += read as u64;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_flipped_bit_goes_unseen() {
        let folder = tempfile::tempdir().unwrap();
        let mut written = Manifest::current(Path::new(".."), 3);
        written.seal = Some(Seal::from([("meta.json".to_owned(), (5, 7))]));
        written.write(folder.path()).unwrap();
        assert_eq!(Manifest::read(folder.path()).unwrap(), written);
        let path = Manifest::path(folder.path());
        let bytes = fs::read(&path).unwrap();
        for at in 0..bytes.len() {
            let mut flipped = bytes.clone();
            flipped[at] ^= 1 << (at % 8);
            fs::write(&path, &flipped).unwrap();
            assert!(
                matches!(
                    Manifest::read(folder.path()),
                    Err(Error::IndexDamaged { .. })
                ),
                "byte {at}"
            );
        }
    }
}
