//! Suggestions for a query that finds nothing.

use rustc_hash::FxHashSet;
use tantivy::Term;
use tantivy::collector::TopDocs;
use tantivy::query::TermQuery;
use tantivy::schema::{Field, IndexRecordOption};

use super::elsewhere;
use super::rank::{Order, rank};
use crate::archive::Archive;
use crate::archive::reader::Snapshot;
use crate::archive::schema::Fields;
use crate::engine::known_term::KnownTerm;
use crate::engine::word_postings;
use crate::error::Result;
use crate::error::shortened;
use crate::identity::lookup::PersonOptions;
use crate::people::name;
use crate::query::notes::first_notes;
use crate::query::plan::expand::Expansion;
use crate::query::plan::{Plan, expand, plan};
use crate::query::{FieldName, Leaf, Node};

/// The most parts of a query that are left out in turn.
const MOST_TRIED: usize = 12;

/// The most parts of a query of which parts are left out. In a longer query, leaving out one part
/// seldom helps, and each try takes as long as the search itself.
const MOST_PARTS: usize = 50;

/// Returns notes on what would find something: other spellings, the query without one of its filters,
/// the query without its rarest word.
pub(super) fn suggestions(
    archive: &Archive,
    options: PersonOptions<'_>,
    root: &Node,
    asked: &Plan,
) -> Result<Vec<String>> {
    let snapshot = &archive.snapshot;
    let mut notes = misspelt(snapshot, root)?;
    let expansions = asked.expansions.iter().filter(|found| found.total == 0);
    let unknown = expansions.map(|expansion| unmatched(snapshot, expansion));
    notes.extend(first_notes(unknown.collect::<Result<Vec<_>>>()?));
    let persons = asked.persons.iter().filter(|meant| meant.is_empty());
    for meant in persons.take(MOST_TRIED) {
        notes.push(match elsewhere::note_on_person(snapshot, &meant.asked)? {
            Some(note) => note,
            None => unknown_person(archive, &meant.asked)?,
        });
        notes.extend(elsewhere::note_on_text(snapshot, &meant.asked)?);
    }
    if notes.is_empty() {
        notes.extend(elsewhere_than_in_a_row(snapshot, options, root)?);
    }
    let Node::And(parts) = root else {
        return Ok(notes);
    };
    if parts.len() > MOST_PARTS {
        return Ok(notes);
    }
    let without = |left_out: usize| -> Result<usize> {
        let rest: Vec<Node> = (0..)
            .zip(parts)
            .filter(|(i, _)| *i != left_out)
            .map(|(_, part)| part.clone())
            .collect();
        let Some(rest) = Node::all(rest) else {
            return Ok(0);
        };
        let plan = plan(snapshot, options, &rest)?;
        Ok(rank(snapshot, &plan, Order::BEST, 0)?.total)
    };
    let mut rarest: Option<(u64, usize)> = None;
    for (i, part) in parts.iter().enumerate().take(MOST_TRIED) {
        if part.is_filter() || matches!(part, Node::Not(_)) {
            let total = without(i)?;
            if total > 0 {
                let articles = counted(total);
                let part = shortened(&part.to_string());
                notes.push(format!("{part} leaves out the {articles} found without it"));
            }
        } else {
            let frequency = frequency(snapshot, part)?;
            if rarest.is_none_or(|(least, _)| frequency < least) {
                rarest = Some((frequency, i));
            }
        }
    }
    if let Some((_, i)) = rarest {
        let total = without(i)?;
        if total > 0 {
            let articles = counted(total);
            let part = shortened(&parts[i].to_string());
            notes.push(format!("without {part} there would be {articles}"));
        }
    }
    Ok(notes)
}

/// Returns a note on a phrase whose words articles have in other forms, or not in a row.
fn elsewhere_than_in_a_row(
    snapshot: &Snapshot,
    options: PersonOptions<'_>,
    root: &Node,
) -> Result<Option<String>> {
    let Node::Phrase {
        leaves,
        slop,
        forms,
        typed,
    } = root
    else {
        return Ok(None);
    };
    let found_by = |node: &Node| -> Result<usize> {
        let plan = plan(snapshot, options, node)?;
        Ok(rank(snapshot, &plan, Order::BEST, 0)?.total)
    };
    let in_any_form = crate::query::phrase(typed, *slop, true);
    let typed = shortened(typed);
    if let Some(node) = in_any_form.filter(|_| !forms && !typed.contains('"')) {
        let total = found_by(&node)?;
        if total > 0 {
            let articles = counted(total);
            return Ok(Some(format!(
                "no article has these words so; \"{typed}\"~, in any form, finds {articles}"
            )));
        }
    }
    let all = Node::all(leaves.iter().cloned().map(Node::Leaf).collect());
    let total = all.map_or(Ok(0), |all| found_by(&all))?;
    Ok((total > 0).then(|| {
        let articles = counted(total);
        format!("no article has these words side by side; they are apart in {articles}")
    }))
}

