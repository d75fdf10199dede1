//! The page of a search: what was understood, the hits with their passages, and the counts.

use askama::Template;
use serde::Serialize;

use super::address::{Address, HITS, LAST_PAGE};
use super::asked::Asked;
use super::chart::{self, Chart, Room};
use super::chips::{Chip, chips};
use super::facets::{Facet, facets};
use super::hits::ShownHit;
use super::numbers::count;
use super::page::Head;
use crate::archive::Archive;
use crate::error::{QueryError, Result};
use crate::search::counts::Counts;
use crate::search::{self, Answer, Hit, ON_COPIES, Request, Sort};

/// The page of a search.
#[derive(Template)]
#[template(path = "search.html")]
pub(super) struct SearchPage {
    head: Head,
    chips: Vec<Chip>,
    error: Option<Fault>,
    found: Option<Found>,
}

/// What is wrong with a query.
struct Fault {
    before: String,
    /// The word at which it is wrong; empty at the end.
    at: String,
    after: String,
    message: String,
    hint: String,
}

/// What was found.
struct Found {
    /// The number of articles, and of stories where it is known.
    total: String,
    /// Which hits are shown, as in "21 to 40".
    shown: String,
    notes: Vec<Note>,
    hits: Vec<ShownHit>,
    first_rank: usize,
    orders: Vec<Choice>,
    /// What else can be chosen: any of the words, every copy.
    choices: Vec<Choice>,
    facets: Vec<Facet>,
    chart: Option<Chart>,
    earlier: Option<String>,
    later: Option<String>,
    page: usize,
}

/// A note, with a link to what it suggests.
struct Note {
    text: String,
    link: Option<(String, &'static str)>,
}

/// A link that changes how the result is shown.
struct Choice {
    name: &'static str,
    href: String,
    is_chosen: bool,
}

impl SearchPage {
    /// Answers a query.
    ///
    /// # Errors
    ///
    /// Returns the errors of [`search::search()`].
    pub(super) fn new(archive: &Archive, address: &Address) -> Result<Self> {
        let request = Request {
            // One more tells whether there is another page.
            limit: HITS + 1,
            for_page: true,
            ..address.request()
        };
        let answer = search::search(archive, &request)?;
        let asked = Asked::read(&address.query, address.any);
        Ok(Self {
            chips: all_chips(&asked, address),
            found: Some(Found::new(answer, &asked, address)),
            ..Self::bare(address)
        })
    }

    /// Says what is wrong with a query.
    pub(super) fn of_error(address: &Address, error: &QueryError) -> Self {
        Self {
            error: Some(Fault::new(&address.query, error)),
            ..Self::bare(address)
        }
    }

