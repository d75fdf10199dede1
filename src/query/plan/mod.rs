//! Turns the tree of a query into a plan: the engine queries that have to match, and the words that
//! rank the matches.

mod compile;
pub mod expand;
mod filters;
mod kept_spelling;
mod most;
mod person_near;
mod planner;
mod ranking;
mod search_plan;
mod span_tree;
mod stored_text;
mod terms;
mod text;
mod variants;
mod whole_name;

pub use compile::plan;
pub use most::{Countable, plan_most};
pub use search_plan::{Plan, RankWord, Shape, Umlaut};
