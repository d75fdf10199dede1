//! Cuts a typed query into tokens: words, phrases, patterns, operators, brackets, fields and dates.

use super::dates;
use super::dates::DateField;
use super::pattern::edit_distance;
use super::tree::{FieldName, Leaf, Node};
use crate::archive::analyzer;
use crate::engine::positions::Within;
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
    /// `NEAR/5`, `w/5`, `ADJ/5` or `pre/5`
    Near(Within),
    /// The name of a field with its colon.
    Field(FieldName),
    /// A date filter with its value.
    Date(DateField, String),
    /// `atleast3`, before its bracket.
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
            Self::Near(within) if within.is_ordered => "ADJ",
            Self::Near(_) => "NEAR",
            Self::Field(field) => field.name(),
            Self::AtLeast(_) => "atleast",
            Self::Term(_) | Self::Date(..) => "",
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

/// Quotation marks that open or close a phrase.
const QUOTES: [char; 8] = ['"', '“', '”', '„', '‟', '«', '»', '＂'];

/// The most characters of a bracketed date range, including white space.
const LONGEST_DATE_RANGE: usize = 64;

/// The names that are suggested for a misspelt field.
const FIELDS_TO_SUGGEST: [&str; 14] = [
    "headline", "title", "lead", "body", "byline", "source", "person", "place", "related", "path",
    "date", "before", "after", "lang",
];

