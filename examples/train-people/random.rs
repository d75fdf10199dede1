//! The random numbers of the training.

/// A linear congruential generator (Knuth's constants), so that training is reproducible. Holds the
/// seed.
pub struct Random(pub u64);

impl Random {
    fn next(&mut self) -> u64 {
        self.0 = self
            .0
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        self.0 >> 33
    }

    /// Returns a number below `limit`.
    pub fn below(&mut self, limit: usize) -> usize {
        self.next() as usize % limit
    }

    /// Returns a number of at least 0 and below 1.
    pub fn fraction(&mut self) -> f64 {
        self.next() as f64 / (1_u64 << 31) as f64
    }
}
