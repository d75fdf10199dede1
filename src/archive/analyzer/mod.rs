//! The analyzer: turns words into terms, for files and for queries.
//!
//! [`words()`] finds and folds the words of a text, and [`stem`] stems an English word. The
//! tokenizers that are registered with the engine use these two.
//!
//! A word is indexed as it is spelt, with its positions; beside it, its stem is indexed where it is
//! spelt otherwise. A word in any form is the stem and the word spelt like it.
//!
//! - A word is a run of letters or of digits. It is folded: lower case, no accents, letters such as
//!   æ and ß spelled out. The vowel signs and voicing marks of other scripts are kept.
//! - Letters and digits are separate words, with or without a hyphen: `COVID-19`, `covid19` and
//!   `Covid 19` are `covid`, `19`; where nothing but a hyphen is between them, the index also has
//!   `covid19`, by which they rank. The plural s of `F-16s` is not part of the number; `20th` and
//!   `1990s` are words, and `1990’s` is both the decade and the year.
//! - Apostrophes inside a word are removed (`O'Brien` → `obrien`, `isn’t` → `isnt`); a possessive
//!   's is not part of the word. An elided article is not either, but the index also has the whole
//!   word: `l’Élysée` is found as `élysée` and `lélysée`. A name with an ending, as Turkish writes it, is
//!   also indexed without: `İstanbul’da` as `istanbul`. So is a Persian word without what follows its zero-width
//!   non-joiner, and a Hebrew one without the letters before it that are words such as "and" and "in".
//! - Full stops between single letters are removed (`U.S.` → `us`, `p.m.` → `pm`), and so is a comma
//!   between digits (`1,200` → `1200`, `12,50,000` → `1250000`). A point between digits is kept (`3.5`), unless
//!   two or more points part the thousands (`1.250.000` → `1250000`). The decimal digits of all scripts are
//!   those of ASCII (`٢٠١٨` → `2018`). After a number, `bn`
//!   is `billion`, and `m` after a sum of money `million`. Fractions are words (`5½` → `5`, `½`);
//!   raised digits, as of footnotes, are not.
//! - An ampersand between parts of one or two letters makes a word of its own (`AT&T`, `Q & A`);
//!   the index also has the parts, at the same position.
//! - Letters such as ü are also indexed as spelled out: `Müller` as `muller` and `mueller`. The field of
//!   compounds has both (see [`umlaut`]), by which the query finds either by the other.
//! - A hyphen separates words (`sit-down` → `sit`, `down`). Two words joined by one are also terms of
//!   a separate field (see [`compound`]), which tells the query how `sitdown` may be parted.
//! - A line end adds [`BLOCK_GAP`] to the position of the next word: blocks are indexed one per
//!   line, and no phrase spans two.
//! - In scripts without spaces (Chinese, Japanese, Thai and others) and in Korean, each two neighbouring characters
//!   are a word, so that a word of any length is found as a phrase of such pairs. The last character
//!   of a run is also a word, so that each character begins one.
//!
//! Two adjacent, very frequent words are also a term of a separate field (see [`pair`]), and so are the
//! starts of sentences and paragraphs, at the positions of their first words (see [`unit_starts`]).

mod amounts;
mod beginnings;
mod characters;
mod fold;
mod forms;
mod irregular;
mod joints;
mod language;
mod numbers;
mod pairs;
mod scan;
mod tokens;
mod units;
mod word_cache;
mod words;

use tantivy::Index;
use tantivy::tokenizer::TextAnalyzer;

pub use amounts::{amounts, with_other_point};
pub use beginnings::Beginnings;
pub use characters::{
    is_apostrophe, is_dash, is_mark, is_one_character, is_word_char, stands_alone,
};
pub use fold::{MAX_TERM_BYTES, compound, compounds_begin, umlaut};
pub use forms::{has_stem, irregular_forms, pair, stem_as};
pub use joints::LONGEST_INITIALS;
pub use language::{is_stemmed, stem_in, stems_text};
pub use scan::{BLOCK_GAP, Role};
use tokens::{NewsTokenizer, TermForm};
pub use units::{PARAGRAPH_START, SENTENCE_START, unit_starts};
pub use word_cache::{compound_stem, other_stem, stem};
pub use words::{
    Word, in_capitals, in_case, is_in_capitals, joints, query_words, spelled_out, words,
    words_beginning,
};

/// The version of these rules. An index with another version is rebuilt.
pub const VERSION: u32 = 11;

/// The name of the tokenizer that returns the stems of words that are spelt otherwise.
pub const STEMS: &str = "news-stems";

/// The name of the tokenizer that returns words as they are spelt.
pub const PLAIN: &str = "news";

/// The name of the tokenizer that finds pairs of frequent words.
pub const PAIRS: &str = "news-pairs";

/// The name of the tokenizer that finds where sentences and paragraphs start.
pub const UNITS: &str = "news-units";
/// The name of the tokenizer that finds words joined by a hyphen.
pub const COMPOUNDS: &str = "news-compounds";

/// Registers all tokenizers with an index. The engine does not store them, so this is called each
/// time an index is opened.
pub fn register(index: &Index) {
    let manager = index.tokenizers();
    for (name, form) in [
        (PLAIN, TermForm::Plain),
        (STEMS, TermForm::Stem),
        (PAIRS, TermForm::Pair),
        (UNITS, TermForm::Unit),
        (COMPOUNDS, TermForm::Compound),
    ] {
        manager.register(name, TextAnalyzer::from(NewsTokenizer { form }));
    }
}
