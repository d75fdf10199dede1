//! Text reduced to what a comparison looks at.

use unicode_normalization::char::is_combining_mark;

/// Returns the letters and digits of a text in lower case, with one space between words and without
/// apostrophes. Diacritics stay. Titles, captions and running heads are compared in this form.
pub fn folded(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut pending_space = false;
    for c in text.chars() {
        // The vowel signs and tones of many scripts are marks.
        if c.is_alphanumeric() || is_combining_mark(c) {
            if pending_space && !out.is_empty() {
                out.push(' ');
            }
            pending_space = false;
            out.extend(c.to_lowercase());
        } else if !matches!(c, '\'' | '’') {
            pending_space = true;
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn folds_titles() {
        for (text, expected) in [
            ("Envoys’ Talks: A Summit?", "envoys talks a summit"),
            ("  “Quoted”  ", "quoted"),
            ("re-election", "re election"),
            ("ข่าว กับ ข้าว", "ข่าว กับ ข้าว"),
            ("", ""),
        ] {
            assert_eq!(folded(text), expected);
        }
    }
}
