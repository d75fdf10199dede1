//! Persons, in the index and in answers.

use super::{archive_of, article, ensure_found, person, request, small};
use crate::archive::state::FileState;
use crate::archive::{Archive, Opening, Writer};
use crate::article::Article;
use crate::error::Result;
use crate::identity::columns::{PersonColumns, text};
use crate::identity::relatives::Relatives;
use crate::search::{Request, search};
use crate::source::walk::WalkOptions;

#[test]
fn finds_persons() {
    ensure_found(&[
        ("person:\"Mara O'Brien\"", "bridge"),
        ("person:(Mara O'Brien)", "bridge"),
        ("person:\"O'Brien, Mara\"", "bridge"),
        ("person:obrien", "bridge"),
        ("person:Banks", "flood undated"),
        ("person:\"Tom Banks\" bridge", "flood"),
        ("-person:\"Tom Banks\" bridge", "bridge"),
        (
            "person:(\"Mara O'Brien\" OR \"Tom Banks\") bridge",
            "bridge flood",
        ),
        ("person:bri*", ""),
        ("person:o*", "bridge"),
        ("person:\"Nobody Atall\"", ""),
        // A capitalised person's name keeps its spelling; small letters find the bank as well.
        ("Banks", "flood undated"),
        ("banks", "flood tariff undated"),
        ("Banks president", "undated"),
        ("lead:Banks", "flood undated"),
        ("lead:banks", "flood tariff undated"),
        ("body:(Banks OR zzz)", "flood undated"),
        ("Banks NEAR/20 woman", "flood"),
        ("Banks NEAR/9 river", ""),
        ("Banks OR nobody", "flood undated"),
        ("banks OR nobody", "flood tariff undated"),
        ("secretary -Banks", "bridge tariff"),
        ("secretary -banks", "bridge"),
        ("harbour (Banks OR café)", "bridge undated"),
    ]);
    let small = small();
    let answer = small.ask(&request("Banks president")).unwrap();
    assert_eq!(answer.notes.len(), 1, "{:?}", answer.notes);
    let explained = Request {
        persons: vec!["Tom Banks".to_owned()],
        explain: true,
        ..request("")
    };
    let answer = small.ask(&explained).unwrap();
    let notes = answer.notes.join("\n");
    assert!(
        notes.contains("Tom Banks: full name 1, surname linked 1"),
        "{notes}"
    );
    assert!(
        notes.contains("person:Tom Banks: banks (1 linked), tom banks (1)"),
        "{notes}"
    );
    assert_eq!(answer.hits.len(), 2, "the full name and the surname alone");
    let marked: Vec<&str> = (answer.hits[0].passages.iter().flatten())
        .filter(|span| span.hit)
        .map(|span| span.text.as_str())
        .collect();
    assert!(marked.contains(&"Tom Banks"), "{marked:?}");
}

#[test]
fn ranks_by_how_often_a_person_is_named() {
    let named = |path: &str, body: &str, ada: u32, piet: u32| Article {
        people: vec![
            person("Ada Holm", &[("Ada Holm", ada)]),
            person("Piet Holm", &[("Piet Holm", 1), ("Holm", piet)]),
        ],
        ..article(path, "", &[body])
    };
    let small = archive_of(vec![
        named(
            "piet.txt",
            "Piet Holm sold the mill. Holm said that Holm and Ada Holm, no kin of Holm, had met.",
            1,
            4,
        ),
        named(
            "ada.txt",
            "The mayor spoke at length in the hall by the harbour. Ada Holm said that she had known \
             Piet Holm, and so had Ada Holm when she was a girl.",
            3,
            1,
        ),
    ]);
    let first = |name: &str| {
        let asked = Request {
            persons: vec![name.to_owned()],
            ..request("")
        };
        small.ask(&asked).unwrap().hits[0].path.clone()
    };
    assert_eq!(first("Ada Holm"), "ada.txt");
    assert_eq!(first("Piet Holm"), "piet.txt");
}

#[test]
fn notes_how_many_articles_write_mac_otherwise() {
    let named = |path: &str, name: &str| Article {
        people: vec![person(name, &[(name, 1)])],
        ..article(path, "", &[&format!("{name} sold the mill.")])
    };
    let small = archive_of(vec![
        named("mc.txt", "Ada McTavish"),
        named("mac.txt", "Ada MacTavish"),
    ]);
    for (name, expected) in [
        (
            "Ada McTavish",
            Some("Ada McTavish: 1 article writes the name with Mac"),
        ),
        (
            "MacTavish",
            Some("MacTavish: 1 article writes the name with Mc"),
        ),
        ("Ada", None),
    ] {
        let asked = Request {
            persons: vec![name.to_owned()],
            ..request("")
        };
        let answer = small.ask(&asked).unwrap();
        assert_eq!(answer.hits.len(), 2, "{name}");
        let note = answer.notes.iter().find(|note| note.contains("writes"));
        assert_eq!(note.map(String::as_str), expected, "{name}");
    }
}

