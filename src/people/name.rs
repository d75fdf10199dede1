//! Reads a name into given names, surname and suffix, and makes the keys that names are stored and
//! looked up by.

use std::ops::Range;

use super::fold::{fold_word, without_dj};
use super::given_names;
use super::name_order::{
    is_common_surname, is_given, is_name_or_syllable, is_particle, surname_range,
};
use super::titles::{
    HONORIFICS, NUMERALS, OF_BOTH_NAMES, PEERAGE, REGNAL, SUFFIXES, TITLES_OF_GIVEN_NAMES,
};
use super::transliteration::{consonants, letters_of};

/// The Arabic article as it is written inside a name, with the letters that it takes on.
const ARABIC_ARTICLES: &[&str] = &[
    "al", "el", "ul", "ar", "er", "ur", "as", "es", "us", "an", "en", "un", "ash", "az", "ad", "at",
];

/// A name, read into its parts, all folded.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Name {
    /// Given names and initials, in order. A hyphenated name is one.
    pub given: Vec<String>,
    /// The words of the surname without particles.
    pub surname: Vec<String>,
    /// The surname with its particles, as one word without hyphens: `vanderberg`.
    pub family: String,
    /// Jr, Sr, II and the like.
    pub suffix: Option<String>,
    /// All words in order, with particles, without the suffix.
    pub words: Vec<String>,
    /// What a title, or the words after the name, say about a name of one word.
    pub single: Single,
}

/// The kind of a name of one word.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub enum Single {
    /// Unknown: it may be a surname or a given name.
    #[default]
    Any,
    /// A surname, since it follows a title: `Senator Hale`.
    Surname,
    /// A given name, since it follows a title of given names: `Sir Hugh`.
    Given,
    /// A whole name: `Queen Anne`, `Philip of Norwich`, `Anne II`.
    Whole,
}

impl Name {
    /// Reads a name in either order: `John R. Bolton`, `Bolton, John R.`
    pub fn parse(written: &str) -> Self {
        let (written, is_whole) = without_peerage(written);
        let (before, after) = match split_surname_first(written) {
            Some((before, after)) => (Part::read(before), Part::read(after)),
            None => (Part::read(written), Part::default()),
        };
        let mut suffix = after.suffix.or(before.suffix);
        let single = match before.single.max(after.single) {
            // Lady Hale of Norwich
            Single::Surname if is_whole && is_peer(written) => Single::Surname,
            _ if is_whole => Single::Whole,
            single => single,
        };
        let (words, surname) = match after.words.as_slice() {
            [] => in_order(before.words),
            // "John Bolton, Jr."
            [only] if is_suffix(only) => {
                suffix = Some(only.clone());
                in_order(before.words)
            }
            _ => {
                let given = after.words.len();
                let words: Vec<String> = after.words.into_iter().chain(before.words).collect();
                let surname = given..words.len();
                (words, surname)
            }
        };
        Self::from_parts(words, surname, suffix, single)
    }

    fn from_parts(
        words: Vec<String>,
        surname: Range<usize>,
        suffix: Option<String>,
        single: Single,
    ) -> Self {
        let mut bare: Vec<String> = words[surname.clone()]
            .iter()
            .filter(|word| !is_particle(word) && !matches!(word.as_str(), "y" | "e"))
            .cloned()
            .collect();
        if bare.is_empty() {
            bare = words[surname.clone()].to_vec();
        }
        let starts_given = is_given(&words);
        let given = (words.iter().enumerate())
            .filter(|(at, _)| !surname.contains(at))
            .filter(|(at, word)| (*at == 0 && starts_given) || !is_particle(word))
            .map(|(_, word)| word.clone());
        Self {
            given: given.collect(),
            surname: bare,
            family: words[surname].concat().replace('-', ""),
            suffix,
            words,
            single,
        }
    }
}

/// The part of a written name before or after its comma.
#[derive(Default)]
struct Part {
    words: Vec<String>,
    suffix: Option<String>,
    single: Single,
}

