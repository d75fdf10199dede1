//! `morgue serve`: its pages and their twins, and who gets none.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::io::Write;
use std::net::TcpStream;
use std::time::{Duration, Instant};

use serde_json::Value;

use crate::harness::Morgue;
use crate::serving::{Server, answer, attributes, id_of, inside, text_of, unescaped};

#[test]
fn the_first_page_says_what_there_is() {
    let morgue = Morgue::with_sample_corpus();
    let server = Server::of(&morgue, &[]);
    let page = server.page("/");
    let text = text_of(&page);
    assert!(text.contains("48 articles from 2016 to 2022"), "{text}");
    assert!(text.contains("2018: 11 articles"), "{text}");
    assert!(text.contains("5 undated"), "{text}");
    assert!(
        text.contains("Named most Joren Pell 11 page Anna Thorne 8 page"),
        "{text}"
    );
    assert!(
        text.contains("Newest Le phare du cap rallumé pour une nuit"),
        "{text}"
    );
    assert!(
        text.contains("person:\"Anna Thorne\" NEAR/10 ferry"),
        "{text}"
    );
    let record = server.record("/search.json");
    assert_eq!(record["archive"]["articles"], 48);
    assert_eq!(record["years"]["2018"], 11);
    assert_eq!(record["people"][0]["name"], "Joren Pell");
    assert_eq!(record["newest"].as_array().unwrap().len(), 6);
}

#[test]
fn a_search_shows_what_was_understood_and_found() {
    let morgue = Morgue::with_sample_corpus();
    let server = Server::of(&morgue, &[]);
    let page = server.page("/search?q=harbour+council+-%22fish+hall%22");
    let text = text_of(&page);
    assert!(
        text.contains("word harbour × word council × not phrase \"fish hall\" ×"),
        "{text}"
    );
    assert!(text.contains("5 articles, 3 stories"), "{text}");
    assert!(text.contains("prints/breakwater.txt · 5 matches"), "{text}");
    assert!(text.contains("2 matches · and 2 copies"), "{text}");
    assert!(page.contains("<mark>harbour</mark>"), "{page}");
    let chips = attributes(inside(&page, "<ul class=\"chips\"", "</ul>"), "href");
    assert_eq!(
        chips,
        [
            "/search?q=council+NOT+%22fish+hall%22",
            "/search?q=harbour+NOT+%22fish+hall%22",
            "/search?q=harbour+council"
        ]
    );
    // Passages lead to the paragraph that has them, with the query.
    let hits = inside(&page, "<ol class=\"hits\"", "</ol>");
    let places: Vec<String> = attributes(hits, "href");
    let places: Vec<&String> = places.iter().filter(|href| href.contains('#')).collect();
    assert!(places.len() >= 4, "{places:?}");
    for place in places {
        let (path, fragment) = place.split_once('#').unwrap();
        assert!(path.contains("q=harbour+council"), "{path}");
        let article = server.page(path);
        let paragraph = inside(&article, &format!("id=\"{fragment}\""), "</p>");
        assert!(paragraph.contains("<mark id=\"m"), "{place}: {paragraph}");
    }
}

#[test]
fn the_counts_are_links_to_as_many() {
    let morgue = Morgue::with_sample_corpus();
    let server = Server::of(&morgue, &[]);
    let page = server.page("/search?q=harbour&copies=1");
    let rows = inside(&page, "<aside id=\"narrow\"", "</aside>");
    let row = regex::Regex::new(
        r#"class="only" href="([^"]*)"><bdi>([^<]*)</bdi></a> <span class="number">(\d+)</span> <a class="not" href="([^"]*)""#,
    );
    let row = row.unwrap();
    let all = server.record("/search.json?q=harbour")["answer"]["total"]
        .as_u64()
        .unwrap();
    let mut seen = BTreeSet::new();
    for found in row.captures_iter(rows) {
        let number: u64 = found[3].parse().unwrap();
        let total = |href: &str| {
            let href = unescaped(href).replace("/search?", "/search.json?");
            server.record(&href)["answer"]["total"].as_u64().unwrap()
        };
        let only = total(&found[1]);
        assert_eq!(only, number, "{}", &found[2]);
        assert_eq!(total(&found[4]), all - only, "without {}", &found[2]);
        seen.insert(found[2].to_owned());
        if seen.len() > 40 {
            break;
        }
    }
    for name in ["2021", "undated", "Joren Pell"] {
        assert!(seen.contains(name), "{name} is not in {seen:?}");
    }
    // What is chosen can be taken off where it was chosen.
    let page = server.page("/search?q=harbour+date%3A2021");
    let rows = inside(&page, "<aside id=\"narrow\"", "</aside>");
    // Of one year, the months.
    let text = text_of(rows);
    assert!(text.contains("2021 5 × January 1 − February"), "{text}");
    assert!(
        rows.contains("href=\"/search?q=harbour\" aria-current=\"true\""),
        "{rows}"
    );
}

