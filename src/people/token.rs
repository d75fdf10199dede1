//! Splits a text into words, punctuation and sentences, for the tagger.
//!
//! The model was trained on these tokens and sentences, so a change here needs a new training. The
//! end of a sentence is decided here, not beside the rules in [`crate::text::sentence`], because it
//! depends on the tokens: whether a word keeps its full stop, and what the next token is.

use std::ops::Range;

use super::fold::is_apostrophe;

/// Words that keep the full stop after them, so that it does not end a sentence.
const ABBREVIATIONS: &[&str] = &[
    "Adm", "Ala", "Apr", "Ariz", "Ark", "Aug", "Brig", "Bros", "Calif", "Capt", "Cmdr", "Co",
    "Col", "Colo", "Conn", "Corp", "Cpl", "Dec", "Del", "Dr", "Esq", "Feb", "Fla", "Fr", "Ga",
    "Gen", "Gov", "Hon", "Ill", "Inc", "Ind", "Jan", "Jr", "Kan", "Ky", "Lt", "Ltd", "Maj", "Mass",
    "Md", "Messrs", "Mich", "Minn", "Mlle", "Mme", "Mont", "Mr", "Mrs", "Ms", "Neb", "Nev", "No",
    "Nov", "Oct", "Okla", "Ore", "Pa", "Ph", "Prof", "Pvt", "Rep", "Rev", "Sen", "Sept", "Sgt",
    "Sr", "St", "Ste", "Supt", "Tenn", "Tex", "Va", "Wash", "Wis", "etc", "vs",
];

/// A word or a punctuation mark, as a range of bytes of its text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Token {
    /// The first byte.
    pub start: u32,
    /// The byte after the last.
    pub end: u32,
}

impl Token {
    /// Returns the token's text, given the text that it was split from.
    pub fn text<'t>(&self, text: &'t str) -> &'t str {
        &text[self.start as usize..self.end as usize]
    }
}

/// The tokens and sentences of a text.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Tokens {
    /// The tokens, in the order of the text.
    pub tokens: Vec<Token>,
    /// The sentences as ranges of `tokens`, in order; none is empty, and every token is in one.
    pub sentences: Vec<Range<usize>>,
}

/// Splits a text into tokens and sentences.
///
/// A word keeps its inner hyphens, apostrophes and full stops (`Jean-Pierre`, `O'Brien`, `U.S.`);
/// a possessive `'s` is a token of its own; initials and common abbreviations keep their full stop.
/// An empty line ends a sentence, a single line break does not.
pub fn tokenize(text: &str) -> Tokens {
    let mut cutter = Cutter {
        text,
        at: 0,
        tokens: Vec::with_capacity(text.len() / 5),
        sentences: Vec::with_capacity(text.len() / 100),
        sentence_start: 0,
        sentence_is_over: false,
    };
    cutter.run();
    Tokens {
        tokens: cutter.tokens,
        sentences: cutter.sentences,
    }
}

/// The class of a character.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Class {
    Space,
    Word,
    /// `'`, the closing single quote and the letter apostrophe (U+02BC).
    Apostrophe,
    /// Hyphens, full stops and ampersands: part of a word between letters, else a token.
    Joiner,
    /// `!` and `?`.
    Ender,
    /// Closing quotes and brackets, which belong to the sentence before them.
    Closer,
    Other,
}

impl Class {
    fn of(c: char) -> Self {
        match c {
            'a'..='z' | 'A'..='Z' | '0'..='9' => Self::Word,
            ' ' | '\n' | '\r' | '\t' => Self::Space,
            _ if is_apostrophe(c) => Self::Apostrophe,
            '-' | '.' | '&' | '\u{2010}' | '\u{2011}' => Self::Joiner,
            '!' | '?' | '…' => Self::Ender,
            '"' | ')' | ']' | '”' | '»' => Self::Closer,
            _ if c.is_ascii() => Self::Other,
            _ if c.is_alphanumeric() || is_combining(c) => Self::Word,
            _ if c.is_whitespace() => Self::Space,
            _ => Self::Other,
        }
    }
}

/// Returns whether a character combines with the letter before it.
fn is_combining(c: char) -> bool {
    matches!(
        c,
        '\u{300}'..='\u{36f}' | '\u{200c}' | '\u{200d}' | '\u{ad}'
    ) || unicode_normalization::char::is_combining_mark(c)
}

struct Cutter<'t> {
    text: &'t str,
    at: usize,
    tokens: Vec<Token>,
    sentences: Vec<Range<usize>>,
    sentence_start: usize,
    /// Whether a mark that ends a sentence was read, and no token of another sentence since.
    sentence_is_over: bool,
}

