//! Names that are likely one person's and were not put together: `people --suggest`.
//!
//! What is sure is done without asking; these are for the user to decide, in `people.toml`.

use rustc_hash::FxHashSet;

use super::census::Roll;
use super::columns::PersonColumns;
use super::decisions::Decisions;
use super::records::{PersonRecord, tally};
use super::relatives::Relatives;
use crate::archive::Archive;
use crate::error::Result;
use crate::people::name;
use crate::people::name::Name;

/// How many names are looked at, most articles first.
const MOST_TRIED: usize = 1_000;

/// How many namesakes of a name are compared with each other.
const MOST_NAMESAKES: usize = 30;

/// How alike two names have to be (Jaro-Winkler similarity) to be worth a question.
const ALIKE: f64 = 0.88;

/// Two persons of the archive who are likely one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Likely {
    /// The one whom more articles name.
    pub first: PersonRecord,
    /// The other.
    pub second: PersonRecord,
    /// Why they are likely one.
    pub reason: &'static str,
}

/// Returns persons who are likely one, those of whom most articles speak first.
pub fn likely_merges(archive: &Archive) -> Result<Vec<Likely>> {
    archive.guard(|| find_likely(archive))
}

fn find_likely(archive: &Archive) -> Result<Vec<Likely>> {
    let searcher = &archive.snapshot.searcher;
    let decisions = Decisions::of(archive)?;
    let columns = PersonColumns::open(searcher)?;
    let roll = Roll::read(&columns)?;
    let mut asked: FxHashSet<(String, String)> = FxHashSet::default();
    let mut seen: FxHashSet<Vec<String>> = FxHashSet::default();
    let mut found = Vec::new();
    for (key, _) in roll.most_frequent(MOST_TRIED) {
        // One look for all who share a surname.
        if decisions.is_nobody(key) || !seen.insert(Name::parse(key).surname_keys()) {
            continue;
        }
        let relatives = Relatives::find(&archive.snapshot, &columns, &decisions, key)?;
        let sizes = relatives.articles_by_entry();
        let main = |entry: usize| {
            let keys = &relatives.register.entries[entry].keys;
            relatives.family.keys[keys[0]].as_str()
        };
        let mut order: Vec<usize> = (0..sizes.len()).filter(|&entry| sizes[entry] > 0).collect();
        order.sort_by_key(|&entry| (std::cmp::Reverse(sizes[entry]), main(entry)));
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
                let record = |entry: usize| tally(&relatives, &columns, &decisions, entry);
                if let ((Some(first), _), (Some(second), _)) = (record(first)?, record(second)?) {
                    found.push(Likely {
                        first,
                        second,
                        reason,
                    });
                }
            }
        }
    }
    found.sort_by(|a, b| {
        let weight = |likely: &Likely| likely.second.articles;
        let by_weight = weight(b).cmp(&weight(a));
        by_weight.then_with(|| (&a.first.key, &a.second.key).cmp(&(&b.first.key, &b.second.key)))
    });
    Ok(found)
}

/// Returns why two keys are likely one person's, where they are.
fn reason(a: &str, b: &str) -> Option<&'static str> {
    if a == b {
        return None;
    }
    let (first, second) = (Name::parse(a), Name::parse(b));
    if first.given.is_empty() != second.given.is_empty() {
        return first
            .bears_surname_of(&second)
            .then_some("the surname alone");
    }
    if first.given.is_empty() {
        return None;
    }
    if first.agrees(&second) {
        return Some("a short form that may be another's");
    }
    let alike = |a: &str, b: &str| strsim::jaro_winkler(a, b) >= ALIKE;
    let (given_a, given_b) = (&first.given[0], &second.given[0]);
    let (surname_a, surname_b) = (first.surname.join(" "), second.surname.join(" "));
    let is_alike = if surname_a == surname_b {
        alike(given_a, given_b)
    } else {
        name::given_names_agree(given_a, given_b) && alike(&surname_a, &surname_b)
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
            (
                "john holm",
                "j holm",
                Some("a short form that may be another's"),
            ),
            ("marianne holm", "marianna holm", Some("spelled alike")),
            ("ada lindholm", "ada lindholn", Some("spelled alike")),
            ("ada holm", "piet holm", None),
            ("holm", "holm", None),
        ] {
            assert_eq!(reason(a, b), expected, "{a} / {b}");
        }
    }
}
