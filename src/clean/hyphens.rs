//! Decides whether a hyphen at the end of a line stays when the next line is joined to it.

use rustc_hash::{FxHashMap, FxHashSet};

use super::knowledge::Knowledge;
use super::text_lines::TextLine;
use crate::article::Doubt;
use crate::text::sentence::starts_lower;

/// What the file and the archive say about words that a line's end cuts at a hyphen.
///
/// Browsers break lines after hyphens that the writer typed, so the hyphen stays (62 of 62 in
/// browser prints). Older typesetting cut words and added a hyphen. It is dropped if the file has
/// the word elsewhere as one word and never with the hyphen; if the file does not have it, the
/// archive decides.
#[derive(Debug, Default)]
pub struct Hyphens {
    /// Words that are written as one word, in lower case.
    solid: FxHashSet<String>,
    /// Words that the file also writes with a hyphen; here without it.
    hyphenated: FxHashSet<String>,
    /// Cut words that the file does not have elsewhere.
    pub doubts: Vec<Doubt>,
    /// Whether the file cuts words at the ends of lines, as typesetters do.
    cuts_words: bool,
    /// Whether hyphens at line ends became question marks: an encoding without U+2010 does that.
    are_question_marks: bool,
}

/// The fewest lines that end in a question mark inside a word if the mark stands for a hyphen.
const FEWEST_LOST_HYPHENS: usize = 3;

/// The longest word, in bytes, that is looked up elsewhere.
const LONGEST_WORD: usize = 60;

