//! Mends what is typed almost right or as other search engines have it, with a note on each.

use std::borrow::Cow;

use super::dates::DateField;
use super::pattern::edit_distance;
use super::signs::{QUOTES, is_minus, is_whole, until};
use super::tree::FieldName;
use crate::error::shortened;

/// The names that are suggested for a misspelt field.
const FIELDS_TO_SUGGEST: [&str; 18] = [
    "headline", "title", "lead", "body", "byline", "author", "source", "outlet", "person", "place",
    "related", "path", "date", "year", "before", "after", "lang", "url",
];

/// Returns a note on `name:`, which was read as a word.
pub fn plain_word_note(name: &str, field: Option<FieldName>, date: Option<DateField>) -> String {
    if field.is_some() || date.is_some() {
        return format!("nothing follows {name}:, so it was searched as a word");
    }
    match FIELDS_TO_SUGGEST.iter().find(|known| {
        name.len() > 3
            && known.len().abs_diff(name.len()) <= 2
            && edit_distance(&name.to_lowercase(), known) <= 2
    }) {
        Some(known) => format!(
            "{name}: is not a field ({known}: is one), so its words were searched as plain words"
        ),
        None => format!(
            "{name}: is not a field, so its words were searched as plain words; headline:, lead:, body:, \
             byline:, source:, person: and date: are fields"
        ),
    }
}

/// Returns a note on a chunk that looks like an operator and is read as a word. `next` is the text after
/// it, and `is_between` whether it stands between two operands.
pub fn operator_note(chunk: &str, next: &str, is_between: bool) -> Option<String> {
    /// More bytes than are shown, so that a long query without white space is not read to its end again and again.
    const READ: usize = 256;
    let read = &next[..next.floor_char_boundary(READ)];
    let following: &str = read.split_whitespace().next().unwrap_or_default();
    let following = shortened(following.trim_matches(|c: char| !c.is_alphanumeric()));
    // `<or>` is Verity's.
    let lower = chunk.trim_matches(['<', '>']).to_ascii_lowercase();
    let has_bracket = next.starts_with('(');
    if is_between && let Some(distance) = distance_elsewhere(chunk) {
        return Some(format!(
            "{chunk} was searched as a word; write NEAR/{distance} to find words at most {distance} words apart"
        ));
    }
    let abroad = ABROAD.iter().find(|(word, _)| is_between && *word == chunk);
    if let Some((_, operator)) = abroad {
        return Some(format!(
            "{chunk} was searched as a word; the operator is {operator}"
        ));
    }
    let hint = match lower.as_str() {
        word if WITHOUT.contains(&word)
            && !following.is_empty()
            && (is_between || matches!(word, "not" | "w/o")) =>
        {
            format!("write NOT {following} or -{following} for articles without {following}")
        }
        "near" | "adj" if has_bracket && chunk != lower => {
            "it stands between words, as in ferry NEAR/5 sale".to_owned()
        }
        "within" if is_between && is_whole(&following) && following.len() <= 2 => {
            format!("write NEAR/{following} to find words at most {following} words apart")
        }
        "or" if is_between => "write OR in capitals to find either".to_owned(),
        "near" | "adj" if is_between => {
            "write NEAR/5 to find words at most 5 words apart".to_owned()
        }
        "same-sentence" | "same_sentence" | "samesentence" if is_between => {
            "write SAME-SENTENCE in capitals to find words in one sentence".to_owned()
        }
        "same-paragraph" | "same_paragraph" | "sameparagraph" if is_between => {
            "write SAME-PARAGRAPH in capitals to find words in one paragraph".to_owned()
        }
        "xor" | "same" if is_between && chunk != lower => {
            "AND, OR, NOT, NEAR/5, ADJ/5, SAME-SENTENCE and SAME-PARAGRAPH join words".to_owned()
        }
        "atleast" if !following.is_empty() && !has_bracket => {
            "atleast takes a whole number, as in atleast3(ferry)".to_owned()
        }
        "caps" | "allcaps"
            if !has_bracket
                && following.chars().all(|c| !c.is_lowercase())
                && !following.is_empty() =>
        {
            format!("write caps({following}) for these capitals")
        }
        "like" if is_between && chunk != lower => {
            "harb* finds words that begin with harb".to_owned()
        }
        "date" | "published" if is_comparison(&following) || next.starts_with(['<', '>', '=']) => {
            "write date:2018, before:2018 or after:2018-06".to_owned()
        }
        _ => return None,
    };
    Some(format!("{chunk} was searched as a word; {hint}"))
}

