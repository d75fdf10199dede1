//! Reads exports of databases and programs: their labelled headers, and where the body is.
//!
//! There is a file for each vendor. A form is recognised by marks that articles do not print by
//! chance; [`read`] tries the forms in order.

mod chronicling_america;
mod citation;
mod factiva;
mod front_matter;
mod gale;
pub(super) mod header;
mod labelled;
mod lexis;
mod lift;
mod mail;
mod newsbank;
mod outline;
mod page_heads;
mod proquest;
mod story;
mod vendor;
mod westlaw;

pub use header::{Export, Form, Header, Label};
pub(super) use lift::lift;

use outline::Outline;
use vendor::Vendor;

/// The databases whose layout is described, in the order in which they are tried.
const VENDORS: [&Vendor; 10] = [
    &lexis::LEXIS,
    &lexis::NEXIS_UNI,
    &factiva::FACTIVA,
    &proquest::PROQUEST,
    &gale::GALE,
    &gale::EBSCO,
    &newsbank::NEWSBANK,
    &westlaw::WESTLAW,
    &westlaw::EUROPRESSE,
    &chronicling_america::CHRONICLING_AMERICA,
];

/// Reads the lines of an article as an export, or returns `None` if they are not one.
pub fn read(lines: &[&str]) -> Option<Export> {
    front_matter::read(lines)
        .or_else(|| factiva::read_tagged(lines))
        .or_else(|| {
            let outline = Outline::of(lines)?;
            VENDORS
                .iter()
                .find_map(|vendor| vendor::read(vendor, &outline))
        })
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
            .filter(|i| !export.page_heads.contains(i))
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
                 Section=NEWS; Page=19; LoadDate=July 26, 2020; body=The ferry line was|sold.|Second.",
            ),
            (
                "   Copyright 1998 The Quay Herald\n   All Rights Reserved\n   The Quay Herald\n\n\
                 March 3, 1998, Tuesday, FINAL EDITION\n\nSECTION: NEWS; Pg. 4A\n\nLENGTH: 21 words\n\n\
                 HEADLINE: Ferry line sold\n\nBYLINE: Ada Holm; STAFF WRITER\n\nDATELINE: QUAY\n\n\
                 BODY:\n   The ferry line was\nsold.\n\n   Second.\n\nLOAD-DATE: March 5, 1998\n",
                "Lexis; Source=The Quay Herald; Published=March 3, 1998, Tuesday, FINAL EDITION; Edition=FINAL EDITION; \
                 Section=NEWS; Page=4A; Headline=Ferry line sold; Byline=Ada Holm; STAFF WRITER; Dateline=QUAY; \
                 LoadDate=March 5, 1998; body=The ferry line was|sold.|Second.",
            ),
            (
                "Ferry line sold\nThe Quay Herald\nOctober 10, 2019 Thursday\n\nCopyright 2019 The Quay Herald\n\n\
                 Section: NEWS; Pg. 18\nLength: 94 words\nByline: Ada Holm\nBody\n\nOne.\n\nTwo.\n\nClassification\n\n\
                 Language: ENGLISH\n\nLoad-Date: October 11, 2019\n\n\nEnd of Document\n",
                "NexisUni; Headline=Ferry line sold; Source=The Quay Herald; \
                 Published=October 10, 2019 Thursday; Section=NEWS; Page=18; Byline=Ada Holm; LoadDate=October 11, 2019; body=One.|Two.",
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
                "ProQuest; Headline=Ferry line sold; Byline=Ada Holm; Piet Roos; Source=The Quay Herald; \
                 Published=8 Aug 2010; Page=A.24; Standfirst=One.; Headline=Ferry line sold; \
                 Published=Aug 8, 2010; Updated=2020-11-19; body=One.|Two.",
            ),
            (
                "---\ntitle: \"The ‘ferry’ line \\\"sold\\\"\"\nauthor: [Ada Holm, \"Piet Roos\"]\ndate: 2019-11-04\n\
                 tags:\n  - ferries\n  - harbour\n---\n\n# The ‘ferry’ line \"sold\"\n\nOne.\n",
                "FrontMatter; Headline=The ‘ferry’ line \"sold\"; Byline=Ada Holm, Piet Roos; \
                 Published=2019-11-04; body=One.",
            ),
            (
                "---\ntitle: Ferry line sold\nauthor:\n  name: Ada Holm\n  email: a@b.example\n---\n\nOne.\n",
                "FrontMatter; Headline=Ferry line sold; Byline=Ada Holm; body=One.",
            ),
            (
                "---\ntitle: Ferry line sold\nauthors:\n  - name: Ada Holm\n    role: editor\n  - name: Piet Roos\n\
                 ---\n\nOne.\n",
                "FrontMatter; Headline=Ferry line sold; Byline=Ada Holm, Piet Roos; body=One.",
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
            // A print turned to text: no blank lines, page numbers and running heads.
            (
                "Page 3 of 9\n3 of 12 DOCUMENTS\nCopyright 2006 Quay Press Pty\nAll Rights Reserved\n\
                 The Quay Herald (Quay, Dorland)\n19 November 2006 Sunday\nState Edition\nSECTION: NEWS; Pg. 3\n\
                 LENGTH: 21 words\nHEADLINE: Ferry line sold; Rival\npaid a crown\nBYLINE: Ada Holm\nBODY:\n\
                 The ferry line was\nPage 4 of 9\nFerry line sold; Rival paid a crown The Quay Herald (Quay, Dorland) November\n\
                 19, 2006 Sunday\nsold.\nSecond.\nLOAD-DATE: November 20, 2006\n",
                "Lexis; Source=The Quay Herald (Quay, Dorland); Published=19 November 2006 Sunday; \
                 Edition=State Edition; Section=NEWS; Page=3; Headline=Ferry line sold; Rival paid a crown; \
                 Byline=Ada Holm; LoadDate=November 20, 2006; body=The ferry line was|sold.|Second.",
            ),
            (
                "Request: All Documents\nTerms: ferry\n\n1. Ferry line sold\n\n\
                 1 of 2 DOCUMENTS\n\n The Quay Herald\n\n Distributed by Quay Content\n\n March 3, 1998 Tuesday\n  First Edition\n\n\
                 Ferry line sold\n\nSECTION: NEWS\n\nLENGTH: 21 words\n\nDATELINE: QUAY\nThe ferry line was sold to the only one who wanted it.\n\n\
                 LOAD-DATE: March 5, 1998\n",
                "Lexis; Source=The Quay Herald; Published=March 3, 1998 Tuesday; Edition=First Edition; \
                 Headline=Ferry line sold; Section=NEWS; Dateline=QUAY; LoadDate=March 5, 1998; \
                 body=The ferry line was sold to the only one who wanted it.",
            ),
            (
                "   1 von 2 DOKUMENTEN\n\n  Kaiblatt\n\n  3. März 2021\n\nFährlinie verkauft\n\nAUTOR: Ada Holm\n\n\
                 RUBRIK: LOKALES; S. 4\n\nLÄNGE: 21 Wörter\n\nDie Linie ist verkauft.\n\nUPDATE: 4. März 2021\n\nSPRACHE: GERMAN\n",
                "Lexis; Source=Kaiblatt; Published=3. März 2021; Headline=Fährlinie verkauft; Byline=Ada Holm; \
                 Section=LOKALES; Page=4; LoadDate=4. März 2021; body=Die Linie ist verkauft.",
            ),
            (
                "User Name: Ada\nDate and Time: Friday, 5. July 2019 09:31:00 CEST\nDocuments (2)\n1. Ferry line sold\n\
                 Client/Matter: -None-\n2. Ferry line mended\nPage 1 of 4\nFerry line sold\nThe Quay Herald\n\
                 October 10, 2019 Thursday\nState Edition\nCopyright 2019 The Quay Herald\nAll Rights Reserved\nSection: NEWS\n\
                 Length: 94 words\nHighlight: Rival paid\nBody\nOne.\nPage 2 of 4\nFerry line sold\nTwo.\nGraphic\nThe ferry.\n\
                 Classification\nLoad-Date: October 11, 2019\nEnd of Document\n",
                "NexisUni; Headline=Ferry line sold; Source=The Quay Herald; Published=October 10, 2019 Thursday; \
                 Edition=State Edition; Section=NEWS; Standfirst=Rival paid; LoadDate=October 11, 2019; body=One.|Two.",
            ),
            (
                "NEWS\nFerry line sold to its old rival\nAda Holm; Piet Roos\n395 words\n27 November 2020\nThe Quay Herald\nLBA\nState\n\
                 A6\nEnglish\nCopyright 2020 Quay Press Pty Limited\nOne sentence that is longer than all of the lines above it.\n\n\
                 Page 2 of 2 © 2020 Factiva, Inc. All rights reserved.\n\nTwo.\n\nQuay Press Pty Limited\n\n\
                 Document LBA202011270000efbj00c7c\n\nSearch Summary\nText ferry\n",
                "FactivaPlain; Section=NEWS; Headline=Ferry line sold to its old rival; Byline=Ada Holm; Piet Roos; \
                 Published=27 November 2020; Source=The Quay Herald; Edition=State; Page=A6; \
                 body=One sentence that is longer than all of the lines above it.|Two.",
            ),
            (
                "SE News\nHD Ferry line sold\nBY Ada Holm\nWC 395 words\nPD 20 July 2019\nSN The Quay Herald\nPG A6\n\
                 LP One.\nTD Two.\n\nAN old line.\n\nIN all.\nNS gpol : Politics\nAN Document LBA0000020191119efbj\n",
                "FactivaTagged; Section=News; Headline=Ferry line sold; Byline=Ada Holm; Published=20 July 2019; \
                 Source=The Quay Herald; Page=A6; body=One.|Two.|AN old line.|IN all.",
            ),
            (
                "Report Information from ProQuest\n\nDocument 1 of 1\n\nFerry line sold\n\n\
                 Holm, Ada; Roos, Piet . The Quay Herald ; Quay [Quay]. 8 Aug 2010: A.24.\n\nProQuest document link\n\n\
                 ABSTRACT\nOne.\n\nFULL TEXT\nOne.\n\nTwo.\n\nDETAILS\n\nSubject: Ferries\n\n\
                 Publication title: The Quay Herald, Late Edition (East Coast); Quay\n\nFirst page: A.24\n\n\
                 Publication date: Aug 8, 2010\n\nProQuest document ID: 4000\n",
                "ProQuest; Headline=Ferry line sold; Byline=Ada Holm; Piet Roos; Source=The Quay Herald; \
                 Published=8 Aug 2010; Page=A.24; Source=The Quay Herald; Edition=Late Edition (East Coast); \
                 Page=A.24; Published=Aug 8, 2010; body=One.|Two.",
            ),
            (
                "Ferry line sold\n\nAuthor: Holm, Ada\n\nPublication info: The Quay Herald ; Quay [Quay]8 Aug 2010: A.24.\n\n\
                 ProQuest document link\n\nAbstract: One.\n\nSubject: Ferries\n\nProQuest document ID: 4000\n",
                "ProQuest; Headline=Ferry line sold; Byline=Ada Holm; Source=The Quay Herald; \
                 Published=8 Aug 2010; Page=A.24; body=One.",
            ),
            (
                "Ferry line sold\nAuthor: Ada Holm\nDate: Aug. 8, 2010\nFrom: Quay Herald(Quay, Dorland)\nPublisher: Quay Press\n\
                 Document Type: Article\nFull Text:\nByline: Ada Holm\nOne.\nTwo.\nCOPYRIGHT 2010 Quay Press\nhttp://quay.example\n\
                 Source Citation (MLA 9th Edition)\nHolm, Ada. \"Ferry line sold.\"\nGale Document Number: GALE|A15\n",
                "Gale; Headline=Ferry line sold; Byline=Ada Holm; Published=Aug. 8, 2010; Source=Quay Herald; \
                 body=Byline: Ada Holm|One.|Two.",
            ),
            (
                "Record: 1\nTitle: Ferry line sold\nAuthors: Holm, Ada\nRoos, Piet\nSource: Quay Herald, The. 03/04/2006, p3. 1p.\n\
                 Subject Terms: *FERRIES\n*QUAYS\nAccession Number: 2058\nDatabase: Newspaper Source\n\
                 One.\nTwo.\n~~~~~~~~\nBy Ada Holm\nCopyright of Quay Herald is the property of Quay Press\n",
                "Ebsco; Headline=Ferry line sold; Byline=Ada Holm; Piet Roos; Source=The Quay Herald; \
                 Published=2006-03-04; Page=3; body=One.|Two.",
            ),
            (
                "Ferry line sold\nQuay Herald, The (DO) - Sunday, April 2, 1995\nAuthor: ADA HOLM, STAFF WRITER\n\
                 One of the ferry lines was sold to its rival.\nTwo.\nEdition: STATE\nPage: 7B\nRecord Number: 9504020012\n\
                 Copyright 1995 The Quay Herald\n",
                "NewsBank; Headline=Ferry line sold; Source=The Quay Herald (DO); Published=Sunday, April 2, 1995; \
                 Byline=ADA HOLM, STAFF WRITER; Edition=STATE; Page=7B; \
                 body=One of the ferry lines was sold to its rival.|Two.",
            ),
            (
                "NewsBank, inc.\n\nFerry line sold\nApril 2, 1995 | The Quay Herald (DO)\n\
                 Author: Ada Holm | Section: Local | Page: A6\nOpenURL Link: https://a.example/b\n\nOne.\n\nTwo.\n\n\
                 Citation (aglc Style)\nAda Holm, 'Ferry line sold'\n",
                "NewsBank; Headline=Ferry line sold; Source=The Quay Herald (DO); Published=April 2, 1995; \
                 Byline=Ada Holm; Section=Local; Page=A6; body=One.|Two.",
            ),
            (
                "Quay Herald, The (DO)\n\nApril 2, 1995\nSection: LOCAL\nPage: 7B\n\nFERRY LINE SOLD\nADA HOLM\nStaff Writer\n\n\
                 One.\n\nTwo.\n\nRecord Number: 9504020012\n",
                "NewsBank; Source=The Quay Herald (DO); Published=April 2, 1995; Section=LOCAL; Page=7B; \
                 Headline=FERRY LINE SOLD; Byline=ADA HOLM; body=One.|Two.",
            ),
            (
                "4/2/95 Quay Herald B7\n1995 WLNR 412345\n\nQuay Herald\nCopyright (c) 1995 Quay Press. All rights reserved.\n\n\
                 April 2, 1995\n\nSection: Local\n\nFerry line sold\nRival paid a crown\n\nBy Ada Holm\nStaff Writer\n\n\
                 One of the lines was sold.\n\nTwo.\n\n---- Index References ----\n\nLanguage: EN\n4/2/95 QUAYHERALD B7\nEND OF DOCUMENT\n",
                "Westlaw; Source=Quay Herald; Page=B7; Published=April 2, 1995; Section=Local; Headline=Ferry line sold; \
                 Standfirst=Rival paid a crown; Byline=By Ada Holm; body=One of the lines was sold.|Two.",
            ),
            (
                "Source name\nLe Quai\nSource type\nPress\nPeriodicity\nDaily\n\nTuesday, April 14, 2015\n\n\
                 Le Quai • p. B7 • 98 words\n\nLe bac est vendu\n\nAda Holm; Piet Roos\n\nUn.\n\nDeux.\n\n\
                 © 2015 Le Quai. Tous droits réservés.\n\nnews·20150414·FT·0912\n",
                "Europresse; Published=Tuesday, April 14, 2015; Source=Le Quai; Page=B7; Headline=Le bac est vendu; \
                 Byline=Ada Holm; Piet Roos; body=Un.|Deux.",
            ),
            (
                "The Quay herald. [volume] (Quay, D.O.) 1874-1922, March 04, 1899, Image 3\n\nOne.\n",
                "ChroniclingAmerica; Source=The Quay herald; Published=March 04, 1899; body=One.",
            ),
            // A print with the headline twice, and an empty line behind each line.
            (
                "Page 1 of 3\n\nFerry line sold to\n\nits rival\n\nFerry line sold to\n\nits rival\n\nThe Quay Herald\n\n\
                 March 3, 2014 Monday\n\nLength: 21 words\n\nBody\n\nThe ferry line was sold\n\nto its rival, which had\n\n\
                 wanted it since it had\n\nfirst been seen.\n\nPage 2 of 3\n\nFerry line sold to\n\nits rival\n\nSecond.\n\n\
                 End of Document\n",
                "NexisUni; Headline=Ferry line sold to its rival; Source=The Quay Herald; \
                 Published=March 3, 2014 Monday; \
                 body=The ferry line was sold|to its rival, which had|wanted it since it had|first been seen.|Second.",
            ),
            // The marks of databases in texts that are no exports.
            (
                "Quay meets Ostley\n\nDate: Saturday\nRecord: 12-4\n\nOne.\n\n© 2021 The Quay Herald\n",
                "none",
            ),
            (
                "Le port de Quay\n\n14 avril 2015\n\nTaille : huit mètres.\n\nUn.\n\n© 2015 Le Quai\n",
                "none",
            ),
            (
                "Ferry line sold\n\nThe note ended in three words.\n\nEnd of Document\n\nThat was all.\n",
                "none",
            ),
            (
                "Body\n\nThe body was sound.\n\nClassification\n\nNobody had classed it.\n",
                "none",
            ),
            (
                "Ferry line sold\n\n395 words\n\nThat was the length of the note.\n",
                "none",
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
                "Lexis; Source=The Quay Herald; Published=January 5, 2003 Sunday; Edition=Late Edition - Final; \
                 Section=Section A; Page=1; Headline=Ferry line sold to its rival; Byline=By ADA HOLM; Dateline=QUAY, Jan. 4; \
                 Url=http://a.example; LoadDate=January 5, 2003; body=One.|Two.",
            ),
        ] {
            assert_eq!(shown(text), expected, "{text}");
        }
    }
}
