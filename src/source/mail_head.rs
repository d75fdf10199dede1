//! The heads of mails: as RFC 5322 has them, and as mail programs print and forward them.

use crate::date::printed as dates;

/// What a field of a head is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Field {
    /// Who sent it.
    From,
    /// When it was sent.
    Date,
    /// To whom.
    To,
    /// What it is about.
    Subject,
    /// The number that programs give a message.
    MessageId,
    /// A field of a list or newsgroup, which says that the message is published.
    List,
    /// Any other field.
    Other,
}

/// The names of fields in RFC 5322, 2045, 2369 and 5536, and as Outlook, Apple Mail, Gmail, Notes
/// and Thunderbird print them in English, German, French, Spanish, Portuguese, Italian, Dutch,
/// Swedish, Danish, Norwegian, Finnish, Polish and Russian, in lower case.
const FIELDS: &[(&str, Field)] = &[
    ("from", Field::From),
    ("von", Field::From),
    ("de", Field::From),
    ("da", Field::From),
    ("van", Field::From),
    ("från", Field::From),
    ("fra", Field::From),
    ("lähettäjä", Field::From),
    ("od", Field::From),
    ("от", Field::From),
    ("от кого", Field::From),
    ("date", Field::Date),
    ("sent", Field::Date),
    ("datum", Field::Date),
    ("gesendet", Field::Date),
    ("envoyé", Field::Date),
    ("enviado", Field::Date),
    ("enviado el", Field::Date),
    ("enviada em", Field::Date),
    ("fecha", Field::Date),
    ("data", Field::Date),
    ("inviato", Field::Date),
    ("verzonden", Field::Date),
    ("skickat", Field::Date),
    ("sendt", Field::Date),
    ("dato", Field::Date),
    ("lähetetty", Field::Date),
    ("päivämäärä", Field::Date),
    ("wysłano", Field::Date),
    ("отправлено", Field::Date),
    ("дата", Field::Date),
    ("to", Field::To),
    ("an", Field::To),
    ("à", Field::To),
    ("para", Field::To),
    ("a", Field::To),
    ("aan", Field::To),
    ("till", Field::To),
    ("til", Field::To),
    ("vastaanottaja", Field::To),
    ("do", Field::To),
    ("кому", Field::To),
    ("subject", Field::Subject),
    ("betreff", Field::Subject),
    ("objet", Field::Subject),
    ("asunto", Field::Subject),
    ("assunto", Field::Subject),
    ("oggetto", Field::Subject),
    ("onderwerp", Field::Subject),
    ("ämne", Field::Subject),
    ("emne", Field::Subject),
    ("aihe", Field::Subject),
    ("temat", Field::Subject),
    ("тема", Field::Subject),
    ("subj", Field::Subject),
    ("message-id", Field::MessageId),
    ("newsgroups", Field::List),
    ("list-id", Field::List),
    ("list-post", Field::List),
    ("list-unsubscribe", Field::List),
    ("mailing-list", Field::List),
    ("x-mailing-list", Field::List),
    ("cc", Field::Other),
    ("bcc", Field::Other),
    ("kopie", Field::Other),
    ("sender", Field::Other),
    ("reply-to", Field::Other),
    ("attachments", Field::Other),
    ("anlagen", Field::Other),
    ("importance", Field::Other),
    ("sensitivity", Field::Other),
    ("categories", Field::Other),
    ("organization", Field::Other),
    ("keywords", Field::Other),
    ("comments", Field::Other),
    ("references", Field::Other),
    ("in-reply-to", Field::Other),
    ("received", Field::Other),
    ("return-path", Field::Other),
    ("path", Field::Other),
    ("mime-version", Field::Other),
    ("content-type", Field::Other),
    ("content-transfer-encoding", Field::Other),
    ("lines", Field::Other),
    ("xref", Field::Other),
];

/// A field of a head.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HeadField {
    /// What it is.
    pub field: Field,
    /// Its value, unfolded, with single spaces.
    pub value: String,
    /// The index of its first line.
    pub line: usize,
}

impl HeadField {
    /// Returns whether it is a field that programs do not print: one of a mail as it is stored.
    fn is_of_stored_mail(&self, lines: &[&str]) -> bool {
        let name = lines[self.line].split(':').next().unwrap_or_default();
        matches!(self.field, Field::MessageId | Field::List) || name.contains('-')
    }
}

