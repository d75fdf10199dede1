//! `morgue context`: every occurrence in a line.

use crate::harness::Morgue;

fn archive() -> Morgue {
    let morgue = Morgue::new()
        .file(
            "a.txt",
            "Ferry sold\n\nBy Ada Holm\n\nJune 27, 2018\n\nThe old ferry of the town was sold. A new ferry \
             comes in May.\n\nNobody rode the ferry's last trip.\n",
        )
        .file("b.txt", "Quiet night\n\nMay 2, 2017\n\nNo ferry ran at night.\n")
        .file("c.txt", "Bridge opens\n\nThe bridge of Brindle opened on Tuesday.\n");
    morgue.run(["index", ".", "--quiet"]).is(0, "", "");
    morgue
}

/// The path, paragraph and text of each line, with the occurrence in brackets.
fn lines(morgue: &Morgue, arguments: &[&str]) -> Vec<String> {
    let run = morgue.run(
        [
            &["context", "--json", "--left", "12", "--right", "12"],
            arguments,
        ]
        .concat(),
    );
    assert_eq!(run.stderr, "", "{arguments:?}");
    let lines = run.records().map(|line| {
        let text = |key: &str| line[key].as_str().unwrap().to_owned();
        let (left, matched, right) = (text("left"), text("match"), text("right"));
        format!(
            "{}:{} {left}[{matched}]{right}",
            text("path"),
            line["paragraph"]
        )
    });
    lines.collect()
}

#[test]
fn every_occurrence_is_a_line() {
    let morgue = archive();
    let all = lines(&morgue, &["ferry"]);
    assert_eq!(
        all,
        [
            "a.txt:0 [Ferry] sold",
            "a.txt:1 The old [ferry] of the town",
            "a.txt:1 sold. A new [ferry] comes in",
            "a.txt:2 rode the [ferry]'s last",
            "b.txt:1 No [ferry] ran at",
        ]
    );
    assert_eq!(
        lines(&morgue, &["ferry", "--offset", "1", "--limit", "2"]),
        all[1..3]
    );
    assert_eq!(lines(&morgue, &["ferry", "--before", "2017"]), all[4..]);
    let sorted = lines(&morgue, &["ferry", "--sort", "left"]);
    let first: Vec<&str> = sorted.iter().map(|line| &line[..7]).collect();
    assert_eq!(
        first,
        ["a.txt:0", "a.txt:1", "b.txt:1", "a.txt:1", "a.txt:2"]
    );
    assert_eq!(
        lines(&morgue, &["ferry", "--sort", "date", "--limit", "1"]),
        all[4..]
    );
    assert_eq!(
        lines(&morgue, &["ferry", "--sort", "right2", "--limit", "1"]).len(),
        1
    );
    assert_eq!(
        lines(&morgue, &["\"old ferry\""]),
        ["a.txt:1 The [old ferry] of the town"]
    );
}

#[test]
fn places_are_those_of_the_article() {
    let morgue = archive();
    let article = morgue
        .run(["show", "a.txt", "--json"])
        .records()
        .next()
        .unwrap();
    let blocks = article["blocks"].as_array().unwrap().iter();
    let paragraphs: Vec<&str> = blocks
        .map(|block| block["text"].as_str().unwrap())
        .collect();
    let run = morgue.run([
        "context", "ferry", "--json", "--before", "2018", "--after", "2018",
    ]);
    let mut counted = 0;
    for line in run.records().filter(|line| line["paragraph"] != 0) {
        let number = |key: &str| usize::try_from(line[key].as_u64().unwrap()).unwrap();
        let text: String = paragraphs[number("paragraph") - 1]
            .chars()
            .skip(number("start"))
            .take(number("end") - number("start"))
            .collect();
        assert_eq!(text, line["match"].as_str().unwrap());
        counted += 1;
    }
    assert_eq!(counted, 3);
}

#[test]
fn what_can_not_be_shown_is_said() {
    let morgue = archive();
    for (arguments, status, message) in [
        (vec!["zeppelin"], 1, ""),
        (
            vec!["ferry", "--left", "99999999999"],
            2,
            "99999999999 is not in 0..=10000",
        ),
        (
            vec!["date:2018"],
            2,
            "no word, phrase or person to show in context",
        ),
        (
            vec!["ferry", "--sort", "up"],
            2,
            "write article, date, left or right",
        ),
        (
            vec!["ferry", "--sort", "left0"],
            2,
            "write article, date, left or right",
        ),
        (vec!["date:soonest"], 2, "soonest"),
        (
            vec!["ferry", "--offset", "9"],
            0,
            "--offset 9 leaves out all 5",
        ),
    ] {
        let run = morgue.run([vec!["context"], arguments.clone()].concat());
        assert_eq!(run.status, status, "{arguments:?}: {}", run.stderr);
        assert!(
            run.stderr.contains(message),
            "{arguments:?}: {}",
            run.stderr
        );
        assert_eq!(run.stdout, "", "{arguments:?}");
    }
}
