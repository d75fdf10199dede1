//! Other spellings of the words of a query that the archive has: `ceasefire`, `cease-fire` and
//! `cease fire`, `Müller` and `Mueller`.

use rustc_hash::FxHashSet;

use super::expand;
use crate::archive::analyzer;
use crate::archive::reader::Snapshot;
use crate::error::Result;
use crate::query::function_words::function_words;
use crate::query::tree::{FieldName, Leaf, Node};

/// A word of a query with its other spellings.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Variants {
    /// The word, as it is printed.
    pub asked: String,
    /// The spellings that are searched as well.
    pub also: Vec<String>,
}

/// The shortest closed spelling of a compound, in bytes: `xray`.
const SHORTEST_COMPOUND: usize = 4;

/// The codes of the currencies that are traded most (Bank for International Settlements, Triennial Survey of
/// 2022). The index has no currency signs, so `USD 2.4bn` finds what `$2.4bn` finds.
const CURRENCIES: [&str; 16] = [
    "USD", "EUR", "JPY", "GBP", "CNY", "AUD", "CAD", "CHF", "HKD", "SGD", "SEK", "KRW", "NOK",
    "NZD", "INR", "MXN",
];

/// The languages that part thousands by points: those with a stemmer whose group separator is a point in the
/// Unicode Common Locale Data Repository 44. Elsewhere `12.500` is twelve and a half.
const GROUPING_BY_POINTS: [&str; 13] = [
    "ca", "da", "de", "el", "es", "eu", "id", "it", "nl", "pt", "ro", "sr", "tr",
];

/// The shortest part of a compound that the archive never joins by a hyphen, in bytes.
const SHORTEST_PART: usize = 3;

/// Adds the other spellings to a tree.
pub(super) struct Speller<'a> {
    snapshot: &'a Snapshot,
    /// The words that have other spellings.
    pub(super) found: Vec<Variants>,
    /// The folded words that have another spelling of an umlaut, each with that and whether the umlaut was
    /// typed.
    pub(super) umlauts: Vec<(String, String, bool)>,
    /// The words of the query.
    asked: FxHashSet<String>,
    /// The words of other spellings.
    added: FxHashSet<String>,
}

impl<'a> Speller<'a> {
    pub(super) fn new(snapshot: &'a Snapshot) -> Self {
        Self {
            snapshot,
            found: Vec::new(),
            umlauts: Vec::new(),
            asked: FxHashSet::default(),
            added: FxHashSet::default(),
        }
    }

    /// Returns the words that only other spellings have, which rank less.
    pub(super) fn added(&mut self) -> FxHashSet<String> {
        let mut added = std::mem::take(&mut self.added);
        added.retain(|word| !self.asked.contains(word));
        added
    }

    /// Returns a node in which each word that has other spellings is an OR of all of them.
    pub(super) fn spelled(&mut self, node: &Node) -> Result<Node> {
        note_words(node, &mut self.asked);
        Ok(match node {
            Node::Leaf(Leaf::Word {
                plain,
                typed,
                exact: false,
            }) => {
                let mut also = Vec::new();
                let mut umlauts = expand::umlauts(self.snapshot, plain)?;
                let spelled_out = analyzer::spelled_out(typed);
                let has_umlaut = spelled_out.is_some();
                umlauts.extend(spelled_out);
                for spelling in umlauts {
                    if self.has(&spelling)? {
                        let own = (plain.clone(), spelling.clone(), has_umlaut);
                        self.umlauts.push(own);
                        also.push(Node::word(&spelling));
                    }
                }
                also.extend(self.parted(plain)?);
                also.extend(self.amounts(plain, None)?);
                also.extend(self.with_other_point(plain)?);
                self.either(node.clone(), also)
            }
            Node::Leaf(Leaf::Word {
                plain,
                typed,
                exact: true,
            }) => {
                self.note_umlauts(plain, typed)?;
                node.clone()
            }
            Node::Phrase {
                leaves,
                slop: 0,
                forms: true,
                typed,
            } => {
                let is_hyphened = typed.contains(analyzer::is_dash);
                let also = match &leaves[..] {
                    [first, second] => self.joined(first, second, is_hyphened)?,
                    _ => Vec::new(),
                };
                self.either(node.clone(), also)
            }
            Node::And(nodes) => Node::And(self.all(nodes)?),
            Node::Or(nodes) => {
                let mut either = Vec::with_capacity(nodes.len());
                for node in nodes {
                    match self.spelled(node)? {
                        Node::Or(inside) => either.extend(inside),
                        node => either.push(node),
                    }
                }
                Node::Or(either)
            }
            Node::Field { field, .. } if !may_be_spelled(*field) => node.clone(),
            node => node.try_map(|inside| self.spelled(inside))?,
        })
    }

