//! Reads the outlet of an article: its name as printed, its registered domain, and the page.

use super::links::{linked_domain, registered_domain};
use crate::clean::credits::{
    self, OutletLine, Sureness, copyright_holder, is_masthead, outlet_line, page_line, sent_to,
    source_value, title_ending,
};
use crate::clean::export::{Form, Label};
use crate::clean::{Cleaned, LabelledBlock, Role};
use crate::date::printed as dates;
use crate::text::fold::folded;

/// The outlet of an article.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Outlet {
    /// Its name as printed.
    pub name: Option<String>,
    /// Its registered domain.
    pub domain: Option<String>,
    /// The page, as printed beside the name.
    pub page: Option<String>,
}

/// Reads the outlet: that of a labelled header, else that of a line above the text which names it,
/// else a name that the file prints in two places. `credited` is the outlet in the writers' credit.
pub fn read(cleaned: &Cleaned, own_url: Option<&str>, credited: Option<&str>) -> Outlet {
    let header = (cleaned.headers.iter())
        .find(|h| h.label == Label::Source && !h.value.trim().is_empty())
        .map(|h| source_value(&h.value));
    // The links on a database's page belong to the database.
    let is_database = cleaned.form.is_some_and(Form::is_database);
    let mut outlet = Outlet {
        domain: (!is_database)
            .then(|| linked_domain(cleaned, own_url))
            .flatten(),
        ..Outlet::default()
    };
    if let Some(OutletLine { name, page }) = header {
        match domain_in(&name) {
            Some(domain) => outlet.domain = Some(domain),
            None => outlet.name = Some(name),
        }
        outlet.page = page;
    }
    let above = above_text(cleaned);
    if outlet.domain.is_none() && !is_database {
        outlet.domain = above.iter().find_map(|block| domain_in(&block.text));
    }
    outlet.page = outlet.page.or_else(|| {
        let page = above.iter().find_map(|block| page_line(&block.text))?;
        Some(page.to_owned())
    });
    if outlet.name.is_none() {
        let named = named_above(above).or_else(|| {
            Candidates::of(cleaned, credited.filter(|_| !is_database))
                .best(outlet.domain.as_deref())
        });
        if let Some(OutletLine { name, page }) = named {
            outlet.name = Some(name);
            outlet.page = outlet.page.or(page);
        }
    }
    outlet
}

/// Returns the blocks above the running text.
fn above_text(cleaned: &Cleaned) -> &[LabelledBlock] {
    let text = cleaned
        .blocks
        .iter()
        .position(|b| b.role == Role::Paragraph);
    &cleaned.blocks[..text.unwrap_or(cleaned.blocks.len())]
}

/// Returns the domain of a text that is only the name of a host or a URL.
fn domain_in(text: &str) -> Option<String> {
    let text = text.trim();
    let is_host = text.contains('.')
        && text.len() >= 6
        && text.rsplit('.').next().is_some_and(|last| last.len() >= 2)
        && text.split('.').all(|label| {
            !label.is_empty()
                && label
                    .bytes()
                    .all(|b| b.is_ascii_alphanumeric() || b == b'-')
        });
    if is_host {
        return registered_domain(&format!("http://{text}"));
    }
    let is_url = text.starts_with("http") && !text.contains(' ');
    is_url.then(|| registered_domain(text)).flatten()
}

/// Returns the outlet of a line above the text that says so by itself: beside a day, or after
/// "Special to" and the like.
fn named_above(above: &[LabelledBlock]) -> Option<OutletLine> {
    let is_named = |block: &&LabelledBlock| block.role != Role::Headline;
    let lines = || {
        above
            .iter()
            .filter(is_named)
            .map(|block| block.text.as_str())
    };
    let beside_day = lines().find_map(outlet_line);
    beside_day.or_else(|| {
        let name = lines().find_map(|line| sent_to(line).or_else(|| credited_outlet(line)))?;
        Some(OutletLine { name, page: None })
    })
}

/// Returns the outlet of a credit without a writer, as in "By THE QUAY HERALD", or with a day, as in
/// "By Ann Weaver, The Quay Herald, May 6, 2031".
fn credited_outlet(line: &str) -> Option<String> {
    if !credits::has_outlet_noun(line) {
        return None;
    }
    let credit = credits::read(line).filter(|credit| credit.sureness == Sureness::Label)?;
    let is_outlets = credit.writers.is_empty() || !dates::find(line).is_empty();
    credit.outlet.filter(|_| is_outlets)
}

