//! Labels drafts: which is headline, paragraph, subhead, caption, and what belongs to no body.

use rustc_hash::FxHashSet;

use super::join::Draft;
use super::knowledge::Knowledge;
use super::pieces::{Aside, Gap};
use super::text::{
    ends_open, ends_sentence, ends_statement, folded, is_longer, starts_upper,
    strip_prefix_ignore_case, word_count,
};
use super::{credits, labels};
use crate::article::BlockKind;

/// A block with its role and its lines.
#[derive(Clone, Debug, PartialEq)]
pub struct Labelled {
    /// The role.
    pub role: Role,
    /// The text, on one line.
    pub text: String,
    /// The places of its lines among the article's lines, from 0.
    pub lines: Vec<usize>,
}

/// What a block is: finer than [`BlockKind`], so that fields know where to look.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Role {
    /// Running text.
    Paragraph,
    /// A heading inside the body.
    Subhead,
    /// One item of a list.
    ListItem,
    /// A quotation set off from the text.
    Quotation,
    /// The headline.
    Headline,
    /// The writers, and the date where it stands on the same line.
    Byline,
    /// A date on a line of its own.
    Date,
    /// Another line above the text, as a section's name or a deck.
    Masthead,
    /// The text under a picture, or its credit.
    Caption,
    /// Another story; its title begins at the given byte.
    Related(usize),
    /// A heading over other stories.
    RelatedHeading,
    /// Navigation, sharing bars, pleas, copyright notices.
    Boilerplate,
    /// An agency's name or its desk's credits below the text.
    SignOff,
    /// The headline once more, as on the next page or in a list of bookmarks.
    RunningHead,
}

impl Role {
    /// Returns the kind of block that the record shows.
    pub fn kind(self) -> BlockKind {
        match self {
            Self::Paragraph => BlockKind::Paragraph,
            Self::Subhead => BlockKind::Subhead,
            Self::ListItem => BlockKind::ListItem,
            Self::Quotation => BlockKind::Quotation,
            Self::Headline | Self::Byline | Self::Date | Self::Masthead => BlockKind::Header,
            Self::Caption => BlockKind::Caption,
            Self::Related(_) | Self::RelatedHeading => BlockKind::Related,
            Self::Boilerplate => BlockKind::Boilerplate,
            Self::SignOff | Self::RunningHead => BlockKind::Footer,
        }
    }
}

/// What is known about the article before its blocks are labelled.
#[derive(Clone, Debug, Default)]
pub struct Known {
    /// The headline in a labelled header.
    pub headline: Option<String>,
    /// The title that a browser printed on each page.
    pub page_title: Option<String>,
    /// The keys of the titles that other stories' URLs spell out (see [`slug_key`]).
    pub linked: FxHashSet<String>,
    /// The key of the title that the article's own URL spells out.
    pub own: Option<String>,
}

impl Known {
    /// Returns whether a text is the whole headline, by the title that a browser printed: all of it,
    /// or all but the outlet's name.
    fn has_whole(&self, text: &str) -> bool {
        self.page_title.as_ref().is_some_and(|title| {
            let rest = strip_prefix_ignore_case(title, text);
            rest.is_some_and(|rest| rest.is_empty() || rest.starts_with([' ', '|', ':']))
                && text.len() * 3 > title.len()
        })
    }
}

/// Labels the drafts. Returns with them, folded, the lines that may be the headlines of other
/// articles of the archive.
pub fn label(
    drafts: Vec<Draft>,
    known: &Known,
    knowledge: &Knowledge,
) -> (Vec<Labelled>, Vec<String>) {
    let drafts = merge_headline_lines(drafts, known);
    let mut roles: Vec<Option<Role>> = drafts.iter().map(role_of).collect();
    label_head(&drafts, &mut roles, known);
    label_running_heads(&drafts, &mut roles, known);
    label_links(&drafts, &mut roles, known);
    let titles = label_titles(&drafts, &mut roles, knowledge);
    label_tail(&drafts, &mut roles);
    label_body(&drafts, &mut roles);
    let blocks = drafts
        .into_iter()
        .zip(roles)
        .map(|(draft, role)| {
            let role = role.unwrap_or(Role::Paragraph);
            Labelled {
                text: match role {
                    Role::Subhead | Role::Headline => without_heading_marks(draft.text),
                    Role::ListItem => labels::after_bullet(&draft.text)
                        .map(str::to_owned)
                        .unwrap_or(draft.text),
                    Role::Quotation => draft.text.trim_start_matches(['>', ' ']).to_owned(),
                    _ => draft.text,
                },
                role,
                lines: draft.lines,
            }
        })
        .collect();
    (blocks, titles)
}

