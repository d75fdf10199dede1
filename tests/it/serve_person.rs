//! The pages about persons.

use crate::harness::Morgue;
use crate::serving::{Server, attributes, inside, text_of};

/// An article that names Ada Holm, and then her surname alone.
const STORM: &str =
    "Storm\n\nMayor Ada Holm said that the pier was safe. Holm had seen it herself.\n";

#[test]
fn a_person_has_a_page() {
    let morgue = Morgue::with_sample_corpus();
    let server = Server::of(&morgue, &[]);
    let page = server.page("/person?name=pell%2C+joren");
    let text = text_of(&page);
    assert!(
        text.contains("Joren Pell 11 articles, ") && text.contains("2018-04-03 to 2021-03-30"),
        "{text}"
    );
    assert!(text.contains("2018: 3 articles"), "{text}");
    assert!(page.contains("<mark>Pell</mark>"), "{page}");
    // The articles of a pair are those that name both.
    let with = inside(&page, "<section class=\"with\"", "</section>");
    let links = attributes(with, "href");
    assert_eq!(links[0], "/person?name=Anna+Thorne");
    let record = server.record("/person.json?name=Joren+Pell");
    let pair = server.record(&links[1].replace("/search?", "/search.json?"));
    assert_eq!(
        pair["answer"]["total"],
        record["people"][0]["with"][0]["articles"]
    );
    for link in &links[1..4] {
        assert_eq!(server.get(link).status, 200, "{link}");
    }
    // The twin is the record of the command line.
    let run = morgue.run(["people", "Joren Pell", "--stories", "--json"]);
    assert_eq!(record["people"][0], run.records().next().unwrap());
    let mayor = server.record("/person.json?name=Anna+Thorne");
    assert_eq!(mayor["people"][0]["titles"]["mayor"], 8);
    let text = text_of(&server.page("/person?name=Anna+Thorne"));
    assert!(text.contains("Titles mayor 8"), "{text}");
}

#[test]
fn a_name_of_several_or_nobody_leads_on() {
    let morgue = Morgue::new()
        .file(
            "a.txt",
            STORM,
        )
        .file(
            "b.txt",
            "Calm\n\nJudge Piet Holm said on Monday that bread would be cheap. Holm smiled at it.\n",
        )
        .file(
            "c.txt",
            "Rain\n\nThe poet <script>Ola</script> Vink and the singer Rika Vink met on Monday.\n",
        );
    assert_eq!(morgue.run(["index", ".", "--quiet"]).status, 0);
    let server = Server::of(&morgue, &[]);
    let page = server.page("/person?name=Holm");
    let main = inside(&page, "<main", "</main>");
    assert!(
        text_of(main).contains("Holm may be one of several"),
        "{page}"
    );
    let links = attributes(inside(main, "people-list", "</ul>"), "href");
    assert_eq!(
        links,
        [
            "/person?name=Ada+Holm&key=ada+holm",
            "/person?name=Piet+Holm&key=piet+holm"
        ]
    );
    let page = server.page(&links[0]);
    assert!(
        text_of(&page).contains("Ada Holm 1 article, 1 story"),
        "{page}"
    );
    assert!(page.contains("href=\"/person?name=Piet+Holm\""), "{page}");
    let nobody = server.get("/person?name=Jan+Holm");
    assert_eq!(nobody.status, 404);
    let text = text_of(&nobody.body);
    assert!(text.contains("No article names Jan Holm"), "{text}");
    assert!(
        nobody.body.contains("href=\"/person?name=Ada+Holm\""),
        "{text}"
    );
    assert_eq!(server.get("/person.json?name=Jan+Holm").status, 404);
    // What is typed is text.
    let odd = server.get("/person?name=%3Cscript%3Ealert%281%29%3C%2Fscript%3E");
    assert_eq!(odd.status, 404);
    assert!(!odd.body.contains("<script>alert"), "{}", odd.body);
    let long = format!("/person?name={}", "x".repeat(1_001));
    assert_eq!(server.get(&long).status, 414);
    // Without a name, those whom most articles name.
    let page = server.page("/person");
    assert!(page.contains("href=\"/person?name=Ada+Holm\""), "{page}");
}

#[test]
fn persons_are_linked_to_their_pages() {
    let morgue = Morgue::with_sample_corpus();
    let server = Server::of(&morgue, &[]);
    let id = crate::serving::id_of(&morgue, "prints/ferry-sale.txt");
    for path in [
        "/".to_owned(),
        "/search?q=harbour".to_owned(),
        format!("/article/{id}"),
    ] {
        let links = attributes(&server.page(&path), "href");
        assert!(
            links.iter().any(|link| link == "/person?name=Joren+Pell"),
            "{path}: {links:?}"
        );
    }
}

/// The value of a hidden field of a page.
fn field(page: &str, name: &str) -> String {
    let start = format!("name=\"{name}\" value=\"");
    crate::serving::unescaped(inside(page, &start, "\""))
}

/// Two persons of one surname, and decisions with comments.
fn with_decisions() -> Morgue {
    let morgue = Morgue::new()
        .file("a.txt", STORM)
        .file(
            "b.txt",
            "Calm\n\nMayor Ada Roos said on Monday that bread would be cheap. Roos smiled at it.\n",
        )
        .file("people.toml", DECISIONS);
    assert_eq!(morgue.run(["index", ".", "--quiet"]).status, 0);
    morgue
}

