//! Tells the encodings of old machines from those that browsers know: Mac Roman and the DOS code pages
//! 437 and 850, by what the characters of each stand beside.
//!
//! Detectors for web pages don't know them: a curly quote of Mac Roman is a capital O with an accent in
//! Windows-1252, and é of a DOS page is a low quotation mark.

use std::borrow::Cow;

use encoding_rs::{Encoding, MACINTOSH};

/// The characters of the bytes 0x80 to 0xFF of code page 850, and of 437 (mappings of the Unicode
/// Consortium, `VENDORS/MICSFT/PC/CP850.TXT` and `CP437.TXT`).
const CP850: &str = "\
     ÇüéâäàåçêëèïîìÄÅÉæÆôöòûùÿÖÜø£Ø×ƒ\
     áíóúñÑªº¿®¬½¼¡«»░▒▓│┤ÁÂÀ©╣║╗╝¢¥┐\
     └┴┬├─┼ãÃ╚╔╩╦╠═╬¤ðÐÊËÈıÍÎÏ┘┌█▄¦Ì▀\
     ÓßÔÒõÕµþÞÚÛÙýÝ¯´\u{ad}±‗¾¶§÷¸°¨·¹³²■\u{a0}\
    ";
const CP437: &str = "\
     ÇüéâäàåçêëèïîìÄÅÉæÆôöòûùÿÖÜ¢£¥₧ƒ\
     áíóúñÑªº¿⌐¬½¼¡«»░▒▓│┤╡╢╖╕╣║╗╝╜╛┐\
     └┴┬├─┼╞╟╚╔╩╦╠═╬╧╨╤╥╙╘╒╓╫╪┘┌█▄▌▐▀\
     αßΓπΣσµτΦΘΩδ∞φε∩≡±≥≤⌠⌡÷≈°∙·√ⁿ²■\u{a0}\
    ";

/// How much better an old encoding has to fit, in points.
const MARGIN: i32 = 3;

/// Returns the text in an old encoding and the encoding's name, if it fits clearly better than `guess`,
/// in which the bytes were read as `text`.
pub fn decode(
    bytes: &[u8],
    guess: &'static Encoding,
    text: &str,
) -> Option<(String, &'static str)> {
    if !guess.is_single_byte() {
        return None;
    }
    let known = fitness(text);
    if known.misfits * 2 <= known.characters {
        return None;
    }
    let mac = || MACINTOSH.decode_without_bom_handling(bytes).0;
    let candidates: [(&str, Cow<'_, str>); 3] = [
        ("macintosh", mac()),
        ("IBM850", Cow::Owned(read(bytes, CP850))),
        ("IBM437", Cow::Owned(read(bytes, CP437))),
    ];
    let (score, name, text) = candidates
        .into_iter()
        .map(|(name, text)| (fitness(&text).score, name, text))
        .reduce(|best, next| if next.0 > best.0 { next } else { best })?;
    (score > 0 && score >= known.score + MARGIN).then(|| (text.into_owned(), name))
}

/// Reads bytes by a table of the characters from 0x80.
fn read(bytes: &[u8], table: &str) -> String {
    let table: Vec<char> = table.chars().collect();
    let read_byte = |byte: u8| match byte.checked_sub(0x80) {
        Some(high) => table[usize::from(high)],
        None => char::from(byte),
    };
    bytes.iter().map(|&byte| read_byte(byte)).collect()
}

/// How well the characters beyond ASCII fit their places.
#[derive(Debug, Default)]
struct Fitness {
    /// The points of all: each adds some if it stands as it does in print, and takes some off if not.
    score: i32,
    /// How many there are.
    characters: usize,
    /// How many of them take points off.
    misfits: usize,
}

fn fitness(text: &str) -> Fitness {
    let mut fitness = Fitness::default();
    let (mut before, mut last) = (' ', ' ');
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        if !c.is_ascii() {
            let next = chars.peek().copied().unwrap_or(' ');
            let points = points(before, last, c, next);
            fitness.score = fitness.score.saturating_add(points);
            fitness.characters += 1;
            fitness.misfits += usize::from(points < 0);
        }
        (before, last) = (last, c);
    }
    fitness
}

