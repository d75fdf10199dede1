//! Reads what databases print on one line: outlet, day and page, or section and page.

use crate::date::printed::{self as dates, PrintedDate, Reading};

/// An outlet with the day and the page on which it printed an article. What is not printed is
/// empty.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Citation<'a> {
    pub outlet: &'a str,
    pub day: &'a str,
    pub page: &'a str,
}

/// The signs between an outlet, a day and a page.
const SEPARATORS: [char; 12] = [' ', ',', ';', ':', '.', '-', '–', '—', '•', '·', '|', '('];

/// Reads an outlet, a day and a page: `The Herald. 8/26/2003, p6. 1p.`, `The Herald (June 10, 2002):
/// p6.`, `The Herald ; Quay [Quay]22 Feb 2000: A6.`, `November 5, 1997 | The Herald (FL)`, `The Herald
/// • p. 12 • 214 mots`.
pub(super) fn read(text: &str) -> Citation<'_> {
    let day = day_in(text);
    let (before, day, after) = match &day {
        Some(day) => (
            &text[..day.range.start],
            text[day.range.clone()].trim(),
            &text[day.range.end..],
        ),
        None => match page_mark(text) {
            Some(at) => (&text[..at], "", &text[at..]),
            None => (text, "", ""),
        },
    };
    let before = before.trim_matches(SEPARATORS);
    let outlet = if before.is_empty() {
        after.trim_matches(SEPARATORS)
    } else {
        // ProQuest and Gale print the place behind the outlet.
        let outlet = before.split([';', '•']).next().unwrap_or(before).trim();
        let place = outlet
            .find('(')
            .filter(|&at| at > 0 && !outlet[..at].ends_with(' '));
        place.map_or(outlet, |at| &outlet[..at])
    };
    let outlet = outlet.trim_end_matches(SEPARATORS);
    let page = if before.is_empty() {
        ""
    } else {
        page_in(after)
    };
    Citation { outlet, day, page }
}

/// Returns the first date of a text that has a year.
fn day_in(text: &str) -> Option<PrintedDate> {
    let mut found = dates::find(text).into_iter();
    found.find(|date| !matches!(date.reading, Reading::Yearless { .. }))
}

/// Returns the value of a line that is a date, and of the text after it the edition: `March 3, 1998,
/// Tuesday, FINAL EDITION`.
pub(super) fn edition_after_day(text: &str) -> &str {
    let rest = day_in(text).map_or("", |day| {
        text[day.range.end..].trim_matches([' ', ',', ';'])
    });
    if names_edition(rest) { rest } else { "" }
}

/// Returns whether a text has the word "edition", as newspapers in English, French, German and Dutch
/// print it.
pub(super) fn names_edition(text: &str) -> bool {
    text.split([' ', ';', ',', '-', '/']).any(|word| {
        let word = word.to_lowercase();
        matches!(
            &*word,
            "edition" | "editions" | "édition" | "ausgabe" | "auflage" | "editie" | "edición"
        )
    })
}

/// Splits ProQuest's title of a publication from the edition behind it: `The Herald, Late Edition
/// (East Coast)`.
pub(super) fn title_and_edition(title: &str) -> (&str, &str) {
    match title.split_once(", ") {
        Some((name, edition)) if names_edition(edition) => (name, edition),
        _ => (title, ""),
    }
}

/// Returns the title of an outlet with its article in front, for `Herald, The (FL)` as libraries
/// order titles.
pub(super) fn straight_title(title: &str) -> String {
    for (mark, article) in [(", The", "The "), (", Le", "Le "), (", La", "La ")] {
        if let Some((name, rest)) = title.split_once(mark)
            && (rest.is_empty() || rest.starts_with(" ("))
        {
            return format!("{article}{name}{rest}");
        }
    }
    title.trim().to_owned()
}

/// Returns a numeric date with the month first as `2003-04-05`, and another as it is.
pub(super) fn month_first(day: &str) -> String {
    match dates::find(day).first().map(|date| date.reading) {
        Some(Reading::Ambiguous { month_first, .. }) => month_first.to_string(),
        _ => day.to_owned(),
    }
}

/// The abbreviations and words before the number of a page.
const PAGE_WORDS: &[&str] = &[
    "pg", "pgs", "page", "pages", "p", "pp", "s", "seite", "blz", "pag", "pagina",
];

/// Returns whether a word can be the number of a page: `18`, `A6`, `B.1`, `C01`, `12-13`.
pub(super) fn is_page(word: &str) -> bool {
    (1..=8).contains(&word.len())
        && word.bytes().any(|b| b.is_ascii_digit())
        && word.bytes().all(|b| {
            b.is_ascii_digit() || b.is_ascii_uppercase() || matches!(b, b'.' | b'-' | b'/')
        })
        && word.bytes().filter(u8::is_ascii_uppercase).count() <= 2
}

fn is_page_word(word: &str) -> bool {
    let word = word.trim_end_matches(['.', ':']);
    PAGE_WORDS
        .iter()
        .any(|known| known.eq_ignore_ascii_case(word))
}

/// Returns the byte at which a word for a page begins that a number follows.
fn page_mark(text: &str) -> Option<usize> {
    let mut words = words_of(text).peekable();
    while let Some((at, word)) = words.next() {
        let next = words.peek().map(|(_, next)| without_signs(next));
        if is_page_word(word) && next.is_some_and(is_page) || glued_page(word).is_some() {
            return Some(at);
        }
    }
    None
}