#[test]
fn everything_is_in_the_address() {
    let morgue = Morgue::with_sample_corpus();
    let server = Server::of(&morgue, &[]);
    let first = server.page("/search?q=words%3E0&sort=oldest&copies=1");
    assert!(text_of(&first).contains("1 to 20"));
    let next = attributes(inside(&first, "<nav class=\"pages\"", "</nav>"), "href");
    assert_eq!(next, ["/search?q=words%3E0&sort=oldest&page=2&copies=1"]);
    let second = server.page(&next[0]);
    assert!(text_of(&second).contains("21 to 40"));
    assert!(second.contains("<ol class=\"hits\" start=\"21\">"));
    // From an article the way back leads to the same page.
    let article = attributes(inside(&second, "<ol class=\"hits\"", "</ol>"), "href")[0].clone();
    let article = server.page(article.split('#').next().unwrap());
    assert!(article.contains(
        "id=\"back\" href=\"/search?q=words%3E0&#38;sort=oldest&#38;page=2&#38;copies=1\""
    ));
    let last = server.page("/search?q=words%3E0&page=500");
    assert!(text_of(&last).contains("articles"), "{last}");
    // A new query keeps the order, not the page.
    assert!(second.contains("<input type=\"hidden\" name=\"sort\" value=\"oldest\">"));
    assert!(!second.contains("name=\"page\""));
}

#[test]
fn what_is_wrong_is_underlined() {
    let morgue = Morgue::with_sample_corpus();
    let server = Server::of(&morgue, &[]);
    for (query, path, wrong) in [
        (
            "ferry date:2018-13 sale",
            "ferry+date%3A2018-13+sale",
            "date:2018-13",
        ),
        (
            "ferry NEAR/5 date:2018",
            "ferry+NEAR%2F5+date%3A2018",
            "NEAR/5",
        ),
        ("<b>é date:soon", "%3Cb%3E%C3%A9+date%3Asoon", "date:soon"),
    ] {
        let run = morgue.run(["search", "--", query]);
        let answer = server.get(&format!("/search?q={path}"));
        assert_eq!(
            (run.status, answer.status),
            (2, 400),
            "{query}: {}",
            run.stderr
        );
        let text = text_of(&answer.body);
        let typed = inside(&answer.body, "<p class=\"typed\"><bdi>", "</bdi>");
        assert_eq!(text_of(typed).replace(' ', ""), query.replace(' ', ""));
        let record: Value =
            serde_json::from_str(&server.get(&format!("/search.json?q={path}")).body).unwrap();
        let at = usize::try_from(record["at"].as_u64().unwrap()).unwrap();
        let underlined = inside(typed, "<span class=\"wrong\">", "</span>");
        assert!(
            query[at..].starts_with(&unescaped(underlined)),
            "{query}: {underlined}"
        );
        assert_eq!(underlined, wrong, "{query}");
        let (message, hint) = (
            record["error"].as_str().unwrap(),
            record["hint"].as_str().unwrap(),
        );
        assert!(
            text.contains(message) && run.stderr.contains(message),
            "{message}"
        );
        let hint = hint.split_whitespace().collect::<Vec<_>>().join(" ");
        assert!(text.contains(&hint), "{hint}");
    }
    let page = server.page("/search?q=person%3APell+envoi");
    assert!(text_of(&page).contains("no article has envoi"), "{page}");
    let page = server.page("/search?q=person%3A%22Anna+Thorne%22");
    assert!(
        !page.contains("--"),
        "an option of the command line is named: {page}"
    );
}

