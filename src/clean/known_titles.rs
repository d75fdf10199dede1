//! Titles that are known before blocks are labelled: from headers, page edges and URLs.

use rustc_hash::FxHashSet;

use super::export::{Header, Label};
use super::seams::PageEdges;
use super::urls::FoundUrl;

/// The titles that headers, page edges and URLs give, before blocks are labelled.
#[derive(Clone, Debug, Default)]
pub struct KnownTitles {
    /// The headline of a labelled header.
    pub headline: Option<String>,
    /// The title that a browser printed on each page, or the subject of a mail.
    pub page_title: Option<String>,
    /// The slug keys of the URLs of other stories (see [`slug_key`]).
    pub linked: FxHashSet<String>,
    /// The slug key of the article's own URL.
    pub own: Option<String>,
}

impl KnownTitles {
    /// Gathers the titles.
    pub fn of(headers: &[Header], page: &PageEdges, urls: &[FoundUrl]) -> Self {
        let labelled = |label: Label| {
            let header = headers.iter().find(|header| header.label == label);
            header.map(|header| header.value.as_str())
        };
        let own_url =
            labelled(Label::Url).or_else(|| urls.iter().find(|u| u.is_own).map(|u| u.url.as_str()));
        let own = own_url.and_then(slug).and_then(slug_key);
        let linked = urls
            .iter()
            .filter_map(|u| slug_key(slug(&u.url)?))
            .filter(|key| own.as_ref() != Some(key))
            .collect();
        Self {
            headline: labelled(Label::Headline).map(str::to_owned),
            page_title: page
                .title
                .clone()
                .or_else(|| labelled(Label::Subject).map(str::to_owned)),
            linked,
            own,
        }
    }
}

/// Returns the last segment of a URL's path that spells out a title: one with three hyphens or
/// underscores.
fn slug(url: &str) -> Option<&str> {
    let path = url.split(['?', '#']).next()?;
    path.trim_end_matches('/')
        .rsplit('/')
        .map(|part| part.split('.').next().unwrap_or(part))
        .find(|part| part.bytes().filter(|b| *b == b'-' || *b == b'_').count() >= 3)
}

/// The length of a slug key, in letters and digits.
const SLUG_KEY_LENGTH: usize = 20;

/// Returns the first twenty ASCII letters and digits of a title or slug in lower case, or `None` if
/// it has fewer. The key is the same for "Envoys' Talks in Oslo Fail" and
/// `envoys-talks-in-oslo-fail`.
pub fn slug_key(text: &str) -> Option<String> {
    let key: String = text
        .chars()
        .filter(char::is_ascii_alphanumeric)
        .map(|c| c.to_ascii_lowercase())
        .take(SLUG_KEY_LENGTH)
        .collect();
    (key.len() == SLUG_KEY_LENGTH).then_some(key)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_slug_has_the_key_of_its_title() {
        assert_eq!(
            slug_key("Envoys' Talks in Oslo Fail"),
            slug_key("envoys-talks-in-oslo-fail-again")
        );
        assert_eq!(slug_key("Talks fail"), None);
    }
}
