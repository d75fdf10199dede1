//! The span tree of a node: the spans of a text that it matches.

use crate::engine::positions::SpanTree;
use crate::query::tree::{Leaf, Node};

/// Returns the span tree of a node; `None` if the node does not match spans.
pub(super) fn span_tree(node: &Node) -> Option<SpanTree<Leaf>> {
    Some(match node {
        Node::Leaf(leaf) => SpanTree::Leaf(leaf.clone()),
        Node::Phrase { leaves, slop, .. } => SpanTree::Row {
            leaves: leaves.iter().cloned().map(SpanTree::Leaf).collect(),
            slop: *slop,
        },
        Node::Near {
            left,
            right,
            within,
        } => SpanTree::Near {
            left: Box::new(span_tree(left)?),
            right: Box::new(span_tree(right)?),
            within: *within,
        },
        Node::Or(nodes) => SpanTree::Either(nodes.iter().map(span_tree).collect::<Option<_>>()?),
        _ => return None,
    })
}

/// Returns whether the positions of words do not decide where the leaves of a tree are: those of
/// words with their case.
pub(super) fn needs_text(tree: &SpanTree<Leaf>) -> bool {
    match tree {
        SpanTree::Leaf(leaf) => matches!(leaf, Leaf::Caps(_)),
        SpanTree::Row { leaves, .. } => leaves.iter().any(needs_text),
        SpanTree::Near { left, right, .. } => needs_text(left) || needs_text(right),
        SpanTree::Either(trees) => trees.iter().any(needs_text),
    }
}