/// Returns the role that a draft's first line shows, unless its whole text belies it.
fn role_of(draft: &Draft) -> Option<Role> {
    Some(match draft.aside? {
        Aside::Related(start) if is_running_text(&draft.text[start..]) => return None,
        Aside::Related(start) => Role::Related(start),
        Aside::RelatedHeading => Role::RelatedHeading,
        Aside::Caption => Role::Caption,
        Aside::Boilerplate => Role::Boilerplate,
        Aside::Byline => Role::Byline,
        Aside::Date => Role::Date,
    })
}

/// The most words in the title of another story that ends in a full stop.
const LONGEST_STATEMENT_TITLE: usize = 15;

/// Returns whether a text is longer than titles are and ends as statements do, as in "Watch: the
/// crane is lifted by four men, who …".
fn is_running_text(text: &str) -> bool {
    ends_statement(text) && is_longer(text, LONGEST_STATEMENT_TITLE)
}

/// The most words that a headline has.
const LONGEST_HEADLINE: usize = 40;

/// A headline is set larger than the text, so its lines are narrow and look like blocks of their
/// own: puts them together again, unless what stands is known to be the whole headline.
fn merge_headline_lines(drafts: Vec<Draft>, known: &Known) -> Vec<Draft> {
    let mut merged: Vec<Draft> = Vec::with_capacity(drafts.len());
    for draft in drafts {
        if let Some(last) = merged.last_mut()
            && last.is_in_head
            && draft.is_in_head
            && last.aside.is_none()
            && draft.aside.is_none()
            && (draft.gap == Gap::None
                || draft.gap == Gap::Blank
                    && (draft.text.starts_with(char::is_lowercase) || ends_open(&last.text)))
            && !ends_sentence(&last.text)
            && !ends_statement(&draft.text)
            && !known.has_whole(&last.text)
            && word_count(&last.text) >= 4
            && word_count(&last.text) + word_count(&draft.text) <= LONGEST_HEADLINE
        {
            last.text.push(' ');
            last.text.push_str(&draft.text);
            last.lines.extend(draft.lines);
            continue;
        }
        merged.push(draft);
    }
    merged
}

fn label_head(drafts: &[Draft], roles: &mut [Option<Role>], known: &Known) {
    let head = drafts.iter().take_while(|d| d.is_in_head).count();
    let open: Vec<usize> = (0..head).filter(|&i| roles[i].is_none()).collect();
    let first_credit = first_credit(drafts, roles, head);
    let headline = match &known.headline {
        Some(headline) => repeated_headline(drafts, roles, headline),
        None => choose_headline(drafts, &open, first_credit, known),
    };
    let Some(headline) = headline else {
        return;
    };
    roles[headline] = Some(Role::Headline);
    for i in open {
        if i < headline || (i > headline && i < first_credit && first_credit < head) {
            roles[i] = Some(Role::Masthead);
        }
    }
}

/// Returns the place of the first byline or date above the text, below which no headline stands. A
/// date right below the outlet's name is none where a byline follows later.
fn first_credit(drafts: &[Draft], roles: &[Option<Role>], head: usize) -> usize {
    let is_credit = |role: &Option<Role>| matches!(role, Some(Role::Byline | Role::Date));
    let Some(first) = roles[..head].iter().position(is_credit) else {
        return head;
    };
    let is_masthead = (0..first).all(|i| roles[i].is_some() || !is_longer(&drafts[i].text, 4));
    let byline = (first..head).find(|&i| roles[i] == Some(Role::Byline));
    match byline {
        Some(byline) if is_masthead && roles[first..byline].iter().any(Option::is_none) => byline,
        _ => first,
    }
}

