//! Queries for text: words, phrases, patterns and NEAR, in one field or in headline and body.

use tantivy::Term;
use tantivy::query::Query;
use tantivy::schema::Field;

use super::person_near::names_person;
use super::planner::{Planner, Scope, any_of, cannot_take};
use super::span_tree::{needs_text, span_tree};
use super::stored_text;
use super::stored_text::Texts;
use crate::archive::analyzer;
use crate::engine::positions::{IndexedText, SpanCondition, SpanTree};
use crate::engine::{phrase, positions};
use crate::error::Result;
use crate::query::tree::{FieldName, Leaf, Node};

/// `lead:` matches before this position of the body: in about the first hundred words, which are
/// the first two or three paragraphs of a news story.
const LEAD_END: u32 = 100;

impl Planner<'_> {
    /// Returns a query for articles that match a node at least `at_least` times in the text fields
    /// of its scope.
    pub(super) fn asked_text(
        &mut self,
        node: &Node,
        scope: Scope,
        at_least: usize,
    ) -> Result<Box<dyn Query>> {
        if names_person(node) {
            return self.person_near(node, scope);
        }
        let tree = span_tree(node).ok_or_else(|| cannot_take(scope.field, node))?;
        if scope.is_wanted {
            self.rank_and_mark(node, scope)?;
        }
        // The index has a field for words in capitals.
        if let (None, 1, Node::Leaf(Leaf::Caps(typed))) = (scope.field, at_least, node)
            && analyzer::is_in_capitals(typed)
        {
            return Ok(self.in_capitals(typed));
        }
        let fields = self.text_fields(scope.field);
        let condition = SpanCondition {
            at_least,
            before: (scope.field == Some(FieldName::Lead)).then_some(LEAD_END),
        };
        let is_once_anywhere = condition.at_least == 1 && condition.before.is_none();
        let mut candidates = Vec::with_capacity(fields.len());
        for &field in &fields {
            candidates.push(self.candidates(&tree, field)?);
        }
        let candidates = any_of(candidates);
        match node {
            _ if needs_text(&tree) => Ok(self.in_stored_text(tree, &fields, condition, candidates)),
            // All candidates have the term.
            Node::Leaf(_) if is_once_anywhere => Ok(candidates),
            Node::Phrase {
                leaves, slop: 0, ..
            } if is_once_anywhere && leaves.iter().all(is_exact) => self.phrase(leaves, &fields),
            _ => self.at_positions(&tree, fields, condition, candidates),
        }
    }

    /// Returns a query that reads the stored text of the candidates.
    fn in_stored_text(
        &self,
        tree: SpanTree<Leaf>,
        fields: &[Field],
        condition: SpanCondition,
        candidates: Box<dyn Query>,
    ) -> Box<dyn Query> {
        let all = &self.snapshot.fields;
        let texts = Texts {
            headline: fields.contains(&all.headline),
            body: fields.contains(&all.body),
            related: fields.contains(&all.related),
        };
        stored_text::from_text(all, tree, texts, condition, candidates)
    }

    /// Returns a query for a phrase of exact words in any of some fields.
    fn phrase(&mut self, leaves: &[Leaf], fields: &[Field]) -> Result<Box<dyn Query>> {
        let mut phrases: Vec<Box<dyn Query>> = Vec::with_capacity(fields.len());
        for &field in fields {
            let mut terms = Vec::with_capacity(leaves.len());
            for leaf in leaves {
                terms.extend(self.terms_in(field, leaf)?);
            }
            let has_pairs = field == self.snapshot.fields.body;
            let pairs = has_pairs.then_some(self.snapshot.fields.pairs);
            phrases.push(phrase::phrase(terms, pairs));
        }
        Ok(any_of(phrases))
    }

    /// Returns a query that reads the positions of the candidates in the index.
    fn at_positions(
        &mut self,
        tree: &SpanTree<Leaf>,
        fields: Vec<Field>,
        condition: SpanCondition,
        candidates: Box<dyn Query>,
    ) -> Result<Box<dyn Query>> {
        let mut trees = Vec::with_capacity(fields.len());
        for field in fields {
            trees.push(IndexedText {
                tree: tree.map(&mut |leaf: &Leaf| self.terms_in(field, leaf))?,
                starts: self.unit_starts(field),
            });
        }
        Ok(positions::from_positions(trees, condition, candidates))
    }

    /// Returns the terms that stand where a sentence of a field starts, and where a paragraph does. Other
    /// fields than the body are one of both.
    fn unit_starts(&self, field: Field) -> [Vec<Term>; 2] {
        let fields = &self.snapshot.fields;
        if field != fields.body {
            return Default::default();
        }
        let term = |start| Term::from_field_text(fields.units, start);
        let paragraph = term(analyzer::PARAGRAPH_START);
        let sentence = term(analyzer::SENTENCE_START);
        [vec![sentence, paragraph.clone()], vec![paragraph]]
    }
}

/// Returns whether a leaf is a word that is not found in other forms.
fn is_exact(leaf: &Leaf) -> bool {
    matches!(leaf, Leaf::Word { exact: true, .. })
}
