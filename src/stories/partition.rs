//! Decides which texts are one story. The result depends on the set of texts alone.
//!
//! Each text looks among the fuller ones for the one that it is a copy of: the few that share the most
//! of its sketch are compared with it word by word. A story is a text without such a one, with all that
//! hang from it.
//!
//! An article that joins two stories is no whole of which the two are parts: nothing hangs from it, and
//! it hangs from the story that it has more of.

use std::panic::resume_unwind;
use std::{iter, thread};

use super::overlap::Overlap;
use super::postings::{Postings, Sketches};
use crate::error::Result;

/// The least share of the shorter sketch that makes two texts worth a comparison. Of a text in which
/// one word in ten is misread, two fifths of the sketch stay.
const CANDIDATE: f32 = 0.3;

/// How many fuller texts a text is compared with.
const COMPARED: usize = 3;

/// The least share of a text, in thousandths of its words, that stands in a fuller text of the same
/// story. Two reporters on one event share quotations, reports of one series a background, and interviews
/// their questions: in 703 articles of a wiki of news, of the pairs that share between a half and two
/// thirds none is one story.
const STORY: u16 = 650;

/// The least share of a text that is in an article which joins its story with another.
const JOINED: u16 = 500;

/// The share from which on a text adds little to the fuller one.
const COPY: u16 = 800;

/// A text of fewer words than this is a copy only if it has all words of the other,
const SHORT: u32 = 40;
const EQUAL: u16 = 1_000;
/// and one of fewer than this only if the headline is the same too, so that it is the same text.
const TINY: u32 = 15;

/// An article joins two stories if a text of each is in it that shares less than this with the other,
const DISJOINT: u16 = 250;
/// each makes at least this share of it and at most that,
const PART: f32 = 0.07;
const ALL: f32 = 0.9;
/// and both together make at least this.
const WHOLE: u16 = 800;

/// The least share of the larger sketch that two texts of the same extent share.
const SAME_EXTENT: f32 = 0.8;

/// A text as part of a story.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Membership {
    /// The text that the story is named after, by its number: the fullest that joins no others.
    pub root: usize,
    /// Whether the text joins two stories.
    pub is_joined: bool,
}

/// Returns the story of each text. Texts are numbered by fullness, the fullest first; `words` are the
/// numbers of their words, and `overlap` compares two of them.
pub fn partition(
    sketches: &Sketches,
    words: &[u32],
    threads: usize,
    overlap: impl Fn(usize, usize) -> Result<Overlap> + Sync,
) -> Result<Vec<Membership>> {
    let postings = Postings::of(sketches);
    let finder = |joined| Finder {
        postings: &postings,
        sketches,
        words,
        overlap: &overlap,
        joined,
        counts: vec![0; sketches.len()],
        touched: Vec::new(),
        extents: vec![0; sketches.len()],
    };
    let joined = for_each(threads, || finder(&[]), Finder::is_joined)?;
    let compared = for_each(threads, || finder(&joined), Finder::compare)?;
    let mut parents: Vec<Parent> = Vec::with_capacity(compared.len());
    for (text, compared) in compared.iter().enumerate() {
        parents.push(parent_of(compared, joined[text], words[text], &parents));
    }
    let root_of = |mut text: usize| {
        while let Some(parent) = parents[text].text {
            text = parent;
        }
        text
    };
    let members = (0..parents.len()).map(|text| Membership {
        root: root_of(text),
        is_joined: joined[text],
    });
    Ok(members.collect())
}

/// What a text hangs from.
#[derive(Clone, Copy, Default)]
struct Parent {
    text: Option<usize>,
    /// Whether the text, or one that it hangs from, differs much from what that hangs from.
    is_version: bool,
}

