//! Dates that collections write without separators, and those in the names of their documents.

/// Returns the date of a document by its name, as `YYYY-MM-DD`, where the collection is known to
/// write it there: AP (`AP880327-0001`, `AP-NR-03-27-88 1113EST`), the Wall Street Journal
/// (`WSJ870324-0001`), the Los Angeles Times (`LA010189-0001`), the collections of the LDC
/// (`AFP_ENG_19940512.0001`, `NYT19980601.0001`), and those that end a name with the day
/// (`economy-178-20160214`).
pub fn date_of_document(name: &str) -> Option<String> {
    let name = name.split_whitespace().next()?;
    if let Some(day) = name.strip_prefix("AP-NR-") {
        let [month, day, year] = numbers(day, &[2, 2, 2], '-')?;
        return iso(century(year), month, day);
    }
    if let Some((_, last)) = name.rsplit_once(['-', '_'])
        && last.len() == 8
        && let Some(date) = iso_date(last)
    {
        return Some(date);
    }
    let start = name.find(|c: char| c.is_ascii_digit())?;
    let digits = name[start..].bytes().take_while(u8::is_ascii_digit).count();
    let (source, digits) = (&name[..start], &name[start..start + digits]);
    match (source, digits.len()) {
        ("AP" | "WSJ", 6) => iso_date(digits),
        ("LA", 6) => {
            let [month, day, year] = numbers(digits, &[2, 2, 2], '\0')?;
            iso(century(year), month, day)
        }
        (_, 8) if source.bytes().all(|b| b.is_ascii_uppercase() || b == b'_') => iso_date(digits),
        _ => None,
    }
}

/// Returns a date that is written as digits alone, as `YYYY-MM-DD`: `910218`, `19910218`,
/// `19910218T120000Z`.
pub fn iso_date(text: &str) -> Option<String> {
    let text = text.trim();
    let digits = text.bytes().take_while(u8::is_ascii_digit).count();
    let rest = &text[digits..];
    match digits {
        6 if rest.is_empty() => {
            let [year, month, day] = numbers(text, &[2, 2, 2], '\0')?;
            iso(century(year), month, day)
        }
        8 if rest.is_empty() || rest.starts_with('T') => {
            let [year, month, day] = numbers(text, &[4, 2, 2], '\0')?;
            iso(year, month, day)
        }
        _ => None,
    }
}

/// Returns the year of its last two digits, as POSIX reads them: from 1969 to 2068.
fn century(year: u16) -> u16 {
    if year < 69 { 2000 + year } else { 1900 + year }
}

/// Returns the three numbers of these lengths at the start of a text, with `between` between them
/// unless it is NUL.
fn numbers(text: &str, lengths: &[usize; 3], between: char) -> Option<[u16; 3]> {
    let mut rest = text;
    let mut found = [0; 3];
    for (i, &length) in lengths.iter().enumerate() {
        if i > 0 && between != '\0' {
            rest = rest.strip_prefix(between)?;
        }
        found[i] = rest.get(..length)?.parse().ok()?;
        rest = &rest[length..];
    }
    Some(found)
}

fn iso(year: u16, month: u16, day: u16) -> Option<String> {
    let is_date = (1..=12).contains(&month) && (1..=31).contains(&day) && year > 1800;
    is_date.then(|| format!("{year:04}-{month:02}-{day:02}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_of_documents() {
        for (name, expected) in [
            ("AP880327-0001", Some("1988-03-27")),
            ("AP-NR-03-27-88 1113EST", Some("1988-03-27")),
            ("WSJ870324-0001", Some("1987-03-24")),
            ("LA010189-0001", Some("1989-01-01")),
            ("AFP_ENG_19940512.0001", Some("1994-05-12")),
            ("NYT19980601.0001", Some("1998-06-01")),
            ("economy-178-20160214", Some("2016-02-14")),
            ("economy-178-20169999", None),
            ("FT913-1284", None),
            ("SJMN91-06010001", None),
            ("FBIS3-1", None),
            ("AP889927-0001", None),
        ] {
            assert_eq!(date_of_document(name).as_deref(), expected, "{name}");
        }
    }

    #[test]
    fn dates_without_separators() {
        for (text, expected) in [
            ("910218", Some("1991-02-18")),
            ("090107", Some("2009-01-07")),
            ("20010131T101500Z", Some("2001-01-31")),
            ("20010131", Some("2001-01-31")),
            ("20011331", None),
            ("2001-01-31", None),
            ("7-AUG-1987", None),
            ("1234567", None),
        ] {
            assert_eq!(iso_date(text).as_deref(), expected, "{text}");
        }
    }
}
