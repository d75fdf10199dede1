//! Words, phrases, NEAR, counts, capitals and patterns.

use std::sync::LazyLock;

use proptest::strategy::Strategy;

use super::{Small, archive_of, article, ensure_found, file_name, request, small};
use crate::archive::analyzer;
use crate::article::Article;
use crate::search::Request;

#[test]
fn finds_words() {
    ensure_found(&[
        ("bridge", "bridge flood"),
        ("bridge flood", "flood"),
        ("bridges", "bridge flood"),
        ("bridge OR tariff", "bridge flood tariff"),
        ("bridge -flood", "bridge"),
        ("-bridge", "tariff undated"),
        ("NOT bridge", "tariff undated"),
        ("bridge OR -harbour", "bridge flood"),
        ("-bridge -tariff", "undated"),
        // One article says "ferries" and is stemmed as German.
        ("(bridge OR ferry) harbour", "bridge undated"),
        ("(bridge OR ferries) harbour", "bridge tariff undated"),
        // One word in the headline, the other in the body.
        ("larkfield ferries", "bridge"),
        ("larkfield -ferries", ""),
        // One article says "U.S.", one "US", one "us".
        ("U.S.", "bridge flood tariff"),
        ("O'Brien", "bridge"),
        ("obrien", "bridge"),
        ("isn't", "bridge"),
        ("cafe", "bridge"),
        ("COVID-19", "flood tariff"),
        ("covid19", "flood tariff"),
        ("covid", "flood tariff"),
        ("Re: tariffs", ""),
        ("zzz", ""),
        // Queries that the parsers of other engines fail on.
        ("O’Brien", "bridge"),
        ("Larkfield's bridge", "bridge"),
        ("“new bridge", "bridge"),
        ("headlin:bridge", ""),
        ("caf\u{e9}", "bridge"),
        ("bridge (flood", "flood"),
        ("bridge AND", "bridge flood"),
        ("U.S. government", "flood"),
        ("who closed? bridge", ""),
        (
            "larkfield OR watergate OR flood OR tariff",
            "bridge flood tariff undated",
        ),
    ]);
}

#[test]
fn finds_phrases_and_neighbours() {
    ensure_found(&[
        ("\"new bridge\"", "bridge"),
        ("“new bridge”", "bridge"),
        ("\"bridge new\"", ""),
        ("\"deputy secretary\"", ""),
        ("\"deputy secretary\"~1", "bridge"),
        ("\"secretary harbour\"~2", "tariff"),
        ("\"secretary harbour\"~1", ""),
        ("deputy ADJ/2 secretary", "bridge"),
        ("secretary ADJ/2 deputy", ""),
        ("secretary NEAR/2 deputy", "bridge"),
        ("secretary NEAR/1 deputy", ""),
        ("secretary w/3 harbour", "bridge tariff"),
        ("deputy pre/2 secretary", "bridge"),
        ("secretary pre/2 deputy", ""),
        ("«new bridge»", "bridge"),
        (
            "(deputy OR tariff) NEAR/3 (secretary OR ferries)",
            "bridge tariff",
        ),
        ("\"the new bridge\" NEAR/2 wednesday", "bridge"),
        // From one paragraph into the next, or from the headline into the body, is not near.
        ("wednesday ADJ/1 the", ""),
        ("\"Wednesday the\"", ""),
        ("\"Larkfield Mayor\"", ""),
        ("\"tax of\" OR \"bridge on\"", "bridge undated"),
        (
            "\"new bridge\" OR \"tax on\" OR \"rates rose\" OR \"every ferry\"",
            "bridge tariff undated",
        ),
        ("-\"new bridge\" bridge", "flood"),
        ("\"interest ra*\"", "tariff"),
        ("\"interest rat? rose\"", ""),
        ("\"interest rat?s rose\"", "tariff"),
        ("tax* NEAR/2 ferr*", "bridge"),
        ("secretery~1 NEAR/3 harbour", "bridge tariff"),
    ]);
}

