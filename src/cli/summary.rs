//! Puts the summary of an index run in words.

use std::io::{self, Write};

use indicatif::{DecimalBytes, HumanCount};
use morgue::pipeline::Summary;
use morgue::render::escape;
use morgue::source::walk::Skipped;

use super::output::say;
use super::verbosity::Verbosity;

/// The most unreadable files that are named, and the most kinds of skipped files.
const MAX_NAMED: usize = 20;
const MAX_KINDS: usize = 5;

/// Prints what a user should know about a run that succeeded.
pub fn say_notes(summary: &Summary, verbosity: Verbosity) {
    if let Some((wanted, used)) = summary.fewer_threads {
        say(&format!(
            "using {} instead of {wanted}: there is not enough memory for more",
            count(used as u64, "thread")
        ));
    }
    if summary.is_unlocked {
        say("this file system has no locks: make sure that no other run writes to this index");
    }
    if verbosity == Verbosity::Verbose {
        for skipped in &summary.old_troubles {
            say(&format!("{}, as in the last run", in_words(skipped)));
        }
    } else if !summary.old_troubles.is_empty() {
        let found = match summary.old_troubles.len() {
            1 => "1 file or folder".to_owned(),
            more => format!("{} files and folders", HumanCount(more as u64)),
        };
        say(&format!(
            "{found} could not be read, as in the last run; use --verbose to list them"
        ));
    }
}

/// Returns the path of a skipped file and the reason. The key of the folder of articles is empty.
fn in_words(skipped: &Skipped) -> String {
    let key = if skipped.key.is_empty() {
        "."
    } else {
        &skipped.key
    };
    format!("{key}: {}", skipped.reason)
}

/// Returns the problems that the user should resolve, one a line.
pub fn troubles(summary: &Summary, verbosity: Verbosity) -> Vec<String> {
    let max_named = match verbosity {
        Verbosity::Verbose => usize::MAX,
        Verbosity::Quiet | Verbosity::Normal => MAX_NAMED,
    };
    let mut troubles: Vec<String> = (summary.troubles.iter().take(max_named))
        .map(in_words)
        .collect();
    let more = summary.troubles.len().saturating_sub(max_named);
    if more > 0 {
        troubles.push(format!(
            "and {} more; use --verbose to list all",
            HumanCount(more as u64)
        ));
    }
    if let (Some(first), Some(last)) = (summary.withheld.first(), summary.withheld.last()) {
        troubles.push(format!(
            "{} that are gone were kept in the index, because more than a tenth of all files \
             are gone or unreadable: {first} to {last}; to remove them, run again with --prune",
            count(summary.withheld.len() as u64, "file")
        ));
    }
    troubles
}

/// Writes what became of the files. The counts on the first line add up to the number of files seen.
pub fn write_summary(out: &mut impl Write, summary: &Summary) -> io::Result<()> {
    writeln!(
        out,
        "{} seen: {} added, {} changed, {} unchanged, {} skipped",
        count(summary.seen(), "file"),
        HumanCount(summary.added),
        HumanCount(summary.changed),
        HumanCount(summary.unchanged),
        HumanCount(summary.skipped_in_all()),
    )?;
    for (number, what) in [
        (
            summary.removed,
            "removed from the index: gone, or left out now",
        ),
        (
            summary.kept,
            "kept in the index as last read: unreadable now",
        ),
        (
            summary.without_text,
            "kept in the index as last read: without text now (--prune removes them)",
        ),
    ] {
        if number > 0 {
            writeln!(out, "{} {what}", count(number, "file"))?;
        }
    }
    let seconds = summary.time.as_secs_f64();
    writeln!(
        out,
        "{} read from {} in {seconds:.1} s",
        count(summary.articles, "article"),
        DecimalBytes(summary.bytes),
    )?;
    if summary.mostly_removed > 0 {
        writeln!(
            out,
            "{} without text, or with less of it than was taken out: `morgue extract FILE` shows what",
            count(summary.mostly_removed, "article")
        )?;
    }
    for (reason, kinds) in summary.skipped_by_reason() {
        let all: u64 = kinds.iter().map(|(_, count)| count).sum();
        write!(out, "skipped, {reason}: {}", HumanCount(all))?;
        writeln!(out, "{}", kinds_in_words(&kinds))?;
    }
    for skipped in &summary.listed {
        writeln!(out, "  {}: {}", escape(&skipped.key), skipped.reason)?;
    }
    if summary.listed.is_empty() && summary.skipped_in_all() > 0 {
        writeln!(out, "use --verbose to list what was skipped")?;
    }
    Ok(())
}

/// Returns the most frequent kinds of files with their numbers, as in ` (20,000 .jpg, 3 .png)`.
fn kinds_in_words(kinds: &[(&str, u64)]) -> String {
    let mut shown: Vec<String> = (kinds.iter())
        .filter(|(kind, _)| !kind.is_empty())
        .take(MAX_KINDS)
        .map(|(kind, count)| format!("{} {}", HumanCount(*count), escape(kind)))
        .collect();
    if shown.is_empty() {
        return String::new();
    }
    let rest = (kinds.iter().filter(|(kind, _)| !kind.is_empty()))
        .skip(MAX_KINDS)
        .map(|(_, count)| count)
        .sum::<u64>();
    if rest > 0 {
        shown.push(format!("{} others", HumanCount(rest)));
    }
    format!(" ({})", shown.join(", "))
}

/// Returns a number with its noun, with commas between thousands, as in "1 file" and "20,000 files".
pub fn count(number: u64, noun: &str) -> String {
    let ending = if number == 1 { "" } else { "s" };
    format!("{} {noun}{ending}", HumanCount(number))
}
