//! Which articles are one story: copies of a text, cut, retitled, reworked or brought up to date.
//!
//! At the end of a run that changed the archive, the texts whose sketches share much are compared word
//! by word, and the stories written beside the index. What was compared before is not read again, so a
//! run reads the texts alone that are new or have new candidates, and its stories are those of a rebuild.

pub mod changes;
pub mod overlap;
mod partition;
mod postings;
#[cfg(test)]
mod tests;

use std::borrow::Cow;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use rustc_hash::FxHashMap;
use serde::Deserialize;
use tantivy::{DocAddress, TantivyDocument};

use crate::archive::schema::{SKETCH, TEXT, WORDS};
use crate::archive::{Changes, KnownOverlap, Snapshot, Stories, StoryText};
use crate::article::BlockKind;
use crate::error::Result;
use crate::text::shingles::{self, Word};
use overlap::Overlap;
use partition::partition;
use postings::{Postings, Sketches};

/// How many words of texts are held to be compared with others, in all.
const HELD_WORDS: usize = 1 << 21;

/// Finds the stories of an archive after its last commit, if its texts have changed since they were
/// found. The texts are compared on as many threads.
pub fn renew(changes: &Changes<'_>, threads: usize) -> Result<()> {
    changes.guard(|| find(changes, threads))
}

fn find(changes: &Changes<'_>, threads: usize) -> Result<()> {
    let snapshot = changes.snapshot()?;
    let texts = Text::all(&snapshot)?;
    let number = number_of(&texts);
    if changes
        .stories()
        .is_some_and(|stories| stories.texts == number)
    {
        return Ok(());
    }
    let comparison = Comparison {
        snapshot: &snapshot,
        texts: &texts,
        known: changes.overlaps(),
        compared: Mutex::default(),
        held: Mutex::default(),
    };
    let postings = Postings::of(sketches_of(&snapshot, &texts)?);
    let words: Vec<u32> = texts.iter().map(|text| text.words).collect();
    let members = partition(postings, &words, threads, |a, b| comparison.overlap(a, b))?;
    let mut articles = vec![0; texts.len()];
    for (text, member) in texts.iter().zip(&members) {
        articles[member.root] += text.articles;
    }
    let listed = texts.iter().zip(&members);
    let listed = listed.filter(|(_, member)| articles[member.root] > 1);
    let members = listed.map(|(text, member)| StoryText {
        text: text.hash,
        story: texts[member.root].hash,
        words: if member.is_joined {
            0
        } else {
            text.words.max(1)
        },
    });
    let stories = Stories::new(number, members.collect());
    let mut overlaps = std::mem::take(&mut *locked(&comparison.compared));
    overlaps.sort_unstable_by_key(|overlap| overlap.texts);
    overlaps.dedup();
    changes.write_stories(&stories, &overlaps)
}

/// A text of the archive, which several articles may have.
#[derive(Clone, Copy, Debug)]
struct Text {
    hash: u64,
    words: u32,
    articles: u32,
    /// One of the articles.
    address: DocAddress,
}

impl Text {
    /// Returns every text once, the fullest first.
    fn all(snapshot: &Snapshot) -> Result<Vec<Self>> {
        let mut texts: Vec<Self> = Vec::new();
        for (segment, reader) in (0..).zip(snapshot.searcher.segment_readers()) {
            let columns = reader.fast_fields();
            let (hashes, words) = (columns.u64(TEXT)?, columns.u64(WORDS)?);
            for doc in reader.doc_ids_alive() {
                // The state of a file has no text, and an article without words is no copy.
                let Some(hash) = hashes.first(doc).filter(|&hash| hash != 0) else {
                    continue;
                };
                let words = words.first(doc).unwrap_or(0);
                texts.push(Self {
                    hash,
                    words: u32::try_from(words).unwrap_or(u32::MAX),
                    articles: 1,
                    address: DocAddress::new(segment, doc),
                });
            }
        }
        texts.sort_unstable_by_key(|text| (u32::MAX - text.words, text.hash, text.address));
        texts.dedup_by(|other, text| {
            let is_same = other.hash == text.hash;
            text.articles += u32::from(is_same) * other.articles;
            is_same
        });
        Ok(texts)
    }
}

