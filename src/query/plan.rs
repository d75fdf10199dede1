//! Turns a tree into queries of the index: what has to match, and which words rank the matches.

use rustc_hash::{FxHashMap, FxHashSet};
use tantivy::query::{
    AllQuery, BooleanQuery, EmptyQuery, ExistsQuery, Occur, PhraseQuery, Query, TermQuery,
    TermSetQuery,
};
use tantivy::schema::{Field, IndexRecordOption};
use tantivy::{DocId, Searcher, SegmentReader, Term};

use super::dates::DateFilter;
use super::expand::{self, Expansion, is_match};
use super::spans::{self, Asked, Places};
use super::stored::{self, Texts};
use super::tree::{FieldName, Leaf, Node};
use super::{Mark, QueryError, persons};
use crate::archive::analyzer;
use crate::archive::schema::Fields;
use crate::error::Result;

/// `lead:` asks for what stands before this position of the body: the first hundred words or so,
/// which are the first two or three paragraphs of a news story.
const LEAD_END: u32 = 100;

/// How many of the words that a pattern stands for rank the hits, where it is one part of a query.
const MOST_RANKED: usize = 16;

/// How many of the words that a pattern stands for are marked.
const MOST_MARKED: usize = 200;

/// What a query asks of the index.
pub struct Plan {
    /// Every word that ranks the hits, each once.
    pub words: Vec<RankWord>,
    /// Which of them have to match.
    pub shape: Shape,
    /// What else has to match.
    pub filters: Vec<Box<dyn Query>>,
    /// What must not match.
    pub excluded: Vec<Box<dyn Query>>,
    /// What to mark in passages; persons aside, whose forms differ from article to article.
    pub marks: Vec<Mark>,
    /// The keys of the persons asked for.
    pub person_keys: Vec<String>,
    /// The words, spellings and outlets that were searched for what was typed.
    pub expansions: Vec<Expansion>,
    /// What the asker should know.
    pub notes: Vec<String>,
}

/// Which of the ranking words an article needs, in headline or body.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Shape {
    /// All of these.
    All(Vec<usize>),
    /// Any of these.
    Any(Vec<usize>),
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
    /// How often it was asked for.
    pub times: u32,
}

/// Makes a plan for a tree.
///
/// # Errors
///
/// Returns an error where the tree asks a field for something that it can't answer, and where the
/// index can't be read.
pub fn plan(searcher: &Searcher, fields: &Fields, root: &Node) -> Result<Plan> {
    let mut planner = Planner {
        searcher,
        fields,
        plan: Plan {
            words: Vec::new(),
            shape: Shape::All(Vec::new()),
            filters: Vec::new(),
            excluded: Vec::new(),
            marks: Vec::new(),
            person_keys: Vec::new(),
            expansions: Vec::new(),
            notes: Vec::new(),
        },
        places: FxHashMap::default(),
        marked: FxHashSet::default(),
    };
    planner.top(root)?;
    let mut plan = planner.plan;
    let has_words = !matches!(&plan.shape, Shape::All(words) if words.is_empty());
    if plan.filters.is_empty() && !has_words {
        plan.filters.push(articles());
    }
    for note in plan.expansions.iter().filter_map(Expansion::note) {
        plan.notes.push(note);
    }
    Ok(plan)
}

struct Planner<'a> {
    searcher: &'a Searcher,
    fields: &'a Fields,
    plan: Plan,
    /// Where each ranking word stands among them, by its term.
    places: FxHashMap<Term, usize>,
    /// The stems that are marked.
    marked: FxHashSet<String>,
}

