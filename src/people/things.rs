//! Whether the words around a name say what it is, and that it is no person: `the firm Ashby Kline`,
//! `Ashby Kline, a maker of boats`, `an analyst at Ashby Kline`.
//!
//! What stands beside a name often says more than the name. An article that says so once, and nothing that
//! is said of persons alone, gives the name to a thing; `identity::nobodies` weighs the articles.

use std::collections::BTreeSet;
use std::ops::Range;
use std::sync::LazyLock;

use rustc_hash::FxHashSet;

use super::candidates::Sentence;
use super::crf::Label;
use super::document::Labelled;
use super::name;
use super::observation::Observation;
use super::other_names::is_legal_form;
use super::shape::Shape;
use crate::text::lexicon::{Flags, word_hash};

/// Nouns for what has a name of its own and is no person, a line for each: for a firm, a ship, a work, a place.
///
/// From WordNet 3.1 (Princeton University, wordnet.princeton.edu): the nouns of one word of which one of
/// the first two senses is below organization, unit (of people), business, craft, vessel, product,
/// publication, print media, literary composition, musical composition, musical organization, dramatic
/// composition, show, broadcast, software, brand, festival, building, facility, road, district,
/// municipality, geographical area, body of water or geological formation, and none of the first three
/// below person; the nouns that end four or more of their terms of two words (`rock group`); and the other
/// terms of two words (`aircraft carrier`). Numbers (`duo`), and what is an adjective or much more often a
/// verb, are left out, unless such a term ends in it or it is a play or a show; and so is `legend`, which
/// news says of persons.
const NOUNS: &str = include_str!("data/things.txt");

/// The articles of French, Italian, Spanish and German, with which the names of papers begin. Les is also a
/// given name.
const ARTICLES_ABROAD: [&str; 7] = ["Le", "La", "Il", "El", "Der", "Die", "Das"];

/// The most words between a name and the noun that says what it is.
const LONGEST_APPOSITION: usize = 9;

/// The auxiliary verbs of English in the third person. `Hale said it was` may be of anything.
const AUXILIARIES: [&str; 16] = [
    "is", "was", "has", "had", "does", "did", "can", "could", "may", "might", "must", "shall",
    "should", "will", "would", "ought",
];

/// Nouns that only firms have, before "of", "in" or "with" and their name, and after their name.
const BEFORE_FIRMS: [&str; 8] = [
    "shares",
    "stake",
    "subsidiary",
    "unit",
    "shareholders",
    "takeover",
    "merger",
    "headquarters",
];
const AFTER_FIRMS: [&str; 8] = [
    "shares",
    "stock",
    "shareholders",
    "subsidiary",
    "headquarters",
    "products",
    "phones",
    "customers",
];

/// Nouns for those who speak or work for a firm, after its name.
const STAFF: [&str; 6] = [
    "spokesman",
    "spokeswoman",
    "spokesperson",
    "employees",
    "executive",
    "executives",
];

