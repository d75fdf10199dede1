//! Verifies an index: compares its files with their seal and checksums, the states of files with
//! their articles, and stored articles with their postings.

use std::collections::BTreeSet;
use std::fs;
use std::io::ErrorKind;
use std::path::Path;

use rustc_hash::FxHashMap;
use tantivy::schema::{FieldType, IndexRecordOption, Value};
use tantivy::{DocAddress, DocSet, Index, SegmentReader, TERMINATED, Term};

use super::disk;
use super::disk::Access;
use super::failure::{damaged, guard, system_error};
use super::folder;
use super::locks;
use super::manifest;
use super::manifest::{Manifest, Seal};
use super::reader::{Archive, DAMAGED, open_index};
use super::schema;
use super::sharing::Sharing;
use super::state;
use crate::article::Article;
use crate::error::{Error, Result};

/// About how many articles are looked up by each of their terms.
const SAMPLE: usize = 200;

/// The longest term that the engine takes, in bytes.
const LONGEST_TERM: usize = 65_530;

/// How many findings of one kind are listed at the most.
const MOST_FINDINGS: usize = 20;

/// The result of a verification.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Verified {
    /// How many articles were checked.
    pub articles: u64,
    /// How many files of articles were checked.
    pub files: u64,
    /// How many bytes of the index were checked.
    pub bytes: u64,
    /// How many articles were looked up by each of their terms.
    pub sampled: u64,
    /// Whether the last run sealed the index. If it was cut off, only the engine's checksums could
    /// be checked.
    pub is_sealed: bool,
    /// The damage, one message each. Empty if there is none.
    pub findings: Vec<String>,
}

/// How files are compared with their seal.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Depth {
    /// By size; the small files that change are compared byte by byte.
    Quick,
    /// Byte by byte.
    Whole,
}

/// Verifies the index in a folder. A damaged generation is marked, and is not searched until it is
/// rebuilt. A file that can't be read for lack of memory or rights is an error, and sets no mark.
///
/// # Errors
/// [`Error::IndexMissing`], [`Error::ForeignFolder`], [`Error::IndexVersion`],
/// [`Error::IndexLocked`] while a run writes to it, [`Error::Unverified`], [`Error::Io`]. Damage is
/// a finding, not an error.
pub fn verify(index_folder: &Path) -> Result<Verified> {
    // Read before anything is written to the folder.
    let manifest = match Manifest::read(index_folder) {
        Err(Error::IndexDamaged { detail, .. }) => {
            // The file may be the user's.
            folder::content_of(index_folder)?;
            Err(detail)
        }
        Err(Error::IndexMissing(_)) if Manifest::read_copy(index_folder).is_some() => {
            Err(format!("{}: gone", manifest::FILE_NAME))
        }
        manifest => Ok(manifest?),
    };
    let lock = match locks::lock(index_folder, Sharing::Private) {
        Ok(file) => Some(file),
        Err(error @ Error::IndexLocked { .. }) => return Err(error),
        // If the folder is read-only, no run writes to it.
        Err(_) => None,
    };
    let mut verified = Verified::default();
    let manifest = match manifest {
        Ok(manifest) => manifest,
        // The generations may be sound, so they are not marked.
        Err(detail) => {
            verified.findings.push(detail);
            return Ok(verified);
        }
    };
    examine(index_folder, &manifest, &mut verified)?;
    if lock.is_some() {
        let mark = index_folder.join(DAMAGED);
        if verified.findings.is_empty() {
            let _ = fs::remove_file(mark);
        } else {
            let mut lines = verified.findings.join("\n");
            lines.push('\n');
            (manifest.sharing.replace(&mark, lines.as_bytes())).map_err(Error::io(&mark))?;
        }
    }
    Ok(verified)
}

fn examine(folder: &Path, manifest: &Manifest, verified: &mut Verified) -> Result<()> {
    manifest.ensure_readable(folder)?;
    let generation = manifest.generation_folder(folder);
    verified.findings.extend(manifest.fault_of_copy(folder));
    if let Some(seal) = &manifest.seal {
        verified.is_sealed = true;
        verified.bytes = seal.values().map(|(size, _)| size).sum();
        verified
            .findings
            .extend(differences(&generation, seal, Depth::Whole)?);
    }
    if !verified.findings.is_empty() {
        return Ok(());
    }
    // An engine panic here is damage. After all checksums were found right it is not: memory may
    // have run out.
    let checked = guard(folder, || damaged_files(folder, manifest));
    match checked {
        Ok(findings) => verified.findings = findings,
        Err(Error::IndexDamaged { detail, .. }) => verified.findings.push(detail),
        Err(error) => return Err(error),
    }
    if !verified.findings.is_empty() {
        return Ok(());
    }
    if verified.bytes == 0 {
        let now = manifest::seal(&generation, &Seal::new()).map_err(Error::io(&generation))?;
        verified.bytes = now.values().map(|(size, _)| size).sum();
    }
    let read = guard(folder, || {
        // Also if an earlier verification has marked it.
        let archive = Archive::open_marked(folder, manifest)?;
        check_states(&archive, verified)?;
        check_sample(&archive, verified)
    });
    read.map_err(|error| match error {
        Error::IndexDamaged { path, detail } => Error::Unverified { path, detail },
        error => error,
    })
}

