//! What queries find in small archives of invented articles.

mod copies;
mod counts;
mod elsewhere;
mod fields;
mod frequent;
mod limits;
mod passages;
mod persons;
mod ranking;
mod words;

use std::collections::BTreeMap;

use crate::archive::state::FileState;
use crate::archive::{Archive, Opening, Writer};
use crate::article::{Article, Block, BlockKind, Dateline, Evidence, LineLayout, Person, SCHEMA};
use crate::error::Result;
use crate::people::name;
use crate::search::{Answer, Prefer, Request, Sort, search};
use crate::source::walk::WalkOptions;
use crate::stories;

/// A small archive with its temporary folder.
struct Small {
    archive: Archive,
    _folder: tempfile::TempDir,
}

fn article(path: &str, headline: &str, body: &[&str]) -> Article {
    Article {
        schema: SCHEMA,
        id: Article::id_of(path, 0),
        path: path.to_owned(),
        part: 0,
        headline: (!headline.is_empty()).then(|| headline.to_owned()),
        headline_from: None,
        byline: Vec::new(),
        agency: None,
        dateline: None,
        published: None,
        published_from: None,
        dates: Vec::new(),
        source: None,
        source_domain: None,
        section: None,
        edition: None,
        page: None,
        contributors: Vec::new(),
        url: None,
        urls: Vec::new(),
        related: Vec::new(),
        blocks: body
            .iter()
            .map(|text| Block {
                kind: BlockKind::Paragraph,
                text: (*text).to_owned(),
            })
            .collect(),
        people: Vec::new(),
        receipt: Vec::new(),
        language: Some("en".to_owned()),
        words: 0,
        warnings: Vec::new(),
        line_layout: LineLayout::default(),
        why: Vec::new(),
        evidence: Evidence::default(),
    }
}

fn person(full: &str, forms: &[(&str, u32)]) -> Person {
    Person {
        name: full.to_owned(),
        key: name::key(full),
        count: forms.iter().map(|(_, count)| count).sum(),
        forms: forms
            .iter()
            .map(|&(form, count)| (form.to_owned(), count))
            .collect::<BTreeMap<_, _>>(),
        titles: String::new(),
    }
}

fn small() -> Small {
    let bridge = Article {
        published: "2018-06-27".parse().ok(),
        source: Some("thelarkfieldtimes.com".to_owned()),
        byline: vec!["Ann Writer".to_owned()],
        urls: vec!["https://thelarkfieldtimes.com/2018/bridge-opens".to_owned()],
        related: vec!["Ferry service ends".to_owned()],
        dateline: Some(Dateline {
            place: Some("LARKFIELD".to_owned()),
            date: None,
        }),
        people: vec![person(
            "Mara O'Brien",
            &[("Mara O'Brien", 1), ("O'Brien", 1)],
        )],
        ..article(
            "2018/bridge.txt",
            "New bridge opens in Larkfield",
            &[
                "Mayor Mara O'Brien opened the new bridge on Wednesday.",
                "The deputy harbour secretary said that the tax on ferries would end.",
                "O'Brien isn't sure that the U.S. engineers will return to the café.",
            ],
        )
    };
    let flood = Article {
        published: "2019-03".parse().ok(),
        source: Some("Valley News".to_owned()),
        source_domain: Some("bbc.co.uk".to_owned()),
        contributors: vec!["Jo Helper".to_owned()],
        people: vec![person("Tom Banks", &[("Tom Banks", 1), ("Banks", 2)])],
        ..article(
            "2019/flood.txt",
            "Flood closes bridge",
            &[
                "The river rose over its bank and the bridge was closed.",
                "Tom Banks, a woman at his side, said the US government had not called.",
                "Bridge, bridge, bridge: nothing else was spoken of. Covid19 was forgotten.",
            ],
        )
    };
    let tariff = Article {
        published: "2020".parse().ok(),
        language: Some("de".to_owned()),
        ..article(
            "2020/tariff.txt",
            "",
            &[
                "Tariffs on ferries hit the secretary of the harbour, and the bank.",
                "He told us that women gathered; interest rates rose. COVID-19 cases fell.",
            ],
        )
    };
    let undated = Article {
        people: vec![person("Banks", &[("Mr Banks", 1)])],
        ..article(
            "notes/undated.txt",
            "Watergate remembered",
            &[
                "The president was watched at the harbour, as Mr Banks said.",
                "A tax of sorts, some said, and far from every ferry a toll.",
                "Of all that was said and written in those years little is left in the files.",
            ],
        )
    };
    let folder = tempfile::tempdir().unwrap();
    let mut writer = Writer::open(folder.path(), folder.path(), &Opening::default()).unwrap();
    let mut changes = writer.begin(&WalkOptions::default()).unwrap();
    let state = FileState::OUTDATED;
    for article in [bridge, flood, tariff, undated] {
        let path = article.path.clone();
        changes.add(&path, state, &[article]).unwrap();
    }
    // A file without an article, and a file that is removed again.
    changes
        .add("empty.txt", state, Vec::<Article>::new())
        .unwrap();
    changes
        .add(
            "gone.txt",
            state,
            &[article("gone.txt", "Bridge gone", &["Bridge."])],
        )
        .unwrap();
    changes.commit().unwrap();
    changes.remove("gone.txt");
    changes.commit().unwrap();
    writer.finish(0).unwrap();
    Small {
        archive: Archive::open(folder.path()).unwrap(),
        _folder: folder,
    }
}

