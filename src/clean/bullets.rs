//! The markers of list items.

/// Returns the text after the marker of a list item, as in "• One" or "-   One", or `None` if there
/// is no marker.
pub fn after_bullet(text: &str) -> Option<&str> {
    let mut chars = text.chars();
    let mark = chars.next()?;
    let rest = chars.as_str();
    let is_bullet = matches!(
        mark,
        '•' | '▪'
            | '◦'
            | '‣'
            | '●'
            | '○'
            | '■'
            | '□'
            | '➤'
            | '►'
            | '▶'
            | '·'
            | '✓'
            | '➢'
            | '\u{f076}'
            | '\u{f0a7}'
            | '\u{f0b7}'
            | '\u{f0d8}'
            | '\u{f0fc}'
    );
    let may_be_bullet = matches!(mark, '*' | '-' | '+' | '–') && rest.starts_with(' ');
    (is_bullet || may_be_bullet).then(|| rest.trim_start())
}

/// Returns the text without the marker of a list item.
pub fn without_bullet(text: &str) -> &str {
    after_bullet(text).unwrap_or(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn markers() {
        for (text, expected) in [
            ("• One", Some("One")),
            ("•One", Some("One")),
            ("-   One", Some("One")),
            ("-One", None),
            ("One", None),
            ("", None),
        ] {
            assert_eq!(after_bullet(text), expected, "{text}");
            assert_eq!(without_bullet(text), expected.unwrap_or(text));
        }
    }
}
