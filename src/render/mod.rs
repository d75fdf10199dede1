//! Writes results: as text for a terminal or a pipe, and as JSON lines for programs.
//!
//! Each result type has one writer for text, which takes a [`Style`]; [`json`] writes any record.

mod answer;
mod article;
mod article_table;
mod citation;
mod context;
mod counts;
mod escape;
mod hit_table;
mod json;
mod links;
mod merge_suggestions;
mod name_table;
mod numbers;
mod person;
mod story;
mod style;
mod table;

pub use answer::answer;
pub use article::article;
pub use article_table::{article_table_header, article_table_row};
pub use citation::{bibtex, ris};
pub use context::context_line;
pub use escape::escape;
pub use hit_table::{hit_table_header, hit_table_rows, query_table_header, query_table_rows};
pub use json::json;
pub use links::links;
pub use merge_suggestions::merge_suggestions;
pub use name_table::{name_table_header, name_table_rows};
pub use numbers::write_left_out;
pub use person::{person, person_list};
pub use story::{stories, story};
pub use style::Style;