/// Returns a note for each word that no article has, with a similar word that articles have.
pub(super) fn misspelt(snapshot: &Snapshot, root: &Node) -> Result<Vec<String>> {
    let mut words = Vec::new();
    wanted_words(root, &snapshot.fields, &mut words);
    let mut known = FxHashSet::default();
    words.retain(|&(plain, _, field)| known.insert((plain, field)));
    let mut notes = Vec::new();
    for (plain, typed, field) in words.into_iter().take(MOST_TRIED) {
        let fields = if field == snapshot.fields.body {
            vec![snapshot.fields.headline, field]
        } else {
            vec![field]
        };
        // Another form of the word would match in running text.
        if snapshot.has(&fields, plain)? {
            continue;
        }
        let typed = shortened(typed);
        if let Some(note) = elsewhere::note_on_word(snapshot, plain, &typed)? {
            notes.push(note);
        } else if let Some((word, articles)) = expand::spelling(&snapshot.searcher, &fields, plain)?
        {
            let articles = counted(articles);
            notes.push(format!("no article has {typed}; {word} is in {articles}"));
        } else {
            notes.push(format!("no article has {typed}"));
        }
    }
    Ok(notes)
}

/// Returns a note on a pattern that matches nothing. The question mark at its end may have been meant as
/// one.
fn unmatched(snapshot: &Snapshot, expansion: &Expansion) -> Result<String> {
    let asked = &expansion.asked;
    let mut note = format!("nothing in the archive matches {}", shortened(asked));
    if let Some(word) = asked.strip_suffix('?') {
        let articles = expand::articles_with(&snapshot.searcher, &expansion.fields, word)?;
        if articles > 0 {
            note = format!("{note}; {word} is in {}", counted(articles));
        }
    }
    Ok(note)
}

/// Returns a note on a name that no article has, with a person of nearly the same name.
fn unknown_person(archive: &Archive, asked: &str) -> Result<String> {
    let nobody = format!("nobody in the archive is called {}", shortened(asked));
    let snapshot = &archive.snapshot;
    let Some(key) = expand::similar_name(snapshot, &name::key(asked))? else {
        return Ok(nobody);
    };
    let field = snapshot.fields.person;
    let articles = expand::articles_with(&snapshot.searcher, &[field], &key)?;
    let query = TermQuery::new(Term::from_field_text(field, &key), IndexRecordOption::Basic);
    let first = snapshot
        .searcher
        .search(&query, &TopDocs::with_limit(1).order_by_score())?;
    let Some((_, address)) = first.first() else {
        return Ok(nobody);
    };
    let people = archive.article(*address)?.people;
    let person = people.into_iter().find(|person| person.key == key);
    let name = person.map_or(key, |person| person.name);
    Ok(format!(
        "{nobody}; {name} is named in {}",
        counted(articles)
    ))
}

/// A word that has to match: folded, as typed, and the field of its spellings.
type Wanted<'a> = (&'a str, &'a str, Field);

/// Collects the words of a query that have to match.
fn wanted_words<'a>(node: &'a Node, fields: &Fields, words: &mut Vec<Wanted<'a>>) {
    let mut take = |leaf: &'a Leaf, field: Field| {
        if let Leaf::Word { plain, typed, .. } = leaf {
            words.push((plain, typed, field));
        }
    };
    match node {
        Node::Leaf(leaf) => take(leaf, fields.body),
        Node::Phrase { leaves, .. } => leaves.iter().for_each(|leaf| take(leaf, fields.body)),
        Node::Near { left, right, .. } => {
            wanted_words(left, fields, words);
            wanted_words(right, fields, words);
        }
        Node::AtLeast { node, .. } => wanted_words(node, fields, words),
        Node::And(nodes) | Node::Or(nodes) => {
            for node in nodes {
                wanted_words(node, fields, words);
            }
        }
        Node::Field { field, node } => match field {
            FieldName::Headline | FieldName::Lead | FieldName::Body => {
                wanted_words(node, fields, words);
            }
            FieldName::Byline | FieldName::Place => {
                let field = match field {
                    FieldName::Byline => fields.byline,
                    _ => fields.place,
                };
                let start = words.len();
                wanted_words(node, fields, words);
                for (_, _, word_field) in &mut words[start..] {
                    *word_field = field;
                }
            }
            _ => {}
        },
        Node::Date(_) | Node::Length(_) | Node::Not(_) | Node::Maybe(_) => {}
    }
}

/// Returns the document frequency of the rarest word of a part of a query.
fn frequency(snapshot: &Snapshot, part: &Node) -> Result<u64> {
    let mut words = Vec::new();
    wanted_words(part, &snapshot.fields, &mut words);
    let mut least = u64::MAX;
    for (plain, ..) in words.into_iter().take(MOST_TRIED) {
        let forms = snapshot.any_form(snapshot.fields.body, plain)?;
        let forms = KnownTerm::find_all(&snapshot.searcher, forms)?;
        least = least.min(word_postings::frequency(&snapshot.searcher, &forms)?);
    }
    Ok(least)
}

fn counted(articles: usize) -> String {
    elsewhere::numbered(articles, "article")
}
