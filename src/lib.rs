//! `morgue` makes a searchable archive out of a folder of news articles.
//!
//! Two pipelines meet in the middle. Data flows one way, and each stage is a function from one
//! type to the next:
//!
//! ```text
//! index:   folder → SourceFile → Text → Cleaned → Article → Article with people → archive
//!          source/              clean/ fields/   people/                        archive/
//! search:  words  → Query → Hits → Passages → terminal | JSON
//!          query/          search/           render/
//! ```
//!
//! [`pipeline`] runs the first, [`search`] the second. A stage knows [`article`] and the stages
//! before it, never those after it.

#![warn(missing_docs)]
#![deny(clippy::print_stdout, clippy::print_stderr)]

pub mod archive;
pub mod article;
pub mod clean;
pub mod date;
pub mod engine;
pub mod error;
pub mod fields;
pub mod identity;
pub mod machine;
pub mod passages;
pub mod people;
pub mod pipeline;
pub mod query;
pub mod render;
pub mod search;
pub mod source;

pub use article::Article;
pub use date::PartialDate;
pub use error::{Error, Result};
