//! The grammar of a credit line: who wrote, for whom, from where, and what else stands beside a
//! name.
//!
//! ```text
//! line    = label? list (separator list)*      separator: | • · ; / – and dates
//! list    = item ("," item)*
//! item    = part (("and" | "&" | "with") part)*
//! part    = trade? name tail?  |  agency  |  outlet  |  trade  |  place  |  contact  |  title
//! tail    = trade  |  outlet  |  ("in" | "for" | "of" | "at") anything  |  "(" anything ")"
//! ```

use std::borrow::Cow;

use super::labels::{Label, Work, by_label, is_others_work, opening};
use super::names::{in_record_case, is_particle, is_person};
use super::outlets::{in_record_form, is_masthead};
use super::tails::{is_named_like_a_place, may_begin_name, name_and_tail, without_trade};
use super::words::{
    bare_word, is_nobody, is_organisation, is_outlet, is_place, is_role, is_suffix, is_title_after,
    is_trade_word, kinds,
};
use crate::clean::agencies::agency_named;
use crate::clean::date_lines::is_about_a_date;
use crate::date::labels::is_beside_dates;
use crate::date::printed as dates;
use crate::text::lexicon::Flags;
use crate::text::sentence::ends_sentence;
use crate::text::word_list::WordList;
use crate::text::words::{is_longer, strip_prefix_ignore_case, word_count};

/// How surely a line is a credit.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub enum Sureness {
    /// It is a person's name, or several, and perhaps a place: "Ann Weaver in Oslo".
    #[default]
    Name,
    /// A trade, an outlet, an agency, an address or a date stands beside the name.
    Beside,
    /// It has a label: "By Ann Weaver".
    Label,
}

/// What a credit line says.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Credit {
    /// Those who wrote the article, one name each.
    pub writers: Vec<String>,
    /// Those who are credited with additional reporting, one name each.
    pub contributors: Vec<String>,
    /// The news agency, in the short form of the record.
    pub agency: Option<String>,
    /// The outlet, as printed.
    pub outlet: Option<String>,
    /// How surely the line is a credit.
    pub sureness: Sureness,
}

/// The longest credit line, in bytes.
const LONGEST_LINE: usize = 240;

/// The most words in a credit line.
const LONGEST_CREDIT: usize = 24;

/// The most words in a credit line without a label.
const LONGEST_BARE_CREDIT: usize = 16;

/// The most words in a credit line without a label that has one name, as in "Ann van der Weaver chief
/// political correspondent in Oslo".
const LONGEST_NAME_AND_TAIL: usize = 9;

/// The most words in lower case in a credit line without a label.
const MOST_LOWER_CASE: usize = 5;

/// Returns what a line says if it is a credit line.
pub fn read(line: &str) -> Option<Credit> {
    if line.len() > LONGEST_LINE {
        return None;
    }
    let text = without_markup(line);
    match opening(text) {
        Some(label) => labelled(text, label),
        None => bare(text),
    }
}

/// Returns what a line with a label says, if the label is one.
pub fn labelled(text: &str, label: Label) -> Option<Credit> {
    let names = &text[label.names..];
    if names.is_empty() || is_longer(text, LONGEST_CREDIT) || ends_in_running_text(names) {
        return None;
    }
    let mut parser = Parser::default();
    parser.line(text);
    let has_writer = !parser.credit.writers.is_empty();
    let is_credit = match parser.first {
        Some(Part::Person) => !label.is_weak || !parser.has_unknown,
        Some(Part::Known) => !label.is_weak || has_writer || is_role(names),
        // "By ProPublica", but not "By George, He's Back".
        Some(Part::Lone) => !label.is_weak && !parser.has_unknown,
        Some(Part::Unknown) | None => false,
    };
    parser.credit.sureness = Sureness::Label;
    is_credit.then_some(parser.credit)
}

