//! Reads what positions in the index can't tell from the stored text: capitals, and patterns in
//! fields whose index holds stems alone.

use tantivy::index::SegmentReader;
use tantivy::query::Query;
use tantivy::schema::Value;
use tantivy::store::StoreReader;
use tantivy::{DocId, TantivyDocument};

use crate::archive::analyzer;
use crate::archive::analyzer::Word;
use crate::archive::schema::Fields;
use crate::article::Article;
use crate::engine::doc_set::tested;
use crate::engine::positions::{Asked, Places};
use crate::query::pattern::{edit_distance, is_match};
use crate::query::tree::Leaf;

/// Which texts of an article are read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Texts {
    /// The headline.
    pub headline: bool,
    /// The body.
    pub body: bool,
    /// The titles of related stories.
    pub related: bool,
}

/// Returns a query for those of the candidates whose stored text has words at places.
pub fn from_text(
    fields: &Fields,
    places: Places<Leaf>,
    texts: Texts,
    asked: Asked,
    candidates: Box<dyn Query>,
) -> Box<dyn Query> {
    let fields = *fields;
    tested(candidates, move |reader: &SegmentReader| {
        // Candidates come in the order they are stored in: one block at a time is enough.
        let store = reader.get_store_reader(2)?;
        let (places, asked) = (places.clone(), asked.clone());
        Ok(Box::new(move |doc: DocId| {
            article(&store, &fields, doc)
                .is_some_and(|article| count(&article, &places, texts, &asked) >= asked.at_least)
        }))
    })
}

/// Returns the article of a document, where it has one that can be read.
pub(super) fn article(store: &StoreReader, fields: &Fields, doc: DocId) -> Option<Article> {
    let document: TantivyDocument = store.get(doc).ok()?;
    let record = document.get_first(fields.record)?;
    serde_json::from_slice(record.as_bytes()?).ok()
}

/// Returns in how many places of an article something stands.
fn count(article: &Article, places: &Places<Leaf>, texts: Texts, asked: &Asked) -> usize {
    let mut found = 0;
    let mut read = |text: &str| {
        let words = analyzer::words(text);
        let mut places = places.clone();
        let spans = places.spans(&mut |leaf: &mut Leaf| positions(text, &words, leaf));
        found += asked.count(&spans);
    };
    if texts.headline
        && let Some(headline) = &article.headline
    {
        read(headline);
    }
    if texts.body {
        // Each block is a line, as in the index.
        let mut body = String::new();
        for block in article.body() {
            body.push_str(block);
            body.push('\n');
        }
        read(&body);
    }
    if texts.related {
        article.related.iter().for_each(|title| read(title));
    }
    found
}

/// Returns where a leaf stands among the words of a text.
pub(super) fn positions(text: &str, words: &[Word], leaf: &Leaf) -> Vec<u32> {
    let asked_stem = match leaf {
        Leaf::Word { plain, .. } => analyzer::stem(plain),
        _ => String::new(),
    };
    let mut positions: Vec<u32> = words
        .iter()
        .filter(|word| match leaf {
            Leaf::Word { plain, .. } => {
                word.plain == *plain || analyzer::stem(&word.plain) == asked_stem
            }
            Leaf::Pattern(pattern) => is_match(pattern, &word.plain),
            Leaf::Fuzzy { plain, distance } => {
                edit_distance(plain, &word.plain) <= usize::from(*distance)
            }
            Leaf::Caps(typed) => text.get(word.range.clone()) == Some(typed),
        })
        .map(|word| u32::try_from(word.position).unwrap_or(u32::MAX))
        .collect();
    // The parts of a word such as COVID-19 and their joined form share a place.
    positions.dedup();
    positions
}
