//! Copies: the articles of one story, of which an answer shows one.

use rustc_hash::{FxHashMap, FxHashSet};
use tantivy::columnar::{Column, StrColumn};
use tantivy::{DocAddress, Searcher, TantivyError};

use crate::archive::outlets;
use crate::archive::schema::TEXT;
use crate::archive::{Stories, StoryText};
use crate::engine::top_hits::Ranked;
use crate::error::Result;

/// Which article of a story an answer shows.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Prefer {
    /// The fullest.
    #[default]
    Fullest,
    /// The earliest; an undated one last.
    Earliest,
    /// That of an outlet, given by its name or domain; the fullest if it has none.
    Outlet(String),
}

/// How the articles of a story are folded into one hit.
#[derive(Clone, Copy)]
pub(super) struct Folding<'a> {
    pub(super) stories: &'a Stories,
    pub(super) prefer: &'a Prefer,
}

/// The stories of all articles.
pub(super) struct Texts<'a> {
    stories: &'a Stories,
    segments: Vec<Column<u64>>,
}

impl<'a> Texts<'a> {
    pub(super) fn open(searcher: &Searcher, stories: &'a Stories) -> Result<Self> {
        let readers = searcher.segment_readers().iter();
        let segments = readers.map(|reader| reader.fast_fields().u64(TEXT));
        Ok(Self {
            stories,
            segments: segments.collect::<tantivy::Result<_>>()?,
        })
    }

    /// Returns the hash of an article's text (see [`crate::archive::schema::Fields::text`]); `None` if it
    /// has no words.
    fn text_of(&self, address: DocAddress) -> Option<u64> {
        let column = self.segments.get(address.segment_ord as usize)?;
        column.first(address.doc_id).filter(|&text| text != 0)
    }

    /// Returns the story of an article; `None` if it has no words.
    pub(super) fn story_of(&self, address: DocAddress) -> Option<u64> {
        Some(self.stories.story_of(self.text_of(address)?))
    }

    /// Returns whether a story had several articles when a run looked last.
    pub(super) fn has_copies(&self, story: u64) -> bool {
        self.stories.find(story).is_some()
    }

    /// Returns what is known of an article's text, if its story has several articles.
    fn member(&self, address: DocAddress) -> Option<StoryText> {
        self.stories.find(self.text_of(address)?)
    }

    /// Returns whether an article joins its story with another.
    pub(super) fn is_joined(&self, address: DocAddress) -> bool {
        self.member(address).is_some_and(|member| member.words == 0)
    }

    /// Returns the articles of all stories that had several when a run looked last. Some may be deleted.
    pub(super) fn articles_with_copies(&self) -> Vec<DocAddress> {
        let all = self.stories.members.iter().map(|member| member.story);
        self.articles_of(&all.collect())
    }

    /// Returns the articles of some stories, in order. Some may be deleted.
    pub(super) fn articles_of(&self, wanted: &FxHashSet<u64>) -> Vec<DocAddress> {
        let members = self.stories.members.iter();
        let members = members.filter(|member| wanted.contains(&member.story));
        let mut texts: FxHashSet<u64> = members.map(|member| member.text).collect();
        // A text that no run has seen yet is a story of its own.
        texts.extend(wanted);
        let mut found = Vec::new();
        for (segment, column) in (0..).zip(&self.segments) {
            for doc in 0..column.num_docs() {
                if column.first(doc).is_some_and(|text| texts.contains(&text)) {
                    found.push(DocAddress::new(segment, doc));
                }
            }
        }
        found
    }
}

/// The copies in a result.
#[derive(Default)]
pub(super) struct Copies {
    /// The articles of each story, but for the first in the result.
    others: FxHashMap<u64, Vec<DocAddress>>,
    /// The number of articles in the result.
    pub(super) seen: usize,
}

impl Copies {
    /// Takes the copies out of a result, best first: of the articles of a story, the first stays.
    pub(super) fn take_out(texts: &Texts<'_>, ranked: &mut Vec<Ranked>) -> Self {
        let seen = ranked.len();
        let mut others: FxHashMap<u64, Vec<DocAddress>> = FxHashMap::default();
        ranked.retain(|hit| {
            let Some(story) = texts.story_of(hit.address) else {
                return true;
            };
            let known = others.get_mut(&story);
            let is_first = known.is_none();
            match known {
                Some(copies) => copies.push(hit.address),
                None => _ = others.insert(story, Vec::new()),
            }
            is_first
        });
        Self { others, seen }
    }

    /// Takes the copies of some stories from all that match.
    pub(super) fn set(&mut self, texts: &Texts<'_>, hits: &[Ranked], matching: &[DocAddress]) {
        let hits: FxHashSet<DocAddress> = hits.iter().map(|hit| hit.address).collect();
        let mut is_new = FxHashSet::default();
        for &address in matching {
            let Some(story) = texts.story_of(address) else {
                continue;
            };
            let others = self.others.entry(story).or_default();
            if is_new.insert(story) {
                others.clear();
            }
            if !hits.contains(&address) {
                others.push(address);
            }
        }
    }

    /// Returns the copies of an article.
    pub(super) fn of(&self, texts: &Texts<'_>, article: DocAddress) -> Vec<DocAddress> {
        let story = texts.story_of(article);
        let copies = story.and_then(|story| self.others.get(&story));
        copies.cloned().unwrap_or_default()
    }
}

/// Puts the preferred article of each story in the place of the one that was found first.
pub(super) fn put_preferred(
    searcher: &Searcher,
    texts: &Texts<'_>,
    prefer: &Prefer,
    hits: &mut [Ranked],
    copies: &mut [Vec<DocAddress>],
) -> Result<()> {
    let words = |address| texts.member(address).map_or(0, |member| member.words);
    for (hit, copies) in hits.iter_mut().zip(copies) {
        if copies.is_empty() {
            continue;
        }
        // Equals are left in their order, that of the result.
        let mut best = hit.address;
        for &copy in &*copies {
            let is_better = match prefer {
                Prefer::Fullest => words(copy) > words(best),
                Prefer::Earliest => day_of(searcher, copy)? < day_of(searcher, best)?,
                Prefer::Outlet(outlet) => {
                    let of_copy = is_of(searcher, copy, outlet)?;
                    let of_best = is_of(searcher, best, outlet)?;
                    (of_copy, words(copy)) > (of_best, words(best))
                }
            };
            if is_better {
                best = copy;
            }
        }
        if let Some(place) = copies.iter().position(|&copy| copy == best) {
            copies[place] = hit.address;
            hit.address = best;
        }
    }
    Ok(())
}

/// Returns the first day on which an article may have been published, the last of all if it is undated.
fn day_of(searcher: &Searcher, address: DocAddress) -> Result<u64> {
    let reader = searcher.segment_reader(address.segment_ord);
    let days = reader.fast_fields().u64("first_day")?;
    Ok(days.first(address.doc_id).unwrap_or(u64::MAX))
}

/// Returns whether an article is of an outlet.
fn is_of(searcher: &Searcher, address: DocAddress, outlet: &str) -> Result<bool> {
    let reader = searcher.segment_reader(address.segment_ord);
    let column: Option<StrColumn> = reader.fast_fields().str(outlets::COLUMN)?;
    let mut value = String::new();
    if let Some(column) = column
        && let Some(ordinal) = column.term_ords(address.doc_id).next()
    {
        let read = column.ord_to_str(ordinal, &mut value);
        read.map_err(TantivyError::from)?;
    }
    let (name, domain) = outlets::parts_of(&value);
    Ok(outlets::key_of(name) == outlets::key_of(outlet) || domain.eq_ignore_ascii_case(outlet))
}
