//! How frequent a surname is.

use std::sync::LazyLock;

use rustc_hash::FxHashMap;

/// The thousand most frequent surnames of the United States, folded, each with its bearers in a
/// million: `last_names` of the provider `en_US` of Faker 40.63 (MIT).
static FREQUENT: LazyLock<FxHashMap<&str, u32>> = LazyLock::new(|| {
    let lines = include_str!("data/frequent-surnames.txt").lines();
    let fields = lines.filter_map(|line| line.split_once('\t'));
    let read = fields.filter_map(|(name, bearers)| Some((name, bearers.parse().ok()?)));
    read.collect()
});

/// The bearers in a million of the least frequent surname of the thousand.
const LEAST: u32 = 291;

/// Returns how many times as many bearers a surname has as the last of the thousand most frequent
/// ones; 1 for all others.
pub(crate) fn frequency(surname: &str) -> f64 {
    let bearers = FREQUENT.get(surname).copied().unwrap_or(LEAST);
    f64::from(bearers.max(LEAST)) / f64::from(LEAST)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn knows_frequent_surnames() {
        assert_eq!(FREQUENT.len(), 1000);
        assert_eq!(FREQUENT.values().min(), Some(&LEAST));
        assert!(frequency("smith") > 50.0 && frequency("carter") > frequency("bush"));
        assert!((frequency("vondrak") - 1.0).abs() < f64::EPSILON);
    }
}
