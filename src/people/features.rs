//! The hashed features of a word, which the model adds up the weights of.
//!
//! The model was trained with these features: each one, its index and its hash are part of the
//! model's format.

use std::borrow::Cow;
use std::ops::Range;

use super::candidates::Sentence;
use super::crf::FEATURE_BITS;
use super::document::Document;
use super::evidence;
use super::observation::{Observation, write_lower};
use crate::text::lexicon::Flags;

/// The features made of the word itself. Training drops them for some words, so that the model does
/// not depend on them.
pub const WORD_FEATURES: Range<usize> = 0..9;

/// The features made of the word's lexicon entry, which training drops for some words as well.
pub const LIST_FEATURES: Range<usize> = 9..23;

impl Document<'_> {
    /// Writes the hashes of the features of one candidate of a run to `out`: always the same number
    /// in the same order, [`WORD_FEATURES`] first, [`LIST_FEATURES`] next, then the others.
    pub fn features(&self, sentence: &Sentence, run: &Range<usize>, at: usize, out: &mut Vec<u32>) {
        out.clear();
        let window = Window::around(self, sentence, at);
        let mut hashes = Hashes { out };
        self.word_features(&window, at, &mut hashes);
        debug_assert_eq!(hashes.out.len(), WORD_FEATURES.end);
        list_features(&window, &mut hashes);
        debug_assert_eq!(hashes.out.len(), LIST_FEATURES.end);
        neighbour_features(&window, &mut hashes);
        self.run_features(&window, sentence, run, at, &mut hashes);
        self.evidence_features(&window, run, &mut hashes);
    }

    /// The word, its neighbours and its affixes.
    fn word_features(&self, window: &Window<'_>, at: usize, hashes: &mut Hashes<'_>) {
        let word = window.word;
        hashes.push(word.hash);
        hashes.pair(word.hash, window.before.hash);
        hashes.pair(word.hash, window.after.hash);
        let lower = lower_or_ascii(self.tokens.tokens[at].text(self.text));
        for len in 2..=4 {
            hashes.push(affix(lower.get(..len)));
            hashes.push(affix(
                lower.len().checked_sub(len).map(|start| &lower[start..]),
            ));
        }
    }

    /// The run that the word is part of, and the words around the run.
    fn run_features(
        &self,
        window: &Window<'_>,
        sentence: &Sentence,
        run: &Range<usize>,
        at: usize,
        hashes: &mut Hashes<'_>,
    ) {
        let position = (at - run.start).min(4) as u64;
        let len = run.len().min(6) as u64;
        let left = len.saturating_sub(position);
        let (first, last) = (&self.words[run.start], &self.words[run.end - 1]);
        let before = self.padded(sentence, run.start.wrapping_sub(1));
        let before2 = self.padded(sentence, run.start.wrapping_sub(2));
        let after = self.padded(sentence, run.end);
        let after2 = self.padded(sentence, run.end + 1);
        let spot = position | len << 4;
        hashes.push(spot | window.capitals << 8 | shape(first) << 12);
        hashes.pair(before.hash, position);
        hashes.pair(after.hash, left);
        hashes.push(flags(before) | spot << 40);
        hashes.push(flags(after) | left << 40 | len << 44);
        hashes.pair(before.hash, after.hash);
        hashes.pair(flags(first) | shape(first) << 32, spot);
        hashes.pair(flags(last) | shape(last) << 32, spot);
        hashes.pair(first.hash, len);
        hashes.pair(last.hash, position);
        hashes.pair(before.hash ^ len, before2.hash);
        hashes.pair(after.hash ^ len, after2.hash);
        hashes.push(cluster(before) | cluster(after) << 8);
    }

    /// The document's evidence on the word and its neighbours.
    fn evidence_features(&self, window: &Window<'_>, run: &Range<usize>, hashes: &mut Hashes<'_>) {
        let word = window.word;
        let own = self.evidence.of(word);
        let before = self.evidence.of(window.before);
        let after = self.evidence.of(window.after);
        hashes.push(own | window.place << 16);
        hashes.pair(own | shape(word) << 16, flags(word));
        let is_alone = u64::from(run.len() == 1);
        for group in evidence::GROUPS {
            let has = u64::from(own & u64::from(group) != 0);
            hashes.push(has | window.place << 1 | is_alone << 3);
        }
        hashes.push(before);
        hashes.push(after);
        hashes.push(own | before << 16 | after << 32);
    }

    /// Returns a word of a sentence, or the padding beyond its ends.
    fn padded(&self, sentence: &Sentence, at: usize) -> &Observation {
        if sentence.tokens.contains(&at) {
            &self.words[at]
        } else {
            &Observation::PADDING
        }
    }
}

/// A word with two words to either side, and its place in the sentence.
struct Window<'d> {
    before2: &'d Observation,
    before: &'d Observation,
    word: &'d Observation,
    after: &'d Observation,
    after2: &'d Observation,
    /// 1 in a sentence in capitals.
    capitals: u64,
    /// Bit 0: the word is the first of its sentence. Bit 1: `capitals`.
    place: u64,
}

