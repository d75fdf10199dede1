//! Resolves the mentions in an article to persons.
//!
//! Full names come first: two are the same person where surname, given names and suffix agree as
//! far as both have them. Then each mention of one word (a surname, nickname or given name) is
//! assigned to a person whose full name it fits: with the same title if there is one, the nearest
//! before it, else the nearest after it. A mention that fits no full name is a person known by one
//! name.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use rustc_hash::FxHashMap;

use super::fold::{is_apostrophe, lower_without_diacritics};
use super::given_names;
use super::name::{self, is_numeral};
use super::name_order::{is_particle, surname_range};
use super::tagger::Mention;
use super::titles::{MENS_TITLES, REGNAL, TITLES_OF_GIVEN_NAMES, WOMENS_TITLES};
use super::token::Tokens;
use crate::article::Person;
use crate::text::lexicon::{Flags, Lexicon};

/// The number of words before a name that may be its title: "former Deputy Prime Minister X".
const TITLE_WORDS: usize = 4;

/// Returns the persons that the mentions of a text name, most mentioned first, then in the order of
/// the text. `is_french` is whether `M.` means Monsieur in it.
pub fn resolve(text: &str, tokens: &Tokens, mentions: &[Mention], is_french: bool) -> Vec<Person> {
    let mentions: Vec<NamedMention<'_>> = mentions
        .iter()
        .enumerate()
        .filter_map(|(order, mention)| NamedMention::read(text, tokens, mention, order, is_french))
        .collect();
    let mut clusters = Clusters::default();
    for mention in mentions.iter().filter(|mention| !mention.is_single()) {
        let cluster = clusters.nearest(mention, |person| {
            person.is_full && person.names.iter().all(|other| other.agrees(mention))
        });
        clusters.put(cluster, mention);
    }
    for mention in mentions.iter().filter(|mention| mention.is_single()) {
        clusters.put(clusters.cluster_of(mention), mention);
    }
    let mut people: Vec<(usize, Person)> = clusters
        .clusters
        .into_iter()
        .map(|cluster| (cluster.orders[0], cluster.into_person()))
        .collect();
    people.sort_by_key(|(first, person)| (std::cmp::Reverse(person.count), *first));
    merged(people.into_iter().map(|(_, person)| person))
}

/// Merges persons with the same key: the article has a surname alone for two persons that cannot be
/// distinguished.
fn merged(people: impl Iterator<Item = Person>) -> Vec<Person> {
    let mut merged: Vec<Person> = Vec::new();
    let mut places: FxHashMap<String, usize> = FxHashMap::default();
    for person in people {
        match places.get(&person.key) {
            Some(&place) => {
                let other = &mut merged[place];
                other.count += person.count;
                for (form, count) in person.forms {
                    *other.forms.entry(form).or_default() += count;
                }
                for title in person.titles.split_whitespace() {
                    if !other.titles.split(' ').any(|known| known == title) {
                        other.titles = format!("{} {title}", other.titles).trim().to_owned();
                    }
                }
            }
            None => {
                places.insert(person.key.clone(), merged.len());
                merged.push(person);
            }
        }
    }
    merged
}

/// The persons found so far, indexed by the words of their names.
#[derive(Default)]
struct Clusters<'a> {
    clusters: Vec<Cluster<'a>>,
    /// For each word, the clusters that have it in the surname or as a given name.
    by_word: FxHashMap<String, Vec<usize>>,
}

impl<'a> Clusters<'a> {
    /// Adds a mention to a cluster, or to a new one.
    fn put(&mut self, cluster: Option<usize>, mention: &'a NamedMention<'a>) {
        let place = cluster.unwrap_or_else(|| {
            self.clusters.push(Cluster::new(mention));
            self.clusters.len() - 1
        });
        if self.clusters[place].add(mention) {
            for word in mention.given.iter().chain(mention.surname_words()) {
                let places = self.by_word.entry(word.clone()).or_default();
                if !places.contains(&place) {
                    places.push(place);
                }
            }
        }
    }

