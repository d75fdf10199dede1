//! The counts of a whole result.

use std::collections::{BTreeMap, BTreeSet};

use super::{Small, archive_of_commits, article, person, request, small};
use crate::article::Article;
use crate::identity::records;
use crate::search::counts::{Counts, Tally};
use crate::search::{Hit, Request};

#[test]
fn counts_the_whole_result() {
    let small = small();
    let counted = |query: &str| {
        let request = Request {
            counts: true,
            limit: 0,
            ..request(query)
        };
        small.ask(&request).unwrap().counts.unwrap()
    };
    let pairs = |tallies: &[Tally]| -> Vec<String> {
        let tallies = tallies.iter();
        tallies
            .map(|tally| format!("{} {}", tally.name, tally.articles))
            .collect()
    };
    // The removed article and the file without an article are not counted.
    let all = counted("bridge OR tariff OR watergate");
    let years: Vec<_> = all.years.iter().map(|(year, n)| (&**year, *n)).collect();
    assert_eq!(years, [("2018", 1), ("2019", 1), ("2020", 1)]);
    // The article of 2020 has no month.
    let months: Vec<_> = all.months.iter().map(|(month, n)| (&**month, *n)).collect();
    assert_eq!(months, [("2018-06", 1), ("2019-03", 1)]);
    assert_eq!(all.undated, 1);
    assert_eq!(
        pairs(&all.sources),
        ["Valley News 1", "thelarkfieldtimes.com 1"]
    );
    assert_eq!(pairs(&all.bylines), ["Ann Writer 1"]);
    assert_eq!(
        pairs(&all.people),
        ["Banks 1", "Mara O'Brien 1", "Tom Banks 1"]
    );
    let one = counted("bridge -flood date:2018");
    assert_eq!(pairs(&one.people), ["Mara O'Brien 1"]);
    assert_eq!(one.undated, 0);
    let none = counted("zzz");
    assert_eq!(none, Counts::default());
    assert_eq!(small.ask(&request("bridge")).unwrap().counts, None);
}

/// Forty-five articles on ten texts, in three commits, and one without words.
fn printed() -> Small {
    let printed = |number: usize| {
        let text = number * 7 % 10;
        let name = ["Ada Holm", "Ada B. Holm", "Mei Tanaka"][number % 3];
        Article {
            published: [Some("2018-06-27"), Some("2018"), None, Some("2019-01")][number % 4]
                .and_then(|date| date.parse().ok()),
            source: [
                Some("Quay Herald"),
                Some("The Quay Herald"),
                Some("Evening Call"),
            ][number % 3]
                .map(str::to_owned),
            source_domain: number.is_multiple_of(6).then(|| "quay.example".to_owned()),
            byline: (["Ann Writer", "Jo Helper"].iter().take(number % 3))
                .map(|&writer| writer.to_owned())
                .collect(),
            people: vec![
                person(name, &[(name, 1)]),
                person("Joren Pell", &[("Joren Pell", 2)]),
            ],
            ..article(
                &format!("{number:02}.txt"),
                "Weir",
                &[&format!(
                    "The weir{text} of keeper{text} is closed, and its lock is not."
                )],
            )
        }
    };
    let wordless = article("wordless.txt", "Weir", &[]);
    archive_of_commits([
        (0..15).map(printed).collect(),
        (15..30).map(printed).chain([wordless]).collect(),
        (30..45).map(printed).collect(),
    ])
}

/// Returns the number of stories in each row that hits are in.
fn rows<T: IntoIterator<Item = String>>(
    hits: &[Hit],
    rows_of: impl Fn(&Hit) -> T,
) -> BTreeMap<String, u64> {
    let mut rows: BTreeMap<String, BTreeSet<&str>> = BTreeMap::new();
    for hit in hits {
        for row in rows_of(hit) {
            let story = hit.story.as_ref().unwrap_or(&hit.id);
            rows.entry(row).or_default().insert(story);
        }
    }
    let rows = rows.into_iter();
    rows.map(|(row, stories)| (row, stories.len() as u64))
        .collect()
}

