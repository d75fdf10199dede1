//! Decides which files that the index knows and a run did not read are removed from it: those left
//! out on purpose, moved or gone, but not those that can't be read now.

use rustc_hash::{FxHashMap, FxHashSet};

use crate::archive::state::States;
use crate::error::{Means, SkipReason};
use crate::source::walk::Skipped;

/// The files of the index that the run did not read, by reason.
#[derive(Default)]
pub(super) struct Missing {
    /// Left out on purpose. They are removed.
    pub left_out: Vec<String>,
    /// There under another name. They are removed.
    pub moved: Vec<String>,
    /// Gone from the folder.
    pub gone: Vec<String>,
    /// There, but without text.
    pub no_text: Vec<String>,
    /// There, but not readable now. They are always kept.
    pub unreadable: Vec<String>,
}

/// What is done with the missing files.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Verdict {
    /// Files that are removed from the index.
    pub removed: Vec<String>,
    /// Files that can't be read now. They are kept.
    pub kept: Vec<String>,
    /// Files that no longer hold text. They are kept.
    pub without_text: Vec<String>,
    /// Files that are gone, but too many to be gone on purpose. They are kept.
    pub withheld: Vec<String>,
}

impl Missing {
    /// Adds a file of the index that was skipped.
    pub fn add(&mut self, key: String, means: Means) {
        match means {
            Means::LeftOut => self.left_out.push(key),
            Means::Gone => self.gone.push(key),
            Means::NoText => self.no_text.push(key),
            Means::Unreadable => self.unreadable.push(key),
        }
    }

    /// Adds other missing files.
    pub fn extend(&mut self, other: Self) {
        self.left_out.extend(other.left_out);
        self.moved.extend(other.moved);
        self.gone.extend(other.gone);
        self.no_text.extend(other.no_text);
        self.unreadable.extend(other.unreadable);
    }

    /// Adds the files that the walk did not find. A file below a skipped folder shares its reason;
    /// one whose hash is in `present` was moved.
    pub fn add_unseen(&mut self, unseen: States, folders: &Folders, present: &FxHashSet<u64>) {
        #[allow(clippy::iter_over_hash_type, reason = "the verdict is sorted")]
        for (key, state) in unseen {
            match folders.means_of(&key) {
                Some(means) => self.add(key, means),
                None if present.contains(&state.hash) => self.moved.push(key),
                None => self.gone.push(key),
            }
        }
    }

    /// Decides which files are removed. If more than one and more than a tenth of the `known` files
    /// of the index are gone, without text or unreadable, a disk may be missing or damaged, and
    /// those that are gone are kept unless `prune`.
    pub fn judge(self, known: usize, prune: bool) -> Verdict {
        let missing = self.gone.len() + self.no_text.len() + self.unreadable.len();
        let mut verdict = Verdict {
            removed: self.left_out,
            kept: self.unreadable,
            ..Verdict::default()
        };
        verdict.removed.extend(self.moved);
        if prune {
            verdict.removed.extend(self.gone);
            verdict.removed.extend(self.no_text);
        } else {
            verdict.without_text = self.no_text;
            if is_many(missing, known) {
                verdict.withheld = self.gone;
            } else {
                verdict.removed.extend(self.gone);
            }
        }
        verdict.removed.sort_unstable();
        verdict.kept.sort_unstable();
        verdict.without_text.sort_unstable();
        verdict.withheld.sort_unstable();
        verdict
    }
}

/// Returns whether so many missing files are unlikely to be gone on purpose.
pub(super) fn is_many(missing: usize, of: usize) -> bool {
    missing > 1 && missing > of / 10
}

/// The files and folders that a walk skipped, by key, with the meaning for files below.
#[derive(Default)]
pub(super) struct Folders(FxHashMap<String, Means>);

impl Folders {
    /// Records a file or folder that was skipped, unless it can only be a file.
    pub fn note(&mut self, skipped: &Skipped) {
        if matches!(
            skipped.reason,
            SkipReason::Extension | SkipReason::TooLarge(_) | SkipReason::NotAFile
        ) {
            return;
        }
        let key = match skipped.reason {
            // Which path a line is of that can't be read is not known: it may be of any.
            SkipReason::NoRecord { .. } => String::new(),
            _ => skipped.key.clone(),
        };
        self.0.insert(key, skipped.reason.means());
    }