#[test]
fn finds_what_is_in_one_sentence_or_paragraph() {
    ensure_found(&[
        ("secretary SAME-SENTENCE ferries", "bridge tariff"),
        ("bridge w/s covid19", ""),
        ("bridge w/p covid19", "flood"),
        ("gathered SAME-SENTENCE fell", ""),
        ("gathered SAME-PARAGRAPH fell", "tariff"),
        ("fell pre/p gathered", ""),
        ("gathered pre/p fell", "tariff"),
        ("wednesday SAME-PARAGRAPH deputy", ""),
        // A headline is a sentence and a paragraph.
        ("flood SAME-SENTENCE closes", "flood"),
        ("headline:(flood /p closes)", "flood"),
        ("body:(flood /p closes)", ""),
        ("flood SAME-PARAGRAPH river", ""),
        ("caps(US) SAME-SENTENCE government", "flood"),
        ("caps(US) SAME-SENTENCE river", ""),
        ("caps(COVID) w/s rose", ""),
        ("caps(COVID) w/p rose", "tariff"),
        (
            "(tax OR interest) SAME-SENTENCE (ferr* OR rates)",
            "bridge tariff undated",
        ),
        ("\"interest rates\" SAME-SENTENCE women", "tariff"),
        ("us SAME-SENTENCE women SAME-SENTENCE rates", "tariff"),
        ("women NEAR/2 us w/s rates", "tariff"),
        ("person:banks SAME-SENTENCE government", "flood"),
        ("person:banks SAME-PARAGRAPH harbour", "undated"),
        ("person:banks SAME-SENTENCE river", ""),
        ("lead:(river w/s closed)", "flood"),
        ("bridge -(bridge w/s nothing)", "bridge"),
        ("bridge SAME-SENTENCE bridge", "flood"),
        ("atleast3(bridge SAME-SENTENCE nothing)", "flood"),
        ("atleast4(bridge SAME-SENTENCE nothing)", ""),
    ]);
}

#[test]
fn sentences_are_the_same_in_the_index_and_in_the_text() {
    let body = [
        "Mr. Roos of the U.S. embassy left at 5 p.m. on Monday. \u{201c}Why?\u{201d} he asked. Nobody knew.",
        "St. Ash has 3.5 million eels. The A.B.C. says so! No. 7 is empty\u{2026} He left.",
        "A sit-down in the town-hall. COVID-19 rose.",
    ];
    let small = archive_of(vec![article("eels.txt", "Eels. Weirs", &body)]);
    let text = body.join(" ");
    let words: Vec<String> = analyzer::query_words(&text)
        .into_iter()
        .map(|word| word.plain)
        .collect();
    for (a, b) in words.iter().zip(&words[3..]) {
        for operator in ["SAME-SENTENCE", "pre/s", "SAME-PARAGRAPH", "pre/p"] {
            let indexed = small.found(&format!("\"{a}\" {operator} \"{b}\""));
            // Capitals are read in the text.
            let read = small.found(&format!("\"{a}\" {operator} (\"{b}\" OR caps(Zz))"));
            assert_eq!(indexed, read, "{a} {operator} {b}");
        }
    }
    for (query, is_found) in [
        ("embassy w/s monday", true),
        ("monday w/s why", false),
        ("why w/s asked", true),
        ("eels w/s million", true),
        ("eels w/s says", false),
        ("empty w/s left", false),
        ("sit w/s hall", true),
        ("hall w/s covid", false),
        ("headline:(eels w/s weirs)", true),
    ] {
        assert_eq!(!small.found(query).is_empty(), is_found, "{query}");
    }
}

#[test]
fn finds_articles_by_their_length() {
    let of_length = |path: &str, words: u32| Article {
        words,
        ..article(path, "The weir", &["A weir."])
    };
    let small = archive_of(vec![
        of_length("brief.txt", 80),
        of_length("story.txt", 500),
        of_length("series.txt", 2_100),
    ]);
    for (query, expected) in [
        ("weir words>500", "series"),
        ("weir words>=500", "series story"),
        ("words<500", "brief"),
        ("words:80..500", "brief story"),
        ("weir -words:500", "brief series"),
        ("words<80 OR words>2,000", "series"),
        ("words:3000..", ""),
    ] {
        let request = Request {
            all_copies: true,
            ..request(query)
        };
        let answer = small.ask(&request).unwrap();
        let mut found: Vec<&str> = (answer.hits.iter())
            .map(|hit| hit.path.trim_end_matches(".txt"))
            .collect();
        found.sort_unstable();
        assert_eq!(found.join(" "), expected, "{query}");
    }
}

#[test]
fn finds_counts_capitals_and_places() {
    ensure_found(&[
        ("atleast2(bridge)", "bridge flood"),
        ("atleast4(bridge)", "flood"),
        ("atleast9(bridge)", ""),
        ("atleast2(\"bridge\" OR ferries)", "bridge flood"),
        ("atleast2(ferr*)", ""),
        ("atleast1(ferr*)", "bridge tariff undated"),
        ("caps(US)", "bridge flood"),
        ("caps(us)", "tariff"),
        ("caps(U.S)", "bridge flood"),
        ("caps(US GOVERNMENT)", ""),
        ("caps(US) NEAR/2 government", "flood"),
        ("body:caps(COVID)", "tariff"),
        ("caps(COVID-19) -caps(US)", "tariff"),
        ("headline:caps(US)", ""),
        ("atleast1(caps(US))", "bridge flood"),
        ("caps(Banks)", "flood undated"),
        ("headline:caps(Bridge)", ""),
        ("headline:caps(bridge)", "bridge flood"),
        ("\"caps\"", ""),
        ("lead:mayor", "bridge"),
        ("lead:(bridge flood)", ""),
        ("lead:\"the bridge was closed\"", "flood"),
    ]);
}

