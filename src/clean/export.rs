//! Reads the labelled headers of exports: databases, front matter, `Title:` lines, `.story` files.
//!
//! A form is recognised by marks that no article prints by chance; a text without them is no
//! export, and [`read`] says so.

use std::ops::Range;

use crate::date::printed as dates;

/// How many lines from the top the marks of a form are looked for.
const TOP_LINES: usize = 40;

/// The length past which no words before a colon are a label, in bytes.
const LONGEST_LABEL: usize = 30;

/// The labels that LexisNexis prints between `LENGTH:` and the text, where it does.
const LEXIS_LATE_LABELS: &[&str] = &[
    "HEADLINE",
    "BYLINE",
    "DATELINE",
    "HIGHLIGHT",
    "SERIES",
    "SOURCE",
    "SECTION",
];

/// The labels that LexisNexis prints below the text.
const LEXIS_CLOSING_LABELS: &[&str] = &[
    "LOAD-DATE:",
    "LANGUAGE:",
    "PUBLICATION-TYPE:",
    "DOCUMENT-TYPE:",
    "GRAPHIC:",
    "JOURNAL-CODE:",
    "CORRECTION-DATE:",
    "SUBJECT:",
    "URL:",
];

/// The form in which a program or database writes an article out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    /// LexisNexis Academic: `1 of 7 DOCUMENTS`.
    Lexis,
    /// Nexis Uni: `Body`, `Load-Date:`, `End of Document`.
    NexisUni,
    /// Factiva with two-letter tags.
    FactivaTagged,
    /// Factiva without tags, ending in `Document …`.
    FactivaPlain,
    /// ProQuest: `Full text:`.
    ProQuest,
    /// YAML front matter between `---` lines.
    FrontMatter,
    /// Lines such as `Title: …` at the top.
    Labelled,
    /// A `.story` file with `@highlight` lines.
    Story,
}

impl Form {
    /// Returns whether it is the form of a newspaper database.
    pub fn is_database(self) -> bool {
        matches!(
            self,
            Self::Lexis
                | Self::NexisUni
                | Self::FactivaTagged
                | Self::FactivaPlain
                | Self::ProQuest
        )
    }
}

/// What a labelled header says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Label {
    /// The headline.
    Headline,
    /// The writers.
    Byline,
    /// The day of publication.
    Published,
    /// The day of the last change.
    Updated,
    /// The day that a database took the article in.
    LoadDate,
    /// The outlet.
    Source,
    /// The article's URL.
    Url,
    /// A dateline or place.
    Dateline,
    /// Anything else.
    Other,
}

/// The words that label a header, in lower case, with what they say.
const LABELS: &[(&str, Label)] = &[
    ("title", Label::Headline),
    ("headline", Label::Headline),
    ("author", Label::Byline),
    ("authors", Label::Byline),
    ("byline", Label::Byline),
    ("by-line", Label::Byline),
    ("by", Label::Byline),
    ("creator", Label::Byline),
    ("date", Label::Published),
    ("pubdate", Label::Published),
    ("published", Label::Published),
    ("date published", Label::Published),
    ("publication date", Label::Published),
    ("updated", Label::Updated),
    ("last updated", Label::Updated),
    ("modified", Label::Updated),
    ("last modified", Label::Updated),
    ("load-date", Label::LoadDate),
    ("load date", Label::LoadDate),
    ("source", Label::Source),
    ("pub", Label::Source),
    ("paper", Label::Source),
    ("publication", Label::Source),
    ("publication title", Label::Source),
    ("newspaper", Label::Source),
    ("publisher", Label::Source),
    ("outlet", Label::Source),
    ("site", Label::Source),
    ("url", Label::Url),
    ("link", Label::Url),
    ("permalink", Label::Url),
    ("document url", Label::Url),
    ("dateline", Label::Dateline),
    ("place", Label::Dateline),
    ("location", Label::Dateline),
    ("section", Label::Other),
    ("length", Label::Other),
    ("language", Label::Other),
    ("tags", Label::Other),
    ("keywords", Label::Other),
    ("category", Label::Other),
    ("subject", Label::Other),
    ("edition", Label::Other),
    ("page", Label::Other),
    ("copyright", Label::Other),
    ("description", Label::Other),
    ("publication-type", Label::Other),
    ("publication info", Label::Other),
    ("abstract (summary)", Label::Other),
    ("abstract", Label::Other),
    ("links", Label::Other),
    ("document type", Label::Other),
    ("publication year", Label::Other),
    ("place of publication", Label::Other),
    ("country of publication", Label::Other),
    ("publication subject", Label::Other),
    ("issn", Label::Other),
    ("source type", Label::Other),
    ("language of publication", Label::Other),
    ("proquest document id", Label::Other),
    ("document id", Label::Other),
    ("database", Label::Other),
    ("graphic", Label::Other),
    ("highlight", Label::Other),
    ("series", Label::Other),
    ("correction", Label::Other),
    ("classification", Label::Other),
    ("newsgroups", Label::Other),
    ("organization", Label::Other),
    ("message-id", Label::Other),
    ("from", Label::Other),
    ("sender", Label::Other),
    ("reply-to", Label::Other),
];

