//! Whether one word that was taken for a person's name is none: a title, a place, a firm, a storm.

use std::ops::Range;
use std::sync::LazyLock;

use rustc_hash::FxHashSet;

use super::candidates::Sentence;
use super::compound;
use super::document::Labelled;
use super::observation::Observation;
use super::shape::Shape;
use super::titles::PERSONAL_HONORIFICS;
use crate::text::lexicon::{Flags, Lexicon, word_hash};

/// Words before the name of a thing, in lower case: the classes of tropical cyclones (World
/// Meteorological Organization), the prefixes of ships, and what lies in the sky.
const KINDS: [&str; 20] = [
    "hurricane",
    "storm",
    "typhoon",
    "cyclone",
    "depression",
    "uss",
    "hms",
    "hmas",
    "hmcs",
    "rms",
    "mv",
    "ss",
    "moon",
    "moons",
    "planet",
    "asteroid",
    "comet",
    "satellite",
    "spacecraft",
    "probe",
];

impl Labelled<'_> {
    /// Returns the words that follow the kind of a thing in the document: `Dorian` in `Hurricane
    /// Dorian`.
    pub(super) fn kinds_of_things(self) -> FxHashSet<u64> {
        let words = &self.document.words;
        let mut things = FxHashSet::default();
        for at in 1..words.len() {
            let kind = &words[at - 1];
            let is_kind = self.is_kind_of_thing(at - 1)
                || (kind.shape == Shape::Lower
                    && kind.flags.any(Flags::ORGANISATION)
                    && !kind.flags.any(Flags::ROLE.or(Flags::COMMON_SURNAME)));
            // "Storm Holm" is a person where the words are one name.
            let is_alone = !words.get(at + 1).is_some_and(|next| next.is_candidate)
                && !self.labels[at - 1].is_person();
            if is_kind && is_alone && words[at].is_capitalised() {
                things.insert(words[at].hash);
            }
        }
        things
    }

    /// Returns whether a word is the kind of a thing that is named like a person.
    pub(super) fn is_kind_of_thing(self, at: usize) -> bool {
        static HASHES: LazyLock<[u64; 20]> =
            LazyLock::new(|| KINDS.map(|kind| word_hash(kind.as_bytes())));
        HASHES.contains(&self.document.words[at].hash)
    }

    /// Returns whether a word alone is no name of a person by its form or the words around it.
    pub(super) fn is_no_person(self, sentence: &Sentence, at: usize) -> bool {
        let words = &self.document.words;
        let word = &words[at];
        // "The Kremlin said": a person's name of one word has no article.
        let is_after_article = self.is_after_article(at);
        let is_title = word.flags.any(Flags::TITLE.or(Flags::ORGANISATION))
            && !self.may_be_titled_name(sentence, at);
        let is_acronym = word.shape == Shape::AllCapitals
            && !word.flags.any(Flags::ANY_NAME)
            && !sentence.is_all_capitals;
        let is_after_locative = at > 0 && words[at - 1].flags.any(Flags::LOCATIVE);
        let is_common = word.flags.any(Flags::ANY_GIVEN.or(Flags::COMMON_SURNAME));
        let is_place = is_after_locative && !is_common;
        let is_numeral = word.flags.any(Flags::SUFFIX);
        let is_word = word.flags.any(Flags::WORD) && !word.flags.any(Flags::ANY_NAME);
        let is_run_together =
            word.shape == Shape::Mixed && compound::is_run_together(self.token(at), Lexicon::get());
        // "St. Petersburg", where no person of the document has the name.
        let is_after_saint = at > sentence.tokens.start && self.is_saint(at - 1);
        is_title
            || is_numeral
            || (is_word && !self.is_after_honorific(at))
            || is_acronym
            || is_place
            || is_after_article
            || is_run_together
            || is_after_saint
            || is_people(self.token(at), word)
            || compound::is_no_single_name(self.token(at), Lexicon::get())
    }

    /// Returns whether an article precedes a word: `the Kremlin`, `an Oscar`.
    pub(super) fn is_after_article(self, at: usize) -> bool {
        at > 0 && matches!(self.token(at - 1), "the" | "The" | "a" | "an" | "A" | "An")
    }

    /// Returns whether a word that is a title can be a name here: after another title, or a common
    /// name inside a sentence.
    fn may_be_titled_name(self, sentence: &Sentence, at: usize) -> bool {
        let words = &self.document.words;
        let is_first = sentence.tokens.start == at;
        let often_name = Flags::COMMON_GIVEN.or(Flags::COMMON_SURNAME);
        let is_usual = words[at].flags.any(often_name);
        // "Mr Mayor" can be a person, "Lord Mayor" is an office.
        let is_name_after = self.is_after_honorific(at) || !words[at].flags.any(Flags::ROLE);
        words[at].flags.any(Flags::ANY_NAME)
            && ((self.is_after_title(at) && (is_usual || is_name_after)) || (!is_first && is_usual))
    }

    fn is_after_honorific(self, at: usize) -> bool {
        let honorifics = PERSONAL_HONORIFICS.map(|word| word_hash(word.as_bytes()));
        let before = at.checked_sub(1).map(|before| &self.document.words[before]);
        before.is_some_and(|word| honorifics.contains(&word.hash))
    }

    pub(super) fn is_after_title(self, at: usize) -> bool {
        let before = at.checked_sub(1).map(|before| &self.document.words[before]);
        before.is_some_and(|word| word.is_capitalised() && word.flags.any(Flags::TITLE))
    }
}

