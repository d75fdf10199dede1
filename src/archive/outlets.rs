//! Which names and domains are one outlet. An article that has both ties them together for the
//! whole archive.

use std::collections::BTreeMap;

use rustc_hash::FxHashMap;
use tantivy::{Searcher, TantivyError};

use crate::article::Article;
use crate::error::Result;
use crate::text::fold::folded;

/// The column with the outlet of each article.
pub const COLUMN: &str = "outlet";

/// The separator of the name and the domain in the column. No line of text holds it.
const SEPARATOR: char = '\t';

/// Returns the value of an article in the column: the outlet's name and its domain, either of which
/// may be empty.
pub fn column_value(article: &Article) -> Option<String> {
    let domain = article.source_domain.as_deref();
    let name = article
        .source
        .as_deref()
        .filter(|name| Some(*name) != domain);
    (name.is_some() || domain.is_some()).then(|| {
        format!(
            "{}{SEPARATOR}{}",
            name.unwrap_or_default(),
            domain.unwrap_or_default()
        )
    })
}

/// Returns the name and the domain in a value of the column.
pub fn parts_of(value: &str) -> (&str, &str) {
    value.split_once(SEPARATOR).unwrap_or((value, ""))
}

/// The domains of the outlets of an archive, by name.
pub struct Outlets {
    /// The domain of each folded name; `None` where articles give it several.
    domains: FxHashMap<String, Option<String>>,
}

impl Outlets {
    /// Reads the pairs of name and domain that the articles of an archive have.
    pub fn read(searcher: &Searcher) -> Result<Self> {
        let mut domains: FxHashMap<String, Option<String>> = FxHashMap::default();
        for segment in searcher.segment_readers() {
            let Some(column) = segment.fast_fields().str(COLUMN)? else {
                continue;
            };
            let mut values = column.dictionary().stream().map_err(TantivyError::from)?;
            while values.advance() {
                let value = String::from_utf8_lossy(values.key());
                let (name, domain) = parts_of(&value);
                if name.is_empty() || domain.is_empty() {
                    continue;
                }
                domains
                    .entry(key_of(name))
                    .and_modify(|known| {
                        if known.as_deref() != Some(domain) {
                            *known = None;
                        }
                    })
                    .or_insert_with(|| Some(domain.to_owned()));
            }
        }
        Ok(Self { domains })
    }

    /// Returns the articles of each outlet, from the articles of each value of the column.
    pub fn merge(&self, counts: &BTreeMap<String, u64>) -> BTreeMap<String, u64> {
        let mut merged = BTreeMap::new();
        for (outlet, count) in self.called(counts).into_iter().zip(counts.values()) {
            *merged.entry(outlet).or_default() += count;
        }
        merged
    }

    /// Returns what the outlet of each value of the column is called, in the order of the values, from
    /// the articles of each: the name that most of its articles print, else its domain.
    pub fn called(&self, counts: &BTreeMap<String, u64>) -> Vec<String> {
        let mut names: BTreeMap<String, (u64, &str)> = BTreeMap::new();
        let mut of_name: BTreeMap<(String, &str), u64> = BTreeMap::new();
        for (value, count) in counts {
            let (name, domain) = parts_of(value);
            if !name.is_empty() {
                *of_name.entry((self.key(name, domain), name)).or_default() += count;
            }
        }
        for ((outlet, name), count) in of_name {
            let best = names.entry(outlet).or_default();
            if count > best.0 {
                *best = (count, name);
            }
        }
        let called = |value: &String| {
            let (name, domain) = parts_of(value);
            let outlet = self.key(name, domain);
            match names.get(&outlet) {
                Some((_, name)) => (*name).to_owned(),
                None => outlet,
            }
        };
        counts.keys().map(called).collect()
    }

    /// Returns what tells the outlet of a value of the column from others.
    pub fn key_of_value(&self, value: &str) -> String {
        let (name, domain) = parts_of(value);
        self.key(name, domain)
    }

    /// Returns what tells an outlet from others: its domain, else its folded name.
    fn key(&self, name: &str, domain: &str) -> String {
        if !domain.is_empty() {
            return domain.to_owned();
        }
        let key = key_of(name);
        match self.domains.get(&key) {
            Some(Some(domain)) => domain.clone(),
            _ => key,
        }
    }
}

/// Returns the form by which names are compared: folded, without the article.
pub fn key_of(name: &str) -> String {
    let key = folded(name);
    key.strip_prefix("the ").map(str::to_owned).unwrap_or(key)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_and_its_domain_are_one_outlet() {
        let domains = [
            ("quay herald", Some("quay.example".to_owned())),
            ("evening call", None),
        ];
        let outlets = Outlets {
            domains: domains
                .into_iter()
                .map(|(name, domain)| (name.to_owned(), domain))
                .collect(),
        };
        let counts: BTreeMap<String, u64> = [
            ("The Quay Herald\tquay.example", 2),
            ("QUAY HERALD\t", 1),
            ("\tquay.example", 4),
            ("Evening Call\tcall.example", 1),
            ("Evening Call\t", 2),
            ("\tlone.example", 1),
        ]
        .into_iter()
        .map(|(value, count)| (value.to_owned(), count))
        .collect();
        let merged = outlets.merge(&counts);
        let merged: Vec<(&str, u64)> = merged.iter().map(|(name, n)| (&**name, *n)).collect();
        assert_eq!(
            merged,
            [
                ("Evening Call", 3),
                ("The Quay Herald", 7),
                ("lone.example", 1)
            ]
        );
    }
}
