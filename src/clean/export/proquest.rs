//! Exports of ProQuest.

use super::header::{Export, Form, Header, Label, Values, header, headers, label_of, paragraph_at};
use crate::date::printed as dates;
use crate::source::export_marks::is_proquest_rule;

/// Reads an export: a rule, the headline, labels, `Full text:` and the text, labels.
pub(super) fn read(lines: &[&str]) -> Option<Export> {
    const FULL_TEXT: &str = "Full text:";
    let body_start = lines
        .iter()
        .position(|line| line.trim_start().starts_with(FULL_TEXT))?;
    let is_known_label = |line: &str| {
        label_of(line.trim())
            .is_some_and(|(label, _)| label != Label::Byline && label != Label::Dateline)
    };
    let first_label = (0..body_start).find(|&i| label_of(lines[i].trim()).is_some())?;
    let mut found = Vec::new();
    let above = (0..first_label)
        .find(|&i| is_proquest_rule(lines[i]))
        .map_or(0, |i| i + 1);
    if let Some(range) = paragraph_at(lines, above, first_label) {
        found.push(header(Label::Headline, lines, range));
    }
    found.extend(headers(lines, first_label..body_start, Values::Wrapped));
    // Below the text, each paragraph begins with one of the database's labels.
    let ends = |i: &usize| {
        is_known_label(lines[*i])
            && (*i == 0 || lines[*i - 1].trim().is_empty())
            && (*i..lines.len())
                .filter(|&k| !lines[k].trim().is_empty())
                .take(2)
                .all(|k| is_known_label(lines[k]))
    };
    let body_end = (body_start + 1..lines.len())
        .find(ends)
        .unwrap_or(lines.len());
    found.extend(headers(lines, body_end..lines.len(), Values::Wrapped));
    found.extend(publication_info(lines, body_start, &found));
    let indent = lines[body_start].len() - lines[body_start].trim_start().len();
    Some(Export {
        form: Form::ProQuest,
        headers: found,
        body: body_start..body_end,
        body_labels: vec![(body_start, indent + FULL_TEXT.len())],
    })
}

/// Returns the outlet and the date of the publication info, unless headers of their own give them:
/// `Publication info: Paper ; City. 8 Aug 2010: A.24.`
fn publication_info(lines: &[&str], end: usize, found: &[Header]) -> Vec<Header> {
    let mut more = Vec::new();
    for (i, line) in lines.iter().enumerate().take(end) {
        let Some((word, value)) = line.split_once(':') else {
            continue;
        };
        if !word.trim().eq_ignore_ascii_case("publication info") {
            continue;
        }
        let mut add = |label, value: &str| {
            if !found.iter().any(|h| h.label == label) {
                more.push(Header {
                    label,
                    value: value.trim().to_owned(),
                    lines: i..i + 1,
                });
            }
        };
        if let Some((outlet, _)) = value.split_once(';') {
            add(Label::Source, outlet);
        }
        if let Some(date) = dates::find(value).first() {
            add(Label::Published, &value[date.range.clone()]);
        }
    }
    more
}
