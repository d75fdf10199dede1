//! Reads tagged sentences, and joins them into running text.

use std::error::Error;
use std::fs;
use std::ops::Range;
use std::path::Path;

use super::random::Random;

/// Tags that are treated as `O`: neither a person nor a name that could be mistaken for one.
const NO_NAMES: [&str; 14] = [
    "tim", "date", "time", "money", "percent", "cardinal", "measure", "duration", "eve", "event",
    "art", "nat", "abstract", "object",
];

/// Sentences per document in a file without document marks.
const SENTENCES_A_DOCUMENT: usize = 20;

/// The share of sentences that are trained on once more in capitals.
const IN_CAPITALS: f64 = 0.3;

/// The share of sentences that are trained on once more with every word capitalised.
const IN_TITLE_CASE: f64 = 0.08;

/// The tag of a token.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Tag {
    None,
    PersonStart,
    PersonMore,
    /// The name of something else.
    Other,
}

/// A sentence: its tokens with their tags.
pub type Tagged = Vec<(String, Tag)>;

/// Reads the documents of a `.tsv` file.
pub fn read_documents(path: &Path) -> Result<Vec<Vec<Tagged>>, Box<dyn Error>> {
    let text = fs::read_to_string(path)?;
    let mut documents: Vec<Vec<Tagged>> = vec![Vec::new()];
    let mut sentence = Tagged::new();
    let close = |sentence: &mut Tagged, documents: &mut Vec<Vec<Tagged>>| {
        if !sentence.is_empty()
            && let Some(document) = documents.last_mut()
        {
            document.push(std::mem::take(sentence));
        }
    };
    for line in text.lines() {
        if line.starts_with("-DOCSTART-") {
            close(&mut sentence, &mut documents);
            documents.push(Vec::new());
        } else if let Some((token, tag)) = line.rsplit_once('\t') {
            sentence.push((token.to_owned(), read_tag(tag)));
        } else {
            close(&mut sentence, &mut documents);
        }
    }
    close(&mut sentence, &mut documents);
    documents.retain(|document| !document.is_empty());
    if let [document] = &documents[..] {
        documents = document
            .chunks(SENTENCES_A_DOCUMENT)
            .map(<[Tagged]>::to_vec)
            .collect();
    }
    Ok(documents)
}

fn read_tag(tag: &str) -> Tag {
    match tag {
        "O" => Tag::None,
        "B-PER" => Tag::PersonStart,
        "I-PER" => Tag::PersonMore,
        _ if NO_NAMES.contains(&tag[2..].to_ascii_lowercase().as_str()) => Tag::None,
        _ => Tag::Other,
    }
}

/// A document as running text, with the ranges of its names.
pub struct Joined {
    pub text: String,
    /// The end of each sentence, in bytes.
    pub sentence_ends: Vec<usize>,
    /// The names of persons, as ranges of bytes.
    pub persons: Vec<Range<usize>>,
    /// The names of other things.
    pub others: Vec<Range<usize>>,
}

/// Joins a document into text as it would be printed, one sentence per paragraph.
pub fn join(document: &[Tagged]) -> Joined {
    let mut joined = Joined {
        text: String::new(),
        sentence_ends: Vec::new(),
        persons: Vec::new(),
        others: Vec::new(),
    };
    for sentence in document {
        let mut glue = true;
        let mut in_person = false;
        for (token, tag) in sentence {
            let token = match token.as_str() {
                "``" | "''" => "\"",
                token => token,
            };
            if !glue && !attaches_to_previous(token) {
                joined.text.push(' ');
            }
            let start = joined.text.len();
            joined.text.push_str(token);
            let end = joined.text.len();
            match tag {
                Tag::PersonMore if in_person => {
                    if let Some(person) = joined.persons.last_mut() {
                        person.end = end;
                    }
                }
                Tag::PersonStart | Tag::PersonMore => joined.persons.push(start..end),
                Tag::Other => joined.others.push(start..end),
                Tag::None => {}
            }
            in_person = matches!(tag, Tag::PersonStart | Tag::PersonMore);
            glue = matches!(token, "(" | "[" | "{" | "$");
        }
        joined.text.push_str("\n\n");
        joined.sentence_ends.push(joined.text.len());
    }
    joined
}

/// Returns whether a token is written without a space before it.
fn attaches_to_previous(token: &str) -> bool {
    matches!(
        token,
        "," | "."
            | ";"
            | ":"
            | "!"
            | "?"
            | "%"
            | ")"
            | "]"
            | "}"
            | "'s"
            | "'S"
            | "’s"
            | "n't"
            | "'re"
            | "'ve"
            | "'ll"
            | "'d"
            | "'m"
    )
}

/// Returns a copy of a document with random sentences in capitals or in title case, and whether
/// each sentence was changed.
pub fn recased(document: &[Tagged], random: &mut Random) -> (Vec<Tagged>, Vec<bool>) {
    document
        .iter()
        .map(|sentence| {
            let choice = random.fraction();
            let recase = |case: fn(&str) -> String| -> Tagged {
                sentence
                    .iter()
                    .map(|(token, tag)| (case(token), *tag))
                    .collect()
            };
            if choice < IN_CAPITALS {
                (recase(str::to_uppercase), true)
            } else if choice < IN_CAPITALS + IN_TITLE_CASE {
                (recase(title_case), true)
            } else {
                (sentence.clone(), false)
            }
        })
        .unzip()
}

fn title_case(word: &str) -> String {
    let mut chars = word.chars();
    match chars.next() {
        Some(first) if word.chars().count() > 2 => first.to_uppercase().chain(chars).collect(),
        _ => word.to_owned(),
    }
}