/// Returns what a line without a label says, if it consists of names and what stands beside them.
fn bare(text: &str) -> Option<Credit> {
    let starts_name = text.starts_with(|c: char| c.is_alphabetic() && !c.is_lowercase());
    let may_be_dated = text.starts_with(|c: char| c.is_ascii_digit());
    let ends_sentence = ends_sentence(text) && !text.ends_with("m.");
    let is_label = || is_beside_dates(text.split(' ').next().unwrap_or(text));
    let may_be = may_be_dated || starts_name && (second_word_may_be_name(text) || is_label());
    if !may_be || ends_sentence || is_longer(text, LONGEST_BARE_CREDIT) {
        return None;
    }
    let is_list = || {
        text.contains([
            ',', '|', '•', '·', '(', '[', '/', '-', '–', '—', '&', '@', ':', ';',
        ]) || text.bytes().any(|byte| byte.is_ascii_digit())
            || text.contains(" and ")
    };
    if is_longer(text, LONGEST_NAME_AND_TAIL) && text.is_ascii() && !is_list() {
        return None;
    }
    let has_lower_case = |word: &&str| word.starts_with(char::is_lowercase);
    if text.split(' ').filter(has_lower_case).count() > MOST_LOWER_CASE {
        return None;
    }
    // "Jo Lund/The Herald" is the credit of a picture.
    if has_tight_slash(text) {
        return None;
    }
    let mut parser = Parser {
        begins_with_name: true,
        ..Parser::default()
    };
    parser.line(text);
    let first = parser.credit.writers.first()?;
    if parser.is_over() || parser.first.is_none() || !may_begin_name(first) {
        return None;
    }
    parser.credit.sureness = if parser.has_evidence {
        Sureness::Beside
    } else {
        Sureness::Name
    };
    Some(parser.credit)
}

/// Returns whether the second word of a line has a capital, is a particle, or is of a script without
/// capitals. Most lines are sentences, and are told from credits by it.
fn second_word_may_be_name(text: &str) -> bool {
    let Some(second) = text.split(' ').nth(1) else {
        return !text.is_ascii();
    };
    let first = second
        .trim_start_matches(['"', '“', '(', '\''])
        .chars()
        .next();
    first.is_some_and(|c| !c.is_lowercase())
        || is_particle(second)
        || second.contains(['-', '’', '\''])
}

/// Returns whether a slash stands between two letters.
fn has_tight_slash(text: &str) -> bool {
    text.match_indices('/').any(|(at, _)| {
        text[..at].ends_with(char::is_alphabetic) && text[at + 1..].starts_with(char::is_alphabetic)
    })
}

/// Returns the parts of a text that is known to be a credit.
pub fn parts(text: &str) -> Credit {
    let mut parser = Parser::default();
    parser.line(without_markup(text));
    parser.credit
}

/// Returns the parts of the value of a header. Databases invert names: "Weaver, Ann; Lund, Jo".
pub fn header_parts(value: &str) -> Credit {
    let value = without_markup(value);
    let straight: Vec<String> = value.split(';').map(straightened).collect();
    parts(&straight.join("; "))
}

/// Returns "Ann Weaver" for "Weaver, Ann", and other texts unchanged.
fn straightened(name: &str) -> String {
    let name = name.trim().trim_end_matches(',');
    if let Some((last, first)) = name.split_once(", ") {
        let straight = format!("{first} {last}");
        let is_one_name = !first.contains(',') && word_count(first) <= 3 && !is_person(last);
        let is_tail = is_organisation(first)
            || is_role(first)
            || is_title_after(first)
            || kinds(first).any(Flags::COUNTRY);
        if is_one_name && !is_tail && opening(name).is_none() && is_person(&straight) {
            return straight;
        }
    }
    name.to_owned()
}

/// Returns those who are credited below the text: "(Reporting by Ann Weaver; Editing by Jo Lund)",
/// "Jo Lund in Oslo contributed to this report."
pub fn sign_off(text: &str) -> Credit {
    parts(text.trim_matches(['(', ')', '[', ']', '—', '–', '-', ' ', '.', '*', '_']))
}

fn ends_in_running_text(names: &str) -> bool {
    let is_time = names.ends_with("a.m.") || names.ends_with("p.m.");
    ends_sentence(names) && is_longer(names, 8) && !is_time
}

/// Returns a line without the marks of Markdown, of the wire, and without quotation marks and
/// brackets around it.
fn without_markup(line: &str) -> &str {
    line.trim_matches([
        ' ', '*', '_', '^', '=', '<', '>', '[', ']', '"', '“', '”', '~', '—', '–', '|', '#',
    ])
}

