//! The names that an article gives to something other than a person: a firm, a place, a ship.
//!
//! One article often can't tell `Ashby Kline said` of a firm from a person. Across the archive the
//! same name stands in `Ashby Kline Inc`, `in Ashby` and `Ashby-based`; `identity::nobodies` weighs
//! the articles.

use std::collections::BTreeSet;
use std::ops::Range;
use std::sync::LazyLock;

use rustc_hash::FxHashSet;

use super::candidates::Sentence;
use super::crf::Label;
use super::document::Labelled;
use super::name;
use super::observation::Observation;
use crate::text::lexicon::{Flags, word_hash};

/// The legal forms of firms, in lower case, which follow no person's name: those of the countries
/// whose firms are most in English-language news.
const LEGAL_FORMS: [&str; 24] = [
    "bros",
    "bros.",
    "inc",
    "inc.",
    "incorporated",
    "corp",
    "corp.",
    "corporation",
    "co",
    "co.",
    "company",
    "cos",
    "cos.",
    "ltd",
    "ltd.",
    "limited",
    "plc",
    "llc",
    "ag",
    "gmbh",
    "sa",
    "spa",
    "nv",
    "pty",
];

/// The longest name that is recorded, in words: longer ones are no person's by mistake.
const LONGEST: usize = 4;

impl Labelled<'_> {
    /// Returns the keys of the names of other things than persons, each once.
    ///
    /// A name counts where the model labels it as such, where a legal form or another word of an
    /// organisation follows, after "in", and before "-based". The same name may be a person's
    /// elsewhere in the article.
    pub(super) fn other_names(self) -> Vec<String> {
        let honorific = |at: usize| self.document.words[at].flags.any(Flags::HONORIFIC);
        let mut keys = BTreeSet::new();
        let mut add = |name: &str| {
            let key = name::key(name);
            if !key.is_empty() {
                keys.insert(key);
            }
        };
        let sentences = self.document.sentences.iter();
        for sentence in sentences.filter(|sentence| !sentence.is_all_capitals) {
            for span in self.document.runs(sentence).flat_map(|run| self.spans(run)) {
                if let Some(name) = self.other_name(sentence, span)
                    && !honorific(name.start)
                {
                    add(&self.text_of(&name));
                }
            }
            for at in sentence.tokens.clone() {
                if let Some(place) = self.place_of_adjective(sentence, at) {
                    add(&place);
                }
            }
        }
        keys.into_iter().collect()
    }

    /// Returns the first words of the names of firms that end with a legal form, in sentences in
    /// capitals too: `Kline` in `KLINE FOODS INC`.
    pub(super) fn firms(self) -> FxHashSet<u64> {
        let words = &self.document.words;
        let mut firms = FxHashSet::default();
        for sentence in &self.document.sentences {
            for run in self.document.runs(sentence) {
                let end = (run.end + 1).min(sentence.tokens.end);
                let has_form = words[run.start..end].iter().skip(1).any(is_legal_form)
                    || self.is_before_legal_form(sentence, run.end);
                if has_form {
                    firms.insert(words[run.start].hash);
                }
            }
        }
        firms
    }

    /// Splits a run into the persons' names and what is between them.
    pub(super) fn spans(self, run: Range<usize>) -> Vec<Range<usize>> {
        let mut spans: Vec<Range<usize>> = Vec::new();
        for at in run.clone() {
            let label = self.labels[at];
            let begins = matches!(label, Label::Begin | Label::Single)
                || at == run.start
                || label.is_person() != self.labels[at - 1].is_person();
            match spans.last_mut() {
                Some(span) if !begins => span.end = at + 1,
                _ => spans.push(at..at + 1),
            }
        }
        spans
    }

    /// Returns the part of a span that is the name of something other than a person.
    fn other_name(self, sentence: &Sentence, span: Range<usize>) -> Option<Range<usize>> {
        let words = &self.document.words;
        let after = (span.end < sentence.tokens.end).then(|| &words[span.end]);
        let is_owner = self.is_owner(sentence, &span);
        let before = (span.start > sentence.tokens.start).then(|| &words[span.start - 1]);
        let is_person = self.labels[span.start].is_person();
        let is_organisation = after.is_some_and(|word| {
            !is_person && word.is_capitalised() && word.flags.any(Flags::ORGANISATION)
        });
        let is_thing = is_organisation || self.is_thing(sentence, &span);
        let is_place = before.is_some_and(|word| word.hash == word_hash(b"in")) && !is_owner;
        let mut name = span.clone();
        while !is_person && !name.is_empty() && {
            let last = &words[name.end - 1];
            last.flags.any(Flags::ORGANISATION) || is_legal_form(last)
        } {
            name.end -= 1;
        }
        let is_listed =
            |word: Flags| word.any(Flags::COUNTRY.or(Flags::DEMONYM).or(Flags::CALENDAR));
        let is_other = self.labels[name.clone()]
            .iter()
            .all(|label| *label == Label::OtherName);
        let may_be_taken = (1..=LONGEST).contains(&name.len())
            && !(name.len() == 1 && is_listed(words[name.start].flags));
        (may_be_taken && (is_thing || is_place || is_other || name.end < span.end)).then_some(name)
    }

    /// Returns whether a possessive follows: `in Hale's view`.
    pub(super) fn is_owner(self, sentence: &Sentence, name: &Range<usize>) -> bool {
        sentence.tokens.contains(&name.end)
            && self.document.words[name.end].hash == word_hash(b"'s")
    }

    /// Returns whether the legal form of a firm is at `at`: `Inc`, `& Co`.
    pub(super) fn is_before_legal_form(self, sentence: &Sentence, at: usize) -> bool {
        let words = &self.document.words[..sentence.tokens.end];
        let is_form = |at: usize| words.get(at).is_some_and(is_legal_form);
        let is_and = words
            .get(at)
            .is_some_and(|word| word.hash == word_hash(b"&"));
        is_form(at) || (is_and && is_form(at + 1))
    }

    /// Returns `Los Angeles` where `Angeles-based` is at `at`, with the capitalised words before.
    fn place_of_adjective(self, sentence: &Sentence, at: usize) -> Option<String> {
        let words = &self.document.words;
        if !words[at].is_no_name {
            return None;
        }
        let place = self.token(at).strip_suffix("-based")?;
        let before = (sentence.tokens.start..at).rev();
        let own = before.take_while(|&at| words[at].is_candidate).count();
        let before = self.text_of(&(at - own..at));
        Some(format!("{before} {place}"))
    }

    /// Returns the text of some tokens, on one line; empty for none.
    pub(super) fn text_of(self, tokens: &Range<usize>) -> String {
        let tokens: Vec<&str> = tokens.clone().map(|at| self.token(at)).collect();
        tokens.join(" ")
    }
}

