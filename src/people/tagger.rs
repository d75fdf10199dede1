//! Finds the mentions of persons in a text: tokens in, spans of tokens out.
//!
//! The model labels each run of candidates on its own. Rules then correct the labels with what the
//! rest of the document shows: a person follows `Mr`, and a person who is named in full once is
//! found by surname everywhere.

use std::ops::Range;

use rustc_hash::FxHashSet;

use super::candidates::Sentence;
use super::crf::{Decoder, Label};
use super::document::{Document, Labelled};
use super::model::Model;
use super::observation::Observation;
use super::other_names::is_legal_form;
use super::shape::Shape;
use super::single_words::is_noun_of_person;
use super::titles::PERSONAL_HONORIFICS;
use super::token::Tokens;
use crate::text::lexicon::{Flags, Lexicon, word_hash};

/// Post-nominal letters, in lower case.
const LETTERS_AFTER_NAMES: [&str; 11] = [
    "mp", "mep", "msp", "qc", "kc", "md", "phd", "obe", "mbe", "cbe", "esq",
];

/// The most words of a name that is labelled by what stands around it.
const LONGEST_NAME: usize = 5;

/// One mention of a person: `John Bolton`, `Bolton`.
///
/// Does not include titles before the name (`Mr`, `President`) and a possessive after it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mention {
    /// The tokens of the name, as a range of [`Tokens::tokens`].
    pub tokens: Range<usize>,
}

/// The names in a text.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Names {
    /// The mentions of persons, in order.
    pub mentions: Vec<Mention>,
    /// The keys of the names that the text gives to something other than a person, each once. One
    /// may be a person's as well.
    pub other_names: Vec<String>,
    /// The keys of the names that the words around them give to a thing alone, each once.
    pub things: Vec<String>,
}

/// Returns the names in a text.
pub fn tag(text: &str, tokens: &Tokens) -> Names {
    tag_with(Model::get(), text, tokens)
}

/// Like [`tag`], with another model than the embedded one.
pub fn tag_with(model: &Model, text: &str, tokens: &Tokens) -> Names {
    let document = Document::read(text, tokens, Lexicon::get());
    let mut tagging = Tagging {
        labels: vec![Label::Outside; document.words.len()],
        document,
    };
    if tagging.is_without_capitals() {
        tagging.label_lower_case_names();
    } else {
        tagging.label_by_model(model);
        tagging.unlabel_titles_and_places();
        tagging.cut_words_off_names();
        tagging.cut_letters_after_names();
        tagging.label_after_honorifics();
        tagging.label_listed_names();
        tagging.label_between_role_and_verb();
        tagging.label_marked_names();
        tagging.label_known_names();
    }
    let mentions = tagging.mentions();
    let labelled = tagging.labelled();
    let names: Vec<Range<usize>> = mentions.iter().map(|own| own.tokens.clone()).collect();
    Names {
        other_names: labelled.other_names(),
        things: labelled.things(&names),
        mentions,
    }
}

struct Tagging<'t> {
    document: Document<'t>,
    /// A label for each token.
    labels: Vec<Label>,
}

