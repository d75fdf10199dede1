//! `morgue` makes a searchable archive out of a folder of news articles.
//!
//! Two pipelines meet in the index. Data flows one way, and each stage is a function from one type to the
//! next:
//!
//! ```text
//! index:   folder → SourceFile → Text → Cleaned → Article → Article with people → archive
//!          source/               clean/  fields/   people/                        archive/
//! search:  words  → Query → Plan        → ranked hits   → Answer with passages → terminal | JSON | pages
//!          query/   query/plan/ identity/ engine/ search/  passages/             render/        serve/
//! ```
//!
//! [`pipeline`] runs the first, [`search`] the second. A stage imports [`article`] and earlier stages, never
//! later ones.

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
pub mod serve;
pub mod source;
pub mod stories;
pub mod text;

pub use article::Article;
pub use date::PartialDate;
pub use error::{Error, Result};
