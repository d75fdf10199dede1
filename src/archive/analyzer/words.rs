//! The words of a text or of a query.

use std::borrow::Cow;
use std::collections::BTreeSet;
use std::ops::Range;

use super::beginnings::Beginnings;
use super::fold::{MAX_TERM_BYTES, fold_word};
use super::scan::{Folding, Role, Scan};

/// A word of a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Word {
    /// Its bytes in the text, without a possessive 's.
    pub range: Range<usize>,
    /// Its folded form.
    pub plain: String,
    /// Its position, counted in words; a word and its variants have the same one.
    pub position: usize,
    /// Whether queries have the word, or only the index.
    pub role: Role,
}

/// Returns the words of a text and their variants, as the index has them, in the order of their
/// positions.
pub fn words(text: &str) -> Vec<Word> {
    words_where(text, |_| true)
}

/// Like [`words()`], without the words that begin otherwise, which saves most of the work.
pub fn words_beginning(text: &str, beginnings: &Beginnings) -> Vec<Word> {
    if beginnings.may_be_in(text) {
        words_where(text, |first| beginnings.has(first))
    } else {
        Vec::new()
    }
}

/// Returns the words of a text that `is_wanted` accepts by their first bytes, folded, of which it reads two.
fn words_where(text: &str, is_wanted: impl Fn(&[u8]) -> bool) -> Vec<Word> {
    let mut found = Vec::new();
    let mut scan = Scan::new(text);
    let mut plain = String::new();
    loop {
        scan.skip_unwanted(&is_wanted);
        let Some(next) = scan.next() else {
            return found;
        };
        let word = &text[next.range.clone()];
        // Folding only lowercases ASCII letters and digits.
        if matches!(next.folding, Folding::Base | Folding::Compound)
            && let Some(&[first, second]) = word.as_bytes().first_chunk()
            && first.is_ascii_alphanumeric()
            && second.is_ascii_alphanumeric()
            && !is_wanted(&[first.to_ascii_lowercase(), second.to_ascii_lowercase()])
        {
            continue;
        }
        plain.clear();
        fold_word(word, next.folding, &mut plain);
        if is_wanted(plain.as_bytes()) {
            found.push(Word {
                range: next.range,
                plain: plain.clone(),
                position: next.position,
                role: next.role,
            });
        }
    }
}

/// Returns the words of a query: like [`words()`], without variants.
pub fn query_words(text: &str) -> Vec<Word> {
    let mut found = words(text);
    found.retain(|word| word.role == Role::Word && !word.plain.is_empty());
    found
}

/// Returns the terms of the letters and digits that are written together in a text: `k2` and `18b` for
/// `K2-18b`.
pub fn joints(text: &str) -> Vec<String> {
    let words = words(text).into_iter();
    let joints = words.filter(|word| word.role == Role::Joint);
    joints.map(|word| word.plain).collect()
}

/// Returns the other form of a query's word, if it has a letter such as ü: `mueller`.
pub fn spelled_out(typed: &str) -> Option<String> {
    let mut found = words(typed).into_iter();
    found
        .find(|word| word.role == Role::Variant && word.range.len() == typed.len())
        .map(|word| word.plain)
}

/// Returns the words of a text that are in capitals (see [`is_in_capitals`]), as [`in_case`] and
/// without duplicates.
pub fn in_capitals(text: &str) -> BTreeSet<Cow<'_, str>> {
    let mut scan = Scan::new(text);
    std::iter::from_fn(|| scan.next())
        .filter(|found| found.role == Role::Word)
        .map(|found| &text[found.range])
        .filter(|word| is_in_capitals(word))
        .map(in_case)
        .collect()
}

/// Returns a word in the case of its text: unfolded, but without full stops, so that `U.S` is `US`,
/// and without the spaces of `Q & A`.
pub fn in_case(word: &str) -> Cow<'_, str> {
    let is_left_out = |c: char| matches!(c, '.' | ' ');
    if word.contains(is_left_out) {
        Cow::Owned(word.replace(is_left_out, ""))
    } else {
        Cow::Borrowed(word)
    }
}

