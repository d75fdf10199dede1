//! Cuts running text into sentences.

use std::ops::Range;

/// Words that a full stop shortens and a name, number or place follows, so that the sentence goes
/// on. Months are shortened as the Associated Press does.
const NEVER_LAST: &[&str] = &[
    "mr", "mrs", "ms", "messrs", "mme", "dr", "prof", "gen", "col", "capt", "cmdr", "lt", "sgt",
    "cpl", "pvt", "maj", "brig", "adm", "sen", "rep", "gov", "pres", "rev", "fr", "hon", "st",
    "mt", "ft", "v", "vs", "no", "nos", "pp", "ca", "approx", "dept", "est", "fig", "jan", "feb",
    "mar", "apr", "jun", "jul", "aug", "sept", "sep", "oct", "nov", "dec",
];

/// Words that a full stop shortens and that may end a sentence: what follows decides.
const MAY_BE_LAST: &[&str] = &[
    "inc", "corp", "co", "ltd", "bros", "jr", "sr", "etc", "al", "ave", "blvd", "rd", "ala",
    "ariz", "ark", "calif", "colo", "conn", "del", "fla", "ga", "ill", "ind", "kan", "ky", "la",
    "md", "mass", "mich", "minn", "miss", "mo", "mont", "neb", "nev", "okla", "ore", "pa", "tenn",
    "tex", "vt", "va", "wash", "wis", "wyo",
];

/// Words that begin sentences and are no part of names: after a shortened word that may end a
/// sentence, one of these says that it did.
const STARTERS: &[&str] = &[
    "a",
    "an",
    "the",
    "this",
    "that",
    "these",
    "those",
    "it",
    "its",
    "he",
    "his",
    "she",
    "her",
    "they",
    "their",
    "we",
    "our",
    "you",
    "i",
    "but",
    "and",
    "or",
    "so",
    "yet",
    "if",
    "when",
    "while",
    "as",
    "at",
    "by",
    "for",
    "from",
    "in",
    "on",
    "of",
    "to",
    "with",
    "after",
    "before",
    "since",
    "until",
    "there",
    "here",
    "what",
    "who",
    "why",
    "how",
    "where",
    "which",
    "no",
    "not",
    "some",
    "many",
    "most",
    "all",
    "both",
    "each",
    "one",
    "two",
    "last",
    "next",
    "now",
    "then",
    "also",
    "however",
    "meanwhile",
    "although",
    "because",
    "such",
    "other",
    "officials",
    "police",
];

/// Returns the sentences of a text, in order, without the white space between them.
///
/// A sentence ends with a full stop, a question or exclamation mark or an ellipsis, with the
/// quotes and brackets that close after it, before white space and what can begin another.
pub fn sentences(text: &str) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    let mut start = skip_space(text, 0);
    let mut chars = text.char_indices().peekable();
    while let Some((at, c)) = chars.next() {
        if !matches!(c, '.' | '!' | '?' | '…') || at < start {
            continue;
        }
        let mut end = at + c.len_utf8();
        while let Some(&(next, closing)) = chars.peek() {
            if !(closes(closing) || matches!(closing, '.' | '!' | '?')) {
                break;
            }
            end = next + closing.len_utf8();
            chars.next();
        }
        let next = skip_space(text, end);
        if next == end && next < text.len() {
            continue;
        }
        if next == text.len() || ends(&text[start..at], c, &text[next..]) {
            found.push(start..end);
            start = next;
        }
    }
    if start < text.len() {
        found.push(start..text.trim_end().len());
    }
    found.retain(|range| range.start < range.end);
    found
}

/// Returns whether the mark after `before` ends the sentence, with `after` behind the space.
fn ends(before: &str, mark: char, after: &str) -> bool {
    let mut following = after.chars().skip_while(|&c| opens(c));
    let Some(first) = following.next() else {
        return true;
    };
    // "Yes!" he said: a small letter goes on, whatever stands before it.
    if first.is_lowercase() {
        return false;
    }
    if mark != '.' {
        return true;
    }
    let word_start = before
        .char_indices()
        .rev()
        .find(|&(_, c)| c.is_whitespace() || opens(c) || matches!(c, '-' | '—' | '–' | '/'))
        .map_or(0, |(at, c)| at + c.len_utf8());
    let word = &before[word_start..];
    let lower = word.to_lowercase();
    if NEVER_LAST.contains(&lower.as_str()) {
        // "No." and "Mar." shorten before a number or a name alone.
        return matches!(lower.as_str(), "no" | "mar" | "est") && !first.is_ascii_digit();
    }
    let is_initial = word.chars().count() == 1 && word.chars().all(char::is_uppercase);
    let is_dotted = word.contains('.') && word.split('.').all(|part| part.chars().count() <= 1);
    if is_initial || is_dotted || MAY_BE_LAST.contains(&lower.as_str()) {
        let next_word: String = after
            .chars()
            .skip_while(|&c| opens(c))
            .take_while(|c| c.is_alphanumeric())
            .collect();
        return STARTERS.contains(&next_word.to_lowercase().as_str());
    }
    true
}

/// Returns the place of the first character from `at` on that is no white space.
fn skip_space(text: &str, at: usize) -> usize {
    text.len() - text[at..].trim_start().len()
}

/// Returns whether a character may open a sentence before its first word.
fn opens(c: char) -> bool {
    matches!(
        c,
        '"' | '\'' | '“' | '‘' | '«' | '„' | '(' | '[' | '—' | '–'
    )
}