/// An answer's records without the time that it took.
fn timeless(mut record: Value) -> Value {
    if let Some(record) = record.as_object_mut() {
        record.remove("took_ms");
    }
    record
}

#[test]
fn twins_are_the_records_of_the_command_line() {
    let morgue = Morgue::with_sample_corpus();
    let server = Server::of(&morgue, &[]);
    for (path, options) in [
        ("q=harbour+council", &["harbour council"][..]),
        ("q=harbour&sort=newest", &["harbour", "--sort", "newest"]),
        ("q=words%3E0&page=2", &["words>0", "--offset", "20"]),
        ("q=ferry+envoy&any=1", &["ferry envoy", "--any"]),
        (
            "q=person%3AThorne&loose=1&copies=1",
            &["person:Thorne", "--loose", "--all-copies"],
        ),
        (
            "q=what+did+the+gull+eat&all=1",
            &["what did the gull eat", "--all"],
        ),
    ] {
        let arguments = ["search", "--json", "--counts", "--limit", "20"];
        let run = morgue.run(arguments.iter().chain(options));
        let mut records = run.records();
        let record = server.record(&format!("/search.json?{path}"));
        let answer = timeless(records.next().unwrap());
        assert_eq!(timeless(record["answer"].clone()), answer, "{path}");
        assert_eq!(record["counts"], records.next().unwrap(), "{path}");
        assert_eq!(record["hits"], Value::Array(records.collect()), "{path}");
    }
    for path in ["web/envoy-leaves.txt", "prints/ferry-sale.txt"] {
        let id = id_of(&morgue, path);
        let run = morgue.run(["similar", path, "--json"]);
        let mut records = run.records();
        let record = server.record(&format!("/article/{id}.json?view=similar"));
        let answer = timeless(records.next().unwrap());
        let mut found = timeless(record["answer"].clone());
        // The page asks by the id.
        found["query"] = path.into();
        assert_eq!(found, answer, "{path}");
        assert_eq!(record["hits"], Value::Array(records.collect()), "{path}");
        for (command, twin) in [("show", ""), ("copies", "?view=copies")] {
            let expected = morgue
                .run([command, path, "--json"])
                .records()
                .next()
                .unwrap();
            assert_eq!(
                server.record(&format!("/article/{id}.json{twin}")),
                expected,
                "{path}"
            );
        }
    }
}