/// Where a node is asked for, and how.
#[derive(Clone, Copy)]
struct Scope {
    field: Option<FieldName>,
    /// Whether its words rank and are marked; what is excluded does neither.
    is_wanted: bool,
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
        let mut any = None;
        let has_required_word = nodes.iter().any(|node| as_word(node).is_some());
        let patterns = nodes.iter().filter(|node| is_pattern(node)).count();
        for node in nodes {
            match node {
                Node::Not(inside) => {
                    let unwanted = Scope {
                        is_wanted: false,
                        ..wanted
                    };
                    let query = self.compile(inside, unwanted)?;
                    self.plan.excluded.push(query);
                }
                Node::Maybe(inside) => {
                    self.compile(inside, wanted)?;
                }
                Node::Or(alternatives)
                    if any.is_none()
                        && !has_required_word
                        && alternatives.iter().all(|node| as_word(node).is_some()) =>
                {
                    let words = alternatives.iter().filter_map(as_word);
                    let mut words: Vec<usize> = words.map(|plain| self.rank_word(plain)).collect();
                    words.sort_unstable();
                    words.dedup();
                    any = Some(words);
                }
                // A pattern by itself asks for any of the words that it stands for.
                Node::Leaf(leaf) if patterns == 1 && !has_required_word && is_pattern(node) => {
                    let expansion = self.expansion(self.fields.plain, leaf)?;
                    self.mark(&expansion);
                    any = Some(
                        (expansion.words.into_iter())
                            .map(|(word, _)| self.rank_plain(word))
                            .collect(),
                    );
                }
                node => match as_word(node) {
                    Some(plain) => {
                        required.push(self.rank_word(plain));
                    }
                    None => {
                        let query = self.compile(node, wanted)?;
                        self.plan.filters.push(query);
                    }
                },
            }
        }
        required.sort_unstable();
        required.dedup();
        self.plan.shape = match any {
            Some(words) => Shape::Any(words),
            None => Shape::All(required),
        };
        Ok(())
    }

    /// Takes a word among those that rank and are marked, and returns its place there.
    fn rank_word(&mut self, plain: &str) -> usize {
        let stem = analyzer::stem(plain);
        if self.marked.insert(stem.clone()) {
            self.plan.marks.push(Mark::Stem(stem.clone()));
        }
        self.rank_stem(plain, &stem)
    }

    /// Takes a word among those that rank, unmarked.
    fn rank_stem(&mut self, plain: &str, stem: &str) -> usize {
        self.add_rank_word(RankWord {
            headline: Some(Term::from_field_text(self.fields.headline, stem)),
            body: Term::from_field_text(self.fields.body, stem),
            plain: plain.to_owned(),
            times: 1,
        })
    }

    fn add_rank_word(&mut self, word: RankWord) -> usize {
        let next = self.plan.words.len();
        let place = *self.places.entry(word.body.clone()).or_insert(next);
        if place < next {
            self.plan.words[place].times += word.times;
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

    /// Returns a query for places in one or more text fields.
    fn asked_text(&mut self, node: &Node, scope: Scope, at_least: usize) -> Result<Box<dyn Query>> {
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
            let terms = self.terms_in(self.fields.plain, leaf)?;
            return Ok(Box::new(TermSetQuery::new(terms)));
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
                headline: fields.contains(&self.fields.headline),
                body: fields.contains(&self.fields.body),
                related: fields.contains(&self.fields.related),
            };
            return Ok(stored::from_text(
                self.fields,
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
            // The engine's own phrases are the fastest, and exact where no word may come between.
            let mut phrases: Vec<Box<dyn Query>> = Vec::with_capacity(fields.len());
            for &field in &fields {
                let mut terms = Vec::with_capacity(leaves.len());
                for leaf in leaves {
                    terms.extend(self.terms_in(field, leaf)?);
                }
                phrases.push(Box::new(PhraseQuery::new(terms)));
            }
            return Ok(any_of(phrases));
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
        Ok(spans::from_positions(placed, asked, candidates))
    }

    /// Returns the fields of the index that a field of the language reads.
    fn text_fields(&self, field: Option<FieldName>) -> Vec<Field> {
        let fields = self.fields;
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

    fn is_stemmed(&self, field: Field) -> bool {
        [self.fields.headline, self.fields.body, self.fields.related].contains(&field)
    }

    /// Returns the terms of a field that a leaf may stand for. In a stemmed field they are the
    /// stems of the words meant, which other words may share.
    fn terms_in(&mut self, field: Field, leaf: &Leaf) -> Result<Vec<Term>> {
        let is_stemmed = self.is_stemmed(field);
        let term = |word: &str| Term::from_field_text(field, word);
        match leaf {
            Leaf::Word { plain, .. } if is_stemmed => Ok(vec![term(&analyzer::stem(plain))]),
            Leaf::Word { plain, .. } => Ok(vec![term(plain)]),
            Leaf::Caps(typed) => Ok(analyzer::query_words(typed)
                .iter()
                .map(|word| term(&analyzer::stem(&word.plain)))
                .collect()),
            Leaf::Pattern(_) | Leaf::Fuzzy { .. } if field == self.fields.related => {
                Err(QueryError {
                    message: format!("related: can't take {leaf}"),
                    hint: "related: takes whole words; patterns work elsewhere".to_owned(),
                    at: 0,
                }
                .into())
            }
            Leaf::Pattern(_) | Leaf::Fuzzy { .. } => {
                let from = if is_stemmed { self.fields.plain } else { field };
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
    fn expansion(&mut self, field: Field, leaf: &Leaf) -> Result<Expansion> {
        let expansion = expand::expand(self.searcher, field, leaf)?;
        if !self.plan.expansions.contains(&expansion) {
            self.plan.expansions.push(expansion.clone());
        }
        Ok(expansion)
    }

    /// Returns a query for all articles that may have words at places in a field.
    fn candidates(&mut self, places: &Places<Leaf>, field: Field) -> Result<Box<dyn Query>> {
        match places {
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
    fn rank_and_mark(&mut self, node: &Node, scope: Scope) -> Result<()> {
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
                    let mark = Mark::Phrase { stems, slop: *slop };
                    if !self.plan.marks.contains(&mark) {
                        self.plan.marks.push(mark);
                    }
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

    fn rank_and_mark_leaf(&mut self, leaf: &Leaf) -> Result<()> {
        match leaf {
            Leaf::Word { plain, .. } => {
                self.rank_word(plain);
            }
            Leaf::Caps(typed) => {
                for word in analyzer::query_words(typed) {
                    self.rank_word(&word.plain);
                }
            }
            Leaf::Pattern(_) | Leaf::Fuzzy { .. } => {
                let expansion = self.expansion(self.fields.plain, leaf)?;
                self.mark(&expansion);
                for (word, _) in expansion.words.into_iter().take(MOST_RANKED) {
                    self.rank_plain(word);
                }
            }
        }
        Ok(())
    }

    /// Marks the words that a pattern stands for.
    fn mark(&mut self, expansion: &Expansion) {
        let words = expansion.words.iter().take(MOST_MARKED);
        let marks = words.map(|(word, _)| Mark::Plain(word.clone()));
        self.plan.marks.extend(marks);
    }

    fn rank_plain(&mut self, plain: String) -> usize {
        self.add_rank_word(RankWord {
            headline: None,
            body: Term::from_field_text(self.fields.plain, &plain),
            plain,
            times: 1,
        })
    }

    fn person(&mut self, node: &Node, scope: Scope) -> Result<Box<dyn Query>> {
        match node {
            Node::Or(nodes) => {
                let mut clauses = Vec::with_capacity(nodes.len());
                for node in nodes {
                    clauses.push(self.person(node, scope)?);
                }
                Ok(any_of(clauses))
            }
            Node::Not(node) => {
                let inside = self.person(node, unwanted(scope))?;
                Ok(Box::new(BooleanQuery::new(vec![
                    (Occur::Must, articles()),
                    (Occur::MustNot, inside),
                ])))
            }
            node => match typed_name(node) {
                Some(name) => self.named(&name, scope),
                // Words and more in one group: all of it.
                None => match node {
                    Node::And(nodes) => {
                        let mut clauses = Vec::with_capacity(nodes.len());
                        for node in nodes {
                            clauses.push((Occur::Must, self.person(node, scope)?));
                        }
                        Ok(Box::new(BooleanQuery::new(clauses)))
                    }
                    Node::Leaf(leaf @ Leaf::Pattern(pattern)) => {
                        let asked = format!("person:{leaf}");
                        let persons = self.fields.person;
                        let keys = expand::terms_where(self.searcher, persons, asked, |key| {
                            key.split(' ').any(|word| is_match(pattern, word))
                        })?;
                        Ok(self.persons(keys, scope))
                    }
                    node => Err(cannot_take(Some(FieldName::Person), node)),
                },
            },
        }
    }

    fn named(&mut self, name: &str, scope: Scope) -> Result<Box<dyn Query>> {
        let keys = persons::find(self.searcher, self.fields, name)?;
        if scope.is_wanted {
            // The name ranks: an article that names a person often, and early, is about them.
            for word in analyzer::query_words(name) {
                let stem = analyzer::stem(&word.plain);
                self.rank_stem(&word.plain, &stem);
            }
        }
        let found = Expansion {
            asked: format!("person:{name}"),
            total: keys.len(),
            words: keys,
            field: self.fields.person,
        };
        Ok(self.persons(found, scope))
    }

    fn persons(&mut self, found: Expansion, scope: Scope) -> Box<dyn Query> {
        let terms: Vec<Term> = found
            .words
            .iter()
            .map(|(key, _)| Term::from_field_text(self.fields.person, key))
            .collect();
        if scope.is_wanted {
            for (key, _) in &found.words {
                if !self.plan.person_keys.contains(key) {
                    self.plan.person_keys.push(key.clone());
                }
            }
        }
        self.plan.expansions.push(found);
        Box::new(TermSetQuery::new(terms))
    }

    fn outlet_or_language(&mut self, node: &Node, scope: Scope) -> Result<Box<dyn Query>> {
        let (field, name) = match scope.field {
            Some(FieldName::Language) => (self.fields.language, FieldName::Language),
            _ => (self.fields.source, FieldName::Source),
        };
        let mut all = |nodes: &[Node]| {
            nodes
                .iter()
                .map(|node| self.outlet_or_language(node, scope))
                .collect::<Result<Vec<_>>>()
        };
        let words = match node {
            Node::Or(nodes) => return Ok(any_of(all(nodes)?)),
            Node::And(nodes) => {
                let clauses = all(nodes)?;
                return Ok(Box::new(BooleanQuery::intersection(clauses)));
            }
            Node::Not(inside) => {
                let inside = self.outlet_or_language(inside, unwanted(scope))?;
                return Ok(Box::new(BooleanQuery::new(vec![
                    (Occur::Must, articles()),
                    (Occur::MustNot, inside),
                ])));
            }
            Node::Leaf(leaf) => std::slice::from_ref(leaf),
            Node::Phrase { leaves, .. } => &leaves[..],
            node => return Err(cannot_take(Some(name), node)),
        };
        let asked = format!("{}:{node}", name.name());
        let found = expand::terms_where(self.searcher, field, asked, |outlet| {
            is_outlet(words, outlet)
        })?;
        let terms: Vec<Term> = found
            .words
            .iter()
            .map(|(word, _)| Term::from_field_text(field, word))
            .collect();
        self.plan.expansions.push(found);
        Ok(Box::new(TermSetQuery::new(terms)))
    }
}

fn unwanted(scope: Scope) -> Scope {
    Scope {
        is_wanted: false,
        ..scope
    }
}

fn cannot_take(field: Option<FieldName>, node: &Node) -> crate::Error {
    let field = field.map_or("text", FieldName::name);
    QueryError {
        message: format!("{field} can't take {node}"),
        hint: "a field takes words, phrases and groups of them, as in headline:(one OR two)"
            .to_owned(),
        at: 0,
    }
    .into()
}

/// Returns the folded word of a node that is one word.
fn as_word(node: &Node) -> Option<&str> {
    match node {
        Node::Leaf(Leaf::Word { plain, .. }) => Some(plain),
        _ => None,
    }
}

/// Returns whether a node is a pattern of words and nothing else.
fn is_pattern(node: &Node) -> bool {
    matches!(node, Node::Leaf(Leaf::Pattern(_) | Leaf::Fuzzy { .. }))
}

/// Returns whether words name an outlet: `bbc` is `bbc.co.uk`, `"moscow times"` is
/// `themoscowtimes.com`.
fn is_outlet(asked: &[Leaf], outlet: &str) -> bool {
    let words: Vec<String> = analyzer::query_words(outlet)
        .into_iter()
        .map(|word| word.plain)
        .collect();
    let is_word = |leaf: &Leaf, word: &String| match leaf {
        Leaf::Word { plain, .. } => plain == word,
        Leaf::Pattern(pattern) => is_match(pattern, word),
        Leaf::Fuzzy { plain, distance } => {
            super::edit_distance(plain, word) <= usize::from(*distance)
        }
        Leaf::Caps(_) => false,
    };
    let is_run = words.windows(asked.len()).any(|run| {
        asked
            .iter()
            .zip(run)
            .all(|(leaf, word)| is_word(leaf, word))
    });
    if is_run || asked.len() < 2 {
        return is_run;
    }
    let joined: String = asked.iter().map(ToString::to_string).collect();
    words.iter().any(|word| word.contains(&joined))
}

/// Returns the name that a node was typed as.
fn typed_name(node: &Node) -> Option<String> {
    match node {
        Node::Leaf(Leaf::Word { typed, .. }) => Some(typed.clone()),
        Node::Phrase { typed, leaves, .. }
            if leaves.iter().all(|leaf| matches!(leaf, Leaf::Word { .. })) =>
        {
            Some(typed.clone())
        }
        // `person:(John Bolton)`
        Node::And(nodes) => {
            let names: Option<Vec<String>> = nodes.iter().map(typed_name).collect();
            names.map(|names| names.join(" "))
        }
        _ => None,
    }
}

/// Returns the places that a node stands for, where it stands for places.
fn places(node: &Node) -> Option<Places<Leaf>> {
    Some(match node {
        Node::Leaf(leaf) => Places::Leaf(leaf.clone()),
        Node::Phrase { leaves, slop, .. } => Places::Row {
            leaves: leaves.iter().cloned().map(Places::Leaf).collect(),
            slop: *slop,
        },
        Node::Near {
            left,
            right,
            distance,
            is_ordered,
        } => Places::Near {
            left: Box::new(places(left)?),
            right: Box::new(places(right)?),
            distance: *distance,
            is_ordered: *is_ordered,
        },
        Node::Or(nodes) => Places::Either(nodes.iter().map(places).collect::<Option<_>>()?),
        _ => return None,
    })
}

/// Returns whether the stems of the index can't tell where the leaves stand.
fn needs_text(places: &Places<Leaf>) -> bool {
    match places {
        Places::Leaf(leaf) => !matches!(leaf, Leaf::Word { .. }),
        Places::Row { leaves, .. } => leaves.iter().any(needs_text),
        Places::Near { left, right, .. } => needs_text(left) || needs_text(right),
        Places::Either(places) => places.iter().any(needs_text),
    }
}

fn any_of(mut clauses: Vec<Box<dyn Query>>) -> Box<dyn Query> {
    match clauses.pop() {
        None => Box::new(EmptyQuery),
        Some(only) if clauses.is_empty() => only,
        Some(last) => {
            clauses.push(last);
            Box::new(BooleanQuery::union(clauses))
        }
    }
}

/// Returns a query for all articles. A document that only holds the state of a file has no part.
fn articles() -> Box<dyn Query> {
    spans::tested(Box::new(AllQuery), move |reader: &SegmentReader| {
        let parts = reader.fast_fields().u64("part")?;
        Ok(Box::new(move |doc: DocId| parts.first(doc).is_some()))
    })
}

/// Returns a query for articles whose date of publication may lie in a span of days.
fn date_query(filter: DateFilter) -> Box<dyn Query> {
    match filter {
        DateFilter::Between(first, last) => {
            let (first, last) = DateFilter::as_numbers(first, last);
            spans::tested(Box::new(AllQuery), move |reader: &SegmentReader| {
                let first_days = reader.fast_fields().u64("first_day")?;
                let last_days = reader.fast_fields().u64("last_day")?;
                Ok(Box::new(move |doc: DocId| {
                    first_days.first(doc).is_some_and(|day| day <= last)
                        && last_days.first(doc).is_some_and(|day| day >= first)
                }))
            })
        }
        DateFilter::Unknown => Box::new(BooleanQuery::new(vec![
            (Occur::Must, articles()),
            (
                Occur::MustNot,
                Box::new(ExistsQuery::new("first_day".to_owned(), false)),
            ),
        ])),
    }
}