    /// Returns the cluster of a mention of one word: by surname, else by given name or nickname;
    /// after a title of given names (`Sir Hugh`) the other way round.
    fn cluster_of(&self, mention: &NamedMention<'_>) -> Option<usize> {
        let by_surname =
            |person: &Cluster<'_>| person.has_surname(mention) && person.takes_title(mention);
        let by_given = |person: &Cluster<'_>| {
            person.has_given_name(mention)
                && person.takes_title(mention)
                && mention.may_be_given_name_of(person)
        };
        let same_title = |person: &Cluster<'_>| person.shares_title(mention);
        let find_by_surname = || {
            self.nearest(mention, |person| by_surname(person) && same_title(person))
                .or_else(|| self.nearest(mention, by_surname))
        };
        let find_by_given = || {
            self.nearest(mention, |person| by_given(person) && same_title(person))
                .or_else(|| self.nearest(mention, by_given))
        };
        if mention.has_title_of(TITLES_OF_GIVEN_NAMES) {
            find_by_given().or_else(find_by_surname)
        } else {
            find_by_surname().or_else(find_by_given)
        }
    }

    /// Returns, of the clusters indexed by a word of the mention's surname that pass a test, the
    /// one with the last mention before it, else the one with the first mention after it.
    fn nearest(
        &self,
        mention: &NamedMention<'_>,
        is_wanted: impl Fn(&Cluster<'_>) -> bool,
    ) -> Option<usize> {
        let order = mention.order;
        let mut before = None;
        let mut after = None;
        let places = mention
            .surname_words()
            .filter_map(|word| self.by_word.get(word));
        for place in places.flatten() {
            let person = &self.clusters[*place];
            if !is_wanted(person) {
                continue;
            }
            match person.last_before(order) {
                Some(last) => before = before.max(Some((last, *place))),
                None => {
                    let first = (person.orders[0], *place);
                    after = Some(after.map_or(first, |other| first.min(other)));
                }
            }
        }
        before.or(after).map(|(_, place)| place)
    }
}

/// A mention, parsed as a name.
struct NamedMention<'t> {
    /// Its index among the mentions.
    order: usize,
    /// The text of the mention, on one line.
    form: String,
    /// The words as written, the given names first.
    words: Vec<&'t str>,
    given: Vec<String>,
    /// The words of the surname with its particles, folded.
    surname: Vec<String>,
    suffix: Option<String>,
    /// The words of the title before it, folded.
    title: Vec<String>,
}

impl<'t> NamedMention<'t> {
    fn read(
        text: &'t str,
        tokens: &Tokens,
        mention: &Mention,
        order: usize,
        is_french: bool,
    ) -> Option<Self> {
        let range = without_courtesy(text, tokens, mention.tokens.clone(), is_french);
        let first = tokens.tokens[range.start].start as usize;
        let last = tokens.tokens[range.end - 1].end as usize;
        let mut words: Vec<&str> = text[first..last].split_whitespace().collect();
        let form = words.join(" ");
        // "Hale, Ann"
        if let Some(surname) = words.iter().position(|word| word.ends_with(',')) {
            words[surname] = words[surname].trim_end_matches(',');
            words.rotate_left(surname + 1);
        }
        let lexicon = Lexicon::get();
        let mut folded: Vec<String> = words
            .iter()
            .map(|word| fold(word))
            .filter(|word| !word.is_empty())
            .collect();
        let mut suffix = None;
        while folded.len() > 1
            && folded
                .last()
                .is_some_and(|word| lexicon.flags(word).any(Flags::SUFFIX) || is_numeral(word))
        {
            suffix = folded.pop();
        }
        if folded.is_empty() {
            return None;
        }
        let mut folded = name::joined(folded);
        let surname: Vec<String> = folded.drain(surname_range(&folded)).collect();
        Some(Self {
            order,
            form,
            words,
            given: folded,
            surname,
            suffix,
            title: title_before(text, tokens, range.start),
        })
    }

    fn is_single(&self) -> bool {
        self.given.is_empty()
    }

    /// Returns the words of the surname without particles.
    fn surname_words(&self) -> impl Iterator<Item = &String> {
        let last = self.surname.len().saturating_sub(1);
        let words = self.surname.iter().enumerate();
        words
            .filter(move |(at, word)| *at == last || !is_particle(word))
            .map(|(_, word)| word)
    }

