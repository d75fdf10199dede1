//! Mails, as they are stored and as programs print them: the heads, what the sender wrote above an
//! article, the article, and what programs and firms write below it.

use std::ops::Range;

use super::header::{Export, Form, Header, Label};
use crate::clean::credits::{is_byline, is_date_line};
use crate::source::mail_head::{Field, Head, bare_subject, field_of, forward_mark, head_at};
use crate::text::fold::folded;
use crate::text::sentence::ends_sentence;
use crate::text::words::word_count;

/// The most lines of text above the first head: the name of the owner of the mailbox and the title
/// that a program prints.
const MOST_LINES_ABOVE: usize = 8;

/// The most words that a sender writes above an article.
const LONGEST_NOTE: usize = 80;

/// The most lines in which the next head, or the article's own, is looked for.
const NOTE_LINES: usize = 40;

/// The most heads in a mail that was forwarded again and again.
const MOST_HEADS: usize = 20;

/// Reads a mail: the article in it is its body, unless it has no text.
pub(super) fn read(lines: &[&str]) -> Option<Export> {
    let head = first_head(lines)?;
    let quoted = quoted_range(lines, head.end);
    let marks: Vec<usize> = match &quoted {
        Some(range) => lines.iter().enumerate().map(|(i, line)| {
            if range.contains(&i) { quote_mark(line) } else { 0 }
        }).collect(),
        None => vec![0; lines.len()],
    };
    let bare: Vec<&str> = lines.iter().zip(&marks).map(|(line, mark)| &line[*mark..]).collect();
    let (from, to) = match quoted {
        Some(range) => (range.start, range.end),
        None => (head.end, lines.len()),
    };
    let inner = below_heads(&bare, from, to);
    let subject = inner.subject.clone().or_else(|| subject_of(&head));
    let body_start = below_note(&bare, inner.start..to, subject.as_ref().map(|h| h.value.as_str()));
    let body = body_start..end_of_text(&bare, body_start..to);
    if bare[body.clone()].iter().all(|line| line.trim().is_empty()) {
        return None;
    }
    let is_sent_on = inner.start > from || bare[from..body.start].iter().any(|l| !l.trim().is_empty());
    let mut headers: Vec<Header> = subject.into_iter().collect();
    if head.is_to_list() && !is_sent_on && let Some(date) = head.field(Field::Date) {
        headers.push(header(Label::Published, &date.value, date.line));
    }
    if let Some(subject) = headers.iter_mut().find(|h| h.label == Label::Subject) {
        subject.value = without_outlet(&subject.value, &bare[body.clone()]).to_owned();
    }
    let body_labels = body.clone().filter(|&i| marks[i] > 0).map(|i| (i, marks[i])).collect();
    Some(Export { form: Form::Mail, headers, body, body_labels })
}

/// Returns the first head. Above it there is at most the line of a
/// mailbox, or what programs print at the top of a page.
fn first_head(lines: &[&str]) -> Option<Head> {
    let mut above = 0;
    for (i, line) in lines.iter().enumerate() {
        if line.trim().is_empty() {
            continue;
        }
        if let Some(head) = head_at(lines, i) {
            return Some(head);
        }
        above += 1;
        if above > MOST_LINES_ABOVE || ends_sentence(line) && word_count(line) > 12 {
            return None;
        }
    }
    None
}

/// Returns the number of bytes of the marks of quotation at the start of a line: `> `, `>> `.
fn quote_mark(line: &str) -> usize {
    let bytes = line.as_bytes();
    let mut end = 0;
    while let Some(at) = bytes[end..].iter().position(|b| *b != b' ')
        && bytes[end + at] == b'>'
    {
        end += at + 1;
    }
    end + usize::from(end > 0 && bytes.get(end) == Some(&b' '))
}

/// Returns the lines that are quoted, if most of the text is: the sender wrote a note around an
/// article that was sent to him.
fn quoted_range(lines: &[&str], start: usize) -> Option<Range<usize>> {
    let (mut quoted, mut others) = (0, 0);
    let mut range = None;
    for (i, line) in lines.iter().enumerate().skip(start) {
        if quote_mark(line) > 0 {
            quoted += line.len();
            let range = range.get_or_insert(i..i);
            range.end = i + 1;
        } else {
            others += line.trim().len();
        }
    }
    range.filter(|_| quoted > others * 2)
}

