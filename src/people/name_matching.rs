//! Compares names: whether two may belong to the same person.
//!
//! Two names are compared part by part. Surnames agree by spelling, or by a key that the usual
//! transliterations of a name share; given names also agree as initials, nicknames and forms of the
//! same name. A part that only one of the two names has does not matter; a part that both have must
//! agree.

use super::fold::{without_dj, without_umlaut_spellings};
use super::given_names;
use super::name::{Name, Single, served, son, without_article, without_elided};
use super::name_order::{is_common_surname, is_iberian_surname};
use super::transliteration::{consonants, sounds};
use crate::text::lexicon::{Flags, Lexicon};

/// The minimum Jaro-Winkler similarity of the transliteration keys of two spellings with the same
/// consonants: Lavrov agrees with Lawrow, not with Lavirov.
const ALIKE: f64 = 0.78;

/// The minimum length, in letters, of a surname that is compared by its consonants with any given
/// name. A shorter one is compared so only with a given name that itself comes from another script:
/// Hansen does not agree with Hanson, but Lavrov with Lawrow.
const LONG_SURNAME: usize = 8;

/// The minimum length, in letters, of any word that is compared by its consonants.
const LEAST_LETTERS: usize = 4;

impl Name {
    /// Returns whether two names may belong to the same person: `John Bolton` and `Bolton, John
    /// R.`, `Sergei Lavrov` and `Sergey Lavrov`, but not `George W. Bush` and `George H.W. Bush`,
    /// nor a surname alone and a full name.
    pub fn agrees(&self, other: &Self) -> bool {
        if let (Some(a), Some(b)) = (&self.suffix, &other.suffix)
            && a != b
        {
            return false;
        }
        if compact(&self.words) == compact(&other.words) {
            return true;
        }
        // García Márquez is Gabriel García Márquez, whatever García may be elsewhere.
        if is_family_of(self, other) || is_family_of(other, self) {
            return true;
        }
        if self.given.is_empty() || other.given.is_empty() {
            return false;
        }
        if is_patronymic_start(&self.words, &other.words)
            || is_patronymic_start(&other.words, &self.words)
            || is_start_with_surname(self, other)
            || is_start_with_surname(other, self)
        {
            return true;
        }
        // The surname comes first in Hungarian.
        (surnames_agree(self, other) && given_agree(&self.given, &other.given))
            || are_same_words(self, other)
    }

    /// Returns whether this typed name may mean the person with a name: the names agree, or a
    /// surname alone was typed and is that of the name.
    pub fn may_mean(&self, name: &Self) -> bool {
        if !self.given.is_empty() {
            return self.agrees(name);
        }
        // "King Jr." is no other King.
        if self.suffix.is_some() && self.suffix != name.suffix {
            return false;
        }
        match self.single {
            Single::Whole => name.given.is_empty() && surnames_agree(self, name),
            Single::Surname => name.is_called(self) || name.ends_in_given_name(self),
            Single::Given => self.is_given_name_of(name),
            Single::Any => {
                let (own, other) = (compact(&self.words), compact(&name.words));
                if own == other {
                    return true;
                }
                let mut given = name.given.iter();
                name.is_called(self)
                    // Two words that could be two surnames: Baltasar Garzón is Baltasar Garzón Real.
                    || self.as_full_name().is_some_and(|full| full.agrees(name))
                    || given.any(|given| self.surname.len() == 1 && *given == self.surname[0])
            }
        }
    }

    /// Returns a name of two surnames as a given name and a surname.
    fn as_full_name(&self) -> Option<Self> {
        let [given, surname] = &self.surname[..] else {
            return None;
        };
        Some(Self {
            given: vec![given.clone()],
            surname: vec![surname.clone()],
            family: surname.clone(),
            ..self.clone()
        })
    }

    /// Returns whether this name of one word is the first given name of another, or is all of it.
    fn is_given_name_of(&self, name: &Self) -> bool {
        let first = name.given.first().or(name.surname.first());
        let own = self.surname.first();
        own.zip(first)
            .is_some_and(|(own, first)| first.chars().count() > 1 && given_names_agree(own, first))
    }

