//! Normalises characters: entities, mojibake, ligatures, invisible characters, white space.
//!
//! The number of lines does not change, and each line keeps its form feeds, its leading spaces and
//! the hyphen at its end. A text without anything to change is not copied.

use std::borrow::Cow;

use unicode_normalization::{IsNormalized, UnicodeNormalization, is_nfc_quick};

use super::mojibake::{has_lead, meant_by_control, mend_lost, undo};
use crate::text::sentence::ends_sentence;
use crate::text::words::beyond_ascii;

/// What a soft hyphen at a line end becomes: a hyphen that is dropped when lines are joined.
const DROPPABLE_HYPHEN: char = '\u{2010}';

/// What PDFium writes for a hyphen at a line end when it joins the lines, as in
/// `mini\u{fffe}strokes`. It is not a character.
const JOINED_HYPHEN: char = '\u{fffe}';

/// A line end inside a line of the file: the lines on both sides have the same number.
pub(super) const LINE_BREAK: char = '\u{2028}';

/// The indent of a tab at the start of a line.
const TAB_INDENT: &str = "    ";

/// How often entities and mojibake are decoded. Text that was encoded twice is common, three times
/// very rare.
const ROUNDS: usize = 3;

/// Returns the text with its characters normalised:
///
/// - every line end is `\n`; a break inside a line of the file (U+2028, U+2029, NEL, VT) is U+2028;
/// - HTML entities are decoded (`&rsquo;`, `&#8217;`), also if encoded twice (`&amp;rsquo;`);
/// - UTF-8 that was read as Windows-1252 is read as UTF-8 (`â€™` → `’`), if the text has a clear case;
/// - ligatures are spelled out (`ﬁ` → `fi`), white space other than line ends becomes a space, invisible
///   characters (U+200B, U+FEFF, U+00AD, direction marks, control characters) are removed;
/// - a soft hyphen at a line end becomes U+2010, which is dropped when lines are joined;
/// - letters and their marks are composed (Unicode's form C).
pub fn normalise(text: &str) -> Cow<'_, str> {
    if is_fine(text) {
        return Cow::Borrowed(text);
    }
    let mut current = mend(text);
    // A step may remove what separated the parts of something that an earlier step looks for.
    for _ in 1..ROUNDS {
        if memchr::memchr2(b'&', b'[', current.as_bytes()).is_none() && !has_lead(&current) {
            break;
        }
        match mend(&current) {
            Cow::Owned(mended) if mended != current => current = Cow::Owned(mended),
            _ => break,
        }
    }
    current
}

/// Runs each step of [`normalise`] once.
fn mend(text: &str) -> Cow<'_, str> {
    let mut current = line_ends(text);
    for _ in 0..ROUNDS {
        match decode_entities(&current) {
            Some(decoded) => current = Cow::Owned(decoded),
            None => break,
        }
    }
    for _ in 0..ROUNDS {
        match undo(&current) {
            Some(repaired) => current = Cow::Owned(repaired),
            None => break,
        }
    }
    if let Some(mended) = mend_lost(&current) {
        current = Cow::Owned(mended);
    }
    if needs_spelling_out(&current) {
        current = Cow::Owned(spell_out(&current));
    }
    if !is_composed(&current) {
        current = Cow::Owned(compose(&current));
    }
    current
}

/// Returns whether all letters and their marks are certainly composed.
fn is_composed(text: &str) -> bool {
    // A character of ASCII is composed, whatever stands before it.
    is_nfc_quick(beyond_ascii(text)) == IsNormalized::Yes
}

/// Composes letters and their marks, line by line: nothing is composed across a line end.
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

