//! Words as numbers, and the sketch of a text: the few sequences of words by which its copies are found.

use unicode_normalization::char::{decompose_canonical, is_combining_mark};

use super::words::is_dense;

/// The length of a sequence of words (a shingle: Broder, "On the resemblance and containment of
/// documents", 1997).
const SHINGLE: usize = 5;

/// The number of adjacent shingles of which one is kept. Two texts that share this many shingles in a
/// row, 30 words, share one that is kept (winnowing: Schleimer, Wilkerson and Aiken, "Winnowing: local
/// algorithms for document fingerprinting", 2003). One shingle in thirteen or so is kept.
const WINDOW: usize = 26;

/// The bits of a hash that a sketch keeps. Of 200,000 articles, one hash in eight is then that of another
/// article by chance, which is far less than makes two texts worth a comparison.
const KEPT_BITS: u32 = (1 << 26) - 1;

/// A word as numbers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Word {
    /// A hash of its letters and digits.
    pub hash: u32,
    /// A bit for each letter that it has; [`DIGIT`] if it has a digit.
    letters: u32,
}

/// The bit of a word that has a digit.
const DIGIT: u32 = 1;

/// The fewest letters of a word in which a misreading is recognised, and the most letters by which it then
/// differs: one letter that was read as another is two.
const FEWEST_LETTERS: u32 = 3;
const MISREAD: u32 = 2;

impl Word {
    /// Returns whether a scanner may have read one word as the other: one letter as another, one too many
    /// or too few. Numbers that differ are two numbers.
    pub fn is_near(self, other: Self) -> bool {
        self.hash == other.hash
            || (self.letters | other.letters) & DIGIT == 0
                && (self.letters ^ other.letters).count_ones() <= MISREAD
                && (self.letters & other.letters).count_ones() >= FEWEST_LETTERS - 1
    }
}

/// Appends the words of a text, as numbers, to `words`. A word is a run of letters and digits; case,
/// accents and apostrophes are ignored. A character of a script without spaces is a word.
fn push_words(text: &str, words: &mut Vec<Word>) {
    let mut word = Letters::default();
    let bytes = text.as_bytes();
    let mut at = 0;
    while let Some(&byte) = bytes.get(at) {
        if byte.is_ascii_alphanumeric() {
            word.push(u32::from(byte.to_ascii_lowercase()));
        } else if byte.is_ascii() {
            if byte != b'\'' {
                word.end(words);
            }
        } else {
            let c = text[at..].chars().next().unwrap_or_default();
            decompose_canonical(c, |c| word.read(c, words));
            at += c.len_utf8();
            continue;
        }
        at += 1;
    }
    word.end(words);
}

/// The letters of a word so far.
#[derive(Default)]
struct Letters {
    /// Their hash (FNV-1a: Fowler, Noll and Vo, 1991).
    hash: u64,
    /// As in [`Word`].
    set: u32,
}

impl Letters {
    fn read(&mut self, c: char, words: &mut Vec<Word>) {
        if !c.is_ascii() && is_dense(c) {
            self.end(words);
            self.push(u32::from(c));
            self.end(words);
        } else if c.is_alphanumeric() {
            c.to_lowercase().for_each(|c| self.push(u32::from(c)));
        } else if !is_combining_mark(c) && !matches!(c, '\'' | '’') {
            self.end(words);
        }
    }

    fn push(&mut self, letter: u32) {
        // Zero is the word without letters. No letter is zero, so no first letter makes it one.
        self.hash = (self.hash ^ u64::from(letter)).wrapping_mul(0x0100_0000_01b3);
        let is_digit = matches!(letter, 0x30..=0x39);
        self.set |= if is_digit { DIGIT } else { 2 << (letter % 31) };
    }

    fn end(&mut self, words: &mut Vec<Word>) {
        let Self { hash, set } = std::mem::take(self);
        if hash != 0 {
            words.push(Word {
                hash: low_half(mixed(hash)),
                letters: set,
            });
        }
    }
}

/// Returns the words of several texts in a row, as numbers.
pub fn words_of<'a>(texts: impl IntoIterator<Item = &'a str>) -> Vec<Word> {
    let mut words = Vec::new();
    for text in texts {
        push_words(text, &mut words);
    }
    words
}

