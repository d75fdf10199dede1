//! The places in a text that a node asks for.

use crate::engine::positions::Places;
use crate::query::tree::{Leaf, Node};

/// Returns the places that a node stands for, where it stands for places.
pub(crate) fn places(node: &Node) -> Option<Places<Leaf>> {
    Some(match node {
        Node::Leaf(leaf) => Places::Leaf(leaf.clone()),
        Node::Phrase { leaves, slop, .. } => Places::Row {
            leaves: leaves.iter().cloned().map(Places::Leaf).collect(),
            slop: *slop,
        },
        Node::Near {
            left,
            right,
            distance,
            is_ordered,
        } => Places::Near {
            left: Box::new(places(left)?),
            right: Box::new(places(right)?),
            distance: *distance,
            is_ordered: *is_ordered,
        },
        Node::Or(nodes) => Places::Either(nodes.iter().map(places).collect::<Option<_>>()?),
        _ => return None,
    })
}

/// Returns whether the stems of the index can't tell where the leaves stand.
pub(crate) fn needs_text(places: &Places<Leaf>) -> bool {
    match places {
        Places::Leaf(leaf) => !matches!(leaf, Leaf::Word { .. }),
        Places::Row { leaves, .. } => leaves.iter().any(needs_text),
        Places::Near { left, right, .. } => needs_text(left) || needs_text(right),
        Places::Either(places) => places.iter().any(needs_text),
    }
}