#[test]
fn an_article_is_read_with_its_fields_and_marks() {
    let morgue = Morgue::with_sample_corpus();
    let server = Server::of(&morgue, &[]);
    let id = id_of(&morgue, "web/envoy-leaves.txt");
    let page = server.page(&format!("/article/{id}?q=envoy+treaty+person%3APell"));
    let text = text_of(&page);
    // The matches of the body in order, each a step to the next; the last leads to the first.
    assert!(text.contains("5 matches go to the first"), "{text}");
    let marks: Vec<&str> = page.split("<mark id=\"m").skip(1).collect();
    assert_eq!(marks.len(), 5);
    for (at, mark) in (1..).zip(&marks) {
        assert!(mark.starts_with(&format!("{at}\"")), "{mark}");
        let step = inside(mark, "<span class=\"step\">", "</span>");
        let (previous, next) = ((at + 3) % 5 + 1, at % 5 + 1);
        assert_eq!(
            attributes(step, "href"),
            [format!("#m{previous}"), format!("#m{next}")]
        );
        assert_eq!(text_of(step), format!("‹ {at} of 5 ›"));
    }
    // Persons by their names in full, by the surname of one, and by one that the archive links.
    let mention = |name: &str| {
        let end = format!(">{name}</a>");
        let (before, _) = page.split_once(&end).unwrap_or_else(|| panic!("no {name}"));
        before.rsplit_once("<a ").unwrap().1.to_owned()
    };
    assert!(mention("Dmitry Volkonov").starts_with("class=\"person\""));
    assert!(mention("Volkonov").contains("person linked"));
    assert!(mention("Volkonov").contains("Dmitry Volkonov: linked by the surname"));
    assert!(
        mention("Okonjo").contains("title=\"Samuel Okonjo: this article prints a surname alone")
    );
    // Where the fields were read.
    for field in [
        "Published2019-03-09 line 4, beside the byline",
        "ByIngrid Solberg line 3, names a writer",
        "Fileweb/envoy-leaves.txt",
    ] {
        assert!(text.contains(field), "{field}: {text}");
    }
    // Related stories are links where the archive has them, both ways.
    let other = id_of(&morgue, "prints/envoy-arrives.txt");
    let related = inside(&page, "<h2>It points to</h2>", "</section>");
    assert!(related.contains(&format!("/article/{other}?")), "{related}");
    assert!(related.contains("title=\"not in the archive\">What is in the eel treaty?"));
    let page = server.page(&format!("/article/{other}"));
    let related = inside(&page, "<h2>Pointed to by</h2>", "</section>");
    assert!(related.contains(&format!("/article/{id}")), "{related}");
    // What is like it, with passages; copies of it are no news.
    let page = server.page(&format!("/article/{id}?view=similar&q=envoy"));
    let hits = inside(&page, "<ol class=\"hits\"", "</ol>");
    let first = attributes(hits, "href")[0].clone();
    assert_eq!(first, format!("/article/{other}?q=envoy"));
    assert!(hits.contains("class=\"passage\"") && !text_of(hits).contains("matches"));
    // Before and after, by the same outlet and by the same writer.
    let page = server.page(&format!(
        "/article/{}",
        id_of(&morgue, "prints/breakwater.txt")
    ));
    let outlet = inside(&page, "<h2><bdi>Brindle Courier</bdi></h2>", "</section>");
    let text = text_of(outlet);
    assert!(
        text.starts_with("before ") && text.contains(" after "),
        "{text}"
    );
    assert!(page.contains("<h2><bdi>Piet Marlowe</bdi></h2>"));
}

#[test]
fn an_article_is_shown_as_it_was_filed() {
    let morgue = Morgue::with_sample_corpus();
    let server = Server::of(&morgue, &[]);
    let id = id_of(&morgue, "web/envoy-leaves.txt");
    for view in ["filed", "both"] {
        let page = server.page(&format!("/article/{id}?view={view}"));
        let line = |number: usize| text_of(inside(&page, &format!("id=\"l{number}\""), "</li>"));
        assert_eq!(line(3), ">3By Ingrid Solbergbyline");
        assert!(page.contains("<del>READ MORE: Trade envoy opens talks on timber and fish</del>"));
        assert!(line(8).ends_with("another story"), "{}", line(8));
        assert_eq!(page.contains("class=\"text\""), view == "both");
    }
    // What each copy cut.
    let id = id_of(&morgue, "prints/ferry-sale.txt");
    let page = server.page(&format!("/article/{id}?view=copies"));
    let text = text_of(&page);
    assert!(text.contains("2 copies, and what each cut"), "{text}");
    assert!(
        text.contains("A copy: 162 words stayed, 66 added (the article that you read)"),
        "{text}"
    );
    assert!(page.contains("<ins>Crews wait for word</ins>"), "{page}");
    // A file that has changed is not shown as if it were the one that was read.
    morgue.write("web/envoy-leaves.txt", "Something else\n", 10);
    let id = id_of(&morgue, "web/envoy-leaves.txt");
    let page = server.page(&format!("/article/{id}?view=filed"));
    assert!(page.contains("has changed since it was indexed"), "{page}");
    assert!(!page.contains("Something else"));
}

