//! Runs `index --watch` on a folder in which everything changes: files, folders, the folder itself,
//! its mount, the index, and its lock.

use std::fs::{self, File};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use crate::Outcome;
use crate::archive::Archive;

/// How many files the archive has at first.
const FILES: usize = 300;

/// How long the index may take to be right after the changes stop.
const CALM: Duration = Duration::from_secs(120);

/// After how many changes the index is checked.
const STRETCH: usize = 10;

pub fn run(changes: usize) -> Outcome {
    let mut archive = Archive::new(FILES, 5)?;
    let place = Place::plain(archive.path());
    let plain = storm(&mut archive, &place, changes / 2)?;
    let mut archive = Archive::new(FILES, 6)?;
    let Some(place) = Place::mounted(archive.path())? else {
        return Ok(format!(
            "{plain}; not run in a mounted folder: none may be mounted here"
        ));
    };
    let mounted = storm(&mut archive, &place, changes / 2)?;
    Ok(format!("{plain}; in a mounted folder: {mounted}"))
}

fn storm(archive: &mut Archive, place: &Place, changes: usize) -> Outcome {
    let index = place.watched().join(".morgue");
    let mut watching = Watching::start(archive, place.watched())?;
    watching.is_right(archive, &index)?;
    let mut counts = [0; KINDS];
    for change in 1..=changes {
        let kind = archive.dice.below(KINDS);
        counts[kind] += 1;
        disturb(archive, place, kind)
            .map_err(|error| format!("change {change} of kind {kind}: {error}"))?;
        thread::sleep(Duration::from_millis(archive.dice.below(600) as u64));
        if change % STRETCH == 0 || change == changes {
            watching
                .is_right(archive, &index)
                .map_err(|error| format!("after change {change} of kind {kind}: {error}"))?;
        }
    }
    let [
        changed,
        moved,
        renamed,
        replaced,
        away,
        locked,
        unindexed,
        remounted,
    ] = counts;
    Ok(format!(
        "files changed {changed} times, a folder moved {moved}, its files one by one {renamed}, all \
         replaced {replaced}, away {away}, mounted again {remounted}, the lock held {locked}, the \
         index removed {unindexed}: right in the end"
    ))
}

const KINDS: usize = 8;

/// Makes a change of one kind.
fn disturb(archive: &mut Archive, place: &Place, kind: usize) -> Result<(), String> {
    let io = |error: std::io::Error| error.to_string();
    let moment = Duration::from_millis(archive.dice.below(2_500) as u64);
    match kind {
        0 => (0..20).try_for_each(|_| archive.change()),
        1 => archive.move_folder(false),
        2 => archive.move_folder(true),
        3 | 4 => place.without(|folder| {
            let away = folder.with_extension("away");
            fs::rename(folder, &away).map_err(io)?;
            thread::sleep(moment);
            if kind == 4 {
                return fs::rename(&away, folder).map_err(io);
            }
            succeed(Command::new("cp").arg("-a").args([&away, folder]))?;
            fs::remove_dir_all(&away).map_err(io)
        }),
        5 => {
            let held = File::options()
                .write(true)
                .open(archive.path().join(".morgue/lock"))
                .and_then(|lock| lock.lock().map(|()| lock));
            archive.change()?;
            thread::sleep(moment);
            // `held` is an error if the index was just removed.
            drop(held);
            Ok(())
        }
        6 => {
            // Fails if a run is writing to it.
            let _ = fs::remove_dir_all(archive.path().join(".morgue"));
            Ok(())
        }
        _ => place.without(|_| Ok(())),
    }
}

/// The folder of articles, which may be mounted at another.
struct Place {
    folder: PathBuf,
    mount: Option<tempfile::TempDir>,
}

impl Place {
    fn plain(folder: &Path) -> Self {
        Self {
            folder: folder.to_owned(),
            mount: None,
        }
    }

    /// Returns `None` if the system does not allow it.
    fn mounted(folder: &Path) -> Result<Option<Self>, String> {
        let mount = tempfile::tempdir().map_err(|error| error.to_string())?;
        let is_mounted = bind(folder, mount.path()).is_ok();
        Ok(is_mounted.then(|| Self {
            folder: folder.to_owned(),
            mount: Some(mount),
        }))
    }

    /// Returns the folder that is watched.
    fn watched(&self) -> &Path {
        self.mount
            .as_ref()
            .map_or(&self.folder, tempfile::TempDir::path)
    }

    /// Runs `work` on the folder while it is not mounted.
    fn without(&self, work: impl FnOnce(&Path) -> Result<(), String>) -> Result<(), String> {
        let Some(mount) = &self.mount else {
            return work(&self.folder);
        };
        unmount(mount.path())?;
        work(&self.folder)?;
        bind(&self.folder, mount.path())
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        if let Some(mount) = &self.mount {
            let _ = unmount(mount.path());
        }
    }
}

fn bind(folder: &Path, to: &Path) -> Result<(), String> {
    succeed(Command::new("mount").arg("--bind").args([folder, to]))
}

/// Unmounts, once no process has a file open there.
fn unmount(at: &Path) -> Result<(), String> {
    let start = Instant::now();
    loop {
        match succeed(Command::new("umount").arg(at)) {
            Err(_) if start.elapsed() < CALM => thread::sleep(Duration::from_millis(20)),
            outcome => return outcome,
        }
    }
}

fn succeed(command: &mut Command) -> Result<(), String> {
    let output = command.output().map_err(|error| error.to_string())?;
    if output.status.success() {
        return Ok(());
    }
    Err(format!(
        "{command:?}: {}",
        crate::archive::stderr_of(&output)
    ))
}

/// A running program, killed when it is dropped.
struct Watching(Child);

impl Drop for Watching {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

impl Watching {
    fn start(archive: &Archive, folder: &Path) -> Result<Self, String> {
        let mut command = archive.command(&["index".as_ref(), folder.as_os_str()]);
        // A working folder in the mount would keep it from being unmounted.
        command
            .current_dir("/")
            // More than a tenth of the files may be removed between two runs.
            .args(["--watch", "--quiet", "--prune"])
            .stderr(Stdio::null());
        command.spawn().map(Self).map_err(|error| error.to_string())
    }

    /// Asserts that the index comes to have the content of the folder, and is sound.
    fn is_right(&mut self, archive: &Archive, index: &Path) -> Result<(), String> {
        let start = Instant::now();
        loop {
            if let Ok(Some(status)) = self.0.try_wait() {
                return Err(format!("it has ended: {status}"));
            }
            let verify = ["verify".as_ref(), "--index".as_ref(), index.as_os_str()];
            // Verification fails while a run holds the lock.
            let checked = archive
                .is_indexed(index)
                .and_then(|()| archive.succeed(&verify).map(drop));
            match checked {
                Err(error) if start.elapsed() > CALM => return Err(error),
                Err(_) => thread::sleep(Duration::from_millis(200)),
                Ok(()) => return Ok(()),
            }
        }
    }
}
