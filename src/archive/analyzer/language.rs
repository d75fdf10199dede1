//! The stemmers of languages other than English.
//!
//! An article whose language is certain is stemmed as that language, and its stems are terms with
//! the language's code, such as `fr:nation`: French "partis" and English "part" have one stem and
//! are not one word. Articles in a language without a stemmer, and in none that is certain, are
//! stemmed as English.

use std::borrow::Cow;

use frostem::{Algorithm, Stemmer};

/// The mark at the beginning of a text whose stems are not English; it is no word.
const MARK: char = '\u{2}';

/// The code of the language whose stems are terms without a code.
const ENGLISH: &str = "en";

/// Returns whether words of a language, given its ISO 639-1 code, are stemmed, and not as English.
pub fn is_stemmed(code: &str) -> bool {
    stemmer(code).is_some()
}

/// The endings of Portuguese nouns whose tilde is folded, each with the singular ending in which the stemmer
/// knows it: `informacoes` (informações) has the stem of `informacao`.
const PORTUGUESE_ENDINGS: [(&str, &str); 5] = [
    ("acoes", "ação"),
    ("acao", "ação"),
    ("oes", "ão"),
    ("aes", "ão"),
    ("ao", "ão"),
];

/// A stemmer of folded words.
pub(super) struct LanguageStemmer {
    stemmer: Stemmer,
    endings: &'static [(&'static str, &'static str)],
}

impl LanguageStemmer {
    /// Returns the stem of a folded word. What the stemmer leaves of a restored ending is folded again.
    pub(super) fn stem<'a>(&self, plain: &'a str) -> Cow<'a, str> {
        let mut endings = self.endings.iter();
        let restored =
            endings.find_map(|(folded, spelt)| Some((plain.strip_suffix(folded)?, spelt)));
        match restored {
            Some((rest, spelt)) if rest.chars().nth(1).is_some() => {
                let stem = self.stemmer.stem(&format!("{rest}{spelt}")).into_owned();
                Cow::Owned(stem.replace('ã', "a").replace('ç', "c"))
            }
            _ => self.stemmer.stem(plain),
        }
    }
}

/// Returns the stemmer of a language other than English, if there is one.
pub(super) fn stemmer(code: &str) -> Option<LanguageStemmer> {
    let algorithm = Algorithm::from_name(code).ok()?;
    let endings = match algorithm {
        Algorithm::Portuguese => &PORTUGUESE_ENDINGS[..],
        _ => &[],
    };
    (code != ENGLISH).then(|| LanguageStemmer {
        stemmer: Stemmer::new(algorithm),
        endings,
    })
}

/// Returns the term of the stem of a folded word in a language other than English.
pub fn stem_in(code: &str, plain: &str) -> Option<String> {
    Some(term(code, &stemmer(code)?.stem(plain)))
}

/// Returns the term of a stem.
pub(super) fn term(code: &str, stem: &str) -> String {
    format!("{code}:{stem}")
}

/// Returns a text for the tokenizer [`super::STEMS`], which stems it as its language.
pub fn stems_text(code: Option<&str>, text: &str) -> String {
    match code.filter(|code| is_stemmed(code)) {
        Some(code) => format!("{MARK}{code}{MARK}{text}"),
        None => text.to_owned(),
    }
}

/// Returns the language of a text made by [`stems_text`], if it is not English, and the text.
pub(super) fn of_stems_text(text: &str) -> (Option<&str>, &str) {
    let marked = text
        .strip_prefix(MARK)
        .and_then(|rest| rest.split_once(MARK));
    match marked {
        Some((code, rest)) if is_stemmed(code) => (Some(code), rest),
        _ => (None, text),
    }
}
