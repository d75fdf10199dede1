//! Lists of words and phrases in which a text is looked up as a whole.

/// A list of words or phrases in lower case.
///
/// Most texts that are looked up are in no list, so it knows for each first letter how long its words are.
pub struct WordList {
    /// The words, in up to two lists.
    lists: [&'static [&'static str]; 2],
    /// For each first byte, less its case, a bit for each length of a word, both modulo 32.
    lengths: [u32; 32],
}

impl WordList {
    /// Returns the list of some words.
    pub const fn of(words: &'static [&'static str]) -> Self {
        Self::of_both(words, &[])
    }

    /// Returns the list of the words of two lists.
    pub const fn of_both(words: &'static [&'static str], more: &'static [&'static str]) -> Self {
        let mut lengths = [0; 32];
        let lists = [words, more];
        let mut list = 0;
        while list < lists.len() {
            let mut i = 0;
            while i < lists[list].len() {
                let word = lists[list][i].as_bytes();
                lengths[(word[0] & 31) as usize] |= 1 << (word.len() & 31);
                i += 1;
            }
            list += 1;
        }
        Self { lists, lengths }
    }

    /// Returns whether a text is in the list, without regard to case.
    pub fn has(&self, text: &str) -> bool {
        if !text.is_ascii() {
            let lower = text.to_lowercase();
            return self.may_have(&lower) && self.words().any(|word| *word == lower);
        }
        self.may_have(text) && self.words().any(|word| word.eq_ignore_ascii_case(text))
    }

    /// Returns whether a word of the list has the same length and begins with the same letter.
    fn may_have(&self, text: &str) -> bool {
        let first = text.bytes().next();
        first.is_some_and(|first| {
            self.lengths[usize::from(first & 31)] >> (text.len() & 31) & 1 == 1
        })
    }

    fn words(&self) -> impl Iterator<Item = &'static str> {
        self.lists.iter().copied().flatten().copied()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn finds_whole_texts_in_any_case() {
        static LIST: WordList = WordList::of_both(&["ferry", "night boat"], &["größe", "’t"]);
        for (text, expected) in [
            ("ferry", true),
            ("FERRY", true),
            ("Night Boat", true),
            ("GRÖßE", true),
            ("’T", true),
            ("fairy", false),
            ("ferr", false),
            ("ferry ", false),
            ("", false),
        ] {
            assert_eq!(LIST.has(text), expected, "{text}");
        }
    }
}
