//! The tree of a query.

use super::dates::DateFilter;
use super::length::LengthFilter;
use crate::engine::positions::Within;

/// A part of a query.
#[derive(Clone, Debug, PartialEq)]
pub enum Node {
    /// A word, or a pattern of one.
    Leaf(Leaf),
    /// The leaves in this order, with at most `slop` other words between them in all.
    Phrase {
        /// The leaves, in order; at least one.
        leaves: Vec<Leaf>,
        /// The most other words between the leaves.
        slop: u32,
        /// Whether other forms of the words are found too: `"executive order"~` and `sit-down`, but
        /// not `"executive order"`. All leaves of the phrase that are words agree with it.
        forms: bool,
        /// The text as typed, for names.
        typed: String,
    },
    /// Two nodes near each other.
    Near {
        /// The first.
        left: Box<Node>,
        /// The second.
        right: Box<Node>,
        /// How near they are.
        within: Within,
    },
    /// A node at least `count` times in one article.
    AtLeast {
        /// The least number of times.
        count: u32,
        /// The node.
        node: Box<Node>,
    },
    /// A node in one field.
    Field {
        /// The field.
        field: FieldName,
        /// The node.
        node: Box<Node>,
    },
    /// A filter on the date of publication.
    Date(DateFilter),
    /// A filter on the number of words.
    Length(LengthFilter),
    /// All of these nodes; at least two.
    And(Vec<Node>),
    /// Any of these nodes; at least two.
    Or(Vec<Node>),
    /// All articles that do not match the node.
    Not(Box<Node>),
    /// Ranks the hits and need not match.
    Maybe(Box<Node>),
}

/// A folded word, or a pattern of words.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Leaf {
    /// A word.
    Word {
        /// Its folded form.
        plain: String,
        /// The word as typed.
        typed: String,
        /// Whether the word is found as it is spelled alone, not in its other forms: `=order` and
        /// `"order"`.
        exact: bool,
    },
    /// A folded pattern, in which `*` matches any letters and `?` one letter.
    Pattern(String),
    /// Words within an edit distance of 1 or 2. A swap of neighbouring letters is one edit.
    Fuzzy {
        /// The folded word.
        plain: String,
        /// The distance.
        distance: u8,
    },
    /// The word in exactly these letters, including their case.
    Caps(String),
}

impl Leaf {
    /// Returns the folded word of a leaf that is one.
    pub(super) fn plain_word(&self) -> Option<&str> {
        match self {
            Self::Word { plain, .. } => Some(plain),
            _ => None,
        }
    }
}

/// A field of the query language.
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
    /// The titles of related stories.
    Related,
    /// What was taken out of the text: tags, credits, captions, notices.
    Receipt,
    /// The file's path.
    Path,
    /// The language.
    Language,
    /// The outlet, by its whole name or domain.
    WholeSource,
    /// A writer's whole name.
    WholeByline,
    /// A person's name as an article gives it, whoever is meant.
    WholePerson,
    /// A folder, with all below it.
    WholeFolder,
}

/// The names of fields. The first name of each field is the one that is printed.
const FIELD_NAMES: &[(&str, FieldName)] = &[
    ("headline", FieldName::Headline),
    ("title", FieldName::Headline),
    ("intitle", FieldName::Headline),
    ("allintitle", FieldName::Headline),
    ("subject", FieldName::Headline),
    ("lead", FieldName::Lead),
    ("hlead", FieldName::Lead),
    ("body", FieldName::Body),
    ("intext", FieldName::Body),
    ("byline", FieldName::Byline),
    ("author", FieldName::Byline),
    ("source", FieldName::Source),
    ("outlet", FieldName::Source),
    ("site", FieldName::Source),
    ("url", FieldName::Url),
    ("inurl", FieldName::Url),
    ("person", FieldName::Person),
    ("place", FieldName::Place),
    ("dateline", FieldName::Place),
    ("related", FieldName::Related),
    ("receipt", FieldName::Receipt),
    ("path", FieldName::Path),
    ("filename", FieldName::Path),
    ("dir", FieldName::Path),
    ("folder", FieldName::Path),
    ("lang", FieldName::Language),
    ("language", FieldName::Language),
    ("source_is", FieldName::WholeSource),
    ("outlet_is", FieldName::WholeSource),
    ("byline_is", FieldName::WholeByline),
    ("person_is", FieldName::WholePerson),
    ("folder_is", FieldName::WholeFolder),
];