/// Factiva's tags that say something, with what they say. It has some forty others.
const FACTIVA_TAGS: &[(&str, Label)] = &[
    ("HD", Label::Headline),
    ("BY", Label::Byline),
    ("PD", Label::Published),
    ("SN", Label::Source),
    ("ET", Label::Other),
];

/// The tags of Factiva's lead paragraph and of the text after it.
const FACTIVA_BODY_TAGS: [&str; 2] = ["LP", "TD"];

/// One labelled header.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Header {
    /// What it says.
    pub label: Label,
    /// Its value, on one line.
    pub value: String,
    /// The lines it stands on, counted from 0 in the article's text.
    pub lines: Range<usize>,
}

/// An export: its headers, and where its body stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Export {
    /// The form it was recognised as.
    pub form: Form,
    /// Its headers in order.
    pub headers: Vec<Header>,
    /// The lines of its body, counted from 0. Lines outside that are in no header are furniture.
    pub body: Range<usize>,
    /// Labels inside the body: the line, and how many bytes at its start are the label.
    pub body_labels: Vec<(usize, usize)>,
}

/// Reads the export that these lines of one article are, or returns `None` where they are none.
pub fn read(lines: &[&str]) -> Option<Export> {
    front_matter(lines)
        .or_else(|| lexis(lines))
        .or_else(|| nexis_uni(lines))
        .or_else(|| factiva_tagged(lines))
        .or_else(|| factiva_plain(lines))
        .or_else(|| proquest(lines))
        .or_else(|| story(lines))
        .or_else(|| labelled(lines))
}

/// Returns whether a line is Lexis's count of documents: `1 of 7 DOCUMENTS`.
pub fn is_lexis_count(line: &str) -> bool {
    let mut words = line.split_whitespace();
    let is_number =
        |word: Option<&str>| word.is_some_and(|w| w.bytes().all(|b| b.is_ascii_digit()));
    is_number(words.next())
        && words.next() == Some("of")
        && is_number(words.next())
        && matches!(words.next(), Some("DOCUMENTS" | "DOCUMENT"))
        && words.next().is_none()
}

/// Returns whether a line is Nexis Uni's last of a document.
pub fn is_end_of_document(line: &str) -> bool {
    line.trim() == "End of Document"
}

/// Returns whether a line is Factiva's number of a document: `Document LBA0000020191119efbj`.
pub fn is_factiva_number(line: &str) -> bool {
    line.trim().strip_prefix("Document ").is_some_and(|number| {
        number.len() >= 15
            && number.bytes().all(|b| b.is_ascii_alphanumeric())
            && number.bytes().filter(u8::is_ascii_digit).count() >= 6
    })
}

/// Returns whether a line is ProQuest's rule between documents.
pub fn is_proquest_rule(line: &str) -> bool {
    let line = line.trim();
    line.len() >= 40 && line.bytes().all(|b| b == b'_')
}

/// Splits a line at the colon of a known label.
fn label_of(line: &str) -> Option<(Label, &str)> {
    let (word, value) = line.split_once(':')?;
    let word = word.trim();
    if word.len() > LONGEST_LABEL {
        return None;
    }
    let word = word.to_lowercase();
    let &(_, label) = LABELS.iter().find(|(known, _)| *known == word)?;
    Some((label, value.trim()))
}

/// Reads the headers among some lines. A value goes on over the lines below it up to a blank one
/// or the next label, where `wraps` says so.
fn headers(lines: &[&str], range: Range<usize>, wraps: bool) -> Vec<Header> {
    let mut found: Vec<Header> = Vec::new();
    let mut is_open = false;
    for i in range {
        let line = lines[i].trim();
        if let Some((label, value)) = label_of(line) {
            found.push(header_of(label, value, i));
            is_open = wraps;
        } else if let Some(value) = unknown_label(line).filter(|_| !found.is_empty()) {
            found.push(header_of(Label::Other, value, i));
            is_open = wraps;
        } else if line.is_empty() {
            is_open = false;
        } else if is_open && let Some(last) = found.last_mut() {
            last.value.push(' ');
            last.value.push_str(line);
            last.lines.end = i + 1;
        }
    }
    found
}

fn header_of(label: Label, value: &str, line: usize) -> Header {
    Header {
        label,
        value: unquoted(value).to_owned(),
        lines: line..line + 1,
    }
}

