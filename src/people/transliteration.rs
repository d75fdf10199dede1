//! Keys for names from other scripts: transliterations of the same name share a key.

use super::fold::without_umlaut_spellings;

/// Returns the groups of letters that begin with a letter and stand for one sound, longest first,
/// each with its sound. Covers the romanisations of Russian, Arabic and Chinese in English, German,
/// French and Polish spelling.
fn spellings_from(first: char) -> &'static [(&'static str, &'static str)] {
    match first {
        'a' => &[("ay", "ai")],
        'c' => &[("chtch", "s"), ("cz", "c"), ("ch", "c"), ("ck", "k")],
        'd' => &[("dzh", "j"), ("dsch", "j"), ("dj", "j"), ("dh", "d")],
        'e' => &[("ee", "i"), ("ey", "e"), ("ei", "e"), ("ej", "e")],
        'g' => &[("gh", "g"), ("gue", "ge"), ("gui", "gi")],
        'h' => &[("hs", "s")],
        'i' => &[
            ("iy", "i"),
            ("ij", "i"),
            ("iu", "u"),
            ("ia", "a"),
            ("io", "o"),
        ],
        'j' => &[("ju", "u"), ("ja", "a"), ("jo", "o"), ("je", "e")],
        'k' => &[("kh", "h")],
        'o' => &[("ou", "u"), ("oo", "u")],
        'p' => &[("ph", "f")],
        'q' => &[("qu", "k"), ("q", "k")],
        's' => &[
            ("schtsch", "s"),
            ("shch", "s"),
            ("szcz", "s"),
            ("sch", "s"),
            ("sz", "s"),
            ("sh", "s"),
        ],
        't' => &[
            ("tsch", "c"),
            ("tch", "c"),
            ("th", "t"),
            ("tz", "s"),
            ("ts", "s"),
        ],
        'w' => &[("w", "v")],
        'y' => &[
            ("yi", "i"),
            ("yu", "u"),
            ("ya", "a"),
            ("yo", "o"),
            ("ye", "e"),
            ("y", "i"),
        ],
        'z' => &[("zh", "j"), ("z", "s")],
        _ => &[],
    }
}

/// Returns the key that the usual transliterations of a name share: `sergei`, `sergej` and
/// `serguei` → `serge`.
pub(super) fn sounds(word: &str) -> String {
    let word = without_umlaut_spellings(word);
    let mut out = String::with_capacity(word.len());
    let mut rest = word.as_str();
    while let Some(first) = rest.chars().next() {
        let (sound, length) =
            match (spellings_from(first).iter()).find(|(letters, _)| rest.starts_with(letters)) {
                Some((letters, sound)) => (*sound, letters.len()),
                None if first == 'x' => (if out.is_empty() { "s" } else { "ks" }, 1),
                // An inner h mostly marks a long vowel.
                None if first == 'h' && !out.is_empty() => ("", 1),
                None => (&rest[..first.len_utf8()], first.len_utf8()),
            };
        for c in sound.chars() {
            if !out.ends_with(c) {
                out.push(c);
            }
        }
        rest = &rest[length..];
    }
    // Russian -ov and -ev are also spelt -off and -eff.
    if out.ends_with("of") || out.ends_with("ef") {
        out.pop();
        out.push('v');
    }
    out
}

/// Returns the first letters of a word, of its [`sounds`] and of its [`consonants`], as bits.
pub(super) fn letters_of(word: &str) -> u32 {
    let bit = |word: &str| match word.bytes().next() {
        Some(letter @ b'a'..=b'z') => 1 << (letter - b'a'),
        Some(_) => 1 << 26,
        None => 0,
    };
    bit(word) | bit(&sounds(word)) | bit(&consonants(word))
}

/// Returns the consonants of a word's [`sounds`], with one letter for consonants that some scripts
/// and dialects do not distinguish: `gaddafi` and `qadhafi` → `ktv`.
pub(super) fn consonants(word: &str) -> String {
    let mut out = String::new();
    for (i, c) in sounds(word).chars().enumerate() {
        let c = match c {
            'g' | 'k' => 'k',
            'b' | 'p' => 'p',
            'd' | 't' => 't',
            's' | 'c' | 'j' => 's',
            'v' | 'f' => 'v',
            'a' | 'e' | 'i' | 'o' | 'u' => {
                if i > 0 {
                    continue;
                }
                'a'
            }
            other => other,
        };
        if !out.ends_with(c) {
            out.push(c);
        }
    }
    out
}
