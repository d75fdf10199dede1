//! Reads a typed query into a tree, by recursive descent over its tokens.
//!
//! ```text
//! any      := all (OR all)*
//! all      := (AND? near)+
//! near     := unary ((NEAR/n | ADJ/n) unary)*
//! unary    := NOT near | (- | +) unary | operand
//! operand  := '(' any ')' | field: operand | date: value | atleastN(any) | term
//! ```

use super::dates::DATE_HINT;
use super::lex::{Kind, Reading, Token, Tokens, lex, words};
use super::limits::{
    DEEPEST, LONGEST_CHAIN, MOST_WORDS, chain_length, ensure_bounded, ensure_number,
};
use super::tree::{FieldName, Leaf, Node};
use super::{dates, first_notes, shortened};
use crate::error::QueryError;

/// A query as it was understood.
#[derive(Clone, Debug, PartialEq)]
pub struct Query {
    /// What is asked for; nothing where the query has no words.
    pub root: Option<Node>,
    /// What was taken for plain words, or left out.
    pub notes: Vec<String>,
}

/// Reads a query whose words are joined by AND.
///
/// # Errors
///
/// Returns an error where the query has operators and nothing that they join, where a date can't
/// be read, where the query exceeds one of the [`limits`](super::limits), and where NEAR, atleast or
/// a field is given something that it can't take.
pub fn parse(text: &str) -> Result<Query, QueryError> {
    read(text, Reading { any: false })
}

/// Reads a query of whose words any is enough. Never fails: what can't be read as a query is read
/// as plain words, as many as a query may have, with a note.
pub fn parse_any(text: &str) -> Query {
    read(text, Reading { any: true }).unwrap_or_else(|error| {
        let mut leaves: Vec<Node> = words(text).into_iter().map(Node::Leaf).collect();
        let mut notes = vec![format!("searched as plain words: {error}")];
        if leaves.len() > MOST_WORDS {
            notes.push(format!("the first {MOST_WORDS} words were searched"));
            leaves.truncate(MOST_WORDS);
        }
        Query {
            root: Node::any(leaves),
            notes,
        }
    })
}

fn read(text: &str, reading: Reading) -> Result<Query, QueryError> {
    let Tokens { tokens, notes } = lex(text, reading);
    let mut parser = Parser {
        text,
        tokens: &tokens,
        next: 0,
        depth: 0,
        reading,
        notes,
    };
    let root = parser.any()?;
    if root.is_none() && !text.trim().is_empty() {
        return Err(QueryError {
            message: format!(
                "there is no word to search for in {}",
                shortened(text.trim())
            ),
            hint: "write a word beside AND, OR, NOT and the signs; in quotes they are words"
                .to_owned(),
            at: 0,
        });
    }
    ensure_bounded(root.as_slice())?;
    Ok(Query {
        root,
        notes: first_notes(parser.notes),
    })
}

struct Parser<'a> {
    text: &'a str,
    tokens: &'a [Token],
    next: usize,
    depth: usize,
    reading: Reading,
    notes: Vec<String>,
}

/// A node, and how it was asked for.
struct Operand {
    node: Node,
    /// Whether it had a plus.
    is_required: bool,
}

