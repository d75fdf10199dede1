//! The page of an article: its text with marks, its fields and where each was read, and what in the
//! archive belongs to it.

use askama::Template;
use serde::Serialize;
use tantivy::DocAddress;

use super::address::{Address, View};
use super::filed_lines::{self, Line};
use super::hits::ShownHit;
use super::marked::{self, MarkedBlock, person_href};
use super::neighbours::{Neighbours, neighbours};
use super::numbers::{count, number};
use super::page::Head;
use super::person_page::page_href;
use super::search_page::SearchRecord;
use super::story_view::{Member, PieceKind, members};
use crate::archive::Archive;
use crate::article::{Article, BlockKind, Origin};
use crate::error::{Error, Result};
use crate::identity::linked_surnames::linked_surnames;
use crate::passages::Passage;
use crate::pipeline::filed::filed;
use crate::search::links::{LinkedArticle, Links};
use crate::search::story::{self, Story};
use crate::search::{self, Hit, similar};

/// How many similar articles are listed, beside the copies.
const SIMILAR: usize = 10;

/// How many persons are listed before the rest has to be opened.
const FIRST_PEOPLE: usize = 10;

/// The page of an article.
#[derive(Template)]
#[template(path = "article.html")]
pub(super) struct ArticlePage {
    head: Head,
    /// The address of the result that led here, if a query is carried along.
    back: Option<String>,
    query: String,
    language: String,
    headline: String,
    /// Whether the article has no headline, so that its first words stand there.
    is_beginning: bool,
    headline_marked: Option<Passage>,
    facts: Vec<String>,
    views: Vec<Tab>,
    /// The cleaned text, if it is shown.
    blocks: Option<Vec<MarkedBlock>>,
    hits: usize,
    /// The lines of the file, or why they can't be shown.
    filed: Option<std::result::Result<Vec<Line>, &'static str>>,
    story: Option<Vec<Member>>,
    fields: Vec<Field>,
    warnings: Vec<String>,
    people: Vec<PersonRow>,
    more_people: Vec<PersonRow>,
    related: Vec<Related>,
    pointed_to_by: Vec<Reference>,
    /// The articles that are most like it, if they are shown.
    alike: Option<Vec<ShownHit>>,
    neighbours: Vec<Neighbours>,
    path: String,
    id: String,
}

/// A view of the article.
struct Tab {
    name: String,
    href: String,
    is_chosen: bool,
}

/// A field, and where it was read.
struct Field {
    name: &'static str,
    value: String,
    /// An address outside the archive.
    link: Option<String>,
    /// Where it was read, as in "line 3, beside the byline".
    origin: String,
    /// The address of that line.
    line: Option<String>,
}

/// A person named in the article.
struct PersonRow {
    name: String,
    number: String,
    href: String,
    /// The address of the person's page.
    page: String,
    /// Whom the archive links a surname to.
    linked: Option<String>,
}

/// A story that the article names.
struct Related {
    title: String,
    href: Option<String>,
}

/// A link to another article.
struct Reference {
    headline: String,
    facts: String,
    href: String,
}

impl ArticlePage {
    /// Reads an article.
    ///
    /// # Errors
    ///
    /// Returns [`Error::ArticleMissing`] if no article has the id, and an error if the index can't be read.
    pub(super) fn new(archive: &Archive, id: &str, address: &Address) -> Result<Self> {
        let (place, article) = find(archive, id)?;
        let marks = match address.query.is_empty() {
            true => Vec::new(),
            // A query that can't be read marks nothing.
            false => match search::marks(archive, &address.request(), place) {
                Err(Error::Query(_)) => Vec::new(),
                marks => marks?,
            },
        };
        let linked = linked_surnames(archive, place, &article)?;
        let body = marked::body(&article, &marks, &linked, address);
        let as_filed = filed(archive, place, &article)?;
        let origins = as_filed.as_ref().map_or(&[][..], |filed| &filed.origins);
        let (is_filed, is_cleaned) = match address.view {
            View::Cleaned => (false, true),
            View::Filed => (true, false),
            View::Both => (true, true),
            View::Copies | View::Alike => (false, false),
        };
        let links = Links::of(archive, &article)?;
        let mut people = people(&article, &linked, address);
        let more_people = people.split_off(people.len().min(FIRST_PEOPLE));
        let headline = article.headline.clone();
        let beginning = || crate::passages::beginning(&article);
        let language = article.language.as_deref();
        let title = headline
            .clone()
            .or_else(beginning)
            .unwrap_or_else(|| article.path.clone());
        Ok(Self {
            head: Head::new(
                title.clone(),
                address,
                address.at(&format!("/article/{id}.json")),
            ),
            back: (!address.query.is_empty()).then(|| address.search()),
            query: address.query.clone(),
            language: article.language.clone().unwrap_or_default(),
            headline_marked: headline
                .as_ref()
                .and_then(|headline| crate::passages::marked(headline, language, &marks)),
            is_beginning: headline.is_none(),
            headline: title,
            facts: facts(&article),
            views: tabs(archive, place, &article, address)?,
            hits: if is_cleaned { body.hits } else { 0 },
            blocks: is_cleaned.then_some(body.blocks),
            filed: is_filed.then(|| match &as_filed {
                Ok(filed) => Ok(filed_lines::lines(filed)),
                Err(unfiled) => Err(filed_lines::reason(*unfiled)),
            }),
            story: match address.view {
                View::Copies => Some(members(&story::story(archive, id)?, id, address)),
                _ => None,
            },
            fields: fields(&article, origins, address),
            warnings: article.warnings.clone(),
            people,
            more_people,
            related: related(&article, &links, address),
            pointed_to_by: references(&links, address),
            alike: match address.view {
                View::Alike => Some(alike(archive, id, address)?),
                _ => None,
            },
            neighbours: neighbours(archive, &article, address)?,
            path: article.path.clone(),
            id: article.id.clone(),
        })
    }
}