/// Returns a message for each file of a generation that differs from its seal.
///
/// # Errors
/// [`Error::Io`] if a file exists and can't be read.
pub(super) fn differences(generation: &Path, seal: &Seal, depth: Depth) -> Result<Vec<String>> {
    let mut found = Vec::new();
    for (name, &(size, hash)) in seal {
        let path = generation.join(name);
        let now = if depth == Depth::Whole || manifest::is_replaced(name) {
            manifest::fingerprint(&path)
        } else {
            fs::metadata(&path).map(|metadata| (metadata.len(), hash))
        };
        let shown = shown(generation, name);
        match now {
            Ok(now) if now == (size, hash) => {}
            Ok((now, _)) if now != size => {
                found.push(format!("{shown}: {now} bytes instead of {size}"));
            }
            Ok(_) => found.push(format!("{shown}: its content has changed")),
            Err(error) if error.kind() == ErrorKind::NotFound => {
                found.push(format!("{shown}: gone"));
            }
            Err(error) => return Err(Error::io(&path)(error)),
        }
    }
    Ok(found)
}

/// Returns a message for each file of an index that is missing or fails the engine's checksum.
pub(super) fn damaged_files(folder: &Path, manifest: &Manifest) -> Result<Vec<String>> {
    let index = open_index(folder, manifest, Access::Read)?;
    let metas = index
        .load_metas()
        .map_err(|error| damaged(folder, &error))?;
    let generation = &manifest.generation_folder(folder);
    let mut found = Vec::new();
    // The engine checks the files of this list, and without it checks none.
    let list = disk::MANAGED;
    if !metas.segments.is_empty() && !generation.join(list).is_file() {
        found.push(format!("{}: gone", shown(generation, list)));
    }
    let mut names: Vec<_> = metas.list_segment_files().into_iter().collect();
    names.sort();
    for name in names {
        let is_optional = name
            .extension()
            .is_some_and(|extension| extension == "del" || extension == "temp");
        let is_there = generation.join(&name).exists();
        if !is_there && is_optional && !has_deletions(&metas.segments, &name) {
            continue;
        }
        let shown = shown(generation, &name.to_string_lossy());
        match index.directory().validate_checksum(&name) {
            Ok(true) => {}
            Ok(false) => found.push(format!("{shown}: its checksum is wrong")),
            Err(_) if !is_there => found.push(format!("{shown}: gone")),
            // A file that the system can't read now may be sound.
            Err(error) => match system_error(&error.to_string()) {
                Some(source) => return Err(Error::io(generation.join(&name))(source)),
                None => found.push(format!("{shown}: {error}")),
            },
        }
    }
    Ok(found)
}

/// Returns whether a file is the list of deletions of a segment that has deletions.
fn has_deletions(segments: &[tantivy::SegmentMeta], name: &Path) -> bool {
    segments.iter().any(|segment| {
        segment.has_deletes()
            && segment.relative_path(tantivy::index::SegmentComponent::Delete) == name
    })
}

fn shown(generation: &Path, name: &str) -> String {
    let generation = generation.file_name().unwrap_or_default();
    format!("{}/{name}", generation.to_string_lossy())
}

/// The documents of one file.
#[derive(Default)]
struct FileDocuments {
    parts: Vec<u64>,
    states: u32,
    overrides: u32,
}

/// Checks that each file has one state and that its articles are numbered from 0 without gaps.
fn check_states(archive: &Archive, verified: &mut Verified) -> Result<()> {
    let mut files: FxHashMap<String, FileDocuments> = FxHashMap::default();
    let mut nameless = 0_u64;
    let searcher = &archive.snapshot.searcher;
    for segment in searcher.segment_readers() {
        let columns = segment.fast_fields();
        let (parts, sizes) = (columns.u64("part")?, columns.u64("size")?);
        let (times, hashes) = (columns.i64("modified")?, columns.u64("hash")?);
        let paths = columns.str("path")?;
        let names = paths.as_ref().map_or(Ok(Vec::new()), state::paths_in)?;
        for doc in segment.doc_ids_alive() {
            let ordinal = paths.as_ref().and_then(|paths| paths.ords().first(doc));
            let Some(name) = ordinal.and_then(|ordinal| names.get(usize::try_from(ordinal).ok()?))
            else {
                nameless += 1;
                continue;
            };
            let held = files.entry(name.clone()).or_default();
            let has_state = sizes.first(doc).is_some()
                && times.first(doc).is_some()
                && hashes.first(doc).is_some();
            match parts.first(doc) {
                Some(part) => {
                    verified.articles += 1;
                    held.parts.push(part);
                    held.states += u32::from(has_state);
                }
                None => held.overrides += 1,
            }
        }
    }
    verified.files = files.len() as u64;
    if nameless > 0 {
        verified
            .findings
            .push(format!("{nameless} documents have no path"));
    }
    let mut wrong: Vec<String> = files
        .into_iter()
        .filter_map(|(path, held)| Some(format!("{path}: {}", fault(held)?)))
        .collect();
    wrong.sort_unstable();
    let more = wrong.len().saturating_sub(MOST_FINDINGS);
    wrong.truncate(MOST_FINDINGS);
    if more > 0 {
        wrong.push(format!("and {more} more files"));
    }
    verified.findings.extend(wrong);
    Ok(())
}

