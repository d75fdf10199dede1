//! The model of an export that all vendors share: a form, labelled headers, and where the body is.

use std::ops::Range;

use crate::date::printed as dates;

/// The number of lines at the top in which the marks of a form are searched.
pub(super) const TOP_LINES: usize = 40;

/// The longest label of a header, in bytes.
const LONGEST_LABEL: usize = 30;

/// The form of an export: which program or database wrote it.
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
    /// A mail.
    Mail,
}

impl Form {
    /// Returns whether this is the form of a newspaper database.
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

/// The label of a header, by its meaning.
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
    /// The day on which a database added the article.
    LoadDate,
    /// The outlet.
    Source,
    /// The article's URL.
    Url,
    /// A dateline or place.
    Dateline,
    /// The section of the outlet.
    Section,
    /// The edition of the outlet.
    Edition,
    /// The page or pages.
    Page,
    /// The subject of a mail: the headline, if the text has none of its own.
    Subject,
    /// Any other label.
    Other,
}

/// The labels as they are printed, in lower case, with their meanings.
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
    ("section", Label::Section),
    ("length", Label::Other),
    ("language", Label::Other),
    ("tags", Label::Other),
    ("keywords", Label::Other),
    ("category", Label::Other),
    ("subject", Label::Other),
    ("edition", Label::Edition),
    ("page", Label::Page),
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

/// One labelled header.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Header {
    /// Its label.
    pub label: Label,
    /// Its value, on one line.
    pub value: String,
    /// Its lines, counted from 0 in the article's text.
    pub lines: Range<usize>,
}

/// The headers of an export, and where its body is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Export {
    /// Its form.
    pub form: Form,
    /// Its headers, in order.
    pub headers: Vec<Header>,
    /// The lines of its body, counted from 0. Other lines are headers or furniture.
    pub body: Range<usize>,
    /// Labels inside the body: the line, and the length in bytes of the label that it begins with.
    pub body_labels: Vec<(usize, usize)>,
}

/// Whether the value of a header may continue on the next lines.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Values {
    /// A value ends with its line.
    OneLine,
    /// A value continues up to a blank line or the next label.
    Wrapped,
}

/// Splits a line at the colon after a known label.
pub(super) fn label_of(line: &str) -> Option<(Label, &str)> {
    let (word, value) = line.split_once(':')?;
    let word = word.trim();
    if word.len() > LONGEST_LABEL {
        return None;
    }
    let lower = word.to_lowercase();
    let known = LABELS.iter().find(|(known, _)| *known == lower);
    let label = known.map(|(_, label)| *label).or_else(|| date_key(word))?;
    Some((label, value.trim()))
}

/// Words beside the one that tells which date a key such as `article_published_time` has.
const DATE_KEY_WORDS: &[&str] = &[
    "article", "at", "datetime", "first", "last", "on", "original", "text", "time",
];

/// Returns the meaning of a key for a date as programs write it: `publishDate`,
/// `first_published`, `posted-on`, `lastModified`.
fn date_key(key: &str) -> Option<Label> {
    let mut label = None;
    for word in key.split(['_', '-', ' ', '.']).flat_map(camel_case_words) {
        let word = word.to_lowercase();
        if word.starts_with("publi")
            || matches!(&*word, "posted" | "issued" | "issue" | "dated" | "date")
        {
            label.get_or_insert(Label::Published);
        } else if word.starts_with("updat") || word.starts_with("modif") {
            label = Some(Label::Updated);
        } else if !DATE_KEY_WORDS.contains(&&*word) {
            return None;
        }
    }
    label
}

/// Returns the words of a name in camel case: `publish` and `Date` for `publishDate`.
fn camel_case_words(name: &str) -> impl Iterator<Item = &str> {
    let mut start = 0;
    let ends = name
        .char_indices()
        .zip(name.chars().skip(1))
        .filter(|((_, c), next)| c.is_lowercase() && next.is_uppercase())
        .map(|((at, c), _)| at + c.len_utf8())
        .chain([name.len()]);
    ends.map(move |end| &name[std::mem::replace(&mut start, end)..end])
}

/// Reads the headers in a range of lines.
pub(super) fn headers(lines: &[&str], range: Range<usize>, values: Values) -> Vec<Header> {
    let mut found: Vec<Header> = Vec::new();
    let mut is_open = false;
    for i in range {
        let line = lines[i].trim();
        if let Some((label, value)) = label_of(line) {
            found.push(header_of(label, value, i));
            is_open = values == Values::Wrapped;
        } else if let Some(value) = unknown_label(line).filter(|_| !found.is_empty()) {
            found.push(header_of(Label::Other, value, i));
            is_open = values == Values::Wrapped;
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

/// Returns the value after a label in capitals, known or not, as in "PUBCODE: 12".
fn unknown_label(line: &str) -> Option<&str> {
    let (word, value) = line.split_once(':')?;
    let is_label = (2..=LONGEST_LABEL).contains(&word.len())
        && word
            .bytes()
            .all(|byte| byte.is_ascii_uppercase() || matches!(byte, b' ' | b'-'));
    is_label.then(|| value.trim())
}

/// Returns the first run of lines between `start` and `end` without a blank line.
pub(super) fn paragraph_at(lines: &[&str], start: usize, end: usize) -> Option<Range<usize>> {
    let first = (start..end).find(|&i| !lines[i].trim().is_empty())?;
    let last = (first..end)
        .find(|&i| lines[i].trim().is_empty())
        .unwrap_or(end);
    Some(first..last)
}

/// Joins lines into one, with single spaces between words.
pub(super) fn joined(lines: &[&str]) -> String {
    let words: Vec<&str> = lines
        .iter()
        .flat_map(|line| line.split_whitespace())
        .collect();
    words.join(" ")
}

/// Returns the header whose value is the text of a range of lines.
pub(super) fn header(label: Label, lines: &[&str], range: Range<usize>) -> Header {
    Header {
        label,
        value: joined(&lines[range.clone()]),
        lines: range,
    }
}

/// Returns a value without the quotation marks around it.
pub(super) fn unquoted(value: &str) -> &str {
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

/// Returns whether a line is a date with at most 20 bytes besides.
pub(super) fn is_date(line: &str) -> bool {
    dates::find(line)
        .first()
        .is_some_and(|date| line.len() <= date.range.len() + 20)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_of_dates() {
        for (key, expected) in [
            ("publishDate", Some(Label::Published)),
            ("date_published", Some(Label::Published)),
            ("first-published", Some(Label::Published)),
            ("article_published_time", Some(Label::Published)),
            ("posted_on", Some(Label::Published)),
            ("issued", Some(Label::Published)),
            ("lastModified", Some(Label::Updated)),
            ("published_updated", Some(Label::Updated)),
            ("published_by", None),
            ("publishing_house", None),
            ("time", None),
        ] {
            assert_eq!(date_key(key), expected, "{key}");
        }
    }
}
