//! Finds the marks of a query in a text.

use std::ops::Range;

use rustc_hash::FxHashMap;

use super::mark::Mark;
use crate::archive::analyzer;
use crate::archive::analyzer::Word;

/// A range of a text that matches a mark.
#[derive(Clone, Debug)]
pub(super) struct Highlight {
    /// The range, in bytes.
    pub(super) range: Range<usize>,
    /// The index of the mark.
    pub(super) mark: usize,
}

/// The marks of a query, indexed for one pass over the words of a text.
pub(super) struct Finder<'a> {
    marks: &'a [Mark],
    stems: FxHashMap<&'a str, usize>,
    plain: FxHashMap<&'a str, usize>,
    exact: FxHashMap<&'a str, usize>,
    /// The phrases, by their first stem.
    phrases: FxHashMap<&'a str, Vec<usize>>,
    /// The forms of persons' names as words, longest first, each with its mark.
    forms: Vec<(usize, Vec<FormWord>)>,
    /// For each byte, the second bytes of the words of marks that begin with it. Words with other
    /// first two bytes are skipped: stemming changes only the ends of words.
    first_bytes: Box<[Following; 256]>,
}

/// The second bytes of words that share a first byte.
#[derive(Clone, Copy, Default)]
struct Following {
    /// A bit for each byte.
    bytes: [u64; 4],
}

impl Following {
    fn add(&mut self, byte: u8) {
        self.bytes[usize::from(byte >> 6)] |= 1 << (byte & 63);
    }

    fn is_empty(&self) -> bool {
        self.bytes == [0; 4]
    }

    fn has(&self, byte: u8) -> bool {
        self.bytes[usize::from(byte >> 6)] >> (byte & 63) & 1 == 1
    }
}

/// A word of a form of a person's name.
struct FormWord {
    plain: String,
    /// The position of the word in the form.
    position: usize,
    is_capitalised: bool,
}

impl<'a> Finder<'a> {
    pub(super) fn new(marks: &'a [Mark]) -> Self {
        let mut finder = Self {
            marks,
            stems: FxHashMap::default(),
            plain: FxHashMap::default(),
            exact: FxHashMap::default(),
            phrases: FxHashMap::default(),
            forms: Vec::new(),
            first_bytes: Box::new([Following::default(); 256]),
        };
        for (i, mark) in marks.iter().enumerate() {
            match mark {
                Mark::Stem(stem) => {
                    finder.stems.entry(stem).or_insert(i);
                    finder.note_first(stem);
                }
                Mark::Plain(plain) => {
                    finder.plain.entry(plain).or_insert(i);
                    finder.note_first(plain);
                }
                Mark::Exact(typed) => {
                    finder.exact.entry(typed).or_insert(i);
                    for word in analyzer::query_words(typed) {
                        finder.note_first(&word.plain);
                    }
                }
                Mark::Phrase { stems, .. } => {
                    if let Some(first) = stems.first() {
                        finder.phrases.entry(first).or_default().push(i);
                    }
                    for stem in stems {
                        finder.note_first(stem);
                    }
                }
                Mark::Person(forms) => {
                    for form in forms {
                        finder.add_form(i, form);
                    }
                }
            }
        }
        finder
            .forms
            .sort_by_key(|(_, words)| std::cmp::Reverse(words.len()));
        finder
    }

    /// Adds a form of the person of a mark.
    fn add_form(&mut self, mark: usize, form: &str) {
        let words: Vec<FormWord> = analyzer::words(form)
            .into_iter()
            .map(|word| FormWord {
                is_capitalised: form[word.range].starts_with(char::is_uppercase),
                plain: word.plain,
                position: word.position,
            })
            .collect();
        if words.is_empty() {
            return;
        }
        for word in &words {
            self.note_first(&word.plain);
        }
        self.forms.push((mark, words));
    }

    /// Adds the first two bytes of a stem to those of words that are not skipped.
    fn note_first(&mut self, stem: &str) {
        match *stem.as_bytes() {
            [] => {}
            // The stem of "oed" is "o".
            [first] => {
                self.first_bytes[usize::from(first)].bytes = [u64::MAX; 4];
            }
            [first, second, ..] => {
                let following = &mut self.first_bytes[usize::from(first)];
                following.add(second);
                // The stems of "dying", "lying" and "tying" begin with "di", "li" and "ti". Stemming
                // changes no other second letter.
                if second == b'i' {
                    following.add(b'y');
                }
            }
        }
    }