/// What a part of a credit line is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Part {
    /// A person's name.
    Person,
    /// An agency, outlet, trade, place, title, date or address.
    Known,
    /// One word that may be a place or an outlet.
    Lone,
    /// None of them.
    Unknown,
}

#[derive(Debug, Default)]
struct Parser {
    credit: Credit,
    /// What the first part is.
    first: Option<Part>,
    /// Whether something beside the names shows that they are a credit.
    has_evidence: bool,
    /// Whether a part is none that credits have.
    has_unknown: bool,
    /// Whether the line is a credit only if it begins with a name and has no unknown part.
    begins_with_name: bool,
}

/// The signs between the lists of a credit line. After all but the semicolon, names follow only
/// where none was before.
const SEPARATORS: [char; 8] = ['|', '•', '·', ';', '/', '\u{1f}', '\t', '‧'];

impl Parser {
    fn line(&mut self, text: &str) {
        let mut text = Cow::Borrowed(text);
        if text.contains("**") || text.contains('\u{1f}') {
            text = Cow::Owned(text.replace("**", "").replace('\u{1f}', " "));
        }
        let text = self.without_dates(&text);
        let text = self.without_brackets(&text);
        let mut is_list = true;
        for piece in text.split_inclusive(SEPARATORS) {
            let segment = piece.trim_end_matches(SEPARATORS);
            for (i, part) in split_at_dashes(segment).into_iter().enumerate() {
                self.segment(part, is_list && i == 0);
            }
            is_list = piece.ends_with(';');
        }
    }

