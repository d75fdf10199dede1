//! Gathers every date with what it dates, and chooses the date of publication.
//!
//! The order of trust is: a labelled header, a line at the top, the article's own URL, a dateline
//! that prints its year. An update, the day of printing, the day that a database took the article
//! in and the URL of another story never date an article: where there is nothing else, the date
//! of publication is not known.

use super::dateline::Opening;
use crate::article::{DateKind, Dateline, FoundDate};
use crate::clean::export::Label;
use crate::clean::{Cleaned, Role};
use crate::date::printed::{PrintedDate, Reading};
use crate::date::{PartialDate, printed as dates, url as url_date};

/// What the dates of a file say.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Dates {
    /// Every date, most trusted kind first, in the order of the file within a kind.
    pub found: Vec<FoundDate>,
    /// The date of publication and the kind it was taken from.
    pub published: Option<(PartialDate, DateKind)>,
    /// The dateline with its date completed.
    pub dateline: Option<Dateline>,
    /// What a careful reader should know.
    pub warnings: Vec<String>,
    /// Whether the day stands first in the file's numeric dates, where they show it.
    pub day_first: Option<bool>,
    /// Whether a date could be read in two ways and nothing in the file tells which.
    pub is_in_doubt: bool,
}

/// The kinds of date that may be an article's own, most trusted first.
const TRUSTED: [DateKind; 4] = [
    DateKind::Header,
    DateKind::Byline,
    DateKind::Url,
    DateKind::Dateline,
];

/// A date with its kind, not yet read for good.
struct Printed {
    kind: DateKind,
    reading: Reading,
    text: String,
    weekday_agrees: Option<bool>,
}

/// Gathers the dates of a cleaned article. `day_first` is how its outlet writes them, where that is
/// known.
pub fn read(
    cleaned: &Cleaned,
    own_url: Option<&str>,
    opening: Option<&Opening>,
    day_first: Option<bool>,
) -> Dates {
    let mut printed = Vec::new();
    gather_headers(cleaned, &mut printed);
    gather_top_lines(cleaned, &mut printed);
    gather_urls(cleaned, own_url, &mut printed);
    for stamp in &cleaned.page.stamps {
        gather(stamp, DateKind::Printed, &mut printed);
    }
    if let Some((reading, text)) = opening.and_then(|o| o.date.clone()) {
        printed.push(Printed {
            kind: DateKind::Dateline,
            reading,
            text,
            weekday_agrees: None,
        });
    }
    settle(printed, opening, day_first)
}

fn gather(text: &str, kind: DateKind, printed: &mut Vec<Printed>) {
    for date in dates::find(text) {
        printed.push(of(&date, kind, text));
    }
}

fn of(date: &PrintedDate, kind: DateKind, text: &str) -> Printed {
    Printed {
        kind,
        reading: date.reading,
        text: text.get(date.range.clone()).unwrap_or_default().to_owned(),
        weekday_agrees: date.weekday_agrees,
    }
}

