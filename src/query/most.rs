//! A question in plain words: the words of a query of which most are enough where no article has all.

use std::fmt;

use rustc_hash::FxHashSet;

use super::function_words::function_words;
use super::tree::{Leaf, Node};

/// The most words of which most are enough. A longer text is no question.
const MOST_WORDS: usize = 50;

/// A query of whose plain words most have to match.
#[derive(Clone, Debug, PartialEq)]
pub struct Most {
    /// The plain words, without repetition, in the order of the query.
    pub words: Vec<PlainWord>,
    /// How many of the words that count have to match: more than half of them.
    pub least: usize,
    /// The other parts, all of which have to match: quoted words, excluded words, filters.
    pub strict: Vec<Node>,
}

/// A word that need not match.
#[derive(Clone, Debug, PartialEq)]
pub struct PlainWord {
    /// The word, or a compound such as `sit-down`.
    pub node: Node,
    /// Whether an article lacks something without the word. Function words do not count.
    pub counts: bool,
}

impl Most {
    /// Returns the words of a query; `None` if most of its words are all of them.
    pub fn of(root: &Node) -> Option<Self> {
        let Node::And(nodes) = root else {
            return None;
        };
        let (plain, strict): (Vec<&Node>, Vec<&Node>) =
            nodes.iter().partition(|node| is_plain(node));
        if plain.len() > MOST_WORDS {
            return None;
        }
        let all: Vec<&str> = plain.iter().flat_map(|node| folded(node)).collect();
        let function_words = function_words(&all);
        let counts = |node: &Node| !folded(node).all(|word| function_words.contains(word));
        let has_content = plain.iter().any(|node| counts(node));
        let mut known = FxHashSet::default();
        let words: Vec<PlainWord> = plain
            .into_iter()
            .filter(|node| known.insert(node.to_string()))
            .map(|node| PlainWord {
                node: node.clone(),
                counts: !has_content || counts(node),
            })
            .collect();
        let counted = words.iter().filter(|word| word.counts).count();
        let least = counted / 2 + 1;
        (counted > 0 && least < words.len()).then(|| Self {
            words,
            least,
            strict: strict.into_iter().cloned().collect(),
        })
    }
}

/// Returns whether a node is a word or a compound in any form.
fn is_plain(node: &Node) -> bool {
    match node {
        Node::Leaf(Leaf::Word { exact, .. }) => !exact,
        Node::Phrase {
            forms,
            slop: 0,
            typed,
            leaves,
        } => {
            *forms && !typed.contains(' ') && leaves.iter().all(|l| matches!(l, Leaf::Word { .. }))
        }
        _ => false,
    }
}

/// Returns the folded words of a word or a compound: `est` and `ce` of `qu'est-ce`.
fn folded(node: &Node) -> impl Iterator<Item = &str> {
    let leaves = match node {
        Node::Leaf(leaf) => std::slice::from_ref(leaf),
        Node::Phrase { leaves, .. } => &leaves[..],
        _ => &[],
    };
    leaves.iter().filter_map(Leaf::plain_word)
}

impl fmt::Display for Most {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let words: Vec<String> = self.words.iter().map(|w| w.node.to_string()).collect();
        write!(f, "most of ({})", words.join(" "))?;
        if let Some(strict) = Node::all(self.strict.clone()) {
            write!(f, " AND {}", InAnd(&strict))?;
        }
        Ok(())
    }
}

/// A node as an operand of AND.
struct InAnd<'a>(&'a Node);

impl fmt::Display for InAnd<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.0 {
            Node::Or(_) => write!(f, "({})", self.0),
            node => write!(f, "{node}"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::query::parse;

    #[test]
    fn takes_most_of_the_plain_words() {
        for (query, expected) in [
            (
                "what did bolton say about syria",
                "2 of bolton say syria: most of (what did bolton say about syria)",
            ),
            (
                "who won the \"city cup\" final -women date:2018",
                "2 of won final: most of (who won the final) AND \"city cup\" AND NOT women AND date:2018",
            ),
            (
                "is the mayor ill",
                "2 of mayor ill: most of (is the mayor ill)",
            ),
            ("who is he", "2 of who is he: most of (who is he)"),
            (
                "ferry ferry lease sit-down",
                "2 of ferry lease sit-down: most of (ferry lease sit-down)",
            ),
            (
                "qu'est-ce que macron a dit sur la dette",
                "2 of macron dit dette: most of (qu'est-ce que macron a dit sur la dette)",
            ),
            ("ferry lease", ""),
            ("ferry", ""),
            ("the ferry", "1 of ferry: most of (the ferry)"),
            ("\"ferry lease\" date:2018", ""),
            ("a OR b", ""),
        ] {
            let root = parse(query).unwrap().root.unwrap();
            let shown = Most::of(&root).map_or(String::new(), |most| {
                let counted = most.words.iter().filter(|word| word.counts);
                let counted: Vec<String> = counted.map(|word| word.node.to_string()).collect();
                format!("{} of {}: {most}", most.least, counted.join(" "))
            });
            assert_eq!(shown, expected, "{query}");
        }
    }
}