/// The head of a mail.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Head {
    /// Its fields.
    pub fields: Vec<HeadField>,
    /// The index of the first line after it.
    pub end: usize,
}

impl Head {
    /// Returns the value of the first field of a kind that has one.
    pub fn value(&self, field: Field) -> Option<&str> {
        self.field(field).map(|found| found.value.as_str())
    }

    /// Returns the first field of a kind that has a value.
    pub fn field(&self, field: Field) -> Option<&HeadField> {
        let mut fields = self.fields.iter();
        fields.find(|known| known.field == field && !known.value.is_empty())
    }

    /// Returns whether the message went to a list or newsgroup: sending it is publishing it.
    pub fn is_to_list(&self) -> bool {
        self.field(Field::List).is_some()
    }

    /// Returns whether the fields are those of a mail and not of a memo or a press release: there
    /// is an address, the name by which programs number messages, or the label of a mail program
    /// for the day.
    fn is_mail(&self, lines: &[&str]) -> bool {
        let has = |field: Field| self.fields.iter().any(|known| known.field == field);
        let kinds = [Field::From, Field::Date, Field::To, Field::Subject];
        let count = kinds.into_iter().filter(|&kind| has(kind)).count();
        let is_printed_by_program = || {
            let date = self.fields.iter().find(|known| known.field == Field::Date);
            date.is_some_and(|date| {
                let label = lines[date.line].trim_start().to_lowercase();
                !["dat", "fecha", "дата", "päivä"]
                    .iter()
                    .any(|date| label.starts_with(date))
            })
        };
        let has_address = || {
            let mut fields = self.fields.iter();
            fields.any(|known| {
                matches!(known.field, Field::From | Field::To) && known.value.contains('@')
            })
        };
        has(Field::From)
            && count >= 3
            && (has(Field::MessageId)
                || has(Field::List)
                || has_address()
                || is_printed_by_program())
    }
}

/// The longest name of a field, in bytes.
const LONGEST_NAME: usize = 40;

/// Splits a line at the colon after the name of a field. `X-` names are fields of their own kind.
pub fn field_of(line: &str) -> Option<(Field, &str)> {
    let (name, value) = line.split_once(':')?;
    let name = name.trim().trim_matches('*');
    if name.is_empty() || name.len() > LONGEST_NAME {
        return None;
    }
    let lower = name.to_lowercase();
    let known = FIELDS.iter().find(|(known, _)| *known == lower);
    let is_name = || name.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-');
    let field = match known {
        Some((_, field)) => *field,
        None if lower.starts_with("x-") && is_name() => Field::Other,
        None => return None,
    };
    Some((field, value.trim_matches(['*', ' ', '\t', '\r'])))
}

/// Returns whether a line is the name and address of a sender and the time, as Gmail prints it.
fn is_sender_line(line: &str) -> bool {
    line.contains('<')
        && (line.contains(">\t") || line.contains("> "))
        && line.contains('@')
        && !dates::find(line).is_empty()
}

/// Returns whether a printed head may begin with a line: with the sender.
pub fn may_begin_head(line: &str) -> bool {
    is_sender_line(line) || field_of(line).is_some_and(|(field, _)| field == Field::From)
}

/// The most lines in a head.
const MOST_LINES: usize = 200;