impl<'a> Parser<'a> {
    fn peek(&self) -> Option<&'a Kind> {
        self.tokens.get(self.next).map(|token| &token.kind)
    }

    fn at(&self) -> usize {
        self.tokens.get(self.next).map_or(0, |token| token.at)
    }

    /// Returns the text from a place up to white space or a bracket, as it was typed.
    fn typed(&self, at: usize) -> &'a str {
        let rest = &self.text[at..];
        let end = rest.find(|c: char| c.is_whitespace() || c == '(');
        &rest[..end.unwrap_or(rest.len())]
    }

    fn left_out(&mut self, what: &str) {
        self.notes
            .push(format!("{what} has nothing to join here and was left out"));
    }

    fn any(&mut self) -> Result<Option<Node>, QueryError> {
        let mut alternatives = Vec::new();
        loop {
            let alternative = self.all()?;
            let has_or = self.peek() == Some(&Kind::Or);
            if alternative.is_none() && has_or {
                self.left_out("OR");
            }
            match alternative {
                Some(Node::Or(nodes)) if self.reading.any => alternatives.extend(nodes),
                alternative => alternatives.extend(alternative),
            }
            if !has_or {
                break;
            }
            self.next += 1;
            if !self.operand_follows() && self.peek() != Some(&Kind::Or) {
                self.left_out("OR");
                break;
            }
        }
        Ok(Node::any(alternatives))
    }

    /// Returns whether something that can be joined follows.
    fn operand_follows(&self) -> bool {
        !matches!(
            self.peek(),
            None | Some(Kind::Close | Kind::Or | Kind::And | Kind::Near { .. })
        )
    }

    fn all(&mut self) -> Result<Option<Node>, QueryError> {
        // Runs of operands with AND between them; where any word is enough, the runs are
        // alternatives.
        let mut runs: Vec<Vec<Operand>> = Vec::new();
        let mut is_joined = false;
        while let Some(kind) = self.peek() {
            match kind {
                Kind::Or => break,
                Kind::Close if self.depth > 0 => break,
                Kind::Close => {
                    self.notes
                        .push("a ) has no ( before it and was left out".to_owned());
                    self.next += 1;
                }
                Kind::And => {
                    self.next += 1;
                    if runs.is_empty() || !self.operand_follows() {
                        self.left_out("AND");
                    } else {
                        is_joined = true;
                    }
                }
                Kind::Near { .. } => {
                    self.left_out(kind.typed());
                    self.next += 1;
                }
                _ => {
                    if let Some(operand) = self.near()? {
                        match runs.last_mut() {
                            Some(run) if is_joined => run.push(operand),
                            _ => runs.push(vec![operand]),
                        }
                    }
                    is_joined = false;
                }
            }
        }
        if self.reading.any {
            return Ok(join_any(runs));
        }
        let mut nodes = Vec::new();
        for operand in runs.into_iter().flatten() {
            match operand.node {
                Node::And(inner) => nodes.extend(inner),
                node => nodes.push(node),
            }
        }
        Ok(Node::all(nodes))
    }

    fn near(&mut self) -> Result<Option<Operand>, QueryError> {
        let Some(mut left) = self.unary()? else {
            return Ok(None);
        };
        while let Some(&Kind::Near {
            distance,
            is_ordered,
        }) = self.peek()
        {
            let at = self.at();
            self.next += 1;
            if !self.operand_follows() {
                self.left_out(if is_ordered { "ADJ" } else { "NEAR" });
                break;
            }
            let hint = if is_ordered {
                "ADJ/1 finds a word right after another"
            } else {
                "NEAR/1 finds words side by side"
            };
            ensure_number(distance, self.typed(at), hint, at)?;
            let Some(right) = self.unary()? else {
                break;
            };
            let near = |left: Node, right: Node| Node::Near {
                left: Box::new(left),
                right: Box::new(right),
                distance,
                is_ordered,
            };
            // `headline:a NEAR/3 headline:b` asks for both side by side in the headline.
            let (field, inside) = match (left.node, right.node) {
                (Node::Field { field: a, node: x }, Node::Field { field: b, node: y })
                    if a == b && a != FieldName::Person =>
                {
                    (Some(a), (*x, *y))
                }
                pair => (None, pair),
            };
            for side in [&inside.0, &inside.1] {
                if !has_places(side) && !is_person(side) {
                    return Err(QueryError {
                        message: format!(
                            "{} can't stand beside NEAR or ADJ",
                            shortened(&side.to_string())
                        ),
                        hint:
                            "NEAR and ADJ join words, phrases, persons and groups of words with OR"
                                .to_owned(),
                        at,
                    });
                }
            }
            let joined = near(inside.0, inside.1);
            if chain_length(&joined) > LONGEST_CHAIN {
                return Err(QueryError {
                    message: format!("more than {LONGEST_CHAIN} NEAR or ADJ inside one another"),
                    hint: "join fewer by NEAR; alternatives take no more than one, as in \
                           ferry NEAR/5 (sale OR buyer)"
                        .to_owned(),
                    at,
                });
            }
            left = Operand {
                node: match field {
                    Some(field) => self.bind(field, joined, at)?,
                    None => joined,
                },
                is_required: left.is_required || right.is_required,
            };
        }
        Ok(Some(left))
    }

    fn unary(&mut self) -> Result<Option<Operand>, QueryError> {
        let Some(kind) = self.peek() else {
            return Ok(None);
        };
        if !matches!(kind, Kind::Not | Kind::Minus | Kind::Plus) {
            let node = self.operand()?;
            return Ok(node.map(|node| Operand {
                node,
                is_required: false,
            }));
        }
        let at = self.at();
        self.next += 1;
        if !self.operand_follows() {
            self.left_out(kind.typed());
            return Ok(None);
        }
        self.enter(at)?;
        // A sign belongs to the word that it stands at; NOT, to all that NEAR and ADJ join.
        let operand = match kind {
            Kind::Not => self.near()?,
            _ => self.unary()?,
        };
        self.depth -= 1;
        Ok(operand.map(|operand| match kind {
            Kind::Plus => Operand {
                is_required: true,
                ..operand
            },
            _ => Operand {
                node: match operand.node {
                    Node::Not(node) => *node,
                    node => Node::Not(Box::new(node)),
                },
                is_required: false,
            },
        }))
    }

    fn enter(&mut self, at: usize) -> Result<(), QueryError> {
        self.depth += 1;
        if self.depth <= DEEPEST {
            return Ok(());
        }
        Err(QueryError {
            message: format!("more than {DEEPEST} brackets or signs inside one another"),
            hint: "ask with fewer brackets".to_owned(),
            at,
        })
    }

    fn operand(&mut self) -> Result<Option<Node>, QueryError> {
        let at = self.at();
        let Some(kind) = self.peek() else {
            return Ok(None);
        };
        match kind {
            Kind::Term(node) => {
                self.next += 1;
                if let Node::Phrase { slop, typed, .. } = node {
                    // A slop of 0 is that of every phrase.
                    ensure_number((*slop).max(1), &format!("\"{typed}\"~"), "", at)?;
                }
                Ok(Some(node.clone()))
            }
            Kind::Date(field, value) => {
                self.next += 1;
                match dates::read(*field, value) {
                    Ok(filter) => Ok(Some(Node::Date(filter))),
                    Err(message) => Err(QueryError {
                        message,
                        hint: DATE_HINT.to_owned(),
                        at,
                    }),
                }
            }
            Kind::Open => {
                self.next += 1;
                self.enter(at)?;
                let inside = self.any()?;
                self.depth -= 1;
                if self.peek() == Some(&Kind::Close) {
                    self.next += 1;
                } else {
                    self.notes
                        .push("a ( is not closed and was read to the end".to_owned());
                }
                if inside.is_none() {
                    self.notes
                        .push("a pair of brackets has no word in it and was left out".to_owned());
                }
                Ok(inside)
            }
            &Kind::Field(field) => {
                self.next += 1;
                if !matches!(
                    self.peek(),
                    Some(Kind::Term(_) | Kind::Open | Kind::AtLeast(_) | Kind::Field(_))
                ) {
                    self.notes.push(format!(
                        "nothing stands after {}: and it was searched as a word",
                        field.name()
                    ));
                    return Ok(Some(Node::word(field.name())));
                }
                self.enter(at)?;
                let node = self.operand()?;
                self.depth -= 1;
                node.map(|node| self.bind(field, node, at)).transpose()
            }
            &Kind::AtLeast(count) => {
                self.next += 1;
                self.enter(at)?;
                let node = self.operand()?;
                self.depth -= 1;
                let Some(node) = node else {
                    return Ok(None);
                };
                ensure_number(
                    count,
                    self.typed(at),
                    "-word finds articles without a word",
                    at,
                )?;
                if !has_places(&node) {
                    return Err(QueryError {
                        message: format!(
                            "atleast{count} can't count {}",
                            shortened(&node.to_string())
                        ),
                        hint: "atleast counts a word, a phrase or a group of them with OR"
                            .to_owned(),
                        at,
                    });
                }
                Ok(Some(Node::AtLeast {
                    count,
                    node: Box::new(node),
                }))
            }
            // `all` and `unary` take care of these.
            Kind::Close
            | Kind::And
            | Kind::Or
            | Kind::Not
            | Kind::Minus
            | Kind::Plus
            | Kind::Near { .. } => Ok(None),
        }
    }

    /// Binds a field to what it is asked for.
    fn bind(&self, field: FieldName, node: Node, at: usize) -> Result<Node, QueryError> {
        if let Some(misfit) = misfit(field, &node) {
            return Err(QueryError {
                message: format!("{}: can't take {}", field.name(), shortened(&misfit)),
                hint: format!(
                    "a field takes words, phrases and groups of them, as in {}:(one OR two)",
                    field.name()
                ),
                at,
            });
        }
        Ok(Node::Field {
            field,
            node: Box::new(node),
        })
    }
}