/// Returns whether a line begins with a known label in capitals, as in "SECTION: Part A".
pub fn is_label_in_capitals(line: &str) -> bool {
    unknown_label(line).is_some() && label_of(line).is_some()
}

/// Returns the value after a label in capitals that need not be among [`LABELS`], as in "PUBCODE: 12".
fn unknown_label(line: &str) -> Option<&str> {
    let (word, value) = line.split_once(':')?;
    let is_label = (2..=LONGEST_LABEL).contains(&word.len())
        && word
            .bytes()
            .all(|byte| byte.is_ascii_uppercase() || matches!(byte, b' ' | b'-'));
    is_label.then(|| value.trim())
}

/// A run of lines without a blank one, from the top of an export.
fn paragraph_at(lines: &[&str], start: usize, end: usize) -> Option<Range<usize>> {
    let first = (start..end).find(|&i| !lines[i].trim().is_empty())?;
    let last = (first..end)
        .find(|&i| lines[i].trim().is_empty())
        .unwrap_or(end);
    Some(first..last)
}

/// Joins lines into one.
fn joined(lines: &[&str]) -> String {
    let words: Vec<&str> = lines
        .iter()
        .flat_map(|line| line.split_whitespace())
        .collect();
    words.join(" ")
}

fn header(label: Label, lines: &[&str], range: Range<usize>) -> Header {
    Header {
        label,
        value: joined(&lines[range.clone()]),
        lines: range,
    }
}

/// The count of documents, which who saved a single one may have left off where `BODY:` is printed;
/// then paragraphs: outlet, date, headline; then labels up to `LENGTH:`, the body, and labels again.
fn lexis(lines: &[&str]) -> Option<Export> {
    let top = lines.len().min(TOP_LINES);
    let count = lines[..top].iter().position(|line| is_lexis_count(line));
    let starts = |i: usize, label: &str| lines[i].trim_start().starts_with(label);
    let length = (count.unwrap_or(0)..top).find(|&i| starts(i, "LENGTH:"))?;
    if count.is_none() && !(length..top).any(|i| starts(i, "BODY:")) {
        return None;
    }
    let first = count.map_or(0, |count| count + 1);
    let mut found = Vec::new();
    let mut at = first;
    while let Some(range) = paragraph_at(lines, at, length) {
        at = range.end;
        let is_labelled = label_of(lines[range.start].trim()).is_some();
        if is_labelled {
            break;
        }
        // The outlet may stand right below its copyright, and the edition below the date.
        let first_line = lines[range.start].trim();
        let range = if range.len() > 1 && (is_notice(first_line) || is_date(first_line)) {
            at = range.start + 1;
            range.start..at
        } else {
            range
        };
        let text = joined(&lines[range.clone()]);
        let has_date = |label| found.iter().any(|h: &Header| h.label == label);
        let label = if is_notice(&text) {
            Label::Other
        } else if !has_date(Label::Published) && is_date(&text) {
            Label::Published
        } else if !has_date(Label::Source) && !has_date(Label::Published) {
            Label::Source
        } else if !has_date(Label::Headline) && has_date(Label::Published) {
            Label::Headline
        } else {
            Label::Other
        };
        found.push(header(label, lines, range));
    }
    let first_labels = found.last().map_or(first, |h| h.lines.end);
    let mut body_start = length + 1;
    while let Some(range) = paragraph_at(lines, body_start, lines.len()) {
        let is_late = lines[range.start]
            .trim()
            .split_once(':')
            .is_some_and(|(word, _)| LEXIS_LATE_LABELS.contains(&word));
        if !is_late {
            break;
        }
        body_start = range.end;
    }
    found.extend(headers(lines, first_labels..body_start, true));
    // With a headline label, the paragraph that stands where others print theirs is an edition.
    if found.iter().filter(|h| h.label == Label::Headline).count() > 1
        && let Some(edition) = found.iter_mut().find(|h| h.label == Label::Headline)
    {
        edition.label = Label::Other;
    }
    let body_labels = (body_start..lines.len())
        .find(|&i| !lines[i].trim().is_empty())
        .filter(|&i| lines[i].trim_start().starts_with("BODY:"))
        .map(|i| {
            (
                i,
                lines[i].len() - lines[i].trim_start().len() + "BODY:".len(),
            )
        });
    let is_closing = |i: &usize| {
        let line = lines[*i].trim();
        LEXIS_CLOSING_LABELS
            .iter()
            .any(|label| line.starts_with(label))
    };
    let body_end = (body_start..lines.len())
        .find(is_closing)
        .unwrap_or(lines.len());
    found.extend(headers(lines, body_end..lines.len(), true));
    Some(Export {
        form: Form::Lexis,
        headers: found,
        body: body_start..body_end,
        body_labels: body_labels.into_iter().collect(),
    })
}

