//! Compares the files that a walk finds with those that the index knows, and picks the ones to
//! read.

use rustc_hash::FxHashSet;

use super::missing::{Folders, Missing};
use super::summary::{Progress, Summary};
use super::workers::{Job, Tally};
use crate::archive::state::States;
use crate::source::walk::Entry;

/// Which files of the walk are read.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Selection {
    /// Those that are new or whose stamp changed.
    Changed,
    /// All.
    All,
}

/// A comparison that goes on while the folder is walked.
pub(super) struct Scan<'a> {
    selection: Selection,
    progress: &'a dyn Progress,
    /// The files of the index that the walk has not come to yet.
    unseen: States,
    /// The hashes of the unchanged files.
    present: FxHashSet<u64>,
    missing: Missing,
    folders: Folders,
    summary: Summary,
    /// How many of the files to read are empty.
    empty: usize,
}

/// The result of a scan and of the reading that followed.
pub(super) struct Scanned {
    pub summary: Summary,
    /// The files of the index that were not read.
    pub missing: Missing,
    /// How many files in the folder are empty.
    pub empty: usize,
}

impl<'a> Scan<'a> {
    /// Begins with the files that the index knows. `summary` counts what the scan finds.
    pub fn new(
        known: States,
        selection: Selection,
        summary: Summary,
        progress: &'a dyn Progress,
    ) -> Self {
        Self {
            selection,
            progress,
            unseen: known,
            present: FxHashSet::default(),
            missing: Missing::default(),
            folders: Folders::default(),
            summary,
            empty: 0,
        }
    }

    /// Notes what the walk found, and returns it as a job if it has to be read.
    pub fn job(&mut self, entry: Entry) -> Option<Job> {
        match entry {
            Entry::Skipped(skipped) => {
                let is_known = self.unseen.remove(&skipped.key).is_some();
                if is_known {
                    (self.missing).add(skipped.key.clone(), skipped.reason.means());
                }
                self.folders.note(&skipped);
                self.summary.skip(skipped, is_known);
                None
            }
            Entry::File(file) => {
                let known = self.unseen.remove(&file.key);
                self.empty += usize::from(file.stamp.size == 0);
                if let Some(known) = known
                    && known.stamp == file.stamp
                    && self.selection == Selection::Changed
                {
                    self.present.insert(known.hash);
                    self.summary.unchanged += 1;
                    self.progress.done(file.stamp.size);
                    return None;
                }
                Some(Job { file, known })
            }
        }
    }

    /// Ends the scan once the workers have read all jobs.
    pub fn finish(mut self, tally: Tally) -> Scanned {
        // A file whose content is there under another name was moved, whichever run added that
        // name.
        self.present.extend(&tally.hashes);
        (self.missing).add_unseen(self.unseen, &self.folders, &self.present);
        self.missing.extend(tally.missing);
        self.summary.add(tally.summary);
        Scanned {
            summary: self.summary,
            missing: self.missing,
            empty: self.empty,
        }
    }
}
