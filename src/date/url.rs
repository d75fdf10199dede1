//! Finds the date in the path of a URL.

use std::ops::Range;

use super::PartialDate;
use super::names::{YEARS, day_of, month_named, number_of, short};

/// The first year that eight digits such as `20180627` may name: the Web is not older.
const FIRST_WEB_YEAR: i16 = 1990;

/// Returns the date in a URL's path and its byte range, as in `/2018/06/27/`,
/// `/2018/jun/27/`, `/2018-06-27-`, `/20180627/` or, to the month, `/2018/06/`.
pub fn find(url: &str) -> Option<(PartialDate, Range<usize>)> {
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
        if let Some(year) = number_of(segment, 4).filter(|year| YEARS.contains(year))
            && let Some(&(next, _)) = segments.get(i + 1)
            && let Some(month) = month_of_segment(next)
        {
            let end = start + segment.len() + 1 + next.len();
            let whole = PartialDate::from_month(year, month);
            if let Some(&(last, _)) = segments.get(i + 2)
                && let Some(day) = short(last)
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

/// Returns the month that a path segment names: `06`, `6` or `jun`.
fn month_of_segment(segment: &str) -> Option<i8> {
    if segment.bytes().all(|b| b.is_ascii_alphabetic()) {
        return month_named(segment);
    }
    let number = short(segment)?;
    i8::try_from(number)
        .ok()
        .filter(|month| (1..=12).contains(month))
}

/// Returns the date in a path segment and its byte range: `2018-06-27`, `2018_06_27` or `20180627`,
/// with no digit beside it.
///
/// Eight digits are more often the number of a story than a date. They count as a date only at the
/// start of a segment and before something else: `/world-europe-17120512` and `/story/20181231`
/// have no date.
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
            number_of(segment.get(from..from + length)?, length)
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
            && (length == 10 || year >= FIRST_WEB_YEAR)
            && !is_between_words(segment, start..start + length)
            && let Some(date) = day_of(year, month, day)
        {
            return Some((date, start..start + length));
        }
        start += digits;
    }
    None
}

/// Returns whether a date in a segment has words on both sides, as in
/// `what-happened-on-2018-06-27-storm`: there it is part of a title.
fn is_between_words(segment: &str, date: Range<usize>) -> bool {
    let is_word = |word: &str| word.len() >= 3 && word.bytes().all(|b| b.is_ascii_alphabetic());
    let has_word = |text: &str| text.split(['-', '_', '.']).any(is_word);
    has_word(&segment[..date.start]) && has_word(segment[date.end..].trim_end_matches(".html"))
}

#[cfg(test)]
mod tests {
    use super::*;

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
            (
                "https://a.example/what-happened-on-2018-06-27-storm-anniversary",
                "",
            ),
            (
                "https://a.example/ferry-runs-2018-06-27.html",
                "2018-06-27 2018-06-27",
            ),
            (
                "https://a.example/2018-06-27-ferry-runs",
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
            let found = find(url).map_or_else(String::new, |(date, range)| {
                format!("{date} {}", &url[range])
            });
            assert_eq!(found, expected, "{url}");
        }
    }
}