/// Returns the head that begins on a line, or `None` if none does. Other names than those that are
/// known continue a head that has a known one; a line that begins with white space continues a
/// field. Programs print blank lines between fields: up to two do not end a head, unless it is one
/// of RFC 5322.
pub fn head_at(lines: &[&str], start: usize) -> Option<Head> {
    let first = lines.get(start)?;
    let mut fields: Vec<HeadField> = Vec::new();
    if is_sender_line(first) && field_of(first).is_none() {
        let sender = |field: Field| HeadField {
            field,
            value: joined(first),
            line: start,
        };
        fields.extend([sender(Field::From), sender(Field::Date)]);
    } else {
        field_of(first)?;
    }
    let mut end = start + fields.len().min(1);
    let mut blank = 0;
    for (i, line) in lines.iter().enumerate().take(start + MOST_LINES).skip(end) {
        if line.trim().is_empty() {
            blank += 1;
            if blank > 2 || fields.iter().any(|known| known.is_of_stored_mail(lines)) {
                break;
            }
            continue;
        }
        let is_stored = fields.iter().any(|known| known.is_of_stored_mail(lines));
        let other = || other_field(line, is_stored).filter(|_| blank == 0);
        if let Some((field, value)) = field_of(line).or_else(other) {
            // A head has each of these once: a new one begins, or the text does.
            let is_single = matches!(
                field,
                Field::From | Field::Date | Field::To | Field::Subject
            );
            if is_single && fields.iter().any(|known| known.field == field) {
                break;
            }
            fields.push(HeadField {
                field,
                value: joined(value),
                line: i,
            });
        } else if let Some(last) = fields.last_mut()
            && blank == 0
            && line.starts_with([' ', '\t'])
        {
            last.value.push(' ');
            last.value.push_str(&joined(line));
        } else {
            break;
        }
        blank = 0;
        end = i + 1;
    }
    let head = Head { fields, end };
    head.is_mail(lines).then_some(head)
}

/// Reads a field whose name is not known. Where a mail is printed, the text may follow right below
/// the head: there only a name with a hyphen is one.
fn other_field(line: &str, is_stored: bool) -> Option<(Field, &str)> {
    let (name, value) = line.split_once(':')?;
    let is_name = !name.is_empty()
        && name.len() <= LONGEST_NAME
        && name.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-')
        && (is_stored || name.contains('-'));
    is_name.then(|| (Field::Other, value.trim()))
}

fn joined(text: &str) -> String {
    let words: Vec<&str> = text.split_whitespace().collect();
    words.join(" ")
}

/// What mail programs print above a mail that is forwarded or answered, in lower case: English,
/// German, French, Spanish, Portuguese, Italian, Dutch, Swedish, Danish, Norwegian, Finnish, Polish,
/// Russian.
const FORWARD_MARKS: &[&str] = &[
    "forwarded message",
    "forwarded by",
    "original message",
    "original appointment",
    "weitergeleitete nachricht",
    "weitergeleitet von",
    "ursprüngliche nachricht",
    "message transféré",
    "message réexpédié",
    "message d'origine",
    "message original",
    "mensaje reenviado",
    "mensaje original",
    "mensagem encaminhada",
    "mensagem original",
    "messaggio inoltrato",
    "messaggio originale",
    "doorgestuurd bericht",
    "oorspronkelijk bericht",
    "vidarebefordrat meddelande",
    "ursprungligt meddelande",
    "videresendt melding",
    "videresendt meddelelse",
    "opprinnelig melding",
    "oprindelig meddelelse",
    "välitetty viesti",
    "alkuperäinen viesti",
    "wiadomość przekazana dalej",
    "oryginalna wiadomość",
    "пересылаемое сообщение",
    "исходное сообщение",
];

/// Returns the number of lines of the mark that begins on a line and says that a forwarded mail
/// follows, or 0 if none does: `---------- Forwarded message ---------`, `Begin forwarded
/// message:`, and that of Notes, which may take two lines.
pub fn forward_mark(lines: &[&str], at: usize) -> usize {
    let line = lines.get(at).map_or("", |line| line.trim());
    if line.len() > 200 || !line.is_ascii() && line.len() < 10 {
        return 0;
    }
    let bare = line.trim_matches(['-', '_', '*', ' ', '>']);
    let lower = bare.to_lowercase();
    let opens = [
        "begin forwarded message:",
        "start of forwarded message",
        "anfang der weitergeleiteten",
        "début du message",
    ];
    if opens.iter().any(|open| lower.starts_with(open)) {
        return 1;
    }
    let is_ruled = line.starts_with("--") || line.starts_with("__");
    if !is_ruled || !FORWARD_MARKS.iter().any(|mark| lower.starts_with(mark)) {
        return 0;
    }
    let next = lines.get(at + 1).map_or("", |line| line.trim());
    let takes_two = !line.ends_with("--") && next.ends_with("--") && next.len() > 2;
    1 + usize::from(takes_two)
}

