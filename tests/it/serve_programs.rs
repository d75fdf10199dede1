//! What `morgue serve` has for programs: the OpenAPI document, which the server is held to, and the
//! description of the search for browsers.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use serde_json::Value;

use crate::harness::Morgue;
use crate::serving::{Answer, Server, attributes, id_of};

/// Compares values with schemas of a document.
struct Checker<'a> {
    document: &'a Value,
}

impl Checker<'_> {
    /// Returns where a value differs from a schema, and how; `None` if it does not.
    fn fault(&self, value: &Value, schema: &Value, at: &str) -> Option<String> {
        if let Some(reference) = schema["$ref"].as_str() {
            let found = self.document.pointer(reference.strip_prefix('#').unwrap());
            return self.fault(value, found.unwrap_or_else(|| panic!("{reference}")), at);
        }
        if let Some(others) = schema["oneOf"].as_array() {
            let faults: Vec<String> = others
                .iter()
                .filter_map(|schema| self.fault(value, schema, at))
                .collect();
            let fits = others.len() - faults.len();
            return (fits != 1).then(|| format!("{at} fits {fits} schemas: {faults:?}"));
        }
        let kinds = match &schema["type"] {
            Value::Array(kinds) => kinds.clone(),
            kind => vec![kind.clone()],
        };
        if !kinds
            .iter()
            .any(|kind| is_of(value, kind.as_str().unwrap()))
        {
            return Some(format!("{at} is no {kinds:?}: {value}"));
        }
        if let Some(values) = schema["enum"].as_array()
            && !values.contains(value)
        {
            return Some(format!("{at} is none of {values:?}: {value}"));
        }
        match value {
            Value::Array(items) => items.iter().enumerate().find_map(|(number, item)| {
                self.fault(item, &schema["items"], &format!("{at}/{number}"))
            }),
            Value::Object(keys) => self.fault_of_keys(keys, schema, at),
            _ => None,
        }
    }

    fn fault_of_keys(
        &self,
        keys: &serde_json::Map<String, Value>,
        schema: &Value,
        at: &str,
    ) -> Option<String> {
        let required = schema["required"].as_array();
        let mut required = required
            .into_iter()
            .flatten()
            .map(|key| key.as_str().unwrap());
        if let Some(missing) = required.find(|&key| !keys.contains_key(key)) {
            return Some(format!("{at} has no {missing}"));
        }
        keys.iter().find_map(|(key, value)| {
            let at = format!("{at}/{key}");
            match (&schema["properties"][key], &schema["additionalProperties"]) {
                // A key that is not documented is a fault of the document.
                (Value::Null, Value::Null) => Some(format!("{at} is not documented")),
                (Value::Null, Value::Bool(true)) => None,
                (Value::Null, other) => self.fault(value, other, &at),
                (schema, _) => self.fault(value, schema, &at),
            }
        })
    }
}

fn is_of(value: &Value, kind: &str) -> bool {
    match kind {
        "string" => value.is_string(),
        "integer" => value.is_i64() || value.is_u64(),
        "number" => value.is_number(),
        "boolean" => value.is_boolean(),
        "array" => value.is_array(),
        "object" => value.is_object(),
        "null" => value.is_null(),
        kind => panic!("no kind {kind}"),
    }
}

/// Compares an answer with what the document says of its path and status, and returns the status.
#[track_caller]
fn ensure_documented(document: &Value, path: &str, asked: &str, answer: &Answer) -> String {
    let status = answer.status.to_string();
    let documented = &document["paths"][path]["get"]["responses"][&status];
    assert!(
        documented.is_object(),
        "{asked}: {status} is not documented"
    );
    let (kind, content) = documented["content"]
        .as_object()
        .unwrap()
        .iter()
        .next()
        .unwrap();
    let sent = &answer.headers["content-type"];
    assert!(
        sent.starts_with(&**kind),
        "{asked}: {sent} in place of {kind}"
    );
    if kind == "application/json" {
        let body: Value = serde_json::from_str(&answer.body).unwrap();
        let fault = Checker { document }.fault(&body, &content["schema"], "");
        assert_eq!(fault, None, "{asked}");
    }
    status
}

