//! Typed queries: their trees, notes, errors and limits.

mod limits;
mod messages;
mod random;
mod typed;

/// Compares all rows, and fails with a list of those that differ.
fn ensure_equal(table: &[(&str, &str)], read: impl Fn(&str) -> String) {
    let mut differ = String::new();
    for (typed, expected) in table {
        let read = read(typed);
        if read != *expected {
            differ += &format!("{typed}\n  expected {expected}\n  read     {read}\n");
        }
    }
    assert!(differ.is_empty(), "\n{differ}");
}
