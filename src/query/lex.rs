//! Cuts a typed query into tokens: words, phrases, patterns, operators, brackets, fields and dates.

use super::cleaned::{QuestionMark, has_idle_wildcard, is_prose, is_star};
use super::dates::DateField;
use super::leaves::{self, pattern, phrase, row, units};
use super::length::{self, Length, LengthFilter, NAME};
use super::mistyped;
use super::signs::{
    Operator, QUOTES, at_least, begins_operand, chunk_of, is_minus, is_near, is_single_quote,
    is_whole, leading_number, may_precede_sign, name_of, number, operator, parted, until,
    without_number,
};
use super::tree::{FieldName, Leaf, Node};
use crate::archive::analyzer;
use crate::engine::positions::{Reach, Within};
use crate::error::shortened;

/// A token of a query.
#[derive(Clone, Debug, PartialEq)]
pub struct Token {
    /// Its kind, with its value.
    pub kind: TokenKind,
    /// Its first byte in the query.
    pub at: usize,
}

/// The kind of a token, with its value.
#[derive(Clone, Debug, PartialEq)]
pub enum TokenKind {
    /// `(`
    Open,
    /// `)`
    Close,
    /// A word, a phrase or a pattern.
    Term(Node),
    /// A `-` before a term.
    Minus,
    /// A `+` before a term.
    Plus,
    /// `AND`
    And,
    /// `OR`
    Or,
    /// `NOT`
    Not,
    /// `NEAR/5`, `w/5`, `ADJ/5`, `pre/5`, `SAME-SENTENCE` or `w/p`
    Near(Within),
    /// The name of a field with its colon.
    Field(FieldName),
    /// A date filter with its value.
    Date(DateField, String),
    /// A filter on the number of words.
    Length(LengthFilter),
    /// `atleast3`, before its operand.
    AtLeast(u32),
}

impl TokenKind {
    /// Returns the name of an operator, for messages.
    pub fn typed(&self) -> &'static str {
        match self {
            Self::Open => "(",
            Self::Close => ")",
            Self::Minus => "-",
            Self::Plus => "+",
            Self::And => "AND",
            Self::Or => "OR",
            Self::Not => "NOT",
            Self::Near(within) => name_of(*within),
            Self::Field(field) => field.name(),
            Self::AtLeast(_) => "atleast",
            Self::Term(_) | Self::Date(..) | Self::Length(_) => "",
        }
    }
}

/// Which words of a query have to match, which decides how its text is read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reading {
    /// All words, joined by AND.
    All,
    /// Any of the words. Running text may be given, and no text is an error.
    Any,
}

/// The tokens of a query, and notes on how they were read.
pub struct Tokens {
    /// The tokens, in order.
    pub tokens: Vec<Token>,
    /// The parts that were read as plain words or left out.
    pub notes: Vec<String>,
}

/// Cuts a query into tokens.
pub fn lex(text: &str, reading: Reading) -> Tokens {
    let has_operators = reading == Reading::All || text.chars().any(char::is_lowercase);
    let mut lexer = Lexer {
        text,
        at: 0,
        reading,
        has_operators,
        question: question_mark(text, reading),
        tokens: Vec::new(),
        notes: Vec::new(),
    };
    while lexer.at < text.len() {
        lexer.step();
    }
    Tokens {
        tokens: lexer.tokens,
        notes: lexer.notes,
    }
}

/// Returns what a question mark after a word means in a query. With operators or as a single word, a
/// query is no question.
fn question_mark(text: &str, reading: Reading) -> QuestionMark {
    let is_formal = || {
        let mut chunks = text.split_whitespace();
        let is_operator =
            |chunk: &str| operator(chunk).is_some() || without_number(chunk).is_some();
        text.contains('*') || chunks.any(|chunk| is_operator(chunk.trim_matches(['(', ')'])))
    };
    if reading == Reading::Any {
        QuestionMark::RunningText
    } else if text.contains('?') && !is_formal() && is_prose(text) {
        QuestionMark::Punctuation
    } else {
        QuestionMark::Letter
    }
}

pub(super) struct Lexer<'a> {
    pub(super) text: &'a str,
    pub(super) at: usize,
    pub(super) reading: Reading,
    /// Whether AND, OR and NOT are operators. In text without lower-case letters they are words.
    has_operators: bool,
    question: QuestionMark,
    tokens: Vec<Token>,
    pub(super) notes: Vec<String>,
}

