//! Turns a document into training sequences: the runs of candidates with their features and labels.

use std::ops::Range;

use morgue::people::crf::Label;
use morgue::people::document::Document;
use morgue::people::features::{LIST_FEATURES, WORD_FEATURES};
use morgue::people::token::tokenize;
use morgue::text::lexicon::Lexicon;

use super::corpus::Joined;
use super::random::Random;

/// The share of words whose word features are dropped, and of those whose list features are.
const DROPPED: f64 = 0.12;

/// One run of candidates: the feature hashes of each word, and its label.
pub struct Sequence {
    pub features: Vec<Vec<u32>>,
    pub labels: Vec<Label>,
}

/// Adds the runs of the wanted sentences of a document to `sequences`.
pub fn add_sequences(joined: &Joined, wanted: &[bool], sequences: &mut Vec<Sequence>) {
    let tokens = tokenize(&joined.text);
    let document = Document::read(&joined.text, &tokens, Lexicon::get());
    let starts = |at: usize| tokens.tokens[at].start as usize;
    let ends = |at: usize| tokens.tokens[at].end as usize;
    for sentence in &document.sentences {
        let number = joined
            .sentence_ends
            .partition_point(|end| *end <= starts(sentence.tokens.start));
        if !wanted[number] {
            continue;
        }
        for run in document.runs(sentence) {
            let mut labels = vec![Label::Outside; run.len()];
            let within = |spans: &[Range<usize>]| -> Vec<Range<usize>> {
                let first = spans.partition_point(|span| span.end <= starts(run.start));
                spans[first..]
                    .iter()
                    .take_while(|span| span.start < ends(run.end - 1))
                    .cloned()
                    .collect()
            };
            for other in within(&joined.others) {
                for at in run.clone() {
                    if starts(at) >= other.start && ends(at) <= other.end {
                        labels[at - run.start] = Label::OtherName;
                    }
                }
            }
            for person in within(&joined.persons) {
                let inside: Vec<usize> = run
                    .clone()
                    .filter(|&at| starts(at) >= person.start && ends(at) <= person.end)
                    .collect();
                for (at, token) in inside.iter().enumerate() {
                    labels[token - run.start] = Label::in_name(at, inside.len());
                }
            }
            let features = run
                .clone()
                .map(|at| {
                    let mut features = Vec::new();
                    document.features(sentence, &run, at, &mut features);
                    features
                })
                .collect();
            sequences.push(Sequence { features, labels });
        }
    }
}

/// Returns the features of a word; at random without its [`WORD_FEATURES`] or its
/// [`LIST_FEATURES`].
pub fn drop_features(features: &[u32], random: &mut Random) -> Vec<u32> {
    let choice = random.fraction();
    let dropped = if choice < DROPPED {
        WORD_FEATURES
    } else if choice < 2.0 * DROPPED {
        LIST_FEATURES
    } else {
        0..0
    };
    (0..)
        .zip(features)
        .filter(|(at, _)| !dropped.contains(at))
        .map(|(_, feature)| *feature)
        .collect()
}
