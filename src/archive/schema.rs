//! The schema: names the fields of the index and turns an article into a document.

use std::cell::RefCell;

use rustc_hash::FxHashMap;
use tantivy::TantivyDocument;
use tantivy::schema::{
    FAST, Field, INDEXED, IndexRecordOption, STORED, STRING, Schema, TextFieldIndexing,
    TextOptions, Value,
};
use xxhash_rust::xxh3::Xxh3;

use super::analyzer;
use super::outlets;
use super::state::FileState;
use crate::article::{Answer, Article, Doubt, Person, RemovedKind};
use crate::date::PartialDate;
use crate::people::name;
use crate::text::fold::folded;
use crate::text::shingles;

/// The fields of the index.
///
/// Each article is a document. The first article of a file carries the state of the file. A file
/// without an article, or one that was touched but not changed, has a document with only its state,
/// which has `state_only` and neither `id` nor `part`.
#[derive(Clone, Copy, Debug)]
pub struct Fields {
    /// The file's path below the folder, as one term: the key of all documents of a file.
    pub path: Field,
    /// The file's path, as one term, on a document with only its state.
    pub state_only: Field,
    /// The article's id, as one term.
    pub id: Field,
    /// Which article of its file this is, from 0.
    pub part: Field,
    /// The headline, as it is spelt, with positions.
    pub headline: Field,
    /// The stems of the headline's words that are spelt otherwise, with positions.
    pub headline_stems: Field,
    /// The body's blocks, one line each, as they are spelt, with positions.
    pub body: Field,
    /// The stems of the body's words that are spelt otherwise, with positions.
    pub body_stems: Field,
    /// The pairs of adjacent frequent words in the body (see [`analyzer::pair`]).
    pub pairs: Field,
    /// Where the sentences and paragraphs of the body start (see [`analyzer::unit_starts`]), with the
    /// positions of their first words.
    pub units: Field,
    /// The words of the body that are joined by a hyphen (see [`analyzer::compound`]).
    pub compounds: Field,
    /// The words of headline and body in capitals, unfolded (see [`analyzer::in_capitals`]).
    pub capitals: Field,
    /// The writers, the contributors and the agency, unstemmed, with positions.
    pub byline: Field,
    /// The writers' names, as columns only, to be counted.
    pub byline_name: Field,
    /// The outlet's name and its domain, in lower case, each as one term.
    pub source: Field,
    /// The outlet as [`outlets::column_value`], as a column only, to be counted.
    pub outlet: Field,
    /// The words of all URLs, unstemmed, with positions.
    pub url: Field,
    /// The dateline's place, unstemmed, with positions.
    pub place: Field,
    /// Related titles, as they are spelt, with positions.
    pub related: Field,
    /// The stems of the words of related titles that are spelt otherwise, with positions.
    pub related_stems: Field,
    /// What was taken out of the text, but for URLs, unstemmed, with positions (see
    /// `receipt_texts`).
    pub receipt: Field,
    /// The words of the path, unstemmed, with positions.
    pub path_words: Field,
    /// The language's code, as one term.
    pub language: Field,
    /// The keys of the persons named, one term each (see [`name::key`]).
    pub person: Field,
    /// The keys of the names of other things than persons, one term each.
    pub other_name: Field,
    /// The keys of the names that the article gives to a thing alone, one term each.
    pub thing: Field,
    /// The keys of the persons whom the article names as only persons are named, one term each (see
    /// `is_surely_person`).
    pub sure_person: Field,
    /// The names of the persons, as [`crate::article::Person::name`], in the order of `person`.
    pub person_name: Field,
    /// The number of mentions of each person, in the order of `person`.
    pub person_mentions: Field,
    /// The titles before each person's mentions, as [`crate::article::Person::titles`], in the
    /// order of `person`.
    pub person_titles: Field,
    /// For each person and lookup key one term: the lookup key, [`LOOKUP_SEPARATOR`], the person's
    /// key. A prefix finds all spellings (see [`name::lookup_keys`]).
    pub person_lookup: Field,
    /// The first day of the date of publication, as the number yyyymmdd.
    pub first_day: Field,
    /// The last day of the date of publication, as the number yyyymmdd.
    pub last_day: Field,
    /// The month of publication, counted from the year 0; 0 if it is not known. Every document has
    /// a value, so that the column is read without a test for presence.
    pub month: Field,
    /// The order of articles with the same score: newest first, then by id.
    pub order: Field,
    /// A hash of the text, which copies share (see `text_hash`).
    pub text: Field,
    /// The sketch of the body (see [`shingles::sketch`]), as a column only.
    pub sketch: Field,
    /// The number of words in the body, as a column only.
    pub words: Field,
    /// The headline, folded, as one term, to look up whether a line is an article's headline.
    pub title: Field,
    /// The doubts that only the rest of the archive can answer (see [`doubt_term`]).
    pub doubt: Field,
    /// The doubts that were answered when the article was read, alone and with their answers (see
    /// [`answer_term`]).
    pub settled: Field,
    /// The outlet with the order of day and month in its dates (see [`answer_term`]), if the
    /// article's dates show it.
    pub date_order: Field,
    /// The article's JSON record. The engine reads a text at once, bytes one by one.
    pub record: Field,
    /// The file's size in bytes. This and the next four fields are its state.
    pub size: Field,
    /// The file's time of last change, in nanoseconds since 1970.
    pub modified: Field,
    /// The file's `ctime`, in nanoseconds since 1970.
    pub changed: Field,
    /// The file's inode.
    pub inode: Field,
    /// The XXH3 hash of the file's bytes.
    pub hash: Field,
}