    fn has_title_of(&self, titles: &[&str]) -> bool {
        self.title
            .iter()
            .any(|word| titles.contains(&word.as_str()))
    }

    /// Returns whether this mention of one word may be the given name of a person. After most
    /// titles, one word is a surname: "Mr John" is not John Bolton, but "Mr Orban" is Orban Viktor.
    fn may_be_given_name_of(&self, person: &Cluster<'_>) -> bool {
        let of_given_names = || {
            let of_both = REGNAL
                .iter()
                .chain(&["lady", "father", "sister", "brother"]);
            let mut of_both = of_both.filter(|title| self.has_title_of(&[title]));
            self.has_title_of(TITLES_OF_GIVEN_NAMES)
                || of_both.any(|title| person.titles.contains(*title))
        };
        let is_usual = |word: &String| {
            given_names::is_listed(word) || Lexicon::get().flags(word).any(Flags::COMMON_GIVEN)
        };
        self.title.is_empty() || of_given_names() || !self.surname.iter().any(is_usual)
    }

    /// Returns whether two full names may belong to the same person.
    fn agrees(&self, other: &Self) -> bool {
        if self.is_single() || other.is_single() {
            return true;
        }
        let suffixes_agree = match (&self.suffix, &other.suffix) {
            (Some(a), Some(b)) => a == b,
            _ => true,
        };
        suffixes_agree
            && self.surname_agrees(&other.surname)
            && given_agree(&self.given, &other.given)
    }

    /// Returns whether two surnames are equal, or the last word of one is a word of the other:
    /// Ruiz Ortega and Ruiz.
    fn surname_agrees(&self, other: &[String]) -> bool {
        let is_part = |short: &[String], long: &[String]| {
            let last = short.last();
            short.len() < long.len() && last.is_some_and(|last| long.contains(last))
        };
        self.surname.concat() == other.concat()
            || is_part(&self.surname, other)
            || is_part(other, &self.surname)
    }

