//! The words of a text or of a query.

use std::collections::BTreeSet;
use std::ops::Range;

use super::fold::{MAX_TERM_BYTES, fold_word};
use super::scan::Scan;

/// A word of a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Word {
    /// Its bytes in the text, without a possessive 's.
    pub range: Range<usize>,
    /// Its folded form.
    pub plain: String,
    /// Its position, counted in words; `covid`, `19` and `covid19` have the same one.
    pub position: usize,
    /// Whether it is the joined form of letters and digits around a hyphen.
    pub joined: bool,
}

/// Returns the words of a text, in order.
///
/// The joined form of letters and digits around a hyphen follows its parts.
pub fn words(text: &str) -> Vec<Word> {
    words_beginning(text, |_| true)
}

/// Like [`words()`], skipping words whose first two bytes, folded, are rejected by `is_wanted`,
/// which saves most of the work. A shorter word has one byte or none.
pub fn words_beginning(text: &str, is_wanted: impl Fn(&[u8]) -> bool) -> Vec<Word> {
    // English has some six letters per word, with its space.
    let mut found = Vec::with_capacity(text.len() / 6);
    let mut scan = Scan::new(text);
    let mut plain = String::new();
    while let Some(next) = scan.next() {
        let word = &text[next.range.clone()];
        // Folding only lowercases ASCII letters and digits.
        if let Some(&[first, second]) = word.as_bytes().first_chunk()
            && first.is_ascii_alphanumeric()
            && second.is_ascii_alphanumeric()
            && !is_wanted(&[first.to_ascii_lowercase(), second.to_ascii_lowercase()])
        {
            continue;
        }
        plain.clear();
        fold_word(word, &mut plain);
        if is_wanted(&plain.as_bytes()[..plain.len().min(2)]) {
            found.push(Word {
                range: next.range,
                plain: plain.clone(),
                position: next.position,
                joined: next.joined,
            });
        }
    }
    found
}

/// Returns the words of a query: like [`words()`], but only the joined form of `COVID-19`.
pub fn query_words(text: &str) -> Vec<Word> {
    let mut found: Vec<Word> = Vec::new();
    for word in words(text) {
        if word.joined {
            while found
                .last()
                .is_some_and(|last| last.position == word.position)
            {
                found.pop();
            }
        }
        found.push(word);
    }
    found
}

/// Returns the words of a text that are in capitals (see [`is_in_capitals`]), unfolded and without
/// duplicates.
pub fn in_capitals(text: &str) -> BTreeSet<&str> {
    let mut scan = Scan::new(text);
    std::iter::from_fn(|| scan.next())
        .map(|found| &text[found.range])
        .filter(|word| is_in_capitals(word))
        .collect()
}

/// Returns whether a word is in capitals, such as `US`, `U.S` and `G8`: it has two or more
/// characters, at least one capital, and no small letter.
pub fn is_in_capitals(word: &str) -> bool {
    word.len() <= MAX_TERM_BYTES
        && !word.contains(char::is_lowercase)
        && word.contains(char::is_uppercase)
        && word.chars().nth(1).is_some()
}

#[cfg(test)]
mod tests {
    use super::super::scan::BLOCK_GAP;
    use super::*;

    /// Returns the words of a text; those at the same position are joined by `|`.
    fn shown(text: &str) -> String {
        let mut out = String::new();
        let mut last = None;
        for word in words(text) {
            if let Some(last) = last {
                out.push(if last == word.position { '|' } else { ' ' });
            }
            out.push_str(&word.plain);
            last = Some(word.position);
        }
        out
    }

