//! `morgue index --watch`: watches a folder and keeps its index up to date.

use std::io::Write;
use std::panic::{self, AssertUnwindSafe};
use std::path::{self, Path};
use std::time::Duration;

use morgue::pipeline::{Options, Summary};
use morgue::source::watch::Watch;
use morgue::{Error, error};

use super::hints::with_hint;
use super::outcome::{Failure, Outcome};
use super::output::{Output, say};
use super::summary::{troubles, write_summary};
use super::update::{Source, update_with_bar};
use super::verbosity::Verbosity;

/// The pause before the first retry of a failed run, and before a run is repeated to see that nothing is left
/// to do. It doubles with each one in a row.
const FIRST_PAUSE: Duration = Duration::from_millis(250);

/// The longest pause while another run holds the lock.
const MAX_LOCKED_PAUSE: Duration = Duration::from_secs(4);

/// The longest pause after any other failure, which may come after minutes of work.
const MAX_FAILED_PAUSE: Duration = Duration::from_secs(60);

/// Runs the command. It returns only if the first run fails.
pub fn run(
    folder: &Path,
    index: &Path,
    options: Options,
    verbosity: Verbosity,
) -> Result<Outcome, Failure> {
    // A relative path would change its meaning when the working directory is moved.
    let folder = path::absolute(folder).map_err(Error::io(folder))?;
    let index = path::absolute(index).map_err(Error::io(index))?;
    Err(watch(&folder, &index, options, verbosity))
}

/// Updates the index, then updates it again whenever something changes. Returns the failure of the
/// first run, unless the index was locked or the folder was replaced meanwhile. Later failures are
/// retried.
fn watch(folder: &Path, index: &Path, mut options: Options, verbosity: Verbosity) -> Failure {
    // Watches before the first run, so that no change is missed.
    let mut watch = Watch::new(folder, index);
    let mut report = Report {
        folder,
        verbosity,
        state: State::Starting,
        has_succeeded: false,
        troubles: Vec::new(),
        flaw: None,
    };
    let mut failures = 0;
    let mut looks = 0;
    loop {
        report.flaw(&watch);
        let retry = match attempt(folder, index, &options, verbosity) {
            Ok(summary) => {
                options.rebuild = false;
                failures = 0;
                report.success(&summary);
                // An index that was removed or replaced before it is recorded is taken for the one that this
                // run left. So a run that changed it is followed by another, until one finds nothing to do.
                let is_another = watch.note_index();
                looks = if summary.has_changes() || is_another {
                    looks + 1
                } else {
                    0
                };
                (looks > 0).then(|| pause(looks, MAX_FAILED_PAUSE))
            }
            Err(failure)
                if report.state == State::Starting
                    && !is_locked(&failure)
                    && !watch.is_outdated() =>
            {
                return failure;
            }
            Err(failure) => {
                failures += 1;
                report.failure(&failure);
                watch.note_index();
                // A missing folder is not retried: the watch reports when it is back and complete.
                match report.state {
                    State::Away(_) => None,
                    State::Locked => Some(pause(failures, MAX_LOCKED_PAUSE)),
                    _ => Some(pause(failures, MAX_FAILED_PAUSE)),
                }
            }
        };
        watch.wait(retry);
    }
}

/// Updates the index once. A panic is returned as a failure.
fn attempt(
    folder: &Path,
    index: &Path,
    options: &Options,
    verbosity: Verbosity,
) -> Result<Summary, Failure> {
    let source = Source::Folder(folder.to_owned());
    let update = || update_with_bar(&source, index, options, verbosity);
    panic::catch_unwind(AssertUnwindSafe(update))
        .map_err(|payload| Failure::Panic(error::panic_message(&*payload)))?
        .map_err(Failure::Library)
}

fn is_locked(failure: &Failure) -> bool {
    matches!(failure, Failure::Library(Error::IndexLocked { .. }))
}

/// Returns how long to wait before the next of this many runs in a row.
fn pause(runs: u32, max: Duration) -> Duration {
    let doubled = 2_u32.saturating_pow(runs.saturating_sub(1));
    FIRST_PAUSE.saturating_mul(doubled).min(max)
}

