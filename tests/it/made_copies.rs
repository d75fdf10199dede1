//! Makes invented articles and copies of articles, as outlets and scanners make them: the same seed makes
//! the same copies.

use std::fmt::Write as _;

/// A generator of numbers (xorshift64*: Vigna, 2016).
pub struct Dice(u64);

impl Dice {
    pub fn new(seed: u64) -> Self {
        Self(seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1)
    }

    pub fn below(&mut self, bound: usize) -> usize {
        self.0 ^= self.0 >> 12;
        self.0 ^= self.0 << 25;
        self.0 ^= self.0 >> 27;
        let number = self.0.wrapping_mul(0x2545_f491_4f6c_dd1d) >> 33;
        usize::try_from(number).unwrap() % bound.max(1)
    }

    fn pick<'a>(&mut self, from: &[&'a str]) -> &'a str {
        from[self.below(from.len())]
    }

    fn is_in(&mut self, chances: usize, of: usize) -> bool {
        self.below(of) < chances
    }
}

/// An article as it is written to a file.
#[derive(Clone, Debug)]
pub struct Made {
    pub headline: String,
    pub byline: String,
    pub paragraphs: Vec<String>,
    /// The columns at which lines are wrapped.
    pub columns: usize,
}

impl Made {
    pub fn text(&self, day: usize) -> String {
        let mut text = format!(
            "{}\n\nBy {}\n{} March 2019\n",
            self.headline,
            self.byline,
            day % 28 + 1
        );
        for paragraph in &self.paragraphs {
            let lines = textwrap::fill(paragraph, self.columns);
            write!(text, "\n{lines}\n").unwrap();
        }
        text
    }
}

const PLACES: [&str; 16] = [
    "Brindle",
    "Larkfield",
    "Ash Mill",
    "Corran",
    "Stowe Ferry",
    "Maddock",
    "Pell Harbour",
    "Tarn",
    "Ullick",
    "Wending",
    "Quarrow",
    "Hexley",
    "Overby",
    "Saltmere",
    "Drumlin",
    "Fennick",
];
const NAMES: [&str; 16] = [
    "Ada Holm",
    "Piet Roos",
    "Mara Quill",
    "Joren Pell",
    "Sunniva Dale",
    "Tam Orrick",
    "Ines Valder",
    "Bo Lindgar",
    "Kesia Thorne",
    "Ruben Achterberg",
    "Lotte Marwick",
    "Emeka Duru",
    "Yuna Sato",
    "Pavel Orlik",
    "Dina Haddow",
    "Oskar Brandvold",
];
const THINGS: [&str; 32] = [
    "ferry",
    "school",
    "weir",
    "bridge",
    "council",
    "harbour",
    "orchard",
    "mill",
    "library",
    "hospital",
    "tramway",
    "market",
    "quarry",
    "theatre",
    "pension fund",
    "water board",
    "bakery",
    "fire brigade",
    "lighthouse",
    "canal",
    "museum",
    "bus line",
    "sawmill",
    "choir",
    "ice rink",
    "cannery",
    "observatory",
    "swimming bath",
    "court",
    "newspaper",
    "vineyard",
    "power station",
];
const QUALITIES: [&str; 24] = [
    "old",
    "bankrupt",
    "flooded",
    "popular",
    "disputed",
    "northern",
    "private",
    "neglected",
    "famous",
    "crowded",
    "new",
    "costly",
    "rusting",
    "municipal",
    "empty",
    "profitable",
    "unfinished",
    "listed",
    "southern",
    "rented",
    "burnt",
    "wooden",
    "insured",
    "haunted",
];
const ACTS: [&str; 32] = [
    "closed",
    "sold",
    "visited",
    "inspected",
    "rebuilt",
    "praised",
    "sued",
    "painted",
    "defended",
    "moved",
    "measured",
    "opened",
    "searched",
    "lost",
    "bought",
    "photographed",
    "abandoned",
    "extended",
    "taxed",
    "flooded",
    "renamed",
    "guarded",
    "repaired",
    "criticised",
    "filmed",
    "heated",
    "cleaned",
    "mortgaged",
    "emptied",
    "crossed",
    "leased",
    "surveyed",
];
const TIMES: [&str; 12] = [
    "on Monday",
    "last week",
    "before dawn",
    "in the spring",
    "after the vote",
    "within a month",
    "at noon",
    "during the strike",
    "twice this year",
    "without notice",
    "on Friday",
    "two days later",
];
const TURNS: [&str; 12] = [
    "because nobody had asked",
    "although it rained",
    "while the mayor was abroad",
    "as the treasurer had warned",
    "to the surprise of its neighbours",
    "for the first time since the war",
    "at a price that was kept secret",
    "with the help of volunteers",
    "against the advice of engineers",
    "and paid for it in coins",
    "under a law of the last century",
    "to make room for a car park",
];

/// Returns an article of four to twelve paragraphs about nothing that has happened.
pub fn invented(seed: u64) -> Made {
    let mut dice = Dice::new(seed);
    let paragraphs = (0..4 + dice.below(9))
        .map(|_| paragraph(&mut dice))
        .collect();
    let (quality, thing) = (dice.pick(&QUALITIES), dice.pick(&THINGS));
    Made {
        headline: format!(
            "{} {quality} {thing} {}",
            dice.pick(&PLACES),
            dice.pick(&ACTS)
        ),
        byline: dice.pick(&NAMES).to_owned(),
        paragraphs,
        columns: 1_000,
    }
}

