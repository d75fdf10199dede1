//! Turns the bytes of a file into text.

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE};

use super::{legacy, noise};

/// How many bytes of a file are examined for UTF-16 without a byte order mark.
const PREFIX: usize = 8192;

/// Magic numbers of files that are not text, with their offsets: PDF, ZIP (and so DOCX, ODT), gzip,
/// bzip2, xz, 7z, Zstandard, RAR, PNG, JPEG, GIF, TIFF, WebP, sound and film in RIFF, Ogg, compound
/// documents (DOC), ELF, Java classes, SQLite, tar. The rest of such a file may look like text.
const MAGIC: &[(usize, &[u8])] = &[
    (0, b"%PDF-"),
    (0, b"PK\x03\x04"),
    (0, b"\x1f\x8b"),
    (0, b"BZh91AY&SY"),
    (0, b"\xfd7zXZ\0"),
    (0, b"7z\xbc\xaf\x27\x1c"),
    (0, b"\x28\xb5\x2f\xfd"),
    (0, b"Rar!\x1a\x07"),
    (0, b"\x89PNG"),
    (0, b"\xff\xd8\xff"),
    (0, b"GIF87a"),
    (0, b"GIF89a"),
    (0, b"II*\0"),
    (0, b"MM\0*"),
    (8, b"WEBPVP8"),
    (8, b"WAVEfmt "),
    (8, b"AVI LIST"),
    (0, b"OggS\0"),
    (0, b"\xd0\xcf\x11\xe0"),
    (0, b"\x7fELF"),
    (0, b"\xca\xfe\xba\xbe"),
    (0, b"SQLite format 3\0"),
    (257, b"ustar"),
];

/// How much of a text in UTF-16 is examined for noise, in bytes.
const UTF16_SAMPLE: usize = 1 << 20;

/// The text of a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Text {
    /// The characters, without a byte order mark, with the line ends of the file.
    pub text: String,
    /// The encoding's name in the WHATWG standard, as in `UTF-8` or `windows-1252`, or IANA's for a DOS
    /// code page, as in `IBM850`.
    pub encoding: &'static str,
    /// How many sequences of bytes could not be decoded and became U+FFFD.
    pub undecodable: usize,
}

/// Decodes the bytes of a file. The encoding is that of the byte order mark, else UTF-16 or UTF-8
/// if the bytes look like it, else the one that is detected, or one of old machines that fits better.
pub fn decode(bytes: &[u8]) -> Text {
    let (encoding, bytes) = match Encoding::for_bom(bytes) {
        Some((encoding, mark)) => (encoding, &bytes[mark..]),
        None => (encoding_of(bytes), bytes),
    };
    let (text, _) = encoding.decode_without_bom_handling(bytes);
    if let Some((text, encoding)) = legacy::decode(bytes, encoding, &text) {
        return Text {
            text,
            encoding,
            undecodable: 0,
        };
    }
    // A U+FFFD in the file itself is not a decoding error.
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

/// Returns how many encoded U+FFFD the bytes hold.
fn replacements(encoding: &'static Encoding, bytes: &[u8]) -> usize {
    let needle: &[u8] = match encoding {
        e if e == UTF_8 => "\u{fffd}".as_bytes(),
        e if e == UTF_16LE => b"\xfd\xff",
        e if e == UTF_16BE => b"\xff\xfd",
        _ => return 0,
    };
    memchr::memmem::find_iter(bytes, needle).count()
}

/// Returns whether bytes hold no letter and no digit.
pub fn is_blank(bytes: &[u8]) -> bool {
    !bytes.iter().any(u8::is_ascii_alphanumeric)
        && !decode(bytes).text.contains(char::is_alphanumeric)
}

/// Returns whether bytes are not text, such as an image, a program, compressed data or NULs. Wire
/// copy with its control characters is text, and so is text in any encoding.
pub fn looks_binary(bytes: &[u8]) -> bool {
    if has_magic(bytes) {
        return true;
    }
    let (encoding, text) = match Encoding::for_bom(bytes) {
        Some((encoding, mark)) => (encoding, &bytes[mark..]),
        None => (utf16_without_mark(bytes).unwrap_or(UTF_8), bytes),
    };
    if encoding == UTF_8 {
        return noise::is_noise(text);
    }
    let sample = &text[..text.len().min(UTF16_SAMPLE)];
    let (sample, _) = encoding.decode_without_bom_handling(sample);
    noise::is_noise(sample.as_bytes()) || is_noise_in_utf16(&sample)
}

fn has_magic(bytes: &[u8]) -> bool {
    let is_bitmap = bytes.starts_with(b"BM") && bytes.get(6..10) == Some(&[0; 4]);
    let is_at = |&(at, magic): &(usize, &[u8])| {
        bytes
            .get(at..)
            .is_some_and(|bytes| bytes.starts_with(magic))
    };
    is_bitmap || MAGIC.iter().any(is_at)
}

/// Returns whether more than one character in sixteen is an unpaired surrogate, decoded as U+FFFD,
/// or for private use: an eighth of random UTF-16 is.
fn is_noise_in_utf16(text: &str) -> bool {
    let (mut chars, mut odd) = (0usize, 0usize);
    for c in text.chars() {
        chars += 1;
        odd += usize::from(matches!(c, '\u{fffd}' | '\u{e000}'..='\u{f8ff}'));
    }
    odd * 16 > chars
}

/// Returns the encoding of bytes without a byte order mark.
fn encoding_of(bytes: &[u8]) -> &'static Encoding {
    if let Some(encoding) = utf16_without_mark(bytes) {
        return encoding;
    }
    if std::str::from_utf8(bytes).is_ok() {
        return UTF_8;
    }
    // A file that is UTF-8 except for a few bytes was damaged, not written in another encoding.
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

/// Returns UTF-16 in its byte order, if a text without a byte order mark is in it.
fn utf16_without_mark(bytes: &[u8]) -> Option<&'static Encoding> {
    let prefix = &bytes[..bytes.len().min(PREFIX)];
    if prefix.len() < 8 {
        return None;
    }
    european_utf16(prefix).or_else(|| {
        // Most UTF-8 text can be read as Chinese in UTF-16, but holds no NULs.
        let may_be = prefix.contains(&0) || std::str::from_utf8(bytes).is_err();
        [UTF_16LE, UTF_16BE]
            .into_iter()
            .filter(|_| may_be)
            .filter_map(|encoding| Some((separators_in_utf16(encoding, prefix)?, encoding)))
            .max_by_key(|(separators, _)| *separators)
            .map(|(_, encoding)| encoding)
    })
}

