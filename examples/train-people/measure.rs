//! Measures the tagger on tagged text.

use std::collections::BTreeMap;
use std::error::Error;
use std::ops::Range;
use std::path::Path;

use morgue::people::model::Model;
use morgue::people::tagger::tag_with;
use morgue::people::token::tokenize;
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

use super::corpus::{join, read_documents};

/// How often each name is mentioned in a document.
type Counts = BTreeMap<String, usize>;

/// Prints precision, recall and F1 of the tagger on a file, and the most frequent `errors` names
/// that it missed or added.
pub fn print_scores(path: &Path, model: &Model, errors: usize) -> Result<(), Box<dyn Error>> {
    let (mut right, mut found, mut wanted) = (0, 0, 0);
    let (mut missed, mut extra) = (Counts::new(), Counts::new());
    for document in read_documents(path)? {
        let joined = join(&document);
        let tokens = tokenize(&joined.text);
        let gold = count(joined.persons.iter().cloned(), &joined.text);
        let mentions = tag_with(model, &joined.text, &tokens).mentions;
        let spans = mentions.iter().map(|mention| {
            let first = tokens.tokens[mention.tokens.start];
            let last = tokens.tokens[mention.tokens.end - 1];
            first.start as usize..last.end as usize
        });
        let tagged = count(spans, &joined.text);
        wanted += gold.values().sum::<usize>();
        found += tagged.values().sum::<usize>();
        for (name, &times) in &gold {
            let both = times.min(tagged.get(name).copied().unwrap_or(0));
            right += both;
            *missed.entry(name.clone()).or_default() += times - both;
        }
        for (name, &times) in &tagged {
            let more = times.saturating_sub(gold.get(name).copied().unwrap_or(0));
            *extra.entry(name.clone()).or_default() += more;
        }
    }
    let precision = right as f64 / found.max(1) as f64;
    let recall = right as f64 / wanted.max(1) as f64;
    let f1 = 2.0 * precision * recall / (precision + recall).max(f64::MIN_POSITIVE);
    println!(
        "{}: {wanted} mentions, precision {precision:.4}, recall {recall:.4}, F1 {f1:.4}",
        path.display()
    );
    for (title, counts) in [("missed", missed), ("extra", extra)] {
        let mut counts: Vec<(usize, String)> = counts.into_iter().map(|(k, v)| (v, k)).collect();
        counts.sort_by(|a, b| b.0.cmp(&a.0).then(a.1.cmp(&b.1)));
        for (times, name) in counts.iter().take(errors).filter(|(times, _)| *times > 0) {
            println!("  {title} {times} × {name}");
        }
    }
    Ok(())
}

/// Counts the names at some ranges of a text.
fn count(spans: impl Iterator<Item = Range<usize>>, text: &str) -> Counts {
    let mut counts = Counts::new();
    for span in spans {
        *counts.entry(fold(&text[span])).or_default() += 1;
    }
    counts
}

/// Returns a name in lower case without diacritics, punctuation and possessive.
fn fold(name: &str) -> String {
    let lower: String = name
        .nfkd()
        .filter(|c| !is_combining_mark(*c))
        .flat_map(char::to_lowercase)
        .map(|c| if c == '’' { '\'' } else { c })
        .collect();
    let lower = lower.strip_suffix("'s").unwrap_or(&lower);
    let is_inner = |c: char| c.is_alphanumeric() || matches!(c, '_' | '\'' | '-');
    let words: Vec<&str> = lower
        .split(|c| !is_inner(c))
        .filter(|word| !word.is_empty())
        .collect();
    words.join(" ")
}
