//! Which texts are one story, as the last run found out, in two files of a generation: `stories`, which
//! answers read, and `overlaps`, by which the next run need not compare again what it has compared.
//!
//! A text is named by its hash (see [`super::schema::Fields::text`]), so that neither merges of segments
//! nor a run that is cut off can make an entry wrong: at worst a story lacks a text that is new.

use std::fs;
use std::io::ErrorKind;
use std::path::Path;

use xxhash_rust::xxh3::xxh3_64;

use super::sharing::Sharing;
use crate::error::{Error, Result};

/// The names of the files.
pub(super) const STORIES: &str = "stories";
pub(super) const OVERLAPS: &str = "overlaps";

/// What the files begin with.
const MAGIC: [u8; 8] = *b"morgue 1";

/// Where the checksum, the number and the records of a file begin, in bytes.
const CHECK: usize = 8;
const NUMBER: usize = 16;
const RECORDS: usize = 24;

/// The number of bits of the hash of a text.
const HASH_BITS: u32 = 48;

/// A text of which the archive has copies, or several articles.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct StoryText {
    /// The hash of the text.
    pub text: u64,
    /// The hash of the text that the story is named after.
    pub story: u64,
    /// The number of its words, by which the fullest is chosen; 0 if it joins two stories.
    pub words: u32,
}

/// The stories of an archive that have several articles.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Stories {
    /// A number that depends on the set of all texts of the archive.
    pub texts: u64,
    /// Every text of these stories, in the order of the hashes.
    members: Vec<StoryText>,
    /// Where the texts begin whose hashes begin with each number of a few bits, about as many as there are
    /// texts, and where the last end.
    starts: Vec<u32>,
}

impl Stories {
    /// Returns stories of some texts.
    pub fn new(texts: u64, mut members: Vec<StoryText>) -> Self {
        members.sort_unstable_by_key(|member| member.text);
        let mut stories = Self {
            texts,
            starts: vec![0; (1 << bits_of(members.len())) + 1],
            members,
        };
        for member in &stories.members {
            stories.starts[place(member.text, stories.members.len()) + 1] += 1;
        }
        let mut end = 0;
        for start in &mut stories.starts {
            end += *start;
            *start = end;
        }
        stories
    }

    /// Returns every text of these stories, in the order of the hashes.
    pub fn members(&self) -> &[StoryText] {
        &self.members
    }

    /// Returns what is known of a text. One that is not listed is a story of its own.
    pub fn find(&self, text: u64) -> Option<StoryText> {
        let place = place(text, self.members.len());
        let (&start, &end) = (self.starts.get(place)?, self.starts.get(place + 1)?);
        let members = &self.members[start as usize..end as usize];
        members.iter().find(|member| member.text == text).copied()
    }

    /// Returns the story of a text.
    pub fn story_of(&self, text: u64) -> u64 {
        self.find(text).map_or(text, |member| member.story)
    }

    /// Reads the stories of a generation; none if a run was cut off before it found them.
    pub(super) fn read(generation: &Path) -> Result<Self> {
        let Some((texts, bytes)) = read(generation, STORIES)? else {
            return Ok(Self::default());
        };
        let members = bytes.chunks_exact(20).map(|record| StoryText {
            text: number(&record[..8]),
            story: number(&record[8..16]),
            words: u32::from_le_bytes([record[16], record[17], record[18], record[19]]),
        });
        Ok(Self::new(texts, members.collect()))
    }

    pub(super) fn write(&self, generation: &Path, sharing: Sharing) -> Result<()> {
        let mut records = Vec::with_capacity(20 * self.members.len());
        for member in &self.members {
            records.extend(member.text.to_le_bytes());
            records.extend(member.story.to_le_bytes());
            records.extend(member.words.to_le_bytes());
        }
        write(generation, STORIES, sharing, self.texts, &records)
    }
}

/// Returns how many bits of a hash number the places of so many texts.
fn bits_of(members: usize) -> u32 {
    members.max(1).ilog2().min(HASH_BITS)
}

/// Returns the place of a text among so many.
fn place(text: u64, members: usize) -> usize {
    usize::try_from(text >> (HASH_BITS - bits_of(members))).unwrap_or(usize::MAX - 1)
}

/// How much of each of two texts stands in the other, in thousandths.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct KnownOverlap {
    /// The hashes of the two texts.
    pub texts: [u64; 2],
    /// The share of each that stands in the other.
    pub shares: [u16; 2],
}