    fn sex(&self) -> Option<Sex> {
        self.title.iter().find_map(|word| {
            if MENS_TITLES.contains(&word.as_str()) {
                Some(Sex::Man)
            } else if WOMENS_TITLES.contains(&word.as_str()) {
                Some(Sex::Woman)
            } else {
                None
            }
        })
    }
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Sex {
    Man,
    Woman,
}

/// Returns the tokens of a mention without a courtesy title that it begins with: `Mr. van der Berg`.
fn without_courtesy(
    text: &str,
    tokens: &Tokens,
    mut range: Range<usize>,
    is_french: bool,
) -> Range<usize> {
    let is_courtesy = |at: usize| {
        let word = tokens.tokens[at].text(text);
        ["Mr", "Mrs", "Ms", "Mme"].contains(&word.trim_end_matches('.'))
            || (is_french && word == "M.")
    };
    while range.len() > 1 && is_courtesy(range.start) {
        range.start += 1;
    }
    range
}

/// Returns the words of the title before a name, in order.
fn title_before(text: &str, tokens: &Tokens, start: usize) -> Vec<String> {
    let after = tokens
        .sentences
        .partition_point(|sentence| sentence.start <= start);
    let sentence_start = after
        .checked_sub(1)
        .map_or(0, |i| tokens.sentences[i].start);
    let from = sentence_start.max(start.saturating_sub(TITLE_WORDS));
    let lexicon = Lexicon::get();
    let mut title: Vec<String> = tokens.tokens[from..start]
        .iter()
        .rev()
        .map(|token| token.text(text).to_lowercase())
        .take_while(|word| {
            lexicon.flags(word).any(Flags::TITLE)
                || lexicon.flags(word.trim_end_matches('.')).any(Flags::TITLE)
        })
        .map(|word| word.trim_end_matches('.').to_owned())
        .collect();
    title.reverse();
    title
}

/// Returns whether given names may belong to the same person: the first names agree, and the second
/// names where both have one; or the first name of one is the second of the other (Danforth and J.
/// Danforth).
fn given_agree(a: &[String], b: &[String]) -> bool {
    let (Some(first_a), Some(first_b)) = (a.first(), b.first()) else {
        return true;
    };
    if given_name_agrees(first_a, first_b) {
        return match (a.get(1), b.get(1)) {
            (Some(second_a), Some(second_b)) => given_name_agrees(second_a, second_b),
            _ => true,
        };
    }
    let is_second = |name: &str, of: &[String]| {
        name.chars().count() > 1 && of.get(1).is_some_and(|second| second == name)
    };
    is_second(first_b, a) || is_second(first_a, b)
}

fn given_name_agrees(a: &str, b: &str) -> bool {
    let initial_of =
        |short: &str, long: &str| short.chars().count() == 1 && long.starts_with(short);
    a == b || initial_of(a, b) || initial_of(b, a) || given_names::are_variants(a, b)
}

/// Returns a word in the lexicon's form: lower case, without diacritics, full stops and
/// apostrophes.
///
/// Not [`fold_word`](super::fold::fold_word), which also spells out letters such as `ø` and `ß`:
/// the lexicon has them as they are.
fn fold(word: &str) -> String {
    if word.bytes().all(|byte| byte.is_ascii_alphabetic()) {
        return word.to_ascii_lowercase();
    }
    lower_without_diacritics(word)
        .filter(|&c| !matches!(c, '.' | ',' | '`' | '"' | '“' | '”' | '„' | '«' | '»' | '‘'))
        .filter(|&c| !is_apostrophe(c))
        .collect()
}

/// The mentions of one person found so far.
struct Cluster<'a> {
    /// The distinct names of the person: full ones, or of one word where no given name is known.
    names: Vec<&'a NamedMention<'a>>,
    /// Whether a given name is known.
    is_full: bool,
    /// The indices of the mentions, in order.
    orders: Vec<usize>,
    /// The number of mentions of each form.
    forms: BTreeMap<String, u32>,
    /// The words of all titles before the mentions.
    titles: BTreeSet<String>,
    sex: Option<Sex>,
}

impl<'a> Cluster<'a> {
    fn new(mention: &NamedMention<'_>) -> Self {
        Self {
            names: Vec::new(),
            is_full: !mention.is_single(),
            orders: Vec::new(),
            forms: BTreeMap::new(),
            titles: BTreeSet::new(),
            sex: None,
        }
    }

    /// Adds a mention. Returns whether its name is new to the cluster.
    fn add(&mut self, mention: &'a NamedMention<'a>) -> bool {
        let place = self.orders.partition_point(|&order| order < mention.order);
        self.orders.insert(place, mention.order);
        *self.forms.entry(mention.form.clone()).or_default() += 1;
        self.titles.extend(mention.title.iter().cloned());
        self.sex = self.sex.or(mention.sex());
        let is_new = mention.is_single() != self.is_full
            && !self.names.iter().any(|name| name.form == mention.form);
        if is_new {
            self.names.push(mention);
        }
        is_new
    }

    fn has_surname(&self, single: &NamedMention<'_>) -> bool {
        self.names
            .iter()
            .any(|name| name.surname_agrees(&single.surname))
    }

    fn has_given_name(&self, single: &NamedMention<'_>) -> bool {
        let [word] = &single.surname[..] else {
            return false;
        };
        self.names.iter().flat_map(|name| &name.given).any(|given| {
            let is_name = given.chars().count() > 1;
            is_name && (given == word || given_names::are_variants(given, word))
        })
    }

    /// Returns whether the title before a mention of one word may be this person's: it is not a
    /// title of the other sex.
    fn takes_title(&self, single: &NamedMention<'_>) -> bool {
        match (single.sex(), self.sex) {
            (Some(title), Some(known)) => title == known,
            _ => true,
        }
    }

    /// Returns whether a mention of one word has a title word in common with the mentions of this
    /// person.
    fn shares_title(&self, single: &NamedMention<'_>) -> bool {
        single.title.iter().any(|word| self.titles.contains(word))
    }

