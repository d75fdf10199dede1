//! Takes a byline off the end of the sentence that a page was copied with: "… until last winter.By
//! ANN WEAVER".

use super::parse;
use crate::article::{Removed, RemovedKind};
use crate::clean::export::{Header, Label};
use crate::clean::lines::Line;

/// The number of lines with text at the top in which a glued byline is searched.
const TOP_LINES: usize = 8;

/// Takes glued bylines off the lines at the top. Returns them as headers, and what was taken off.
pub fn lift(lines: &mut [Line<'_>]) -> (Vec<Header>, Vec<Removed>) {
    let (mut headers, mut removed) = (Vec::new(), Vec::new());
    let at_top = lines
        .iter_mut()
        .enumerate()
        .filter(|(_, line)| line.is_text());
    for (i, line) in at_top.take(TOP_LINES) {
        let Some(start) = glued_byline(&line.text) else {
            continue;
        };
        let byline = line.text[start..].to_owned();
        let rest = line.text[..start].to_owned();
        line.edit(rest);
        headers.push(Header {
            label: Label::Byline,
            value: byline.clone(),
            lines: i..i + 1,
        });
        removed.push(Removed {
            line: line.number,
            kind: RemovedKind::Header,
            text: byline,
        });
    }
    (headers, removed)
}

/// Returns the byte at which a byline begins right behind the end of a sentence.
fn glued_byline(text: &str) -> Option<usize> {
    let (at, _) = text
        .rmatch_indices("By ")
        .find(|(at, _)| text[..*at].ends_with(['.', '!', '?', '”', '’', '"']))?;
    let credit = parse::read(&text[at..])?;
    let is_byline = credit.sureness == parse::Sureness::Label && !credit.writers.is_empty();
    is_byline.then_some(at)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bylines_behind_a_sentence() {
        for (text, expected) in [
            (
                "The furnace has been cold since March.By ANN WEAVER",
                Some("By ANN WEAVER"),
            ),
            (
                "“Nobody told us.”By Ann Weaver and Jo Lund",
                Some("By Ann Weaver and Jo Lund"),
            ),
            (
                "The furnace has been cold since March. By then it was late.",
                None,
            ),
            ("The furnace went out.By Friday it was cold.", None),
            ("By Ann Weaver", None),
        ] {
            let found = glued_byline(text).map(|at| &text[at..]);
            assert_eq!(found, expected, "{text}");
        }
    }
}
