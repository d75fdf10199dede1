//! The user's word on who is who: `people.toml`, which no run writes.

use std::io::ErrorKind;
use std::path::Path;

use serde::Deserialize;

use crate::archive::Archive;
use crate::error::{Error, Result};
use crate::people::name;
use crate::source::beside;

/// The name of the file, in the folder that holds the index folder.
pub const FILE_NAME: &str = "people.toml";

/// What the user decided. Names are compared by their [`name::key`].
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Decisions {
    /// Names that are no person's.
    nobody: Vec<String>,
    /// Names that are one person's.
    one: Vec<One>,
    /// Names that are different persons', however alike.
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
    /// Reads `people.toml` in the folder that holds an archive's index folder; there need not be one.
    ///
    /// # Errors
    /// [`Error::Decisions`] where the file can't be read or understood.
    pub fn of(archive: &Archive) -> Result<Self> {
        let folder = std::path::absolute(&archive.folder).map_err(Error::io(&archive.folder))?;
        folder
            .parent()
            .map_or_else(|| Ok(Self::default()), Self::read)
    }

    /// Reads `people.toml` in a folder; there need not be one.
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

    /// Reads the text of `people.toml`; where it is wrong, returns what is, on one line.
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

    /// Returns whether a key is said to be no person's.
    pub fn is_nobody(&self, key: &str) -> bool {
        self.nobody.iter().any(|nobody| nobody == key)
    }

    /// Returns the number of the person that a key is said to be one of the names of.
    pub fn one_with(&self, key: &str) -> Option<usize> {
        self.one
            .iter()
            .position(|one| one.names.iter().any(|name| name == key))
    }

    /// Returns the keys of the person with this number.
    pub fn keys_of(&self, one: usize) -> &[String] {
        &self.one[one].names
    }

    /// Returns whether two keys are said to be two persons'.
    pub fn are_apart(&self, a: &str, b: &str) -> bool {
        let has = |apart: &Apart, key: &str| apart.names.iter().any(|name| name == key);
        a != b
            && self
                .apart
                .iter()
                .any(|apart| has(apart, a) && has(apart, b))
    }

    /// Returns the name that the person with this key is to be called by.
    pub fn called(&self, key: &str) -> Option<&str> {
        self.one_with(key)
            .and_then(|one| self.one[one].called.as_deref())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_what_was_decided() {
        let decisions = Decisions::parse(
            "nobody = [\"Big Holm\"]\n\n[[one]]\nnames = [\"Ada Holm\", \"Ada Roos\"]\n\
             called = \"Ada Holm-Roos\"\n\n[[apart]]\nnames = [\"Piet Roos\", \"P. Roos\"]\n",
        )
        .unwrap();
        assert!(decisions.is_nobody("big holm") && !decisions.is_nobody("ada holm"));
        assert_eq!(decisions.one_with("ada roos"), Some(0));
        assert_eq!(decisions.one_with("ada holm roos"), Some(0));
        assert_eq!(decisions.one_with("piet roos"), None);
        assert_eq!(decisions.called("ada holm"), Some("Ada Holm-Roos"));
        assert!(decisions.are_apart("p roos", "piet roos"));
        assert!(!decisions.are_apart("piet roos", "piet roos"));
    }

    #[test]
    fn says_what_is_wrong_and_where() {
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