/// Returns a subject without the marks of answers, forwarding and lists before it.
pub fn bare_subject(subject: &str) -> &str {
    let mut rest = subject.trim();
    loop {
        if let Some(tag) = rest.strip_prefix('[')
            && let Some((tag, after)) = tag.split_once(']')
            && tag.len() <= LONGEST_NAME
            && !after.trim().is_empty()
        {
            rest = after.trim_start();
            continue;
        }
        let Some((mark, after)) = rest.split_once(':') else {
            return rest;
        };
        // "Re", "Fwd" and those of programs in other languages; some count: "Re[2]".
        let mark = mark.trim_end_matches(|c: char| c.is_ascii_digit() || "[]()".contains(c));
        let is_mark = ANSWER_MARKS
            .iter()
            .any(|known| known.eq_ignore_ascii_case(mark.trim()));
        if !is_mark {
            return rest;
        }
        rest = after.trim_start();
    }
}

/// What mail programs write before the subject of an answer or a forwarded mail: English, German
/// (AW, WG), French (TR), Spanish (RV), Portuguese (ENC, RES), Italian (I, R), Dutch (Antw,
/// Doorst), Swedish (SV, VB), Norwegian and Danish (VS).
const ANSWER_MARKS: &[&str] = &[
    "re", "fw", "fwd", "aw", "wg", "tr", "rv", "enc", "res", "i", "r", "antw", "doorst", "sv",
    "vb", "vs", "rif",
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_heads() {
        for (text, expected) in [
            (
                "Message-ID: <1@a.example>\nDate: Thu, 3 May 2001 10:00:00 +0100\nFrom: ann@a.example\n\
                 Subject: Ferry line\n  sold\nX-Folder: \\Notes\n\nFrom: text\n",
                Some("Ferry line sold, 6"),
            ),
            (
                "From:\tWeaver, Ann\nSent:\tThursday, May 3, 2001 7:42 AM\nTo:\tSmith, Jo\nSubject:\tFW: Ferry\n\nText",
                Some("FW: Ferry, 4"),
            ),
            (
                "Von: Weaver, Ann\nGesendet: Donnerstag, 3. Mai 2001\nAn: Smith, Jo\nBetreff: Fähre\n",
                Some("Fähre, 4"),
            ),
            (
                "From:  Ann Weaver   05/03/2001 09:03 AM\n\t\n\nTo: Jo Smith/NA@Quay\ncc:  \n\nSubject: Ferry\n\nText\n",
                Some("Ferry, 7"),
            ),
            (
                "Ann Weaver <ann@a.example>\tWed, May 3, 2001 at 2:58 PM\nTo: Jo <jo@a.example>\n\nText\n",
                Some(", 2"),
            ),
            // A memo or a press release.
            (
                "From: The harbour office\nTo: News desks\nDate: 3 May 2001\nSubject: Ferry\n",
                None,
            ),
            ("From: Halden\nThe ferry was sold.\n", None),
        ] {
            let lines: Vec<&str> = text.lines().collect();
            let head = head_at(&lines, 0);
            let shown = head
                .map(|head| format!("{}, {}", head.value(Field::Subject).unwrap_or(""), head.end));
            assert_eq!(shown.as_deref(), expected, "{text}");
        }
    }

    #[test]
    fn marks_of_forwarding() {
        for (text, expected) in [
            ("---------- Forwarded message ---------", 1),
            ("-----Original Message-----", 1),
            ("Begin forwarded message:", 1),
            (
                "---- Forwarded by Ann Weaver/NA on 05/03/2001 \n04:57 PM -----",
                2,
            ),
            ("The forwarded message was lost.", 0),
            ("-----", 0),
            ("", 0),
        ] {
            let lines: Vec<&str> = text.lines().collect();
            assert_eq!(forward_mark(&lines, 0), expected, "{text}");
        }
    }

    #[test]
    fn subjects_without_marks() {
        for (subject, expected) in [
            ("Fwd: Ferry line sold", "Ferry line sold"),
            ("RE: Fw: [clips] AW: Ferry line sold", "Ferry line sold"),
            ("Re[2]: Ferry: sold", "Ferry: sold"),
            ("Ferry: sold", "Ferry: sold"),
            ("[clips]", "[clips]"),
        ] {
            assert_eq!(bare_subject(subject), expected, "{subject}");
        }
    }
}
