//! The baseline of the benchmarks: a minimal program on tantivy that walks a folder, indexes headline
//! and body, and searches. It does no cleaning, reads no fields and finds no persons; the only state
//! that it keeps of a file is the modification time.
//!
//! `bare index FOLDER INDEX` builds or updates an index, `bare walk FOLDER` reads only metadata, and
//! `bare search INDEX WORDS…` prints ten hits with tantivy's snippets.

use std::collections::HashMap;
use std::error::Error;
use std::path::Path;
use std::time::UNIX_EPOCH;
use std::{env, fs};

use tantivy::collector::TopDocs;
use tantivy::query::QueryParser;
use tantivy::schema::{
    FAST, Field, IndexRecordOption, STORED, STRING, Schema, TextFieldIndexing, TextOptions, Value,
};
use tantivy::snippet::SnippetGenerator;
use tantivy::{Index, IndexWriter, TantivyDocument, Term};
use walkdir::WalkDir;

const MEMORY_BUDGET: usize = 150_000_000;

struct Fields {
    path: Field,
    modified: Field,
    headline: Field,
    body: Field,
}

fn main() -> Result<(), Box<dyn Error>> {
    let arguments: Vec<String> = env::args().skip(1).collect();
    match arguments.iter().map(String::as_str).collect::<Vec<_>>()[..] {
        ["walk", folder] => println!("{} files", files(folder).count()),
        ["index", folder, index] => update(folder, Path::new(index))?,
        ["search", index, ref words @ ..] => search(Path::new(index), &words.join(" "))?,
        _ => {
            return Err(
                "usage: bare index FOLDER INDEX | walk FOLDER | search INDEX WORDS…".into(),
            );
        }
    }
    Ok(())
}

fn schema() -> (Schema, Fields) {
    let text = TextOptions::default().set_stored().set_indexing_options(
        TextFieldIndexing::default()
            .set_tokenizer("en_stem")
            .set_index_option(IndexRecordOption::WithFreqsAndPositions),
    );
    let mut schema = Schema::builder();
    let fields = Fields {
        path: schema.add_text_field("path", STRING | STORED | FAST),
        modified: schema.add_i64_field("modified", FAST),
        headline: schema.add_text_field("headline", text.clone()),
        body: schema.add_text_field("body", text),
    };
    (schema.build(), fields)
}

/// Walks a folder and yields each file's path and modification time in nanoseconds.
fn files(folder: &str) -> impl Iterator<Item = (String, i64)> {
    WalkDir::new(folder)
        .into_iter()
        .filter_map(Result::ok)
        .filter(|entry| entry.file_type().is_file())
        .filter_map(|entry| {
            let modified = entry.metadata().ok()?.modified().ok()?;
            let since = modified.duration_since(UNIX_EPOCH).ok()?;
            let path = entry.path().to_str()?.to_owned();
            Some((path, i64::try_from(since.as_nanos()).ok()?))
        })
}

/// Returns the paths in the index with their modification times.
fn known(index: &Index) -> Result<HashMap<String, i64>, Box<dyn Error>> {
    let mut known = HashMap::new();
    for segment in index.reader()?.searcher().segment_readers() {
        let columns = segment.fast_fields();
        let (Some(paths), modified) = (columns.str("path")?, columns.i64("modified")?) else {
            continue;
        };
        let mut names = Vec::with_capacity(paths.num_terms());
        let mut stream = paths.dictionary().stream()?;
        while stream.advance() {
            names.push(String::from_utf8(stream.key().to_vec())?);
        }
        for doc in segment.doc_ids_alive() {
            if let (Some(name), Some(time)) = (paths.ords().first(doc), modified.first(doc)) {
                known.insert(names[usize::try_from(name)?].clone(), time);
            }
        }
    }
    Ok(known)
}

fn update(folder: &str, at: &Path) -> Result<(), Box<dyn Error>> {
    let (schema, fields) = schema();
    fs::create_dir_all(at)?;
    let index = Index::open_or_create(tantivy::directory::MmapDirectory::open(at)?, schema)?;
    let mut known = known(&index)?;
    let mut changed = Vec::new();
    for (path, modified) in files(folder) {
        if known.remove(&path) != Some(modified) {
            changed.push((path, modified));
        }
    }
    if changed.is_empty() && known.is_empty() {
        return Ok(());
    }
    let mut writer: IndexWriter<TantivyDocument> =
        index.writer_with_num_threads(2, MEMORY_BUDGET)?;
    #[allow(
        clippy::iter_over_hash_type,
        reason = "the order of deletions does not matter"
    )]
    for path in known.keys() {
        writer.delete_term(Term::from_field_text(fields.path, path));
    }
    for (path, modified) in changed {
        writer.delete_term(Term::from_field_text(fields.path, &path));
        let bytes = fs::read(&path)?;
        let text = String::from_utf8_lossy(&bytes);
        let (headline, body) = text.split_once('\n').unwrap_or((&text, ""));
        let mut document = TantivyDocument::default();
        document.add_text(fields.path, &path);
        document.add_i64(fields.modified, modified);
        document.add_text(fields.headline, headline);
        document.add_text(fields.body, body);
        writer.add_document(document)?;
    }
    writer.commit()?;
    writer.wait_merging_threads()?;
    Ok(())
}

fn search(at: &Path, words: &str) -> Result<(), Box<dyn Error>> {
    let index = Index::open_in_dir(at)?;
    let (_, fields) = schema();
    let searcher = index.reader()?.searcher();
    let mut parser = QueryParser::for_index(&index, vec![fields.headline, fields.body]);
    parser.set_conjunction_by_default();
    let query = parser.parse_query(words)?;
    let snippets = SnippetGenerator::create(&searcher, &*query, fields.body)?;
    for (score, address) in searcher.search(&query, &TopDocs::with_limit(10).order_by_score())? {
        let document: TantivyDocument = searcher.doc(address)?;
        let headline = document.get_first(fields.headline).and_then(|v| v.as_str());
        println!("{score:.2} {}", headline.unwrap_or_default());
        println!("  {}", snippets.snippet_from_doc(&document).to_html());
    }
    Ok(())
}
