//! Whether a word fits a pattern, and how far two words are apart.

/// Returns whether a word fits a pattern, in which `*` stands for any letters and `?` for one.
pub fn is_match(pattern: &str, word: &str) -> bool {
    let (mut pattern, mut word) = (pattern.chars(), word.chars());
    // Where to go on when what follows the last `*` does not fit.
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

/// Returns how many edits lead from one word to another, a swap of neighbours being one.
pub fn edit_distance(a: &str, b: &str) -> usize {
    let (a, b): (Vec<char>, Vec<char>) = (a.chars().collect(), b.chars().collect());
    let mut before_last: Vec<usize> = Vec::new();
    let mut last: Vec<usize> = (0..=b.len()).collect();
    for i in 1..=a.len() {
        let mut row = vec![i];
        for j in 1..=b.len() {
            let replaced = last[j - 1] + usize::from(a[i - 1] != b[j - 1]);
            let mut best = replaced.min(last[j] + 1).min(row[j - 1] + 1);
            if i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1] {
                best = best.min(before_last[j - 2] + 1);
            }
            row.push(best);
        }
        before_last = std::mem::replace(&mut last, row);
    }
    last[b.len()]
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
