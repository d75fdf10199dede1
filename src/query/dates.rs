//! Reads the date filters of a query: days, months, years, ranges, brackets, `unknown`.

use std::fmt;

use jiff::civil::Date;

use crate::date::PartialDate;
use crate::date::printed::{self, Reading};
use crate::text::digits::with_ascii_digits;

/// The hint of messages about dates.
pub const DATE_HINT: &str = "write date:2018, date:2018-06, date:2018-06-27, \
    date:\"June 2018\", date:2018-03..2018-06, date:..2020, before:2020, after:2018-06 or date:unknown";

/// A filter on the date of publication.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DateFilter {
    /// Articles whose date may lie between these days, both included.
    Between(Option<Date>, Option<Date>),
    /// Articles whose date lies between these days, both included, however little of it is known.
    Within(Date, Date),
    /// Articles without a date.
    Unknown,
}

impl DateFilter {
    /// Returns the filter for dates from `first` to `last`. Months and years expand outward to days.
    pub fn between(first: Option<PartialDate>, last: Option<PartialDate>) -> Self {
        Self::Between(
            first.map(PartialDate::first_day),
            last.map(PartialDate::last_day),
        )
    }

    /// Returns both ends as numbers yyyymmdd, as in the index.
    pub fn as_numbers(first: Option<Date>, last: Option<Date>) -> (u64, u64) {
        (
            first.map_or(0, day_number),
            last.map_or(u64::MAX, day_number),
        )
    }
}

/// Returns a day as the number yyyymmdd.
pub fn day_number(day: Date) -> u64 {
    let part = |n: i8| u64::from(n.unsigned_abs());
    u64::from(day.year().unsigned_abs()) * 10_000 + part(day.month()) * 100 + part(day.day())
}

/// Returns the coarsest date that covers exactly these days.
fn as_partial(first: Date, last: Date) -> Option<PartialDate> {
    [
        PartialDate::from_year(first.year()),
        PartialDate::from_month(first.year(), first.month()),
        PartialDate::from_day(first.year(), first.month(), first.day()),
    ]
    .into_iter()
    .flatten()
    .find(|date| date.first_day() == first && date.last_day() == last)
}

impl fmt::Display for DateFilter {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match *self {
            Self::Unknown => f.write_str("date:unknown"),
            Self::Within(first, last) => match as_partial(first, last) {
                Some(date) => write!(f, "within:{date}"),
                None => write!(f, "within:{first}..{last}"),
            },
            Self::Between(Some(first), Some(last)) => match as_partial(first, last) {
                Some(date) => write!(f, "date:{date}"),
                None => write!(f, "date:{first}..{last}"),
            },
            Self::Between(first, last) => {
                f.write_str("date:")?;
                if let Some(first) = first {
                    write!(f, "{first}")?;
                }
                f.write_str("..")?;
                if let Some(last) = last {
                    write!(f, "{last}")?;
                }
                Ok(())
            }
        }
    }
}

/// The name of a date filter.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DateField {
    /// `date:`
    Date,
    /// `before:`, which includes the date itself.
    Before,
    /// `after:`, which includes the date itself.
    After,
    /// `within:`
    Within,
}

impl DateField {
    /// Returns the date field of this name, in any case.
    pub fn from_typed(name: &str) -> Option<Self> {
        [
            ("date", Self::Date),
            ("published", Self::Date),
            ("year", Self::Date),
            ("before", Self::Before),
            ("until", Self::Before),
            ("older", Self::Before),
            ("after", Self::After),
            ("since", Self::After),
            ("newer", Self::After),
            ("within", Self::Within),
        ]
        .into_iter()
        .find(|(typed, _)| typed.eq_ignore_ascii_case(name))
        .map(|(_, field)| field)
    }
}

/// Reads the value of a date filter.
///
/// # Errors
///
/// Returns a message if the value is not a date or a range of dates.
pub fn read(field: DateField, value: &str) -> Result<DateFilter, String> {
    let value = &*with_ascii_digits(value.trim());
    match field {
        DateField::Before => Ok(DateFilter::between(None, Some(one(value)?))),
        DateField::After => Ok(DateFilter::between(Some(one(value)?), None)),
        DateField::Date => read_range(value),
        DateField::Within => match read_range(value)? {
            DateFilter::Between(Some(first), Some(last)) => Ok(DateFilter::Within(first, last)),
            _ => Err(format!("within:{value} has no first or no last day")),
        },
    }
}

fn read_range(value: &str) -> Result<DateFilter, String> {
    if value.eq_ignore_ascii_case("unknown") || value.eq_ignore_ascii_case("none") {
        return Ok(DateFilter::Unknown);
    }
    if let Some(inside) = value.strip_prefix(['[', '{']) {
        return read_brackets(value, inside);
    }
    if let Some(date) = value.strip_prefix('=') {
        return read_range(date.trim_start());
    }
    if let Some((first, last)) = ends_of(value) {
        let (first, last) = (open_end(first)?, open_end(last)?);
        return in_order(DateFilter::between(first, last), value);
    }
    if let Some(rest) = value.strip_prefix('>') {
        let first = match rest.strip_prefix('=') {
            Some(rest) => one(rest)?.first_day(),
            None => day_after(one(rest)?)?,
        };
        return Ok(DateFilter::Between(Some(first), None));
    }
    if let Some(rest) = value.strip_prefix('<') {
        let last = match rest.strip_prefix('=') {
            Some(rest) => one(rest)?.last_day(),
            None => day_before(one(rest)?)?,
        };
        return Ok(DateFilter::Between(None, Some(last)));
    }
    let date = one(value)?;
    Ok(DateFilter::between(Some(date), Some(date)))
}

