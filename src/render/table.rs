//! Tables as CSV that a spreadsheet opens without evaluating them.

use std::io::{self, Write};

use super::style::Style;

/// Writes a row.
pub(super) fn write_row<'a>(
    out: &mut impl Write,
    cells: impl IntoIterator<Item = &'a str>,
) -> io::Result<()> {
    let mut table = csv::Writer::from_writer(out);
    table.write_record(cells)?;
    table.flush()
}

/// Returns text as a cell that no spreadsheet evaluates as a formula: text that starts like a formula
/// gets a single quote in front (OWASP, "CSV Injection"). So does text after a semicolon or a tab,
/// because some spreadsheets split cells there instead of at commas.
pub(super) fn cell(text: &str, style: &Style) -> String {
    const FORMULA: [char; 11] = ['=', '+', '-', '@', '\t', '\r', '\n', '＝', '＋', '－', '＠'];
    let text = style.text(text);
    let mut cell = String::with_capacity(text.len() + 1);
    let mut is_start = true;
    for c in text.chars() {
        if is_start && FORMULA.contains(&c) {
            cell.push('\'');
        }
        cell.push(c);
        is_start = matches!(c, ';' | '\t');
    }
    cell
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quotes_formulas() {
        let (plain, terminal) = (
            Style::default(),
            Style {
                escape: true,
                ..Style::default()
            },
        );
        for (text, style, expected) in [
            ("", plain, ""),
            ("Ada Holm", plain, "Ada Holm"),
            ("a=b", plain, "a=b"),
            ("=1+1", plain, "'=1+1"),
            ("+1", plain, "'+1"),
            ("-1", plain, "'-1"),
            ("@SUM(A1)", plain, "'@SUM(A1)"),
            ("\t=1", plain, "'\t'=1"),
            ("on Monday;=1+1;@A;b;-2", plain, "on Monday;'=1+1;'@A;b;'-2"),
            ("\r=1", plain, "'\r=1"),
            ("\n=1", plain, "'\n=1"),
            ("＝1", plain, "'＝1"),
            ("＠a", plain, "'＠a"),
            ("a\x1b", plain, "a\x1b"),
            ("-\x1b", terminal, "'-\\u{1b}"),
        ] {
            assert_eq!(cell(text, &style), expected, "{text:?}");
        }
    }
}
