//! The cache of words and their stems, one per thread.

use std::cell::Cell;

use frostem::{Algorithm, Stemmer};
use rustc_hash::FxHashMap;

use super::fold::{fold_word, umlaut};
use super::irregular;
use super::language::{self, LanguageStemmer};
use super::pairs;
use super::scan::{Folding, Scan};
use super::units::{PARAGRAPH_START, SENTENCE_START, unit_starts};

/// The largest cache of a thread in words; a larger one is dropped. News text has some 100,000
/// recurring words.
const MOST_WORDS: usize = 1 << 16;

/// The longest text that is cached, in bytes.
const LONGEST_TEXT: usize = 1 << 20;

/// A word of the cached text: its first byte, its position, and the numbers of its folded form and its stem.
#[derive(Clone, Copy)]
pub(super) struct TextWord {
    pub start: u32,
    pub position: u32,
    pub plain: u32,
    pub stem: u32,
}

/// The words that a thread has seen, and the words of its last text.
pub(super) struct WordCache {
    stemmer: Stemmer,
    numbers: FxHashMap<Box<str>, u32>,
    words: Vec<Known>,
    /// The stemmers of other languages, by code.
    others: FxHashMap<Box<str>, OtherStemmer>,
    /// The numbers of pairs of words, by those of the words.
    pairs: FxHashMap<(u32, u32), u32>,
    text: String,
    text_words: Vec<TextWord>,
    /// The words of the text with letters such as ü: their folded forms without and with two letters.
    umlauts: Vec<(u32, u32)>,
}

/// A word, and what is known of it once it was stemmed.
struct Known {
    text: Box<str>,
    /// The percentage of articles that have it or its stem, if that is frequent.
    share: u32,
    /// The number of its English stem.
    stem: Option<u32>,
    /// The number of the stem of its lemma, if it is an irregular form and a word of its own.
    other_stem: Option<u32>,
    /// Whether it is the term of a compound (see [`super::compound`]).
    is_compound: bool,
}

/// The stemmer of a language other than English, and the numbers of its terms by those of words.
struct OtherStemmer {
    /// `None` for a language without a stemmer, whose words are terms as they are.
    stemmer: Option<LanguageStemmer>,
    terms: FxHashMap<u32, u32>,
}

thread_local! {
    static CACHE: Cell<Option<Box<WordCache>>> = const { Cell::new(None) };
}

/// Returns the English stem of a folded word: that of its lemma, if it is an irregular form, by
/// Snowball's English stemmer ("Porter 2").
pub fn stem(plain: &str) -> String {
    let mut cache = WordCache::take();
    let number = cache.number(plain);
    let stem = cache.stem_of(number);
    let stem = cache.word(stem).to_owned();
    cache.give_back();
    stem
}

/// Returns the stem of the lemma of a folded word that is an irregular form and a word of its own,
/// as "left" is of "leave".
pub fn other_stem(plain: &str) -> Option<String> {
    let lemma = irregular::lemma(plain).filter(|lemma| lemma.is_shared)?;
    Some(stem(lemma.word))
}

/// Returns the stem of the closed spelling of a compound in a language, as the terms of compounds begin with
/// it: in English if no language is given, or if it has no stemmer. The terms have no language, since the
/// words are searched that they name.
pub fn compound_stem(code: Option<&str>, closed: &str) -> String {
    match code.and_then(language::stemmer) {
        Some(stemmer) => stemmer.stem(closed).into_owned(),
        None => stem(closed),
    }
}

impl WordCache {
    /// Takes this thread's cache. Until it is given back, the thread starts with an empty one.
    pub(super) fn take() -> Box<Self> {
        CACHE.take().unwrap_or_else(|| {
            Box::new(Self {
                stemmer: Stemmer::new(Algorithm::English),
                numbers: FxHashMap::default(),
                words: Vec::new(),
                others: FxHashMap::default(),
                pairs: FxHashMap::default(),
                text: String::new(),
                text_words: Vec::new(),
                umlauts: Vec::new(),
            })
        })
    }

    /// Gives the cache back to the thread, unless it has grown too large.
    pub(super) fn give_back(self: Box<Self>) {
        if self.words.len() < MOST_WORDS && self.text.len() <= LONGEST_TEXT {
            CACHE.set(Some(self));
        }
    }

