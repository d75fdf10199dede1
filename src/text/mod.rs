//! Rules about words and sentences that several stages share, and the lexicon. No function here
//! knows a line, a block or an article.

pub mod digits;
pub mod embedded;
pub mod fold;
pub mod lexicon;
pub mod sentence;
pub mod shingles;
pub mod word_list;
pub mod words;
