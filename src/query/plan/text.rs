//! Queries for text: words, phrases, patterns and NEAR, in one field or in headline and body.

use tantivy::Term;
use tantivy::query::{Query, TermQuery, TermSetQuery};
use tantivy::schema::{Field, IndexRecordOption};

use super::person_near::names_person;
use super::planner::{Planner, Scope, any_of, cannot_take};
use super::span_tree::{needs_text, span_tree};
use super::stored_text;
use super::stored_text::Texts;
use crate::archive::analyzer;
use crate::engine::positions::{SpanCondition, SpanTree};
use crate::engine::{phrase, positions};
use crate::error::Result;
use crate::identity::lookup;
use crate::passages::Mark;
use crate::query::tree::{FieldName, Leaf, Node};

/// `lead:` matches before this position of the body: in about the first hundred words, which are
/// the first two or three paragraphs of a news story.
const LEAD_END: u32 = 100;

/// A capitalised word is read as the name of a person if at least one in this many of the articles
/// that have the word names such a person. Common words that were mistaken for persons are rarer.
const LEAST_NAMED: u64 = 20;

impl Planner<'_> {
    /// Returns a query for articles that match a node at least `at_least` times in the text fields
    /// of its scope.
    pub(super) fn asked_text(
        &mut self,
        node: &Node,
        scope: Scope,
        at_least: usize,
    ) -> Result<Box<dyn Query>> {
        // The leaf, if it may be anywhere in the text.
        let anywhere = match (scope.field, at_least, node) {
            (None, 1, Node::Leaf(leaf)) => Some(leaf),
            _ => None,
        };
        if let Some(Leaf::Word { plain, typed, .. }) = anywhere
            && self.is_spelt(plain, typed)?
        {
            return self.spelt_word(plain, scope);
        }
        if names_person(node) {
            return self.person_near(node, scope);
        }
        let tree = span_tree(node).ok_or_else(|| cannot_take(scope.field, node))?;
        if scope.is_wanted {
            self.rank_and_mark(node, scope)?;
        }
        match anywhere {
            // The index has unstemmed words for patterns, and words in capitals.
            Some(leaf @ (Leaf::Pattern(_) | Leaf::Fuzzy { .. })) => {
                let terms = self.terms_in(self.snapshot.fields.plain, leaf)?;
                return Ok(Box::new(TermSetQuery::new(terms)));
            }
            Some(Leaf::Caps(typed)) if analyzer::is_in_capitals(typed) => {
                return Ok(self.in_capitals(typed));
            }
            _ => {}
        }
        let fields = self.text_fields(scope.field);
        let condition = SpanCondition {
            at_least,
            before: (scope.field == Some(FieldName::Lead)).then_some(LEAD_END),
        };
        let is_once_anywhere = condition.at_least == 1 && condition.before.is_none();
        let is_stemmed = fields.iter().any(|&field| self.is_stemmed(field));
        let mut candidates = Vec::with_capacity(fields.len());
        for &field in &fields {
            candidates.push(self.candidates(&tree, field)?);
        }
        let candidates = any_of(candidates);
        match node {
            // All candidates have the term.
            Node::Leaf(Leaf::Word { .. }) if is_once_anywhere => Ok(candidates),
            Node::Leaf(_) if is_once_anywhere && !is_stemmed => Ok(candidates),
            _ if is_stemmed && needs_text(&tree) => {
                Ok(self.in_stored_text(tree, &fields, condition, candidates))
            }
            Node::Phrase {
                leaves, slop: 0, ..
            } if is_once_anywhere && !needs_text(&tree) => self.phrase(leaves, &fields),
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

    /// Returns a query for a phrase of words in any of some fields.
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
            trees.push((
                field,
                tree.map(&mut |leaf: &Leaf| self.terms_in(field, leaf))?,
            ));
        }
        Ok(positions::from_positions(trees, condition, candidates))
    }

    /// Returns whether a word is the name of a person that stemming would change: `Banks` is not a
    /// bank.
    pub(super) fn is_spelt(&mut self, plain: &str, typed: &str) -> Result<bool> {
        let may_be = self.options.keep_spelling && typed.starts_with(char::is_uppercase);
        if !may_be || analyzer::stem(plain) == plain {
            return Ok(false);
        }
        if let Some(&known) = self.spelt.get(typed) {
            return Ok(known);
        }
        let in_text = Term::from_field_text(self.snapshot.fields.plain, plain);
        let articles = self.snapshot.searcher.doc_freq(&in_text)?;
        let enough = articles.div_ceil(LEAST_NAMED);
        let mut named = 0;
        for key in lookup::find(self.snapshot, typed)? {
            if named < enough && key.split(' ').any(|word| word == plain) {
                let person = Term::from_field_text(self.snapshot.fields.person, &key);
                named += self.snapshot.searcher.doc_freq(&person)?;
            }
        }
        let is_spelt = named > 0 && named >= enough;
        self.spelt.insert(typed.to_owned(), is_spelt);
        Ok(is_spelt)
    }

    /// Returns a query for an unstemmed word. The word ranks by its stem, which has positions.
    fn spelt_word(&mut self, plain: &str, scope: Scope) -> Result<Box<dyn Query>> {
        let stem = analyzer::stem(plain);
        if scope.is_wanted {
            self.rank_stem(plain, &stem);
            self.add_mark(Mark::Plain(plain.to_owned()));
        }
        let term = Term::from_field_text(self.snapshot.fields.plain, plain);
        let as_spelt = self.snapshot.searcher.doc_freq(&term)?;
        // No note if no article has another form of the word.
        let stem = Term::from_field_text(self.snapshot.fields.body, &stem);
        if self.snapshot.searcher.doc_freq(&stem)? > as_spelt {
            let note = format!(
                "{plain} is a person's name here and was searched as it is spelt; \
                 write it in small letters to find its other forms as well"
            );
            if !self.plan.notes.contains(&note) {
                self.plan.notes.push(note);
            }
        }
        Ok(Box::new(TermQuery::new(term, IndexRecordOption::Basic)))
    }
}
