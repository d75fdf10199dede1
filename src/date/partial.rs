//! A calendar date that is known to the year, the month or the day.

use std::fmt;
use std::str::FromStr;

use jiff::civil::Date;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// A calendar date known to the year, the month or the day.
///
/// Written and read as `2018`, `2018-06` or `2018-06-27` (ISO 8601). Years run from 1000 to 9999,
/// so that the written form always has four digits.
///
/// Dates are ordered by their first day, then the coarser before the finer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct PartialDate {
    year: i16,
    /// 1 to 12, or 0 if only the year is known.
    month: i8,
    /// 1 to 31, or 0 if the day is not known.
    day: i8,
}

impl PartialDate {
    /// Returns a date known to the year, or `None` outside 1000 to 9999.
    pub fn from_year(year: i16) -> Option<Self> {
        (1000..=9999).contains(&year).then_some(Self {
            year,
            month: 0,
            day: 0,
        })
    }

    /// Returns a date known to the month, or `None` if there is no such month.
    pub fn from_month(year: i16, month: i8) -> Option<Self> {
        let whole_year = Self::from_year(year)?;
        (1..=12).contains(&month).then_some(Self {
            month,
            ..whole_year
        })
    }

    /// Returns a date known to the day, or `None` if the calendar has no such day.
    pub fn from_day(year: i16, month: i8, day: i8) -> Option<Self> {
        let whole_month = Self::from_month(year, month)?;
        Date::new(year, month, day).ok()?;
        Some(Self { day, ..whole_month })
    }

    /// Returns the year.
    pub fn year(self) -> i16 {
        self.year
    }

    /// Returns the month, 1 to 12, if it is known.
    pub fn month(self) -> Option<i8> {
        (self.month > 0).then_some(self.month)
    }

    /// Returns the day of the month, 1 to 31, if it is known.
    pub fn day(self) -> Option<i8> {
        (self.day > 0).then_some(self.day)
    }

    /// Returns whether the day is known.
    pub fn is_day(self) -> bool {
        self.day > 0
    }

    /// Returns the first day of the period: of the year, of the month, or the day itself.
    pub fn first_day(self) -> Date {
        Date::constant(self.year, self.month.max(1), self.day.max(1))
    }

    /// Returns the last day of the period.
    pub fn last_day(self) -> Date {
        match (self.month, self.day) {
            (0, _) => Date::constant(self.year, 12, 31),
            (_, 0) => self.first_day().last_of_month(),
            _ => self.first_day(),
        }
    }

    /// Returns whether the period of `other` lies in that of `self`.
    pub fn contains(self, other: Self) -> bool {
        self.first_day() <= other.first_day() && other.last_day() <= self.last_day()
    }
}

impl From<Date> for PartialDate {
    fn from(date: Date) -> Self {
        Self {
            year: date.year(),
            month: date.month(),
            day: date.day(),
        }
    }
}

impl fmt::Display for PartialDate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}", self.year)?;
        if self.month > 0 {
            write!(f, "-{:02}", self.month)?;
        }
        if self.day > 0 {
            write!(f, "-{:02}", self.day)?;
        }
        Ok(())
    }
}

/// The error for a text that is not of the form `2018`, `2018-06` or `2018-06-27`.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("not a date: write 2018, 2018-06 or 2018-06-27")]
pub struct NotADate;

impl FromStr for PartialDate {
    type Err = NotADate;

    fn from_str(text: &str) -> Result<Self, NotADate> {
        let mut parts = text.split('-');
        let mut number = |width: usize| -> Result<Option<i16>, NotADate> {
            let Some(part) = parts.next() else {
                return Ok(None);
            };
            if part.len() != width || !part.bytes().all(|b| b.is_ascii_digit()) {
                return Err(NotADate);
            }
            part.parse().map(Some).map_err(|_| NotADate)
        };
        let (year, month, day) = (number(4)?, number(2)?, number(2)?);
        if parts.next().is_some() {
            return Err(NotADate);
        }
        let narrow = |n: i16| i8::try_from(n).map_err(|_| NotADate);
        match (year, month, day) {
            (Some(y), None, _) => Self::from_year(y),
            (Some(y), Some(m), None) => Self::from_month(y, narrow(m)?),
            (Some(y), Some(m), Some(d)) => Self::from_day(y, narrow(m)?, narrow(d)?),
            (None, ..) => None,
        }
        .ok_or(NotADate)
    }
}

impl Serialize for PartialDate {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for PartialDate {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer)?
            .parse()
            .map_err(serde::de::Error::custom)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn date(text: &str) -> PartialDate {
        text.parse().unwrap()
    }

    #[test]
    fn reads_and_writes_each_precision() {
        for text in ["2018", "2018-06", "2018-06-27", "1066", "2020-02-29"] {
            assert_eq!(date(text).to_string(), text);
        }
        for text in [
            "",
            "18",
            "2018-6",
            "2018-13",
            "2018-00",
            "2019-02-29",
            "2018-06-27-1",
            "+018",
            "0999",
            "2018-",
        ] {
            assert_eq!(text.parse::<PartialDate>(), Err(NotADate), "{text}");
        }
    }

    #[test]
    fn knows_its_first_and_last_day() {
        for (text, first, last) in [
            ("2018", "2018-01-01", "2018-12-31"),
            ("2020-02", "2020-02-01", "2020-02-29"),
            ("2018-06-27", "2018-06-27", "2018-06-27"),
        ] {
            assert_eq!(date(text).first_day().to_string(), first);
            assert_eq!(date(text).last_day().to_string(), last);
        }
        assert!(date("2018").contains(date("2018-06")));
        assert!(!date("2018-06").contains(date("2018")));
    }
}
