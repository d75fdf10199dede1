//! The index's fields: the one place that names them.

use tantivy::schema::{
    FAST, Field, INDEXED, IndexRecordOption, STORED, STRING, Schema, TextFieldIndexing, TextOptions,
};

use super::analyzer;

/// The fields of the index. Each article is one document; a file without one has a document with
/// nothing but its state.
#[derive(Clone, Copy, Debug)]
pub struct Fields {
    /// The file's path below the folder, whole. Key of all documents of a file.
    pub path: Field,
    /// The article's id, whole. No document without an article has one.
    pub id: Field,
    /// The headline, stemmed, with positions.
    pub headline: Field,
    /// The body's blocks, stemmed, with positions; a gap of [`BLOCK_GAP`] lies between two blocks.
    pub body: Field,
    /// The words of headline and body, unstemmed, with frequencies: for prefixes, wildcards,
    /// spellings.
    pub plain: Field,
    /// The writers and the agency, unstemmed, with positions.
    pub byline: Field,
    /// The outlet's domain or name, whole, in lower case.
    pub source: Field,
    /// The article's URL and all others, cut into words, with positions.
    pub url: Field,
    /// The dateline's place, unstemmed, with positions.
    pub place: Field,
    /// Related titles, stemmed, with positions.
    pub related: Field,
    /// The path, cut into words, with positions.
    pub path_words: Field,
    /// The language's code, whole.
    pub language: Field,
    /// The keys of the persons named, whole (see [`crate::people::name::key`]).
    pub person: Field,
    /// For each person `lookup key`, U+001F, `key`, whole: spellings by prefix
    /// (see [`crate::people::name::lookup_key`]).
    pub person_lookup: Field,
    /// The first day that the date of publication may stand for, as the number yyyymmdd.
    pub first_day: Field,
    /// The last day that the date of publication may stand for, as the number yyyymmdd.
    pub last_day: Field,
    /// The article's JSON record.
    pub record: Field,
    /// The file's size in bytes; on the first document of each file alone, like the next two.
    pub size: Field,
    /// The file's time of last change, in nanoseconds since 1970.
    pub modified: Field,
    /// The XXH3 hash of the file's bytes.
    pub hash: Field,
}

/// How many positions lie between two blocks, so that no phrase runs from one into the next.
pub const BLOCK_GAP: usize = 100;

/// Returns the schema and its fields.
pub fn build() -> (Schema, Fields) {
    let text = |tokenizer: &str, record: IndexRecordOption| {
        TextOptions::default().set_indexing_options(
            TextFieldIndexing::default()
                .set_tokenizer(tokenizer)
                .set_index_option(record),
        )
    };
    let stemmed = text(analyzer::STEMMED, IndexRecordOption::WithFreqsAndPositions);
    let plain = text(analyzer::PLAIN, IndexRecordOption::WithFreqsAndPositions);
    let mut schema = Schema::builder();
    let fields = Fields {
        path: schema.add_text_field("path", STRING | FAST),
        id: schema.add_text_field("id", STRING),
        headline: schema.add_text_field("headline", stemmed.clone()),
        body: schema.add_text_field("body", stemmed.clone()),
        plain: schema.add_text_field("plain", text(analyzer::PLAIN, IndexRecordOption::WithFreqs)),
        byline: schema.add_text_field("byline", plain.clone()),
        source: schema.add_text_field("source", STRING | FAST),
        url: schema.add_text_field("url", plain.clone()),
        place: schema.add_text_field("place", plain.clone()),
        related: schema.add_text_field("related", stemmed),
        path_words: schema.add_text_field("path_words", plain),
        language: schema.add_text_field("language", STRING | FAST),
        person: schema.add_text_field("person", STRING | FAST),
        person_lookup: schema.add_text_field("person_lookup", STRING),
        first_day: schema.add_u64_field("first_day", FAST | INDEXED),
        last_day: schema.add_u64_field("last_day", FAST | INDEXED),
        record: schema.add_bytes_field("record", STORED),
        size: schema.add_u64_field("size", FAST),
        modified: schema.add_i64_field("modified", FAST),
        hash: schema.add_u64_field("hash", FAST),
    };
    (schema.build(), fields)
}
