//! Finds dates in a line of text and in URLs.
//!
//! [`find`] is for lines that may hold a date: headers, bylines, datelines. It knows the forms
//! that newspapers, databases and browsers print; a bare year is no date to it.

use std::ops::Range;

use jiff::civil::Weekday;

use super::PartialDate;

/// The years in which a printed date is believed: before them there is no press.
const YEARS: std::ops::RangeInclusive<i16> = 1600..=2199;

/// The last two digits of a year that are read as 20xx; those above are 19xx. POSIX takes 68.
const LAST_SHORT_YEAR: i16 = 68;

/// The first year that `20180627` in a URL is believed to name: before it there is no Web.
const FIRST_SOLID_YEAR: i16 = 1990;

/// The names of the months, each with how much of it has to be there.
const MONTHS: [(&str, usize); 12] = [
    ("january", 3),
    ("february", 3),
    ("march", 3),
    ("april", 3),
    ("may", 3),
    ("june", 3),
    ("july", 3),
    ("august", 3),
    ("september", 3),
    ("october", 3),
    ("november", 3),
    ("december", 3),
];

/// The names of the days of the week, and what they are shortened to beside their first three
/// letters.
const WEEKDAYS: [(&str, &[&str], Weekday); 7] = [
    ("monday", &[], Weekday::Monday),
    ("tuesday", &["tues"], Weekday::Tuesday),
    ("wednesday", &["weds"], Weekday::Wednesday),
    ("thursday", &["thur", "thurs"], Weekday::Thursday),
    ("friday", &[], Weekday::Friday),
    ("saturday", &[], Weekday::Saturday),
    ("sunday", &[], Weekday::Sunday),
];

/// A date as it is printed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PrintedDate {
    /// Where it stands in the text, in bytes, with the weekday and the time of day beside it.
    pub range: Range<usize>,
    /// What it says.
    pub reading: Reading,
    /// Whether the weekday printed beside it is that day's; `None` where none is printed.
    pub weekday_agrees: Option<bool>,
}

/// What a printed date says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reading {
    /// One date.
    Plain(PartialDate),
    /// `03/04/2018`: one date if the month stands first, another if the day does.
    Ambiguous {
        /// Month first, as in the United States.
        month_first: PartialDate,
        /// Day first, as elsewhere.
        day_first: PartialDate,
    },
    /// A month and a day without a year, as in "June 27" or "Sept. 4".
    Yearless {
        /// 1 to 12.
        month: i8,
        /// 1 to 31.
        day: i8,
    },
}

/// Which of month and day a file writes first in dates such as `03/04/2018`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Order {
    /// As in the United States.
    MonthFirst,
    /// As elsewhere.
    DayFirst,
}

/// Returns the dates printed in a text, in order.
pub fn find(text: &str) -> Vec<PrintedDate> {
    find_with_order(text)
        .into_iter()
        .map(|(date, _)| date)
        .collect()
}

/// Returns which order of month and day the unambiguous numeric dates of a text show, or `None`
/// where there are none or they disagree.
pub fn order(text: &str) -> Option<Order> {
    let mut shown = find_with_order(text)
        .into_iter()
        .filter_map(|(_, order)| order);
    let first = shown.next()?;
    shown.all(|other| other == first).then_some(first)
}

fn find_with_order(text: &str) -> Vec<(PrintedDate, Option<Order>)> {
    // Most lines hold no date, and every date holds a digit.
    if !text.bytes().any(|b| b.is_ascii_digit()) {
        return Vec::new();
    }
    let tokens = tokens(text);
    let line = Line {
        text,
        tokens: &tokens,
    };
    let mut found = Vec::new();
    let mut i = 0;
    while i < tokens.len() {
        match line.date_at(i) {
            Some((core, order)) => {
                let (date, next) = line.with_surroundings(i, &core);
                found.push((date, order));
                i = next;
            }
            None => i += 1,
        }
    }
    found
}

