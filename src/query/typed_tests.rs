//! What people type, and the tree that it becomes.

use super::limits::{
    DEEPEST, LONGEST_CHAIN, LONGEST_NAME, MOST_PATTERNS, MOST_PERSONS, MOST_WORDS,
};
use super::{parse, parse_any};

/// Every line of the query language, ordinary text as it is typed, and what other engines'
/// parsers get wrong.
const TYPED: &[(&str, &str)] = &[
    // Words are joined by AND, which binds tighter than OR.
    ("putin", "putin"),
    ("putin summit", "putin AND summit"),
    ("Putin SUMMIT", "putin AND summit"),
    ("  putin \t summit\n", "putin AND summit"),
    ("putin AND summit", "putin AND summit"),
    ("putin OR summit", "putin OR summit"),
    ("a b OR c d", "(a AND b) OR (c AND d)"),
    ("a OR b c", "a OR (b AND c)"),
    ("a OR b AND c OR d", "a OR (b AND c) OR d"),
    ("(a OR b) c", "(a OR b) AND c"),
    ("a (b OR c) d", "a AND (b OR c) AND d"),
    ("a AND b AND c", "a AND b AND c"),
    ("a OR b OR c", "a OR b OR c"),
    ("((a))", "a"),
    ("(a b) c", "a AND b AND c"),
    (
        "a and b or c not d",
        "a AND and AND b AND or AND c AND not AND d",
    ),
    ("a && b || c", "(a AND b) OR c"),
    ("war|peace", "\"war peace\""),
    // What must be there and what must not.
    ("putin -summit", "putin AND NOT summit"),
    ("putin NOT summit", "putin AND NOT summit"),
    ("putin AND NOT summit", "putin AND NOT summit"),
    ("+putin summit", "putin AND summit"),
    ("-putin", "NOT putin"),
    ("a -(b OR c)", "a AND NOT (b OR c)"),
    ("a -\"b c\"", "a AND NOT \"b c\""),
    ("NOT NOT a", "a"),
    ("a OR NOT b", "a OR NOT b"),
    ("(-a OR -b) c", "(NOT a OR NOT b) AND c"),
    ("a -headline:b", "a AND NOT headline:b"),
    ("a - b", "a AND b"),
    ("a -- b", "a AND b"),
    ("sit-down", "\"sit down\""),
    ("self-immolation protest", "\"self immolation\" AND protest"),
    ("(-a)", "NOT a"),
    // Phrases, in any quotes.
    ("\"deputy secretary\"", "\"deputy secretary\""),
    ("“deputy secretary”", "\"deputy secretary\""),
    ("„deputy secretary“", "\"deputy secretary\""),
    ("«deputy secretary»", "\"deputy secretary\""),
    ("»deputy secretary«", "\"deputy secretary\""),
    (
        "\"deputy secretary” visit",
        "\"deputy secretary\" AND visit",
    ),
    ("\"Putin\"", "putin"),
    ("\"a b\"~3", "\"a b\"~3"),
    ("“a b”~10 c", "\"a b\"~10 AND c"),
    ("\"a b\"~", "\"a b\""),
    ("\"a b\" \"c d\"", "\"a b\" AND \"c d\""),
    (
        "\"a b\" OR \"c d\" OR \"e f\" OR \"g h\"",
        "\"a b\" OR \"c d\" OR \"e f\" OR \"g h\"",
    ),
    ("\"interest ra*\"", "\"interest ra*\""),
    ("\"who is he?\"", "\"who is he\""),
    ("\"a AND b\"", "\"a and b\""),
    ("\"date:2018\"", "\"date 2018\""),
    // Near each other.
    ("a NEAR/5 b", "a NEAR/5 b"),
    ("a w/5 b", "a NEAR/5 b"),
    ("a W/5 b", "a NEAR/5 b"),
    ("a ADJ/5 b", "a ADJ/5 b"),
    ("a pre/5 b", "a ADJ/5 b"),
    ("a near/3 b", "a NEAR/3 b"),
    ("a NEAR/1000000 b", "a NEAR/1000000 b"),
    ("\"a b\"~20000", "\"a b\"~20000"),
    ("\"a b\"~0", "\"a b\""),
    ("atleast20000(a)", "atleast20000(a)"),
    ("a NEAR/5 b c", "a NEAR/5 b AND c"),
    ("c a NEAR/5 b", "c AND a NEAR/5 b"),
    ("a NEAR/5 b OR c", "a NEAR/5 b OR c"),
    ("a NEAR/5 b NEAR/3 c", "a NEAR/5 b NEAR/3 c"),
    ("\"a b\" NEAR/5 (c OR d)", "\"a b\" NEAR/5 (c OR d)"),
    ("headline:a NEAR/3 headline:b", "headline:(a NEAR/3 b)"),
    ("headline:(a NEAR/3 b)", "headline:(a NEAR/3 b)"),
    ("tax* NEAR/5 chin*", "tax* NEAR/5 chin*"),
    ("a NEAR/0 b", "the number of NEAR/0 has to be 1 or more"),
    ("-a NEAR/2 b", "NOT a can't stand beside NEAR or ADJ"),
    ("c NOT a NEAR/2 b", "c AND NOT a NEAR/2 b"),
    ("-(a NEAR/2 b)", "NOT a NEAR/2 b"),
    ("and/or", "\"and or\""),
    ("w/o", "\"w o\""),
    ("near the river", "near AND the AND river"),
    // Prefixes, wildcards, near spellings.
    ("putin*", "putin*"),
    ("PUTIN*", "putin*"),
    ("wom?n", "wom?n"),
    ("'?wom?n'?", "wom?n"),
    ("\u{64f}?wom?n", "wom?n"),
    ("*gate", "*gate"),
    ("pre*ing", "pre*ing"),
    ("caf\u{e9}*", "cafe*"),
    ("O'Br*", "obr*"),
    ("OʼBr* ʼBr*ʼ", "obr* AND br*"),
    ("O`Br* हिन्दी*", "obr* AND हनद*"),
    ("name~1", "name~1"),
    ("name~2", "name~2"),
    ("name~", "name~1"),
    ("Gaddafi~2 libya", "gaddafi~2 AND libya"),
    ("name~7", "\"name 7\""),
    ("headline:putin*", "headline:putin*"),
    ("a**b", "a*b"),
    ("sit-down*", "\"sit down*\""),
    ("*bold*", "*bold*"),
    // Fields bind to a word, a phrase or a group.
    ("headline:putin", "headline:putin"),
    ("title:putin", "headline:putin"),
    ("intitle:putin", "headline:putin"),
    ("Headline:Putin", "headline:putin"),
    ("headline:\"a b\"", "headline:\"a b\""),
    ("headline:“a b”", "headline:\"a b\""),
    ("headline:(putin summit)", "headline:(putin AND summit)"),
    ("headline:(a OR \"b c\")", "headline:(a OR \"b c\")"),
    ("headline:(a -b)", "headline:(a AND NOT b)"),
    ("headline:putin summit", "headline:putin AND summit"),
    ("headline: putin summit", "headline:putin AND summit"),
    ("lead:putin", "lead:putin"),
    ("body:putin", "body:putin"),
    ("byline:\"Ann Writer\"", "byline:\"ann writer\""),
    ("source:bbc.com", "source:\"bbc com\""),
    ("site:bbc.com", "source:\"bbc com\""),
    (
        "url:https://www.bbc.com/news",
        "url:\"https www bbc com news\"",
    ),
    ("person:bolton", "person:bolton"),
    ("person:\"John Bolton\"", "person:\"john bolton\""),
    ("person:\"Bolton, John\"", "person:\"bolton john\""),
    ("person:(bolton OR putin)", "person:(bolton OR putin)"),
    ("place:moscow", "place:moscow"),
    ("related:summit", "related:summit"),
    ("path:2018/bolton.txt", "path:\"2018 bolton txt\""),
    ("lang:en", "lang:en"),
    ("headline:OR", "headline:or"),
    ("headline:-a", "headline:a"),
    ("atleast3(putin)", "atleast3(putin)"),
    ("ATLEAST2(\"a b\")", "atleast2(\"a b\")"),
    ("atleast2(a OR b)", "atleast2(a OR b)"),
    ("atleast three", "atleast AND three"),
    ("caps(US)", "caps(US)"),
    ("CAPS(Us Aid)", "\"caps(Us) caps(Aid)\""),
    ("headline:caps(WHO)", "headline:caps(WHO)"),
    // Dates.
    ("date:2018", "date:2018"),
    ("date:2018-06", "date:2018-06"),
    ("date:2018-06-27", "date:2018-06-27"),
    ("date:2018-03..2018-06", "date:2018-03-01..2018-06-30"),
    ("date:..2020", "date:..2020-12-31"),
    ("date:2019..", "date:2019-01-01.."),
    ("before:2020", "date:..2020-12-31"),
    ("after:2018-06", "date:2018-06-01.."),
    ("date:[2018-01-01 TO 2018-12-31]", "date:2018"),
    (
        "date:[1995-01-01 TO 1996-01-01] putin",
        "date:1995-01-01..1996-01-01 AND putin",
    ),
    ("date:unknown", "date:unknown"),
    (
        "putin date:2018 -summit",
        "putin AND date:2018 AND NOT summit",
    ),
    ("date:2017 OR date:2019", "date:2017 OR date:2019"),
    ("(putin date:2018)", "putin AND date:2018"),
    ("date:\"2018-06\"", "date:2018-06"),
    ("-date:2018 putin", "NOT date:2018 AND putin"),
    // Ordinary text, as typed.
    ("O'Brien", "obrien"),
    ("O’Brien", "obrien"),
    ("OʼBrienʼs", "obrien"),
    ("Trump's", "trump"),
    ("isn't", "isnt"),
    ("U.S.", "us"),
    ("U.S. troops", "us AND troops"),
    ("US", "us"),
    ("COVID-19", "covid19"),
    ("covid19", "covid19"),
    ("caf\u{e9}", "cafe"),
    ("AT&T", "att"),
    ("Re: tariffs", "re AND tariffs"),
    ("re:tariffs", "re AND tariffs"),
    ("who is Putin?", "who AND is AND putin"),
    ("what now?!", "what AND now"),
    ("at 10:30", "at AND \"10 30\""),
    ("https://www.bbc.com/a?b=c", "\"https www bbc com a b c\""),
    ("me@bbc.com", "\"me bbc com\""),
    ("$1,200 & more", "1200 AND more"),
    ("rock 'n' roll", "rock AND n AND roll"),
    ("[brackets] {braces}", "brackets AND braces"),
    ("a/b\\c", "\"a b c\""),
    ("50%", "50"),
    ("#metoo", "metoo"),
    ("foo(bar)", "foo AND bar"),
    // What is left open, or joins nothing.
    ("\"putin summit", "putin AND summit"),
    ("a \"b c\" \"d", "a AND \"b c\" AND d"),
    ("(a OR b", "a OR b"),
    ("a) b", "a AND b"),
    ("a OR", "a"),
    ("OR a", "a"),
    ("a AND AND b", "a AND b"),
    ("a OR OR b", "a OR b"),
    ("a NEAR/3", "a"),
    ("NEAR/3 a", "a"),
    ("a ()", "a"),
    ("a \"\"", "a"),
    ("a -", "a"),
    ("a NOT", "a"),
    ("a AND OR b", "a OR b"),
    ("foo:bar", "foo AND bar"),
    ("foo:(a b)", "foo AND a AND b"),
    ("headlin:putin", "headlin AND putin"),
    ("headline:", "headline"),
    ("a headline:", "a AND headline"),
    ("putin *", "putin"),
    // Of the language's page, what is not above.
    ("source:(bbc OR cnn)", "source:(bbc OR cnn)"),
    ("headline:\"a b\"~2", "headline:\"a b\"~2"),
    ("(a OR b) w/3 (c OR d)", "(a OR b) NEAR/3 (c OR d)"),
    ("a pre/2 \"b c\"", "a ADJ/2 \"b c\""),
    ("Lead:(a OR b)", "lead:(a OR b)"),
    ("date:2018-06-27..", "date:2018-06-27.."),
    (
        "before:2018-06 after:2017",
        "date:..2018-06-30 AND date:2017-01-01..",
    ),
    ("yor*", "yor*"),
    ("caps(WHO) vaccine", "caps(WHO) AND vaccine"),
    ("atleast3(putin) -summit", "atleast3(putin) AND NOT summit"),
    ("AND", "there is no word to search for in AND"),
    ("a NEAR/3", "a"),
];

