//! Names that keep their spelling: `Banks` is a person where the archive knows one, and no bank.

use tantivy::Term;

use super::planner::Planner;
use crate::archive::reader::Snapshot;
use crate::engine::known_term::KnownTerm;
use crate::engine::word_postings;
use crate::error::Result;
use crate::identity::lookup;
use crate::query::tree::{FieldName, Leaf, Node};

/// A capitalised word is read as the name of a person if at least one in this many of the articles
/// that have the word names such a person. Common words that were mistaken for persons are rarer.
const LEAST_NAMED: u64 = 20;

impl Planner<'_> {
    /// Returns the tree with the names of persons among its words as exact words. A phrase is left
    /// as it was typed.
    pub(super) fn with_kept_spelling(&mut self, node: &Node) -> Result<Node> {
        match node {
            Node::Leaf(Leaf::Word {
                plain,
                typed,
                exact: false,
            }) => Ok(Node::Leaf(Leaf::Word {
                plain: plain.clone(),
                typed: typed.clone(),
                exact: self.is_name(plain, typed)?,
            })),
            Node::Field { field, .. } if !is_stemmed(*field) => Ok(node.clone()),
            node => node.try_map(|node| self.with_kept_spelling(node)),
        }
    }

    /// Returns whether a word is the name of a person that has other forms as a word.
    fn is_name(&mut self, plain: &str, typed: &str) -> Result<bool> {
        if !self.options.keep_spelling || !typed.starts_with(char::is_uppercase) {
            return Ok(false);
        }
        if let Some(&known) = self.spelt.get(typed) {
            return Ok(known);
        }
        let is_name =
            has_other_forms(self.snapshot, plain)? && self.is_often_named(plain, typed)?;
        if is_name {
            self.plan.notes.push(format!(
                "{typed} is a person's name here and was searched as it is spelt; \
                 write it in small letters to find its other forms as well"
            ));
        }
        self.spelt.insert(typed.to_owned(), is_name);
        Ok(is_name)
    }

    /// Returns whether enough of the articles that have a word name a person by it.
    fn is_often_named(&self, plain: &str, typed: &str) -> Result<bool> {
        let Snapshot {
            searcher, fields, ..
        } = self.snapshot;
        let spelt = [fields.headline, fields.body].map(|field| Term::from_field_text(field, plain));
        let spelt = KnownTerm::find_all(searcher, spelt.to_vec())?;
        let articles = word_postings::frequency(searcher, &spelt)?;
        let enough = articles.div_ceil(LEAST_NAMED);
        let mut named = 0;
        for key in lookup::find(self.snapshot, typed)? {
            if named < enough && key.split(' ').any(|word| word == plain) {
                named += searcher.doc_freq(&Term::from_field_text(fields.person, &key))?;
            }
        }
        Ok(named > 0 && named >= enough)
    }
}

/// Returns whether the words of a field are found in any form.
fn is_stemmed(field: FieldName) -> bool {
    matches!(
        field,
        FieldName::Headline | FieldName::Lead | FieldName::Body | FieldName::Related
    )
}

/// Returns whether an article has another form of a word.
fn has_other_forms(snapshot: &Snapshot, plain: &str) -> Result<bool> {
    let fields = &snapshot.fields;
    for field in [fields.headline, fields.body] {
        let spelt = Term::from_field_text(field, plain);
        let mut others = snapshot.any_form(field, plain)?;
        others.retain(|form| *form != spelt);
        if snapshot.has_any(&others)? {
            return Ok(true);
        }
    }
    Ok(false)
}