/// Returns the date in a URL's path and the bytes it takes up, as in `/2018/06/27/`,
/// `/2018/jun/27/`, `/2018-06-27-`, `/20180627/` or, to the month, `/2018/06/`.
pub fn find_in_url(url: &str) -> Option<(PartialDate, Range<usize>)> {
    let path_start = url.find("://").map_or(0, |scheme| {
        let host = scheme + 3;
        url[host..]
            .find('/')
            .map_or(url.len(), |slash| host + slash)
    });
    let path_end = url[path_start..]
        .find(['?', '#'])
        .map_or(url.len(), |end| path_start + end);
    let mut segments = Vec::new();
    let mut start = path_start;
    for segment in url[path_start..path_end].split('/') {
        segments.push((segment, start));
        start += segment.len() + 1;
    }
    for (i, &(segment, start)) in segments.iter().enumerate() {
        if let Some(year) = url_number(segment, 4).filter(|year| YEARS.contains(year))
            && let Some(&(next, _)) = segments.get(i + 1)
            && let Some(month) = month_of_segment(next)
        {
            let end = start + segment.len() + 1 + next.len();
            let whole = PartialDate::from_month(year, month);
            if let Some(&(last, _)) = segments.get(i + 2)
                && let Some(day) = url_number(last, 2).or_else(|| url_number(last, 1))
                && let Ok(day) = i8::try_from(day)
                && let Some(date) = PartialDate::from_day(year, month, day)
            {
                return Some((date, start..end + 1 + last.len()));
            }
            if let Some(date) = whole {
                return Some((date, start..end));
            }
        }
        let is_last = i + 1 == segments.len();
        if let Some((date, range)) = date_in_segment(segment, is_last) {
            return Some((date, start + range.start..start + range.end));
        }
    }
    None
}

/// Returns the month that a part of a URL's path is: `06`, `6` or `jun`.
fn month_of_segment(segment: &str) -> Option<i8> {
    if segment.bytes().all(|b| b.is_ascii_alphabetic()) {
        return month_named(segment);
    }
    let number = url_number(segment, 2).or_else(|| url_number(segment, 1))?;
    i8::try_from(number)
        .ok()
        .filter(|month| (1..=12).contains(month))
}

/// Returns the number that a text of exactly so many digits is.
fn url_number(text: &str, digits: usize) -> Option<i16> {
    let is_number = text.len() == digits && text.bytes().all(|b| b.is_ascii_digit());
    is_number.then(|| text.parse().ok()).flatten()
}

/// Returns the date in one part of a URL's path: `2018-06-27`, `2018_06_27` or `20180627`, with no
/// digit beside it.
///
/// Eight digits are more often a story's number than a date: as one they have to begin the part,
/// and something has to follow them. `/world-europe-17120512` and `/story/20181231` have no date.
fn date_in_segment(segment: &str, is_last: bool) -> Option<(PartialDate, Range<usize>)> {
    let bytes = segment.as_bytes();
    let mut start = 0;
    while start < bytes.len() {
        if !bytes[start].is_ascii_digit() {
            start += 1;
            continue;
        }
        let digits = bytes[start..]
            .iter()
            .take_while(|b| b.is_ascii_digit())
            .count();
        let number = |from: usize, length: usize| -> Option<i16> {
            url_number(segment.get(from..from + length)?, length)
        };
        let read = match digits {
            8 if start == 0
                && match bytes.get(8) {
                    None => !is_last,
                    Some(b) => matches!(b, b'-' | b'_'),
                } =>
            {
                (
                    number(start, 4),
                    number(start + 4, 2),
                    number(start + 6, 2),
                    8,
                )
            }
            4 if matches!(bytes.get(start + 4), Some(b'-' | b'_'))
                && bytes.get(start + 4) == bytes.get(start + 7)
                && !bytes.get(start + 10).is_some_and(u8::is_ascii_digit) =>
            {
                (
                    number(start, 4),
                    number(start + 5, 2),
                    number(start + 8, 2),
                    10,
                )
            }
            _ => (None, None, None, 0),
        };
        if let (Some(year), Some(month), Some(day), length) = read
            && (length == 10 || year >= FIRST_SOLID_YEAR)
            && let Some(date) = day_of(year, month, day)
        {
            return Some((date, start..start + length));
        }
        start += digits;
    }
    None
}