/// Returns whether a line above the outlet's name is its copyright notice.
fn is_notice(line: &str) -> bool {
    let line = line.to_lowercase();
    line.starts_with("copyright") || line.starts_with("all rights reserved")
}

/// The headline, the outlet and the date, a line each, labels, `Body`; then `Classification`.
fn nexis_uni(lines: &[&str]) -> Option<Export> {
    let top = lines.len().min(TOP_LINES);
    let body_label = (1..top).find(|&i| lines[i].trim() == "Body")?;
    let length = (0..body_label).find(|&i| lines[i].trim().starts_with("Length:"))?;
    let headline = (0..length).find(|&i| !lines[i].trim().is_empty())?;
    // The date stands on a line of its own; what is above it, but for the outlet, is headline.
    let date = (headline + 1..length).find(|&i| is_date(lines[i].trim()));
    let mut found = Vec::new();
    match date {
        Some(date) if date > headline + 1 => {
            found.push(header(Label::Headline, lines, headline..date - 1));
            found.push(header(Label::Source, lines, date - 1..date));
            found.push(header(Label::Published, lines, date..date + 1));
        }
        _ => found.push(header(Label::Headline, lines, headline..headline + 1)),
    }
    let first_labels = found.last().map_or(0, |h| h.lines.end);
    found.extend(headers(lines, first_labels..body_label, false));
    let body_start = body_label + 1;
    let is_closing = |i: &usize| {
        let line = lines[*i].trim();
        line == "Classification"
            || line.starts_with("Load-Date:")
            || line == "Graphic"
            || is_end_of_document(line)
    };
    let body_end = (body_start..lines.len())
        .find(is_closing)
        .unwrap_or(lines.len());
    found.extend(headers(lines, body_end..lines.len(), false));
    Some(Export {
        form: Form::NexisUni,
        headers: found,
        body: body_start..body_end,
        body_labels: Vec::new(),
    })
}

/// Two-letter tags on lines of their own, or before their values: `HD`, `BY`, `LP`, `TD`.
fn factiva_tagged(lines: &[&str]) -> Option<Export> {
    let tags: Vec<(usize, &str)> = lines
        .iter()
        .enumerate()
        .filter_map(|(i, line)| Some((i, factiva_tag(line)?)))
        .collect();
    let has = |tag: &str| tags.iter().any(|&(_, found)| found == tag);
    if !(has("HD") && (has("LP") || has("TD")) && tags.len() >= 4) {
        return None;
    }
    let mut found = Vec::new();
    let mut body: Option<Range<usize>> = None;
    let mut body_labels = Vec::new();
    for (k, &(start, tag)) in tags.iter().enumerate() {
        let end = tags.get(k + 1).map_or(lines.len(), |&(next, _)| next);
        if FACTIVA_BODY_TAGS.contains(&tag) {
            let indent = lines[start].len() - lines[start].trim_start().len();
            body_labels.push((start, indent + tag.len()));
            body = Some(body.map_or(start, |b| b.start)..end);
            continue;
        }
        let label = FACTIVA_TAGS
            .iter()
            .find(|(known, _)| *known == tag)
            .map_or(Label::Other, |&(_, label)| label);
        let value = joined(&lines[start..end]);
        found.push(Header {
            label,
            value: value[tag.len()..].trim().to_owned(),
            lines: start..end,
        });
    }
    Some(Export {
        form: Form::FactivaTagged,
        headers: found,
        body: body?,
        body_labels,
    })
}

/// Returns the tag that a line is, or begins with at a distance from its value.
fn factiva_tag(line: &str) -> Option<&str> {
    let line = line.trim();
    let tag = line.get(..2)?;
    let is_tag = tag.bytes().all(|b| b.is_ascii_uppercase());
    let stands_apart =
        line.len() == 2 || line[2..].starts_with("  ") || line[2..].starts_with('\t');
    (is_tag && stands_apart).then_some(tag)
}

