//! Builds the embedded files of the lexicon from the word list.
//!
//! usage: cargo run --release --example build-lexicon -- FOLDER
//!
//! FOLDER holds `lex_full.tsv` (word, flag bits, cluster in lower case, cluster capitalised).
//! Writes to `src/text/data`.

use std::collections::BTreeMap;
use std::error::Error;
use std::fs;
use std::path::Path;

use morgue::text::lexicon::{Entry, Flags, encode_words};

fn main() -> Result<(), Box<dyn Error>> {
    let folder = std::env::args()
        .nth(1)
        .ok_or("usage: build-lexicon FOLDER")?;
    let folder = Path::new(&folder);
    let out = Path::new("src/text/data");

    let mut words = read_words(&fs::read_to_string(folder.join("lex_full.tsv"))?)?;
    write(&words, &out.join("lexicon.zst"))?;
    for entry in words.values_mut() {
        *entry = Entry {
            flags: entry.flags.and(Flags::NAME_LISTS),
            ..Entry::default()
        };
    }
    words.retain(|_, entry| entry.flags.any(Flags::NAME_LISTS));
    write(&words, &out.join("names.zst"))
}

fn write(words: &BTreeMap<String, Entry>, to: &Path) -> Result<(), Box<dyn Error>> {
    let encoded = encode_words(words);
    println!("{} words in {} bytes", words.len(), encoded.len());
    Ok(fs::write(to, encoded)?)
}

fn read_words(list: &str) -> Result<BTreeMap<String, Entry>, Box<dyn Error>> {
    let mut words: BTreeMap<String, Entry> = BTreeMap::new();
    for line in list.lines() {
        let columns: Vec<&str> = line.split('\t').collect();
        let [word, bits, lower, title] = columns[..] else {
            return Err(format!("not four columns: {line}").into());
        };
        let entry = words.entry(word.to_lowercase()).or_default();
        entry.flags = entry.flags.or(Flags::from_bits(bits.parse()?));
        entry.lower_cluster = entry.lower_cluster.max(lower.parse()?);
        entry.title_cluster = entry.title_cluster.max(title.parse()?);
    }
    Ok(words)
}