/// Returns the article with an id.
fn find(archive: &Archive, id: &str) -> Result<(DocAddress, Article)> {
    let found = archive.with_id(id)?;
    found.ok_or_else(|| Error::ArticleMissing(id.to_owned()))
}

/// Returns the date, outlet and writers.
fn facts(article: &Article) -> Vec<String> {
    let date = article
        .published
        .map_or("undated".to_owned(), |date| date.to_string());
    let facts = std::iter::once(date).chain(article.source.clone());
    facts.chain(article.byline.iter().cloned()).collect()
}

fn tabs(
    archive: &Archive,
    place: DocAddress,
    article: &Article,
    address: &Address,
) -> Result<Vec<Tab>> {
    let copies = archive.guard(|| {
        let stories = archive.stories()?;
        let story = stories.story_of(place);
        Ok(story.map_or(0, |story| {
            stories.articles_of(&[story].into_iter().collect()).len()
        }))
    })?;
    let copies = copies.saturating_sub(1) as u64;
    let mut tabs = vec![
        (View::Cleaned, "Cleaned".to_owned()),
        (View::Filed, "As filed".to_owned()),
        (View::Both, "Side by side".to_owned()),
    ];
    if copies > 0 {
        let name = match copies {
            1 => "1 copy, and what it cut".to_owned(),
            copies => format!("{} copies, and what each cut", number(copies)),
        };
        tabs.push((View::Copies, name));
    }
    tabs.push((View::Alike, "More like this".to_owned()));
    let tabs = tabs.into_iter().map(|(view, name)| Tab {
        name,
        href: address.view_of(&article.id, view),
        is_chosen: view == address.view,
    });
    Ok(tabs.collect())
}

/// Returns the fields that the article has, each with where it was read.
fn fields(article: &Article, origins: &[Origin], address: &Address) -> Vec<Field> {
    let date = |date: Option<crate::PartialDate>| date.map(|date| date.to_string());
    let dateline = article.dateline.as_ref().map(|dateline| {
        let parts = dateline
            .place
            .clone()
            .into_iter()
            .chain(date(dateline.date));
        parts.collect::<Vec<_>>().join(", ")
    });
    let domain =
        (article.source_domain.clone()).filter(|domain| Some(domain) != article.source.as_ref());
    let source = article.source.as_ref().map(|source| match domain {
        Some(domain) => format!("{source} ({domain})"),
        None => source.clone(),
    });
    let names = |names: &[String]| (!names.is_empty()).then(|| names.join(", "));
    let rows = [
        ("published", "Published", date(article.published)),
        ("source", "Outlet", source),
        ("byline", "By", names(&article.byline)),
        ("contributors", "With", names(&article.contributors)),
        ("agency", "Agency", article.agency.clone()),
        ("dateline", "Dateline", dateline),
        ("section", "Section", article.section.clone()),
        ("edition", "Edition", article.edition.clone()),
        ("page", "Page", article.page.clone()),
        ("url", "Address", article.url.clone()),
        (
            "headline",
            "Headline",
            article.headline.as_ref().map(|_| String::new()),
        ),
        ("language", "Language", article.language.clone()),
        (
            "words",
            "Length",
            Some(count(u64::from(article.words), "word", "words")),
        ),
    ];
    let rows = rows.into_iter().filter_map(|(key, name, value)| {
        let value = value?;
        let origin = origins.iter().find(|origin| origin.field == key);
        // The headline stands above the text.
        if key == "headline" && origin.is_none() {
            return None;
        }
        let is_web = |url: &&String| url.starts_with("https://") || url.starts_with("http://");
        Some(Field {
            name,
            link: Some(&value)
                .filter(|_| key == "url")
                .filter(is_web)
                .cloned(),
            value,
            origin: origin.map_or_else(String::new, origin_in_words),
            line: origin.and_then(|origin| origin.line).map(|line| {
                let view = address.view_of(&article.id, View::Filed);
                format!("{view}#l{line}")
            }),
        })
    });
    rows.collect()
}