impl Fields {
    /// Returns the field with the stems of a field's words; `None` if they are not stemmed.
    pub fn stems_of(&self, field: Field) -> Option<Field> {
        [
            (self.headline, self.headline_stems),
            (self.body, self.body_stems),
            (self.related, self.related_stems),
        ]
        .into_iter()
        .find_map(|(spelt, stems)| (spelt == field).then_some(stems))
    }

    /// Returns the record of the article in a document; `None` if the document has no article.
    pub fn record_of<'d>(&self, document: &'d TantivyDocument) -> Option<&'d str> {
        document.get_first(self.record)?.as_str()
    }
}
/// The name of the column of [`Fields::text`].
pub const TEXT: &str = "text";
/// The name of the column of [`Fields::sketch`].
pub const SKETCH: &str = "sketch";
/// The name of the column of [`Fields::words`].
pub const WORDS: &str = "words";

/// For how many names a thread caches the lookup keys.
const CACHED_NAMES: usize = 1 << 13;

/// The separator of a lookup key and the key of a person. No key holds a control character.
pub const LOOKUP_SEPARATOR: char = '\u{1f}';

/// Returns the term of a doubt.
pub fn doubt_term(doubt: &Doubt) -> String {
    match doubt {
        Doubt::Solid(first, second) => format!("solid {first} {second}"),
        Doubt::Headline(title) => format!("headline {title}"),
        Doubt::DayFirst(outlet) => format!("day-first {outlet}"),
        Doubt::Language(outlet) => format!("language {outlet}"),
    }
}

/// Returns the doubt of a term.
pub fn doubt_of(term: &str) -> Option<Doubt> {
    let (kind, rest) = term.split_once(' ')?;
    match kind {
        "solid" => {
            let (first, second) = rest.split_once(' ')?;
            Some(Doubt::Solid(first.to_owned(), second.to_owned()))
        }
        "headline" => Some(Doubt::Headline(rest.to_owned())),
        "day-first" => Some(Doubt::DayFirst(rest.to_owned())),
        "language" => Some(Doubt::Language(rest.to_owned())),
        _ => None,
    }
}

/// Returns the term of an answered doubt.
pub fn answer_term(doubt: &Doubt, answer: &Answer) -> String {
    let answer = match answer {
        Answer::Yes => "yes",
        Answer::No => "no",
        Answer::Language(code) => &format!("in-{code}"),
    };
    format!("{answer} {}", doubt_term(doubt))
}

