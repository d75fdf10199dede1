//! Writes the answer to a search as text.

use std::io::{self, Write};
use std::path::Path;

use super::counts::counts;
use super::escape::escape;
use super::numbers::{count, count_stories};
use super::style::{Ink, Style};
use crate::passages::Passage;
use crate::search::answer::{Answer, Hit};

/// The most persons of an article that are listed.
const MAX_PEOPLE: usize = 6;

/// The indent of a hit's lines, in columns: the width of its rank.
const INDENT: usize = 4;

/// Writes an answer. If the folder of articles is given, paths link to their files.
pub fn answer(
    out: &mut impl Write,
    answer: &Answer,
    folder: Option<&Path>,
    style: &Style,
) -> io::Result<()> {
    let shown_or_copied: usize = answer.hits.iter().map(|hit| 1 + hit.copies.len()).sum();
    let shown = match (answer.hits.first(), answer.hits.last()) {
        (Some(first), Some(last)) if shown_or_copied < answer.total => {
            format!(", {} to {} shown", first.rank, last.rank)
        }
        _ => String::new(),
    };
    let total = match answer.total {
        0 => "no article".to_owned(),
        total => count(total as u64, "article"),
    };
    let stories = match answer.stories {
        Some(stories) => format!(", {}", count_stories(stories as u64)),
        None => String::new(),
    };
    let understood = escape(&answer.understood);
    style.paragraph(out, 0, &format!("{total}{stories} for {understood}{shown}"))?;
    for note in &answer.notes {
        let note = format!("note: {}", escape(note));
        style.paragraph(out, 0, &style.paint(Ink::Dim, &note))?;
    }
    if let Some(of_answer) = &answer.counts {
        counts(out, of_answer, style)?;
    }
    for hit in &answer.hits {
        writeln!(out)?;
        write_hit(out, hit, folder, style)?;
    }
    Ok(())
}

fn write_hit(
    out: &mut impl Write,
    hit: &Hit,
    folder: Option<&Path>,
    style: &Style,
) -> io::Result<()> {
    let headline = match (&hit.headline, &hit.headline_marked) {
        (_, Some(spans)) => marked(spans, Ink::Bold, style),
        (Some(headline), None) => style.paint(Ink::Bold, &style.text(headline)),
        (None, None) => {
            let beginning = hit.beginning.as_deref().unwrap_or_default();
            style.paint(Ink::Bold, &format!("[{}]", style.text(beginning)))
        }
    };
    style.paragraph(out, 0, &format!("{:>2}. {headline}", hit.rank))?;
    style.paragraph(out, INDENT, &facts(hit, folder, style))?;
    if !hit.people.is_empty() {
        style.paragraph(out, INDENT, &people(hit, style))?;
    }
    if !hit.lacks.is_empty() {
        let lacks = format!("Lacks: {}", escape(&hit.lacks.join(", ")));
        style.paragraph(out, INDENT, &style.paint(Ink::Dim, &lacks))?;
    }
    for passage in &hit.passages {
        style.paragraph(
            out,
            INDENT,
            &format!("“{}”", marked(passage, Ink::Plain, style)),
        )?;
    }
    Ok(())
}

/// Returns the date, outlet, writers, path and id of a hit on one line.
fn facts(hit: &Hit, folder: Option<&Path>, style: &Style) -> String {
    let mut facts = vec![match hit.published {
        Some(date) => date.to_string(),
        None => "undated".to_owned(),
    }];
    for fact in hit.source.iter().chain(&hit.byline) {
        facts.push(style.text(fact).into_owned());
    }
    if hit.copy_of.is_some() {
        facts.push("the same story".to_owned());
    }
    let path = escape(&hit.path);
    let url = folder.and_then(|folder| url::Url::from_file_path(folder.join(&hit.path)).ok());
    let path = match url {
        Some(url) => style.link(url.as_str(), &path),
        None => path,
    };
    facts.push(style.paint(Ink::Path, &path));
    facts.push(style.paint(Ink::Dim, &hit.id));
    match hit.copies.len() {
        0 => {}
        1 => facts.push("and 1 copy".to_owned()),
        copies => facts.push(format!("and {copies} copies")),
    }
    facts.join(" · ")
}

