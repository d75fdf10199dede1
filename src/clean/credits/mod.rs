//! Credits: the lines between a headline and the text that name the writers, their trade and outlet,
//! and the day; and those below the text. [`read`] says whether a line is a credit and how surely,
//! [`parts`] what is in one.

pub(super) mod glued;
mod labels;
mod names;
mod outlets;
mod parse;
mod places;
mod tails;
mod words;

pub use names::{in_record_case, is_name_particle, is_person};
pub use outlets::{
    OutletLine, copyright_holder, in_record_form as outlet_in_record_form, is_masthead,
    is_newspaper, is_outlet_and_date, outlet_line, page_line, sent_to, source_value, title_ending,
};
pub use parse::{Credit, Sureness, header_parts, parts, sign_off};
pub use places::{is_day_of_statement, is_place};
pub use words::{has_outlet_noun, is_outlet};

use crate::text::sentence::{ends_sentence, starts_upper};
use crate::text::word_list::WordList;
use crate::text::words::is_longer;
use labels::opening;

/// Returns what a line says if it is a credit: a label and names, "Special to The Quay Herald", or
/// names with a trade, an outlet, a place or a date beside them. [`Credit::sureness`] tells how
/// surely it is one.
pub fn read(text: &str) -> Option<Credit> {
    if let Some(outlet) = sent_to(text) {
        return Some(Credit {
            outlet: Some(outlet),
            sureness: Sureness::Label,
            ..Credit::default()
        });
    }
    if words::is_staff_report(text) {
        return Some(Credit {
            sureness: Sureness::Beside,
            ..Credit::default()
        });
    }
    parse::read(text)
}

/// Returns whether a line names the writers after a label: "By Ann Writer and Jo Smith".
pub fn is_byline(text: &str) -> bool {
    let may_be = opening(text.trim_start_matches(['*', '_', '^', '(', ' '])).is_some();
    (may_be || sent_to(text).is_some())
        && read(text).is_some_and(|credit| credit.sureness == Sureness::Label)
}

/// Returns how surely a line is a credit, or `None` if it is none. A name alone is one.
pub fn sureness(text: &str) -> Option<Sureness> {
    match read(text) {
        Some(credit) if credit.sureness == Sureness::Name && credit.writers.is_empty() => None,
        Some(credit) => Some(credit.sureness),
        None => is_person(text).then_some(Sureness::Name),
    }
}

/// Returns whether a line is a credit by itself: after a label, or with a trade, an outlet, an
/// agency, an address or a day beside the name.
pub fn is_credit(text: &str) -> bool {
    read(text).is_some_and(|credit| credit.sureness >= Sureness::Beside)
}

/// Returns whether a line begins with a label such as "By".
pub fn has_label(text: &str) -> bool {
    opening(text).is_some()
}

/// Returns whether a line is a byline label alone, with the names on the next line.
pub fn is_bare_byline_label(text: &str) -> bool {
    opening(text).is_some_and(|label| label.names == text.len() && !label.is_weak)
}

/// Returns whether a line is only a person's name, or several, perhaps with a place: "Ann Writer and
/// Jo Smith in Oslo".
pub fn is_bare_name(text: &str) -> bool {
    is_person(text)
        || read(text)
            .is_some_and(|credit| credit.sureness == Sureness::Name && !credit.writers.is_empty())
}

/// Returns whether a byline goes on with the next line: it ends inside a name or a list, or the
/// next line begins with "and".
pub fn cuts_a_name(byline: &str, next: &str) -> bool {
    let names = opening(byline).map_or("", |label| &byline[label.names..]);
    if names.is_empty() {
        return false;
    }
    let next = next.trim_matches(['[', ']', '(', ')']);
    let is_open = names.ends_with([',', '&']) || names.ends_with(" and");
    let rest = next
        .strip_prefix("and ")
        .or_else(|| next.strip_prefix("& "));
    if is_open || rest.is_some() {
        let credit = parts(rest.unwrap_or(next));
        return !credit.writers.is_empty() && !ends_sentence(next);
    }
    let last = names.rsplit([',', '&', ';']).next().unwrap_or(names);
    let last = last.rsplit(" and ").next().unwrap_or(last).trim();
    let is_word = |word: &str| {
        word.starts_with(char::is_uppercase)
            && word
                .chars()
                .all(|c| c.is_alphabetic() || matches!(c, '-' | '\'' | '’' | '.'))
    };
    is_word(last)
        && next.split(' ').count() <= 2
        && next.split(' ').all(is_word)
        && is_person(&format!("{last} {next}"))
}

