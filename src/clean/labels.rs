//! Recognises, one line at a time, what stands around running text on a printed or copied page:
//! pointers to other stories, navigation, sharing bars, pleas, credits, bylines, lines of dates.
//!
//! The word lists are what newspapers print, in English; a line that no list knows stays text.

use std::sync::LazyLock;

use memchr::memmem::Finder;

use super::lists::{
    ADVERTISING_SET, AGENCIES, CAPTION_OPENINGS, NAVIGATION_SET, PLEA_OPENINGS, RELATED_LABEL_SET,
    RELATED_OPENINGS, SHARING_SET, is_one_of,
};
use crate::text::sentence::{ends_sentence, starts_upper};
use crate::text::words::{is_longer, strip_prefix_ignore_case, word_count};

/// Returns where the title begins after a label such as "Related article:".
pub fn related_label(text: &str) -> Option<usize> {
    if !starts_upper(text) {
        return None;
    }
    let at = text
        .char_indices()
        .take(40)
        .find_map(|(i, c)| matches!(c, ':' | '|' | '»' | '>' | '–' | '—').then_some((i, c)));
    let (i, mark) = at?;
    let label = text[..i].trim();
    let title = text[i..].trim_start_matches([mark, ' ']);
    if title.is_empty() || !RELATED_LABEL_SET.have(label) {
        return None;
    }
    // "Read – and weep" is a sentence: a dash follows only the plainest labels.
    let is_plain = mark == ':'
        || strip_prefix_ignore_case(label, "relat").is_some()
        || strip_prefix_ignore_case(label, "also").is_some()
        || label.contains(' ') && mark != '–' && mark != '—';
    is_plain.then_some(text.len() - title.len())
}

/// Returns whether the line is a heading over a list of other stories, as in "More from …".
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

/// Returns whether the line is a heading over the topics that an article is filed under.
pub fn is_topic_heading(text: &str) -> bool {
    is_one_of(
        text,
        &[
            "topics",
            "related topics",
            "tags",
            "filed under",
            "filed in",
            "categories",
            "keywords",
            "sections",
            "topics in this article",
            "explore more on these topics",
        ],
    )
}

/// Returns whether the line is an item of a menu, or several of them.
pub fn is_navigation_item(text: &str) -> bool {
    NAVIGATION_SET.have(text)
}

/// Returns whether the whole line is a bar of three or more menu items or sharing buttons.
pub fn is_bar(text: &str) -> bool {
    items_covering(text).is_some_and(|items| items >= 3)
}

/// Returns whether the line is a path of sections, as in "Home > News > World".
pub fn is_breadcrumb(text: &str) -> bool {
    for mark in [" > ", " » ", " › ", " / "] {
        let steps = text.split(mark).count();
        if steps < 2 {
            continue;
        }
        let are_short = text
            .split(mark)
            .all(|step| (1..=5).contains(&word_count(step)));
        let last = text.rsplit(mark).next().unwrap_or_default();
        let first = text.split(mark).next().unwrap_or_default();
        let names_a_section = is_navigation_item(last) || is_navigation_item(first);
        if are_short && !ends_sentence(text) && (names_a_section || steps > 2 && mark != " / ") {
            return true;
        }
    }
    false
}

/// Returns how many menu items or sharing buttons the line is made of, or `None` where something
/// else is on it.
fn items_covering(text: &str) -> Option<usize> {
    if text.len() > 400 || ends_sentence(text) {
        return None;
    }
    if is_mostly_lower(text) {
        return None;
    }
    let words: Vec<&str> = text
        .split([' ', '|', '•', '·', '/', ','])
        .filter(|word| !word.is_empty())
        .collect();
    let mut items = 0;
    let mut rest = words.as_slice();
    while !rest.is_empty() {
        let taken = (1..=rest.len().min(5)).rev().find(|&n| {
            let item = rest[..n].join(" ");
            NAVIGATION_SET.have(&item) || SHARING_SET.have(&item)
        })?;
        items += 1;
        rest = &rest[taken..];
    }
    Some(items)
}

/// Returns whether most words start with a small letter: items are capitalised, and running text is
/// told from them at a glance.
fn is_mostly_lower(text: &str) -> bool {
    let (mut words, mut lower) = (0, 0);
    let mut is_between = true;
    for &byte in text.as_bytes() {
        let is_mark = matches!(byte, b' ' | b'|' | b'/' | b',');
        if is_between && !is_mark {
            words += 1;
            lower += usize::from(byte.is_ascii_lowercase());
        }
        is_between = is_mark;
    }
    lower * 2 > words
}

/// Returns whether the line is a button of a sharing bar.
pub fn is_sharing(text: &str) -> bool {
    SHARING_SET.have(text)
}

/// Returns whether the line announces an advertisement and says nothing else.
pub fn is_advertising(text: &str) -> bool {
    ADVERTISING_SET.have(text)
}

/// Returns whether the line is furniture of the page wherever it stands: an advertisement's
/// announcement, a plea, a copyright notice, a count of comments.
pub fn is_boilerplate(text: &str) -> bool {
    if text.len() > 600 {
        return false;
    }
    is_advertising(text)
        || is_plea(text)
        || is_copyright(text)
        || is_comment_count(text)
        || is_reading_time(text)
        || is_tags(text)
        || is_jump(text)
        || text.chars().all(|c| !c.is_alphanumeric()) && !text.contains(['—', '█', '*', '#'])
}

/// Returns whether the line sends the reader on to another page, as in "See BUDGET, Page A12".
fn is_jump(text: &str) -> bool {
    strip_prefix_ignore_case(text, "see ").is_some_and(|rest| {
        rest.rsplit_once(' ').is_some_and(|(before, page)| {
            let before = before.to_ascii_lowercase();
            before.ends_with(", page") && page.bytes().any(|byte| byte.is_ascii_digit())
        }) && !is_longer(rest, 8)
    })
}

