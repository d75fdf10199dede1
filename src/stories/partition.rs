//! Decides which texts are one story. The result depends on the set of texts alone.
//!
//! Each text looks among the fuller ones for the one that it is a copy of: the few that share the most
//! of its sketch, and may have enough of it by their sketches, are compared with it word by word. A story
//! is a text without such a one, with all that hang from it.
//!
//! An article that joins two stories is no whole of which the two are parts: nothing hangs from it, and
//! it hangs from the story that it has more of.

use std::cmp::Reverse;
use std::{io, mem};

use rayon::ThreadPoolBuilder;
use rayon::prelude::*;
use rustc_hash::FxHashSet;

use super::overlap::Overlap;
use super::postings::{Postings, UNSHARED, number};
use crate::error::{Error, Result};

/// The least share of the shorter sketch that makes two texts worth a comparison,
const CANDIDATE: f32 = 0.3;
/// and the least share of the sketch of a text that may be a copy. Of one in which one letter in fifty is
/// misread, a third of the sketch stays.
const MISREAD: f32 = 0.2;

/// How many fuller texts a text is compared with, and of how many the sketches are compared for it.
const COMPARED: usize = 3;
const EXAMINED: usize = 16;

/// How many texts are looked at for one, each as often as it shares a hash.
const LOOKED_AT: usize = 4_096;

/// The most hashes in a row that two sketches do not share within a passage that both texts have. Of a
/// text in which one word in ten is misread, two fifths of the hashes are shared, evenly.
const GAP: usize = 4;

/// How much less of a text, in thousandths, may stand in another by their sketches than does by its words.
/// Of made copies with at least [`STORY`] in common, one in a hundred is below, of other pairs three in
/// four.
const MARGIN: u16 = 50;

/// How many comparisons a thread makes in a row, whose texts are often the same.
const IN_A_ROW: usize = 256;

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
/// numbers of their words, and `overlap` compares two of them, on as many threads.
pub fn partition(
    postings: Postings,
    words: &[u32],
    threads: usize,
    overlap: impl Fn(usize, usize) -> Result<Overlap> + Sync,
) -> Result<Vec<Membership>> {
    let pool = ThreadPoolBuilder::new().num_threads(threads.max(1)).build();
    let pool = pool.map_err(|error| Error::NoThread(io::Error::other(error)))?;
    pool.install(|| {
        let sketched = read_sketches(&postings, words, &overlap)?;
        let pairs = pairs_of(&postings, words, &sketched);
        let joined: Vec<bool> = sketched.iter().map(|text| text.is_joined).collect();
        drop((postings, sketched));
        let overlaps = compare(&pairs, words.len(), &overlap)?;
        Ok(members(words, &joined, &pairs, &overlaps))
    })
}

/// What the sketches tell about a text.
struct Sketched {
    /// Whether it joins two stories.
    is_joined: bool,
    /// The fuller texts that it may be a copy of, whether or not these join stories.
    fuller: Vec<u32>,
}

fn read_sketches(
    postings: &Postings,
    words: &[u32],
    overlap: &(impl Fn(usize, usize) -> Result<Overlap> + Sync),
) -> Result<Vec<Sketched>> {
    let finder = || Finder::new(postings, words);
    let texts = (0..words.len()).into_par_iter();
    let sketched = texts.map_init(finder, |finder, text| {
        finder.look(text, |_| true);
        Ok(Sketched {
            fuller: finder.fuller(text, |_| true),
            is_joined: finder.is_joined(text, overlap)?,
        })
    });
    sketched.collect()
}

/// A text and one that it may be a copy of.
type Pair = [u32; 2];

/// Returns the texts that are to be compared, in the order of the first.
fn pairs_of(postings: &Postings, words: &[u32], sketched: &[Sketched]) -> Vec<Pair> {
    let mut finder = Finder::new(postings, words);
    let is_joined = |other: u32| sketched[other as usize].is_joined;
    let mut pairs = Vec::new();
    for (text, own) in (0..).zip(sketched) {
        let mut others = &own.fuller;
        let found;
        if own.is_joined || others.iter().any(|&other| is_joined(other)) {
            finder.look(text as usize, |_| true);
            found = match own.is_joined {
                true => finder.parts(text as usize, |other| !is_joined(other)),
                false => finder.fuller(text as usize, |other| !is_joined(other)),
            };
            others = &found;
        }
        pairs.extend(others.iter().map(|&other| [text, other]));
    }
    pairs
}