/// Returns a note on a sign alone between words, which is an operator elsewhere: `%` leaves words out in
/// Westlaw. `before` and `after` are the characters around it; it may belong to a number: `5 %`.
pub fn lone_sign_note(sign: &str, before: Option<char>, after: Option<char>) -> Option<String> {
    let is_digit = |c: Option<char>| c.is_some_and(char::is_numeric);
    let hint = match sign {
        "%" if !is_digit(before) && after.is_some() => "write -word for articles without a word",
        "$" | "#" | "@" if !is_digit(after) && after.is_some() => {
            "harb* finds words that begin with harb, wom?n any letter"
        }
        _ => return None,
    };
    Some(format!("{sign} alone was left out; {hint}"))
}

/// Returns a note on what follows a plus sign where Westlaw has an operator of nearness: `+5`, `+s`.
/// `is_between` is whether it stands between two operands.
pub fn plus_note(chunk: &str, is_between: bool) -> Option<String> {
    let (operator, meaning) = match chunk {
        "s" | "S" => ("pre/s".to_owned(), "in one sentence"),
        "p" | "P" => ("pre/p".to_owned(), "in one paragraph"),
        digits if is_whole(digits) && digits.len() <= 2 => {
            (format!("ADJ/{digits}"), "near each other")
        }
        _ => return None,
    };
    is_between.then(|| {
        format!(
            "+{chunk} was searched as the word {chunk}; write {operator} to find words in this order \
             {meaning}"
        )
    })
}

/// Returns the number of an operator of nearness of EBSCO, ProQuest or Verity: `N5`, `P/5`, `<near/5>`.
fn distance_elsewhere(chunk: &str) -> Option<&str> {
    let lower = chunk.trim_matches(['<', '>']);
    let digits = lower.trim_start_matches(|c: char| !c.is_ascii_digit());
    let name = lower[..lower.len() - digits.len()].to_ascii_lowercase();
    let is_name = ["n", "w", "p/", "s/", "near/", "within/"].contains(&&*name);
    (is_name && is_whole(digits) && digits.len() <= 2).then_some(digits)
}

/// Returns a note on a chunk such as the end of `"long lease"-sale`. `before` is the character before it.
pub fn joined_note(before: Option<char>, chunk: &str) -> Option<String> {
    let word = chunk.trim_start_matches(is_minus);
    let follows = before.is_some_and(|c| c == ')' || QUOTES.contains(&c));
    (follows && word.len() < chunk.len() && word.starts_with(char::is_alphanumeric)).then(|| {
        format!(
            "{} was searched as a word; write a space before it for articles without {}",
            shortened(chunk),
            shortened(word)
        )
    })
}

/// Returns a note on a word before a bracket that is a function elsewhere: `su(ferry)`. `follows` is the
/// text after it.
pub fn function_note(chunk: &str, follows: &str) -> Option<String> {
    let inside = follows.strip_prefix('(')?;
    // `person(s)` is a word.
    let is_long = until(inside, |c| c == ')').chars().count() > 2;
    let is_name = chunk.chars().all(|c| c.is_alphabetic() || c == '-') && chunk.len() > 1;
    let is_joint = [
        "and", "or", "not", "near", "adj", "caps", "allcaps", "atleast", "around",
    ]
    .contains(&&*chunk.to_ascii_lowercase());
    (is_long && is_name && !is_joint).then(|| {
        let chunk = shortened(chunk);
        format!(
            "{chunk}(…) is no field, so {chunk} was searched as a word; headline(…), lead(…) and body(…) are"
        )
    })
}

