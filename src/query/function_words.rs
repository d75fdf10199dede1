//! Function words: the words of a language that say nothing of what a text is about.

use std::sync::LazyLock;

use rustc_hash::FxHashSet;
use stop_words::Language;

use crate::archive::analyzer;

/// The languages whose function words are known, English first.
const LANGUAGES: [Language; 20] = [
    Language::English,
    Language::French,
    Language::German,
    Language::Spanish,
    Language::Italian,
    Language::Portuguese,
    Language::Dutch,
    Language::Danish,
    Language::Norwegian,
    Language::Swedish,
    Language::Finnish,
    Language::Hungarian,
    Language::Romanian,
    Language::Catalan,
    Language::Russian,
    Language::Greek,
    Language::Turkish,
    Language::Arabic,
    Language::Hebrew,
    Language::Indonesian,
];

/// The folded function words of each language.
static LISTS: LazyLock<Vec<FxHashSet<String>>> = LazyLock::new(|| {
    let folded = |language: Language| {
        let list = stop_words::lookup(language).unwrap_or_default();
        // The list has contractions and their halves: "won" is a verb as well, and "i'll" folds to "ill".
        let is_half = |word: &str| list.contains(&&*format!("{word}'t"));
        let is_other = |word: &str| word.contains('\'') && !word.ends_with("n't");
        let words = list.iter().filter(|word| !is_half(word) && !is_other(word));
        words
            .flat_map(|word| analyzer::query_words(word))
            .map(|word| word.plain)
            .collect()
    };
    LANGUAGES.map(folded).into()
});

/// The least function words that tell a language other than English: one may be a name or a word of
/// English.
const LEAST: usize = 2;

/// Returns the function words of a query: those of the language that has most of its words, English if
/// another has as many.
pub fn function_words<'a>(words: &[&'a str]) -> FxHashSet<&'a str> {
    let mut most = FxHashSet::default();
    for (number, list) in LISTS.iter().enumerate() {
        let known: FxHashSet<&str> = words
            .iter()
            .copied()
            .filter(|word| list.contains(*word))
            .collect();
        if known.len() > most.len() && (number == 0 || known.len() >= LEAST) {
            most = known;
        }
    }
    most
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn knows_the_function_words_of_a_query() {
        for (query, expected) in [
            ("what did bolton say about syria", "about did what"),
            ("was sagte merkel uber die krise", "die uber was"),
            ("que dit macron sur la dette", "la que sur"),
            ("who won", "who"),
            ("is she ill", "is she"),
            ("ferry sale", ""),
            ("die another day", ""),
            ("", ""),
        ] {
            let words: Vec<&str> = query.split(' ').collect();
            let mut found: Vec<&str> = function_words(&words).into_iter().collect();
            found.sort_unstable();
            assert_eq!(found.join(" "), expected, "{query}");
        }
    }
}
