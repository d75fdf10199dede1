//! `morgue index`: builds the index of a folder, or brings it up to date.

use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::thread;

use indicatif::{DecimalBytes, HumanCount, ProgressBar, ProgressDrawTarget, ProgressStyle};
use morgue::Error;
use morgue::archive::{self, Sharing};
use morgue::pipeline::{self, Options, Progress, Summary};
use morgue::render::escape;
use morgue::source::walk::{self, Skipped};

use super::{Failure, Outcome, Output, heap, say, watch};

/// Build the index of a folder, or bring it up to date
#[derive(clap::Args, Debug)]
pub struct Args {
    /// The folder of articles
    folder: PathBuf,
    /// Keep the index in this folder instead of the one that the variable MORGUE_INDEX names, or of
    /// FOLDER/.morgue
    #[arg(long = "index", value_name = "DIR")]
    dir: Option<PathBuf>,
    /// Also read files that end in .EXT (repeatable). Kept in the index until it is given anew; '' ends it
    #[arg(long = "ext", value_name = "EXT", value_parser = extension)]
    extensions: Option<Vec<String>>,
    /// Leave out files and folders that match, as in .gitignore (repeatable). Kept like --ext; so are the
    /// patterns of .morgueignore files
    #[arg(long = "exclude", value_name = "GLOB")]
    excludes: Option<Vec<String>>,
    /// Leave out files larger than this many MiB, 64 at first. Kept like --ext
    #[arg(long, value_name = "MIB", value_parser = clap::value_parser!(u64).range(1..=MOST_MIB))]
    max_size: Option<u64>,
    /// Let others read the index, as the umask says; else only its owner may. Kept like --ext
    #[arg(
        long,
        value_name = "BOOL",
        num_args = 0..=1,
        require_equals = true,
        default_missing_value = "true"
    )]
    share: Option<bool>,
    /// Read every file, not only those whose size, times or inode have changed
    #[arg(long)]
    checksum: bool,
    /// Read every file again and build the index anew
    #[arg(long)]
    rebuild: bool,
    /// Remove files that are gone from the folder even if they are more than a tenth of all
    #[arg(long)]
    prune: bool,
    /// Go on following the folder, and read what changes at once; Ctrl-C ends it
    #[arg(long)]
    watch: bool,
    /// How many threads to use; all cores by default
    #[arg(long, value_name = "N", value_parser = at_least_one)]
    threads: Option<usize>,
    /// List every file that is left out, and all that can't be read
    #[arg(long, short, conflicts_with = "quiet")]
    verbose: bool,
    /// Print errors alone
    #[arg(long, short)]
    quiet: bool,
}

/// The largest size in MiB that is a number of bytes.
const MOST_MIB: u64 = u64::MAX >> 20;

/// How many files that can't be read are named, and how many kinds of files that are left out.
const MOST_NAMED: usize = 20;
const MOST_KINDS: usize = 5;

/// Reads an extension. Nothing ends the list of extensions.
fn extension(typed: &str) -> Result<String, String> {
    if typed.is_empty() {
        return Ok(String::new());
    }
    walk::extension(typed)
}

fn at_least_one(typed: &str) -> Result<usize, String> {
    match typed.parse() {
        Ok(0) => Err("a run takes at least one thread".to_owned()),
        Ok(threads) => Ok(threads),
        Err(_) => Err("not a number of threads".to_owned()),
    }
}

/// Returns a list without the empty words that only end the one of before.
fn without_empty(list: Option<Vec<String>>) -> Option<Vec<String>> {
    list.map(|list| list.into_iter().filter(|word| !word.is_empty()).collect())
}

/// Runs the command.
pub fn run(args: Args) -> Result<Outcome, Failure> {
    heap::keep_little();
    let index = args
        .dir
        .or_else(super::index_variable)
        .unwrap_or_else(|| args.folder.join(archive::FOLDER_NAME));
    let options = Options {
        extensions: without_empty(args.extensions),
        excludes: without_empty(args.excludes),
        max_bytes: args.max_size.map(|mib| mib << 20),
        sharing: args.share.map(|is_shared| match is_shared {
            true => Sharing::Shared,
            false => Sharing::Private,
        }),
        rebuild: args.rebuild,
        checksum: args.checksum,
        prune: args.prune,
        threads: args.threads,
        list_skipped: args.verbose,
    };
    if args.watch {
        return watch::run(&args.folder, &index, options, args.quiet);
    }
    update(&args.folder, &index, &options, args.quiet)
}

/// Brings an index up to date and reports what became of the files.
pub fn update(
    folder: &Path,
    index: &Path,
    options: &Options,
    quiet: bool,
) -> Result<Outcome, Failure> {
    let summary = refresh(folder, index, options, quiet)?;
    if let Some(why) = &summary.anew {
        say(&why.to_string());
    }
    let mut out = Output::new();
    if !quiet {
        say_notes(&summary, options.list_skipped);
        write_summary(&mut out, &summary)?;
        out.flush()?;
    }
    let troubles = troubles(&summary, options.list_skipped);
    for trouble in &troubles {
        say(trouble);
    }
    out.end(if troubles.is_empty() {
        Outcome::Found
    } else {
        Outcome::Trouble
    })
}

/// Brings an index up to date, with a bar that shows how far it is.
pub fn refresh(
    folder: &Path,
    index: &Path,
    options: &Options,
    quiet: bool,
) -> Result<Summary, Error> {
    let bar = Bar::new(quiet);
    bar.count(folder, index, options);
    let summary = pipeline::index(folder, index, options, &bar);
    bar.0.finish_and_clear();
    summary
}

