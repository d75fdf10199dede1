//! Finds the terms of a field that a pattern matches, and spellings that are near a word.

use std::collections::{BTreeMap, BTreeSet};

use tantivy::collector::Count;
use tantivy::query::{FuzzyTermQuery, TermSetQuery};
use tantivy::schema::Field;
use tantivy::{Searcher, Term};

use crate::archive::analyzer;
use crate::archive::reader::Snapshot;
use crate::error::Result;
use crate::query::pattern::{edit_distance, is_match};
use crate::query::tree::Leaf;

/// The most words of a pattern that are searched. If it matches more, the most frequent are searched,
/// with a note.
pub const MOST_WORDS: usize = 1_000;

/// The most spellings that are tried. The index may still have terms of deleted articles alone.
const MOST_TRIED: usize = 8;

/// The words that a pattern matches.
#[derive(Clone, Debug, PartialEq)]
pub struct Expansion {
    /// The pattern, as it is printed.
    pub asked: String,
    /// The words with their document frequencies, most frequent first. Deleted articles that are
    /// still in the index are counted; see [`articles_with`].
    pub words: Vec<(String, u64)>,
    /// The number of all words that the pattern matches.
    pub total: usize,
    /// The fields whose terms the words are.
    pub fields: Vec<Field>,
}

impl Expansion {
    fn new(asked: String, fields: Vec<Field>, found: BTreeMap<String, u64>) -> Self {
        let total = found.len();
        let mut words: Vec<(String, u64)> = found.into_iter().collect();
        words.sort_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
        words.truncate(MOST_WORDS);
        Self {
            asked,
            words,
            total,
            fields,
        }
    }

    /// Returns a note if not all words are searched.
    pub fn note(&self) -> Option<String> {
        (self.total > self.words.len()).then(|| {
            format!(
                "{} matches {} words; the {} most frequent were searched",
                self.asked,
                self.total,
                self.words.len()
            )
        })
    }
}

/// Returns how many articles have a term in any of some fields, without deleted ones.
pub fn articles_with(searcher: &Searcher, fields: &[Field], term: &str) -> Result<usize> {
    let terms = fields
        .iter()
        .map(|&field| Term::from_field_text(field, term));
    Ok(searcher.search(&TermSetQuery::new(terms), &Count)?)
}

/// Returns the words of some fields that a leaf stands for.
pub fn expand(searcher: &Searcher, fields: Vec<Field>, leaf: &Leaf) -> Result<Expansion> {
    let mut found = BTreeMap::new();
    for &field in &fields {
        let in_field = match leaf {
            Leaf::Pattern(pattern) => matching(searcher, field, pattern, |_| true)?,
            Leaf::Fuzzy { plain, distance } => near(searcher, field, plain, *distance)?,
            Leaf::Word { plain, .. } => {
                let term = Term::from_field_text(field, plain);
                BTreeMap::from([(plain.clone(), searcher.doc_freq(&term)?)])
            }
            Leaf::Caps(_) => BTreeMap::new(),
        };
        merge(&mut found, in_field);
    }
    Ok(Expansion::new(leaf.to_string(), fields, found))
}

/// Adds the words of another field. The frequency of a word is that in the field that has it most.
fn merge(found: &mut BTreeMap<String, u64>, in_field: BTreeMap<String, u64>) {
    if found.is_empty() {
        *found = in_field;
        return;
    }
    for (word, frequency) in in_field {
        let known = found.entry(word).or_default();
        *known = frequency.max(*known);
    }
}

/// Returns the terms of a field that pass a test.
pub fn terms_where(
    searcher: &Searcher,
    field: Field,
    asked: String,
    test: impl Fn(&str) -> bool,
) -> Result<Expansion> {
    let found = matching(searcher, field, "*", test)?;
    Ok(Expansion::new(asked, vec![field], found))
}

/// The shortest word that is a misspelling of another, in characters.
const SHORTEST_MISSPELT: usize = 3;

