//! Finds the dates printed in a line of text.
//!
//! [`find`] reads lines that may have a date: headers, bylines, datelines. It knows the forms that
//! newspapers, databases and browsers print. A year alone is not a date.

use std::ops::Range;

use jiff::civil::Weekday;

use super::PartialDate;
use super::names::{century, day_of, short, weekday_named};
use super::tokens::{Kind, Tokens};

/// The signs that may stand between a date and a time of day.
const BEFORE_TIME: [char; 8] = [',', '|', '-', '–', '—', '·', '•', '/'];

/// A date as it is printed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PrintedDate {
    /// Its byte range, with the weekday and the time of day beside it.
    pub range: Range<usize>,
    /// What it says.
    pub reading: Reading,
    /// Whether the weekday printed beside it is that of the day; `None` if none is printed.
    pub weekday_agrees: Option<bool>,
}

/// What a printed date says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reading {
    /// One date.
    Plain(PartialDate),
    /// One of two dates, as in `03/04/2018`.
    Ambiguous {
        /// Month first, as in the United States.
        month_first: PartialDate,
        /// Day first, as elsewhere.
        day_first: PartialDate,
    },
    /// A month and a day without a year, as in "June 27".
    Yearless {
        /// 1 to 12.
        month: i8,
        /// 1 to 31.
        day: i8,
    },
}

impl Reading {
    /// Returns the reading of an ambiguous date that falls on a weekday, if only one does.
    fn on(self, weekday: Weekday) -> Self {
        let Self::Ambiguous {
            month_first,
            day_first,
        } = self
        else {
            return self;
        };
        let agrees = |date: PartialDate| date.first_day().weekday() == weekday;
        match (agrees(month_first), agrees(day_first)) {
            (true, false) => Self::Plain(month_first),
            (false, true) => Self::Plain(day_first),
            _ => self,
        }
    }
}

/// Returns the dates printed in a text, in order.
pub fn find(text: &str) -> Vec<PrintedDate> {
    // Most lines have no date, and every date has a digit.
    if !text.bytes().any(|b| b.is_ascii_digit()) {
        return Vec::new();
    }
    let tokens = Tokens::of(text);
    let mut found = Vec::new();
    let mut i = 0;
    while i < tokens.all.len() {
        match tokens.date_at(i) {
            Some(core) => {
                let (date, next) = tokens.with_surroundings(i, &core);
                found.push(date);
                i = next;
            }
            None => i += 1,
        }
    }
    found
}

/// A date without the weekday and the time of day beside it.
struct Core {
    tokens: Range<usize>,
    reading: Reading,
}