/// Asserts that a page has nothing that its policy forbids, and no element but those of the templates.
#[track_caller]
fn ensure_clean(path: &str, page: &str) {
    let tag = regex::Regex::new(r"<(/?)([a-zA-Z!][a-zA-Z0-9]*)([^>]*)>").unwrap();
    let known = [
        "!doctype",
        "a",
        "article",
        "aside",
        "bdi",
        "blockquote",
        "body",
        "br",
        "button",
        "datalist",
        "dd",
        "del",
        "details",
        "div",
        "dl",
        "dt",
        "footer",
        "form",
        "h1",
        "h2",
        "head",
        "header",
        "html",
        "input",
        "ins",
        "kbd",
        "label",
        "li",
        "line",
        "link",
        "main",
        "mark",
        "meta",
        "nav",
        "ol",
        "option",
        "p",
        "pre",
        "rect",
        "script",
        "section",
        "select",
        "span",
        "strong",
        "summary",
        "svg",
        "table",
        "tbody",
        "td",
        "text",
        "th",
        "thead",
        "title",
        "tr",
        "ul",
    ];
    let names = regex::Regex::new(r#"([a-z:-]+)=("[^"]*")"#).unwrap();
    for found in tag.captures_iter(page) {
        let name = found[2].to_lowercase();
        assert!(known.contains(&name.as_str()), "{path}: <{name}>");
        let attributes = found[3].to_lowercase();
        for attribute in names.captures_iter(&attributes) {
            assert!(!attribute[1].starts_with("on"), "{path}: {}", &found[0]);
            assert_ne!(&attribute[1], "style", "{path}: {}", &found[0]);
            let is_script =
                attribute[1].ends_with("href") && attribute[2].starts_with("\"javascript");
            assert!(!is_script, "{path}: {}", &found[0]);
        }
    }
    for (at, _) in page.match_indices("<script") {
        assert!(page[at..].starts_with("<script src=\"/keys.js?"), "{path}");
        assert!(page[at..].contains("defer></script>"), "{path}");
    }
}

#[cfg(unix)]
#[test]
fn names_that_are_scripts_are_names() {
    let script = "<script>alert(1)</script>";
    let morgue = Morgue::new()
        .file(
            "a\"><img src=x onerror=alert(1)>.txt",
            format!(
                "{script} council meets \"onload=alert(2)\n\nBy Ada <b>Holm</b>\nMarch 9, 2019\nSource: \
                 <i>Quay</i> & Sons\n\nHELSINKI — Mayor Ada Holm met Piet {script} Roos of the \
                 harbour. Holm said <img src=x onerror=alert(3)> twice & left. \u{202e}drawkcab\u{202c} \u{0}\u{1b}[31m.\n\n\
                 READ MORE: {script} council again\nhttps://x.example/\"><script>alert(4)</script>\n\
                 javascript:alert(5)\n"
            ),
        )
        .file(
            "b.txt",
            format!("Title: {script} council again\nAuthor: \"><script>alert(6)</script>\nUrl: javascript:alert(7)\nDate: 2019-03-08\n\n\
             The harbour council met again, said Ada Holm, and it was the same harbour.\n"),
        );
    morgue.run(["index", ".", "--quiet"]).is(0, "", "");
    let server = Server::of(&morgue, &[]);
    let ids: Vec<String> = ["harbour", "council"]
        .iter()
        .flat_map(|word| {
            morgue
                .run(["search", word, "--json"])
                .records()
                .collect::<Vec<_>>()
        })
        .filter_map(|record| Some(record.get("id")?.as_str()?.to_owned()))
        .collect();
    assert!(ids.len() >= 2, "{ids:?}");
    let mut paths = vec![
        "/".to_owned(),
        "/search?q=harbour".to_owned(),
        "/search?q=%22%3E%3Cscript%3Ealert(1)%3C%2Fscript%3E".to_owned(),
        "/search?q=harbour+%3Cscript%3E+-%3Cb%3E+person%3A%22%3Ci%3E%22".to_owned(),
        "/search?q=date%3A%3Cscript%3E&sort=%22%3E%3Cscript%3E&page=%3Cb%3E".to_owned(),
        "/%3Cscript%3Ealert(1)%3C/script%3E".to_owned(),
        "/article/%3Cscript%3E".to_owned(),
    ];
    for id in &ids {
        for view in ["cleaned", "filed", "both", "copies", "similar"] {
            paths.push(format!(
                "/article/{id}?view={view}&q=harbour+%3Cscript%3E%22"
            ));
        }
    }
    for path in paths {
        let answer = server.get(&path);
        assert_eq!(
            answer.headers["content-type"], "text/html; charset=utf-8",
            "{path}"
        );
        ensure_clean(&path, &answer.body);
    }
    let page = server.page(&format!("/article/{}", ids[0]));
    assert!(page.contains("&#60;script&#62;"), "{page}");
}

#[test]
fn no_link_leads_nowhere() {
    let morgue = Morgue::with_sample_corpus();
    let server = Server::of(&morgue, &[]);
    let mut next = vec![
        "/".to_owned(),
        "/search?q=ferry+council".to_owned(),
        format!(
            "/article/{}?q=ferry",
            id_of(&morgue, "prints/ferry-sale.txt")
        ),
        format!(
            "/article/{}?view=filed",
            id_of(&morgue, "databases/nexis-uni.txt")
        ),
    ];
    let first = next.len();
    let mut seen: BTreeMap<String, String> = BTreeMap::new();
    let mut places: BTreeSet<(String, String)> = BTreeSet::new();
    let mut at = 0;
    while at < next.len() && seen.len() < 45 {
        let path = next[at].clone();
        at += 1;
        if seen.contains_key(&path) {
            continue;
        }
        let answer = server.get(&path);
        assert_eq!(answer.status, 200, "{path}");
        if !answer.headers["content-type"].starts_with("text/html") {
            seen.insert(path, answer.body);
            continue;
        }
        ensure_clean(&path, &answer.body);
        let mut links = attributes(&answer.body, "href");
        // Of many links of a kind, those that come first in one page after the other.
        if at > first {
            links.truncate(12);
        }
        for href in links {
            let (to, fragment) = href.split_once('#').unwrap_or((&href, ""));
            let to = if to.is_empty() { &path } else { to };
            if to.starts_with('/') {
                next.push(to.to_owned());
                places.insert((to.to_owned(), fragment.to_owned()));
            }
        }
        seen.insert(path, answer.body);
    }
    let mut checked = 0;
    for (path, fragment) in places.iter().filter(|(_, fragment)| !fragment.is_empty()) {
        if let Some(page) = seen.get(path) {
            assert!(
                page.contains(&format!(" id=\"{fragment}\"")),
                "{path}#{fragment}"
            );
            checked += 1;
        }
    }
    assert!(checked > 20, "{checked} of {}", places.len());
}

#[test]
fn only_articles_are_served_and_only_to_those_who_ask_this_machine() {
    let morgue = Morgue::with_sample_corpus();
    fs::write(morgue.path().join("secret.log"), "the secret of the log").unwrap();
    let server = Server::of(&morgue, &[]);
    let host = ("Host", server.host.as_str());
    for (path, status) in [
        ("/article/000000000000", 404),
        ("/article/secret.log", 404),
        ("/article/web/envoy-leaves.txt", 404),
        ("/article/web%2Fenvoy-leaves.txt", 404),
        ("/article/..%2f..%2fetc%2fpasswd", 404),
        ("/../../etc/passwd", 404),
        ("/.morgue/morgue.json", 404),
        ("/article/", 404),
        ("/style.css/../keys.js", 404),
        ("/article/%ff.json", 400),
    ] {
        let answer = server.get(path);
        assert_eq!(answer.status, status, "{path}");
        assert!(!answer.body.contains("secret of"), "{path}");
        assert!(!answer.body.contains("root:"), "{path}");
    }
    for (method, status) in [("DELETE", 405), ("OPTIONS", 405), ("HEAD", 200)] {
        assert_eq!(server.ask(method, "/", &[host]).status, status, "{method}");
    }
    assert_eq!(server.post("/", &[("q", "harbour")]).status, 405);
    for (headers, status) in [
        (vec![("Host", "evil.example")], 403),
        (vec![("Host", "localhost")], 200),
        (vec![host, ("Origin", "http://evil.example")], 403),
        (
            vec![
                host,
                ("Sec-Fetch-Site", "cross-site"),
                ("Sec-Fetch-Mode", "no-cors"),
            ],
            403,
        ),
        (vec![], 400),
        (vec![host, ("Host", "evil.example")], 403),
    ] {
        let answer = server.ask("GET", "/search.json?q=harbour", &headers);
        let is_refused = answer.status != 200;
        assert_eq!(is_refused, status != 200, "{headers:?}: {}", answer.status);
        assert_eq!(is_refused, !answer.body.contains("Pell"), "{headers:?}");
    }
    for path in [
        "/",
        "/search?q=a",
        "/nothing",
        "/style.css",
        "/search.json?q=date%3Ax",
    ] {
        let headers = server.get(path).headers;
        let policy = &headers["content-security-policy"];
        assert!(policy.starts_with("default-src 'none';"), "{policy}");
        assert!(!policy.contains("unsafe"), "{policy}");
        assert_eq!(headers["x-content-type-options"], "nosniff", "{path}");
    }
    let long = "a".repeat(4_001);
    assert_eq!(server.get(&format!("/search?q={long}")).status, 414);
    assert_eq!(server.get(&format!("/search.json?q={long}")).status, 414);
    assert_eq!(
        server
            .get(&format!("/article/000000000000?q={long}"))
            .status,
        414
    );
    let longer = "a".repeat(40_000);
    assert!(server.get(&format!("/search?q={longer}")).status >= 400);
    let deep = "(".repeat(1_000);
    assert_eq!(server.get(&format!("/search?q={deep}ferry")).status, 400);
}

#[test]
fn others_need_the_password() {
    let morgue = Morgue::with_sample_corpus();
    morgue
        .run(["serve", "--listen", "0.0.0.0", "--port", "0"])
        .fails(
            "morgue: 0.0.0.0: everyone who reaches this machine could read the archive; give \
             --password-file FILE, or --public if that is what you want; without --listen, only this \
             machine reaches it",
        );
    for (content, listen) in [("short\n", "127.0.0.1"), ("\nsecond line", "0.0.0.0")] {
        fs::write(morgue.path().join("password"), content).unwrap();
        morgue
            .run(["serve", "--port", "0", "--listen", listen, "--password-file", "password"])
            .fails(
                "morgue: password: its first line is no password; write the password there, of at least \
                 8 characters",
            );
    }
    fs::write(morgue.path().join("password"), "eel pie: 1\n").unwrap();
    let server = Server::of(
        &morgue,
        &["--password-file", "password", "--host", "desk.example"],
    );
    let host = ("Host", "desk.example");
    // "anyone:eel pie: 1", "anyone:eel pie: 2"
    let right = ("Authorization", "Basic YW55b25lOmVlbCBwaWU6IDE=");
    let wrong = ("Authorization", "Basic YW55b25lOmVlbCBwaWU6IDI=");
    for path in ["/", "/search.json?q=harbour", "/style.css"] {
        let answer = server.ask("GET", path, &[host]);
        assert_eq!(answer.status, 401);
        assert!(answer.headers["www-authenticate"].starts_with("Basic "));
        assert!(!answer.body.contains("Pell"));
        assert_eq!(server.ask("GET", path, &[host, right]).status, 200);
    }
    assert_eq!(server.ask("GET", "/", &[host, wrong]).status, 401);
    let port = server.host.split(':').next_back().unwrap();
    let run = morgue.run(["serve", "--port", port]);
    assert_eq!(run.status, 2);
    assert!(
        run.stderr
            .contains("another program has this port; give another with --port")
    );
}

#[cfg(unix)]
#[test]
fn an_index_that_changed_is_picked_up() {
    let morgue = Morgue::new().file("a.txt", "Ferry sold\n\nThe council sold the ferry.\n");
    morgue.run(["index", ".", "--quiet"]).is(0, "", "");
    let server = Server::of(&morgue, &[]);
    let total = || server.record("/search.json?q=ferry")["answer"]["total"].as_u64();
    assert_eq!(total(), Some(1));
    let page = || text_of(&server.page("/search?q=ferry"));
    assert!(page().contains("1 article"));
    morgue.write(
        "b.txt",
        "Ferry bought\n\nA rival bought the ferry from the town.\n",
        500,
    );
    morgue.run(["index", ".", "--quiet"]).is(0, "", "");
    assert_eq!(total(), Some(2));
    assert!(page().contains("2 articles"));
    assert!(text_of(&server.page("/")).contains("2 articles"));
    fs::remove_file(morgue.path().join("a.txt")).unwrap();
    morgue.run(["index", ".", "--quiet", "--prune"]);
    assert_eq!(total(), Some(1));
    morgue.write("c.txt", "Ferry sunk\n\nThe ferry sank at the quay.\n", 500);
    morgue
        .run(["index", ".", "--quiet", "--rebuild"])
        .is(0, "", "");
    assert_eq!(total(), Some(2));
    // What the user decides on persons counts at once.
    let text = "Ferry again\n\nAda Holm said that the ferry of Ada Holm will run again.\n";
    morgue.write("d.txt", text, 500);
    morgue.run(["index", ".", "--quiet"]).is(0, "", "");
    assert!(text_of(&server.page("/")).contains("Named most Ada Holm 1"));
    morgue.write("people.toml", "nobody = [\"Ada Holm\"]\n", 10);
    assert!(!text_of(&server.page("/")).contains("Ada Holm"));
    fs::remove_file(morgue.path().join("d.txt")).unwrap();
    morgue.run(["index", ".", "--quiet", "--prune"]);
    // A copy of the index is not there for a moment.
    fs::rename(morgue.path().join(".morgue"), morgue.path().join("away")).unwrap();
    let answer = server.get("/search?q=ferry");
    assert_eq!(answer.status, 503);
    assert!(
        answer.body.contains("The archive can&#39;t be read now"),
        "{}",
        answer.body
    );
    let path = morgue.path().to_string_lossy().into_owned();
    assert!(!answer.body.contains(&path), "{}", answer.body);
    fs::rename(morgue.path().join("away"), morgue.path().join(".morgue")).unwrap();
    assert_eq!(total(), Some(2));
}

#[test]
fn a_slow_client_holds_nothing() {
    let morgue = Morgue::new().file("a.txt", "Ferry sold\n\nThe council sold the ferry.\n");
    morgue.run(["index", ".", "--quiet"]).is(0, "", "");
    let server = Server::of(&morgue, &[]);
    let silent: Vec<TcpStream> = (0..60).map(|_| server.connect()).collect();
    let halves: Vec<TcpStream> = (0..60)
        .map(|_| {
            let mut stream = server.connect();
            stream
                .write_all(b"GET /search?q=ferry HTTP/1.1\r\nHost: loc")
                .unwrap();
            stream
        })
        .collect();
    let start = Instant::now();
    assert!(text_of(&server.page("/search?q=ferry")).contains("Ferry sold"));
    assert!(start.elapsed() < Duration::from_secs(5));
    // A connection answers several requests.
    let mut stream = server.connect();
    for last in [false, true] {
        let close = if last { "Connection: close\r\n" } else { "" };
        let head = format!("GET /icon.svg HTTP/1.1\r\nHost: localhost\r\n{close}\r\n");
        stream.write_all(head.as_bytes()).unwrap();
    }
    let both = answer(stream);
    assert_eq!(
        both.body.matches("HTTP/1.1 200 OK").count(),
        1,
        "{}",
        both.body
    );
    drop((silent, halves));
}

#[cfg(unix)]
#[test]
fn it_ends_within_a_second() {
    let morgue = Morgue::new().file("a.txt", "Ferry sold\n\nThe council sold the ferry.\n");
    morgue.run(["index", ".", "--quiet"]).is(0, "", "");
    for signal in ["-TERM", "-INT"] {
        let mut server = Server::of(&morgue, &[]);
        let mut idle = server.connect();
        idle.write_all(b"GET /sea").unwrap();
        assert_eq!(server.get("/").status, 200);
        let id = server.child.id().to_string();
        let start = Instant::now();
        let sent = std::process::Command::new("kill")
            .args([signal, &id])
            .status()
            .unwrap();
        assert!(sent.success());
        let status = server.child.wait().unwrap();
        assert!(
            start.elapsed() < Duration::from_secs(1),
            "{:?}",
            start.elapsed()
        );
        assert_eq!(status.code(), Some(0), "{signal}");
    }
}
