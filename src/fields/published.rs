//! Gathers the dates of a file, each with the evidence for what it dates, and chooses the date of
//! publication: the one with the most trusted evidence, [`Trust`], and of several the first.
//!
//! An update, the day of printing, the day on which a database added the article and the URL of
//! another story are never the date of publication: if there is nothing else, it is unknown. The
//! days of a life or of an event are not gathered at all.

use super::dateline::PrintedDateline;
use super::place::Place;
use crate::article::{BlockKind, DateKind, Dateline, FoundDate};
use crate::clean::export::Label;
use crate::clean::{Cleaned, LabelledBlock, Role};
use crate::date::labels::{self, DateLabel};
use crate::date::printed::{PrintedDate, Reading};
use crate::date::{PartialDate, printed as dates, url as url_date};
use crate::text::words::is_longer;

/// The dates of a file, and what follows from them.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Dates {
    /// Every date, by kind, most trusted first; within a kind in the order of the file.
    pub found: Vec<FoundDate>,
    /// The date of publication and its kind.
    pub published: Option<(PartialDate, DateKind)>,
    /// The evidence for the date of publication.
    pub evidence: Option<Evidence>,
    /// The dateline, with the year of its date.
    pub dateline: Option<Dateline>,
    /// Notes for the reader about the dates.
    pub warnings: Vec<String>,
    /// Whether the day stands first in the file's numeric dates, if they show it.
    pub day_first: Option<bool>,
    /// Whether the file has an ambiguous date that the file does not resolve.
    pub is_in_doubt: bool,
}

/// What speaks for a date as that of publication.
#[derive(Clone, Debug, PartialEq)]
pub struct Evidence {
    /// Where it stands.
    pub place: Place,
    /// How far it is trusted.
    pub trust: Trust,
    /// The date as printed.
    pub text: String,
}

/// How far a date is trusted to be that of publication, most trusted first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Trust {
    /// A labelled header says so.
    Header,
    /// A label on a line above the text says so.
    Label,
    /// It stands beside the byline.
    Byline,
    /// It stands on a line of its own between the headline and the text.
    Line,
    /// The article's own URL has it.
    OwnUrl,
    /// It stands below the text, as the day of a statement does.
    BelowText,
    /// The dateline has it, with the year.
    Dateline,
    /// It stands above the headline, as the day of the issue does, but also the day on which the
    /// page was saved; or beside other words above the text.
    Masthead,
    /// It is of a kind that dates nothing.
    Never,
}

impl Trust {
    /// Returns the reason in words.
    pub fn reason(self) -> &'static str {
        match self {
            Self::Header => "in a labelled header",
            Self::Label => "labelled as the date of publication",
            Self::Byline => "beside the byline",
            Self::Line => "on a line of its own above the text",
            Self::OwnUrl => "in the article's own URL",
            Self::BelowText => "below the text",
            Self::Dateline => "in the dateline",
            Self::Masthead => "at the top, and no other date is trusted more",
            Self::Never => "of no trusted kind",
        }
    }
}

/// A date with its kind and evidence, before it is resolved.
struct Candidate {
    kind: DateKind,
    reading: Reading,
    weekday_agrees: Option<bool>,
    evidence: Evidence,
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
    gather_lines(cleaned, &mut printed);
    gather_urls(cleaned, own_url, &mut printed);
    for stamp in &cleaned.page.stamps {
        gather(
            stamp,
            DateKind::Printed,
            Place::PageEdge,
            Trust::Never,
            &mut printed,
        );
    }
    if let Some((reading, text)) = dateline.and_then(|d| d.date.clone()) {
        printed.push(Candidate {
            kind: DateKind::Dateline,
            reading,
            weekday_agrees: None,
            evidence: Evidence {
                place: Place::Dateline,
                trust: Trust::Dateline,
                text,
            },
        });
    }
    settle(&printed, dateline, day_first)
}

fn gather(text: &str, kind: DateKind, place: Place, trust: Trust, printed: &mut Vec<Candidate>) {
    for date in dates::find(text) {
        printed.push(of(&date, kind, place, trust, text));
    }
}

