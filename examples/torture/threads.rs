//! Indexes with different numbers of threads, and of cores.

use std::fs;
use std::path::PathBuf;
use std::process::Command;

use crate::Outcome;
use crate::archive::{Archive, stderr_of};

const COUNTS: &[usize] = &[1, 2, 6, 7, 8, 16, 64, 256];

/// A library that fakes the number of cores, given by the variable `CORES`.
const CORES_IN_C: &str = include_str!("../../tests/fake-cores.c");

pub fn run(articles: usize) -> Outcome {
    let mut archive = Archive::new(articles, 5)?;
    let index = archive.path().join(".morgue");
    for &threads in COUNTS {
        let threads = threads.to_string();
        archive.succeed(&["index", ".", "--quiet", "--rebuild", "--threads", &threads])?;
        archive.is_indexed(&index)?;
        archive.change()?;
        archive.succeed(&["index", ".", "--quiet", "--threads", &threads])?;
        archive.is_indexed(&index)?;
        archive.succeed(&["verify"])?;
    }
    let tools = tempfile::tempdir().map_err(|error| error.to_string())?;
    let Some(library) = faked_cores(tools.path().to_owned()) else {
        return Ok(format!(
            "{articles} articles with {COUNTS:?} threads: the same archive each time; the number of \
             cores can't be faked here"
        ));
    };
    for &cores in COUNTS {
        let questions: [&[&str]; 4] = [
            &["index", ".", "--quiet", "--rebuild"],
            &["search", "harbour council"],
            &["people"],
            &["verify"],
        ];
        for arguments in questions {
            let output = archive
                .command(arguments)
                .env("LD_PRELOAD", &library)
                .env("CORES", cores.to_string())
                .output()
                .map_err(|error| error.to_string())?;
            if !output.status.success() {
                return Err(format!(
                    "{cores} cores, {arguments:?}: {}",
                    stderr_of(&output)
                ));
            }
        }
        archive.is_indexed(&index)?;
    }
    Ok(format!(
        "{articles} articles with {COUNTS:?} threads, and on as many cores: the same archive each time"
    ))
}

/// Builds the library that fakes the number of cores, if there are a compiler and the GNU C
/// library.
fn faked_cores(folder: PathBuf) -> Option<PathBuf> {
    if !cfg!(all(target_os = "linux", target_env = "gnu")) {
        return None;
    }
    let library = folder.join("cores.so");
    fs::write(folder.join("cores.c"), CORES_IN_C).ok()?;
    let status = Command::new("cc")
        .args(["-shared", "-fPIC", "-o"])
        .arg(&library)
        .arg(folder.join("cores.c"))
        .status();
    status
        .is_ok_and(|status| status.success())
        .then_some(library)
}
