//! The decisions of the user on persons: reads `people.toml`. Only [`super::decision_changes`] writes it.

use std::io::ErrorKind;
use std::path::{Path, PathBuf};

use serde::Deserialize;

use crate::archive::Archive;
use crate::error::{Error, Result};
use crate::people::name;
use crate::source::beside;

/// The name of the file, in the folder that holds the index folder.
pub const FILE_NAME: &str = "people.toml";

/// The decisions of the user. Names are compared by their [`name::key`].
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Decisions {
    /// Names that are not of a person.
    nobody: Vec<String>,
    /// Groups of names of the same person.
    one: Vec<One>,
    /// Groups of names of different persons.
    apart: Vec<Apart>,
}

#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
struct One {
    names: Vec<String>,
    called: Option<String>,
}

#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
struct Apart {
    names: Vec<String>,
}

impl Decisions {
    /// Reads `people.toml` in the parent folder of an archive's index folder. Without the file
    /// there are no decisions.
    ///
    /// # Errors
    /// [`Error::Decisions`] where the file can't be read or understood.
    pub fn of(archive: &Archive) -> Result<Self> {
        let path = path_of(archive)?;
        path.map_or_else(|| Ok(Self::default()), |path| Self::read_file(&path))
    }

    /// Reads `people.toml` in a folder. Without the file there are no decisions.
    ///
    /// # Errors
    /// [`Error::Decisions`] where the file can't be read or understood.
    pub fn read(folder: &Path) -> Result<Self> {
        Self::read_file(&folder.join(FILE_NAME))
    }

    fn read_file(path: &Path) -> Result<Self> {
        match text_of(path)? {
            Some(text) => Self::parse(&text).map_err(failure(path)),
            None => Ok(Self::default()),
        }
    }

    /// Parses the text of `people.toml`. Returns the error on one line where it is invalid.
    pub fn parse(text: &str) -> std::result::Result<Self, String> {
        let mut read: Self = toml::from_str(text).map_err(|error| {
            let message = error.message().replace('\n', " ");
            match error.span() {
                Some(span) => {
                    let before = text.get(..span.start).unwrap_or(text);
                    let line = before.matches('\n').count() + 1;
                    format!("line {line}: {message}")
                }
                None => message,
            }
        })?;
        let fold = |names: &mut Vec<String>| {
            for name in names.iter_mut() {
                *name = name::key(name);
            }
        };
        fold(&mut read.nobody);
        read.one.iter_mut().for_each(|one| {
            one.names.extend(one.called.clone());
            fold(&mut one.names);
        });
        read.apart
            .iter_mut()
            .for_each(|apart| fold(&mut apart.names));
        Ok(read)
    }

    /// Returns whether a key is not the name of a person.
    pub fn is_nobody(&self, key: &str) -> bool {
        self.nobody.iter().any(|nobody| nobody == key)
    }

    /// Returns the index of the group of names of one person that has a key.
    pub fn one_with(&self, key: &str) -> Option<usize> {
        self.one
            .iter()
            .position(|one| one.names.iter().any(|name| name == key))
    }

    /// Returns the keys of the group with this index.
    pub fn keys_of(&self, one: usize) -> &[String] {
        &self.one[one].names
    }

    /// Returns whether two keys are of different persons.
    pub fn are_apart(&self, a: &str, b: &str) -> bool {
        let has = |apart: &Apart, key: &str| apart.names.iter().any(|name| name == key);
        a != b
            && self
                .apart
                .iter()
                .any(|apart| has(apart, a) && has(apart, b))
    }

    /// Returns the name to show for the person with this key.
    pub fn called(&self, key: &str) -> Option<&str> {
        self.one_with(key)
            .and_then(|one| self.one[one].called.as_deref())
    }
}

/// Returns the path of the `people.toml` of an archive, whether or not there is one; `None` for an index
/// folder without a parent folder.
pub(crate) fn path_of(archive: &Archive) -> Result<Option<PathBuf>> {
    let folder = std::path::absolute(&archive.folder).map_err(Error::io(&archive.folder))?;
    Ok(folder.parent().map(|parent| parent.join(FILE_NAME)))
}

/// Returns the text of a `people.toml`; `None` without the file.
///
/// # Errors
/// [`Error::Decisions`] where the file can't be read.
pub(super) fn text_of(path: &Path) -> Result<Option<String>> {
    let bytes = match beside::read(path) {
        Ok(bytes) => bytes,
        Err(Error::Io { source, .. }) if source.kind() == ErrorKind::NotFound => return Ok(None),
        Err(Error::Io { source, .. }) => return Err(failure(path)(source.to_string())),
        Err(Error::Unfit { detail, .. }) => return Err(failure(path)(detail)),
        Err(error) => return Err(error),
    };
    let text = String::from_utf8(bytes);
    let text = text.map_err(|_| failure(path)("this is not UTF-8".to_owned()))?;
    Ok(Some(text))
}

/// Returns what makes an error of a detail.
pub(super) fn failure(path: &Path) -> impl Fn(String) -> Error {
    move |detail| Error::Decisions {
        path: path.to_owned(),
        detail,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_decisions() {
        let decisions = Decisions::parse(
            "nobody = [\"Big Holm\"]\n\n[[one]]\nnames = [\"Ada Holm\", \"Ada Roos\"]\n\
             called = \"Ada Holm-Roos\"\n\n[[apart]]\nnames = [\"Piet Roos\", \"P. Roos\"]\n",
        )
        .unwrap();
        assert!(decisions.is_nobody("big holm") && !decisions.is_nobody("ada holm"));
        assert_eq!(decisions.one_with("ada roos"), Some(0));
        assert_eq!(decisions.one_with("ada holm-roos"), Some(0));
        assert_eq!(decisions.one_with("piet roos"), None);
        assert_eq!(decisions.called("ada holm"), Some("Ada Holm-Roos"));
        assert!(decisions.are_apart("p roos", "piet roos"));
        assert!(!decisions.are_apart("piet roos", "piet roos"));
    }

    #[test]
    fn reports_the_line_of_an_error() {
        for (text, line) in [
            ("nobody = [\"Ada\"", "line 1: "),
            ("\n[[ones]]\nnames = []\n", "line 2: "),
            ("[[one]]\nname = [\"Ada\"]\n", "line 2: "),
        ] {
            let error = Decisions::parse(text).unwrap_err();
            assert!(
                error.starts_with(line) && !error.contains('\n'),
                "{text}: {error}"
            );
        }
    }
}
