//! How words become terms, for files and for queries alike.
//!
//! [`words`] finds and folds the words of a text; [`stem`] takes an English ending off one. The
//! tokenizers that the engine is given are these two and nothing else.
//!
//! - A word is a run of letters, digits and combining marks. It is folded: lower case, no
//!   diacritics, letters such as æ and ß spelled out.
//! - Apostrophes inside a word vanish (`O'Brien` → `obrien`, `isn’t` → `isnt`); a possessive 's is
//!   no part of the word.
//! - Full stops between single letters vanish (`U.S.` → `us`, `p.m.` → `pm`), as does an
//!   ampersand (`AT&T` → `att`) and a comma between digits (`1,200` → `1200`). A point between
//!   digits stays (`3.5`).
//! - A hyphen parts words, and each counts as one (`sit-down` → `sit`, `down`). Letters and
//!   digits that are joined by a hyphen are also one term, in the same place: `COVID-19` is
//!   found as `covid19`, `covid` and `19`.
//! - A line end sets the next word [`BLOCK_GAP`] places further on: blocks are indexed a line each,
//!   and no phrase runs from one into the next.
//! - Each character of Chinese, Japanese and Thai is a word, since no spaces mark them.
//!
//! Two very frequent words in a row are also a term, of a field of their own (see [`pair`]).

mod fold;
mod pairs;
mod remembered;
mod scan;
mod tokens;
mod words;

use tantivy::Index;
use tantivy::tokenizer::TextAnalyzer;

pub use fold::MAX_TERM_BYTES;
pub use pairs::pair;
pub use remembered::stem;
pub use scan::{BLOCK_GAP, is_apostrophe, is_word_char};
use tokens::{NewsTokenizer, TermForm};
pub use words::{Word, in_capitals, is_in_capitals, query_words, words, words_beginning};

/// The version of the rules on this page. An index that was built by another one is rebuilt.
pub const VERSION: u32 = 3;

/// The name of the analyzer for running text.
pub const STEMMED: &str = "news-en";

/// The name of the analyzer that leaves words unstemmed.
pub const PLAIN: &str = "news";

/// The name of the analyzer that finds pairs of frequent words.
pub const PAIRS: &str = "news-pairs";

/// Makes all analyzers known to an index. The engine does not store them: every opening of an
/// index has to call this.
pub fn register(index: &Index) {
    let manager = index.tokenizers();
    for (name, form) in [
        (PLAIN, TermForm::Plain),
        (STEMMED, TermForm::Stem),
        (PAIRS, TermForm::Pair),
    ] {
        manager.register(name, TextAnalyzer::from(NewsTokenizer { form }));
    }
}
