//! What a run reports: its progress, and what became of the files.

use std::cmp::Reverse;
use std::collections::BTreeMap;
use std::time::Duration;

use crate::archive::Anew;
use crate::error::{Means, SkipReason};
use crate::source::walk::Skipped;

/// What a run is told while it goes on.
pub trait Progress: Sync {
    /// A file of so many bytes is done, or was found as it was.
    fn done(&self, bytes: u64);
}

/// What became of the files of a folder.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Summary {
    /// Files that the index did not know.
    pub added: u64,
    /// Files whose content changed.
    pub changed: u64,
    /// Files that hold what they held.
    pub unchanged: u64,
    /// How many files and folders were left out, by the reason and the kind of file (see [`kind_of`]).
    pub skipped: BTreeMap<(&'static str, String), u64>,
    /// What was left out on purpose, in the order of the names, where [`Options::list_skipped`](super::Options::list_skipped) asks for
    /// it.
    pub listed: Vec<Skipped>,
    is_listing: bool,
    /// What could not be read, in the order of the names.
    pub troubles: Vec<Skipped>,
    /// What could not be read in the last run either, in the order of the names.
    pub old_troubles: Vec<Skipped>,
    /// Files that are gone, or are left out now, and whose articles were removed.
    pub removed: u64,
    /// Files that could not be read now, and whose articles were kept.
    pub kept: u64,
    /// Files that hold no text any more, and whose articles were kept.
    pub without_text: u64,
    /// Files that are gone from the folder, but so many that they were kept, in the order of their
    /// names: more likely a disk is missing.
    pub withheld: Vec<String>,
    /// What was done to the index though nobody asked for it.
    pub anew: Option<Anew>,
    /// How many threads were wanted and how many were used, where the memory is not enough for all.
    pub fewer_threads: Option<(usize, usize)>,
    /// Whether the index is on a file system without locks, so that another run could write to it.
    pub is_unlocked: bool,
    /// Articles in the files that were added or changed.
    pub articles: u64,
    /// Bytes of the files that were read.
    pub bytes: u64,
    /// How long it took.
    pub time: Duration,
}

impl Summary {
    /// Returns a summary of nothing, to which what is left out on purpose is added file by file or only
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

    /// Returns how many files of each kind were left out for each reason, most first.
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

    /// Returns how many files and left-out folders were seen: what was added, changed, unchanged
    /// and skipped.
    pub fn seen(&self) -> u64 {
        self.added + self.changed + self.unchanged + self.skipped_in_all()
    }

    /// Returns whether the run changed anything in the archive.
    pub fn has_changes(&self) -> bool {
        self.added + self.changed + self.removed > 0 || self.anew.is_some()
    }

    /// Notes what was left out, and whether the index knows it. That a file which held text holds none any
    /// more is trouble.
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
        self.bytes += other.bytes;
    }
}

/// Returns the kind of a file by its key, as in `.jpg`; empty for one whose name has no extension.
pub fn kind_of(key: &str) -> String {
    let name = key.rsplit('/').next().unwrap_or(key);
    match name.rsplit_once('.') {
        Some((stem, extension)) if !stem.is_empty() && extension.len() <= 12 => {
            format!(".{}", extension.to_lowercase())
        }
        _ => String::new(),
    }
}
