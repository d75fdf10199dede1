//! Reads the postings of the index: document sets, phrases, term positions, the terms and the
//! postings of one word, the k best hits, and slices of segments for all cores.

pub mod any_term;
pub mod doc_set;
pub mod known_term;
pub mod phrase;
pub mod positions;
pub mod slices;
pub mod top_hits;
pub mod word_postings;