/// Returns where a field was read, as in "line 3, names a writer".
fn origin_in_words(origin: &Origin) -> String {
    match origin.line {
        Some(line) => format!("line {line}, {}", origin.reason),
        None => origin.reason.clone(),
    }
}

fn people(
    article: &Article,
    linked: &std::collections::BTreeMap<String, String>,
    address: &Address,
) -> Vec<PersonRow> {
    let people = article.people.iter().map(|person| {
        let elsewhere = linked.get(&person.key);
        PersonRow {
            href: person_href(address, elsewhere.unwrap_or(&person.name)),
            page: page_href(elsewhere.unwrap_or(&person.name)),
            name: person.name.clone(),
            number: number(u64::from(person.count)),
            linked: elsewhere.cloned(),
        }
    });
    people.collect()
}

/// Returns the stories that the article names, as links where the archive has them.
fn related(article: &Article, links: &Links, address: &Address) -> Vec<Related> {
    let href = |id: &str| address.view_of(id, View::Cleaned);
    let mut related: Vec<Related> = (article.related.iter())
        .map(|title| {
            let known = links.points_to.iter().find(|linked| linked.by == *title);
            Related {
                title: title.clone(),
                href: known.map(|linked| href(&linked.id)),
            }
        })
        .collect();
    // Those that it names by their addresses.
    let others = links.points_to.iter();
    let others = others.filter(|linked| !article.related.contains(&linked.by));
    related.extend(others.map(|linked| {
        Related {
            title: linked
                .headline
                .clone()
                .unwrap_or_else(|| linked.path.clone()),
            href: Some(href(&linked.id)),
        }
    }));
    related
}

fn references(links: &Links, address: &Address) -> Vec<Reference> {
    let references = links.pointed_to_by.iter().map(|linked| Reference {
        headline: linked
            .headline
            .clone()
            .unwrap_or_else(|| linked.path.clone()),
        facts: linked
            .published
            .map_or_else(String::new, |date| date.to_string()),
        href: address.view_of(&linked.id, View::Cleaned),
    });
    references.collect()
}

/// Returns the articles that are most like an article, without the copies of it.
fn alike(archive: &Archive, id: &str, address: &Address) -> Result<Vec<ShownHit>> {
    let answer = similar::similar(archive, id, SIMILAR)?;
    let others = answer.hits.into_iter().filter(|hit| hit.copy_of.is_none());
    let plain = Address {
        view: View::Cleaned,
        ..address.clone()
    };
    // How often its own words are in another is no number of matches.
    let others = others.map(|hit| Hit {
        occurrences: 0,
        ..hit
    });
    Ok(others.map(|hit| ShownHit::new(hit, &plain)).collect())
}

/// The twin of the page: the record of `show --json`, that of `copies --json`, or those of `similar --json`.
#[derive(Serialize)]
#[serde(untagged)]
pub(super) enum Record {
    Article(Box<LinkedArticle>),
    Story(Story),
    Alike(Box<SearchRecord>),
}

/// Returns the record of a view of an article.
///
/// # Errors
///
/// Returns [`Error::ArticleMissing`] if no article has the id, and an error if the index can't be read.
pub(super) fn record(archive: &Archive, id: &str, view: View) -> Result<Record> {
    let (_, article) = find(archive, id)?;
    Ok(match view {
        View::Copies => Record::Story(story::story(archive, id)?),
        View::Alike => {
            let answer = similar::similar(archive, id, SIMILAR)?;
            Record::Alike(Box::new(SearchRecord::new(answer)))
        }
        _ => Record::Article(Box::new(LinkedArticle::of(archive, article)?)),
    })
}
