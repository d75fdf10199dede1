//! Where words stand that no article has in its headline or body.

use tantivy::Term;
use tantivy::collector::Count;
use tantivy::query::{PhraseQuery, Query, TermQuery};
use tantivy::schema::{Field, IndexRecordOption};

use crate::archive::reader::Snapshot;
use crate::archive::{Archive, analyzer};
use crate::error::Result;
use crate::query::FieldName;

/// Returns a note on the fields that have a folded word, which was typed as `typed`.
pub(super) fn note_on_word(
    snapshot: &Snapshot,
    plain: &str,
    typed: &str,
) -> Result<Option<String>> {
    let fields = &snapshot.fields;
    let words = [plain.to_owned()];
    let bylines = articles_with(snapshot, fields.byline, &words)?;
    if bylines > 0 {
        let articles = numbered(bylines, "article");
        return Ok(Some(format!(
            "{typed} is in bylines only: byline:{typed} finds {articles}"
        )));
    }
    let mut found = Vec::new();
    for (name, field) in [
        (FieldName::Place, fields.place),
        (FieldName::Related, fields.related),
        (FieldName::Url, fields.url),
        (FieldName::Receipt, fields.receipt),
    ] {
        let word = match name {
            FieldName::Related => analyzer::stem(plain),
            _ => plain.to_owned(),
        };
        let articles = articles_with(snapshot, field, &[word])?;
        if articles > 0 {
            let articles = numbered(articles, "article");
            found.push(format!("{}:{typed} finds {articles}", name.name()));
        }
    }
    let is_found = !found.is_empty();
    Ok(is_found.then(|| {
        let found = found.join(", ");
        format!("{typed} is in no headline and no body, but {found}")
    }))
}

/// Returns a note on the articles that have a person's name in the byline or on the receipt, and not in the
/// text.
pub(super) fn note_on_person(snapshot: &Snapshot, name: &str) -> Result<Option<String>> {
    let words = analyzer::query_words(name).into_iter();
    let words: Vec<String> = words.map(|word| word.plain).collect();
    if articles_with(snapshot, snapshot.fields.body, &words)? > 0 {
        return Ok(None);
    }
    let articles = articles_with(snapshot, snapshot.fields.byline, &words)?;
    let on_receipts = articles_with(snapshot, snapshot.fields.receipt, &words)?;
    if articles == 0 && on_receipts > 0 {
        let articles = numbered(on_receipts, "article");
        return Ok(Some(format!(
            "{name} is named in no text, but receipt:\"{name}\" finds {articles}"
        )));
    }
    Ok((articles > 0).then(|| {
        let articles = numbered(articles, "article");
        format!("{name} is named in no text, but wrote: byline:\"{name}\" finds {articles}")
    }))
}

/// Returns a note on the articles whose text has the words of a name, which was read as no person's.
pub(super) fn note_on_text(snapshot: &Snapshot, name: &str) -> Result<Option<String>> {
    let words = analyzer::query_words(name).into_iter();
    let words: Vec<String> = words.map(|word| word.plain).collect();
    let articles = articles_with(snapshot, snapshot.fields.body, &words)?;
    Ok((articles > 0).then(|| {
        let articles = numbered(articles, "article");
        format!("as words, \"{name}\" finds {articles}")
    }))
}

/// Returns a note on the articles of an archive that have a person's name elsewhere than among the persons
/// of its text.
pub fn note_on_name(archive: &Archive, name: &str) -> Result<Option<String>> {
    let snapshot = &archive.snapshot;
    if let Some(note) = note_on_person(snapshot, name)? {
        return Ok(Some(note));
    }
    let note = note_on_text(snapshot, name)?;
    Ok(note.map(|note| format!("no article names {name} as a person; {note}")))
}

/// Returns a number with its noun.
pub(super) fn numbered(number: usize, noun: &str) -> String {
    let ending = if number == 1 { "" } else { "s" };
    format!("{number} {noun}{ending}")
}

/// Returns the number of articles that have words in a row in a field.
fn articles_with(snapshot: &Snapshot, field: Field, words: &[String]) -> Result<usize> {
    let mut terms: Vec<Term> = (words.iter())
        .map(|word| Term::from_field_text(field, word))
        .collect();
    let query: Box<dyn Query> = match terms.len() {
        0 => return Ok(0),
        1 => Box::new(TermQuery::new(terms.remove(0), IndexRecordOption::Basic)),
        _ => Box::new(PhraseQuery::new(terms)),
    };
    Ok(snapshot.searcher.search(&*query, &Count)?)
}