impl Labelled<'_> {
    /// Returns the keys of the names of which the document says that they are things, and nothing that is
    /// said of persons alone, each once. `persons` are the mentions of persons.
    pub(super) fn things(self, persons: &[Range<usize>]) -> Vec<String> {
        let words = &self.document.words;
        let key_of = |name: &Range<usize>| name::key(&self.text_of(name));
        let sentences = self.document.sentences.iter();
        let sentences = sentences.filter(|sentence| !sentence.is_all_capitals);
        let mut keys: BTreeSet<String> = BTreeSet::new();
        let mut last_words: FxHashSet<u64> = FxHashSet::default();
        for sentence in sentences {
            for span in self.document.runs(sentence).flat_map(|run| self.spans(run)) {
                let name = self.without_legal_form(span.clone());
                // "an analyst at JP Holm Kline"
                let mut whole = name.clone();
                while whole.start > sentence.tokens.start
                    && self.is_acronym_of_thing(whole.start - 1)
                {
                    whole.start -= 1;
                }
                if !name.is_empty()
                    && (name.end < span.end
                        || self.is_after_kind(sentence, &name)
                        || self.is_after_the(sentence, &name)
                        || self.is_thing(sentence, &whole))
                {
                    last_words.insert(words[name.end - 1].hash);
                    keys.insert(key_of(&name));
                }
            }
        }
        let no_persons = self.papers(persons).chain(self.no_persons(persons));
        keys.extend(no_persons.map(|name| {
            last_words.insert(words[name.end - 1].hash);
            key_of(name)
        }));
        if keys.is_empty() {
            return Vec::new();
        }
        let alone = (0..words.len()).filter(|&at| self.labels[at] == Label::Single);
        let surnames: FxHashSet<u64> = alone.map(|at| words[at].hash).collect();
        // A name of one word counts where it was taken for a person's: "Hale Inc" is no news of Hale.
        let mut is_labelled: FxHashSet<String> = FxHashSet::default();
        for name in persons {
            let last = words[name.end - 1].hash;
            if last_words.contains(&last) {
                let key = key_of(name);
                let is_named_shortly = name.len() > 1 && surnames.contains(&last);
                if is_named_shortly || self.is_personal(name) {
                    keys.remove(&key);
                }
                is_labelled.insert(key);
            }
        }
        keys.retain(|key| key.contains(' ') || is_labelled.contains(key));
        keys.into_iter().collect()
    }

    /// Returns the names of two words that begin with an article, as those of papers do, and end no longer
    /// name in the document: `Le Soir`, but not Le Drian where Jean-Yves Le Drian is named.
    fn papers(self, persons: &[Range<usize>]) -> impl Iterator<Item = &Range<usize>> {
        let words = &self.document.words;
        let ending = |name: &Range<usize>| [words[name.end - 2].hash, words[name.end - 1].hash];
        let longer = persons.iter().filter(|name| name.len() > 2);
        let longer: FxHashSet<[u64; 2]> = longer.map(ending).collect();
        persons.iter().filter(move |name| {
            name.len() == 2
                && ARTICLES_ABROAD.contains(&self.token(name.start))
                && !longer.contains(&ending(name))
        })
    }

    /// Returns whether an acronym is at `at` that was not taken for a part of a person's name.
    fn is_acronym_of_thing(self, at: usize) -> bool {
        let word = &self.document.words[at];
        word.is_candidate && word.shape == Shape::AllCapitals && !self.labels[at].is_person()
    }

    /// Returns a name without the legal form of a firm at its end.
    fn without_legal_form(self, mut name: Range<usize>) -> Range<usize> {
        while !name.is_empty() && is_legal_form(&self.document.words[name.end - 1]) {
            name.end -= 1;
        }
        name
    }

    /// Returns whether the words around a name say that it is a thing.
    pub(super) fn is_thing(self, sentence: &Sentence, name: &Range<usize>) -> bool {
        self.is_before_legal_form(sentence, name.end)
            || self.is_before_and_company(sentence, name)
            || self.is_after_noun_of_thing(sentence, name)
            || self.is_before_noun_of_thing(sentence, name)
            || self.is_employer(sentence, name)
            || self.is_firm(sentence, name)
            || self.is_before_initials(sentence, name)
            || self.says_it(sentence, name)
            || self.is_in_country(sentence, name)
    }

    /// Returns whether the kind of a ship or a storm precedes: `MV Ada Holm`.
    fn is_after_kind(self, sentence: &Sentence, name: &Range<usize>) -> bool {
        name.start > sentence.tokens.start && self.is_kind_of_thing(name.start - 1)
    }

    /// Returns whether a given name has an article, and no noun after it that it belongs to: `the Ada Holm
    /// was sold`, but not `the Ada Holm affair`, nor `the Dalai Lama`.
    fn is_after_the(self, sentence: &Sentence, name: &Range<usize>) -> bool {
        if name.len() < 2
            || name.start == sentence.tokens.start
            || !self.document.words[name.start]
                .flags
                .any(Flags::COMMON_GIVEN)
            || !matches!(self.token(name.start - 1), "the" | "The")
        {
            return false;
        }
        let after = sentence.tokens.contains(&name.end).then_some(name.end);
        after.is_none_or(|at| {
            let word = &self.document.words[at];
            let is_mark = word.shape == Shape::Mark && !self.is_owner(sentence, name);
            let is_lower = word.shape == Shape::Lower;
            let is_function = word.flags.any(Flags::FUNCTION.or(Flags::LOCATIVE));
            is_mark || is_lower && (is_function || AUXILIARIES.contains(&self.token(at)))
        })
    }

    /// Returns whether the partners of a firm follow, as in `Ashby Kline and Co`.
    fn is_before_and_company(self, sentence: &Sentence, name: &Range<usize>) -> bool {
        let form = name.end + 1;
        name.len() > 1
            && sentence.tokens.contains(&form)
            && self.token(name.end) == "and"
            && is_legal_form(&self.document.words[form])
    }

    /// Returns whether a noun says what the name after it is: `mortgage firm Ashby Kline`, but not
    /// `the firm Ashby Kline founded`.
    fn is_after_noun_of_thing(self, sentence: &Sentence, name: &Range<usize>) -> bool {
        let words = &self.document.words[..sentence.tokens.end];
        let start = sentence.tokens.start;
        if name.start == start {
            return false;
        }
        let length = 1 + usize::from(self.are_noun_of_thing(start, name.start));
        let noun = name.start - length;
        let before = (noun > start).then(|| &words[noun - 1]);
        // "chief of staff Hale", "second in command Hale"
        let is_office = before
            .is_some_and(|word| word.flags.any(Flags::LOCATIVE) || word.hash == word_hash(b"of"));
        // "he will play Hale"
        let is_verb = noun > start
            && (self.token(noun - 1) == "to" || AUXILIARIES.contains(&self.token(noun - 1)));
        let is_defined = before.is_some_and(|word| word.flags.any(Flags::FUNCTION));
        let goes_on = words
            .get(name.end)
            .is_some_and(|word| word.shape == Shape::Lower)
            && name.end + 1 < words.len()
            && AUXILIARIES.contains(&self.token(name.end + 1));
        let is_noun = length > 1 || is_noun_of_thing(&words[noun]);
        let is_apart = is_office || is_verb || (is_defined && goes_on);
        is_noun && !is_apart
    }

    /// Returns whether the two words before `end` are a noun for a thing: `aircraft carrier`.
    fn are_noun_of_thing(self, start: usize, end: usize) -> bool {
        let first = end.saturating_sub(2);
        let is_lower = |at: usize| self.document.words[at].shape == Shape::Lower;
        first >= start
            && end > 1
            && is_lower(end - 1)
            && NOUNS_OF_TWO_WORDS.contains(&(
                self.document.words[first].hash,
                self.document.words[end - 1].hash,
            ))
    }

    /// Returns whether a noun after the name says what it is: `Ashby Kline, the country's largest
    /// firm,`. A noun right after "the" is a thing that was spoken of: `Hale, the firm said`.
    fn is_before_noun_of_thing(self, sentence: &Sentence, name: &Range<usize>) -> bool {
        if name.end + 2 >= sentence.tokens.end || self.token(name.end) != "," {
            return false;
        }
        let first = name.end + 1;
        let is_indefinite = matches!(self.token(first), "a" | "an");
        if !is_indefinite && self.token(first) != "the" {
            return false;
        }
        let furthest = sentence.tokens.end.min(first + LONGEST_APPOSITION);
        let words = &self.document.words;
        let is_end = |&at: &usize| {
            let is_mark = words[at].shape == Shape::Mark && self.token(at) != "'s";
            is_mark || words[at].flags.any(Flags::FUNCTION.or(Flags::LOCATIVE))
        };
        let Some(end) = (first + 1..furthest).find(is_end) else {
            return false;
        };
        let least = if is_indefinite { 1 } else { 2 };
        end > first + least && is_noun_of_thing(&words[end - 1])
    }

    /// Returns whether somebody has an office at the name: `an analyst at Ashby Kline`, `chairman of Ashby
    /// Kline`.
    fn is_employer(self, sentence: &Sentence, name: &Range<usize>) -> bool {
        let Some(role) = name.start.checked_sub(2) else {
            return false;
        };
        let words = &self.document.words;
        role >= sentence.tokens.start
            && (self.token(role + 1) == "at"
                || self.token(role + 1) == "of" && self.token(role).starts_with("chair"))
            && words[role].shape == Shape::Lower
            && words[role].flags.any(Flags::ROLE)
            && !self.is_owner(sentence, name)
    }

    /// Returns whether the words beside a name are said of firms: `Ashby Kline shares`, `a stake in Ashby
    /// Kline`. A name that begins with a given name may have a spokesman and executives of its own.
    fn is_firm(self, sentence: &Sentence, name: &Range<usize>) -> bool {
        let words = &self.document.words;
        if name.len() < 2 {
            return false;
        }
        let follows = sentence
            .tokens
            .contains(&name.end)
            .then(|| &words[name.end]);
        let is_owned = name.start >= sentence.tokens.start + 2
            && matches!(self.token(name.start - 1), "of" | "in" | "with")
            && BEFORE_FIRMS.contains(&self.token(name.start - 2))
            && !self.is_owner(sentence, name);
        let is_after = |nouns: &[&str]| {
            follows.is_some_and(|word| word.shape == Shape::Lower)
                && nouns.contains(&self.token(name.end))
        };
        let may_be_given = words[name.start].flags.any(Flags::COMMON_GIVEN);
        is_owned || is_after(&AFTER_FIRMS) || (!may_be_given && is_after(&STAFF))
    }

    /// Returns whether the name's initials follow in brackets, `Ashby Kline (AK)`, or the letters that a
    /// stock exchange has for it: `Ashby Kline <AKL>`.
    fn is_before_initials(self, sentence: &Sentence, name: &Range<usize>) -> bool {
        let words = &self.document.words;
        let short = name.end + 1;
        if short + 1 >= sentence.tokens.end || words[short].shape != Shape::AllCapitals {
            return false;
        }
        let first = |at: usize| self.token(at).chars().next();
        let initials: String = name.clone().filter_map(first).collect();
        match self.token(name.end) {
            "(" => name.len() > 1 && self.token(short) == initials,
            "<" => true,
            _ => false,
        }
    }

    /// Returns whether the name speaks of itself as of a thing: `Ashby Kline said it expects`, `said its
    /// board`. Of the weather, `Hale said it was`, everybody speaks.
    fn says_it(self, sentence: &Sentence, name: &Range<usize>) -> bool {
        let words = &self.document.words[..sentence.tokens.end];
        let is_lower = |at: usize| words.get(at).is_some_and(|word| word.shape == Shape::Lower);
        let verb = name.end;
        if !is_lower(verb) || !words[verb].flags.any(Flags::REPORTING) || !is_lower(verb + 2) {
            return false;
        }
        match self.token(verb + 1) {
            "its" => true,
            "it" => !AUXILIARIES.contains(&self.token(verb + 2)),
            _ => false,
        }
    }

    /// Returns whether the name is a place: `of Alder Falls, Ohio`.
    fn is_in_country(self, sentence: &Sentence, name: &Range<usize>) -> bool {
        let words = &self.document.words[..sentence.tokens.end];
        let country = name.end + 1;
        let is_country = words.get(country).is_some_and(|word| {
            word.is_capitalised()
                && word.flags.any(Flags::COUNTRY)
                && !word.flags.any(Flags::ANY_GIVEN)
        });
        let is_after_preposition = name.start > sentence.tokens.start && {
            let before = &words[name.start - 1];
            before.flags.any(Flags::LOCATIVE) || self.token(name.start - 1) == "of"
        };
        // "of Hale, US senator"
        let is_end = (words.get(country + 1)).is_none_or(|word| word.shape == Shape::Mark);
        is_country && is_end && is_after_preposition && self.token(name.end) == ","
    }

    /// Returns whether something said of the name is said of persons alone: a title or a trade before
    /// it, an age or a pronoun after it.
    fn is_personal(self, name: &Range<usize>) -> bool {
        let words = &self.document.words;
        let is_titled = name.start > 0 && {
            let before = &words[name.start - 1];
            before.flags.any(Flags::TITLE.or(Flags::KIN)) && !is_noun_of_thing(before)
        };
        let is_mark = |at: usize| at < words.len() && self.token(at) == ",";
        let is_age = is_mark(name.end)
            && is_mark(name.end + 2)
            && words[name.end + 1].shape == Shape::Number;
        let after = name.end..words.len().min(name.end + 3);
        let is_spoken_of = after.into_iter().any(|at| {
            matches!(
                self.token(at),
                "who" | "whose" | "he" | "she" | "his" | "her" | "him"
            )
        });
        is_titled || is_age || is_spoken_of
    }
}