/// Returns what is wrong with the documents of a file.
fn fault(mut held: FileDocuments) -> Option<String> {
    held.parts.sort_unstable();
    let expected = u32::from(!held.parts.is_empty());
    if held.parts.iter().zip(0..).any(|(&part, i)| part != i) {
        Some(format!("its articles are numbered {:?}", held.parts))
    } else if held.states != expected {
        Some(format!("{} of its articles have its state", held.states))
    } else if held.overrides > 1 {
        Some(format!("it has {} states", held.overrides))
    } else if held.parts.is_empty() && held.overrides == 0 {
        Some("it has no state".to_owned())
    } else {
        None
    }
}

/// Takes a sample of articles from all over the index and looks each up by all of its terms.
fn check_sample(archive: &Archive, verified: &mut Verified) -> Result<()> {
    let searcher = &archive.snapshot.searcher;
    let step = (verified.articles as usize / SAMPLE).max(1);
    let mut seen = 0;
    for (segment_ord, segment) in (0..).zip(searcher.segment_readers()) {
        let parts = segment.fast_fields().u64("part")?;
        let paths = segment.fast_fields().str("path")?;
        for doc in segment.doc_ids_alive() {
            let Some(part) = parts.first(doc) else {
                continue;
            };
            seen += 1;
            if (seen - 1) % step != 0 {
                continue;
            }
            verified.sampled += 1;
            let article = archive.article(DocAddress::new(segment_ord, doc))?;
            let mut path = String::new();
            if let Some(paths) = &paths
                && let Some(ordinal) = paths.term_ords(doc).next()
            {
                paths
                    .ord_to_str(ordinal, &mut path)
                    .map_err(tantivy::TantivyError::from)?;
            }
            let finding = if (&article.path, u64::from(article.part)) != (&path, part) {
                Some(format!(
                    "it holds part {} of {}",
                    article.part, article.path
                ))
            } else if article.id != Article::id_of(&article.path, article.part) {
                Some(format!("its id is {}", article.id))
            } else {
                missing_term(searcher.index(), segment, doc, &article)?
                    .map(|term| format!("it is not found by {term}"))
            };
            if let Some(finding) = finding
                && verified.findings.len() < MOST_FINDINGS
            {
                verified.findings.push(format!("{path}, {part}: {finding}"));
            }
        }
    }
    Ok(())
}

/// Returns the first term of an article whose postings lack its document.
fn missing_term(
    index: &Index,
    segment: &SegmentReader,
    doc: u32,
    article: &Article,
) -> Result<Option<String>> {
    let (schema, fields) = schema::build();
    let document = schema::document(&fields, article, None);
    let mut terms = BTreeSet::new();
    for (field, value) in document.field_values() {
        match schema.get_field_entry(field).field_type() {
            FieldType::Str(options) if options.get_indexing_options().is_some() => {
                let text = value.as_str().unwrap_or_default();
                let mut analyzer = index.tokenizer_for_field(field)?;
                let mut words = analyzer.token_stream(text);
                while words.advance() {
                    let word = &words.token().text;
                    if word.len() <= LONGEST_TERM {
                        terms.insert(Term::from_field_text(field, word));
                    }
                }
            }
            FieldType::U64(options) if options.is_indexed() => {
                if let Some(number) = value.as_u64() {
                    terms.insert(Term::from_field_u64(field, number));
                }
            }
            _ => {}
        }
    }
    for term in terms {
        let found = segment
            .inverted_index(term.field())?
            .read_postings(&term, IndexRecordOption::Basic)
            .map_err(tantivy::TantivyError::from)?
            .map_or(TERMINATED, |mut postings| {
                if postings.doc() < doc {
                    postings.seek(doc)
                } else {
                    postings.doc()
                }
            });
        if found != doc {
            return Ok(Some(format!("{term:?}")));
        }
    }
    Ok(None)
}
