//! Normalises characters: entities, mojibake, ligatures, invisible characters, white space.
//!
//! Lines stay lines: none is added or taken away, and each keeps its form feeds, its leading
//! spaces and the hyphen at its end. A text that has nothing to mend is not copied.

use std::borrow::Cow;

use unicode_normalization::{IsNormalized, UnicodeNormalization, is_nfc_quick};

/// The hyphen that a soft hyphen at a line end becomes: one that joining lines may drop.
const DROPPABLE_HYPHEN: char = '\u{2010}';

/// What PDFium writes for a hyphen at a line end where it joins the two lines, as in
/// `mini\u{fffe}strokes`. No character has this number.
const JOINED_HYPHEN: char = '\u{fffe}';

/// How many spaces a tab at the start of a line indents by.
const TAB_INDENT: &str = "    ";

/// How often entities and mojibake are undone: text that went through a faulty program twice is
/// common, thrice hardly known.
const ROUNDS: usize = 3;

/// Returns the text with its characters normalised:
///
/// - every line end is `\n`;
/// - HTML entities become the characters they stand for (`&rsquo;`, `&#8217;`), also where they
///   were encoded twice (`&amp;rsquo;`);
/// - UTF-8 that was read as Windows-1252 is read as UTF-8 (`â€™` → `’`), where the file shows
///   enough of it to tell it from text;
/// - ligatures are spelled out (`ﬁ` → `fi`), every white space but a line end is a space, what is
///   invisible (U+200B, U+FEFF, U+00AD, marks of direction, control characters) is gone;
/// - a soft hyphen at a line end becomes U+2010, so that joining lines can drop it;
/// - letters and their marks are composed (Unicode's form C).
pub fn normalise(text: &str) -> Cow<'_, str> {
    if is_fine(text) {
        return Cow::Borrowed(text);
    }
    let mut current = mend(text);
    // What one step takes away may have parted what another looks for.
    for _ in 1..ROUNDS {
        if memchr::memchr(b'&', current.as_bytes()).is_none() && !has_mojibake_lead(&current) {
            break;
        }
        match mend(&current) {
            Cow::Owned(mended) if mended != current => current = Cow::Owned(mended),
            _ => break,
        }
    }
    current
}

/// Takes each step of [`normalise`] once.
fn mend(text: &str) -> Cow<'_, str> {
    let mut current = line_ends(text);
    for _ in 0..ROUNDS {
        match decode_entities(&current) {
            Some(decoded) => current = Cow::Owned(decoded),
            None => break,
        }
    }
    for _ in 0..ROUNDS {
        match undo_mojibake(&current) {
            Some(repaired) => current = Cow::Owned(repaired),
            None => break,
        }
    }
    if current.chars().any(needs_folding) {
        current = Cow::Owned(fold(&current));
    }
    if !is_composed(&current) {
        current = Cow::Owned(compose(&current));
    }
    current
}

/// Returns whether it is sure that all letters and their marks are composed.
fn is_composed(text: &str) -> bool {
    text.is_ascii() || is_nfc_quick(text.chars()) == IsNormalized::Yes
}

/// Composes letters and their marks, in those lines alone that may have some: nothing is composed
/// across a line end.
fn compose(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for line in text.split_inclusive('\n') {
        if is_composed(line) {
            out.push_str(line);
        } else {
            out.extend(line.nfc());
        }
    }
    out
}

/// Returns whether a text is made of characters that are part of nothing that has to be mended: it
/// has no `&` that may begin an entity, and beyond ASCII only dashes, curly quotes, and letters that
/// begin no mojibake.
fn is_fine(text: &str) -> bool {
    let mut rest = text.as_bytes();
    loop {
        let fine = rest.iter().take_while(|&&byte| is_fine_ascii(byte)).count();
        rest = &rest[fine..];
        match *rest {
            [] => return true,
            [b'&', b'#' | b'a'..=b'z' | b'A'..=b'Z', ..] => return false,
            [b'&', ..] => rest = &rest[1..],
            // U+2013 and U+2014, U+2018 and U+2019, U+201C and U+201D, U+2026.
            [
                0xe2,
                0x80,
                0x93 | 0x94 | 0x98 | 0x99 | 0x9c | 0x9d | 0xa6,
                ..,
            ] => rest = &rest[3..],
            // Letters of Latin-1 save those that mojibake begins with: Â and Ã, â, ï, ð.
            [0xc3, 0x82 | 0x83 | 0xa2 | 0xaf | 0xb0, ..] => return false,
            [0xc3, ..] => rest = &rest[2..],
            _ => return false,
        }
    }
}

