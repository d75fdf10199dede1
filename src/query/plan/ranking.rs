//! The words of a node that rank the hits and are marked in passages.

use super::expand::Expansion;
use super::planner::{Planner, Scope};
use crate::archive::analyzer;
use crate::error::Result;
use crate::passages::Mark;
use crate::query::tree::{FieldName, Leaf, Node};

/// The most words of a pattern that rank the hits, if the pattern is one of several parts of a
/// query.
const MOST_RANKED: usize = 16;

/// The most words of a pattern that are marked.
const MOST_MARKED: usize = 200;

impl Planner<'_> {
    /// Adds the words of a node to those that rank the hits and to the marks.
    pub(super) fn rank_and_mark(&mut self, node: &Node, scope: Scope) -> Result<()> {
        // The words of URLs, paths and bylines are not words of the text.
        if scope.field.is_some_and(FieldName::is_filter) || scope.field == Some(FieldName::Related)
        {
            return Ok(());
        }
        match node {
            Node::Leaf(leaf) => self.rank_and_mark_leaf(leaf),
            Node::Phrase {
                leaves,
                slop,
                forms,
                typed,
            } => {
                let words: Vec<&str> = leaves.iter().filter_map(Leaf::plain_word).collect();
                let has_joints = *forms && *slop == 0 && self.add_joints(typed);
                let joined = |at: usize| {
                    has_joints
                        && (words.get(at - 1).zip(words.get(at)))
                            .is_some_and(|(left, right)| is_number(left) != is_number(right))
                };
                for (at, word) in words.iter().enumerate() {
                    let is_joined = at > 0 && joined(at);
                    if is_joined || joined(at + 1) {
                        self.rank_part(word, is_joined)?;
                    } else {
                        self.rank_word(word, !forms)?;
                    }
                }
                if words.len() == leaves.len() {
                    let words = words.into_iter().map(str::to_owned).collect();
                    self.add_mark(Mark::Phrase {
                        words,
                        slop: *slop,
                        forms: *forms,
                    });
                    return Ok(());
                }
                leaves
                    .iter()
                    .try_for_each(|leaf| self.rank_and_mark_leaf(leaf))
            }
            Node::Near { left, right, .. } => {
                self.rank_and_mark(left, scope)?;
                self.rank_and_mark(right, scope)
            }
            Node::Or(nodes) => nodes
                .iter()
                .try_for_each(|node| self.rank_and_mark(node, scope)),
            _ => Ok(()),
        }
    }

    /// Adds the compounds of letters and digits in a text, which rank as words of their own. Returns
    /// whether there are any.
    fn add_joints(&mut self, typed: &str) -> bool {
        let joints = analyzer::joints(typed);
        let has_joints = !joints.is_empty();
        for joint in joints {
            if !self.joints.contains(&joint) {
                self.joints.push(joint);
            }
        }
        has_joints
    }

    fn rank_and_mark_leaf(&mut self, leaf: &Leaf) -> Result<()> {
        match leaf {
            Leaf::Word { plain, exact, .. } => {
                self.rank_and_mark_word(plain, *exact)?;
            }
            Leaf::Caps(typed) => {
                for word in analyzer::query_words(typed) {
                    self.rank_word(&word.plain, true)?;
                }
                self.add_mark(Mark::Exact(typed.clone()));
            }
            Leaf::Pattern(_) | Leaf::Fuzzy { .. } => {
                let expansion = self.expansion(self.snapshot.fields.body, leaf)?;
                self.mark_expansion(&expansion);
                for (word, _) in expansion.words.iter().take(MOST_RANKED) {
                    self.rank_word_of_pattern(word);
                }
            }
        }
        Ok(())
    }

    /// Marks the most frequent words of a pattern.
    pub(super) fn mark_expansion(&mut self, expansion: &Expansion) {
        for (word, _) in expansion.words.iter().take(MOST_MARKED) {
            self.add_mark(Mark::Plain(word.clone()));
        }
    }
}

/// Returns whether a folded word is a number.
fn is_number(plain: &str) -> bool {
    plain.starts_with(char::is_numeric)
}
