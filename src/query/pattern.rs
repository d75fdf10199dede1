//! Matches words against patterns, and counts the edits between two words.

use super::tree::Leaf;

/// Returns whether a word matches a pattern, in which `*` matches any letters and `?` one letter.
pub fn is_match(pattern: &str, word: &str) -> bool {
    let (mut pattern, mut word) = (pattern.chars(), word.chars());
    // Where to resume when the pattern after the last `*` does not match.
    let mut retry = None;
    loop {
        let (mut next_pattern, mut next_word) = (pattern.clone(), word.clone());
        match (next_pattern.next(), next_word.next()) {
            (Some('*'), _) => {
                retry = Some((next_pattern.clone(), word.clone()));
                pattern = next_pattern;
            }
            (None, None) => return true,
            (Some(p), Some(w)) if p == '?' || p == w => {
                (pattern, word) = (next_pattern, next_word);
            }
            _ => {
                let Some((after_star, mut from)) = retry.take() else {
                    return false;
                };
                if from.next().is_none() {
                    return false;
                }
                (pattern, word) = (after_star.clone(), from.clone());
                retry = Some((after_star, from));
            }
        }
    }
}

/// Returns whether a leaf stands for a folded word. `caps()` never does, since folding loses case.
pub fn is_leaf_match(leaf: &Leaf, word: &str) -> bool {
    match leaf {
        Leaf::Word { plain, .. } => plain == word,
        Leaf::Pattern(pattern) => is_match(pattern, word),
        Leaf::Fuzzy { plain, distance } => edit_distance(plain, word) <= usize::from(*distance),
        Leaf::Caps(_) => false,
    }
}

/// Returns the number of edits between two words: insertions, deletions, substitutions and swaps of
/// neighbouring letters.
pub fn edit_distance(a: &str, b: &str) -> usize {
    strsim::osa_distance(a, b)
}

#[cfg(test)]
mod tests {
    use crate::query::pattern::is_match;

    #[test]
    fn matches_patterns() {
        for (pattern, word, expected) in [
            ("putin*", "putin", true),
            ("putin*", "putins", true),
            ("putin*", "puti", false),
            ("wom?n", "woman", true),
            ("wom?n", "womn", false),
            ("wom?n", "womans", false),
            ("*gate", "watergate", true),
            ("*gate", "gates", false),
            ("a*b*c", "aXbXbc", true),
            ("a*b*c", "acb", false),
            ("caf?", "café", true),
        ] {
            assert_eq!(is_match(pattern, word), expected, "{pattern} {word}");
        }
    }
}