/// Returns the date of a day in a year in which there is a press.
fn day_of(year: i16, month: i16, day: i16) -> Option<PartialDate> {
    let date = PartialDate::from_day(year, i8::try_from(month).ok()?, i8::try_from(day).ok()?)?;
    YEARS.contains(&year).then_some(date)
}

/// Returns the month that a word names, in full or shortened: `June`, `JUN`, `Sept`.
fn month_named(word: &str) -> Option<i8> {
    let lower = word.to_ascii_lowercase();
    let found = MONTHS.iter().position(|&(name, least)| {
        lower == name || (lower.len() == least && name.starts_with(&lower))
    });
    match found {
        Some(index) => i8::try_from(index + 1).ok(),
        None if lower == "sept" => Some(9),
        None => None,
    }
}

/// Returns the day of the week that a word names.
fn weekday_named(word: &str) -> Option<Weekday> {
    let lower = word.to_ascii_lowercase();
    WEEKDAYS
        .iter()
        .find(|(name, short, _)| {
            lower == *name || lower == name[..3] || short.contains(&lower.as_str())
        })
        .map(|&(_, _, day)| day)
}

/// A word, a number or a sign.
struct Token<'a> {
    text: &'a str,
    start: usize,
    kind: Kind,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    Word,
    Number,
    /// One character that is neither, white space left out.
    Sign(char),
}

fn tokens(text: &str) -> Vec<Token<'_>> {
    let mut found = Vec::new();
    let mut chars = text.char_indices().peekable();
    while let Some((start, c)) = chars.next() {
        let kind = if c.is_ascii_digit() {
            Kind::Number
        } else if c.is_alphabetic() {
            Kind::Word
        } else if c.is_whitespace() {
            continue;
        } else {
            Kind::Sign(c)
        };
        let mut end = start + c.len_utf8();
        while let Some(&(at, next)) = chars.peek() {
            let goes_on = match kind {
                Kind::Number => next.is_ascii_digit(),
                Kind::Word => next.is_alphabetic(),
                Kind::Sign(_) => false,
            };
            if !goes_on {
                break;
            }
            end = at + next.len_utf8();
            chars.next();
        }
        found.push(Token {
            text: &text[start..end],
            start,
            kind,
        });
    }
    found
}

/// A date without its surroundings: the tokens it takes up, and what it says.
struct Core {
    tokens: Range<usize>,
    reading: Reading,
}

struct Line<'a> {
    text: &'a str,
    tokens: &'a [Token<'a>],
}

