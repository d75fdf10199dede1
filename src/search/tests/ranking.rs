//! The order of hits, their scores, explanations of scores, and feedback.

use super::{archive_of, article, file_name, request, shown, small};
use crate::article::Article;
use crate::search::{Request, Sort};

#[test]
fn orders_and_cuts_the_list() {
    let small = small();
    let list = |query: &str, sort: Sort, offset: usize, limit: usize| {
        let answer = small
            .ask(&Request {
                sort,
                offset,
                limit,
                ..request(query)
            })
            .unwrap();
        let names: Vec<String> = answer
            .hits
            .iter()
            .map(|hit| format!("{}{}", hit.rank, file_name(&hit.path)))
            .collect();
        (answer.total, names.join(" "))
    };
    let all = "bridge OR tariff OR watergate";
    for (sort, offset, limit, expected) in [
        (Sort::Newest, 0, 10, "1tariff 2flood 3bridge 4undated"),
        (Sort::Oldest, 0, 10, "1bridge 2flood 3tariff 4undated"),
        (Sort::Newest, 1, 2, "2flood 3bridge"),
        (Sort::Oldest, 4, 2, ""),
        (Sort::Oldest, 0, 0, ""),
    ] {
        assert_eq!(
            list(all, sort, offset, limit),
            (4, expected.to_owned()),
            "{sort:?}"
        );
    }
    // Flood has the word most often; a headline counts for more than a body.
    assert_eq!(
        list("bridge", Sort::Relevance, 0, 1),
        (2, "1flood".to_owned())
    );
    // A filter alone puts the newest first.
    assert_eq!(
        list("date:2018..2020", Sort::Relevance, 0, 10).1,
        "1tariff 2flood 3bridge"
    );
    // Neighbouring words rank above words apart.
    assert_eq!(list("tax ferries", Sort::Relevance, 0, 1).1, "1bridge");
}

#[test]
fn recent_articles_come_a_little_sooner() {
    let dated = |path: &str, date: Option<&str>, body: &str| Article {
        published: date.map(|date| date.parse().unwrap()),
        ..article(path, "", &[body])
    };
    let small = archive_of(vec![
        dated(
            "often.txt",
            Some("2001"),
            "Ferries, ferries, ferries, ferries.",
        ),
        dated("short.txt", Some("2015-05"), "Ferries lay in harbour."),
        dated(
            "new.txt",
            Some("2019-03-02"),
            "The ferries lay in the harbour.",
        ),
        dated("undated.txt", None, "The ferries lay in the harbour."),
        dated("other.txt", Some("2019-05-02"), "Interest rates rose."),
    ]);
    let ask = |query: &str, recent: bool| {
        let answer = small.ask(&Request {
            recent,
            explain: true,
            all_copies: true,
            ..request(query)
        });
        let answer = answer.unwrap();
        let names: Vec<&str> = answer.hits.iter().map(|hit| file_name(&hit.path)).collect();
        (names.join(" "), answer.notes.join(" "))
    };
    assert_eq!(ask("ferries", false).0, "often short new undated");
    assert_eq!(ask("ferries", true).0, "often new short undated");
    for (recent, is_said) in [(true, true), (false, false)] {
        let (_, notes) = ask("ferries date:2018..", recent);
        assert_eq!(notes.contains("its date 0."), is_said, "{notes}");
    }
}

#[test]
fn letters_and_digits_written_together_rank_as_one_word() {
    let archive = archive_of(vec![
        article(
            "apart.txt",
            "",
            &["The F of 16 crews was drawn; an F was 16 and 16 again an F."],
        ),
        article(
            "hyphen.txt",
            "",
            &["An F-16 flew over the town and the wide river by night."],
        ),
        article(
            "other.txt",
            "",
            &["An F-15 flew over the town at 16 minutes past the hour."],
        ),
        article("none.txt", "", &["A kite flew over the town."]),
    ]);
    let best = |query: &str, any: bool| {
        let answer = archive.ask(&Request {
            any,
            ..request(query)
        });
        let hits = answer.unwrap().hits;
        let names: Vec<&str> = hits.iter().map(|hit| file_name(&hit.path)).collect();
        names.join(" ")
    };
    for query in ["F-16", "f16", "F16s"] {
        assert_eq!(best(query, false), "hyphen", "{query}");
        assert_eq!(best(query, true), "hyphen", "{query}");
    }
    assert!(best("flew F-16", true).starts_with("hyphen"));
    assert_eq!(archive.found("F 16"), "apart hyphen other");
}