/// Cuts a query into tokens.
pub fn lex(text: &str, reading: Reading) -> Tokens {
    let has_operators = reading == Reading::All || text.chars().any(char::is_lowercase);
    let mut lexer = Lexer {
        text,
        at: 0,
        reading,
        has_operators,
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

struct Lexer<'a> {
    text: &'a str,
    at: usize,
    reading: Reading,
    /// Whether AND, OR and NOT are operators. In text without lower-case letters they are words.
    has_operators: bool,
    tokens: Vec<Token>,
    notes: Vec<String>,
}

impl<'a> Lexer<'a> {
    fn rest(&self) -> &'a str {
        &self.text[self.at..]
    }

    fn push(&mut self, kind: TokenKind, at: usize) {
        self.tokens.push(Token { kind, at });
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
        } else if QUOTES.contains(&first) {
            self.at += first.len_utf8();
            self.quoted(at, first);
        } else if (first == '-' || first == '+') && self.is_sign() {
            self.at += 1;
            let kind = if first == '-' {
                TokenKind::Minus
            } else {
                TokenKind::Plus
            };
            self.push(kind, at);
        } else {
            self.chunk();
        }
    }

    /// Returns whether the next character is a sign before a term: `-word`, but not `a-word` or
    /// `a - word`.
    fn is_sign(&self) -> bool {
        let before = self.text[..self.at].chars().next_back();
        let after = self.rest().chars().nth(1);
        before.is_none_or(|c| c.is_whitespace() || c == '(')
            && after.is_some_and(|c| c.is_alphanumeric() || c == '(' || QUOTES.contains(&c))
    }

    /// Reads a phrase after its opening quotation mark.
    fn quoted(&mut self, at: usize, quote: char) {
        let Some(length) = self.rest().find(QUOTES) else {
            self.notes.push(format!(
                "the quote {quote} is not closed: its words were searched one by one"
            ));
            return;
        };
        let inside = &self.rest()[..length];
        self.at += length;
        self.at += self.rest().chars().next().map_or(0, char::len_utf8);
        let (mut slop, mut forms) = (0, false);
        if let Some(digits) = self.rest().strip_prefix('~').map(leading_digits)
            && !digits.is_empty()
        {
            slop = number(digits);
            self.at += 1 + digits.len();
        }
        if self.rest().starts_with('~') && !self.rest()[1..].starts_with(['-', '.']) {
            forms = true;
            self.at += 1;
        }
        match phrase(inside, slop, forms) {
            Some(node) => self.push(TokenKind::Term(node), at),
            None if self.reading == Reading::All => self
                .notes
                .push(format!("\"{inside}\" has no word in it and was left out")),
            None => {}
        }
    }

    /// Reads a chunk: characters up to white space, a bracket or a quotation mark.
    fn chunk(&mut self) {
        let at = self.at;
        let chunk = chunk_of(self.rest());
        let follows = &self.rest()[chunk.len()..];
        let is_value = self.tokens.last().is_some_and(|token| {
            matches!(token.kind, TokenKind::Field(_)) && self.text[..at].ends_with(':')
        });
        if !is_value {
            if self.read_field(at, chunk, follows) {
                return;
            }
            if self.has_operators
                && let Some(operator) = operator(chunk)
            {
                self.at += chunk.len();
                self.push(operator, at);
                return;
            }
        }
        if follows.starts_with('(') && self.read_function(at, chunk, follows) {
            return;
        }
        if let Some(Node::Leaf(leaf)) = chunk.strip_prefix('=').and_then(spelled) {
            self.at += chunk.len();
            self.push(TokenKind::Term(Node::Leaf(leaf)), at);
            return;
        }
        self.at += chunk.len();
        self.words(at, chunk);
    }

    /// Adds the words or the pattern of a chunk.
    fn words(&mut self, at: usize, chunk: &str) {
        if let Some(node) = pattern(chunk, self.reading) {
            self.push(TokenKind::Term(node), at);
            return;
        }
        if self.reading == Reading::All {
            if let Some(node) = phrase(chunk, 0, true) {
                self.notes.extend(number_note(chunk));
                self.push(TokenKind::Term(node), at);
            } else if chunk.contains('*') {
                self.notes.push(format!("{chunk} alone was left out"));
            }
            return;
        }
        for word in words(chunk) {
            self.push(TokenKind::Term(Node::Leaf(word)), at);
        }
    }

    /// Reads `name:` and, for a date filter, its value. An unknown name is read as a word, with a
    /// note. Returns whether the chunk has the form of a field.
    fn read_field(&mut self, at: usize, chunk: &str, follows: &str) -> bool {
        let Some((name, value)) = chunk.split_once(':') else {
            return false;
        };
        if name.is_empty() || !name.chars().all(char::is_alphabetic) || value.starts_with("//") {
            return false;
        }
        let field = FieldName::from_typed(name);
        let date_field = DateField::from_typed(name);
        let is_bound = !value.is_empty() || follows.starts_with('(') || follows.starts_with(QUOTES);
        let has_value =
            is_bound || (self.reading == Reading::All && !follows.trim_start().is_empty());
        if !has_value || (field.is_none() && date_field.is_none()) {
            if self.reading == Reading::All {
                self.notes.push(plain_word_note(name, field, date_field));
            }
            self.at += chunk.len();
            self.words(at, name);
            self.words(at + name.len() + 1, value);
            return true;
        }
        if let Some(field) = field {
            self.at += name.len() + 1;
            if !is_bound {
                // Lucene allows `headline: putin`.
                self.at += follows.len() - follows.trim_start().len();
            }
            self.push(TokenKind::Field(field), at);
            if !is_bound && self.at < self.text.len() {
                self.bound_chunk();
            }
            return true;
        }
        let Some(date_field) = date_field else {
            return false;
        };
        self.at += name.len() + 1;
        let value = self.date_value();
        if self.reading == Reading::Any && dates::read(date_field, &value).is_err() {
            self.notes
                .push(format!("{name}:{value} was searched as plain words"));
            self.words(at, name);
            self.words(at, &value);
        } else {
            self.push(TokenKind::Date(date_field, value), at);
        }
        true
    }

    /// Reads the value of a field that has a space after its colon.
    fn bound_chunk(&mut self) {
        let at = self.at;
        let chunk = chunk_of(self.rest());
        self.at += chunk.len();
        self.words(at, chunk);
    }

    /// Reads the value of `date:`: a bracketed range, a quoted date, or a chunk.
    fn date_value(&mut self) -> String {
        self.at += self.rest().len() - self.rest().trim_start().len();
        let rest = self.rest();
        let bracketed = rest
            .starts_with(['[', '{'])
            .then(|| rest.char_indices().take(LONGEST_DATE_RANGE))
            .and_then(|mut chars| chars.find(|(_, c)| matches!(c, ']' | '}')))
            .map(|(end, _)| &rest[..=end]);
        if let Some(value) = bracketed {
            self.at += value.len();
            return value.to_owned();
        }
        if let Some(quote) = rest.chars().next().filter(|c| QUOTES.contains(c)) {
            let inside = until(&rest[quote.len_utf8()..], |c| QUOTES.contains(&c));
            self.at += quote.len_utf8() + inside.len();
            self.at += self.rest().chars().next().map_or(0, char::len_utf8);
            return inside.to_owned();
        }
        let value = until(rest, |c| c.is_whitespace() || c == '(' || c == ')');
        self.at += value.len();
        value.trim_end_matches([',', ';']).to_owned()
    }

    /// Reads `caps(…)`, or `atleast3` before its bracket. Returns whether the chunk was either.
    fn read_function(&mut self, at: usize, chunk: &str, follows: &str) -> bool {
        if chunk.eq_ignore_ascii_case("caps") {
            let inside = until(&follows[1..], |c| c == ')');
            self.at += chunk.len() + 1 + inside.len();
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
        let is_at_least = chunk
            .get(..7)
            .is_some_and(|name| name.eq_ignore_ascii_case("atleast"));
        let digits = chunk.get(7..).unwrap_or_default();
        if is_at_least && !digits.is_empty() && digits.bytes().all(|b| b.is_ascii_digit()) {
            self.at += chunk.len();
            self.push(TokenKind::AtLeast(number(digits)), at);
            return true;
        }
        if is_at_least && self.reading == Reading::All {
            self.notes.push(format!(
                "{} was searched as plain words; atleast takes a whole number, as in atleast3(ferry)",
                shortened(chunk)
            ));
        }
        false
    }
}

