//! The `--index` option of the commands that read an index, and the variable `MORGUE_INDEX`.

use std::env;
use std::path::{Path, PathBuf};

use morgue::Error;
use morgue::archive::{self, Archive};

/// The option that names the index.
#[derive(clap::Args, Debug)]
pub struct IndexArg {
    /// The index folder [default: the one that the variable MORGUE_INDEX names, else the `.morgue` of
    /// this folder or of the nearest one above it]
    #[arg(long = "index", value_name = "DIR")]
    dir: Option<PathBuf>,
}

impl IndexArg {
    /// Returns the path of the index.
    pub fn find(&self) -> Result<PathBuf, Error> {
        match self.dir.clone().or_else(index_variable) {
            Some(dir) => Ok(dir),
            None => archive::find(Path::new(".")),
        }
    }

    /// Opens the index.
    pub fn open(&self) -> Result<Archive, Error> {
        Archive::open(&self.find()?)
    }
}

/// Returns the index that the variable `MORGUE_INDEX` names. An empty variable names none.
pub fn index_variable() -> Option<PathBuf> {
    let value = env::var_os("MORGUE_INDEX")?;
    (!value.is_empty()).then(|| value.into())
}