impl Cutter<'_> {
    fn run(&mut self) {
        while let Some(c) = self.char_at(self.at) {
            match Class::of(c) {
                Class::Space => self.space(),
                Class::Word => self.word(c),
                Class::Apostrophe => self.apostrophe(c),
                class => self.mark(c, class),
            }
        }
        self.end_sentence();
    }

    fn char_at(&self, at: usize) -> Option<char> {
        let byte = *self.text.as_bytes().get(at)?;
        if byte < 0x80 {
            return Some(char::from(byte));
        }
        self.text[at..].chars().next()
    }

    fn is_word_at(&self, at: usize) -> bool {
        self.char_at(at)
            .is_some_and(|c| Class::of(c) == Class::Word)
    }

    fn push(&mut self, start: usize, end: usize) {
        self.tokens.push(Token {
            start: u32::try_from(start).unwrap_or(u32::MAX),
            end: u32::try_from(end).unwrap_or(u32::MAX),
        });
    }

    fn end_sentence(&mut self) {
        self.sentence_is_over = false;
        if self.tokens.len() > self.sentence_start {
            self.sentences.push(self.sentence_start..self.tokens.len());
            self.sentence_start = self.tokens.len();
        }
    }

    fn space(&mut self) {
        let mut line_ends = 0;
        while let Some(c) = self.char_at(self.at) {
            if Class::of(c) != Class::Space {
                break;
            }
            line_ends += usize::from(c == '\n');
            self.at += c.len_utf8();
        }
        if line_ends >= 2 {
            self.end_sentence();
        }
    }

    fn word(&mut self, first: char) {
        let start = self.at;
        self.at += first.len_utf8();
        while let Some(c) = self.char_at(self.at) {
            let after = self.at + c.len_utf8();
            let goes_on = match Class::of(c) {
                Class::Word => true,
                Class::Apostrophe => self.is_word_at(after) && !self.is_possessive(after),
                Class::Joiner => {
                    self.is_word_at(after) && !(c == '.' && self.is_missing_space(start, after))
                }
                _ => false,
            };
            if !goes_on {
                break;
            }
            self.at = after;
        }
        if self.char_at(self.at) == Some('.') && keeps_full_stop(&self.text[start..self.at]) {
            self.at += 1;
            // "J.-L. Mercier": joined initials are one token.
            while let Some(initial) = hyphened_initial(&self.text[start..], self.at - start) {
                self.at += initial;
            }
        }
        if self.sentence_is_over && !first.is_lowercase() {
            self.end_sentence();
        }
        self.sentence_is_over = false;
        self.push(start, self.at);
    }

    /// Returns whether the word at a byte is a single `s`, as after `Bolton'`.
    fn is_possessive(&self, at: usize) -> bool {
        matches!(self.char_at(at), Some('s' | 'S')) && !self.is_word_at(at + 1)
    }

    /// Returns whether an inner full stop ends a sentence that has no space after it:
    /// `talks.Putin`, but not `U.S` or `3.14`.
    fn is_missing_space(&self, start: usize, after: usize) -> bool {
        let before = &self.text[start..after - 1];
        before.len() > 3
            && !before.contains('.')
            && self.char_at(after).is_some_and(char::is_uppercase)
    }

    fn apostrophe(&mut self, c: char) {
        let start = self.at;
        let after = start + c.len_utf8();
        let follows_word = self
            .tokens
            .last()
            .is_some_and(|last| last.end as usize == start && self.ends_in_word(start));
        if follows_word && self.is_possessive(after) {
            self.at = after + 1;
            self.push(start, self.at);
        } else {
            self.mark(c, Class::Closer);
        }
    }

    fn ends_in_word(&self, end: usize) -> bool {
        self.text[..end]
            .chars()
            .next_back()
            .is_some_and(|c| c == '.' || Class::of(c) == Class::Word)
    }

    fn mark(&mut self, c: char, class: Class) {
        let start = self.at;
        self.at += c.len_utf8();
        if class == Class::Ender || c == '.' {
            self.sentence_is_over = true;
        } else if self.sentence_is_over && class != Class::Closer {
            self.end_sentence();
        }
        self.push(start, self.at);
    }
}

/// Returns whether a word keeps the full stop after it: an initial, an acronym with inner full
/// stops, or one of [`ABBREVIATIONS`] in any case.
/// Returns the length in bytes of a hyphen and an initial with its full stop, where they follow an
/// initial with its full stop that ends at a byte.
fn hyphened_initial(text: &str, end: usize) -> Option<usize> {
    let mut before = text[..end].chars().rev();
    let is_initial = before.next() == Some('.')
        && before.next().is_some_and(char::is_uppercase)
        && before
            .next()
            .is_none_or(|c| matches!(c, '-' | '\u{2010}' | '\u{2011}'));
    let mut after = text[end..].chars();
    let hyphen = after
        .next()
        .filter(|c| matches!(c, '-' | '\u{2010}' | '\u{2011}'))?;
    let initial = after.next().filter(|c| c.is_uppercase())?;
    (is_initial && after.next() == Some('.')).then(|| hyphen.len_utf8() + initial.len_utf8() + 1)
}

