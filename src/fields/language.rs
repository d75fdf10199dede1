//! Detects the language of a text.

use whatlang::Lang;

use crate::text::word_list::WordList;

/// The fewest letters from which a language is detected. Below that, guesses are often wrong.
const SHORTEST: usize = 80;

/// Returns the ISO 639-1 code of a text's language (639-3 if it has none), or `None` if the text is
/// short or the result uncertain.
pub fn of(text: &str) -> Option<String> {
    if text
        .chars()
        .filter(|c| c.is_alphabetic())
        .take(SHORTEST)
        .count()
        < SHORTEST
    {
        return None;
    }
    if is_plainly_english(text) {
        return Some("en".to_owned());
    }
    let info = whatlang::detect(text)?;
    info.is_reliable().then(|| code(info.lang()).to_owned())
}

/// Returns whether a text is written in the script of a language, given its ISO 639 code.
pub fn may_be(text: &str, code: &str) -> bool {
    let script = whatlang::detect_script(text);
    script.is_some_and(|script| script.langs().iter().any(|lang| self::code(*lang) == code))
}

/// Words that are common in English and in no other language.
#[rustfmt::skip]
static ENGLISH_WORDS: WordList = WordList::of(&[
    "the", "of", "and", "that", "with", "were", "said", "from", "has", "been", "which", "would", "this", "they",
    "by", "his", "their", "who", "could", "about", "there", "these", "into", "after", "not", "its", "some",
    "other", "where", "how", "what", "when",
]);

/// The fewest different words of [`ENGLISH_WORDS`] in a text that is plainly English.
const FEWEST_WORDS: usize = 4;

/// Returns whether one word in twelve is one of [`ENGLISH_WORDS`], with four different ones. Most texts are
/// English, and this costs a hundredth of comparing all languages.
fn is_plainly_english(text: &str) -> bool {
    let (mut words, mut english) = (0, 0);
    let mut seen: Vec<&str> = Vec::with_capacity(FEWEST_WORDS);
    for word in text.split(' ') {
        words += 1;
        if word.starts_with(|c: char| c.is_ascii_lowercase()) && ENGLISH_WORDS.has(word) {
            english += 1;
            if seen.len() < FEWEST_WORDS && !seen.contains(&word) {
                seen.push(word);
            }
        }
    }
    english * 12 >= words && seen.len() == FEWEST_WORDS
}

/// Returns the English name of a language and its own name, given its ISO 639 code.
pub fn names(code: &str) -> Option<[&'static str; 2]> {
    let lang = Lang::all().iter().find(|lang| self::code(**lang) == code)?;
    Some([lang.eng_name(), lang.name()])
}

/// Returns a language's ISO 639-1 code.
fn code(lang: Lang) -> &'static str {
    CODES
        .iter()
        .find(|(known, _)| *known == lang.code())
        .map_or(lang.code(), |(_, code)| code)
}

/// ISO 639-3 codes and their ISO 639-1 codes (Library of Congress tables), for the languages that
/// whatlang knows.
#[rustfmt::skip]
const CODES: &[(&str, &str)] = &[
    ("afr", "af"), ("aka", "ak"), ("amh", "am"), ("ara", "ar"), ("aze", "az"), ("bel", "be"),
    ("ben", "bn"), ("bul", "bg"), ("cat", "ca"), ("ces", "cs"), ("cmn", "zh"), ("cym", "cy"),
    ("dan", "da"), ("deu", "de"), ("ell", "el"), ("eng", "en"), ("epo", "eo"), ("est", "et"),
    ("fin", "fi"), ("fra", "fr"), ("guj", "gu"), ("heb", "he"), ("hin", "hi"), ("hrv", "hr"),
    ("hun", "hu"), ("hye", "hy"), ("ind", "id"), ("ita", "it"), ("jav", "jv"), ("jpn", "ja"),
    ("kan", "kn"), ("kat", "ka"), ("khm", "km"), ("kor", "ko"), ("lat", "la"), ("lav", "lv"),
    ("lit", "lt"), ("mal", "ml"), ("mar", "mr"), ("mkd", "mk"), ("mya", "my"), ("nep", "ne"),
    ("nld", "nl"), ("nob", "nb"), ("ori", "or"), ("pan", "pa"), ("pes", "fa"), ("pol", "pl"),
    ("por", "pt"), ("ron", "ro"), ("rus", "ru"), ("sin", "si"), ("slk", "sk"), ("slv", "sl"),
    ("sna", "sn"), ("spa", "es"), ("srp", "sr"), ("swe", "sv"), ("tam", "ta"), ("tel", "te"),
    ("tgl", "tl"), ("tha", "th"), ("tuk", "tk"), ("tur", "tr"), ("ukr", "uk"), ("urd", "ur"),
    ("uzb", "uz"), ("vie", "vi"), ("yid", "yi"), ("zul", "zu"),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn languages() {
        let english = "The ferry left the old harbour at noon with the mayor aboard, who had been late for it every day of that long summer.";
        let german = "Die Fähre verließ den alten Hafen am Mittag mit dem Bürgermeister an Bord, der den ganzen langen Sommer lang immer zu spät gekommen war.";
        assert_eq!(of(english).as_deref(), Some("en"));
        assert_eq!(of(german).as_deref(), Some("de"));
        assert!(is_plainly_english(english) && !is_plainly_english(german));
        // A film's English title, four times, in a German sentence.
        let quoting = "Der Film „The Lord of the Sea and the Land“ läuft im Kino, und niemand weiß, warum er dort schon seit so vielen Wochen gezeigt wird.";
        assert!(!is_plainly_english(quoting));
        assert_eq!(of("Details unclear"), None);
        assert!(may_be("Details unclear", "de") && !may_be("Details unclear", "ru"));
        assert!(!may_be("2018", "de"));
    }

    #[test]
    fn every_language_has_a_code() {
        for lang in Lang::all() {
            assert_eq!(code(*lang).len(), 2, "{lang:?}");
        }
    }
}