/// The headline, the byline, `395 words`, the date, the outlet, its code, the language, the
/// copyright, a line each; the body; `Document …`.
fn factiva_plain(lines: &[&str]) -> Option<Export> {
    let top = lines.len().min(TOP_LINES);
    let count = (1..top).find(|&i| is_word_count(lines[i]))?;
    let copyright = (count..top.min(count + 12)).find(|&i| {
        let line = lines[i].trim().to_lowercase();
        line.starts_with("(c)") || line.starts_with('©') || line.starts_with("copyright")
    })?;
    let first = (0..count).find(|&i| !lines[i].trim().is_empty())?;
    let byline = (first + 1..count).find(|&i| {
        lines[i]
            .trim()
            .get(..3)
            .is_some_and(|by| by.eq_ignore_ascii_case("by "))
    });
    let mut found = vec![header(
        Label::Headline,
        lines,
        first..byline.unwrap_or(count),
    )];
    if let Some(byline) = byline {
        found.push(header(Label::Byline, lines, byline..count));
    }
    found.push(header(Label::Other, lines, count..count + 1));
    let date = (count + 1..copyright).find(|&i| is_date(lines[i].trim()));
    if let Some(date) = date {
        found.push(header(Label::Published, lines, date..date + 1));
        let is_time = |i: &usize| {
            lines[*i]
                .trim()
                .bytes()
                .all(|b| b.is_ascii_digit() || b == b':')
        };
        if let Some(outlet) = (date + 1..copyright).find(|i| !is_time(i)) {
            found.push(header(Label::Source, lines, outlet..outlet + 1));
        }
    }
    let number = (copyright + 1..lines.len())
        .rev()
        .find(|&i| is_factiva_number(lines[i]));
    let mut body_end = number.unwrap_or(lines.len());
    // The outlet's name closes the text once more.
    if number.is_some()
        && let Some(last) = (copyright + 1..body_end)
            .rev()
            .find(|&i| !lines[i].trim().is_empty())
        && found
            .iter()
            .any(|h| h.label == Label::Source && h.value == lines[last].trim())
    {
        body_end = last;
    }
    Some(Export {
        form: Form::FactivaPlain,
        headers: found,
        body: copyright + 1..body_end,
        body_labels: Vec::new(),
    })
}

/// Returns whether a line counts words: `395 words`, `1,938 words`.
fn is_word_count(line: &str) -> bool {
    line.trim().strip_suffix(" words").is_some_and(|number| {
        number.starts_with(|c: char| c.is_ascii_digit())
            && number.bytes().all(|b| b.is_ascii_digit() || b == b',')
    })
}

/// A rule, the headline, labels; `Full text:` before the first word of the body; labels again.
fn proquest(lines: &[&str]) -> Option<Export> {
    const FULL_TEXT: &str = "Full text:";
    let body_start = lines
        .iter()
        .position(|line| line.trim_start().starts_with(FULL_TEXT))?;
    let is_known_label = |line: &str| {
        label_of(line.trim())
            .is_some_and(|(label, _)| label != Label::Byline && label != Label::Dateline)
    };
    let first_label = (0..body_start).find(|&i| label_of(lines[i].trim()).is_some())?;
    let mut found = Vec::new();
    let above = (0..first_label)
        .find(|&i| is_proquest_rule(lines[i]))
        .map_or(0, |i| i + 1);
    if let Some(range) = paragraph_at(lines, above, first_label) {
        found.push(header(Label::Headline, lines, range));
    }
    found.extend(headers(lines, first_label..body_start, true));
    // What follows the body are paragraphs that each begin with one of the database's labels.
    let ends = |i: &usize| {
        is_known_label(lines[*i])
            && (*i == 0 || lines[*i - 1].trim().is_empty())
            && (*i..lines.len())
                .filter(|&k| !lines[k].trim().is_empty())
                .take(2)
                .all(|k| is_known_label(lines[k]))
    };
    let body_end = (body_start + 1..lines.len())
        .find(ends)
        .unwrap_or(lines.len());
    found.extend(headers(lines, body_end..lines.len(), true));
    found.extend(publication_info(lines, body_start, &found));
    let indent = lines[body_start].len() - lines[body_start].trim_start().len();
    Some(Export {
        form: Form::ProQuest,
        headers: found,
        body: body_start..body_end,
        body_labels: vec![(body_start, indent + FULL_TEXT.len())],
    })
}

/// Returns the outlet and the date that stand in a publication's info, where no header of their
/// own says them: `Publication info: Paper ; City. 8 Aug 2010: A.24.`
fn publication_info(lines: &[&str], end: usize, found: &[Header]) -> Vec<Header> {
    let mut more = Vec::new();
    for (i, line) in lines.iter().enumerate().take(end) {
        let Some((word, value)) = line.split_once(':') else {
            continue;
        };
        if !word.trim().eq_ignore_ascii_case("publication info") {
            continue;
        }
        let mut add = |label, value: &str| {
            if !found.iter().any(|h| h.label == label) {
                more.push(Header {
                    label,
                    value: value.trim().to_owned(),
                    lines: i..i + 1,
                });
            }
        };
        if let Some((outlet, _)) = value.split_once(';') {
            add(Label::Source, outlet);
        }
        if let Some(date) = dates::find(value).first() {
            add(Label::Published, &value[date.range.clone()]);
        }
    }
    more
}

