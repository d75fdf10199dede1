//! What the tagger looks at: each word with its shape and its list entry, the runs of capitalised
//! words that may hold names, what the rest of the document says of a word, and the hashed
//! features that come of it.

use std::borrow::Cow;
use std::ops::Range;

use rustc_hash::FxHashMap;
use unicode_normalization::UnicodeNormalization;

use super::crf::FEATURE_BITS;
use super::fold::is_apostrophe;
use super::lexicon::{Entry, Flags, Lexicon, word_hash};
use super::token::Tokens;

/// How a word is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u8)]
pub enum Shape {
    /// `talks`, and words of scripts without capitals.
    Lower,
    /// `Talks`.
    Capitalised,
    /// `TALKS`.
    AllCapitals,
    /// `A`.
    OneCapital,
    /// `A.`.
    Initial,
    /// `McKay`, `O'Brien`.
    Mixed,
    /// Anything with a digit.
    Number,
    /// Punctuation.
    Mark,
    /// `U.S.`.
    Acronym,
    /// `Al-Sayed`.
    Hyphenated,
    /// `iPhone`, `al-Sayed`.
    InnerCapital,
}

impl Shape {
    /// Returns the shape of a word.
    pub fn of(word: &str) -> Self {
        // Nearly all words are one of these.
        if let [first, rest @ ..] = word.as_bytes()
            && rest.iter().all(u8::is_ascii_lowercase)
        {
            if first.is_ascii_lowercase() {
                return Self::Lower;
            }
            if first.is_ascii_uppercase() && !rest.is_empty() {
                return Self::Capitalised;
            }
        }
        let (mut upper, mut letters, mut chars) = (0, 0, 0);
        let (mut has_digit, mut has_stop, mut has_hyphen, mut starts_upper) =
            (false, false, false, false);
        for c in word.chars() {
            if c.is_uppercase() {
                upper += 1;
                starts_upper |= chars == 0;
            }
            letters += usize::from(c.is_alphabetic());
            has_digit |= c.is_ascii_digit();
            has_stop |= c == '.';
            has_hyphen |= matches!(c, '-' | '\u{2010}' | '\u{2011}');
            chars += 1;
        }
        match () {
            () if has_digit => Self::Number,
            () if letters == 0 => Self::Mark,
            () if upper == 0 => Self::Lower,
            () if chars == 1 => Self::OneCapital,
            () if letters == 1 && chars == 2 && has_stop => Self::Initial,
            () if upper == letters && has_stop => Self::Acronym,
            () if upper == letters => Self::AllCapitals,
            () if !starts_upper => Self::InnerCapital,
            () if has_hyphen && upper > 1 => Self::Hyphenated,
            () if upper == 1 => Self::Capitalised,
            () => Self::Mixed,
        }
    }

    fn has_capital(self) -> bool {
        !matches!(self, Self::Lower | Self::Number | Self::Mark)
    }
}

/// One token as the tagger sees it.
#[derive(Clone, Copy, Debug)]
pub struct Word {
    /// The [`word_hash`] of the word in lower case; numbers of one length share one.
    pub hash: u64,
    /// What the lists say.
    pub flags: Flags,
    /// How it is written.
    pub shape: Shape,
    /// The group of words that are used like it.
    pub cluster: u8,
    /// Whether it may be part of a name.
    pub is_candidate: bool,
}

/// What stands beyond the ends of a sentence.
const NOTHING: Word = Word {
    hash: 1,
    flags: Flags::from_bits(0),
    shape: Shape::Mark,
    cluster: 0,
    is_candidate: false,
};

impl Word {
    fn read(word: &str, lexicon: &Lexicon, lower: &mut Vec<u8>) -> Self {
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
        }
    }

    /// Returns whether the word has a capital letter.
    pub fn is_capitalised(&self) -> bool {
        self.shape.has_capital()
    }
}

/// Writes a word in lower case, with straight apostrophes.
fn write_lower(word: &str, lower: &mut Vec<u8>) {
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

/// Returns a word in lower case, or as it is where it is ASCII.
fn lower_or_ascii(word: &str) -> Cow<'_, [u8]> {
    if word.is_ascii() {
        return Cow::Borrowed(word.as_bytes());
    }
    let mut lower = Vec::with_capacity(word.len());
    write_lower(word, &mut lower);
    Cow::Owned(lower)
}