/// Returns a hash of each sequence of `length` adjacent words; of all words if there are fewer. Each
/// follows from the one before (Karp and Rabin, "Efficient randomized pattern-matching algorithms", 1987).
pub fn shingles(words: &[Word], length: usize) -> impl Iterator<Item = u64> {
    const BASE: u64 = 0xd134_2543_de82_ef95;
    let whole = words.len().min(length).max(1);
    let added = |hash: u64, word: Word| hash.wrapping_mul(BASE).wrapping_add(u64::from(word.hash));
    let of_first = (1..whole).fold(1, |power: u64, _| power.wrapping_mul(BASE));
    let before = words.iter().take(whole - 1);
    let mut hash = before.fold(0, |hash, &word| added(hash, word));
    let mut first = words.iter();
    words.iter().skip(whole - 1).map(move |&word| {
        hash = added(hash, word);
        let shingle = mixed(hash);
        let left = first.next().map_or(0, |&word| u64::from(word.hash));
        hash = hash.wrapping_sub(left.wrapping_mul(of_first));
        shingle
    })
}

/// The finalizer of SplitMix64 (Steele, Lea and Flood, 2014).
fn mixed(hash: u64) -> u64 {
    let hash = (hash ^ hash >> 30).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    let hash = (hash ^ hash >> 27).wrapping_mul(0x94d0_49bb_1331_11eb);
    hash ^ hash >> 31
}

/// Returns the sketch of a text with these words: hashes of some of its shingles, in the order of the
/// text. A text without words has none.
pub fn sketch(words: &[Word]) -> Vec<u32> {
    let shingles: Vec<u32> = shingles(words, SHINGLE).map(low_half).collect();
    let window = WINDOW.min(shingles.len()).max(1);
    let mut kept = Vec::with_capacity(2 * shingles.len() / window + 1);
    let mut least = usize::MAX;
    for (start, seen) in shingles.windows(window).enumerate() {
        let newest = start + window - 1;
        if least == usize::MAX || least < start {
            let at = (0..window).min_by_key(|&at| seen[at]).unwrap_or(0);
            least = start + at;
        } else if shingles[newest] < shingles[least] {
            least = newest;
        } else {
            continue;
        }
        kept.push(shingles[least] & KEPT_BITS);
    }
    kept
}

fn low_half(hash: u64) -> u32 {
    (hash & u64::from(u32::MAX)) as u32
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_compared_without_their_print() {
        for (a, b, is_same) in [
            (
                "The Mayor’s café, re-opened.",
                "the mayors CAFE re opened",
                true,
            ),
            ("1,200 berths", "1 200 berths", true),
            ("新聞記事", "新 聞 記 事", true),
            ("the mayor", "the major", false),
            (
                "the caf\u{e9}s' menu",
                "THE CAFE\u{301}S\u{2019} MENU",
                true,
            ),
            ("rock ’n’ roll", "rock n roll", true),
            ("naïve—or not", "naive or not", true),
            ("naïve—or not", "naive ornot", false),
            ("the mayor", "themayor", false),
        ] {
            assert_eq!(words_of([a]) == words_of([b]), is_same, "{a} / {b}");
        }
    }

    #[test]
    fn words_that_were_misread_are_near() {
        for (a, b, is_near) in [
            ("harbour", "Harbour", true),
            ("harbour", "harhour", true),
            ("harbour", "harbou", true),
            ("harbour", "harbolur", true),
            ("modern", "modem", true),
            ("the", "tbe", true),
            ("harbour", "council", false),
            ("ferry", "barge", false),
            ("it", "is", false),
            ("14", "15", false),
            ("a14", "b14", false),
            ("1,200", "1200", false),
        ] {
            let word = |text| words_of([text])[0];
            assert_eq!(word(a).is_near(word(b)), is_near, "{a} / {b}");
        }
    }

    #[test]
    fn texts_that_share_thirty_words_share_a_part_of_their_sketches() {
        let word = |hash| Word { hash, letters: 0 };
        let shared: Vec<Word> = (0..30).map(|n| word(n * 7_919 + 13)).collect();
        for lead in 0..40_u32 {
            let text = |own: u32| -> Vec<Word> {
                let before = (0..lead).map(move |n| word(own + n));
                let after = (0..60 - lead).map(move |n| word(own + 1_000 + n));
                before.chain(shared.iter().copied()).chain(after).collect()
            };
            let (a, b) = (sketch(&text(1 << 20)), sketch(&text(1 << 21)));
            assert!(a.iter().any(|hash| b.contains(hash)), "{lead}");
            assert!((4..=16).contains(&a.len()), "{}", a.len());
        }
        assert!(sketch(&[]).is_empty());
        assert_eq!(sketch(&[word(1), word(2)]).len(), 1);
    }
}
