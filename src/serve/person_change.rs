//! The page that shows what a change makes of `people.toml`, before it is made.

use askama::Template;
use similar::{Algorithm, DiffTag};
use url::form_urlencoded;

use super::address::Address;
use super::form::{self, Form};
use super::page::Head;
use super::person_page::page_href;
use crate::error::{Error, Result};
use crate::identity::decision_changes::{Change, Edit};

/// How many lines around those that change are shown.
const AROUND: usize = 3;

/// What is asked to be changed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Asked {
    /// `split` for two persons, anything else for one.
    what: String,
    /// The person whose page asks.
    pub(super) name: String,
    /// The other name.
    other: String,
}

impl Asked {
    /// Reads the part of an address after its question mark.
    pub(super) fn read(typed: &str) -> Self {
        let mut asked = Self::default();
        for (field, value) in form_urlencoded::parse(typed.as_bytes()) {
            let place = match &*field {
                "what" => &mut asked.what,
                "name" => &mut asked.name,
                "other" => &mut asked.other,
                _ => continue,
            };
            value.trim().clone_into(place);
        }
        asked
    }

    /// Reads a form.
    pub(super) fn of_form(form: &Form) -> Self {
        let value = |name| form.value(name).trim().to_owned();
        Self {
            what: value("what"),
            name: value("name"),
            other: value("other"),
        }
    }

    /// Returns the change of the decisions.
    pub(super) fn change(&self) -> Change {
        let (name, other) = (self.name.clone(), self.other.clone());
        match &*self.what {
            "split" => Change::Split(name, other),
            _ => Change::Merge(name, other),
        }
    }

    fn at(&self) -> String {
        let mut written = form_urlencoded::Serializer::new(String::new());
        written
            .append_pair("what", &self.what)
            .append_pair("name", &self.name)
            .append_pair("other", &self.other);
        format!("/person/change?{}", written.finish())
    }
}

/// Keeps what is wrong with the file of decisions apart from errors of the archive, to be said on a page.
pub(super) fn told<T>(result: Result<T>) -> Result<std::result::Result<T, String>> {
    match result {
        Err(error @ Error::Decisions { .. }) => Ok(Err(error.to_string())),
        result => result.map(Ok),
    }
}

/// The page of a change.
#[derive(Template)]
#[template(path = "person_change.html")]
pub(super) struct ChangePage {
    head: Head,
    asked: Asked,
    is_split: bool,
    /// Where the page of the person is.
    person: String,
    /// Where the change is shown again.
    again: String,
    /// Why the change can't be made.
    trouble: Option<String>,
    path: String,
    hash: String,
    token_field: &'static str,
    token: &'static str,
    lines: Vec<Line>,
}

/// A line of the file.
struct Line {
    kind: LineKind,
    text: String,
}

/// What becomes of a line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum LineKind {
    Kept,
    Removed,
    Added,
    /// Lines between that stay and are not shown.
    Gap,
}

impl ChangePage {
    /// Shows what a change makes of the file.
    pub(super) fn of_edit(asked: &Asked, edit: &Edit) -> Self {
        Self {
            path: edit.path.display().to_string(),
            hash: edit.hash.clone(),
            lines: lines(&edit.before, &edit.after),
            ..Self::bare(asked)
        }
    }

    /// Says why a change can't be made.
    pub(super) fn of_trouble(asked: &Asked, trouble: String) -> Self {
        Self {
            trouble: Some(trouble),
            ..Self::bare(asked)
        }
    }

    fn bare(asked: &Asked) -> Self {
        let is_split = matches!(asked.change(), Change::Split(..));
        let title = match is_split {
            true => "Two persons",
            false => "One person",
        };
        Self {
            head: Head::new(title, &Address::default(), String::new()),
            is_split,
            person: page_href(&asked.name),
            again: asked.at(),
            asked: asked.clone(),
            trouble: None,
            path: String::new(),
            hash: String::new(),
            token_field: form::TOKEN_FIELD,
            token: form::token(),
            lines: Vec::new(),
        }
    }
}

/// Returns the lines that change, and some around them.
fn lines(before: &str, after: &str) -> Vec<Line> {
    let (old, new): (Vec<&str>, Vec<&str>) = (before.lines().collect(), after.lines().collect());
    let ops = similar::capture_diff_slices(Algorithm::Myers, &old, &new);
    let mut lines = Vec::new();
    let line = |kind, text: &str| Line {
        kind,
        text: text.to_owned(),
    };
    for (at, group) in similar::group_diff_ops(ops, AROUND).iter().enumerate() {
        let is_after_others = group.first().is_some_and(|op| op.old_range().start > 0);
        if at > 0 || is_after_others {
            lines.push(line(LineKind::Gap, "…"));
        }
        for op in group {
            let (gone, come) = (&old[op.old_range()], &new[op.new_range()]);
            if op.tag() == DiffTag::Equal {
                lines.extend(gone.iter().map(|text| line(LineKind::Kept, text)));
            } else {
                lines.extend(gone.iter().map(|text| line(LineKind::Removed, text)));
                lines.extend(come.iter().map(|text| line(LineKind::Added, text)));
            }
        }
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shows_the_lines_that_change() {
        let shown = |before: &str, after: &str| -> String {
            let lines = lines(before, after);
            let lines = lines.iter().map(|line| {
                let sign = match line.kind {
                    LineKind::Kept => " ",
                    LineKind::Removed => "-",
                    LineKind::Added => "+",
                    LineKind::Gap => "",
                };
                format!("{sign}{}\n", line.text)
            });
            lines.collect()
        };
        assert_eq!(shown("", "a\nb\n"), "+a\n+b\n");
        assert_eq!(shown("a\nb\n", "a\nc\n"), " a\n-b\n+c\n");
        assert_eq!(
            shown("1\n2\n3\n4\n5\n", "1\n2\n3\n4\n6\n"),
            "…\n 2\n 3\n 4\n-5\n+6\n"
        );
    }
}