#[test]
fn keys_of_persons_have_one_number_in_index_and_column() {
    let folder = tempfile::tempdir().unwrap();
    let state = FileState::OUTDATED;
    let path = |i: usize| format!("{i}.txt");
    let name = |i: usize| {
        format!(
            "Ada Holm{}",
            "abcdefghij"
                .repeat(2)
                .get(i % 10..i % 10 + i / 100 + 1)
                .unwrap()
        )
    };
    // Names that are deleted with their articles, in segments that are merged between runs.
    for run in 0..12 {
        let mut writer = Writer::open(folder.path(), folder.path(), &Opening::default()).unwrap();
        let mut changes = writer.begin(&WalkOptions::default()).unwrap();
        for i in run * 50..(run + 1) * 50 {
            let people = vec![person(&name(i), &[(&name(i), 1)])];
            let article = Article {
                people,
                ..article(&path(i), "", &["harbour"])
            };
            changes.add(&path(i), state, &[article]).unwrap();
        }
        for i in (0..run * 50).filter(|i| i % 10 == run % 10) {
            changes.remove(&path(i));
        }
        changes.commit().unwrap();
        writer.finish(0).unwrap();
    }
    let archive = Archive::open(folder.path()).unwrap();
    let searcher = &archive.snapshot.searcher;
    for segment in searcher.segment_readers() {
        let inverted = segment
            .inverted_index(archive.snapshot.fields.person)
            .unwrap();
        let column = segment.fast_fields().str("person").unwrap().unwrap();
        let (mut terms, mut texts) = (
            inverted.terms().stream().unwrap(),
            column.dictionary().stream().unwrap(),
        );
        let mut shared = 0;
        while terms.advance() {
            assert!(texts.advance());
            assert_eq!(terms.key(), texts.key());
            shared += 1;
        }
        assert!(!texts.advance() && shared > 0);
    }
}

#[test]
fn finds_persons_of_articles_that_were_not_deleted() {
    let folder = tempfile::tempdir().unwrap();
    let state = FileState::OUTDATED;
    let path = |i: usize| format!("{i}.txt");
    let names = ["Ada Holm", "Piet Roos", "Holm"];
    for run in 0..2 {
        let mut writer = Writer::open(folder.path(), folder.path(), &Opening::default()).unwrap();
        let mut changes = writer.begin(&WalkOptions::default()).unwrap();
        for i in (0..90).filter(|i| run == 0 || i % 5 > 1) {
            let name = names[i % 3];
            let people = vec![person(name, &[(name, 1)])];
            // Most articles are unchanged.
            if run == 0 || i > 80 {
                let article = Article {
                    people,
                    ..article(&path(i), "", &["harbour"])
                };
                changes.add(&path(i), state, &[article]).unwrap();
            }
        }
        for i in (0..90).filter(|i| run == 1 && i % 5 <= 1) {
            changes.remove(&path(i));
        }
        changes.commit().unwrap();
    }
    let archive = Archive::open(folder.path()).unwrap();
    let searcher = &archive.snapshot.searcher;
    assert!((searcher.segment_readers().iter()).any(|segment| segment.has_deletes()));
    let left: Vec<Article> = archive.all_articles().map(Result::unwrap).collect();
    for (asked, keys) in [
        ("Ada Holm", &["ada holm", "holm"][..]),
        ("Piet Roos", &["piet roos"]),
    ] {
        let answer = search(&archive, &request(&format!("person:\"{asked}\""))).unwrap();
        let is_named = |article: &&Article| keys.contains(&article.people[0].key.as_str());
        let expected = left.iter().filter(is_named).count();
        assert!(expected > 10, "{asked}: {expected}");
        assert_eq!(answer.total, expected, "{asked}");
    }
}

#[test]
fn calls_companions_what_most_articles_do() {
    let spelt = ["Jean-Luc Roos", "Jean Luc Roos", "Jean Luc Roos"];
    let state = FileState::OUTDATED;
    for order in [[0, 1, 2], [2, 1, 0]] {
        let folder = tempfile::tempdir().unwrap();
        let mut writer = Writer::open(folder.path(), folder.path(), &Opening::default()).unwrap();
        let mut changes = writer.begin(&WalkOptions::default()).unwrap();
        for i in order {
            let people = ["Ada Holm", spelt[i]].map(|name| person(name, &[(name, 1)]));
            let article = Article {
                people: people.into(),
                ..article(&format!("{i}.txt"), "", &["harbour"])
            };
            changes
                .add(&article.path.clone(), state, &[article])
                .unwrap();
            // Each commit writes a segment.
            changes.commit().unwrap();
        }
        let archive = Archive::open(folder.path()).unwrap();
        let (record, _) = crate::identity::records::named(&archive, "Ada Holm", false)
            .unwrap()
            .remove(0);
        let with: Vec<(&str, u64)> = (record.with.iter())
            .map(|companion| (companion.name.as_str(), companion.articles))
            .collect();
        assert_eq!(with, [("Jean Luc Roos", 3)], "{order:?}");
    }
}

