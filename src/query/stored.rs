//! Reads what positions in the index can't tell from the stored text: capitals, and patterns in
//! fields whose index holds stems alone.

use tantivy::DocId;
use tantivy::index::SegmentReader;
use tantivy::query::Query;

use super::edit_distance;
use super::expand::is_match;
use super::spans::{Asked, Places, tested};
use super::tree::Leaf;
use crate::archive::analyzer;
use crate::archive::schema::{BLOCK_GAP, Fields};
use crate::article::Article;

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
            crate::archive::article_from_store(&store, &fields, doc)
                .is_ok_and(|article| count(&article, &places, texts, &asked) >= asked.at_least)
        }))
    })
}

/// Returns in how many places of an article something stands.
fn count(article: &Article, places: &Places<Leaf>, texts: Texts, asked: &Asked) -> usize {
    let mut found = 0;
    let mut read = |parts: &mut dyn Iterator<Item = &str>| {
        let words = placed_words(parts);
        let mut places = places.clone();
        let spans = places.spans(&mut |leaf: &mut Leaf| positions(&words, leaf));
        found += asked.count(&spans);
    };
    if texts.headline {
        read(&mut article.headline.as_deref().into_iter());
    }
    if texts.body {
        read(&mut article.body());
    }
    if texts.related {
        read(&mut article.related.iter().map(String::as_str));
    }
    found
}

/// A word with its place in a text of several parts.
struct Placed<'a> {
    at: u32,
    typed: &'a str,
    plain: String,
}

fn placed_words<'a>(parts: &mut dyn Iterator<Item = &'a str>) -> Vec<Placed<'a>> {
    let mut placed = Vec::new();
    let mut start = 0;
    for part in parts {
        let words = analyzer::words(part);
        let count = words.last().map_or(0, |word| word.position + 1);
        for word in words {
            placed.push(Placed {
                at: u32::try_from(start + word.position).unwrap_or(u32::MAX),
                typed: &part[word.range],
                plain: word.plain,
            });
        }
        start += count + BLOCK_GAP;
    }
    placed
}

fn positions(words: &[Placed<'_>], leaf: &Leaf) -> Vec<u32> {
    let asked_stem = match leaf {
        Leaf::Word { plain, .. } => analyzer::stem(plain),
        _ => String::new(),
    };
    words
        .iter()
        .filter(|word| match leaf {
            Leaf::Word { plain, .. } => {
                word.plain == *plain || analyzer::stem(&word.plain) == asked_stem
            }
            Leaf::Pattern(pattern) => is_match(pattern, &word.plain),
            Leaf::Fuzzy { plain, distance } => {
                edit_distance(plain, &word.plain) <= usize::from(*distance)
            }
            Leaf::Caps(typed) => word.typed == typed,
        })
        .map(|word| word.at)
        .collect()
}