fn is_fine_ascii(byte: u8) -> bool {
    matches!(byte, b'\n' | 0x0c | b' '..=b'%' | b'\''..=b'~')
}

/// Turns `\r\n` and lone `\r` into `\n`.
fn line_ends(text: &str) -> Cow<'_, str> {
    if !text.contains('\r') {
        return Cow::Borrowed(text);
    }
    Cow::Owned(text.replace("\r\n", "\n").replace('\r', "\n"))
}

/// Decodes the HTML entities of a text, or returns `None` where it has none. Those that stand for
/// white space become a space, lest one adds a line.
fn decode_entities(text: &str) -> Option<String> {
    let mut out = String::new();
    let mut done = 0;
    for at in memchr::memchr_iter(b'&', text.as_bytes()) {
        if at < done {
            continue;
        }
        let Some(entity) = entity_at(&text[at..]) else {
            continue;
        };
        let decoded = html_escape::decode_html_entities(entity);
        if decoded == entity {
            continue;
        }
        out.push_str(&text[done..at]);
        if decoded.chars().all(char::is_whitespace) {
            out.push(' ');
        } else {
            out.push_str(&decoded);
        }
        done = at + entity.len();
    }
    if done == 0 {
        return None;
    }
    out.push_str(&text[done..]);
    Some(out)
}

/// Returns the entity that a text begins with, as in `&rsquo;` or `&#8217;`. The longest name in
/// the HTML standard has 31 letters.
fn entity_at(text: &str) -> Option<&str> {
    let end = text.bytes().take(34).position(|b| b == b';')?;
    let name = &text[1..end];
    let is_entity =
        !name.is_empty() && name.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'#');
    is_entity.then(|| &text[..=end])
}

/// Reads what is UTF-8 that was taken for Windows-1252, or returns `None` where the text shows no
/// clear case of that.
fn undo_mojibake(text: &str) -> Option<String> {
    if !has_mojibake_lead(text) {
        return None;
    }
    let chars: Vec<char> = text.chars().collect();
    let ends_capitals = |i: usize| {
        let before = i.checked_sub(1).map(|before| chars[before]);
        // `«AMANHû` is a word in capitals and a quote, not a û.
        before.is_some_and(char::is_uppercase)
            && matches!(chars.get(i + 1), Some('\u{a0}' | '«' | '»'))
    };
    if !(0..chars.len()).any(|i| is_clear_mojibake(&chars[i..]) && !ends_capitals(i)) {
        return None;
    }
    let mut out = String::with_capacity(text.len());
    let mut i = 0;
    while i < chars.len() {
        match misread(&chars[i..]) {
            Some((c, length)) => {
                out.push(c);
                i += length;
            }
            // A dash whose third byte, read as a curly quote, was straightened.
            None if chars[i..].starts_with(&['â', '€', '"']) => {
                out.push('—');
                i += 3;
            }
            // The third byte of a closing quote is undefined in Windows-1252, and often lost.
            None if chars[i..].starts_with(&['â', '€']) => {
                out.push('”');
                i += 2;
            }
            None => {
                out.push(chars[i]);
                i += 1;
            }
        }
    }
    Some(out)
}

/// Returns whether a text has one of the letters that mojibake begins with: Â, Ã, â, ï, ð. In UTF-8
/// they are two bytes, the first of them 0xC3.
pub(super) fn has_mojibake_lead(text: &str) -> bool {
    let bytes = text.as_bytes();
    let begins = |at: usize| matches!(bytes.get(at + 1), Some(0x82 | 0x83 | 0xa2 | 0xaf | 0xb0));
    memchr::memchr_iter(0xc3, bytes).any(begins)
}

/// Returns whether a text begins with what stands in no text by intention: `â€`, or `Ã`
/// or `Â` and a sign that ends no word.
fn is_clear_mojibake(chars: &[char]) -> bool {
    match *chars {
        ['â', '€', ..] => true,
        ['Ã', second, ..] => matches!(second, '\u{a0}'..='\u{bf}' | '€' | 'ƒ' | '‡' | '†' | '‰'),
        ['Â', second, ..] => matches!(second, '\u{a0}'..='\u{bf}'),
        ['ð', 'Ÿ', ..] | ['ï', '»' | '¿', '\u{bd}'..='\u{bf}', ..] => true,
        _ => false,
    }
}

