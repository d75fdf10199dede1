//! What the rest of the archive says about questions that one file can't answer.

use rustc_hash::{FxHashMap, FxHashSet};

use crate::article::Doubt;

/// Answers to the doubts of articles (see [`crate::article::Doubt`]). It is empty when a file is read by
/// itself.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Knowledge {
    /// Words that the archive writes as one word and never with a hyphen, in lower case.
    pub solid: FxHashSet<String>,
    /// The folded headlines of articles.
    pub headlines: FxHashSet<String>,
    /// Outlets, and whether they write the day before the month.
    pub day_first: FxHashMap<String, bool>,
}

impl Knowledge {
    /// Returns the answer to a doubt, if it is known.
    pub fn answer(&self, doubt: &Doubt) -> Option<bool> {
        match doubt {
            Doubt::Solid(first, second) => self
                .solid
                .contains(&format!("{first}{second}"))
                .then_some(true),
            Doubt::Headline(title) => self.headlines.contains(title).then_some(true),
            Doubt::DayFirst(outlet) => self.day_first.get(outlet).copied(),
        }
    }

    /// Adds the answer to a doubt.
    pub fn learn(&mut self, doubt: Doubt, answer: bool) {
        match doubt {
            Doubt::Solid(first, second) if answer => {
                self.solid.insert(first + &second);
            }
            Doubt::Headline(title) if answer => {
                self.headlines.insert(title);
            }
            Doubt::DayFirst(outlet) => {
                self.day_first.insert(outlet, answer);
            }
            Doubt::Solid(..) | Doubt::Headline(_) => {}
        }
    }
}
