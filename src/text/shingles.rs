//! Words as numbers, and the sketch of a text: the few sequences of words by which its copies are found.

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;
use xxhash_rust::xxh3::xxh3_64;

use super::words::is_dense;

/// The length of a sequence of words (a shingle: Broder, "On the resemblance and containment of
/// documents", 1997).
const SHINGLE: usize = 5;

/// The number of adjacent shingles of which one is kept. Two texts that share this many shingles in a
/// row, 30 words, share one that is kept (winnowing: Schleimer, Wilkerson and Aiken, "Winnowing: local
/// algorithms for document fingerprinting", 2003). One shingle in thirteen or so is kept.
const WINDOW: usize = 26;

/// The bits of a hash that a sketch keeps. The least of a window seldom has more, so that a longer one
/// would tell no more texts apart.
const KEPT_BITS: u32 = (1 << 28) - 1;

/// Appends the words of a text, as numbers, to `words`. A word is a run of letters and digits; case,
/// accents and apostrophes are ignored. A character of a script without spaces is a word.
pub fn push_words(text: &str, words: &mut Vec<u32>) {
    let mut word = String::new();
    for part in text.split(|c: char| c.is_whitespace()) {
        if part.is_ascii() {
            push_ascii(part, &mut word, words);
            continue;
        }
        for c in part.nfd() {
            if !c.is_ascii() && is_dense(c) {
                end(&mut word, words);
                word.push(c);
                end(&mut word, words);
            } else if c.is_alphanumeric() {
                word.extend(c.to_lowercase());
            } else if !is_combining_mark(c) && !matches!(c, '\'' | '’') {
                end(&mut word, words);
            }
        }
        end(&mut word, words);
    }
}

fn push_ascii(part: &str, word: &mut String, words: &mut Vec<u32>) {
    for byte in part.bytes() {
        if byte.is_ascii_alphanumeric() {
            word.push(char::from(byte.to_ascii_lowercase()));
        } else if byte != b'\'' {
            end(word, words);
        }
    }
    end(word, words);
}

fn end(word: &mut String, words: &mut Vec<u32>) {
    if !word.is_empty() {
        words.push(low_half(xxh3_64(word.as_bytes())));
        word.clear();
    }
}

/// Returns the words of several texts in a row, as numbers.
pub fn words_of<'a>(texts: impl IntoIterator<Item = &'a str>) -> Vec<u32> {
    let mut words = Vec::new();
    for text in texts {
        push_words(text, &mut words);
    }
    words
}

/// Returns a hash of each sequence of `length` adjacent words; of all words if there are fewer.
pub fn shingles(words: &[u32], length: usize) -> impl Iterator<Item = u64> {
    let whole = words.len().min(length).max(1);
    words.windows(whole).map(|shingle| {
        shingle.iter().fold(0, |hash: u64, &word| {
            // The finalizer of SplitMix64 (Steele, Lea and Flood, 2014).
            let mut mixed = (hash ^ u64::from(word)).wrapping_add(0x9e37_79b9_7f4a_7c15);
            mixed = (mixed ^ mixed >> 30).wrapping_mul(0xbf58_476d_1ce4_e5b9);
            mixed = (mixed ^ mixed >> 27).wrapping_mul(0x94d0_49bb_1331_11eb);
            mixed ^ mixed >> 31
        })
    })
}

/// Returns the sketch of a text with these words: hashes of some of its shingles, sorted, each once.
/// A text without words has none.
pub fn sketch(words: &[u32]) -> Vec<u32> {
    let shingles: Vec<u32> = shingles(words, SHINGLE).map(low_half).collect();
    let window = WINDOW.min(shingles.len()).max(1);
    let mut kept = Vec::new();
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
    kept.sort_unstable();
    kept.dedup();
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
            ("the mayor", "themayor", false),
        ] {
            assert_eq!(words_of([a]) == words_of([b]), is_same, "{a} / {b}");
        }
    }

    #[test]
    fn texts_that_share_thirty_words_share_a_part_of_their_sketches() {
        let shared: Vec<u32> = (0..30).map(|n| n * 7_919 + 13).collect();
        for lead in 0..40_u32 {
            let text = |own: u32| -> Vec<u32> {
                let before = (0..lead).map(move |n| own + n);
                let after = (0..60 - lead).map(move |n| own + 1_000 + n);
                before.chain(shared.iter().copied()).chain(after).collect()
            };
            let (a, b) = (sketch(&text(1 << 20)), sketch(&text(1 << 21)));
            assert!(a.iter().any(|hash| b.contains(hash)), "{lead}");
            assert!((4..=16).contains(&a.len()), "{}", a.len());
        }
        assert!(sketch(&[]).is_empty());
        assert_eq!(sketch(&[1, 2]).len(), 1);
    }
}