/// Returns what `find` finds for each text. Each of the threads looks at every so many texts, since the
/// first are the longest.
fn for_each<'a, F, T>(
    threads: usize,
    finder: impl Fn() -> Finder<'a, F> + Sync,
    find: impl Fn(&mut Finder<'a, F>, usize) -> Result<T> + Sync,
) -> Result<Vec<T>>
where
    F: Fn(usize, usize) -> Result<Overlap> + Sync + 'a,
    T: Send,
{
    let threads = threads.max(1);
    let every = |first: usize| {
        let mut finder = finder();
        let texts = (first..finder.sketches.len()).step_by(threads);
        texts.map(|text| find(&mut finder, text)).collect()
    };
    let found: Vec<Result<Vec<T>>> = thread::scope(|scope| {
        let others: Vec<_> = (1..threads)
            .map(|first| scope.spawn(move || every(first)))
            .collect();
        let own = every(0);
        let others = others.into_iter().map(|other| match other.join() {
            Ok(found) => found,
            Err(panic) => resume_unwind(panic),
        });
        iter::once(own).chain(others).collect()
    });
    let mut found = (found.into_iter())
        .map(|found| Ok(found?.into_iter()))
        .collect::<Result<Vec<_>>>()?;
    let mut all = Vec::new();
    for turn in (0..threads).cycle() {
        let Some(next) = found[turn].next() else {
            break;
        };
        all.push(next);
    }
    Ok(all)
}

struct Finder<'a, F> {
    postings: &'a Postings,
    sketches: &'a Sketches,
    words: &'a [u32],
    overlap: &'a F,
    /// Whether each text joins two stories, if that is known.
    joined: &'a [bool],
    /// For each text, how many hashes it shares with the one that is looked at.
    counts: Vec<u32>,
    /// The texts whose count is not 0.
    touched: Vec<usize>,
    /// How many texts have the same extent as each, itself included; 0 until it was asked for.
    extents: Vec<u32>,
}