/// Returns the ends of a range: `2018..2019`, `2018-2019`, `June 2018 to May 2019`, and
/// `2018-06-01/2018-06-30` as ISO 8601 and Recoll have it.
fn ends_of(value: &str) -> Option<(&str, &str)> {
    let dots = ["...", "..", "…"];
    if let Some(ends) = dots.iter().find_map(|dots| value.split_once(dots)) {
        return Some(ends);
    }
    let spaced = [" to ", " TO ", " - ", " – ", " — ", "–", "—"];
    if let Some(ends) = spaced.iter().find_map(|dash| value.split_once(dash)) {
        return Some(ends);
    }
    let is_year = |text: &str| text.len() == 4 && text.bytes().all(|b| b.is_ascii_digit());
    let years = value.split_once(['-', '/', ':']);
    let dates = value.split_once('/');
    let is_iso = |text: &str| text.parse::<PartialDate>().is_ok();
    years
        .filter(|(first, last)| is_year(first) && is_year(last))
        .or_else(|| dates.filter(|(first, last)| is_iso(first) && is_iso(last)))
}

/// Reads Lucene's `[a TO b]`. A curly bracket excludes its end.
fn read_brackets(value: &str, inside: &str) -> Result<DateFilter, String> {
    let includes_first = value.starts_with('[');
    let (inside, includes_last) = match (inside.strip_suffix(']'), inside.strip_suffix('}')) {
        (Some(inside), _) => (inside, true),
        (_, Some(inside)) => (inside, false),
        _ => return Err(format!("the bracket of date:{value} is not closed")),
    };
    let ends: Vec<&str> = inside.split_whitespace().collect();
    let (first, last) = match ends[..] {
        [first, to, last] if to.eq_ignore_ascii_case("to") => (open_end(first)?, open_end(last)?),
        _ => return Err(format!("date:{value} is not a range")),
    };
    let first = match first {
        Some(date) if !includes_first => Some(day_after(date)?),
        date => date.map(PartialDate::first_day),
    };
    let last = match last {
        Some(date) if !includes_last => Some(day_before(date)?),
        date => date.map(PartialDate::last_day),
    };
    in_order(DateFilter::Between(first, last), value)
}

fn day_after(date: PartialDate) -> Result<Date, String> {
    let next = date.last_day().tomorrow();
    next.map_err(|_| format!("there is no day after {date}"))
}

fn day_before(date: PartialDate) -> Result<Date, String> {
    let previous = date.first_day().yesterday().ok();
    previous
        .filter(|day| PartialDate::from_year(day.year()).is_some())
        .ok_or_else(|| format!("there is no day before {date}"))
}

fn in_order(filter: DateFilter, value: &str) -> Result<DateFilter, String> {
    match filter {
        DateFilter::Between(Some(first), Some(last)) if last < first => {
            Err(format!("the range {value} ends before it starts"))
        }
        filter => Ok(filter),
    }
}

/// Returns one end of a range; `None` if it is open.
fn open_end(value: &str) -> Result<Option<PartialDate>, String> {
    match value.trim() {
        "" | "*" => Ok(None),
        value => one(value).map(Some),
    }
}

/// Reads a date in ISO 8601 or as people write it: `June 2019`, `06/2019`, `15 June
/// 2019`, `15/06/2019`.
///
/// # Errors
///
/// Returns a message if the value is not a date, or if it may be two.
pub fn one(value: &str) -> Result<PartialDate, String> {
    let value = &*with_ascii_digits(value.trim());
    let iso = value.replace('/', "-");
    if let Ok(date) = iso.parse() {
        return Ok(date);
    }
    if value.is_empty() {
        return Err("a date is missing".to_owned());
    }
    let digits: Vec<&str> = iso.split('-').collect();
    let is_numeric = digits
        .iter()
        .all(|part| !part.is_empty() && part.bytes().all(|b| b.is_ascii_digit()));
    // 2018-6-7, without leading zeros.
    if is_numeric && digits.len() <= 3 && digits[0].len() == 4 {
        let padded: Vec<String> = digits.iter().map(|part| format!("{part:0>2}")).collect();
        if let Ok(date) = padded.join("-").parse() {
            return Ok(date);
        }
        return Err(format!("{value} is not in the calendar"));
    }
    // 11/2018
    if let [month, year] = digits[..]
        && is_numeric
        && year.len() == 4
        && month.len() <= 2
    {
        let month_first = format!("{year}-{month:0>2}");
        return month_first
            .parse()
            .map_err(|_| format!("{value} is not in the calendar"));
    }
    if value.len() == 8 && value.bytes().all(|b| b.is_ascii_digit()) {
        let iso = format!("{}-{}-{}", &value[..4], &value[4..6], &value[6..]);
        return iso
            .parse()
            .map_err(|_| format!("{value} is not in the calendar"));
    }
    as_printed(value)
}

