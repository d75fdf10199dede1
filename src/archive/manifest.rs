//! The manifest `morgue.json`: the versions that wrote an index, its live generation, and the seal
//! of its files.

use std::collections::BTreeMap;
use std::fs::{self, File};
use std::io::{self, ErrorKind, Read};
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};
use xxhash_rust::xxh3::{Xxh3, xxh3_64};

use super::analyzer;
use super::disk::sync_folder;
use super::sharing::{Sharing, TEMPORARY};
use super::stories::{OVERLAPS, STORIES};
use crate::error::{Error, Result};
use crate::people::model::MODEL_VERSION;
use crate::source::records::STANDARD_INPUT;
use crate::source::walk::WalkOptions;

/// The version of the schema and of the files in the index folder.
const FORMAT: u32 = 15;

/// The name of the manifest, and of its copy in the live generation.
pub(super) const FILE_NAME: &str = "morgue.json";

/// The checksum's place while the rest of a manifest is hashed.
const NO_CHECK: &str = "0000000000000000";

/// The first format whose manifests have a checksum.
const FIRST_CHECKED: u32 = 2;

/// The size in bytes and the XXH3 hash of each file of a generation, by name.
pub type Seal = BTreeMap<String, (u64, u64)>;

/// The description of an index. If a version differs from the program's, the index is rebuilt.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Manifest {
    /// The version of the schema and of the files in the index folder.
    pub format: u32,
    /// The version of the rules that make words into terms.
    pub analyzer: u32,
    /// The version of the model that finds persons.
    pub people: u32,
    /// The version of the program, for information only.
    pub program: String,
    /// The folder of articles: `..` if the index is in it, else its absolute path.
    #[serde(with = "as_text")]
    pub articles: PathBuf,
    /// Whether the articles are those of an export. `articles` is then its path, or `-`.
    #[serde(default)]
    pub export: bool,
    /// The absolute path of the folder of articles when the index was last written.
    #[serde(default, with = "as_text")]
    pub articles_at: PathBuf,
    /// The live generation, N of `gen-N`; 0 while the first one is built.
    pub generation: u64,
    /// All generations that were created and may still exist. No other folder is ever removed.
    #[serde(default)]
    pub generations: Vec<u64>,
    /// Who may read the index.
    #[serde(default)]
    pub sharing: Sharing,
    /// How many files are in the index.
    #[serde(default)]
    pub holds: usize,
    /// How many of them are empty.
    #[serde(default)]
    pub empty: usize,
    /// Which files of the folder are read.
    #[serde(default)]
    pub walk: WalkOptions,
    /// The files of the live generation when the last run ended; `None` while a run writes, and
    /// after one that was cut off.
    #[serde(default)]
    pub seal: Option<Seal>,
    /// The XXH3 hash of the manifest's bytes with zeros in the place of the hash, in sixteen
    /// hexadecimal digits.
    #[serde(default)]
    check: String,
}

impl Manifest {
    /// Returns the manifest of a new index without a generation. `articles` is the folder of
    /// articles as returned by [`Manifest::name_of`].
    pub fn new(articles: &Path) -> Self {
        Self {
            format: FORMAT,
            analyzer: analyzer::VERSION,
            people: MODEL_VERSION,
            program: env!("CARGO_PKG_VERSION").to_owned(),
            articles: articles.to_owned(),
            export: false,
            articles_at: PathBuf::new(),
            generation: 0,
            generations: Vec::new(),
            sharing: Sharing::default(),
            holds: 0,
            empty: 0,
            walk: WalkOptions::default(),
            seal: None,
            check: String::new(),
        }
    }

    /// Returns this manifest with a new live generation, built by this version of the program.
    pub(super) fn with_generation(&self, generation: u64) -> Self {
        Self {
            generation,
            generations: self.generations.clone(),
            export: self.export,
            articles_at: self.articles_at.clone(),
            sharing: self.sharing,
            walk: self.walk.clone(),
            ..Self::new(&self.articles)
        }
    }

    /// Returns the path of the manifest in an index folder.
    pub fn path(folder: &Path) -> PathBuf {
        folder.join(FILE_NAME)
    }