    /// Returns whether a typed surname is that of this name, also where its spelling tells nothing of who is
    /// meant in a text: `Bonham-Carter`, `Mueller` for Müller and Muller, `bin Laden` for bin Ladin.
    fn is_called(&self, typed: &Self) -> bool {
        let is_son = |name: &Self| name.words.iter().any(|word| is_son_of(word));
        self.has_surname(typed)
            || ends_with(&self.words, &typed.words)
            || without_umlaut_spellings(&self.family) == without_umlaut_spellings(&typed.family)
            || ((is_son(self) || is_son(typed)) && consonants_agree(&self.family, &typed.family))
            || (self.surname.iter().chain([&self.family]))
                .any(|word| without_elided(word) == Some(&typed.family))
    }

    /// Returns whether a word after a title is the last given name, as in Vietnam: Mr. Trong is Nguyen Phu
    /// Trong.
    fn ends_in_given_name(&self, typed: &Self) -> bool {
        self.words.len() > 2
            && self.surname.first() == self.words.first()
            && typed.words.last() == self.words.last()
            && typed.words.len() == 1
    }

    /// Returns whether a surname alone is that of this name, or a transliteration of it.
    pub fn has_surname(&self, alone: &Self) -> bool {
        let (own, other) = (compact(&self.surname), compact(&alone.surname));
        let mut parts = self.surname.iter().flat_map(|word| word.split('-'));
        // García Márquez is also called Márquez, and García.
        own == other
            || self.family == alone.family
            || parts.any(|part| part == other)
            || are_written_apart(&own, &other)
            || (sound_alike(&own, &other)
                && !(is_common_surname(&own) && is_common_surname(&other)))
    }
}

/// Returns whether the last words of a full name, two or more, are written like others, but for hyphens:
/// `Bonham-Carter`, and `Ó Cuív` for Eamon Ó Cuív.
fn ends_with(full: &[String], words: &[String]) -> bool {
    let words = compact(words);
    (1..full.len().saturating_sub(1)).any(|at| compact(&full[at..]) == words)
}

/// Returns whether a folded word means son or daughter in Arabic.
fn is_son_of(word: &str) -> bool {
    matches!(word, "bin" | "ibn" | "bint")
}

/// Returns whether a name of several words is the whole surname of a full name: `Ortega y Gasset`,
/// `Mac Adam`, `Parker Bowles` for Parker-Bowles, `O Brien` for O’Brien.
fn is_family_of(name: &Name, full: &Name) -> bool {
    let words = compact(&name.words);
    name.words.len() > 1
        && (son(&words).is_some() || words.len() < compact(&full.words).len())
        && !full.given.is_empty()
        && full.words.len() > 1
        && name
            .words
            .iter()
            .all(|word| word.chars().count() > 1 || matches!(word.as_str(), "y" | "e" | "o"))
        && (words == full.family
            || (name.words[0] == "o" && ends_with(&full.words, &name.words))
            || son(&words).is_some_and(|rest| son(&full.family) == Some(rest)))
}

/// Returns whether two surnames differ in how a first part is written, or whether it is: `mcadam`
/// and `macadam`, `alhariri` and `hariri`, `abdulnasser` and `nasser`.
fn are_written_apart(a: &str, b: &str) -> bool {
    let is_without = |a: &str, b: &str| without_article(a) == Some(b) || served(a) == Some(b);
    son(a).is_some_and(|rest| son(b) == Some(rest)) || is_without(a, b) || is_without(b, a)
}

/// Returns the words as one, without hyphens.
fn compact(words: &[String]) -> String {
    words.concat().replace('-', "")
}

/// Returns whether `short` is `long` without the family name after the patronymic: Zayed bin Sultan
/// and Zayed bin Sultan al Nahyan.
fn is_patronymic_start(short: &[String], long: &[String]) -> bool {
    short.len() > 2
        && long.len() >= short.len()
        && short.iter().zip(long).all(|(a, b)| given_names_agree(a, b))
        && short[1..short.len() - 1].iter().any(|word| is_son_of(word))
}

/// Returns whether `short` is `long` without what follows its surname: Carrie Lam Cheng and Carrie Lam Cheng
/// Yuet-ngor.
fn is_start_with_surname(short: &Name, long: &Name) -> bool {
    let ends_inside = long.words.last() != long.surname.last();
    short.words.len() > 1
        && ends_inside
        && long.words.starts_with(&short.words)
        && long
            .surname
            .iter()
            .all(|word| short.words[1..].contains(word))
}

