//! A hit as a page has it: headline, facts, passages that lead to their places.

use super::address::{Address, View};
use super::numbers::count;
use crate::passages::{Passage, Span};
use crate::search::Hit;

/// The most persons of an article that are named.
const MOST_PEOPLE: usize = 6;

/// A hit as it is shown.
pub(super) struct ShownHit {
    pub(super) href: String,
    pub(super) headline: Passage,
    /// Whether the article has no headline, so that its first words stand there.
    pub(super) is_beginning: bool,
    pub(super) facts: Vec<String>,
    pub(super) path: String,
    pub(super) people: String,
    pub(super) passages: Vec<(String, Passage)>,
    pub(super) occurrences: String,
    pub(super) lacks: String,
    pub(super) copies: Option<(String, String)>,
}

impl ShownHit {
    /// Returns a hit as a page has it, with links to its article for a query.
    pub(super) fn new(hit: Hit, address: &Address) -> Self {
        let article = address.article(&hit.id);
        let place = |at: usize| match hit.places.get(at) {
            Some(place) => format!("{article}#p{}", place.paragraph),
            None => article.clone(),
        };
        let passages: Vec<String> = (0..hit.passages.len()).map(place).collect();
        let is_beginning = hit.headline.is_none();
        let plain = hit
            .headline
            .or(hit.beginning)
            .unwrap_or_else(|| hit.path.clone());
        let headline = hit.headline_marked.unwrap_or_else(|| {
            vec![Span {
                text: plain,
                hit: false,
            }]
        });
        let date = hit
            .published
            .map_or("undated".to_owned(), |date| date.to_string());
        let facts = std::iter::once(date).chain(hit.source).chain(hit.byline);
        let copies = hit.copies.len() as u64;
        let copies = (copies > 0).then(|| {
            let text = format!("and {}", count(copies, "copy", "copies"));
            (address.view_of(&hit.id, View::Copies), text)
        });
        Self {
            headline,
            is_beginning,
            facts: facts.collect(),
            path: hit.path,
            people: people(&hit.people),
            passages: passages.into_iter().zip(hit.passages).collect(),
            occurrences: match hit.occurrences {
                0 => String::new(),
                occurrences => count(u64::from(occurrences), "match", "matches"),
            },
            lacks: hit.lacks.join(", "),
            copies,
            href: article,
        }
    }
}

/// Returns the first persons of an article, and how many more there are.
fn people(names: &[String]) -> String {
    let mut people: Vec<String> = names.iter().take(MOST_PEOPLE).cloned().collect();
    if names.len() > MOST_PEOPLE {
        people.push(format!("{} more", names.len() - MOST_PEOPLE));
    }
    people.join(", ")
}
