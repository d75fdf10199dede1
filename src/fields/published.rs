//! Gathers the dates of a file and chooses the date of publication.
//!
//! The order of trust is: a labelled header, a line at the top, the article's own URL, a dateline
//! with a year. An update, the day of printing, the day on which a database added the article and
//! the URL of another story are not trusted: if there is nothing else, the date of publication is
//! unknown.

use super::dateline::PrintedDateline;
use crate::article::{DateKind, Dateline, FoundDate};
use crate::clean::export::Label;
use crate::clean::{Cleaned, Role};
use crate::date::printed::{PrintedDate, Reading};
use crate::date::{PartialDate, printed as dates, url as url_date};

/// The dates of a file, and what follows from them.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Dates {
    /// Every date, by kind, most trusted first; within a kind in the order of the file.
    pub found: Vec<FoundDate>,
    /// The date of publication and its kind.
    pub published: Option<(PartialDate, DateKind)>,
    /// The dateline, with the year of its date.
    pub dateline: Option<Dateline>,
    /// Notes for the reader about the dates.
    pub warnings: Vec<String>,
    /// Whether the day stands first in the file's numeric dates, if they show it.
    pub day_first: Option<bool>,
    /// Whether the file has an ambiguous date that the file does not resolve.
    pub is_in_doubt: bool,
}

/// The kinds of date that may be the date of publication, most trusted first.
const TRUSTED: [DateKind; 4] = [
    DateKind::Header,
    DateKind::Byline,
    DateKind::Url,
    DateKind::Dateline,
];

/// A date with its kind, before it is resolved.
struct Candidate {
    kind: DateKind,
    reading: Reading,
    text: String,
    weekday_agrees: Option<bool>,
}

/// Gathers the dates of a cleaned article. `day_first` is whether its outlet writes the day first,
/// if that is known.
pub fn read(
    cleaned: &Cleaned,
    own_url: Option<&str>,
    dateline: Option<&PrintedDateline>,
    day_first: Option<bool>,
) -> Dates {
    let mut printed = Vec::new();
    gather_headers(cleaned, &mut printed);
    gather_top_lines(cleaned, &mut printed);
    gather_urls(cleaned, own_url, &mut printed);
    for stamp in &cleaned.page.stamps {
        gather(stamp, DateKind::Printed, &mut printed);
    }
    if let Some((reading, text)) = dateline.and_then(|d| d.date.clone()) {
        printed.push(Candidate {
            kind: DateKind::Dateline,
            reading,
            text,
            weekday_agrees: None,
        });
    }
    settle(&printed, dateline, day_first)
}

fn gather(text: &str, kind: DateKind, printed: &mut Vec<Candidate>) {
    for date in dates::find(text) {
        printed.push(of(&date, kind, text));
    }
}

fn of(date: &PrintedDate, kind: DateKind, text: &str) -> Candidate {
    Candidate {
        kind,
        reading: date.reading,
        text: text.get(date.range.clone()).unwrap_or_default().to_owned(),
        weekday_agrees: date.weekday_agrees,
    }
}

fn gather_headers(cleaned: &Cleaned, printed: &mut Vec<Candidate>) {
    for header in &cleaned.headers {
        let kind = match header.label {
            Label::Published => DateKind::Header,
            Label::Updated => DateKind::Updated,
            Label::LoadDate => DateKind::LoadDate,
            _ => continue,
        };
        gather(&header.value, kind, printed);
    }
}

/// Reads the lines of dates above the text, of which one may have two dates: "Published June 27,
/// updated June 28".
fn gather_top_lines(cleaned: &Cleaned, printed: &mut Vec<Candidate>) {
    for block in &cleaned.blocks {
        if !matches!(block.role, Role::Byline | Role::Date) {
            continue;
        }
        let found = dates::find(&block.text);
        if is_span_of_years(&found, &block.text) {
            continue;
        }
        let mut before = 0;
        for date in found {
            let label = block.text.get(before..date.range.start).unwrap_or_default();
            before = date.range.end;
            let label = label.to_lowercase();
            let is_update = ["updat", "modified", "revised", "edited", "corrected"]
                .iter()
                .any(|word| label.contains(word));
            let kind = if is_update {
                DateKind::Updated
            } else {
                DateKind::Byline
            };
            printed.push(of(&date, kind, &block.text));
        }
    }
}

/// Returns whether a line has two dates of different years with a dash between them: the life of a
/// person, or how long something lasted.
fn is_span_of_years(found: &[PrintedDate], line: &str) -> bool {
    let [first, second] = found else {
        return false;
    };
    let between = line.get(first.range.end..second.range.start);
    let is_span = between.is_some_and(|between| matches!(between.trim(), "-" | "–" | "—" | "to"));
    match (first.reading, second.reading) {
        (Reading::Plain(first), Reading::Plain(second)) => is_span && first.year() < second.year(),
        _ => false,
    }
}

