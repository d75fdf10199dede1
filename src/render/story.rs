//! Writes stories: lists of them, and what each article of one made of the first.

use std::io::{self, Write};

use super::escape::escape;
use super::numbers::count;
use super::style::{Ink, Style};
use crate::search::story::{Kind, MadeOf, Story, StoryArticle};
use crate::stories::changes::Change;

/// A passage of more words than this is shown by its first and its last words, unless all is asked for.
const LONG: usize = 40;
const FIRST: usize = 20;
const LAST: usize = 8;

/// The most changed words that are listed, unless all is asked for.
const LISTED: usize = 12;

/// The indent of an article's lines, in columns.
const INDENT: usize = 4;

/// Writes a story. If `is_whole`, every passage is written in full, and those that stayed too.
pub fn story(out: &mut impl Write, story: &Story, is_whole: bool, style: &Style) -> io::Result<()> {
    let heading = match story.articles.len() {
        1 => "the archive has no copy of this article".to_owned(),
        number => format!("{number} articles are one story; what each made of the first:"),
    };
    style.paragraph(out, 0, &heading)?;
    for (number, article) in (1..).zip(&story.articles) {
        writeln!(out)?;
        write_head(out, number, article, style)?;
        if let Some(made_of) = &article.made_of {
            style.paragraph(out, INDENT, &summary(article.kind, made_of))?;
            write_changes(out, made_of, is_whole, style)?;
        }
    }
    Ok(())
}

/// Writes a list of stories, `total` of which there are.
pub fn stories(
    out: &mut impl Write,
    stories: &[Story],
    total: usize,
    style: &Style,
) -> io::Result<()> {
    let heading = match (total, stories.len()) {
        (0, _) => "no article has a copy".to_owned(),
        (1, 1) => "1 story has several articles:".to_owned(),
        (total, shown) if shown < total => {
            format!("{total} stories have several articles; the {shown} with the most:")
        }
        (total, _) => format!("{total} stories have several articles:"),
    };
    style.paragraph(out, 0, &heading)?;
    for story in stories {
        writeln!(out)?;
        let fullest = story.articles.iter().max_by_key(|article| article.words);
        let headline = fullest.map_or_else(String::new, |article| headline_of(article, style));
        let number = count(story.articles.len() as u64, "article");
        style.paragraph(out, 0, &format!("{number} · {headline}"))?;
        for article in &story.articles {
            style.paragraph(out, INDENT, &facts(article, style))?;
        }
    }
    Ok(())
}

fn headline_of(article: &StoryArticle, style: &Style) -> String {
    match &article.headline {
        Some(headline) => style.paint(Ink::Bold, &style.text(headline)),
        None => "(no headline)".to_owned(),
    }
}

fn write_head(
    out: &mut impl Write,
    number: usize,
    article: &StoryArticle,
    style: &Style,
) -> io::Result<()> {
    let headline = headline_of(article, style);
    style.paragraph(out, 0, &format!("{number:>2}. {headline}"))?;
    style.paragraph(out, INDENT, &facts(article, style))
}

/// Returns the date, outlet, writers, path, id and length of an article on one line.
fn facts(article: &StoryArticle, style: &Style) -> String {
    let mut facts = vec![match article.published {
        Some(date) => date.to_string(),
        None => "undated".to_owned(),
    }];
    for fact in article.source.iter().chain(&article.byline) {
        facts.push(style.text(fact).into_owned());
    }
    let path = match article.part {
        0 => escape(&article.path),
        part => format!("{}, article {}", escape(&article.path), part + 1),
    };
    facts.push(style.paint(Ink::Path, &path));
    facts.push(style.paint(Ink::Dim, &article.id));
    facts.push(count(u64::from(article.words), "word"));
    facts.join(" · ")
}

/// Returns what an article made of the first in one line, as in "A copy: 160 of 412 words stayed, 252
/// were cut".
fn summary(kind: Kind, made_of: &MadeOf) -> String {
    let MadeOf {
        kept,
        cut,
        added,
        changed,
        ..
    } = *made_of;
    let kind = match kind {
        Kind::First => "The first",
        Kind::Copy => "A copy",
        Kind::Version => "A later version, with paragraphs of its own",
        Kind::Joined => "Joined with another story",
    };
    let mut facts = Vec::new();
    for (number, what) in [(cut, "cut"), (added, "added"), (changed, "changed")] {
        if number > 0 {
            facts.push(format!("{number} {what}"));
        }
    }
    match facts.is_empty() {
        true => format!("{kind}: word for word"),
        false => format!(
            "{kind}: {} stayed, {}",
            count(kept as u64, "word"),
            facts.join(", ")
        ),
    }
}

fn write_changes(
    out: &mut impl Write,
    made_of: &MadeOf,
    is_whole: bool,
    style: &Style,
) -> io::Result<()> {
    let mut changed = Vec::new();
    for change in &made_of.changes {
        let (label, ink, text) = match change {
            Change::Kept { text } if is_whole => ("", Ink::Plain, text),
            Change::Kept { .. } => continue,
            Change::Cut { text } => ("cut", Ink::Cut, text),
            Change::Added { text } => ("added", Ink::Added, text),
            Change::Moved { text } => ("moved", Ink::Dim, text),
            Change::Changed { text, was } => {
                let was = style.paint(Ink::Cut, &style.text(was));
                let text = style.paint(Ink::Added, &style.text(text));
                let pair = format!("“{was}” → “{text}”");
                match is_whole {
                    true => passage(out, "changed", &pair, style)?,
                    false => changed.push(pair),
                }
                continue;
            }
        };
        for (number, paragraph) in text.lines().enumerate() {
            let label = if number == 0 { label } else { "" };
            let text = match is_whole {
                true => paragraph.to_owned(),
                false => shortened(paragraph),
            };
            passage(out, label, &style.paint(ink, &style.text(&text)), style)?;
        }
    }
    let more = changed.len().saturating_sub(LISTED);
    changed.truncate(LISTED);
    if !changed.is_empty() {
        let mut list = changed.join(", ");
        if more > 0 {
            list.push_str(&format!(", and {more} more"));
        }
        passage(out, "changed", &list, style)?;
    }
    Ok(())
}

fn passage(out: &mut impl Write, label: &str, text: &str, style: &Style) -> io::Result<()> {
    style.paragraph(out, INDENT, &format!("{label:<8} {text}"))
}

/// Returns a passage, or its first and last words if it is long.
fn shortened(text: &str) -> String {
    let words: Vec<&str> = text.split_whitespace().collect();
    if words.len() <= LONG {
        return text.to_owned();
    }
    let (first, last) = (&words[..FIRST], &words[words.len() - LAST..]);
    let left_out = words.len() - FIRST - LAST;
    format!("{} [{left_out} words] {}", first.join(" "), last.join(" "))
}