    /// Replaces dates by a separator.
    fn without_dates<'t>(&mut self, text: &'t str) -> Cow<'t, str> {
        if !text.bytes().any(|byte| byte.is_ascii_digit()) {
            return Cow::Borrowed(text);
        }
        let mut out = String::with_capacity(text.len());
        let mut at = 0;
        for date in dates::find(text) {
            if date.range.start < at {
                continue;
            }
            out.push_str(&text[at..date.range.start]);
            out.push('\u{1f}');
            at = date.range.end;
            self.has_evidence = true;
        }
        out.push_str(&text[at..]);
        Cow::Owned(out)
    }

    /// Takes out what stands in brackets: an agency, a place, an address.
    fn without_brackets<'t>(&mut self, text: &'t str) -> Cow<'t, str> {
        if !text.contains('(') {
            return Cow::Borrowed(text);
        }
        let mut out = String::with_capacity(text.len());
        let mut rest = text;
        while let Some((before, after)) = rest.split_once(" (") {
            let Some((inside, behind)) = after.split_once(')') else {
                break;
            };
            out.push_str(before);
            self.note_agency(inside);
            if is_others_work(inside) {
                // "Jo Lund (photos)": the name is not a writer's.
                let start = out.rfind([',', '&', '|', ';']).map_or(0, |at| at + 1);
                let start = ["and ", "og ", "och ", "und "]
                    .iter()
                    .filter_map(|word| out[start..].rfind(&format!(" {word}")))
                    .max()
                    .map_or(start, |at| start + at);
                out.truncate(start);
            }
            let last = inside.rsplit([',', ' ']).next().unwrap_or(inside);
            self.has_evidence |= inside.contains('@') || is_trade_word(last);
            rest = behind;
        }
        out.push_str(rest);
        Cow::Owned(out)
    }

    /// Returns whether the line can't be a credit any more. Most lines that may be one are headlines, and are
    /// told from credits by their first part.
    fn is_over(&self) -> bool {
        let begins_otherwise = self.first.is_some_and(|first| first != Part::Person);
        self.begins_with_name && (self.has_unknown || begins_otherwise)
    }

    fn segment(&mut self, segment: &str, is_list: bool) {
        for ending in [" contributed to ", " contributed reporting"] {
            if let Some((names, _)) = segment.split_once(ending) {
                return self.list(names, Work::Addition, true);
            }
        }
        let may_write = is_list || self.credit.writers.is_empty();
        for (i, (work, names)) in by_label(segment).into_iter().enumerate() {
            // A weak label counts at the beginning of the line only.
            let start = match opening(names) {
                Some(label) if i == 0 && work.is_none() && self.first.is_none() => label.names,
                _ => 0,
            };
            let work = work.unwrap_or(Work::Writing);
            self.list(&names[start..], work, may_write);
        }
    }

    fn list(&mut self, list: &str, work: Work, may_write: bool) {
        for (i, item) in list.split(',').enumerate() {
            if self.is_over() {
                return;
            }
            let item = item.trim();
            let head = conjuncts(item).next().unwrap_or(item);
            let is_whole = !is_person(head) && (is_outlet(item) || is_role(item));
            if is_whole {
                self.part(item, work, may_write, i);
                continue;
            }
            for part in conjuncts(item) {
                self.part(part, work, may_write, i);
            }
        }
    }

    fn part(&mut self, part: &str, work: Work, may_write: bool, place: usize) {
        let part = part.trim_matches([' ', ',', '-', '–', '—', '"', ':', '(', ')', '=', '[', ']']);
        if part.is_empty() {
            return;
        }
        if without_date_words(part).is_empty() {
            return;
        }
        let kind = self.classify(part, work, may_write, place);
        self.first.get_or_insert(kind);
        self.has_unknown |= kind == Part::Unknown;
    }

    fn classify(&mut self, part: &str, work: Work, may_write: bool, place: usize) -> Part {
        let part = ["for ", "and ", "& "]
            .iter()
            .find_map(|opening| strip_prefix_ignore_case(part, opening))
            .unwrap_or(part);
        if self.note_agency(part) {
            return Part::Known;
        }
        let bare = without_contact(part);
        if bare.len() < part.len() {
            self.has_evidence = true;
        }
        let bare = without_date_words(bare);
        if bare.is_empty() || is_title_after(bare) || is_nobody(bare) || is_about_a_date(bare) {
            self.has_evidence |= !is_title_after(bare);
            return Part::Known;
        }
        if is_suffix(bare) {
            self.add_suffix(bare);
            return Part::Known;
        }
        let (head, place_or_outlet) = cut_at_preposition(bare);
        self.note_agency(place_or_outlet);
        self.note_outlet(place_or_outlet);
        let (name, tail) = name_and_tail(head);
        if !tail.is_empty() {
            self.has_evidence = true;
            self.note_agency(without_trade(tail));
            self.note_outlet(without_trade(tail));
        }
        // After a comma, a place is more likely than in front of it.
        let may_follow =
            || may_begin_name(name) && !is_named_like_a_place(name) && !is_outlet(name);
        if is_person(name) && (place == 0 || may_follow()) {
            if may_write {
                self.add(name, work);
            }
            return Part::Person;
        }
        if self.begins_with_name && self.first.is_none() {
            return Part::Unknown;
        }
        self.describe(bare, head)
    }

    /// Returns what a part is that has no name in it.
    fn describe(&mut self, part: &str, head: &str) -> Part {
        let last = head.rsplit(' ').next().unwrap_or(head);
        let is_organisation = is_organisation(head) || is_named_with_article(head);
        if is_organisation || is_trade_word(last) || is_trade_word(head) {
            self.has_evidence = true;
            self.note_outlet(part);
            return Part::Known;
        }
        if is_place(head) || is_role(part) || is_named_like_a_place(head) {
            return Part::Known;
        }
        if word_count(head) <= 1 && !head.starts_with(char::is_lowercase) {
            return Part::Lone;
        }
        Part::Unknown
    }

    fn add(&mut self, name: &str, work: Work) {
        let names = match work {
            Work::Writing => &mut self.credit.writers,
            Work::Addition => &mut self.credit.contributors,
            Work::Other => return,
        };
        let name = in_record_case(name);
        if !names.contains(&name) {
            names.push(name);
        }
    }

    /// Adds "Jr." to the last writer.
    fn add_suffix(&mut self, suffix: &str) {
        if let Some(last) = self.credit.writers.last_mut() {
            last.push(' ');
            last.push_str(suffix);
        }
    }

    fn note_agency(&mut self, text: &str) -> bool {
        let text = ["for ", "avec ", "with ", "mit ", "con ", "via "]
            .iter()
            .find_map(|word| strip_prefix_ignore_case(text, word))
            .unwrap_or(text);
        let Some(agency) = agency_named(text.trim()) else {
            return false;
        };
        self.credit.agency.get_or_insert(agency);
        self.has_evidence = true;
        true
    }

    fn note_outlet(&mut self, text: &str) {
        let text = strip_prefix_ignore_case(text, "for ")
            .unwrap_or(text)
            .trim();
        let text = text.strip_prefix("the ").unwrap_or(text);
        if is_masthead(text) && agency_named(text).is_none() {
            self.credit
                .outlet
                .get_or_insert_with(|| in_record_form(text));
            self.has_evidence = true;
        }
    }
}

