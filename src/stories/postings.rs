//! Which texts share hashes of their sketches.

/// The most texts that share a hash which is looked at. What more texts have is a notice or a form, and
/// the work grows with the square of their number.
const MOST_SHARED: usize = 4_096;

/// The sketches of texts, one after the other.
#[derive(Debug, Default)]
pub struct Sketches {
    hashes: Vec<u32>,
    /// Where the sketch of each text ends.
    ends: Vec<usize>,
}

impl Sketches {
    /// Appends a sketch.
    pub fn push(&mut self, sketch: impl IntoIterator<Item = u32>) {
        self.hashes.extend(sketch);
        self.ends.push(self.hashes.len());
    }

    /// Returns the sketch of a text.
    pub fn of(&self, text: usize) -> &[u32] {
        let start = text.checked_sub(1).map_or(0, |before| self.ends[before]);
        &self.hashes[start..self.ends[text]]
    }

    /// Returns the number of texts.
    pub fn len(&self) -> usize {
        self.ends.len()
    }
}

/// For each hash that several texts share, these texts.
pub struct Postings {
    /// The texts of all lists, one list after the other, each in rising order.
    texts: Vec<u32>,
    /// Where each list ends.
    ends: Vec<u32>,
    /// The lists of each text, one text after the other.
    lists: Vec<u32>,
    /// Where the lists of each text end.
    lists_end: Vec<u32>,
}

impl Postings {
    /// Inverts sketches by sorting. What only one text has takes no memory after it was seen.
    pub fn of(sketches: &Sketches) -> Self {
        let seen = Seen::of(sketches);
        let mut pairs: Vec<u64> = Vec::new();
        for text in 0..sketches.len() {
            let shared = sketches.of(text).iter().filter(|&&hash| seen.twice(hash));
            pairs.extend(shared.map(|&hash| u64::from(hash) << 32 | text as u64));
        }
        pairs.sort_unstable();
        let (mut texts, mut ends) = (Vec::new(), Vec::new());
        let mut counts = vec![0_u32; sketches.len()];
        for list in pairs.chunk_by(|a, b| a >> 32 == b >> 32) {
            if (2..=MOST_SHARED).contains(&list.len()) {
                for pair in list {
                    let text = number(pair & u64::from(u32::MAX));
                    texts.push(text);
                    counts[text as usize] += 1;
                }
                ends.push(number(texts.len() as u64));
            }
        }
        drop(pairs);
        // The lists of each text: a counting sort.
        let mut lists_end = counts;
        let mut before = 0;
        for end in &mut lists_end {
            let count = *end;
            *end = before;
            before += count;
        }
        let mut lists = vec![0; texts.len()];
        let mut start = 0;
        for (list, &end) in (0..).zip(&ends) {
            for &text in &texts[start as usize..end as usize] {
                let at = &mut lists_end[text as usize];
                lists[*at as usize] = list;
                *at += 1;
            }
            start = end;
        }
        Self {
            texts,
            ends,
            lists,
            lists_end,
        }
    }

    /// Returns the lists of a text: the hashes that it shares with others.
    pub fn lists_of(&self, text: usize) -> &[u32] {
        let start = text
            .checked_sub(1)
            .map_or(0, |before| self.lists_end[before]);
        &self.lists[start as usize..self.lists_end[text] as usize]
    }

    /// Returns the texts in a list, in rising order.
    pub fn texts_in(&self, list: u32) -> &[u32] {
        let list = list as usize;
        let start = list.checked_sub(1).map_or(0, |before| self.ends[before]);
        &self.texts[start as usize..self.ends[list] as usize]
    }
}

/// Which hashes were seen once and twice, by 26 bits of each: most hashes of an archive are of one text.
struct Seen {
    once: Vec<u64>,
    twice: Vec<u64>,
}

impl Seen {
    const BITS: u32 = 26;

    fn of(sketches: &Sketches) -> Self {
        let size = 1 << (Self::BITS - 6);
        let mut seen = Self {
            once: vec![0; size],
            twice: vec![0; size],
        };
        for &hash in &sketches.hashes {
            let (at, bit) = Self::place(hash);
            seen.twice[at] |= seen.once[at] & bit;
            seen.once[at] |= bit;
        }
        seen
    }

    fn twice(&self, hash: u32) -> bool {
        let (at, bit) = Self::place(hash);
        self.twice[at] & bit != 0
    }

    fn place(hash: u32) -> (usize, u64) {
        // Winnowing keeps the least hashes, so the high bits are seldom set.
        let low = hash & ((1 << Self::BITS) - 1);
        ((low >> 6) as usize, 1 << (low & 63))
    }
}

/// Returns a number that counts texts or their hashes.
fn number(count: u64) -> u32 {
    u32::try_from(count).expect("an archive has fewer than 2³² sketched words")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lists_the_texts_that_share_a_hash() {
        let mut sketches = Sketches::default();
        for sketch in [&[1, 5, 9][..], &[5, 7], &[], &[1, 5], &[u32::MAX]] {
            sketches.push(sketch.iter().copied());
        }
        let postings = Postings::of(&sketches);
        let shared = |text: usize| -> Vec<Vec<u32>> {
            let lists = postings.lists_of(text).iter();
            lists
                .map(|&list| postings.texts_in(list).to_vec())
                .collect()
        };
        assert_eq!(shared(0), [vec![0, 3], vec![0, 1, 3]]);
        assert_eq!(shared(1), [vec![0, 1, 3]]);
        assert_eq!(shared(3), [vec![0, 3], vec![0, 1, 3]]);
        for alone in [2, 4] {
            assert!(shared(alone).is_empty());
        }
    }
}