impl Tagging<'_> {
    fn label_by_model(&mut self, model: &Model) {
        let mut decoder = Decoder::default();
        let mut features = Vec::new();
        let mut scores = Vec::new();
        for sentence in &self.document.sentences {
            for run in self.document.runs(sentence) {
                scores.clear();
                for at in run.clone() {
                    self.document.features(sentence, &run, at, &mut features);
                    scores.push(model.score(&features));
                }
                decoder.decode(&scores, model.transitions(), &mut self.labels[run]);
            }
        }
    }

    /// Removes the label of names before or with the legal form of a firm, of countries after a point
    /// of the compass, and of single words that are no persons or that the document gives to a firm
    /// or a thing. Words of a longer name in the document keep it.
    fn unlabel_titles_and_places(&mut self) {
        let mentions = self.mentions();
        let words = &self.document.words;
        let in_names: FxHashSet<u64> = mentions
            .iter()
            .filter(|mention| mention.tokens.len() > 1)
            .flat_map(|mention| words[mention.tokens.clone()].iter().map(|word| word.hash))
            .collect();
        let mut things = self.labelled().firms();
        things.extend(self.labelled().kinds_of_things());
        for Mention { tokens } in mentions {
            let at = tokens.start;
            let word = &words[at];
            let sentence = self.document.sentence_of(at);
            if self.is_compass_country(&tokens)
                || self.labelled().is_before_legal_form(sentence, tokens.end)
                || (tokens.len() > 1 && is_legal_form(&words[tokens.end - 1]))
            {
                self.labels[tokens].fill(Label::Outside);
                continue;
            }
            // "the Pope" is no name, though Pope Anselm is named, and "Jr." is none.
            let is_title_alone = word.flags.any(Flags::SUFFIX)
                || (word.flags.any(Flags::HONORIFIC) && self.labelled().is_after_article(at));
            if tokens.len() > 1 || (in_names.contains(&word.hash) && !is_title_alone) {
                continue;
            }
            let is_thing = things.contains(&word.hash) && !self.labelled().is_after_title(at);
            if is_thing || self.labelled().is_no_person(sentence, at) {
                self.labels[at] = Label::Outside;
            }
        }
    }

    /// Returns whether a name is a country after a point of the compass: `S. Korea`.
    fn is_compass_country(&self, name: &Range<usize>) -> bool {
        let [point, country] = &self.document.words[name.clone()] else {
            return false;
        };
        let is_point = matches!(self.labelled().token(name.start), "N." | "S." | "E." | "W.");
        is_point
            && point.shape == Shape::Initial
            && country.flags.any(Flags::COUNTRY)
            && !country.flags.any(Flags::COMMON_SURNAME)
    }

    /// Labels up to three words after `Mr`, `Mrs`, `Ms` and `Miss`, and up to two after another
    /// title that are neither ordinary words nor places, as in `President Hale`.
    fn label_after_honorifics(&mut self) {
        let honorifics = PERSONAL_HONORIFICS.map(|word| word_hash(word.as_bytes()));
        let no_name = Flags::ORGANISATION.or(Flags::COUNTRY).or(Flags::DEMONYM);
        let often_name = Flags::COMMON_GIVEN.or(Flags::COMMON_SURNAME);
        let no_title_name = no_name
            .or(Flags::WORD)
            .or(Flags::PLACE)
            .or(Flags::CALENDAR)
            .or(Flags::SUFFIX);
        let mut found = Vec::new();
        for sentence in &self.document.sentences {
            for run in self.document.runs(sentence) {
                let Some(before) = run.start.checked_sub(1) else {
                    continue;
                };
                let title = &self.document.words[before];
                let is_titled = sentence.tokens.contains(&before) && title.is_capitalised();
                let is_after_honorific = is_titled && honorifics.contains(&title.hash);
                let is_after_title = is_titled
                    && !self.labelled().is_saint(before)
                    && !sentence.is_all_capitals
                    && title.flags.any(Flags::TITLE)
                    && (title.flags.any(Flags::HONORIFIC) || !title.flags.any(often_name))
                    && run.len() <= 2
                    && !self.document.words[run.clone()]
                        .iter()
                        .any(|word| word.flags.any(no_title_name) || !is_written_out(word));
                let longest = if sentence.is_all_capitals { 1 } else { 3 };
                let name = run.start..run.end.min(run.start + longest);
                if (is_after_honorific || is_after_title)
                    && !self.document.words[run.start].flags.any(no_name)
                    && !self.is_before_organisation(sentence, name.end)
                    && !self.has_person(&name)
                {
                    found.push(name);
                }
            }
        }
        for name in found {
            self.label_person(name);
        }
    }

    /// Removes the label of what stands before a name as a title does, `Newcomer Ann Hale`, and of
    /// names that end with a plural that is no surname: `Ashby Foods`.
    fn cut_words_off_names(&mut self) {
        let words = &self.document.words;
        let is_word = |word: &Observation| {
            word.shape == Shape::Capitalised
                && word.flags.any(Flags::WORD)
                && !word.flags.any(Flags::ANY_NAME.or(Flags::SUFFIX))
        };
        // "in March Hale left", but Sun Ruiwen.
        let is_month = |at: usize| {
            let is_name = words[at].flags.any(Flags::COMMON_GIVEN);
            let is_after_locative = at > 0 && words[at - 1].flags.any(Flags::LOCATIVE);
            let is_long = self.labelled().token(at).len() > 3;
            words[at].flags.any(Flags::CALENDAR) && is_long && (!is_name || is_after_locative)
        };
        let mut cut = Vec::new();
        for Mention { tokens } in self.mentions() {
            let is_before_name = |&at: &usize| {
                let is_acronym = words[at].shape == Shape::AllCapitals
                    && !words[at].flags.any(Flags::ANY_NAME)
                    && (words.get(at + 1)).is_some_and(|next| {
                        let is_long = self.labelled().token(at).len() > 3;
                        next.flags.any(Flags::COMMON_GIVEN)
                            || is_long && next.flags.any(Flags::ANY_GIVEN)
                    })
                    && !self.document.sentence_of(at).is_all_capitals;
                let is_noun = is_noun_of_person(self.labelled().token(at), &words[at]);
                is_word(&words[at]) || is_acronym || is_noun || is_month(at)
            };
            let first = tokens.clone().take_while(is_before_name).count();
            let first = first.max(self.labelled().words_before_given_name(&tokens));
            let rest = self
                .labelled()
                .without_acronym(tokens.start + first..tokens.end);
            let is_plural = |at: usize| self.labelled().token(at).ends_with('s');
            // "Kelly Foods", but Greg Barns.
            let is_given = |at: usize| {
                let flags = words[at].flags;
                flags.any(Flags::COMMON_GIVEN) && !flags.any(Flags::COMMON_SURNAME)
            };
            let ends_firm = |name: &Range<usize>| {
                let last = name.end - 1;
                name.len() > 1 && is_word(&words[last]) && is_plural(last) && !is_given(name.start)
            };
            let is_noun = self.labelled().is_german_article(tokens.start)
                && !words[rest.clone()]
                    .first()
                    .is_some_and(|word| word.flags.any(Flags::ANY_GIVEN));
            let is_left_alone = rest.end < tokens.end && rest.len() < 2;
            if ends_firm(&rest) || is_noun || is_left_alone {
                cut.push((tokens, None));
            } else if rest != tokens && !rest.is_empty() {
                cut.push((tokens, Some(rest)));
            }
        }
        for (name, rest) in cut {
            self.labels[name].fill(Label::Outside);
            if let Some(rest) = rest {
                self.label_person(rest);
            }
        }
    }

    /// Removes the label of post-nominal letters: `Ann Hale MP` names Ann Hale.
    fn cut_letters_after_names(&mut self) {
        let letters = LETTERS_AFTER_NAMES.map(|word| word_hash(word.as_bytes()));
        for Mention { mut tokens } in self.mentions() {
            let is_letters =
                |word: &Observation| word.is_capitalised() && letters.contains(&word.hash);
            let whole = tokens.end;
            while tokens.len() > 1 && is_letters(&self.document.words[tokens.end - 1]) {
                tokens.end -= 1;
            }
            if tokens.end < whole {
                self.labels[tokens.end..whole].fill(Label::Outside);
                self.label_person(tokens);
            }
        }
    }

    /// Labels a given name and a surname at the end of a run without a person: after a place or
    /// another word that is not a name, as in `the Mayor of London Robert Hale`, or where the
    /// lexicon has both words only as names.
    fn label_listed_names(&mut self) {
        let place = Flags::PLACE.or(Flags::COUNTRY).or(Flags::DEMONYM);
        let never = Flags::ORGANISATION
            .or(Flags::COUNTRY)
            .or(Flags::DEMONYM)
            .or(Flags::CALENDAR)
            .or(Flags::TITLE);
        let other = never.or(Flags::WORD).or(Flags::PLACE);
        let the = word_hash(b"the");
        let mut found = Vec::new();
        for sentence in &self.document.sentences {
            if sentence.is_all_capitals {
                continue;
            }
            for run in self.document.runs(sentence) {
                let Some(start) = run.end.checked_sub(2).filter(|&at| at >= run.start) else {
                    continue;
                };
                let words = &self.document.words;
                let (first, last) = (&words[start], &words[start + 1]);
                let is_listed = first.flags.any(Flags::ANY_GIVEN.or(Flags::WORLD_NAME))
                    && last.flags.any(Flags::ANY_NAME)
                    && !first.flags.any(never)
                    && !last.flags.any(never);
                let is_nothing_else = !first.flags.any(other) && !last.flags.any(other);
                // Ken is an ordinary word and Livingstone a town; together they are a name.
                let is_usual = first.flags.any(Flags::COMMON_GIVEN)
                    && last.flags.any(Flags::ANY_SURNAME)
                    && !(first.flags.any(Flags::WORD) && last.flags.any(Flags::WORD))
                    && !first.flags.any(Flags::PLACE);
                let is_right = if start > run.start {
                    let before = &words[start - 1].flags;
                    let is_apart =
                        before.any(place) || !before.any(Flags::ANY_NAME.or(Flags::ORGANISATION));
                    is_apart && (is_nothing_else || is_usual)
                } else {
                    let is_after_the = start > 0 && words[start - 1].hash == the;
                    let is_left_alone =
                        (self.labels[run.clone()].iter()).all(|label| *label == Label::Outside);
                    is_nothing_else && is_left_alone && !is_after_the
                };
                if is_listed
                    && is_right
                    && is_written_out(first)
                    && is_written_out(last)
                    && !self.has_person(&run)
                    && !self.is_before_organisation(sentence, run.end)
                {
                    found.push(start..run.end);
                }
            }
        }
        for name in found {
            self.label_person(name);
        }
    }

    /// Labels the whole of a run between a role in small letters and a verb of reporting: `the trader
    /// Moammar Kadhafi said`.
    fn label_between_role_and_verb(&mut self) {
        let no_name = Flags::ORGANISATION
            .or(Flags::COUNTRY)
            .or(Flags::DEMONYM)
            .or(Flags::CALENDAR);
        let words = &self.document.words;
        let may_be_part = |word: &Observation| {
            let is_name = !word.flags.any(Flags::WORD) || word.flags.any(Flags::ANY_NAME);
            is_name && !word.flags.any(no_name)
        };
        let mut found = Vec::new();
        for sentence in self.document.sentences.iter() {
            for run in self.document.runs(sentence) {
                let before = run
                    .start
                    .checked_sub(1)
                    .filter(|at| sentence.tokens.contains(at));
                let is_after_role = before.is_some_and(|at| {
                    words[at].shape == Shape::Lower && words[at].flags.any(Flags::ROLE)
                });
                let is_before_verb = sentence.tokens.contains(&run.end)
                    && words[run.end].flags.any(Flags::REPORTING);
                let is_name = (2..=LONGEST_NAME).contains(&run.len())
                    && is_written_out(&words[run.end - 1])
                    && words[run.clone()].iter().all(may_be_part);
                if is_after_role && is_before_verb && is_name {
                    found.push(run);
                }
            }
        }
        for name in found {
            self.relabel_person(name);
        }
    }

    /// Labels the names with marks inside.
    fn label_marked_names(&mut self) {
        for name in self.labelled().names_with_marks() {
            self.relabel_person(name);
        }
    }

    /// Labels a person in place of all that overlap.
    fn relabel_person(&mut self, name: Range<usize>) {
        let mut cut = name.clone();
        if !matches!(self.labels[cut.start], Label::Begin | Label::Single) {
            while cut.start > 0 && self.labels[cut.start].is_person() {
                cut.start -= 1;
            }
        }
        while self
            .labels
            .get(cut.end)
            .is_some_and(|label| matches!(label, Label::Inside | Label::End))
        {
            cut.end += 1;
        }
        self.labels[cut].fill(Label::Outside);
        self.label_person(name);
    }

    /// Labels the names of persons that the document names in full elsewhere.
    fn label_known_names(&mut self) {
        let mut surnames: FxHashSet<u64> = FxHashSet::default();
        let mut full_names: FxHashSet<(u64, u64)> = FxHashSet::default();
        for Mention { tokens } in self.mentions() {
            if tokens.len() >= 2 {
                let last = &self.document.words[tokens.end - 1];
                if !last.flags.any(Flags::SUFFIX) && is_written_out(last) {
                    surnames.insert(last.hash);
                    full_names.insert((self.document.words[tokens.start].hash, last.hash));
                }
            }
        }
        if surnames.is_empty() {
            return;
        }
        let mut found = Vec::new();
        for sentence in &self.document.sentences {
            for run in self.document.runs(sentence) {
                if self.has_person(&run) {
                    continue;
                }
                if (2..=4).contains(&run.len()) && !self.is_before_organisation(sentence, run.end) {
                    let first = &self.document.words[run.start];
                    let last = &self.document.words[run.end - 1];
                    if full_names.contains(&(first.hash, last.hash)) {
                        found.push(run);
                        continue;
                    }
                }
                if run.len() > 1 && !sentence.is_all_capitals {
                    continue;
                }
                for at in run {
                    if surnames.contains(&self.document.words[at].hash)
                        && self.may_be_surname_alone(sentence, at)
                    {
                        found.push(at..at + 1);
                    }
                }
            }
        }
        for name in found {
            self.label_person(name);
        }
    }

    /// Returns whether a word that is a known surname may be one at this position.
    fn may_be_surname_alone(&self, sentence: &Sentence, at: usize) -> bool {
        let word = &self.document.words[at];
        let is_after_locative = !sentence.is_all_capitals
            && at > sentence.tokens.start
            && self.document.words[at - 1].flags.any(Flags::LOCATIVE);
        let is_named_place =
            self.labels[at] == Label::OtherName && word.flags.any(Flags::PLACE.or(Flags::COUNTRY));
        is_written_out(word)
            && !is_after_locative
            && !is_named_place
            && !self.is_before_organisation(sentence, at + 1)
    }

    fn is_before_organisation(&self, sentence: &Sentence, at: usize) -> bool {
        if self.labelled().is_before_legal_form(sentence, at) {
            return true;
        }
        sentence.tokens.contains(&at) && {
            let word = &self.document.words[at];
            word.is_capitalised() && word.flags.any(Flags::ORGANISATION)
        }
    }

    /// Returns whether the text has no capitals, as some exports do.
    fn is_without_capitals(&self) -> bool {
        let words = &self.document.words;
        let lower = words.iter().filter(|word| word.shape == Shape::Lower);
        !words.iter().any(Observation::is_capitalised) && lower.count() >= 5
    }

    /// Labels pairs of a given name and a surname in lower case that are not ordinary words.
    fn label_lower_case_names(&mut self) {
        let mut found: Vec<Range<usize>> = Vec::new();
        for sentence in &self.document.sentences {
            let mut at = sentence.tokens.start;
            while at + 1 < sentence.tokens.end {
                let (given, surname) = (&self.document.words[at], &self.document.words[at + 1]);
                if is_lower_case_name(given, Flags::ANY_GIVEN)
                    && is_lower_case_name(surname, Flags::ANY_SURNAME.or(Flags::WORLD_NAME))
                {
                    found.push(at..at + 2);
                    at += 1;
                }
                at += 1;
            }
        }
        let surnames: FxHashSet<u64> = found
            .iter()
            .map(|name| self.document.words[name.end - 1].hash)
            .collect();
        for name in found {
            self.label_person(name);
        }
        for at in 0..self.labels.len() {
            if self.labels[at] == Label::Outside && surnames.contains(&self.document.words[at].hash)
            {
                self.labels[at] = Label::Single;
            }
        }
    }

    fn labelled(&self) -> Labelled<'_> {
        Labelled {
            document: &self.document,
            labels: &self.labels,
        }
    }

    fn has_person(&self, range: &Range<usize>) -> bool {
        self.labels[range.clone()]
            .iter()
            .any(|label| label.is_person())
    }

    fn label_person(&mut self, name: Range<usize>) {
        let len = name.len();
        for (at, label) in self.labels[name].iter_mut().enumerate() {
            *label = Label::in_name(at, len);
        }
    }

    fn mentions(&self) -> Vec<Mention> {
        let mut mentions = Vec::new();
        let mut start = 0;
        for (at, label) in self.labels.iter().enumerate() {
            match label {
                Label::Begin => start = at,
                Label::Single => mentions.push(Mention { tokens: at..at + 1 }),
                Label::End => mentions.push(Mention {
                    tokens: start..at + 1,
                }),
                Label::Inside | Label::Outside | Label::OtherName => {}
            }
        }
        mentions
    }
}