/// Returns whether a text is a name with an article: "The Kiosk". In lower case, as in "By the
/// Numbers", the article is that of a headline.
fn is_named_with_article(text: &str) -> bool {
    (text.starts_with("The ") || text.starts_with("THE "))
        && !is_longer(text, 6)
        && !text.contains(':')
        && text
            .split(' ')
            .all(|word| !word.starts_with(char::is_lowercase))
}

/// Cuts a segment at its dashes: "Ann Weaver - Quay Herald".
fn split_at_dashes(segment: &str) -> Vec<&str> {
    let mut parts = vec![segment];
    for dash in [" - ", " – ", " — "] {
        if segment.contains(dash) {
            parts = parts.iter().flat_map(|part| part.split(dash)).collect();
        }
    }
    parts
}

/// Words between two names. Those of other languages than English are also parts of names, so they
/// count only between two whole names.
const CONJUNCTIONS: &[&str] = &[
    "and", "&", "with", "und", "et", "och", "og", "y", "e", "i", "en",
];

/// Cuts an item at the words between names.
fn conjuncts(item: &str) -> impl Iterator<Item = &str> {
    let mut rest = Some(item);
    std::iter::from_fn(move || {
        let text = rest?;
        let cut = conjunction_in(text);
        let (part, behind) = match cut {
            Some((start, end)) => (&text[..start], Some(&text[end..])),
            None => (text, None),
        };
        rest = behind;
        Some(part)
    })
}

/// Returns where the first conjunction of a text begins and ends, with the spaces around it.
fn conjunction_in(text: &str) -> Option<(usize, usize)> {
    let mut at = 0;
    for word in text.split(' ') {
        let (start, end) = (at, at + word.len());
        at = end + 1;
        if start == 0 && !word.eq_ignore_ascii_case("and") || end == text.len() {
            continue;
        }
        let is_known = CONJUNCTIONS
            .iter()
            .position(|known| known.eq_ignore_ascii_case(word));
        let is_cut = match is_known {
            Some(0..=2) => true,
            Some(_) => {
                let behind = &text[end + 1..];
                let next = behind.split(" and ").next().unwrap_or(behind);
                is_person(text[..start].trim_end()) && is_person(next)
            }
            None => false,
        };
        if is_cut {
            return Some((start.saturating_sub(1), end + 1));
        }
    }
    None
}

/// Returns a part without addresses and without what follows a word that begins with a digit:
/// "Ann Weaver 3 min read".
fn without_contact(part: &str) -> &str {
    let is_contact = |word: &str| {
        word.contains('@')
            || word.starts_with(|c: char| c.is_ascii_digit())
            || is_host(word)
            || word.contains("://")
    };
    let mut at = 0;
    for word in part.split(' ') {
        if is_contact(word) {
            return part[..at].trim_end();
        }
        at += word.len() + 1;
    }
    part
}

/// Returns whether a word is the name of a host, as in "www.quay.example".
fn is_host(word: &str) -> bool {
    let word = word.trim_end_matches(['.', ',']);
    let labels = word.split('.').count();
    labels >= 2
        && word.split('.').all(|label| {
            label.len() >= 2
                && label
                    .bytes()
                    .all(|b| b.is_ascii_alphanumeric() || b == b'-')
        })
        && (strip_prefix_ignore_case(word, "www.").is_some()
            || word.bytes().all(|b| !b.is_ascii_uppercase()))
}

/// Returns a part without words such as "Published" and "Updated:" around it.
fn without_date_words(part: &str) -> &str {
    let mut part = part.trim();
    loop {
        let last = part.rsplit(' ').next().unwrap_or(part);
        let is_word = is_beside_dates(bare_word(last)) || last.is_empty();
        if !is_word || part.is_empty() {
            return part.trim_end_matches([':', ' ', '-', '–']);
        }
        part = part[..part.len() - last.len()].trim_end();
    }
}

/// Prepositions between a name and a place or an employer.
static PREPOSITIONS: WordList = WordList::of(&["in", "for", "of", "at", "from", "reports", "to"]);