/// Returns a note on `name:`, which was read as a word.
fn plain_word_note(name: &str, field: Option<FieldName>, date: Option<DateField>) -> String {
    if field.is_some() || date.is_some() {
        return format!("nothing follows {name}:, so it was searched as a word");
    }
    match FIELDS_TO_SUGGEST.iter().find(|known| {
        name.len() > 3
            && known.len().abs_diff(name.len()) <= 2
            && edit_distance(&name.to_lowercase(), known) <= 2
    }) {
        Some(known) => format!(
            "{name}: is not a field ({known}: is one), so its words were searched as plain words"
        ),
        None => format!("{name}: is not a field, so its words were searched as plain words"),
    }
}

/// Returns a note on a chunk that looks like NEAR or `~` with an invalid number or without one:
/// `NEAR/1.5`, `NEAR`, `putin~3`.
fn number_note(chunk: &str) -> Option<String> {
    let is_number = |text: &str| {
        text.bytes()
            .all(|b| b.is_ascii_digit() || b"-.".contains(&b))
    };
    let is_near = |(name, number): (&str, &str)| {
        (name.eq_ignore_ascii_case("near") || name.eq_ignore_ascii_case("adj")) && is_number(number)
    };
    let hint = if matches!(chunk, "NEAR" | "ADJ") || chunk.split_once('/').is_some_and(is_near) {
        "NEAR and ADJ take a whole number, as in NEAR/5"
    } else if let Some((word, number)) = chunk.rsplit_once('~')
        && (word.is_empty() || word.ends_with(char::is_alphabetic))
        && is_number(number)
    {
        "a word takes ~1 or ~2, a phrase a whole number, as in \"harbour sale\"~3"
    } else {
        return None;
    };
    Some(format!(
        "{} was searched as plain words; {hint}",
        shortened(chunk)
    ))
}

/// Returns the operator that a chunk is, if it is one.
fn operator(chunk: &str) -> Option<TokenKind> {
    match chunk {
        "AND" | "&&" => return Some(TokenKind::And),
        "OR" | "||" | "|" => return Some(TokenKind::Or),
        "NOT" => return Some(TokenKind::Not),
        _ => {}
    }
    let (name, digits) = chunk.split_once('/')?;
    if digits.is_empty() || !digits.bytes().all(|b| b.is_ascii_digit()) {
        return None;
    }
    let is_ordered = match name.to_ascii_lowercase().as_str() {
        "near" | "w" => false,
        "adj" | "pre" => true,
        _ => return None,
    };
    Some(TokenKind::Near(Within {
        distance: number(digits),
        is_ordered,
    }))
}

/// Returns the words of a text as leaves that are found in any form.
pub fn words(text: &str) -> Vec<Leaf> {
    leaves_of(text, false)
}

/// Returns the word of `=word`; `None` if it is none or several.
fn spelled(text: &str) -> Option<Node> {
    match &mut leaves_of(text, true)[..] {
        [leaf] => Some(Node::Leaf(leaf.clone())),
        _ => None,
    }
}

fn leaves_of(text: &str, exact: bool) -> Vec<Leaf> {
    analyzer::query_words(text)
        .into_iter()
        .map(|word| {
            // The words of such a script have two characters.
            if analyzer::is_one_character(&word.plain) {
                return Leaf::Pattern(word.plain + "*");
            }
            let typed = text.get(word.range).unwrap_or_default().to_owned();
            Leaf::Word {
                plain: word.plain,
                typed,
                exact,
            }
        })
        .collect()
}

