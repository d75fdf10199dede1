//! `context`: every occurrence of what a query marks, with the text before and after it (keyword in
//! context, KWIC).
//!
//! An occurrence is what passages mark: a word, a phrase, a form of a person's name. All articles that
//! match are read, copies too, and all of their text.

mod order;

use std::ops::Range;

use rayon::prelude::*;
use serde::Serialize;
use tantivy::DocAddress;
use unicode_normalization::char::is_combining_mark;

use super::Matching;
use super::answer::marks_in;
use super::request::Request;
use crate::archive::Archive;
use crate::article::Article;
use crate::date::PartialDate;
use crate::error::{QueryError, Result};
use crate::passages::{Highlight, highlights};
use crate::query::plan::Plan;
pub use order::ContextSort;
use order::{First, by_date};

/// What is asked of `context`.
#[derive(Clone, Debug, Default)]
pub struct ContextRequest {
    /// The query and what narrows it. Its limit and offset count lines.
    pub request: Request,
    /// The most characters before an occurrence. Words are not cut.
    pub left: usize,
    /// The most characters after it.
    pub right: usize,
    /// The order of the lines.
    pub sort: ContextSort,
}

/// An occurrence with the text around it: a line of `context --json`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ContextLine {
    /// The article's id.
    pub id: String,
    /// The file's path below the folder.
    pub path: String,
    /// The date of publication.
    pub date: Option<PartialDate>,
    /// The headline.
    pub headline: Option<String>,
    /// The number of the paragraph among those of the body, from 1; 0 is the headline.
    pub paragraph: usize,
    /// The first character of the occurrence in the paragraph, from 0.
    pub start: usize,
    /// The character after its last.
    pub end: usize,
    /// The text before it.
    pub left: String,
    /// The occurrence.
    #[serde(rename = "match")]
    pub matched: String,
    /// The text after it.
    pub right: String,
}

/// What was found, beside the lines.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Contexts {
    /// The query as it was understood.
    pub understood: String,
    /// The number of articles that match.
    pub articles: usize,
    /// How many of them were read.
    pub articles_read: usize,
    /// The number of occurrences in the articles that were read. The last of them may have more if
    /// not all were read.
    pub occurrences: usize,
    /// Notes on how the query was read.
    pub notes: Vec<String>,
}

impl Contexts {
    /// Returns whether every article that matches was read to its end.
    pub fn is_whole(&self) -> bool {
        self.articles_read == self.articles
    }
}

/// How many articles are read at once.
const AT_ONCE: usize = 64;

/// Finds the occurrences of a query: `each` gets a line for each that the limit and the offset leave, in
/// order, and returns whether it wants more. In an order of words, up to as many lines are held.
///
/// # Errors
///
/// Returns the errors of [`search()`](super::search()), and an error if the query has nothing that could
/// be shown, such as a date alone.
pub fn context(
    archive: &Archive,
    asked: &ContextRequest,
    mut each: impl FnMut(ContextLine) -> bool,
) -> Result<Contexts> {
    let Matching {
        plan,
        mut addresses,
        understood,
        notes,
    } = archive.guard(|| Matching::of(archive, &asked.request))?;
    ensure_marks(&plan)?;
    let mut contexts = Contexts {
        understood,
        articles: addresses.len(),
        notes,
        ..Contexts::default()
    };
    if asked.sort == ContextSort::Date {
        archive.guard(|| by_date(&archive.snapshot.searcher, &mut addresses))?;
    }
    let Request { limit, offset, .. } = asked.request;
    let last = offset.saturating_add(limit);
    let mut first = First::new(last);
    contexts.articles_read = walk(archive, &plan, &addresses, |article, place| {
        contexts.occurrences += 1;
        if asked.sort.is_of_words() {
            let key = asked.sort.key(place.before(), place.after());
            first.offer(key, || place.line(article, asked));
            return true;
        }
        let number = contexts.occurrences;
        number <= offset || (number <= last && each(place.line(article, asked)) && number < last)
    })?;
    let _ = first.into_sorted().skip(offset).all(each);
    Ok(contexts)
}

/// Returns an error if a plan marks nothing in any article.
fn ensure_marks(plan: &Plan) -> Result<()> {
    if plan.marks.is_empty() && plan.person_keys.is_empty() && plan.persons.is_empty() {
        return Err(QueryError {
            message: "the query has no word, phrase or person to show in context".to_owned(),
            hint: "add a word to the filters, as in ferry date:2018".to_owned(),
            at: 0,
        }
        .into());
    }
    Ok(())
}

/// Calls `each` with every occurrence in some articles, in order, until it wants no more. Returns how
/// many articles were read to their ends.
fn walk(
    archive: &Archive,
    plan: &Plan,
    addresses: &[DocAddress],
    mut each: impl FnMut(&Article, Place<'_>) -> bool,
) -> Result<usize> {
    let mut read = 0;
    for some in addresses.chunks(AT_ONCE) {
        let found = archive.guard(|| {
            let found = some.par_iter();
            let found = found.map(|&address| Occurrences::of(archive, plan, address));
            found.collect::<Result<Vec<Occurrences>>>()
        })?;
        for occurrences in &found {
            let mut places = occurrences.places();
            if !places.all(|place| each(&occurrences.article, place)) {
                return Ok(read);
            }
            read += 1;
        }
    }
    Ok(read)
}

/// An article with its occurrences.
struct Occurrences {
    article: Article,
    /// Those of the headline, and of each paragraph of the body.
    highlights: Vec<Vec<Highlight>>,
}

/// The place of an occurrence in an article.
#[derive(Clone, Copy)]
struct Place<'a> {
    /// The number of the paragraph; 0 is the headline.
    paragraph: usize,
    /// The text of the paragraph.
    text: &'a str,
    /// The range of the occurrence in it, in bytes.
    range: &'a Range<usize>,
}

