//! The tantivy index of a generation: creates one, starts the engine's writer on it, and removes
//! those that were replaced.

use std::fs;
use std::path::Path;

use tantivy::indexer::{IndexWriterOptions, LogMergePolicy};
use tantivy::store::{Compressor, ZstdCompressor};
use tantivy::{Index, IndexSettings};

use super::analyzer;
use super::disk::{Access, Disk};
use super::failure::failure;
use super::locks;
use super::manifest;
use super::manifest::Manifest;
use super::queue::Engine;
use super::schema;
use super::sharing::{Sharing, TEMPORARY};
use crate::error::{Error, Result};
use crate::machine::Shares;

/// How many merges run at once. Each takes some 45 MB of memory; the engine's default is four.
const MERGES_AT_A_TIME: usize = 1;

/// Segments of up to this many articles are merged regardless of their sizes. With the engine's
/// default of 10,000, a run over a few changed files merges all segments of a small archive.
const SMALL_SEGMENT: u32 = 1_000;

/// The size of a block of the document store, in bytes. The engine's default of 16 KB makes the
/// index a tenth larger; a larger block costs more time per article shown, since it is decompressed
/// whole.
const STORE_BLOCK: usize = 1 << 15;

/// The share of deleted documents above which a segment is rewritten. The engine's default never
/// rewrites one.
const DELETED_BEFORE_MERGE: f32 = 0.2;

/// Creates an empty index in `folder`, which must not exist yet.
pub(super) fn create(folder: &Path, sharing: Sharing) -> Result<Index> {
    sharing.create_folder(folder).map_err(Error::io(folder))?;
    let (schema, _) = schema::build();
    let settings = IndexSettings {
        docstore_compression: Compressor::Zstd(ZstdCompressor {
            compression_level: Some(3),
        }),
        docstore_blocksize: STORE_BLOCK,
        ..IndexSettings::default()
    };
    locks::create_readers_lock(folder, sharing)?;
    let index = Disk::open(folder, Access::Write(sharing))
        .and_then(|disk| {
            Index::builder()
                .schema(schema)
                .settings(settings)
                .open_or_create(disk)
        })
        .map_err(|error| failure(folder, error))?;
    analyzer::register(&index);
    Ok(index)
}

/// Starts the engine's threads on the index in the folder `generation`.
pub(super) fn start_engine(index: &Index, shares: &Shares, generation: &Path) -> Result<Engine> {
    let options = IndexWriterOptions::builder()
        .num_worker_threads(shares.engine_threads)
        .memory_budget_per_thread(shares.arena)
        .num_merge_threads(MERGES_AT_A_TIME)
        .build();
    let engine = index
        .writer_with_options(options)
        .map_err(|error| failure(generation, error))?;
    let mut merging = LogMergePolicy::default();
    merging.set_del_docs_ratio_before_merge(DELETED_BEFORE_MERGE);
    merging.set_min_layer_size(SMALL_SEGMENT);
    engine.set_merge_policy(Box::new(merging));
    // Tantivy's first operation reuses the opstamp of the last commit, and a merge skips deletes up
    // to a segment's own opstamp, so a delete as the first operation could be lost. An empty
    // operation takes that opstamp.
    engine
        .run(Vec::new())
        .map_err(|error| failure(generation, error))?;
    Ok(engine)
}

/// Removes what a killed run left in a generation. A file of deletions from a commit that was cut
/// off would make every later commit fail; the engine's garbage collection does not know temporary
/// files.
pub(super) fn clean_up(engine: &Engine, generation: &Path) -> Result<()> {
    for entry in fs::read_dir(generation).map_err(Error::io(generation))? {
        let entry = entry.map_err(Error::io(generation))?;
        if entry.file_name().to_string_lossy().starts_with(TEMPORARY) {
            fs::remove_file(entry.path()).map_err(Error::io(entry.path()))?;
        }
    }
    engine
        .garbage_collect_files()
        .wait()
        .map(drop)
        .map_err(|error| failure(generation, error))
}

/// Returns a number that no file or folder named like a generation has yet.
pub(super) fn next_number(folder: &Path) -> Result<u64> {
    let last = manifest::generations_in(folder)?.into_iter().max();
    Ok(last.unwrap_or(0) + 1)
}

/// Removes the generations that are not live: those that were replaced and those that a killed run
/// left unfinished. One that a reader holds stays. Only generations that the manifest lists are
/// removed.
pub(super) fn remove_replaced(manifest: &mut Manifest, folder: &Path) {
    let live = manifest.generation;
    manifest.generations.retain(|&generation| {
        let path = manifest::generation_folder(folder, generation);
        if generation != live {
            locks::remove_unheld(&path);
        }
        path.exists()
    });
}