#[test]
fn finds_patterns() {
    ensure_found(&[
        ("ferr*", "bridge tariff undated"),
        ("wom?n", "flood tariff"),
        ("*gate", "undated"),
        ("tarifs~1", "tariff"),
        ("tarifs~", "tariff"),
        ("bri*", "bridge flood"),
        ("presidnet~1", "undated"),
        ("presidnet~2", "undated"),
        ("bridge?", ""),
        ("bridg?", "bridge flood"),
        ("?ridge", "bridge flood"),
        ("ferr* bridge", "bridge"),
        ("headline:fl*", "flood"),
        ("headline:br*", "bridge flood"),
        ("headline:ferr*", ""),
        ("headline:fl* b*", "flood"),
        ("ferr* wom*", "tariff"),
        ("ferr* OR wom*", "bridge flood tariff undated"),
        ("-ferr*", "flood"),
        ("(nowhere OR toll) har*", "undated"),
        ("har* (nowhere OR toll)", "undated"),
        ("body:larkf*", ""),
        ("lead:tarif*", "tariff"),
        ("byline:writ*", "bridge"),
        ("path:bri*", "bridge"),
        ("zzz*", ""),
    ]);
}

/// Parts of queries of every kind.
const PARTS: [&str; 26] = [
    "bridge",
    "the",
    "bank",
    "Banks",
    "nowhere",
    "the harbour",
    "\"the bridge\"",
    "\"the harbour\"~3",
    "harbour NEAR/6 said",
    "the ADJ/4 bridge",
    "harbour SAME-SENTENCE ferr*",
    "words:1..30",
    "har*",
    "*s",
    "?ank*",
    "bridgw~",
    "headline:bridge",
    "lead:ferry",
    "atleast3(bridge)",
    "caps(US)",
    "person:banks",
    "date:2019",
    "after:2019-02",
    "source:bbc.co.uk",
    "of -tax",
    "[ferry] river",
];

proptest::proptest! {
    #![proptest_config(proptest::test_runner::Config::with_cases(100))]

    /// The numbers of matches agree, whether a part is planned as words, as a filter or as both.
    #[test]
    fn numbers_of_articles_add_up(a in any_query(), b in any_query()) {
        static SMALL: LazyLock<Small> = LazyLock::new(small);
        let total = |query: &str| SMALL.ask(&request(query)).unwrap().total;
        let (with, without) = (format!("({a}) AND ({b})"), format!("({a}) NOT ({b})"));
        let (of_a, of_b) = (total(&a), total(&b));
        let of_both = total(&with);
        assert_eq!(of_both + total(&without), of_a, "{with}; {without}");
        assert_eq!(of_a + of_b - of_both, total(&format!("({a}) OR ({b})")), "{with}");
        assert_eq!(of_both, total(&format!("({b}) AND ({a})")), "{with}");
    }
}

fn any_query() -> impl Strategy<Value = String> {
    let part = proptest::sample::select(&PARTS[..]).prop_map(str::to_owned);
    part.prop_recursive(2, 6, 2, |inner| {
        let joint = proptest::sample::select(&["AND", "OR", "NOT"][..]);
        (inner.clone(), joint, inner).prop_map(|(a, joint, b)| format!("({a}) {joint} ({b})"))
    })
}

#[test]
fn any_of_the_words_is_enough() {
    let small = small();
    for (query, expected) in [
        ("flood tariffs zzz", "flood tariff"),
        ("+bridge flood tariffs", "bridge flood"),
        ("bridge tariffs -flood", "bridge tariff"),
        ("bridge tariffs date:2020", "tariff"),
        (
            "Who closed the bridge (in the flood)?",
            "bridge flood tariff undated",
        ),
        ("source:bbc", "flood"),
        ("bridge source:bbc", "flood"),
    ] {
        let any = Request {
            any: true,
            ..request(query)
        };
        let answer = small.ask(&any).unwrap();
        let mut names: Vec<&str> = answer.hits.iter().map(|hit| file_name(&hit.path)).collect();
        names.sort_unstable();
        assert_eq!(names.join(" "), expected, "{query}");
        assert_eq!(answer.total, answer.hits.len(), "{query}");
    }
}