#[test]
fn counts_a_story_once_in_each_row() {
    let printed = printed();
    for query in [
        "headline:weir",
        "closed",
        "weir3 OR weir4",
        "closed -date:2018",
    ] {
        let asked = Request {
            counts: true,
            stories: true,
            all_copies: true,
            limit: 100,
            ..request(query)
        };
        let answer = printed.ask(&asked).unwrap();
        let (hits, counts) = (&answer.hits[..], answer.counts.unwrap());
        let folded = Request {
            all_copies: false,
            limit: 1,
            ..asked
        };
        let folded = printed.ask(&folded).unwrap();
        assert_eq!(folded.counts.as_ref(), Some(&counts), "{query}");
        let all = rows(hits, |_| [String::new()])[""];
        let total = usize::try_from(all).unwrap();
        assert_eq!(
            [answer.stories, folded.stories],
            [Some(total); 2],
            "{query}"
        );
        let stories = |tallies: &[Tally]| -> BTreeMap<String, u64> {
            let tallies = tallies.iter();
            tallies
                .map(|tally| (tally.name.clone(), tally.stories.unwrap()))
                .collect()
        };
        let date = |hit: &Hit| hit.published.map(|date| date.to_string());
        let outlet = |hit: &Hit| match hit.source.as_deref() {
            Some("Evening Call") | None => hit.source.clone(),
            Some(_) => Some("Quay Herald".to_owned()),
        };
        let part =
            |hit: &Hit, length: usize| date(hit).and_then(|d| Some(d.get(..length)?.to_owned()));
        assert_eq!(
            counts.year_stories,
            rows(hits, |hit| part(hit, 4)),
            "{query}"
        );
        assert_eq!(
            counts.month_stories,
            rows(hits, |hit| part(hit, 7)),
            "{query}"
        );
        let undated = rows(hits, |hit| date(hit).is_none().then(String::new));
        assert_eq!(
            counts.undated_stories,
            Some(undated.get("").copied().unwrap_or(0))
        );
        assert_eq!(
            stories(&counts.bylines),
            rows(hits, |hit| hit.byline.clone()),
            "{query}"
        );
        assert_eq!(
            stories(&counts.people),
            rows(hits, |hit| hit.people.clone()),
            "{query}"
        );
        assert_eq!(stories(&counts.sources), rows(hits, outlet), "{query}");
    }
    let all = Request {
        limit: 100,
        all_copies: true,
        ..request("closed")
    };
    let hits = printed.ask(&all).unwrap().hits;
    let with = |name: &str| -> Vec<Hit> {
        let hits = hits
            .iter()
            .filter(|hit| hit.people.iter().any(|one| one == name));
        hits.cloned().collect()
    };
    let pell = with("Joren Pell");
    let (record, years) = records::named(&printed.archive, "Joren Pell", true)
        .unwrap()
        .remove(0);
    assert_eq!(record.stories, Some(10));
    assert_eq!(
        record.spelling_stories,
        [("Joren Pell".to_owned(), 10)].into()
    );
    let year = |hit: &Hit| hit.published.map(|date| date.to_string()[..4].to_owned());
    let years = years.into_iter();
    let years: BTreeMap<String, u64> = years
        .map(|year| (year.year.to_string(), year.stories.unwrap()))
        .collect();
    assert_eq!(years, rows(&pell, year));
    let companions = record.with.into_iter();
    let companions: BTreeMap<String, u64> = companions
        .map(|one| (one.name, one.stories.unwrap()))
        .collect();
    let others = rows(&pell, |hit| {
        hit.people
            .iter()
            .filter(|one| *one != "Joren Pell")
            .cloned()
            .collect::<Vec<_>>()
    });
    assert_eq!(companions, others);
    let (record, _) = records::named(&printed.archive, "Ada Holm", true)
        .unwrap()
        .remove(0);
    let spellings: BTreeMap<String, u64> = ["Ada Holm", "Ada B. Holm"]
        .map(|name| (name.to_owned(), rows(&with(name), |_| [String::new()])[""]))
        .into();
    assert_eq!(record.spelling_stories, spellings);
    let listed = records::most_named(&printed.archive, 9, true).unwrap();
    let whole = records::records_of_most_named(&printed.archive, 9, true).unwrap();
    assert!(listed.len() >= 2);
    for (summary, record) in listed.iter().zip(&whole) {
        assert_eq!(
            (&summary.name, summary.stories),
            (&record.name, record.stories)
        );
    }
}