/// Fails with all that differ, not with the first.
fn ensure_equal(table: &[(&str, &str)], read: impl Fn(&str) -> String) {
    let mut differ = String::new();
    for (typed, expected) in table {
        let read = read(typed);
        if read != *expected {
            differ += &format!("{typed}\n  expected {expected}\n  read     {read}\n");
        }
    }
    assert!(differ.is_empty(), "\n{differ}");
}

#[test]
fn reads_what_people_type() {
    let read = |typed: &str| match parse(typed) {
        Ok(query) => query.root.map_or(String::new(), |root| root.to_string()),
        Err(error) => error.message,
    };
    ensure_equal(TYPED, read);
}

#[test]
fn what_is_printed_reads_the_same() {
    for (typed, expected) in TYPED {
        // caps() of two words has no form of its own.
        if parse(typed).is_err() || expected.contains("\"caps") {
            continue;
        }
        let again = parse(expected).map(|query| query.root.map(|root| root.to_string()));
        assert_eq!(again, Ok(Some((*expected).to_owned())), "{typed}");
    }
}

#[test]
fn reads_any_of_the_words() {
    let table = [
        ("putin summit", "putin OR summit"),
        ("putin", "putin"),
        ("+putin summit talks", "putin AND [summit OR talks]"),
        (
            "putin summit -helsinki",
            "(putin OR summit) AND NOT helsinki",
        ),
        ("putin AND summit talks", "(putin AND summit) OR talks"),
        ("putin OR summit talks", "putin OR summit OR talks"),
        ("putin summit date:2018", "(putin OR summit) AND date:2018"),
        ("person:bolton date:2018", "person:bolton AND date:2018"),
        (
            "\"deputy secretary\" visit",
            "\"deputy secretary\" OR visit",
        ),
        ("high-speed aircraft", "high OR speed OR aircraft"),
        (
            "What is it? Give definitions.",
            "what OR is OR it OR give OR definitions",
        ),
        ("slip flow/ rarefied", "slip OR flow OR rarefied"),
        ("y = a log(x + c) + b", "y OR a OR log OR x OR c OR b"),
        ("Study: people infected", "study OR people OR infected"),
        ("the date: yesterday", "the OR date OR yesterday"),
        ("date:yesterdayish talks", "date OR yesterdayish OR talks"),
        ("body: found in river", "body OR found OR in OR river"),
        (
            "TALKS AND WAR OR NOT PEACE",
            "talks OR and OR war OR or OR not OR peace",
        ),
        ("\"open quote", "open OR quote"),
        ("(open bracket", "open OR bracket"),
        ("a ) b", "a OR b"),
        ("OR", "or"),
        ("a NEAR/3 date:2018", "a OR near OR 3 OR date OR 2018"),
        ("wom?n", "wom OR n"),
        ("related:ferr* ends", "related OR ferr OR ends"),
        ("putin* talks", "putin* OR talks"),
        ("", ""),
        ("?!", ""),
    ];
    ensure_equal(&table, |typed| {
        let root = parse_any(typed).root;
        root.map_or(String::new(), |root| root.to_string())
    });
}