/// The hashes of the nouns of one word.
static NOUNS_OF_ONE_WORD: LazyLock<FxHashSet<u64>> = LazyLock::new(|| {
    let nouns = NOUNS.lines().filter(|noun| !noun.contains(' '));
    nouns.map(|noun| word_hash(noun.as_bytes())).collect()
});

/// The hashes of the nouns of two words.
static NOUNS_OF_TWO_WORDS: LazyLock<FxHashSet<(u64, u64)>> = LazyLock::new(|| {
    let nouns = NOUNS.lines().filter_map(|noun| noun.split_once(' '));
    let hash = |word: &str| word_hash(word.as_bytes());
    nouns
        .map(|(first, last)| (hash(first), hash(last)))
        .collect()
});

/// Returns whether a word, in lower case, is a noun for a thing with a name of its own.
pub(super) fn is_kind_of_name(word: &Observation) -> bool {
    NOUNS_OF_ONE_WORD.contains(&word.hash)
}

/// Returns whether a word in lower case is a noun for a thing with a name of its own.
fn is_noun_of_thing(word: &Observation) -> bool {
    word.shape == Shape::Lower
        && !word.flags.any(Flags::FUNCTION.or(Flags::ROLE))
        && NOUNS_OF_ONE_WORD.contains(&word.hash)
}

