//! Recognises lines that are page furniture wherever they stand: advertisements, pleas, copyright
//! notices, counts of comments.

use std::borrow::Cow;
use std::sync::LazyLock;

use memchr::memmem::Finder;

use super::controls::is_control;
use super::jumps::is_jump;
use super::phrases::{ADVERTISING_SET, LONGEST_WORD, TOPIC_LABEL_SET, is_one_of, lower_word};
use crate::text::sentence::{ends_sentence, ends_statement, starts_upper};
use crate::text::words::{is_longer, strip_prefix_ignore_case};

/// Returns whether a paragraph is boilerplate: around an advertisement, a plea, a copyright notice, a
/// count of comments, a reading time, a list of topics, HTML tags, a pointer to another page, the
/// controls of a page, or punctuation alone.
pub fn is_boilerplate(text: &str) -> bool {
    if text.len() > 600 {
        return false;
    }
    is_advertising(text)
        || is_copyright(text)
        || is_comment_heading(text)
        || is_reading_time(text)
        || is_topic_list(text)
        || is_tags(text)
        || is_jump(text)
        || is_control(text)
        || text.chars().all(|c| !c.is_alphanumeric()) && !text.contains(['—', '█', '*', '#'])
}

/// Returns whether a line only marks an advertisement, or says that the text goes on below it.
pub fn is_advertising(text: &str) -> bool {
    let bare = text.trim_matches([
        '[', ']', '(', ')', '-', '–', '—', '*', '_', '=', '~', '•', '|', ' ',
    ]);
    let is_one = |part: &str| ADVERTISING_SET.contains(part) || continues_below(part);
    is_one(bare)
        || bare.len() < 80
            && bare.contains(['·', '|', '-', '–', '—', '•'])
            && bare
                .split(['·', '|', '-', '–', '—', '•'])
                .all(|part| is_one(part.trim_end()))
}

/// Returns whether a text says where the text goes on, as in "The story continues below".
fn continues_below(text: &str) -> bool {
    if text.len() > 80 {
        return false;
    }
    let mut buffer = [0; LONGEST_WORD];
    let mut step = 0;
    for token in text.split_ascii_whitespace() {
        let Some(word) = lower_word(token, &mut buffer) else {
            return false;
        };
        let fits = |words: &[&str]| words.contains(&word);
        step = match step {
            0 if fits(&["the", "this", "our"]) => 0,
            0 if fits(&["story", "article", "content", "text", "post", "report"]) => 1,
            1 if fits(&["continues", "resumes"]) => 2,
            2 if fits(&["below", "after", "beneath", "under"]) => 3,
            3 if fits(&[
                "the",
                "this",
                "ad",
                "ads",
                "advert",
                "advertisement",
                "advertising",
                "video",
                "photo",
                "gallery",
                "image",
                "newsletter",
                "signup",
                "promotion",
                "message",
            ]) =>
            {
                3
            }
            _ => return false,
        };
    }
    step == 3
}

/// Returns whether a text is a label and the topics of the article, as in "Tags: harbour, ferry".
fn is_topic_list(text: &str) -> bool {
    let Some(colon) = memchr::memchr(b':', text.as_bytes()) else {
        return strip_prefix_ignore_case(text, "filed under ").is_some() && !is_longer(text, 12);
    };
    let (label, topics) = (&text[..colon], &text[colon + 1..]);
    TOPIC_LABEL_SET.contains(label)
        && (!topics.trim_start().starts_with(char::is_lowercase)
            || !ends_statement(topics) && !is_longer(topics, 30))
}

/// Returns whether a line is a heading over the topics of an article.
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

/// Returns whether a line consists of HTML tags.
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

/// Phrases inside copyright notices. Every line is searched for them, so the searchers are built
/// once.
static RESERVATIONS: LazyLock<[Finder<'static>; 6]> = LazyLock::new(|| {
    [
        "ights reserved",
        "ights Reserved",
        "IGHTS RESERVED",
        "may not be published, broadcast",
        "eproduced with permission of",
        "eproduction prohibited",
    ]
    .map(Finder::new)
});

fn is_copyright(text: &str) -> bool {
    let opens = text.starts_with('©')
        || ["copyright", "(c)", "© "]
            .iter()
            .any(|c| strip_prefix_ignore_case(text, c).is_some_and(has_year_or_mark));
    // "All rights reserved to the islanders" is no notice.
    let reserves = RESERVATIONS.iter().any(|phrase| {
        phrase.find(text.as_bytes()).is_some_and(|at| {
            let rest = text[at + phrase.needle().len()..].trim_start();
            !rest.starts_with(|c: char| c.is_lowercase()) || !phrase.needle().ends_with(b"eserved")
        })
    });
    let has_sign = !text.is_ascii();
    let is_mark = has_sign
        && text.split_once('©').is_some_and(|(_, owner)| {
            owner.bytes().filter(u8::is_ascii_digit).count() >= 4 && !is_longer(text, 12)
        });
    is_mark || is_bare_mark(text) || (opens || reserves) && !is_longer(text, 60)
}

/// Returns whether a text is the mark and an owner without a year, as in "(c) Halden Herald".
fn is_bare_mark(text: &str) -> bool {
    ["(c) ", "© "].iter().any(|mark| {
        strip_prefix_ignore_case(text, mark).is_some_and(|owner| {
            starts_upper(owner) && !is_longer(owner, 6) && !ends_sentence(owner)
        })
    })
}

fn has_year_or_mark(rest: &str) -> bool {
    let rest = rest.trim_start_matches([' ', ':', ',']);
    rest.starts_with(['©', '(']) || rest.starts_with(|c: char| c.is_ascii_digit())
}

/// Returns whether a line is a count of comments or a heading over them, as in "12 comments".
pub fn is_comment_heading(text: &str) -> bool {
    if text.len() > 40 {
        return false;
    }
    let is_of_number = |c: char| c.is_ascii_digit() || matches!(c, '(' | ')' | ',' | ':');
    let had_number = text.contains(is_of_number);
    let bare = match had_number {
        true => Cow::Owned(text.replace(is_of_number, "")),
        false => Cow::Borrowed(text),
    };
    let bare = bare.trim();
    (had_number
        && (is_one_of(
            bare,
            &[
                "comment",
                "comments",
                "responses",
                "replies",
                "shares",
                "share",
                "likes",
                "views",
            ],
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
                "leave a reply",
                "comments are closed",
                "no comments",
                "be the first to comment",
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
    use crate::clean::pleas::is_plea;

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
            ("Get our boys home, mothers say", false),
            ("[ADVERTISEMENT]", true),
            ("- Advertisement -", true),
            ("The article continues below this video", true),
            ("The story continues to grow", false),
            ("Tags: quay, storm", true),
            (
                "Tags: that is what they call the marks that ships leave on the wall of the quay.",
                false,
            ),
            ("Related topics: Quay | Storm", true),
            ("(c) Halden Herald", true),
            (
                "All rights reserved to the islands in 1910 remain theirs.",
                false,
            ),
            ("Leave a reply", true),
            ("Leave a reply, the notice said.", false),
            ("Comments by the minister", false),
            ("* * *", false),
            ("• •", true),
            ("</div><div class=\"ad\">", true),
            ("<3 is a heart", false),
        ] {
            assert_eq!(is_boilerplate(text) || is_plea(text), expected, "{text}");
        }
    }
}
