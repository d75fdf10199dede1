//! Finds the repetitions of the headline as running heads.

use super::join::Draft;
use super::known_titles::KnownTitles;
use super::role::Role;
use crate::text::fold::folded;

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
