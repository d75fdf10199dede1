//! The articles before and after one, by the same outlet or the same writer.

use super::address::{Address, View};
use super::asked::filter;
use crate::archive::Archive;
use crate::article::Article;
use crate::error::Result;
use crate::passages;
use crate::query::FieldName;
use crate::search::Request;
use crate::search::neighbours::neighbours as beside;

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

/// Returns the neighbours of an article by its outlet and by its first writer. An undated article has
/// none.
///
/// # Errors
///
/// Returns an error if the index can't be read.
pub(super) fn neighbours(
    archive: &Archive,
    article: &Article,
    address: &Address,
) -> Result<Vec<Neighbours>> {
    let Some(date) = article.published else {
        return Ok(Vec::new());
    };
    let mut found = Vec::new();
    let groups = [
        (FieldName::Source, article.source.as_ref()),
        (FieldName::Byline, article.byline.first()),
    ];
    for (field, name) in groups {
        let Some((name, group)) = name.and_then(|name| Some((name, filter(field, name)?))) else {
            continue;
        };
        let request = Request {
            query: group.to_string(),
            ..Request::default()
        };
        let found_beside = beside(archive, &request, date)?;
        let neighbour = |article: Article| Neighbour::of(article, address);
        let (earlier, later) = (
            found_beside.earlier.map(neighbour),
            found_beside.later.map(neighbour),
        );
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
    fn of(article: Article, address: &Address) -> Self {
        let beginning = || passages::beginning(&article);
        let headline = article.headline.clone().or_else(beginning);
        Self {
            date: article
                .published
                .map_or_else(String::new, |date| date.to_string()),
            href: address.view_of(&article.id, View::Cleaned),
            headline: headline.unwrap_or(article.path),
        }
    }
}
