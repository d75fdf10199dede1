//! The decisions of the user on persons: reads `people.toml`, which the program never writes.

use std::io::ErrorKind;
use std::path::Path;

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
        let folder = std::path::absolute(&archive.folder).map_err(Error::io(&archive.folder))?;
        folder
            .parent()
            .map_or_else(|| Ok(Self::default()), Self::read)
    }

    /// Reads `people.toml` in a folder. Without the file there are no decisions.
    ///
    /// # Errors
    /// [`Error::Decisions`] where the file can't be read or understood.
    pub fn read(folder: &Path) -> Result<Self> {
        let path = folder.join(FILE_NAME);
        let failure = |detail: String| Error::Decisions {
            path: path.clone(),
            detail,
        };
        let bytes = match beside::read(&path) {
            Ok(bytes) => bytes,
            Err(Error::Io { source, .. }) if source.kind() == ErrorKind::NotFound => {
                return Ok(Self::default());
            }
            Err(Error::Io { source, .. }) => return Err(failure(source.to_string())),
            Err(Error::Unfit { detail, .. }) => return Err(failure(detail)),
            Err(error) => return Err(error),
        };
        let text = String::from_utf8(bytes).map_err(|_| failure("this is not UTF-8".to_owned()))?;
        Self::parse(&text).map_err(failure)
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
