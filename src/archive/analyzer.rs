//! How words become terms, for files and for queries alike.
//!
//! [`words`] finds and folds the words of a text; [`stem`] takes an English ending off one. The
//! tokenizers that the engine is given are these two and nothing else.
//!
//! - A word is a run of letters, digits and combining marks. It is folded: lower case, no
//!   diacritics, letters such as æ and ß spelled out.
//! - Apostrophes inside a word vanish (`O'Brien` → `obrien`, `isn’t` → `isnt`); a possessive 's is
//!   no part of the word.
//! - Full stops between single letters vanish (`U.S.` → `us`, `p.m.` → `pm`), as does an
//!   ampersand (`AT&T` → `att`) and a comma between digits (`1,200` → `1200`). A point between
//!   digits stays (`3.5`).
//! - A hyphen parts words, and each counts as one (`sit-down` → `sit`, `down`). Letters and
//!   digits that are joined by a hyphen are also one term, in the same place: `COVID-19` is
//!   found as `covid19`, `covid` and `19`.
//! - A line end sets the next word [`BLOCK_GAP`] places further on: blocks are indexed a line each,
//!   and no phrase runs from one into the next.
//! - Each character of Chinese, Japanese and Thai is a word, since no spaces mark them.
//!
//! Two very frequent words in a row are also a term, of a field of their own (see [`pair`]).

mod pairs;
mod remembered;
mod tokens;

use std::collections::BTreeSet;
use std::ops::Range;

use tantivy::Index;
use tantivy::tokenizer::TextAnalyzer;
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

pub use pairs::pair;
use tokens::{Form, NewsTokenizer};

/// The version of the rules on this page. An index that was built by another one is rebuilt.
pub const VERSION: u32 = 3;

/// The name of the analyzer for running text.
pub const STEMMED: &str = "news-en";

/// The name of the analyzer that leaves words unstemmed.
pub const PLAIN: &str = "news";

/// The name of the analyzer that finds pairs of frequent words.
pub const PAIRS: &str = "news-pairs";

/// How many places lie between the last word of a block and the first of the next.
pub const BLOCK_GAP: usize = 10;

/// The longest term, in bytes. A longer word is found by its first bytes: base64 and the like
/// would only swell the dictionary.
pub const MAX_TERM_BYTES: usize = 100;

/// A word of a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Word {
    /// Where it stands, in bytes. A possessive 's is outside.
    pub range: Range<usize>,
    /// Its folded form.
    pub plain: String,
    /// Its place in the text, counted in words; `covid`, `19` and `covid19` share one.
    pub position: usize,
    /// Whether this is the joined form of letters and digits around a hyphen.
    pub joined: bool,
}

/// Returns the words of a text, in order.
///
/// Where letters and digits are joined by a hyphen, their joined form follows its parts.
pub fn words(text: &str) -> Vec<Word> {
    words_beginning(text, |_| true)
}

/// Returns those words of a text of whose folded form the first two bytes are asked for, which saves
/// most of the work. A short form has fewer, or none.
pub fn words_beginning(text: &str, is_wanted: impl Fn(&[u8]) -> bool) -> Vec<Word> {
    // English has some six letters to a word and its space.
    let mut found = Vec::with_capacity(text.len() / 6);
    let mut scan = Scan::new(text);
    let mut plain = String::new();
    while let Some(next) = scan.next() {
        let word = &text[next.range.clone()];
        // Folding does no more to ASCII letters and digits than make them small.
        if let Some(&[first, second]) = word.as_bytes().first_chunk()
            && first.is_ascii_alphanumeric()
            && second.is_ascii_alphanumeric()
            && !is_wanted(&[first.to_ascii_lowercase(), second.to_ascii_lowercase()])
        {
            continue;
        }
        plain.clear();
        fold_word(word, &mut plain);
        if is_wanted(&plain.as_bytes()[..plain.len().min(2)]) {
            found.push(Word {
                range: next.range,
                plain: plain.clone(),
                position: next.position,
                joined: next.joined,
            });
        }
    }
    found
}

/// Returns the words of a query: as [`words`], but of `COVID-19` the joined form alone.
pub fn query_words(text: &str) -> Vec<Word> {
    let mut found: Vec<Word> = Vec::new();
    for word in words(text) {
        if word.joined {
            while found
                .last()
                .is_some_and(|last| last.position == word.position)
            {
                found.pop();
            }
        }
        found.push(word);
    }
    found
}

