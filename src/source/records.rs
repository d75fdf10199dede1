//! Reads the articles of an export: JSON records, one a line. The records of one path are what a file
//! of a folder is: they are added, replaced and removed together.

use std::fs::File;
use std::io::{self, BufRead, BufReader, Read, Seek, SeekFrom};
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};

use serde::Deserialize;

use super::stamp::Stamp;
use super::walk::{Entry, Skipped, SourceFile};
use crate::article::{Article, SCHEMA};
use crate::error::{Error, Result, SkipReason};

/// The name of standard input on the command line.
pub const STANDARD_INPUT: &str = "-";

/// The most bytes of a line. The records of an article are not much longer than its text.
const LONGEST_LINE: u64 = 1 << 28;

/// The most bytes of a path: the engine keeps no longer terms.
const LONGEST_PATH: usize = 1 << 15;

/// An export that can be read: where the records of each path are in it.
#[derive(Debug)]
pub struct Records {
    path: PathBuf,
    file: Mutex<File>,
    /// The stamp of the file when it was opened.
    opened: Stamp,
    /// The lines that are records, by path and part.
    lines: Vec<Line>,
    /// Why some lines are no records, in order.
    faults: Vec<Skipped>,
}

#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Line {
    path: Box<str>,
    part: u32,
    /// Its number, from 1.
    number: usize,
    /// Its first byte in the file.
    from: u64,
    /// Its length without the line end.
    bytes: usize,
}

/// What tells a record from other objects.
#[derive(Deserialize)]
struct Head {
    schema: u32,
}

impl Records {
    /// Opens an export, and finds the records in it. A line that is none is kept as a fault. What is
    /// no regular file is first copied to a temporary one.
    ///
    /// # Errors
    /// [`Error::NoRecords`] if no line is a record, [`Error::NotAFile`], [`Error::Io`].
    pub fn open(path: &Path) -> Result<Self> {
        let failure = || Error::io(path);
        let file = if path == Path::new(STANDARD_INPUT) {
            copied(&mut io::stdin().lock()).map_err(failure())?
        } else {
            let mut file = File::open(path).map_err(failure())?;
            let kind = file.metadata().map_err(failure())?.file_type();
            if kind.is_dir() {
                return Err(Error::NotAFile(path.to_owned()));
            }
            match kind.is_file() {
                true => file,
                false => copied(&mut file).map_err(failure())?,
            }
        };
        let opened = file.metadata().and_then(|metadata| Stamp::of(&metadata));
        let mut records = Self {
            path: path.to_owned(),
            file: Mutex::new(file.try_clone().map_err(failure())?),
            opened: opened.map_err(failure())?,
            lines: Vec::new(),
            faults: Vec::new(),
        };
        records
            .find(BufReader::with_capacity(1 << 20, file))
            .map_err(failure())?;
        if records.lines.is_empty() {
            return Err(Error::NoRecords {
                path: path.to_owned(),
                first: records.faults.first().map(|fault| fault.reason.clone()),
            });
        }
        Ok(records)
    }

    fn find(&mut self, mut from: impl BufRead) -> io::Result<()> {
        let (mut at, mut line) = (0, Vec::new());
        for number in 1.. {
            line.clear();
            let bytes = (&mut from)
                .take(LONGEST_LINE)
                .read_until(b'\n', &mut line)?;
            if bytes == 0 {
                break;
            }
            let (start, end) = (at, at + bytes as u64);
            at = end;
            if bytes as u64 == LONGEST_LINE && line.last() != Some(&b'\n') {
                at += skip_line(&mut from)?;
                let mib = LONGEST_LINE >> 20;
                self.fault(number, format!("it is longer than {mib} MiB"));
                continue;
            }
            let mark = if number == 1 { mark_of(&line) } else { 0 };
            let text = line[mark..].trim_ascii_end();
            if text.is_empty() {
                continue;
            }
            match record(text) {
                Ok(article) => self.lines.push(Line {
                    path: article.path.into(),
                    part: article.part,
                    number,
                    from: start + mark as u64,
                    bytes: text.len(),
                }),
                Err(why) => self.fault(number, why),
            }
        }
        self.order();
        Ok(())
    }

    /// Puts the lines in order. Of several with the same path and part the first stays.
    fn order(&mut self) {
        self.lines.sort_unstable();
        let mut twice = Vec::new();
        self.lines.dedup_by(|later, first| {
            let is_same = (&later.path, later.part) == (&first.path, first.part);
            if is_same {
                twice.push((later.number, first.number));
            }
            is_same
        });
        for (later, first) in twice {
            self.fault(later, format!("it has the path and part of line {first}"));
        }
    }

    /// Returns the lines of each path.
    fn files(&self) -> impl Iterator<Item = &[Line]> {
        self.lines.chunk_by(|a, b| a.path == b.path)
    }

