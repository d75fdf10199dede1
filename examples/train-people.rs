//! Trains the tagger of persons, and measures it.
//!
//! usage: cargo run --release --example train-people -- FOLDER [--without-gmb] [--epochs N] [--rows N] [--out FILE]
//!        cargo run --release --example train-people -- --measure FILE… [--errors N] [--model FILE]
//!
//! FOLDER holds `.tsv` files of token, tab, tag lines: `B-PER` and `I-PER` for persons, `O`, and
//! any other tag for other names; a blank line between sentences, `-DOCSTART-` between documents.
//! Writes `src/people/data/model.zst`; the same files give the same bytes. `--measure` prints
//! precision, recall and F1 over the multisets of mentions as they are written in each document.

use std::collections::BTreeMap;
use std::error::Error;
use std::fs;
use std::ops::Range;
use std::path::{Path, PathBuf};

use morgue::people::crf::{Label, Rates, Trainer, Weights};
use morgue::people::features::{Document, LIST_FEATURES, WORD_FEATURES};
use morgue::people::lexicon::Lexicon;
use morgue::people::model::{Model, encode};
use morgue::people::tagger::tag_with;
use morgue::people::token::tokenize;
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// Tags of what is neither a person nor a name that could be taken for one.
const NO_NAMES: [&str; 14] = [
    "tim", "date", "time", "money", "percent", "cardinal", "measure", "duration", "eve", "event",
    "art", "nat", "abstract", "object",
];

/// Sentences that make a document where a file does not say where documents begin.
const SENTENCES_A_DOCUMENT: usize = 20;

/// How many trainings the model is the mean of.
const TRAININGS: usize = 8;

/// The share of sentences that are trained on once more in capitals.
const IN_CAPITALS: f64 = 0.3;

/// The share of sentences that are trained on once more with every word capitalised.
const IN_TITLE_CASE: f64 = 0.08;

/// The share of words whose own features are left out, and of those whose list features are.
const LEFT_OUT: f64 = 0.12;

fn main() -> Result<(), Box<dyn Error>> {
    let mut paths = Vec::new();
    let (mut measure, mut without_gmb) = (false, false);
    let (mut epochs, mut rows, mut errors) = (5, 300_000, 0);
    let mut model = None;
    let mut out = PathBuf::from("src/people/data/model.zst");
    let mut arguments = std::env::args().skip(1);
    while let Some(argument) = arguments.next() {
        let mut value = || arguments.next().ok_or(format!("{argument} needs a value"));
        match argument.as_str() {
            "--measure" => measure = true,
            "--without-gmb" => without_gmb = true,
            "--epochs" => epochs = value()?.parse()?,
            "--rows" => rows = value()?.parse()?,
            "--errors" => errors = value()?.parse()?,
            "--model" => model = Some(PathBuf::from(value()?)),
            "--out" => out = PathBuf::from(value()?),
            _ => paths.push(PathBuf::from(argument)),
        }
    }
    if measure {
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
    train(folder, without_gmb, epochs, rows, &out)
}

fn train(
    folder: &Path,
    without_gmb: bool,
    epochs: usize,
    rows: usize,
    out: &Path,
) -> Result<(), Box<dyn Error>> {
    let mut files: Vec<PathBuf> = fs::read_dir(folder)?
        .map(|entry| entry.map(|entry| entry.path()))
        .collect::<Result<_, _>>()?;
    files.retain(|file| {
        let name = file.file_name().unwrap_or_default().to_string_lossy();
        name.ends_with(".tsv") && !(without_gmb && is_noisy(file))
    });
    files.sort();

    let mut random = Random(20);
    let mut sequences = Vec::new();
    let mut noisy = Vec::new();
    for file in &files {
        let start = sequences.len();
        for document in read_documents(file)? {
            let all = vec![true; document.len()];
            add_sequences(&join(&document), &all, &mut sequences);
            let (copy, changed) = recased(&document, &mut random);
            if changed.contains(&true) {
                add_sequences(&join(&copy), &changed, &mut sequences);
            }
        }
        println!("{}: {} runs so far", file.display(), sequences.len());
        if is_noisy(file) {
            noisy.push(start..sequences.len());
        }
    }

    // Two trainings that differ in the order of sentences alone differ by half a point of F1, in
    // either direction; their mean has less chance in it.
    let mut trainings = Vec::new();
    for training in 1..=TRAININGS {
        let mut trainer = Trainer::new(Rates::default());
        // Each training sees one of the noisy files, so that together they count as one.
        let is_left_out = |at: &usize| {
            let file = noisy.iter().position(|range| range.contains(at));
            file.is_some_and(|file| file != training % noisy.len())
        };
        let mut order: Vec<usize> = (0..sequences.len()).filter(|at| !is_left_out(at)).collect();
        for epoch in 1..=epochs {
            for at in (1..order.len()).rev() {
                order.swap(at, random.below(at + 1));
            }
            let mut loss = 0.0;
            for &at in &order {
                let Sequence { features, labels } = &sequences[at];
                let features: Vec<Vec<u32>> = features
                    .iter()
                    .map(|features| leave_out(features, &mut random))
                    .collect();
                loss += f64::from(trainer.step(&features, labels));
            }
            println!("training {training}, epoch {epoch}: loss {loss:.0}");
        }
        trainings.push(trainer.finish());
    }
    let mut weights = Weights::mean(&trainings);
    println!("{} features with weights", weights.features.len());
    weights.prune(rows);
    let encoded = encode(&weights);
    println!(
        "{} kept, in {} bytes",
        weights.features.len(),
        encoded.len()
    );
    fs::write(out, encoded)?;
    Ok(())
}

/// Returns whether a file is of the Groningen Meaning Bank, whose labels are partly a program's.
fn is_noisy(file: &Path) -> bool {
    let name = file.file_name().unwrap_or_default();
    name.to_string_lossy().starts_with("gmb")
}

/// One run of candidates: the hashes of each word's features, and its label.
struct Sequence {
    features: Vec<Vec<u32>>,
    labels: Vec<Label>,
}

/// What a tag says of its token.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Tag {
    None,
    PersonStart,
    PersonMore,
    Other,
}

