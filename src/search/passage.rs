//! Cuts passages out of an article and marks what was asked for.
//!
//! A passage is made of whole sentences where they are short enough. Those sentences are taken
//! first that hold most of what was asked for, each mark counting once and a rare one more than a
//! frequent one.

use std::ops::Range;

use rustc_hash::FxHashMap;
use serde::Serialize;

use super::sentences::sentences;
use crate::archive::analyzer::{self, Word};
use crate::article::Article;
use crate::query::Mark;

/// A passage: pieces of text that make it up when put one after the other.
pub type Passage = Vec<Span>;

/// How many passages an article is shown by, at the most.
const MOST_PASSAGES: usize = 3;

/// The longest passage in characters: three lines of a terminal of 80 columns.
const MOST_CHARS: usize = 240;

/// A sentence shorter than this, in characters, is shown with the one after it.
const SHORT_SENTENCE: usize = 70;

/// How much of an article's body is looked through, in bytes. No news article is longer; a file of
/// many megabytes is no article, and its first part tells as much.
pub const SCANNED_BYTES: usize = 1 << 18;

/// What stands where a passage leaves something out of a sentence.
const ELLIPSIS: &str = "…";

/// What stands between the words that a passage has and those that it leaves out.
const APART: [char; 7] = [',', ';', ':', ' ', '—', '–', '-'];

/// A piece of a passage.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Span {
    /// The text.
    pub text: String,
    /// Whether it is what was asked for.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub hit: bool,
}

/// Returns the passages of an article that hold what was asked for, in the order of the text, or
/// its lead where its body holds none of it.
pub fn cut(article: &Article, marks: &[Mark]) -> Vec<Passage> {
    let finder = Finder::new(marks);
    let mut blocks = Vec::new();
    let mut scanned = 0;
    for text in article.body() {
        if scanned >= SCANNED_BYTES {
            break;
        }
        let text = prefix(text, SCANNED_BYTES - scanned);
        scanned += text.len();
        let hits = finder.find(text);
        blocks.push((text, hits));
    }
    let mut counts = vec![0u32; marks.len()];
    for hit in blocks.iter().flat_map(|(_, hits)| hits) {
        counts[hit.mark] += 1;
    }
    let mut candidates = Vec::new();
    for (block, (text, hits)) in blocks.iter().enumerate() {
        if hits.is_empty() {
            continue;
        }
        for sentence in sentences(text) {
            let inside: Vec<&Hit> = hits
                .iter()
                .filter(|hit| sentence.start <= hit.range.start && hit.range.end <= sentence.end)
                .collect();
            if !inside.is_empty() {
                candidates.push(Candidate {
                    block,
                    marks: distinct(&inside),
                    sentence,
                });
            }
        }
    }
    let chosen = choose(&candidates, &counts);
    if chosen.is_empty() {
        return lead(&blocks).into_iter().collect();
    }
    let mut passages: Vec<(usize, Range<usize>)> = Vec::new();
    for candidate in chosen {
        let (text, hits) = &blocks[candidate.block];
        let range = widen(text, &candidate.sentence);
        // The sentence after it may have been chosen as well.
        match passages.last_mut() {
            Some((block, last)) if *block == candidate.block && range.start < last.end => {
                last.end = last.end.max(range.end);
                *last = fit(text, hits, last.clone());
            }
            _ => passages.push((candidate.block, fit(text, hits, range))),
        }
    }
    passages
        .into_iter()
        .map(|(block, range)| spans(blocks[block].0, &blocks[block].1, range))
        .collect()
}

/// Returns whether an article is so long that not all of it is looked through.
pub fn is_bounded(article: &Article) -> bool {
    article.body().map(str::len).sum::<usize>() > SCANNED_BYTES
}

/// A sentence that holds something that was asked for.
struct Candidate {
    block: usize,
    sentence: Range<usize>,
    /// The marks in it, each once, in order.
    marks: Vec<usize>,
}

fn distinct(hits: &[&Hit]) -> Vec<usize> {
    let mut marks: Vec<usize> = hits.iter().map(|hit| hit.mark).collect();
    marks.sort_unstable();
    marks.dedup();
    marks
}