/// How the last run ended.
#[derive(Clone, Debug, PartialEq, Eq)]
enum State {
    /// There was no run yet.
    Starting,
    /// The index is up to date.
    Current,
    /// Another run holds the lock.
    Locked,
    /// The folder is missing or empty. Holds the message that was printed.
    Away(String),
    /// It failed for another reason. Holds the message that was printed.
    Failed(String),
}

/// Prints messages about the runs, and remembers them so that none is printed twice in a row.
struct Report<'a> {
    folder: &'a Path,
    verbosity: Verbosity,
    state: State,
    has_succeeded: bool,
    /// The problems with files that were printed last.
    troubles: Vec<String>,
    /// Why a part of the folder can't be watched, as printed last.
    flaw: Option<String>,
}

impl Report<'_> {
    /// Prints the summary of the first run and of each run that changed something, and problems with
    /// files if they are new.
    fn success(&mut self, summary: &Summary) {
        let is_first = !std::mem::replace(&mut self.has_succeeded, true);
        self.enter(State::Current);
        if let Some(why) = &summary.anew {
            say(&why.to_string());
        }
        if self.verbosity != Verbosity::Quiet && (is_first || summary.has_changes()) {
            let mut out = Output::new();
            // Keeps watching if standard output is closed.
            let _ = write_summary(&mut out, summary).and_then(|()| out.flush());
        }
        let troubles = troubles(summary, self.verbosity);
        if troubles != self.troubles {
            troubles.iter().for_each(|trouble| say(trouble));
            self.troubles = troubles;
        }
    }

    /// Prints why a run failed, if that is new.
    fn failure(&mut self, failure: &Failure) {
        let (state, line) = match failure {
            Failure::Library(error @ Error::IndexLocked { .. }) => {
                let line = format!("{error}; retrying until it has ended");
                (State::Locked, line)
            }
            Failure::Library(error) if is_away(error, self.folder) => away(error),
            // A run that it was taken from fails in one of many ways.
            _ if !self.folder.exists() => away(&Error::FolderMissing(self.folder.to_owned())),
            failure => {
                let line = with_hint(failure);
                (State::Failed(line.clone()), line)
            }
        };
        if self.state != state {
            self.enter(state);
            say(&line);
        }
    }

    /// Prints why a part of the folder can't be watched, if that is new.
    fn flaw(&mut self, watch: &Watch) {
        let flaw = watch.flaw().map(str::to_owned);
        if let Some(flaw) = flaw
            .as_ref()
            .filter(|flaw| self.flaw.as_ref() != Some(flaw))
        {
            let folder = self.folder.display();
            say(&format!(
                "{folder}: not all of it can be watched: {flaw}; it is scanned every few seconds \
                 instead"
            ));
        }
        self.flaw = flaw;
    }

    /// Changes the state, and prints a message if the folder is back.
    fn enter(&mut self, state: State) {
        let was_away = matches!(self.state, State::Away(_));
        if was_away && !matches!(state, State::Away(_)) {
            say(&format!("{}: the folder is back", self.folder.display()));
        }
        self.state = state;
    }
}

/// Returns the state while the folder is missing or empty, and the message.
fn away(error: &Error) -> (State, String) {
    let line = format!("{error}; waiting for the folder to come back");
    (State::Away(line.clone()), line)
}

/// Returns whether an error means that the folder is missing. An empty folder counts as missing,
/// because a disk that is not mounted leaves an empty folder.
fn is_away(error: &Error, folder: &Path) -> bool {
    match error {
        Error::FolderMissing(_)
        | Error::NotAFolder(_)
        | Error::FolderEmpty(_)
        | Error::FolderEmptied(_) => true,
        Error::Io { path, .. } => path == folder,
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn waits_longer_each_time() {
        let pauses = |max| [1, 2, 5, 6, 100].map(|n| pause(n, max).as_millis());
        assert_eq!(pauses(MAX_LOCKED_PAUSE), [250, 500, 4_000, 4_000, 4_000]);
        assert_eq!(pauses(MAX_FAILED_PAUSE), [250, 500, 4_000, 8_000, 60_000]);
    }
}