    /// Returns the meaning of the innermost skipped folder around a file. The key of the folder of
    /// articles is empty.
    fn means_of(&self, key: &str) -> Option<Means> {
        let ends = key.rmatch_indices('/').map(|(at, _)| at);
        std::iter::once(key.len())
            .chain(ends)
            .chain([0])
            .find_map(|end| self.0.get(&key[..end]))
            .copied()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::archive::state::FileState;

    fn keys(prefix: &str, count: usize) -> Vec<String> {
        (0..count).map(|i| format!("{prefix}{i}")).collect()
    }

    #[test]
    fn many_missing_files_are_kept() {
        for (gone, unreadable, known, removed) in [
            (1, 0, 1, 1),
            (1, 0, 2, 1),
            (2, 0, 3, 0),
            (2, 0, 20, 2),
            (3, 0, 20, 0),
            (10, 0, 11, 0),
            (10, 0, 100, 10),
            (10, 1, 100, 0),
        ] {
            let missing = || Missing {
                gone: keys("gone", gone),
                unreadable: keys("locked", unreadable),
                ..Missing::default()
            };
            let verdict = missing().judge(known, false);
            let at = format!("{gone} and {unreadable} of {known}: {verdict:?}");
            assert_eq!(verdict.removed.len(), removed, "{at}");
            assert_eq!(verdict.withheld.len(), gone - removed, "{at}");
            assert_eq!(verdict.kept.len(), unreadable, "{at}");
            let pruned = missing().judge(known, true);
            assert_eq!(pruned.removed.len(), gone, "{at}");
            assert_eq!(
                pruned.kept.len(),
                unreadable,
                "--prune removes nothing unread: {at}"
            );
        }
    }

    #[test]
    fn files_without_text_are_kept_until_pruned() {
        let missing = || Missing {
            no_text: keys("noise", 1),
            left_out: keys("excluded", 50),
            ..Missing::default()
        };
        let verdict = missing().judge(100, false);
        assert_eq!((verdict.removed.len(), verdict.without_text.len()), (50, 1));
        let verdict = missing().judge(100, true);
        assert_eq!((verdict.removed.len(), verdict.without_text.len()), (51, 0));
    }

    #[test]
    fn files_below_a_skipped_folder_share_its_fate() {
        let mut folders = Folders::default();
        for (key, reason) in [
            ("private", SkipReason::Unreadable("no".to_owned())),
            ("drafts", SkipReason::Excluded),
            ("drafts/private", SkipReason::Unreadable("no".to_owned())),
        ] {
            let key = key.to_owned();
            folders.note(&Skipped { key, reason });
        }
        let state = |hash| FileState {
            hash,
            ..FileState::OUTDATED
        };
        let unseen = [
            ("private/a.txt", 1),
            ("private-not/a.txt", 1),
            ("drafts/b.txt", 1),
            ("drafts/private/c.txt", 1),
            ("old/d.txt", 7),
        ];
        let unseen = unseen.map(|(key, hash)| (key.to_owned(), state(hash)));
        let mut missing = Missing::default();
        let present = FxHashSet::from_iter([7]);
        missing.add_unseen(unseen.into_iter().collect(), &folders, &present);
        missing.unreadable.sort();
        assert_eq!(
            missing.unreadable,
            ["drafts/private/c.txt", "private/a.txt"]
        );
        assert_eq!(missing.left_out, ["drafts/b.txt"]);
        assert_eq!(missing.moved, ["old/d.txt"]);
        assert_eq!(missing.gone, ["private-not/a.txt"]);
    }

    #[test]
    fn an_unreadable_root_keeps_everything() {
        let mut folders = Folders::default();
        folders.note(&Skipped {
            key: String::new(),
            reason: SkipReason::Unreadable("no".to_owned()),
        });
        assert_eq!(folders.means_of("a/b.txt"), Some(Means::Unreadable));
    }
}
