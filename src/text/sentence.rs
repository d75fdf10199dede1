//! Where sentences begin and end: every rule of the program, side by side.
//!
//! | rule | asked about | by |
//! | --- | --- | --- |
//! | [`ends_sentence`] | the end of a line | cleaning, to join lines |
//! | [`ends_statement`] | the end of a line that could be a heading | cleaning, to label blocks |
//! | [`sentences`] | running text | passages, to choose what is shown |
//! | [`ends_in_mark`] | the end of a part of a sentence | passages, to place an ellipsis |
//!
//! The first two look at the last characters alone. They know the full stops of other scripts and
//! the marks of Markdown, since any line may end in them, and take an abbreviation for an end: what
//! follows is another line. [`sentences`] sees what follows, so it can distinguish abbreviations
//! from ends.

use std::ops::Range;

use super::word_list::WordList;

/// Quotation marks, brackets and marks of Markdown that may close after the end of a sentence.
const CLOSERS: &[char] = &[
    '"', '\'', '”', '’', '»', '›', '“', ')', ']', '}', '*', '_', '」', '』',
];

/// Quotation marks, brackets and marks of Markdown that may open before a sentence's first word.
const OPENERS: &[char] = &[
    '"', '\'', '“', '‘', '«', '‹', '„', '(', '[', '{', '*', '_', '「', '『', '¿', '¡',
];

/// Returns whether a line ends in a full stop, question mark, exclamation mark or ellipsis, of any
/// script, before closing quotation marks and brackets.
pub fn ends_sentence(text: &str) -> bool {
    // Most lines end in a letter, a comma or a full stop, which needs no search.
    match text.as_bytes().last() {
        Some(b'.' | b'!' | b'?') => return true,
        Some(last) if last.is_ascii_alphanumeric() || *last == b',' => return false,
        _ => {}
    }
    matches!(
        text.trim_end_matches(CLOSERS).chars().next_back(),
        Some('.' | '!' | '?' | '…' | '。' | '！' | '？' | '।' | '؟')
    )
}

/// Returns whether a line ends as a statement does and a heading does not: in a full stop or an
/// ellipsis, but not in the full stop of an initialism ("Putin visits U.S.").
pub fn ends_statement(text: &str) -> bool {
    if text
        .as_bytes()
        .last()
        .is_none_or(|last| last.is_ascii_alphanumeric() || *last == b',')
    {
        return false;
    }
    let text = text.trim_end_matches(CLOSERS);
    match text.chars().next_back() {
        Some('.') => !ends_in_initialism(text),
        Some('…' | '。' | '।') => true,
        _ => false,
    }
}

fn ends_in_initialism(text: &str) -> bool {
    let last = text.rsplit(' ').next().unwrap_or(text);
    let last = last.trim_start_matches(OPENERS);
    let mut letters = 0;
    for (i, c) in last.chars().enumerate() {
        match i % 2 {
            0 if c.is_uppercase() => letters += 1,
            1 if c == '.' => {}
            _ => return false,
        }
    }
    letters >= 2
}

/// Returns whether a text ends in a mark at which [`sentences`] cuts, before closing quotation
/// marks and brackets. A `“` at the end is taken to open a quotation.
pub fn ends_in_mark(text: &str) -> bool {
    text.trim_end_matches(['"', '\'', '”', '’', '»', ')', ']'])
        .ends_with(['.', '!', '?', '…'])
}

/// Returns whether the first character is a lower-case letter.
pub fn starts_lower(text: &str) -> bool {
    text.chars().next().is_some_and(char::is_lowercase)
}

/// Returns whether the first letter or digit, after quotation marks and brackets, is a capital or
/// a digit, or belongs to a script that has no capitals.
pub fn starts_upper(text: &str) -> bool {
    text.trim_start_matches(OPENERS)
        .chars()
        .next()
        .is_some_and(|c| c.is_alphanumeric() && !c.is_lowercase())
}

/// Words that are not the last of a title.
static OPEN_ENDS: WordList = WordList::of(&[
    "a", "an", "the", "of", "in", "on", "at", "to", "for", "from", "by", "with", "and", "or", "as",
    "after", "over", "into", "near", "is", "are", "says", "say", "against", "amid", "but", "than",
]);

