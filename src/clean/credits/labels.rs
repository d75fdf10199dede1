//! The labels of credits: "By", "Story and photos by", "Additional reporting by", "Texte :", "Von".

use crate::text::word_list::WordList;

/// What the persons after a label did.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Work {
    /// They wrote or reported the article.
    Writing,
    /// They reported for it besides the writers.
    Addition,
    /// They edited, photographed, drew, translated or filmed.
    Other,
}

/// The label that a text begins with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Label {
    /// The byte at which the names begin.
    pub names: usize,
    /// What the persons did.
    pub work: Work,
    /// Whether the label is also an ordinary word, as "Von" and "From" are. Only a name after it
    /// shows that it is a label.
    pub is_weak: bool,
}

/// Words before "by" for those who write.
#[rustfmt::skip]
static WRITING: WordList = WordList::of(&[
    "written", "write", "writing", "story", "stories", "report", "reported", "reporting", "words",
    "text", "article", "posted", "published", "submitted", "analysis", "opinion", "comment",
    "commentary", "review", "reviewed", "interview", "interviewed", "essay", "column", "compiled",
    "contributed", "dispatch", "special", "exclusive", "feature", "a", "an", "the",
]);

/// Words before a colon for those who write. Those of `WRITING` there are rubrics: "Analysis: ".
#[rustfmt::skip]
static WRITERS: WordList = WordList::of(&[
    "author", "authors", "byline", "reporter", "writer", "words", "text", "texto", "texte",
    "tekst", "teksti", "testo", "autor", "autora", "autores", "auteur", "auteurs", "autore",
    "verfasser", "verfasserin", "yazan", "haber", "автор", "текст", "írta", "szerző",
    "kirjoittaja", "skribent", "penulis", "författare",
]);

/// Words before "by" for those who help the writers.
static ADDITION: WordList = WordList::of(&[
    "additional",
    "contributing",
    "contributions",
    "contribution",
    "further",
    "research",
    "researched",
]);

/// Words before "by" and before a colon for those who do something else.
#[rustfmt::skip]
static OTHER: WordList = WordList::of(&[
    "edited", "editing", "editor", "photo", "photos", "photograph", "photographs", "photography",
    "photographed", "picture", "pictures", "pics", "image", "images", "illustration",
    "illustrations", "illustrated", "graphic", "graphics", "video", "videos", "filmed", "camera",
    "produced", "production", "design", "designed", "translated", "translation", "visuals",
    "animation", "animations", "art", "artwork", "maps", "cartoon", "audio", "narrated", "hosted",
    "foto", "fotos", "fotografía", "fotografías", "bild", "bilder", "kuva", "kuvat", "fotografie",
    "photographies", "traduit", "traducción", "fotoğraf", "фото",
]);

/// Words between those of `WRITING` and `OTHER`: "Words and pictures by".
static CONNECTING: WordList = WordList::of(&["and", "&", "with", "also"]);

/// Words that stand for "by" in front of a name, in other languages and where the report came from.
#[rustfmt::skip]
const WEAK: &[&str] = &[
    "from", "por", "par", "von", "di", "door", "av", "af", "nga", "oleh", "per", "gan", "yazan",
    "del nostro inviato", "a cura di", "propos recueillis par", "بقلم", "كتب", "كتبت", "تقرير",
    "إعداد", "מאת", "του", "της", "γράφει ο", "γράφει η",
];

/// The most words in a label before "by".
const LONGEST_LABEL: usize = 6;

/// Returns what words before "by" or a colon say that the persons did, or `None` if they are no
/// label.
fn work_of<'w>(words: impl Iterator<Item = &'w str>) -> Option<Work> {
    let (mut writing, mut addition, mut other) = (false, false, false);
    for word in words {
        if ADDITION.has(word) {
            addition = true;
        } else if WRITING.has(word) {
            writing |= word.len() > 3;
        } else if OTHER.has(word) {
            other = true;
        } else if !CONNECTING.has(word) {
            return None;
        }
    }
    Some(match (addition, writing, other) {
        (true, ..) => Work::Addition,
        (_, false, true) => Work::Other,
        _ => Work::Writing,
    })
}

/// Returns whether a word in brackets after a name says that the person did something else than
/// write: "(photos)".
pub fn is_others_work(word: &str) -> bool {
    OTHER.has(word) || matches!(word, "photographer" | "photographers" | "editor")
}

/// Returns whether a text may have a label: "by" or a colon. Most texts have neither.
fn may_have_label(text: &str) -> bool {
    text.contains(':')
        || text
            .as_bytes()
            .windows(2)
            .any(|pair| pair.eq_ignore_ascii_case(b"by"))
}

/// A word and the byte at which it begins.
type Placed<'t> = (usize, &'t str);

fn placed_words(text: &str) -> Vec<Placed<'_>> {
    let start = text.as_ptr() as usize;
    text.split(' ')
        .filter(|word| !word.is_empty())
        .map(|word| (word.as_ptr() as usize - start, word))
        .collect()
}

/// Returns the byte after a word and the spaces and colons that follow it.
fn after(text: &str, (at, word): Placed<'_>) -> usize {
    let end = at + word.len();
    text.len() - text[end..].trim_start_matches([' ', ':']).len()
}