impl Line<'_> {
    /// Returns the date that begins with token `i`.
    fn date_at(&self, i: usize) -> Option<(Core, Option<Order>)> {
        let plain = |core: Core| (core, None);
        match self.tokens[i].kind {
            Kind::Word => self.month_day_year(i).map(plain),
            Kind::Number => self
                .year_month_day(i)
                .or_else(|| self.day_month_year(i))
                .map(plain)
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
        let token = &self.tokens[i];
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
    fn numeric(&self, i: usize) -> Option<(Core, Option<Order>)> {
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
        let (reading, order) = match (month_first, day_first) {
            // A point between the numbers is the continental form: the day stands first.
            (_, Some(date)) if separator == '.' => (Reading::Plain(date), None),
            (Some(month_first), Some(day_first)) if month_first != day_first => (
                Reading::Ambiguous {
                    month_first,
                    day_first,
                },
                None,
            ),
            (Some(date), Some(_)) => (Reading::Plain(date), None),
            (Some(date), None) => (Reading::Plain(date), Some(Order::MonthFirst)),
            (None, Some(date)) => (Reading::Plain(date), Some(Order::DayFirst)),
            (None, None) => return None,
        };
        Some((Core { tokens, reading }, order))
    }

    /// Widens a date by the weekday before or after it and the time of day after it. Returns it
    /// with the number of the first token behind it.
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
        // A weekday tells which of month and day stands first, where it is that of one reading.
        let reading = match (core.reading, weekday) {
            (
                Reading::Ambiguous {
                    month_first,
                    day_first,
                },
                Some((printed, _)),
            ) => {
                let agrees = |date: PartialDate| date.first_day().weekday() == printed;
                match (agrees(month_first), agrees(day_first)) {
                    (true, false) => Reading::Plain(month_first),
                    (false, true) => Reading::Plain(day_first),
                    _ => core.reading,
                }
            }
            _ => core.reading,
        };
        let last = &self.tokens[end - 1];
        let date = match reading {
            Reading::Plain(date) if date.is_day() => Some(date),
            _ => None,
        };
        let weekday_agrees = weekday
            .zip(date)
            .map(|((printed, _), date)| date.first_day().weekday() == printed);
        let printed = PrintedDate {
            range: self.tokens[start].start..last.start + last.text.len(),
            reading,
            weekday_agrees,
        };
        (printed, end.max(i + 1))
    }

    /// Returns the weekday that stands before token `i`, and the token it is.
    fn weekday_before(&self, i: usize) -> Option<(Weekday, usize)> {
        let mut at = i.checked_sub(1)?;
        while matches!(self.tokens[at].kind, Kind::Sign(',' | '.')) {
            at = at.checked_sub(1)?;
        }
        Some((weekday_named(self.word(at)?)?, at))
    }

    /// Returns the token behind the time of day that follows, or `i` where none does: `T10:30:00Z`,
    /// `, 5:54 PM`, ` at 10:30 a.m. EDT`.
    fn after_time(&self, i: usize) -> usize {
        let mut at = i;
        while self.is_sign(at, ',')
            || self.is_sign(at, '|')
            || self.is_sign(at, '-')
            || self.is_sign(at, '–')
            || self.is_sign(at, '·')
            || self.is_sign(at, '•')
            || self.is_sign(at, '—')
            || self.is_sign(at, '/')
        {
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

    /// Returns the token behind `PM`, `p.m.` or `pm`.
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

    /// Returns the token behind a time zone: `Z`, `EDT`, `GMT`, `+01:00`.
    fn after_zone(&self, i: usize) -> usize {
        if (self.is_sign(i, '+') || self.is_sign(i, '-'))
            && self
                .tokens
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

    /// A month and a day alone, where the month has such a day in any year.
    fn yearless(&self, tokens: Range<usize>, month: i8, day: i8) -> Option<Core> {
        const LEAP_YEAR: i16 = 2000;
        PartialDate::from_day(LEAP_YEAR, month, day)?;
        Some(Core {
            tokens,
            reading: Reading::Yearless { month, day },
        })
    }

    /// Returns the month that a word names. `may` and `march` are also other words: in lower case
    /// they are no months.
    fn month(&self, i: usize) -> Option<i8> {
        let word = self.word(i)?;
        let month = month_named(word)?;
        let is_other_word = matches!(month, 3 | 5) && word.starts_with(char::is_lowercase);
        (!is_other_word).then_some(month)
    }

    fn day(&self, i: usize) -> Option<i8> {
        let day = self.short(i)?;
        i8::try_from(day).ok().filter(|day| (1..=31).contains(day))
    }

    fn year(&self, i: usize) -> Option<i16> {
        let token = self.tokens.get(i)?;
        url_number(token.text, 4).filter(|year| YEARS.contains(year))
    }

    /// Returns the number of one or two digits that a token is.
    fn short(&self, i: usize) -> Option<i16> {
        short(self.tokens.get(i).filter(|t| t.kind == Kind::Number)?.text)
    }

    fn number(&self, i: usize) -> Option<i16> {
        let token = self.tokens.get(i).filter(|t| t.kind == Kind::Number)?;
        token.text.parse().ok()
    }

    /// Returns the two numbers that follow token `i`, each after the same `-`, `/` or `.` with no
    /// space around it.
    fn separated(&self, i: usize) -> Option<(char, [&str; 2])> {
        let &Kind::Sign(separator @ ('-' | '/' | '.')) = &self.tokens.get(i + 1)?.kind else {
            return None;
        };
        let is_whole = self.tokens.get(i + 3)?.kind == Kind::Sign(separator)
            && [i + 2, i + 4]
                .iter()
                .all(|&at| self.tokens.get(at).is_some_and(|t| t.kind == Kind::Number))
            && (i..i + 4).all(|at| self.touches(at, at + 1));
        is_whole.then(|| {
            (
                separator,
                [self.tokens[i + 2].text, self.tokens[i + 4].text],
            )
        })
    }

    /// Returns whether a number goes on: another separator and digit follow with no space.
    fn goes_on(&self, i: usize, separator: char) -> bool {
        self.touches(i - 1, i)
            && self.is_sign(i, separator)
            && self.touches(i, i + 1)
            && self.number(i + 1).is_some()
    }

    /// Returns whether nothing stands right before a token that would make it part of a path, a
    /// price or a longer number.
    fn stands_free(&self, i: usize) -> bool {
        !self.text[..self.tokens[i].start].ends_with(['/', '.', '-', '$', '£', '€'])
    }

    /// Returns whether token `b` follows token `a` with nothing in between.
    fn touches(&self, a: usize, b: usize) -> bool {
        match (self.tokens.get(a), self.tokens.get(b)) {
            (Some(a), Some(b)) => a.start + a.text.len() == b.start,
            _ => false,
        }
    }

    fn skip_sign(&self, i: usize, sign: char) -> usize {
        i + usize::from(self.is_sign(i, sign))
    }

    /// Skips the ending of an ordinal that touches its number: `27th`.
    fn skip_ordinal(&self, i: usize) -> usize {
        let is_ending = self.touches(i - 1, i)
            && self.word(i).is_some_and(|word| {
                ["st", "nd", "rd", "th"]
                    .iter()
                    .any(|e| word.eq_ignore_ascii_case(e))
            });
        i + usize::from(is_ending)
    }

    fn is_sign(&self, i: usize, sign: char) -> bool {
        self.tokens
            .get(i)
            .is_some_and(|t| t.kind == Kind::Sign(sign))
    }

    fn is_word(&self, i: usize, word: &str) -> bool {
        self.word(i)
            .is_some_and(|found| found.eq_ignore_ascii_case(word))
    }

    fn word(&self, i: usize) -> Option<&str> {
        self.tokens
            .get(i)
            .filter(|token| token.kind == Kind::Word)
            .map(|token| token.text)
    }
}

/// Returns the number of one or two digits that a text is.
fn short(text: &str) -> Option<i16> {
    url_number(text, 2).or_else(|| url_number(text, 1))
}

/// Returns the year that two digits are short for.
fn century(short: i16) -> i16 {
    short + if short <= LAST_SHORT_YEAR { 2000 } else { 1900 }
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

    #[test]
    fn reads_dates_in_urls() {
        for (url, expected) in [
            (
                "https://a.example/2018/06/27/story",
                "2018-06-27 2018/06/27",
            ),
            (
                "https://a.example/news/2018/jun/27/story",
                "2018-06-27 2018/jun/27",
            ),
            ("https://a.example/2018/6/7/story", "2018-06-07 2018/6/7"),
            ("https://a.example/2018/06/story-27", "2018-06 2018/06"),
            (
                "https://a.example/story-2018-06-27-a",
                "2018-06-27 2018-06-27",
            ),
            ("https://a.example/20180627/a.html", "2018-06-27 20180627"),
            ("https://a.example/20180627-a.html", "2018-06-27 20180627"),
            ("https://a.example/story/20181234", ""),
            ("https://a.example/story/20181231", ""),
            ("https://a.example/news/world-europe-17120512", ""),
            ("https://a.example/news/20120512.html", ""),
            ("https://a.example/17120512/a", ""),
            ("https://a.example/story/120180627", ""),
            ("https://a.example/2019/good-sign", ""),
            ("https://a.example/2018/13/", ""),
            ("https://2018.example/06/27/", ""),
            ("https://a.example/?d=2018/06/27", ""),
            ("/2025/07/16/ahead", "2025-07-16 2025/07/16"),
        ] {
            let found = find_in_url(url).map_or_else(String::new, |(date, range)| {
                format!("{date} {}", &url[range])
            });
            assert_eq!(found, expected, "{url}");
        }
    }

    #[test]
    fn settles_the_order_by_other_dates() {
        for (text, expected) in [
            ("03/04/2018", None),
            ("03/04/2018 and 27/06/2018", Some(Order::DayFirst)),
            ("03/04/2018 and 06/27/2018", Some(Order::MonthFirst)),
            ("27/06/2018 and 06/27/2018", None),
            ("27 June 2018", None),
        ] {
            assert_eq!(order(text), expected, "{text}");
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
