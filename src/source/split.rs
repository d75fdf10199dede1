//! Cuts the text of a database export into the articles it holds.

/// The text of one article and where it stands in its file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Part<'a> {
    /// The article's text, with its labelled headers.
    pub text: &'a str,
    /// The number of its first line in the file, from 1.
    pub first_line: u32,
}

/// Returns the articles of a file's text: one or more that cover it from end to end.
pub fn split(text: &str) -> Vec<Part<'_>> {
    vec![Part {
        text,
        first_line: 1,
    }]
}