impl Hyphens {
    /// Looks up the cut words of these lines in the rest of the lines, then in the archive.
    pub fn read(text_lines: &[TextLine<'_>], knowledge: &Knowledge) -> Self {
        let mut candidates: FxHashMap<String, Doubt> = FxHashMap::default();
        for pair in text_lines.windows(2) {
            if let Some((first, second)) = cut_word(pair[0].text, pair[1].text) {
                if first.len() + second.len() > LONGEST_WORD {
                    continue;
                }
                let (first, second) = (first.to_lowercase(), second.to_lowercase());
                candidates.insert(format!("{first}{second}"), Doubt::Solid(first, second));
            }
        }
        let lost = |next_is_lower: bool| {
            text_lines
                .windows(2)
                .filter(|p| {
                    ends_in_lost_hyphen(p[0].text) && starts_lower(p[1].text) == next_is_lower
                })
                .count()
        };
        let cut = lost(true);
        let (endings, words) = text_lines
            .windows(2)
            .filter_map(|pair| cut_word(pair[0].text, pair[1].text))
            .filter(|(first, second)| is_lower(first) && is_lower(second))
            .fold((0, 0), |(endings, words), (_, second)| {
                (endings + usize::from(is_ending(second)), words + 1)
            });
        let mut found = Self {
            cuts_words: endings >= FEWEST_ENDINGS && endings * 4 >= words,
            are_question_marks: cut >= FEWEST_LOST_HYPHENS && cut > lost(false),
            ..Self::default()
        };
        if candidates.is_empty() {
            return found;
        }
        let mut key = String::new();
        for line in text_lines {
            for word in line.text.split(|c: char| !c.is_alphanumeric() && c != '-') {
                key.clear();
                key.extend(
                    word.chars()
                        .filter(|c| *c != '-')
                        .flat_map(char::to_lowercase),
                );
                if candidates.contains_key(&key) {
                    let inner = word.trim_matches('-');
                    if inner.contains('-') {
                        found.hyphenated.insert(key.clone());
                    } else {
                        found.solid.insert(key.clone());
                    }
                }
            }
        }
        let mut open: Vec<(String, Doubt)> = candidates
            .into_iter()
            .filter(|(key, _)| !found.solid.contains(key) && !found.hyphenated.contains(key))
            .collect();
        open.sort();
        for (key, doubt) in open {
            if knowledge.solid.contains(&key) {
                found.solid.insert(key);
            }
            found.doubts.push(doubt);
        }
        found
    }

    /// Appends the next line to a text, with a space, a hyphen or nothing between.
    pub fn append(&self, text: &mut String, next: &str) {
        let is_lost = || self.are_question_marks && ends_in_lost_hyphen(text) && starts_lower(next);
        if text.ends_with(['\u{2010}', '\u{ad}']) || is_lost() || ends_in_double_hyphen(text, next)
        {
            text.pop();
        } else if let Some((first, second)) = cut_word(text, next) {
            if is_conjunction(second) {
                // "two-" before "or three-year": the hyphen is suspended.
                text.push(' ');
            } else if self.is_solid(first, second) {
                text.pop();
            }
        } else if !ends_in_tight_dash(text) && !ends_in_dotted_hyphen(text) {
            text.push(' ');
        }
        text.push_str(next);
    }
}

impl Hyphens {
    /// Returns whether a word that a line's end cuts at a hyphen is written as one: the file or the
    /// archive says so, the second part is only an ending, or the file cuts words at line ends and the
    /// first part begins no compound.
    fn is_solid(&self, first: &str, second: &str) -> bool {
        let key = format!("{first}{second}").to_lowercase();
        if self.hyphenated.contains(&key) {
            return false;
        }
        self.solid.contains(&key)
            || is_lower(second) && first.ends_with(char::is_lowercase) && is_ending(second)
            || self.cuts_words
                && is_lower(first)
                && is_lower(second)
                && !COMPOUND_PARTS.contains(&first)
    }
}

/// The fewest words cut before a mere ending from which a file is known to cut words.
const FEWEST_ENDINGS: usize = 3;

fn is_lower(word: &str) -> bool {
    word.chars().all(char::is_lowercase)
}

/// First parts of compounds that are written with a hyphen (Associated Press Stylebook, "hyphen").
const COMPOUND_PARTS: &[&str] = &[
    "self", "well", "ill", "half", "all", "ex", "co", "non", "anti", "pro", "semi", "vice",
    "cross", "high", "low", "long", "short", "full", "part", "so", "mid", "post", "pre", "re",
    "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "twenty",
    "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety", "first", "second", "third",
    "great", "mother", "father", "brother", "sister", "son", "daughter", "by", "to", "good", "old",
    "new", "fire", "life", "sea", "hard", "much",
];

/// Endings of English words that are no words, at which typesetters cut, in order.
#[rustfmt::skip]
const ENDINGS: &[&str] = &[
    "ance", "ances", "ation", "ations", "ative", "bers", "ble", "bles", "bly", "cally", "cating", "cation",
    "ced", "cence", "cers", "cessful", "cial", "cially", "cian", "cians", "cient", "cing", "cle", "cles", "cy", "dence",
    "dent", "ders", "ding", "dle", "ence", "ences", "ency", "ened", "ering", "ers", "ery", "eous",
    "fied", "fies", "fying", "ful", "fully", "ged", "gence", "gers", "ging", "gle", "ian", "ians", "ible", "ical",
    "ically", "ied", "ing", "ings", "ious", "ities", "ition", "itions", "ity", "ive", "ively", "ized", "ized",
    "izing", "kers", "lation", "lations", "lers", "ling", "lished", "lishing", "ly", "mand", "mating", "mation", "ment", "mental", "ments",
    "mers", "ming", "mission", "mitted", "nance", "nant", "ners", "ness", "nesses", "ning", "nity", "nized", "ory", "ous", "ously", "pany", "pers", "pie",
    "ple", "ples", "posed", "quired", "rated", "rating", "ried", "sary", "sation", "sed", "sence", "sentative", "sentatives", "sequence", "sion",
    "sional", "sions", "sive", "sively", "tain", "tained", "tarily", "tary", "tation", "tations", "tative", "tatives", "ted", "tence", "tential",
    "ter", "tered", "tering", "ters", "tial", "tially", "ticed", "tical", "tics", "ting", "tion", "tional", "tionally", "tioned",
    "tioning", "tions", "tious", "tive", "tively", "tives", "tle", "tled", "tles", "tling", "tor", "tors",
    "tory", "tress", "tual", "tually", "tude", "ture", "tured", "tures", "turing", "ty", "uation", "ure", "ures", "vances",
    "ver", "vers", "ving", "zation", "zations", "zens",
];

fn is_ending(word: &str) -> bool {
    ENDINGS.contains(&word)
}

/// Conjunctions and prepositions after a suspended hyphen, in the languages that hyphenate so.
fn is_conjunction(word: &str) -> bool {
    matches!(
        word,
        "and"
            | "or"
            | "to"
            | "nor"
            | "und"
            | "oder"
            | "bis"
            | "en"
            | "of"
            | "och"
            | "eller"
            | "og"
            | "ja"
            | "tai"
    )
}

/// Returns whether a word is cut at a line's end with the double hyphen of old type, or with the soft line
/// break of quoted-printable text.
fn ends_in_double_hyphen(text: &str, next: &str) -> bool {
    starts_lower(next)
        && text
            .strip_suffix('=')
            .is_some_and(|stem| stem.ends_with(char::is_lowercase))
}

/// Returns whether a text ends in a hyphen after an abbreviation, as in "U.S.-".
fn ends_in_dotted_hyphen(text: &str) -> bool {
    text.strip_suffix(".-")
        .is_some_and(|before| before.ends_with(char::is_alphabetic))
}

fn ends_in_lost_hyphen(text: &str) -> bool {
    text.strip_suffix('?')
        .is_some_and(|stem| stem.ends_with(char::is_lowercase))
}

/// Returns the two parts of a word that is cut at an ASCII hyphen at the end of `line`.
fn cut_word<'a>(line: &'a str, next: &'a str) -> Option<(&'a str, &'a str)> {
    let stem = line.strip_suffix('-')?;
    let start = stem.rfind(|c: char| !c.is_alphanumeric()).map_or(0, |i| {
        i + stem[i..].chars().next().map_or(1, char::len_utf8)
    });
    let end = next
        .find(|c: char| !c.is_alphanumeric())
        .unwrap_or(next.len());
    let (first, second) = (&stem[start..], &next[..end]);
    (!first.is_empty() && !second.is_empty()).then_some((first, second))
}