/// Returns the draft at the top that repeats the headline of a labelled header.
fn repeated_headline(drafts: &[Draft], roles: &[Option<Role>], headline: &str) -> Option<usize> {
    let headline = folded(headline);
    (0..drafts.len().min(5)).find(|&i| {
        roles[i].is_none() && drafts[i].text.len() < 400 && folded(&drafts[i].text) == headline
    })
}

fn choose_headline(
    drafts: &[Draft],
    open: &[usize],
    first_credit: usize,
    known: &Known,
) -> Option<usize> {
    let title = known.page_title.as_deref().map(folded);
    let is_confirmed = |i: usize| {
        let text = folded(&drafts[i].text);
        let is_printed_title = title.as_ref().is_some_and(|title| {
            text.len() >= 8 && (title.starts_with(&text) || text.starts_with(title.as_str()))
        });
        let is_own = known.own.is_some() && slug_key(&drafts[i].text) == known.own;
        is_printed_title || is_own
    };
    if let Some(&confirmed) = open.iter().find(|&&i| is_confirmed(i)) {
        return Some(confirmed);
    }
    let may_be = |i: usize, fewest: usize| {
        let words = word_count(&drafts[i].text);
        let bare = drafts[i].text.trim_start_matches(['#', ' ']);
        (fewest..=LONGEST_HEADLINE).contains(&words)
            && starts_upper(bare)
            && !bare.ends_with(':')
            && labels::after_bullet(bare).is_none()
    };
    let above = || open.iter().copied().filter(|&i| i < first_credit);
    let longest = |fewest: usize| {
        above()
            .filter(|&i| may_be(i, fewest))
            .max_by_key(|&i| (word_count(&drafts[i].text), std::cmp::Reverse(i)))
    };
    longest(3)
        .or_else(|| {
            open.iter()
                .copied()
                .find(|&i| i > first_credit && may_be(i, 4))
        })
        .or_else(|| longest(2).filter(|_| open.len() == 1))
}

/// The headline stands again where a page begins, or where an extractor lists bookmarks.
fn label_running_heads(drafts: &[Draft], roles: &mut [Option<Role>], known: &Known) {
    let headline = roles.iter().position(|role| *role == Some(Role::Headline));
    let title = match headline {
        Some(headline) => Some(drafts[headline].text.as_str()),
        None => known.headline.as_deref().or(known.page_title.as_deref()),
    };
    let Some(title) = title
        .map(folded)
        .filter(|title| title.len() >= SHORTEST_RUNNING_HEAD)
    else {
        return;
    };
    for (draft, role) in drafts.iter().zip(roles).skip(headline.unwrap_or(0)) {
        if role.is_none() && draft.text.len() < title.len() * 2 && folded(&draft.text) == title {
            *role = Some(Role::RunningHead);
        }
    }
}

/// The shortest title, in bytes, that is recognised when it stands again.
const SHORTEST_RUNNING_HEAD: usize = 12;

/// The letters of a title that its URL is known by.
const SLUG_KEY_LENGTH: usize = 20;

/// Returns the first twenty letters and digits of a title or of a URL's last part, or `None`
/// where it has fewer: the same for "Envoys' Talks in Oslo Fail" and `envoys-talks-in-oslo-fail`.
pub fn slug_key(text: &str) -> Option<String> {
    let key: String = text
        .chars()
        .filter(char::is_ascii_alphanumeric)
        .map(|c| c.to_ascii_lowercase())
        .take(SLUG_KEY_LENGTH)
        .collect();
    (key.len() == SLUG_KEY_LENGTH).then_some(key)
}

/// Returns whether a text is set like a title: short, not a sentence, beginning with a capital.
fn is_title(text: &str) -> bool {
    !ends_statement(text)
        && !text.ends_with([':', ',', ';'])
        && starts_upper(text)
        && is_longer(text, 0)
        && !is_longer(text, 30)
}

/// The longest title of another story, in bytes.
const LONGEST_TITLE: usize = 300;