/// A sentence: its tokens, each with its tag.
type Tagged = Vec<(String, Tag)>;

fn read_documents(path: &Path) -> Result<Vec<Vec<Tagged>>, Box<dyn Error>> {
    let text = fs::read_to_string(path)?;
    let mut documents: Vec<Vec<Tagged>> = vec![Vec::new()];
    let mut sentence = Tagged::new();
    let close = |sentence: &mut Tagged, documents: &mut Vec<Vec<Tagged>>| {
        if !sentence.is_empty()
            && let Some(document) = documents.last_mut()
        {
            document.push(std::mem::take(sentence));
        }
    };
    for line in text.lines() {
        if line.starts_with("-DOCSTART-") {
            close(&mut sentence, &mut documents);
            documents.push(Vec::new());
        } else if let Some((token, tag)) = line.rsplit_once('\t') {
            sentence.push((token.to_owned(), read_tag(tag)));
        } else {
            close(&mut sentence, &mut documents);
        }
    }
    close(&mut sentence, &mut documents);
    documents.retain(|document| !document.is_empty());
    if let [document] = &documents[..] {
        documents = document
            .chunks(SENTENCES_A_DOCUMENT)
            .map(<[Tagged]>::to_vec)
            .collect();
    }
    Ok(documents)
}

fn read_tag(tag: &str) -> Tag {
    match tag {
        "O" => Tag::None,
        "B-PER" => Tag::PersonStart,
        "I-PER" => Tag::PersonMore,
        _ if NO_NAMES.contains(&tag[2..].to_ascii_lowercase().as_str()) => Tag::None,
        _ => Tag::Other,
    }
}

/// A document as running text, with where its names stand.
struct Joined {
    text: String,
    /// The first byte after each sentence.
    sentence_ends: Vec<usize>,
    persons: Vec<Range<usize>>,
    others: Vec<Range<usize>>,
}