/// Returns whether a text certainly needs no change: it has no entity, and
/// beyond ASCII only dashes, curly quotes, and letters that do not begin mojibake.
fn is_fine(text: &str) -> bool {
    let mut rest = text.as_bytes();
    loop {
        let is_fine = |byte: &&u8| IS_FINE[usize::from(**byte)];
        let fine = rest.iter().take_while(is_fine).count();
        rest = &rest[fine..];
        match *rest {
            [] => return true,
            [b'&', ..] if begins_entity(rest) => return false,
            [b'[', b'#', ..] => return false,
            [b'&' | b'[', ..] => rest = &rest[1..],
            // U+2013 and U+2014, U+2018 and U+2019, U+201C and U+201D, U+2026.
            [
                0xe2,
                0x80,
                0x93 | 0x94 | 0x98 | 0x99 | 0x9c | 0x9d | 0xa6,
                ..,
            ] => rest = &rest[3..],
            // Letters of Latin-1 other than those that begin mojibake: Â, Ã, â, ï, ð.
            [0xc3, 0x82 | 0x83 | 0xa2 | 0xaf | 0xb0, ..] => return false,
            [0xc3, ..] => rest = &rest[2..],
            _ => return false,
        }
    }
}

/// Returns whether a text that begins with `&` may begin with an entity.
fn begins_entity(text: &[u8]) -> bool {
    let name = text[1..].iter();
    let length = name
        .take_while(|byte| byte.is_ascii_alphanumeric() || **byte == b'#')
        .count();
    length > 0 && text.get(length + 1) == Some(&b';')
}

/// For each byte, whether a text with it needs no change: ASCII but `&`, `[` and most controls.
static IS_FINE: [bool; 256] = {
    let mut is_fine = [false; 256];
    let mut byte = 0;
    while byte < 256 {
        is_fine[byte] = matches!(
            byte as u8,
            b'\n' | 0x0c | b' '..=b'%' | b'\''..=b'Z' | b'\\'..=b'~'
        );
        byte += 1;
    }
    is_fine
};

/// Turns `\r\n` and lone `\r` into `\n`, and the other characters that end lines into [`LINE_BREAK`].
fn line_ends(text: &str) -> Cow<'_, str> {
    let mut text = Cow::Borrowed(text);
    if text.contains('\r') {
        text = Cow::Owned(text.replace("\r\n", "\n").replace('\r', "\n"));
    }
    if text.contains('\u{b}') || text.contains('\u{2029}') {
        text = Cow::Owned(text.replace(['\u{b}', '\u{2029}'], "\u{2028}"));
    }
    if text.contains('\u{85}') && ends_lines(&text) {
        text = Cow::Owned(text.replace('\u{85}', "\u{2028}"));
    }
    text
}

/// Returns whether U+0085 ends lines in a text (NEL), and is no ellipsis of Windows-1252 that was read as
/// Latin-1: it is doubled, or it always stands between the end of a sentence and the next word.
fn ends_lines(text: &str) -> bool {
    text.contains("\u{85}\u{85}")
        || text.match_indices('\u{85}').all(|(at, mark)| {
            let after = &text[at + mark.len()..];
            ends_sentence(&text[..at])
                && !after.starts_with(|c: char| c.is_whitespace() || c.is_lowercase())
        })
}