impl Part {
    /// Reads the words, without the titles before them and the suffixes after them.
    fn read(part: &str) -> Self {
        let mut words = folded_words(part);
        let mut suffix = None;
        let mut single = Single::Any;
        let titles = (0..words.len().saturating_sub(1))
            .take_while(|&at| is_title(&words[at]) && !is_given(&words[at..]))
            .count();
        // "King Jr." is a King.
        let is_no_name = words[titles..].iter().all(|word| is_suffix(word));
        let titles = titles - usize::from(is_no_name && titles > 0);
        let is_one_of = |list: &[&str]| {
            let mut titles = words[..titles].iter();
            titles.any(|title| list.contains(&title.as_str()))
        };
        if is_one_of(REGNAL) {
            single = Single::Whole;
        } else if is_one_of(TITLES_OF_GIVEN_NAMES) {
            single = Single::Given;
        } else if titles > 0 && !is_one_of(OF_BOTH_NAMES) {
            single = Single::Surname;
        }
        words.drain(..titles);
        let mut words = joined(words);
        while words.len() > 1
            && let Some(found) = words.pop_if(|word| is_suffix(word))
        {
            if words.len() == 1 && is_numeral(&found) {
                single = Single::Whole;
            }
            suffix = Some(match found.as_str() {
                "junior" => "jr".to_owned(),
                "senior" => "sr".to_owned(),
                _ => found,
            });
        }
        Self {
            words,
            suffix,
            single,
        }
    }
}

/// Returns whether a folded word is a title before names.
pub fn is_title(word: &str) -> bool {
    HONORIFICS.contains(&word)
}

fn is_suffix(word: &str) -> bool {
    SUFFIXES.contains(&word) || is_numeral(word)
}

/// Returns whether a folded word is a numeral after a name.
pub(super) fn is_numeral(word: &str) -> bool {
    NUMERALS.contains(&word)
}

/// Returns the words of a name in natural order with the range of its surname.
fn in_order(words: Vec<String>) -> (Vec<String>, Range<usize>) {
    let surname = surname_range(&words);
    (words, surname)
}

/// Returns the surname and the given names of a name that is written surname first: `Moreau,
/// Jean-Luc`, `MOREAU Jean-Luc`.
fn split_surname_first(written: &str) -> Option<(&str, &str)> {
    if let Some(parts) = written.split_once(',') {
        return Some(parts);
    }
    let is_in_capitals = |word: &str| {
        let mut letters = word.chars().filter(|c| c.is_alphabetic());
        let is_written_out = word.split('-').all(|part| part.chars().count() > 1);
        is_written_out && letters.all(char::is_uppercase) && !word.contains('.')
    };
    let has_small = |word: &str| word.chars().any(char::is_lowercase);
    let (first, rest) = written.trim().split_once(' ')?;
    let is_title = is_title(&fold_word(first));
    let is_initials = first.chars().count() <= 2 || is_joined_initials(first);
    (is_in_capitals(first) && rest.split(' ').all(has_small) && !is_title && !is_initials)
        .then_some((first, rest))
}

impl Name {
    /// Returns the first letters of the given names in all their forms, as bits. Two names with the
    /// same surname that agree have a bit in common.
    pub fn initials(&self) -> u32 {
        let particles = self.words.iter().filter(|word| is_particle(word));
        let given = (self.given.iter().chain(self.words.first())).chain(particles);
        given
            .flat_map(|word| {
                let forms = given_names::forms_of(word).map(letters_of);
                forms.chain([letters_of(word)])
            })
            .fold(0, |all, letters| all | letters)
    }

    /// Returns short keys of the words of the surname. Two spellings of the same surname have a key
    /// in common.
    pub fn surname_keys(&self) -> Vec<String> {
        keys_of(self.surname.iter().chain([&self.family]))
    }
}

/// Returns a name without `of …` and without a peerage after a comma, and whether it had either:
/// then a name of one word is a whole name.
fn without_peerage(written: &str) -> (&str, bool) {
    let mut name = written;
    let mut is_whole = false;
    if let Some((before, after)) = name.split_once(',')
        && folded_words(after)
            .first()
            .is_some_and(|word| PEERAGE.contains(&word.as_str()))
    {
        name = before;
        is_whole = true;
    }
    if let Some((before, _)) = name.split_once(" of ")
        && !before.trim().is_empty()
    {
        name = before;
        is_whole = true;
    }
    (name, is_whole)
}

/// Returns whether a name begins with a title before a surname and a place: `Lady Hale of Norwich`.
fn is_peer(written: &str) -> bool {
    let first = folded_words(written).into_iter().next();
    first.is_some_and(|word| {
        matches!(
            word.as_str(),
            "lord" | "lady" | "baron" | "baroness" | "viscount" | "viscountess"
        )
    })
}

/// Returns whether a word beside others in small letters is initials without full stops: `JRR`. A
/// name in capitals is not: `LI Wei`, `MOREAU Jean`.
fn is_joined_initials(word: &str) -> bool {
    let lower = word.to_ascii_lowercase();
    // JC is listed as a given name. Ng is a surname.
    let is_spoken = lower == "ng" || lower.contains(|c| "aeiouy".contains(c));
    (2..=3).contains(&word.len())
        && word.bytes().all(|byte| byte.is_ascii_uppercase())
        && !(is_spoken && is_name_or_syllable(&lower))
}

