//! Finds the dates printed in a line of text.
//!
//! [`find`] reads lines that may have a date: headers, bylines, datelines. It knows the forms that
//! newspapers, databases and browsers print. A year alone is not a date.

use std::ops::Range;

use jiff::civil::Weekday;

use super::PartialDate;
use super::names::{century, day_of, number_of, short, weekday_in_any_language};
use super::tokens::{Kind, Month, MonthName, Tokens};

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
    let has_digit = text.bytes().any(|b| b.is_ascii_digit())
        || !text.is_ascii() && text.chars().any(char::is_numeric);
    if !has_digit {
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
            // Few words are months, and every month has a number soon after it.
            Kind::Word if !self.has_number_after(i) => None,
            Kind::Word => self.month_day_year(i),
            Kind::Number => self
                .year_month_day(i)
                .or_else(|| self.year_named_month_day(i))
                .or_else(|| self.east_asian(i))
                .or_else(|| self.day_month_year(i))
                .or_else(|| self.numeric(i)),
            Kind::Sign(_) => None,
        }
    }

    /// Returns whether one of the next tokens is a number, as after a month: ". de 2018".
    fn has_number_after(&self, i: usize) -> bool {
        const NEXT: usize = 4;
        let next = self.all.iter().skip(i + 1).take(NEXT);
        next.into_iter().any(|token| token.kind == Kind::Number)
    }

    /// `June 27, 2018`, `Sept. 4`, `June 2018`, `Jun-27-2018`.
    fn month_day_year(&self, i: usize) -> Option<Core> {
        let month = self.month(i).filter(|m| m.name != MonthName::Short)?;
        let is_certain = month.name != MonthName::OtherWord;
        let mut next = self.skip_sign(i + 1, '.');
        let year_at = self.skip_of(self.skip_sign(next, ','));
        if is_certain && let Some((year, end)) = self.year_or_short(year_at) {
            return self.core(i..end, PartialDate::from_month(year, month.number)?);
        }
        let separator = self.separator(next);
        next += usize::from(separator.is_some());
        let day = self.day(next)?;
        next = self.skip_ordinal(next + 1);
        let mut year_at = self.skip_sign(self.skip_sign(next, '.'), ',');
        year_at = match separator {
            Some(sign) => self.skip_sign(year_at, sign),
            None => self.skip_of(year_at),
        };
        if let Some((year, end)) = self.year_or_short(year_at) {
            let date = PartialDate::from_day(year, month.number, day)?;
            return self.core(i..end, date);
        }
        let is_english = month.name == MonthName::English;
        (is_english && separator.is_none())
            .then(|| self.yearless(i..next, month.number, day))
            .flatten()
    }

    /// `27 June 2018`, `27th of June, 2018`, `27-Jun-2018`, `27/Jun/18`, `4 Sept.`, `27 de junio de
    /// 2018`, `27. Juni 2018`.
    fn day_month_year(&self, i: usize) -> Option<Core> {
        let day = self.day(i)?;
        let mut next = self.skip_ordinal(i + 1);
        let has_stop = self.is_sign(next, '.');
        next = self.skip_of(self.skip_sign(next, '.'));
        let separator = self.separator(next);
        next += usize::from(separator.is_some());
        let month = self
            .month(next)
            .or_else(|| self.october_or_november(next, has_stop))?;
        next = self.skip_sign(next + 1, '.');
        let mut year_at = self.skip_sign(next, ',');
        year_at = match separator {
            Some(sign) => self.skip_sign(year_at, sign),
            None => self.skip_of(year_at),
        };
        let short_year = || {
            // "27-Jun-18"
            let is_closed = separator.is_some_and(|sign| self.is_sign(year_at - 1, sign));
            let year = self.all.get(year_at)?;
            let is_free = self.separator(year_at + 1).is_none();
            let year = number_of(&year.text, 2).filter(|_| is_closed && is_free)?;
            Some((century(year), year_at + 1))
        };
        if let Some((year, end)) = self.year_or_short(year_at).or_else(short_year) {
            let date = PartialDate::from_day(year, month.number, day)?;
            return self.core(i..end, date);
        }
        matches!(month.name, MonthName::English | MonthName::Full)
            .then(|| self.yearless(i..next, month.number, day))
            .flatten()
    }

    /// Returns the month of "listopad", which is October in Croatian and November in Czech and
    /// Polish. A full stop after the day is Croatian, and Czech has another form after a day.
    fn october_or_november(&self, i: usize, has_stop: bool) -> Option<Month> {
        self.is_word(i, "listopada").then_some(Month {
            number: if has_stop { 10 } else { 11 },
            name: MonthName::Full,
        })
    }

    /// `2018-06-27`, `2018/6/27`, `2018. 6. 27.`, `20180627`.
    fn year_month_day(&self, i: usize) -> Option<Core> {
        let token = &self.all[i];
        if token.text.len() == 8 && !self.touches(i, i + 1) {
            let number = |range: Range<usize>| token.text[range].parse().ok();
            let date = day_of(number(0..4)?, number(4..6)?, number(6..8)?)?;
            return self.core(i..i + 1, date);
        }
        let year = self.year(i)?;
        let has_stops = self.is_sign(i + 1, '.') && self.is_sign(i + 3, '.');
        let (separator, [month, day]) = match self.separated(i) {
            Some(separated) => separated,
            None if has_stops => ('.', [self.digits(i + 2)?, self.digits(i + 4)?]),
            None => return None,
        };
        if self.goes_on(i + 5, separator) || !self.stands_free(i) {
            return None;
        }
        let date = day_of(year, short(month)?, short(day)?)?;
        let is_stopped = self.is_sign(i + 5, '.') && has_stops;
        self.core(i..i + 5 + usize::from(is_stopped), date)
    }

    /// `2018 June 27`, `2018. június 27.`, `2018 m. birželio 27 d.`, `2018. gada 27. jūnijs`.
    fn year_named_month_day(&self, i: usize) -> Option<Core> {
        let year = self.year(i)?;
        let mut at = self.skip_sign(self.skip_sign(self.skip_sign(i + 1, '.'), ','), '-');
        // The word for "year", or the ending of the number: "2018ko ekainaren 27a".
        if self.is_word(at, "gada") || self.is_word(at, "m") || self.touches(i, at) {
            at = match self.month(at) {
                Some(_) => at,
                None => self.skip_sign(at + 1, '.'),
            };
        }
        let (month, day_at) = match self.month(at) {
            Some(month) => (month, self.skip_sign(self.skip_sign(at + 1, '.'), '-')),
            None => (self.month(self.skip_sign(at + 1, '.'))?, at),
        };
        let day = self.day(day_at)?;
        let end = match day_at > at {
            true => self.skip_sign(self.skip_ordinal(day_at + 1), '.'),
            false => self.skip_sign(at + 1, '.') + 1,
        };
        // "1874-1922, March 4, 1899" has the year after the day.
        self.year(self.skip_sign(end, ','))
            .is_none()
            .then(|| self.core(i..end, PartialDate::from_day(year, month.number, day)?))
            .flatten()
    }

    /// `2018年6月27日`, `2018년 6월 27일`.
    fn east_asian(&self, i: usize) -> Option<Core> {
        let is_unit = |at: usize, units: &[char]| {
            self.touches(at - 1, at) && self.word(at).is_some_and(|word| word.starts_with(units))
        };
        let year = self.year(i).filter(|_| is_unit(i + 1, &['年', '년']))?;
        let month = self
            .short(i + 2)
            .filter(|_| is_unit(i + 3, &['月', '월']))?;
        let day = self.short(i + 4);
        match day.filter(|_| is_unit(i + 5, &['日', '일', '号', '號'])) {
            Some(day) => self.core(i..i + 6, day_of(year, month, day)?),
            None => {
                let month = i8::try_from(month).ok()?;
                self.core(i..i + 4, PartialDate::from_month(year, month)?)
            }
        }
    }

    /// `06/27/2018`, `27.06.2018`, `27. 6. 2018`, `11/23/26`.
    fn numeric(&self, i: usize) -> Option<Core> {
        let has_stops = self.is_sign(i + 1, '.') && self.is_sign(i + 3, '.');
        let (separator, [second, last]) = match self.separated(i) {
            Some(separated) => separated,
            None if has_stops && self.year(i + 4).is_some() => {
                ('.', [self.digits(i + 2)?, self.digits(i + 4)?])
            }
            None => return None,
        };
        let (first, second) = (self.short(i)?, short(second)?);
        let year = match last.chars().count() {
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

    /// Extends a date by the weekday before or after it and the time of day after it. Returns it
    /// and the index of the first token after it.
    fn with_surroundings(&self, i: usize, core: &Core) -> (PrintedDate, usize) {
        let mut start = core.tokens.start;
        let mut end = core.tokens.end;
        let mut weekday = self.weekday_before(start).inspect(|&(_, at)| start = at);
        if weekday.is_none() {
            let at = self.skip_sign(end, ',');
            if let Some(day) = self.word(at).and_then(weekday_in_any_language) {
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
            range: self.all[start].start..last.end,
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
        // "segunda-feira"
        if at >= 2 && self.is_word(at, "feira") && self.is_sign(at - 1, '-') {
            at -= 2;
        }
        Some((weekday_in_any_language(self.word(at)?)?, at))
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

    /// Returns the index after the time zone at token `i`, or `i` if there is none: `Z`, `EDT`,
    /// `GMT`, `+01:00`.
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
            // Digits of two scripts in one number.
            ("27 June 20१8", "2018-06-27 [27 June 20१8]"),
            ("15६:22", ""),
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
            (
                "June 27, 201810:30 AM ET",
                "2018-06-27 [June 27, 201810:30 AM ET]",
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
            ("3. 4. 2018 10:30", "2018-04-03 [3. 4. 2018 10:30]"),
            ("3. 4. 18", ""),
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
            ("27 may 2018", "2018-05-27 [27 may 2018]"),
            ("Jun-27-2018", "2018-06-27 [Jun-27-2018]"),
            ("27-Jun-2018", "2018-06-27 [27-Jun-2018]"),
            ("27/Jun/2018:10:30", "2018-06-27 [27/Jun/2018]"),
            ("27-JUN-18", "2018-06-27 [27-JUN-18]"),
            ("27 Jun 18", "--06-27 [27 Jun]"),
            ("June 27, '98", "1998-06-27 [June 27, '98]"),
            ("27 June ’18", "2018-06-27 [27 June ’18]"),
            (
                "Wed, 27 Jun 2018 06:00:00 +0000",
                "2018-06-27 ok [Wed, 27 Jun 2018 06:00:00 +0000]",
            ),
            ("2018 June 27", "2018-06-27 [2018 June 27]"),
            ("in June 2018. 27 men", "2018-06 [June 2018]"),
            ("2018/6/27", "2018-06-27 [2018/6/27]"),
            ("2018. 6. 27. 11:20", "2018-06-27 [2018. 6. 27. 11:20]"),
            ("2018-6-27-1", ""),
            ("20 Rajab 1442 / 4 March 2021", "2021-03-04 [4 March 2021]"),
            ("2018年6月27日", "2018-06-27 [2018年6月27日]"),
            ("2018年6月号", "2018-06 [2018年6月号]"),
            ("2018년 6월 27일", "2018-06-27 [2018년 6월 27일]"),
            ("２０１８年６月２７日", "2018-06-27 [２０１８年６月２７日]"),
            ("27. Juni 2018", "2018-06-27 [27. Juni 2018]"),
            (
                "Mittwoch, 27. Juni 2018, 17.04",
                "2018-06-27 ok [Mittwoch, 27. Juni 2018, 17.04]",
            ),
            ("den 27. juni", "--06-27 [27. juni]"),
            ("1er mars 2018", "2018-03-01 [1er mars 2018]"),
            (
                "mercredi 27 juin 2018 à 10:30",
                "2018-06-27 ok [mercredi 27 juin 2018]",
            ),
            ("27 de junio de 2018", "2018-06-27 [27 de junio de 2018]"),
            ("Junio 27 de 2018", "2018-06-27 [Junio 27 de 2018]"),
            ("27 d’abril del 2018", "2018-04-27 [27 d’abril del 2018]"),
            (
                "quarta-feira, 27 de junho de 2018",
                "2018-06-27 ok [quarta-feira, 27 de junho de 2018]",
            ),
            ("27 set 2018", "2018-09-27 [27 set 2018]"),
            ("27 set", ""),
            ("set 27, 2018", ""),
            ("27 июня 2018 г.", "2018-06-27 [27 июня 2018]"),
            ("27 Haziran 2018", "2018-06-27 [27 Haziran 2018]"),
            ("27. kesäkuuta 2018", "2018-06-27 [27. kesäkuuta 2018]"),
            ("27 czerwca 2018", "2018-06-27 [27 czerwca 2018]"),
            ("27 listopada 2018", "2018-11-27 [27 listopada 2018]"),
            ("27. listopada 2018.", "2018-10-27 [27. listopada 2018]"),
            ("27. listopadu 2018", "2018-11-27 [27. listopadu 2018]"),
            ("2018. június 27.", "2018-06-27 [2018. június 27.]"),
            ("2018 m. birželio 27 d.", "2018-06-27 [2018 m. birželio 27]"),
            (
                "2018. gada 27. jūnijs",
                "2018-06-27 [2018. gada 27. jūnijs]",
            ),
            ("27 يونيو 2018", "2018-06-27 [27 يونيو 2018]"),
            ("٢٧ يونيو ٢٠١٨", "2018-06-27 [٢٧ يونيو ٢٠١٨]"),
            ("27 जून 2018", "2018-06-27 [27 जून 2018]"),
            ("juin 2018", "2018-06 [juin 2018]"),
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
