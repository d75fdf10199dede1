//! News agencies and picture agencies, by the names in credits.

use super::phrases::AGENCIES;

/// Returns whether a text is the name of a news or picture agency, or of an archive.
pub fn is_picture_source(text: &str) -> bool {
    let lower = text.to_lowercase();
    AGENCIES.iter().any(|(name, _)| *name == lower)
}

/// The endings of agency names of one word, as in "Northwire".
const AGENCY_ENDINGS: &[&str] = &["wire", "press", "news"];

/// Returns the news agency that a text is the name of, as in the record: a known one, or one word
/// with an ending of `AGENCY_ENDINGS`.
pub fn agency_named(text: &str) -> Option<String> {
    let name = text.trim().trim_end_matches('.');
    let lower = name.to_lowercase();
    let known = AGENCIES
        .iter()
        .find(|(name, record)| !record.is_empty() && *name == lower);
    if let Some((_, record)) = known {
        return Some((*record).to_owned());
    }
    let mut letters = name.chars();
    let first = letters.next().filter(|c| c.is_alphabetic())?;
    let says_so = letters.all(char::is_alphabetic)
        && AGENCY_ENDINGS
            .iter()
            .any(|end| lower.len() > end.len() + 2 && lower.ends_with(end));
    says_so.then(|| first.to_uppercase().chain(name.chars().skip(1)).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn agencies() {
        for (text, expected) in [
            ("Reuters", Some("Reuters")),
            ("the associated press", Some("AP")),
            ("AFP.", Some("AFP")),
            ("Northwire", Some("Northwire")),
            ("NORTHWIRE", Some("NORTHWIRE")),
            ("Getty Images", None),
            ("News", None),
            ("Ann Writer", None),
        ] {
            assert_eq!(agency_named(text).as_deref(), expected, "{text}");
        }
        assert!(is_picture_source("Getty Images") && !is_picture_source("Ann Writer"));
    }
}
