//! Reads files again whose articles the rest of the archive tells to read in another way.

use std::path::Path;
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;

use super::workers;
use super::workers::Store;
use crate::archive::Changes;
use crate::archive::state::FileState;
use crate::error::Result;
use crate::machine::Shares;
use crate::source::walk;
use crate::source::walk::{Entry, SourceFile, WalkOptions};

/// Reads again the files with articles that the whole archive, as it is now, tells to read otherwise
/// than they were: a word cut at a line's end, a line that is another article's headline, a date
/// that could be read in two ways. What is read for that was counted already.
pub(super) fn settle_doubts(
    changes: &mut Changes<'_>,
    folder: &Path,
    index: &Path,
    shares: Shares,
    options: &WalkOptions,
) -> Result<()> {
    let (knowledge, outdated) = changes.review()?;
    if outdated.is_empty() {
        return Ok(());
    }
    let states = changes.states()?;
    let files: Vec<(SourceFile, FileState)> = walk::walk(folder, index, options)?
        .filter_map(|entry| match entry {
            Entry::File(file) if outdated.contains(&file.key) => {
                let state = *states.get(&file.key)?;
                Some((file, state))
            }
            _ => None,
        })
        .collect();
    let next = AtomicUsize::new(0);
    let shared: &Changes<'_> = changes;
    let settle = || -> Result<()> {
        while let Some((file, state)) = files.get(next.fetch_add(1, Ordering::Relaxed)) {
            // A file that changed since, or can't be read now, is left to the next run.
            let Ok((bytes, _)) = walk::read(file, options) else {
                continue;
            };
            if !state.is_of(&bytes) {
                continue;
            }
            // One that fails now keeps the articles it had, or the next run reads it.
            let _ = workers::hand_over(shared, file, Store::Replace, *state, bytes, &knowledge)?;
        }
        Ok(())
    };
    let failure = Mutex::new(None);
    thread::scope(|scope| {
        workers::spawn_all(scope, shares.threads, || {
            || {
                if let Err(error) = settle() {
                    workers::lock(&failure).get_or_insert(error);
                }
            }
        })
    })?;
    if let Some(error) = workers::lock(&failure).take() {
        return Err(error);
    }
    changes.commit()
}
