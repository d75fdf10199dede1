//! Mails, as they are stored and as programs print them: the heads, what the sender wrote above an
//! article, the article, and what programs and firms write below it.

use std::borrow::Cow;
use std::ops::Range;

use mail_parser::DateTime;

use super::header::{Export, Form, Header, Label};
use crate::clean::credits::{is_byline, is_date_line};
use crate::source::export_marks::is_rule;
use crate::source::mail_head::{Field, Head, bare_subject, forward_mark, head_at, may_begin_head};
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
        Some(range) => lines
            .iter()
            .enumerate()
            .map(|(i, line)| {
                if range.contains(&i) {
                    quote_mark(line)
                } else {
                    0
                }
            })
            .collect(),
        None => vec![0; lines.len()],
    };
    let bare: Vec<&str> = lines
        .iter()
        .zip(&marks)
        .map(|(line, mark)| &line[*mark..])
        .collect();
    let (from, to) = match quoted {
        Some(range) => (range.start, range.end),
        None => (head.end, lines.len()),
    };
    let inner = below_heads(&bare, from, to);
    let subject = inner.subject.clone().or_else(|| subject_of(&head));
    let body_start = below_note(
        &bare,
        inner.start..to,
        subject.as_ref().map(|h| h.value.as_str()),
    );
    let body = body_start..end_of_text(&bare, body_start..to);
    if bare[body.clone()].iter().all(|line| line.trim().is_empty()) {
        return None;
    }
    let is_sent_on =
        inner.start > from || bare[from..body.start].iter().any(|l| !l.trim().is_empty());
    let mut headers: Vec<Header> = subject.into_iter().collect();
    if head.is_to_list()
        && !is_sent_on
        && let Some(date) = head.field(Field::Date)
    {
        headers.push(header(Label::Published, &readable(&date.value), date.line));
    }
    if let Some(subject) = headers.iter_mut().find(|h| h.label == Label::Subject) {
        subject.value = without_outlet(&subject.value, &bare[body.clone()]).to_owned();
    }
    let body_labels = body
        .clone()
        .filter(|&i| marks[i] > 0)
        .map(|i| (i, marks[i]))
        .collect();
    Some(Export {
        form: Form::Mail,
        headers,
        body,
        body_labels,
    })
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
    let mut note = 0;
    for (i, line) in lines.iter().enumerate().skip(start) {
        if quote_mark(line) > 0 {
            quoted += line.len();
            let range = range.get_or_insert(i..i);
            range.end = i + 1;
        } else {
            others += line.trim().len();
            note += if range.is_none() { word_count(line) } else { 0 };
        }
    }
    range.filter(|_| quoted > others && note <= LONGEST_NOTE)
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
            let rest: usize = lines[end.min(to)..to]
                .iter()
                .map(|line| word_count(line))
                .sum();
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

