//! Filters on whole names: the outlets, writers, persons and folders that counts list. A count and the
//! filter on its name find the same articles, where `source:`, `byline:`, `person:` and `path:` find more.

use rustc_hash::FxHashSet;
use tantivy::query::{AllQuery, EmptyQuery, Query, TermQuery};
use tantivy::schema::IndexRecordOption;
use tantivy::{DocId, SegmentReader, TantivyError, Term};

use super::filters::all_but;
use super::planner::{Planner, Scope, any_of, cannot_take};
use crate::archive::analyzer;
use crate::archive::outlets::{self, Outlets};
use crate::engine::doc_set;
use crate::error::Result;
use crate::people::name;
use crate::query::tree::{FieldName, Node, typed_name};

impl Planner<'_> {
    /// Returns a query for the articles with a whole name in a field of whole names.
    pub(super) fn whole_name(
        &mut self,
        field: FieldName,
        node: &Node,
        scope: Scope,
    ) -> Result<Box<dyn Query>> {
        if let Some(name) = typed_name(node) {
            return match field {
                FieldName::WholePerson => Ok(self.with_person_key(&name, scope)),
                FieldName::WholeSource => self.of_outlet(&name),
                FieldName::WholeByline => {
                    self.with_value("byline_name", &name, |value| vec![value.to_owned()])
                }
                _ => self.with_value("path", &name, folders_of),
            };
        }
        match node {
            Node::Or(nodes) => {
                let queries = nodes.iter();
                let queries = queries.map(|node| self.whole_name(field, node, scope));
                Ok(any_of(queries.collect::<Result<_>>()?))
            }
            Node::Not(node) => Ok(all_but(self.whole_name(field, node, scope.excluded())?)),
            node => Err(cannot_take(Some(field), node)),
        }
    }

    /// Returns a query for the articles that give a person this name, whoever is meant.
    fn with_person_key(&mut self, name: &str, scope: Scope) -> Box<dyn Query> {
        let key = name::key(name);
        let term = Term::from_field_text(self.snapshot.fields.person, &key);
        if scope.is_wanted {
            self.plan.person_keys.insert(key);
        }
        Box::new(TermQuery::new(term, IndexRecordOption::Basic))
    }

    /// Returns a query for the articles of the outlet with this name or domain, under all its names.
    fn of_outlet(&self, name: &str) -> Result<Box<dyn Query>> {
        let values = self.values_of(outlets::COLUMN)?;
        let names_of = |value: &str| {
            let (name, domain) = outlets::parts_of(value);
            vec![name.to_owned(), domain.to_owned()]
        };
        let named = named(&values, name, names_of);
        let outlets = Outlets::read(&self.snapshot.searcher)?;
        let own: FxHashSet<String> = named
            .iter()
            .map(|value| outlets.key_of_value(value))
            .collect();
        let values = values.into_iter();
        let values = values.filter(|value| own.contains(&outlets.key_of_value(value)));
        Ok(articles_with(outlets::COLUMN, values.collect()))
    }

    /// Returns a query for the articles with a value of a column that has a name.
    fn with_value(
        &self,
        column: &'static str,
        name: &str,
        names_of: impl Fn(&str) -> Vec<String>,
    ) -> Result<Box<dyn Query>> {
        let values = self.values_of(column)?;
        Ok(articles_with(column, named(&values, name, names_of)))
    }

    /// Returns all values of a column.
    fn values_of(&self, column: &str) -> Result<FxHashSet<String>> {
        let mut values = FxHashSet::default();
        for segment in self.snapshot.searcher.segment_readers() {
            let Some(column) = segment.fast_fields().str(column)? else {
                continue;
            };
            let mut stream = column.dictionary().stream().map_err(TantivyError::from)?;
            while stream.advance() {
                let value = String::from_utf8_lossy(stream.key());
                if !values.contains(&*value) {
                    values.insert(value.into_owned());
                }
            }
        }
        Ok(values)
    }
}

/// Returns the folders in which a file lies, from the outermost.
fn folders_of(path: &str) -> Vec<String> {
    let ends = path.match_indices('/');
    ends.map(|(end, _)| path[..end].to_owned()).collect()
}

/// Returns the values that have a name as it is typed; where none has, those whose names have the same
/// words.
fn named(
    values: &FxHashSet<String>,
    typed: &str,
    names_of: impl Fn(&str) -> Vec<String>,
) -> FxHashSet<String> {
    let matching = |is_same: &dyn Fn(&str) -> bool| -> FxHashSet<String> {
        let values = values.iter();
        let values = values.filter(|value| names_of(value).iter().any(|name| is_same(name)));
        values.cloned().collect()
    };
    let same = matching(&|name| name == typed);
    if !same.is_empty() {
        return same;
    }
    let words = words_of(typed);
    matching(&|name| !name.is_empty() && words_of(name) == words)
}

fn words_of(name: &str) -> Vec<String> {
    let words = analyzer::query_words(name).into_iter();
    words.map(|word| word.plain).collect()
}

/// Returns a query for the articles with any of some values in a column.
fn articles_with(column: &'static str, values: FxHashSet<String>) -> Box<dyn Query> {
    if values.is_empty() {
        return Box::new(EmptyQuery);
    }
    let mut values: Vec<String> = values.into_iter().collect();
    values.sort_unstable();
    doc_set::tested(Box::new(AllQuery), move |reader: &SegmentReader| {
        // Documents that only hold the state of a file are no articles.
        let parts = reader.fast_fields().u64("part")?;
        let Some(column) = reader.fast_fields().str(column)? else {
            return Ok(Box::new(|_| false));
        };
        let mut wanted: FxHashSet<u64> = FxHashSet::default();
        for value in &values {
            let ordinal = column.dictionary().term_ord(value);
            wanted.extend(ordinal.map_err(TantivyError::from)?);
        }
        Ok(Box::new(move |doc: DocId| {
            parts.first(doc).is_some() && column.term_ords(doc).any(|value| wanted.contains(&value))
        }))
    })
}
