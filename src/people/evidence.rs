//! Document-level evidence: the contexts in which each candidate word occurs anywhere in its
//! document.

use std::ops::Range;

use rustc_hash::FxHashMap;

use super::candidates::Sentence;
use super::observation::Observation;
use super::shape::Shape;
use crate::text::lexicon::{Flags, word_hash};

const IN_LOWER_CASE: u16 = 1;
const AFTER_HONORIFIC: u16 = 1 << 1;
const BESIDE_REPORTING: u16 = 1 << 2;
const AFTER_LOCATIVE: u16 = 1 << 3;
const AFTER_THE: u16 = 1 << 4;
const LAST_AFTER_GIVEN: u16 = 1 << 5;
const FIRST_AND_GIVEN: u16 = 1 << 6;
const BEFORE_ORGANISATION: u16 = 1 << 7;
const AFTER_ROLE: u16 = 1 << 8;
const IN_LONGER_RUN: u16 = 1 << 9;

/// The bits, and groups of bits, that are features of their own.
pub(super) const GROUPS: [u16; 8] = [
    IN_LOWER_CASE,
    AFTER_HONORIFIC | BESIDE_REPORTING,
    LAST_AFTER_GIVEN,
    FIRST_AND_GIVEN,
    AFTER_LOCATIVE | AFTER_THE,
    BEFORE_ORGANISATION,
    AFTER_ROLE,
    AFTER_HONORIFIC | BESIDE_REPORTING | LAST_AFTER_GIVEN | AFTER_ROLE,
];

/// The evidence bits of the candidate words of a document, by the hash of the word.
pub(super) struct Evidence {
    bits: FxHashMap<u64, u16>,
}

impl Evidence {
    /// Collects the evidence of a document, given its words and sentences.
    pub(super) fn collect(words: &[Observation], sentences: &[Sentence]) -> Self {
        let the = word_hash(b"the");
        let mut evidence: FxHashMap<u64, u16> = FxHashMap::default();
        for sentence in sentences {
            for run in sentence.runs(words) {
                for at in run.clone() {
                    let bits = if sentence.is_all_capitals {
                        0
                    } else {
                        bits_at(words, sentence, &run, at, the)
                    };
                    *evidence.entry(words[at].hash).or_default() |= bits;
                }
            }
        }
        for sentence in sentences {
            for word in &words[sentence.tokens.start + 1..sentence.tokens.end] {
                if word.shape == Shape::Lower
                    && let Some(bits) = evidence.get_mut(&word.hash)
                {
                    *bits |= IN_LOWER_CASE;
                }
            }
        }
        Self { bits: evidence }
    }

    /// Returns the bits of a word; 0 where it is not a candidate.
    pub(super) fn of(&self, word: &Observation) -> u64 {
        if !word.is_candidate {
            return 0;
        }
        u64::from(self.bits.get(&word.hash).copied().unwrap_or(0))
    }
}

/// Returns the evidence that one occurrence of a word, at `at` in a run, gives. `the` is the hash
/// of "the".
fn bits_at(
    words: &[Observation],
    sentence: &Sentence,
    run: &Range<usize>,
    at: usize,
    the: u64,
) -> u16 {
    let word = &words[at];
    if word.shape == Shape::Lower {
        return 0;
    }
    let mut bits = 0;
    let mut set = |bit, holds: bool| bits |= if holds { bit } else { 0 };
    let is_reporting =
        |word: &Observation| word.flags.any(Flags::REPORTING) && !word.is_capitalised();
    if at > sentence.tokens.start {
        let before = &words[at - 1];
        let is_honorific = before.flags.any(Flags::HONORIFIC) && before.is_capitalised();
        set(AFTER_HONORIFIC, is_honorific);
        let is_role = before.flags.any(Flags::ROLE) && !before.is_candidate;
        set(AFTER_ROLE, is_role);
        set(AFTER_LOCATIVE, before.flags.any(Flags::LOCATIVE));
        set(AFTER_THE, before.hash == the);
        set(BESIDE_REPORTING, is_reporting(before));
    }
    if at + 1 < sentence.tokens.end {
        let after = &words[at + 1];
        set(BESIDE_REPORTING, is_reporting(after));
        let is_organisation = after.flags.any(Flags::ORGANISATION) && after.is_capitalised();
        set(BEFORE_ORGANISATION, is_organisation);
    }
    if (2..=4).contains(&run.len()) {
        let first = &words[run.start];
        let starts_given = first.flags.any(Flags::ANY_GIVEN) || first.shape == Shape::Initial;
        set(LAST_AFTER_GIVEN, at + 1 == run.end && starts_given);
        let is_first_given = at == run.start
            && word.flags.any(Flags::ANY_GIVEN)
            && words[at + 1].shape != Shape::AllCapitals;
        set(FIRST_AND_GIVEN, is_first_given);
        set(IN_LONGER_RUN, true);
    }
    bits
}
