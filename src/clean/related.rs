//! Recognises pointers to other stories: labels before a title, headings over a list.

use super::phrases::{RELATED_LABEL_SET, RELATED_OPENINGS};
use crate::text::sentence::{ends_sentence, starts_upper};
use crate::text::words::{is_longer, strip_prefix_ignore_case};

/// Returns the byte at which the title begins after a label such as "Related article:".
pub fn related_label(text: &str) -> Option<usize> {
    // Many scripts have no capitals.
    if text.starts_with(char::is_lowercase) {
        return None;
    }
    let at = text
        .char_indices()
        .take(40)
        .find_map(|(i, c)| matches!(c, ':' | '：' | '|' | '»' | '>' | '–' | '—').then_some((i, c)));
    let (i, mark) = at?;
    let label = text[..i].trim();
    let title = text[i..].trim_start_matches([mark, ' ']);
    if title.is_empty() || !RELATED_LABEL_SET.contains(label) {
        return None;
    }
    // "Read – and weep" is a sentence: only the plainest labels stand before a dash.
    let is_plain = matches!(mark, ':' | '：')
        || strip_prefix_ignore_case(label, "relat").is_some()
        || strip_prefix_ignore_case(label, "also").is_some()
        || label.contains(' ') && mark != '–' && mark != '—';
    is_plain.then_some(text.len() - title.len())
}

/// Returns whether a line is a heading over a list of other stories, as in "More from …".
pub fn is_related_heading(text: &str) -> bool {
    let heading = text.trim_end_matches([':', ' ', '»', '>', '…']);
    if heading.len() > 80
        || is_longer(heading, 7)
        || ends_sentence(heading)
        || !starts_upper(heading)
    {
        return false;
    }
    RELATED_OPENINGS.of(heading).any(|(opening, rest)| {
        rest.is_empty()
            || rest.starts_with(' ')
                && (opening.starts_with("more ")
                    || opening.starts_with("latest ")
                    || opening.starts_with("most ")
                    || opening.starts_with("next ")
                    || opening.starts_with("elsewhere")
                    || opening.starts_with("also in"))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn related_labels() {
        for (text, title) in [
            ("Related article: A Summit", Some("A Summit")),
            ("READ MORE: A Summit", Some("A Summit")),
            ("Also read : A Summit", Some("A Summit")),
            ("Related | A Summit", Some("A Summit")),
            ("More: A Summit", Some("A Summit")),
            ("LIRE AUSSI : Un sommet", Some("Un sommet")),
            ("À lire aussi : Un sommet", Some("Un sommet")),
            ("Čtěte také: Vrchol", Some("Vrchol")),
            ("Ayrıca okuyun: Zirve", Some("Zirve")),
            ("اقرأ أيضا: قمة", Some("قمة")),
            ("related: a summit", None),
            ("Related:", None),
            ("He said: A Summit", None),
            ("Read – and weep", None),
            ("More than 30: a record", None),
        ] {
            assert_eq!(related_label(text).map(|i| &text[i..]), title, "{text}");
        }
    }

    #[test]
    fn related_headings() {
        for (text, expected) in [
            ("More from The Herald", true),
            ("Related stories", true),
            ("YOU MAY ALSO LIKE", true),
            ("Most read", true),
            ("More than ever", false),
            ("Related to the king", false),
            ("More from the envoy is expected on Monday.", false),
        ] {
            assert_eq!(is_related_heading(text), expected, "{text}");
        }
    }
}