/// Cuts a part at the first preposition after its first word.
fn cut_at_preposition(part: &str) -> (&str, &str) {
    let mut at = 0;
    for word in part.split(' ') {
        let (start, end) = (at, at + word.len());
        at = end + 1;
        if start > 0 && PREPOSITIONS.has(word) {
            let behind = part.get(end + 1..).unwrap_or_default();
            return (part[..start - 1].trim_end(), behind);
        }
    }
    (part, "")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_parts_of_credits() {
        for (line, names, agency, outlet) in [
            ("By Ann Weaver", "Ann Weaver", None, None),
            ("BY ANN MCWEAVER", "Ann McWeaver", None, None),
            (
                "By Ann Weaver and Jo Lund",
                "Ann Weaver; Jo Lund",
                None,
                None,
            ),
            (
                "By Ann Weaver, Jo Lund & Bo Li",
                "Ann Weaver; Jo Lund; Bo Li",
                None,
                None,
            ),
            (
                "Written by Ann Weaver, Reuters",
                "Ann Weaver",
                Some("Reuters"),
                None,
            ),
            ("By Reuters", "", Some("Reuters"), None),
            ("By Ann Weaver (AP)", "Ann Weaver", Some("AP"), None),
            (
                "By Ann Weaver in Oslo and agencies",
                "Ann Weaver",
                None,
                None,
            ),
            (
                "By ANN O'WEAVER, Herald Staff Writer",
                "Ann O'Weaver",
                None,
                None,
            ),
            ("By Ann Weaver Staff Writer", "Ann Weaver", None, None),
            (
                "By Mary Ann Weaver Senior Staff Writer",
                "Mary Ann Weaver",
                None,
                None,
            ),
            (
                "BY ANN WEAVER QUAY POST COLUMNIST",
                "Ann Weaver",
                None,
                Some("Quay Post"),
            ),
            (
                "By Ann Weaver of the Associated Press",
                "Ann Weaver",
                Some("AP"),
                None,
            ),
            (
                "By Ann Weaver, president of the Glass Union",
                "Ann Weaver",
                None,
                None,
            ),
            ("By Staff and Wire Reports", "", None, None),
            ("By Prof. Ann Weaver", "Prof. Ann Weaver", None, None),
            (
                "By Ann Weaver (text) and Jo Lund (photos)",
                "Ann Weaver",
                None,
                None,
            ),
            (
                "By ANN WEAVER Associated Press",
                "Ann Weaver",
                Some("AP"),
                None,
            ),
            ("By Ann Weaver For Quay Online", "Ann Weaver", None, None),
            (
                "Northwire writer Jo Lund in Oslo",
                "Jo Lund",
                Some("Northwire"),
                None,
            ),
            (
                "By Ann Weaver, Oslo, and Jo Lund, New York",
                "Ann Weaver; Jo Lund",
                None,
                None,
            ),
            ("By Ann Weaver, Calder Bay", "Ann Weaver", None, None),
            (
                "By Ann Weaver, M.D., and Jo Lund, Ph.D.",
                "Ann Weaver; Jo Lund",
                None,
                None,
            ),
            ("By Ann Weaver, Jr.", "Ann Weaver Jr.", None, None),
            ("By Ann Weaver, Mayor of Quay", "Ann Weaver", None, None),
            (
                "By Ann Weaver, The Quay Herald, October 7, 2031",
                "Ann Weaver",
                None,
                Some("The Quay Herald"),
            ),
            (
                "By Ann Weaver | QBC | Updated: Mar 5, 2031, 09:10 IST",
                "Ann Weaver",
                None,
                None,
            ),
            (
                "By ANN WEAVER | aweaver@quay.example | Quay Tribune",
                "Ann Weaver",
                None,
                Some("Quay Tribune"),
            ),
            (
                "By Ann Weaver (@annweaver) 3 min read",
                "Ann Weaver",
                None,
                None,
            ),
            (
                "By Ann Weaver, with additional reporting by Jo Lund",
                "Ann Weaver",
                None,
                None,
            ),
            (
                "Words by Ann Weaver, pictures by Jo Lund",
                "Ann Weaver",
                None,
                None,
            ),
            (
                "Posted on July 8, 2031 by Ann Weaver",
                "Ann Weaver",
                None,
                None,
            ),
            (
                "By Emily Post, The Herald",
                "Emily Post",
                None,
                Some("The Herald"),
            ),
            ("By Herald Staff", "", None, None),
            ("By The Editorial Board", "", None, None),
            ("By Quay Town Council", "", None, None),
            ("By Ministry of Fish", "", None, None),
            ("By WWW.QUAY.EXAMPLE", "", None, None),
            ("By Kiosk Radio News", "", None, None),
            (
                "Von Ann Weaver und Jo Lund",
                "Ann Weaver; Jo Lund",
                None,
                None,
            ),
            (
                "Por José Ortega y Gasset",
                "José Ortega y Gasset",
                None,
                None,
            ),
        ] {
            let credit = parts(line);
            assert_eq!(credit.writers.join("; "), names, "{line}");
            assert_eq!(credit.agency.as_deref(), agency, "{line}");
            assert_eq!(credit.outlet.as_deref(), outlet, "{line}");
        }
    }

    #[test]
    fn lines_that_are_credits() {
        for (line, expected) in [
            ("By Ann Weaver", Some(Sureness::Label)),
            ("By Staff", Some(Sureness::Label)),
            ("By Kiosk", Some(Sureness::Label)),
            ("From Ann Weaver in Oslo", Some(Sureness::Label)),
            ("From Our Own Correspondent", Some(Sureness::Label)),
            ("Ann Weaver, Staff Writer", Some(Sureness::Beside)),
            ("Ann Weaver Harbour correspondent", Some(Sureness::Beside)),
            (
                "Ann Weaver | Harbour Reporter | March 4, 2031",
                Some(Sureness::Beside),
            ),
            (
                "Ann Weaver / QBC / Mar 4, 2031, 07:12 IST",
                Some(Sureness::Beside),
            ),
            ("Ann Weaver - Daily Herald", Some(Sureness::Beside)),
            ("July 8, 2031 by Ann Weaver", Some(Sureness::Beside)),
            ("Ann Weaver in Oslo", Some(Sureness::Name)),
            ("By George, He's Back", None),
            ("By Land or Sea, Refugees Keep Coming", None),
            ("By Bread Alone", None),
            ("By the time he left, it was dark.", None),
            ("Von der Weaver", None),
            ("Harbour Board, Ministry Agree", None),
            ("Board Shuts Old Ferry Stairs", None),
            ("Home | News | Sport", None),
            ("Jo Lund/The Herald", None),
            ("Yesterday, Island President Ann Weaver", None),
            (
                "Posted on July 8, 2031 by Ann Weaver",
                Some(Sureness::Beside),
            ),
            (
                "By Ann Weaver Globe Staff,Updated March 4, 2031, 7:12 a.m.",
                Some(Sureness::Label),
            ),
        ] {
            let sureness = read(line).map(|credit| credit.sureness);
            assert_eq!(sureness, expected, "{line}");
        }
    }

    #[test]
    fn headers_and_credits_below_the_text() {
        for (value, names) in [
            ("Weaver, Ann", "Ann Weaver"),
            ("O'Hanlon, Fiona; Lund, Jo", "Fiona O'Hanlon; Jo Lund"),
            ("Ann Weaver, Staff Writer", "Ann Weaver"),
            ("Ann Weaver, Jo Lund", "Ann Weaver; Jo Lund"),
            ("Ann Weaver, T. J. Lund", "Ann Weaver; T. J. Lund"),
            ("/people/ann-weaver", ""),
        ] {
            assert_eq!(header_parts(value).writers.join("; "), names, "{value}");
        }
        for (text, writers, contributors) in [
            (
                "(Reporting by Ann Weaver in Oslo; Editing by Jo Lund)",
                "Ann Weaver",
                "",
            ),
            (
                "Additional reporting by Ann Weaver and Jo Lund",
                "",
                "Ann Weaver; Jo Lund",
            ),
            (
                "Northwire writer Jo Lund in Oslo contributed to this report.",
                "",
                "Jo Lund",
            ),
        ] {
            let credit = sign_off(text);
            assert_eq!(credit.writers.join("; "), writers, "{text}");
            assert_eq!(credit.contributors.join("; "), contributors, "{text}");
        }
    }
}