impl FieldName {
    /// Returns the field of this name, in any case.
    pub fn from_typed(name: &str) -> Option<Self> {
        FIELD_NAMES
            .iter()
            .find(|(typed, _)| typed.eq_ignore_ascii_case(name))
            .map(|&(_, field)| field)
    }

    /// Returns the name that is printed.
    pub fn name(self) -> &'static str {
        FIELD_NAMES
            .iter()
            .find(|&&(_, field)| field == self)
            .map_or("", |&(name, _)| name)
    }

    /// Returns whether the field filters articles by something other than their text. With `--any`,
    /// filters still have to match.
    pub fn is_filter(self) -> bool {
        !matches!(
            self,
            Self::Headline | Self::Lead | Self::Body | Self::Related
        )
    }

    /// Returns whether the index has positions for the words of the field.
    pub fn has_positions(self) -> bool {
        !matches!(self, Self::Source | Self::Person | Self::Language) && !self.is_whole_name()
    }

    /// Returns whether the field is found by its whole value alone.
    pub fn is_whole_name(self) -> bool {
        matches!(
            self,
            Self::WholeSource | Self::WholeByline | Self::WholePerson | Self::WholeFolder
        )
    }

    /// Returns whether the text of the field has sentences and paragraphs. A headline is one of both.
    pub fn has_sentences(self) -> bool {
        matches!(self, Self::Headline | Self::Lead | Self::Body)
    }
}

impl Node {
    /// Returns a plain word.
    pub fn word(plain: &str) -> Self {
        Self::Leaf(Leaf::Word {
            plain: plain.to_owned(),
            typed: plain.to_owned(),
            exact: false,
        })
    }

    /// Joins nodes by AND. A single node is returned as it is; `None` stands for no nodes.
    pub fn all(nodes: Vec<Node>) -> Option<Self> {
        Self::joined(nodes, Self::And)
    }

    /// Joins nodes by OR. A single node is returned as it is; `None` stands for no nodes.
    pub fn any(nodes: Vec<Node>) -> Option<Self> {
        Self::joined(nodes, Self::Or)
    }

    fn joined(mut nodes: Vec<Node>, join: fn(Vec<Node>) -> Node) -> Option<Self> {
        match nodes.len() {
            0 | 1 => nodes.pop(),
            _ => Some(join(nodes)),
        }
    }

    /// Returns the node with what `each` makes of the nodes right below it.
    ///
    /// # Errors
    ///
    /// Returns the first error of `each`.
    pub(crate) fn try_map<E>(
        &self,
        mut each: impl FnMut(&Self) -> Result<Self, E>,
    ) -> Result<Self, E> {
        let mut boxed = |node: &Self| each(node).map(Box::new);
        Ok(match self {
            Self::Leaf(_) | Self::Phrase { .. } | Self::Date(_) | Self::Length(_) => self.clone(),
            Self::Near {
                left,
                right,
                within,
            } => Self::Near {
                left: boxed(left)?,
                right: boxed(right)?,
                within: *within,
            },
            Self::AtLeast { count, node } => Self::AtLeast {
                count: *count,
                node: boxed(node)?,
            },
            Self::Field { field, node } => Self::Field {
                field: *field,
                node: boxed(node)?,
            },
            Self::And(nodes) => Self::And(nodes.iter().map(each).collect::<Result<_, E>>()?),
            Self::Or(nodes) => Self::Or(nodes.iter().map(each).collect::<Result<_, E>>()?),
            Self::Not(node) => Self::Not(boxed(node)?),
            Self::Maybe(node) => Self::Maybe(boxed(node)?),
        })
    }

    /// Returns whether the node is a filter: a date, an outlet, a person and so on.
    pub fn is_filter(&self) -> bool {
        match self {
            Self::Date(_) | Self::Length(_) => true,
            Self::Field { field, .. } => field.is_filter(),
            _ => false,
        }
    }

    /// Returns the filters at the top of the tree.
    pub fn filters(&self) -> Vec<&Node> {
        match self {
            Self::And(nodes) => nodes.iter().filter(|node| node.is_filter()).collect(),
            node if node.is_filter() => vec![node],
            _ => Vec::new(),
        }
    }
}

/// Returns the name that was typed, if a node is a word, a phrase of words, or several of them.
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
