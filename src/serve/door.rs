//! The door: who may ask, and what browsers are told about every answer.
//!
//! A page of another site can make a browser send requests here, also under a name of its own that it
//! lets point to this machine (DNS rebinding). So a request has to call this machine by an address, by
//! `localhost` or by a name that was given, and must not come out of a page of another site.

use std::net::IpAddr;
use std::sync::Arc;
use std::time::Duration;

use axum::extract::{Request, State};
use axum::http::uri::Authority;
use axum::http::{HeaderMap, HeaderName, HeaderValue, StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use base64::Engine;
use base64::prelude::BASE64_STANDARD;

/// The headers of every answer.
const HEADERS: [(&str, &str); 8] = [
    (
        "content-security-policy",
        "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; form-action 'self'; \
         base-uri 'none'; frame-ancestors 'none'",
    ),
    ("x-content-type-options", "nosniff"),
    ("x-frame-options", "DENY"),
    ("referrer-policy", "same-origin"),
    ("cross-origin-opener-policy", "same-origin"),
    ("cross-origin-resource-policy", "same-origin"),
    (
        "permissions-policy",
        "camera=(), geolocation=(), microphone=()",
    ),
    ("x-robots-tag", "noindex, nofollow"),
];

/// How long a wrong password is answered late.
const WRONG: Duration = Duration::from_millis(500);

/// What a request has to bring.
pub(super) struct Door {
    hosts: Vec<String>,
    password: Option<String>,
}

impl Door {
    /// Returns the door of a server with these names and this password.
    pub(super) fn new(hosts: Vec<String>, password: Option<String>) -> Self {
        Self { hosts, password }
    }

    /// Returns why a request is refused; `None` if it is not.
    fn refusal(&self, headers: &HeaderMap, target: Option<&Authority>) -> Option<&'static str> {
        if headers.get_all(header::HOST).iter().nth(1).is_some() {
            return Some(NO_HOST);
        }
        let host = headers.get(header::HOST).map(authority_of);
        let (host, target) = match (host, target) {
            (None, None) | (Some(None), _) => return Some(NO_HOST),
            (host, target) => (host.flatten(), target.cloned()),
        };
        let named = || host.iter().chain(&target);
        if !named().all(|authority| self.is_own(authority.host())) {
            return Some(FOREIGN_HOST);
        }
        if named().any(|authority| Some(authority) != named().next()) {
            return Some(NO_HOST);
        }
        if let Some(origin) = headers.get(header::ORIGIN) {
            let origin = origin
                .to_str()
                .ok()
                .and_then(|origin| origin.split_once("://"));
            let origin = origin.map(|(_, authority)| authority);
            let is_own = named()
                .any(|own| origin.is_some_and(|origin| origin.eq_ignore_ascii_case(own.as_str())));
            if !is_own {
                return Some(FOREIGN_ORIGIN);
            }
        }
        // A link from elsewhere may be followed; a picture, script or frame of another page may not ask.
        let fetch = |name: &str| headers.get(name).and_then(|value| value.to_str().ok());
        let is_from_elsewhere = matches!(fetch("sec-fetch-site"), Some("cross-site" | "same-site"));
        let is_followed = fetch("sec-fetch-mode") == Some("navigate")
            && fetch("sec-fetch-dest").is_none_or(|place| place == "document");
        (is_from_elsewhere && !is_followed).then_some(FOREIGN_ORIGIN)
    }

    /// Returns whether a name in a request means this machine. An address does: no other site can have
    /// the browser take it for its own.
    fn is_own(&self, host: &str) -> bool {
        let bare = host.trim_start_matches('[').trim_end_matches(']');
        bare.parse::<IpAddr>().is_ok()
            || host.eq_ignore_ascii_case("localhost")
            || (self.hosts.iter()).any(|own| own.eq_ignore_ascii_case(host))
    }

    /// Returns whether a request has the password, if it needs one.
    fn is_let_in(&self, headers: &HeaderMap) -> bool {
        let Some(password) = &self.password else {
            return true;
        };
        let given = || {
            let value = headers.get(header::AUTHORIZATION)?.to_str().ok()?;
            let (scheme, credentials) = value.split_once(' ')?;
            let decoded = BASE64_STANDARD.decode(credentials.trim()).ok()?;
            let colon = decoded.iter().position(|&byte| byte == b':')?;
            (scheme.eq_ignore_ascii_case("basic")).then(|| decoded[colon + 1..].to_owned())
        };
        given().is_some_and(|given| is_same(&given, password.as_bytes()))
    }
}

const NO_HOST: &str = "The request does not say which machine it asks.";
const FOREIGN_HOST: &str = "This machine is not known by that name. Open it by its address, or start \
                            `morgue serve` with --host NAME.";
const FOREIGN_ORIGIN: &str = "The request comes out of a page of another site.";