/// Returns what the lists say of a word without its diacritics, or else of the parts of a
/// hyphenated one as names.
fn unlisted_flags(word: &str, lower: &[u8], lexicon: &Lexicon) -> Flags {
    if !lower.is_ascii() {
        let folded: String = word
            .nfd()
            .filter(|c| !unicode_normalization::char::is_combining_mark(*c))
            .flat_map(char::to_lowercase)
            .collect();
        let flags = lexicon.flags(&folded);
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
        // Vice-President, Attorney-General: a title that nobody is called by.
        let is_title = part.any(Flags::TITLE) && !part.any(Flags::COMMON_SURNAME);
        let title = if is_title {
            Flags::ROLE
        } else {
            Flags::default()
        };
        flags.or(part.and(Flags::ANY_NAME)).or(title)
    })
}

/// What a document says of a word, wherever the word stands in it. Each is one bit.
mod evidence {
    pub(super) const IN_LOWER_CASE: u16 = 1;
    pub(super) const AFTER_HONORIFIC: u16 = 1 << 1;
    pub(super) const BESIDE_REPORTING: u16 = 1 << 2;
    pub(super) const AFTER_LOCATIVE: u16 = 1 << 3;
    pub(super) const AFTER_THE: u16 = 1 << 4;
    pub(super) const LAST_AFTER_GIVEN: u16 = 1 << 5;
    pub(super) const FIRST_AND_GIVEN: u16 = 1 << 6;
    pub(super) const BEFORE_ORGANISATION: u16 = 1 << 7;
    pub(super) const AFTER_ROLE: u16 = 1 << 8;
    pub(super) const IN_LONGER_RUN: u16 = 1 << 9;

    /// The bits, and groups of bits, that are features of their own.
    pub(super) const GROUPS: [u16; 8] = [
        IN_LOWER_CASE,
        AFTER_HONORIFIC | BESIDE_REPORTING,
        LAST_AFTER_GIVEN,
        FIRST_AND_GIVEN,
        AFTER_LOCATIVE | AFTER_THE,
        BEFORE_ORGANISATION,
        AFTER_ROLE,
        AFTER_HONORIFIC | BESIDE_REPORTING | LAST_AFTER_GIVEN | AFTER_ROLE,
    ];
}

/// A text as the tagger sees it.
pub struct Document<'t> {
    text: &'t str,
    tokens: &'t Tokens,
    /// A word for each token.
    pub words: Vec<Word>,
    /// The sentences in order.
    sentences: Vec<Sentence>,
    /// For each word that may be part of a name, the bits of [`evidence`].
    evidence: FxHashMap<u64, u16>,
}

/// One sentence of a document.
#[derive(Clone, Debug)]
pub struct Sentence {
    /// Its tokens.
    pub tokens: Range<usize>,
    /// Whether it is set in capitals, as headlines are.
    pub is_all_capitals: bool,
}

impl<'t> Document<'t> {
    /// Looks up every word, marks the candidates and collects the evidence.
    pub fn read(text: &'t str, tokens: &'t Tokens, lexicon: &Lexicon) -> Self {
        let mut lower = Vec::new();
        let mut words: Vec<Word> = tokens
            .tokens
            .iter()
            .map(|token| Word::read(token.text(text), lexicon, &mut lower))
            .collect();
        let mut sentences = Vec::with_capacity(tokens.sentences.len());
        for tokens in &tokens.sentences {
            let words = &mut words[tokens.clone()];
            mark_candidates(words);
            sentences.push(Sentence {
                tokens: tokens.clone(),
                is_all_capitals: is_all_capitals(words),
            });
        }
        let mut document = Self {
            text,
            tokens,
            words,
            sentences,
            evidence: FxHashMap::default(),
        };
        document.collect_evidence();
        document
    }

    /// Returns the sentences in order.
    pub fn sentences(&self) -> impl Iterator<Item = Sentence> {
        self.sentences.iter().cloned()
    }

