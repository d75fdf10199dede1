//! Turns a tree into queries of the index: what has to match, and which words rank the matches.

use std::rc::Rc;
use std::sync::Arc;

use rustc_hash::{FxHashMap, FxHashSet};
use tantivy::query::{BooleanQuery, EmptyQuery, Occur, Query, TermQuery};
use tantivy::schema::{Field, IndexRecordOption};
use tantivy::{Searcher, Term};

use super::expand::Expansion;
use super::filters::{articles, date_query};
use super::meant::Meant;
use super::tree::{FieldName, Leaf, Node};
use super::{Mark, QueryError, first_notes, persons, shortened};
use crate::archive::analyzer;
use crate::archive::schema::Fields;
use crate::error::Result;

/// A capitalised word is taken for a person's name where one article of so many that have it names
/// such a person: what is found as a person by mistake is rarer.
const LEAST_NAMED: u64 = 20;

/// What a query asks of the index.
#[derive(Default)]
pub struct Plan {
    /// Every word that ranks the hits, each once, in the order they were asked for.
    pub words: Vec<RankWord>,
    /// How many of the last of them were not asked for, but guessed.
    pub guessed: usize,
    /// Which of them have to match.
    pub shape: Shape,
    /// What else has to match.
    pub filters: Vec<Box<dyn Query>>,
    /// What must not match.
    pub excluded: Vec<Box<dyn Query>>,
    /// What to mark in passages; persons aside, whose forms differ from article to article.
    pub marks: Vec<Mark>,
    /// The keys that patterns of names stand for.
    pub person_keys: FxHashSet<String>,
    /// The persons asked for by name.
    pub persons: Vec<Arc<Meant>>,
    /// The words, spellings and outlets that were searched for what was typed.
    pub expansions: Vec<Expansion>,
    /// What the asker should know.
    pub notes: Vec<String>,
}

/// Which of the ranking words an article needs, in headline or body.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Shape {
    /// All of these, in order.
    All(Vec<usize>),
    /// Any of these, in order.
    Any(Vec<usize>),
}

impl Shape {
    /// Returns the words, in order.
    pub fn words(&self) -> &[usize] {
        match self {
            Self::All(words) | Self::Any(words) => words,
        }
    }
}

impl Default for Shape {
    fn default() -> Self {
        Self::All(Vec::new())
    }
}

/// A word that ranks the hits.
#[derive(Clone, Debug, PartialEq)]
pub struct RankWord {
    /// The word in the headline, where it is looked for there.
    pub headline: Option<Term>,
    /// The word in the body, or in both where `headline` is not given.
    pub body: Term,
    /// The folded word.
    pub plain: String,
    /// How often it was asked for; less than once where it was only guessed.
    pub weight: f32,
}

impl Plan {
    /// Takes a word that was not asked for among those that rank, after all that were; where it was
    /// asked for, it counts more. It is marked where it is one of a plan that only has such words.
    pub fn guess(&mut self, fields: &Fields, plain: String, stem: &str, weight: f32) {
        let body = Term::from_field_text(fields.body, stem);
        if let Some(asked) = self.words.iter_mut().find(|word| word.body == body) {
            asked.weight += weight;
            return;
        }
        if self.guessed == self.words.len() {
            self.marks.push(Mark::Stem(stem.to_owned()));
        }
        self.words.push(RankWord {
            headline: Some(Term::from_field_text(fields.headline, stem)),
            body,
            plain,
            weight,
        });
        self.guessed += 1;
    }

    /// Returns the words that rank and were asked for.
    pub fn asked(&self) -> &[RankWord] {
        &self.words[..self.words.len() - self.guessed]
    }
}

/// Makes a plan for a tree.
///
/// # Errors
///
/// Returns an error where the tree asks a field for something that it can't answer, and where the
/// index can't be read.
pub fn plan(
    searcher: &Searcher,
    fields: &Fields,
    options: persons::Options<'_>,
    root: &Node,
) -> Result<Plan> {
    let mut planner = Planner {
        searcher,
        fields,
        options,
        plan: Plan::default(),
        places: FxHashMap::default(),
        marked: FxHashSet::default(),
        spelt: FxHashMap::default(),
        expanded: FxHashMap::default(),
        meant: FxHashMap::default(),
    };
    planner.top(root)?;
    let mut plan = planner.plan;
    let has_words = !matches!(&plan.shape, Shape::All(words) if words.is_empty());
    if plan.filters.is_empty() && !has_words {
        plan.filters.push(articles());
    }
    let on_expansions = plan.expansions.iter().filter_map(Expansion::note);
    plan.notes = first_notes(plan.notes.into_iter().chain(on_expansions).collect());
    Ok(plan)
}