/// Returns the host and port of a header; `None` if it has none.
fn authority_of(value: &HeaderValue) -> Option<Authority> {
    value.to_str().ok()?.parse().ok()
}

/// Compares two texts in a time that does not tell where they differ.
pub(super) fn is_same(given: &[u8], wanted: &[u8]) -> bool {
    let pairs = (0..wanted.len()).map(|at| (given.get(at).copied().unwrap_or(0), wanted[at]));
    let differences = pairs.fold(0, |all, (a, b)| all | (a ^ b));
    std::hint::black_box(differences) == 0 && given.len() == wanted.len()
}

/// Answers a request, or refuses it.
pub(super) async fn guard(State(door): State<Arc<Door>>, request: Request, next: Next) -> Response {
    let refusal = door.refusal(request.headers(), request.uri().authority());
    let mut response = if let Some(reason) = refusal {
        (StatusCode::FORBIDDEN, format!("{reason}\n")).into_response()
    } else if !door.is_let_in(request.headers()) {
        if request.headers().contains_key(header::AUTHORIZATION) {
            tokio::time::sleep(WRONG).await;
        }
        let ask = [(
            header::WWW_AUTHENTICATE,
            "Basic realm=\"morgue\", charset=\"UTF-8\"",
        )];
        (
            StatusCode::UNAUTHORIZED,
            ask,
            "This archive needs a password.\n",
        )
            .into_response()
    } else {
        next.run(request).await
    };
    for (name, value) in HEADERS {
        let name = HeaderName::from_static(name);
        response
            .headers_mut()
            .insert(name, HeaderValue::from_static(value));
    }
    response
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn knows_its_own_names() {
        let door = Door::new(vec!["Newsroom.example".to_owned()], None);
        for (host, origin, site, expected) in [
            ("localhost:7700", None, None, None),
            ("127.0.0.1:7700", Some("http://127.0.0.1:7700"), None, None),
            ("[::1]:7700", None, None, None),
            ("10.1.2.3", None, None, None),
            ("newsroom.example", None, None, None),
            ("evil.example:7700", None, None, Some(FOREIGN_HOST)),
            ("localhost.evil.example", None, None, Some(FOREIGN_HOST)),
            ("127.0.0.1.evil.example", None, None, Some(FOREIGN_HOST)),
            ("", None, None, Some(NO_HOST)),
            ("a b", None, None, Some(NO_HOST)),
            (
                "localhost:7700",
                Some("http://localhost:3000"),
                None,
                Some(FOREIGN_ORIGIN),
            ),
            ("localhost:7700", Some("null"), None, Some(FOREIGN_ORIGIN)),
            (
                "localhost:7700",
                None,
                Some(("cross-site", "no-cors", "image")),
                Some(FOREIGN_ORIGIN),
            ),
            (
                "localhost:7700",
                None,
                Some(("same-site", "cors", "empty")),
                Some(FOREIGN_ORIGIN),
            ),
            (
                "localhost:7700",
                None,
                Some(("cross-site", "navigate", "iframe")),
                Some(FOREIGN_ORIGIN),
            ),
            (
                "localhost:7700",
                None,
                Some(("cross-site", "navigate", "document")),
                None,
            ),
            (
                "localhost:7700",
                None,
                Some(("same-origin", "no-cors", "style")),
                None,
            ),
        ] {
            let mut headers = HeaderMap::new();
            headers.insert(header::HOST, HeaderValue::from_static(host));
            if let Some(origin) = origin {
                headers.insert(header::ORIGIN, HeaderValue::from_static(origin));
            }
            if let Some((site, mode, place)) = site {
                headers.insert("sec-fetch-site", HeaderValue::from_static(site));
                headers.insert("sec-fetch-mode", HeaderValue::from_static(mode));
                headers.insert("sec-fetch-dest", HeaderValue::from_static(place));
            }
            let found = door.refusal(&headers, None);
            assert_eq!(found, expected, "{host} {origin:?} {site:?}");
        }
        assert_eq!(door.refusal(&HeaderMap::new(), None), Some(NO_HOST));
    }

    #[test]
    fn takes_the_password_alone() {
        let door = Door::new(Vec::new(), Some("eel: pie".to_owned()));
        for (typed, expected) in [
            (Some("anyone:eel: pie"), true),
            (Some(":eel: pie"), true),
            (Some("anyone:eel: pi"), false),
            (Some("anyone:eel: pies"), false),
            (Some("eel: pie"), false),
            (Some(""), false),
            (None, false),
        ] {
            let mut headers = HeaderMap::new();
            if let Some(typed) = typed {
                let value = format!("Basic {}", BASE64_STANDARD.encode(typed));
                headers.insert(header::AUTHORIZATION, value.parse().unwrap());
            }
            assert_eq!(door.is_let_in(&headers), expected, "{typed:?}");
        }
    }
}
