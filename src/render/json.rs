//! Writes records as JSON lines.

use std::io::{self, Write};

use serde::Serialize;
use serde_json::Serializer;
use serde_json::ser::Formatter;

use super::escape::is_unsafe;

/// Writes a record as one line of JSON. Characters that act on a terminal are written as JSON escapes,
/// which any parser decodes.
pub fn json(out: &mut impl Write, record: &impl Serialize) -> io::Result<()> {
    record.serialize(&mut Serializer::with_formatter(&mut *out, SafeJson))?;
    writeln!(out)
}

/// Compact JSON in which [`is_unsafe`] characters are escaped.
struct SafeJson;

impl Formatter for SafeJson {
    fn write_string_fragment<W>(&mut self, writer: &mut W, fragment: &str) -> io::Result<()>
    where
        W: ?Sized + Write,
    {
        let mut plain = fragment;
        while let Some(at) = plain.find(is_unsafe) {
            let mut rest = plain[at..].chars();
            let c = rest.next().map_or(0, u32::from);
            write!(writer, "{}\\u{c:04x}", &plain[..at])?;
            plain = rest.as_str();
        }
        writer.write_all(plain.as_bytes())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn escapes_unsafe_characters_and_parses_back() {
        let text = "a\x1b\u{7f}\u{9b}2J “é” \\ \u{202e}東";
        let mut out = Vec::new();
        json(&mut out, &text).unwrap();
        let written = String::from_utf8(out).unwrap();
        assert_eq!(written, "\"a\\u001b\\u007f\\u009b2J “é” \\\\ \\u202e東\"\n");
        assert_eq!(serde_json::from_str::<String>(&written).unwrap(), text);
    }
}