fn keeps_full_stop(word: &str) -> bool {
    let mut chars = word.chars();
    let Some(first) = chars.next() else {
        return false;
    };
    let is_initial = chars.next().is_none() && first.is_uppercase();
    let is_acronym = word.contains('.')
        && first.is_alphabetic()
        && word.split('.').all(|part| part.chars().count() <= 2);
    let is_abbreviation = || {
        word.len() <= 6
            && (ABBREVIATIONS.binary_search(&word).is_ok()
                || ABBREVIATIONS.iter().any(|abbreviation| {
                    abbreviation.len() > 1 && is_capitals_of(word, abbreviation)
                }))
    };
    // "Jean-P. Mercier": the last part of a hyphenated name may be an initial.
    let is_hyphened_initial = word
        .rsplit_once('-')
        .is_some_and(|(_, last)| last.len() == 1 && last.starts_with(char::is_uppercase));
    is_initial || is_acronym || is_hyphened_initial || is_abbreviation()
}

fn is_capitals_of(word: &str, abbreviation: &str) -> bool {
    // "NO." often ends a sentence in capitals.
    word.len() > 1
        && word != "NO"
        && word.bytes().all(|b| b.is_ascii_uppercase())
        && word.eq_ignore_ascii_case(abbreviation)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Writes the tokens of a text with a space between them and a bar between sentences.
    fn cut(text: &str) -> String {
        let tokens = tokenize(text);
        let sentences: Vec<String> = tokens
            .sentences
            .iter()
            .map(|sentence| {
                let words: Vec<&str> = tokens.tokens[sentence.clone()]
                    .iter()
                    .map(|token| token.text(text))
                    .collect();
                words.join(" ")
            })
            .collect();
        sentences.join(" | ")
    }

    #[test]
    fn text_is_split_into_words_and_sentences() {
        for (text, expected) in [
            ("", ""),
            ("  \n\n ", ""),
            ("Ana Ruiz left.", "Ana Ruiz left ."),
            ("Ana left. Tom stayed.", "Ana left . | Tom stayed ."),
            ("Ana's and Tom’s cat", "Ana 's and Tom ’s cat"),
            ("ANA'S CAT", "ANA 'S CAT"),
            (
                "Marʼyana Hʼale’s, Anaʼs ʼcat",
                "Marʼyana Hʼale ’s , Ana ʼs ʼ cat",
            ),
            ("the Joneses' cat", "the Joneses ' cat"),
            ("Liam O'Brien, Zoé D’Arcy", "Liam O'Brien , Zoé D’Arcy"),
            ("Mr. J. R. R. Hale", "Mr. J. R. R. Hale"),
            ("J.R.R. Hale", "J.R.R. Hale"),
            ("MR. HALE", "MR. HALE"),
            (
                "Sen. Hale of Mass. said no. He left",
                "Sen. Hale of Mass. said no . | He left",
            ),
            ("the U.S. and U.N. agree", "the U.S. and U.N. agree"),
            ("Jean-Pierre Al-Sayed", "Jean-Pierre Al-Sayed"),
            ("J.-P. Sayed, F.-D. left", "J.-P. Sayed , F.-D. left"),
            ("plan J.-by Q", "plan J. - by Q"),
            ("talks.Hale left", "talks . | Hale left"),
            ("3.14 is pi", "3.14 is pi"),
            ("\"Go!\" Hale said.", "\" Go ! \" | Hale said ."),
            ("\"Go!\" said Hale.", "\" Go ! \" said Hale ."),
            ("he said. “Go", "he said . | “ Go"),
            ("Ana\nRuiz\n\nTom", "Ana Ruiz | Tom"),
            ("Ana\u{a0}Ruiz", "Ana Ruiz"),
            ("Jose\u{301} Ruiz", "Jose\u{301} Ruiz"),
            ("Łukasz Żak–Ana", "Łukasz Żak – Ana"),
            ("Hale Jr., 40", "Hale Jr. , 40"),
            ("'Tis", "' Tis"),
            ("s's", "s 's"),
        ] {
            assert_eq!(cut(text), expected, "{text:?}");
        }
    }

    #[test]
    fn abbreviations_are_sorted_for_the_search() {
        assert!(ABBREVIATIONS.is_sorted());
    }

    proptest::proptest! {
        #[test]
        fn tokens_lie_in_order_and_sentences_cover_them(text in "\\PC{0,60}|[A-Za-z.'’\\n -]{0,80}") {
            let tokens = tokenize(&text);
            let mut at = 0;
            for token in &tokens.tokens {
                assert!(token.start as usize >= at && token.end > token.start);
                assert!(!token.text(&text).is_empty());
                at = token.end as usize;
            }
            let mut next = 0;
            for sentence in &tokens.sentences {
                assert!(sentence.start == next && sentence.end > next);
                next = sentence.end;
            }
            assert_eq!(next, tokens.tokens.len());
        }
    }
}
