//! Opens an index for reading, and reads its articles.

use std::collections::BTreeSet;
use std::fs::{self, File};
use std::path::{Path, PathBuf};
use std::sync::{Arc, OnceLock};

use tantivy::schema::Field;
use tantivy::{
    DocAddress, Index, IndexReader, ReloadPolicy, Searcher, TantivyDocument, TantivyError, Term,
};

use super::analyzer;
use super::article_stories::ArticleStories;
use super::disk::{Access, Disk};
use super::failure::{damaged, guard};
use super::locks;
use super::manifest::Manifest;
use super::path_column::PathColumn;
use super::schema;
use super::schema::Fields;
use super::stories::Stories;
use super::value_numbers::{KnownNumbers, ValueNumbers};
use crate::article::Article;
use crate::error::{Error, Result};
use crate::source::stamp::Stamp;

/// The name of an index folder in a folder of articles.
pub const FOLDER_NAME: &str = ".morgue";

/// Returns the index folder of `start` or of the nearest folder above it.
pub fn find(start: &Path) -> Result<PathBuf> {
    let absolute = std::path::absolute(start).map_err(Error::io(start))?;
    absolute
        .ancestors()
        .map(|folder| folder.join(FOLDER_NAME))
        .find(|candidate| match fs::metadata(Manifest::path(candidate)) {
            Ok(manifest) => manifest.is_file(),
            // An index of another user.
            Err(error) => error.kind() == std::io::ErrorKind::PermissionDenied,
        })
        .ok_or_else(|| Error::IndexMissing(start.to_owned()))
}

/// Returns the folder of articles of the index in `folder`, to repair it from. If neither the
/// manifest nor its copy can be read, that is the parent of a folder named [`FOLDER_NAME`].
///
/// # Errors
/// [`Error::IndexMissing`], [`Error::OfExport`] if the articles are those of an export, or
/// [`Error::IndexDamaged`] if the folder of articles is unknown.
pub fn origin(folder: &Path) -> Result<PathBuf> {
    let error = match Manifest::read_or_copy(folder) {
        Ok(manifest) if manifest.export => {
            return Err(Error::OfExport {
                path: folder.to_owned(),
                export: manifest.articles,
            });
        }
        Ok(manifest) => return Ok(manifest.articles_folder(folder)),
        Err(error) => error,
    };
    let is_inside = folder.file_name().is_some_and(|name| name == FOLDER_NAME);
    match (error, folder.parent()) {
        // The parent by name, since the index folder may be a link.
        (Error::IndexDamaged { .. }, Some(parent)) if is_inside => Ok(match parent.as_os_str() {
            empty if empty.is_empty() => PathBuf::from("."),
            _ => parent.to_owned(),
        }),
        (error, _) => Err(error),
    }
}

/// An index at one commit. Later changes are not visible in it.
#[derive(Clone)]
pub struct Snapshot {
    /// Reads the segments.
    pub searcher: Searcher,
    /// The fields of the schema.
    pub fields: Fields,
    /// The codes of the languages of the articles, other than English, that are stemmed.
    languages: OnceLock<Vec<String>>,
    value_numbers: KnownNumbers,
}

impl Snapshot {
    pub(super) fn new(searcher: Searcher, fields: Fields) -> Self {
        Self {
            searcher,
            fields,
            languages: OnceLock::new(),
            value_numbers: KnownNumbers::default(),
        }
    }

    /// Returns the numbers of the values of a text column. They are read once.
    pub fn value_numbers(&self, column: &'static str) -> Result<Arc<ValueNumbers>> {
        self.value_numbers.of(&self.searcher, column)
    }

    /// Returns the terms of a field that a folded word stands for in any form. An article has at
    /// least one of them where it has the word in a form that its language's stemmer knows.
    pub fn any_form(&self, field: Field, plain: &str) -> Result<Vec<Term>> {
        let Some(stems) = self.fields.stems_of(field) else {
            return Ok(vec![Term::from_field_text(field, plain)]);
        };
        let stem = analyzer::stem(plain);
        let mut terms = vec![
            Term::from_field_text(field, &stem),
            Term::from_field_text(stems, &stem),
        ];
        for code in self.other_languages()? {
            if let Some(stem) = analyzer::stem_in(code, plain) {
                let term = Term::from_field_text(stems, &stem);
                // Most words are of one language: each term more is looked up in every segment.
                if self.searcher.doc_freq(&term)? > 0 {
                    terms.push(term);
                }
            }
        }
        Ok(terms)
    }

