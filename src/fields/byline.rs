//! Reads the writers, the contributors and the agency from the credits of an article.

use crate::clean::agencies::agency_named;
use crate::clean::credits::{self, Credit, Sureness, in_record_case, is_outlet, is_person};
use crate::clean::export::Label;
use crate::clean::{Cleaned, Role};

/// Who wrote an article.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Byline {
    /// The writers, one name each.
    pub names: Vec<String>,
    /// Those who are credited with additional reporting, one name each.
    pub contributors: Vec<String>,
    /// The agency.
    pub agency: Option<String>,
    /// The outlet that a writer is credited for.
    pub outlet: Option<String>,
}

/// Reads the credits: those of a labelled header, else the lines above the text, else those below
/// it, else the URL of an author's page. Those below the text also name contributors.
pub fn read(cleaned: &Cleaned) -> Byline {
    let mut byline = Byline::default();
    for header in cleaned.headers.iter().filter(|h| h.label == Label::Byline) {
        byline.add(credits::header_parts(&header.value));
    }
    // A line that only names an outlet leaves room for the writer's.
    if byline.names.is_empty() && byline.agency.is_none() {
        for credit in lines_above(cleaned) {
            byline.add(credit);
        }
    }
    byline.add_below_text(cleaned);
    if byline.names.is_empty() {
        byline.add_author_pages(cleaned);
    }
    byline
}

/// Returns the credits in the lines above the text. Where some have a label, a line that is only a
/// name is a place, a rubric or a headline.
fn lines_above(cleaned: &Cleaned) -> Vec<Credit> {
    // A name below "CONTACT:" is no writer's.
    let is_under_label = |at: usize| {
        at.checked_sub(1).is_some_and(|before| {
            let before = &cleaned.blocks[before].text;
            before.ends_with(':') && !credits::is_bare_byline_label(before)
        })
    };
    let blocks = cleaned.blocks.iter().enumerate();
    let blocks = blocks.filter(|(at, b)| b.role == Role::Byline && !is_under_label(*at));
    let mut follows_label = false;
    let mut found: Vec<Credit> = Vec::new();
    let mut bare_case = None;
    for (_, block) in blocks {
        let read = credits::read(&block.text);
        let mut credit = read.unwrap_or_else(|| credits::parts(&block.text));
        if follows_label {
            credit.sureness = Sureness::Label;
        }
        // A place in capitals below the writer's name.
        let is_upper = !block.text.chars().any(char::is_lowercase);
        if credit.sureness == Sureness::Name
            && !credit.writers.is_empty()
            && *bare_case.get_or_insert(is_upper) != is_upper
        {
            credit.writers.clear();
        }
        let ends_open = [",", "&", " and", " AND"]
            .iter()
            .any(|end| block.text.ends_with(end));
        follows_label = ends_open || credits::is_bare_byline_label(&block.text);
        found.push(credit);
    }
    let surest = found
        .iter()
        .filter(|credit| !credit.writers.is_empty())
        .map(|credit| credit.sureness)
        .max();
    found.retain(|credit| credit.writers.is_empty() || Some(credit.sureness) == surest);
    found
}

impl Byline {
    fn add(&mut self, credit: Credit) {
        add_new(&mut self.names, credit.writers);
        add_new(&mut self.contributors, credit.contributors);
        self.agency = self.agency.take().or(credit.agency);
        self.outlet = self.outlet.take().or(credit.outlet);
    }

    /// Adds those who are credited below the text. Who reported is the writer where nobody else is
    /// named, and a contributor elsewhere.
    fn add_below_text(&mut self, cleaned: &Cleaned) {
        for block in cleaned.blocks.iter().filter(|b| b.role == Role::SignOff) {
            let credit = credits::sign_off(&block.text);
            let reporters = if self.names.is_empty() {
                &mut self.names
            } else {
                &mut self.contributors
            };
            add_new(reporters, credit.writers);
            add_new(&mut self.contributors, credit.contributors);
        }
        let names = &self.names;
        self.contributors.retain(|name| !names.contains(name));
    }

    fn add_agency(&mut self, name: &str) -> bool {
        let agency = agency_named(name);
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
                let name = in_record_case(&name.to_uppercase());
                if is_person(&name) && !is_outlet(&name) && !names.contains(&name) {
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

/// Adds the names that a list does not have.
fn add_new(names: &mut Vec<String>, new: Vec<String>) {
    for name in new {
        if !names.contains(&name) {
            names.push(name);
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::clean::{Knowledge, clean};

    #[test]
    fn credits_above_and_below_the_text() {
        let body = "The glass works at Tolliver stood still on Monday, and nobody could say when the \
                    second furnace would be lit again.\n\nThe union said that it had been told \
                    nothing since March.\n";
        for (above, below, names, contributors) in [
            (
                "By Ann Weaver",
                "(Reporting by Ann Weaver; additional reporting by Jo Lund in Oslo; editing by Li Wei)",
                "Ann Weaver",
                "Jo Lund",
            ),
            (
                "By Ann Weaver",
                "Jo Lund and Ana de la Torre contributed to this report.",
                "Ann Weaver",
                "Jo Lund; Ana de la Torre",
            ),
            (
                "By Ann Weaver",
                "(Reporting by Jo Lund; Editing by Li Wei)",
                "Ann Weaver",
                "Jo Lund",
            ),
            (
                "",
                "(Reporting by Jo Lund; Editing by Li Wei)",
                "Jo Lund",
                "",
            ),
            ("By Ann Weaver\nand Jo Lund", "", "Ann Weaver; Jo Lund", ""),
            ("By\nAnn Weaver", "", "Ann Weaver", ""),
            ("Edited by Ann Weaver", "", "", ""),
        ] {
            let text = format!("Glass Workers Walk Out Again\n\n{above}\n\n{body}\n{below}\n");
            let cleaned = clean(&text, 1, &Knowledge::default());
            let byline = read(&cleaned);
            assert_eq!(byline.names.join("; "), names, "{above} … {below}");
            assert_eq!(
                byline.contributors.join("; "),
                contributors,
                "{above} … {below}"
            );
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
