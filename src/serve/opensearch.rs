//! `/opensearch.xml`: tells a browser how to search the archive from its address bar.

use askama::Template;
use axum::http::{HeaderMap, Uri, header};

/// The description.
#[derive(Template)]
#[template(path = "opensearch.xml")]
pub(super) struct Description {
    /// The machine, as the browser names it.
    host: String,
    /// The beginning of every address.
    origin: String,
}

impl Description {
    /// Returns the description for a request, which the [door](super::door) has let in: its host is this
    /// machine. A proxy with TLS says by a header that its own readers ask by HTTPS.
    pub(super) fn new(headers: &HeaderMap, target: &Uri) -> Self {
        let text = |name: &str| headers.get(name).and_then(|value| value.to_str().ok());
        let host =
            text(header::HOST.as_str()).or_else(|| target.authority().map(|host| host.as_str()));
        let host = host.unwrap_or_default().to_owned();
        let scheme = match text("x-forwarded-proto") {
            Some("https") => "https",
            _ => "http",
        };
        Self {
            origin: format!("{scheme}://{host}"),
            host,
        }
    }
}
