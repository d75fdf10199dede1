//! What each article of a story made of the first, word by word.

use super::address::{Address, View};
use super::numbers::count;
use crate::search::story::{Kind, MadeOf, Story, StoryArticle};
use crate::stories::changes::Change;

/// The most words of a passage that stayed which are shown around a change: as many at either end.
const AROUND: usize = 12;

/// The most articles of a story whose text is compared on a page.
const MOST_COMPARED: usize = 40;

/// An article of a story.
pub(super) struct Member {
    pub(super) headline: String,
    pub(super) facts: String,
    pub(super) path: String,
    /// What it is to the first, as in "A copy: 160 words stayed, 252 cut".
    pub(super) summary: String,
    pub(super) href: String,
    pub(super) is_shown: bool,
    pub(super) pieces: Vec<Piece>,
}

/// A passage, by what became of it.
pub(super) struct Piece {
    pub(super) kind: PieceKind,
    pub(super) text: String,
}

/// What became of a passage.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum PieceKind {
    Kept,
    Cut,
    Added,
    Moved,
    /// A paragraph ends.
    Break,
}

/// Returns the articles of a story, the earliest first. `id` is the one that is read.
pub(super) fn members(story: &Story, id: &str, address: &Address) -> Vec<Member> {
    let articles = story.articles.iter().enumerate();
    articles
        .map(|(at, article)| Member {
            headline: article
                .headline
                .clone()
                .unwrap_or_else(|| "(no headline)".to_owned()),
            facts: facts(article),
            path: article.path.clone(),
            summary: summary(article),
            href: address.view_of(&article.id, View::Cleaned),
            is_shown: article.id == id,
            pieces: match &article.made_of {
                Some(made_of) if at < MOST_COMPARED => pieces(&made_of.changes),
                _ => Vec::new(),
            },
        })
        .collect()
}

fn facts(article: &StoryArticle) -> String {
    let date = article
        .published
        .map_or("undated".to_owned(), |date| date.to_string());
    let words = count(u64::from(article.words), "word", "words");
    let facts = std::iter::once(date).chain(article.source.clone());
    let facts = facts.chain(article.byline.iter().cloned()).chain([words]);
    facts.collect::<Vec<_>>().join(" · ")
}

fn summary(article: &StoryArticle) -> String {
    let kind = match article.kind {
        Kind::First => "The first",
        Kind::Copy => "A copy",
        Kind::Version => "A later version, with paragraphs of its own",
        Kind::Joined => "Joined with another story",
    };
    let Some(MadeOf {
        kept,
        cut,
        added,
        changed,
        ..
    }) = &article.made_of
    else {
        return kind.to_owned();
    };
    let numbers = [(*cut, "cut"), (*added, "added"), (*changed, "changed")];
    let changes = numbers.into_iter().filter(|(number, _)| *number > 0);
    let changes: Vec<String> = changes
        .map(|(number, what)| format!("{} {what}", super::numbers::number(number as u64)))
        .collect();
    match changes.is_empty() {
        true => format!("{kind}, word for word"),
        false => {
            let kept = count(*kept as u64, "word", "words");
            format!("{kind}: {kept} stayed, {}", changes.join(", "))
        }
    }
}

/// Returns the passages of an article as a page shows them: long ones that stayed are shortened.
fn pieces(changes: &[Change]) -> Vec<Piece> {
    let mut pieces = Vec::new();
    for change in changes {
        let passages = match change {
            Change::Kept { text } => vec![(PieceKind::Kept, shortened(text))],
            Change::Cut { text } => vec![(PieceKind::Cut, text.clone())],
            Change::Added { text } => vec![(PieceKind::Added, text.clone())],
            Change::Moved { text } => vec![(PieceKind::Moved, shortened(text))],
            Change::Changed { text, was } => {
                vec![
                    (PieceKind::Cut, was.clone()),
                    (PieceKind::Added, text.clone()),
                ]
            }
        };
        for (kind, text) in passages {
            for (at, paragraph) in text.lines().enumerate() {
                if at > 0 {
                    pieces.push(Piece {
                        kind: PieceKind::Break,
                        text: String::new(),
                    });
                }
                pieces.push(Piece {
                    kind,
                    text: paragraph.to_owned(),
                });
            }
        }
    }
    pieces
}

/// Returns a passage, or its first and last words if it is long.
fn shortened(text: &str) -> String {
    let words: Vec<&str> = text.split_whitespace().collect();
    if words.len() <= 2 * AROUND + 6 {
        return text.to_owned();
    }
    let (first, last) = (&words[..AROUND], &words[words.len() - AROUND..]);
    let left_out = words.len() - 2 * AROUND;
    format!("{} [{left_out} words] {}", first.join(" "), last.join(" "))
}
