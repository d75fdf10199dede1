//! Makes files of an indexed folder unreadable, empty, zero or noise, or removes them: every kind
//! of run keeps their articles.

use std::fs;
use std::path::Path;

use crate::Outcome;
use crate::archive::{Archive, Content, stderr_of};

/// How many files the archive has.
const FILES: usize = 60;

/// What happens to a file.
#[derive(Clone, Copy, Debug)]
enum Loss {
    Unreadable,
    Zeroed,
    Noise,
    Emptied,
    Gone,
}

const LOSSES: &[Loss] = &[
    Loss::Unreadable,
    Loss::Zeroed,
    Loss::Noise,
    Loss::Emptied,
    Loss::Gone,
];

pub fn run(rounds: usize) -> Outcome {
    let mut archive = Archive::new(FILES, 6)?;
    let index = archive.path().join(".morgue");
    let mut stopped = 0;
    for round in 0..rounds {
        archive.succeed(&["index", ".", "--quiet", "--prune"])?;
        archive.is_indexed(&index)?;
        let loss = LOSSES[round % LOSSES.len()];
        let names: Vec<String> = archive.content.keys().cloned().collect();
        // At least one file, or more than a tenth if they are gone: fewer may be gone on purpose.
        let least = if matches!(loss, Loss::Gone) {
            names.len() / 10 + 1
        } else {
            1
        };
        let count = least + archive.dice.below(names.len() - least);
        let mut kept = Vec::new();
        for name in names
            .iter()
            .cycle()
            .skip(archive.dice.below(names.len()))
            .take(count)
        {
            let path = archive.path().join(name);
            let text = fs::read(&path).map_err(|error| error.to_string())?;
            inflict(loss, &path, &text, &mut archive).map_err(|error| error.to_string())?;
            kept.push((path, text));
        }
        let kind = archive.dice.below(4);
        let arguments: &[&str] = match kind {
            0 => &["index", "."],
            1 => &["index", ".", "--rebuild"],
            2 => {
                damage(&index, ".idx", &mut archive).map_err(|error| error.to_string())?;
                &["verify", "--repair"]
            }
            _ => {
                damage(&index, ".store", &mut archive).map_err(|error| error.to_string())?;
                &["verify", "--repair"]
            }
        };
        let at = |error: String| format!("round {round}, {count} {loss:?}, {arguments:?}: {error}");
        let output = archive.run(arguments).map_err(at)?;
        if output.status.success() {
            return Err(at("no trouble was said".to_owned()));
        }
        // If the stored articles are damaged too, the index can't be searched until the files are
        // back.
        let is_refused = stderr_of(&output).contains("the index is unchanged");
        stopped += usize::from(is_refused);
        if !is_refused {
            archive.is_indexed(&index).map_err(at)?;
        }
        for (path, text) in kept {
            let _ = fs::remove_file(&path);
            fs::write(path, text).map_err(|error| error.to_string())?;
        }
        archive.succeed(&["index", ".", "--quiet"]).map_err(at)?;
        archive.is_indexed(&index).map_err(at)?;
        archive.succeed(&["verify"]).map_err(at)?;
        archive.change()?;
    }
    Ok(format!(
        "{rounds} times files were unreadable, zeroed, noise, empty or gone before a run, a rebuild or a \
         repair: nothing lost, {stopped} runs stopped for that"
    ))
}

fn inflict(loss: Loss, path: &Path, text: &[u8], archive: &mut Archive) -> std::io::Result<()> {
    match loss {
        Loss::Zeroed => fs::write(path, vec![0; text.len()]),
        Loss::Noise => {
            let noise: Vec<u8> = text.iter().map(|_| archive.dice.below(256) as u8).collect();
            fs::write(path, noise)
        }
        Loss::Emptied => fs::write(path, ""),
        Loss::Gone => fs::remove_file(path),
        Loss::Unreadable => {
            fs::remove_file(path)?;
            // A dead link, since root can read files of any mode.
            #[cfg(unix)]
            std::os::unix::fs::symlink("/no/such/disk/a.txt", path)?;
            #[cfg(not(unix))]
            fs::write(path, "")?;
            Ok(())
        }
    }
}

/// Flips a bit of a file of the index with this ending.
fn damage(index: &Path, ending: &str, archive: &mut Archive) -> std::io::Result<()> {
    let mut found = Vec::new();
    for generation in fs::read_dir(index)? {
        let generation = generation?.path();
        if !generation.is_dir() {
            continue;
        }
        for entry in fs::read_dir(generation)? {
            let path = entry?.path();
            if path.to_string_lossy().ends_with(ending) {
                found.push(path);
            }
        }
    }
    found.sort();
    let path = &found[archive.dice.below(found.len())];
    let mut bytes = fs::read(path)?;
    let bit = archive.dice.below(bytes.len() * 8);
    bytes[bit / 8] ^= 1 << (bit % 8);
    fs::write(path, bytes)
}

/// Indexes into folders that hold the user's files with names like the program's: the files are
/// unchanged.
pub fn foreign(rounds: usize) -> Outcome {
    let mut archive = Archive::new(5, 7)?;
    let names = [
        "lock",
        "damaged",
        "unreadable",
        "morgue.json",
        "gen-1/meta.json",
        "gen-7/x.txt",
        "gen-ealogy/tree.txt",
        ".tmp-morgue.json",
        "readers.lock",
        "notes.txt",
        ".managed.json",
    ];
    let mut refused = 0;
    for round in 0..rounds {
        let place = archive.path().join(format!(".place-{round}"));
        let mut mine = Content::new();
        for name in names {
            if archive.dice.below(3) > 0 {
                continue;
            }
            let path = place.join(name);
            let text = format!("mine, number {}", archive.dice.below(1_000_000));
            fs::create_dir_all(path.parent().unwrap_or(&place))
                .and_then(|()| fs::write(&path, &text))
                .map_err(|error| error.to_string())?;
            mine.insert(name.to_owned(), text);
        }
        let place_argument = place.to_string_lossy().into_owned();
        let arguments = ["index", ".", "--quiet", "--index", &place_argument];
        let rebuild = [&arguments[..], &["--rebuild", "--prune"]].concat();
        for arguments in [&arguments[..], &rebuild] {
            let output = archive.run(arguments)?;
            refused += usize::from(!output.status.success());
            if output.status.success() != mine.is_empty() {
                return Err(format!(
                    "round {round}, {:?}: {}",
                    mine.keys(),
                    stderr_of(&output)
                ));
            }
            for (name, text) in &mine {
                if fs::read_to_string(place.join(name)).ok().as_ref() != Some(text) {
                    return Err(format!("round {round}: {name} is not as it was"));
                }
            }
        }
    }
    Ok(format!(
        "{rounds} folders, {refused} runs refused: no file of the user's was touched"
    ))
}