#[test]
fn says_what_it_left_out_or_took_as_words() {
    for (typed, expected) in [
        (
            "Re: tariffs",
            "Re: is no field, so its words were searched as plain words",
        ),
        (
            "headlin:putin",
            "headlin: is no field (headline: is one), so its words were searched as plain words",
        ),
        (
            "\"putin",
            "the quote \" is not closed: its words were searched one by one",
        ),
        ("(putin", "a ( is not closed and was read to the end"),
        ("putin)", "a ) has no ( before it and was left out"),
        ("putin OR", "OR has nothing to join here and was left out"),
        ("AND putin", "AND has nothing to join here and was left out"),
        ("putin NOT", "NOT has nothing to join here and was left out"),
        (
            "putin NEAR/3",
            "NEAR has nothing to join here and was left out",
        ),
        (
            "putin ()",
            "a pair of brackets has no word in it and was left out",
        ),
        ("putin \"…\"", "\"…\" has no word in it and was left out"),
        ("putin *", "* alone was left out"),
        (
            "putin~3",
            "putin~3 was searched as plain words; a word takes ~1 or ~2, a phrase a whole number, as \
             in \"harbour sale\"~3",
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
            "NEAR was searched as plain words; NEAR and ADJ take a whole number, as in NEAR/5",
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
            "headline:",
            "nothing stands after headline: and it was searched as a word",
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
            "AND NOT -",
            0,
            "there is no word to search for in AND NOT -",
        ),
        ("()", 0, "there is no word to search for in ()"),
        ("?", 0, "there is no word to search for in ?"),
        // A combining mark is a letter to Unicode, and folds to nothing.
        (
            "*\u{11a51}",
            0,
            "there is no word to search for in *\u{11a51}",
        ),
        ("date:yesterdayish", 0, "yesterdayish is no date"),
        ("putin date:2018-13", 6, "the calendar has no 2018-13"),
        (
            "date:2020..2018",
            0,
            "the range 2020..2018 ends before it starts",
        ),
        ("date: x", 0, "x is no date"),
        ("date:<1000", 0, "there is no day before 1000"),
        ("date:>9999", 0, "there is no day after 9999"),
        ("before:soon", 0, "soon is no date"),
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

/// Texts of ten thousand characters that make a parser go back, go deep or go over them again.
fn endless() -> Vec<String> {
    let pieces = [
        "a ",
        "(",
        ")",
        "\"",
        "\"a",
        "-",
        "NOT ",
        "OR ",
        "a OR ",
        "a NEAR/3 ",
        "headline:",
        "headline:(",
        "date:[",
        "date:",
        "caps(",
        "atleast2(",
        "atleast2(a ",
        "a*",
        "*",
        "?a",
        "a~",
        "a-1",
        "a.b.",
        "’s",
        "é",
        "12,345",
        "x:y",
        "(a OR -(",
        "\"a b\"~3 ",
        "東",
    ];
    let whole = |piece: &&str| piece.chars().cycle().take(10_000).collect();
    pieces.iter().map(whole).collect()
}

#[test]
fn reads_or_refuses_endless_texts() {
    for text in endless() {
        let start: String = text.chars().take(20).collect();
        match parse(&text) {
            Ok(query) => assert!(query.notes.len() <= 11, "{start}"),
            Err(error) => assert!(!error.hint.is_empty(), "{start}"),
        }
        assert!(parse_any(&text).notes.len() <= 11, "{start}");
    }
    for (piece, message) in [
        (
            "(a OR -(",
            "more than 64 brackets or signs inside one another",
        ),
        (
            "atleast2(a ",
            "more than 64 brackets or signs inside one another",
        ),
        (
            "headline:(",
            "more than 64 brackets or signs inside one another",
        ),
    ] {
        let error = parse(&piece.repeat(1_000)).unwrap_err();
        assert_eq!(error.message, message, "{piece}");
    }
}

#[test]
fn bounds_nesting() {
    let deep = |n: usize| format!("{}a{}", "(".repeat(n), ")".repeat(n));
    assert!(parse(&deep(DEEPEST)).is_ok());
    let error = parse(&deep(DEEPEST + 1)).unwrap_err();
    assert_eq!(
        error.message,
        "more than 64 brackets or signs inside one another"
    );
    assert!(parse(&"NOT ".repeat(5_000)).is_err());
    assert_eq!(parse_any(&deep(5_000)).root, Some(super::Node::word("a")));
}

#[test]
fn bounds_chains_of_near() {
    for operand in [
        "ferry",
        "\"ferry sale\"",
        "headline:ferry",
        "person:\"Ada Holm\"",
        "(a OR b NEAR/2 c)",
    ] {
        for operator in ["NEAR/5", "ADJ/5", "w/5", "pre/5"] {
            // One of the operands has a NEAR of its own.
            let own = usize::from(operand.contains("NEAR"));
            let chain = |operators: usize| {
                let joined = format!("{operand} {operator} ").repeat(operators);
                format!("({joined}{operand}) OR date:2018")
            };
            assert!(parse(&chain(LONGEST_CHAIN - own)).is_ok(), "{operand}");
            let error = parse(&chain(LONGEST_CHAIN + 1)).unwrap_err();
            assert_eq!(
                error.message, "more than 100 NEAR or ADJ inside one another",
                "{operand} {operator}"
            );
            assert!(parse(&chain(30_000)).is_err(), "{operand} {operator}");
        }
    }
    // Short chains, each within a longer one.
    let after = " NEAR/2 b NEAR/2 c)";
    let text = |n: usize| format!("{}a{}", "(".repeat(n), after.repeat(n));
    assert!(parse(&text(50)).is_ok());
    assert!(parse(&text(51)).is_err());
}

#[test]
fn bounds_words_patterns_and_persons() {
    // What is repeated has a number in the place of `#`.
    let many = |one: &str, number: usize, join: &str| -> String {
        let all: Vec<String> = (0..number)
            .map(|i| one.replace('#', &i.to_string()))
            .collect();
        all.join(join)
    };
    for (before, one, join, after, most, what) in [
        ("", "q#q", " ", "", MOST_WORDS, "words"),
        ("", "q#q", " OR ", "", MOST_WORDS, "words"),
        ("-(", "q#q", " OR ", ")", MOST_WORDS, "words"),
        ("\"", "q#q", " ", "\"", MOST_WORDS, "words"),
        ("headline:(", "q#q", " ", ")", MOST_WORDS, "words"),
        ("", "date:2018", " OR ", "", MOST_WORDS, "words"),
        ("", "q#q*", " ", "", MOST_PATTERNS, "patterns and caps()"),
        (
            "\"",
            "q#q*",
            " ",
            "\"",
            MOST_PATTERNS,
            "patterns and caps()",
        ),
        (
            "",
            "q#q~1",
            " OR ",
            "",
            MOST_PATTERNS,
            "patterns and caps()",
        ),
        (
            "caps(",
            "Q#Q",
            " ",
            ")",
            MOST_PATTERNS,
            "patterns and caps()",
        ),
        (
            "person:(",
            "\"Ada Q#q\"",
            " OR ",
            ")",
            MOST_PERSONS,
            "persons",
        ),
        ("", "person:(Ada Q#q)", " ", "", MOST_PERSONS, "persons"),
    ] {
        let text = |number: usize| format!("{before}{}{after}", many(one, number, join));
        assert!(parse(&text(most)).is_ok(), "{}", text(3));
        let error = parse(&text(most + 1)).unwrap_err();
        let expected = format!("the query has {} {what}, and {most} are the most", most + 1);
        assert_eq!(error.message, expected, "{}", text(3));
    }
    let name = "a".repeat(LONGEST_NAME + 1);
    let error = parse(&format!("person:{name}")).unwrap_err();
    assert_eq!(
        error.message,
        format!(
            "{}… is longer than the 1000 characters of the longest name",
            "a".repeat(80)
        )
    );
    let read = parse_any(&many("q#q", 100_000, " "));
    assert_eq!(
        read.notes,
        [
            "searched as plain words: the query has 100000 words, and 10000 are the most",
            "the first 10000 words were searched"
        ]
    );
    let Some(super::Node::Or(words)) = read.root else {
        panic!("words of which any is enough");
    };
    assert_eq!(words.len(), MOST_WORDS);
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

proptest::proptest! {
    #[test]
    fn survives_any_characters(text in "\\PC{0,80}") {
        parse_any(&text);
        if let Ok(query) = parse(&text)
            && let Some(root) = query.root
        {
            let shown = root.to_string();
            assert!(parse(&shown).is_ok(), "{text} → {shown}");
        }
    }
}

#[test]
fn survives_anything() {
    let pieces = [
        "a",
        "(",
        ")",
        "\"",
        "-",
        "+",
        "OR",
        "AND",
        "NOT",
        "NEAR/3",
        "headline:",
        "date:",
        "[",
        "caps(",
        "atleast2(",
        "*",
        "?",
        "~",
        " ",
        " ",
        "é",
        "’",
        "»",
        "2018",
        ":",
        "/",
        ".",
    ];
    // A fixed walk over the pieces, different in each round.
    for round in 0..2_000_usize {
        let mut state = round.wrapping_mul(2_654_435_761);
        let mut text = String::new();
        for _ in 0..round % 40 {
            state = state
                .wrapping_mul(6_364_136_223_846_793_005)
                .wrapping_add(1);
            text.push_str(pieces[(state >> 33) % pieces.len()]);
        }
        if let Ok(query) = parse(&text)
            && let Some(root) = query.root
        {
            let shown = root.to_string();
            assert!(parse(&shown).is_ok(), "{text} → {shown}");
        }
        parse_any(&text);
    }
}