/// Returns the first persons of a hit, and how many more there are.
fn people(hit: &Hit, style: &Style) -> String {
    let mut people: Vec<_> = hit
        .people
        .iter()
        .take(MAX_PEOPLE)
        .map(|name| style.text(name))
        .collect();
    let more = hit.people.len() - people.len();
    if more > 0 {
        people.push(format!("{more} more").into());
    }
    format!("People: {}", people.join(", "))
}

/// Returns the text of a passage, with what the query matched in colour and the rest in an ink.
fn marked(passage: &Passage, rest: Ink, style: &Style) -> String {
    passage
        .iter()
        .map(|span| {
            let text = style.text(&span.text);
            style.paint(if span.hit { Ink::Hit } else { rest }, &text)
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::passages::Span;

    fn sample() -> Answer {
        let span = |text: &str, hit| Span {
            text: text.to_owned(),
            hit,
        };
        Answer {
            schema: 1,
            query: "ferry".to_owned(),
            understood: "ferry".to_owned(),
            total: 3,
            stories: None,
            took_ms: 0.5,
            notes: vec!["a note".to_owned()],
            counts: None,
            hits: vec![
                Hit {
                    rank: 1,
                    score: 2.0,
                    id: "9c1d0f2ab3e4".to_owned(),
                    path: "2018/ferry.txt".to_owned(),
                    headline: Some("Ferry\x1b line sold".to_owned()),
                    headline_marked: None,
                    beginning: None,
                    published: "2018-06-27".parse().ok(),
                    source: Some("quay.example".to_owned()),
                    byline: vec!["Ada Holm".to_owned()],
                    people: vec!["Piet Roos".to_owned()],
                    passages: vec![vec![
                        span("The ", false),
                        span("ferry", true),
                        span(" line was sold.", false),
                    ]],
                    places: Vec::new(),
                    occurrences: 0,
                    lacks: Vec::new(),
                    story: None,
                    copies: Vec::new(),
                    copy_of: None,
                },
                Hit {
                    rank: 2,
                    score: 1.0,
                    id: "000000000000".to_owned(),
                    path: "b.txt".to_owned(),
                    headline: None,
                    headline_marked: None,
                    beginning: Some("A lead.".to_owned()),
                    published: None,
                    source: None,
                    byline: Vec::new(),
                    people: Vec::new(),
                    passages: vec![vec![span("A lead.", false)]],
                    places: Vec::new(),
                    occurrences: 0,
                    lacks: Vec::new(),
                    story: None,
                    copies: Vec::new(),
                    copy_of: None,
                },
            ],
        }
    }

    fn written(style: &Style) -> String {
        let mut out = Vec::new();
        answer(&mut out, &sample(), None, style).unwrap();
        String::from_utf8(out).unwrap()
    }

    #[test]
    fn writes_plain_text_to_a_pipe() {
        assert_eq!(
            written(&Style::default()),
            "3 articles for ferry, 1 to 2 shown\nnote: a note\n\n\
             \x20\x31. Ferry\x1b line sold\n    2018-06-27 · quay.example · Ada Holm · 2018/ferry.txt · 9c1d0f2ab3e4\n    \
             People: Piet Roos\n    “The ferry line was sold.”\n\n\
             \x20\x32. [A lead.]\n    undated · b.txt · 000000000000\n    “A lead.”\n"
        );
    }

    #[test]
    fn colours_and_escapes_on_a_terminal() {
        let style = Style {
            color: true,
            width: Some(40),
            hyperlinks: false,
            escape: true,
        };
        let text = written(&style);
        assert!(
            text.contains("\x1b[1mFerry\\u{1b} line sold\x1b[0m"),
            "{text}"
        );
        assert!(text.contains("The \x1b[1;33mferry\x1b[0m line"), "{text}");
    }
}
