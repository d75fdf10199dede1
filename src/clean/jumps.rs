//! Recognises the pointers that newspapers print where a text goes on to another page.

/// The most words in the name by which a newspaper calls a text that is continued.
const LONGEST_SLUG: usize = 4;

/// Returns whether a line points to another page or names its page, as in "See BUDGET, Page A12",
/// "BUDGET, From A1", "Continued on Page 6", "Page A12".
pub fn is_jump(text: &str) -> bool {
    if text.len() > 80 {
        return false;
    }
    let text = text.trim_matches([
        '»', '>', '►', '▶', '→', '(', ')', '[', ']', '*', '-', '–', '—', ' ',
    ]);
    let Some((before, page)) = text.rsplit_once(' ').or(Some(("", text))) else {
        return false;
    };
    if is_one_of_ignoring_case(page, &["page"]) {
        // "Continued on next page", "from the front page".
        let (before, says_which) = without_last(before, &["next", "back", "front"]);
        let before = without_last(before, &["the"]).0;
        return says_which && is_continuation(without_last(before, &["from", "on", "to"]).0);
    }
    let page = page.trim_end_matches(['.', ',']);
    if !is_page(page) {
        return false;
    }
    let (before, says_page) = without_last(before, &["page", "pg", "p", "pages"]);
    let (before, says_way) = without_last(before, &["from", "on", "to"]);
    let slug = before.trim_end_matches([',', ' ', ':', '–', '—', '/']);
    if slug.is_empty() {
        return says_page && !says_way
            || says_way && page.starts_with(|c: char| c.is_ascii_uppercase());
    }
    if is_continuation(slug) {
        return says_page || says_way;
    }
    let lower = slug.to_ascii_lowercase();
    let called = ["please see ", "see ", "please turn to ", "turn to "]
        .iter()
        .find_map(|verb| lower.strip_prefix(verb).map(|_| &slug[verb.len()..]));
    let is_marked = before.ends_with(',') || says_way;
    let has_letter = page.starts_with(|c: char| c.is_ascii_uppercase());
    match called {
        Some(slug) => {
            is_slug(slug) && (says_page || has_letter) || says_page && is_short(slug) && is_marked
        }
        None => is_slug(slug) && is_marked && (says_page || has_letter),
    }
}

/// Returns whether a line marks the end of a text or of a part of it, as in "###", "-30-", "- ENDS -",
/// "(more)". Without marks around it, only "END" and "ENDS" in capitals do.
pub fn is_end_mark(text: &str) -> bool {
    if text.len() > 24 {
        return false;
    }
    let bare = text.trim_matches(|c: char| !c.is_alphanumeric());
    if bare.is_empty() {
        return text.matches('#').count() >= 2 && text.bytes().all(|b| matches!(b, b'#' | b' '));
    }
    let is_marked = bare.len() + 2 <= text.len() && !text.starts_with(char::is_alphanumeric);
    let ends = is_one_of_ignoring_case(
        bare,
        &["end", "ends", "30", "more", "the end", "end of text"],
    );
    ends && (is_marked && !text.starts_with(['"', '“', '‘', '«', '\'']))
        || matches!(bare, "END" | "ENDS" | "NNNN")
}

/// Returns whether a text says that the text is continued, as in "Story continued".
fn is_continuation(text: &str) -> bool {
    let last = text
        .rsplit(' ')
        .next()
        .unwrap_or(text)
        .trim_end_matches('.');
    text.split(' ').count() <= 3
        && is_one_of_ignoring_case(last, &["continued", "continues", "cont'd", "contd", "cont"])
}

/// Returns the text before its last word and `true` if that word is one of `words`, else the whole
/// text and `false`.
fn without_last<'a>(text: &'a str, words: &[&str]) -> (&'a str, bool) {
    let (before, last) = text.rsplit_once(' ').unwrap_or(("", text));
    if is_one_of_ignoring_case(last.trim_end_matches('.'), words) {
        (before, true)
    } else {
        (text, false)
    }
}

fn is_one_of_ignoring_case(word: &str, words: &[&str]) -> bool {
    words.iter().any(|one| one.eq_ignore_ascii_case(word))
}

/// Returns whether a word is a page: `6`, `A12`, `B-3`, `12A`.
fn is_page(word: &str) -> bool {
    let digits = word.trim_start_matches(|c: char| c.is_ascii_uppercase());
    let letters = word.len() - digits.len();
    let digits = digits.trim_start_matches('-');
    let digits = digits
        .strip_suffix(|c: char| c.is_ascii_uppercase())
        .unwrap_or(digits);
    letters <= 2 && (1..=3).contains(&digits.len()) && digits.bytes().all(|b| b.is_ascii_digit())
}

/// Returns whether a text is a short name in capitals.
fn is_slug(text: &str) -> bool {
    is_short(text) && text.chars().any(char::is_alphabetic) && !text.chars().any(char::is_lowercase)
}

fn is_short(text: &str) -> bool {
    (1..=LONGEST_SLUG).contains(&text.split(' ').count())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn end_marks() {
        for (text, expected) in [
            ("###", true),
            ("# # #", true),
            ("-30-", true),
            ("- ENDS -", true),
            ("(more)", true),
            ("ENDS", true),
            ("End", false),
            ("30", false),
            ("#", false),
            ("* * *", false),
            ("“End”", false),
            ("- Ends meet -", false),
        ] {
            assert_eq!(is_end_mark(text), expected, "{text}");
        }
    }

    #[test]
    fn jumps() {
        for (text, expected) in [
            ("See BUDGET, Page A12", true),
            ("See Budget, page 12", true),
            ("Please see BUDGET, A6", true),
            ("Turn to BUDGET on Page 4", true),
            ("BUDGET, From Page A1", true),
            ("BUDGET from A1", true),
            ("» BUDGET, A6", true),
            ("» FROM A1", true),
            ("Continued from A1", true),
            ("Continued From Page A1", true),
            ("Story continued on page 6", true),
            ("(Continued on next page)", true),
            ("Page A12", true),
            ("Page 7", true),
            ("page 7", true),
            ("See the town, page by page", false),
            ("BOEING, 747", false),
            ("Flight 12", false),
            ("See you on May 12", false),
            ("The story continued on Monday", false),
            ("From 12", false),
            ("Turn the page", false),
            ("Front page", false),
            ("A6", false),
        ] {
            assert_eq!(is_jump(text), expected, "{text}");
        }
    }
}
