//! The index on disk: schema, analyzer, reading, writing, and the state of every file.
//!
//! An index folder holds `morgue.json`, which says what wrote it and which generation is live; the
//! live generation, `gen-N`, a tantivy index with a copy of `morgue.json`; `lock`, held by the process
//! that writes; `damaged`, where verification has found it so; `unreadable`, what the last run could not
//! read; and a `.morgueignore`, so that no archive around it reads it as articles.

pub mod analyzer;
mod disk;
mod folder;
mod locks;
mod lookup;
mod manifest;
mod predecessor;
pub(crate) mod reader;
mod review;
pub mod schema;
mod sharing;
pub mod state;
mod stats;
mod verify;
mod writer;

pub use manifest::Manifest;
pub use reader::{Archive, FOLDER_NAME, Snapshot, find, origin};
pub use sharing::Sharing;
pub use stats::Stats;
pub use verify::{Verified, verify};
pub use writer::{Anew, Held, Opening, Writer};
