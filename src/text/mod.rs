//! Rules about words and sentences that several stages share. No function here knows a line, a block
//! or an article.

pub mod fold;
pub mod sentence;
pub mod words;