/// Returns the best sentences, in the order of the text. Each after the first is taken for the
/// marks that those before it lack; a second is shown even where it has no new one, a third is not.
fn choose<'a>(candidates: &'a [Candidate], counts: &[u32]) -> Vec<&'a Candidate> {
    let rarity = |mark: usize| 1.0 / (1.0 + f64::from(counts[mark]).ln().max(0.0));
    let mut covered = vec![false; counts.len()];
    let mut chosen: Vec<usize> = Vec::new();
    while chosen.len() < MOST_PASSAGES {
        let worth = |candidate: &Candidate| -> (f64, f64) {
            let sum = |is_counted: &dyn Fn(usize) -> bool| -> f64 {
                candidate
                    .marks
                    .iter()
                    .filter(|&&mark| is_counted(mark))
                    .map(|&mark| rarity(mark))
                    .sum()
            };
            (sum(&|mark| !covered[mark]), sum(&|_| true))
        };
        let mut best: Option<(usize, (f64, f64))> = None;
        for (i, candidate) in candidates.iter().enumerate() {
            let worth = worth(candidate);
            // Of two that are worth the same, the earlier says it first.
            if !chosen.contains(&i) && best.is_none_or(|(_, most)| worth > most) {
                best = Some((i, worth));
            }
        }
        let Some((best, (new, _))) = best else { break };
        if new == 0.0 && chosen.len() >= 2 {
            break;
        }
        for &mark in &candidates[best].marks {
            covered[mark] = true;
        }
        chosen.push(best);
    }
    chosen.sort_unstable();
    chosen.into_iter().map(|i| &candidates[i]).collect()
}

/// Returns the first sentences of the first block that has words, unmarked.
fn lead(blocks: &[(&str, Vec<Hit>)]) -> Option<Passage> {
    let (text, _) = blocks.iter().find(|(text, _)| !text.trim().is_empty())?;
    let mut sentences = sentences(text).into_iter();
    let mut range = sentences.next()?;
    for next in sentences {
        if text[range.start..next.end].chars().count() > MOST_CHARS {
            break;
        }
        range.end = next.end;
    }
    let range = fit(text, &[], range);
    Some(spans(text, &[], range))
}

/// Widens a short sentence by the one after it, where both fit.
fn widen(text: &str, sentence: &Range<usize>) -> Range<usize> {
    let is_short = text[sentence.clone()].chars().count() < SHORT_SENTENCE;
    let next = sentences(&text[sentence.end..])
        .into_iter()
        .next()
        .filter(|_| is_short);
    match next {
        Some(next) => {
            let end = sentence.end + next.end;
            if text[sentence.start..end].chars().count() <= MOST_CHARS {
                sentence.start..end
            } else {
                sentence.clone()
            }
        }
        None => sentence.clone(),
    }
}

/// Narrows a range to the longest passage, around the words that hold most of what was asked for.
fn fit(text: &str, hits: &[Hit], range: Range<usize>) -> Range<usize> {
    if text[range.clone()].chars().count() <= MOST_CHARS {
        return range;
    }
    let inside: Vec<&Hit> = hits
        .iter()
        .filter(|hit| range.start <= hit.range.start && hit.range.end <= range.end)
        .collect();
    // The stretch of hits with most distinct marks that leaves room for words around it.
    let mut best = (0, range.start..range.start);
    for (i, first) in inside.iter().enumerate() {
        for last in &inside[i..] {
            let stretch = first.range.start..last.range.end;
            if text[stretch.clone()].chars().count() > MOST_CHARS * 3 / 4 {
                break;
            }
            let count = distinct(&inside[i..])
                .into_iter()
                .filter(|&mark| {
                    inside.iter().any(|hit| {
                        hit.mark == mark
                            && stretch.start <= hit.range.start
                            && hit.range.end <= stretch.end
                    })
                })
                .count();
            if count > best.0 {
                best = (count, stretch);
            }
        }
        // A range with very many hits shows the same words again and again.
        if i > 40 {
            break;
        }
    }
    let stretch = best.1;
    let room = MOST_CHARS.saturating_sub(text[stretch.clone()].chars().count());
    let before = text[range.start..stretch.start].chars().count();
    let after = text[stretch.end..range.end].chars().count();
    // What one side does not need, the other gets.
    let left = before.min((room / 2).max(room.saturating_sub(after)));
    let right = after.min(room - left);
    let start = back(text, stretch.start, left);
    let end = forth(text, stretch.end, right);
    let start = if start <= range.start {
        range.start
    } else {
        (start..stretch.start)
            .find(|&at| is_cut(text, at))
            .map_or(stretch.start, |at| {
                // What parts it from the words that are left out is left out with them.
                let rest = &text[at..stretch.start];
                stretch.start - rest.trim_start_matches(APART).len()
            })
    };
    let end = if end >= range.end {
        range.end
    } else {
        (stretch.end..=end)
            .rev()
            .find(|&at| is_cut(text, at))
            .unwrap_or(end)
    };
    start..end
}

