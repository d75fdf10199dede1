//! The lexicon: which words are names, places, titles or ordinary words.
//!
//! `cargo run --release --example build-lexicon` compiles the lists (sources and licences in
//! `docs/people-model.md`) into compressed files. They hold the hashes of the words, not the words:
//! half the size, and decoding is about as fast as writing to memory. With hashes of 32 bits, about
//! one unknown word in eight thousand is taken for a known one.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use xxhash_rust::xxh3::xxh3_64;

use super::embedded::{ColumnReader, compress, decompress, push_number};

static WORDS: &[u8] = include_bytes!("data/lexicon.zst");
static NAMES: &[u8] = include_bytes!("data/names.zst");

static LEXICON: LazyLock<Lexicon> = LazyLock::new(|| Lexicon::decode(WORDS));
static LEXICON_OF_NAMES: LazyLock<Lexicon> = LazyLock::new(|| Lexicon::decode(NAMES));

/// The kinds of a word. A word may be of many kinds.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Flags(u32);

impl Flags {
    /// One of about the thousand most frequent given names of the United States.
    pub const COMMON_GIVEN: Self = Self(1);
    /// A less frequent given name, or one of another country.
    pub const GIVEN: Self = Self(1 << 1);
    /// One of the five thousand most frequent surnames of the United States.
    pub const COMMON_SURNAME: Self = Self(1 << 2);
    /// A less frequent surname, or one of another country.
    pub const SURNAME: Self = Self(1 << 3);
    /// An ordinary English word that is written in lower case.
    pub const WORD: Self = Self(1 << 4);
    /// A town, or a word of the name of a country.
    pub const PLACE: Self = Self(1 << 5);
    /// An honorific before a name: `Mr`, `Dr.`, `Sheikh`.
    pub const HONORIFIC: Self = Self(1 << 6);
    /// An office or a trade: `president`, `striker`.
    pub const ROLE: Self = Self(1 << 7);
    /// A verb of reporting: `said`, `denied`.
    pub const REPORTING: Self = Self(1 << 8);
    /// The last word of the name of an organisation, a building or a road: `Corp`, `University`.
    pub const ORGANISATION: Self = Self(1 << 9);
    /// A month or a day of the week.
    pub const CALENDAR: Self = Self(1 << 10);
    /// A people, religion or party: `Russian`, `Catholic`.
    pub const DEMONYM: Self = Self(1 << 11);
    /// A particle inside names: `de`, `van`, `bin`.
    pub const PARTICLE: Self = Self(1 << 12);
    /// A function word: `the`, `after`.
    pub const FUNCTION: Self = Self(1 << 13);
    /// A preposition before places: `in`, `near`.
    pub const LOCATIVE: Self = Self(1 << 14);
    /// A word of the names of at least two persons in Wikidata, or of a country's popular names.
    pub const WORLD_NAME: Self = Self(1 << 15);
    /// A country, a state, or an abbreviation of one.
    pub const COUNTRY: Self = Self(1 << 16);
    /// A suffix of a name: `Jr.`, `III`.
    pub const SUFFIX: Self = Self(1 << 17);
    /// A relation: `wife`, `colleague`.
    pub const KIN: Self = Self(1 << 18);
    /// A word of the name of one person in Wikidata.
    pub const RARE_NAME: Self = Self(1 << 19);

    /// Any given name.
    pub const ANY_GIVEN: Self = Self::COMMON_GIVEN.or(Self::GIVEN);
    /// The kinds that the comparison of names needs.
    pub const NAME_LISTS: Self = Self::ANY_GIVEN.or(Self::COMMON_SURNAME);
    /// Any surname.
    pub const ANY_SURNAME: Self = Self::COMMON_SURNAME.or(Self::SURNAME);
    /// Any word of a person's name.
    pub const ANY_NAME: Self = Self::ANY_GIVEN
        .or(Self::ANY_SURNAME)
        .or(Self::WORLD_NAME)
        .or(Self::RARE_NAME);
    /// Any title before a name.
    pub const TITLE: Self = Self::HONORIFIC.or(Self::ROLE);

    /// Returns the flags of the bits of a number.
    pub const fn from_bits(bits: u32) -> Self {
        Self(bits & ((1 << 20) - 1))
    }

    /// Returns the flags as the bits of a number.
    pub const fn bits(self) -> u32 {
        self.0
    }