/// Compares pairs of texts: those in a row whose texts seem to be of one story, so that few are read
/// twice.
fn compare(
    pairs: &[Pair],
    texts: usize,
    overlap: &(impl Fn(usize, usize) -> Result<Overlap> + Sync),
) -> Result<Vec<Overlap>> {
    let mut stories: Vec<u32> = (0..).take(texts).collect();
    for of_text in pairs.chunk_by(|a, b| a[0] == b[0]) {
        let [text, other] = of_text[0];
        stories[text as usize] = stories[other as usize];
    }
    let mut order: Vec<usize> = (0..pairs.len()).collect();
    order.sort_unstable_by_key(|&at| (stories[pairs[at][0] as usize], at));
    let compared = order.par_iter().with_min_len(IN_A_ROW).map(|&at| {
        let [text, other] = pairs[at];
        overlap(text as usize, other as usize)
    });
    let compared = compared.collect::<Result<Vec<Overlap>>>()?;
    let mut overlaps = vec![Overlap::default(); pairs.len()];
    for (at, found) in order.into_iter().zip(compared) {
        overlaps[at] = found;
    }
    Ok(overlaps)
}

/// Returns the story of each text, by what it was compared with.
fn members(
    words: &[u32],
    joined: &[bool],
    pairs: &[Pair],
    overlaps: &[Overlap],
) -> Vec<Membership> {
    let mut compared = pairs.iter().zip(overlaps).peekable();
    let mut parents: Vec<Parent> = Vec::with_capacity(words.len());
    let mut own = Vec::new();
    for (text, (&words, &is_joined)) in (0..).zip(words.iter().zip(joined)) {
        own.clear();
        while let Some((pair, overlap)) = compared.next_if(|(pair, _)| pair[0] == text) {
            own.push((pair[1] as usize, *overlap));
        }
        parents.push(parent_of(&own, is_joined, words, &parents));
    }
    let root_of = |mut text: usize| {
        while let Some(parent) = parents[text].text {
            text = parent;
        }
        text
    };
    let texts = joined.iter().enumerate();
    let members = texts.map(|(text, &is_joined)| Membership {
        root: root_of(text),
        is_joined,
    });
    members.collect()
}

/// What a text hangs from.
#[derive(Clone, Copy, Default)]
struct Parent {
    text: Option<usize>,
    /// Whether the text, or one that it hangs from, differs much from what that hangs from.
    is_version: bool,
}

/// Finds the texts whose sketches share much with that of one text.
struct Finder<'a> {
    postings: &'a Postings,
    words: &'a [u32],
    /// The texts that share much with the one that was looked at last, and how many of its hashes.
    found: Vec<Found>,
    /// For each text, how many hashes it shares; 0 but while they are counted.
    counts: Vec<u16>,
    /// The lists of one sketch.
    lists: FxHashSet<u32>,
    /// The texts whose count is not 0.
    touched: Vec<u32>,
    /// How many texts have the same extent as each, itself included; 0 until it was asked for.
    extents: Vec<u32>,
}

#[derive(Clone, Copy)]
struct Found {
    text: u32,
    shared: u32,
}

impl<'a> Finder<'a> {
    fn new(postings: &'a Postings, words: &'a [u32]) -> Self {
        Self {
            postings,
            words,
            found: Vec::new(),
            counts: vec![0; words.len()],
            lists: FxHashSet::default(),
            touched: Vec::new(),
            extents: vec![0; words.len()],
        }
    }