#[cfg(test)]
mod tests {
    use crate::people::tagger;
    use crate::people::token::tokenize;

    #[test]
    fn the_words_around_a_name_say_what_it_is() {
        for (text, name, expected) in [
            (
                "The brewing firm Ashby Kline sold a ship.",
                "ashby kline",
                true,
            ),
            (
                "The aircraft carrier Ada Kline left Norfolk.",
                "ada kline",
                true,
            ),
            ("The firm Ada Kline founded was sold.", "ada kline", false),
            ("The ferry Ada Kline sank on Monday.", "ada kline", true),
            (
                "He was made chief of staff Ada Kline said.",
                "ada kline",
                false,
            ),
            ("They can play Ada Kline in goal.", "ada kline", false),
            (
                "Ashby Kline, the region's largest bank, closed.",
                "ashby kline",
                true,
            ),
            ("Ada Kline, the bank said, has left.", "ada kline", false),
            ("Ada Kline, a trader from a bank, left.", "ada kline", false),
            (
                "Rates rose, said an analyst at Ashby Kline.",
                "ashby kline",
                true,
            ),
            ("She is chairman of Ashby Kline.", "ashby kline", true),
            ("Shares of Ashby Kline (AK) fell.", "ashby kline", true),
            ("Ashby Kline said it expects a loss.", "ashby kline", true),
            ("Ada Kline said it was raining.", "ada kline", false),
            (
                "Shares of Ashby Kline rose. Ashby Kline shares fell.",
                "ashby kline",
                true,
            ),
            (
                "He sold a stake in Ashby Kline on Monday.",
                "ashby kline",
                true,
            ),
            ("An Ashby Kline spokeswoman said no.", "ashby kline", true),
            ("An Ada Kline spokeswoman said no.", "ada kline", false),
            ("He has a stake in Ada Kline's firm.", "ada kline", false),
            ("Ashby Kline and Co left the market.", "ashby kline", true),
            ("Ashby Kline Inc left the market.", "ashby kline", true),
            (
                "A fair was held near Alder Falls, Ohio.",
                "alder falls",
                true,
            ),
            (
                "Pictures of Ada Kline, US senator, were shown.",
                "ada kline",
                false,
            ),
            ("The crew of the Ada Kline was saved.", "ada kline", true),
            ("The MV Ada Kline sank off Norfolk.", "ada kline", true),
            (
                "It was the Ada Kline affair that hurt him.",
                "ada kline",
                false,
            ),
            ("They met the Dalai Lama.", "dalai lama", false),
            ("The minister spoke to Le Soir on Monday.", "le soir", true),
            ("Ada Le Soir left. Le Soir said no.", "le soir", false),
            (
                "The firm Ada Kline is for sale. Mr Kline founded it. Ada Kline, 60, left.",
                "ada kline",
                false,
            ),
        ] {
            let tokens = tokenize(text);
            let things = tagger::tag(text, &tokens).things;
            assert_eq!(
                things.iter().any(|key| key == name),
                expected,
                "{text}: {things:?}"
            );
        }
    }
}
