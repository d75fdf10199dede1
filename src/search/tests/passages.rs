//! The passages of hits.

use super::{archive_of, article, request, shown, small};

#[test]
fn shows_passages_that_match_the_query() {
    let small = small();
    let mut differ = String::new();
    for (query, expected) in [
        // All words, in any form, in the order of the text.
        (
            "bridge -flood",
            "Mayor Mara O'Brien opened the new [bridge] on Wednesday.",
        ),
        (
            "engineers deputy",
            "The [deputy] harbour secretary said that the tax on ferries would end. / \
             O'Brien isn't sure that the U.S. [engineers] will return to the café.",
        ),
        (
            "engineer returned",
            "O'Brien isn't sure that the U.S. [engineers] will [return] to the café.",
        ),
        (
            "U.S. café",
            "O'Brien isn't sure that the [U.S.] engineers will return to the [café].",
        ),
        (
            "us cafe",
            "O'Brien isn't sure that the [U.S.] engineers will return to the [café].",
        ),
        (
            "isn't sure",
            "O'Brien [isn't] [sure] that the U.S. engineers will return to the café.",
        ),
        (
            "obrien cafe",
            "Mayor Mara [O'Brien] opened the new bridge on Wednesday. / \
             [O'Brien] isn't sure that the U.S. engineers will return to the [café].",
        ),
        // Excluded words are never marked.
        (
            "ferries -watergate -rates",
            "The deputy harbour secretary said that the tax on [ferries] would end.",
        ),
        (
            "harbour NOT (tariff OR watergate)",
            "The deputy [harbour] secretary said that the tax on ferries would end.",
        ),
        (
            "deputy -\"harbour master\"",
            "The [deputy] harbour secretary said that the tax on ferries would end.",
        ),
        (
            "deputy -headline:secretary",
            "The [deputy] harbour secretary said that the tax on ferries would end.",
        ),
        // Phrases and neighbours.
        (
            "nothing SAME-PARAGRAPH covid19",
            "Bridge, bridge, bridge: [nothing] else was spoken of. [Covid19] was forgotten.",
        ),
        (
            "\"harbour secretary\"",
            "The deputy [harbour secretary] said that the tax on ferries would end.",
        ),
        (
            "\"deputy secretary\"~1",
            "The [deputy] harbour [secretary] said that the tax on ferries would end.",
        ),
        (
            "“new bridge” engineers",
            "Mayor Mara O'Brien opened the [new bridge] on Wednesday. / \
             O'Brien isn't sure that the U.S. [engineers] will return to the café.",
        ),
        (
            "tax NEAR/2 ferries",
            "The deputy harbour secretary said that the [tax] on [ferries] would end.",
        ),
        (
            "deputy ADJ/2 secretary",
            "The [deputy] harbour [secretary] said that the tax on ferries would end.",
        ),
        // The words that prefixes, patterns and near spellings match.
        (
            "depu*",
            "The [deputy] harbour secretary said that the tax on ferries would end.",
        ),
        (
            "eng*rs",
            "O'Brien isn't sure that the U.S. [engineers] will return to the café.",
        ),
        (
            "wom?n government",
            "Tom Banks, a [woman] at his side, said the US [government] had not called.",
        ),
        (
            "presidnet~1",
            "The [president] was watched at the harbour, as Mr Banks said.",
        ),
        (
            "enginers~",
            "O'Brien isn't sure that the U.S. [engineers] will return to the café.",
        ),
        (
            "\"interest ra*\"",
            "He told us that women gathered; [interest] [rates] rose. COVID-19 cases fell.",
        ),
        // Fields, capitals, counts.
        (
            "body:deputy",
            "The [deputy] harbour secretary said that the tax on ferries would end.",
        ),
        (
            "lead:mayor",
            "[Mayor] Mara O'Brien opened the new bridge on Wednesday.",
        ),
        (
            "caps(us)",
            "He told [us] that women gathered; interest rates rose. COVID-19 cases fell.",
        ),
        (
            "caps(US)",
            "O'Brien isn't sure that the [U.S.] engineers will return to the café.",
        ),
        // The lead, if the body has no match.
        (
            "headline:larkfield",
            "Mayor Mara O'Brien opened the new bridge on Wednesday.",
        ),
        (
            "source:bbc",
            "The river rose over its bank and the bridge was closed.",
        ),
        (
            "date:2018",
            "Mayor Mara O'Brien opened the new bridge on Wednesday.",
        ),
        (
            "byline:writer place:larkfield",
            "Mayor Mara O'Brien opened the new bridge on Wednesday.",
        ),
        // Persons, by all their forms in the article.
        (
            "person:\"Mara O'Brien\"",
            "Mayor [Mara O'Brien] opened the new bridge on Wednesday. / \
             [O'Brien] isn't sure that the U.S. engineers will return to the café.",
        ),
        (
            "person:\"Tom Banks\" government",
            "[Tom Banks], a woman at his side, said the US [government] had not called.",
        ),
        // Letters and digits.
        (
            "covid19 gathered",
            "He told us that women [gathered]; interest rates rose. [COVID-19] cases fell.",
        ),
        ("COVID-19 forgotten", "[Covid19] was [forgotten]."),
    ] {
        let shown = shown(&small.ask(&request(query)).unwrap());
        if shown != expected {
            differ += &format!("{query}\n  expected {expected}\n  shown    {shown}\n");
        }
    }
    assert!(differ.is_empty(), "\n{differ}");
}

#[test]
fn says_that_a_long_article_was_not_searched_whole() {
    let endless = "Nothing of note was said. ".repeat(15_000) + "Then the zeppelin came.";
    let archive = archive_of(vec![article("long.txt", "Minutes", &[&endless])]);
    let answer = archive.ask(&request("zeppelin")).unwrap();
    assert_eq!(answer.total, 1);
    assert_eq!(
        answer.notes,
        ["only the first 256 KB of long.txt were searched for passages"]
    );
}
