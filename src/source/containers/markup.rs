//! Reads SGML and XML of news collections and agencies into the articles that they hold.
//!
//! The markup of collections is seldom well-formed: tags are not closed, an ampersand stands alone,
//! several roots follow each other. Nothing is rejected: what is no markup is text.

use std::borrow::Cow;
use std::collections::BTreeMap;

use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};

use super::document_dates::{date_of_document, iso_date};
use super::elements::{
    Field, Meaning, ROOTS, field_of_attribute, field_of_dublin_core, meaning_of,
};
use super::paper::{LineCounter, Paper};
use crate::article::{Removed, RemovedKind};
use crate::source::split::Part;
use crate::text::words::push_collapsed;

/// Returns the articles of a text that is markup of news, or `None` if it is not.
pub fn articles(text: &str) -> Option<Vec<Part<'static>>> {
    if !is_news_markup(text) {
        return None;
    }
    let mut reading = Reading::default();
    reading.run(text);
    (!reading.parts.is_empty()).then_some(reading.parts)
}

/// Returns whether a text begins with the markup of a news collection or agency, after
/// declarations and comments.
fn is_news_markup(text: &str) -> bool {
    let mut rest = text.trim_start_matches(['\u{feff}', ' ', '\t', '\r', '\n']);
    loop {
        let Some(tag) = rest.strip_prefix('<') else {
            return false;
        };
        if !tag.starts_with(['?', '!']) {
            let name = tag.split([' ', '\t', '\r', '\n', '>', '/']).next();
            return ROOTS.contains(&&*local_name(name.unwrap_or_default()));
        }
        let end = if tag.starts_with("!--") { "-->" } else { ">" };
        let Some(at) = rest.find(end) else {
            return false;
        };
        rest = rest[at + end.len()..].trim_start();
    }
}

/// Returns a name without its namespace, in lower case.
fn local_name(name: &str) -> String {
    let local = name.rsplit(':').next().unwrap_or(name);
    local.to_ascii_lowercase()
}

/// Returns whether a tag's name is one: `<` also stands in text, as in "a < b".
fn is_name(name: &str) -> bool {
    name.starts_with(|c: char| c.is_ascii_alphabetic() || c == '_')
        && name
            .chars()
            .all(|c| c.is_alphanumeric() || matches!(c, '_' | '-' | '.' | ':'))
}

/// An element whose text is a field, or beside the running text.
struct Open {
    element: String,
    field: Option<(Field, u8)>,
    text: String,
    line: u32,
}

/// The value of a field.
struct Value {
    rank: u8,
    text: String,
    line: u32,
}

/// The state of reading.
#[derive(Default)]
struct Reading {
    parts: Vec<Part<'static>>,
    /// The element of the article that is open.
    article: Option<String>,
    first_line: u32,
    fields: BTreeMap<Field, Value>,
    /// The elements of running text that are open.
    bodies: Vec<String>,
    /// The elements around fields that are beside the running text, outermost first.
    asides: Vec<String>,
    open: Option<Open>,
    /// Whether a paragraph element is open, in which a line end is a space.
    in_paragraph: bool,
    body: Paper,
    outside: Vec<Removed>,
}

impl Reading {
    fn run(&mut self, text: &str) {
        let mut reader = Reader::from_str(text);
        let config = reader.config_mut();
        config.allow_dangling_amp = true;
        config.allow_unmatched_ends = true;
        config.check_end_names = false;
        config.check_comments = false;
        let mut lines = LineCounter::new(text, 1);
        loop {
            let start = usize::try_from(reader.buffer_position()).unwrap_or(text.len());
            let line = lines.line_at(start);
            match reader.read_event() {
                Ok(Event::Start(tag)) => self.start(&tag, line),
                Ok(Event::Empty(tag)) => {
                    self.start(&tag, line);
                    self.end(tag.name().0, line);
                }
                Ok(Event::End(tag)) => self.end(tag.name().0, line),
                Ok(Event::Text(piece)) => self.text(&piece, line),
                Ok(Event::CData(piece)) => self.text(&piece, line),
                Ok(Event::GeneralRef(name)) => self.text(&resolved(&name), line),
                Ok(Event::Comment(_) | Event::Decl(_) | Event::PI(_) | Event::DocType(_)) => {}
                Ok(Event::Eof) => break,
                // The rest has no more tags that can be read.
                Err(_) => {
                    self.text(text.get(start..).unwrap_or_default(), line);
                    break;
                }
            }
        }
        self.end_article();
        if let Some(last) = self.parts.last_mut() {
            last.outside.append(&mut self.outside);
        }
    }

