//! What an article made of another: what it kept, cut, added and changed, word by word.

use rustc_hash::FxHashSet;
use serde::Serialize;
use similar::{Algorithm, DiffOp, capture_diff_slices};

use crate::text::shingles::{self, shingles, words_of};

/// The most words of a passage that counts as changed to another; of more words, one was cut and the
/// other added.
const CHANGED: usize = 12;

/// A run of fewer words than this between two changes that was left as it was is there by chance.
const CHANCE: usize = 3;

/// The length of the runs by which a passage is recognised in another place, and the least share of its
/// words, in percent, that are in such runs.
const RUN: usize = 5;
const MOVED: usize = 80;

/// A paragraph of at least this many words is an article's own if less than this share of it, in percent,
/// is in the other.
const OWN_WORDS: usize = 12;
const OWN: usize = 20;

/// What became of a passage.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(tag = "kind", rename_all = "kebab-case")]
pub enum Change {
    /// It stands as it was.
    Kept {
        /// The passage.
        text: String,
    },
    /// It is not there any more.
    Cut {
        /// The passage.
        text: String,
    },
    /// It was not there.
    Added {
        /// The passage.
        text: String,
    },
    /// It stood in another place.
    Moved {
        /// The passage.
        text: String,
    },
    /// It stands in the place of another.
    Changed {
        /// The passage.
        text: String,
        /// The passage that it replaces.
        was: String,
    },
}

/// A word as it is printed, with the number of its paragraph and the form by which it is compared.
struct Word<'a> {
    text: &'a str,
    paragraph: usize,
    form: u64,
}

fn words<'a>(paragraphs: &[&'a str]) -> Vec<Word<'a>> {
    let mut words = Vec::new();
    for (paragraph, text) in paragraphs.iter().enumerate() {
        for text in text.split_whitespace() {
            let form = shingles(&words_of([text]), usize::MAX).next().unwrap_or(0);
            words.push(Word {
                text,
                paragraph,
                form,
            });
        }
    }
    words
}

