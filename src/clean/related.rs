//! Recognises pointers to other stories: labels before a title, headings over a list.

use super::bullets::without_bullet;
use super::phrases::{RELATED_LABEL_SET, RELATED_OPENINGS};
use crate::text::sentence::{ends_sentence, ends_statement, sentences, starts_lower, starts_upper};
use crate::text::words::{is_longer, strip_prefix_ignore_case};

/// The most characters before the mark that ends a label.
const LONGEST_LABEL: usize = 40;

/// Returns the byte at which the title begins after a label such as "Related article:".
pub fn related_label(text: &str) -> Option<usize> {
    // Many scripts have no capitals.
    if text.starts_with(char::is_lowercase) {
        return None;
    }
    // Most lines have no mark that may end a label.
    let head = &text.as_bytes()[..text.len().min(LONGEST_LABEL)];
    if head.is_ascii() && memchr::memchr3(b':', b'|', b'>', head).is_none() {
        return None;
    }
    let at = text
        .char_indices()
        .take(LONGEST_LABEL)
        .find_map(|(i, c)| matches!(c, ':' | '：' | '|' | '»' | '>' | '–' | '—').then_some((i, c)));
    let (i, mark) = at?;
    let label = text[..i].trim();
    let title = text[i..].trim_start_matches([mark, ' ']);
    if title.is_empty() || !RELATED_LABEL_SET.contains(label) && !names_a_place(label) {
        return None;
    }
    // "Read – and weep" is a sentence: only the plainest labels stand before a dash.
    let is_plain = matches!(mark, ':' | '：')
        || strip_prefix_ignore_case(label, "relat").is_some()
        || strip_prefix_ignore_case(label, "also").is_some()
        || label.contains(' ') && mark != '–' && mark != '—';
    is_plain.then_some(text.len() - title.len())
}

/// Returns the byte at which the title of another story begins on a line: after a label such as
/// "Related article:", which may follow a bullet, an arrow or a bracket.
pub fn related_start(text: &str) -> Option<usize> {
    let bare = text.trim_start_matches(['#', ' ', '»', '›', '>', '→', '[', '(']);
    let bare = without_bullet(bare);
    let start = related_label(bare).or_else(|| label_without_mark(bare))?;
    Some(text.len() - bare.len() + start)
}

/// Returns whether a label is "Also on" or "More from" and a name, as in "Also on Halden Live:".
fn names_a_place(label: &str) -> bool {
    ["also on ", "also in ", "more from ", "more on "]
        .iter()
        .any(|opening| {
            strip_prefix_ignore_case(label, opening)
                .is_some_and(|name| starts_upper(name) && !is_longer(name, 4))
        })
}

/// Labels that also stand before a title without a mark between.
const UNMARKED: &[&str] = &[
    "related article ",
    "related story ",
    "related articles ",
    "related stories ",
];

/// Returns the byte at which a title follows a label without a mark, as in "Related Article Storm Tears Away
/// the Quay", or a label of several words in capitals, as in "SEE ALSO Storm tears away the quay".
fn label_without_mark(text: &str) -> Option<usize> {
    if !starts_upper(text) {
        return None;
    }
    let unmarked = UNMARKED
        .iter()
        .find(|label| strip_prefix_ignore_case(text, label).is_some())
        .map(|label| label.len());
    let start = unmarked.or_else(|| {
        let mut spaces = text.match_indices(' ').map(|(at, _)| at).skip(1).take(2);
        spaces.find_map(|at| {
            let label = &text[..at];
            (!label.bytes().any(|b| b.is_ascii_lowercase()) && RELATED_LABEL_SET.contains(label))
                .then_some(at + 1)
        })
    })?;
    let title = &text[start..];
    let is_title = starts_upper(title)
        && is_longer(title, 2)
        && !ends_statement(title)
        && title.bytes().any(|b| b.is_ascii_lowercase());
    is_title.then_some(start)
}

/// Returns whether what follows a label is a title: not the rest of a sentence or several sentences.
pub fn is_title(title: &str) -> bool {
    !ends_statement(title) || !starts_lower(title) && sentences(title).len() == 1
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
                    || opening == "read more"
                        && strip_prefix_ignore_case(rest, " about ").is_some()
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
            ("Lesen Sie auch: Ein Gipfel", Some("Ein Gipfel")),
            ("ČTĚTE TAKÉ: Summit", Some("Summit")),
            ("Читайте также: Саммит", Some("Саммит")),
            ("He said: A Summit", None),
            ("Read – and weep", None),
            ("More than 30: a record", None),
        ] {
            assert_eq!(related_label(text).map(|i| &text[i..]), title, "{text}");
        }
    }

    #[test]
    fn titles_after_labels_and_marks() {
        for (text, title) in [
            ("[READ: A Summit", Some("A Summit")),
            ("» Read more: A Summit", Some("A Summit")),
            (">> SEE ALSO: A Summit", Some("A Summit")),
            ("Also on Halden Live: A Summit", Some("A Summit")),
            ("Related Article A Summit Ends", Some("A Summit Ends")),
            ("SEE ALSO A summit ends", Some("A summit ends")),
            ("SEE ALSO THE SUMMIT", None),
            ("See also the summit", None),
            ("Related articles of the treaty were struck out.", None),
            ("Also on the quay: a boat", None),
        ] {
            assert_eq!(related_start(text).map(|i| &text[i..]), title, "{text}");
        }
        assert!(is_title("A summit ends") && is_title("A summit ends."));
        assert!(!is_title("nothing at all.") && !is_title("Nothing. Heard: nothing."));
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
