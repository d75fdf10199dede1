//! Notes and errors.

use crate::query::parse;

#[test]
fn says_what_it_left_out_or_took_as_words() {
    for (typed, expected) in [
        (
            "Re: tariffs",
            "Re: is not a field, so its words were searched as plain words; headline:, lead:, body:, byline:, \
             source:, person: and date: are fields",
        ),
        (
            "headlin:putin",
            "headlin: is not a field (headline: is one), so its words were searched as plain words",
        ),
        (
            "\"putin",
            "the quote \" is not closed, so its words were searched one by one",
        ),
        ("(putin", "a ( is not closed and was read to the end"),
        ("putin)", "a ) has no ( before it and was left out"),
        ("putin OR", "OR has nothing to join here and was left out"),
        ("AND putin", "AND has nothing to join here and was left out"),
        ("putin NOT", "NOT has nothing to join here and was left out"),
        (
            "putin NEAR/3",
            "NEAR/3 has nothing to join here and was left out",
        ),
        (
            "putin ()",
            "a pair of brackets has no word in it and was left out",
        ),
        (
            "ferry +s lease",
            "+s was searched as the word s; write pre/s to find words in this order in one sentence",
        ),
        (
            "ferry +5 lease",
            "+5 was searched as the word 5; write ADJ/5 to find words in this order near each other",
        ),
        (
            "ferry within 5 lease",
            "within was searched as a word; write NEAR/5 to find words at most 5 words apart",
        ),
        (
            "ferry % lease",
            "% alone was left out; write -word for articles without a word",
        ),
        (
            "ferry <not> lease",
            "<not> was searched as a word; write NOT lease or -lease for articles without lease",
        ),
        ("putin \"…\"", "\"…\" has no word in it and was left out"),
        (
            "putin *",
            "* alone was left out; harb* finds words that begin with harb",
        ),
        (
            "putin~3",
            "putin~3 was read as putin~2; a word takes ~1 or ~2, the number of letters that differ",
        ),
        (
            "putin NEAR/1.5 summit",
            "NEAR/1.5 was searched as plain words; NEAR and ADJ take a whole number, as in NEAR/5",
        ),
        (
            "\"a b\"~-1",
            "~-1 was searched as plain words; a word takes ~1 or ~2, a phrase a whole number, as \
             in \"harbour sale\"~3",
        ),
        (
            "putin NEAR summit",
            "NEAR was read as NEAR/10; NEAR and ADJ take a number of words, as in NEAR/5",
        ),
        (
            "atleast(putin)",
            "atleast was searched as plain words; atleast takes a whole number, as in \
             atleast3(ferry)",
        ),
        (
            "putin adj/ summit",
            "adj/ was searched as plain words; NEAR and ADJ take a whole number, as in NEAR/5",
        ),
        (
            "ferry or gull",
            "or was searched as a word; write OR in capitals to find either",
        ),
        (
            "ferry near mole",
            "near was searched as a word; write NEAR/5 to find words at most 5 words apart",
        ),
        (
            "mayor not guilty",
            "not was searched as a word; write NOT guilty or -guilty for articles without guilty",
        ),
        (
            "lease w/o bids",
            "w/o was searched as a word; write NOT bids or -bids for articles without bids",
        ),
        (
            "ferry same-sentence sale",
            "same-sentence was searched as a word; write SAME-SENTENCE in capitals to find words in one \
             sentence",
        ),
        (
            "ferry Same-Paragraph sale",
            "Same-Paragraph was searched as a word; write SAME-PARAGRAPH in capitals to find words in \
             one paragraph",
        ),
        (
            "ferry words>many",
            "words>many was searched as plain words; words takes numbers, as in words>500 or \
             words:300..500",
        ),
        (
            "ferry^2 mole",
            "^2 was left out; no word weighs more than another",
        ),
        (
            "ferry ~ mole",
            "~ alone was left out; volkonov~1 finds misspellings, \"executive order\"~ other forms of \
             the words",
        ),
        (
            "~ferry",
            "the ~ before ferry was left out; ferry~1 finds misspellings",
        ),
        (
            "ferry - sale",
            "- alone was left out; write -word, without a space, for articles without a word",
        ),
        (
            "negotiat! strike",
            "the sign after negotiat was left out; negotiat* finds words that begin with negotiat",
        ),
        (
            "ferry 2018..2019",
            "2018..2019 was searched as words; write date:2018..2019 for articles of that time",
        ),
        (
            "caps US",
            "caps was searched as a word; write caps(US) for these capitals",
        ),
        (
            "\"the * ferry\"",
            "each * alone in \"the * ferry\" was read as up to one word; \"harbour sale\"~3 allows up to \
             three words between the two",
        ),
        (
            "atleast2 ferry",
            "atleast2 ferry was read as atleast2(ferry)",
        ),
        (
            "ferry+sale",
            "ferry+sale was read as ferry AND sale; in quotes, \"ferry sale\" finds the words side by side",
        ),
        (
            "ferry,sale:",
            "ferry,sale: was read as ferry AND sale; in quotes, \"ferry sale\" finds the words side by side",
        ),
        (
            "ferry=sale",
            "ferry=sale was read as words side by side; a field is written as in headline:ferry, date:2018 or \
             words>500",
        ),
        (
            "ferry ^sale",
            "the ^ before sale was left out; it is no sign",
        ),
        (
            "ferry / gull",
            "/ alone was left out; write OR between two words to find either",
        ),
        (
            "ferry without sale",
            "without was searched as a word; write NOT sale or -sale for articles without sale",
        ),
        (
            "ferry ODER gull",
            "ODER was searched as a word; the operator is OR",
        ),
        (
            "NEAR(ferry sale)",
            "NEAR was searched as a word; it stands between words, as in ferry NEAR/5 sale",
        ),
        (
            "\"long lease\"-sale",
            "-sale was searched as a word; write a space before it for articles without sale",
        ),
        (
            "ferry != sale",
            "!= alone was left out; write -word for articles without a word",
        ),
        (
            "headline!=sale",
            "headline!=sale was read as words side by side; write -headline:ferry for articles without a \
             word there",
        ),
        (
            "au=Holm",
            "au=Holm was read as words side by side; a field is written as in headline:ferry, date:2018 or \
             words>500",
        ),
        (
            "wom#n",
            "wom#n was read as words side by side; wom?n stands for one letter, and -word leaves out \
             articles with a word",
        ),
        (
            "ferry N5 sale",
            "N5 was searched as a word; write NEAR/5 to find words at most 5 words apart",
        ),
        (
            "su(ferry)",
            "su(…) is no field, so su was searched as a word; headline(…), lead(…) and body(…) are",
        ),
        (
            "harb*~1",
            "the ~1 after harb* was left out; a pattern has no misspellings",
        ),
        (
            "東京*",
            "東京* was read as 東京; in a script without spaces a word is found inside longer ones, and \
             needs no * after it",
        ),
        (
            "ferry date > 2018",
            "date was searched as a word; write date:2018, before:2018 or after:2018-06",
        ),
        (
            "negotiat%",
            "the sign after negotiat was left out; negotiat* finds words that begin with negotiat",
        ),
        (
            "ferry title:",
            "nothing follows title:, so it was searched as a word",
        ),
        (
            "who sold? ferries",
            "the ? of sold? was read as the end of a question; put AND between the words for a pattern",
        ),
        (
            "headline:",
            "nothing follows headline:, so it was searched as a word",
        ),
    ] {
        let notes = parse(typed).unwrap().notes;
        assert_eq!(notes, [expected], "{typed}");
    }
    for quiet in [
        "putin summit",
        "https://bbc.com",
        "10:30",
        "who is it?",
        "a & b",
        "5~10",
        "near/far",
        "near the river",
        "without bail",
        "A+E",
        "C++",
        "path:mayor_sale.txt",
        "https://bbc.com/a?of=sale",
        "w/o",
    ] {
        assert_eq!(parse(quiet).unwrap().notes, Vec::<String>::new(), "{quiet}");
    }
}

