//! Merge suggestions: pairs of persons who are probably the same (`people --suggest`).
//!
//! The user decides on them in `people.toml`.

use rustc_hash::FxHashSet;

use super::census::Census;
use super::columns::PersonColumns;
use super::decisions::Decisions;
use super::nobodies::Nobodies;
use super::records::{Counting, PersonRecord};
use super::relatives::Relatives;
use crate::archive::Archive;
use crate::error::Result;
use crate::people::name::Name;
use crate::people::name_matching::given_names_agree;

/// The number of names that are tried, most articles first.
const MOST_TRIED: usize = 1_000;

/// The number of persons of a family that are compared with each other, most articles first.
const MOST_NAMESAKES: usize = 30;

/// The minimum Jaro-Winkler similarity of two names that are suggested.
const ALIKE: f64 = 0.88;

/// Two persons of the archive who are probably the same.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MergeSuggestion {
    /// The one in more articles.
    pub first: PersonRecord,
    /// The other.
    pub second: PersonRecord,
    /// The reason, as printed.
    pub reason: &'static str,
}

/// Returns the merge suggestions, those with most articles of the second person first.
pub fn merge_suggestions(archive: &Archive) -> Result<Vec<MergeSuggestion>> {
    archive.guard(|| find(archive))
}

fn find(archive: &Archive) -> Result<Vec<MergeSuggestion>> {
    let searcher = &archive.snapshot.searcher;
    let decisions = Decisions::of(archive)?;
    let columns = PersonColumns::open(searcher)?;
    let census = Census::read(&columns)?;
    let nobodies = Nobodies::new(&archive.snapshot, &decisions);
    let counting = Counting {
        columns: &columns,
        nobodies: &nobodies,
        stories: None,
    };
    let mut asked: FxHashSet<(String, String)> = FxHashSet::default();
    let mut seen: FxHashSet<Vec<String>> = FxHashSet::default();
    let mut found = Vec::new();
    for (key, _) in census.most_frequent(MOST_TRIED) {
        // Each family is compared once.
        if nobodies.has(key)? || !seen.insert(Name::parse(key).surname_keys()) {
            continue;
        }
        let relatives = Relatives::find(&archive.snapshot, &columns, &decisions, key)?;
        let sizes = relatives.articles_by_identity();
        let main = |identity: usize| {
            let keys = &relatives.register.identities[identity].keys;
            relatives.family.keys[keys[0]].as_str()
        };
        let mut order: Vec<usize> = (0..sizes.len())
            .filter(|&identity| sizes[identity] > 0)
            .collect();
        order.sort_by_key(|&identity| (std::cmp::Reverse(sizes[identity]), main(identity)));
        order.truncate(MOST_NAMESAKES);
        for (at, &first) in order.iter().enumerate() {
            for &second in &order[at + 1..] {
                let Some(reason) = reason(main(first), main(second)) else {
                    continue;
                };
                if decisions.are_apart(main(first), main(second))
                    || !asked.insert((main(first).to_owned(), main(second).to_owned()))
                {
                    continue;
                }
                let record = |identity: usize| counting.record(&relatives, identity);
                if let (Some((first, _)), Some((second, _))) = (record(first)?, record(second)?) {
                    found.push(MergeSuggestion {
                        first,
                        second,
                        reason,
                    });
                }
            }
        }
    }
    found.sort_by(|a, b| {
        let weight = |pair: &MergeSuggestion| pair.second.articles;
        let by_weight = weight(b).cmp(&weight(a));
        by_weight.then_with(|| (&a.first.key, &a.second.key).cmp(&(&b.first.key, &b.second.key)))
    });
    Ok(found)
}

/// Returns the reason to suggest a merge of two keys; `None` where there is none.
fn reason(a: &str, b: &str) -> Option<&'static str> {
    if a == b {
        return None;
    }
    let (first, second) = (Name::parse(a), Name::parse(b));
    if first.given.is_empty() != second.given.is_empty() {
        return first.has_surname(&second).then_some("the surname alone");
    }
    if first.given.is_empty() {
        return None;
    }
    if first.agrees(&second) {
        return Some("an ambiguous short form");
    }
    let alike = |a: &str, b: &str| strsim::jaro_winkler(a, b) >= ALIKE;
    let (given_a, given_b) = (&first.given[0], &second.given[0]);
    let (surname_a, surname_b) = (first.surname.join(" "), second.surname.join(" "));
    let is_alike = if surname_a == surname_b {
        alike(given_a, given_b)
    } else {
        given_names_agree(given_a, given_b) && alike(&surname_a, &surname_b)
    };
    is_alike.then_some("spelled alike")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn gives_reasons() {
        for (a, b, expected) in [
            ("ada holm", "holm", Some("the surname alone")),
            ("holm", "ada holm", Some("the surname alone")),
            ("john holm", "j holm", Some("an ambiguous short form")),
            ("marianne holm", "marianna holm", Some("spelled alike")),
            ("ada lindholm", "ada lindholn", Some("spelled alike")),
            ("ada holm", "piet holm", None),
            ("holm", "holm", None),
        ] {
            assert_eq!(reason(a, b), expected, "{a} / {b}");
        }
    }
}