/// Writes a document out as it would be printed, a sentence a paragraph.
fn join(document: &[Tagged]) -> Joined {
    let mut joined = Joined {
        text: String::new(),
        sentence_ends: Vec::new(),
        persons: Vec::new(),
        others: Vec::new(),
    };
    for sentence in document {
        let mut glue = true;
        let mut in_person = false;
        for (token, tag) in sentence {
            let token = match token.as_str() {
                "``" | "''" => "\"",
                token => token,
            };
            if !glue && !attaches_to_previous(token) {
                joined.text.push(' ');
            }
            let start = joined.text.len();
            joined.text.push_str(token);
            let end = joined.text.len();
            match tag {
                Tag::PersonMore if in_person => {
                    if let Some(person) = joined.persons.last_mut() {
                        person.end = end;
                    }
                }
                Tag::PersonStart | Tag::PersonMore => joined.persons.push(start..end),
                Tag::Other => joined.others.push(start..end),
                Tag::None => {}
            }
            in_person = matches!(tag, Tag::PersonStart | Tag::PersonMore);
            glue = matches!(token, "(" | "[" | "{" | "$");
        }
        joined.text.push_str("\n\n");
        joined.sentence_ends.push(joined.text.len());
    }
    joined
}

fn attaches_to_previous(token: &str) -> bool {
    matches!(
        token,
        "," | "."
            | ";"
            | ":"
            | "!"
            | "?"
            | "%"
            | ")"
            | "]"
            | "}"
            | "'s"
            | "'S"
            | "’s"
            | "n't"
            | "'re"
            | "'ve"
            | "'ll"
            | "'d"
            | "'m"
    )
}

/// Adds the runs of the wanted sentences of a document.
fn add_sequences(joined: &Joined, wanted: &[bool], sequences: &mut Vec<Sequence>) {
    let tokens = tokenize(&joined.text);
    let document = Document::read(&joined.text, &tokens, Lexicon::get());
    let starts = |at: usize| tokens.tokens[at].start as usize;
    let ends = |at: usize| tokens.tokens[at].end as usize;
    for sentence in document.sentences() {
        let number = joined
            .sentence_ends
            .partition_point(|end| *end <= starts(sentence.tokens.start));
        if !wanted[number] {
            continue;
        }
        for run in document.runs(&sentence) {
            let mut labels = vec![Label::Outside; run.len()];
            let within = |spans: &[Range<usize>]| -> Vec<Range<usize>> {
                let first = spans.partition_point(|span| span.end <= starts(run.start));
                spans[first..]
                    .iter()
                    .take_while(|span| span.start < ends(run.end - 1))
                    .cloned()
                    .collect()
            };
            for other in within(&joined.others) {
                for at in run.clone() {
                    if starts(at) >= other.start && ends(at) <= other.end {
                        labels[at - run.start] = Label::OtherName;
                    }
                }
            }
            for person in within(&joined.persons) {
                let inside: Vec<usize> = run
                    .clone()
                    .filter(|&at| starts(at) >= person.start && ends(at) <= person.end)
                    .collect();
                for (at, token) in inside.iter().enumerate() {
                    labels[token - run.start] = Label::in_name(at, inside.len());
                }
            }
            let features = run
                .clone()
                .map(|at| {
                    let mut features = Vec::new();
                    document.features(&sentence, &run, at, &mut features);
                    features
                })
                .collect();
            sequences.push(Sequence { features, labels });
        }
    }
}

/// Returns a copy of a document with some sentences in capitals or in title case, and which.
fn recased(document: &[Tagged], random: &mut Random) -> (Vec<Tagged>, Vec<bool>) {
    document
        .iter()
        .map(|sentence| {
            let choice = random.fraction();
            let recase = |case: fn(&str) -> String| -> Tagged {
                sentence
                    .iter()
                    .map(|(token, tag)| (case(token), *tag))
                    .collect()
            };
            if choice < IN_CAPITALS {
                (recase(str::to_uppercase), true)
            } else if choice < IN_CAPITALS + IN_TITLE_CASE {
                (recase(title_case), true)
            } else {
                (sentence.clone(), false)
            }
        })
        .unzip()
}

fn title_case(word: &str) -> String {
    let mut chars = word.chars();
    match chars.next() {
        Some(first) if word.chars().count() > 2 => first.to_uppercase().chain(chars).collect(),
        _ => word.to_owned(),
    }
}

