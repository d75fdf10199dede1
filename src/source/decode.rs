//! Turns the bytes of a file into text.

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE};

/// How many bytes of a file are looked at to tell text from other content.
const PREFIX: usize = 8192;

/// What files that are no text begin with: PDF, ZIP (and so DOCX, ODT), gzip, PNG, JPEG, GIF,
/// compound documents (DOC), ELF. Most have NULs early on; these are known whatever follows.
const MAGIC: &[&[u8]] = &[
    b"%PDF-",
    b"PK\x03\x04",
    b"\x1f\x8b",
    b"\x89PNG",
    b"\xff\xd8\xff",
    b"GIF8",
    b"\xd0\xcf\x11\xe0",
    b"\x7fELF",
];

/// The text of a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Text {
    /// The characters, without a byte order mark; line ends are as in the file.
    pub text: String,
    /// The encoding's name in the WHATWG standard, as in `UTF-8` or `windows-1252`.
    pub encoding: &'static str,
    /// How many sequences of bytes could not be decoded and became U+FFFD.
    pub undecodable: usize,
}

/// Decodes the bytes of a file: by its byte order mark, as UTF-16 where every other byte is NUL,
/// as UTF-8 where it is that, else by detection.
pub fn decode(bytes: &[u8]) -> Text {
    let (encoding, bytes) = match Encoding::for_bom(bytes) {
        Some((encoding, mark)) => (encoding, &bytes[mark..]),
        None => (encoding_of(bytes), bytes),
    };
    let (text, _) = encoding.decode_without_bom_handling(bytes);
    // A U+FFFD that the file itself holds is no failure of ours.
    let undecodable = text
        .matches('\u{fffd}')
        .count()
        .saturating_sub(replacements(encoding, bytes));
    Text {
        text: text.into_owned(),
        encoding: encoding.name(),
        undecodable,
    }
}

/// Returns how many U+FFFD a text holds in its own right.
fn replacements(encoding: &'static Encoding, bytes: &[u8]) -> usize {
    let needle: &[u8] = match encoding {
        e if e == UTF_8 => "\u{fffd}".as_bytes(),
        e if e == UTF_16LE => b"\xfd\xff",
        e if e == UTF_16BE => b"\xff\xfd",
        _ => return 0,
    };
    memchr::memmem::find_iter(bytes, needle).count()
}

/// Returns whether a file that begins with these bytes holds no text.
pub fn looks_binary(bytes: &[u8]) -> bool {
    let prefix = &bytes[..bytes.len().min(PREFIX)];
    if MAGIC.iter().any(|magic| prefix.starts_with(magic)) {
        return true;
    }
    if Encoding::for_bom(prefix).is_some() || utf16_without_mark(prefix).is_some() {
        return false;
    }
    let controls = prefix
        .iter()
        .filter(|&&b| b < 0x20 && !matches!(b, b'\t' | b'\n' | b'\r' | 0x0c | 0x1a | 0x1b))
        .count();
    // One stray control character in a hundred may be damage; a NUL is in no text that is not
    // UTF-16, save as damage of the same kind.
    controls * 100 > prefix.len()
}

/// Returns the encoding of bytes without a byte order mark.
fn encoding_of(bytes: &[u8]) -> &'static Encoding {
    if let Some(encoding) = utf16_without_mark(&bytes[..bytes.len().min(PREFIX)]) {
        return encoding;
    }
    if std::str::from_utf8(bytes).is_ok() {
        return UTF_8;
    }
    // A file that is UTF-8 but for a few bytes was damaged, not written in another encoding.
    let mut sequences = 0;
    let mut broken = 0;
    for chunk in bytes.utf8_chunks() {
        sequences += chunk.valid().chars().filter(|c| !c.is_ascii()).count();
        broken += usize::from(!chunk.invalid().is_empty());
    }
    if sequences > broken * 4 {
        return UTF_8;
    }
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Deny);
    detector.feed(bytes, true);
    detector.guess(None, Utf8Detection::Deny)
}

/// Returns UTF-16 in the order of bytes that a text without a byte order mark is in: most of the
/// characters of European text have one byte of NUL, always on the same side.
fn utf16_without_mark(prefix: &[u8]) -> Option<&'static Encoding> {
    if prefix.len() < 8 {
        return None;
    }
    let pairs = prefix.len() / 2;
    let nuls = |side: usize| {
        prefix
            .chunks_exact(2)
            .filter(|pair| pair[side] == 0)
            .count()
    };
    match (nuls(0), nuls(1)) {
        (first, second) if second * 10 > pairs * 7 && first * 20 < pairs => Some(UTF_16LE),
        (first, second) if first * 10 > pairs * 7 && second * 20 < pairs => Some(UTF_16BE),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn utf16(text: &str, little: bool) -> Vec<u8> {
        text.encode_utf16()
            .flat_map(|unit| {
                if little {
                    unit.to_le_bytes()
                } else {
                    unit.to_be_bytes()
                }
            })
            .collect()
    }

    #[test]
    fn knows_encodings() {
        let french = "Le préfet a démissionné à l’été, « déçu », dit-il. Où étaient les élus ?";
        let (cp1252, _, _) = encoding_rs::WINDOWS_1252.encode(french);
        let (cp1251, _, _) =
            encoding_rs::WINDOWS_1251.encode("Переговоры в Москве начались в среду");
        let marked = [b"\xff\xfe".to_vec(), utf16("“Talks” began", true)].concat();
        for (bytes, text, encoding, undecodable) in [
            (b"".to_vec(), "", "UTF-8", 0),
            (b"plain".to_vec(), "plain", "UTF-8", 0),
            ("“curly” 東京".into(), "“curly” 東京", "UTF-8", 0),
            (b"\xef\xbb\xbfmarked".to_vec(), "marked", "UTF-8", 0),
            (marked, "“Talks” began", "UTF-16LE", 0),
            (
                utf16("Talks began in Moscow", true),
                "Talks began in Moscow",
                "UTF-16LE",
                0,
            ),
            (
                utf16("Talks began in Moscow", false),
                "Talks began in Moscow",
                "UTF-16BE",
                0,
            ),
            (cp1252.into_owned(), french, "windows-1252", 0),
            (
                cp1251.into_owned(),
                "Переговоры в Москве начались в среду",
                "windows-1251",
                0,
            ),
            (
                b"it\x92s \x93fine\x94".to_vec(),
                "it’s “fine”",
                "windows-1252",
                0,
            ),
            (
                "é".repeat(9)
                    .into_bytes()
                    .into_iter()
                    .chain([0xff])
                    .collect(),
                "ééééééééé\u{fffd}",
                "UTF-8",
                1,
            ),
            (
                "lost \u{fffd} before".into(),
                "lost \u{fffd} before",
                "UTF-8",
                0,
            ),
        ] {
            let found = decode(&bytes);
            assert_eq!(
                (found.text.as_str(), found.encoding, found.undecodable),
                (text, encoding, undecodable)
            );
        }
    }

    #[test]
    fn tells_text_from_other_content() {
        for (bytes, expected) in [
            (b"".to_vec(), false),
            (b"text\n\ttabs\x0cpages".to_vec(), false),
            (utf16("Talks began", true), false),
            ("é東京".into(), false),
            (b"%PDF-1.7 text".to_vec(), true),
            (b"PK\x03\x04".to_vec(), true),
            (b"a\x00b\x00\x01\x02".to_vec(), true),
            (vec![0; 100], true),
        ] {
            assert_eq!(looks_binary(&bytes), expected, "{bytes:?}");
        }
    }
}