/// What stands below the heads of a mail.
struct Inner {
    /// The first line below the last head.
    start: usize,
    /// The subject of the last head that has one.
    subject: Option<Header>,
}

/// Returns what stands below the heads and marks of forwarding that follow each other between two
/// lines, with short notes between them.
fn below_heads(lines: &[&str], from: usize, to: usize) -> Inner {
    let mut inner = Inner {
        start: from,
        subject: None,
    };
    for _ in 0..MOST_HEADS {
        let Some((end, subject)) = next_head(lines, inner.start, to) else {
            break;
        };
        inner.start = end;
        inner.subject = subject.or(inner.subject);
    }
    inner
}

/// Returns the end and the subject of the next head or mark of forwarding, if at most a note stands
/// before it and more text after it.
fn next_head(lines: &[&str], from: usize, to: usize) -> Option<(usize, Option<Header>)> {
    let mut note = 0;
    let window = from..to.min(from + NOTE_LINES);
    for i in window {
        let end = match forward_mark(lines, i) {
            0 => None,
            count => Some((i + count, None)),
        };
        let found = end.or_else(|| {
            let head = head_at(lines, i)?;
            Some((head.end, subject_of(&head)))
        });
        if let Some((end, subject)) = found {
            let rest: usize = lines[end.min(to)..to].iter().map(|line| word_count(line)).sum();
            return (rest > note).then_some((end.min(to), subject));
        }
        note += word_count(lines[i]);
        if note > LONGEST_NOTE {
            return None;
        }
    }
    None
}

fn subject_of(head: &Head) -> Option<Header> {
    let subject = head.field(Field::Subject)?;
    let bare = bare_subject(&subject.value);
    (!bare.is_empty()).then(|| header(Label::Subject, bare, subject.line))
}

fn header(label: Label, value: &str, line: usize) -> Header {
    Header {
        label,
        value: value.to_owned(),
        lines: line..line + 1,
    }
}

/// Returns a subject without the outlet's name before it, if one of the first lines is the rest:
/// "The Herald - Ferry line sold".
fn without_outlet<'a>(subject: &'a str, body: &[&str]) -> &'a str {
    let first = || body.iter().filter(|line| !line.trim().is_empty()).take(10);
    for mark in [" - ", ": ", " – ", " | "] {
        if let Some((_, rest)) = subject.split_once(mark) {
            let rest_folded = folded(rest);
            let is_line = |line: &&str| {
                let line = folded(line);
                line.len() >= 8 && rest_folded.starts_with(&line)
            };
            if first().any(|line| is_line(line)) {
                return rest;
            }
        }
    }
    subject
}

/// Returns the paragraphs in a range of lines: runs without blank lines.
fn paragraphs(lines: &[&str], range: Range<usize>) -> Vec<Range<usize>> {
    let mut found: Vec<Range<usize>> = Vec::new();
    for i in range {
        if lines[i].trim().is_empty() {
            continue;
        }
        match found.last_mut() {
            Some(last) if last.end == i => last.end = i + 1,
            _ => found.push(i..i + 1),
        }
    }
    found
}

/// Returns the line at which the article begins below what the sender wrote: a greeting, a remark,
/// a sentence that presents the article. What looks like the page head of an article must follow,
/// or a rule.
fn below_note(lines: &[&str], range: Range<usize>, subject: Option<&str>) -> usize {
    let top = range.start..range.end.min(range.start + NOTE_LINES);
    let paragraphs = paragraphs(lines, top);
    let is_head = |line: &str| {
        let line = line.trim();
        line.len() <= 120 && (is_byline(line) || is_date_line(line))
    };
    let Some(head) = (range.start..range.end.min(range.start + NOTE_LINES)).find(|&i| is_head(lines[i]))
    else {
        return below_mail_words(lines, &paragraphs, range.start);
    };
    let title = subject.map(folded);
    let mut start = range.start;
    for (i, paragraph) in paragraphs.iter().enumerate() {
        let text: Vec<&str> = lines[paragraph.clone()].iter().map(|line| line.trim()).collect();
        let text = text.join(" ");
        let is_title = title.as_ref().is_some_and(|title| *title == folded(&text));
        if paragraph.end > head || is_title || !is_note(&text) {
            break;
        }
        let Some(next) = paragraphs.get(i + 1) else { break };
        // A note is no headline: that stands right above the credits.
        if next.start > head {
            break;
        }
        start = next.start;
    }
    start
}