fn gather_headers(cleaned: &Cleaned, printed: &mut Vec<Printed>) {
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

/// Reads the lines of dates above the text. "Published June 27, updated June 28" says both.
fn gather_top_lines(cleaned: &Cleaned, printed: &mut Vec<Printed>) {
    for block in &cleaned.blocks {
        if !matches!(block.role, Role::Byline | Role::Date) {
            continue;
        }
        let mut before = 0;
        for date in dates::find(&block.text) {
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

fn gather_urls(cleaned: &Cleaned, own_url: Option<&str>, printed: &mut Vec<Printed>) {
    let others = cleaned.urls.iter().map(|u| u.url.as_str());
    let own = own_url.into_iter().map(|url| (url, DateKind::Url));
    let others = others
        .filter(|url| Some(*url) != own_url)
        .map(|url| (url, DateKind::RelatedUrl));
    for (url, kind) in own.chain(others) {
        if let Some((date, range)) = url_date::find(url) {
            printed.push(Printed {
                kind,
                reading: Reading::Plain(date),
                text: url.get(range).unwrap_or_default().to_owned(),
                weekday_agrees: None,
            });
        }
    }
}

/// Reads what is ambiguous or lacks its year by the other dates, and chooses.
fn settle(printed: Vec<Printed>, opening: Option<&Opening>, day_first: Option<bool>) -> Dates {
    let own_order = Order::of(&printed);
    let order = match (own_order, day_first) {
        (Order::Unknown, Some(true)) => Order::DayFirst,
        (Order::Unknown, Some(false)) => Order::MonthFirst,
        _ => own_order,
    };
    let mut dates = Dates {
        day_first: match own_order {
            Order::DayFirst => Some(true),
            Order::MonthFirst => Some(false),
            Order::Unknown => None,
        },
        ..Dates::default()
    };
    let mut yearless = Vec::new();
    for item in &printed {
        let date = match item.reading {
            Reading::Plain(date) => Some(date),
            Reading::Ambiguous {
                month_first,
                day_first,
            } => {
                let settled = order.settle(month_first, day_first);
                dates.is_in_doubt |= own_order.settle(month_first, day_first).is_none();
                if settled.is_none() && TRUSTED.contains(&item.kind) {
                    dates.warnings.push(format!(
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
        if let Some(date) = date {
            if item.weekday_agrees == Some(false) {
                dates
                    .warnings
                    .push(format!("{}: that was another day of the week", item.text));
            }
            dates.push(date, item.kind, &item.text);
        }
    }
    dates.found.sort_by_key(|found| found.kind);
    dates.published = TRUSTED.iter().find_map(|kind| {
        let found = dates.found.iter().find(|found| found.kind == *kind)?;
        Some((found.date, *kind))
    });
    for (item, month, day) in yearless {
        let completed = dates
            .published
            .and_then(|(published, _)| complete(published, month, day));
        if let Some(date) = completed {
            dates.push(date, item.kind, &item.text);
            // A top line such as "June 27" beside a URL with the year alone.
            if let Some((published, _)) = dates.published
                && published.day().is_none()
                && published.contains(date)
                && TRUSTED.contains(&item.kind)
            {
                dates.published = Some((date, item.kind));
            }
        }
    }
    dates.found.sort_by_key(|found| found.kind);
    dates.dateline = opening.and_then(|opening| {
        let date = dates
            .found
            .iter()
            .find(|found| found.kind == DateKind::Dateline)
            .map(|found| found.date);
        (opening.place.is_some() || date.is_some()).then(|| Dateline {
            place: opening.place.clone(),
            date,
        })
    });
    dates
}

impl Dates {
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

/// The farthest that a dateline lies from the date of publication, in days: half a year decides
/// on which side of New Year it is.
const HALF_A_YEAR: i32 = 183;

/// Returns the month and day in the year that brings them nearest to a date.
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

/// Which way round the file's numeric dates are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Order {
    MonthFirst,
    DayFirst,
    Unknown,
}

impl Order {
    /// Reads the order from the file's unambiguous numeric dates, and from plain dates that equal
    /// one reading of an ambiguous one.
    fn of(printed: &[Printed]) -> Self {
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

/// Returns the first two numbers of a date printed as `27/06/2018`.
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

    fn item(kind: DateKind, reading: Reading, text: &str) -> Printed {
        Printed {
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
                vec![item(kind, Reading::Plain(date("2018-06-27")), "")],
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
        let alone = settle(vec![ambiguous()], None, None);
        assert_eq!(alone.published, Some((date("2018"), DateKind::Byline)));
        assert_eq!(alone.warnings.len(), 1);
        assert!(alone.is_in_doubt);
        let by_outlet = settle(vec![ambiguous()], None, Some(true));
        assert_eq!(
            by_outlet.published,
            Some((date("2018-04-03"), DateKind::Byline))
        );
        assert_eq!((by_outlet.warnings.len(), by_outlet.day_first), (0, None));
        assert!(by_outlet.is_in_doubt, "the file alone does not tell");
        let beside_url = vec![
            ambiguous(),
            item(
                DateKind::RelatedUrl,
                Reading::Plain(date("2018-04-03")),
                "/2018/04/03/",
            ),
        ];
        assert_eq!(
            settle(beside_url, None, None).published,
            Some((date("2018-04-03"), DateKind::Byline))
        );
        let beside_numbers = vec![
            ambiguous(),
            item(
                DateKind::Updated,
                Reading::Plain(date("2018-03-14")),
                "03/14/2018",
            ),
        ];
        assert_eq!(
            settle(beside_numbers, None, None).published,
            Some((date("2018-03-04"), DateKind::Byline))
        );
    }
}
