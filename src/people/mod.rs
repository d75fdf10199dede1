//! The persons in an article: finds the mentions, resolves them to persons, and compares names.

mod candidates;
mod compound;
pub mod crf;
pub mod document;
mod evidence;
pub mod features;
mod fold;
pub(crate) mod given_names;
mod marked_names;
pub mod model;
pub mod name;
pub mod name_matching;
mod name_order;
mod no_names;
mod observation;
mod other_names;
pub mod resolve;
mod shape;
mod single_words;
pub(crate) mod surname_frequency;
pub mod tagger;
mod things;
pub(crate) mod titles;
pub mod token;
mod transliteration;

use crate::article::{Article, Person};

/// The maximum number of mentions of persons in one article. News has about one in 25 words, so
/// 30,000 in the longest text that is read as one article. The time to resolve them grows with
/// their square.
pub const MOST_MENTIONS: usize = 50_000;

/// The names in an article.
pub struct Found {
    /// The persons, most mentioned first; `None` where there are more than [`MOST_MENTIONS`]
    /// mentions.
    pub people: Option<Vec<Person>>,
    /// The keys of the names of other things than persons, each once.
    pub other_names: Vec<String>,
    /// The keys of the names that the words around them give to a thing alone, each once.
    pub things: Vec<String>,
}

/// Returns the names in the headline and the body of an article, standfirst and subheads included.
///
/// The authors in the byline are not included unless the text names them.
pub fn find(article: &Article) -> Found {
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
    let names = tagger::tag(&text, &tokens);
    let is_french = article.language.as_deref() == Some("fr");
    let is_bounded = names.mentions.len() <= MOST_MENTIONS;
    Found {
        people: is_bounded.then(|| resolve::resolve(&text, &tokens, &names.mentions, is_french)),
        other_names: names.other_names,
        things: names.things,
    }
}
