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
use crate::source::part::Part;
use crate::text::words::push_collapsed;

/// Returns the articles of a text that is markup of news, or `None` if it is not.
pub fn articles(text: &str) -> Option<Vec<Part<'static>>> {
    if !is_news_markup(text) {
        return None;
    }
    let text = with_stray_marks_escaped(text);
    let mut reading = Reading::default();
    if memchr::memchr(b'\n', text.as_bytes()).is_some() {
        reading.run(&text);
    } else {
        reading.run(&text.replace('\r', "\n"));
    }
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

/// Returns a text in which `<` is a reference where it opens no tag: one that no name follows, or
/// another `<` before the next `>`. The lines stay the same.
fn with_stray_marks_escaped(text: &str) -> Cow<'_, str> {
    let bytes = text.as_bytes();
    let mut out = String::new();
    let mut copied = 0;
    for at in memchr::memchr_iter(b'<', bytes) {
        let is_tag = match bytes.get(at + 1) {
            Some(b'!' | b'?') => true,
            Some(b'/' | b'_' | b'a'..=b'z' | b'A'..=b'Z') => {
                let end = memchr::memchr2(b'<', b'>', &bytes[at + 1..]);
                end.is_some_and(|end| bytes[at + 1 + end] == b'>')
            }
            _ => false,
        };
        if !is_tag {
            out.push_str(&text[copied..at]);
            out.push_str("&lt;");
            copied = at + 1;
        }
    }
    if copied == 0 {
        return Cow::Borrowed(text);
    }
    out.push_str(&text[copied..]);
    Cow::Owned(out)
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
        let meaning = match meaning_of(&name, self.article.as_deref()) {
            // The New York Times Annotated Corpus has each byline twice.
            Meaning::Field(Field::Byline, _) if tag.attributes_raw().contains("normalized") => {
                Meaning::Aside
            }
            // In the text of XML, elements of these names are HTML's or mark words.
            Meaning::Field(..)
                if self.is_in_body()
                    && matches!(self.article.as_deref(), Some("newsitem" | "nitf")) =>
            {
                Meaning::Other
            }
            meaning => meaning,
        };
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
        // The Wall Street Journal's documents have the writer below a rule in the headline, and the
        // outlet with a code.
        if field == Field::Headline
            && let Some((headline, byline)) = value.split_once(" ---- ")
        {
            let (headline, byline) = (headline.to_owned(), byline.to_owned());
            self.set(Field::Byline, 1, &byline, line);
            value = headline;
        }
        if field == Field::Source
            && let Some((outlet, code)) = value.rsplit_once(" (")
            && code.len() <= 3
        {
            self.put_outside(format!("({code}"), line);
            value = outlet.to_owned();
        }
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
            Some(known)
                if rank > known.rank || field == Field::Headline && is_note(&known.text) =>
            {
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
        let is_empty = body.text.trim().is_empty() && !fields.contains_key(&Field::Headline);
        if self.article.take().is_none() || is_empty {
            for value in fields.into_values() {
                self.put_outside(value.text, value.line);
            }
            for (text, line) in body.text.lines().zip(body.lines) {
                self.put_outside(text.to_owned(), line);
            }
            return;
        }
        let mut paper = Paper::default();
        let document = fields.get(&Field::Document);
        let document_date = document.and_then(|value| date_of_document(&value.text));
        if let Some(date) = document_date
            .as_ref()
            .filter(|_| !fields.contains_key(&Field::Date))
        {
            paper.push_line(&format!("{}: {date}", Field::Date.label()), self.first_line);
        }
        for (field, value) in &fields {
            let text = match field {
                Field::Date => date_as_written(&value.text, document_date.as_deref()),
                _ => Cow::Borrowed(&*value.text),
            };
            if matches!(text, Cow::Owned(_)) {
                self.put_outside(value.text.clone(), value.line);
            }
            paper.push_line(&format!("{}: {text}", field.label()), value.line);
        }
        // Two blank lines, since a label may follow a header after one.
        if !paper.text.is_empty() {
            paper.push_line("", self.first_line);
            paper.push_line("", self.first_line);
        }
        let lead = repeated_lead(&body.text);
        let (repeated, rest) = body.text.split_at(lead);
        let (repeated_lines, lines) = body.lines.split_at(repeated.lines().count());
        for (line, text) in repeated_lines.iter().zip(repeated.lines()) {
            self.put_outside(text.to_owned(), *line);
        }
        paper.lines.extend(lines);
        paper.text.push_str(rest);
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
        date.bytes()
            .all(|b| b.is_ascii_digit() || matches!(b, b'/' | b'.' | b'-'))
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

/// The most paragraphs of a lead that stands twice.
const LONGEST_LEAD: usize = 3;

/// Returns the length in bytes of the first paragraphs if they stand twice, as in the New York Times
/// Annotated Corpus, which has the lead by itself and with the text; else 0.
fn repeated_lead(body: &str) -> usize {
    let mut end = 0;
    for paragraph in body.split_inclusive("\n\n").take(LONGEST_LEAD) {
        end += paragraph.len();
        let (lead, rest) = body.split_at(end);
        if !lead.trim().is_empty() && rest.starts_with(lead) {
            return end;
        }
    }
    0
}

/// Returns the text of a reference: `amp` is `&`, and a control character is nothing. One that is
/// not known stays as it is.
fn resolved(name: &str) -> String {
    let number = name
        .strip_prefix('#')
        .and_then(|number| match number.strip_prefix(['x', 'X']) {
            Some(hex) => u32::from_str_radix(hex, 16).ok(),
            None => number.parse().ok(),
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

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// Returns the articles as their texts on one line each, with what stands outside them.
    fn shown(text: &str) -> Vec<String> {
        let Some(parts) = articles(text) else {
            return vec!["none".to_owned()];
        };
        parts
            .into_iter()
            .map(|part| {
                let lines: Vec<&str> = part.text.lines().filter(|l| !l.trim().is_empty()).collect();
                let outside: Vec<&str> = part.outside.iter().map(|r| r.text.as_str()).collect();
                format!(
                    "{}: {} / {}",
                    part.first_line,
                    lines.join("|"),
                    outside.join("|")
                )
            })
            .collect()
    }

    #[test]
    fn opens_the_markup_of_collections() {
        for (text, expected) in [
            (
                "<DOC>\n<DOCNO> AP880327-0001 </DOCNO>\n<HEAD>Eds: New throughout.</HEAD>\n\
                 <HEAD>Ferry line sold</HEAD>\n<BYLINE>By ADA HOLM</BYLINE>\n<BYLINE>Quay Writer</BYLINE>\n\
                 <TEXT>\n   Thorne & Co. sold it.\n   Second.\n</TEXT>\n</DOC>\n",
                vec![
                    "1: Date: 1988-03-27|Headline: Ferry line sold|Byline: By ADA HOLM, Quay Writer|\
                     Document ID: AP880327-0001|   Thorne & Co. sold it.|   Second. / Eds: New throughout.",
                ],
            ),
            (
                "<!DOCTYPE lewis SYSTEM \"lewis.dtd\">\n<REUTERS NEWID=\"1\">\n<DATE>3-MAY-1987</DATE>\n\
                 <TOPICS><D>ship</D></TOPICS>\n<UNKNOWN>&#5;C T</UNKNOWN>\n<TEXT>&#2;\n<TITLE>FERRY SOLD</TITLE>\n\
                 <DATELINE> QUAY, May 3 - </DATELINE><BODY>It was sold.\n Reuter\n&#3;</BODY></TEXT>\n</REUTERS>\n",
                vec![
                    "2: Headline: FERRY SOLD|Date: 3-MAY-1987|Dateline: QUAY, May 3 -|It was sold.| Reuter / ship|C T",
                ],
            ),
            // Tags are not closed, and marks stand in the text.
            (
                "<DOC>\n<TITLE>One\n<TEXT>\nAT&T lost < 3 pounds, a@b <c@d.example> said.\n<DOC>\n<TITLE>Two\n<TEXT>\nText.\n",
                vec![
                    "1: Headline: One|AT&T lost < 3 pounds, a@b <c@d.example> said. / ",
                    "5: Headline: Two|Text. / ",
                ],
            ),
            (
                "<DOC>\n<DOCNO>economy-7-20160214</DOCNO>\n<DATE>02/14/2016</DATE>\n<HL>Sold ---- By Ada Holm</HL>\n\
                 <SO>QUAY HERALD (J)</SO>\n<TEXT>It was sold.</TEXT>\n</DOC>",
                vec![
                    "1: Headline: Sold|Byline: By Ada Holm|Date: 2016-02-14|Source: QUAY HERALD|\
                     Document ID: economy-7-20160214|It was sold. / (J)|02/14/2016",
                ],
            ),
            (
                "<DOC>\r<TITLE>Sold</TITLE>\r<TEXT>One.\rTwo.</TEXT>\r</DOC>",
                vec!["1: Headline: Sold|One.|Two. / "],
            ),
            (
                "<articles>\n<article>\n<title>Sold</title>\n<author>Ada Holm</author>\n<content>It was sold.</content>\n</article>\n</articles>",
                vec!["2: Headline: Sold|Byline: Ada Holm|It was sold. / "],
            ),
            (
                "<article>\n<h1>Sold</h1>\n<p>It was sold.</p>\n</article>",
                vec!["none"],
            ),
            ("<DOC>\n</DOC>\n", vec!["none"]),
            ("<DOC>\n<DATE>3 May 1994</DATE>\n</DOC>\n", vec!["none"]),
            ("<html><head><title>x</title></head></html>", vec!["none"]),
            ("The <DOC> tag.\n", vec!["none"]),
            ("", vec!["none"]),
        ] {
            assert_eq!(shown(text), expected, "{text}");
        }
    }

    #[test]
    fn opens_the_xml_of_agencies() {
        for (text, expected) in [
            (
                "<?xml version=\"1.0\"?>\n<newsitem itemid=\"2\" date=\"2024-12-03\">\n<title>QUAY: Ferry sold.</title>\n\
                 <headline>Ferry sold.</headline>\n<text>\n<p>It was\nsold.</p>\n<p>Second.</p>\n</text>\n\
                 <metadata><dc element=\"dc.publisher\" value=\"The Quay Herald\"/></metadata>\n</newsitem>\n",
                vec![
                    "2: Headline: Ferry sold.|Date: 2024-12-03|Source: The Quay Herald|It was sold.|Second. / QUAY: Ferry sold.",
                ],
            ),
            (
                "<nitf><head><title>Ferry</title><pubdata name=\"The Quay Herald\" date.publication=\"20050608T0000\"/></head>\
                 <body><body.head><hedline><hl1>Ferry Sold</hl1><hl2>To its rival</hl2></hedline>\
                 <byline class=\"print\">By ADA HOLM</byline><byline class=\"normalized_byline\">Holm, Ada</byline></body.head>\
                 <body.content><block><p>Lead, said <person>Ada</person>.</p></block><block><p>Lead, said <person>Ada</person>.</p>\
                 <hl2>Costs</hl2><p>Second on <time>May 3</time>.</p></block></body.content></body></nitf>",
                vec![
                    "1: Headline: Ferry Sold|Byline: By ADA HOLM|Date: 2005-06-08|Source: The Quay Herald|\
                     Lead, said Ada.|Costs|Second on May 3. / \
                     Ferry To its rival Holm, Ada 20050608T0000 Lead, said Ada.",
                ],
            ),
            (
                "<newsMessage xmlns=\"http://iptc.org/std/nar/2006-10-01/\"><itemSet><newsItem><itemMeta><provider literal=\"Northwire\"/>\
                 </itemMeta><contentMeta><contentCreated>2014-02-03T09:00:00Z</contentCreated><by>By Ada Holm</by>\
                 <headline>Ferry sold</headline></contentMeta><contentSet><inlineXML><html><head><title>x</title></head><body>\
                 <section><p>It was sold.</p></section></body></html></inlineXML></contentSet></newsItem></itemSet></newsMessage>",
                vec![
                    "1: Headline: Ferry sold|Byline: By Ada Holm|Date: 2014-02-03T09:00:00Z|Source: Northwire|It was sold. / x",
                ],
            ),
        ] {
            assert_eq!(shown(text), expected, "{text}");
        }
    }

    #[test]
    fn lines_keep_their_numbers() {
        let text = "<DOC>\n<PUB>Herald</PUB>\n<TITLE>\nFerry\n</TITLE>\n<TEXT>\nOne.\n\nTwo.\n</TEXT>\n</DOC>\n";
        let parts = articles(text).expect("a document");
        let part = &parts[0];
        let numbered: Vec<(&str, u32)> = part
            .text
            .lines()
            .zip(&part.lines)
            .filter(|(line, _)| !line.is_empty())
            .map(|(line, number)| (line, *number))
            .collect();
        let expected = [
            ("Headline: Ferry", 3),
            ("Source: Herald", 2),
            ("One.", 7),
            ("Two.", 9),
        ];
        assert_eq!(numbered, expected);
    }

    proptest! {
        /// Every word of the text between the tags is in an article or outside.
        #[test]
        fn no_word_is_lost(pieces in prop::collection::vec(0..TAGS.len() + 8, 0..60)) {
            let mut text = "<DOC>".to_owned();
            let mut words = Vec::new();
            for (i, piece) in pieces.into_iter().enumerate() {
                match TAGS.get(piece) {
                    Some(tag) => text.push_str(tag),
                    None => {
                        words.push(format!("word{i}x"));
                        text.push_str(&format!(" word{i}x\n"));
                    }
                }
            }
            if let Some(parts) = articles(&text) {
                let mut found = String::new();
                for part in &parts {
                    prop_assert_eq!(part.lines.len(), part.text.lines().count());
                    found.push_str(&part.text);
                    found.extend(part.outside.iter().map(|removed| removed.text.as_str()));
                }
                for word in words {
                    prop_assert!(found.contains(&word), "{} of {}", word, text);
                }
            }
        }
    }

    const TAGS: &[&str] = &[
        "<DOC>",
        "</DOC>",
        "<DOCNO>",
        "</DOCNO>",
        "<TITLE>",
        "</TITLE>",
        "<HEAD>",
        "</HEAD>",
        "<BYLINE>",
        "</BYLINE>",
        "<DATE>",
        "</DATE>",
        "<TEXT>",
        "</TEXT>",
        "<P>",
        "</P>",
        "<GRAPHIC>",
        "</GRAPHIC>",
        "<b>",
        "</b>",
        "<br/>",
        "<nitf>",
        "</nitf>",
        "<body.content>",
        "</body.content>",
        "<hl1>",
        "</hl1>",
        "<h2>",
        "</h2>",
        "& ",
        "< ",
        "&amp;",
        "&#5;",
        "<![CDATA[",
        "]]>",
        "<SECTION>",
        "</SECTION>",
        "<NEWSITEM>",
        "</NEWSITEM>",
    ];
}