fn of(date: &PrintedDate, kind: DateKind, place: Place, trust: Trust, text: &str) -> Candidate {
    Candidate {
        kind,
        reading: date.reading,
        weekday_agrees: date.weekday_agrees,
        evidence: Evidence {
            place,
            trust,
            text: text.get(date.range.clone()).unwrap_or_default().to_owned(),
        },
    }
}

fn gather_headers(cleaned: &Cleaned, printed: &mut Vec<Candidate>) {
    for (i, header) in cleaned.headers.iter().enumerate() {
        let (kind, trust) = match header.label {
            Label::Published => (DateKind::Header, Trust::Header),
            Label::Updated => (DateKind::Updated, Trust::Never),
            Label::LoadDate => (DateKind::LoadDate, Trust::Never),
            _ => continue,
        };
        gather(&header.value, kind, Place::Header(i), trust, printed);
    }
}

/// Reads the lines of dates above and below the text, of which one may have two dates: "Published
/// June 27, updated June 28".
fn gather_lines(cleaned: &Cleaned, printed: &mut Vec<Candidate>) {
    let blocks = &cleaned.blocks;
    // A label may stand on the line before its date.
    let mut label_before = None;
    for (i, block) in blocks.iter().enumerate() {
        let found = match block.role {
            Role::Byline | Role::Date => dates::find(&block.text),
            // A line above the text that was not read as a date line may have one, as in "Vol. 4,
            // June 4, 1921".
            Role::Masthead if !is_longer(&block.text, LONGEST_MASTHEAD) => dates::find(&block.text)
                .into_iter()
                .filter(is_day)
                .collect(),
            _ => Vec::new(),
        };
        if !matches!(block.role, Role::Byline | Role::Date) {
            label_before = None;
        }
        if found.is_empty() && block.role == Role::Date {
            label_before = labels::label_in(&block.text);
        }
        // "* 4 June 1931 † 2 May 2019"
        let is_listed = || block.role == Role::Date && is_in_list_of_days(blocks, i);
        if is_span(&found, &block.text) || block.text.contains('†') || is_listed() {
            continue;
        }
        let position = position_of(blocks, i);
        let mut before = 0;
        for date in found {
            let words = block.text.get(before..date.range.start).unwrap_or_default();
            before = date.range.end;
            let label = labels::label_in(words).or(label_before.take());
            let (kind, trust) = match label {
                Some(DateLabel::Event) => continue,
                Some(DateLabel::Updated) => (DateKind::Updated, Trust::Never),
                Some(DateLabel::Saved) => (DateKind::Printed, Trust::Never),
                Some(DateLabel::Published) if position != Trust::BelowText => {
                    (DateKind::Byline, Trust::Label)
                }
                _ => (DateKind::Byline, position),
            };
            printed.push(of(&date, kind, Place::Block(i), trust, &block.text));
        }
    }
}

/// The most words of a line above the text that may have a date beside other words.
const LONGEST_MASTHEAD: usize = 12;

fn is_day(date: &PrintedDate) -> bool {
    matches!(date.reading, Reading::Plain(day) if day.is_day())
}

/// Returns how far an unlabelled date in block `i` is trusted, by where the block stands.
fn position_of(blocks: &[LabelledBlock], i: usize) -> Trust {
    let is_credit = |block: &LabelledBlock| matches!(block.role, Role::Byline | Role::Date);
    let is_beside_byline = || {
        let around = blocks[..i].iter().rev().take_while(|b| is_credit(b));
        let mut around = around.chain(blocks[i + 1..].iter().take_while(|b| is_credit(b)));
        blocks[i].role == Role::Byline || around.any(|block| block.role == Role::Byline)
    };
    let has_headline = |blocks: &[LabelledBlock]| blocks.iter().any(|b| b.role == Role::Headline);
    let has_text = |blocks: &[LabelledBlock]| {
        let is_text = |b: &LabelledBlock| b.role.kind() == BlockKind::Paragraph;
        blocks.iter().any(is_text)
    };
    if has_text(&blocks[..i]) && !has_text(&blocks[i + 1..]) {
        Trust::BelowText
    } else if has_headline(&blocks[i + 1..]) || blocks[i].role == Role::Masthead {
        Trust::Masthead
    } else if is_beside_byline() {
        Trust::Byline
    } else {
        Trust::Line
    }
}

/// The fewest days below each other that are a list, as of a tour.
const DAYS_OF_LIST: usize = 3;