/// Returns whether a word compares dates, as Lexis has it: `date aft 2018`.
fn is_comparison(word: &str) -> bool {
    ["aft", "after", "bef", "before", "is", "geq", "leq"]
        .contains(&word.to_ascii_lowercase().as_str())
}

/// Returns a chunk without what has no meaning in it, and notes on what that was. `is_last` is whether
/// nothing follows the chunk.
pub fn mended(chunk: &str, is_last: bool) -> (Cow<'_, str>, Vec<String>) {
    let mut notes = Vec::new();
    let alone = match chunk {
        "~" => Some("volkonov~1 finds misspellings, \"executive order\"~ other forms of the words"),
        "^" => Some("no word weighs more than another"),
        "/" => Some("write OR between two words to find either"),
        "-" | "−" | "–" | "—" => {
            Some("write -word, without a space, for articles without a word")
        }
        "!" => Some("write -word for articles without a word"),
        "=" => Some("write =word, without a space, for a word as it is spelled"),
        "?" if !is_last => Some("wom?n stands for one letter in a word"),
        "<>" => Some("write -word for articles without a word"),
        _ if !is_last
            && chunk.contains(['!', '¬', '≠', '！'])
            && !chunk.contains(char::is_alphanumeric) =>
        {
            Some("write -word for articles without a word")
        }
        _ if !chunk.is_empty() && chunk.chars().all(|c| c == '*') => {
            Some("harb* finds words that begin with harb")
        }
        _ => None,
    };
    if let Some(hint) = alone {
        notes.push(format!("{chunk} alone was left out; {hint}"));
        return ("".into(), notes);
    }
    let mut chunk = Cow::Borrowed(chunk);
    if let Some((word, weight)) = chunk.rsplit_once('^')
        && chunk.len() > 1
        && is_number(weight)
    {
        notes.push(format!(
            "^{} was left out; no word weighs more than another",
            shortened(weight)
        ));
        chunk = word.to_owned().into();
    }
    if let Some(word) = chunk.strip_prefix('~')
        && word.contains(char::is_alphanumeric)
        && !is_number(word)
    {
        notes.push(format!(
            "the ~ before {0} was left out; {0}~1 finds misspellings",
            shortened(word)
        ));
        chunk = word.to_owned().into();
    }
    if let Some(word) = chunk.strip_prefix('^')
        && word.starts_with(char::is_alphanumeric)
    {
        notes.push(format!(
            "the ^ before {} was left out; it is no sign",
            shortened(word)
        ));
        chunk = word.to_owned().into();
    }
    if let Some(word) = chunk.strip_suffix(['!', '$', '%'])
        && word.ends_with(char::is_alphabetic)
        && word.chars().all(char::is_alphanumeric)
    {
        notes.push(format!(
            "the sign after {0} was left out; {0}* finds words that begin with {0}",
            shortened(word)
        ));
    }
    if let Some((word, number)) = chunk.rsplit_once('~')
        && word.contains(['*', '?'])
        && word.contains(char::is_alphanumeric)
        && matches!(number, "" | "1" | "2")
    {
        notes.push(format!(
            "the ~{number} after {} was left out; a pattern has no misspellings",
            shortened(word)
        ));
        chunk = word.to_owned().into();
    }
    if chunk.len() > 2
        && chunk.starts_with('/')
        && chunk.ends_with('/')
        && chunk.contains(['.', '[', '*', '?', '+', '\\'])
    {
        notes.push(format!(
            "{} was not read as a regular expression; harb* and wom?n are patterns",
            shortened(&chunk)
        ));
    }
    if let Some((first, last)) = chunk.split_once("..")
        && [first, last]
            .iter()
            .all(|year| year.len() == 4 && year.bytes().all(|b| b.is_ascii_digit()))
    {
        notes.push(format!(
            "{chunk} was searched as words; write date:{chunk} for articles of that time"
        ));
    }
    if let Some((word, number)) = chunk.rsplit_once('~')
        && is_number(number)
        && !matches!(number, "" | "1" | "2")
    {
        if let Some(distance) = farthest(word, number) {
            notes.push(format!(
                "{} was read as {}~{distance}; a word takes ~1 or ~2, the number of letters that differ",
                shortened(&chunk),
                shortened(word)
            ));
            chunk = format!("{word}~{distance}").into();
        } else if word.is_empty() || word.ends_with(char::is_alphabetic) {
            notes.push(format!(
                "{} was searched as plain words; a word takes ~1 or ~2, a phrase a whole number, as in \
                 \"harbour sale\"~3",
                shortened(&chunk)
            ));
        }
    }
    notes.extend(near_note(&chunk));
    (chunk, notes)
}

