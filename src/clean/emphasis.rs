//! Takes the marks of Markdown and of note-taking programs that are no text off lines: emphasis,
//! images by their path, lines of tags.

use super::lines::{Fate, Line};
use crate::article::{Removed, RemovedKind};

/// Takes the marks off the lines. Returns what was taken out of lines that have other text.
pub fn lift(lines: &mut [Line<'_>]) -> Vec<Removed> {
    let mut parts = Vec::new();
    for line in lines.iter_mut().filter(|line| line.is_text()) {
        let Some(mark) = memchr::memchr3(b'*', b'_', b'#', line.text.as_bytes())
            .or_else(|| memchr::memchr(b'!', line.text.as_bytes()))
        else {
            continue;
        };
        if is_tags(&line.text) {
            line.fate = Fate::Out(RemovedKind::Boilerplate);
            continue;
        }
        if is_image(&line.text) {
            line.fate = Fate::Out(RemovedKind::Caption);
            continue;
        }
        if let Some(bare) = without_emphasis(&line.text, mark) {
            parts.push(Removed {
                line: line.number,
                kind: RemovedKind::Control,
                text: line.text[mark..]
                    .chars()
                    .take_while(|c| matches!(c, '*' | '_'))
                    .collect(),
            });
            line.edit(bare);
        }
    }
    parts
}

/// Returns whether a line consists of tags: words with a number sign before each.
fn is_tags(text: &str) -> bool {
    text.starts_with('#')
        && text.split(' ').all(|word| {
            word.strip_prefix('#')
                .is_some_and(|tag| tag.starts_with(char::is_alphabetic))
        })
}

/// Returns whether a line is an image: `![caption](path)` or `![[path]]`.
fn is_image(text: &str) -> bool {
    text.strip_prefix("![").is_some_and(|rest| {
        let end = rest.find("](").map(|middle| &rest[middle + 2..]);
        match (rest.starts_with('['), end) {
            (true, _) => rest.ends_with("]]") && rest.matches("]]").count() == 1,
            (false, Some(path)) => path.ends_with(')') && !path[..path.len() - 1].contains(')'),
            (false, None) => false,
        }
    })
}

/// Returns a line without the marks around all of it or around parts of it: `*` and `_` around a whole
/// line, `**` and `__` around words. `mark` is the byte of the first mark.
fn without_emphasis(text: &str, mark: usize) -> Option<String> {
    for sign in ["***", "**", "__", "*", "_"] {
        let inner = text
            .strip_prefix(sign)
            .and_then(|rest| rest.strip_suffix(sign));
        if let Some(inner) = inner.filter(|inner| is_emphasised(inner, sign)) {
            return Some(inner.to_owned());
        }
    }
    let sign = ["**", "__"]
        .into_iter()
        .find(|sign| text[mark..].starts_with(sign))?;
    let parts: Vec<&str> = text.split(sign).collect();
    let is_balanced = parts.len() % 2 == 1
        && parts
            .iter()
            .skip(1)
            .step_by(2)
            .all(|inner| is_emphasised(inner, sign));
    is_balanced.then(|| parts.concat())
}

/// Returns whether a text may stand between marks of emphasis.
fn is_emphasised(inner: &str, sign: &str) -> bool {
    let is_mark = |c: char| c.is_whitespace() || matches!(c, '*' | '_');
    !inner.is_empty()
        && !inner.starts_with(is_mark)
        && !inner.ends_with(is_mark)
        && !inner.contains(&sign[..1])
}

/// Returns the text without the `#` marks of a Markdown heading.
pub fn without_heading_marks(text: &str) -> &str {
    let bare = text.trim_start_matches('#');
    if bare.starts_with(' ') && text.len() - bare.len() <= 6 {
        bare.trim_start().trim_end_matches(['#', ' '])
    } else {
        text
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::clean::lines::{read, split};

    #[test]
    fn marks_of_markdown() {
        for (text, expected) in [
            ("**Ferry line sold**", "Ferry line sold"),
            ("By **Ada Holm**", "By Ada Holm"),
            (
                "**Quay Herald**, 4 May 1921, p. 9",
                "Quay Herald, 4 May 1921, p. 9",
            ),
            ("*Quay Herald, 4 May 1921*", "Quay Herald, 4 May 1921"),
            ("_A ferry_", "A ferry"),
            ("* * *", "* * *"),
            ("*A* and *b*", "*A* and *b*"),
            ("a_file_name", "a_file_name"),
            ("* an item", "* an item"),
            ("2**3 is 8", "2**3 is 8"),
            ("#ferry #harbour", ""),
            ("# Ferry line sold", "# Ferry line sold"),
            ("#1 on the list", "#1 on the list"),
            ("![clipping](images/a.jpg)", ""),
            ("![[../raw/a.jpg|400]]", ""),
            ("Sold! [sic]", "Sold! [sic]"),
        ] {
            let raw = split(text);
            let mut lines = read(&raw, 1);
            lift(&mut lines);
            let kept = lines.iter().filter(|line| line.is_text());
            let kept: Vec<&str> = kept.map(|line| &*line.text).collect();
            assert_eq!(kept.join(""), expected, "{text}");
        }
    }
}