    /// Returns the runs of candidates in a sentence, in order.
    pub fn runs(&self, sentence: &Sentence) -> impl Iterator<Item = Range<usize>> {
        let mut at = sentence.tokens.start;
        let end = sentence.tokens.end;
        std::iter::from_fn(move || {
            let words = &self.words[..end];
            at += words[at..].iter().position(|word| word.is_candidate)?;
            let start = at;
            at += words[at..]
                .iter()
                .position(|word| !word.is_candidate)
                .unwrap_or(end - at);
            Some(start..at)
        })
    }

    fn collect_evidence(&mut self) {
        let the = word_hash(b"the");
        let mut evidence: FxHashMap<u64, u16> = FxHashMap::default();
        for sentence in self.sentences() {
            for run in self.runs(&sentence) {
                for at in run.clone() {
                    let bits = if sentence.is_all_capitals {
                        0
                    } else {
                        self.evidence_at(&sentence, &run, at, the)
                    };
                    *evidence.entry(self.words[at].hash).or_default() |= bits;
                }
            }
        }
        for sentence in &self.tokens.sentences {
            for word in &self.words[sentence.start + 1..sentence.end] {
                if word.shape == Shape::Lower
                    && let Some(bits) = evidence.get_mut(&word.hash)
                {
                    *bits |= evidence::IN_LOWER_CASE;
                }
            }
        }
        self.evidence = evidence;
    }

    fn evidence_at(&self, sentence: &Sentence, run: &Range<usize>, at: usize, the: u64) -> u16 {
        let word = &self.words[at];
        if word.shape == Shape::Lower {
            return 0;
        }
        let mut bits = 0;
        let mut set = |bit, holds: bool| bits |= if holds { bit } else { 0 };
        let is_reporting = |word: &Word| word.flags.any(Flags::REPORTING) && !word.is_capitalised();
        if at > sentence.tokens.start {
            let before = &self.words[at - 1];
            let is_honorific = before.flags.any(Flags::HONORIFIC) && before.is_capitalised();
            set(evidence::AFTER_HONORIFIC, is_honorific);
            let is_role = before.flags.any(Flags::ROLE) && !before.is_candidate;
            set(evidence::AFTER_ROLE, is_role);
            set(evidence::AFTER_LOCATIVE, before.flags.any(Flags::LOCATIVE));
            set(evidence::AFTER_THE, before.hash == the);
            set(evidence::BESIDE_REPORTING, is_reporting(before));
        }
        if at + 1 < sentence.tokens.end {
            let after = &self.words[at + 1];
            set(evidence::BESIDE_REPORTING, is_reporting(after));
            let is_organisation = after.flags.any(Flags::ORGANISATION) && after.is_capitalised();
            set(evidence::BEFORE_ORGANISATION, is_organisation);
        }
        if (2..=4).contains(&run.len()) {
            let first = &self.words[run.start];
            let starts_given = first.flags.any(Flags::ANY_GIVEN) || first.shape == Shape::Initial;
            set(
                evidence::LAST_AFTER_GIVEN,
                at + 1 == run.end && starts_given,
            );
            let is_first_given = at == run.start
                && word.flags.any(Flags::ANY_GIVEN)
                && self.words[at + 1].shape != Shape::AllCapitals;
            set(evidence::FIRST_AND_GIVEN, is_first_given);
            set(evidence::IN_LONGER_RUN, true);
        }
        bits
    }

    fn evidence_of(&self, word: &Word) -> u64 {
        if !word.is_candidate {
            return 0;
        }
        u64::from(self.evidence.get(&word.hash).copied().unwrap_or(0))
    }