/// Reads the overlaps that runs have found. Those of a damaged file are found again.
pub(super) fn read_overlaps(generation: &Path) -> Vec<KnownOverlap> {
    let read = read(generation, OVERLAPS).unwrap_or_default();
    let bytes = read.map(|(_, bytes)| bytes).unwrap_or_default();
    let share = |bytes: &[u8]| u16::from_le_bytes([bytes[0], bytes[1]]);
    // Hashes of texts have 48 bits.
    let records = bytes.chunks_exact(16).map(|record| KnownOverlap {
        texts: [number(&record[..6]), number(&record[6..12])],
        shares: [share(&record[12..14]), share(&record[14..])],
    });
    records.collect()
}

pub(super) fn write_overlaps(
    generation: &Path,
    sharing: Sharing,
    overlaps: &[KnownOverlap],
) -> Result<()> {
    let mut records = Vec::with_capacity(16 * overlaps.len());
    for overlap in overlaps {
        for text in overlap.texts {
            records.extend(&text.to_le_bytes()[..6]);
        }
        for share in overlap.shares {
            records.extend(share.to_le_bytes());
        }
    }
    write(generation, OVERLAPS, sharing, 0, &records)
}

/// Returns the number and the records of a file.
fn read(generation: &Path, name: &str) -> Result<Option<(u64, Vec<u8>)>> {
    let path = generation.join(name);
    let mut bytes = match fs::read(&path) {
        Ok(bytes) => bytes,
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok(None),
        Err(error) => return Err(Error::io(&path)(error)),
    };
    let is_whole = bytes.len() >= RECORDS
        && bytes[..CHECK] == MAGIC
        && number(&bytes[CHECK..NUMBER]) == xxh3_64(&bytes[NUMBER..]);
    if !is_whole {
        return Err(Error::IndexDamaged {
            path: generation.to_owned(),
            detail: format!("{name}: its checksum is wrong"),
        });
    }
    let texts = number(&bytes[NUMBER..RECORDS]);
    bytes.drain(..RECORDS);
    Ok(Some((texts, bytes)))
}

fn write(
    generation: &Path,
    name: &str,
    sharing: Sharing,
    of_texts: u64,
    records: &[u8],
) -> Result<()> {
    let mut bytes = Vec::with_capacity(RECORDS + records.len());
    bytes.extend(MAGIC);
    bytes.extend([0; NUMBER - CHECK]);
    bytes.extend(of_texts.to_le_bytes());
    bytes.extend(records);
    let check = xxh3_64(&bytes[NUMBER..]);
    bytes[CHECK..NUMBER].copy_from_slice(&check.to_le_bytes());
    let path = generation.join(name);
    sharing.replace(&path, &bytes).map_err(Error::io(&path))
}

fn number(bytes: &[u8]) -> u64 {
    let bytes = bytes.iter().rev();
    bytes.fold(0, |number, &byte| number << 8 | u64::from(byte))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_what_was_written_and_refuses_what_was_changed() {
        let folder = tempfile::tempdir().unwrap();
        let folder = folder.path();
        assert_eq!(Stories::read(folder).unwrap(), Stories::default());
        let member = |text, story| StoryText {
            text,
            story,
            words: 412,
        };
        let stories = Stories::new(77, vec![member(9, 9), member(3, 9)]);
        stories.write(folder, Sharing::Private).unwrap();
        let read = Stories::read(folder).unwrap();
        assert_eq!(read, stories);
        assert_eq!([3, 9, 4].map(|text| read.story_of(text)), [9, 9, 4]);
        let spread = [0, 1, 5 << 40, (5 << 40) + 1, 200 << 40, (1 << 48) - 1];
        let members = spread.map(|text| member(text, 7)).to_vec();
        let spread = Stories::new(1, members);
        for member in &spread.members {
            assert_eq!(spread.find(member.text), Some(*member));
        }
        for missing in [2, 4 << 40, 201 << 40, (1 << 48) - 2, u64::MAX] {
            assert_eq!(spread.find(missing), None, "{missing}");
        }
        let overlap = KnownOverlap {
            texts: [3, 9],
            shares: [1_000, 250],
        };
        write_overlaps(folder, Sharing::Private, &[overlap]).unwrap();
        assert_eq!(read_overlaps(folder), [overlap]);
        let path = folder.join(STORIES);
        let whole = fs::read(&path).unwrap();
        for at in 0..whole.len() {
            let mut changed = whole.clone();
            changed[at] ^= 4;
            fs::write(&path, changed).unwrap();
            assert!(Stories::read(folder).is_err(), "byte {at}");
        }
    }
}
