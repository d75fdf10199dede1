//! The articles before and after one, by the same outlet or the same writer.

use super::address::Address;
use super::asked::filter;
use crate::archive::Archive;
use crate::article::Article;
use crate::date::PartialDate;
use crate::error::Result;
use crate::query::FieldName;
use crate::search::{self, Hit, Request, Sort};

/// The articles before and after one.
pub(super) struct Neighbours {
    /// Whose they are.
    pub(super) of: String,
    pub(super) earlier: Option<Neighbour>,
    pub(super) later: Option<Neighbour>,
}

/// An article before or after one.
pub(super) struct Neighbour {
    pub(super) headline: String,
    pub(super) date: String,
    pub(super) href: String,
}

/// Returns the neighbours of an article by its outlet and by its first writer. An article of unknown day
/// has none.
///
/// # Errors
///
/// Returns an error if the index can't be read.
pub(super) fn neighbours(
    archive: &Archive,
    article: &Article,
    address: &Address,
) -> Result<Vec<Neighbours>> {
    let Some(published) = article.published.filter(|date| date.is_day()) else {
        return Ok(Vec::new());
    };
    let day = published.first_day();
    let (before, after) = (day.yesterday().ok(), day.tomorrow().ok());
    let mut found = Vec::new();
    let groups = [
        (FieldName::Source, article.source.as_ref()),
        (FieldName::Byline, article.byline.first()),
    ];
    for (field, name) in groups {
        let Some((name, group)) = name.and_then(|name| Some((name, filter(field, name)?))) else {
            continue;
        };
        let next = |sort: Sort, after: Option<PartialDate>, before: Option<PartialDate>| {
            if after.is_none() && before.is_none() {
                return Ok(None);
            }
            let request = Request {
                query: group.to_string(),
                after,
                before,
                sort,
                limit: 1,
                all_copies: true,
                ..Request::default()
            };
            let hits = search::search(archive, &request)?.hits;
            Ok::<_, crate::Error>(hits.first().map(|hit| Neighbour::of(hit, address)))
        };
        let earlier = next(Sort::Newest, None, before.map(PartialDate::from))?;
        let later = next(Sort::Oldest, after.map(PartialDate::from), None)?;
        if earlier.is_some() || later.is_some() {
            found.push(Neighbours {
                of: name.clone(),
                earlier,
                later,
            });
        }
    }
    Ok(found)
}

impl Neighbour {
    fn of(hit: &Hit, address: &Address) -> Self {
        let headline = hit.headline.as_ref().or(hit.beginning.as_ref());
        Self {
            headline: headline.unwrap_or(&hit.path).clone(),
            date: hit
                .published
                .map_or_else(String::new, |date| date.to_string()),
            href: Address {
                view: Default::default(),
                ..address.clone()
            }
            .article(&hit.id),
        }
    }
}
