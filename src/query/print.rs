//! The printed form of a query, which is read as the same query.
//!
//! A word or a compound is printed without quotes only if it is read as such without them, which the lexer
//! decides. The text of a phrase is [cleaned](super::cleaned), so that it is read the same in quotes.

use std::fmt;

use super::leaves::phrase;
use super::lex::{Reading, Token, TokenKind, lex};
use super::signs::name_of;
use super::tree::{Leaf, Node};
use crate::archive::analyzer;
use crate::engine::positions::Reach;

impl Node {
    /// Returns the precedence of the operator; higher binds tighter.
    fn precedence(&self) -> u8 {
        match self {
            Self::Or(_) => 0,
            Self::And(_) => 1,
            Self::Not(_) => 2,
            Self::Near { .. } => 3,
            _ => 4,
        }
    }

    /// Writes the node as an operand of an operator of precedence `outer`.
    fn write_inside(&self, f: &mut fmt::Formatter<'_>, outer: u8) -> fmt::Result {
        if self.precedence() < outer {
            write!(f, "({self})")
        } else {
            write!(f, "{self}")
        }
    }
}

impl fmt::Display for Leaf {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Word {
                plain,
                typed,
                exact,
            } => {
                let read = |typed: &str| written(plain, typed, *exact);
                match read(typed).or_else(|| read(plain)) {
                    Some(written) => f.write_str(&written),
                    None => write!(f, "\"{plain}\""),
                }
            }
            Self::Pattern(pattern) => {
                // One character of a script without spaces is read as a pattern.
                let character = pattern.strip_suffix('*');
                let character = character.filter(|plain| analyzer::is_one_character(plain));
                f.write_str(character.unwrap_or(pattern))
            }
            Self::Fuzzy { plain, distance } => write!(f, "{plain}~{distance}"),
            Self::Caps(text) => write!(f, "caps({text})"),
        }
    }
}

/// Returns the form in which a word is printed as `typed`; `None` if no such form is read as the word.
fn written(plain: &str, typed: &str, exact: bool) -> Option<String> {
    let word = Node::Leaf(Leaf::Word {
        plain: plain.to_owned(),
        typed: typed.to_owned(),
        exact,
    });
    if !exact && stands_bare(typed, &word) {
        return Some(typed.to_owned());
    }
    let is_read = phrase(typed, 0, !exact).as_ref() == Some(&word);
    is_read.then(|| format!("\"{typed}\"{}", if exact { "" } else { "~" }))
}

/// Returns whether a text is read as a node where it stands without quotes among other words. Signs that
/// readers of a query may take for operators are put in quotes too.
fn stands_bare(typed: &str, node: &Node) -> bool {
    // Words in small letters are no operators; this saves time in long queries.
    if typed.bytes().all(|byte| byte.is_ascii_lowercase()) {
        return !typed.is_empty();
    }
    let is_sign = |c: char| !c.is_alphanumeric() && !"-'’.,&@".contains(c);
    if !typed.starts_with(char::is_alphanumeric) || typed.contains(is_sign) {
        return false;
    }
    // With AND, a query is no question.
    let tokens = lex(&format!("x {typed} x AND x"), Reading::All).tokens;
    let kinds: Vec<&TokenKind> = tokens.iter().map(|Token { kind, .. }| kind).collect();
    matches!(
        kinds[..],
        [_, TokenKind::Term(read), _, TokenKind::And, _] if read == node
    )
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
            Self::Phrase { leaves, typed, .. }
                if leaves.iter().all(|leaf| matches!(leaf, Leaf::Caps(_))) =>
            {
                write!(f, "caps({typed})")
            }
            Self::Phrase {
                slop, forms, typed, ..
            } => {
                if *forms && *slop == 0 && stands_bare(typed, self) {
                    return f.write_str(typed);
                }
                write!(f, "\"{typed}\"")?;
                if *slop > 0 {
                    write!(f, "~{slop}")?;
                }
                f.write_str(if *forms { "~" } else { "" })
            }
            Self::Near {
                left,
                right,
                within,
            } => {
                left.write_inside(f, 3)?;
                write!(f, " {}", name_of(*within))?;
                if let Reach::Words(distance) = within.reach {
                    write!(f, "/{distance}")?;
                }
                f.write_str(" ")?;
                right.write_inside(f, 4)
            }
            Self::AtLeast { count, node } => write!(f, "atleast{count}({node})"),
            Self::Field { field, node } => {
                write!(f, "{}:", field.name())?;
                node.write_inside(f, 4)
            }
            Self::Date(filter) => write!(f, "{filter}"),
            Self::Length(filter) => write!(f, "{filter}"),
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