    fn bare(address: &Address) -> Self {
        Self {
            head: Head::new(&*address.query, address, address.at("/search.json")),
            chips: Vec::new(),
            error: None,
            found: None,
        }
    }
}

/// Returns the chips of a query and of what else was chosen.
fn all_chips(asked: &Asked, address: &Address) -> Vec<Chip> {
    let mut chips = chips(asked, address);
    let option = |text: &str, off: Address| Chip {
        kind: "option",
        text: text.to_owned(),
        is_left_out: false,
        off: Address { page: 0, ..off }.search(),
    };
    let address = || address.clone();
    if address().loose {
        let off = Address {
            loose: false,
            ..address()
        };
        chips.push(option("surnames alone too", off));
    }
    if address().all {
        let off = Address {
            all: false,
            ..address()
        };
        chips.push(option("all of the words", off));
    }
    chips
}

impl Fault {
    fn new(query: &str, error: &QueryError) -> Self {
        let at = query.floor_char_boundary(error.at.min(query.len()));
        let rest = &query[at..];
        let first = rest.chars().next().map_or(0, char::len_utf8);
        let word = rest.find(char::is_whitespace).unwrap_or(rest.len());
        let wrong = first.max(word);
        Self {
            before: query[..at].to_owned(),
            at: query[at..at + wrong].to_owned(),
            after: query[at + wrong..].to_owned(),
            message: error.message.clone(),
            hint: error.hint.clone(),
        }
    }
}

impl Found {
    fn new(mut answer: Answer, asked: &Asked, address: &Address) -> Self {
        let has_more = answer.hits.len() > HITS && address.page + 1 < LAST_PAGE;
        answer.hits.truncate(HITS);
        let page = |page: usize| {
            let address = Address {
                page,
                ..address.clone()
            };
            address.search()
        };
        let counts = answer.counts.take().unwrap_or_default();
        Self {
            total: total(&answer),
            shown: shown(&answer, has_more),
            notes: answer
                .notes
                .iter()
                .filter_map(|note| Note::new(note, address))
                .collect(),
            first_rank: address.page * HITS + 1,
            orders: orders(address),
            choices: choices(&answer, asked, address),
            facets: facets(&counts, asked, address),
            chart: chart_of(&counts, asked, address),
            earlier: (address.page > 0).then(|| page(address.page - 1)),
            later: has_more.then(|| page(address.page + 1)),
            page: address.page + 1,
            hits: answer
                .hits
                .into_iter()
                .map(|hit| ShownHit::new(hit, address))
                .collect(),
        }
    }
}

/// Returns the number of articles, and of their stories if it is known.
fn total(answer: &Answer) -> String {
    let articles = match answer.total {
        0 => "No article".to_owned(),
        total => count(total as u64, "article", "articles"),
    };
    match answer.stories {
        Some(stories) => format!("{articles}, {}", count(stories as u64, "story", "stories")),
        None => articles,
    }
}

/// Returns which hits are shown, if these are not all.
fn shown(answer: &Answer, has_more: bool) -> String {
    match (answer.hits.first(), answer.hits.last()) {
        (Some(first), Some(last)) if has_more || first.rank > 1 => {
            format!("{} to {}", first.rank, last.rank)
        }
        _ => String::new(),
    }
}

fn orders(address: &Address) -> Vec<Choice> {
    let orders = [
        ("best first", Sort::Relevance),
        ("newest", Sort::Newest),
        ("oldest", Sort::Oldest),
    ];
    let orders = orders.into_iter().map(|(name, sort)| {
        let other = Address {
            sort,
            page: 0,
            ..address.clone()
        };
        Choice {
            name,
            href: other.search(),
            is_chosen: sort == address.sort,
        }
    });
    orders.collect()
}

fn choices(answer: &Answer, asked: &Asked, address: &Address) -> Vec<Choice> {
    let mut choices = Vec::new();
    let mut choose = |name, other: Address, is_chosen| {
        let other = Address { page: 0, ..other };
        choices.push(Choice {
            name,
            href: other.search(),
            is_chosen,
        });
    };
    let words = asked.parts.iter().filter(|part| !part.is_filter());
    if address.any || words.count() > 1 {
        let other = Address {
            any: !address.any,
            ..address.clone()
        };
        choose("any of the words", other, address.any);
    }
    let has_copies = answer.notes.iter().any(|note| note == ON_COPIES);
    if address.copies || has_copies {
        let other = Address {
            copies: !address.copies,
            ..address.clone()
        };
        choose("every copy", other, address.copies);
    }
    choices
}

/// Draws the years of a result, if these are several.
fn chart_of(counts: &Counts, asked: &Asked, address: &Address) -> Option<Chart> {
    if counts.years.len() < 2 {
        return None;
    }
    chart::years(&counts.years, Room::ASIDE, |year| {
        let part = super::asked::date(year);
        let query = part.map_or_else(String::new, |part| asked.with(&part));
        address.search_for(query)
    })
}

impl Note {
    /// Returns a note as a page has it; `None` if the page says it by itself.
    fn new(note: &str, address: &Address) -> Option<Self> {
        if note == ON_COPIES || note.starts_with("--offset ") {
            return None;
        }
        let first = Address {
            page: 0,
            ..address.clone()
        };
        let (loose, all) = (
            Address {
                loose: true,
                ..first.clone()
            },
            Address { all: true, ..first },
        );
        // What a note calls an option is a link here.
        let options = [
            (": --loose", "show these too", loose),
            (
                "; --all finds only articles with all of them",
                "find only articles with all of them",
                all,
            ),
        ];
        let found = (options.into_iter())
            .find_map(|(option, name, address)| Some((note.strip_suffix(option)?, name, address)));
        Some(match found {
            Some((text, name, address)) => Self {
                text: text.to_owned(),
                link: Some((address.search(), name)),
            },
            None => Self {
                text: note.to_owned(),
                link: None,
            },
        })
    }
}

/// The twin of the page: the records of `search --json`, or of `similar --json`.
#[derive(Serialize)]
pub(super) struct SearchRecord {
    answer: Answer,
    #[serde(skip_serializing_if = "Option::is_none")]
    counts: Option<Counts>,
    hits: Vec<Hit>,
}

impl SearchRecord {
    /// Takes an answer apart into its records.
    pub(super) fn new(mut answer: Answer) -> Self {
        Self {
            counts: answer.counts.take(),
            hits: std::mem::take(&mut answer.hits),
            answer,
        }
    }
}
