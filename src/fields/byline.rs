//! Reads the writers' names from bylines, and separates agencies from persons.

use crate::clean::agencies::agency_named;
use crate::clean::credits::{byline_label, is_name_particle};
use crate::clean::date_lines::is_about_a_date;
use crate::clean::export::{Form, Label};
use crate::clean::{Cleaned, Role};
use crate::date::printed as dates;
use crate::text::words::{strip_prefix_ignore_case, word_count};

/// Who wrote an article.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Byline {
    /// The persons, one name each.
    pub names: Vec<String>,
    /// The agency.
    pub agency: Option<String>,
}

/// Reads the byline: that of a labelled header, else the lines above the text, else the URL of an
/// author's page.
pub fn read(cleaned: &Cleaned) -> Byline {
    let mut byline = Byline::default();
    for header in cleaned.headers.iter().filter(|h| h.label == Label::Byline) {
        // ProQuest inverts names: "Writer, Ann; Smith, Jo".
        if cleaned.form == Some(Form::ProQuest) {
            let straight: Vec<String> = header.value.split(';').map(straightened).collect();
            byline.add(&straight.join("; "));
        } else {
            byline.add(&header.value);
        }
    }
    if byline == Byline::default() {
        for block in cleaned.blocks.iter().filter(|b| b.role == Role::Byline) {
            byline.add(&block.text);
        }
    }
    if byline.names.is_empty() {
        byline.add_author_pages(cleaned);
    }
    byline
}

/// Returns "Ann Writer" for "Writer, Ann", and other texts unchanged.
fn straightened(name: &str) -> String {
    let name = name.trim();
    match name.split_once(", ") {
        Some((last, first)) if !first.contains(',') => format!("{first} {last}"),
        _ => name.to_owned(),
    }
}

impl Byline {
    /// Adds the names in a byline, as in "By Ann Writer and Jo Smith, Reuters | June 27, 2018".
    fn add(&mut self, line: &str) {
        let line = line.trim().trim_matches(['[', ']', '"']);
        let start = byline_label(line).unwrap_or(0);
        let credits = without_dates(&line[start..]);
        for credit in credits.split(['|', '•', '·', ';', '/', '\u{1f}']) {
            let credit = credit.trim().trim_matches([',', '-', '–', '—', ' ']);
            let mut is_first = true;
            for name in split_names(credit) {
                self.add_name(name, &mut is_first);
            }
        }
    }

    fn add_name(&mut self, name: &str, is_first: &mut bool) {
        let start = byline_label(name).unwrap_or(0);
        let name = name[start..].trim().trim_matches([',', ' ', '"', '(', ')']);
        let name = name.split_once(" (").map_or(name, |(name, agency)| {
            self.add_agency(agency.trim_end_matches(')'));
            name
        });
        let name = without_place(name);
        if self.add_agency(name) {
            return;
        }
        // After a comma, a name is mostly followed by a title or an employer.
        if !is_person(name) || !*is_first && has_word_of(name, EMPLOYERS) {
            return;
        }
        *is_first = false;
        let name = in_title_case(name);
        if !self.names.contains(&name) {
            self.names.push(name);
        }
    }

    fn add_agency(&mut self, name: &str) -> bool {
        let agency = agency_named(name.trim_start_matches("for ").trim());
        let is_agency = agency.is_some();
        self.agency = self.agency.take().or(agency);
        is_agency
    }

    /// Reads `/author/ann-writer` in the file's URLs. A single author's page names the writer; of
    /// several, only that of an agency is used.
    fn add_author_pages(&mut self, cleaned: &Cleaned) {
        let mut names: Vec<String> = Vec::new();
        for found in &cleaned.urls {
            if let Some(slug) = author_slug(&found.url) {
                let name = slug.replace(['-', '_', '+', '.'], " ");
                if self.add_agency(&name) || self.add_agency(slug) {
                    continue;
                }
                let name = in_title_case(&name.to_uppercase());
                if is_person(&name) && !names.contains(&name) {
                    names.push(name);
                }
            }
        }
        if let [name] = names.as_slice()
            && self.agency.is_none()
        {
            self.names.push(name.clone());
        }
    }
}

/// Path segments before the slug of a writer's page.
const AUTHOR_PATHS: &[&str] = &[
    "author",
    "authors",
    "by",
    "byline",
    "profile",
    "profiles",
    "people",
    "person",
    "contributor",
    "contributors",
    "staff",
    "journalist",
    "journalists",
    "reporter",
    "reporters",
    "writer",
    "writers",
    "columnist",
    "columnists",
    "team",
    "correspondent",
    "correspondents",
    "auteur",
    "autor",
    "autores",
];

