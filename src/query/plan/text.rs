//! Queries for text: words, phrases, patterns, what is near each other, in one field or in all.

use std::rc::Rc;

use tantivy::Term;
use tantivy::query::{BooleanQuery, EmptyQuery, Occur, Query, TermQuery, TermSetQuery};
use tantivy::schema::{Field, IndexRecordOption};

use super::expand::Expansion;
use super::places::{needs_text, places};
use super::planner::{Planner, Scope, any_of, cannot_take};
use super::stored_text::Texts;
use super::{RankWord, expand, person_near, stored_text};
use crate::archive::analyzer;
use crate::engine::positions::{Asked, Places};
use crate::engine::{phrase, positions};
use crate::error::Result;
use crate::passages::Mark;
use crate::query::tree::{FieldName, Leaf, Node};

/// `lead:` asks for what stands before this position of the body: the first hundred words or so,
/// which are the first two or three paragraphs of a news story.
const LEAD_END: u32 = 100;

/// How many of the words that a pattern stands for rank the hits, where it is one part of a query.
const MOST_RANKED: usize = 16;

/// How many of the words that a pattern stands for are marked.
const MOST_MARKED: usize = 200;

impl Planner<'_> {
    /// Returns a query for places in one or more text fields.
    pub(super) fn asked_text(
        &mut self,
        node: &Node,
        scope: Scope,
        at_least: usize,
    ) -> Result<Box<dyn Query>> {
        if let (None, 1, Node::Leaf(Leaf::Word { plain, typed })) = (scope.field, at_least, node)
            && self.is_spelt(plain, typed)?
        {
            return self.spelt_word(plain, scope);
        }
        if person_near::names_person(node) {
            return self.beside(node, scope);
        }
        let Some(places) = places(node) else {
            return Err(cannot_take(scope.field, node));
        };
        if scope.is_wanted {
            self.rank_and_mark(node, scope)?;
        }
        let asked = Asked {
            at_least,
            before: (scope.field == Some(FieldName::Lead)).then_some(LEAD_END),
        };
        let fields = self.text_fields(scope.field);
        // A pattern anywhere in the text is what the unstemmed field is for.
        if let (None, 1, Node::Leaf(leaf @ (Leaf::Pattern(_) | Leaf::Fuzzy { .. }))) =
            (scope.field, at_least, node)
        {
            let terms = self.terms_in(self.snapshot.fields.plain, leaf)?;
            return Ok(Box::new(TermSetQuery::new(terms)));
        }
        // What stands in capitals alone is indexed so.
        if let (None, 1, Node::Leaf(Leaf::Caps(typed))) = (scope.field, at_least, node)
            && analyzer::is_in_capitals(typed)
        {
            return Ok(self.in_capitals(typed));
        }
        let mut candidates = Vec::with_capacity(fields.len());
        for &field in &fields {
            candidates.push(self.candidates(&places, field)?);
        }
        let candidates = any_of(candidates);
        let is_single_word = matches!(node, Node::Leaf(Leaf::Word { .. }));
        if is_single_word && at_least == 1 && asked.before.is_none() {
            return Ok(candidates);
        }
        if fields.iter().any(|&field| self.is_stemmed(field)) && needs_text(&places) {
            let texts = Texts {
                headline: fields.contains(&self.snapshot.fields.headline),
                body: fields.contains(&self.snapshot.fields.body),
                related: fields.contains(&self.snapshot.fields.related),
            };
            return Ok(stored_text::from_text(
                &self.snapshot.fields,
                places,
                texts,
                asked,
                candidates,
            ));
        }
        if let Node::Phrase {
            leaves, slop: 0, ..
        } = node
            && at_least == 1
            && asked.before.is_none()
            && !needs_text(&places)
        {
            let mut found: Vec<Box<dyn Query>> = Vec::with_capacity(fields.len());
            for &field in &fields {
                let mut terms = Vec::with_capacity(leaves.len());
                for leaf in leaves {
                    terms.extend(self.terms_in(field, leaf)?);
                }
                let pairs =
                    (field == self.snapshot.fields.body).then_some(self.snapshot.fields.pairs);
                found.push(phrase::phrase(terms, pairs));
            }
            return Ok(any_of(found));
        }
        let mut placed = Vec::with_capacity(fields.len());
        for &field in &fields {
            placed.push((
                field,
                places.map(&mut |leaf: &Leaf| self.terms_in(field, leaf))?,
            ));
        }
        if fields.iter().all(|&field| !self.is_stemmed(field))
            && matches!(node, Node::Leaf(_))
            && at_least == 1
        {
            return Ok(candidates);
        }
        Ok(positions::from_positions(placed, asked, candidates))
    }

    /// Returns a query for the articles that have a word in these capitals in headline or body.
    fn in_capitals(&self, typed: &str) -> Box<dyn Query> {
        let term = Term::from_field_text(self.snapshot.fields.capitals, typed);
        Box::new(TermQuery::new(term, IndexRecordOption::Basic))
    }

    /// Returns the fields of the index that a field of the language reads.
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
            Some(FieldName::Path) => vec![fields.path_words],
            Some(FieldName::Source) => vec![fields.source],
            Some(FieldName::Person) => vec![fields.person],
            Some(FieldName::Language) => vec![fields.language],
        }
    }

    pub(super) fn is_stemmed(&self, field: Field) -> bool {
        [
            self.snapshot.fields.headline,
            self.snapshot.fields.body,
            self.snapshot.fields.related,
        ]
        .contains(&field)
    }

    /// Returns the terms of a field that a leaf may stand for. In a stemmed field they are the
    /// stems of the words meant, which other words may share.
    pub(super) fn terms_in(&mut self, field: Field, leaf: &Leaf) -> Result<Vec<Term>> {
        let is_stemmed = self.is_stemmed(field);
        let term = |word: &str| Term::from_field_text(field, word);
        match leaf {
            Leaf::Word { plain, .. } if is_stemmed => Ok(vec![term(&analyzer::stem(plain))]),
            Leaf::Word { plain, .. } => Ok(vec![term(plain)]),
            Leaf::Caps(typed) => Ok(analyzer::query_words(typed)
                .iter()
                .map(|word| term(&analyzer::stem(&word.plain)))
                .collect()),
            Leaf::Pattern(_) | Leaf::Fuzzy { .. } => {
                let from = if is_stemmed {
                    self.snapshot.fields.plain
                } else {
                    field
                };
                let expansion = self.expansion(from, leaf)?;
                let words = expansion.words.iter().map(|(word, _)| word);
                let mut terms: Vec<Term> = if is_stemmed {
                    words.map(|word| term(&analyzer::stem(word))).collect()
                } else {
                    words.map(|word| term(word)).collect()
                };
                terms.sort_unstable();
                terms.dedup();
                Ok(terms)
            }
        }
    }

    /// Returns what a pattern stands for, and keeps it for the explanation.
    pub(super) fn expansion(&mut self, field: Field, leaf: &Leaf) -> Result<Rc<Expansion>> {
        let asked = (field, leaf.clone());
        if let Some(known) = self.expanded.get(&asked) {
            return Ok(Rc::clone(known));
        }
        let expansion = Rc::new(expand::expand(&self.snapshot.searcher, field, leaf)?);
        self.plan.expansions.push((*expansion).clone());
        self.expanded.insert(asked, Rc::clone(&expansion));
        Ok(expansion)
    }

    /// Returns a query for all articles that may have words at places in a field.
    pub(super) fn candidates(
        &mut self,
        places: &Places<Leaf>,
        field: Field,
    ) -> Result<Box<dyn Query>> {
        match places {
            Places::Leaf(Leaf::Caps(typed))
                if field != self.snapshot.fields.related && analyzer::is_in_capitals(typed) =>
            {
                Ok(self.in_capitals(typed))
            }
            Places::Leaf(leaf) => {
                let mut terms = self.terms_in(field, leaf)?;
                Ok(match terms.pop() {
                    None => Box::new(EmptyQuery),
                    Some(term) if terms.is_empty() => {
                        Box::new(TermQuery::new(term, IndexRecordOption::Basic))
                    }
                    Some(term) => {
                        terms.push(term);
                        Box::new(TermSetQuery::new(terms))
                    }
                })
            }
            Places::Row { leaves, .. } => {
                let mut clauses = Vec::with_capacity(leaves.len());
                for leaf in leaves {
                    clauses.push((Occur::Must, self.candidates(leaf, field)?));
                }
                Ok(Box::new(BooleanQuery::new(clauses)))
            }
            Places::Near { left, right, .. } => Ok(Box::new(BooleanQuery::new(vec![
                (Occur::Must, self.candidates(left, field)?),
                (Occur::Must, self.candidates(right, field)?),
            ]))),
            Places::Either(places) => {
                let mut clauses = Vec::with_capacity(places.len());
                for place in places {
                    clauses.push(self.candidates(place, field)?);
                }
                Ok(any_of(clauses))
            }
        }
    }

    /// Takes the words of a node among those that rank and are marked.
    pub(super) fn rank_and_mark(&mut self, node: &Node, scope: Scope) -> Result<()> {
        // Words of URLs, paths and bylines say nothing about the text.
        if scope.field.is_some_and(FieldName::is_filter) || scope.field == Some(FieldName::Related)
        {
            return Ok(());
        }
        match node {
            Node::Leaf(leaf) => self.rank_and_mark_leaf(leaf),
            Node::Phrase { leaves, slop, .. } => {
                let mut stems = Vec::with_capacity(leaves.len());
                for leaf in leaves {
                    if let Leaf::Word { plain, .. } = leaf {
                        let stem = analyzer::stem(plain);
                        self.rank_stem(plain, &stem);
                        stems.push(stem);
                    }
                }
                if stems.len() == leaves.len() {
                    self.add_mark(Mark::Phrase { stems, slop: *slop });
                    return Ok(());
                }
                leaves
                    .iter()
                    .try_for_each(|leaf| self.rank_and_mark_leaf(leaf))
            }
            Node::Near { left, right, .. } => {
                self.rank_and_mark(left, scope)?;
                self.rank_and_mark(right, scope)
            }
            Node::Or(nodes) => nodes
                .iter()
                .try_for_each(|node| self.rank_and_mark(node, scope)),
            _ => Ok(()),
        }
    }

    pub(super) fn rank_and_mark_leaf(&mut self, leaf: &Leaf) -> Result<()> {
        match leaf {
            Leaf::Word { plain, .. } => {
                self.rank_word(plain);
            }
            Leaf::Caps(typed) => {
                for word in analyzer::query_words(typed) {
                    self.rank_stem(&word.plain, &analyzer::stem(&word.plain));
                }
                self.add_mark(Mark::Exact(typed.clone()));
            }
            Leaf::Pattern(_) | Leaf::Fuzzy { .. } => {
                let expansion = self.expansion(self.snapshot.fields.plain, leaf)?;
                self.mark(&expansion);
                for (word, _) in expansion.words.iter().take(MOST_RANKED) {
                    self.rank_plain(word);
                }
            }
        }
        Ok(())
    }

    /// Marks the words that a pattern stands for.
    pub(super) fn mark(&mut self, expansion: &Expansion) {
        for (word, _) in expansion.words.iter().take(MOST_MARKED) {
            self.add_mark(Mark::Plain(word.clone()));
        }
    }

    pub(super) fn rank_plain(&mut self, plain: &str) -> usize {
        self.add_rank_word(RankWord {
            headline: None,
            body: Term::from_field_text(self.snapshot.fields.plain, plain),
            plain: plain.to_owned(),
            weight: 1.0,
        })
    }
}