    /// Returns the words of a text, in order. The last text is not scanned again.
    pub(super) fn text_words(&mut self, text: &str) -> &[TextWord] {
        if self.text != text {
            self.text.clear();
            self.text.push_str(text);
            self.text_words.clear();
            self.umlauts.clear();
            let mut scan = Scan::new(text);
            let mut folded = String::new();
            while let Some(found) = scan.next() {
                folded.clear();
                let start = found.range.start;
                fold_word(&text[found.range], found.folding, &mut folded);
                let plain = self.number(&folded);
                let stem = self.stem_of(plain);
                if found.folding == Folding::SpelledOut
                    && let Some(base) = self.text_words.last()
                {
                    self.umlauts.push((base.plain, plain));
                }
                self.text_words.push(TextWord {
                    start: u32::try_from(start).unwrap_or(u32::MAX),
                    position: u32::try_from(found.position).unwrap_or(u32::MAX),
                    plain,
                    stem,
                });
            }
        }
        &self.text_words
    }

    /// Returns the numbers of the stems of an English text, of words that are spelt otherwise.
    pub(super) fn stems(&mut self, text: &str) -> Vec<(u32, TextWord)> {
        self.text_words(text);
        let mut stems = Vec::with_capacity(self.text_words.len());
        for &word in &self.text_words {
            if self.is_compound(word) {
                continue;
            }
            if word.stem != word.plain {
                stems.push((word.stem, word));
            }
            let other = self.words[word.plain as usize].other_stem;
            stems.extend(other.map(|stem| (stem, word)));
        }
        stems
    }

    /// Returns the numbers of the stems of a text in a language other than English, as terms.
    pub(super) fn stems_in(&mut self, code: &str, text: &str) -> Vec<(u32, TextWord)> {
        let mut words = self.text_words(text).to_vec();
        words.retain(|&word| !self.is_compound(word));
        let mut other = self.take_other(code);
        let stems = words
            .into_iter()
            .map(|word| {
                let known = other.terms.get(&word.plain).copied();
                let term = known.unwrap_or_else(|| {
                    let plain = &self.words[word.plain as usize].text;
                    let stem = match &other.stemmer {
                        Some(stemmer) => stemmer.stem(plain),
                        None => (&**plain).into(),
                    };
                    let term = language::term(code, &stem);
                    let term = self.number(&term);
                    other.terms.insert(word.plain, term);
                    term
                });
                (term, word)
            })
            .collect();
        self.others.insert(code.into(), other);
        stems
    }

    /// Returns the numbers of the words of a text as they are spelt, with their positions.
    pub(super) fn spelt(&mut self, text: &str) -> impl Iterator<Item = TextWord> {
        self.text_words(text);
        let words = self.text_words.iter().copied();
        words.filter(|&word| !self.is_compound(word))
    }

    /// Returns the numbers of the terms of the compounds of a text: of each its stem, alone and with the
    /// place of the hyphen; and the terms of its words with umlauts (see [`super::umlaut`]). `code` is the
    /// language of the text, if it is stemmed and not as English.
    pub(super) fn compounds(&mut self, code: Option<&str>, text: &str) -> Vec<u32> {
        self.text_words(text);
        let words = self.text_words.iter().copied();
        let compounds = words.filter(|&word| self.is_compound(word));
        let compounds: Vec<TextWord> = compounds.collect();
        let mut terms = Vec::with_capacity(2 * compounds.len());
        for compound in compounds {
            let number = if code.is_some() {
                compound.plain
            } else {
                compound.stem
            };
            let (closed, place) = self.word(number).split_once('-').unwrap_or_default();
            let (mut closed, place) = (closed.to_owned(), place.to_owned());
            if code.is_some() {
                closed = compound_stem(code, &closed);
            }
            let with_place = format!("{closed}-{place}");
            terms.extend([self.number(&with_place), self.number(&closed)]);
        }
        for (base, spelled) in self.umlauts.clone() {
            let (base, spelled) = (self.word(base).to_owned(), self.word(spelled).to_owned());
            for (one, other) in [(&base, &spelled), (&spelled, &base)] {
                let terms_of_one = [umlaut(one, ""), umlaut(one, other)];
                terms.extend(terms_of_one.map(|term| self.number(&term)));
            }
        }
        terms
    }