/// Returns the features of a word, at times without those that know the word, and at times without
/// those that know its list entry.
fn leave_out(features: &[u32], random: &mut Random) -> Vec<u32> {
    let choice = random.fraction();
    let left_out = if choice < LEFT_OUT {
        WORD_FEATURES
    } else if choice < 2.0 * LEFT_OUT {
        LIST_FEATURES
    } else {
        0..0
    };
    (0..)
        .zip(features)
        .filter(|(at, _)| !left_out.contains(at))
        .map(|(_, feature)| *feature)
        .collect()
}

/// A linear congruential generator (Knuth's constants), so that training can be repeated.
struct Random(u64);

impl Random {
    fn next(&mut self) -> u64 {
        self.0 = self
            .0
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        self.0 >> 33
    }

    fn below(&mut self, limit: usize) -> usize {
        self.next() as usize % limit
    }

    fn fraction(&mut self) -> f64 {
        self.next() as f64 / (1_u64 << 31) as f64
    }
}

/// How often each name is mentioned in a document.
type Counts = BTreeMap<String, usize>;

fn print_scores(path: &Path, model: &Model, errors: usize) -> Result<(), Box<dyn Error>> {
    let (mut right, mut found, mut wanted) = (0, 0, 0);
    let (mut missed, mut extra) = (Counts::new(), Counts::new());
    for document in read_documents(path)? {
        let joined = join(&document);
        let tokens = tokenize(&joined.text);
        let gold = count(joined.persons.iter().cloned(), &joined.text);
        let mentions = tag_with(model, &joined.text, &tokens);
        let spans = mentions.iter().map(|mention| {
            let first = tokens.tokens[mention.tokens.start];
            let last = tokens.tokens[mention.tokens.end - 1];
            first.start as usize..last.end as usize
        });
        let tagged = count(spans, &joined.text);
        wanted += gold.values().sum::<usize>();
        found += tagged.values().sum::<usize>();
        for (name, &times) in &gold {
            let both = times.min(tagged.get(name).copied().unwrap_or(0));
            right += both;
            *missed.entry(name.clone()).or_default() += times - both;
        }
        for (name, &times) in &tagged {
            let more = times.saturating_sub(gold.get(name).copied().unwrap_or(0));
            *extra.entry(name.clone()).or_default() += more;
        }
    }
    let precision = right as f64 / found.max(1) as f64;
    let recall = right as f64 / wanted.max(1) as f64;
    let f1 = 2.0 * precision * recall / (precision + recall).max(f64::MIN_POSITIVE);
    println!(
        "{}: {wanted} mentions, precision {precision:.4}, recall {recall:.4}, F1 {f1:.4}",
        path.display()
    );
    for (title, counts) in [("missed", missed), ("extra", extra)] {
        let mut counts: Vec<(usize, String)> = counts.into_iter().map(|(k, v)| (v, k)).collect();
        counts.sort_by(|a, b| b.0.cmp(&a.0).then(a.1.cmp(&b.1)));
        for (times, name) in counts.iter().take(errors).filter(|(times, _)| *times > 0) {
            println!("  {title} {times} × {name}");
        }
    }
    Ok(())
}

fn count(spans: impl Iterator<Item = Range<usize>>, text: &str) -> Counts {
    let mut counts = Counts::new();
    for span in spans {
        *counts.entry(fold(&text[span])).or_default() += 1;
    }
    counts
}

/// Returns a name in lower case without diacritics, punctuation and possessive.
fn fold(name: &str) -> String {
    let lower: String = name
        .nfkd()
        .filter(|c| !is_combining_mark(*c))
        .flat_map(char::to_lowercase)
        .map(|c| if c == '’' { '\'' } else { c })
        .collect();
    let lower = lower.strip_suffix("'s").unwrap_or(&lower);
    let is_inner = |c: char| c.is_alphanumeric() || matches!(c, '_' | '\'' | '-');
    let words: Vec<&str> = lower
        .split(|c| !is_inner(c))
        .filter(|word| !word.is_empty())
        .collect();
    words.join(" ")
}
