//! Finds what was asked for in a text.

use std::ops::Range;

use rustc_hash::FxHashMap;

use super::mark::Mark;
use crate::archive::analyzer;
use crate::archive::analyzer::Word;

/// A place in a text that holds what was asked for.
#[derive(Clone, Debug)]
pub(crate) struct Hit {
    pub(crate) range: Range<usize>,
    /// Which mark it is.
    pub(crate) mark: usize,
}

/// What is looked for, laid out for one pass over the words.
pub(crate) struct Finder<'a> {
    marks: &'a [Mark],
    stems: FxHashMap<&'a str, usize>,
    plain: FxHashMap<&'a str, usize>,
    exact: FxHashMap<&'a str, usize>,
    /// The phrases by their first stem.
    phrases: FxHashMap<&'a str, Vec<usize>>,
    /// Each person's forms as words, longest first, with the mark.
    forms: Vec<(usize, Vec<Form>)>,
    /// By the first byte of a mark's word, what follows it. A word that begins as none does need not be
    /// looked at, since stemming takes endings off.
    first_bytes: Box<[Following; 256]>,
}

/// What may follow the first byte of a word.
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

/// A word of a person's form.
struct Form {
    plain: String,
    /// Its place in the form, counted in words.
    position: usize,
    is_capitalised: bool,
}

impl<'a> Finder<'a> {
    pub(crate) fn new(marks: &'a [Mark]) -> Self {
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
                        let words = analyzer::words(form)
                            .into_iter()
                            .map(|word| Form {
                                is_capitalised: form[word.range].starts_with(char::is_uppercase),
                                plain: word.plain,
                                position: word.position,
                            })
                            .collect::<Vec<_>>();
                        if !words.is_empty() {
                            for word in &words {
                                finder.note_first(&word.plain);
                            }
                            finder.forms.push((i, words));
                        }
                    }
                }
            }
        }
        finder
            .forms
            .sort_by_key(|(_, words)| std::cmp::Reverse(words.len()));
        finder
    }

    fn note_first(&mut self, stem: &str) {
        match *stem.as_bytes() {
            [] => {}
            // The stem of oed has no second letter either.
            [first] => {
                self.first_bytes[usize::from(first)].bytes = [u64::MAX; 4];
            }
            [first, second, ..] => {
                let following = &mut self.first_bytes[usize::from(first)];
                following.add(second);
                // The stem of dying, lying, tying has an i there: no other second letter is changed.
                if second == b'i' {
                    following.add(b'y');
                }
            }
        }
    }

    /// Returns what is found in a text, in order and without overlaps: a longer hit wins over a
    /// shorter one that begins at the same word.
    pub(crate) fn find(&self, text: &str) -> Vec<Hit> {
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
        let mut hits: Vec<Hit> = Vec::new();
        for i in 0..words.len() {
            let mut found = Vec::new();
            self.persons_at(text, &words, i, &mut found);
            self.phrases_at(&words, &stems, i, &mut found);
            let stem = self.stems.get(stems[i].as_str());
            let plain = self.plain.get(words[i].plain.as_str());
            let exact = self.exact.get(&text[words[i].range.clone()]);
            for &mark in [stem, plain, exact].into_iter().flatten() {
                found.push(Hit {
                    range: words[i].range.clone(),
                    mark,
                });
            }
            hits.extend(found);
        }
        for hit in &mut hits {
            // The last full stop of U.S. is part of it.
            if text[hit.range.clone()].contains('.') && text[hit.range.end..].starts_with('.') {
                hit.range.end += 1;
            }
        }
        hits.sort_by_key(|hit| (hit.range.start, std::cmp::Reverse(hit.range.end)));
        let mut end = 0;
        hits.retain(|hit| {
            let is_free = hit.range.start >= end;
            if is_free {
                end = hit.range.end;
            }
            is_free
        });
        hits
    }

    /// Finds the longest form of a person that begins at word `i`.
    fn persons_at(&self, text: &str, words: &[Word], i: usize, found: &mut Vec<Hit>) {
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
            found.push(Hit {
                range: words[i].range.start..words[i + form.len() - 1].range.end,
                mark: *mark,
            });
        }
    }

    /// Finds the phrases that begin at word `i`. One without other words in between is marked as a
    /// whole, else each of its words is.
    fn phrases_at(&self, words: &[Word], stems: &[String], i: usize, found: &mut Vec<Hit>) {
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
                found.push(Hit {
                    range: words[i].range.start..words[at[at.len() - 1]].range.end,
                    mark,
                });
            } else {
                found.extend(at.into_iter().map(|k| Hit {
                    range: words[k].range.clone(),
                    mark,
                }));
            }
        }
    }
}
