//! Recognises the names of outlets by their words.

use super::credits;

/// The words that the names of newspapers end in, or begin with after "The". (The commonest in the
/// lists of newspapers of the United Kingdom, the United States and Australia.)
const NEWSPAPER_WORDS: &[&str] = &[
    "advertiser",
    "advocate",
    "age",
    "argus",
    "bee",
    "bulletin",
    "chronicle",
    "citizen",
    "courant",
    "courier",
    "daily",
    "dispatch",
    "echo",
    "enquirer",
    "examiner",
    "express",
    "gazette",
    "globe",
    "guardian",
    "herald",
    "independent",
    "inquirer",
    "intelligencer",
    "journal",
    "ledger",
    "mail",
    "mercury",
    "messenger",
    "mirror",
    "monitor",
    "news",
    "observer",
    "pioneer",
    "post",
    "press",
    "record",
    "recorder",
    "register",
    "reporter",
    "review",
    "sentinel",
    "standard",
    "star",
    "sun",
    "telegram",
    "telegraph",
    "times",
    "tribune",
    "weekly",
    "world",
];

/// Returns whether a text looks like the name of a newspaper: its words have capitals, and the last
/// is one that newspapers are called by.
pub fn is_newspaper(text: &str) -> bool {
    let bare = text.trim_end_matches(|c: char| !c.is_alphanumeric());
    let last = bare.rsplit(' ').next().unwrap_or(bare);
    let has_capitals = |word: &str| {
        word.starts_with(|c: char| !c.is_alphabetic() || c.is_uppercase())
            || credits::is_name_particle(word)
    };
    bare.len() < 80
        && bare.contains(' ')
        && NEWSPAPER_WORDS
            .iter()
            .any(|word| word.eq_ignore_ascii_case(last))
        && bare.split(' ').all(has_capitals)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn newspapers() {
        for (text, expected) in [
            ("The Brindle Courier", true),
            ("Grey Sound Advertiser and Harbour News", true),
            ("THE QUAY HERALD.", true),
            ("Ferry boss meets the press", false),
            ("Herald", false),
            ("Mayor Resigns", false),
        ] {
            assert_eq!(is_newspaper(text), expected, "{text}");
        }
    }
}