/// Returns the date of a mail so that it can be read: years had two digits in RFC 822.
fn readable(date: &str) -> Cow<'_, str> {
    let has_year = date
        .split(|c: char| !c.is_ascii_digit())
        .any(|number| number.len() == 4);
    if has_year {
        return Cow::Borrowed(date);
    }
    match DateTime::parse_rfc822(date) {
        Some(read) if read.is_valid() => Cow::Owned(format!(
            "{:04}-{:02}-{:02}",
            read.year, read.month, read.day
        )),
        _ => Cow::Borrowed(date),
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
            if first().any(is_line) {
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
    let title = subject.map(folded);
    let is_title = |line: &str| {
        let title = title
            .as_ref()
            .filter(|title| line.len() <= title.len() + 20);
        title.is_some_and(|title| !title.is_empty() && *title == folded(line))
    };
    let is_head = |line: &str| {
        let line = line.trim();
        line.len() <= 120 && (is_byline(line) || is_date_line(line)) || is_title(line)
    };
    let mut top_lines = range.start..range.end.min(range.start + NOTE_LINES);
    let Some(head) = top_lines.find(|&i| is_head(lines[i])) else {
        return below_mail_words(lines, &paragraphs, range.start);
    };
    let mut start = range.start;
    for (i, paragraph) in paragraphs.iter().enumerate() {
        let text: Vec<&str> = lines[paragraph.clone()]
            .iter()
            .map(|line| line.trim())
            .collect();
        let text = text.join(" ");
        if paragraph.end > head || is_title(&text) || !is_note(&text) {
            break;
        }
        let Some(next) = paragraphs.get(i + 1) else {
            break;
        };
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
    let mut below = 0;
    // The first rule from below closes the text, those above it stand between its parts.
    let mut has_rule = false;
    for i in (from..range.end).rev() {
        let line = lines[i].trim();
        below += word_count(line);
        let is_short = below <= LONGEST_CLOSING;
        let closes = is_short
            && (line == "--"
                || is_program_line(line)
                || is_rule(line) && !has_rule && lines[i..end].iter().any(|l| is_about_mail(l)))
            || is_confidentiality_notice(line);
        has_rule |= is_rule(line);
        if closes {
            end = i;
        }
    }
    end = above_contacts(lines, range.start..end);
    // An older mail below the text that answers it.
    let last_unquoted =
        (range.start..end).rfind(|&i| !lines[i].trim().is_empty() && quote_mark(lines[i]) == 0);
    if let Some(last) = last_unquoted
        && lines[last + 1..end].iter().any(|line| quote_mark(line) > 0)
    {
        end = last + 1;
    }
    let older = (range.start + 1..end).find(|&i| {
        forward_mark(lines, i) > 0 || may_begin_head(lines[i]) && head_at(lines, i).is_some()
    });
    older.unwrap_or(end)
}

/// Returns whether a line below a rule says where more is to be had, or how to leave a list.
fn is_about_mail(line: &str) -> bool {
    let lower = line.to_lowercase();
    [
        "://",
        "www.",
        "@",
        "subscri",
        "abonn",
        "abbestell",
        "copyright",
        "©",
    ]
    .iter()
    .any(|word| lower.contains(word))
}

/// Returns whether a line begins a notice that a mail is confidential.
fn is_confidentiality_notice(line: &str) -> bool {
    let lower = line.to_lowercase();
    let is_about_mail = ["mail", "message", "communication", "nachricht", "courriel"]
        .iter()
        .any(|word| lower.contains(word));
    is_about_mail
        && [
            "confidential",
            "intended recipient",
            "intended solely",
            "privileged",
            "vertraulich",
            "confidentiel",
        ]
        .iter()
        .any(|word| lower.contains(word))
        && [
            "this ",
            "the ",
            "diese",
            "ce ",
            "confidential",
            "notice",
            "important",
            "***",
        ]
        .iter()
        .any(|open| lower.trim_start_matches(['*', ' ']).starts_with(open))
}

/// The most lines of a signature, and the most words of one of its lines.
const MOST_SIGNATURE_LINES: usize = 8;
const LONGEST_SIGNATURE_LINE: usize = 10;

/// Returns the end of the text above a signature without a mark: the last paragraph, of short lines
/// that are no sentences, one of them with a telephone number or an address.
fn above_contacts(lines: &[&str], range: Range<usize>) -> usize {
    let is_blank = |i: &usize| lines[*i].trim().is_empty();
    let Some(last) = range.clone().rfind(|i| !is_blank(i)) else {
        return range.end;
    };
    let first = range
        .clone()
        .take_while(|i| *i <= last)
        .filter(is_blank)
        .last();
    let first = first.map_or(range.start, |blank| blank + 1);
    let signature = &lines[first..=last];
    let is_short =
        |line: &&str| word_count(line) <= LONGEST_SIGNATURE_LINE && !ends_sentence(line.trim_end());
    let is_signature = first > range.start
        && (2..=MOST_SIGNATURE_LINES).contains(&signature.len())
        && signature.iter().all(is_short)
        && signature.iter().any(|line| has_contact(line));
    if is_signature { first } else { range.end }
}

/// Returns whether a line has a telephone number or an address of a mail.
fn has_contact(line: &str) -> bool {
    let digits = line.bytes().filter(u8::is_ascii_digit).count();
    let is_number = |byte: u8| byte.is_ascii_digit() || b"+-() ./".contains(&byte);
    let longest = line
        .as_bytes()
        .split(|&byte| !is_number(byte))
        .map(|run| run.iter().filter(|byte| byte.is_ascii_digit()).count())
        .max();
    digits >= 7 && longest >= Some(7) && line.contains(['+', '(', ':', '-'])
        || line.split_whitespace().any(|word| {
            word.split_once('@')
                .is_some_and(|(name, host)| !name.is_empty() && host.contains('.'))
        })
}

/// Returns whether a line is what mail programs, or firms, add below a mail.
fn is_program_line(line: &str) -> bool {
    if line.contains("consider the environment before printing") {
        return true;
    }
    [
        "Sent from my ",
        "Get Outlook for ",
        "Sent from Mail for ",
        "Sent via BlackBerry",
        "Von meinem ",
        "Envoyé de mon ",
    ]
    .iter()
    .any(|open| line.starts_with(open))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Returns the headers that are used and the lines of the body.
    fn shown(text: &str) -> String {
        let lines: Vec<&str> = text.lines().collect();
        let Some(export) = read(&lines) else {
            return "none".to_owned();
        };
        let headers: Vec<String> = export
            .headers
            .iter()
            .map(|header| format!("{:?}={}", header.label, header.value))
            .collect();
        let body: Vec<&str> = export
            .body
            .map(|i| {
                let mark = export.body_labels.iter().find(|(line, _)| *line == i);
                lines[i][mark.map_or(0, |(_, bytes)| *bytes)..].trim()
            })
            .filter(|line| !line.is_empty())
            .collect();
        format!("{}; body={}", headers.join("; "), body.join("|"))
    }

    const HEAD: &str = "From: Ada Holm <ada@quay.example>\nTo: piet@quay.example\n\
        Date: Thu, 5 Mar 2020 10:00:00 +0100\nSubject: Fwd: Ferry line sold\n\n";

    const ARTICLE: &str = "Ferry line sold\n\nBy Mara Tell\n\nThe ferry line was sold to its rival on Monday, and \
        nobody was surprised but the ferry.\n\nIt sails on in the summer.\n";

    #[test]
    fn finds_the_article_in_a_mail() {
        let plain = "Subject=Ferry line sold; body=Ferry line sold|By Mara Tell|The ferry line was sold to its rival on \
            Monday, and nobody was surprised but the ferry.|It sails on in the summer.";
        let quoted: String = ARTICLE.lines().map(|line| format!("> {line}\n")).collect();
        for text in [
            format!("{HEAD}{ARTICLE}"),
            format!("{HEAD}FYI\n\n{ARTICLE}"),
            format!("{HEAD}Piet,\n\nthis was in the paper today. Read it!\n\n{ARTICLE}"),
            format!("{HEAD}Please see the attached article:\n\n\n{ARTICLE}"),
            format!("{HEAD}Look.\n\n---------- Forwarded message ---------\n{HEAD}{ARTICLE}"),
            format!("{HEAD}Begin forwarded message:\n\n{ARTICLE}"),
            format!("{HEAD}Look at this.\n\n{quoted}"),
            format!("{HEAD}On Thursday Mara wrote:\n{quoted}\n-- \nAda Holm\n"),
            format!("{HEAD}{ARTICLE}\n-- \nAda Holm\nQuay Press Office\n"),
            format!("{HEAD}{ARTICLE}\nAda Holm\nQuay Press Office\nT: +1 555 0199\n"),
            format!("{HEAD}{ARTICLE}\n-----\nTo subscribe, go to http://quay.example\n"),
            format!(
                "{HEAD}{ARTICLE}\nThis message is confidential and for the addressee alone.\nIf not, destroy it.\n"
            ),
            format!("{HEAD}{ARTICLE}\nSent from my telephone\n").replace("telephone", "iPhone"),
            format!("{HEAD}{ARTICLE}\n-----Original Message-----\n{HEAD}Have you an article?\n"),
            format!("Holm, Ada\n\n{HEAD}{ARTICLE}"),
        ] {
            assert_eq!(shown(&text), plain, "{text}");
        }
    }

    #[test]
    fn what_is_no_note_stays() {
        for (body, expected) in [
            (
                "The ferry was sold.\n\nIt sails on.\n",
                "Subject=Ferry line sold; body=The ferry was sold.|It sails on.",
            ),
            (
                "The Quay Herald\nMarch 3, 2020\n\nFerry line sold\n\nBy Mara Tell\n\nIt was sold.\n",
                "Subject=Ferry line sold; body=The Quay Herald|March 3, 2020|Ferry line sold|By Mara Tell|It was sold.",
            ),
            (
                "FERRIES: The ferry was sold.\n\n=====\n\nSALT: Bakers struck.\n",
                "Subject=Ferry line sold; body=FERRIES: The ferry was sold.|=====|SALT: Bakers struck.",
            ),
            // The last lines are no signature.
            (
                "The ferry was sold.\n\nThe number is\n+1 555 0199 555.\n",
                "Subject=Ferry line sold; body=The ferry was sold.|The number is|+1 555 0199 555.",
            ),
            // The subject shows where the article begins.
            (
                "Dear all,\n\nhere it is.\n\nFerry line sold\n\nIt was sold.\n",
                "Subject=Ferry line sold; body=Ferry line sold|It was sold.",
            ),
            ("\n", "none"),
        ] {
            assert_eq!(shown(&format!("{HEAD}{body}")), expected, "{body}");
        }
    }

    #[test]
    fn a_mail_to_a_list_is_published() {
        let mail = "From: wire@clari.example (Northwire)\nNewsgroups: clari.ferries\nSubject: Ferry sinks\n\
            Approved: wire@clari.example\nDate: Tue, 3 May 94 10:20:22 PDT\n\nIt sank.\n";
        assert_eq!(
            shown(mail),
            "Subject=Ferry sinks; Published=1994-05-03; body=It sank."
        );
    }

    #[test]
    fn the_outlet_before_a_subject_goes() {
        for (subject, expected) in [
            ("The Herald - Ferry line sold", "Ferry line sold"),
            ("The Herald: Ferry line sold", "Ferry line sold"),
            ("Ferry line: sold at last", "Ferry line: sold at last"),
        ] {
            let body = ["The Herald", "", "Ferry line sold", "Text."];
            assert_eq!(without_outlet(subject, &body), expected);
        }
    }
}
