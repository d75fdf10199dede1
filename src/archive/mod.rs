//! The index on disk: its schema and analyzer, reading, writing, and the state of every file.
//!
//! An index folder holds `morgue.json`, the manifest: which versions wrote the index and which
//! generation is live; the live generation, `gen-N`, a tantivy index with a copy of the manifest and the
//! stories; `lock`, held by the process that writes; `damaged`, the findings of a verification, if any;
//! `unreadable`, what the last run could not read; and a `.morgueignore`, so that a run on a folder
//! around it does not read it as articles.

pub mod analyzer;
mod article_stories;
mod disk;
mod failure;
mod folder;
mod generation;
mod locks;
mod lookup;
mod manifest;
mod opening;
pub mod outlets;
mod path_column;
mod path_order;
mod predecessor;
mod queue;
pub(crate) mod reader;
mod review;
pub mod schema;
mod sharing;
pub mod state;
mod stats;
mod stories;
pub(crate) mod value_numbers;
mod verify;
mod writer;

pub use article_stories::{ArticleStories, StoryCount};
pub use manifest::Manifest;
pub use opening::{Anew, FileCounts, Mode, Opening};
pub use reader::{Archive, FOLDER_NAME, Snapshot, find, origin};
pub use sharing::Sharing;
pub use stats::Stats;
pub use stories::{KnownOverlap, Stories, StoryText};
pub use verify::{Verified, verify};
pub use writer::{Changes, Writer};