#[test]
fn refuses_what_it_cant_read() {
    for (typed, at, message) in [
        ("OR", 0, "there is no word to search for in OR"),
        (
            "a words:500..300",
            2,
            "words:500..300 ends before it starts",
        ),
        ("words<0", 0, "words:1..0 ends before it starts"),
        (
            "byline:(a w/s b)",
            0,
            "byline: can't take a SAME-SENTENCE b",
        ),
        (
            "a SAME-SENTENCE (b c)",
            2,
            "b AND c can't stand beside SAME-SENTENCE or SAME-PARAGRAPH",
        ),
        (
            "AND NOT -",
            0,
            "there is no word to search for in AND NOT -",
        ),
        ("()", 0, "there is no word to search for in ()"),
        ("?", 0, "there is no word to search for in ?"),
        // An accent folds to nothing.
        ("*\u{301}", 0, "there is no word to search for in *\u{301}"),
        ("date:yesterdayish", 0, "yesterdayish is not a date"),
        ("putin date:2018-13", 6, "2018-13 is not in the calendar"),
        (
            "date:2020..2018",
            0,
            "the range 2020..2018 ends before it starts",
        ),
        ("date: x", 0, "x is not a date"),
        ("date:<1000", 0, "there is no day before 1000"),
        ("date:>9999", 0, "there is no day after 9999"),
        ("before:soon", 0, "soon is not a date"),
        (
            "(a b) NEAR/3 c",
            6,
            "a AND b can't stand beside NEAR or ADJ",
        ),
        (
            "a NEAR/3 date:2018",
            2,
            "date:2018 can't stand beside NEAR or ADJ",
        ),
        ("atleast2(a b)", 0, "atleast2 can't count a AND b"),
        (
            "headline:(a date:2018)",
            0,
            "headline: can't take date:2018",
        ),
        ("headline:(body:a)", 0, "headline: can't take body:a"),
        ("person:(a NEAR/3 b)", 0, "person: can't take a NEAR/3 b"),
        ("source:caps(BBC)", 0, "source: can't take caps(BBC)"),
        (
            "putin NEAR/0 summit",
            6,
            "the number of NEAR/0 has to be 1 or more",
        ),
        (
            "putin adj/00 summit",
            6,
            "the number of adj/00 has to be 1 or more",
        ),
        ("putin w/0 a", 6, "the number of w/0 has to be 1 or more"),
        (
            "a pre/0(b OR c)",
            2,
            "the number of pre/0 has to be 1 or more",
        ),
        (
            "headline:a NEAR/0 headline:b",
            11,
            "the number of NEAR/0 has to be 1 or more",
        ),
        (
            "a atleast0(b)",
            2,
            "the number of atleast0 has to be 1 or more",
        ),
        (
            "a NEAR/1000001 b",
            2,
            "the number of NEAR/1000001 is larger than 1000000, the largest",
        ),
        (
            "atleast99999999999(a)",
            0,
            "the number of atleast99999999999 is larger than 1000000, the largest",
        ),
        (
            "\"a b\"~99999999999",
            0,
            "the number of \"a b\"~ is larger than 1000000, the largest",
        ),
    ] {
        let error = parse(typed).unwrap_err();
        assert_eq!((error.at, &*error.message), (at, message), "{typed}");
        assert!(!error.hint.is_empty(), "{typed}");
    }
}

#[test]
fn messages_quote_a_little() {
    let long = "a b ".repeat(4_000);
    for text in [
        format!("atleast2({long})"),
        format!("({long}) NEAR/3 c"),
        format!("headline:(headline:({long}))"),
        format!("\"{long}\"~99999999"),
        format!("a NEAR/{}", "9".repeat(5_000) + " b"),
        "- ".repeat(5_000),
    ] {
        let message = parse(&text).unwrap_err().message;
        assert!(message.len() < 250, "{message}");
    }
}
