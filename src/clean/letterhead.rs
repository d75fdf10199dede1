//! Recognises what stands in the letterhead of a press release: its label, addresses, telephone
//! numbers.

use crate::text::words::strip_prefix_ignore_case;

/// The labels of press releases, in lower case.
const RELEASE_LABELS: &[&str] = &[
    "embargoed",
    "embargo",
    "for immediate release",
    "for release",
    "media alert",
    "media release",
    "media statement",
    "news release",
    "not for release",
    "press notice",
    "press office",
    "press release",
    "press statement",
    "strictly embargoed",
    "under embargo",
];

/// Returns the byte after the label of a press release that a text begins with.
pub fn release_label(text: &str) -> Option<usize> {
    RELEASE_LABELS.iter().find_map(|label| {
        let rest = strip_prefix_ignore_case(text, label)?;
        rest.chars()
            .next()
            .is_none_or(|c| !c.is_alphanumeric())
            .then(|| text.len() - rest.len())
    })
}

/// Returns whether a line gives a mail address, a URL or a telephone number.
pub fn is_contact(text: &str) -> bool {
    let has_address = text.contains('@')
        && text.split(' ').any(|word| {
            word.trim_matches(|c: char| !c.is_alphanumeric())
                .split_once('@')
                .is_some_and(|(name, host)| !name.is_empty() && host.contains('.'))
        });
    let has_digit = text.bytes().any(|byte| byte.is_ascii_digit());
    has_address
        || text.contains("://")
        || has_digit && (has_telephone_number(text) || is_street(text))
}

/// The words that street names end in, in lower case, with their abbreviations.
const STREET_WORDS: &[&str] = &[
    "ave",
    "avenue",
    "blvd",
    "boulevard",
    "court",
    "drive",
    "lane",
    "parkway",
    "place",
    "plaza",
    "rd",
    "road",
    "row",
    "square",
    "st",
    "street",
    "terrace",
];

/// Returns whether a line is the address of a house: a number and a street in capitals.
fn is_street(text: &str) -> bool {
    text.starts_with(|c: char| c.is_ascii_digit())
        && text.len() < 80
        && text.split([' ', ',', '.']).any(|word| {
            word.starts_with(char::is_uppercase)
                && STREET_WORDS
                    .iter()
                    .any(|street| street.eq_ignore_ascii_case(word))
        })
        && text
            .split(' ')
            .all(|word| !word.starts_with(char::is_lowercase))
}

/// The fewest digits of a telephone number.
const DIGITS_OF_TELEPHONE_NUMBER: usize = 7;

/// Returns whether a line has a run of digits, spaces, brackets and hyphens as telephone numbers
/// are: seven digits or more with a mark between them.
fn has_telephone_number(text: &str) -> bool {
    let is_part = |c: char| c.is_ascii_digit() || matches!(c, ' ' | '(' | ')' | '-' | '+' | '/');
    text.split(|c| !is_part(c)).any(|run| {
        let run = run.trim();
        let digits = run.bytes().filter(u8::is_ascii_digit).count();
        let is_span_of_years = run.len() == 9 && run.as_bytes()[4] == b'-';
        (DIGITS_OF_TELEPHONE_NUMBER..=15).contains(&digits)
            && digits < run.len()
            && !is_span_of_years
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn contacts() {
        for (text, expected) in [
            ("Contact: Ada Holm, ada@quay.example", true),
            ("Ada Holm  Parliament House  (06) 555 0142", true),
            ("12 Fish Lane, Brindle", true),
            ("http://www.quay.example", true),
            ("40 Killed in Mine Blast", false),
            ("1914-1918: a town remembers", false),
            ("Ferry line sold for 4,200,000 crowns", false),
        ] {
            assert_eq!(is_contact(text), expected, "{text}");
        }
    }

    #[test]
    fn labels_of_releases() {
        for (text, expected) in [
            ("MEDIA RELEASE", Some("")),
            ("Press Release: Ferry line sold", Some(": Ferry line sold")),
            (
                "Embargoed until 00:01, 3 May 2009",
                Some(" until 00:01, 3 May 2009"),
            ),
            ("Press releases pile up", None),
            ("Ferry line sold", None),
        ] {
            assert_eq!(
                release_label(text).map(|end| &text[end..]),
                expected,
                "{text}"
            );
        }
    }
}
