//! The request of a search, and the tree of its query and filters.

use super::copies::Prefer;
use super::order::Sort;
use crate::date::PartialDate;
use crate::error::{QueryError, Result};
use crate::query;
use crate::query::dates::DateFilter;
use crate::query::limits::ensure_bounded;
use crate::query::{FieldName, Node};

/// The request of a search.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Request {
    /// The query, as typed.
    pub query: String,
    /// Only articles that name all of these persons.
    pub persons: Vec<String>,
    /// Only articles published on or after this date.
    pub after: Option<PartialDate>,
    /// Only articles published on or before this date.
    pub before: Option<PartialDate>,
    /// Only articles of this outlet.
    pub source: Option<String>,
    /// Whether a surname alone matches a person too, although it may be that of another.
    pub loose: bool,
    /// Whether one of the words is enough.
    pub any: bool,
    /// Whether nothing is found where no article has all of the words; otherwise a question in plain
    /// words is answered by articles that have most of them.
    pub all: bool,
    /// The order of the hits.
    pub sort: Sort,
    /// How many hits to return.
    pub limit: usize,
    /// How many hits to skip.
    pub offset: usize,
    /// Whether the articles of a story are hits of their own.
    pub all_copies: bool,
    /// Which article of a story is shown.
    pub prefer: Prefer,
    /// Whether to expand the query with terms from the top hits.
    pub feedback: bool,
    /// Whether to boost newer articles.
    pub recent: bool,
    /// Whether to count the whole result by date, outlet, person and writer.
    pub counts: bool,
    /// Whether to count the stories of the whole result beside its articles.
    pub stories: bool,
    /// Whether to explain how the query was understood.
    pub explain: bool,
    /// Whether the answer is for a page: with longer passages, the place of each, and occurrences.
    pub for_page: bool,
}

/// A request as it was understood.
pub(super) struct Understood {
    /// The tree of the query and the filters.
    pub(super) root: Node,
    /// Notes on how the query was read.
    pub(super) notes: Vec<String>,
    /// Whether most of the words are enough where no article has all.
    pub(super) takes_most: bool,
    /// Whether it may be the headline of an article.
    pub(super) may_be_headline: bool,
}

/// Returns the tree of a request, its filters included.
///
/// # Errors
///
/// Returns an error if the query or a filter can't be read, or if there is nothing to search for.
pub(super) fn understand(request: &Request) -> Result<Understood> {
    let query = if request.any {
        query::parse_any(&request.query)
    } else {
        query::parse(&request.query)?
    };
    let mut nodes = Vec::new();
    match query.root {
        Some(Node::And(parts)) => nodes.extend(parts),
        root => nodes.extend(root),
    }
    nodes.extend(filters(request)?);
    let root = Node::all(nodes).ok_or_else(|| QueryError {
        message: "there is nothing to search for".to_owned(),
        hint: "give words, or filters such as person:NAME, source:OUTLET or date:2018".to_owned(),
        at: 0,
    })?;
    Ok(Understood {
        root,
        notes: query.notes,
        takes_most: query.is_plain && !request.any && !request.all,
        may_be_headline: !query.has_minus,
    })
}

/// Returns the tree of what a request asks for beside its query; `None` if that is nothing.
///
/// # Errors
///
/// Returns an error if a filter can't be read.
pub(super) fn filters_of(request: &Request) -> Result<Option<Node>> {
    Ok(Node::all(filters(request)?))
}

fn filters(request: &Request) -> Result<Vec<Node>> {
    let mut filters = Vec::new();
    let mut add = |field: FieldName, typed: &str| -> Result<()> {
        let Some(node) = query::phrase(typed, 0, false) else {
            return Err(QueryError {
                message: format!("there is no word in {}: {typed:?}", field.name()),
                hint: format!("give a name to --{}", field.name()),
                at: 0,
            }
            .into());
        };
        filters.push(Node::Field {
            field,
            node: Box::new(node),
        });
        Ok(())
    };
    for person in &request.persons {
        add(FieldName::Person, person)?;
    }
    if let Some(source) = &request.source {
        add(FieldName::Source, source)?;
    }
    ensure_bounded(&filters)?;
    if request.after.is_some() || request.before.is_some() {
        if let (Some(after), Some(before)) = (request.after, request.before)
            && before.last_day() < after.first_day()
        {
            return Err(QueryError {
                message: format!("the dates {after} to {before} end before they start"),
                hint: "give the earlier date to --after".to_owned(),
                at: 0,
            }
            .into());
        }
        filters.push(Node::Date(DateFilter::between(
            request.after,
            request.before,
        )));
    }
    Ok(filters)
}
