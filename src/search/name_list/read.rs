//! Reads a list of names: one name a line, or a table with a heading.

use unicode_normalization::UnicodeNormalization;

use super::headings::{GIVEN, NAME, SURNAME};
use crate::source::decode;

/// The names of a list, with notes on how it was read.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Names {
    /// The names, as in the list.
    pub names: Vec<String>,
    /// Notes for the user.
    pub notes: Vec<String>,
}

/// Separators of the cells of a table that are in no name, with their names for messages. A comma may
/// also separate cells, or a surname from the given names.
const SEPARATORS: [(char, &str); 3] = [(';', "semicolon"), ('\t', "tab"), ('|', "vertical bar")];

/// Returns the names in the bytes of a list.
///
/// A list whose first line is a heading is a table with cells separated by commas, semicolons, tabs or
/// vertical bars. In any other list each line is one name, so that `Holm, Ada` is Ada Holm.
///
/// # Errors
///
/// Returns a message if the list is not text or its cells can't be told apart.
pub fn read(bytes: &[u8]) -> Result<Names, String> {
    if decode::looks_binary(bytes) {
        return Err("this is not text".to_owned());
    }
    let decoded = decode::decode(bytes);
    let text = decoded.text.replace("\r\n", "\n").replace('\r', "\n");
    let text = without_separator_line(&text);
    let mut notes = Vec::new();
    if decoded.encoding != "UTF-8" {
        notes.push(format!("read as {}, not as UTF-8", decoded.encoding));
    }
    if decoded.undecodable > 0 {
        notes.push(format!(
            "{} sequences of bytes could not be decoded as {}",
            decoded.undecodable, decoded.encoding
        ));
    }
    let names = names_in(text)?;
    if names.is_empty() {
        notes.push("there is no name in it".to_owned());
    }
    Ok(Names { names, notes })
}

/// Removes a first line such as `sep=;`, which Excel writes and reads. Its line break stays, so that
/// line numbers are right.
fn without_separator_line(text: &str) -> &str {
    match text.get(..4) {
        Some(start) if start.eq_ignore_ascii_case("sep=") => {
            text.find('\n').map_or("", |end| &text[end..])
        }
        _ => text,
    }
}

fn names_in(text: &str) -> Result<Vec<String>, String> {
    let first = text.lines().find(|line| !line.trim().is_empty());
    let mut separators = SEPARATORS.iter().map(|s| s.0).chain([',']);
    let heading = first.and_then(|line| separators.find_map(|s| Heading::read(line, s)));
    match heading {
        Some(heading) if heading.width > 1 => heading.names_in(text),
        heading => names_by_line(text, heading.is_some()),
    }
}

/// The first row of a table.
struct Heading {
    separator: char,
    /// The number of columns.
    width: usize,
    /// The columns that make a name, in the order of the name.
    columns: Vec<usize>,
}

impl Heading {
    /// Reads a line as a heading with this separator. Returns `None` if no cell is a known heading.
    fn read(line: &str, separator: char) -> Option<Self> {
        let row = rows(line, separator).next()?;
        let cells: Vec<String> = row.iter().map(plain_heading).collect();
        let column = |known: &[&str]| cells.iter().position(|cell| known.contains(&&**cell));
        let columns = match (column(NAME), column(GIVEN), column(SURNAME)) {
            (Some(name), Some(_), Some(_)) => vec![name],
            // "Nom" beside "Prénom" means the surname, "Nome" beside "Cognome" the given name.
            (name, Some(given), surname) => [Some(given), surname.or(name)]
                .into_iter()
                .flatten()
                .collect(),
            (name, None, surname) => [name, surname].into_iter().flatten().collect(),
        };
        (!columns.is_empty()).then_some(Self {
            separator,
            width: cells.len(),
            columns,
        })
    }

    /// Returns the names in the rows below the heading.
    fn names_in(&self, table: &str) -> Result<Vec<String>, String> {
        if let Some(line) = unclosed_quote(table, self.separator) {
            return Err(unclosed(line));
        }
        let mut names = Vec::new();
        let is_empty = |row: &csv::StringRecord| row.iter().all(str::is_empty);
        for row in rows(table, self.separator).skip_while(is_empty).skip(1) {
            let line = || line_of(&row, table);
            if row.iter().skip(self.width).any(|cell| !cell.is_empty()) {
                return Err(format!(
                    "line {}: there are more cells than in the heading",
                    line()
                ));
            }
            let parts: Vec<&str> = (self.columns.iter())
                .filter_map(|&column| row.get(column).filter(|part| !part.is_empty()))
                .collect();
            let name = parts.join(" ");
            if name.contains('\n') {
                return Err(unclosed(line()));
            }
            if !name.is_empty() {
                names.push(name);
            }
        }
        Ok(names)
    }
}

