//! The page that leads through an archive.

use std::collections::BTreeSet;

use crate::harness::Morgue;
use crate::serving::{Server, attributes, inside, text_of, unescaped};

/// Asserts that every number of a page is that of the search which it links to. Returns how many there are.
fn ensure_numbers(server: &Server, page: &str) -> usize {
    let row = r#"<a class="number" href="([^"]*)"[^>]*>([0-9,]+)</a>"#;
    let row = regex::Regex::new(row).unwrap();
    let mut checked = 0;
    for found in row.captures_iter(page) {
        let number: u64 = found[2].replace(',', "").parse().unwrap();
        let href = unescaped(&found[1]).replace("/search?", "/search.json?");
        let total = &server.record(&href)["answer"]["total"];
        assert_eq!(total, number, "{href}");
        checked += 1;
    }
    checked
}

#[test]
fn every_number_is_that_of_its_search() {
    let morgue = Morgue::with_sample_corpus();
    let server = Server::of(&morgue, &[]);
    let mut next = vec!["/browse".to_owned()];
    let mut seen = BTreeSet::new();
    let mut checked = 0;
    while let Some(path) = next.pop() {
        if seen.len() > 40 || !seen.insert(path.clone()) {
            continue;
        }
        let page = server.page(&path);
        let main = inside(&page, "<main", "</main>");
        checked += ensure_numbers(&server, main);
        let links = attributes(main, "href").into_iter();
        next.extend(links.filter(|link| link.starts_with("/browse")));
    }
    assert!(
        checked > 60 && seen.len() > 20,
        "{checked} on {}",
        seen.len()
    );
    let record = server.record("/browse.json");
    assert_eq!(record["years"]["2018"], 11);
    assert_eq!(record["undated"], 5);
    assert_eq!(server.get("/browse?in=2018-06-27").status, 404);
    assert_eq!(server.get("/browse.json?day=13-01").status, 404);
}

#[test]
fn a_date_is_no_more_exact_than_it_is_known() {
    let mut morgue = Morgue::new();
    for (name, date) in [
        ("a.txt", "03/04/2019"),
        ("a b/c.txt", "June 2019"),
        ("a-b/d.txt", "27 June 2019"),
        ("a-b/e/e.txt", "27 June 2018"),
    ] {
        let text = format!(
            "---\ntitle: Storm over {name}\ndate: {date}\nsource: The Quay <b>Herald</b>\nauthor: Ada Holm\n---\n\n\
             The ferry stayed in port until noon, and the harbour master of {name} wrote that it was wise.\n"
        );
        morgue = morgue.file(name, text);
    }
    assert_eq!(morgue.run(["index", ".", "--quiet"]).status, 0);
    let server = Server::of(&morgue, &[]);
    let text = |path: &str| text_of(inside(&server.page(path), "<main", "</main>"));
    assert!(
        text("/browse").contains("Years 2019 3 2018 1"),
        "{}",
        text("/browse")
    );
    let year = text("/browse?in=2019");
    assert!(
        year.contains("Months June 2 some day of the year 1"),
        "{year}"
    );
    let month = text("/browse?in=2019-06");
    assert!(
        month.contains("Days 27 1 all years some day of the month 1"),
        "{month}"
    );
    let day = text("/browse?day=06-27");
    assert!(day.contains("27 June in all years"), "{day}");
    assert!(day.contains("2018-06-27 1 2019-06-27 1"), "{day}");
    // Folders whose names have the same words are two.
    let folders = text("/browse");
    assert!(
        folders.contains("Folders a b 1 a-b 2 files in no folder below 1"),
        "{folders}"
    );
    for path in [
        "/browse",
        "/browse?in=2019",
        "/browse?in=2019-06",
        "/browse?folder=a-b",
    ] {
        let page = server.page(path);
        assert!(
            ensure_numbers(&server, inside(&page, "<main", "</main>")) > 1,
            "{path}"
        );
        assert!(!page.contains("<b>"), "{path}");
    }
}
