//! Reads the fields of an article from its blocks and headers: headline, byline, dateline, dates
//! with their provenance, source, URLs, related stories.

pub mod dates;

use crate::article::Article;
use crate::clean::Cleaned;

/// Fields one cleaned article. Its persons are left to the next stage.
pub fn field(path: &str, part: u32, _cleaned: Cleaned) -> Article {
    Article {
        schema: crate::article::SCHEMA,
        id: Article::id_of(path, part),
        path: path.to_owned(),
        part,
        headline: None,
        headline_from: None,
        byline: Vec::new(),
        agency: None,
        dateline: None,
        published: None,
        published_from: None,
        dates: Vec::new(),
        source: None,
        url: None,
        urls: Vec::new(),
        related: Vec::new(),
        blocks: Vec::new(),
        people: Vec::new(),
        receipt: Vec::new(),
        language: None,
        words: 0,
        warnings: Vec::new(),
    }
}
