//! Opens containers made of arbitrary pieces of mails, digests and markup: no panic, line numbers of the
//! file, no empty article, the same result twice.

#![no_main]

use libfuzzer_sys::fuzz_target;
use morgue::source::{containers, split};

/// Pieces that bytes of the input stand for, so that the marks need not be guessed.
const PIECES: &[&str] = &[
    "\n",
    "\n\n",
    "From a@b.example Thu Mar  5 10:00:00 2020\n",
    "From: A <a@b.example>\nTo: c@d.example\nDate: Thu, 5 Mar 2020 10:00:00 +0100\n",
    "Subject: =?utf-8?B?RsOkaHJl?=\n",
    "Message-ID: <1@b.example>\n",
    "Content-Type: multipart/mixed; boundary=x\n",
    "Content-Type: multipart/digest; boundary=y\n",
    "Content-Type: text/html; charset=iso-8859-1\n",
    "Content-Type: message/rfc822\n",
    "Content-Transfer-Encoding: quoted-printable\n",
    "Content-Transfer-Encoding: base64\n",
    "--x\n",
    "--x--\n",
    "--y\n",
    "RsOkaHJl\n",
    "=E4=\n",
    "---------- Forwarded message ---------\n",
    "-----Original Message-----\n",
    "> quoted\n",
    "==========\n",
    "-----\n",
    "By Ann Weaver\n",
    "The Herald, March 3, 2020\n",
    "1. A title of three words\n",
    "A title of three words\n",
    "The ferry to the island ran again on Monday, two weeks after the storm that tore its landing stage away, and was cheered.\n",
    "<DOC>",
    "</DOC>",
    "<DOCNO>AP880327-0001</DOCNO>",
    "<TEXT>",
    "</TEXT>",
    "<HEADLINE>",
    "</HEADLINE>",
    "<P>",
    "</P>",
    "<REUTERS>",
    "<nitf>",
    "<body.content>",
    "<newsItem date=\"2020-01-01\">",
    "<![CDATA[",
    "]]>",
    "<!--",
    "-->",
    "&#5;",
    "&amp;",
    "& ",
    "< ",
];

fuzz_target!(|bytes: &[u8]| {
    let mut text = String::new();
    for piece in bytes.chunks(24) {
        let (first, rest) = (usize::from(piece[0]), &piece[1..]);
        match PIECES.get(first) {
            Some(_) => text.extend(piece.iter().filter_map(|&b| PIECES.get(usize::from(b)).copied())),
            None => text.push_str(&String::from_utf8_lossy(rest)),
        }
    }
    let lines = u32::try_from(text.split(['\n', '\r']).count()).expect("few lines");
    let opened = containers::open(&text);
    assert_eq!(opened, containers::open(&text), "the same text, the same articles");
    for part in split::split(&text) {
        assert!((1..=lines).contains(&part.first_line), "{part:?}");
        assert!(part.lines.iter().all(|line| (1..=lines).contains(line)), "{part:?}");
        for removed in &part.outside {
            assert!((1..=lines).contains(&removed.line), "{removed:?}");
        }
    }
});
