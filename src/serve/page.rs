//! What all pages have: the head with the search box, and how they are sent.

use std::sync::LazyLock;

use askama::Template;
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use serde::Serialize;

use super::address::{Address, LONGEST_QUERY};
use crate::render;
use crate::search::Sort;

/// The style of all pages.
pub(super) const STYLE: &str = include_str!("assets/style.css");

/// The script of all pages: the keys.
pub(super) const SCRIPT: &str = include_str!("assets/keys.js");

/// The picture of the archive in a tab.
pub(super) const ICON: &str = include_str!("assets/icon.svg");

/// A text that changes with what is embedded, so that browsers keep no old one.
static EDITION: LazyLock<String> = LazyLock::new(|| {
    let all = [STYLE, SCRIPT, ICON].concat();
    format!("{:016x}", xxhash_rust::xxh3::xxh3_64(all.as_bytes()))
});

/// The addresses and names of the rooms, as the head of every page lists them.
const ROOMS: &[(&str, &str)] = &[("/browse", "Browse"), ("/person", "People")];

/// The head of a page.
pub(super) struct Head {
    pub(super) title: String,
    /// The rooms that the head links to.
    pub(super) rooms: &'static [(&'static str, &'static str)],
    /// The query in the search box.
    pub(super) query: String,
    /// What the form keeps of the address beside the query.
    pub(super) kept: Vec<(&'static str, &'static str)>,
    /// The most characters of a query.
    pub(super) longest: usize,
    pub(super) edition: &'static str,
    /// The address of the JSON twin.
    pub(super) twin: String,
}

impl Head {
    /// Returns the head of a page with this title, address and twin.
    pub(super) fn new(title: impl Into<String>, address: &Address, twin: String) -> Self {
        let sort = match address.sort {
            Sort::Relevance => "relevance",
            Sort::Newest => "newest",
            Sort::Oldest => "oldest",
        };
        let kept = [
            ("sort", sort, address.sort != Sort::Relevance),
            ("any", "1", address.any),
            ("copies", "1", address.copies),
        ];
        let kept = kept.into_iter().filter(|(_, _, is_kept)| *is_kept);
        Self {
            title: title.into(),
            rooms: ROOMS,
            query: address.query.clone(),
            kept: kept.map(|(name, value, _)| (name, value)).collect(),
            longest: LONGEST_QUERY,
            edition: &EDITION,
            twin,
        }
    }
}

/// A page that says why there is no answer.
#[derive(Template)]
#[template(path = "trouble.html")]
struct TroublePage {
    head: Head,
    message: &'static str,
    advice: &'static str,
}

/// Why a page can't be shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Failure {
    /// There is no such article.
    Missing,
    /// There is no such page.
    NoPage,
    /// The query is longer than any.
    TooLong,
    /// It took too long.
    Slow,
    /// The archive can't be read.
    Archive,
}

impl Failure {
    fn status(self) -> StatusCode {
        match self {
            Self::Missing | Self::NoPage => StatusCode::NOT_FOUND,
            Self::TooLong => StatusCode::URI_TOO_LONG,
            Self::Slow | Self::Archive => StatusCode::SERVICE_UNAVAILABLE,
        }
    }

    /// Returns what is wrong, and what to do about it.
    fn words(self) -> (&'static str, &'static str) {
        match self {
            Self::Missing => (
                "This article is not in the archive",
                "Its file may have been moved or taken out since the link was made; a search finds it again.",
            ),
            Self::NoPage => (
                "There is no such page",
                "The search box above leads to everything that is here.",
            ),
            Self::TooLong => (
                "This query is too long for a page",
                "`morgue search --queries FILE` and `morgue people --names FILE` answer long lists.",
            ),
            Self::Slow => (
                "This took too long",
                "The archive is busy, or the query has very many words and patterns. Try again, or ask for less.",
            ),
            Self::Archive => (
                "The archive can't be read now",
                "The program that serves it says why in its terminal.",
            ),
        }
    }

    /// Returns the page that says so.
    pub(super) fn page(self, address: &Address) -> Response {
        let (message, advice) = self.words();
        let head = Head::new(message, address, String::new());
        let page = TroublePage {
            head,
            message,
            advice,
        };
        html(self.status(), &page)
    }

    /// Returns the record that says so.
    pub(super) fn record(self) -> Response {
        let (message, hint) = self.words();
        json(self.status(), &Fault::new(message, hint, None))
    }
}

/// The record of a fault.
#[derive(Serialize)]
pub(super) struct Fault<'a> {
    error: &'a str,
    hint: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    at: Option<usize>,
}

impl<'a> Fault<'a> {
    pub(super) fn new(error: &'a str, hint: &'a str, at: Option<usize>) -> Self {
        Self { error, hint, at }
    }
}

/// The type of pages.
const HTML: &str = "text/html; charset=utf-8";

/// How long pages and records are kept by browsers: they are asked for anew.
const FRESH: &str = "private, no-cache";

/// Sends a page.
pub(super) fn html(status: StatusCode, page: &impl Template) -> Response {
    rendered(status, HTML, page)
}

/// Sends a page that is written.
pub(super) fn written_html(status: StatusCode, written: impl IntoResponse) -> Response {
    sent(status, HTML, FRESH, written)
}

/// Sends the description of the search.
pub(super) fn xml(description: &impl Template) -> Response {
    let kind = "application/opensearchdescription+xml";
    rendered(StatusCode::OK, kind, description)
}

fn rendered(status: StatusCode, kind: &'static str, template: &impl Template) -> Response {
    match template.render() {
        Ok(written) => sent(status, kind, FRESH, written),
        // Writing to a string cannot fail.
        Err(_) => StatusCode::INTERNAL_SERVER_ERROR.into_response(),
    }
}

/// Sends a record.
pub(super) fn json(status: StatusCode, record: &impl Serialize) -> Response {
    let mut written = Vec::new();
    match render::json(&mut written, record) {
        Ok(()) => sent(status, "application/json", FRESH, written),
        Err(_) => StatusCode::INTERNAL_SERVER_ERROR.into_response(),
    }
}

/// Sends what never changes under its address.
pub(super) fn embedded(kind: &'static str, content: &'static str) -> Response {
    sent(
        StatusCode::OK,
        kind,
        "public, max-age=31536000, immutable",
        content,
    )
}

fn sent(
    status: StatusCode,
    kind: &'static str,
    kept: &'static str,
    content: impl IntoResponse,
) -> Response {
    let mut response = content.into_response();
    *response.status_mut() = status;
    for (name, value) in [(header::CONTENT_TYPE, kind), (header::CACHE_CONTROL, kept)] {
        let value = header::HeaderValue::from_static(value);
        response.headers_mut().insert(name, value);
    }
    response
}
