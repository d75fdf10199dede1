//! Mends mojibake: UTF-8 that was read as Windows-1252 or Latin-1, once or several times, and what is
//! left of it where characters were lost on the way.
//!
//! Nothing is mended unless the text has a clear case, since every pair of characters may be meant.

/// Decodes UTF-8 that was read as Windows-1252, once, or returns `None` if the text has no clear case.
pub fn undo(text: &str) -> Option<String> {
    if !has_lead(text) {
        return None;
    }
    let chars: Vec<char> = text.chars().collect();
    let ends_capitals = |i: usize| {
        let before = i.checked_sub(1).map(|before| chars[before]);
        // `«AMANHû` is a word in capitals and a closing quote, not û.
        before.is_some_and(char::is_uppercase)
            && matches!(chars.get(i + 1), Some('\u{a0}' | '«' | '»'))
    };
    let is_clear =
        |i: usize| is_clear_case(&chars[i..]) && !ends_capitals(i) || is_other_script(&chars[i..]);
    if !(0..chars.len()).any(is_clear) {
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
            // A dash whose third byte was read as a curly quote, which was then straightened.
            None if chars[i..].starts_with(&['â', '€', '"']) => {
                out.push('—');
                i += 3;
            }
            // The third byte of a closing quote is undefined in Windows-1252 and often lost.
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

/// Returns whether a text has a letter that begins mojibake before a character that may continue it, or
/// one of Â, Ã, â, ï, ð, of which traces may be left. In UTF-8 they are two bytes, the first 0xC3.
pub fn has_lead(text: &str) -> bool {
    let bytes = text.as_bytes();
    let begins = |at: usize| match bytes.get(at + 1) {
        Some(0x82 | 0x83 | 0xa2 | 0xaf | 0xb0) => true,
        // Before a sign of Latin-1, or a character of Windows-1252 beyond it.
        Some(0x84..=0x9f) => matches!(bytes.get(at + 2), Some(0xc2 | 0xc5 | 0xc6 | 0xcb | 0xe2)),
        _ => false,
    };
    memchr::memchr_iter(0xc3, bytes).any(begins)
}

/// Returns whether a text begins with characters that are not written on purpose: `â€`, or `Ã` or
/// `Â` and a sign that does not end a word, or such a letter and a sign inside a word, as in `RÄ«ga`.
fn is_clear_case(chars: &[char]) -> bool {
    match *chars {
        ['â', '€', ..] | ['â', '\u{80}'..='\u{9f}', ..] => true,
        ['Ã', second, ..] => matches!(second, '\u{a0}'..='\u{bf}' | '€' | 'ƒ' | '‡' | '†' | '‰'),
        ['Â', second, ..] => matches!(second, '\u{a0}'..='\u{bf}'),
        ['ð', 'Ÿ', ..] | ['ï', '»' | '¿', '\u{bd}'..='\u{bf}', ..] => true,
        ['\u{c4}'..='\u{cf}', second, third, ..] => {
            matches!(second, '\u{a1}'..='\u{bf}')
                && !second.is_alphanumeric()
                && third.is_lowercase()
        }
        _ => false,
    }
}

/// Returns whether a text begins with two letters of another script, each misread, as in `ÐŸÑ€`.
fn is_other_script(chars: &[char]) -> bool {
    let is_letter = |c: char| matches!(c, '\u{370}'..='\u{6ff}');
    misread(chars).is_some_and(|(c, length)| {
        is_letter(c) && misread(&chars[length..]).is_some_and(|(next, _)| is_letter(next))
    })
}

/// Returns the character whose UTF-8 bytes, each read as Windows-1252, are the start of a text, and
/// the number of characters read. Characters that newspapers do not print are not taken for meant.
fn misread(chars: &[char]) -> Option<(char, usize)> {
    let first = windows_1252_byte(*chars.first()?)?;
    let length = match first {
        0xc2..=0xdf => 2,
        0xe0..=0xef => 3,
        0xf0..=0xf4 => 4,
        _ => return None,
    };
    let mut bytes = [first, 0, 0, 0];
    for (byte, &c) in bytes[1..length].iter_mut().zip(chars.get(1..length)?) {
        *byte = windows_1252_byte(c)?;
    }
    let decoded = std::str::from_utf8(&bytes[..length]).ok()?.chars().next()?;
    is_printed(decoded).then_some((decoded, length))
}

/// Returns whether newspapers print a character, or it is a byte that was misread before: Latin, Greek,
/// Cyrillic, Hebrew and Arabic letters, punctuation and symbols, East Asian characters, emoji.
fn is_printed(c: char) -> bool {
    matches!(
        c,
        '\u{80}'..='\u{24f}' | '\u{2c6}'..='\u{2dd}' | '\u{300}'..='\u{6ff}' | '\u{1e00}'..='\u{27bf}'
            | '\u{3000}'..='\u{9fff}' | '\u{ac00}'..='\u{d7a3}' | '\u{fb00}'..='\u{fb06}'
            | '\u{fe0f}' | '\u{feff}' | '\u{ff00}'..='\u{ffff}' | '\u{1f000}'..='\u{1faff}'
    )
}

/// The characters of the bytes 0x80 to 0x9F (WHATWG Encoding Standard, index windows-1252).
const HIGH: [char; 32] = [
    '€', '\u{81}', '‚', 'ƒ', '„', '…', '†', '‡', 'ˆ', '‰', 'Š', '‹', 'Œ', '\u{8d}', 'Ž', '\u{8f}',
    '\u{90}', '‘', '’', '“', '”', '•', '–', '—', '˜', '™', 'š', '›', 'œ', '\u{9d}', 'ž', 'Ÿ',
];

/// Returns the character that a control character from U+0080 to U+009F stands for: a byte of
/// Windows-1252 that was read as Latin-1, as in `don\u{92}t`.
pub fn meant_by_control(c: char) -> Option<char> {
    let index = u32::from(c).checked_sub(0x80)?;
    let meant = *HIGH.get(usize::try_from(index).ok()?)?;
    (!meant.is_control()).then_some(meant)
}

/// Returns the byte that a character beyond ASCII was read from: of Windows-1252, or of Latin-1 for the
/// control characters.
fn windows_1252_byte(c: char) -> Option<u8> {
    match u32::from(c) {
        code @ 0x80..=0xff => u8::try_from(code).ok(),
        _ => HIGH
            .iter()
            .position(|&high| high == c)
            .and_then(|i| u8::try_from(0x80 + i).ok()),
    }
}

/// Mends what is left of mojibake after its control characters or no-break spaces were lost, or returns
/// `None` if the text has no clear case: `âIt doesnât,â` was `“It doesn’t,”`; `Â` alone was a space.
pub fn mend_lost(text: &str) -> Option<String> {
    if !has_lead(text) {
        return None;
    }
    let with_quotes = mend_quotes(text);
    let with_spaces = mend_spaces(with_quotes.as_deref().unwrap_or(text));
    with_spaces.or(with_quotes)
}

/// What an `â` stands for, by its place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Trace {
    /// Before a capital at the start of a word, which no word is: an opening quotation mark.
    SureOpening,
    /// After a comma or the end of a sentence: a closing quotation mark.
    SureClosing,
    /// At the start of a word: an opening quotation mark, or a letter.
    Opening,
    /// Inside a word, before the ending of an English contraction or after a name.
    Apostrophe,
    /// At the end of a word: a closing quotation mark, an apostrophe, or a letter.
    Ending,
    /// Between spaces: a dash.
    Dash,
    /// A letter inside a word.
    Letter,
}

/// The endings of English contractions and possessives.
const CONTRACTIONS: &[&str] = &["s", "t", "re", "ve", "ll", "d", "m"];

fn mend_quotes(text: &str) -> Option<String> {
    if !text.contains('â') {
        return None;
    }
    let traces: Vec<Trace> = text
        .match_indices('â')
        .map(|(at, _)| trace_at(text, at))
        .collect();
    let is_sure = traces
        .iter()
        .any(|trace| matches!(trace, Trace::SureOpening | Trace::SureClosing));
    // Without quotation marks: English contractions, in a text without any other letter beyond ASCII.
    let are_contractions = || {
        traces.iter().all(|trace| *trace == Trace::Apostrophe)
            && !text
                .chars()
                .any(|c| c != 'â' && !c.is_ascii() && c.is_alphabetic())
    };
    if !is_sure && !are_contractions() {
        return None;
    }
    let mut out = String::with_capacity(text.len());
    let mut is_open = false;
    let mut done = 0;
    for ((at, letter), trace) in text.match_indices('â').zip(traces) {
        out.push_str(&text[done..at]);
        done = at + letter.len();
        out.push(match trace {
            Trace::SureOpening | Trace::Opening => '“',
            Trace::SureClosing => '”',
            Trace::Ending if is_open => '”',
            Trace::Ending | Trace::Apostrophe => '’',
            Trace::Dash => '—',
            Trace::Letter => 'â',
        });
        is_open = match trace {
            Trace::SureOpening | Trace::Opening => true,
            Trace::SureClosing | Trace::Ending => false,
            _ => is_open,
        };
    }
    out.push_str(&text[done..]);
    Some(out)
}

/// Returns what the `â` at byte `at` stands for.
fn trace_at(text: &str, at: usize) -> Trace {
    let (head, tail) = (&text[..at], &text[at + 'â'.len_utf8()..]);
    let before = head.chars().next_back();
    let after = tail.chars().next();
    let follows_word = before.is_some_and(char::is_alphanumeric);
    let leads_word = after.is_some_and(char::is_alphanumeric);
    match (follows_word, leads_word) {
        (true, true) => {
            let rest = tail
                .find(|c: char| !c.is_alphanumeric())
                .map_or(tail, |end| &tail[..end]);
            let start = head.rfind(|c: char| !c.is_alphanumeric()).map_or(0, |at| {
                at + head[at..].chars().next().map_or(1, char::len_utf8)
            });
            let is_name =
                head[start..].starts_with(char::is_uppercase) && head[start..].chars().count() > 2;
            if CONTRACTIONS.contains(&rest) || is_name && rest.starts_with(char::is_lowercase) {
                Trace::Apostrophe
            } else {
                Trace::Letter
            }
        }
        (false, true) => {
            let opens = before
                .is_none_or(|c| c.is_whitespace() || matches!(c, '(' | '[' | '—' | '–' | ':'));
            match (opens, after.is_some_and(char::is_uppercase)) {
                (true, true) => Trace::SureOpening,
                (true, false) => Trace::Opening,
                _ => Trace::Letter,
            }
        }
        (true, false) => Trace::Ending,
        (false, false) => {
            let closes = matches!(before, Some(',' | '.' | '!' | '?' | '…'));
            let is_apart =
                before.is_some_and(char::is_whitespace) && after.is_some_and(char::is_whitespace);
            match (closes, is_apart) {
                (true, _) => Trace::SureClosing,
                (_, true) => Trace::Dash,
                _ => Trace::Letter,
            }
        }
    }
}

/// Takes out the `Â` that is left of a no-break space: alone on its line, or right after a word or a
/// mark and before a space. In a text with such a case, also alone between spaces.
fn mend_spaces(text: &str) -> Option<String> {
    if !text.contains('Â') {
        return None;
    }
    let is_end = |c: Option<char>| c.is_none_or(char::is_whitespace);
    let is_line_end = |c: Option<char>| c.is_none_or(|c| matches!(c, '\n' | '\x0c' | '\u{2028}'));
    let kind_at = |at: usize| {
        let before = text[..at].chars().next_back();
        let after = text[at + 'Â'.len_utf8()..].chars().next();
        let is_alone = is_end(before) && is_end(after);
        let is_line = is_line_end(before) && is_line_end(after);
        let ends = before.is_some_and(|c| {
            c.is_lowercase()
                || c.is_ascii_digit()
                || matches!(c, '.' | ',' | ':' | ';' | '!' | '?' | '"' | '”' | ')')
        });
        (is_line || ends && is_end(after), is_alone)
    };
    let has_case = text.match_indices('Â').any(|(at, _)| kind_at(at).0);
    if !has_case {
        return None;
    }
    let mut out = String::with_capacity(text.len());
    let mut done = 0;
    for (at, letter) in text.match_indices('Â') {
        let (is_clear, is_alone) = kind_at(at);
        if is_clear || is_alone {
            out.push_str(&text[done..at]);
            out.push(' ');
            done = at + letter.len();
        }
    }
    out.push_str(&text[done..]);
    Some(out)
}

/// Returns whether a text has characters that are left of a damaged encoding: a replacement character, or
/// a clear case of mojibake.
pub fn is_damaged(text: &str) -> bool {
    if text.contains('\u{fffd}') {
        return true;
    }
    let bytes = text.as_bytes();
    // Ã and â.
    let is_lead = |at: &usize| matches!(bytes.get(at + 1), Some(0x83 | 0xa2));
    memchr::memchr_iter(0xc3, bytes).filter(is_lead).any(|at| {
        let mut chars = text[at..].chars();
        let start = [(); 3].map(|()| chars.next().unwrap_or(' '));
        is_clear_case(&start)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn undoes_once() {
        for (text, expected) in [
            ("RÄ«ga and Ä°zmir", Some("Rīga and İzmir")),
            ("ÐŸÐ°Ñ€Ð¾Ð¼", Some("Паром")),
            ("Ã†Â’ is left", Some("Æ\u{92} is left")),
            ("donâ\u{80}\u{99}t", Some("don’t")),
            ("„Ä“ und Ö»", None),
            ("ÐÓRR and Þór", None),
        ] {
            assert_eq!(undo(text).as_deref(), expected, "{text}");
        }
    }

    #[test]
    fn mends_what_is_left() {
        for (text, expected) in [
            (
                "âIt doesnât burn,â he said â twice.",
                Some("“It doesn’t burn,” he said — twice."),
            ),
            ("the boatsâ owners. âNo.â", Some("the boats’ owners. “No.”")),
            (
                "Americaâs boats donât sail",
                Some("America’s boats don’t sail"),
            ),
            (
                "Yeniköyâde âKış geldiâ dedi.",
                Some("Yeniköy’de “Kış geldi” dedi."),
            ),
            ("le château et l'âge", None),
            ("hâlâ kâr eden", None),
            ("în România rândul, râs", None),
            ("Â\n\nMEDIA\n\nÂ", Some(" \n\nMEDIA\n\n ")),
            (
                "CONTACT:Â the office. Â Tel",
                Some("CONTACT:  the office.   Tel"),
            ),
            ("NÃO Â PÂTÉ", None),
        ] {
            assert_eq!(mend_lost(text).as_deref(), expected, "{text}");
        }
    }

    #[test]
    fn tells_damage() {
        for (text, expected) in [
            ("the harbour\u{fffd}s board", true),
            ("cafÃ©", true),
            ("le château", false),
            ("plain", false),
        ] {
            assert_eq!(is_damaged(text), expected, "{text}");
        }
    }
}