#[test]
fn an_excluded_word_of_a_headline_stays_excluded() {
    let archive = archive_of(vec![
        article("sale.txt", "Ferry sale", &["The ferry was sold at a sale."]),
        article("not.txt", "Ferry NOT sold", &["The ferry was sold."]),
        article("strike.txt", "Strike", &["The ferry crews walked out."]),
    ]);
    for (query, expected) in [
        ("ferry -sale", "not strike"),
        ("ferry !sale", "not strike"),
        ("ferry –sale", "not strike"),
        ("ferry NOT sale", "not strike"),
        // The whole headline as typed.
        ("Ferry NOT sold", "not strike"),
        ("ferry sale", "sale"),
    ] {
        assert_eq!(archive.found(query), expected, "{query}");
    }
}

#[test]
fn finds_words_in_any_form_or_as_they_are_spelt() {
    ensure_found(&[
        // Irregular forms: "left" is also a word of its own. One article is in English and stemmed as German.
        ("women", "flood tariff"),
        ("said", "bridge flood undated"),
        ("saying", "bridge flood undated"),
        ("speak nothing", "flood"),
        ("writes", "undated"),
        ("leave", "undated"),
        ("left", "undated"),
        ("leaving little", "undated"),
        ("\"leave in\"~", "undated"),
        ("\"leave in\"", ""),
        // In quotes, words are found as they are spelt.
        ("\"women gathered\"", "tariff"),
        ("\"woman gathered\"", ""),
        ("\"women at his side\"~", "flood"),
        ("\"bridges open\"", ""),
        ("\"bridges open\"~", "bridge"),
        ("\"ferry would\"", ""),
        ("\"ferry would\"~", "bridge"),
        ("\"every ferries\"", ""),
        ("\"every ferries\"~", "undated"),
        ("\"tom banks\" bridge", "flood"),
        ("\"ferry\"", "undated"),
        ("=ferry", "undated"),
        ("=ferries", "bridge tariff"),
        ("ferries", "bridge tariff undated"),
        ("ferries NOT =ferry", "bridge tariff"),
        ("related:=ferries", ""),
        ("related:ferries", "bridge"),
        ("headline:=bridges", ""),
        ("headline:bridges", "bridge flood"),
        ("taxes NEAR/2 ferry", "bridge"),
        ("=taxes NEAR/2 ferry", ""),
        ("atleast4(bridges)", "flood"),
        ("atleast4(=bridges)", ""),
    ]);
}

#[test]
fn reads_numbers_as_articles_in_their_language_write_them() {
    let in_language = |path: &str, body: &str, language: &str| {
        let mut article = article(path, "Report", &[body]);
        article.language = Some(language.to_owned());
        article
    };
    let archive = archive_of(vec![
        in_language(
            "german",
            "Es kamen 12.500 Besucher und 1.250.000 Vögel.",
            "de",
        ),
        in_language(
            "spaces",
            "Es kamen 12\u{A0}500 Besucher zur Kfz-Steuer.",
            "de",
        ),
        in_language("closed", "Sie redeten über Kfzsteuern.", "de"),
        in_language("decimal", "It grew by 12.500 per cent.", "en"),
        in_language(
            "english",
            "There were 12,500 guests and 1,250,000 birds.",
            "en",
        ),
        in_language("indian", "It cost 12,50,000 rupees.", "en"),
        in_language("arabic", "كان العدد ١٢٬٥٠٠ في ٢٠١٨", "ar"),
        in_language("hindi", "१२,५०० लोग", "hi"),
    ]);
    for (query, expected) in [
        ("12500", "arabic english german hindi spaces"),
        ("12,500", "arabic english german hindi spaces"),
        ("12.500", "decimal german spaces"),
        ("\"12.500\"", "decimal german"),
        ("1250000", "english german indian"),
        ("1.250.000", "english german indian"),
        ("12,50,000", "english german indian"),
        ("٢٠١٨", "arabic"),
        ("２０１８", "arabic"),
        ("१२५००", "arabic english german hindi spaces"),
        ("Kfz-Steuern", "closed spaces"),
        ("Kfz-Steuer", "closed spaces"),
        ("Kfzsteuern", "closed spaces"),
        ("12500 besucher", "german spaces"),
    ] {
        assert_eq!(archive.found(query), expected, "{query}");
    }
    let spellings = archive_of(vec![
        article("umlaut", "Report", &["Zürich, Zürich and Zürich."]),
        article("bare", "Report", &["It was cold in Zurich."]),
    ]);
    for (query, first) in [
        ("\"Zurich\"", "bare"),
        ("\"Zürich\"", "umlaut"),
        ("=Zurich", "bare"),
    ] {
        let answer = spellings.ask(&request(query)).unwrap();
        assert_eq!(answer.hits.len(), 2, "{query}");
        assert_eq!(file_name(&answer.hits[0].path), first, "{query}");
    }
}