/// Returns whether a title continues after this text, which ends in a comma, a colon, a dash or a
/// function word.
pub fn ends_open(text: &str) -> bool {
    let last = text.rsplit(' ').next().unwrap_or(text);
    text.ends_with([',', ':', '-', '–', '—']) || OPEN_ENDS.has(last)
}

/// Abbreviations that stand before a name, a number or a place, so that the sentence continues. The
/// months are those of the Associated Press style.
static NEVER_LAST: WordList = WordList::of(&[
    "mr", "mrs", "ms", "messrs", "mme", "dr", "prof", "gen", "col", "capt", "cmdr", "lt", "sgt",
    "cpl", "pvt", "maj", "brig", "adm", "sen", "rep", "gov", "pres", "rev", "fr", "hon", "st",
    "mt", "ft", "v", "vs", "no", "nos", "pp", "ca", "approx", "dept", "est", "fig", "jan", "feb",
    "mar", "apr", "jun", "jul", "aug", "sept", "sep", "oct", "nov", "dec",
]);

/// The words among [`NEVER_LAST`] that are abbreviations before a number only.
static LAST_BEFORE_WORDS: WordList = WordList::of(&["no", "mar", "est"]);

/// The titles among [`NEVER_LAST`], which stand before names.
static TITLES: WordList = WordList::of(&[
    "mr", "mrs", "ms", "messrs", "mme", "dr", "prof", "gen", "col", "capt", "cmdr", "lt", "sgt",
    "cpl", "pvt", "maj", "brig", "adm", "sen", "rep", "gov", "pres", "rev", "fr", "hon", "st",
    "mt",
]);

/// Returns whether a text ends in the abbreviation of a title, or in an initial after one or after
/// another initial, so that a name goes on after it.
pub fn ends_in_title(text: &str) -> bool {
    let mut words = text
        .rsplit(' ')
        .map(|word| word.trim_start_matches(OPENERS));
    let Some(last) = words.next().and_then(|word| word.strip_suffix('.')) else {
        return false;
    };
    let is_initial = |word: &str| word.chars().count() == 1 && word.chars().all(char::is_uppercase);
    TITLES.has(last)
        || is_initial(last)
            && words
                .next()
                .and_then(|word| word.strip_suffix('.'))
                .is_some_and(|before| TITLES.has(before) || is_initial(before))
}

/// Abbreviations that may end a sentence: the next word decides.
static MAY_BE_LAST: WordList = WordList::of(&[
    "inc", "corp", "co", "ltd", "bros", "jr", "sr", "etc", "al", "ave", "blvd", "rd", "ala",
    "ariz", "ark", "calif", "colo", "conn", "del", "fla", "ga", "ill", "ind", "kan", "ky", "la",
    "md", "mass", "mich", "minn", "miss", "mo", "mont", "neb", "nev", "okla", "ore", "pa", "tenn",
    "tex", "vt", "va", "wash", "wis", "wyo",
]);

/// Words that begin a sentence and are not part of a name. After an initial or one of
/// [`MAY_BE_LAST`], only these begin a new sentence.
static STARTERS: WordList = WordList::of(&[
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
]);