/// Returns whether a word is in capitals, such as `US` and `U.S`: it has two or more characters, at
/// least one capital, and no small letter.
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
            ("the U.S.", "the us"),
            ("at 4:30 p.m., where", "at 4 30 pm where"),
            ("J.R.R. Tolkien", "jrr tolkien"),
            ("J. R. Bolton", "j r bolton"),
            ("end.Start", "end start"),
            ("a.m.b.", "amb"),
            ("al-Qa’ida, 9-Qa’ida", "al qaida|alqaida-2 9 qaida|9qaida"),
            ("sit-down", "sit down|sitdown-3"),
            (
                "a sit\u{2010}down, a sit\u{2011}down",
                "a sit down|sitdown-3 a sit down|sitdown-3",
            ),
            ("state-of-the-art", "state of the art"),
            (
                "self-immolation -- twice",
                "self immolation|selfimmolation-4 twice",
            ),
            ("pre- and post-war", "pre and post war|postwar-4"),
            ("café Łódź", "cafe lodz"),
            ("Straße Æsir", "strasse aesir"),
            ("cafe\u{301}", "cafe"),
            ("co\u{AD}operate", "cooperate"),
            ("İstanbul ISPARTA Işık", "istanbul isparta isik"),
            ("ﬁle", "file"),
            ("salt & pepper", "salt pepper"),
            ("snake_case #tag @name", "snake case tag name"),
            ("Москва", "москва"),
            ("Re: tariffs", "re tariffs"),
        ] {
            assert_eq!(shown(text), expected, "{text}");
        }
    }

    #[test]
    fn parts_letters_and_digits() {
        for (text, expected) in [
            ("COVID-19 cases", "covid 19|covid19 cases"),
            (
                "Covid19 Covid–19 Covid‑19’s",
                "covid 19|covid19 covid 19|covid19 covid 19|covid19",
            ),
            ("covid-19-related", "covid 19|covid19 related|19related"),
            ("F-16s F16s", "f 16|f16 f 16|f16"),
            ("F-16’s F16", "f 16|f16 f 16|f16"),
            ("Tu-154M T-90s", "tu 154|tu154 m|154m t 90|t90"),
            ("PM2.5 and F 16", "pm 2.5|pm2.5 and f 16"),
            (
                "the mid-1990s, the 80s, mid-80s",
                "the mid 1990s|mid1990s the 80s mid 80s|mid80s",
            ),
            ("747s in the 20th century", "747 in the 20th century"),
            ("a 20-year-old man", "a 20 year|20year old man"),
            (
                "the 1990’s, 2020's and 737's",
                "the 1990s|1990 2020s|2020 and 737",
            ),
            ("S&P500", "s|p|s&p 500|p500"),
            ("1-2 5G G20", "1 2 5 g|5g g 20|g20"),
            ("CO₂", "co 2|co2"),
        ] {
            assert_eq!(shown(text), expected, "{text}");
        }
    }

    #[test]
    fn reads_numbers() {
        for (text, expected) in [
            ("$1,200.50 or 3.5%", "1200.50 or 3.5"),
            ("in 2018, 2019", "in 2018 2019"),
            ("10,20", "10 20"),
            ("12\u{A0}500 and 12\u{202F}500", "12500 and 12500"),
            ("in 2018\u{A0}500 came", "in 2018 500 came"),
            ("v1.2.3", "v 1.2.3|v1.2.3"),
            ("1.250.000 und 12.500", "1250000 und 12.500"),
            ("1.250.000.000 $1.250.000", "1250000000 1250000"),
            (
                "192.168.100.200 0.125.100 1.25.000",
                "192.168.100.200 0.125.100 1.25.000",
            ),
            (
                "12,50,000 and 1,02,50,000 or 1,25,00",
                "1250000 and 10250000 or 1 25 00",
            ),
            ("٢٠١٨ ١٢٬٥٠٠ ٣٫٥", "2018 12500 3.5"),
            ("۱۲٬۵۰۰ १२,५०० ১২,৫০০ ๑๒,๕๐๐", "12500 12500 12500 12500"),
            ("２０１８ １２，５００ ３．５", "2018 12500 3.5"),
            (
                "$1.5bn US$1.5 billion 1.5 bn",
                "1.5 billion 1.5 billion 1.5 billion",
            ),
            ("A$2m £2m $US2m 2m", "2 million 2 million 2 million 2 m|2m"),
            (
                "7.30pm PM2.5 1.5C",
                "7.30 pm|7.30pm pm 2.5|pm2.5 1.5 c|1.5c",
            ),
            ("5½ and ½", "5 ½ and ½"),
            ("Inflation¹ mayor² m²", "inflation mayor m"),
            ("the Bn", "the bn"),
        ] {
            assert_eq!(shown(text), expected, "{text}");
        }
    }

    #[test]
    fn parts_elided_articles_and_ampersands() {
        for (text, expected) in [
            ("l’Élysée", "lelysee|elysee"),
            (
                "dell’Italia dell'energia",
                "dellitalia|italia dellenergia|energia",
            ),
            ("Giscard d’Estaing", "giscard destaing|estaing"),
            ("qu'il lorsqu'elle", "quil|il lorsquelle|elle"),
            (
                "don't d'you c'mon L'Carpetron",
                "dont dyou|you cmon lcarpetron",
            ),
            ("AT&T and R&D", "at|t|at&t and r|d|r&d"),
            ("a Q & A today", "a q|a|q&a today"),
            ("M&S’s", "m|s|m&s"),
            // The letters go on, so that it is no chain.
            ("x&f.o, x&d'or", "x fo x dor|or"),
            ("AT&T. The", "at|t|at&t the"),
            ("Marks&Spencer", "marks spencer"),
        ] {
            assert_eq!(shown(text), expected, "{text}");
        }
    }

    #[test]
    fn keeps_the_letters_of_other_languages_and_scripts() {
        for (text, expected) in [
            (
                "Müller Ångström Søren",
                "muller|mueller angstrom|aangstroem soren|soeren",
            ),
            ("Mu\u{308}ller", "muller|mueller"),
            ("мой мои Ёлка ёлка", "мой мои елка елка"),
            ("ΓΙΩΡΓΟΣ Γιώργος", "γιωργοσ γιωργοσ"),
            ("محمـد محمد مُحَمَّد أحمد", "محمد محمد محمد احمد"),
            ("दिल दल", "दिल दल"),
            ("می\u{200C}شود کتاب\u{200C}های", "ميشود|مي كتابهاي|كتاب"),
            ("ज़िला जिला गाँव गांव", "जिला जिला गांव गांव"),
            ("בירושלים ובבית של", "בירושלים|ירושלים ובבית|בית|בבית של"),
            ("서울에서 한국", "서울 울에 에서|서 한국|국"),
            (
                "İstanbul’da Türkiye'nin Qur'an",
                "istanbulda|istanbul turkiyenin|tuerkiyenin|turkiye quran|qur",
            ),
            (
                "Don't She'll ma'am Rock'n'roll",
                "dont shell maam rocknroll",
            ),
            ("パリ カ\u{3099}ス ｶﾞｽ", "パリ|リ ガス|ス ガス|ス"),
            ("東京都 Tokyo", "東京 京都|都 tokyo"),
            ("1-東 京-2", "1 東 京 2"),
            ("ไทยรัฐ", "ไท ทย ยรั รัฐ|ฐ"),
        ] {
            assert_eq!(shown(text), expected, "{text}");
        }
    }

    #[test]
    fn takes_no_variants_in_a_query() {
        for (text, expected) in [
            ("COVID-19 cases", "covid 19 cases"),
            ("sit-down", "sit down"),
            ("AT&T", "at&t"),
            ("l'Élysée d'Angelo", "elysee dangelo"),
            ("Müller", "muller"),
            ("東京都 京", "東京 京都 京"),
            ("\u{5b9}.\u{5b9}. 1", "1"),
        ] {
            let plain: Vec<_> = query_words(text).into_iter().map(|w| w.plain).collect();
            assert_eq!(plain.join(" "), expected, "{text}");
        }
    }

    proptest::proptest! {
        /// Words that are skipped unread leave no trace in those that are wanted.
        #[test]
        fn skips_what_is_not_wanted(
            pieces in proptest::collection::vec(0..PIECES.len(), 0..24),
            wanted in 0..PIECES.len(),
        ) {
            let text: String = pieces.into_iter().map(|piece| PIECES[piece]).collect();
            let mut beginnings = Beginnings::default();
            for word in query_words(PIECES[wanted]) {
                beginnings.add(&word.plain);
            }
            let mut expected = words(&text);
            expected.retain(|word| beginnings.has(word.plain.as_bytes()));
            assert_eq!(words_beginning(&text, &beginnings), expected, "{text}");
        }
    }

    /// Pieces of texts: words, what joins and parts them, and numbers with their units.
    const PIECES: [&str; 40] = [
        "ferry",
        "Quay",
        "q",
        "A",
        "us",
        "US",
        "AT",
        "T",
        "&",
        " & ",
        " ",
        " ",
        " ",
        ".",
        ". ",
        ",",
        ", ",
        "-",
        "–",
        "’s",
        "'s",
        "’",
        "$",
        " $",
        "5",
        "1,500",
        "3.5",
        "bn",
        " million",
        "\n",
        "\"",
        ")",
        "é",
        "l’Élysée",
        "Müller",
        "東京",
        "%",
        "km",
        "covid",
        "19",
    ];

    #[test]
    fn finds_words_in_capitals() {
        let text = "The US, I mean the U.S., at the G8: US's COVID-19 É ÉÑ Us 19 AT&T, Q & A";
        let found: Vec<_> = in_capitals(text).into_iter().collect();
        assert_eq!(found, ["AT&T", "COVID", "Q&A", "US", "ÉÑ"]);
    }

    #[test]
    fn returns_the_bytes_of_words() {
        let text = "Trump’s «Łódź», COVID-19";
        let found: Vec<_> = words(text).into_iter().map(|w| &text[w.range]).collect();
        assert_eq!(found, ["Trump", "Łódź", "COVID", "19", "COVID-19"]);
    }

    #[test]
    fn finds_letters_and_digits_that_are_written_together() {
        for (text, expected) in [
            ("K2-18b", "k2 18b"),
            ("covid\u{2013}19", "covid19"),
            ("sit-down", ""),
            ("F 16", ""),
            ("$1.5bn", ""),
        ] {
            assert_eq!(joints(text).join(" "), expected, "{text}");
        }
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
