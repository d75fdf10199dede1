//! The articles of a story count as one.

use super::{Small, archive_of, article, request};
use crate::article::Article;
use crate::search::{Hit, Prefer, Request, Sort, similar, stream};

fn dated(mut article: Article, day: &str) -> Article {
    article.published = day.parse().ok();
    article
}

/// Six stories about a weir, one of them in four files, one in two.
fn weirs() -> Small {
    let closed = |path: &str, headline: &str, day: &str| {
        let body = ["The weir at Ash Mill is closed, its keeper said."];
        dated(article(path, headline, &body), day)
    };
    archive_of(vec![
        closed("a.txt", "Weir closed", "2020-01-01"),
        closed("b.txt", "Weir closed", "2020-01-05"),
        // The headline is compared as titles are.
        Article {
            source: Some("The Quay Herald".to_owned()),
            ..closed("c.txt", "WEIR CLOSED", "2020-01-03")
        },
        closed("d.txt", "Weir closed", "2020-01-04"),
        // Another headline on so few words makes another story.
        closed("e.txt", "Keeper closes weir", "2020-01-02"),
        dated(
            article("k.txt", "Lock", &["A lock was closed, and no weir."]),
            "2019-01-01",
        ),
        article("f.txt", "", &["A weir, and a", "lock."]),
        article("g.txt", "", &["A weir,", "and a lock."]),
        article("h.txt", "", &["A weir, and no lock."]),
        article("i.txt", "Weir", &[]),
    ])
}

/// Returns the paths of the hits, each with its copies.
fn shown(small: &Small, request: &Request) -> String {
    let hits = small.ask(request).unwrap().hits.into_iter();
    let hits = hits.map(|hit| match hit.copies.len() {
        0 => hit.path,
        _ => format!("{} = {}", hit.path, hit.copies.join(" ")),
    });
    hits.collect::<Vec<_>>().join(", ")
}

#[test]
fn counts_copies_as_one() {
    let weirs = weirs();
    let newest = Request {
        sort: Sort::Newest,
        ..request("closed weir")
    };
    let one = Request {
        limit: 1,
        ..newest.clone()
    };
    let second = Request {
        offset: 1,
        ..one.clone()
    };
    let narrowed = Request {
        after: "2020-01-04".parse().ok(),
        ..newest.clone()
    };
    let all = Request {
        all_copies: true,
        ..newest.clone()
    };
    let earliest = Request {
        prefer: Prefer::Earliest,
        ..newest.clone()
    };
    let outlet = Request {
        prefer: Prefer::Outlet("quay herald".to_owned()),
        ..newest.clone()
    };
    for (request, expected) in [
        (&newest, "b.txt = a.txt c.txt d.txt, e.txt, k.txt"),
        (&one, "b.txt = a.txt c.txt d.txt"),
        (&second, "e.txt"),
        (&narrowed, "b.txt = d.txt"),
        (&all, "b.txt, d.txt, c.txt, e.txt, a.txt, k.txt"),
        (&earliest, "a.txt = b.txt c.txt d.txt, e.txt, k.txt"),
        (&outlet, "c.txt = a.txt b.txt d.txt, e.txt, k.txt"),
        (&request("headline:weir -closed -keeper"), "i.txt"),
    ] {
        assert_eq!(shown(&weirs, request), expected, "{request:?}");
    }
    let locks = shown(&weirs, &request("lock"));
    assert!(
        locks.contains("f.txt = g.txt") || locks.contains("g.txt = f.txt"),
        "{locks}"
    );
}

#[test]
fn says_how_many_stories_there_are() {
    let weirs = weirs();
    let one = Request {
        limit: 1,
        sort: Sort::Oldest,
        ..request("closed weir")
    };
    let all = Request {
        all_copies: true,
        ..one.clone()
    };
    let note = "each story is shown once; --all-copies shows every article, `morgue copies ID` what each cut";
    for (request, total, stories, expected) in [
        (&request("closed weir"), 6, Some(3), note),
        (&one, 6, Some(3), note),
        (&all, 6, None, ""),
        (&request("keeper headline:keeper"), 1, None, ""),
    ] {
        let answer = weirs.ask(request).unwrap();
        assert_eq!(
            (answer.total, answer.stories),
            (total, stories),
            "{request:?}"
        );
        let of_story = answer.notes.iter().any(|other| other == note);
        assert_eq!(of_story, !expected.is_empty(), "{request:?}");
    }
}

#[test]
fn shows_an_article_with_a_headline_if_it_is_about_as_full() {
    let body = "The weir at Ash Mill was closed on Monday after its keeper found a crack below the \
                third gate, and the mill stood still. Boats have to wait at Nether Lock until divers \
                have looked at the piles, which may take a week. The council, which owns the weir, \
                had put off its repair twice, and now wants to have it done before the floods.";
    let shorter = &body[..body.find("The council").unwrap()];
    for (other, expected) in [
        (body, "headed.txt = print.txt"),
        (shorter, "print.txt = headed.txt"),
    ] {
        let counted = |article: Article| {
            let words = article.body().flat_map(|text| text.split(' ')).count();
            Article {
                words: u32::try_from(words).unwrap(),
                ..article
            }
        };
        let headed = article("headed.txt", "Weir closed at Ash Mill", &[other]);
        let print = article("print.txt", "", &["Weir closed at Ash Mill", body]);
        let small = archive_of(vec![counted(headed), counted(print)]);
        assert_eq!(shown(&small, &request("weir")), expected);
    }
}