/// Returns whether a word is the legal form of a firm.
pub(super) fn is_legal_form(word: &Observation) -> bool {
    static HASHES: LazyLock<FxHashSet<u64>> = LazyLock::new(|| {
        let forms = LEGAL_FORMS.iter();
        forms.map(|form| word_hash(form.as_bytes())).collect()
    });
    word.is_capitalised() && HASHES.contains(&word.hash)
}

#[cfg(test)]
mod tests {
    use crate::people::tagger;
    use crate::people::token::tokenize;

    #[test]
    fn names_of_firms_and_places_are_found() {
        for (text, expected, unexpected) in [
            (
                "Ashby Kline Inc said profits rose.",
                Some("ashby kline"),
                None,
            ),
            (
                "He left Ashby Kline & Co last year.",
                Some("ashby kline"),
                None,
            ),
            (
                "The fair was held in Alder Falls on Sunday.",
                Some("alder falls"),
                None,
            ),
            (
                "The Port Alder-based firm closed.",
                Some("port alder"),
                None,
            ),
            (
                "Anna Hale said on Monday that she would go.",
                None,
                Some("anna hale"),
            ),
            (
                "There is trust in Anna Hale's plan.",
                None,
                Some("anna hale"),
            ),
        ] {
            let tokens = tokenize(text);
            let keys = tagger::tag(text, &tokens).other_names;
            let has = |key: &str| keys.iter().any(|own| own == key);
            assert!(expected.is_none_or(has), "{text}: {keys:?}");
            assert!(!unexpected.is_some_and(has), "{text}: {keys:?}");
        }
    }
}