/// Returns the start of the text below paragraphs that say only what mails do.
fn below_mail_words(lines: &[&str], paragraphs: &[Range<usize>], start: usize) -> usize {
    let first = paragraphs.first().map(|p| (p, lines[p.start].trim()));
    match (first, paragraphs.get(1)) {
        (Some((first, text)), Some(next)) if first.len() == 1 && is_mail_word(text) => next.start,
        _ => start,
    }
}

/// Abbreviations that senders write above what they send on.
fn is_mail_word(text: &str) -> bool {
    let bare = text.trim_matches(|c: char| !c.is_alphanumeric());
    ["fyi", "f.y.i", "fya", "zk", "zur info", "pvi", "nb"].contains(&&*bare.to_lowercase())
}

/// Returns whether a paragraph is a note of the sender by its form: it ends as a sentence, a
/// greeting or an announcement does, or is an abbreviation.
fn is_note(text: &str) -> bool {
    word_count(text) <= LONGEST_NOTE
        && (ends_sentence(text)
            || text.ends_with([':', ','])
            || is_mail_word(text)
            || text.chars().all(|c| !c.is_alphanumeric()))
}

/// The most lines below a text that close a mail.
const CLOSING_LINES: usize = 40;

/// The most words of a plea below a rule.
const LONGEST_CLOSING: usize = 80;

/// Returns the end of the text: above a signature, a rule with a few lines below it, a notice of
/// confidentiality, an older mail.
fn end_of_text(lines: &[&str], range: Range<usize>) -> usize {
    let mut end = range.end;
    let from = range.start.max(range.end.saturating_sub(CLOSING_LINES));
    for i in (from..range.end).rev() {
        let line = lines[i].trim();
        if line.is_empty() {
            continue;
        }
        let below: usize = lines[i..range.end].iter().map(|line| word_count(line)).sum();
        let is_short = below <= LONGEST_CLOSING;
        let closes = is_short && (line == "--" || is_rule(line))
            || is_confidentiality_notice(line)
            || is_program_line(line) && is_short;
        if closes {
            end = i;
        }
    }
    // An older mail below the text that answers it.
    let last_unquoted = (range.start..end)
        .rfind(|&i| !lines[i].trim().is_empty() && quote_mark(lines[i]) == 0);
    if let Some(last) = last_unquoted
        && lines[last + 1..end].iter().any(|line| quote_mark(line) > 0)
    {
        end = last + 1;
    }
    let older = (range.start + 1..end).find(|&i| {
        forward_mark(lines, i) > 0
            || field_of(lines[i]).is_some_and(|(field, _)| field == Field::From)
                && head_at(lines, i).is_some()
    });
    older.unwrap_or(end)
}

/// Returns whether a line is a rule of five or more equal characters.
fn is_rule(line: &str) -> bool {
    line.len() >= 5
        && line.starts_with(['-', '_', '=', '*', '~', '#'])
        && line.bytes().all(|b| b == line.as_bytes()[0])
}

/// Returns whether a line begins a notice that a mail is confidential.
fn is_confidentiality_notice(line: &str) -> bool {
    let lower = line.to_lowercase();
    let is_about_mail = ["mail", "message", "communication", "nachricht", "courriel"]
        .iter()
        .any(|word| lower.contains(word));
    is_about_mail
        && ["confidential", "intended recipient", "intended solely", "privileged", "vertraulich", "confidentiel"]
            .iter()
            .any(|word| lower.contains(word))
        && ["this ", "the ", "diese", "ce ", "confidential", "notice", "important", "***"]
            .iter()
            .any(|open| lower.trim_start_matches(['*', ' ']).starts_with(open))
}

/// Returns whether a line is what mail programs add below a mail.
fn is_program_line(line: &str) -> bool {
    ["Sent from my ", "Get Outlook for ", "Sent from Mail for ", "Sent via BlackBerry", "Von meinem ", "Envoyé de mon "]
        .iter()
        .any(|open| line.starts_with(open))
}