/// Returns the place so many characters before `at`.
fn back(text: &str, at: usize, chars: usize) -> usize {
    text[..at]
        .char_indices()
        .rev()
        .take(chars)
        .last()
        .map_or(at, |(start, _)| start)
}

/// Returns the place so many characters after `at`.
fn forth(text: &str, at: usize, chars: usize) -> usize {
    text[at..]
        .char_indices()
        .nth(chars)
        .map_or(text.len(), |(offset, _)| at + offset)
}

/// Returns whether a passage may begin or end at the space at `at`: not between two capitalised
/// words, which may be one name, and not beside a number, which needs its unit.
fn is_cut(text: &str, at: usize) -> bool {
    if text.as_bytes()[at] != b' ' {
        return false;
    }
    let before = text[..at].rsplit(' ').next().unwrap_or_default();
    let after = text[at + 1..].split(' ').next().unwrap_or_default();
    let is_name = |word: &str| word.starts_with(char::is_uppercase);
    let is_number = |word: &str| word.bytes().any(|b| b.is_ascii_digit());
    !((is_name(before) && is_name(after)) || is_number(before) || is_number(after))
}

/// Cuts a range of a text into marked and unmarked pieces. An ellipsis stands where it begins or
/// ends inside a sentence.
fn spans(text: &str, hits: &[Hit], range: Range<usize>) -> Passage {
    let mut passage = Vec::new();
    let mut push = |text: &str, hit: bool| {
        if !text.is_empty() {
            passage.push(Span {
                text: text.to_owned(),
                hit,
            });
        }
    };
    let is_inner_start = !starts_sentence(text, range.start);
    let lead_in = if is_inner_start {
        format!("{ELLIPSIS} ")
    } else {
        String::new()
    };
    let mut at = range.start;
    let mut plain = lead_in;
    for hit in hits {
        if hit.range.start < at || hit.range.end > range.end {
            continue;
        }
        plain.push_str(&text[at..hit.range.start]);
        push(&plain, false);
        plain.clear();
        push(&text[hit.range.clone()], true);
        at = hit.range.end;
    }
    plain.push_str(&text[at..range.end]);
    if range.end < text.trim_end().len() && !ends_sentence(&text[..range.end]) {
        plain.truncate(plain.trim_end_matches(APART).len());
        plain.push(' ');
        plain.push_str(ELLIPSIS);
    }
    push(&plain, false);
    passage
}

/// Returns whether a sentence starts at `at`: it is the start of the text, or a sentence ends
/// before it.
fn starts_sentence(text: &str, at: usize) -> bool {
    text[..at].trim_end().is_empty() || ends_sentence(text[..at].trim_end())
}

fn ends_sentence(text: &str) -> bool {
    text.trim_end_matches(['"', '\'', '”', '’', '»', ')', ']'])
        .ends_with(['.', '!', '?', '…'])
}

/// Returns the start of a text, cut at a character.
fn prefix(text: &str, bytes: usize) -> &str {
    let mut end = bytes.min(text.len());
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    &text[..end]
}

/// A place in a text that holds what was asked for.
#[derive(Clone, Debug)]
struct Hit {
    range: Range<usize>,
    /// Which mark it is.
    mark: usize,
}