/// The last words of lines that give a writer's trade, as in "Trade Correspondent".
static TRADES: WordList = WordList::of(&[
    "correspondent",
    "reporter",
    "editor",
    "writer",
    "staff",
    "columnist",
    "critic",
    "bureau",
]);

/// Returns whether a line gives a writer's trade: up to five words, the last of `TRADES`.
pub fn is_trade(text: &str) -> bool {
    let last = text.rsplit(' ').next().unwrap_or(text);
    TRADES.has(last) && !is_longer(text, 5) && starts_upper(text)
}

/// Words of the names of agencies and broadcasters.
static EMPLOYERS: WordList = WordList::of(&["news", "press", "agency", "service", "media"]);

/// Returns whether a line gives a writer's employer and place, as in "BBC News, Wellington".
pub fn is_employer(text: &str) -> bool {
    let is_listed = |text: &str| text.split([' ', ',']).any(|word| EMPLOYERS.has(word));
    let is_capitalised = |text: &str| {
        text.split(' ')
            .all(|word| !word.starts_with(char::is_lowercase))
    };
    !is_longer(text, 5)
        && !ends_sentence(text)
        && (is_listed(text) && is_capitalised(text) || is_masthead(text))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_beside_bylines() {
        assert!(is_employer("BBC News, Wellington") && !is_employer("Ferry runs again"));
        assert!(is_employer("Quay Courier") && !is_employer("Jo Smith/Quay Courier"));
        assert!(is_trade("TRADE CORRESPONDENT") && is_trade("Herald staff"));
        assert!(!is_trade("Ferry") && !is_trade("He was no writer and no friend of any staff"));
    }

    #[test]
    fn bylines_and_names() {
        for (text, expected) in [
            ("By Ann Writer", true),
            ("BY ANN WRITER AND JO SMITH", true),
            ("Written by Ann Writer", true),
            ("by Ann Writer, Herald Staff Writer", true),
            ("By THE QUAY HERALD", true),
            ("Special to The Quay Herald", true),
            ("By the time he left, it was dark.", false),
            ("By Monday the troops had gone", false),
            ("Byron Writes", false),
            ("Ann Weaver, Staff Writer", false),
        ] {
            assert_eq!(is_byline(text), expected, "{text}");
        }
        for (text, expected) in [
            ("Ann Weaver", true),
            ("Ann van der Weaver", true),
            ("Ann Weaver and Jo Smith", true),
            ("Ann Weaver in Oslo", true),
            ("Talks fail", false),
            ("Talks Fail", false),
            ("Moscow", false),
            ("Ann Weaver 2018", false),
        ] {
            assert_eq!(is_bare_name(text), expected, "{text}");
        }
        assert!(is_bare_byline_label("By") && is_bare_byline_label("Written by:"));
        assert!(!is_bare_byline_label("Von") && !is_bare_byline_label("By Ann Weaver"));
    }

    #[test]
    fn credits_without_a_name() {
        assert!(is_credit("Staff report") && is_credit("(From wire services)"));
        assert!(!is_credit("Report of the staff"));
    }

    #[test]
    fn bylines_on_two_lines() {
        for (byline, next, expected) in [
            ("By Ann Weaver", "and Jo Lund", true),
            ("By Ann Weaver and", "Jo Lund", true),
            ("By Ann Weaver and Jo", "Lund", true),
            ("By [Ann Weaver and Jo", "Lund]", true),
            ("By Ann Weaver", "Oslo", false),
            ("By Ann Weaver", "and the ferry ran again.", false),
        ] {
            assert_eq!(cuts_a_name(byline, next), expected, "{byline} / {next}");
        }
    }
}
