//! Writes the answer to a search for people to read.

use std::io::{self, Write};
use std::path::Path;

use super::{Ink, Style, count, escape};
use crate::passages::Passage;
use crate::search::answer::{Answer, Hit};

/// How many of an article's persons are shown.
const MOST_PEOPLE: usize = 6;

/// Columns that a hit's lines are set in by: its rank stands in front of them.
const INDENT: usize = 4;

/// Writes an answer. Paths link to the files below `folder`, where it is known.
pub fn answer(
    out: &mut impl Write,
    answer: &Answer,
    folder: Option<&Path>,
    style: &Style,
) -> io::Result<()> {
    let shown = match (answer.hits.first(), answer.hits.last()) {
        (Some(first), Some(last)) if answer.hits.len() < answer.total => {
            format!(", {} to {} shown", first.rank, last.rank)
        }
        _ => String::new(),
    };
    let total = match answer.total {
        0 => "no article".to_owned(),
        total => count(total, "article"),
    };
    // What repeats the question, and names of files, are spelled out in a pipe too.
    let understood = escape(&answer.understood);
    style.paragraph(out, 0, &format!("{total} for {understood}{shown}"))?;
    for note in &answer.notes {
        style.paragraph(
            out,
            0,
            &style.paint(Ink::Dim, &format!("note: {}", escape(note))),
        )?;
    }
    if let Some(counts) = &answer.counts {
        super::counts::counts(out, counts, style)?;
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
    let headline = match &hit.headline {
        Some(headline) => style.text(headline).into_owned(),
        // An article without a headline is known by its first words.
        None => format!("[{}]", style.text(&first_words(hit.passages.first()))),
    };
    let rank = format!("{:>2}. ", hit.rank);
    style.paragraph(
        out,
        0,
        &format!("{rank}{}", style.paint(Ink::Bold, &headline)),
    )?;
    let path = escape(&hit.path);
    let path = match folder.map(|folder| folder.join(&hit.path)) {
        Some(file) => match url::Url::from_file_path(file) {
            Ok(url) => style.link(url.as_str(), &path),
            Err(()) => path,
        },
        None => path,
    };
    let mut facts = vec![match hit.published {
        Some(date) => date.to_string(),
        None => "undated".to_owned(),
    }];
    facts.extend(
        hit.source
            .as_deref()
            .map(|source| style.text(source).into_owned()),
    );
    facts.extend(
        hit.byline
            .iter()
            .map(|writer| style.text(writer).into_owned()),
    );
    if hit.copy_of.is_some() {
        facts.push("the same story".to_owned());
    }
    facts.push(style.paint(Ink::Path, &path));
    facts.push(style.paint(Ink::Dim, &hit.id));
    style.paragraph(out, INDENT, &facts.join(" · "))?;
    if !hit.people.is_empty() {
        let mut people: Vec<_> = hit
            .people
            .iter()
            .take(MOST_PEOPLE)
            .map(|name| style.text(name))
            .collect();
        let left = hit.people.len() - people.len();
        if left > 0 {
            people.push(format!("{left} more").into());
        }
        style.paragraph(out, INDENT, &format!("People: {}", people.join(", ")))?;
    }
    for passage in &hit.passages {
        let text: String = passage
            .iter()
            .map(|span| {
                let text = style.text(&span.text);
                if span.hit {
                    style.paint(Ink::Hit, &text)
                } else {
                    text.into_owned()
                }
            })
            .collect();
        style.paragraph(out, INDENT, &format!("“{text}”"))?;
    }
    Ok(())
}

/// Returns the first words of a passage, some sixty characters.
fn first_words(passage: Option<&Passage>) -> String {
    const MOST: usize = 60;
    let text: String = passage
        .into_iter()
        .flatten()
        .map(|span| span.text.as_str())
        .collect();
    let mut words = String::new();
    for word in text.split_whitespace() {
        if words.chars().count() + word.chars().count() > MOST {
            words.push_str(" …");
            break;
        }
        if !words.is_empty() {
            words.push(' ');
        }
        words.push_str(word);
    }
    words
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
                    published: "2018-06-27".parse().ok(),
                    source: Some("quay.example".to_owned()),
                    byline: vec!["Ada Holm".to_owned()],
                    people: vec!["Piet Roos".to_owned()],
                    passages: vec![vec![
                        span("The ", false),
                        span("ferry", true),
                        span(" line was sold.", false),
                    ]],
                    copy_of: None,
                },
                Hit {
                    rank: 2,
                    score: 1.0,
                    id: "000000000000".to_owned(),
                    path: "b.txt".to_owned(),
                    headline: None,
                    published: None,
                    source: None,
                    byline: Vec::new(),
                    people: Vec::new(),
                    passages: vec![vec![span("A lead.", false)]],
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
    fn writes_plainly_into_a_pipe() {
        assert_eq!(
            written(&Style::default()),
            "3 articles for ferry, 1 to 2 shown\nnote: a note\n\n\
             \x20\x31. Ferry\x1b line sold\n    2018-06-27 · quay.example · Ada Holm · 2018/ferry.txt · 9c1d0f2ab3e4\n    \
             People: Piet Roos\n    “The ferry line was sold.”\n\n\
             \x20\x32. [A lead.]\n    undated · b.txt · 000000000000\n    “A lead.”\n"
        );
    }

    #[test]
    fn colours_wraps_and_escapes_on_a_terminal() {
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
