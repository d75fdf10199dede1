//! Passages of an article: its sentences that match a query, trimmed and with the matches marked.
//!
//! A passage begins where a sentence begins, and whole sentences are shown if they are short enough. The sentences that have the most marks are
//! chosen first; each mark counts once, and a rare mark more than a frequent one.

mod choose;
mod highlight;
mod mark;
mod trim;

use std::ops::Range;

use serde::Serialize;

use crate::article::Article;
use crate::text::sentence::sentences;
use choose::{MarkedSentence, choose};
use highlight::Finder;
pub use highlight::Highlight;
pub use mark::Mark;
pub use trim::{Length, Passage, Span, text_of};
use trim::{fit, prefix, spans, widen};

/// The most bytes of a body that are searched for passages. No news article is longer; in a file of
/// many megabytes, the first part is enough.
pub const SCANNED_BYTES: usize = 1 << 18;

/// The passages of an article.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Cut {
    /// Those that have marks, in the order of the text, each with its place. If the body has no mark,
    /// its lead.
    pub passages: Vec<(Passage, Place)>,
    /// How often the body has any of the marks.
    pub occurrences: u32,
}

/// Cuts the passages of an article out of its body.
pub fn cut(article: &Article, marks: &[Mark], length: Length) -> Cut {
    let blocks = scan(article, &Finder::new(marks, article.language.as_deref()));
    let mut counts = vec![0u32; marks.len()];
    for highlight in blocks.iter().flat_map(|block| &block.highlights) {
        counts[highlight.mark] += 1;
    }
    let candidates: Vec<MarkedSentence> = (0..)
        .zip(&blocks)
        .flat_map(|(number, block)| MarkedSentence::all_of(number, block.text, &block.highlights))
        .collect();
    let chosen = choose(&candidates, &counts);
    if chosen.is_empty() {
        return Cut {
            passages: lead(&blocks, length).into_iter().collect(),
            occurrences: 0,
        };
    }
    let mut passages: Vec<(usize, Range<usize>)> = Vec::new();
    for sentence in chosen {
        let block = &blocks[sentence.block];
        let range = widen(block.text, &sentence.range, length);
        // A widened sentence may reach into the next chosen one: both become one passage.
        match passages.last_mut() {
            Some((number, last)) if *number == sentence.block && range.start < last.end => {
                last.end = last.end.max(range.end);
                *last = fit(block.text, &block.highlights, last.clone(), length);
            }
            _ => {
                let range = fit(block.text, &block.highlights, range, length);
                passages.push((sentence.block, range));
            }
        }
    }
    let passages = passages.into_iter();
    Cut {
        passages: passages
            .map(|(number, range)| placed(&blocks, number, range))
            .collect(),
        occurrences: counts.iter().sum(),
    }
}

/// Returns the highlights of each text, in order and without overlaps. The texts are in the language
/// with a code.
pub fn highlights<'a>(
    texts: impl IntoIterator<Item = &'a str>,
    language: Option<&str>,
    marks: &[Mark],
) -> Vec<Vec<Highlight>> {
    let finder = Finder::new(marks, language);
    texts.into_iter().map(|text| finder.find(text)).collect()
}

/// Returns a line of text, in the language with a code, in marked and unmarked spans; `None` if it
/// has no mark.
pub fn marked(line: &str, language: Option<&str>, marks: &[Mark]) -> Option<Passage> {
    let highlights = Finder::new(marks, language).find(line);
    let is_marked = !highlights.is_empty();
    is_marked.then(|| spans(line, &highlights, 0..line.len()).0)
}

/// Returns the first words of the body, about 60 characters.
pub fn beginning(article: &Article) -> Option<String> {
    const MAX_CHARS: usize = 60;
    let text = article.body().find(|text| !text.trim().is_empty())?;
    let mut beginning = String::new();
    let mut chars = 0;
    for word in text.split_whitespace() {
        chars += word.chars().count();
        if chars > MAX_CHARS && !beginning.is_empty() {
            beginning.push_str(" …");
            break;
        }
        if !beginning.is_empty() {
            beginning.push(' ');
            chars += 1;
        }
        beginning.push_str(word);
    }
    Some(beginning)
}

/// Where a passage stands in an article.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct Place {
    /// The number of its paragraph among those of the body, from 1.
    pub paragraph: usize,
    /// Its first character in the paragraph, from 0.
    pub from: usize,
    /// The character after its last.
    pub to: usize,
}

/// Returns whether an article is so long that only its first part is searched for passages.
pub fn is_bounded(article: &Article) -> bool {
    article.body().map(str::len).sum::<usize>() > SCANNED_BYTES
}

