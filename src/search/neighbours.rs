//! The articles right before and right after a day, among those that match a query.

use tantivy::{DocAddress, DocId};

use super::rank::all_matches;
use super::request::{Request, understand};
use crate::archive::Archive;
use crate::archive::reader::Snapshot;
use crate::article::Article;
use crate::date::PartialDate;
use crate::error::Result;
use crate::identity::decisions::Decisions;
use crate::identity::lookup::PersonOptions;
use crate::query::plan::plan as planned;

/// The articles before and after a day; of several on one day, the first of the index.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Neighbours {
    /// The last article before the day.
    pub earlier: Option<Article>,
    /// The first article after the day.
    pub later: Option<Article>,
}

/// Finds the articles that match a request right before the first and right after the last day of a date.
///
/// # Errors
///
/// Returns the errors of [`search()`](fn@super::search).
pub fn neighbours(archive: &Archive, request: &Request, date: PartialDate) -> Result<Neighbours> {
    archive.guard(|| {
        let options = PersonOptions {
            decisions: &Decisions::of(archive)?,
            is_loose: request.loose,
            keep_spelling: !request.any,
        };
        let snapshot = &archive.snapshot;
        let plan = planned(snapshot, options, &understand(request)?.root)?;
        let matches = all_matches(snapshot, &plan)?;
        let (earlier, later) = beside(snapshot, &matches, date)?;
        let read = |found: Option<(u64, DocAddress)>| {
            let address = found.map(|(_, address)| address);
            address.map(|address| archive.article(address)).transpose()
        };
        Ok(Neighbours {
            earlier: read(earlier)?,
            later: read(later)?,
        })
    })
}

/// A day as a number yyyymmdd, and an article of that day.
type Dated = Option<(u64, DocAddress)>;

/// Returns the last match before and the first after a date.
fn beside(
    snapshot: &Snapshot,
    matches: &[Vec<DocId>],
    date: PartialDate,
) -> Result<(Dated, Dated)> {
    let number = |day: jiff::civil::Date| {
        let part = |part: i8| u64::from(part.unsigned_abs());
        u64::from(day.year().unsigned_abs()) * 10_000 + part(day.month()) * 100 + part(day.day())
    };
    let (first, last) = (number(date.first_day()), number(date.last_day()));
    let (mut earlier, mut later): (Dated, Dated) = (None, None);
    let readers = snapshot.searcher.segment_readers().iter();
    for ((segment, reader), docs) in (0..).zip(readers).zip(matches) {
        let days = reader.fast_fields().u64("first_day")?;
        for &doc in docs {
            let Some(day) = days.first(doc) else { continue };
            let place = (day, DocAddress::new(segment, doc));
            if day < first && earlier.is_none_or(|(known, _)| day > known) {
                earlier = Some(place);
            } else if day > last && later.is_none_or(|(known, _)| day < known) {
                later = Some(place);
            }
        }
    }
    Ok((earlier, later))
}
