//! The names of months and weekdays, and the numbers that years, months and days are printed as.

use jiff::civil::Weekday;

use super::PartialDate;
use super::calendar::{self, Name};

/// The years of printed dates. Newspapers began in 1605.
pub(super) const YEARS: std::ops::RangeInclusive<i16> = 1600..=2199;

/// The largest two-digit year that is read as 20xx; larger ones are 19xx (POSIX `strptime`).
const LAST_SHORT_YEAR: i16 = 68;

/// The names of the months. Each is abbreviated to its first three letters.
const MONTHS: [&str; 12] = [
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
];

/// The names of the weekdays, with their abbreviations other than the first three letters.
const WEEKDAYS: [(&str, &[&str], Weekday); 7] = [
    ("monday", &[], Weekday::Monday),
    ("tuesday", &["tues"], Weekday::Tuesday),
    ("wednesday", &["weds"], Weekday::Wednesday),
    ("thursday", &["thur", "thurs"], Weekday::Thursday),
    ("friday", &[], Weekday::Friday),
    ("saturday", &[], Weekday::Saturday),
    ("sunday", &[], Weekday::Sunday),
];

/// Returns the month that a word names, in full or abbreviated: `June`, `JUN`, `Sept`.
pub(super) fn month_named(word: &str) -> Option<i8> {
    let is = |name: &str| word.eq_ignore_ascii_case(name);
    let found = MONTHS.iter().position(|name| is(name) || is(&name[..3]));
    match found {
        Some(index) => i8::try_from(index + 1).ok(),
        None if is("sept") => Some(9),
        None => None,
    }
}

/// Returns the weekday that a word names, in full or abbreviated.
pub(super) fn weekday_named(word: &str) -> Option<Weekday> {
    let is = |name: &str| word.eq_ignore_ascii_case(name);
    WEEKDAYS
        .iter()
        .find(|(name, short, _)| is(name) || is(&name[..3]) || short.iter().any(|short| is(short)))
        .map(|&(_, _, day)| day)
}

/// Returns the weekday that a word names, in English or in full in another language.
pub(super) fn weekday_in_any_language(word: &str) -> Option<Weekday> {
    weekday_named(word).or_else(|| match calendar::named(word)? {
        Name::Weekday(weekday) => Some(weekday),
        _ => None,
    })
}

/// Returns the value of a text of exactly `digits` digits.
pub(super) fn number_of(text: &str, digits: usize) -> Option<i16> {
    let is_number = text.len() == digits && text.bytes().all(|b| b.is_ascii_digit());
    is_number.then(|| text.parse().ok()).flatten()
}

/// Returns the value of a text of one or two digits.
pub(super) fn short(text: &str) -> Option<i16> {
    number_of(text, 2).or_else(|| number_of(text, 1))
}

/// Returns the year that two digits stand for.
pub(super) fn century(short: i16) -> i16 {
    short + if short <= LAST_SHORT_YEAR { 2000 } else { 1900 }
}

/// Returns the date of a day in one of [`YEARS`], or `None` if there is no such day.
pub(super) fn day_of(year: i16, month: i16, day: i16) -> Option<PartialDate> {
    let date = PartialDate::from_day(year, i8::try_from(month).ok()?, i8::try_from(day).ok()?)?;
    YEARS.contains(&year).then_some(date)
}
