//! Parses a typed query into a tree, by recursive descent over its tokens.
//!
//! ```text
//! any      := all (OR all)*
//! all      := (AND? near)+
//! near     := unary ((NEAR/n | ADJ/n) unary)*
//! unary    := NOT near | (- | +) unary | operand
//! operand  := '(' any ')' | field: operand | date: value | atleastN(any) | term
//! ```

use super::dates;
use super::dates::DATE_HINT;
use super::leaves::words;
use super::lex::{Reading, Token, TokenKind, Tokens, lex};
use super::limits::{
    DEEPEST, LONGEST_CHAIN, MOST_WORDS, chain_length, ensure_bounded, ensure_number,
};
use super::notes::first_notes;
use super::signs::in_ascii;
use super::tree::{FieldName, Leaf, Node};
use crate::engine::positions::{Reach, Within};
use crate::error::QueryError;
use crate::error::shortened;

/// A parsed query.
#[derive(Clone, Debug, PartialEq)]
pub struct Query {
    /// The tree; `None` if the query is empty.
    pub root: Option<Node>,
    /// The parts that were read as plain words or left out.
    pub notes: Vec<String>,
    /// Whether the words are joined by nothing but spaces: without AND, OR, NEAR, brackets and plus
    /// signs. Of such words, most may be enough.
    pub is_plain: bool,
    /// Whether a sign excludes anything. Such a query is no headline, though it may have the words of one.
    pub has_minus: bool,
}

/// Parses a query whose words are joined by AND.
///
/// # Errors
///
/// Returns an error if the query has no words, if a date can't be read, if the query exceeds one of
/// the [`limits`](super::limits), or if NEAR, atleast or a field has an operand that it can't take.
pub fn parse(text: &str) -> Result<Query, QueryError> {
    read(text, Reading::All).map(with_first_notes)
}

/// Parses a query whose words are joined by OR. It never fails: a text that is not a valid query is
/// read as plain words, up to the limit of a query, with a note.
pub fn parse_any(text: &str) -> Query {
    let query = read(text, Reading::Any).unwrap_or_else(|error| {
        let mut leaves: Vec<Node> = words(text).into_iter().map(Node::Leaf).collect();
        let mut notes = vec![format!("searched as plain words: {error}")];
        if leaves.len() > MOST_WORDS {
            notes.push(format!("the first {MOST_WORDS} words were searched"));
            leaves.truncate(MOST_WORDS);
        }
        Query {
            root: Node::any(leaves),
            notes,
            is_plain: true,
            has_minus: false,
        }
    });
    with_first_notes(query)
}

fn with_first_notes(query: Query) -> Query {
    Query {
        notes: first_notes(query.notes),
        ..query
    }
}