/// Reads a date as newspapers print it.
fn as_printed(value: &str) -> Result<PartialDate, String> {
    let found = printed::find(value);
    let [date] = &found[..] else {
        return Err(format!("{value} is not a date"));
    };
    if date.range != (0..value.len()) {
        return Err(format!("{value} is not a date"));
    }
    match date.reading {
        Reading::Plain(date) => Ok(date),
        Reading::Ambiguous {
            month_first,
            day_first,
        } => Err(format!("{value} may be {day_first} or {month_first}")),
        Reading::Yearless { .. } => Err(format!("{value} has no year")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_every_form() {
        for (field, value, expected) in [
            (DateField::Date, "2018", "date:2018"),
            (DateField::Date, "2018-06", "date:2018-06"),
            (DateField::Date, "2018-06-27", "date:2018-06-27"),
            (DateField::Date, "2018/06/27", "date:2018-06-27"),
            (DateField::Date, "2018-6-7", "date:2018-06-07"),
            (
                DateField::Date,
                "2018-03..2018-06",
                "date:2018-03-01..2018-06-30",
            ),
            (DateField::Date, "..2020", "date:..2020-12-31"),
            (DateField::Date, "2019..", "date:2019-01-01.."),
            (DateField::Date, "..", "date:.."),
            (DateField::Date, "2018..2018", "date:2018"),
            (DateField::Date, "[2018-01-01 TO 2018-12-31]", "date:2018"),
            (DateField::Date, "{2018 TO 2020}", "date:2019"),
            (DateField::Date, "[* TO 2018]", "date:..2018-12-31"),
            (DateField::Date, ">=2018", "date:2018-01-01.."),
            (DateField::Date, ">2018", "date:2019-01-01.."),
            (DateField::Date, "<2018-03", "date:..2018-02-28"),
            (DateField::Date, "June 2019", "date:2019-06"),
            (DateField::Date, "15 June 2019", "date:2019-06-15"),
            (DateField::Date, "Jun 15, 2019", "date:2019-06-15"),
            (DateField::Date, "juin 2019", "date:2019-06"),
            (DateField::Date, "15/06/2019", "date:2019-06-15"),
            (DateField::Date, "11/2018", "date:2018-11"),
            (
                DateField::Date,
                "6/2018..9/2018",
                "date:2018-06-01..2018-09-30",
            ),
            (DateField::Date, "06/15/2019", "date:2019-06-15"),
            (DateField::Date, "15.06.2019", "date:2019-06-15"),
            (DateField::Date, "06/06/2019", "date:2019-06-06"),
            (DateField::Date, "20190615", "date:2019-06-15"),
            (DateField::Date, "2019-2020", "date:2019-01-01..2020-12-31"),
            (DateField::Date, "2019–2020", "date:2019-01-01..2020-12-31"),
            (
                DateField::Date,
                "June 2019 to March 2020",
                "date:2019-06-01..2020-03-31",
            ),
            (
                DateField::Date,
                "2019-06-01/2019-06-15",
                "date:2019-06-01..2019-06-15",
            ),
            (DateField::After, "15 June 2019", "date:2019-06-15.."),
            (DateField::Date, "٢٠١٨", "date:2018"),
            (DateField::Date, "२०१८-०६-२७", "date:2018-06-27"),
            (DateField::After, "２０１８", "date:2018-01-01.."),
            (DateField::Date, "unknown", "date:unknown"),
            (DateField::Before, "2018", "date:..2018-12-31"),
            (DateField::After, "2018-06", "date:2018-06-01.."),
        ] {
            assert_eq!(read(field, value).unwrap().to_string(), expected, "{value}");
        }
    }

    #[test]
    fn says_what_is_wrong() {
        for (field, value, expected) in [
            (
                DateField::Date,
                "yesterdayish",
                "yesterdayish is not a date",
            ),
            (DateField::Date, "", "a date is missing"),
            (DateField::Date, "2018-13", "2018-13 is not in the calendar"),
            (
                DateField::Date,
                "2019-02-29",
                "2019-02-29 is not in the calendar",
            ),
            (
                DateField::Date,
                "2020..2018",
                "the range 2020..2018 ends before it starts",
            ),
            (
                DateField::Date,
                "[2018 TO",
                "the bracket of date:[2018 TO is not closed",
            ),
            (DateField::Date, "[2018]", "date:[2018] is not a range"),
            (
                DateField::Date,
                "05/06/2019",
                "05/06/2019 may be 2019-06-05 or 2019-05-06",
            ),
            (DateField::Date, "June 15", "June 15 has no year"),
            (DateField::Before, "2018..", "2018.. is not a date"),
            (DateField::Date, "99", "99 is not a date"),
        ] {
            assert_eq!(read(field, value).unwrap_err(), expected, "{value}");
        }
    }
}
