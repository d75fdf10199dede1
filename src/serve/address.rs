//! The address of a page: all that is asked, so that a link, a bookmark and the button Back bring the
//! same page again.

use url::form_urlencoded;

use crate::search::{Request, Sort};

/// The hits of a page.
pub(super) const HITS: usize = 20;

/// The last page of a result. Who wants more carries the whole result away.
pub(super) const LAST_PAGE: usize = 500;

/// The longest query, in bytes.
pub(super) const LONGEST_QUERY: usize = 4_000;

/// What the address of a page asks.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Address {
    /// The query, as typed.
    pub(super) query: String,
    /// The order of the hits.
    pub(super) sort: Sort,
    /// The page of the result, from 0.
    pub(super) page: usize,
    /// Whether any of the words is enough.
    pub(super) any: bool,
    /// Whether nothing is found where no article has all of the words.
    pub(super) all: bool,
    /// Whether surnames that may be another's are found too.
    pub(super) loose: bool,
    /// Whether each article of a story is a hit.
    pub(super) copies: bool,
    /// The view of an article.
    pub(super) view: View,
}

/// How an article is shown.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum View {
    /// Its text, cleaned.
    #[default]
    Cleaned,
    /// The lines of its file, with what was taken out.
    Filed,
    /// Both, side by side.
    Both,
    /// What each article of its story made of the first.
    Copies,
    /// The articles that are most like it.
    Alike,
}

impl View {
    /// The name of the view in an address.
    pub(super) fn name(self) -> &'static str {
        match self {
            Self::Cleaned => "cleaned",
            Self::Filed => "filed",
            Self::Both => "both",
            Self::Copies => "copies",
            Self::Alike => "similar",
        }
    }
}

impl Address {
    /// Reads the part of an address after its question mark. What is not known is left out.
    pub(super) fn read(typed: &str) -> Self {
        let mut address = Self::default();
        for (name, value) in form_urlencoded::parse(typed.as_bytes()) {
            match (&*name, &*value) {
                ("q", query) => address.query = query.trim().to_owned(),
                ("sort", "newest") => address.sort = Sort::Newest,
                ("sort", "oldest") => address.sort = Sort::Oldest,
                ("sort", _) => address.sort = Sort::Relevance,
                ("page", page) => {
                    let page = page.parse::<usize>().unwrap_or(1);
                    address.page = page.clamp(1, LAST_PAGE) - 1;
                }
                ("any", "1") => address.any = true,
                ("all", "1") => address.all = true,
                ("loose", "1") => address.loose = true,
                ("copies", "1") => address.copies = true,
                ("view", name) => {
                    let views = [View::Filed, View::Both, View::Copies, View::Alike].into_iter();
                    let view = views.into_iter().find(|view| view.name() == name);
                    address.view = view.unwrap_or_default();
                }
                _ => {}
            }
        }
        address
    }

    /// Writes the address of a page below this path.
    pub(super) fn at(&self, path: &str) -> String {
        let mut written = form_urlencoded::Serializer::new(String::new());
        let page = (self.page + 1).to_string();
        let sort = match self.sort {
            Sort::Relevance => "relevance",
            Sort::Newest => "newest",
            Sort::Oldest => "oldest",
        };
        for (name, value, is_told) in [
            ("q", &*self.query, !self.query.is_empty()),
            ("sort", sort, self.sort != Sort::Relevance),
            ("page", &page, self.page > 0),
            ("any", "1", self.any),
            ("all", "1", self.all),
            ("loose", "1", self.loose),
            ("copies", "1", self.copies),
            ("view", self.view.name(), self.view != View::Cleaned),
        ] {
            if is_told {
                written.append_pair(name, value);
            }
        }
        match written.finish() {
            written if written.is_empty() => path.to_owned(),
            written => format!("{path}?{written}"),
        }
    }

    /// Writes the address of the search.
    pub(super) fn search(&self) -> String {
        let address = Self {
            view: View::default(),
            ..self.clone()
        };
        address.at(if self.query.is_empty() {
            "/"
        } else {
            "/search"
        })
    }

    /// Writes the address of the search for another query, from its first page on.
    pub(super) fn search_for(&self, query: impl Into<String>) -> String {
        let address = Self {
            query: query.into(),
            page: 0,
            ..self.clone()
        };
        address.search()
    }

    /// Writes the address of an article, with the query.
    pub(super) fn article(&self, id: &str) -> String {
        self.at(&format!("/article/{id}"))
    }

    /// Writes the address of a view of an article.
    pub(super) fn view_of(&self, id: &str, view: View) -> String {
        let address = Self {
            view,
            ..self.clone()
        };
        address.article(id)
    }

    /// Returns the request of the command line that asks the same.
    pub(super) fn request(&self) -> Request {
        Request {
            query: self.query.clone(),
            sort: self.sort,
            limit: HITS,
            offset: self.page * HITS,
            any: self.any,
            all: self.all,
            loose: self.loose,
            all_copies: self.copies,
            counts: true,
            ..Request::default()
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn is_read_as_it_is_written() {
        for (typed, written) in [
            ("", "/search"),
            ("q=ferry", "/search?q=ferry"),
            (
                "q=ferry+sale&page=3&sort=newest",
                "/search?q=ferry+sale&sort=newest&page=3",
            ),
            ("q=%22a%26b%22%23&any=1", "/search?q=%22a%26b%22%23&any=1"),
            ("page=0&sort=best&view=none&x=y", "/search"),
            ("page=99999999999999999999", "/search"),
            ("page=4000", "/search?page=500"),
            (
                "loose=1&copies=1&view=both",
                "/search?loose=1&copies=1&view=both",
            ),
            ("q=%ff%00", "/search?q=%EF%BF%BD%00"),
        ] {
            let address = Address::read(typed);
            assert_eq!(address.at("/search"), written, "{typed}");
            let (_, again) = written.split_once('?').unwrap_or_default();
            assert_eq!(Address::read(again), address, "{typed}");
        }
    }
}
