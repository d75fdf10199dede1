//! What the tagger observes of each token: its hash, its shape and its entry in the lexicon.

use super::compound;
use super::fold::{is_apostrophe, lower_without_diacritics};
use super::shape::Shape;
use crate::text::lexicon::{Entry, Flags, Lexicon, word_hash};

/// One token as the tagger observes it.
#[derive(Clone, Copy, Debug)]
pub struct Observation {
    /// The [`word_hash`] of the word in lower case; numbers of the same length share a hash.
    pub hash: u64,
    /// The word's flags in the lexicon.
    pub flags: Flags,
    /// How the word is written.
    pub shape: Shape,
    /// The word's cluster in the lexicon, for the case that it is written in; 0 is none.
    pub cluster: u8,
    /// Whether the word may be part of a name.
    pub is_candidate: bool,
    /// Whether the word is a compound that is part of no name: `Houston-based`.
    pub is_no_name: bool,
}

impl Observation {
    /// The padding before the first and after the last token of a sentence.
    pub(super) const PADDING: Self = Self {
        hash: 1,
        flags: Flags::from_bits(0),
        shape: Shape::Mark,
        cluster: 0,
        is_candidate: false,
        is_no_name: false,
    };

    /// Looks up a word. `lower` is a buffer for its form in lower case.
    pub(super) fn read(word: &str, lexicon: &Lexicon, lower: &mut Vec<u8>) -> Self {
        let shape = Shape::of(word);
        write_lower(word, lower);
        let hash = match shape {
            Shape::Number => lower.len().min(6) as u64,
            _ => word_hash(lower),
        };
        let Entry {
            mut flags,
            lower_cluster,
            title_cluster,
        } = lexicon.entry(hash);
        if flags == Flags::default() && shape.has_capital() {
            flags = unlisted_flags(word, lower, lexicon);
        }
        Self {
            hash,
            flags,
            shape,
            cluster: if shape.has_capital() && title_cluster != 0 {
                title_cluster
            } else {
                lower_cluster
            },
            is_candidate: false,
            is_no_name: shape.has_capital() && compound::is_no_name(word, lexicon),
        }
    }

    /// Returns whether the word has a capital letter.
    pub fn is_capitalised(&self) -> bool {
        self.shape.has_capital()
    }
}

/// Writes a word in lower case, with straight apostrophes.
pub(super) fn write_lower(word: &str, lower: &mut Vec<u8>) {
    lower.clear();
    if word.is_ascii() {
        lower.extend(word.bytes().map(|b| b.to_ascii_lowercase()));
        return;
    }
    for c in word.chars().flat_map(char::to_lowercase) {
        let c = if is_apostrophe(c) { '\'' } else { c };
        lower.extend_from_slice(c.encode_utf8(&mut [0; 4]).as_bytes());
    }
}

/// Returns the flags of a word that is not in the lexicon: those of the word without diacritics,
/// else the name flags of the parts of a hyphenated word.
fn unlisted_flags(word: &str, lower: &[u8], lexicon: &Lexicon) -> Flags {
    if !lower.is_ascii() {
        let plain: String = lower_without_diacritics(word).collect();
        let flags = lexicon.flags(&plain);
        if flags != Flags::default() {
            return flags;
        }
    }
    if !lower.contains(&b'-') {
        return Flags::default();
    }
    let parts = lower
        .split(|b| *b == b'-')
        .map(|part| lexicon.entry(word_hash(part)).flags);
    parts.fold(Flags::default(), |flags, part| {
        // Vice-President, Attorney-General: a title that is not also a surname.
        let is_title = part.any(Flags::TITLE) && !part.any(Flags::COMMON_SURNAME);
        let title = if is_title {
            Flags::ROLE
        } else {
            Flags::default()
        };
        flags.or(part.and(Flags::ANY_NAME)).or(title)
    })
}
