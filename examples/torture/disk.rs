//! A full disk: runs on a small file system in memory, with a little more space each time.

use std::fs;
use std::path::Path;
use std::process::Command;

use crate::Outcome;
use crate::archive::{Archive, stderr_of};

/// The size of the file system in bytes.
const DISK: usize = 64 << 20;

/// The most free space, in bytes: somewhat more than a run needs.
const MOST_ROOM: usize = 1_200_000;

pub fn run(fills: usize) -> Outcome {
    let mount = tempfile::tempdir().map_err(|error| error.to_string())?;
    let is_mounted = Command::new("mount")
        .args(["-t", "tmpfs", "-o", &format!("size={DISK}"), "tmpfs"])
        .arg(mount.path())
        .output()
        .is_ok_and(|output| output.status.success());
    if !is_mounted {
        return Ok("not run: no file system may be mounted here".to_owned());
    }
    let outcome = fill(mount.path(), fills);
    let unmounted = Command::new("umount").arg(mount.path()).status();
    if !unmounted.is_ok_and(|status| status.success()) {
        return Err("the file system can't be unmounted".to_owned());
    }
    outcome
}

fn fill(disk: &Path, fills: usize) -> Outcome {
    let mut archive = Archive::new(300, 3)?;
    let index = disk.join("index");
    let index_argument = index.to_string_lossy().into_owned();
    let arguments = ["index", ".", "--quiet", "--index", &index_argument];
    let ballast = disk.join("ballast");
    let (mut refused, mut done) = (0, 0);
    for round in 0..fills {
        archive.succeed(&arguments)?;
        archive.is_indexed(&index)?;
        let before = archive.content.clone();
        for _ in 0..15 {
            archive.change()?;
        }
        let room = MOST_ROOM * round / fills;
        let used = bytes_in(disk).map_err(|error| error.to_string())?;
        fs::write(&ballast, vec![1; DISK.saturating_sub(used + room)])
            .map_err(|error| error.to_string())?;
        let mut arguments = arguments.to_vec();
        if round % 2 == 1 {
            arguments.push("--rebuild");
        }
        let output = archive.run(&arguments)?;
        let said = stderr_of(&output);
        let at = |error: String| format!("with {room} bytes left: {error} (it said: {said})");
        let expected = if output.status.success() {
            done += 1;
            &archive.content
        } else {
            refused += 1;
            let is_plain = said.lines().count() == 1 && said.contains("No space left on device");
            if !is_plain || !said.contains(" MB in all are needed") {
                return Err(at("not in plain words".to_owned()));
            }
            &before
        };
        let indexed = archive.indexed(&index).map_err(at)?;
        // The disk may have been full only after the commit.
        if indexed != *expected && indexed != archive.content {
            return Err(at("articles are lost".to_owned()));
        }
        fs::remove_file(&ballast).map_err(|error| error.to_string())?;
        archive.succeed(&arguments).map_err(at)?;
        archive.is_indexed(&index).map_err(at)?;
        let verify = ["verify", "--index", &index_argument];
        archive.succeed(&verify).map_err(at)?;
    }
    Ok(format!(
        "{fills} levels, {refused} of them too full, {done} not: nothing lost, and the next run \
         ended well"
    ))
}

/// Returns the space of all files in a folder, in bytes, rounded up to pages.
fn bytes_in(folder: &Path) -> std::io::Result<usize> {
    let mut bytes = 0;
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        let metadata = entry.metadata()?;
        bytes += if metadata.is_dir() {
            bytes_in(&entry.path())?
        } else {
            (metadata.len() as usize).next_multiple_of(4096)
        };
    }
    Ok(bytes)
}