fn gather_urls(cleaned: &Cleaned, own_url: Option<&str>, printed: &mut Vec<Candidate>) {
    let others = cleaned.urls.iter().map(|u| u.url.as_str());
    let own = own_url.into_iter().map(|url| (url, DateKind::Url));
    let others = others
        .filter(|url| Some(*url) != own_url)
        .map(|url| (url, DateKind::RelatedUrl));
    for (url, kind) in own.chain(others) {
        if let Some((date, range)) = url_date::find(url) {
            printed.push(Candidate {
                kind,
                reading: Reading::Plain(date),
                text: url.get(range).unwrap_or_default().to_owned(),
                weekday_agrees: None,
            });
        }
    }
}

/// Resolves dates that are ambiguous or without a year by the other dates, and chooses the date of
/// publication.
fn settle(
    printed: &[Candidate],
    dateline: Option<&PrintedDateline>,
    day_first: Option<bool>,
) -> Dates {
    let mut dates = Dates::default();
    let yearless = dates.add_complete(printed, day_first);
    dates.found.sort_by_key(|found| found.kind);
    dates.published = TRUSTED.iter().find_map(|kind| {
        let found = dates.found.iter().find(|found| found.kind == *kind)?;
        Some((found.date, *kind))
    });
    for (item, month, day) in yearless {
        dates.add_yearless(item, month, day);
    }
    dates.found.sort_by_key(|found| found.kind);
    dates.dateline = dateline.and_then(|printed| {
        let date = dates
            .found
            .iter()
            .find(|found| found.kind == DateKind::Dateline)
            .map(|found| found.date);
        (printed.place.is_some() || date.is_some()).then(|| Dateline {
            place: printed.place.clone(),
            date,
        })
    });
    dates
}

impl Dates {
    /// Adds the dates that have a year. Returns those without, each with its month and day.
    fn add_complete<'p>(
        &mut self,
        printed: &'p [Candidate],
        day_first: Option<bool>,
    ) -> Vec<(&'p Candidate, i8, i8)> {
        let own_order = Order::of(printed);
        let order = match (own_order, day_first) {
            (Order::Unknown, Some(true)) => Order::DayFirst,
            (Order::Unknown, Some(false)) => Order::MonthFirst,
            _ => own_order,
        };
        self.day_first = match own_order {
            Order::DayFirst => Some(true),
            Order::MonthFirst => Some(false),
            Order::Unknown => None,
        };
        let mut yearless = Vec::new();
        for item in printed {
            let date = match item.reading {
                Reading::Plain(date) => Some(date),
                Reading::Ambiguous {
                    month_first,
                    day_first,
                } => {
                    let settled = order.settle(month_first, day_first);
                    self.is_in_doubt |= own_order.settle(month_first, day_first).is_none();
                    if settled.is_none() && TRUSTED.contains(&item.kind) {
                        self.warnings.push(format!(
                            "{}: month and day could be either way round",
                            item.text
                        ));
                    }
                    settled.or_else(|| PartialDate::from_year(month_first.year()))
                }
                Reading::Yearless { month, day } => {
                    yearless.push((item, month, day));
                    None
                }
            };
            if let Some(date) = date
                && !is_default(date, &item.text)
            {
                if item.weekday_agrees == Some(false) {
                    self.warnings
                        .push(format!("{}: that was another day of the week", item.text));
                }
                self.push(date, item.kind, &item.text);
            }
        }
        yearless
    }

    /// Adds a date without a year, completed by the date of publication. It becomes the date of
    /// publication if that is known only to its year or month, as in a URL.
    fn add_yearless(&mut self, item: &Candidate, month: i8, day: i8) {
        let Some((published, _)) = self.published else {
            return;
        };
        let Some(date) = complete(published, month, day) else {
            return;
        };
        self.push(date, item.kind, &item.text);
        if published.day().is_none() && published.contains(date) && TRUSTED.contains(&item.kind) {
            self.published = Some((date, item.kind));
        }
    }

    fn push(&mut self, date: PartialDate, kind: DateKind, text: &str) {
        let found = FoundDate {
            date,
            kind,
            text: text.to_owned(),
        };
        if !self.found.contains(&found) {
            self.found.push(found);
        }
    }
}

/// Returns whether a date in figures is the one that databases and spreadsheets have where no date
/// was entered: day 1 of Excel's calendar, or second 0 of Unix time.
fn is_default(date: PartialDate, text: &str) -> bool {
    let is_in_figures = !text.contains(char::is_alphabetic);
    let is_first_of = |year| PartialDate::from_day(year, 1, 1) == Some(date);
    is_in_figures && (is_first_of(1900) || is_first_of(1970))
}

/// The greatest distance in days between a dateline and the date of publication. Half a year
/// decides on which side of New Year it is.
const HALF_A_YEAR: i32 = 183;

