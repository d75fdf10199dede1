//! The lines that mark where an article of a database export begins or ends.

/// Which boundary of an article a mark is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Boundary {
    /// The mark begins an article.
    Start,
    /// The mark ends an article.
    End,
}

/// The marks between two articles of an export, by the database that prints them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mark {
    /// LexisNexis counts its documents: `1 of 7 DOCUMENTS`.
    Lexis,
    /// ProQuest puts a rule between two, or counts them: `Document 1 of 7`.
    ProQuest,
    /// Europresse counts them in French: `Document 1 de 7`.
    EuropresseCount,
    /// Or ends one with its number: `news·20081113·CV·0912`.
    EuropresseNumber,
    /// Nexis Uni ends one with `End of Document`.
    NexisUni,
    /// Westlaw ends one with `END OF DOCUMENT`.
    Westlaw,
    /// Factiva ends one with its number: `Document LBA0000020191119efbj`.
    Factiva,
    /// Gale ends one with its number: `Gale Document Number: GALE|A5101777`.
    Gale,
    /// NewsBank ends one with its number: `Record Number: 9504020012`.
    NewsBankNumber,
    /// Or begins one with the outlet, where all headers are labelled: `Paper: The Herald (FL)`.
    NewsBankPaper,
    /// EBSCO begins one with its title: `Title: …`.
    Ebsco,
}

impl Mark {
    /// Returns whether the mark begins or ends an article.
    pub fn boundary(self) -> Boundary {
        match self {
            Self::Lexis
            | Self::ProQuest
            | Self::EuropresseCount
            | Self::NewsBankPaper
            | Self::Ebsco => Boundary::Start,
            Self::EuropresseNumber
            | Self::NexisUni
            | Self::Westlaw
            | Self::Factiva
            | Self::Gale
            | Self::NewsBankNumber => Boundary::End,
        }
    }
}

/// Which marks a text may have: rules, counts and labels occur in other texts too.
#[derive(Clone, Copy, Debug)]
pub struct Marks {
    has_proquest: bool,
    has_europresse: bool,
    has_newsbank: bool,
    has_ebsco: bool,
}

impl Marks {
    /// Looks for the labels that come with rules and counts.
    pub fn of(text: &str) -> Self {
        let has = |label: &str| memchr::memmem::find(text.as_bytes(), label.as_bytes()).is_some();
        Self {
            has_proquest: has("Full text:") || has("Full Text:") || has("FULL TEXT"),
            has_europresse: has("droits réservés"),
            has_newsbank: has("\nRecord Number:") || has("Paper:") && has("\nTitle:"),
            has_ebsco: has("\nAccession Number:") && has("\nSource:"),
        }
    }

    /// Returns the mark that a line is, if any.
    pub fn mark_of(self, line: &str) -> Option<Mark> {
        let line = line.trim();
        if line.len() > LONGEST_MARK {
            let is_title = self.has_ebsco && line.starts_with("Title:");
            let is_rule = self.has_proquest && is_proquest_rule(line);
            return is_rule
                .then_some(Mark::ProQuest)
                .or_else(|| is_title.then_some(Mark::Ebsco));
        }
        if is_lexis_count(line) {
            Some(Mark::Lexis)
        } else if self.has_proquest && (is_proquest_rule(line) || is_proquest_count(line)) {
            Some(Mark::ProQuest)
        } else if self.has_europresse && is_proquest_count(line) {
            Some(Mark::EuropresseCount)
        } else if self.has_europresse && line.starts_with("news·") {
            Some(Mark::EuropresseNumber)
        } else if is_end_of_document(line) {
            Some(Mark::NexisUni)
        } else if line == "END OF DOCUMENT" {
            Some(Mark::Westlaw)
        } else if is_factiva_number(line) {
            Some(Mark::Factiva)
        } else if line.starts_with("Gale Document Number:") {
            Some(Mark::Gale)
        } else if self.has_newsbank && line.starts_with("Record Number:") {
            Some(Mark::NewsBankNumber)
        } else if self.has_newsbank && line.starts_with("Paper:") {
            Some(Mark::NewsBankPaper)
        } else if self.has_ebsco && line.starts_with("Title:") {
            Some(Mark::Ebsco)
        } else {
            None
        }
    }
}

/// The longest mark but a rule, in bytes.
const LONGEST_MARK: usize = 80;

/// Returns whether a line is one by which the head of an article is known in any database: a length, a
/// word count, the mark before the text.
pub fn is_of_head(line: &str) -> bool {
    const LABELS: &[&str] = &[
        "LENGTH:",
        "BODY:",
        "Full text:",
        "Full Text:",
        "FULL TEXT",
        "Publication info:",
        "Publication title:",
        "ProQuest document ID:",
        "Author/Byline:",
    ];
    let line = line.trim();
    matches!(line, "Body" | "HD")
        || is_word_count(line)
        || LABELS.iter().any(|label| line.starts_with(label))
        || line.starts_with("HD ")
        || line.starts_with("HD\t")
}

/// The words for "words" in a word count.
const WORDS: [&str; 6] = ["words", "mots", "Wörter", "palabras", "parole", "woorden"];

/// Returns whether a line is a word count: `395 words`, `1,938 words`.
pub fn is_word_count(line: &str) -> bool {
    line.trim().split_once(' ').is_some_and(|(number, words)| {
        WORDS.contains(&words)
            && number.starts_with(|c: char| c.is_ascii_digit())
            && number
                .bytes()
                .all(|b| b.is_ascii_digit() || matches!(b, b',' | b'.'))
    })
}

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
    // "FOCUS - 1 of 7 DOCUMENTS"
    let count = line.rsplit_once(" - ").map_or(line, |(_, count)| count);
    let mut words = count.split_whitespace();
    is_count(&mut words)
        && words.next().is_some_and(|word| DOCUMENT.contains(&word))
        && words.next().is_none()
}

/// Returns whether a line is the count of documents of ProQuest and Europresse: `Document 1 of 7`,
/// `Document 1 de 7`.
pub fn is_proquest_count(line: &str) -> bool {
    let mut words = line.split_whitespace();
    words
        .next()
        .is_some_and(|word| matches!(word, "Document" | "Dokument" | "Documento"))
        && is_count(&mut words)
        && words.next().is_none()
}

/// Returns whether the next words are a number, "of" and a number.
fn is_count<'w>(words: &mut impl Iterator<Item = &'w str>) -> bool {
    let is_number =
        |word: Option<&str>| word.is_some_and(|w| w.bytes().all(|b| b.is_ascii_digit()));
    is_number(words.next())
        && words.next().is_some_and(|of| OF.contains(&of))
        && is_number(words.next())
}

/// Returns whether a line is the last one of a Nexis Uni document.
pub fn is_end_of_document(line: &str) -> bool {
    line.trim() == "End of Document"
}

/// Returns whether a line is Factiva's number of a document: `Document LBA0000020191119efbj`.
pub fn is_factiva_number(line: &str) -> bool {
    // With tags, the number stands behind one.
    let line = line.trim();
    let line = line.strip_prefix("AN").map_or(line, str::trim_start);
    line.strip_prefix("Document ").is_some_and(|number| {
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
