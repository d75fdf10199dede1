//! Reads the fields of a query: their names, signs and values, and the values of dates.

use super::dates;
use super::dates::DateField;
use super::lex::{Lexer, Reading, TokenKind};
use super::mistyped;
use super::signs::{QUOTES, begins_operand, chunk_of, is_minus, operator, until};
use super::tree::FieldName;

/// The most characters of a bracketed date range, including white space.
const LONGEST_DATE_RANGE: usize = 64;

/// The most chunks of a date with spaces: `June 15, 2018 - June 20, 2018`.
const MOST_DATE_CHUNKS: usize = 7;

impl Lexer<'_> {
    /// Reads `name:` and, for a date filter, its value. An unknown name is read as a word, with a
    /// note. Returns whether the chunk has the form of a field.
    pub(super) fn read_field(&mut self, at: usize, chunk: &str, follows: &str) -> bool {
        let Some((name, sign, value)) = field_of(chunk, follows) else {
            return false;
        };
        let field = FieldName::from_typed(name);
        let date_field = DateField::from_typed(name);
        let is_bound = !value.is_empty() || follows.starts_with('(') || follows.starts_with(QUOTES);
        let has_value =
            is_bound || (self.reading == Reading::All && !follows.trim_start().is_empty());
        if !has_value || (field.is_none() && date_field.is_none()) {
            if self.reading == Reading::All {
                self.notes
                    .push(mistyped::plain_word_note(name, field, date_field));
            }
            self.at += chunk.len();
            self.words(at, name);
            self.words(at + name.len() + sign.len(), value);
            return true;
        }
        self.at += name.len() + sign.len();
        if let Some(date_field) = date_field {
            self.read_date(at, name, date_field, sign);
            return true;
        }
        let Some(field) = field else {
            return false;
        };
        if !is_bound {
            // Lucene allows `headline: putin`.
            self.at += follows.len() - follows.trim_start().len();
        }
        // `headline:-sale` is `-headline:sale`.
        let signed = self.rest();
        let signs = until(signed, |c| !is_minus(c));
        if self.reading == Reading::All
            && !signs.is_empty()
            && begins_operand(&signed[signs.len()..])
        {
            self.push(TokenKind::Minus, at);
            self.at += signs.len();
        }
        self.push(TokenKind::Field(field), at);
        let is_quoted_or_grouped = self.rest().starts_with('(') || self.rest().starts_with(QUOTES);
        if !is_quoted_or_grouped && !self.rest().is_empty() {
            self.bound_chunk();
        }
        true
    }

    /// Reads the value of a field.
    fn bound_chunk(&mut self) {
        let at = self.at;
        let chunk = chunk_of(self.rest());
        let follows = &self.rest()[chunk.len()..];
        if chunk.is_empty() || (follows.starts_with('(') && self.read_function(at, chunk, follows))
        {
            return;
        }
        self.at += chunk.len();
        self.words(at, chunk);
    }

    /// Reads the value of a date filter, which was typed as `name` at byte `at`.
    fn read_date(&mut self, at: usize, name: &str, field: DateField, sign: &str) {
        let comparison = if sign == ":" || sign == "=" { "" } else { sign };
        let value = comparison.to_owned() + &self.date_value(field);
        if self.reading == Reading::Any && dates::read(field, &value).is_err() {
            self.notes
                .push(format!("{name}:{value} was searched as plain words"));
            self.words(at, name);
            self.words(at, &value);
        } else {
            self.push(TokenKind::Date(field, value), at);
        }
    }

    /// Reads the value of `date:`: a bracketed range, a quoted date, or as many chunks as make a date.
    fn date_value(&mut self, field: DateField) -> String {
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
            // `date:"June 2018".."May 2019"`
            if self.rest().starts_with("..") {
                self.at += "..".len();
                let is_open = self.rest().chars().next().is_none_or(char::is_whitespace);
                let last = if is_open {
                    String::new()
                } else {
                    self.date_value(field)
                };
                return format!("{inside}..{last}");
            }
            return inside.to_owned();
        }
        // `date(2018)`
        if let Some((inside, _)) = rest.strip_prefix('(').and_then(|rest| rest.split_once(')'))
            && dates::read(field, inside).is_ok()
        {
            self.at += inside.len() + 2;
            return inside.to_owned();
        }
        let ends = dates_ends(rest);
        let value_to = |end: usize| rest[..end].trim_end_matches([',', ';']);
        let Some(&first) = ends.first() else {
            return String::new();
        };
        let is_date = |end: &usize| dates::read(field, value_to(*end)).is_ok();
        let end = ends.iter().rev().copied().find(is_date).unwrap_or(first);
        self.at += end;
        value_to(end).to_owned()
    }
}

/// Returns the name of a field, its sign and its value: `headline:ferry`, `date>=2018`, and
/// `headline(ferry)` as Lexis has it.
fn field_of<'c>(chunk: &'c str, follows: &str) -> Option<(&'c str, &'c str, &'c str)> {
    let is_known =
        |name: &str| FieldName::from_typed(name).is_some() || DateField::from_typed(name).is_some();
    if let Some(inside) = follows.strip_prefix('(')
        && is_known(chunk)
        // `person(s)` is a word.
        && until(inside, |c| c == ')').len() > 2
    {
        return Some((chunk, "", ""));
    }
    if operator(chunk).is_some() {
        return None;
    }
    let start = chunk.find([':', '=', '<', '>'])?;
    let (name, rest) = chunk.split_at(start);
    let signs = [":", "=", ">=", "<=", ">", "<"];
    let length = signs
        .iter()
        .filter(|sign| rest.starts_with(**sign))
        .map(|s| s.len())
        .max()?;
    let (sign, value) = rest.split_at(length);
    let is_name = name.starts_with(char::is_alphabetic)
        && name.chars().all(|c| c.is_alphabetic() || c == '_');
    let is_field = match sign {
        ":" => is_name && !value.starts_with("//"),
        "=" => is_known(name) && !value.is_empty(),
        _ => DateField::from_typed(name) == Some(DateField::Date) && !value.is_empty(),
    };
    is_field.then_some((name, sign, value))
}

/// Returns where the first chunks of a text end, if they may be parts of a date.
fn dates_ends(text: &str) -> Vec<usize> {
    let mut ends = Vec::new();
    let mut end = 0;
    while ends.len() < MOST_DATE_CHUNKS {
        let rest = text[end..].trim_start();
        let chunk = until(rest, |c| {
            c.is_whitespace() || c == '(' || c == ')' || QUOTES.contains(&c)
        });
        if chunk.is_empty() {
            break;
        }
        end = text.len() - rest.len() + chunk.len();
        ends.push(end);
    }
    ends
}