/// Returns whether a text ends in a dash without a space before it, as in "Harvard–".
fn ends_in_tight_dash(text: &str) -> bool {
    text.strip_suffix(['–', '—', '\u{2011}'])
        .is_some_and(|before| before.ends_with(char::is_alphanumeric))
}

#[cfg(test)]
mod tests {
    use super::super::measure::SetLine;
    use super::super::text_lines::Gap;
    use super::*;

    fn text_line(text: &str) -> TextLine<'_> {
        TextLine {
            index: 0,
            text,
            set: SetLine::of(text),
            indent: 0,
            gap: Gap::None,
            furniture: None,
            unit: None,
        }
    }

    #[test]
    fn line_end_hyphens() {
        for (lines, expected) in [
            (vec!["some\u{2010}", "what"], "somewhat"),
            (vec!["self-", "immolation"], "self-immolation"),
            (
                vec!["the govern-", "ment and the government"],
                "the government and the government",
            ),
            (
                vec!["co-", "op, a co-op, no coop"],
                "co-op, a co-op, no coop",
            ),
            (vec!["he left -", "and came"], "he left - and came"),
            (vec!["short-", "and long-term"], "short- and long-term"),
            (vec!["two-", "or three-year"], "two- or three-year"),
            (vec!["U.S.-", "Russia talks"], "U.S.-Russia talks"),
            (vec!["inspec=", "tors"], "inspectors"),
            (vec!["the offic-", "ers"], "the officers"),
            (
                vec!["a well-", "known self-", "governing"],
                "a well-known self-",
            ),
            (
                vec!["win-", "ter, inspec-", "tors, govern-", "ment"],
                "winter, inspec-",
            ),
            (
                vec![
                    "rail-",
                    "way, inspec-",
                    "tors, govern-",
                    "ment, rot-",
                    "ted",
                ],
                "railway, inspec-",
            ),
            (
                vec![
                    "well-",
                    "born, inspec-",
                    "tors, govern-",
                    "ment, rot-",
                    "ted",
                ],
                "well-born, inspec-",
            ),
            (vec!["Harvard–", "Smithsonian"], "Harvard–Smithsonian"),
            (vec!["one", "two"], "one two"),
            (vec!["the har-", "bour"], "the harbour"),
            (
                vec!["a har-", "bour, no har-bour"],
                "a har-bour, no har-bour",
            ),
        ] {
            let knowledge = Knowledge {
                solid: FxHashSet::from_iter(["harbour".to_owned()]),
                ..Knowledge::default()
            };
            let text_lines: Vec<_> = lines.iter().map(|l| text_line(l)).collect();
            let hyphens = Hyphens::read(&text_lines, &knowledge);
            let mut text = lines[0].to_owned();
            hyphens.append(&mut text, lines[1]);
            assert_eq!(text, expected);
        }
    }

    #[test]
    fn the_archive_is_asked_about_words_that_the_file_has_nowhere_else() {
        let lines = ["the har-", "bour of the govern-", "ment; a government"];
        let text_lines: Vec<_> = lines.iter().map(|l| text_line(l)).collect();
        let hyphens = Hyphens::read(&text_lines, &Knowledge::default());
        let asked = Doubt::Solid("har".to_owned(), "bour".to_owned());
        assert_eq!(hyphens.doubts, [asked]);
    }
}
