//! Writes occurrences in context as text: a line each, with the occurrences one below the other.

use std::io::{self, Write};
use std::path::Path;

use textwrap::core::display_width;

use super::escape::escape;
use super::style::{Ink, Style};
use crate::search::context::ContextLine;

/// Writes a line of context: the date, the text before the occurrence in a column of `left` characters, the
/// occurrence and what follows it, and the path, with the number of the paragraph. If the folder of
/// articles is given, the path links to the file.
pub fn context_line(
    out: &mut impl Write,
    line: &ContextLine,
    left: usize,
    folder: Option<&Path>,
    style: &Style,
) -> io::Result<()> {
    let date = line
        .date
        .map_or("undated".to_owned(), |date| date.to_string());
    let shown = |text: &str| style.text(&on_one_line(text)).into_owned();
    let before = shown(&line.left);
    // Padded by what is seen: a combining mark takes no column, a Chinese character two.
    let padding = " ".repeat(left.saturating_sub(display_width(&before)));
    let path = escape(&line.path);
    let url = folder.and_then(|folder| url::Url::from_file_path(folder.join(&line.path)).ok());
    let path = match url {
        Some(url) => style.link(url.as_str(), &path),
        None => path,
    };
    writeln!(
        out,
        "{date:<10}  {padding}{before}{}{}  {}",
        style.paint(Ink::Hit, &shown(&line.matched)),
        shown(&line.right),
        style.paint(Ink::Path, &format!("{path}:{}", line.paragraph)),
    )
}

/// Returns text with each line end as a space.
fn on_one_line(text: &str) -> String {
    text.replace(['\n', '\r', '\t'], " ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn puts_occurrences_one_below_the_other() {
        for (left, right, expected) in [
            (
                "the old ",
                " left.",
                "undated       the old ferry left.  a.txt:2\n",
            ),
            ("", "\nleft", "undated               ferry left  a.txt:2\n"),
            // Of three characters, one takes no column and one takes two.
            (
                "e\u{301}東",
                "",
                "undated            e\u{301}東ferry  a.txt:2\n",
            ),
            (
                "wider than the column ",
                "",
                "undated     wider than the column ferry  a.txt:2\n",
            ),
        ] {
            let line = ContextLine {
                id: "0".to_owned(),
                path: "a.txt".to_owned(),
                date: None,
                headline: None,
                paragraph: 2,
                start: 0,
                end: 5,
                left: left.to_owned(),
                matched: "ferry".to_owned(),
                right: right.to_owned(),
            };
            let mut out = Vec::new();
            context_line(&mut out, &line, 10, None, &Style::default()).unwrap();
            assert_eq!(String::from_utf8(out).unwrap(), expected);
        }
    }
}