    /// Returns the terms of the body for a folded word in any form that it has in English and, if the
    /// archive has articles in other languages, as it is spelt.
    pub fn spelled_or_english(&self, plain: &str) -> Result<Vec<Term>> {
        let Fields {
            body, body_stems, ..
        } = self.fields;
        let stem = analyzer::stem(plain);
        let mut terms = vec![
            Term::from_field_text(body, &stem),
            Term::from_field_text(body_stems, &stem),
        ];
        if stem != plain && !self.other_languages()?.is_empty() {
            terms.push(Term::from_field_text(body, plain));
        }
        Ok(terms)
    }

    /// Returns whether any of some fields has a folded word in any form. Deleted articles that are still
    /// in the index count.
    pub fn has(&self, fields: &[Field], plain: &str) -> Result<bool> {
        for &field in fields {
            if self.has_any(&self.any_form(field, plain)?)? {
                return Ok(true);
            }
        }
        Ok(false)
    }

    /// Returns whether the index has any of some terms.
    pub fn has_any(&self, terms: &[Term]) -> Result<bool> {
        for term in terms {
            if self.searcher.doc_freq(term)? > 0 {
                return Ok(true);
            }
        }
        Ok(false)
    }

    /// Returns the codes of the languages of the articles, other than English, that are stemmed.
    pub fn other_languages(&self) -> Result<&[String]> {
        if let Some(known) = self.languages.get() {
            return Ok(known);
        }
        let mut codes: BTreeSet<String> = BTreeSet::new();
        for segment in self.searcher.segment_readers() {
            let languages = segment.inverted_index(self.fields.language)?;
            let mut stream = languages.terms().stream().map_err(TantivyError::from)?;
            while let Some((code, _)) = stream.next() {
                codes.extend(std::str::from_utf8(code).map(str::to_owned));
            }
        }
        codes.retain(|code| analyzer::is_stemmed(code));
        Ok(self.languages.get_or_init(|| codes.into_iter().collect()))
    }
}

/// An index that is open for reading.
pub struct Archive {
    /// The index at the last commit before it was opened.
    pub snapshot: Snapshot,
    /// The manifest.
    pub manifest: Manifest,
    /// The index folder.
    pub folder: PathBuf,
    /// The stories, once they were asked for.
    stories: OnceLock<ArticleStories>,
    /// The columns of paths, by segment, once they were asked for.
    paths: OnceLock<Vec<PathColumn>>,
    /// The files that a run changes, as they were before the index was opened.
    stamps: [Option<Stamp>; 3],
    /// A shared lock, which keeps the generation from being removed.
    _hold: Option<File>,
}

/// How often opening is tried while a writer may be replacing the generation.
const ATTEMPTS: usize = 4;

/// The file with the findings of a verification, one per line.
pub(super) const DAMAGED: &str = "damaged";

impl Archive {
    /// Opens the index in `folder`.
    ///
    /// # Errors
    /// [`Error::IndexMissing`], [`Error::IndexVersion`], [`Error::IndexDamaged`], [`Error::Io`].
    pub fn open(folder: &Path) -> Result<Self> {
        let mut manifest = Manifest::read(folder)?;
        let mut attempt = 1;
        loop {
            match guard(folder, || Self::open_generation(folder, &manifest)) {
                Err(error) => {
                    // A writer may have replaced the generation meanwhile.
                    let now = Manifest::read(folder)?;
                    let is_final = now == manifest && manifest.seal.is_some();
                    if is_final || attempt == ATTEMPTS {
                        return Err(error);
                    }
                    manifest = now;
                    attempt += 1;
                }
                opened => return opened,
            }
        }
    }

    fn open_generation(folder: &Path, manifest: &Manifest) -> Result<Self> {
        manifest.ensure_readable(folder)?;
        if let Ok(findings) = fs::read_to_string(folder.join(DAMAGED)) {
            let first = findings.lines().next().unwrap_or_default();
            return Err(Error::IndexDamaged {
                path: folder.to_owned(),
                detail: first.to_owned(),
            });
        }
        Self::open_marked(folder, manifest)
    }

    /// Opens the generation that `manifest` names, even if a verification found damage.
    pub(super) fn open_marked(folder: &Path, manifest: &Manifest) -> Result<Self> {
        let stamps = stamps(folder, manifest);
        let hold = locks::hold(&manifest.generation_folder(folder));
        let (_, fields) = schema::build();
        let index = open_index(folder, manifest, Access::Read)?;
        let reader = open_reader(&index).map_err(|error| damaged(folder, &error))?;
        let searcher = reader.searcher();
        Ok(Self {
            snapshot: Snapshot::new(searcher, fields),
            manifest: manifest.clone(),
            folder: folder.to_owned(),
            stories: OnceLock::new(),
            paths: OnceLock::new(),
            stamps,
            _hold: hold,
        })
    }

