//! Decimal digits of all scripts.

use std::borrow::Cow;

/// The zeros of the scripts that have decimal digits of their own, in order: the characters of general
/// category Nd in the Unicode Character Database whose value is 0, without those of mathematics. The nine
/// other digits of a script follow its zero.
#[rustfmt::skip]
const ZEROS: [char; 60] = [
    '\u{660}', '\u{6F0}', '\u{7C0}', '\u{966}', '\u{9E6}', '\u{A66}', '\u{AE6}', '\u{B66}',
    '\u{BE6}', '\u{C66}', '\u{CE6}', '\u{D66}', '\u{DE6}', '\u{E50}', '\u{ED0}', '\u{F20}',
    '\u{1040}', '\u{1090}', '\u{17E0}', '\u{1810}', '\u{1946}', '\u{19D0}', '\u{1A80}', '\u{1A90}',
    '\u{1B50}', '\u{1BB0}', '\u{1C40}', '\u{1C50}', '\u{A620}', '\u{A8D0}', '\u{A900}', '\u{A9D0}',
    '\u{A9F0}', '\u{AA50}', '\u{ABF0}', '\u{FF10}', '\u{104A0}', '\u{10D30}', '\u{11066}',
    '\u{110F0}', '\u{11136}', '\u{111D0}', '\u{112F0}', '\u{11450}', '\u{114D0}', '\u{11650}',
    '\u{116C0}', '\u{11730}', '\u{118E0}', '\u{11950}', '\u{11C50}', '\u{11D50}', '\u{11DA0}',
    '\u{16A60}', '\u{16AC0}', '\u{16B50}', '\u{1E140}', '\u{1E2F0}', '\u{1E950}', '\u{1FBF0}',
];

/// Returns a decimal digit of any script as one of ASCII; `None` if a character is no decimal digit.
///
/// `٣`, `३` and `３` are `3`; `½`, `³` and `三` are no decimal digits.
pub fn ascii_digit(c: char) -> Option<char> {
    if c.is_ascii() {
        return Some(c).filter(char::is_ascii_digit);
    }
    let script = ZEROS.partition_point(|&zero| zero <= c).checked_sub(1)?;
    char::from_digit(u32::from(c) - u32::from(ZEROS[script]), 10)
}

/// Returns a text with the decimal digits of all scripts as digits of ASCII.
pub fn with_ascii_digits(text: &str) -> Cow<'_, str> {
    if text.is_ascii() {
        return Cow::Borrowed(text);
    }
    Cow::Owned(text.chars().map(|c| ascii_digit(c).unwrap_or(c)).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_the_digits_of_all_scripts() {
        for (text, expected) in [
            ("0189", "0189"),
            ("٢٠١٨ ۲۰۱۸", "2018 2018"),
            ("२०१८ ২০১৮ ੨੦੧੮ ૨૦૧૮", "2018 2018 2018 2018"),
            ("๒๐๑๘ ໒໐໑໘ ၂၀၁၈ ២០១៨", "2018 2018 2018 2018"),
            ("௨௦௧௮ ౨౦౧౮ ೨೦೧೮ ൨൦൧൮", "2018 2018 2018 2018"),
            ("２０１８", "2018"),
            ("½ ³ 三 a é", "½ ³ 三 a é"),
        ] {
            assert_eq!(with_ascii_digits(text), expected, "{text}");
        }
        assert!(ZEROS.is_sorted());
    }
}
