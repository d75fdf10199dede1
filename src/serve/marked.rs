//! The text of an article with its marks: what the query matched, and the persons.

use std::collections::BTreeMap;
use std::ops::Range;

use super::address::Address;
use super::asked::filter;
use crate::article::{Article, BlockKind};
use crate::passages::{self, Highlight, Mark, SCANNED_BYTES};
use crate::people::name::Name;
use crate::query::FieldName;

/// A block of the body.
pub(super) struct MarkedBlock {
    /// Its number among the blocks of the body, from 1.
    pub(super) number: usize,
    pub(super) kind: BlockKind,
    pub(super) runs: Vec<Run>,
}

/// A piece of text that is a match of the query, or none.
pub(super) struct Run {
    pub(super) hit: Option<Step>,
    pub(super) parts: Vec<Part>,
}

/// The place of a match among all.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Step {
    pub(super) number: usize,
    pub(super) total: usize,
}

impl Step {
    /// Returns the number of the match before; before the first is the last.
    pub(super) fn previous(&self) -> usize {
        if self.number == 1 {
            self.total
        } else {
            self.number - 1
        }
    }

    /// Returns the number of the next match; after the last is the first.
    pub(super) fn next(&self) -> usize {
        self.number % self.total + 1
    }
}

/// A piece of text that names a person, or none.
pub(super) struct Part {
    pub(super) text: String,
    pub(super) person: Option<Mention>,
}

/// A mention of a person.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Mention {
    /// Whether the name in full stands elsewhere: a person is linked by the surname.
    pub(super) is_linked: bool,
    /// Who is named, and why that is known.
    pub(super) reason: String,
    /// The address of the articles that name the person.
    pub(super) href: String,
}

/// The body of an article with its marks.
pub(super) struct MarkedBody {
    pub(super) blocks: Vec<MarkedBlock>,
    /// The number of matches of the query.
    pub(super) hits: usize,
}

/// Marks the body of an article. `linked` are the names of the persons whom the archive links to
/// surnames, by key.
pub(super) fn body(
    article: &Article,
    marks: &[Mark],
    linked: &BTreeMap<String, String>,
    address: &Address,
) -> MarkedBody {
    let language = article.language.as_deref();
    let mut bytes = 0;
    let texts: Vec<&str> = article.body().collect();
    let scanned = texts.iter().take_while(|text| {
        let is_near = bytes < SCANNED_BYTES;
        bytes += text.len();
        is_near
    });
    let scanned: Vec<&str> = scanned.copied().collect();
    let hits = passages::highlights(scanned.iter().copied(), language, marks);
    let forms: Vec<Mark> = (article.people.iter())
        .map(|person| Mark::Person(person.forms.keys().cloned().collect()))
        .collect();
    let persons = passages::highlights(scanned.iter().copied(), language, &forms);
    let total = hits.iter().map(Vec::len).sum();
    let mention_of = |text: &str, highlight: &Highlight| {
        mention(
            article,
            highlight.mark,
            &text[highlight.range.clone()],
            linked,
            address,
        )
    };
    let mut number = 0;
    let kinds = article.blocks.iter().filter(|block| block.kind.is_body());
    let blocks = kinds.zip(1..).map(|(block, at)| {
        // A text without matches beyond what is looked through.
        let found = |all: &'_ [Vec<Highlight>]| all.get(at - 1).cloned().unwrap_or_default();
        let mention = |highlight: &Highlight| mention_of(&block.text, highlight);
        let runs = runs(&block.text, &found(&hits), &found(&persons), mention);
        let runs = runs.into_iter().map(|(is_hit, parts)| {
            number += usize::from(is_hit);
            Run {
                hit: is_hit.then_some(Step { number, total }),
                parts,
            }
        });
        MarkedBlock {
            number: at,
            kind: block.kind,
            runs: runs.collect(),
        }
    });
    MarkedBody {
        blocks: blocks.collect(),
        hits: total,
    }
}

