//! Recognises the text under a picture and its credit.

use super::agencies::{agency_named, is_picture_source};
use super::credits;
use super::phrases::{CAPTION_OPENINGS, is_one_of};
use crate::text::sentence::{ends_sentence, starts_lower, starts_upper};
use crate::text::words::{is_longer, strip_prefix_ignore_case, word_count};

/// Returns whether a line is a caption or a picture credit.
pub fn is_caption(text: &str) -> bool {
    if text.len() > 500 {
        return false;
    }
    let open = text.trim_start_matches(['•', '*', ' ']);
    CAPTION_OPENINGS
        .of(open)
        .any(|(_, rest)| !rest.starts_with(char::is_lowercase) && !goes_on(rest))
        && (word_count(open) <= 25 || open.starts_with(['(', '[']) || !ends_sentence(open))
        || is_credit(open)
        || ends_in_credit(open)
        || ends_in_agency_credit(open)
        || ends_in_credit_by(open)
        || starts_with_agency(open)
}

/// Returns whether what follows a label goes on as a sentence does, as in "Video: that was the word on
/// which the trial turned."
fn goes_on(rest: &str) -> bool {
    starts_lower(rest.trim_start()) && ends_sentence(rest) && is_longer(rest, 6)
}

/// Returns whether a line is a photographer's name and an outlet, as in "Jo Smith | Halden Herald", "(Jo
/// Smith/The Herald)" or "Jo Smith for The Herald". Above the text, such a line is a byline.
pub fn is_name_and_outlet(text: &str) -> bool {
    let text = text.trim_matches(['(', ')', '[', ']', ' ']);
    if ends_sentence(text) {
        return false;
    }
    let is_outlet = |outlet: &str| {
        !outlet.is_empty()
            && !is_longer(outlet, 4)
            && outlet
                .split(' ')
                .all(|word| starts_upper(word) || credits::is_name_particle(word))
    };
    let marks = [" | ", "/", " for The "].into_iter();
    let mut pairs = marks
        .filter(|mark| text.contains(mark))
        .filter_map(|mark| text.split_once(mark));
    pairs.any(|(name, outlet)| is_outlet(outlet.trim()) && credits::is_bare_name(name.trim()))
}

/// Returns whether a line is the label of a caption on the next line, as in "Image caption,".
pub fn is_bare_caption_label(text: &str) -> bool {
    let label = text.trim_end_matches([',', ':', ' ']);
    label.len() < text.len()
        && is_one_of(
            label,
            &["image caption", "media caption", "photo caption", "caption"],
        )
}

/// Returns whether a line is only a credit, as in "Jo Smith / Reuters" or "AP/File".
fn is_credit(text: &str) -> bool {
    let text = text.trim_matches(['(', ')', '[', ']', '|', ' ']);
    let text = without_licence(text);
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
    let first = sides.next_back().or_else(|| sides.next());
    first.is_some_and(|first| {
        !first.is_empty()
            && (is_source(last) || text.contains('/') && is_source(first) && starts_upper(last))
    })
}

/// Returns whether a text is what stands after a photographer's name: an agency, an archive, a trade.
fn is_source(text: &str) -> bool {
    let text = text.strip_suffix(" Photo").unwrap_or(text);
    agency_named(text).is_some()
        || is_picture_source(text)
        || is_one_of(
            text,
            &[
                "staff photographer",
                "photographer",
                "staff photo",
                "file photo",
                "contributing photographer",
                "special to the paper",
            ],
        )
}

/// Returns the text without the words with which Reuters offers its pictures.
fn without_licence(text: &str) -> &str {
    let text = text.strip_suffix(", opens new tab").unwrap_or(text);
    text.strip_suffix("Acquire Licensing Rights")
        .unwrap_or(text)
        .trim_end()
}

/// Returns whether the last sentence of a text is a credit with an agency, as in "The quay on Monday.
/// REUTERS/Jo Smith".
fn ends_in_agency_credit(text: &str) -> bool {
    memchr::memchr(b'/', text.as_bytes()).is_some()
        && text
            .rsplit_once(". ")
            .is_some_and(|(caption, credit)| !is_longer(caption, 60) && is_credit(credit))
}

/// Picture agencies whose names are printed right before the caption.
const PICTURE_AGENCIES: [&str; 4] = ["getty images ", "pa media ", "shutterstock ", "alamy "];

/// Returns whether a text begins with a picture agency's name and does not end a sentence, as in
/// "Getty Images A woman at the quay".
fn starts_with_agency(text: &str) -> bool {
    !ends_sentence(text)
        && PICTURE_AGENCIES
            .iter()
            .any(|agency| strip_prefix_ignore_case(text, agency).is_some_and(starts_upper))
}

/// The labels of a credit at the end of a caption.
const CREDIT_LABELS: [&str; 6] = [
    "Photograph: ",
    "Photo: ",
    "Picture: ",
    "Image: ",
    "Credit: ",
    "PHOTO: ",
];

/// Returns whether the last sentence of a text is a credit with a label and "by", as in "The quay. Picture by
/// Jo Smith".
fn ends_in_credit_by(text: &str) -> bool {
    if ends_sentence(text) || !text.contains(". ") {
        return false;
    }
    text.rsplit_once(". ").is_some_and(|(_, credit)| {
        !is_longer(credit, 8)
            && CAPTION_OPENINGS
                .of(credit)
                .any(|(label, rest)| label.ends_with(" by") && starts_upper(rest.trim_start()))
    })
}

/// Returns whether a text ends in a labelled credit of up to six words, as in "The quay.
/// Photograph: Jo Smith/Reuters".
fn ends_in_labelled_credit(text: &str) -> bool {
    let Some(colon) = text.contains(": ").then(|| text.rfind(": ")).flatten() else {
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

/// Returns whether a text ends in a credit, labelled or in brackets, as in "… (Jo Smith/Reuters)".
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
    fn names_and_outlets() {
        assert!(is_name_and_outlet("Jo Smith | Halden Herald"));
        assert!(!is_name_and_outlet("Jo Smith | Halden votes again."));
        assert!(is_name_and_outlet("(Jo Smith/The Herald)"));
        assert!(is_name_and_outlet("Jo Smith for The Herald"));
        assert!(!is_name_and_outlet("Halden for the win"));
        assert!(!is_name_and_outlet("Vote | Halden Herald"));
    }

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
            ("AP Photo/Jo Smith", true),
            ("The quay in May. Picture by Jo Smith", true),
            ("The quay in May. Picture by picture it fell.", false),
            ("REUTERS/Jo Smith/File Photo", true),
            ("The quay. (Jo Smith/Staff Photographer)", true),
            (
                "Crowds at the quay in July. REUTERS/Jo Smith Acquire Licensing Rights",
                true,
            ),
            (
                "Video: that was the word on which the trial of the crew turned.",
                false,
            ),
            ("He joined Reuters in 1998 (and left AP)", false),
        ] {
            assert_eq!(is_caption(text), expected, "{text}");
        }
    }
}