    fn is_compound(&self, word: TextWord) -> bool {
        self.words[word.plain as usize].is_compound
    }

    /// Takes the stemmer of a language.
    fn take_other(&mut self, code: &str) -> OtherStemmer {
        self.others.remove(code).unwrap_or_else(|| OtherStemmer {
            stemmer: language::stemmer(code),
            terms: FxHashMap::default(),
        })
    }

    /// Calls `found` with the number of each pair of adjacent frequent words.
    pub(super) fn each_pair(&mut self, text: &str, mut found: impl FnMut(u32)) {
        self.text_words(text);
        for at in 0..self.text_words.len() {
            let first = self.text_words[at];
            let share = self.words[first.plain as usize].share;
            if share == 0 {
                continue;
            }
            // The parts of a joined word have the same position.
            for next in at + 1..self.text_words.len() {
                let second = self.text_words[next];
                if second.position > first.position.saturating_add(1) {
                    break;
                }
                if second.position > first.position
                    && pairs::are_pair(share, self.words[second.plain as usize].share)
                {
                    found(self.pair(first.plain, second.plain));
                }
            }
        }
    }

    /// Returns the number of the term of each start of a sentence, and its position.
    pub(super) fn unit_starts(&mut self, text: &str) -> Vec<(u32, u32)> {
        let words = self.text_words(text).iter();
        let starts = unit_starts(text, words.map(|word| (word.start as usize, word.position)));
        let terms = [SENTENCE_START, PARAGRAPH_START].map(|term| self.number(term));
        let starts = starts.into_iter();
        starts
            .map(|start| (terms[usize::from(start.is_paragraph)], start.position))
            .collect()
    }

    /// Returns the number of a pair of words.
    fn pair(&mut self, first: u32, second: u32) -> u32 {
        if let Some(&number) = self.pairs.get(&(first, second)) {
            return number;
        }
        let term = pairs::term(self.word(first), self.word(second));
        let number = self.number(&term);
        self.pairs.insert((first, second), number);
        number
    }

    /// Returns the word with a number.
    pub(super) fn word(&self, number: u32) -> &str {
        &self.words[number as usize].text
    }

    fn number(&mut self, word: &str) -> u32 {
        if let Some(&number) = self.numbers.get(word) {
            return number;
        }
        let number = u32::try_from(self.words.len()).expect("a text has fewer than 2^32 words");
        self.numbers.insert(word.into(), number);
        self.words.push(Known {
            text: word.into(),
            share: 0,
            stem: None,
            other_stem: None,
            is_compound: word.contains('-'),
        });
        number
    }

    fn stem_of(&mut self, plain: u32) -> u32 {
        let known = &self.words[plain as usize];
        if let Some(stem) = known.stem {
            return stem;
        }
        if let Some((closed, place)) = known.text.split_once('-') {
            let (closed, place) = (closed.to_owned(), place.to_owned());
            let closed = self.number(&closed);
            let stem = self.stem_of(closed);
            let stem = self.number(&format!("{}-{place}", self.word(stem)));
            self.words[plain as usize].stem = Some(stem);
            return stem;
        }
        let lemma = irregular::lemma(&known.text);
        let (word, other) = match lemma {
            Some(lemma) if lemma.is_shared => (&*known.text, Some(lemma.word)),
            Some(lemma) => (lemma.word, None),
            None => (&*known.text, None),
        };
        let stem = self.stemmer.stem(word).into_owned();
        let share = pairs::share_of(&known.text, &stem);
        let other = other.map(|lemma| self.stemmer.stem(lemma).into_owned());
        let stem = self.number(&stem);
        let other_stem = other.map(|stem| self.number(&stem));
        let known = &mut self.words[plain as usize];
        known.stem = Some(stem);
        known.other_stem = other_stem;
        known.share = share;
        stem
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn stems_english() {
        for (plain, expected) in [
            ("running", "run"),
            ("talks", "talk"),
            ("elections", "elect"),
            ("us", "us"),
            ("sold", "sell"),
            ("women", "woman"),
            ("covid19", "covid19"),
        ] {
            assert_eq!(stem(plain), expected, "{plain}");
            assert_eq!(stem(plain), expected, "{plain}, cache");
        }
    }
}
