//! Turns the text of a file into articles: all stages between reading and the index.

use crate::article::Article;
use crate::clean::{Cleaned, Knowledge};
use crate::source::decode::Text;
use crate::source::part::Part;
use crate::{clean, fields, people, source};

/// Returns the articles in the bytes of the file at `path`, in order, without knowledge of an
/// archive.
pub fn extract(path: &str, bytes: &[u8]) -> Vec<Article> {
    articles(path, &source::decode::decode(bytes), &Knowledge::default()).collect()
}

/// Returns an iterator over the articles in the text of the file at `path`, in order. `knowledge`
/// is what the rest of the archive knows.
pub fn articles<'a>(
    path: &'a str,
    text: &'a Text,
    knowledge: &'a Knowledge,
) -> impl Iterator<Item = Article> {
    read(path, text, knowledge, fields::field)
}

/// Returns the articles as [`articles`] does, each with the origins of its fields.
pub fn articles_with_origins<'a>(
    path: &'a str,
    text: &'a Text,
    knowledge: &'a Knowledge,
) -> impl Iterator<Item = Article> {
    read(path, text, knowledge, fields::field_with_origins)
}

fn read<'a>(
    path: &'a str,
    text: &'a Text,
    knowledge: &'a Knowledge,
    field: Field,
) -> impl Iterator<Item = Article> {
    let parts = (0..).zip(source::split::split(&text.text));
    parts.map(move |(part, piece)| {
        let mut article = fielded(path, part, &piece, knowledge, field);
        if text.undecodable > 0 {
            article.warnings.push(format!(
                "{} sequences of bytes could not be decoded as {}",
                text.undecodable, text.encoding
            ));
        }
        if piece.is_piece {
            article.warnings.push(format!(
                "a piece of a longer text: it is cut after every {} MiB at the latest",
                source::split::LONGEST >> 20
            ));
        }
        let names = people::find(&article);
        article.evidence.other_names = names.other_names;
        article.evidence.things = names.things;
        match names.people {
            Some(people) => article.people = people,
            None => article.warnings.push(format!(
                "no persons were told apart: there are more than {} mentions",
                people::MOST_MENTIONS
            )),
        }
        article
    })
}

/// A function from a cleaned text to its article.
type Field = fn(&str, u32, Cleaned, &Knowledge) -> Article;

/// Returns the article of a part of a file, without its persons.
pub(super) fn fielded(
    path: &str,
    part: u32,
    piece: &Part<'_>,
    knowledge: &Knowledge,
    field: Field,
) -> Article {
    let cleaned = clean::clean(&piece.text, piece.first_line, knowledge);
    let mut article = field(path, part, cleaned, knowledge);
    count_lines_of_file(&mut article, piece);
    article
}

/// Gives the receipt of an article that was taken out of a container the numbers of lines in the
/// file, and adds what the container holds beside the articles.
fn count_lines_of_file(article: &mut Article, part: &Part<'_>) {
    if part.lines.is_empty() && part.outside.is_empty() {
        return;
    }
    for removed in &mut article.receipt {
        removed.line = part.line_in_file(removed.line);
    }
    for origin in &mut article.why {
        origin.line = origin.line.map(|line| part.line_in_file(line));
    }
    article.receipt.extend(part.outside.iter().cloned());
    article.receipt.sort_by_key(|removed| removed.line);
}