/// Returns the words of a text that stand in capitals alone (see [`is_in_capitals`]), as they stand
/// there, each once.
pub fn in_capitals(text: &str) -> BTreeSet<&str> {
    let mut scan = Scan::new(text);
    std::iter::from_fn(|| scan.next())
        .map(|found| &text[found.range])
        .filter(|word| is_in_capitals(word))
        .collect()
}

/// Returns whether a word stands in capitals alone, as `US`, `U.S` and `G8` do: it has two characters
/// and more, a capital among them, and no small letter.
pub fn is_in_capitals(word: &str) -> bool {
    word.len() <= MAX_TERM_BYTES
        && !word.contains(char::is_lowercase)
        && word.contains(char::is_uppercase)
        && word.chars().nth(1).is_some()
}

/// Returns the English stem of a folded word (Snowball's English stemmer, "Porter 2").
pub fn stem(plain: &str) -> String {
    remembered::stem(plain)
}

/// Makes all analyzers known to an index. The engine does not store them: every opening of an
/// index has to call this.
pub fn register(index: &Index) {
    let manager = index.tokenizers();
    for (name, form) in [
        (PLAIN, Form::Plain),
        (STEMMED, Form::Stem),
        (PAIRS, Form::Pair),
    ] {
        manager.register(name, TextAnalyzer::from(NewsTokenizer { form }));
    }
}

/// What a scan found.
struct Found {
    range: Range<usize>,
    position: usize,
    joined: bool,
}

/// A walk over the words of a text.
struct Scan<'a> {
    text: &'a str,
    at: usize,
    /// The position of the next word.
    position: usize,
    /// The part before a hyphen, waiting to be joined with what follows.
    left: Option<Left>,
    /// The range of a joined form that is due next.
    due: Option<Range<usize>>,
}

/// The part of a word before its hyphen.
struct Left {
    range: Range<usize>,
    is_letters: bool,
}

impl<'a> Scan<'a> {
    fn new(text: &'a str) -> Self {
        Self {
            text,
            at: 0,
            position: 0,
            left: None,
            due: None,
        }
    }

    /// Returns where the next word stands.
    fn next(&mut self) -> Option<Found> {
        if let Some(range) = self.due.take() {
            return Some(Found {
                range,
                position: self.position - 1,
                joined: true,
            });
        }
        let start = self.skip_to_word()?;
        let first = self.text[start..].chars().next()?;
        let end = if stands_alone(first) {
            start + first.len_utf8()
        } else {
            self.word_end(start)
        };
        let range = start..end;
        self.at = self.after_possessive(end);
        self.join(range.clone());
        let position = self.position;
        // The parts of a joined word share one place, so the next word is one further on only
        // when nothing is left to be joined.
        if self.left.is_none() {
            self.position += 1;
        }
        Some(Found {
            range,
            position,
            joined: false,
        })
    }

    /// Notes whether the word at `range` is the left or right part of letters and digits joined by
    /// a hyphen.
    fn join(&mut self, range: Range<usize>) {
        if self.left.is_none() && self.text.as_bytes().get(range.end) != Some(&b'-') {
            return;
        }
        let word = &self.text[range.clone()];
        let is_digits = word.bytes().all(|b| b.is_ascii_digit());
        let is_letters = word.chars().all(is_letter);
        if let Some(left) = self.left.take()
            && left.is_letters != is_letters
        {
            self.due = Some(left.range.start..range.end);
            return;
        }
        let rest = &self.text[range.end..];
        let mut following = rest.chars();
        if (is_digits || is_letters)
            && following.next() == Some('-')
            && self.at == range.end
            && is_whole_part(following.as_str(), is_letters)
        {
            self.left = Some(Left { range, is_letters });
        }
    }

    /// Moves to the next character that can begin a word and returns where it stands.
    fn skip_to_word(&mut self) -> Option<usize> {
        let rest = &self.text[self.at..];
        let bytes = rest.as_bytes();
        let mut i = 0;
        while i < bytes.len() {
            let byte = bytes[i];
            if byte.is_ascii() {
                if byte.is_ascii_alphanumeric() {
                    break;
                }
                if byte == b'\n' && self.position > 0 {
                    self.position += BLOCK_GAP;
                }
                i += 1;
            } else {
                let c = rest[i..].chars().next()?;
                if begins_word(c) {
                    break;
                }
                i += c.len_utf8();
            }
        }
        self.at += i;
        (i < bytes.len()).then_some(self.at)
    }