/// A name that may be the outlet's, and where it was read.
struct Candidate {
    name: String,
    key: String,
    place: Place,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Place {
    /// A line of its own.
    Masthead,
    /// A line of its own beside the day or the byline.
    MastheadBesideCredit,
    /// The end of the page's title.
    Title,
    /// The notice of copyright.
    Copyright,
    /// The writers' credit.
    Credit,
}

struct Candidates(Vec<Candidate>);

impl Candidates {
    fn of(cleaned: &Cleaned, credited: Option<&str>) -> Self {
        let mut found = Self(Vec::new());
        let above = above_text(cleaned).len();
        let last_paragraph = (cleaned.blocks.iter()).rposition(|b| b.role == Role::Paragraph);
        for (i, block) in cleaned.blocks.iter().enumerate() {
            let is_beside = |at: Option<usize>| {
                at.and_then(|at| cleaned.blocks.get(at))
                    .is_some_and(|block| matches!(block.role, Role::Date | Role::Byline))
            };
            let is_line = !matches!(block.role, Role::Paragraph | Role::Subhead | Role::Headline);
            let is_edge = i < above || last_paragraph.is_none_or(|last| i > last);
            if is_line && is_edge && is_masthead(&block.text) {
                let place = if is_beside(i.checked_sub(1)) || is_beside(Some(i + 1)) {
                    Place::MastheadBesideCredit
                } else {
                    Place::Masthead
                };
                found.add(&block.text, place);
            }
            if i < above
                && let Some((_, name)) = title_ending(&block.text)
            {
                found.add(name, Place::Title);
            }
            if let Some(holder) = copyright_holder(&block.text) {
                found.add(&holder, Place::Copyright);
            }
        }
        if let Some((_, name)) = cleaned.page.title.as_deref().and_then(title_ending) {
            found.add(name, Place::Title);
        }
        if let Some(name) = credited {
            found.add(name, Place::Credit);
        }
        found
    }

    fn add(&mut self, name: &str, place: Place) {
        self.0.push(Candidate {
            name: credits::outlet_in_record_form(name),
            key: key_of(name),
            place,
        });
    }