/// Returns the text of words, a line for each paragraph.
fn text_of(words: &[Word<'_>]) -> String {
    let mut text = String::new();
    let mut last = None;
    for word in words {
        match last {
            None => {}
            Some(paragraph) if paragraph == word.paragraph => text.push(' '),
            Some(_) => text.push('\n'),
        }
        text.push_str(word.text);
        last = Some(word.paragraph);
    }
    text
}

/// A stretch of both texts: the words of the one that stand where words of the other stood.
#[derive(Clone)]
struct Stretch {
    is_same: bool,
    old: std::ops::Range<usize>,
    new: std::ops::Range<usize>,
}

/// Returns what the article with the paragraphs `new` made of that with `old`, in the order of the text.
pub fn changes(old: &[&str], new: &[&str]) -> Vec<Change> {
    let (old, new) = (words(old), words(new));
    let (old_runs, new_runs) = (runs(&old), runs(&new));
    let mut changes = Vec::new();
    for Stretch {
        is_same,
        old: from,
        new: to,
    } in stretches(&old, &new)
    {
        let (was, text) = (&old[from], &new[to]);
        if is_same {
            let text = text_of(text);
            changes.push(Change::Kept { text });
            continue;
        }
        let is_change = !was.is_empty() && !text.is_empty();
        if is_change && was.len().max(text.len()) <= CHANGED {
            changes.push(Change::Changed {
                text: text_of(text),
                was: text_of(was),
            });
            continue;
        }
        if !was.is_empty() && covered(was, &new_runs) < MOVED {
            let text = text_of(was);
            changes.push(Change::Cut { text });
        }
        if !text.is_empty() {
            let is_moved = covered(text, &old_runs) >= MOVED;
            let text = text_of(text);
            changes.push(match is_moved {
                true => Change::Moved { text },
                false => Change::Added { text },
            });
        }
    }
    changes
}

/// Returns the stretches of two texts, in order. What stayed by chance between two changes is part of
/// one change.
fn stretches(old: &[Word<'_>], new: &[Word<'_>]) -> Vec<Stretch> {
    let forms = |words: &[Word<'_>]| words.iter().map(|word| word.form).collect::<Vec<_>>();
    let all = capture_diff_slices(Algorithm::Myers, &forms(old), &forms(new));
    let mut stretches: Vec<Stretch> = Vec::new();
    for op in all {
        let mut stretch = Stretch {
            is_same: matches!(op, DiffOp::Equal { .. }),
            old: op.old_range(),
            new: op.new_range(),
        };
        // A change takes the words by chance before it, and the change before those.
        if !stretch.is_same
            && let [.., before, chance] = &stretches[..]
            && chance.is_same
            && chance.new.len() < CHANCE
            && !before.is_same
            && extent(before).min(extent(&stretch)) > chance.new.len()
        {
            stretch.old.start = before.old.start;
            stretch.new.start = before.new.start;
            stretches.truncate(stretches.len() - 2);
        }
        match stretches.last_mut() {
            Some(last) if last.is_same == stretch.is_same => {
                last.old.end = stretch.old.end;
                last.new.end = stretch.new.end;
            }
            _ => stretches.push(stretch),
        }
    }
    stretches
}

fn extent(stretch: &Stretch) -> usize {
    stretch.old.len().max(stretch.new.len())
}

fn forms_of(words: &[Word<'_>]) -> Vec<shingles::Word> {
    words_of(words.iter().map(|word| word.text))
}

fn runs(words: &[Word<'_>]) -> FxHashSet<u64> {
    shingles(&forms_of(words), RUN).collect()
}

/// Returns the share, in percent, of words that are in runs of another text.
fn covered(words: &[Word<'_>], runs: &FxHashSet<u64>) -> usize {
    covered_forms(&forms_of(words), runs)
}

fn covered_forms(forms: &[shingles::Word], runs: &FxHashSet<u64>) -> usize {
    let (mut covered, mut end) = (0, 0);
    for (start, run) in shingles(forms, RUN).enumerate() {
        if runs.contains(&run) {
            let run_end = (start + RUN).min(forms.len());
            covered += run_end - end.max(start);
            end = run_end;
        }
    }
    covered * 100 / forms.len().max(1)
}

/// Returns whether an article with the paragraphs `new` has paragraphs of its own that one with `old` has
/// not.
pub fn has_own_paragraphs(old: &[&str], new: &[&str]) -> bool {
    let runs: FxHashSet<u64> = shingles(&words_of(old.iter().copied()), RUN).collect();
    new.iter().any(|paragraph| {
        let forms = words_of([*paragraph]);
        forms.len() >= OWN_WORDS && covered_forms(&forms, &runs) < OWN
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    const LEAD: &str =
        "The council of Brindle sold its only ferry on Wednesday after a debate of nine hours.";
    const PRICE: &str =
        "The buyer, a bank in Corran, paid forty thousand crowns and will keep the crew of six.";
    const MAYOR: &str =
        "Mayor Ada Holm called it a bargain, and left the hall before the votes were counted.";

    fn shown(old: &[&str], new: &[&str]) -> String {
        let shown = changes(old, new).into_iter().map(|change| match change {
            Change::Kept { text } => format!("={}", text.split_whitespace().count()),
            Change::Cut { text } => format!("-{text}"),
            Change::Added { text } => format!("+{text}"),
            Change::Moved { text } => format!("~{}", text.split_whitespace().count()),
            Change::Changed { text, was } => format!("{was}>{text}"),
        });
        shown.collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn tells_what_became_of_each_passage() {
        let retold = LEAD.replace("Wednesday", "Tuesday evening");
        for (old, new, expected) in [
            (vec![LEAD, PRICE], vec![LEAD, PRICE], "=33".to_owned()),
            (vec![LEAD, PRICE], vec![LEAD], format!("=16 -{PRICE}")),
            (vec![LEAD], vec![LEAD, MAYOR], format!("=16 +{MAYOR}")),
            (
                vec![LEAD, PRICE, MAYOR],
                vec![LEAD, MAYOR, PRICE],
                "=16 ~16 =17".to_owned(),
            ),
            (
                vec![LEAD],
                vec![&retold],
                "=9 Wednesday>Tuesday evening =6".to_owned(),
            ),
            (vec![PRICE], vec![MAYOR], format!("-{PRICE} +{MAYOR}")),
            (vec![LEAD], vec![&LEAD.to_uppercase()], "=16".to_owned()),
        ] {
            assert_eq!(shown(&old, &new), expected);
        }
    }

    #[test]
    fn an_own_paragraph_is_new_in_most_of_its_words() {
        for (old, new, has) in [
            (vec![LEAD], vec![LEAD, MAYOR], true),
            (vec![LEAD, PRICE], vec![LEAD], false),
            (vec![LEAD], vec![LEAD, "He left."], false),
            (vec![PRICE], vec![&*PRICE.replace("keep", "dismiss")], false),
        ] {
            assert_eq!(has_own_paragraphs(&old, &new), has, "{new:?}");
        }
    }
}
