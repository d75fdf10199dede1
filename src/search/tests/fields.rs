//! Fields, dates, and the filters beside a query.

use super::{ensure_found, file_name, request, small};
use crate::search::Request;

#[test]
fn finds_in_fields() {
    ensure_found(&[
        ("headline:bridge", "bridge flood"),
        ("title:flood", "flood"),
        ("intitle:flood", "flood"),
        ("headline:(bridge flood)", "flood"),
        ("headline:(bridge OR watergate)", "bridge flood undated"),
        ("headline:(bridge -flood)", "bridge"),
        ("headline:ferries", ""),
        ("body:larkfield", ""),
        ("body:harbour", "bridge tariff undated"),
        ("byline:\"Ann Writer\"", "bridge"),
        ("byline:writer", "bridge"),
        ("byline:helper", "flood"),
        ("writer", ""),
        ("source:bbc.co.uk", "flood"),
        ("source:bbc", "flood"),
        ("site:thelarkfieldtimes.com", "bridge"),
        ("source:\"Larkfield Times\"", "bridge"),
        ("source:(bbc OR thelarkfieldtimes)", "bridge flood"),
        ("-source:bbc bridge", "bridge"),
        ("source:b*", "flood"),
        ("source:\"Valley News\"", "flood"),
        ("source:valley", "flood"),
        ("source:cnn", ""),
        ("source_is:bbc", ""),
        ("source_is:bbc.co.uk", "flood"),
        ("source_is:\"valley news\"", "flood"),
        ("byline_is:writer", ""),
        ("byline_is:\"Ann Writer\"", "bridge"),
        ("folder_is:2019", "flood"),
        ("-folder_is:2019 bridge", "bridge"),
        ("folder_is:(2019 OR 2018)", "bridge flood"),
        ("url:bridge-opens", "bridge"),
        (
            "url:https://thelarkfieldtimes.com/2018/bridge-opens",
            "bridge",
        ),
        ("place:larkfield", "bridge"),
        ("related:ferry", "bridge"),
        ("related:(ferry ends)", "bridge"),
        ("related:bridge", ""),
        ("path:2019", "flood"),
        ("path:2019/flood.txt", "flood"),
        ("lang:de", "tariff"),
        ("lang:German", "tariff"),
        ("lang:Deutsch", "tariff"),
        ("language:english bridge", "bridge flood"),
        ("lang:en bridge", "bridge flood"),
        ("lang:fr", ""),
    ]);
}

#[test]
fn finds_dates() {
    ensure_found(&[
        ("date:2018", "bridge"),
        ("date:2018-06", "bridge"),
        ("date:2018-06-27", "bridge"),
        ("date:2018-06-28", ""),
        ("within:2018-06-27", "bridge"),
        // What is known to the month is within that month, and within no day of it.
        ("within:2019-03", "flood"),
        ("within:2019-03-15", ""),
        // An article of 2019-03 matches every day of that month, one of 2020 every day of that year.
        ("date:2019-03-15", "flood"),
        ("date:2020-07", "tariff"),
        ("date:2018..2019", "bridge flood"),
        ("date:2018-03..2018-06", "bridge"),
        ("date:2018-07..2019-02", ""),
        ("date:[1995-01-01 TO 1996-01-01]", ""),
        ("bridge date:[1995-01-01 TO 1996-01-01]", ""),
        ("date:..2019", "bridge flood"),
        ("date:2019..", "flood tariff"),
        ("before:2018-06-27", "bridge"),
        ("after:2018-06-28", "flood tariff"),
        ("after:2018-06-27", "bridge flood tariff"),
        ("date:[2018-01-01 TO 2018-12-31]", "bridge"),
        ("date:[2018-06-28 TO 2019-02-28]", ""),
        ("date:unknown", "undated"),
        ("-date:unknown", "bridge flood tariff"),
        ("-date:2018", "flood tariff undated"),
        ("bridge date:2019", "flood"),
        ("bridge -date:2019", "bridge"),
        ("date:2018 OR date:2020", "bridge tariff"),
        ("(bridge date:2019) OR watergate", "flood undated"),
    ]);
}

#[test]
fn filters_beside_the_query() {
    let small = small();
    let base = request("bridge");
    for (request, expected) in [
        (
            Request {
                source: Some("bbc".to_owned()),
                ..base.clone()
            },
            "bridge AND source:\"bbc\": flood",
        ),
        (
            Request {
                before: "2018".parse().ok(),
                ..base.clone()
            },
            "bridge AND date:..2018-12-31: bridge",
        ),
        (
            Request {
                after: "2019".parse().ok(),
                query: String::new(),
                ..base.clone()
            },
            "date:2019-01-01..: tariff flood",
        ),
        (
            Request {
                after: "2019".parse().ok(),
                query: "bridge OR tariff".to_owned(),
                ..base.clone()
            },
            "(bridge OR tariff) AND date:2019-01-01..: tariff flood",
        ),
    ] {
        let answer = small.ask(&request).unwrap();
        let names: Vec<&str> = answer.hits.iter().map(|hit| file_name(&hit.path)).collect();
        let shown = format!("{}: {}", answer.understood, names.join(" "));
        assert_eq!(shown, expected);
    }
}
