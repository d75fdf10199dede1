//! Measures the comparison of names on labelled pairs.
//!
//! `cargo run --release --example compare-names -- PAIRS.tsv`: lines of 1 (same person) or 0, a
//! name, another name. Prints precision, recall and F1 as JSON, and each wrong pair on standard
//! error.

use std::process::ExitCode;

use morgue::people::name_matching::is_same_person;

fn main() -> ExitCode {
    let Some(path) = std::env::args().nth(1) else {
        eprintln!("usage: compare-names PAIRS.tsv");
        return ExitCode::from(2);
    };
    let text = match std::fs::read_to_string(&path) {
        Ok(text) => text,
        Err(error) => {
            eprintln!("{path}: {error}");
            return ExitCode::from(2);
        }
    };
    let (mut correct, mut accepted, mut same) = (0.0_f64, 0.0, 0.0);
    for line in text.lines() {
        let mut columns = line.split('\t');
        let (Some(label), Some(a), Some(b)) = (columns.next(), columns.next(), columns.next())
        else {
            continue;
        };
        let (is_same, is_accepted) = (label == "1", is_same_person(a, b));
        same += f64::from(u8::from(is_same));
        accepted += f64::from(u8::from(is_accepted));
        correct += f64::from(u8::from(is_same && is_accepted));
        if is_same != is_accepted {
            eprintln!("{line}");
        }
    }
    let (precision, recall) = (correct / accepted.max(1.0), correct / same.max(1.0));
    let f1 = 2.0 * correct / (accepted + same).max(1.0);
    println!("{{\"precision\": {precision:.4}, \"recall\": {recall:.4}, \"f1\": {f1:.4}}}");
    ExitCode::SUCCESS
}