/// Returns the date of a month and day in the year that is nearest to `near`.
fn complete(near: PartialDate, month: i8, day: i8) -> Option<PartialDate> {
    if near.month().is_none() {
        return PartialDate::from_day(near.year(), month, day);
    }
    [0, -1, 1].into_iter().find_map(|shift| {
        let date = PartialDate::from_day(near.year() + shift, month, day)?;
        let distance = (date.first_day() - near.first_day()).get_days().abs();
        (distance <= HALF_A_YEAR).then_some(date)
    })
}

/// The order of month and day in the file's numeric dates.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Order {
    MonthFirst,
    DayFirst,
    Unknown,
}

impl Order {
    /// Reads the order from unambiguous numeric dates, and from dates that equal one reading of an
    /// ambiguous date.
    fn of(printed: &[Candidate]) -> Self {
        let (mut month_first, mut day_first) = (0, 0);
        for item in printed {
            if let Reading::Ambiguous {
                month_first: m,
                day_first: d,
            } = item.reading
            {
                for other in printed {
                    if let Reading::Plain(date) = other.reading {
                        month_first += usize::from(date == m);
                        day_first += usize::from(date == d);
                    }
                }
            }
        }
        for item in printed.iter().filter(|item| item.kind != DateKind::Printed) {
            if let (Reading::Plain(date), Some((first, second))) =
                (item.reading, two_numbers(&item.text))
            {
                month_first += usize::from(second > 12 && date.month() == Some(first));
                day_first += usize::from(first > 12 && date.month() == Some(second));
            }
        }
        match month_first.cmp(&day_first) {
            std::cmp::Ordering::Greater => Self::MonthFirst,
            std::cmp::Ordering::Less => Self::DayFirst,
            std::cmp::Ordering::Equal => Self::Unknown,
        }
    }

    fn settle(self, month_first: PartialDate, day_first: PartialDate) -> Option<PartialDate> {
        match self {
            Self::MonthFirst => Some(month_first),
            Self::DayFirst => Some(day_first),
            Self::Unknown => (month_first == day_first).then_some(day_first),
        }
    }
}

/// Returns the first two numbers of a date such as `27/06/2018`.
fn two_numbers(text: &str) -> Option<(i8, i8)> {
    let mut parts = text.split(['/', '-', '.']);
    let mut small = || parts.next()?.parse::<i8>().ok();
    Some((small()?, small()?))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn date(text: &str) -> PartialDate {
        text.parse().unwrap()
    }

    #[test]
    fn completes_a_dateline_across_new_year() {
        for (near, month, day, expected) in [
            ("2018-06-28", 6, 27, "2018-06-27"),
            ("2018-01-01", 12, 31, "2017-12-31"),
            ("2018-12-31", 1, 1, "2019-01-01"),
            ("2018", 12, 31, "2018-12-31"),
        ] {
            assert_eq!(complete(date(near), month, day), Some(date(expected)));
        }
    }

    fn item(kind: DateKind, reading: Reading, text: &str) -> Candidate {
        Candidate {
            kind,
            reading,
            text: text.to_owned(),
            weekday_agrees: None,
        }
    }

    #[test]
    fn untrusted_kinds_date_nothing() {
        for kind in [
            DateKind::Updated,
            DateKind::Printed,
            DateKind::LoadDate,
            DateKind::RelatedUrl,
        ] {
            let dates = settle(
                &[item(kind, Reading::Plain(date("2018-06-27")), "")],
                None,
                None,
            );
            assert_eq!(dates.published, None, "{kind:?}");
            assert_eq!(dates.found.len(), 1);
        }
    }

    #[test]
    fn other_dates_settle_an_ambiguous_one() {
        let ambiguous = || {
            item(
                DateKind::Byline,
                Reading::Ambiguous {
                    month_first: date("2018-03-04"),
                    day_first: date("2018-04-03"),
                },
                "03/04/2018",
            )
        };
        let alone = settle(&[ambiguous()], None, None);
        assert_eq!(alone.published, Some((date("2018"), DateKind::Byline)));
        assert_eq!(alone.warnings.len(), 1);
        assert!(alone.is_in_doubt);
        let by_outlet = settle(&[ambiguous()], None, Some(true));
        assert_eq!(
            by_outlet.published,
            Some((date("2018-04-03"), DateKind::Byline))
        );
        assert_eq!((by_outlet.warnings.len(), by_outlet.day_first), (0, None));
        assert!(by_outlet.is_in_doubt, "the file alone does not tell");
        let beside_url = [
            ambiguous(),
            item(
                DateKind::RelatedUrl,
                Reading::Plain(date("2018-04-03")),
                "/2018/04/03/",
            ),
        ];
        assert_eq!(
            settle(&beside_url, None, None).published,
            Some((date("2018-04-03"), DateKind::Byline))
        );
        let beside_numbers = [
            ambiguous(),
            item(
                DateKind::Updated,
                Reading::Plain(date("2018-03-14")),
                "03/14/2018",
            ),
        ];
        assert_eq!(
            settle(&beside_numbers, None, None).published,
            Some((date("2018-03-04"), DateKind::Byline))
        );
    }
}
