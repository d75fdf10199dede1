//! `.story` files: the text, then `@highlight` lines, each followed by a sentence.

use super::header::{Export, Form, Label, header};

/// Reads a text that ends in `@highlight` lines.
pub(super) fn read(lines: &[&str]) -> Option<Export> {
    let body_end = lines.iter().position(|line| line.trim() == "@highlight")?;
    Some(Export {
        form: Form::Story,
        headers: vec![header(Label::Other, lines, body_end..lines.len())],
        body: 0..body_end,
        body_labels: Vec::new(),
        page_heads: Vec::new(),
    })
}
