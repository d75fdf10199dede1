//! What is to be seen of one line at the top.

use crate::clean::agencies::agency_named;
use crate::clean::credits::{self, Sureness};
use crate::clean::date_lines;
use crate::clean::emphasis::without_heading_marks;
use crate::clean::letterhead::{is_contact, release_label};
use crate::clean::navigation::{is_breadcrumb, is_navigation_item, is_sharing};
use crate::clean::text_lines::{Furniture, TextLine};
use crate::date::printed as dates;
use crate::text::sentence::{ends_open, ends_sentence, ends_statement, starts_lower};
use crate::text::word_list::WordList;
use crate::text::words::{is_word_char, word_count};

/// The most words of a line that is searched for a credit.
const LONGEST_CREDIT_WORDS: usize = 24;

/// The longest line, in bytes, that is searched for a credit or a date.
const LONGEST_CREDIT: usize = 160;

/// How the words of a line are capitalised.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Capitals {
    /// LIKE THIS.
    All,
    /// Like Almost All Words of This.
    Titles,
    /// Like this.
    Sentence,
    /// Too few words to tell.
    #[default]
    Unclear,
}

/// What is to be seen of one line.
#[derive(Debug, Default)]
pub struct Facts {
    /// Whether it is inside a paragraph of running text: no unit begins with it.
    pub is_inside: bool,
    pub words: usize,
    /// The kind of furniture that it is, credits and dates aside.
    pub furniture: Option<Furniture>,
    pub ends_statement: bool,
    pub ends_sentence: bool,
    /// Whether it has the label of a byline.
    pub is_byline: bool,
    pub is_date: bool,
    /// Whether it is a date with the name of an outlet, an edition or a page.
    pub is_dated: bool,
    /// Whether it has a full date beside other words.
    pub has_date: bool,
    /// Whether it is the name of a section, an item of a menu or a path of sections.
    pub is_section: bool,
    /// Whether it is the standing head of a column of short items.
    pub is_standing_head: bool,
    /// Whether it is the name of a newspaper.
    pub is_newspaper: bool,
    /// Whether it is the label of a press release, with no headline after it.
    pub is_release_label: bool,
    /// Whether it is the name of a news agency.
    pub is_agency: bool,
    pub is_name: bool,
    pub is_trade: bool,
    /// Whether it gives an address, a telephone number or the like.
    pub is_contact: bool,
    /// Whether it is a label with a value, as in "HOST: Ann Writer".
    pub is_labelled: bool,
    pub capitals: Capitals,
    pub content: Content,
}

impl Facts {
    /// Gathers what is to be seen of a line of running text.
    pub fn of_text(line: &TextLine<'_>) -> Self {
        let (capitals, content) = long_words(line.text);
        Self {
            words: word_count(line.text),
            furniture: line.furniture,
            ends_statement: ends_statement(line.text),
            ends_sentence: ends_sentence(line.text),
            capitals,
            content,
            ..Self::default()
        }
    }

    /// Gathers what is to be seen of a line that may belong to the page head.
    pub fn of(line: &TextLine<'_>) -> Self {
        let text = line.text;
        let facts = Self::of_text(line);
        let words = facts.words;
        if text.len() > LONGEST_CREDIT || facts.furniture.is_some() {
            return facts;
        }
        let bare = without_heading_marks(text);
        let has_digit = text.bytes().any(|byte| byte.is_ascii_digit())
            || !text.is_ascii() && text.chars().any(char::is_numeric);
        let has_marks = text.contains(['/', '>', '»', '›', '|']);
        let is_dated = has_digit && words <= MOST_WORDS_OF_DATED_LINE;
        let date = is_dated.then(|| rest_of_date(text)).flatten();
        let credit = (words <= LONGEST_CREDIT_WORDS)
            .then(|| credits::sureness(text))
            .flatten();
        Self {
            is_byline: credit.is_some_and(|sureness| sureness >= Sureness::Beside)
                || words <= 3 && credits::is_bare_byline_label(text),
            // "7:12 a.m." ends like a statement.
            is_date: (!(facts.ends_statement && words > 6) || date_lines::is_date_line(text))
                && (has_digit && date_lines::is_about_a_date(text)
                    || date.is_some() && credits::is_outlet_and_date(text)
                    || words <= 3 && date_lines::is_bare_date_label(text)),
            is_dated: date == Some(Rest::Names),
            has_date: date.is_some(),
            is_contact: is_contact(text),
            is_labelled: is_labelled(text),
            is_section: words <= LONGEST_SECTION
                && (is_section(text) || has_marks && is_path(bare)),
            is_standing_head: words <= 4 && STANDING_HEADS.has(bare),
            is_newspaper: words <= LONGEST_SECTION && credits::is_newspaper(bare),
            is_release_label: release_label(bare).is_some_and(|end| !bare[end..].starts_with(':')),
            is_agency: words <= 4 && agency_named(text.trim_matches(['(', ')'])).is_some(),
            is_name: credit.is_some(),
            is_trade: credits::is_trade(text) || credits::is_employer(text),
            ..facts
        }
    }
}

/// The standing heads of columns of short items: they are the headline where no other is.
static STANDING_HEADS: WordList = WordList::of(&[
    "briefly",
    "briefs",
    "clarification",
    "clarifications",
    "correction",
    "corrections",
    "corrections and clarifications",
    "digest",
    "errata",
    "in brief",
    "letters",
    "letters to the editor",
    "news briefs",
    "news digest",
    "news in brief",
    "news roundup",
    "news round-up",
    "roundup",
    "round-up",
    "world in brief",
]);

/// The most words in a path of sections.
const LONGEST_SECTION: usize = 12;

