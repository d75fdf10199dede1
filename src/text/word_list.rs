//! Lists of words and phrases in which a text is looked up as a whole.

/// A list of words or phrases in lower case.
///
/// Most texts that are looked up are in no list, so it knows for each letter how long the words are that
/// begin and that end with it.
pub struct WordList {
    /// The words, in up to two lists.
    lists: [&'static [&'static str]; 2],
    /// The bytes of the longest word.
    longest: usize,
    /// For each first byte, less its case, a bit for each length of a word, both modulo 32.
    first: [u32; 32],
    /// The same for each last byte.
    last: [u32; 32],
}

impl WordList {
    /// Returns the list of some words.
    pub const fn of(words: &'static [&'static str]) -> Self {
        Self::of_both(words, &[])
    }

    /// Returns the list of the words of two lists.
    pub const fn of_both(words: &'static [&'static str], more: &'static [&'static str]) -> Self {
        let mut list = Self {
            lists: [words, more],
            longest: 0,
            first: [0; 32],
            last: [0; 32],
        };
        let mut i = 0;
        while i < words.len() + more.len() {
            let word = if i < words.len() {
                words[i].as_bytes()
            } else {
                more[i - words.len()].as_bytes()
            };
            let length = 1 << (word.len() & 31);
            list.first[(word[0] & 31) as usize] |= length;
            list.last[(word[word.len() - 1] & 31) as usize] |= length;
            if word.len() > list.longest {
                list.longest = word.len();
            }
            i += 1;
        }
        list
    }

    /// Returns whether a text is in the list, without regard to case.
    pub fn has(&self, text: &str) -> bool {
        // Few letters change their length with their case, by a byte or two.
        if text.len() > 2 * self.longest {
            return false;
        }
        if text.is_ascii() {
            return self.may_have(text) && self.any(|word| word.eq_ignore_ascii_case(text));
        }
        let lower = text.to_lowercase();
        self.may_have(&lower) && self.any(|word| *word == lower)
    }

    /// Returns whether words of the list have the same length and begin and end with the same letters.
    fn may_have(&self, text: &str) -> bool {
        let [first, .., last] = text.as_bytes() else {
            return text.len() == 1;
        };
        let lengths = self.first[usize::from(first & 31)] & self.last[usize::from(last & 31)];
        lengths >> (text.len() & 31) & 1 == 1 && text.len() <= self.longest
    }

    fn any(&self, is_meant: impl Fn(&str) -> bool) -> bool {
        let mut lists = self.lists.iter();
        lists.any(|list| list.iter().any(|word| is_meant(word)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn finds_whole_texts_in_any_case() {
        static LIST: WordList = WordList::of_both(&["ferry", "night boat", "y"], &["größe", "’t"]);
        for (text, expected) in [
            ("ferry", true),
            ("FERRY", true),
            ("Night Boat", true),
            ("GRÖßE", true),
            ("’T", true),
            ("fairy", false),
            ("Y", true),
            ("f", false),
            ("ferr", false),
            ("ferry ", false),
            ("", false),
        ] {
            assert_eq!(LIST.has(text), expected, "{text}");
        }
    }
}
