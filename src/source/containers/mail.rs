//! Opens mails and mailboxes: the articles of a mailbox, the text of a mail whose parts are encoded,
//! the mails that a mail forwards or digests as attachments.
//!
//! The heads stay on top of the texts, decoded and unfolded: the export reader knows them.

use std::borrow::Cow;

use encoding_rs::WINDOWS_1252;
use mail_parser::decoders::html::html_to_text;
use mail_parser::decoders::quoted_printable::quoted_printable_decode;
use mail_parser::parsers::MessageStream;
use mail_parser::{Encoding, Header, Message, MessageParser, MessagePart, PartType};

use super::paper::{LineCounter, Paper};
use crate::article::{Removed, RemovedKind};
use crate::source::mail_head::{field_of, head_at};
use crate::source::part::Part;
use crate::text::words::{push_collapsed, word_count};

/// How deep mails are opened that hold mails.
const DEEPEST: usize = 8;

/// The most words of a mail that only goes with its attachments.
const LONGEST_COVER: usize = 80;

/// The most lines in which the end of a head is looked for.
const HEAD_LINES: usize = 300;

/// Returns the mails of a text, or `None` if it is neither a mailbox nor a mail that is encoded.
pub fn articles(text: &str) -> Option<Vec<Part<'_>>> {
    let mails = mails_of_mailbox(text);
    let mut parts = Vec::new();
    let mut counter = LineCounter::new(text, 1);
    let mut was_opened = mails.len() > 1;
    for (start, end) in mails {
        let first_line = counter.line_at(start);
        let mail = &text[start..end];
        if let Some(opened) = opened(mail, first_line, 0) {
            was_opened = true;
            parts.extend(opened);
        } else if !mail.trim().is_empty() {
            parts.push(Part {
                text: without_escapes(mail),
                ..Part::of_file("", first_line)
            });
        }
    }
    (was_opened && !parts.is_empty()).then_some(parts)
}

/// Returns the mails of a mailbox as ranges that cover its text, or the text as one. In a mailbox a
/// line `From sender date` stands before each, after a blank line.
fn mails_of_mailbox(text: &str) -> Vec<(usize, usize)> {
    let mut starts = vec![0];
    if is_postmark(text) {
        for at in memchr::memmem::find_iter(text.as_bytes(), b"\nFrom ") {
            let before = text[..at].strip_suffix('\r').unwrap_or(&text[..at]);
            if before.ends_with('\n') && is_postmark(&text[at + 1..]) {
                starts.push(at + 1);
            }
        }
    }
    let ends: Vec<usize> = starts.iter().skip(1).copied().chain([text.len()]).collect();
    starts.into_iter().zip(ends).collect()
}

/// Returns whether a text begins with the line of a mailbox and a field of a head.
fn is_postmark(text: &str) -> bool {
    let mut lines = text.trim_start().lines();
    let postmark = lines.next().unwrap_or_default();
    postmark.starts_with("From ")
        && postmark.bytes().any(|b| b.is_ascii_digit())
        && lines
            .next()
            .and_then(|line| line.trim_start_matches('>').split_once(':'))
            .is_some_and(|(name, _)| {
                !name.is_empty() && name.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-')
            })
}

/// Returns a mail without the marks by which mailboxes tell a line of text from their own: `>From`.
fn without_escapes(mail: &str) -> Cow<'_, str> {
    if is_postmark(mail) && memchr::memmem::find(mail.as_bytes(), b"\n>From ").is_some() {
        Cow::Owned(mail.replace("\n>From ", "\nFrom "))
    } else {
        Cow::Borrowed(mail)
    }
}

/// Returns the articles of a mail, or `None` if its text can be read as it is.
fn opened(mail: &str, first_line: u32, depth: usize) -> Option<Vec<Part<'static>>> {
    let start = start_of_head(mail)?;
    let raw = &mail[start..];
    if depth >= DEEPEST || !is_encoded(raw) && !looks_quoted_printable(raw) {
        return None;
    }
    let message = MessageParser::default().parse(raw)?;
    let first_line = LineCounter::new(mail, first_line).line_at(start);
    let reading = Reading {
        raw,
        first_line,
        line_ends: memchr::memchr_iter(b'\n', raw.as_bytes()).collect(),
        depth,
    };
    let main = reading.main(&message);
    let mut parts = reading.attached(&message);
    let words = word_count(&main.body.text);
    match parts.first_mut() {
        Some(first) if words <= LONGEST_COVER => {
            let mut outside = Vec::new();
            for paper in [&main.head, &main.body] {
                outside.extend(removed(paper));
            }
            outside.append(&mut first.outside);
            first.outside = outside;
        }
        _ => {
            let mut paper = main.head;
            paper.push_line("", first_line);
            paper.lines.extend(main.body.lines);
            paper.text.push_str(&main.body.text);
            parts.insert(0, part(paper, first_line));
        }
    }
    Some(parts)
}

