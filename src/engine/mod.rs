//! Reads what the index says of words: document sets, phrases, positions, the postings of a word, the best
//! of many matches, slices of segments.

pub mod doc_set;
pub mod phrase;
pub mod positions;
pub mod slices;
pub mod top_hits;
pub mod word_postings;
