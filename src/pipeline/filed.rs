//! An article as it was filed: the lines of its file with what was taken out of them, and where its
//! fields were read.
//!
//! The index has neither, so the file is read again, as it was read then.

use std::fs::File;
use std::io::Read;
use std::ops::Range;

use tantivy::DocAddress;

use super::articles::fielded;
use crate::archive::Archive;
use crate::article::{Article, Origin, Removed, RemovedKind};
use crate::clean::Knowledge;
use crate::error::Result;
use crate::fields::field_with_origins;
use crate::source::decode::decode;
use crate::source::split::split;
use crate::source::stamp::Stamp;
use crate::source::walk::path_of_key;

/// The largest file that is read again, in bytes. It holds some thousand articles.
const LARGEST: u64 = 8 << 20;

/// An article as it was filed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Filed {
    /// Where its fields were read.
    pub origins: Vec<Origin>,
    /// The lines of its part of the file.
    pub lines: Vec<FiledLine>,
}

/// A line of a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FiledLine {
    /// Its number in the file, from 1.
    pub number: u32,
    /// Its text.
    pub text: String,
    /// What was taken out of it, in bytes, in order and without overlaps, each with the reason.
    pub taken: Vec<(Range<usize>, RemovedKind)>,
}

/// Why an article can't be shown as it was filed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unfiled {
    /// It came with an export, so there is no file.
    OfExport,
    /// Its file is gone, can't be read, or has changed since it was indexed.
    Changed,
    /// Its file is too large to be read for one page.
    TooLarge,
}

/// Reads an article of the archive as it was filed. A file is read only if its bytes are those that
/// were indexed.
///
/// # Errors
///
/// Returns an error if the index can't be read.
pub fn filed(
    archive: &Archive,
    address: DocAddress,
    article: &Article,
) -> Result<std::result::Result<Filed, Unfiled>> {
    Ok(match file_of(archive, address, article)? {
        Ok(bytes) => read(article, &bytes).ok_or(Unfiled::Changed),
        Err(reason) => Err(reason),
    })
}

/// Returns the stamp of an article's file as it is now; `None` if there is no such article or file.
///
/// # Errors
///
/// Returns an error if the index can't be read.
pub fn stamp_of_file(archive: &Archive, id: &str) -> Result<Option<Stamp>> {
    let Some((_, article)) = archive.with_id(id)? else {
        return Ok(None);
    };
    let folder = archive.manifest.articles_folder(&archive.folder);
    let metadata = path_of_key(&folder, &article.path).and_then(|path| path.metadata().ok());
    Ok(metadata.and_then(|metadata| Stamp::of(&metadata).ok()))
}

/// Returns the bytes of an article's file.
fn file_of(
    archive: &Archive,
    address: DocAddress,
    article: &Article,
) -> Result<std::result::Result<Vec<u8>, Unfiled>> {
    if archive.manifest.export {
        return Ok(Err(Unfiled::OfExport));
    }
    let Some(state) = archive.state_of_file(address)? else {
        return Ok(Err(Unfiled::Changed));
    };
    if state.stamp.size > LARGEST {
        return Ok(Err(Unfiled::TooLarge));
    }
    let folder = archive.manifest.articles_folder(&archive.folder);
    let path = path_of_key(&folder, &article.path);
    let bytes = path.and_then(|path| {
        // Opening a pipe may block.
        let is_file = std::fs::metadata(&path).ok()?.is_file();
        let file = is_file.then(|| File::open(path))?.ok()?;
        let mut bytes = Vec::new();
        file.take(LARGEST + 1).read_to_end(&mut bytes).ok()?;
        Some(bytes)
    });
    Ok(bytes
        .filter(|bytes| state.is_of(bytes))
        .ok_or(Unfiled::Changed))
}

/// Reads the article out of the bytes of its file; `None` if they have none with its number.
fn read(article: &Article, bytes: &[u8]) -> Option<Filed> {
    let text = decode(bytes);
    let part = split(&text.text).into_iter().nth(article.part as usize)?;
    let knowledge = Knowledge::of_settled(&article.evidence.settled);
    let again = fielded(
        &article.path,
        article.part,
        &part,
        &knowledge,
        field_with_origins,
    );
    let lines = (part.first_line..).zip(lines_of(&part.text));
    let lines = lines.map(|(counted, text)| FiledLine {
        number: part.line_in_file(counted),
        text: text.to_owned(),
        taken: Vec::new(),
    });
    Some(Filed {
        lines: struck(lines.collect(), &again.receipt),
        origins: again.why,
    })
}