/// Decodes the HTML entities of a text, or returns `None` if it has none. Entities for white space
/// become a space, so that none adds a line.
fn decode_entities(text: &str) -> Option<String> {
    let mut out = String::new();
    let mut done = 0;
    for at in memchr::memchr2_iter(b'&', b'[', text.as_bytes()) {
        if at < done {
            continue;
        }
        let Some((entity, decoded)) = decoded_at(&text[at..]) else {
            continue;
        };
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

/// Returns what is decoded at the start of a text, and what it becomes: an entity, or a character by its
/// number in brackets, as in `[#x20ac]`, which SGML tools write for characters that they do not know.
fn decoded_at(text: &str) -> Option<(&str, Cow<'_, str>)> {
    if let Some(rest) = text.strip_prefix("[#x") {
        let end = rest.bytes().take(7).position(|b| b == b']')?;
        let c = char::from_u32(u32::from_str_radix(&rest[..end], 16).ok()?)?;
        return (end >= 2).then(|| (&text[..end + 4], Cow::Owned(c.to_string())));
    }
    let entity = entity_at(text)?;
    let decoded = html_escape::decode_html_entities(entity);
    (decoded != entity).then_some((entity, decoded))
}

/// Returns the entity at the start of a text, as in `&rsquo;` or `&#8217;`. The longest name in the
/// HTML standard has 31 letters.
fn entity_at(text: &str) -> Option<&str> {
    let end = text.bytes().take(34).position(|b| b == b';')?;
    let name = text.strip_prefix('&')?.get(..end - 1)?;
    let is_entity =
        !name.is_empty() && name.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'#');
    is_entity.then(|| &text[..=end])
}

/// Returns whether a text has a character that [`spell_out`] changes.
fn needs_spelling_out(text: &str) -> bool {
    let is_changed = |byte: u8| byte.is_ascii_control() && !matches!(byte, b'\n' | b'\x0c');
    let has_control = text
        .bytes()
        .fold(false, |found, byte| found | is_changed(byte));
    has_control || beyond_ascii(text).any(is_spelled_out)
}

/// Returns whether a character beyond ASCII is one that [`spell_out`] changes.
fn is_spelled_out(c: char) -> bool {
    matches!(
        c,
        // Controls and the no-break space, then white space of all widths and invisible characters.
        '\u{80}'..='\u{a0}' | '\u{ad}' | '\u{1680}' | '\u{2000}'..='\u{200f}'
            | '\u{2029}'..='\u{202f}' | '\u{205f}'..='\u{206f}' | '\u{3000}' | '\u{feff}'
            | '\u{fffc}' | JOINED_HYPHEN | '\u{fb00}'..='\u{fb06}'
    )
}

/// Returns whether a character is invisible: of zero width, or a direction mark.
fn is_invisible(c: char) -> bool {
    matches!(
        c,
        '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}' | '\u{fffc}'
    )
}

/// Spells out ligatures, replaces white space other than line ends by a space, and removes
/// invisible characters.
fn spell_out(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for line in text.split_inclusive('\n') {
        if needs_spelling_out(line) {
            spell_out_line(line, &mut out);
        } else {
            out.push_str(line);
        }
    }
    out
}

fn spell_out_line(line: &str, out: &mut String) {
    let mut is_line_start = true;
    for (at, c) in line.char_indices() {
        match c {
            '\n' | '\x0c' | LINE_BREAK => {
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
                if ends_line(&line[at + c.len_utf8()..]) {
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
}

/// Returns whether only white space is left of a line.
fn ends_line(rest: &str) -> bool {
    rest.chars()
        .find(|&c| {
            matches!(c, '\n' | '\x0c' | LINE_BREAK) || !(c.is_whitespace() || is_invisible(c))
        })
        .is_none_or(|c| matches!(c, '\n' | '\x0c' | LINE_BREAK))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn normalises_characters() {
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
            (
                "It cost [#x20ac]5, [#x5] [#note]",
                "It cost €5, [#x5] [#note]",
            ),
            (
                "one\u{2028}two\u{2029}three\u{b}four",
                "one\u{2028}two\u{2028}three\u{2028}four",
            ),
            (
                "One.\u{85}Two.\u{85}Three.",
                "One.\u{2028}Two.\u{2028}Three.",
            ),
            ("Well\u{85} no", "Well… no"),
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
    fn does_not_copy_a_fine_text() {
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
        fn needs_spelling_out_where_that_changes_something(c in any::<char>()) {
            let text = format!("a{c}b");
            let mut out = String::new();
            spell_out_line(&text, &mut out);
            prop_assert_eq!(needs_spelling_out(&text), out != text, "{:?}", c);
        }

        #[test]
        fn keeps_lines(text in "[a-z &;#\u{ad}\u{200b}ﬁâ€™Ã©Â\u{a0}\t\n\r]{0,60}") {
            let lines = line_ends(&text).matches('\n').count();
            prop_assert_eq!(normalise(&text).matches('\n').count(), lines);
        }
    }
}