    #[test]
    fn finds_and_folds_words() {
        for (text, expected) in [
            ("", ""),
            (" \n—…", ""),
            ("Trump's talks", "trump talks"),
            ("Trump’s talks", "trump talks"),
            ("TRUMP'S TALKS", "trump talks"),
            ("the talks' end", "the talks end"),
            ("O'Brien isn't O’Brien’s", "obrien isnt obrien"),
            ("rock 'n' roll", "rock n roll"),
            ("'quoted' ‘words’", "quoted words"),
            ("OʼNeil`s O`Neilʼs isnʼt", "oneil oneil isnt"),
            ("ʼquotedʼ ʼ ʼn ŉ", "quoted n n"),
            ("AʼʼB U.ʼS", "a b u s"),
            ("the U.S. said", "the us said"),
            ("the US said", "the us said"),
            ("U.S.-Russia ties", "us russia ties"),
            ("U.S-Russia", "us russia"),
            ("the U.S.", "the us"),
            ("at 4:30 p.m., where", "at 4 30 pm where"),
            ("J.R.R. Tolkien", "jrr tolkien"),
            ("J. R. Bolton", "j r bolton"),
            ("end.Start", "end start"),
            ("a.m.b.", "amb"),
            ("COVID-19 cases", "covid|19|covid19 cases"),
            ("Covid19", "covid19"),
            ("covid 19", "covid 19"),
            ("F-16s", "f 16s"),
            ("the mid-1990s", "the mid 1990s"),
            ("post-2008 world", "post|2008|post2008 world"),
            ("a 20-year plan", "a 20|year|20year plan"),
            ("a 20-year-old man", "a 20 year old man"),
            ("al-Qa’ida, 9-Qa’ida", "al qaida 9 qaida"),
            ("sit-down", "sit down"),
            ("self-immolation -- twice", "self immolation twice"),
            ("1-2", "1 2"),
            ("café Müller Łódź", "cafe muller lodz"),
            ("Straße Æsir Søren", "strasse aesir soren"),
            ("cafe\u{301}", "cafe"),
            ("İstanbul", "istanbul"),
            ("ﬁle", "file"),
            ("AT&T and R&D", "att and rd"),
            ("salt & pepper", "salt pepper"),
            ("$1,200.50 or 3.5%", "1200.50 or 3.5"),
            ("in 2018, 2019", "in 2018 2019"),
            ("10,20", "10 20"),
            ("v1.2.3", "v123"),
            // Folding leaves nothing of vowel signs.
            ("\u{5b9}.\u{5b9}. 1", " 1"),
            ("snake_case #tag @name", "snake case tag name"),
            ("東京 Tokyo", "東 京 tokyo"),
            ("1-東 京-2", "1 東 京 2"),
            ("Москва", "москва"),
            ("e-mail", "e mail"),
            ("Re: tariffs", "re tariffs"),
        ] {
            assert_eq!(shown(text), expected, "{text}");
        }
    }

    #[test]
    fn takes_the_joined_form_in_a_query() {
        for (text, expected) in [
            ("COVID-19 cases", "covid19 cases"),
            ("covid19", "covid19"),
            ("sit-down", "sit down"),
        ] {
            let plain: Vec<_> = query_words(text).into_iter().map(|w| w.plain).collect();
            assert_eq!(plain.join(" "), expected, "{text}");
        }
    }

    #[test]
    fn finds_words_in_capitals() {
        let text = "The US, I mean the U.S., at the G8: US's COVID-19 É ÉÑ Us 19 AT&T";
        let found: Vec<&str> = in_capitals(text).into_iter().collect();
        assert_eq!(
            found,
            ["AT&T", "COVID", "COVID-19", "G8", "U.S", "US", "ÉÑ"]
        );
    }

    #[test]
    fn returns_the_bytes_of_words() {
        let text = "Trump’s «Łódź», COVID-19";
        let found: Vec<_> = words(text).into_iter().map(|w| &text[w.range]).collect();
        assert_eq!(found, ["Trump", "Łódź", "COVID", "19", "COVID-19"]);
    }

    #[test]
    fn truncates_long_words_at_a_character() {
        let text = "é".repeat(99) + &"жз".repeat(200);
        let found = words(&text);
        assert_eq!(found.len(), 1);
        assert!(found[0].plain.len() <= MAX_TERM_BYTES);
        assert_eq!(found[0].range, 0..text.len());
    }

    #[test]
    fn adds_a_gap_between_blocks() {
        let positions: Vec<_> = words("\none two\nthree")
            .iter()
            .map(|w| w.position)
            .collect();
        assert_eq!(positions, [0, 1, 2 + BLOCK_GAP]);
    }
}