/// Returns the lines of a text, which end in `\n`, `\r\n` or `\r`.
fn lines_of(text: &str) -> impl Iterator<Item = &str> {
    let lines = text.split_inclusive(['\n', '\r']);
    // The line feed of `\r\n` ends no line of its own.
    let mut after_return = false;
    lines.filter_map(move |line| {
        let is_rest = after_return && line == "\n";
        after_return = line.ends_with('\r');
        (!is_rest).then(|| line.trim_end_matches(['\n', '\r']))
    })
}

/// Returns the lines with what a receipt says was taken out of them. What stands in none of them is
/// added as a line of its own.
fn struck(mut lines: Vec<FiledLine>, receipt: &[Removed]) -> Vec<FiledLine> {
    for removed in receipt {
        let mut own = (lines.iter_mut()).filter(|line| line.number == removed.line);
        if !own.any(|line| line.strike(removed)) {
            let at = lines.partition_point(|line| line.number <= removed.line);
            lines.insert(
                at,
                FiledLine {
                    number: removed.line,
                    text: removed.text.clone(),
                    taken: vec![(0..removed.text.len(), removed.kind)],
                },
            );
        }
    }
    lines
}

impl FiledLine {
    /// Strikes what was taken out of the line, unless the line does not have it.
    fn strike(&mut self, removed: &Removed) -> bool {
        let wanted = removed.text.trim();
        let free = self.taken.last().map_or(0, |(range, _)| range.end);
        let found = self.text[free..].find(wanted).map(|at| free + at);
        let range = match found {
            Some(at) => at..at + wanted.len(),
            // The receipt has the line as it was read: white space and letters may have been mended.
            None if self.taken.is_empty() && is_whole(&self.text, wanted) => 0..self.text.len(),
            None => return false,
        };
        self.taken.push((range, removed.kind));
        true
    }
}

/// Returns whether what was taken out of a line is about all of it.
fn is_whole(line: &str, taken: &str) -> bool {
    let letters = |text: &str| text.chars().filter(|c| c.is_alphanumeric()).count();
    let (all, taken) = (letters(line), letters(taken));
    all > 0 && all.abs_diff(taken) * 10 <= all
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_end_as_they_are_counted() {
        for (text, expected) in [
            ("", &[][..]),
            ("a", &["a"]),
            ("a\nb\n", &["a", "b"]),
            ("a\r\nb\rc", &["a", "b", "c"]),
            ("a\n\n\r\nb", &["a", "", "", "b"]),
        ] {
            assert_eq!(lines_of(text).collect::<Vec<_>>(), expected, "{text:?}");
        }
    }

    #[test]
    fn strikes_what_was_taken_out() {
        let kind = RemovedKind::Header;
        let shown = |text: &str, receipt: &[(u32, &str)]| -> Vec<String> {
            let lines = (1..).zip(lines_of(text)).map(|(number, text)| FiledLine {
                number,
                text: text.to_owned(),
                taken: Vec::new(),
            });
            let receipt = receipt.iter().map(|&(line, text)| Removed {
                line,
                kind,
                text: text.to_owned(),
            });
            let receipt: Vec<Removed> = receipt.collect();
            let lines = struck(lines.collect(), &receipt).into_iter();
            let marked = lines.map(|line| {
                let mut text = line.text;
                for (range, _) in line.taken.iter().rev() {
                    text.insert(range.end, ']');
                    text.insert(range.start, '[');
                }
                format!("{} {text}", line.number)
            });
            marked.collect()
        };
        for (text, receipt, expected) in [
            (
                "By A. Holm\nText",
                &[(1, "By A. Holm")][..],
                &["1 [By A. Holm]", "2 Text"][..],
            ),
            (
                "  By  A. Holm\nText",
                &[(1, "By A. Holm")],
                &["1 [  By  A. Holm]", "2 Text"],
            ),
            (
                "see http://a and http://a",
                &[(1, "http://a"), (1, "http://a")],
                &["1 see [http://a] and [http://a]"],
            ),
            (
                "Text",
                &[(1, "Cover"), (9, "End")],
                &["1 Text", "1 [Cover]", "9 [End]"],
            ),
        ] {
            assert_eq!(shown(text, receipt), expected, "{text}");
        }
    }
}