    /// Finds the texts that share at least [`PART`] of the sketch of a text, in the lists that are
    /// wanted. Of more lists than can be looked at, it looks at every so many.
    fn look(&mut self, text: usize, is_wanted: impl Fn(&[u32]) -> bool) {
        let sketch = self.postings.sketch_of(text);
        let shared = sketch.iter().filter(|&&list| list != UNSHARED);
        let lists = shared.map(|&list| self.postings.texts_in(list));
        let lists: Vec<&[u32]> = lists.filter(|texts| is_wanted(texts)).collect();
        let work: usize = lists.iter().map(|texts| texts.len()).sum();
        let every = work.div_ceil(LOOKED_AT).max(1);
        for &other in lists.into_iter().step_by(every).flatten() {
            let count = &mut self.counts[other as usize];
            if *count == 0 {
                self.touched.push(other);
            }
            *count = count.saturating_add(1);
        }
        self.found.clear();
        for other in self.touched.drain(..) {
            let count = mem::take(&mut self.counts[other as usize]);
            let shared = u32::from(count) * number(every);
            if is_share(shared, sketch.len(), PART) && other as usize != text {
                let text = other;
                self.found.push(Found { text, shared });
            }
        }
    }

    /// Returns how many hashes the sketch of a text has.
    fn extent(&self, text: u32) -> usize {
        self.postings.sketch_of(text as usize).len()
    }

    /// Returns how many texts have the same extent as one, itself included.
    fn printed(&mut self, text: usize) -> u32 {
        if self.extents[text] == 0 {
            self.look(text, |_| true);
            let own = self.postings.sketch_of(text).len();
            let is_same = |found: &&Found| {
                let larger = own.max(self.extent(found.text));
                is_share(found.shared, larger, SAME_EXTENT)
            };
            self.extents[text] = 1 + number(self.found.iter().filter(is_same).count());
        }
        self.extents[text]
    }

    /// Returns the found texts that pass a test, those that share the most first, a few at most.
    fn most_shared(&self, is_wanted: impl Fn(Found) -> bool) -> Vec<u32> {
        let found = self.found.iter().copied();
        let mut most: Vec<Found> = found.filter(|&found| is_wanted(found)).collect();
        let rank = |found: &Found| (Reverse(found.shared), found.text);
        if most.len() > EXAMINED {
            most.select_nth_unstable_by_key(EXAMINED, rank);
            most.truncate(EXAMINED);
        }
        most.sort_unstable_by_key(rank);
        most.into_iter().map(|found| found.text).collect()
    }

    /// Returns the fuller of the found texts that a text may be a copy of.
    fn fuller(&mut self, text: usize, is_wanted: impl Fn(u32) -> bool) -> Vec<u32> {
        if self.words[text] < TINY {
            return Vec::new();
        }
        let own = self.postings.sketch_of(text).len();
        let fuller = self.most_shared(|found| {
            let is_near = is_share(found.shared, own, MISREAD);
            is_near && (found.text as usize) < text && is_wanted(found.text)
        });
        let may_be_whole = |&other: &u32| self.most_of(text, other as usize) + MARGIN >= STORY;
        let fuller = fuller.into_iter().filter(may_be_whole).take(COMPARED);
        let mut fuller: Vec<u32> = fuller.collect();
        fuller.shrink_to_fit();
        fuller
    }

    /// Returns those of the found texts that share the most with a text that joins two stories.
    fn parts(&self, text: usize, is_wanted: impl Fn(u32) -> bool) -> Vec<u32> {
        let own = self.postings.sketch_of(text).len();
        let mut parts = self.most_shared(|found| {
            let shorter = own.min(self.extent(found.text));
            is_share(found.shared, shorter, CANDIDATE) && is_wanted(found.text)
        });
        parts.truncate(COMPARED);
        parts.shrink_to_fit();
        parts
    }

    /// Returns how much of a text may stand in another, in thousandths, as their sketches tell: the
    /// stretches of the sketch that are shared, but for gaps, with what surrounds each. Of a copy that was
    /// misread, what is shared is scattered, and tells nothing.
    fn most_of(&mut self, text: usize, other: usize) -> u16 {
        let own = self.postings.sketch_of(text);
        let lists = &mut self.lists;
        lists.clear();
        lists.extend(self.postings.sketch_of(other));
        let is_shared = |list: u32| list != UNSHARED && lists.contains(&list);
        let (mut covered, mut shared, mut in_a_row, mut last) = (0, 0, 0, None);
        for (at, _) in own.iter().enumerate().filter(|&(_, &list)| is_shared(list)) {
            let gap = last.map(|last| at - last);
            covered += gap.filter(|&gap| gap <= GAP + 1).unwrap_or(2);
            in_a_row += usize::from(gap == Some(1));
            shared += 1;
            last = Some(at);
        }
        // Nearer to chance than to one passage: by chance, the next hash is shared as often as any, and in
        // a passage always.
        if 2 * in_a_row * own.len() < shared * (own.len() + shared) {
            return 1_000;
        }
        u16::try_from(covered * 1_000 / own.len().max(1)).map_or(1_000, |share| share.min(1_000))
    }

