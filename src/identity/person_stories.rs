//! The stories of the articles that name a person, in the rows of the person's record.

use std::collections::BTreeMap;

use rustc_hash::FxHashMap;
use tantivy::DocAddress;

use super::columns::PersonColumns;
use super::sightings::Sighting;
use crate::archive::{ArticleStories, StoryCount};
use crate::error::Result;

/// A segment and the ordinal of a value of one of its columns.
pub(super) type Ordinal = (usize, u64);

/// Which names are counted, by their ordinals in the columns.
#[derive(Default)]
pub(super) struct Names {
    /// The spelling that each name of the person is.
    pub(super) spellings: FxHashMap<Ordinal, String>,
    /// The number of the companion that each key is.
    pub(super) companions: FxHashMap<Ordinal, usize>,
}

/// The stories of a person.
#[derive(Default)]
pub(super) struct PersonStories {
    /// All of them.
    pub(super) all: u64,
    /// By year.
    pub(super) years: BTreeMap<i16, u64>,
    /// By spelling.
    pub(super) spellings: BTreeMap<String, u64>,
    /// By the number of the companion.
    pub(super) companions: FxHashMap<usize, u64>,
}

/// Returns the number of stories in which a person is named, by sightings in the order of the index.
pub(super) fn count(stories: &ArticleStories, sightings: &[Sighting]) -> u64 {
    let mut all = StoryCount::default();
    for (story, _) in by_story(stories, sightings) {
        all.add(story);
    }
    all.stories
}

fn by_story(stories: &ArticleStories, sightings: &[Sighting]) -> Vec<(u64, DocAddress)> {
    let articles = sightings.chunk_by(|a, b| a.article() == b.article());
    stories.by_story(articles.map(|own| DocAddress::new(own[0].segment, own[0].doc)))
}

impl PersonStories {
    /// Counts the stories of a person, given by the sightings in the order of the index.
    pub(super) fn of(
        stories: &ArticleStories,
        columns: &PersonColumns<'_>,
        sightings: &[Sighting],
        names: &Names,
    ) -> Result<Self> {
        let mut all = StoryCount::default();
        let mut years: BTreeMap<i16, StoryCount> = BTreeMap::new();
        let mut spellings: FxHashMap<&str, StoryCount> = FxHashMap::default();
        let mut companions: FxHashMap<usize, StoryCount> = FxHashMap::default();
        for (story, address) in by_story(stories, sightings) {
            all.add(story);
            let segment = address.segment_ord as usize;
            let Some(columns) = &columns.segments[segment] else {
                continue;
            };
            let details = columns.details()?;
            if let Some(year) = details.year(address.doc_id) {
                years.entry(year).or_default().add(story);
            }
            let article = (address.segment_ord, address.doc_id);
            let own = &sightings[sightings.partition_point(|own| own.article() < article)..];
            let own = own.iter().take_while(|own| own.article() == article);
            let keys = columns.keys.ords();
            for row in keys.index.value_row_ids(address.doc_id) {
                if own.clone().any(|sighting| sighting.row == row) {
                    let name = (segment, details.name(row));
                    if let Some(spelling) = names.spellings.get(&name) {
                        spellings.entry(spelling).or_default().add(story);
                    }
                } else if let Some(&companion) =
                    names.companions.get(&(segment, keys.values.get_val(row)))
                {
                    companions.entry(companion).or_default().add(story);
                }
            }
        }
        let spellings = spellings.into_iter();
        Ok(Self {
            all: all.stories,
            years: numbers(years),
            spellings: numbers(spellings.map(|(name, row)| (name.to_owned(), row))),
            companions: numbers(companions),
        })
    }
}

fn numbers<K, C: FromIterator<(K, u64)>>(rows: impl IntoIterator<Item = (K, StoryCount)>) -> C {
    let rows = rows.into_iter();
    rows.map(|(key, row)| (key, row.stories)).collect()
}