impl<'a> Lexer<'a> {
    pub(super) fn rest(&self) -> &'a str {
        &self.text[self.at..]
    }

    pub(super) fn push(&mut self, kind: TokenKind, at: usize) {
        self.tokens.push(Token { kind, at });
    }

    /// Adds a note, unless the text is running text.
    fn note(&mut self, note: String) {
        if self.reading == Reading::All {
            self.notes.push(note);
        }
    }

    fn step(&mut self) {
        let at = self.at;
        let Some(first) = self.rest().chars().next() else {
            return;
        };
        if first.is_whitespace() {
            self.at += first.len_utf8();
        } else if first == '(' || first == ')' {
            self.at += 1;
            let kind = if first == '(' {
                TokenKind::Open
            } else {
                TokenKind::Close
            };
            self.push(kind, at);
        } else if first == '|' {
            self.at += until(self.rest(), |c| c != '|').len();
            self.push(TokenKind::Or, at);
        } else if self.rest().starts_with("&&") {
            self.at += until(self.rest(), |c| c != '&').len();
            self.push(TokenKind::And, at);
        } else if QUOTES.contains(&first) {
            self.at += first.len_utf8();
            self.quoted(at, first);
        } else if (is_minus(first) || first == '+') && self.is_sign() {
            let signs = until(self.rest(), |c| !is_minus(c) && c != '+');
            self.at += signs.len();
            if signs == "+" {
                let chunk = chunk_of(self.rest());
                let next = self.rest()[chunk.len()..].trim_start();
                let is_between = self.has_left() && begins_operand(next);
                self.notes.extend(mistyped::plus_note(chunk, is_between));
            }
            // `+-sale` excludes.
            let kind = if signs.contains(is_minus) {
                TokenKind::Minus
            } else {
                TokenKind::Plus
            };
            self.push(kind, at);
        } else if self.reading == Reading::All && self.precedes_minus() {
            self.at += until(self.rest(), |c| !may_precede_sign(c)).len();
        } else if !(self.reading == Reading::All && self.single_quoted(at, first)) {
            self.chunk();
        }
    }

    /// Returns whether the last token ends an operand.
    fn has_left(&self) -> bool {
        self.tokens.last().is_some_and(|token| {
            matches!(
                token.kind,
                TokenKind::Term(_) | TokenKind::Close | TokenKind::Date(..) | TokenKind::Length(_)
            )
        })
    }

    /// Returns whether a term may begin here: at the start, after white space, a bracket, an operator
    /// without letters, or a sign.
    fn is_start(&self) -> bool {
        let before = self.text[..self.at].chars().next_back();
        before
            .is_none_or(|c| c.is_whitespace() || matches!(c, '(' | '|' | '&' | '+') || is_minus(c))
    }

    /// Returns whether other signs precede a minus: `&!sale`, `[-sale]`.
    fn precedes_minus(&self) -> bool {
        let signs = until(self.rest(), |c| !may_precede_sign(c));
        let rest = &self.rest()[signs.len()..];
        !signs.is_empty()
            && self.is_start()
            && rest.starts_with(is_minus)
            && begins_operand(rest.trim_start_matches(is_minus))
    }

    /// Returns whether a sign before a term follows: `-word`, but not `a-word` or `a - word`.
    fn is_sign(&self) -> bool {
        let before = self.text[..self.at].chars().next_back();
        let signed = (self.rest()).trim_start_matches(|c| is_minus(c) || c == '+');
        let chunk = chunk_of(signed);
        before.is_none_or(|c| c.is_whitespace() || matches!(c, '(' | '|') || may_precede_sign(c))
            && (signed.starts_with('(')
                || signed.starts_with(QUOTES)
                || chunk.contains(char::is_alphanumeric))
    }

    /// Reads a phrase after its opening quotation mark.
    fn quoted(&mut self, at: usize, quote: char) {
        let Some(length) = self.rest().find(QUOTES) else {
            self.notes.push(format!(
                "the quote {quote} is not closed, so its words were searched one by one"
            ));
            return;
        };
        let inside = &self.rest()[..length];
        self.at += length;
        self.at += self.rest().chars().next().map_or(0, char::len_utf8);
        self.phrase(at, inside);
    }

    /// Reads a phrase in single quotation marks: `'harbour master'`. One word in them is a word, as in
    /// `rock 'n' roll`.
    fn single_quoted(&mut self, at: usize, quote: char) -> bool {
        if !is_single_quote(quote) || !self.is_start() {
            return false;
        }
        // Two of them are one: ''harbour master''.
        let opening = until(self.rest(), |c| !is_single_quote(c));
        let rest = &self.rest()[opening.len()..];
        let is_word = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
        let end = rest.char_indices().find(|&(i, c)| {
            is_single_quote(c)
                && is_word(rest[..i].chars().next_back())
                && !is_word(rest[i + c.len_utf8()..].chars().next())
        });
        let Some((end, _)) = end else {
            return false;
        };
        let inside = &rest[..end];
        if !is_word(inside.chars().next())
            || !inside.contains(char::is_whitespace)
            || inside.contains(QUOTES)
        {
            return false;
        }
        self.at += opening.len() + end;
        self.at += until(self.rest(), |c| !is_single_quote(c)).len();
        self.phrase(at, inside);
        true
    }

    /// Adds a phrase. What follows its closing quotation mark is its slop, and whether other forms of
    /// its words are found.
    fn phrase(&mut self, at: usize, inside: &str) {
        let (mut slop, mut forms) = (0, false);
        if let Some(digits) = self.rest().strip_prefix('~').map(leading_number) {
            let whole = digits.replace(',', "");
            if whole.contains('.') {
                self.note(format!(
                    "~{} was left out; a phrase takes a whole number, as in \"harbour sale\"~3",
                    shortened(digits)
                ));
                self.at += 1 + digits.len();
            } else if !whole.is_empty() {
                slop = number(&whole);
                self.at += 1 + digits.len();
            }
        }
        if self.rest().starts_with('~') && !self.rest()[1..].starts_with('-') {
            forms = true;
            self.at += 1;
        }
        match phrase(inside, slop, forms) {
            Some(node) => {
                if slop > 0 && matches!(node, Node::Leaf(_)) {
                    let word = shortened(&self.text[at..self.at]);
                    self.note(format!(
                        "{word} is one word, so there is nothing that may stand in between"
                    ));
                }
                if inside.split_whitespace().any(is_star) {
                    self.note(format!(
                        "each * alone in \"{}\" was read as up to one word; \"harbour sale\"~3 \
                         allows up to three words between the two",
                        shortened(inside.trim())
                    ));
                }
                self.note_idle_wildcard(inside, &node);
                self.push(TokenKind::Term(node), at);
            }
            None => self.note(format!(
                "{} has no word in it and was left out",
                shortened(&self.text[at..self.at])
            )),
        }
    }

    /// Reads a chunk: characters up to white space, a bracket or a quotation mark.
    fn chunk(&mut self) {
        let at = self.at;
        let chunk = chunk_of(self.rest());
        if chunk.is_empty() {
            // A single quotation mark or a sign that is none.
            self.at += self.rest().chars().next().map_or(0, char::len_utf8);
            return;
        }
        let follows = &self.rest()[chunk.len()..];
        let is_value = self.tokens.last().is_some_and(|token| {
            matches!(token.kind, TokenKind::Field(_)) && self.text[..at].ends_with(':')
        });
        if !is_value {
            if self.read_length(at) || self.read_field(at, chunk, follows) {
                return;
            }
            if self.has_operators && self.read_operator(at, chunk, follows) {
                return;
            }
        }
        if follows.trim_start().starts_with('(') && self.read_function(at, chunk, follows) {
            return;
        }
        if self.reading == Reading::All {
            let before = self.text[..at].chars().next_back();
            self.notes.extend(
                mistyped::function_note(chunk, follows).or(mistyped::joined_note(before, chunk)),
            );
        }
        self.at += chunk.len();
        self.words(at, chunk);
    }

    /// Reads a filter on the number of words. Returns whether there is one, or what looks like one.
    fn read_length(&mut self, at: usize) -> bool {
        match length::at_start(self.rest()) {
            Some(Length::Filter(filter, typed)) => {
                self.at += typed;
                self.push(TokenKind::Length(filter), at);
                true
            }
            Some(Length::NoNumber(typed, value)) => {
                self.note(format!(
                    "{} was searched as plain words; words takes numbers, as in words>500 or \
                     words:300..500",
                    shortened(typed)
                ));
                self.at += typed.len();
                self.words(at, &typed[..NAME.len()]);
                self.words(at + typed.len() - value.len(), value);
                true
            }
            None => false,
        }
    }

    /// Reads an operator, in the forms in which people type it. Returns whether the chunk is one.
    fn read_operator(&mut self, at: usize, chunk: &str, follows: &str) -> bool {
        if let Some(operator) = operator(chunk) {
            self.at += chunk.len();
            self.push(kind_of(operator), at);
            return true;
        }
        if self.reading == Reading::Any {
            return false;
        }
        let next = follows.trim_start();
        let has_left = self.has_left();
        let has_right = begins_operand(next);
        if let Some(digits) = at_least(chunk).filter(|_| has_right && next.len() < follows.len()) {
            let operand = shortened(chunk_of(next));
            self.note(format!("{chunk} {operand} was read as {chunk}({operand})"));
            self.at += chunk.len();
            self.push(TokenKind::AtLeast(number(digits)), at);
            return true;
        }
        // Google's AROUND(5).
        if (chunk == "AROUND" || chunk == "NEAR" && has_left)
            && let Some((digits, _)) = follows.strip_prefix('(').and_then(|s| s.split_once(')'))
            && !digits.is_empty()
            && digits.bytes().all(|b| b.is_ascii_digit())
        {
            self.at += chunk.len() + digits.len() + 2;
            self.push(
                kind_of(Operator::Near(Within {
                    reach: Reach::Words(number(digits)),
                    is_ordered: false,
                })),
                at,
            );
            return true;
        }
        // NOT before NEAR is an error of the parser.
        let after_not = (self.tokens.last()).is_some_and(|token| token.kind == TokenKind::Not);
        if (has_left || after_not)
            && has_right
            && let Some(within) = without_number(chunk)
        {
            if let Reach::Words(distance) = within.reach {
                self.note(format!(
                    "{chunk} was read as {}/{distance}; NEAR and ADJ take a number of words, as in NEAR/5",
                    name_of(within)
                ));
            }
            self.at += chunk.len();
            self.push(TokenKind::Near(within), at);
            return true;
        }
        if self.is_not(chunk, next, has_left) {
            let not = if is_not_alone(chunk) {
                chunk.len()
            } else {
                chunk.len() + (follows.len() - next.len()) + "not".len()
            };
            self.at += not;
            self.push(TokenKind::Not, at);
            return true;
        }
        let is_between = has_left && has_right;
        self.notes
            .extend(mistyped::operator_note(chunk, next, is_between));
        false
    }

    /// Returns whether a chunk is a NOT that was not typed in capitals: `and not`, `but not`, `AND not`,
    /// `Not` among words in small letters. A single `not` is a word: `not guilty`.
    fn is_not(&self, chunk: &str, next: &str, has_left: bool) -> bool {
        let is_not = |word: &str| word.eq_ignore_ascii_case("not");
        if chunk.len() > "not".len() && is_not_alone(chunk) {
            return has_left && begins_operand(next);
        }
        let is_title = || {
            let mut words = self.text.split_whitespace().filter(|w| w.len() > 3);
            words.all(|word| !word.starts_with(char::is_lowercase))
        };
        if is_not(chunk) {
            let after_operator = self
                .tokens
                .last()
                .is_some_and(|token| matches!(token.kind, TokenKind::And | TokenKind::Or));
            let is_capitalised = chunk != "not" && has_left && !is_title();
            let before_near = has_left && is_near(chunk_of(next));
            return (after_operator || is_capitalised) && begins_operand(next) || before_near;
        }
        let second = chunk_of(next);
        let is_joint = chunk.eq_ignore_ascii_case("and") || chunk.eq_ignore_ascii_case("but");
        is_joint
            && has_left
            && is_not(second)
            && !is_title()
            && begins_operand(next[second.len()..].trim_start())
    }

    /// Adds the words or the pattern of a chunk.
    pub(super) fn words(&mut self, at: usize, chunk: &str) {
        if self.reading == Reading::Any {
            if let Some(node) = pattern(chunk, self.question) {
                self.push(TokenKind::Term(node), at);
                return;
            }
            for unit in units(chunk) {
                self.push(TokenKind::Term(unit), at);
            }
            return;
        }
        let is_last = self.rest().trim_start().is_empty();
        let before = self.text[..at].trim_end().chars().next_back();
        let after = self.rest().trim_start().chars().next();
        self.notes
            .extend(mistyped::lone_sign_note(chunk, before, after));
        let (chunk, notes) = mistyped::mended(chunk, is_last);
        self.notes.extend(notes);
        if let Some(spelled) = chunk.strip_prefix('=')
            && !spelled.contains(['*', '?', '~'])
            && let Some(node) = phrase(spelled, 0, false)
        {
            self.push(TokenKind::Term(node), at);
        } else if let Some(node) = self.pattern(&chunk, is_last) {
            self.note_idle_wildcard(&chunk, &node);
            self.push(TokenKind::Term(node), at);
        } else if let Some(parts) = parted(&chunk) {
            self.notes.push(mistyped::parted_note(&chunk, &parts));
            self.push(TokenKind::Open, at);
            for part in parts {
                self.words(at, part);
            }
            self.push(TokenKind::Close, at);
        } else if let Some(node) = leaves::chunk(&chunk, self.question) {
            self.note_idle_wildcard(&chunk, &node);
            let is_value = matches!(
                self.tokens.last(),
                Some(Token {
                    kind: TokenKind::Field(_),
                    ..
                })
            );
            if !is_value {
                self.notes.extend(mistyped::phrase_note(&chunk));
            }
            self.push(TokenKind::Term(node), at);
        }
    }

    /// Reads a pattern. In a list of words, the last with a question mark is read both as a word and as
    /// a pattern, since it may be a question: `harbour sale?`.
    fn pattern(&mut self, chunk: &str, is_last: bool) -> Option<Node> {
        let is_question =
            chunk.ends_with('?') && !chunk[..chunk.len() - 1].contains(['*', '?', '~']);
        if is_question && self.question == QuestionMark::Punctuation && !is_last {
            self.note(format!(
                "the ? of {} was read as the end of a question; put AND between the words for a pattern",
                shortened(chunk)
            ));
        }
        let found = pattern(chunk, self.question)?;
        let is_list = self.text.split_whitespace().nth(1).is_some();
        let is_formal = self.tokens.iter().any(|token| {
            matches!(
                token.kind,
                TokenKind::And | TokenKind::Or | TokenKind::Not | TokenKind::Near(_)
            )
        });
        if !(is_question && is_last && is_list && !is_formal) {
            return Some(found);
        }
        let word = leaves::chunk(chunk.trim_end_matches('?'), self.question)?;
        Some(Node::Or(vec![word, found]))
    }

    /// Notes a wildcard among characters of a script without spaces.
    fn note_idle_wildcard(&mut self, typed: &str, node: &Node) {
        if has_idle_wildcard(typed) && !matches!(node, Node::Leaf(Leaf::Pattern(_))) {
            self.note(format!(
                "{} was read as {node}; in a script without spaces a word is found inside longer ones, and \
                 needs no * after it",
                shortened(typed)
            ));
        }
    }

    /// Reads `caps(…)`, or `atleast3` before its bracket. Returns whether the chunk was either.
    pub(super) fn read_function(&mut self, at: usize, chunk: &str, follows: &str) -> bool {
        let space = follows.len() - follows.trim_start().len();
        if ["caps", "allcaps"]
            .iter()
            .any(|name| chunk.eq_ignore_ascii_case(name))
            && (space == 0 || chunk == "CAPS")
        {
            let inside = until(&follows[space + 1..], |c| c == ')');
            self.at += chunk.len() + space + 1 + inside.len();
            self.at += usize::from(self.rest().starts_with(')'));
            let leaves: Vec<Leaf> = analyzer::query_words(inside)
                .into_iter()
                .map(|word| Leaf::Caps(analyzer::in_case(&inside[word.range]).into_owned()))
                .collect();
            match row(leaves, 0, false, inside) {
                Some(node) => self.push(TokenKind::Term(node), at),
                None => self
                    .notes
                    .push("caps() has no word in it and was left out".to_owned()),
            }
            return true;
        }
        if space > 0 {
            return false;
        }
        // `atl5(…)` is Lexis's.
        let short = (chunk.get(..3)).filter(|name| name.eq_ignore_ascii_case("atl"));
        let after_short = short
            .map(|name| &chunk[name.len()..])
            .filter(|digits| is_whole(digits));
        if let Some(digits) = at_least(chunk).or(after_short) {
            self.at += chunk.len();
            self.push(TokenKind::AtLeast(number(digits)), at);
            return true;
        }
        let is_at_least = chunk
            .get(..7)
            .is_some_and(|name| name.eq_ignore_ascii_case("atleast"));
        if is_at_least {
            self.note(format!(
                "{} was searched as plain words; atleast takes a whole number, as in atleast3(ferry)",
                shortened(chunk)
            ));
        }
        false
    }
}

/// Returns whether a chunk alone is a NOT, in small letters or capitals: `not`, `and-not`.
fn is_not_alone(chunk: &str) -> bool {
    let nots = ["not", "and-not", "but-not"];
    nots.iter().any(|not| chunk.eq_ignore_ascii_case(not))
}

/// Returns the token of an operator.
fn kind_of(operator: Operator) -> TokenKind {
    match operator {
        Operator::And => TokenKind::And,
        Operator::Or => TokenKind::Or,
        Operator::Not => TokenKind::Not,
        Operator::Near(within) => TokenKind::Near(within),
    }
}