fn author_slug(url: &str) -> Option<&str> {
    let path = url.split_once("://")?.1.split(['?', '#']).next()?;
    let mut parts = path.split('/').skip(1);
    while let Some(part) = parts.next() {
        if AUTHOR_PATHS
            .iter()
            .any(|known| known.eq_ignore_ascii_case(part))
        {
            let slug = parts.next()?;
            let is_last = parts.all(str::is_empty);
            let is_name = !slug.is_empty()
                && slug
                    .bytes()
                    .all(|b| b.is_ascii_alphabetic() || b"-_+.".contains(&b));
            return (is_last && is_name).then_some(slug);
        }
    }
    None
}

/// Returns a text without its dates and their labels.
fn without_dates(text: &str) -> String {
    let mut out = String::new();
    let mut at = 0;
    for date in dates::find(text) {
        if date.range.start < at {
            continue;
        }
        out.push_str(&text[at..date.range.start]);
        out.push('\u{1f}');
        at = date.range.end;
    }
    out.push_str(&text[at..]);
    let parts: Vec<&str> = out
        .split(['|', '\u{1f}'])
        .map(without_date_label)
        .filter(|part| !is_about_a_date(part))
        .collect();
    parts.join("\u{1f}")
}

fn without_date_label(part: &str) -> &str {
    for label in [
        " published",
        " posted",
        " updated",
        " last updated",
        " on",
        " first published",
    ] {
        let trimmed = part.trim_end_matches([' ', ':', ',', '-', '–']);
        if trimmed.len() >= label.len()
            && trimmed
                .get(trimmed.len() - label.len()..)
                .is_some_and(|end| end.eq_ignore_ascii_case(label))
        {
            return &trimmed[..trimmed.len() - label.len()];
        }
    }
    part
}

/// Cuts a list of names at commas, "and" and "&".
fn split_names(text: &str) -> Vec<&str> {
    let mut names = Vec::new();
    for part in text.split(", ") {
        let mut rest = part;
        loop {
            let cut = [" and ", " AND ", " And ", " & ", " with "]
                .iter()
                .filter_map(|mark| rest.find(mark).map(|i| (i, mark.len())))
                .min();
            let Some((i, length)) = cut else {
                names.push(rest);
                break;
            };
            names.push(&rest[..i]);
            rest = &rest[i + length..];
        }
    }
    names.retain(|name| !name.trim().is_empty());
    for name in &mut names {
        *name = name.trim();
        for and in ["and ", "AND ", "& "] {
            *name = name.strip_prefix(and).unwrap_or(name);
        }
    }
    names
}

/// Returns a name without the place or employer after it: "Ann Writer in Oslo", "Ann Writer for
/// The Herald", "Ann Writer of The Herald".
fn without_place(name: &str) -> &str {
    [" in ", " for ", " of ", " at ", " IN ", " FOR ", " OF "]
        .iter()
        .filter_map(|mark| name.find(mark))
        .min()
        .map_or(name, |i| &name[..i])
}

/// Words of trades, which are not part of a name.
const TRADES: &[&str] = &[
    "staff",
    "writer",
    "writers",
    "reporter",
    "reporters",
    "editor",
    "editors",
    "correspondent",
    "correspondents",
    "desk",
    "bureau",
    "agency",
    "agencies",
    "service",
    "services",
    "team",
    "columnist",
    "contributor",
    "contributors",
    "newspaper",
    "newsroom",
    "network",
    "board",
    "editorial",
    "university",
    "professor",
    "director",
    "producer",
    "photographer",
    "analyst",
    "online",
];

/// Words of newspapers' names that may also be surnames: only the first name of a list may have
/// one.
const EMPLOYERS: &[&str] = &[
    "news",
    "wire",
    "press",
    "media",
    "times",
    "post",
    "herald",
    "tribune",
    "journal",
    "gazette",
    "chronicle",
    "observer",
    "guardian",
    "telegraph",
    "magazine",
    "special",
    "chief",
    "senior",
    "political",
    "daily",
    "weekly",
    "web",
    "associate",
    "bloomberg",
    "sports",
    "business",
    "today",
];

fn has_word_of(text: &str, list: &[&str]) -> bool {
    text.split(' ').any(|word| {
        let word = word.trim_matches(|c: char| !c.is_alphanumeric());
        list.iter().any(|known| known.eq_ignore_ascii_case(word))
    })
}

