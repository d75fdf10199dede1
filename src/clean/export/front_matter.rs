//! YAML front matter between two `---` lines, as in Markdown files.

use super::header::{Export, Form, Header, Label, header, label_of, unquoted};

/// The longest key, in bytes.
const LONGEST_KEY: usize = 60;

/// Reads `key: value` lines between two `---` lines at the top.
pub(super) fn read(lines: &[&str]) -> Option<Export> {
    let start = lines.iter().position(|line| !line.trim().is_empty())?;
    if lines[start].trim_end() != "---" {
        return None;
    }
    let end = (start + 1..lines.len().min(start + 100))
        .find(|&i| matches!(lines[i].trim_end(), "---" | "..."))?;
    // Three hyphens may also be rules around the first section of a text.
    let between = &lines[start + 1..end];
    if !between.iter().all(|line| is_yaml(line))
        || !between.iter().any(|line| label_of(line).is_some())
    {
        return None;
    }
    let mut found: Vec<Header> = Vec::new();
    // The last key that is not part of another's value.
    let mut key = 0;
    for (i, line) in lines.iter().enumerate().take(end).skip(start + 1) {
        let item = line.trim_start().strip_prefix("- ");
        let is_below_key = found.get(key).is_some_and(|key| key.value.is_empty());
        // An item, or the value of a key, may itself have keys, of which one is the name.
        let name = item
            .or_else(|| is_below_key.then_some(line.trim_start()))
            .and_then(|value| value.strip_prefix("name:"));
        let value_of_list = name.or(item);
        match (label_of(line), value_of_list) {
            (Some((label, value)), _) if !line.starts_with(char::is_whitespace) => {
                let value = list(unquoted(value));
                key = found.len();
                found.push(Header {
                    label,
                    value,
                    lines: i..i + 1,
                });
            }
            // The items of a list stand below its key, one on a line.
            (_, Some(item)) => {
                if let Some(key) = found.get_mut(key) {
                    if !key.value.is_empty() {
                        key.value.push_str(", ");
                    }
                    key.value.push_str(unquoted(item.trim()));
                    key.lines.end = i + 1;
                }
            }
            _ => found.push(Header {
                label: Label::Other,
                value: line.trim().to_owned(),
                lines: i..i + 1,
            }),
        }
    }
    found.retain(|h| !h.value.is_empty());
    // A first heading that repeats the title is not part of the body.
    let mut body_start = end + 1;
    if let Some(first) = (body_start..lines.len()).find(|&i| !lines[i].trim().is_empty())
        && let Some(title) = lines[first].strip_prefix("# ")
        && found
            .iter()
            .any(|h| h.label == Label::Headline && h.value.trim() == title.trim())
    {
        found.push(header(Label::Other, lines, first..first + 1));
        body_start = first + 1;
    }
    Some(Export {
        form: Form::FrontMatter,
        headers: found,
        body: body_start..lines.len(),
        body_labels: Vec::new(),
        page_heads: Vec::new(),
    })
}

/// Returns whether a line can be front matter: `key: value`, a list item, an indented line below a
/// key, a comment, a blank line.
fn is_yaml(line: &str) -> bool {
    let is_key = |key: &str| key.len() <= LONGEST_KEY && key.split_whitespace().count() <= 3;
    line.trim().is_empty()
        || line.starts_with([' ', '\t', '#'])
        || line.starts_with("- ")
        || line.starts_with(']')
        || line.split_once(':').is_some_and(|(key, _)| is_key(key))
}

/// Returns `a, b` for YAML's `[a, "b"]`, and unescapes quotation marks.
fn list(value: &str) -> String {
    let value = value.replace("\\\"", "\"");
    match value
        .strip_prefix('[')
        .and_then(|rest| rest.strip_suffix(']'))
    {
        Some(items) => {
            let items: Vec<&str> = items.split(',').map(|item| unquoted(item.trim())).collect();
            items.join(", ")
        }
        None => value,
    }
}