    /// Returns the folder of the live generation.
    pub fn generation_folder(&self, folder: &Path) -> PathBuf {
        generation_folder(folder, self.generation)
    }

    /// Reads the manifest of an index folder.
    ///
    /// # Errors
    /// [`Error::IndexMissing`] if there is none, or the first generation was never finished;
    /// [`Error::IndexDamaged`] if its checksum is wrong or it can't be parsed.
    pub fn read(folder: &Path) -> Result<Self> {
        let manifest = Self::read_unfinished(folder)?;
        if manifest.generation == 0 {
            return Err(Error::IndexMissing(folder.to_owned()));
        }
        Ok(manifest)
    }

    /// Reads the manifest of an index folder, also if the first generation was never finished.
    pub(super) fn read_unfinished(folder: &Path) -> Result<Self> {
        Self::read_at(&Self::path(folder), folder)
    }

    /// Reads the manifest of an index folder, or its copy if it is damaged or missing.
    ///
    /// # Errors
    /// Those of [`Manifest::read`] if there is no copy either.
    pub fn read_or_copy(folder: &Path) -> Result<Self> {
        Self::read(folder).or_else(|error| Self::read_copy(folder).ok_or(error))
    }

    /// Reads the copy of the manifest in the newest finished generation of an index folder.
    pub(super) fn read_copy(folder: &Path) -> Option<Self> {
        let mut generations = generations_in(folder).ok()?;
        generations.sort_unstable();
        generations.into_iter().rev().find_map(|generation| {
            let path = generation_folder(folder, generation).join(FILE_NAME);
            let copy = Self::read_at(&path, folder).ok()?;
            (copy.generation == generation).then_some(copy)
        })
    }

    /// Returns a message if the copy of the manifest in the live generation is missing or damaged.
    /// It may be older or newer than the manifest, since the two are not written in one step.
    pub(super) fn fault_of_copy(&self, folder: &Path) -> Option<String> {
        let path = self.generation_folder(folder).join(FILE_NAME);
        let shown = format!("gen-{}/{FILE_NAME}", self.generation);
        match Self::read_at(&path, folder) {
            Ok(copy) if copy.generation == self.generation => None,
            Ok(_) => Some(format!("{shown}: of another generation")),
            Err(Error::IndexMissing(_)) => Some(format!("{shown}: gone")),
            Err(error) => Some(format!("{shown}: {error}")),
        }
    }

    fn read_at(path: &Path, folder: &Path) -> Result<Self> {
        let bytes = fs::read(path).map_err(|error| match error.kind() {
            ErrorKind::NotFound | ErrorKind::NotADirectory => {
                Error::IndexMissing(folder.to_owned())
            }
            _ => Error::Io {
                path: path.to_owned(),
                source: error,
            },
        })?;
        let damage = |detail: String| Error::IndexDamaged {
            path: folder.to_owned(),
            detail: format!("{FILE_NAME}: {detail}"),
        };
        let manifest: Self =
            serde_json::from_slice(&bytes).map_err(|error| damage(error.to_string()))?;
        if (manifest.format >= FIRST_CHECKED || !manifest.check.is_empty())
            && manifest.check != check_of(&bytes, &manifest.check)
        {
            return Err(damage("its checksum is wrong".to_owned()));
        }
        Ok(manifest)
    }

    /// Returns whether the versions are the program's. If not, the index is rebuilt.
    pub fn is_current(&self) -> bool {
        self.versions() == Self::new(Path::new("")).versions()
    }

