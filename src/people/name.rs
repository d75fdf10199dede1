//! Are two names one person's?

/// Returns whether two written names may be one person's: `John Bolton` and `Bolton, John R.`,
/// `Sergei Lavrov` and `Sergey Lavrov`, but not `George W. Bush` and `George H.W. Bush`.
pub fn is_same_person(_a: &str, _b: &str) -> bool {
    false
}

/// Returns the folded form that spellings are compared by: `John R. Bolton` → `john r bolton`.
pub fn key(name: &str) -> String {
    name.to_lowercase()
}

/// Returns a short key that all spellings of one surname share, so that the candidates for
/// [`is_same_person`] can be looked up by prefix.
pub fn lookup_key(name: &str) -> String {
    name.to_lowercase()
}
