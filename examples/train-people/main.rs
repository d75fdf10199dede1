//! Trains and measures the tagger of persons.
//!
//! usage: cargo run --release --example train-people -- FOLDER [--without-gmb] [--epochs N] [--rows N] [--out FILE]
//!        cargo run --release --example train-people -- --measure FILE… [--errors N] [--model FILE]
//!
//! FOLDER holds `.tsv` files with a token, a tab and a tag per line: `B-PER` and `I-PER` for
//! persons, `O`, and any other tag for other names; a blank line between sentences, `-DOCSTART-`
//! between documents.
//!
//! Writes `src/people/data/model.zst`; the same files give the same bytes. `--measure` prints
//! precision, recall and F1 over the multisets of mentions as written, document by document.

use std::error::Error;
use std::fs;
use std::ops::Range;
use std::path::{Path, PathBuf};

use morgue::people::model::Model;

use corpus::{join, read_documents, recased};
use measure::print_scores;
use model_file::encode;
use random::Random;
use sequences::{Sequence, add_sequences, drop_features};
use training::{Rates, Trainer, Weights};

mod corpus;
mod measure;
mod model_file;
mod random;
mod sequences;
mod training;

/// The number of trainings that the model is the mean of. Two trainings that differ only in the
/// order of the sentences differ by about half a point of F1; the mean varies less.
const TRAININGS: usize = 8;

fn main() -> Result<(), Box<dyn Error>> {
    let mut paths = Vec::new();
    let mut is_measurement = false;
    let mut settings = Settings::default();
    let mut errors = 0;
    let mut model = None;
    let mut out = PathBuf::from("src/people/data/model.zst");
    let mut arguments = std::env::args().skip(1);
    while let Some(argument) = arguments.next() {
        let mut value = || arguments.next().ok_or(format!("{argument} needs a value"));
        match argument.as_str() {
            "--measure" => is_measurement = true,
            "--without-gmb" => settings.without_gmb = true,
            "--epochs" => settings.epochs = value()?.parse()?,
            "--rows" => settings.rows = value()?.parse()?,
            "--errors" => errors = value()?.parse()?,
            "--model" => model = Some(PathBuf::from(value()?)),
            "--out" => out = PathBuf::from(value()?),
            _ => paths.push(PathBuf::from(argument)),
        }
    }
    if is_measurement {
        let model = model
            .map(fs::read)
            .transpose()?
            .map(|bytes| Model::decode(&bytes));
        for path in &paths {
            print_scores(path, model.as_ref().unwrap_or_else(|| Model::get()), errors)?;
        }
        return Ok(());
    }
    let folder = paths.first().ok_or("usage: train-people FOLDER")?;
    let encoded = encode(&train(folder, &settings)?);
    println!("{} bytes", encoded.len());
    fs::write(out, encoded)?;
    Ok(())
}

/// The settings of a training.
struct Settings {
    /// Whether to leave out the Groningen Meaning Bank.
    without_gmb: bool,
    /// The number of passes over the sequences.
    epochs: usize,
    /// The number of features to keep.
    rows: usize,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            without_gmb: false,
            epochs: 5,
            rows: 300_000,
        }
    }
}

/// Trains on the files of a folder, and returns the weights that are kept.
fn train(folder: &Path, settings: &Settings) -> Result<Weights, Box<dyn Error>> {
    let mut random = Random(20);
    let data = TrainingData::read(folder, settings, &mut random)?;
    let mut trainings = Vec::new();
    for training in 1..=TRAININGS {
        let mut trainer = Trainer::new(Rates::default());
        let mut order = data.sequences_of(training);
        for epoch in 1..=settings.epochs {
            for at in (1..order.len()).rev() {
                order.swap(at, random.below(at + 1));
            }
            let mut loss = 0.0;
            for &at in &order {
                let Sequence { features, labels } = &data.sequences[at];
                let features: Vec<Vec<u32>> = features
                    .iter()
                    .map(|features| drop_features(features, &mut random))
                    .collect();
                loss += f64::from(trainer.step(&features, labels));
            }
            println!("training {training}, epoch {epoch}: loss {loss:.0}");
        }
        trainings.push(trainer.finish());
    }
    let mut weights = Weights::mean(&trainings);
    println!("{} features with weights", weights.features.len());
    weights.prune(settings.rows);
    println!("{} kept", weights.features.len());
    Ok(weights)
}

/// The sequences of all files.
struct TrainingData {
    sequences: Vec<Sequence>,
    /// The ranges of `sequences` that come from noisy files.
    noisy: Vec<Range<usize>>,
}

impl TrainingData {
    fn read(
        folder: &Path,
        settings: &Settings,
        random: &mut Random,
    ) -> Result<Self, Box<dyn Error>> {
        let mut files: Vec<PathBuf> = fs::read_dir(folder)?
            .map(|entry| entry.map(|entry| entry.path()))
            .collect::<Result<_, _>>()?;
        files.retain(|file| {
            let name = file.file_name().unwrap_or_default().to_string_lossy();
            name.ends_with(".tsv") && !(settings.without_gmb && is_noisy(file))
        });
        files.sort();
        let (mut sequences, mut noisy) = (Vec::new(), Vec::new());
        for file in &files {
            let start = sequences.len();
            for document in read_documents(file)? {
                let all = vec![true; document.len()];
                add_sequences(&join(&document), &all, &mut sequences);
                let (copy, changed) = recased(&document, random);
                if changed.contains(&true) {
                    add_sequences(&join(&copy), &changed, &mut sequences);
                }
            }
            println!("{}: {} runs so far", file.display(), sequences.len());
            if is_noisy(file) {
                noisy.push(start..sequences.len());
            }
        }
        Ok(Self { sequences, noisy })
    }

    /// Returns the indices of the sequences that a training uses: all that are not noisy, and those
    /// of one noisy file.
    fn sequences_of(&self, training: usize) -> Vec<usize> {
        let is_left_out = |at: &usize| {
            let file = self.noisy.iter().position(|range| range.contains(at));
            file.is_some_and(|file| file != training % self.noisy.len())
        };
        (0..self.sequences.len())
            .filter(|at| !is_left_out(at))
            .collect()
    }
}

/// Returns whether a file is part of the Groningen Meaning Bank, whose labels are partly automatic.
fn is_noisy(file: &Path) -> bool {
    let name = file.file_name().unwrap_or_default();
    name.to_string_lossy().starts_with("gmb")
}