    /// Returns where the word that starts at `start` ends.
    fn word_end(&self, start: usize) -> usize {
        let text = self.text;
        // Almost all words are plain letters with nothing after them that could join more.
        let bytes = text.as_bytes();
        let mut end = start;
        while bytes.get(end).is_some_and(u8::is_ascii_alphanumeric) {
            end += 1;
        }
        let is_joint = |byte: u8| matches!(byte, b'\'' | b'`' | b'.' | b',' | b'&');
        let goes_on = |byte: &u8| byte.is_ascii_alphanumeric() || !byte.is_ascii();
        if match bytes.get(end) {
            None => true,
            Some(&byte) if is_joint(byte) => !bytes.get(end + 1).is_some_and(goes_on),
            Some(byte) => byte.is_ascii(),
        } {
            return end;
        }
        end = start;
        let mut before = '\0';
        // How many characters the run since the last joint has: full stops join single letters.
        let mut run = 0;
        let mut chars = text[start..].char_indices().peekable();
        while let Some((offset, c)) = chars.next() {
            let at = start + offset;
            let next = chars.peek().map(|&(_, c)| c);
            if is_word_char(c) {
                if stands_alone(c) {
                    break;
                }
                run += 1;
                end = at + c.len_utf8();
            } else {
                let joins = match (c, next) {
                    (c, Some(next)) if is_apostrophe(c) => {
                        is_letter(before)
                            && is_letter(next)
                            && !is_possessive(&text[at + c.len_utf8()..])
                    }
                    ('.', Some(next)) if is_letter(before) => {
                        run == 1 && is_letter(next) && is_single_letter(&text[at + 1..])
                    }
                    ('.' | ',', Some(next)) => {
                        before.is_ascii_digit()
                            && next.is_ascii_digit()
                            && (c == '.' || is_thousand(&text[at + 1..]))
                    }
                    ('&', Some(next)) => is_letter(before) && is_letter(next),
                    _ => false,
                };
                if !joins {
                    break;
                }
                run = 0;
            }
            before = c;
        }
        end
    }

    /// Returns the place after a possessive 's that begins at `end`, or `end` itself.
    fn after_possessive(&self, end: usize) -> usize {
        let rest = &self.text[end..];
        let mut chars = rest.chars();
        match chars.next() {
            Some(c) if is_apostrophe(c) && is_possessive(chars.as_str()) => end + c.len_utf8() + 1,
            _ => end,
        }
    }
}

/// Returns whether a character is one of those that are used as apostrophes. One of them, U+02BC, is
/// a letter in Unicode.
pub fn is_apostrophe(c: char) -> bool {
    matches!(c, '\'' | '’' | 'ʼ' | '‘' | '`')
}

/// Returns whether a character is part of a word wherever it stands.
pub fn is_word_char(c: char) -> bool {
    begins_word(c) || (!c.is_ascii() && is_combining_mark(c))
}

fn begins_word(c: char) -> bool {
    c.is_alphanumeric() && !is_apostrophe(c)
}

/// Returns whether a character is a letter that makes a word with others.
fn is_letter(c: char) -> bool {
    c.is_alphabetic() && !is_apostrophe(c) && !stands_alone(c)
}

/// Returns whether what follows an apostrophe is a possessive s.
fn is_possessive(after: &str) -> bool {
    let mut chars = after.chars();
    matches!(chars.next(), Some('s' | 'S')) && !chars.next().is_some_and(is_word_char)
}

/// Returns whether a text begins with a letter that stands by itself, as those of `U.S.` do.
fn is_single_letter(text: &str) -> bool {
    let mut chars = text.chars();
    chars.next().is_some_and(is_letter) && !chars.next().is_some_and(is_word_char)
}

/// Returns whether a text begins with exactly three digits, as what follows the comma of 1,200.
fn is_thousand(text: &str) -> bool {
    let digits = text.bytes().take_while(u8::is_ascii_digit).count();
    digits == 3
}

