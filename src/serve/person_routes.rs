//! The addresses of the pages about persons, and what answers each.

use std::sync::Arc;

use axum::Router;
use axum::body::Bytes;
use axum::extract::{DefaultBodyLimit, RawQuery, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use axum::routing::get;

use super::address::Address;
use super::form::{self, Form};
use super::page::{self, Failure, Fault};
use super::person_change::{Asked, ChangePage, told};
use super::person_page::{PersonPage, PersonTwin, WhichPerson, page_href};
use super::room::{Room, Trouble};
use crate::identity::decision_changes::{apply, propose};

/// Returns the addresses.
pub(super) fn routes() -> Router<Arc<Room>> {
    Router::new()
        .route("/person", get(person))
        .route("/person.json", get(person_twin))
        .route("/person/change", get(change).post(make_change))
        .layer(DefaultBodyLimit::max(form::LONGEST))
}

/// Returns the status of a page about a name.
fn status(is_nobody: bool) -> StatusCode {
    match is_nobody {
        true => StatusCode::NOT_FOUND,
        false => StatusCode::OK,
    }
}

async fn person(State(room): State<Arc<Room>>, RawQuery(typed): RawQuery) -> Response {
    let which = WhichPerson::read(typed.as_deref().unwrap_or_default());
    let may_change = !room.is_public;
    match room
        .ask(move |shelf| PersonPage::new(&shelf.archive, &which, may_change))
        .await
    {
        Ok(person) => page::html(status(person.is_nobody()), &person),
        Err(Trouble::Query(_)) => Failure::TooLong.page(&Address::default()),
        Err(trouble) => Failure::from(trouble).page(&Address::default()),
    }
}

async fn person_twin(State(room): State<Arc<Room>>, RawQuery(typed): RawQuery) -> Response {
    let which = WhichPerson::read(typed.as_deref().unwrap_or_default());
    match room
        .ask(move |shelf| PersonTwin::new(&shelf.archive, &which))
        .await
    {
        Ok(person) => page::json(status(person.is_nobody()), &person),
        Err(Trouble::Query(error)) => {
            let fault = Fault::new(&error.message, &error.hint, Some(error.at));
            page::json(StatusCode::BAD_REQUEST, &fault)
        }
        Err(trouble) => Failure::from(trouble).record(),
    }
}

/// Shows what a change makes of the decisions, and changes nothing.
async fn change(State(room): State<Arc<Room>>, RawQuery(typed): RawQuery) -> Response {
    let asked = Asked::read(typed.as_deref().unwrap_or_default());
    if room.is_public {
        let page = ChangePage::of_trouble(&asked, NOT_HERE.to_owned());
        return page::html(StatusCode::FORBIDDEN, &page);
    }
    let change = asked.change();
    match room
        .ask(move |shelf| told(propose(&shelf.archive, &change)))
        .await
    {
        Ok(Ok(edit)) => page::html(StatusCode::OK, &ChangePage::of_edit(&asked, &edit)),
        Ok(Err(trouble)) => page::html(
            StatusCode::CONFLICT,
            &ChangePage::of_trouble(&asked, trouble),
        ),
        Err(trouble) => Failure::from(trouble).page(&Address::default()),
    }
}

/// Makes a change that was shown.
async fn make_change(State(room): State<Arc<Room>>, body: Bytes) -> Response {
    let Some(form) = Form::read(&body) else {
        let page = ChangePage::of_trouble(&Asked::default(), NO_TOKEN.to_owned());
        return page::html(StatusCode::FORBIDDEN, &page);
    };
    let asked = Asked::of_form(&form);
    if room.is_public {
        let page = ChangePage::of_trouble(&asked, NOT_HERE.to_owned());
        return page::html(StatusCode::FORBIDDEN, &page);
    }
    let (change, hash) = (asked.change(), form.value("hash").to_owned());
    match room
        .ask(move |shelf| told(apply(&shelf.archive, &change, &hash)))
        .await
    {
        Ok(Ok(true)) => Redirect::to(&page_href(&asked.name)).into_response(),
        Ok(Ok(false)) => page::html(
            StatusCode::CONFLICT,
            &ChangePage::of_trouble(&asked, STALE.to_owned()),
        ),
        Ok(Err(trouble)) => page::html(
            StatusCode::CONFLICT,
            &ChangePage::of_trouble(&asked, trouble),
        ),
        Err(trouble) => Failure::from(trouble).page(&Address::default()),
    }
}

const NOT_HERE: &str =
    "Everyone may read this archive, so decisions are changed on the machine that serves it.";
const NO_TOKEN: &str =
    "This form was made before the server was started. Open the page of the person again.";
const STALE: &str =
    "people.toml has changed since the change was shown, so nothing was written. Look at it again.";