    /// Returns the highlights of a text, in order and without overlaps. Of highlights that begin at
    /// the same word, the longest is returned.
    pub(super) fn find(&self, text: &str) -> Vec<Highlight> {
        if self.marks.is_empty() {
            return Vec::new();
        }
        let words = analyzer::words_beginning(text, |bytes| match *bytes {
            [first] => !self.first_bytes[usize::from(first)].is_empty(),
            [first, second, ..] => self.first_bytes[usize::from(first)].has(second),
            [] => false,
        });
        let stems: Vec<String> = words
            .iter()
            .map(|word| analyzer::stem(&word.plain))
            .collect();
        let mut highlights: Vec<Highlight> = Vec::new();
        for i in 0..words.len() {
            let mut found = Vec::new();
            self.persons_at(text, &words, i, &mut found);
            self.phrases_at(&words, &stems, i, &mut found);
            let stem = self.stems.get(stems[i].as_str());
            let plain = self.plain.get(words[i].plain.as_str());
            let exact = (self.exact).get(&*analyzer::in_case(&text[words[i].range.clone()]));
            for &mark in [stem, plain, exact].into_iter().flatten() {
                found.push(Highlight {
                    range: words[i].range.clone(),
                    mark,
                });
            }
            highlights.extend(found);
        }
        for highlight in &mut highlights {
            // The last full stop of "U.S." is part of the word.
            if text[highlight.range.clone()].contains('.')
                && text[highlight.range.end..].starts_with('.')
            {
                highlight.range.end += 1;
            }
        }
        highlights.sort_by_key(|highlight| {
            (
                highlight.range.start,
                std::cmp::Reverse(highlight.range.end),
            )
        });
        let mut end = 0;
        highlights.retain(|highlight| {
            let is_free = highlight.range.start >= end;
            if is_free {
                end = highlight.range.end;
            }
            is_free
        });
        highlights
    }

    /// Adds the longest form of a person's name that begins at word `i` to `found`.
    fn persons_at(&self, text: &str, words: &[Word], i: usize, found: &mut Vec<Highlight>) {
        let form = self.forms.iter().find(|(_, form)| {
            form.len() <= words.len() - i
                && form.iter().zip(&words[i..]).all(|(form, word)| {
                    form.plain == word.plain
                        && form.position == word.position - words[i].position
                        && (!form.is_capitalised
                            || text[word.range.clone()].starts_with(char::is_uppercase))
                })
        });
        if let Some((mark, form)) = form {
            found.push(Highlight {
                range: words[i].range.start..words[i + form.len() - 1].range.end,
                mark: *mark,
            });
        }
    }

    /// Adds the phrases that begin at word `i` to `found`. A phrase without slop is one highlight; with
    /// slop, each of its words is one.
    fn phrases_at(&self, words: &[Word], stems: &[String], i: usize, found: &mut Vec<Highlight>) {
        let beginning = self.phrases.get(stems[i].as_str());
        for &mark in beginning.into_iter().flatten() {
            let Mark::Phrase {
                stems: wanted,
                slop,
            } = &self.marks[mark]
            else {
                continue;
            };
            let is = |at: usize, stem: &String| stems[at] == *stem;
            let mut at = vec![i];
            let mut left = *slop as usize;
            for stem in &wanted[1..] {
                let from = at[at.len() - 1];
                let position = words[from].position;
                let next = (from + 1..words.len())
                    .take_while(|&k| words[k].position <= position + 1 + left)
                    .find(|&k| words[k].position > position && is(k, stem));
                let Some(next) = next else { break };
                left -= words[next].position - position - 1;
                at.push(next);
            }
            if at.len() < wanted.len() {
                continue;
            }
            if *slop == 0 {
                found.push(Highlight {
                    range: words[i].range.start..words[at[at.len() - 1]].range.end,
                    mark,
                });
            } else {
                found.extend(at.into_iter().map(|k| Highlight {
                    range: words[k].range.clone(),
                    mark,
                }));
            }
        }
    }
}
