//! Runs the index stages in order: the one file that knows them all.

use crate::article::Article;
use crate::{clean, fields, people, source};

/// Returns the articles in the bytes of the file at `path`, in order.
pub fn extract(path: &str, bytes: &[u8]) -> Vec<Article> {
    let text = source::decode::decode(bytes);
    let mut articles = Vec::new();
    for (part, piece) in (0..).zip(source::split::split(&text.text)) {
        let cleaned = clean::clean(piece.text, piece.first_line);
        let mut article = fields::field(path, part, cleaned);
        if text.undecodable > 0 {
            article.warnings.push(format!(
                "{} byte sequences could not be decoded as {}",
                text.undecodable, text.encoding
            ));
        }
        article.people = people::find(&article);
        articles.push(article);
    }
    articles
}