impl<'d> Window<'d> {
    fn around(document: &'d Document<'_>, sentence: &Sentence, at: usize) -> Self {
        let first = u64::from(at == sentence.tokens.start);
        let capitals = u64::from(sentence.is_all_capitals);
        Self {
            before2: document.padded(sentence, at.wrapping_sub(2)),
            before: document.padded(sentence, at.wrapping_sub(1)),
            word: &document.words[at],
            after: document.padded(sentence, at + 1),
            after2: document.padded(sentence, at + 2),
            capitals,
            place: first | capitals << 1,
        }
    }
}

fn flags(word: &Observation) -> u64 {
    u64::from(word.flags.bits())
}

fn shape(word: &Observation) -> u64 {
    word.shape as u64
}

fn cluster(word: &Observation) -> u64 {
    u64::from(word.cluster)
}

/// The lexicon entries of the word and its neighbours.
fn list_features(window: &Window<'_>, hashes: &mut Hashes<'_>) {
    let (before, word, after) = (window.before, window.word, window.after);
    let looks = flags(word) | shape(word) << 32;
    hashes.push(looks | window.place << 40);
    hashes.pair(flags(word), flags(before));
    hashes.pair(flags(word), flags(after));
    hashes.pair(mix(flags(word) ^ mix(flags(before))), flags(after));
    hashes.pair(looks, before.hash);
    hashes.pair(looks, after.hash);
    for wanted in [
        Flags::ANY_GIVEN,
        Flags::ANY_SURNAME,
        Flags::PLACE.or(Flags::COUNTRY),
        Flags::WORD,
        Flags::ORGANISATION,
    ] {
        let is = |word: &Observation| u64::from(word.flags.any(wanted) && word.is_capitalised());
        let own = u64::from(word.flags.any(wanted));
        hashes.push(own | is(before) << 1 | is(after) << 2 | window.place << 4);
    }
    hashes.push(cluster(word) | shape(word) << 8);
    hashes.pair(cluster(word), cluster(before));
    hashes.pair(cluster(word), cluster(after));
}

/// A constant, the neighbours of the word, and the shapes of all of them.
fn neighbour_features(window: &Window<'_>, hashes: &mut Hashes<'_>) {
    let Window {
        before2,
        before,
        word,
        after,
        after2,
        capitals,
        place,
    } = *window;
    hashes.push(0);
    for neighbour in [before, after, before2, after2] {
        hashes.push(neighbour.hash);
        hashes.push(flags(neighbour));
        hashes.push(cluster(neighbour) | shape(word) << 8);
    }
    hashes.pair(before.hash, after.hash);
    hashes.push(shape(word) | place << 8);
    hashes.push(shape(before) | shape(word) << 8 | shape(after) << 16 | capitals << 24);
    hashes.push(shape(before) | shape(before2) << 8 | shape(word) << 16);
    hashes.push(shape(after) | shape(after2) << 8 | shape(word) << 16);
}

/// Returns a word in lower case; an ASCII word as it is, since [`affix`] folds its case.
fn lower_or_ascii(word: &str) -> Cow<'_, [u8]> {
    if word.is_ascii() {
        return Cow::Borrowed(word.as_bytes());
    }
    let mut lower = Vec::with_capacity(word.len());
    write_lower(word, &mut lower);
    Cow::Owned(lower)
}

/// The hashed features of one word. The index of a feature is part of its hash.
struct Hashes<'o> {
    out: &'o mut Vec<u32>,
}

impl Hashes<'_> {
    fn push(&mut self, value: u64) {
        let kind = self.out.len() as u64 + 1;
        let hash = mix(value ^ kind.wrapping_mul(0x9e37_79b9_7f4a_7c15));
        self.out.push((hash >> (64 - FEATURE_BITS)) as u32);
    }

    fn pair(&mut self, a: u64, b: u64) {
        self.push(mix(a).rotate_left(17) ^ b);
    }
}

/// Mixes the bits of a number: a round of MurmurHash3's finaliser and a multiplication.
fn mix(value: u64) -> u64 {
    let value = (value ^ (value >> 33)).wrapping_mul(0xff51_afd7_ed55_8ccd);
    (value ^ (value >> 32)).wrapping_mul(0xc4ce_b9fe_1a85_ec53)
}

/// Returns up to four bytes as a number, ASCII letters in lower case; 0 for `None`.
fn affix(bytes: Option<&[u8]>) -> u64 {
    bytes.map_or(0, |bytes| {
        bytes.iter().fold(1, |number, b| {
            number << 8 | u64::from(b.to_ascii_lowercase())
        })
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::people::token::tokenize;
    use crate::text::lexicon::Lexicon;

    #[test]
    fn every_word_has_the_same_number_of_features() {
        let text = "Ana. Mr. Hale met Zoë van den Berg-Ruiz, 40, in NORWICH TOWN HALL";
        let tokens = tokenize(text);
        let document = Document::read(text, &tokens, Lexicon::get());
        let mut counts = Vec::new();
        let mut features = Vec::new();
        for sentence in &document.sentences {
            for run in document.runs(sentence) {
                for at in run.clone() {
                    document.features(sentence, &run, at, &mut features);
                    assert!(features.iter().all(|hash| *hash < 1 << FEATURE_BITS));
                    counts.push(features.len());
                }
            }
        }
        assert!(counts.len() > 6 && counts.windows(2).all(|pair| pair[0] == pair[1]));
    }
}
