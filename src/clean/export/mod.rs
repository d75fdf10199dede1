//! Reads exports of databases and programs: their labelled headers, and where the body is.
//!
//! There is a file for each vendor. A form is recognised by marks that articles do not print by
//! chance; [`read`] tries the forms in order.

mod factiva;
mod front_matter;
pub(super) mod header;
mod labelled;
mod lexis;
mod lift;
mod mail;
mod proquest;
mod story;

pub use header::{Export, Form, Header, Label};
pub(super) use lift::lift;

/// Reads the lines of an article as an export, or returns `None` if they are not one.
pub fn read(lines: &[&str]) -> Option<Export> {
    front_matter::read(lines)
        .or_else(|| lexis::read(lines))
        .or_else(|| lexis::read_nexis_uni(lines))
        .or_else(|| factiva::read_tagged(lines))
        .or_else(|| factiva::read_plain(lines))
        .or_else(|| proquest::read(lines))
        .or_else(|| story::read(lines))
        .or_else(|| mail::read(lines))
        .or_else(|| labelled::read(lines))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Returns an export as text: its form, its headers with a meaning, and its body.
    fn shown(text: &str) -> String {
        let lines: Vec<&str> = text.lines().collect();
        let Some(export) = read(&lines) else {
            return "none".to_owned();
        };
        let mut out = format!("{:?}", export.form);
        for header in export.headers.iter().filter(|h| h.label != Label::Other) {
            out.push_str(&format!("; {:?}={}", header.label, header.value));
        }
        let body: Vec<&str> = export
            .body
            .clone()
            .map(|i| {
                let label = export.body_labels.iter().find(|(line, _)| *line == i);
                lines[i][label.map_or(0, |(_, bytes)| *bytes)..].trim()
            })
            .filter(|line| !line.is_empty())
            .collect();
        format!("{out}; body={}", body.join("|"))
    }

    #[test]
    fn reads_each_form() {
        for (text, expected) in [
            (
                "\n\n        1 of 7 DOCUMENTS\n\n     The Quay Herald\n\n   July 25, 2020 Saturday\n\n\
                 Ferry line sold to\nits rival\n\nBYLINE: Ada Holm and Piet Roos\n\nSECTION: NEWS; Pg. 19\n\n\
                 LENGTH: 38 words\n\nThe ferry line was\nsold.\n\nSecond.\n\nLOAD-DATE: July 26, 2020\n\n\
                 LANGUAGE: ENGLISH\n\n   Copyright 2020 The Quay Herald\n",
                "Lexis; Source=The Quay Herald; Published=July 25, 2020 Saturday; \
                 Headline=Ferry line sold to its rival; Byline=Ada Holm and Piet Roos; \
                 Section=NEWS; Pg. 19; LoadDate=July 26, 2020; body=The ferry line was|sold.|Second.",
            ),
            (
                "   Copyright 1998 The Quay Herald\n   All Rights Reserved\n   The Quay Herald\n\n\
                 March 3, 1998, Tuesday, FINAL EDITION\n\nSECTION: NEWS; Pg. 4A\n\nLENGTH: 21 words\n\n\
                 HEADLINE: Ferry line sold\n\nBYLINE: Ada Holm; STAFF WRITER\n\nDATELINE: QUAY\n\n\
                 BODY:\n   The ferry line was\nsold.\n\n   Second.\n\nLOAD-DATE: March 5, 1998\n",
                "Lexis; Source=The Quay Herald; Published=March 3, 1998, Tuesday, FINAL EDITION; \
                 Section=NEWS; Pg. 4A; Headline=Ferry line sold; Byline=Ada Holm; STAFF WRITER; Dateline=QUAY; \
                 LoadDate=March 5, 1998; body=The ferry line was|sold.|Second.",
            ),
            (
                "Ferry line sold\nThe Quay Herald\nOctober 10, 2019 Thursday\n\nCopyright 2019 The Quay Herald\n\n\
                 Section: NEWS; Pg. 18\nLength: 94 words\nByline: Ada Holm\nBody\n\nOne.\n\nTwo.\n\nClassification\n\n\
                 Language: ENGLISH\n\nLoad-Date: October 11, 2019\n\n\nEnd of Document\n",
                "NexisUni; Headline=Ferry line sold; Source=The Quay Herald; \
                 Published=October 10, 2019 Thursday; Section=NEWS; Pg. 18; Byline=Ada Holm; LoadDate=October 11, 2019; body=One.|Two.",
            ),
            (
                "HD\nFerry line sold\nBY\nBy Ada Holm\nWC\n395 words\nPD\n20 July 2019\nSN\nThe Quay Herald\nLA\nEnglish\n\
                 LP\nOne.\nTD\nTwo.\nThree.\nNS\ngpol : Politics\nAN\nDocument LBA0000020191119efbj\n",
                "FactivaTagged; Headline=Ferry line sold; Byline=By Ada Holm; Published=20 July 2019; \
                 Source=The Quay Herald; body=One.|Two.|Three.",
            ),
            (
                "Ferry line sold\nBy Ada Holm\n395 words\n27 November 2020\n21:34\nThe Quay Herald\nLBA\nEnglish\n\
                 (c) 2020 The Quay Herald\n\nOne.\n\nTwo.\n\nThe Quay Herald\n\nDocument LBA202011270000efbj00c7c\n",
                "FactivaPlain; Headline=Ferry line sold; Byline=By Ada Holm; Published=27 November 2020; \
                 Source=The Quay Herald; body=One.|Two.",
            ),
            (
                "____________________________________________________________\n\nFerry line sold\n\n\
                 Author: Ada Holm; Piet Roos\n\nPublication info: The Quay Herald ; Quay [Quay]. 8 Aug 2010: A.24.\n\n\
                 Abstract (summary): One.\n\nFull text: One.\n\nTwo.\n\nSubject: Ferries\n\nTitle: Ferry line sold\n\n\
                 Publication date: Aug 8, 2010\n\nLast updated: 2020-11-19\n\nDatabase: ProQuest Central\n",
                "ProQuest; Headline=Ferry line sold; Byline=Ada Holm; Piet Roos; Headline=Ferry line sold; \
                 Published=Aug 8, 2010; Updated=2020-11-19; Source=The Quay Herald; body=One.|Two.",
            ),
            (
                "---\ntitle: \"The ‘ferry’ line \\\"sold\\\"\"\nauthor: [Ada Holm, \"Piet Roos\"]\ndate: 2019-11-04\n\
                 tags:\n  - ferries\n  - harbour\n---\n\n# The ‘ferry’ line \"sold\"\n\nOne.\n",
                "FrontMatter; Headline=The ‘ferry’ line \"sold\"; Byline=Ada Holm, Piet Roos; \
                 Published=2019-11-04; body=One.",
            ),
            (
                "Title: Ferry line sold to its\nrival\nAuthor: Ada Holm\nDate: Jan 31, 2013\nURL: https://a.example/b\n\nOne.\n",
                "Labelled; Headline=Ferry line sold to its rival; Byline=Ada Holm; Published=Jan 31, 2013; \
                 Url=https://a.example/b; body=One.",
            ),
            (
                ">From desk Mon Jun 12 09:14:02 2000\nFrom: desk@a.example\nNewsgroups: a.b\n\
                 Subject: Ferry line sold\nDate: Mon, 12 Jun 2000 09:13:55 GMT\n\n\tOne.\n",
                "Mail; Subject=Ferry line sold; Published=Mon, 12 Jun 2000 09:13:55 GMT; body=One.",
            ),
            (
                "HEADLINE: Ferry line sold\nPUBCODE: QH\nDATE: Jan 31, 2013\nBYLINE: ADA HOLM\n\nOne.\n",
                "Labelled; Headline=Ferry line sold; Published=Jan 31, 2013; Byline=ADA HOLM; body=One.",
            ),
            (
                "One.\n\nTwo.\n\n@highlight\n\nOne\n\n@highlight\n\nTwo\n",
                "Story; body=One.|Two.",
            ),
            (
                "Update: the ferry line was sold.\n\nSource: the harbour master.\n",
                "none",
            ),
            ("Ferry line sold\n\nBy Ada Holm\n\nOne.\n", "none"),
            ("", "none"),
            ("---\n\nno end", "none"),
            (
                "---\n\nThe ferry line was sold.\n\n---\n\nSecond.\n",
                "none",
            ),
            (
                "   2 of 9 DOCUMENTS\n\n   Copyright 2003 The Quay Herald Company\n   The Quay Herald\n\n\
                 January 5, 2003 Sunday\n   Late Edition - Final\n\nSECTION: Section A; Page 1\n\n\
                 LENGTH: 1,234 words\n\nHEADLINE: Ferry line sold\nto its rival\n\nBYLINE: By ADA HOLM\n\n\
                 DATELINE: QUAY, Jan. 4\n\nBODY:\n   One.\n\nTwo.\n\nURL: http://a.example\n\n\
                 LOAD-DATE: January 5, 2003\n",
                "Lexis; Source=The Quay Herald; Published=January 5, 2003 Sunday; \
                 Section=Section A; Page 1; Headline=Ferry line sold to its rival; Byline=By ADA HOLM; Dateline=QUAY, Jan. 4; \
                 Url=http://a.example; LoadDate=January 5, 2003; body=One.|Two.",
            ),
        ] {
            assert_eq!(shown(text), expected, "{text}");
        }
    }
}