    /// Returns the last mention before `order`.
    fn last_before(&self, order: usize) -> Option<usize> {
        let place = self.orders.partition_point(|&other| other < order);
        place.checked_sub(1).map(|i| self.orders[i])
    }

    fn into_person(self) -> Person {
        let fullest = self
            .names
            .iter()
            .max_by_key(|name| {
                let letters: usize = name
                    .given
                    .iter()
                    .map(|word| word.chars().count().min(3))
                    .sum();
                let has_small = name.form.chars().any(char::is_lowercase);
                // On a tie, the first.
                (
                    letters + name.surname.len(),
                    has_small,
                    std::cmp::Reverse(name.order),
                )
            })
            .expect("a person is mentioned");
        let name = if fullest.form.chars().any(char::is_lowercase) {
            fullest.words.join(" ")
        } else {
            title_case(&fullest.words)
        };
        Person {
            key: name::key(&name),
            name,
            count: u32::try_from(self.orders.len()).unwrap_or(u32::MAX),
            forms: self.forms,
            titles: self.titles.into_iter().collect::<Vec<_>>().join(" "),
        }
    }
}

/// Returns a name in capitals in title case: `JEAN-PIERRE O'BRIEN` → `Jean-Pierre O'Brien`.
/// Initials and numerals stay.
fn title_case(words: &[&str]) -> String {
    let words: Vec<String> = words
        .iter()
        .map(|word| {
            if word.contains('.') || is_numeral(&word.to_lowercase()) {
                return (*word).to_owned();
            }
            let mut out = String::with_capacity(word.len());
            let mut is_start = true;
            for c in word.chars() {
                if is_start {
                    out.push(c);
                } else {
                    out.extend(c.to_lowercase());
                }
                is_start = !c.is_alphanumeric();
            }
            out
        })
        .collect();
    words.join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::people::token::{Token, tokenize};

    /// Resolves a text with each mention in brackets, and writes each person as `name
    /// (form count, …)`.
    fn shown(marked: &str) -> String {
        let text = marked.replace(['[', ']'], "");
        let tokens = tokenize(&text);
        let mut mentions = Vec::new();
        let mut removed = 0;
        let mut start = 0;
        for (at, c) in marked.char_indices() {
            if c == '[' {
                start = at - removed;
                removed += 1;
            } else if c == ']' {
                let end = at - removed;
                removed += 1;
                let inside = |token: &&(usize, &Token)| {
                    start <= token.1.start as usize && token.1.end as usize <= end
                };
                let numbered: Vec<_> = tokens.tokens.iter().enumerate().collect();
                let covered: Vec<usize> = numbered.iter().filter(inside).map(|(i, _)| *i).collect();
                mentions.push(Mention {
                    tokens: covered[0]..covered[covered.len() - 1] + 1,
                });
            }
        }
        let people: Vec<String> = resolve(&text, &tokens, &mentions, false)
            .into_iter()
            .map(|person| {
                let forms: Vec<String> = person
                    .forms
                    .iter()
                    .map(|(form, n)| format!("{form} {n}"))
                    .collect();
                format!("{} ({})", person.name, forms.join(", "))
            })
            .collect();
        people.join("; ")
    }

    #[test]
    fn resolves_mentions_to_persons() {
        for (text, expected) in [
            ("", ""),
            (
                "[Ada Holm] spoke. [Holm] left.",
                "Ada Holm (Ada Holm 1, Holm 1)",
            ),
            (
                "[Holm]'s plan. [Ada Holm] spoke.",
                "Ada Holm (Ada Holm 1, Holm 1)",
            ),
            (
                "President [Holm] met [Ada Holm].",
                "Ada Holm (Ada Holm 1, Holm 1)",
            ),
            (
                "[Holm] met [Roos]. [Holm] left.",
                "Holm (Holm 2); Roos (Roos 1)",
            ),
            (
                "[Ada B. Holm] met [A. Holm] and [Ada Holm].",
                "Ada B. Holm (A. Holm 1, Ada B. Holm 1, Ada Holm 1)",
            ),
            (
                "[Ada Holm] and [Piet Holm]. [Holm] left.",
                "Piet Holm (Holm 1, Piet Holm 1); Ada Holm (Ada Holm 1)",
            ),
            (
                "[Ada Holm] left. [Holm] said so. [Piet Holm] came.",
                "Ada Holm (Ada Holm 1, Holm 1); Piet Holm (Piet Holm 1)",
            ),
            (
                "Sir [Hugh Holm] and [Piet Hugh]. Sir [Hugh] left. Mr [Hugh] came.",
                "Hugh Holm (Hugh 1, Hugh Holm 1); Piet Hugh (Hugh 1, Piet Hugh 1)",
            ),
            (
                "[Wu Xiaoming] spoke. Mr. [Wu] left. Ms. [Roos] met [Zhang Lei].",
                "Wu Xiaoming (Wu 1, Wu Xiaoming 1); Roos (Roos 1); Zhang Lei (Zhang Lei 1)",
            ),
            (
                "[Piet van der Holm] spoke. [Mr. van der Holm] left.",
                "Piet van der Holm (Piet van der Holm 1, van der Holm 1)",
            ),
            (
                "[John Holm] spoke. Mr. [John] left.",
                "John Holm (John Holm 1); John (John 1)",
            ),
            (
                "[Elena Ruiz Ortega] spoke. Ms. [Ruiz] left. [Elena Ruiz] came.",
                "Elena Ruiz Ortega (Elena Ruiz 1, Elena Ruiz Ortega 1, Ruiz 1)",
            ),
            (
                "[Piet St. John] spoke. [St. John] left. [John] came.",
                "Piet St. John (Piet St. John 1, St. John 1); John (John 1)",
            ),
            (
                "Mrs [Ada Holm] and Mr [Piet Holm]. Mrs [Holm] left.",
                "Ada Holm (Ada Holm 1, Holm 1); Piet Holm (Piet Holm 1)",
            ),
            (
                "Judge [Ada Holm] met Captain [Piet Holm]. Judge [Holm] left.",
                "Ada Holm (Ada Holm 1, Holm 1); Piet Holm (Piet Holm 1)",
            ),
            (
                "[Robert Holm] spoke. [Bob Holm] left. [Bob] ran.",
                "Robert Holm (Bob 1, Bob Holm 1, Robert Holm 1)",
            ),
            (
                "[Ada Holm] spoke. [Ada] left.",
                "Ada Holm (Ada 1, Ada Holm 1)",
            ),
            (
                "[John Holm Jr.] and [John Holm Sr.] met.",
                "John Holm Jr. (John Holm Jr. 1); John Holm Sr. (John Holm Sr. 1)",
            ),
            (
                "[George W. Holm] and [George H. Holm] met.",
                "George W. Holm (George W. Holm 1); George H. Holm (George H. Holm 1)",
            ),
            (
                "[ADA HOLM] WINS. [Ada Holm] smiled. [Holm] left.",
                "Ada Holm (ADA HOLM 1, Ada Holm 1, Holm 1)",
            ),
            (
                "[ADA O'BRIEN-HOLM] WINS",
                "Ada O'Brien-Holm (ADA O'BRIEN-HOLM 1)",
            ),
            (
                "[Vincent van Gogh] painted. [Van Gogh] slept.",
                "Vincent van Gogh (Van Gogh 1, Vincent van Gogh 1)",
            ),
            (
                "[Holm, Ada B.]; [Roos, Piet]. [Ada Holm] left.",
                "Ada B. Holm (Ada Holm 1, Holm, Ada B. 1); Piet Roos (Roos, Piet 1)",
            ),
            (
                "[Ada \"Kit\" Holm] left. [Kit Holm] spoke. [ADA \"KIT\" HOLM] WON",
                "Ada \"Kit\" Holm (ADA \"KIT\" HOLM 1, Ada \"Kit\" Holm 1, Kit Holm 1)",
            ),
            ("[Ada\nHolm] spoke.", "Ada Holm (Ada Holm 1)"),
            (
                "[Łucja Żak] spoke. [Zak] left.",
                "Łucja Żak (Zak 1, Łucja Żak 1)",
            ),
        ] {
            assert_eq!(shown(text), expected, "{text}");
        }
    }
}
