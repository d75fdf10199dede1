//! Recognises what agencies print below the text: their name, the desk's credits, a time stamp.

use super::agencies::agency_named;
use crate::text::words::{is_longer, strip_prefix_ignore_case};

/// The most words in a sign-off.
const LONGEST_SIGN_OFF: usize = 40;

/// Returns whether a text is an agency's name alone or the desk's credits, as in "(Reporting by Ann
/// Writer; editing by Jo Smith)" or "Jo Smith in Oslo contributed to this report."
pub fn is_sign_off(text: &str) -> bool {
    let bare = text.trim_matches(['(', ')', '[', ']', '—', '–', '-', ' ', '.', '*', '_']);
    let source = strip_prefix_ignore_case(bare, "source: ").unwrap_or(bare);
    if agency_named(source).is_some() || is_wire_slug(text) || names_the_desk(bare) {
        return true;
    }
    let is_contribution = [
        " contributed to this report",
        " contributed to this story",
        " contributed to this article",
        " contributed reporting",
    ]
    .iter()
    .any(|end| bare.ends_with(end));
    if is_contribution {
        return !is_longer(bare, LONGEST_SIGN_OFF);
    }
    !is_longer(bare, LONGEST_SIGN_OFF)
        && text.starts_with(['(', '[', '-', '–', '—', '*', 'R', 'A', 'W', 'E'])
        && [
            "reporting by ",
            "additional reporting by ",
            "writing by ",
            "editing by ",
            "compiled by ",
        ]
        .iter()
        .any(|opening| strip_prefix_ignore_case(bare, opening).is_some())
}

/// Returns whether a text credits the desk and nobody by name, as in "Staff and agencies".
fn names_the_desk(text: &str) -> bool {
    let words = [
        "staff",
        "and",
        "with",
        "agencies",
        "agency",
        "wires",
        "wire",
        "reports",
        "reporters",
        "news",
        "services",
        "from",
    ];
    !is_longer(text, 5)
        && text.contains(' ')
        && text
            .split(' ')
            .all(|word| words.iter().any(|one| one.eq_ignore_ascii_case(word)))
}

/// Returns whether a text is the time stamp of a wire, as in "AP-NY-06-12-01 1523EDT".
fn is_wire_slug(text: &str) -> bool {
    let is_mark = |byte: u8| byte.is_ascii_uppercase() || byte.is_ascii_digit();
    let digits = text.bytes().filter(u8::is_ascii_digit).count();
    let dashes = text.bytes().filter(|&byte| byte == b'-').count();
    text.bytes()
        .all(|byte| is_mark(byte) || matches!(byte, b'-' | b' '))
        && digits >= 6
        && dashes >= 3
        && text.starts_with(|c: char| c.is_ascii_uppercase())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sign_offs() {
        for (text, expected) in [
            ("Reuter", true),
            ("— Associated Press", true),
            ("(Reporting by Ann Writer; Editing by Jo Smith)", true),
            ("Source: Reuters", true),
            ("Source: the harbour board", false),
            ("Staff and agencies", true),
            ("With agency reports", true),
            ("Staff and pupils", false),
            ("Reuters reported the deal.", false),
            ("- Additional reporting by Ann Writer", true),
            ("AP-NY-06-12-01 1523EDT", true),
            (
                "Northwire writer Jo Smith in Oslo contributed to this report.",
                true,
            ),
            ("The money contributed to this report was his own.", false),
        ] {
            assert_eq!(is_sign_off(text), expected, "{text}");
        }
    }
}