/// Says what a user should know though all went well.
fn say_notes(summary: &Summary, is_verbose: bool) {
    if let Some((wanted, used)) = summary.fewer_threads {
        let threads = if used == 1 {
            "1 thread is"
        } else {
            &format!("{used} threads are")
        };
        say(&format!(
            "{threads} used instead of {wanted}: the memory is not enough for more"
        ));
    }
    if summary.is_unlocked {
        say("there are no locks on this file system: see that no other run writes to this index");
    }
    if is_verbose {
        for skipped in &summary.old_troubles {
            say(&format!("{}, as in the last run", in_words(skipped)));
        }
    } else if !summary.old_troubles.is_empty() {
        let found = match summary.old_troubles.len() {
            1 => "1 file or folder".to_owned(),
            more => format!("{} files and folders", HumanCount(more as u64)),
        };
        say(&format!(
            "{found} could not be read, as in the last run; --verbose names what"
        ));
    }
}

/// Returns what was left out and why. The folder of articles itself has no key.
fn in_words(skipped: &Skipped) -> String {
    let key = if skipped.key.is_empty() {
        "."
    } else {
        &skipped.key
    };
    format!("{key}: {}", skipped.reason)
}

/// Returns what the user should mend, a line each.
pub fn troubles(summary: &Summary, is_verbose: bool) -> Vec<String> {
    let named = if is_verbose { usize::MAX } else { MOST_NAMED };
    let mut troubles: Vec<String> = (summary.troubles.iter().take(named))
        .map(in_words)
        .collect();
    let more = summary.troubles.len().saturating_sub(named);
    if more > 0 {
        troubles.push(format!(
            "and {} more like these; --verbose names all",
            HumanCount(more as u64)
        ));
    }
    if let (Some(first), Some(last)) = (summary.withheld.first(), summary.withheld.last()) {
        troubles.push(format!(
            "{} gone from the folder were kept in the index, since more than a tenth of it is gone or \
             can't be read: {first} to {last}; if they are gone for good, run it again with --prune",
            count(summary.withheld.len() as u64, "file")
        ));
    }
    troubles
}

/// Writes what became of the files: the counts on the first line add up to the files seen.
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
    if summary.removed > 0 {
        writeln!(
            out,
            "{} removed from the index: gone from the folder, or left out now",
            count(summary.removed, "file")
        )?;
    }
    if summary.kept > 0 {
        writeln!(
            out,
            "{} kept in the index as last read: unreadable now",
            count(summary.kept, "file")
        )?;
    }
    if summary.without_text > 0 {
        writeln!(
            out,
            "{} kept in the index as last read: without text now (--prune removes them)",
            count(summary.without_text, "file")
        )?;
    }
    let seconds = summary.time.as_secs_f64();
    writeln!(
        out,
        "{} read from {} in {seconds:.1} s",
        count(summary.articles, "article"),
        DecimalBytes(summary.bytes),
    )?;
    for (reason, kinds) in summary.skipped_by_reason() {
        let all: u64 = kinds.iter().map(|(_, count)| count).sum();
        write!(out, "skipped, {reason}: {}", HumanCount(all))?;
        writeln!(out, "{}", kinds_in_words(&kinds))?;
    }
    for skipped in &summary.listed {
        writeln!(out, "  {}: {}", escape(&skipped.key), skipped.reason)?;
    }
    if summary.listed.is_empty() && summary.skipped_in_all() > 0 {
        writeln!(out, "--verbose names what was skipped")?;
    }
    Ok(())
}

/// Returns the kinds of files with their numbers, most first, as in ` (20,000 .jpg, 3 .png)`.
fn kinds_in_words(kinds: &[(&str, u64)]) -> String {
    let mut shown: Vec<String> = (kinds.iter())
        .filter(|(kind, _)| !kind.is_empty())
        .take(MOST_KINDS)
        .map(|(kind, count)| format!("{} {}", HumanCount(*count), escape(kind)))
        .collect();
    if shown.is_empty() {
        return String::new();
    }
    let rest = (kinds.iter().filter(|(kind, _)| !kind.is_empty()))
        .skip(MOST_KINDS)
        .map(|(_, count)| count)
        .sum::<u64>();
    if rest > 0 {
        shown.push(format!("{} others", HumanCount(rest)));
    }
    format!(" ({})", shown.join(", "))
}

/// Returns a number with its noun, as in "1 file" and "2 files".
pub fn count(number: u64, noun: &str) -> String {
    let ending = if number == 1 { "" } else { "s" };
    format!("{} {noun}{ending}", HumanCount(number))
}

/// A progress bar on standard error, where that is a terminal.
struct Bar(ProgressBar);

impl Bar {
    fn new(quiet: bool) -> Self {
        let target = if quiet {
            ProgressDrawTarget::hidden()
        } else {
            ProgressDrawTarget::stderr()
        };
        let bar = ProgressBar::with_draw_target(None, target);
        bar.set_style(
            ProgressStyle::with_template(
                "{msg} {wide_bar} {decimal_bytes}/{decimal_total_bytes} {decimal_bytes_per_sec}, {eta} left",
            )
            .expect("the template is right"),
        );
        Self(bar)
    }

    /// Counts what there is to do, beside the run that does it, if anybody looks on.
    fn count(&self, folder: &Path, index: &Path, options: &Options) {
        if self.0.is_hidden() {
            return;
        }
        let (folder, index) = (folder.to_owned(), index.to_owned());
        let (bar, options) = (self.0.clone(), options.clone());
        thread::spawn(move || {
            let (files, bytes) = pipeline::size_of(&folder, &index, &options);
            bar.set_length(bytes);
            bar.set_message(count(files as u64, "file"));
        });
    }
}

impl Progress for Bar {
    fn done(&self, bytes: u64) {
        self.0.inc(bytes);
    }
}