    /// Returns whether an article joins two stories: whether texts of two others that share nothing make
    /// it up, and not more outlets print the article than print one of them. It has to be looked at
    /// before.
    fn is_joined(
        &mut self,
        text: usize,
        overlap: impl Fn(usize, usize) -> Result<Overlap>,
    ) -> Result<bool> {
        let own = self.postings.sketch_of(text).len();
        let is_part =
            |found: &Found| is_share(found.shared, own, PART) && !is_share(found.shared, own, ALL);
        let parts = self.found.iter().copied().filter(is_part);
        let Some(first) = parts.max_by_key(|found| (found.shared, Reverse(found.text))) else {
            return Ok(false);
        };
        let postings = self.postings;
        let is_second = |found: Found| {
            let of_second = postings.sketch_of(found.text as usize).len();
            is_part(&found)
                && is_share(found.shared + first.shared, own, CANDIDATE)
                && is_share(found.shared, of_second, CANDIDATE)
        };
        let mut others = self.found.iter().filter(|found| found.text != first.text);
        if !others.any(|&found| is_second(found)) {
            return Ok(false);
        }
        let first = first.text;
        self.look(text, |texts| texts.binary_search(&first).is_err());
        let mut seconds = self.most_shared(is_second);
        let first = first as usize;
        let most_of_first = self.most_of(text, first);
        seconds.retain(|&second| {
            let most = self.most_of(text, second as usize) + most_of_first;
            most + MARGIN >= WHOLE && self.most_of(second as usize, text) + MARGIN >= JOINED
        });
        for second in seconds.into_iter().take(COMPARED) {
            let second = second as usize;
            let of_second = overlap(text, second)?;
            if of_second.second < JOINED {
                continue;
            }
            let of_first = overlap(text, first)?;
            let both = overlap(first, second)?;
            let is_whole = of_first.first + of_second.first >= WHOLE;
            let is_of_two = both.first < DISJOINT && both.second < DISJOINT;
            if is_whole && is_of_two {
                let printed = self.printed(first).max(self.printed(second));
                if self.printed(text) <= printed {
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

/// Returns whether a part is at least a share of the whole.
#[expect(clippy::cast_precision_loss, reason = "a share is no exact number")]
fn is_share(part: u32, whole: usize, least: f32) -> bool {
    part as f32 >= least * whole.max(1) as f32
}

#[cfg(test)]
mod tests {
    use super::super::postings::Sketches;
    use super::*;

    #[test]
    fn tells_from_sketches_how_much_may_stand_in_another_text() {
        let all = 0..40;
        for (shared, expected) in [
            // The whole, and nothing.
            (all.clone().collect::<Vec<u32>>(), 1_000),
            (Vec::new(), 0),
            // A third that was left out at one end, in the middle, and at both ends.
            ((0..26).collect(), 675),
            ((0..13).chain(27..40).collect(), 700),
            ((7..33).collect(), 675),
            // As much of it again and again, as where words are misread.
            (all.clone().filter(|n| n % 3 == 0).collect(), 1_000),
            (all.clone().filter(|n| n % 6 == 0).collect(), 1_000),
            // In passages with as much between them.
            (all.clone().filter(|n| n % 16 < 8).collect(), 675),
            // In another order.
            ((20..40).chain(0..20).collect(), 1_000),
        ] {
            let mut sketches = Sketches::default();
            sketches.push(all.clone());
            sketches.push(shared.iter().copied().chain(90..110));
            let postings = Postings::of(sketches);
            let mut finder = Finder::new(&postings, &[520, 520]);
            assert_eq!(finder.most_of(0, 1), expected, "{shared:?}");
        }
    }
}