impl Tokens<'_> {
    /// Returns the date that begins with token `i`.
    fn date_at(&self, i: usize) -> Option<Core> {
        match self.all[i].kind {
            Kind::Word => self.month_day_year(i),
            Kind::Number => self
                .year_month_day(i)
                .or_else(|| self.day_month_year(i))
                .or_else(|| self.numeric(i)),
            Kind::Sign(_) => None,
        }
    }

    /// `June 27, 2018`, `Sept. 4`, `June 2018`.
    fn month_day_year(&self, i: usize) -> Option<Core> {
        let month = self.month(i)?;
        let mut next = self.skip_sign(i + 1, '.');
        if let Some(year) = self.year(self.skip_sign(next, ',')) {
            let end = self.skip_sign(next, ',') + 1;
            return self.core(i..end, PartialDate::from_month(year, month)?);
        }
        let day = self.day(next)?;
        next = self.skip_ordinal(next + 1);
        let after_comma = self.skip_sign(self.skip_sign(next, '.'), ',');
        if let Some(year) = self.year(after_comma) {
            return self.core(i..after_comma + 1, PartialDate::from_day(year, month, day)?);
        }
        self.yearless(i..next, month, day)
    }

    /// `27 June 2018`, `27th of June, 2018`, `27-Jun-2018`, `4 Sept.`.
    fn day_month_year(&self, i: usize) -> Option<Core> {
        let day = self.day(i)?;
        let mut next = self.skip_ordinal(i + 1);
        next = self.skip_sign(next, '.');
        if self.is_word(next, "of") {
            next += 1;
        }
        next = self.skip_sign(next, '-');
        let month = self.month(next)?;
        next = self.skip_sign(next + 1, '.');
        let before_year = self.skip_sign(self.skip_sign(next, ','), '-');
        if let Some(year) = self.year(before_year) {
            return self.core(i..before_year + 1, PartialDate::from_day(year, month, day)?);
        }
        self.yearless(i..next, month, day)
    }

    /// `2018-06-27`, `2018/06/27`, `2018.06.27`, `20180627`.
    fn year_month_day(&self, i: usize) -> Option<Core> {
        let token = &self.all[i];
        if token.text.len() == 8 && !self.touches(i, i + 1) {
            let number = |range: Range<usize>| token.text[range].parse().ok();
            let date = day_of(number(0..4)?, number(4..6)?, number(6..8)?)?;
            return self.core(i..i + 1, date);
        }
        let year = self.year(i)?;
        let (separator, rest) = self.separated(i)?;
        let [month, day] = rest;
        if month.len() != 2 || day.len() != 2 || self.goes_on(i + 5, separator) {
            return None;
        }
        let date = day_of(year, month.parse().ok()?, day.parse().ok()?)?;
        self.core(i..i + 5, date)
    }

    /// `06/27/2018`, `27.06.2018`, `11/23/26`.
    fn numeric(&self, i: usize) -> Option<Core> {
        let (separator, [second, last]) = self.separated(i)?;
        let (first, second) = (self.short(i)?, short(second)?);
        let year = match last.len() {
            4 => last.parse().ok()?,
            2 if separator != '-' => century(last.parse().ok()?),
            _ => return None,
        };
        if self.goes_on(i + 5, separator) || !self.stands_free(i) {
            return None;
        }
        let month_first = day_of(year, first, second);
        let day_first = day_of(year, second, first);
        let tokens = i..i + 5;
        let reading = match (month_first, day_first) {
            // With full stops between the numbers, the day stands first, as on the Continent.
            (_, Some(date)) if separator == '.' => Reading::Plain(date),
            (Some(month_first), Some(day_first)) if month_first != day_first => {
                Reading::Ambiguous {
                    month_first,
                    day_first,
                }
            }
            (Some(date), _) | (None, Some(date)) => Reading::Plain(date),
            (None, None) => return None,
        };
        Some(Core { tokens, reading })
    }

    /// Extends a date by the weekday before or after it and the time of day after it. Returns it and
    /// the index of the first token after it.
    fn with_surroundings(&self, i: usize, core: &Core) -> (PrintedDate, usize) {
        let mut start = core.tokens.start;
        let mut end = core.tokens.end;
        let mut weekday = self.weekday_before(start).inspect(|&(_, at)| start = at);
        if weekday.is_none() {
            let at = self.skip_sign(end, ',');
            if let Some(day) = self.word(at).and_then(weekday_named) {
                let next = at + 1;
                weekday = Some((day, at));
                end = next;
            }
        }
        end = self.after_time(end);
        let reading = weekday.map_or(core.reading, |(day, _)| core.reading.on(day));
        let last = &self.all[end - 1];
        let date = match reading {
            Reading::Plain(date) if date.is_day() => Some(date),
            _ => None,
        };
        let weekday_agrees = weekday
            .zip(date)
            .map(|((printed, _), date)| date.first_day().weekday() == printed);
        let printed = PrintedDate {
            range: self.all[start].start..last.start + last.text.len(),
            reading,
            weekday_agrees,
        };
        (printed, end.max(i + 1))
    }

    /// Returns the weekday before token `i` and the index of its token.
    fn weekday_before(&self, i: usize) -> Option<(Weekday, usize)> {
        let mut at = i.checked_sub(1)?;
        while matches!(self.all[at].kind, Kind::Sign(',' | '.')) {
            at = at.checked_sub(1)?;
        }
        Some((weekday_named(self.word(at)?)?, at))
    }

    /// Returns the index after the time of day at token `i`, or `i` if there is none: `T10:30:00Z`,
    /// `, 5:54 PM`, ` at 10:30 a.m. EDT`.
    fn after_time(&self, i: usize) -> usize {
        let mut at = i;
        while BEFORE_TIME.iter().any(|&sign| self.is_sign(at, sign)) {
            at += 1;
        }
        if self.is_word(at, "t") || self.is_word(at, "at") {
            at += 1;
        }
        let hour = self.number(at).filter(|&hour| hour < 25);
        let separator = self.is_sign(at + 1, ':') || self.is_sign(at + 1, '.');
        let minute = self.number(at + 2).filter(|&minute| minute < 60);
        let mut next = match (hour, separator, minute) {
            (Some(_), true, Some(_)) => at + 3,
            (Some(hour), ..) if hour <= 12 && self.meridiem(at + 1).is_some() => at + 1,
            _ => return i,
        };
        if self.is_sign(next, ':') && self.number(next + 1).is_some() {
            next += 2;
            if self.is_sign(next, '.') && self.number(next + 1).is_some() {
                next += 2;
            }
        }
        if let Some(after) = self.meridiem(next) {
            next = after;
        }
        self.after_zone(next)
    }

    /// Returns the index after `PM`, `p.m.` or `pm` at token `i`.
    fn meridiem(&self, i: usize) -> Option<usize> {
        let word = self.word(i)?.to_ascii_lowercase();
        match word.as_str() {
            "am" | "pm" => Some(i + 1),
            "a" | "p" if self.is_sign(i + 1, '.') && self.is_word(i + 2, "m") => {
                Some(self.skip_sign(i + 3, '.'))
            }
            _ => None,
        }
    }

    /// Returns the index after the time zone at token `i`, or `i` if there is none: `Z`, `EDT`, `GMT`,
    /// `+01:00`.
    fn after_zone(&self, i: usize) -> usize {
        if (self.is_sign(i, '+') || self.is_sign(i, '-'))
            && self
                .all
                .get(i + 1)
                .is_some_and(|t| matches!(t.text.len(), 2 | 4))
            && self.number(i + 1).is_some()
        {
            return if self.is_sign(i + 2, ':') && self.number(i + 3).is_some() {
                i + 4
            } else {
                i + 2
            };
        }
        let is_zone = self.word(i).is_some_and(|word| {
            matches!(word, "Z" | "UTC" | "GMT")
                || (matches!(word.len(), 2..=4)
                    && word.ends_with('T')
                    && word == word.to_ascii_uppercase())
        });
        if is_zone { i + 1 } else { i }
    }

    fn core(&self, tokens: Range<usize>, date: PartialDate) -> Option<Core> {
        Some(Core {
            tokens,
            reading: Reading::Plain(date),
        })
    }

    /// Returns a date without a year, if the month has such a day in some year.
    fn yearless(&self, tokens: Range<usize>, month: i8, day: i8) -> Option<Core> {
        const LEAP_YEAR: i16 = 2000;
        PartialDate::from_day(LEAP_YEAR, month, day)?;
        Some(Core {
            tokens,
            reading: Reading::Yearless { month, day },
        })
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// Writes the dates of a text in a row, each as `date [what it covers]`.
    fn shown(text: &str) -> String {
        let found: Vec<String> = find(text)
            .into_iter()
            .map(|printed| {
                let reading = match printed.reading {
                    Reading::Plain(date) => date.to_string(),
                    Reading::Ambiguous {
                        month_first,
                        day_first,
                    } => format!("{month_first}|{day_first}"),
                    Reading::Yearless { month, day } => format!("--{month:02}-{day:02}"),
                };
                let weekday = match printed.weekday_agrees {
                    Some(true) => " ok",
                    Some(false) => " WRONG DAY",
                    None => "",
                };
                format!("{reading}{weekday} [{}]", &text[printed.range])
            })
            .collect();
        found.join("; ")
    }

    #[test]
    fn reads_printed_dates() {
        for (text, expected) in [
            ("", ""),
            ("no date in 2018 or at 10:30", ""),
            ("June 27, 2018", "2018-06-27 [June 27, 2018]"),
            ("JUNE 27, 2018", "2018-06-27 [JUNE 27, 2018]"),
            ("june 27 2018", "2018-06-27 [june 27 2018]"),
            ("Jun. 27, 2018", "2018-06-27 [Jun. 27, 2018]"),
            ("Sept. 4, 2018", "2018-09-04 [Sept. 4, 2018]"),
            ("June 27th, 2018", "2018-06-27 [June 27th, 2018]"),
            ("27 June 2018", "2018-06-27 [27 June 2018]"),
            ("27th of June, 2018", "2018-06-27 [27th of June, 2018]"),
            ("27-Jun-2018", "2018-06-27 [27-Jun-2018]"),
            ("27. June 2018", "2018-06-27 [27. June 2018]"),
            ("June 2018", "2018-06 [June 2018]"),
            ("June, 2018 issue", "2018-06 [June, 2018]"),
            (
                "Wednesday, June 27, 2018",
                "2018-06-27 ok [Wednesday, June 27, 2018]",
            ),
            ("Wed., June 27, 2018", "2018-06-27 ok [Wed., June 27, 2018]"),
            (
                "Thursday 27 June 2018",
                "2018-06-27 WRONG DAY [Thursday 27 June 2018]",
            ),
            (
                "June 27, 2018 Wednesday",
                "2018-06-27 ok [June 27, 2018 Wednesday]",
            ),
            (
                "Published: June 27, 2018 at 10:30 a.m. EDT by",
                "2018-06-27 [June 27, 2018 at 10:30 a.m. EDT]",
            ),
            ("27 June 2018 | 14:05", "2018-06-27 [27 June 2018 | 14:05]"),
            ("2018-06-27", "2018-06-27 [2018-06-27]"),
            ("2018-06-27T10:30:00Z", "2018-06-27 [2018-06-27T10:30:00Z]"),
            (
                "2018-06-27T10:30:00.000+01:00",
                "2018-06-27 [2018-06-27T10:30:00.000+01:00]",
            ),
            ("2018-06-27 10:30:00", "2018-06-27 [2018-06-27 10:30:00]"),
            ("2018/06/27", "2018-06-27 [2018/06/27]"),
            ("20180627", "2018-06-27 [20180627]"),
            ("id 20181399 and 20180627x", ""),
            ("27.06.2018", "2018-06-27 [27.06.2018]"),
            ("03.04.2018", "2018-04-03 [03.04.2018]"),
            ("06/27/2018", "2018-06-27 [06/27/2018]"),
            ("27/06/2018", "2018-06-27 [27/06/2018]"),
            ("03/04/2018", "2018-03-04|2018-04-03 [03/04/2018]"),
            ("04/04/2018", "2018-04-04 [04/04/2018]"),
            ("Tue 03/04/2018", "2018-04-03 ok [Tue 03/04/2018]"),
            ("Sun, 03/04/2018", "2018-03-04 ok [Sun, 03/04/2018]"),
            ("Fri 03/04/2018", "2018-03-04|2018-04-03 [Fri 03/04/2018]"),
            (
                "May 2, 2014 / 10:02 PM ET",
                "2014-05-02 [May 2, 2014 / 10:02 PM ET]",
            ),
            (
                "11/23/26, 5:54 PM    Title",
                "2026-11-23 [11/23/26, 5:54 PM]",
            ),
            ("5/6/98", "1998-05-06|1998-06-05 [5/6/98]"),
            ("MOSCOW, June 27 (Reuters)", "--06-27 [June 27]"),
            ("LONDON, 4 Sept. (AP)", "--09-04 [4 Sept.]"),
            ("Feb 30 and February 29", "--02-29 [February 29]"),
            ("February 30, 2018", ""),
            ("he may 5 march 6", ""),
            ("May 5 and March 6", "--05-05 [May 5]; --03-06 [March 6]"),
            ("version 1.2.2018.4, ratio 3/4/5", ""),
            ("6-2, 6-4, 7-5", ""),
            ("call 555-01-2018", ""),
            (
                "June 27, 2018 - June 29, 2018",
                "2018-06-27 [June 27, 2018]; 2018-06-29 [June 29, 2018]",
            ),
            ("on June 27 1066 men", "--06-27 [June 27]"),
        ] {
            assert_eq!(shown(text), expected, "{text}");
        }
    }

    proptest! {
        #[test]
        fn stays_inside_the_text(text in "[0-9a-zé /.,:–-]{0,40}(june|2018|27)?[0-9 ,./T:-]{0,20}") {
            let mut last = 0;
            for found in find(&text) {
                prop_assert!(last <= found.range.start && !text[found.range.clone()].is_empty());
                last = found.range.end;
            }
        }
    }
}