/// What a line has beside a date.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Rest {
    /// Names and figures alone, as in "The Quay Herald, 4 May 1921, Page 3".
    Names,
    /// Other words.
    Words,
}

/// The most words of a line that is looked at for a date with an outlet, an edition and a page.
const MOST_WORDS_OF_DATED_LINE: usize = 16;

/// Returns what a line has beside a full date, or `None` if it has no full date.
fn rest_of_date(text: &str) -> Option<Rest> {
    let found = dates::find(text);
    let date = found.iter().find(|found| match found.reading {
        dates::Reading::Plain(date) => date.is_day(),
        dates::Reading::Ambiguous { .. } => true,
        dates::Reading::Yearless { .. } => false,
    })?;
    let rest = text[..date.range.start]
        .split(' ')
        .chain(text[date.range.end..].split(' '));
    let is_name = |word: &str| {
        let first = word.chars().find(|c| c.is_alphanumeric());
        first.is_none_or(|c| c.is_uppercase() || c.is_numeric())
            || credits::is_name_particle(word)
            || word.starts_with("p.")
            || word.starts_with("pp.")
    };
    let is_names = rest.into_iter().all(is_name) && !ends_statement(text);
    Some(if is_names { Rest::Names } else { Rest::Words })
}

/// Returns whether a line begins with a label of one or two words and a colon.
fn is_labelled(text: &str) -> bool {
    text.split_once(": ").is_some_and(|(label, value)| {
        label.starts_with(char::is_uppercase)
            && label.split(' ').count() <= 2
            && label.chars().all(|c| c.is_alphabetic() || c == ' ')
            && !value.is_empty()
    })
}

/// Returns whether a line is the name of a section, an item of a menu or a path of sections.
fn is_section(text: &str) -> bool {
    let bare = text.trim_end_matches(['.', ':', ' ']);
    is_navigation_item(bare)
        || is_sharing(bare)
        || text.contains(['/', '>', '»', '›']) && is_breadcrumb(text)
}

/// Returns whether a line ends in a word that another must follow. The last word of a title in
/// capitals may be any: "Superbugs: What They Are".
pub fn is_cut_off(text: &str) -> bool {
    let last = text.rsplit(' ').next().unwrap_or(text);
    ends_open(text) && !(last.starts_with(char::is_uppercase) && has_lower_case(text))
}

/// Words in capitals that stand between others and may begin a line too.
const MAY_BEGIN: &[&str] = &["A", "AN", "BY", "FROM", "THE"];

/// Returns whether a line goes on from the one before by its first word: in lower case, or in capitals
/// with a word that stands between others, such as "OF".
pub fn goes_on(text: &str) -> bool {
    starts_lower(text)
        || text
            .split(' ')
            .next()
            .is_some_and(|first| ends_open(first) && !MAY_BEGIN.contains(&first))
            && !has_lower_case(text)
}

pub fn has_lower_case(text: &str) -> bool {
    text.chars().any(char::is_lowercase)
}

/// Returns whether a line is a row of short parts with marks between them.
fn is_path(text: &str) -> bool {
    [" / ", " > ", " » ", " › ", " | "].iter().any(|mark| {
        text.contains(mark) && text.split(mark).all(|part| part.split(' ').count() <= 3)
    })
}

/// The content words of a text: words of four letters or more, each as a key of its first five letters
/// in lower case.
#[derive(Debug, Default)]
pub struct Content {
    keys: Vec<u64>,
    /// A bit for each key, by which most other words are told apart.
    bits: u64,
}

impl Content {
    /// Returns the number of words.
    pub fn len(&self) -> usize {
        self.keys.len()
    }

    /// Returns the keys of the words.
    pub fn keys(&self) -> impl Iterator<Item = u64> {
        self.keys.iter().copied()
    }

    /// Returns whether a word is one of them.
    pub fn has(&self, key: u64) -> bool {
        self.bits & Self::bit(key) != 0 && self.keys.contains(&key)
    }

    fn push(&mut self, word: &str) {
        let mut key: u64 = 0;
        let mut push = |c: char| {
            key = key
                .wrapping_mul(0x11_0001)
                .wrapping_add(u64::from(u32::from(c)));
        };
        for c in word.chars().take(5) {
            if c.is_ascii() {
                push(c.to_ascii_lowercase());
            } else {
                c.to_lowercase().for_each(&mut push);
            }
        }
        self.bits |= Self::bit(key);
        self.keys.push(key);
    }

    fn bit(key: u64) -> u64 {
        1 << (key.wrapping_mul(0x9e37_79b9_7f4a_7c15) >> 58)
    }
}

/// The bytes of a line in which about one content word stands.
const BYTES_A_KEY: usize = 8;

/// Returns how the words of a line are capitalised, and its content words. Only words of four letters or
/// more count.
fn long_words(text: &str) -> (Capitals, Content) {
    let (mut long, mut upper_case, mut title_case) = (0, 0, 0);
    let mut content = Content {
        keys: Vec::with_capacity(text.len() / BYTES_A_KEY),
        bits: 0,
    };
    for word in text.split(|c: char| !is_word_char(c)) {
        if word.len() < 4 {
            continue;
        }
        content.push(word);
        if !word.starts_with(char::is_alphabetic) {
            continue;
        }
        long += 1;
        if !has_lower_case(word) {
            upper_case += 1;
        } else if word.starts_with(char::is_uppercase) {
            title_case += 1;
        }
    }
    let capitals = if upper_case == long && long > 0 {
        Capitals::All
    } else if long < 2 {
        Capitals::Unclear
    } else if upper_case + title_case == long {
        Capitals::Titles
    } else {
        Capitals::Sentence
    };
    (capitals, content)
}