/// Returns whether a word is likely meant by another: both are of three characters or more, short ones
/// begin alike, and the digits are the same. Since no more than two characters differ, the script is the
/// same as well.
fn is_likely(word: &str, plain: &str) -> bool {
    let length = |word: &str| word.chars().count();
    let shorter = length(word).min(length(plain));
    let digits = |word: &str| -> String { word.chars().filter(|c| c.is_numeric()).collect() };
    shorter >= SHORTEST_MISSPELT
        && (shorter > LONGEST_SHORT || word.chars().next() == plain.chars().next())
        && digits(word) == digits(plain)
}

/// The longest word in which two edits change almost half of the letters, in characters: `covid` is not
/// `could`.
const LONGEST_SHORT: usize = 5;

/// Returns the most edits between a word and one that it is a misspelling of.
fn farthest(plain: &str) -> u8 {
    if plain.chars().count() > LONGEST_SHORT {
        2
    } else {
        1
    }
}

/// Returns the key of the person whose name is nearest to a name that no article has, by its surname and
/// given name. Of equally near ones, the person of most articles is returned.
pub fn similar_name(snapshot: &Snapshot, asked: &str) -> Result<Option<String>> {
    let asked: Vec<&str> = asked.split(' ').collect();
    let edits = |word: &str, other: &str| {
        let edits = edit_distance(word, other);
        let is_near =
            edits == 0 || (edits <= usize::from(farthest(word)) && is_likely(other, word));
        is_near.then_some(edits)
    };
    let edits_to = |key: &str| -> Option<usize> {
        let words: Vec<&str> = key.split(' ').collect();
        match asked[..] {
            [surname] => edits(surname, words.last()?),
            [given, .., surname] if words.len() > 1 => {
                Some(edits(given, words[0])? + edits(surname, words.last()?)?)
            }
            _ => None,
        }
    };
    let field = snapshot.fields.person;
    let found = matching(&snapshot.searcher, field, "*", |key| {
        edits_to(key).is_some()
    })?;
    let mut found: Vec<(String, u64)> = found.into_iter().collect();
    found.sort_by_key(|(key, articles)| (edits_to(key), std::cmp::Reverse(*articles)));
    for (key, _) in found.into_iter().take(MOST_TRIED) {
        if articles_with(&snapshot.searcher, &[field], &key)? > 0 {
            return Ok(Some(key));
        }
    }
    Ok(None)
}

/// Returns the spelling in some fields that is nearest to a word that no article has, with its number of
/// articles. Of equally near spellings, the most frequent is returned.
pub fn spelling(
    searcher: &Searcher,
    fields: &[Field],
    plain: &str,
) -> Result<Option<(String, usize)>> {
    for distance in 1..=farthest(plain) {
        let mut near_by = BTreeMap::new();
        for &field in fields {
            merge(&mut near_by, near(searcher, field, plain, distance)?);
        }
        let mut found: Vec<(String, u64)> = near_by
            .into_iter()
            .filter(|(word, _)| word != plain && is_likely(word, plain))
            .collect();
        found.sort_by(|a, b| {
            let by_distance = edit_distance(&a.0, plain).cmp(&edit_distance(&b.0, plain));
            by_distance.then(b.1.cmp(&a.1)).then_with(|| a.0.cmp(&b.0))
        });
        for (word, _) in found.into_iter().take(MOST_TRIED) {
            let articles = articles_with(searcher, fields, &word)?;
            if articles > 0 {
                return Ok(Some((word, articles)));
            }
        }
    }
    Ok(None)
}

/// Returns the terms of a field within an edit distance of a word, with their document frequencies.
fn near(
    searcher: &Searcher,
    field: Field,
    plain: &str,
    distance: u8,
) -> Result<BTreeMap<String, u64>> {
    let term = Term::from_field_text(field, plain);
    let automaton = FuzzyTermQuery::new(term, distance, true).automaton()?;
    let mut found = BTreeMap::new();
    for segment in searcher.segment_readers() {
        let inverted = segment.inverted_index(field)?;
        let search = inverted.terms().search(&automaton).into_stream();
        let mut stream = search.map_err(tantivy::TantivyError::from)?;
        while let Some((word, info)) = stream.next() {
            if let Ok(word) = std::str::from_utf8(word) {
                *found.entry(word.to_owned()).or_default() += u64::from(info.doc_freq);
            }
        }
    }
    Ok(found)
}