#[test]
fn lists_nothing_with_limits_that_leave_out_everything() {
    let small = small();
    for (limit, offset, shown, notes) in [
        (0, 0, 0, vec![]),
        (0, usize::MAX, 0, vec![]),
        (usize::MAX, usize::MAX, 0, vec![usize::MAX]),
        (usize::MAX, 1, 1, vec![]),
        (10, 2, 0, vec![2]),
        (10, 3, 0, vec![3]),
    ] {
        for sort in [Sort::Relevance, Sort::Newest] {
            let asked = Request {
                limit,
                offset,
                sort,
                ..request("bridge")
            };
            let answer = small.ask(&asked).unwrap();
            assert_eq!((answer.total, answer.hits.len()), (2, shown), "{asked:?}");
            let expected: Vec<String> = (notes.iter())
                .map(|offset| format!("--offset {offset} leaves out all 2 that were found"))
                .collect();
            assert_eq!(answer.notes, expected, "{asked:?}");
        }
    }
}

#[test]
fn explains_patterns() {
    let explained = Request {
        explain: true,
        ..request("ferr* bridge")
    };
    let notes = small().ask(&explained).unwrap().notes;
    assert_eq!(notes[0], "ferr*: ferries (2), ferry (1)");
}

#[test]
fn explains_the_first_score() {
    // In an archive of single sentences, the lead says nothing.
    let long = "It cost more than the old one, which was of wood. ".repeat(12);
    let small = archive_of(vec![
        article(
            "a.txt",
            "New bridge opens",
            &["The new bridge was opened on Wednesday.", &long],
        ),
        article("b.txt", "", &["Nothing was opened.", &long]),
    ]);
    let explained = Request {
        explain: true,
        ..request("new bridge wednesday")
    };
    let answer = small.ask(&explained).unwrap();
    let note = answer.notes.last().unwrap();
    let (total, parts) = note.split_once(": ").unwrap();
    assert_eq!(
        total,
        format!("the first hit's {:.2}", answer.hits[0].score)
    );
    let sum: f32 = (parts.split(", "))
        .map(|part| part.rsplit(' ').next().unwrap().parse::<f32>().unwrap())
        .sum();
    assert!((sum - answer.hits[0].score).abs() < 0.05, "{note}");
    for part in [
        "new ",
        "bridge ",
        "wednesday ",
        "in the lead",
        "side by side",
        "near each",
    ] {
        assert!(note.contains(part), "{part} in {note}");
    }
}

#[test]
fn feedback_ranks_and_finds_nothing_else() {
    let mut articles = vec![
        article("a.txt", "", &["The ferry left the quay for the winter."]),
        article("b.txt", "", &["The ferry came to the quay in the winter."]),
        article("c.txt", "", &["The ferry stood by the quay."]),
        article("d.txt", "", &["Nobody took the ferry across."]),
    ];
    for path in ["e.txt", "f.txt", "g.txt", "h.txt", "i.txt", "j.txt"] {
        articles.push(article(path, "", &["Nothing came of the talks."]));
    }
    let archive = archive_of(articles);
    let base = Request {
        any: true,
        ..request("ferry in winter")
    };
    let plain = archive.ask(&base).unwrap();
    let asked = Request {
        feedback: true,
        ..base
    };
    let answer = archive.ask(&asked).unwrap();
    assert_eq!(answer.total, plain.total);
    assert_eq!(
        answer.notes,
        ["ranked by words of the best hits as well: winter, quay"]
    );
    assert!(answer.hits[0].score > plain.hits[0].score);
    // Added words are not marked.
    assert_eq!(shown(&answer), shown(&plain));
    let rare = Request {
        query: "nobody".to_owned(),
        ..asked
    };
    assert_eq!(archive.ask(&rare).unwrap().notes, Vec::<String>::new());
}
