//! Takes out the marks that news agencies set around and inside a dispatch as text: keyword lines,
//! advisories to editors, starts and ends of transmission, time stamps.
//!
//! The marks are those of ANPA 1312 and IPTC 7901 where control characters were printed as signs
//! (`^` for the start of a line, `<` and `=` for its end), of ITA2 telegraphy (`ZCZC`, `NNNN`), and
//! of the trade (`-0-`, `-30-`, `(more)`).

use super::export::{Header, Label};
use super::lines::{Fate, Line};
use crate::article::{Removed, RemovedKind};
use crate::date::PartialDate;
use crate::text::words::strip_prefix_ignore_case;

/// The number of text lines at the top in which the marks of a dispatch's head stand.
const HEAD_LINES: usize = 6;

/// The number of text lines at the end in which the time stamp stands.
const TAIL_LINES: usize = 4;

/// What the marks of a dispatch say, and the parts of lines that were taken out.
#[derive(Debug, Default)]
pub struct Marks {
    /// The day of sending, as a header.
    pub headers: Vec<Header>,
    /// The signs that were taken off lines.
    pub parts: Vec<Removed>,
}

/// Takes the marks of a dispatch out of its lines.
pub fn lift(lines: &mut [Line<'_>]) -> Marks {
    let mut marks = Marks::default();
    let text: Vec<usize> = (0..lines.len()).filter(|&i| lines[i].is_text()).collect();
    let head = &text[..text.len().min(HEAD_LINES)];
    if head
        .iter()
        .filter(|&&i| lines[i].text.starts_with('^'))
        .count()
        >= 2
    {
        take_off_signs(lines, &text, &mut marks.parts);
    }
    for &i in &text {
        let kind = match &*lines[i].text {
            "ZCZC" => RemovedKind::Header,
            "(more)" | "(MORE)" | "-more-" | "-MORE-" | "-0-" | "-30-" | "NNNN" => {
                RemovedKind::Footer
            }
            text if text.starts_with("((") && text.ends_with("))") => RemovedKind::Footer,
            _ => continue,
        };
        lines[i].fate = Fate::Out(kind);
    }
    let head = head.iter().copied().filter(|&i| lines[i].is_text());
    let head: Vec<usize> = head.collect();
    let keyword = head
        .iter()
        .take(2)
        .find(|&&i| is_keyword_line(&lines[i].text));
    if let Some(&keyword) = keyword {
        lines[keyword].fate = Fate::Out(RemovedKind::Header);
        for i in head.iter().copied().filter(|&i| i > keyword) {
            if strip_prefix_ignore_case(&lines[i].text, "eds:").is_some() {
                lines[i].fate = Fate::Out(RemovedKind::Boilerplate);
            }
        }
    }
    let tail = text[text.len().saturating_sub(TAIL_LINES)..]
        .iter()
        .copied();
    for i in head
        .into_iter()
        .take(2)
        .chain(tail)
        .filter(|&i| lines[i].is_text())
    {
        let Some(day) = time_stamp(&lines[i].text) else {
            continue;
        };
        lines[i].fate = Fate::Out(RemovedKind::Footer);
        marks.headers.push(Header {
            label: Label::Published,
            value: day.to_string(),
            lines: i..i + 1,
        });
        break;
    }
    marks
}

/// Takes the signs for the start and the end of a line off all lines.
fn take_off_signs(lines: &mut [Line<'_>], text: &[usize], parts: &mut Vec<Removed>) {
    for &i in text {
        let line = &mut lines[i];
        let bare = line
            .text
            .trim_start_matches('^')
            .trim_end_matches(['<', '=']);
        if bare.len() == line.text.len() {
            continue;
        }
        let signs = line.text.replacen(bare, " ", usize::from(!bare.is_empty()));
        parts.push(Removed {
            line: line.number,
            kind: RemovedKind::Control,
            text: signs.trim().to_owned(),
        });
        let bare = bare.to_owned();
        line.edit(bare);
    }
}

/// Returns whether a line is the keyword line of a dispatch, as in "BC-Ferry, 1st Ld-Writethru,0310"
/// and "r u bc-ferry 07-28 0210": a cycle, a keyword, and the number of words at the end.
fn is_keyword_line(text: &str) -> bool {
    let words = text.rsplit([',', ' ']).next().unwrap_or(text);
    let has_length = (2..=4).contains(&words.len()) && words.bytes().all(|b| b.is_ascii_digit());
    let has_cycle = text.split(' ').any(|word| {
        ["am-", "bc-", "pm-", "ap-"]
            .iter()
            .any(|cycle| strip_prefix_ignore_case(word, cycle).is_some_and(|rest| !rest.is_empty()))
    });
    text.len() < 80 && has_length && has_cycle
}

/// Returns the day of a time stamp, as in "AP-NY-06-15-90 1113EST" and "UPI 01-13-02 1042aed": marks
/// in capitals, month, day, year, and the time.
fn time_stamp(text: &str) -> Option<PartialDate> {
    let (stamp, time) = text.trim_end_matches('<').rsplit_once(' ')?;
    let is_time = time.len() >= 4
        && time.bytes().take(4).all(|b| b.is_ascii_digit())
        && time.bytes().skip(4).all(|b| b.is_ascii_alphabetic());
    let mut parts = stamp.rsplit(['-', ' ']);
    let mut number = || {
        let part = parts.next().filter(|part| part.len() == 2)?;
        part.parse::<i8>().ok()
    };
    let (year, day, month) = (number()?, number()?, number()?);
    let is_marked = parts.clone().next().is_some()
        && parts.all(|part| !part.is_empty() && part.bytes().all(|b| b.is_ascii_uppercase()));
    // Agencies have sent by computer since about 1970.
    let century = if year >= 70 { 1900 } else { 2000 };
    PartialDate::from_day(century + i16::from(year), month, day).filter(|_| is_time && is_marked)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::clean::lines;

    #[test]
    fn takes_the_marks_of_a_dispatch_out() {
        for (text, kept, day) in [
            (
                "^BC-Ferry, 1st Ld-Writethru,0310<\n^Ferry line sold<\n^Eds: UPDATES with quotes.<\n\
                 ^By ADA HOLM=\n   QUAY (AP) _ One.\n   AP-NY-06-15-90 1113EST<\n",
                "Ferry line sold|By ADA HOLM|QUAY (AP) _ One.",
                Some("1990-06-15"),
            ),
            (
                "ZCZC\nUPI 01-13-02 1042aed\n\nFerry line sold\n\n(more)\n\nTwo.\n\nNNNN\n",
                "Ferry line sold|Two.",
                Some("2002-01-13"),
            ),
            (
                "r u bc-ferry     07-28 0210\n\nFerry line sold\n\nOne.\n\n((Quay newsroom, +1 555 0142))\n",
                "Ferry line sold|One.",
                None,
            ),
            (
                "Ferry line sold\n\nIt cost 4^2 < 20, BC-1 0310.\n",
                "Ferry line sold|It cost 4^2 < 20, BC-1 0310.",
                None,
            ),
        ] {
            let raw = lines::split(text);
            let mut lines = lines::read(&raw, 1);
            let marks = lift(&mut lines);
            let left: Vec<&str> = lines
                .iter()
                .filter(|l| l.is_text())
                .map(|l| &*l.text)
                .collect();
            assert_eq!(left.join("|"), kept, "{text}");
            assert_eq!(
                marks.headers.first().map(|h| h.value.as_str()),
                day,
                "{text}"
            );
        }
    }

    #[test]
    fn time_stamps() {
        for (text, expected) in [
            ("AP-NY-06-15-90 1113EST", Some("1990-06-15")),
            ("UPI 01-13-02 1042aed", Some("2002-01-13")),
            ("06-15-90 1113", None),
            ("AP-NY-26-15-90 1113EST", None),
            ("Score 06-15-90 1113", None),
        ] {
            assert_eq!(
                time_stamp(text).map(|day| day.to_string()).as_deref(),
                expected,
                "{text}"
            );
        }
    }
}