/// Returns the words and patterns of a text as a phrase; a single one as a leaf. `forms` is whether
/// other forms of the words are found too.
pub fn phrase(text: &str, slop: u32, forms: bool) -> Option<Node> {
    let words = |text: &str| leaves_of(text, !forms);
    if !text.contains(['*', '?', '~']) {
        return row(words(text), slop, forms, text);
    }
    let leaves = text
        .split_whitespace()
        .flat_map(|chunk| match pattern(chunk, Reading::All) {
            Some(Node::Leaf(leaf)) => vec![leaf],
            _ => words(chunk),
        })
        .collect();
    row(leaves, slop, forms, text)
}

/// Returns leaves as a phrase; a single one as a leaf.
fn row(mut leaves: Vec<Leaf>, slop: u32, forms: bool, typed: &str) -> Option<Node> {
    match leaves.len() {
        0 | 1 => leaves.pop().map(Node::Leaf),
        _ => Some(Node::Phrase {
            leaves,
            slop,
            forms,
            typed: typed.to_owned(),
        }),
    }
}

/// Reads `putin*`, `wom?n` and `name~1`. A question mark at the end of a word or in a URL is
/// punctuation. Returns `None` if the chunk has no pattern in it.
fn pattern(chunk: &str, reading: Reading) -> Option<Node> {
    if let Some((word, digits)) = chunk.rsplit_once('~')
        && matches!(digits, "" | "1" | "2")
        && let [word] = &analyzer::query_words(word)[..]
    {
        return Some(Node::Leaf(Leaf::Fuzzy {
            plain: word.plain.clone(),
            distance: if digits == "2" { 2 } else { 1 },
        }));
    }
    let is_letter = |c: char| analyzer::is_word_char(c) || c == '*';
    let is_part = |c: char| is_letter(c) || analyzer::is_apostrophe(c);
    let chunk = chunk.trim_matches(|c: char| !is_letter(c));
    let is_one_word = chunk.chars().all(|c| is_part(c) || c == '?');
    let has_pattern =
        chunk.contains('*') || (chunk.contains('?') && is_one_word && reading == Reading::All);
    if !has_pattern || words(chunk).is_empty() {
        return None;
    }
    if is_one_word && reading == Reading::All {
        let folded = folded(chunk);
        // Without letters, the wildcard is punctuation.
        let is_pattern = folded.contains(['*', '?']);
        return is_pattern.then_some(Node::Leaf(Leaf::Pattern(folded)));
    }
    // `sit-down*`: a phrase of words and patterns.
    let leaves = chunk
        .split(|c| !is_part(c))
        .flat_map(|part| {
            if part.contains('*') && !words(part).is_empty() {
                vec![Leaf::Pattern(folded(part))]
            } else {
                words(part)
            }
        })
        .collect();
    row(leaves, 0, true, chunk)
}

/// Returns a pattern with its letters folded like the words of the archive.
fn folded(pattern: &str) -> String {
    let mut out = String::with_capacity(pattern.len());
    for piece in pattern.split_inclusive(['*', '?']) {
        let letters = piece.trim_end_matches(['*', '?']);
        let words = analyzer::query_words(letters).into_iter();
        let word: String = words.map(|word| word.plain).collect();
        // The analyzer cuts longer words too.
        out.push_str(&word[..word.floor_char_boundary(analyzer::MAX_TERM_BYTES)]);
        match &piece[letters.len()..] {
            "*" if out.ends_with('*') => {}
            wildcard => out.push_str(wildcard),
        }
    }
    out.trim_matches('?').to_owned()
}

/// Returns the text up to white space, a bracket or a quotation mark.
fn chunk_of(text: &str) -> &str {
    until(text, |c| {
        c.is_whitespace() || c == '(' || c == ')' || QUOTES.contains(&c)
    })
}

fn until(text: &str, is_end: impl Fn(char) -> bool) -> &str {
    &text[..text.find(is_end).unwrap_or(text.len())]
}

fn leading_digits(text: &str) -> &str {
    until(text, |c| !c.is_ascii_digit())
}

/// Returns the number that digits stand for, or the largest `u32` if it is larger; the parser
/// refuses that value.
fn number(digits: &str) -> u32 {
    digits.parse().unwrap_or(u32::MAX)
}
