//! Copies: articles with the same text, of which an answer shows one.

use rustc_hash::{FxHashMap, FxHashSet};
use tantivy::columnar::Column;
use tantivy::{DocAddress, Searcher};

use crate::archive::schema::TEXT;
use crate::engine::top_hits::Ranked;
use crate::error::Result;

/// The hashes of the texts of all articles (see [`crate::archive::schema::Fields::text`]).
pub(super) struct Texts {
    segments: Vec<Column<u64>>,
}

impl Texts {
    pub(super) fn open(searcher: &Searcher) -> Result<Self> {
        let readers = searcher.segment_readers().iter();
        let segments = readers.map(|reader| reader.fast_fields().u64(TEXT));
        Ok(Self {
            segments: segments.collect::<tantivy::Result<_>>()?,
        })
    }

    /// Returns the hash of an article's text; `None` if it has no words.
    pub(super) fn of(&self, address: DocAddress) -> Option<u64> {
        let column = self.segments.get(address.segment_ord as usize)?;
        column.first(address.doc_id).filter(|&text| text != 0)
    }
}

/// The copies in a result.
#[derive(Default)]
pub(super) struct Copies {
    /// The articles with each text, but for the first in the result.
    others: FxHashMap<u64, Vec<DocAddress>>,
    /// The number of articles in the result, and the lowest score among them.
    pub(super) seen: usize,
    pub(super) lowest: f32,
}

impl Copies {
    /// Takes the copies out of a result, best first: of articles with the same text, the first stays.
    pub(super) fn take_out(texts: &Texts, ranked: &mut Vec<Ranked>) -> Self {
        let (seen, lowest) = (ranked.len(), ranked.last().map_or(0.0, |last| last.score));
        let mut others: FxHashMap<u64, Vec<DocAddress>> = FxHashMap::default();
        ranked.retain(|hit| {
            let Some(text) = texts.of(hit.address) else {
                return true;
            };
            let known = others.get_mut(&text);
            let is_first = known.is_none();
            match known {
                Some(copies) => copies.push(hit.address),
                None => _ = others.insert(text, Vec::new()),
            }
            is_first
        });
        Self {
            others,
            seen,
            lowest,
        }
    }

    /// Finds the copies of some articles among all that `each` is called with.
    pub(super) fn of_all(
        texts: &Texts,
        ranked: &[Ranked],
        run: impl FnOnce(&mut dyn FnMut(DocAddress)) -> Result<()>,
    ) -> Result<Self> {
        let of_hits = ranked.iter().filter_map(|hit| texts.of(hit.address));
        let mut others: FxHashMap<u64, Vec<DocAddress>> =
            of_hits.map(|text| (text, Vec::new())).collect();
        let hits: FxHashSet<DocAddress> = ranked.iter().map(|hit| hit.address).collect();
        run(&mut |address| {
            let text = texts.of(address);
            if let Some(copies) = text.and_then(|text| others.get_mut(&text))
                && !hits.contains(&address)
            {
                copies.push(address);
            }
        })?;
        Ok(Self {
            others,
            seen: 0,
            lowest: 0.0,
        })
    }

    /// Returns the copies of an article.
    pub(super) fn of(&self, texts: &Texts, article: DocAddress) -> Vec<DocAddress> {
        let text = texts.of(article);
        let copies = text.and_then(|text| self.others.get(&text));
        copies.cloned().unwrap_or_default()
    }
}
