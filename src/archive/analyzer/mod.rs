//! The analyzer: turns words into terms, for files and for queries.
//!
//! [`words()`] finds and folds the words of a text, and [`stem`] stems an English word. The
//! tokenizers that are registered with the engine use these two.
//!
//! A word is indexed as it is spelt, with its positions; beside it, its stem is indexed where it is
//! spelt otherwise. A word in any form is the stem and the word spelt like it.
//!
//! - A word is a run of letters, digits and combining marks. It is folded: lower case, no
//!   diacritics, letters such as æ and ß spelled out.
//! - Apostrophes inside a word are removed (`O'Brien` → `obrien`, `isn’t` → `isnt`); a possessive
//!   's is not part of the word.
//! - Full stops between single letters are removed (`U.S.` → `us`, `p.m.` → `pm`), and so are an
//!   ampersand (`AT&T` → `att`) and a comma between digits (`1,200` → `1200`). A point between
//!   digits is kept (`3.5`).
//! - A hyphen separates words (`sit-down` → `sit`, `down`). Letters and digits joined by a hyphen
//!   are also one term at the same position: `COVID-19` is found as `covid19`, `covid` and `19`.
//! - A line end adds [`BLOCK_GAP`] to the position of the next word: blocks are indexed one per
//!   line, and no phrase spans two.
//! - Each character of Chinese, Japanese and Thai is a word, since these scripts have no spaces.
//!
//! Two adjacent, very frequent words are also a term of a separate field (see [`pair`]).

mod fold;
mod irregular;
mod language;
mod pairs;
mod scan;
mod tokens;
mod word_cache;
mod words;

use tantivy::Index;
use tantivy::tokenizer::TextAnalyzer;

pub use fold::MAX_TERM_BYTES;
pub use irregular::irregular_forms;
pub use language::{has_stem, is_stemmed, stem_as, stem_in, stems_text};
pub use pairs::pair;
pub use scan::{BLOCK_GAP, is_apostrophe, is_word_char};
use tokens::{NewsTokenizer, TermForm};
pub use word_cache::{other_stem, stem};
pub use words::{Word, in_capitals, is_in_capitals, query_words, words, words_beginning};

/// The version of these rules. An index with another version is rebuilt.
pub const VERSION: u32 = 4;

/// The name of the tokenizer that returns the stems of words that are spelt otherwise.
pub const STEMS: &str = "news-stems";

/// The name of the tokenizer that returns words as they are spelt.
pub const PLAIN: &str = "news";

/// The name of the tokenizer that finds pairs of frequent words.
pub const PAIRS: &str = "news-pairs";

/// Registers all tokenizers with an index. The engine does not store them, so this is called each
/// time an index is opened.
pub fn register(index: &Index) {
    let manager = index.tokenizers();
    for (name, form) in [
        (PLAIN, TermForm::Plain),
        (STEMS, TermForm::Stem),
        (PAIRS, TermForm::Pair),
    ] {
        manager.register(name, TextAnalyzer::from(NewsTokenizer { form }));
    }
}