/// Returns the offset of the head of a mail: after blank lines and the line of a mailbox.
fn start_of_head(mail: &str) -> Option<usize> {
    let mut at = mail.len()
        - mail
            .trim_start_matches(['\u{feff}', '\r', '\n', ' ', '\t'])
            .len();
    let first = mail[at..].split_inclusive('\n').next()?;
    if first.trim_start_matches('>').starts_with("From ") {
        at += first.len();
    }
    let rest = &mail[at..];
    // Hardly any text begins with a field.
    field_of(rest.lines().next()?)?;
    let lines: Vec<&str> = rest.lines().take(HEAD_LINES).collect();
    head_at(&lines, 0).map(|_| at)
}

/// Returns whether the head of a mail says that its text is encoded or has parts, or is itself
/// encoded.
fn is_encoded(mail: &str) -> bool {
    let mut is_content = false;
    for line in mail.lines().take(HEAD_LINES) {
        let lower = line.to_ascii_lowercase();
        if lower.trim().is_empty() {
            return false;
        }
        // A folded field goes on.
        is_content = lower.starts_with("content-") || is_content && lower.starts_with([' ', '\t']);
        let has = |word: &str| lower.contains(word);
        if is_content
            && (has("multipart/")
                || has("message/")
                || has("text/html")
                || has("quoted-printable")
                || has("base64"))
            || has("=?") && has("?=")
        {
            return true;
        }
    }
    false
}

/// The fewest lines that show that a text is quoted-printable although its head says nothing of it, as
/// in mails that were stored again by another program.
const FEWEST_SOFT_BREAKS: usize = 3;

/// Returns whether lines of a text end as those of quoted-printable do: in `=` after many words, or in
/// `=20`.
fn looks_quoted_printable(text: &str) -> bool {
    let is_soft = |line: &&str| {
        let line = line.trim_end_matches('\r');
        line.ends_with("=20") || line.len() >= 60 && line.ends_with('=') && !line.ends_with("==")
    };
    let bytes = text.as_bytes();
    let has = |sign: &[u8]| memchr::memmem::find(bytes, sign).is_some();
    (has(b"=\n") || has(b"=\r\n") || has(b"=20"))
        && text
            .lines()
            .filter(is_soft)
            .nth(FEWEST_SOFT_BREAKS - 1)
            .is_some()
}

/// Returns the text of quoted-printable of an unknown encoding: UTF-8, else Windows-1252.
fn decoded_quoted_printable(raw: &str) -> Option<String> {
    let bytes = quoted_printable_decode(raw.as_bytes())?;
    Some(match String::from_utf8(bytes) {
        Ok(text) => text,
        Err(error) => WINDOWS_1252.decode(error.as_bytes()).0.into_owned(),
    })
}

/// The head and the text of a mail.
struct Main {
    head: Paper,
    body: Paper,
}

/// A mail that is being opened.
struct Reading<'a> {
    raw: &'a str,
    first_line: u32,
    /// The offsets of its line ends.
    line_ends: Vec<usize>,
    depth: usize,
}

