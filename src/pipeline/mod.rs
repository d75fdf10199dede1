//! Runs the index stages in order, on all cores and with bounded memory. This is the only room that
//! knows all of them.

mod articles;
mod doubts;
pub mod filed;
mod folder;
mod missing;
mod options;
mod origin;
mod scan;
mod shrinkage;
mod summary;
#[cfg(test)]
mod tests;
mod workers;

use std::io::ErrorKind;
use std::path::Path;
use std::time::Instant;

use crate::archive::{FileCounts, Mode, Opening, Writer};
use crate::error::{Error, Result, SkipReason};
use crate::machine::{Machine, Shares};
use crate::source::walk::Skipped;
use crate::stories;
pub use articles::{articles, articles_with_origins, extract};
use doubts::settle_doubts;
pub use folder::size_of;
pub use options::Options;
use origin::Origin;
use scan::{Scan, Scanned, Selection};
use shrinkage::{carry_over, ensure_not_shrunk, ensure_nothing_lost};
pub use summary::{Progress, Summary, kind_of};
use workers::{Reading, Tally};

/// About how much disk space a run needs for each byte of text: the finished index and the segments
/// that are being merged.
const ROOM: u64 = 3;

/// Builds the index of `folder` in `index`, or brings it up to date.
///
/// # Errors
/// [`Error::FolderMissing`], [`Error::NotAFolder`], [`Error::FolderEmpty`] if the folder holds no
/// file, [`Error::FolderShrunk`], [`Error::Pattern`], and errors of the index.
pub fn index(
    folder: &Path,
    index: &Path,
    options: &Options,
    progress: &dyn Progress,
) -> Result<Summary> {
    let walk = options.walk(index);
    run(
        || Origin::of_folder(folder, index, &walk),
        index,
        options,
        progress,
    )
}

/// Builds an index of the records of an export in `index`, or brings it up to date. `export` is the
/// path of a file, or `-` for standard input.
///
/// # Errors
/// [`Error::NoRecords`], [`Error::FolderShrunk`] and errors of the index.
pub fn index_export(
    export: &Path,
    index: &Path,
    options: &Options,
    progress: &dyn Progress,
) -> Result<Summary> {
    run(|| Origin::of_export(export), index, options, progress)
}

fn run<'a>(
    origin: impl FnOnce() -> Result<Origin<'a>>,
    index: &Path,
    options: &Options,
    progress: &dyn Progress,
) -> Result<Summary> {
    let start = Instant::now();
    let origin = origin()?;
    let updated = update(&origin, index, options, progress);
    let mut summary = updated.map_err(|error| match error {
        Error::Io { path, source } if is_full(source.kind()) => Error::DiskFull {
            path,
            needed: ROOM * origin.size().1,
            source,
        },
        error => error,
    })?;
    summary.time = start.elapsed();
    Ok(summary)
}

fn is_full(kind: ErrorKind) -> bool {
    matches!(kind, ErrorKind::StorageFull | ErrorKind::QuotaExceeded)
}

fn update(
    origin: &Origin<'_>,
    index: &Path,
    options: &Options,
    progress: &dyn Progress,
) -> Result<Summary> {
    let walk = &options.walk(index);
    let machine = Machine::here();
    let shares = machine.share(options.threads);
    let mut writer = open_writer(origin, index, options, shares)?;
    let is_new = writer.is_new();

    let states = writer.take_states();
    let known = states.len();
    // The records of an export have no times.
    let selection = if options.checksum || is_new || origin.is_export() {
        Selection::All
    } else {
        Selection::Changed
    };
    let summary = start_summary(&writer, options, machine.cores, shares.threads);
    let mut scan = Scan::new(states, selection, summary, progress);
    let mut jobs = (origin.entries()?)
        .filter_map(|entry| scan.job(entry))
        .peekable();
    let has_jobs = jobs.peek().is_some() || is_new;
    let tally = if has_jobs {
        let reading = Reading {
            origin,
            shares,
            progress,
            is_listing: options.list_skipped,
        };
        workers::run(&mut writer.begin(walk)?, jobs, reading)?
    } else {
        drop(jobs);
        Tally::new(options.list_skipped)
    };

    let Scanned {
        mut summary,
        missing,
        empty,
    } = scan.finish(tally);
    let verdict = missing.judge(known, options.prune);
    if has_jobs || !verdict.removed.is_empty() {
        let now = FileCounts {
            files: summary.added as usize,
            empty,
        };
        if may_lose_articles(&writer, options) {
            ensure_nothing_lost(origin.path(), writer.before(), now, &summary)?;
        }
        let mut changes = writer.begin(walk)?;
        if is_new {
            carry_over(&changes, &verdict, origin.path(), now.files)?;
        } else {
            verdict.removed.iter().for_each(|path| changes.remove(path));
        }
        changes.commit()?;
        if let Origin::Folder { folder, .. } = origin {
            settle_doubts(&mut changes, folder, index, shares, walk)?;
        }
        stories::renew(&changes, shares.threads)?;
    } else if writer.keeps_other_options(walk) || writer.was_cut_off() {
        stories::renew(&writer.begin(walk)?, shares.threads)?;
    }

    summary.add_verdict(verdict);
    summary.listed.sort();
    note_troubles(&writer, &mut summary)?;
    // The articles of a file that was emptied are kept.
    let emptied = summary.skipped_for(&SkipReason::Emptied) as usize;
    writer.finish(empty.saturating_sub(emptied))?;
    Ok(summary)
}

/// Opens the index for writing. Refuses a rebuild that would lose articles because files are
/// missing.
fn open_writer(
    origin: &Origin<'_>,
    index: &Path,
    options: &Options,
    shares: Shares,
) -> Result<Writer> {
    let opening = Opening {
        mode: if options.rebuild {
            Mode::Rebuild
        } else {
            Mode::Update
        },
        sharing: options.sharing,
        export: origin.is_export(),
        shares,
    };
    let writer = Writer::open(index, origin.path(), &opening)?;
    if may_lose_articles(&writer, options) {
        let (now, _) = origin.size();
        ensure_not_shrunk(origin.path(), now, writer.before().files)?;
    }
    Ok(writer)
}

/// Returns whether a new generation is written whose live one can't be read, so that no articles
/// can be carried over.
fn may_lose_articles(writer: &Writer, options: &Options) -> bool {
    writer.is_new() && !writer.has_predecessor() && !options.prune
}

/// Returns the summary of a run that has read nothing yet.
fn start_summary(writer: &Writer, options: &Options, cores: usize, threads: usize) -> Summary {
    let wanted = options.threads.unwrap_or(cores);
    let mut summary = Summary::new(options.list_skipped);
    summary.anew = writer.anew().cloned();
    summary.fewer_threads = (wanted > threads).then_some((wanted, threads));
    summary.is_unlocked = !writer.is_exclusive();
    summary
}

/// Separates files that the last run could not read either from new ones, and records both for the
/// next run.
fn note_troubles(writer: &Writer, summary: &mut Summary) -> Result<()> {
    summary.troubles.sort();
    let before = writer.unreadable();
    let named = |skipped: &Skipped| (skipped.key.clone(), skipped.reason.to_string());
    let all: Vec<(String, String)> = summary.troubles.iter().map(named).collect();
    writer.record_unreadable(&all)?;
    let troubles = std::mem::take(&mut summary.troubles);
    (summary.old_troubles, summary.troubles) =
        (troubles.into_iter()).partition(|skipped| before.contains(&named(skipped)));
    Ok(())
}
