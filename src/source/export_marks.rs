//! The lines that mark where an article of a database export begins or ends.

/// The word between the number of a document and that of all, in the languages of the databases.
const OF: [&str; 6] = ["of", "von", "de", "sur", "van", "di"];

/// The words for a document before or behind its number.
const DOCUMENT: [&str; 7] = [
    "DOCUMENT",
    "DOCUMENTS",
    "DOKUMENT",
    "DOKUMENTE",
    "DOKUMENTEN",
    "DOCUMENTEN",
    "DOCUMENTOS",
];

/// Returns whether a line is Lexis's count of documents: `1 of 7 DOCUMENTS`, `1 von 7 DOKUMENTEN`.
pub fn is_lexis_count(line: &str) -> bool {
    let mut words = line.split_whitespace();
    is_count(&mut words)
        && words.next().is_some_and(|word| DOCUMENT.contains(&word))
        && words.next().is_none()
}

/// Returns whether a line is the count of documents of ProQuest and Europresse: `Document 1 of 7`,
/// `Document 1 de 7`.
pub fn is_proquest_count(line: &str) -> bool {
    let mut words = line.split_whitespace();
    words.next().is_some_and(|word| matches!(word, "Document" | "Dokument" | "Documento"))
        && is_count(&mut words)
        && words.next().is_none()
}

/// Returns whether the next words are a number, "of" and a number.
fn is_count<'w>(words: &mut impl Iterator<Item = &'w str>) -> bool {
    let is_number =
        |word: Option<&str>| word.is_some_and(|w| w.bytes().all(|b| b.is_ascii_digit()));
    is_number(words.next()) && words.next().is_some_and(|of| OF.contains(&of)) && is_number(words.next())
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
