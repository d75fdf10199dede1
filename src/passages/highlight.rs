//! Finds the marks of a query in a text.

use std::ops::Range;

use rustc_hash::FxHashMap;

use super::mark::Mark;
use crate::archive::analyzer;
use crate::archive::analyzer::{Beginnings, Word};

/// A range of a text that matches a mark.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Highlight {
    /// The range, in bytes.
    pub range: Range<usize>,
    /// The index of the mark.
    pub mark: usize,
}

/// The marks of a query, indexed for one pass over the words of a text.
pub(super) struct Finder<'a> {
    marks: &'a [Mark],
    /// The code of the language of the text.
    language: Option<&'a str>,
    stems: FxHashMap<String, usize>,
    plain: FxHashMap<&'a str, usize>,
    exact: FxHashMap<&'a str, usize>,
    /// The phrases, by the stem of their first word.
    phrases: FxHashMap<String, Vec<MarkedPhrase<'a>>>,
    /// The forms of persons' names as words, longest first, each with its mark.
    forms: Vec<(usize, Vec<FormWord>)>,
    /// The beginnings of the words of marks. Other words are skipped.
    beginnings: Beginnings,
}

/// A phrase of a mark.
struct MarkedPhrase<'a> {
    mark: usize,
    words: &'a [String],
    /// The stems of the words, if words with the same stems are marked too.
    stems: Option<Vec<String>>,
    slop: u32,
}

impl MarkedPhrase<'_> {
    /// Returns whether a word, given with its stems, may be the word of the phrase at an index.
    fn has(&self, at: usize, word: &Word, stems: &WordStems) -> bool {
        match &self.stems {
            Some(wanted) => wanted[at] == stems.own || stems.other.as_ref() == Some(&wanted[at]),
            None => self.words[at] == word.plain,
        }
    }
}

/// The stems that a word of a text is found by.
struct WordStems {
    own: String,
    /// That of its lemma, if it is an irregular form and a word of its own.
    other: Option<String>,
}

/// A word of a form of a person's name.
struct FormWord {
    plain: String,
    /// The position of the word in the form.
    position: usize,
    is_capitalised: bool,
}

impl<'a> Finder<'a> {
    /// Returns the finder of some marks in texts of a language.
    pub(super) fn new(marks: &'a [Mark], language: Option<&'a str>) -> Self {
        let mut finder = Self {
            marks,
            language: language.filter(|code| analyzer::is_stemmed(code)),
            stems: FxHashMap::default(),
            plain: FxHashMap::default(),
            exact: FxHashMap::default(),
            phrases: FxHashMap::default(),
            forms: Vec::new(),
            beginnings: Beginnings::default(),
        };
        for (i, mark) in marks.iter().enumerate() {
            match mark {
                Mark::AnyForm(plain) => {
                    let stem = analyzer::stem_as(language, plain);
                    finder.beginnings.add(&stem);
                    finder.stems.entry(stem).or_insert(i);
                }
                Mark::Plain(plain) => {
                    finder.plain.entry(plain).or_insert(i);
                    finder.beginnings.add(plain);
                }
                Mark::Exact(typed) => {
                    finder.exact.entry(typed).or_insert(i);
                    for word in analyzer::query_words(typed) {
                        finder.beginnings.add(&word.plain);
                    }
                }
                Mark::Phrase { words, slop, forms } => finder.add_phrase(i, words, *slop, *forms),
                Mark::Person(forms) => {
                    for form in forms {
                        finder.add_form(i, form);
                    }
                }
            }
        }
        // What stemmers of other languages change is not known.
        if finder.language.is_some() {
            finder.beginnings = Beginnings::all();
        }
        finder
            .forms
            .sort_by_key(|(_, words)| std::cmp::Reverse(words.len()));
        finder
    }

    /// Adds the phrase of a mark.
    fn add_phrase(&mut self, mark: usize, words: &'a [String], slop: u32, forms: bool) {
        let stems = words
            .iter()
            .map(|plain| analyzer::stem_as(self.language, plain));
        let stems: Vec<String> = stems.collect();
        for first in if forms { &stems } else { words } {
            self.beginnings.add(first);
        }
        if let Some(first) = stems.first() {
            let phrases = self.phrases.entry(first.clone()).or_default();
            phrases.push(MarkedPhrase {
                mark,
                words,
                stems: forms.then_some(stems),
                slop,
            });
        }
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
            self.beginnings.add(&word.plain);
        }
        self.forms.push((mark, words));
    }

    /// Returns the highlights of a text, in order and without overlaps. Of highlights that begin at
    /// the same word, the longest is returned.
    pub(super) fn find(&self, text: &str) -> Vec<Highlight> {
        if self.marks.is_empty() {
            return Vec::new();
        }
        let words = analyzer::words_beginning(text, &self.beginnings);
        let stems = words.iter().map(|word| WordStems {
            own: analyzer::stem_as(self.language, &word.plain),
            other: analyzer::other_stem(&word.plain),
        });
        let stems: Vec<WordStems> = stems.collect();
        let mut highlights: Vec<Highlight> = Vec::new();
        for i in 0..words.len() {
            let mut found = Vec::new();
            self.persons_at(text, &words, i, &mut found);
            self.phrases_at(&words, &stems, i, &mut found);
            let by_stem = |stem: &String| self.stems.get(stem);
            let other = stems[i].other.as_ref().and_then(by_stem);
            let stem = by_stem(&stems[i].own).or(other);
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
    fn phrases_at(
        &self,
        words: &[Word],
        stems: &[WordStems],
        i: usize,
        found: &mut Vec<Highlight>,
    ) {
        let own = self.phrases.get(&stems[i].own);
        let other = (stems[i].other.as_ref()).and_then(|stem| self.phrases.get(stem));
        for phrase in own.into_iter().chain(other).flatten() {
            let is = |at: usize, wanted: usize| phrase.has(wanted, &words[at], &stems[at]);
            if !is(i, 0) {
                continue;
            }
            let mut at = vec![i];
            let mut left = phrase.slop as usize;
            for wanted in 1..phrase.words.len() {
                let from = at[at.len() - 1];
                let position = words[from].position;
                let next = (from + 1..words.len())
                    .take_while(|&k| words[k].position <= position + 1 + left)
                    .find(|&k| words[k].position > position && is(k, wanted));
                let Some(next) = next else { break };
                left -= words[next].position - position - 1;
                at.push(next);
            }
            if at.len() < phrase.words.len() {
                continue;
            }
            if phrase.slop == 0 {
                found.push(Highlight {
                    range: words[i].range.start..words[at[at.len() - 1]].range.end,
                    mark: phrase.mark,
                });
            } else {
                found.extend(at.into_iter().map(|k| Highlight {
                    range: words[k].range.clone(),
                    mark: phrase.mark,
                }));
            }
        }
    }
}