/// Returns the character whose UTF-8 bytes a text begins with, each read as a character of
/// Windows-1252, and how many characters that are.
fn misread(chars: &[char]) -> Option<(char, usize)> {
    let first = windows_1252_byte(*chars.first()?)?;
    let length = match first {
        0xc2..=0xc5 => 2,
        0xe2 | 0xef => 3,
        0xf0 => 4,
        _ => return None,
    };
    let mut bytes = [first, 0, 0, 0];
    for (byte, &c) in bytes[1..length].iter_mut().zip(chars.get(1..length)?) {
        *byte = windows_1252_byte(c)?;
    }
    let decoded = std::str::from_utf8(&bytes[..length]).ok()?;
    Some((decoded.chars().next()?, length))
}

/// The characters of the bytes 0x80 to 0x9F (WHATWG Encoding Standard, index windows-1252).
const HIGH: [char; 32] = [
    '€', '\u{81}', '‚', 'ƒ', '„', '…', '†', '‡', 'ˆ', '‰', 'Š', '‹', 'Œ', '\u{8d}', 'Ž', '\u{8f}',
    '\u{90}', '‘', '’', '“', '”', '•', '–', '—', '˜', '™', 'š', '›', 'œ', '\u{9d}', 'ž', 'Ÿ',
];

/// Returns the character that a control character from U+0080 to U+009F was meant to be: a byte of
/// Windows-1252 that was read as Latin-1, as in `don\u{92}t`. No text has these controls.
pub(super) fn meant_by_control(c: char) -> Option<char> {
    let index = u32::from(c).checked_sub(0x80)?;
    let meant = *HIGH.get(usize::try_from(index).ok()?)?;
    (!meant.is_control()).then_some(meant)
}

/// Returns the byte that stands for a character beyond ASCII in Windows-1252. The five bytes that
/// it leaves undefined come as the control characters of the same number.
fn windows_1252_byte(c: char) -> Option<u8> {
    match u32::from(c) {
        code @ 0xa0..=0xff => u8::try_from(code).ok(),
        _ => HIGH
            .iter()
            .position(|&high| high == c)
            .and_then(|i| u8::try_from(0x80 + i).ok()),
    }
}

/// Returns whether a character is one that [`fold`] changes.
fn needs_folding(c: char) -> bool {
    if c.is_ascii() {
        return c.is_ascii_control() && !matches!(c, '\n' | '\x0c');
    }
    matches!(
        c,
        // Controls and the no-break space, then white space of all widths and what is invisible.
        '\u{80}'..='\u{a0}' | '\u{ad}' | '\u{1680}' | '\u{2000}'..='\u{200f}'
            | '\u{2028}'..='\u{202f}' | '\u{205f}'..='\u{206f}' | '\u{3000}' | '\u{feff}'
            | '\u{fffc}' | JOINED_HYPHEN | '\u{fb00}'..='\u{fb06}'
    )
}

/// Returns whether a character shows nothing: those of zero width and those of direction.
fn is_invisible(c: char) -> bool {
    matches!(
        c,
        '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}' | '\u{fffc}'
    )
}

/// Spells out ligatures, makes every white space but a line end a space, and drops the invisible.
fn fold(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut is_line_start = true;
    for (at, c) in text.char_indices() {
        match c {
            '\n' | '\x0c' => {
                out.push(c);
                is_line_start = true;
                continue;
            }
            '\t' if is_line_start => {
                out.push_str(TAB_INDENT);
                continue;
            }
            JOINED_HYPHEN => out.push('-'),
            '\u{ad}' => {
                if ends_line(&text[at + c.len_utf8()..]) {
                    out.push(DROPPABLE_HYPHEN);
                }
            }
            '\u{fb00}' => out.push_str("ff"),
            '\u{fb01}' => out.push_str("fi"),
            '\u{fb02}' => out.push_str("fl"),
            '\u{fb03}' => out.push_str("ffi"),
            '\u{fb04}' => out.push_str("ffl"),
            '\u{fb05}' | '\u{fb06}' => out.push_str("st"),
            _ if let Some(meant) = meant_by_control(c) => out.push(meant),
            _ if c.is_whitespace() => {
                out.push(' ');
                continue;
            }
            _ if c.is_control() || is_invisible(c) => continue,
            _ => out.push(c),
        }
        is_line_start = false;
    }
    out
}