/// `key: value` lines between two lines of `---` at the very top.
fn front_matter(lines: &[&str]) -> Option<Export> {
    let start = lines.iter().position(|line| !line.trim().is_empty())?;
    if lines[start].trim_end() != "---" {
        return None;
    }
    let end = (start + 1..lines.len().min(start + 100))
        .find(|&i| matches!(lines[i].trim_end(), "---" | "..."))?;
    // A rule of three hyphens may also open a text, and another one close its first section.
    let between = &lines[start + 1..end];
    if !between.iter().all(|line| is_yaml(line))
        || !between.iter().any(|line| label_of(line).is_some())
    {
        return None;
    }
    let mut found: Vec<Header> = Vec::new();
    for (i, line) in lines.iter().enumerate().take(end).skip(start + 1) {
        let value_of_list = line.trim_start().strip_prefix("- ");
        match (label_of(line), value_of_list) {
            (Some((label, value)), _) if !line.starts_with(char::is_whitespace) => {
                let value = list(unquoted(value));
                found.push(Header {
                    label,
                    value,
                    lines: i..i + 1,
                });
            }
            // A list goes on below its key, an item a line.
            (_, Some(item)) => {
                if let Some(last) = found.last_mut() {
                    if !last.value.is_empty() {
                        last.value.push_str(", ");
                    }
                    last.value.push_str(unquoted(item.trim()));
                    last.lines.end = i + 1;
                }
            }
            _ => found.push(Header {
                label: Label::Other,
                value: line.trim().to_owned(),
                lines: i..i + 1,
            }),
        }
    }
    found.retain(|h| !h.value.is_empty());
    // Markdown repeats the title as its first heading; it is no part of the body.
    let mut body_start = end + 1;
    if let Some(first) = (body_start..lines.len()).find(|&i| !lines[i].trim().is_empty())
        && let Some(title) = lines[first].strip_prefix("# ")
        && found
            .iter()
            .any(|h| h.label == Label::Headline && h.value.trim() == title.trim())
    {
        found.push(header(Label::Other, lines, first..first + 1));
        body_start = first + 1;
    }
    Some(Export {
        form: Form::FrontMatter,
        headers: found,
        body: body_start..lines.len(),
        body_labels: Vec::new(),
    })
}

/// Returns whether a line can stand in front matter: `key: value`, a list item, what is indented
/// below a key, a comment, nothing.
fn is_yaml(line: &str) -> bool {
    let is_key = |key: &str| key.len() <= LONGEST_LABEL && key.split_whitespace().count() <= 3;
    line.trim().is_empty()
        || line.starts_with([' ', '\t', '#'])
        || line.starts_with("- ")
        || line.starts_with(']')
        || line.split_once(':').is_some_and(|(key, _)| is_key(key))
}

/// Takes the quotes off a value that is quoted as a whole.
fn unquoted(value: &str) -> &str {
    for quote in ['"', '\''] {
        if let Some(inner) = value
            .strip_prefix(quote)
            .and_then(|rest| rest.strip_suffix(quote))
        {
            return inner;
        }
    }
    value
}

/// Turns YAML's `[a, "b"]` into `a, b`, and its escaped quotes into quotes.
fn list(value: &str) -> String {
    let value = value.replace("\\\"", "\"");
    match value
        .strip_prefix('[')
        .and_then(|rest| rest.strip_suffix(']'))
    {
        Some(items) => {
            let items: Vec<&str> = items.split(',').map(|item| unquoted(item.trim())).collect();
            items.join(", ")
        }
        None => value,
    }
}

/// Lines such as `Title: …` from the first line on: two or more of which one says what an article
/// is known by, so that a text that begins with "Update: …" is no export.
fn labelled(lines: &[&str]) -> Option<Export> {
    let mut start = lines.iter().position(|line| !line.trim().is_empty())?;
    // A mailbox has a line of its own before the headers.
    if lines[start].trim_start_matches('>').starts_with("From ") {
        start += 1;
    }
    label_of(lines.get(start)?.trim())?;
    let mut end = start;
    let mut blank = 0;
    for (i, line) in lines.iter().enumerate().take(start + TOP_LINES).skip(start) {
        let line = line.trim();
        if line.is_empty() {
            blank += 1;
            // One blank line may stand between two headers, as some programs print them.
            if blank > 1 {
                break;
            }
            continue;
        }
        if label_of(line).is_none() {
            // A value that was wrapped goes on in a short line below it, with no blank between.
            let goes_on = blank == 0
                && i > start
                && lines
                    .get(i + 1)
                    .is_some_and(|next| label_of(next.trim()).is_some() || next.trim().is_empty());
            if !goes_on {
                break;
            }
        }
        blank = 0;
        end = i + 1;
    }
    let mut found = headers(lines, start..end, true);
    let named = |h: &Header, name: &str| {
        let line = lines[h.lines.start].trim_start();
        line.get(..name.len())
            .is_some_and(|start| start.eq_ignore_ascii_case(name))
    };
    // A message's subject is its headline.
    let is_message = found
        .iter()
        .any(|h| named(h, "newsgroups:") || named(h, "message-id:"));
    if is_message && !found.iter().any(|h| h.label == Label::Headline) {
        for header in &mut found {
            if named(header, "subject:") {
                header.label = Label::Headline;
            }
        }
    }
    let has = |label: Label| found.iter().any(|h| h.label == label);
    let is_export = found.len() >= 2
        && (has(Label::Headline)
            || has(Label::Url)
            || (has(Label::Published) && has(Label::Byline))
            || (has(Label::Published) && has(Label::Source)));
    is_export.then(|| Export {
        form: Form::Labelled,
        headers: found,
        body: end..lines.len(),
        body_labels: Vec::new(),
    })
}