/// Returns whether two names consist of the same words in a different order, and only one of the
/// two orders is that of a name: James Thomas is not Thomas James.
fn are_same_words(a: &Name, b: &Name) -> bool {
    let parts = |name: &Name| -> Vec<String> {
        let words = name.words.iter().flat_map(|word| word.split('-'));
        words.map(str::to_owned).collect()
    };
    let (own, mut left) = (parts(a), parts(b));
    if are_rotated(&a.words, &b.words) {
        return true;
    }
    let names = Lexicon::of_names();
    let is_usual = |word: &String| names.flags(word).any(Flags::COMMON_GIVEN);
    own.len() == left.len()
        && !(own.len() == 2 && own.iter().all(is_usual))
        && own.iter().all(|word| {
            let place = left.iter().position(|other| {
                word.chars().count() > 1 && (other == word || sounds(other) == sounds(word))
            });
            place.map(|place| left.remove(place)).is_some()
        })
}

/// Returns whether the surname comes first in one of two names of three words or hyphenated ones:
/// `ban kimoon` and `ki moon ban`.
fn are_rotated(a: &[String], b: &[String]) -> bool {
    let is_turn = |a: &[String], b: &[String]| {
        let parts = b.iter().flat_map(|word| word.split('-')).count();
        let turned = a.split_first().map(|(first, rest)| compact(rest) + first);
        a.len() > 1 && parts > 2 && turned.is_some_and(|turned| turned == compact(b))
    };
    is_turn(a, b) || is_turn(b, a)
}

/// Returns whether two surnames may be the same: by spelling, by sound, or one being a part of the
/// other.
fn surnames_agree(a: &Name, b: &Name) -> bool {
    if compact(&a.surname) == compact(&b.surname) || a.family == b.family {
        return true;
    }
    let parts = |name: &Name| -> Vec<String> {
        name.surname
            .iter()
            .flat_map(|word| word.split('-'))
            .map(str::to_owned)
            .collect()
    };
    let (parts_a, parts_b) = (parts(a), parts(b));
    let is_foreign = |name: &Name| {
        let mut given = name.given.iter();
        given.any(|given| given_names::is_transliterated(given))
    };
    let may_vary = is_foreign(a) || is_foreign(b);
    if parts_a.len() == parts_b.len() {
        let agree = |a: &str, b: &str| surname_words_agree(a, b, may_vary);
        return parts_a.iter().zip(&parts_b).all(|(a, b)| agree(a, b))
            || agree(&compact(&a.surname), &compact(&b.surname))
            || has_first_surname(a, b)
            || has_first_surname(b, a);
    }
    // A double surname is often shortened to its first or last part.
    let (short, long) = if parts_a.len() < parts_b.len() {
        (&parts_a, &parts_b)
    } else {
        (&parts_b, &parts_a)
    };
    long.starts_with(short) || (short.len() == 1 && short.first() == long.last())
        // The first of two surnames may have been read as a given name: Gabriel García Márquez.
        || short.len() == 1 && a.given.iter().chain(&b.given).any(|given| *given == short[0])
}

/// Returns whether the last given name of `long` is rather the first of two surnames, and that of
/// `short`: Cristina Fernández de Kirchner and Cristina Fernández.
fn has_first_surname(long: &Name, short: &Name) -> bool {
    // Juan Manuel Santos Calderón and Juan Manuel Santos, whose Manuel may be a surname.
    if let ([first, _], [given, own]) = (&long.surname[..], &short.surname[..]) {
        return first == own && long.given.contains(given);
    }
    let ([.., first], [own]) = (&long.given[..], &short.surname[..]) else {
        return false;
    };
    long.given.len() > 1 && first == own && is_iberian_surname(own)
}

/// Returns whether two words of surnames are spellings of the same name. With `may_vary`, for a
/// given name from another script, short words are compared by their consonants as well.
fn surname_words_agree(a: &str, b: &str, may_vary: bool) -> bool {
    let (a, b) = (&a.replace('-', ""), &b.replace('-', ""));
    if a == b || are_written_apart(a, b) {
        return true;
    }
    // Two common surnames are different names, however similar.
    if is_common_surname(a) && is_common_surname(b) {
        return false;
    }
    let is_long = a.len().min(b.len()) >= LONG_SURNAME;
    sound_alike(a, b) || ((may_vary || is_long) && consonants_agree(a, b))
}

