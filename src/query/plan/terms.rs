//! The terms of a field that leaves stand for, and queries for articles that have such terms.

use std::rc::Rc;

use tantivy::Term;
use tantivy::query::{BooleanQuery, Query, TermQuery};
use tantivy::schema::{Field, IndexRecordOption};

use super::expand;
use super::expand::Expansion;
use super::planner::{Planner, any_of};
use crate::archive::analyzer;
use crate::engine::any_term::any_term;
use crate::engine::positions::SpanTree;
use crate::error::Result;
use crate::query::tree::{FieldName, Leaf};

impl Planner<'_> {
    /// Returns the fields of the index that a field of the query language reads.
    pub(super) fn text_fields(&self, field: Option<FieldName>) -> Vec<Field> {
        let fields = &self.snapshot.fields;
        match field {
            None => vec![fields.headline, fields.body],
            Some(FieldName::Headline) => vec![fields.headline],
            Some(FieldName::Lead | FieldName::Body) => vec![fields.body],
            Some(FieldName::Byline) => vec![fields.byline],
            Some(FieldName::Url) => vec![fields.url],
            Some(FieldName::Place) => vec![fields.place],
            Some(FieldName::Related) => vec![fields.related],
            Some(FieldName::Receipt) => vec![fields.receipt],
            Some(FieldName::Path) => vec![fields.path_words],
            Some(FieldName::Source) => vec![fields.source],
            Some(FieldName::Person) => vec![fields.person],
            Some(FieldName::Language) => vec![fields.language],
            // These have no words.
            Some(
                FieldName::WholeSource
                | FieldName::WholeByline
                | FieldName::WholePerson
                | FieldName::WholeFolder,
            ) => Vec::new(),
        }
    }

    /// Returns the terms of a field that a leaf may stand for. Those of a word in capitals are also
    /// those of the word in small letters.
    pub(super) fn terms_in(&mut self, field: Field, leaf: &Leaf) -> Result<Vec<Term>> {
        let term = |word: &str| Term::from_field_text(field, word);
        match leaf {
            Leaf::Word { plain, exact, .. } => self.word_terms(field, plain, *exact),
            Leaf::Caps(typed) => Ok(analyzer::query_words(typed)
                .iter()
                .map(|word| term(&word.plain))
                .collect()),
            Leaf::Pattern(_) | Leaf::Fuzzy { .. } => {
                let expansion = self.expansion(field, leaf)?;
                Ok((expansion.words.iter())
                    .map(|(word, _)| term(word))
                    .collect())
            }
        }
    }

    /// Returns the words of a field that a pattern matches, and adds them to the plan. Those of the
    /// headline and of the body are the words of both.
    pub(super) fn expansion(&mut self, field: Field, leaf: &Leaf) -> Result<Rc<Expansion>> {
        let fields = &self.snapshot.fields;
        let fields = if field == fields.headline || field == fields.body {
            vec![fields.headline, fields.body]
        } else {
            vec![field]
        };
        let key = (fields[0], leaf.clone());
        if let Some(known) = self.expanded.get(&key) {
            return Ok(Rc::clone(known));
        }
        let expansion = Rc::new(expand::expand(&self.snapshot.searcher, fields, leaf)?);
        self.plan.expansions.push((*expansion).clone());
        self.expanded.insert(key, Rc::clone(&expansion));
        Ok(expansion)
    }

    /// Returns a query for all articles that may match a span tree in a field.
    pub(super) fn candidates(
        &mut self,
        tree: &SpanTree<Leaf>,
        field: Field,
    ) -> Result<Box<dyn Query>> {
        let mut each = |trees: &[SpanTree<Leaf>]| {
            let candidates = trees.iter().map(|tree| self.candidates(tree, field));
            candidates.collect::<Result<Vec<_>>>()
        };
        match tree {
            SpanTree::Row { leaves, .. } => Ok(Box::new(BooleanQuery::intersection(each(leaves)?))),
            SpanTree::Either(trees) => Ok(any_of(each(trees)?)),
            SpanTree::Near { left, right, .. } => Ok(Box::new(BooleanQuery::intersection(vec![
                self.candidates(left, field)?,
                self.candidates(right, field)?,
            ]))),
            SpanTree::Leaf(Leaf::Caps(typed))
                if field != self.snapshot.fields.related && analyzer::is_in_capitals(typed) =>
            {
                Ok(self.in_capitals(typed))
            }
            SpanTree::Leaf(leaf) => Ok(any_term(self.terms_in(field, leaf)?)),
        }
    }

    /// Returns a query for the articles that have a word in capitals in headline or body. The index
    /// has a field for such words.
    pub(super) fn in_capitals(&self, typed: &str) -> Box<dyn Query> {
        let term = Term::from_field_text(self.snapshot.fields.capitals, typed);
        Box::new(TermQuery::new(term, IndexRecordOption::Basic))
    }
}