/// A title that a URL of another story spells out is a pointer to that story.
fn label_links(drafts: &[Draft], roles: &mut [Option<Role>], known: &Known) {
    for (draft, role) in drafts.iter().zip(roles) {
        if role.is_some() || draft.text.len() > LONGEST_TITLE {
            continue;
        }
        let title = labels::after_bullet(&draft.text).unwrap_or(&draft.text);
        let is_linked = || slug_key(title).is_some_and(|key| known.linked.contains(&key));
        if word_count(title) >= 4 && is_title(title) && is_linked() {
            *role = Some(Role::Related(draft.text.len() - title.len()));
        }
    }
}

/// A title between paragraphs that another article of the archive bears as its headline is a pointer
/// to that story. Returns the folded titles of which the archive may know that.
fn label_titles(
    drafts: &[Draft],
    roles: &mut [Option<Role>],
    knowledge: &Knowledge,
) -> Vec<String> {
    let mut titles = Vec::new();
    for (draft, role) in drafts.iter().zip(roles) {
        if role.is_some() || draft.text.len() > LONGEST_TITLE || !is_longer(&draft.text, 3) {
            continue;
        }
        let title = labels::after_bullet(&draft.text).unwrap_or(&draft.text);
        if is_title(title) && !ends_sentence(title) {
            let key = folded(title);
            if knowledge.headlines.contains(&key) {
                *role = Some(Role::Related(draft.text.len() - title.len()));
            }
            titles.push(key);
        }
    }
    titles.sort();
    titles.dedup();
    titles
}

/// The most words in an agency's sign-off or its desk's credits.
const LONGEST_SIGN_OFF: usize = 40;

/// Returns whether running text stands below a draft.
fn has_text_below(drafts: &[Draft], roles: &[Option<Role>], i: usize) -> bool {
    let mut below = drafts.iter().zip(roles).skip(i + 1);
    below.any(|(draft, role)| role.is_none() && is_running_text(&draft.text))
}

fn label_tail(drafts: &[Draft], roles: &mut [Option<Role>]) {
    let mut under_heading = false;
    let mut is_closed = false;
    for i in 0..drafts.len() {
        let text = drafts[i].text.as_str();
        match roles[i] {
            Some(Role::RelatedHeading) => under_heading = true,
            Some(Role::Boilerplate)
                if text.contains('©') || text.to_lowercase().contains("rights reserved") =>
            {
                is_closed = true;
            }
            None => {
                let title = labels::after_bullet(text).unwrap_or(text);
                if labels::is_topic_heading(text) && !has_text_below(drafts, roles, i) {
                    roles[i] = Some(Role::Boilerplate);
                    is_closed = true;
                } else if under_heading && credits::is_date_line(text) {
                    roles[i] = Some(Role::Boilerplate);
                } else if under_heading && is_title(title) {
                    roles[i] = Some(Role::Related(text.len() - title.len()));
                } else if ends_statement(text) || is_longer(title, 12) {
                    under_heading = false;
                    is_closed = false;
                } else if is_closed {
                    roles[i] = Some(Role::Boilerplate);
                }
            }
            _ => {}
        }
    }
    let open = |roles: &[Option<Role>]| roles.iter().rposition(Option::is_none);
    while let Some(last) = open(roles)
        && last > 0
        && is_sign_off(&drafts[last].text)
    {
        roles[last] = Some(Role::SignOff);
    }
}

/// Returns whether the text is an agency's name alone or its desk's credits, as in "(Reporting by
/// Ann Writer; editing by Jo Smith)" and "Jo Smith in Oslo contributed to this report."
fn is_sign_off(text: &str) -> bool {
    let bare = text.trim_matches(['(', ')', '[', ']', '—', '–', '-', ' ', '.', '*', '_']);
    if labels::agency_named(bare).is_some() || is_wire_slug(text) {
        return true;
    }
    let is_contribution = [
        " contributed to this report",
        " contributed to this story",
        " contributed to this article",
        " contributed reporting",
    ]
    .iter()
    .any(|end| bare.ends_with(end));
    if is_contribution {
        return !is_longer(bare, LONGEST_SIGN_OFF);
    }
    !is_longer(bare, LONGEST_SIGN_OFF)
        && text.starts_with(['(', '[', '-', '–', '—', '*', 'R', 'A', 'W', 'E'])
        && [
            "reporting by ",
            "additional reporting by ",
            "writing by ",
            "editing by ",
            "compiled by ",
        ]
        .iter()
        .any(|opening| strip_prefix_ignore_case(bare, opening).is_some())
}

