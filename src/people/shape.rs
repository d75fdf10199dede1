//! The shape of a word: how it is written in capitals, digits and marks.

/// How a word is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u8)]
pub enum Shape {
    /// `talks`, and words of scripts without capitals.
    Lower,
    /// `Talks`.
    Capitalised,
    /// `TALKS`.
    AllCapitals,
    /// `A`.
    OneCapital,
    /// `A.`.
    Initial,
    /// `McKay`, `O'Brien`.
    Mixed,
    /// Anything with a digit.
    Number,
    /// Punctuation.
    Mark,
    /// `U.S.`.
    Acronym,
    /// `Al-Sayed`.
    Hyphenated,
    /// `iPhone`, `al-Sayed`.
    InnerCapital,
}

impl Shape {
    /// Returns the shape of a word.
    pub fn of(word: &str) -> Self {
        // Nearly all words are one of these.
        if let [first, rest @ ..] = word.as_bytes()
            && rest.iter().all(u8::is_ascii_lowercase)
        {
            if first.is_ascii_lowercase() {
                return Self::Lower;
            }
            if first.is_ascii_uppercase() && !rest.is_empty() {
                return Self::Capitalised;
            }
        }
        let (mut upper, mut letters, mut chars) = (0, 0, 0);
        let (mut has_digit, mut has_stop, mut has_hyphen, mut starts_upper) =
            (false, false, false, false);
        for c in word.chars() {
            if c.is_uppercase() {
                upper += 1;
                starts_upper |= chars == 0;
            }
            letters += usize::from(c.is_alphabetic());
            has_digit |= c.is_ascii_digit();
            has_stop |= c == '.';
            has_hyphen |= matches!(c, '-' | '\u{2010}' | '\u{2011}');
            chars += 1;
        }
        match () {
            () if has_digit => Self::Number,
            () if letters == 0 => Self::Mark,
            () if upper == 0 => Self::Lower,
            () if chars == 1 => Self::OneCapital,
            () if letters == 1 && chars == 2 && has_stop => Self::Initial,
            // `J.-L.`
            () if upper == letters && has_stop && has_hyphen && letters <= 3 => Self::Initial,
            () if upper == letters && has_stop => Self::Acronym,
            () if upper == letters => Self::AllCapitals,
            () if !starts_upper => Self::InnerCapital,
            () if has_hyphen && upper > 1 => Self::Hyphenated,
            () if upper == 1 => Self::Capitalised,
            () => Self::Mixed,
        }
    }

    /// Returns whether the word has a capital letter.
    pub fn has_capital(self) -> bool {
        !matches!(self, Self::Lower | Self::Number | Self::Mark)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_have_shapes() {
        for (word, expected) in [
            ("talks", Shape::Lower),
            ("Talks", Shape::Capitalised),
            ("Émile", Shape::Capitalised),
            ("TALKS", Shape::AllCapitals),
            ("A", Shape::OneCapital),
            ("A.", Shape::Initial),
            ("McKay", Shape::Mixed),
            ("O'Brien", Shape::Mixed),
            ("1st", Shape::Number),
            ("—", Shape::Mark),
            ("U.S.", Shape::Acronym),
            ("J.-P.", Shape::Initial),
            ("Al-Sayed", Shape::Hyphenated),
            ("al-Sayed", Shape::InnerCapital),
        ] {
            assert_eq!(Shape::of(word), expected, "{word}");
        }
    }
}