/// Returns the note on a chunk that was read as its parts.
pub fn parted_note(chunk: &str, parts: &[&str]) -> String {
    format!(
        "{} was read as {}; in quotes, \"{}\" finds the words side by side",
        shortened(chunk),
        shortened(&parts.join(" AND ")),
        shortened(&parts.join(" "))
    )
}

/// Returns a note on a chunk that was read as a phrase, since another sign than a hyphen joins its words.
pub fn phrase_note(chunk: &str) -> Option<String> {
    let is_joint = |c: char| "=^~_%\\<>!#$".contains(c);
    let (left, right) = chunk.split_once(is_joint)?;
    let sign = &chunk[left.len()..];
    let words = [left, right.trim_start_matches(is_joint)];
    let compares = sign.starts_with(['=', '<', '>']);
    let is_joined = left.ends_with(char::is_alphabetic)
        && words[1].starts_with(|c: char| c.is_alphabetic() || compares && c.is_numeric());
    let hint = if sign.starts_with("!=") || sign.starts_with("<>") {
        "write -headline:ferry for articles without a word there"
    } else if compares {
        "a field is written as in headline:ferry, date:2018 or words>500"
    } else if sign.starts_with(['!', '#', '$']) {
        "wom?n stands for one letter, and -word leaves out articles with a word"
    } else {
        "write a space between words that need not be"
    };
    (is_joined && !chunk.contains("://")).then(|| {
        let chunk = shortened(chunk);
        format!("{chunk} was read as words side by side; {hint}")
    })
}

/// Returns the distance that `name~7` and `name~0.8` stand for: the largest, or, for a similarity as in
/// old versions of Lucene, the smallest.
fn farthest(word: &str, number: &str) -> Option<u8> {
    if !word.ends_with(char::is_alphabetic) || !word.chars().all(char::is_alphanumeric) {
        return None;
    }
    if number.starts_with("0.") {
        return Some(1);
    }
    let is_whole = number.bytes().all(|b| b.is_ascii_digit()) && !number.starts_with('0');
    is_whole.then_some(2)
}

/// Words that exclude in other search engines, and in running text.
const WITHOUT: [&str; 6] = ["not", "w/o", "without", "except", "excluding", "minus"];

/// AND, OR and NOT of the databases of Genios (German) and Europresse (French).
const ABROAD: [(&str, &str); 6] = [
    ("UND", "AND"),
    ("ET", "AND"),
    ("ODER", "OR"),
    ("OU", "OR"),
    ("NICHT", "NOT"),
    ("SAUF", "NOT"),
];

/// Returns a note on NEAR or ADJ with an invalid number: `NEAR/1.5`.
fn near_note(chunk: &str) -> Option<String> {
    let (name, number) = chunk.split_once('/')?;
    let is_near = name.eq_ignore_ascii_case("near") || name.eq_ignore_ascii_case("adj");
    (is_near && is_number(number)).then(|| {
        format!(
            "{} was searched as plain words; NEAR and ADJ take a whole number, as in NEAR/5",
            shortened(chunk)
        )
    })
}

/// Returns whether a text has the characters of a number alone; it may be empty.
fn is_number(text: &str) -> bool {
    text.bytes()
        .all(|b| b.is_ascii_digit() || b"-.".contains(&b))
}