#[test]
fn each_documented_path_answers_as_it_is_documented() {
    let morgue = Morgue::with_sample_corpus();
    morgue.write("plain/untitled.txt", "A letter arrived.\n", 1000);
    assert_eq!(morgue.run(["index", ".", "--quiet"]).status, 0);
    let server = Server::of(&morgue, &[]);
    let document = server.record("/openapi.json");
    assert_eq!(document["openapi"], "3.1.0");
    assert_eq!(document["info"]["version"], env!("CARGO_PKG_VERSION"));
    let long = format!("/search.json?q={}", "a".repeat(4_001));
    let mut asked: Vec<(&str, String)> = [
        "",
        "?q=harbour",
        "?q=harbour+council&any=1&sort=newest&page=2&copies=1&loose=1&all=1",
        "?q=words%3E%3D0&copies=1",
        "?q=harbour&sort=best&page=none&any=yes&unknown=1",
        "?q=what+did+the+harbour+zeppelin+say",
        "?q=zeppelinfahrt",
        "?q=person%3APell",
        "?q=date%3Asoonest",
        "?q=%22",
    ]
    .map(|query| ("/search.json", format!("/search.json{query}")))
    .to_vec();
    asked.push(("/search.json", long));
    asked.push(("/openapi.json", "/openapi.json".to_owned()));
    let long_name = format!("?name={}", "a".repeat(4_001));
    for query in [
        "",
        "?name=Anna+Thorne",
        "?name=Thorne",
        "?name=Thorne&key=anna+thorne",
        "?name=Zebulon+Quist",
        &long_name,
    ] {
        asked.push(("/person.json", format!("/person.json{query}")));
    }
    for query in [
        "",
        "?in=2018",
        "?in=2018-06",
        "?in=soon",
        "?day=06-27",
        "?folder=prints",
        "?folder=nowhere",
    ] {
        asked.push(("/browse.json", format!("/browse.json{query}")));
    }
    // Every article in every view: each has other keys.
    let all = server.record("/search.json?q=words%3E%3D0&copies=1&sort=oldest");
    let hits = all["hits"].as_array().unwrap().iter();
    let mut ids: Vec<String> = hits
        .map(|hit| hit["id"].as_str().unwrap().to_owned())
        .collect();
    ids.extend(["prints/ferry-sale.txt", "web/envoy-leaves.txt"].map(|path| id_of(&morgue, path)));
    ids.push("000000000000".to_owned());
    ids.push("%3Cscript%3E".to_owned());
    for id in &ids {
        for query in [
            "",
            "?view=filed",
            "?view=copies",
            "?view=similar",
            "?view=none",
        ] {
            asked.push(("/article/{id}.json", format!("/article/{id}.json{query}")));
        }
    }
    asked.push((
        "/article/{id}.json",
        format!("/article/{}.json?q={}", ids[0], "a".repeat(4_001)),
    ));

    let mut seen = BTreeSet::new();
    for (path, address) in &asked {
        let answer = server.get(address);
        let status = ensure_documented(&document, path, address, &answer);
        seen.insert((*path, status));
    }
    let guarded = morgue.path().join("password");
    fs::write(&guarded, "eel and pie\n").unwrap();
    let guarded = Server::of(&morgue, &["--password-file", guarded.to_str().unwrap()]);
    for path in [
        "/search.json",
        "/article/{id}.json",
        "/person.json",
        "/browse.json",
        "/openapi.json",
    ] {
        let address = path.replace("{id}", &ids[0]);
        let foreign = server.ask("GET", &address, &[("Host", "elsewhere.example")]);
        let unknown = guarded.get(&address);
        for answer in [foreign, unknown] {
            let status = ensure_documented(&document, path, &address, &answer);
            seen.insert((path, status));
        }
    }

    // All that is documented was seen, but for an archive that can't be read.
    let paths = document["paths"].as_object().unwrap();
    let mut unseen = Vec::new();
    for (path, item) in paths {
        for status in item["get"]["responses"].as_object().unwrap().keys() {
            if status != "503" && !seen.contains(&(&**path, status.clone())) {
                unseen.push(format!("{path} {status}"));
            }
        }
        for parameter in item["get"]["parameters"].as_array().into_iter().flatten() {
            let name = parameter["name"].as_str().unwrap();
            let is_asked = asked
                .iter()
                .any(|(_, address)| address.contains(&format!("{name}=")));
            assert!(is_asked || parameter["in"] == "path", "{path} {name}");
        }
    }
    assert!(unseen.is_empty(), "{unseen:?}");
    assert!(seen.len() >= 12, "{seen:?}");
}

