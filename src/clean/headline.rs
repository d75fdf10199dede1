//! Finds the headline among the drafts above the text, and its repetitions as running heads.

use super::bullets::after_bullet;
use super::join::Draft;
use super::known_titles::{KnownTitles, slug_key};
use super::role::Role;
use super::text_lines::Gap;
use crate::text::fold::folded;
use crate::text::sentence::{ends_open, ends_sentence, ends_statement, starts_upper};
use crate::text::words::{is_longer, word_count};

/// The most words in a headline.
const LONGEST_HEADLINE: usize = 40;

/// Joins the lines of a headline: it is set larger than the text, so its lines are narrow and look like
/// separate blocks. A line that is known to be the whole headline stays as it is.
pub fn merge_headline_lines(drafts: Vec<Draft>, known: &KnownTitles) -> Vec<Draft> {
    let mut merged: Vec<Draft> = Vec::with_capacity(drafts.len());
    for draft in drafts {
        if let Some(last) = merged.last_mut()
            && last.is_above_text
            && draft.is_above_text
            && last.furniture.is_none()
            && draft.furniture.is_none()
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

/// Labels the headline, and the lines around it above the text as masthead.
pub fn label_headline(drafts: &[Draft], roles: &mut [Option<Role>], known: &KnownTitles) {
    let above = drafts.iter().take_while(|d| d.is_above_text).count();
    let open: Vec<usize> = (0..above).filter(|&i| roles[i].is_none()).collect();
    let first_credit = first_credit(drafts, roles, above);
    let headline = match &known.headline {
        Some(headline) => repeated_headline(drafts, roles, headline),
        None => choose_headline(drafts, &open, first_credit, known),
    };
    let Some(headline) = headline else {
        return;
    };
    roles[headline] = Some(Role::Headline);
    for i in open {
        if i < headline || (i > headline && i < first_credit && first_credit < above) {
            roles[i] = Some(Role::Masthead);
        }
    }
}

/// Returns the index of the first byline or date above the text, or `above` if there is none. The
/// headline stands before it. A date right below the outlet's name does not count if a byline follows.
fn first_credit(drafts: &[Draft], roles: &[Option<Role>], above: usize) -> usize {
    let is_credit = |role: &Option<Role>| matches!(role, Some(Role::Byline | Role::Date));
    let Some(first) = roles[..above].iter().position(is_credit) else {
        return above;
    };
    let is_masthead = (0..first).all(|i| roles[i].is_some() || !is_longer(&drafts[i].text, 4));
    let byline = (first..above).find(|&i| roles[i] == Some(Role::Byline));
    match byline {
        Some(byline) if is_masthead && roles[first..byline].iter().any(Option::is_none) => byline,
        _ => first,
    }
}

/// Returns the draft near the top that repeats the headline of a labelled header.
fn repeated_headline(drafts: &[Draft], roles: &[Option<Role>], headline: &str) -> Option<usize> {
    let headline = folded(headline);
    (0..drafts.len().min(5)).find(|&i| {
        roles[i].is_none() && drafts[i].text.len() < 400 && folded(&drafts[i].text) == headline
    })
}

/// Returns the draft that is the headline: one that the printed title or the article's URL confirms, else
/// the longest before the first credit, else one after it.
fn choose_headline(
    drafts: &[Draft],
    open: &[usize],
    first_credit: usize,
    known: &KnownTitles,
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
            && after_bullet(bare).is_none()
    };
    let before_credit = || open.iter().copied().filter(|&i| i < first_credit);
    let longest = |fewest: usize| {
        before_credit()
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

/// Labels repetitions of the headline, at the start of a page or in a list of bookmarks.
pub fn label_running_heads(drafts: &[Draft], roles: &mut [Option<Role>], known: &KnownTitles) {
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

/// The shortest title, in bytes, whose repetition is recognised.
const SHORTEST_RUNNING_HEAD: usize = 12;