    /// Refuses an index that this version of the program can't search. One with another version of
    /// the people model can be searched.
    pub fn ensure_readable(&self, folder: &Path) -> Result<()> {
        let current = Self::new(Path::new(""));
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

    /// Returns the name of the folder `articles` in the manifest of the index folder `index`: `..`
    /// if the index is in it and so moves with it, else the absolute path.
    pub fn name_of(articles: &Path, index: &Path) -> Result<PathBuf> {
        let articles = whole(articles)?;
        let is_inside = whole(index)?.parent() == Some(&articles);
        Ok(if is_inside {
            PathBuf::from("..")
        } else {
            articles
        })
    }

    /// Sets the folder of articles of the index in `folder`, which may have moved, or the export
    /// that they are read from.
    pub(super) fn rename(&mut self, articles: &Path, folder: &Path, export: bool) -> Result<()> {
        self.export = export;
        if export {
            let is_file = articles != Path::new(STANDARD_INPUT);
            let named = is_file.then(|| std::path::absolute(articles));
            self.articles = named
                .unwrap_or_else(|| Ok(articles.to_owned()))
                .map_err(Error::io(articles))?;
            self.articles_at.clone_from(&self.articles);
            return Ok(());
        }
        self.articles = Self::name_of(articles, folder)?;
        self.articles_at = whole(articles)?;
        Ok(())
    }

    /// Returns the folder of articles of the index in `folder`.
    ///
    /// If the index folder is a link, `..` may be the folder of the link or of its target: the one
    /// that was indexed last, else that of the link.
    pub fn articles_folder(&self, folder: &Path) -> PathBuf {
        if self.articles != Path::new("..") {
            return self.articles.clone();
        }
        let of_target = fs::canonicalize(folder).ok().and_then(parent);
        match of_target {
            Some(of_target) if of_target == self.articles_at => of_target,
            _ => match folder.file_name() {
                Some(_) => parent(folder.to_owned()).unwrap_or_else(|| PathBuf::from(".")),
                // `.` and `..` name no parent.
                None => of_target.unwrap_or_else(|| folder.join("..")),
            },
        }
    }

    /// Returns whether the index in `folder` is of the folder `articles`.
    pub(super) fn is_of(&self, articles: &Path, folder: &Path) -> Result<bool> {
        let articles = whole(articles)?;
        let own = self.articles_folder(folder);
        Ok(fs::canonicalize(&own).unwrap_or(own) == articles)
    }

    /// Writes the copy in the live generation, then the manifest, each in one step: readers see the
    /// old or the new one.
    pub fn write(&mut self, folder: &Path) -> Result<()> {
        let path = Self::path(folder);
        self.check = NO_CHECK.to_owned();
        let mut text = serde_json::to_string_pretty(self).expect("it has string keys alone");
        text.push('\n');
        self.check = check_of(text.as_bytes(), NO_CHECK);
        let own_place = |check: &str| format!("\"check\": \"{check}\"");
        let text = text.replace(&own_place(NO_CHECK), &own_place(&self.check));
        let generation = self.generation_folder(folder);
        if generation.is_dir() {
            let copy = generation.join(FILE_NAME);
            (self.sharing.replace(&copy, text.as_bytes())).map_err(Error::io(&copy))?;
        }
        (self.sharing)
            .replace(&path, text.as_bytes())
            .and_then(|()| sync_folder(folder))
            .map_err(Error::io(&path))
    }
}

fn whole(path: &Path) -> Result<PathBuf> {
    fs::canonicalize(path).map_err(Error::io(path))
}

fn parent(path: PathBuf) -> Option<PathBuf> {
    let parent = path.parent()?;
    (parent != Path::new("")).then(|| parent.to_owned())
}

/// Returns the folder of a generation of the index in `folder`.
pub(super) fn generation_folder(folder: &Path, generation: u64) -> PathBuf {
    folder.join(format!("gen-{generation}"))
}

/// Returns the numbers of all entries of a folder that are named like a generation, unsorted.
pub(super) fn generations_in(folder: &Path) -> Result<Vec<u64>> {
    let mut numbers = Vec::new();
    for entry in fs::read_dir(folder).map_err(Error::io(folder))? {
        let name = entry.map_err(Error::io(folder))?.file_name();
        numbers.extend(generation_of(&name.to_string_lossy()));
    }
    Ok(numbers)
}

/// Returns the number of a generation, given its exact name.
pub(super) fn generation_of(name: &str) -> Option<u64> {
    let number: u64 = name.strip_prefix("gen-")?.parse().ok()?;
    (format!("gen-{number}") == name).then_some(number)
}

/// Serializes a path as text, or as bytes if it is not UTF-8.
mod as_text {
    use std::ffi::OsString;
    use std::path::{Path, PathBuf};