/// Returns the schema and its fields.
pub fn build() -> (Schema, Fields) {
    let text = |tokenizer: &str, record: IndexRecordOption| {
        TextOptions::default().set_indexing_options(
            TextFieldIndexing::default()
                .set_tokenizer(tokenizer)
                .set_index_option(record),
        )
    };
    // Only the length of a text as it is spelt ranks.
    let without_length = |tokenizer: &str, record: IndexRecordOption| {
        TextOptions::default().set_indexing_options(
            TextFieldIndexing::default()
                .set_tokenizer(tokenizer)
                .set_index_option(record)
                .set_fieldnorms(false),
        )
    };
    let plain = text(analyzer::PLAIN, IndexRecordOption::WithFreqsAndPositions);
    let stems = without_length(analyzer::STEMS, IndexRecordOption::WithFreqsAndPositions);
    let pairs = without_length(analyzer::PAIRS, IndexRecordOption::Basic);
    let units = without_length(analyzer::UNITS, IndexRecordOption::WithFreqsAndPositions);
    let compounds = without_length(analyzer::COMPOUNDS, IndexRecordOption::Basic);
    let mut schema = Schema::builder();
    let fields = Fields {
        path: schema.add_text_field("path", STRING | FAST),
        state_only: schema.add_text_field("state_only", STRING),
        id: schema.add_text_field("id", STRING),
        part: schema.add_u64_field("part", FAST),
        headline: schema.add_text_field("headline", plain.clone()),
        headline_stems: schema.add_text_field("headline_stems", stems.clone()),
        body: schema.add_text_field("body", plain.clone()),
        body_stems: schema.add_text_field("body_stems", stems.clone()),
        pairs: schema.add_text_field("pairs", pairs),
        units: schema.add_text_field("units", units),
        compounds: schema.add_text_field("compounds", compounds),
        capitals: schema.add_text_field("capitals", STRING),
        byline: schema.add_text_field("byline", plain.clone()),
        byline_name: schema.add_text_field("byline_name", FAST),
        source: schema.add_text_field("source", STRING),
        outlet: schema.add_text_field(outlets::COLUMN, FAST),
        url: schema.add_text_field("url", plain.clone()),
        place: schema.add_text_field("place", plain.clone()),
        related: schema.add_text_field("related", plain.clone()),
        related_stems: schema.add_text_field("related_stems", stems),
        receipt: schema.add_text_field("receipt", plain.clone()),
        path_words: schema.add_text_field("path_words", plain),
        language: schema.add_text_field("language", STRING | FAST),
        person: schema.add_text_field("person", STRING | FAST),
        other_name: schema.add_text_field("other_name", STRING),
        thing: schema.add_text_field("thing", STRING),
        sure_person: schema.add_text_field("sure_person", STRING),
        person_name: schema.add_text_field("person_name", FAST),
        person_mentions: schema.add_u64_field("person_mentions", FAST),
        person_titles: schema.add_text_field("person_titles", FAST),
        person_lookup: schema.add_text_field("person_lookup", STRING),
        first_day: schema.add_u64_field("first_day", FAST | INDEXED),
        last_day: schema.add_u64_field("last_day", FAST | INDEXED),
        month: schema.add_u64_field("month", FAST),
        order: schema.add_u64_field("order", FAST),
        text: schema.add_u64_field(TEXT, FAST),
        sketch: schema.add_u64_field(SKETCH, FAST),
        words: schema.add_u64_field(WORDS, FAST),
        title: schema.add_text_field("title", STRING),
        doubt: schema.add_text_field("doubt", STRING),
        settled: schema.add_text_field("settled", STRING),
        date_order: schema.add_text_field("date_order", STRING),
        record: schema.add_text_field("record", STORED),
        size: schema.add_u64_field("size", FAST),
        modified: schema.add_i64_field("modified", FAST),
        changed: schema.add_i64_field("changed", FAST),
        inode: schema.add_u64_field("inode", FAST),
        hash: schema.add_u64_field("hash", FAST),
    };
    (schema.build(), fields)
}

/// Returns the first and the last day of a date, as numbers yyyymmdd.
pub fn days(date: PartialDate) -> (u64, u64) {
    let number = |day: jiff::civil::Date| {
        // Years run from 1000 to 9999, months and days are positive.
        u64::from(day.year().unsigned_abs()) * 10_000
            + u64::from(day.month().unsigned_abs()) * 100
            + u64::from(day.day().unsigned_abs())
    };
    (number(date.first_day()), number(date.last_day()))
}

/// Returns the month of a date, counted from the year 0; the middle of the year if only that is
/// known.
fn month_of(date: PartialDate) -> u64 {
    let (first, last) = days(date);
    let month = |day: u64| day / 10_000 * 12 + day / 100 % 100;
    u64::midpoint(month(first), month(last))
}

