//! The characters of words.

use unicode_normalization::char::is_combining_mark;

use crate::text::words;

/// Returns whether a character is used as an apostrophe. One of them, U+02BC, is a letter in
/// Unicode.
pub fn is_apostrophe(c: char) -> bool {
    matches!(c, '\'' | '’' | 'ʼ' | '‘' | '`')
}

/// Returns whether a character is always part of a word.
pub fn is_word_char(c: char) -> bool {
    begins_word(c) || is_mark(c)
}

/// Returns whether a character belongs to the letter before it.
pub fn is_mark(c: char) -> bool {
    !c.is_ascii() && (is_combining_mark(c) || is_invisible(c) || is_voicing(c))
}

/// Returns whether a character can begin a word. A footnote mark such as `²` can't.
pub(super) fn begins_word(c: char) -> bool {
    c.is_ascii_alphanumeric()
        || !c.is_ascii()
            && words::is_word_char(c)
            && !is_apostrophe(c)
            && !is_superscript(c)
            && !is_voicing(c)
}

/// Returns whether a character is a letter that forms words with others.
pub(super) fn is_letter(c: char) -> bool {
    c.is_alphabetic() && !is_apostrophe(c) && !stands_alone(c)
}

/// Returns whether a character is a digit of a number.
pub(super) fn is_digit(c: char) -> bool {
    c.is_ascii_digit()
        || !c.is_ascii()
            && c.is_numeric()
            && !c.is_alphabetic()
            && !is_superscript(c)
            && !is_fraction(c)
}

/// Returns whether a character is a letter of the Arabic script, by its block.
pub(super) fn is_arabic(c: char) -> bool {
    matches!(c, '\u{620}'..='\u{6FF}')
}

/// Returns whether a character is a letter of the Hebrew script.
pub(super) fn is_hebrew(c: char) -> bool {
    matches!(c, 'א'..='ת')
}

/// Returns whether a character is a fraction, which is a number of its own. The ranges are those of
/// the Unicode Character Database.
pub(super) fn is_fraction(c: char) -> bool {
    matches!(c, '¼'..='¾' | '\u{2150}'..='\u{215F}' | '\u{2189}')
}

/// Returns whether a character is a raised digit.
fn is_superscript(c: char) -> bool {
    matches!(c, '²' | '³' | '¹' | '\u{2070}' | '\u{2074}'..='\u{2079}')
}

/// Returns whether a character joins letters and digits: a hyphen or a dash.
pub fn is_dash(c: char) -> bool {
    is_hyphen(c) || matches!(c, '\u{2012}'..='\u{2015}' | '\u{2212}')
}

/// Returns whether a character joins two words to one.
pub(super) fn is_hyphen(c: char) -> bool {
    matches!(c, '-' | '\u{2010}' | '\u{2011}')
}

/// Returns whether a character is a comma between the thousands of a number: of ASCII, Arabic or full-width.
pub(super) fn is_thousands_comma(c: char) -> bool {
    matches!(c, ',' | '٬' | '，')
}

/// Returns whether a character is a decimal point: of ASCII, Arabic or full-width.
pub(super) fn is_decimal_point(c: char) -> bool {
    matches!(c, '.' | '٫' | '．')
}

/// Returns whether a character is a space between the thousands of a number.
pub(super) fn is_space(c: char) -> bool {
    matches!(c, '\u{A0}' | '\u{202F}' | '\u{2009}')
}

/// Returns whether a character is the sign of a currency.
pub(super) fn is_currency(c: char) -> bool {
    matches!(c, '$' | '¢'..='¥' | '\u{20A0}'..='\u{20C0}')
}

/// Returns whether a character inside a word is not printed: a soft hyphen, or one that joins or
/// parts letters.
pub(super) fn is_invisible(c: char) -> bool {
    matches!(
        c,
        '\u{AD}' | '\u{200C}' | '\u{200D}' | '\u{2060}' | '\u{FEFF}'
    )
}

/// Returns whether a character is a halfwidth mark of voiced Katakana.
fn is_voicing(c: char) -> bool {
    matches!(c, '\u{FF9E}' | '\u{FF9F}')
}

/// Returns whether a mark is left out of a folded word: the accents of Latin, Greek and Cyrillic
/// letters, the points of Hebrew and Arabic and the nukta of Devanagari, which most texts leave out. The
/// marks of other scripts are vowels and voices, without which a word is another word. The ranges are
/// blocks of the Unicode Character Database, and in Hebrew and Arabic the points of the block.
pub(super) fn is_accent(c: char) -> bool {
    matches!(c,
        '\u{300}'..='\u{36F}'
        | '\u{591}'..='\u{5C7}'
        | '\u{610}'..='\u{61A}'
        | '\u{64B}'..='\u{65F}'
        | '\u{670}'
        | '\u{6D6}'..='\u{6ED}'
        | '\u{1AB0}'..='\u{1AFF}'
        | '\u{1DC0}'..='\u{1DFF}'
        | '\u{93C}'
        | '\u{20D0}'..='\u{20FF}'
        | '\u{FE00}'..='\u{FE0F}'
        | '\u{FE20}'..='\u{FE2F}'
    )
}

/// Returns whether a character is of a script whose words are not parted by spaces, or of Korean, whose
/// particles are written with the word: as in Lucene's CJKBigramFilter, 서울 is found in 서울에서. The ranges
/// are the blocks of these scripts in the Unicode Character Database.
pub fn stands_alone(c: char) -> bool {
    matches!(c,
        '\u{0E00}'..='\u{0EFF}'     // Thai, Lao
        | '\u{1000}'..='\u{109F}'   // Myanmar
        | '\u{1780}'..='\u{17FF}'   // Khmer
        | '\u{3005}'..='\u{3007}'   // Marks of repetition, zero
        | '\u{3040}'..='\u{30FF}'   // Hiragana, Katakana
        | '\u{31F0}'..='\u{31FF}'   // Katakana extensions
        | '\u{3400}'..='\u{4DBF}'   // CJK Extension A
        | '\u{4E00}'..='\u{9FFF}'   // CJK
        | '\u{AC00}'..='\u{D7A3}'   // Hangul syllables
        | '\u{F900}'..='\u{FAFF}'   // CJK compatibility
        | '\u{FF66}'..='\u{FF9F}'   // Halfwidth Katakana
        | '\u{20000}'..='\u{323AF}' // CJK Extensions B to H
    ) && c.is_alphabetic()
        && !is_mark(c)
}

/// Returns whether a folded word is a single character of a script without spaces.
pub fn is_one_character(plain: &str) -> bool {
    let mut chars = plain.chars();
    chars.next().is_some_and(stands_alone) && chars.all(is_mark)
}
