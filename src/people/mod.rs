//! Finds the persons in an article and tells whether two names are one person's.

pub mod crf;
pub mod features;
pub(crate) mod fold;
pub(crate) mod given_names;
pub mod lexicon;
pub mod model;
pub mod name;
pub mod resolve;
pub mod tagger;
pub mod token;
mod transliteration;

use crate::article::{Article, Person};

/// The most mentions of persons in one article. News has one in some 25 words, and so 30,000 in the longest
/// text that is read as one article; the time to tell who is who grows with their square.
pub const MOST_MENTIONS: usize = 50_000;

/// Returns the persons that the headline and the body of an article name, most mentioned first; nothing
/// where there are more than [`MOST_MENTIONS`].
///
/// The writers in the byline are not among them unless the text names them.
pub fn find(article: &Article) -> Option<Vec<Person>> {
    let mut text = String::new();
    for block in article
        .headline
        .iter()
        .map(String::as_str)
        .chain(article.body())
    {
        if !text.is_empty() {
            text.push_str("\n\n");
        }
        text.push_str(block);
    }
    let tokens = token::tokenize(&text);
    let mentions = tagger::tag(&text, &tokens);
    (mentions.len() <= MOST_MENTIONS).then(|| resolve::resolve(&text, &tokens, &mentions))
}