fn paragraph(dice: &mut Dice) -> String {
    let sentences = (0..2 + dice.below(3)).map(|_| {
        let number = 2 + dice.below(4_000);
        let (name, place) = (dice.pick(&NAMES), dice.pick(&PLACES));
        let (quality, thing, act) = (dice.pick(&QUALITIES), dice.pick(&THINGS), dice.pick(&ACTS));
        let (other, more, time) = (dice.pick(&QUALITIES), dice.pick(&THINGS), dice.pick(&TIMES));
        let turn = dice.pick(&TURNS);
        match dice.below(5) {
            0 => format!("{name} {act} the {quality} {thing} of {place} {time}, {turn}."),
            1 => format!("The {other} {more} had {number} owners, {name} said {time}, {turn}."),
            2 => format!("In {place} some {number} people {act} the {thing} {turn}; the {more} stayed {other}."),
            3 => format!("“The {quality} {more} will be {act} {time},” said {name} of {place}, {turn}."),
            _ => format!("{turn}, the {thing} {act} {number} {other} guests {time}, {name} told the {more}.")
                .replacen(turn, &capital(turn), 1),
        }
    });
    sentences.collect::<Vec<_>>().join(" ")
}

fn capital(text: &str) -> String {
    text[..1].to_uppercase() + &text[1..]
}

/// How a copy is made.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Way {
    Cut,
    Reordered,
    Retitled,
    Rewrapped,
    Misread,
    Scanned,
    OtherByline,
    Joined,
    Updated,
}

pub const WAYS: [Way; 9] = [
    Way::Cut,
    Way::Reordered,
    Way::Retitled,
    Way::Rewrapped,
    Way::Misread,
    Way::Scanned,
    Way::OtherByline,
    Way::Joined,
    Way::Updated,
];

/// Returns a copy of an article; `second` is the story that it is joined with.
pub fn copy(of: &Made, way: Way, second: &Made, dice: &mut Dice) -> Made {
    let mut made = of.clone();
    match way {
        Way::Cut => made.paragraphs.truncate(3),
        Way::Reordered => {
            for at in (2..made.paragraphs.len()).rev() {
                let other = 1 + dice.below(at);
                made.paragraphs.swap(at, other);
            }
        }
        Way::Retitled => {
            made.headline = format!(
                "{} in brief: a {} {}",
                dice.pick(&PLACES),
                dice.pick(&QUALITIES),
                dice.pick(&THINGS)
            );
        }
        Way::Rewrapped => made.columns = 48 + dice.below(50),
        Way::Misread => {
            for paragraph in &mut made.paragraphs {
                *paragraph = misread(paragraph, dice);
            }
        }
        Way::Scanned => {
            for paragraph in &mut made.paragraphs {
                *paragraph = scanned(paragraph, dice);
            }
        }
        Way::OtherByline => {
            made.byline = dice.pick(&NAMES).to_owned();
            made.paragraphs[0] = format!(
                "{} (Quay Wire) - {}",
                dice.pick(&PLACES).to_uppercase(),
                made.paragraphs[0]
            );
        }
        Way::Joined => {
            // It has less of the second story than of the first.
            let mut room = 2 * made.paragraphs.concat().len() / 3;
            made.paragraphs.push(second.headline.clone());
            for paragraph in &second.paragraphs {
                if paragraph.len() > room {
                    break;
                }
                room -= paragraph.len();
                made.paragraphs.push(paragraph.clone());
            }
        }
        Way::Updated => {
            made.headline = format!("UPDATE: {}", made.headline);
            let at = 1 + dice.below(made.paragraphs.len());
            made.paragraphs.insert(0, paragraph(dice));
            made.paragraphs.insert(at, paragraph(dice));
        }
    }
    made
}

/// Misreads one word in fourteen, as a scanner does.
fn misread(text: &str, dice: &mut Dice) -> String {
    let words = text.split(' ').map(|word| {
        if !dice.is_in(1, 14) {
            return word.to_owned();
        }
        for (read, as_what) in [
            ("rn", "m"),
            ("h", "li"),
            ("m", "rn"),
            ("e", "c"),
            ("l", "1"),
            ("o", "0"),
            ("i", "l"),
            ("a", "u"),
            ("t", "f"),
            ("n", "ii"),
        ] {
            if word.contains(read) && dice.is_in(1, 2) {
                return word.replacen(read, as_what, 1);
            }
        }
        format!("{word}.")
    });
    words.collect::<Vec<_>>().join(" ")
}

/// Reads one letter in fifty as another, none, or two.
fn scanned(text: &str, dice: &mut Dice) -> String {
    let mut read = String::with_capacity(text.len());
    for letter in text.chars() {
        let is_kept = !dice.is_in(1, 50) || dice.is_in(1, 7);
        if is_kept {
            read.push(letter);
        }
        if !is_kept && !dice.is_in(1, 6) {
            read.push_str(dice.pick(&["e", "c", "o", "i", "l", "t", "f", "n", "u", "1", "."]));
        }
    }
    read
}
