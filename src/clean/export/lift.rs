//! Takes what is not body out of the lines of an export.

use super::header::Export;
use crate::article::{Removed, RemovedKind};
use crate::clean::lines::{Fate, Line};

/// Takes the headers and furniture of an export, and the labels inside its body, out of the lines.
/// Returns the labels that were taken off lines with text.
pub fn lift(lines: &mut [Line<'_>], raw: &[&str], export: &Export) -> Vec<Removed> {
    for (i, line) in lines.iter_mut().enumerate() {
        if line.is_text() && !export.body.contains(&i) {
            let is_header =
                i < export.body.start || export.headers.iter().any(|h| h.lines.contains(&i));
            line.fate = Fate::Out(if is_header {
                RemovedKind::Header
            } else {
                RemovedKind::Footer
            });
        }
    }
    let mut labels = Vec::new();
    for &(i, end) in &export.body_labels {
        let label = raw[i][..end].trim();
        let line = &mut lines[i];
        let Some(rest) = line.text.strip_prefix(label).filter(|_| line.is_text()) else {
            continue;
        };
        // Marks of quotation say nothing that the receipt would need.
        let is_mark = !label.contains(char::is_alphanumeric);
        if rest.is_empty() && !is_mark {
            line.fate = Fate::Out(RemovedKind::Header);
            continue;
        }
        if !is_mark {
            labels.push(Removed {
                line: line.number,
                kind: RemovedKind::Header,
                text: label.to_owned(),
            });
        }
        let rest = rest.trim_start().to_owned();
        line.edit(rest);
    }
    labels
}
