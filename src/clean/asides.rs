//! Marks the lines that interrupt the text or stand between its paragraphs without being part of it:
//! pointers to other stories, advertisements, pleas, captions, jumps, and whatever stands between
//! the two halves of a sentence.

use std::borrow::Cow;
use std::ops::Range;

use super::boilerplate::{is_advertising, is_boilerplate, is_comment_heading};
use super::bullets::without_bullet;
use super::captions::{is_bare_caption_label, is_caption, is_name_and_outlet};
use super::controls::is_control;
use super::jumps::is_end_mark;
use super::measure::Margin;
use super::navigation::{is_bar, is_sharing};
use super::pleas::{is_plea, is_plea_in_text};
use super::related::{is_related_heading, is_title, related_start};
use super::text_lines::{Furniture, Gap, TextLine};
use crate::text::sentence::{ends_sentence, ends_statement, starts_lower, starts_upper};
use crate::text::words::{is_longer, word_count};

/// Marks the lines that are not part of the text, wherever they stand.
pub fn mark(lines: &mut [TextLine<'_>], margin: &Margin) {
    let mut has_text = false;
    for i in 0..lines.len() {
        lines[i].furniture = furniture(lines, i, margin, has_text);
        let is_long = |line: &TextLine<'_>| is_longer(line.text, FEWEST_WORDS - 1);
        has_text = has_text
            || lines[i].furniture.is_none()
                && ends_statement(lines[i].text)
                && (is_long(&lines[i])
                    || i > 0
                        && lines[i].gap == Gap::None
                        && !ends_sentence(lines[i - 1].text)
                        && is_long(&lines[i - 1]));
    }
    mark_buttons(lines);
    mark_comments(lines);
    mark_between_halves(lines, margin);
}

/// The fewest words of a line that ends a statement and so is text.
const FEWEST_WORDS: usize = 8;

/// Returns the furniture that line `i` is. `has_text` says whether text stands above it.
fn furniture(
    lines: &[TextLine<'_>],
    i: usize,
    margin: &Margin,
    has_text: bool,
) -> Option<Furniture> {
    let text = lines[i].text;
    let before = i.checked_sub(1).map(|before| &lines[before]);
    let cut = before.filter(|before| {
        lines[i].gap == Gap::None && before.furniture.is_none() && !ends_sentence(before.text)
    });
    if cut.is_some() && starts_lower(text) {
        return None;
    }
    let is_interposed = cut.is_some() && is_interposed(lines, i, margin);
    // What looks like a plea or a credit may be the next line of a sentence.
    let is_running =
        !is_interposed && cut.is_some_and(|before| !margin.fits(before.set, lines[i].set));
    if let Some(start) = related_start(text) {
        // A title begins with a capital; what goes on in lower case may be a sentence.
        let unit = if starts_lower(&text[start..]) {
            sentence_from(lines, i, margin)
        } else {
            i..i + 1
        };
        return is_title(&joined(&lines[unit])[start..]).then_some(Furniture::Related(start));
    }
    if is_related_heading(without_bullet(text.trim_start_matches(['#', ' ']))) {
        return Some(Furniture::RelatedHeading);
    }
    if is_advertising(text) || has_text && is_end_mark(text) {
        return Some(Furniture::Boilerplate);
    }
    if is_running {
        return None;
    }
    let unit = if is_interposed {
        i..i + 1
    } else {
        sentence_from(lines, i, margin)
    };
    let unit = joined(&lines[unit]);
    let is_plea = if has_text { is_plea_in_text } else { is_plea };
    if is_boilerplate(&unit) || is_plea(&unit) || is_bar(text) || is_control(text) {
        return Some(Furniture::Boilerplate);
    }
    let is_caption = is_caption(text) && (unit.len() == text.len() || is_caption(&unit))
        || before.is_some_and(|before| is_bare_caption_label(before.text))
        || has_text && cut.is_none() && is_name_and_outlet(text);
    is_caption.then_some(Furniture::Caption)
}

/// Returns whether line `i`, which stands inside a sentence, is shorter than the text is set, and the
/// sentence goes on after it.
fn is_interposed(lines: &[TextLine<'_>], i: usize, margin: &Margin) -> bool {
    lines.get(i + 1).is_some_and(|next| {
        next.gap == Gap::None
            && starts_lower(next.text)
            && margin.fits_easily(lines[i].set, next.set)
    })
}

/// The most lines of a sentence that may be furniture.
const MOST_LINES: usize = 8;

/// Returns the lines from `i` to the end of its sentence, as far as gaps and the margin show it; only
/// line `i` if the sentence is longer than furniture is.
fn sentence_from(lines: &[TextLine<'_>], i: usize, margin: &Margin) -> Range<usize> {
    let goes_on = |at: &usize| {
        let (line, next) = (&lines[*at], &lines[*at + 1]);
        next.gap == Gap::None
            && !(margin.fits_easily(line.set, next.set)
                || starts_upper(next.text) && margin.fits(line.set, next.set))
            && (!ends_sentence(line.text) || starts_lower(next.text))
            && (starts_lower(next.text) || !is_interposed(lines, *at + 1, margin))
    };
    let last = lines.len() - 1;
    let length = (i..last.min(i + MOST_LINES)).take_while(goes_on).count();
    if length < MOST_LINES {
        i..i + length + 1
    } else {
        i..i + 1
    }
}

/// Returns lines as one text.
fn joined<'a>(lines: &[TextLine<'a>]) -> Cow<'a, str> {
    match lines {
        [line] => Cow::Borrowed(line.text),
        _ => Cow::Owned(
            lines
                .iter()
                .map(|line| line.text)
                .collect::<Vec<_>>()
                .join(" "),
        ),
    }
}

/// Marks runs of two or more buttons, one a line.
fn mark_buttons(lines: &mut [TextLine<'_>]) {
    let is_button = |line: &TextLine<'_>| {
        line.furniture == Some(Furniture::Boilerplate) || is_sharing(line.text)
    };
    for i in 1..lines.len() {
        if lines[i].gap <= Gap::Blank && is_button(&lines[i]) && is_button(&lines[i - 1]) {
            for line in &mut lines[i - 1..=i] {
                if is_sharing(line.text) {
                    line.furniture = Some(Furniture::Boilerplate);
                }
            }
        }
    }
}

/// The lines below a heading over comments in which one of them must show.
const NEAR_HEADING: usize = 6;

/// Marks the comments of readers below the text: all that follows a count of comments, if a line soon
/// after it is what stands over or under a comment.
fn mark_comments(lines: &mut [TextLine<'_>]) {
    let is_text = |line: &TextLine<'_>| line.furniture.is_none() && ends_statement(line.text);
    let Some(text) = lines.iter().position(is_text) else {
        return;
    };
    let heading = (text..lines.len()).find(|&i| {
        is_comment_heading(lines[i].text)
            && lines[i + 1..]
                .iter()
                .take(NEAR_HEADING)
                .any(|line| is_about_a_comment(line.text))
    });
    if let Some(heading) = heading {
        for line in &mut lines[heading..] {
            line.furniture.get_or_insert(Furniture::Boilerplate);
        }
    }
}

/// Returns whether a line stands over or under a comment: a writer and a time, "2 hours ago", "Reply".
fn is_about_a_comment(text: &str) -> bool {
    if is_longer(text, 8) || ends_statement(text) {
        return false;
    }
    let has_digit = text.bytes().any(|byte| byte.is_ascii_digit());
    let has_clock = text
        .as_bytes()
        .windows(3)
        .any(|w| w[0].is_ascii_digit() && w[1] == b':' && w[2].is_ascii_digit());
    let last = text.rsplit(' ').next().unwrap_or(text);
    has_digit && (has_clock || last == "ago")
        || ["says:", "wrote:", "said:", "says", "reply"]
            .iter()
            .any(|end| end.eq_ignore_ascii_case(last))
            && !is_longer(text, 4)
}

/// The most lines between the halves of a sentence, and the most words on each.
const MOST_BETWEEN: usize = 4;
const MOST_WORDS_BETWEEN: usize = 24;

/// The most sentences that blank lines alone may cut in a text whose paragraphs they separate.
const MOST_CUTS: usize = 2;

/// Marks what stands between blank lines between the halves of a sentence: heads and feet of pages,
/// jumps, stamps of databases. The first half is a full line that does not end a sentence, the second
/// begins in lower case, and what is between them is not set as the text is.
fn mark_between_halves(lines: &mut [TextLine<'_>], margin: &Margin) {
    // Where blank lines cut sentences all over, a line between blank lines may be the text's.
    let cuts = lines.windows(2).filter(|pair| {
        pair[1].gap != Gap::None && !ends_sentence(pair[0].text) && starts_lower(pair[1].text)
    });
    let may_be_text = cuts.take(MOST_CUTS + 1).count() > MOST_CUTS;
    for i in 0..lines.len() {
        let first = &lines[i];
        if first.furniture.is_some()
            || ends_sentence(first.text)
            || first.text.ends_with(':')
            || lines
                .get(i + 1)
                .is_none_or(|next| next.gap == Gap::None || starts_lower(next.text))
        {
            continue;
        }
        let second = (i + 2..lines.len().min(i + 2 + MOST_BETWEEN))
            .find(|&j| lines[j].furniture.is_none() && starts_lower(lines[j].text));
        let Some(second) = second.filter(|&j| lines[j].gap != Gap::None) else {
            continue;
        };
        let next = &lines[second];
        if margin.fits(first.set, next.set) || !is_longer(first.text, 3) {
            continue;
        }
        let is_between = |line: &TextLine<'_>| {
            line.furniture.is_some()
                || !ends_statement(line.text)
                    && word_count(line.text) <= MOST_WORDS_BETWEEN
                    && !(may_be_text && margin.is_set_full(line.set, next.set))
        };
        if lines[i + 1..second].iter().all(is_between) {
            for line in &mut lines[i + 1..second] {
                line.furniture.get_or_insert(Furniture::Boilerplate);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::clean::lines::{read, split};
    use crate::clean::text_lines::with_gaps;

    /// Returns the lines of a text that are marked.
    fn marked(text: &str) -> Vec<String> {
        let raw = split(text);
        let lines = read(&raw, 1);
        let mut lines = with_gaps(&lines);
        let margin = Margin::read(lines.windows(2).map(|pair| (pair[0].set, pair[1].set)));
        mark(&mut lines, &margin);
        lines
            .iter()
            .filter(|line| line.furniture.is_some())
            .map(|line| line.text.to_owned())
            .collect()
    }

    const ABOVE: &str = "The lighthouse on Gull Rock was sold on Friday to a baker\n\
        from the mainland, who has never been in a boat and means\n\
        to grind his flour with the machine that turned the lamp.\n\n";

    #[test]
    fn marks_what_interrupts_a_sentence() {
        for (between, expected) in [
            ("\nAdvertisement\n", vec!["Advertisement"]),
            ("\nShare this story\n", vec!["Share this story"]),
            (
                "\nRelated: Baker Buys a Boat\n",
                vec!["Related: Baker Buys a Boat"],
            ),
            ("\n\nLAMP, From Page A1\n\n", vec!["LAMP, From Page A1"]),
            (
                "\n\nGULL ROCK POST, Friday\nB4\n\n",
                vec!["GULL ROCK POST, Friday", "B4"],
            ),
            (
                "\n\nPrinted for the reader Jo Smith\n\n",
                vec!["Printed for the reader Jo Smith"],
            ),
            ("\nJo Smith of the Rock\n", vec![]),
            ("\n", vec![]),
        ] {
            let text = format!(
                "{ABOVE}The keeper, who had lived there for thirty years, said that{between}he would \
                 leave the key under the mat and the goat with\nhis sister.\n"
            );
            assert_eq!(marked(&text), expected, "{between:?}");
        }
    }

    #[test]
    fn keeps_paragraphs_that_begin_as_pleas_do() {
        for paragraph in [
            "Sign up for the lifeboat, the baker was told on the quay,\nand you will learn to swim.",
            "Subscribe to that view and you must also think, she wrote,\nthat gulls read.",
            "Read: nothing. Heard: nothing.",
            "Photo: that was the word on which the trial turned, since\nno one had a camera.",
        ] {
            assert_eq!(
                marked(&format!("{ABOVE}{paragraph}\n\n{ABOVE}")),
                [""; 0],
                "{paragraph}"
            );
        }
    }

    #[test]
    fn marks_comments_below_the_text() {
        let comments = "2 Comments\n\nGullfan (01/02/10 at 09:15):\n\nGood riddance to the lamp.";
        let text = format!("{ABOVE}{comments}");
        assert_eq!(marked(&text), comments.split("\n\n").collect::<Vec<_>>());
        let text = format!("{ABOVE}Comments (3)\n\n{ABOVE}");
        assert_eq!(marked(&text), ["Comments (3)"]);
    }

    #[test]
    fn marks_buttons_that_stand_together() {
        let text = format!("{ABOVE}Share\nSave\n\n{ABOVE}Print\n\n{ABOVE}");
        assert_eq!(marked(&text), ["Share", "Save"]);
    }
}