#[test]
fn finds_other_spellings_that_the_archive_has() {
    let articles = [
        ("hyphen", "The clean-up of the harbour began."),
        ("closed", "The cleanup of the beach began."),
        ("open", "They clean up on Sundays."),
        ("apart", "Up the hill they clean on Mondays."),
        ("maybe", "Maybe it will rain."),
        ("may", "It may be late."),
        ("umlaut", "Der Bürgermeister aus Zürich sprach."),
        ("spelled", "Leute aus Zuerich kamen."),
        ("bare", "Zurich was cold."),
        ("serbian", "Novak Đoković je govorio."),
    ];
    let archive = archive_of(
        articles
            .iter()
            .map(|(path, body)| article(path, "Report", &[body]))
            .collect(),
    );
    for (query, expected) in [
        ("cleanup", "closed hyphen open"),
        ("clean-up", "closed hyphen open"),
        ("clean up", "apart closed hyphen open"),
        ("cleanup began", "closed hyphen"),
        ("began -cleanup", ""),
        ("headline:cleanup", ""),
        ("body:cleanups", "closed hyphen open"),
        ("cleanup NEAR/3 sundays", "open"),
        // The archive does not join these words.
        ("maybe", "maybe"),
        ("may be", "may"),
        ("Zürich", "bare spelled umlaut"),
        ("Zuerich", "bare spelled umlaut"),
        ("Zurich", "bare spelled umlaut"),
        ("Djokovic", "serbian"),
        ("Dokovic", "serbian"),
        ("Buergermeister", "umlaut"),
        ("Burgermeister", "umlaut"),
    ] {
        assert_eq!(archive.found(query), expected, "{query}");
    }
    let never_joined = archive_of(
        [
            ("closed", "The ceasefire held for a day."),
            ("open", "The peace keeper came with the rapist."),
            ("apart", "Fire is a keeper of peace."),
        ]
        .map(|(path, body)| article(path, "Report", &[body]))
        .into(),
    );
    for (query, expected) in [
        ("cease-fire", "closed"),
        ("cease-fires", "closed"),
        ("cease fire", "closed"),
        ("peacekeeper", "open"),
        ("peacekeepers", "open"),
        ("peace-keeper", "open"),
        // One of the words says nothing alone.
        ("therapist", ""),
    ] {
        assert_eq!(never_joined.found(query), expected, "{query}");
    }
    let sums = [
        ("money", "It cost $14.5 million to build."),
        ("letter", "The town has 14.5m people."),
        ("digits", "The town has 14,500,000 people."),
        ("long", "The wall is 145m long."),
        ("staff", "It has 2,300 staff."),
        ("short", "It has 2.3k staff."),
        ("bn", "It lent 1.5 bn euros."),
        ("year", "It lent 2,000 euros in 2000."),
    ];
    let sums = archive_of(
        sums.iter()
            .map(|(path, body)| article(path, "Report", &[body]))
            .collect(),
    );
    for (query, expected) in [
        ("14.5m", "digits letter money"),
        ("$14.5m", "digits letter money"),
        ("14.5 million", "digits letter money"),
        ("\"14.5 million\"", "money"),
        ("14500000", "digits letter money"),
        ("145m", "long"),
        ("2.3k", "short staff"),
        ("2300 -k", "staff"),
        ("1.5 bn", "bn"),
        ("USD 14.5m", "digits letter money"),
        ("EUR 14.5 million", "digits letter money"),
        ("USD town", ""),
        ("2000", "year"),
    ] {
        assert_eq!(sums.found(query), expected, "{query}");
    }
    for (query, first) in [
        ("cleanup", "closed"),
        ("Zuerich", "spelled"),
        ("Zurich", "bare"),
        ("Zürich", "umlaut"),
    ] {
        let answer = archive.ask(&request(query)).unwrap();
        assert_eq!(file_name(&answer.hits[0].path), first, "{query}");
    }
    let mut asked = request("cleanup");
    asked.explain = true;
    let lines = archive.ask(&asked).unwrap().notes.join("\n");
    assert!(
        lines.contains("cleanup: also \"clean up\"~, ranked below it"),
        "{lines}"
    );
}