/// Returns the label whose last word is the word at `last`, and the byte at which the label begins.
fn label_ending_at(text: &str, words: &[Placed<'_>], last: usize) -> Option<(usize, Label)> {
    let (at, word) = words[last];
    let bare = word.trim_end_matches(':');
    let has_colon =
        bare.len() < word.len() || words.get(last + 1).is_some_and(|(_, next)| *next == ":");
    let is_by = bare.eq_ignore_ascii_case("by");
    if !is_by && !(has_colon && (WRITERS.has(bare) || OTHER.has(bare))) {
        return None;
    }
    let is_part = |&&(_, word): &&Placed<'_>| {
        !word.ends_with([',', ';', ':']) && work_of([word].into_iter()).is_some()
    };
    let before = words[..last].iter().rev().take(LONGEST_LABEL);
    let length = before.take_while(is_part).count();
    let first = last - length;
    let label = words[first..last].iter().map(|(_, word)| *word);
    let work = if WRITERS.has(bare) {
        Work::Writing
    } else {
        work_of(label.chain((!is_by).then_some(bare)))?
    };
    let start = words.get(first).map_or(at, |(at, _)| *at);
    let label = Label {
        names: after(text, words[last]),
        work,
        is_weak: false,
    };
    Some((start, label))
}

/// Returns the label that a text begins with.
pub fn opening(text: &str) -> Option<Label> {
    // "ByAnn Weaver", as pages are copied.
    if let Some(rest) = text.strip_prefix("By")
        && rest.starts_with(char::is_uppercase)
        && rest.chars().nth(1).is_some_and(char::is_lowercase)
    {
        return Some(Label {
            names: 2,
            work: Work::Writing,
            is_weak: false,
        });
    }
    let head_end = text.char_indices().nth(60).map_or(text.len(), |(at, _)| at);
    if !may_have_label(&text[..head_end]) {
        return weak_opening(text);
    }
    let words = placed_words(&text[..head_end]);
    let strong = (0..words.len().min(LONGEST_LABEL + 1))
        .find_map(|last| label_ending_at(text, &words, last))
        .filter(|(start, _)| *start == 0)
        .map(|(_, label)| label);
    strong.or_else(|| weak_opening(text))
}

fn weak_opening(text: &str) -> Option<Label> {
    // Most texts begin with the first letter of none.
    let first = text.bytes().next()?.to_ascii_lowercase();
    let mut weak = WEAK.iter().filter(|word| word.as_bytes()[0] == first);
    weak.find_map(|word| {
        let head = text.get(..word.len())?;
        let rest = &text[word.len()..];
        let names = rest.trim_start_matches([' ', ':']);
        // "From:" is the head of a mail.
        let is_label = (head.eq_ignore_ascii_case(word)
            || !head.is_ascii() && head.to_lowercase() == *word)
            && !(*word == "from" && rest.trim_start().starts_with(':'));
        (is_label && names.len() < rest.len()).then(|| Label {
            names: text.len() - names.len(),
            work: Work::Writing,
            is_weak: true,
        })
    })
}

/// Cuts a text at the labels inside it: "Ann Weaver, with additional reporting by Jo Lund" is
/// "Ann Weaver, with" without a label and "Jo Lund" with one.
pub fn by_label(text: &str) -> Vec<(Option<Work>, &str)> {
    if !may_have_label(text) {
        return vec![(None, text)];
    }
    let words = placed_words(text);
    let mut parts = Vec::new();
    let (mut work, mut start) = (None, 0);
    for last in 0..words.len() {
        let Some((label_start, label)) = label_ending_at(text, &words, last) else {
            continue;
        };
        if label_start < start {
            continue;
        }
        if !text[start..label_start].trim().is_empty() || work.is_some() {
            parts.push((work, &text[start..label_start]));
        }
        (work, start) = (Some(label.work), label.names.min(text.len()));
    }
    parts.push((work, &text[start..]));
    parts
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn openings() {
        for (text, expected) in [
            ("By Ann Weaver", Some(("Ann Weaver", Work::Writing))),
            ("ByAnn Weaver", Some(("Ann Weaver", Work::Writing))),
            ("Byron Weaver", None),
            (
                "Story and photos by Ann Weaver",
                Some(("Ann Weaver", Work::Writing)),
            ),
            ("Author : Ann Weaver", Some(("Ann Weaver", Work::Writing))),
            ("Edited by Ann Weaver", Some(("Ann Weaver", Work::Other))),
            (
                "Additional reporting by Ann Weaver",
                Some(("Ann Weaver", Work::Addition)),
            ),
            ("Teksti: Ann Weaver", Some(("Ann Weaver", Work::Writing))),
            ("Von Ann Weaver", Some(("Ann Weaver", Work::Writing))),
            ("بقلم سامي الحداد", Some(("سامي الحداد", Work::Writing))),
            ("Killed by a wave", None),
            ("From: Ann Weaver", None),
            ("Von", None),
        ] {
            let label = opening(text).map(|label| (&text[label.names..], label.work));
            assert_eq!(label, expected, "{text}");
        }
    }

    #[test]
    fn labels_inside() {
        for (text, expected) in [
            (
                "Ann Weaver, with additional reporting by Jo Lund",
                vec![(None, "Ann Weaver, "), (Some(Work::Addition), "Jo Lund")],
            ),
            (
                "Words by Ann Weaver, pictures by Jo Lund",
                vec![
                    (Some(Work::Writing), "Ann Weaver, "),
                    (Some(Work::Other), "Jo Lund"),
                ],
            ),
            (
                "Writing by Ann Weaver Editing by Jo Lund",
                vec![
                    (Some(Work::Writing), "Ann Weaver "),
                    (Some(Work::Other), "Jo Lund"),
                ],
            ),
            ("Ann Weaver", vec![(None, "Ann Weaver")]),
        ] {
            assert_eq!(by_label(text), expected, "{text}");
        }
    }
}