impl<F: Fn(usize, usize) -> Result<Overlap>> Finder<'_, F> {
    /// Counts the hashes that each other text shares with a text, in the lists that are wanted.
    fn count(&mut self, text: usize, is_wanted: impl Fn(&[u32]) -> bool) {
        for other in self.touched.drain(..) {
            self.counts[other] = 0;
        }
        for &list in self.postings.lists_of(text) {
            let texts = self.postings.texts_in(list);
            if !is_wanted(texts) {
                continue;
            }
            for &other in texts {
                let other = other as usize;
                if other != text {
                    if self.counts[other] == 0 {
                        self.touched.push(other);
                    }
                    self.counts[other] += 1;
                }
            }
        }
    }

    /// Returns how many texts have the same extent as one, itself included.
    fn extent_of(&mut self, text: usize) -> u32 {
        if self.extents[text] == 0 {
            self.extents[text] = self.count_same_extent(text);
        }
        self.extents[text]
    }

    fn count_same_extent(&mut self, text: usize) -> u32 {
        self.count(text, |_| true);
        let own = self.sketches.of(text).len();
        let is_same = |&&other: &&usize| {
            let larger = own.max(self.sketches.of(other).len());
            share(self.counts[other], larger) >= SAME_EXTENT
        };
        let same = self.touched.iter().filter(is_same).count();
        1 + u32::try_from(same).unwrap_or(u32::MAX - 1)
    }

    /// Returns the counted texts that pass a test, those that share the most first, a few at most.
    fn most_shared(&self, is_wanted: impl Fn(usize) -> bool) -> Vec<usize> {
        let touched = self.touched.iter().copied();
        let mut most: Vec<usize> = touched.filter(|&other| is_wanted(other)).collect();
        most.sort_unstable_by_key(|&other| (u32::MAX - self.counts[other], other));
        most.truncate(COMPARED);
        most
    }

    fn share_of(&self, text: usize, other: usize) -> f32 {
        share(self.counts[other], self.sketches.of(text).len())
    }

    /// Compares a text with those that it may be a copy of.
    fn compare(&mut self, text: usize) -> Result<Vec<(usize, Overlap)>> {
        let is_joined = self.joined[text];
        if !is_joined && self.words[text] < TINY {
            return Ok(Vec::new());
        }
        self.count(text, |_| true);
        let candidates = self.most_shared(|other| {
            let shorter = self.sketches.of(text).len();
            let shorter = shorter.min(self.sketches.of(other).len());
            let is_near = share(self.counts[other], shorter) >= CANDIDATE;
            !self.joined[other] && is_near && (is_joined || other < text)
        });
        let candidates = candidates.into_iter();
        let compared = candidates.map(|other| Ok((other, (self.overlap)(text, other)?)));
        compared.collect()
    }

    /// Returns whether an article joins two stories: whether texts of two others that share nothing make
    /// it up, and not more outlets print the article than print one of them.
    fn is_joined(&mut self, text: usize) -> Result<bool> {
        self.count(text, |_| true);
        let is_part = |share: f32| (PART..ALL).contains(&share);
        let firsts = self.most_shared(|other| is_part(self.share_of(text, other)));
        let Some(&first) = firsts.first() else {
            return Ok(false);
        };
        let of_first = self.share_of(text, first);
        let is_second = |share: f32| is_part(share) && share + of_first >= CANDIDATE;
        if !(self.touched.iter())
            .any(|&other| other != first && is_second(self.share_of(text, other)))
        {
            return Ok(false);
        }
        self.count(text, |texts| !has(texts, first));
        let seconds = self.most_shared(|other| {
            let own = share(self.counts[other], self.sketches.of(other).len());
            is_second(self.share_of(text, other)) && own >= CANDIDATE
        });
        for second in seconds {
            let of_second = (self.overlap)(text, second)?;
            if of_second.second < JOINED {
                continue;
            }
            let of_first = (self.overlap)(text, first)?;
            let both = (self.overlap)(first, second)?;
            let is_whole = of_first.first + of_second.first >= WHOLE;
            let is_of_two = both.first < DISJOINT && both.second < DISJOINT;
            if is_whole && is_of_two {
                let printed = self.extent_of(first).max(self.extent_of(second));
                if self.extent_of(text) <= printed {
                    return Ok(true);
                }
            }
        }
        Ok(false)
    }
}

/// Returns what a text hangs from, of those that it was compared with.
fn parent_of(
    compared: &[(usize, Overlap)],
    is_joined: bool,
    words: u32,
    parents: &[Parent],
) -> Parent {
    let mut best: Option<(u16, Parent)> = None;
    for &(other, overlap) in compared {
        let mut parent = Parent {
            text: Some(other),
            is_version: true,
        };
        if !is_joined {
            let is_version = parents[other].is_version;
            if overlap.first < least_share(words, overlap) || overlap.first < COPY && is_version {
                continue;
            }
            parent.is_version = is_version || overlap.first < COPY;
        }
        // Of two that have all of it, the one that has less else.
        let score = overlap.first + overlap.second;
        if best.is_none_or(|(known, _)| score > known) {
            best = Some((score, parent));
        }
    }
    best.map(|(_, parent)| parent).unwrap_or_default()
}

/// Returns the least share of a text of so many words that has to stand in a fuller one. A text of a few
/// words has to be equal both ways.
fn least_share(words: u32, overlap: Overlap) -> u16 {
    match words < SHORT {
        true if overlap.second < EQUAL || words < TINY => u16::MAX,
        true => EQUAL,
        false => STORY,
    }
}

/// Returns whether a text is in a list.
fn has(texts: &[u32], text: usize) -> bool {
    texts
        .binary_search_by_key(&text, |&other| other as usize)
        .is_ok()
}

#[expect(clippy::cast_precision_loss, reason = "a share is no exact number")]
fn share(part: u32, whole: usize) -> f32 {
    part as f32 / whole.max(1) as f32
}
