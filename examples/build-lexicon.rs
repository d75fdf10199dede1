//! Makes the lexicon's embedded files out of the word lists.
//!
//! usage: cargo run --release --example build-lexicon -- FOLDER
//!
//! FOLDER holds `lex_full.tsv` (word, flag bits, cluster in lower case, cluster capitalised) and
//! `nicknames.csv` (name, relationship, nickname). Writes to `src/people/data`.

use std::collections::BTreeMap;
use std::error::Error;
use std::fs;
use std::path::Path;

use morgue::people::lexicon::{Entry, Flags, encode_nicknames, encode_words};

fn main() -> Result<(), Box<dyn Error>> {
    let folder = std::env::args()
        .nth(1)
        .ok_or("usage: build-lexicon FOLDER")?;
    let folder = Path::new(&folder);
    let out = Path::new("src/people/data");

    let words = read_words(&fs::read_to_string(folder.join("lex_full.tsv"))?)?;
    let encoded = encode_words(&words);
    println!("{} words in {} bytes", words.len(), encoded.len());
    fs::write(out.join("lexicon.zst"), encoded)?;

    let nicknames = read_nicknames(&fs::read_to_string(folder.join("nicknames.csv"))?);
    let encoded = encode_nicknames(&nicknames);
    println!("{} names in {} bytes", nicknames.len(), encoded.len());
    fs::write(out.join("nicknames.zst"), encoded)?;
    Ok(())
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

fn read_nicknames(list: &str) -> BTreeMap<String, Vec<String>> {
    let mut nicknames: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for line in list.lines().skip(1) {
        if let [name, _, nickname] = line.split(',').collect::<Vec<_>>()[..] {
            nicknames
                .entry(name.to_lowercase())
                .or_default()
                .push(nickname.to_lowercase());
        }
    }
    nicknames
}