    /// Returns the nodes of AND with their other spellings. Two words in a row may also be one:
    /// `cease fire`.
    fn all(&mut self, nodes: &[Node]) -> Result<Vec<Node>> {
        let mut all = Vec::with_capacity(nodes.len());
        let mut rest = nodes;
        while let Some((node, after)) = rest.split_first() {
            rest = after;
            if is_currency(node) && rest.first().is_some_and(is_number) {
                note_words(node, &mut self.asked);
                let mut amount = self.all(rest)?.into_iter();
                let first = amount.next().expect("a number follows");
                all.push(self.with_currency(node, first));
                all.extend(amount);
                return Ok(all);
            }
            if let (Node::Leaf(first), Some((next @ Node::Leaf(second), after))) =
                (node, after.split_first())
                && let also = self.joined(first, second, false)?
                && !also.is_empty()
            {
                note_words(node, &mut self.asked);
                note_words(next, &mut self.asked);
                let both = Node::And(vec![node.clone(), next.clone()]);
                all.push(self.either(both, also));
                rest = after;
                continue;
            }
            all.push(self.spelled(node)?);
        }
        Ok(all)
    }

    /// Returns an amount before or after which the code of its currency may stand.
    fn with_currency(&mut self, code: &Node, amount: Node) -> Node {
        let with_code = Node::And(vec![code.clone(), amount.clone()]);
        self.either(with_code, vec![amount])
    }

    /// Returns a node or any of its other spellings, and notes them.
    fn either(&mut self, node: Node, also: Vec<Node>) -> Node {
        if also.is_empty() {
            return node;
        }
        let variants = Variants {
            asked: node.to_string(),
            also: also.iter().map(ToString::to_string).collect(),
        };
        if !self.found.contains(&variants) {
            self.found.push(variants);
        }
        for spelling in &also {
            note_words(spelling, &mut self.added);
        }
        let mut either = vec![node];
        either.extend(also);
        Node::Or(either)
    }

    /// Returns the other spellings of two words in a row. The closed spelling is one if the archive has it
    /// and the query or the archive joins them by a hyphen, or if the archive has no such words apart:
    /// `may be` is not `maybe`. `is_hyphened` is whether the query joins them so.
    fn joined(&self, first: &Leaf, second: &Leaf, is_hyphened: bool) -> Result<Vec<Node>> {
        let (
            Leaf::Word {
                plain: first,
                exact: false,
                ..
            },
            Leaf::Word {
                plain: second,
                exact: false,
                ..
            },
        ) = (first, second)
        else {
            return Ok(Vec::new());
        };
        if first.starts_with(char::is_numeric) {
            return self.amounts(first, Some(second));
        }
        let closed = format!("{first}{second}");
        let is_known = self.has(&closed)?
            || is_hyphened && self.snapshot.has(&[self.snapshot.fields.body], &closed)?;
        let is_spelling = is_known
            && (is_hyphened
                || expand::is_hyphened(self.snapshot, first, second)?
                || !self.has(first)?
                || !self.has(second)?);
        Ok(is_spelling
            .then(|| Node::word(&closed))
            .into_iter()
            .collect())
    }

    /// Returns the spellings of an amount whose words the archive has: `14.5m` and `14.5 million`.
    fn amounts(&self, number: &str, unit: Option<&str>) -> Result<Vec<Node>> {
        let mut found = Vec::new();
        for (number, unit) in analyzer::amounts(number, unit) {
            let has_unit = unit.map_or(Ok(true), |unit| self.has(unit));
            if has_unit? && self.has(&number)? {
                found.push(match unit {
                    Some(unit) => in_a_row([&number, unit]),
                    None => Node::word(&number),
                });
            }
        }
        Ok(found)
    }