/// Returns the date of a number yyyymmdd.
pub fn date_of(number: u64) -> Option<PartialDate> {
    let year = i16::try_from(number / 10_000).ok()?;
    let month = i8::try_from(number / 100 % 100).ok()?;
    let day = i8::try_from(number % 100).ok()?;
    PartialDate::from_day(year, month, day)
}

/// Returns a number that is lower for a newer article and depends only on the article: 27 bits of
/// its day, 36 of its id.
fn order_of(article: &Article) -> u64 {
    let day = article.published.map_or(0, |published| days(published).1);
    let id = u64::from_str_radix(&article.id, 16).unwrap_or(u64::MAX);
    (99_999_999 - day.min(99_999_999)) << 36 | (id >> 12) & ((1 << 36) - 1)
}

/// Returns a hash of the words of an article, as printed: of its folded headline and its body. Articles
/// with the same hash are copies. An article without words has 0 and is no copy.
fn text_hash(headline: &str, body: &str) -> u64 {
    let mut hash = Xxh3::new();
    for word in body.split_whitespace() {
        hash.update(word.as_bytes());
        hash.update(b" ");
    }
    // No word has a line break.
    hash.update(b"\n");
    hash.update(folded(headline).as_bytes());
    match (headline, body.trim()) {
        ("", "") => 0,
        // 48 bits are enough, as for ids.
        _ => hash.digest() >> 16,
    }
}

/// Returns what somebody wrote among what was taken out of an article: tags, credits, captions, notices.
/// URLs have a field of their own, and control characters are no words.
fn receipt_texts(article: &Article) -> impl Iterator<Item = &str> {
    let is_written = |kind| !matches!(kind, RemovedKind::Url | RemovedKind::Control);
    let removed = article.receipt.iter();
    let written = removed.filter(move |removed| is_written(removed.kind));
    written.map(|removed| removed.text.as_str())
}

/// Returns the document of an article. The first article of a file takes the file's state.
pub fn document(fields: &Fields, article: &Article, state: Option<FileState>) -> TantivyDocument {
    let mut document = TantivyDocument::default();
    document.add_text(fields.path, &article.path);
    document.add_text(fields.id, &article.id);
    document.add_u64(fields.part, u64::from(article.part));
    document.add_u64(fields.order, order_of(article));
    let mut body = String::new();
    for block in article.body() {
        body.push_str(block);
        body.push('\n');
    }
    let headline = article.headline.as_deref().unwrap_or_default();
    for word in analyzer::in_capitals(headline).union(&analyzer::in_capitals(&body)) {
        document.add_text(fields.capitals, &**word);
    }
    document.add_u64(fields.text, text_hash(headline, &body));
    for hash in shingles::sketch(&shingles::words_of([&*body])) {
        document.add_u64(fields.sketch, u64::from(hash));
    }
    document.add_u64(fields.words, u64::from(article.words));
    // The fields of one text are added in a row: the analyzer caches the words of the last text.
    let language = article.language.as_deref();
    document.add_text(fields.body_stems, analyzer::stems_text(language, &body));
    document.add_text(fields.pairs, &body);
    document.add_text(fields.units, &body);
    document.add_text(fields.compounds, analyzer::stems_text(language, &body));
    document.add_text(fields.body, body);
    if let Some(headline) = &article.headline {
        document.add_text(
            fields.headline_stems,
            analyzer::stems_text(language, headline),
        );
        document.add_text(fields.headline, headline);
        document.add_text(fields.title, folded(headline));
    }
    let writers = article.byline.iter().chain(&article.contributors);
    for writer in writers.chain(&article.agency) {
        document.add_text(fields.byline, writer);
    }
    for writer in &article.byline {
        document.add_text(fields.byline_name, writer);
    }
    let domain = article.source_domain.as_ref();
    for source in article
        .source
        .iter()
        .chain(domain.filter(|_| domain != article.source.as_ref()))
    {
        document.add_text(fields.source, source.to_lowercase());
    }
    if let Some(outlet) = outlets::column_value(article) {
        document.add_text(fields.outlet, outlet);
    }
    for url in &article.urls {
        document.add_text(fields.url, url);
    }
    if let Some(place) = article.dateline.as_ref().and_then(|d| d.place.as_ref()) {
        document.add_text(fields.place, place);
    }
    for title in &article.related {
        document.add_text(fields.related_stems, analyzer::stems_text(language, title));
        document.add_text(fields.related, title);
    }
    for text in receipt_texts(article) {
        document.add_text(fields.receipt, text);
    }
    document.add_text(fields.path_words, &article.path);
    if let Some(language) = &article.language {
        document.add_text(fields.language, language);
    }
    for person in &article.people {
        add_person(fields, &mut document, person);
    }
    for key in &article.evidence.other_names {
        document.add_text(fields.other_name, key);
    }
    for key in &article.evidence.things {
        document.add_text(fields.thing, key);
    }
    if let Some(published) = article.published {
        let (first, last) = days(published);
        document.add_u64(fields.first_day, first);
        document.add_u64(fields.last_day, last);
    }
    document.add_u64(fields.month, article.published.map_or(0, month_of));
    for doubt in &article.evidence.doubts {
        document.add_text(fields.doubt, doubt_term(doubt));
    }
    for (doubt, answer) in &article.evidence.settled {
        document.add_text(fields.settled, answer_term(doubt, answer));
        document.add_text(fields.settled, doubt_term(doubt));
    }
    if let (Some(outlet), Some(day_first)) = (article.outlet_key(), article.evidence.day_first) {
        let order = answer_term(&Doubt::DayFirst(outlet.to_owned()), &day_first.into());
        document.add_text(fields.date_order, order);
    }
    let record = serde_json::to_string(article).expect("an article has only string keys");
    document.add_text(fields.record, record);
    if let Some(state) = state {
        add_state(fields, &mut document, state);
    }
    document
}