    /// Returns the union.
    pub const fn or(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    /// Returns the intersection.
    pub const fn and(self, other: Self) -> Self {
        Self(self.0 & other.0)
    }

    /// Returns whether any of the wanted flags is set: `flags.any(Flags::ANY_GIVEN)`.
    pub const fn any(self, wanted: Self) -> bool {
        self.0 & wanted.0 != 0
    }
}

/// The lexicon's entry of a word.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Entry {
    /// The kinds of the word.
    pub flags: Flags,
    /// The cluster of words with similar use, in lower case; from 1, 0 is none.
    pub lower_cluster: u8,
    /// The cluster of the capitalised word.
    pub title_cluster: u8,
}

/// A slot of the hash table. Hash 0 marks an empty one.
#[derive(Clone, Copy, Default)]
struct Slot {
    hash: u32,
    code: u16,
    lower_cluster: u8,
    title_cluster: u8,
}

/// The words that are known to the tagger and the comparison of names.
pub struct Lexicon {
    /// An open-addressing table in ascending order of the hashes, so that it is filled front to
    /// back.
    slots: Vec<Slot>,
    /// The number of home slots; the slots after them take the overflow.
    homes: usize,
    /// The combinations of flags that occur. The `code` of a slot is an index into them.
    combinations: Vec<Flags>,
}

impl Lexicon {
    /// Returns the embedded lexicon, decoded on first use.
    pub fn get() -> &'static Self {
        &LEXICON
    }

    /// Returns a lexicon of the [`Flags::NAME_LISTS`] only. The comparison of names needs no other
    /// flags, so searches use this one: it is decoded in a fraction of the time.
    pub fn of_names() -> &'static Self {
        &LEXICON_OF_NAMES
    }

    /// Returns the kinds of a word; none for an unknown word.
    ///
    /// The word must be in lower case, with or without diacritics; an abbreviation with its full
    /// stop.
    pub fn flags(&self, folded_lower: &str) -> Flags {
        self.entry(word_hash(folded_lower.as_bytes())).flags
    }

    /// Returns the entry of the word with this [`word_hash`].
    pub fn entry(&self, hash: u64) -> Entry {
        let key = slot_hash(hash);
        for slot in &self.slots[home(key, self.homes)..] {
            if slot.hash == key {
                return Entry {
                    flags: self.combinations[usize::from(slot.code)],
                    lower_cluster: slot.lower_cluster,
                    title_cluster: slot.title_cluster,
                };
            }
            if slot.hash == 0 || slot.hash > key {
                break;
            }
        }
        Entry::default()
    }

    /// Decodes a file that [`encode_words`] wrote.
    fn decode(words: &[u8]) -> Self {
        let words = decompress(words);
        let mut reader = ColumnReader::new(&words);
        let count = reader.number();
        let combinations: Vec<Flags> = (0..reader.number())
            .map(|_| Flags::from_bits(u32::try_from(reader.number()).unwrap_or(0)))
            .collect();
        let high_codes = reader.column(count);
        let low_codes = reader.column(count);
        let lower_clusters = reader.column(count);
        let title_clusters = reader.column(count);

        let homes = count * 5 / 4 + 1;
        let mut slots = vec![Slot::default(); homes + OVERFLOW];
        let mut hash = 0;
        let mut free = 0;
        for i in 0..count {
            hash += u32::try_from(reader.number()).unwrap_or(0);
            let at = home(hash, homes).max(free);
            slots[at] = Slot {
                hash,
                code: u16::from_be_bytes([high_codes[i], low_codes[i]]),
                lower_cluster: lower_clusters[i],
                title_cluster: title_clusters[i],
            };
            free = at + 1;
        }
        Self {
            slots,
            homes,
            combinations,
        }
    }
}

/// The number of slots after the last home slot.
const OVERFLOW: usize = 256;

/// Returns the hash that a word in lower case is looked up by.
pub fn word_hash(lower: &[u8]) -> u64 {
    xxh3_64(lower)
}

fn slot_hash(hash: u64) -> u32 {
    let [a, b, c, d, ..] = hash.to_be_bytes();
    u32::from_be_bytes([a, b, c, d]).max(1)
}

/// Returns the home slot of a hash.
fn home(hash: u32, homes: usize) -> usize {
    ((u64::from(hash) * homes as u64) >> 32) as usize
}