/// Returns the cells of each row of a table, without surrounding white space.
fn rows(table: &str, separator: char) -> impl Iterator<Item = csv::StringRecord> {
    csv::ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .trim(csv::Trim::All)
        .delimiter(u8::try_from(separator).unwrap_or(b','))
        .from_reader(table.as_bytes())
        .into_records()
        // Reading can't fail: the text is UTF-8, and rows may have any length.
        .filter_map(Result::ok)
}

/// Returns the number of the first line of a row. The position of the CSV reader is that of the empty
/// lines before the row.
fn line_of(row: &csv::StringRecord, table: &str) -> usize {
    let byte = row.position().map_or(0, csv::Position::byte);
    let (before, rest) = table.split_at(usize::try_from(byte).unwrap_or(0));
    let empty = rest.len() - rest.trim_start_matches('\n').len();
    before.matches('\n').count() + empty + 1
}

/// Returns a cell of a heading in the form of the known headings.
fn plain_heading(cell: &str) -> String {
    let cell = cell.trim_end_matches(':').replace(['_', '-'], " ");
    let words: Vec<&str> = cell.split_whitespace().collect();
    words.join(" ").to_lowercase().nfc().collect()
}

/// Returns the names of a list with one name a line, with or without a heading.
fn names_by_line(text: &str, has_heading: bool) -> Result<Vec<String>, String> {
    (1..)
        .zip(text.lines())
        .filter(|(_, line)| !line.trim().is_empty())
        .skip(usize::from(has_heading))
        .map(|(number, line)| name_in(line.trim(), number))
        .filter(|name| name.as_deref() != Ok(""))
        .collect()
}

/// Returns the name in a line.
fn name_in(line: &str, number: usize) -> Result<String, String> {
    for (separator, called) in SEPARATORS {
        if line.contains(separator) {
            return Err(format!(
                "line {number}: there is a {called}, and no heading says which column holds names"
            ));
        }
    }
    let Some(quoted) = line.strip_prefix('"') else {
        if has_more_cells(line) {
            return Err(format!(
                "line {number}: there are several commas, and no heading says which column holds \
                 names"
            ));
        }
        return Ok(line.to_owned());
    };
    let name = quoted
        .strip_suffix('"')
        .map(|name| name.replace("\"\"", "\u{0}"));
    match name {
        Some(name) if !name.contains('"') => Ok(name.replace('\u{0}', "\"").trim().to_owned()),
        _ => Err(unclosed(number)),
    }
}

/// Returns whether a line with several commas is more than one name with its suffix: `Holm, Ada, Jr.`
fn has_more_cells(line: &str) -> bool {
    let mut after = line.split(',').skip(2).map(str::trim);
    let is_suffix = |part: &str| {
        let is_short = part.chars().count() <= 4 && part.chars().any(char::is_alphabetic);
        is_short || matches!(part.to_lowercase().as_str(), "junior" | "senior")
    };
    after.any(|part| !part.is_empty() && !is_suffix(part))
}

fn unclosed(line: usize) -> String {
    format!("line {line}: a quote is opened and not closed where the cell ends")
}

