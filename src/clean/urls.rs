//! Finds the URLs of a file, and takes the lines and marks that only have a URL out of the text.

use linkify::{LinkFinder, LinkKind};
use rustc_hash::FxHashSet;

use super::bullets::without_bullet;
use super::lines::{Fate, Line};
use super::markdown;
use super::related::related_label;
use crate::article::{Removed, RemovedKind};
use crate::text::words::{strip_prefix_ignore_case, word_count};

/// A URL printed in the file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FoundUrl {
    /// The URL, without line breaks.
    pub url: String,
    /// The index of its first line among the article's lines.
    pub line: usize,
    /// Whether the file labels it as the article's own, as in "Original URL: …".
    pub is_own: bool,
    /// Whether text stands before it on its line, as in "On the Net: …". It may belong to another
    /// outlet.
    pub is_named: bool,
}

/// The URLs of a file, and what was taken out of its lines.
#[derive(Debug, Default)]
pub struct LiftedUrls {
    /// Every URL once, in the order of the file.
    pub urls: Vec<FoundUrl>,
    /// Parts of lines that were taken out, such as the targets of Markdown links.
    pub parts: Vec<Removed>,
}

/// Labels before the article's own URL.
const OWN_LABELS: &[&str] = &[
    "original url",
    "original article",
    "original",
    "originally published at",
    "original link",
    "original source",
    "url",
    "article url",
    "page url",
    "source",
    "source url",
    "link",
    "permalink",
    "web link",
    "short url",
    "canonical",
    "read the full article at",
    "read the full story at",
    "read the original article at",
    "read the original at",
    "read full article at",
    "full article",
    "full story",
    "full text at",
    "available at",
    "available from",
    "retrieved from",
    "view original",
    "view the original article at",
    "view article at",
    "view online at",
    "found at",
    "this article was originally published at",
    "this story was originally published at",
    "first published at",
    "published at",
    "printed from",
    "from",
];

