//! The index on disk: schema, analyzer, reading, writing, and the state of every file.

pub mod analyzer;
pub mod schema;
