//! Damages an index: flips a bit of a file, truncates it or removes it.

use std::fs;
use std::path::{Path, PathBuf};

use crate::Outcome;
use crate::archive::{Archive, stderr_of};

/// The commands that are run before and after.
const QUESTIONS: &[&[&str]] = &[
    &["search", "harbour treaty", "--json", "--limit", "50"],
    &["search", "--person", "Joren Pell", "--sort", "oldest"],
    &["search", "headline:council q7*"],
    &["people"],
    &["stats"],
    &["export"],
];

pub fn run(damages: usize) -> Outcome {
    let mut archive = Archive::new(120, 2)?;
    // Several runs make several segments and files of deletions.
    for _ in 0..4 {
        archive.succeed(&["index", ".", "--quiet"])?;
        archive.change()?;
    }
    archive.succeed(&["index", ".", "--quiet"])?;
    let index = archive.path().join(".morgue");
    let pristine = tempfile::tempdir().map_err(|error| error.to_string())?;
    copy(&index, pristine.path()).map_err(|error| error.to_string())?;
    let right = answers(&archive)?;
    let (mut refused, mut wrong, mut aborted) = (0, 0, 0);
    for round in 0..damages {
        fs::remove_dir_all(&index)
            .and_then(|()| copy(pristine.path(), &index))
            .map_err(|error| error.to_string())?;
        let what = damage(&mut archive, &index).map_err(|error| error.to_string())?;
        let at = |error: String| format!("round {round}, {what}: {error}");
        for (question, then) in QUESTIONS.iter().zip(&right) {
            // Before the damage is found, a damaged number may be a size to allocate, and a failed
            // allocation aborts the program.
            match answer(&archive, question) {
                Err(error) if error.contains("memory allocation of") => aborted += 1,
                Err(error) => return Err(at(error)),
                Ok(None) => refused += 1,
                Ok(now) if now != *then => wrong += 1,
                Ok(_) => {}
            }
        }
        let verified = archive.run(&["verify"]).map_err(at)?;
        if verified.status.code() != Some(2) {
            return Err(at("not noticed".to_owned()));
        }
        if let Some(answer) = answers(&archive).map_err(at)?.into_iter().flatten().next() {
            return Err(at(format!("still answers {answer}")));
        }
        let repaired = archive.run(&["verify", "--repair"]).map_err(at)?;
        if !repaired.status.success() {
            // Without its manifest and the copy, an index is not recognised.
            if !stderr_of(&repaired).contains("no index here") {
                return Err(at(stderr_of(&repaired)));
            }
            archive.succeed(&["index", "."]).map_err(at)?;
        }
        archive.is_indexed(&index).map_err(at)?;
        archive.succeed(&["verify"]).map_err(at)?;
    }
    Ok(format!(
        "{damages} damages, all found, none searched after, all repaired; before that, of {} \
         questions {refused} were refused, {wrong} answered wrongly and {aborted} out of memory",
        damages * QUESTIONS.len()
    ))
}

/// Returns the answers to all questions.
fn answers(archive: &Archive) -> Result<Vec<Option<String>>, String> {
    QUESTIONS
        .iter()
        .map(|question| answer(archive, question))
        .collect()
}

/// Returns the answer without times and sizes, or `None` if the program refused.
fn answer(archive: &Archive, question: &[&str]) -> Result<Option<String>, String> {
    let output = archive.run(question)?;
    let text = String::from_utf8_lossy(&output.stdout).into_owned();
    let lines: Vec<&str> = text
        .lines()
        .map(|line| line.split(",\"took_ms\"").next().unwrap_or(line))
        .filter(|line| !line.starts_with("size"))
        .collect();
    Ok((output.status.code() != Some(2)).then(|| lines.join("\n")))
}

/// Damages one file of the index, and returns a description.
fn damage(archive: &mut Archive, index: &Path) -> std::io::Result<String> {
    let files = files_in(index)?;
    let path = files[archive.dice.below(files.len())].clone();
    let shown = path.strip_prefix(index).unwrap_or(&path).display();
    let mut bytes = fs::read(&path)?;
    match archive.dice.below(3) {
        0 if !bytes.is_empty() => {
            let bit = archive.dice.below(bytes.len() * 8);
            bytes[bit / 8] ^= 1 << (bit % 8);
            fs::write(&path, bytes)?;
            Ok(format!("{shown}: bit {bit} flipped"))
        }
        1 if !bytes.is_empty() => {
            let length = archive.dice.below(bytes.len());
            fs::write(&path, &bytes[..length])?;
            Ok(format!("{shown}: cut to {length}"))
        }
        _ => {
            fs::remove_file(&path)?;
            Ok(format!("{shown}: removed"))
        }
    }
}

/// Returns all files except locks and the `.morgueignore`, whose content is not verified.
fn files_in(folder: &Path) -> std::io::Result<Vec<PathBuf>> {
    let mut files = Vec::new();
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        if path.is_dir() {
            files.extend(files_in(&path)?);
        } else if !path.to_string_lossy().ends_with("lock") && !path.ends_with(".morgueignore") {
            files.push(path);
        }
    }
    files.sort();
    Ok(files)
}

fn copy(from: &Path, to: &Path) -> std::io::Result<()> {
    fs::create_dir_all(to)?;
    for entry in fs::read_dir(from)? {
        let entry = entry?;
        let target = to.join(entry.file_name());
        if entry.path().is_dir() {
            copy(&entry.path(), &target)?;
        } else {
            fs::copy(entry.path(), target)?;
        }
    }
    Ok(())
}
