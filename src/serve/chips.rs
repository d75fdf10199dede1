//! What was understood of a query: a chip for each part, which can be taken off.

use super::address::Address;
use super::asked::Asked;
use crate::query::{FieldName, Leaf, Node};

/// A part of a query.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Chip {
    /// What it is: a word, a phrase, a person.
    pub(super) kind: &'static str,
    /// The part, as it was understood.
    pub(super) text: String,
    /// Whether articles with it are left out.
    pub(super) is_left_out: bool,
    /// The address of the search without it.
    pub(super) off: String,
}

/// Returns the chips of a query.
pub(super) fn chips(asked: &Asked, address: &Address) -> Vec<Chip> {
    let parts = asked.parts.iter().enumerate();
    parts
        .map(|(at, part)| {
            let (is_left_out, inner) = match part {
                Node::Not(inner) => (true, &**inner),
                part => (false, part),
            };
            let (kind, text) = named(inner);
            Chip {
                kind,
                text,
                is_left_out,
                off: address.search_for(asked.without(at)),
            }
        })
        .collect()
}

/// Returns what a part is, and the part itself.
fn named(part: &Node) -> (&'static str, String) {
    let kind = match part {
        Node::Leaf(Leaf::Word { .. } | Leaf::Caps(_)) => "word",
        Node::Leaf(Leaf::Pattern(_) | Leaf::Fuzzy { .. }) => "pattern",
        Node::Phrase { .. } => "phrase",
        Node::Near { .. } => "near",
        Node::AtLeast { .. } => "often",
        Node::Field { field, node } => {
            let text = match &**node {
                Node::Phrase { typed, .. } => typed.clone(),
                node => node.to_string(),
            };
            return (name_of(*field), text);
        }
        Node::Date(_) => return ("date", after_colon(part)),
        Node::Length(_) => return ("words", after_colon(part)),
        Node::And(_) => "all of",
        Node::Or(_) => "any of",
        Node::Not(_) => "without",
        Node::Maybe(_) => "better with",
    };
    (kind, part.to_string())
}

/// Returns a filter without its name.
fn after_colon(part: &Node) -> String {
    let text = part.to_string();
    match text.split_once(':') {
        Some((_, value)) if text.matches(':').count() == 1 => value.to_owned(),
        _ => text,
    }
}

/// Returns the name of a field as a page calls it.
fn name_of(field: FieldName) -> &'static str {
    match field {
        FieldName::Source => "outlet",
        FieldName::Byline => "writer",
        FieldName::Language => "language",
        FieldName::WholeSource => "outlet",
        FieldName::WholeByline => "writer",
        FieldName::WholePerson => "person",
        FieldName::WholeFolder => "folder",
        FieldName::Receipt => "taken out",
        field => field.name(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_what_was_understood() {
        for (typed, expected) in [
            ("ferry", "word ferry"),
            (
                "ferry \"harbour master\"",
                "word ferry, phrase \"harbour master\"",
            ),
            (
                "person:\"Joren Pell\" -port",
                "person Joren Pell, -word port",
            ),
            ("source:bbc date:2018-06", "outlet bbc, date 2018-06"),
            ("harb* volkonov~1", "pattern harb*, pattern volkonov~1"),
            ("ferry NEAR/5 sale", "near ferry NEAR/5 sale"),
            ("a OR b", "any of a OR b"),
            ("words>300 before:2019", "words 301.., date ..2019-12-31"),
            ("", ""),
        ] {
            let chips = chips(&Asked::read(typed, false), &Address::default());
            let shown: Vec<String> = (chips.iter())
                .map(|chip| {
                    let sign = if chip.is_left_out { "-" } else { "" };
                    format!("{sign}{} {}", chip.kind, chip.text)
                })
                .collect();
            assert_eq!(shown.join(", "), expected, "{typed}");
        }
    }
}