    /// Writes the hashes of the features of one candidate of a run to `out`, always as many and in
    /// the same order: first [`WORD_FEATURES`], then [`LIST_FEATURES`], then the rest.
    pub fn features(&self, sentence: &Sentence, run: &Range<usize>, at: usize, out: &mut Vec<u32>) {
        out.clear();
        let word_at = |at: usize| -> &Word {
            if sentence.tokens.contains(&at) {
                &self.words[at]
            } else {
                &NOTHING
            }
        };
        let word = &self.words[at];
        let before = word_at(at.wrapping_sub(1));
        let before2 = word_at(at.wrapping_sub(2));
        let after = word_at(at + 1);
        let after2 = word_at(at + 2);
        let mut hashes = Hashes { out };

        // The word itself.
        hashes.push(word.hash);
        hashes.pair(word.hash, before.hash);
        hashes.pair(word.hash, after.hash);
        let lower = lower_or_ascii(self.tokens.tokens[at].text(self.text));
        for len in 2..=4 {
            hashes.push(affix(lower.get(..len)));
            hashes.push(affix(
                lower.len().checked_sub(len).map(|start| &lower[start..]),
            ));
        }
        debug_assert_eq!(hashes.out.len(), WORD_FEATURES.end);

        // What the lists say of it.
        let first = u64::from(at == sentence.tokens.start);
        let capitals = u64::from(sentence.is_all_capitals);
        let place = first | capitals << 1;
        let flags = |word: &Word| u64::from(word.flags.bits());
        let shape = |word: &Word| word.shape as u64;
        let cluster = |word: &Word| u64::from(word.cluster);
        let looks = flags(word) | shape(word) << 32;
        hashes.push(looks | place << 40);
        hashes.pair(flags(word), flags(before));
        hashes.pair(flags(word), flags(after));
        hashes.pair(mix(flags(word) ^ mix(flags(before))), flags(after));
        hashes.pair(looks, before.hash);
        hashes.pair(looks, after.hash);
        for wanted in [
            Flags::ANY_GIVEN,
            Flags::ANY_SURNAME,
            Flags::PLACE.or(Flags::COUNTRY),
            Flags::WORD,
            Flags::ORGANISATION,
        ] {
            let is = |word: &Word| u64::from(word.flags.any(wanted) && word.is_capitalised());
            let own = u64::from(word.flags.any(wanted));
            hashes.push(own | is(before) << 1 | is(after) << 2 | place << 4);
        }
        hashes.push(cluster(word) | shape(word) << 8);
        hashes.pair(cluster(word), cluster(before));
        hashes.pair(cluster(word), cluster(after));
        debug_assert_eq!(hashes.out.len(), LIST_FEATURES.end);

        // Its neighbours and how all of them are written.
        hashes.push(0);
        for neighbour in [before, after, before2, after2] {
            hashes.push(neighbour.hash);
            hashes.push(flags(neighbour));
            hashes.push(cluster(neighbour) | shape(word) << 8);
        }
        hashes.pair(before.hash, after.hash);
        hashes.push(shape(word) | place << 8);
        hashes.push(shape(before) | shape(word) << 8 | shape(after) << 16 | capitals << 24);
        hashes.push(shape(before) | shape(before2) << 8 | shape(word) << 16);
        hashes.push(shape(after) | shape(after2) << 8 | shape(word) << 16);

        // The run that it is part of, and what stands around it.
        let position = (at - run.start).min(4) as u64;
        let len = run.len().min(6) as u64;
        let left = len.saturating_sub(position);
        let (run_first, run_last) = (&self.words[run.start], &self.words[run.end - 1]);
        let run_before = word_at(run.start.wrapping_sub(1));
        let run_before2 = word_at(run.start.wrapping_sub(2));
        let run_after = word_at(run.end);
        let run_after2 = word_at(run.end + 1);
        let spot = position | len << 4;
        hashes.push(spot | capitals << 8 | shape(run_first) << 12);
        hashes.pair(run_before.hash, position);
        hashes.pair(run_after.hash, left);
        hashes.push(flags(run_before) | spot << 40);
        hashes.push(flags(run_after) | left << 40 | len << 44);
        hashes.pair(run_before.hash, run_after.hash);
        hashes.pair(flags(run_first) | shape(run_first) << 32, spot);
        hashes.pair(flags(run_last) | shape(run_last) << 32, spot);
        hashes.pair(run_first.hash, len);
        hashes.pair(run_last.hash, position);
        hashes.pair(run_before.hash ^ len, run_before2.hash);
        hashes.pair(run_after.hash ^ len, run_after2.hash);
        hashes.push(cluster(run_before) | cluster(run_after) << 8);

        // What the document says of it.
        let said = self.evidence_of(word);
        let said_before = self.evidence_of(before);
        let said_after = self.evidence_of(after);
        hashes.push(said | place << 16);
        hashes.pair(said | shape(word) << 16, flags(word));
        let is_alone = u64::from(run.len() == 1);
        for group in evidence::GROUPS {
            let has = u64::from(said & u64::from(group) != 0);
            hashes.push(has | place << 1 | is_alone << 3);
        }
        hashes.push(said_before);
        hashes.push(said_after);
        hashes.push(said | said_before << 16 | said_after << 32);
    }
}