/// Returns an archive of some articles.
fn archive_of(articles: Vec<Article>) -> Small {
    archive_of_commits([articles])
}

/// Returns an archive of articles that are committed one part after the other.
fn archive_of_commits(parts: impl IntoIterator<Item = Vec<Article>>) -> Small {
    let folder = tempfile::tempdir().unwrap();
    let mut writer = Writer::open(folder.path(), folder.path(), &Opening::default()).unwrap();
    let mut changes = writer.begin(&WalkOptions::default()).unwrap();
    let state = FileState::OUTDATED;
    for articles in parts {
        for article in articles {
            let path = article.path.clone();
            changes.add(&path, state, &[article]).unwrap();
        }
        changes.commit().unwrap();
    }
    stories::renew(&changes, 2).unwrap();
    writer.finish(0).unwrap();
    Small {
        archive: Archive::open(folder.path()).unwrap(),
        _folder: folder,
    }
}

fn request(query: &str) -> Request {
    Request {
        query: query.to_owned(),
        persons: Vec::new(),
        after: None,
        before: None,
        source: None,
        loose: false,
        any: false,
        all: true,
        sort: Sort::Relevance,
        limit: 10,
        offset: 0,
        all_copies: false,
        stories: false,
        prefer: Prefer::default(),
        feedback: false,
        recent: false,
        counts: false,
        explain: false,
        for_page: false,
    }
}

impl Small {
    fn ask(&self, request: &Request) -> Result<Answer> {
        search(&self.archive, request)
    }

    /// Returns the names of the files found, in the order of their names.
    fn found(&self, query: &str) -> String {
        let answer = self.ask(&request(query)).unwrap();
        assert_eq!(answer.total, answer.hits.len(), "{query}");
        let mut names: Vec<&str> = answer.hits.iter().map(|hit| file_name(&hit.path)).collect();
        names.sort_unstable();
        names.join(" ")
    }
}

fn file_name(path: &str) -> &str {
    path.rsplit('/').next().unwrap().trim_end_matches(".txt")
}

fn ensure_found(table: &[(&str, &str)]) {
    let small = small();
    let mut differ = String::new();
    for (query, expected) in table {
        let found = small.found(query);
        if found != *expected {
            differ += &format!("{query}\n  expected {expected}\n  found    {found}\n");
        }
    }
    assert!(differ.is_empty(), "\n{differ}");
}

/// Returns the passages of the first hit, joined by ` / `, with marked spans in brackets.
fn shown(answer: &Answer) -> String {
    let Some(hit) = answer.hits.first() else {
        return String::new();
    };
    let passages = hit.passages.iter().map(|passage| -> String {
        let spans = passage.iter();
        spans
            .map(|span| match span.hit {
                true => format!("[{}]", span.text),
                false => span.text.clone(),
            })
            .collect()
    });
    passages.collect::<Vec<_>>().join(" / ")
}
