//! Every entry of the library that reads an index reports damage as [`Error::IndexDamaged`]: files
//! are changed a byte, which no verification has found yet, and each entry answers or says so.

use std::fmt::Debug;
use std::fs;
use std::panic::{self, AssertUnwindSafe};
use std::path::{Path, PathBuf};

use morgue::archive::{self, Archive};
use morgue::identity::{merge_suggestions, records};
use morgue::pipeline::{self, Options, Progress};
use morgue::search::{self, Request};
use morgue::{Error, Result};
use tantivy::DocAddress;

use crate::harness::copy;

/// The files of a segment whose bytes depend on the articles alone: stored articles, terms, postings,
/// positions and field lengths.
const KINDS: [&str; 5] = ["store", "term", "idx", "pos", "fieldnorm"];

/// How many bytes of each of these files are changed, one at a time.
const PLACES: usize = 7;

/// The bytes of the file of columns that are changed, from its end: it also holds times and inodes,
/// so that other bytes differ from run to run.
const PLACES_IN_COLUMNS: [usize; 2] = [1, 6];

/// At most one in this many answers may be wrong: only verification finds every changed byte, and the
/// places of the bytes differ from run to run, since the record of an article has the time of its file.
const WRONG: usize = 100;

struct Silent;

impl Progress for Silent {
    fn done(&self, _bytes: u64) {}
}

/// Writes a folder of articles that share persons and words, and indexes it.
fn indexed() -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    let names = ["Ada Holm", "Piet Roos", "Ada Holme", "Joren Pell"];
    for i in 0..40 {
        let text = format!(
            "Harbour council meets again\n\nBRINDLE, {} March 2018 - The council of the harbour met on \
             Tuesday, {} said. Mayor {} told the US envoy of the ferry.\n\nNumber {i} of the timber treaty \
             was signed by {}.\n",
            i % 28 + 1,
            names[i % 4],
            names[(i + 1) % 4],
            names[(i + 2) % 4],
        );
        fs::write(folder.path().join(format!("{i:02}.txt")), text).unwrap();
    }
    update(folder.path()).unwrap();
    folder
}

fn update(folder: &Path) -> Result<u64> {
    let options = Options {
        threads: Some(1),
        ..Options::default()
    };
    let summary = pipeline::index(folder, &folder.join(".morgue"), &options, &Silent)?;
    Ok(summary.seen())
}

/// The answer of an entry, as text to compare.
type Answer = Result<String>;

fn shown<T: Debug>(answer: Result<T>) -> Answer {
    answer.map(|answer| format!("{answer:?}"))
}

/// Returns what each entry of the library answers on an index.
fn answers(index: &Path) -> Vec<(&'static str, std::thread::Result<Answer>)> {
    type Entry<'a> = (&'static str, Box<dyn Fn(&Archive) -> Answer + 'a>);
    let ask = |query: &str, persons: &[&str]| Request {
        query: query.to_owned(),
        persons: persons.iter().map(|&name| name.to_owned()).collect(),
        limit: 5,
        counts: true,
        explain: true,
        ..Request::default()
    };
    let searched = |archive: &Archive, request: &Request| {
        search::search(archive, request).map(|answer| format!("{} {:?}", answer.total, answer.hits))
    };
    let feedback = Request {
        feedback: true,
        recent: true,
        ..ask("harbour", &[])
    };
    let entries: Vec<Entry<'_>> = vec![
        (
            "article",
            Box::new(|a| shown(a.article(DocAddress::new(0, 7)))),
        ),
        (
            "is_article",
            Box::new(|a| shown(a.is_article(DocAddress::new(0, 7)))),
        ),
        ("articles", Box::new(|a| shown(a.articles("07.txt")))),
        (
            "articles, another spelling",
            Box::new(|a| shown(a.articles("./caf\u{e9}/../07.txt"))),
        ),
        (
            "all_articles",
            Box::new(|a| shown(a.all_articles().collect::<Result<Vec<_>>>())),
        ),
        (
            "stats",
            Box::new(|a| shown(a.stats().map(|stats| (stats.articles, stats.sources)))),
        ),
        (
            "search, words",
            Box::new(|a| searched(a, &ask("harbour council", &[]))),
        ),
        (
            "search, a phrase",
            Box::new(|a| searched(a, &ask("\"council of the harbour\"", &[]))),
        ),
        (
            "search, a pattern",
            Box::new(|a| searched(a, &ask("harb* OR caps(US)", &[]))),
        ),
        (
            "search, a date",
            Box::new(|a| searched(a, &ask("date:2018-03", &[]))),
        ),
        (
            "search, a person",
            Box::new(|a| searched(a, &ask("", &["Ada Holm"]))),
        ),
        ("search, feedback", Box::new(|a| searched(a, &feedback))),
        (
            "similar",
            Box::new(|a| shown(search::similar::similar(a, "07.txt", 5).map(|s| s.total))),
        ),
        (
            "name_list",
            Box::new(|a| {
                shown(
                    search::name_list::answer(a, "Piet Roos", 5, true)
                        .map(|listed| listed.articles),
                )
            }),
        ),
        (
            "most_named",
            Box::new(|a| shown(records::most_named(a, 5, true))),
        ),
        (
            "records_of_most_named",
            Box::new(|a| {
                shown(records::records_of_most_named(a, 5, true).map(|found| found.len()))
            }),
        ),
        ("count_names", Box::new(|a| shown(records::count_names(a)))),
        (
            "named",
            Box::new(|a| shown(records::named(a, "Ada Holm", true).map(|found| found.len()))),
        ),
        (
            "merge_suggestions",
            Box::new(|a| shown(merge_suggestions::merge_suggestions(a).map(|found| found.len()))),
        ),
    ];
    let caught = |entry: &dyn Fn() -> Answer| panic::catch_unwind(AssertUnwindSafe(entry));
    let mut answers = vec![(
        "open",
        caught(&|| Archive::open(index).map(|_| "opened".to_owned())),
    )];
    for (name, entry) in entries {
        // Opened anew, since the engine remembers what it has read.
        let answer = caught(&|| entry(&Archive::open(index)?));
        answers.push((name, answer));
    }
    answers
}

