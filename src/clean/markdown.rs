//! Replaces Markdown links by their text, also across lines, and takes images, fences and
//! backslashes out.

use std::ops::Range;

use super::lines::{Fate, Line};
use crate::article::{Removed, RemovedKind};

/// A URL that a Markdown link pointed to.
#[derive(Debug, PartialEq, Eq)]
pub struct Target {
    /// The URL.
    pub url: String,
    /// The index of its line among the article's lines.
    pub line: usize,
}

/// What was taken out of Markdown.
#[derive(Debug, Default)]
pub struct Unwrapped {
    /// The targets of links and images, in order.
    pub targets: Vec<Target>,
    /// The parts of lines that were taken out.
    pub parts: Vec<Removed>,
}

/// The most lines of a link's text.
const MOST_LINES: usize = 6;

/// The longest target of a link, in bytes, so that a bracket without a partner is not searched for
/// in the whole file.
const LONGEST_TARGET: usize = 2_000;

/// An opening bracket: its line and its byte.
#[derive(Clone, Copy)]
struct Open {
    line: usize,
    at: usize,
}

/// Unwraps the links of the lines. A text without Markdown links does not change.
pub fn unwrap(lines: &mut [Line<'_>]) -> Unwrapped {
    let mut out = Unwrapped::default();
    let is_markdown = lines
        .iter()
        .any(|line| line.is_text() && (line.text.contains("](http") || is_fence(&line.text)));
    if !is_markdown {
        return out;
    }
    let mut cuts: Vec<Vec<Range<usize>>> = vec![Vec::new(); lines.len()];
    let mut opens: Vec<Open> = Vec::new();
    for i in 0..lines.len() {
        if !lines[i].is_text() {
            opens.clear();
            continue;
        }
        if is_fence(&lines[i].text) {
            lines[i].fate = Fate::Out(RemovedKind::Boilerplate);
            opens.clear();
            continue;
        }
        opens.retain(|open| open.line + MOST_LINES > i);
        scan(lines, i, &mut opens, &mut cuts, &mut out);
    }
    for (line, cuts) in lines.iter_mut().zip(cuts) {
        cut(line, cuts);
    }
    out
}

/// Returns whether a line is a fence around a part of the page, as in `::: related`.
fn is_fence(text: &str) -> bool {
    text.starts_with(":::") && text.split(' ').count() <= 3
}

/// Finds the brackets and backslashes of line `i`, and what to cut out of which line.
fn scan(
    lines: &[Line<'_>],
    i: usize,
    opens: &mut Vec<Open>,
    cuts: &mut [Vec<Range<usize>>],
    out: &mut Unwrapped,
) {
    let text = lines[i].text.as_ref();
    let bytes = text.as_bytes();
    let mut at = 0;
    while let Some(found) = memchr::memchr3(b'[', b']', b'\\', &bytes[at..]) {
        let here = at + found;
        at = here + 1;
        match bytes[here] {
            b'\\' => {
                if bytes.get(here + 1).is_some_and(u8::is_ascii_punctuation) {
                    cuts[i].push(here..here + 1);
                    at += 1;
                }
            }
            b'[' => opens.push(Open { line: i, at: here }),
            _ => {
                let open = opens.pop();
                let Some(end) = target_end(text, here + 1) else {
                    continue;
                };
                let target = &text[here + 2..end - 1];
                let url = target.split(' ').next().unwrap_or(target);
                let image = open.filter(|open| open.line == i && text[..open.at].ends_with('!'));
                if let Some(open) = image {
                    cuts[i].retain(|cut| cut.start < open.at);
                    cuts[i].push(open.at - 1..end);
                    out.parts.push(Removed {
                        line: lines[i].number,
                        kind: RemovedKind::Caption,
                        text: text[open.at - 1..end].to_owned(),
                    });
                } else {
                    if let Some(open) = open {
                        let place = cuts[open.line].partition_point(|cut| cut.start < open.at);
                        cuts[open.line].insert(place, open.at..open.at + 1);
                    }
                    cuts[i].push(here..end);
                    out.parts.push(Removed {
                        line: lines[i].number,
                        kind: RemovedKind::Url,
                        text: format!("({target})"),
                    });
                }
                out.targets.push(Target {
                    url: url.trim_matches(['<', '>']).to_owned(),
                    line: i,
                });
                at = end;
            }
        }
    }
}

/// Returns the end of a link's target, which is in round brackets and begins at `start`.
fn target_end(text: &str, start: usize) -> Option<usize> {
    let bytes = text.as_bytes();
    if bytes.get(start) != Some(&b'(')
        || !text[start + 1..]
            .trim_start_matches('<')
            .starts_with("http")
    {
        return None;
    }
    let mut depth = 0usize;
    for (place, byte) in bytes.iter().enumerate().skip(start).take(LONGEST_TARGET) {
        match byte {
            b'(' => depth += 1,
            b')' => {
                depth -= 1;
                if depth == 0 {
                    return Some(place + 1);
                }
            }
            _ => {}
        }
    }
    None
}

fn cut(line: &mut Line<'_>, cuts: Vec<Range<usize>>) {
    if cuts.is_empty() {
        return;
    }
    let text = line.text.as_ref();
    let mut kept = String::with_capacity(text.len());
    let mut at = 0;
    for cut in cuts {
        if cut.start >= at {
            kept.push_str(&text[at..cut.start]);
            at = cut.end;
        }
    }
    kept.push_str(&text[at..]);
    let kept = kept.split_whitespace().collect::<Vec<_>>().join(" ");
    line.edit(kept);
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::clean::lines::{read, split};

    fn unwrap_text(text: &str) -> (Vec<String>, Vec<String>, Vec<String>) {
        let raw = split(text);
        let mut lines = read(&raw, 1);
        let out = unwrap(&mut lines);
        (
            lines
                .iter()
                .filter(|l| l.is_text())
                .map(|l| l.text.to_string())
                .collect(),
            out.targets.into_iter().map(|t| t.url).collect(),
            out.parts.into_iter().map(|p| p.text).collect(),
        )
    }

    #[test]
    fn links_images_and_escapes() {
        for (text, kept, urls) in [
            (
                "The [old ferry](https://a.example/f_(boat)) left.",
                vec!["The old ferry left."],
                vec!["https://a.example/f_(boat)"],
            ),
            (
                "The [old\nferry](https://a.example/f) left \\\"late\\\".",
                vec!["The old", "ferry left \"late\"."],
                vec!["https://a.example/f"],
            ),
            (
                "Look: ![A \\[big\\] boat](https://a.example/b.jpg) here.",
                vec!["Look: here."],
                vec!["https://a.example/b.jpg"],
            ),
            (
                "::: rel\n[A](https://a.example/f) [sic] b\n:::",
                vec!["A [sic] b"],
                vec!["https://a.example/f"],
            ),
            (
                "He said [sic] (so) \\\"x\\\".",
                vec!["He said [sic] (so) \\\"x\\\"."],
                vec![],
            ),
        ] {
            let (lines, targets, _) = unwrap_text(text);
            assert_eq!(lines, kept, "{text}");
            assert_eq!(targets, urls, "{text}");
        }
    }

    #[test]
    fn keeps_what_it_cuts_as_parts() {
        let (.., parts) = unwrap_text("A [b](https://a.example/f) ![c](https://a.example/g)");
        assert_eq!(
            parts,
            ["(https://a.example/f)", "![c](https://a.example/g)"]
        );
    }
}