    /// Returns the name that two places or a place and the domain agree on, else one that is enough
    /// by itself.
    fn best(&self, domain: Option<&str>) -> Option<OutletLine> {
        let label = domain.map(|domain| {
            let label = domain.split('.').next().unwrap_or(domain);
            label.replace('-', "")
        });
        let is_domains = |key: &str| {
            label
                .as_deref()
                .is_some_and(|label| is_label_of(label, &key.replace(' ', "")))
        };
        let is_agreed = |candidate: &&Candidate| {
            is_domains(&candidate.key)
                || self.0.iter().any(|other| {
                    other.key == candidate.key
                        && other.place != candidate.place
                        && !(is_masthead_place(other.place) && is_masthead_place(candidate.place))
                })
        };
        let is_enough = |candidate: &&Candidate| match candidate.place {
            Place::Copyright | Place::MastheadBesideCredit => true,
            // The writer of an article may work for another outlet than the one that prints it.
            Place::Credit => domain.is_none(),
            Place::Title => is_masthead(&candidate.name),
            Place::Masthead => false,
        };
        let chosen = (self.0.iter().find(is_agreed)).or_else(|| self.0.iter().find(is_enough))?;
        Some(OutletLine {
            name: chosen.name.clone(),
            page: None,
        })
    }
}

/// Returns whether the label of a domain is written as an outlet's name in one word, perhaps without
/// its end or with a word more: `thequayherald`, `quayherald`.
fn is_label_of(label: &str, joined: &str) -> bool {
    let label = label.strip_prefix("the").unwrap_or(label);
    let shorter = label.len().min(joined.len());
    shorter >= SHORTEST_LABEL && (label.starts_with(joined) || joined.starts_with(label))
}

/// The shortest label or name by which a domain and a name are compared, in bytes.
const SHORTEST_LABEL: usize = 5;

fn is_masthead_place(place: Place) -> bool {
    matches!(place, Place::Masthead | Place::MastheadBesideCredit)
}

/// Returns the form by which names of outlets are compared: folded, without the article.
fn key_of(name: &str) -> String {
    let key = folded(name);
    key.strip_prefix("the ").map(str::to_owned).unwrap_or(key)
}

/// Returns whether a name is the outlet's own: its name, or that of its domain written as words.
pub fn is_own_name(outlet: &Outlet, name: &str) -> bool {
    let key = key_of(name);
    let joined = key.replace(' ', "");
    let is_name = outlet
        .name
        .as_deref()
        .is_some_and(|outlet| key_of(outlet) == key);
    is_name
        || outlet.domain.as_deref().is_some_and(|domain| {
            let label = domain.split('.').next().unwrap_or(domain);
            label.replace('-', "").trim_start_matches("the") == joined
        })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::clean::{Knowledge, clean};

    const BODY: &str = "The glass works at Tolliver stood still on Monday, and nobody could say when \
                        the second furnace would be lit again.\n\nThe union said that it had been told \
                        nothing since March.\n";

    #[test]
    fn names_and_domains() {
        for (above, below, name, domain, page) in [
            (
                "Glass Workers Walk Out Again\n\nThe Quay Herald, 3 March 1938, Page 4\n\n",
                "",
                Some("The Quay Herald"),
                None,
                Some("4"),
            ),
            (
                "EVENING CALL\nMarch 3, 1938\nPage A12\n\nGlass Workers Walk Out Again\n\n",
                "",
                Some("Evening Call"),
                None,
                Some("A12"),
            ),
            (
                "Glass Workers Walk Out Again\n\nSpecial to THE QUAY HERALD.\n\n",
                "",
                Some("The Quay Herald"),
                None,
                None,
            ),
            (
                "Glass Workers Walk Out Again\n\nBy THE QUAY HERALD\n\n",
                "",
                Some("The Quay Herald"),
                None,
                None,
            ),
            (
                "Glass Workers Walk Out Again\n\nBy Ann Weaver, Quay Gazette\n\n",
                "",
                Some("Quay Gazette"),
                None,
                None,
            ),
            (
                "Glass Workers Walk Out Again\n\nBy Ann Weaver\n\n",
                "\n© 2031 Quay Mail. All rights reserved.\n",
                Some("Quay Mail"),
                None,
                None,
            ),
            (
                "Glass Workers Walk Out Again\n\nBy Ann Weaver\n\n",
                "\n© 2031 Quay Newspapers Ltd\n",
                None,
                None,
                None,
            ),
            // The writer works for another paper than the one whose page it is.
            (
                "Glass Workers Walk Out Again\n\nBy Ann Weaver, Quay Gazette\n\n",
                "\nhttps://www.tolliver.example/a/1\n",
                None,
                Some("tolliver.example"),
                None,
            ),
            (
                "Glass Workers Walk Out Again | Tolliver Gazette\n\nBy Ann Weaver\n\n",
                "\nhttps://www.tollivergazette.example/a/1\n",
                Some("Tolliver Gazette"),
                Some("tollivergazette.example"),
                None,
            ),
            (
                "tolliver.example\n\nGlass Workers Walk Out Again\n\n",
                "",
                None,
                Some("tolliver.example"),
                None,
            ),
            (
                "World News\n\nGlass Workers Walk Out Again\n\nMarch 3, 2031\n\n",
                "",
                None,
                None,
                None,
            ),
            (
                "Source: Quay Herald, Page 4\nTitle: Glass Workers Walk Out Again\n\n",
                "",
                Some("Quay Herald"),
                None,
                Some("4"),
            ),
            (
                "Site: www.tolliver.example\nTitle: Glass Workers Walk Out Again\n\n",
                "",
                None,
                Some("tolliver.example"),
                None,
            ),
        ] {
            let text = format!("{above}{BODY}{below}");
            let cleaned = clean(&text, 1, &Knowledge::default());
            let byline = super::super::byline::read(&cleaned);
            let outlet = read(&cleaned, None, byline.outlet.as_deref());
            assert_eq!(outlet.name.as_deref(), name, "{above}");
            assert_eq!(outlet.domain.as_deref(), domain, "{above}");
            assert_eq!(outlet.page.as_deref(), page, "{above}");
        }
    }

    #[test]
    fn the_outlets_own_name() {
        let outlet = Outlet {
            domain: Some("quayherald.example".to_owned()),
            ..Outlet::default()
        };
        assert!(is_own_name(&outlet, "Quay Herald") && !is_own_name(&outlet, "Ann Weaver"));
    }
}