/// Returns a number that depends on the texts and on how many articles have each.
fn number_of(texts: &[Text]) -> u64 {
    let mut hasher = xxhash_rust::xxh3::Xxh3::new();
    for text in texts {
        hasher.update(&text.hash.to_le_bytes());
        hasher.update(&text.articles.to_le_bytes());
    }
    hasher.digest()
}

fn sketches_of(snapshot: &Snapshot, texts: &[Text]) -> Result<Sketches> {
    let readers = snapshot.searcher.segment_readers().iter();
    let columns = readers.map(|reader| reader.fast_fields().u64(SKETCH));
    let columns = columns.collect::<tantivy::Result<Vec<_>>>()?;
    let hashes = columns
        .iter()
        .map(|column| column.values.num_vals() as usize);
    let mut sketches = Sketches::with_capacity(texts.len(), hashes.sum());
    for text in texts {
        let column = &columns[text.address.segment_ord as usize];
        let hashes = column.values_for_doc(text.address.doc_id);
        sketches.push(hashes.map(|hash| u32::try_from(hash).unwrap_or(u32::MAX)));
    }
    Ok(sketches)
}

/// Compares texts, and remembers what it has compared.
struct Comparison<'a> {
    snapshot: &'a Snapshot,
    texts: &'a [Text],
    /// The overlaps that earlier runs have found, in the order of the texts.
    known: Vec<KnownOverlap>,
    /// Those that this run has asked for.
    compared: Mutex<Vec<KnownOverlap>>,
    held: Mutex<Held>,
}

/// The words of texts that were read last.
#[derive(Default)]
struct Held {
    texts: FxHashMap<usize, Arc<Vec<Word>>>,
    /// The number of the words of all.
    words: usize,
}

impl Comparison<'_> {
    fn overlap(&self, first: usize, second: usize) -> Result<Overlap> {
        let (a, b) = (self.texts[first].hash, self.texts[second].hash);
        let texts = [a.min(b), a.max(b)];
        let known = self.known.binary_search_by_key(&texts, |known| known.texts);
        let shares = match known {
            Ok(at) => self.known[at].shares,
            Err(_) => {
                let found = Overlap::of(&self.words_of(first)?, &self.words_of(second)?);
                match a < b {
                    true => [found.first, found.second],
                    false => [found.second, found.first],
                }
            }
        };
        locked(&self.compared).push(KnownOverlap { texts, shares });
        let found = Overlap {
            first: shares[0],
            second: shares[1],
        };
        Ok(if a < b { found } else { found.swapped() })
    }

    /// Returns the words of a text, and reads them if they are not held.
    fn words_of(&self, text: usize) -> Result<Arc<Vec<Word>>> {
        if let Some(words) = locked(&self.held).texts.get(&text) {
            return Ok(Arc::clone(words));
        }
        let document: TantivyDocument = self.snapshot.searcher.doc(self.texts[text].address)?;
        let record = self.snapshot.fields.record_of(&document);
        let words = Arc::new(words_of_record(record.unwrap_or_default()));
        let mut held = locked(&self.held);
        if held.words + words.len() > HELD_WORDS {
            *held = Held::default();
        }
        held.words += words.len();
        held.texts.insert(text, Arc::clone(&words));
        Ok(words)
    }
}

fn locked<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Returns the words of the body of an article's record, as numbers.
fn words_of_record(record: &str) -> Vec<Word> {
    #[derive(Default, Deserialize)]
    struct Body<'a> {
        #[serde(borrow)]
        blocks: Vec<BlockText<'a>>,
    }
    #[derive(Deserialize)]
    struct BlockText<'a> {
        kind: BlockKind,
        #[serde(borrow)]
        text: Cow<'a, str>,
    }
    let body: Body<'_> = serde_json::from_str(record).unwrap_or_default();
    let blocks = body.blocks.iter().filter(|block| block.kind.is_body());
    shingles::words_of(blocks.map(|block| &*block.text))
}
