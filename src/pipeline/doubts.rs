//! Reads files again for which the rest of the archive has new answers to doubts.

use std::path::Path;
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;

use super::origin::Content;
use super::workers;
use super::workers::Store;
use crate::archive::Changes;
use crate::archive::state::FileState;
use crate::error::Result;
use crate::machine::Shares;
use crate::source::decode::decode;
use crate::source::walk;
use crate::source::walk::{Entry, SourceFile, WalkOptions};

/// Reads files again whose articles were read with other answers to their doubts than the archive
/// has now: a word cut at a line's end, a line that is another article's headline, a date that can
/// be read in two ways. These files are already counted.
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
            // A file that has changed meanwhile or can't be read is left to the next run.
            let Ok((bytes, _)) = walk::read(file, options) else {
                continue;
            };
            if !state.is_of(&bytes) {
                continue;
            }
            let content = || Content::Text(decode(&bytes));
            // If it fails, it keeps its articles, or the next run reads it.
            let _ =
                workers::write_articles(shared, file, Store::Replace, *state, content, &knowledge)?;
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