const DECISIONS: &str = "# What I know.\nnobody = [\"Big Ben\"] # a bell\n";

/// Sends the form of a page that shows a change, with some fields replaced.
fn send(server: &Server, page: &str, replaced: &[(&str, &str)]) -> crate::serving::Answer {
    let form: Vec<(&str, String)> = ["token", "what", "name", "other", "hash"]
        .into_iter()
        .map(|name| {
            let other = replaced.iter().find(|(replaced, _)| *replaced == name);
            let value = other.map_or_else(|| field(page, name), |(_, value)| (*value).to_owned());
            (name, value)
        })
        .collect();
    let form: Vec<(&str, &str)> = form.iter().map(|(name, value)| (*name, &**value)).collect();
    server.post("/person/change", &form)
}

#[test]
fn persons_are_merged_and_split() {
    let morgue = with_decisions();
    let server = Server::of(&morgue, &[]);
    let decisions = || std::fs::read_to_string(morgue.path().join("people.toml")).unwrap();
    let articles = |name: &str| {
        let run = morgue.run(["people", name, "--json"]);
        run.records().next().unwrap()["articles"].as_u64().unwrap()
    };
    let person = server.page("/person?name=Ada+Holm");
    assert!(person.contains("action=\"/person/change\""), "{person}");
    let shown = server.page("/person/change?what=merge&name=Ada+Holm&other=Ada+Roos");
    let text = text_of(&shown);
    assert!(
        text.contains("Ada Holm and Ada Roos are one person"),
        "{text}"
    );
    assert!(
        text.contains("added: names = [\"Ada Holm\", \"Ada Roos\"]"),
        "{text}"
    );
    // Nothing is written until the second button.
    assert_eq!(decisions(), DECISIONS);
    let answer = send(&server, &shown, &[]);
    assert_eq!(answer.status, 303, "{}", answer.body);
    assert_eq!(answer.headers["location"], "/person?name=Ada+Holm");
    let merged = format!("{DECISIONS}\n[[one]]\nnames = [\"Ada Holm\", \"Ada Roos\"]\n");
    assert_eq!(decisions(), merged);
    assert_eq!(articles("Ada Holm"), 2);
    let person = text_of(&server.page(&answer.headers["location"]));
    assert!(person.contains("Ada Holm 2 articles"), "{person}");
    let again = server.get("/person/change?what=merge&name=Ada+Holm&other=Ada+Roos");
    assert_eq!(again.status, 409);
    assert!(
        text_of(&again.body).contains("are one person already"),
        "{}",
        again.body
    );
    // And back.
    let shown = server.page("/person/change?what=split&name=Ada+Holm&other=Ada+Roos");
    assert!(text_of(&shown).contains("removed: [[one]]"), "{shown}");
    assert_eq!(send(&server, &shown, &[]).status, 303);
    assert_eq!(articles("Ada Holm"), 1);
    assert!(decisions().starts_with(DECISIONS), "{}", decisions());
    let left: Vec<_> = std::fs::read_dir(morgue.path()).unwrap().collect();
    assert_eq!(left.len(), 4, "{left:?}");
}

#[test]
fn only_the_change_that_was_shown_is_made() {
    let morgue = with_decisions();
    let server = Server::of(&morgue, &[]);
    let path = morgue.path().join("people.toml");
    let shown = server.page("/person/change?what=merge&name=Ada+Holm&other=Ada+Roos");
    for token in ["", "0123456789abcdef0123456789abcdef"] {
        let answer = send(&server, &shown, &[("token", token)]);
        assert_eq!(answer.status, 403, "{token}");
        assert!(
            text_of(&answer.body).contains("Nothing was changed"),
            "{}",
            answer.body
        );
    }
    assert_eq!(std::fs::read_to_string(&path).unwrap(), DECISIONS);
    // Somebody edits the file meanwhile.
    let edited = format!("{DECISIONS}# Another line.\n");
    std::fs::write(&path, &edited).unwrap();
    let answer = send(&server, &shown, &[]);
    assert_eq!(answer.status, 409);
    assert!(
        text_of(&answer.body).contains("has changed since"),
        "{}",
        answer.body
    );
    assert_eq!(std::fs::read_to_string(&path).unwrap(), edited);
    // A file that can't be read is named, with the line.
    std::fs::write(&path, "nobody = [\n").unwrap();
    let answer = server.get("/person/change?what=merge&name=Ada+Holm&other=Ada+Roos");
    assert_eq!(answer.status, 409);
    assert!(
        text_of(&answer.body).contains("people.toml: line "),
        "{}",
        answer.body
    );
    // Without a file, one is made.
    std::fs::remove_file(&path).unwrap();
    let shown = server.page("/person/change?what=split&name=Ada+Holm&other=Ada+Roos");
    assert_eq!(send(&server, &shown, &[]).status, 303);
    assert_eq!(
        std::fs::read_to_string(&path).unwrap(),
        "[[apart]]\nnames = [\"Ada Holm\", \"Ada Roos\"]\n"
    );
}

#[test]
fn who_reads_a_public_archive_changes_nothing() {
    let morgue = with_decisions();
    let server = Server::of(&morgue, &["--public"]);
    let person = server.page("/person?name=Ada+Holm");
    assert!(!person.contains("/person/change"), "{person}");
    let shown = server.get("/person/change?what=merge&name=Ada+Holm&other=Ada+Roos");
    assert_eq!(shown.status, 403);
}