impl Reading<'_> {
    /// Returns the line of the file at an offset in the mail.
    fn line_at(&self, offset: u32) -> u32 {
        let offset = usize::try_from(offset).unwrap_or(usize::MAX);
        let before = self.line_ends.partition_point(|&end| end < offset);
        let lines = u32::try_from(before).unwrap_or(u32::MAX);
        self.first_line.saturating_add(lines)
    }

    /// Returns the head of the mail, and its text: the plain one where there are several forms.
    fn main(&self, message: &Message<'_>) -> Main {
        let mut head = Paper::default();
        for header in message.headers() {
            let value = value_of(header, self.raw);
            head.push_line(
                &format!("{}: {value}", header.name()),
                self.line_at(header.offset_field),
            );
        }
        let mut body = Paper::default();
        for part in message.text_bodies() {
            self.write(part, &mut body);
        }
        Main { head, body }
    }

    /// Returns the mails and texts that the mail has as attachments.
    fn attached(&self, message: &Message<'_>) -> Vec<Part<'static>> {
        let mut parts = Vec::new();
        for attachment in message.attachments() {
            let line = self.line_at(attachment.offset_body);
            if let PartType::Message(nested) = &attachment.body {
                let raw = match attachment.encoding {
                    Encoding::None => Cow::Borrowed(self.raw_of(attachment)),
                    _ => String::from_utf8_lossy(nested.raw_message()),
                };
                match opened(&raw, line, self.depth + 1) {
                    Some(opened) => parts.extend(opened),
                    None => parts.push(Part {
                        text: Cow::Owned(raw.into_owned()),
                        ..Part::of_file("", line)
                    }),
                }
            } else if matches!(attachment.body, PartType::Text(_) | PartType::Html(_)) {
                let mut paper = Paper::default();
                self.write(attachment, &mut paper);
                if !paper.text.trim().is_empty() {
                    parts.push(part(paper, line));
                }
            }
        }
        parts
    }

    fn raw_of(&self, part: &MessagePart<'_>) -> &str {
        let offset = |offset: u32| usize::try_from(offset).unwrap_or(usize::MAX);
        let range = offset(part.offset_body)..offset(part.offset_end);
        self.raw.get(range).unwrap_or_default()
    }

    /// Writes the text of a part. One that is not encoded was decoded with the file.
    fn write(&self, part: &MessagePart<'_>, paper: &mut Paper) {
        let line = self.line_at(part.offset_body);
        paper.end_paragraph(line);
        let raw = self.raw_of(part);
        match (&part.body, part.encoding) {
            (PartType::Html(_), Encoding::None) => {
                push_from_one_line(paper, &html_to_text(raw), line);
            }
            (PartType::Html(html), _) => push_from_one_line(paper, &html_to_text(html), line),
            (PartType::Text(_), Encoding::None) => {
                let decoded = Some(raw).filter(|raw| looks_quoted_printable(raw));
                match decoded.and_then(decoded_quoted_printable) {
                    Some(text) => push_quoted_printable(paper, &text, raw, line),
                    None => paper.push(raw, line),
                }
            }
            (PartType::Text(text), Encoding::QuotedPrintable) => {
                push_quoted_printable(paper, text, raw, line);
            }
            (PartType::Text(text), Encoding::Base64) => push_from_one_line(paper, text, line),
            _ => {}
        }
    }
}

/// Adds text whose lines have no lines in the file.
fn push_from_one_line(paper: &mut Paper, text: &str, line: u32) {
    for piece in text.lines() {
        paper.push_line(piece, line);
    }
}

/// Adds the text of a part in quoted-printable, in which a line that ends in `=` goes on.
fn push_quoted_printable(paper: &mut Paper, text: &str, raw: &str, line: u32) {
    let mut raw = (line..).zip(raw.lines());
    for piece in text.lines() {
        let number = raw.next().map_or(line, |(number, first)| {
            let mut is_open = first.trim_end().ends_with('=');
            while is_open && let Some((_, next)) = raw.next() {
                is_open = next.trim_end().ends_with('=');
            }
            number
        });
        paper.push_line(piece, number);
    }
}

/// Returns the value of a field on one line, decoded.
fn value_of(header: &Header<'_>, raw: &str) -> String {
    let offset = |offset: u32| usize::try_from(offset).unwrap_or(usize::MAX);
    let written = raw.get(offset(header.offset_start)..offset(header.offset_end));
    let written = written.unwrap_or_default();
    let mut value = String::new();
    let written = written.trim();
    let line = format!("{written}\n");
    let decoded = MessageStream::new(line.as_bytes()).parse_unstructured();
    let decoded = decoded.as_text().filter(|_| written.contains("=?"));
    push_collapsed(&mut value, decoded.unwrap_or(written));
    value
}

fn part(paper: Paper, first_line: u32) -> Part<'static> {
    Part {
        text: Cow::Owned(paper.text),
        lines: paper.lines,
        ..Part::of_file("", first_line)
    }
}