/// Returns UTF-16 in its byte order, if most characters have a NUL on the same side, as in European
/// text.
fn european_utf16(prefix: &[u8]) -> Option<&'static Encoding> {
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

/// The most characters per separator of words, lines or sentences: sentences in Chinese and
/// Japanese have some twenty.
const MOST_PER_SEPARATOR: usize = 100;

/// Returns how many characters separate words, lines or sentences in bytes that are read as UTF-16,
/// or `None` if they are too few or a character is not one of text. Of random bytes, every seventh
/// pair is a surrogate or for private use, and one in seven thousand is a separator.
fn separators_in_utf16(encoding: &'static Encoding, prefix: &[u8]) -> Option<usize> {
    let units = prefix.chunks_exact(2).map(|pair| {
        let pair = [pair[0], pair[1]];
        if encoding == UTF_16LE {
            u16::from_le_bytes(pair)
        } else {
            u16::from_be_bytes(pair)
        }
    });
    let (mut chars, mut separators) = (0, 0);
    let mut is_cut = false;
    for c in char::decode_utf16(units) {
        // The prefix may end inside a character; elsewhere an unpaired surrogate is an error.
        if is_cut {
            return None;
        }
        chars += 1;
        match c {
            Ok('\t' | '\n' | '\r' | ' ' | '\u{3000}'..='\u{3002}' | '，' | '．') => {
                separators += 1
            }
            Ok('\0' | '\u{7f}'..='\u{9f}' | '\u{e000}'..='\u{f8ff}' | '\u{fffe}' | '\u{ffff}') => {
                return None;
            }
            Ok(_) => {}
            Err(_) => is_cut = true,
        }
    }
    (separators * MOST_PER_SEPARATOR > chars).then_some(separators)
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
    fn knows_utf16_without_a_mark_in_any_script() {
        for text in [
            "Мэр заявил в среду, 10 000 2000 3000, что город продаст паром. \n",
            "Ο δήμαρχος είπε την Τετάρτη 😀",
            "قال رئيس البلدية يوم الأربعاء",
            "市長は水曜日の記者会見で、町の唯一の渡し船を売却すると述べた。",
            "市长星期三在记者会上说，市议会同意出售该市唯一的渡轮。",
            "시장은 수요일 기자회견에서 말했다.",
        ] {
            for (little, encoding) in [(true, "UTF-16LE"), (false, "UTF-16BE")] {
                // The prefix ends inside a character.
                for text in [text.to_owned(), text.repeat(1 + PREFIX / text.len())] {
                    let bytes = utf16(&text, little);
                    assert!(!looks_binary(&bytes), "{encoding} {text}");
                    let found = decode(&bytes);
                    assert_eq!((found.encoding, found.text), (encoding, text));
                }
            }
        }
    }

    #[test]
    fn tells_text_from_other_content() {
        let mut tar = b"ferry.txt".to_vec();
        tar.resize(257, 0);
        tar.extend(b"ustar\x0000");
        let marked = |bytes: &[u8]| [b"\xff\xfe", bytes].concat();
        let private: Vec<u8> = (0..200u16)
            .flat_map(|n| (0xdf00 + n * 8).to_le_bytes())
            .collect();
        for (bytes, expected) in [
            (b"".to_vec(), false),
            (b"text\n\ttabs\x0cpages".to_vec(), false),
            (utf16("Talks began", true), false),
            ("é東京".into(), false),
            (b"%PDF-1.7 text".to_vec(), true),
            (b"PK\x03\x04".to_vec(), true),
            (b"a\x00b\x00\x01\x02".to_vec(), true),
            (vec![0; 100], true),
            (marked(&[0; 100]), true),
            (marked(&private), true),
            (
                marked(&utf16("\u{1}ABC\u{2}Talks began on Wednesday\u{3}", true)),
                false,
            ),
            (utf16("\u{1}ABC\u{2}Переговоры начались\u{3}", false), false),
            (b"BM\x36\x04\0\0\0\0\0\0\xff\xff".to_vec(), true),
            (b"BMW sells the ferry".to_vec(), false),
            (tar, true),
            (b"{\\rtf1\\ansi The ferry\\par}".to_vec(), false),
            (b"don\x92t \x93wait\x94 in Gda\xf1sk".to_vec(), false),
        ] {
            assert_eq!(looks_binary(&bytes), expected, "{bytes:?}");
        }
    }

    #[test]
    fn recognises_blank_files() {
        for (bytes, expected) in [
            (&b""[..], true),
            (b" \r\n\t", true),
            (b"\xef\xbb\xbf", true),
            (b"\xff\xfe", true),
            ("\u{a0}\u{200b}\n...---".as_bytes(), true),
            (b"a", false),
            ("é".as_bytes(), false),
            ("東".as_bytes(), false),
            (b"\xff\xfea\0", false),
        ] {
            assert_eq!(is_blank(bytes), expected, "{bytes:?}");
        }
    }
}