/// Returns the sentences of a text as byte ranges, in order, without the white space between them.
///
/// A sentence ends with a full stop, a question mark, an exclamation mark or an ellipsis, and the
/// quotation marks and brackets that close after it. White space and the possible beginning of
/// another sentence must follow.
pub fn sentences(text: &str) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    let mut start = skip_space(text, 0);
    let mut at = start;
    while let Some((mark, c)) = next_mark(text, at) {
        let after = text[mark + c.len_utf8()..]
            .trim_start_matches(|c| may_close(c) || matches!(c, '.' | '!' | '?'));
        let end = text.len() - after.len();
        let next = skip_space(text, end);
        at = end;
        if next == end && next < text.len() {
            continue;
        }
        if next == text.len() || is_sentence_end(&text[start..mark], c, &text[next..]) {
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

/// Returns the offset of the first mark at or after `at` that may end a sentence, and the mark.
fn next_mark(text: &str, at: usize) -> Option<(usize, char)> {
    const ELLIPSIS: &[u8] = "…".as_bytes();
    let bytes = text.as_bytes();
    let is_mark = |at: &usize| match bytes[*at] {
        b'.' | b'!' | b'?' => true,
        first => first == ELLIPSIS[0] && bytes[*at..].starts_with(ELLIPSIS),
    };
    let at = (at..bytes.len()).find(is_mark)?;
    Some((at, text[at..].chars().next()?))
}

/// Returns whether `mark` ends a sentence, given the text before it and the text after it and the
/// white space.
fn is_sentence_end(before: &str, mark: char, after: &str) -> bool {
    let mut following = after.chars().skip_while(|&c| may_open(c));
    let Some(first) = following.next() else {
        return true;
    };
    // "Yes!" he said: a lower-case letter continues the sentence after every mark.
    if first.is_lowercase() {
        return false;
    }
    if mark != '.' {
        return true;
    }
    let word_start = before
        .char_indices()
        .rev()
        .find(|&(_, c)| c.is_whitespace() || may_open(c) || matches!(c, '-' | '—' | '–' | '/'))
        .map_or(0, |(at, c)| at + c.len_utf8());
    let word = &before[word_start..];
    if NEVER_LAST.has(word) {
        return LAST_BEFORE_WORDS.has(word) && !first.is_ascii_digit();
    }
    let is_initial = word.chars().count() == 1 && word.chars().all(char::is_uppercase);
    let is_dotted = word.contains('.') && word.split('.').all(|part| part.chars().count() <= 1);
    if is_initial || is_dotted || MAY_BE_LAST.has(word) {
        let after = after.trim_start_matches(may_open);
        let next_word = after.split(|c: char| !c.is_alphanumeric()).next();
        return next_word.is_some_and(|word| STARTERS.has(word));
    }
    true
}

/// Returns the offset of the first character at or after `at` that is not white space.
fn skip_space(text: &str, at: usize) -> usize {
    text.len() - text[at..].trim_start().len()
}

/// Returns whether a character may open a sentence before its first word.
fn may_open(c: char) -> bool {
    matches!(
        c,
        '"' | '\'' | '“' | '‘' | '«' | '„' | '(' | '[' | '—' | '–'
    )
}

/// Returns whether a character may close a sentence after its mark.
fn may_close(c: char) -> bool {
    matches!(c, '"' | '\'' | '”' | '’' | '»' | '“' | ')' | ']')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_go_on_after_titles() {
        for (text, expected) in [
            ("said Gen.", true),
            ("and Capt. J.", true),
            ("the holder, Mr. K. S.", true),
            ("in World War I.", false),
            ("he was a captain.", false),
            ("", false),
        ] {
            assert_eq!(ends_in_title(text), expected, "{text}");
        }
    }

    #[test]
    fn recognises_the_end_of_a_sentence() {
        for (text, sentence, statement, mark) in [
            ("He left.", true, true, true),
            ("\"He left.\"", true, true, true),
            ("“He left”.", true, true, true),
            ("Who left?’", true, false, true),
            ("He left", false, false, false),
            ("He left:", false, false, false),
            ("Envoy flies to the U.S.", true, false, true),
            ("(He left.)", true, true, true),
            ("**He left.**", true, true, false),
            ("彼は去った。", true, true, false),
            ("„Er ging.“", true, true, false),
            ("", false, false, false),
            ("...", true, true, true),
        ] {
            assert_eq!(ends_sentence(text), sentence, "{text}");
            assert_eq!(ends_statement(text), statement, "{text}");
            assert_eq!(ends_in_mark(text), mark, "{text}");
        }
    }

    #[test]
    fn recognises_where_a_title_continues() {
        for (text, expected) in [
            ("Envoy flies to", true),
            ("Envoy flies to THE", true),
            ("Envoy flies,", true),
            ("Envoy –", true),
            ("Envoy flies home", false),
            ("", false),
        ] {
            assert_eq!(ends_open(text), expected, "{text}");
        }
    }

    #[test]
    fn recognises_the_first_letter() {
        for (text, lower, upper) in [
            ("he left", true, false),
            ("“He left”", false, true),
            ("(42)", false, true),
            ("彼", false, true),
            ("– he", false, false),
            ("", false, false),
        ] {
            assert_eq!(starts_lower(text), lower, "{text}");
            assert_eq!(starts_upper(text), upper, "{text}");
        }
    }

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
