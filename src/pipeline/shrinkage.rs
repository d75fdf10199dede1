//! Guards a rebuild against losing articles: files that can't be read now are carried over from the
//! live generation, and if that can't be read either, the run stops unless all files are there.

use std::path::Path;

use rustc_hash::FxHashSet;

use super::missing::{Verdict, is_many};
use super::summary::Summary;
use crate::archive::{Changes, FileCounts};
use crate::error::{Error, Result, SkipReason};

/// Carries files that can't be read now over from the live generation into one that holds `now`
/// files.
///
/// # Errors
/// [`Error::FolderShrunk`] if the live generation is damaged.
pub(super) fn carry_over(
    changes: &Changes<'_>,
    verdict: &Verdict,
    folder: &Path,
    now: usize,
) -> Result<()> {
    let kept: FxHashSet<&str> = (verdict.kept.iter())
        .chain(&verdict.without_text)
        .chain(&verdict.withheld)
        .map(String::as_str)
        .collect();
    changes.carry_over(&kept).map_err(|error| match error {
        Error::IndexDamaged { .. } => shrunk(folder, now, now + kept.len()),
        error => error,
    })
}

/// Refuses to replace a generation of `before` files, which can't be read, with one of `now` files
/// that may lack articles.
pub(super) fn ensure_nothing_lost(
    folder: &Path,
    before: FileCounts,
    now: FileCounts,
    summary: &Summary,
) -> Result<()> {
    // A file that can't be read, or holds no text now, may have held an article.
    let is_unknown = !summary.troubles.is_empty()
        || [SkipReason::Binary, SkipReason::Hollow]
            .iter()
            .any(|reason| summary.skipped_for(reason) > 0);
    let emptied = now.empty.saturating_sub(before.empty);
    if before.files == 0 {
        return Ok(());
    }
    if is_unknown && now.files < before.files || emptied > 0 {
        let left = now.files.saturating_sub(emptied);
        return Err(shrunk(folder, left, before.files));
    }
    ensure_not_shrunk(folder, now.files, before.files)
}

/// Refuses to replace a generation of `before` files with one of `now` files if too many are gone.
pub(super) fn ensure_not_shrunk(folder: &Path, now: usize, before: usize) -> Result<()> {
    if is_many(before.saturating_sub(now), before) {
        return Err(shrunk(folder, now, before));
    }
    Ok(())
}

fn shrunk(folder: &Path, now: usize, before: usize) -> Error {
    Error::FolderShrunk {
        path: folder.to_owned(),
        now,
        before,
    }
}
