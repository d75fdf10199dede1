//! The names of months and weekdays in languages other than English.

use std::sync::LazyLock;

use jiff::civil::Weekday;
use rustc_hash::FxHashMap;
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::canonical_combining_class;

/// What a name of the calendar means.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Name {
    /// A month in full, 1 to 12.
    Month(i8),
    /// The abbreviation of a month, 1 to 12.
    ShortMonth(i8),
    /// A weekday.
    Weekday(Weekday),
}

/// The names, a line for each language; the head of the file says where they are from.
const CALENDAR: &str = include_str!("calendar.txt");

/// The longest name, in bytes.
const LONGEST: usize = 60;

const WEEK: [Weekday; 7] = [
    Weekday::Monday,
    Weekday::Tuesday,
    Weekday::Wednesday,
    Weekday::Thursday,
    Weekday::Friday,
    Weekday::Saturday,
    Weekday::Sunday,
];

/// The names in folded form. A name that means one thing in one language and another in a second,
/// such as the Croatian and the Polish "listopad", is not among them.
static NAMES: LazyLock<FxHashMap<String, Name>> = LazyLock::new(|| {
    let mut names: FxHashMap<String, Option<Name>> = FxHashMap::default();
    let mut add = |forms: &str, meaning: Name| {
        for form in forms.split('/').filter(|form| *form != "-") {
            let known = names.entry(folded(form)).or_insert(Some(meaning));
            *known = known.and_then(|known| reconciled(known, meaning));
        }
    };
    for line in CALENDAR.lines().filter(|line| !line.starts_with('#')) {
        let (_, names) = line.split_once(": ").unwrap_or_default();
        let mut parts = names.split(" | ");
        let mut words = || parts.next().unwrap_or_default().split(' ');
        for (month, forms) in (1..).zip(words()) {
            add(forms, Name::Month(month));
        }
        for (month, forms) in (1..).zip(words()) {
            add(forms, Name::ShortMonth(month));
        }
        for (weekday, forms) in WEEK.into_iter().zip(words()) {
            add(forms, Name::Weekday(weekday));
        }
    }
    let certain = names.into_iter();
    certain
        .filter_map(|(name, meaning)| Some((name, meaning?)))
        .collect()
});

/// Returns the meaning of a name that two languages share, if they agree. What is the whole name in
/// one and an abbreviation in the other, as "mai" is, is the whole name.
fn reconciled(a: Name, b: Name) -> Option<Name> {
    match (a, b) {
        _ if a == b => Some(a),
        (Name::Month(m), Name::ShortMonth(n)) | (Name::ShortMonth(n), Name::Month(m)) if m == n => {
            Some(Name::Month(m))
        }
        _ => None,
    }
}

/// Returns the meaning of a word that is a name in some language. Case and diacritics are not
/// compared.
pub(super) fn named(word: &str) -> Option<Name> {
    if word.len() > LONGEST {
        return None;
    }
    with_folded(word, |folded| NAMES.get(folded).copied())
}

/// Calls a function with a word in lower case without diacritics. An ASCII word of up to
/// [`LONGEST`] bytes is not allocated for it.
pub(super) fn with_folded<T>(word: &str, call: impl FnOnce(&str) -> T) -> T {
    let mut buffer = [0; LONGEST];
    if word.is_ascii()
        && let Some(lower) = buffer.get_mut(..word.len())
    {
        lower.copy_from_slice(word.as_bytes());
        lower.make_ascii_lowercase();
        if let Ok(lower) = std::str::from_utf8(lower) {
            return call(lower);
        }
    }
    call(&folded(word))
}

/// Returns a word in lower case without diacritics.
pub(super) fn folded(word: &str) -> String {
    if word.is_ascii() {
        return word.to_ascii_lowercase();
    }
    word.nfkd()
        .filter(|c| canonical_combining_class(*c) == 0)
        .flat_map(char::to_lowercase)
        // "KASIM" is "Kasım" in Turkish.
        .map(|c| if c == 'ı' { 'i' } else { c })
        .filter(|c| canonical_combining_class(*c) == 0)
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_several_languages() {
        for (word, expected) in [
            ("März", Some(Name::Month(3))),
            ("FÉVRIER", Some(Name::Month(2))),
            ("fevrier", Some(Name::Month(2))),
            ("septiembre", Some(Name::Month(9))),
            ("setiembre", Some(Name::Month(9))),
            ("сентября", Some(Name::Month(9))),
            ("KASIM", Some(Name::Month(11))),
            ("Kasım", Some(Name::Month(11))),
            ("ΜΑΡΤΙΟΥ", Some(Name::Month(3))),
            ("كانون", None),
            ("سبتمبر", Some(Name::Month(9))),
            ("मार्च", Some(Name::Month(3))),
            ("mai", Some(Name::Month(5))),
            ("paź", Some(Name::ShortMonth(10))),
            ("listopada", None),
            ("jeudi", Some(Name::Weekday(Weekday::Thursday))),
            ("quinta", Some(Name::Weekday(Weekday::Thursday))),
            ("ferry", None),
            ("", None),
        ] {
            assert_eq!(named(word), expected, "{word}");
        }
    }

    #[test]
    fn each_line_has_twelve_months() {
        let lines: Vec<_> = (CALENDAR.lines())
            .filter(|line| !line.starts_with('#'))
            .collect();
        assert!(lines.len() > 80);
        for line in lines {
            let (_, names) = line.split_once(": ").expect("a language");
            let counts: Vec<_> = names.split(" | ").map(|p| p.split(' ').count()).collect();
            assert!(
                matches!(counts[..], [12, 12 | 1, 7 | 1]),
                "{line}: {counts:?}"
            );
        }
    }
}