    fn start(&mut self, tag: &BytesStart<'_>, line: u32) {
        let name = tag.name().0;
        if !is_name(name) {
            self.text(&format!("<{}>", &**tag), line);
            return;
        }
        let name = local_name(name);
        let meaning = meaning_of(&name, self.article.as_deref());
        match meaning {
            Meaning::Article => {
                self.end_article();
                self.article = Some(name.clone());
                self.first_line = line;
            }
            Meaning::Body => {
                self.close_open();
                self.bodies.push(name.clone());
            }
            Meaning::Field(field, rank) => {
                self.close_open();
                self.open = Some(Open {
                    element: name.clone(),
                    field: Some((field, rank)),
                    text: String::new(),
                    line,
                });
            }
            Meaning::Aside => {
                self.close_open();
                self.asides.push(name.clone());
            }
            Meaning::Paragraph if self.is_in_body() => {
                self.body.end_paragraph(line);
                self.in_paragraph = true;
            }
            Meaning::Break if self.is_in_body() => self.body.push("\n", line),
            Meaning::Paragraph | Meaning::Break | Meaning::Other => self.text(" ", line),
        }
        self.attributes(&name, tag, line);
    }

    /// Reads the fields that are attributes. An attribute that can't be read is none.
    fn attributes(&mut self, element: &str, tag: &BytesStart<'_>, line: u32) {
        if self.article.is_none() {
            return;
        }
        let mut attributes = tag.html_attributes();
        let mut dublin_core = None;
        for attribute in attributes.with_checks(false).flatten() {
            let name = local_name(attribute.key.0);
            let value = html_escape::decode_html_entities(&*attribute.value).into_owned();
            if element == "dc" {
                match &*name {
                    "element" => dublin_core = field_of_dublin_core(&value),
                    "value" => {
                        if let Some((field, rank)) = dublin_core {
                            self.set(field, rank, &value, line);
                        }
                    }
                    _ => {}
                }
            } else if let Some((field, rank)) = field_of_attribute(element, &name) {
                self.set(field, rank, &value, line);
            }
        }
    }

    fn end(&mut self, name: &str, line: u32) {
        let name = local_name(name);
        if self.open.as_ref().is_some_and(|open| open.element == name) {
            self.close_open();
            return;
        }
        if self.article.as_deref() == Some(&name) {
            self.end_article();
            return;
        }
        if is_closed(&mut self.asides, &name) || is_closed(&mut self.bodies, &name) {
            self.close_open();
            self.body.end_line();
            return;
        }
        if meaning_of(&name, self.article.as_deref()) == Meaning::Paragraph && self.is_in_body() {
            self.body.end_paragraph(line);
            self.in_paragraph = false;
        } else if self.open.is_some() {
            self.text(" ", line);
        }
    }

    /// Returns whether text is running text here.
    fn is_in_body(&self) -> bool {
        self.open.is_none() && self.asides.is_empty() && !self.bodies.is_empty()
    }

    fn text(&mut self, piece: &str, line: u32) {
        let piece = without_controls(piece);
        if let Some(open) = &mut self.open {
            open.text.push_str(&piece);
        } else if !self.is_in_body() {
            let mut text = String::new();
            push_collapsed(&mut text, &piece);
            self.put_outside(text, line);
        } else if self.in_paragraph {
            self.body.push_running(&piece, line);
        } else {
            self.body.push(&piece, line);
        }
    }

    /// Ends the field that is open: another element or the end of its own was read.
    fn close_open(&mut self) {
        let Some(open) = self.open.take() else {
            return;
        };
        match open.field {
            Some((field, rank)) => self.set(field, rank, &open.text, open.line),
            None => self.put_outside(open.text, open.line),
        }
    }

    /// Sets a field, unless one of a higher rank is known. What is not used is outside the article.
    fn set(&mut self, field: Field, rank: u8, text: &str, line: u32) {
        let mut value = String::new();
        push_collapsed(&mut value, text);
        if value.is_empty() {
            return;
        }
        let known = self.fields.get_mut(&field);
        let new = Value {
            rank,
            text: value,
            line,
        };
        match known {
            // The second line of a credit: "Associated Press Writer".
            Some(known) if field == Field::Byline && rank == known.rank => {
                known.text.push_str(", ");
                known.text.push_str(&new.text);
            }
            Some(known) if rank > known.rank || field == Field::Headline && is_note(&known.text) => {
                let old = std::mem::replace(known, new);
                self.put_outside(old.text, old.line);
            }
            Some(known) if known.text == new.text => {}
            Some(_) => self.put_outside(new.text, line),
            None => {
                self.fields.insert(field, new);
            }
        }
    }

