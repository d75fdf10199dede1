//! Lists of names, as people write them and as spreadsheets save them: read, and each name answered with
//! its articles.

use serde::Serialize;
use unicode_normalization::UnicodeNormalization;

use super::answer::Hit;
use super::request::Request;
use super::search;
use crate::archive::Archive;
use crate::error::{Error, Result};
use crate::source::decode;

/// The names of a list, and how it was read where that may surprise.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Names {
    /// The names, as they stand in the list.
    pub names: Vec<String>,
    /// What the user should know.
    pub notes: Vec<String>,
}

/// What separates the cells of a table and stands in no name, and what to call it. A comma may separate
/// them as well, or a surname from what comes before it.
const SEPARATORS: [(char, &str); 3] = [(';', "semicolon"), ('\t', "tab"), ('|', "vertical bar")];

/// Headings of a column of names, in lower case. In some languages the word also stands for the given
/// name or the surname, where a column of the other is beside it.
const NAME: &[&str] = &[
    "name",
    "names",
    "full name",
    "fullname",
    "person",
    "persons",
    "people",
    "nom",
    "noms",
    "nom complet",
    "nom et prénom",
    "nom, prénom",
    "prénom et nom",
    "personne",
    "nombre",
    "nombres",
    "nombre completo",
    "nombre y apellidos",
    "apellidos y nombre",
    "persona",
    "nome",
    "nome completo",
    "nome e cognome",
    "cognome e nome",
    "pessoa",
    "namen",
    "name, vorname",
    "vor und nachname",
    "vollständiger name",
    "naam",
    "namn",
    "navn",
    "nimi",
    "imię i nazwisko",
    "nazwisko i imię",
    "jméno",
    "név",
    "имя",
    "фио",
    "姓名",
    "氏名",
];

/// Headings of a column of given names.
const GIVEN: &[&str] = &[
    "first name",
    "firstname",
    "given name",
    "given names",
    "forename",
    "prénom",
    "vorname",
    "voornaam",
    "fornavn",
    "förnamn",
    "etunimi",
    "imię",
    "křestní jméno",
];

/// Headings of a column of surnames.
const SURNAME: &[&str] = &[
    "last name",
    "lastname",
    "surname",
    "family name",
    "nom de famille",
    "nachname",
    "familienname",
    "apellido",
    "apellidos",
    "cognome",
    "sobrenome",
    "apelido",
    "achternaam",
    "etternavn",
    "efternavn",
    "efternamn",
    "sukunimi",
    "nazwisko",
    "příjmení",
    "фамилия",
];

/// Returns the names in the bytes of a list, or what is wrong with it.
///
/// A list whose first line is a heading is a table, its cells separated by commas, semicolons or
/// tabs. In any other each line is a name whole, so that `Holm, Ada` is Ada Holm.
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

/// Leaves out a first line such as `sep=;`, which Excel writes and reads; its end stays, so that lines
/// keep their numbers.
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
    /// How many columns there are.
    width: usize,
    /// The columns that make a name, in its order.
    columns: Vec<usize>,
}

impl Heading {
    /// Returns the heading that a line is with this separator, if any of its cells is known.
    fn read(line: &str, separator: char) -> Option<Self> {
        let row = rows(line, separator).next()?;
        let cells: Vec<String> = row.iter().map(plain_heading).collect();
        let column = |known: &[&str]| cells.iter().position(|cell| known.contains(&&**cell));
        let columns = match (column(NAME), column(GIVEN), column(SURNAME)) {
            (Some(name), Some(_), Some(_)) => vec![name],
            // "Nom" beside "Prénom" is the surname, "Nome" beside "Cognome" the given name.
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

/// Returns the cells of each row of a table, without the space around them.
fn rows(table: &str, separator: char) -> impl Iterator<Item = csv::StringRecord> {
    csv::ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .trim(csv::Trim::All)
        .delimiter(u8::try_from(separator).unwrap_or(b','))
        .from_reader(table.as_bytes())
        .into_records()
        // Text is UTF-8 and rows may be of any length: there is nothing that can be wrong.
        .filter_map(Result::ok)
}

/// Returns the line that a row of a table begins in. The reader's own count is that of the empty lines
/// before it, which it passes over.
fn line_of(row: &csv::StringRecord, table: &str) -> usize {
    let byte = row.position().map_or(0, csv::Position::byte);
    let (before, rest) = table.split_at(usize::try_from(byte).unwrap_or(0));
    let empty = rest.len() - rest.trim_start_matches('\n').len();
    before.matches('\n').count() + empty + 1
}

/// Returns a cell of a heading as the known ones are written.
fn plain_heading(cell: &str) -> String {
    let cell = cell.trim_end_matches(':').replace(['_', '-'], " ");
    let words: Vec<&str> = cell.split_whitespace().collect();
    words.join(" ").to_lowercase().nfc().collect()
}

/// Returns the names of a list with one a line, below a heading or without any.
fn names_by_line(text: &str, has_heading: bool) -> Result<Vec<String>, String> {
    (1..)
        .zip(text.lines())
        .filter(|(_, line)| !line.trim().is_empty())
        .skip(usize::from(has_heading))
        .map(|(number, line)| name_in(line.trim(), number))
        .filter(|name| name.as_deref() != Ok(""))
        .collect()
}

/// Returns the name that is a line.
fn name_in(line: &str, number: usize) -> Result<String, String> {
    for (separator, called) in SEPARATORS {
        if line.contains(separator) {
            return Err(format!(
                "line {number}: there is a {called}, and no heading says which column holds names"
            ));
        }
    }
    let Some(quoted) = line.strip_prefix('"') else {
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

fn unclosed(line: usize) -> String {
    format!("line {line}: a quote is opened and not closed where the cell ends")
}

/// Returns the line of the first quote in a table that opens a cell and is not closed where the cell
/// ends (RFC 4180).
fn unclosed_quote(table: &str, separator: char) -> Option<usize> {
    let is_end = |c: char| c == separator || c == '\n';
    let mut line = 1;
    let mut opened = None;
    let mut before = '\n';
    let mut characters = table.chars().peekable();
    while let Some(c) = characters.next() {
        match (c, opened) {
            ('"', None) if is_end(before) => opened = Some(line),
            // A quote inside is written twice.
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

/// A name of a list with its articles: the record of `people --names --json`.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Listed {
    /// The name, as it stands in the list.
    pub name: String,
    /// How many articles name the person in all.
    pub articles: usize,
    /// What the asker should know, as in a search.
    pub notes: Vec<String>,
    /// The best of the articles, with passages.
    pub hits: Vec<Hit>,
}

/// Answers a name of a list with at most `limit` articles.
///
/// # Errors
/// What a search meets; a name without a letter is nobody's, and no error.
pub fn answer(archive: &Archive, name: &str, limit: usize) -> Result<Listed> {
    let request = Request {
        persons: vec![name.to_owned()],
        limit,
        ..Request::default()
    };
    let (articles, notes, hits) = match search(archive, &request) {
        Ok(answer) => (answer.total, answer.notes, answer.hits),
        Err(Error::Query(error)) => (0, vec![error.message], Vec::new()),
        Err(error) => return Err(error),
    };
    Ok(Listed {
        name: name.to_owned(),
        articles,
        notes,
        hits,
    })
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