/// The features that know the word itself. Training leaves them out at times, so that the model
/// learns to do without.
pub const WORD_FEATURES: Range<usize> = 0..9;

/// The features that know what the lists say of the word, left out at times as well.
pub const LIST_FEATURES: Range<usize> = 9..23;

/// The hashed features of one word. The place of a feature is part of its hash.
struct Hashes<'o> {
    out: &'o mut Vec<u32>,
}

impl Hashes<'_> {
    fn push(&mut self, value: u64) {
        let kind = self.out.len() as u64 + 1;
        let hash = mix(value ^ kind.wrapping_mul(0x9e37_79b9_7f4a_7c15));
        self.out.push((hash >> (64 - FEATURE_BITS)) as u32);
    }

    fn pair(&mut self, a: u64, b: u64) {
        self.push(mix(a).rotate_left(17) ^ b);
    }
}

/// Mixes the bits of a number: a round of MurmurHash3's finaliser and a multiplication.
fn mix(value: u64) -> u64 {
    let value = (value ^ (value >> 33)).wrapping_mul(0xff51_afd7_ed55_8ccd);
    (value ^ (value >> 32)).wrapping_mul(0xc4ce_b9fe_1a85_ec53)
}

/// Returns up to four bytes as a number, ASCII letters in lower case, and 0 where there are none.
fn affix(bytes: Option<&[u8]>) -> u64 {
    bytes.map_or(0, |bytes| {
        bytes.iter().fold(1, |number, b| {
            number << 8 | u64::from(b.to_ascii_lowercase())
        })
    })
}

/// Marks the words of one sentence that may be part of a name: capitalised ones but function words
/// and titles before a name, and the particles between them.
fn mark_candidates(words: &mut [Word]) {
    for at in 0..words.len() {
        let word = &words[at];
        let is_letter = word.shape == Shape::Initial || (word.shape == Shape::OneCapital && at > 0);
        let is_candidate = word.is_capitalised() && (is_letter || !word.flags.any(Flags::FUNCTION));
        words[at].is_candidate = is_candidate && !is_title_before_name(words, at);
    }
    for at in 0..words.len() {
        if let Some(end) = office_end(words, at) {
            for word in &mut words[at..end] {
                word.is_candidate = false;
            }
        }
    }
    for at in 1..words.len() {
        let word = &words[at];
        if word.is_capitalised()
            && word.flags.any(Flags::PARTICLE)
            && !word.flags.any(Flags::TITLE)
            && words[at - 1].is_candidate
        {
            words[at].is_candidate = true;
        }
    }
    let mut at = 1;
    while at < words.len() {
        let is_particle = |word: &Word| !word.is_candidate && word.flags.any(Flags::PARTICLE);
        let len = words[at..]
            .iter()
            .take_while(|word| is_particle(word))
            .count();
        let end = at + len;
        if (1..=3).contains(&len)
            && words[at - 1].is_candidate
            && words.get(end).is_some_and(|word| word.is_candidate)
        {
            for word in &mut words[at..end] {
                word.is_candidate = true;
            }
        }
        at = end + 1;
    }
}

/// Returns where an office ends that begins with the title at `at` and is named with "of" or "for":
/// behind `State` in `Secretary of State Ada Hale`. The last of its words is never one that may be
/// a given name, with which the holder's name begins.
fn office_end(words: &[Word], at: usize) -> Option<usize> {
    let is_title = words[at].flags.any(Flags::TITLE) && words[at].is_capitalised();
    let links = |word: &Word| {
        !word.is_capitalised()
            && [b"of".as_slice(), b"for"]
                .iter()
                .any(|w| word_hash(w) == word.hash)
    };
    if !is_title || !words.get(at + 1).is_some_and(links) {
        return None;
    }
    let end = (at + 2..words.len())
        .take_while(|&k| {
            let word = &words[k];
            word.is_capitalised()
                && word.flags.any(Flags::WORD)
                && !word.flags.any(Flags::COMMON_GIVEN)
        })
        .last()?
        + 1;
    let name_follows = words.get(end).is_some_and(Word::is_capitalised);
    name_follows.then_some(end)
}