    fn put_outside(&mut self, text: String, line: u32) {
        if text.trim().is_empty() {
            return;
        }
        if let Some(last) = self.outside.last_mut().filter(|last| last.line == line) {
            last.text.push(' ');
            last.text.push_str(&text);
        } else {
            self.outside.push(Removed {
                line,
                kind: RemovedKind::Header,
                text,
            });
        }
    }

    /// Writes the article that is open out: its fields as labelled lines, its text.
    fn end_article(&mut self) {
        self.close_open();
        self.bodies.clear();
        self.asides.clear();
        self.in_paragraph = false;
        let fields = std::mem::take(&mut self.fields);
        let body = std::mem::take(&mut self.body);
        if self.article.take().is_none() || body.text.trim().is_empty() && fields.is_empty() {
            return;
        }
        let mut paper = Paper::default();
        let document = fields.get(&Field::Document);
        let document_date = document.and_then(|value| date_of_document(&value.text));
        if let Some(date) = document_date.as_ref().filter(|_| !fields.contains_key(&Field::Date)) {
            paper.push_line(&format!("{}: {date}", Field::Date.label()), self.first_line);
        }
        for (field, value) in &fields {
            let text = match field {
                Field::Date => date_as_written(&value.text, document_date.as_deref()),
                _ => Cow::Borrowed(&*value.text),
            };
            paper.push_line(&format!("{}: {text}", field.label()), value.line);
        }
        // Two blank lines, since a label may follow a header after one.
        if !paper.text.is_empty() {
            paper.push("\n\n", self.first_line);
        }
        paper.lines.extend(body.lines);
        paper.text.push_str(&body.text);
        self.parts.push(Part {
            text: Cow::Owned(paper.text),
            first_line: self.first_line,
            lines: paper.lines,
            outside: std::mem::take(&mut self.outside),
            is_piece: false,
        });
    }
}

/// Closes the innermost of the open elements that has this name, and those inside it. Returns
/// whether there is one.
fn is_closed(open: &mut Vec<String>, name: &str) -> bool {
    let at = open.iter().rposition(|element| *element == name);
    open.truncate(at.unwrap_or(open.len()));
    at.is_some()
}

/// Returns a date so that it can be read in one way: digits alone with separators, and a numeric one
/// as the document's name has it, if that has the same numbers in another order.
fn date_as_written<'a>(date: &'a str, of_document: Option<&str>) -> Cow<'a, str> {
    let has_same_numbers = |other: &&str| {
        let numbers = |text: &str| {
            let mut numbers: Vec<u32> = text.split(['-', '/', '.']).flat_map(str::parse).collect();
            numbers.sort_unstable();
            numbers
        };
        date.bytes().all(|b| b.is_ascii_digit() || matches!(b, b'/' | b'.' | b'-'))
            && numbers(date) == numbers(other)
    };
    match of_document.filter(has_same_numbers) {
        Some(of_document) => Cow::Owned(of_document.to_owned()),
        None => iso_date(date).map_or(Cow::Borrowed(date), Cow::Owned),
    }
}

/// Returns whether a headline is a note to editors: "Eds: New throughout …".
fn is_note(headline: &str) -> bool {
    let first = headline.split([':', ',', ' ']).next().unwrap_or_default();
    ["eds", "eds.", "editors", "ed"].contains(&&*first.to_lowercase())
        && headline.len() > first.len()
}

/// Returns the text of a reference: `amp` is `&`, and a control character is nothing. One that is
/// not known stays as it is.
fn resolved(name: &str) -> String {
    let number = name.strip_prefix('#').and_then(|number| {
        match number.strip_prefix(['x', 'X']) {
            Some(hex) => u32::from_str_radix(hex, 16).ok(),
            None => number.parse().ok(),
        }
    });
    if let Some(c) = number.and_then(char::from_u32)
        && c.is_control()
        && !c.is_whitespace()
    {
        return String::new();
    }
    html_escape::decode_html_entities(&format!("&{name};")).into_owned()
}

/// Returns a text without the control characters of wire transmission.
fn without_controls(text: &str) -> Cow<'_, str> {
    let is_control = |c: char| c.is_control() && !c.is_whitespace();
    if text.contains(is_control) {
        Cow::Owned(text.replace(is_control, ""))
    } else {
        Cow::Borrowed(text)
    }
}