/// Returns the line of the first quotation mark that opens a cell of a table and is not closed at the
/// end of the cell (RFC 4180).
fn unclosed_quote(table: &str, separator: char) -> Option<usize> {
    let is_end = |c: char| c == separator || c == '\n';
    let mut line = 1;
    let mut opened = None;
    let mut before = '\n';
    let mut characters = table.chars().peekable();
    while let Some(c) = characters.next() {
        match (c, opened) {
            ('"', None) if is_end(before) => opened = Some(line),
            // A quotation mark in a cell is doubled.
            ('"', Some(_)) if characters.next_if_eq(&'"').is_some() => {}
            ('"', Some(_)) if characters.peek().is_some_and(|&c| !is_end(c)) => return opened,
            ('"', Some(_)) => opened = None,
            ('\n', _) => line += 1,
            _ => {}
        }
        before = c;
    }
    opened
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_a_name_a_line() {
        for (list, expected) in [
            ("", &[][..]),
            ("\n \n", &[]),
            ("Ada Holm\nPiet Roos\n", &["Ada Holm", "Piet Roos"]),
            ("Ada Holm\r\n\r\n Piet Roos ", &["Ada Holm", "Piet Roos"]),
            ("Ada Holm\rPiet Roos", &["Ada Holm", "Piet Roos"]),
            (
                "\u{feff}Holm, Ada\nRoos, Piet",
                &["Holm, Ada", "Roos, Piet"],
            ),
            ("King, Martin Luther, Jr.", &["King, Martin Luther, Jr."]),
            (
                "\"Holm, Ada\"\nAda \"Bo\" Holm",
                &["Holm, Ada", "Ada \"Bo\" Holm"],
            ),
            ("\"Ada \"\"Bo\"\" Holm\"", &["Ada \"Bo\" Holm"]),
            ("\"\"\nAda Holm", &["Ada Holm"]),
            (
                "Name\nHolm, Ada\n\"Roos, Piet\"",
                &["Holm, Ada", "Roos, Piet"],
            ),
            ("NAMES:\nAda Holm", &["Ada Holm"]),
        ] {
            assert_eq!(read(list.as_bytes()).unwrap().names, expected, "{list:?}");
        }
    }

    #[test]
    fn reads_tables() {
        for (list, expected) in [
            (
                "\u{feff}Name,Office\n\"Holm, Ada\",mayor\nPiet Roos\n",
                &["Holm, Ada", "Piet Roos"][..],
            ),
            ("Name;Office\nHolm, Ada;mayor\n", &["Holm, Ada"]),
            ("Nom\tFonction\r\nAda Holm\tmaire\r\n", &["Ada Holm"]),
            ("id | full_name\n1 | Ada Holm\n", &["Ada Holm"]),
            ("\n\"Office\";\"Name\"\nmayor;Ada Holm\n;\n", &["Ada Holm"]),
            (
                "Name,Notes\nAda Holm,\"two\nlines\"\nPiet Roos,,\n",
                &["Ada Holm", "Piet Roos"],
            ),
            (
                "Name,Height\nAda Holm,6' 2\"\nPiet Roos,\n",
                &["Ada Holm", "Piet Roos"],
            ),
            ("Last name,First name\nHolm,Ada\n", &["Ada Holm"]),
            (
                "Nom;Pre\u{301}nom\nHolm;Ada\nRoos;\n",
                &["Ada Holm", "Roos"],
            ),
            ("Name;Vorname\nHolm;Ada\n", &["Ada Holm"]),
            ("Nome;Cognome\nAda;Holm\n", &["Ada Holm"]),
            ("Name, Vorname;Ort\nHolm, Ada;Brindle\n", &["Holm, Ada"]),
            ("Vor- und Nachname;Ort\nAda Holm;Brindle\n", &["Ada Holm"]),
            ("Nombre,Apellidos\nAda,Holm Roos\n", &["Ada Holm Roos"]),
            (
                "Surname,First name,Name\nHolm,Ada,Ada Bo Holm\n",
                &["Ada Bo Holm"],
            ),
            ("Imię i nazwisko;Urząd\nAda Holm;burmistrz\n", &["Ada Holm"]),
            ("sep=;\nName;Office\nAda Holm;mayor\n", &["Ada Holm"]),
            (" \nName,Office\nAda Holm,mayor\n", &["Ada Holm"]),
            ("Name,Office\n", &[]),
        ] {
            assert_eq!(read(list.as_bytes()).unwrap().names, expected, "{list:?}");
        }
    }

    #[test]
    fn says_what_is_wrong_and_where() {
        let column = "and no heading says which column holds names";
        let quote = "a quote is opened and not closed where the cell ends";
        for (list, expected) in [
            (
                "Ada Holm;mayor\n",
                format!("line 1: there is a semicolon, {column}"),
            ),
            (
                "Ada Holm\nPiet Roos\tmayor",
                format!("line 2: there is a tab, {column}"),
            ),
            (
                "Name\n\nAda Holm|mayor",
                format!("line 3: there is a vertical bar, {column}"),
            ),
            (
                "Ada Holm, Piet Roos, Ngozi Okafor",
                format!("line 1: there are several commas, {column}"),
            ),
            ("\"Ada Holm\nPiet Roos\n", format!("line 1: {quote}")),
            (
                "Piet Roos\n\"Holm, Ada\",mayor\n",
                format!("line 2: {quote}"),
            ),
            (
                "Name,Office\nAda Holm,\"mayor\nPiet Roos,x\n",
                format!("line 2: {quote}"),
            ),
            (
                "Name,Office\nAda Holm,\"mayor\nPiet Roos,\"x\"\n",
                format!("line 2: {quote}"),
            ),
            (
                "Name,Office\nPiet Roos,x\n\"Ada Holm,mayor\nJo,\"\n",
                format!("line 3: {quote}"),
            ),
            (
                "Name,Office\n\nHolm, Ada, mayor\n",
                "line 3: there are more cells than in the heading".to_owned(),
            ),
            ("%PDF-1.4\n", "this is not text".to_owned()),
        ] {
            assert_eq!(read(list.as_bytes()), Err(expected), "{list:?}");
        }
    }

    #[test]
    fn says_what_encoding_it_read() {
        let utf_16: Vec<u8> = ("\u{feff}Name\tOffice\r\nJosé Ibarra\tmayor\r\n".encode_utf16())
            .flat_map(u16::to_le_bytes)
            .collect();
        for (bytes, note) in [
            (utf_16, "read as UTF-16LE, not as UTF-8"),
            (
                b"Jos\xe9 Ibarra\n".to_vec(),
                "read as windows-1252, not as UTF-8",
            ),
        ] {
            let read = read(&bytes).unwrap();
            assert_eq!(
                (&read.names[..], &read.notes[..]),
                (&["José Ibarra".to_owned()][..], &[note.to_owned()][..])
            );
        }
        assert_eq!(read(b"Name\n").unwrap().notes, ["there is no name in it"]);
        assert_eq!(read("José Ibarra".as_bytes()).unwrap().notes, [""; 0]);
    }
}