/// Returns the words of a name, folded, with joined initials split.
fn folded_words(part: &str) -> Vec<String> {
    let mut words = Vec::new();
    let has_small = part.chars().any(char::is_lowercase);
    for word in part.split_whitespace() {
        let is_initials =
            word.contains('.') && word.split('.').all(|initial| initial.chars().count() <= 1);
        if is_initials {
            words.extend(word.split('.').map(fold_word).filter(|w| !w.is_empty()));
            continue;
        }
        let folded = fold_word(word);
        if words.is_empty() && has_small && is_joined_initials(word) && !is_title(&folded) {
            words.extend(folded.chars().map(String::from));
            continue;
        }
        // The Arabic article is written with a hyphen, with a space or not at all.
        let is_servant = words.last().is_some_and(|word| word == "abd");
        if let Some((article, rest)) = folded.split_once('-')
            && (matches!(article, "al" | "el" | "ul")
                || article.starts_with("abd")
                || (is_servant && ARABIC_ARTICLES.contains(&article)))
        {
            // A surname alone is written with it or without.
            if !words.is_empty() || article.starts_with("abd") {
                words.push(article.to_owned());
            }
            words.extend(rest.split('-').map(str::to_owned));
        } else if !folded.is_empty() {
            words.push(folded);
        }
    }
    words
}

/// Joins the words that are one: `mc adam` → `mcadam`, `st john` → `stjohn`, `abd al rahman` →
/// `abdulrahman`.
pub(super) fn joined(words: Vec<String>) -> Vec<String> {
    let count = words.len();
    let mut joined: Vec<String> = Vec::with_capacity(count);
    let mut words = words.into_iter().enumerate().peekable();
    while let Some((at, word)) = words.next() {
        let is_last = at + 1 == count;
        let is_inner = at > 0 && !is_last;
        let is_saint = match word.as_str() {
            "st" | "ste" => !is_last && (is_inner || count == 2),
            "saint" => !is_last && (is_inner || count == 2),
            _ => false,
        };
        let is_son = match word.as_str() {
            "mc" => !is_last && (is_inner || count == 2),
            "mac" => is_inner,
            _ => false,
        };
        let next = |words: &mut dyn Iterator<Item = (usize, String)>| {
            words.next().map_or_else(String::new, |(_, next)| next)
        };
        if is_saint {
            joined.push(format!("st{}", next(&mut words)));
        } else if let Some(saint) = word.strip_prefix("saint-").filter(|_| at > 0 || is_last) {
            joined.push(format!("st{saint}"));
        } else if is_son {
            joined.push(format!("{word}{}", next(&mut words)));
        } else if let Some(servant) = servant(&word) {
            let is_article = |(_, next): &(usize, String)| ARABIC_ARTICLES.contains(&next.as_str());
            if word == "abd" && words.next_if(is_article).is_none() {
                joined.push(word);
            } else if servant.is_empty() && count > 2 && words.peek().is_some() {
                joined.push(format!("abdul{}", next(&mut words)));
            } else {
                joined.push(format!("abdul{servant}"));
            }
        } else {
            joined.push(word);
        }
    }
    joined
}

/// Returns what follows `abdul` in an Arabic name, in any spelling: `abdelrahman`, `abdurrahman` →
/// `rahman`; `abd`, `abdel` → nothing.
fn servant(word: &str) -> Option<&str> {
    let rest = word.strip_prefix("abd")?;
    if rest.is_empty() {
        return Some(rest);
    }
    let rest = rest
        .strip_prefix("ou")
        .or_else(|| rest.strip_prefix(['a', 'e', 'o', 'u']))?;
    let mut letters = rest.chars();
    let (first, second) = (letters.next()?, letters.next());
    let rest = if first == 'l' || second == Some(first) || second.is_none() {
        &rest[first.len_utf8()..]
    } else {
        rest
    };
    let is_name = rest.is_empty() || rest.chars().count() >= 3;
    is_name.then_some(rest)
}

/// Returns the folded form that spellings are compared by: `John R. Bolton`, `Mr. John R. Bolton`
/// and `Bolton, John R.` → `john r bolton`. The key of a key is itself.
pub fn key(name: &str) -> String {
    let name = Name::parse(name);
    let words: Vec<&str> = (name.words.iter().chain(&name.suffix))
        .map(String::as_str)
        .collect();
    words.join(" ")
}