/// Articles of German, which stand before nouns with capitals: `Der Kaufmann Jonas Holm`.
const GERMAN_ARTICLES: [&str; 11] = [
    "der", "die", "das", "dem", "den", "des", "ein", "eine", "einem", "einen", "einer",
];

/// The most letters of an acronym after a name: `Ada Holm DVD`.
const LONGEST_ACRONYM: usize = 4;

impl Labelled<'_> {
    /// Returns whether a name begins with an article of German.
    pub(super) fn is_german_article(self, at: usize) -> bool {
        let hash = self.document.words[at].hash;
        (GERMAN_ARTICLES.iter()).any(|article| hash == word_hash(article.as_bytes()))
    }

    /// Returns the number of words before the given name in a name that begins with another noun:
    /// `Star Ada Holm`, `Olympian Holm`, `Der Kaufmann Jonas Holm`.
    pub(super) fn words_before_given_name(self, name: &Range<usize>) -> usize {
        let words = &self.document.words;
        let is_given = |word: &Observation| word.flags.any(Flags::ANY_GIVEN);
        if self.is_german_article(name.start) {
            let nouns = words[name.start + 1..name.end].iter();
            let nouns = nouns.take_while(|word| !is_given(word)).count();
            // Where no given name is known, the last two words are the name.
            return (1 + nouns).min(name.len().saturating_sub(2).max(1));
        }
        let [first, second, rest @ ..] = &words[name.clone()] else {
            return 0;
        };
        let text = self.token(name.start);
        let is_noun = first.flags.any(Flags::WORD)
            && !first.flags.any(Flags::ANY_GIVEN.or(Flags::HONORIFIC))
            && second.flags.any(Flags::COMMON_GIVEN)
            && self.document.sentence_of(name.start).tokens.start == name.start
            && !rest.is_empty();
        let is_of_place = !first.flags.any(Flags::ANY_NAME)
            && text.len() > 6
            && ["ian", "shman", "chman", "shwoman", "chwoman"]
                .iter()
                .any(|end| text.ends_with(end))
            && second.flags.any(Flags::ANY_NAME);
        usize::from((is_noun && first.shape == Shape::Capitalised) || is_of_place)
    }

    /// Returns a name without an acronym at its end.
    pub(super) fn without_acronym(self, mut name: Range<usize>) -> Range<usize> {
        let words = &self.document.words[name.clone()];
        if let [before @ .., last] = words
            && last.shape == Shape::AllCapitals
            && !last.flags.any(Flags::ANY_NAME.or(Flags::SUFFIX))
            && (before.iter()).any(|word| word.shape == Shape::Capitalised)
            && self.token(name.end - 1).len() <= LONGEST_ACRONYM
        {
            name.end -= 1;
        }
        name
    }
}

/// Returns whether a word that is no listed name is a people, a party or a trade by its ending:
/// `Samoans`, `Scientologist`.
fn is_people(text: &str, word: &Observation) -> bool {
    word.shape == Shape::Capitalised
        && !word.flags.any(Flags::ANY_NAME)
        && (text.ends_with("ans") || is_noun_of_person(text, word))
}

/// Returns whether a word is a noun for a person by its ending: `Scientologist`.
pub(super) fn is_noun_of_person(text: &str, word: &Observation) -> bool {
    text.len() > 5 && text.ends_with("ist") && !word.flags.any(Flags::ANY_NAME)
}