#[test]
fn finds_a_person_among_the_many_of_an_article() {
    let folder = tempfile::tempdir().unwrap();
    let state = FileState::OUTDATED;
    let path = |i: usize| format!("{i}.txt");
    let is_left = |i: &usize| i % 5 > 1;
    let mut writer = Writer::open(folder.path(), folder.path(), &Opening::default()).unwrap();
    let mut changes = writer.begin(&WalkOptions::default()).unwrap();
    for i in 0..60 {
        let mut names: Vec<String> = (b'a'..)
            .take(i % 8)
            .map(|a| format!("Bo {}", char::from(a)))
            .collect();
        names.insert(i % 3 * names.len() / 2, "Ada Holm".to_owned());
        names.extend((i % 4 == 0).then(|| "Holm".to_owned()));
        let people = names.iter().map(|name| person(name, &[(name, 1)]));
        let article = Article {
            people: people.collect(),
            ..article(&path(i), "", &["harbour"])
        };
        changes.add(&path(i), state, &[article]).unwrap();
    }
    changes.commit().unwrap();
    for i in (0..60).filter(|i| !is_left(i)) {
        changes.remove(&path(i));
    }
    changes.commit().unwrap();
    let archive = Archive::open(folder.path()).unwrap();
    let searcher = &archive.snapshot.searcher;
    assert!((searcher.segment_readers().iter()).any(|segment| segment.has_deletes()));
    let decisions = crate::identity::decisions::Decisions::of(&archive).unwrap();
    let columns = PersonColumns::open(searcher).unwrap();
    let snapshot = &archive.snapshot;
    let relatives = Relatives::find(snapshot, &columns, &decisions, "Ada Holm").unwrap();
    let family = &relatives.family;
    for (key, one_in) in [("ada holm", 1), ("holm", 4)] {
        let number = family.keys.iter().position(|own| own == key).unwrap();
        let found = family.sightings_of(number).len();
        let expected = (0..60).filter(|i| is_left(i) && i % one_in == 0).count();
        assert_eq!(found, expected, "{key}");
    }
    assert!(
        family
            .sightings
            .is_sorted_by_key(|own| (own.key, own.segment, own.doc))
    );
    for sighting in &family.sightings {
        let columns = columns.segments[sighting.segment as usize].as_ref();
        let keys = &columns.unwrap().keys;
        let own = keys.ords().index.value_row_ids(sighting.doc);
        assert!(own.contains(&sighting.row), "{sighting:?}");
        let key = text(keys, keys.ords().values.get_val(sighting.row)).unwrap();
        assert_eq!(key, family.keys[sighting.key as usize]);
    }
}

#[test]
fn finds_the_articles_that_name_a_person_most() {
    let articles = (0..1_600).map(|i: usize| {
        let mixed = i.wrapping_mul(2_654_435_761);
        // Half of the articles name her, so that the words of her name have a score too.
        if i.is_multiple_of(2) {
            return article(&format!("{i}.txt"), "", &["Nobody spoke."]);
        }
        let body = "Ada Holm spoke. ".repeat(1 + (mixed >> 3) % 5) + &"More. ".repeat(i % 17);
        let mentions = 1 + u32::try_from((mixed >> 7) % 40).unwrap();
        Article {
            people: vec![person("Ada Holm", &[("Ada Holm", mentions)])],
            ..article(&format!("{i}.txt"), "", &[&body])
        }
    });
    let small = archive_of(articles.collect());
    let best = |limit: usize| {
        let asked = Request {
            limit,
            ..request("person:\"Ada Holm\"")
        };
        // On one core, the threshold of one slice is known early enough to skip articles of the next.
        let pool = rayon::ThreadPoolBuilder::new().num_threads(1);
        let answer = pool.build().unwrap().install(|| small.ask(&asked));
        let hits = answer.unwrap().hits.into_iter().take(200);
        hits.map(|hit| (hit.path, hit.score)).collect::<Vec<_>>()
    };
    // With a limit above the number of matches, every match is scored.
    assert_eq!(best(200), best(800));
}
