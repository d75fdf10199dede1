//! Recognises the controls of a page that copying leaves in its text: buttons to share, print and
//! comment, the parts of a player.

use super::phrases::{LONGEST_WORD, lower_word};
use crate::text::sentence::starts_upper;
use crate::text::word_list::WordList;
use crate::text::words::is_longer;

/// The most words on a line of controls.
const MOST_WORDS: usize = 10;

/// Returns whether a line is made of nothing but the words on buttons, with counts and times, as in
/// "Show all 12 comments", or is a sentence that players print.
pub fn is_control(text: &str) -> bool {
    if text.len() > 120 {
        return false;
    }
    is_part_of_player(text)
        || is_field(text)
        || is_player_sentence(text)
        || is_made_of_buttons(text)
}

/// Returns whether a line is the label of a field that a form requires, as in "Your name *".
fn is_field(text: &str) -> bool {
    text.strip_suffix(" *")
        .is_some_and(|label| starts_upper(label) && !label.contains('*') && !is_longer(label, 3))
}

/// What players have on buttons that may stand alone.
static PLAYER_BUTTONS: WordList = WordList::of(&[
    "play",
    "pause",
    "mute",
    "unmute",
    "fullscreen",
    "loading",
    "loading...",
    "loading…",
]);

/// Returns whether a line is a part of a player by itself: a button, two times as in "0:00 / 1:32", a speed.
fn is_part_of_player(text: &str) -> bool {
    let are_times = || {
        text.split_once('/')
            .is_some_and(|(at, length)| is_clock(at.trim_end()) && is_clock(length.trim_start()))
    };
    let is_speed = || {
        text.len() <= 5
            && text.strip_suffix('x').is_some_and(|speed| {
                !speed.is_empty() && speed.bytes().all(|b| b.is_ascii_digit() || b == b'.')
            })
    };
    PLAYER_BUTTONS.has(text) || are_times() || is_speed()
}

/// Returns whether a text is a time as players show it: `1:32`, `-0:00`, `1:02:03`.
fn is_clock(text: &str) -> bool {
    let text = text.trim_start_matches('-');
    text.contains(':')
        && text
            .split(':')
            .all(|part| (1..=2).contains(&part.len()) && part.bytes().all(|b| b.is_ascii_digit()))
}

/// Sentences of players (Video.js 8.24, `lang/en.json`, in lower case; two of the BBC's).
static PLAYER_SENTENCES: WordList = WordList::of(&[
    "you aborted the media playback",
    "a network error caused the media download to fail part-way",
    "the media could not be loaded, either because the server or network failed or because the format is not supported",
    "this video can not be played",
    "this video cannot be played",
    "no compatible source was found for this media",
    "the media is encrypted and we do not have the keys to decrypt it",
    "this is a modal window",
    "this modal can be closed by pressing the escape key or activating the close button",
    "beginning of dialog window. escape will cancel and close the window",
    "end of dialog window",
    "video player is loading",
    "audio player is loading",
    "seek to live, currently behind live",
    "seek to live, currently playing live",
    "restore all settings to the default values",
]);

fn is_player_sentence(text: &str) -> bool {
    let text = text.trim_end_matches('.');
    PLAYER_SENTENCES.has(text)
}

fn is_made_of_buttons(text: &str) -> bool {
    if text.ends_with('.') {
        return false;
    }
    let mut buffer = [0; LONGEST_WORD];
    let (mut names, mut others) = (0, 0);
    for token in text.split([' ', '/', '|', '•', '·', ',']) {
        let Some(word) = lower_word(token, &mut buffer) else {
            return false;
        };
        if word.is_empty() {
            continue;
        }
        if NAMES.has(word) {
            names += 1;
        } else if (names > 0 || may_begin(word)) && JOINING.has(word)
            || is_count(word)
            || names > 0 && token.starts_with('@')
        {
            others += 1;
        } else {
            return false;
        }
    }
    (names >= 2 || names == 1 && others > 0) && names + others <= MOST_WORDS
}

/// Returns whether a word that joins may stand before the first name, as in "More comments".
fn may_begin(word: &str) -> bool {
    matches!(
        word,
        "all" | "more" | "less" | "new" | "now" | "next" | "previous" | "full"
    )
}

/// Returns whether a word is a number, a share, a time or its unit.
fn is_count(word: &str) -> bool {
    matches!(word, "min" | "mins" | "minutes" | "sec")
        || is_clock(word)
        || word.starts_with(|c: char| c.is_ascii_digit())
            && word
                .trim_end_matches(['%', 'k', 'x'])
                .bytes()
                .all(|b| b.is_ascii_digit() || b == b'.')
}

/// The words on buttons.
#[rustfmt::skip]
static NAMES: WordList = WordList::of(&[
    "share", "shares", "sharing", "save", "saved", "print", "email", "e-mail", "tweet", "pin", "copy",
    "copied", "link", "url", "play", "replay", "pause", "mute", "unmute", "volume", "audio", "video",
    "player", "fullscreen", "subtitles", "captions", "autoplay", "playback", "listen", "watch", "open",
    "opens", "window", "tab", "close", "click", "tap", "show", "hide", "view", "options", "menu",
    "search", "login", "log", "sign", "register", "subscribe", "follow", "like", "likes", "reply",
    "replies", "comment", "comments", "report", "error", "typo", "bookmark", "text", "font", "size",
    "skip", "scroll", "load", "download", "translate", "gift", "gallery", "slideshow", "facebook",
    "twitter", "whatsapp", "linkedin", "reddit", "pinterest", "telegram", "messenger", "instagram",
    "youtube", "flipboard", "bluesky", "threads", "mastodon", "tumblr", "sms", "advertisement", "content",
    "ad", "ads", "feedback", "loading", "loaded", "duration", "playing", "image", "images", "caption", "view",
    "back", "read", "reading", "continue", "sort", "newest", "oldest", "problem", "mistake", "reprints",
    "permissions", "order", "cookie", "cookies", "settings", "newsletter", "newsletters", "notifications",
]);

/// The words that stand between them.
#[rustfmt::skip]
static JOINING: WordList = WordList::of(&[
    "to", "this", "an", "a", "in", "on", "via", "by", "all", "more", "less", "new", "with", "up", "out",
    "article", "story", "page", "post", "x", "screen", "full", "larger", "smaller", "next", "previous",
    "main", "your", "and", "as", "for", "later", "count", "speed", "now", "off",
    "live", "a", "top", "down", "app", "by", "remaining", "time",
]);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn controls() {
        for (text, expected) in [
            ("Share this story", true),
            ("Share on Facebook Share on X", true),
            ("Click to email a link (Opens in new window)", true),
            ("Show all 12 comments", true),
            ("Show more sharing options", true),
            ("Leave a reply", false),
            ("Listen to this article · 4:12 min", true),
            ("0:15 / 12:40", true),
            ("Mute 40%", true),
            ("This is a modal window.", true),
            ("Your name *", true),
            ("*Your name *", false),
            ("Share", false),
            ("Video", false),
            ("Video of the fire", false),
            ("Print is dead", false),
            ("Share of the vote", false),
            ("Report on the error", false),
            ("5/4", false),
            ("The comments", false),
            ("Open letter to the board", false),
        ] {
            assert_eq!(is_control(text), expected, "{text}");
        }
    }
}