    use serde::{Deserialize, Deserializer, Serialize, Serializer};

    #[derive(Serialize, Deserialize)]
    #[serde(untagged)]
    enum Spelled {
        Text(PathBuf),
        Bytes { bytes: Vec<u8> },
    }

    pub fn serialize<S: Serializer>(path: &Path, serializer: S) -> Result<S::Ok, S::Error> {
        match path.to_str() {
            Some(text) => text.serialize(serializer),
            None => {
                let bytes = path.as_os_str().as_encoded_bytes().to_vec();
                Spelled::Bytes { bytes }.serialize(serializer)
            }
        }
    }

    pub fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<PathBuf, D::Error> {
        Ok(match Spelled::deserialize(deserializer)? {
            Spelled::Text(path) => path,
            Spelled::Bytes { bytes } => PathBuf::from(from_bytes(bytes)),
        })
    }

    #[cfg(unix)]
    fn from_bytes(bytes: Vec<u8>) -> OsString {
        std::os::unix::ffi::OsStringExt::from_vec(bytes)
    }

    /// On other systems paths are not bytes; the index came from a Unix system.
    #[cfg(not(unix))]
    fn from_bytes(bytes: Vec<u8>) -> OsString {
        String::from_utf8_lossy(&bytes).into_owned().into()
    }
}

/// Returns the checksum of a manifest whose bytes hold `check` in its place.
fn check_of(bytes: &[u8], check: &str) -> String {
    let text = String::from_utf8_lossy(bytes);
    let own_place = |check: &str| format!("\"check\": \"{check}\"");
    let text = text.replace(&own_place(check), &own_place(NO_CHECK));
    format!("{:016x}", xxh3_64(text.as_bytes()))
}

/// Returns the seal of a generation. Files that never change are taken from `known` if their size
/// is the same.
pub fn seal(generation: &Path, known: &Seal) -> io::Result<Seal> {
    let mut seal = Seal::new();
    for entry in fs::read_dir(generation)? {
        let entry = entry?;
        let name = entry.file_name().to_string_lossy().into_owned();
        if name.ends_with(".lock") || name.starts_with(TEMPORARY) || name == FILE_NAME {
            continue;
        }
        let size = entry.metadata()?.len();
        let sealed = match known.get(&name) {
            Some(&known) if known.0 == size && !is_replaced(&name) => known,
            _ => fingerprint(&entry.path())?,
        };
        seal.insert(name, sealed);
    }
    Ok(seal)
}

/// Returns whether a file of a generation is replaced by another of the same name. The engine's segments
/// never are.
pub fn is_replaced(name: &str) -> bool {
    name.ends_with(".json") || name == STORIES || name == OVERLAPS
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
    fn detects_every_flipped_bit() {
        let folder = tempfile::tempdir().unwrap();
        let mut written = Manifest::new(Path::new(".."));
        written.generation = 3;
        fs::create_dir(written.generation_folder(folder.path())).unwrap();
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

    #[test]
    #[cfg(unix)]
    fn paths_of_any_bytes_are_read_back() {
        use std::os::unix::ffi::OsStrExt;
        let folder = tempfile::tempdir().unwrap();
        for articles in [
            "/news/caf\u{e9}".as_bytes(),
            b"/news/caf\xe9",
            b"/a\\xE9",
            b"/a\nb\"c",
        ] {
            let articles = Path::new(std::ffi::OsStr::from_bytes(articles));
            let mut written = Manifest::new(articles);
            written.write(folder.path()).unwrap();
            let read = Manifest::read_unfinished(folder.path()).unwrap();
            assert_eq!(read.articles, articles);
        }
    }

    #[test]
    fn generations_have_exact_names() {
        for (name, expected) in [
            ("gen-7", Some(7)),
            ("gen-07", None),
            ("gen-+7", None),
            ("gen-ealogy", None),
            ("gen-", None),
            ("Gen-7", None),
        ] {
            assert_eq!(generation_of(name), expected, "{name}");
        }
    }
}