/// Returns whether nothing but white space is left of a line.
fn ends_line(rest: &str) -> bool {
    rest.chars()
        .find(|&c| matches!(c, '\n' | '\x0c') || !(c.is_whitespace() || is_invisible(c)))
        .is_none_or(|c| matches!(c, '\n' | '\x0c'))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn mends_characters() {
        for (text, expected) in [
            ("", ""),
            (
                "plain text\nsecond line\x0cpage",
                "plain text\nsecond line\x0cpage",
            ),
            ("a\r\nb\rc", "a\nb\nc"),
            ("a\tb\u{a0}c\u{2009}d", "a b c d"),
            ("\tindented\t by tab", "    indented  by tab"),
            ("bell\u{7}, nul\0", "bell, nul"),
            ("zero\u{200b}width\u{feff}", "zerowidth"),
            ("right\u{202e}to left", "rightto left"),
            ("soft\u{ad}hyphen", "softhyphen"),
            ("some\u{ad}\nwhat", "some\u{2010}\nwhat"),
            ("some\u{ad} \nwhat", "some\u{2010} \nwhat"),
            ("oﬀicials ﬁle oﬄine", "officials file offline"),
            ("cafe\u{301}", "café"),
            ("AT&T & R&D; 4 < 5", "AT&T & R&D; 4 < 5"),
            (
                "&ldquo;Yes&rdquo; &amp; no&nbsp;&#8217;&#x2014;",
                "“Yes” & no ’—",
            ),
            ("don&amp;rsquo;t &amp;amp; can&amp;#39;t", "don’t & can't"),
            ("a&#10;b", "a b"),
            (
                "donâ€™t â€œquoteâ€\u{9d} cafÃ© â€” Â£5",
                "don’t “quote” café — £5",
            ),
            ("twice: donÃ¢â‚¬â„¢t", "twice: don’t"),
            ("ZoÃ« and Å\u{a0}koda", "Zoë and Škoda"),
            ("lost: â€œYes,â€ he said", "lost: “Yes,” he said"),
            ("don\u{92}t wait\u{85} \u{81}", "don’t wait… "),
            ("don&#146;t", "don’t"),
            ("ï»¿cafÃ©", "café"),
            ("oï¬\u{81}cial cafÃ©", "oficial café"),
            ("AMANHû", "AMANHû"),
            (
                "mini\u{fffe}strokes, coreï¿¾developer",
                "mini-strokes, core-developer",
            ),
            ("KYIV (AP) â€\" Talks", "KYIV (AP) — Talks"),
            ("some\u{ad}\x0cwhat", "some\u{2010}\x0cwhat"),
            (
                "“CAFÉ” ÇÃO NÃO Â PÂTÉ été à «Œuvre»",
                "“CAFÉ” ÇÃO NÃO Â PÂTÉ été à «Œuvre»",
            ),
            ("Ä“ in fine text", "Ä“ in fine text"),
        ] {
            assert_eq!(normalise(text), expected, "{text:?}");
        }
    }

    #[test]
    fn borrows_what_is_fine() {
        assert!(matches!(normalise("plain text\n"), Cow::Borrowed(_)));
        assert!(matches!(normalise("“curly” — café"), Cow::Borrowed(_)));
    }

    proptest! {
        #[test]
        fn twice_is_once(text in "[a-z &;#\u{ad}\u{200b}\u{92}ﬁâ€œÃ©Â\u{a0}\t\n\re\u{301}]{0,40}") {
            let once = normalise(&text).into_owned();
            prop_assert_eq!(normalise(&once), once.as_str());
        }

        #[test]
        fn needs_folding_where_folding_changes(c in any::<char>()) {
            let text = format!("a{c}b");
            prop_assert_eq!(needs_folding(c), fold(&text) != text, "{:?}", c);
        }

        #[test]
        fn keeps_lines(text in "[a-z &;#\u{ad}\u{200b}ﬁâ€™Ã©Â\u{a0}\t\n\r]{0,60}") {
            let lines = line_ends(&text).matches('\n').count();
            prop_assert_eq!(normalise(&text).matches('\n').count(), lines);
        }
    }
}
