//! What a run reports: its progress, and what became of the files.

use std::cmp::Reverse;
use std::collections::BTreeMap;
use std::time::Duration;

use super::missing::Verdict;
use crate::archive::Anew;
use crate::error::{Means, SkipReason};
use crate::source::walk::Skipped;

/// Receives the progress of a run.
pub trait Progress: Sync {
    /// Called when a file of so many bytes was read or found unchanged.
    fn done(&self, bytes: u64);
}

/// The result of a run.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Summary {
    /// How many files were added to the index.
    pub added: u64,
    /// How many files had changed content.
    pub changed: u64,
    /// How many files had the same content.
    pub unchanged: u64,
    /// How many files and folders were left out, by reason and kind of file (see [`kind_of`]).
    pub skipped: BTreeMap<(&'static str, String), u64>,
    /// What was left out on purpose, sorted by key, if
    /// [`Options::list_skipped`](super::Options::list_skipped) asks for it.
    pub listed: Vec<Skipped>,
    is_listing: bool,
    /// What could not be read, sorted by key.
    pub troubles: Vec<Skipped>,
    /// What the last run could not read either, sorted by key.
    pub old_troubles: Vec<Skipped>,
    /// How many files are gone or left out now, and were removed from the index.
    pub removed: u64,
    /// How many files could not be read now, and were kept in the index.
    pub kept: u64,
    /// How many files no longer hold text, and were kept in the index.
    pub without_text: u64,
    /// Files that are gone from the folder but were kept, sorted: they are so many that more likely
    /// a disk is missing.
    pub withheld: Vec<String>,
    /// The rebuild or repair that the user did not ask for, if there was one.
    pub anew: Option<Anew>,
    /// The number of threads that were wanted and that were used, if the memory is not enough for
    /// all.
    pub fewer_threads: Option<(usize, usize)>,
    /// Whether the file system has no locks, so that another run could write to the index.
    pub is_unlocked: bool,
    /// How many articles are in the files that were added or changed.
    pub articles: u64,
    /// How many of these articles have no text, or fewer words of text than were taken out of it.
    pub mostly_removed: u64,
    /// The size of the files that were added or changed, in bytes.
    pub bytes: u64,
    /// The duration of the run.
    pub time: Duration,
}

impl Summary {
    /// Returns an empty summary. What is left out on purpose is listed if `is_listing`, else only
    /// counted.
    pub(super) fn new(is_listing: bool) -> Self {
        Self {
            is_listing,
            ..Self::default()
        }
    }

    /// Returns how many files and folders were left out.
    pub fn skipped_in_all(&self) -> u64 {
        self.skipped.values().sum()
    }

    /// Returns how many files and folders were left out for a reason.
    pub(super) fn skipped_for(&self, reason: &SkipReason) -> u64 {
        let of_reason = (self.skipped.iter()).filter(|((group, _), _)| *group == reason.group());
        of_reason.map(|(_, count)| count).sum()
    }

    /// Returns the kinds of files that were left out for each reason, the most frequent first.
    pub fn skipped_by_reason(&self) -> BTreeMap<&'static str, Vec<(&str, u64)>> {
        let mut reasons: BTreeMap<&str, Vec<(&str, u64)>> = BTreeMap::new();
        for ((reason, kind), count) in &self.skipped {
            reasons.entry(reason).or_default().push((kind, *count));
        }
        for kinds in reasons.values_mut() {
            kinds.sort_by_key(|&(kind, count)| (Reverse(count), kind));
        }
        reasons
    }

    /// Returns how many files and left-out folders were seen: added, changed, unchanged or skipped.
    pub fn seen(&self) -> u64 {
        self.added + self.changed + self.unchanged + self.skipped_in_all()
    }

    /// Returns whether the run changed the archive.
    pub fn has_changes(&self) -> bool {
        self.added + self.changed + self.removed > 0 || self.anew.is_some()
    }

    /// Counts and lists what was left out. A file that the index knows and that no longer holds
    /// text is listed as trouble.
    pub(super) fn skip(&mut self, skipped: Skipped, is_known: bool) {
        let kind = (skipped.reason.group(), kind_of(&skipped.key));
        *self.skipped.entry(kind).or_default() += 1;
        let is_lost = is_known && skipped.reason.means() == Means::NoText;
        if skipped.reason.is_trouble() || is_lost {
            self.troubles.push(skipped);
        } else if self.is_listing {
            self.listed.push(skipped);
        }
    }

    /// Adds what was done with the files that were not read.
    pub(super) fn add_verdict(&mut self, verdict: Verdict) {
        self.removed = verdict.removed.len() as u64;
        self.kept = verdict.kept.len() as u64;
        self.without_text = verdict.without_text.len() as u64;
        self.withheld = verdict.withheld;
    }

    pub(super) fn add(&mut self, other: Self) {
        self.added += other.added;
        self.changed += other.changed;
        self.unchanged += other.unchanged;
        for (kind, count) in other.skipped {
            *self.skipped.entry(kind).or_default() += count;
        }
        self.listed.extend(other.listed);
        self.troubles.extend(other.troubles);
        self.articles += other.articles;
        self.mostly_removed += other.mostly_removed;
        self.bytes += other.bytes;
    }
}

/// Returns the kind of a file by its key, such as `.jpg`; empty if it has no extension.
pub fn kind_of(key: &str) -> String {
    let name = key.rsplit('/').next().unwrap_or(key);
    match name.rsplit_once('.') {
        Some((stem, extension)) if !stem.is_empty() && extension.len() <= 12 => {
            format!(".{}", extension.to_lowercase())
        }
        _ => String::new(),
    }
}