/// Returns whether two words have the same transliteration key, of more than one letter.
fn sound_alike(a: &str, b: &str) -> bool {
    let key = sounds(a);
    (key.chars().count() > 1 && key == sounds(b)) || are_spellings_of_dj(a, b)
}

/// Returns whether two words are one in Serbian or Croatian, whose đ is also spelled dj: `dokovic` (from
/// `Đoković`) and `djokovic`.
fn are_spellings_of_dj(a: &str, b: &str) -> bool {
    (a.contains("dj") || b.contains("dj")) && without_dj(a) == without_dj(b)
}

/// Returns whether two words have the same consonants and similar letters.
fn consonants_agree(a: &str, b: &str) -> bool {
    let (key_a, key_b) = (sounds(a), sounds(b));
    let consonants_a = consonants(a);
    a.len().min(b.len()) >= LEAST_LETTERS
        && consonants_a.len() >= 3
        && consonants_a == consonants(b)
        && strsim::jaro_winkler(&key_a, &key_b) >= ALIKE
}

/// Returns whether two lists of given names may belong to the same person.
fn given_agree(a: &[String], b: &[String]) -> bool {
    let (Some((first_a, rest_a)), Some((first_b, rest_b))) = (a.split_first(), b.split_first())
    else {
        return true;
    };
    if !given_names_agree(first_a, first_b) {
        // J. Danforth Quayle goes by Danforth, Luiz Inácio Lula da Silva by Lula.
        let called = |rest: &[String], first: &String| {
            let is_name = |name: &String| name.chars().count() > 1;
            // The third name of an Arab is his grandfather's.
            let may_be_called = |(at, name): &(usize, &String)| {
                is_name(name) && (*at == 0 || !given_names::is_listed(name))
            };
            let mut rest = rest.iter().enumerate().filter(may_be_called);
            is_name(first) && rest.any(|(_, name)| given_names_agree(name, first))
        };
        return called(rest_a, first_b) || called(rest_b, first_a) || are_same_given(a, b);
    }
    let (short, long) = if rest_a.len() <= rest_b.len() {
        (rest_a, rest_b)
    } else {
        (rest_b, rest_a)
    };
    // Every further name of the shorter list must agree with one of the longer, in order.
    let mut at = 0;
    let is_part = short.iter().all(|name| {
        let found = long[at..]
            .iter()
            .position(|other| given_names_agree(name, other));
        found.inspect(|place| at += place + 1).is_some()
    });
    let starts_alike = match (short.first(), long.first()) {
        (Some(a), Some(b)) => given_names_agree(a, b),
        _ => true,
    };
    is_part && starts_alike
}

/// Returns whether two lists of given names are the same parts, with hyphens or without: `jean-luc`
/// and `jean luc`, `ji-woo` and `jiwoo`, `j-l` and `j l`.
fn are_same_given(a: &[String], b: &[String]) -> bool {
    let parts = |names: &[String]| -> Vec<String> {
        let parts = names.iter().flat_map(|name| name.split('-'));
        parts.map(str::to_owned).collect()
    };
    let (parts_a, parts_b) = (parts(a), parts(b));
    compact(a) == compact(b)
        || (parts_a.len() == parts_b.len()
            && parts_a
                .iter()
                .zip(&parts_b)
                .all(|(a, b)| given_names_agree(a, b)))
}

