//! Gives each draft its role: headline, paragraph, subhead, caption, furniture.

use super::boilerplate::is_topic_heading;
use super::bullets::{after_bullet, without_bullet};
use super::credits::{is_day_of_statement, is_place};
use super::date_lines::is_date_line;
use super::emphasis::without_heading_marks;
use super::join::Draft;
use super::knowledge::Knowledge;
use super::known_titles::{KnownTitles, slug_key};
use super::role::{LabelledBlock, Role};
use super::running_heads::label_running_heads;
use super::sign_offs::is_sign_off;
use super::subheads::is_subhead;
use super::text_lines::{Furniture, Part};
use crate::text::fold::folded;
use crate::text::sentence::{ends_sentence, ends_statement, starts_upper};
use crate::text::words::is_longer;

/// Gives each draft its role. Also returns the folded texts that may be headlines of other articles
/// of the archive.
pub fn label(
    drafts: Vec<Draft>,
    known: &KnownTitles,
    knowledge: &Knowledge,
) -> (Vec<LabelledBlock>, Vec<String>) {
    let mut roles: Vec<Option<Role>> = drafts.iter().map(role_of).collect();
    label_running_heads(&drafts, &mut roles, known);
    label_links(&drafts, &mut roles, known);
    let titles = label_titles(&drafts, &mut roles, knowledge);
    label_below_text(&drafts, &mut roles);
    label_body(&drafts, &mut roles);
    let blocks = drafts
        .into_iter()
        .zip(roles)
        .map(|(draft, role)| {
            let role = role.unwrap_or(Role::Paragraph);
            LabelledBlock {
                text: match role {
                    Role::Subhead | Role::Headline => without_heading_marks(&draft.text).to_owned(),
                    Role::ListItem => without_bullet(&draft.text).to_owned(),
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

/// Returns the role of a draft of the page head or of furniture. A "related" label before running
/// text is not furniture.
fn role_of(draft: &Draft) -> Option<Role> {
    match draft.part {
        Some(Part::Headline) => return Some(Role::Headline),
        Some(Part::Standfirst) => return Some(Role::Standfirst),
        Some(Part::Credit) => return Some(Role::Byline),
        Some(Part::Date) => return Some(Role::Date),
        Some(Part::Masthead) if draft.furniture.is_none() => return Some(Role::Masthead),
        Some(Part::Masthead | Part::Furniture) | None => {}
    }
    Some(match draft.furniture? {
        Furniture::Related(start) if is_running_text(&draft.text[start..]) => return None,
        Furniture::Related(start) => Role::Related(start),
        Furniture::RelatedHeading => Role::RelatedHeading,
        Furniture::Caption => Role::Caption,
        Furniture::Boilerplate => Role::Boilerplate,
    })
}

/// The most words in a title that ends in a full stop.
const LONGEST_STATEMENT_TITLE: usize = 15;

/// Returns whether a text is longer than titles are and ends as a statement, as in "Watch: the
/// crane is lifted by four men, who …".
fn is_running_text(text: &str) -> bool {
    ends_statement(text) && is_longer(text, LONGEST_STATEMENT_TITLE)
}

/// Returns whether a text looks like a title: short, not a statement, with a capital first.
fn is_title(text: &str) -> bool {
    !ends_statement(text)
        && !text.ends_with([':', ',', ';'])
        && starts_upper(text)
        && is_longer(text, 0)
        && !is_longer(text, 30)
}

/// The longest title of another story, in bytes.
const LONGEST_TITLE: usize = 300;

/// Labels titles that the URL of another story spells out.
fn label_links(drafts: &[Draft], roles: &mut [Option<Role>], known: &KnownTitles) {
    for (draft, role) in drafts.iter().zip(roles) {
        if role.is_some() || draft.text.len() > LONGEST_TITLE {
            continue;
        }
        let title = without_bullet(&draft.text);
        let is_linked = || slug_key(title).is_some_and(|key| known.linked.contains(&key));
        if is_title(title) && is_longer(title, 3) && is_linked() {
            *role = Some(Role::Related(draft.text.len() - title.len()));
        }
    }
}

/// Labels titles that are the headline of another article of the archive. Returns all folded titles
/// that could be one.
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
        let title = without_bullet(&draft.text);
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

/// Returns whether running text follows draft `i`.
fn has_text_below(drafts: &[Draft], roles: &[Option<Role>], i: usize) -> bool {
    let mut below = drafts.iter().zip(roles).skip(i + 1);
    below.any(|(draft, role)| role.is_none() && is_running_text(&draft.text))
}

/// Labels what stands below the text: lists of other stories, what follows a copyright notice or a
/// heading over topics, sign-offs.
fn label_below_text(drafts: &[Draft], roles: &mut [Option<Role>]) {
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
                let title = without_bullet(text);
                if is_topic_heading(text) && !has_text_below(drafts, roles, i) {
                    roles[i] = Some(Role::Boilerplate);
                    is_closed = true;
                } else if under_heading && is_date_line(text) {
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
    while let Some(last) = last_open(roles)
        && last > 0
        && is_sign_off(&drafts[last].text)
    {
        roles[last] = Some(Role::SignOff);
    }
    label_day_below_text(drafts, roles);
}

fn last_open(roles: &[Option<Role>]) -> Option<usize> {
    roles.iter().rposition(Option::is_none)
}

/// Labels the day of a statement below its text, with the place on the same line or on the next. In
/// a list of days, as of a tour, none dates the article.
fn label_day_below_text(drafts: &[Draft], roles: &mut [Option<Role>]) {
    let Some(last) = last_open(roles) else {
        return;
    };
    let text = |i: usize| drafts[i].text.as_str();
    let has_place_below = is_place(text(last));
    let Some(day) = last_open(&roles[..last])
        .filter(|_| has_place_below)
        .or(Some(last))
    else {
        return;
    };
    let Some(before) = last_open(&roles[..day]) else {
        return;
    };
    if is_day_of_statement(text(day)) && !is_day_of_statement(text(before)) {
        roles[day] = Some(Role::Date);
        if day < last {
            roles[last] = Some(Role::Date);
        }
    }
}

/// Labels the rest, the body.
fn label_body(drafts: &[Draft], roles: &mut [Option<Role>]) {
    // A heading has text below it.
    let is_text = |i: &usize| roles[*i].is_none() && !is_subhead(&drafts[*i].text);
    let last = (0..drafts.len()).rev().find(is_text);
    for i in 0..drafts.len() {
        if roles[i].is_some() {
            continue;
        }
        let text = drafts[i].text.as_str();
        roles[i] = Some(
            if text.starts_with('#') && without_heading_marks(text).len() < text.len() {
                Role::Subhead
            } else if text.starts_with("> ") {
                Role::Quotation
            } else if after_bullet(text).is_some_and(|item| item.contains(char::is_alphanumeric))
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