#[test]
fn finds_enough_texts_behind_many_copies() {
    let mut articles: Vec<Article> = (0..300)
        .map(|number| {
            article(
                &format!("{number:03}.txt"),
                "Weir",
                &["A weir, a weir, a weir."],
            )
        })
        .collect();
    articles.push(article(
        "z1.txt",
        "",
        &["The keeper of a weir met the keeper of a lock."],
    ));
    articles.push(article(
        "z2.txt",
        "",
        &["Far from any town stands a weir that no one keeps."],
    ));
    let small = archive_of(articles);
    for offset in [0, 1] {
        let answer = small.ask(&Request {
            limit: 3 - offset,
            offset,
            ..request("weir")
        });
        let answer = answer.unwrap();
        let copies: Vec<usize> = answer.hits.iter().map(|hit| hit.copies.len()).collect();
        assert_eq!(copies, [299, 0, 0][offset..]);
    }
}

#[test]
fn finds_similar_articles_in_small_archives() {
    let text = ["Worms ate forty piles of the mole, and engineers ordered new oak."];
    let other = ["Worms ate forty piles of the mole, so engineers closed it."];
    for (is_copy, second) in [
        (true, article("b.txt", "Mole", &text)),
        (false, article("b.txt", "", &other)),
    ] {
        let small = archive_of(vec![article("a.txt", "Mole", &text), second]);
        let answer = similar::similar(&small.archive, "a.txt", 10).unwrap();
        let found = answer
            .hits
            .iter()
            .map(|hit| (&*hit.path, hit.copy_of.is_some()));
        assert_eq!(found.collect::<Vec<_>>(), [("b.txt", is_copy)]);
    }
}

#[test]
fn notes_copies_anywhere_in_a_stream() {
    let whole = |copies: usize| {
        let alone = |number: usize| {
            let body = format!("Weir, weir: number{number} of so many that are kept here.");
            article(&format!("{number:03}.txt"), "Weir", &[&body])
        };
        let last = |number: usize| {
            let body = ["Of a keeper and of a lock far from here, and of the old weir."];
            article(&format!("z{number}.txt"), "", &body)
        };
        archive_of((0..520).map(alone).chain((0..copies).map(last)).collect())
    };
    for (copies, is_noted) in [(1, false), (2, true)] {
        let asked = Request {
            limit: usize::MAX,
            ..request("weir")
        };
        let mut hits = 0;
        let answer = stream(&whole(copies).archive, &asked, |_| {
            hits += 1;
            true
        });
        let notes = answer.unwrap().notes;
        assert_eq!(
            (hits, notes.len()),
            (521, usize::from(is_noted)),
            "{notes:?}"
        );
    }
}

#[test]
fn streams_the_hits_of_a_search() {
    let mut articles = Vec::new();
    for number in 0..320_usize {
        let words = "weir ".repeat(1 + number % 7);
        let body = format!("The {words} of keeper{number} is closed, and its lock is not.");
        let day = format!("20{:02}-03-01", number % 20);
        let path = |copy: usize| format!("{number:03}-{copy}.txt");
        articles.push(dated(article(&path(0), "Weir", &[&body]), &day));
        if number % 5 == 0 {
            articles.push(dated(article(&path(1), "Weir", &[&body]), "2030-01-01"));
        }
    }
    let small = archive_of(articles);
    let asked = |all_copies, sort, prefer| Request {
        all_copies,
        sort,
        prefer,
        limit: 1_000,
        ..request("weir closed")
    };
    for wanted in [
        asked(false, Sort::Relevance, Prefer::Fullest),
        asked(true, Sort::Relevance, Prefer::Fullest),
        asked(false, Sort::Newest, Prefer::Earliest),
        asked(false, Sort::Oldest, Prefer::Fullest),
        Request {
            offset: 250,
            limit: 40,
            ..asked(false, Sort::Relevance, Prefer::Earliest)
        },
        Request {
            offset: 3,
            limit: 300,
            ..asked(true, Sort::Newest, Prefer::Fullest)
        },
    ] {
        let told = |hit: Hit| (hit.rank, hit.path, hit.score, hit.copies, hit.passages);
        let searched = small.ask(&wanted).unwrap().hits;
        let mut streamed = Vec::new();
        let answer = stream(&small.archive, &wanted, |hit| {
            streamed.push(told(hit));
            true
        });
        assert_eq!(answer.unwrap().total, 384);
        let searched: Vec<_> = searched.into_iter().map(told).collect();
        assert!(searched.len() >= 40);
        assert_eq!(streamed, searched, "{wanted:?}");
    }
}
