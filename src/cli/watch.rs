//! `morgue index --watch`: follows a folder and keeps its index up to date, until it is ended.

use std::io::Write;
use std::panic::{self, AssertUnwindSafe};
use std::path::{self, Path};
use std::time::Duration;

use morgue::pipeline::{Options, Summary};
use morgue::source::watch::Watch;
use morgue::{Error, error};

use super::{Failure, Outcome, Output, hint, index, say};

/// How long a run that failed waits before it is tried again: at first, and at the most where
/// another run holds the lock. It doubles each time.
const FIRST_PAUSE: Duration = Duration::from_millis(250);
const LOCKED_PAUSE: Duration = Duration::from_secs(4);

/// The same at the most after any other failure, which may come late in a long run.
const FAILED_PAUSE: Duration = Duration::from_secs(60);

/// Runs the command, which ends by itself only where its first run fails.
pub fn run(folder: &Path, index: &Path, options: Options, quiet: bool) -> Result<Outcome, Failure> {
    // A relative path would go with the working folder when that is moved.
    let folder = path::absolute(folder).map_err(Error::io(folder))?;
    let index = path::absolute(index).map_err(Error::io(index))?;
    Err(follow(&folder, &index, options, quiet))
}

/// Brings the index up to date and goes on doing so whenever something changes. Returns how the
/// first run failed, unless it failed for the lock or because the folder was taken away under it;
/// whatever fails later is tried again.
fn follow(folder: &Path, index: &Path, mut options: Options, quiet: bool) -> Failure {
    // Followed from before the first run, so that no change is missed.
    let mut watch = Watch::new(folder, index);
    let mut report = Report {
        folder,
        quiet,
        is_verbose: options.list_skipped,
        state: State::Starting,
        has_succeeded: false,
        troubles: Vec::new(),
        flaw: None,
    };
    let mut failures = 0;
    loop {
        report.flaw(&watch);
        let retry = match attempt(folder, index, &options, quiet) {
            Ok(summary) => {
                options.rebuild = false;
                failures = 0;
                report.success(&summary);
                None
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
                // The folder is heard of when it comes back, and not read before it is whole.
                let is_away = matches!(report.state, State::Away(_));
                (!is_away).then(|| pause(is_locked(&failure), failures))
            }
        };
        watch.note_index();
        watch.wait(retry);
    }
}

/// Runs once. A panic is a failure like any other.
fn attempt(
    folder: &Path,
    index: &Path,
    options: &Options,
    quiet: bool,
) -> Result<Summary, Failure> {
    let refresh = || index::refresh(folder, index, options, quiet);
    panic::catch_unwind(AssertUnwindSafe(refresh))
        .map_err(|payload| Failure::Panic(error::panic_message(&*payload)))?
        .map_err(Failure::Library)
}

fn is_locked(failure: &Failure) -> bool {
    matches!(failure, Failure::Library(Error::IndexLocked { .. }))
}

/// Returns how long to wait after so many failures in a row.
fn pause(is_locked: bool, failures: u32) -> Duration {
    let most = if is_locked {
        LOCKED_PAUSE
    } else {
        FAILED_PAUSE
    };
    let doubled = 2_u32.saturating_pow(failures.saturating_sub(1));
    FIRST_PAUSE.saturating_mul(doubled).min(most)
}

/// How the last run ended.
#[derive(Clone, Debug, PartialEq, Eq)]
enum State {
    /// There was none yet.
    Starting,
    /// The index is up to date.
    Current,
    /// Another run holds the lock.
    Locked,
    /// There is no folder, or nothing in it, as this was said.
    Away(String),
    /// It failed otherwise, as this was said.
    Failed(String),
}

/// What is said of the runs, so that nothing is said twice in a row.
struct Report<'a> {
    folder: &'a Path,
    quiet: bool,
    is_verbose: bool,
    state: State,
    has_succeeded: bool,
    /// What is wrong with files, as it was said.
    troubles: Vec<String>,
    /// Why not all can be followed, as it was said.
    flaw: Option<String>,
}

impl Report<'_> {
    /// Says what a run did, if it is the first or changed anything, and what is wrong with files, if that is new.
    fn success(&mut self, summary: &Summary) {
        let is_first = !std::mem::replace(&mut self.has_succeeded, true);
        self.enter(State::Current);
        if let Some(why) = &summary.anew {
            say(&why.to_string());
        }
        if !self.quiet && (is_first || summary.has_changes()) {
            let mut out = Output::new();
            // Nobody need look on.
            let _ = index::write_summary(&mut out, summary).and_then(|()| out.flush());
        }
        let troubles = index::troubles(summary, self.is_verbose);
        if troubles != self.troubles {
            troubles.iter().for_each(|trouble| say(trouble));
            self.troubles = troubles;
        }
    }

    /// Says why a run failed.
    fn failure(&mut self, failure: &Failure) {
        let (state, line) = match failure {
            Failure::Library(error @ Error::IndexLocked { .. }) => {
                let line = format!("{error}; it is tried again until that has ended");
                (State::Locked, line)
            }
            Failure::Library(error) if is_away(error, self.folder) => {
                let line = format!("{error}; waiting for the folder to come back");
                (State::Away(line.clone()), line)
            }
            failure => {
                let line = match hint(failure) {
                    Some(hint) => format!("{failure}; {hint}"),
                    None => failure.to_string(),
                };
                (State::Failed(line.clone()), line)
            }
        };
        if self.state != state {
            self.enter(state);
            say(&line);
        }
    }

    /// Says why not all of the folder can be followed.
    fn flaw(&mut self, watch: &Watch) {
        let flaw = watch.flaw().map(str::to_owned);
        if let Some(flaw) = flaw
            .as_ref()
            .filter(|flaw| self.flaw.as_ref() != Some(flaw))
        {
            let folder = self.folder.display();
            say(&format!(
                "{folder}: not all of it can be followed: {flaw}; it is looked through every few \
                 seconds instead"
            ));
        }
        self.flaw = flaw;
    }

    /// Says that the folder is back, where it was away.
    fn enter(&mut self, state: State) {
        let was_away = matches!(self.state, State::Away(_));
        if was_away && !matches!(state, State::Away(_)) {
            say(&format!("{}: the folder is back", self.folder.display()));
        }
        self.state = state;
    }
}

/// Returns whether a failure says that the folder is not there, as far as can be told: a disk that
/// is not mounted leaves an empty one.
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
        let pauses = |is_locked| [1, 2, 5, 6, 100].map(|n| pause(is_locked, n).as_millis());
        assert_eq!(pauses(true), [250, 500, 4_000, 4_000, 4_000]);
        assert_eq!(pauses(false), [250, 500, 4_000, 8_000, 60_000]);
    }
}
