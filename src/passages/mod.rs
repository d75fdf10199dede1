//! Cuts passages out of an article and marks what was asked for.
//!
//! A passage is made of whole sentences where they are short enough. Those sentences are taken
//! first that hold most of what was asked for, each mark counting once and a rare one more than a
//! frequent one.

mod highlight;
mod mark;
mod sentences;
mod trim;

use std::ops::Range;

use crate::article::Article;
use highlight::{Finder, Hit};
pub use mark::Mark;
use sentences::sentences;
use trim::{MOST_CHARS, distinct, fit, prefix, spans, widen};
pub use trim::{Passage, Span};

/// How many passages an article is shown by, at the most.
const MOST_PASSAGES: usize = 3;

/// How much of an article's body is looked through, in bytes. No news article is longer; a file of
/// many megabytes is no article, and its first part tells as much.
pub const SCANNED_BYTES: usize = 1 << 18;

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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::archive::analyzer;
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
