//! Finds dates in a line of text and in URLs.

use std::ops::Range;

use crate::date::PartialDate;

/// A date as it is printed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PrintedDate {
    /// Where it stands in the text, in bytes, its weekday included.
    pub range: Range<usize>,
    /// What it says.
    pub reading: Reading,
    /// Whether the weekday printed beside it is that day's; `None` where none is printed.
    pub weekday_agrees: Option<bool>,
}

/// What a printed date says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reading {
    /// One date.
    Plain(PartialDate),
    /// `03/04/2018`: one date if the month stands first, another if the day does.
    Ambiguous {
        /// Month first, as in the United States.
        month_first: PartialDate,
        /// Day first, as elsewhere.
        day_first: PartialDate,
    },
    /// A month and a day without a year, as in "June 27" or "Sept. 4".
    Yearless {
        /// 1 to 12.
        month: i8,
        /// 1 to 31.
        day: i8,
    },
}

/// Returns the dates printed in a text, in order.
pub fn find(_text: &str) -> Vec<PrintedDate> {
    Vec::new()
}

/// Returns the date in a URL's path, as in `/2025/07/16/`, and the bytes it takes up.
pub fn find_in_url(_url: &str) -> Option<(PartialDate, Range<usize>)> {
    None
}