/// Encodes a word list: the number of words, the combinations of flags, a column each for the high
/// and low bytes of the codes and for the two clusters, and the hashes in ascending order, as
/// differences.
pub fn encode_words(words: &BTreeMap<String, Entry>) -> Vec<u8> {
    let mut by_hash: BTreeMap<u32, Entry> = BTreeMap::new();
    let mut codes: BTreeMap<Flags, u16> = BTreeMap::new();
    for (word, entry) in words {
        by_hash
            .entry(slot_hash(word_hash(word.as_bytes())))
            .or_insert(*entry);
        codes.entry(entry.flags).or_insert(0);
    }
    for (code, value) in (0..).zip(codes.values_mut()) {
        *value = code;
    }
    let mut out = Vec::new();
    push_number(&mut out, by_hash.len());
    push_number(&mut out, codes.len());
    for flags in codes.keys() {
        push_number(&mut out, flags.bits() as usize);
    }
    let code_of = |entry: &Entry| codes[&entry.flags].to_be_bytes();
    out.extend(by_hash.values().map(|entry| code_of(entry)[0]));
    out.extend(by_hash.values().map(|entry| code_of(entry)[1]));
    out.extend(by_hash.values().map(|entry| entry.lower_cluster));
    out.extend(by_hash.values().map(|entry| entry.title_cluster));
    let mut last = 0;
    for hash in by_hash.keys() {
        push_number(&mut out, (hash - last) as usize);
        last = *hash;
    }
    compress(&out)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_have_their_flags() {
        let lexicon = Lexicon::get();
        for (word, set, unset) in [
            ("john", Flags::COMMON_GIVEN, Flags::ROLE),
            ("smith", Flags::COMMON_SURNAME, Flags::COUNTRY),
            (
                "sergei",
                Flags::ANY_GIVEN.or(Flags::WORLD_NAME),
                Flags::WORD,
            ),
            ("mr.", Flags::HONORIFIC, Flags::ANY_GIVEN),
            ("president", Flags::ROLE, Flags::HONORIFIC),
            ("said", Flags::REPORTING, Flags::ROLE),
            ("corp", Flags::ORGANISATION, Flags::COMMON_SURNAME),
            ("france", Flags::COUNTRY, Flags::ROLE),
            ("russian", Flags::DEMONYM, Flags::ORGANISATION),
            ("van", Flags::PARTICLE, Flags::COUNTRY),
            ("the", Flags::FUNCTION, Flags::COMMON_GIVEN),
            ("jr.", Flags::SUFFIX, Flags::ROLE),
            ("nephew", Flags::KIN, Flags::HONORIFIC),
            ("tuesday", Flags::CALENDAR, Flags::COMMON_SURNAME),
            ("helsinki", Flags::PLACE, Flags::COMMON_GIVEN),
            ("table", Flags::WORD, Flags::COMMON_GIVEN),
        ] {
            let flags = lexicon.flags(word);
            assert!(flags.any(set) && !flags.any(unset), "{word}: {flags:?}");
        }
        for unknown in ["", "qqxzvk", "zzzzzzzzzzzzqj"] {
            assert_eq!(lexicon.flags(unknown), Flags::default(), "{unknown:?}");
        }
    }

    #[test]
    fn the_names_are_those_of_the_lexicon() {
        let (all, names) = (Lexicon::get(), Lexicon::of_names());
        for word in ["john", "smith", "sergei", "france", "said", "qqxzvk"] {
            let expected = all.flags(word).and(Flags::NAME_LISTS);
            assert_eq!(names.flags(word), expected, "{word}");
        }
        let listed = all.slots.iter().filter(|slot| {
            let flags = all.combinations[usize::from(slot.code)];
            slot.hash != 0 && flags.any(Flags::NAME_LISTS)
        });
        let of_names = names.slots.iter().filter(|slot| slot.hash != 0);
        assert_eq!(of_names.count(), listed.count());
    }

    #[test]
    fn encoding_is_undone() {
        let entry = |bits, lower_cluster, title_cluster| Entry {
            flags: Flags::from_bits(bits),
            lower_cluster,
            title_cluster,
        };
        let words: BTreeMap<String, Entry> = (0..2000)
            .map(|i| (format!("word{i}"), entry(i % 700, (i % 256) as u8, 7)))
            .collect();
        let lexicon = Lexicon::decode(&encode_words(&words));
        for (word, entry) in &words {
            assert_eq!(lexicon.entry(word_hash(word.as_bytes())), *entry, "{word}");
        }
    }
}
