//! The tree that a query is read into, and the form it is printed in.

use std::fmt;

use super::dates::DateFilter;

/// One thing asked for.
#[derive(Clone, Debug, PartialEq)]
pub enum Node {
    /// A word, or a pattern of one.
    Leaf(Leaf),
    /// Leaves in a row, with at most `slop` other words in between, all together.
    Phrase {
        /// What stands in the row; at least one.
        leaves: Vec<Leaf>,
        /// How many other words may stand in between.
        slop: u32,
        /// The text as typed, for names.
        typed: String,
    },
    /// Two things with at most `distance` words from one to the other.
    Near {
        /// The first.
        left: Box<Node>,
        /// The second.
        right: Box<Node>,
        /// `a NEAR/1 b` asks for neighbours.
        distance: u32,
        /// Whether the left one has to stand first.
        is_ordered: bool,
    },
    /// Something at least so often in one article.
    AtLeast {
        /// How often.
        count: u32,
        /// What.
        node: Box<Node>,
    },
    /// Something in one field alone.
    Field {
        /// Which field.
        field: FieldName,
        /// What.
        node: Box<Node>,
    },
    /// A filter on the date of publication.
    Date(DateFilter),
    /// All of these; at least two.
    And(Vec<Node>),
    /// Any of these; at least two.
    Or(Vec<Node>),
    /// Everything but this.
    Not(Box<Node>),
    /// Counts for the order of the hits, and is not asked for.
    Maybe(Box<Node>),
}

/// A word as the archive spells its words, or a pattern of one.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Leaf {
    /// A word.
    Word {
        /// Its folded form.
        plain: String,
        /// The word as typed.
        typed: String,
    },
    /// A folded pattern, in which `*` stands for any letters and `?` for one.
    Pattern(String),
    /// Words within an edit distance of 1 or 2, a swap of neighbours being one edit.
    Fuzzy {
        /// The folded word.
        plain: String,
        /// The distance.
        distance: u8,
    },
    /// Words in exactly these letters, capitals included.
    Caps(String),
}

/// A field that can be asked for by name.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum FieldName {
    /// The headline.
    Headline,
    /// The first paragraphs.
    Lead,
    /// The body.
    Body,
    /// The writers and the agency.
    Byline,
    /// The outlet.
    Source,
    /// The URLs.
    Url,
    /// The persons named.
    Person,
    /// The dateline's place.
    Place,
    /// The titles of other stories pointed to.
    Related,
    /// The file's path.
    Path,
    /// The language.
    Language,
}

/// The names that fields are typed by; the first of each is the one printed.
const FIELD_NAMES: &[(&str, FieldName)] = &[
    ("headline", FieldName::Headline),
    ("title", FieldName::Headline),
    ("intitle", FieldName::Headline),
    ("lead", FieldName::Lead),
    ("body", FieldName::Body),
    ("byline", FieldName::Byline),
    ("source", FieldName::Source),
    ("site", FieldName::Source),
    ("url", FieldName::Url),
    ("person", FieldName::Person),
    ("place", FieldName::Place),
    ("related", FieldName::Related),
    ("path", FieldName::Path),
    ("lang", FieldName::Language),
];

impl FieldName {
    /// Returns the field of this name, in capitals or not.
    pub fn from_typed(name: &str) -> Option<Self> {
        FIELD_NAMES
            .iter()
            .find(|(typed, _)| typed.eq_ignore_ascii_case(name))
            .map(|&(_, field)| field)
    }

    /// Returns the name it is printed by.
    pub fn name(self) -> &'static str {
        FIELD_NAMES
            .iter()
            .find(|&&(_, field)| field == self)
            .map_or("", |&(name, _)| name)
    }

    /// Returns whether it narrows the articles down and says nothing about what they tell.
    ///
    /// Where any of the words is enough, such a field is asked for all the same.
    pub fn is_filter(self) -> bool {
        !matches!(
            self,
            Self::Headline | Self::Lead | Self::Body | Self::Related
        )
    }

    /// Returns whether its words have positions, so that they can be asked for side by side.
    pub fn has_positions(self) -> bool {
        !matches!(self, Self::Source | Self::Person | Self::Language)
    }
}

impl Node {
    /// Returns a plain word.
    pub fn word(plain: &str) -> Self {
        Self::Leaf(Leaf::Word {
            plain: plain.to_owned(),
            typed: plain.to_owned(),
        })
    }

