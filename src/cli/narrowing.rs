//! The options that narrow a query, of all commands that take one.

use morgue::PartialDate;
use morgue::query::dates;
use morgue::search::Request;

/// What articles must have beside the words of a query.
#[derive(clap::Args, Debug)]
pub struct Narrowing {
    /// Only articles that name this person (repeatable; all of them must be named)
    #[arg(long, value_name = "NAME")]
    person: Vec<String>,
    /// Only articles published on or after this date: 2018, 2018-06, 2018-06-27 or "June 2018"
    #[arg(long, value_name = "DATE", value_parser = date)]
    after: Option<PartialDate>,
    /// Only articles published on or before this date
    #[arg(long, value_name = "DATE", value_parser = date)]
    before: Option<PartialDate>,
    /// Only articles of this outlet, as in themoscowtimes.com
    #[arg(long, value_name = "OUTLET")]
    source: Option<String>,
    /// With --person: also articles that print only the surname, which may refer to someone else
    #[arg(long)]
    loose: bool,
    /// Match any of the words instead of all
    #[arg(long)]
    any: bool,
}

/// Reads a date as in a query.
pub(super) fn date(typed: &str) -> Result<PartialDate, String> {
    dates::one(typed).map_err(|message| format!("{message}; write 2018, 2018-06 or 2018-06-27"))
}

impl Narrowing {
    /// Returns whether nothing was narrowed.
    pub fn is_empty(&self) -> bool {
        self.person.is_empty()
            && self.source.is_none()
            && self.after.is_none()
            && self.before.is_none()
    }

    /// Returns a request for a query, narrowed by the options.
    pub fn request(self, query: String) -> Request {
        Request {
            query,
            persons: self.person,
            after: self.after,
            before: self.before,
            source: self.source,
            loose: self.loose,
            any: self.any,
            ..Request::default()
        }
    }
}
