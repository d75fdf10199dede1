//! The stories of the articles of an open archive.

use std::sync::OnceLock;

use rustc_hash::{FxHashMap, FxHashSet};
use tantivy::columnar::Column;
use tantivy::{DocAddress, Searcher};

use super::schema::TEXT;
use super::stories::{Stories, StoryText};
use crate::error::Result;

/// How many stories the articles of a row are. A story that is in several rows counts in each.
#[derive(Clone, Copy, Debug, Default)]
pub struct StoryCount {
    /// The number of stories.
    pub stories: u64,
    last: Option<u64>,
}

impl StoryCount {
    /// Counts the story of an article, which is one of [`ArticleStories::by_story`], in its order.
    pub fn add(&mut self, story: u64) {
        if self.last != Some(story) {
            self.stories += 1;
            self.last = Some(story);
        }
    }
}

/// The stories of all articles.
pub struct ArticleStories {
    stories: Stories,
    /// The hashes of the texts, by segment and document.
    texts: Vec<Column<u64>>,
    /// The articles of each story that has several, in order.
    articles: OnceLock<FxHashMap<u64, Vec<DocAddress>>>,
}

impl ArticleStories {
    pub(super) fn open(searcher: &Searcher, stories: Stories) -> Result<Self> {
        let readers = searcher.segment_readers().iter();
        let texts = readers.map(|reader| reader.fast_fields().u64(TEXT));
        Ok(Self {
            stories,
            texts: texts.collect::<tantivy::Result<_>>()?,
            articles: OnceLock::new(),
        })
    }

    /// Returns the stories that have several articles, as the last run found them.
    pub fn listed(&self) -> &Stories {
        &self.stories
    }

    /// Returns the hash of an article's text (see [`super::schema::Fields::text`]); `None` if it has no
    /// words.
    fn text_of(&self, address: DocAddress) -> Option<u64> {
        let column = self.texts.get(address.segment_ord as usize)?;
        column.first(address.doc_id).filter(|&text| text != 0)
    }

    /// Returns the story of an article; `None` if it has no words.
    pub fn story_of(&self, address: DocAddress) -> Option<u64> {
        Some(self.stories.story_of(self.text_of(address)?))
    }

    /// Returns articles, each after its story, in the order of the stories. What has no words is a story of
    /// its own, whose number is greater than those of texts.
    pub fn by_story(&self, articles: impl Iterator<Item = DocAddress>) -> Vec<(u64, DocAddress)> {
        let own = |address: DocAddress| {
            1 << 63 | u64::from(address.segment_ord) << 32 | u64::from(address.doc_id)
        };
        let story_of = |address| self.story_of(address).unwrap_or_else(|| own(address));
        let mut by_story: Vec<_> = articles.map(|one| (story_of(one), one)).collect();
        by_story.sort_unstable();
        by_story
    }

    /// Returns how many stories articles are.
    pub fn count(&self, articles: impl Iterator<Item = DocAddress>) -> usize {
        let by_story = self.by_story(articles);
        by_story.chunk_by(|(a, _), (b, _)| a == b).count()
    }

    /// Returns whether a story had several articles when a run looked last.
    pub fn has_copies(&self, story: u64) -> bool {
        self.stories.find(story).is_some()
    }

    /// Returns what is known of an article's text, if its story has several articles.
    pub fn member(&self, address: DocAddress) -> Option<StoryText> {
        self.stories.find(self.text_of(address)?)
    }

    /// Returns whether an article joins its story with another.
    pub fn is_joined(&self, address: DocAddress) -> bool {
        self.member(address).is_some_and(|member| member.words == 0)
    }

    /// Returns the articles of each story that had several when a run looked last. Some may be deleted.
    pub fn with_copies(&self) -> &FxHashMap<u64, Vec<DocAddress>> {
        self.articles.get_or_init(|| {
            let mut articles: FxHashMap<u64, Vec<DocAddress>> = FxHashMap::default();
            self.each_text(|address, text| {
                if let Some(member) = self.stories.find(text) {
                    articles.entry(member.story).or_default().push(address);
                }
            });
            articles
        })
    }

    /// Returns the articles of some stories, in order. Some may be deleted.
    pub fn articles_of(&self, stories: &FxHashSet<u64>) -> Vec<DocAddress> {
        // A text that no run has seen yet is a story of its own.
        let (several, new): (Vec<u64>, Vec<u64>) =
            (stories.iter()).partition(|&&story| self.has_copies(story));
        let mut found = Vec::new();
        for story in several {
            found.extend(self.with_copies().get(&story).into_iter().flatten());
        }
        if !new.is_empty() {
            self.each_text(|address, text| {
                if new.contains(&text) {
                    found.push(address);
                }
            });
        }
        found.sort_unstable();
        found
    }

    /// Calls `each` with every article and the hash of its text.
    fn each_text(&self, mut each: impl FnMut(DocAddress, u64)) {
        for (segment, column) in (0..).zip(&self.texts) {
            for doc in 0..column.num_docs() {
                if let Some(text) = column.first(doc) {
                    each(DocAddress::new(segment, doc), text);
                }
            }
        }
    }
}