/// Returns whether a text can be a person's name: one to six words, each a particle or with a
/// capital first, without digits and without words of trades.
fn is_person(text: &str) -> bool {
    let words = word_count(text);
    (1..=6).contains(&words)
        && text
            .chars()
            .all(|c| c.is_alphabetic() || matches!(c, ' ' | '.' | '-' | '\'' | '’' | ','))
        && text.split(' ').enumerate().all(|(i, word)| {
            word.starts_with(char::is_uppercase)
                || i > 0 && is_name_particle(word)
                || word.chars().all(|c| !c.is_lowercase())
                || word.starts_with(|c: char| c.is_lowercase()) && word.contains(['’', '\''])
        })
        && text.starts_with(|c: char| c.is_uppercase() || !c.is_lowercase())
        && !has_word_of(text, TRADES)
        && strip_prefix_ignore_case(text, "the ").is_none()
}

/// Returns a name that is set in capitals in title case.
fn in_title_case(name: &str) -> String {
    if name.chars().any(char::is_lowercase) || name.split(' ').all(|word| word.len() <= 2) {
        return name.to_owned();
    }
    let mut out = String::with_capacity(name.len());
    let mut starts_word = true;
    for word in name.split_inclusive(' ') {
        let bare = word.trim_end();
        // Initials stay in capitals: "J.R.R. TOLKIEN" becomes "J.R.R. Tolkien".
        for c in word.chars() {
            if starts_word {
                out.extend(c.to_uppercase());
            } else {
                out.extend(c.to_lowercase());
            }
            starts_word = !c.is_alphabetic();
        }
        if let Some(rest) = bare.strip_prefix("MC")
            && rest.chars().count() >= 3
        {
            capitalise_from_end(
                &mut out,
                rest.chars().count() + word.chars().count() - bare.chars().count(),
            );
        }
    }
    out
}

/// Capitalises the character at `from_end` from the end, counted from 1.
fn capitalise_from_end(out: &mut String, from_end: usize) {
    if let Some((at, c)) = out.char_indices().rev().nth(from_end - 1) {
        let upper: String = c.to_uppercase().collect();
        out.replace_range(at..at + c.len_utf8(), &upper);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_in_bylines() {
        for (line, names, agency) in [
            ("By Ann Weaver", vec!["Ann Weaver"], None),
            ("BY ANN McWEAVER", vec!["ANN McWEAVER"], None),
            ("BY ANN MCWEAVER", vec!["Ann McWeaver"], None),
            (
                "By Ann Weaver and Jo Smith",
                vec!["Ann Weaver", "Jo Smith"],
                None,
            ),
            (
                "By Ann Weaver, Jo Smith & Bo Li",
                vec!["Ann Weaver", "Jo Smith", "Bo Li"],
                None,
            ),
            (
                "Written by Ann Weaver, Reuters",
                vec!["Ann Weaver"],
                Some("Reuters"),
            ),
            ("By Reuters", vec![], Some("Reuters")),
            ("By Ann Weaver (AP)", vec!["Ann Weaver"], Some("AP")),
            ("By Ann Weaver in Oslo", vec!["Ann Weaver"], None),
            (
                "by Ann O'Weaver, Herald Staff Writer",
                vec!["Ann O'Weaver"],
                None,
            ),
            (
                "By ANN O'WEAVER, Herald Staff Writer",
                vec!["Ann O'Weaver"],
                None,
            ),
            (
                "[Ann Weaver, Jo Smith]",
                vec!["Ann Weaver", "Jo Smith"],
                None,
            ),
            ("Ann Weaver; Jo Smith", vec!["Ann Weaver", "Jo Smith"], None),
            ("By Staff", vec![], None),
            ("By Emily Post, The Herald", vec!["Emily Post"], None),
            ("By Herald Staff", vec![], None),
            ("By The Editorial Board", vec![], None),
        ] {
            let mut byline = Byline::default();
            byline.add(line);
            assert_eq!(byline.names, names, "{line}");
            assert_eq!(byline.agency.as_deref(), agency, "{line}");
        }
    }

    #[test]
    fn authors_pages() {
        for (url, expected) in [
            ("https://a.example/author/ann-weaver", Some("ann-weaver")),
            ("https://a.example/en/by/ann-weaver/", Some("ann-weaver")),
            ("https://a.example/author/1234", None),
            ("https://a.example/news/author", None),
            ("https://a.example/author/ann/stories", None),
        ] {
            assert_eq!(author_slug(url), expected, "{url}");
        }
    }
}