    /// Returns all of some nodes as one, a single one as it is, and none as `None`.
    pub fn all(nodes: Vec<Node>) -> Option<Self> {
        Self::joined(nodes, Self::And)
    }

    /// Returns any of some nodes as one, a single one as it is, and none as `None`.
    pub fn any(nodes: Vec<Node>) -> Option<Self> {
        Self::joined(nodes, Self::Or)
    }

    fn joined(mut nodes: Vec<Node>, join: fn(Vec<Node>) -> Node) -> Option<Self> {
        match nodes.len() {
            0 | 1 => nodes.pop(),
            _ => Some(join(nodes)),
        }
    }

    /// Returns whether it only narrows the articles down: dates, outlets, persons and the like.
    pub fn is_filter(&self) -> bool {
        match self {
            Self::Date(_) => true,
            Self::Field { field, .. } => field.is_filter(),
            _ => false,
        }
    }

    /// Returns the dates, fields, persons … that narrow the articles down at the top of the tree.
    pub fn filters(&self) -> Vec<&Node> {
        match self {
            Self::And(nodes) => nodes.iter().filter(|node| node.is_filter()).collect(),
            node if node.is_filter() => vec![node],
            _ => Vec::new(),
        }
    }

    /// Binds tighter the higher it is.
    fn tightness(&self) -> u8 {
        match self {
            Self::Or(_) => 0,
            Self::And(_) => 1,
            Self::Not(_) => 2,
            Self::Near { .. } => 3,
            _ => 4,
        }
    }

    fn write_inside(&self, f: &mut fmt::Formatter<'_>, outer: u8) -> fmt::Result {
        if self.tightness() < outer {
            write!(f, "({self})")
        } else {
            write!(f, "{self}")
        }
    }
}

impl fmt::Display for Leaf {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Word { plain, .. } => f.write_str(plain),
            Self::Pattern(pattern) => f.write_str(pattern),
            Self::Fuzzy { plain, distance } => write!(f, "{plain}~{distance}"),
            Self::Caps(text) => write!(f, "caps({text})"),
        }
    }
}

impl fmt::Display for Node {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let write_list = |f: &mut fmt::Formatter<'_>, nodes: &[Node], join: &str, outer: u8| {
            for (i, node) in nodes.iter().enumerate() {
                if i > 0 {
                    f.write_str(join)?;
                }
                node.write_inside(f, outer)?;
            }
            Ok(())
        };
        match self {
            Self::Leaf(leaf) => write!(f, "{leaf}"),
            Self::Phrase { leaves, slop, .. } => {
                f.write_str("\"")?;
                for (i, leaf) in leaves.iter().enumerate() {
                    let space = if i > 0 { " " } else { "" };
                    write!(f, "{space}{leaf}")?;
                }
                f.write_str("\"")?;
                if *slop > 0 {
                    write!(f, "~{slop}")?;
                }
                Ok(())
            }
            Self::Near {
                left,
                right,
                distance,
                is_ordered,
            } => {
                left.write_inside(f, 3)?;
                let word = if *is_ordered { "ADJ" } else { "NEAR" };
                write!(f, " {word}/{distance} ")?;
                right.write_inside(f, 4)
            }
            Self::AtLeast { count, node } => write!(f, "atleast{count}({node})"),
            Self::Field { field, node } => {
                write!(f, "{}:", field.name())?;
                node.write_inside(f, 4)
            }
            Self::Date(filter) => write!(f, "{filter}"),
            Self::And(nodes) => write_list(f, nodes, " AND ", 2),
            Self::Or(nodes) => write_list(f, nodes, " OR ", 2),
            Self::Not(node) => {
                f.write_str("NOT ")?;
                node.write_inside(f, 3)
            }
            Self::Maybe(node) => write!(f, "[{node}]"),
        }
    }
}

/// Returns the name that a node was typed as.
pub(crate) fn typed_name(node: &Node) -> Option<String> {
    match node {
        Node::Leaf(Leaf::Word { typed, .. }) => Some(typed.clone()),
        Node::Phrase { typed, leaves, .. }
            if leaves.iter().all(|leaf| matches!(leaf, Leaf::Word { .. })) =>
        {
            Some(typed.clone())
        }
        // `person:(John Bolton)`
        Node::And(nodes) => {
            let names: Option<Vec<String>> = nodes.iter().map(typed_name).collect();
            names.map(|names| names.join(" "))
        }
        _ => None,
    }
}
