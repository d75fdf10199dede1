//! Words outside headline and body, and headlines typed as queries.

use super::{Small, archive_of, article, request};
use crate::article::{Article, Removed, RemovedKind};
use crate::search::Request;

fn archive() -> Small {
    let removed = |text: &str| Removed {
        line: 9,
        kind: RemovedKind::Boilerplate,
        text: text.to_owned(),
    };
    archive_of(vec![
        Article {
            byline: vec!["Ede Marlow".to_owned()],
            contributors: vec!["Tove Aas".to_owned()],
            receipt: vec![removed("Topics: locksmiths, weirs"), removed("Share this")],
            ..article("a.txt", "Lock opens", &["The lock at Ash was opened."])
        },
        article("b.txt", "KEEPER NOT HEARD", &["The lock was shut."]),
        article(
            "c.txt",
            "",
            &["Lock keeper: the lock opens, the lock opens, the lock opens."],
        ),
        article(
            "d.txt",
            "Lock opens, mill shuts",
            &["The lock opens and opens."],
        ),
    ])
}

#[test]
fn says_where_words_are_that_no_text_has() {
    let archive = archive();
    for (query, expected) in [
        (
            "Marlow",
            "Marlow is in bylines only: byline:Marlow finds 1 article",
        ),
        ("aas", "aas is in bylines only: byline:aas finds 1 article"),
        (
            "locksmiths",
            "locksmiths is in no headline and no body, but receipt:locksmiths finds 1 article",
        ),
        ("zebra", "no article has zebra"),
    ] {
        let notes = archive.ask(&request(query)).unwrap().notes;
        assert_eq!(notes.join("\n"), expected, "{query}");
    }
    for query in ["byline:aas", "receipt:locksmiths", "receipt:\"share this\""] {
        assert_eq!(archive.found(query), "a", "{query}");
    }
    for (person, expected) in [
        (
            "Ede Marlow",
            "Ede Marlow is named in no text, but wrote: byline:\"Ede Marlow\" finds 1 article",
        ),
        ("Marlow Aas", "nobody in the archive is called Marlow Aas"),
        (
            "Weirs",
            "Weirs is named in no text, but receipt:\"Weirs\" finds 1 article",
        ),
        ("Lock Opens", "as words, \"Lock Opens\" finds 2 articles"),
    ] {
        let asked = Request {
            persons: vec![person.to_owned()],
            ..Request::default()
        };
        let notes = archive.ask(&asked).unwrap().notes;
        assert!(notes.iter().any(|note| note == expected), "{notes:?}");
    }
}

#[test]
fn puts_the_headline_as_typed_first() {
    let archive = archive();
    for (query, first, total) in [
        ("lock opens", "a.txt", 3),
        ("Lock Opens!", "a.txt", 3),
        ("lock opens mill shuts", "d.txt", 1),
        // Read as a query, it leaves out the article.
        ("KEEPER NOT HEARD", "b.txt", 2),
    ] {
        let answer = archive.ask(&request(query)).unwrap();
        assert_eq!(answer.hits[0].path, first, "{query}");
        assert_eq!((answer.total, answer.hits.len()), (total, total), "{query}");
    }
    // What is asked for beside the query still holds.
    let narrowed = Request {
        after: "2020".parse().ok(),
        ..request("lock opens")
    };
    assert_eq!(archive.ask(&narrowed).unwrap().total, 0);
}
