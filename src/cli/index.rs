//! `morgue index`: builds the index of a folder, or brings it up to date.

use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::thread;

use indicatif::{DecimalBytes, ProgressBar, ProgressDrawTarget, ProgressStyle};
use morgue::pipeline::{self, Options, Progress, Summary};
use morgue::render::escape;
use morgue::source::walk;
use morgue::{Error, archive};

use super::{Failure, Outcome, heap, watch};

/// Build the index of a folder, or bring it up to date
#[derive(clap::Args, Debug)]
pub struct Args {
    /// The folder of articles
    folder: PathBuf,
    /// Keep the index in this folder instead of FOLDER/.morgue
    #[arg(long = "index", value_name = "DIR", env = "MORGUE_INDEX")]
    dir: Option<PathBuf>,
    /// Also read files that end in .EXT (repeatable)
    #[arg(long = "ext", value_name = "EXT")]
    extensions: Vec<String>,
    /// Leave out files larger than this many MiB
    #[arg(long, value_name = "MIB", default_value_t = 64)]
    max_size: u64,
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
    #[arg(long, value_name = "N")]
    threads: Option<usize>,
    /// Print errors alone
    #[arg(long, short)]
    quiet: bool,
}

/// Runs the command.
pub fn run(args: Args) -> Result<Outcome, Failure> {
    heap::keep_little();
    let index = args
        .dir
        .unwrap_or_else(|| args.folder.join(archive::FOLDER_NAME));
    let options = Options {
        walk: walk::Options {
            extensions: args.extensions,
            max_bytes: args.max_size.saturating_mul(1 << 20),
        },
        rebuild: args.rebuild,
        prune: args.prune,
        threads: args.threads,
        ..Options::default()
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
    if let Some(why) = anew(&summary) {
        watch::say(&why);
    }
    if !quiet {
        write_summary(&mut io::stdout().lock(), &summary)?;
    }
    let troubles = troubles(&summary);
    for trouble in &troubles {
        watch::say(trouble);
    }
    Ok(if troubles.is_empty() {
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
    bar.count(folder, index, &options.walk);
    let summary = pipeline::index(folder, index, options, &bar);
    bar.0.finish_and_clear();
    summary
}

/// Returns why the index was built anew though nobody asked for it.
pub fn anew(summary: &Summary) -> Option<String> {
    let why = summary.anew.as_ref()?;
    Some(format!("{why}; it was built anew"))
}

/// Returns what the user should mend, a line each.
pub fn troubles(summary: &Summary) -> Vec<String> {
    let mut troubles: Vec<String> = summary
        .skipped
        .iter()
        .filter(|skipped| skipped.reason.is_trouble())
        .map(|skipped| format!("{}: {}", skipped.key, skipped.reason))
        .collect();
    if let [first, .., last] = summary.withheld.as_slice() {
        troubles.push(format!(
            "{} gone from the folder were kept in the index, since they are more than a tenth of \
             it: {first} to {last}; if they are gone for good, run it again with --prune",
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
        summary.added,
        summary.changed,
        summary.unchanged,
        summary.skipped.len(),
    )?;
    if summary.removed > 0 {
        writeln!(
            out,
            "{} removed from the index: gone from the folder, or no longer read",
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
    let seconds = summary.time.as_secs_f64();
    writeln!(
        out,
        "{} read from {} in {seconds:.1} s",
        count(summary.articles, "article"),
        DecimalBytes(summary.bytes),
    )?;
    for (reason, count) in summary.skipped_by_reason() {
        writeln!(out, "skipped, {reason}: {count}")?;
    }
    for skipped in summary.skipped.iter().filter(|s| !s.reason.is_trouble()) {
        writeln!(out, "  {}: {}", escape(&skipped.key), skipped.reason)?;
    }
    Ok(())
}

/// Returns a number with its noun, as in "1 file" and "2 files".
pub fn count(number: u64, noun: &str) -> String {
    let ending = if number == 1 { "" } else { "s" };
    format!("{number} {noun}{ending}")
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
    fn count(&self, folder: &Path, index: &Path, options: &walk::Options) {
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
