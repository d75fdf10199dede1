//! Which texts share hashes of their sketches.

/// The most texts that share a hash which is looked at. What more texts have is a notice or a form, and
/// the work grows with the square of their number.
const MOST_SHARED: usize = 4_096;

/// A hash that no other text has, or too many, in place of the number of its list.
pub const UNSHARED: u32 = u32::MAX;

/// The sketches of texts, one after the other.
#[derive(Debug, Default)]
pub struct Sketches {
    hashes: Vec<u32>,
    /// Where the sketch of each text ends.
    ends: Vec<u32>,
}

impl Sketches {
    /// Makes room for so many texts with so many hashes in all.
    pub fn with_capacity(texts: usize, hashes: usize) -> Self {
        Self {
            hashes: Vec::with_capacity(hashes),
            ends: Vec::with_capacity(texts),
        }
    }

    /// Appends a sketch.
    pub fn push(&mut self, sketch: impl IntoIterator<Item = u32>) {
        self.hashes.extend(sketch);
        self.ends.push(number(self.hashes.len()));
    }

    /// Returns the hashes that several texts have, in rising order, and where the list of each starts and
    /// the last ends if these follow one another.
    fn shared(&self) -> (Vec<u32>, Vec<u32>) {
        let mut all = Vec::with_capacity(self.hashes.len());
        let mut own = Vec::new();
        for text in 0..self.ends.len() {
            set(&self.hashes[range(&self.ends, text)], &mut own);
            all.extend(&own);
        }
        all.sort_unstable();
        let (mut shared, mut starts) = (Vec::new(), vec![0]);
        let mut end = 0;
        for texts in all.chunk_by(|a, b| a == b) {
            if (2..=MOST_SHARED).contains(&texts.len()) {
                end += number(texts.len());
                shared.push(texts[0]);
                starts.push(end);
            }
        }
        (shared, starts)
    }
}

/// For each hash that several texts share, these texts.
pub struct Postings {
    /// The sketches of all texts, one after the other, each hash as the number of its list.
    sketches: Vec<u32>,
    /// Where the sketch of each text ends.
    sketch_ends: Vec<u32>,
    /// The texts of all lists, one list after the other, each in rising order.
    texts: Vec<u32>,
    /// Where each list ends.
    ends: Vec<u32>,
}

impl Postings {
    /// Inverts sketches, in their place.
    pub fn of(sketches: Sketches) -> Self {
        let (shared, mut ends) = sketches.shared();
        let Sketches {
            hashes: mut sketches,
            ends: sketch_ends,
        } = sketches;
        for hash in &mut sketches {
            *hash = shared.binary_search(hash).map_or(UNSHARED, number);
        }
        drop(shared);
        // Where each list starts, until its texts are filled in.
        let mut texts = vec![0; ends.pop().unwrap_or(0) as usize];
        let mut own = Vec::new();
        for text in 0..sketch_ends.len() {
            set(&sketches[range(&sketch_ends, text)], &mut own);
            for &list in own.iter().filter(|&&list| list != UNSHARED) {
                let end = &mut ends[list as usize];
                texts[*end as usize] = number(text);
                *end += 1;
            }
        }
        Self {
            sketches,
            sketch_ends,
            texts,
            ends,
        }
    }

    /// Returns the sketch of a text in the order of the text: for each hash the number of the list of
    /// texts that share it, or [`UNSHARED`].
    pub fn sketch_of(&self, text: usize) -> &[u32] {
        &self.sketches[range(&self.sketch_ends, text)]
    }

    /// Returns the texts in a list, in rising order.
    pub fn texts_in(&self, list: u32) -> &[u32] {
        &self.texts[range(&self.ends, list as usize)]
    }
}

/// Returns where one of several parts is that follow one another.
fn range(ends: &[u32], part: usize) -> std::ops::Range<usize> {
    let start = part.checked_sub(1).map_or(0, |before| ends[before]);
    start as usize..ends[part] as usize
}

/// Makes `own` what is in a sketch, in rising order, each once.
fn set(sketch: &[u32], own: &mut Vec<u32>) {
    own.clear();
    own.extend(sketch);
    own.sort_unstable();
    own.dedup();
}

/// Returns a number that counts texts or their hashes.
pub fn number(count: usize) -> u32 {
    u32::try_from(count).expect("an archive has fewer than 2³² sketched words")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lists_the_texts_that_share_a_hash() {
        let mut sketches = Sketches::default();
        for sketch in [&[9, 1, 5][..], &[7, 5, 7], &[], &[5, 1, 5], &[u32::MAX]] {
            sketches.push(sketch.iter().copied());
        }
        let postings = Postings::of(sketches);
        let shared = |text: usize| -> Vec<Option<Vec<u32>>> {
            let lists = postings.sketch_of(text).iter();
            let texts = |&list: &u32| (list != UNSHARED).then(|| postings.texts_in(list).to_vec());
            lists.map(texts).collect()
        };
        let (of_1, of_5) = (Some(vec![0, 3]), Some(vec![0, 1, 3]));
        assert_eq!(shared(0), [None, of_1.clone(), of_5.clone()]);
        assert_eq!(shared(1), [None, of_5.clone(), None]);
        assert_eq!(shared(3), [of_5.clone(), of_1, of_5]);
        assert!(shared(2).is_empty());
        assert_eq!(shared(4), [None]);
    }
}
