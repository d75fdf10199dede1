//! A query as its parts, and the queries with one more or one less.

use crate::query::{self, FieldName, Node};

/// The parts of a query that all have to match.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Asked {
    typed: String,
    pub(super) parts: Vec<Node>,
    any: bool,
}

impl Asked {
    /// Reads a query. One that can't be read has no parts.
    pub(super) fn read(typed: &str, any: bool) -> Self {
        let root = match any {
            true => query::parse_any(typed).root,
            false => query::parse(typed).ok().and_then(|query| query.root),
        };
        Self {
            typed: typed.to_owned(),
            parts: parts_of(root),
            any,
        }
    }

    /// Returns the query without one of its parts.
    pub(super) fn without(&self, part: usize) -> String {
        let mut parts = self.parts.clone();
        parts.remove(part);
        self.written(&parts)
    }

    /// Returns the query with one more part, as typed before as far as that is read the same.
    pub(super) fn with(&self, part: &Node) -> String {
        if self.typed.is_empty() {
            return part.to_string();
        }
        let mut parts = self.parts.clone();
        parts.push(part.clone());
        let longer = format!("{} {part}", self.typed);
        match Self::read(&longer, self.any).parts == parts {
            true => longer,
            false => self.written(&parts),
        }
    }

    /// Returns the place of a part among those of the query.
    pub(super) fn place_of(&self, part: &Node) -> Option<usize> {
        self.parts.iter().position(|own| own == part)
    }

    /// Writes parts as a query, with spaces between them as far as that is read the same.
    fn written(&self, parts: &[Node]) -> String {
        let listed: Vec<String> = parts.iter().map(Node::to_string).collect();
        let spaced = listed.join(" ");
        if Self::read(&spaced, self.any).parts == parts {
            return spaced;
        }
        let bracketed = parts.iter().map(|part| match part {
            Node::Or(_) => format!("({part})"),
            part => part.to_string(),
        });
        let bracketed = bracketed.collect::<Vec<_>>().join(" ");
        if Self::read(&bracketed, self.any).parts == parts {
            return bracketed;
        }
        Node::all(parts.to_vec()).map_or_else(String::new, |all| all.to_string())
    }
}

fn parts_of(root: Option<Node>) -> Vec<Node> {
    match root {
        Some(Node::And(parts)) => parts,
        root => root.into_iter().collect(),
    }
}

/// Returns the filter on a name in a field; `None` if it has no word.
pub(super) fn filter(field: FieldName, name: &str) -> Option<Node> {
    // A name is no pattern, and its quotes end none.
    let is_sign = |c: char| "\"“”„«»*?~".contains(c);
    let words: Vec<&str> = name.split(|c| is_sign(c) || c.is_whitespace()).collect();
    let words = words.join(" ");
    let root = query::parse(&format!("{}:\"{}\"", field.name(), words.trim()))
        .ok()?
        .root;
    root.filter(|node| matches!(node, Node::Field { field: read, .. } if *read == field))
}

/// Returns the filter on a date as it is typed: a year, a month or `unknown`.
pub(super) fn date(typed: &str) -> Option<Node> {
    query::parse(&format!("date:{typed}")).ok()?.root
}

/// Returns the filter on a date that is known to be a month or a day.
pub(super) fn within(typed: &str) -> Option<Node> {
    query::parse(&format!("within:{typed}")).ok()?.root
}

/// Returns what leaves out the articles that match a part.
pub(super) fn not(part: &Node) -> Node {
    Node::Not(Box::new(part.clone()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn takes_parts_off() {
        for (typed, any, part, expected) in [
            ("ferry sale", false, 0, "sale"),
            ("ferry", false, 0, ""),
            (
                "ferry \"harbour master\" -port",
                false,
                0,
                "\"harbour master\" NOT port",
            ),
            (
                "(ferry OR port) person:\"Joren Pell\"",
                false,
                1,
                "ferry OR port",
            ),
            (
                "ferry (sale OR lease) date:2018",
                false,
                2,
                "ferry (sale OR lease)",
            ),
            ("ferry NEAR/5 sale words>300", false, 1, "ferry NEAR/5 sale"),
            ("AND ferry \"or\"", false, 0, "\"or\""),
        ] {
            let asked = Asked::read(typed, any);
            assert_eq!(asked.without(part), expected, "{typed}");
        }
    }

    #[test]
    fn adds_parts() {
        let person = filter(FieldName::Person, "Ann \"Bo\" Holm").unwrap();
        let unknown = date("unknown").unwrap();
        for (typed, part, expected) in [
            ("", &unknown, "date:unknown"),
            ("ferry  sale", &unknown, "ferry  sale date:unknown"),
            ("ferry OR sale", &unknown, "(ferry OR sale) date:unknown"),
            ("ferry", &not(&unknown), "ferry NOT date:unknown"),
        ] {
            let longer = Asked::read(typed, false).with(part);
            assert_eq!(longer, expected, "{typed}");
        }
        for typed in ["ferry", "\"ferry", "ferry AND", "a OR b", "(a", "-ferry"] {
            let asked = Asked::read(typed, false);
            let longer = asked.with(&person);
            let mut wanted = asked.parts.clone();
            wanted.push(person.clone());
            assert_eq!(
                Asked::read(&longer, false).parts,
                wanted,
                "{typed}: {longer}"
            );
        }
    }
}
