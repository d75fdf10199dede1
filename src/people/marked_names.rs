//! Names with marks inside: a nickname in quotes (`Ann "Kit" Hale`), a saint's surname (`Ann St.
//! Clair`), and lists in the form `Hale, Ann; Roos, Piet`.

use std::ops::Range;

use rustc_hash::FxHashSet;

use super::crf::Label;
use super::document::Labelled;
use super::observation::Observation;
use super::shape::Shape;
use crate::text::lexicon::Flags;

/// The most words of a nickname in quotes: Sammy the Bull.
const LONGEST_NICKNAME: usize = 3;

/// The most words of a given name or a surname in a list.
const LONGEST_LISTED: usize = 3;

impl Labelled<'_> {
    /// Returns the names with marks inside.
    pub(super) fn names_with_marks(self) -> Vec<Range<usize>> {
        let mut names = self.with_nickname();
        names.extend(self.with_saint());
        names.extend(self.in_lists());
        names
    }

    /// Returns the names with a nickname in quotes between given name and surname.
    fn with_nickname(self) -> Vec<Range<usize>> {
        let mut found = Vec::new();
        for sentence in &self.document.sentences {
            let tokens = &sentence.tokens;
            for open in tokens.start + 1..tokens.end {
                if !self.is_quote(open) || !self.may_end_given_names(open - 1) {
                    continue;
                }
                let furthest = tokens.end.min(open + LONGEST_NICKNAME + 2);
                let Some(close) = (open + 2..furthest).find(|&at| self.is_quote(at)) else {
                    continue;
                };
                let word = |at: usize| &self.document.words[at];
                if word(open + 1).is_capitalised()
                    && word(close - 1).is_capitalised()
                    && close + 1 < tokens.end
                    && self.may_be_surname(close + 1)
                {
                    found.push(self.start_of(open - 1, tokens)..self.end_of(close + 1));
                }
            }
        }
        found
    }

    /// Returns the names whose surname is a saint's: after a given name, and then wherever the
    /// saint stands alone.
    fn with_saint(self) -> Vec<Range<usize>> {
        let mut found = Vec::new();
        let mut surnames: FxHashSet<u64> = FxHashSet::default();
        let words = &self.document.words;
        for sentence in &self.document.sentences {
            let tokens = &sentence.tokens;
            for at in tokens.start + 1..tokens.end.saturating_sub(1) {
                let is_name = self.is_saint(at)
                    && self.may_end_given_names(at - 1)
                    && (self.labels[at - 1].is_person() || !words[at - 1].flags.any(Flags::PLACE))
                    && self.may_be_surname(at + 1);
                // "12 James St."
                let is_address = (at - 1).checked_sub(1).is_some_and(|before| {
                    tokens.contains(&before)
                        && (words[before].shape == Shape::Number
                            || words[before].flags.any(Flags::LOCATIVE))
                });
                if is_name && !is_address {
                    surnames.insert(words[at + 1].hash);
                    found.push(self.start_of(at - 1, tokens)..at + 2);
                }
            }
        }
        if surnames.is_empty() {
            return found;
        }
        let inside: FxHashSet<usize> = found.iter().cloned().flatten().collect();
        let is_alone = |at: &usize| {
            let next = at + 1;
            self.is_saint(*at)
                && !inside.contains(at)
                && (words.get(next)).is_some_and(|word| surnames.contains(&word.hash))
        };
        found.extend((0..words.len()).filter(is_alone).map(|at| at..at + 2));
        found
    }

    /// Returns the names of lists in the form `Hale, Ann; Roos, Piet B.`, two in a row at least.
    fn in_lists(self) -> Vec<Range<usize>> {
        let mut found = Vec::new();
        for sentence in &self.document.sentences {
            let tokens = sentence.tokens.clone();
            let cuts = tokens.clone().filter(|&at| self.is_mark(at, ";"));
            let ends: Vec<usize> = cuts.chain([tokens.end]).collect();
            let (mut start, mut entries) = (tokens.start, Vec::new());
            for (number, &end) in ends.iter().enumerate() {
                // The text goes on before the first name and after the last one.
                let (is_first, is_last) = (number == 0, number + 1 == ends.len());
                entries.push(self.listed(start..end, is_first, is_last));
                start = end + 1;
            }
            let mut at = 0;
            while at < entries.len() {
                let row = entries[at..].iter().take_while(|entry| entry.is_some());
                let row: Vec<Range<usize>> = row.flatten().cloned().collect();
                at += row.len().max(1);
                let is_usual = |name: &&Range<usize>| self.has_usual_given_name((*name).clone());
                let usual = row.iter().filter(is_usual).count();
                if row.len() > 1 && usual * 2 >= row.len() {
                    found.extend(row);
                }
            }
        }
        found
    }

    /// Returns the name `Hale, Ann` that the tokens of an entry are; of the first entry of a list
    /// the name at its end, of the last the name at its start.
    fn listed(self, entry: Range<usize>, is_first: bool, is_last: bool) -> Option<Range<usize>> {
        let words = &self.document.words;
        let comma = |at: &usize| self.is_mark(*at, ",");
        let place = if is_first {
            entry.clone().rfind(comma)?
        } else {
            entry.clone().find(comma)?
        };
        let is_part = |at: &usize| words[*at].is_capitalised() && !self.is_saint(*at);
        let before = (entry.start..place).rev().take_while(is_part).count();
        let after = (place + 1..entry.end).take_while(is_part).count();
        let name = place - before..place + 1 + after;
        let given = words.get(place + 1)?;
        let is_initial =
            |word: &Observation| matches!(word.shape, Shape::Initial | Shape::OneCapital);
        // "P Hale, R Roos" are two players.
        let is_given = if is_initial(given) {
            words[place + 1..name.end].iter().all(is_initial)
        } else {
            given.flags.any(Flags::ANY_GIVEN.or(Flags::WORLD_NAME))
        };
        let is_given = is_given && !is_initial(&words[name.start]);
        let no_name = Flags::COUNTRY.or(Flags::ORGANISATION).or(Flags::CALENDAR);
        let is_name = (1..=LONGEST_LISTED).contains(&before)
            && (1..=LONGEST_LISTED).contains(&after)
            && is_given
            && !words[name.clone()]
                .iter()
                .any(|word| word.flags.any(no_name));
        let is_whole =
            (is_first || name.start == entry.start) && (is_last || name.end == entry.end);
        (is_name && is_whole).then_some(name)
    }

    /// Returns whether a common given name follows the comma of a name: in the line-up of a team,
    /// `Hale, Roos; Holm, Ruiz`, they are all surnames.
    fn has_usual_given_name(self, mut name: Range<usize>) -> bool {
        let comma = name.find(|&at| self.is_mark(at, ","));
        comma.is_some_and(|at| self.document.words[at + 1].flags.any(Flags::COMMON_GIVEN))
    }

    fn is_mark(self, at: usize, mark: &str) -> bool {
        self.token(at) == mark
    }

    fn is_quote(self, at: usize) -> bool {
        matches!(
            self.token(at),
            "\"" | "“" | "”" | "'" | "‘" | "’" | "«" | "»" | "„"
        )
    }

    pub(super) fn is_saint(self, at: usize) -> bool {
        matches!(self.token(at), "St." | "St" | "Ste.")
    }

    /// Returns whether a word may be the last given name before a nickname or a saint.
    fn may_end_given_names(self, at: usize) -> bool {
        let word = &self.document.words[at];
        let is_given = word.flags.any(Flags::ANY_GIVEN) && word.is_candidate;
        is_given || self.labels[at].is_person()
    }

    /// Returns whether a word may be the surname after a nickname or a saint.
    fn may_be_surname(self, at: usize) -> bool {
        let word = &self.document.words[at];
        let no_name = Flags::ORGANISATION.or(Flags::COUNTRY).or(Flags::CALENDAR);
        let is_name = !word.flags.any(Flags::WORD) || word.flags.any(Flags::ANY_NAME);
        let is_unnamed = word.is_candidate && is_written_out(word) && is_name;
        self.labels[at].is_person() || (is_unnamed && !word.flags.any(no_name))
    }

    /// Returns the start of the name that the word at `at` is the last of: of the labelled one, or
    /// of the given names and initials before it.
    fn start_of(self, at: usize, sentence: &Range<usize>) -> usize {
        let begins = |label: Label| matches!(label, Label::Begin | Label::Single);
        if self.labels[at].is_person() {
            let own = (sentence.start..=at).rev();
            return own
                .into_iter()
                .find(|&at| begins(self.labels[at]))
                .unwrap_or(at);
        }
        let is_given = |word: &Observation| {
            word.is_candidate
                && (word.shape == Shape::Initial || word.flags.any(Flags::COMMON_GIVEN))
        };
        let more = (sentence.start..at).rev();
        at - more
            .take_while(|&at| is_given(&self.document.words[at]))
            .count()
    }

    /// Returns the end of the name that the word at `at` is the first of.
    fn end_of(self, at: usize) -> usize {
        let begins_longer = self.labels[at] == Label::Begin;
        let rest = self.labels[at..]
            .iter()
            .position(|label| *label == Label::End);
        match rest {
            Some(rest) if begins_longer => at + rest + 1,
            _ => at + 1,
        }
    }
}

fn is_written_out(word: &Observation) -> bool {
    word.is_capitalised() && !matches!(word.shape, Shape::Initial | Shape::OneCapital)
}
