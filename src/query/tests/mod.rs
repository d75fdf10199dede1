//! The language: what is typed, what it becomes, and what is said about it.

mod limits;
mod messages;
mod random;
mod typed;

/// Fails with all that differ, not with the first.
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