/// Parses a query, with all notes on it.
pub(super) fn read(text: &str, reading: Reading) -> Result<Query, QueryError> {
    let text = &*in_ascii(text);
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
    let is_plain = !tokens.iter().any(|token| {
        matches!(
            token.kind,
            TokenKind::And
                | TokenKind::Or
                | TokenKind::Near(_)
                | TokenKind::Open
                | TokenKind::Plus
                | TokenKind::AtLeast(_)
        )
    });
    Ok(Query {
        root,
        notes: parser.notes,
        is_plain,
        has_minus: tokens.iter().any(|token| token.kind == TokenKind::Minus),
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

/// A node, and whether it has to match with `--any`.
struct Operand {
    node: Node,
    /// Whether it had a plus sign.
    is_required: bool,
}

impl<'a> Parser<'a> {
    /// Returns the next token.
    fn peek(&self) -> Option<&'a TokenKind> {
        self.tokens.get(self.next).map(|token| &token.kind)
    }

    /// Returns the first byte of the next token.
    fn at(&self) -> usize {
        self.tokens.get(self.next).map_or(0, |token| token.at)
    }

    /// Returns the typed text from a byte up to white space or a bracket.
    fn typed(&self, at: usize) -> &'a str {
        let rest = &self.text[at..];
        let end = rest.find(|c: char| c.is_whitespace() || c == '(');
        &rest[..end.unwrap_or(rest.len())]
    }

    /// Notes that an operator without operands was left out.
    fn left_out(&mut self, what: &str) {
        self.notes
            .push(format!("{what} has nothing to join here and was left out"));
    }

    /// Reads operands of OR.
    fn any(&mut self) -> Result<Option<Node>, QueryError> {
        let mut alternatives = Vec::new();
        let mut follows_or = false;
        loop {
            let alternative = self.all()?;
            let has_or = self.peek() == Some(&TokenKind::Or);
            if alternative.is_none() && (has_or || follows_or) {
                self.left_out("OR");
            }
            match alternative {
                Some(Node::Or(nodes)) if self.reading == Reading::Any => alternatives.extend(nodes),
                alternative => alternatives.extend(alternative),
            }
            if !has_or {
                break;
            }
            self.next += 1;
            follows_or = true;
            let is_end = match self.peek() {
                None => true,
                Some(TokenKind::Close) => self.depth > 0,
                _ => false,
            };
            if is_end {
                self.left_out("OR");
                break;
            }
        }
        Ok(Node::any(alternatives))
    }

    /// Returns whether an operand follows.
    fn operand_follows(&self) -> bool {
        !matches!(
            self.peek(),
            None | Some(TokenKind::Close | TokenKind::Or | TokenKind::And | TokenKind::Near(_))
        )
    }

    /// Reads operands of AND.
    fn all(&mut self) -> Result<Option<Node>, QueryError> {
        // Runs of operands with AND between them. With `--any`, the runs are joined by OR.
        let mut runs: Vec<Vec<Operand>> = Vec::new();
        let mut is_joined = false;
        while let Some(kind) = self.peek() {
            match kind {
                TokenKind::Or => break,
                TokenKind::Close if self.depth > 0 => break,
                TokenKind::Close => {
                    self.notes
                        .push("a ) has no ( before it and was left out".to_owned());
                    self.next += 1;
                }
                TokenKind::And => {
                    self.next += 1;
                    if runs.is_empty() || !self.operand_follows() {
                        self.left_out("AND");
                    } else {
                        is_joined = true;
                    }
                }
                TokenKind::Near(_) => {
                    self.left_out(self.typed(self.at()));
                    self.next += 1;
                }
                _ => {
                    match (self.near()?, runs.last_mut()) {
                        (Some(operand), Some(run)) if is_joined => run.push(operand),
                        (Some(operand), _) => runs.push(vec![operand]),
                        (None, _) if is_joined => self.left_out("AND"),
                        (None, _) => {}
                    }
                    is_joined = false;
                }
            }
        }
        if self.reading == Reading::Any {
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

    /// Reads operands of NEAR and ADJ.
    fn near(&mut self) -> Result<Option<Operand>, QueryError> {
        let Some(mut left) = self.unary()? else {
            return Ok(None);
        };
        while let Some(&TokenKind::Near(within)) = self.peek() {
            let at = self.at();
            self.next += 1;
            if !self.operand_follows() {
                self.left_out(self.typed(at));
                break;
            }
            if let Reach::Words(distance) = within.reach {
                let hint = if within.is_ordered {
                    "ADJ/1 finds a word right after another"
                } else {
                    "NEAR/1 finds words side by side"
                };
                ensure_number(distance, self.typed(at), hint, at)?;
            }
            let Some(right) = self.unary()? else {
                self.left_out(self.typed(at));
                break;
            };
            left = Operand {
                node: self.joined_by_near(left.node, right.node, within, at)?,
                is_required: left.is_required || right.is_required,
            };
        }
        Ok(Some(left))
    }

    /// Joins two operands by NEAR or ADJ, whose token starts at byte `at`.
    fn joined_by_near(
        &self,
        left: Node,
        right: Node,
        within: Within,
        at: usize,
    ) -> Result<Node, QueryError> {
        // `headline:a NEAR/3 headline:b` is `headline:(a NEAR/3 b)`.
        let (field, left, right) = match (left, right) {
            (Node::Field { field: a, node: x }, Node::Field { field: b, node: y })
                if a == b && a != FieldName::Person && !a.is_whole_name() =>
            {
                (Some(a), *x, *y)
            }
            (left, right) => (None, left, right),
        };
        for side in [&left, &right] {
            if !has_spans(side) && !is_person(side) {
                let (beside, join) = match within.reach {
                    Reach::Words(_) => ("NEAR or ADJ", "NEAR and ADJ join"),
                    Reach::Same(_) => ("SAME-SENTENCE or SAME-PARAGRAPH", "they join"),
                };
                return Err(QueryError {
                    message: format!(
                        "{} can't stand beside {beside}",
                        shortened(&side.to_string())
                    ),
                    hint: format!("{join} words, phrases, persons and groups of words with OR"),
                    at,
                });
            }
        }
        let joined = Node::Near {
            left: Box::new(left),
            right: Box::new(right),
            within,
        };
        if chain_length(&joined) > LONGEST_CHAIN {
            return Err(QueryError {
                message: format!("more than {LONGEST_CHAIN} NEAR or ADJ inside one another"),
                hint: "join fewer by NEAR; alternatives take no more than one, as in \
                       ferry NEAR/5 (sale OR buyer)"
                    .to_owned(),
                at,
            });
        }
        match field {
            Some(field) => self.bind(field, joined, at),
            None => Ok(joined),
        }
    }

    /// Reads NOT, a sign, or an operand.
    fn unary(&mut self) -> Result<Option<Operand>, QueryError> {
        let Some(kind) = self.peek() else {
            return Ok(None);
        };
        if !matches!(kind, TokenKind::Not | TokenKind::Minus | TokenKind::Plus) {
            let node = self.operand()?;
            return Ok(node.map(|node| Operand {
                node,
                is_required: false,
            }));
        }
        let at = self.at();
        self.next += 1;
        if matches!(
            (kind, self.peek()),
            (TokenKind::Not, Some(TokenKind::Near(_)))
        ) {
            return Err(QueryError {
                message: "NOT can't stand before NEAR or ADJ".to_owned(),
                hint: "write ferry -(ferry NEAR/5 sale) for articles in which the two are not near"
                    .to_owned(),
                at,
            });
        }
        if !self.operand_follows() {
            self.left_out(match kind {
                TokenKind::Not => self.typed(at),
                sign => sign.typed(),
            });
            return Ok(None);
        }
        self.enter(at)?;
        // A sign binds tighter than NEAR and ADJ, and NOT looser.
        let operand = match kind {
            TokenKind::Not => self.near()?,
            _ => self.unary()?,
        };
        self.depth -= 1;
        if operand.is_none() {
            self.left_out(match kind {
                TokenKind::Not => self.typed(at),
                sign => sign.typed(),
            });
        }
        let is_negated = |operand: &Operand| matches!(operand.node, Node::Not(_));
        if *kind != TokenKind::Plus && operand.as_ref().is_some_and(is_negated) {
            let not = self.typed(at);
            self.notes
                .push(format!("{not} negates a negation, so both were left out"));
        }
        Ok(operand.map(|operand| match kind {
            TokenKind::Plus => Operand {
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

    /// Goes one level deeper, unless that exceeds the limit.
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

    /// Reads a term, a group, a date filter, a field with its value, or a count.
    fn operand(&mut self) -> Result<Option<Node>, QueryError> {
        let at = self.at();
        let Some(kind) = self.peek() else {
            return Ok(None);
        };
        match kind {
            TokenKind::Term(node) => {
                self.next += 1;
                if let Node::Phrase { slop, typed, .. } = node {
                    // A phrase without `~` has a slop of 0, which is valid.
                    ensure_number((*slop).max(1), &format!("\"{typed}\"~"), "", at)?;
                }
                Ok(Some(node.clone()))
            }
            TokenKind::Date(field, value) => {
                self.next += 1;
                let filter = dates::read(*field, value).map_err(|message| QueryError {
                    message,
                    hint: DATE_HINT.to_owned(),
                    at,
                })?;
                Ok(Some(Node::Date(filter)))
            }
            TokenKind::Length(filter) => {
                self.next += 1;
                filter
                    .ensure_possible(at)
                    .map(|filter| Some(Node::Length(filter)))
            }
            TokenKind::Open => self.group(at),
            &TokenKind::Field(field) => self.field(field, at),
            &TokenKind::AtLeast(count) => self.at_least(count, at),
            // `all` and `unary` read these.
            TokenKind::Close
            | TokenKind::And
            | TokenKind::Or
            | TokenKind::Not
            | TokenKind::Minus
            | TokenKind::Plus
            | TokenKind::Near(_) => Ok(None),
        }
    }

    /// Reads a group in brackets, which starts at byte `at`.
    fn group(&mut self, at: usize) -> Result<Option<Node>, QueryError> {
        self.next += 1;
        self.enter(at)?;
        let inside = self.any()?;
        self.depth -= 1;
        if self.peek() == Some(&TokenKind::Close) {
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

    /// Reads a field and its value. The field starts at byte `at`.
    fn field(&mut self, field: FieldName, at: usize) -> Result<Option<Node>, QueryError> {
        self.next += 1;
        if !matches!(
            self.peek(),
            Some(
                TokenKind::Term(_) | TokenKind::Open | TokenKind::AtLeast(_) | TokenKind::Field(_)
            )
        ) {
            let typed = self.typed(at);
            let name = &typed[..typed
                .find(|c: char| !c.is_alphabetic())
                .unwrap_or(typed.len())];
            self.notes.push(format!(
                "nothing follows {name}:, so it was searched as a word"
            ));
            return Ok(Node::any(words(name).into_iter().map(Node::Leaf).collect()));
        }
        self.enter(at)?;
        let node = self.operand()?;
        self.depth -= 1;
        if node.is_none() {
            self.left_out(&format!("{}:", field.name()));
        }
        node.map(|node| self.bind(field, node, at)).transpose()
    }

    /// Reads `atleast3` and its operand. The token starts at byte `at`.
    fn at_least(&mut self, count: u32, at: usize) -> Result<Option<Node>, QueryError> {
        self.next += 1;
        self.enter(at)?;
        let node = self.operand()?;
        self.depth -= 1;
        let Some(node) = node else {
            self.left_out(self.typed(at));
            return Ok(None);
        };
        let hint = "-word finds articles without a word";
        ensure_number(count, self.typed(at), hint, at)?;
        if !has_spans(&node) {
            return Err(QueryError {
                message: format!(
                    "atleast{count} can't count {}",
                    shortened(&node.to_string())
                ),
                hint: "atleast counts a word, a phrase or a group of them with OR".to_owned(),
                at,
            });
        }
        Ok(Some(Node::AtLeast {
            count,
            node: Box::new(node),
        }))
    }

    /// Binds a field to its value.
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

/// Joins runs by OR. Filters and operands with a plus sign still have to match, and operands of NOT
/// are excluded.
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

/// Returns whether a node is a person, or persons near each other or near words.
fn is_person(node: &Node) -> bool {
    match node {
        Node::Field { field, .. } => *field == FieldName::Person,
        Node::Near { left, right, .. } => [left, right]
            .into_iter()
            .all(|side| has_spans(side) || is_person(side)),
        _ => false,
    }
}

/// Returns whether a node matches spans of a text, which NEAR and atleast need.
fn has_spans(node: &Node) -> bool {
    match node {
        Node::Leaf(_) | Node::Phrase { .. } => true,
        Node::Near { left, right, .. } => has_spans(left) && has_spans(right),
        Node::Or(nodes) => nodes.iter().all(has_spans),
        _ => false,
    }
}

/// Returns the part of a node that a field can't take.
fn misfit(field: FieldName, node: &Node) -> Option<String> {
    let takes = |leaf: &&Leaf| match leaf {
        Leaf::Word { .. } => true,
        Leaf::Caps(_) => !field.is_filter(),
        // The index has only the stems of related titles.
        Leaf::Pattern(_) | Leaf::Fuzzy { .. } => {
            field != FieldName::Related && !field.is_whole_name()
        }
    };
    match node {
        Node::Leaf(leaf) => (!takes(&leaf)).then(|| leaf.to_string()),
        Node::Phrase { leaves, .. } => {
            let misfit = leaves.iter().find(|leaf| !takes(leaf));
            misfit.map(ToString::to_string)
        }
        Node::Near { within, .. }
            if matches!(within.reach, Reach::Same(_)) && !field.has_sentences() =>
        {
            Some(node.to_string())
        }
        Node::Near { left, right, .. } if field.has_positions() => {
            misfit(field, left).or_else(|| misfit(field, right))
        }
        Node::AtLeast { node, .. } if field.has_positions() => misfit(field, node),
        Node::And(nodes) | Node::Or(nodes) => nodes.iter().find_map(|node| misfit(field, node)),
        Node::Not(node) | Node::Maybe(node) => misfit(field, node),
        Node::Near { .. }
        | Node::AtLeast { .. }
        | Node::Field { .. }
        | Node::Date(_)
        | Node::Length(_) => Some(node.to_string()),
    }
}
