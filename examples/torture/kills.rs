//! Kills runs of `index` at random moments, on an archive that changes between them.

use std::collections::BTreeSet;
use std::process::Stdio;
use std::thread;
use std::time::{Duration, Instant};

use crate::Outcome;
use crate::archive::{Archive, Content, stderr_of};

/// How many files the archive has at first.
const FILES: usize = 300;

/// After how many kills a run is left to end.
const STRETCH: usize = 5;

pub fn run(kills: usize) -> Outcome {
    let mut archive = Archive::new(FILES, 1)?;
    let index = archive.path().join(".morgue");
    let start = Instant::now();
    archive.succeed(&["index", ".", "--quiet"])?;
    let whole = start.elapsed();
    archive.is_indexed(&index)?;
    let mut acknowledged = archive.content.clone();
    // What a killed run may have written since then.
    let mut written = pairs(&acknowledged);
    let (mut killed, mut in_time, mut peaceful) = (0, 0, 0);
    while killed < kills {
        archive.change()?;
        written.extend(pairs(&archive.content));
        let arguments: &[&str] = match archive.dice.below(10) {
            0 => &["index", ".", "--quiet", "--rebuild"],
            _ => &["index", ".", "--quiet"],
        };
        let mut child = archive
            .command(arguments)
            .stdout(Stdio::null())
            .stderr(Stdio::piped())
            .spawn()
            .map_err(|error| error.to_string())?;
        let moment = archive.dice.below(whole.as_micros() as usize + 1);
        thread::sleep(Duration::from_micros(moment as u64));
        child.kill().map_err(|error| error.to_string())?;
        let output = child
            .wait_with_output()
            .map_err(|error| error.to_string())?;
        match output.status.code() {
            None => killed += 1,
            Some(0) => {
                in_time += 1;
                acknowledged = archive.content.clone();
                written = pairs(&acknowledged);
            }
            Some(_) => return Err(format!("kill {killed}: {}", stderr_of(&output))),
        }
        let indexed = archive.indexed(&index)?;
        holds(&indexed, &acknowledged, &archive.content)
            .and_then(|()| match pairs(&indexed).difference(&written).next() {
                Some((path, _)) => Err(format!("{path} is of no time")),
                None => Ok(()),
            })
            .and_then(|()| archive.succeed(&["verify"]).map(drop))
            .map_err(|error| format!("after kill {killed}: {error}"))?;
        if killed % STRETCH == 0 {
            archive
                .succeed(&["index", ".", "--quiet"])
                .and_then(|_| archive.is_indexed(&index))
                .and_then(|()| archive.succeed(&["verify"]))
                .map_err(|error| format!("in peace after kill {killed}: {error}"))?;
            acknowledged = archive.content.clone();
            written = pairs(&acknowledged);
            peaceful += 1;
        }
    }
    Ok(format!(
        "{killed} runs killed, {in_time} done before that, {peaceful} left in peace: nothing lost, \
         nothing twice, sound after each"
    ))
}

fn pairs(content: &Content) -> BTreeSet<(String, String)> {
    (content.iter())
        .map(|(path, mark)| (path.clone(), mark.clone()))
        .collect()
}

/// Asserts that the index holds every acknowledged article that is unchanged in the folder.
fn holds(indexed: &Content, acknowledged: &Content, now: &Content) -> Result<(), String> {
    for (path, mark) in acknowledged {
        if now.get(path) == Some(mark) && indexed.get(path) != Some(mark) {
            return Err(format!("{path} is lost"));
        }
    }
    Ok(())
}