/// Returns the page in the text after a day: the number after a word for a page, else a first word
/// that can be one.
pub(super) fn page_in(text: &str) -> &str {
    let mut words = words_of(text).peekable();
    let mut is_first = true;
    while let Some((_, word)) = words.next() {
        if is_page_word(word)
            && let Some(&(_, next)) = words.peek()
            && is_page(without_signs(next))
        {
            return without_signs(next);
        }
        if let Some(page) = glued_page(word) {
            return page;
        }
        let bare = without_signs(word);
        if bare.is_empty() {
            continue;
        }
        if is_first && is_page(bare) {
            return bare;
        }
        is_first = false;
    }
    ""
}

/// Returns the page of a word such as `p6.` or `pA1`.
fn glued_page(word: &str) -> Option<&str> {
    let page = without_signs(word).strip_prefix('p')?;
    is_page(page).then_some(page)
}

fn without_signs(word: &str) -> &str {
    word.trim_matches(|c| SEPARATORS.contains(&c) || matches!(c, ')' | ']' | '['))
}

/// Returns the words of a text with the bytes at which they begin.
fn words_of(text: &str) -> impl Iterator<Item = (usize, &str)> {
    let mut next = 0;
    text.split(' ').filter_map(move |word| {
        let at = next;
        next += word.len() + 1;
        (!word.is_empty()).then_some((at, word))
    })
}

/// Splits the page from a section: `NEWS; Pg. 18`, `Part 2; Page 7; Sports Desk`.
pub(super) fn section_and_page(section: &str) -> (String, &str) {
    let parts: Vec<&str> = section.split([';', ',']).collect();
    let Some((at, page)) = parts
        .iter()
        .enumerate()
        .find_map(|(at, part)| Some((at, page_of(part)?)))
    else {
        return (section.to_owned(), "");
    };
    let start = parts[..at].iter().map(|part| part.len() + 1).sum::<usize>();
    let end = start + parts[at].len();
    let before = section[..start].trim_end_matches([';', ',', ' ']);
    let after = section[end..].trim_start_matches([';', ',', ' ']);
    let separator = if before.is_empty() || after.is_empty() {
        ""
    } else {
        "; "
    };
    (format!("{before}{separator}{after}"), page)
}

/// Returns the number of a page behind a word for it: `Pg. 18`.
fn page_of(part: &str) -> Option<&str> {
    let (word, page) = part.trim().split_once(' ')?;
    let page = without_signs(page);
    (is_page_word(word) && is_page(page)).then_some(page)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn outlets_with_day_and_page() {
        for (text, outlet, day, page) in [
            (
                "The Quay Herald. 8/26/2003, p6. 1p.",
                "The Quay Herald",
                "8/26/2003",
                "6",
            ),
            (
                "The Quay Herald (June 10, 2002): p6.",
                "The Quay Herald",
                "June 10, 2002",
                "6",
            ),
            (
                "The Quay Herald, 20 February 2022, p. 6.",
                "The Quay Herald",
                "20 February 2022",
                "6",
            ),
            (
                "The Quay Herald ; Quay [Quay]22 Feb 2000: A6.",
                "The Quay Herald",
                "22 Feb 2000",
                "A6",
            ),
            (
                "The Quay Herald ; Quay [Quay]. 8 Aug 2010: A.24.",
                "The Quay Herald",
                "8 Aug 2010",
                "A.24",
            ),
            (
                "The Quay Herald (FL) - November 5, 1997",
                "The Quay Herald (FL)",
                "November 5, 1997",
                "",
            ),
            (
                "The Quay Herald (FL) - November 5, 1997 - B01",
                "The Quay Herald (FL)",
                "November 5, 1997",
                "B01",
            ),
            (
                "November 5, 1997 | The Quay Herald (FL)",
                "The Quay Herald (FL)",
                "November 5, 1997",
                "",
            ),
            ("Quay Herald(Vol. 12, Issue 3)", "Quay Herald", "", ""),
            ("Le Quai • p. 12 • 214 mots", "Le Quai", "", "12"),
            ("The Quay Herald", "The Quay Herald", "", ""),
            ("", "", "", ""),
        ] {
            assert_eq!(read(text), Citation { outlet, day, page }, "{text}");
        }
    }

    #[test]
    fn sections_with_pages() {
        for (text, expected) in [
            ("NEWS; Pg. 18", ("NEWS", "18")),
            (
                "Section A; Column 1; National Desk; Pg. 1",
                ("Section A; Column 1; National Desk", "1"),
            ),
            ("Section A; Page 1", ("Section A", "1")),
            ("LOKALES; S. 4", ("LOKALES", "4")),
            ("Part 2; Page 7; Sports", ("Part 2; Sports", "7")),
            ("Pg. B3", ("", "B3")),
            ("STATE AND REGIONAL NEWS", ("STATE AND REGIONAL NEWS", "")),
            ("NEWS; Pages of history", ("NEWS; Pages of history", "")),
        ] {
            let (section, page) = section_and_page(text);
            assert_eq!((&*section, page), expected, "{text}");
        }
    }

    #[test]
    fn titles_and_editions() {
        for (title, expected) in [
            ("Quay Herald, The (FL)", "The Quay Herald (FL)"),
            ("Quay Herald, The", "The Quay Herald"),
            ("Quay Herald, Thesis", "Quay Herald, Thesis"),
            ("Quay Herald", "Quay Herald"),
        ] {
            assert_eq!(straight_title(title), expected);
        }
        assert_eq!(
            title_and_edition("Quay Herald, Late Edition (East Coast)"),
            ("Quay Herald", "Late Edition (East Coast)")
        );
        assert_eq!(
            edition_after_day("March 3, 1998, Tuesday, FINAL EDITION"),
            "FINAL EDITION"
        );
        assert_eq!(edition_after_day("March 3, 1998 8:15 AM GMT"), "");
        assert_eq!(month_first("3/4/2003"), "2003-03-04");
        assert_eq!(month_first("13/4/2003"), "13/4/2003");
    }
}
