//! Recognises lines that are page furniture wherever they stand: advertisements, pleas, copyright
//! notices, counts of comments.

use std::sync::LazyLock;

use memchr::memmem::Finder;

use super::phrases::{ADVERTISING_SET, PLEA_OPENINGS, is_one_of};
use crate::text::sentence::starts_upper;
use crate::text::words::{is_longer, strip_prefix_ignore_case};

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

/// Returns whether the line announces an advertisement and says nothing else.
pub fn is_advertising(text: &str) -> bool {
    ADVERTISING_SET.contains(text)
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn boilerplate() {
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
}
