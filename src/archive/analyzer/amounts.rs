//! The spellings of an amount: `14.5m`, `14.5 million` and `14,500,000`.

/// The units of large numbers, as words of the index, with the power of ten that they stand for. `m`, `k`
/// and `b` stay letters where no currency precedes them.
const UNITS: [(&str, u32); 7] = [
    ("thousand", 3),
    ("k", 3),
    ("million", 6),
    ("m", 6),
    ("billion", 9),
    ("b", 9),
    ("trillion", 12),
];

/// Abbreviations of units, which the index has only where a space or a line end is between them and their number.
const SHORT: [(&str, u32); 5] = [("bn", 9), ("bln", 9), ("mn", 6), ("mln", 6), ("tn", 12)];

/// Numbers that are years more often than amounts.
const YEARS: std::ops::Range<u64> = 1_000..2_101;

/// The most digits of a number.
const MOST_DIGITS: usize = 15;

/// The most digits after the point, and the most before it in a number with a unit.
const MOST_DECIMALS: u32 = 3;
const MOST_BEFORE_UNIT: u64 = 10_000;

/// Returns the other spellings of an amount, each as a folded number and its unit; none if the words are no
/// amount. `unit` is the folded word after the number.
pub fn amounts(number: &str, unit: Option<&str>) -> Vec<(String, Option<&'static str>)> {
    let Some((digits, decimals)) = decimal(number) else {
        return Vec::new();
    };
    let known = |unit: &str| UNITS.iter().chain(&SHORT).find(|(name, _)| *name == unit);
    let power = match unit.map(known) {
        Some(None) => return Vec::new(),
        Some(Some((_, power))) => *power,
        None if YEARS.contains(&digits) || decimals > 0 => return Vec::new(),
        None => 0,
    };
    let mut spellings = Vec::new();
    if power >= decimals
        && unit.is_some()
        && let Some(whole) = 10_u64
            .checked_pow(power - decimals)
            .and_then(|by| digits.checked_mul(by))
    {
        spellings.push((whole.to_string(), None));
    }
    for (name, of_unit) in UNITS {
        // The letter m is also metres: of whole numbers it is the amount only where it was typed.
        let is_metres = |number: &str| name == "m" && !number.contains('.');
        let shifted = shifted(digits, decimals + of_unit, power);
        let is_other = |shifted: &String| shifted != number || unit != Some(name);
        if let Some(number) = shifted.filter(|number| is_other(number) && !is_metres(number)) {
            spellings.push((number, Some(name)));
        }
    }
    spellings
}

/// Returns a folded number of one group of thousands with the point that some languages put before it, or
/// without it: `12.500` for `12500`, and the other way round; `None` for other words. What `0.500` and
/// `0500` begin with is no group.
pub fn with_other_point(number: &str) -> Option<String> {
    let is_number = |digits: &str| digits.bytes().all(|b| b.is_ascii_digit());
    let begins_group = |digits: &str| {
        (1..=3).contains(&digits.len()) && is_number(digits) && !digits.starts_with('0')
    };
    if let Some((first, group)) = number.split_once('.') {
        return (begins_group(first) && group.len() == 3 && is_number(group))
            .then(|| format!("{first}{group}"));
    }
    let (first, group) = number.split_at_checked(number.len().checked_sub(3)?)?;
    (begins_group(first) && is_number(group)).then(|| format!("{first}.{group}"))
}

/// Returns the digits of a number and how many of them follow its point.
fn decimal(number: &str) -> Option<(u64, u32)> {
    let (whole, decimals) = number.split_once('.').unwrap_or((number, ""));
    let digits = [whole, decimals].concat();
    let is_number = !whole.is_empty() && digits.bytes().all(|b| b.is_ascii_digit());
    (is_number && digits.len() <= MOST_DIGITS)
        .then(|| Some((digits.parse().ok()?, u32::try_from(decimals.len()).ok()?)))
        .flatten()
}

/// Returns `digits` · 10^(`power` - `decimals`) as a number that a unit may follow: 1 to 9,999, with few
/// digits after its point.
fn shifted(digits: u64, decimals: u32, power: u32) -> Option<String> {
    let (mut digits, mut decimals) = (digits, decimals);
    if power >= decimals {
        digits = digits.checked_mul(10_u64.checked_pow(power - decimals)?)?;
        decimals = 0;
    } else {
        decimals -= power;
    }
    while decimals > 0 && digits.is_multiple_of(10) {
        digits /= 10;
        decimals -= 1;
    }
    let one = 10_u64.checked_pow(decimals)?;
    if decimals > MOST_DECIMALS || !(1..MOST_BEFORE_UNIT).contains(&(digits / one)) {
        return None;
    }
    Some(match decimals {
        0 => digits.to_string(),
        places => format!(
            "{}.{:0places$}",
            digits / one,
            digits % one,
            places = places as usize
        ),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_thousands_by_a_point() {
        for (number, expected) in [
            ("12500", "12.500"),
            ("12.500", "12500"),
            ("1.500", "1500"),
            ("999999", "999.999"),
            ("1000000", ""),
            ("500", ""),
            ("0.500", ""),
            ("0500", ""),
            ("12.50", ""),
            ("1.2.300", ""),
            ("20th", ""),
            ("é", ""),
        ] {
            let found = with_other_point(number).unwrap_or_default();
            assert_eq!(found, expected, "{number}");
        }
    }

    #[test]
    fn spells_amounts() {
        for (number, unit, expected) in [
            ("14.5", Some("m"), "14500000, 14.5 million"),
            ("14.5", Some("million"), "14500000, 14.5 m"),
            ("5", Some("million"), "5000000, 5000 thousand, 5000 k"),
            ("2.3", Some("k"), "2300, 2.3 thousand"),
            ("2300", None, "2.3 thousand, 2.3 k"),
            ("1500000000", None, "1500 million, 1.5 billion, 1.5 b"),
            ("1500", Some("million"), "1500000000, 1.5 billion, 1.5 b"),
            (
                "1.5",
                Some("bn"),
                "1500000000, 1500 million, 1.5 billion, 1.5 b",
            ),
            (
                "5",
                Some("tn"),
                "5000000000000, 5000 billion, 5000 b, 5 trillion",
            ),
            (
                "2.40",
                Some("bn"),
                "2400000000, 2400 million, 2.4 billion, 2.4 b",
            ),
            (
                "2.40",
                Some("billion"),
                "2400000000, 2400 million, 2.4 billion, 2.4 b",
            ),
            ("2020", None, ""),
            ("737", None, ""),
            ("7654321", None, "7654.321 thousand, 7654.321 k"),
            ("3.5", None, ""),
            ("3.5", Some("percent"), ""),
            ("1.2.3", Some("m"), ""),
            ("99999999999999999999", None, ""),
            ("0", Some("m"), "0"),
        ] {
            let shown: Vec<String> = amounts(number, unit)
                .into_iter()
                .map(|(number, unit)| {
                    unit.map_or(number.clone(), |unit| format!("{number} {unit}"))
                })
                .collect();
            assert_eq!(shown.join(", "), expected, "{number} {unit:?}");
        }
    }
}
