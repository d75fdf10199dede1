//! The sentences and paragraphs of a text, as positions of words.

use crate::text::sentence::sentences;

/// The term that stands where a sentence starts inside a paragraph.
pub const SENTENCE_START: &str = "s";
/// The term that stands where a paragraph starts.
pub const PARAGRAPH_START: &str = "p";

/// The start of a sentence.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct UnitStart {
    /// The position of its first word.
    pub position: u32,
    /// Whether a paragraph starts there too.
    pub is_paragraph: bool,
}

/// Returns where the sentences of a text start, which has a paragraph a line. Sentences without words
/// are none. `words` are the first byte and the position of each word, in order.
pub fn unit_starts(text: &str, words: impl IntoIterator<Item = (usize, u32)>) -> Vec<UnitStart> {
    let mut words = words.into_iter().peekable();
    let mut starts = Vec::new();
    let mut line_start = 0;
    for line in text.split('\n') {
        let mut is_paragraph = true;
        for sentence in sentences(line) {
            let from = line_start + sentence.start;
            while words.next_if(|&(at, _)| at < from).is_some() {}
            if let Some(&(at, position)) = words.peek()
                && at < line_start + sentence.end
            {
                starts.push(UnitStart {
                    position,
                    is_paragraph,
                });
                is_paragraph = false;
            }
        }
        line_start += line.len() + 1;
    }
    starts
}

#[cfg(test)]
mod tests {
    use super::super::{BLOCK_GAP, words};
    use super::*;

    #[test]
    fn finds_the_first_word_of_each_sentence() {
        let gap = u32::try_from(BLOCK_GAP).unwrap();
        let in_second = |position: u32| position + gap;
        for (text, sentences, paragraphs) in [
            ("", vec![], vec![]),
            ("The weir closed.", vec![0], vec![0]),
            (
                "The weir closed. “No,” she said. Why?",
                vec![0, 3, 6],
                vec![0],
            ),
            ("Mr. Roos of St. Ash left. He ran.", vec![0, 6], vec![0]),
            (
                "It closed. Now.\nTwo. Three.",
                vec![0, 2, in_second(3), in_second(4)],
                vec![0, in_second(3)],
            ),
            ("… ! The weir.", vec![0], vec![0]),
            (
                "A sit-down. COVID-19 rose. U.S. ships.",
                vec![0, 3, 6],
                vec![0],
            ),
        ] {
            let words = words(text);
            let words = words.iter().map(|word| {
                let position = u32::try_from(word.position).unwrap();
                (word.range.start, position)
            });
            let starts = unit_starts(text, words);
            let of = |is_wanted: &dyn Fn(&UnitStart) -> bool| -> Vec<u32> {
                let wanted = starts.iter().filter(|start| is_wanted(start));
                wanted.map(|start| start.position).collect()
            };
            assert_eq!(of(&|_| true), sentences, "{text}");
            assert_eq!(of(&|start| start.is_paragraph), paragraphs, "{text}");
        }
    }
}