/// Returns whether two folded given names may belong to the same person: `sergei` and `sergey`,
/// `bob` and `robert`, `j` and `john`.
pub fn given_names_agree(a: &str, b: &str) -> bool {
    let initial = |short: &str, long: &str| short.chars().count() == 1 && long.starts_with(short);
    if a == b || initial(a, b) || initial(b, a) {
        return true;
    }
    if a.chars().count() == 1 || b.chars().count() == 1 {
        return false;
    }
    // J.-L. is Jean-Luc, and not Jean-Pierre.
    if let (Some((first_a, rest_a)), Some((first_b, rest_b))) =
        (a.split_once('-'), b.split_once('-'))
        && given_names_agree(first_a, first_b)
    {
        return given_names_agree(rest_a, rest_b);
    }
    let glued = |word: &str| word.replace('-', "");
    if glued(a) == glued(b) || given_names::are_variants(a, b) {
        return true;
    }
    let is_listed = |word: &str| Lexicon::of_names().flags(word).any(Flags::ANY_GIVEN);
    let (a, b) = (glued(a), glued(b));
    // Two listed names are different unless they sound alike: Alan is not Alain.
    sounds(&a) == sounds(&b)
        || are_spellings_of_dj(&a, &b)
        || (!(is_listed(&a) && is_listed(&b)) && consonants_agree(&a, &b))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::people::name::lookup_keys;

    #[test]
    fn compares_names() {
        let agrees = |a: &str, b: &str| Name::parse(a).agrees(&Name::parse(b));
        for (a, b, expected) in [
            // Order, initials, middle names, titles.
            ("Ada Holm", "Holm, Ada", true),
            ("Ada Holm", "Ada B. Holm", true),
            ("Ada Holm", "A. Holm", true),
            ("Ada Holm", "A.B. Holm", true),
            ("Ada B. Holm", "Holm, Ada Beatrix", true),
            ("Ada Holm", "Dr. Ada Holm", true),
            ("Ada Holm", "Ambassador Ada Holm", true),
            ("Ada B. Holm", "Ada C. Holm", false),
            ("George W. Rask", "George H.W. Rask", false),
            ("Piet Roos Jr.", "Piet Roos", true),
            ("Piet Roos Jr.", "Piet Roos, Jr", true),
            ("Piet Roos Jr.", "Piet Roos Sr.", false),
            ("Piet Roos", "Ada Roos", false),
            ("Piet Roos", "Piet Holm", false),
            ("Roos", "Piet Roos", false),
            ("J. Danforth Pryce", "Danforth Pryce", true),
            ("Piet Inácio Lula da Roos", "Lula da Roos", true),
            ("Saif al-Islam Muammar al-Masri", "Muammar al-Masri", false),
            ("Sheikh Abdul Karim", "Abdul Karim", true),
            ("Omar bin Yusuf", "Omar bin Yusuf al Masri", true),
            ("Unionist Wu Suk-ching", "Wu Suk-ching", true),
            ("Ada Wu Suk-ching", "Ada Wu", true),
            ("Ada Lam Wu Suk-ching", "Ada Lam", true),
            ("Ada Lam Wu Suk-ching", "Ada Lam Wu", true),
            ("Ada Lam Wu Suk-ching", "Lam Wu Suk-ching", true),
            ("Ada Lam Wu Suk-ching", "Piet Lam", false),
            ("Lavrov S.", "Sergei Lavrov", true),
            ("Lavrov S. V.", "Sergei Lavrov", true),
            ("Thomas S.", "Sara Thomas", false),
            ("JC Moreau", "Jean-Claude Moreau", true),
            ("NG Wei", "Wei Ng", true),
            ("Ada Wu Suk-ching", "Ada Li Suk-ching", false),
            ("Omar bin Yusuf", "Omar bin Hassan al Masri", false),
            ("Ada E. Holm", "Ada Beatrix Holm", false),
            ("Ada Holm", "Ada Holm, Baroness Holm of Norwich", true),
            ("Al Carter", "Ben Carter", false),
            ("Don Carter", "Ada Carter", false),
            ("Don Carter", "Donald Carter", true),
            // Diacritics, particles, hyphens, apostrophes.
            ("Łukasz Wójcik", "Lukasz Wojcik", true),
            ("Jürgen Müller", "Juergen Mueller", true),
            ("Seán O’Dowd", "Sean O'Dowd", true),
            ("Ana Leigh-Porter", "Ana Leigh Porter", true),
            ("Karl von Brandt", "Karl Brandt", true),
            ("Omar al-Masri", "Omar Al Masri", true),
            ("Ki-moon Han", "Han Ki-moon", true),
            ("Xiaoming Wu", "Wu Xiaoming", true),
            ("Min-jun Choi", "Choi Min-jun", true),
            ("Minjun Choi", "Choi Min-jun", true),
            ("Choi Min-jun", "Choi Min-seo", false),
            ("Choi Min-jun", "Han Min-jun", false),
            ("Roos Jean-Paul", "Jean-Paul Roos", true),
            ("ROOS Jean", "Jean Roos", true),
            ("ROOS Jean", "Roos, Jean", true),
            ("James Thomas", "Thomas James", false),
            ("J.-P. Roos", "Jean-Paul Roos", true),
            ("J-P Roos", "Jean-Paul Roos", true),
            ("J.P. Roos", "Jean-Paul Roos", true),
            ("J. Roos", "Jean-Paul Roos", true),
            ("J.-L. Roos", "Jean-Paul Roos", false),
            ("Jean-Luc Roos", "Jean-Paul Roos", false),
            ("Jean Paul Roos", "Jean-Paul Roos", true),
            // Two surnames.
            ("Elena Ruiz", "Elena Ruiz Ortega", true),
            ("Elena Ruiz", "Elena Ruiz Ortega-Castejón", true),
            ("Elena Ruiz", "Elena María Ruiz Ortega", true),
            ("Elena Ruiz Ortega", "Elena Ruiz Ortega-Castejón", true),
            ("Elena Ruiz", "Marta Ruiz Ortega", false),
            ("Elena Ruiz Ortega", "Elena Ruiz Cabrera", false),
            ("Ana Leigh-Porter", "Ana Leigh", true),
            ("Ana Leigh-Porter", "Ana Porter", true),
            ("Ada Fitzgerald Holm", "Ada Fitzgerald", false),
            ("Elena Ruiz de Holm", "Elena Ruiz", true),
            ("Elena Ruiz de Holm", "Elena Holm", true),
            ("Elena Manuel Santos Ruiz", "Elena Manuel Santos", true),
            ("Elena Santos", "Marta Santos Ruiz", false),
            ("García Ruiz", "Elena García Ruiz", true),
            ("Ruiz y Ortega", "Elena Ruiz y Ortega", true),
            ("Maria Silva e Sousa", "Maria Silva", true),
            ("Mac Adam", "Piet McAdam", true),
            ("Ben Yusuf", "Omar Ben Yusuf", true),
            ("Leigh Porter", "Ana Leigh-Porter", true),
            ("O Dowd", "Seán O’Dowd", true),
            ("Luc Saint-Roos", "Luc St. Roos", true),
            // Arabic, Gaelic and Dutch forms of one surname.
            ("Abdul Rahman Masri", "Abdelrahman Masri", true),
            ("Abd al-Rahman Masri", "Abdurrahman al-Masri", true),
            ("Abd el-Rahman Masri", "Abdul-Rahman Masri", true),
            ("Omar Abdul Aziz", "Omar Abdelaziz", true),
            ("Omar Abdel Nasser", "Omar Nasser", true),
            ("A.P.J. Abdul Karim", "Abdul Karim", true),
            ("APJ Abdul Karim", "A.P.J. Abdul Karim", true),
            ("Muhammad bin Yusuf", "Mohammed bin Yusuf al-Masri", true),
            ("Ki Moon Han", "Han Kimoon", true),
            ("Ada Denchley", "Adah Benchley", false),
            ("JL Roos", "Jean-Luc Roos", true),
            ("Abdul Rahman Masri", "Abdul Karim Masri", false),
            ("Omar al-Masri", "Omar Almasri", true),
            ("Omar al-Masri", "Omar Masri", true),
            ("Piet Mc Adam", "Piet McAdam", true),
            ("Piet MacAdam", "Piet McAdam", true),
            ("Piet Mac Adam", "Piet Mc Adam", true),
            ("Piet van der Berg", "Piet Vanderberg", true),
            ("P. van der Berg", "Piet Vanderberg", true),
            ("Piet St. John", "Piet St John", true),
            ("Piet St. John", "Piet Saint John", true),
            ("Piet St. John", "Piet John", false),
            // Transliteration.
            ("Aleksei Lvov", "Alexey Lvov", true),
            ("Nikolai Chernov", "Nikolay Tschernow", true),
            ("Sergei Bulgakov", "Sergej Bulgakow", true),
            ("Yuri Chekalin", "Youri Tchekaline", true),
            ("Muhammad Khatib", "Mohamed Khateeb", true),
            ("Yusuf Qasim", "Youssef Kassem", true),
            // Nicknames.
            ("Robert Pryce", "Bob Pryce", true),
            ("Elizabeth Pryce", "Liz Pryce", true),
            ("Robert Pryce", "William Pryce", false),
            // Similar, but different.
            ("John Carter", "John Carver", false),
            ("Ada Holm", "Ada Helm", false),
            ("Daniel Pryce", "Danielle Pryce", false),
            ("Alan Pryce", "Alain Pryce", false),
            ("Hassan Masri", "Hussein Masri", false),
        ] {
            assert_eq!(agrees(a, b), expected, "{a} / {b}");
            assert_eq!(agrees(b, a), expected, "{b} / {a}");
            if expected {
                let (left, right) = (Name::parse(a), Name::parse(b));
                if left.surname == right.surname {
                    assert_ne!(left.initials() & right.initials(), 0, "{a} / {b}");
                }
                let keys = lookup_keys(b);
                let is_shared = lookup_keys(a).iter().any(|key| keys.contains(key));
                assert!(is_shared, "{a} / {b} share no key");
            }
        }
    }

    #[test]
    fn a_key_of_one_letter_does_not_match() {
        let has_surname =
            |name: &str, alone: &str| Name::parse(name).has_surname(&Name::parse(alone));
        assert!(has_surname("Sergei Lvov", "Lvow"));
        assert!(!has_surname("Ada Ae", "Jaya"));
    }

    #[test]
    fn matches_typed_names() {
        for (typed, key, expected) in [
            ("holm", "ada holm", true),
            ("Holm", "holm", true),
            ("Ada Holm", "ada b holm", true),
            ("Ada Holm", "piet holm", false),
            ("Ada Holm", "holm", false),
            ("ada", "ada holm", true),
            ("bulgakow", "sergei bulgakov", true),
            ("Mr. Wu", "wu xiaoming", true),
            ("Wu", "wu xiaoming", true),
            ("Mr Xiaoming", "wu xiaoming", false),
            ("Mr Trang", "nguyen thu trang", true),
            ("Mr Thu", "nguyen thu trang", false),
            ("Leigh-Porter", "ana leigh porter", true),
            ("Porter-Leigh", "ana leigh porter", false),
            ("Ó Dowd", "sean o dowd", true),
            ("Annunzio", "gabriele dannunzio", true),
            ("Utri", "marcello dellutri", true),
            ("Arcy", "emma darcy", true),
            ("Estaing", "valery giscard destaing", true),
            ("Avis", "ada davis", false),
            ("Alton", "ada dalton", false),
            ("D'Annunzio", "ada annunzio", false),
            ("bin Laden", "usama bin ladin", true),
            ("binladin", "usama bin laden", true),
            ("van Laden", "usama van ladin", false),
            ("Mueller", "rolf muller", true),
            ("Zürich", "ada zuerich", true),
            ("Zuerich", "ada zurich", true),
            ("Sir Hugh", "hugh penrose", true),
            ("Sir Hugh", "ada hugh", false),
            ("Dame Judy", "judith penrose", true),
            ("St. John", "piet stjohn", true),
            ("St. John", "john holm", false),
            ("Alhariri", "omar al hariri", true),
            ("Al Hariri", "omar hariri", true),
            ("Vanderberg", "piet van der berg", true),
            ("Ruiz", "elena ruiz ortega", true),
            ("Ruiz Ortega", "elena ruiz ortega", true),
            ("Baltasar Garzón", "baltasar garzon real", true),
            ("Elena Garzón", "baltasar garzon real", false),
            ("King Jr.", "ada king jr", true),
            ("King Jr.", "ada king", false),
            ("Saint Laurent", "ada stlaurent", true),
            ("Djordjevic", "ada dordevic", true),
            ("Djordje Holm", "dorde holm", true),
            ("Đorđević", "ada djordjevic", true),
            ("Dordevic", "ada jordevic", false),
            ("Bin Yusuf", "omar bin yusuf", true),
            ("Sister Ada", "ada holm", true),
            ("Sheikh Omar", "omar holm", true),
            ("Sheikh Holm", "omar holm", true),
            ("Lady Holm of Norwich", "ada holm", true),
            ("Abdulkarim", "abdul karim", true),
            ("Queen Ada", "ada", true),
            ("King Ada", "ada xiv", true),
            ("Queen Ada", "ada holm", false),
            ("Senator Ada", "ada holm", false),
            ("Ada II", "ada holm", false),
            ("Ada of Norwich", "ada", true),
            ("Ada, Princess of Norwich", "ada", true),
            ("Ada, Princess of Norwich", "ada holm", false),
        ] {
            let may_mean = Name::parse(typed).may_mean(&Name::parse(key));
            assert_eq!(may_mean, expected, "{typed} / {key}");
        }
    }
}