/// Returns whether a date line is one of several below each other, each with another day and without a
/// label.
fn is_in_list_of_days(blocks: &[LabelledBlock], i: usize) -> bool {
    let day = |block: &LabelledBlock| {
        let text = Some(&block.text).filter(|_| block.role == Role::Date)?;
        let found = dates::find(text).into_iter().next().filter(is_day)?;
        let words = &text[..found.range.start];
        labels::label_in(words).is_none().then_some(found.reading)
    };
    let above = blocks[..i].iter().rev().map_while(day);
    let below = blocks[i..].iter().map_while(day);
    let mut days: Vec<Reading> = Vec::new();
    for day in above.chain(below) {
        if !days.contains(&day) {
            days.push(day);
        }
        if days.len() == DAYS_OF_LIST {
            return true;
        }
    }
    false
}

/// Returns whether a line is two dates with nothing but a dash between them: the life of a person,
/// or the days of an event.
fn is_span(found: &[PrintedDate], line: &str) -> bool {
    let [first, second] = found else {
        return false;
    };
    let between = line.get(first.range.end..second.range.start);
    let is_dash = between.is_some_and(|between| matches!(between.trim(), "-" | "–" | "—" | "to"));
    is_dash && first.reading != second.reading
}

fn gather_urls(cleaned: &Cleaned, own_url: Option<&str>, printed: &mut Vec<Candidate>) {
    let others = cleaned.urls.iter().map(|u| u.url.as_str());
    let own = own_url
        .into_iter()
        .map(|url| (url, DateKind::Url, Trust::OwnUrl));
    let others = others
        .filter(|url| Some(*url) != own_url)
        .map(|url| (url, DateKind::RelatedUrl, Trust::Never));
    for (url, kind, trust) in own.chain(others) {
        if let Some((date, range)) = url_date::find(url) {
            printed.push(Candidate {
                kind,
                reading: Reading::Plain(date),
                weekday_agrees: None,
                evidence: Evidence {
                    place: Place::OwnUrl,
                    trust,
                    text: url.get(range).unwrap_or_default().to_owned(),
                },
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
    /// Adds the dates that have a year, and chooses the date of publication from them. Returns those
    /// without, each with its month and day.
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
            let text = &item.evidence.text;
            let date = match item.reading {
                Reading::Plain(date) => Some(date),
                Reading::Ambiguous {
                    month_first,
                    day_first,
                } => {
                    let settled = order.settle(month_first, day_first);
                    self.is_in_doubt |= own_order.settle(month_first, day_first).is_none();
                    if settled.is_none() && item.evidence.trust != Trust::Never {
                        self.warnings
                            .push(format!("{text}: month and day could be either way round"));
                    }
                    settled.or_else(|| PartialDate::from_year(month_first.year()))
                }
                Reading::Yearless { month, day } => {
                    yearless.push((item, month, day));
                    None
                }
            };
            if let Some(date) = date
                && !is_default(date, text)
            {
                if item.weekday_agrees == Some(false) {
                    self.warnings
                        .push(format!("{text}: that was another day of the week"));
                }
                self.add(date, item);
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
        self.list(date, item);
        if published.day().is_none()
            && published.contains(date)
            && item.evidence.trust != Trust::Never
        {
            self.publish(date, item);
        }
    }

    /// Lists a date, which becomes the date of publication if it is trusted more than the one so
    /// far, or if it is a day of the month or year that is known so far.
    fn add(&mut self, date: PartialDate, item: &Candidate) {
        self.list(date, item);
        let trust = item.evidence.trust;
        let so_far = self.evidence.as_ref().map(|evidence| evidence.trust);
        let is_better = match self.published {
            Some((published, _)) if published != date && published.contains(date) => true,
            Some((published, _)) if published != date && date.contains(published) => false,
            _ => trust < so_far.unwrap_or(Trust::Never),
        };
        if trust != Trust::Never && is_better {
            self.publish(date, item);
        }
    }

    fn publish(&mut self, date: PartialDate, item: &Candidate) {
        self.published = Some((date, item.kind));
        self.evidence = Some(item.evidence.clone());
    }

    fn list(&mut self, date: PartialDate, item: &Candidate) {
        let found = FoundDate {
            date,
            kind: item.kind,
            text: item.evidence.text.clone(),
        };
        if !self.found.contains(&found) {
            self.found.push(found);
        }
    }
}

/// Returns whether a date in figures is the one that databases and spreadsheets have where no date
/// was entered: day 1 of Excel's calendar, or second 0 of Unix time.
fn is_default(date: PartialDate, text: &str) -> bool {
    let mut words = text.split(|c: char| !c.is_alphabetic());
    let is_in_figures = !words.any(labels::is_calendar_word);
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
                (item.reading, two_numbers(&item.evidence.text))
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
    use crate::clean::{Knowledge, clean};

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
        let trust = match kind {
            DateKind::Header => Trust::Header,
            DateKind::Byline => Trust::Byline,
            DateKind::Url => Trust::OwnUrl,
            DateKind::Dateline => Trust::Dateline,
            _ => Trust::Never,
        };
        Candidate {
            kind,
            reading,
            weekday_agrees: None,
            evidence: Evidence {
                place: Place::Block(0),
                trust,
                text: text.to_owned(),
            },
        }
    }

    /// Returns the date of publication of a file with these lines above and below its text, and the
    /// reason.
    fn published(above: &str, below: &str) -> Option<String> {
        let text = format!(
            "{above}\n\nThe ferry to Halden Island ran again on Monday, two weeks after the storm that \
             tore its landing stage away, and the first passengers were cheered.\n\nNobody had been \
             hurt, the harbour master said, and nobody would be.\n\n{below}\n"
        );
        let dates = read(&clean(&text, 1, &Knowledge::default()), None, None, None);
        let (date, _) = dates.published?;
        Some(format!("{date} {}", dates.evidence?.trust.reason()))
    }

    #[test]
    fn the_most_trusted_date_is_that_of_publication() {
        let head = "Ferry Runs Again After the Storm";
        for (above, below, expected) in [
            (
                "By Ann Writer\nJune 27, 2018",
                "",
                Some("2018-06-27 beside the byline"),
            ),
            (
                "Published: June 27, 2018 | Updated: June 28, 2018",
                "",
                Some("2018-06-27 labelled as the date of publication"),
            ),
            (
                "Mis à jour le 28 juin 2018\nPublié le 27 juin 2018",
                "",
                Some("2018-06-27 labelled as the date of publication"),
            ),
            (
                "27. Juni 2018",
                "",
                Some("2018-06-27 on a line of its own above the text"),
            ),
            (
                "27 June 2018",
                "Oslo, 29 June 2018",
                Some("2018-06-27 on a line of its own above the text"),
            ),
            ("", "Oslo, 27 June 2018", Some("2018-06-27 below the text")),
            ("", "27 June 2018\nOslo", Some("2018-06-27 below the text")),
            ("Updated June 28, 2018", "", None),
            ("Retrieved 28 June 2018", "", None),
            ("Born June 27, 1931; died May 2, 2018", "", None),
            ("27 June 1931 – 2 May 2018", "", None),
            ("June 27, 2018 - June 29, 2018 | Fish Quay", "", None),
            ("01/01/1900", "", None),
            ("1970-01-01T00:00:00Z", "", None),
            (
                "",
                "Oslo, 2 May 2018\n\nBergen, 4 May 2018\n\nHalden, 6 May 2018",
                None,
            ),
        ] {
            let found = published(&format!("{head}\n\n{above}"), below);
            assert_eq!(found.as_deref(), expected, "{above} … {below}");
        }
    }

    #[test]
    fn the_day_at_the_top_is_trusted_least() {
        let head = "Ferry Runs Again After the Storm\n\nBy Ann Writer";
        let top = "Friday, November 27, 2026";
        for (above, expected) in [
            (
                format!("{top}\n\n{head}\nJune 27, 2018"),
                "2018-06-27 beside the byline",
            ),
            (
                format!("{top}\n\n{head}\nPublished June 27, 2018 at 7:12 a.m."),
                "2018-06-27 labelled as the date of publication",
            ),
            (
                format!("{top}\n\n{head}"),
                "2026-11-27 at the top, and no other date is trusted more",
            ),
        ] {
            assert_eq!(published(&above, "").as_deref(), Some(expected), "{above}");
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