#[test]
fn the_check_finds_what_is_wrong() {
    let morgue = Morgue::with_sample_corpus();
    let server = Server::of(&morgue, &[]);
    let document = server.record("/openapi.json");
    let checker = Checker {
        document: &document,
    };
    let found = server.record("/search.json?q=harbour");
    let schema = &document["components"]["schemas"]["Found"];
    assert_eq!(checker.fault(&found, schema, ""), None);
    for (pointer, value, expected) in [
        ("/answer/total", Value::from("17"), "/answer/total is no"),
        ("/hits/0/passages/0/0/text", Value::Null, "/text is no"),
        (
            "/counts/years/2018",
            Value::from(true),
            "/counts/years/2018 is no",
        ),
        ("/hits", Value::from(1), "/hits is no"),
    ] {
        let mut wrong = found.clone();
        *wrong
            .pointer_mut(pointer)
            .unwrap_or_else(|| panic!("{pointer}")) = value;
        let fault = checker.fault(&wrong, schema, "").unwrap_or_default();
        assert!(fault.contains(expected), "{pointer}: {fault}");
    }
    let mut wrong = found.clone();
    wrong["answer"].as_object_mut().unwrap().remove("notes");
    assert_eq!(
        checker.fault(&wrong, schema, "").unwrap(),
        "/answer has no notes"
    );
    let mut wrong = found;
    wrong["hits"][0]["colour"] = Value::from("red");
    let fault = checker.fault(&wrong, schema, "").unwrap();
    assert_eq!(fault, "/hits/0/colour is not documented");
}

#[test]
fn every_twin_is_documented() {
    let morgue = Morgue::with_sample_corpus();
    let server = Server::of(&morgue, &[]);
    let document = server.record("/openapi.json");
    let paths = document["paths"].as_object().unwrap();
    // A route may end in a part such as {id}, whose twin has its ending there.
    let route = regex::Regex::new(r#"\.route\(\s*"([^"]+\.json)""#).unwrap();
    let mut routes = 0;
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/serve");
    for entry in walkdir::WalkDir::new(folder).into_iter().flatten() {
        let path = entry.path();
        if path.extension().is_some_and(|ending| ending == "rs") {
            for found in route.captures_iter(&fs::read_to_string(path).unwrap()) {
                assert!(
                    paths.contains_key(&found[1]),
                    "{} is not documented",
                    &found[1]
                );
                routes += 1;
            }
        }
    }
    assert!(routes >= 2, "{routes} routes");
    // What the pages link to as their twins is documented as well.
    let article = id_of(&morgue, "prints/breakwater.txt");
    for page in ["/", "/search?q=harbour", &format!("/article/{article}")] {
        let twin = server.page(page);
        let (_, twin) = twin
            .split_once("rel=\"alternate\"")
            .expect("a page has a twin");
        let twin = attributes(twin, "href").remove(0);
        let twin = twin.split('?').next().unwrap().replace(&article, "{id}");
        assert!(paths.contains_key(&twin), "{page}: {twin}");
    }
}

#[test]
fn a_browser_can_search_from_its_address_bar() {
    let morgue = Morgue::with_sample_corpus();
    let server = Server::of(&morgue, &["--host", "desk.example"]);
    let page = server.page("/search?q=harbour");
    assert!(page.contains(
        "<link rel=\"search\" type=\"application/opensearchdescription+xml\" title=\"morgue\" \
         href=\"/opensearch.xml\">"
    ));
    for (headers, origin) in [
        (
            vec![("Host", &*server.host)],
            format!("http://{}", server.host),
        ),
        (
            vec![("Host", "desk.example")],
            "http://desk.example".to_owned(),
        ),
        (vec![("Host", "[::1]:7700")], "http://[::1]:7700".to_owned()),
        (
            vec![("Host", "desk.example"), ("X-Forwarded-Proto", "https")],
            "https://desk.example".to_owned(),
        ),
        (
            vec![
                ("Host", "desk.example"),
                ("X-Forwarded-Proto", "javascript"),
            ],
            "http://desk.example".to_owned(),
        ),
    ] {
        let answer = server.ask("GET", "/opensearch.xml", &headers);
        assert_eq!(answer.status, 200);
        assert_eq!(
            answer.headers["content-type"],
            "application/opensearchdescription+xml"
        );
        let templates = attributes(&answer.body, "template");
        let expected = [
            "/search?q={searchTerms}",
            "/search.json?q={searchTerms}",
            "/opensearch.xml",
        ];
        let expected = expected.map(|path| format!("{origin}{path}"));
        assert_eq!(templates, expected, "{headers:?}");
        assert!(
            answer
                .body
                .contains("xmlns=\"http://a9.com/-/spec/opensearch/1.1/\"")
        );
    }
    // A search for the words of a reader is one that the template makes.
    let path = "/search?q=breakwater%20council";
    assert!(server.page(path).contains("<mark>council</mark>"));
    let foreign = [("Host", "elsewhere.example\"/>")];
    assert_eq!(server.ask("GET", "/opensearch.xml", &foreign).status, 403);
}
