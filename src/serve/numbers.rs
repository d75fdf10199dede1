//! Numbers in words.

use indicatif::HumanCount;

/// Returns a number with commas between its thousands.
pub(super) fn number(number: u64) -> String {
    HumanCount(number).to_string()
}

/// Returns a number with its noun, as in "1 article" and "2,000 articles".
pub(super) fn count(number: u64, one: &str, several: &str) -> String {
    let noun = if number == 1 { one } else { several };
    format!("{} {noun}", HumanCount(number))
}