    /// Returns whether nothing was written to the index since it was opened.
    pub fn is_current(&self) -> bool {
        self.stamps == stamps(&self.folder, &self.manifest)
    }

    /// Runs `work`, which reads the index. An engine error or a panic in it becomes
    /// [`Error::IndexDamaged`], or [`Error::Io`] if a file can't be read now. Every public function
    /// that reads the index runs in it.
    pub fn guard<T>(&self, work: impl FnOnce() -> Result<T>) -> Result<T> {
        guard(&self.folder, work)
    }

    /// Returns the article of a document.
    pub fn article(&self, address: DocAddress) -> Result<Article> {
        self.guard(|| {
            let document: TantivyDocument = self.snapshot.searcher.doc(address)?;
            let record = (self.snapshot.fields)
                .record_of(&document)
                .ok_or_else(|| self.damage("a document has no article"))?;
            serde_json::from_str(record).map_err(|error| self.damage(&error.to_string()))
        })
    }

    /// Returns the stories that have several articles, as the last run found them.
    ///
    /// # Errors
    /// [`Error::IndexDamaged`], [`Error::Io`].
    pub fn stories(&self) -> Result<&ArticleStories> {
        if let Some(stories) = self.stories.get() {
            return Ok(stories);
        }
        let stories = Stories::read(&self.manifest.generation_folder(&self.folder))?;
        let stories = ArticleStories::open(&self.snapshot.searcher, stories)?;
        Ok(self.stories.get_or_init(|| stories))
    }

    /// Returns the columns of paths, by segment.
    pub(super) fn path_columns(&self) -> Result<&[PathColumn]> {
        if let Some(columns) = self.paths.get() {
            return Ok(columns);
        }
        let Snapshot {
            searcher, fields, ..
        } = &self.snapshot;
        let readers = searcher.segment_readers().iter();
        let columns = readers.map(|reader| PathColumn::open(reader, fields));
        let columns = columns.collect::<tantivy::Result<Vec<_>>>()?;
        Ok(self.paths.get_or_init(|| columns))
    }

    /// Returns the folder of articles, if the index is in it. The articles of an export have none.
    pub fn articles_folder(&self) -> Option<&Path> {
        let is_inside = !self.manifest.export && self.folder.file_name()? == FOLDER_NAME;
        self.folder.parent().filter(|_| is_inside)
    }

    /// Returns the articles of documents, each with its address. Deleted ones and the states of files are
    /// left out.
    pub(crate) fn articles_at(
        &self,
        addresses: impl IntoIterator<Item = DocAddress>,
    ) -> Result<Vec<(DocAddress, Article)>> {
        let mut articles = Vec::new();
        for address in addresses {
            if self.is_alive(address) && self.is_article(address)? {
                articles.push((address, self.article(address)?));
            }
        }
        Ok(articles)
    }

    /// Returns whether a document is an article, and not only the state of a file.
    pub fn is_article(&self, address: DocAddress) -> Result<bool> {
        self.guard(|| {
            let parts = (self.snapshot.searcher)
                .segment_reader(address.segment_ord)
                .fast_fields()
                .u64("part")?;
            Ok(parts.first(address.doc_id).is_some())
        })
    }

    fn damage(&self, detail: &str) -> Error {
        Error::IndexDamaged {
            path: self.folder.clone(),
            detail: detail.to_owned(),
        }
    }
}

/// Returns the stamps of the files that tell a reader of a change: the manifest, the engine's list of
/// segments, and the findings of a verification.
fn stamps(folder: &Path, manifest: &Manifest) -> [Option<Stamp>; 3] {
    let segments = manifest.generation_folder(folder).join("meta.json");
    [Manifest::path(folder), segments, folder.join(DAMAGED)]
        .map(|path| Stamp::of(&fs::metadata(path).ok()?).ok())
}

/// Opens the live generation of an index folder.
pub(super) fn open_index(folder: &Path, manifest: &Manifest, access: Access) -> Result<Index> {
    let index = Disk::open(&manifest.generation_folder(folder), access)
        .and_then(Index::open)
        .map_err(|error| damaged(folder, &error))?;
    analyzer::register(&index);
    Ok(index)
}

/// Opens a reader of an index as it is now. The engine's default reader has a thread that watches
/// for commits.
pub(super) fn open_reader(index: &Index) -> tantivy::Result<IndexReader> {
    index
        .reader_builder()
        .reload_policy(ReloadPolicy::Manual)
        .try_into()
}
