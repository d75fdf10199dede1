//! What the rest of the archive says about questions that one file can't answer.

use rustc_hash::{FxHashMap, FxHashSet};

use crate::article::{Answer, Doubt};

/// Answers to the doubts of articles (see [`crate::article::Doubt`]). It is empty when a file is
/// read by itself.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Knowledge {
    /// Words that the archive writes as one word and never with a hyphen, in lower case.
    pub solid: FxHashSet<String>,
    /// The folded headlines of articles.
    pub headlines: FxHashSet<String>,
    /// Outlets, and whether they write the day before the month.
    pub day_first: FxHashMap<String, bool>,
    /// Outlets, and the ISO 639 codes of their languages.
    pub languages: FxHashMap<String, String>,
}

impl Knowledge {
    /// Returns what an archive knew of the doubts of an article when it was read.
    pub fn of_settled(settled: &[(Doubt, Answer)]) -> Self {
        let mut knowledge = Self::default();
        for (doubt, answer) in settled.iter().cloned() {
            match (doubt, answer) {
                (Doubt::Solid(first, second), Answer::Yes) => {
                    knowledge.solid.insert(first + &second);
                }
                (Doubt::Headline(title), Answer::Yes) => {
                    knowledge.headlines.insert(title);
                }
                (Doubt::DayFirst(outlet), answer) => {
                    let is_first = answer == Answer::Yes;
                    knowledge.day_first.insert(outlet, is_first);
                }
                (Doubt::Language(outlet), Answer::Language(code)) => {
                    knowledge.languages.insert(outlet, code);
                }
                _ => {}
            }
        }
        knowledge
    }

    /// Returns the answer to a doubt, if it is known.
    pub fn answer(&self, doubt: &Doubt) -> Option<Answer> {
        match doubt {
            Doubt::Solid(first, second) => self
                .solid
                .contains(&format!("{first}{second}"))
                .then_some(Answer::Yes),
            Doubt::Headline(title) => self.headlines.contains(title).then_some(Answer::Yes),
            Doubt::DayFirst(outlet) => self.day_first.get(outlet).copied().map(Answer::from),
            Doubt::Language(outlet) => {
                let language = self.languages.get(outlet)?;
                Some(Answer::Language(language.clone()))
            }
        }
    }

    /// Adds the answer to a doubt.
    pub fn learn(&mut self, doubt: Doubt, answer: Answer) {
        match (doubt, answer) {
            (Doubt::Solid(first, second), Answer::Yes) => {
                self.solid.insert(first + &second);
            }
            (Doubt::Headline(title), Answer::Yes) => {
                self.headlines.insert(title);
            }
            (Doubt::DayFirst(outlet), answer) => {
                self.day_first.insert(outlet, answer == Answer::Yes);
            }
            (Doubt::Language(outlet), Answer::Language(code)) => {
                self.languages.insert(outlet, code);
            }
            (Doubt::Solid(..) | Doubt::Headline(_) | Doubt::Language(_), _) => {}
        }
    }
}
