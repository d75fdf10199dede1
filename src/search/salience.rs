//! How much an article is about the persons asked for: by how often it names them, whatever the
//! spelling.

use rustc_hash::FxHashMap;
use tantivy::columnar::{Column, StrColumn};
use tantivy::{DocId, SegmentReader, TantivyError};

use super::score::{Weights, saturated};
use crate::error::Result;
use crate::query::plan::Plan;

/// The persons asked for, as the columns of a segment have them.
pub(super) struct Salience<'p> {
    /// For each person asked for, the articles of the segment with the key that names them there.
    persons: Vec<&'p [(DocId, String)]>,
    columns: Option<(StrColumn, Column<u64>)>,
    /// The keys' places in the column's dictionary.
    ordinals: FxHashMap<&'p str, u64>,
    weights: Weights,
}

impl<'p> Salience<'p> {
    /// Opens the columns of a segment, which is the `ordinal`th, if persons were asked for.
    pub(super) fn open(
        reader: &SegmentReader,
        ordinal: usize,
        plan: &'p Plan,
        weights: &Weights,
    ) -> Result<Self> {
        let persons: Vec<&[(DocId, String)]> = (plan.persons.iter())
            .filter_map(|meant| meant.articles.get(ordinal).map(Vec::as_slice))
            .collect();
        let fast = reader.fast_fields();
        let columns = match persons.iter().any(|articles| !articles.is_empty()) {
            true => (fast.str("person")?)
                .map(|keys| Ok::<_, TantivyError>((keys, fast.u64("person_mentions")?)))
                .transpose()?,
            false => None,
        };
        let mut ordinals = FxHashMap::default();
        if let Some((keys, _)) = &columns {
            for (_, key) in persons.iter().copied().flatten() {
                if !ordinals.contains_key(key.as_str())
                    && let Some(ordinal) =
                        (keys.dictionary().term_ord(key.as_bytes())).map_err(TantivyError::from)?
                {
                    ordinals.insert(key.as_str(), ordinal);
                }
            }
        }
        Ok(Self {
            persons,
            columns,
            ordinals,
            weights: *weights,
        })
    }

    /// Returns what an article's mentions of the persons count.
    pub(super) fn of(&self, doc: DocId) -> f32 {
        let mentions = self.persons.iter().map(|articles| {
            #[expect(clippy::cast_precision_loss, reason = "a score is no exact number")]
            let mentions = self.mentions(articles, doc).unwrap_or(0) as f32;
            self.weights.person * saturated(mentions, self.weights.k1)
        });
        mentions.sum()
    }

    fn mentions(&self, articles: &[(DocId, String)], doc: DocId) -> Option<u64> {
        let (keys, mentions) = self.columns.as_ref()?;
        let at = articles.binary_search_by_key(&doc, |(doc, _)| *doc).ok()?;
        let ordinal = self.ordinals.get(articles[at].1.as_str())?;
        let place = keys.term_ords(doc).position(|key| key == *ordinal)?;
        mentions.values_for_doc(doc).nth(place)
    }
}
