//! Whether an index is as it was written: its files against their seal and checksums, its states
//! against its articles, and what is stored against what is found.

use std::collections::BTreeSet;
use std::fs;
use std::io::ErrorKind;
use std::path::Path;

use rustc_hash::FxHashMap;
use tantivy::schema::{FieldType, IndexRecordOption, Value};
use tantivy::{DocAddress, DocSet, Index, SegmentReader, TERMINATED, Term};

use super::disk::Access;
use super::manifest::{Manifest, Seal};
use super::reader::{DAMAGED, damaged, guard, open_index};
use super::sharing::Sharing;
use super::{Archive, disk, folder, locks, manifest, schema, state};
use crate::article::Article;
use crate::error::{Error, Result};

/// About how many articles are taken apart again and looked for by each of their words.
const SAMPLE: usize = 200;

/// The longest word that the engine takes, in bytes.
const LONGEST_WORD: usize = 65_530;

/// How many findings of one kind are listed.
const MOST_FINDINGS: usize = 20;

/// What a verification looked at, and what it found.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Verified {
    /// Articles.
    pub articles: u64,
    /// Files of articles.
    pub files: u64,
    /// Bytes of the index whose checksums were checked.
    pub bytes: u64,
    /// Articles that were looked for by each of their words.
    pub sampled: u64,
    /// Whether the last run ended in order. Where it was cut off, the files have the engine's
    /// checksums alone.
    pub is_sealed: bool,
    /// What is wrong, a line each. Nothing where all is well.
    pub findings: Vec<String>,
}

/// How closely files are compared with their seal.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Depth {
    /// By their sizes, and the small ones that change by their bytes.
    Quick,
    /// Byte by byte.
    Whole,
}

/// Verifies the index in a folder. A generation that is found damaged is marked so, and is not searched
/// until it is built anew. What can't be read now, for want of memory or rights, is an error and no mark.
///
/// # Errors
/// [`Error::IndexMissing`], [`Error::ForeignFolder`], [`Error::IndexVersion`], [`Error::IndexLocked`] while
/// it is written to, and what reading meets; damage is no error, but found.
pub fn verify(index_folder: &Path) -> Result<Verified> {
    // Before anything is written there.
    let manifest = match Manifest::read(index_folder) {
        Err(Error::IndexDamaged { detail, .. }) => {
            // A file of that name in another folder is not ours.
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
        // Where nothing can be written, nobody else writes either.
        Err(_) => None,
    };
    let mut verified = Verified::default();
    let manifest = match manifest {
        Ok(manifest) => manifest,
        // The generations may be sound, and are not marked.
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
            disk::replace(&mark, lines.as_bytes(), manifest.sharing).map_err(Error::io(&mark))?;
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
    // The engine's panic at bytes that were read is damage too. A panic after all checksums were found
    // right is not: memory may have run short.
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
        // What an earlier verification said does not keep this one from looking.
        let archive = Archive::open_marked(folder, manifest)?;
        check_states(&archive, verified)?;
        check_sample(&archive, verified)
    });
    read.map_err(|error| match error {
        Error::IndexDamaged { path, detail } => Error::Unverified { path, detail },
        error => error,
    })
}

/// Returns which files of a generation are not as they were sealed, in words.
///
/// # Errors
/// [`Error::Io`] where a file is there and can't be read.
pub(super) fn differences(generation: &Path, seal: &Seal, depth: Depth) -> Result<Vec<String>> {
    let mut found = Vec::new();
    for (name, &(size, hash)) in seal {
        let path = generation.join(name);
        let now = if depth == Depth::Whole || name.ends_with(".json") {
            manifest::fingerprint(&path)
        } else {
            fs::metadata(&path).map(|metadata| (metadata.len(), hash))
        };
        let shown = shown(generation, name);
        match now {
            Ok(now) if now == (size, hash) => {}
            Ok((now, _)) if now != size => {
                found.push(format!("{shown}: {now} bytes, and {size} when written"));
            }
            Ok(_) => found.push(format!("{shown}: not the bytes that were written")),
            Err(error) if error.kind() == ErrorKind::NotFound => {
                found.push(format!("{shown}: gone"));
            }
            Err(error) => return Err(Error::io(&path)(error)),
        }
    }
    Ok(found)
}

/// Returns which files of an index the engine's own checksums find damaged, or that are gone, in
/// words.
pub(super) fn damaged_files(folder: &Path, manifest: &Manifest) -> Result<Vec<String>> {
    let index = open_index(folder, manifest, Access::Read)?;
    let metas = index
        .load_metas()
        .map_err(|error| damaged(folder, &error))?;
    let generation = &manifest.generation_folder(folder);
    let mut found = Vec::new();
    // The engine checks what this list names, and without it finds nothing wrong with anything.
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
            // Where the system says that it can't be read now, nothing is known of its bytes.
            Err(error) => match super::writer::system_error(&error.to_string()) {
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

/// What the index holds of one file.
#[derive(Default)]
struct Held {
    parts: Vec<u64>,
    states: u32,
    overrides: u32,
}

/// Checks that each file has one state, and articles that are numbered from 0 without gaps.
fn check_states(archive: &Archive, verified: &mut Verified) -> Result<()> {
    let mut files: FxHashMap<String, Held> = FxHashMap::default();
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

/// Returns what is wrong with what the index holds of a file.
fn fault(mut held: Held) -> Option<String> {
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

/// Takes articles from all over the index and looks for each by all of its words.
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
                Some(format!("it holds {}, {}", article.path, article.part))
            } else if article.id != Article::id_of(&article.path, article.part) {
                Some(format!("its id is {}", article.id))
            } else {
                missing_word(searcher.index(), segment, doc, &article)?
                    .map(|word| format!("it is not found by {word}"))
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

/// Returns the first word of an article that does not lead to its document.
fn missing_word(
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
                    if word.len() <= LONGEST_WORD {
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
