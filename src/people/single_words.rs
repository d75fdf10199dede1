//! Whether one word that was taken for a person's name is none: a title, a place, a firm, a storm.

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
    pub(super) fn things(self) -> FxHashSet<u64> {
        let kinds = KINDS.map(|kind| word_hash(kind.as_bytes()));
        let words = &self.document.words;
        let mut things = FxHashSet::default();
        for at in 1..words.len() {
            let kind = &words[at - 1];
            let is_kind = kinds.contains(&kind.hash)
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

    /// Returns whether a word alone is no name of a person by its form or the words around it.
    pub(super) fn is_no_person(self, sentence: &Sentence, at: usize) -> bool {
        let words = &self.document.words;
        let word = &words[at];
        // "The Kremlin said": a person's name of one word has no article.
        let is_after_article = at > 0 && words[at - 1].hash == word_hash(b"the");
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
            || compound::is_no_single_name(self.token(at))
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