/// Returns whether a character may close a sentence after its mark.
fn closes(c: char) -> bool {
    matches!(c, '"' | '\'' | '”' | '’' | '»' | '“' | ')' | ']')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cuts_at_sentences_and_nowhere_else() {
        for (text, expected) in [
            ("", ""),
            ("   ", ""),
            ("One.", "One."),
            ("One. Two.", "One.|Two."),
            ("  One.  Two. ", "One.|Two."),
            ("No full stop", "No full stop"),
            ("One. no capital", "One. no capital"),
            ("Really? Yes! Good.", "Really?|Yes!|Good."),
            ("What?! Never.", "What?!|Never."),
            ("He left... She stayed.", "He left...|She stayed."),
            ("He left… she stayed.", "He left… she stayed."),
            (
                "Mr. Holm met Dr. Roos. They spoke.",
                "Mr. Holm met Dr. Roos.|They spoke.",
            ),
            (
                "Gen. Ada Holm and Sen. Piet Roos spoke.",
                "Gen. Ada Holm and Sen. Piet Roos spoke.",
            ),
            ("J. R. R. Holm wrote it.", "J. R. R. Holm wrote it."),
            (
                "John F. Roos won. He smiled.",
                "John F. Roos won.|He smiled.",
            ),
            (
                "The U.S. National Guard came.",
                "The U.S. National Guard came.",
            ),
            (
                "It came from the U.S. The deal stands.",
                "It came from the U.S.|The deal stands.",
            ),
            ("Trade with the U.S. fell.", "Trade with the U.S. fell."),
            ("At 4:30 p.m. he left.", "At 4:30 p.m. he left."),
            (
                "It began at 4 p.m. The hall was full.",
                "It began at 4 p.m.|The hall was full.",
            ),
            (
                "It began at 4 p.m. Wednesday.",
                "It began at 4 p.m. Wednesday.",
            ),
            (
                "Holm Shipping Co. Ltd. was sold.",
                "Holm Shipping Co. Ltd. was sold.",
            ),
            (
                "She joined Acme Inc. In May she left.",
                "She joined Acme Inc.|In May she left.",
            ),
            ("Piet Roos Jr. spoke.", "Piet Roos Jr. spoke."),
            (
                "It fell 3.5 percent. Prices rose.",
                "It fell 3.5 percent.|Prices rose.",
            ),
            ("It cost $1.2 million.", "It cost $1.2 million."),
            (
                "See example.com for more. Or not.",
                "See example.com for more.|Or not.",
            ),
            (
                "On Sept. 4 he won. On Oct. 5 he lost.",
                "On Sept. 4 he won.|On Oct. 5 he lost.",
            ),
            ("It was No. 5 on the list.", "It was No. 5 on the list."),
            ("Did he? No. He did not.", "Did he?|No.|He did not."),
            ("He said “No.” She left.", "He said “No.”|She left."),
            ("“It is over.” He left.", "“It is over.”|He left."),
            ("\"It is over.\" He left.", "\"It is over.\"|He left."),
            ("“Stop!” he cried. They did.", "“Stop!” he cried.|They did."),
            ("“Stop.” “Why?” “Now.”", "“Stop.”|“Why?”|“Now.”"),
            (
                "He left (for good.) She stayed.",
                "He left (for good.)|She stayed.",
            ),
            (
                "He won. (She lost.) They met.",
                "He won.|(She lost.)|They met.",
            ),
            (
                "It ended in 2018. In 2019 it began.",
                "It ended in 2018.|In 2019 it began.",
            ),
            (
                "He came third. 12 others fell.",
                "He came third.|12 others fell.",
            ),
            (
                "St. Anne's in Ft. Holm burned.",
                "St. Anne's in Ft. Holm burned.",
            ),
            (
                "Holm v. Roos. The court ruled.",
                "Holm v. Roos.|The court ruled.",
            ),
            (
                "Fish, eels, etc. The rest left.",
                "Fish, eels, etc.|The rest left.",
            ),
            ("From Quay, Calif. to Rome.", "From Quay, Calif. to Rome."),
            ("Yes.But no space.", "Yes.But no space."),
            ("Über alles. Ärger kam.", "Über alles.|Ärger kam."),
            ("A e.g. B. The end.", "A e.g. B.|The end."),
            (
                "U.S.-Russia ties. They fell.",
                "U.S.-Russia ties.|They fell.",
            ),
            ("The Rev. Holm prayed.", "The Rev. Holm prayed."),
            ("Lt. Col. Roos fell.", "Lt. Col. Roos fell."),
            ("It is 5 ft. tall.", "It is 5 ft. tall."),
            (
                "Washington D.C. police came.",
                "Washington D.C. police came.",
            ),
            (
                "He lives in Washington, D.C. Police came.",
                "He lives in Washington, D.C.|Police came.",
            ),
            ("Why me? he asked.", "Why me? he asked."),
            ("End of line.\nNext line.", "End of line.|Next line."),
            ("One.”) Two.", "One.”)|Two."),
            ("Plan B. Then C.", "Plan B.|Then C."),
            (
                "He met Roos et al. They agreed.",
                "He met Roos et al.|They agreed.",
            ),
            ("vs. Roos", "vs. Roos"),
            ("Jan. 6 came. Feb. 7 went.", "Jan. 6 came.|Feb. 7 went."),
            ("«Oui.» Il partit.", "«Oui.»|Il partit."),
            ("東京。大阪。", "東京。大阪。"),
            ("....", "...."),
            ("“", "“"),
        ] {
            let cut: Vec<&str> = sentences(text)
                .into_iter()
                .map(|range| &text[range])
                .collect();
            assert_eq!(cut.join("|"), expected, "{text}");
        }
    }
}
