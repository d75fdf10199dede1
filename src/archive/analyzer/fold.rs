//! Folds words: lower case, no diacritics, letters such as æ and ß spelled out.

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

use super::scan::begins_word;

/// The longest term in bytes. A longer word, such as base64, is truncated, which keeps the
/// dictionary small.
pub const MAX_TERM_BYTES: usize = 100;

/// Appends the folded form of a word to `plain`, which must be empty.
pub(super) fn fold_word(word: &str, plain: &mut String) {
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
    // A full stop is kept only between digits: `3.5`, but `us` for `u.s`.
    let is_number = |part: &str| {
        part.contains(char::is_numeric) && !part.contains(|c: char| c.is_ascii_alphabetic())
    };
    if plain.contains('.') && !plain.split('.').all(is_number) {
        plain.retain(|c| c != '.');
    }
}

/// Returns the ASCII spelling of a letter that has no decomposition.
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
