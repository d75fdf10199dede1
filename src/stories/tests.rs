//! Stories depend on the articles of an archive, not on how they came into it.

use std::collections::BTreeMap;
use std::path::Path;

use proptest::prelude::*;

use super::renew;
use crate::archive::state::FileState;
use crate::archive::{Archive, Opening, Stories, Writer};
use crate::article::Article;
use crate::clean::Knowledge;
use crate::source::walk::WalkOptions;
use crate::{clean, fields};

/// Which text an article has: parts of some stories, in order.
type Made = Vec<(u8, std::ops::Range<usize>)>;

/// Returns an article whose sentences are those of some parts of stories.
fn article(path: &str, made: &Made) -> Article {
    let sentences = made.iter().flat_map(|(story, part)| {
        part.clone().map(move |number| {
            let word = |at: usize| format!("m{story}x{}", number * 7 + at);
            let words: Vec<String> = (0..7).map(word).collect();
            format!("The {} ended.", words.join(" "))
        })
    });
    let body = sentences.collect::<Vec<_>>().join(" ");
    let text = format!("Council meets in Brindle\n\n{body}\n");
    let knowledge = Knowledge::default();
    let cleaned = clean::clean(&text, 1, &knowledge);
    fields::field(path, 0, cleaned, &knowledge)
}

/// Applies changes to an archive, in one run.
fn run(folder: &Path, changed: &[(String, Option<Made>)], known: &mut BTreeMap<String, Made>) {
    let mut writer = Writer::open(folder, folder, &Opening::default()).unwrap();
    let mut changes = writer.begin(&WalkOptions::default()).unwrap();
    let state = FileState::OUTDATED;
    for (path, made) in changed {
        match (made, known.contains_key(path)) {
            (Some(made), true) => changes.replace(path, state, [article(path, made)]).unwrap(),
            (Some(made), false) => changes.add(path, state, [article(path, made)]).unwrap(),
            (None, true) => changes.remove(path),
            (None, false) => {}
        }
        match made {
            Some(made) => _ = known.insert(path.clone(), made.clone()),
            None => _ = known.remove(path),
        }
    }
    changes.commit().unwrap();
    renew(&changes, 2).unwrap();
    writer.finish(0).unwrap();
}

fn stories_in(folder: &Path) -> Stories {
    Archive::open(folder)
        .unwrap()
        .stories()
        .unwrap()
        .listed()
        .clone()
}

fn made() -> impl Strategy<Value = Made> {
    let part = (0..4_u8, 0..6_usize, 4..14_usize);
    let part = part.prop_map(|(story, start, length)| (story, start..start + length));
    prop::collection::vec(part, 1..3)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(12))]

    #[test]
    fn runs_find_the_stories_of_a_rebuild(
        runs in prop::collection::vec(
            prop::collection::vec((0..14_u8, prop::option::weighted(0.8, made())), 1..7),
            1..6,
        )
    ) {
        let folder = tempfile::tempdir().unwrap();
        let mut known = BTreeMap::new();
        for changed in runs {
            // A run reads each file once.
            let changed: BTreeMap<String, Option<Made>> =
                changed.into_iter().map(|(file, made)| (format!("{file}.txt"), made)).collect();
            run(folder.path(), &changed.into_iter().collect::<Vec<_>>(), &mut known);
        }
        let anew = tempfile::tempdir().unwrap();
        let all: Vec<(String, Option<Made>)> =
            known.into_iter().rev().map(|(path, made)| (path, Some(made))).collect();
        run(anew.path(), &all, &mut BTreeMap::new());
        prop_assert_eq!(stories_in(folder.path()), stories_in(anew.path()));
    }
}

/// Returns the stories of an archive, each as the names of its files.
fn grouped(of: &[(&str, Made)]) -> String {
    let folder = tempfile::tempdir().unwrap();
    let all: Vec<(String, Option<Made>)> = of
        .iter()
        .map(|(path, made)| ((*path).to_owned(), Some(made.clone())))
        .collect();
    run(folder.path(), &all, &mut BTreeMap::new());
    let archive = Archive::open(folder.path()).unwrap();
    let mut groups: BTreeMap<u64, Vec<String>> = BTreeMap::new();
    for (segment, reader) in (0..).zip(archive.snapshot.searcher.segment_readers()) {
        for doc in reader.doc_ids_alive() {
            let address = super::DocAddress::new(segment, doc);
            let article = archive.article(address).unwrap();
            let story = archive.stories().unwrap().story_of(address);
            groups.entry(story.unwrap()).or_default().push(article.path);
        }
    }
    let mut groups: Vec<String> = groups
        .into_values()
        .map(|mut paths| {
            paths.sort_unstable();
            paths.join(" ")
        })
        .collect();
    groups.sort_unstable();
    groups.join(", ")
}

#[test]
fn tells_copies_from_others() {
    let whole = |story| vec![(story, 0..20)];
    for (of, expected) in [
        // A copy, one cut to its beginning, one to its end, and one with more.
        (
            vec![
                ("a", whole(0)),
                ("b", whole(0)),
                ("c", vec![(0, 0..5)]),
                ("d", vec![(0, 14..20)]),
                ("e", vec![(0, 0..20), (1, 0..8)]),
            ],
            "a b c d e",
        ),
        // Its paragraphs in another order.
        (
            vec![("a", whole(0)), ("b", vec![(0, 10..20), (0, 0..10)])],
            "a b",
        ),
        // A third is shared: a background.
        (
            vec![
                ("a", vec![(0, 0..14), (1, 0..7)]),
                ("b", vec![(2, 0..14), (1, 0..7)]),
            ],
            "a, b",
        ),
        // Three quarters of the older are in a later version.
        (
            vec![("a", whole(0)), ("b", vec![(0, 0..15), (1, 0..12)])],
            "a b",
        ),
        // One that joins two stories goes with the one it has more of.
        (
            vec![
                ("a", whole(0)),
                ("b", whole(1)),
                ("j", vec![(0, 0..20), (1, 0..18)]),
            ],
            "a j, b",
        ),
        (
            vec![
                ("a", whole(0)),
                ("b", whole(1)),
                ("c", vec![(1, 0..5)]),
                ("j", vec![(0, 0..12), (1, 0..20)]),
            ],
            "a, b c j",
        ),
        // A whole that two outlets print, and its two halves.
        (
            vec![
                ("a", whole(0)),
                ("b", vec![(0, 10..20), (0, 0..10)]),
                ("c", vec![(0, 0..10)]),
                ("d", vec![(0, 10..20)]),
            ],
            "a b c d",
        ),
        // Too few words to be more than a form.
        (vec![("a", vec![(0, 0..1)]), ("b", vec![(0, 0..2)])], "a, b"),
    ] {
        assert_eq!(grouped(&of), expected, "{of:?}");
    }
}