/// A block of the body with its highlights.
struct ScannedBlock<'a> {
    text: &'a str,
    highlights: Vec<Highlight>,
}

/// Returns the blocks of the body, up to [`SCANNED_BYTES`].
fn scan<'a>(article: &'a Article, finder: &Finder<'_>) -> Vec<ScannedBlock<'a>> {
    let mut blocks = Vec::new();
    let mut scanned = 0;
    for text in article.body() {
        if scanned >= SCANNED_BYTES {
            break;
        }
        let text = prefix(text, SCANNED_BYTES - scanned);
        scanned += text.len();
        let highlights = finder.find(text);
        blocks.push(ScannedBlock { text, highlights });
    }
    blocks
}

/// Returns a range of a block as a passage, with its place.
fn placed(blocks: &[ScannedBlock<'_>], number: usize, range: Range<usize>) -> (Passage, Place) {
    let ScannedBlock { text, highlights } = &blocks[number];
    let (passage, shown) = spans(text, highlights, range);
    let from = text[..shown.start].chars().count();
    let place = Place {
        paragraph: number + 1,
        from,
        to: from + text[shown].chars().count(),
    };
    (passage, place)
}

/// Returns the first sentences of the first block that has words. No block has highlights.
fn lead(blocks: &[ScannedBlock<'_>], length: Length) -> Option<(Passage, Place)> {
    let number = blocks
        .iter()
        .position(|block| !block.text.trim().is_empty())?;
    let text = blocks[number].text;
    let mut sentences = sentences(text).into_iter();
    let mut range = sentences.next()?;
    for next in sentences {
        if text[range.start..next.end].chars().count() > length.most {
            break;
        }
        range.end = next.end;
    }
    let range = fit(text, &[], range, length);
    Some(placed(blocks, number, range))
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

    /// Reads marks as typed: `word`, `"a phrase"`, `"a phrase"~2`, `"any forms"~`, `=plain`, `@Form|Form`.
    fn marks(typed: &str) -> Vec<Mark> {
        typed
            .split(", ")
            .filter(|one| !one.is_empty())
            .map(|one| {
                let words = |text: &str| -> Vec<String> {
                    let words = analyzer::query_words(text).into_iter();
                    words.map(|word| word.plain).collect()
                };
                if let Some(forms) = one.strip_prefix('@') {
                    Mark::Person(forms.split('|').map(str::to_owned).collect())
                } else if let Some(plain) = one.strip_prefix('=') {
                    Mark::Plain(plain.to_owned())
                } else if let Some(typed) = one.strip_prefix('^') {
                    Mark::Exact(typed.to_owned())
                } else if let Some(phrase) = one.strip_prefix('"') {
                    let (phrase, slop) = phrase.split_once('"').unwrap();
                    let slop = slop.strip_prefix('~');
                    Mark::Phrase {
                        words: words(phrase),
                        slop: slop.map_or(0, |n| n.parse().unwrap_or(0)),
                        forms: slop == Some(""),
                    }
                } else {
                    Mark::AnyForm(words(one).remove(0))
                }
            })
            .collect()
    }

    /// Writes passages with `[marks]`, one after the other with ` / ` in between.
    fn shown(paragraphs: &[&str], typed: &str) -> String {
        let cut = cut(&article(paragraphs), &marks(typed), Length::TERMINAL);
        let passages: Vec<String> = (cut.passages.into_iter())
            .map(|(passage, _)| {
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
            ("The talks began.", "talks, begin", "The [talks] [began]."),
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
            (
                "COVID-19 cases rose.",
                "\"covid19\"",
                "[COVID-19] cases rose.",
            ),
            (
                "Covid19 cases rose.",
                "\"covid19\"",
                "[Covid19] cases rose.",
            ),
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
                "^US",
                "The [US] told us, [US]'s Us, a [U.S.] G8.",
            ),
            ("COVID-19, Covid-19.", "^COVID", "[COVID]-19, Covid-19."),
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
        let marks = [Mark::AnyForm(plain.to_owned())];
        Finder::new(&marks, None).find(word).len() == 1
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
                "When the committee, which had been appointed two years earlier by the former \
                 mayor and had sat through some forty hearings in as many weeks, at last came to its \
                 conclusions about the sale of the [ferry] line to Gull Bay Holdings for 12 million \
                 crowns, hardly anybody in the town of some nine thousand …",
            ),
            (
                "committee",
                "When the [committee], which had been appointed two years earlier by the former \
                 mayor and had sat through some forty hearings in as many weeks, at last came to its \
                 conclusions about the sale of the ferry line to Gull Bay Holdings for 12 million \
                 crowns, hardly anybody in the town of some nine thousand …",
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
            assert!(cut.chars().count() <= Length::TERMINAL.most_of_sentence + 6);
        }
    }

    #[test]
    fn shows_whole_sentences_from_their_beginning() {
        let sentence = "The miller of Ash, who had said in spring that he would never leave the weir \
                        to the town, and in summer that he might, has in these days of rain and of \
                        letters from the district office talked in Oster with the keeper of the lock \
                        about a lease of the race by the autumn";
        assert!(sentence.chars().count() <= Length::TERMINAL.most_of_sentence);
        let paragraph = format!("It rained. {sentence}. Nobody paid.");
        for mark in ["lease", "keeper", "miller", "autumn"] {
            let expected = sentence.replace(mark, &format!("[{mark}]"));
            assert_eq!(shown(&[&paragraph], mark), format!("{expected}."), "{mark}");
        }
    }

    #[test]
    fn marks_headlines_and_begins_leads() {
        let marked = |headline: &str, typed: &str| {
            let passage = marked(headline, None, &marks(typed));
            passage.map(|spans| -> String {
                let spans = spans.into_iter();
                let shown = |span: Span| match span.hit {
                    true => format!("[{}]", span.text),
                    false => span.text,
                };
                spans.map(shown).collect()
            })
        };
        for (headline, typed, expected) in [
            ("Weir at Ash closes", "weir", Some("[Weir] at Ash closes")),
            ("Ash: weir closing", "close", Some("Ash: weir [closing]")),
            ("Ash: weir closing", "mill", None),
        ] {
            assert_eq!(marked(headline, typed).as_deref(), expected, "{headline}");
        }
        for (paragraphs, expected) in [
            (&["", "A weir."][..], Some("A weir.")),
            (
                &["The keeper of the weir at Ash said that it is closed until the autumn."],
                Some("The keeper of the weir at Ash said that it is closed until …"),
            ),
            (&[""], None),
        ] {
            let article = article(paragraphs);
            assert_eq!(beginning(&article).as_deref(), expected, "{paragraphs:?}");
        }
    }

    #[test]
    fn shows_longer_passages_on_a_page() {
        let text = "The ferry left. It was late. The harbour master had waited since the morning for \
                    the tide, with a lamp in one hand. Nobody else did. The town had gone to the fair, \
                    and the last of those who had stayed were asleep behind their shutters. It rained.";
        for (typed, length, expected) in [
            ("ferry", Length::TERMINAL, 28),
            ("ferry", Length::PAGE, 235),
            ("rained", Length::PAGE, 217),
        ] {
            let cut = cut(&article(&[text]), &marks(typed), length);
            let shown = text_of(&cut.passages[0].0);
            assert_eq!(
                shown.chars().count(),
                expected,
                "{typed} {length:?}: {shown}"
            );
            assert!(expected <= Length::PAGE.most);
            assert_eq!(cut.occurrences, 1);
        }
    }

    #[test]
    fn bounds_what_it_looks_through() {
        let endless = "word ".repeat(SCANNED_BYTES / 4) + "ferry";
        let passages = cut(&article(&[&endless]), &marks("ferry"), Length::TERMINAL).passages;
        assert_eq!(passages.len(), 1);
        assert!(passages[0].0.iter().all(|span| !span.hit));
    }

    #[test]
    fn places_what_it_shows() {
        let long = "The dyke-reeve of Nether Ash, who is eighty, spoke — ".to_owned()
            + &"and then of the dyke, ".repeat(20)
            + "at last of the sluice. ";
        let paragraphs = [
            "",
            "The same sluice. The same sluice.",
            "Söl, a sluice.  ",
            &long,
        ];
        for typed in ["sluice", "reeve", "dyke", "eighty", "absent", "söl, at"] {
            let cut = |typed| cut(&article(&paragraphs), &marks(typed), Length::TERMINAL).passages;
            for (passage, place) in cut(typed) {
                let paragraph: Vec<char> = paragraphs[place.paragraph - 1].chars().collect();
                let at: String = paragraph[place.from..place.to].iter().collect();
                let shown = text_of(&passage);
                let shown = shown.trim_start_matches("… ").trim_end_matches(" …");
                assert_eq!(at, shown.trim_end(), "{typed}: {place:?}");
            }
        }
        let of = |typed| {
            let cut = cut(&article(&paragraphs), &marks(typed), Length::TERMINAL);
            cut.passages[0].1
        };
        let place = |paragraph, from, to| Place {
            paragraph,
            from,
            to,
        };
        assert_eq!(of("söl"), place(3, 0, 14));
        assert_eq!(of("absent"), place(2, 0, 33));
    }
}
