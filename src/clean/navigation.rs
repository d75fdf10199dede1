//! Recognises menus, section paths and sharing bars.

use super::phrases::{NAVIGATION_SET, SHARING_SET, begins_item};
use crate::text::sentence::ends_sentence;
use crate::text::words::word_count;

/// Returns whether a line is a menu item.
pub fn is_navigation_item(text: &str) -> bool {
    NAVIGATION_SET.contains(text)
}

/// Returns whether a line is a button of a sharing bar.
pub fn is_sharing(text: &str) -> bool {
    SHARING_SET.contains(text)
}

/// Returns whether a line consists of three or more menu items or sharing buttons.
pub fn is_bar(text: &str) -> bool {
    items_covering(text).is_some_and(|items| items >= 3)
}

/// Returns whether a line is a section path, as in "Home > News > World".
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

/// Returns the number of menu items and sharing buttons that a line consists of, or `None` if it
/// has anything else.
fn items_covering(text: &str) -> Option<usize> {
    if text.len() > 400 || ends_sentence(text) {
        return None;
    }
    let words = text
        .split([' ', '|', '•', '·', '/', ','])
        .filter(|word| !word.is_empty());
    if is_mostly_lower(text) || !words.clone().next().is_some_and(begins_item) {
        return None;
    }
    let words: Vec<&str> = words.collect();
    let mut items = 0;
    let mut rest = words.as_slice();
    while !rest.is_empty() {
        let taken = (1..=rest.len().min(5)).rev().find(|&n| {
            let item = rest[..n].join(" ");
            NAVIGATION_SET.contains(&item) || SHARING_SET.contains(&item)
        })?;
        items += 1;
        rest = &rest[taken..];
    }
    Some(items)
}

/// Returns whether most words begin in lower case. Items are capitalised, so this rules out running
/// text quickly: the loop has no branch that depends on where words begin.
fn is_mostly_lower(text: &str) -> bool {
    let (mut words, mut lower) = (0, 0);
    let mut is_between = true;
    for &byte in text.as_bytes() {
        let is_mark = matches!(byte, b' ' | b'|' | b'/' | b',');
        let begins = is_between & !is_mark;
        words += usize::from(begins);
        lower += usize::from(begins & byte.is_ascii_lowercase());
        is_between = is_mark;
    }
    lower * 2 > words
}

#[cfg(test)]
mod tests {
    use super::*;

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
}
