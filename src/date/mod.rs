//! Calendar dates, which may be known to the year or the month alone, and dates as they are
//! printed.

mod calendar;
pub mod labels;
mod names;
mod partial;
pub mod printed;
mod tokens;
pub mod url;

pub use partial::{NotADate, PartialDate};