/// Finds the URLs of the lines and takes out those that stand alone.
pub fn lift(lines: &mut [Line<'_>]) -> LiftedUrls {
    let mut finder = LinkFinder::new();
    finder.kinds(&[LinkKind::Url]);
    let mut lifted = LiftedUrls::default();
    let mut seen = FxHashSet::default();
    let unwrapped = markdown::unwrap(lines);
    lifted.parts = unwrapped.parts;
    let mut targets = unwrapped.targets.into_iter().peekable();
    let references = lift_references(lines);
    if references > 0 {
        for line in lines.iter_mut().filter(|line| line.is_text()) {
            strip_reference_marks(line, references, &mut lifted.parts);
        }
    }
    for i in 0..lines.len() {
        while let Some(target) = targets.next_if(|target| target.line <= i) {
            if is_web_url(&target.url) && seen.insert(same_url_key(&target.url)) {
                lifted.urls.push(FoundUrl {
                    url: target.url,
                    line: i,
                    is_own: false,
                    is_named: false,
                });
            }
        }
        if lines[i].fate == Fate::Blank || !lines[i].text.contains("://") {
            continue;
        }
        lift_line(lines, i, &finder, &mut lifted, &mut seen);
    }
    lifted
}

/// A URL on a line, joined with its continuation on the next lines.
struct LinkOnLine {
    url: String,
    is_own: bool,
    is_named: bool,
}

/// The last URL that reaches the end of its line.
struct FinalLink {
    /// The length of the text before it, in bytes.
    prefix: usize,
    /// The index of the first line after it.
    next: usize,
}

/// Finds the URLs of line `i`, and takes the line out if it has only a URL.
fn lift_line(
    lines: &mut [Line<'_>],
    i: usize,
    finder: &LinkFinder,
    lifted: &mut LiftedUrls,
    seen: &mut FxHashSet<String>,
) {
    let text = lines[i].text.as_ref();
    let mut last = None;
    let mut found = Vec::new();
    let mut count = 0;
    for link in finder.links(text) {
        count += 1;
        let url = trim_url(link.as_str());
        if !is_web_url(url) {
            continue;
        }
        let before = text[..link.start()].trim();
        let after = &text[link.start() + url.len()..];
        // Browsers that hyphenate also cut URLs.
        let is_hyphenated = after == "\u{2010}";
        let mut whole = url.to_owned();
        let mut next = i + 1;
        if after.is_empty() || is_hyphenated {
            while let Some(more) = continuation(lines, i, next, &whole, is_hyphenated) {
                whole.push_str(&lines[more].text);
                next = more + 1;
            }
        }
        if !after.chars().any(char::is_alphanumeric) {
            last = Some(FinalLink {
                prefix: before.len(),
                next,
            });
        }
        let is_own = !lines[i].is_text() || is_own_label(before);
        found.push(LinkOnLine {
            url: whole,
            is_own,
            is_named: !is_own && before.chars().any(char::is_alphabetic),
        });
    }
    if let Some(last) = last {
        if count == 1 && is_mere_label(&text[..last.prefix]) {
            lift_whole_line(lines, i, &last, &mut found);
        } else {
            join_cut_url(lines, i, &last, &found);
        }
    }
    for link in found {
        lifted.add(link, i, seen);
    }
}

/// Takes out the lines of a URL that stands alone, and a label on the line above it.
fn lift_whole_line(lines: &mut [Line<'_>], i: usize, link: &FinalLink, found: &mut [LinkOnLine]) {
    let before = &lines[i].text[..link.prefix];
    let is_bare = before.trim_matches(['<', '(', '[', ' ']).is_empty();
    for line in &mut lines[i..link.next] {
        if line.is_text() {
            line.fate = Fate::Out(RemovedKind::Url);
        }
    }
    if is_bare && lift_label_above(lines, i) {
        for link in found {
            link.is_own = true;
        }
    }
}

/// Joins a cut URL at the end of a sentence on its first line.
fn join_cut_url(lines: &mut [Line<'_>], i: usize, link: &FinalLink, found: &[LinkOnLine]) {
    if let Some(whole) = found.last()
        && link.next > i + 1
        && lines[i].is_text()
    {
        let start = lines[i].text.rfind("http").unwrap_or(link.prefix);
        let joined = format!("{}{}", &lines[i].text[..start], whole.url);
        lines[i].edit(joined);
        for line in &mut lines[i + 1..link.next] {
            line.fate = Fate::Out(RemovedKind::Url);
        }
    }
}

/// The most known URLs that are searched for one that turns out to be the article's own.
const MOST_SEARCHED: usize = 64;

impl LiftedUrls {
    /// Adds a URL, or marks a known one as the article's own.
    fn add(&mut self, link: LinkOnLine, line: usize, seen: &mut FxHashSet<String>) {
        if seen.insert(same_url_key(&link.url)) {
            self.urls.push(FoundUrl {
                url: link.url,
                line,
                is_own: link.is_own,
                is_named: link.is_named,
            });
        } else if link.is_own {
            let mut recent = self.urls.iter_mut().rev().take(MOST_SEARCHED);
            if let Some(known) = recent.find(|known| known.url == link.url) {
                known.is_own = true;
            }
        }
    }
}

/// Takes out the line above a URL if it is only a label such as "Read the full article at". Returns
/// whether it was.
fn lift_label_above(lines: &mut [Line<'_>], i: usize) -> bool {
    let above = lines[..i]
        .iter_mut()
        .rev()
        .find(|line| line.fate != Fate::Blank);
    let Some(above) = above.filter(|line| line.is_text() && is_own_label(&line.text)) else {
        return false;
    };
    above.fate = Fate::Out(RemovedKind::Url);
    true
}

/// The most lines over which a URL may continue.
const MOST_CONTINUATIONS: usize = 6;

/// Returns the line that continues a URL, if one does. In double-spaced text it follows a blank
/// line.
fn continuation(
    lines: &[Line<'_>],
    first: usize,
    next: usize,
    url: &str,
    is_hyphenated: bool,
) -> Option<usize> {
    let is_blank = lines.get(next)?.fate == Fate::Blank;
    let more = if is_blank && url.ends_with('-') {
        next + 1
    } else {
        next
    };
    let line = lines.get(more).filter(|line| line.is_text())?;
    (more <= first + MOST_CONTINUATIONS
        && continues_url(url, &line.text, is_hyphenated && next == first + 1))
    .then_some(more)
}

/// Returns whether the next line continues a URL: it has only characters of URLs, and it or the end
/// of the URL shows that a word was cut.
fn continues_url(url: &str, next: &str, is_hyphenated: bool) -> bool {
    let is_url_shaped = next
        .bytes()
        .all(|b| b.is_ascii_alphanumeric() || b"-_/=&?%.~+#:@,;!".contains(&b))
        && !next.contains("://")
        && !next.ends_with([',', ';', ':', '!'])
        && !next.starts_with("www.");
    let is_cut = is_hyphenated || url.ends_with(['-', '_', '/', '=', '&', '?', '%', '.']);
    let joins = next.bytes().filter(|b| b"-_/=&%".contains(b)).count();
    is_url_shaped
        && url.len() >= 20
        && next.len() >= 2
        && (is_cut && !next.ends_with('.')
            || joins >= 2
            || next.starts_with(['/', '-', '_', '=', '&', '?']) && joins >= 1)
}

/// Returns a URL without the quotation marks and punctuation of the sentence around it.
fn trim_url(url: &str) -> &str {
    url.trim_end_matches([
        '”', '’', '»', '“', '"', '\'', '.', ',', ';', ':', '!', '>', ']', '*', '…', '\u{2010}',
    ])
}

fn is_web_url(text: &str) -> bool {
    (strip_prefix_ignore_case(text, "http://").is_some()
        || strip_prefix_ignore_case(text, "https://").is_some())
        && url::Url::parse(text)
            .is_ok_and(|url| url.host_str().is_some_and(|host| host.contains('.')))
}

/// Returns the form in which URLs are compared: without scheme, fragment and final slashes.
fn same_url_key(url: &str) -> String {
    let rest = url.split_once("://").map_or(url, |(_, rest)| rest);
    let rest = rest.split('#').next().unwrap_or(rest);
    rest.trim_end_matches('/').to_owned()
}

fn is_own_label(before: &str) -> bool {
    let label = before.trim_end_matches([':', ' ', '<', '(', '-', '–', '—']);
    OWN_LABELS.iter().any(|own| own.eq_ignore_ascii_case(label))
}

/// Returns whether what stands before a URL is only a list marker, a number or a label, or nothing.
fn is_mere_label(before: &str) -> bool {
    let bare = before.trim_matches(['<', '(', '[', ' ']);
    let bare = without_bullet(bare);
    bare.is_empty()
        || bare
            .trim_end_matches(['.', ')', ']'])
            .bytes()
            .all(|b| b.is_ascii_digit())
        || is_own_label(bare)
        || bare.ends_with(':') && word_count(bare) <= 3
        || related_label(bare).is_some() && word_count(bare) <= 4
}

/// Takes out the headings of a numbered list of link targets. Returns the length of the list.
fn lift_references(lines: &mut [Line<'_>]) -> usize {
    let mut count = 0;
    let mut first = None;
    for (i, line) in lines
        .iter_mut()
        .enumerate()
        .filter(|(_, line)| line.is_text())
    {
        let Some(target) = reference(&line.text) else {
            continue;
        };
        if target.contains("://") {
            first.get_or_insert(i);
        } else if first.is_none() || !is_no_url(target) {
            continue;
        } else {
            line.fate = Fate::Out(RemovedKind::Url);
        }
        count += 1;
    }
    let Some(first) = first else {
        return 0;
    };
    for line in lines[..first].iter_mut().rev() {
        if line.fate == Fate::Blank {
            continue;
        }
        let heading = line.text.trim_end_matches(':');
        if ![
            "References",
            "Visible links",
            "Hidden links",
            "Links",
            "Footnotes",
        ]
        .iter()
        .any(|known| known.eq_ignore_ascii_case(heading))
        {
            break;
        }
        line.fate = Fate::Out(RemovedKind::Footer);
    }
    count
}

/// Returns the target of a numbered link, as in "12. https://…" and "[12] https://…".
fn reference(text: &str) -> Option<&str> {
    let number = text.trim_start_matches('[');
    let digits = number.bytes().take_while(u8::is_ascii_digit).count();
    let (number, rest) = number.split_at(digits);
    let target = [". ", "] ", ") ", "]: "]
        .iter()
        .find_map(|mark| rest.strip_prefix(mark))?;
    ((1..=4).contains(&number.len()) && !target.contains(' ')).then_some(target)
}

/// Returns whether the target of a link is none on the web: a script or an address.
fn is_no_url(target: &str) -> bool {
    ["javascript:", "mailto:", "file:", "tel:", "#"]
        .iter()
        .any(|scheme| target.starts_with(scheme))
}

/// Takes marks such as `[12]`, which refer to the list of link targets, out of a line.
fn strip_reference_marks(line: &mut Line<'_>, references: usize, parts: &mut Vec<Removed>) {
    if !line.text.contains('[') {
        return;
    }
    let text = line.text.as_ref();
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(open) = rest.find('[') {
        let inside = &rest[open + 1..];
        let digits = inside.bytes().take_while(u8::is_ascii_digit).count();
        let points = digits <= 4
            && inside[digits..].starts_with(']')
            && inside[..digits]
                .parse()
                .is_ok_and(|n: usize| (1..=references).contains(&n));
        if points {
            out.push_str(&rest[..open]);
            parts.push(Removed {
                line: line.number,
                kind: RemovedKind::Url,
                text: rest[open..open + digits + 2].to_owned(),
            });
            rest = &inside[digits + 1..];
        } else {
            out.push_str(&rest[..=open]);
            rest = inside;
        }
    }
    out.push_str(rest);
    if out.len() < text.len() {
        line.edit(out);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::clean::lines::{read, split};

    fn lift_text(text: &str) -> (Vec<String>, Vec<String>, Vec<String>) {
        let raw = split(text);
        let mut lines = read(&raw, 1);
        let lifted = lift(&mut lines);
        let kept = lines
            .iter()
            .filter(|l| l.is_text())
            .map(|l| l.text.to_string())
            .collect();
        let urls = lifted.urls.into_iter().map(|u| u.url).collect();
        let parts = lifted.parts.into_iter().map(|p| p.text).collect();
        (kept, urls, parts)
    }

    #[test]
    fn numbered_links() {
        for (text, kept) in [
            (
                "One [1]boat left.\n\nReferences:\n\n[1] https://a.example/f\n",
                vec!["One boat left."],
            ),
            (
                "[1]Home [2]Print\n\nOne.\n\nReferences\n\n   Visible links\n   1. https://a.example/f\n   2. javascript:print()\n",
                vec!["Home Print", "One."],
            ),
            (
                "One [1] left.\n\n1. First\n",
                vec!["One [1] left.", "1. First"],
            ),
        ] {
            assert_eq!(lift_text(text).0, kept, "{text}");
        }
    }

    #[test]
    fn lifts_lines_that_are_urls() {
        let (kept, urls, _) = lift_text(
            "He went to\nhttps://a.example/author/x\nhttps://a.example/author/x\nhttp://a.example/author/x/\nhttps://a.example/b).\nthe sea.",
        );
        assert_eq!(kept, ["He went to", "the sea."]);
        assert_eq!(urls, ["https://a.example/author/x", "https://a.example/b"]);
    }

    #[test]
    fn rejoins_a_url_only_with_a_line_shaped_like_one() {
        for (text, kept, url) in [
            (
                "Source: https://a.example/2018/06/27/ferry-\nruns-again",
                vec![],
                "https://a.example/2018/06/27/ferry-runs-again",
            ),
            (
                "https://a.example/2018/06/27/ferry-\nThe end",
                vec!["The end"],
                "https://a.example/2018/06/27/ferry-",
            ),
            (
                "https://a.example/2018/06/27/ferry\nSecurity",
                vec!["Security"],
                "https://a.example/2018/06/27/ferry",
            ),
            (
                "https://a.example/2018/06/27\n/ferry-runs",
                vec![],
                "https://a.example/2018/06/27/ferry-runs",
            ),
            (
                "https://a.example/2018/06/27/ferry-\nhttps://a.example/c",
                vec![],
                "https://a.example/2018/06/27/ferry-",
            ),
        ] {
            let (lines, urls, _) = lift_text(text);
            assert_eq!(lines, kept, "{text}");
            assert_eq!(urls[0], url, "{text}");
        }
    }

    #[test]
    fn keeps_a_url_inside_a_sentence() {
        let (kept, urls, _) = lift_text("See “https://a.example/x” for more, he said.");
        assert_eq!(kept, ["See “https://a.example/x” for more, he said."]);
        assert_eq!(urls, ["https://a.example/x"]);
    }

    #[test]
    fn strips_reference_marks_only_where_there_are_references() {
        let (kept, urls, parts) =
            lift_text("The [1]old ferry [2018].\nReferences\n1. https://a.example/f");
        assert_eq!(kept, ["The old ferry [2018]."]);
        assert_eq!((urls.len(), parts), (1, vec!["[1]".to_owned()]));
        let (kept, ..) = lift_text("The [1]old ferry.");
        assert_eq!(kept, ["The [1]old ferry."]);
    }
}
