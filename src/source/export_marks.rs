//! The lines that mark where an article of a database export begins or ends.

/// Returns whether a line is Lexis's count of documents: `1 of 7 DOCUMENTS`.
pub fn is_lexis_count(line: &str) -> bool {
    let mut words = line.split_whitespace();
    let is_number =
        |word: Option<&str>| word.is_some_and(|w| w.bytes().all(|b| b.is_ascii_digit()));
    is_number(words.next())
        && words.next() == Some("of")
        && is_number(words.next())
        && matches!(words.next(), Some("DOCUMENTS" | "DOCUMENT"))
        && words.next().is_none()
}

/// Returns whether a line is the last one of a Nexis Uni document.
pub fn is_end_of_document(line: &str) -> bool {
    line.trim() == "End of Document"
}

/// Returns whether a line is Factiva's number of a document: `Document LBA0000020191119efbj`.
pub fn is_factiva_number(line: &str) -> bool {
    line.trim().strip_prefix("Document ").is_some_and(|number| {
        number.len() >= 15
            && number.bytes().all(|b| b.is_ascii_alphanumeric())
            && number.bytes().filter(u8::is_ascii_digit).count() >= 6
    })
}

/// Returns whether a line is ProQuest's rule between documents.
pub fn is_proquest_rule(line: &str) -> bool {
    let line = line.trim();
    line.len() >= 40 && line.bytes().all(|b| b == b'_')
}

/// Returns whether a line is a rule: three or more equal signs, with spaces between them or not, or
/// two that alternate (`=-=-=`). A few stars are none: they part the sections of an article.
pub fn is_rule(line: &str) -> bool {
    let bytes = line.trim().as_bytes();
    let mut signs = bytes.iter().filter(|byte| **byte != b' ');
    let (Some(&first), Some(&second)) = (signs.next(), signs.next()) else {
        return false;
    };
    let is_sign = |byte: u8| b"-_=*~#+".contains(&byte);
    let mut count = 2;
    let is_regular = signs.enumerate().all(|(i, &byte)| {
        count += 1;
        byte == if i % 2 == 0 { first } else { second }
    });
    let alternates = first != second;
    let fewest = match (first, alternates) {
        (b'*', false) => 8,
        (_, false) => 3,
        (_, true) => 5,
    };
    is_sign(first) && is_sign(second) && is_regular && count >= fewest
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rules() {
        for (line, expected) in [
            ("-----", true),
            ("- - -", true),
            ("**********", true),
            ("***", false),
            ("* * *", false),
            ("=-=-=-=", true),
            ("--", false),
            ("- -", false),
            ("-*-", false),
            ("---- Forwarded by", false),
            ("...", false),
            ("", false),
        ] {
            assert_eq!(is_rule(line), expected, "{line}");
        }
    }
}
