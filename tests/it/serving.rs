//! A running `morgue serve`, and how tests read its pages.

use std::collections::BTreeMap;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::process::{Child, Stdio};
use std::time::Duration;

use serde_json::Value;

use crate::harness::Morgue;

/// A running server, which ends with the test.
pub(crate) struct Server {
    pub(crate) child: Child,
    /// Its address and port.
    pub(crate) host: String,
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// What a server answered.
pub(crate) struct Answer {
    pub(crate) status: u16,
    pub(crate) headers: BTreeMap<String, String>,
    pub(crate) body: String,
}

impl Server {
    pub(crate) fn of(morgue: &Morgue, options: &[&str]) -> Self {
        let mut child = morgue
            .command()
            .args(["serve", "--port", "0"])
            .args(options)
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        let mut line = String::new();
        let stdout = child.stdout.take().unwrap();
        BufReader::new(stdout).read_line(&mut line).unwrap();
        let (_, address) = line.split_once("http://").expect("an address is printed");
        let host = address.split('/').next().unwrap().to_owned();
        Self { child, host }
    }

    pub(crate) fn get(&self, path: &str) -> Answer {
        self.ask("GET", path, &[("Host", &self.host)])
    }

    /// The page at a path, which has to be there.
    #[track_caller]
    pub(crate) fn page(&self, path: &str) -> String {
        let answer = self.get(path);
        assert_eq!(answer.status, 200, "{path}: {}", answer.body);
        answer.body
    }

    #[track_caller]
    pub(crate) fn record(&self, path: &str) -> Value {
        let answer = self.get(path);
        assert_eq!(answer.headers["content-type"], "application/json", "{path}");
        serde_json::from_str(&answer.body).unwrap()
    }

    /// Sends a form, as a browser does.
    pub(crate) fn post(&self, path: &str, form: &[(&str, &str)]) -> Answer {
        let mut body = url::form_urlencoded::Serializer::new(String::new());
        let body = body.extend_pairs(form).finish();
        let length = body.len().to_string();
        let headers = [
            ("Host", &*self.host),
            ("Content-Type", "application/x-www-form-urlencoded"),
            ("Content-Length", &*length),
        ];
        self.send("POST", path, &headers, &body)
    }

    pub(crate) fn ask(&self, method: &str, path: &str, headers: &[(&str, &str)]) -> Answer {
        self.send(method, path, headers, "")
    }

    fn send(&self, method: &str, path: &str, headers: &[(&str, &str)], body: &str) -> Answer {
        let mut stream = self.connect();
        let mut head = format!("{method} {path} HTTP/1.1\r\nConnection: close\r\n");
        for (name, value) in headers {
            head.push_str(&format!("{name}: {value}\r\n"));
        }
        stream
            .write_all(format!("{head}\r\n{body}").as_bytes())
            .unwrap();
        answer(stream)
    }

    pub(crate) fn connect(&self) -> TcpStream {
        let stream = TcpStream::connect(&self.host).unwrap();
        stream
            .set_read_timeout(Some(Duration::from_secs(20)))
            .unwrap();
        stream
    }
}

pub(crate) fn answer(mut stream: TcpStream) -> Answer {
    let mut bytes = Vec::new();
    stream.read_to_end(&mut bytes).unwrap();
    let text = String::from_utf8(bytes).unwrap();
    let (head, body) = text.split_once("\r\n\r\n").expect("an answer has a head");
    let mut lines = head.lines();
    let status = lines.next().unwrap().split(' ').nth(1).unwrap();
    let headers = lines.filter_map(|line| line.split_once(": "));
    Answer {
        status: status.parse().unwrap(),
        headers: headers
            .map(|(name, value)| (name.to_lowercase(), value.to_owned()))
            .collect(),
        body: body.to_owned(),
    }
}

/// The values of an attribute in a page, with references read.
pub(crate) fn attributes(page: &str, name: &str) -> Vec<String> {
    let start = format!(" {name}=\"");
    let values = page.split(&start).skip(1);
    values
        .map(|rest| unescaped(rest.split('"').next().unwrap()))
        .collect()
}

pub(crate) fn unescaped(text: &str) -> String {
    html_escape::decode_html_entities(text).into_owned()
}

/// A page as it is read: without tags, with references read.
pub(crate) fn text_of(page: &str) -> String {
    let tag = regex::Regex::new("<[^>]*>").unwrap();
    let text = unescaped(&tag.replace_all(page, ""));
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The inside of the first element that begins with a text.
pub(crate) fn inside<'a>(page: &'a str, start: &str, end: &str) -> &'a str {
    let (_, rest) = page
        .split_once(start)
        .unwrap_or_else(|| panic!("no {start} in {page}"));
    rest.split(end).next().unwrap()
}

pub(crate) fn id_of(morgue: &Morgue, path: &str) -> String {
    let run = morgue.run(["show", path, "--json"]);
    run.records().next().unwrap()["id"]
        .as_str()
        .unwrap()
        .to_owned()
}