/// Returns the titles of given names before a typed name of one word: `Sir Hugh` → `sir`; none
/// before any other name.
pub fn titles_of_given_name(typed: &str) -> Vec<String> {
    if Name::parse(typed).single != Single::Given {
        return Vec::new();
    }
    let words = folded_words(typed).into_iter();
    words
        .filter(|word| TITLES_OF_GIVEN_NAMES.contains(&word.as_str()))
        .collect()
}

/// Returns short keys of the words of a name. Two names that agree have a key in common, and so
/// have a surname and every name with it: the candidates for a typed name are those that share a
/// key.
pub fn lookup_keys(name: &str) -> Vec<String> {
    let name = Name::parse(name);
    let mac = match &name.words[..] {
        [mac, rest] if matches!(mac.as_str(), "mac" | "o") => Some(format!("{mac}{rest}")),
        _ => None,
    };
    keys_of(name.words.iter().chain([&name.family]).chain(&mac))
}

fn keys_of<'a>(words: impl Iterator<Item = &'a String>) -> Vec<String> {
    let mut keys: Vec<String> = words
        .filter(|word| word.chars().count() > 1 && !is_particle(word))
        .flat_map(|word| {
            let parts = word
                .split('-')
                .filter(|part| part.len() > 1)
                .map(consonants);
            let whole = word.replace('-', "");
            let plain = match son(&whole) {
                Some(rest) => Some(format!("mac{rest}")),
                None => (without_article(&whole).or_else(|| served(&whole))).map(str::to_owned),
            };
            let unelided = without_elided(&whole).map(consonants);
            let serbian = whole
                .contains("dj")
                .then(|| consonants(&without_dj(&whole)));
            (parts.chain(plain.as_deref().map(consonants)))
                .chain(serbian)
                .chain(unelided)
                .chain([consonants(&whole)])
                .collect::<Vec<_>>()
        })
        .collect();
    keys.sort();
    keys.dedup();
    keys
}

/// Returns what follows `Mac` or `Mc` in a surname.
pub fn son(word: &str) -> Option<&str> {
    let rest = word
        .strip_prefix("mac")
        .or_else(|| word.strip_prefix("mc"))?;
    (rest.len() >= 3).then_some(rest)
}

/// Returns a surname without an Arabic article that is written as one word with it: `alhariri` →
/// `hariri`.
pub(super) fn without_article(word: &str) -> Option<&str> {
    let rest = word
        .strip_prefix("al")
        .or_else(|| word.strip_prefix("el"))?;
    (rest.len() >= 5 && !is_common_surname(word)).then_some(rest)
}

/// Returns a folded surname without the elided article before it: Annunzio for D’Annunzio, Utri for Dell’Utri.
/// Folded, the apostrophe is gone, so that surnames which are frequent as they are, such as Davis, have none.
pub(super) fn without_elided(word: &str) -> Option<&str> {
    const ARTICLES: [&str; 5] = ["dell", "dall", "degl", "d", "l"];
    let mut rests = ARTICLES
        .iter()
        .filter_map(|article| word.strip_prefix(article));
    let rest = rests.find(|rest| rest.starts_with(['a', 'e', 'i', 'o', 'u', 'h']))?;
    (rest.len() >= 4 && !is_common_surname(word)).then_some(rest)
}

/// Returns a surname without the `abdul` before it: Nasser for Abdel Nasser.
pub(super) fn served(word: &str) -> Option<&str> {
    let rest = word.strip_prefix("abdul")?;
    (rest.len() >= 4).then_some(rest)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn folds_to_a_key() {
        for (name, expected) in [
            ("Ada Holm", "ada holm"),
            ("Holm, Ada B.", "ada b holm"),
            ("Mr. A.B. Holm", "a b holm"),
            ("Piet Roos Jr.", "piet roos jr"),
            ("Jean-Paul O’Dowd", "jean-paul odowd"),
            ("Łucja von der Żak", "lucja von der zak"),
            ("Holm", "holm"),
            ("President Holm", "holm"),
            ("JRR Holm", "j r r holm"),
            ("Benedict XVI", "benedict xvi"),
            ("Abd ar-Rahman Holm", "abdulrahman holm"),
            ("Mr St. John", "stjohn"),
            ("Saint Laurent", "stlaurent"),
            ("Saint-Laurent", "stlaurent"),
            ("King Jr.", "king jr"),
            ("King Harald", "harald"),
            ("", ""),
        ] {
            assert_eq!(key(name), expected, "{name}");
            assert_eq!(key(expected), expected, "the key of a key");
        }
    }
}
