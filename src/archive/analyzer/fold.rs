//! Folds words: lower case, no accents, letters such as æ and ß spelled out.

use unicode_normalization::UnicodeNormalization;

use super::characters::{
    begins_word, is_accent, is_decimal_point, is_fraction, is_hyphen, is_invisible, is_mark,
};
use super::scan::Folding;
use crate::text::digits::ascii_digit;

/// The longest term in bytes. A longer word, such as base64, is truncated, which keeps the
/// dictionary small.
pub const MAX_TERM_BYTES: usize = 100;

/// Appends the folded form of a word to `plain`, which must be empty.
pub(super) fn fold_word(word: &str, folding: Folding, plain: &mut String) {
    if let Folding::Unit(unit) = folding {
        plain.push_str(unit);
        return;
    }
    if word.len() <= MAX_TERM_BYTES && word.bytes().all(|b| b.is_ascii_alphanumeric()) {
        plain.push_str(word);
        plain.make_ascii_lowercase();
        return;
    }
    if word.is_ascii() {
        plain.extend(
            word.bytes()
                .filter(|b| b.is_ascii_alphanumeric() || matches!(b, b'.' | b'&' | b'-'))
                .map(|b| char::from(b.to_ascii_lowercase())),
        );
    } else {
        fold_letters(word, folding == Folding::SpelledOut, plain);
    }
    plain.truncate(plain.floor_char_boundary(MAX_TERM_BYTES));
    if folding == Folding::Joint {
        *plain = joined(plain);
        return;
    }
    // A full stop is kept only between digits: `3.5`, but `us` for `u.s`.
    if plain.contains('.') && (!plain.starts_with(char::is_numeric) || has_grouped_digits(plain)) {
        plain.retain(|c| c != '.');
    }
    if folding == Folding::Compound
        && let Some((left, right)) = plain.split_once('-')
    {
        *plain = compound(left, right);
    }
}

/// Returns whether the points of a folded number are between its thousands: two or more, three digits after
/// each, and one to three before the first. `1.250.000` is such a number; `12.500` may be twelve and a half,
/// `192.168.100.200` is an address, and a version such as `0.125.100` begins with a zero.
fn has_grouped_digits(number: &str) -> bool {
    let groups: Vec<&str> = number.split('.').collect();
    let [first, rest @ ..] = &groups[..] else {
        return false;
    };
    let are_digits = |group: &str| group.bytes().all(|b| b.is_ascii_digit());
    let is_octet = |group: &&str| group.parse::<u8>().is_ok_and(|n| n.to_string() == **group);
    rest.len() > 1
        && (1..=3).contains(&first.len())
        && !first.starts_with('0')
        && are_digits(first)
        && rest
            .iter()
            .all(|group| group.len() == 3 && are_digits(group))
        && !(groups.len() == 4 && groups.iter().all(is_octet))
}

/// Returns folded letters and digits without what joins them: `pm2.5` for `pm-2.5`, `us2` for `u.s.-2`.
fn joined(folded: &str) -> String {
    let is_digit = |c: Option<char>| c.is_some_and(char::is_numeric);
    let kept = folded.char_indices().filter(|&(at, c)| {
        let between = is_digit(folded[..at].chars().next_back())
            && is_digit(folded[at + c.len_utf8()..].chars().next());
        c != '-' && (c != '.' || between)
    });
    kept.map(|(_, c)| c).collect()
}

/// Returns the term of two folded words that are joined by a hyphen: `ceasefire-5`. It begins with the
/// closed spelling, so that all places of a hyphen in a word are found by one search.
pub fn compound(left: &str, right: &str) -> String {
    format!("{left}{right}-{}", left.len())
}

/// Returns what the terms of the compounds of a closed spelling begin with; the place of the hyphen follows.
pub fn compounds_begin(closed: &str) -> String {
    format!("{closed}-")
}

/// Returns the term of two spellings of a word with a letter such as ü: `zurich=zuerich`. The term with an
/// empty second one begins those of all, and is a term itself.
pub fn umlaut(one: &str, other: &str) -> String {
    format!("{one}={other}")
}

/// Appends the folded letters of a word that is not ASCII.
fn fold_letters(word: &str, spells_umlauts: bool, plain: &mut String) {
    let mut letters = String::with_capacity(word.len());
    for c in word.chars() {
        // A fraction is a word by itself; its digits would be another number.
        if is_fraction(c) {
            letters.push(c);
        } else if let Some(digit) = ascii_digit(c) {
            letters.push(digit);
        } else if is_decimal_point(c) {
            letters.push('.');
        } else if is_hyphen(c) {
            letters.push('-');
        } else {
            letters.extend(std::iter::once(c).nfkd());
        }
    }
    let mut folded = String::with_capacity(word.len());
    for c in letters.chars() {
        for lower in c.to_lowercase() {
            let last = folded.chars().next_back();
            match (last, lower) {
                // Letters of their own, which the Cyrillic alphabet has beside those without a mark.
                (Some('и' | 'у'), '\u{306}') | (Some('і'), '\u{308}') => folded.push(lower),
                (Some('a' | 'o' | 'u'), '\u{308}') if spells_umlauts => folded.push('e'),
                (Some('a'), '\u{30A}') if spells_umlauts => folded.push('a'),
                (_, 'ø') if spells_umlauts => folded.push_str("oe"),
                (_, 'đ') if spells_umlauts => folded.push_str("dj"),
                (_, c) if is_accent(c) => {}
                // Tatweel stretches a word.
                (_, 'ـ') => {}
                (_, c) => match spelled_out(c) {
                    Some(letters) => folded.push_str(letters),
                    None if begins_word(c) || is_mark(c) || matches!(c, '.' | '&' | '-') => {
                        folded.push(c);
                    }
                    None => {}
                },
            }
        }
    }
    plain.extend(folded.nfc().filter(|&c| !is_invisible(c)));
}

/// Returns the spelling of a letter that has no decomposition, as in Lucene's ASCIIFoldingFilter,
/// and of forms of letters that Unicode does not fold: final sigma, the Persian forms of Arabic letters, as
/// in Lucene's PersianNormalizer, and the chandrabindu, as in its HindiNormalizer.
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
        'ŋ' => "n",
        'ŧ' => "t",
        'ə' => "a",
        'ς' => "σ",
        'ی' => "ي",
        'ک' => "ك",
        'ँ' => "ं",
        _ => return None,
    })
}