/// Returns the places in a folded word at which a body also has it with a hyphen, in any form:
/// 5 in `ceasefire` for `cease-fires`.
pub fn hyphens(snapshot: &Snapshot, plain: &str) -> Result<BTreeSet<usize>> {
    let mut found = BTreeSet::new();
    for stem in compound_stems(snapshot, plain)? {
        let beginning = analyzer::compounds_begin(&stem);
        each_compound(snapshot, &stem, &beginning, |place| {
            found.extend(place.parse::<usize>().ok());
        })?;
    }
    found.retain(|&at| plain.is_char_boundary(at) && at < plain.len());
    Ok(found)
}

/// Returns the other spellings of a folded word that a body writes with a letter such as ü: `zuerich` for
/// `zurich`, and the other way round.
pub fn umlauts(snapshot: &Snapshot, plain: &str) -> Result<BTreeSet<String>> {
    let beginning = analyzer::umlaut(plain, "");
    let mut found = BTreeSet::new();
    each_compound(snapshot, &beginning, &beginning, |other| {
        found.insert(other.to_owned());
    })?;
    Ok(found)
}

/// Calls `found` with what follows `beginning` in each longer term of the compounds, in the segments that
/// have the term `known`: to look a term up takes a tenth of the time of a range of terms.
fn each_compound(
    snapshot: &Snapshot,
    known: &str,
    beginning: &str,
    mut found: impl FnMut(&str),
) -> Result<()> {
    for segment in snapshot.searcher.segment_readers() {
        let inverted = segment.inverted_index(snapshot.fields.compounds)?;
        let terms = inverted.terms();
        let known = terms.term_ord(known);
        if known.map_err(tantivy::TantivyError::from)?.is_none() {
            continue;
        }
        let range = terms.range().gt(beginning).into_stream();
        let mut stream = range.map_err(tantivy::TantivyError::from)?;
        while let Some((term, _)) = stream.next()
            && let Some(rest) = term.strip_prefix(beginning.as_bytes())
        {
            if let Ok(rest) = std::str::from_utf8(rest) {
                found(rest);
            }
        }
    }
    Ok(())
}

/// Returns whether a body joins two folded words by a hyphen, in any form.
pub fn is_hyphened(snapshot: &Snapshot, first: &str, second: &str) -> Result<bool> {
    let stems = compound_stems(snapshot, &format!("{first}{second}"))?.into_iter();
    let terms: Vec<Term> = stems
        .map(|stem| {
            let compound = format!("{}{}", analyzer::compounds_begin(&stem), first.len());
            Term::from_field_text(snapshot.fields.compounds, &compound)
        })
        .collect();
    snapshot.has_any(&terms)
}

/// Returns the stems of the closed spelling of a compound in English and in the other languages of the
/// archive, each once.
fn compound_stems(snapshot: &Snapshot, closed: &str) -> Result<BTreeSet<String>> {
    let others = snapshot.other_languages()?.iter();
    let codes = others.map(|code| Some(code.as_str())).chain([None]);
    Ok(codes
        .map(|code| analyzer::compound_stem(code, closed))
        .collect())
}

/// Returns the terms of a field that match a pattern and pass a test, with their document
/// frequencies.
fn matching(
    searcher: &Searcher,
    field: Field,
    pattern: &str,
    test: impl Fn(&str) -> bool,
) -> Result<BTreeMap<String, u64>> {
    let literal = &pattern[..pattern.find(['*', '?']).unwrap_or(pattern.len())];
    let mut found = BTreeMap::new();
    for segment in searcher.segment_readers() {
        let inverted = segment.inverted_index(field)?;
        let range = inverted.terms().range().ge(literal).into_stream();
        let mut stream = range.map_err(tantivy::TantivyError::from)?;
        while let Some((word, info)) = stream.next() {
            if !word.starts_with(literal.as_bytes()) {
                break;
            }
            if let Ok(word) = std::str::from_utf8(word)
                && is_match(pattern, word)
                && test(word)
            {
                *found.entry(word.to_owned()).or_default() += u64::from(info.doc_freq);
            }
        }
    }
    Ok(found)
}