impl Occurrences {
    fn of(archive: &Archive, plan: &Plan, address: DocAddress) -> Result<Self> {
        let article = archive.article(address)?;
        let marks = marks_in(plan, &article, address);
        let highlights = highlights(texts(&article), article.language.as_deref(), &marks);
        Ok(Self {
            article,
            highlights,
        })
    }

    /// Returns the places in the order of the text.
    fn places(&self) -> impl Iterator<Item = Place<'_>> {
        let paragraphs = texts(&self.article).zip(&self.highlights).enumerate();
        paragraphs.flat_map(|(paragraph, (text, highlights))| {
            highlights.iter().map(move |found| Place {
                paragraph,
                text,
                range: &found.range,
            })
        })
    }
}

impl<'a> Place<'a> {
    /// Returns the text of the paragraph before it.
    fn before(&self) -> &'a str {
        &self.text[..self.range.start]
    }

    /// Returns the text of the paragraph after it.
    fn after(&self) -> &'a str {
        &self.text[self.range.end..]
    }

    fn line(&self, article: &Article, asked: &ContextRequest) -> ContextLine {
        let matched = &self.text[self.range.clone()];
        let start = self.before().chars().count();
        ContextLine {
            id: article.id.clone(),
            path: article.path.clone(),
            date: article.published,
            headline: article.headline.clone(),
            paragraph: self.paragraph,
            start,
            end: start + matched.chars().count(),
            left: last_words(self.before(), asked.left).to_owned(),
            matched: matched.to_owned(),
            right: first_words(self.after(), asked.right).to_owned(),
        }
    }
}

/// Returns the headline, which may be empty, and the paragraphs of the body.
fn texts(article: &Article) -> impl Iterator<Item = &str> {
    let headline = article.headline.as_deref().unwrap_or_default();
    std::iter::once(headline).chain(article.body())
}

/// Returns the last whole words of a text, at most so many characters.
fn last_words(text: &str, most: usize) -> &str {
    let Some(left_out) = text
        .chars()
        .count()
        .checked_sub(most)
        .filter(|&out| out > 0)
    else {
        return text.trim_start();
    };
    let cut = byte_of(text, left_out);
    let kept = &text[cut..];
    let is_between = text[..cut].ends_with(char::is_whitespace);
    match kept.find(char::is_whitespace) {
        _ if is_between => kept.trim_start(),
        // One word, or a script without spaces: then between two characters.
        None => kept.trim_start_matches(belongs_to_the_last),
        Some(space) if kept[space..].trim().is_empty() => {
            kept.trim_start_matches(belongs_to_the_last)
        }
        Some(space) => kept[space..].trim_start(),
    }
}

/// Returns the first whole words of a text, at most so many characters.
fn first_words(text: &str, most: usize) -> &str {
    let cut = byte_of(text, most);
    let (kept, rest) = text.split_at(cut);
    if rest.is_empty() || rest.starts_with(char::is_whitespace) {
        return kept.trim_end();
    }
    match kept.rfind(char::is_whitespace) {
        Some(space) if !kept[..space].trim().is_empty() => kept[..space].trim_end(),
        // One word, or a script without spaces: then between two characters.
        _ if rest.starts_with(belongs_to_the_last) => {
            let whole = kept.trim_end_matches(belongs_to_the_last);
            let last = whole.chars().next_back().map_or(0, char::len_utf8);
            &whole[..whole.len() - last]
        }
        _ => kept,
    }
}

/// Returns the byte at which a character of a text begins, or its end.
fn byte_of(text: &str, character: usize) -> usize {
    let place = text.char_indices().nth(character);
    place.map_or(text.len(), |(at, _)| at)
}

/// Returns whether a character is shown as part of the one before it: a combining mark, or a joiner.
fn belongs_to_the_last(c: char) -> bool {
    const JOINERS: [char; 2] = ['\u{200c}', '\u{200d}'];
    is_combining_mark(c) || JOINERS.contains(&c)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keeps_whole_words() {
        for (text, most, last, first) in [
            ("", 5, "", ""),
            ("the old ferry", 100, "the old ferry", "the old ferry"),
            ("the old ferry", 9, "old ferry", "the old"),
            ("the old ferry", 8, "ferry", "the old"),
            ("the old ferry", 7, "ferry", "the old"),
            ("the old ferry", 0, "", ""),
            ("incomprehensible", 5, "sible", "incom"),
            ("東京都の港で", 3, "の港で", "東京都"),
            // The accent stays with its letter.
            ("cafe\u{301}s", 2, "s", "ca"),
            ("cafe\u{301}s", 4, "fe\u{301}s", "caf"),
        ] {
            assert_eq!(last_words(text, most), last, "the last of {text}, {most}");
            assert_eq!(
                first_words(text, most),
                first,
                "the first of {text}, {most}"
            );
        }
        assert_eq!(last_words("before the ferry ", 8), "ferry ");
        assert_eq!(first_words(" ferry was sold", 6), " ferry");
        assert_eq!(first_words(" incomprehensible", 5), " inco");
    }
}
