//! Recognises the text under a picture and its credit.

use super::agencies::{agency_named, is_picture_source};
use super::phrases::{CAPTION_OPENINGS, is_one_of};
use crate::text::sentence::{ends_sentence, starts_upper};
use crate::text::words::{is_longer, strip_prefix_ignore_case, word_count};

/// Returns whether the line credits or describes a picture.
pub fn is_caption(text: &str) -> bool {
    if text.len() > 500 {
        return false;
    }
    let open = text.trim_start_matches(['•', '*', ' ']);
    CAPTION_OPENINGS
        .of(open)
        .any(|(_, rest)| !rest.starts_with(char::is_lowercase))
        && (word_count(open) <= 25 || open.starts_with(['(', '[']) || !ends_sentence(open))
        || is_credit(open)
        || ends_in_credit(open)
        || starts_with_agency(open)
}

/// Returns whether the line labels a caption that follows on the next line, as in "Image caption,".
pub fn is_bare_caption_label(text: &str) -> bool {
    let label = text.trim_end_matches([',', ':', ' ']);
    label.len() < text.len()
        && is_one_of(
            label,
            &["image caption", "media caption", "photo caption", "caption"],
        )
}

/// Returns whether the line is a credit alone, as in "Jo Smith / Reuters" or "AP/File".
fn is_credit(text: &str) -> bool {
    let text = text.trim_matches(['(', ')', '[', ']', '|', ' ']);
    if ends_sentence(text) || is_longer(text, 8) {
        return false;
    }
    if is_one_of(
        text,
        &[
            "getty images",
            "shutterstock",
            "wikimedia commons",
            "ap photo",
            "reuters photo",
            "file photo",
        ],
    ) {
        return true;
    }
    let mut sides = text.rsplit(['/', '|']).map(str::trim);
    let last = sides.next().unwrap_or_default();
    sides.next().is_some_and(|side| !side.is_empty())
        && (agency_named(last).is_some() || is_picture_source(last))
}

/// The picture agencies whose names stand before a picture's text with nothing between.
const PICTURE_AGENCIES: [&str; 4] = ["getty images ", "pa media ", "shutterstock ", "alamy "];

/// Returns whether a text that ends no sentence begins with a picture agency's name, as in "Getty
/// Images A woman at the quay".
fn starts_with_agency(text: &str) -> bool {
    !ends_sentence(text)
        && PICTURE_AGENCIES
            .iter()
            .any(|agency| strip_prefix_ignore_case(text, agency).is_some_and(starts_upper))
}

/// The labels of a credit at the end of a picture's text.
const CREDIT_LABELS: [&str; 6] = [
    "Photograph: ",
    "Photo: ",
    "Picture: ",
    "Image: ",
    "Credit: ",
    "PHOTO: ",
];

/// Returns whether a text ends in a labelled credit, as in "The quay. Photograph: Jo Smith/Reuters":
/// a name of up to six words.
fn ends_in_labelled_credit(text: &str) -> bool {
    let Some(colon) = text.rfind(": ") else {
        return false;
    };
    let credit = &text[colon + 2..];
    CREDIT_LABELS
        .iter()
        .any(|label| text[..colon + 2].ends_with(label))
        && starts_upper(credit)
        && !ends_sentence(credit)
        && !is_longer(credit, 6)
}

/// Returns whether a longer text ends in a picture credit, as in "… (Jo Smith/Reuters)".
fn ends_in_credit(text: &str) -> bool {
    if ends_in_labelled_credit(text) {
        return true;
    }
    if !text.ends_with([')', ']']) {
        return false;
    }
    let Some(open) = text.rfind(['(', '[']) else {
        return false;
    };
    if text.len() - open > 80 || word_count(text) > 70 {
        return false;
    }
    let inside = text[open + 1..].trim_end_matches([')', ']']);
    let lower = inside.to_lowercase();
    lower.starts_with("photo")
        || lower.starts_with("ap photo")
        || lower.starts_with("image:")
        || lower.starts_with("credit:")
        || lower.starts_with("picture:")
        || inside.contains('/') && is_credit(inside)
        || lower.ends_with("via ap")
        || lower.ends_with("getty images")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn captions() {
        for (text, expected) in [
            ("Photo: AP/File", true),
            ("Jo Smith / Reuters", true),
            ("(Photo by Staff)", true),
            ("Getty Images", true),
            ("Getty Images A woman at the quay", true),
            ("Getty Images sold its archive on Monday.", false),
            ("Soldiers at the gate (Jo Smith/AFP)", true),
            ("Photographs were banned.", false),
            ("The either/or of it", false),
            ("He joined Reuters in 1998 (and left AP)", false),
        ] {
            assert_eq!(is_caption(text), expected, "{text}");
        }
    }
}