/// Returns the points of a character by the two before it and the next.
fn points(before: char, last: char, c: char, next: char) -> i32 {
    let is_inside = last.is_alphabetic() && next.is_alphabetic();
    match c {
        '\u{80}'..='\u{9f}' | '\u{fffd}' => -4,
        '“' | '‘' | '„' | '«' if !last.is_alphanumeric() && next.is_alphanumeric() => 2,
        '”' | '»' if !last.is_whitespace() && !next.is_alphanumeric() => 2,
        '’' if last.is_alphanumeric() || !last.is_whitespace() && !next.is_alphanumeric() => 2,
        '\u{a0}' if !last.is_whitespace() && !next.is_whitespace() => 2,
        '–' | '—' if last.is_whitespace() == next.is_whitespace() => 1,
        '…' if last.is_alphabetic() && !next.is_alphabetic() => 1,
        '£' | '€' | '$' | '¥' if next.is_ascii_digit() || last.is_ascii_digit() => 1,
        _ if c.is_lowercase() && last.is_lowercase() => 2,
        _ if c.is_lowercase() && next.is_lowercase() => 2,
        _ if c.is_lowercase() => i32::from(!last.is_alphabetic() && !next.is_alphabetic()),
        _ if c.is_uppercase() && last.is_lowercase() => -3,
        _ if c.is_uppercase() && (last.is_uppercase() || before.is_uppercase()) => 1,
        _ if c.is_uppercase() && next.is_lowercase() && !last.is_alphabetic() => 1,
        _ if c.is_uppercase() => -2,
        _ if c.is_alphabetic() => i32::from(last.is_alphabetic() || next.is_alphabetic()),
        _ if is_inside => -3,
        '“' | '‘' | '„' | '«' | '”' | '»' | '’' => -1,
        '─'..='╿' | '▀'..='▟' => -2,
        _ => 0,
    }
}

#[cfg(test)]
mod tests {
    use encoding_rs::{WINDOWS_1251, WINDOWS_1252};

    use super::*;

    #[test]
    fn tells_old_encodings() {
        let mac = |text: &str| {
            MACINTOSH_BYTES
                .iter()
                .fold(text.to_owned().into_bytes(), replaced)
        };
        let dos = |text: &str| -> Vec<u8> {
            let table: Vec<char> = CP850.chars().collect();
            let byte = |c: char| match table.iter().position(|&high| high == c) {
                Some(high) => 0x80 + u8::try_from(high).unwrap(),
                None => u8::try_from(c).unwrap(),
            };
            text.chars().map(byte).collect()
        };
        let quoted = "“We don’t know,” she said.";
        let german = "Der Bürgermeister hörte die Läden schließen.";
        let western = |text: &str| WINDOWS_1252.encode(text).0.into_owned();
        for (bytes, guess, expected) in [
            (mac(quoted), WINDOWS_1252, Some((quoted, "macintosh"))),
            (dos(german), WINDOWS_1252, Some((german, "IBM850"))),
            (western(quoted), WINDOWS_1252, None),
            (
                western("L’été à Évreux, «déçu»; NOËL, É. Zola, ÉTÉ"),
                WINDOWS_1252,
                None,
            ),
            (
                western("£5 or €6 – it’s ½ as much… 20°"),
                WINDOWS_1252,
                None,
            ),
            (
                WINDOWS_1251.encode("Мэр Анна Торн сказала").0.into_owned(),
                WINDOWS_1251,
                None,
            ),
        ] {
            let (text, _) = guess.decode_without_bom_handling(&bytes);
            let found = decode(&bytes, guess, &text);
            assert_eq!(
                found.as_ref().map(|(text, name)| (text.as_str(), *name)),
                expected,
                "{text}"
            );
        }
    }

    /// Quotation marks as UTF-8 and in Mac Roman.
    const MACINTOSH_BYTES: [(&str, u8); 3] = [("“", 0xd2), ("”", 0xd3), ("’", 0xd5)];

    fn replaced(mut bytes: Vec<u8>, (from, to): &(&str, u8)) -> Vec<u8> {
        while let Some(at) = memchr::memmem::find(&bytes, from.as_bytes()) {
            bytes.splice(at..at + from.len(), [*to]);
        }
        bytes
    }

    #[test]
    fn tables_have_128_characters() {
        for table in [CP850, CP437] {
            assert_eq!(table.chars().count(), 128);
        }
    }
}