/// Returns whether a word is an honorific or a role and a name follows: `President` in `President
/// Hale`, but not `Dean` in `Howard Dean Hale`.
fn is_title_before_name(words: &[Word], at: usize) -> bool {
    let word = &words[at];
    if !word.flags.any(Flags::TITLE) || word.shape == Shape::Initial {
        return false;
    }
    let name_follows = words.get(at + 1).is_some_and(|next| {
        next.is_capitalised() && !next.flags.any(Flags::ORGANISATION.or(Flags::FUNCTION))
    });
    let is_middle_name = at > 0
        && words[at - 1].is_candidate
        && words[at - 1].flags.any(Flags::ANY_GIVEN)
        && word.flags.any(Flags::COMMON_SURNAME);
    name_follows && !is_middle_name
}

/// Returns whether at least seven in ten words of a sentence are in capitals.
fn is_all_capitals(words: &[Word]) -> bool {
    let (mut all, mut capitals) = (0, 0);
    for word in words {
        match word.shape {
            Shape::AllCapitals => capitals += 1,
            Shape::Lower | Shape::Capitalised | Shape::Mixed => {}
            _ => continue,
        }
        all += 1;
    }
    all >= 2 && capitals * 10 >= all * 7
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::people::token::tokenize;

    #[test]
    fn words_have_shapes() {
        for (word, expected) in [
            ("talks", Shape::Lower),
            ("Talks", Shape::Capitalised),
            ("Émile", Shape::Capitalised),
            ("TALKS", Shape::AllCapitals),
            ("A", Shape::OneCapital),
            ("A.", Shape::Initial),
            ("McKay", Shape::Mixed),
            ("O'Brien", Shape::Mixed),
            ("1st", Shape::Number),
            ("—", Shape::Mark),
            ("U.S.", Shape::Acronym),
            ("Al-Sayed", Shape::Hyphenated),
            ("al-Sayed", Shape::InnerCapital),
        ] {
            assert_eq!(Shape::of(word), expected, "{word}");
        }
    }

    #[test]
    fn runs_leave_titles_out_and_keep_particles() {
        for (text, expected) in [
            ("the talks went on", vec![]),
            (
                "When President Ana Ruiz met Mr. Hale",
                vec!["Ana Ruiz", "Hale"],
            ),
            ("so Charles de la Tour spoke", vec!["Charles de la Tour"]),
            (
                "then J. R. R. Hale of Norwich",
                vec!["J. R. R. Hale", "Norwich"],
            ),
            ("de la Tour spoke", vec!["Tour"]),
        ] {
            let tokens = tokenize(text);
            let document = Document::read(text, &tokens, Lexicon::get());
            let runs: Vec<&str> = document
                .sentences()
                .flat_map(|sentence| document.runs(&sentence).collect::<Vec<_>>())
                .map(|run| {
                    let (first, last) = (tokens.tokens[run.start], tokens.tokens[run.end - 1]);
                    &text[first.start as usize..last.end as usize]
                })
                .collect();
            assert_eq!(runs, expected, "{text}");
        }
    }

    #[test]
    fn every_word_has_the_same_number_of_features() {
        let text = "Ana. Mr. Hale met Zoë van den Berg-Ruiz, 40, in NORWICH TOWN HALL";
        let tokens = tokenize(text);
        let document = Document::read(text, &tokens, Lexicon::get());
        let mut counts = Vec::new();
        let mut features = Vec::new();
        for sentence in document.sentences() {
            for run in document.runs(&sentence) {
                for at in run.clone() {
                    document.features(&sentence, &run, at, &mut features);
                    assert!(features.iter().all(|hash| *hash < 1 << FEATURE_BITS));
                    counts.push(features.len());
                }
            }
        }
        assert!(counts.len() > 6 && counts.windows(2).all(|pair| pair[0] == pair[1]));
    }
}