/// Returns the files of the live generation with this extension.
fn files_of(index: &Path, kind: &str) -> Vec<PathBuf> {
    let mut files: Vec<PathBuf> = fs::read_dir(index.join("gen-1"))
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.extension().is_some_and(|extension| extension == kind))
        .collect();
    files.sort();
    files
}

/// Returns the files and the offsets of the bytes to change.
fn damages(index: &Path) -> Vec<(PathBuf, usize)> {
    let length = |file: &Path| fs::metadata(file).unwrap().len() as usize;
    let mut damages = Vec::new();
    for kind in KINDS {
        for file in files_of(index, kind) {
            let length = length(&file);
            let at = |place: usize| length * (2 * place + 1) / (2 * PLACES);
            damages.extend((0..PLACES).map(|place| (file.clone(), at(place))));
        }
    }
    for file in files_of(index, "fast") {
        let length = length(&file);
        damages.extend(PLACES_IN_COLUMNS.map(|from_end| (file.clone(), length - from_end)));
    }
    damages
}

#[test]
fn damage_is_an_error_at_every_entry() {
    let folder = indexed();
    let index = folder.path().join(".morgue");
    let right: Vec<(&str, String)> = answers(&index)
        .into_iter()
        .map(|(name, answer)| (name, answer.unwrap().unwrap()))
        .collect();
    let pristine = tempfile::tempdir().unwrap();
    copy(&index, pristine.path());
    let added = folder.path().join("added.txt");
    let (mut answered, mut refused, mut wrong) = (0, 0, 0);
    let mut faults = Vec::new();
    for (file, at) in damages(&index) {
        let mut bytes = fs::read(&file).unwrap();
        bytes[at] ^= 0xff;
        fs::write(&file, &bytes).unwrap();
        let what = format!("byte {at} of {:?}", file.extension().unwrap());

        let answers = answers(&index);
        answered += answers.len();
        for ((name, answer), (_, right)) in answers.into_iter().zip(&right) {
            match answer {
                Ok(Ok(answer)) if answer == *right => {}
                Ok(Ok(_)) => wrong += 1,
                Ok(Err(Error::IndexDamaged { .. })) => refused += 1,
                Ok(Err(error)) => faults.push(format!("{name}, {what}: {error:?}")),
                Err(_) => faults.push(format!("{name}, {what}: a panic")),
            }
        }

        let verified = archive::verify(&index);
        if !verified.is_ok_and(|verified| !verified.findings.is_empty()) {
            faults.push(format!("verify, {what}: found nothing"));
        }
        let _ = fs::remove_file(index.join("damaged"));

        fs::write(&added, "The council met again, Ada Holm said on Tuesday.\n").unwrap();
        match panic::catch_unwind(|| update(folder.path())) {
            Ok(Ok(_) | Err(Error::IndexDamaged { .. })) => {}
            Ok(Err(error)) => faults.push(format!("index, {what}: {error:?}")),
            Err(_) => faults.push(format!("index, {what}: a panic")),
        }
        fs::remove_file(&added).unwrap();
        fs::remove_dir_all(&index).unwrap();
        copy(pristine.path(), &index);
    }
    assert_eq!(faults, [""; 0]);
    assert!(refused > 20, "{refused} refused");
    let most = answered / WRONG;
    assert!(wrong <= most, "{wrong} of {answered} answers are wrong");
}