/// What is looked for, laid out for one pass over the words.
struct Finder<'a> {
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
    fn new(marks: &'a [Mark]) -> Self {
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
    fn find(&self, text: &str) -> Vec<Hit> {
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::article::{Block, BlockKind};

    fn article(paragraphs: &[&str]) -> Article {
        let mut article = crate::fields::field(
            "test",
            0,
            crate::clean::Cleaned::default(),
            &crate::clean::Knowledge::default(),
        );
        article.blocks = paragraphs
            .iter()
            .map(|text| Block {
                kind: BlockKind::Paragraph,
                text: (*text).to_owned(),
            })
            .collect();
        article
    }

    /// Reads marks as typed: `word`, `"a phrase"`, `"a phrase"~2`, `=plain`, `@Form|Form`.
    fn marks(typed: &str) -> Vec<Mark> {
        typed
            .split(", ")
            .filter(|one| !one.is_empty())
            .map(|one| {
                let stems = |text: &str| -> Vec<String> {
                    analyzer::query_words(text)
                        .iter()
                        .map(|word| analyzer::stem(&word.plain))
                        .collect()
                };
                if let Some(forms) = one.strip_prefix('@') {
                    Mark::Person(forms.split('|').map(str::to_owned).collect())
                } else if let Some(plain) = one.strip_prefix('=') {
                    Mark::Plain(plain.to_owned())
                } else if let Some(typed) = one.strip_prefix('^') {
                    Mark::Exact(typed.to_owned())
                } else if let Some(phrase) = one.strip_prefix('"') {
                    let (phrase, slop) = phrase.split_once('"').unwrap();
                    let slop = slop.strip_prefix('~').map_or(0, |n| n.parse().unwrap());
                    Mark::Phrase {
                        stems: stems(phrase),
                        slop,
                    }
                } else {
                    Mark::Stem(stems(one).remove(0))
                }
            })
            .collect()
    }

    /// Writes passages with `[marks]`, one after the other with ` / ` in between.
    fn shown(paragraphs: &[&str], typed: &str) -> String {
        let passages: Vec<String> = cut(&article(paragraphs), &marks(typed))
            .into_iter()
            .map(|passage| {
                passage
                    .into_iter()
                    .map(|span| {
                        if span.hit {
                            format!("[{}]", span.text)
                        } else {
                            span.text
                        }
                    })
                    .collect()
            })
            .collect();
        passages.join(" / ")
    }

    #[test]
    fn marks_what_was_asked_for() {
        for (text, typed, expected) in [
            ("The talks began.", "talk", "The [talks] began."),
            ("The talks began.", "talks, begin", "The [talks] began."),
            (
                "Talking talks talked.",
                "talk",
                "[Talking] [talks] [talked].",
            ),
            ("The talks began.", "absent", "The talks began."),
            ("The talks began.", "", "The talks began."),
            ("The U.S. said so.", "us", "The [U.S.] said so."),
            ("The US said so.", "us", "The [US] said so."),
            ("Trade with the U.S.", "us", "Trade with the [U.S.]"),
            ("COVID-19 cases rose.", "covid19", "[COVID-19] cases rose."),
            ("Covid19 cases rose.", "covid19", "[Covid19] cases rose."),
            (
                "Holm’s plan, Holm's hope.",
                "holm",
                "[Holm]’s plan, [Holm]'s hope.",
            ),
            ("The O’Brien plan.", "obrien", "The [O’Brien] plan."),
            ("At the café today.", "cafe", "At the [café] today."),
            (
                "The harbour master left.",
                "\"harbour master\"",
                "The [harbour master] left.",
            ),
            (
                "Harbour and master left.",
                "\"harbour master\"",
                "Harbour and master left.",
            ),
            (
                "Harbour and master left.",
                "\"harbour master\"~1",
                "[Harbour] and [master] left.",
            ),
            (
                "The harbour's old master.",
                "\"harbour master\"~1",
                "The [harbour]'s old [master].",
            ),
            (
                "Cold war, warm peace.",
                "\"cold war\", peace",
                "[Cold war], warm [peace].",
            ),
            (
                "Master of the harbour.",
                "\"harbour master\"",
                "Master of the harbour.",
            ),
            ("putin puts putting.", "=putin", "[putin] puts putting."),
            (
                "The US told us, US's Us, a U.S. G8.",
                "^US, ^G8",
                "The [US] told us, [US]'s Us, a U.S. [G8].",
            ),
            ("COVID-19, Covid-19.", "^COVID-19", "[COVID-19], Covid-19."),
            (
                "Ada Holm spoke. Holm left.",
                "@Ada Holm|Holm",
                "[Ada Holm] spoke. [Holm] left.",
            ),
            ("Holmes met Holm.", "@Ada Holm|Holm", "Holmes met [Holm]."),
            ("Ada met Holm.", "@Ada Holm", "Ada met Holm."),
            (
                "At home in Bath, Mr Bath read.",
                "@Mr Bath",
                "At home in Bath, [Mr Bath] read.",
            ),
            ("The baker met Baker.", "@Baker", "The baker met [Baker]."),
            (
                "J. R. Holm and Holm's ally.",
                "@J. R. Holm|Holm",
                "[J. R. Holm] and [Holm]'s ally.",
            ),
            (
                "The harbour, harbour talks.",
                "\"harbour talks\", harbour",
                "The [harbour], [harbour talks].",
            ),
        ] {
            assert_eq!(shown(&[text], typed), expected, "{text} / {typed}");
        }
    }

    #[test]
    fn finds_words_by_stems_that_begin_otherwise() {
        for word in ["dying", "lying", "tying", "skies", "oed", "a", "Ö", "東"] {
            assert!(is_found_by_its_stem(word), "{word}");
        }
    }

    proptest::proptest! {
        #![proptest_config(proptest::test_runner::Config::with_cases(5_000))]

        #[test]
        fn finds_words_by_their_stems(word in "[a-z]{1,5}(s|es|ies|ed|ing|ying|ly|y|ational|ness)?") {
            assert!(is_found_by_its_stem(&word), "{word}");
        }
    }

    fn is_found_by_its_stem(word: &str) -> bool {
        let plain = &analyzer::query_words(word)[0].plain;
        let marks = [Mark::Stem(analyzer::stem(plain))];
        Finder::new(&marks).find(word).len() == 1
    }

    #[test]
    fn chooses_sentences() {
        let council = "The council met on Tuesday in the old town hall, with the doors closed to all. \
                       It voted to sell the ferry line to a rival from across the bay in the spring. \
                       Nobody spoke against the sale, which had been agreed upon for many months before.";
        for (paragraphs, typed, expected) in [
            (
                &[council][..],
                "ferry",
                "It voted to sell the [ferry] line to a rival from across the bay in the spring.",
            ),
            (
                &[council],
                "council",
                "The [council] met on Tuesday in the old town hall, with the doors closed to all.",
            ),
            (
                &[council],
                "council, sale",
                "The [council] met on Tuesday in the old town hall, with the doors closed to all. / \
                 Nobody spoke against the [sale], which had been agreed upon for many months before.",
            ),
            (
                &["First comes the harbour.", "Then the ferry."],
                "ferry, harbour",
                "First comes the [harbour]. / Then the [ferry].",
            ),
            (
                &["The ferry left.", "The ferry came.", "The ferry sank."],
                "ferry",
                "The [ferry] left. / The [ferry] came.",
            ),
            (
                &["A ferry.", "A ferry.", "A ferry and a harbour."],
                "ferry, harbour",
                "A [ferry]. / A [ferry] and a [harbour].",
            ),
            (
                &["Short one. The ferry left."],
                "short",
                "[Short] one. The ferry left.",
            ),
            (
                &["The lead stands here. It goes on.", "More."],
                "absent",
                "The lead stands here. It goes on.",
            ),
            (&[""], "ferry", ""),
            (&[], "ferry", ""),
        ] {
            assert_eq!(
                shown(paragraphs, typed),
                expected,
                "{paragraphs:?} / {typed}"
            );
        }
    }

    #[test]
    fn trims_long_sentences_at_words() {
        let long = "When the committee, which had been appointed two years earlier by the former mayor \
                    and had sat through some forty hearings in as many weeks, at last came to its \
                    conclusions about the sale of the ferry line to Gull Bay Holdings for 12 million \
                    crowns, hardly anybody in the town of some nine thousand souls was still listening";
        for (typed, expected) in [
            (
                "ferry",
                "… and had sat through some forty hearings in as many weeks, at last came to its \
                 conclusions about the sale of the [ferry] line to Gull Bay Holdings for 12 million \
                 crowns, hardly anybody in the town of some nine thousand souls was still …",
            ),
            (
                "committee",
                "When the [committee], which had been appointed two years earlier by the former \
                 mayor and had sat through some forty hearings in as many weeks, at last came to its \
                 conclusions about the sale of the ferry line to Gull Bay Holdings …",
            ),
            (
                "listening",
                "… had sat through some forty hearings in as many weeks, at last came to its \
                 conclusions about the sale of the ferry line to Gull Bay Holdings for 12 million \
                 crowns, hardly anybody in the town of some nine thousand souls was still [listening]",
            ),
        ] {
            let cut = shown(&[long], typed);
            assert_eq!(cut, expected, "{typed}");
            assert!(cut.chars().count() <= MOST_CHARS + 6);
        }
    }

    #[test]
    fn bounds_what_it_looks_through() {
        let endless = "word ".repeat(SCANNED_BYTES / 4) + "ferry";
        let passages = cut(&article(&[&endless]), &marks("ferry"));
        assert_eq!(passages.len(), 1);
        assert!(passages[0].iter().all(|span| !span.hit));
    }
}