fn add_person(fields: &Fields, document: &mut TantivyDocument, person: &Person) {
    document.add_text(fields.person, &person.key);
    if is_surely_person(person) {
        document.add_text(fields.sure_person, &person.key);
    }
    document.add_text(fields.person_name, &person.name);
    document.add_u64(fields.person_mentions, u64::from(person.count));
    document.add_text(fields.person_titles, &person.titles);
    with_lookup_keys(&person.name, |lookup| {
        document.add_text(
            fields.person_lookup,
            format!("{lookup}{LOOKUP_SEPARATOR}{}", person.key),
        );
    });
}

/// Returns whether an article names a person as only persons are named: with a title, or once in full and
/// then by the surname. Firms are named by their first word.
fn is_surely_person(person: &Person) -> bool {
    let words: Vec<&str> = person.key.split(' ').skip(1).collect();
    let mut short = person.forms.keys().filter(|form| !form.contains(' '));
    let is_surname = |form: &String| words.contains(&name::key(form).as_str());
    !person.titles.is_empty() || short.any(is_surname)
}

/// Calls `then` with each of a name's lookup keys (see [`name::lookup_keys`]). They are expensive
/// and names recur, so each thread caches them.
fn with_lookup_keys(name: &str, then: impl FnMut(&String)) {
    type Cached = FxHashMap<Box<str>, Vec<String>>;
    thread_local! {
        static KEYS: RefCell<Cached> = RefCell::default();
    }
    KEYS.with_borrow_mut(|keys| {
        if let Some(known) = keys.get(name) {
            return known.iter().for_each(then);
        }
        if keys.len() >= CACHED_NAMES {
            keys.clear();
        }
        let known = keys.entry(name.into());
        let known = known.or_insert_with(|| name::lookup_keys(name));
        known.iter().for_each(then);
    });
}

/// Returns the document with only the state of the file at `path`.
pub fn state_document(fields: &Fields, path: &str, state: FileState) -> TantivyDocument {
    let mut document = TantivyDocument::default();
    document.add_text(fields.path, path);
    document.add_text(fields.state_only, path);
    document.add_u64(fields.month, 0);
    add_state(fields, &mut document, state);
    document
}

fn add_state(fields: &Fields, document: &mut TantivyDocument, state: FileState) {
    document.add_u64(fields.size, state.stamp.size);
    document.add_i64(fields.modified, state.stamp.modified);
    document.add_i64(fields.changed, state.stamp.changed);
    document.add_u64(fields.inode, state.stamp.inode);
    document.add_u64(fields.hash, state.hash);
}