    fn fault(&mut self, line: usize, why: String) {
        self.faults.push(Skipped {
            key: self.path.to_string_lossy().into_owned(),
            reason: SkipReason::NoRecord { line, why },
        });
    }

    /// Returns the number of paths, and the size of their records in bytes.
    pub fn size(&self) -> (usize, u64) {
        let sizes = self.files().map(|lines| stamp(lines).size);
        sizes.fold((0, 0), |(files, bytes), size| (files + 1, bytes + size))
    }

    /// Returns the paths of the records as files, in order, after the lines that are no records.
    pub fn entries(&self) -> impl Iterator<Item = Entry> {
        let faults = self.faults.iter().cloned().map(Entry::Skipped);
        let files = self.files().map(|lines| {
            Entry::File(SourceFile {
                path: self.path.clone(),
                key: lines[0].path.clone().into(),
                stamp: stamp(lines),
            })
        });
        faults.chain(files)
    }

    /// Returns the lines of a path, by part, and their stamp. It says nothing of the time, so that
    /// only the bytes tell whether the records are the same.
    ///
    /// # Errors
    /// The reason, if they can't be read.
    pub fn read(&self, path: &str) -> Result<(Vec<u8>, Stamp), SkipReason> {
        let from = self.lines.partition_point(|line| *line.path < *path);
        let lines = self.lines[from..]
            .iter()
            .take_while(|line| *line.path == *path);
        let lines: Vec<Line> = lines.cloned().collect();
        let stamp = stamp(&lines);
        let mut bytes = Vec::with_capacity(usize::try_from(stamp.size).unwrap_or(0));
        let mut file = self.file.lock().unwrap_or_else(PoisonError::into_inner);
        let mut read = || {
            for line in &lines {
                file.seek(SeekFrom::Start(line.from))?;
                (&mut *file)
                    .take(line.bytes as u64)
                    .read_to_end(&mut bytes)?;
                bytes.push(b'\n');
            }
            Stamp::of(&file.metadata()?)
        };
        match read() {
            Err(error) => Err(SkipReason::Unreadable(error.to_string())),
            Ok(now) if now != self.opened => Err(SkipReason::Changing),
            Ok(_) => Ok((bytes, stamp)),
        }
    }
}

/// Returns the articles in lines that [`Records::read`] has read.
pub fn articles(lines: &[u8]) -> impl Iterator<Item = Article> {
    let lines = lines.split(|&byte| byte == b'\n');
    lines.filter_map(|line| record(line).ok())
}

/// Reads a record. Its id is computed from its path and part, which may have been changed.
///
/// # Errors
/// What is wrong with it, in words.
fn record(line: &[u8]) -> Result<Article, String> {
    if let Ok(Head { schema }) = serde_json::from_slice(line)
        && schema != SCHEMA
    {
        return Err(format!(
            "its schema is {schema}, and this program reads {SCHEMA}; export it again with this version"
        ));
    }
    let mut article: Article = serde_json::from_slice(line).map_err(|error| in_words(&error))?;
    if article.path.is_empty() || article.path.len() > LONGEST_PATH {
        return Err(format!(
            "its path is empty or longer than {LONGEST_PATH} bytes"
        ));
    }
    article.id = Article::id_of(&article.path, article.part);
    Ok(article)
}

/// Returns what is wrong with a line. The reader of JSON counts lines in the line alone.
fn in_words(error: &serde_json::Error) -> String {
    let message = error.to_string();
    let plain = message.split(" at line ").next().unwrap_or(&message);
    match error.column() {
        0 => plain.to_owned(),
        column => format!("{plain} at column {column}"),
    }
}

/// Returns the stamp of the records of a path.
fn stamp(lines: &[Line]) -> Stamp {
    Stamp {
        size: lines.iter().map(|line| line.bytes as u64 + 1).sum(),
        modified: 0,
        changed: 0,
        inode: 0,
    }
}

/// Returns the length of the byte order mark at the start of a file.
fn mark_of(bytes: &[u8]) -> usize {
    const MARK: &[u8] = "\u{feff}".as_bytes();
    if bytes.starts_with(MARK) {
        MARK.len()
    } else {
        0
    }
}

/// Reads to the end of a line, and returns the number of bytes.
fn skip_line(from: &mut impl BufRead) -> io::Result<u64> {
    let mut skipped = 0;
    loop {
        let buffer = from.fill_buf()?;
        let end = buffer.iter().position(|&byte| byte == b'\n');
        let bytes = end.map_or(buffer.len(), |end| end + 1);
        let is_end = end.is_some() || bytes == 0;
        from.consume(bytes);
        skipped += bytes as u64;
        if is_end {
            return Ok(skipped);
        }
    }
}

/// Returns a temporary file with what a stream holds.
fn copied(from: &mut impl Read) -> io::Result<File> {
    let mut file = tempfile::tempfile()?;
    io::copy(from, &mut file)?;
    file.rewind()?;
    Ok(file)
}