/// Joins runs of which any is enough. Filters, and what has a plus, are asked for all the same;
/// what is excluded is excluded.
fn join_any(runs: Vec<Vec<Operand>>) -> Option<Node> {
    let (mut optional, mut required, mut filters, mut excluded) =
        (Vec::new(), Vec::new(), Vec::new(), Vec::new());
    for run in runs {
        let is_required = run.len() == 1 && run[0].is_required;
        let Some(node) = Node::all(run.into_iter().map(|operand| operand.node).collect()) else {
            continue;
        };
        match node {
            Node::Not(_) => excluded.push(node),
            node if node.is_filter() => filters.push(node),
            node if is_required => required.push(node),
            Node::Or(nodes) => optional.extend(nodes),
            node => optional.push(node),
        }
    }
    let mut all = required;
    if let Some(optional) = Node::any(optional) {
        if all.is_empty() {
            all.push(optional);
        } else {
            all.push(Node::Maybe(Box::new(optional)));
        }
    }
    all.extend(filters);
    all.extend(excluded);
    Node::all(all)
}

/// Returns whether a node is a person, or persons near something.
fn is_person(node: &Node) -> bool {
    match node {
        Node::Field { field, .. } => *field == FieldName::Person,
        Node::Near { left, right, .. } => [left, right]
            .into_iter()
            .all(|side| has_places(side) || is_person(side)),
        _ => false,
    }
}