/// Returns the lines of a text as lines of a receipt.
fn removed(paper: &Paper) -> impl Iterator<Item = Removed> {
    let lines = paper.text.lines().zip(&paper.lines);
    lines
        .filter(|(text, _)| !text.trim().is_empty())
        .map(|(text, &line)| {
            let mut collapsed = String::new();
            push_collapsed(&mut collapsed, text);
            Removed {
                line,
                kind: RemovedKind::Header,
                text: collapsed,
            }
        })
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Returns the mails as their texts on one line each, with the line of the file before each.
    fn shown(text: &str) -> Vec<String> {
        let Some(parts) = articles(text) else {
            return vec!["none".to_owned()];
        };
        parts
            .into_iter()
            .map(|part| {
                let lines: Vec<String> = (part.first_line..)
                    .zip(part.text.lines())
                    .filter(|(_, line)| !line.trim().is_empty())
                    .map(|(counted, line)| format!("{} {line}", part.line_in_file(counted)))
                    .collect();
                let outside: Vec<&str> = part.outside.iter().map(|r| r.text.as_str()).collect();
                format!("{} / {}", lines.join("|"), outside.join("|"))
            })
            .collect()
    }

    const HEAD: &str =
        "From: ada@quay.example\nTo: piet@quay.example\nDate: Thu, 5 Mar 2020 10:00:00 +0100\n";
    const SHOWN_HEAD: &str =
        "1 From: ada@quay.example|2 To: piet@quay.example|3 Date: Thu, 5 Mar 2020 10:00:00 +0100";

    #[test]
    fn opens_encoded_mails() {
        for (rest, expected) in [
            (
                "Subject: =?iso-8859-1?Q?F=E4hre?=\n =?utf-8?B?IHZlcmthdWZ0?=\nContent-Type: text/plain; charset=iso-8859-1\n\
                 Content-Transfer-Encoding: quoted-printable\n\nDie F=E4hre wurde ver=\nkauft.\n\nSie f=E4hrt.\n",
                "4 Subject: Fähre verkauft|6 Content-Type: text/plain; charset=iso-8859-1|\
                 7 Content-Transfer-Encoding: quoted-printable|9 Die Fähre wurde verkauft.|12 Sie fährt. / ",
            ),
            (
                "Content-Type: text/plain; charset=utf-8\nContent-Transfer-Encoding: base64\n\nRsOkaHJlCnZlcmthdWZ0\n",
                "4 Content-Type: text/plain; charset=utf-8|5 Content-Transfer-Encoding: base64|7 Fähre|7 verkauft / ",
            ),
            // The plain form is read. What is not encoded was decoded with the file.
            (
                "Content-Type: multipart/alternative; boundary=x\n\n--x\nContent-Type: text/plain; charset=iso-8859-1\n\n\
                 Fähre verkauft.\n--x\nContent-Type: text/html\n\n<p>Nein</p>\n--x--\n",
                "4 Content-Type: multipart/alternative; boundary=x|9 Fähre verkauft. / ",
            ),
            (
                "Content-Type: text/html\n\n<html><body><p>F&auml;hre</p><p>verkauft</p></body></html>\n",
                "4 Content-Type: text/html|6 Fähre|6 verkauft / ",
            ),
        ] {
            assert_eq!(
                shown(&format!("{HEAD}{rest}")),
                [format!("{SHOWN_HEAD}|{expected}")],
                "{rest}"
            );
        }
        // The head does not say that the text is encoded.
        let long = "The ferry line was sold to its rival on Monday, and nobody knew =";
        assert_eq!(
            shown(&format!("{HEAD}\n{long}\nwhy.=20\nSecond=92s.=20\n")),
            [format!(
                "{SHOWN_HEAD}|5 {}why. |7 Second’s.  / ",
                long.trim_end_matches('=')
            )]
        );
        assert_eq!(shown(&format!("{HEAD}\nText.\n")), ["none"]);
        assert_eq!(shown("Text.\n"), ["none"]);
    }

    #[test]
    fn opens_mailboxes_and_attached_mails() {
        let mailbox = format!(
            "From ada@quay.example Thu Mar  5 10:00:00 2020\n{HEAD}\nFerry sold.\n>From here it sails.\n\n\
             From ada@quay.example Fri Mar  6 10:00:00 2020\n{HEAD}\nSecond.\nFrom here on none.\n"
        );
        assert_eq!(
            shown(&mailbox),
            [
                "1 From ada@quay.example Thu Mar  5 10:00:00 2020|2 From: ada@quay.example|3 To: piet@quay.example|\
                 4 Date: Thu, 5 Mar 2020 10:00:00 +0100|6 Ferry sold.|7 From here it sails. / ",
                "9 From ada@quay.example Fri Mar  6 10:00:00 2020|10 From: ada@quay.example|11 To: piet@quay.example|\
                 12 Date: Thu, 5 Mar 2020 10:00:00 +0100|14 Second.|15 From here on none. / ",
            ]
        );
        let digest = format!(
            "{HEAD}Content-Type: multipart/digest; boundary=x\n\n--x\n\n{HEAD}\nFerry sold.\n--x\n\n{HEAD}\nSecond.\n--x--\n"
        );
        let shown = shown(&digest);
        assert_eq!(shown.len(), 2, "{shown:?}");
        assert!(
            shown[0].contains("12 Ferry sold. / From: ada@quay.example|"),
            "{shown:?}"
        );
        assert!(shown[1].ends_with("19 Second. / "), "{shown:?}");
    }
}
