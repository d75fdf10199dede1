//! What joins letters to one word: apostrophes, full stops and ampersands.

use std::ops::Range;

use unicode_normalization::UnicodeNormalization;

use super::characters::{
    is_apostrophe, is_digit, is_hebrew, is_letter, is_thousands_comma, is_word_char,
};

/// The articles and pronouns that French, Italian, Catalan and Irish elide before a vowel, as in
/// Lucene's ElisionFilter: the default articles of its analyzers of these languages.
const ELIDED: &[&str] = &[
    "agl", "all", "b", "c", "coll", "d", "dagl", "dall", "degl", "dell", "gl", "j", "jusqu", "l",
    "lorsqu", "m", "n", "negl", "nell", "pell", "puisqu", "qu", "quoiqu", "s", "sugl", "sull", "t",
    "un", "v",
];

/// The most letters of a part of `AT&T`. Longer parts are words: `Marks&Spencer`.
pub const LONGEST_INITIALS: usize = 2;

/// Returns whether the letters before an apostrophe are an elided article.
pub(super) fn is_elided(before: &str) -> bool {
    ELIDED
        .iter()
        .any(|article| before.eq_ignore_ascii_case(article))
}

/// What English contractions have after their apostrophe, as in the Penn Treebank's tokenizer.
const CONTRACTED: &[&str] = &["s", "m", "d", "t", "ll", "re", "ve"];

/// Returns whether the letters at both sides of an apostrophe are a name and an ending, as Turkish writes
/// them: `İstanbul’da`. The name has a capital and three letters or more.
pub(super) fn is_name_with_ending(name: &str, ending: &str) -> bool {
    name.starts_with(char::is_uppercase)
        && name.chars().nth(2).is_some()
        && !name.contains(is_apostrophe)
        && ending.chars().all(char::is_lowercase)
        && !CONTRACTED.contains(&ending)
}

/// The letters that Hebrew writes in one with the word after them: and, the, in, to, from, that, as.
const HEBREW_PREFIXES: [char; 7] = ['ו', 'ה', 'ב', 'ל', 'מ', 'ש', 'כ'];

/// The least letters of a Hebrew word without its prefix.
const SHORTEST_HEBREW: usize = 3;

/// Returns where a Hebrew word may begin after a prefix of one letter or two, in bytes: ירושלים in
/// בירושלים and ובירושלים.
pub(super) fn after_hebrew_prefixes(word: &str) -> impl Iterator<Item = usize> {
    let letters = word.chars().filter(|&c| is_hebrew(c)).count();
    let prefixes = word.char_indices().take(2);
    let prefixes = prefixes.take_while(|(_, c)| HEBREW_PREFIXES.contains(c));
    let most = letters.saturating_sub(SHORTEST_HEBREW);
    prefixes.take(most).map(|(at, c)| at + c.len_utf8())
}

/// Returns whether an article is elided before a letter: a vowel, with any accent, or h.
pub(super) fn is_vowel(c: char) -> bool {
    let base = c.nfkd().next().unwrap_or(c);
    matches!(
        base.to_ascii_lowercase(),
        'a' | 'e' | 'i' | 'o' | 'u' | 'y' | 'h' | 'œ' | 'Œ' | 'æ' | 'Æ'
    )
}

/// Returns whether a word has two syllables or more, by its vowels in Latin letters.
fn has_syllables(word: &str) -> bool {
    let letters = word.nfkd().filter(|c| c.is_alphabetic());
    let vowels: Vec<bool> = letters
        .map(|c| matches!(c.to_ascii_lowercase(), 'a' | 'e' | 'i' | 'o' | 'u' | 'y'))
        .collect();
    let groups = vowels.chunk_by(|a, b| a == b).filter(|group| group[0]);
    groups.count() > 1
}

/// Returns whether a word has a letter that some languages spell with two: ä, å, ö, ø, ü, or the đ of
/// Serbian and Croatian. That of Vietnamese is no other letter; its words have one syllable.
pub(super) fn has_umlaut(word: &str) -> bool {
    let mut before = '\0';
    word.chars().any(|c| {
        let is_mark = match c {
            '\u{308}' => matches!(before, 'a' | 'o' | 'u' | 'A' | 'O' | 'U'),
            '\u{30A}' => matches!(before, 'a' | 'A'),
            'đ' | 'Đ' => has_syllables(word),
            c => matches!(c, 'ä' | 'ö' | 'ü' | 'å' | 'ø' | 'Ä' | 'Ö' | 'Ü' | 'Å' | 'Ø'),
        };
        before = c;
        is_mark
    })
}

/// Returns whether the text after an apostrophe begins with a possessive s.
pub(super) fn is_possessive(after: &str) -> bool {
    let mut chars = after.chars();
    matches!(chars.next(), Some('s' | 'S')) && !chars.next().is_some_and(is_word_char)
}

/// Returns whether a text begins with a single letter, like those of `U.S.`.
pub(super) fn is_single_letter(text: &str) -> bool {
    let mut chars = text.chars();
    chars.next().is_some_and(is_letter) && !chars.next().is_some_and(is_word_char)
}

/// Returns whether a text begins with exactly three digits, like those after the comma of 1,200.
pub(super) fn is_thousand(text: &str) -> bool {
    leading_digits(text) == 3
}

/// The most groups of two digits of a number such as 12,50,000.
const MOST_LAKH_GROUPS: usize = 5;

/// Returns whether a text begins like what follows the first comma of 12,50,000, as India groups digits: by
/// two digits, and by three at the end.
pub(super) fn is_lakh(text: &str) -> bool {
    let mut rest = text;
    for _ in 0..MOST_LAKH_GROUPS {
        if leading_digits(rest) != 2 {
            return false;
        }
        let mut after = rest.chars();
        if !after.nth(2).is_some_and(is_thousands_comma) {
            return false;
        }
        rest = after.as_str();
        if is_thousand(rest) {
            return true;
        }
    }
    false
}

/// Returns how many digits a text begins with; of more than three, four.
fn leading_digits(text: &str) -> usize {
    text.chars().take(4).take_while(|&c| is_digit(c)).count()
}

/// Returns the end of a chain of letters that ampersands join, with or without spaces: `AT&T`,
/// `Q & A`. `first` is its first part.
pub(super) fn ampersand_end(text: &str, first: Range<usize>) -> Option<usize> {
    let mut end = first.end;
    loop {
        let rest = text[end..].strip_prefix(' ').unwrap_or(&text[end..]);
        let Some(rest) = rest.strip_prefix('&') else {
            break;
        };
        let rest = rest.strip_prefix(' ').unwrap_or(rest);
        let part = rest.bytes().take_while(u8::is_ascii_alphabetic).count();
        let mut after = rest[part..].chars();
        let goes_on = after.next().is_some_and(|c| {
            let after = after.as_str();
            match c {
                '.' => part == 1 && is_single_letter(after),
                c if is_apostrophe(c) => after.starts_with(is_letter) && !is_possessive(after),
                c => is_letter(c),
            }
        });
        if part == 0 || part > LONGEST_INITIALS || goes_on {
            break;
        }
        end = text.len() - rest.len() + part;
    }
    (end > first.end).then_some(end)
}