/// Returns whether the line is made of HTML tags alone.
fn is_tags(text: &str) -> bool {
    let mut rest = text;
    while let Some(tag) = rest.strip_prefix('<') {
        let starts_tag =
            tag.starts_with(|c: char| c.is_ascii_alphabetic() || matches!(c, '/' | '!'));
        let Some(end) = tag.find('>').filter(|_| starts_tag) else {
            return false;
        };
        rest = tag[end + 1..].trim_start();
    }
    rest.is_empty() && !text.is_empty()
}

fn is_plea(text: &str) -> bool {
    let open = text.trim_start_matches(['(', '[', '*', '_', ' ', '•', '>']);
    starts_upper(open)
        && PLEA_OPENINGS
            .of(open)
            .any(|(_, rest)| !rest.starts_with(char::is_alphanumeric))
        && !is_longer(open, 40)
}

/// What a copyright notice says inside. Searched in every line, so their searchers are made once.
static RESERVATIONS: LazyLock<[Finder<'static>; 4]> = LazyLock::new(|| {
    [
        "ights reserved",
        "ights Reserved",
        "IGHTS RESERVED",
        "may not be published, broadcast",
    ]
    .map(Finder::new)
});

fn is_copyright(text: &str) -> bool {
    let opens = text.starts_with('©')
        || ["copyright", "(c)", "© "]
            .iter()
            .any(|c| strip_prefix_ignore_case(text, c).is_some_and(has_year_or_mark));
    let reserves = RESERVATIONS
        .iter()
        .any(|phrase| phrase.find(text.as_bytes()).is_some());
    let is_mark = text.split_once('©').is_some_and(|(_, owner)| {
        owner.bytes().filter(u8::is_ascii_digit).count() >= 4 && !is_longer(text, 12)
    });
    is_mark || (opens || reserves) && !is_longer(text, 60)
}

fn has_year_or_mark(rest: &str) -> bool {
    let rest = rest.trim_start_matches([' ', ':', ',']);
    rest.starts_with(['©', '(']) || rest.starts_with(|c: char| c.is_ascii_digit())
}

fn is_comment_count(text: &str) -> bool {
    if text.len() > 40 {
        return false;
    }
    let bare: String = text
        .chars()
        .filter(|c| !c.is_ascii_digit() && !matches!(c, '(' | ')' | ',' | ':'))
        .collect();
    let had_number = bare.len() < text.len();
    let bare = bare.trim();
    (had_number
        && (is_one_of(
            bare,
            &["comment", "comments", "shares", "share", "likes", "views"],
        )))
        || is_one_of(
            bare,
            &[
                "comments",
                "view comments",
                "show comments",
                "leave a comment",
                "post a comment",
                "add a comment",
                "comments are closed",
                "no comments",
            ],
        )
}

fn is_reading_time(text: &str) -> bool {
    let mut words = text.split(' ');
    words
        .next()
        .is_some_and(|n| n.bytes().all(|b| b.is_ascii_digit()))
        && {
            let rest = words.collect::<Vec<_>>().join(" ");
            is_one_of(
                &rest,
                &[
                    "min read",
                    "mins read",
                    "minute read",
                    "minutes read",
                    "min. read",
                    "minutes to read",
                ],
            )
        }
        || strip_prefix_ignore_case(text, "reading time").is_some() && text.len() < 40
}

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

fn is_picture_source(text: &str) -> bool {
    let lower = text.to_lowercase();
    AGENCIES.iter().any(|(name, _)| *name == lower)
}

/// What the names of agencies end in that are one word, as in "Northwire".
const AGENCY_ENDINGS: &[&str] = &["wire", "press", "news"];

/// Returns the news agency that the text names, as the record calls it: one of the known ones, or
/// one whose name says so.
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

/// Returns the text after a list item's marker, as in "• One" or "-   One".
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
    );
    let may_be_bullet = matches!(mark, '*' | '-' | '+' | '–') && rest.starts_with(' ');
    (is_bullet || may_be_bullet).then(|| rest.trim_start())
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

    #[test]
    fn page_furniture() {
        for (text, expected) in [
            ("Advertisement", true),
            ("ADVERTISEMENT", true),
            ("Sign up for our daily letter.", true),
            ("© 2018 The Herald. All rights reserved.", true),
            ("herald.example © Herald Limited 2010", true),
            ("See BUDGET, Page A12", true),
            ("See the town, page by page", false),
            ("Continued From Page A1", true),
            ("Copyright 2018 The Herald", true),
            ("Copyright law is to change, ministers say", false),
            ("Comments (12)", true),
            ("4 min read", true),
            ("The advertisement was withdrawn.", false),
            ("Get our boys home, mothers say", true),
            ("Comments by the minister", false),
            ("* * *", false),
            ("• •", true),
            ("</div><div class=\"ad\">", true),
            ("<3 is a heart", false),
        ] {
            assert_eq!(is_boilerplate(text), expected, "{text}");
        }
    }

    #[test]
    fn bars_and_breadcrumbs() {
        assert!(is_bar("Home News Sign in Opinion Copy link"));
        assert!(is_bar("Home | World | Politics"));
        assert!(!is_bar("World Politics"));
        assert!(!is_bar("World News from Herald"));
        assert!(is_breadcrumb("The Herald > News"));
        assert!(is_breadcrumb("Home / Politics"));
        assert!(!is_breadcrumb("A > B is what the teacher wrote"));
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
            ("He joined Reuters in 1998 (and left AP)", false),
        ] {
            assert_eq!(is_caption(text), expected, "{text}");
        }
    }
}