pub(super) struct Planner<'a> {
    pub(super) searcher: &'a Searcher,
    pub(super) fields: &'a Fields,
    pub(super) options: persons::Options<'a>,
    pub(super) plan: Plan,
    /// Where each ranking word stands among them, by its term.
    places: FxHashMap<Term, usize>,
    /// What is marked.
    marked: FxHashSet<Mark>,
    /// Which words, as typed, are persons' names and searched as they are spelt.
    spelt: FxHashMap<String, bool>,
    /// What each pattern stands for in a field.
    pub(super) expanded: FxHashMap<(Field, Leaf), Rc<Expansion>>,
    /// The persons that each name means.
    pub(super) meant: FxHashMap<String, Arc<Meant>>,
}

/// Where a node is asked for, and how.
#[derive(Clone, Copy)]
pub(super) struct Scope {
    pub(super) field: Option<FieldName>,
    /// Whether its words rank and are marked; what is excluded does neither.
    pub(super) is_wanted: bool,
}

impl Planner<'_> {
    /// Sorts the parts of a query: words that all have to match, or of which any has to, run over
    /// their postings side by side; the rest are filters.
    fn top(&mut self, root: &Node) -> Result<()> {
        let wanted = Scope {
            field: None,
            is_wanted: true,
        };
        let nodes = match root {
            Node::And(nodes) => &nodes[..],
            node => std::slice::from_ref(node),
        };
        let mut required = Vec::new();
        let mut any: Option<Vec<usize>> = None;
        let has_required_word = nodes.iter().any(|node| as_word(node).is_some());
        let patterns = nodes.iter().filter(|node| is_pattern(node)).count();
        for node in nodes {
            if any.is_none()
                && !has_required_word
                && let Node::Or(alternatives) = node
                && let Some(words) = self.as_stems(alternatives)?
            {
                any = Some(words.iter().map(|plain| self.rank_word(plain)).collect());
                continue;
            }
            match node {
                Node::Not(inside) => {
                    let query = self.compile(inside, unwanted(wanted))?;
                    self.plan.excluded.push(query);
                }
                Node::Maybe(inside) => {
                    self.compile(inside, wanted)?;
                }
                // A pattern by itself asks for any of the words that it stands for.
                Node::Leaf(leaf)
                    if any.is_none() && !has_required_word && patterns == 1 && is_pattern(node) =>
                {
                    let expansion = self.expansion(self.fields.plain, leaf)?;
                    self.mark(&expansion);
                    let words = expansion.words.iter();
                    any = Some(words.map(|(word, _)| self.rank_plain(word)).collect());
                }
                node => match as_word(node) {
                    Some((plain, typed)) if !self.is_spelt(plain, typed)? => {
                        required.push(self.rank_word(plain));
                    }
                    _ => {
                        let query = self.compile(node, wanted)?;
                        self.plan.filters.push(query);
                    }
                },
            }
        }
        required.sort_unstable();
        required.dedup();
        self.plan.shape = match any {
            Some(mut words) => {
                words.sort_unstable();
                words.dedup();
                Shape::Any(words)
            }
            None => Shape::All(required),
        };
        Ok(())
    }

    /// Returns the words of nodes if each is one word that is asked for by its stem.
    fn as_stems<'n>(&mut self, nodes: &'n [Node]) -> Result<Option<Vec<&'n str>>> {
        let mut words = Vec::with_capacity(nodes.len());
        for node in nodes {
            match as_word(node) {
                Some((plain, typed)) if !self.is_spelt(plain, typed)? => words.push(plain),
                _ => return Ok(None),
            }
        }
        Ok(Some(words))
    }

    /// Returns whether a word is a person's name that its stem would lose: `Banks` is not a bank.
    pub(super) fn is_spelt(&mut self, plain: &str, typed: &str) -> Result<bool> {
        let may_be = self.options.keep_spelling && typed.starts_with(char::is_uppercase);
        if !may_be || analyzer::stem(plain) == plain {
            return Ok(false);
        }
        if let Some(&known) = self.spelt.get(typed) {
            return Ok(known);
        }
        let in_text = Term::from_field_text(self.fields.plain, plain);
        let enough = self.searcher.doc_freq(&in_text)?.div_ceil(LEAST_NAMED);
        let mut named = 0;
        for key in persons::find(self.searcher, self.fields, typed)? {
            if named < enough && key.split(' ').any(|word| word == plain) {
                let person = Term::from_field_text(self.fields.person, &key);
                named += self.searcher.doc_freq(&person)?;
            }
        }
        let is_spelt = named > 0 && named >= enough;
        self.spelt.insert(typed.to_owned(), is_spelt);
        Ok(is_spelt)
    }

    /// Returns a query for a word as it is spelt. It ranks by its stem, which has positions.
    pub(super) fn spelt_word(&mut self, plain: &str, scope: Scope) -> Result<Box<dyn Query>> {
        let stem = analyzer::stem(plain);
        if scope.is_wanted {
            self.rank_stem(plain, &stem);
            self.add_mark(Mark::Plain(plain.to_owned()));
        }
        let term = Term::from_field_text(self.fields.plain, plain);
        let as_spelt = self.searcher.doc_freq(&term)?;
        // Where no article has another form, there is nothing to say.
        let stem = Term::from_field_text(self.fields.body, &stem);
        if self.searcher.doc_freq(&stem)? > as_spelt {
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

    /// Takes a word among those that rank and are marked, and returns its place there.
    pub(super) fn rank_word(&mut self, plain: &str) -> usize {
        let stem = analyzer::stem(plain);
        self.add_mark(Mark::Stem(stem.clone()));
        self.rank_stem(plain, &stem)
    }

    /// Marks something, once.
    pub(super) fn add_mark(&mut self, mark: Mark) {
        if self.marked.insert(mark.clone()) {
            self.plan.marks.push(mark);
        }
    }

    /// Takes a word among those that rank, unmarked.
    pub(super) fn rank_stem(&mut self, plain: &str, stem: &str) -> usize {
        self.add_rank_word(RankWord {
            headline: Some(Term::from_field_text(self.fields.headline, stem)),
            body: Term::from_field_text(self.fields.body, stem),
            plain: plain.to_owned(),
            weight: 1.0,
        })
    }

    pub(super) fn add_rank_word(&mut self, word: RankWord) -> usize {
        let next = self.plan.words.len();
        let place = *self.places.entry(word.body.clone()).or_insert(next);
        if place < next {
            self.plan.words[place].weight += word.weight;
        } else {
            self.plan.words.push(word);
        }
        place
    }

    fn compile(&mut self, node: &Node, scope: Scope) -> Result<Box<dyn Query>> {
        match node {
            Node::Leaf(_) | Node::Phrase { .. } | Node::Near { .. } => {
                self.asked_text(node, scope, 1)
            }
            Node::AtLeast { count, node } => {
                self.asked_text(node, scope, usize::try_from(*count).unwrap_or(usize::MAX))
            }
            Node::Field { field, node } => {
                let scope = Scope {
                    field: Some(*field),
                    ..scope
                };
                match field {
                    FieldName::Person => self.person(node, scope),
                    FieldName::Source | FieldName::Language => self.outlet_or_language(node, scope),
                    _ => self.compile(node, scope),
                }
            }
            Node::Date(filter) => Ok(date_query(*filter)),
            Node::And(nodes) => {
                // The order of clauses is the engine's affair; what is excluded needs something
                // to be excluded from.
                let mut clauses = Vec::with_capacity(nodes.len() + 1);
                for node in nodes {
                    clauses.push(match node {
                        Node::Not(inside) => {
                            (Occur::MustNot, self.compile(inside, unwanted(scope))?)
                        }
                        node => (Occur::Must, self.compile(node, scope)?),
                    });
                }
                if clauses.iter().all(|(occur, _)| *occur == Occur::MustNot) {
                    clauses.push((Occur::Must, articles()));
                }
                Ok(Box::new(BooleanQuery::new(clauses)))
            }
            Node::Or(nodes) => {
                let mut clauses = Vec::with_capacity(nodes.len());
                for node in nodes {
                    clauses.push(self.compile(node, scope)?);
                }
                Ok(any_of(clauses))
            }
            Node::Not(node) => {
                let inside = self.compile(node, unwanted(scope))?;
                Ok(Box::new(BooleanQuery::new(vec![
                    (Occur::Must, articles()),
                    (Occur::MustNot, inside),
                ])))
            }
            Node::Maybe(node) => {
                self.compile(node, scope)?;
                Ok(articles())
            }
        }
    }
}

pub(super) fn unwanted(scope: Scope) -> Scope {
    Scope {
        is_wanted: false,
        ..scope
    }
}

pub(super) fn cannot_take(field: Option<FieldName>, node: &Node) -> crate::Error {
    let field = field.map_or("text", FieldName::name);
    QueryError {
        message: format!("{field} can't take {}", shortened(&node.to_string())),
        hint: "a field takes words, phrases and groups of them, as in headline:(one OR two)"
            .to_owned(),
        at: 0,
    }
    .into()
}

/// Returns the word of a node that is one word, folded and as it was typed.
fn as_word(node: &Node) -> Option<(&str, &str)> {
    match node {
        Node::Leaf(Leaf::Word { plain, typed }) => Some((plain, typed)),
        _ => None,
    }
}

/// Returns whether a node is a pattern of words and nothing else.
fn is_pattern(node: &Node) -> bool {
    matches!(node, Node::Leaf(Leaf::Pattern(_) | Leaf::Fuzzy { .. }))
}

pub(super) fn any_of(mut clauses: Vec<Box<dyn Query>>) -> Box<dyn Query> {
    match clauses.pop() {
        None => Box::new(EmptyQuery),
        Some(only) if clauses.is_empty() => only,
        Some(last) => {
            clauses.push(last);
            Box::new(BooleanQuery::union(clauses))
        }
    }
}
