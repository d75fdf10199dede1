//! Frequent words, whose postings are read term at a time.

use super::{Small, archive_of, article, person, request};
use crate::article::Article;
use crate::search::{Request, Sort};

/// The number of articles of [`frequent`].
const FREQUENT: usize = 3_000;

/// Returns articles that share a few frequent words, some more often than others.
fn frequent() -> Small {
    let articles = (0..FREQUENT).map(|i| {
        let mut body = "harbour ada holm ".to_owned();
        for (word, one_in) in [("bridge", 9), ("tax", 5), ("ferry", 2)] {
            if i % one_in == 0 {
                body.push_str(&format!("{word} ").repeat(5 + i * 7 % 11));
            }
        }
        body.push_str(&"mast ".repeat(i * 13 % 29));
        let people = match i {
            // These articles have only the most frequent of the words.
            11 | 13 | 17 => vec![person("Ada Holm", &[("Holm", 90)])],
            _ => Vec::new(),
        };
        Article {
            people,
            ..article(&format!("{i}.txt"), "", &[&body])
        }
    });
    archive_of(articles.collect())
}

/// Returns whether an article of [`frequent`] has one of its words.
fn has(i: usize, word: &str) -> bool {
    match word {
        "bridge" => i.is_multiple_of(9),
        "tax" => i.is_multiple_of(5),
        "ferry" => i.is_multiple_of(2),
        "mast" => !(i * 13).is_multiple_of(29),
        _ => true,
    }
}

#[test]
fn finds_frequent_words_window_by_window() {
    let small = frequent();
    let of = |i: usize, words: &[&str]| words.iter().filter(|word| has(i, word)).count();
    for words in [
        &["bridge"][..],
        &["harbour"],
        &["bridge", "tax"],
        &["tax", "ferry", "mast"],
        &["bridge", "harbour", "mast"],
    ] {
        for (query, needed) in [(words.join(" "), words.len()), (words.join(" OR "), 1)] {
            let expected = (0..FREQUENT).filter(|&i| of(i, words) >= needed).count();
            for (query, expected) in [
                (query.clone(), expected),
                (
                    format!("({query}) -tax"),
                    (0..FREQUENT)
                        .filter(|&i| of(i, words) >= needed && !has(i, "tax"))
                        .count(),
                ),
            ] {
                for sort in [Sort::Relevance, Sort::Newest] {
                    let answer = small.ask(&Request {
                        sort,
                        ..request(&query)
                    });
                    assert_eq!(answer.unwrap().total, expected, "{query} {sort:?}");
                }
            }
        }
    }
}

#[test]
fn finds_phrases_of_frequent_words() {
    // The words of each article are chosen from three by the bits of its number. Some pairs of these
    // words are in the index, some are not.
    for picked in [
        ["harbour", "bridge", "tax"],
        ["will", "the", "tax"],
        ["been", "has", "the"],
        ["our", "only", "in"],
    ] {
        let words = |i: usize| -> Vec<&str> {
            let bits = |at: usize| i.wrapping_mul(2_654_435_761) >> (3 * at) & 3;
            let ends = (0..6).map(bits).filter(|&bits| bits < 3);
            ends.map(|bits| picked[bits]).collect()
        };
        // Headlines have no pairs, only positions.
        let articles = (0..700).map(|i| {
            let text = words(i).join(" ");
            let (headline, body) = if i % 7 == 0 {
                (text, "".into())
            } else {
                ("".into(), text)
            };
            article(&format!("{i}.txt"), &headline, &[&body])
        });
        let small = archive_of(articles.collect());
        for phrase in [
            &[0, 1][..],
            &[1, 0],
            &[2, 2],
            &[2, 1, 0],
            &[0, 0, 1],
            &[1, 2, 1, 2],
        ] {
            let row: Vec<&str> = phrase.iter().map(|&at| picked[at]).collect();
            let has = |i: usize| words(i).windows(row.len()).any(|words| words == row);
            let expected = (0..700).filter(|&i| has(i)).count();
            let phrase = row.join(" ");
            let answer = small.ask(&request(&format!("\"{phrase}\""))).unwrap();
            assert_eq!(answer.total, expected, "{phrase}");
            assert!(answer.total > 0, "{phrase}");
        }
    }
}

#[test]
fn finds_the_k_best_without_scoring_all() {
    let small = frequent();
    let any = "bridge OR tax OR ferry OR harbour";
    // A person may rank without having to match.
    let with_person = format!("+({any}) (mast OR person:\"Ada Holm\")");
    for query in [any, &format!("({any}) -mast"), &with_person] {
        let first = |limit: usize| {
            let answer = small.ask(&Request {
                limit,
                any: query == with_person,
                ..request(query)
            });
            let answer = answer.unwrap();
            let hits = answer.hits.into_iter().take(200);
            let hits: Vec<(String, f32)> = hits.map(|hit| (hit.path, hit.score)).collect();
            (answer.total, hits)
        };
        // With a limit above the number of matches, every match is scored.
        assert_eq!(first(200), first(FREQUENT), "{query}");
    }
    let answer = small.ask(&Request {
        limit: 200,
        any: true,
        all_copies: true,
        ..request(&with_person)
    });
    let hits = answer.unwrap().hits;
    for path in ["11.txt", "13.txt", "17.txt"] {
        assert!(hits.iter().any(|hit| hit.path == path), "{path}");
    }
}