/// Returns whether a word is a capitalised name of more than an initial: `Hale`, not `H.` or `h`.
fn is_written_out(word: &Observation) -> bool {
    word.is_capitalised() && !matches!(word.shape, Shape::Initial | Shape::OneCapital)
}

/// Returns whether a word in lower case is in the lexicon only as a name of the wanted kind.
fn is_lower_case_name(word: &Observation, wanted: Flags) -> bool {
    let other = Flags::WORD
        .or(Flags::PLACE)
        .or(Flags::COUNTRY)
        .or(Flags::TITLE)
        .or(Flags::ORGANISATION)
        .or(Flags::CALENDAR)
        .or(Flags::DEMONYM)
        .or(Flags::PARTICLE)
        .or(Flags::FUNCTION)
        .or(Flags::REPORTING);
    word.shape == Shape::Lower && word.flags.any(wanted) && !word.flags.any(other)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::people::token::tokenize;

    #[test]
    fn persons_are_found() {
        for (text, expected) in [
            ("", vec![]),
            ("The talks in Paris ended on Monday.", vec![]),
            (
                "President Robert Hale met Mr. Okafor in Paris. Hale's aides said nothing.",
                vec!["Robert Hale", "Okafor", "Hale"],
            ),
            (
                "The Security Council met, the Daily Telegraph reported. The Kremlin said no.",
                vec![],
            ),
            (
                "The trader Moammar Kadhafi told the council that Greg Barns left.",
                vec!["Moammar Kadhafi", "Greg Barns"],
            ),
            (
                "Novelist J. R. R. Whitlock died on Friday, said Anna O'Brien.",
                vec!["J. R. R. Whitlock", "Anna O'Brien"],
            ),
            (
                "Minister Charles de Villiers said that José Martínez would resign.",
                vec!["Charles de Villiers", "José Martínez"],
            ),
            (
                "Senator Robert\nHale Jr. said on Sunday that he would run.",
                vec!["Robert\nHale Jr."],
            ),
            (
                "The Mayor of London Robert Whitaker spoke to Anna Hale MP.",
                vec!["Robert Whitaker", "Anna Hale"],
            ),
            (
                "Ann St. Clair met Piet \"Kit\" Roos. \"No,\" St. Clair said.",
                vec!["Ann St. Clair", "Piet \"Kit\" Roos", "St. Clair"],
            ),
            (
                "The letter went to Whitaker, Robert; Okafor, Ngozi B.; Hale, Anna on Friday.",
                vec!["Whitaker, Robert", "Okafor, Ngozi B.", "Hale, Anna"],
            ),
            (
                "Shops in Paris, Texas; Augusta, Georgia; and Athens, Ohio, closed.",
                vec![],
            ),
            (
                "General Okafor led the army. Norwich-based Hale Corp said nothing.",
                vec!["Okafor"],
            ),
            (
                "Anna Hale (D-Santa Clara) spoke. Robert Whitaker X-To: Ngozi Okafor",
                vec!["Anna Hale", "Robert Whitaker", "Ngozi Okafor"],
            ),
            (
                "KLINE FOODS INC REPORT\n\nKline said profits rose. NatWest fell in S. Korea.",
                vec![],
            ),
            (
                "Hurricane Anna grew. Anna turned to St. Petersburg. Scientologist Tom Hale of Nasa Bros. left.",
                vec!["Tom Hale"],
            ),
            (
                "The Samoans and Ngozi Okafor left. She was Lord Mayor and Professor Emeritus.",
                vec!["Ngozi Okafor"],
            ),
            (
                "Newcomer Anna Hale beat Ngozi Okafor. Brindle Foods said nothing.",
                vec!["Anna Hale", "Ngozi Okafor"],
            ),
            (
                "Star Anna Hale left. Olympian Whitaker, the Pope and Pope Anselm met.",
                vec!["Anna Hale", "Whitaker", "Anselm"],
            ),
            (
                "Der Kaufmann Robert Whitaker sprach. Ein Sprecher der Stadt kam mit Anna Hale DVD.",
                vec!["Robert Whitaker", "Anna Hale"],
            ),
            (
                "Governor said on Monday that he would sign. Bishop left. XQV said no.",
                vec![],
            ),
            (
                "yesterday robert whitaker said that whitaker senior was ill",
                vec!["robert whitaker", "whitaker"],
            ),
        ] {
            let tokens = tokenize(text);
            let found: Vec<&str> = tag(text, &tokens)
                .mentions
                .iter()
                .map(|mention| {
                    let first = tokens.tokens[mention.tokens.start];
                    let last = tokens.tokens[mention.tokens.end - 1];
                    &text[first.start as usize..last.end as usize]
                })
                .collect();
            assert_eq!(found, expected, "{text:?}");
        }
    }

    #[test]
    fn long_runs_of_capitals_take_no_longer_by_the_word() {
        let text = "Hale ".repeat(50_000);
        let tokens = tokenize(&text);
        let mentions = tag(&text, &tokens).mentions;
        assert!(
            mentions
                .windows(2)
                .all(|pair| pair[0].tokens.end <= pair[1].tokens.start)
        );
    }
}
