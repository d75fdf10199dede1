//! `morgue.json`: what wrote an index, and which of its generations is live.

use std::fs::{self, File};
use std::io::{ErrorKind, Write};
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use super::analyzer;
use crate::error::{Error, Result};
use crate::people::model::MODEL_VERSION;

/// The version of the schema and of the files in the index folder.
const FORMAT: u32 = 2;

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
        serde_json::from_slice(&bytes).map_err(|error| Error::IndexDamaged {
            path: folder.to_owned(),
            detail: format!("{}: {error}", path.display()),
        })
    }

    /// Refuses an index that another version of the program wrote.
    pub fn ensure_readable(&self, folder: &Path) -> Result<()> {
        let current = Self::current(&self.articles, self.generation);
        if self.versions() == current.versions() {
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

    /// Writes the manifest in one step: whoever reads sees the old one or the new one.
    pub fn write(&self, folder: &Path) -> Result<()> {
        let path = Self::path(folder);
        let fresh = folder.join("morgue.json.new");
        let write = || -> std::io::Result<()> {
            let mut file = File::create(&fresh)?;
            serde_json::to_writer_pretty(&mut file, self)?;
            file.write_all(b"\n")?;
            file.sync_all()?;
            fs::rename(&fresh, &path)?;
            File::open(folder)?.sync_all()
        };
        write().map_err(Error::io(&path))
    }
}
