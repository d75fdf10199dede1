use super::*;
use crate::clean::known_titles::KnownTitles;
use crate::clean::text_lines::with_gaps;
use crate::clean::{furniture, lines};

/// Returns the page head of a text, a unit a line: `Headline: …`.
fn head_of(text: &str) -> String {
    let raw = lines::split(text);
    let lines = lines::read(&raw, 1);
    let mut lines = with_gaps(&lines);
    let pairs = lines.windows(2).map(|pair| (pair[0].set, pair[1].set));
    let margin = Margin::read(pairs);
    furniture::mark(&mut lines, &margin);
    let head = read(&lines, &margin, &KnownTitles::default());
    let shown = |unit: &Unit| {
        let texts = lines[unit.start..unit.end].iter().map(|line| line.text);
        let texts: Vec<&str> = texts.collect();
        format!("{:?}: {}", unit.part, texts.join(" / "))
    };
    let units: Vec<String> = head.units.iter().map(shown).collect();
    units.join("\n")
}

/// Running text of two paragraphs on long lines.
const TEXT: &str = "The council of Brindle agreed on Wednesday evening to sell its only ferry to a buyer from \
                    the capital, after a debate of four hours.\n\n\
                    Mayor Piet Roos said that nobody would miss the boat, and then left the hall by car with \
                    two of the eleven members who had voted for the sale.\n";

#[track_caller]
fn assert_head(above: &str, expected: &[&str]) {
    assert_eq!(
        head_of(&format!("{above}{TEXT}")),
        expected.join("\n"),
        "{above}"
    );
}

#[test]
fn headlines_of_every_length_and_form() {
    assert_head(
        "Council sells the ferry\n\n",
        &["Headline: Council sells the ferry"],
    );
    assert_head(
        "Ferry sold\n\nBy Ada Holm\nJune 27, 2018\n\n",
        &[
            "Headline: Ferry sold",
            "Credit: By Ada Holm",
            "Date: June 27, 2018",
        ],
    );
    assert_head(
        "The ferry is sold.\n\nBy Ada Holm\n\n",
        &["Headline: The ferry is sold.", "Credit: By Ada Holm"],
    );
    assert_head(
        "COUNCIL SELLS THE FERRY\nTO BUYER FROM CAPITAL\n\nBy ADA HOLM\n\n",
        &[
            "Headline: COUNCIL SELLS THE FERRY / TO BUYER FROM CAPITAL",
            "Credit: By ADA HOLM",
        ],
    );
    assert_head(
        "By Sea and by Land, the Harbour Grows\n\nBy Ada Holm\n\n",
        &[
            "Headline: By Sea and by Land, the Harbour Grows",
            "Credit: By Ada Holm",
        ],
    );
    assert_head("", &[]);
}

#[test]
fn text_that_begins_in_lower_case() {
    let text = "Council sells the ferry\n\nthe council of Brindle agreed on Wednesday evening to sell its only \
                ferry to a buyer from the capital, after a debate of four hours.\n\nthe mayor said that nobody \
                would miss the boat, and then left the hall by car with two of the eleven members.\n";
    assert_eq!(head_of(text), "Headline: Council sells the ferry");
}

#[test]
fn standfirsts() {
    let standfirst =
        "Members voted nine to two after a debate of four hours; the buyer is from the capital";
    assert_head(
        &format!("Council sells the ferry\n\n{standfirst}\n\nBy Ada Holm\n\n"),
        &[
            "Headline: Council sells the ferry",
            &format!("Standfirst: {standfirst}"),
            "Credit: By Ada Holm",
        ],
    );
    assert_head(
        &format!("Ferry sold\n{standfirst}.\nBy Ada Holm\nJune 27, 2018\n\n"),
        &[
            "Headline: Ferry sold",
            &format!("Standfirst: {standfirst}."),
            "Credit: By Ada Holm",
            "Date: June 27, 2018",
        ],
    );
    // The first sentence of a text is no standfirst.
    assert_head(
        "Council sells the ferry\n\nBy Ada Holm\n\nIt rained.\n\n",
        &["Headline: Council sells the ferry", "Credit: By Ada Holm"],
    );
}

#[test]
fn mastheads_and_letterheads() {
    assert_head(
        "The Brindle Courier and Grey Sound Advertiser\n\nCouncil Sells the Ferry\n\nBy Ada Holm\n\n",
        &[
            "Masthead: The Brindle Courier and Grey Sound Advertiser",
            "Headline: Council Sells the Ferry",
            "Credit: By Ada Holm",
        ],
    );
    assert_head(
        "Brindle Town Council\n1 Quay Street, Brindle\n\nFOR IMMEDIATE RELEASE\n\n\
         Contact: Ada Holm, 555-0142, ada@brindle.example\n\nCouncil sells the ferry\n\n",
        &[
            "Masthead: Brindle Town Council",
            "Masthead: 1 Quay Street, Brindle",
            "Masthead: FOR IMMEDIATE RELEASE",
            "Masthead: Contact: Ada Holm, 555-0142, ada@brindle.example",
            "Headline: Council sells the ferry",
        ],
    );
    assert_head(
        "The Brindle Courier, 4 May 1921, Page 3\n\nCouncil sells the ferry\n\n",
        &[
            "Date: The Brindle Courier, 4 May 1921, Page 3",
            "Headline: Council sells the ferry",
        ],
    );
    assert_head(
        "Brindle Courier - Council sells the ferry\n\nCouncil sells the ferry\n\n",
        &[
            "Masthead: Brindle Courier - Council sells the ferry",
            "Headline: Council sells the ferry",
        ],
    );
}

#[test]
fn text_without_a_headline() {
    for text in [
        "The council of Brindle agreed on Wednesday evening to sell its only ferry to a buyer from\n\n\
         the capital, after a debate of four hours.\n\nMayor Piet Roos said that nobody would miss it.\n",
        "On June 27, 2018, the council of Brindle agreed to sell its only ferry to a buyer.\n\n\
         Mayor Piet Roos said that nobody would miss it, and then left the hall by car.\n",
    ] {
        assert_eq!(head_of(text), "", "{text}");
    }
}