/// Cuts a text at the bounds of its matches, and each piece at those of persons' names.
fn runs(
    text: &str,
    hits: &[Highlight],
    persons: &[Highlight],
    mention: impl Fn(&Highlight) -> Mention,
) -> Vec<(bool, Vec<Part>)> {
    let mut runs = Vec::new();
    for (range, hit) in cut(0..text.len(), hits) {
        let parts = cut(range, persons).into_iter().map(|(range, person)| Part {
            text: text[range].to_owned(),
            person: person.map(&mention),
        });
        runs.push((hit.is_some(), parts.collect()));
    }
    runs
}

/// Cuts a range at the bounds of highlights, which are in order.
fn cut(range: Range<usize>, highlights: &[Highlight]) -> Vec<(Range<usize>, Option<&Highlight>)> {
    let mut pieces = Vec::new();
    let mut at = range.start;
    for highlight in highlights {
        let start = highlight.range.start.max(at);
        let end = highlight.range.end.min(range.end);
        if start >= end {
            continue;
        }
        if at < start {
            pieces.push((at..start, None));
        }
        pieces.push((start..end, Some(highlight)));
        at = end;
    }
    if at < range.end {
        pieces.push((at..range.end, None));
    }
    pieces
}

/// Returns what a page says of a mention of a person.
fn mention(
    article: &Article,
    person: usize,
    printed: &str,
    linked: &BTreeMap<String, String>,
    address: &Address,
) -> Mention {
    let person = &article.people[person];
    let is_surname = |name: &str| Name::parse(name).given.is_empty();
    let elsewhere = linked.get(&person.key);
    let name = elsewhere.unwrap_or(&person.name);
    let (is_linked, reason) = if let Some(name) = elsewhere {
        let reason = "the articles near in time that name one in full make this person likely";
        (
            true,
            format!("{name}: this article prints a surname alone; {reason}"),
        )
    } else if is_surname(&person.name) {
        let name = &person.name;
        (
            false,
            format!("{name}: a surname alone, which is linked to nobody"),
        )
    } else if is_surname(printed) {
        (
            true,
            format!("{name}: linked by the surname; this article has the name in full"),
        )
    } else {
        (false, name.clone())
    };
    Mention {
        is_linked,
        reason,
        href: person_href(address, name),
    }
}

/// Returns the address of the articles that name a person.
pub(super) fn person_href(address: &Address, name: &str) -> String {
    let query = filter(FieldName::Person, name);
    let query = query.map_or_else(String::new, |node| node.to_string());
    let plain = Address {
        any: false,
        loose: false,
        ..address.clone()
    };
    plain.search_for(query)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cuts_at_the_bounds_of_both() {
        for (hits, persons, expected) in [
            (&[][..], &[][..], "ab cd ef"),
            (&[(3, 5)], &[], "ab |[cd]| ef"),
            (&[(3, 5)], &[(0, 5)], "<ab >|[<cd>]| ef"),
            (&[(0, 8)], &[(3, 5)], "[ab <cd> ef]"),
            (&[(0, 2), (3, 5)], &[(0, 5)], "[<ab>]|< >|[<cd>]| ef"),
        ] {
            let highlights = |bounds: &[(usize, usize)]| -> Vec<Highlight> {
                let bounds = bounds.iter();
                bounds
                    .map(|&(start, end)| Highlight {
                        range: start..end,
                        mark: 0,
                    })
                    .collect()
            };
            let (hits, persons) = (highlights(hits), highlights(persons));
            let mention = |_: &Highlight| Mention {
                is_linked: false,
                reason: String::new(),
                href: String::new(),
            };
            let shown = runs("ab cd ef", &hits, &persons, mention).into_iter();
            let shown: Vec<String> = shown
                .map(|(is_hit, parts)| {
                    let parts = parts.into_iter().map(|part| match part.person {
                        Some(_) => format!("<{}>", part.text),
                        None => part.text,
                    });
                    let text: String = parts.collect();
                    if is_hit { format!("[{text}]") } else { text }
                })
                .collect();
            assert_eq!(shown.join("|"), expected);
        }
    }

    #[test]
    fn steps_go_round() {
        let steps = |number, total| {
            let step = Step { number, total };
            (step.previous(), step.next())
        };
        assert_eq!(steps(1, 3), (3, 2));
        assert_eq!(steps(3, 3), (2, 1));
        assert_eq!(steps(1, 1), (1, 1));
    }
}
