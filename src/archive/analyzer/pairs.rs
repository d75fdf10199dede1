//! Pairs of frequent words.
//!
//! Finding a phrase by positions takes longer the more frequent its words are. So two adjacent
//! frequent words are indexed as one term, as in the auxiliary index of Bahle, Williams and Zobel
//! ("Efficient phrase querying with an auxiliary index", SIGIR 2002).

/// The percentage of news articles that have a word, by its stem, sorted: words in 30 % of articles
/// or more, measured on 200,000 articles of some 600 words.
const SHARES: &[(&str, u32)] = &[
    ("a", 99),
    ("about", 66),
    ("accord", 52),
    ("after", 60),
    ("against", 32),
    ("all", 59),
    ("also", 71),
    ("an", 80),
    ("and", 99),
    ("ani", 42),
    ("announc", 34),
    ("are", 83),
    ("around", 30),
    ("as", 91),
    ("at", 87),
    ("be", 88),
    ("becaus", 49),
    ("been", 69),
    ("befor", 37),
    ("between", 31),
    ("both", 34),
    ("but", 79),
    ("by", 86),
    ("call", 43),
    ("can", 53),
    ("come", 34),
    ("could", 39),
    ("countri", 43),
    ("current", 33),
    ("day", 45),
    ("death", 30),
    ("democrat", 30),
    ("did", 41),
    ("differ", 33),
    ("do", 58),
    ("dont", 34),
    ("dure", 36),
    ("elect", 40),
    ("even", 30),
    ("first", 52),
    ("follow", 33),
    ("for", 97),
    ("former", 30),
    ("from", 88),
    ("get", 35),
    ("go", 39),
    ("govern", 48),
    ("had", 71),
    ("has", 80),
    ("have", 88),
    ("he", 75),
    ("her", 35),
    ("his", 68),
    ("hous", 34),
    ("how", 39),
    ("i", 75),
    ("if", 56),
    ("in", 99),
    ("includ", 46),
    ("into", 45),
    ("is", 96),
    ("it", 95),
    ("just", 47),
    ("know", 33),
    ("last", 38),
    ("like", 55),
    ("made", 39),
    ("make", 42),
    ("mani", 40),
    ("member", 32),
    ("minist", 33),
    ("more", 55),
    ("most", 42),
    ("my", 40),
    ("nation", 54),
    ("need", 32),
    ("new", 49),
    ("no", 50),
    ("not", 85),
    ("now", 38),
    ("of", 99),
    ("offici", 35),
    ("on", 96),
    ("one", 67),
    ("onli", 45),
    ("or", 66),
    ("other", 66),
    ("our", 42),
    ("out", 48),
    ("over", 49),
    ("part", 37),
    ("parti", 43),
    ("peopl", 64),
    ("place", 35),
    ("plan", 30),
    ("presid", 61),
    ("public", 33),
    ("realli", 31),
    ("report", 62),
    ("right", 35),
    ("run", 30),
    ("said", 81),
    ("same", 30),
    ("say", 49),
    ("see", 31),
    ("she", 35),
    ("sinc", 35),
    ("so", 66),
    ("some", 52),
    ("start", 34),
    ("state", 78),
    ("such", 31),
    ("support", 38),
    ("take", 35),
    ("than", 42),
    ("that", 96),
    ("the", 99),
    ("their", 67),
    ("them", 46),
    ("then", 45),
    ("there", 64),
    ("these", 41),
    ("they", 74),
    ("thing", 32),
    ("think", 38),
    ("this", 84),
    ("those", 32),
    ("three", 34),
    ("time", 63),
    ("to", 99),
    ("told", 31),
    ("two", 57),
    ("unit", 65),
    ("up", 43),
    ("us", 68),
    ("use", 54),
    ("veri", 38),
    ("vote", 35),
    ("want", 35),
    ("was", 94),
    ("way", 32),
    ("we", 72),
    ("well", 46),
    ("were", 76),
    ("what", 55),
    ("when", 56),
    ("where", 34),
    ("which", 76),
    ("while", 35),
    ("who", 63),
    ("will", 67),
    ("with", 92),
    ("work", 48),
    ("world", 36),
    ("would", 66),
    ("year", 64),
    ("you", 59),
    ("your", 30),
];

/// Two words are indexed as a pair if, assuming independence, at least 30 % of articles contain
/// both. Phrases of rarer words are found fast enough by positions.
const LEAST_TOGETHER: u32 = 30;

/// Returns the percentage of articles that have a word or its stem; 0 for words that are not
/// frequent. An irregular form such as "said" has a percentage of its own.
pub(super) fn share_of(plain: &str, stem: &str) -> u32 {
    let listed = |term: &str| {
        let at = SHARES.binary_search_by_key(&term, |&(known, _)| known);
        at.map_or(0, |at| SHARES[at].1)
    };
    listed(plain).max(listed(stem))
}

/// Returns whether two words with these percentages are a pair.
pub(super) fn are_pair(first: u32, second: u32) -> bool {
    first * second >= LEAST_TOGETHER * 100
}

/// Returns the term of two words, which hold no space.
pub(super) fn term(first: &str, second: &str) -> String {
    format!("{first} {second}")
}

#[cfg(test)]
mod tests {
    use super::super::stem;
    use super::*;

    #[test]
    fn the_list_has_stems_in_order() {
        assert!(SHARES.is_sorted());
        for word in [
            "accord",
            "any",
            "because",
            "country",
            "government",
            "include",
            "many",
            "national",
            "only",
            "parties",
            "people",
            "president",
            "its",
            "united",
        ] {
            assert!(share_of(word, &stem(word)) > 0, "{word}");
        }
        assert_eq!(share_of("harbour", "harbour"), 0);
    }
}
