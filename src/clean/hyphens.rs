//! What becomes of the hyphen at a line's end.

use rustc_hash::{FxHashMap, FxHashSet};

use super::knowledge::Knowledge;
use super::pieces::Piece;
use crate::article::Doubt;
use crate::text::sentence::starts_lower;

/// What the file and its archive say about words that are cut at a hyphen.
///
/// A browser breaks a line after a hyphen that the writer typed, so the hyphen stays; 62 of 62
/// in browser prints. Older typesetting cut words and added one: it goes where the file, or where
/// the file has the word nowhere else the archive, has it in one piece and never with the hyphen.
#[derive(Debug, Default)]
pub struct Hyphens {
    /// Words that are written in one piece, in lower case.
    solid: FxHashSet<String>,
    /// Words that the file also writes with the hyphen, as if in one piece.
    hyphenated: FxHashSet<String>,
    /// Cut words of which the file says nothing.
    pub doubts: Vec<Doubt>,
    /// Whether hyphens at line ends became question marks, as an encoding without U+2010 makes
    /// them.
    are_question_marks: bool,
}

/// The fewest lines that must end in a question mark inside a word before it is taken for a lost
/// hyphen.
const FEWEST_LOST_HYPHENS: usize = 3;

/// The longest word, in bytes, that is looked for elsewhere.
const LONGEST_WORD: usize = 60;

impl Hyphens {
    /// Reads what these lines say.
    pub fn read(pieces: &[Piece<'_>], knowledge: &Knowledge) -> Self {
        let mut candidates: FxHashMap<String, Doubt> = FxHashMap::default();
        for pair in pieces.windows(2) {
            if let Some((first, second)) = cut_word(pair[0].text, pair[1].text) {
                if first.len() + second.len() > LONGEST_WORD {
                    continue;
                }
                let (first, second) = (first.to_lowercase(), second.to_lowercase());
                candidates.insert(format!("{first}{second}"), Doubt::Solid(first, second));
            }
        }
        let lost = |next_is_lower: bool| {
            pieces
                .windows(2)
                .filter(|p| {
                    ends_in_lost_hyphen(p[0].text) && starts_lower(p[1].text) == next_is_lower
                })
                .count()
        };
        let cut = lost(true);
        let mut found = Self {
            are_question_marks: cut >= FEWEST_LOST_HYPHENS && cut > lost(false),
            ..Self::default()
        };
        if candidates.is_empty() {
            return found;
        }
        let mut key = String::new();
        for piece in pieces {
            for word in piece.text.split(|c: char| !c.is_alphanumeric() && c != '-') {
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

    /// Appends the next line to a text.
    pub fn append(&self, text: &mut String, next: &str) {
        let is_lost = || self.are_question_marks && ends_in_lost_hyphen(text) && starts_lower(next);
        if text.ends_with(['\u{2010}', '\u{ad}']) || is_lost() {
            text.pop();
        } else if let Some((first, second)) = cut_word(text, next) {
            let key = format!("{first}{second}").to_lowercase();
            if self.solid.contains(&key) && !self.hyphenated.contains(&key) {
                text.pop();
            }
        } else if !ends_in_tight_dash(text) {
            text.push(' ');
        }
        text.push_str(next);
    }
}

fn ends_in_lost_hyphen(text: &str) -> bool {
    text.strip_suffix('?')
        .is_some_and(|stem| stem.ends_with(char::is_lowercase))
}

/// Returns the two parts of the word that an ASCII hyphen at a line's end cuts.
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

/// Returns whether the text ends in a dash without a space before it, as in "Harvard–".
fn ends_in_tight_dash(text: &str) -> bool {
    text.strip_suffix(['–', '—', '\u{2011}'])
        .is_some_and(|before| before.ends_with(char::is_alphanumeric))
}

#[cfg(test)]
mod tests {
    use super::super::pieces::Gap;
    use super::*;

    fn piece(text: &str) -> Piece<'_> {
        Piece {
            line: 0,
            text,
            set: text,
            indent: 0,
            gap: Gap::None,
            aside: None,
            is_in_head: false,
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
            let pieces: Vec<_> = lines.iter().map(|l| piece(l)).collect();
            let hyphens = Hyphens::read(&pieces, &knowledge);
            let mut text = lines[0].to_owned();
            hyphens.append(&mut text, lines[1]);
            assert_eq!(text, expected);
        }
    }

    #[test]
    fn the_archive_is_asked_about_words_that_the_file_has_nowhere_else() {
        let lines = ["the har-", "bour of the govern-", "ment; a government"];
        let pieces: Vec<_> = lines.iter().map(|l| piece(l)).collect();
        let hyphens = Hyphens::read(&pieces, &Knowledge::default());
        let asked = Doubt::Solid("har".to_owned(), "bour".to_owned());
        assert_eq!(hyphens.doubts, [asked]);
    }
}