    /// Returns the other spelling of a number of one group of thousands, in articles of the languages that
    /// group by points: `12.500` for `12500`, and the other way round.
    fn with_other_point(&self, plain: &str) -> Result<Option<Node>> {
        let Some(other) = analyzer::with_other_point(plain) else {
            return Ok(None);
        };
        if !self.has(&other)? {
            return Ok(None);
        }
        let languages = self.snapshot.other_languages()?.iter();
        let languages = languages.filter(|code| GROUPING_BY_POINTS.contains(&code.as_str()));
        let languages: Vec<Node> = languages.map(|code| Node::word(code)).collect();
        let node = match <[Node; 1]>::try_from(languages) {
            Ok([language]) => language,
            Err(languages) if languages.is_empty() => return Ok(None),
            Err(languages) => Node::Or(languages),
        };
        let in_language = Node::Field {
            field: FieldName::Language,
            node: Box::new(node),
        };
        Ok(Some(Node::And(vec![Node::word(&other), in_language])))
    }

    /// Notes the other spellings of a word as it is spelled, which is not searched but ranked: `"Zurich"`
    /// finds Zurich before Zürich, of which the index has both.
    fn note_umlauts(&mut self, plain: &str, typed: &str) -> Result<()> {
        let mut umlauts = expand::umlauts(self.snapshot, plain)?;
        let spelled_out = analyzer::spelled_out(typed);
        let has_umlaut = spelled_out.is_some();
        umlauts.extend(spelled_out);
        let umlauts = umlauts.into_iter();
        let noted = umlauts.map(|spelling| (plain.to_owned(), spelling, has_umlaut));
        self.umlauts.extend(noted);
        Ok(())
    }

    /// Returns the words of which the archive makes a word with a hyphen, as phrases, or any two words of
    /// the archive that make a word that it does not have.
    fn parted(&self, plain: &str) -> Result<Vec<Node>> {
        if plain.len() < SHORTEST_COMPOUND {
            return Ok(Vec::new());
        }
        let mut places = expand::hyphens(self.snapshot, plain)?;
        if places.is_empty() && !self.has(plain)? {
            for (at, _) in plain.char_indices() {
                let (left, right) = plain.split_at(at);
                if may_be_apart(left, right) && self.has(left)? && self.has(right)? {
                    places.insert(at);
                }
            }
        }
        let phrases = places.into_iter();
        let phrases = phrases.map(|at| in_a_row(plain.split_at(at).into()));
        Ok(phrases.collect())
    }

    /// Returns whether a body has a word, as [`Snapshot::spelled_or_english`].
    fn has(&self, plain: &str) -> Result<bool> {
        let forms = self.snapshot.spelled_or_english(plain)?;
        self.snapshot.has_any(&forms)
    }
}

/// Returns whether a node is the code of a currency in capitals.
fn is_currency(node: &Node) -> bool {
    match node {
        Node::Leaf(Leaf::Word { typed, exact, .. }) => !exact && CURRENCIES.contains(&&**typed),
        _ => false,
    }
}

/// Returns whether a node begins with a number.
fn is_number(node: &Node) -> bool {
    let leaf = match node {
        Node::Leaf(leaf) => Some(leaf),
        Node::Phrase { leaves, .. } => leaves.first(),
        _ => None,
    };
    matches!(leaf, Some(Leaf::Word { plain, .. }) if plain.starts_with(char::is_numeric))
}

/// Returns whether two folded words may be written in one: `peace keeper`, but not `the rapist`.
fn may_be_apart(left: &str, right: &str) -> bool {
    let is_word = |part: &str| part.len() >= SHORTEST_PART && part.chars().all(char::is_alphabetic);
    is_word(left) && is_word(right) && function_words(&[left, right]).is_empty()
}

/// Returns two words as a phrase.
fn in_a_row(words: [&str; 2]) -> Node {
    let leaves = words.map(|word| Leaf::Word {
        plain: word.to_owned(),
        typed: word.to_owned(),
        exact: false,
    });
    Node::Phrase {
        leaves: leaves.into(),
        slop: 0,
        forms: true,
        typed: words.join(" "),
    }
}

/// Returns whether other spellings are searched in a field.
fn may_be_spelled(field: FieldName) -> bool {
    matches!(
        field,
        FieldName::Headline | FieldName::Lead | FieldName::Body
    )
}

/// Adds the words of a leaf or a phrase.
fn note_words(node: &Node, words: &mut FxHashSet<String>) {
    let leaves = match node {
        Node::Leaf(leaf) => std::slice::from_ref(leaf),
        Node::Phrase { leaves, .. } => &leaves[..],
        _ => &[],
    };
    for leaf in leaves {
        if let Leaf::Word { plain, .. } = leaf {
            words.insert(plain.clone());
        }
    }
}