/// Returns whether the text is a wire's mark of time, as in "AP-NY-06-12-01 1523EDT".
fn is_wire_slug(text: &str) -> bool {
    let is_mark = |byte: u8| byte.is_ascii_uppercase() || byte.is_ascii_digit();
    let digits = text.bytes().filter(u8::is_ascii_digit).count();
    let dashes = text.bytes().filter(|&byte| byte == b'-').count();
    text.bytes()
        .all(|byte| is_mark(byte) || matches!(byte, b'-' | b' '))
        && digits >= 6
        && dashes >= 3
        && text.starts_with(|c: char| c.is_ascii_uppercase())
}

fn label_body(drafts: &[Draft], roles: &mut [Option<Role>]) {
    let last = (0..drafts.len()).rev().find(|&i| roles[i].is_none());
    for i in 0..drafts.len() {
        if roles[i].is_some() {
            continue;
        }
        let text = drafts[i].text.as_str();
        roles[i] = Some(
            if text.starts_with('#') && without_heading_marks_str(text).len() < text.len() {
                Role::Subhead
            } else if text.starts_with("> ") {
                Role::Quotation
            } else if labels::after_bullet(text)
                .is_some_and(|item| item.contains(char::is_alphanumeric))
                && !text.starts_with('–')
            {
                Role::ListItem
            } else if last.is_some_and(|last| i < last) && is_subhead(text) {
                Role::Subhead
            } else {
                Role::Paragraph
            },
        );
    }
}

/// The most words that a subhead has.
const LONGEST_SUBHEAD: usize = 12;

/// Returns whether a text inside the body is set like a heading.
fn is_subhead(text: &str) -> bool {
    text.len() <= 90
        && !is_longer(text, LONGEST_SUBHEAD)
        && !ends_sentence(text)
        && !text.ends_with([':', ',', ';', '-', '–', '—', '"', '”'])
        && !text.starts_with(['"', '“', '('])
        && text.chars().any(char::is_alphabetic)
        && !text.starts_with(char::is_lowercase)
        && !text.contains("://")
}

fn without_heading_marks(text: String) -> String {
    without_heading_marks_str(&text).to_owned()
}

/// Returns the text without Markdown's `#` marks.
fn without_heading_marks_str(text: &str) -> &str {
    let bare = text.trim_start_matches('#');
    if bare.starts_with(' ') && text.len() - bare.len() <= 6 {
        bare.trim_start().trim_end_matches(['#', ' '])
    } else {
        text
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn slugs_know_their_titles() {
        assert_eq!(
            slug_key("Envoys' Talks in Oslo Fail"),
            slug_key("envoys-talks-in-oslo-fail-again")
        );
        assert_eq!(slug_key("Talks fail"), None);
    }

    #[test]
    fn subheads() {
        for (text, expected) in [
            ("Details unclear", true),
            ("A third way?", false),
            ("He said:", false),
            ("– lower", true),
            ("and so on", false),
        ] {
            assert_eq!(is_subhead(text), expected, "{text}");
        }
    }

    #[test]
    fn sign_offs() {
        for (text, expected) in [
            ("Reuter", true),
            ("— Associated Press", true),
            ("(Reporting by Ann Writer; Editing by Jo Smith)", true),
            ("Reuters reported the deal.", false),
            ("- Additional reporting by Ann Writer", true),
            ("AP-NY-06-12-01 1523EDT", true),
            (
                "Northwire writer Jo Smith in Oslo contributed to this report.",
                true,
            ),
            ("The money contributed to this report was his own.", false),
        ] {
            assert_eq!(is_sign_off(text), expected, "{text}");
        }
    }
}