/// Returns whether a text begins with a part that letters (or digits) may be joined with: all
/// digits (or all letters) up to the end of the word.
fn is_whole_part(text: &str, after_letters: bool) -> bool {
    let part: &str = text
        .find(|c: char| !is_word_char(c))
        .map_or(text, |end| &text[..end]);
    let rest = &text[part.len()..];
    let mut following = rest.chars();
    let goes_on = following
        .next()
        .is_some_and(|c| matches!(c, '-' | '.' | ',') || is_apostrophe(c))
        && following.next().is_some_and(is_word_char);
    !part.is_empty()
        && !goes_on
        && if after_letters {
            part.bytes().all(|b| b.is_ascii_digit())
        } else {
            part.chars().all(is_letter)
        }
}

/// Returns whether a character is a word by itself: the scripts that are written without spaces.
/// The ranges are the blocks of these scripts in the Unicode Character Database.
fn stands_alone(c: char) -> bool {
    matches!(c,
        '\u{0E00}'..='\u{0EFF}'     // Thai, Lao
        | '\u{1000}'..='\u{109F}'   // Myanmar
        | '\u{1780}'..='\u{17FF}'   // Khmer
        | '\u{3040}'..='\u{30FF}'   // Hiragana, Katakana
        | '\u{3400}'..='\u{4DBF}'   // CJK Extension A
        | '\u{4E00}'..='\u{9FFF}'   // CJK
        | '\u{F900}'..='\u{FAFF}'   // CJK compatibility
        | '\u{20000}'..='\u{323AF}' // CJK Extensions B to H
    ) && c.is_alphanumeric()
}

/// Writes the folded form of a word to `plain`, which is empty.
fn fold_word(word: &str, plain: &mut String) {
    if word.len() <= MAX_TERM_BYTES && word.bytes().all(|b| b.is_ascii_alphanumeric()) {
        plain.push_str(word);
        plain.make_ascii_lowercase();
        return;
    }
    if word.is_ascii() {
        plain.extend(
            word.bytes()
                .filter(|b| b.is_ascii_alphanumeric() || *b == b'.')
                .map(|b| char::from(b.to_ascii_lowercase())),
        );
    } else {
        for c in word.nfkd().filter(|&c| begins_word(c) || c == '.') {
            for lower in c.to_lowercase() {
                match spelled_out(lower) {
                    Some(letters) => plain.push_str(letters),
                    None if is_combining_mark(lower) => {}
                    None => plain.push(lower),
                }
            }
        }
    }
    plain.truncate(plain.floor_char_boundary(MAX_TERM_BYTES));
    // A full stop stays between digits alone: it parts `3.5`, and joins `u.s`.
    let is_number = |part: &str| {
        part.contains(char::is_numeric) && !part.contains(|c: char| c.is_ascii_alphabetic())
    };
    if plain.contains('.') && !plain.split('.').all(is_number) {
        plain.retain(|c| c != '.');
    }
}

