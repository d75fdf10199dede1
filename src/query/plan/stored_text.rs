//! Queries that read the stored text of articles, for the case of words.

use tantivy::index::SegmentReader;
use tantivy::query::Query;
use tantivy::store::StoreReader;
use tantivy::{DocId, TantivyDocument};

use crate::archive::analyzer;
use crate::archive::analyzer::Word;
use crate::archive::schema::Fields;
use crate::article::Article;
use crate::engine::doc_set::tested;
use crate::engine::positions::{PositionText, SpanCondition, SpanTree, Unit};
use crate::query::pattern::is_leaf_match;
use crate::query::tree::Leaf;

/// The texts of an article that are read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Texts {
    /// The headline.
    pub(super) headline: bool,
    /// The body.
    pub(super) body: bool,
    /// The titles of related stories.
    pub(super) related: bool,
}

/// Returns a query for the candidates whose stored text meets a condition.
pub(super) fn from_text(
    fields: &Fields,
    tree: SpanTree<Leaf>,
    texts: Texts,
    condition: SpanCondition,
    candidates: Box<dyn Query>,
) -> Box<dyn Query> {
    let fields = *fields;
    tested(candidates, move |reader: &SegmentReader| {
        // Candidates come in the order in which they are stored, so that a small cache is enough.
        let store = reader.get_store_reader(2)?;
        let tree = tree.clone();
        Ok(Box::new(move |doc: DocId| {
            article(&store, &fields, doc).is_some_and(|article| {
                count(&article, &tree, texts, condition) >= condition.at_least
            })
        }))
    })
}

/// Returns the article of a document; `None` if it has none or can't be read.
pub(super) fn article(store: &StoreReader, fields: &Fields, doc: DocId) -> Option<Article> {
    let document: TantivyDocument = store.get(doc).ok()?;
    serde_json::from_str(fields.record_of(&document)?).ok()
}

/// Returns the number of spans in an article that count.
fn count(
    article: &Article,
    tree: &SpanTree<Leaf>,
    texts: Texts,
    condition: SpanCondition,
) -> usize {
    let mut found = 0;
    let mut read = |text: &str, has_units: bool| {
        let words = &analyzer::words(text);
        let spans = tree.clone().spans(&mut StoredText {
            text,
            words,
            has_units,
            positions: |leaf: &mut Leaf| positions(article, text, words, leaf),
        });
        found += condition.count(&spans);
    };
    if texts.headline
        && let Some(headline) = &article.headline
    {
        read(headline, false);
    }
    if texts.body {
        read(&body_text(article), true);
    }
    if texts.related {
        article.related.iter().for_each(|title| read(title, false));
    }
    found
}

/// A text of an article, with a function that returns the positions of leaves in it.
pub(super) struct StoredText<'a, F> {
    pub(super) text: &'a str,
    pub(super) words: &'a [Word],
    /// Whether it has sentences and paragraphs, as the body does; other texts are one of both.
    pub(super) has_units: bool,
    pub(super) positions: F,
}

impl<L, F: FnMut(&mut L) -> Vec<u32>> PositionText<L> for StoredText<'_, F> {
    fn leaf(&mut self, leaf: &mut L) -> Vec<u32> {
        (self.positions)(leaf)
    }

    fn starts(&mut self, unit: Unit) -> Vec<u32> {
        if !self.has_units {
            return Vec::new();
        }
        let position = |word: &Word| u32::try_from(word.position).unwrap_or(u32::MAX);
        let words = self.words.iter();
        let starts = analyzer::unit_starts(
            self.text,
            words.map(|word| (word.range.start, position(word))),
        );
        let starts = starts.into_iter();
        starts
            .filter(|start| unit == Unit::Sentence || start.is_paragraph)
            .map(|start| start.position)
            .collect()
    }
}

/// Returns the body of an article with one line for each block, as it was indexed.
pub(super) fn body_text(article: &Article) -> String {
    let mut body = String::new();
    for block in article.body() {
        body.push_str(block);
        body.push('\n');
    }
    body
}

/// Returns the positions of a leaf among the words of a text of an article.
pub(super) fn positions(article: &Article, text: &str, words: &[Word], leaf: &Leaf) -> Vec<u32> {
    let language = article.language.as_deref();
    let asked_stem = match leaf {
        Leaf::Word {
            plain,
            exact: false,
            ..
        } => Some(analyzer::stem_as(language, plain)),
        _ => None,
    };
    let mut positions: Vec<u32> = words
        .iter()
        .filter(|word| match leaf {
            Leaf::Word { plain, .. } => {
                word.plain == *plain
                    || (asked_stem.as_ref())
                        .is_some_and(|stem| analyzer::has_stem(language, &word.plain, stem))
            }
            Leaf::Caps(typed) => {
                (text.get(word.range.clone())).is_some_and(|word| analyzer::in_case(word) == *typed)
            }
            leaf => is_leaf_match(leaf, &word.plain),
        })
        .map(|word| u32::try_from(word.position).unwrap_or(u32::MAX))
        .collect();
    // The parts of a word such as COVID-19 and their joined form share a position.
    positions.dedup();
    positions
}
