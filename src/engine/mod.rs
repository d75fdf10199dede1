//! Reads the postings of the index: document sets, phrases, term positions, the postings of one
//! word, the k best hits, and slices of segments for all cores.

pub mod any_term;
pub mod doc_set;
pub mod phrase;
pub mod positions;
pub mod slices;
pub mod top_hits;
pub mod word_postings;