/// Returns whether a node stands for places in a text, so that it can be near another or counted.
fn has_places(node: &Node) -> bool {
    match node {
        Node::Leaf(_) | Node::Phrase { .. } => true,
        Node::Near { left, right, .. } => has_places(left) && has_places(right),
        Node::Or(nodes) => nodes.iter().all(has_places),
        _ => false,
    }
}

/// Returns the part of a node that a field can't take.
fn misfit(field: FieldName, node: &Node) -> Option<String> {
    let takes = |leaf: &&Leaf| match leaf {
        Leaf::Word { .. } => true,
        Leaf::Caps(_) => !field.is_filter(),
        // The words of related titles are known by their stems alone.
        Leaf::Pattern(_) | Leaf::Fuzzy { .. } => field != FieldName::Related,
    };
    match node {
        Node::Leaf(leaf) => (!takes(&leaf)).then(|| leaf.to_string()),
        Node::Phrase { leaves, .. } => {
            let misfit = leaves.iter().find(|leaf| !takes(leaf));
            misfit.map(ToString::to_string)
        }
        Node::Near { left, right, .. } if field.has_positions() => {
            misfit(field, left).or_else(|| misfit(field, right))
        }
        Node::AtLeast { node, .. } if field.has_positions() => misfit(field, node),
        Node::And(nodes) | Node::Or(nodes) => nodes.iter().find_map(|node| misfit(field, node)),
        Node::Not(node) | Node::Maybe(node) => misfit(field, node),
        Node::Near { .. } | Node::AtLeast { .. } | Node::Field { .. } | Node::Date(_) => {
            Some(node.to_string())
        }
    }
}
