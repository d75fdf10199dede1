//! The addresses of the reading room, and what answers each.

use std::sync::Arc;

use axum::extract::{Path, RawQuery, State};
use axum::http::{HeaderMap, StatusCode, Uri};
use axum::response::Response;
use axum::routing::get;
use axum::{Router, middleware};

use super::address::{Address, LONGEST_QUERY};
use super::article_page::{ArticlePage, record};
use super::door::{self, Door};
use super::front_page::{FrontPage, FrontRecord};
use super::openapi;
use super::opensearch::Description;
use super::page::{self, Failure, Fault};
use super::room::{Room, Trouble};
use super::search_page::{SearchPage, SearchRecord};
use super::{browse_page, person_routes};
use crate::search;

/// Returns the addresses.
pub(super) fn routes(room: Arc<Room>, door: Arc<Door>) -> Router {
    Router::new()
        .route("/", get(search))
        .route("/search", get(search))
        .route("/search.json", get(search_twin))
        .route("/article/{id}", get(article))
        .route("/opensearch.xml", get(opensearch))
        .route(
            "/openapi.json",
            get(|| async { page::json(StatusCode::OK, &*openapi::DOCUMENT) }),
        )
        .route(
            "/style.css",
            get(|| async { page::embedded("text/css; charset=utf-8", page::STYLE) }),
        )
        .route(
            "/keys.js",
            get(|| async { page::embedded("text/javascript; charset=utf-8", page::SCRIPT) }),
        )
        .route(
            "/icon.svg",
            get(|| async { page::embedded("image/svg+xml", page::ICON) }),
        )
        .merge(person_routes::routes())
        .merge(browse_page::routes())
        .fallback(nothing)
        .with_state(room)
        .layer(middleware::from_fn_with_state(door, door::guard))
}

/// Reads the part of an address after its question mark.
fn address(typed: Option<&str>) -> Result<Address, Address> {
    let address = Address::read(typed.unwrap_or_default());
    match address.query.len() > LONGEST_QUERY {
        true => Err(Address::default()),
        false => Ok(address),
    }
}

impl From<Trouble> for Failure {
    fn from(trouble: Trouble) -> Self {
        match trouble {
            Trouble::Missing => Self::Missing,
            // A page that shows a query shows what is wrong with it.
            Trouble::Query(_) | Trouble::Archive => Self::Archive,
            Trouble::Slow => Self::Slow,
        }
    }
}

async fn search(State(room): State<Arc<Room>>, RawQuery(typed): RawQuery) -> Response {
    let address = match address(typed.as_deref()) {
        Ok(address) => address,
        Err(address) => return Failure::TooLong.page(&address),
    };
    if address.query.is_empty() {
        let front = room.page("/".to_owned(), None, |shelf| {
            Ok(FrontPage::new(&*shelf.front()?))
        });
        return match front.await {
            Ok(front) => page::written_html(StatusCode::OK, front),
            Err(trouble) => Failure::from(trouble).page(&address),
        };
    }
    let asked = address.clone();
    let found = room.page(address.at("/search"), None, move |shelf| {
        SearchPage::new(&shelf.archive, &asked)
    });
    match found.await {
        Ok(found) => page::written_html(StatusCode::OK, found),
        Err(Trouble::Query(error)) => page::html(
            StatusCode::BAD_REQUEST,
            &SearchPage::of_error(&address, &error),
        ),
        Err(trouble) => Failure::from(trouble).page(&address),
    }
}

async fn search_twin(State(room): State<Arc<Room>>, RawQuery(typed): RawQuery) -> Response {
    let Ok(address) = address(typed.as_deref()) else {
        return Failure::TooLong.record();
    };
    if address.query.is_empty() {
        return match room
            .ask(|shelf| Ok(FrontRecord::new(&*shelf.front()?)))
            .await
        {
            Ok(front) => page::json(StatusCode::OK, &front),
            Err(trouble) => Failure::from(trouble).record(),
        };
    }
    let answer = room.ask(move |shelf| search::search(&shelf.archive, &address.request()));
    match answer.await {
        Ok(answer) => page::json(StatusCode::OK, &SearchRecord::new(answer)),
        Err(Trouble::Query(error)) => {
            let fault = Fault::new(&error.message, &error.hint, Some(error.at));
            page::json(StatusCode::BAD_REQUEST, &fault)
        }
        Err(trouble) => Failure::from(trouble).record(),
    }
}

async fn article(
    State(room): State<Arc<Room>>,
    Path(name): Path<String>,
    RawQuery(typed): RawQuery,
) -> Response {
    let (id, is_twin) = match name.strip_suffix(".json") {
        Some(id) => (id.to_owned(), true),
        None => (name, false),
    };
    let Ok(address) = address(typed.as_deref()) else {
        return match is_twin {
            true => Failure::TooLong.record(),
            false => Failure::TooLong.page(&Address::default()),
        };
    };
    if is_twin {
        let view = address.view;
        return match room
            .ask(move |shelf| record(&shelf.archive, &id, view))
            .await
        {
            Ok(record) => page::json(StatusCode::OK, &record),
            Err(trouble) => Failure::from(trouble).record(),
        };
    }
    let (asked, shown) = (address.clone(), id.clone());
    let page = room.page(address.article(&id), Some(&id), move |shelf| {
        ArticlePage::new(&shelf.archive, &shown, &asked)
    });
    match page.await {
        Ok(article) => page::written_html(StatusCode::OK, article),
        Err(trouble) => Failure::from(trouble).page(&address),
    }
}

async fn opensearch(headers: HeaderMap, uri: Uri) -> Response {
    page::xml(&Description::new(&headers, &uri))
}

async fn nothing(uri: Uri) -> Response {
    match uri.path().ends_with(".json") {
        true => Failure::NoPage.record(),
        false => Failure::NoPage.page(&Address::default()),
    }
}