/// A text that closes with `@highlight` lines, each followed by a sentence.
fn story(lines: &[&str]) -> Option<Export> {
    let body_end = lines.iter().position(|line| line.trim() == "@highlight")?;
    Some(Export {
        form: Form::Story,
        headers: vec![Header {
            label: Label::Other,
            value: joined(&lines[body_end..]),
            lines: body_end..lines.len(),
        }],
        body: 0..body_end,
        body_labels: Vec::new(),
    })
}

/// Returns whether a line is a date and hardly anything else.
fn is_date(line: &str) -> bool {
    dates::find(line)
        .first()
        .is_some_and(|date| line.len() <= date.range.len() + 20)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Writes an export as its form, its headers that say something, and its body.
    fn shown(text: &str) -> String {
        let lines: Vec<&str> = text.lines().collect();
        let Some(export) = read(&lines) else {
            return "none".to_owned();
        };
        let mut out = format!("{:?}", export.form);
        for header in export.headers.iter().filter(|h| h.label != Label::Other) {
            out.push_str(&format!("; {:?}={}", header.label, header.value));
        }
        let body: Vec<&str> = export
            .body
            .clone()
            .map(|i| {
                let label = export.body_labels.iter().find(|(line, _)| *line == i);
                lines[i][label.map_or(0, |(_, bytes)| *bytes)..].trim()
            })
            .filter(|line| !line.is_empty())
            .collect();
        format!("{out}; body={}", body.join("|"))
    }

    #[test]
    fn reads_each_form() {
        for (text, expected) in [
            (
                "\n\n        1 of 7 DOCUMENTS\n\n     The Quay Herald\n\n   July 25, 2020 Saturday\n\n\
                 Ferry line sold to\nits rival\n\nBYLINE: Ada Holm and Piet Roos\n\nSECTION: NEWS; Pg. 19\n\n\
                 LENGTH: 38 words\n\nThe ferry line was\nsold.\n\nSecond.\n\nLOAD-DATE: July 26, 2020\n\n\
                 LANGUAGE: ENGLISH\n\n   Copyright 2020 The Quay Herald\n",
                "Lexis; Source=The Quay Herald; Published=July 25, 2020 Saturday; \
                 Headline=Ferry line sold to its rival; Byline=Ada Holm and Piet Roos; \
                 LoadDate=July 26, 2020; body=The ferry line was|sold.|Second.",
            ),
            (
                "   Copyright 1998 The Quay Herald\n   All Rights Reserved\n   The Quay Herald\n\n\
                 March 3, 1998, Tuesday, FINAL EDITION\n\nSECTION: NEWS; Pg. 4A\n\nLENGTH: 21 words\n\n\
                 HEADLINE: Ferry line sold\n\nBYLINE: Ada Holm; STAFF WRITER\n\nDATELINE: QUAY\n\n\
                 BODY:\n   The ferry line was\nsold.\n\n   Second.\n\nLOAD-DATE: March 5, 1998\n",
                "Lexis; Source=The Quay Herald; Published=March 3, 1998, Tuesday, FINAL EDITION; \
                 Headline=Ferry line sold; Byline=Ada Holm; STAFF WRITER; Dateline=QUAY; \
                 LoadDate=March 5, 1998; body=The ferry line was|sold.|Second.",
            ),
            (
                "Ferry line sold\nThe Quay Herald\nOctober 10, 2019 Thursday\n\nCopyright 2019 The Quay Herald\n\n\
                 Section: NEWS; Pg. 18\nLength: 94 words\nByline: Ada Holm\nBody\n\nOne.\n\nTwo.\n\nClassification\n\n\
                 Language: ENGLISH\n\nLoad-Date: October 11, 2019\n\n\nEnd of Document\n",
                "NexisUni; Headline=Ferry line sold; Source=The Quay Herald; \
                 Published=October 10, 2019 Thursday; Byline=Ada Holm; LoadDate=October 11, 2019; body=One.|Two.",
            ),
            (
                "HD\nFerry line sold\nBY\nBy Ada Holm\nWC\n395 words\nPD\n20 July 2019\nSN\nThe Quay Herald\nLA\nEnglish\n\
                 LP\nOne.\nTD\nTwo.\nThree.\nNS\ngpol : Politics\nAN\nDocument LBA0000020191119efbj\n",
                "FactivaTagged; Headline=Ferry line sold; Byline=By Ada Holm; Published=20 July 2019; \
                 Source=The Quay Herald; body=One.|Two.|Three.",
            ),
            (
                "Ferry line sold\nBy Ada Holm\n395 words\n27 November 2020\n21:34\nThe Quay Herald\nLBA\nEnglish\n\
                 (c) 2020 The Quay Herald\n\nOne.\n\nTwo.\n\nThe Quay Herald\n\nDocument LBA202011270000efbj00c7c\n",
                "FactivaPlain; Headline=Ferry line sold; Byline=By Ada Holm; Published=27 November 2020; \
                 Source=The Quay Herald; body=One.|Two.",
            ),
            (
                "____________________________________________________________\n\nFerry line sold\n\n\
                 Author: Ada Holm; Piet Roos\n\nPublication info: The Quay Herald ; Quay [Quay]. 8 Aug 2010: A.24.\n\n\
                 Abstract (summary): One.\n\nFull text: One.\n\nTwo.\n\nSubject: Ferries\n\nTitle: Ferry line sold\n\n\
                 Publication date: Aug 8, 2010\n\nLast updated: 2020-11-19\n\nDatabase: ProQuest Central\n",
                "ProQuest; Headline=Ferry line sold; Byline=Ada Holm; Piet Roos; Headline=Ferry line sold; \
                 Published=Aug 8, 2010; Updated=2020-11-19; Source=The Quay Herald; body=One.|Two.",
            ),
            (
                "---\ntitle: \"The ‘ferry’ line \\\"sold\\\"\"\nauthor: [Ada Holm, \"Piet Roos\"]\ndate: 2019-11-04\n\
                 tags:\n  - ferries\n  - harbour\n---\n\n# The ‘ferry’ line \"sold\"\n\nOne.\n",
                "FrontMatter; Headline=The ‘ferry’ line \"sold\"; Byline=Ada Holm, Piet Roos; \
                 Published=2019-11-04; body=One.",
            ),
            (
                "Title: Ferry line sold to its\nrival\nAuthor: Ada Holm\nDate: Jan 31, 2013\nURL: https://a.example/b\n\nOne.\n",
                "Labelled; Headline=Ferry line sold to its rival; Byline=Ada Holm; Published=Jan 31, 2013; \
                 Url=https://a.example/b; body=One.",
            ),
            (
                ">From desk Mon Jun 12 09:14:02 2000\nFrom: desk@a.example\nNewsgroups: a.b\n\
                 Subject: Ferry line sold\nDate: Mon, 12 Jun 2000 09:13:55 GMT\n\n\tOne.\n",
                "Labelled; Headline=Ferry line sold; Published=Mon, 12 Jun 2000 09:13:55 GMT; body=One.",
            ),
            (
                "HEADLINE: Ferry line sold\nPUBCODE: QH\nDATE: Jan 31, 2013\nBYLINE: ADA HOLM\n\nOne.\n",
                "Labelled; Headline=Ferry line sold; Published=Jan 31, 2013; Byline=ADA HOLM; body=One.",
            ),
            (
                "One.\n\nTwo.\n\n@highlight\n\nOne\n\n@highlight\n\nTwo\n",
                "Story; body=One.|Two.",
            ),
            (
                "Update: the ferry line was sold.\n\nSource: the harbour master.\n",
                "none",
            ),
            ("Ferry line sold\n\nBy Ada Holm\n\nOne.\n", "none"),
            ("", "none"),
            ("---\n\nno end", "none"),
            (
                "---\n\nThe ferry line was sold.\n\n---\n\nSecond.\n",
                "none",
            ),
            (
                "   2 of 9 DOCUMENTS\n\n   Copyright 2003 The Quay Herald Company\n   The Quay Herald\n\n\
                 January 5, 2003 Sunday\n   Late Edition - Final\n\nSECTION: Section A; Page 1\n\n\
                 LENGTH: 1,234 words\n\nHEADLINE: Ferry line sold\nto its rival\n\nBYLINE: By ADA HOLM\n\n\
                 DATELINE: QUAY, Jan. 4\n\nBODY:\n   One.\n\nTwo.\n\nURL: http://a.example\n\n\
                 LOAD-DATE: January 5, 2003\n",
                "Lexis; Source=The Quay Herald; Published=January 5, 2003 Sunday; \
                 Headline=Ferry line sold to its rival; Byline=By ADA HOLM; Dateline=QUAY, Jan. 4; \
                 Url=http://a.example; LoadDate=January 5, 2003; body=One.|Two.",
            ),
        ] {
            assert_eq!(shown(text), expected, "{text}");
        }
    }
}