/// Returns the letters that a letter without a decomposition is spelled out as.
fn spelled_out(c: char) -> Option<&'static str> {
    Some(match c {
        'ß' => "ss",
        'æ' => "ae",
        'œ' => "oe",
        'ø' => "o",
        'ł' => "l",
        'đ' | 'ð' => "d",
        'þ' => "th",
        'ħ' => "h",
        'ı' => "i",
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Writes words in a row, those at the same place joined by `|`.
    fn shown(text: &str) -> String {
        let mut out = String::new();
        let mut last = None;
        for word in words(text) {
            if let Some(last) = last {
                out.push(if last == word.position { '|' } else { ' ' });
            }
            out.push_str(&word.plain);
            last = Some(word.position);
        }
        out
    }

    #[test]
    fn finds_and_folds_words() {
        for (text, expected) in [
            ("", ""),
            (" \n—…", ""),
            ("Trump's talks", "trump talks"),
            ("Trump’s talks", "trump talks"),
            ("TRUMP'S TALKS", "trump talks"),
            ("the talks' end", "the talks end"),
            ("O'Brien isn't O’Brien’s", "obrien isnt obrien"),
            ("rock 'n' roll", "rock n roll"),
            ("'quoted' ‘words’", "quoted words"),
            ("OʼNeil`s O`Neilʼs isnʼt", "oneil oneil isnt"),
            ("ʼquotedʼ ʼ ʼn ŉ", "quoted n n"),
            ("AʼʼB U.ʼS", "a b u s"),
            ("the U.S. said", "the us said"),
            ("the US said", "the us said"),
            ("U.S.-Russia ties", "us russia ties"),
            ("U.S-Russia", "us russia"),
            ("the U.S.", "the us"),
            ("at 4:30 p.m., where", "at 4 30 pm where"),
            ("J.R.R. Tolkien", "jrr tolkien"),
            ("J. R. Bolton", "j r bolton"),
            ("end.Start", "end start"),
            ("a.m.b.", "amb"),
            ("COVID-19 cases", "covid|19|covid19 cases"),
            ("Covid19", "covid19"),
            ("covid 19", "covid 19"),
            ("F-16s", "f 16s"),
            ("the mid-1990s", "the mid 1990s"),
            ("post-2008 world", "post|2008|post2008 world"),
            ("a 20-year plan", "a 20|year|20year plan"),
            ("a 20-year-old man", "a 20 year old man"),
            ("al-Qa’ida, 9-Qa’ida", "al qaida 9 qaida"),
            ("sit-down", "sit down"),
            ("self-immolation -- twice", "self immolation twice"),
            ("1-2", "1 2"),
            ("café Müller Łódź", "cafe muller lodz"),
            ("Straße Æsir Søren", "strasse aesir soren"),
            ("cafe\u{301}", "cafe"),
            ("İstanbul", "istanbul"),
            ("ﬁle", "file"),
            ("AT&T and R&D", "att and rd"),
            ("salt & pepper", "salt pepper"),
            ("$1,200.50 or 3.5%", "1200.50 or 3.5"),
            ("in 2018, 2019", "in 2018 2019"),
            ("10,20", "10 20"),
            ("v1.2.3", "v123"),
            // What is left of vowel signs alone.
            ("\u{5b9}.\u{5b9}. 1", " 1"),
            ("snake_case #tag @name", "snake case tag name"),
            ("東京 Tokyo", "東 京 tokyo"),
            ("1-東 京-2", "1 東 京 2"),
            ("Москва", "москва"),
            ("e-mail", "e mail"),
            ("Re: tariffs", "re tariffs"),
        ] {
            assert_eq!(shown(text), expected, "{text}");
        }
    }

    #[test]
    fn takes_the_joined_form_in_a_query() {
        for (text, expected) in [
            ("COVID-19 cases", "covid19 cases"),
            ("covid19", "covid19"),
            ("sit-down", "sit down"),
        ] {
            let plain: Vec<_> = query_words(text).into_iter().map(|w| w.plain).collect();
            assert_eq!(plain.join(" "), expected, "{text}");
        }
    }

    #[test]
    fn finds_words_in_capitals() {
        let text = "The US, I mean the U.S., at the G8: US's COVID-19 É ÉÑ Us 19 AT&T";
        let found: Vec<&str> = in_capitals(text).into_iter().collect();
        assert_eq!(
            found,
            ["AT&T", "COVID", "COVID-19", "G8", "U.S", "US", "ÉÑ"]
        );
    }

    #[test]
    fn says_where_words_stand() {
        let text = "Trump’s «Łódź», COVID-19";
        let found: Vec<_> = words(text).into_iter().map(|w| &text[w.range]).collect();
        assert_eq!(found, ["Trump", "Łódź", "COVID", "19", "COVID-19"]);
    }

    #[test]
    fn cuts_endless_words_at_a_character() {
        let text = "é".repeat(99) + &"жз".repeat(200);
        let found = words(&text);
        assert_eq!(found.len(), 1);
        assert!(found[0].plain.len() <= MAX_TERM_BYTES);
        assert_eq!(found[0].range, 0..text.len());
    }

    #[test]
    fn sets_blocks_apart() {
        let positions: Vec<_> = words("\none two\nthree")
            .iter()
            .map(|w| w.position)
            .collect();
        assert_eq!(positions, [0, 1, 2 + BLOCK_GAP]);
    }

    #[test]
    fn stems_english() {
        for (plain, expected) in [
            ("running", "run"),
            ("talks", "talk"),
            ("elections", "elect"),
            ("us", "us"),
            ("covid19", "covid19"),
        ] {
            assert_eq!(stem(plain), expected, "{plain}");
            assert_eq!(stem(plain), expected, "{plain}, remembered");
        }
    }
}
